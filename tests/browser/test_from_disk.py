"""The site opened from the disk, by a double click: reading and searching work, and the calculator says that it does not."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("lang", "query", "page"),
    [
        ("en", "waiting period", "resident-scheme"),
        ("zh", "断缴", "left-my-job"),
    ],
)
def test_search_and_links_work_from_the_disk(
    lang: str, query: str, page: str, context: BrowserContext, site: Path
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    window = context.new_page()
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    # The page that chooses the language leads on by itself, or by its links.
    window.goto(f"{site.as_uri()}/index.html#choose")
    window.locator(f"a[hreflang={'en' if lang == 'en' else 'zh-Hans'}]").click()
    window.wait_for_url(f"**/{lang}/index.html")

    window.locator("[data-md-component=search-query]").click()
    window.locator("[data-md-component=search-query]").fill(query)
    window.locator(f".md-search-result__link[href*='/{lang}/{page}/']").first.click()
    window.wait_for_url(f"**/{lang}/{page}/index.html*")
    expect(window.locator("article h1")).to_be_visible()

    # From a page into the navigation, and to the calculator, which needs a server and says so.
    window.goto(f"{site.as_uri()}/{lang}/faq/index.html")
    window.locator("article a[href*='calculator']").first.click()
    window.wait_for_url(f"**/{lang}/calculator/index.html*")
    expect(window.locator("#yb-from-disk")).to_be_visible()
    expect(window.locator("#yb-calculator")).to_be_hidden()
    window.locator("#yb-from-disk a[href*='hosting']").click()
    window.wait_for_url(f"**/{lang}/hosting/index.html#try")
    assert faults == []
    assert asked and all(address.startswith(("file:", "data:", "about:")) for address in asked)
