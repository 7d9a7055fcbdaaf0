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
from calculator.words import LANGUAGES, OF_A_RULE, Words, with_numbers_of_rules
from scripts.site_tools.chinese import faults_in
from tests.golden import cases

HERE = Path(calculator.__file__).parent / "words"
EN, ZH = (tomllib.loads((HERE / f"{lang}.toml").read_text("utf-8")) for lang in LANGUAGES)
ANSWERED = [case for case in cases() if not case.errors]


def slots(template):
    """What is filled in: by the sentence that is said, and from a rule when the templates are read."""
    rules = [found.groups() for found in OF_A_RULE.finditer(template)]
    return sorted((name, spec) for _, name, spec, _ in string.Formatter().parse(template) if name), sorted(
        map(str, rules)
    )


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert [(table, *EN[table]) for table in EN] == [(table, *ZH[table]) for table in ZH]


def test_both_languages_fill_the_same_slots():
    differing = [
        f"{table}.{key}" for table in EN for key in EN[table] if slots(EN[table][key]) != slots(ZH[table][key])
    ]
    assert differing == []


@pytest.mark.parametrize(
    ("mark", "english", "chinese"),
    [
        ("[[china.newborn.within-90 days_after_birth]]", "90", "90"),
        ("[[china.step.newborn within]]", "90", "90"),
        ("[[china.retirement-age.woman-50 age_months years]]", "50", "50"),
        ("[[china.retirement-age.man delay_from year]]", "2025", "2025"),
        ("[[china.retirement-age.man from year]]", "2024", "2024"),
        ("[[shanghai.settlement year_starts_in_month day_of_year]]", "1 July", "7月1日"),
        ("[[china.late-payment.employer fee_per_100000_per_day percent]]", "0.05%", "0.05%"),
    ],
)
def test_a_number_that_a_rule_knows_is_put_into_the_sentence(mark, english, chinese):
    assert [with_numbers_of_rules(f"a {mark} b", lang, lawbook()) for lang in LANGUAGES] == [
        f"a {english} b",
        f"a {chinese} b",
    ]


@pytest.mark.parametrize(
    ("mark", "error"),
    [
        ("[[china.no-such-rule within]]", KeyError),
        ("[[china.step.newborn no_such_value]]", KeyError),
        ("[[china.step.newborn within no_such_form]]", KeyError),
        ("[[china.step.newborn key]]", ValueError),  # a name and no number
        ("[[china.step.newborn within years]]", ValueError),  # 90 months are no whole years
        ("[[china.unemployment.1-to-5-years contribution_months]]", ValueError),  # two bounds
    ],
)
def test_a_sentence_that_asks_a_rule_for_what_it_does_not_know_stops(mark, error):
    with pytest.raises(error):
        with_numbers_of_rules(mark, "en", lawbook())


def test_a_title_within_a_title_has_single_marks():
    assert Words("zh").say("card.law_named", title="实施《社会保险法》若干规定", number="", article="第七条") == (
        "《实施〈社会保险法〉若干规定》第七条"
    )
    assert Words("en").title("Provisions on the Law") == "Provisions on the Law"


def test_no_sentence_keeps_the_mark_of_a_rule():
    assert [
        said
        for lang in LANGUAGES
        for table in Words(lang).templates.values()
        for said in table.values()
        if "[[" in said
    ] == []


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
    if lang == "zh":
        # What quotes a source keeps the source's marks.
        ours = [line for line in plain.splitlines() if "“" not in line]
        assert [fault for line in ours for fault in faults_in(line)] == []


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


def test_bounds_are_said_as_people_say_them():
    en, zh = Words("en"), Words("zh")
    assert en.quantity("months", {"at_most": 0}) == "0 months"
    assert zh.quantity("months", {"at_least": 3, "at_most": 3}) == "3个月"
    assert en.quantity("months", {"at_least": 1, "at_most": 3}) == "at least 1 month, at most 3 months (included)"
    assert en.quantity("age", {"less_than": 70}) == "less than 70 years"
    assert zh.quantity("age", {"less_than": 70}) == "少于70岁"
