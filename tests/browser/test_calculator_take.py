"""What becomes of an answer in the page: the link, another language, a reload and the way back."""

import json

import pytest

from calculator import share
from calculator.facts import parse
from tests.browser.driver import SAVE_DATA, Calculator, here, messages, words_of
from tests.golden import case

pytestmark = pytest.mark.browser

MOVE = case("h-shenzhen-to-guangzhou").form
LIFE = {
    "on": "2026-11-22",
    "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
    "events": [
        {"kind": "leave_job"},
        {"kind": "resume", "month": "2026-08", "payer": "flexible"},
        {"kind": "study_abroad", "on": "2026-10-01"},
    ],
    "bill": {"bill_on": "2026-10-02", "bill_abroad": "yes"},
}


def test_a_link_opens_as_the_answer_it_was_made_of(page, address, faults):
    calculator = Calculator(page, address, "en").open()
    calculator.fill(MOVE).ask().wait_for_answer()
    expected = here(lang="en", form=MOVE)

    # Headless windows have no clipboard: the page then marks the link, for the reader to copy.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }")
    page.locator("#yb-take-link").click()
    page.wait_for_selector("#yb-link-field:focus")
    link = page.locator("#yb-link-field").input_value()
    assert link == f"{calculator.url}#{expected['link']}"
    assert page.locator("#yb-link-said").inner_text() != ""
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }; }")
    page.locator("#yb-take-link").click()
    page.wait_for_function("() => globalThis.copied !== undefined")
    assert page.evaluate("() => copied") == link

    # On paper the link stands below the answer.
    page.emulate_media(media="print")
    assert page.locator(".yb-paper").inner_text().endswith(link)
    page.emulate_media(media="screen")

    page.goto("about:blank")
    page.goto(link)
    assert calculator.wait_for_answer() == words_of(expected["html"])
    assert calculator.typed() | expected["typed"] == calculator.typed()
    assert not page.locator("#yb-notes").is_visible()

    # A link that tells more than the form can show is answered in full, and the rest is named.
    more = share.encode(parse(LIFE))
    page.evaluate("(link) => { location.hash = link; }", more)
    page.wait_for_selector("#yb-notes", state="visible")
    expected = here(lang="en", link=more)
    assert calculator.wait_for_answer() == words_of(expected["html"])
    assert page.locator("#yb-notes").inner_text() == expected["notes"][0]
    assert page.evaluate("() => history.state.calculator.typed['2.event_on']") == "2026-10-01", "both events are there"

    # One that is cut, or old, is told, and takes nothing out of the form.
    before = calculator.typed()
    page.evaluate("(link) => { location.hash = link; }", more[:-3])
    assert calculator.wait_for_errors() == [here(lang="en", link=more[:-3])["errors"][0]["message"]]
    assert calculator.typed() == before
    body = more.rpartition("&check=")[0].replace("payer=employer", "colour=red", 1)
    page.evaluate("(link) => { location.hash = link; }", f"{body}&check={share.checksum(body)}")
    page.wait_for_function("() => document.getElementById('yb-summary').textContent.includes('colour')")
    assert calculator.typed()["paid_until"] == "2026-05"
    page.evaluate("() => { location.hash = 'situation=fly'; }")
    page.wait_for_function("() => !document.getElementById('yb-summary').textContent.includes('colour')")
    assert page.locator("#yb-summary li").count() == 1
    assert faults == []


def test_language_reload_and_back_lose_nothing(page, address, faults):
    english, chinese = (Calculator(page, address, lang) for lang in ("en", "zh"))
    switch = page.locator("a.md-select__link[hreflang='zh-Hans']")

    # With an answer: the other language answers the same.
    english.open().fill(MOVE).ask().wait_for_answer()
    link = here(lang="en", form=MOVE)["link"]
    assert switch.evaluate("(link) => link.hash") == f"#{link}"
    page.locator(".md-select button").focus()
    switch.click()
    page.wait_for_url(chinese.url)
    assert chinese.wait_for_answer() == words_of(here(lang="zh", form=MOVE)["html"])
    assert chinese.typed() | MOVE == chinese.typed()

    # The way back from another page, to a part of the answer.
    page.locator(".yb-contents a").last.click()
    page.wait_for_function("() => location.hash.startsWith('#yb-part-') && history.state?.calculator")
    page.goto(f"{address}zh/law/")
    page.go_back()
    assert chinese.wait_for_answer() == words_of(here(lang="zh", form=MOVE)["html"])
    assert chinese.typed() | MOVE == chinese.typed()

    # Half a form, before Python has started; and a reload.
    half = {"situation": "retire", "place": "beijing", "born": "一九八〇", "record_total": "12y"}
    page.add_init_script(SAVE_DATA)
    page.goto("about:blank")
    english.open().fill(half)
    page.locator(".md-select button").focus()
    switch.click()
    page.wait_for_url(chinese.url)
    assert chinese.typed() | half == chinese.typed()
    page.reload()
    assert chinese.typed() | half == chinese.typed()
    assert not page.locator("#yb-result").is_visible()
    # Leaving a page breaks off what it was still loading.
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []


def test_where_storage_is_denied_the_language_takes_the_answer_along(page, address):
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError'); }});"
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});"
    )
    Calculator(page, address, "en").open().fill(MOVE).ask().wait_for_answer()
    page.locator(".md-select button").focus()
    page.locator("a.md-select__link[hreflang='zh-Hans']").click()
    chinese = Calculator(page, address, "zh")
    assert chinese.wait_for_answer() == words_of(here(lang="zh", form=MOVE)["html"])

    # Lives can be kept for now, and taken along as a file; nobody is asked for what can't be.
    page.locator("#yb-saved > summary").click()
    assert page.locator("#yb-saved-state").inner_text() == messages("zh")["saved_denied"]
    assert not page.locator("#yb-saved-ask").is_visible()
    page.locator("#yb-saved-name").fill("六月")
    page.locator("#yb-saved-name").press("Enter")
    assert page.locator("#yb-saved-list span").all_inner_texts() == ["六月"]
    assert page.locator("#yb-saved-export").is_visible()


def test_lives_are_kept_only_for_those_who_want_it(page, address, faults, tmp_path):
    calculator = Calculator(page, address, "en").open()
    part = {
        name: page.locator(f"#yb-saved-{name}")
        for name in ("ask", "allow", "name", "state", "said", "errors", "export", "import", "erase")
    }
    stored = "() => JSON.parse(localStorage.getItem('yb-lives'))"
    expected = here(lang="en", form=MOVE)
    lives = page.locator("#yb-saved-list li")

    def save(name):
        part["name"].fill(name)
        part["name"].press("Enter")

    calculator.fill(MOVE).ask().wait_for_answer()
    page.locator("#yb-saved > summary").click()
    save("Plan <b>A</b>")
    assert lives.locator("span").all_inner_texts() == ["Plan <b>A</b>"]
    assert page.evaluate(stored) is None, "nobody has said yes yet"
    part["allow"].click()
    assert page.evaluate("() => document.activeElement.id") == "yb-saved-name"
    assert page.evaluate(stored) == {
        "schema": "lives/1",
        "lives": [{"name": "Plan <b>A</b>", "facts": expected["facts"]}],
    }
    with page.expect_download() as download:
        part["export"].click()
    exported = download.value.path().read_text("utf-8")
    assert json.loads(exported) == page.evaluate(stored)

    # Later: the list is still there, and a life opens as the answer it was.
    page.reload()
    calculator.wait_for_answer()
    calculator.clear()
    page.locator("#yb-saved > summary").click()
    lives.get_by_role("button").first.click()
    assert calculator.wait_for_answer() == words_of(expected["html"])
    assert calculator.typed() | expected["typed"] == calculator.typed()

    # A file gives what is good in it, under a name of its own, and Python names what is not.
    mixed = json.loads(exported)
    mixed["lives"].append({"name": "Mars", "facts": {**expected["facts"], "cover": {"place": "mars"}}})
    file = tmp_path / "lives.json"
    file.write_text(json.dumps(mixed), "utf-8")
    part["import"].set_input_files(file)
    page.wait_for_selector("#yb-saved-errors li")
    assert part["errors"].locator("li").all_inner_texts() == [
        here(lang="en", lives=json.dumps(mixed))["errors"][0]["message"]
    ]
    assert lives.locator("span").all_inner_texts() == ["Plan <b>A</b>", "Plan <b>A</b> (2)"]

    lives.get_by_role("button").nth(3).click()
    assert lives.count() == 1
    part["erase"].click()
    assert page.evaluate("() => localStorage.getItem('yb-lives')") is None
    assert lives.count() == 0
    assert part["said"].inner_text() != ""
    assert part["ask"].is_visible(), "it has to be asked again"
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []


def test_kept_answers_stand_side_by_side(page, address, faults):
    """Back payment in June or in July: kept, changed, compared, opened again, removed."""
    june, july = (case(f"c-guangzhou-arrears-paid-in-{month}").form for month in ("june", "july"))
    calculator = Calculator(page, address, "en").open()
    table, keep = page.locator("#yb-compare"), page.locator("#yb-take-compare")
    calculator.fill(june).ask().wait_for_answer()
    keep.click()
    assert page.locator("#yb-compare-said").inner_text() == messages("en")["compare_first"]
    assert not table.is_visible()

    calculator.fill({"paid_back": july["paid_back"]}).ask().wait_for_answer()
    table.wait_for(state="visible")
    both = [here(lang="en", form=form)["facts"] for form in (june, july)]
    expected = here(lang="en", compare=both, shown=1)
    assert words_of(table.inner_html()) == words_of(expected["html"])

    # On a phone nothing is wider than the screen, and each cell names its plan.
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    names = page.evaluate(
        "() => getComputedStyle(document.querySelector('.yb-compared td[data-name]'), '::before').content"
    )
    assert names == '"Plan A"'
    page.set_viewport_size({"width": 1280, "height": 900})

    # What is kept outlives a reload; a column opens as the answer above.
    page.reload()
    calculator.wait_for_answer()
    table.wait_for(state="visible")
    table.locator("[data-open='0']").click()
    page.wait_for_function("() => document.querySelector('[name=paid_back]').value === '2026-06'")
    assert calculator.wait_for_answer() == words_of(here(lang="en", form=june)["html"])
    assert not table.is_visible(), "July was not kept"

    calculator.fill({"paid_back": "2026-05"}).ask().wait_for_answer()
    table.wait_for(state="visible")
    table.locator("[data-remove='0']").click()
    assert not table.is_visible()
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []
