"""The calculator and the guide in Firefox and in WebKitGTK: what depends on the engine, in few loads of a page.

What an answer must hold, and every fault of every file, is tested in Chromium; here that another engine leads to the same.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from calculator.facts import EVENTS
from calculator.form import SITUATIONS
from calculator.interview import open_questions
from tests.browser.driver import LANGUAGES, here, messages, words_of
from tests.browser.engines import DESKTOP, ENGINES, PHONE, Opener, WatchedServer, Window
from tests.golden import Case, cases

pytestmark = pytest.mark.browser

CASES = [case for case in cases() if not case.form_errors]


def fullest(situation: str) -> Case:
    """The worked example of a situation that fills in most fields."""
    return max((case for case in CASES if case.form.get("situation") == situation), key=lambda case: len(case.form))


MOVE = fullest("new_place").form
LEFT = {"situation": "leave_job", "place": "shanghai", "paid_until": "2026-05"}


@pytest.fixture(scope="module", params=ENGINES)
def opened(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """How windows of an engine are opened; the engine runs for all the tests of it."""
    with ExitStack() as ended:
        try:
            opener = ended.enter_context(ENGINES[request.param]())
        except LookupError as missing:
            pytest.fail(str(missing))
        yield opener


@pytest.fixture
def server(site: Path) -> Iterator[WatchedServer]:
    with WatchedServer(site) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


# -- hands ------------------------------------------------------------------------------------------------

MARKS = (
    "() => performance.getEntriesByType('mark').map(({name}) => name).filter((name) => name.startsWith('calculator:'))"
)
RESULTS = "(count) => performance.getEntriesByName('calculator:result').length >= count"
ANSWER = "() => { const box = document.getElementById('yb-result'); return box.hidden ? '' : box.innerHTML; }"
TYPED = "() => Object.fromEntries(new FormData(document.getElementById('yb-form')))"
HOLDS = f"(told) => {{ const typed = ({TYPED})(); return Object.entries(told).every(([name, text]) => typed[name] === text); }}"
KEPT = "(told) => Object.entries(told).every(([name, text]) => history.state.calculator.typed[name] === text)"
# The name of the question, or the id of what else, that has the focus.
FOCUS = "(document.activeElement.closest('[data-field]')?.dataset.field ?? document.activeElement.id)"
SHOWN = "() => Array.from(document.querySelectorAll('[data-field]:not([hidden])'), ({dataset}) => dataset.field)"
STATE = "(state) => document.getElementById('yb-status')?.dataset.state === state"
VISIBLE = "(selector) => document.querySelector(selector)?.checkVisibility() ?? false"
TEXT = "(selector) => document.querySelector(selector).innerText"
# As much wider than the screen as it can be scrolled sideways.
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Into all fields at once, as typed: with the events that typing gives.
FILL = """(told) => {
    const form = document.getElementById("yb-form");
    form.reset();
    for (const [name, text] of Object.entries(told)) {
        form.elements[name].value = text;
        const control = form.querySelector(`[name="${name}"]:is(:checked, :not([type="radio"]))`);
        control.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""


def fill(window: Window, told: dict[str, str]) -> None:
    window.run(FILL, told)


def calculator(window: Window, server: WatchedServer, lang: str, fragment: str = "") -> None:
    """The page at the point where its script has begun."""
    window.go(f"{server.address}{lang}/calculator/{fragment}")
    window.wait("() => document.getElementById('yb-no-script') === null")


def shown_answer(window: Window, count: int = 1) -> str:
    """The words of the answer, when it is the so many-th of this page."""
    window.wait(RESULTS, count)
    return words_of(window.run(ANSWER))


def tab_to(window: Window, what: str) -> None:
    """By the Tab key to a question, or to what has an id."""
    for _ in range(30):
        window.press("Tab")
        if window.run(f"() => {FOCUS}") == what:
            return
    pytest.fail(f"{what} is not reached by Tab")


def focused(window: Window, what: str) -> None:
    window.wait(f"(what) => {FOCUS} === what", what)


# -- the tests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("engine", "package"), [("firefox", "firefox-esr"), ("webkit", "webkit2gtk-driver")])
def test_a_browser_that_is_missing_is_named(engine: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LookupError, match=f"install your system's {package} package"):
        ENGINES[engine]().__enter__()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_situation_leads_to_the_answer_of_cpython(opened: Opener, server: WatchedServer, lang: str) -> None:
    lives = [fullest(situation) for situation in SITUATIONS]
    with opened(DESKTOP) as window:
        calculator(window, server, lang)
        window.wait(STATE, "ready")
        assert window.run(MARKS) == ["calculator:boot", "calculator:ready"]
        window.click("#yb-all")
        kinds = set()
        for count, life in enumerate(lives, start=1):
            fill(window, life.form)
            expected = here(lang=lang, form=window.run(TYPED))
            kinds |= {event["kind"] for event in expected["facts"]["events"]}
            window.click("#yb-submit")
            assert shown_answer(window, count) == words_of(expected["html"]), life.id
            # The answer has the focus, for whoever hears the page.
            assert window.run("() => document.activeElement.matches('#yb-result .yb-title')")
        assert kinds == set(EVENTS)
        # WebKit takes only so many changes of the history in some time; the last one gets there all the same.
        window.wait(KEPT, lives[-1].form)
        assert window.run(SIDEWAYS) == 0
        assert window.faults() == []


def test_nothing_told_is_lost(opened: Opener, server: WatchedServer, tmp_path: Path) -> None:
    half = {"situation": "retire", "place": "beijing", "born": "一九八〇", "record_total": "12y"}
    move = {lang: here(lang=lang, form=MOVE) for lang in LANGUAGES}
    switch = "a.md-select__link[hreflang='zh-Hans']"
    with opened(DESKTOP) as window:
        # Half a form: in the other language, loaded again there, and on the way back.
        calculator(window, server, "en")
        window.click("#yb-all")
        fill(window, half)
        window.run("() => document.querySelector('.md-select button').focus()")
        window.click(switch)
        window.wait("(path) => location.pathname === path", "/zh/calculator/")
        window.wait(HOLDS, half)
        window.reload()
        window.wait(HOLDS, half)
        assert not window.run(VISIBLE, "#yb-result")
        window.back()
        window.wait("(path) => location.pathname === path", "/en/calculator/")
        window.wait(HOLDS, half)

        # An answer: by its link, in the other language, and on the way back from another page.
        fill(window, MOVE)
        window.click("#yb-submit")
        assert shown_answer(window) == words_of(move["en"]["html"])
        window.click("#yb-take-link")
        window.wait("() => document.getElementById('yb-link-said').textContent")
        link = window.run("() => document.getElementById('yb-link-field').value")
        assert link == f"{server.address}en/calculator/#{move['en']['link']}"
        window.go(f"{server.address}en/")
        window.go(link)
        assert shown_answer(window) == words_of(move["en"]["html"])
        assert window.run(HOLDS, move["en"]["typed"])
        window.run("() => document.querySelector('.md-select button').focus()")
        window.click(switch)
        window.wait("(path) => location.pathname === path", "/zh/calculator/")
        assert shown_answer(window) == words_of(move["zh"]["html"])
        window.go(f"{server.address}zh/law/")
        window.back()
        window.wait("(path) => location.pathname === path", "/zh/calculator/")
        assert shown_answer(window) == words_of(move["zh"]["html"])

        # A life from a file; kept by the browser when the reader wants it.
        file = tmp_path / "lives.json"
        life = fullest("retire")
        file.write_text(json.dumps({"schema": "lives/1", "lives": [{"name": "六月", "facts": life.facts}]}), "utf-8")
        window.click("#yb-saved > summary")
        window.upload("#yb-saved-import", file)
        window.wait(VISIBLE, "#yb-saved-list li")
        window.click("#yb-saved-allow")
        window.reload()
        window.wait(RESULTS, 1)
        # Not clicked: below the answer that comes in, it moves away from under the mouse.
        window.run("() => { document.getElementById('yb-saved').open = true; }")
        window.wait(f"(selector) => ({TEXT})(selector) === '六月'", "#yb-saved-list span")
        window.click("#yb-saved-list button")
        assert shown_answer(window, 2) == words_of(here(lang="zh", facts=life.facts)["html"])
        assert window.faults() == []


def test_on_a_phone_the_keyboard_leads_to_the_answer(opened: Opener, server: WatchedServer) -> None:
    with opened(PHONE) as window:
        calculator(window, server, "en")
        window.wait(STATE, "ready")

        def on_the_screen(name: str) -> None:
            """One question, its words have the focus, and it is no wider than the screen."""
            focused(window, name)
            assert window.run(SHOWN) == [name]
            assert window.run(SIDEWAYS) == 0

        assert window.run(SHOWN) == ["situation"]
        window.run("() => document.querySelector('[name=situation]').focus()")
        window.press(" ")
        tab_to(window, "yb-continue")
        window.press("Enter")
        on_the_screen("place")

        # What is wrong is said first; its words lead to the question.
        tab_to(window, "yb-continue")
        window.press("Enter")
        focused(window, "yb-summary")
        window.press("Tab")
        window.press("Enter")
        focused(window, "place")
        window.type("Shanghai")
        tab_to(window, "yb-continue")
        window.press("Enter")
        on_the_screen("paid_until")
        window.press("Tab")
        if window.run("() => document.activeElement.tagName") == "SUMMARY":  # why we ask
            window.press("Tab")
        window.type("2026-05")
        window.back()
        on_the_screen("place")
        tab_to(window, "yb-continue")
        window.press("Enter")
        on_the_screen("paid_until")
        assert window.run(HOLDS, LEFT)
        tab_to(window, "yb-continue")
        window.press("Enter")
        for name in open_questions({**LEFT, "on": window.run(TYPED)["on"]}):
            on_the_screen(name)
            tab_to(window, "yb-skip" if window.run(VISIBLE, "#yb-skip") else "yb-continue")
            window.press("Enter")
        focused(window, "yb-review-title")
        tab_to(window, "yb-submit")
        window.press("Enter")
        assert shown_answer(window) == words_of(here(lang="en", form=window.run(TYPED))["html"])
        assert window.run(SIDEWAYS) == 0
        assert window.faults() == []


# What the server does, and what the page calls it.
BROKEN = (
    ("missing", ["pyodide.asm.wasm"], "http-404"),
    ("cut", ["python_stdlib.zip"], "truncated"),
    ("policy_lacks", "'wasm-unsafe-eval'", "blocked-by-policy"),
    ("first", "delete globalThis.WebAssembly;", "no-webassembly"),
)


def test_what_is_broken_is_named_and_can_be_mended(opened: Opener, server: WatchedServer) -> None:
    for broken, value, kind in BROKEN:
        # A new window each time: the one before has kept the files that it got.
        with opened(PHONE) as window:
            setattr(server, broken, value)
            calculator(window, server, "zh")
            window.wait(VISIBLE, "#yb-failure")
            assert window.run("() => document.getElementById('yb-status').dataset.failure") == kind
            why = messages("zh")[f"failed_{kind.replace('-', '_')}"]
            assert window.run(TEXT, "#yb-failure-why").startswith(why.partition("{")[0])
            assert window.run(SIDEWAYS) == 0
            fill(window, MOVE)
            server.mend()
            if broken != "first":  # only another browser helps
                window.click("#yb-retry")
                window.wait(STATE, "ready")
                assert not window.run(VISIBLE, "#yb-failure")
            assert window.run(HOLDS, MOVE)


PAGES = ("en/", "zh/left-my-job/", "zh/places/", "en/glossary/")
# What is typed, and the page that comes first, whatever of it the link marks.
FOUND = (("en", "account", "withdrawing"), ("zh", "断缴", "left-my-job"))
FIRST_IS = "(address) => document.querySelector('.md-search-result__link')?.href.split('?')[0] === address"
PLANTED = """() => new Promise((resolve) => {
    const image = new Image();
    image.onerror = () => setTimeout(resolve);
    image.src = "/missing.png";
    document.body.append(image);
    setTimeout(() => { throw new Error("planted"); });
})"""


def test_the_guide_fits_a_phone_and_is_searched(opened: Opener, server: WatchedServer) -> None:
    with opened(PHONE) as window:
        for page in PAGES:
            window.go(server.address + page)
            assert window.run(SIDEWAYS) == 0, page
            assert window.run("() => innerWidth") == PHONE[0]
            assert window.faults() == [], page

        for lang, term, found in FOUND:
            window.go(f"{server.address}{lang}/")
            window.run("() => document.getElementById('__search').focus()")
            window.press(" ")
            window.wait("() => document.activeElement.dataset.mdComponent === 'search-query'")
            window.type(term)
            window.wait(FIRST_IS, f"{server.address}{lang}/{found}/")
            assert window.faults() == []

        # What goes wrong would have been heard.
        window.run(PLANTED)
        heard = window.faults()
        assert len(heard) == 2 and "missing.png" in heard[0] + heard[1] and "planted" in heard[0] + heard[1]
