"""The army: enlisting and being discharged."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from calculator.events.abroad import cover_lasts
from calculator.lawbook import Finding
from calculator.rules.steps import steps_at

if TYPE_CHECKING:
    from calculator.judge import Judge


def enlist(judge: "Judge", event: Any) -> None:
    told, day = {"enlisted_as": event["enlisted_as"]}, event["on"]
    if judge.ask("enlist", judge.law_place(judge.place), day, told, told):
        judge.pay_out("enlist", day, {})
    judge.also("enlist", day, {}, ("status", "hukou"), ("cover", "care"), ("money", "sharing"))
    cover_lasts(judge, "enlist", day)


def discharge(judge: "Judge", event: Any) -> None:
    day, placed = event["on"], {"placed": event["placed"]}
    account = {name: event[name] for name in ("joins_employee_scheme", "same_place")}
    for_steps = {**placed, **account, "reported": event["reported_on"]}
    judge.steps.extend(steps_at(judge.book, "discharge", judge.law_place(judge.place), day, for_steps))
    judge.rule_on("cover", "discharge", "discharge", day, placed, only=("scheme", "employer_share_paid_by"))
    judge.rule_on("years", "discharge", "discharge", day, placed, only=("years",))

    def report_by(found: Finding) -> dict[str, Any]:
        within, late = found.get("report_within_days"), found.get("gives_up_after_days")
        if not within:
            return {}
        last = day + timedelta(days=within)
        days = {"report_by": last, **({"gives_up_after": last + timedelta(days=late)} if late else {})}
        reported = event["reported_on"]
        if reported is None:
            return days
        too_late = late and reported > days["gives_up_after"]
        return {**days, "placement": "in_time" if reported <= last else "given_up" if too_late else "late"}

    report = ("report_within_days", "gives_up_after_days")
    judge.rule_on("status", "discharge", "discharge", day, placed, only=report, compute=report_by)

    def account_by(found: Finding) -> dict[str, Any]:
        days, handed_in = found.get("account_within_days"), event["certificate_on"]
        return {"account_by": handed_in + timedelta(days=days)} if days and handed_in else {}

    judge.rule_on("money", "discharge_account", "discharge", day, account, compute=account_by)
    judge.also("discharge", day, {}, ("status", "hukou"))
    judge.rule_on("cover", "discharge_cover", "discharge", day, {})
