"""Lighthouse finds nothing to take points away for: on the first page, on one of the guide, on the calculator before it starts.

Its score for speed is left out here: it depends on what else the machine does. It is looked at by hand.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import served

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")
PAGES = ("en/", "zh/left-my-job/", "en/calculator/")
PLANTED = """<!doctype html><html><head><title></title></head><body><img src="missing.png"></body></html>"""


def marks(addresses: list[str], chromium: str) -> dict[str, dict]:
    """By address: the scores of each category, and what took points away."""
    told = json.dumps({"browser": chromium, "categories": CATEGORIES, "addresses": addresses})
    # From its own folder the script finds node_modules.
    script = Path(__file__).with_name("lighthouse.mjs")
    result = subprocess.run(["node", script], input=told, capture_output=True, check=True, encoding="utf-8")
    return json.loads(result.stdout)


def test_pages_have_full_marks_and_a_bad_one_has_not(address: str, chromium: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PLANTED)
    (tmp_path / "csp.txt").write_text("default-src 'self'")
    with served(tmp_path) as bad:
        found = marks([*(address + page for page in PAGES), bad], chromium)
    planted = found.pop(bad)
    assert all(planted["scores"][name] < 100 for name in CATEGORIES)
    assert {page: one["lost"] for page, one in found.items() if set(one["scores"].values()) != {100}} == {}
    assert len(found) == len(PAGES) and all(set(one["scores"]) == set(CATEGORIES) for one in found.values())
