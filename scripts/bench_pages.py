"""Lighthouse's score for speed, the middle one of three runs: ``./scripts/bench pages``.

It depends on what else the machine does, so it is measured here and asserted nowhere. The site must be built.
"""

import json
import shutil
import subprocess

from scripts.site_tools.paths import ROOT, SITE
from tests.browser.conftest import served
from tests.browser.test_lighthouse import PAGES

RUNS = 3


def main() -> None:
    with served(SITE) as address:
        desktop, phone = (scores(address, phone=phone) for phone in (False, True))
    for page in PAGES:
        print(f"{page:20} speed {desktop[page]:3} on a desktop computer, {phone[page]:3} on a slow phone")


def scores(address: str, *, phone: bool) -> dict[str, int]:
    """Each page's score for speed, 0 to 100."""
    told = {
        "browser": next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))),
        "categories": ["performance"],
        "addresses": [address + page for page in PAGES],
        "runs": RUNS,
        "phone": phone,
    }
    script = ROOT / "tests/browser/lighthouse.mjs"
    result = subprocess.run(
        ["node", script], input=json.dumps(told), stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    found = json.loads(result.stdout)
    return {page: found[address + page]["scores"]["performance"] for page in PAGES}


if __name__ == "__main__":
    main()
