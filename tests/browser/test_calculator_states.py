"""What is on the screen before Python is, after a page has slept, and in colours that are not ours."""

import json

import pytest

from calculator.document import document
from calculator.facts import parse
from calculator.form import FIELDS
from calculator.form import shown as asked
from calculator.interview import open_questions
from calculator.judge import assess
from scripts.site_tools.calculator_page import SAMPLES, SHOWN
from tests.browser.driver import LANGUAGES, PUT, SAVE_DATA, Calculator, messages, words_of
from tests.browser.tab import Tab
from tests.golden import case, cases

pytestmark = pytest.mark.browser

MOVE = next(case.form for case in cases() if case.form.get("situation") == "new_place")

# Everything the progress says, and where the first question stands: noted at each change.
WATCH = """() => {
    globalThis.said = [];
    const amount = document.getElementById("yb-amount");
    new MutationObserver(() => said.push([amount.textContent, document.getElementById("yb-progress").value]))
        .observe(amount, { childList: true });
}"""
PLACE_OF_QUESTION = "() => document.querySelector('[data-field=situation]').getBoundingClientRect().top"
# Keeps hold of the calculator's workers, to take them away as a device does that needs its memory; the first waits to begin.
KEEP_WORKERS = """
    globalThis.workers = [];
    globalThis.signs = 0;
    globalThis.begin = [];
    const Real = Worker;
    globalThis.Worker = class extends Real {
        constructor(address, options) {
            super(address, options);
            if (String(address).endsWith("/calculator/worker.js")) {
                workers.push(this);
                this.addEventListener("message", ({ data }) => { signs += data.sign ? 1 : 0; });
            }
        }
        postMessage(data) {
            if (data.start && workers.length === 1) {
                begin.push(() => super.postMessage(data));
            } else {
                super.postMessage(data);
            }
        }
    };
"""


def assert_is_the_example(lang, words):
    """All sentences that answer are there, each with how sure it is."""
    for item in document(assess(parse(case(SAMPLES[SHOWN]).facts)), lang)["answer"]["items"]:
        assert f"{item['text']} {item['sure']['text']}" in words


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("zh", 390)])
def test_a_worked_example_is_there_until_the_reader_begins(new_context, address, lang, width):
    context = new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    held = []
    page.route("**/current.json", lambda route: held.append(route))
    calculator = Calculator(page, address, lang).open()
    page.evaluate(WATCH)
    page.wait_for_selector('#yb-status[data-state="starting"]')

    # On the first screen, said to be an example, with the progress beside it.
    shown = page.locator("#yb-example")
    box = shown.locator(".yb-answer > li").first.bounding_box()
    assert box["y"] + box["height"] < page.locator("#yb-status").bounding_box()["y"] < 844
    assert words_of(shown.inner_html()).startswith(messages(lang)["example"])
    assert_is_the_example(lang, words_of(shown.inner_html()))
    assert page.locator("#yb-amount").inner_text() == messages(lang)["connect"]
    # A region with a name, once; nothing of it is read out by itself.
    assert page.get_by_role("region", name=messages(lang)["example"], exact=True).count() == 1
    assert (
        shown.evaluate("(box) => box.closest('[aria-live], [role=status]') ?? box.querySelector('[aria-live]')") is None
    )

    # The progress stays in view, but not where that would leave too little room for the question.
    position = "() => getComputedStyle(document.getElementById('yb-status')).position"
    assert page.evaluate(position) == "sticky"
    page.set_viewport_size({"width": width, "height": 256})
    assert page.evaluate(position) == "static"
    page.set_viewport_size({"width": width, "height": 844})

    place = page.evaluate(PLACE_OF_QUESTION)
    held[0].continue_()
    page.unroute("**/current.json")
    calculator.wait_until_ready()
    assert shown.is_visible()
    assert page.evaluate(PLACE_OF_QUESTION) == place, "the question has moved"
    noted = [entry for entry in page.evaluate("() => said") if entry[0] != messages(lang)["connect"]]
    loading, total = [], sum(file["bytes"] for file in manifest(page, address)["files"])
    for text, done in noted:
        if text not in (messages(lang)["python"], messages(lang)["rules"]):
            loading.append(done)
            megabytes = [f"{bytes / 1e6:.1f}" for bytes in (done * total, total)]
            assert text == messages(lang)["download"].format(done=megabytes[0], total=megabytes[1])
    assert loading == sorted(loading) and loading[-1] == 1
    assert [text for text, _ in noted[len(loading) :]] == [messages(lang)["python"], messages(lang)["rules"]]

    # Beside the form it goes with the first choice; above it, with the question that stands below.
    first = page.locator("#yb-field-situation")
    first.scroll_into_view_if_needed()
    place = page.evaluate(PLACE_OF_QUESTION)
    calculator.type({"situation": "leave_job"})
    assert page.evaluate(PLACE_OF_QUESTION) == place, "the question has moved under the finger"
    if width == 390:
        assert shown.is_visible()
        page.locator("#yb-continue").click()
        page.wait_for_function("() => document.querySelector('[data-field=situation]').hidden")
    assert not shown.is_visible()

    # A life to try: its answer stays in view when the questions above it that do not matter go.
    page.locator("#yb-samples > summary").click()
    page.locator("#yb-samples [data-typed]").first.click()
    calculator.wait_for_answer()
    typed = case(SAMPLES[SHOWN]).form
    gone = {field.name for field in FIELDS if asked(field, typed)} - set(typed) - set(open_questions(typed))
    assert gone
    page.wait_for_function(
        "(gone) => gone.every((name) => document.querySelector(`[data-field=${name}]`).hidden)", arg=list(gone)
    )
    assert 0 <= page.locator("#yb-result .yb-title").bounding_box()["y"] < 300


def manifest(page, address):
    current = page.request.get(f"{address}runtime/current.json").json()
    return page.request.get(f"{address}runtime/{current['manifest']}").json()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_the_example_is_there(new_context, address, lang):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    Calculator(page, address, lang).open()
    assert_is_the_example(lang, words_of(page.locator("#yb-example").inner_html()))
    assert page.locator("#yb-example").is_visible()


def test_a_page_that_has_slept_answers(browser, address):
    """Asleep while Python is loading; come back to with its worker, and without, idle and while an answer is awaited."""
    tab = Tab(browser, KEEP_WORKERS)
    state = "document.getElementById('yb-status')?.dataset.state"
    status = "document.getElementById('yb-line').textContent"
    has_answer = "document.activeElement.matches('#yb-result:not([hidden]) .yb-title')"
    words = "document.getElementById('yb-result').textContent"
    is_seen = "document.visibilityState === 'visible'"
    ask = "document.getElementById('yb-submit').click()"
    try:
        tab.open(f"{address}en/calculator/")
        tab.wait_for(f"{state} === 'starting'")
        tab.fall_asleep()
        tab.run("letPass(3 * 60 * 60 * 1000)")
        tab.wake_up()
        tab.wait_for(is_seen)
        tab.run("begin.shift()()")
        tab.wait_for(f"{state} === 'ready'")
        # Back from the browser's own store of pages, which Chromium does not keep this page in when it is driven.
        assert tab.run("signs") == 0
        tab.run("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        tab.wait_for("signs === 1")

        tab.run("document.getElementById('yb-all').click()")
        tab.run(f"({PUT})({json.dumps(MOVE)})")
        tab.run(ask)
        tab.fall_asleep()
        tab.wake_up()
        tab.wait_for("signs > 1")
        tab.wait_for(has_answer)
        first = tab.run(words)
        for is_awaited in (False, True):
            tab.run("document.getElementById('yb-result').hidden = true")
            if is_awaited:
                tab.run(f"workers.at(-1).terminate(), {ask}")  # the answer that is awaited will never come
            tab.fall_asleep()
            tab.run("workers.at(-1).terminate()")
            tab.wake_up()
            tab.wait_for(is_seen)
            tab.run("letPass(21_000)")
            tab.wait_for(f"['starting', 'waiting'].includes({state})")
            assert tab.run(status) == messages("en")["woken"]
            assert tab.run("document.getElementById('yb-failure').hidden")
            if not is_awaited:
                tab.wait_for(f"{state} === 'ready'")
                tab.run(ask)
            tab.wait_for(has_answer)
            assert tab.run(words) == first, "something typed was lost"
        assert tab.run("workers.length") == 3, "a worker that lived was started again"
    finally:
        tab.close()


# What has a border to be seen by, and what is filled with a colour of ours that must not be alone to say something.
FRAMED = ".yb-button:not([hidden] *), .yb-choice:not([hidden] *), .yb-input:not([hidden] *), .yb-shown, .yb-summary, .yb-failure"
WITHOUT_FRAME = """(framed) => Array.from(document.querySelectorAll(framed))
    .filter((element) => element.getBoundingClientRect().height > 0)
    .filter((element) => {
        const { borderLeftWidth, borderLeftStyle, borderLeftColor } = getComputedStyle(element);
        return !(parseFloat(borderLeftWidth) > 0) || borderLeftStyle === "none" || borderLeftColor === canvas();
    })
    .map((element) => element.textContent.trim().slice(0, 40) || element.name)"""
CANVAS = """
    globalThis.canvas = () => getComputedStyle(document.body).backgroundColor;
"""
LOOKS = """(selector) => Object.fromEntries(Array.from(document.querySelectorAll(selector), (element) => {
    const { backgroundImage, borderStyle, borderBottomStyle, borderBottomWidth } = getComputedStyle(element);
    const name = element.dataset.state ?? element.className;
    // The colours of a picture may all be one: what is left of it is its form.
    return [name, [backgroundImage.replace(/rgba?\\([^)]*\\)/g, ""), borderStyle, borderBottomStyle, borderBottomWidth].join(" ")];
}))"""


def test_with_the_readers_own_colours_every_state_can_be_told(new_context, address):
    context = new_context(viewport={"width": 1280, "height": 900}, forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(SAVE_DATA + CANVAS)
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    calculator = Calculator(page, address, "en").open()
    assert page.evaluate(WITHOUT_FRAME, FRAMED) == []

    calculator.fill(case(SAMPLES["not_paid"]).form)
    calculator.wait_for_failure()
    assert page.evaluate(WITHOUT_FRAME, FRAMED) == []
    page.locator("#yb-failure").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "yb-retry"
    assert_focus_is_seen(page)

    page.unroute("**/pyodide.asm.wasm")
    page.locator("#yb-retry").click()
    calculator.wait_until_ready()
    left = case(SAMPLES["left_job"]).form
    calculator.fill({**left, "paid_until": "?"}).ask().wait_for_errors()
    assert page.evaluate(WITHOUT_FRAME, FRAMED) == []
    page.keyboard.press("Tab")
    assert_focus_is_seen(page)

    calculator.fill(left).ask().wait_for_answer()
    assert page.evaluate(WITHOUT_FRAME, FRAMED) == []
    strip = page.evaluate(LOOKS, "#yb-result .yb-cell")
    assert len(strip) == 3 == len(set(strip.values())), strip
    page.locator("#yb-grid summary").click()
    grid = page.evaluate(LOOKS, ".yb-grid-key span")
    assert len(grid) == 3 == len(set(grid.values())), grid


def assert_focus_is_seen(page):
    outline = page.evaluate(
        """() => {
            const target = document.activeElement.closest(".yb-choice") ?? document.activeElement;
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(target);
            return [outlineStyle !== "none", parseFloat(outlineWidth) >= 2, outlineColor !== canvas()];
        }"""
    )
    assert outline == [True, True, True]
