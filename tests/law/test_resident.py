"""The checks on the resident scheme hold for the shipped law, and each of them bites."""

from datetime import date

import pytest

from calculator.lawbook import lawbook
from calculator.rules import resident
from calculator.verify import check_data, check_situations
from tests.law.planted import added, planted

CHINA, QINGDAO, WUXI = "places/china.toml", "places/qingdao.toml", "places/wuxi.toml"
TOPICS = ["resident_enrolment", "resident_wait", "resident_repair"]


def faults(book, *places):
    return check_situations(book, places, TOPICS).faults


def test_the_shipped_law_has_no_fault():
    report = check_situations(lawbook(), topics=TOPICS)
    assert report.faults == []
    assert report.situations > 20_000


def test_a_longer_break_with_a_shorter_wait_is_found():
    book = planted(
        QINGDAO,
        'enrolled = "central_period", broken_years = { at_least = 1 } }\nthen = { fixed_months = 3,',
        'enrolled = "central_period", broken_years = { at_least = 1, less_than = 3 } }\nthen = { fixed_months = 5,',
    )
    assert any("a shorter break waits" in fault for fault in faults(book, "qingdao"))


def test_repair_that_lengthens_the_wait_is_found(monkeypatch):
    monkeypatch.setattr(
        resident, "after_repair", lambda fixed, variable, repaired, floor: fixed + variable + (repaired > 1)
    )
    assert any("more repair makes the wait" in fault for fault in faults(lawbook(), "qingdao"))


def test_repair_without_a_floor_is_found():
    book = planted(CHINA, "months_per_year_paid = 1, at_least_months = 6, ", "months_per_year_paid = 1, ")
    assert any("nothing is said on its floor" in fault for fault in faults(book, "china"))


def test_repair_below_the_floor_is_found(monkeypatch):
    monkeypatch.setattr(
        resident, "after_repair", lambda fixed, variable, repaired, floor: fixed + variable - min(repaired, variable)
    )
    assert any("below the floor of 6" in fault for fault in faults(lawbook(), "china"))


def test_repair_of_the_fixed_part_is_found(monkeypatch):
    monkeypatch.setattr(
        resident, "after_repair", lambda fixed, variable, repaired, floor: max(0, fixed + variable - 2 * repaired)
    )
    assert any("less than the fixed 3" in fault for fault in faults(lawbook(), "qingdao"))


def test_a_group_that_waits_although_it_does_not_is_found(monkeypatch):
    monkeypatch.setattr(resident, "variable_months", lambda years, per_year, adds: years)
    assert any("says that there is no wait" in fault for fault in faults(lawbook(), "quanzhou"))


def test_a_newborn_that_waits_is_found():
    book = added(
        WUXI,
        """
[[rule]]
id = "wuxi.planted"
topic = "resident_wait"
from = 2025-12-01
until = "open"
looks_at = "payment"
when = { who = "newborn" }
then = { fixed_months = 2 }
sure = "official"
cites = ["wuxi-resident-2026#late"]
""",
    )
    assert any("a newborn waits 2 months" in fault for fault in faults(book, "wuxi"))


@pytest.mark.parametrize("begin", [date(2020, 1, 1), date(2026, 1, 1)])
def test_benefits_before_the_payment_are_found(monkeypatch, begin):
    monkeypatch.setattr(resident, "first_day", lambda *_: begin)
    assert any(f"benefits from {begin}, before" in fault for fault in faults(lawbook(), "fuxin"))


def test_benefits_before_the_wait_is_over_are_found(monkeypatch):
    honest = resident.first_day
    monkeypatch.setattr(
        resident, "first_day", lambda wait_from, paid, year, wait: honest(wait_from, paid, year, wait - 1)
    )
    assert any("less than 3 months after" in fault for fault in faults(lawbook(), "fuxin"))


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        ("places/beijing.toml", "opens = 2025-11-30, closes = 2026-02-28", "opens = 2026-02-28, closes = 2025-11-30", "is not before"),
        ("places/beijing.toml", "opens = 2025-11-30, closes = 2026-02-28", "opens = 2025-11-30, closes = 2026-02-27", "closes is 2026-02-27, which its sources do not say"),
        ("places/qinghai.toml", "opens = 2025-10-21, closes = 2025-12-31", "opens = 2025-10-20, closes = 2025-12-31", "opens is 2025-10-20, which its sources do not say"),
        ("places/beijing.toml", "opens = 2025-11-30, closes = 2026-02-28", "opens = 2024-11-30, closes = 2026-02-28", "is not around the beginning of 2026"),
        ("places/hebei.toml", "extended_to = 2026-02-28", "extended_to = 2026-03-31", "extended_to is 2026-03-31"),
    ],
)  # fmt: skip
def test_a_wrong_day_of_a_period_is_found(file, before, after, says):
    place = file.removeprefix("places/").removesuffix(".toml")
    assert any(says in fault for fault in faults(planted(file, before, after), place))


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        ("places/fuxin.toml", 'first_year_adds = "no", wait_from = "start_of_insurance_year"', 'first_year_adds = "yes", wait_from = "start_of_insurance_year"', "first_year_adds is yes"),
        ("places/xiamen.toml", "broken_years_from = 2025", "broken_years_from = 2026", "broken_years_from is 2026"),
        ("places/wuxi.toml", 'months_per_broken_year = 0, first_year_adds = "does_not_arise", wait_from = "event"', 'months_per_broken_year = 0, first_year_adds = "does_not_arise", wait_from = "month_after_payment"', "wait_from is month_after_payment"),
        ("places/qinghai.toml", 'then = { fixed_months = 3, wait_from = "payment_day" }', 'then = { fixed_months = 3, wait_from = "day_after_payment" }', "wait_from is day_after_payment"),
        ("places/quanzhou.toml", 'costs_in_wait = "not_paid"', 'costs_in_wait = "not_paid", continuous_requires = "benefit_year_entered"', "continuous_requires is benefit_year_entered"),
        ("places/shandong.toml", "lowered_on_return_fen = 300000", "lowered_on_return_fen = 200000", "lowered_on_return_fen is 200000"),
        ("places/beijing.toml", "premium_fen = 46000", "premium_fen = 46100", "premium_fen is 46100"),
    ],
)  # fmt: skip
def test_a_value_that_its_words_do_not_carry_is_found(file, before, after, says):
    assert any(says in fault for fault in check_data(planted(file, before, after), date(2026, 11, 22)))
