"""The card for the counter and the script for the phone: all that is to be done and asked, in both languages, on one page."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import weasyprint
from lxml import html as parser

from calculator import card, html, text
from calculator.document import document
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.words import Words
from scripts.site_tools.paths import ASSETS
from tests.golden import case, cases

ANSWERED = [one for one in cases() if not one.errors]
LANGUAGES = ("en", "zh")
#: Who goes to the counter; what an employer or an office does is no wish of anybody there.
IN_PERSON = ("you", "guardian", "heirs")
#: Where no clerk is: there is nothing to hand a card to.
NO_COUNTER = ("nowhere", "old_employer", "own_employer")


def answer_to(name: str):
    return assess(parse(case(name).facts))


def pairs(value: Any) -> Iterator[dict[str, str]]:
    """Every text of a card or script."""
    if isinstance(value, dict) and value.keys() == {"zh", "own"}:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from pairs(item)


def entries(made: dict[str, Any], part: str) -> list[dict[str, Any]]:
    return [
        entry for one in made["cards"] for found in one["parts"] if found["key"] == part for entry in found["entries"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.id)
def test_everything_is_said_in_chinese_and_in_the_language_of_the_reader(one, lang):
    answer = assess(parse(one.facts))
    said = [*pairs(card.cards(answer, lang)), *pairs(card.phone(answer, lang))]
    assert said
    for pair in said:
        assert pair["zh"].strip() and bool(pair["own"].strip()) == (lang == "en")
        assert "{" not in pair["zh"] + pair["own"] and "None" not in pair["zh"] + pair["own"]


@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.id)
def test_nothing_to_do_or_to_ask_is_lost(one):
    answer = assess(parse(one.facts))
    made = card.cards(answer, "en")
    to_do = [step for step in answer.steps if step.who in IN_PERSON and step.where not in NO_COUNTER]
    assert len(entries(made, "wishes")) == len(to_do)
    said = document(answer, "zh")
    assert sorted(entry["text"]["zh"] for entry in entries(made, "questions")) == sorted(
        q["zh"] for q in said["not_known"]["items"]
    )
    # Who inherits is no clerk's matter as long as it is open.
    heirs = [ruling.finding.records[0].id for ruling in answer.rulings if ruling.topic == "heirs"]
    claims = [
        item["text"]
        for item in said["answer"]["items"]
        if item["sure"]["level"] != "not_known" and not (len(heirs) > 1 and set(item["rules"]) <= set(heirs))
    ]
    assert len(entries(made, "claims")) == len(claims)
    assert all(any(entry["text"]["zh"].startswith(claim) for claim in claims) for entry in entries(made, "claims"))
    calls = card.phone(answer, "en")["calls"]
    # Where nothing is open for 12393, what we understood is to be confirmed, whatever others are asked.
    to_12393 = [question for question in answer.questions if question.topic not in card._ASKED_OF]
    asked = len(answer.questions) + (0 if to_12393 else len(claims))
    assert sum(len(call["questions"]) for call in calls) == asked


@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.id)
def test_what_one_wants_stands_on_the_law_with_its_chinese_words(one):
    book = lawbook()
    quotes = {provision.quote for provision in book.provisions.values() if provision.quote}
    answer = assess(parse(one.facts))
    # What only another place's text says is no law at this counter.
    only_elsewhere = {
        Words("zh").templates["wish"].get(step.key)
        for step in answer.steps
        if not {book.cite(cite)[0].place for cite in step.record.cites} & {level.id for level in book.path(step.place)}
    }
    for made in card.cards(answer, "en")["cards"]:
        marks = {item["mark"] for item in made["law"]}
        used = {mark for part in made["parts"] for entry in part["entries"] for mark in entry["marks"]}
        assert used == marks
        for part in made["parts"]:
            for entry in part["entries"]:
                assert entry["marks"] or part["key"] == "questions" or entry["text"]["zh"] in only_elsewhere
        for item in made["law"]:
            assert re.match("《.+》", item["text"]["zh"])
            quoted = re.search("：“(.*)”$", item["text"]["zh"])
            assert quoted is None or quoted[1] in quotes


def test_a_clerk_is_shown_the_law_of_his_own_place():
    # The step rests on the national measures and, as an example, on a guide of Jiangsu.
    step = next(step for step in answer_to("b-shenzhen-moves-gap-of-4").steps if step.key == "apply_for_transfer")
    cited = [lawbook().cite(cite)[0] for cite in step.record.cites]
    national = [text for text in cited if text.place == "china"]
    guide = [text for text in cited if text.place == "jiangsu"]
    said = "".join(pair["zh"] for pair in pairs(card.cards(answer_to("b-shenzhen-moves-gap-of-4"), "en")))
    assert national and any(text.title.zh in said for text in national)
    assert guide and not any(text.title.zh in said for text in guide)


def test_papers_and_days_are_on_the_card():
    facts = {**case("j-nanjing-heirs-apply").facts, "on": "2026-10-20"}
    made = card.cards(assess(parse(facts)), "en")
    [police] = [one for one in made["cards"] if "police station" in one["counter"]["own"]]
    assert {pair["zh"] for pair in pairs(police["parts"])} >= {"我来办理死亡登记。"}
    said = [pair["own"] for one in made["cards"] for pair in pairs(one["parts"])]
    assert any("Papers: " in line and "death certificate" in line for line in said)
    last = next(step.by for step in assess(parse(facts)).steps if step.key == "report_death")
    assert any(line.startswith(f"By: {last.day} {last:%B %Y}") for line in said)
    assert all(one["facts_title"]["zh"] == "参保人的情况" for one in made["cards"])


def test_no_more_of_a_person_than_the_clerk_needs():
    facts = {
        "on": "2026-11-22",
        "person": {"born": "1985-03-07", "nationality": "chinese"},
        "cover": {"place": "beijing", "payer": "employer", "paid_until": "2026-09"},
        "account": {"balance": 765432, "legacy": 123456},
        "events": [{"kind": "settle_abroad", "on": "2026-10-15"}],
    }
    answer = assess(parse(facts))
    said = "".join(map(str, [card.cards(answer, "en"), card.phone(answer, "en")]))
    assert "15 October 2026" in said and "2026年9月" in said
    for private in ("1985", "7,654", "765432", "1,234", "123456"):
        assert private not in said


def test_the_same_number_is_called_for_each_place():
    calls = card.phone(answer_to("b-shenzhen-moves-gap-of-4"), "en")["calls"]
    assert [call["title"]["own"].partition(":")[0] for call in calls] == ["Shenzhen", "____ (place)"]
    assert all("12393" in call["title"]["zh"] and "依据" in call["closing"][0]["zh"] for call in calls)


def test_what_is_certain_is_confirmed_when_nothing_is_open():
    answer = next(found for one in ANSWERED if not (found := assess(parse(one.facts))).questions)
    [call] = card.phone(answer, "en")["calls"]
    assert call["questions"] and all(question["zh"].startswith("我的理解是：") for question in call["questions"])


def test_questions_for_others_are_not_put_to_12393(monkeypatch):
    answer = answer_to("l-wuhan-flexible-two-gaps-in-one-year")
    topic = answer.questions[0].topic
    monkeypatch.setitem(card._ASKED_OF, topic, "police_station")
    calls = card.phone(answer, "en")["calls"]
    assert any("police station" in call["title"]["own"] for call in calls)
    assert any("police station" in one["counter"]["own"] for one in card.cards(answer, "en")["cards"])
    monkeypatch.setitem(card._ASKED_OF, topic, "12333")
    assert any("12333" in call["title"]["own"] for call in card.phone(answer, "en")["calls"])
    assert not any("12333" in one["counter"]["own"] for one in card.cards(answer, "en")["cards"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_at_a_counter_has_words_to_say_there(lang):
    at_counters = {
        record.then["key"]
        for record in lawbook().records.values()
        if record.topic == "step" and record.then["who"] in IN_PERSON and record.then["where"] not in NO_COUNTER
    }
    assert at_counters - Words(lang).templates["wish"].keys() == set()
    assert {"ask_court_death", "report_for_placement", "enrol_newborn"} <= at_counters


def test_a_court_is_a_counter_and_an_employer_is_none():
    made = card.cards(answer_to("m-missing-since-a-leap-day"), "en")
    [court] = [one for one in made["cards"] if "court" in one["counter"]["own"]]
    said = {pair["zh"] for pair in pairs(court["parts"])}
    assert {"我的亲属下落不明，我申请宣告失踪。", "我的亲属下落不明，我申请宣告死亡。"} <= said
    made = card.cards(answer_to("r-born-1972-retires-early"), "en")
    assert not any("your employer" in one["counter"]["own"] for one in made["cards"])
    assert any(step.where == "own_employer" for step in answer_to("r-born-1972-retires-early").steps)


def test_pensions_are_not_confirmed_by_the_line_for_medical_insurance():
    facts = {
        "on": "2026-11-22",
        "person": {"born": "1966-11-20", "group": "man"},
        "cover": {"place": "beijing"},
        "years": {"total": 300, "actual": 300, "local_actual": 300},
        "events": [{"kind": "retire", "retires": "2027-10"}],
    }
    answer = assess(parse(facts))
    calls = card.phone(answer, "en")["calls"]
    to_12333 = [pair["own"] for call in calls if "12333" in call["title"]["own"] for pair in call["questions"]]
    assert any("October 2027" in text for text in to_12333), [[c["title"]["own"], c["questions"]] for c in calls]


# -- faces ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("face", ["cards", "phone"])
def test_every_text_is_on_the_page_and_in_the_text(face, lang):
    answer = answer_to("j-nanjing-heirs-apply")
    made = getattr(card, face)(answer, lang)
    fragment = getattr(html, face)(made)
    on_page = parser.fragment_fromstring(fragment).text_content()
    in_text = getattr(text, face)(made)
    for pair in pairs(made):
        assert pair["zh"] in on_page and pair["own"] in on_page
        assert pair["zh"] in in_text and pair["own"] in in_text
    tree = parser.fragment_fromstring(fragment)
    assert {element.get("lang") for element in tree.iter() if element.get("lang")} == (
        {"zh-Hans", "en"} if lang == "en" else {"zh-Hans"}
    )
    assert "style=" not in fragment and "<script" not in fragment


def test_what_comes_from_outside_is_escaped():
    made = card.cards(answer_to("j-nanjing-heirs-apply"), "en")
    made["cards"][0]["facts"].append({"zh": "<b>", "own": "<script>&"})
    assert "&lt;script&gt;&amp;" in html.cards(made) and "<script>" not in html.cards(made)


def printed(fragment: str) -> int:
    """On how many pages of A4 it is printed."""
    style = (ASSETS / "styles" / "calculator.css").read_text("utf-8")
    page = "@page { size: A4; margin: 14mm } body { margin: 0; font-family: 'DejaVu Sans', 'Noto Sans CJK SC' }"
    body = f'<body class="md-typeset"><div class="yb-sheet">{fragment}</div></body>'
    return len(weasyprint.HTML(string=f"<html><head><style>{page}{style}</style></head>{body}</html>").render().pages)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["j-suzhou-arrives-gap-of-4", "l-wuhan-flexible-two-gaps-in-one-year"])
def test_a_card_is_one_page(name, lang):
    made, calls = (make(answer_to(name), lang) for make in (card.cards, card.phone))
    assert printed(html.cards(made)) == len(made["cards"])
    assert printed(html.phone(calls)) == len(calls["calls"])


def test_a_card_that_holds_too_much_is_noticed(monkeypatch):
    monkeypatch.setattr(card, "PAGE_HOLDS", 1000)
    made = card.cards(answer_to("j-suzhou-arrives-gap-of-4"), "en")
    assert printed(html.cards(made)) > len(made["cards"])


@pytest.mark.parametrize(("option", "says"), [("--card", "窗口办事卡"), ("--phone", "12393")])
def test_the_command_line_prints_them(option, says):
    facts = json.dumps(case("j-nanjing-heirs-apply").facts).encode()
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "assess", "-", option, "--lang", "en"], input=facts, capture_output=True
    )
    assert done.returncode == 0 and says in done.stdout.decode()
    twice = subprocess.run(
        [sys.executable, "-m", "calculator", "assess", "-", option, "--text"], input=facts, capture_output=True
    )
    assert twice.returncode == 2


def test_the_day_of_asking_is_told():
    answer = answer_to("j-nanjing-heirs-apply")
    assert answer.facts.on == date(2026, 11, 22)
    assert all("2026年11月22日" in one["asked_on"]["zh"] for one in card.cards(answer, "en")["cards"])


def test_the_name_of_coming_back_says_nothing_of_a_hukou_that_the_facts_beside_it_tell() -> None:
    made = card.cards(answer_to("m-overseas-chinese-returns-to-hangzhou"), "en")
    [said] = [pair for pair in made["cards"][0]["facts"] if "回国" in pair["zh"]]
    assert "户口：已注销" in said["zh"] and "没有注销" not in said["zh"]
    assert "not cancelled" not in said["own"]
