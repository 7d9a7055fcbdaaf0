"""Properties that must be true of any waiting period of the resident scheme, and of any enrolment period.

A longer break never shortens the wait, repair never lengthens it, repair never goes below the fixed part or the floor,
whoever has no wait has none however long the break, and benefits never begin before the payment or the insurance year.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING

from calculator import months
from calculator.lawbook import UNKNOWN, Lawbook, LawError, Record
from calculator.rules.resident import Wait, waiting

if TYPE_CHECKING:
    from calculator.verify.situations import Report

#: The topics these checks look at.
TOPICS = frozenset(("resident_wait", "resident_repair", "resident_enrolment"))
#: Past the floor (4 years) by more than one, so that both sides of it are asked.
LONGEST_BREAK = 6
#: From this many broken years on a rule that allows repair names its floor (连续断缴4年及以上的，修复后…不少于6个月).
FLOOR_FROM_YEARS = 4
#: The day from which newborns are left out of the waiting period everywhere (自2025年起，除新生儿等特殊群体外).
NEWBORNS_FREE_FROM = date(2025, 1, 1)


def check_resident(book: Lawbook, place: str, days: Iterable[date], report: "Report") -> None:
    """Faults of the resident scheme at one place, on these days; they and the number of questions go to the report.

    A place without rules of its own on the wait is answered by the levels above, which are checked themselves.
    """
    for record in book.records.values():
        if record.topic == "resident_enrolment" and record.place == place:
            report.situations += 1
            report.faults += _period_faults(book, record)
    own = [r for r in book.records.values() if r.place == place and r.topic in ("resident_wait", "resident_repair")]
    if not own:
        return
    people = _people(book, place)
    for day in days:
        for who, enrolled in product(people, book.topics["resident_wait"]["conditions"]["enrolled"]):
            try:
                report.faults += _wait_faults(book, place, day, who, enrolled, report)
            except LawError as fault:
                report.faults.append(f"resident_waiting at {place} on {day}, {who}, {enrolled}: {fault}")


def _people(book: Lawbook, place: str) -> list[str]:
    """Whom to ask about: everybody for the nation; elsewhere those whom the place or its province tells apart."""
    everybody = book.topics["resident_wait"]["conditions"]["who"]
    levels = {level.id for level in book.path(place) if level.level != "nation"}
    if not levels:
        return everybody
    named = {"other", "newborn"}
    for record in book.records.values():
        if record.topic == "resident_wait" and record.place in levels:
            test = record.when.get("who", ())
            named |= {test} if isinstance(test, str) else set(test)
    return [who for who in everybody if who in named]


def _wait_faults(book: Lawbook, place: str, day: date, who: str, enrolled: str, report: "Report") -> Iterator[str]:
    # In the central period one pays for the next year, outside it for the current one.
    year = day.year + 1 if enrolled == "central_period" else day.year
    before: list[Wait] = []
    for broken in range(LONGEST_BREAK + 1):
        where = f"resident_waiting at {place} on {day}: {who}, {enrolled}, {broken} broken years"
        asked = []
        for repaired in sorted({0, 1, 2, broken} & set(range(broken + 1))):
            report.situations += 1
            asked.append(
                waiting(
                    book, place=place, paid_on=day, insurance_year=year, enrolled=enrolled, who=who,
                    broken_years=broken, repaired_years=repaired,
                )
            )  # fmt: skip
        for lines in asked:
            for line in lines:
                yield from (f"{where}: {fault}" for fault in _line_faults(book, place, day, year, enrolled, who, line))
        for less, more in pairwise(asked):
            yield from (f"{where}: {fault}" for fault in _repair_faults(less, more))
        yield from (f"{where}: {fault}" for fault in _break_faults(before, asked[0]))
        before = list(asked[0])


def _line_faults(book: Lawbook, place: str, day: date, year: int, enrolled: str, who: str, line: Wait) -> Iterator[str]:
    """What is wrong with one line by itself."""
    free = [
        rule
        for rule in line.rules
        if rule.then.get("fixed_months") == 0 and rule.then.get("months_per_broken_year") == 0
    ]
    if line.total and free:
        yield f"waits {line.total} months, although {free[0].id} says that there is no wait"
    if line.total != 0 and who == "newborn" and day >= NEWBORNS_FREE_FROM:
        yield f"a newborn waits {line.total} months"
    if line.total is not None and line.total < line.fixed:
        yield f"waits {line.total} months, less than the fixed {line.fixed}"
    if line.total is not None and line.variable and line.counted_years >= FLOOR_FROM_YEARS:
        repair = book.consult("resident_repair", place, day, {"broken_years": line.counted_years})[0]
        if repair.get("may_repair") == "yes":
            floor = repair.get("at_least_months")
            if not isinstance(floor, int):
                yield "repair is allowed and nothing is said on its floor"
            elif line.total < min(floor, line.fixed + line.variable):
                yield f"waits {line.total} months after repair, below the floor of {floor}"
    if line.first_day is not None:
        start = date(year, 1, 1) if enrolled == "central_period" else max(day, date(year, 1, 1))
        if line.first_day < start:
            yield f"benefits from {line.first_day}, before {start}"
        elif line.total and months.month_of(line.first_day) - months.month_of(start) < line.total:
            yield f"benefits from {line.first_day}, less than {line.total} months after {start}"


def _repair_faults(less: Iterable[Wait], more: Iterable[Wait]) -> Iterator[str]:
    """Paying for more years never makes the wait longer. The readings of both come in the same order."""
    for one, other in zip(less, more, strict=True):
        if one.total is not None and other.total is not None and other.total > one.total:
            yield f"more repair makes the wait {other.total} months instead of {one.total}"


def _break_faults(shorter: Iterable[Wait], longer: Iterable[Wait]) -> Iterator[str]:
    """A longer break never makes the shortest or the longest wait that is possible shorter, while all are known."""
    one, other = ([line.total for line in lines] for lines in (shorter, longer))
    if one and None not in (*one, *other):
        for end in (min, max):
            if end(other) < end(one):
                yield f"waits {end(other)} months, a shorter break waits {end(one)}"


def _period_faults(book: Lawbook, record: Record) -> Iterator[str]:
    """The days of a period are in order, lie around the turn of the year, and stand in what the record cites."""
    year = record.when.get("insurance_year")
    named = [(name, record.then.get(name)) for name in ("opens", "closes", "extended_to")]
    known = [(name, day) for name, day in named if day not in (None, UNKNOWN)]
    for (first, one), (later, other) in pairwise(known):
        if one >= other:
            yield f"{record.id}: {first} {one} is not before {later} {other}"
    said = " ".join(f"{p.quote} {p.paraphrase.zh}" for p in (book.provisions[cite] for cite in record.cites))
    for name, day in known:
        if isinstance(year, int) and not date(year - 1, 7, 1) <= day < date(year, 7, 1):
            yield f"{record.id}: {name} {day} is not around the beginning of {year}"
        if not re.search(_written(day), said):
            yield f"{record.id}: {name} is {day}, which its sources do not say"


def _written(day: date) -> str:
    """The ways a day is written in sources: with its year, or as a day of every year, 2月底 for the last day of a month."""
    of_year = rf"{day.month}月{day.day}日"
    ways = [f"{day.year}年{of_year}", rf"每年[^。]*{of_year}"]
    if (day + timedelta(days=1)).day == 1:
        ways += [f"{day.year}年{day.month}月底", f"每年[^。]*。?[^。]*{day.month}月底"]
    return "|".join(ways)
