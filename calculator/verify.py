"""Checks on the law data and on everything it can answer.

:func:`check_data` reads the records: dates in order, official links, both languages, numbers that occur in what is
cited. :func:`check_situations` asks every question at every place, on every day on which something changes and the
days beside it, for thresholds and their neighbours, and holds the answers against properties that must be true of
any law. Both return the faults in words; none is a guess about which side is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any
from urllib.parse import urlsplit

from calculator import months
from calculator.confidence import SEEN, Confidence
from calculator.lawbook import UNKNOWN, Finding, Lawbook, LawError, Record, Text
from calculator.rules.cover import interruption

#: Hosts that may be linked: government sites only.
OFFICIAL_HOST = re.compile(r"(^|\.)gov\.cn$")
#: What every answer to a topic must name, if only as "unknown".
MUST_NAME = {
    "cover_stop": ("cover_ends",),
    "cover_start": ("cover_from",),
    "gap": ("wait_months", "gap_costs"),
    "gap_count": ("method", "window"),
    "account": ("balance", "withdraw"),
    "account_exists": ("exists",),
    "years": ("earlier_years",),
    "transfer": ("money", "out_working_days", "in_working_days"),
}
#: Past every threshold in the data by more than one, so that neighbours on both sides are asked.
LONGEST_GAP = 8
#: The events about which a fact can be told.
_FACT_OF = {
    "hukou_cancelled": ("settle_abroad",),
    "ends_relation": ("foreigner_leaves",),
    "enlisted_as": ("enlist",),
    "same_province": ("retire_elsewhere",),
    "registered": ("retire_elsewhere",),
    "back_paid": ("employer_arrears",),
}
_CHINESE_DIGITS = "零一二三四五六七八九十"


# -- the records ------------------------------------------------------------------------------------------


def check_data(book: Lawbook, today: date) -> list[str]:
    """Faults in the form of the law data. ``today`` bounds the days on which something can have been checked."""
    return [
        *_both_languages(book),
        *_instrument_dates(book),
        *_links(book),
        *_checked_days(book, today),
        *_strength(book),
        *_numbers(book),
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
    """Each number of a rule occurs in what it cites: 3, 三, 三个月."""
    for record in book.records.values():
        said = " ".join(f"{p.quote} {p.paraphrase.zh}" for p in (book.provisions[cite] for cite in record.cites))
        for where, number in _rule_numbers(record):
            if number > 1 and not re.search(rf"(?<!\d){number}(?!\d)|{_chinese(number)}", said):
                yield f"{record.id}: {where} is {number}, which its sources do not say"


def _rule_numbers(record: Record) -> Iterator[tuple[str, int]]:
    for name, test in record.when.items():
        if isinstance(test, Mapping):
            yield from ((name, number) for number in test.values())
    for name, value in record.then.items():
        if type(value) is int and name not in ("stops_on_day", "starts_on_day"):
            yield name, value


def _chinese(number: int) -> str:
    """A number up to 99 in Chinese digits."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE_DIGITS[ones]
    return (_CHINESE_DIGITS[tens] if tens > 1 else "") + "十" + (_CHINESE_DIGITS[ones] if ones else "")


# -- the situations ---------------------------------------------------------------------------------------


@dataclass
class Report:
    """How many situations were asked about, and what was wrong with the answers."""

    situations: int
    faults: list[str]


def check_situations(book: Lawbook, places: Iterable[str] | None = None) -> Report:
    """Ask everything, at every place (or at those named), on every day around a change of law. A fault is a line."""
    report = Report(0, [])
    for place in places or book.places:
        for day in change_days(book, place):
            for topic in MUST_NAME:
                if topic != "gap":
                    _check_topic(book, topic, place, day, report)
            _check_gaps(book, place, day, report)
        _check_timelines(book, place, report)
    return report


def change_days(book: Lawbook, place: str) -> list[date]:
    """Every day on which a rule begins or ends here or above, with the days before and after, as far as known."""
    path = book.path(place)
    known_from, known_until = max(p.known_from for p in path), min(p.known_until for p in path)
    days = {known_from, known_until - timedelta(days=1)}
    for record in book.records.values():
        if any(record.place == level.id for level in path):
            for day in (record.lives_from, record.lives_until):
                days.update(day + timedelta(days=step) for step in (-1, 0, 1))
    return sorted(day for day in days if known_from <= day < known_until)


def _check_topic(book: Lawbook, topic: str, place: str, day: date, report: Report) -> None:
    conditions = book.topics[topic]["conditions"]
    names = list(conditions)
    for told in product(*([*conditions[name], None] for name in names)):
        values = dict(zip(names, told, strict=True))
        if _impossible(topic, values):
            continue
        report.situations += 1
        findings = _ask(book, topic, place, day, values, report)
        for finding in findings:
            if not _impossible(topic, finding.values):
                _check_finding(finding, report)


def _impossible(topic: str, values: Mapping[str, Any]) -> bool:
    """No question at all: a question without an event, a fact told about another event than its own, or an event
    that the person's nationality rules out (:func:`calculator.facts.parse` refuses such facts)."""
    if topic not in ("account", "years"):
        return False
    event, nationality = values.get("event"), values.get("nationality")
    if event is None:
        return True
    if any(values.get(fact) is not None and event not in events for fact, events in _FACT_OF.items()):
        return True
    if event == "foreigner_leaves":
        return nationality == "chinese"
    return nationality in ("foreign", "hk_mo_tw") and event in ("settle_abroad", "enlist", "study_abroad")


def _check_gaps(book: Lawbook, place: str, day: date, report: Report) -> None:
    situations = book.topics["gap"]["conditions"]["situation"]
    for situation, payer, back_paid in product(situations, ("employer", "flexible"), ("yes", "no", None)):
        before: dict[str, int | None] = {}
        for gap in range(1, LONGEST_GAP + 1):
            # Cover ends one or two months after the last payment, or it is not known which.
            for joining in (gap + 1, gap, frozenset((gap, gap + 1))):
                values = {
                    "situation": situation,
                    "payer": payer,
                    "gap": gap,
                    "months_to_joining": joining,
                    "back_paid": back_paid,
                }
                report.situations += 1
                findings = _ask(book, "gap", place, day, values, report)
                for finding in findings:
                    _check_finding(finding, report)
                if back_paid is None:
                    _check_unknown_is_honest(book, place, day, values, findings, report)
                shift = "open" if isinstance(joining, frozenset) else str(joining - gap)
                waits = {finding.get("wait_months") for finding in findings}
                wait = waits.pop() if len(waits) == 1 else None
                known = wait if type(wait) is int else None
                if known is not None and before.get(shift) is not None and known < before[shift]:
                    report.faults.append(
                        f"gap at {place} on {day}: {values} waits {known}, a shorter gap waits {before[shift]}"
                    )
                before[shift] = known if known is not None else before.get(shift)


def _check_unknown_is_honest(
    book: Lawbook, place: str, day: date, values: Mapping[str, Any], findings: Iterable[Finding], report: Report
) -> None:
    """What is said while a fact is not known is exactly what would be said for one of its values."""
    said = {_outcomes(finding) for finding in findings}
    would_be = {
        _outcomes(finding)
        for answer in ("yes", "no")
        for finding in _ask(book, "gap", place, day, {**values, "back_paid": answer}, report)
    }
    if said != would_be:
        report.faults.append(f"gap at {place} on {day}: {values} is answered otherwise than its known cases")


def _check_timelines(book: Lawbook, place: str, report: Report) -> None:
    """Every month of every timeline has one status, months follow one another, and cover returns when it says."""
    path = book.path(place)
    last = months.month_of(min(level.known_until for level in path)) - LONGEST_GAP - 3
    for moved, cause, payer, back_paid, gap in product(
        (False, True), ("left", "arrears"), ("employer", "flexible"), ("yes", "no", None), range(LONGEST_GAP + 1)
    ):
        if cause == "arrears" and (moved or payer == "flexible"):
            continue
        report.situations += 1
        where = f"timeline at {place}: moved={moved} {cause} {payer} paid back={back_paid} gap={gap}"
        try:
            stretch = interruption(
                book, origin=place, destination=place, moved=moved, cause=cause, payer_before=payer,
                last_paid=last, resume=last + gap + 1, payer=payer, back_paid=back_paid,
            )  # fmt: skip
        except (LawError, LookupError) as fault:
            report.faults.append(f"{where}: {fault}")
            continue
        for line in stretch.lines:
            shown = [month.month for month in line.months]
            if shown != list(range(shown[0], shown[0] + len(shown))):
                report.faults.append(f"{where}: months do not follow one another")
            if line.returns:
                covered = {month.month: month.status == "covered" for month in line.months}
                returns = months.month_of(line.returns)
                if not covered.get(returns) or any(covered[m] for m in covered if last + 1 < m < returns and gap):
                    report.faults.append(
                        f"{where}: cover is said to return on {line.returns} and the months say otherwise"
                    )


def _ask(book: Lawbook, topic: str, place: str, day: date, values: Mapping[str, Any], report: Report) -> list[Finding]:
    try:
        return book.consult(topic, place, day, values)
    except LawError as fault:
        report.faults.append(f"{topic} at {place} on {day}, {dict(values)}: {fault}")
        return []


def _check_finding(finding: Finding, report: Report) -> None:
    for name in MUST_NAME[finding.topic]:
        if name not in finding.outcomes:
            told = {key: value for key, value in finding.values.items() if value is not None}
            report.faults.append(
                f"{finding.topic} at {finding.place} on {finding.day}, {told}: nothing is said on {name}"
            )


def _outcomes(finding: Finding) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(outcome.value)) for name, outcome in finding.outcomes.items()))
