"""What an answer holds: the money, the cover month by month, the years, the steps, the rules it rests on, the questions left.

An :class:`Assessment` is made by :func:`calculator.judge.assess`. It holds no sentence; :mod:`calculator.document` writes
those, in English or Chinese.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from calculator.confidence import Confidence
from calculator.facts import Facts
from calculator.immutable import immutable
from calculator.lawbook import Finding, Record
from calculator.rules.account import Money
from calculator.rules.arrears import Arrears
from calculator.rules.bills import Bill
from calculator.rules.cover import Interruption
from calculator.rules.joining import Joining
from calculator.rules.payout import Payout
from calculator.rules.retiring import Standing, Timing
from calculator.rules.ruling import Ruling
from calculator.rules.steps import Step
from calculator.rules.years import Years

if TYPE_CHECKING:
    from calculator.judge import Judge

#: Official information about insurance matters, nationwide; answers in Chinese.
HOTLINE = "12393"


@immutable
class Question:
    """Something we do not know: which outcome, why, and the key of the question to put to the hotline."""

    ask: str
    why: str  # local, not_found, conflict, confirm
    place: str
    topic: str
    values: Mapping[str, Any]
    rule: str


@immutable
class RuleUse:
    """A rule that took part, with the reader's own values for its conditions and the day it was asked about.

    ``role`` is ``applied``, or says why a rule that did not apply is named: ``deadline`` sets a deadline of the answer,
    ``change`` would make it better or worse, ``why_not`` was the nearest to apply. ``assumed`` names the values that were
    not told but assumed.
    """

    record: Record
    day: date
    values: Mapping[str, Any]
    role: str = "applied"
    assumed: tuple[str, ...] = ()


@immutable
class Assessment:
    """Everything we can say about a life as told on one day."""

    facts: Facts
    law_hash: str
    interruptions: tuple[Interruption, ...]
    joinings: tuple[Joining, ...]
    bills: tuple[Bill, ...]
    arrears: tuple[Arrears, ...]
    money: tuple[Money, ...]
    payouts: tuple[Payout, ...]
    years: tuple[Years, ...]
    rulings: tuple[Ruling, ...]
    timings: tuple[Timing, ...]
    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]
    rules: tuple[RuleUse, ...]
    questions: tuple[Question, ...]
    sure: Confidence

    @property
    def timelines(self) -> tuple[Interruption | Joining, ...]:
        """Every stretch told month by month, in the order in which answers show them."""
        return (*self.interruptions, *self.joinings)


def findings_of(judge: "Judge | Assessment") -> Iterable[Finding]:
    """Every answer of the law to a question with one answer that an assessment rests on."""
    for stretch in judge.interruptions:
        for case in stretch.cases or (stretch,):
            if case.stop.records:  # a resident's cover ends with the year paid for: no rule was asked
                yield case.stop
            yield from case.count
        for line in stretch.lines:
            if line.finding is not None:
                yield line.finding
    for joining in judge.joinings:
        yield from joining.findings
    for bill in judge.bills:
        yield bill.finding
    for owed in judge.arrears:
        yield from owed.findings
    for money in judge.money:
        yield from money.findings
        if money.settlement is not None:
            yield money.settlement.finding
    for years in judge.years:
        yield years.finding
    for ruling in judge.rulings:
        yield ruling.finding
    for timing in judge.timings:
        yield from timing.findings
    for standing in judge.standings:
        yield standing.needed
        if standing.shortfall is not None:
            yield standing.shortfall
        if standing.counted is not None:
            yield from (part.finding for part in standing.counted.parts)


def rules_used(judge: "Judge", findings: Iterable[Finding]) -> tuple[RuleUse, ...]:
    """Every rule that took part, once, with what it was asked about."""
    used: dict[str, RuleUse] = {}
    for finding in findings:
        told = finding.values.get
        for record in finding.records:
            if record.id not in used:
                values = {name: told(name) for name in record.when}
                assumed = finding.assumed and tuple([name for name in finding.assumed if name in record.when])
                used[record.id] = RuleUse(record, finding.day, values, "applied", assumed)
    for money in judge.money:
        for pot in money.pots:
            if pot.record.id not in used:
                used[pot.record.id] = RuleUse(pot.record, money.findings[-1].day, {})
    for step in judge.steps:
        record = step.record
        if record.id not in used:
            used[record.id] = RuleUse(record, step.day, {name: step.values.get(name) for name in record.when})
    for stretch in judge.interruptions:
        told = next((line.finding.values for line in stretch.lines if line.finding), {})
        for deadline in stretch.deadlines if stretch.gap != 0 else ():
            for record in deadline.finding.records if deadline.finding else ():
                if record.id not in used:
                    values = {name: deadline.finding.values.get(name) for name in record.when}
                    assumed = tuple(name for name in values if name not in told or told[name] != values[name])
                    used[record.id] = RuleUse(record, deadline.finding.day, values, "deadline", assumed)
    return tuple(used.values())


def questions_of(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """One question for each rule that leaves something open, the most local rule first where two ask the same."""
    found: dict[tuple[str, str], Question] = {}
    for finding in findings:
        for record in finding.records:
            if record.ask and (not record.unknown or _leaves_open(finding, record)):
                why = record.unknown or ("conflict" if record.sure is Confidence.CONFLICT else "confirm")
                found[(record.ask, finding.place)] = Question(
                    record.ask, why, finding.place, record.topic, finding.values, record.id
                )
    return tuple(found.values())


def _leaves_open(finding: Finding, record: Record) -> bool:
    """Whether an outcome is not known, and this is the rule that says so."""
    return any(outcome.record is record and not outcome.known for outcome in finding.outcomes.values())
