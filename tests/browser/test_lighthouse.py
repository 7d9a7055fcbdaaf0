"""Lighthouse finds nothing to take points away for: on the first page, on one of the guide, on the calculator before it starts.

Its score for speed is left out here: it depends on what else the machine does, and is measured by ``./scripts/bench pages``.
What of it depends on the pages alone is looked at, audit by audit; how far a page shifts while it loads depends on the
machine, too, and is in that score.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import served

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")
#: Of the category for speed: what a page is made of, and not how fast this machine loads it.
MAKE = (
    "duplicated-javascript",
    "efficient-animated-content",
    "font-display",
    "modern-image-formats",
    "no-document-write",
    "offscreen-images",
    "redirects",
    "unminified-javascript",
    "unsized-images",
    "unused-javascript",
    "uses-optimized-images",
    "uses-passive-event-listeners",
    "uses-responsive-images",
    "uses-text-compression",
    "viewport",
)
PAGES = ("en/", "zh/left-my-job/", "en/calculator/")
PLANTED = """<!doctype html><html><head><title></title></head><body><img src="missing.png">
<script>document.write("<p>Hello</p>")</script></body></html>"""


def marks(addresses: list[str], chromium: str) -> dict[str, dict]:
    """By address: the scores of each category, what took points away, and the scores of the audits of MAKE."""
    told = json.dumps({"browser": chromium, "categories": CATEGORIES, "audits": MAKE, "addresses": addresses})
    # From its own folder the script finds node_modules.
    script = Path(__file__).with_name("lighthouse.mjs")
    result = subprocess.run(["node", script], input=told, capture_output=True, check=True, encoding="utf-8")
    return json.loads(result.stdout)


def test_pages_have_full_marks_and_a_bad_one_has_not(address: str, chromium: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PLANTED)
    with served(tmp_path) as bad:
        (tmp_path / "csp.txt").write_text("default-src 'self'; script-src 'unsafe-inline'")
        found = marks([*(address + page for page in PAGES), bad], chromium)
    planted = found.pop(bad)
    assert all(planted["scores"][name] < 100 for name in CATEGORIES)
    assert all(planted["audits"][name] < 1 for name in ("viewport", "no-document-write"))
    assert {page: one["lost"] for page, one in found.items() if set(one["scores"].values()) != {100}} == {}
    assert len(found) == len(PAGES) and all(set(one["scores"]) == set(CATEGORIES) for one in found.values())
    for page, one in found.items():
        # None: the page has nothing that the audit looks at.
        assert one["audits"].keys() == set(MAKE)
        assert {name: score for name, score in one["audits"].items() if score not in (1, None)} == {}, page
