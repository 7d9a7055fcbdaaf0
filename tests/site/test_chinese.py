"""Chinese has its own marks, days and titles: on the pages, in the sentences of the calculator, in its answers and in the law data."""

import re

import pytest

from calculator.card import cards, phone
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import Lawbook, lawbook, read_sources
from calculator.text import cards as cards_as_text
from calculator.text import phone as phone_as_text
from scripts.site_tools import chinese, prose
from tests.golden import case
from tests.site.test_prose import site_of


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("谁办: 本人", "a mark of half width"),
        ("不知道 (含)", "a mark of half width"),
        ("停保;补缴", "a mark of half width"),
        ("《社会保险法》, 第四条", "a mark of half width"),
        ("例如2026-03", "a day or month as a machine writes it"),
        ("2026-03-01起", "a day or month as a machine writes it"),
        ("先停保，\n再补缴", "a blank where a line ended"),
        ("《实施《社会保险法》若干规定》", "a title within a title"),
        ("《实施〈关于《社会保险法》的通知〉》", "a title within a title"),
    ],
)
def test_what_is_not_chinese_is_found(text: str, wrong: str) -> None:
    assert wrong in {found for found, _ in chinese.faults_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "谁办：本人（含），2026年3月；4,404元。",
        "《实施〈社会保险法〉若干规定》",
        "3+(N−1)个月",
        "nhsa-2021-43#art11.1、china.gap.until-2024-08",
        "UTF-8, GB 18030",
    ],
)
def test_what_is_chinese_is_let_pass(text: str) -> None:
    assert list(chinese.faults_in(text)) == []


def test_a_fault_on_a_page_is_found_and_what_is_quoted_or_english_is_not() -> None:
    page = "<p>谁办: <q>原文: 甲</q></p><blockquote><p>原文;乙</p></blockquote><p lang='en'>tier one (一档)</p><li><code>丙: 1</code></li>"
    [fault] = chinese.faults_of_pages(site_of(page, "zh"), [])
    assert fault.startswith("zh/a/index.html: a mark of half width: 谁办:")
    assert list(chinese.faults_of_pages(site_of(page, "en"), [])) == []


def test_an_exception_lets_pass_what_it_names_and_must_be_needed() -> None:
    allowed = [{"words": "例如：2026-07"}]
    assert list(chinese.faults_of_pages(site_of("<p>例如：2026-07。</p>", "zh"), allowed)) == []
    [fault] = chinese.faults_of_pages(site_of("<p>好。</p>", "zh"), allowed)
    assert "nothing needs the exception" in fault


def test_every_exception_has_a_reason() -> None:
    assert all(one["words"] and one["reason"] for one in prose.exceptions().get("mark", ()))


def test_the_sentences_of_the_calculator_are_chinese() -> None:
    said = chinese.SENTENCES.read_text("utf-8")
    assert list(chinese.faults_of_sentences(said)) == []
    planted = said.replace('\nnewborn = "', '\nnewborn = "2026-03, 孩子: ', 1)
    assert planted != said
    assert len(list(chinese.faults_of_sentences(planted))) == 3


def test_our_chinese_texts_of_the_law_are_chinese() -> None:
    assert list(chinese.faults_of_law(lawbook())) == []
    sources, file = read_sources(), "instruments/nhsa-2021-43.toml"
    planted = re.sub(r'^(zh = ")', r"\g<1>《关于《办法》的通知》, ", sources[file], count=1, flags=re.M)
    assert {fault.partition(":")[2].partition(":")[0] for fault in chinese.faults_of_law(Lawbook({**sources, file: planted}))} == {
        " a mark of half width", " a title within a title"
    }


def test_cards_and_scripts_in_text_are_chinese() -> None:
    """The answers themselves are looked at in tests/rules/test_words.py."""
    answer = assess(parse(case("e-shanghai-flexible-from-october").facts))
    for said in (cards_as_text(cards(answer, "zh")), phone_as_text(phone(answer, "zh"))):
        lines = [line for line in said.splitlines() if "“" not in line]
        assert len(lines) > 5
        assert [fault for line in lines for fault in chinese.faults_in(line)] == []
