"""Across the border: settling or studying abroad, another nationality, a foreigner leaving, coming back."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.facts import TO_RESIDENT
from calculator.immutable import replace
from calculator.lawbook import may_hold
from calculator.rules.account import NOT_CHINESE, money_at
from calculator.rules.cover import Interruption
from calculator.rules.joining import Joining
from calculator.rules.steps import steps_at

if TYPE_CHECKING:
    from calculator.judge import Judge


def cover_lasts(judge: "Judge", event: str, day: date) -> None:
    """Until when somebody is covered who leaves the employee scheme by this event: as long as the last payment reaches.

    Nothing where the life says it: payment has stopped already, or the person is retired or in the resident scheme; nor a
    second time, when nothing was paid since it was said.
    """
    said = [ruling.finding.day for ruling in judge.rulings if ruling.topic == "cover_stop"]
    if said and not any(_begins(timeline) > months.month_of(said[-1]) for timeline in judge.timelines):
        return
    last = judge.timelines[-1] if judge.timelines else None
    resident = isinstance(last, Joining) and last.insurance_year is not None
    resident |= isinstance(last, Interruption) and last.situation == TO_RESIDENT
    if not (judge.stopped or judge.retired or resident):
        judge.rule_on("cover", "cover_stop", event, day, {"cause": "left", "payer": judge.payer}, only=("cover_ends",))


def _begins(timeline: Interruption | Joining) -> int:
    """The month with which payment begins, or begins again; 0 while it does not."""
    return (timeline.resume or 0) if isinstance(timeline, Interruption) else timeline.month


def settle_abroad(judge: "Judge", event: Any) -> None:
    told, day = {"hukou_cancelled": event["hukou_cancelled"]}, event["on"]
    if judge.ask("settle_abroad", judge.law_place(judge.place), day, told, told):
        judge.pay_out("settle_abroad", day, {})
    settles = {"foreign_country": "settle_abroad", "hk_mo_tw": "settle_hk_mo_tw"}
    to = settles.get(event["destination"], frozenset(settles.values()))
    judge.rule_on("status", "hukou", "settle_abroad", day, {"event": to})
    judge.rule_on("status", "identity", "settle_abroad", day, {"event": to})
    judge.also("settle_abroad", day, {}, ("cover", "care"), ("money", "sharing"), ("money", "pension_relation"))
    cover_lasts(judge, "settle_abroad", day)


def lose_nationality(judge: "Judge", event: Any) -> None:
    told, day = {name: event[name] for name in ("hukou_cancelled", "ends_relation")}, event["on"]
    ends = {"ends_relation": event["ends_relation"]}
    if judge.ask("lose_nationality", judge.law_place(judge.place), day, told, {}):
        judge.pay_out("lose_nationality", day, ends)
    both_conditions = {"event": "foreign_nationality", "settled_abroad": "yes"}
    judge.rule_on("status", "identity", "lose_nationality", day, both_conditions)
    judge.also("lose_nationality", day, {}, ("status", "hukou"), ("cover", "care"))
    judge.also("lose_nationality", day, ends, ("money", "sharing"))
    judge.also("lose_nationality", day, {}, ("money", "pension_relation"))
    cover_lasts(judge, "lose_nationality", day)


def study_abroad(judge: "Judge", event: Any) -> None:
    judge.ask("study_abroad", judge.law_place(judge.place), event["on"], {}, {})
    judge.also("study_abroad", event["on"], {}, ("status", "hukou"), ("status", "identity"), ("cover", "care"))
    cover_lasts(judge, "study_abroad", event["on"])


def foreigner_leaves(judge: "Judge", event: Any) -> None:
    told, day = {"ends_relation": event["ends_relation"]}, event["on"]
    nationality = judge.told.nationality
    # Foreigners, and residents of Hong Kong, Macao and Taiwan, each have a text of their own.
    who = {"nationality": nationality or frozenset(NOT_CHINESE)}
    for_steps = {**who, "payer": judge.payer}
    if judge.ask("foreigner_leaves", judge.law_place(judge.place), day, {**told, **who}, for_steps):
        judge.pay_out("foreigner_leaves", day, {**told, "nationality": nationality})
    judge.also("foreigner_leaves", day, told, ("cover", "care"), ("money", "sharing"))
    cover_lasts(judge, "foreigner_leaves", day)


def come_back(judge: "Judge", event: Any) -> None:
    """Back to work or live here. What an earlier event told of the person holds as far as it can't have changed since."""
    day, who = event["on"], judge.told.on_return(event)
    place = judge.law_place(judge.place)
    if who["relation_ended"] != "yes":
        person = replace(judge.facts, nationality=who["nationality"])
        judge.money.extend(money_at(judge.book, person, "come_back", place, day, {}))
    judge.steps.extend(steps_at(judge.book, "come_back", place, day, who))
    for scheme in (("employee_scheme", "papers"), ("resident_scheme",)):
        judge.rule_on("cover", "come_back", "come_back", day, who, only=scheme)
    lost = who["nationality"] == "foreign" and any(told.kind == "lose_nationality" for told in judge.facts.events)
    if not lost:
        # The rule on foreigners who come back is on years they paid as such. What was said of the years at the loss stands.
        judge.rule_on("years", "come_back", "come_back", day, who, only=("years",))
    _nationality_restored(judge, event, who["nationality"], lost)
    _hukou_on_return(judge, event, who)


def _nationality_restored(judge: "Judge", event: Any, nationality: Any, lost: bool) -> None:
    """How a lost Chinese nationality is had again: for whoever has it again, lost it in this life, or tells neither."""
    restored = {"event": "nationality_restored"}
    if event["back_as"] == "chinese_again" or lost:
        judge.rule_on("status", "identity", "come_back", event["on"], restored)
    elif nationality is None:
        assuming = {"back_as": "chinese_again"}
        judge.rule_on("status", "identity", "come_back", event["on"], restored, assuming=assuming)


def _hukou_on_return(judge: "Judge", event: Any, who: Mapping[str, Any]) -> None:
    """What becomes of the hukou of a Chinese citizen who comes back. A restored one needs nothing any more."""
    nationality, hukou = who["nationality"], who["hukou"]
    if not may_hold("chinese", nationality) or hukou == "restored":
        return
    if event["back_as"] == "chinese_again":
        kinds = {"nationality_restored"}
    else:
        returns = {"kept": "come_back", "cancelled": "come_back_settled"}
        kinds = {kind for state, kind in returns.items() if may_hold(state, hukou)}
        kinds |= {"nationality_restored"} if nationality is None else set()
    assuming = {} if nationality == "chinese" else {"nationality": "chinese"}
    if isinstance(hukou, frozenset):
        assuming["hukou"] = "cancelled"  # or restored meanwhile: then nothing is left to do
    judge.rule_on("status", "hukou", "come_back", event["on"], {"event": frozenset(kinds)}, assuming=assuming)
