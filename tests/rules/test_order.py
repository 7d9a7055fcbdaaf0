"""Better is an order: nothing is better than itself, never both ways, and better than better is better."""

from itertools import product

import pytest

from calculator.confidence import Confidence
from calculator.lawbook import UNKNOWN, lawbook
from calculator.order import BETTER, OPEN, RANKS, SAME, WORSE, Mark, compare, is_loss, joined, mark

EVERY = [Mark(worst, best, (), Confidence.FULL_TEXT) for worst, best in product(range(4), repeat=2) if worst <= best]
OPPOSITE = {BETTER: WORSE, WORSE: BETTER, SAME: SAME, OPEN: OPEN}


def of(name, value, **more):
    return mark(name, value, Confidence.FULL_TEXT, (), **more)


def test_better_is_a_strict_order():
    assert all(compare(one, one) == SAME for one in EVERY)
    assert all(compare(one, other) == OPPOSITE[compare(other, one)] for one, other in product(EVERY, repeat=2))
    for one, other, third in product(EVERY, repeat=3):
        if compare(one, other) == BETTER and compare(other, third) == BETTER:
            assert compare(one, third) == BETTER


def test_better_is_never_said_of_what_may_turn_out_worse():
    for new, old in product(EVERY, repeat=2):
        if compare(new, old) == BETTER:
            outcomes = product(range(new.worst, new.best + 1), range(old.worst, old.best + 1))
            assert all(after >= before for after, before in outcomes)


@pytest.mark.parametrize(
    ("name", "new", "old", "verdict"),
    [
        ("wait_months", 0, 6, BETTER),
        ("wait_months", 3, 6, BETTER),
        ("wait_months", 0, UNKNOWN, BETTER),  # certain instead of not known
        ("wait_months", 6, UNKNOWN, OPEN),  # it might have been none
        ("wait_months", UNKNOWN, 6, OPEN),
        ("wait_months", UNKNOWN, 0, WORSE),
        ("gap_costs", "paid", "may_be_paid", BETTER),
        ("gap_costs", "may_be_paid", "not_paid", BETTER),
        ("gap_costs", "paid", UNKNOWN, BETTER),
        ("gap_costs", "may_be_paid", UNKNOWN, OPEN),
        ("gap_costs", UNKNOWN, "not_paid", OPEN),
        ("gap_costs", "no_gap", "paid", BETTER),
        ("withdraw", "no_rule_found", "no", SAME),
        ("during_wait", "inpatient", "all", BETTER),
        ("during_wait", 50, "inpatient", OPEN),
    ],
)
def test_what_is_better_than_what(name, new, old, verdict):
    assert compare(of(name, new), of(name, old)) == verdict


def test_a_wait_that_is_not_known_is_bounded_by_its_limit():
    assert compare(of("wait_months", 6), of("wait_months", UNKNOWN, at_most=6)) == OPEN
    assert compare(of("wait_months", UNKNOWN, at_most=3), of("wait_months", 6)) == BETTER


def test_a_loss_is_what_was_certain_or_what_is_now_certainly_bad():
    assert is_loss("gap_costs", of("gap_costs", UNKNOWN), of("gap_costs", "paid"))
    assert is_loss("gap_costs", of("gap_costs", "not_paid"), of("gap_costs", UNKNOWN))
    assert is_loss("wait_months", of("wait_months", 6), of("wait_months", UNKNOWN))
    assert not is_loss("gap_costs", of("gap_costs", "may_be_paid"), of("gap_costs", UNKNOWN))
    assert not is_loss("gap_costs", of("gap_costs", UNKNOWN), of("gap_costs", "not_paid"))
    assert not is_loss("gap_costs", of("gap_costs", "paid"), of("gap_costs", "paid"))


@pytest.mark.parametrize(
    ("name", "value"), [("papers", "id_card"), ("cover_from", "joining_month"), ("wait_months", None)]
)
def test_what_has_no_rank_is_not_compared(name, value):
    assert of(name, value) is None


def test_several_ways_together_are_as_wide_as_all_of_them():
    both = joined([of("wait_months", 0), of("wait_months", 6)])
    assert (both.worst, both.best, both.values) == (-6, 0, (0, 6))


def test_every_name_the_law_may_give_has_a_rank():
    ranked = {name: {value for values in ranks for value in values} for name, ranks in RANKS.items()}
    unranked = [
        f"{topic}.{name}: {value}"
        for topic, said in lawbook().topics.items()
        for name, domain in said["outcomes"].items()
        if name in ranked and topic in ("gap", "cover_stop", "cover_start", "account", "account_exists", "years")
        for value in domain
        if value not in ranked[name]
    ]
    assert unranked == []
