"""Money in: what is paid for a month, what the account is credited, what paying late costs, how long benefit lasts.

Amounts are whole fen, shares are basis points (9.8 % = 980). No source says for all places how a part of a fen is
rounded (Hangzhou's published sums round half up, Chengdu's parts are cut off): amounts are rounded down, and
:class:`Amount` keeps the exact rest. Where a place publishes the sum itself, that sum is taken and nothing is rounded.
Every function returns one answer for each way the facts not given may fall out.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Span

MONTHS_OF_A_YEAR = 12
MONTHS_OF_HALF_A_YEAR = 6
BASIS_POINTS = 10_000
#: The late fee is a number of yuan a day on this many yuan: 万分之五 is 50 on 100,000.
FEE_ON = 100_000


@immutable
class Amount:
    """``fen`` whole fen and ``rest`` / ``of`` of another one that was cut off."""

    fen: int
    rest: int = 0
    of: int = 1

    @property
    def exact(self) -> bool:
        """Whether nothing was cut off."""
        return self.rest == 0


@immutable
class Contribution:
    """What one month costs. An amount is None when the law data or the wage does not give it."""

    assuming: Mapping[str, Any]
    base: int | None
    person: Amount | None
    employer: Amount | None
    person_year: int | None  # the published sum for a year, where a place charges by the year
    published: bool  # the person's sum is one the place published, not worked out here
    includes_maternity: str | None
    sure_of_person: Confidence
    sure_of_employer: Confidence
    findings: tuple[Finding, ...]


@immutable
class Credit:
    """What the account gets. ``month`` is None when it comes once a year, both are None when they are not known."""

    assuming: Mapping[str, Any]
    credited: str | None  # share_of_base, fixed_sum, nothing, unknown
    month: Amount | None
    year: Amount | None
    sure: Confidence
    findings: tuple[Finding, ...]


@immutable
class LateFee:
    """What an employer owes on top for some days of default. 社会保险法 art. 86."""

    assuming: Mapping[str, Any]
    fee: Amount | None
    sure: Confidence
    findings: tuple[Finding, ...]


@immutable
class Benefit:
    """Months of unemployment benefit. ``longest`` says that only the national ceiling is known, not the grant."""

    assuming: Mapping[str, Any]
    months: int | None
    longest: bool
    medical_paid_by: str | None
    sure: Confidence
    findings: tuple[Finding, ...]


def share_of(base_fen: int, bp: int) -> Amount:
    """A share of a base, in whole fen, rounded down. Raises ValueError for a negative number."""
    return _amount(base_fen * bp, BASIS_POINTS)


def clamped(wage_fen: int, floor_fen: int, ceiling_fen: int) -> int:
    """The contribution base for a wage: not under the floor, not over the ceiling; both may be reached."""
    return max(floor_fen, min(ceiling_fen, _whole("wage", wage_fen)))


def contribution(
    book: Lawbook,
    place: str,
    month: date,
    *,
    payer: str | None,
    wage_fen: int | None,
    tier: str | None = None,
    mode: str | None = None,
) -> tuple[Contribution, ...]:
    """What a person and an employer pay for a month. ``month`` is any day of it; ``wage_fen`` is the monthly wage, or
    for a flexible worker the income declared. Raises OutsideKnownDays, and ValueError for a negative wage."""
    if wage_fen is not None:
        _whole("wage", wage_fen)
    bases = book.consult("base", place, month, {"payer": payer, "mode": mode})
    rates = book.consult("rate", place, month, {"payer": payer, "tier": tier, "mode": mode})
    return tuple(
        _contribution(base, rate, wage_fen, {**base.assuming, **rate.assuming})
        for rate in rates
        for base in bases
        if _agree(base.assuming, rate.assuming)
    )


def _contribution(base: Finding, rate: Finding, wage: int | None, assuming: Mapping[str, Any]) -> Contribution:
    base_fen, base_names = _base(base, wage)
    sure_of_base = base.sure_of(*base_names)
    extra = _number(rate, "extra_fen_per_month") or 0
    yearly = _number(rate, "fen_per_year")
    published = _number(rate, "fen_per_month")
    person_bp, employer_bp = _number(rate, "person_bp"), _number(rate, "employer_bp")
    person, sure = None, Confidence.NOT_KNOWN
    if published is not None:
        person, sure = Amount(published + extra), rate.sure_of("fen_per_month")
    elif yearly is not None:
        person, sure = _amount(yearly, MONTHS_OF_A_YEAR), rate.sure_of("fen_per_year")
    elif person_bp is not None and base_fen is not None:
        person = _amount(base_fen * person_bp + extra * BASIS_POINTS, BASIS_POINTS)
        sure = weakest((sure_of_base, rate.sure_of("person_bp")))
    employer, sure_of_employer = None, Confidence.NOT_KNOWN
    if employer_bp is not None and base_fen is not None:
        employer = share_of(base_fen, employer_bp)
        sure_of_employer = weakest((sure_of_base, rate.sure_of("employer_bp")))
    return Contribution(
        assuming=assuming,
        base=base_fen,
        person=person,
        employer=employer,
        person_year=yearly,
        published=published is not None or yearly is not None,
        includes_maternity=rate.get("includes_maternity"),
        sure_of_person=sure,
        sure_of_employer=sure_of_employer,
        findings=(base, rate),
    )


def _base(finding: Finding, wage: int | None) -> tuple[int | None, tuple[str, ...]]:
    """The base and the outcomes it rests on."""
    if finding.get("base_is") == "fixed":
        return _number(finding, "fixed_fen"), ("base_is", "fixed_fen")
    floor, ceiling = _number(finding, "floor_fen"), _number(finding, "ceiling_fen")
    names = ("base_is", "floor_fen", "ceiling_fen")
    if wage is None or floor is None or ceiling is None:
        return None, names
    return clamped(wage, floor, ceiling), names


def account_credit(
    book: Lawbook,
    place: str,
    day: date,
    *,
    status: str | None,
    age: int | None = None,
    tier: str | None = None,
    mode: str | None = None,
    base_fen: int | None = None,
) -> tuple[Credit, ...]:
    """What the personal account gets in a month and in a year. ``base_fen`` is the contribution base, which a share
    is a share of. Raises OutsideKnownDays, and ValueError for a negative base."""
    if base_fen is not None:
        _whole("base", base_fen)
    values = {"status": status, "age": age, "tier": tier, "mode": mode}
    return tuple(_credit(finding, base_fen) for finding in book.consult("credit", place, day, values))


def _credit(finding: Finding, base_fen: int | None) -> Credit:
    how = finding.get("credited")
    month = year = None
    names: tuple[str, ...] = ("credited",)
    monthly, yearly, bp = (_number(finding, name) for name in ("fen_per_month", "fen_per_year", "bp_of_base"))
    if how == "nothing":
        month = year = Amount(0)
    elif how == "share_of_base" and bp is not None and base_fen is not None:
        month = share_of(base_fen, bp)
        year = _amount(base_fen * bp * MONTHS_OF_A_YEAR, BASIS_POINTS)
        names += ("bp_of_base",)
    elif how == "fixed_sum" and yearly is not None:
        year = Amount(yearly)
        names += ("fen_per_year",)
    elif how == "fixed_sum" and monthly is not None:
        month = Amount(monthly - (_number(finding, "less_fen_per_month") or 0))
        year = Amount(month.fen * MONTHS_OF_A_YEAR)
        names += ("fen_per_month",)
    sure = finding.sure_of(*names) if year is not None else Confidence.NOT_KNOWN
    return Credit(finding.assuming, how, month, year, sure, (finding,))


def late_fee(
    book: Lawbook, place: str, first_unpaid: date, *, payer: str | None, due_fen: int, days: int
) -> tuple[LateFee, ...]:
    """The late fee for ``days`` days of default on ``due_fen``. Counting the days is left to the caller: the law says
    自欠缴之日起 and not whether the day of payment counts. Pages of agencies round half up to the fen; the law does
    not say so, and the fee is rounded down here. Raises OutsideKnownDays, ValueError for a negative number."""
    _whole("due", due_fen)
    _whole("days", days)
    answers = []
    for finding in book.consult("late_payment", place, first_unpaid, {"payer": payer}):
        rate = _number(finding, "fee_per_100000_per_day")
        fee = None if rate is None else _amount(due_fen * rate * days, FEE_ON)
        answers.append(LateFee(finding.assuming, fee, finding.sure_of("fee_per_100000_per_day"), (finding,)))
    return tuple(answers)


def unemployment_months(
    book: Lawbook, place: str, day: date, *, contribution_months: int | None
) -> tuple[Benefit, ...]:
    """How many months of benefit the months of contribution give, by 社会保险法 art. 46 and the place's finer rule.
    Raises OutsideKnownDays, and ValueError for a negative number."""
    if contribution_months is not None:
        _whole("contribution_months", contribution_months)
    findings = book.consult("unemployment", place, day, {"contribution_months": contribution_months})
    return tuple(_benefit(finding, contribution_months) for finding in findings)


def _benefit(finding: Finding, paid: int | None) -> Benefit:
    ceiling = _number(finding, "benefit_months_at_most")
    by_year = _number(finding, "months_per_year")
    months, names = ceiling, ["benefit_months_at_most"]
    finer = by_year is not None and paid is not None
    if finer and ceiling is not None:
        at_that_rate = _number(finding, "at_that_rate_for_years")
        years = paid // MONTHS_OF_A_YEAR
        counted = by_year * (years if at_that_rate is None else min(years, at_that_rate))
        if at_that_rate is not None:
            beyond = max(0, paid - at_that_rate * MONTHS_OF_A_YEAR)
            counted += (_number(finding, "months_per_half_year_after") or 0) * (beyond // MONTHS_OF_HALF_A_YEAR)
        months = min(ceiling, counted)
        names.append("months_per_year")
    return Benefit(
        assuming=finding.assuming,
        months=months,
        longest=not finer and months != 0,
        medical_paid_by=finding.get("medical_paid_by"),
        sure=finding.sure_of(*names),
        findings=(finding,),
    )


def _number(finding: Finding, name: str) -> int | None:
    """A whole number, or None when the law data does not know it or nobody names it."""
    value = finding.get(name)
    return None if value in (None, UNKNOWN) else value


def _amount(numerator: int, of: int) -> Amount:
    fen, rest = divmod(_whole("amount", numerator), of)
    return Amount(fen, rest, of if rest else 1)


def _whole(what: str, value: int) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{what} is {value!r}; accepted: a whole number from 0")
    return value


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sets of assumptions can hold together."""
    return all(other.get(name, value) == value for name, value in one.items())


# -- as questions: JSON-like answers for the command line and the worked examples --------------------------------


def _ask_contribution(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in contribution(book, place, day, **_told(values, "payer", "wage_fen", "tier", "mode")):
        outcomes = {"base_fen": _said(item.base), "person_fen": _said(item.person)}
        sure = {"person_fen": item.sure_of_person.key}
        if item.person_year is not None:
            outcomes["person_fen_per_year"] = item.person_year
        if any("employer_bp" in finding.outcomes for finding in item.findings):
            outcomes["employer_fen"] = _said(item.employer)
            sure["employer_fen"] = item.sure_of_employer.key
        outcomes["rounding_not_known"] = _cut(item.person, item.employer)
        yield _json(item, outcomes, sure)


def _ask_credit(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in account_credit(book, place, day, **_told(values, "status", "age", "tier", "mode", "base_fen")):
        outcomes = {
            "credited": item.credited,
            "fen_per_month": _said(item.month),
            "fen_per_year": _said(item.year),
            "rounding_not_known": _cut(item.month, item.year),
        }
        yield _json(item, outcomes, {"fen_per_year": item.sure.key})


def _ask_late_fee(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in late_fee(book, place, day, **_told(values, "payer", "due_fen", "days")):
        yield _json(
            item, {"fee_fen": _said(item.fee), "rounding_not_known": _cut(item.fee)}, {"fee_fen": item.sure.key}
        )


def _ask_benefit(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in unemployment_months(book, place, day, **_told(values, "contribution_months")):
        outcomes = {"months": _said(item.months), "longest": item.longest, "medical_paid_by": item.medical_paid_by}
        yield _json(item, outcomes, {"months": item.sure.key})


def _told(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The facts of a computed question. Raises ValueError for one it does not have."""
    for name in values:
        if name not in names:
            raise ValueError(f"there is no fact {name!r} here; there are {', '.join(names)}")
    missing = [name for name in ("due_fen", "days") if name in names and name not in values]
    if missing:
        raise ValueError(f"{' and '.join(missing)} must be given")
    return {name: values.get(name) for name in names}


def _said(value: Amount | int | None) -> int | str:
    if value is None:
        return UNKNOWN
    return value.fen if isinstance(value, Amount) else value


def _cut(*amounts: Amount | None) -> bool:
    return any(amount is not None and not amount.exact for amount in amounts)


def _json(item: Any, outcomes: Mapping[str, Any], sure: Mapping[str, str]) -> dict[str, Any]:
    records = [record for finding in item.findings for record in finding.records]
    return {
        "assuming": {
            name: {"from": value.first, "to": value.last} if isinstance(value, Span) else value
            for name, value in item.assuming.items()
        },
        "outcomes": dict(outcomes),
        "origin": {"records": [record.id for record in records]},
        "sure": dict(sure),
        "cites": sorted({cite for record in records for cite in record.cites}),
    }


def _listed(ask: Callable[..., Iterator[dict[str, Any]]]) -> Callable[..., list[dict[str, Any]]]:
    return lambda *given: list(ask(*given))


#: The questions that are worked out here, by name.
QUESTIONS = {
    "contribution": _listed(_ask_contribution),
    "account_credit": _listed(_ask_credit),
    "late_fee": _listed(_ask_late_fee),
    "unemployment_months": _listed(_ask_benefit),
}
