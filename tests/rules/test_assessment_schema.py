"""The schema of the answer describes every answer, and refuses one that is not as described."""

import copy
import json
import subprocess
import sys

import jsonschema
import pytest

from calculator.assessment_json import to_json
from calculator.assessment_schema import assessment_schema
from calculator.facts import parse
from calculator.judge import assess
from tests.golden import case, cases

SCHEMA = assessment_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
ANSWERED = [one for one in cases() if not one.errors]
SOME = to_json(assess(parse(case("l-xian-june-missed").facts)))


def test_the_schema_itself_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.id)
def test_every_answer_is_as_described(one):
    answer = json.loads(json.dumps(to_json(assess(parse(one.facts))), allow_nan=False))
    assert [f"{fault.json_path}: {fault.message[:200]}" for fault in VALIDATOR.iter_errors(answer)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "assessment/0"), (("law",), "abc"), (("on",), "2026-02-30"), (("sure",), "certain"),
        (("colour",), "red"), (("cover", 0, "last_paid"), 24315), (("cover", 0, "stops", 0), "2026-13"),
        (("cover", 0, "lines", 0, "months", 0, "month"), 24315), (("cover", 0, "lines", 0, "sure"), 4),
        (("cover", 0, "gap"), "3"), (("steps", 0, "by"), "soon"), (("rules", 0, "cites"), []),
        (("rules", 0, "cites", 0, "checked"), None), (("money", 0, "amount"), 1.5), (("not_known",), None),
    ],
)  # fmt: skip
def test_what_is_not_as_described_is_refused(path, value):
    answer = copy.deepcopy(SOME)
    here = answer
    for part in path[:-1]:
        here = here[part]
    assert path == ("colour",) or path[-1] in here or isinstance(path[-1], int)
    here[path[-1]] = value
    assert list(VALIDATOR.iter_errors(answer))


def test_a_part_left_out_is_noticed():
    for part in SOME:
        assert list(VALIDATOR.iter_errors({name: value for name, value in SOME.items() if name != part})), part


def test_the_command_line_prints_it():
    done = subprocess.run([sys.executable, "-m", "calculator", "schema", "assessment"], capture_output=True)
    assert json.loads(done.stdout) == SCHEMA
