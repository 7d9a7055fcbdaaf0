"""Side by side: every sentence of every variant stands in its column or among what all share, and in one of them only."""

import json
from itertools import pairwise

import pytest
from lxml import html

from calculator import html as faces
from calculator.browser import answer
from calculator.compare import comparison
from calculator.document import document
from calculator.explain import NOTHING_EXPLAINED
from calculator.facts import facts_json, parse
from calculator.judge import assess
from calculator.words import LANGUAGES
from tests.golden import case, cases

LIVES = [assess(parse(one.facts)) for one in cases() if not one.errors]
JUNE, JULY = (assess(parse(case(f"c-guangzhou-arrears-paid-in-{month}").facts)) for month in ("june", "july"))


def sentences(assessment, lang):
    """What the answer says, part by part, without its rules and what would change it."""
    told = document(assessment, lang, explanation=NOTHING_EXPLAINED)
    for item in told["answer"]["items"]:
        yield item["text"]
    for part in ("cover", "money", "years", "status"):
        for item in told[part]["items"]:
            yield item["text"]
            yield from item["details"]
    for stretch in told["cover"]["stretches"]:
        for line in stretch["lines"]:
            for month in line["months"]:
                yield f"{month['label']}|{month['status_text']}"
    for step in told["steps"]["items"]:
        yield step["text"]
        for fact in step["facts"]:
            yield f"{step['text']}|{fact['text']}"
    for question in told["not_known"]["items"]:
        yield question[lang]
    yield told["sure"]["text"]


def column(compared, number):
    """All that stands in one column, and what all columns share, as "label|line"."""
    for part in compared["parts"]:
        for row in part["rows"]:
            cell = row["cells"][number]
            yield from (f"{label}|{line}" for label in labels(row) for line in [*cell["lines"], cell["note"]])
        for one in part["same"]:
            yield from (f"{label}|{line}" for label in labels(one) for line in [*one["lines"], ""])


def labels(row):
    """What a row is about: of months that say the same, each."""
    return row.get("labels", [row["label"]])


def said_in(sentence, lines):
    label, _, text = sentence.rpartition("|")
    return any(label in line and text in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_lost_and_nothing_that_all_say_is_called_a_difference(lang):
    # One language goes through all of them.
    for pair in pairwise(LIVES if lang == "en" else LIVES[::4]):
        compared = comparison(pair, lang)
        for number, variant in enumerate(pair):
            lines = list(column(compared, number))
            assert [s for s in sentences(variant, lang) if not said_in(s, lines)] == [], (
                variant.facts,
                pair[1 - number].facts,
            )
        for part in compared["parts"]:
            for row in part["rows"]:
                lines = [cell["lines"] for cell in row["cells"]]
                assert all(cell["lines"] or cell["note"] for cell in row["cells"])
                assert not set(lines[0]) & set(lines[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_life_beside_itself_does_not_differ(lang):
    for life in LIVES[::4]:
        compared = comparison([life] * 3, lang)
        assert [part["title"] for part in compared["parts"] if part["rows"]] == []
        assert compared["equal"] != ""
        lines = list(column(compared, 0))
        assert [s for s in sentences(life, lang) if not said_in(s, lines)] == []


def test_june_or_july():
    compared = comparison([JUNE, JULY], "en", shown=1)
    parts = {part["title"]: part for part in compared["parts"]}
    (told,) = parts["What was told"]["rows"]
    assert [cell["lines"] for cell in told["cells"]] == [["June 2026"], ["July 2026"]]
    months = {
        label: [cell["lines"] or cell["note"] for cell in row["cells"]]
        for row in parts["Cover, month by month"]["rows"]
        for label in labels(row)
    }
    assert months["April 2026"] == [["covered after back payment"], ["not covered"]]
    assert months["November 2026"] == ["outside the months this plan shows", ["not known"]]
    assert "February 2026" not in months
    assert list(months)[:3] == ["April 2026", "May 2026", "June 2026"], "months follow the calendar"
    # A month that says the same as the one before it has no row of its own.
    rows = parts["Cover, month by month"]["rows"]
    assert rows[0]["label"] == "April 2026 to May 2026", "unpaid in both, and in one of them paid back in time"
    assert all(row["cells"] != after["cells"] for row, after in pairwise(rows))
    (question,) = parts["What we do not know, and whom to ask"]["rows"]
    assert [cell["note"] for cell in question["cells"]] == ["not part of this plan", "part of this plan"]
    assert compared["names"] == ["Plan A", "Plan B, the answer above"]
    assert compared["equal"] == ""


def test_two_events_of_one_kind_are_both_told():
    life = {
        "on": "2026-11-22",
        "cover": {"place": "wuhan", "payer": "employer", "paid_until": "2026-01"},
        "events": [
            {"kind": "leave_job"},
            {"kind": "resume", "month": "2026-03", "payer": "employer"},
            {"kind": "leave_job", "paid_again_until": "2026-04"},
            {"kind": "resume", "month": "2026-06", "payer": "employer"},
        ],
    }
    later = {**life, "events": [*life["events"][:3], {**life["events"][3], "month": "2026-07"}]}
    compared = comparison([assess(parse(life)), assess(parse(later))], "en")
    (told,) = compared["parts"][0]["rows"]
    assert "(2)" in told["label"]
    assert [cell["lines"] for cell in told["cells"]] == [["June 2026"], ["July 2026"]]


@pytest.mark.parametrize("number", [0, 1, 4])
def test_only_two_or_three_are_compared(number):
    with pytest.raises(ValueError, match=str(number)):
        comparison([JUNE] * number, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_names_every_cell(lang):
    compared = comparison([JUNE, JULY, JUNE], lang, shown=2)
    drawn = html.fragment_fromstring(faces.comparison(compared))
    names = drawn.xpath("//thead//th/span/text()")
    assert names == compared["names"]
    assert drawn.xpath("//thead//button/@data-open") == ["0", "1", "2"]
    for row in drawn.xpath("//tbody/tr[td]"):
        assert row.xpath("./td/@data-name") == names
        assert row.xpath("string(./th[@scope='row'])")
        assert all(cell.text_content().strip() for cell in row.xpath("./td"))
    assert {role for role in drawn.xpath("//table//*/@role")} == {
        "rowgroup",
        "row",
        "columnheader",
        "rowheader",
        "cell",
    }


def test_an_answer_that_can_not_be_judged_any_more_is_told():
    good = facts_json(JUNE.facts)
    old = {**good, "cover": {**good["cover"], "place": "atlantis"}}
    found = json.loads(answer(json.dumps({"lang": "en", "compare": [good, old], "shown": 0})))
    assert not found["ok"]
    assert [error["field"] for error in found["errors"]] == ["cover.place"]
