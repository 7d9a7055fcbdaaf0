"""Setting the book: WeasyPrint, its libraries and fonts, and a look at what came out."""

import contextlib
import io
import logging
import subprocess
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from .errors import PdfError, PdfUnavailable

STYLES = Path(__file__).parent
CHINESE_FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC")
DEBIAN_PACKAGES = (
    *("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),  # WeasyPrint's
    *("fonts-noto-cjk", "fonts-sil-charis", "fonts-dejavu-core"),  # the book's
)
_HOW = f"on Debian: apt-get install {' '.join(DEBIAN_PACKAGES)}"


#: Two passes settle most books: one to find the pages, one with their numbers, which may move a line; then one more.
MOST_PASSES = 5
#: What stands for a page number in the first pass: as wide as most.
_PLACEHOLDER = 100


@dataclass(frozen=True)
class Printed:
    data: bytes
    pages: int
    warnings: tuple[str, ...]


def require_tools() -> None:
    """Raise PdfUnavailable unless WeasyPrint runs here and the Chinese fonts are installed."""
    try:
        # A missing library makes WeasyPrint print a long notice before it fails; ours is shorter.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint  # noqa: F401
            from weasyprint.text import ffi
    except (ImportError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise PdfUnavailable(f"No PDF: WeasyPrint cannot be loaded ({reason}); {_HOW}") from error
    if ffi.harfbuzz_subset is None:
        raise PdfUnavailable(f"No PDF: missing library harfbuzz-subset; {_HOW}")
    missing = [face for face in CHINESE_FACES if face not in installed_faces()]
    if missing:
        raise PdfUnavailable(f"No PDF: missing font {' and '.join(missing)}; {_HOW}")


def installed_faces() -> set[str]:
    """The font families fontconfig knows; Pango, which comes with fontconfig, chooses among these."""
    try:
        listing = subprocess.run(
            ["fc-list", "--format", "%{family}\n"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise PdfUnavailable(f"No PDF: fontconfig's fc-list does not run; {_HOW}") from error
    return {name.strip() for line in listing.splitlines() for name in line.split(",")}


def put_page_numbers(document: Element, numbers: Mapping[str, int]) -> None:
    """Tell each link within the book which page it leads to, for the style sheets to print.

    They could ask WeasyPrint for the number (target-counter), but in a book of some hundred pages it prints numbers of
    an earlier pass: the contents were one page short from the middle on.
    """
    for link in document.iter("a"):
        if (target := link.get("href", "")).startswith("#"):
            link.set("data-page", str(numbers.get(target[1:], _PLACEHOLDER)))


def typeset(document: str, lang: str, titles: Mapping[str, str]) -> Printed:
    """The PDF/UA-1 file of an HTML document. Whatever WeasyPrint calls an error is one.

    `titles` has for each id a link leads to the words of the heading found there.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    from .tagging import finish, page_references_remembered

    # Everything the book shows is inside its HTML: nothing else is read from disk or network.
    embedded_only = URLFetcher(allowed_protocols=("data",))
    with _overheard() as messages:
        styles = [CSS(filename=STYLES / f"{name}.css") for name in ("book", "pieces", lang)]
        source = HTML(string=document, url_fetcher=embedded_only)
        found: dict[str, int] = {}
        for _ in range(MOST_PASSES):
            numbers = found
            put_page_numbers(source.etree_element, numbers)
            book = source.render(stylesheets=styles, pdf_variant="pdf/ua-1")
            # An element over several pages is found on each of them: it begins on the first.
            pages = reversed(list(enumerate(book.pages, 1)))
            found = {anchor: number for number, page in pages for anchor in page.anchors}
            if found == numbers:
                break
        else:
            raise PdfError(f"the page numbers do not settle in {MOST_PASSES} passes")
        with page_references_remembered():
            data = book.write_pdf(pdf_variant="pdf/ua-1", finisher=lambda _, pdf: finish(pdf, titles))
    errors = [record.getMessage() for record in messages if record.levelno >= logging.ERROR]
    errors += [
        f"no font has the sign {chr(sign)!r} (U+{sign:04X}), wanted in {font.family}"
        for font in book.fonts.values()
        for sign in font.missing
        if unicodedata.category(chr(sign)) not in ("Cc", "Cf", "Zs")
    ]
    if errors:
        raise PdfError("\n".join(errors))
    return Printed(data, len(book.pages), tuple(record.getMessage() for record in messages))


@contextlib.contextmanager
def _overheard():
    """Collect WeasyPrint's log records instead of printing them."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    others, logger.handlers = logger.handlers, [handler]
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = others, propagate
