"""A number that a rule knows is typed nowhere in prose; what no rule knows is listed with its reason."""

import re
from collections import Counter

import pytest

from scripts.site_tools import typed
from scripts.site_tools.paths import DOCS, LANGUAGES


def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def words_of(lang: str) -> str:
    return (typed.WORDS / f"{lang}.toml").read_text("utf-8")


def test_nothing_written_by_hand_has_a_number_that_is_neither_filled_in_nor_listed() -> None:
    assert typed.faults() == []


@pytest.mark.parametrize(
    ("page", "asked", "number", "unit"),
    [
        ("situations/newborn.md", '{{ number("china.newborn.within-90", "days_after_birth") }}', "90", ""),
        ("hr-checklist.md", '{{ amount("china.late-payment.employer", "register_within_days") }}', "30", " days"),
        # The number stands there already, in an example: once more is a fault all the same.
        ("what-it-costs.md", '{{ benefit_months("guangzhou", 96) }}', "8", " months"),
        ("how-sure.md", '{{ dated("msl-2026", "effective") }}', "2027", "-01-01"),
        ("resident-scheme.md", '{{ known("china.resident-wait.late.continuous", "from", "year") }}', "2025", ""),
        (
            "years-and-retirement.md",
            '{{ known("china.retirement-age.woman-55", "age_months", "years") }}',
            "55",
            "",
        ),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_typed_in_place_of_a_rules_is_found(lang: str, page: str, asked: str, number: str, unit: str) -> None:
    text, allowed = text_of(f"{lang}/{page}"), typed.listed().get(page, {})
    assert asked in text
    found = typed.typed_numbers(text.replace(asked, number + unit, 1))
    assert f"{page}: {number!r} is typed {allowed.get(number, 0) + 1} times" in " ".join(
        typed.faults_of(page, found, allowed)
    )


def test_a_number_that_is_listed_and_gone_is_a_fault() -> None:
    [fault] = typed.faults_of("a.md", {}, {"30": 1})
    assert "'30' is typed 0 times" in fault


def test_code_addresses_marks_of_lists_and_hotlines_are_no_prose() -> None:
    text = '---\na: 1\n---\n1. Call **12393**, not `2`. See [it](a.md#3). {{ number("x", 4) }}\n\n```\n5\n```\n<b id="6">7 days</b>'
    assert typed.typed_numbers(text) == {"7": 1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_guide_says_of_a_claim_is_prose_what_the_article_says_is_a_quotation(lang: str) -> None:
    text = text_of(typed.CLAIMS)
    said = re.compile(rf"^(law\.{lang} = .*)" + re.escape('{{ value("china.step.register-death", "within") }}'), re.M)
    planted, times = said.subn(r"\g<1>1", text)
    assert times == 1
    [fault] = typed.faults_of_claims(planted)
    assert fault.startswith(f"docs/claims.toml, claim 000-6 ({lang}): '1' is typed 1 times")
    quoted = re.sub(rf"^(says\.{lang} = ''')", r"\g<1>13 ", text, flags=re.M)
    assert quoted != text
    assert list(typed.faults_of_claims(quoted)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "asked", "number"),
    [
        ("joining.newborn_not_known", "[[china.newborn.within-90 days_after_birth]]", "90"),
        ("says_late_payment.fee_per_100000_per_day", "[[china.late-payment.employer fee_per_100000_per_day percent]]", "0.05"),
        # Listed already for this sentence, as an example: another number is a fault all the same.
        ("form.paid_until_hint", "2026-03", "7"),
    ],
)  # fmt: skip
def test_a_number_typed_into_a_sentence_of_the_calculator_is_found(lang: str, key: str, asked: str, number: str) -> None:
    name = key.partition(".")[2]
    planted, times = re.subn(
        rf"^({name} = .*?){re.escape(asked)}", rf"\g<1>{number} ", words_of(lang), count=1, flags=re.M
    )
    assert times == 1
    assert f"calculator/words/{lang}.toml, {key}: {number!r} is typed 1 times" in " ".join(
        typed.faults_of_words(lang, planted)
    )


def test_a_claim_or_a_sentence_that_is_listed_and_gone_is_a_fault() -> None:
    claims, gone = text_of(typed.CLAIMS).replace('id = "003"', 'id = "005"'), "docs/exceptions.toml: there is no "
    assert f"{gone}claim 003-7" in list(typed.faults_of_claims(claims))
    words = words_of("en").replace("\nrules = ", "\nrulings = ")
    assert f"{gone}sentence run.rules" in list(typed.faults_of_words("en", words))


def test_slots_and_numbers_of_rules_are_not_typed() -> None:
    said = 'a = "{n2} of {until:day}, [[china.step.newborn within]] days, 12393, 5"'
    assert typed.typed_in_words(f"[table]\n{said}") == {"table.a": Counter({"5": 1})}
