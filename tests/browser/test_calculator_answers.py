"""The calculator of the page gives the answers of the calculator on the command line: all of them, exactly."""

import json
import re
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import zip_longest
from threading import Thread
from typing import Any

import pytest
from pypdf import PdfReader

from calculator import html
from calculator.card import cards
from calculator.facts import parse
from calculator.judge import assess
from tests.browser.driver import LANGUAGES, SAVE_DATA, Calculator, changed, here, words_of
from tests.golden import cases

pytestmark = pytest.mark.browser

CASES = cases()
MOVE = next(case.form for case in CASES if case.form.get("situation") == "new_place")


def differences(path: str, one: Any, other: Any) -> Iterator[str]:
    """Every place where two pieces of JSON differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from differences(f"{path}.{key}", one.get(key, "nothing"), other.get(key, "nothing"))
    elif isinstance(one, list) and isinstance(other, list):
        for number, (left, right) in enumerate(zip_longest(one, other, fillvalue="nothing")):
            yield from differences(f"{path}.{number}", left, right)
    elif one != other or type(one) is not type(other):
        yield f"{path}: {one!r} in the browser, {other!r} in CPython"


def test_every_field_of_every_answer_is_equal(page, address, faults):
    requests = [
        {"lang": lang, **told}
        for case in CASES
        for lang in LANGUAGES
        for told in ({"facts": case.facts}, {"form": case.form})
    ]
    answers = Calculator(page, address, "en").open().ask_worker(requests)

    assert len(answers) == len(requests)
    for request, found in zip(requests, answers, strict=True):
        assert list(differences("", found, here(**request))) == [], request
    assert faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_filling_in_the_form_shows_the_answer(page, address, faults, lang):
    calculator = Calculator(page, address, lang).open().wait_until_ready()

    # One language goes through all; that both answer all is seen above.
    for case in CASES if lang == "en" else CASES[::4]:
        calculator.put(case.form).ask()
        expected = here(lang=lang, form=calculator.typed())
        assert expected["ok"] == (not case.form_errors), case.id
        if expected["ok"]:
            assert calculator.wait_for_answer() == words_of(expected["html"]), case.id
        else:
            summary = calculator.wait_for_errors()
            assert [line.lower() for line in summary] == [error["message"].lower() for error in expected["errors"]], (
                case.id
            )
    assert faults == []


def test_any_plain_server_will_do(context, site):
    """No policy, no types but those the standard library knows, and not at the root of a host."""

    class Plain(SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=site.parent)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Plain) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{site.name}/"
        calculator = Calculator(context.new_page(), address, "zh").open()
        assert calculator.fill(MOVE).ask().wait_for_answer()
        server.shutdown()


def test_a_connection_without_https_will_do(page, address):
    """There the browser offers no hashes; the length of each file is still checked."""
    without = b"Object.defineProperty(crypto, 'subtle', { value: undefined });\n"
    page.route("**/calculator/worker.js", changed(lambda body: without + body))
    Calculator(page, address, "en").open().wait_until_ready()


def test_the_example_for_the_command_line_is_answered(root):
    examples = set()
    for lang in LANGUAGES:
        text = (root / "docs" / lang / "calculator.md").read_text("utf-8")
        (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
        examples.add(example)
        assert here(lang=lang, facts=json.loads(example))["ok"]
    assert len(examples) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_that_is_asked_for_early_appears_by_itself(page, address, lang):
    # Python is held back until the question has been asked; otherwise a quick start would win the race.
    held, asked = [], []
    page.route("**/pyodide.asm.wasm", lambda route: route.continue_() if asked else held.append(route))
    calculator = Calculator(page, address, lang).open().fill(MOVE).ask()

    page.wait_for_selector('#yb-status[data-state="waiting"]')
    assert calculator.status() != ""
    asked.append(True)
    for route in held:
        route.continue_()
    assert calculator.wait_for_answer() == words_of(here(lang=lang, form=MOVE)["html"])


def test_the_answer_shown_is_that_of_the_last_question(page, address):
    calculator = Calculator(page, address, "en").open()
    later = {**MOVE, "paid_until": "2026-01"}

    # Python can not start, and so not answer, before both are asked: filling in may take longer than the start.
    held = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    calculator.fill(MOVE).ask()
    calculator.fill(later).ask()
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()

    assert calculator.wait_for_answer() == words_of(here(lang="en", form=later)["html"])
    assert calculator.marks().count("calculator:result") == 1


def test_user_timing_marks_come_in_order(page, address):
    calculator = Calculator(page, address, "en").open().wait_until_ready()
    assert calculator.marks() == ["calculator:boot", "calculator:ready"]
    assert not page.locator("#yb-meter").is_visible()

    calculator.fill(MOVE).ask().wait_for_answer()
    assert calculator.marks() == ["calculator:boot", "calculator:ready", "calculator:result"]


def test_an_answer_leaves_address_and_history_alone(page, address):
    calculator = Calculator(page, address, "en").open()
    before = page.evaluate("() => history.length")

    calculator.fill(MOVE).ask().wait_for_answer()

    assert page.url == calculator.url
    assert page.evaluate("() => history.length") == before


def test_a_changed_form_says_that_the_answer_is_older(page, address):
    calculator = Calculator(page, address, "en").open()
    calculator.fill(MOVE).ask().wait_for_answer()
    answered = calculator.status()

    calculator.fill({"paid_until": "2026-02"})
    assert calculator.status() != answered

    calculator.ask().wait_for_answer()
    assert calculator.status() == answered


def test_whoever_goes_on_typing_keeps_the_focus(page, address):
    calculator = Calculator(page, address, "en").open()
    calculator.fill(MOVE).ask()
    calculator.field("balance").locator("input").type("1680")

    page.wait_for_selector("#yb-result:not([hidden])")
    assert page.evaluate("() => document.activeElement.name") == "balance"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_can_be_taken_away(page, address, faults, lang):
    leaver = {
        "situation": "leave_job",
        "place": "shanghai",
        "payer": "employer",
        "paid_until": "2026-03",
        "on": "2026-04-02",
    }
    calculator = Calculator(page, address, lang).open().wait_until_ready()
    assert not page.locator("#yb-take").is_visible()
    calculator.fill(leaver).ask().wait_for_answer()
    expected = here(lang=lang, form=calculator.typed())
    saved = {}
    for kind in ("calendar", "json"):
        with page.expect_download() as download:
            page.locator(f"#yb-take-{kind}").click()
        saved[kind] = download.value.path().read_bytes().decode()
    assert "BEGIN:VEVENT" in saved["calendar"] and saved["calendar"] == expected["calendar"]
    assert json.loads(saved["json"]) == expected["assessment"]

    # Somebody who died long ago leaves no day to come: then no calendar is offered.
    died = {"situation": "die", "place": "shanghai", "event_on": "2025-10-09", "on": "2026-11-22"}
    calculator.clear()
    calculator.fill(died).ask().wait_for_answer()
    assert not page.locator("#yb-take-calendar").is_visible()
    assert page.locator("#yb-take-json").is_visible()

    calculator.fill({"on": "tomorrow"}).ask().wait_for_errors()
    assert not page.locator("#yb-take").is_visible()
    assert faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_and_the_script_are_shown_and_printed_alone(page, address, faults, lang):
    leaver = {
        "situation": "leave_job",
        "place": "wuhan",
        "payer": "flexible",
        "paid_until": "2026-03",
        "on": "2026-11-22",
    }
    calculator = Calculator(page, address, lang).open().wait_until_ready()
    sheet = page.locator("#yb-sheet")
    calculator.fill({**leaver, "resume_month": "2026-10"}).ask().wait_for_answer()
    expected = here(lang=lang, form=calculator.typed())
    for kind in ("card", "phone"):
        assert not sheet.is_visible()
        page.locator(f"#yb-take-{kind}").click()
        assert page.evaluate("() => document.activeElement.id") == "yb-sheet"
        assert sheet.get_attribute("aria-label") == page.locator(f"#yb-take-{kind}").inner_text()
        assert words_of(page.locator("#yb-sheet-pages").inner_html()) == words_of(expected[kind])
        # On paper nothing else is left, and each card or call is one page.
        assert pages_on_paper(page) == expected[kind].count("<article")
        page.locator("#yb-sheet-close").click()
        assert page.evaluate("() => document.activeElement.id") == f"yb-take-{kind}"

    page.locator("#yb-take-card").click()
    calculator.fill({"paid_until": "2026-04"}).ask().wait_for_answer()
    assert not sheet.is_visible(), "it belongs to the answer before"
    assert faults == []


def pages_on_paper(page) -> int:
    """On how many pages of A4 the browser prints what is shown."""
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "14mm")
    return len(PdfReader(BytesIO(page.pdf(format="A4", margin=margin))).pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_is_one_page_of_paper(page, address, lang):
    page.add_init_script(SAVE_DATA)
    Calculator(page, address, lang).open()
    answers = [assess(parse(case.facts)) for case in CASES if not case.errors]
    made = [one for answer in answers for one in cards(answer, lang)["cards"]]
    shown = html.cards({"lang": lang, "cards": made})
    page.evaluate(
        "(shown) => { document.getElementById('yb-sheet-pages').innerHTML = shown;"
        " document.getElementById('yb-sheet').hidden = false; }",
        shown,
    )
    assert pages_on_paper(page) == len(made)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_at_most_three_pages_of_paper(page, address, lang):
    """The longest answers of all worked examples: shorter ones are not longer on paper."""
    page.add_init_script(SAVE_DATA)
    Calculator(page, address, lang).open()
    papers = [here(lang=lang, facts=case.facts)["paper"] for case in CASES if not case.errors]
    link = page.url + "#" + "x" * 500  # no worked example has a longer link (tests/rules/test_share.py)
    for shown in sorted(papers, key=len)[-3:]:
        page.evaluate(
            "([shown, link]) => { document.getElementById('yb-paper-answer').innerHTML = shown;"
            " document.getElementById('yb-link-paper').textContent = link;"
            " document.getElementById('yb-result').hidden = false; }",
            [shown, link],
        )
        assert pages_on_paper(page) <= 3
    page.emulate_media(media="print")
    assert not page.locator("#yb-form").is_visible()
    assert page.locator("#yb-paper").is_visible()
