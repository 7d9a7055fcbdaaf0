"""Pictures of the calculator's main states for README and guide. Run as ``python -m scripts.site_tools.screenshots``.

The site must have been built. Each picture is written to docs/assets/screenshots as WebP, phone and desktop, light and dark,
both languages; then look at each of them. The day of asking is that of the worked example, so that the same law gives the
same pictures.
"""

import argparse
import io
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.site_tools.paths import ASSETS, SITE
from scripts.site_tools.serve import SiteServer

TARGET = ASSETS / "screenshots"
#: As good as it needs to be on a page; of 0 to 100.
QUALITY = 70
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class View:
    """A window in which pictures are taken."""

    lang: str
    device: str
    scheme: str
    width: int
    height: int


VIEWS = (
    View("en", "phone", "light", 390, 780),
    View("zh", "phone", "dark", 390, 780),
    View("en", "desktop", "dark", 1280, 800),
    View("zh", "desktop", "light", 1280, 800),
)


def states(page: Page, view: View) -> Iterator[str]:
    """Leads the page from state to state; the name of each, when it is on the screen."""
    page.locator("#yb-example").wait_for()
    yield "first"
    page.locator("#yb-samples > summary").click()
    page.locator("#yb-samples [data-typed]").first.click()
    page.locator("#yb-result .yb-title:focus").wait_for()
    yield "answer"
    if view.device == "phone":
        page.locator(".yb-contents a[href='#yb-part-cover']").click()
        yield "months"
        page.locator("#yb-take-card").click()
        page.locator("#yb-sheet").evaluate("(part) => part.scrollIntoView()")
        yield "card"
        page.locator("#yb-sheet-close").click()
        page.locator("#yb-form").evaluate("(form) => form.scrollIntoView()")
        yield "check"
    else:
        page.locator("#yb-grid > summary").click()
        page.locator("#yb-grid").evaluate("(part) => part.scrollIntoView()")
        yield "grid"


def take(browser: Browser, address: str, view: View) -> Iterator[Path]:
    """One view's pictures."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=view.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}{view.lang}/calculator/")
    for state in states(page, view):
        file = TARGET / f"{state}-{view.device}-{view.lang}.webp"
        Image.open(io.BytesIO(page.screenshot())).save(file, quality=QUALITY, method=6)
        yield file
    context.close()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Take the pictures in docs/assets/screenshots from the built site.")
    parser.parse_args(arguments)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None or not SITE.exists():
        print("This needs Chromium, and the site: run ./scripts/build --no-pdf first.", file=sys.stderr)
        return 1
    with SiteServer(SITE) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # Chromium's own sandbox does not start for root, as in a container.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for view in VIEWS:
            for file in take(browser, server.address, view):
                print(f"{file.name}  {file.stat().st_size // 1000} kB")
        browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
