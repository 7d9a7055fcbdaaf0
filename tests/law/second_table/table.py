"""What a second table is made of: rows, the cases they speak of, and the search for the one row that answers.

A row names the facts it tests; a fact it doesn't name may be anything. What a row doesn't say of an outcome is
unknown. Cases are made from the thresholds of the rows themselves and the numbers next to them, so that a boundary
that is one off shows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

U = "unknown"
NO_END = 10_000
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of a table: the cases it speaks of, and what the sources say of them."""

    places: tuple[str, ...]
    facts: Mapping[str, Collection[Any]]
    says: Mapping[str, Any]

    def speaks_of(self, place: str, case: Case) -> bool:
        return place in self.places and all(case[name] in values for name, values in self.facts.items())


def months(first: int, last: int) -> range:
    """From the first to the last number of months, both included."""
    return range(first, last + 1)


def from_(first: int) -> range:
    """This number and every larger one."""
    return range(first, NO_END)


def thresholds(rows: Iterable[Row], name: str) -> list[int]:
    """The numbers at which some row begins or ends to speak of a fact, and the numbers next to them."""
    found: set[int] = set()
    for row in rows:
        values = row.facts.get(name)
        if isinstance(values, range):
            found |= {values.start - 1, values.start}
            if values.stop != NO_END:
                found |= {values.stop - 1, values.stop}
    return sorted(number for number in found if number >= 0)


def crossed(**axes: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Every combination of the values given for each fact."""
    for values in product(*axes.values()):
        yield dict(zip(axes, values, strict=True))


def matching(rows: Iterable[Row], place: str, case: Case) -> list[Row]:
    """The rows that speak of a case."""
    return [row for row in rows if row.speaks_of(place, case)]


def look_up(rows: Iterable[Row], place: str, case: Case) -> Row:
    """The one row that speaks of a case. Raises LookupError when there is none, or more than one."""
    found = matching(rows, place, case)
    if len(found) != 1:
        raise LookupError(f"{len(found)} rows speak of {place} {case}")
    return found[0]
