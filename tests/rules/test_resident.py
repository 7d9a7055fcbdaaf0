"""The waiting period of the resident scheme: the tables of both readings, the days, and what stays open."""

from datetime import date

import pytest

from calculator.confidence import Confidence
from calculator.immutable import replace
from calculator.lawbook import Finding, OutsideKnownDays, Span, lawbook
from calculator.question import ask
from calculator.rules.cover import CoverMonth, Line
from calculator.rules.joining import _told_apart
from calculator.rules.resident import after_repair, first_day, same_day_later, variable_months, waiting

FIXED, FLOOR = 3, 6


def wait(place="china", **told):
    facts = {
        "place": place,
        "paid_on": date(2026, 11, 22),
        "insurance_year": 2027,
        "enrolled": "central_period",
        "broken_years": 0,
        "repaired_years": 0,
        "who": "other",
    }
    return waiting(lawbook(), **{**facts, **told})


def totals(years, first_year_adds):
    """Months before repair, and after everything is repaired that can be."""
    variable = variable_months(years, 1, first_year_adds)
    floor = FLOOR if years >= 4 else None
    return FIXED + variable, after_repair(FIXED, variable, years, floor)


@pytest.mark.parametrize(
    ("years", "before", "after"), [(0, 3, 3), (1, 3, 3), (2, 4, 3), (3, 5, 3), (4, 6, 6), (5, 7, 6), (10, 12, 6)]
)
def test_the_table_when_the_first_year_adds_nothing(years, before, after):
    assert totals(years, "no") == (before, after)


@pytest.mark.parametrize(
    ("years", "before", "after"), [(0, 3, 3), (1, 4, 3), (2, 5, 3), (3, 6, 3), (4, 7, 6), (5, 8, 6), (10, 13, 6)]
)
def test_the_table_when_the_first_year_adds_a_month(years, before, after):
    assert totals(years, "yes") == (before, after)


def test_the_floor_never_makes_a_wait_longer():
    assert after_repair(fixed=1, variable=3, repaired=3, floor=6) == 4


def test_repair_takes_away_only_the_variable_part():
    assert after_repair(fixed=3, variable=2, repaired=9, floor=None) == 3


def test_a_place_may_add_more_than_one_month_for_a_year():
    assert variable_months(3, 2, "no") == 4
    assert variable_months(3, 2, "yes") == 6


def test_an_unknown_number_of_months_stays_unknown_unless_it_does_not_matter():
    assert variable_months(2, "unknown", "no") is None
    assert variable_months(1, "unknown", "no") == 0
    assert variable_months(0, "unknown", "yes") == 0


@pytest.mark.parametrize(
    ("paid", "count", "begins"),
    [
        (date(2025, 7, 3), 3, date(2025, 10, 3)),  # Fuxin, example 1
        (date(2025, 11, 6), 3, date(2026, 2, 6)),  # Fuxin, example 2
        (date(2025, 11, 28), 3, date(2026, 2, 28)),
        (date(2025, 11, 29), 3, date(2026, 3, 1)),  # there is no 29 February 2026
        (date(2025, 11, 30), 3, date(2026, 3, 1)),
        (date(2023, 11, 29), 3, date(2024, 2, 29)),  # a leap year has one
        (date(2023, 11, 30), 3, date(2024, 3, 1)),
        (date(2026, 3, 31), 3, date(2026, 7, 1)),  # there is no 31 June
        (date(2026, 3, 31), 4, date(2026, 7, 31)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_date_to_date(paid, count, begins):
    assert same_day_later(paid, count) == begins


def test_a_later_payment_never_gives_earlier_benefits():
    days = [date.fromordinal(date(2025, 1, 1).toordinal() + n) for n in range(1100)]
    for months_waited in range(8):
        begins = [same_day_later(day, months_waited) for day in days]
        assert begins == sorted(begins)


@pytest.mark.parametrize(
    ("wait_from", "paid", "year", "months_waited", "begins"),
    [
        ("start_of_insurance_year", date(2025, 12, 3), 2026, 3, date(2026, 4, 1)),  # Fuxin, example 3
        ("start_of_insurance_year", date(2026, 2, 10), 2026, 0, date(2026, 1, 1)),  # Beijing: paid in February
        ("payment_day", date(2025, 12, 28), 2026, 0, date(2026, 1, 1)),  # never before the insurance year
        ("payment_day", date(2026, 1, 15), 2026, 0, date(2026, 1, 15)),
        ("day_after_payment", date(2025, 3, 15), 2025, 0, date(2025, 3, 16)),  # Jiangxi
        ("day_after_payment", date(2025, 6, 30), 2025, 2, date(2025, 9, 1)),
        ("payment_month", date(2026, 3, 10), 2026, 2, date(2026, 5, 1)),  # Wuxi
        ("payment_month", date(2026, 3, 10), 2026, 0, date(2026, 3, 10)),
        ("month_after_payment", date(2026, 5, 20), 2026, 0, date(2026, 6, 1)),  # Nanjing
        ("month_after_payment", date(2026, 12, 5), 2026, 2, date(2027, 3, 1)),
        ("event", date(2026, 3, 10), 2026, 0, None),
        ("unknown", date(2026, 3, 10), 2026, 3, None),
        (None, date(2026, 3, 10), 2026, 3, None),
    ],
)
def test_the_first_day_with_benefits(wait_from, paid, year, months_waited, begins):
    assert first_day(wait_from, paid, year, months_waited) == begins


def test_the_nation_leaves_the_first_year_open_and_both_readings_are_given():
    one, other = wait(broken_years=1)
    assert (one.reading, one.total, one.first_day) == ({"first_year_adds": "no"}, 3, date(2027, 4, 1))
    assert (other.reading, other.total, other.first_day) == ({"first_year_adds": "yes"}, 4, date(2027, 5, 1))
    assert one.sure == other.sure == Confidence.CONFLICT
    assert (one.repairable_years, other.repairable_years) == (0, 1)


def test_years_before_the_rule_are_counted_in_one_reading_and_not_in_the_other():
    read = {tuple(line.reading.values()): line.total for line in wait(broken_years=5)}
    assert read == {(2025, "no"): 4, (2025, "yes"): 5, ("any", "no"): 7, ("any", "yes"): 8}


def test_years_since_the_rule_are_counted_in_every_reading():
    assert [line.counted_years for line in wait(broken_years=2)] == [2, 2]


def test_a_break_that_lies_wholly_before_the_rule_may_not_be_one():
    lines = wait(place="china", paid_on=date(2025, 2, 1), insurance_year=2025, broken_years=3, enrolled="late")
    since, *_ = lines
    assert (since.reading, since.counted_years, since.total) == ({"broken_years_from": 2025}, 0, 3)
    assert max(line.total for line in lines) == 6


def test_where_a_bureau_has_decided_there_is_one_line():
    [line] = wait("qingdao", broken_years=2)
    assert (line.fixed, line.variable, line.total, line.sure) == (3, 1, 4, Confidence.OFFICIAL)


@pytest.mark.parametrize(("repaired", "left"), [(0, 7), (1, 6), (2, 6), (5, 6)])
def test_repair_stops_at_the_floor(repaired, left):
    line = next(line for line in wait(broken_years=5, repaired_years=repaired) if line.reading == {"broken_years_from": "any", "first_year_adds": "no"})  # fmt: skip
    assert line.total == left
    assert line.repairable_years == 1


def test_the_price_of_repair_is_that_of_the_year_of_payment():
    told = {"paid_on": date(2026, 3, 1), "insurance_year": 2026, "enrolled": "late", "broken_years": 1}
    one, other = wait("beijing", **told, age_group="old_age")
    assert (one.repair_fen, other.repair_fen) == (0, 46000)
    assert [line.repair_fen for line in wait("beijing", **told)] == [0, None]  # the group decides, and was not told
    assert [line.repair_fen for line in wait("china", **told, age_group="old_age")] == [0, None]  # nobody knows


def test_whoever_joins_in_the_period_without_a_break_does_not_wait():
    [line] = wait()
    assert (line.total, line.first_day, line.repair_fen, line.continuous) == (0, date(2027, 1, 1), 0, "yes")


def test_a_wait_that_runs_past_the_year_leaves_it_without_benefits():
    told = {"insurance_year": 2025, "enrolled": "late"}
    [before] = wait("fuxin", paid_on=date(2025, 9, 30), **told)
    [from_that_day] = wait("fuxin", paid_on=date(2025, 10, 1), **told)
    assert (before.first_day, before.in_insurance_year, before.continuous) == (date(2025, 12, 30), True, "yes")
    assert (from_that_day.first_day, from_that_day.in_insurance_year, from_that_day.continuous) == (
        date(2026, 1, 1),
        False,
        "no",
    )
    [elsewhere] = wait("china", paid_on=date(2025, 10, 1), **told)
    assert elsewhere.continuous == "unknown"


def test_what_was_not_told_gives_a_line_for_each_answer():
    lines = wait(paid_on=date(2026, 3, 10), insurance_year=2026, enrolled=None)
    assert [(line.assuming["enrolled"], line.total) for line in lines] == [
        ("central_period", 0),
        ("extended_period", None),
        ("late", 3),
    ]


def test_people_who_are_answered_alike_share_a_line():
    lines = wait(paid_on=date(2026, 3, 10), insurance_year=2026, enrolled="late", who=None)
    assert [line.total for line in lines] == [3, 0, None]
    assert lines[0].assuming == {"who": "other"}
    assert "veteran" in lines[2].assuming["who"] and "returnee" in lines[2].assuming["who"]


def test_an_untold_number_of_months_is_given_as_a_span():
    told = {"paid_on": date(2026, 3, 10), "insurance_year": 2026, "enrolled": "late", "who": "veteran"}
    soon, late = wait("jiangxi", **told)
    assert soon.assuming["months_to_joining"] == Span(0, 3)
    assert late.assuming["months_to_joining"] == Span(4, None)
    assert (soon.total, late.total) == (0, None)


def test_a_cap_is_named_where_the_figure_is_not_known():
    [line] = wait("suzhou", paid_on=date(2026, 3, 10), insurance_year=2026, enrolled="late")
    assert (line.total, line.at_most, line.sure) == (None, 2, Confidence.NOT_KNOWN)


def test_the_law_is_that_of_the_day_of_payment():
    told = {"insurance_year": 2025, "enrolled": "late"}
    [before] = wait(paid_on=date(2024, 12, 31), **told)
    [since] = wait(paid_on=date(2025, 1, 1), **told)
    assert (before.total, since.total) == (None, 3)
    with pytest.raises(OutsideKnownDays):
        wait(paid_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    "told",
    [{"broken_years": -1}, {"repaired_years": 1}, {"repaired_years": -1}, {"paid_on": date(2028, 1, 1)}],
)
def test_years_that_can_not_be_are_refused(told):
    with pytest.raises(ValueError, match=r"can not be|is after"):
        wait(**told)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"broken_years": 1, "repaired_years": 0}, "needs insurance_year"),
        ({"insurance_year": 2026, "broken_years": "1", "repaired_years": 0}, "a whole number"),
        ({"insurance_year": 2026, "broken_years": 0, "repaired_years": 0, "who": "king"}, "accepted: other"),
        ({"insurance_year": 2026, "broken_years": 0, "repaired_years": 0, "weather": 1}, "has no 'weather'"),
    ],
)
def test_the_question_names_what_is_wrong_with_it(values, says):
    with pytest.raises(ValueError, match=says):
        ask(lawbook(), "resident_waiting", "china", date(2026, 3, 1), values)


def test_the_question_answers_in_plain_data():
    values = {"insurance_year": 2026, "broken_years": 0, "repaired_years": 0, "who": "ex_employee", "enrolled": "late"}
    soon, _ = ask(lawbook(), "resident_waiting", "jiangxi", date(2026, 3, 10), values)
    assert soon["assuming"] == {"months_to_joining": {"from": 0, "to": 3}}
    assert (soon["first_day"], soon["sure"]) == ("2026-03-11", "reported")
    assert soon["origin"] == ["jiangxi.resident-wait.ex-employees"]
    assert soon["cites"] == ["jiangxi-special-groups-2025#others"]


CASE = Line(
    assuming={}, months=(CoverMonth(24324, "waiting", "waiting_all", "rule"),), wait=3, sure=Confidence.OFFICIAL,
    finding=Finding("resident_wait", "china", date(2026, 11, 22), {}, {}, ()),
)  # fmt: skip


@pytest.mark.parametrize(
    "otherwise",
    [
        {"wait": 4},
        {"wait_at_most": 6},
        {"wait_scope": "inpatient"},
        {"returns": date(2027, 4, 1)},
        {"sure": Confidence.REPORTED},
        {"months": (replace(CASE.months[0], percent=50),)},
        {"months": (replace(CASE.months[0], day=date(2027, 1, 9)),)},
    ],
)
def test_cases_are_told_as_one_only_where_nothing_that_is_shown_differs(otherwise):
    def told(**other):
        cases = [replace(CASE, assuming={"who": "other"}), replace(CASE, assuming={"who": "veteran"}, **other)]
        return [line.assuming for line, _, _ in _told_apart([(line, None, None) for line in cases])]

    assert told() == [{}]
    assert told(**otherwise) == [{"who": "other"}, {"who": "veteran"}]
