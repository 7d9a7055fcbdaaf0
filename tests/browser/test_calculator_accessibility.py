"""The calculator breaks no rule of accessibility that a program can check, in no state, size or colour."""

import json

import pytest

from calculator.browser import answer
from calculator.form import SITUATIONS
from tests.browser.driver import LANGUAGES, SAVE_DATA, Calculator
from tests.golden import cases

pytestmark = pytest.mark.browser

MOVE = next(case.form for case in cases() if case.form.get("situation") == "new_place")
SETTLE = next(case.form for case in cases() if case.form.get("situation") == "settle_abroad")


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(390, "light", "en"), (390, "dark", "zh"), (1280, "light", "zh"), (1280, "dark", "en")],
)
def test_no_rule_is_broken(browser, address, axe, width, scheme, lang):
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    found = {}

    def look(state: str) -> None:
        if broken := axe(page):
            found[state] = broken

    calculator = Calculator(page, address, lang).open()
    look("before the start")

    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    calculator.fill(MOVE)
    calculator.wait_for_failure()
    look("failed")

    page.unroute("**/pyodide.asm.wasm")
    page.locator("#yb-retry").click()
    calculator.wait_until_ready()
    calculator.fill({"paid_until": "?", "to": "", "balance": "?"}).ask().wait_for_errors()
    look("with errors")

    for name, form in (("moved", MOVE), ("settled abroad", SETTLE)):
        calculator.clear()
        calculator.fill(form).ask().wait_for_answer()
        page.evaluate("() => document.querySelectorAll('.yb-rule').forEach((rule) => { rule.open = true; })")
        page.locator("#yb-take-compare").click()
        page.locator("#yb-take-link").click()
        page.evaluate("() => { document.getElementById('yb-saved').open = true; }")
        look(name)
        for kind in ("card", "phone"):
            page.locator(f"#yb-take-{kind}").click()
            look(f"{name}, {kind}")
            page.locator("#yb-sheet-close").click()

    # Two answers were kept on the way.
    page.locator(".yb-compared").wait_for(state="visible")
    page.locator("#yb-saved-name").fill("A")
    page.locator("#yb-saved-name").press("Enter")
    page.evaluate("() => document.querySelectorAll('.yb-compare details').forEach((one) => { one.open = true; })")
    look("side by side, saved")

    context.close()
    assert found == {}


# What the page does with an answer: the same text from our own Python, without waiting for that of the browser.
SHOW = """({ html, card, phone, paper }) => {
    const put = (id, text) => {
        document.getElementById(id).innerHTML = text;
        document.getElementById(id).closest("[hidden]")?.removeAttribute("hidden");
    };
    put("yb-result", html);
    put("yb-sheet-pages", card + phone);
    put("yb-paper-answer", paper);
    document.querySelectorAll("#yb-result details").forEach((one) => { one.open = true; });
}"""
OTHER = {"default": "slate", "slate": "default"}


@pytest.mark.parametrize(
    ("lang", "folder", "width", "scheme", "some"),
    [
        ("en", "calculator", 390, "light", slice(0, None, 2)),
        ("zh", "calculator", 1280, "dark", slice(1, None, 2)),
        ("en", "embed", 320, "dark", slice(1)),
    ],
)
def test_the_answer_to_every_situation_breaks_no_rule(browser, address, axe, lang, folder, width, scheme, some):
    """In both schemes, on screen and on paper, with cards and script for the phone."""
    forms = {
        case.form["situation"]: case.form for case in cases() if not (case.errors or case.form_errors) and case.form
    }
    assert forms.keys() == set(SITUATIONS)
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    page.goto(f"{address}{lang}/{folder}/")
    found = {}

    def look(state: str, rules=()) -> None:
        if broken := axe(page, "#yb-calculator", rules):
            found[state] = broken

    for situation, form in list(forms.items())[some]:
        answered = json.loads(answer(json.dumps({"lang": lang, "form": form})))
        page.evaluate(SHOW, {key: answered[key] for key in ("html", "card", "phone", "paper")})
        look(situation)
        for change in ("color", "back"):
            page.evaluate(
                "(other) => { document.body.dataset.mdColorScheme = other[document.body.dataset.mdColorScheme]; }",
                OTHER,
            )
            if change == "color":
                look(f"{situation}, other colours", ["color-contrast"])
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, situation
    page.emulate_media(media="print")
    look("on paper")
    context.close()
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_wider_than_a_narrow_screen(browser, address, lang):
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    calculator = Calculator(page, address, lang).open().wait_until_ready()
    for form in (MOVE, SETTLE):
        calculator.clear()
        calculator.fill(form).ask().wait_for_answer()
        page.evaluate("() => document.querySelectorAll('.yb-rule').forEach((rule) => { rule.open = true; })")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        for kind in ("card", "phone"):
            page.locator(f"#yb-take-{kind}").click()
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_to_touch_is_large_enough(browser, address, lang):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    calculator = Calculator(page, address, lang).open().wait_until_ready()
    calculator.fill(MOVE)
    page.evaluate("() => document.querySelectorAll('#yb-calculator details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(100)
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(
               "#yb-calculator :is(.yb-choice, .yb-input, .yb-button, .yb-plain, .yb-tick, .yb-contents a, .yb-review a,"
               + " .yb-grid-months button, summary):not([hidden] *)"))
            .map((element) => [element.textContent.trim() || element.name, element.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
            .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    context.close()
    assert small == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_goes_when_it_is_pressed_hands_its_focus_on(page, address, width):
    """To the question or the list that is on the screen; and in the other language, too."""
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, "en").open()

    def focused():
        return page.evaluate(
            "() => document.activeElement.closest('[data-field]')?.dataset.field ?? document.activeElement.id"
        )

    # The first press starts Python, whose progress takes room; it is not lost by that.
    page.locator("#yb-saved > summary").click()
    assert page.locator("#yb-status").get_attribute("data-state") != "idle"
    assert page.locator("#yb-saved-allow").is_visible()
    # Yes to saving before there is an answer to give a name.
    page.locator("#yb-saved-allow").press("Enter")
    page.locator("#yb-saved-allow").wait_for(state="hidden")
    assert focused() == "yb-saved-import"

    calculator.type({"situation": "leave_job"})
    page.locator("#yb-again").press("Enter")
    page.locator("#yb-undo").wait_for(state="visible")
    assert focused() == "situation"
    page.locator("#yb-undo").press("Enter")
    page.locator("#yb-undo").wait_for(state="hidden")
    assert calculator.typed()["situation"] == "leave_job"
    assert focused() == ("yb-review-title" if width == 390 else "situation")

    page.locator(".md-select button").focus()
    page.locator("a.md-select__link[hreflang='zh-Hans']").press("Enter")
    page.wait_for_url("**/zh/calculator/")
    page.wait_for_function("() => document.activeElement !== document.body")
    assert focused() == ("yb-review-title" if width == 390 else "situation")

    # What to do about a failure is a link beside the line that tells of it.
    page.route("**/calculator/worker.js", lambda route: route.fulfill(status=404))
    page.locator("#yb-saved > summary").focus()
    calculator.wait_for_failure(timeout=60_000)
    why = page.locator("#yb-why")
    assert why.bounding_box()["height"] >= 44
    why.focus()
    page.unroute_all()
    page.evaluate("() => document.getElementById('yb-retry').click()")
    assert focused() == "yb-submit"


def test_progress_is_not_read_out_piece_by_piece(page, address):
    """The line that is read out changes with the state; the moving number stands beside it."""
    page.add_init_script(SAVE_DATA)
    Calculator(page, address, "en").open()
    page.evaluate(
        """() => {
            globalThis.said = [];
            const line = document.getElementById("yb-line");
            new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.locator("#yb-field-on").focus()
    page.wait_for_selector('#yb-status[data-state="ready"]')
    assert page.evaluate("() => said.length") == 2
    assert page.locator("#yb-line").get_attribute("role") == "status"
    assert page.locator("#yb-amount").evaluate("(element) => element.closest('[role=status], [aria-live]')") is None
