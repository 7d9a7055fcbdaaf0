"""The law data is in order, and each check of it bites."""

from datetime import date

import pytest

from calculator.lawbook import LawError, lawbook
from calculator.verify import check_data
from tests.law.planted import added, planted

CHINA = "places/china.toml"
TRANSFER = "instruments/nhsa-2021-43.toml"
LAW_OF_2010 = "instruments/sil-2010.toml"
RULE = """
[[rule]]
id = "china.planted"
topic = "transfer"
from = 2022-01-01
until = "open"
looks_at = "event"
when = { move = "move_in_province" }
then = { money = "moves" }
sure = "official"
cites = ["nhsa-2021-43#outgoing"]
"""


def test_the_shipped_law_is_in_order():
    assert check_data(lawbook(), date.today()) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (TRANSFER, "checked = 2026-11-22\nquote = \"不含退休人员\"", "checked = 2999-01-01\nquote = \"不含退休人员\"", "still to come"),
        (TRANSFER, "issued = 2021-11-01", "issued = 2027-11-01", "before it was issued"),
        (LAW_OF_2010, "https://flk.npc.gov.cn", "https://flk.npc.gov.cn.example.com", "not an official host"),
        (CHINA, "gap = { at_most = 3 }, back_paid = \"yes\"", "gap = { at_most = 5 }, back_paid = \"yes\"", "gap is 5, which its sources do not say"),
        (CHINA, "out_working_days = 10", "out_working_days = 12", "out_working_days is 12"),
    ],
)  # fmt: skip
def test_a_planted_fault_in_the_data_is_found(file, before, after, says):
    faults = check_data(planted(file, before, after), date.today())
    assert any(says in fault for fault in faults), faults


def test_a_rule_surer_than_its_sources_is_found():
    book = added(
        CHINA,
        RULE.replace('sure = "official"', 'sure = "full_text"').replace(
            "nhsa-2021-43#outgoing", "cd-gap-report#within-4"
        ),
    )
    assert any("china.planted: said to be full_text" in fault for fault in check_data(book, date.today()))


def test_an_empty_translation_is_found():
    book = added(CHINA, RULE + 'note = { en = "A note.", zh = " " }\n')
    assert any("china.planted" in fault and "nothing in zh" in fault for fault in check_data(book, date.today()))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("nhsa-2021-43#outgoing", "nhsa-2021-43#no-such", "which no instrument has"),
        ('topic = "transfer"', 'topic = "weather"', "there is no topic"),
        ('move = "move_in_province"', 'move = "sideways"', "is not one of"),
        ('money = "moves"', 'money = "unknown"', "says why"),
        ('money = "moves"', 'colour = "red"', "is not part of the topic"),
        ("until = \"open\"", "until = 2021-01-01", "ends before it begins"),
        ('id = "china.planted"', 'id = "china.transfer"', "there twice"),
    ],
)  # fmt: skip
def test_a_record_outside_the_schema_is_refused(before, after, says):
    assert before in RULE
    with pytest.raises(LawError, match=says):
        added(CHINA, RULE.replace(before, after))


def test_broken_toml_names_the_file():
    with pytest.raises(LawError, match=r"places/china\.toml"):
        added(CHINA, "[[rule]\n")


def test_memory_alone_never_gives_an_answer():
    remembered = {p.id for p in lawbook().provisions.values() if p.seen == "memory"}
    told = [
        r.id for r in lawbook().records.values() if set(r.cites) <= remembered and set(r.then.values()) != {"unknown"}
    ]
    assert told == []
