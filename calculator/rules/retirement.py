"""Retirement: the month of the statutory age, the years that give medical cover afterwards, and what is missing.

Months are whole numbers, as in :mod:`calculator.months`; money is whole fen. The law of the day of asking says what
will hold in a later year, so every function takes that day and the year of retirement is a fact like any other.
What the law data does not know comes out as None, never as a number.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable, parts_of
from calculator.lawbook import NATION, UNKNOWN, Finding, Lawbook, LawError, Span
from calculator.months import format_month, month_of, parse_month

MONTHS_OF_A_YEAR = 12
BASIS_POINTS = 10_000
#: The kinds of ways to make up missing years, by what the law calls them.
_WAYS = {
    "monthly_or_lump_sum": ("monthly", "lump_sum"),
    "lump_sum": ("lump_sum",),
    "monthly": ("monthly",),
    "pay_until_reached": ("pay_until_reached",),
}


# --- the month of retirement ----------------------------------------------------------------------------------


@immutable
class Retirement:
    """When someone retires, by the law of one day. Months are month numbers; pension years are in months."""

    group: str
    born: int
    month: int  # of the statutory age
    age_months: int  # the statutory age
    delay_months: int  # of it, beyond the old age
    earliest: int  # by the person's own choice, with enough pension years
    latest: int  # by agreement with the employer
    pension_months: int | None  # pension years needed at the statutory age
    pension_months_if_earliest: int | None
    pension_months_if_latest: int | None
    age: Finding
    earlier: Finding
    later: Finding
    pension: tuple[Finding, ...]

    @property
    def sure(self) -> Confidence:
        """How sure the month of the statutory age is."""
        return self.age.sure_of("age_months", "delay_at_most")


def retirement_month(book: Lawbook, born: date | int, group: str, day: date, place: str = NATION) -> Retirement:
    """The month in which a person reaches the statutory retirement age, as the law of ``day`` sees it.

    ``born`` is a day of birth or a month number: the day of the month plays no part. ``group`` is ``man``,
    ``woman_55`` or ``woman_50`` (the woman's old age). Raises KeyError for another group, OutsideKnownDays, and
    LawError where the law data leaves the age open.

    Basis: measures of 2024, articles 1 to 3 and annexes 1 to 3. Who reaches the old age in the n-th month from
    ``delay_from`` on is delayed by n divided by ``one_month_per``, rounded up, and by no more than ``delay_at_most``.
    """
    if group not in book.topics["retirement_age"]["conditions"]["group"]:
        raise KeyError(f"there is no group {group!r}")
    month_born = month_of(born) if isinstance(born, date) else born
    [age] = book.consult("retirement_age", place, day, {"group": group})
    if _number(age.get("age_months")) is None or _number(age.get("delay_at_most")) is None:
        raise LawError(f"the retirement age of {group} is not known at {place} on {day}")
    old_age_reached = month_born + age.get("age_months")
    delay = _delay(age, old_age_reached)
    statutory = old_age_reached + delay
    earliest = latest = statutory
    delay_from = age.get("delay_from")
    # The choice came with the raised ages: nobody who had reached the age before then had it.
    if delay_from is not None and statutory >= month_of(delay_from):
        earliest = max(old_age_reached, statutory - (_number(age.get("earlier_at_most")) or 0))
        latest = statutory + (_number(age.get("later_at_most")) or 0)
    earlier, later = (
        book.consult("retirement_choice", place, day, {"choice": choice})[0] for choice in ("earlier", "later")
    )
    # Retiring early, the year chosen decides; retiring late, the year of the statutory age.
    late_by = {"year_of_statutory_age": statutory, "year_chosen": latest}.get(later.get("pension_years_of"))
    early_by = {"year_of_statutory_age": statutory, "year_chosen": earliest}.get(earlier.get("pension_years_of"))
    pension = {
        month: _pension(book, place, day, month) for month in (statutory, early_by, late_by) if month is not None
    }
    return Retirement(
        group=group,
        born=month_born,
        month=statutory,
        age_months=age.get("age_months") + delay,
        delay_months=delay,
        earliest=earliest,
        latest=latest,
        pension_months=_number(pension[statutory].get("months")),
        pension_months_if_earliest=_number(pension[early_by].get("months")) if early_by is not None else None,
        pension_months_if_latest=_number(pension[late_by].get("months")) if late_by is not None else None,
        age=age,
        earlier=earlier,
        later=later,
        pension=tuple(pension.values()),
    )


def _delay(age: Finding, old_age_reached: int) -> int:
    """By how many months the statutory age lies beyond the old one."""
    delay_from = age.get("delay_from")
    if delay_from is None:
        return 0
    months_in = old_age_reached - month_of(delay_from) + 1
    return min(age.get("delay_at_most"), max(0, -(-months_in // age.get("one_month_per"))))


def pension_months(book: Lawbook, place: str, day: date, month: int) -> tuple[int | None, Finding]:
    """The months of pension insurance that a pension from ``month`` on needs, None when not known, and the rule.

    Basis: decision of 2024 and annex 4. Raises OutsideKnownDays."""
    finding = _pension(book, place, day, month)
    return _number(finding.get("months")), finding


def _pension(book: Lawbook, place: str, day: date, month: int) -> Finding:
    return book.consult("pension_years", place, day, {"retirement_year": month // MONTHS_OF_A_YEAR})[0]


# --- which years count ----------------------------------------------------------------------------------------


@immutable
class CountedPart:
    """Months of one kind, and what the place takes them for."""

    kind: str
    months: int
    counts_as: str | None
    finding: Finding


@immutable
class Counted:
    """What the months told add up to. Where the law leaves something open there is a lowest and a highest number."""

    total: Span
    actual: Span
    local: int
    parts: tuple[CountedPart, ...]

    @property
    def sure(self) -> Confidence:
        """How sure the sum is: as its weakest part."""
        return weakest(part.finding.sure_of("counts_as") for part in self.parts)


def counted_at(book: Lawbook, place: str, day: date, told: Mapping[str, int]) -> Counted:
    """What counts towards the years for retirement, from months by kind (``paid_here``, ``military_service``, …).

    Months told under ``overlapping`` are those told twice under other kinds: they are taken out once where the place
    says so. Raises KeyError for another kind, OutsideKnownDays.
    """
    kinds = book.topics["counted_years"]["conditions"]["kind"]
    for kind in told:
        if kind not in kinds:
            raise KeyError(f"there is no kind of years {kind!r}")
    parts = []
    total, actual = [0, 0], [0, 0]
    for kind in kinds:
        if not told.get(kind):
            continue
        months = told[kind]
        [finding] = book.consult("counted_years", place, day, {"kind": kind})
        part = CountedPart(kind, months, finding.get("counts_as"), finding)
        parts.append(part)
        for sums, (lowest, highest) in zip((total, actual), _worth(part), strict=True):
            sums[0] += lowest
            sums[1] += highest
    return Counted(
        total=Span(max(0, total[0]), max(0, total[1])),
        actual=Span(max(0, actual[0]), max(0, actual[1])),
        local=told.get("paid_here", 0),
        parts=tuple(parts),
    )


def _worth(part: CountedPart) -> tuple[tuple[int, int], tuple[int, int]]:
    """The lowest and highest number of months in all, and of these actually paid, that months of one kind give."""
    months = part.months
    if part.kind == "overlapping":
        # Twice told and once counted. Which of the two kinds loses them is not told.
        return ((-months, -months), (-months, 0)) if part.counts_as == "counted_once" else ((-months, 0), (-months, 0))
    if part.counts_as == "not_counted":
        return (0, 0), (0, 0)
    if part.counts_as == "counted_in_part":
        # Part months are rounded up, as the places that convert years of the resident scheme do.
        share = -(-months * part.finding.get("share_bp") // BASIS_POINTS)
        return (share, share), (0, share)
    # What was really paid here is an actual month whatever the place calls it.
    if part.counts_as == "actual" or (part.kind == "paid_here" and part.counts_as == "counted"):
        return (months, months), (months, months)
    if part.counts_as == "deemed":
        return (months, months), (0, months if part.finding.get("from_then_on") == "actual" else 0)
    if part.counts_as == "counted":
        return (months, months), (0, months)
    return (0, months), (0, months)


# --- the years that give medical cover ------------------------------------------------------------------------


@immutable
class Needed:
    """One number of months that must be reached. ``months`` is None when it is not known.

    ``or_continuous`` is another number, of months without a break, that does as well.
    """

    name: str  # total, actual, local_actual, tier_1
    months: int | None
    or_continuous: int | None = None


@immutable
class MedicalYears:
    """The months that give medical cover in retirement at one place, under one assumption."""

    assuming: Mapping[str, Any]
    needed: tuple[Needed, ...]
    finding: Finding

    @property
    def sure(self) -> Confidence:
        """How sure all the numbers are together."""
        return self.finding.sure_of(*(f"{needed.name}_months" for needed in self.needed))


def medical_years_at(
    book: Lawbook,
    place: str,
    day: date,
    *,
    sex: str | None,
    retires: int | None,
    joined_year: int | None,
    tier: str | None,
) -> tuple[MedicalYears, ...]:
    """The months needed by a person who retires in the month ``retires``, one answer for each way facts not told
    (None) may fall out. Raises OutsideKnownDays."""
    told = {
        "sex": sex,
        "retirement_year": None if retires is None else retires // MONTHS_OF_A_YEAR,
        "joined_year": joined_year,
        "tier": tier,
    }
    return tuple(
        MedicalYears(
            finding.assuming if one == tier else {**finding.assuming, "tier": one},
            tuple(_needed(finding, one)),
            finding,
        )
        for finding in book.consult("medical_years", place, day, told)
        for one in _tiers(finding, tier)
    )


def _tiers(finding: Finding, tier: str | None) -> tuple[str | None, ...]:
    """The tiers to answer for: each by itself where only one of them asks for years of its own and none was told."""
    return ("tier_1", "tier_2") if tier is None and "tier_1_months" in finding.outcomes else (tier,)


def _needed(finding: Finding, tier: str | None) -> Iterator[Needed]:
    total = _number(finding.get("total_months"))
    if total is not None and finding.get("more_than") == "yes":  # 超过15年: 15 years are not enough
        total += 1
    yield Needed("total", total, _number(finding.get("or_continuous_months")))
    for name in ("actual", "local_actual"):
        if f"{name}_months" in finding.outcomes:
            yield Needed(name, _number(finding.get(f"{name}_months")))
    # Only who wants the benefits of tier 1 needs its years.
    if tier == "tier_1" and "tier_1_months" in finding.outcomes:
        yield Needed("tier_1", _number(finding.get("tier_1_months")))


# --- what is missing, and what it costs -----------------------------------------------------------------------


@immutable
class Paid:
    """What somebody has paid, in months; None where it was not told.

    ``actual`` months are those paid and not deemed, ``local_actual`` those paid at the place, ``continuous`` the last
    stretch without a break, ``tier_1`` those paid in tier 1.
    """

    total: int | None = None
    actual: int | None = None
    local_actual: int | None = None
    continuous: int | None = None
    tier_1: int | None = None


@immutable
class Missing:
    """One needed number held against what was paid. ``months`` is None when one of the two is not known."""

    needed: Needed
    paid: int | None
    months: int | None


@immutable
class Way:
    """One way to make up the missing months: ``months`` times ``fen_per_month``, or twelfths of ``fen_per_year``.

    ``fen`` is None when the months or the price are not known. ``rounded`` says that a part of a fen was rounded.
    A price is that of the day of asking; paid on by the month it changes with the years.
    """

    kind: str  # monthly, lump_sum, pay_until_reached
    fen_per_month: int | None
    fen_per_year: int | None
    months: int | None
    fen: int | None
    rounded: bool


@immutable
class Shortfall:
    """The months missing for medical cover in retirement, and the ways to make them up, under one assumption.

    ``months`` is None while something is not known; ``at_least`` is what is missing by the numbers that are known.
    """

    assuming: Mapping[str, Any]
    months: int | None
    at_least: int
    tests: tuple[Missing, ...]
    ways: tuple[Way, ...]
    needed: MedicalYears
    finding: Finding

    @property
    def sure(self) -> Confidence:
        """How sure the number of missing months is."""
        return self.needed.sure


def shortfall_at(
    book: Lawbook,
    place: str,
    day: date,
    paid: Paid,
    *,
    sex: str | None,
    retires: int | None,
    joined_year: int | None,
    tier: str | None,
    payer: str | None,
    started_work: str | None,
    made_up_on: date | None = None,
) -> tuple[Shortfall, ...]:
    """What is missing against ``paid``. One month paid now at the place adds to every number, so as many months are
    missing as the number that lacks most. ``day`` says how many are needed; ways and prices are those of
    ``made_up_on``, the same day if None. Raises OutsideKnownDays."""
    found = []
    for needed in medical_years_at(book, place, day, sex=sex, retires=retires, joined_year=joined_year, tier=tier):
        tests = tuple(_missing(one, paid) for one in needed.needed)
        known = [test.months for test in tests if test.months is not None]
        months = max(known) if len(known) == len(tests) else None
        told = {"payer": payer, "tier": needed.assuming.get("tier", tier), "started_work": started_work}
        for finding in book.consult("shortfall", place, made_up_on or day, told):
            found.append(
                Shortfall(
                    assuming={**needed.assuming, **finding.assuming},
                    months=months,
                    at_least=max(known, default=0),
                    tests=tests,
                    ways=tuple(_ways(finding, months)),
                    needed=needed,
                    finding=finding,
                )
            )
    return tuple(found)


def _missing(needed: Needed, paid: Paid) -> Missing:
    """A needed number against what was paid. Either of two numbers is enough where the place says "or"."""
    own = getattr(paid, needed.name)
    gaps = [_gap(needed.months, own)]
    if needed.or_continuous is not None:
        gaps.append(_gap(needed.or_continuous, paid.continuous))
    if 0 in gaps:
        return Missing(needed, own, 0)
    return Missing(needed, own, None if None in gaps else min(gap for gap in gaps if gap is not None))


def _gap(needed: int | None, paid: int | None) -> int | None:
    return None if needed is None or paid is None else max(0, needed - paid)


def _ways(finding: Finding, months: int | None) -> Iterator[Way]:
    how = finding.get("how")
    for kind in _WAYS.get(how, ()) if isinstance(how, str) else ():
        name = "fen_per_month_lump_sum" if kind == "lump_sum" else "fen_per_month"
        by_month, by_year = _number(finding.get(name)), _number(finding.get("fen_per_year"))
        fen, rest = None, 0
        if months is not None and by_month is not None:
            fen = months * by_month
        elif months is not None and by_year is not None:
            fen, rest = divmod(months * by_year, MONTHS_OF_A_YEAR)
            fen += rest * 2 >= MONTHS_OF_A_YEAR
        yield Way(kind, by_month, by_year, months, fen, bool(rest))


def _number(value: Any) -> int | None:
    """An outcome as a number: None when no record names it or the law data calls it unknown."""
    return None if value is None or value == UNKNOWN else value


# --- the same as questions ------------------------------------------------------------------------------------

_FACTS = {
    "retirement": ("born", "group"),
    "medical_retirement": (
        "born", "group", "sex", "retires", "joined_year", "tier", "payer", "started_work",
        *(f"paid_{name}" for name in parts_of(Paid)),
    ),
}  # fmt: skip


def answer_retirement(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The question "retirement": ``born`` (a day, or text such as 1972-09) and ``group``; without a group, one
    answer for each. Raises ValueError for other facts or a day of birth that can't be read."""
    _only("retirement", values)
    born = _born(values.get("born"))
    if born is None:
        raise ValueError("born is needed: a day or a month, such as 1972-09")
    group = values.get("group")
    groups = book.topics["retirement_age"]["conditions"]["group"]
    if group is not None and group not in groups:
        raise ValueError(f"group is {group!r}; accepted: {', '.join(groups)}")
    return [
        {"assuming": {} if group else {"group": one}, **_retirement_json(retirement_month(book, born, one, day, place))}
        for one in ([group] if group else groups)
    ]


def _retirement_json(found: Retirement) -> dict[str, Any]:
    answer = _Answer()
    for name, value in (
        ("retires", format_month(found.month)),
        ("age_months", found.age_months),
        ("delay_months", found.delay_months),
        ("earliest", format_month(found.earliest)),
        ("latest", format_month(found.latest)),
    ):
        answer.add(name, value, found.age, "age_months", "delay_at_most")
    answer.add("pension_months", found.pension_months, found.pension[0], "months")
    answer.add("pension_months_if_earliest", found.pension_months_if_earliest, found.earlier, "pension_years_of")
    answer.add("pension_months_if_latest", found.pension_months_if_latest, found.later, "pension_years_of")
    answer.cite(*found.pension)
    return answer.json()


def answer_medical_retirement(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The question "medical_retirement": the months needed and missing, and what they cost.

    Facts: ``retires`` (text such as 2026-05) or ``born`` and ``group``; ``sex`` (known from a group), ``joined_year``,
    ``tier``, ``payer``, ``started_work`` and months ``paid_total``, ``paid_actual``, ``paid_local_actual``,
    ``paid_continuous``, ``paid_tier_1``. Raises ValueError for other facts, and for a month that can't be read.
    """
    _only("medical_retirement", values)
    group, born = values.get("group"), _born(values.get("born"))
    retires = parse_month(values["retires"]) if "retires" in values else None
    if retires is None and born is not None and group is not None:
        retires = retirement_month(book, born, group, day, place).month
    sex = values.get("sex") or {"man": "man", "woman_55": "woman", "woman_50": "woman"}.get(group or "")
    paid = Paid(**{name: values.get(f"paid_{name}") for name in parts_of(Paid)})
    for name in parts_of(Paid):
        months = getattr(paid, name)
        if months is not None and (type(months) is not int or months < 0):
            raise ValueError(f"paid_{name} is {months!r}; accepted: a whole number of months from 0")
    told = {name: values.get(name) for name in ("joined_year", "tier", "payer", "started_work")}
    return [_shortfall_json(found) for found in shortfall_at(book, place, day, paid, sex=sex, retires=retires, **told)]


def _shortfall_json(found: Shortfall) -> dict[str, Any]:
    answer = _Answer()
    law = found.needed.finding
    for test in found.tests:
        needed = test.needed
        answer.add(f"needed_{needed.name}", needed.months, law, f"{needed.name}_months")
        if needed.or_continuous is not None:
            answer.add(f"or_continuous_{needed.name}", needed.or_continuous, law, "or_continuous_months")
        answer.add(f"missing_{needed.name}", test.months, law, f"{needed.name}_months")
    names = [f"{needed.name}_months" for needed in found.needed.needed]
    answer.add("missing", found.months, law, *names)
    answer.add("missing_at_least", found.at_least, law, *names)
    answer.add("how", found.finding.get("how"), found.finding, "how")
    for way in found.ways:
        monthly = "fen_per_month_lump_sum" if way.kind == "lump_sum" else "fen_per_month"
        priced = "fen_per_year" if way.fen_per_month is None and way.fen_per_year is not None else monthly
        for name in ("fen_per_month", "fen_per_year", "fen"):
            answer.add(f"{way.kind}_{name}", getattr(way, name), found.finding, priced)
    return {
        "assuming": {
            name: {"from": value.first, "to": value.last} if isinstance(value, Span) else value
            for name, value in found.assuming.items()
        },
        **answer.json(),
    }


def answer_years_that_count(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The question "years_that_count": months by kind of years. Raises ValueError for another kind or number."""
    kinds = book.topics["counted_years"]["conditions"]["kind"]
    for kind, months in values.items():
        if kind not in kinds:
            raise ValueError(f"years_that_count has no kind {kind!r}; it has {', '.join(kinds)}")
        if type(months) is not int or months < 0:
            raise ValueError(f"{kind} is {months!r}; accepted: a whole number of months from 0")
    found = counted_at(book, place, day, values)
    answer = _Answer()
    for part in found.parts:
        answer.add(f"{part.kind}_counts_as", part.counts_as, part.finding, "counts_as")
    for name, value in (
        ("total_from", found.total.first),
        ("total_to", found.total.last),
        ("actual_from", found.actual.first),
        ("actual_to", found.actual.last),
        ("local", found.local),
    ):
        answer.put(name, value, found.sure)
    return [{"assuming": {}, **answer.json()}]


class _Answer:
    """Outcomes with the record and the confidence behind each, gathered in the form of :mod:`calculator.question`."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Any] = {}
        self._origin: dict[str, str] = {}
        self._sure: dict[str, str] = {}
        self._findings: list[Finding] = []

    def add(self, name: str, value: Any, finding: Finding, *rests_on: str) -> None:
        """A value that rests on outcomes of a finding; the first of them names the record."""
        self.put(name, value, finding.sure_of(*rests_on))
        outcome = finding.outcomes.get(rests_on[0])
        if outcome is not None:
            self._origin[name] = outcome.record.id
        self.cite(finding)

    def put(self, name: str, value: Any, sure: Confidence) -> None:
        """A value worked out from several findings that are cited elsewhere."""
        self._outcomes[name] = value
        self._sure[name] = (Confidence.NOT_KNOWN if value is None else sure).key

    def cite(self, *findings: Finding) -> None:
        """Add the sources of findings."""
        self._findings.extend(findings)

    def json(self) -> dict[str, Any]:
        """Everything gathered, as JSON-like data."""
        cites = {cite for finding in self._findings for record in finding.records for cite in record.cites}
        return {"outcomes": self._outcomes, "origin": self._origin, "sure": self._sure, "cites": sorted(cites)}


def _only(question: str, values: Mapping[str, Any]) -> None:
    for name in values:
        if name not in _FACTS[question]:
            raise ValueError(f"{question} has no condition {name!r}; it has {', '.join(_FACTS[question])}")


def _born(value: Any) -> int | None:
    """A month number from a day, or from text such as 1972-09 or 1972-09-15."""
    if value is None:
        return None
    if isinstance(value, date):
        return month_of(value)
    if not isinstance(value, str):
        raise ValueError(f"born is {value!r}; accepted: a day or a month, such as 1972-09")
    return month_of(date.fromisoformat(value)) if value.count("-") == 2 else parse_month(value)


#: The questions worked out here, by name.
QUESTIONS = {
    "retirement": answer_retirement,
    "medical_retirement": answer_medical_retirement,
    "years_that_count": answer_years_that_count,
}
