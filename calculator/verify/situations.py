"""Everything the law data can be asked, asked, and held against properties that must be true of any law.

:func:`check_situations` takes every topic at every place, on every day on which something changes and the days beside
it, with thresholds and their neighbours. Faults are lines of words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

from calculator.lawbook import Finding, Lawbook, LawError, cuts_of
from calculator.verify import people, resident, retirement, schemes, timelines
from calculator.verify.timelines import LONGEST_GAP

#: The topics that a timeline is drawn from.
_IN_TIMELINES = ("cover_stop", "cover_start", "gap")
#: The events about which a fact can be told.
_FACT_OF = {
    "hukou_cancelled": ("settle_abroad", "lose_nationality"),
    "ends_relation": ("foreigner_leaves", "lose_nationality"),
    "enlisted_as": ("enlist",),
    "same_province": ("retire_elsewhere",),
    "registered": ("retire_elsewhere",),
    "back_paid": ("employer_arrears",),
}


@dataclass
class Report:
    """How many situations were asked about, and what was wrong with the answers."""

    situations: int
    faults: list[str]


def check_situations(book: Lawbook, places: Iterable[str] | None = None, topics: Iterable[str] | None = None) -> Report:
    """Ask everything, at every place (or at those named), on every day around a change of law. A fault is a line.

    ``topics`` names the only topics to ask about; timelines are drawn when one of them has a part in timelines.
    """
    asked = set(book.topics if topics is None else topics)
    report = Report(0, [])
    for place in places or book.places:
        for name, topic in book.topics.items():
            if topic["answers"] != "one" or name not in asked:
                continue
            check = _check_gaps if name == "gap" else _check_topic
            for day in change_days(book, place, name):
                check(book, name, place, day, report)
        if not asked.isdisjoint(resident.TOPICS):
            days = {day for name in resident.TOPICS for day in change_days(book, place, name)}
            resident.check_resident(book, place, sorted(days), report)
        if not asked.isdisjoint(schemes.TOPICS):
            schemes.check_schemes(book, place, report)
        if not asked.isdisjoint(_IN_TIMELINES):
            timelines.check_timelines(book, place, report)
        if not asked.isdisjoint(people.TOPICS) and people.places_to_ask(book, place):
            days = {day for name in people.TOPICS for day in change_days(book, place, name)}
            people.check_people(book, place, sorted(days), report)
        if not asked.isdisjoint(retirement.TOPICS):
            situations, faults = retirement.check_retirement(book, place, change_days)
            report.situations += situations
            report.faults += faults
    return report


def change_days(book: Lawbook, place: str, topic: str) -> list[date]:
    """Every day on which a rule on this topic begins or ends here or above, with the days before and after, as far as known."""
    path = book.path(place)
    known_from, known_until = max(p.known_from for p in path), min(p.known_until for p in path)
    days = {known_from, known_until - timedelta(days=1)}
    for record in book.records.values():
        if record.topic == topic and any(record.place == level.id for level in path):
            for day in (record.lives_from, record.lives_until):
                days.update(day + timedelta(days=step) for step in (-1, 0, 1))
    return sorted(day for day in days if known_from <= day < known_until)


def _check_topic(book: Lawbook, topic: str, place: str, day: date, report: Report) -> None:
    options = _told(book, topic, place)
    for values in _cases(topic, options):
        if _impossible(topic, values):
            continue
        report.situations += 1
        findings = _ask(book, topic, place, day, values, report)
        for finding in findings:
            if not _impossible(topic, finding.values):
                _check_finding(book, finding, report)
        if topic not in ("account", "years") and findings:
            _check_unknown_is_honest(book, topic, place, day, values, findings, options, report)


def _cases(topic: str, options: Mapping[str, list[Any]]) -> Iterable[dict[str, Any]]:
    """Every combination of what can be told. Of the account and the years only facts about the event are told: all the
    others are no question, and multiplied with each other they are many."""
    if topic not in ("account", "years"):
        yield from (dict(zip(options, told, strict=True)) for told in product(*options.values()))
        return
    for event in options["event"]:
        about_it = {name: told if event in _FACT_OF.get(name, (event,)) else [None] for name, told in options.items()}
        for told in product(*{**about_it, "event": [event]}.values()):
            yield dict(zip(options, told, strict=True))


def _told(book: Lawbook, topic: str, place: str) -> dict[str, list[Any]]:
    """What can be told of each condition: its values, or its thresholds here and their neighbours; and nothing.

    A condition that no record here tests can't change the answer and is left untold, but for the account and the
    years, where what is possible depends on it.
    """
    levels = {level.id for level in book.path(place)}
    tests: dict[str, list[Any]] = {}
    for record in book.records.values():
        if record.topic == topic and record.place in levels:
            for name, test in record.when.items():
                tests.setdefault(name, []).append(test)
    told: dict[str, list[Any]] = {}
    for name, domain in book.topics[topic]["conditions"].items():
        if name not in tests and topic not in ("account", "years"):
            told[name] = [None]
        elif isinstance(domain, str):
            cuts = {0}.union(*map(cuts_of, tests.get(name, ())))
            told[name] = [*sorted({number for cut in cuts for number in (cut - 1, cut) if number >= 0}), None]
        else:
            told[name] = [*domain, None]
    return told


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
    return nationality in ("foreign", "hk_mo_tw") and event in (
        "settle_abroad",
        "lose_nationality",
        "enlist",
        "study_abroad",
    )


def _check_gaps(book: Lawbook, topic: str, place: str, day: date, report: Report) -> None:
    """As :func:`_check_topic`, and nothing that makes a gap longer shortens the wait of somebody otherwise alike."""
    options = _told(book, topic, place)
    asked = ("situation", "payer", "back_paid", "gap", "months_to_joining")
    people = {name: told for name, told in options.items() if name not in asked}
    situations = book.topics[topic]["conditions"]["situation"]
    waits: dict[tuple[Any, ...], int] = {}
    for situation, payer, back_paid, *others in product(
        situations, ("employer", "flexible"), ("yes", "no", None), *people.values()
    ):
        before: dict[str, int | None] = {}
        for gap in range(1, LONGEST_GAP + 1):
            # Cover ends one or two months after the last payment, or it is not known which.
            for joining in (gap + 1, gap, frozenset((gap, gap + 1))):
                values = {
                    **dict(zip(people, others, strict=True)),
                    "situation": situation,
                    "payer": payer,
                    "gap": gap,
                    "months_to_joining": joining,
                    "back_paid": back_paid,
                }
                report.situations += 1
                findings = _ask(book, topic, place, day, values, report)
                for finding in findings:
                    _check_finding(book, finding, report)
                _check_unknown_is_honest(book, topic, place, day, values, findings, options, report)
                shift = "open" if isinstance(joining, frozenset) else str(joining - gap)
                said = {finding.get("wait_months") for finding in findings}
                wait = said.pop() if len(said) == 1 else None
                known = wait if type(wait) is int else None
                if known is not None:
                    waits[situation, payer, back_paid, gap, shift, *others] = known
                if known is not None and before.get(shift) is not None and known < before[shift]:
                    report.faults.append(
                        f"gap at {place} on {day}: {values} waits {known}, a shorter gap waits {before[shift]}"
                    )
                before[shift] = known if known is not None else before.get(shift)
    for name in ("gap_days", "unpaid_in_year"):
        for fault in _more_waits_less(waits, list(people).index(name) - len(people)):
            report.faults.append(f"gap at {place} on {day}: {name}: {fault}")


def _more_waits_less(waits: Mapping[tuple[Any, ...], int], position: int) -> Iterable[str]:
    """A larger number at this place of the key, counted from its end, with a shorter wait and all else alike."""
    alike: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for key, wait in waits.items():
        if key[position] is not None:
            alike.setdefault((*key[:position], *key[len(key) + position + 1 :]), []).append((key[position], wait))
    for key, told in alike.items():
        for (fewer, longer), (more, shorter) in pairwise(sorted(told)):
            if shorter < longer:
                yield f"{key}: {more} waits {shorter}, {fewer} waits {longer}"


def _check_unknown_is_honest(
    book: Lawbook,
    topic: str,
    place: str,
    day: date,
    values: Mapping[str, Any],
    findings: Iterable[Finding],
    options: Mapping[str, list[Any]],
    report: Report,
) -> None:
    """What is said while one fact is not known is exactly what would be said for one of its values."""
    open_facts = [name for name, told in options.items() if values.get(name) is None and len(told) > 1]
    if len(open_facts) != 1:
        return
    [name] = open_facts
    said = {_outcomes(finding) for finding in findings}
    would_be = {
        _outcomes(finding)
        for option in options[name]
        if option is not None
        for finding in _ask(book, topic, place, day, {**values, name: option}, report)
    }
    if said != would_be:
        report.faults.append(f"{topic} at {place} on {day}: {values} is answered otherwise than its known cases")


def _ask(book: Lawbook, topic: str, place: str, day: date, values: Mapping[str, Any], report: Report) -> list[Finding]:
    try:
        return book.consult(topic, place, day, values)
    except LawError as fault:
        report.faults.append(f"{topic} at {place} on {day}, {dict(values)}: {fault}")
        return []


def _check_finding(book: Lawbook, finding: Finding, report: Report) -> None:
    for name in book.topics[finding.topic]["must_name"]:
        if name not in finding.outcomes:
            told = {key: value for key, value in finding.values.items() if value is not None}
            report.faults.append(
                f"{finding.topic} at {finding.place} on {finding.day}, {told}: nothing is said on {name}"
            )


def _outcomes(finding: Finding) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(outcome.value)) for name, outcome in finding.outcomes.items()))
