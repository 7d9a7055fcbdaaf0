"""Properties that must be true of any change between the schemes, of any payment that opens cover, and of any bill.

Months follow one another and cover begins on the day that is said; a longer gap or a later payment never brings cover
sooner, and a longer record never later; what is said while a fact is not known is what would be said for one of its values;
a bill is payable exactly where the months say so. A place without rules of its own on a topic is answered by the levels above,
which are checked themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.lawbook import Lawbook, LawError, cuts_of
from calculator.rules import bills
from calculator.rules.contributions import unemployment_months
from calculator.rules.cover import Interruption, Line, Switch, Unpaid, interruption
from calculator.rules.joining import Joining, first_time, newborn, on_benefit, rejoin

if TYPE_CHECKING:
    from calculator.verify.situations import Report

#: The topics these checks look at.
TOPICS = frozenset(("switch", "first_time", "newborn", "unemployment", "resident_wait"))
#: Both sides of every threshold in the law, and past the last of them.
GAPS = (0, 1, 2, 3, 4, 5, 6, 7)
LONGEST_BREAK = 5
#: Months left before the end of the known days, so that what follows a payment can be asked about.
ROOM = 5


def check_schemes(book: Lawbook, place: str, report: "Report") -> None:
    """Faults of the events between and inside the schemes at one place; they and their number go to the report."""
    checks = {
        "switch": _switches, "first_time": _first_times, "newborn": _newborns, "unemployment": _benefits,
        "resident_wait": _rejoins,
    }  # fmt: skip
    for topic, check in checks.items():
        for day in _days(book, place, topic):
            try:
                report.faults += [f"{topic} at {place} on {day}: {fault}" for fault in check(book, place, day, report)]
            except LawError as fault:
                report.faults.append(f"{topic} at {place} on {day}: {fault}")


def _days(book: Lawbook, place: str, topic: str) -> list[date]:
    """The first whole month in the life of each rule the place has itself, as far as there is room before the last day."""
    last = months.month_of(min(level.known_until for level in book.path(place))) - ROOM
    own = [record for record in book.records.values() if record.place == place and record.topic == topic]
    begun = {months.month_of(record.lives_from - timedelta(days=1)) + 1 for record in own}
    return [
        months.first_day(month) for month in sorted({min(month, last) for month in begun | ({last} if own else set())})
    ]


def _known(book: Lawbook, place: str, day: date) -> bool:
    return all(level.known_from <= day < level.known_until for level in book.path(place))


def _cuts(book: Lawbook, place: str, topic: str, name: str) -> list[int]:
    """The thresholds of a condition here and above, and the numbers just under them."""
    levels = {level.id for level in book.path(place)}
    tests = [r.when[name] for r in book.records.values() if r.topic == topic and r.place in levels and name in r.when]
    cuts = {0}.union(*map(cuts_of, tests))
    return sorted({number for cut in cuts for number in (cut - 1, cut) if number >= 0})


# -- changes between the schemes ---------------------------------------------------------------------------


def _switches(book: Lawbook, place: str, day: date, report: "Report") -> Iterator[str]:
    resume = months.month_of(day)
    records = [*_cuts(book, place, "switch", "insured_before"), None]
    for direction, payer, back_paid in product(
        ("employee_to_resident", "resident_to_employee"), ("employer", "flexible", None), ("yes", "no", None)
    ):
        to_resident = direction == "employee_to_resident"
        if to_resident and payer is not None:
            continue
        told: dict[tuple[int, int | None], Interruption] = {}
        gaps = [gap for gap in GAPS if not to_resident or _known(book, place, months.first_day(resume - gap))]
        for gap, before in product(gaps, records):
            report.situations += 1
            last = resume - gap - 1
            stretch = interruption(
                book,
                Unpaid(
                    origin=place,
                    destination=place,
                    moved=False,
                    cause="left",
                    payer_before="employer",
                    last_paid=last,
                    resume=resume,
                    payer=payer,
                    back_paid=back_paid,
                    switch=Switch(direction, before, None if to_resident else last),
                ),
            )
            told[gap, before] = stretch
            where = f"{direction}, {payer}, paid back {back_paid}, gap {gap}, insured before {before}"
            yield from (f"{where}: {fault}" for fault in _timeline_faults(book, place, stretch, resume))
        where = f"{direction}, {payer}, paid back {back_paid}"
        for before in records:
            yield from (
                f"{where}, insured before {before}: {fault}"
                for fault in _longer_waits_less([(gap, told[gap, before]) for gap in gaps])
            )
        for gap in gaps:
            known = [(before, told[gap, before]) for before in records if before is not None]
            backwards = [(-before, stretch) for before, stretch in reversed(known)]
            yield from (f"{where}, gap {gap}, a longer record: {fault}" for fault in _longer_waits_less(backwards))
            said, would_be = _said([told[gap, None]]), _said(stretch for _, stretch in known)
            if said != would_be:
                yield f"{where}, gap {gap}: answered otherwise than for each number of months insured before"


def _longer_waits_less(stretches: Sequence[tuple[int, Interruption]]) -> Iterator[str]:
    """A larger number with a shorter wait, for somebody otherwise alike, while both are certain."""
    for (fewer, one), (more, other) in pairwise(stretches):
        waits = [[line.wait for line in stretch.lines] for stretch in (one, other)]
        known = all(type(wait) is int for wait in (*waits[0], *waits[1]))
        if known and max(waits[1]) < max(waits[0]):
            yield f"{abs(more)} waits {max(waits[1])} months, {abs(fewer)} waits {max(waits[0])}"


def _said(timelines: Iterable[Interruption | Joining]) -> set[tuple[Any, ...]]:
    return {
        (line.wait, line.wait_at_most, line.returns, line.gap_costs, line.back_pay, line.benefit_percent)
        for timeline in timelines
        for line in timeline.lines
    }


# -- payments that open cover ------------------------------------------------------------------------------


def _first_times(book: Lawbook, place: str, day: date, report: "Report") -> Iterator[str]:
    month = months.month_of(day)
    people = book.topics["first_time"]["conditions"]["who"]
    numbers = [*_cuts(book, place, "first_time", "months_to_joining"), None]
    for payer, number in product(("employer", "flexible", None), numbers):
        told: dict[str | None, Joining] = {}
        for who in (*people, None):
            report.situations += 1
            joining = first_time(book, place=place, month=month, payer=payer, who=who, months_to_joining=number)
            told[who] = joining
            where = f"{payer}, {who}, joining in month {number}"
            yield from (f"{where}: {fault}" for fault in _timeline_faults(book, place, joining, month))
        if _said([told[None]]) != _said(told[who] for who in people):
            yield f"{payer}, joining in month {number}: answered otherwise than for each of those who may join"


def _newborns(book: Lawbook, place: str, day: date, report: "Report") -> Iterator[str]:
    # From the days of the rules, and from its months, with a day on each side.
    after = {0, 1, *_cuts(book, place, "newborn", "days_after_birth")}
    for number in _cuts(book, place, "newborn", "months_after_birth"):
        same = months.first_day(months.month_of(day) + number)
        after |= {(same - day).days + step for step in (0, 1)}
    earlier: date | None = None
    for days in sorted(after):
        report.situations += 1
        joining = newborn(book, place=place, born=day, paid_on=day + timedelta(days=days))
        where = f"paid {days} days after birth"
        yield from (f"{where}: {fault}" for fault in _timeline_faults(book, place, joining, joining.month))
        [line] = joining.lines
        if line.returns is not None and line.returns < day:
            yield f"{where}: covered from {line.returns}, before the birth"
        if line.returns is not None and earlier is not None and line.returns < earlier:
            yield f"{where}: covered from {line.returns}, paid earlier from {earlier}"
        earlier = line.returns or earlier


def _benefits(book: Lawbook, place: str, day: date, report: "Report") -> Iterator[str]:
    last_paid = months.month_of(day) - 1
    for paid, wait in product((*_cuts(book, place, "unemployment", "contribution_months"), 71, 72, 96), (1, 3)):
        report.situations += 1
        granted = unemployment_months(book, place, day, contribution_months=paid)
        if not granted[0].months:
            continue
        joining = on_benefit(
            book, place=place, payer_before="employer", last_paid=last_paid, benefit_from=last_paid + wait,
            benefit_until=None, granted=granted,
        )  # fmt: skip
        where = f"{paid} months of contribution, benefit in month {wait} after the last paid one"
        yield from (f"{where}: {fault}" for fault in _timeline_faults(book, place, joining, joining.month))
        for line in joining.lines:
            on = [month for month in line.months if month.reason in ("on_benefit", "day_after_registration")]
            if not granted[0].longest and len(on) != granted[0].months:
                yield f"{where}: {granted[0].months} months are granted and {len(on)} are covered"
            if joining.benefit_until is None and len(on) > 1:
                yield f"{where}: {len(on)} months are covered, and nobody knows how long the benefit lasts"


def _rejoins(book: Lawbook, place: str, day: date, report: "Report") -> Iterator[str]:
    periods = book.topics["resident_wait"]["conditions"]["enrolled"]
    for enrolled, broken, ahead in product(periods, range(LONGEST_BREAK + 1), (0, 1)):
        if ahead and enrolled != "central_period":
            continue
        # Paid ahead in autumn, or in the year itself.
        paid_on = date(day.year, 11, 20) if ahead else date(day.year, 3, 20)
        if not _known(book, place, paid_on):
            continue
        report.situations += 1
        where = f"{enrolled}, {broken} broken years, paid on {paid_on}"
        try:
            joining = rejoin(
                book, place=place, paid_on=paid_on, insurance_year=paid_on.year + ahead, broken_years=broken,
                repaired_years=None, enrolled=enrolled, who="other", since=None, age_group="working_age", age=None,
            )  # fmt: skip
        except ValueError as impossible:  # an offer to repair more years than are missing
            yield f"{where}: {impossible}"
            continue
        yield from (f"{where}: {fault}" for fault in _timeline_faults(book, place, joining, joining.month))
        for line, repair in zip(joining.lines, joining.repairs, strict=True):
            if repair is None:
                continue
            if repair.fen is not None and repair.fen != repair.years * repair.a_year_fen:
                yield f"{where}: {repair.years} years at {repair.a_year_fen} fen are not {repair.fen} fen"
            if line.returns and repair.first_day and repair.first_day >= line.returns:
                yield f"{where}: paying for {repair.years} years brings cover on {repair.first_day}, not before {line.returns}"


# -- any timeline ------------------------------------------------------------------------------------------


def _timeline_faults(book: Lawbook, place: str, timeline: Interruption | Joining, paid: int) -> Iterator[str]:
    """What is wrong with the months of a timeline, or with the bills of its months. ``paid`` is the month of payment."""
    if not timeline.lines:
        yield "no answer"
    for line in timeline.lines:
        shown = [month.month for month in line.months]
        if shown != list(range(shown[0], shown[0] + len(shown))):
            yield "months do not follow one another"
        yield from _cover_faults(line, timeline, paid)
        yield from _bill_faults(book, place, timeline, line)


def _cover_faults(line: Line, timeline: Interruption | Joining, paid: int) -> Iterator[str]:
    after = [month for month in line.months if month.month >= paid]
    # What an earlier payment covers is not what this one opens.
    earlier = ("last_payment_reaches", "year_before_paid")
    covered = [month.month for month in after if month.status == "covered" and month.reason not in earlier]
    if line.returns is not None:
        begins = months.month_of(line.returns)
        # A year that is not paid for is not covered.
        past = any(month.reason == "next_year_too" for month in after)
        if not past and covered[:1] != [max(begins, paid)]:
            yield f"cover is said to begin on {line.returns} and the months say otherwise"
    if line.wait not in (0, None) and line.returns is None and covered and line.returns_latest is None:
        yield f"months are covered though the end of the wait is not known ({line.wait})"
    if type(line.wait) is int and line.wait > 0 and isinstance(timeline, Interruption):
        waiting = [
            month for month in after if month.status in ("waiting", "reduced") and month.reason != "wait_not_begun"
        ]
        if line.returns is not None and len(waiting) != line.wait:
            yield f"a wait of {line.wait} months, and {len(waiting)} months of waiting"


def _bill_faults(book: Lawbook, place: str, timeline: Interruption | Joining, line: Line) -> Iterator[str]:
    """A bill of the first day of every month says what the month says; a bill from abroad is never payable."""
    begins = months.first_day(line.months[0].month)
    if _known(book, place, begins) and any(
        bill.payable != "no" for bill in bills.bills(book, place, begins, "yes", [timeline])
    ):
        yield f"a bill of {begins} from abroad is payable"
    for month in line.months:
        partly = month.day is not None or month.reason in ("day_after_credit", "day_after_registration")
        # A month of which only a part is covered has two different ends.
        days = [months.first_day(month.month), *([months.last_day(month.month)] if partly else [])]
        for day in (day for day in days if _known(book, place, day)):
            asked = [bill for bill in bills.bills(book, place, day, "no", [timeline]) if bill.rule == month.rule]
            here = [bill for bill in asked if {**line.assuming} == {**bill.assuming}]
            for bill in here:
                if month.status in ("waiting", "stopped") and bill.payable not in ("no",):
                    yield f"a bill of {day} is payable: {bill.payable}, in a month that is {month.status}"
                if month.status == "covered" and not partly and bill.payable != "yes":
                    yield f"a bill of {day} is not payable: {bill.payable}, in a month that is covered"
                if month.status == "not_known" and bill.payable not in ("not_known", "no"):
                    yield f"a bill of {day} is payable: {bill.payable}, in a month that is not known"
            if not here:
                yield f"a bill of {day} has no answer"
