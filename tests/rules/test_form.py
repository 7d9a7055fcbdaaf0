"""The form reads as people write, and what it can't read is a fault of that field."""

import json

import pytest

from calculator import form, months, share
from calculator.browser import answer
from calculator.facts import FactErrors
from calculator.filled_form import filled_form
from calculator.interview import open_questions
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.words import LANGUAGES, Words, error_message

TYPED = {
    "situation": "leave_job",
    "place": "beijing",
    "payer": "flexible",
    "paid_until": "2026-03",
    "resume_month": "2026-08",
    "resume_payer": "flexible",
    "on": "2026-11-22",
}


@pytest.mark.parametrize(
    "text", ["2026-03", "2026-3", "2026/3", "2026.03", "2026年3月", "２０２６年３月", "202603", " 2026-03 "]
)
def test_a_month_is_read_as_people_write_it(text):
    assert form.read({**TYPED, "paid_until": text}).paid_until == months.parse_month("2026-03")


@pytest.mark.parametrize("text", ["1680", "1,680", "1680.0", "1680.00元", "¥1,680.00", "１６８０"])
def test_an_amount_is_read_in_fen(text):
    typed = {"situation": "die", "place": "shenzhen", "event_on": "2026年10月5日", "on": "2026-11-22", "balance": text}
    assert form.read(typed).balance == 168_000


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("paid_until", "March", "not_a_month"), ("paid_until", "2026-13", "not_a_month"), ("paid_until", "", "missing"),
        ("situation", "fly", "not_a_choice"), ("situation", "", "missing"), ("place", "", "missing"), ("place", "mars", "not_a_place"),
        ("on", "2026-02-30", "not_a_day"), ("on", "", "missing"), ("born", "yesterday", "not_a_day"),
    ],
)  # fmt: skip
def test_a_fault_belongs_to_its_field(field, text, code):
    with pytest.raises(FactErrors) as refused:
        form.read({**TYPED, field: text})
    assert {error.field: error.code for error in refused.value.errors}[field] == code


@pytest.mark.parametrize("text", ["12.345", "-5", "1e9", "many", "1.2.3"])
def test_what_is_no_amount_is_refused(text):
    typed = {"situation": "die", "place": "shenzhen", "event_on": "2026-10-05", "on": "2026-11-22", "balance": text}
    with pytest.raises(FactErrors) as refused:
        form.read(typed)
    assert [(error.field, error.code) for error in refused.value.errors] == [("balance", "not_yuan")]


def test_a_field_that_is_not_shown_is_not_read():
    assert form.read({**TYPED, "balance": "nonsense", "event_on": "nonsense"}).balance is None


def test_every_field_and_choice_has_words_in_both_languages():
    for lang in ("en", "zh"):
        words = Words(lang).templates
        for field in form.FIELDS:
            assert words["form"][field.name] and words["field"][field.name]
            for choice in field.choices:
                assert words["form"][f"situation_{choice}" if field.kind == "situation" else choice]


def test_who_pays_may_be_unknown_and_then_both_are_answered():
    answer = assess(form.read({**TYPED, "place": "shanghai", "resume_payer": ""}))
    assert {line.assuming.get("payer") for line in answer.interruptions[0].lines} == {"employer", "flexible"}


def test_who_pays_alone_and_was_dismissed_is_told_so_beside_the_question():
    alone = {**TYPED, "payer": "flexible", "reason": "dismissed", "benefit_from": "2026-06", "resume_month": ""}
    with pytest.raises(FactErrors) as refused:
        form.read(alone)
    assert [error.field for error in refused.value.errors] == ["reason", "benefit_from"]
    for lang, quoted in (("en", "only an employer can dismiss"), ("zh", "只有单位才能辞退")):
        assert quoted in error_message(refused.value.errors[0], Words(lang), by_path=False)
    assert form.read({**alone, "reason": "", "benefit_from": ""}).payer == "flexible"


@pytest.mark.parametrize("text", ["3", "3个月", "3 个月", "3月", "3 months", "３", " 3 "])
def test_a_number_of_months_is_read_as_people_write_it(text):
    facts = form.read({**TYPED, "place": "wuhan", "unpaid_earlier_this_year": text})
    assert facts.unpaid_earlier_this_year == 3


@pytest.mark.parametrize("text", ["12", "-1", "1.5", "three", "3-4", "2026-03"])
def test_what_is_no_number_of_months_of_a_year_is_refused(text):
    with pytest.raises(FactErrors) as refused:
        form.read({**TYPED, "place": "wuhan", "unpaid_earlier_this_year": text})
    assert [(error.field, error.code, error.params["accepted"]) for error in refused.value.errors] == [
        ("unpaid_earlier_this_year", "not_a_count", 11)
    ]


@pytest.mark.parametrize(
    ("name", "condition"),
    [("unpaid_earlier_this_year", "unpaid_in_year"), ("paid_months_before", "paid_before")],
)
def test_the_form_asks_for_months_where_the_law_of_the_place_asks_for_them(name, condition):
    """``paid_before`` is asked of somebody who moves by the nation; only the gap in the same place is asked here."""
    field = next(field for field in form.FIELDS if field.name == name)
    shown = {place for fact, places in field.shown if fact == "place" for place in places}
    asking = {
        record.place
        for record in lawbook().records.values()
        if record.topic == "gap" and condition in record.when and "transfer" not in _situations(record)
    }
    assert shown == asking


def _situations(record):
    told = record.when.get("situation", ())
    return (told,) if isinstance(told, str) else tuple(told)


# -- several events in one life -----------------------------------------------------------------------------

SEVERAL = {
    **TYPED,
    "balance": "not asked for whoever leaves a job",
    "2.situation": "settle_abroad",
    "2.event_on": "2026年9月1日",
    "2.hukou_cancelled": "yes",
    "2.balance": "1,680元",
    "2.place": "mars",
    "3.situation": "come_back",
    "3.event_on": "2026-11-02",
    "3.back_as": "chinese",
}


def test_a_life_has_several_events_and_is_asked_once_for_what_is_true_of_all_of_it():
    facts = form.read(SEVERAL)
    assert [event.kind for event in facts.events] == ["leave_job", "resume", "settle_abroad", "come_back"]
    assert (facts.place, facts.balance, facts.nationality) == ("beijing", 168_000, "chinese")
    first, second, third = form.asked(form.by_event(SEVERAL))
    assert {field.name for field in first} & {field.name for field in (*second, *third)} == {"situation"}
    assert "balance" in {field.name for field in second}
    assert "balance" not in {field.name for field in third}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"2.event_on": ""}, ("2.event_on", "missing")),
        ({"3.event_on": "soon"}, ("3.event_on", "not_a_day")),
        ({"3.event_on": "2026-08-02"}, ("3.event_on", "out_of_order")),
        ({"2.balance": "much"}, ("2.balance", "not_yuan")),
        ({"2.situation": ""}, ("2.situation", "missing")),
        # Nobody guesses how long payment went on after it began again.
        ({"2.situation": "leave_job"}, ("2.paid_again_until", "missing")),
        (
            {"2.situation": "leave_job", "2.paid_again_until": "2026-06"},
            ("2.paid_again_until", "ends_before_it_begins"),
        ),
        ({"2.situation": "leave_job", "resume_month": ""}, ("2.situation", "left_before")),
        ({"2.situation": "dance"}, ("2.situation", "not_a_choice")),
        ({"paid_until": "?"}, ("paid_until", "not_a_month")),
    ],
)
def test_a_fault_of_a_later_event_has_its_number(change, fault):
    with pytest.raises(FactErrors) as refused:
        form.read({**SEVERAL, **change})
    assert fault in [(error.field, error.code) for error in refused.value.errors]
    number = fault[0].partition(".")[0]
    if number.isdecimal():
        said = [error_message(error, Words("en"), by_path=False) for error in refused.value.errors]
        assert any(message.startswith(f"Event {number}.") for message in said)


def test_after_a_move_the_new_place_is_asked_about():
    moved = {"situation": "new_place", "place": "wuhan", "to": "beijing", "2.situation": "retire"}
    _, later = form.asked(form.by_event(moved))
    assert {"record_actual", "started_work"} <= {field.name for field in later}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_events_are_filled_in_again(lang):
    facts = form.read(SEVERAL)
    filled = filled_form(facts, lang)
    assert filled.left_over == ()
    assert form.read(filled.typed) == facts


#: A life with four stops, as it is typed.
GAP_AFTER_GAP = {
    **{"situation": "leave_job", "place": "shanghai", "payer": "employer", "paid_until": "2025-12", "on": "2026-11-22"},
    **{"resume_month": "2026-02", "resume_payer": "employer", "reason": "resigned"},
    **{"2.situation": "leave_job", "2.paid_again_until": "2026-03", "2.reason": "resigned"},
    # A job that ended and a new one elsewhere, told one by one.
    **{"3.situation": "new_place", "3.to": "wuhan", "3.new_month": "2026-05", "3.resume_payer": "employer"},
    **{"4.situation": "employer_arrears", "4.paid_again_until": "2026-06"},
    **{"5.situation": "switch_scheme", "5.direction": "employee_to_resident", "5.switch_month": "2026-09"},
    **{"5.covered_until": "2026-12"},
}


def test_gap_after_gap_can_be_told_in_the_form():
    facts = form.read(GAP_AFTER_GAP)
    assert [event.kind for event in facts.events] == [
        "leave_job", "resume", "leave_job", "move", "resume", "employer_arrears", "switch_scheme",
    ]  # fmt: skip
    gaps = [(stretch.last_paid, stretch.resume) for stretch in assess(facts).interruptions]
    told = [("2025-12", "2026-02"), ("2026-03", "2026-05"), ("2026-06", "2026-09")]
    assert gaps == [tuple(map(months.parse_month, gap)) for gap in told]
    filled = filled_form(facts, "en")
    assert filled.left_over == () and form.read(filled.typed) == facts
    assert share.decode(share.encode(facts)) == facts


def test_what_is_asked_of_a_later_gap():
    """Its last paid month where payment began again; nothing of the time before the first gap, which is over."""
    *_, second, third, arrears, switch = form.asked(form.by_event(GAP_AFTER_GAP))
    names = [{field.name for field in fields} for fields in (second, third, arrears, switch)]
    assert ["paid_again_until" in one for one in names] == [True, False, True, False]
    for one in names:
        assert not one & {"paid_until", "payer", "left_payer", "unpaid_earlier_this_year"}
    # Where nothing was paid before, the last paid month is asked for as in a first event; Wuhan asks for the months before.
    abroad = {"situation": "study_abroad", "place": "wuhan"}
    _, leaves = form.asked([abroad, {"situation": "leave_job"}])
    assert {"paid_until", "unpaid_earlier_this_year"} <= {field.name for field in leaves}
    assert "paid_again_until" not in {field.name for field in leaves}
    joins = {"situation": "first_time", "place": "wuhan", "join_month": "2026-01"}
    _, leaves = form.asked([joins, {"situation": "leave_job"}])
    assert "paid_again_until" in {field.name for field in leaves}
    assert not {"paid_until", "payer", "unpaid_earlier_this_year"} & {field.name for field in leaves}


# -- what the page asks -------------------------------------------------------------------------------------


def ask_which_matter(typed):
    return json.loads(answer(json.dumps({"lang": "en", "wants": "questions", "form": typed})))


def test_the_page_is_told_which_questions_matter():
    told = {"situation": "leave_job", "place": "shanghai", "paid_until": "2026-05", "on": "2026-11-22"}
    assert ask_which_matter(told) == {"ok": True, "judged": 1, "open": open_questions(told)}
    assert open_questions(told) != []
    # As long as something is missing nobody can say; then the page shows all, and knows what is missing.
    faulty = ask_which_matter({**told, "paid_until": ""})
    assert [error["field"] for error in faulty["errors"]] == ["paid_until"]
    assert "open" not in faulty


def test_a_later_event_has_questions_of_its_own_as_soon_as_it_can_be_judged():
    told = {"situation": "leave_job", "place": "shanghai", "paid_until": "2026-05", "on": "2026-11-22"}
    begun = ask_which_matter({**told, "2.situation": "settle_abroad", "2.event_on": ""})
    assert (begun["ok"], begun["judged"]) == (False, 1)
    assert [error["field"] for error in begun["errors"]] == ["2.event_on"]
    assert begun["open"] == [*open_questions(told), "2.event_on"]
    complete = ask_which_matter({**told, "2.situation": "settle_abroad", "2.event_on": "2026-10-20"})
    assert (complete["ok"], complete["judged"]) == (True, 2)
    assert "2.hukou_cancelled" in complete["open"] and "2.reason" not in complete["open"]
    # What can't be meant leaves nothing known.
    assert "open" not in ask_which_matter({**told, "2.situation": "settle_abroad", "2.event_on": "soon"})
