"""What each place's own rules say, case by case and day by day, and the comparison with the lawbook.

The other tables state what holds in the end, for one day. These state what a nation, a province or a city itself says,
with the days on which it begins and ends to say so, for every fact that any of its rows tells apart: so a value, a
condition or a day that is wrong at one level shows, even where another level covers it up. Where no row speaks of a
case, the place says nothing of its own. What a row doesn't name, the place's rule doesn't name.

The rows are written from the words of the sources: the sections of the three research notes, or the provision whose
words stand behind the row. ``U`` is said where the words leave it open.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from calculator.lawbook import Lawbook
from tests.law.second_table.table import NO_END

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Own:
    """What a place says on a topic from a day on (or as long as it is known) until before another, of some cases."""

    place: str
    begins: date | None
    ends: date | None
    facts: Mapping[str, Collection[Any]]
    says: Mapping[str, Any]


def own(place: str, begins: str, ends: str, facts: Mapping[str, Any], **says: Any) -> Own:
    """A row. Days are written 2024-07-01, or "" for the first or last day known. A fact is one value or several."""
    several = {name: value if isinstance(value, (range, tuple)) else (value,) for name, value in facts.items()}
    return Own(place, _day(begins), _day(ends), several, says)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def up_to(last: int) -> range:
    """Every number up to this one."""
    return range(last + 1)


def yuan(sum_: str) -> int:
    """A sum of money in fen."""
    whole, _, part = sum_.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def percent(share: str) -> int:
    """A share in hundredths of a percent."""
    return yuan(share)


def differences(
    book: Lawbook, topic: str, place: str, rows: Collection[Own], within: Mapping[str, Any] | None = None
) -> list[str]:
    """Every case in which the place's own rules say something else than its rows. Cases alike share a line.

    ``within``: the only cases that the rows are about, when they do not tell all that the place says.
    """
    known = book.places[place]
    begins = {row: row.begins or known.known_from for row in rows}
    ends = {row: row.ends or known.known_until for row in rows}
    found: dict[str, tuple[date, Mapping[str, Any]]] = {}
    for day in _days({known.known_from, known.known_until, *begins.values(), *ends.values()}):
        if not known.known_from <= day < known.known_until:
            continue
        alive = [row for row in rows if begins[row] <= day < ends[row]]
        for case in _cases(book, topic, rows):
            if any(case[name] != value for name, value in (within or {}).items()):
                continue
            speaking = [row for row in alive if all(case[name] in values for name, values in row.facts.items())]
            if len(speaking) > 1:
                raise LookupError(f"{len(speaking)} rows speak of {topic} {place} on {day}: {case}")
            stated = speaking[0].says if speaking else {}
            for said in _said(book, topic, place, day, case):
                if said != stated:
                    only = {name: (stated.get(name), said.get(name)) for name in sorted({*stated, *said})}
                    differing = {name: both for name, both in only.items() if both[0] != both[1]}
                    found.setdefault(f"{topic} {place}: stated and said {differing}", (day, case))
    return [f"{line} (first on {day}, {dict(case)})" for line, (day, case) in found.items()]


def _days(turning: Collection[date]) -> list[date]:
    return sorted({day + step for day in turning for step in (-_ONE_DAY, timedelta(), _ONE_DAY)})


def _cases(book: Lawbook, topic: str, rows: Collection[Own]) -> Iterator[dict[str, Any]]:
    """Every combination of what the rows tell apart: each value there is, and each threshold with its neighbours."""
    axes: dict[str, list[Any]] = {}
    for name, domain in book.topics[topic]["conditions"].items():
        told = [row.facts[name] for row in rows if name in row.facts]
        if told and isinstance(domain, list):
            axes[name] = domain
        elif told:
            axes[name] = sorted(_neighbours(told))
    for values in product(*axes.values()):
        yield dict(zip(axes, values, strict=True))


def _neighbours(told: Collection[Collection[int]]) -> set[int]:
    """The numbers at which some row begins or ends to speak, and those next to them."""
    found = set()
    for numbers in told:
        first, last = min(numbers), max(numbers)
        found |= {first - 1, first, first + 1}
        if last < NO_END - 1:
            found |= {last - 1, last, last + 1}
    return {number for number in found if number >= 0}


def _said(book: Lawbook, topic: str, place: str, day: date, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the place's own rules say of a case, once for each way the facts that no row tells apart may fall out."""
    answers = []
    for finding in book.consult(topic, place, day, case):
        said = {name: outcome.value for name, outcome in finding.outcomes.items() if outcome.record.place == place}
        if said not in answers:
            answers.append(said)
    return answers
