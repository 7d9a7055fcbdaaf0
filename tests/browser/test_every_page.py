"""Every page of the built site in a browser: no error, no accessibility fault, nothing from elsewhere."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Page, ViewportSize, expect

from scripts.site_tools.paths import SITE
from tests.shown import shown

pytestmark = pytest.mark.browser


def address_of(name: str) -> str:
    """The address of a page below the site's root, by its path."""
    return name.removesuffix("index.html")


ADDRESSES = [address_of(name) for name in shown(SITE)]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: How a page is looked at: it is loaded in the first look and changed to the second, as by a reader who turns the
#: telephone or chooses dark colours. English pages start large and light, Chinese ones small and dark.
LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]
#: Shown at any depth, it can have no style sheet, and so is light always.
ALWAYS_LIGHT = "404.html"
#: Attributes that tell elements of one kind apart.
NAMES_ONE = ("alt", "href", "id", "src", "title")
#: Tag, classes and names of attributes of an element, and of each that it is inside of.
Kind = tuple[tuple[str, ...], ...]
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
COLOUR = "() => getComputedStyle(document.body).color"


def take_on(page: Page, size: ViewportSize, scheme: str) -> None:
    """Size and colours, by the system's wish and, where the page has it, by the reader's own switch."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    switch = page.locator("[data-md-component='palette'] label:visible")
    if switch.count():
        switch.click()


@pytest.fixture(scope="session")
def all_kinds(site: Path) -> set[str]:
    """Addresses of pages which together hold every kind of element of all these pages."""
    names = shown(site)
    return {address_of(name) for name in holding_all({name: kinds(html.parse(site / name)) for name in names})}


def kinds(tree: etree._ElementTree) -> set[Kind]:
    """What the colours of an element can depend on: its tag, classes and other attributes, and those of all it is inside of."""
    found: dict[html.HtmlElement, Kind] = {}
    for element in tree.iter(etree.Element):
        attributes = sorted(name for name in element.attrib if name not in NAMES_ONE)
        own = (element.tag, *sorted(element.get("class", "").split()), *attributes)
        found[element] = (own, *found.get(element.getparent(), ()))
    return set(found.values())


def holding_all[Of](kinds_of: Mapping[str, set[Of]]) -> list[str]:
    """As few as possible of those that hold something, which together hold all; the richest first."""
    left, chosen = set().union(*kinds_of.values()), []
    while left:
        chosen.append(max(kinds_of, key=lambda name: len(kinds_of[name] & left)))
        left -= kinds_of[chosen[-1]]
    return chosen


def test_every_kind_is_on_one_of_the_pages_chosen() -> None:
    assert holding_all({"a": {1, 2}, "b": {2}, "c": {3, 4, 5}, "d": {5}}) == ["c", "a"]
    page = "<p class='b a'><a href='x'>1</a><a href='y' hidden>2</a></p><a>3</a>"
    found = kinds(html.document_fromstring(page).getroottree())
    assert {kind[:2] for kind in found if kind[0][0] == "a"} == {
        (("a",), ("p", "a", "b", "class")),
        (("a", "hidden"), ("p", "a", "b", "class")),
        (("a",), ("body",)),
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_is_shown_without_fault(
    name: str, page: Page, address: str, axe: Callable[..., list[str]], faults: list[str], all_kinds: set[str]
) -> None:
    """Colours are looked at on the pages that hold every kind of element: they take half of the time and do not depend on
    what is said. All else is looked at on every page: in the first look, which is large in one language and small in the
    other, and in both on the pages chosen."""
    first, second = reversed(LOOKS) if name.startswith("zh/") else LOOKS
    page.set_viewport_size(first[0])
    page.emulate_media(color_scheme=first[1])
    # "#choose" keeps the first page from sending the reader on.
    page.goto(address + (name or "#choose"))
    found = {}
    for size, scheme in (first, second):
        if (size, scheme) == second:
            before = page.evaluate(COLOUR)
            take_on(page, size, scheme)
            # The page for other sites hears of the system's wish, and then changes.
            if name != ALWAYS_LIGHT:
                page.wait_for_function(f"before => ({COLOUR})() !== before", arg=before)
        broken = ["the page scrolls sideways"] if page.evaluate(WIDER) else []
        if name in all_kinds:
            broken += axe(page)
        elif (size, scheme) == first:
            broken += axe(page, without=["color-contrast"])
        if broken:
            found[scheme] = broken
    page.wait_for_load_state("networkidle")  # whatever comes late has come, and its faults
    assert found == {}
    assert faults == []


@pytest.mark.parametrize(("locale", "lang"), [("zh-TW", "zh"), ("zh-CN", "zh"), ("en-US", "en"), ("de-DE", "")])
def test_the_first_page_leads_to_the_readers_language(locale: str, lang: str, new_context, address: str) -> None:
    context = new_context(locale=locale)
    opened = context.new_page()
    opened.goto(address, wait_until="networkidle")
    assert opened.url == address + (f"{lang}/" if lang else "")


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
