"""Calendar arithmetic on whole months. The convention is in each name.

A *month* is an integer: ``year * 12 + (month - 1)``. The natural month (自然月) is the unit in which Chinese
medical-insurance rules count payments, so nothing here uses fractions of a month or averages of days.
"""

import re
from datetime import date, timedelta

#: Months of a year.
OF_A_YEAR = 12
_MONTH_TEXT = re.compile(r"([0-9]{4})-([0-9]{2})")


def parse_month(text: str) -> int:
    """Read ``"2026-03"`` as a month number. Raises ValueError for anything else."""
    match = _MONTH_TEXT.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        raise ValueError(f"not a month like 2026-03: {text!r}")
    return int(match[1]) * 12 + int(match[2]) - 1


def format_month(month: int) -> str:
    """Write a month number as ``"2026-03"``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The month in which ``day`` lies."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of the month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of the month."""
    return first_day(month + 1) - timedelta(days=1)


def unpaid_months_between(last_paid: int, first_paid_again: int) -> int:
    """How many whole months lie unpaid between two paid ones (断缴月数).

    Paid for March, paid again for July: April, May and June are unpaid, so the answer is 3.
    Raises ValueError when the second month is not after the first: that is not an interruption.
    """
    if first_paid_again <= last_paid:
        raise ValueError("the month paid again must come after the last paid month")
    return first_paid_again - last_paid - 1


def period_end(start: date, length: int) -> date:
    """The last day of a period of ``length`` months that begins on ``start`` (Civil Code, articles 201 and 202).

    The first day is not counted; the last day is the same day of the last month, or that month's last day where it
    has no such day: one month from 31 January ends on 28 or 29 February, two years from 29 February 2024 end on
    28 February 2026. A length of 0 ends on ``start``. Holidays are not looked at.
    """
    last_month = month_of(start) + length
    return min(first_day(last_month) + timedelta(days=start.day - 1), last_day(last_month))


def counted(day: date, within: int, unit: str) -> date:
    """The last day of a time limit of so many ``days``, ``months`` or ``working_days`` after ``day``, that day itself
    not counted. Of working days only weekends are left out, see :func:`weekdays_after`.

    Raises KeyError for another unit.
    """
    count = {
        "days": lambda: day + timedelta(days=within),
        "months": lambda: period_end(day, within),
        "working_days": lambda: weekdays_after(day, within),
    }
    return count[unit]()


def weekdays_after(day: date, count: int) -> date:
    """The day that is ``count`` weekdays (Monday to Friday) after ``day``, the day itself not counted.

    Chinese working days (工作日) also leave out public holidays and add make-up days, announced year by year.
    Leaving the holidays out of the count can only give an earlier day, so a reader who keeps to this day
    is on time except in a week with a make-up Saturday.
    """
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day
