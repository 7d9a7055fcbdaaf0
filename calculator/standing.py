"""How somebody stands by an answer: every outcome in it that has an order, so that two lives can be compared."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from calculator.assessment import Assessment
from calculator.confidence import Confidence
from calculator.lawbook import UNKNOWN, Finding
from calculator.order import NO_GAP, Mark, day_mark, joined, mark, marks_of
from calculator.rules.cover import Line
from calculator.rules.joining import Joining
from calculator.rules.resident import Wait

#: The part of the answer, its place there, and the name of the outcome.
Key = tuple[str, int, str]
Standing = Mapping[Key, Mark]


def standing(assessment: Assessment) -> Standing:
    """Everything an assessment holds that has an order, over all the ways the facts not told may fall out."""
    found: dict[Key, list[Mark]] = {}

    def note(part: str, number: int, marks: Mapping[str, Mark]) -> None:
        for name, one in marks.items():
            found.setdefault((part, number, name), []).append(one)

    for number, stretch in enumerate(assessment.interruptions):
        for line in stretch.lines:
            if line.finding is not None:
                note("cover", number, marks_of(line.finding) if line.wait is not None else _without_gap(line.finding))
    for number, joining in _with_its_event(assessment):
        for marks in _of_a_joining(joining):
            note("joining", number, marks)
    for money in assessment.money:
        number = _event_of(assessment, money.event)
        for finding in money.findings:
            note("money", number, marks_of(finding))
        if money.exists != "yes":
            # Whoever may have no account may get nothing, whatever the rule on accounts.
            note("money", number, {"withdraw": mark("withdraw", "no", money.sure, money.findings[0].records)})
    for payout in assessment.payouts:
        if payout.from_day is not None:
            day = day_mark(payout.from_day, payout.from_day, payout.sure, payout.finding.records)
            note(payout.key, _event_of(assessment, payout.event), {"apply_from": day})
    for years in assessment.years:
        note("years", _event_of(assessment, years.event), marks_of(years.finding))
    for ruling in assessment.rulings:
        number, records = _event_of(assessment, ruling.event), ruling.finding.records
        note(ruling.part, number, marks_of(ruling.finding))
        if placement := ruling.computed.get("placement"):
            note(ruling.part, number, {"placement": mark("placement", placement, ruling.sure, records)})
    return {key: joined(marks) for key, marks in found.items()}


def _without_gap(start: Finding) -> Mapping[str, Mark]:
    """What does not arise when no month is left out is as good as it can be."""
    told = {"wait_months": 0, "gap_costs": NO_GAP, "continuity": "kept"}
    # No rule has to say so: there is nothing to be ruled.
    best = {name: one for name, value in told.items() if (one := mark(name, value, Confidence.FULL_TEXT, ()))}
    return {**marks_of(start), **best}


def _of_a_joining(joining: Joining) -> Iterator[Mapping[str, Mark]]:
    """What has an order in each line: by its rule, and of payments on a day also the first day with benefits."""
    for line, wait in zip_longest(joining.lines, joining.waits):
        if joining.born is not None:
            yield {**marks_of(line.finding), "covered_by": _covered_by(line, joining.born)}
        elif wait is not None:
            yield _of_a_resident(line, wait, joining.insurance_year)
        else:
            yield marks_of(line.finding)


def _of_a_resident(line: Line, wait: Wait, insurance_year: int) -> Mapping[str, Mark]:
    inside = {None: UNKNOWN, True: "yes", False: "no"}[wait.in_insurance_year]
    told = {"wait_months": line.wait, "benefits_in_year": inside, "counts_as_insured": wait.continuous}
    marks = {name: mark(name, value, line.sure, wait.rules, wait.at_most) for name, value in told.items()}
    return {**marks, "covered_by": _covered_by(line, date(insurance_year, 1, 1))}


def _with_its_event(assessment: Assessment) -> Iterator[tuple[int, Joining]]:
    """Each joining, and which event of the life it belongs to: those of one kind come in the order of the events."""
    of_kind: dict[str, list[int]] = {}
    for number, event in enumerate(assessment.facts.events):
        of_kind.setdefault(event.kind, []).append(number)
    for joining in assessment.joinings:
        left = of_kind.get(joining.event)
        yield left.pop(0) if left else len(assessment.facts.events), joining


def _covered_by(line: Line, earliest: date) -> Mark:
    return day_mark(line.returns, earliest, line.sure, line.finding.records)


def _event_of(assessment: Assessment, kind: str) -> int:
    """Which event of the life a part of the answer belongs to; a move is answered under the kind of move."""
    kinds = [event.kind for event in assessment.facts.events]
    return next((number for number, told in enumerate(kinds) if kind.startswith(told)), len(kinds))
