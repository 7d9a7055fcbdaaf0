"""What the pages on money, the hukou and missing persons take from the law is right, whole and can be drawn."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from calculator.lawbook import lawbook
from scripts.site_tools import charts
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import DOCS, LANGUAGES

PAGES = ("what-it-costs.md", "withdrawing.md", "hukou-and-return.md", "situations/missing.md")
EN, ZH = LawPages("en"), LawPages("zh")
READ_ON = EN._read_on
SVG = "{http://www.w3.org/2000/svg}"
CALL = re.compile(r"\{\{ ((\w+)\(.*?\)) \}\}")


def read(page, lang="en"):
    return (DOCS / lang / page).read_text("utf-8")


def calls(page):
    return [call for call, _ in CALL.findall(read(page))]


def said(call, lang):
    pages = EN if lang == "en" else ZH
    return eval(call, {name: getattr(pages, name) for name in dir(pages) if not name.startswith("_")})


def plain(html):
    return re.sub(r"<[^>]*>", " ", html)


def alive(topic):
    return [r for r in lawbook().records.values() if r.topic == topic and r.alive_on(READ_ON)]


CHARTS = ('contribution_chart("shanghai", 10000)', 'cap_chart("shenzhen", 30)', "missing_chart()")


# -- the functions as a whole -----------------------------------------------------------------------------


def test_no_function_hides_another():
    """The functions come from several classes: two of the same name would leave one page with the other's."""
    defined = Counter(
        name for part in (LawPages, *LawPages.__bases__) for name, made in vars(part).items() if callable(made)
    )
    assert [name for name, times in defined.items() if times > 1 and not name.startswith("__")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_function_of_a_page_says_something_whole(page, lang):
    for call in calls(page):
        if "calculator_link" not in call:
            found = said(call, lang)
            assert found.strip(), call
            assert not re.search(r"\{\w+\}|None|Span\(|Amount\(", plain(found)), call
            assert "\n" not in found or "example(" in call or "claims(" in call, call


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_row_of_a_table_fills_its_columns(page, lang):
    tables = [said(call, lang) for call in calls(page) if "_table(" in call or "_overview(" in call]
    assert tables
    for table in tables:
        [head, *rows] = re.findall(r"<tr>(.*?)</tr>", table)
        rows = [row for row in rows if 'scope="rowgroup"' not in row]  # one cell over all columns
        assert rows
        assert {row.count("<td>") + row.count("<th ") for row in rows} == {head.count("<th ")}


@pytest.mark.parametrize(
    "call", ['amount("china.no-such-rule", "person_bp")', 'amount("beijing.rate.employer", "who")']
)
def test_a_rule_or_outcome_that_does_not_exist_is_refused(call):
    with pytest.raises(KeyError):
        said(call, "en")


def test_a_sum_that_depends_on_something_not_told_is_refused():
    with pytest.raises(ValueError):
        EN.month_costs("chengdu", "flexible", 10000, "2025-01")  # with or without an account


# -- money in ---------------------------------------------------------------------------------------------


def test_an_outcome_has_its_unit():
    assert EN.amount("beijing.rate.employer", "employer_bp") == "9.8%"
    assert ZH.amount("shanghai.base.employer.2026", "floor_fen") == "7,546元"
    assert EN.amount("wuhan.withdrawal.settle-abroad", "months_after_ending") == "2 months"


def test_the_last_day_of_a_rule_is_the_one_before_it_ends():
    assert EN.last_day("shenzhen.rate.flexible.cut") == "31 December 2025"
    assert EN.first_day("shenzhen.rate.flexible.2026") == "1 January 2026"


@pytest.mark.parametrize(("month", "sum_"), [("2025-12", "¥700"), ("2026-01", "¥800")])
def test_a_month_costs_what_its_own_day_says(month, sum_):
    assert EN.month_costs("shenzhen", "flexible", 10000, month) == sum_


def test_late_fees_and_benefit_months_are_the_rules_own():
    assert EN.late_fee(100000, 1) == "¥50"
    assert EN.late_fee(10000, 90) == "¥450"
    assert EN.benefit_months("guangzhou", 96) == "12 months"
    assert EN.benefit_months("china", 96) == "18 months"
    assert EN.benefit_months("china", 11) == "none"


@pytest.mark.parametrize("payer", ["employer", "flexible"])
def test_every_city_with_its_own_rates_has_a_row(payer):
    cities = {place.name.en for place in lawbook().places.values() if place.level == "city"}
    own = {lawbook().places[r.place].name.en for r in (*alive("base"), *alive("rate"))} & cities
    assert own <= set(re.findall(r'<th scope="row">([^<]+)', EN.contribution_table(payer)))


def test_what_is_not_known_is_said_with_what_was_known_last():
    [row] = [row for row in EN.contribution_table("employer").split("<tr>") if "Guangzhou" in row]
    assert "not known" in row and "last known, to 31 December 2025: ¥6,236 to ¥31,179" in row
    [row] = [row for row in EN.contribution_table("employer").split("<tr>") if "Hangzhou" in row]
    assert "not known" in row and "last known" not in row


def test_the_example_holds_the_wage_between_floor_and_ceiling():
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", EN.contribution_example("shanghai", "employer", 5000, 50000))
    assert [plain(row).split()[1:3] for row in rows] == [["¥7,546", "¥150.92"], ["¥37,731", "¥754.62"]]


def test_an_account_closed_in_mid_year_gives_back_the_rest_of_the_year():
    assert [EN.closed_in("shanghai", "2026-11", 1680, part) for part in ("months", "taken_back", "left")] == [
        "8 months", "¥1,120", "¥560",
    ]  # fmt: skip
    assert EN.closed_in("shanghai", "2026-06", 1680, "months") == "1 month"
    assert EN.closed_in("shanghai", "2026-07", 1680, "months") == "12 months"


# -- money out, the hukou, missing persons ----------------------------------------------------------------


def test_every_case_of_a_withdrawal_has_its_table_on_the_page():
    shown = {
        key for call in calls("withdrawing.md") if "withdrawal_table" in call for key in re.findall(r'"(\w+)"', call)
    }
    assert shown == {record.then["key"] for record in alive("withdrawal")}


def test_every_rule_on_withdrawals_stands_in_a_table():
    tables = [said(call, "en") for call in calls("withdrawing.md") if "withdrawal_table" in call]
    assert sum(table.count('<th scope="row">') for table in tables) == len(alive("withdrawal"))


def test_every_event_of_the_hukou_has_its_row_on_the_page():
    tables = [call for call in calls("hukou-and-return.md") if "hukou_table" in call]
    shown = [event for call in tables for event in re.findall(r'"(\w+)"', call)]
    assert sorted(shown) == sorted({record.when["event"] for record in alive("hukou")})


@pytest.mark.parametrize(
    ("topic", "call"), [(topic, call) for call in calls("hukou-and-return.md") for topic in re.findall(r'outcome_table\("(\w+)"', call)]
)  # fmt: skip
def test_a_table_of_a_topic_shows_every_rule_and_outcome(topic, call):
    assert said(call, "en").count('<th scope="row">') == len(alive(topic))
    shown = set(re.findall(r'"(\w+)"', call)[1:])
    # The years of service are the same in every row: the page says them once, below the table.
    assert {name for record in alive(topic) for name in record.then} - shown <= {"years"}


def test_what_a_place_says_stands_below_what_the_nation_says():
    rows = [plain(row).split()[:3] for row in EN.hukou_table("settle_abroad", "study_abroad").split("<tr>")[2:]]
    assert rows[0][:2] == ["Settling", "abroad"] and rows[-1][0] == "Study"


def test_the_days_after_a_death_are_the_rules_own():
    found = plain(EN.death_days("quanzhou", "2026-10-31", "2026-11-05"))
    for day in ("30 November 2026", "27 November 2026", "10 December 2026"):
        assert day in found
    assert "heirs can apply" not in EN.death_days("shanghai", "2026-10-31", "2026-11-05")


def test_the_days_of_a_missing_person_are_the_rules_own():
    found = plain(ZH.missing_days("2024-02-29", "without_accident"))
    for day in ("2026年3月3日", "2026年6月4日", "2028年3月1日"):
        assert day in found


def test_a_time_limit_in_days_does_not_count_its_first_day():
    assert EN.days_after("2026-09-01", "china.discharge.self-employed", "report_within_days") == "1 October 2026"


# -- drawings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("call", CHARTS)
def test_a_drawing_has_words_and_stays_inside_its_frame(call, lang):
    figure = ET.fromstring(said(call, lang))
    [drawing] = figure
    assert drawing.get("role") == "img"
    title, words = (drawing.find(SVG + tag) for tag in ("title", "desc"))
    assert drawing.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    assert title.text and len(words.text) > 40
    width, height = map(float, drawing.get("viewBox").split()[2:])
    assert width == charts.WIDTH
    for rect in drawing.iter(SVG + "rect"):
        x, y, wide, high = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0 and wide > 0 and x + wide <= width and y >= 0 and y + high <= height
    for line in drawing.iter(SVG + "text"):
        assert line.text and 0 <= float(line.get("x")) <= width and 0 < float(line.get("y")) <= height
    assert "style=" not in said(call, lang)  # the site's policy refuses styles in the page


def test_drawings_have_names_of_their_own():
    used = [call for page in PAGES for call in calls(page) if "_chart(" in call]
    assert sorted(used) == sorted(CHARTS)
    names = [found for call in used for found in re.findall(r' id="([^"]+)"', said(call, "en"))]
    assert len(names) == len(set(names)) == 2 * len(CHARTS)


def test_the_staircase_is_the_rule_and_restarts_after_a_long_gap():
    words = ET.fromstring(EN.cap_chart("shenzhen", 30)).find(f".//{SVG}desc").text
    assert "1 from month 0, 2 from month 6, 3 from month 12, 4 from month 24, 5 from month 36, 6 from month 72" in words
    assert "misses 4 months" in words and "From month 34 on" in words


def test_a_staircase_goes_up_where_it_should():
    _, drawn = charts.staircases([("a", (1, 1), [(0, 1), (5, 2)])], [(5, "5"), (10, "10")], [(1, "1"), (2, "2")], "h")
    [path] = re.findall(r'<path d="(M[^"]*V[^"]*)"', "".join(drawn))
    assert path == "M20 124H207V34H394"


def test_the_parts_of_a_split_bar_add_up():
    _, drawn = charts.split_bars([("a", (("b", 3), ("c", 1)))])
    widths = [float(width) for width in re.findall(r'(?<!-)width="([\d.]+)"', "".join(drawn))]
    assert widths[0] == charts.WIDTH * 3 / 4
    assert sum(widths) == charts.WIDTH - 2
