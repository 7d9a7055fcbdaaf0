"""Age: retiring, living elsewhere as a retiree, a death, and nobody knowing where somebody is."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.facts import retirement_day
from calculator.immutable import replace
from calculator.lawbook import Finding, Span
from calculator.rules.missing import court_days, deemed_day_of_death
from calculator.rules.payout import Payout
from calculator.rules.retiring import SEX_OF, Case, Timing, reached, timings_at
from calculator.rules.ruling import rulings_at
from calculator.rules.steps import Step, payout_step, steps_at
from calculator.rules.years import years_at

if TYPE_CHECKING:
    from calculator.judge import Judge

#: Papers that only an ordinary death has, and what stands in their place once a court has declared somebody dead.
_CERTIFICATES_OF_DEATH = ("death_certificate", "death_and_cremation_certificate")
_JUDGMENT = "court_judgment"


def retire(judge: "Judge", event: Any) -> None:
    facts, retires = judge.facts, event["retires"]
    place, day = judge.law_place(judge.place), retirement_day(judge.facts.on, retires)
    timings = timings_at(judge.book, place, day, on=facts.on, born=facts.born, group=facts.group, retires=retires)
    judge.timings.extend(timings)
    judge.retired = True
    cases = [
        Case(
            timing.assuming,
            SEX_OF[timing.assuming.get("group", facts.group)],
            timing.retires,
            timing.possible,
        )
        for timing in timings
    ]
    reached = judge.stand("retire", place, day, cases or [Case({}, SEX_OF[facts.group], retires)])
    for_steps = {"years_reached": reached, "payer": judge.payer, **_choice_of(timings, retires, facts.on)}
    if judge.ask("retire", place, day, {}, for_steps):
        _apply_for(judge, judge.pay_out("retire", day, {}))
    found = {timing.retires for timing in timings}
    age = _age_at(judge, found.pop() if len(found) == 1 else retires)
    credit = {"status": "retiree", "tier": facts.tier, "age": age}
    for ruling in rulings_at(judge.book, "money", "credit", "retire", place, facts.on, credit):
        # The sum for retirees is for those who have the benefits of retirees.
        met = {} if reached == "yes" else {"years_reached": "yes"}
        judge.rulings.append(replace(ruling, assuming={**met, **ruling.assuming}))
    judge.rule_on("cover", "retired_cover", "retire", day, {"years_reached": reached})
    judge.rule_on("cover", "retired_transfer", "retire", day, {})


def retire_elsewhere(judge: "Judge", event: Any) -> None:
    live_elsewhere(judge, event["on"], event["same_province"], event["registered"], event["years_reached"])


def live_elsewhere(
    judge: "Judge", day: date, same_province: str | None, registered: str | None, years_reached: str | None
) -> None:
    """A retiree lives in another place than the one of the insurance."""
    event, place = "retire_elsewhere", judge.law_place(judge.place)
    said_before = judge.retired and years_reached is None
    if judge.retired:
        years_reached = years_reached or reached(judge.standings)
    elif years_reached != "yes" or judge.years_told():
        # Whoever lives elsewhere as a retiree has retired by then.
        case = Case({}, SEX_OF[judge.facts.group], None, Span(0, day.year))
        stood = judge.stand(event, place, day, [case])
        years_reached = years_reached or stood
    judge.retired = True
    told = {"same_province": same_province, "registered": registered}
    before = len(judge.money)
    if judge.ask(event, place, day, told, {}):
        paid_out = any(money.withdraw == "on_application" for money in judge.money[before:])
        # Said at the retirement already, or none of the cases that are paid out.
        without = {payout.key for payout in judge.payouts} | (set() if paid_out else {"retire_elsewhere"})
        _apply_for(judge, judge.pay_out(event, day, {}, without=without))
    if not said_before:
        judge.rule_on("cover", "retired_cover", event, day, {"years_reached": years_reached})
        judge.rule_on("cover", "retired_transfer", event, day, {})


def _apply_for(judge: "Judge", payouts: Iterable[Payout]) -> None:
    """The steps with which a retiree asks for the balance."""
    names = {"retire_elsewhere": "apply_for_payout", "retired_cannot_move": "apply_for_payout_not_local"}
    judge.steps.extend(payout_step(payout, names[payout.key]) for payout in payouts)


def die(judge: "Judge", event: Any) -> None:
    day = event["on"]
    _after_death(judge, day, event["heir"], {"event": "die", "area": event["area"]}, event["reported"])
    if event["resident_premium"] != "none":
        begun = {"coming_year": "no", "this_year": "yes"}.get(event["resident_premium"])
        told = {"reason": "death", "benefit_year_begun": begun}
        judge.rule_on("money", "resident_refund", "die", day, told)


def _after_death(judge: "Judge", day: date, heir: str | None, hukou: Mapping[str, Any], reported: date | None) -> None:
    """What a death, or a court's declaration of one, means for the heirs."""
    place = judge.law_place(judge.place)
    if heir == "none":
        # Nobody inherits, so nobody applies for the balance: the law of succession alone says where it goes.
        judge.years.extend(years_at(judge.book, "die", place, day, {}))
        steps = steps_at(judge.book, "die", place, day, {"reported": reported})
        judge.steps.extend(step for step in steps if step.key != "heirs_apply")
    elif judge.ask("die", place, day, {}, {"reported": reported}):
        judge.pay_out("die", day, {}, reported)
    judge.rule_on("money", "heirs", "die", day, {"heir": heir})
    judge.also("die", day, {}, ("money", "sharing"))

    def report_by(found: Finding) -> dict[str, date]:
        return {"by": months.counted(day, found.get("within"), found.get("unit"))}

    judge.rule_on("status", "hukou", "die", day, hukou, compute=report_by)
    if hukou["event"] == "declared_dead":
        papers = judge.book.consult("hukou", place, day, hukou)[0].get("papers")
        judge.steps = [_declared(step, papers) if step.key == "register_death" else step for step in judge.steps]
        judge.steps = [_proved_by_the_judgment(step) for step in judge.steps]
        judge.payouts = [_proved_by_the_judgment(payout) for payout in judge.payouts]


def _declared(step: Step, papers: Iterable[str]) -> Step:
    """What is registered of a person declared dead: on the judgment of the court, not on a certificate of death."""
    return replace(step, key="register_declared_death", papers=tuple(papers))


def _proved_by_the_judgment[Asked: (Step, Payout)](asked: Asked) -> Asked:
    """Where a place asks for a certificate of death: nobody gets one for a person whom a court has declared dead. What proves the
    death is the judgment (Civil Code, articles 46 and 48), whatever the place's list of papers was written for."""
    proved = (_JUDGMENT if paper in _CERTIFICATES_OF_DEATH else paper for paper in asked.papers)
    return replace(asked, papers=tuple(dict.fromkeys(proved)))


def missing(judge: "Judge", event: Any) -> None:
    """Nobody knows where the person is. The law of the day of asking holds, or that of the judgment."""
    state, day = event["state"], judge.facts.on
    told = {"state": state, "went_missing": event["went_missing"]}

    def days(found: Finding) -> dict[str, date]:
        counts_as = None
        if rule := found.get("day_of_death"):
            counts_as = deemed_day_of_death(rule, event["judgment"], event["accident_on"])
        return {
            **court_days(found, event["last_news"], event["war_ended"]),
            **({"counts_as_death": counts_as} if counts_as else {}),
        }

    judge.steps.extend(steps_at(judge.book, "missing", judge.law_place(judge.place), day, {"state": state}))
    times = [name for name in judge.book.topics["missing"]["outcomes"] if name != "account"]
    judge.rule_on("money", "missing", "missing", day, told, only=("account",))
    judge.rule_on("status", "missing", "missing", day, told, only=times, compute=days)
    if state == "declared_dead":
        _after_death(judge, event["judgment"], None, {"event": "declared_dead"}, None)
    elif state == "reappeared":
        back = {"event": "declared_dead_returns"}
        judge.rule_on("status", "hukou", "missing", day, back, assuming={"state": "declared_dead"})
    else:
        judge.also("missing", day, {}, ("status", "hukou"))


def _age_at(judge: "Judge", retires: int | None) -> int | None:
    """The age in whole years at the retirement, or now if that is past; None when it can't be known."""
    if judge.facts.born is None or retires is None:
        return None
    then = max(retires, months.month_of(judge.facts.on))
    return (then - months.month_of(judge.facts.born)) // months.OF_A_YEAR


def _choice_of(timings: Iterable[Timing], retires: int | None, on: date) -> dict[str, Any]:
    """What the steps before a retirement look at: the choice made, and the months that time limits are counted from.

    A retirement that is past needs no notice any more, and one outside what can be chosen has none.
    """
    if retires is not None and retires < months.month_of(on):
        return {"choice": "statutory"}
    made = {timing.choice if timing.choice in ("earlier", "later") else "statutory" for timing in timings}
    known = {timing.law.month for timing in timings if timing.law}
    choice = made.pop() if len(made) == 1 and known else None
    return {"choice": choice, "retires": retires, "statutory": known.pop() if len(known) == 1 else None}
