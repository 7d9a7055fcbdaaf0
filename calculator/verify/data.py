"""Checks on the form of the law data: what a careful editor would look for, done by machine.

:func:`check_data` reads the records and the instruments: dates in order, lives that tile, official links, both
languages, numbers and outcomes that occur in what is cited. Each fault is a line of words; none is a guess about
which side is wrong.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from calculator.confidence import SEEN, Confidence
from calculator.lawbook import UNKNOWN, WHOLE_NUMBERS, Lawbook, Record, Text

#: Hosts that may be linked: government sites only.
OFFICIAL_HOST = re.compile(r"(^|\.)gov\.cn$")
_CHINESE_DIGITS = "零一二三四五六七八九十"


def check_data(book: Lawbook, today: date) -> list[str]:
    """Faults in the form of the law data. ``today`` bounds the days on which something can have been checked."""
    return [
        *_both_languages(book),
        *_instrument_dates(book),
        *_links(book),
        *_checked_days(book, today),
        *_strength(book),
        *_numbers(book),
        *_outcomes_in_the_words(book),
        *_lives_tile(book),
        *_days_of_lives(book),
    ]


def _both_languages(book: Lawbook) -> Iterator[str]:
    def empty(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, Text):
            for lang in ("en", "zh"):
                if not value.in_(lang).strip():
                    yield f"{where}: nothing in {lang}"
            if re.search("[\u4e00-\u9fff]", value.zh) is None and value.zh.strip():
                yield f"{where}: the Chinese side holds no Chinese"
        elif is_dataclass(value):
            for field in fields(value):
                yield from empty(getattr(value, field.name), f"{where}.{field.name}")
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


def _numbers(book: Lawbook) -> Iterator[str]:
    """Each number of a rule occurs in what it cites, in one of the ways people write it: 3, 三, 30年, 1,680元."""
    for record in book.records.values():
        said = _said(book, record)
        for where, number, kind in _rule_numbers(book, record):
            if number > 1 and not re.search(_written(number, kind), said):
                yield f"{record.id}: {where} is {number}, which its sources do not say"


def _said(book: Lawbook, record: Record) -> str:
    """The Chinese words that a record cites."""
    return " ".join(f"{p.quote} {p.paraphrase.zh}" for p in (book.provisions[cite] for cite in record.cites))


def _rule_numbers(book: Lawbook, record: Record) -> Iterator[tuple[str, int, str]]:
    topic = book.topics[record.topic]
    for name, test in record.when.items():
        if topic["conditions"][name] in WHOLE_NUMBERS:
            numbers = test.values() if isinstance(test, Mapping) else test if isinstance(test, list) else [test]
            yield from ((name, number, topic["conditions"][name]) for number in numbers)
    for name, value in record.then.items():
        # A month begins on its first day, whether or not the words say so.
        if type(value) is int and name not in ("stops_on_day", "starts_on_day"):
            yield name, value, topic["outcomes"][name]


def _written(number: int, kind: str) -> str:
    """A pattern for the ways a number of this kind is written in Chinese sources."""
    ways = [rf"(?<![\d.,]){number}(?![\d.,]\d|\d)", _chinese(number)]
    if kind == "months" and number % 12 == 0:
        ways += [rf"(?<!\d){number // 12}(?:周岁|岁|个?年|-|—|/)", rf"{_chinese(number // 12)}(?:周岁|岁|个?年)"]
    elif kind == "months" and number % 6 == 0:
        ways += [rf"(?<!\d){number // 12}\.5年", rf"{_chinese(number // 12)}年六个月", rf"{number // 12}年6个月"]
    elif kind == "fen":
        yuan, fen = divmod(number, 100)
        cents = f"{fen:02}".rstrip("0")
        ways = [rf"(?<![\d.,])(?:{yuan}|{yuan:,})" + (rf"\.{cents}0?(?!\d)" if cents else r"(?:\.00?)?(?![\d.]*\d)")]
        if number % 1_000_000 == 0:
            ways.append(rf"(?<!\d){number // 1_000_000}万")
        if number % 100_000 == 0:
            ways += [f"{_chinese(number // 100_000)}千"] if number < 1_000_000 else []
    elif kind == "bp":
        whole, part = divmod(number, 100)
        decimals = f"{part:02}".rstrip("0")
        ways = [
            rf"(?<![\d.]){whole}" + (rf"\.{decimals}0?" if decimals else r"(?:\.0+)?") + r"\s*[%％]",
            f"百分之{_chinese(whole)}"
            if not part
            else f"百分之{_CHINESE_DIGITS[whole]}点{_CHINESE_DIGITS[part // 10]}"
            if whole < 10 and part % 10 == 0
            else "(?!)",
        ]
    elif kind == "percent":
        ways = [rf"(?<![\d.]){number}\s*[%％]", f"百分之{_chinese(number)}"]
    return "|".join(ways)


def _chinese(number: int) -> str:
    """A pattern for a number up to 99 in Chinese digits, not as a part of a larger one; for a larger one plain digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return rf"(?<![\d.,]){number}(?![\d.,]*\d)"
    digits = (
        (_CHINESE_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE_DIGITS[ones] if ones else "")
    )
    return rf"(?<![二三四五六七八九十]){digits or _CHINESE_DIGITS[0]}(?![一二三四五六七八九十点])"


def _outcomes_in_the_words(book: Lawbook) -> Iterator[str]:
    """An outcome for which the topic names evidence rests on words that stand in what the record cites."""
    for record in book.records.values():
        evidence = book.topics[record.topic].get("evidence", {})
        said = _said(book, record)
        for name, value in record.then.items():
            for item in value if isinstance(value, list) else [value]:
                words = evidence.get(name, {}).get(str(item))
                if words and not re.search(words, said):
                    yield f"{record.id}: {name} is {item}, and its sources hold none of {words}"


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


def _days_of_lives(book: Lawbook) -> Iterator[str]:
    """A life begins and ends on a day that its sources name, or with the days we know, or where a neighbour takes over."""
    begins = {(record.place, record.topic, record.lives_from) for record in book.records.values()}
    ends = {(record.place, record.topic, record.lives_until) for record in book.records.values()}
    for record in book.records.values():
        place = book.places[record.place]
        named = _named_days(book, record)
        if not (place.known_from <= record.lives_from and record.lives_until <= place.known_until):
            yield f"{record.id}: lives outside the days known of {place.id}"
        if (
            record.lives_from != place.known_from
            and (record.place, record.topic, record.lives_from) not in ends
            and not named(record.lives_from)
        ):
            yield f"{record.id}: begins on {record.lives_from}, which its sources do not say"
        if (
            record.lives_until != place.known_until
            and (record.place, record.topic, record.lives_until) not in begins
            and not named(record.lives_until)
            and not named(record.lives_until - timedelta(days=1))
        ):
            yield f"{record.id}: ends on {record.lives_until}, which its sources do not say"


def _named_days(book: Lawbook, record: Record) -> Callable[[date], bool]:
    """Whether the sources of a record name a day: as a date of the instrument, or in words."""
    dated = {day for cite in record.cites for day in book.cite(cite)[0].dates.values() if isinstance(day, date)}
    said = _said(book, record)

    def named(day: date) -> bool:
        ways = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}[-.]{day.month:02}[-.]{day.day:02}"]
        if day.day == 1:
            ways.append(f"{day.year}年{day.month}月(?!\\d)")
        if (day.month, day.day) in ((1, 1), (7, 1)):  # the first day of an insurance year or base year
            ways.append(f"(?<!\\d){day.year}(?:年|年度|医保年度|社保年度)?(?!年?\\d)")
        return day in dated or re.search("|".join(ways), said) is not None

    return named
