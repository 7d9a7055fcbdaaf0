"""Cover, month by month: when it stops, whether a gap can be paid back, when it returns.

One :class:`Interruption` is one stretch between two payments (or between the last payment and an open end). It
holds one :class:`Line` for each way the facts we were not told may fall out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from calculator import months
from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable, replace
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Span

#: How far a timeline is drawn past the payment, or past the last paid month when none was told.
MONTHS_SHOWN_AFTER = 7
#: How many months are drawn once cover is back: they are all alike.
MONTHS_SHOWN_COVERED = 3
#: How far ahead the last month that still avoids a wait is looked for.
MONTHS_LOOKED_AHEAD = 14
#: In which calendar months an insurance year may begin where the law says that it is not known: the calendar year, or
#: the year from July. No other was met in any place read.
YEARS_MAY_BEGIN_IN = frozenset((1, 7))


@immutable
class EarlierGap:
    """A gap of the same life that lies behind: months ``first_unpaid`` to before ``resume`` were not paid in time."""

    first_unpaid: int
    resume: int
    back_paid: str | None


@immutable
class Before:
    """What is known of the time before a gap. None is not known.

    ``first_told`` is the first month told as paid: of the months before it only ``unpaid_earlier`` speaks, the
    months unpaid in the insurance year in which the first gap of this life begins. ``paid_months`` are the months
    insured without a break before the gap.
    """

    unpaid_earlier: int | None = None
    paid_months: int | None = None
    first_told: int | None = None
    gaps: tuple[EarlierGap, ...] = ()


NOTHING_TOLD = Before()


@immutable
class Switch:
    """A change between the employee scheme and the resident scheme. None is not known.

    ``insured_before`` are the months insured without a break before it, in either scheme. ``resident_until`` is the last
    month that the premium of the resident scheme pays for, for somebody who leaves it.
    """

    direction: str
    insured_before: int | None
    resident_until: int | None = None


@immutable
class CoverMonth:
    """One month: its status, the reason for it, and the rule that gives the reason ("" for what was told).

    ``also`` are the rules that give it in other cases, where several cases with the same months are told as one.
    """

    month: int
    status: str  # covered, stopped, back_payable, covered_after_back_payment, waiting, reduced, not_known
    reason: str
    rule: str
    percent: int | None = None  # of the normal benefits, in a month with a reduced rate
    day: date | None = None  # the first day covered, in a month of which only a part is
    also: tuple[str, ...] = ()


@immutable(by_name=True)
class Line:
    """The timeline under one assumption. What does not arise, or no rule names, is None."""

    assuming: Mapping[str, Any]
    months: tuple[CoverMonth, ...]
    wait: int | str | None = None  # months; "unknown"; None when there is no gap
    wait_at_most: int | None = None
    wait_scope: str = "all"  # all, inpatient
    wait_from: str | None = None  # payment_month, month_after_payment, unknown; None: not said, the month of payment
    benefit_percent: int | None = None  # of the normal benefits, paid during the wait
    returns: date | None = None  # None also when the day depends on when the money arrives
    day_after_credit: bool = False
    returns_latest: date | None = None
    gap_costs: str | None = None
    back_pay: str | None = None
    account_credit: str | None = None
    continuity: str | None = None
    cost_bearer: str | None = None
    sure: Confidence
    finding: Finding | None = None


@immutable
class Deadline:
    """The last month in which payment may resume so that, with everything paid back, there is certainly no wait.

    ``kind`` says what ``month`` is: ``last_month`` (later there is a wait, or it is not known), ``known_days_end``
    (no wait up to that month; the law after it is not known to us), ``no_limit`` (no wait in any month looked at),
    ``none`` (not even the first month is certain; ``month`` is None).
    """

    payer: str | None
    kind: str
    month: int | None
    finding: Finding | None


@immutable
class Interruption:
    """A stretch without payment, under the law of the places and days concerned."""

    origin: str
    destination: str
    cause: str
    situation: str
    payer: str | None
    last_paid: int
    resume: int | None
    gap: int | None
    stops: tuple[int, ...]  # the month, or the two months, from whose first day cover is gone
    stop: Finding
    lines: tuple[Line, ...]
    deadlines: tuple[Deadline, ...]
    payer_before: str | None = None
    count: tuple[Finding, ...] = ()  # how the place counts the months; none when no month is left out
    days: Span | None = None  # unpaid days, where the place counts days
    #: The same stretch for each who may have paid before it, where that was not told and decides when cover stops.
    cases: tuple["Interruption", ...] = ()


@immutable(by_name=True)
class Unpaid:
    """What is told of a stretch without payment. Months are month numbers; None is not known, of ``resume`` an open end.

    ``moved`` says that the relation goes to another pooling area, which the two places alone do not show when we hold no
    rules for either. ``switch`` says that the payment is into the other scheme.
    """

    origin: str
    destination: str
    moved: bool
    cause: str
    payer_before: str | None
    last_paid: int
    resume: int | None
    payer: str | None
    back_paid: str | None
    before: Before = NOTHING_TOLD
    switch: Switch | None = None

    @property
    def paid_as_resident(self) -> bool:
        """Whether the premium of the resident scheme paid for the months before: cover then ends with the year paid for,
        whatever the rule on employees."""
        return self.switch is not None and self.switch.resident_until is not None


def interruption(book: Lawbook, told: Unpaid) -> Interruption:
    """Judge one stretch without payment. Raises OutsideKnownDays.

    The law that stops cover is that of the origin in the first unpaid month; the law of the gap is that of the
    destination in the month of payment.
    """
    if told.payer_before is None and not told.paid_as_resident:
        day, asked = months.first_day(told.last_paid + 1), {"cause": told.cause, "payer": None}
        if len(book.consult("cover_stop", told.origin, day, asked)) > 1:
            return _either(tuple(_interruption(book, replace(told, payer_before=who)) for who in PAYERS))
    return _interruption(book, told)


#: Who may have paid before a gap.
PAYERS = ("employer", "flexible")


def _either(cases: tuple[Interruption, ...]) -> Interruption:
    """One stretch from the cases of who may have paid before it: every line under its assumption, and of the deadlines
    those that hold in all cases."""
    return replace(
        cases[0],
        payer_before=None,
        stops=tuple(sorted({month for case in cases for month in case.stops})),
        lines=tuple(
            replace(line, assuming={"payer_before": case.payer_before, **line.assuming})
            for case in cases
            for line in case.lines
        ),
        deadlines=tuple(min(alike, key=_how_late) for alike in zip(*(case.deadlines for case in cases), strict=True)),
        count=cases[0].count,
        cases=cases,
    )


def _how_late(deadline: "Deadline") -> int:
    """An order of deadlines: none at all comes first, no limit last."""
    if deadline.month is not None:
        return deadline.month
    return 0 if deadline.kind == "none" else months.month_of(date.max)


def _interruption(book: Lawbook, told: Unpaid) -> Interruption:
    """The stretch for one who paid before it, or for anybody where that does not matter."""
    last_paid, resume, switch = told.last_paid, told.resume, told.switch
    if told.paid_as_resident:
        stop = Finding("cover_stop", told.origin, months.first_day(last_paid + 1), {}, {}, ())
        stops: tuple[int, ...] = (last_paid + 1,)
    else:
        stop, stops = cover_stop(book, told.origin, told.cause, told.payer_before, last_paid)
    # Whoever moves is judged by the rule for moving, whatever made payment stop.
    situation = "transfer_in" if told.moved else "arrears" if told.cause == "arrears" else "same_place"
    if switch:
        situation = switch.direction
    asked = _Asked(book, told.destination, situation, told.payer_before, last_paid, stops, told.before, switch)
    count: tuple[Finding, ...] = ()
    if resume is None:
        gap, lines = None, (_open_line(stop, stops, last_paid),)
    else:
        gap = months.unpaid_months_between(last_paid, resume)
        if gap == 0 and not switch:
            starts = book.consult("cover_start", told.destination, months.first_day(resume), {"payer": told.payer})
            lines = tuple(_seamless_line(finding, stop, stops, last_paid, resume) for finding in starts)
        else:
            count = asked.count(resume)
            findings = asked.findings(resume, told.payer, told.back_paid)
            lines = tuple(_gap_line(finding, stop, stops, last_paid, resume, switch) for finding in findings)
    # Whoever has not resumed yet may come back with an employer or pay alone: both deadlines are shown.
    payers = (told.payer,) if resume is not None or situation == "arrears" else PAYERS
    return Interruption(
        origin=told.origin,
        destination=told.destination,
        cause=told.cause,
        situation=situation,
        payer=told.payer,
        last_paid=last_paid,
        resume=resume,
        gap=gap,
        stops=stops,
        stop=stop,
        lines=lines,
        deadlines=tuple(book.worked_out((asked, who), partial(_deadline, asked, who)) for who in payers),
        payer_before=told.payer_before,
        count=count,
        days=unpaid_days(last_paid, resume) if any(finding.get("unit") == "days" for finding in count) else None,
    )


def cover_stop(
    book: Lawbook, place: str, cause: str, payer: str | None, last_paid: int
) -> tuple[Finding, tuple[int, ...]]:
    """What the law says of the end of cover, and the month, or the two months, from whose first day it is gone."""
    stop = book.consult("cover_stop", place, months.first_day(last_paid + 1), {"cause": cause, "payer": payer})[0]
    return stop, _stops(stop, last_paid)


def _deadline(asked: "_Asked", payer: str | None) -> Deadline:
    """How late payment may resume without a wait, found by asking the law month by month."""
    book, place, last_paid = asked.book, asked.place, asked.last_paid
    known_from, known_until = book.known_days(place)
    month, rule = None, None
    for resume in range(last_paid + 2, last_paid + 2 + MONTHS_LOOKED_AHEAD):
        day = months.first_day(resume)
        if not known_from <= day < known_until:
            return Deadline(payer, "known_days_end" if month else "none", month, rule)
        findings = asked.findings(resume, payer, "yes")
        if any(finding.get("wait_months") != 0 for finding in findings):
            return Deadline(payer, "last_month" if month else "none", month, rule)
        month, rule = resume, findings[0]
    return Deadline(payer, "no_limit", None, rule)


@immutable(uncompared=("book",))
class _Asked:
    """What is asked about a gap, whatever the month in which payment resumes."""

    book: Lawbook
    place: str
    situation: str
    payer_before: str | None
    last_paid: int
    stops: tuple[int, ...]
    before: Before
    switch: Switch | None = None

    def count(self, resume: int) -> tuple[Finding, ...]:
        """How the place counts, on the day of payment. On a change of scheme no place says more than the law's words."""
        if self.switch:
            return ()
        told = {"situation": self.situation, "payer_before": self.payer_before}
        return tuple(self.book.consult("gap_count", self.place, months.first_day(resume), told))

    def findings(self, resume: int, payer: str | None, back_paid: str | None) -> list[Finding]:
        """What the law says of this gap if payment resumes in this month."""
        day = months.first_day(resume)
        if self.switch:
            told = {
                "direction": self.switch.direction,
                "payer": payer,
                "insured_before": self.switch.insured_before,
                "gap": months.unpaid_months_between(self.last_paid, resume),
                "back_paid": back_paid,
            }
            return self.book.consult("switch", self.place, day, told)
        tested = self.book.tested("gap", self.place, day)
        values: dict[str, Any] = {
            "situation": self.situation,
            "payer": payer,
            "payer_before": self.payer_before,
            "gap": months.unpaid_months_between(self.last_paid, resume),
            "back_paid": back_paid,
        }
        # What no rule here tests is not worked out.
        if "gap_days" in tested:
            values["gap_days"] = unpaid_days(self.last_paid, resume)
        if "unpaid_in_year" in tested:
            starts = [finding.get("year_starts_in_month") for finding in self.count(resume)]
            values["unpaid_in_year"] = unpaid_in_year(self.last_paid, resume, self.before, starts)
        if "paid_before" in tested:
            values["paid_before"] = self.before.paid_months
        if "months_to_joining" in tested:
            # The month of joining counts: cover gone from 1 July, joined in July, is the first month.
            joining = frozenset(resume - stop + 1 for stop in self.stops)
            values["months_to_joining"] = min(joining) if len(joining) == 1 else joining
        return self.book.consult("gap", self.place, day, values)


def unpaid_days(last_paid: int, resume: int) -> Span:
    """How many days lie unpaid: from the first day of the first unpaid month to the day before the payment.

    Only months are told, so the payment may come on any day of its month.
    """
    days = (months.first_day(resume) - months.first_day(last_paid + 1)).days
    return Span(days, days + months.last_day(resume).day - 1)


def unpaid_in_year(last_paid: int, resume: int, before: Before, starts: Iterable[int | str | None]) -> Span:
    """How many months of one insurance year are unpaid when payment resumes, this gap's and earlier ones together.

    The year is the calendar year unless the law names another first month in ``starts``; where it says that the first
    month is not known, both years in use are meant. A gap over two years counts in each for itself, and the fuller year is
    meant. Earlier months come from the gaps of the same life and from what was told; an earlier gap that was paid
    back, or may have been, counts or does not: no rule seen says which. What is not known makes the span wider.
    """
    first_months = {1 if start is None else start for start in starts} or {1}
    if UNKNOWN in first_months:
        first_months = first_months - {UNKNOWN} | YEARS_MAY_BEGIN_IN
    spans = [_unpaid_in_year(last_paid, resume, before, start) for start in first_months]
    return Span(min(span.first for span in spans), min(12, max(span.last for span in spans)))


def _unpaid_in_year(last_paid: int, resume: int, before: Before, start: int) -> Span:
    least = most = 0
    first_told = last_paid if before.first_told is None else before.first_told
    first_gap = before.gaps[0].first_unpaid if before.gaps else last_paid + 1
    first_year = _year_of(last_paid + 1, start)
    for begins in range(first_year, resume, 12):
        known = possible = _overlap(last_paid + 1, resume, begins)
        for gap in before.gaps:
            unpaid = _overlap(gap.first_unpaid, gap.resume, begins)
            possible += unpaid
            known += unpaid if gap.back_paid == "no" else 0
        not_told = _overlap(begins, first_told, begins)
        if before.unpaid_earlier is not None and _year_of(first_gap, start) == begins:
            known, not_told = known + min(before.unpaid_earlier, not_told), min(before.unpaid_earlier, not_told)
        possible += not_told
        least, most = max(least, known), max(most, possible)
    return Span(least, most)


def _year_of(month: int, start: int) -> int:
    """The first month of the insurance year in which a month lies, when years begin in calendar month ``start``."""
    return month - (month - (start - 1)) % 12


def _overlap(first: int, before: int, begins: int) -> int:
    """How many of the months from ``first`` to before ``before`` lie in the twelve months from ``begins`` on."""
    return max(0, min(before, begins + 12) - max(first, begins))


def _stops(stop: Finding, last_paid: int) -> tuple[int, ...]:
    return {
        "last_paid_month": (last_paid + 1,),
        "month_after_last_paid": (last_paid + 2,),
    }.get(stop.get("cover_ends"), (last_paid + 1, last_paid + 2))


DAY_AFTER_CREDIT = "day_after_credit"
#: In which month after the month of payment cover begins.
_BEGINS = {
    "payment_month": 0,
    "joining_month": 0,
    "benefit_month": 0,
    DAY_AFTER_CREDIT: 0,
    "day_after_registration": 0,
    "month_after_payment": 1,
    "month_after_registration": 1,
}
#: Cover begins inside a month, on a day that months alone do not tell.
_BY_DAY = (DAY_AFTER_CREDIT, "day_after_registration")


def _returns(begins: int | None, cover_from: str | None, wait: int | str | None) -> date | None:
    """The day on which cover is back, when it can be told."""
    if begins is None or (cover_from in _BY_DAY and wait in (0, None)):
        return None
    return months.first_day(begins)


def rule_of(finding: Finding, name: str) -> str:
    """The id of the rule that gives an outcome, or "" when none does."""
    outcome = finding.outcomes.get(name)
    return outcome.record.id if outcome else ""


def _before_the_gap(stop: Finding, stops: tuple[int, ...], last_paid: int) -> list[CoverMonth]:
    """The last paid month, and the month after it as far as the origin's rule carries cover on."""
    rule = rule_of(stop, "cover_ends")
    told = [CoverMonth(last_paid, "covered", "paid", "")]
    if stops == (last_paid + 2,):
        told.append(CoverMonth(last_paid + 1, "covered", "last_payment_reaches", rule))
    elif len(stops) == 2:
        known = stop.get("cover_ends") != UNKNOWN
        told.append(CoverMonth(last_paid + 1, "not_known", "stop_reading_open" if known else "stop_not_known", rule))
    return told


def _open_line(stop: Finding, stops: tuple[int, ...], last_paid: int) -> Line:
    timeline = _before_the_gap(stop, stops, last_paid)
    rule = rule_of(stop, "cover_ends")
    known = stop.get("cover_ends") != UNKNOWN
    for month in range(timeline[-1].month + 1, last_paid + MONTHS_SHOWN_AFTER):
        timeline.append(
            CoverMonth(month, "stopped" if known else "not_known", "stopped" if known else "stop_not_known", rule)
        )
    return Line(assuming={}, months=tuple(timeline), sure=stop.sure_of("cover_ends"))


def _seamless_line(start: Finding, stop: Finding, stops: tuple[int, ...], last_paid: int, resume: int) -> Line:
    rule = rule_of(start, "cover_from")
    later = _BEGINS.get(start.get("cover_from"))
    begins = resume + later if later is not None else None
    by_day = start.get("cover_from") == DAY_AFTER_CREDIT
    after = []
    for month in range(resume, resume + MONTHS_SHOWN_AFTER):
        if begins is None:
            after.append(CoverMonth(month, "not_known", "start_not_known", rule))
        elif month >= begins:
            reason = "day_after_credit" if by_day and month == begins else "paid"
            after.append(CoverMonth(month, "covered", reason, rule))
        else:
            after.append(CoverMonth(month, "stopped", "not_started", rule))
    return Line(
        assuming=start.assuming,
        months=one_after_the_other(_before_the_gap(stop, stops, last_paid), after),
        returns=_returns(begins, start.get("cover_from"), None),
        day_after_credit=by_day,
        sure=start.sure_of("cover_from"),
        finding=start,
    )


def one_after_the_other(before: Sequence[CoverMonth], after: Sequence[CoverMonth]) -> tuple[CoverMonth, ...]:
    """The months up to a payment and those from its month on. Without a gap the last payment may reach into that month:
    it helps where the new one does not cover the month, or covers it from a day only that was not told."""
    reaching, paid = before[-1], after[0]
    if reaching.month != paid.month:
        return (*before, *after)
    whole = paid.status == "covered" and paid.reason not in _BY_DAY
    better = paid if whole or (paid.status == "covered" and reaching.status != "covered") else reaching
    return (*before[:-1], better, *after[1:])


_GAP_STATUS = {
    "paid": ("covered_after_back_payment", "paid_back"),
    "may_be_paid": ("back_payable", "may_be_paid_back"),
    "not_paid": ("stopped", "stopped"),
    "no_gap": ("covered", "paid"),  # there is no such month
    UNKNOWN: ("not_known", "gap_costs_not_known"),
    None: ("not_known", "gap_costs_not_known"),
}


def _gap_line(
    finding: Finding, stop: Finding, stops: tuple[int, ...], last_paid: int, resume: int, switch: Switch | None
) -> Line:
    costs = finding.get("gap_costs")
    status, reason = _GAP_STATUS[costs]
    timeline = _before_the_gap(stop, stops, last_paid)
    if costs == "paid" and timeline[-1].status == "not_known":
        timeline.pop()  # paid back: whichever day cover had stopped, the month is covered
    for month in range(timeline[-1].month + 1, resume):
        timeline.append(CoverMonth(month, status, reason, rule_of(finding, "gap_costs")))
    line = line_after(finding, resume)
    shown = one_after_the_other(timeline, line.months)
    if switch and switch.resident_until is not None:
        from_payment = next(number for number, month in enumerate(shown) if month.month == resume)
        shown = (*shown[:from_payment], *_while_a_resident(shown[from_payment:], switch.resident_until, finding))
    return replace(
        line,
        months=shown,
        gap_costs=costs,
        back_pay=finding.get("back_pay"),
        account_credit=finding.get("account_credit"),
        continuity=finding.get("continuity"),
        cost_bearer=finding.get("cost_bearer"),
    )


def _while_a_resident(timeline: Iterable[CoverMonth], until: int, finding: Finding) -> tuple[CoverMonth, ...]:
    """The months after a change to the employee scheme, while the resident year paid for still runs.

    One place says that the resident benefits go on during a wait. Elsewhere nothing is said on these months.
    """
    goes_on = finding.get("resident_benefits_in_wait") == "go_on_to_end_of_year"
    status, reason = ("reduced", "resident_goes_on") if goes_on else ("not_known", "resident_may_go_on")
    rule = rule_of(finding, "resident_benefits_in_wait")
    return tuple(
        CoverMonth(month.month, status, reason, rule or month.rule)
        if month.month <= until and month.status in ("waiting", "stopped", "not_known")
        else month
        for month in timeline
    )


def line_after(finding: Finding, resume: int) -> Line:
    """What follows a payment in the month ``resume``: the wait, the day cover begins, the months from it on."""
    wait, cover_from = finding.get("wait_months"), finding.get("cover_from")
    scope, percent = finding.get("wait_scope") or "all", finding.get("benefit_percent")
    at_most = finding.get("wait_at_most") if wait == UNKNOWN else None
    wait_from = finding.get("wait_from") if wait != 0 else None
    # The payment month is the first month of the wait, or the month after it is; or it is not known which, or the wait
    # runs from a day inside the payment month.
    between = dict.fromkeys((UNKNOWN, "credit_day", "registration"), (0, 1))
    earliest, last = {"month_after_payment": (1, 1), **between}.get(wait_from, (0, 0))
    timeline = []
    begins = latest = None
    if wait == 0 and cover_from in _BEGINS:
        begins = resume + _BEGINS[cover_from]
    elif isinstance(wait, int) and wait > 0:
        begins = resume + wait + last
        latest = begins if earliest != last else None
    elif at_most is not None:
        latest = resume + at_most + last
    wait_rule = rule_of(finding, "wait_months")
    from_rule = rule_of(finding, "cover_from") or wait_rule
    shown_until = (
        begins + MONTHS_SHOWN_COVERED if begins is not None else max(resume + MONTHS_SHOWN_AFTER, (latest or 0) + 1)
    )
    for month in range(resume, shown_until):
        if begins is not None and month >= begins:
            first_by_day = cover_from in _BY_DAY and month == begins and wait == 0
            reason = cover_from if first_by_day else "cover_again"
            timeline.append(CoverMonth(month, "covered", reason, from_rule))
        elif begins is not None and wait == 0:
            timeline.append(CoverMonth(month, "stopped", "not_started", from_rule))
        elif begins is not None and month < resume + earliest:
            timeline.append(CoverMonth(month, "waiting", "wait_not_begun", wait_rule))
        elif begins is not None and month >= resume + earliest + wait:
            timeline.append(CoverMonth(month, "not_known", "wait_from_not_known", wait_rule))
        elif begins is not None and type(percent) is int:
            timeline.append(
                CoverMonth(month, "reduced", "waiting_percent", rule_of(finding, "benefit_percent"), percent)
            )
        elif begins is not None:
            timeline.append(
                CoverMonth(month, "reduced" if scope == "inpatient" else "waiting", f"waiting_{scope}", wait_rule)
            )
        else:
            reason = "start_not_known" if wait == 0 else "wait_not_known"
            timeline.append(CoverMonth(month, "not_known", reason, wait_rule))
    told = ["wait_months"] + (["cover_from"] if wait == 0 else []) + (["benefit_percent"] if percent else [])
    return Line(
        assuming=finding.assuming,
        months=tuple(timeline),
        wait=wait,
        wait_at_most=at_most,
        wait_scope=scope,
        wait_from=wait_from,
        benefit_percent=percent if type(percent) is int else None,
        returns=_returns(begins, cover_from, wait) if earliest == last else None,
        day_after_credit=cover_from == DAY_AFTER_CREDIT and wait == 0,
        returns_latest=months.first_day(latest) if latest is not None else None,
        sure=weakest([finding.sure_of(*told)]),
        finding=finding,
    )
