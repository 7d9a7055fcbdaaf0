"""The page on many people at once: its table and its programme are run as they stand there."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from calculator.batch import ANSWERS, answer_row
from scripts.site_tools.paths import DOCS, LANGUAGES, ROOT


def block(lang: str, kind: str) -> str:
    """The one piece of code of this kind on the page."""
    text = (DOCS / lang / "batch.md").read_text("utf-8")
    [found] = re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)
    return found


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(block("en", "csv"), "utf-8")
    return tmp_path


def rows_of(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_the_table_of_the_page_is_answered_as_it_says(people):
    assert block("en", "csv") == block("zh", "csv")
    command = block("en", "sh").split()
    assert command[0] == "python" and block("zh", "sh").split() == command
    done = run(command[1:], people)
    assert done.returncode == 0, done.stderr
    answered = rows_of(people / "answers.csv")
    assert [row["own_number"] for row in answered if row["error"]] == ["4"]
    assert all(row["answer"] and row["made_by"] for row in answered if not row["error"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_programme_of_the_page_gives_the_same_answers_over_a_cluster(people, lang):
    (people / "cluster.py").write_text(block(lang, "python"), "utf-8")
    done = run(["cluster.py"], people)
    assert done.returncode == 0, done.stderr
    lines = [line for file in sorted((people / "answers").iterdir()) for line in file.read_text("utf-8").splitlines()]
    told = rows_of(people / "people.csv")
    assert [json.loads(line) for line in lines] == [{**row, **answer_row(row, lang)} for row in told]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_that_comes_out_is_explained(lang):
    text = (DOCS / lang / "batch.md").read_text("utf-8")
    assert [name for name in ANSWERS if f"`{name}`" not in text] == []
