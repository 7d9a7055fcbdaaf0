"""Bars and tables: with rich on a terminal, plain everywhere else, and plain on a terminal without rich."""

import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from calculator import terminal


class Terminal:
    """What is written to it, and that it says it is a terminal."""

    def __init__(self) -> None:
        self.written = ""
        self.encoding = "utf-8"

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


ROWS = [("北京", "1"), ("Shanghai", "22")]


def test_a_plain_table_has_columns_under_one_another(capsys):
    terminal.table(("Place", "Rows"), ROWS)
    assert capsys.readouterr().out.splitlines() == ["Place     Rows", "北京      1", "Shanghai  22"]


def test_with_rich_a_terminal_gets_lines_and_a_bar(screen):
    assert terminal.rich is not None, "the tests install the extra"
    with redirect_stdout(screen), redirect_stderr(screen):
        terminal.table(("Place", "Rows"), ROWS)
        with terminal.progress_bar() as progress:
            progress(50, 40, 80)
            progress(100, 80, 80)
    assert "┃" in screen.written and "Shanghai" in screen.written
    assert "100 rows" in screen.written and "100%" in screen.written


def test_without_rich_a_terminal_gets_plain_lines(screen, monkeypatch):
    monkeypatch.setattr(terminal, "rich", None)
    with redirect_stdout(screen), redirect_stderr(screen):
        terminal.table(("Place", "Rows"), ROWS)
        with terminal.progress_bar() as progress:
            progress(50, 40, 80)
            progress(50, 0, 0)
    assert "┃" not in screen.written and "Shanghai  22\n" in screen.written
    assert "\r50 rows, 50%" in screen.written


def test_nothing_is_drawn_into_a_file(capsys):
    with terminal.progress_bar() as progress:
        progress(50, 40, 80)
    assert capsys.readouterr() == ("", "")


def test_the_command_line_needs_no_library():
    code = "import sys; sys.modules['rich'] = None\nfrom calculator.__main__ import main\nsys.exit(main(['places']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("Name here") and "beijing" in done.stdout
