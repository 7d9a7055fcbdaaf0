"""Asking: only what matters, why, one question a screen on a phone, and the answers to check."""

import pytest

from calculator.form import FIELDS, shown
from calculator.interview import open_questions
from calculator.words import Words
from tests.browser.driver import LANGUAGES, SAVE_DATA, Calculator, messages

pytestmark = pytest.mark.browser

LEFT = {"situation": "leave_job", "place": "shanghai", "paid_until": "2026-05"}
ON = "2026-11-22"


def all_of(typed):
    """The fields that belong to what was typed, whether they matter or not."""
    return {field.name for field in FIELDS if shown(field, typed)}


def wait_for_questions(calculator, key):
    calculator.page.wait_for_function(
        "(text) => document.getElementById('yb-relevant').textContent === text", arg=messages(calculator.lang)[key]
    )


def focused(page):
    """The name of the question whose words have the focus."""
    return page.evaluate(
        "() => document.activeElement.closest('[data-field]')?.dataset.field ?? document.activeElement.id"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_questions_that_matter_are_shown(page, address, axe, faults, lang):
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, lang).open()
    words = messages(lang)

    # Until Python has said what matters, all questions of the situation are there.
    calculator.type({**LEFT, "on": ON})
    assert calculator.shown() == all_of(LEFT)
    calculator.type({"born": "1980-01-01"})
    wait_for_questions(calculator, "questions_open")
    told = {**LEFT, "on": ON, "born": "1980-01-01"}
    matter = set(open_questions(told))
    assert matter != set()
    assert calculator.shown() == set(told) | matter
    # A part without a question has no heading either.
    assert not page.locator("#yb-part-money").is_visible()
    assert page.locator("#yb-part-payment").is_visible()

    # Why we ask stands with each question.
    why = calculator.field("reason").locator(".yb-ask")
    why.locator("summary").click()
    assert why.locator("p").inner_text() == Words(lang).say("form_why.reason")
    assert axe(page) == []

    # Whoever wants to sees all; what makes no difference goes again, but not what was typed.
    page.locator("#yb-all").click()
    assert page.locator("#yb-all").get_attribute("aria-pressed") == "true"
    assert calculator.shown() == all_of(told)
    page.locator("#yb-all").click()
    assert calculator.shown() == set(told) | matter

    # A question may begin to matter only when another is answered; at the end none is left.
    answers = {"reason": "resigned", "payer": "flexible", "resume_month": "2026-10", "resume_payer": "flexible"}
    while left := open_questions(told):
        page.locator(f'[data-field="{left[0]}"]').wait_for(state="visible")
        calculator.type({left[0]: answers[left[0]]})
        told[left[0]] = answers[left[0]]
    wait_for_questions(calculator, "questions_none")
    assert calculator.shown() == set(told)

    # All that was told is listed with the answer, and each line leads to its question.
    calculator.ask().wait_for_answer()
    rows = page.locator("#yb-review dl > div")
    assert rows.count() == len(calculator.shown())
    row = rows.filter(has_text=Words(lang).say("form.paid_until"))
    assert row.locator("dd").first.inner_text() == LEFT["paid_until"]
    row.locator("a").click()
    assert focused(page) == "paid_until"
    assert page.url == calculator.url
    assert row.locator("a").get_attribute("aria-label").startswith(words["change"])
    assert axe(page) == []
    assert faults == []


@pytest.mark.parametrize(("lang", "width", "scheme"), [("en", 320, "dark"), ("zh", 390, "light")])
def test_one_question_at_a_time_on_a_phone(browser, address, axe, lang, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 700}, has_touch=True, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    calculator = Calculator(page, address, lang).open().wait_until_ready()

    def on_the_screen():
        (name,) = calculator.shown()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        return name

    def go_on(then):
        page.locator("#yb-continue").click()
        page.locator(f'[data-field="{then}"]' if then != "check" else "#yb-review").wait_for(state="visible")

    # Every question has its screen, and its words have the focus.
    assert on_the_screen() == "situation"
    assert not page.locator("#yb-back").is_visible()
    assert axe(page) == []
    calculator.type({"situation": "leave_job"})
    go_on("place")
    assert focused(page) == on_the_screen() == "place"
    assert "2" in page.locator("#yb-count").inner_text()

    # What is needed is asked for before the next question; the list of errors has the focus.
    page.locator("#yb-continue").click()
    assert len(calculator.wait_for_errors()) == 1
    assert on_the_screen() == "place"
    assert axe(page) == []
    page.locator("#yb-summary a").click()
    assert page.evaluate("() => document.activeElement.name") == "place"
    calculator.type({"place": "shanghai"})
    go_on("paid_until")
    assert not page.locator("#yb-summary").is_visible()
    assert not page.locator("#yb-skip").is_visible(), "nothing can be said without it"

    # The browser's way back is ours; nothing typed is lost by it, nor by loading again.
    calculator.type({"paid_until": "2026-05"})
    page.go_back()
    page.locator('[data-field="place"]').wait_for(state="visible")
    assert focused(page) == "place"
    page.reload()
    calculator.wait_until_ready()
    assert on_the_screen() == "place"
    assert {name: calculator.typed()[name] for name in LEFT} == LEFT
    go_on("paid_until")

    # Behind what is needed come only the questions that matter; one may say "I do not know".
    page.locator("#yb-continue").click()
    asked = open_questions({**LEFT, "on": calculator.typed()["on"]})
    for name in asked:
        page.locator(f'[data-field="{name}"]').wait_for(state="visible")
        assert focused(page) == on_the_screen() == name
        skip = page.locator("#yb-skip")
        (skip if skip.is_visible() else page.locator("#yb-continue")).click()

    # At the end all answers can be checked, and changed without going through the others again.
    page.locator("#yb-review").wait_for(state="visible")
    assert focused(page) == "yb-review-title"
    assert page.locator("#yb-review .yb-not-told").count() == len(asked)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    page.locator("#yb-review a[href$=paid_until]").click()
    assert focused(page) == on_the_screen() == "paid_until"
    calculator.type({"paid_until": "May"})
    page.keyboard.press("Enter")
    assert len(calculator.wait_for_errors()) == 1
    calculator.type({"paid_until": "2026-06"})
    page.keyboard.press("Enter")
    page.locator("#yb-review").wait_for(state="visible")
    page.locator("#yb-submit").click()
    calculator.wait_for_answer()
    assert page.locator("#yb-review").is_visible()

    # All on one page, for whoever wants that.
    page.locator("#yb-all").click()
    assert calculator.shown() == all_of(LEFT)
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("#yb-form :is(button, summary, .yb-review a)"))
            .map((element) => [element.textContent, element.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    )
    assert small == []
    context.close()
