"""Retirement as one event of a life: the month, the years that count, what is missing and what that costs.

:mod:`calculator.rules.retirement` answers each of these questions alone. Here they meet a person of whom some things
are known and others not: one answer for each way the rest may fall out, and nothing for what nobody told.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.facts import RECORDED, UNRECORDED
from calculator.immutable import immutable, replace
from calculator.lawbook import Finding, Lawbook, Span
from calculator.months import month_of
from calculator.rules.retirement import (
    MONTHS_OF_A_YEAR,
    Counted,
    Needed,
    Paid,
    Retirement,
    Shortfall,
    Way,
    counted_at,
    pension_months,
    retirement_month,
    shortfall_at,
)

#: The groups that a person may belong to, by what was told.
GROUPS_OF: Mapping[str | None, tuple[str, ...]] = {
    None: ("man", "woman_55", "woman_50"),
    "woman": ("woman_55", "woman_50"),
    "man": ("man",),
    "woman_55": ("woman_55",),
    "woman_50": ("woman_50",),
}
SEX_OF: Mapping[str | None, str | None] = {
    None: None,
    "man": "man",
    "woman": "woman",
    "woman_55": "woman",
    "woman_50": "woman",
}
#: The longest way between the statutory age and a month chosen.
_CHOICE_YEARS = 3


# --- when -----------------------------------------------------------------------------------------------------


@immutable
class Timing:
    """When somebody retires, under one assumption.

    ``retires`` is the month told, or that of the statutory age if it is still to come. ``choice`` is statutory, earlier
    or later; ``before_earliest`` and ``after_latest`` lie outside what can be chosen; ``reached`` means that the
    statutory age lies in the past and the month of retirement was not told: then the months that can be chosen are looked
    at. ``age_not_told`` says that only the month was told.
    ``pension_months`` are the months of pension insurance needed then, None when not known.
    """

    place: str
    assuming: Mapping[str, Any]
    retires: int | None
    choice: str
    law: Retirement | None
    pension_months: int | None
    sure: Confidence
    findings: tuple[Finding, ...]

    @property
    def possible(self) -> Span | None:
        """The years in which the retirement may fall, where its month is not known but its limits are."""
        if self.choice != "reached" or self.law is None:
            return None
        return Span(self.law.earliest // MONTHS_OF_A_YEAR, self.law.latest // MONTHS_OF_A_YEAR)


def timings_at(
    book: Lawbook, place: str, day: date, *, on: date, born: date | None, group: str | None, retires: int | None
) -> tuple[Timing, ...]:
    """When a person retires by the law of ``day``, one answer for each group the person may belong to; none when
    nothing can be said. ``on`` is the day of asking. Raises OutsideKnownDays.

    Basis: measures of 2024, articles 1 to 3; 人社部发〔2024〕94号 on the choice.
    """
    if born is None:
        return _told_alone(book, place, day, retires)
    groups = GROUPS_OF[group]
    return tuple(
        _timing(
            book,
            place,
            retirement_month(book, born, one, day, place),
            {"group": one} if len(groups) > 1 else {},
            on=month_of(on),
            retires=retires,
            day=day,
        )
        for one in groups
    )


def _told_alone(book: Lawbook, place: str, day: date, retires: int | None) -> tuple[Timing, ...]:
    """The month of retirement without a day of birth: the pension years, where they are the same for every age."""
    if retires is None:
        return ()
    # Who retires late needs those of the year of the statutory age, up to three years before.
    years = (retires, retires - _CHOICE_YEARS * MONTHS_OF_A_YEAR)
    needed, findings = zip(*(pension_months(book, place, day, month) for month in years), strict=True)
    if needed[0] is None or needed[0] != needed[1]:
        return ()
    sure = weakest(finding.sure_of("months") for finding in findings)
    return (Timing(place, {}, retires, "age_not_told", None, needed[0], sure, findings),)


def _timing(
    book: Lawbook,
    place: str,
    law: Retirement,
    assuming: Mapping[str, Any],
    *,
    on: int,
    retires: int | None,
    day: date,
) -> Timing:
    if retires is None and law.month < on:
        return Timing(place, assuming, None, "reached", law, None, law.sure, (law.age,))
    month = law.month if retires is None else retires
    choice = _choice(law, month)
    findings: tuple[Finding, ...] = (law.age,)
    needed, sure = None, law.sure
    if choice == "statutory":
        needed, finding = pension_months(book, place, day, law.month)
        findings += (finding,)
    elif choice in ("earlier", "later"):
        rule = law.earlier if choice == "earlier" else law.later
        decides = {"year_chosen": month, "year_of_statutory_age": law.month}.get(rule.get("pension_years_of"))
        findings, sure = (*findings, rule), weakest((law.sure, rule.sure_of("possible")))
        if decides is not None:
            needed, finding = pension_months(book, place, day, decides)
            findings += (finding,)
    return Timing(place, assuming, month, choice, law, needed, sure, findings)


def _choice(law: Retirement, month: int) -> str:
    if month == law.month:
        return "statutory"
    if month < law.month:
        return "earlier" if month >= law.earliest else "before_earliest"
    return "later" if month <= law.latest else "after_latest"


# --- the years ------------------------------------------------------------------------------------------------


@immutable
class Record:
    """What the months told come to at one place: the lowest and the highest reading, and the kinds they came from.

    ``counted`` is None when no months were told by kind.
    """

    lowest: Paid
    highest: Paid
    counted: Counted | None


@immutable
class Held:
    """One number of months that must be reached, against what was told. None: not known, or not told."""

    name: str  # total, actual, local_actual, tier_1
    needed: int | None
    or_continuous: int | None
    paid: Span | None
    missing: Span | None


@immutable
class Case:
    """A person for whom the years are looked at: what is assumed, and the month of retirement or the years in which it
    may fall."""

    assuming: Mapping[str, Any]
    sex: str | None
    retires: int | None
    possible: Span | None = None


@immutable
class Standing:
    """How the years told stand against those that give medical cover in retirement at a place, under one assumption.

    ``missing`` is None while something is not known; ``at_least`` is missing in any case. Years in tier 1 are left out of
    both: who lacks only those has the cover of tier 2. ``to_go`` are the months from the day of asking to the retirement,
    ``left`` what is missing then if each of them is paid at the place; both None when the month is not known or past.
    The ``ways`` are priced for all that may be missing today, years in tier 1 included.
    """

    event: str
    place: str
    retires: int | None
    assuming: Mapping[str, Any]
    counted: Counted | None
    held: tuple[Held, ...]
    missing: Span | None
    at_least: int
    to_go: int | None
    left: Span | None
    ways: tuple[Way, ...]
    sure: Confidence
    needed: Finding
    shortfall: Finding | None  # None where nothing is missing, or where it was not asked for

    @property
    def reached(self) -> str | None:
        """``yes`` when nothing is missing, ``no`` when more is than can still be paid by the retirement; else None."""
        if self.at_least > (self.to_go or 0):
            return "no"
        return "yes" if self.missing is not None and not self.missing.last else None


def record_at(book: Lawbook, place: str, day: date, years: Mapping[str, Any], *, moved: bool) -> Record:
    """What the months told count for at a place. Raises OutsideKnownDays.

    A number of the record that was not told stays open, though others were; without any record the kinds told are added
    up, if they include those paid at the place. ``moved`` says that the months were told of another place: what was really
    paid there comes along (社会保险法 article 32); which deemed months the new place takes, and what was paid there, is open.
    """
    kinds = {kind: years[kind] for kind in UNRECORDED if years.get(kind) is not None}
    recorded = highest = {name: years.get(name) for name in RECORDED}
    if moved:
        nothing = dict.fromkeys(RECORDED)
        recorded, highest = {**nothing, "total": recorded["actual"]}, {**nothing, "total": recorded["total"]}
        here = kinds.pop("paid_here", None)
        if here is not None:
            kinds["paid_elsewhere"] = here + kinds.get("paid_elsewhere", 0)
    counted = counted_at(book, place, day, kinds) if kinds else None
    has_record = any(months is not None for months in (*recorded.values(), *highest.values()))
    by_kind = not has_record and (moved or "paid_here" in kinds)
    local = None if moved else counted and Span(counted.local, counted.local)
    added = {"total": counted and counted.total, "actual": counted and counted.actual, "local_actual": local}

    def reading(numbers: Mapping[str, int | None], end: str) -> Paid:
        told = {}
        for name, months in numbers.items():
            more = added.get(name)
            if months is not None or (by_kind and more is not None):
                told[name] = (months or 0) + (getattr(more, end) if more is not None else 0)
        return Paid(**told)

    return Record(reading(recorded, "first"), reading(highest, "last"), counted)


def standings_at(
    book: Lawbook,
    event: str,
    place: str,
    day: date,
    *,
    on: date,
    record: Record,
    cases: Iterable[Case],
    joined_year: int | None,
    tier: str | None,
    payer: str | None,
    started_work: str | None,
    with_ways: bool = True,
) -> tuple[Standing, ...]:
    """The years told against the years needed by the law of ``day``, for each case.

    ``with_ways`` asks how missing years are made up, too, at the prices of ``on``. Raises OutsideKnownDays.
    """
    told = {"joined_year": joined_year, "tier": tier, "payer": payer, "started_work": started_work}
    answers = []
    for case in cases:
        told_of_the_case = {**told, "sex": case.sex, "retires": case.retires, "made_up_on": on}
        few = many = shortfall_at(book, place, day, record.lowest, **told_of_the_case)
        if record.highest != record.lowest:
            many = shortfall_at(book, place, day, record.highest, **told_of_the_case)
        found: dict[str, Standing] = {}
        for low, high in zip(few, many, strict=True):
            standing = _standing(event, place, month_of(on), case.retires, record.counted, low, high, with_ways)
            limited = _limited(standing.assuming, case.possible)
            if limited is not None:
                # Where nothing is missing, or nobody asks how it is made up, the ways to do so tell no cases apart.
                found.setdefault(repr(sorted(limited.items(), key=str)), replace(standing, assuming=limited))
        answers.append((case.assuming, _without_sex_if_alike(_without_year_if_the_only_one(list(found.values())))))
    if all(standings == answers[0][1] for _, standings in answers):
        return tuple(answers[0][1])
    return tuple(
        replace(standing, assuming={**assuming, **standing.assuming})
        for assuming, standings in answers
        for standing in standings
    )


def _limited(assuming: Mapping[str, Any], possible: Span | None) -> Mapping[str, Any] | None:
    """An assumption on the year of retirement, cut down to the years that are possible; None when none of them is."""
    years = assuming.get("retirement_year")
    if possible is None or years is None:
        return assuming
    first = max(years.first, possible.first)
    last = possible.last if years.last is None else min(years.last, possible.last)
    return {**assuming, "retirement_year": Span(first, last)} if first <= last else None


def _without_year_if_the_only_one(standings: list[Standing]) -> list[Standing]:
    """Standings without an assumption on the year that is the same in all of them and leaves out no possible year."""
    if len({standing.assuming.get("retirement_year") for standing in standings}) > 1:
        return standings
    return [
        replace(
            standing,
            assuming={name: value for name, value in standing.assuming.items() if name != "retirement_year"},
        )
        for standing in standings
    ]


def _without_sex_if_alike(standings: list[Standing]) -> list[Standing]:
    """Standings without the assumption whether it is a man or a woman, where both stand alike."""
    of_each: dict[Any, list[Standing]] = {}
    for standing in standings:
        of_each.setdefault(standing.assuming.get("sex"), []).append(standing)
    said = [list(map(_without_sex, of_one)) for of_one in of_each.values()]
    if len(said) < 2 or any(other != said[0] for other in said):
        return standings
    return [
        replace(standing, assuming={name: value for name, value in standing.assuming.items() if name != "sex"})
        for standing in next(iter(of_each.values()))
    ]


def _without_sex(standing: Standing) -> tuple[Any, ...]:
    """All that is said of a standing, whoever it is."""
    others = {name: value for name, value in standing.assuming.items() if name != "sex"}
    records = [
        finding and [record.id for record in finding.records] for finding in (standing.needed, standing.shortfall)
    ]
    said = (standing.held, standing.missing, standing.at_least, standing.to_go, standing.left, standing.ways)
    return others, *said, standing.sure, records


def _standing(
    event: str,
    place: str,
    on: int,
    retires: int | None,
    counted: Counted | None,
    low: Shortfall,
    high: Shortfall,
    with_ways: bool,
) -> Standing:
    least, most = ([test.months for test in found.tests if test.needed.name != "tier_1"] for found in (high, low))
    missing = None if None in (*least, *most) else Span(max(least), max(most))
    to_go = retires - on if retires is not None and retires > on else None
    asked = with_ways and low.months != 0
    return Standing(
        event=event,
        place=place,
        retires=retires,
        assuming=low.assuming if asked else low.needed.assuming,
        counted=counted,
        held=tuple(
            _held(few.needed, few.paid, many.paid, few.months, many.months)
            for few, many in zip(low.tests, high.tests, strict=True)
        ),
        missing=missing,
        at_least=max((months for months in least if months is not None), default=0),
        to_go=to_go,
        left=Span(max(0, missing.first - to_go), max(0, missing.last - to_go)) if missing and to_go else None,
        ways=low.ways if asked else (),
        sure=weakest((low.sure, low.finding.sure_of("how"))) if asked else low.sure,
        needed=low.needed.finding,
        shortfall=low.finding if asked else None,
    )


def _held(needed: Needed, few: int | None, many: int | None, most: int | None, least: int | None) -> Held:
    return Held(needed.name, needed.months, needed.or_continuous, _span(few, many), _span(least, most))


def _span(first: int | None, last: int | None) -> Span | None:
    return None if first is None or last is None else Span(first, last)


def reached(standings: Iterable[Standing]) -> str | None:
    """Whether the years are reached: yes or no when every case says so."""
    said = {standing.reached for standing in standings}
    return said.pop() if len(said) == 1 else None
