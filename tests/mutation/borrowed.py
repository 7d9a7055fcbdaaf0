"""Tests that pytest asks of the shipped law, as functions of any law.

The second table is compared by :mod:`tests.law.second_table.compare`. The tests of the calculators read the law from
one name of their module (``BOOK`` or ``lawbook``), which gives the changed law while such a test runs.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, product
from types import ModuleType
from typing import Any

import pytest

from calculator.lawbook import Lawbook, holds
from tests.law.second_table import PLACES, compare
from tests.mutation.mutants import Mutant
from tests.rules import test_contributions, test_missing, test_resident, test_retirement

#: Official tables and worked figures that the calculators must come to.
_ON_RULES = (test_retirement, test_contributions, test_resident, test_missing)
#: A law, and the change made to it, if there is one -> the differences.
Comparison = Callable[[Lawbook, Mutant | None], list[str]]


def second_table() -> Iterator[tuple[str, Comparison]]:
    """Every comparison with the second table, by its name."""
    tables = (*compare.TABLES.values(), *compare.LISTS.values())
    large = {
        f"second table, {table.name} {place}": partial(_compare, table, place)
        for table in tables
        for place in table.places
    }
    for name, run in compare.comparisons({*PLACES, *(place for table in tables for place in table.places)}):
        yield name, large.get(name) or partial(_plain, run)
    for name, topic, place, run in compare.own_comparisons():
        yield name, partial(_own, run, topic, place)


def on_rules() -> Iterator[tuple[str, Comparison]]:
    """Every test of a calculator, by its name."""
    for module in _ON_RULES:
        yield from _tests(module)


def _tests(module: ModuleType) -> Iterator[tuple[str, Comparison]]:
    for name, test in vars(module).items():
        if name.startswith("test_"):
            for values in _parameters(test):
                # What else a test asks for, pytest gives it: such tests change the calculator, not the law.
                if set(inspect.signature(test).parameters) == set(values):
                    label = " ".join(map(str, values.values()))
                    yield f"{name} {label}".strip(), partial(_run, module, test, values)


def _plain(run: Callable[[Lawbook], list[str]], book: Lawbook, mutant: Mutant | None) -> list[str]:
    return run(book)


def _own(
    run: Callable[[Lawbook], list[str]], topic: str, place: str, book: Lawbook, mutant: Mutant | None
) -> list[str]:
    """What a place says itself is touched by a change of its own rules only."""
    if mutant is not None and (mutant.topic, mutant.place) != (topic, place):
        return []
    return run(book)


def _compare(table: compare.Table | compare.Lists, place: str, book: Lawbook, mutant: Mutant | None) -> list[str]:
    """The cells that differ. A changed rule of the table's topic is asked about the cases to which it applies, or
    applied before the change: in all others it has no part."""
    cases = table.cases
    if mutant is not None and mutant.topic == table.topic:
        conditions = [raw.get("when", {}) for raw in (mutant.rule.raw, mutant.raw)]
        cases = [case for case in cases if any(_applies(when, case) for when in conditions)]
    # Which cases differ is not part of what is compared with the law as it is: fewer are asked here.
    return [line.partition(" (")[0] for line in table.differences(book, place, cases)] if cases else []


def _applies(when: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    return all(holds(test, case.get(name)) is not False for name, test in when.items())


def _parameters(test: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Every combination of arguments that pytest would call a test with."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    for chosen in product(*(list(_arguments(*mark.args[:2])) for mark in marks)):
        yield dict(chain.from_iterable(part.items() for part in chosen))


def _arguments(names: str | tuple[str, ...], values: Any) -> Iterator[Mapping[str, Any]]:
    for value in values:
        if hasattr(value, "values") and hasattr(value, "marks"):  # pytest.param(…)
            value = value.values if not isinstance(names, str) else value.values[0]
        yield {names: value} if isinstance(names, str) else dict(zip(names, value, strict=True))


def _run(
    module: ModuleType, test: Callable[..., None], values: Mapping[str, Any], book: Lawbook, mutant: Mutant | None
) -> list[str]:
    names = {"BOOK": book, "lawbook": lambda: book}
    shipped = {name: getattr(module, name) for name in names if hasattr(module, name)}
    try:
        for name in shipped:
            setattr(module, name, names[name])
        test(**values)
    except (AssertionError, pytest.fail.Exception) as difference:
        return [f"fails {difference}".strip()]
    finally:
        for name, value in shipped.items():
            setattr(module, name, value)
    return []
