"""Money in sentences: accounts, pots, payouts, arrears."""

from typing import Any

from calculator.document.parts import ids_of, item_of, under
from calculator.facts import Facts
from calculator.lawbook import NATION, UNKNOWN
from calculator.rules.account import Money
from calculator.rules.arrears import Arrears
from calculator.rules.payout import Payout
from calculator.words import Words

#: What is said of money that no rule pays out.
_NO_CASH = ("no", "no_rule_found")


def money_item(money: Money, words: Words) -> dict[str, Any]:
    details = []
    if money.exists != "no":
        details += money_details(money, words)
        if money.amount is not None:
            details.append(words.say("money.amount", amount=money.amount))
        details += _pots(money, words)
    return {
        "event": words.say(
            "money.heading_nation" if money.place == NATION else "money.heading",
            event=words.say(f"event.{money.event}"),
            place=words.place(money.place),
        ),
        **item_of(
            under(money.assuming, money_sentence(money, words), words), money.sure, words, money_rules(money), details
        ),
    }


def money_sentence(money: Money, words: Words, account: bool = True) -> str:
    """What happens to the money. Without ``account`` nothing is said about whether there is an account at all."""
    if money.exists == "no":
        return words.say("money.no_account")
    said = []
    if account and money.exists == "unknown":
        said.append(words.say("money.account_unknown"))
    if money.balance:
        said.append(_of_event(money.balance, money, words))
    if money.withdraw and not (money.balance == UNKNOWN and money.withdraw == UNKNOWN):
        # A rule that pays out what can't move has been found: it must not be said that there is none.
        key = "only_if_it_cannot_move" if money.withdraw in _NO_CASH and money.if_it_cannot_move else money.withdraw
        said.append(words.say(f"money.withdraw_{key}"))
    return words.joined(said)


def _of_event(key: str, money: Money, words: Words, **told: Any) -> str:
    """A sentence in the form that it has at this event, where it has one: the dead are not spoken to."""
    own = f"{key}_{money.event}"
    return words.say(f"money.{own if own in words.templates['money'] else key}", **told)


def money_details(money: Money, words: Words) -> list[str]:
    """To whom it is paid, what happens when it can't move or nobody inherits, how long it takes."""
    said = [
        words.say(f"money.{name}_{value}")
        for name in ("payee", "if_it_cannot_move", "no_heir")
        if (value := getattr(money, name))
    ]
    if money.working_days:
        said.append(words.say("money.working_days", n=money.working_days))
    return said


def _pots(money: Money, words: Words) -> list[str]:
    said = []
    if len(money.pots) > 1:
        for pot in money.pots:
            if pot.key == "current" and pot.credited_from:
                text = words.say("money.pot_current_from", **{"from": pot.credited_from})
            else:
                text = words.say(f"money.pot_{pot.key}", before=pot.credited_before)
            if pot.amount is not None:
                text = words.say("money.pot_amount", text=text, amount=pot.amount)
            said.append(text)
    settlement = money.settlement
    if settlement is not None:
        said.append(words.say("money.settlement_months", n=settlement.months_taken_back))
        if settlement.precredited is not None:
            said.append(
                _of_event(
                    "settlement_sum",
                    money,
                    words,
                    credited=settlement.precredited,
                    n=settlement.months_taken_back,
                    back=settlement.taken_back,
                    left=settlement.left_of_precredited,
                )
            )
        if settlement.rounding_not_known:
            said.append(words.say("money.settlement_rounding"))
        if settlement.history is not None:
            said.append(words.say("money.settlement_history", history=settlement.history))
    return said


def money_rules(money: Money) -> list[str]:
    ids = [record.id for finding in money.findings for record in finding.records]
    ids += [pot.record.id for pot in money.pots] if len(money.pots) > 1 else []
    ids += ids_of(money.settlement.finding.records) if money.settlement else []
    return list(dict.fromkeys(ids))


def payout_item(payout: Payout, words: Words, facts: Facts | None) -> dict[str, Any]:
    """One case of a one-off withdrawal: who applies, what comes first, with which papers, from and until when.

    ``facts`` are those of the life that it is said of; None where it is said of no life, and no last day is named."""
    who = words.say(f"who.{payout.who}")
    where = words.say(f"where.{payout.where}") if payout.where else ""
    said = [words.say("payout.who_where", who=who, where=where) if where else words.say("payout.who", who=who)]
    for name in ("first", "papers"):
        if told := getattr(payout, name):
            said.append(words.say(f"payout.{name}", value=words.value(told)))
    if payout.takes_working_days:
        said.append(words.say("money.working_days", n=payout.takes_working_days))
    if payout.report_by and facts is not None:
        said.append(_report(payout, words, facts))
    if payout.months_after_ending:
        said.append(words.say("payout.after_ending", n=payout.months_after_ending))
    if payout.from_day:
        said.append(words.say("payout.from_day", day=payout.from_day))
    elif payout.day_of_next_month:
        said.append(words.say("payout.next_month", n=payout.day_of_next_month))
    if payout.batch_from:
        said.append(words.say("payout.batch", first=payout.batch_from, last=payout.batch_until))
    if payout.payee:
        said.append(words.say(f"money.payee_{payout.payee}"))
    return {
        "event": words.say(f"event.{payout.event}"),
        **item_of(words.say(f"payout.{payout.key}"), payout.sure, words, ids_of(payout.finding.records), said),
    }


def _report(payout: Payout, words: Words, facts: Facts) -> str:
    """The place's own report of a death: by when, whether it was done as told, and whether the last day has passed."""
    reported = next((event.values.get("reported") for event in facts.events if event.kind == payout.event), None)
    if reported is not None and reported <= facts.on:
        key = "report_done"
    else:
        key = "report_past" if payout.report_by < facts.on else "report"
    return words.say(f"payout.{key}", count=payout.report_within_days, by=payout.report_by, reported=reported)


def arrears_item(owed: Arrears, words: Words) -> dict[str, Any]:
    """The late fee with its arithmetic."""
    details = []
    rate = owed.findings[0].get("fee_per_100000_per_day")
    if owed.a_day is None:
        text = words.say("says_late_payment.fee_per_100000_per_day", value=words.value(rate))
    else:
        text = words.say("arrears.a_day", due=owed.due, rate=rate, a_day=owed.a_day.fen)
    if owed.least is not None and owed.most is not None:
        days = words.quantity("number", owed.days)
        key = "arrears.total" if owed.until is None else "arrears.so_far"
        details.append(words.say(key, days=days, least=owed.least.fen, most=owed.most.fen, until=owed.until))
        if not (owed.least.exact and owed.most.exact):
            details.append(words.say("arrears.rounding"))
    rules = [record.id for finding in owed.findings for record in finding.records]
    item = item_of(under(owed.assuming, text, words), owed.sure, words, rules, details)
    return {"event": words.say("event.employer_arrears"), **item}
