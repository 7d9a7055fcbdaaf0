"""The first use of each term on a page leads to the glossary and shows the term in Chinese, its pinyin and its meaning.

A link and not only a tip: a keyboard reaches it, a finger follows it, and paper loses nothing. The theme shows the title of
a link as a tip when it is pointed at or focused.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html

from scripts.site_tools.glossary import WORD, Term
from scripts.site_tools.html_files import HtmlPage
from scripts.site_tools.paths import LANGUAGES

#: On the glossary itself every term stands beside its meaning.
GLOSSARY_PAGE = "glossary"
#: Terms whose names are everyday words, and mean in prose what everybody takes them to mean.
EVERYDAY = {
    "within",
    "over",
    "or-more",
    "month-after",
    "natural-month",
    "working-day",
    "employer",
    "contribution",
    "benefits",
    "agency",
    "tier",
    "sealed",
    "unseal",
    "origin",
    "destination",
    "repair",
    "heir",
}
#: Other names that are terms only at times: "joining" a company, a "member" of the family.
AT_TIMES = {"joining", "being insured", "member", "interruption", "医保", "欠缴期间", "销户", "华侨", "公派", "12393"}
#: Where a word is looked for, and inside what it is left alone.
TEXT = "//article//*[self::p or self::li or self::td or self::dd]"
LEFT_ALONE = (
    "ancestor-or-self::*[self::a or self::abbr or self::code or self::pre or self::button or self::label or self::summary"
    " or self::form or self::svg or self::blockquote or self::caption or self::figcaption"
    " or contains(@class, 'admonition-title') or contains(@class, 'yb-sure') or contains(@class, 'yb-result')]"
)


class Finder:
    """Finds the names of terms in texts of one language, the longest name first."""

    def __init__(self, terms: Sequence[Term], lang: str) -> None:
        self._by_name: dict[str, Term] = {}
        for term in terms:
            if term["id"] in EVERYDAY:
                continue
            for name in (term[lang], *term.get(f"also_{lang}", ())):
                # "premium (resident scheme)" is an explanation, which no sentence says like this.
                if name not in AT_TIMES and "(" not in name:
                    self._by_name.setdefault(name.lower(), term)
        any_name = "|".join(re.escape(name) for name in sorted(self._by_name, key=len, reverse=True))
        pattern = WORD.format(f"(?:{any_name})") if lang == "en" else any_name
        self._pattern = re.compile(pattern, re.IGNORECASE)

    def uses(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Each use of a term in a text: first character, character behind it, term."""
        for found in self._pattern.finditer(text):
            name = found.group().lower()
            yield found.start(), found.end(), self._by_name.get(name) or self._by_name[name.removesuffix("s")]


def tip(term: Term, lang: str) -> str:
    """What is shown when the link is pointed at: Chinese readers know the characters, and need the English word."""
    name = {"en": f"{term['zh']} {term['pinyin']}", "zh": f"{term['pinyin']} · {term['en']}"}[lang]
    return f"{name}: {term['meaning'][lang]}" if lang == "en" else f"{name}：{term['meaning'][lang]}"


def link_terms(page: HtmlPage, finders: dict[str, Finder]) -> None:
    """Link the first use of each term in the prose of a page."""
    lang = page.folder
    if lang not in LANGUAGES or page.name.parts[1] == GLOSSARY_PAGE:
        return
    glossary = "../" * (len(page.name.parts) - 2) + f"{GLOSSARY_PAGE}/"
    seen: set[str] = set()
    for element in page.tree.xpath(TEXT):
        # The pieces are listed before any is changed.
        for piece in element.xpath("./text() | ./*[self::strong or self::em or self::small]/text()"):
            first = {}
            for start, end, term in finders[lang].uses(piece):
                if term["id"] not in seen:
                    first.setdefault(term["id"], (start, end, term))
            around = piece.getparent().getparent() if piece.is_tail else piece.getparent()
            if first and not around.xpath(LEFT_ALONE):
                seen |= first.keys()
                _put_links(piece, [(s, e, _link(term, lang, glossary)) for s, e, term in first.values()])


def _link(term: Term, lang: str, glossary: str) -> html.HtmlElement:
    address = f"{glossary}#term-{term['id']}"
    return html.Element("a", {"class": "yb-term", "href": address, "title": tip(term, lang)})


def _put_links(piece: Any, links: Sequence[tuple[int, int, html.HtmlElement]]) -> None:
    """Put links around parts of a piece of text (lxml's own string, which knows the element it is in or behind)."""
    text, owner = str(piece), piece.getparent()
    ends = [start for start, _, _ in links[1:]] + [len(text)]
    for (start, end, link), until in zip(links, ends, strict=True):
        link.text, link.tail = text[start:end], text[end:until]
    if piece.is_tail:
        owner.tail = text[: links[0][0]]
        around, at = owner.getparent(), owner.getparent().index(owner) + 1
    else:
        owner.text = text[: links[0][0]]
        around, at = owner, 0
    for number, (_, _, link) in enumerate(links):
        around.insert(at + number, link)
