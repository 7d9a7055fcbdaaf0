"""The balance paid out in one sum (一次性支取): in which case, who applies where, with which papers, what comes first.

Which case can arise at an event is the only decision here; the cases themselves, their papers and their times are law
data of the places (topic ``withdrawal``). Days are counted by :mod:`calculator.months`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from calculator import months
from calculator.confidence import Confidence
from calculator.immutable import immutable, replace
from calculator.lawbook import NATION, Finding, Lawbook, Outcome, Record

#: The cases of a one-off withdrawal that an event can bring about, in the order in which they are shown.
CASES: Mapping[str, tuple[str, ...]] = {
    "leave_job": ("not_local_not_insured",),
    "move": ("cannot_move", "destination_not_on_platform", "no_account_at_destination"),
    "settle_abroad": ("settle_abroad", "overseas_chinese_family", "give_up"),
    "lose_nationality": ("settle_abroad", "give_up"),
    "foreigner_leaves": ("foreigner_leaves", "hk_mo_tw_leaves", "give_up"),
    "enlist": ("enlist",),
    "retire": ("retired_cannot_move",),
    "retire_elsewhere": ("retire_elsewhere", "retired_cannot_move"),
    "die": ("death",),
}
#: Who can't be in a case: the nationality told rules it out.
ONLY_FOR = {"foreigner_leaves": "foreign", "hk_mo_tw_leaves": "hk_mo_tw"}
#: Cases in which the account is paid out because the insurance is ended on application.
_ENDS_RELATION = ("foreigner_leaves", "hk_mo_tw_leaves", "give_up")


@immutable
class Payout:
    """One case of a one-off withdrawal at an event. What the law of the place does not name is None or empty.

    ``report_by`` is the last day for the place's own report of a death; ``from_day`` the first day on which the
    application is taken, where the place counts it from a day that was told.
    """

    event: str
    key: str
    place: str
    who: str
    where: str | None
    papers: tuple[str, ...]
    first: tuple[str, ...]
    takes_working_days: int | None
    months_after_ending: int | None
    day_of_next_month: int | None
    batch_from: date | None
    batch_until: date | None
    payee: str | None
    report_within_days: int | None
    report_by: date | None
    from_day: date | None
    sure: Confidence
    finding: Finding


def payouts_at(
    book: Lawbook, event: str, place: str, day: date, told: Mapping[str, Any], reported: date | None = None
) -> tuple[Payout, ...]:
    """The cases that the law of this day and place has for an event. Raises OutsideKnownDays.

    ``told`` may hold ``nationality`` and ``ends_relation`` (yes, no); what is told rules cases out, what is not told
    rules out none. ``reported`` is the day on which a death was reported to the place's office.
    """
    records = {record.then["key"]: record for record in book.consult_all("withdrawal", place, day, {})}
    return _by_the_place(
        _payout(event, place, day, records[key], told, reported)
        for key in CASES.get(event, ())
        if key in records
        and told.get("nationality") in (None, ONLY_FOR.get(key, told.get("nationality")))
        and not (key in _ENDS_RELATION and told.get("ends_relation") == "no")
    )


def _by_the_place(payouts: Iterable[Payout]) -> tuple[Payout, ...]:
    """Whoever is no citizen, leaves and ends the insurance by the nation's rule gives it up: where the place has a procedure
    for that, and none for foreigners, the two are one case with one list of papers, the nation's and the place's.
    """
    found = tuple(payouts)
    giving_up = next((one for one in found if one.key == "give_up" and one.finding.records[0].place != NATION), None)
    leaving = [one for one in found if one.key in ONLY_FOR and one.finding.records[0].place == NATION]
    if giving_up is None or not leaving:
        return found
    [local] = giving_up.finding.records
    return tuple(
        one
        if one not in leaving
        else replace(
            one,
            who=giving_up.who,
            where=giving_up.where,
            papers=tuple(dict.fromkeys((*one.papers, *giving_up.papers))),
            takes_working_days=giving_up.takes_working_days,
            batch_from=giving_up.batch_from,
            batch_until=giving_up.batch_until,
            sure=min(one.sure, giving_up.sure),
            finding=replace(one.finding, records=(local, *one.finding.records)),
        )
        for one in found
        if one is not giving_up
    )


def _payout(
    event: str, place: str, day: date, record: Record, told: Mapping[str, Any], reported: date | None
) -> Payout:
    then, first = record.then, record.then.get("first", ())
    outcomes = {name: Outcome(value, record) for name, value in then.items()}
    finding = Finding("withdrawal", place, day, dict(told), outcomes, (record,))
    return Payout(
        event=event,
        key=then["key"],
        place=place,
        who=then["who"],
        where=then.get("where"),
        papers=tuple(then.get("papers", ())),
        first=(first,) if isinstance(first, str) else tuple(first),
        takes_working_days=then.get("takes_working_days"),
        months_after_ending=then.get("months_after_ending"),
        day_of_next_month=then.get("day_of_next_month"),
        batch_from=then.get("batch_from"),
        batch_until=then.get("batch_until"),
        payee=then.get("payee"),
        report_within_days=then.get("report_within_days"),
        report_by=report_by(record, day),
        from_day=first_day_to_apply(record, reported),
        sure=finding.sure_of("key"),
        finding=finding,
    )


def report_by(record: Record, died: date) -> date | None:
    """The last day for the place's own report of a death; None where the place sets none."""
    days = record.then.get("report_within_days")
    return died + timedelta(days=days) if days else None


def first_day_to_apply(record: Record, reported: date | None) -> date | None:
    """The first day on which an application is taken: a day of the month after the report. None when it is not known."""
    day = record.then.get("day_of_next_month")
    if day is None or reported is None:
        return None
    return months.first_day(months.month_of(reported) + 1) + timedelta(days=day - 1)
