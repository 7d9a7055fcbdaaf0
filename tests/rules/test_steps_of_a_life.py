"""Steps of a life with several events: each event keeps its own, and what is the same is said once."""

from copy import replace
from datetime import date

import pytest

from calculator.calendar_file import calendar
from calculator.document import document
from calculator.facts import parse
from calculator.judge import _once, assess

FIRST = {"kind": "leave_job", "reason": "dismissed"}
AGAIN = {"kind": "resume", "month": "2026-06", "payer": "employer"}
SECOND = {"kind": "leave_job", "paid_again_until": "2026-10", "reason": "dismissed"}
COVER = {"place": "shanghai", "payer": "employer", "paid_until": "2026-03"}


def answer(*events, on="2026-11-22"):
    return assess(parse({"on": on, "cover": COVER, "events": list(events)}))


def steps_of(assessment, event):
    return [step for step in assessment.steps if step.event == event]


def test_a_second_leaving_has_the_steps_of_the_first():
    once, twice = answer(FIRST), answer(FIRST, AGAIN, SECOND)
    for event in ("leave_job", "unemployment"):
        first = [step.key for step in steps_of(once, event)]
        both = [(step.key, step.day) for step in steps_of(twice, event)]
        assert first
        assert sorted(both) == sorted((key, day) for key in first for day in (date(2026, 4, 1), date(2026, 11, 1)))


def test_a_time_limit_runs_from_each_event():
    """The heirs' example is one; here whoever is discharged twice reports twice."""
    told = {"kind": "discharge", "placed": "self_employed"}
    events = [{**told, "on": "2026-02-01"}, {"kind": "enlist", "on": "2026-03-01"}, {**told, "on": "2026-09-01"}]
    days = [step.by for step in answer(*events).steps if step.by is not None]
    assert days == [date(2026, 3, 3), date(2026, 10, 1)]  # 30 days each
    entries = calendar(answer(*events, on="2026-02-01"), "en")
    assert "20260303" in entries and "20261001" in entries


def test_what_two_events_ask_for_alike_is_said_once():
    step = steps_of(answer(FIRST), "leave_job")[0]
    assert _once([step, step]) == [step]
    by_another = replace(step, event="resume", day=date(2026, 6, 1))
    assert _once([step, by_another]) == [step]


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2026, 11, 1)},
        {"place": "beijing"},
        {"by": date(2026, 12, 1)},
        {"papers": ("id",)},
        {"where": "court"},
    ],
)
def test_what_differs_stays(change):
    step = steps_of(answer(FIRST), "leave_job")[0]
    other = replace(step, **change)
    assert _once([step, other]) == [step, other]


def test_the_short_answer_names_the_gap_and_says_the_same_money_once():
    events = [{"kind": "leave_job"}, AGAIN, {"kind": "leave_job", "paid_again_until": "2026-08"}]
    life = answer(*events, {"kind": "resume", "month": "2026-10", "payer": "employer"})
    assert [money.event for money in life.money] == ["leave_job"]
    said = [item["text"] for item in document(life, "en")["answer"]["items"]]
    assert sum(text.startswith("Paid until March 2026, again from June 2026: ") for text in said) >= 1
    assert sum(text.startswith("Paid until August 2026, again from October 2026: ") for text in said) >= 1
    # In another place it is another account.
    moved = answer(*events[:2], {"kind": "move", "on": "2026-07-05", "to": "wuhan"}, events[2])
    assert [money.place for money in moved.money if money.event == "leave_job"] == ["shanghai", "wuhan"]


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "When you leave the job, 1 April 2026", "When you leave the job, 1 November 2026"),
        ("zh", "离职时（2026年4月1日）", "离职时（2026年11月1日）"),
    ],
)
def test_of_a_step_taken_twice_each_says_for_which_event(lang, first, second):
    told = [
        (step["text"], fact["text"])
        for step in document(answer(FIRST, AGAIN, SECOND), lang)["steps"]["items"]
        for fact in step["facts"]
        if fact["name"] == "of"
    ]
    assert len({text for text, _ in told}) * 2 == len(told) == len(set(told))
    assert {first, second} <= {text for _, text in told}
    alone = document(answer(FIRST), lang)["steps"]["items"]
    assert not any(fact["name"] == "of" for step in alone for fact in step["facts"])
