"""Both languages of the guide have the same shape: a page is compared with its twin, as written.

Compared are the functions called, the blocks in their order (headings, tables and their rows, lists, paragraphs), headings
with their ids, link targets, footnotes and the numbers typed by hand. Numbers that a rule knows come from functions and are the same by construction. Rendered pages can't be
compared like this: a date or a citation is written differently in each language.

``docs/translated.toml`` holds for each page the hash of the English text that the Chinese was last held against. A page
whose English has changed since is stale. Whoever has brought the Chinese into line says so with
``python -m scripts.site_tools.parity PAGE...``; without a page, for all.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from markdown_it import MarkdownIt

from scripts.site_tools.paths import DOCS

TRANSLATED = DOCS / "translated.toml"
_NOTE = """# For each page the hash of the English text that the Chinese was last held against; see scripts/site_tools/parity.py.
"""
CALL = re.compile(r"\{\{(.*?)\}\}", re.S)
_HEADING_ID = re.compile(r"\{ #[\w-]+ \}")
CODE = re.compile(r"^```.*?^```$", re.S | re.M)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MAX_WORDS, _MAX_CHARACTERS = 35, 60
_markdown = MarkdownIt("commonmark").enable("table")


def shape(text: str) -> dict[str, Counter[str] | list[str]]:
    """What of a page must be the same in the other language."""
    body = text.split("---", 2)[2]
    calls = Counter(_words_dropped(call) for call in CALL.findall(body))
    plain = CALL.sub("CALL", body)
    tokens = _markdown.parse(plain)
    numbers = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{ [^}]* \}", "", plain)
    return {
        "functions": calls,
        "blocks": [f"{token.type} {token.tag}" for token in tokens if token.nesting >= 0 and token.type != "inline"],
        "footnotes": Counter(re.findall(r"\[\^[\w-]+\]:?", plain)),
        "headings": [
            f"{level} {found[0] if (found := _HEADING_ID.search(rest)) else ''}" for level, rest in _headings(plain)
        ],
        "links": Counter(re.findall(r"\]\(([^)]*)\)", plain) + re.findall(r'(?:href|src)="([^"]*)"', plain)),
        "numbers": Counter(NUMBER.findall(numbers)),
    }


def differences(english: str, chinese: str) -> list[str]:
    """What one page has and its twin has not, a line each."""
    here, there = shape(english), shape(chinese)
    found = []
    for part, value in here.items():
        other = there[part]
        if isinstance(value, Counter) and isinstance(other, Counter):
            found += [f"{part}: only in English: {item} ({count})" for item, count in (value - other).items()]
            found += [f"{part}: only in Chinese: {item} ({count})" for item, count in (other - value).items()]
        else:
            found += [
                f"{part}: English has {one} where Chinese has {twin}"
                for one, twin in zip_longest(value, other, fillvalue="nothing")
                if one != twin
            ][:1]
    return found


def headings_without_id(text: str) -> list[str]:
    """Headings whose address would depend on the language."""
    return [rest for _, rest in _headings(text) if not _HEADING_ID.search(rest)]


def long_sentences(text: str, lang: str) -> Iterator[str]:
    """Sentences over 35 words in English; over 60 characters between punctuation marks in Chinese."""
    for line in CODE.sub("", text.split("---", 2)[2]).splitlines():
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", CALL.sub("Ref", line))
        plain = re.sub(r"<[^>]*>|\{ [^}]* \}|\*\*", "", plain)
        if lang == "en":
            yield from (s for s in re.split(r"(?<=[.!?:;|])\s", plain) if len(s.split()) > _MAX_WORDS)
        else:
            yield from (s for s in re.split(r"[，。；：、？！（）“”《》|—…]", plain) if len(s) > _MAX_CHARACTERS)


def digest(text: str) -> str:
    """The hash of a page's text; line breaks and blanks at the ends of lines don't matter."""
    return sha256("\n".join(line.rstrip() for line in text.splitlines()).encode()).hexdigest()[:16]


def stale_translations(docs: Path = DOCS, marks: Path = TRANSLATED) -> list[str]:
    """Pages whose English has changed since the Chinese was held against it, and marks of pages that are gone."""
    marked = tomllib.loads(marks.read_text(encoding="utf-8"))
    now = {name: digest((docs / "en" / name).read_text(encoding="utf-8")) for name in _english_pages(docs)}
    return sorted(name for name in now.keys() | marked.keys() if now.get(name) != marked.get(name))


def mark_translated(names: list[str], docs: Path = DOCS, marks: Path = TRANSLATED) -> None:
    """Note that the Chinese of these pages fits the English as it is now; without a name, of all pages."""
    marked = tomllib.loads(marks.read_text(encoding="utf-8")) if marks.is_file() else {}
    pages = _english_pages(docs)
    for name in names or pages:
        marked[name] = digest((docs / "en" / name).read_text(encoding="utf-8"))
    lines = [f'"{name}" = "{marked[name]}"\n' for name in pages if name in marked]
    marks.write_text(_NOTE + "".join(lines), encoding="utf-8")


def _english_pages(docs: Path) -> list[str]:
    return sorted(file.relative_to(docs / "en").as_posix() for file in (docs / "en").rglob("*.md"))


def _headings(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^(#+) (.*)$", text, re.M)


def _words_dropped(call: str) -> str:
    """A call without the words meant for the reader, which differ by language."""
    return re.sub(r'(calculator_link\("\w+"), ".*?"\)', r"\1)", call.strip())


if __name__ == "__main__":
    mark_translated(sys.argv[1:])
