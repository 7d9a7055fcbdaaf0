"""The law on retirement keeps its order, and a fault planted in it is found."""

from dataclasses import replace

import pytest

import calculator.rules.retirement as rules
import calculator.verify.retirement as verify
from calculator.lawbook import lawbook
from calculator.verify import change_days, check_situations
from calculator.verify.retirement import TOPICS, check_retirement
from tests.law.planted import planted

CHINA, CHENGDU = "places/china.toml", "places/chengdu.toml"
FEWER_IN_2033 = planted(
    CHINA,
    "when = { retirement_year = 2033 }\nthen = { months = 204 }",
    "when = { retirement_year = 2033 }\nthen = { months = 190 }",
)


@pytest.mark.parametrize("place", ["china", "guangdong", "shanghai", "chengdu", "chongqing", "tianjin"])
def test_nothing_is_out_of_order(place):
    situations, faults = check_retirement(lawbook(), place, change_days)
    assert faults == []
    assert situations > 100


def test_a_year_that_asks_for_fewer_pension_years_is_found():
    _, faults = check_retirement(FEWER_IN_2033, "china", change_days)
    assert any("2033 asks for fewer pension years than 2032" in fault for fault in faults)


def test_a_birth_that_retires_before_an_earlier_one_is_found(monkeypatch):
    whole = rules._delay
    # The months of delay counted down instead of up.
    monkeypatch.setattr(rules, "_delay", lambda age, reached: (36 - whole(age, reached)) * 2)
    _, faults = check_retirement(lawbook(), "china", change_days)
    assert any("one born before later" in fault for fault in faults)


def test_a_statutory_month_outside_the_choice_is_found(monkeypatch):
    real = verify.retirement_month
    monkeypatch.setattr(
        verify, "retirement_month", lambda *told: replace(found := real(*told), earliest=found.month + 1)
    )
    _, faults = check_retirement(lawbook(), "china", change_days)
    assert any("outside the months to choose from" in fault for fault in faults)


def test_paying_more_and_missing_more_is_found(monkeypatch):
    real = rules._gap
    monkeypatch.setattr(rules, "_gap", lambda needed, paid: paid if real(needed, paid) else real(needed, paid))
    _, faults = check_retirement(lawbook(), "tianjin", change_days)
    assert any("fewer left" in fault for fault in faults)


def test_years_that_count_for_less_when_there_are_more_are_found(monkeypatch):
    real = rules._worth
    monkeypatch.setattr(
        rules, "_worth", lambda part: tuple((-a, -b) for a, b in real(part)) if part.kind == "military_service" else real(part)
    )  # fmt: skip
    _, faults = check_retirement(lawbook(), "china", change_days)
    assert any("more months of military_service make fewer years count" in fault for fault in faults)


def test_two_rules_for_one_case_are_told_and_stop_nothing():
    book = planted(
        CHENGDU,
        "when = { joined_year = { at_least = 2009 }, retirement_year = { less_than = 2026 } }",
        "when = { joined_year = { at_least = 2008 }, retirement_year = { less_than = 2026 } }",
    )
    _, faults = check_retirement(book, "chengdu", change_days)
    assert any("both apply" in fault for fault in faults)


def test_the_exhaustive_check_asks_all_of_it():
    report = check_situations(FEWER_IN_2033, ["china"], TOPICS)
    assert any("fewer pension years" in fault for fault in report.faults)


def test_a_topic_without_an_answer_is_found():
    book = planted(
        CHINA, 'id = "china.pension-years.2035"\ntopic = "pension_years"\nfrom = 2024-09-13\nuntil = "open"',
        'id = "china.pension-years.2035"\ntopic = "pension_years"\nfrom = 2024-09-13\nuntil = 2025-01-01',
    )  # fmt: skip
    report = check_situations(book, ["china"], TOPICS)
    assert any("nothing is said on months" in fault for fault in report.faults)
