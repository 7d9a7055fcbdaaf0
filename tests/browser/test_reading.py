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
    page.goto(f"{address}en/", wait_until="networkidle")
    page.keyboard.press("/")
    page.locator("[data-md-component='search-query']").press_sequentially("duanjiao", delay=30)
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", f"{address}en/left-my-job/?h=duanjiao")


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
