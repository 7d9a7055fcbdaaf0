"""Both languages say the same things: same keys, same slots; and every sentence that can be asked for exists."""

import re
import string
import tomllib
from pathlib import Path

import pytest

import calculator
from calculator import html
from calculator.document import document
from calculator.explain import NOTHING_EXPLAINED
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.text import text
from calculator.words import LANGUAGES, Words
from tests.golden import cases

HERE = Path(calculator.__file__).parent / "words"
EN, ZH = (tomllib.loads((HERE / f"{lang}.toml").read_text("utf-8")) for lang in LANGUAGES)
ANSWERED = [case for case in cases() if not case.errors]


def slots(template):
    return sorted((name, spec) for _, name, spec, _ in string.Formatter().parse(template) if name)


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert [(table, *EN[table]) for table in EN] == [(table, *ZH[table]) for table in ZH]


def test_both_languages_fill_the_same_slots():
    differing = [
        f"{table}.{key}" for table in EN for key in EN[table] if slots(EN[table][key]) != slots(ZH[table][key])
    ]
    assert differing == []


def test_nothing_is_left_in_the_other_language():
    chinese_only_in_brackets = [
        f"{table}.{key}" for table in ZH for key, said in ZH[table].items()
        if said and not any("\u4e00" <= c <= "\u9fff" for c in said) and not set(said) <= set("{}_:：。，%-–（）《》“”abcdefghijklmnopqrstuvwxyz")
    ]  # fmt: skip
    assert chinese_only_in_brackets == []


def test_every_value_the_law_can_give_has_words():
    words = Words("en")
    tables = words.templates
    missing = []
    for name, topic in lawbook().topics.items():
        for part in ("conditions", "outcomes"):
            for field, domain in topic[part].items():
                if field not in tables["name"]:
                    missing.append(f"name.{field}")
                for value in domain if isinstance(domain, list) else ():
                    if not any(value in tables[table] for table in ("value", "who", "where", "papers", "step")):
                        missing.append(f"{name}.{field}: {value}")
    assert missing == []


def test_every_step_paper_and_question_of_the_law_has_words():
    for record in lawbook().records.values():
        for words in (EN, ZH):
            if record.topic == "step":
                assert record.then["key"] in words["step"]
                assert set(record.then.get("papers", ())) <= set(words["papers"])
            if record.ask:
                assert record.ask in words["ask"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_every_case_can_be_said(case, lang):
    said = document(assess(parse(case.facts)), lang)
    plain, page = text(said), html.result(said)
    assert said["answer"]["items"]
    for item in said["answer"]["items"]:
        assert item["text"] in plain
    assert page.count("<div") == page.count("</div>")
    assert "{" not in plain.replace("{'", "") and "None" not in plain


def test_html_escapes_what_comes_from_outside():
    said = document(assess(parse(ANSWERED[0].facts)), "en")
    said["answer"]["items"][0]["text"] = '<script>alert("x")</script>'
    assert "<script>" not in html.result(said)


@pytest.mark.parametrize(
    ("fen", "en", "zh"),
    [(0, "¥0.00", "0.00元"), (1, "¥0.01", "0.01元"), (123456789, "¥1,234,567.89", "1,234,567.89元")],
)
def test_money_is_written_from_whole_fen(fen, en, zh):
    assert (Words("en").yuan(fen), Words("zh").yuan(fen)) == (en, zh)


def test_no_part_of_an_answer_is_named_like_the_status_of_a_month():
    """The style sheet draws a month by its class; a part of that name would be drawn as one (as "status" once was)."""
    parts = {name for case in ANSWERED for name in re.findall(r'class="yb-section (\S+)"', page_of(case))}
    assert "yb-about-status" in parts
    assert parts.isdisjoint({"yb-status", *(f"yb-{status}" for status in EN["status"])})


def page_of(case):
    return html.result(document(assess(parse(case.facts)), "en", explanation=NOTHING_EXPLAINED))


def test_a_number_that_is_one_of_a_few_reads_like_a_sentence():
    assert Words("en").quantity("months", frozenset({3, 2})) == "2 months or 3 months (not known which)"
    assert Words("zh").quantity("months", frozenset({3, 2})) == "2个月或者3个月（不知道是哪一个）"
