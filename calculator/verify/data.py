"""Checks on the form of the law data: what a careful editor would look for, done by machine.

:func:`check_data` reads the records and the instruments: dates in order, lives that tile, official links, both
languages, numbers and outcomes that occur in what is cited. Each fault is a line of words; none is a guess about
which side is wrong.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from calculator.confidence import SEEN, Confidence
from calculator.immutable import parts_of
from calculator.lawbook import UNKNOWN, Lawbook, Record, Text
from calculator.naming import named_in
from calculator.verify.evidence import check_evidence

#: Hosts that may be linked: government sites only.
OFFICIAL_HOST = re.compile(r"(^|\.)gov\.cn$")

#: What looks like an id of the data: small letters with a number ("art16", "sz-999"; a tier is called so), a provision, a rule.
_OURS = re.compile(r"(?<![\w.-])(?:(?!tier-\d)[a-z][a-z-]*\d[\w.#-]*|[a-z-]+(?:[#.][a-z][a-z0-9-]*)+)")


def check_data(book: Lawbook, today: date) -> list[str]:
    """Faults in the form of the law data. ``today`` bounds the days on which something can have been checked."""
    return [
        *_both_languages(book),
        *_names(book),
        *_instrument_dates(book),
        *_links(book),
        *_checked_days(book, today),
        *_strength(book),
        *check_evidence(book),
        *_lives_tile(book),
    ]


def _texts(book: Lawbook) -> Iterator[tuple[str, Text]]:
    """Everything that the data says in both languages, with where it stands."""

    def inside(value: Any, where: str) -> Iterator[tuple[str, Text]]:
        if isinstance(value, Text):
            yield where, value
        elif (parts := parts_of(value)) is not None:
            for part in parts:
                yield from inside(getattr(value, part), f"{where}.{part}")
        elif isinstance(value, Mapping):
            for key, item in value.items():
                yield from inside(item, f"{where}.{key}")
        elif isinstance(value, tuple):
            for item in value:
                yield from inside(item, where)

    for item in (*book.instruments.values(), *book.places.values(), *book.records.values()):
        yield from inside(item, item.id)


def _both_languages(book: Lawbook) -> Iterator[str]:
    for where, text in _texts(book):
        for lang in ("en", "zh"):
            if not text.in_(lang).strip():
                yield f"{where}: nothing in {lang}"
        if re.search("[\u4e00-\u9fff]", text.zh) is None and text.zh.strip():
            yield f"{where}: the Chinese side holds no Chinese"


def _names(book: Lawbook) -> Iterator[str]:
    """Names that only the data knows. The id of a text becomes a name where it is shown; nothing else does."""
    for where, text in _texts(book):
        for lang in ("en", "zh"):
            for found in _OURS.findall(named_in(text, lang, book)):
                yield f"{where}: {found} in {lang} is no name that a reader knows"


def _instrument_dates(book: Lawbook) -> Iterator[str]:
    order = ("issued", "effective", "expires")
    for instrument in book.instruments.values():
        dated = [(name, instrument.dates[name]) for name in order if isinstance(instrument.dates.get(name), date)]
        for (earlier, first), (later, second) in pairwise(dated):
            if first > second and not instrument.dates.get("retroactive"):
                yield f"{instrument.id}: {earlier} {first} is after {later} {second}"
        for provision in instrument.provisions.values():
            issued = instrument.dates.get("issued")
            if issued and provision.checked < issued:
                yield f"{provision.id}: checked on {provision.checked}, before it was issued"


def _links(book: Lawbook) -> Iterator[str]:
    for instrument in book.instruments.values():
        if instrument.url:
            parts = urlsplit(instrument.url)
            if parts.scheme not in ("http", "https") or not OFFICIAL_HOST.search(parts.hostname or ""):
                yield f"{instrument.id}: {instrument.url} is not an official host"
            if "session" in instrument.url.lower():
                yield f"{instrument.id}: {instrument.url} carries a session"


def _checked_days(book: Lawbook, today: date) -> Iterator[str]:
    for provision in book.provisions.values():
        if provision.checked > today:
            yield f"{provision.id}: checked on {provision.checked}, a day still to come"


def _strength(book: Lawbook) -> Iterator[str]:
    for record in book.records.values():
        if not record.cites:
            yield f"{record.id}: cites nothing"
            continue
        strongest = max(SEEN[book.provisions[cite].seen] for cite in record.cites)
        if record.sure > strongest:
            yield f"{record.id}: said to be {record.sure.key}, but its sources are {strongest.key} at the most"
        if strongest is Confidence.NOT_KNOWN and any(value != UNKNOWN for value in record.then.values()):
            yield f"{record.id}: rests on memory alone and still gives an answer"
        if record.unknown and not record.ask:
            yield f"{record.id}: leaves something open without a question to ask"
        expired = [cite for cite in record.cites if _expired(book, cite, record)]
        if expired and len(expired) == len(record.cites) and record.sure >= Confidence.OFFICIAL:
            yield f"{record.id}: rests only on {', '.join(expired)}, which is out of force in its life"


def _expired(book: Lawbook, cite: str, record: Record) -> bool:
    expires = book.cite(cite)[0].dates.get("expires")
    return isinstance(expires, date) and record.lives_until > expires


def _lives_tile(book: Lawbook) -> Iterator[str]:
    """The lives of one rule (same place, topic and conditions) follow one another without overlap and without hole."""
    lives: dict[tuple[str, str, str], list[Record]] = {}
    for record in book.records.values():
        if book.topics[record.topic]["answers"] == "one":
            case = repr(sorted(record.when.items(), key=str))
            lives.setdefault((record.place, record.topic, case), []).append(record)
    for records in lives.values():
        for earlier, later in pairwise(sorted(records, key=lambda record: record.lives_from)):
            if later.lives_from < earlier.lives_until:
                yield f"{later.id}: begins on {later.lives_from}, before {earlier.id} ends"
            elif later.lives_from > earlier.lives_until:
                yield f"{later.id}: nothing is said between {earlier.lives_until} (end of {earlier.id}) and its own beginning"
