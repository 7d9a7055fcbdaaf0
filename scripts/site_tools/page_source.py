"""MkDocs hook: where the words of a page come from: its file, the day on which that was last changed, and where to correct it.

Days come from git. In a copy without git, or with a part of the history only, there is no such day, and pages say nothing of
it: a wrong day is worse than none. The address for corrections is a setting of mkdocs.yml (``extra.project``), empty until the
project has a public one.
"""

import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from calculator.words import Words
from scripts.site_tools.paths import DOCS, ROOT

#: Where pages that are made from data have it, by their folder.
MADE_FROM = {"places": ROOT / "calculator/law/places", "law": ROOT / "calculator/law/instruments"}


def source_of(lang: str, page: str) -> Path | None:
    """The file with the words of a page such as "places/wuhan.md"; None when it is made from more than one."""
    written = DOCS / lang / page
    made = MADE_FROM.get(Path(page).parent.as_posix())
    candidates = [written, *([made / f"{Path(page).stem}.toml"] if made else [])]
    return next((file for file in candidates if file.is_file()), None)


def _git(root: Path, *arguments: str) -> str | None:
    """What git says, or None when there is no git, or this is no copy of its own."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


@cache
def changed_on(root: Path = ROOT) -> dict[str, date]:
    """For each file, by its path from the root, the day of the last commit that changed it. Empty when git does not know."""
    if _git(root, "rev-parse", "--is-shallow-repository") != "false\n":
        return {}
    found: dict[str, date] = {}
    day = None
    log = (
        _git(root, "-c", "core.quotePath=off", "log", "--format=%x00%cs", "--name-only", "--relative", "--", ".") or ""
    )
    for line in log.splitlines():
        if line.startswith("\0"):
            day = date.fromisoformat(line[1:])
        elif line and day:
            found.setdefault(line, day)
    return found


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Tell the theme the day of the last change and, with an address in mkdocs.yml, where the text can be corrected."""
    lang = config.theme["language"]
    file = source_of(lang, page.file.src_uri)
    if file is not None:
        path = file.relative_to(ROOT).as_posix()
        if day := changed_on().get(path):
            page.meta["git_revision_date_localized"] = Words(lang).day(day)
        if edit := config.extra["project"]["edit"]:
            page.edit_url = edit + path
    return context
