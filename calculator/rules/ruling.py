"""What the law says of one topic at one event, where nothing has to be worked out: the hukou, the nationality, a refund …

A :class:`Ruling` is a finding with its place in the answer. Topics that need arithmetic (gaps, waits of residents,
retirement, settlements) have modules of their own.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable, replace
from calculator.lawbook import Finding, Lawbook, Outcome, Span

#: The parts of an answer in which a ruling can stand.
PARTS = ("status", "cover", "money", "years")


@immutable
class Ruling:
    """The law's answer to one topic at one event, under one assumption.

    ``computed`` holds what follows from the answer and the reader's own days (a last day to report, a day from which a
    court can be asked), by the name of its sentence.
    """

    event: str
    part: str
    topic: str
    place: str
    assuming: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    sure: Confidence
    finding: Finding
    computed: Mapping[str, Any] = {}


def rulings_at(
    book: Lawbook,
    part: str,
    topic: str,
    event: str,
    place: str,
    day: date,
    told: Mapping[str, Any],
    only: Collection[str] = (),
) -> tuple[Ruling, ...]:
    """One ruling for each way the facts not told may fall out. Raises OutsideKnownDays.

    ``only`` names the outcomes that belong into this part of the answer, all of them when it is empty. A way in which
    the law names none of them has no ruling; ways that give the same are one, and a fact that makes no difference is no
    condition of it (a condition may be a tuple: either of these values). How sure a ruling is follows from the outcomes
    that every answer on its topic must hold (``must_name``), of those named here, or else from those that are there.
    """
    if part not in PARTS:
        raise ValueError(f"{part!r} is not one of {', '.join(PARTS)}")
    of_topic = book.topics[topic]
    rulings = []
    for branches in _alike(book.consult(topic, place, day, told), only):
        said = {name: o.value for name, o in branches[0].outcomes.items() if not only or name in only}
        if said:
            names = [name for name in of_topic["must_name"] if not only or name in only] or said
            sure = weakest([finding.sure_of(*names) for finding in branches])
            for finding in _joined(branches, told, of_topic["conditions"]):
                rulings.append(Ruling(event, part, topic, place, finding.assuming, said, sure, finding))
    return tuple(_either(rulings) if len(rulings) > 1 else rulings)


def _alike(findings: list[Finding], only: Collection[str]) -> Iterable[list[Finding]]:
    """The ways in which the law may answer, those that say the same of the outcomes asked about together."""
    if len(findings) == 1:
        return [findings]
    alike: dict[tuple, list[Finding]] = {}
    for finding in findings:
        said = tuple(
            (name, str(o.value), _to_ask(o)) for name, o in finding.outcomes.items() if not only or name in only
        )
        alike.setdefault(said, []).append(finding)
    return alike.values()


def _to_ask(outcome: Outcome) -> str | None:
    """The question to put where an outcome is not known: two that are not known are not the same when the questions differ."""
    return None if outcome.known else outcome.record.ask


def _asks(ruling: Ruling) -> list[str | None]:
    return [_to_ask(ruling.finding.outcomes[name]) for name in ruling.outcomes]


def _joined(branches: list[Finding], values: Mapping[str, Any], conditions: Mapping[str, Any]) -> list[Finding]:
    """Ways that say the same in this part of the answer, in as few as their facts allow: a fact is left out where the ways that differ
    in it alone have every value it may have, and neighbouring spans of one number become one span."""
    if len(branches) == 1:
        return branches
    for name in reversed(conditions):
        alone: dict[tuple, list[Finding]] = {}
        for branch in branches:
            rest = tuple((fact, value) for fact, value in branch.assuming.items() if fact != name)
            alone.setdefault(rest, []).append(branch)
        may_be = values.get(name) or conditions[name]
        branches = [
            replace(group[0], assuming={**dict(rest), **left})
            for rest, group in alone.items()
            for left in _values_left(name, [branch.assuming.get(name) for branch in group], may_be)
        ]
    in_order = [{fact: b.assuming[fact] for fact in conditions if fact in b.assuming} for b in branches]
    return [replace(branch, assuming=assuming) for branch, assuming in zip(branches, in_order, strict=True)]


def _values_left(name: str, told: list[Any], may_be: Any) -> list[dict[str, Any]]:
    """What is left to say of one fact when all else is alike: nothing, or each value or span by itself."""
    if None in told:
        return [{}]
    if isinstance(told[0], Span):
        spans = [told[0]]
        for span in told[1:]:
            if spans[-1].last is not None and spans[-1].last + 1 == span.first:
                spans[-1] = Span(spans[-1].first, span.last)
            else:
                spans.append(span)
        return [{} if span == Span(0, None) else {name: span} for span in spans]
    return [{}] if set(told) == set(may_be) else [{name: value} for value in told]


def _either(rulings: list[Ruling]) -> list[Ruling]:
    """Rulings that say the same under conditions that differ in one fact alone, as one: either value of it."""
    kept: list[Ruling] = []
    for ruling in rulings:
        for place, other in enumerate(kept):
            differing = [name for name, value in ruling.assuming.items() if other.assuming.get(name) != value]
            if (
                other.outcomes == ruling.outcomes
                and _asks(other) == _asks(ruling)
                and len(differing) == 1
                and other.assuming.keys() == ruling.assuming.keys()
                and isinstance(ruling.assuming[differing[0]], str)
            ):
                [name] = differing
                told = other.assuming[name]
                either = (*(told if isinstance(told, tuple) else (told,)), ruling.assuming[name])
                kept[place] = replace(other, assuming={**other.assuming, name: either})
                break
        else:
            kept.append(ruling)
    return kept


def ruling_of(book: Lawbook, part: str, event: str, finding: Finding) -> Ruling:
    """A finding with its place in the answer."""
    return Ruling(
        event=event,
        part=part,
        topic=finding.topic,
        place=finding.place,
        assuming=finding.assuming,
        outcomes={name: outcome.value for name, outcome in finding.outcomes.items()},
        sure=finding.sure_of(*book.topics[finding.topic]["must_name"]),
        finding=finding,
    )
