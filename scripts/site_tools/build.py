"""The whole build, in order. Run as ``python -m scripts.site_tools.build``; ./scripts/build does.

The site is put together in build/site and takes the place of site/ when it is
complete and without a fault, so that a failed build leaves the last good site alone.
"""

import argparse
import fcntl
import gc
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import jieba
import rjsmin
import tinycss2

from calculator.lawbook import lawbook
from scripts.site_tools import checks, csp, embed_page, pages, postprocess, prose, runtime, search_index, stage, typed
from scripts.site_tools.html_files import BuiltSite
from scripts.site_tools.paths import ASSETS, BUILD, DOCS, LANGUAGES, NEW_SITE, ROOT, SITE
from scripts.site_tools.pdf import BOOKS, PdfError, PdfUnavailable, build_pdf
from scripts.site_tools.pdf.typeset import require_tools

#: The style sheets of every page, in the order in which they add to each other: the theme's, the same in both languages, and ours.
THEME_STYLES = ("main", "palette")
PAGE_STYLES = ("site.css", "calculator.css", "asking.css", "guide.css")


class BuildError(Exception):
    """The site cannot be built; the message says why."""


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """Two builds at once would mix their files: the second waits."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another build to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pdf_tools_present() -> bool:
    try:
        require_tools()
    except PdfUnavailable as reason:
        say(f"{reason} (the rest of the site is built)")
        return False
    return True


def shared_files(site: Path) -> None:
    """What both languages use, once: our styles and scripts, and the two pages at the root."""
    shutil.copytree(ASSETS, site / "assets")
    styles = site / "assets" / "styles"
    # A page is not shown before its style sheets are there: one is there sooner than six, and once for both languages.
    theme = [file for name in THEME_STYLES for file in (site / "en/assets/stylesheets").glob(f"{name}.*.min.css")]
    if len(theme) != len(THEME_STYLES):
        raise BuildError(f"the theme has other style sheets than {THEME_STYLES}: {[file.name for file in theme]}")
    sheets = [file.read_text(encoding="utf-8") for file in (*theme, *(styles / name for name in PAGE_STYLES))]
    (styles / "pages.css").write_text("".join(map(without_comments, sheets)), encoding="utf-8")
    for name in PAGE_STYLES:
        (styles / name).unlink()
    # What explains a script is for those who write it; a phone fetches a third less.
    for script in (site / "assets").rglob("*.js"):
        script.write_text(rjsmin.jsmin(script.read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("index.html", "404.html"):
        shutil.copyfile(DOCS / name, site / name)


def without_comments(sheet: str) -> str:
    """A style sheet as browsers need it: what stands between its rules is for those who write it."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(rule.serialize() for rule in rules) + "\n"


def schemas(site: Path) -> None:
    """The description of the facts the calculator takes, and of the answer it gives, for programs."""
    folder = site / "schema"
    folder.mkdir()
    for name in ("facts", "assessment"):
        command = [sys.executable, "-m", "calculator", "schema", name]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0:
            raise BuildError(f"python -m calculator schema {name} failed:\n{result.stderr}")
        (folder / f"{name}.schema.json").write_text(result.stdout, encoding="utf-8")


def make_pdf(lang: str, book: str, target: Path) -> str:
    """One book; returns the line to print about it, or raises PdfError."""
    jieba.setLogLevel(logging.WARNING)
    law_checked = lawbook().read_until
    # A book in the making is millions of things that are all needed to the end: to look again and again for those that are
    # not takes time and finds nothing.
    gc.disable()
    try:
        return str(build_pdf(ROOT / f"mkdocs.{lang}.yml", lang, target, book=book, law_checked=law_checked))
    finally:
        gc.enable()
        gc.collect()


def pdfs(site: Path) -> None:
    """All books at the same time, each in a process of its own; those that take longest begin first."""
    wanted = [(lang, book, site / "pdf" / f"{book}-{lang}.pdf") for book in reversed(BOOKS) for lang in LANGUAGES]
    with ProcessPoolExecutor() as pool:
        for line in pool.map(make_pdf, *zip(*wanted, strict=True)):
            print(f"    {line}")


def put_in_place() -> None:
    old = BUILD / "old-site"
    shutil.rmtree(old, ignore_errors=True)
    if SITE.exists():
        SITE.rename(old)
    NEW_SITE.rename(SITE)
    shutil.rmtree(old, ignore_errors=True)


def build(*, with_pdf: bool = True) -> None:
    shutil.rmtree(NEW_SITE, ignore_errors=True)
    NEW_SITE.mkdir(parents=True)
    has_pdf = with_pdf and pdf_tools_present()

    say("Filling in the pages from the law data")
    stage.stage(has_pdf=has_pdf)
    say("Making the pages, English and Chinese (half a minute)")
    pages.build_all()
    search_index.add_names(NEW_SITE)
    search_index.mend_worker(NEW_SITE)
    shared_files(NEW_SITE)
    schemas(NEW_SITE)
    say("Putting together Python for the browser (a few seconds)")
    runtime.build(NEW_SITE / "runtime")
    if has_pdf:
        say("Making the PDFs (a few minutes)")
        pdfs(NEW_SITE)
    say("Correcting and checking the pages")
    postprocess.postprocess(NEW_SITE)
    embed_page.build(NEW_SITE)
    csp.write_policy(NEW_SITE)
    built = BuiltSite(NEW_SITE)
    found = [*typed.faults(), *checks.faults(built), *prose.faults(built)]
    if found:
        raise BuildError("the site has faults:\n" + "\n".join(f"  {fault}" for fault in found))
    put_in_place()


EXPECTED = (
    BuildError,
    PdfError,
    stage.StagingError,
    pages.PagesError,
    runtime.RuntimeBuildError,
    search_index.SearchError,
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Build the site into site/.")
    parser.add_argument("--no-pdf", action="store_true", help="leave the books out, which take most of the time")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        with alone():
            build(with_pdf=not options.no_pdf)
    except EXPECTED as error:
        print(f"The site was not built: {error}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    say(f"The site is in site/ ({size / 1e6:.1f} MB, {time.monotonic() - started:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
