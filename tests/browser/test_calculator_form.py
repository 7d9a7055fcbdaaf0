"""The form: the right fields at the right time, errors that help, nothing lost."""

import json
import re
from datetime import date

import pytest
from lxml import html

from calculator.form import FIELDS, SITUATIONS, asked, read, shown
from calculator.judge import assess
from calculator.words import Words
from scripts.site_tools.calculator_page import SAMPLES, form_html
from tests.browser.driver import LANGUAGES, SAVE_DATA, Calculator, messages
from tests.golden import cases

pytestmark = pytest.mark.browser

MOVE = next(case.form for case in cases() if case.form.get("situation") == "new_place")


# -- as it is built ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_question_and_an_error_of_its_own(lang):
    form = html.fragment_fromstring(form_html(lang))
    ids = form.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert form.xpath("//*[@data-field]/@data-field") == [field.name for field in FIELDS]
    for field in FIELDS:
        (wrapper,) = form.xpath(f"//*[@data-field='{field.name}']")
        (question,) = wrapper.xpath(".//legend | .//label[@class='yb-label']")
        assert question.text_content().startswith(Words(lang).say(f"form.{field.name}"))
        assert wrapper.xpath(".//details[@class='yb-ask']/p")[0].text_content() == Words(lang).say(
            f"form_why.{field.name}"
        )
        assert wrapper.xpath(f".//*[@id='yb-field-{field.name}']")
        assert wrapper.xpath(f".//p[@id='yb-error-{field.name}']")
        assert set(" ".join(wrapper.xpath(".//@aria-describedby")).split()) <= set(ids)
        if field.choices and not field.required:
            assert wrapper.xpath(".//input[@type='radio'][@value='']"), "nobody must say what they do not know"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_life_to_try_is_answered(lang):
    samples = html.fragment_fromstring(form_html(lang)).xpath("//*[@id='yb-samples']//button")
    assert len(samples) == len(SAMPLES) >= 4
    for sample in samples:
        assert assess(read(json.loads(sample.get("data-typed")))).facts.events
        assert sample.text_content().strip()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_one_block_for_markdown(lang):
    assert not re.search(r"\n\s*\n", form_html(lang))


def test_both_languages_have_the_same_messages():
    english, chinese = messages("en"), messages("zh")

    assert list(english) == list(chinese)
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", chinese[key])), key


# -- as it is used ----------------------------------------------------------------------------------------


#: The fields shown at each place, chosen one after the other as typing does it.
SHOWN_AT = """(places) => places.map((place) => {
    const control = document.getElementById("yb-form").elements.place;
    control.value = place;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    return Array.from(document.querySelectorAll("[data-field]:not([hidden])"), (field) => field.dataset.field);
})"""


def test_fields_are_shown_as_python_shows_them(page, address):
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, "en").open()
    places = page.locator("#yb-field-place option").evaluate_all("(options) => options.map((option) => option.value)")

    for situation in SITUATIONS:
        calculator.fill({"situation": situation, "place": places[0]})
        for place, fields in zip(places, page.evaluate(SHOWN_AT, places), strict=True):
            told = {"situation": situation, "place": place}
            assert set(fields) == {field.name for field in FIELDS if shown(field, told)}, told

    # Of a later event nothing that is known from the first.
    first = {"situation": "new_place", "place": "wuhan", "to": "beijing"}
    calculator.fill(first)
    page.locator("#yb-then").click()
    for situation in SITUATIONS:
        calculator.fill({"situation": situation})
        _, second = asked([first, {"situation": situation}])
        assert calculator.shown() == {field.name for field in second}, situation


# Only what is asked by the reader: the theme's search has a worker of its own, and Python is also asked what matters.
KEEP_QUESTIONS = """
    globalThis.sent = [];
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
        if (message.request && !message.request.wants) { sent.push(message.request); }
        return send.call(this, message);
    };
"""


def test_a_field_that_is_not_shown_is_not_sent(page, address):
    page.add_init_script(KEEP_QUESTIONS)
    calculator = Calculator(page, address, "en").open()
    calculator.fill(MOVE).fill({"balance": "no number", "same_province": "no"})
    calculator.fill({"situation": "employer_arrears"})
    shown_fields = calculator.shown()
    calculator.ask().wait_for_answer()
    assert set(page.evaluate("() => sent.at(-1).form")) == shown_fields

    # What was typed comes back with its field.
    calculator.fill({"situation": "new_place"})
    assert calculator.typed()["balance"] == "no number"


def test_the_day_of_asking_is_the_readers_own(new_context, address):
    context = new_context(timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-21T23:30:00Z")  # in Shanghai the day after has begun
    assert Calculator(page, address, "en").open().typed()["on"] == "2026-11-22"


def test_the_day_of_asking_can_be_changed(page, address):
    calculator = Calculator(page, address, "en").open()
    assert date.fromisoformat(calculator.typed()["on"])

    calculator.fill({**MOVE, "on": "2026年11月2日"}).ask()
    assert "2 November 2026" in calculator.wait_for_answer()


def test_a_link_can_choose_the_situation(page, address):
    calculator = Calculator(page, address, "en").open("#situation=settle_abroad")
    assert calculator.typed()["situation"] == "settle_abroad"
    assert "hukou_cancelled" in calculator.shown()

    page.evaluate("() => { location.hash = 'situation=enlist' }")
    page.wait_for_selector('[data-field="enlisted_as"]', state="visible")
    assert calculator.typed()["situation"] == "enlist"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_errors_are_listed_beside_the_fields_and_above_them(page, address, faults, lang):
    calculator = Calculator(page, address, lang).open()
    title = page.title()
    typed = {**MOVE, "paid_until": "März", "new_month": "", "balance": "a lot"}
    calculator.fill(typed).ask()

    summary = calculator.wait_for_errors()
    assert len(summary) == 3
    assert page.title() != title and title in page.title()
    for name in ("paid_until", "new_month", "balance"):
        field = calculator.field(name)
        message = field.locator(".yb-error").inner_text()
        assert message in summary
        control = field.locator("input")
        assert control.get_attribute("aria-invalid") == "true"
        assert f"yb-error-{name}" in control.get_attribute("aria-describedby").split()
    assert calculator.typed() | typed == calculator.typed(), "something typed was lost"

    # Each entry of the list leads to its field, and not to another address.
    page.locator("#yb-summary a").nth(1).click()
    assert page.evaluate("() => document.activeElement.id") == "yb-field-new_month"
    assert page.url == calculator.url

    calculator.fill({"paid_until": "2026-03", "new_month": "2026/7", "balance": "1,680元"}).ask().wait_for_answer()
    assert page.title() == title
    assert not page.locator("#yb-summary").is_visible()
    assert page.locator(".yb-error:visible").count() == 0
    assert page.locator('[aria-invalid="true"]').count() == 0
    assert faults == []


def test_an_empty_form_asks_for_what_is_needed(page, address):
    calculator = Calculator(page, address, "en").open().fill({"on": ""}).ask()
    assert len(calculator.wait_for_errors()) == 3

    page.locator("#yb-summary a").first.click()
    assert page.evaluate("() => document.activeElement.name") == "situation"


def test_an_answer_to_something_else_is_taken_away(page, address):
    calculator = Calculator(page, address, "en").open()
    calculator.fill(MOVE).ask().wait_for_answer()

    calculator.fill({"paid_until": "?"}).ask().wait_for_errors()
    assert not page.locator("#yb-result").is_visible()


def test_the_whole_way_by_keyboard(page, address):
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, "en").open()
    press = page.keyboard.press

    def focused() -> str:
        return page.evaluate("() => document.activeElement.name || document.activeElement.id")

    page.locator("#yb-field-situation").focus()

    def tab_to(name: str) -> None:
        for _ in range(40):
            press("Tab")
            if focused() == name:
                return
        pytest.fail(f"{name} is not reached")

    press("Space")
    tab_to("place")
    page.keyboard.type("Guangzhou")
    tab_to("paid_until")
    page.keyboard.type("2026-03")
    tab_to("yb-submit")
    # Keys that turn pages elsewhere do nothing here.
    press("n")
    press("p")
    press("Enter")

    assert calculator.wait_for_answer() != ""
    assert page.url == calculator.url
    press("Shift+Tab")
    assert focused() == "yb-again"


def test_nothing_typed_can_get_into_an_address_without_scripts(new_context, address):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/calculator/")
    shown = page.locator("noscript")
    assert shown.locator("table").count() == 3
    assert shown.locator("a[href$='.pdf']").count() == 2
    page.locator("#yb-field-place").select_option("beijing")
    page.locator("#yb-submit").click()
    assert page.url == f"{address}en/calculator/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_its_script_the_page_says_so(page, address, lang):
    page.route("**/calculator/main.js", lambda route: route.fulfill(status=404))
    Calculator(page, address, lang).open()
    note = page.locator("#yb-no-script")
    assert note.evaluate("(element) => getComputedStyle(element).visibility") == "hidden"
    assert note.evaluate("(element) => element.getAnimations()[0].effect.getTiming().delay") == 8_000
    note.evaluate("(element) => element.getAnimations()[0].finish()")
    assert note.evaluate("(element) => getComputedStyle(element).visibility") == "visible"
    assert note.locator("a").count() == 2
