"""One call from a MkDocs configuration to a PDF and what there is to say about it."""

import hashlib
import time
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import html

from .chapters import GUIDE, read_guide
from .edition import WORDS, bind, title_of, titles_of
from .errors import PdfError
from .paper import to_paper
from .typeset import require_tools, typeset


@dataclass(frozen=True)
class PdfReport:
    """What was printed. `unlinked` are links to other parts of the site, printed as plain text."""

    path: Path
    lang: str
    title: str
    chapters: tuple[str, ...]
    pages: int
    size: int
    sha256: str
    seconds: float
    internal_links: int
    external_links: int
    unlinked: tuple[str, ...]
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path.name}: {self.pages} pages, {self.size / 1000:.0f} kB, {self.seconds:.1f} s"


def build_pdf(
    config_file: Path,
    lang: str,
    out: Path,
    *,
    book: str = GUIDE,
    law_checked: date | None = None,
    version: str | None = None,
) -> PdfReport:
    """Print a book of the guide that `config_file` describes to `out`: `book` is one of BOOKS.

    `law_checked` and `version` stand on the cover. Without them the configuration's `extra.law_checked` and
    `extra.version` are used, then the version in pyproject.toml beside the configuration.

    Raises PdfUnavailable if a library or font is missing, PdfError if the guide holds what cannot be printed.
    """
    started = time.perf_counter()
    require_tools()
    config_file = Path(config_file).resolve()
    words = WORDS[lang]
    guide = read_guide(config_file, lang, book)
    found = to_paper(guide, lang, words.notes, config_file.parent / "docs" / "assets")
    if found.faults:
        raise PdfError(_told_once(found.faults))
    document = bind(
        guide,
        words,
        law_checked or _day(guide.extra.get("law_checked")),
        version or str(guide.extra.get("version") or _project_version(config_file.parent)),
        book,
    )
    source = html.tostring(document, encoding="unicode", doctype="<!doctype html>")
    printed = typeset(source, lang, titles_of(guide))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(printed.data)
    return PdfReport(
        path=out,
        lang=lang,
        title=title_of(guide, words, book),
        chapters=tuple(chapter.title for chapter in guide.chapters),
        pages=printed.pages,
        size=len(printed.data),
        sha256=hashlib.sha256(printed.data).hexdigest(),
        seconds=time.perf_counter() - started,
        internal_links=found.internal_links,
        external_links=found.external_links,
        unlinked=tuple(found.unlinked),
        warnings=printed.warnings,
    )


def _told_once(faults: list[str], at_most: int = 40) -> str:
    different = list(dict.fromkeys(faults))
    more = [f"and {len(different) - at_most} more"] if len(different) > at_most else []
    return "\n".join(different[:at_most] + more)


def _day(value: object) -> date | None:
    """YAML reads an unquoted 2026-11-22 as a date and a quoted one as text; both mean the day."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _project_version(root: Path) -> str:
    project = root / "pyproject.toml"
    return tomllib.loads(project.read_text("utf-8"))["project"]["version"] if project.is_file() else ""
