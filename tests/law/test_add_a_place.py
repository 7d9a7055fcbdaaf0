"""The files that the page "Add your city" gives away are a place that passes every check, and break where the page says."""

import tomllib
from datetime import date

import pytest

from calculator.lawbook import Lawbook, read_sources
from calculator.question import ask
from calculator.verify import check_data, check_situations
from scripts.site_tools.paths import DOCS
from tests.golden import at

FILES = DOCS / "assets" / "add-a-place"
TARGETS = {
    "instruments/examplecity-notice.toml": FILES / "examplecity-notice.toml",
    "places/examplecity.toml": FILES / "examplecity.toml",
}
CASES = tomllib.loads((FILES / "examplecity-questions.toml").read_text("utf-8"))["case"]


def book(**changes: str) -> Lawbook:
    """The shipped law with the example city, after replacements in the place's file."""
    sources = read_sources()
    for name, file in TARGETS.items():
        sources[name] = file.read_text("utf-8")
    for before, after in changes.items():
        assert sources["places/examplecity.toml"].count(before) == 1
        sources["places/examplecity.toml"] = sources["places/examplecity.toml"].replace(before, after)
    return Lawbook(sources)


def test_the_example_city_is_in_order():
    assert check_data(book(), date.today()) == []
    assert check_situations(book(), ["examplecity"]).faults == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_its_worked_examples_hold(case):
    answers = ask(book(), case["topic"], case["place"], case["on"], case["values"])
    assert {path: at(answers, path) for path in case["expect"]} == case["expect"]
    assert set(case["sources"]) <= {cite for answer in answers for cite in answer["cites"]}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("gap = { more_than = 3 }", "gap = { more_than = 4 }", "which its sources do not say"),
        ("wait_months = 6", "wait_months = 5", "which its sources do not say"),
        ("examplecity-notice#art8", "sil-2010#art26", "and its sources hold none of"),
        ('"open"                    # until', '2026-03-04 # until', "ends on 2026-03-04"),
    ],
)  # fmt: skip
def test_the_mistakes_that_the_page_names_are_found(before, after, says):
    faults = check_data(book(**{before: after}), date.today())
    assert any(says in fault for fault in faults), faults
