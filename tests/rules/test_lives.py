"""A file of saved lives: what is good in it is taken, what is not is named."""

import json

import pytest

from calculator.browser import answer
from calculator.facts import FactErrors, facts_json, parse
from calculator.lives import MAX_LIVES, SCHEMA, read_lives
from calculator.words import LANGUAGES
from tests.golden import cases

GOOD = {"on": "2026-11-22", "cover": {"place": "beijing"}, "events": [{"kind": "enlist", "on": "2026-09-01"}]}
BAD = {**GOOD, "cover": {"place": "atlantis"}}


def file(*lives):
    return json.dumps({"schema": SCHEMA, "lives": lives})


def test_every_worked_example_comes_back_as_it_was():
    told = [facts_json(parse(case.facts)) for case in cases() if not case.errors]
    for start in range(0, len(told), MAX_LIVES):
        lives = [{"name": f"{number} 号", "facts": facts} for number, facts in enumerate(told[start:][:MAX_LIVES])]
        read = read_lives(file(*lives))
        assert [{"name": life.name, "facts": life.facts} for life in read] == lives
        assert not [life for life in read if life.faults]


def test_a_file_of_one_life_is_read_too():
    (life,) = read_lives(json.dumps(GOOD))
    assert (life.number, life.name) == (1, "")
    assert parse(life.facts) == parse(GOOD)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_bad_life_does_not_cost_the_others(lang):
    text = file({"name": "one", "facts": BAD}, {"name": " two ", "facts": GOOD}, {"name": "", "facts": GOOD}, 5)
    found = json.loads(answer(json.dumps({"lang": lang, "lives": text})))
    assert not found["ok"]
    assert [life["name"] for life in found["lives"]] == ["two"]
    assert [error["field"] for error in found["errors"]] == ["cover.place", "name", "lives"]
    assert "atlantis" in found["errors"][0]["message"] and "one" in found["errors"][0]["message"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("5", "not_lives"),
        ("{}", "not_lives"),
        ('{"schema": "lives/1", "lives": {}}', "not_lives"),
        ('{"lives": []}', "not_a_choice"),
        ('{"schema": "lives/2", "lives": []}', "not_a_choice"),
        ('{"schema": "lives/1", "lives": [], "more": 1}', "unknown_field"),
        (file(*[{"facts": GOOD}] * (MAX_LIVES + 1)), "too_many_lives"),
    ],
)
def test_what_is_no_such_file_is_refused(text, code):
    with pytest.raises(FactErrors) as refused:
        read_lives(text)
    assert [error.code for error in refused.value.errors] == [code]
    for lang in LANGUAGES:
        found = json.loads(answer(json.dumps({"lang": lang, "lives": text})))
        assert not found["ok"] and found["lives"] == [] and all(error["message"] for error in found["errors"])
