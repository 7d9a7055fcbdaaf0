"""Each situation of the calculator has its page, made from the rules, in both languages alike."""

import re
import xml.etree.ElementTree as ET

import pytest

from calculator.assessment_json import to_json
from calculator.facts import parse
from calculator.form import SITUATION_GROUPS, SITUATIONS
from calculator.judge import assess
from calculator.lawbook import holds, lawbook
from calculator.words import Words
from scripts.site_tools import charts, situation_pages
from scripts.site_tools.claim_pages import ClaimError, read_articles
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import DOCS, LANGUAGES
from tests.golden import case

EN, ZH = LawPages("en"), LawPages("zh")
BY_LANG = {"en": EN, "zh": ZH}
SVG = "{http://www.w3.org/2000/svg}"
#: The sections of a page in their order; those in brackets are on the pages that have something to say there.
SKELETON = re.compile(
    r"short-answer decision (picture )?(timeline )?to-know steps example (mistakes )?(places )?(ask )?sources"
)


def text_of(situation, lang="en"):
    return (DOCS / lang / situation_pages.page_of(situation)).read_text("utf-8")


def calls(situation, function):
    return re.findall(rf'\{{\{{ {function}\("([\w./-]+)"', text_of(situation))


def parsed(html):
    """The elements of what a function gives; HTML knows one element that is not closed here."""
    return ET.fromstring(f"<div>{html.replace('<br>', '<br/>')}</div>")


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# -- the pages --------------------------------------------------------------------------------------------


def test_every_situation_has_a_page_and_nothing_else_stands_there():
    for lang in LANGUAGES:
        found = {file.stem for file in (DOCS / lang / situation_pages.FOLDER).iterdir()}
        assert found == {situation.replace("_", "-") for situation in SITUATIONS}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_page_follows_the_skeleton_and_asks_about_its_own_situation(situation):
    headings = re.findall(r"^## .*\{ #([\w-]+) \}$", text_of(situation), re.M)
    assert SKELETON.fullmatch(" ".join(headings)), headings
    for function in ("calculator_link", "decision_table", "situation_steps", "situation_sources"):
        assert calls(situation, function) == [situation], function
    for function in ("worked_example", "example", "timeline", "days"):
        for name in calls(situation, function):
            assert case(name).form["situation"] == situation, name
    assert len(calls(situation, "worked_example")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_made_from_the_rules_is_whole(situation, lang):
    pages = BY_LANG[lang]
    [example] = calls(situation, "worked_example")
    made = [
        pages.decision_table(situation),
        pages.situation_steps(situation),
        pages.situation_sources(situation),
        pages.worked_example(example),
        *(pages.place_differences(one) for one in calls(situation, "place_differences")),
    ]
    for html in made:
        parsed(html)
        assert "\n" not in html  # Markdown would read what follows as its own
        assert not re.search(r"\{\w+\}|\bNone\b|Span\(|\bunknown\b", plain(html)), html[:200]
    [table] = parsed(made[0])
    assert len(table.findall("tbody")) >= 1 and table.find("caption").text
    columns = len(table.findall("thead/tr/th"))
    for body in table.findall("tbody"):
        [heading, *rows] = body.findall("tr")
        assert heading.find("th").get("colspan") == str(columns)
        assert rows and all(len(row) == columns and row[0].get("scope") == "row" for row in rows)


def test_a_situation_that_the_form_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no situation"):
        situation_pages.page_of("win_the_lottery")


# -- against the law data ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "topic", "told"),
    [
        ("settle_abroad", "account", {"event": "settle_abroad"}),
        ("die", "account", {"event": "die"}),
        ("leave_job", "gap", {"situation": "same_place"}),
        ("new_place", "gap", {"situation": "transfer_in"}),
        ("employer_arrears", "gap", {"situation": "arrears"}),
        ("switch_scheme", "switch", {}),
        ("newborn", "newborn", {}),
        ("first_time", "first_time", {}),
        ("discharge", "discharge_account", {}),
    ],
)
def test_every_place_with_a_rule_of_its_own_is_shown(situation, topic, told):
    own = {
        record.place
        for record in lawbook().records.values()
        if record.topic == topic
        and record.place != situation_pages.NATION
        and record.alive_on(lawbook().read_until)
        and all(name not in record.when or holds(record.when[name], value) for name, value in told.items())
    }
    shown = set(re.findall(r'href="place:([\w-]+)#place"', EN.place_differences(situation)))
    # A place that says the same as the level above it, or leaves open what that leaves open, adds nothing.
    silent = own - shown
    assert len(own) > 1 and len(silent) <= 1, silent


def test_a_rule_is_shown_at_the_level_it_belongs_to():
    differences = EN.place_differences("enlist")
    guangdong = differences.partition("<summary>Guangdong</summary>")[2].partition("</details>")[0]
    assert guangdong.count("Cash: yes, on application.") == 2
    assert "Cash: yes" not in EN.decision_table("enlist")  # what Guangdong says is no rule of the nation
    # Nor of each of its cities once more: Guangzhou has a rule of its own on when cover stops, and no more.
    guangzhou = differences.partition("<summary>Guangzhou</summary>")[2].partition("</details>")[0]
    assert "until the end of the last paid month or of the one after" in guangzhou and "Cash" not in guangzhou


def test_conditions_say_which_way_of_telling_a_row_is_about():
    rows = EN.decision_table("foreigner_leaves").split("<tr>")
    assert any("As a foreigner</th>" in row and "when a foreigner leaves" in row for row in rows)
    [kept] = [row for row in rows if "The balance stays yours" in row]
    assert '<th scope="row">If you keep the relation</th>' in kept  # both say so, each by a rule of its own
    assert "law:mohrss-2011-16#art5" in kept and "law:mohrss-2019-41#art7" in kept
    assert "yb-sure-reported" in kept  # as sure as the weaker of the two


def test_two_things_told_of_the_same_fact_are_both_said():
    rows = EN.decision_table("missing").split("<tr>")
    [restored] = [row for row in rows if "restored on application" in row]
    assert '<th scope="row">If the person is back and declared dead</th>' in restored
    # What makes a premium come back has nothing to do with how a job ended.
    refunds = BY_LANG["zh"].decision_table("resident_rejoin")
    assert "原因：死亡、重复缴费" in refunds and "离职方式" not in refunds


def test_a_table_has_no_day_counted_from_the_day_of_reading():
    for situation in ("die", "missing", "discharge", "retire"):
        for pages in BY_LANG.values():
            # Names and numbers of texts have years of their own.
            table = re.sub(r'<a class="yb-cite-link".*?</a>', "", pages.decision_table(situation))
            assert not re.search(r"\b20\d\d", plain(table)), situation


def test_what_is_not_known_is_said_once_and_why():
    late = EN.decision_table("newborn").partition("more than 90 days</th>")[2].partition("</tr>")[0]
    assert late.startswith("<td>National law leaves this to the place.") and "yb-sure" not in late
    # Beside what is known it is named in one line, and how sure the rest is still stands.
    beijing = EN.place_differences("employer_arrears").partition("<summary>Beijing</summary>")[2].partition("</details>")[0]
    assert "<li>Not found: <strong>back payment, waiting period (months)</strong></li></ul>" in beijing
    assert "costs of the unpaid months: <strong>not paid</strong>" in beijing and "yb-sure-reported" in beijing


def test_on_paper_the_places_have_their_own_chapters():
    list_of_places, note = parsed(EN.place_differences("settle_abroad"))
    assert list_of_places.get("class") == "screen-only" and note.get("class") == "print-only"
    assert EN.place_differences("insured_twice") == "<p>No place we read says anything else.</p>"


def test_steps_say_for_whom_they_are_and_where_a_place_adds_one():
    steps = plain(EN.situation_steps("die"))
    assert steps.index("Besides, in Jiangsu:") > steps.index("Do not use")
    assert "As a conscript: The agency seals the account" in plain(EN.situation_steps("enlist"))
    assert "If you resigned: If you resigned" not in plain(EN.situation_steps("leave_job"))


# -- the drawing of the months ----------------------------------------------------------------------------

TIMELINES = [name for situation in SITUATIONS for name in calls(situation, "timeline")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TIMELINES)
def test_a_timeline_says_every_month_of_its_example_and_stays_inside_its_frame(name, lang):
    [drawing] = ET.fromstring(BY_LANG[lang].timeline(name))
    width, height = map(float, drawing.get("viewBox").split()[2:])
    assert width == charts.WIDTH
    for rect in drawing.iter(SVG + "rect"):
        x, y, wide, high = (float(rect.get(part)) for part in ("x", "y", "width", "height"))
        assert x >= 0 and x + wide <= width + 0.1 and y >= 0 and y + high <= height
    texts = [text.text for text in drawing.iter(SVG + "text")]
    assert all(0 < float(text.get("y")) <= height for text in drawing.iter(SVG + "text"))
    answer = to_json(assess(parse(case(name).facts)))
    lines = [line for part in ("cover", "joining") for stretch in answer.get(part, ()) for line in stretch["lines"]]
    words = drawing.find(SVG + "desc").text
    for line in lines[: situation_pages.MOST_LINES]:
        for status in {month["status"] for month in line["months"]}:
            said = Words(lang).say(f"status.{status}")
            assert said in words and any(text.endswith(said) for text in texts)


def test_the_runs_of_a_timeline_are_the_months_of_the_answer():
    words = ET.fromstring(EN.timeline("e-shanghai-flexible-from-october")).find(f".//{SVG}desc").text
    assert words == (
        "May 2026 to June 2026: covered. July 2026 to September 2026: not covered. "
        "October 2026 to March 2027: waiting period. April 2027 to June 2027: covered."
    )


def test_the_days_of_an_example_are_those_of_its_answer():
    figure, steps = ET.fromstring(f"<div>{EN.days('m-quanzhou-heirs-days')}</div>")
    assert [step.text.partition(":")[0] for step in steps] == [
        "31 October 2026",  # the death
        "27 November 2026",  # the agency, within 20 working days
        "30 November 2026",  # the police, within a month
        "10 December 2026",  # the heirs apply: day 10 of the month after the report
    ]
    drawing = figure.find(SVG + "svg")
    marks = [text for text in drawing.iter(SVG + "text") if text.text.isdigit()]
    assert [mark.text for mark in marks] == ["1", "2", "3", "4"]
    across = [float(mark.get("x")) for mark in marks]
    assert across[0] == 8 and across[-1] == charts.WIDTH - 8
    assert across[1] == pytest.approx(8 + (charts.WIDTH - 16) * 27 / 40, abs=0.1)  # 27 of 40 days
    assert all(step.text in drawing.find(SVG + "desc").text for step in steps)


def test_an_example_without_a_last_day_has_no_drawing_of_days():
    with pytest.raises(ValueError, match="no day to keep"):
        EN.days("f-beijing-settles-in-canada")


def test_every_status_of_a_month_can_be_drawn():
    assert set(situation_pages._DRAWN_AS) == set(Words("en").templates["status"])


def test_an_example_without_months_has_no_timeline():
    with pytest.raises(ValueError, match="no timeline"):
        EN.timeline("f-beijing-settles-in-canada")


# -- the way to the pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tiles_lead_to_every_situation_in_the_order_of_the_form(lang):
    tiles = BY_LANG[lang].situation_tiles()
    assert re.findall(r"#group-(\w+) \}", tiles) == list(SITUATION_GROUPS)
    assert re.findall(r'href="guide:([\w/-]+\.md)"', tiles) == [situation_pages.page_of(one) for one in SITUATIONS]
    assert re.findall(r'href="calculator:#situation=(\w+)"', tiles) == list(SITUATIONS)


def test_the_looks_of_these_pages_are_their_own():
    """A class that the calculator uses too could hide a heading, as one did."""
    own = {"yb-row-group", "yb-tiles", "yb-tile-page", "yb-tile-ask", "yb-unseen", "yb-worked", "yb-place"}
    made = EN.situation_tiles() + EN.decision_table("die") + EN.place_differences("die")
    made += EN.worked_example("m-quanzhou-heirs-days")
    assert own <= set(re.findall(r"yb-[\w-]+", made))
    styles = {file.name: file.read_text("utf-8") for file in (DOCS / "assets/styles").glob("*.css")}
    for name in own:
        assert [file for file, text in styles.items() if re.search(rf"\.{name}\b(?!-)", text)] == ["guide.css"], name


def test_the_overview_says_what_the_calculator_says():
    rows = dict(re.findall(r'href="guide:situations/([\w-]+)\.md">.*?</th><td>(.*?)</td></tr>', EN.overview_table()))
    assert rows["enlist"].startswith("sealed / sent to the unit</td>")
    assert rows["settle-abroad"] == "not known</td><td>not known</td><td>not known"
    assert "missing" not in rows  # only a person declared dead leaves anything to inherit
    assert "newborn" not in rows  # no account


def test_claims_that_lead_to_a_page_are_checked_there():
    articles = read_articles((DOCS / "claims.toml").read_text("utf-8"))
    led = {}
    for article in articles:
        for claim in article.claims:
            page = claim.see.partition("#")[0]
            if page.startswith(situation_pages.FOLDER) and claim.verdict != "true":
                led.setdefault(page, set()).add(claim.id)
    for situation in SITUATIONS:
        page = situation_pages.page_of(situation)
        assert calls(situation, "checked_claims") == ([page] if page in led else []), page
    for page, claims in led.items():
        for pages in BY_LANG.values():
            assert set(re.findall(r"#claim-([\d-]+)", pages.checked_claims(page))) == claims
    with pytest.raises(ClaimError, match="no claim leads to"):
        EN.checked_claims("situations/newborn.md")
