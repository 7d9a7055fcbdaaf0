"""Work: a job ends, an employer is in arrears, work moves to another place, payment resumes."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.events.abroad import cover_lasts
from calculator.events.age import live_elsewhere
from calculator.facts import ELSEWHERE
from calculator.immutable import replace
from calculator.rules.arrears import arrears
from calculator.rules.contributions import unemployment_months
from calculator.rules.joining import on_benefit
from calculator.rules.ruling import ruling_of
from calculator.rules.steps import steps_at
from calculator.rules.years import years_at

if TYPE_CHECKING:
    from calculator.judge import Judge


def leave_job(judge: "Judge", event: Any) -> None:
    day = judge.first_unpaid_day()
    judge.stopped, judge.cause = True, "left"
    # Whoever draws the benefit did not resign, told or not.
    dismissed = event["reason"] == "dismissed" or event["benefit_from"] is not None
    if dismissed:
        judge.payer = "employer"  # only an employer dismisses; facts that say otherwise were refused
    alone = judge.payer == "flexible"
    # Whoever pays alone has no job that could end, in whichever way; otherwise it is left open when it is not told.
    reason = frozenset() if alone else event["reason"]
    if judge.ask("leave_job", judge.place, day, {}, {"reason": reason, "payer": judge.payer}):
        judge.pay_out("leave_job", day, {})
    if dismissed:
        _benefit(judge, event, day, {})
    elif event["reason"] is None and not alone:
        _benefit(judge, event, day, {"reason": "dismissed"})


def _benefit(judge: "Judge", event: Any, day: date, assuming: Mapping[str, Any]) -> None:
    """Unemployment benefit after a dismissal: how long, who pays, and the months covered once its first is told."""
    told, place = {"contribution_months": event["contribution_months"]}, judge.law_place(judge.place)
    granted = unemployment_months(judge.book, place, day, **told)
    for benefit in granted:
        exact = {} if benefit.longest or not benefit.months else {"benefit_months": benefit.months}
        ruling = ruling_of(judge.book, "cover", "unemployment", benefit.findings[0])
        judge.rulings.append(replace(ruling, assuming={**assuming, **ruling.assuming}, computed=exact))
    if all(benefit.months == 0 for benefit in granted):
        return
    judge.rule_on("cover", "unemployment_end", "unemployment", day, {}, assuming=assuming)
    judge.years_of("unemployment_benefit", "unemployment", day)
    judge.steps.extend(steps_at(judge.book, "unemployment", place, day, {}))
    if event["benefit_from"] is None:
        return
    judge.join(
        on_benefit(
            judge.book,
            place=place,
            payer_before=judge.payer,
            last_paid=judge.last_paid,
            benefit_from=event["benefit_from"],
            benefit_until=event["benefit_until"],
            granted=granted,
        )
    )
    # The months that the fund pays are paid months: a gap begins after the last of them.
    judge.stopped = False
    if event["benefit_until"] is not None:
        judge.last_paid = event["benefit_until"]


def employer_arrears(judge: "Judge", event: Any) -> None:
    day = judge.first_unpaid_day()
    judge.stopped, judge.cause = True, "arrears"
    judge.payer = "employer"  # only an employer can be in arrears; facts that say otherwise were refused
    back_paid = "yes" if event["paid_back"] is not None else None
    judge.ask("employer_arrears", judge.place, day, {"back_paid": back_paid}, {})
    # With a sum told the late fee is worked out, and said with it.
    only = ("fine_to_times",) if event["due"] is not None else ()
    judge.rule_on("money", "late_payment", "employer_arrears", day, {"payer": "employer"}, only=only)
    if event["due"] is not None:
        judge.arrears.extend(
            arrears(
                judge.book,
                judge.law_place(judge.place),
                day,
                due=event["due"],
                since=event["due_since"],
                paid_back=event["paid_back"],
                asked_on=judge.facts.on,
            )
        )
    if event["paid_back"] is not None:
        judge.interrupt(resume=event["paid_back"], payer=judge.payer, back_paid="yes")


def move(judge: "Judge", event: Any) -> None:
    kind = _kind_of_move(judge, event)
    # The relation of a retiree does not move: where one lives changes, where one is insured does not.
    if judge.retired:
        same = {"move_in_province": "yes", "move_across_provinces": "no"}
        live_elsewhere(judge, event["on"], same.get(kind) if isinstance(kind, str) else None, None, None)
        return
    if judge.ask(kind, judge.law_place(judge.place), event["on"], {}, {}):
        judge.pay_out("move", event["on"], {})
    judge.rule_on("money", "sharing", "move", event["on"], {"event": "move"})
    if judge.facts.events[-1] is event:  # otherwise the life goes on, and tells how
        cover_lasts(judge, "move", event["on"])
    judge.place, judge.moved = event["to"], True
    # The hukou is registered where one arrives.
    judge.rule_on("status", "hukou", "move", event["on"], {"event": "move"})


def resume(judge: "Judge", event: Any) -> None:
    day = months.first_day(event["month"])
    place = judge.law_place(judge.place)
    told = {"payer": event["payer"], "situation": "transfer_in" if judge.moved else "same_place"}
    judge.interrupt(resume=event["month"], payer=event["payer"], back_paid=event["back_paid"])
    if not judge.moved:
        judge.years.extend(years_at(judge.book, "resume", place, day, {}))
    if judge.interruptions[-1].gap == 0:
        told["situation"] = "same_place"  # nothing to pay back
    judge.steps.extend(steps_at(judge.book, "resume", place, day, told))
    judge.origin, judge.payer, judge.moved = judge.place, event["payer"], False


def _kind_of_move(judge: "Judge", event: Any) -> str | frozenset[str]:
    inside, across = "move_in_province", "move_across_provinces"
    if ELSEWHERE not in (judge.place, event["to"]):
        same = judge.book.province_of(judge.place) == judge.book.province_of(event["to"])
        return inside if same else across
    return {"yes": inside, "no": across}.get(event["same_province"], frozenset((inside, across)))
