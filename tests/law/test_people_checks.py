"""The check of every answer about people finds planted faults, in the law and in the engine."""

from datetime import date, timedelta

import pytest

from calculator import events, judge, months
from calculator.lawbook import lawbook
from calculator.verify import people
from calculator.verify.situations import Report, check_situations
from tests.law.planted import planted

CHINA = "places/china.toml"
DAY = date(2026, 11, 22)


def faults(book, place="china"):
    report = Report(0, [])
    people.check_people(book, place, [DAY], report)
    return report.faults


def test_the_law_as_it_is_has_no_fault_and_every_event_is_asked():
    report = Report(0, [])
    people.check_people(lawbook(), "quanzhou", [DAY], report)
    assert report.faults == []
    # 3 x 3 + 3 x 3 + 1 + 3 + 5 x 4 x 3 + 3 + 6 x 3 x 3 + 4 x 3 x 4 + 4 x 5 + 5 x 3 x 3
    assert report.situations == 9 + 9 + 1 + 3 + 60 + 3 + 54 + 48 + 20 + 45


def test_it_is_a_part_of_the_check_of_every_situation():
    book = planted(CHINA, 'when = { event = "enlist" }\nthen = { care = "army" }', 'when = { event = "study_abroad" }\nthen = { care = "army" }')  # fmt: skip
    found = check_situations(book, ["china"], ["care", "hukou"]).faults
    assert any("nothing is said on care under cover" in fault for fault in found)


def test_a_rule_that_is_missing_is_found():
    book = planted(CHINA, 'when = { nationality = "foreign", relation_ended = "no" }', 'when = { nationality = "foreign", relation_ended = "no", hukou = "restored" }')  # fmt: skip
    assert any("come_back" in fault and "nothing is said" in fault for fault in faults(book))


def test_an_open_outcome_without_a_question_is_found(monkeypatch):
    monkeypatch.setattr(judge, "questions_of", lambda *_: ())
    assert any("nobody is asked" in fault for fault in faults(lawbook()))


def test_a_guess_about_the_heirs_is_found(monkeypatch):
    die = events.JUDGED["die"]

    def guesses(judge, event):
        die(judge, type(event)(event.kind, {**event.values, "heir": event["heir"] or "law"}))

    monkeypatch.setitem(events.JUDGED, "die", guesses)
    assert any("is answered otherwise than for each heir" in fault for fault in faults(lawbook()))


def test_a_day_before_the_event_is_found(monkeypatch):
    monkeypatch.setattr(months, "counted", lambda day, within, unit: day - timedelta(days=1))
    assert any("by is 2026-11-21, before the event" in fault for fault in faults(lawbook()))


def test_an_answer_in_two_ways_is_found(monkeypatch):
    rulings_at = judge.rulings_at

    def twice(*asked):
        rulings = rulings_at(*asked)
        changed = [type(r)(**{**vars(r), "outcomes": dict.fromkeys(r.outcomes, "otherwise")}) for r in rulings]
        return (*rulings, *changed)

    monkeypatch.setattr(judge, "rulings_at", twice)
    assert any("is answered in two ways" in fault for fault in faults(lawbook()))


@pytest.mark.parametrize(
    ("place", "asked"), [("china", True), ("quanzhou", True), ("chengdu", False), ("jiangsu", False)]
)
def test_places_without_rules_of_their_own_answer_as_the_nation_does(place, asked):
    assert people.places_to_ask(lawbook(), place) is asked
