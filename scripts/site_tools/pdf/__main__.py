"""python -m scripts.site_tools.pdf mkdocs.en.yml en site/pdf/guide-en.pdf --law-checked 2026-11-22"""

import argparse
import sys
from datetime import date
from pathlib import Path

from calculator.lawbook import lawbook

from . import BOOKS, PdfError, PdfUnavailable, build_pdf


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.site_tools.pdf", description="Prints the guide.")
    parser.add_argument("config", type=Path, help="the MkDocs configuration of one language")
    parser.add_argument("lang", choices=["en", "zh"])
    parser.add_argument("out", type=Path)
    parser.add_argument("--book", choices=BOOKS, default=BOOKS[0], help="the guide, or places and law to look up")
    parser.add_argument("--law-checked", type=date.fromisoformat, metavar="DATE", help="else the law data's latest")
    parser.add_argument("--version", help="the version on the cover")
    wanted = parser.parse_args()
    try:
        report = build_pdf(
            wanted.config,
            wanted.lang,
            wanted.out,
            book=wanted.book,
            law_checked=wanted.law_checked or lawbook().read_until,
            version=wanted.version,
        )
    except (PdfError, PdfUnavailable) as error:
        print(error, file=sys.stderr)
        return 1
    print(report)
    for line in (*report.unlinked, *report.warnings):
        print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
