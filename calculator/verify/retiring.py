"""What must be true of any answer to somebody who retires, asked through the whole assessment at every place.

Numbers add up: who lacks nothing has reached the years, and only they are told that they pay nothing more. Paying more
never leaves more missing. A price is months times price. A notice is given before the month it is for. And what is said
while the group is not known is what would be said for each group that the person may belong to.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise, product
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.facts import Event, Facts
from calculator.judge import assess
from calculator.lawbook import Lawbook, LawError
from calculator.rules.retiring import GROUPS_OF, Standing

#: Nothing told; then from nothing paid to more than any place asks for.
_NOTHING: Mapping[str, Any] = {}
_MORE_AND_MORE = tuple(
    {"total": total, "actual": total, "local_actual": total, "continuous": total, "tier_1": total}
    for total in (0, 119, 181, 359, 600)
)
_BY_KIND = {"paid_here": 100, "paid_elsewhere": 60, "military_service": 24, "before_the_scheme": 36, "overlapping": 12}
#: A man who may choose to retire early within the months asked about, a woman past the age; and somebody much younger.
_BORN = (date(1969, 6, 1), date(1985, 2, 1))
_PAYERS = ("employer", "flexible")
_TIERS = ("tier_1", "tier_2")


def check_lives(book: Lawbook, place: str) -> Iterator[str]:
    """One line for each life judged at a place on its first and last known days, empty when nothing is wrong."""
    path = book.path(place)
    first, last = max(level.known_from for level in path), min(level.known_until for level in path)
    tests = {
        name
        for record in book.records.values()
        if record.place in {level.id for level in path} and record.topic in ("medical_years", "shortfall", "credit")
        for name in record.when
    }
    for on, born, payer, tier in product(
        (first, months.last_day(months.month_of(last) - 1)),
        _BORN,
        _PAYERS if "payer" in tests else (None,),
        _TIERS if "tier" in tests else (None,),
    ):
        now = months.month_of(on)
        for retires in (None, now, now + 30):
            where = f"born {born}, {payer}, {tier}, retires {retires and months.format_month(retires)}, on {on}"
            judge = _judge(book, place, on, born, payer, tier, retires)
            try:
                for fault in _faults(judge):
                    yield f"{where}: {fault}" if fault else ""
            except LawError as fault:
                yield f"{where}: {fault}"


Judge = Callable[[str | None, Mapping[str, Any]], Assessment]


def _judge(
    book: Lawbook, place: str, on: date, born: date, payer: str | None, tier: str | None, retires: int | None
) -> Judge:
    def judge(group: str | None, years: Mapping[str, Any]) -> Assessment:
        facts = Facts(
            on=on, born=born, nationality=None, place=place, payer=payer, tier=tier, paid_until=None, balance=None,
            legacy=None, precredited=None, history=None, events=(Event("retire", {"retires": retires}),),
            group=group, years={"joined_year": 2010, "started_work": "since_the_scheme", **years},
        )  # fmt: skip
        return assess(facts, book)

    return judge


def _faults(judge: Judge) -> Iterator[str]:
    """Each line is one answer looked at."""
    for group in GROUPS_OF[None]:
        answers = [judge(group, years) for years in _MORE_AND_MORE]
        for years, answer in zip(_MORE_AND_MORE, answers, strict=True):
            yield from _one(answer, f"{group}, {years['total']} months")
        for fewer, more in pairwise(answers):
            yield _paying_more(fewer, more)
        yield from _one(judge(group, _BY_KIND), f"{group}, by kind")
        yield from _one(judge(group, _NOTHING), f"{group}, nothing told")
    for open_group, groups in GROUPS_OF.items():
        if len(groups) > 1:
            said = _said(judge(open_group, _BY_KIND))
            would_be = set().union(*(_said(judge(group, _BY_KIND)) for group in groups))
            yield "" if said == would_be else f"group {open_group} is answered otherwise than its known cases"


def _one(answer: Assessment, where: str) -> Iterator[str]:
    """The numbers of one answer agree with one another and with what is said of cover."""
    faults = [fault for standing in answer.standings for fault in standing_faults(standing)]
    if not answer.standings:
        faults.append("nothing is said of the years")
    reached = {standing.reached for standing in answer.standings}
    free = {
        ruling.assuming.get("years_reached", ruling.finding.values.get("years_reached"))
        for ruling in answer.rulings
        if ruling.outcomes.get("cover") == "goes_on_without_paying"
    }
    if free - {"yes"} or (reached == {"no"} and free) or (reached == {"yes"} and not free):
        faults.append(f"years reached: {reached}, and cover without paying is said under {free}")
    for step in answer.steps:
        chosen = next((timing.retires for timing in answer.timings if timing.retires), None)
        if step.key == "tell_employer_earlier" and step.by and chosen and months.month_of(step.by) >= chosen:
            faults.append(f"notice by {step.by} for a retirement in {months.format_month(chosen)}")
    yield f"{where}: {'; '.join(faults)}" if faults else ""


def standing_faults(standing: Standing) -> Iterator[str]:
    """What can not be true of the years held against those needed: the numbers agree with one another."""
    known = {held.name: held.missing.last for held in standing.held if held.missing is not None}
    most = max(known.values()) if len(known) == len(standing.held) else None
    of_cover = max((months for name, months in known.items() if name != "tier_1"), default=0)
    if standing.missing is not None and standing.missing.last != of_cover:
        yield f"{standing.missing.last} months missing in all, {of_cover} by the number that lacks most"
    if standing.missing is not None and standing.missing.first > standing.missing.last:
        yield f"missing from {standing.missing.first} to {standing.missing.last}"
    for held in standing.held:
        if held.needed is not None and held.paid is not None and held.or_continuous is None:
            lacks = max(0, held.needed - held.paid.first)
            if held.missing is None or held.missing.last != lacks:
                yield f"{held.name}: {held.paid.first} of {held.needed}, and {held.missing} is said to be missing"
    if most == 0 and (standing.ways or standing.shortfall is not None):
        yield "ways to make up years where none is missing"
    if standing.missing is not None and standing.at_least != standing.missing.first:
        yield f"{standing.missing} are missing, and {standing.at_least} at least"
    if standing.missing is not None and standing.missing.last == 0 and standing.reached != "yes":
        yield "nothing is missing, and the years are not reached"
    if standing.left is not None and standing.missing is None:
        yield f"{standing.left.last} left of what is not known"
    elif standing.left is not None and standing.left.last > standing.missing.last:
        yield f"{standing.left.last} left after paying on, {standing.missing.last} before"
    for way in standing.ways:
        if way.fen is not None and way.fen_per_month is not None and way.fen != way.months * way.fen_per_month:
            yield f"{way.kind}: {way.months} months at {way.fen_per_month} fen cost {way.fen} fen"
        if way.fen is not None and way.months != most:
            yield f"{way.kind}: priced for {way.months} months, and {most} are missing"


def _paying_more(fewer: Assessment, more: Assessment) -> str:
    least = [max((standing.at_least for standing in answer.standings), default=0) for answer in (fewer, more)]
    return f"more months paid leave {least[1]} missing, fewer left {least[0]}" if least[1] > least[0] else ""


def _said(answer: Assessment) -> set[tuple[Any, ...]]:
    """What is said of months and years, whatever is assumed for it."""
    timings = {(timing.choice, timing.retires, timing.law and timing.law.month) for timing in answer.timings}
    standings = {
        (
            standing.retires,
            tuple((held.name, held.needed, held.missing) for held in standing.held),
            tuple((way.kind, way.fen) for way in standing.ways),
        )
        for standing in answer.standings
    }
    return timings | standings
