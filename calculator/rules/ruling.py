"""What the law says of one topic at one event, where nothing has to be worked out: the hukou, the nationality, a refund …

A :class:`Ruling` is a finding with its place in the answer. Topics that need arithmetic (gaps, waits of residents,
retirement, settlements) have modules of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculator.confidence import Confidence
from calculator.lawbook import Finding, Lawbook

#: The parts of an answer in which a ruling can stand.
PARTS = ("status", "cover", "money", "years")


@dataclass(frozen=True)
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
    computed: Mapping[str, Any] = field(default_factory=dict)


def rulings_at(
    book: Lawbook, part: str, topic: str, event: str, place: str, day: date, told: Mapping[str, Any]
) -> tuple[Ruling, ...]:
    """One ruling for each way the facts not told may fall out. Raises OutsideKnownDays.

    How sure a ruling is follows from the outcomes that every answer on its topic must hold (``must_name``).
    """
    if part not in PARTS:
        raise ValueError(f"{part!r} is not one of {', '.join(PARTS)}")
    return tuple(ruling_of(book, part, event, finding) for finding in book.consult(topic, place, day, told))


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
