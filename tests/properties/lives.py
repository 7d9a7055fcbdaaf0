"""Random lives, made from the tables of :mod:`calculator.facts` alone: a new event or field is drawn by itself.

Most lives make sense, because days and months go forward and contradictions are repaired; so most of them are answered. A
life comes from a number, and a life that shows a fault is made as small as it can be before it is reported.
"""

import copy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from calculator import months
from calculator.facts import (
    ELSEWHERE,
    EVENTS,
    GROUPS,
    NEEDS_PAID_UNTIL,
    Event,
    FactErrors,
    Facts,
    Field,
    facts_json,
    parse,
    pays_again,
    pooling_areas,
)
from calculator.lawbook import Lawbook

Life = dict[str, Any]

#: Times without payment that are drawn: on both sides of every threshold, and now and then far past.
GAPS = (0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 12, 13, 25)
DAYS = (0, 1, 10, 31, 90, 200, 365, 366)
#: Every second fact that need not be told is not told.
NOT_TOLD = 0.5
#: How often a life begins with two gaps, and the ways it may have them.
GAPS_AGAIN = 0.15
TWO_GAPS = (
    ("leave_job", "resume", "leave_job", "resume"),
    ("leave_job", "move", "resume", "leave_job", "resume"),
    ("employer_arrears", "leave_job", "resume"),
    ("first_time", "leave_job", "resume"),
    ("leave_job", "resume", "move", "resume"),
    ("resident_rejoin", "switch_scheme", "leave_job", "resume"),
)
#: How often a life that contradicts itself is mended before it is given up.
REPAIRS = 4


def lives(seed: int, count: int, book: Lawbook, until: date = date.max) -> Iterator[Life]:
    """So many lives from one number, near the end of the days known, or near a day before that."""
    random = Random(seed)
    return (_Drawn(random, book, until).life() for _ in range(count))


class _Drawn:
    """One life while it is drawn: the day it has come to, the last paid month, the place."""

    def __init__(self, random: Random, book: Lawbook, until: date) -> None:
        self.random = random
        self.places = [*pooling_areas(book), ELSEWHERE]
        self.place = random.choice(self.places)
        path = book.path("china" if self.place == ELSEWHERE else self.place)
        first = max(p.known_from for p in path)
        self.until = min(max(until, first + timedelta(days=400)), *(p.known_until for p in path))
        months_known = months.month_of(self.until) - months.month_of(first)
        # Near the end of the known days most of all: there most rules are.
        self.month = months.month_of(self.until) - 1 - min(random.choice((3, 8, 14, 30)), months_known - 1)
        self.month -= random.randrange(0, min(6, max(1, months_known - 30)))
        self.day = months.first_day(self.month + 1)

    def life(self) -> Life:
        random = self.random
        told = {group: {f.name: self.first_told(f) for f in fields} for group, fields in GROUPS.items()}
        kinds = random.choices(list(EVENTS), k=random.choice((1, 1, 1, 2, 2, 3, 4, 6)))
        if random.random() < GAPS_AGAIN:
            kinds = [*random.choice(TWO_GAPS), *kinds[1:]]
        if told["cover"]["paid_until"] is None and set(kinds) & set(NEEDS_PAID_UNTIL):
            told["cover"]["paid_until"] = months.format_month(self.month)
        events = self.events(kinds)
        on = min(self.day + timedelta(days=random.choice((-60, 0, 1, 20))), self.until - timedelta(days=1))
        return {"on": on.isoformat(), **told, "events": events}

    def events(self, kinds: list[str]) -> list[dict[str, Any]]:
        """Events in order. The last month paid is told where payment began again before, and nowhere else."""
        drawn, pays = [], False
        for kind in kinds:
            fields = [f for f in EVENTS[kind] if f.name != "paid_again_until"]
            needed = pays and len(fields) < len(EVENTS[kind])
            values = {"paid_again_until": self.next_month()} if needed else {}
            values |= {f.name: self.later(f) for f in fields}
            drawn.append({"kind": kind, **values})
            pays = pays_again(Event(kind, values), pays)
        return drawn

    def next_month(self) -> str:
        self.month += 1 + self.random.choice(GAPS)
        self.day = max(self.day, months.first_day(self.month))
        return months.format_month(self.month)

    def first_told(self, field: Field) -> Any:
        """A fact from the time before the first event."""
        if field.kind == "place":
            return self.place
        if not field.required and self.random.random() < NOT_TOLD:
            return None
        if field.kind == "month":
            return months.format_month(self.month)
        if field.kind == "day" and field.name != "born":
            return (self.day + timedelta(days=self.random.choice((-200, 0, 60)))).isoformat()
        if field.kind == "day":
            return date(self.random.randrange(1945, 2008), self.random.randrange(1, 13), 28).isoformat()
        return self.value(field)

    def later(self, field: Field) -> Any:
        """A fact of an event: its days and months lie after those before it."""
        if not field.required and self.random.random() < NOT_TOLD:
            return None
        if field.kind == "month":
            return self.next_month()
        if field.kind == "day":
            self.day += timedelta(days=self.random.choice(DAYS))
            return self.day.isoformat()
        return self.value(field)

    def value(self, field: Field) -> Any:
        random = self.random
        if field.kind == "fen":
            return random.choice((0, 1, 99, 100, 12_345, 168_000, 10**7))
        if field.kind in ("count", "years"):
            return random.choice([n for n in (0, 1, 2, 3, 6, 11, 23, 24, 120, 360) if n <= field.most])
        if field.kind == "place":
            return random.choice(self.places)
        if field.kind == "year":
            return self.day.year + random.choice((0, 0, 0, 1, -1))
        return random.choice(field.choices)


def readable(life: Life, book: Lawbook) -> Facts | None:
    """The facts of a life, mended where it contradicts itself; None when it can't be mended.

    Raises whatever reading raises besides FactErrors: that would be a fault.
    """
    for attempt in range(REPAIRS):
        try:
            return parse(life, book)
        except FactErrors as faults:
            if not attempt:
                life = copy.deepcopy(life)  # what was drawn stays as it was
            if not _mend(life, [error.field for error in faults.errors]):
                return None
    return None


def _mend(life: Life, fields: list[str]) -> bool:
    """Take out the events and facts at fault; whether something is left to judge."""
    wrong = {int(field[len("events[") : field.index("]")]) for field in fields if field.startswith("events[")}
    life["events"] = [event for number, event in enumerate(life["events"]) if number not in wrong]
    for field in fields:
        group, _, name = field.partition(".")
        if group in GROUPS:
            if name not in life[group] or name == "place":
                return False
            life[group][name] = None
    return bool(life["events"])


def smallest(life: Life, shows_fault: Callable[[Life], bool]) -> Life:
    """The smallest life near this one that still shows the fault: no event and no fact can be left out of it."""
    found = True
    while found:
        found = False
        for smaller in _smaller(life):
            if shows_fault(smaller):
                life, found = smaller, True
                break
    return life


def _smaller(life: Life) -> Iterator[Life]:
    for number in range(len(life["events"]) if len(life["events"]) > 1 else 0):
        events = life["events"][:number] + life["events"][number + 1 :]
        yield {**life, "events": events}
        # Without a payment before it, a later stop has its last paid month from the cover.
        again = next((n for n, event in enumerate(events) if event.get("paid_again_until")), None)
        if again is not None:
            less = {**events[again], "paid_again_until": None}
            cover = {**life["cover"], "paid_until": events[again]["paid_again_until"]}
            yield {**life, "cover": cover, "events": [*events[:again], less, *events[again + 1 :]]}
    for group in GROUPS:
        for name in life.get(group, {}):
            yield {**life, group: {other: value for other, value in life[group].items() if other != name}}
    for number, event in enumerate(life["events"]):
        for name in event:
            if name != "kind":
                less = {other: value for other, value in event.items() if other != name}
                yield {**life, "events": [*life["events"][:number], less, *life["events"][number + 1 :]]}


def told(facts: Facts) -> Life:
    """A life as JSON again, with only what is told."""
    return facts_json(facts)
