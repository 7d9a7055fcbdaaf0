"""Numbers typed by hand in prose: what a rule knows is asked for, never typed.

Looked at are the pages as written, what the guide itself says of the claims of the articles (``docs/claims.toml``; what an
article says is a quotation), and the sentences of the calculator (``calculator/words``); all without what is filled in, code,
addresses and the marks of lists. A number that no rule knows stands in ``docs/exceptions.toml`` by page, claim or sentence:
which, how often, and why. So one more is a fault, and so is one that is gone.

Both languages of a page or claim have the same numbers and share what is listed. A sentence may have a number in one language
only ("May", 5月).
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import calculator
from calculator.words import OF_A_RULE
from scripts.site_tools.parity import CALL, CODE, NUMBER
from scripts.site_tools.paths import DOCS, LANGUAGES
from scripts.site_tools.prose import exceptions

WORDS = Path(calculator.__file__).parent / "words"
CLAIMS = "claims.toml"
#: Hotlines of the authorities: names, not quantities.
HOTLINES = {"12393", "12333"}
_LIST_MARK = re.compile(r"^\s*\d+\. ", re.M)
_UNSEEN = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{ [^}]* \}|\{%.*?%\}")
_SLOT = re.compile(r"\{[^}]*\}")


def typed_numbers(text: str) -> Counter[str]:
    """The numbers that somebody typed into the prose of a page, and how often."""
    return _numbers(_LIST_MARK.sub("", CALL.sub("", CODE.sub("", text.split("---", 2)[2]))))


def _numbers(prose: str) -> Counter[str]:
    return Counter(number for number in NUMBER.findall(_UNSEEN.sub("", prose)) if number not in HOTLINES)


def faults_of(where: str, found: Mapping[str, int], allowed: Mapping[str, int]) -> Iterator[str]:
    """What is typed at a place and not listed, and what is listed and not there."""
    for number in sorted(found.keys() | allowed.keys()):
        if found.get(number, 0) != allowed.get(number, 0):
            yield (
                f"{where}: {number!r} is typed {found.get(number, 0)} times, and docs/exceptions.toml lists "
                f"{allowed.get(number, 0)}: a number that a rule knows is asked for (docs/README.md)"
            )


def typed_in_claims(text: str) -> dict[tuple[str, str], Counter[str]]:
    """By claim and language: the numbers typed where the guide says what the law says."""
    return {
        (f"{article['id']}-{claim['number']}", lang): _numbers(CALL.sub("", claim["law"][lang]))
        for article in tomllib.loads(text)["article"]
        for claim in article["claim"]
        for lang in LANGUAGES
    }


def typed_in_words(text: str) -> dict[str, Counter[str]]:
    """By table and key: the numbers typed in the sentences of one language."""
    return {
        f"{table}.{key}": _numbers(_SLOT.sub("", OF_A_RULE.sub("", said)))
        for table, sentences in tomllib.loads(text).items()
        for key, said in sentences.items()
    }


def listed(kind: str = "number") -> dict[str, dict[str, int]]:
    """By page (or ``kind`` "claim_number": by claim): the numbers that may be typed there, and how often.

    An entry without a reason is none.
    """
    found: dict[str, Counter[str]] = {}
    one: Mapping[str, Any]
    for one in exceptions().get(kind, ()):
        if one["reason"].strip():
            found.setdefault(one["page" if kind == "number" else "claim"], Counter()).update(one["times"])
    return {place: dict(numbers) for place, numbers in found.items()}


def listed_words(lang: str) -> dict[str, dict[str, int]]:
    """By sentence: the numbers that may be typed there in this language. They are written one after the other, for both
    languages or for each (``{ en = "…", zh = "…" }``)."""
    found: dict[str, dict[str, int]] = {}
    one: Mapping[str, Any]
    for one in exceptions().get("words_number", ()):
        if one["reason"].strip():
            for key, numbers in one["sentences"].items():
                told = numbers if isinstance(numbers, str) else numbers.get(lang, "")
                found[key] = dict(Counter(told.split()))
    return found


def faults_of_pages(docs: Path = DOCS) -> Iterator[str]:
    """Of all pages of both languages; and pages that are listed and are no more."""
    allowed, seen = listed(), set()
    for lang in LANGUAGES:
        for file in sorted((docs / lang).rglob("*.md")):
            name = file.relative_to(docs / lang).as_posix()
            seen.add(name)
            found = typed_numbers(file.read_text(encoding="utf-8"))
            yield from faults_of(f"docs/{lang}/{name}", found, allowed.get(name, {}))
    yield from (f"docs/exceptions.toml: there is no page {name}" for name in sorted(allowed.keys() - seen))


def faults_of_claims(text: str) -> Iterator[str]:
    """Of what the guide says of all claims; and claims that are listed and are no more."""
    allowed, found = listed("claim_number"), typed_in_claims(text)
    for (claim, lang), numbers in found.items():
        yield from faults_of(f"docs/{CLAIMS}, claim {claim} ({lang})", numbers, allowed.get(claim, {}))
    gone = allowed.keys() - {claim for claim, _ in found}
    yield from (f"docs/exceptions.toml: there is no claim {claim}" for claim in sorted(gone))


def faults_of_words(lang: str, text: str) -> Iterator[str]:
    """Of all sentences of one language; and sentences that are listed and are no more."""
    allowed, found = listed_words(lang), typed_in_words(text)
    for key, numbers in found.items():
        yield from faults_of(f"calculator/words/{lang}.toml, {key}", numbers, allowed.get(key, {}))
    yield from (f"docs/exceptions.toml: there is no sentence {key}" for key in sorted(allowed.keys() - found.keys()))


def faults() -> list[str]:
    """Of everything that is written by hand."""
    found = [*faults_of_pages(), *faults_of_claims((DOCS / CLAIMS).read_text(encoding="utf-8"))]
    for lang in LANGUAGES:
        found += faults_of_words(lang, (WORDS / f"{lang}.toml").read_text(encoding="utf-8"))
    return found
