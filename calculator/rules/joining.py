"""Joining a scheme: the employee scheme for the first time, the resident scheme again, a newborn, on unemployment benefit.

One :class:`Joining` is one payment that opens cover. Like an interruption it holds one line, with its months, for each way
the facts we were not told may fall out.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from calculator import months
from calculator.immutable import immutable, replace
from calculator.lawbook import UNKNOWN, Finding, Lawbook
from calculator.rules.contributions import Benefit
from calculator.rules.cover import (
    MONTHS_SHOWN_AFTER,
    MONTHS_SHOWN_COVERED,
    CoverMonth,
    Line,
    cover_stop,
    line_after,
    rule_of,
)
from calculator.rules.resident import Wait, enrolment_period, waiting, whole_months_until


@immutable
class Repair:
    """Missing years of the resident scheme that are paid for, and what that costs.

    ``fen`` is the price: ``years`` times ``a_year_fen``, the personal premium of the year of payment. None is not known.
    ``paid`` says that it is told as paid; otherwise it is what would help, and ``first_day`` the day on which benefits
    would then begin.
    """

    years: int
    months_less: int
    a_year_fen: int | None
    fen: int | None
    paid: bool
    first_day: date | None


@immutable
class Joining:
    """A payment that opens cover, under the law of its place and day.

    ``waits`` and ``repairs`` go with the lines one by one in the resident scheme, and are empty elsewhere. ``enrolled`` is
    the period in which the payment falls, told or found from the announced days; None when neither. ``benefit_until`` is
    the last month of unemployment benefit, as far as it is known.
    """

    event: str
    place: str
    month: int
    paid_on: date | None
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    insurance_year: int | None = None
    enrolled: str | None = None
    waits: tuple[Wait, ...] = ()
    repairs: tuple[Repair | None, ...] = ()
    benefit_until: int | None = None
    born: date | None = None


# -- the employee scheme ----------------------------------------------------------------------------------


def first_time(
    book: Lawbook, *, place: str, month: int, payer: str | None, who: str | None, months_to_joining: int | None
) -> Joining:
    """Somebody joins the employee scheme of a place for the first time. ``months_to_joining`` counts from the end of
    earlier cover, the month of joining included. Raises OutsideKnownDays."""
    values = {
        "payer": payer,
        "who": who,
        "months_to_joining": months_to_joining,
    }
    found = alike_but_for("who", book.consult("first_time", place, months.first_day(month), values))
    lines = tuple(_first(line_after(finding, month)) for finding in found)
    return Joining("first_time", place, month, None, lines, tuple(found))


def _first(line: Line) -> Line:
    """Whoever joins for the first time is covered, not covered again."""
    return replace(
        line,
        months=tuple(replace(m, reason="paid") if m.reason == "cover_again" else m for m in line.months),
    )


def alike_but_for(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that differ only in one assumed fact as one, with the fact's values in a list."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for finding in findings:
        others = tuple((key, str(value)) for key, value in finding.assuming.items() if key != name)
        outcomes = tuple(sorted((key, str(o.value), o.record.id) for key, o in finding.outcomes.items()))
        groups.setdefault((others, outcomes), []).append(finding)
    return [
        replace(group[0], assuming={**group[0].assuming, name: [finding.assuming[name] for finding in group]})
        if len(group) > 1
        else group[0]
        for group in groups.values()
    ]


def on_benefit(
    book: Lawbook,
    *,
    place: str,
    payer_before: str | None,
    last_paid: int,
    benefit_from: int,
    benefit_until: int | None,
    granted: Sequence[Benefit],
) -> Joining:
    """Cover while somebody draws unemployment benefit: the fund pays, and cover ends with the benefit.

    ``last_paid`` is the last month paid by the job. Without ``benefit_until`` the last month follows from the months
    ``granted``, where the place counts them exactly. Raises OutsideKnownDays.
    """
    stop, stops = cover_stop(book, place, "left", payer_before, last_paid)
    found = book.consult("first_time", place, months.first_day(benefit_from), {"who": "unemployment_benefit"})
    last = benefit_until
    if last is None and len(granted) == 1 and granted[0].months and not granted[0].longest:
        last = benefit_from + granted[0].months - 1
    lines = tuple(_benefit_line(finding, stop, stops, last_paid, benefit_from, last) for finding in found)
    findings = (stop, *found, *(finding for one in granted for finding in one.findings))
    return Joining("unemployment", place, benefit_from, None, lines, findings, benefit_until=last)


def _benefit_line(
    finding: Finding, stop: Finding, stops: tuple[int, ...], last_paid: int, benefit_from: int, last: int | None
) -> Line:
    line = line_after(finding, benefit_from)
    stop_rule = rule_of(stop, "cover_ends")
    before = [CoverMonth(last_paid, "covered", "paid", "")]
    for month in range(last_paid + 1, benefit_from):
        if month >= max(stops):
            before.append(CoverMonth(month, "stopped", "stopped", stop_rule))
        elif month < min(stops):
            before.append(CoverMonth(month, "covered", "last_payment_reaches", stop_rule))
        else:
            before.append(CoverMonth(month, "not_known", "stop_not_known", stop_rule))
    rule = rule_of(finding, "cover_from")
    begins = next((month for month in line.months if month.status == "covered"), None)
    on = [month for month in line.months if begins is None or month.month < begins.month]
    if begins is not None:
        on += [begins] if begins.reason == "day_after_registration" else []
        first = on[-1].month + 1 if on else begins.month
        if last is None:
            # How long the benefit lasts is not known: only its first month is certain.
            on += [CoverMonth(first, "covered", "on_benefit", rule)] if not on else []
            unsure = range(on[-1].month + 1, benefit_from + MONTHS_SHOWN_AFTER)
            on += [CoverMonth(month, "not_known", "benefit_length_not_known", rule) for month in unsure]
        else:
            on += [CoverMonth(month, "covered", "on_benefit", rule) for month in range(first, last + 1)]
    after = [] if last is None else [last + number for number in range(1, MONTHS_SHOWN_COVERED + 1)]
    ended = [CoverMonth(month, "stopped", "benefit_ended", rule) for month in after]
    return replace(line, months=(*before, *on, *ended))


# -- the resident scheme ----------------------------------------------------------------------------------


def rejoin(
    book: Lawbook,
    *,
    place: str,
    paid_on: date,
    insurance_year: int,
    broken_years: int,
    repaired_years: int | None,
    enrolled: str | None,
    who: str | None,
    since: date | None,
    age_group: str | None,
    age: int | None,
) -> Joining:
    """Somebody joins the resident scheme for an insurance year, in time, late or after a break.

    ``since`` is the day of what makes the person one of a special group; ``enrolled`` not told is found from the
    announced days. ``repaired_years`` not told: nothing has been paid for missing years, and each line says what paying
    for them would do. Raises OutsideKnownDays.
    """
    announced: tuple[Finding, ...] = ()
    if enrolled is None:
        enrolled, found = enrolment_period(book, place, paid_on, insurance_year)
        announced = (found,)
    facts = {
        "place": place, "paid_on": paid_on, "insurance_year": insurance_year, "enrolled": enrolled,
        "broken_years": broken_years, "who": who, "age_group": age_group, "age": age,
        "days_to_joining": None if since is None else (paid_on - since).days,
        "months_to_joining": None if since is None else whole_months_until(since, paid_on),
    }  # fmt: skip
    waits = [
        _from_the_event(wait, since, insurance_year)
        for wait in waiting(book, repaired_years=repaired_years or 0, **facts)
    ]

    @cache
    def repaired_by(years: int) -> tuple[Wait, ...]:
        return waiting(book, repaired_years=years, **facts)

    def repair(wait: Wait) -> Repair | None:
        if not wait.repairable_years:
            return None
        # Each year paid takes one month away, up to what repair can reach at all.
        years = repaired_years or wait.repairable_years
        better = wait if repaired_years else _same_case(wait, repaired_by(years))
        a_year = None if wait.repair_fen is None else wait.repair_fen // wait.repairable_years
        price = None if a_year is None else a_year * years
        return Repair(years, better.repaired, a_year, price, bool(repaired_years), better.first_day)

    answers = [(_resident_line(wait, paid_on, insurance_year, broken_years), wait, repair(wait)) for wait in waits]
    told_apart = _told_apart(answers)
    return Joining(
        "resident_rejoin",
        place,
        months.month_of(paid_on),
        paid_on,
        tuple(line for line, _, _ in told_apart),
        (*announced, *(finding for wait in waits for finding in wait.findings)),
        insurance_year=insurance_year,
        enrolled=enrolled,
        waits=tuple(wait for _, wait, _ in told_apart),
        repairs=tuple(repair for _, _, repair in told_apart),
    )


def _told_apart(answers: list[tuple[Line, Wait, Repair | None]]) -> list[tuple[Line, Wait, Repair | None]]:
    """The answers without the assumptions that make no difference: every value of it leads to the same wait and day."""
    for name in {name: None for line, _, _ in answers for name in line.assuming}:
        groups: dict[str, list[tuple[Line, Wait, Repair | None]]] = {}
        every = _values_of(name, answers)
        for answer in answers:
            line = answer[0]
            others = {other: value for other, value in line.assuming.items() if other != name}
            groups.setdefault(repr(others), []).append(answer)
        answers = []
        for group in groups.values():
            alike = {
                (line.wait, line.wait_at_most, line.wait_scope, line.returns, line.sure, _shown(line), repair)
                for line, _, repair in group
            }
            if len(group) > 1 and len(alike) == 1 and _values_of(name, group) == every:
                line, wait, repair = group[0]
                left = {other: value for other, value in line.assuming.items() if other != name}
                # It rests on the rules of every case.
                records = {record.id: record for one, _, _ in group for record in one.finding.records}
                finding = replace(line.finding, records=tuple(records.values()))
                shown = tuple(_by_every_rule(same) for same in zip(*(one.months for one, _, _ in group), strict=True))
                group = [(replace(line, assuming=left, finding=finding, months=shown), wait, repair)]
            answers += group
    return answers


def _by_every_rule(same: Sequence[CoverMonth]) -> CoverMonth:
    """One month of several cases that say the same of it: it rests on the rule of each of them."""
    rules = dict.fromkeys(rule for month in same for rule in (month.rule, *month.also) if rule)
    return replace(same[0], also=tuple(rule for rule in rules if rule != same[0].rule))


def _shown(line: Line) -> tuple[tuple[Any, ...], ...]:
    """The months of a line as a reader sees them, whichever rule gives them."""
    return tuple((month.month, month.status, month.reason, month.percent, month.day) for month in line.months)


def _values_of(name: str, answers: list[tuple[Line, Wait, Repair | None]]) -> set[str]:
    """Every value that these answers assume of one fact."""
    values = [line.assuming[name] for line, _, _ in answers if name in line.assuming]
    return {repr(one) for value in values for one in (value if isinstance(value, list) else [value])}


def _from_the_event(wait: Wait, since: date | None, insurance_year: int) -> Wait:
    """Where benefits run from the day of the event (自起始之日起享受), the day told is their first day: not before the
    year that is paid for."""
    if wait.total != 0 or since is None or wait.findings[0].get("wait_from") != "event":
        return wait
    return replace(wait, first_day=max(since, date(insurance_year, 1, 1)), in_insurance_year=True, continuous="yes")


def _same_case(wait: Wait, others: Sequence[Wait]) -> Wait:
    """The line for the same person and the same reading of the law."""
    return next(other for other in others if (other.assuming, other.reading) == (wait.assuming, wait.reading))


def _resident_line(wait: Wait, paid_on: date, insurance_year: int, broken_years: int) -> Line:
    finding = wait.findings[0]
    timeline = tuple(_resident_months(wait, paid_on, insurance_year, broken_years))
    return Line(
        assuming={**wait.assuming, **wait.reading},
        months=timeline,
        wait=UNKNOWN if wait.total is None else wait.total,
        wait_at_most=wait.at_most,
        wait_from=finding.get("wait_from"),
        returns=wait.first_day,
        sure=wait.sure,
        finding=finding,
    )


def _resident_months(wait: Wait, paid_on: date, insurance_year: int, broken_years: int) -> Iterator[CoverMonth]:
    """From the payment, or from the beginning of the year paid for, to its end; further when the wait is longer."""
    begin, end = insurance_year * 12, insurance_year * 12 + 11
    paid = months.month_of(paid_on)
    rule = rule_of(wait.findings[0], "fixed_months")
    first = None if wait.first_day is None else months.month_of(wait.first_day)
    last = end if first is None else max(end, first)
    # Paid inside the central period after the year has begun, everything still counts from 1 January; for some groups
    # from the day of the event.
    counts = {"start_of_insurance_year": "year_counts_whole", "event": "from_event"}.get(
        wait.findings[0].get("wait_from")
    )
    for month in range(min(paid, begin), last + 1):
        if month < begin:
            missing = broken_years > 0
            status, reason = ("stopped", "year_before_missing") if missing else ("covered", "year_before_paid")
            yield CoverMonth(month, status, reason, "")
        elif month < paid and counts is not None and first is not None and month >= first:
            day = wait.first_day if month == first and wait.first_day.day > 1 else None
            yield CoverMonth(month, "covered_after_back_payment", counts, rule, day=day)
        elif month < paid and counts != "year_counts_whole":
            yield CoverMonth(month, "stopped", "not_enrolled_yet", "")
        elif first is None:
            yield CoverMonth(month, "not_known", "start_not_known" if wait.total == 0 else "wait_not_known", rule)
        elif month < first and wait.total == 0:
            yield CoverMonth(month, "stopped", "not_started", rule)
        elif month < first:
            yield CoverMonth(month, "waiting", "waiting_all", rule)
        elif month > end:
            # The wait is over, and so is the year paid for.
            yield CoverMonth(month, "not_known", "next_year_too", rule, day=wait.first_day)
        elif month == first and wait.first_day.day > 1:
            yield CoverMonth(month, "covered", "from_day", rule, day=wait.first_day)
        else:
            yield CoverMonth(month, "covered", "year_paid", rule)


def newborn(book: Lawbook, *, place: str, born: date, paid_on: date) -> Joining:
    """A newborn is enrolled and paid for. Days and months run from the day of birth, date to date.

    Raises OutsideKnownDays, and ValueError for a payment before the birth.
    """
    told = {"days_after_birth": (paid_on - born).days, "months_after_birth": whole_months_until(born, paid_on)}
    finding = book.consult("newborn", place, born, told)[0]
    start = _START_OF_A_NEWBORN.get(finding.get("cover_from"), lambda born, paid_on: None)(born, paid_on)
    # The day after the money arrives: on which day that is nobody has told us.
    by_credit = finding.get("cover_from") == "day_after_credit"
    wait = finding.get("wait_months")
    line = Line(
        assuming={},
        months=tuple(_newborn_months(finding, start, born, paid_on, by_credit)),
        wait=UNKNOWN if wait is None else wait,
        returns=start,
        day_after_credit=by_credit,
        sure=finding.sure_of("cover_from"),
        finding=finding,
    )
    return Joining("newborn", place, months.month_of(paid_on), paid_on, (line,), (finding,), born=born)


_START_OF_A_NEWBORN = {
    "birth": lambda born, paid_on: born,
    "payment_day": lambda born, paid_on: paid_on,
    "day_after_payment": lambda born, paid_on: paid_on + timedelta(days=1),
    "month_after_payment": lambda born, paid_on: months.first_day(months.month_of(paid_on) + 1),
}


def _newborn_months(
    finding: Finding, start: date | None, born: date, paid_on: date, by_credit: bool
) -> Iterator[CoverMonth]:
    rule, paid = rule_of(finding, "cover_from"), months.month_of(paid_on)
    year_ends = born.year * 12 + 11
    last = max(paid, year_ends, months.month_of(start or paid_on))
    for month in range(months.month_of(born), last + 1):
        if month > year_ends:
            yield CoverMonth(month, "not_known", "next_year_too", rule)
        elif start is None and by_credit and month >= paid:
            yield CoverMonth(month, "covered", "day_after_credit" if month == paid else "year_paid", rule)
        elif start is None:
            yield CoverMonth(month, "not_known", "start_not_known", rule)
        elif month < months.month_of(start):
            yield CoverMonth(month, "stopped", "not_enrolled_yet" if month < paid else "not_started", rule)
        elif month == months.month_of(start) and start > born and start.day > 1:
            yield CoverMonth(month, "covered", "from_day", rule, day=start)
        elif month < paid:
            yield CoverMonth(month, "covered_after_back_payment", "from_birth", rule)
        else:
            yield CoverMonth(month, "covered", "year_paid", rule)
