"""Retirement: every row of the official tables, the edges of them, and what is missing against what was paid.

``retirement_table.csv`` holds the 408 rows of annexes 1 to 3 of the measures of 2024, taken from the published tables
(国家法律法规数据库, 附件1—3) and not from any formula: month of birth, age, month of retirement, months of delay.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from calculator.lawbook import LawError, Span, lawbook
from calculator.months import format_month, last_day, parse_month
from calculator.rules.retirement import Paid, counted_at, medical_years_at, retirement_month, shortfall_at
from tests.law.planted import planted

BOOK = lawbook()
ASKED = date(2026, 11, 22)
with (Path(__file__).parent / "retirement_table.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def retires(born, group="man", day=ASKED):
    return retirement_month(BOOK, parse_month(born), group, day)


# -- the month ------------------------------------------------------------------------------------------------------


def test_the_tables_are_whole():
    assert [sum(row["group"] == group for row in ROWS) for group in ("man", "woman_55", "woman_50")] == [144, 144, 120]
    assert len({(row["group"], row["born"]) for row in ROWS}) == 408


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['group']}-{row['born']}")
def test_every_row_of_the_official_tables(row):
    found = retires(row["born"], row["group"])
    assert format_month(found.month) == row["retires"]
    assert (found.age_months, found.delay_months) == (int(row["age_months"]), int(row["delay_months"]))
    assert found.sure.key == "full_text"


@pytest.mark.parametrize(
    ("group", "born", "month", "years"),
    [
        ("man", "1964-12", "2024-12", 60), ("man", "1950-06", "2010-06", 60), ("man", "1977-01", "2040-01", 63),
        ("woman_55", "1969-12", "2024-12", 55), ("woman_55", "1982-01", "2040-01", 58),
        ("woman_50", "1974-12", "2024-12", 50), ("woman_50", "1985-01", "2040-01", 55),
    ],
)  # fmt: skip
def test_before_and_after_the_tables(group, born, month, years):
    found = retires(born, group)
    assert (format_month(found.month), found.age_months) == (month, years * 12)


@pytest.mark.parametrize(
    ("born", "month"), [("1965-01", "2025-02"), ("1965-04", "2025-05"), ("1965-05", "2025-07"), ("1965-08", "2025-10")]
)
def test_a_step_of_the_table(born, month):
    first, last = date.fromisoformat(f"{born}-01"), last_day(parse_month(born))
    for day in (first, last):
        assert format_month(retirement_month(BOOK, day, "man", ASKED).month) == month
    assert retirement_month(BOOK, last + timedelta(days=1), "man", ASKED).month > parse_month(month)


def test_who_reached_the_age_before_2025_has_no_choice():
    found = retires("1964-12")
    assert found.delay_months == 0
    assert found.earliest == found.month == found.latest


def test_the_choice_is_three_years_each_way_but_not_before_the_old_age():
    near, far = retires("1965-01"), retires("1976-12")
    assert [format_month(month) for month in (near.earliest, near.month, near.latest)] == [
        "2025-01", "2025-02", "2028-02",
    ]  # fmt: skip
    assert [format_month(month) for month in (far.earliest, far.month, far.latest)] == ["2036-12", "2039-12", "2042-12"]
    woman = retires("1984-12", "woman_50")  # 5 years of delay, 3 of them can be taken back
    assert format_month(woman.earliest) == "2036-12"


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2024, 9, 12)])
def test_before_the_decision_the_old_age_was_the_law(day):
    found = retires("1965-01", day=day)
    assert (format_month(found.month), found.delay_months) == ("2025-01", 0)
    assert found.earliest == found.latest == found.month


@pytest.mark.parametrize("day", [date(2024, 9, 13), date(2024, 12, 31), date(2025, 1, 1)])
def test_once_it_is_published_the_decision_says_what_will_hold(day):
    assert format_month(retires("1965-01", day=day).month) == "2025-02"


def test_pension_years_follow_the_year_chosen_or_that_of_the_statutory_age():
    found = retires("1969-11")
    assert [found.month // 12, found.earliest // 12, found.latest // 12] == [2031, 2029, 2034]
    assert found.pension_months == 16 * 12
    assert found.pension_months_if_earliest == 15 * 12
    assert found.pension_months_if_latest == 16 * 12


#: Annex 4 of the measures, row by row: year, years, months.
ANNEX_4 = (
    *((year, 15, 0) for year in range(2025, 2030)),
    (2030, 15, 6), (2031, 16, 0), (2032, 16, 6), (2033, 17, 0), (2034, 17, 6), (2035, 18, 0), (2036, 18, 6), (2037, 19, 0),
    (2038, 19, 6), (2039, 20, 0),
)  # fmt: skip


@pytest.mark.parametrize(("year", "years", "months"), ANNEX_4)
def test_every_row_of_the_table_of_pension_years(year, years, months):
    [found] = BOOK.consult("pension_years", "china", ASKED, {"retirement_year": year})
    assert found.get("months") == years * 12 + months
    assert found.sure_of("months").key == "full_text"


@pytest.mark.parametrize(("year", "months"), [(2022, 180), (2045, 240)])
def test_pension_years_before_and_after_the_table(year, months):
    [found] = BOOK.consult("pension_years", "china", ASKED, {"retirement_year": year})
    assert found.get("months") == months


def test_another_group_is_refused():
    with pytest.raises(KeyError, match="woman_60"):
        retires("1980-01", "woman_60")


def test_an_age_that_is_not_known_is_never_guessed():
    book = planted(
        "places/china.toml",
        'then = { age_months = 720, delay_at_most = 0 }\nsure = "full_text"',
        'then = { age_months = "unknown", delay_at_most = 0 }\nsure = "full_text"\nunknown = "not_found"',
    )
    with pytest.raises(LawError, match="not known"):
        retirement_month(book, parse_month("1965-01"), "man", date(2024, 1, 1))


# -- the years needed and missing -----------------------------------------------------------------------------------


def missing(place, paid, day=ASKED, retires="2026-06", **told):
    facts = {"sex": "man", "joined_year": 2010, "tier": None, "payer": "flexible", "started_work": "since_the_scheme"}
    return shortfall_at(BOOK, place, day, paid, retires=parse_month(retires), **(facts | told))


def test_men_and_women_need_different_years_where_the_place_says_so():
    for sex, months in (("man", 300), ("woman", 240)):
        [found] = medical_years_at(
            BOOK, "tianjin", ASKED, sex=sex, retires=parse_month("2026-06"), joined_year=None, tier=None
        )
        assert {one.name: one.months for one in found.needed} == {"total": months, "actual": 60}


def test_a_fact_that_is_not_told_branches():
    found = medical_years_at(BOOK, "tianjin", ASKED, sex=None, retires=None, joined_year=None, tier=None)
    assert [one.assuming for one in found] == [{"sex": "man"}, {"sex": "woman"}]


def test_more_than_15_years_is_one_month_more():
    for months, left in ((179, 2), (180, 1), (181, 0)):
        [found] = missing("shanghai", Paid(total=months, local_actual=months))
        assert found.at_least == left
        assert found.months is None  # the years in the city itself are not known


def test_years_in_all_or_years_without_a_break():
    """Chengdu, joined from 2009: 20 years in all, or 15 without a break."""
    for paid, left in (
        (Paid(total=240, continuous=0), 0),
        (Paid(total=180, continuous=180), 0),
        (Paid(total=200, continuous=170), 10),
        (Paid(total=235, continuous=100), 5),
        (Paid(total=239), None),
        (Paid(total=240), 0),
        (Paid(continuous=180), 0),
    ):
        [found] = missing("chengdu", paid, retires="2025-06")
        assert found.months == left, paid


def test_who_joined_before_2009_needs_15_years_in_chengdu():
    for year, left in ((2008, 0), (2009, 60)):
        [found] = missing("chengdu", Paid(total=180, continuous=0), retires="2025-06", joined_year=year)
        assert found.months == left


def test_the_number_that_lacks_most_decides():
    [found] = missing("wuhan", Paid(total=350, actual=100))
    assert {test.needed.name: test.months for test in found.tests} == {"total": 10, "actual": 20}
    assert found.months == 20


def test_what_was_not_told_stays_open():
    [found] = missing("wuhan", Paid(total=350))
    assert (found.months, found.at_least) == (None, 10)
    assert all(way.fen is None for way in found.ways)


def test_only_tier_1_asks_for_years_in_tier_1():
    paid = Paid(total=300, local_actual=120, tier_1=60)
    for tier, left in (("tier_1", 60), ("tier_2", 0)):
        [found] = missing("shenzhen", paid, retires="2025-06", tier=tier)
        assert found.months == left


def test_the_price_is_months_times_price():
    [found] = missing("hangzhou", Paid(total=228, local_actual=228), day=date(2024, 5, 6), retires="2024-05")
    assert {way.kind: (way.months, way.fen_per_month, way.fen) for way in found.ways} == {
        "monthly": (12, 39712, 476544), "lump_sum": (12, 66586, 799032),
    }  # fmt: skip


def test_a_price_by_the_year_is_taken_in_twelfths():
    facts = {"day": date(2025, 5, 6), "retires": "2025-05"}
    [found] = missing("chongqing", Paid(total=354, local_actual=354), tier="tier_1", **facts)
    [way] = found.ways
    assert (way.kind, way.fen_per_year, way.months, way.fen, way.rounded) == ("lump_sum", 366360, 6, 183180, False)


def test_a_price_that_is_not_known_is_no_price():
    [found] = missing("hangzhou", Paid(total=228, local_actual=228))
    assert [way.fen for way in found.ways] == [None, None]


# -- which years count ----------------------------------------------------------------------------------------------


def test_years_from_elsewhere_are_deemed_in_tianjin():
    found = counted_at(BOOK, "tianjin", ASKED, {"paid_here": 48, "paid_elsewhere": 240, "military_service": 24})
    assert (found.total, found.actual, found.local) == (Span(312, 312), Span(48, 48), 48)


def test_military_service_is_actual_in_guangdong_and_deemed_by_national_law():
    for place, actual in (("guangdong", 24), ("china", 0)):
        found = counted_at(BOOK, place, ASKED, {"military_service": 24})
        assert (found.total, found.actual) == (Span(24, 24), Span(actual, actual))


def test_shanghai_tells_paid_years_from_deemed_ones():
    found = counted_at(BOOK, "shanghai", ASKED, {"paid_here": 100, "before_the_scheme": 90})
    assert (found.total, found.actual) == (Span(190, 190), Span(100, 100))


def test_months_paid_twice_count_once():
    found = counted_at(BOOK, "guangdong", ASKED, {"paid_here": 100, "paid_elsewhere": 50, "overlapping": 10})
    assert found.total == Span(140, 140)


def test_what_the_place_leaves_open_is_a_range():
    found = counted_at(BOOK, "china", ASKED, {"paid_here": 100, "before_the_scheme": 60})
    assert (found.total, found.actual) == (Span(100, 160), Span(100, 160))
    assert found.sure.key == "not_known"


def test_part_of_the_resident_years_rounds_up_to_a_month():
    found = counted_at(BOOK, "chongqing", ASKED, {"resident_scheme": 50})  # 12.5 %
    assert found.total == Span(7, 7)
    assert found.sure.key == "conflict"
