"""Facts are read in one place: every fault is named at once, nothing gets a default, days we don't know are refused."""

import copy
from datetime import date

import jsonschema
import pytest

from calculator import facts
from calculator.assessment_json import to_json
from calculator.facts import ELSEWHERE, FactErrors, json_schema, parse
from calculator.judge import assess
from calculator.months import parse_month
from calculator.words import Words, error_message
from tests.golden import cases

GOOD = {
    "on": "2026-11-22",
    "cover": {"place": "beijing", "payer": "flexible", "paid_until": "2026-03"},
    "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-08", "payer": "flexible"}],
}


def changed(path, value):
    data = copy.deepcopy(GOOD)
    here = data
    *way, last = path
    for part in way:
        here = here.setdefault(part, {}) if isinstance(here, dict) else here[part]
    here[last] = value
    return data


def faults_of(data):
    with pytest.raises(FactErrors) as refused:
        parse(data)
    return {error.field: error.code for error in refused.value.errors}


@pytest.mark.parametrize(
    ("path", "value", "field", "code"),
    [
        (("on",), None, "on", "missing"),
        (("on",), "2026-02-30", "on", "not_a_day"),
        (("on",), "20261122", "on", "not_a_day"),
        (("on",), "9999-12-31", "on", "not_a_day"),
        (("on",), 20261122, "on", "not_a_day"),
        (("schema",), "facts/9", "schema", "not_a_choice"),
        (("colour",), "red", "colour", "unknown_field"),
        (("person",), "me", "person", "not_an_object"),
        (("person", "born"), "2030-01-01", "person.born", "after_today"),
        (("person", "born"), "1850-01-01", "person.born", "too_early"),
        (("person", "born"), "2026-06-01", "cover.paid_until", "before_birth"),
        (("person", "nationality"), "martian", "person.nationality", "not_a_choice"),
        (("cover", "place"), "atlantis", "cover.place", "not_a_place"),
        (("cover", "place"), "guangdong", "cover.place", "not_a_place"),
        (("cover", "paid_until"), "2026-3", "cover.paid_until", "not_a_month"),
        (("cover", "paid_until"), None, "cover.paid_until", "missing"),
        (("account", "balance"), -1, "account.balance", "not_fen"),
        (("account", "balance"), 1.5, "account.balance", "not_fen"),
        (("account", "balance"), True, "account.balance", "not_fen"),
        (("account", "balance"), 10**13, "account.balance", "not_fen"),
        (("cover", "unpaid_earlier_this_year"), -1, "cover.unpaid_earlier_this_year", "not_a_count"),
        (("cover", "unpaid_earlier_this_year"), 1.5, "cover.unpaid_earlier_this_year", "not_a_count"),
        (("cover", "unpaid_earlier_this_year"), True, "cover.unpaid_earlier_this_year", "not_a_count"),
        (("cover", "unpaid_earlier_this_year"), 12, "cover.unpaid_earlier_this_year", "not_a_count"),
        (("cover", "unpaid_earlier_this_year"), "3", "cover.unpaid_earlier_this_year", "not_a_count"),
        (("cover", "paid_months_before"), -1, "cover.paid_months_before", "not_a_count"),
        (("account",), {"balance": 100, "legacy": 101}, "account.legacy", "more_than_balance"),
        (("events",), [], "events", "no_events"),
        (("events",), [{"kind": "leave_job"}] * 21, "events", "too_many"),
        (("events",), ["leave_job"], "events[0]", "not_an_object"),
        (("events", 0, "kind"), "fly", "events[0].kind", "not_a_choice"),
        (("events", 0, "kind"), ["leave_job"], "events[0].kind", "not_a_choice"),
        (("events", 1, "month"), "2026-03", "events[1].month", "resumes_before_stopping"),
        (("events", 1, "month"), None, "events[1].month", "missing"),
        (("events",), [{"kind": "move", "on": "2026-05-01", "to": "beijing"}], "events[0].to", "moves_nowhere"),
        (("events",), [{"kind": "employer_arrears"}], "cover.payer", "event_needs_employer"),
        (("events",), [{"kind": "die", "on": "2026-10-01"}, {"kind": "study_abroad", "on": "2026-10-02"}], "events[1].kind", "after_death"),
        (("events",), [{"kind": "study_abroad", "on": "2026-10-02"}, {"kind": "die", "on": "2026-10-01"}], "events[1].on", "out_of_order"),
        (("events", 1, "month"), "2027-01", "events[1].month", "outside_known_days"),
        (("on",), "2027-01-01", "on", "outside_known_days"),
        (("cover", "paid_until"), "2022-07", "cover.paid_until", "outside_known_days"),
    ],
)  # fmt: skip
def test_one_fault_is_named_with_its_field(path, value, field, code):
    assert faults_of(changed(path, value)).get(field) == code


def test_events_that_do_not_fit_the_person_are_refused():
    leaves = {
        "on": "2026-11-22",
        "cover": {"place": "shanghai"},
        "events": [{"kind": "foreigner_leaves", "on": "2026-10-01"}],
    }
    assert faults_of({**leaves, "person": {"nationality": "chinese"}}) == {
        "person.nationality": "event_needs_foreigner"
    }
    settles = {**leaves, "events": [{"kind": "settle_abroad", "on": "2026-10-01"}]}
    assert faults_of({**settles, "person": {"nationality": "foreign"}}) == {"person.nationality": "event_needs_chinese"}


ALONE = {"on": "2026-11-22", "cover": {"place": "shanghai", "payer": "flexible", "paid_until": "2026-05"}}
EMPLOYED = {**ALONE, "cover": {**ALONE["cover"], "payer": "employer"}}


def test_nobody_dismisses_whoever_pays_alone():
    dismissed = {"kind": "leave_job", "reason": "dismissed", "benefit_from": "2026-06", "benefit_until": "2026-08"}
    assert faults_of({**ALONE, "events": [dismissed]}) == {
        "events[0].reason": "dismissed_by_nobody",
        "events[0].benefit_from": "benefit_needs_employer",
    }
    parse({**ALONE, "events": [{"kind": "leave_job", "reason": "resigned"}]})
    # Who pays may change in a life: the one who paid last counts, with the field in which that was told.
    alone, employed = ({"kind": "resume", "month": "2026-07", "payer": payer} for payer in ("flexible", "employer"))
    late = {"kind": "leave_job", "reason": "dismissed", "paid_again_until": "2026-09"}
    assert faults_of({**EMPLOYED, "events": [alone, late]}) == {"events[1].reason": "dismissed_by_nobody"}
    parse({**ALONE, "events": [employed, late]})
    arrears = {"kind": "employer_arrears", "paid_again_until": "2026-09"}
    assert faults_of({**EMPLOYED, "events": [alone, arrears]}) == {"events[0].payer": "event_needs_employer"}
    parse({**ALONE, "events": [employed, arrears]})


def test_how_long_payment_went_on_is_told_and_never_guessed():
    """A second gap is counted from the month that was paid last, not from the first month of the payment before it."""
    cover = {"place": "shanghai", "payer": "employer", "paid_until": "2026-03"}
    again = {"kind": "resume", "month": "2026-05", "payer": "employer"}
    later = {"kind": "resume", "month": "2026-11", "payer": "employer"}
    stops = ({"kind": "leave_job"}, {"kind": "employer_arrears"}, {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2026-11"})  # fmt: skip
    for stop in stops:
        life = {"on": "2026-11-22", "cover": cover, "events": [{"kind": "leave_job"}, again, stop]}
        assert faults_of(life) == {"events[2].paid_again_until": "missing"}
        told = {**stop, "paid_again_until": "2026-08"}
        (first, second) = assess(parse({**life, "events": [{"kind": "leave_job"}, again, told]})).interruptions
        assert (first.last_paid, second.last_paid) == tuple(map(parse_month, ("2026-03", "2026-08")))
        too_early = {**stop, "paid_again_until": "2026-04"}
        events = [{"kind": "leave_job"}, again, too_early]
        assert faults_of({**life, "events": events}) == {"events[2].paid_again_until": "ends_before_it_begins"}
    # Before the first gap the cover tells it, and between a stop and the payment after it there is nothing to tell.
    life = {"on": "2026-11-22", "cover": cover, "events": [{"kind": "leave_job", "paid_again_until": "2026-03"}, again]}
    assert faults_of(life) == {"events[0].paid_again_until": "not_asked"}
    events = [{"kind": "leave_job"}, again, {"kind": "move", "on": "2026-09-01", "to": "beijing"}, later]
    assert faults_of({**life, "events": events}) == {"events[3].paid_again_until": "missing"}
    stop = {"kind": "leave_job", "paid_again_until": "2026-08"}
    parse({**life, "events": [{"kind": "leave_job"}, again, stop, later]})
    # Who joined as a resident, or after the army, pays too.
    rejoin = {"kind": "resident_rejoin", "on": "2026-03-02", "insurance_year": 2026, "broken_years": 0}
    employed = {"kind": "switch_scheme", "direction": "resident_to_employee", "month": "2026-10"}
    assert faults_of({**life, "events": [rejoin, employed]}) == {"events[1].paid_again_until": "missing"}
    discharged = {"kind": "discharge", "on": "2026-09-01", "joins_employee_scheme": "yes"}
    leaves = {"kind": "leave_job"}
    assert faults_of({**life, "events": [discharged, leaves]}) == {"events[1].paid_again_until": "missing"}
    parse({**life, "events": [{**discharged, "joins_employee_scheme": "no"}, leaves]})


def test_a_job_ends_once():
    cover = {"place": "shanghai", "payer": "employer", "paid_until": "2026-03"}
    moved = {"kind": "move", "on": "2026-09-01", "to": "beijing"}
    again = {"kind": "resume", "month": "2026-06", "payer": "employer"}
    life = {"on": "2026-11-22", "cover": cover}
    twice = [{"kind": "leave_job"}, moved, {"kind": "leave_job"}]
    assert faults_of({**life, "events": twice}) == {"events[2].kind": "left_before"}
    parse({**life, "events": [{"kind": "leave_job"}, again, {"kind": "leave_job", "paid_again_until": "2026-07"}]})
    # An employer in arrears is a job again, whoever pays or not.
    parse({**life, "events": [{"kind": "leave_job"}, {"kind": "employer_arrears"}, {"kind": "leave_job"}]})


def test_all_faults_are_named_at_once():
    data = changed(("on",), "soon")
    data["cover"]["place"] = "atlantis"
    data["events"][1]["month"] = "later"
    assert set(faults_of(data)) == {"on", "cover.place", "events[1].month"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_message_says_the_field_and_the_value(lang):
    words = Words(lang)
    for path, value, shown in [
        (("on",), "soon", "soon"),
        (("cover", "place"), "atlantis", "atlantis"),
        (("account", "balance"), "lots", "lots"),
    ]:
        with pytest.raises(FactErrors) as refused:
            parse(changed(path, value))
        for error in refused.value.errors:
            message = error_message(error, words)
            assert shown in message and error.field in message


def test_what_was_typed_is_shown_without_characters_that_change_the_page():
    with pytest.raises(FactErrors) as refused:
        parse(changed(("on",), "\u202e2026\x00" + "9" * 500))
    given = refused.value.errors[0].params["given"]
    assert given.isprintable() and len(given) <= 60


def test_a_day_outside_the_known_days_names_the_days_that_are_known():
    with pytest.raises(FactErrors) as refused:
        parse(changed(("events", 1, "month"), "2027-03"))
    message = error_message(refused.value.errors[0], Words("en"))
    assert "1 January 2022" in message and "1 January 2027" in message and "12393" in message


def test_an_unknown_place_is_judged_by_national_rules_alone():
    data = changed(("cover", "place"), ELSEWHERE)
    answer = to_json(assess(parse(data)))
    assert {rule["place"] for rule in answer["rules"]} == {"china"}


def test_a_fact_left_out_is_the_same_as_null_and_never_a_default():
    data = copy.deepcopy(GOOD)
    data["events"][1]["back_paid"] = None
    assert to_json(assess(parse(data))) == to_json(assess(parse(GOOD)))
    assert parse(GOOD).born is None and parse(GOOD).balance is None


def test_the_schema_is_valid_and_accepts_what_the_code_accepts():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for case in cases():
        jsonschema.validate(case.facts, schema)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("on",), None), (("on",), "20261122"), (("colour",), "red"), (("person",), "me"), (("cover", "place"), "atlantis"),
        (("cover", "paid_until"), "2026-3"), (("account", "balance"), -1), (("account", "balance"), 1.5), (("events",), []),
        (("events", 0, "kind"), "fly"), (("events", 1, "month"), None), (("events",), ["x"]), (("schema",), "facts/9"),
        (("cover", "unpaid_earlier_this_year"), 12), (("cover", "unpaid_earlier_this_year"), 1.5),
        (("cover", "unpaid_earlier_this_year"), "3"), (("cover", "paid_months_before"), -1),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_code_refuses(path, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(path, value), json_schema())
    assert faults_of(changed(path, value))


def test_every_field_of_the_code_is_in_the_schema():
    schema = json_schema()
    kinds = {
        variant["properties"]["kind"]["const"]: set(variant["properties"]) - {"kind"}
        for variant in schema["properties"]["events"]["items"]["oneOf"]
    }
    assert kinds == {kind: {field.name for field in fields} for kind, fields in facts.EVENTS.items()}
    assert date.fromisoformat(GOOD["on"])
