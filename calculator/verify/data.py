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
from calculator.verify.evidence import check_evidence

#: Hosts that may be linked: government sites only.
OFFICIAL_HOST = re.compile(r"(^|\.)gov\.cn$")


def check_data(book: Lawbook, today: date) -> list[str]:
    """Faults in the form of the law data. ``today`` bounds the days on which something can have been checked."""
    return [
        *_both_languages(book),
        *_instrument_dates(book),
        *_links(book),
        *_checked_days(book, today),
        *_strength(book),
        *check_evidence(book),
        *_lives_tile(book),
    ]


def _both_languages(book: Lawbook) -> Iterator[str]:
    def empty(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, Text):
            for lang in ("en", "zh"):
                if not value.in_(lang).strip():
                    yield f"{where}: nothing in {lang}"
            if re.search("[\u4e00-\u9fff]", value.zh) is None and value.zh.strip():
                yield f"{where}: the Chinese side holds no Chinese"
        elif (parts := parts_of(value)) is not None:
            for part in parts:
                yield from empty(getattr(value, part), f"{where}.{part}")
        elif isinstance(value, Mapping):
            for key, item in value.items():
                yield from empty(item, f"{where}.{key}")
        elif isinstance(value, tuple):
            for item in value:
                yield from empty(item, where)

    for item in (*book.instruments.values(), *book.places.values(), *book.records.values()):
        yield from empty(item, item.id)


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
