"""Why the answer is not another one: what would change it, and why the other rule does not apply.

Why not: for each question of the answer, the nearest rule that did not apply and the one condition that
failed, with the reader's own value; and the rule that held before, or will hold after, when it says something else.

Asked on demand, with an assessment at hand; the answer itself does not need it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from calculator.assessment import Assessment, RuleUse, findings_of
from calculator.confidence import Confidence
from calculator.immutable import immutable
from calculator.lawbook import (
    UNKNOWN,
    Finding,
    Lawbook,
    OutsideKnownDays,
    Record,
    Span,
    cuts_of,
    holds,
    lawbook,
    may_hold,
)
from calculator.levers import ENABLES, Change, changes
from calculator.order import BETTER, RANKS, compare, is_loss, marks_of

#: Conditions that say which question is asked, and who asks. A rule for another event, or for people of another
#: nationality, is no near miss.
_THE_QUESTION = frozenset(
    ("event", "situation", "cause", "direction", "move", "kind", "reward", "choice", "nationality")
)


#: Outcomes that can be better or worse.
ORDERED = frozenset(RANKS) | {"wait_months"}


@immutable
class Failed:
    """The condition that failed: what the rule asks for, the reader's value, and the nearest value that would do.

    ``distance`` is how far the value is from it, for numbers; None for names. ``over`` says that the value is the larger.
    """

    name: str
    test: Any
    value: Any
    needed: Any
    distance: int | None

    @property
    def over(self) -> bool:
        """Whether a number is too large for the rule, not too small."""
        first = self.value.first if isinstance(self.value, Span) else self.value
        return self.distance is not None and first > self.needed


@immutable
class WhyNot:
    """A rule that did not apply. ``kind`` is ``condition``, ``earlier`` (it held until before the day asked about) or
    ``later`` (it holds from a later day on).

    ``instead`` holds the outcomes that would be others, each with the value of the answer and the value instead, for the
    facts under ``assuming``. ``better`` is None when it would be neither certainly better nor worse.
    """

    kind: str
    topic: str
    place: str
    day: date
    assuming: Mapping[str, Any]
    record: Record
    failed: Failed | None
    instead: Mapping[str, tuple[Any, Any]]
    better: bool | None

    @property
    def sure(self) -> Confidence:
        """How sure the rule is that did not apply."""
        return self.record.sure


@immutable
class Explanation:
    """What would change an answer, why other rules do not apply, and those rules that the answer itself does not use."""

    changes: tuple[Change, ...]
    why_not: tuple[WhyNot, ...]
    rules: tuple[RuleUse, ...]


#: Where nobody asks why.
NOTHING_EXPLAINED = Explanation((), (), ())


def explain(assessment: Assessment, book: Lawbook | None = None) -> Explanation:
    """Everything that explains an answer beyond the rules it rests on."""
    book = book or lawbook()
    changed, near = changes(assessment, book), why_not(assessment, book)
    used = {use.record.id for use in assessment.rules}
    named: dict[str, RuleUse] = {}
    for one in near:
        values = {} if one.failed is None else {one.failed.name: one.failed.value}
        named.setdefault(one.record.id, RuleUse(one.record, one.day, values, "why_not"))
    for change in changed:
        for record in change.records:
            named.setdefault(record.id, RuleUse(record, assessment.facts.on, {}, "change"))
    return Explanation(changed, near, tuple(use for name, use in named.items() if name not in used))


def why_not(assessment: Assessment, book: Lawbook | None = None) -> tuple[WhyNot, ...]:
    """For each question put to the law, at most one rule missed by one condition and one rule of another time."""
    book = book or lawbook()
    found: list[WhyNot] = []
    for findings in _questions(assessment):
        for candidates in (_missed(book, findings), _of_another_time(book, findings)):
            nearest = min(filter(_tells_something, candidates), key=_distance, default=None)
            if nearest is not None:
                found.append(nearest)
    return tuple(found)


def _questions(assessment: Assessment) -> Iterable[list[Finding]]:
    """The findings of the answer, those together that answer one question under different assumptions."""
    questions: dict[Any, list[Finding]] = {}
    for finding in findings_of(assessment):
        asked = tuple(finding.values.get(name) for name in ("event", "situation") if name not in finding.assuming)
        questions.setdefault((finding.topic, finding.place, finding.day, str(asked)), []).append(finding)
    return questions.values()


# -- rules missed by one condition ------------------------------------------------------------------------


def _missed(book: Lawbook, findings: list[Finding]) -> Iterator[WhyNot]:
    """Every rule that one condition alone keeps from changing the answer."""
    applied = {record.id for finding in findings for record in finding.records}
    said = {_outcomes(finding) for finding in findings}
    for finding in findings:
        for record in book.alive(finding.topic, finding.place, finding.day):
            if record.id in applied:
                continue
            failed = _failed(record, finding.values)
            if failed is None:
                continue
            values = {**finding.values, failed.name: failed.needed}
            for other in book.consult(finding.topic, finding.place, finding.day, values):
                if record in other.records and _outcomes(other) not in said:
                    yield _why_not("condition", finding, record, failed, other)


def _failed(record: Record, values: Mapping[str, Any]) -> Failed | None:
    """The only condition of a rule that fails; None when none, several or one that is the question itself fails."""
    failing = [name for name, test in record.when.items() if not may_hold(test, values.get(name))]
    if len(failing) != 1 or failing[0] in _THE_QUESTION:
        return None
    [name] = failing
    test, value = record.when[name], values[name]
    return Failed(name, test, value, *_nearest(test, value))


def _nearest(test: Any, value: Any) -> tuple[Any, int | None]:
    """The value nearest to this one for which a condition holds, and how far away it is."""
    values = list(test) if isinstance(test, list) else [test]
    if not isinstance(test, Mapping) and not isinstance(values[0], int):
        return values[0], None
    numbers = sorted(
        {number for cut in cuts_of(test) for number in (cut - 1, cut) if number >= 0 and holds(test, number)}
    )
    if isinstance(value, Span):
        ends = [value.first, value.first if value.last is None else value.last]
    else:
        ends = list(value) if isinstance(value, frozenset) else [value]  # a set: which of a few it is, is not known
    return min(((number, min(abs(number - end) for end in ends)) for number in numbers), key=lambda found: found[1])


# -- rules of another time --------------------------------------------------------------------------------


def _of_another_time(book: Lawbook, findings: list[Finding]) -> Iterator[WhyNot]:
    """The rules that held until the last change of law before the day, and those that hold from the next one on."""
    said = {_outcomes(finding) for finding in findings}
    for finding in findings:
        days = book.changes(finding.topic, finding.place)
        before = [day - timedelta(days=1) for day in days if day <= finding.day]
        after = [day for day in days if day > finding.day]
        for kind, day in (("earlier", before[-1:]), ("later", after[:1])):
            for other in _asked_again(book, finding, day):
                record = next((r for r in other.records if not r.alive_on(finding.day)), None)
                if record is not None and _outcomes(other) not in said:
                    yield _why_not(kind, finding, record, None, other)


def _asked_again(book: Lawbook, finding: Finding, days: list[date]) -> Iterator[Finding]:
    for day in days:
        try:
            yield from book.consult(finding.topic, finding.place, day, finding.values)
        except OutsideKnownDays:
            return


# -- what they share --------------------------------------------------------------------------------------


def _outcomes(finding: Finding) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(outcome.value)) for name, outcome in finding.outcomes.items()))


def _why_not(kind: str, finding: Finding, record: Record, failed: Failed | None, other: Finding) -> WhyNot:
    names = dict.fromkeys((*other.outcomes, *finding.outcomes))
    return WhyNot(
        kind=kind,
        topic=finding.topic,
        place=finding.place,
        day=finding.day,
        assuming={**finding.assuming, **other.assuming},
        record=record,
        failed=failed,
        instead={name: (finding.get(name), other.get(name)) for name in names if finding.get(name) != other.get(name)},
        better=_better(other, finding),
    )


def _better(new: Finding, old: Finding) -> bool | None:
    """Whether one answer is certainly better than another: something is, and nothing is lost."""
    marks, before = marks_of(new), marks_of(old)
    both = [name for name in marks if name in before and name not in ENABLES]
    gained = any(compare(marks[name], before[name]) == BETTER for name in both)
    lost = any(is_loss(name, marks[name], before[name]) for name in both)
    return None if gained == lost else gained


def _tells_something(one: WhyNot) -> bool:
    """What is not known is no answer that somebody misses, and how something is counted is none by itself."""
    if one.instead.get("gap_costs", (None, None))[1] == "no_gap":
        return False  # that nothing is missing where nothing is missing
    return any(new not in (None, UNKNOWN) for name, (_, new) in one.instead.items() if name in ORDERED)


def _distance(one: WhyNot) -> tuple[Any, ...]:
    """What is better comes first, then what is nearest: numbers by their distance, then names; then what is surer."""
    favour = {True: 0, None: 1, False: 2}[one.better]
    failed = one.failed
    far = (0, 0) if failed is None else (0, failed.distance) if failed.distance is not None else (1, 0)
    return favour, far, one.kind != "earlier", -one.record.sure, one.record.id
