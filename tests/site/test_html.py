"""The HTML of the site is valid by the Nu checker of the W3C: every page that is not one of many of a kind."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.shown import shown

PLANTED = """<!doctype html><html lang="en"><title>x</title><p><div>A block in a paragraph</div></p></html>"""


def complaints(files: list[Path], root: Path) -> list[tuple[str, str]]:
    """What the checker says: file and sentence, errors and warnings."""
    java = shutil.which("java")
    if java is None:
        pytest.fail("Java was not found: install your system's default-jre-headless package")
    checker = root / "node_modules/vnu-jar/build/dist/vnu.jar"
    # The checker also guesses the language of a page, from a sample it draws by chance: with a seed, always the same.
    command = [java, "-Xss2m", "-Dnu.validator.checker.langDetectionSeed=1", "-jar", checker, "--stdout", "--exit-zero-always", "--format", "json", *files]
    result = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout)["messages"]
    return [(one["url"].removeprefix("file:"), f"{one.get('lastLine')}: {one['message']}") for one in said]


def test_every_page_is_valid_and_a_planted_fault_is_found(site: Path, root: Path, tmp_path: Path) -> None:
    """One run for all: to start the checker takes longer than to check twenty pages."""
    planted = tmp_path / "planted.html"
    planted.write_text(PLANTED)
    pages = [site / name for name in shown(site)]
    assert len(pages) > 50
    found = complaints([planted, *pages], root)
    assert any(file == str(planted) for file, _ in found)
    assert [one for one in found if one[0] != str(planted)] == []
