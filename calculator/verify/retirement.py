"""What must be true of any law on retirement, held against everything the law data can work out.

A later birth never retires earlier; whoever may choose has the statutory month between the first and the last; a later
year never asks for fewer pension years; paying more never leaves more missing, nor makes fewer years count.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

from calculator.lawbook import Lawbook, LawError, cuts_of
from calculator.months import format_month, parse_month
from calculator.rules.retirement import Paid, counted_at, retirement_month, shortfall_at
from calculator.verify.retiring import check_lives

TOPICS = (
    "retirement_age", "retirement_choice", "pension_years", "medical_years", "counted_years", "shortfall", "credit",
    "retired_cover", "retired_transfer",
)  # fmt: skip
#: Around every step of the table of 2024: before the first delayed birth and after the last.
_BORN = range(parse_month("1963-01"), parse_month("1987-01"))
_RETIRES = range(2022, 2046)
_PAID_FIELDS = ("total", "actual", "local_actual", "continuous", "tier_1")
#: More than any place asks for.
_ENOUGH = 600
#: Nothing, a little, a lot.
_COUNTED = (0, 1, 12, 300)
Days = Callable[[Lawbook, str, str], list[date]]


def check_retirement(book: Lawbook, place: str, change_days: Days) -> tuple[int, list[str]]:
    """How many situations were asked about at a place, and the faults found, each a line of words.

    A place without rules of its own on a question answers as the level above it, which is asked too.
    """
    situations, faults = 0, []
    for topics, check in (
        (("retirement_age", "retirement_choice"), _months_in_order),
        (("pension_years",), _pension_years_rise),
        (("medical_years", "shortfall"), _paying_helps),
        (("counted_years",), _more_counts_more),
    ):
        if not any(record.place == place and record.topic in topics for record in book.records.values()):
            continue
        for day in sorted({day for topic in topics for day in change_days(book, place, topic)}):
            try:
                for fault in check(book, place, day):
                    situations += 1
                    if fault:
                        faults.append(f"{topics[0]} at {place} on {day}: {fault}")
            except LawError as fault:
                faults.append(f"{topics[0]} at {place} on {day}: {fault}")
    for fault in check_lives(book, place):
        situations += 1
        if fault:
            faults.append(f"retiring at {place}: {fault}")
    return situations, faults


def _months_in_order(book: Lawbook, place: str, day: date) -> Iterator[str]:
    """One line for each month of birth, empty when nothing is wrong."""
    for group in book.topics["retirement_age"]["conditions"]["group"]:
        before = None
        for born in _BORN:
            found = retirement_month(book, born, group, day, place)
            fault = ""
            if before is not None and found.month < before:
                fault = (
                    f"{group} born {format_month(born)} retires in {format_month(found.month)}, one born before later"
                )
            if not found.earliest <= found.month <= found.latest:
                fault = f"{group} born {format_month(born)}: the statutory month lies outside the months to choose from"
            yield fault
            before = found.month


def _pension_years_rise(book: Lawbook, place: str, day: date) -> Iterator[str]:
    needed = {
        year: book.consult("pension_years", place, day, {"retirement_year": year})[0].get("months") for year in _RETIRES
    }
    for earlier, later in pairwise(needed):
        known = type(needed[earlier]) is int and type(needed[later]) is int
        yield (
            f"{later} asks for fewer pension years than {earlier}" if known and needed[later] < needed[earlier] else ""
        )


def _paying_helps(book: Lawbook, place: str, day: date) -> Iterator[str]:
    """Along each number of paid months, with the others at nothing and at enough, missing months and prices fall."""
    facts = {
        "sex": book.topics["medical_years"]["conditions"]["sex"],
        "retires": _numbers(book, place, "retirement_year", range(2022, 2041)),
        "joined_year": _numbers(book, place, "joined_year", range(1990, 2031)),
        "tier": book.topics["medical_years"]["conditions"]["tier"],
        "payer": book.topics["shortfall"]["conditions"]["payer"],
    }
    for case in product(*facts.values()):
        told = dict(zip(facts, case, strict=True)) | {"started_work": "before_the_scheme"}
        told["retires"] = told["retires"] * 12
        steps = _steps(book, place, day, told)
        for field, others in product(_PAID_FIELDS, (0, _ENOUGH)):
            missing, price = None, {}
            for months in steps:
                paid = Paid(**(dict.fromkeys(_PAID_FIELDS, others) | {field: months}))
                [found] = shortfall_at(book, place, day, paid, **told)
                fault = ""
                if missing is not None and (found.months is None or found.months > missing):
                    fault = f"{told}: {months} months paid ({field}) leave {found.months} missing, fewer left {missing}"
                for way in found.ways:
                    if way.fen is not None and way.fen > price.get(way.kind, way.fen):
                        fault = f"{told}: {months} months paid ({field}) cost more {way.kind} than fewer"
                    if way.fen is not None:
                        price[way.kind] = way.fen
                yield fault
                missing = found.months


def _numbers(book: Lawbook, place: str, condition: str, within: range) -> list[int]:
    """A year on either side of every year at which a rule here or above changes its answer; at least one."""
    levels = {level.id for level in book.path(place)}
    cuts = {
        cut
        for record in book.records.values()
        if record.place in levels and record.topic == "medical_years" and condition in record.when
        for cut in cuts_of(record.when[condition])
    }
    return sorted({year for cut in cuts for year in (cut - 1, cut) if year in within} or {2026})


def _steps(book: Lawbook, place: str, day: date, told: dict[str, Any]) -> list[int]:
    """Numbers of months around every number that this person needs."""
    [found] = shortfall_at(book, place, day, Paid(), **told)
    needed = {one for test in found.tests for one in (test.needed.months, test.needed.or_continuous) if one is not None}
    return sorted({0, *(number for one in needed for number in (one - 1, one, one + 1))})


def _more_counts_more(book: Lawbook, place: str, day: date) -> Iterator[str]:
    for kind in book.topics["counted_years"]["conditions"]["kind"]:
        if kind == "overlapping":  # months told twice: more of them are fewer months
            continue
        sums = [counted_at(book, place, day, {"paid_here": 120} | {kind: months}) for months in _COUNTED]
        for fewer, more in pairwise(sums):
            ends = (
                (found.total.first, found.total.last, found.actual.first, found.actual.last) for found in (fewer, more)
            )
            worse = any(after < before for before, after in zip(*ends, strict=True))
            yield f"more months of {kind} make fewer years count" if worse else ""
