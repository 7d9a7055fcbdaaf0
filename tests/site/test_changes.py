"""What has changed: the page tells what the data tell, pages know the day of their last change, and the picture is drawn
from the rules."""

import re
import subprocess
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from calculator.lawbook import lawbook
from scripts.site_tools import page_source
from scripts.site_tools.change_pages import told_changes
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import ROOT

EN = LawPages("en")


def test_told_changes_are_whole_newest_first_and_of_the_versions_there_are() -> None:
    told = told_changes()
    days = [one["day"] for one in told]
    assert days == sorted(days, reverse=True) and all(type(day) is date for day in days)
    assert all(one["kind"] in ("site", "law") and one["en"].strip() and one["zh"].strip() for one in told)
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert list(dict.fromkeys(one["version"] for one in told)) == ["next" if h == "Unreleased" else h for h in headings]


def test_a_change_of_the_law_is_listed_and_the_edge_of_what_we_know_is_not() -> None:
    listed = EN.law_changes()
    # Shenzhen's cut of the rate ended with the year 2025 (notice of 2026).
    row = next(one for one in listed.split("<tr>") if "1 January 2026<br>" in one and ">Shenzhen<" in one)
    assert 'href="place:shenzhen#rate"' in row
    # From that day on no place is known; it is the law to come that changes something then, and it has a page of its own.
    assert "1 January 2027" not in listed
    place = lawbook().places["wuhan"]
    assert any(one.lives_from == place.known_from for one in lawbook().records.values() if one.place == "wuhan")
    assert not re.search(rf"{EN._words.day(place.known_from)}<br>[^<]*<a[^>]*>Wuhan<", listed)


def test_the_picture_of_the_whole_refuses_rules_that_no_longer_say_it() -> None:
    assert EN.whole_picture().startswith("<figure")
    with pytest.raises(ValueError, match="cover_stop"):
        EN._one_answer("cover_stop", "cover_ends")


# -- the day of the last change ---------------------------------------------------------------------------


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), **identity, **days}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two files of the first day; the second was changed on the next."""
    folder = tmp_path / "whole"
    folder.mkdir()
    git(folder, "init")
    for day, names in (("2026-01-01", ("一.md", "two.md")), ("2026-01-02", ("two.md",))):
        for name in names:
            (folder / name).write_text(day)
        git(folder, "add", ".")
        git(folder, "commit", "-m", day, day=day)
    return folder


def test_a_file_was_changed_on_the_day_of_its_last_commit(repository: Path) -> None:
    assert page_source.changed_on(repository) == {"一.md": date(2026, 1, 1), "two.md": date(2026, 1, 2)}


def test_without_the_whole_history_no_day_is_told(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "shallow")
    (tmp_path / "bare").mkdir()
    assert page_source.changed_on(tmp_path / "shallow") == {}
    assert page_source.changed_on(tmp_path / "bare") == {}


# -- where a page can be corrected ------------------------------------------------------------------------


def context_of(page: str, edit: str, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(page_source, "changed_on", lambda: {"docs/en/faq.md": date(2026, 11, 22)})
    made = SimpleNamespace(file=SimpleNamespace(src_uri=page), meta={}, edit_url=None)
    config = SimpleNamespace(theme={"language": "en"}, extra={"project": {"edit": edit}})
    page_source.on_page_context({}, made, config, None)
    return made


def test_a_page_tells_its_day_and_with_an_address_where_it_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = context_of("faq.md", "", monkeypatch)
    assert (silent.edit_url, silent.meta) == (None, {"git_revision_date_localized": "22 November 2026"})
    told = context_of("places/wuhan.md", "https://code.example/edit/", monkeypatch)
    assert (told.edit_url, told.meta) == ("https://code.example/edit/calculator/law/places/wuhan.toml", {})
    assert context_of("places/elsewhere.md", "https://code.example/edit/", monkeypatch).edit_url is None
