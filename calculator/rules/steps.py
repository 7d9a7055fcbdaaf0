"""What to do, in order: who, where, by when, with which papers. Data only; the sentences are in ``words``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator import months
from calculator.lawbook import Lawbook, Record
from calculator.rules.event import event_name

#: Times that are counted back from the first day of a month, and the value that names it.
BEFORE_MONTH = {"before_retirement": "retires", "before_statutory_age": "statutory"}


@dataclass(frozen=True)
class Step:
    """One thing to do. ``by`` is the last day when it can be computed; ``by_is_weekday_count`` says that public
    holidays were left out of the count, so the true last day is this one or a little later."""

    key: str
    event: str
    place: str
    day: date
    who: str
    where: str
    papers: tuple[str, ...]
    within: int | None
    unit: str | None
    counted_from: str | None
    by: date | None
    by_is_weekday_count: bool
    takes_working_days: int | None
    values: Mapping[str, Any]
    record: Record


def steps_at(book: Lawbook, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any]) -> list[Step]:
    """The steps the law of this day and place asks for at an event, nation first. Raises OutsideKnownDays."""
    values = {**told, "event": event}
    return [_step(record, values, place, day) for record in book.consult_all("step", place, day, values)]


def payout_steps(book: Lawbook, case: str, key: str, event: str, place: str, day: date) -> list[Step]:
    """Asking for the balance in one of the cases in which a place pays it out: papers, time, who, where. ``key`` names
    the step. No step where the place names no such case. Raises OutsideKnownDays."""
    return [
        Step(
            key=key,
            event=event,
            place=place,
            day=day,
            who=record.then["who"],
            where=record.then.get("where", "nowhere"),
            papers=tuple(record.then.get("papers", ())),
            within=None,
            unit=None,
            counted_from=None,
            by=None,
            by_is_weekday_count=False,
            takes_working_days=record.then.get("takes_working_days"),
            values={},
            record=record,
        )
        for record in book.consult_all("withdrawal", place, day, {})
        if record.then["key"] == case
    ]


def _step(record: Record, values: Mapping[str, Any], place: str, day: date) -> Step:
    then, event = record.then, values["event"]
    counts = then.get("counted_from") == "event" and "within" in then
    by = months.counted(day, then["within"], then["unit"]) if counts else None
    if then.get("counted_from") in BEFORE_MONTH and (month := values.get(BEFORE_MONTH[then["counted_from"]])):
        by = months.first_day(month - then["within"])
    return Step(
        key=then["key"],
        event=event_name(event, {}),
        place=place,
        day=day,
        who=then["who"],
        where=then["where"],
        papers=tuple(then.get("papers", ())),
        within=then.get("within"),
        unit=then.get("unit"),
        counted_from=then.get("counted_from"),
        by=by,
        by_is_weekday_count=counts and then["unit"] == "working_days",
        takes_working_days=then.get("takes_working_days"),
        values=values,
        record=record,
    )
