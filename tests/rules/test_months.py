"""Months are whole, and the convention of each function is what its name says."""

from datetime import date, timedelta

import pytest

from calculator import months

ALL_MONTHS = range(months.parse_month("2016-01"), months.parse_month("2030-12"))


@pytest.mark.parametrize(
    "text", ["2026-3", "2026-13", "2026-00", "26-03", "2026/03", "", "2026-03-01", "0000-01", "２０２６-03 "]
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError):
        months.parse_month(text)


def test_every_month_is_written_as_it_is_read():
    for month in ALL_MONTHS:
        assert months.parse_month(months.format_month(month)) == month


def test_first_and_last_day_belong_to_the_month_and_their_neighbours_do_not():
    for month in ALL_MONTHS:
        first, last = months.first_day(month), months.last_day(month)
        assert months.month_of(first) == months.month_of(last) == month
        assert months.month_of(first - timedelta(days=1)) == month - 1
        assert months.month_of(last + timedelta(days=1)) == month + 1


@pytest.mark.parametrize(
    ("last_paid", "again", "unpaid"),
    [("2026-03", "2026-04", 0), ("2026-03", "2026-07", 3), ("2026-03", "2026-08", 4), ("2025-11", "2026-02", 2)],
)
def test_unpaid_months_are_the_whole_months_between_two_payments(last_paid, again, unpaid):
    assert months.unpaid_months_between(months.parse_month(last_paid), months.parse_month(again)) == unpaid


@pytest.mark.parametrize("again", ["2026-03", "2026-02"])
def test_paying_again_before_stopping_is_no_gap(again):
    with pytest.raises(ValueError):
        months.unpaid_months_between(months.parse_month("2026-03"), months.parse_month(again))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday -> Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday -> Monday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 23), 20, date(2026, 12, 21)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_weekdays_are_counted_without_the_day_itself(day, count, expected):
    assert months.weekdays_after(day, count) == expected


@pytest.mark.parametrize(
    ("start", "length", "ends"),
    [
        (date(2024, 5, 10), 24, date(2026, 5, 10)),  # the corresponding day (对应日)
        (date(2024, 2, 29), 24, date(2026, 2, 28)),  # no such day: end of the month (月末日)
        (date(2024, 2, 29), 48, date(2028, 2, 29)),  # a leap year again
        (date(2023, 2, 28), 12, date(2024, 2, 28)),  # a day that exists is not moved to the 29th
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_a_period_of_months_ends_on_the_same_day_or_on_the_last_of_the_month(start, length, ends):
    assert months.period_end(start, length) == ends


def test_a_later_start_never_ends_earlier():
    days = [date(2023, 12, 1) + timedelta(days=n) for n in range(500)]
    for length in (1, 3, 12, 24, 48):
        ends = [months.period_end(day, length) for day in days]
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("within", "unit", "last"),
    [
        (30, "days", date(2026, 3, 1)),
        (1, "months", date(2026, 2, 28)),
        (20, "working_days", date(2026, 2, 27)),
    ],
)
def test_a_time_limit_is_counted_from_the_day_after(within, unit, last):
    assert months.counted(date(2026, 1, 30), within, unit) == last


def test_a_time_limit_in_another_unit_is_refused():
    with pytest.raises(KeyError):
        months.counted(date(2026, 1, 30), 1, "moons")
