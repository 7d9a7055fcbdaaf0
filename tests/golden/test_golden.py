"""The worked examples give what their sources say, in the module, through the form and on the command line."""

import json
import subprocess
import sys

import pytest

from calculator import form
from calculator.assessment_json import to_json
from calculator.facts import FactErrors, parse
from calculator.judge import assess
from calculator.lawbook import lawbook
from tests.golden import at, cases

CASES = cases()
ANSWERED = [case for case in CASES if not case.errors]
REFUSED = [case for case in CASES if case.errors]


def by_name(case):
    return case.id


@pytest.mark.parametrize("case", ANSWERED, ids=by_name)
def test_the_answer_holds_what_the_sources_say(case):
    answer = to_json(assess(parse(case.facts)))
    assert case.expect, "a case without expectations proves nothing"
    found = {path: at(answer, path) for path in case.expect}
    assert found == dict(case.expect)


@pytest.mark.parametrize("case", ANSWERED, ids=by_name)
def test_the_form_gives_the_same_answer_as_the_facts(case):
    # leave_job without a reason and a nationality implied by the situation are how the form says the same thing.
    typed = to_json(assess(form.read(case.form)))
    told = to_json(assess(parse(case.facts)))
    assert typed == told


@pytest.mark.parametrize("case", ANSWERED, ids=by_name)
def test_the_sources_named_are_cited_in_the_answer(case):
    answer = to_json(assess(parse(case.facts)))
    cited = {cite["id"] for rule in answer["rules"] for cite in (*rule["cites"], *rule["disagree"])}
    assert case.sources
    assert set(case.sources) <= cited


@pytest.mark.parametrize("case", REFUSED, ids=by_name)
def test_bad_facts_name_every_field_at_once(case):
    with pytest.raises(FactErrors) as refused:
        parse(case.facts)
    assert {error.field: error.code for error in refused.value.errors} == dict(case.errors)
    with pytest.raises(FactErrors) as refused:
        form.read(case.form)
    assert {error.field: error.code for error in refused.value.errors} == dict(case.form_errors)


def test_every_source_of_a_case_exists():
    assert not [source for case in CASES for source in case.sources if source not in lawbook().provisions]


def test_the_nine_cases_are_here():
    assert {case.id[0] for case in CASES} >= set("abcdefghi")


def run(arguments, given=b""):
    return subprocess.run([sys.executable, "-m", "calculator", *arguments], input=given, capture_output=True)


@pytest.mark.parametrize("case", ANSWERED[:2], ids=by_name)
def test_the_command_line_gives_the_same_json(case):
    done = run(["assess", "-"], json.dumps(case.facts).encode())
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == to_json(assess(parse(case.facts)))


def test_the_command_line_refuses_bad_facts_with_status_2_and_names_each_field():
    done = run(["assess", "-", "--lang", "zh"], json.dumps(REFUSED[0].facts).encode())
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert all(field in said for field in REFUSED[0].errors)
    assert "晚于" in said and "2030年1月1日" in said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_line_speaks_both_languages(lang, tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(ANSWERED[0].facts), "utf-8")
    done = run(["assess", str(file), "--text", "--lang", lang])
    assert done.returncode == 0
    assert {"en": "No waiting period", "zh": "没有等待期"}[lang] in done.stdout.decode()


@pytest.mark.parametrize("given", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"on": NaN}', b"9" * 10_000])
def test_what_is_not_json_is_a_clear_error(given):
    done = run(["assess", "-"], given)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
