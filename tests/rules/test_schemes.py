"""Events between and inside the schemes: days and months counted, faults named, whole lives, bills of any timeline."""

from datetime import date

import pytest

from calculator import form, html
from calculator.assessment_json import to_json
from calculator.document import document
from calculator.facts import FactErrors, parse
from calculator.judge import assess
from calculator.lawbook import Span, lawbook
from calculator.levers import changes
from calculator.months import parse_month
from calculator.rules.arrears import arrears
from calculator.rules.bills import bills
from calculator.rules.cover import Switch, Unpaid, interruption
from calculator.rules.resident import enrolment_period, whole_months_until
from calculator.text import text
from calculator.words import Words

BOOK = lawbook()
ON = "2026-11-22"


def life(place, *events, **more):
    cover = {name: more.pop(name) for name in ("payer", "paid_until", "tier") if name in more}
    return {"on": ON, "cover": {"place": place, **cover}, "events": list(events), **more}


def answer(*told, **more):
    return to_json(assess(parse(life(*told, **more))))


def faults(*told, **more):
    with pytest.raises(FactErrors) as refused:
        parse(life(*told, **more))
    return {error.field: error.code for error in refused.value.errors}


# -- days and months ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        ("2026-01-01", "2026-01-01", 0), ("2026-01-01", "2026-01-02", 1), ("2026-01-01", "2026-07-01", 6),
        ("2026-01-01", "2026-07-02", 7), ("2026-03-20", "2026-09-20", 6), ("2026-03-20", "2026-09-21", 7),
        # 31 January has no like in February: the month ends with 28 February.
        ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-01", 2), ("2024-02-29", "2025-02-28", 12),
    ],
)  # fmt: skip
def test_months_from_a_day_are_counted_date_to_date(start, day, months):
    assert whole_months_until(date.fromisoformat(start), date.fromisoformat(day)) == months


def test_a_day_before_the_start_is_refused():
    with pytest.raises(ValueError, match="is before"):
        whole_months_until(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("place", "day", "year", "period"),
    [
        ("beijing", "2025-11-30", 2026, "central_period"), ("beijing", "2026-02-28", 2026, "central_period"),
        ("beijing", "2026-03-01", 2026, "late"), ("beijing", "2025-11-29", 2026, None),
        ("xiamen", "2025-12-26", 2026, "central_period"),
        ("quanzhou", "2025-12-31", 2026, "central_period"), ("quanzhou", "2026-01-01", 2026, "extended_period"),
        ("quanzhou", "2026-02-28", 2026, "extended_period"), ("quanzhou", "2026-03-01", 2026, "late"),
        ("wuxi", "2025-12-31", 2026, "central_period"), ("wuxi", "2026-01-01", 2026, "late"),
        ("shenzhen", "2026-03-01", 2026, None), ("beijing", "2026-11-22", 2027, None),
    ],
)  # fmt: skip
def test_the_period_of_a_payment_follows_from_the_announced_days(place, day, year, period):
    assert enrolment_period(BOOK, place, date.fromisoformat(day), year)[0] == period


# -- what can not be --------------------------------------------------------------------------------------------

REJOIN = {"kind": "resident_rejoin", "on": "2026-03-01", "insurance_year": 2026, "broken_years": 2}
TO_RESIDENT = {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2025-06"}
TO_EMPLOYEE = {"kind": "switch_scheme", "direction": "resident_to_employee", "month": "2026-04"}


@pytest.mark.parametrize(
    ("event", "field", "code"),
    [
        ({**REJOIN, "insurance_year": 2028}, "insurance_year", "not_this_year"),
        ({**REJOIN, "insurance_year": 2025}, "insurance_year", "not_this_year"),
        ({**REJOIN, "insurance_year": "2026"}, "insurance_year", "not_a_year"),
        ({**REJOIN, "insurance_year": True}, "insurance_year", "not_a_year"),
        ({**REJOIN, "insurance_year": None}, "insurance_year", "missing"),
        ({**REJOIN, "repaired_years": 3}, "repaired_years", "more_than_missing"),
        ({**REJOIN, "broken_years": 1.5}, "broken_years", "not_years"),
        ({**REJOIN, "broken_years": 126}, "broken_years", "not_years"),
        ({**REJOIN, "who": "newborn"}, "who", "not_a_choice"),
        ({**REJOIN, "since": "2026-03-02"}, "since", "later_than"),
        ({"kind": "newborn", "born": "2026-03-02", "on": "2026-03-01"}, "born", "later_than"),
        ({"kind": "employer_arrears", "due": 1, "due_since": "2026-11-23"}, "due_since", "later_than"),
        ({"kind": "leave_job", "reason": "resigned", "benefit_from": "2026-05"}, "benefit_from", "no_benefit_when_resigned"),
        ({"kind": "leave_job", "benefit_from": "2026-05", "contribution_months": 11}, "contribution_months", "too_few_for_benefit"),
        ({"kind": "leave_job", "benefit_from": "2026-02"}, "benefit_from", "resumes_before_stopping"),
        ({"kind": "leave_job", "benefit_from": "2026-05", "benefit_until": "2026-04"}, "benefit_until", "ends_before_it_begins"),
        ({"kind": "leave_job", "benefit_until": "2026-08"}, "benefit_from", "missing"),
        ({**TO_RESIDENT, "month": "2026-05", "covered_until": "2026-04"}, "covered_until", "ends_before_it_begins"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_with_its_field(event, field, code):
    assert faults("shanghai", event, paid_until="2026-02") == {f"events[0].{field}": code}


def test_how_far_the_resident_premium_reaches_must_be_told_before_another_change():
    found = faults("shenzhen", TO_RESIDENT, TO_EMPLOYEE, paid_until="2025-03")
    assert found == {"events[0].covered_until": "missing"}


def test_the_last_month_of_the_benefit_must_be_told_before_paying_again():
    dismissed = {"kind": "leave_job", "reason": "dismissed", "benefit_from": "2026-04"}
    resume = {"kind": "resume", "month": "2026-11"}
    assert faults("guangzhou", dismissed, resume, paid_until="2026-03") == {"events[0].benefit_until": "missing"}


def test_after_a_first_time_the_next_event_tells_the_last_paid_month():
    first, leaves = {"kind": "first_time", "month": "2026-03"}, {"kind": "leave_job"}
    assert faults("shanghai", first, leaves) == {"events[1].paid_again_until": "missing"}
    found = answer("shanghai", first, {**leaves, "paid_again_until": "2026-06"})
    assert found["cover"][0]["last_paid"] == "2026-06"
    assert faults("shanghai", {"kind": "leave_job"}) == {"cover.paid_until": "missing"}


TYPED = {
    "situation": "resident_rejoin", "place": "beijing", "paid_on": "2026-03-05", "insurance_year": "2026",
    "broken_years": "0", "who_resident": "other", "on": ON,
}  # fmt: skip


@pytest.mark.parametrize("typed", ["2026", "2026年", "2026年度", "２０２６"])
def test_a_year_is_read_as_people_write_it(typed):
    assert form.read({**TYPED, "insurance_year": typed}).events[0]["insurance_year"] == 2026


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("insurance_year", "26", "not_a_year"), ("insurance_year", "next", "not_a_year"), ("broken_years", "two", "not_years"),
        ("broken_years", "2个月", "not_years"), ("repaired_years", "1", "more_than_missing"), ("paid_on", "", "missing"),
    ],
)  # fmt: skip
def test_a_fault_belongs_to_its_field_of_the_form(field, typed, code):
    with pytest.raises(FactErrors) as refused:
        form.read({**TYPED, field: typed})
    assert [(error.field, error.code) for error in refused.value.errors] == [(field, code)]


def test_years_are_never_read_as_months():
    typed = {"situation": "switch_scheme", "place": "shanghai", "direction": "resident_to_employee",
             "paid_until": "2025-12", "switch_month": "2026-03", "on": ON}  # fmt: skip
    with pytest.raises(FactErrors) as refused:
        form.read({**typed, "insured_before": "3年"})
    assert [(error.field, error.code) for error in refused.value.errors] == [("insured_before", "not_a_count")]


# -- whole lives --------------------------------------------------------------------------------------------------

BACK = {**TO_EMPLOYEE, "payer": "employer", "insured_before": 47, "back_paid": "yes"}
LIFE = life(
    "shenzhen",
    {"kind": "leave_job", "reason": "resigned"},
    {**TO_RESIDENT, "insured_before": 40, "back_paid": "yes", "covered_until": "2025-12"},
    {"kind": "move", "on": "2026-03-15", "to": "guangzhou"},
    BACK,
    payer="employer",
    tier="tier_1",
    paid_until="2025-03",
)


def test_a_life_is_judged_event_by_event_under_the_law_of_its_day_and_place():
    found = to_json(assess(parse(LIFE)))
    there, back = found["cover"]
    told = ("destination", "last_paid", "resume", "gap")
    assert [there[name] for name in told] == ["shenzhen", "2025-03", "2025-06", 2]
    assert [back[name] for name in told] == ["guangzhou", "2025-12", "2026-04", 3]
    # Guangdong's measures of 2022 ended on 30 June 2025: the change of June 2025 is under them, that of 2026 is not.
    first, second = (stretch.lines[0].finding.records for stretch in assess(parse(LIFE)).interruptions)
    assert "guangdong.switch.within-3.paid-back.until-2025-06" in [record.id for record in first]
    assert [record.id for record in second] == ["china.switch.within-3.paid-back"]
    # Each change leaves another scheme: in Shenzhen the employee scheme, in Guangzhou the resident scheme.
    leavings = [(step["event"], step["place"]) for step in found["steps"] if step["key"] == "leave_the_other_scheme"]
    assert leavings == [("switch_to_resident", "shenzhen"), ("switch_to_employee", "guangzhou")]


@pytest.mark.parametrize(
    ("day", "payable", "reason"),
    [
        ("2025-03-31", "yes", "paid"), ("2025-05-10", "perhaps_after_back_payment", "may_be_paid_back"),
        ("2025-06-01", "yes", "cover_again"), ("2025-12-31", "yes", "cover_again"),
        ("2026-02-01", "perhaps_after_back_payment", "may_be_paid_back"), ("2026-04-01", "yes", "cover_again"),
        ("2026-11-01", "yes", "cover_again"), ("2025-02-28", "not_known", "before_what_was_told"),
    ],
)  # fmt: skip
def test_a_bill_is_answered_by_the_stretch_it_falls_in(day, payable, reason):
    found = to_json(assess(parse({**LIFE, "bill": {"bill_on": day, "bill_abroad": "no"}})))
    assert [(bill["payable"], bill["reason"]) for bill in found["bills"]] == [(payable, reason)]


def test_a_bill_past_the_months_shown_holds_only_while_every_month_is_paid():
    [bill] = answer("shanghai", {"kind": "first_time", "month": "2026-02", "payer": "employer", "who": "other"},
                    bill={"bill_on": "2026-11-20", "bill_abroad": "no"})["bills"]  # fmt: skip
    assert bill["payable"] == "yes" and bill["if_paid_on"]


def test_where_care_was_is_asked_when_it_is_not_told_and_abroad_is_never_paid():
    found = answer("shanghai", {"kind": "first_time", "month": "2026-02", "payer": "employer", "who": "other"},
                   bill={"bill_on": "2026-06-20"})["bills"]  # fmt: skip
    assert [(bill["assuming"], bill["payable"]) for bill in found] == [
        ({"abroad": "no"}, "yes"),
        ({"abroad": "yes"}, "no"),
    ]


@pytest.mark.parametrize(
    ("day", "place"),
    [("2026-05-31", "shenzhen"), ("2026-06-30", "shenzhen"), ("2026-07-01", "guangzhou"), ("2026-11-20", "beijing")],
)
def test_a_bill_stands_under_the_law_of_the_place_insured_in_on_its_day(day, place):
    """Moved in June, paid in Guangzhou from July on; moved in October, paid in Beijing from November on."""
    moves = [("2026-06-10", "guangzhou", None, "2026-07"), ("2026-10-05", "beijing", "2026-10", "2026-11")]
    events = [{"kind": "leave_job"}]
    for on, to, until, month in moves:
        paid = {"paid_again_until": until, "month": month, "payer": "employer"}
        events += [{"kind": "move", "on": on, "to": to}, {"kind": "resume", **paid}]
    told = {
        "on": "2026-11-22",
        "cover": {"place": "shenzhen", "payer": "employer", "tier": "tier_1", "paid_until": "2026-05"},
    }
    found = assess(parse({**told, "events": events, "bill": {"bill_on": day, "bill_abroad": "no"}}))
    assert {bill.finding.place for bill in found.bills} == {place}
    assert {use.record.topic for use in found.rules if use.day == date.fromisoformat(day)} >= {"bill"}


def test_a_retiree_who_moved_shows_bills_of_the_place_of_the_pension():
    events = [{"kind": "retire", "retires": "2026-03"}, {"kind": "move", "on": "2026-05-02", "to": "beijing"}]
    told = {"on": "2026-11-22", "cover": {"place": "shanghai"}, "events": events, "bill": {"bill_on": "2026-08-01"}}
    assert {bill.finding.place for bill in assess(parse(told)).bills} == {"shanghai"}


def test_a_reduced_month_pays_a_bill_in_part():
    stretch = interruption(
        BOOK,
        Unpaid(
            origin="hainan",
            destination="hainan",
            moved=False,
            cause="left",
            payer_before="employer",
            last_paid=parse_month("2025-12"),
            resume=parse_month("2026-06"),
            payer="flexible",
            back_paid="no",
            switch=Switch("resident_to_employee", 36, parse_month("2025-12")),
        ),
    )
    # 4 to 6 months: 50% of the normal benefits until 6 months are paid.
    [bill] = bills(BOOK, "hainan", date(2026, 7, 1), "no", [stretch])
    assert (bill.payable, bill.percent) == ("in_part", 50)
    [bill] = bills(BOOK, "hainan", date(2026, 12, 1), "no", [stretch])
    assert bill.payable == "yes"


def test_who_bears_a_bill_of_the_employers_arrears_is_said():
    arrears_paid = {"kind": "employer_arrears", "paid_back": "2026-07"}
    [bill] = answer("guangzhou", arrears_paid, paid_until="2026-02", payer="employer",
                    bill={"bill_on": "2026-05-05", "bill_abroad": "no"})["bills"]  # fmt: skip
    assert (bill["payable"], bill["bearer"]) == ("no", "employer")


def test_the_months_of_the_benefit_are_paid_months():
    dismissed = {"kind": "leave_job", "reason": "dismissed", "contribution_months": 96,
                 "benefit_from": "2026-04", "benefit_until": "2026-08"}  # fmt: skip
    found = answer("guangzhou", dismissed, {"kind": "resume", "month": "2026-10", "payer": "employer"},
                   paid_until="2026-03", payer="employer")  # fmt: skip
    assert (found["cover"][0]["last_paid"], found["cover"][0]["gap"]) == ("2026-08", 1)
    shown = {month["month"]: month["status"] for month in found["joinings"][0]["lines"][0]["months"]}
    assert (shown["2026-04"], shown["2026-08"], shown["2026-09"]) == ("covered", "covered", "stopped")


def test_how_the_job_ended_is_not_guessed():
    """Not told, there is an answer for a dismissal under that condition; who draws the benefit was dismissed."""
    told = {"paid_until": "2026-09", "payer": "employer"}
    found = assess(parse(life("beijing", {"kind": "leave_job"}, **told)))
    benefit = [ruling for ruling in found.rulings if ruling.topic in ("unemployment", "unemployment_end")]
    assert benefit and {ruling.assuming["reason"] for ruling in benefit} == {"dismissed"}
    assert {"unemployment_benefit", "no_unemployment_benefit"} <= {step.key for step in found.steps}
    resigned = assess(parse(life("beijing", {"kind": "leave_job", "reason": "resigned"}, **told)))
    assert not [ruling for ruling in resigned.rulings if ruling.event == "unemployment"]
    # Who pays alone has no job that could end, in whichever way.
    alone = assess(parse(life("beijing", {"kind": "leave_job"}, **{**told, "payer": "flexible"})))
    assert not [ruling for ruling in alone.rulings if "unemployment" in ruling.topic]
    assert not {"unemployment_benefit", "no_unemployment_benefit"} & {step.key for step in alone.steps}
    drawn = {"kind": "leave_job", "benefit_from": "2026-10", "contribution_months": 30}
    assert (
        answer("beijing", drawn, **told)["joinings"]
        == answer("beijing", {**drawn, "reason": "dismissed"}, **told)["joinings"]
    )


def test_how_long_the_benefit_lasts_is_not_guessed():
    dismissed = {"kind": "leave_job", "reason": "dismissed", "contribution_months": 30, "benefit_from": "2026-04"}
    found = answer("beijing", dismissed, paid_until="2026-03", payer="employer")
    shown = {month["month"]: month["reason"] for month in found["joinings"][0]["lines"][0]["months"]}
    # The nation names only the longest time, 12 months; no rule of Beijing is known to us.
    assert (shown["2026-04"], shown["2026-05"]) == ("on_benefit", "benefit_length_not_known")


def test_whoever_takes_up_work_while_the_resident_year_runs_is_not_told_to_be_without_cover():
    stretch = answer("shanghai", {**TO_EMPLOYEE, "payer": "employer", "insured_before": 12}, paid_until="2026-12")[
        "cover"
    ][0]
    shown = {month["month"]: month["reason"] for month in stretch["lines"][0]["months"]}
    assert (shown["2026-03"], shown["2026-04"], shown["2026-05"]) == ("paid", "resident_may_go_on", "cover_again")


def test_in_jiangsu_the_resident_benefits_go_on_in_the_wait():
    event = {**TO_EMPLOYEE, "payer": "flexible", "insured_before": 12}
    [line] = answer("nanjing", event, paid_until="2026-12")["cover"][0]["lines"]
    shown = {month["month"]: (month["status"], month["reason"]) for month in line["months"]}
    assert shown["2026-04"] == ("reduced", "resident_goes_on")


def test_the_resident_schemes_own_rule_for_ex_employees_stands_beside_the_rule_on_changes():
    event = {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2026-05"}
    found = answer("nanjing", event, paid_until="2026-03", payer="employer")
    own = [ruling for ruling in found["rulings"] if ruling["topic"] == "resident_wait"]
    assert any(r["outcomes"]["fixed_months"] == 0 and r["outcomes"]["wait_from"] == "month_after_payment" for r in own)


def test_the_rule_on_a_first_time_fills_what_the_rule_on_changes_leaves_open():
    event = {**TO_EMPLOYEE, "payer": "flexible", "insured_before": 12}
    found = answer("wuhan", event, paid_until="2025-12")
    own = [ruling for ruling in found["rulings"] if ruling["topic"] == "first_time"]
    assert found["cover"][0]["lines"][0]["wait"] == "unknown"
    assert [ruling["outcomes"]["wait_months"] for ruling in own] == [6]


def test_the_last_month_in_which_a_change_brings_no_wait_is_said():
    """Shanghai: within 3 months of the end of benefits there is no wait; nationally a gap of 3 months paid back has none."""
    event = {**TO_EMPLOYEE, "month": "2026-05", "payer": "flexible", "insured_before": 36, "back_paid": "no"}
    told = {**life("shanghai", event, paid_until="2025-12"), "on": "2026-03-10"}
    said = {(change.by, *change.takes.items()) for change in changes(assess(parse(told)))}
    assert (parse_month("2026-03"),) in said
    assert (parse_month("2026-04"), ("back_paid", "yes")) in said


# -- late fee ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "paid_back", "days", "least", "most"),
    [
        # 10,000 yuan at 5 in 10,000 are 5 yuan a day.
        ("2026-11-12", None, Span(10, 11), 5_000, 5_500),
        ("2026-11-22", None, Span(0, 1), 0, 500),
        ("2026-04-01", "2026-07", Span(91, 122), 45_500, 61_000),
        (None, None, None, None, None),
    ],
)  # fmt: skip
def test_the_late_fee_is_given_from_the_fewest_days_to_the_most(since, paid_back, days, least, most):
    [owed] = arrears(
        BOOK, "guangzhou", date(2026, 3, 1), due=1_000_000, since=since and date.fromisoformat(since),
        paid_back=paid_back and parse_month(paid_back), asked_on=date(2026, 11, 22),
    )  # fmt: skip
    assert owed.a_day.fen == 500 and owed.days == days
    assert (owed.least and owed.least.fen, owed.most and owed.most.fen) == (least, most)


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "facts",
    [
        LIFE,
        {**LIFE, "bill": {"bill_on": "2026-02-01"}},
        life("chengdu", {**REJOIN, "broken_years": 5}),
        life("qingdao", {**REJOIN, "repaired_years": 1}),
        life("shanghai", {"kind": "first_time", "month": "2026-02"}),
        life("tianjin", {"kind": "leave_job", "reason": "dismissed", "benefit_from": "2026-05"}, paid_until="2026-03"),
        life("guangzhou", {"kind": "employer_arrears", "due": 333, "due_since": "2026-11-01"}, paid_until="2026-02"),
        life("elsewhere", {"kind": "newborn", "born": "2026-01-01", "on": "2026-08-01"}),
    ],
)  # fmt: skip
def test_every_answer_can_be_said(facts, lang):
    said = document(assess(parse(facts)), lang)
    plain, page = text(said), html.result(said)
    assert "{" not in plain and "None" not in plain and "[]" not in plain
    assert page.count("<div") == page.count("</div>")
    assert said["answer"]["items"]


def test_a_fact_with_several_values_is_said_as_alternatives():
    assumed = {"who": ["other", "veteran"]}
    assert Words("en").assuming(assumed) == "In the ordinary case, or if you have left the army"
    assert Words("zh").assuming(assumed) == "一般情形，或者如果是退役军人"


def test_a_resident_who_works_before_the_year_ends_is_answered_in_sentences():
    """Found by a random life: no rule on the end of employees' cover was asked, and none is explained."""
    event = {
        "kind": "switch_scheme",
        "direction": "resident_to_employee",
        "month": "2026-06",
        "covered_until": "2026-10",
    }
    life = {"on": "2026-10-02", "cover": {"place": "dongguan", "paid_until": "2026-04"}, "events": [event]}
    for lang in ("en", "zh"):
        assert document(assess(parse(life)), lang)["answer"]["items"]
