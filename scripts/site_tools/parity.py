"""Both languages of the guide have the same shape: a page is compared with its twin, as written.

Compared are the functions called, headings with their ids, tables and their rows, lists, link targets and the numbers
typed by hand. Numbers that a rule knows come from functions and are the same by construction. Rendered pages can't be
compared like this: a date or a citation is written differently in each language.
"""

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt

_CALL = re.compile(r"\{\{(.*?)\}\}", re.S)
_HEADING_ID = re.compile(r"\{ #[\w-]+ \}")
_CODE = re.compile(r"^```.*?^```$", re.S | re.M)
_MAX_WORDS, _MAX_CHARACTERS = 35, 60
_markdown = MarkdownIt("commonmark").enable("table")


def shape(text: str) -> dict[str, Counter[str] | list[str]]:
    """What of a page must be the same in the other language."""
    body = text.split("---", 2)[2]
    calls = Counter(_words_dropped(call) for call in _CALL.findall(body))
    plain = _CALL.sub("CALL", body)
    tokens = _markdown.parse(plain)
    numbers = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{ [^}]* \}", "", plain)
    return {
        "functions": calls,
        "structure": Counter(token.type for token in tokens if token.nesting >= 0 and token.type != "softbreak"),
        "headings": [
            f"{level} {found[0] if (found := _HEADING_ID.search(rest)) else ''}" for level, rest in _headings(plain)
        ],
        "links": Counter(re.findall(r"\]\(([^)]*)\)", plain) + re.findall(r'(?:href|src)="([^"]*)"', plain)),
        "numbers": Counter(re.findall(r"\d+(?:[.,]\d+)*", numbers)),
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
        elif value != other:
            found.append(f"{part}: {value} and {other}")
    return found


def headings_without_id(text: str) -> list[str]:
    """Headings whose address would depend on the language."""
    return [rest for _, rest in _headings(text) if not _HEADING_ID.search(rest)]


def long_sentences(text: str, lang: str) -> Iterator[str]:
    """Sentences over 35 words in English; over 60 characters between punctuation marks in Chinese."""
    for line in _CODE.sub("", text.split("---", 2)[2]).splitlines():
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", _CALL.sub("Ref", line))
        plain = re.sub(r"<[^>]*>|\{ [^}]* \}|\*\*", "", plain)
        if lang == "en":
            yield from (s for s in re.split(r"(?<=[.!?:;|])\s", plain) if len(s.split()) > _MAX_WORDS)
        else:
            yield from (s for s in re.split(r"[，。；：、？！（）“”《》|—…]", plain) if len(s) > _MAX_CHARACTERS)


def _headings(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^(#+) (.*)$", text, re.M)


def _words_dropped(call: str) -> str:
    """A call without the words meant for the reader, which differ by language."""
    return re.sub(r'(calculator_link\("\w+"), ".*?"\)', r"\1)", call.strip())
