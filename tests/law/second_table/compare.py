"""The lawbook is asked every case of the tables, and every cell that it fills otherwise is told.

Each comparison is a function of a lawbook, so that a changed lawbook can be compared too.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from calculator import months as calendar_months
from calculator.lawbook import Finding, Lawbook
from tests.law.second_table import (
    DAY,
    PAYERS,
    PLACES,
    cover,
    first_time,
    gaps,
    money,
    own,
    own_gaps,
    own_money,
    own_resident,
    own_years,
    resident,
    shown,
    switch,
    years,
)  # fmt: skip
from tests.law.second_table.gaps_more import MORE
from tests.law.second_table.table import Case, Row, U, look_up

Said = tuple[Any, str]


def ask(book: Lawbook, topic: str, place: str, values: Case) -> Finding:
    """The engine's one answer; a case told in full does not branch."""
    [finding] = book.consult(topic, place, DAY, values)
    return finding


def said(finding: Finding, outcome: str, otherwise: Any = U) -> Said:
    """The engine's value and the record that gave it. What no record names is as little known to the reader as what a
    record calls unknown (or is what the table takes it to mean)."""
    found = finding.outcomes.get(outcome)
    return (found.value, found.record.id) if found else (otherwise, "no record")


class Table:
    """The rows of one topic, the cases made from them, and what is compared."""

    def __init__(
        self,
        topic: str,
        rows: Collection[Row],
        cases: Callable[[Collection[Row]], Iterator[dict[str, Any]]],
        outcomes: Mapping[str, Any],
        skipped: Collection[tuple[str, str]] = (),
    ) -> None:
        self.topic = topic
        self.rows = tuple(rows)
        self.outcomes = outcomes
        self.make_cases = cases
        self.cases = list(cases(self.rows))
        self.skipped = skipped

    def of(self, place: str) -> list[Row]:
        return [row for row in self.rows if place in row.places]

    def changed(self, rows: Collection[Row]) -> "Table":
        """The same with other rows, asked the same cases."""
        other = Table(self.topic, rows, self.make_cases, self.outcomes, self.skipped)
        other.cases = self.cases
        return other

    def engine(self, book: Lawbook, place: str, case: Case, finding: Finding, outcome: str) -> Said:
        """What the reader is told. Where a place's ordinary start counts, its rule need not be repeated: in a gap with
        a wait, or whose wait is open, and for people who join for the first time."""
        if outcome == "cover_from" and outcome not in finding.outcomes:
            by_start = self.topic == "first_time" or (self.topic == "gap" and finding.get("wait_months") != 0)
            if by_start:
                return said(ask(book, "cover_start", place, {"payer": case["payer"]}), outcome)
        return said(finding, outcome, self.outcomes[outcome])

    def differences(self, book: Lawbook, place: str, cases: Collection[Case] = ()) -> list[str]:
        """Every cell that the engine fills otherwise, in all cases or in those given. Cases with the same difference
        share a line."""
        found: dict[tuple[Any, ...], list[Case]] = {}
        rows = self.of(place)
        for case in cases or self.cases:
            row = look_up(rows, place, case)
            finding = ask(book, self.topic, place, case)
            for outcome, otherwise in self.outcomes.items():
                expected = row.says.get(outcome, otherwise)
                engine, record = self.engine(book, place, case, finding, outcome)
                if expected != engine and (place, outcome) not in self.skipped:
                    found.setdefault((outcome, expected, engine, record), []).append(case)
        return [
            f"{self.topic} {place}: {outcome} {expected!r}, engine {engine!r} by {record} ({_in_short(cases, self.cases)})"
            for (outcome, expected, engine, record), cases in found.items()
        ]


def _in_short(cases: Collection[Case], asked: Collection[Case]) -> str:
    """The values of each fact among the cases, where these are not all the values asked."""
    parts = [f"{len(cases)} cases"]
    for name in next(iter(cases)):
        values, all_ = {case[name] for case in cases}, {case[name] for case in asked}
        if values != all_:
            parts.append(f"{name} {' '.join(map(str, sorted(values)))}")
    return "; ".join(parts)


GAP = Table("gap", (*gaps.GAP, *MORE), gaps.cases, gaps.OUTCOMES)
FIRST_TIME = Table("first_time", first_time.FIRST_TIME, first_time.cases, first_time.OUTCOMES)
SWITCH = Table("switch", switch.SWITCH, switch.cases, switch.OUTCOMES)
YEARS = Table("medical_years", years.YEARS, years.cases, years.OUTCOMES, years.NOT_COMPARED)
TABLES = {table.topic: table for table in (GAP, FIRST_TIME, SWITCH, YEARS)}


# -- the smaller tables -------------------------------------------------------------------------------------------------


def _one(topic: str, place: str, case: Case, stated: Mapping[str, Any], book: Lawbook) -> list[str]:
    """One case with few outcomes."""
    finding = ask(book, topic, place, case)
    told = {name: said(finding, name) for name in stated}
    return [
        f"{topic} {place}: {name} {expected!r}, engine {told[name][0]!r} by {told[name][1]} ({', '.join(map(str, case.values()))})"
        for name, expected in stated.items()
        if expected != told[name][0]
    ]


def cover_differences(book: Lawbook, place: str) -> list[str]:
    """When cover stops and starts, and how a gap is counted."""
    found = []
    for cause, payer in product(cover.CAUSES, PAYERS):
        stated = {"cover_ends": cover.stop(place, cause, payer)}
        found += _one("cover_stop", place, {"cause": cause, "payer": payer}, stated, book)
    for payer in PAYERS:
        found += _one("cover_start", place, {"payer": payer}, {"cover_from": cover.start(place, payer)}, book)
    for (where, situation), stated in cover.COUNT.items():
        if where == place:
            found += _one("gap_count", place, {"situation": situation}, stated, book)
    return found


def money_differences(book: Lawbook, place: str) -> list[str]:
    """What becomes of the account in each event."""
    found = []
    for event, places, facts, balance, withdraw in money.ACCOUNT:
        if place in places:
            stated = {"balance": balance, "withdraw": withdraw}
            stated = {name: value for name, value in stated.items() if value is not money.NOT_SAID}
            found += _one("account", place, {"event": event, **facts}, stated, book)
    return found


def resident_numbers(book: Lawbook, place: str, when: str, broken: int, who: str = "other") -> dict[str, Any]:
    """The numbers of the wait and of its repair, as the law gives them."""
    case = {"who": who, "enrolled": when, "broken_years": broken, "months_to_joining": 12 * broken + 1}
    wait = ask(book, "resident_wait", place, case)
    repair = ask(book, "resident_repair", place, {"broken_years": broken})
    return {name: found.value for finding in (wait, repair) for name, found in finding.outcomes.items()}


def waits(law: Mapping[str, Any], broken: int) -> tuple[int, int] | str:
    """Months of waiting before any repair, and after paying for every year that counts; unknown if a part of it is.

    conf 2.2 "Encode": fixed + variable; each year paid takes a month away; after 4 years not less than the floor.
    """
    needed = ["fixed_months"] + (
        ["months_per_broken_year", "first_year_adds", "months_per_year_paid"] if broken else []
    )
    if any(law.get(name, U) == U for name in needed):
        return U
    if not broken:
        return law["fixed_months"], law["fixed_months"]
    counted = broken - (law["first_year_adds"] == "no")
    before = law["fixed_months"] + counted * law["months_per_broken_year"]
    repaired = before - min(broken * law["months_per_year_paid"], counted * law["months_per_broken_year"])
    return before, max(repaired, min(law.get("at_least_months", 0), before))


def _resident_stated(place: str, when: str, broken: int) -> dict[str, Any]:
    """The parts of the wait, with those left open where two official texts stand side by side."""
    stated = resident.parts(when, broken)
    late_is_open = place in resident.FIXED_UNDECIDED and (when, broken) != ("central_period", 0)
    if late_is_open or (place in resident.CENTRAL_PERIOD_UNDECIDED and when == "central_period" and broken):
        stated["fixed_months"] = U
    if place in resident.FIRST_YEAR_UNDECIDED and broken:
        stated["first_year_adds"] = U
    return stated


def resident_differences(book: Lawbook, place: str) -> list[str]:
    """The parts of the confirmations' table, from when the wait runs, the worked examples, and newborns."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for when, broken in resident.WAIT:
        told = resident_numbers(book, place, when, broken)
        for name, expected in _resident_stated(place, when, broken).items():
            # What the first broken year adds is the nation's cell; no place of the table has its own.
            if told.get(name, U) != expected and (place == "china" or name != "first_year_adds"):
                found.setdefault((name, expected, told.get(name, U)), []).append(f"{when} {broken}")
    lines = [
        f"resident_wait {place}: {name} {expected!r}, engine {engine!r} ({', '.join(cases)} broken years)"
        for (name, expected, engine), cases in found.items()
    ]
    return lines + (_national_resident_differences(book) if place == "china" else [])


def _national_resident_differences(book: Lawbook) -> list[str]:
    found = []
    for when, expected in resident.WAIT_FROM.items():
        engine = resident_numbers(book, "china", when, 1).get("wait_from")
        if engine != expected:
            found.append(f"resident_wait china: {when} runs from {expected}, engine {engine}")
    for name, (place, when, paid, year, broken, repaired, expected) in resident.EXAMPLES.items():
        if place in book.places:
            law = resident_numbers(book, place, when, broken)
            engine = _benefits_from(law, paid, year, broken, repaired)
            if engine != expected:
                found.append(f"resident_wait {place}: example {name} {expected}, engine {engine}")
    for who, when in product(resident.NO_WAIT, resident.WAIT_FROM):
        engine = waits(resident_numbers(book, "china", when, 0, who), 0)
        if engine != (0, 0):
            found.append(f"resident_wait china: {who}, {when}: no wait, engine {engine}")
    for days, expected in resident.NEWBORN.items():
        case = {"days_after_birth": days, "months_after_birth": days // 30}
        found += _one("newborn", "china", case, {"cover_from": expected}, book)
    return found


def _benefits_from(law: Mapping[str, Any], paid: date, year: int, broken: int, repaired: int) -> date | None:
    """The day from which there are benefits, date to date, when the law names where the wait runs from."""
    start = {"start_of_insurance_year": date(year, 1, 1), "payment_day": paid}.get(law.get("wait_from", U))
    wait = waits(law, broken)
    if start is None or wait == U:
        return None
    month = calendar_months.month_of(start) + wait[0] - repaired * law.get("months_per_year_paid", 0)
    return calendar_months.first_day(month).replace(day=start.day)


def comparisons(places: Collection[str]) -> Iterator[tuple[str, Callable[[Lawbook], list[str]]]]:
    """Every table for every place of the table that is among ``places``, as functions of a lawbook."""
    several = {
        **{table.topic: table.differences for table in TABLES.values()},
        "cover": cover_differences,
        "money": money_differences,
        "resident": resident_differences,
    }
    for name, differences in several.items():
        for place in PLACES:
            if place in places:
                yield f"second table, {name} {place}", partial(differences, place=place)


# -- what each place says itself ------------------------------------------------------------------------------------

OWN = own_gaps.TABLES | own_money.TABLES | own_years.TABLES | own_resident.TABLES


def own_rows() -> Iterator[tuple[str, str, list[own.Own]]]:
    """Topic, place and rows, for every place that a table of own rules speaks of."""
    for topic, rows in OWN.items():
        for place in dict.fromkeys(row.place for row in rows):
            yield topic, place, [row for row in rows if row.place == place]


def own_differences(book: Lawbook, topic: str, place: str, rows: Collection[own.Own]) -> list[str]:
    """Where a place's own rules on a topic say something else than the rows."""
    return own.differences(book, topic, place, rows, own_gaps.GAP_WITHIN.get(place) if topic == "gap" else None)


def shown_differences(book: Lawbook, topic: str, place: str) -> list[str]:
    """The questions on a topic at a place whose answer does not cite the provision that decides them."""
    asked = [one for one in shown.SHOWN if (one.topic, one.place) == (topic, place)]
    return [line for one in asked for line in shown.differences(book, one)]


def own_comparisons() -> Iterator[tuple[str, str, str, Callable[[Lawbook], list[str]]]]:
    """Name, topic, place and comparison: what each place says itself, and which provision decides."""
    for topic, place, rows in own_rows():
        yield f"own rules, {topic} {place}", topic, place, partial(own_differences, topic=topic, place=place, rows=rows)
    for topic, place in dict.fromkeys((one.topic, one.place) for one in shown.SHOWN):
        yield f"shown, {topic} {place}", topic, place, partial(shown_differences, topic=topic, place=place)
