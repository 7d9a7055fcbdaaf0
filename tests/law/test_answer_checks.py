"""Each check of the answers on bills, payouts, joinings, money and retirement finds the fault planted for it.

An answer without a fault is taken and one thing in it made wrong; the check must say so. Without this nobody would notice a
check that can't fail.
"""

from copy import replace
from datetime import date
from functools import cache

import pytest

from calculator.confidence import Confidence
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import Span, lawbook
from calculator.rules.retiring import Standing
from calculator.verify.answers import answer_faults
from calculator.verify.retiring import standing_faults

BOOK = lawbook()
ON = "2026-11-22"
MOVED = [
    {"kind": "leave_job"},
    {"kind": "move", "on": "2026-06-10", "to": "guangzhou"},
    {"kind": "resume", "month": "2026-07", "payer": "employer"},
]
REJOINS = {"kind": "resident_rejoin", "on": "2026-03-02", "insurance_year": 2026, "broken_years": 2}
LIVES = {
    "bill": {
        "cover": {"place": "shenzhen", "payer": "employer", "tier": "tier_1", "paid_until": "2026-05"},
        "bill": {"bill_on": "2026-08-03", "bill_abroad": "no"},
        "events": MOVED,
    },
    "abroad": {
        "cover": {"place": "shenzhen", "payer": "employer", "tier": "tier_1", "paid_until": "2026-05"},
        "bill": {"bill_on": "2026-08-03", "bill_abroad": "yes"},
        "events": MOVED,
    },
    "death": {"cover": {"place": "quanzhou", "payer": "employer"}, "events": [{"kind": "die", "on": "2026-11-01"}]},
    "rejoin": {"cover": {"place": "guangzhou"}, "events": [REJOINS]},
    "first": {
        "cover": {"place": "shanghai"},
        "events": [{"kind": "first_time", "month": "2026-03", "payer": "employer", "who": "other"}],
    },
    "closed": {
        "cover": {"place": "shanghai", "payer": "employer"},
        "account": {"balance": 168_000, "precredited": 168_000},
        "events": [{"kind": "die", "on": "2026-11-01"}],
    },
    "retire": {
        "person": {"born": "1966-09-01", "group": "man"},
        "cover": {"place": "hangzhou", "payer": "employer"},
        "years": {"total": 150, "local_actual": 150},
        "events": [{"kind": "retire", "retires": "2027-03"}],
    },
}


@cache
def answer(name):
    return assess(parse({"on": ON, **LIVES[name]}), BOOK)


@pytest.mark.parametrize("name", LIVES)
def test_the_answers_without_a_fault_have_none(name):
    assert list(answer_faults(answer(name), BOOK)) == []


def bill(name="bill", **changes):
    whole = answer(name)
    return replace(whole, bills=(replace(whole.bills[0], **changes), *whole.bills[1:]))


def payout(**changes):
    whole = answer("death")
    return replace(whole, payouts=(replace(whole.payouts[0], **changes),))


def joining(name, **changes):
    whole = answer(name)
    return replace(whole, joinings=(replace(whole.joinings[0], **changes),))


def joining_line(name, **changes):
    [first, *others] = answer(name).joinings[0].lines
    return joining(name, lines=(replace(first, **changes), *others))


def joining_month(name, number, **changes):
    shown = list(answer(name).joinings[0].lines[0].months)
    shown[number] = replace(shown[number], **changes)
    return joining_line(name, months=tuple(shown))


def money(name, **changes):
    whole = answer(name)
    return replace(whole, money=(replace(whole.money[0], **changes), *whole.money[1:]))


def timing(**changes):
    whole = answer("retire")
    return replace(whole, timings=(replace(whole.timings[0], **changes),))


def of_nation(finding):
    return replace(finding, place="china")


BILL, DEATH, FIRST = answer("bill").bills[0], answer("death"), answer("first").joinings[0]
CLOSED = answer("closed").money[0]
PLANTED = {
    "a bill answered twice": (lambda: replace(answer("bill"), bills=answer("bill").bills * 2), "bill: two answers under"),
    "a bill of another place": (lambda: bill(finding=of_nation(BILL.finding)), "is judged by china"),
    "a bill by no rule": (lambda: bill(rule="nowhere.rule"), "no rule of the answer"),
    "a bill abroad that is paid": (lambda: bill("abroad", payable="yes", reason="paid"), "a bill abroad is yes"),
    "a share of a whole bill": (lambda: bill(percent=50), "and 50% of it"),
    "a bill paid in part, of which no share is said": (
        lambda: bill(payable="in_part", reason="waiting_percent"),
        "and None% of it",
    ),
    "a bill not known that is sure": (lambda: bill(payable="not_known", sure=Confidence.OFFICIAL), "is not known, and"),
    "a bill before cover begins": (lambda: bill(payable="yes", covered_from=date(2026, 8, 4)), "and cover begins on"),
    "a payout by no rule": (lambda: payout(finding=replace(DEATH.payouts[0].finding, records=())), "payout death rests on"),
    "a payout of another event": (lambda: payout(key="enlist"), "is no case of die"),
    "a death to be reported before it": (lambda: payout(report_by=date(2026, 10, 31)), "before 2026-11-01"),
    "two lists of papers at one place": (lambda: payout(papers=("id",)), "step heirs_apply asks for"),
    "a joining without an answer": (lambda: joining("first", lines=()), "no answer"),
    "a joining answered twice": (lambda: joining("first", lines=FIRST.lines * 2), "joining at first_time: two answers under"),
    "a hole in the months of a joining": (lambda: joining_line("first", months=FIRST.lines[0].months[::2]), "follow one another"),
    "a month of a joining by no rule": (lambda: joining_month("first", 0, rule="nowhere.rule"), "no rule of the answer"),
    "a month of a joining that rests on nothing": (lambda: joining_month("first", 0, rule=""), "by ''"),
    "a wait that is not known and sure": (
        lambda: joining_line("first", wait="unknown", returns=None, sure=Confidence.OFFICIAL),
        "neither the wait nor the first day",
    ),
    "cover that begins in a month of waiting": (
        lambda: joining_line("rejoin", returns=date(2026, 3, 2)),
        "cover is said to begin on 2026-03-02",
    ),
    "money answered twice": (lambda: replace(answer("closed"), money=(CLOSED, CLOSED)), "money at die: two answers under"),
    "a settlement that does not add up": (
        lambda: money("closed", settlement=replace(CLOSED.settlement, taken_back=CLOSED.settlement.taken_back + 1)),
        "fen are not the 168000 fen credited",
    ),
    "a step by a rule that is not told": (
        lambda: replace(
            DEATH, rules=tuple(use for use in DEATH.rules if use.record.id != "china.step.heirs-apply")
        ),
        "step heirs_apply stands on",
    ),
    "a month that can not be chosen": (lambda: timing(choice="after_latest"), "is after_latest, and"),
    "a month chosen outside the limits": (lambda: timing(retires=answer("retire").timings[0].law.latest + 1), "can be chosen"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name):
    wrong, says = PLANTED[name]
    assert any(says in fault for fault in answer_faults(wrong(), BOOK))


# -- the years -------------------------------------------------------------------------------------------------


@cache
def standing() -> Standing:
    [only] = answer("retire").standings
    return only


def held(number, **changes):
    parts = list(standing().held)
    parts[number] = replace(parts[number], **changes)
    return replace(standing(), held=tuple(parts))


def way(**changes):
    [first, *others] = standing().ways
    return replace(standing(), ways=(replace(first, **changes), *others))


def complete(**changes):
    """Nothing is missing any more, in any number."""
    parts = tuple(replace(part, missing=Span(0, 0), paid=Span(part.needed, part.needed)) for part in standing().held)
    nothing = {"held": parts, "missing": Span(0, 0), "at_least": 0, "left": None, "ways": (), "shortfall": None}
    return replace(standing(), **{**nothing, **changes})


PLANTED_IN_YEARS = {
    "another sum than its parts": (lambda: replace(standing(), missing=Span(1, 91)), "by the number that lacks most"),
    "a span that ends before it begins": (lambda: replace(standing(), missing=Span(91, 90)), "missing from 91 to 90"),
    "a number that lacks something else": (lambda: held(0, missing=Span(0, 0)), "is said to be missing"),
    "ways though nothing is missing": (lambda: complete(ways=standing().ways), "ways to make up years where none is"),
    "less missing than at least": (lambda: replace(standing(), at_least=1), "and 1 at least"),
    "complete and not reached": (lambda: complete(at_least=9, to_go=None), "the years are not reached"),
    "something left of what is not known": (lambda: replace(standing(), missing=None), "left of what is not known"),
    "more left after paying on": (lambda: replace(standing(), left=Span(0, 99)), "99 left after paying on"),
    "a price that is no product": (lambda: way(fen=1, fen_per_month=7, months=90), "cost 1 fen"),
    "a price for other months": (lambda: way(fen=70, fen_per_month=7, months=10), "priced for 10 months"),
}


def test_the_years_without_a_fault_have_none():
    assert list(standing_faults(standing())) == list(standing_faults(complete())) == []
    # What the faults are planted in is there.
    assert standing().missing == Span(90, 90) and standing().left == Span(86, 86) and standing().ways


@pytest.mark.parametrize("name", PLANTED_IN_YEARS)
def test_a_planted_fault_in_the_years_is_found(name):
    wrong, says = PLANTED_IN_YEARS[name]
    assert any(says in fault for fault in standing_faults(wrong()))


def test_a_fault_in_the_years_is_a_fault_of_the_answer():
    wrong = replace(answer("retire"), standings=(replace(standing(), at_least=1),))
    assert any(fault.startswith("years at hangzhou: ") for fault in answer_faults(wrong, BOOK))
