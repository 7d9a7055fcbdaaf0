"""Days after a disappearance or a death: periods of months as the Civil Code counts them, and what hangs on them."""

from datetime import date

import pytest

from calculator.lawbook import OutsideKnownDays, lawbook
from calculator.question import ask
from calculator.rules import missing

DAY = date(2026, 11, 22)


def person(**values):
    return ask(lawbook(), "missing_person", "china", DAY, values)


def deadlines(place="china", **values):
    return ask(lawbook(), "death_deadlines", place, DAY, values)


@pytest.mark.parametrize(
    ("start", "length", "first"),
    [
        (date(2024, 5, 13), 24, date(2026, 5, 14)),  # ends on a Wednesday: the next day
        (date(2024, 5, 9), 24, date(2026, 5, 12)),  # ends on a Saturday, moved to Monday: Tuesday
        (date(2024, 5, 10), 24, date(2026, 5, 12)),  # ends on a Sunday
        (date(2024, 5, 8), 24, date(2026, 5, 9)),  # ends on a Friday: the next day, whatever day it is
        (date(2026, 5, 9), 0, date(2026, 5, 9)),  # no period: at once
    ],
)
def test_the_court_is_asked_when_the_last_day_is_over(start, length, first):
    assert missing.first_day_after(start, length) == first


@pytest.mark.parametrize(
    ("how", "missing_months", "death_months", "notice", "rule"),
    [
        ("without_accident", 24, 48, 12, "day_of_judgment"),
        ("in_accident", 24, 24, 12, "day_of_accident"),
        ("survival_impossible", 24, 0, 3, "day_of_accident"),
        ("in_war", 24, 48, 12, "day_of_judgment"),
    ],
)
def test_each_way_has_its_own_times(how, missing_months, death_months, notice, rule):
    [answer] = person(last_news=date(2024, 5, 13), war_ended=date(2025, 1, 1), went_missing=how)
    assert answer["missing"]["after_months"] == missing_months
    assert answer["death"]["after_months"] == death_months
    assert answer["death"]["notice_months"] == notice
    assert answer["day_of_death"]["rule"] == rule
    assert answer["sure"] == "full_text"


def test_the_days_of_somebody_who_went_out_and_did_not_come_back():
    [answer] = person(last_news=date(2024, 2, 29), went_missing="without_accident")
    assert answer["missing"] == {
        "after_months": 24,
        "notice_months": 3,
        "runs_from": date(2024, 2, 29),
        "period_ends": date(2026, 2, 28),  # a Saturday
        "court_from": date(2026, 3, 3),
        "not_decided_before": date(2026, 6, 4),
    }
    assert answer["death"]["court_from"] == date(2028, 3, 1)
    assert answer["account"] == "not_inherited"


def test_when_survival_is_impossible_the_court_can_be_asked_at_once():
    [answer] = person(last_news="2026-10-01", went_missing="survival_impossible", accident_on="2026-10-01")
    assert answer["death"]["court_from"] == date(2026, 10, 1)
    assert answer["death"]["not_decided_before"] == date(2027, 1, 2)
    assert answer["day_of_death"]["day"] == date(2026, 10, 1)


def test_in_war_time_runs_from_its_end_and_is_not_counted_before():
    [open_end] = person(last_news=date(2024, 5, 13), went_missing="in_war")
    assert open_end["missing"]["runs_from"] is None
    assert open_end["missing"]["court_from"] is None
    [ended] = person(last_news=date(2024, 5, 13), went_missing="in_war", war_ended=date(2025, 1, 1))
    assert ended["missing"]["period_ends"] == date(2027, 1, 1)


def test_an_unknown_way_is_answered_for_every_one():
    answers = person(last_news=date(2024, 5, 13))
    assert {answer["assuming"]["went_missing"] for answer in answers} == {
        "without_accident", "in_accident", "survival_impossible", "in_war",
    }  # fmt: skip


def test_the_day_of_death_is_that_of_the_judgment_or_of_the_accident():
    judgment, accident = date(2026, 9, 1), date(2023, 7, 4)
    assert missing.deemed_day_of_death("day_of_judgment", judgment, accident) == judgment
    assert missing.deemed_day_of_death("day_of_accident", judgment, accident) == accident
    assert missing.deemed_day_of_death("day_of_judgment", None, accident) is None
    with pytest.raises(ValueError, match="no such rule"):
        missing.deemed_day_of_death("day_of_the_news", judgment, accident)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "last_news is needed"),
        ({"last_news": "2024-13-01"}, "a day is written"),
        ({"last_news": 20240101}, "a day is written"),
        ({"last_news": "2026-11-23"}, "after the day of asking"),
        ({"last_news": "2024-01-01", "judgment": "2023-01-01"}, "before the last news"),
        ({"last_news": "2024-01-01", "war_ended": "2023-01-01"}, "before the last news"),
        ({"last_news": "2024-01-01", "went_missing": "flood"}, "accepted: without_accident"),
        ({"last_news": "2024-01-01", "weather": "fog"}, "no fact 'weather'"),
    ],
)
def test_facts_that_cannot_be_counted_are_refused(values, says):
    with pytest.raises(ValueError, match=says):
        person(**values)


def test_a_death_is_reported_before_burial_or_within_a_month():
    city, countryside = deadlines(died=date(2026, 1, 30))
    assert (city["assuming"], countryside["assuming"]) == ({"area": "city"}, {"area": "countryside"})
    assert city["police"]["before_burial"] is True
    assert countryside["police"]["before_burial"] is False
    assert city["police"]["by"] == countryside["police"]["by"] == date(2026, 2, 28)


def test_the_agency_hears_within_20_working_days_counted_as_weekdays():
    answer = deadlines(died=date(2026, 10, 31), area="city")[0]
    assert answer["agency"]["by"] == date(2026, 11, 27)
    assert answer["agency"]["by_is_weekday_count"] is True


def test_before_the_regulation_of_2023_nothing_was_said_on_the_agency():
    assert deadlines(died=date(2023, 11, 30), area="city")[0]["agency"] is None
    assert deadlines(died=date(2023, 12, 1), area="city")[0]["agency"]["by"] == date(2023, 12, 29)


def test_a_place_can_add_a_day_of_its_own():
    [answer] = deadlines("quanzhou", died=date(2026, 10, 31), area="city", reported=date(2026, 11, 5))
    assert answer["place"]["report_by"] == date(2026, 11, 30)
    assert answer["place"]["heirs_apply_from"] == date(2026, 12, 10)
    [open_day] = deadlines("quanzhou", died=date(2026, 10, 31), area="city")
    assert open_day["place"]["heirs_apply_from"] is None
    assert deadlines(died=date(2026, 10, 31), area="city")[0]["place"] is None


def test_a_report_in_december_leads_into_the_next_year():
    [answer] = deadlines("quanzhou", died=date(2024, 12, 1), area="city", reported=date(2024, 12, 31))
    assert answer["place"]["heirs_apply_from"] == date(2025, 1, 10)


def test_a_declaration_of_death_is_reported_with_the_judgment():
    [answer] = deadlines(died=date(2026, 9, 1), declared="yes")
    # Article 31 of the police standard: household register and identity card of the person, and the judgment.
    assert answer["police"]["papers"] == ["hukou_booklet", "id_of_the_deceased", "court_judgment"]
    assert answer["police"]["by"] == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "died is needed"),
        ({"died": date(2026, 12, 1)}, "after the day of asking"),
        ({"died": "2026-01-01", "area": "sea"}, "accepted: city, countryside"),
        ({"died": "2026-01-01", "declared": "maybe"}, "accepted: yes, no"),
    ],
)
def test_a_death_that_cannot_be_placed_is_refused(values, says):
    with pytest.raises(ValueError, match=says):
        deadlines(**values)


def test_a_death_before_the_days_we_read_is_refused():
    with pytest.raises(OutsideKnownDays):
        deadlines(died=date(2021, 12, 31))
