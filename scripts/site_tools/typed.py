"""Numbers typed by hand in the prose of the pages: what a rule knows is asked for, never typed.

Looked at are the pages as written, without what is filled in, code, addresses and the marks of lists. A number that no rule knows
stands in ``docs/exceptions.toml``, page by page: which, how often, and why. So one more is a fault, and so is one that is gone.
Both languages of a page have the same numbers (``parity.py``) and share what is listed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.site_tools.parity import CALL, CODE, NUMBER
from scripts.site_tools.paths import DOCS, LANGUAGES
from scripts.site_tools.prose import exceptions

#: Hotlines of the authorities: names, not quantities.
HOTLINES = {"12393", "12333"}
_LIST_MARK = re.compile(r"^\s*\d+\. ", re.M)
_UNSEEN = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{ [^}]* \}|\{%.*?%\}")


def typed_numbers(text: str) -> Counter[str]:
    """The numbers that somebody typed into the prose of a page, and how often."""
    prose = _UNSEEN.sub("", _LIST_MARK.sub("", CALL.sub("", CODE.sub("", text.split("---", 2)[2]))))
    return Counter(number for number in NUMBER.findall(prose) if number not in HOTLINES)


def faults_of(page: str, text: str, allowed: Mapping[str, int]) -> Iterator[str]:
    """What is typed on a page and not listed, and what is listed and not there."""
    found = typed_numbers(text)
    for number in sorted(found.keys() | allowed.keys()):
        if found[number] != allowed.get(number, 0):
            yield (
                f"docs/{page}: {number!r} is typed {found[number]} times, and docs/exceptions.toml lists "
                f"{allowed.get(number, 0)}: a number that a rule knows is asked for (docs/README.md)"
            )


def listed() -> dict[str, dict[str, int]]:
    """By page: the numbers that may be typed there, and how often. An entry without a reason is none."""
    found: dict[str, Counter[str]] = {}
    one: Mapping[str, Any]
    for one in exceptions().get("number", ()):
        if one["reason"].strip():
            found.setdefault(one["page"], Counter()).update(one["times"])
    return {page: dict(numbers) for page, numbers in found.items()}


def faults(docs: Path = DOCS) -> list[str]:
    """Of all pages of both languages; and pages that are listed and are no more."""
    allowed, found, seen = listed(), [], set()
    for lang in LANGUAGES:
        for file in sorted((docs / lang).rglob("*.md")):
            name = file.relative_to(docs / lang).as_posix()
            seen.add(name)
            found += faults_of(f"{lang}/{name}", file.read_text(encoding="utf-8"), allowed.get(name, {}))
    return found + [f"docs/exceptions.toml: there is no page {name}" for name in sorted(allowed.keys() - seen)]
