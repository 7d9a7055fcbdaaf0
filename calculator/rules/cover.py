"""Cover, month by month: when it stops, whether a gap can be paid back, when it returns.

One :class:`Interruption` is one stretch between two payments (or between the last payment and an open end). It
holds one :class:`Line` for each way the facts we were not told may fall out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator import months
from calculator.confidence import Confidence, weakest
from calculator.lawbook import UNKNOWN, Finding, Lawbook

#: How far a timeline is drawn past the payment, or past the last paid month when none was told.
MONTHS_SHOWN_AFTER = 7
#: How many months are drawn once cover is back: they are all alike.
MONTHS_SHOWN_COVERED = 3
#: How far ahead the last month that still avoids a wait is looked for.
MONTHS_LOOKED_AHEAD = 14


@dataclass(frozen=True)
class CoverMonth:
    """One month: its status, the reason for it, and the rule that gives the reason ("" for what was told)."""

    month: int
    status: str  # covered, stopped, back_payable, covered_after_back_payment, waiting, reduced, not_known
    reason: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """The timeline under one assumption. What does not arise, or no rule names, is None."""

    assuming: Mapping[str, Any]
    months: tuple[CoverMonth, ...]
    wait: int | str | None = None  # months; "unknown"; None when there is no gap
    wait_at_most: int | None = None
    wait_scope: str = "all"  # all, inpatient
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


def interruption(
    book: Lawbook,
    *,
    origin: str,
    destination: str,
    moved: bool,
    cause: str,
    payer_before: str | None,
    last_paid: int,
    resume: int | None,
    payer: str | None,
    back_paid: str | None,
) -> Interruption:
    """Judge one stretch without payment. Months are month numbers; raises OutsideKnownDays.

    The law that stops cover is that of the origin in the first unpaid month; the law of the gap is that of the
    destination in the month of payment. ``moved`` says that the relation goes to another pooling area, which the
    two places alone do not show when we hold no rules for either.
    """
    stop = book.consult("cover_stop", origin, months.first_day(last_paid + 1), {"cause": cause, "payer": payer_before})[
        0
    ]
    stops = _stops(stop, last_paid)
    # Whoever moves is judged by the rule for moving, whatever made payment stop.
    situation = "transfer_in" if moved else "arrears" if cause == "arrears" else "same_place"
    if resume is None:
        gap, lines = None, (_open_line(stop, stops, last_paid),)
    else:
        gap = months.unpaid_months_between(last_paid, resume)
        day = months.first_day(resume)
        if gap == 0:
            starts = book.consult("cover_start", destination, day, {"payer": payer})
            lines = tuple(_seamless_line(finding, stop, stops, last_paid, resume) for finding in starts)
        else:
            findings = book.consult(
                "gap", destination, day, _gap_values(situation, payer, gap, stops, resume, back_paid)
            )
            lines = tuple(_gap_line(finding, stop, stops, last_paid, resume) for finding in findings)
    # Whoever has not resumed yet may come back with an employer or pay alone: both deadlines are shown.
    payers = (payer,) if resume is not None or situation == "arrears" else ("employer", "flexible")
    deadlines = tuple(deadline(book, destination, situation, who, last_paid, stops) for who in payers)
    return Interruption(
        origin, destination, cause, situation, payer, last_paid, resume, gap, stops, stop, lines, deadlines
    )


def deadline(
    book: Lawbook, place: str, situation: str, payer: str | None, last_paid: int, stops: tuple[int, ...]
) -> Deadline:
    """How late payment may resume without a wait, found by asking the law month by month."""
    month, rule = None, None
    for resume in range(last_paid + 2, last_paid + 2 + MONTHS_LOOKED_AHEAD):
        day = months.first_day(resume)
        if any(not level.known_from <= day < level.known_until for level in book.path(place)):
            return Deadline(payer, "known_days_end" if month else "none", month, rule)
        gap = months.unpaid_months_between(last_paid, resume)
        findings = book.consult("gap", place, day, _gap_values(situation, payer, gap, stops, resume, "yes"))
        if any(finding.get("wait_months") != 0 for finding in findings):
            return Deadline(payer, "last_month" if month else "none", month, rule)
        month, rule = resume, findings[0]
    return Deadline(payer, "no_limit", None, rule)


def _gap_values(
    situation: str, payer: str | None, gap: int, stops: tuple[int, ...], resume: int, back_paid: str | None
) -> dict[str, Any]:
    # The month of joining counts: cover gone from 1 July, joined in July, is the first month.
    joining = frozenset(resume - stop + 1 for stop in stops)
    return {
        "situation": situation,
        "payer": payer,
        "gap": gap,
        "months_to_joining": min(joining) if len(joining) == 1 else joining,
        "back_paid": back_paid,
    }


def _stops(stop: Finding, last_paid: int) -> tuple[int, ...]:
    return {
        "last_paid_month": (last_paid + 1,),
        "month_after_last_paid": (last_paid + 2,),
    }.get(stop.get("cover_ends"), (last_paid + 1, last_paid + 2))


DAY_AFTER_CREDIT = "day_after_credit"
#: In which month after the month of payment cover begins.
_BEGINS = {"payment_month": 0, DAY_AFTER_CREDIT: 0, "month_after_payment": 1}


def _returns(begins: int | None, cover_from: str | None, wait: int | str | None) -> date | None:
    """The day on which cover is back, when it can be told."""
    if begins is None or (cover_from == DAY_AFTER_CREDIT and wait in (0, None)):
        return None
    return months.first_day(begins)


def _rule(finding: Finding, name: str) -> str:
    outcome = finding.outcomes.get(name)
    return outcome.record.id if outcome else ""


def _before_the_gap(stop: Finding, stops: tuple[int, ...], last_paid: int) -> list[CoverMonth]:
    """The last paid month, and the month after it as far as the origin's rule carries cover on."""
    rule = _rule(stop, "cover_ends")
    told = [CoverMonth(last_paid, "covered", "paid", "")]
    if stops == (last_paid + 2,):
        told.append(CoverMonth(last_paid + 1, "covered", "last_payment_reaches", rule))
    elif len(stops) == 2:
        known = stop.get("cover_ends") != UNKNOWN
        told.append(CoverMonth(last_paid + 1, "not_known", "stop_reading_open" if known else "stop_not_known", rule))
    return told


def _open_line(stop: Finding, stops: tuple[int, ...], last_paid: int) -> Line:
    timeline = _before_the_gap(stop, stops, last_paid)
    rule = _rule(stop, "cover_ends")
    known = stop.get("cover_ends") != UNKNOWN
    for month in range(timeline[-1].month + 1, last_paid + MONTHS_SHOWN_AFTER):
        timeline.append(
            CoverMonth(month, "stopped" if known else "not_known", "stopped" if known else "stop_not_known", rule)
        )
    return Line(assuming={}, months=tuple(timeline), sure=stop.sure_of("cover_ends"))


def _seamless_line(start: Finding, stop: Finding, stops: tuple[int, ...], last_paid: int, resume: int) -> Line:
    timeline = _before_the_gap(stop, stops, last_paid)
    rule = _rule(start, "cover_from")
    later = _BEGINS.get(start.get("cover_from"))
    begins = resume + later if later is not None else None
    by_day = start.get("cover_from") == DAY_AFTER_CREDIT
    for month in range(timeline[-1].month + 1, resume + MONTHS_SHOWN_AFTER):
        if begins is None:
            timeline.append(CoverMonth(month, "not_known", "start_not_known", rule))
        elif month >= begins:
            reason = "day_after_credit" if by_day and month == begins else "paid"
            timeline.append(CoverMonth(month, "covered", reason, rule))
        else:
            timeline.append(CoverMonth(month, "stopped", "not_started", rule))
    return Line(
        assuming=start.assuming,
        months=tuple(timeline),
        returns=_returns(begins, start.get("cover_from"), None),
        day_after_credit=by_day,
        sure=start.sure_of("cover_from"),
        finding=start,
    )


_GAP_STATUS = {
    "paid": ("covered_after_back_payment", "paid_back"),
    "may_be_paid": ("back_payable", "may_be_paid_back"),
    "not_paid": ("stopped", "stopped"),
    UNKNOWN: ("not_known", "gap_costs_not_known"),
    None: ("not_known", "gap_costs_not_known"),
}


def _gap_line(finding: Finding, stop: Finding, stops: tuple[int, ...], last_paid: int, resume: int) -> Line:
    wait, cover_from, costs = finding.get("wait_months"), finding.get("cover_from"), finding.get("gap_costs")
    scope = finding.get("wait_scope") or "all"
    at_most = finding.get("wait_at_most") if wait == UNKNOWN else None
    status, reason = _GAP_STATUS[costs]
    timeline = _before_the_gap(stop, stops, last_paid)
    if costs == "paid" and timeline[-1].status == "not_known":
        timeline.pop()  # paid back: whichever day cover had stopped, the month is covered
    for month in range(timeline[-1].month + 1, resume):
        timeline.append(CoverMonth(month, status, reason, _rule(finding, "gap_costs")))

    begins = latest = None
    if wait == 0 and cover_from in _BEGINS:
        begins = resume + _BEGINS[cover_from]
    elif isinstance(wait, int) and wait > 0:
        begins = resume + wait  # the payment month is the first month of the wait
    elif at_most is not None:
        latest = resume + at_most
    wait_rule, from_rule = _rule(finding, "wait_months"), _rule(finding, "cover_from") or _rule(finding, "wait_months")
    shown_until = (
        begins + MONTHS_SHOWN_COVERED if begins is not None else max(resume + MONTHS_SHOWN_AFTER, (latest or 0) + 1)
    )
    for month in range(resume, shown_until):
        if begins is not None and month >= begins:
            first_by_day = cover_from == DAY_AFTER_CREDIT and month == begins and wait == 0
            reason = "day_after_credit" if first_by_day else "cover_again"
            timeline.append(CoverMonth(month, "covered", reason, from_rule))
        elif begins is not None and wait == 0:
            timeline.append(CoverMonth(month, "stopped", "not_started", from_rule))
        elif begins is not None:
            timeline.append(
                CoverMonth(month, "reduced" if scope == "inpatient" else "waiting", f"waiting_{scope}", wait_rule)
            )
        else:
            reason = "start_not_known" if wait == 0 else "wait_not_known"
            timeline.append(CoverMonth(month, "not_known", reason, wait_rule))
    told = ["wait_months"] + (["cover_from"] if wait == 0 else [])
    return Line(
        assuming=finding.assuming,
        months=tuple(timeline),
        wait=wait,
        wait_at_most=at_most,
        wait_scope=scope,
        returns=_returns(begins, cover_from, wait),
        day_after_credit=cover_from == DAY_AFTER_CREDIT and wait == 0,
        returns_latest=months.first_day(latest) if latest is not None else None,
        gap_costs=costs,
        back_pay=finding.get("back_pay"),
        account_credit=finding.get("account_credit"),
        continuity=finding.get("continuity"),
        cost_bearer=finding.get("cost_bearer"),
        sure=weakest([finding.sure_of(*told)]),
        finding=finding,
    )
