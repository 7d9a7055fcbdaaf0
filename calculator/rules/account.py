"""The money: what happens to the balance, who may withdraw it, and which part of it.

Amounts are integer fen. Where the law names several kinds of money (pots), each is answered by itself.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence
from calculator.facts import Facts
from calculator.immutable import immutable
from calculator.lawbook import Finding, Lawbook, Record
from calculator.rules.event import event_name

MONTHS_OF_A_YEAR = 12
NOT_CHINESE = ("foreign", "hk_mo_tw")


@immutable
class Pot:
    """One kind of money in the account. ``amount`` is None when it was not told."""

    key: str
    use: str
    amount: int | None
    credited_before: date | None
    credited_from: date | None
    record: Record


@immutable
class Settlement:
    """The account closed in mid-year: what was credited in advance for months not yet begun is taken back."""

    months_taken_back: int
    precredited: int | None
    taken_back: int | None
    left_of_precredited: int | None
    rounding_not_known: bool
    history: int | None
    finding: Finding


@immutable
class Money:
    """What happens to the account at one event, under one assumption."""

    event: str
    place: str
    assuming: Mapping[str, Any]
    exists: str  # yes, no, unknown
    balance: str | None
    withdraw: str | None
    payee: str | None
    no_heir: str | None
    if_it_cannot_move: str | None
    working_days: int | None
    amount: int | None
    pots: tuple[Pot, ...]
    settlement: Settlement | None
    sure: Confidence
    findings: tuple[Finding, ...]


def money_at(
    book: Lawbook, facts: Facts, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any]
) -> tuple[Money, ...]:
    """What happens to the money at an event, one answer for each way the unknown facts may fall out.

    ``event`` is a set when it is not known whether a move stays inside the province. Raises OutsideKnownDays.
    """
    payer = facts.payer
    answers = []
    for existence in book.consult("account_exists", place, day, {"payer": payer, "tier": facts.tier}):
        exists = existence.get("exists") or "unknown"
        if exists == "no":
            answers.append(
                Money(event_name(event, {}), place, existence.assuming, "no", None, None, None, None, None, None, None, (), None,
                      existence.sure_of("exists"), (existence,))
            )  # fmt: skip
            continue
        nationality = facts.nationality
        if event == "foreigner_leaves" and nationality is None:
            nationality = frozenset(NOT_CHINESE)
        for finding in book.consult("account", place, day, {**told, "event": event, "nationality": nationality}):
            settled = finding.get("balance") == "settled"
            answers.append(
                Money(
                    event=event_name(event, finding.assuming),
                    place=place,
                    assuming={**existence.assuming, **finding.assuming},
                    exists=exists,
                    balance=finding.get("balance"),
                    withdraw=finding.get("withdraw"),
                    payee=finding.get("payee"),
                    no_heir=finding.get("no_heir"),
                    if_it_cannot_move=finding.get("if_it_cannot_move"),
                    working_days=finding.get("working_days"),
                    amount=facts.balance,
                    pots=_pots(book, facts, place, day),
                    settlement=_settlement(book, facts, place, day) if settled else None,
                    sure=finding.sure_of("balance", "withdraw"),
                    findings=(existence, finding) if exists == "unknown" or existence.assuming else (finding,),
                )
            )
    return tuple(answers)


def _pots(book: Lawbook, facts: Facts, place: str, day: date) -> tuple[Pot, ...]:
    records = book.consult_all("pot", place, day, {})
    # The lowest level that names pots names them all: a city with its own pots does not also have the nation's one.
    lowest = [level.id for level in book.path(place) if any(record.place == level.id for record in records)][-1:]
    records = [record for record in records if record.place in lowest]
    told = {"legacy": facts.legacy, "precredited": facts.precredited, "history": facts.history}
    named = [record.then["key"] for record in records if record.then["key"] in told]
    if facts.balance is not None and all(told[key] is not None for key in named):
        told["current"] = max(0, facts.balance - sum(told[key] for key in named))
    return tuple(
        Pot(
            key=record.then["key"],
            use=record.then["use"],
            amount=told.get(record.then["key"]),
            credited_before=record.then.get("credited_before"),
            credited_from=record.then.get("credited_from"),
            record=record,
        )
        for record in records
    )


def _settlement(book: Lawbook, facts: Facts, place: str, day: date) -> Settlement | None:
    finding = book.consult("settlement", place, day, {})[0]
    starts = finding.get("year_starts_in_month")
    if starts is None:
        return None
    # Closed in October with a year from July: October to June, 9 of 12 months, are taken back.
    months_into_year = (day.month - starts) % MONTHS_OF_A_YEAR
    taken = MONTHS_OF_A_YEAR - months_into_year
    credited = facts.precredited
    back = credited * taken // MONTHS_OF_A_YEAR if credited is not None else None
    return Settlement(
        months_taken_back=taken,
        precredited=credited,
        taken_back=back,
        left_of_precredited=credited - back if credited is not None else None,
        rounding_not_known=credited is not None and credited * taken % MONTHS_OF_A_YEAR != 0,
        history=facts.history,
        finding=finding,
    )
