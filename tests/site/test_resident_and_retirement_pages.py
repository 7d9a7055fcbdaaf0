"""What the pages on the resident scheme and on retirement draw and count, against the tables and examples of the law."""

import calendar
import csv
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import LANGUAGES, ROOT

EN, ZH = (LawPages(lang) for lang in LANGUAGES)
MONTHS = list(calendar.month_abbr)[1:]
GROUPS = ("man", "woman_55", "woman_50")
with (ROOT / "tests/rules/retirement_table.csv").open(encoding="utf-8") as file:
    OFFICIAL = list(csv.DictReader(file))


def rows(table):
    """The body of a table: cells as lists of lines."""
    body = table.partition("<tbody>")[2]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", body):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        found.append([[unescape(re.sub(r"<[^>]+>", "", line)) for line in cell.split("<br>")] for cell in cells])
    return found


def months_of(span):
    """The month numbers of "Nov 2033 to Feb 2034" or "Feb to May 2025"."""
    ends = re.findall(r"([A-Z]\w+)(?: (\d{4}))?", span)
    last_year = int(ends[-1][1])
    numbers = [int(year or last_year) * 12 + MONTHS.index(name) for name, year in ends]
    return list(range(numbers[0], numbers[-1] + 1))


def age_of(said):
    years, months = re.search(r"(\d+) year", said), re.search(r"(\d+) month", said)
    return int(years[1]) * 12 + (int(months[1]) if months else 0)


# -- retirement ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
def test_every_line_of_the_official_tables_stands_in_the_table(group):
    drawn = {}
    for (year, *_), *thirds in rows(EN.retirement_table(group))[:-1]:
        birth = int(year) * 12
        for third in thirds:
            for age, span in zip(third[::2], third[1::2], strict=True):
                for month in months_of(span):
                    drawn[birth] = (age_of(age), month)
                    birth += 1
    official = {}
    for row in OFFICIAL:
        if row["group"] == group:
            year, month = map(int, row["born"].split("-"))
            retires_year, retires_month = map(int, row["retires"].split("-"))
            official[year * 12 + month - 1] = (int(row["age_months"]), retires_year * 12 + retires_month - 1)
    assert drawn == official


@pytest.mark.parametrize(("group", "last"), [("man", "63 years"), ("woman_55", "58 years"), ("woman_50", "55 years")])
def test_the_last_row_says_the_age_of_everybody_later(group, last):
    assert rows(EN.retirement_table(group))[-1][1:] == [[last]] * 3


def test_chinese_counts_ages_in_its_own_word():
    first = rows(ZH.retirement_table("man"))[0]
    assert first == [["1965"], ["60岁1个月", "2025年2月至5月"], ["60岁2个月", "2025年7月至10月"], ["60岁3个月", "2025年12月至2026年3月"]]  # fmt: skip


def test_parts_of_one_persons_retirement():
    # The bureau's example: born in September 1972, 62 years, choice from 60 to 65.
    said = {part: EN.retires(part, "1972-09", "man") for part in ("age", "month", "earliest", "latest", "delay")}
    assert said == {
        "age": "62 years",
        "month": "September 2034",
        "earliest": "September 2032",
        "latest": "September 2037",
        "delay": "2 years",
    }
    # Annex 4: 17 years and 6 months in 2034, 16 and 6 in 2032; late, the year of the statutory age counts.
    pension = [EN.retires(part, "1972-09", "man") for part in ("pension", "pension_if_earliest", "pension_if_latest")]
    assert pension == ["17 years 6 months", "16 years 6 months", "17 years 6 months"]


def test_pension_years_until_and_from():
    table = rows(EN.pension_table())
    assert table[0] == [["until 2029"], ["15 years"]]
    assert table[1] == [["2030"], ["15 years 6 months"]]
    assert table[-1] == [["from 2039"], ["20 years"]]


def test_medical_years_by_place():
    table = {row[0][0]: row[1:4] for row in rows(EN.medical_years_table(2027))}
    assert table["Beijing"] == [["25 years"], ["20 years"], ["10 years"]]
    assert table["Shanghai"][0] == ["more than 15 years"]
    assert table["Chengdu"][0] == [
        "joined by 2008: 15 years",
        "joined from 2009: 20 years, or 15 years without a break",
    ]
    assert table["Hangzhou"] == [["20 years"], ["20 years"], ["10 years in this place"]]
    assert table["Guangdong"] == [["not known"], ["not known"], ["in this place: not known"]]
    assert list(table)[-1] == "Everywhere else"
    assert [row[0][0] for row in rows(EN.medical_years_table(2030, "guangdong", "shenzhen"))] == [
        "Guangdong",
        "Shenzhen",
    ]


def test_a_number_that_is_not_known_is_never_called_sure():
    by_place = dict(re.findall(r'<th scope="row">([^<]+)</th>.*?yb-sure-(\w+)', EN.medical_years_table(2027)))
    assert by_place["Guangdong"] == by_place["Everywhere else"] == "not_known"
    # The province's law was read in full; the city's own number is only reported.
    assert (by_place["Zhejiang"], by_place["Hangzhou"]) == ("full_text", "reported")


def test_missing_years_are_those_of_the_number_that_lacks_most():
    assert EN.missing_years("beijing", "man", "2027-03", total=22, actual=12) == "3 years"
    assert EN.missing_years("beijing", "man", "2027-03", total=22, actual=2) == "8 years"
    assert ZH.missing_years("hangzhou", "woman", "2027-03", total=24, local=6) == "4年"


@pytest.mark.parametrize(("place", "told"), [("beijing", {"total": 22}), ("guangzhou", {"total": 22, "local": 22})])
def test_a_number_of_missing_years_that_is_not_known_stops_the_build(place, told):
    with pytest.raises(ValueError, match="not one number"):
        EN.missing_years(place, "man", "2027-03", **told)


def test_every_kind_of_years_has_a_row():
    table = rows(EN.counted_table())
    assert len(table) == len(EN._book.topics["counted_years"]["conditions"]["kind"])
    resident = next(row for row in table if row[0] == ["in the resident scheme"])
    assert resident[1][0].startswith("not known") or "not known" in resident[1][0]
    assert "(12.5%)" in resident[2][0] and "contradict" in resident[2][0]


def test_how_missing_years_are_made_up():
    table = {row[0][0]: row[1] for row in rows(EN.shortfall_table()) if len(row[0]) == 1}
    assert table["China (national rules)"][0] == "paying on until the years are reached"
    assert "price today: not known" in table["Hangzhou"]
    tiers = [row for row in rows(EN.shortfall_table()) if row[0] == ["Shenzhen", "tier 1"]]
    assert "rate: 6%" in tiers[0][1] and "share of the base: 60%" in tiers[0][1]


# -- the resident scheme ------------------------------------------------------------------------------------


def test_the_wait_by_years_missing_under_both_readings():
    table = {row[0][0]: row[1:] for row in rows(EN.wait_table())}
    assert table["none, paid in time"][0] == ["none", "benefits from 1 January"]
    # 3 + (N - 1), 3 + N, and the shortest wait after repair: the fixed part, or the floor from 4 years on.
    assert table["1 year"] == [["3 months", "benefits from 1 April"], ["4 months", "benefits from 1 May"], ["3 months"]]
    assert [[cell[0] for cell in table[f"{years} years"]] for years in (2, 3, 4, 5, 10)] == [
        ["4 months", "5 months", "3 months"],
        ["5 months", "6 months", "3 months"],
        ["6 months", "7 months", "6 months"],
        ["7 months", "8 months", "6 months"],
        ["12 months", "13 months", "6 months"],
    ]
    assert table["10 years"][0][1] == "no benefits in that year at all"


def test_the_wait_where_places_have_their_own_rule():
    table = {row[0][0]: [cell[0] for cell in row[1:4]] for row in rows(EN.wait_by_place())}
    assert table["Everywhere else"] == ["3 months", "3 or 4 months", "4 or 5 months"]
    assert table["Fuxin"] == ["3 months", "3 months", "4 months"]
    assert table["Wuxi"][0] == "2 months"
    assert table["Jiangsu"][0] == "at most 2 months (included)"
    assert table["Beijing"][1] == "not known"
    assert "Quanzhou" not in table and "Fujian" not in table


@pytest.mark.parametrize(
    ("part", "place", "paid_on", "year", "enrolled", "broken", "repaired", "said"),
    [
        # The examples of the bureaus of Fuxin and Qingdao.
        ("first_day", "fuxin", "2025-07-03", 2025, "late", 0, 0, "3 October 2025"),
        ("last_day", "fuxin", "2025-07-03", 2025, "late", 0, 0, "2 October 2025"),
        ("first_day", "fuxin", "2025-11-06", 2025, "late", 0, 0, "6 February 2026"),
        ("first_day", "fuxin", "2025-12-03", 2026, "central_period", 1, 0, "1 April 2026"),
        ("months", "qingdao", "2026-11-22", 2027, "central_period", 2, 0, "4 months"),
        ("first_day", "qingdao", "2026-11-22", 2027, "central_period", 2, 1, "1 April 2027"),
        # One missing year, all readings.
        ("least", "china", "2026-11-22", 2027, "central_period", 1, 0, "3 months"),
        ("most", "china", "2026-11-22", 2027, "central_period", 1, 0, "4 months"),
        ("latest", "china", "2026-11-22", 2027, "central_period", 1, 0, "1 May 2027"),
    ],
)
def test_the_wait_of_one_person(part, place, paid_on, year, enrolled, broken, repaired, said):
    assert EN.resident_wait(part, place, paid_on, year, enrolled, broken, repaired) == said


def test_a_wait_with_several_readings_has_no_first_day():
    with pytest.raises(ValueError, match="read in 2 ways"):
        EN.resident_wait("first_day", "china", "2026-11-22", 2027, "central_period", 1)


def test_a_wait_without_a_number_stops_the_build():
    with pytest.raises(ValueError, match="no number"):
        EN.resident_wait("least", "beijing", "2026-11-22", 2027, "central_period", 1)


def test_only_the_newest_year_of_a_place_is_shown():
    for table in (EN.period_table(), EN.premium_table()):
        places = [row[0][0] for row in rows(table)]
        assert len(places) == len(set(places)) > 5
        assert len({place.rpartition(" ")[0] for place in places}) == len(places)
    assert {"Fujian 2027", "Beijing 2026"} <= {row[0][0] for row in rows(EN.period_table())}
    assert {row[0][0]: row[1] for row in rows(EN.premium_table())}["Beijing 2026"] == [
        "children and students: ¥435", "adults of working age: ¥795", "old people: ¥460",
    ]  # fmt: skip


def test_special_groups_are_those_of_places():
    places = {row[0][0] for row in rows(EN.special_groups_table())}
    assert {"Wuxi", "Jiangxi", "Nanjing"} <= places and "China (national rules)" not in places


def test_places_with_rules_of_their_own_are_linked():
    assert "[Shanghai](place:shanghai#place)" in EN.places_with("switch")
    assert "china" not in EN.places_with("switch")


def test_a_day_of_every_year():
    assert (EN.day_of_year("01-01"), ZH.day_of_year("01-01")) == ("1 January", "1月1日")


# -- drawings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [EN, ZH], ids=LANGUAGES)
@pytest.mark.parametrize("name", ["wait_picture", "retirement_picture"])
def test_a_drawing_says_what_it_shows(pages, name):
    figure = ElementTree.fromstring(getattr(pages, name)())
    svg = figure[0]
    inside = {node.get("id"): node.text for node in svg.iter() if node.get("id")}
    title, words = (inside[one] for one in svg.get("aria-labelledby").split())
    assert svg.get("role") == "img" and title and len(words) > 60
    for node in svg.iter():
        # The reader's own colours in light, in dark and on paper.
        assert node.get("fill", "none") in ("none", "currentColor")
        assert node.get("stroke", "none") in ("none", "currentColor")
        assert node.get("style") is None


def test_the_drawing_of_the_wait_names_the_first_days():
    words = EN.wait_picture()
    for day in ("1 January", "1 April", "1 May", "3 October"):
        assert f"from {day}." in words


def test_the_lines_of_the_ages_are_told_apart_without_colour():
    lines = re.findall(r"<polyline[^>]*>", EN.retirement_picture())
    assert len({re.search(r'stroke-dasharray="[^"]*"|$', line)[0] for line in lines}) == len(lines) == 3
    assert [int(age) for age in re.findall(r">(\d\d)</text>", EN.retirement_picture())] == [63, 58, 55]
