"""Months and days to choose from, as stretches in which nothing that has an order can come out otherwise.

A month is a stretch by itself. Days are many, and few of them come out otherwise than the day before: a day of the law (a
change of it, an announced period), the first and the last day of a month, a month or a number of days after a day that was
told, the day after a time limit of the answer. The tests try every day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from calculator import months
from calculator.lawbook import Lawbook, cuts_of

#: The first and the last month or day of a stretch.
Stretch = tuple[int, int] | tuple[date, date]
_A_DAY = timedelta(days=1)


def of_months(first: int, last: int) -> list[Stretch]:
    """Each month from the first to the last."""
    return [(month, month) for month in range(first, last + 1)]


def of_days(first: date, last: date, begins: Iterable[date]) -> list[Stretch]:
    """The days from the first to the last, cut before each of the days in ``begins``; none when the last comes first."""
    if first > last:
        return []
    starts = [first, *sorted({day for day in begins if first < day <= last})]
    return [(day, after - _A_DAY) for day, after in pairwise([*starts, last + _A_DAY])]


def anew_each_month(first: date, last: date, limits: Iterable[date]) -> Iterator[date]:
    """The first days of months, and the days after the last days (``limits``) that an answer names."""
    yield from (day + _A_DAY for day in limits)
    yield from (months.first_day(month) for month in range(months.month_of(first), months.month_of(last) + 1))


def days_that_begin_anew(
    book: Lawbook, place: str, first: date, last: date, told: Iterable[date], limits: Iterable[date]
) -> Iterator[date]:
    """Days from the first to the last on which the law may answer otherwise than on the day before. ``told`` are days that
    others are counted from; ``limits`` are last days that an answer names."""
    yield from anew_each_month(first, last, limits)
    yield from (months.last_day(month) for month in range(months.month_of(first), months.month_of(last) + 1))
    yield from book.worked_out(("days_that_matter", place), partial(book.days_that_matter, place))
    tests = book.worked_out(("tests_of_days", place), partial(book.tests_of_kind, "days", place))
    counts = {cut for test in tests for cut in cuts_of(test)}
    for day in told:
        yield from (day, day + _A_DAY)
        yield from (day + timedelta(days=count) for count in counts)
        for length in range(months.month_of(last) - months.month_of(day) + 1):
            # Inside so many months lies the same day of a later month; the day after it does not any more.
            yield months.period_end(day, length) + _A_DAY
