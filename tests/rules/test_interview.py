"""No question without effect and none missing: held against the enumeration of all that could be told."""

import subprocess
import sys
from functools import cache
from itertools import product

import pytest

from calculator import form, interview
from calculator.facts import ELSEWHERE, FactErrors, pooling_areas
from calculator.interview import candidates, judged_events, next_question, open_questions, outcome
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.words import Words

ON = "2026-11-22"
BY_NAME = {field.name: field for field in form.FIELDS}
#: What must be told before anything can be judged, by situation.
REQUIRED = {
    "leave_job": {"paid_until": "2026-02"},
    "new_place": {"paid_until": "2026-02", "to": ELSEWHERE, "new_month": "2026-06"},
    "employer_arrears": {"paid_until": "2026-02"},
    "switch_scheme": {"direction": "resident_to_employee", "paid_until": "2025-12", "switch_month": "2026-04"},
    "first_time": {"join_month": "2026-04", "who": "ex_resident"},
    "resident_rejoin": {
        "paid_on": "2026-03-20", "insurance_year": "2026", "broken_years": "2", "who_resident": "other",
    },
    "newborn": {"child_born": "2026-02-01", "paid_on": "2026-05-10"},
    "settle_abroad": {"event_on": "2026-06-01"},
    "study_abroad": {"event_on": "2026-06-01"},
    "foreigner_leaves": {"event_on": "2026-06-01", "nationality": "foreign"},
    "enlist": {"event_on": "2026-06-01"},
    "retire": {},
    "retire_elsewhere": {"event_on": "2026-06-01"},
    "die": {"event_on": "2026-06-01"},
    "lose_nationality": {"event_on": "2026-06-01"},
    "come_back": {"event_on": "2026-06-01"},
    "discharge": {"event_on": "2026-06-01"},
    "missing": {"state": "not_declared", "last_news": "2024-05-13"},
    "insured_twice": {"event_on": "2026-06-01"},
}  # fmt: skip


def field_of(name):
    return BY_NAME[form.split(name)[1]]


def told_in(situation, place):
    return {"situation": situation, "place": place, **REQUIRED[situation], "on": ON}


def outcomes(told):
    """The outcome; or those of each month until which payment may have gone on, where a later event needs to know it."""
    try:
        return outcome(told)
    except FactErrors as found:
        lacking = {error.field for error in found.errors if error.code == "missing"}
        if len(lacking) < len(found.errors) or not all("paid_" in name for name in lacking):
            return None  # what can't be told has no outcome
    name = lacking.pop()
    ways = [outcomes({**told, name: f"2026-{month:02}"}) for month in range(1, 13)]
    return tuple(way for way in ways if way is not None) or None


def by_enumeration(told):
    """The fields that can change the outcome: for some way to tell all the others, two of its values differ."""
    left = [(e.number, f) for e in form.Life(told).told for f in e.fields if f.name not in e.typed]
    options = {
        form.numbered(number, f.name): list(f.choices) or [None, *candidates(f, told, number)] for number, f in left
    }
    # A few months stand for all: the outcome is already known to differ by the length of the gap.
    options = {
        name: values[:1] + values[1::4] if len(values) > 4 and not field_of(name).choices else values
        for name, values in options.items()
        if values
    }

    @cache
    def outcome_of(values):
        chosen = dict(zip(options, values, strict=True))
        return outcomes({**told, **{name: value for name, value in chosen.items() if value}})

    def differs(position, others):
        found = [
            outcome_of((*others[:position], value, *others[position:])) for value in list(options.values())[position]
        ]
        found = [one for one in found if one is not None]
        return any(one != found[0] for one in found)

    def all_others(position):
        return product(*(values for number, values in enumerate(options.values()) if number != position))

    # One way to tell the others is enough for a field that matters; for one that does not, all of them are tried.
    return [
        name
        for position, name in enumerate(options)
        if any(differs(position, others) for others in all_others(position))
    ]


def faults(told):
    """Questions asked without effect, and questions with an effect never reached."""
    possible = set(by_enumeration(told))
    first = open_questions(told)
    # Declining a question leaves it open; what is asked then is what can matter while it stays open.
    declined: list[str] = []
    while (questions := open_questions(told, declined)) and len(declined) < 2 * len(form.FIELDS):
        declined.append(questions[0])
    # A question may begin to matter only when another is answered, such as who pays once a month is told.
    reached = set(declined)
    for name in first:
        for value in candidates(field_of(name), told, form.split(name)[0]):
            life = {**told, name: value}
            try:
                reached.update(left := open_questions(life))
                if left and left[-1] == "2.paid_again_until":
                    reached.update(open_questions({**life, left[-1]: "2026-06"}))
            except FactErrors:
                continue
    found = [f"{name} is asked without effect" for name in declined if name not in possible]
    found += [f"{name} is never asked" for name in possible - reached]
    in_order = sorted(first, key=lambda name: (form.split(name)[0], list(BY_NAME).index(form.split(name)[1])))
    return found if first == in_order else [*found, "the order is not that of the form"]


#: A first event with all that can be told of it: payment goes on after it.
LEFT_AND_RESUMED = {
    **{"situation": "leave_job", "place": "shanghai", "paid_until": "2025-09", "payer": "employer", "on": ON},
    **{"reason": "resigned", "resume_month": "2025-11", "resume_payer": "employer", "back_paid": "no"},
}
#: What the second event of a life needs besides what a first one does, or in its place.
SECOND = {
    "switch_scheme": {"direction": "employee_to_resident", "switch_month": "2026-04"},
    "missing": {"state": "not_declared", "last_news": "2026-05-13"},
}


def two_events(situation):
    needed = {**REQUIRED[situation], **SECOND.get(situation, {})}
    if "paid_until" in needed:
        needed["paid_again_until"] = needed.pop("paid_until")
    return {**LEFT_AND_RESUMED, "2.situation": situation, **{f"2.{name}": text for name, text in needed.items()}}


@pytest.mark.parametrize("place", [*pooling_areas(lawbook()), ELSEWHERE])
@pytest.mark.parametrize("situation", form.SITUATIONS)
def test_exactly_the_questions_with_an_effect_are_asked(situation, place):
    assert faults(told_in(situation, place)) == []


@pytest.mark.parametrize(
    "declared",
    [
        {"state": "declared_missing", "last_news": "2024-05-13"},
        {"state": "declared_dead", "judgment": "2026-06-01"},
        {"state": "reappeared"},
    ],
    ids=lambda told: told["state"],
)
def test_exactly_the_questions_with_an_effect_are_asked_whatever_a_court_has_declared(declared):
    assert faults({"situation": "missing", "place": "wuhan", **declared, "on": ON}) == []


@pytest.mark.parametrize(("answer", "says"), [(True, "without effect"), (False, "never asked")])
def test_a_planted_fault_is_found(monkeypatch, answer, says):
    monkeypatch.setattr(interview, "_matters", lambda *_: answer)
    assert any(says in fault for fault in faults(told_in("leave_job", "shanghai")))


@pytest.mark.parametrize("situation", form.SITUATIONS)
def test_answering_everything_ends_in_one_outcome(situation):
    told = told_in(situation, "shanghai")
    for _ in range(len(form.FIELDS)):
        questions = open_questions(told)
        if not questions:
            break
        told[questions[0]] = an_answer(questions[0], told)
    assert open_questions(told) == []


def an_answer(name, told):
    """The last candidate that contradicts nothing. Whoever is paid again must tell until when the benefit ran."""
    if name == "benefit_until":
        return told["benefit_from"]
    for value in reversed(list(candidates(BY_NAME[name], told))):
        try:
            form.read({**told, name: value, **({"benefit_until": value} if name == "benefit_from" else {})})
        except FactErrors:
            continue
        return value
    pytest.fail(f"{name} has no answer")


def test_when_the_benefit_ran_is_asked_although_its_end_must_then_be_told():
    told = {**told_in("leave_job", "shanghai"), "reason": "dismissed", "resume_month": "2026-10"}
    assert "benefit_from" in open_questions(told)
    assert open_questions({**told, "benefit_from": "2026-04"}) == ["benefit_until"]


@pytest.mark.parametrize("situation", form.SITUATIONS)
def test_exactly_the_questions_with_an_effect_are_asked_of_a_later_event(situation):
    assert faults(two_events(situation)) == []


def test_exactly_the_questions_with_an_effect_are_asked_of_two_events_that_are_both_open():
    arrears = {"situation": "employer_arrears", "place": "guangzhou", "paid_until": "2026-02", "on": ON}
    moved = {"2.situation": "new_place", "2.to": "shenzhen", "2.new_month": "2026-08"}
    assert faults({**arrears, **moved}) == []
    abroad = {"situation": "settle_abroad", "place": "beijing", "event_on": "2026-03-01", "on": ON}
    assert faults({**abroad, "2.situation": "come_back", "2.event_on": "2026-10-01"}) == []


@pytest.mark.parametrize(("answer", "says"), [(True, "without effect"), (False, "never asked")])
def test_a_fault_planted_in_a_later_event_is_found(monkeypatch, answer, says):
    real = interview._matters

    def planted(field, told, now):
        return answer if told.number > 1 else real(field, told, now)

    monkeypatch.setattr(interview, "_matters", planted)
    assert any(says in fault and "2." in fault for fault in faults(two_events("settle_abroad")))


def test_an_earlier_event_may_begin_to_matter_by_a_later_one():
    left = LEFT_AND_RESUMED
    assert "born" not in open_questions(left)
    assert "born" in open_questions({**left, "2.situation": "retire"})
    # That payment began again is asked although the next event then needs to know how long it went on.
    arrears = {"situation": "employer_arrears", "place": "guangzhou", "paid_until": "2026-02", "on": ON}
    twice = {**arrears, "2.situation": "leave_job"}
    assert "paid_back" in open_questions(twice)
    assert open_questions({**twice, "paid_back": "2026-06"})[-1] == "2.paid_again_until"
    assert judged_events({**twice, "paid_back": "2026-06"}) == 1
    assert judged_events({"situation": "leave_job", "place": "", "2.situation": ""}) == 0


def test_what_nothing_can_do_without_comes_first_and_alone():
    assert open_questions({}) == ["situation"]
    assert open_questions({"situation": "leave_job"}) == ["place"]
    assert open_questions({"situation": "leave_job", "place": "shanghai"}) == ["paid_until"]
    assert open_questions({"situation": "leave_job", "place": "shanghai", "paid_until": "2026-02"}) == ["on"]
    told = two_events("settle_abroad")
    assert open_questions({**told, "2.situation": ""})[-1] == "2.situation"
    assert open_questions({**told, "2.event_on": ""})[-1] == "2.event_on"


@pytest.mark.parametrize(
    ("told", "asked"),
    [({"born": "1978-03-01"}, {"record_total", "record_local"}), ({"record_total": "22y"}, {"record_local"})],
    ids=["the age is told", "the whole is told"],
)
def test_the_record_is_asked_for_although_a_long_one_would_contradict_what_was_told(told, asked):
    life = {"situation": "retire", "place": "shanghai", "group": "woman_50", "on": ON, **told}
    assert all(outcome({**life, name: "20y"}) != outcome(life) for name in asked)
    assert asked <= set(open_questions(life))
    others = {name: "0" for name in form.RECORD_FIELDS.values() if name.startswith("also_")}
    assert faults({**life, **others}) == []


def test_a_question_with_no_effect_is_not_asked():
    # Nothing depends yet on when somebody was born, and whoever has not resumed has no new payer.
    first = open_questions(told_in("leave_job", "shanghai"))
    assert "born" not in first and "resume_payer" not in first
    assert "resume_payer" in open_questions({**told_in("leave_job", "shanghai"), "resume_month": "2026-07"})
    assert "tier" in open_questions(told_in("leave_job", "shenzhen"))
    assert "tier" not in open_questions(told_in("leave_job", "shanghai"))


@pytest.mark.parametrize("fault", [{"paid_until": "soon"}, {"place": "nowhere"}, {"situation": "dance"}])
def test_a_fault_is_named_at_once(fault):
    with pytest.raises(FactErrors) as refused:
        open_questions({"situation": "leave_job", **fault})
    assert [error.field for error in refused.value.errors] == list(fault)


def test_the_terminal_asks_until_one_answer_is_left():
    answers = ["dance", "1", "99", "shanghai", "2026-02", "", "", "2026-07", "2", ""]
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "interview", "--on", ON],
        input="\n".join([*answers, ""]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert '"dance" is not' in done.stdout and '"99" is not a place' in done.stdout
    assert "Your answer" in done.stdout and "Shanghai" in done.stdout


def test_the_terminal_goes_on_with_what_happens_then():
    told, declined = told_in("leave_job", "shanghai"), []
    while questions := open_questions(told, declined):
        declined.append(questions[0])
    first = ["1", "shanghai", "2026-02", *[""] * len(declined)]
    answers = [*first, "1", "settle_abroad", "soon", "2026-10-20"]
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "interview", "--on", ON],
        input="\n".join([*answers, *[""] * 20]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "And then something else happens?" in done.stdout
    assert "Event 2." in done.stdout, "a fault names its event"
    assert "\n2. " in done.stdout
    assert Words("en").say("event.settle_abroad") in done.stdout


def test_the_end_of_the_input_ends_it():
    done = subprocess.run([sys.executable, "-m", "calculator", "interview"], input="", capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["shanghai", "shenzhen", "wuhan", ELSEWHERE])
@pytest.mark.parametrize("situation", form.SITUATIONS)
def test_the_next_question_is_the_first_of_all(situation, place):
    told, declined = told_in(situation, place), []
    while questions := open_questions(told, declined):
        assert next_question(told, declined) == questions[0]
        declined.append(questions[0])
    assert next_question(told, declined) is None


def test_answers_are_the_same_exactly_when_written_down_they_are():
    # Neighbours differ in one answer, so both verdicts come up often.
    told = {"situation": "leave_job", "place": "chengdu", "paid_until": "2026-02", "on": ON}
    typed = [
        {**told, "resume_month": month, "resume_payer": payer, "back_paid": paid, "payer": before, "balance": "5"}
        for month, payer, paid, before in product(
            ("2026-05", "2026-08"), ("", "flexible"), ("", "yes"), ("", "employer")
        )
    ]
    answers = [(assess(form.read(one)), outcome(one)) for one in typed]
    verdicts = [(interview._same(a, b), said == heard) for (a, said), (b, heard) in product(answers, repeat=2)]
    assert all(same == alike for same, alike in verdicts)
    assert {same for same, _ in verdicts} == {True, False}
