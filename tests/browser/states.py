"""Every state the calculator can be seen in, in the order in which one walk comes through them, by keyboard.

A walk starts Python once. Each chapter leads from state to state and yields it; what is looked at there is in access.py.
A part of the page, or a sentence, that no state shows fails the test: a new one needs a state here.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from calculator.facts import parse
from calculator.share import encode
from tests.browser.driver import SAVE_DATA, Calculator, messages
from tests.golden import case

MOVE = case("h-shenzhen-to-guangzhou")
#: The shortest answer there is: below it other things are looked at, and the time that takes grows with the page.
SHORT = case("m-insured-twice-exactly-a-year")
LEFT = {"situation": "leave_job", "place": "shanghai", "paid_until": "2026-05"}
ON = "2026-11-22"
#: Of 2026, as the grid counts months.
FEBRUARY, MAY = 2026 * 12 + 1, 2026 * 12 + 4
#: More than the form can show: a link to it is answered with a note.
MORE = {
    "on": ON,
    "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
    "events": [{"kind": "leave_job"}, {"kind": "study_abroad", "on": "2026-10-01"}],
    "bill": {"bill_on": "2026-10-02", "bill_abroad": "yes"},
}

#: Notes what a screen reader reads out by itself: each new text of a live region, and an alert that comes into view. Also
#: keeps hold of the calculator's worker, which a test can let speak as if something had happened to it.
LISTEN = """
{
    globalThis.heard = []; // {part, text}
    const regions = "[role=status], [role=alert]", last = new WeakMap();
    const tell = (region) => {
        const text = region.checkVisibility() ? region.innerText.trim() : "";
        if (text && last.get(region) !== text) {
            heard.push({ part: region.closest("[id]").id, text });
        }
        last.set(region, text);
    };
    new MutationObserver((changes) => {
        const touched = changes.flatMap(({ type, target }) => {
            const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
            const inside = type === "attributes" ? element.querySelectorAll("[role=alert]") : [];
            return [element?.closest(regions), ...inside];
        });
        new Set(touched.filter(Boolean)).forEach(tell);
    }).observe(document, { attributeFilter: ["hidden"], characterData: true, childList: true, subtree: true });
    const Real = Worker;
    globalThis.Worker = class extends Real {
        constructor(address, options) {
            super(address, options);
            globalThis.worker = this;
        }
    };
    if (location.search === "?no-storage") {
        const get = () => { throw new DOMException("denied", "SecurityError"); };
        ["localStorage", "sessionStorage"].forEach((name) => Object.defineProperty(globalThis, name, { get }));
    }
}
"""


@dataclass(frozen=True)
class State:
    """``part``: what has changed since the state before, and is looked at closely. ``is_new``: not only words have."""

    name: str
    part: str = "#yb-calculator"
    is_new: bool = True


class Walk(Calculator):
    """A reader without a mouse."""

    def __init__(self, page: Page, address: str, lang: str, folder: Path) -> None:
        super().__init__(page, address, lang)
        self.file = folder / "lives.json"
        self.say = messages(lang)
        page.add_init_script(SAVE_DATA + LISTEN)
        page.clock.set_fixed_time(f"{ON}T12:00:00")  # which questions matter depends on the day

    def press(self, selector: str, key: str = "Enter") -> "Walk":
        """A key, on what takes the focus. That the Tab key leads there is looked at by tab_faults() of access.py."""
        self.page.locator(selector).first.focus()
        # A list may be drawn anew meanwhile: the page then hands the focus on.
        self.page.wait_for_function("(selector) => document.activeElement.matches(selector)", arg=selector)
        self.page.keyboard.press(key)
        return self

    def write(self, selector: str, text: str) -> "Walk":
        self.press(selector, "ControlOrMeta+A")
        self.page.keyboard.type(text)
        return self

    def fill_at_once(self, typed: Mapping[str, str]) -> "Walk":
        """The fields that are on the screen or not; that they can be filled in by keyboard is seen elsewhere on the walk."""
        self.page.evaluate(
            """(typed) => {
                const form = document.getElementById("yb-form");
                form.reset();
                Object.entries(typed).forEach(([name, text]) => { form.elements[name].value = text; });
                form.dispatchEvent(new Event("input"));
            }""",
            dict(typed),
        )
        return self

    def answer_at_once(self, typed: Mapping[str, str]) -> None:
        self.fill_at_once(typed).press("#yb-submit").wait_for_answer()

    def open_all(self, within: str, is_open: bool = True) -> None:
        self.page.evaluate(
            """([within, isOpen]) => {
                document.querySelectorAll(`details:is(${within}, ${within} *)`).forEach((one) => { one.open = isOpen; });
            }""",
            [within, is_open],
        )

    def wait(self, selector: str) -> None:
        self.page.wait_for_selector(selector)

    def gone(self, selector: str) -> None:
        self.page.wait_for_selector(selector, state="hidden")

    def focused(self, selector: str) -> None:
        self.wait(f"{selector}:focus")

    def heard(self) -> list[tuple[str, str]]:
        """What was read out by itself since this was asked last: the part that says it, and the text."""
        return [(one["part"], one["text"]) for one in self.page.evaluate("() => heard.splice(0)")]

    def hear(self, key: str, **values: str) -> None:
        """Waits until a sentence of the page is read out by itself."""
        self.page.wait_for_function(
            "(pattern) => heard.some(({ text }) => new RegExp(pattern).test(text))",
            arg=pattern_of(self.say[key], **values),
        )

    def hear_errors(self) -> None:
        """The list of what is wrong is read out, and has the focus."""
        self.page.wait_for_function("() => heard.some(({ part }) => part === 'yb-summary')")
        self.wait_for_errors()

    def read(self, part: str, key: str) -> None:
        """Waits until a part of the page says something that is not read out."""
        self.page.wait_for_function(
            "([part, text]) => document.getElementById(part).innerText.includes(text)", arg=[part, self.say[key]]
        )

    def hold(self) -> None:
        """From now on the server does not answer where Python is."""
        self.page.route("**/current.json", lambda route: None)

    def let_go(self) -> None:
        self.page.unroute("**/current.json")

    def worker_says(self, kind: str) -> None:
        """How each failure comes about is in test_calculator_failures.py."""
        details = {"file": "pyodide.asm.wasm", "status": 503, "message": "x" * 60}
        self.page.evaluate(
            "(failure) => worker.dispatchEvent(new MessageEvent('message', { data: { failure } }))",
            {"kind": kind, "details": details},
        )


def pattern_of(template: str, **values: str) -> str:
    """A regular expression for a sentence of the page, whatever stands in its other braces."""
    parts = re.split(r"\{(\w+)\}", template)
    known = [
        re.escape(part) if index % 2 == 0 else re.escape(values.get(part, "\0")) for index, part in enumerate(parts)
    ]
    return "".join(known).replace(re.escape("\0"), r"[\s\S]+?")


# -- the start, and what can go wrong with it -----------------------------------------------------------------

#: The kinds of failure that the page has words for.
KINDS = tuple(key.removeprefix("failed_").replace("_", "-") for key in messages("en") if key.startswith("failed_"))


def start_with_every_failure(walk: Walk) -> Iterator[State]:
    return start(walk, KINDS)


def start(walk: Walk, kinds: Sequence[str] = KINDS[:1]) -> Iterator[State]:
    walk.hold()
    walk.open("?no-storage")
    walk.press("#yb-saved > summary").read("yb-saved", "saved_denied")
    yield State("no storage", "#yb-saved")

    walk.open()
    yield State("before the start", "html")
    walk.press("#yb-samples > summary").hear("starting")
    yield State("starting", "#yb-status")
    walk.press("#yb-samples [data-typed]").hear("waiting")
    yield State("an answer is waited for", "#yb-status", is_new=False)

    for kind in kinds:
        walk.worker_says(kind)
        walk.hear(f"failed_{kind.replace('-', '_')}")
        walk.focused("#yb-failure")
        yield State(f"failed: {kind}", "#yb-failure", is_new=kind == kinds[0])
        if kind == kinds[-1]:
            walk.let_go()
        walk.press("#yb-retry").gone("#yb-failure")
    walk.hear("answered")
    walk.wait_for_answer()
    walk.open_all("#yb-samples", False)
    yield State("answered after all", "#yb-result")


# -- parts of the form that are there in both ways to ask ------------------------------------------------------


#: Shows also what is not asked, by a style sheet of a script's own: others the site's policy refuses.
ALL_AT_ONCE = """(isOn) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("#yb-form .yb-part, #yb-form .yb-field[hidden] { display: block !important; }");
    document.adoptedStyleSheets = isOn ? [sheet] : [];
}"""


def every_question(walk: Walk) -> Iterator[State]:
    """No life has all questions; each of them can be looked at only so."""
    walk.page.evaluate(ALL_AT_ONCE, True)
    walk.open_all("#yb-form")
    yield State("every question there is", "#yb-form")
    walk.open_all("#yb-form", False)
    walk.page.evaluate(ALL_AT_ONCE, False)


def events(walk: Walk) -> Iterator[State]:
    def of_event(number: int, name: str) -> str:
        return f"#yb-life li:nth-child({number}) button[aria-label^='{walk.say[name]}:']"

    walk.press("#yb-then").focused("#yb-field-situation")
    walk.hear("life_added", number="2")
    yield State("a second event")
    walk.type({"situation": "settle_abroad", "event_on": "soon"})
    walk.press("#yb-submit").hear_errors()
    walk.press("#yb-summary a").focused("#yb-field-event_on")
    yield State("an error in the second event")
    walk.type({"event_on": "2026-10-20"})
    walk.press(of_event(1, "life_change")).hear("life_done_change", number="1")
    walk.press(of_event(1, "life_later")).hear("life_done_later", number="2")
    yield State("another order of events", "#yb-life")
    walk.press(of_event(2, "life_earlier")).hear("life_done_earlier", number="1")
    walk.press(of_event(2, "life_remove")).hear("life_done_remove")
    walk.focused("#yb-then")
    yield State("an event removed")


def months(walk: Walk) -> Iterator[State]:
    """Keys pressed in the grid, from the month where the last ones led; and what is said of it."""

    def press(*keys: str) -> None:
        for key in keys:
            walk.page.keyboard.press(key)

    walk.type({"paid_until": "2026-05", "resume_month": ""})
    walk.press("#yb-grid > summary").wait("#yb-grid-months button")
    yield State("the grid", "#yb-grid")
    walk.press(f"[data-month='{MAY}']", "ArrowRight")
    press("u", "ArrowRight", "u", "ArrowRight", "p")
    walk.hear("grid_again", number="2")
    walk.wait("#yb-grid-live:not([hidden])")
    yield State("months marked", "#yb-grid")
    press("ArrowLeft", "b")
    walk.hear("grid_mixed")
    yield State("months in part paid back", "#yb-grid")
    press("0")
    walk.hear("grid_hole")
    press("u", "ArrowLeft", "u", "ArrowLeft", "u")
    walk.hear("grid_no_last")
    press("p", "ArrowLeft", "u", "ArrowLeft", "p")
    walk.hear("grid_several")
    yield State("several gaps", "#yb-grid")
    walk.type({"situation": "employer_arrears", "paid_until": "2026-02", "paid_back": ""})
    walk.press(f"[data-month='{FEBRUARY}']", "ArrowRight")
    press("u", "ArrowRight", "p")
    walk.hear("grid_still_owed")
    press("0", "ArrowLeft", "b")
    walk.hear("grid_paid_back_when")
    yield State("an employer in arrears", "#yb-grid")


# -- the form on one page -------------------------------------------------------------------------------------


def form(walk: Walk) -> Iterator[State]:
    walk.press("#yb-again").focused("#yb-field-situation")
    yield from every_question(walk)

    walk.press("#yb-submit").hear_errors()
    yield State("an empty form")
    walk.type({**LEFT, "on": ON})
    walk.hear("questions_open")
    yield State("only what matters", "#yb-form")

    walk.press("#yb-all", "Space").type({"paid_until": "March", "resume_month": "?"})
    walk.press("#yb-submit").hear_errors()
    yield State("errors")
    walk.press("#yb-summary a").focused("#yb-field-paid_until")
    walk.type({"paid_until": "2026-05", "resume_month": ""})
    walk.press("#yb-submit").wait_for_answer()
    yield State("mended and answered", "#yb-review")

    yield from events(walk)
    yield from months(walk)


# -- one question at a time -----------------------------------------------------------------------------------


def one_by_one(walk: Walk) -> Iterator[State]:
    walk.press("#yb-again").wait("#yb-count:not([hidden])")
    yield State("the first question")
    walk.type({"situation": "leave_job"})
    walk.press("#yb-continue").focused("[data-field=place] .yb-label")
    yield State("the next question", "#yb-form")
    walk.press("#yb-continue").hear_errors()
    yield State("a question with an error")
    walk.press("#yb-summary a").focused("#yb-field-place")
    walk.type({"place": LEFT["place"]})
    walk.press("#yb-continue").focused("[data-field=paid_until] .yb-label")
    walk.press("#yb-grid > summary").wait("#yb-grid-months button")
    yield State("a question with its grid", "#yb-form")
    walk.press("#yb-grid > summary").type({"paid_until": LEFT["paid_until"]})
    walk.press("#yb-continue").field("paid_until").wait_for(state="hidden")
    walk.wait("#yb-moves:not([hidden])")
    yield State("a question with a choice that nobody knows", "#yb-form")
    skip = walk.page.locator("#yb-skip")
    while not walk.page.locator("#yb-review").is_visible():
        (name,) = walk.shown()
        if skip.is_visible():
            yield State(f"a question that may stay open: {name}", "#yb-moves", is_new=False)
        walk.press("#yb-skip" if skip.is_visible() else "#yb-continue")
        walk.field(name).wait_for(state="hidden")
    walk.focused("#yb-review-title")
    yield State("check your answers")
    walk.press("#yb-review a[href$=paid_until]").focused("[data-field=paid_until] .yb-label")
    walk.page.reload()
    walk.wait("[data-field=paid_until]:not([hidden])")
    walk.press("#yb-continue").focused("#yb-review-title")
    walk.press("#yb-submit").wait_for_answer()
    yield State("checked and answered", "#yb-review")

    walk.press("#yb-all", "Space").wait("[data-field=situation]:not([hidden])")
    yield from every_question(walk)
    yield from events(walk)
    yield from months(walk)
    walk.press("#yb-all", "Space").gone("[data-field=situation]")


# -- the answer, and what can be done with it -----------------------------------------------------------------


def answer(walk: Walk) -> Iterator[State]:
    walk.answer_at_once(MOVE.form)
    walk.open_all("#yb-result")
    yield State("an answer with every card opened", "html")

    walk.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }")
    walk.press("#yb-take-link").hear("link_to_copy")
    walk.focused("#yb-link-field")
    yield State("the link to copy", "#yb-link")
    walk.page.evaluate("() => { navigator.clipboard.writeText = async () => {}; }")
    walk.press("#yb-take-link").hear("link_copied")
    for kind in ("card", "phone"):
        walk.press(f"#yb-take-{kind}").focused("#yb-sheet")
        yield State(f"a sheet to take along: {kind}", "#yb-sheet")
        walk.press("#yb-sheet-close").focused(f"#yb-take-{kind}")
    walk.page.emulate_media(media="print")
    yield State("on paper", "#yb-paper")
    walk.page.emulate_media(media="screen")

    yield from side_by_side(walk)
    yield from saved(walk)
    yield from links(walk)

    # How the page finds out that its worker has gone is in test_calculator_states.py.
    walk.hold()
    walk.worker_says("asleep")
    walk.hear("woken")
    yield State("woken without a worker", "#yb-status", is_new=False)


def side_by_side(walk: Walk) -> Iterator[State]:
    walk.press("#yb-take-compare").hear("compare_first")
    for number, month in enumerate(("2026-04", "2026-02"), 1):
        walk.answer_at_once({**MOVE.form, "paid_until": month})
        walk.wait(f"#yb-compare:not([hidden]) [data-remove='{number}']")
        walk.open_all("#yb-compare")
        yield State(f"side by side, {month}", "#yb-compare")
        walk.press("#yb-take-compare").hear("compare_first")
    walk.answer_at_once({**MOVE.form, "paid_until": "2026-01"})
    walk.press("#yb-take-compare").hear("compare_full")
    yield State("no room for more", "#yb-take")
    table = walk.page.locator("#yb-compare")
    while table.is_visible():
        before = table.inner_html()
        walk.press("#yb-compare [data-remove='0']").focused("#yb-take-compare")
        # It is drawn anew when Python has compared those that are left; then the place of everything below is known.
        walk.page.wait_for_function(
            "([table, before]) => table.hidden || table.innerHTML !== before", arg=[table.element_handle(), before]
        )
    walk.fill_at_once({**MOVE.form, "paid_until": "2026-02"}).hear("changed")
    yield State("changed since", "#yb-status", is_new=False)


def saved(walk: Walk) -> Iterator[State]:
    def save(name: str) -> Walk:
        return walk.write("#yb-saved-name", name).press("#yb-saved-name")

    def choose(*lives: Mapping[str, object]) -> None:
        """A file is chosen in the system's own window, which no key of ours reaches."""
        walk.file.write_text(json.dumps({"schema": "lives/1", "lives": lives}), "utf-8")
        walk.page.locator("#yb-saved-import").focus()
        walk.page.locator("#yb-saved-import").set_input_files(walk.file)

    walk.answer_at_once(SHORT.form)
    walk.press("#yb-saved > summary").wait("#yb-saved-ask")
    yield State("nothing saved", "#yb-saved")
    save("A").hear("saved_done", name="A")
    walk.read("yb-saved-state", "saved_for_now")
    yield State("saved for now", "#yb-saved", is_new=False)
    walk.press("#yb-saved-allow").hear("saved_kept")
    walk.focused("#yb-saved-name")
    save("A").hear("saved_again", name="A")
    yield State("saved in the browser", "#yb-saved")
    facts = SHORT.facts
    choose({"name": "B", "facts": facts}, {"name": "Mars", "facts": {**facts, "cover": {"place": "mars"}}})
    walk.hear("saved_imported", names="B")
    yield State("imported in part", "#yb-saved")
    choose({"name": "Mars", "facts": {}})
    walk.hear("saved_none_imported")
    walk.press("#yb-saved-list button").wait_for_answer()
    walk.press("#yb-saved-list li:last-child button:last-child").hear("saved_removed", name="B")
    walk.focused("#yb-saved-import")
    yield State("a saved life removed", "#yb-saved", is_new=False)
    walk.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    save("C").read("yb-saved-state", "saved_no_room")
    yield State("no room to save", "#yb-saved", is_new=False)
    # As another window may leave it.
    walk.page.evaluate(
        """() => {
            localStorage["yb-lives"] = "{";
            window.dispatchEvent(new StorageEvent("storage", { key: "yb-lives" }));
        }"""
    )
    walk.read("yb-saved-state", "saved_unreadable")
    yield State("what was saved is unreadable", "#yb-saved", is_new=False)
    walk.press("#yb-saved-erase").hear("saved_erased")
    walk.focused("#yb-saved-import")
    yield State("all saved lives erased", "#yb-saved", is_new=False)


def links(walk: Walk) -> Iterator[State]:
    def follow(link: str) -> None:
        walk.page.evaluate("(link) => { location.hash = link; }", link)

    walk.press("#yb-samples > summary")
    walk.press("#yb-samples [data-typed]").wait_for_answer()
    yield State("a life to try", "#yb-samples")
    walk.press("#yb-again").wait("#yb-undo:not([hidden])")
    walk.press("#yb-undo").gone("#yb-undo")
    yield State("back to what was typed")
    follow(encode(parse(MORE)))
    walk.wait("#yb-notes:not([hidden])")
    walk.wait_for_answer()
    yield State("a link that tells more", "#yb-notes")
    follow(encode(parse(MORE))[:-3])
    walk.hear_errors()
    yield State("a broken link")
    follow("situation=fly")
    walk.hear("no_such_situation")
    yield State("a link to no situation", "#yb-summary")
