"""The guide as printed books: two tagged PDFs (PDF/UA-1) per language, the guide and what there is to look up.

    report = build_pdf(Path("mkdocs.en.yml"), "en", Path("guide-en.pdf"), law_checked=date(2026, 11, 22))

Each module has one concern, and build calls them in this order:

    chapters   asks MkDocs for its pages, rendered by MkDocs' own Markdown
    paper      turns what is made for a screen into what is made for paper
    links      makes links between pages links within the book
    edition    adds cover, contents and the words of the language
    typeset    sets the book with WeasyPrint and the style sheets here
    tagging    mends WeasyPrint's tags for readers who listen

The same pages, date, version and fonts give the same bytes: nothing asks for the time.
"""

from .build import PdfReport, build_pdf
from .chapters import BOOKS
from .errors import PdfError, PdfUnavailable
from .typeset import DEBIAN_PACKAGES

__all__ = ["BOOKS", "DEBIAN_PACKAGES", "PdfError", "PdfReport", "PdfUnavailable", "build_pdf"]
