"""Is a medical bill of a given day payable? Read from the timelines of an answer: the month, and the day inside it.

Care outside the Chinese mainland is never paid (社会保险法 art. 30). At home a bill is payable as the months say; how much
of it is paid is another question, and the personal account can be used whatever the answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from calculator import months
from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable
from calculator.lawbook import Finding, Lawbook
from calculator.rules.cover import CoverMonth, Interruption, Line, rule_of
from calculator.rules.joining import Joining

#: What the status of a month means for a bill of that month.
_PAYABLE = {
    "covered": "yes",
    "covered_after_back_payment": "after_back_payment",
    "back_payable": "perhaps_after_back_payment",
    "reduced": "in_part",
    "waiting": "no",
    "stopped": "no",
    "not_known": "not_known",
}
#: Reasons for which cover begins inside the month, on a day that was not told.
_DAY_NOT_TOLD = ("day_after_credit", "day_after_registration")
NOT_KNOWN = "not_known"


@immutable(by_name=True)
class Bill:
    """Whether a bill is payable, under one assumption.

    ``payable`` is yes, no, in_part, after_back_payment, perhaps_after_back_payment or not_known; ``reason`` is the reason
    of the month, or before_what_was_told, before_cover_begins, abroad. ``if_paid_on`` says that the months told end before
    the bill: it is payable as long as every month is paid. ``bearer`` is who bears what the fund does not. ``rule`` is the
    rule of the month, ``also`` are those of the other cases that are told as one with it.
    """

    day: date
    assuming: Mapping[str, Any]
    payable: str
    reason: str
    finding: Finding
    percent: int | None = None
    covered_from: date | None = None
    if_paid_on: bool = False
    bearer: str | None = None
    rule: str = ""
    also: tuple[str, ...] = ()
    sure: Confidence = Confidence.NOT_KNOWN


def bills(
    book: Lawbook,
    place: str,
    day: date,
    abroad: str | None,
    timelines: Sequence[Interruption | Joining],
) -> tuple[Bill, ...]:
    """The answers for a bill of one day, one for each way the facts not told may fall out.

    ``timelines`` are the stretches of a life in order; the last one that has begun by the day speaks.
    Raises OutsideKnownDays.
    """
    answers: list[Bill] = []
    for finding in book.consult("bill", place, day, {"abroad": abroad}):
        if finding.get("payable") == "never":
            answers.append(
                Bill(
                    day=day,
                    assuming=finding.assuming,
                    payable="no",
                    reason="abroad",
                    rule=rule_of(finding, "payable"),
                    sure=finding.sure_of("payable"),
                    finding=finding,
                )
            )
        else:
            answers += (_at_home(day, line, finding) for line in _lines_of(timelines, day))
    return tuple(answers)


def _lines_of(timelines: Sequence[Interruption | Joining], day: date) -> Iterable[Line | None]:
    """The lines of the last stretch that has begun by the day. A stretch that goes on from an earlier payment begins
    after the month of it, unless nothing else speaks of that month."""
    month = months.month_of(day)
    speaking: Sequence[Line] = ()
    for timeline in timelines:
        first = min(line.months[0].month for line in timeline.lines)
        goes_on = isinstance(timeline, Interruption) or timeline.event == "unemployment"
        if month > first or (month == first and not (speaking and goes_on)):
            speaking = timeline.lines
    return speaking or (None,)


def _at_home(day: date, line: Line | None, finding: Finding) -> Bill:
    if line is None:
        return Bill(
            day=day, assuming=finding.assuming, payable=NOT_KNOWN, reason="before_what_was_told", finding=finding
        )
    number = months.month_of(day)
    shown: CoverMonth = line.months[min(number - line.months[0].month, len(line.months) - 1)]
    payable, reason = _PAYABLE[shown.status], shown.reason
    beyond = number > shown.month
    covered_from = shown.day
    if beyond and reason == "year_paid":  # the premium of a year says nothing of the next
        payable, reason = NOT_KNOWN, "next_year_too"
    elif beyond:
        reason = "cover_again" if reason in (*_DAY_NOT_TOLD, "from_day") else reason
    elif reason in _DAY_NOT_TOLD:
        payable = NOT_KNOWN
    elif covered_from is not None and day < covered_from:
        payable, reason = "no", "before_cover_begins"
    return Bill(
        day=day,
        assuming={**finding.assuming, **line.assuming},
        payable=payable,
        reason=reason,
        percent=shown.percent,
        covered_from=covered_from if reason in ("from_day", "before_cover_begins", "next_year_too") else None,
        if_paid_on=beyond and payable == "yes",
        bearer=line.cost_bearer if payable == "no" else None,
        rule=shown.rule,
        also=shown.also,
        sure=Confidence.NOT_KNOWN if payable == NOT_KNOWN else weakest((line.sure, finding.sure_of("payable"))),
        finding=finding,
    )
