"""The calculator's page as a reader uses it, for the tests of this folder."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import html
from playwright.sync_api import Page, Route

from calculator.browser import answer
from calculator.words import Words

LANGUAGES = ("en", "zh")

# A browser that saves data starts Python only when the reader begins: so a test decides when.
SAVE_DATA = "Object.defineProperty(Navigator.prototype, 'connection', {value: {saveData: true}});"

# A control that is not shown can hold no text of a reader: a question comes up with the answers before it.
PUT = """(typed) => {
    const form = document.getElementById("yb-form");
    form.reset();
    for (const [name, text] of Object.entries(typed)) {
        if (form.querySelector(`[data-field="${name}"]`).hidden) {
            throw new Error(`${name} is not asked`);
        }
        form.elements[name].value = text;
        const control = form.querySelector(`[name="${name}"]:is(:checked, :not([type="radio"]))`);
        control.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""

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

ASK_ALL = """async (requests) => {
    const { Runtime } = await import("../../assets/calculator/runtime.js");
    const answers = [];
    await new Promise((resolve, reject) => {
        const runtime = new Runtime("../../runtime/", {
            onProgress() {},
            onReady() {},
            onAnswer(number, answer) {
                answers[number] = answer;
                if (Object.keys(answers).length === requests.length) {
                    runtime.stop();
                    resolve();
                }
            },
            onFailure: reject,
        });
        requests.forEach((request, number) => runtime.ask(number, request));
    });
    return JSON.stringify(answers);
}"""


def here(**request: Any) -> dict[str, Any]:
    """CPython's answer to what a page would ask: "form", "facts", "link" and the like, with the language."""
    return json.loads(answer(json.dumps(request)))


def show(page: Page, lang: str, form: Mapping[str, str]) -> None:
    """Puts the answer to a form on the page, with card, script for the phone and paper, and everything unfolded."""
    answered = here(lang=lang, form=form)
    page.evaluate(SHOW, {key: answered[key] for key in ("html", "card", "phone", "paper")})


def messages(lang: str) -> Mapping[str, str]:
    """What the page says about itself."""
    return Words(lang).templates["run"]


class Calculator:
    """One language's calculator in one window."""

    def __init__(self, page: Page, address: str, lang: str) -> None:
        self.page, self.lang = page, lang
        self.url = f"{address}{lang}/calculator/"

    def open(self, fragment: str = "") -> "Calculator":
        self.page.goto(self.url + fragment)
        return self

    # -- the form -----------------------------------------------------------------------------------------

    def field(self, name: str):
        return self.page.locator(f'[data-field="{name}"]')

    def show_all(self) -> "Calculator":
        """All questions on one page, also those without effect, as somebody sees them who asks for that."""
        if self.page.locator("#yb-all").get_attribute("aria-pressed") == "false":
            self.page.locator("#yb-all").click()
        return self

    def fill(self, typed: Mapping[str, str]) -> "Calculator":
        self.show_all()
        return self.type(typed)

    def type(self, typed: Mapping[str, str]) -> "Calculator":
        """Like fill, into the questions that are on the screen."""
        for name, text in typed.items():
            field = self.field(name)
            if field.locator("select").count():
                field.locator("select").select_option(text)
            elif field.locator("[type=radio]").count():
                field.locator(f'[value="{text}"]').check()
            else:
                field.locator("input").fill(text)
        return self

    def put(self, typed: Mapping[str, str]) -> "Calculator":
        """Into the whole form at once, with the events that typing gives: where the typing itself is not what is tested."""
        self.show_all().page.evaluate(PUT, dict(typed))
        return self

    def clear(self) -> None:
        self.page.evaluate(
            "() => { const form = document.getElementById('yb-form'); form.reset();"
            " form.dispatchEvent(new Event('input')); }"
        )

    def typed(self) -> dict[str, str]:
        """What is in the form now, shown or not."""
        return self.page.evaluate("() => Object.fromEntries(new FormData(document.getElementById('yb-form')))")

    def shown(self) -> set[str]:
        return set(
            self.page.evaluate(
                "() => Array.from(document.querySelectorAll('[data-field]:not([hidden])'), (e) => e.dataset.field)"
            )
        )

    def ask(self) -> "Calculator":
        self.page.locator("#yb-submit").click()
        return self

    # -- what comes back ----------------------------------------------------------------------------------

    def wait_until_ready(self) -> "Calculator":
        self.page.wait_for_selector('#yb-status[data-state="ready"]')
        return self

    def wait_for_answer(self) -> str:
        """Waits until the answer has the focus, as it has when it is new; returns its words."""
        self.page.wait_for_selector("#yb-result:not([hidden]) .yb-title:focus")
        return words_of(self.page.locator("#yb-result").inner_html())

    def wait_for_errors(self) -> list[str]:
        self.page.wait_for_selector("#yb-summary:focus")
        return self.page.locator("#yb-summary li").all_inner_texts()

    def wait_for_failure(self) -> str:
        """Waits until a failure is to be seen; returns its kind."""
        self.page.wait_for_selector("#yb-failure", state="visible")
        return self.page.locator("#yb-status").get_attribute("data-failure") or ""

    def status(self) -> str:
        return self.page.locator("#yb-line").inner_text()

    def marks(self) -> list[str]:
        return self.page.evaluate(
            "() => performance.getEntriesByType('mark').map((mark) => mark.name).filter((name) => name.startsWith('calculator:'))"
        )

    def ask_worker(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The answers to requests put straight to a worker of its own."""
        return json.loads(self.page.evaluate(ASK_ALL, list(requests)))


def words_of(fragment: str) -> str:
    """The words of a piece of HTML with one blank between them."""
    return " ".join(html.fragment_fromstring(fragment, create_parent=True).text_content().split())


def changed(change: Callable[[bytes], bytes], **headers: str) -> Callable[[Route], None]:
    """A route that changes the body of what the server sends, and headers."""

    def handle(route: Route) -> None:
        response = route.fetch()
        route.fulfill(status=response.status, headers={**response.headers, **headers}, body=change(response.body()))

    return handle
