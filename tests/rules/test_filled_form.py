"""The form filled in again from facts gives the same facts; what it has no place for is named."""

import json

import pytest

from calculator import form, share
from calculator.browser import answer
from calculator.facts import parse
from calculator.filled_form import filled_form, typed_from
from calculator.words import LANGUAGES
from tests.golden import cases

CASES = [case for case in cases() if not case.errors]
LEAVES = {
    "on": "2026-11-22",
    "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
    "account": {"balance": 168_050},
    "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-08", "payer": "flexible"}],
}


def asked(**request):
    return json.loads(answer(json.dumps({"lang": "en", **request})))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_and_form_are_each_others_inverse(case, lang):
    for facts in (parse(case.facts), form.read(case.form)):
        filled = filled_form(facts, lang)
        assert filled.left_over == ()
        assert form.read(filled.typed) == facts
        # Typed, read and typed again: what stands in the form does not creep.
        assert filled_form(form.read(filled.typed), lang) == filled


def test_values_are_written_as_people_write_them():
    years = {"on": "2026-11-22", "cover": {"place": "beijing"}, "years": {"total": 147}, "events": [{"kind": "retire"}]}
    assert filled_form(parse(years), "en").typed["record_total"] == "12 years 3 months"
    assert filled_form(parse(years), "zh").typed["record_total"] == "12年3个月"
    arrears = {**LEAVES, "events": [{"kind": "employer_arrears", "due": 1_000_050, "due_since": "2026-06-01"}]}
    assert filled_form(parse(arrears), "en").typed["due"] == "10000.50"


@pytest.mark.parametrize(
    ("change", "left_over"),
    [
        ({"bill": {"bill_abroad": "yes"}}, {"bill.bill_abroad"}),
        ({"years": {"overlapping": 3}}, {"years.overlapping"}),
        ({}, {"account.balance"}),  # whoever left a job is asked for no balance
        (
            {"events": [*LEAVES["events"], {"kind": "move", "on": "2026-09-02", "to": "wuhan"}]},
            {"events[2].kind", "events[2].on", "events[2].to"},
        ),
        (
            {"events": [{"kind": "leave_job"}, {"kind": "move", "on": "2026-07-20", "to": "wuhan"},
                        {"kind": "resume", "month": "2026-08", "payer": "flexible"}]},
            {"events[1].on"},
        ),
        ({"events": [{"kind": "resume", "month": "2026-08"}]}, {"events[0].kind", "events[0].month", "situation"}),
    ],
)  # fmt: skip
def test_what_the_form_has_no_place_for_is_named(change, left_over):
    told = {**LEAVES, "account": None, **change} if change else LEAVES
    facts = parse(told)
    assert left_over <= set(filled_form(facts, "zh").left_over)
    found = asked(facts=told)
    assert found["ok"] and found["notes"]
    # The answer rests on all of it, and so does its link.
    assert share.decode(found["link"]) == facts


def test_a_nationality_that_the_situation_says_is_not_left_over():
    facts = parse(
        {"on": "2026-11-22", "cover": {"place": "beijing"}, "events": [{"kind": "enlist", "on": "2026-09-01"}]}
    )
    filled = filled_form(facts, "en")
    assert filled.left_over == ()
    assert form.read(filled.typed).nationality == "chinese"


def test_a_link_is_answered_like_the_form_it_fills_in():
    by_form = asked(form=CASES[0].form)
    by_link = asked(link="#" + by_form["link"])
    assert by_link == by_form
    assert by_link["notes"] == []


def test_the_facts_of_an_answer_are_answered_in_the_same_way():
    found = asked(facts=LEAVES)
    assert asked(facts=found["facts"]) == found


def test_what_can_be_kept_of_an_old_link_is_put_into_the_form():
    whole = asked(facts=LEAVES)["link"]
    body = whole.rpartition("&check=")[0]

    def sealed(changed):
        return f"{changed}&check={share.checksum(changed)}"

    for changed, field in (
        (body.replace("payer=employer", "colour=red"), "colour"),
        (body.replace("place=shanghai", "place=atlantis"), "cover.place"),
        (body.replace("month=2026-08", "month=2026-13"), "events[1].month"),
    ):
        assert changed != body
        found = asked(link=sealed(changed))
        assert not found["ok"]
        assert [error["field"] for error in found["errors"]] == [field]
        assert found["typed"]["situation"] == "leave_job"
        assert found["typed"]["paid_until"] == "2026-05"

    cut = asked(link=whole[:-5])
    assert not cut["ok"] and "typed" not in cut


@pytest.mark.parametrize(
    "data",
    [{}, {"events": 5}, {"events": [5, None]}, {"events": [{"kind": []}]}, {"cover": [], "on": [1]},
     {"cover": {"place": {"a": 1}}, "account": {"balance": -1}, "events": [{"kind": "die", "on": {}}]}],
)  # fmt: skip
def test_hostile_facts_still_give_text_only(data):
    typed = typed_from(data, "en")
    assert all(isinstance(text, str) and len(text) <= 60 for text in typed.values())
    assert not asked(facts=data)["ok"]
