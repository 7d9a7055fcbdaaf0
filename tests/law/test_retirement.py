"""The law on retirement keeps its order, and a fault planted in it is found."""

from copy import replace
from types import SimpleNamespace

import pytest

import calculator.rules.retirement as rules
import calculator.verify.retirement as verify
from calculator import judge, months
from calculator.lawbook import Span, lawbook
from calculator.rules import retiring, steps
from calculator.verify import change_days, check_situations
from calculator.verify.retirement import TOPICS, check_retirement
from calculator.verify.retiring import check_lives
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


# -- the same through the whole assessment --------------------------------------------------------------------------


def lives(place):
    return [fault for fault in check_lives(lawbook(), place) if fault]


@pytest.mark.parametrize("place", ["china", "wuhan", "shanghai", "chengdu"])
def test_lives_that_retire_are_judged_without_fault(place):
    looked_at = list(check_lives(lawbook(), place))
    assert len(looked_at) > 400
    assert not any(looked_at)


def planted_in(monkeypatch, change):
    """Every standing of an assessment, changed."""
    real = retiring._standing
    monkeypatch.setattr(retiring, "_standing", lambda *told: change(real(*told)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: replace(one, missing=one.missing and Span(0, 0), at_least=0), "by the number that lacks most"),
        (lambda one: replace(one, at_least=600 - one.at_least), "fewer left"),
        (lambda one: replace(one, left=one.left and Span(0, 700)), "left after paying on"),
        (
            lambda one: replace(one, missing=one.missing and Span(one.missing.last + 1, one.missing.last)),
            "missing from",
        ),
        (
            lambda one: replace(one, ways=tuple(replace(way, fen=1, months=1, fen_per_month=2) for way in one.ways)),
            "1 months at 2 fen cost 1 fen",
        ),
        (
            lambda one: replace(
                one, held=tuple(replace(held, missing=held.missing and Span(1, 1)) for held in one.held)
            ),
            "is said to be missing",
        ),
    ],
)
def test_a_standing_that_does_not_add_up_is_found(monkeypatch, change, says):
    planted_in(monkeypatch, change)
    assert any(says in fault for fault in lives("wuhan"))


def test_a_group_that_is_forgotten_is_found(monkeypatch):
    monkeypatch.setattr(retiring, "GROUPS_OF", {**retiring.GROUPS_OF, None: ("man", "woman_55")})
    assert any("group None is answered otherwise" in fault for fault in lives("wuhan"))


def test_free_cover_for_who_lacks_years_is_found():
    book = planted(
        CHINA,
        'when = { years_reached = "no" }\nthen = { cover = "only_by_paying_on" }',
        'when = { years_reached = "no" }\nthen = { cover = "goes_on_without_paying" }',
    )
    assert any("cover without paying is said under" in fault for fault in check_lives(book, "wuhan"))


def test_a_notice_after_its_month_is_found(monkeypatch):
    # Only where days of steps are counted: elsewhere the first day of a month stays what it is.
    wrong = {**vars(months), "first_day": lambda month: months.first_day(month + 12)}
    monkeypatch.setattr(steps, "months", SimpleNamespace(**wrong))
    assert any("notice by" in fault for fault in lives("wuhan"))


def test_years_nobody_speaks_of_are_found(monkeypatch):
    monkeypatch.setattr(judge, "standings_at", lambda *_, **__: ())
    assert any("nothing is said of the years" in fault for fault in lives("china"))
