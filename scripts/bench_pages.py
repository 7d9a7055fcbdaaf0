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
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with served(SITE) as address:
        told = {
            "browser": browser,
            "categories": ["performance"],
            "addresses": [address + page for page in PAGES],
            "runs": RUNS,
        }
        script = ROOT / "tests/browser/lighthouse.mjs"
        result = subprocess.run(
            ["node", script], input=json.dumps(told), stdout=subprocess.PIPE, check=True, encoding="utf-8"
        )
    for name, found in json.loads(result.stdout).items():
        print(f"{name.removeprefix(address):20} speed {found['scores']['performance']:3}")


if __name__ == "__main__":
    main()
