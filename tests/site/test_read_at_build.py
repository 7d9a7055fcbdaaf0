"""The wheel holds the law and the words already read, and they are those of the checkout."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from calculator.lawbook import lawbook
from calculator.words import LANGUAGES, read_templates
from scripts.site_tools.runtime import build_wheel

SAYS = """
import json
from calculator.lawbook import lawbook
from calculator.words import LANGUAGES, Words
book = lawbook()
records = {key: repr(record) for key, record in book.records.items()}
templates = {lang: dict(Words(lang).templates) for lang in LANGUAGES}
print(json.dumps({"hash": book.hash, "records": records, "glossary": len(book.glossary), "templates": templates}))
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build_wheel(folder / "built")) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_holds_no_sources_of_the_law(unpacked: Path) -> None:
    assert [file.name for file in unpacked.rglob("*.toml")] == []
    assert len(list(unpacked.rglob("read_at_build.pickle"))) == 2


def test_the_wheel_knows_the_same_law_and_words_as_the_checkout(unpacked: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SAYS], cwd=unpacked, capture_output=True, check=True, text=True)
    found = json.loads(done.stdout)
    book = lawbook()
    assert found["hash"] == book.hash
    assert found["records"] == {key: repr(record) for key, record in book.records.items()}
    assert found["glossary"] == len(book.glossary)
    assert found["templates"] == {lang: read_templates(lang) for lang in LANGUAGES}
