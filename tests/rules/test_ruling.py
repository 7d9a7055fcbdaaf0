"""A ruling says what the law answers on a topic, under no more conditions than it needs and for every case once."""

from datetime import date
from itertools import product

import pytest

from calculator.lawbook import Lawbook, Span, lawbook
from calculator.rules.ruling import rulings_at
from calculator.words import Words

DAY = date(2026, 11, 22)


def options(book: Lawbook, topic, place):
    """Every value of each condition tested here; of a number those on both sides of every threshold."""
    levels = {level.id for level in book.path(place)}
    tested = {name: [] for name in book.topics[topic]["conditions"]}  # in the order of the topic
    for record in book.records.values():
        if record.topic == topic and record.place in levels and record.alive_on(DAY):
            for name, test in record.when.items():
                tested[name].append(test)
    return {
        name: domain if isinstance(domain := book.topics[topic]["conditions"][name], list) else range(14)
        for name, tests in tested.items()
        if tests
    }


def covers(assuming, told):
    """Whether a case is one of those that a condition speaks of: a value, either of several, or a stretch of numbers."""
    return all(
        value.first <= told[name] and (value.last is None or told[name] <= value.last)
        if isinstance(value, Span)
        else told[name] in (value if isinstance(value, tuple) else (value,))
        for name, value in assuming.items()
    )


def rulings(topic, told=None, only=(), place="china"):
    return rulings_at(lawbook(), "status", topic, topic, place, DAY, told or {}, only)


@pytest.mark.parametrize(
    ("topic", "only"),
    [
        ("come_back", ("years",)), ("come_back", ("resident_scheme",)), ("come_back", ("employee_scheme", "papers")),
        ("come_back", ()), ("discharge", ("scheme",)), ("discharge", ("years",)), ("missing", ("account",)),
        ("double_enrolment", ()), ("resident_refund", ()), ("hukou", ("hukou",)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["china", "beijing", "hangzhou", "shanghai"])
def test_every_case_is_ruled_on_once_and_as_if_it_were_told(topic, only, place):
    open_ended, known = rulings(topic, only=only, place=place), options(lawbook(), topic, place)
    for values in product(*known.values()):
        told = dict(zip(known, values, strict=True))
        speaking = [ruling.outcomes for ruling in open_ended if covers(ruling.assuming, told)]
        assert speaking == [ruling.outcomes for ruling in rulings(topic, told, only, place)], told
        assert len(speaking) == 1


def test_a_part_of_which_some_cases_say_nothing_is_ruled_on_only_where_something_is_said():
    [ruling] = rulings("discharge", only=("report_within_days",))
    assert ruling.assuming == {"placed": "self_employed"}
    assert rulings("discharge", {"placed": "in_a_post"}, only=("report_within_days",)) == ()


def test_what_holds_in_every_case_has_no_condition_and_the_weakest_confidence():
    [years] = rulings("discharge", only=("years",))
    assert (years.assuming, years.outcomes, years.sure.key) == ({}, {"years": "merged"}, "full_text")


def test_two_values_of_one_fact_are_said_as_either():
    foreigners = [r for r in rulings("come_back", only=("years",)) if r.outcomes["years"] == "add_up"]
    assert [r.assuming for r in foreigners] == [{"nationality": ("foreign", "hk_mo_tw"), "relation_ended": "no"}]
    assert Words("en").assuming(foreigners[0].assuming).startswith("As a foreigner, or as a resident of Hong Kong")
    assert Words("zh").assuming(foreigners[0].assuming).startswith("外国人，或者港澳台居民，并且")


def test_if_is_said_once_and_never_lost():
    words = Words("en")
    assert words.assuming({"nationality": "chinese", "hukou": ("kept", "restored")}) == (
        "As a Chinese citizen and if the hukou was kept, or the hukou was restored"
    )
    assert words.assuming({"payer": "employer", "tier": "tier_1"}).startswith(
        "If an employer pays and you are in tier 1"
    )


def test_only_the_parts_of_an_answer_hold_rulings():
    with pytest.raises(ValueError, match="weather"):
        rulings_at(lawbook(), "weather", "hukou", "die", "china", DAY, {})


def test_two_that_are_not_known_keep_their_own_questions():
    """Whether a citizen whose hukou is cancelled may join the residents is another question than what became of the years."""
    values = {"nationality": "chinese", "hukou": None, "relation_ended": None}
    found = rulings_at(lawbook(), "cover", "come_back", "come_back", "nantong", DAY, values, ("resident_scheme",))
    asked = {
        o.record.ask for r in found for name, o in r.finding.outcomes.items() if name in r.outcomes and not o.known
    }
    for hukou, ended in product(("kept", "cancelled", "restored"), ("yes", "no")):
        told = {**values, "hukou": hukou, "relation_ended": ended}
        for one in rulings_at(lawbook(), "cover", "come_back", "come_back", "nantong", DAY, told, ("resident_scheme",)):
            assert {o.record.ask for o in one.finding.outcomes.values() if not o.known} <= asked
