"""What an employer in arrears owes on top: the late fee on the sum due, day by day. 社会保险法 art. 86.

The fee runs from the day of default (自欠缴之日起). Whether the day of payment counts is not said, and only the month of
payment is told: the fee is given from the fewest days to the most.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator import months
from calculator.confidence import Confidence
from calculator.immutable import immutable
from calculator.lawbook import Finding, Lawbook, Span
from calculator.rules.contributions import Amount, late_fee


@immutable
class Arrears:
    """The late fee on ``due`` fen, for a day and for the days of default. None is not known.

    ``until`` is the day up to which it is reckoned when nothing has been paid yet: the day of asking.
    """

    assuming: Mapping[str, Any]
    due: int
    a_day: Amount | None
    days: Span | None
    least: Amount | None
    most: Amount | None
    until: date | None
    sure: Confidence
    findings: tuple[Finding, ...]


def arrears(
    book: Lawbook,
    place: str,
    first_unpaid: date,
    *,
    due: int,
    since: date | None,
    paid_back: int | None,
    asked_on: date,
) -> tuple[Arrears, ...]:
    """The late fee on arrears, one answer for each way the facts not told may fall out. ``due`` is in fen, ``since`` the
    day of default, ``paid_back`` the month of payment. Raises OutsideKnownDays, ValueError for a negative sum."""

    def fees(days: int) -> list[Amount | None]:
        return [fee.fee for fee in late_fee(book, place, first_unpaid, payer="employer", due_fen=due, days=days)]

    days = None
    if since is not None:
        first = asked_on if paid_back is None else months.first_day(paid_back)
        last = asked_on if paid_back is None else months.last_day(paid_back)
        days = Span(max(0, (first - since).days), max(0, (last - since).days + 1))
    known = late_fee(book, place, first_unpaid, payer="employer", due_fen=due, days=1)
    none = [None] * len(known)
    return tuple(
        Arrears(
            assuming=one.assuming,
            due=due,
            a_day=one.fee,
            days=days,
            least=least,
            most=most,
            until=asked_on if days is not None and paid_back is None else None,
            sure=one.sure,
            findings=one.findings,
        )
        for one, least, most in zip(
            known, fees(days.first) if days else none, fees(days.last) if days else none, strict=True
        )
    )
