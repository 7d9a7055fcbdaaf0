"""The terms of ``calculator/law/glossary.toml`` as the site needs them: their names, and how a text is seen to use one."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.site_tools.paths import ROOT

GLOSSARY = ROOT / "calculator/law/glossary.toml"
#: An English name is a word of its own, or its plural: "gap" is not found in "Singapore".
WORD = r"(?<![A-Za-z]){}s?(?![A-Za-z])"

Term = Mapping[str, Any]


def terms(glossary: Path = GLOSSARY) -> Sequence[Term]:
    return tomllib.loads(glossary.read_text(encoding="utf-8"))["term"]


def plain_pinyin(pinyin: str) -> str:
    """As people type it: "zhōngduàn jiǎofèi" is "zhongduan jiaofei"."""
    letters = unicodedata.normalize("NFD", pinyin.replace("ü", "v").replace("Ü", "V"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("'", "")


def names(term: Term) -> list[str]:
    """Every name of a term, the two main ones first, pinyin in the ways it is typed last."""
    typed = plain_pinyin(term["pinyin"])
    all_names = [
        term["en"],
        term["zh"],
        *term.get("also_en", ()),
        *term.get("also_zh", ()),
        typed,
        typed.replace(" ", ""),
    ]
    return list(dict.fromkeys(all_names))


def is_named(term: Term, text: str) -> bool:
    """Whether a heading speaks of a term, by one of its names in either language."""
    chinese = [term["zh"], *term.get("also_zh", ())]
    english = [term["en"], *term.get("also_en", ())]
    return any(name in text for name in chinese) or any(
        re.search(WORD.format(re.escape(name)), text, re.IGNORECASE) for name in english
    )
