"""Every page of the built site in a browser: no error, no accessibility fault, nothing from elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page, ViewportSize, expect

from scripts.site_tools.html_files import page_names
from scripts.site_tools.paths import SITE

pytestmark = pytest.mark.browser

#: The pages of places are made from one template: the longest, one with much in it, one by days and the collection stand
#: for all. Their HTML is checked page by page when the site is built.
PLACES_SHOWN = ("china", "shanghai", "xian", "elsewhere")
#: Nor are those of situations told apart by more than what they hold: the longest table, months, days, and a page without
#: differences by place stand for all.
SITUATIONS_SHOWN = ("resident-rejoin", "leave-job", "die", "missing")
SHOWN = {"places": PLACES_SHOWN, "situations": SITUATIONS_SHOWN}
ADDRESSES = [
    str(name).removesuffix("index.html")
    for name in page_names(SITE)
    if len(name.parts) < 4 or name.parts[-2] in SHOWN.get(name.parts[1], (name.parts[-2],))
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: How a page is looked at: it is loaded in the first look and changed to the second, as by a reader who turns the
#: telephone or chooses dark colours. English pages start large and light, Chinese ones small and dark.
LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]
#: Shown at any depth, it can have no style sheet, and so is light always.
ALWAYS_LIGHT = "404.html"
COLOUR = "() => getComputedStyle(document.body).color"


def take_on(page: Page, size: ViewportSize, scheme: str) -> None:
    """Size and colours, by the system's wish and, where the page has it, by the reader's own switch."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    switch = page.locator("[data-md-component='palette'] label:visible")
    if switch.count():
        switch.click()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_is_shown_without_fault(
    name: str, page: Page, address: str, axe: Callable[[Page], list[str]], faults: list[str]
) -> None:
    first, second = reversed(LOOKS) if name.startswith("zh/") else LOOKS
    page.set_viewport_size(first[0])
    page.emulate_media(color_scheme=first[1])
    # "#choose" keeps the first page from sending the reader on.
    page.goto(address + (name or "#choose"), wait_until="networkidle")
    found, colours = {}, set()
    for size, scheme in (first, second):
        if (size, scheme) == second:
            take_on(page, size, scheme)
        colours.add(page.evaluate(COLOUR))
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if broken := axe(page) + (["the page scrolls sideways"] if wider else []):
            found[scheme] = broken
    assert found == {}
    assert faults == []
    assert len(colours) == (1 if name == ALWAYS_LIGHT else 2), "the colours did not change"


@pytest.mark.parametrize(("locale", "lang"), [("zh-TW", "zh"), ("zh-CN", "zh"), ("en-US", "en"), ("de-DE", "")])
def test_the_first_page_leads_to_the_readers_language(locale: str, lang: str, browser, address: str) -> None:
    context = browser.new_context(locale=locale)
    opened = context.new_page()
    opened.goto(address, wait_until="networkidle")
    assert opened.url == address + (f"{lang}/" if lang else "")
    context.close()


def test_the_language_switch_keeps_page_and_place(page: Page, address: str, site: Path) -> None:
    guide = html.parse(site / "en/index.html")
    place = guide.xpath("string(//article//*[self::h1 or self::h2]/@id)")
    page.goto(f"{address}en/#{place}")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url(f"{address}zh/#{place}")


def test_a_missing_page_leads_back_from_any_depth(page: Page, address: str) -> None:
    page.goto(f"{address}zh/nothing/here/")
    page.get_by_role("link", name="前往中文指南").click()
    expect(page).to_have_url(f"{address}zh/")


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/", wait_until="networkidle")
    menu = page.get_by_role("checkbox", name="Menu")
    inside = page.locator(".md-nav--primary .md-nav__title .md-logo")
    expect(inside).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(menu).to_be_focused()
    page.keyboard.press("Space")
    expect(inside).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(inside).not_to_be_in_viewport()
    expect(menu).to_be_focused()


def test_the_search_opens_by_keyboard_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}zh/", wait_until="networkidle")
    page.get_by_role("checkbox", name="搜索").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-md-component='search-query']")).to_be_focused()
    page.keyboard.type("医保", delay=50)
    expect(page.locator(".md-search-result__link").first).to_be_visible()
