"""The built site in a real browser: Chromium, driven by Playwright.

address   where the site is served, with a slash at the end: address + "en/"
page      a new window at desktop size; requests to any other host fail the test
new_context  new_context(...) -> a browser that knows nothing yet, with other sizes, languages and colours
faults    what went wrong in that window: script errors, console errors, failed requests
axe       axe(page) -> violations of the accessibility rules, one line each; axe(page, within, rules): of one part, only some
          rules; axe(page, without=rules): all rules but some
"""

import shutil
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.site_tools.serve import SiteServer

#: Only what will never come meets this limit, also on a machine that does much besides. Milliseconds.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    with SiteServer(site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail("no Chromium was found: install your system's chromium package")
    return program


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as in a container.
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """What a reader's browser is in a test, opened as Playwright opens it and closed after the test."""
    made: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        made[-1].set_default_timeout(PATIENCE)
        return made[-1]

    yield opened
    for context in made:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def page(context: BrowserContext, address: str, faults: list[str]) -> Iterator[Page]:
    elsewhere: list[str] = []
    local = (address, "data:", "blob:", "about:")

    def note_request(request) -> None:
        if not request.url.startswith(local):
            elsewhere.append(request.url)

    def note_console(message) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location['url']})")

    context.on("request", note_request)
    opened = context.new_page()
    opened.on("console", note_console)
    opened.on("pageerror", lambda error: faults.append(f"script: {error}"))
    opened.on("requestfailed", lambda request: faults.append(f"request: {request.url} {request.failure}"))
    yield opened
    assert elsewhere == [], "the page asked other hosts"


@pytest.fixture(scope="session")
def axe(root: Path) -> Callable[..., list[str]]:
    source = (root / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")

    def violations(
        page: Page, within: str = "", rules: Collection[str] = (), without: Collection[str] = ()
    ) -> list[str]:
        # Evaluated and not added as a tag: the site's policy would refuse a strange script.
        if not page.evaluate("() => 'axe' in globalThis"):
            page.evaluate(source)
        # Every rule runs if not told otherwise; only of what is wrong are all elements written down, which is most of
        # axe's time.
        found = page.evaluate(
            """async ([within, only, without]) => {
                const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
                const options = { resultTypes: ["violations"], rules, ...(only.length > 0 && { runOnly: only }) };
                return (await axe.run(within || document, options)).violations;
            }""",
            [within, list(rules), list(without)],
        )
        outside = [["#__drawer"], ["#__search"]]
        return [
            f"{violation['id']}: {' '.join(node['target'])}: {node['failureSummary'].splitlines()[-1].strip()}"
            for violation in found
            for node in violation["nodes"]
            # Like links that skip, the switches of menu and search stand before every landmark.
            if not (violation["id"] == "region" and node["target"] in outside)
        ]

    return violations
