"""What we don't know, the law of 2027, the questions people ask, and the sections of the navigation."""

import re
from types import SimpleNamespace

import pytest

from calculator.lawbook import lawbook
from scripts.site_tools import nav_hook, pages
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import DOCS, LANGUAGES
from tests.law.planted import added, planted

EN, ZH = LawPages("en"), LawPages("zh")
OPEN_RULE = """
[[rule]]
id = "shanghai.planted"
topic = "transfer"
from = 2022-01-01
until = "open"
looks_at = "event"
when = { move = "move_in_province" }
then = { money = "unknown" }
sure = "not_known"
unknown = "not_found"
ask = "settlement"
cites = ["nhsa-2021-43#outgoing"]
"""


def with_book(book, lang="en"):
    made = LawPages(lang)
    made._book = book
    return made


def section(text, place):
    """The entry of a place in what open_by_place() gives."""
    return text.partition(f"{{ #open-{place} }}")[2].partition("\n### ")[0]


# -- what we don't know -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [EN, ZH], ids=LANGUAGES)
def test_every_open_rule_stands_at_its_place_with_its_question(shown):
    text = shown.open_by_place()
    rules = [r for r in lawbook().records.values() if "unknown" in r.then.values() and r.alive_on(shown._read_on)]
    assert len(rules) == int(shown.open_count()) > 100
    for rule in rules:
        here = section(text, rule.place)
        question = lawbook().topics[rule.topic]["asks"][shown._lang]
        assert question.replace("'", "&#x27;") in here, rule.id
        local = "" if rule.place == "china" else rule.place
        assert shown._question(rule.ask, local) in here, rule.id


def test_an_open_rule_appears_and_an_answered_one_goes_away():
    assert "How does the relation move" not in section(EN.open_by_place(), "shanghai")
    opened = with_book(added("places/shanghai.toml", OPEN_RULE))
    assert int(opened.open_count()) == int(EN.open_count()) + 1
    assert "How does the relation move" in section(opened.open_by_place(), "shanghai")
    assert '<a href="#open-shanghai">Shanghai</a>' in opened.open_overview().partition("How does the relation move")[2].partition("</tr>")[0]  # fmt: skip


def test_the_question_names_the_place_in_chinese():
    here = section(EN.open_by_place(), "beijing")
    assert re.search(r'<blockquote lang="zh-Hans">[^<]*北京', here)
    assert "本地" in section(EN.open_by_place(), "china")


def test_texts_without_a_first_day_are_listed_until_it_is_seen():
    assert EN.undated().count("law:mps-2003#law") == 1
    dated = with_book(planted("instruments/mps-2003.toml", 'not_known = ["effective"]', "effective = 2003-08-07"))
    assert "law:mps-2003#law" not in dated.undated()
    assert "sz-withdrawal-report" not in EN.undated()


def test_what_is_only_remembered_is_listed_until_it_is_seen():
    remembered = [p.id for p in lawbook().provisions.values() if p.seen == "memory"]
    assert remembered and EN.remembered().count("<tr>") == len(remembered) + 1
    seen = with_book(planted("instruments/hainan-2001.toml", 'seen = "memory"', 'seen = "secondary"'))
    assert seen.remembered().count("<tr>") == len(remembered)


# -- the law of 2027 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_article_of_the_new_law_that_we_read_is_on_its_page(lang):
    page = (DOCS / lang / "medical-security-law.md").read_text("utf-8")
    named = set(re.findall(r'"msl-2026#([\w.-]+)"', page))
    assert named == set(lawbook().instruments["msl-2026"].provisions)


@pytest.mark.parametrize(("shown", "day"), [(EN, "1 January 2027"), (ZH, "2027年1月1日")], ids=LANGUAGES)
def test_the_refusal_names_the_day_and_the_hotline(shown, day):
    said = shown.refused("e-shanghai-flexible-from-august", "2027-01-01")
    assert said.startswith("> ") and day in said and "12393" in said


def test_a_day_that_has_an_answer_is_no_refusal():
    with pytest.raises(ValueError, match="has an answer"):
        EN.refused("e-shanghai-flexible-from-august", "2026-12-31")


def test_every_place_ends_before_the_new_law():
    begins = lawbook().instruments["msl-2026"].dates["effective"]
    assert {place.known_until for place in lawbook().places.values()} == {begins}


# -- questions people ask ---------------------------------------------------------------------------------

ENTRY = re.compile(r"^### (.*?) \{ #[\w-]+ \}\n\n(.*?)\n$", re.M)
END = {"en": r"[.?!](?:\s|$)", "zh": r"[。？！]"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_short_names_its_rule_and_leads_on(lang):
    entries = ENTRY.findall((DOCS / lang / "faq.md").read_text("utf-8"))
    assert 12 <= len(entries) <= 20
    for question, answer in entries:
        assert question.endswith(("?", "？"))
        assert re.search(r'\{\{ cite\("', answer), question
        assert re.search(r"\]\([\w/-]+\.md(#[\w-]+)?\)", answer), question
        sentences = re.split(END[lang], re.sub(r"\{\{.*?\}\}|\]\([^)]*\)", "x", answer).strip())
        assert 2 <= len([one for one in sentences if one.strip()]) <= 3, (question, sentences)


# -- the navigation ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_follow_their_overviews(lang):
    listed = pages.planned_pages()
    config = SimpleNamespace(nav=listed, theme={"language": lang}, plugins={"material/tags": SimpleNamespace(config=SimpleNamespace())})
    nav = nav_hook.on_config(config).nav
    for overview, (folder, titles) in nav_hook.SECTIONS.items():
        inner = nav[nav.index(overview) + 1][titles[lang]]
        assert len(inner) >= 5 and all(page.startswith(folder) for page in inner)
    flat = [page for entry in nav for page in (next(iter(entry.values())) if isinstance(entry, dict) else [entry])]
    assert len(flat) == len(set(flat)) and set(listed) <= set(flat)
