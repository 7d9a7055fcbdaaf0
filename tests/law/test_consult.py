"""What is said while several facts are open: for each way they may fall out, exactly one finding, and the right one."""

import random
from copy import replace
from datetime import date
from itertools import product

import pytest

from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import Span, cuts_of, lawbook
from calculator.verify import change_days
from tests.mutation.mutants import forgetful_copy

BOOK = lawbook()
#: Ways to tell everything that are tried for one question; where there are fewer, all of them.
TRIED = 60
ONE_ANSWER = [name for name, topic in BOOK.topics.items() if topic["answers"] == "one"]


def told(topic, place, day):
    """Every value that some rule tells from another, by condition; only conditions that some rule tests."""
    options = {}
    for name, domain in BOOK.topics[topic]["conditions"].items():
        tests = [record.when[name] for record in BOOK.alive(topic, place, day) if name in record.when]
        if tests and isinstance(domain, str):
            cuts = {0}.union(*map(cuts_of, tests))
            options[name] = sorted({number for cut in cuts for number in (cut - 1, cut) if number >= 0})
        elif tests:
            options[name] = domain
    return options


def true_of(assuming, values):
    return all(
        assumed.first <= values[name] and (assumed.last is None or values[name] <= assumed.last)
        if isinstance(assumed, Span)
        else values[name] == assumed
        for name, assumed in assuming.items()
    )


def origin(finding):
    return {name: outcome.record.id for name, outcome in finding.outcomes.items()}


def faults(findings, values, ask):
    """What is wrong with findings made while facts were open, for one way to tell them all."""
    fitting = [finding for finding in findings if true_of(finding.assuming, values)]
    if len(fitting) != 1:
        return [f"{values}: {len(fitting)} findings"]
    [known] = ask(values)
    return [] if origin(known) == origin(fitting[0]) else [f"{values}: {origin(fitting[0])}, known {origin(known)}"]


def sampled(options, seed):
    every = product(*options.values())
    size = 1
    for values in options.values():
        size *= len(values)
    if size > TRIED:
        chance = random.Random(seed)
        every = (tuple(chance.choice(values) for values in options.values()) for _ in range(TRIED))
    return (dict(zip(options, values, strict=True)) for values in every)


@pytest.mark.parametrize("place", BOOK.places)
def test_for_each_way_the_open_facts_fall_out_there_is_one_finding(place):
    wrong = []
    for topic in ONE_ANSWER:
        for day in change_days(BOOK, place, topic)[::3]:
            options = told(topic, place, day)
            findings = BOOK.consult(topic, place, day, {})
            for values in sampled(options, f"{place} {topic} {day}"):
                wrong += faults(findings, values, lambda v, t=topic, d=day: BOOK.consult(t, place, d, v))
    assert wrong == []


def test_planted_faults_are_found():
    day = date(2026, 6, 1)
    findings = BOOK.consult("gap", "beijing", day, {"situation": "same_place"})
    values = {"situation": "same_place", "payer": "flexible", "gap": 2, "back_paid": "yes"}

    def ask(values):
        return BOOK.consult("gap", "beijing", day, values)

    assert faults(findings, values, ask) == []
    [right] = [finding for finding in findings if true_of(finding.assuming, values)]
    others = [finding for finding in findings if finding is not right]
    assert "0 findings" in faults(others, values, ask)[0]
    assert "2 findings" in faults([*others, right, replace(right, assuming={})], values, ask)[0]
    assert "known" in faults([replace(others[0], assuming=right.assuming)], values, ask)[0]


def test_two_open_facts_are_not_joined_under_the_assumption_of_the_first():
    # With an employer nothing is known however the gap was paid; who pays alone waits six months: it is who pays that
    # decides, and what is paid back decides only with the other.
    findings = BOOK.consult("gap", "beijing", date(2026, 6, 1), {"situation": "same_place", "gap": 5})
    assumed = [dict(finding.assuming) for finding in findings]
    assert {"payer": "flexible"} in assumed
    assert {"payer": "employer", "back_paid": "yes"} in assumed and {"payer": "employer", "back_paid": "no"} in assumed
    assert len(assumed) == 3


def test_a_span_is_answered_only_for_its_own_numbers():
    values = {"situation": "same_place", "payer": "employer", "gap_days": Span(50, 61)}
    findings = BOOK.consult("gap", "xian", date(2026, 6, 1), values)
    assert [finding.assuming["gap_days"] for finding in findings] == [Span(50, 59), Span(60, 60), Span(61, 61)]
    [inside] = BOOK.consult("gap", "xian", date(2026, 6, 1), {**values, "gap_days": Span(61, 91)})
    assert inside.assuming == {} and inside.values["gap_days"] == Span(61, 91)


def test_what_is_remembered_is_answered_for_the_day_and_the_person_who_ask():
    values = {"situation": "same_place", "payer": "flexible", "back_paid": "no"}
    book = forgetful_copy(BOOK)
    [first] = book.consult("gap", "zhejiang", date(2026, 3, 1), {**values, "gap": 2})
    [second] = book.consult("gap", "zhejiang", date(2026, 4, 1), {**values, "gap": 7})
    assert (first.day, first.values["gap"]) == (date(2026, 3, 1), 2)
    assert (second.day, second.values["gap"]) == (date(2026, 4, 1), 7)
    assert first.records == second.records


def test_a_move_to_a_place_not_told_asks_for_the_steps_of_moves_only():
    facts = {
        "on": "2026-11-22",
        "cover": {"place": "shanghai"},
        "events": [{"kind": "move", "on": "2026-06-01", "to": "elsewhere"}],
    }
    steps = {step.key: step.record.when["event"] for step in assess(parse(facts)).steps}
    moves = {"move_in_province", "move_across_provinces"}
    assert "apply_for_transfer" in steps
    for events in steps.values():
        assert moves & set(events if isinstance(events, list) else [events])
