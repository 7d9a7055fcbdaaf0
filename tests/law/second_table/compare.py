"""The lawbook is asked every case of the tables, and every cell that it fills otherwise is told.

Each comparison is a function of a lawbook, so that a changed lawbook can be compared too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    own_people,
    own_resident,
    own_years,
    payers,
    payouts,
    people,
    resident,
    shown,
    steps,
    switch,
    years,
)
from tests.law.second_table.gaps_more import MORE
from tests.law.second_table.table import Case, Row, U, crossed, look_up, thresholds

Said = tuple[Any, str]


def ask(book: Lawbook, topic: str, place: str, values: Case, day: date = DAY) -> Finding:
    """The engine's one answer; a case told in full does not branch."""
    [finding] = book.consult(topic, place, day, values)
    return finding


def _named(topic: str, day: date) -> str:
    return topic if day == DAY else f"{topic} on {day}"


def plain(value: Any) -> Any:
    """A list as the set it means, of which a single value is a list of one."""
    return value if not isinstance(value, list) else value[0] if len(value) == 1 else frozenset(value)


def said(finding: Finding, outcome: str, otherwise: Any = U) -> Said:
    """The engine's value and the record that gave it. What no record names is as little known to the reader as what a
    record calls unknown (or is what the table takes it to mean)."""
    found = finding.outcomes.get(outcome)
    return (plain(found.value), found.record.id) if found else (otherwise, "no record")


class Table:
    """The rows of one topic on one day, the cases made from them, and what is compared."""

    def __init__(
        self,
        topic: str,
        rows: Collection[Row],
        cases: Callable[[Collection[Row]], Iterator[dict[str, Any]]],
        outcomes: Mapping[str, Any],
        skipped: Collection[tuple[str, str]] = (),
        *,
        places: Collection[str] = PLACES,
        day: date = DAY,
    ) -> None:
        self.topic = topic
        self.places = places
        self.day = day
        self.rows = tuple(rows)
        self.outcomes = outcomes
        self.make_cases = cases
        self.cases = list(cases(self.rows))
        self.skipped = skipped

    @property
    def name(self) -> str:
        return _named(self.topic, self.day)

    def of(self, place: str) -> list[Row]:
        return [row for row in self.rows if place in row.places]

    def changed(self, rows: Collection[Row]) -> "Table":
        """The same with other rows, asked the same cases."""
        other = Table(self.topic, rows, self.make_cases, self.outcomes, self.skipped, places=self.places, day=self.day)
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
            finding = ask(book, self.topic, place, case, self.day)
            for outcome, otherwise in self.outcomes.items():
                expected = plain(row.says.get(outcome, otherwise))
                engine, record = self.engine(book, place, case, finding, outcome)
                if expected != engine and (place, outcome) not in self.skipped:
                    found.setdefault((outcome, expected, engine, record), []).append(case)
        return [
            f"{self.name} {place}: {outcome} {expected!r}, engine {engine!r} by {record} ({_in_short(cases, self.cases)})"
            for (outcome, expected, engine, record), cases in found.items()
        ]


def _in_short(cases: Collection[Case], asked: Collection[Case]) -> str:
    """The values of each fact among the cases, where these are not all the values asked."""
    parts = [f"{len(cases)} cases"]
    for name in cases[0]:
        values, all_ = {case[name] for case in cases}, {case[name] for case in asked}
        if values != all_:
            parts.append(f"{name} {' '.join(map(str, sorted(values)))}")
    return "; ".join(parts)


def combinations(axes: Mapping[str, Collection[Any]]) -> Callable[[Collection[Row]], Iterator[dict[str, Any]]]:
    """A maker of cases: every combination of the facts, whatever the rows say."""
    return lambda rows: crossed(**axes)


def _unemployment_cases(rows: Collection[Row]) -> Iterator[dict[str, Any]]:
    yield from crossed(contribution_months=thresholds(rows, "contribution_months"))


def _whole(
    topic: str,
    rows: Collection[Row],
    axes: Mapping[str, Collection[Any]],
    outcomes: Collection[str],
    places: Collection[str],
    day: date = DAY,
) -> Table:
    """A table of every combination of its facts; what a row leaves out is unknown."""
    return Table(topic, rows, combinations(axes), dict.fromkeys(outcomes, U), places=places, day=day)


GAP = Table("gap", (*gaps.GAP, *MORE), gaps.cases, gaps.OUTCOMES)
FIRST_TIME = Table("first_time", first_time.FIRST_TIME, first_time.cases, first_time.OUTCOMES)
SWITCH = Table("switch", switch.SWITCH, switch.cases, switch.OUTCOMES)
YEARS = Table("medical_years", years.YEARS, years.cases, years.OUTCOMES, years.NOT_COMPARED)
ACCOUNT = Table("account", money.ACCOUNT, money.account_cases, dict.fromkeys(money.ACCOUNT_OUTCOMES, U))
#: Before the measures on transfers inside Guangdong ran out.
ACCOUNT_2025 = Table(
    "account", money.ACCOUNT, money.account_cases, dict.fromkeys(money.ACCOUNT_OUTCOMES, U), places=("guangdong",),
    day=date(2025, 6, 30),
)  # fmt: skip
UNEMPLOYMENT = Table(
    "unemployment", payers.UNEMPLOYMENT, _unemployment_cases, dict.fromkeys(payers.UNEMPLOYMENT_OUTCOMES, U),
    places=payers.UNEMPLOYMENT_PLACES,
)  # fmt: skip
WHOLE = (
    _whole("account_exists", money.EXISTS, money.EXISTS_AXES, ("exists",), PLACES),
    _whole("settlement", money.SETTLEMENT, money.SETTLEMENT_AXES, money.SETTLEMENT_OUTCOMES, money.SETTLEMENT_PLACES),
    _whole("years", payers.YEARS, payers.YEARS_AXES, payers.YEARS_OUTCOMES, payers.YEARS_PLACES),
    _whole("transfer", payers.TRANSFER, payers.TRANSFER_AXES, payers.TRANSFER_OUTCOMES, payers.TRANSFER_PLACES),
    _whole("unemployment_end", payers.UNEMPLOYMENT_END, {}, ("ends_on",), payers.UNEMPLOYMENT_PLACES),
    _whole("late_payment", payers.LATE, payers.LATE_AXES, payers.LATE_OUTCOMES, payers.LATE_PLACES),
    _whole("hukou", people.HUKOU, people.HUKOU_AXES, people.HUKOU_OUTCOMES, people.HUKOU_PLACES),
    # The police standard of 2021 was in force on both days; a letter to the police was asked for under both placement rules.
    _whole("hukou", people.HUKOU, people.HUKOU_AXES, people.HUKOU_OUTCOMES, people.PLAIN, people.OLD_LAW),
    _whole("identity", people.IDENTITY, people.IDENTITY_AXES, people.IDENTITY_OUTCOMES, people.IDENTITY_PLACES),
    _whole("come_back", people.COME_BACK, people.COME_BACK_AXES, people.COME_BACK_OUTCOMES, people.COME_BACK_PLACES),
    *(
        _whole("discharge", rows, people.DISCHARGE_AXES, people.DISCHARGE_OUTCOMES, people.DISCHARGE_PLACES, day)
        for day, rows in people.DISCHARGE.items()
    ),
    _whole(
        "discharge_account", people.DISCHARGE_ACCOUNT, people.DISCHARGE_ACCOUNT_AXES, people.DISCHARGE_ACCOUNT_OUTCOMES,
        people.DISCHARGE_ACCOUNT_PLACES,
    ),
    _whole("missing", people.MISSING, people.MISSING_AXES, people.MISSING_OUTCOMES, people.MISSING_PLACES),
    _whole("double_enrolment", people.DOUBLE, people.DOUBLE_AXES, people.DOUBLE_OUTCOMES, people.DOUBLE_PLACES),
)  # fmt: skip
TABLES = {table.name: table for table in (GAP, FIRST_TIME, SWITCH, YEARS, ACCOUNT, ACCOUNT_2025, UNEMPLOYMENT, *WHOLE)}


# -- topics with several answers at once ---------------------------------------------------------------------------------


class Lists:
    """What holds at a place for a case, each answer under its key; an answer too many is a difference like one too few."""

    def __init__(
        self,
        topic: str,
        places: Collection[str],
        cases: Iterable[Case],
        stated: Callable[[str, Case], Mapping[str, Mapping[str, Any]]],
        outcomes: Collection[str],
        day: date = DAY,
    ) -> None:
        self.topic, self.name, self.day = topic, _named(topic, day), day
        self.places, self.cases, self.stated, self.outcomes = places, list(cases), stated, outcomes

    def differences(self, book: Lawbook, place: str, cases: Collection[Case] = ()) -> list[str]:
        """Every answer that the law gives otherwise. Cases with the same difference share a line."""
        found: dict[tuple[Any, ...], list[Case]] = {}
        for case in cases or self.cases:
            told = {record.then["key"]: record for record in book.consult_all(self.topic, place, self.day, case)}
            expected = self.stated(place, case)
            for key in expected.keys() ^ told.keys():
                found.setdefault((f"{key} is {'missing' if key in expected else 'too many'}",), []).append(case)
            for key, name in product(expected.keys() & told.keys(), self.outcomes):
                ours, engine = (plain(part.get(name, U)) for part in (expected[key], told[key].then))
                if ours != engine:
                    line = f"{key}.{name} {ours!r}, engine {engine!r} by {told[key].id}"
                    found.setdefault((line,), []).append(case)
        return [f"{self.name} {place}: {line} ({_in_short(cases, self.cases)})" for (line,), cases in found.items()]


WITHDRAWAL = Lists(
    "withdrawal", tuple(payouts.PAYOUTS), [{}], lambda place, case: payouts.PAYOUTS[place], payouts.OUTCOMES
)
POT = Lists("pot", tuple(money.POTS), [{}], lambda place, case: money.POTS[place], money.POT_OUTCOMES)
WITHDRAWAL_2025 = Lists(
    "withdrawal", ("guangdong",), [{}], lambda place, case: payouts.PAYOUTS[place], payouts.OUTCOMES, date(2025, 6, 30)
)
STEP = Lists("step", steps.PLACES, steps.cases(), steps.steps, steps.OUTCOMES)
STEP_2024 = Lists("step", ("china",), steps.cases(), steps.old_steps, steps.OUTCOMES, steps.OLD_LAW)
LISTS = {table.name: table for table in (WITHDRAWAL, WITHDRAWAL_2025, POT, STEP, STEP_2024)}


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
    for table in (*TABLES.values(), *LISTS.values()):
        for place in table.places:
            if place in places:
                yield f"second table, {table.name} {place}", partial(table.differences, place=place)
    for name, differences in {"cover": cover_differences, "resident": resident_differences}.items():
        for place in PLACES:
            if place in places:
                yield f"second table, {name} {place}", partial(differences, place=place)


# -- what each place says itself ------------------------------------------------------------------------------------

OWN = own_gaps.TABLES | own_money.TABLES | own_years.TABLES | own_resident.TABLES | own_people.TABLES


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
