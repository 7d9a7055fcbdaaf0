"""Asking: only what matters, why, one question a screen on a phone, and the answers to check."""

from datetime import date

import pytest
from playwright.sync_api import Page

from calculator.form import FIELDS, shown
from calculator.interview import open_questions
from calculator.months import parse_month
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


def in_other_language(page):
    """The same page in the other language, by the link of the page."""
    (other,) = {"en", "zh"} - {page.locator("#yb-calculator").get_attribute("data-lang")}
    page.locator(f"a.md-select__link[hreflang^='{other}']").press("Enter")
    page.locator(f"#yb-calculator[data-lang={other}]").wait_for()


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
    assert not page.locator("#yb-section-money").is_visible()
    assert page.locator("#yb-section-payment").is_visible()

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
    assert row.locator("dd").first.inner_text() == Words(lang).month(parse_month(LEFT["paid_until"]))
    assert rows.locator("dd", has_text=Words(lang).day(date.fromisoformat(ON))).count() == 1
    row.locator("a").click()
    assert focused(page) == "paid_until"
    assert page.url == calculator.url
    assert row.locator("a").get_attribute("aria-label").startswith(words["change"])
    assert axe(page) == []
    assert faults == []


@pytest.mark.parametrize(("lang", "width", "scheme"), [("en", 320, "dark"), ("zh", 390, "light")])
def test_one_question_at_a_time_on_a_phone(new_context, address, axe, lang, width, scheme):
    context = new_context(
        viewport={"width": width, "height": 700}, has_touch=True, color_scheme=scheme, reduced_motion="reduce"
    )
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

    # What happens then is asked in the same way: only what matters, and what begins to matter of the event before.
    page.locator("#yb-then").click()
    page.locator('[data-field="situation"]').wait_for(state="visible")
    told = {**LEFT, "paid_until": "2026-06", "on": calculator.typed()["on"] or ON, "2.situation": "retire"}
    assert page.locator("#yb-life-said").inner_text() == messages(lang)["life_added"].format(number=2)
    calculator.type({"situation": "retire"})
    page.locator("#yb-continue").click()
    page.locator('[data-field="situation"]').wait_for(state="hidden")
    # Nothing stands between the question and the way on: not the answers so far, nor the list of events.
    assert page.locator("#yb-review, #yb-life").locator("visible=true").count() == 0
    assert page.locator("#yb-life-said").inner_text() == ""
    assert page.locator("#yb-count").inner_text().startswith(messages(lang)["question_event"].format(event=2).strip())
    asked = [name for name in open_questions(told) if name.startswith("2.") or name == "born"]
    asked.sort(key=lambda name: name == "born")
    for name in asked:
        plain = name.removeprefix("2.")
        page.locator(f'[data-field="{plain}"]').wait_for(state="visible")
        assert on_the_screen() == plain
        if name == asked[1]:
            # To the other language, loaded again there, and back: the same question, and nothing is asked twice.
            typed = calculator.typed()
            for look in (in_other_language, Page.reload, in_other_language):
                look(page)
                page.locator(f'[data-field="{plain}"]').wait_for(state="visible")
                assert on_the_screen() == plain
                assert calculator.typed() == typed
            calculator.wait_until_ready()
        skip = page.locator("#yb-skip")
        (skip if skip.is_visible() else page.locator("#yb-continue")).click()
    page.locator("#yb-review").wait_for(state="visible")
    in_words = page.locator("#yb-review dt").all_inner_texts()
    assert sum(words.startswith("1. ") for words in in_words) >= len(LEFT)
    assert sum(words.startswith("2. ") for words in in_words) == len(asked)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.locator("#yb-life li").nth(1).get_by_role("button").last.click()
    page.locator("#yb-review").wait_for(state="visible")

    # Another answer may ask for more: that is asked then, and nothing a second time.
    page.locator("#yb-review a[href$=situation]").click()
    calculator.type({"situation": "new_place"})
    go_on("to")
    page.go_back()
    page.locator('[data-field="situation"]').wait_for(state="visible")
    calculator.type({"situation": "leave_job"})
    go_on("check")

    # All on one page, for whoever wants that.
    page.locator("#yb-all").click()
    assert calculator.shown() == all_of(LEFT)
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("#yb-form :is(button, summary, .yb-review a)"))
            .map((element) => [element.textContent, element.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    )
    assert small == []


def test_lives_to_try_and_several_events_in_one_life(page, address, axe, faults):
    calculator = Calculator(page, address, "en").open()
    items = page.locator("#yb-life li")

    def press(number, button):
        items.nth(number - 1).get_by_role("button", name=f"{button}:").click()

    # A second event asks nothing that is known from the first; the first is not lost by it.
    calculator.type({**LEFT, "on": ON})
    page.locator("#yb-then").click()
    assert focused(page) == "situation"
    calculator.type({"situation": "settle_abroad", "event_on": "soon", "balance": "5000", "hukou_cancelled": "yes"})
    assert not {"place", "paid_until", "on"} & calculator.shown()
    page.locator("#yb-field-event_on").focus()
    typed = calculator.typed()

    # In the middle of it to the other language, loaded again there, and back: the same event and question, nothing lost.
    for look in (in_other_language, Page.reload, in_other_language):
        look(page)
        assert items.nth(1).get_attribute("aria-current") == "step"
        assert calculator.typed() == typed
        if look is in_other_language:
            page.wait_for_function("() => document.activeElement.closest('[data-field=event_on]')")
    press(1, "Change")
    assert focused(page) == "situation"
    assert calculator.typed()["paid_until"] == LEFT["paid_until"]

    # A fault of another event leads there.
    assert [error[:8] for error in calculator.ask().wait_for_errors()] == ["Event 2."]
    page.locator("#yb-summary a").click()
    assert page.evaluate("() => document.activeElement.id") == "yb-field-event_on"
    calculator.type({"event_on": "2026-10-20"})
    answer = calculator.ask().wait_for_answer()
    assert Words("en").say("event.leave_job") in answer and Words("en").say("event.settle_abroad") in answer
    assert page.locator("#yb-review dt").filter(has_text="2. ").count() == len(calculator.shown())
    assert axe(page) == []

    # All of it is there after loading again; but for a variant that an older page has kept and nobody can judge any more.
    page.evaluate(
        """() => {
            const { calculator } = history.state;
            history.replaceState({ ...history.state, calculator: { ...calculator, compared: [{ events: [] }] } }, "");
        }"""
    )
    page.reload()
    calculator.wait_for_answer()
    assert items.count() == 2
    page.locator("#yb-compare-said").get_by_text(messages("en")["compare_faulty"]).wait_for()
    assert not page.locator("#yb-compare").is_visible()
    assert page.evaluate("() => history.state.calculator.compared") == []

    # The order can be changed between the first and the last, and the button pressed keeps the focus.
    page.locator("#yb-then").click()
    calculator.type({"situation": "come_back", "event_on": "2026-11-10"})
    press(3, "Earlier")
    assert "come back" in items.nth(1).inner_text()
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')").startswith("Earlier: I come back")
    assert items.nth(0).get_by_role("button", name="Earlier:").count() == 0
    assert items.nth(1).get_by_role("button", name="Earlier:").count() == 1
    assert items.nth(2).get_by_role("button", name="Later:").count() == 0
    assert page.locator("#yb-life-said").inner_text() != ""
    # What is true of the whole life outlives the event that told it.
    press(1, "Remove")
    assert items.count() == 2
    assert calculator.typed()["place"] == "shanghai"
    assert "place" in calculator.shown()

    # A life to try is answered with one tap, and what was typed comes back with another.
    page.locator("#yb-samples summary").click()
    page.locator("#yb-samples [data-typed]").first.click()
    calculator.wait_for_answer()
    assert not page.locator("#yb-life").is_visible()
    page.locator("#yb-undo").click()
    assert items.count() == 2
    assert not page.locator("#yb-undo").is_visible()
    page.locator("#yb-again").click()
    assert calculator.typed()["place"] == ""
    assert focused(page) == "situation"
    page.locator("#yb-undo").click()
    assert items.count() == 2
    # A page that is left breaks off what it was loading.
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []


def test_months_can_be_marked_in_place_of_typing(page, address, axe, faults):
    calculator = Calculator(page, address, "en").open().wait_until_ready()
    calculator.type({**LEFT, "paid_until": "", "on": ON, "payer": "employer"})
    page.locator("#yb-grid summary").click()
    month = page.locator("#yb-grid-months [aria-label^='May 2026']")
    said = page.locator("#yb-grid-said")

    def fields():
        typed = calculator.typed()
        return typed["paid_until"], typed["resume_month"], typed.get("back_paid", "")

    # By mouse: a click goes through the states. By keyboard: arrows lead, keys mark, Shift marks on.
    for state in ("paid", "unpaid", "back_paid", "open", "paid"):
        month.click()
        assert month.get_attribute("aria-label").endswith(messages("en")[f"grid_{state}"])
    assert fields() == ("2026-05", "", "")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("u")
    page.keyboard.press("Shift+ArrowRight")
    assert fields() == ("2026-05", "", "")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("p")
    assert fields() == ("2026-05", "2026-08", "")
    assert "Aug 2026: paid" in page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert "Months between: 2." in said.inner_text()
    assert page.locator("#yb-grid-months [tabindex='0']").count() == 1

    # The timeline follows, without an answer being asked for.
    page.locator("#yb-grid-live .yb-ranges").get_by_text("September 2026").first.wait_for()
    assert not page.locator("#yb-result").is_visible()

    # Paid back; partly paid back is more than the form can hold; a month that nobody spoke of changes nothing.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("b")
    assert fields() == ("2026-05", "2026-08", "")
    assert messages("en")["grid_mixed"] in said.inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("b")
    assert fields() == ("2026-05", "2026-08", "yes")
    page.keyboard.press("0")
    assert fields() == ("2026-05", "2026-08", "yes")
    assert "June 2026" in said.inner_text()
    page.keyboard.press("3")
    assert axe(page) == []

    # What is typed is what is marked.
    calculator.type({"paid_until": "2026年3月"})
    assert page.locator("#yb-grid-months [data-state='back_paid']").count() == 4

    # An employer in arrears: when they are paid back is told, and nothing else; what does not fit is said.
    calculator.type({"situation": "employer_arrears", "paid_until": "2026-02"})

    def arrears():
        typed = calculator.typed()
        return typed["paid_until"], typed["paid_back"]

    page.locator("#yb-grid-months [aria-label^='Mar 2026']").click()
    for key in ("u", "ArrowRight", "p"):
        page.keyboard.press(key)
    assert arrears() == ("2026-02", "")
    assert messages("en")["grid_still_owed"] in said.inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("b")
    assert arrears() == ("2026-02", "2026-04")
    page.locator("#yb-grid-live .yb-ranges").get_by_text("March 2026").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    assert arrears() == ("2026-02", "")
    assert messages("en")["grid_paid_back_when"] in said.inner_text()
    calculator.type({"paid_back": "2026-07"})
    assert page.locator("#yb-grid-months [data-state='back_paid']").count() == 4
    assert faults == []
