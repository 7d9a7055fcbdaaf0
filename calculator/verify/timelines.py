"""Properties that must be true of any timeline of cover, drawn for every kind of gap at a place.

Months follow one another and have one status each; who waits is not covered and who is covered waits no more; cover
returns on the day that is said; the months of the wait are as many as the rule says; a longer gap never brings cover
back sooner; and what is said while a fact is not known is what would be said for one of its values.
"""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.lawbook import Lawbook, LawError, cuts_of
from calculator.rules.cover import Before, Interruption, Line, Unpaid, interruption

if TYPE_CHECKING:
    from calculator.verify.situations import Report

#: Past every threshold in the data by more than one, so that neighbours on both sides are asked.
LONGEST_GAP = 8
#: Months unpaid earlier in the year: none, and enough to go past every threshold together with a gap of one month.
EARLIER = (0, 3)
WAITS = ("waiting", "reduced")


def check_timelines(book: Lawbook, place: str, report: "Report") -> None:
    """Faults of the timelines at one place, on the last days known; they and their number go to the report."""
    last = months.month_of(min(level.known_until for level in book.path(place))) - LONGEST_GAP - 3
    tests = _tests(book, place)
    records = [number for test in tests.get("paid_before", ()) for cut in cuts_of(test) for number in (cut - 1, cut)]
    for moved, cause, payer, back_paid, earlier, record in product(
        (False, True),
        ("left", "arrears"),
        ("employer", "flexible"),
        ("yes", "no", None),
        (None, *EARLIER) if "unpaid_in_year" in tests else (None,),
        (None, *sorted(set(records))),
    ):
        if cause == "arrears" and (moved or payer == "flexible"):
            continue
        before = Before(unpaid_earlier=earlier, paid_months=record)
        payers_before = ("employer", "flexible", None) if "payer_before" in tests else (payer,)
        told: dict[str | None, list[Interruption | None]] = {}
        for payer_before in payers_before:
            facts = {
                "moved": moved, "cause": cause, "payer": payer, "payer_before": payer_before, "back_paid": back_paid,
                "before": before,
            }  # fmt: skip
            told[payer_before] = [_stretch(book, place, last, gap, facts, report) for gap in range(LONGEST_GAP + 1)]
            where = f"timeline at {place}: {facts}"
            report.faults += [f"{where}: {fault}" for fault in _sooner(told[payer_before])]
        if len(told) > 1:
            report.faults += [f"timeline at {place}: {facts}: {fault}" for fault in _not_told(told)]


def _tests(book: Lawbook, place: str) -> dict[str, list[Any]]:
    """What the rules on gaps here and above test."""
    levels = {level.id for level in book.path(place)}
    tests: dict[str, list[Any]] = {}
    for record in book.records.values():
        if record.topic == "gap" and record.place in levels:
            for name, test in record.when.items():
                tests.setdefault(name, []).append(test)
    return tests


def _stretch(
    book: Lawbook, place: str, last: int, gap: int, facts: dict[str, Any], report: "Report"
) -> Interruption | None:
    """One stretch without payment, its lines checked; None when the law does not answer."""
    report.situations += 1
    where = f"timeline at {place}: {facts} gap={gap}"
    try:
        stretch = interruption(
            book,
            Unpaid(
                origin=place,
                destination=place,
                last_paid=last,
                resume=last + gap + 1,
                **facts,
            ),
        )
    except (LawError, LookupError) as fault:
        report.faults.append(f"{where}: {fault}")
        return None
    if not stretch.lines:
        report.faults.append(f"{where}: no answer")
    for line in stretch.lines:
        report.faults += [f"{where}: {fault}" for fault in line_faults(line, stretch)]
    return stretch


def line_faults(line: Line, stretch: Interruption) -> Iterator[str]:
    """What can not be true of one timeline, a line of words each."""
    shown = [month.month for month in line.months]
    if shown != list(range(shown[0], shown[0] + len(shown))):
        yield "months do not follow one another"
    resume = stretch.resume or 0
    after = [month for month in line.months if month.month >= resume]
    for earlier, later in pairwise(after):
        # Without a gap the last payment may reach into the month of the next one, whose own start may be open.
        if stretch.gap and earlier.status == "covered" and later.status != "covered":
            yield f"{later.status} after cover in {months.format_month(later.month)}"
    if line.returns:
        returns = months.month_of(line.returns)
        covered = [month.month for month in after if month.status == "covered"]
        if stretch.gap and covered[:1] != [returns]:
            yield f"cover is said to return on {line.returns} and the months say otherwise"
    waiting = [month for month in after if month.status in WAITS and month.reason != "wait_not_begun"]
    if type(line.wait) is int and len(waiting) != line.wait:
        yield f"a wait of {line.wait} months, and {len(waiting)} months of waiting"
    for month in line.months:
        if (month.percent is not None) != (month.reason == "waiting_percent"):
            yield f"{months.format_month(month.month)} names a share of the benefits without being such a month"
        if month.percent is not None and month.percent != line.benefit_percent:
            yield f"{month.percent}% in {months.format_month(month.month)}, and the line says {line.benefit_percent}%"


def _sooner(stretches: list[Interruption | None]) -> Iterator[str]:
    """A longer gap that brings cover back in fewer months, for somebody otherwise alike."""
    shortest: tuple[int, int] | None = None
    for stretch in stretches:
        if stretch is None or not stretch.gap or len(stretch.lines) != 1 or stretch.lines[0].returns is None:
            continue
        delay = months.month_of(stretch.lines[0].returns) - (stretch.resume or 0)
        if shortest is not None and delay < shortest[1]:
            yield f"gap {stretch.gap} waits {delay} months for cover, gap {shortest[0]} waits {shortest[1]}"
        shortest = (stretch.gap, delay)


def _not_told(told: dict[str | None, list[Interruption | None]]) -> Iterator[str]:
    """Not knowing who paid before must give the answers for an employer and for the person, and no others."""
    for gap, stretches in enumerate(zip(*told.values(), strict=True)):
        said = [_said(stretch) for stretch in stretches]
        known = {answer for who, answers in zip(told, said, strict=True) if who is not None for answer in answers}
        if said[list(told).index(None)] != known:
            yield f"gap {gap}: answered otherwise than for each who may have paid before"


def _said(stretch: Interruption | None) -> set[tuple[Any, ...]]:
    lines = stretch.lines if stretch else ()
    return {(line.wait, line.returns, line.gap_costs, line.back_pay, line.benefit_percent) for line in lines}
