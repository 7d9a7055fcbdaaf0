"""A number that a rule knows is typed on no page; what no rule knows is listed with its reason."""

import pytest

from scripts.site_tools import typed
from scripts.site_tools.paths import DOCS, LANGUAGES


def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def test_no_page_has_a_number_that_is_neither_filled_in_nor_listed() -> None:
    assert typed.faults() == []


@pytest.mark.parametrize(
    ("page", "asked", "number", "unit"),
    [
        ("situations/newborn.md", '{{ number("china.newborn.within-90", "days_after_birth") }}', "90", ""),
        ("hr-checklist.md", '{{ amount("china.late-payment.employer", "register_within_days") }}', "30", " days"),
        # The number stands there already, in an example: once more is a fault all the same.
        ("what-it-costs.md", '{{ benefit_months("guangzhou", 96) }}', "8", " months"),
        ("how-sure.md", '{{ dated("msl-2026", "effective") }}', "2027", "-01-01"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_typed_in_place_of_a_rules_is_found(lang: str, page: str, asked: str, number: str, unit: str) -> None:
    text, allowed = text_of(f"{lang}/{page}"), typed.listed().get(page, {})
    assert asked in text
    found = list(typed.faults_of(page, text.replace(asked, number + unit, 1), allowed))
    assert found and f"docs/{page}: {number!r} is typed {allowed.get(number, 0) + 1} times" in " ".join(found)


def test_a_number_that_is_listed_and_gone_is_a_fault() -> None:
    [fault] = typed.faults_of("a.md", "---\ntitle: A\n---\nNothing.", {"30": 1})
    assert "'30' is typed 0 times" in fault


def test_code_addresses_marks_of_lists_and_hotlines_are_no_prose() -> None:
    text = '---\na: 1\n---\n1. Call **12393**, not `2`. See [it](a.md#3). {{ number("x", 4) }}\n\n```\n5\n```\n<b id="6">7 days</b>'
    assert typed.typed_numbers(text) == {"7": 1}
