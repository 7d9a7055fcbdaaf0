"""What helps a reader on every page: terms that explain themselves, a search that knows other words."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "words"), [("en", "断缴"), ("zh", "zhōngduàn jiǎofèi")])
def test_a_term_explains_itself_to_keyboard_and_finger(lang: str, words: str, page: Page, address: str) -> None:
    page.goto(f"{address}{lang}/left-my-job/", wait_until="networkidle")
    term = page.locator("a.yb-term[href$='#term-gap']")
    said = term.get_attribute("title")
    # The theme shows the title as its own tip, to whoever points and to whoever comes by keyboard.
    term.focus()
    tip = page.locator(".md-tooltip2--active")
    expect(tip).to_have_text(said)
    # A finger does not point: it is taken to the entry.
    page.keyboard.press("Escape")
    term.click()
    expect(page).to_have_url(f"{address}{lang}/glossary/#term-gap")
    expect(page.locator("#term-gap")).to_be_in_viewport()


def test_the_search_of_the_page_knows_other_words(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}en/", wait_until="networkidle")
    # Most of what a page weighs is this index: whoever only reads does not fetch it.
    assert asked and f"{address}en/search/search_index.json" not in asked
    page.keyboard.press("/")
    page.locator("[data-md-component='search-query']").press_sequentially("duanjiao", delay=30)
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", f"{address}en/left-my-job/?h=duanjiao")
    # A found word is marked on the page that it leads to.
    page.goto(f"{address}en/left-my-job/?h=cover")
    expect(page.locator("article mark[data-md-highlight]").first).to_have_text("cover", ignore_case=True)


def test_the_bar_stays_closed_on_pages_of_every_depth(page: Page, address: str) -> None:
    page.goto(f"{address}en/faq/", wait_until="networkidle")
    bar = page.locator(".md-banner")
    expect(bar).to_contain_text("Medical Security Law")
    expect(bar.get_by_role("link")).to_have_attribute("href", "../medical-security-law/")
    bar.get_by_role("button").click()
    expect(bar).to_be_hidden()
    page.goto(f"{address}en/articles/shenzhen/", wait_until="networkidle")
    expect(bar).to_be_hidden()
    page.goto(f"{address}zh/", wait_until="networkidle")
    # In other words it is another message.
    expect(bar).to_be_visible()


# -- tables that sort and filter ---------------------------------------------------------------------------


def test_a_table_is_sorted_and_filtered_by_keyboard_and_says_what_it_shows(page: Page, address: str, axe) -> None:
    page.goto(f"{address}en/places/")
    table = page.get_by_role("table", name="The waiting period after a gap")
    wait = table.get_by_role("columnheader", name="Wait after a gap of 12 months")
    order = "table => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[5].textContent)"
    wait.get_by_role("button").press("Enter")
    expect(wait).to_have_attribute("aria-sort", "ascending")
    waits = table.evaluate(order)
    assert waits[0] == "none" and waits[-1] == "not known" and waits.index("2 months") < waits.index("6 months")
    wait.get_by_role("button").press("Enter")
    expect(wait).to_have_attribute("aria-sort", "descending")
    assert table.evaluate(order) != waits

    controls = page.get_by_role("group", name="The waiting period after a gap")
    controls.get_by_label("Province").select_option("Zhejiang")
    controls.get_by_label("Who pays").select_option("pays alone")
    expect(controls.get_by_role("status")).to_have_text(f"3 of {len(waits)} rows are shown.")
    controls.get_by_label("Words in the row").fill("ningbo")
    expect(controls.get_by_role("status")).to_have_text(f"1 of {len(waits)} rows are shown.")
    assert table.evaluate(order) == ["2 months"]
    assert axe(page) == []
