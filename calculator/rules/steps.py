"""What to do, in order: who, where, by when, with which papers. Data only; the sentences are in ``words``."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calculator import months
from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable, replace
from calculator.lawbook import NATION, Lawbook, Record
from calculator.rules.event import event_name
from calculator.rules.payout import ONLY_FOR, Payout

#: Times that are counted back from the first day of a month, and the value that names it.
BEFORE_MONTH = {"before_retirement": "retires", "before_statutory_age": "statutory"}
#: Steps that ask for the balance, and the cases in which a place may pay it out then.
ASKS_FOR: Mapping[str, tuple[str, ...]] = {
    "heirs_apply": ("death",),
    "ask_about_payout": ("settle_abroad", "give_up"),
    "decide_keep_or_end": ("foreigner_leaves", "hk_mo_tw_leaves"),
    "apply_for_payout": ("retire_elsewhere",),
    "apply_for_payout_not_local": ("retired_cannot_move",),
}

#: Steps about the personal account. Who certainly has none has nothing to do with them.
OF_THE_ACCOUNT = (*ASKS_FOR, "ask_as_former_citizen", "account_sealed", "account_sent")


@immutable
class Step:
    """One thing to do. ``by`` is the last day when it can be computed; ``by_is_weekday_count`` says that public
    holidays were left out of the count, so the true last day is this one or a little later. ``payout`` is the case in
    which the place itself pays out, when the step asks for that: where, how long and the papers are those of the case."""

    key: str
    event: str
    place: str
    day: date
    who: str
    where: str
    papers: tuple[str, ...]
    within: int | None
    unit: str | None
    counted_from: str | None
    by: date | None
    by_is_weekday_count: bool
    takes_working_days: int | None
    values: Mapping[str, Any]
    record: Record
    payout: Record | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """The rules it rests on."""
        return (self.record,) if self.payout in (None, self.record) else (self.record, self.payout)

    @property
    def sure(self) -> Confidence:
        """How sure its rules are together."""
        return weakest(record.sure for record in self.records)


def steps_at(book: Lawbook, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any]) -> list[Step]:
    """The steps the law of this day and place asks for at an event, nation first. Raises OutsideKnownDays."""
    values = {**told, "event": event}
    return [_step(record, values, place, day) for record in book.consult_all("step", place, day, values)]


def payout_step(payout: Payout, key: str) -> Step:
    """Asking for the balance in one case in which a place pays it out. ``key`` names the step."""
    return Step(
        key=key,
        event=payout.event,
        place=payout.place,
        day=payout.finding.day,
        who=payout.who,
        where=payout.where or "nowhere",
        papers=payout.papers,
        within=None,
        unit=None,
        counted_from=None,
        by=None,
        by_is_weekday_count=False,
        takes_working_days=payout.takes_working_days,
        values={},
        record=payout.finding.records[0],
        payout=payout.finding.records[0],
    )


def as_paid_out(steps: Iterable[Step], payouts: Iterable[Payout]) -> list[Step]:
    """The steps, those that ask for the balance with what the place itself says of paying it out, so that no place gives
    two lists of papers. Where the place has several such cases and each its own papers, the step names none."""
    payouts = list(payouts)
    return [_as_paid_out(step, payouts) for step in steps] if payouts else list(steps)


def _as_paid_out(step: Step, payouts: Iterable[Payout]) -> Step:
    own = [
        payout
        for payout in payouts
        if payout.key in ASKS_FOR.get(step.key, ())
        and (payout.place, payout.event) == (step.place, step.event)
        and step.record.when.get("nationality") in (None, ONLY_FOR.get(payout.key))
        and payout.papers
        and payout.finding.records[0].place != NATION
    ]
    if not own:
        return step
    return replace(
        step,
        where=own[0].where or step.where,
        papers=own[0].papers if len({payout.papers for payout in own}) == 1 else (),
        takes_working_days=own[0].takes_working_days,
        payout=own[0].finding.records[0],
    )


def _step(record: Record, values: Mapping[str, Any], place: str, day: date) -> Step:
    said = record.then.get
    within, unit, counted_from = said("within"), said("unit"), said("counted_from")
    counts = counted_from == "event" and within is not None
    by = months.counted(day, within, unit) if counts else None
    if counted_from in BEFORE_MONTH and (month := values.get(BEFORE_MONTH[counted_from])):
        by = months.first_day(month - within)
    return Step(
        said("key"),
        event_name(values["event"], {}),
        place,
        day,
        said("who"),
        said("where"),
        tuple(said("papers", ())),
        within,
        unit,
        counted_from,
        by,
        by_is_weekday_count=counts and unit == "working_days",
        takes_working_days=said("takes_working_days"),
        values=values,
        record=record,
    )
