"""The PDFs: those of the built site, and small books printed here to plant faults in them."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import page as page_validation
import pypdf
import pytest
import yaml
from lxml import html

from calculator.form import SITUATIONS
from calculator.lawbook import lawbook
from scripts.site_tools import tags
from scripts.site_tools.pdf import BOOKS, DEBIAN_PACKAGES, PdfError, PdfUnavailable, build_pdf, paper, typeset
from scripts.site_tools.pdf.chapters import LOOKED_UP
from scripts.site_tools.pdf.edition import WORDS
from scripts.site_tools.situation_pages import page_of

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
LAW_CHECKED = date(2026, 11, 22)
#: A guide with more pages is not read by anybody.
MOST_PAGES = 300

PAGES = {
    "index.md": """
# First chapter { #first }

Read about [the gap](gap.md#table), or [all of **the *gap* 断缴**](gap.md). *Stressed 个人账户 words.*[^a]

!!! note "A boxed note"
    In the box.

??? warning "A folded note"
    What was folded away.

1. A step with a note

    !!! tip
        In a list.

2. A step with a table

    | A | B |
    | - | - |
    | 1 | 2 |

<details class="yb-example" open><summary>A worked example</summary>
<h4 class="yb-title" tabindex="-1">Two levels too low</h4>
<span aria-hidden="true">Only to look at</span>
<ol class="yb-steps"><li><p>A step</p><dl><div><dt>Who</dt><dd>you</dd></div></dl></li></ol></details>

<a href="gap/#situation=left">With a parameter</a>

Term
:   Meaning.

    More meaning, 缴费基数, and the [law](https://www.nhsa.gov.cn/art/2021/8/31/art_104_6148.html).

[^a]: The note’s text.

    And its second paragraph.
""",
    "gap.md": """
# Second chapter { #first }

=== "One tab"

    Behind the first tab.

=== "Another tab"

    Behind the second tab.

<div class="screen-only" markdown>
<form><label for="m">Month to type</label><input id="m"><button>Press</button></form>
</div>
<div class="print-only" markdown>
What stands on paper only, with a [link](#table).
</div>

## A long table { #table }

| Year | Head of the column |
| ---: | --- |
"""
    + "".join(f"| {1950 + year} | In words 年份 |\n" for year in range(76)),
}
CONFIG = """
site_name: A small book
site_description: Printed to be tested
theme: {name: material, font: false}
plugins: []
nav: [index.md, {Part: [gap.md]}]
markdown_extensions:
  [admonition, attr_list, def_list, footnotes, md_in_html, tables, toc: {permalink: true},
   pymdownx.details, pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def tools() -> None:
    """Where the PDF cannot be made, the build says so and goes on; so do the tests."""
    try:
        typeset.require_tools()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def write_book(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Write the sources of a small book, with pages changed or added, and give its configuration."""

    def write(pages: dict[str, str] | None = None, config: str = CONFIG) -> Path:
        folder = tmp_path_factory.mktemp("book")
        for name, text in (PAGES | (pages or {})).items():
            (folder / "docs" / name).parent.mkdir(exist_ok=True)
            (folder / "docs" / name).write_text(text, encoding="utf-8")
        file = folder / "mkdocs.yml"
        file.write_text(config, encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def small_books(write_book: Write) -> dict[str, Path]:
    config = write_book()
    books = {lang: config.parent / f"{lang}.pdf" for lang in WORDS}
    for lang, out in books.items():
        build_pdf(config, lang, out, law_checked=LAW_CHECKED, version="1.2.3")
    return books


@pytest.fixture(scope="session", params=WORDS)
def small_book(request: pytest.FixtureRequest, small_books: dict[str, Path]) -> Path:
    return small_books[request.param]


@pytest.fixture(scope="session", params=[f"{book} {lang}" for book in BOOKS for lang in WORDS])
def site_pdf(request: pytest.FixtureRequest) -> Path:
    return pdf_of_the_site(*request.param.split())


@pytest.fixture(scope="session", params=[f"{where} {lang}" for where in (*BOOKS, "small") for lang in WORDS])
def any_pdf(request: pytest.FixtureRequest, small_books: dict[str, Path]) -> Path:
    where, lang = request.param.split()
    return small_books[lang] if where == "small" else pdf_of_the_site(where, lang)


def pdf_of_the_site(book: str, lang: str) -> Path:
    path = SITE / "pdf" / f"{book}-{lang}.pdf"
    assert path.is_file(), "there is no such PDF: run ./scripts/build first"
    return path


@pytest.fixture(scope="session")
def lang(site_pdf: Path) -> str:
    return site_pdf.stem.rpartition("-")[2]


@pytest.fixture(scope="session")
def site_book(site_pdf: Path) -> pypdf.PdfReader:
    return opened(site_pdf)


@cache
def opened(path: Path) -> pypdf.PdfReader:
    """A book, opened once: to find its five hundred pages takes ten seconds."""
    return pypdf.PdfReader(path)


@pytest.fixture(scope="session")
def site_text(site_pdf: Path) -> str:
    """The words of a whole book, by a program of the test's Debian packages that takes a quarter of pypdf's time."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.fail("pdftotext was not found: install your system's poppler-utils package")
    return subprocess.run([program, "-raw", site_pdf, "-"], capture_output=True, check=True, encoding="utf-8").stdout


def text_of(book: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in book.pages)


def print_it(config: Path, **options: object) -> str:
    out = config.parent / "out.pdf"
    build_pdf(config, "en", out, **{"law_checked": LAW_CHECKED, **options})
    return text_of(pypdf.PdfReader(out))


# --- the PDFs of the site -----------------------------------------------------------------------------


def test_the_guide_is_more_than_a_leaflet_and_can_be_read_through(site_book: pypdf.PdfReader, site_pdf: Path) -> None:
    """What there is to look up is a book of its own, so that nobody prints it to read the guide."""
    pages = len(site_book.pages)
    assert 50 < pages < MOST_PAGES if site_pdf.stem.startswith("guide") else pages > 100


def test_both_languages_show_latin_and_chinese_script(site_text: str) -> None:
    assert re.search(r"[A-Za-z]{3}", site_text)
    assert re.search(r"[\u4e00-\u9fff]{2}", site_text)


def test_language_title_and_tags_are_declared(site_book: pypdf.PdfReader, lang: str) -> None:
    root = site_book.trailer["/Root"]
    assert root["/Lang"] == WORDS[lang].html_lang
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert site_book.metadata.title
    assert site_book.metadata.author


def test_the_cover_says_what_was_checked_when_and_what_this_is_not(site_book: pypdf.PdfReader, lang: str) -> None:
    cover = "".join(site_book.pages[0].extract_text().split())
    assert "".join(WORDS[lang].notice.split()) in cover
    assert re.search(r"\d{1,2}[A-Z][a-z]+20\d\d" if lang == "en" else r"20\d\d年\d{1,2}月\d{1,2}日", cover)


def test_the_outline_names_every_page_of_the_book(site_book: pypdf.PdfReader, site_pdf: Path, lang: str) -> None:
    outline = [entry.title for entry in site_book.outline if not isinstance(entry, list)]
    assert outline == [WORDS[lang].contents, *titles_on_the_site(lang, site_pdf.stem.rpartition("-")[0])]


def test_each_law_stands_below_its_place(site_book: pypdf.PdfReader, site_pdf: Path, lang: str) -> None:
    """Every text of the law once in the book to look things up, and none in the guide."""
    below = [entry for entry in site_book.outline if isinstance(entry, list)]
    titles = Counter(entry.title for entries in below for entry in entries if not isinstance(entry, list))
    laws = Counter("".join(one.title.in_(lang).split()) for one in lawbook().instruments.values())
    found = Counter({"".join(title.split()): count for title, count in titles.items()})
    assert laws - found == ({} if site_pdf.stem.startswith("reference") else laws)


def titles_on_the_site(lang: str, book: str) -> Iterator[str]:
    plan = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    # Situations and places follow their overview by themselves (nav_hook.py).
    for overview, made in (
        ("index.md", [page_of(situation) for situation in SITUATIONS]),
        ("places.md", [f"places/{place}.md" for place in (*lawbook().places, "elsewhere")]),
    ):
        after = plan.index(overview) + 1
        plan[after:after] = made
    for name in plan:
        # The list of tags is for the screen.
        if name == tags.PAGE or name.startswith(LOOKED_UP) != (book == "reference"):
            continue
        folder = "" if name == "index.md" else name.removesuffix(".md")
        file = SITE / lang / folder / "index.html"
        if file.is_file():
            (heading,) = html.parse(str(file)).xpath("//article//h1")
            for link in heading.xpath(".//a[contains(@class, 'headerlink')]"):
                link.drop_tree()
            yield " ".join(heading.text_content().split())


def test_the_contents_name_the_page_each_chapter_is_on(site_book: pypdf.PdfReader) -> None:
    chapters = [entry for entry in site_book.outline if not isinstance(entry, list)][1:]
    first = site_book.get_destination_page_number(chapters[0])
    contents = "".join("".join(page.extract_text().split()) for page in site_book.pages[1:first])
    # The next title may begin with a year.
    for chapter in chapters:
        number = site_book.get_destination_page_number(chapter) + 1
        assert re.search(re.escape("".join(chapter.title.split())) + rf"\.*{number}(?=20\d\d|\D|$)", contents), (
            chapter.title
        )


def test_every_font_is_in_the_file_and_one_is_chinese(site_book: pypdf.PdfReader) -> None:
    fonts = dict(fonts_of(site_book))
    assert fonts
    assert not [name for name, embedded in fonts.items() if not embedded]
    assert [name for name in fonts if "CJK" in name]
    # A Japanese or Korean face would draw some of the same characters differently.
    assert not [name for name in fonts if "CJK" in name and "CJK-SC" not in name]


def fonts_of(book: pypdf.PdfReader) -> Iterator[tuple[str, bool]]:
    for page in book.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            for part in font.get("/DescendantFonts", [font]):
                descriptor = part.get_object()["/FontDescriptor"]
                yield font["/BaseFont"], any(key.startswith("/FontFile") for key in descriptor)


def test_links_lead_within_the_book_or_to_a_public_address(any_pdf: Path) -> None:
    book = opened(any_pdf)
    links = list(links_of(book))
    within = {link["/Dest"] for link in links if "/Dest" in link}
    without = {link["/A"]["/URI"] for link in links if "/A" in link}
    assert within
    assert within <= set(book.named_destinations)
    assert not [address for address in without if not re.match(r"https?://[^/]+\.[a-z]+(/|$)|mailto:|tel:", address)]
    assert all(link["/Contents"] for link in links)


def links_of(book: pypdf.PdfReader) -> Iterator[dict]:
    for page in book.pages:
        for annotation in page.get("/Annots", []):
            if (link := annotation.get_object())["/Subtype"] == "/Link":
                yield link


def test_no_template_is_left_over(site_text: str) -> None:
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\{ ?#", site_text)


def test_the_file_passes_every_rule_of_pdf_ua(any_pdf: Path) -> None:
    report = page_validation.validate_pdf(any_pdf, profile="ua1")
    assert report.rules.total > 100
    assert not [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


# --- what becomes of a page on its way to paper ---------------------------------------------------------


def test_what_is_for_the_screen_stays_there(small_book: Path) -> None:
    text = text_of(opened(small_book))
    assert "What stands on paper only" in text
    assert "Month to type" not in text
    assert "Press" not in text
    assert "Only to look at" not in text
    assert "¶" not in text


def test_what_is_folded_on_the_screen_is_open_on_paper(small_book: Path) -> None:
    text = text_of(opened(small_book))
    for words in ("A folded note", "What was folded away", "One tab", "Behind the first tab", "Another tab"):
        assert words in text
    assert text.index("Another tab") < text.index("Behind the second tab")


def test_the_head_of_a_table_is_repeated_on_each_page(small_book: Path) -> None:
    pages = [page.extract_text() for page in opened(small_book).pages]
    with_rows = [text for text in pages if "In words" in text]
    assert len(with_rows) > 1
    assert all("Head of the column" in text for text in with_rows)


def test_a_link_in_several_typefaces_is_one_link(small_book: Path) -> None:
    """Bold, italic and Chinese pieces of one link would each be a link to a reader who listens."""
    first_chapter = [link for link in links_of(opened(small_book)) if link.get("/Dest") == "p-gap"]
    in_text = [link for link in first_chapter if link["/Contents"] == "Second chapter"]
    # One in the contents; in the text one for the words and one for the page number behind them.
    assert 2 <= len(in_text) <= 3


def test_the_space_before_marked_words_stands_apart() -> None:
    """WeasyPrint breaks lines wrongly where text before marked words ends in a space; see paper.py."""
    body = html.fragment_fromstring("<p>Some text <em>marked</em> and\n<a>linked</a>, <b>bold</b></p>")
    paper.set_spaces_apart(body)
    space = "<span> </span>"
    assert html.tostring(body, encoding="unicode") == (
        f"<p>Some text{space}<em>marked</em> and{space}<a>linked</a>,{space}<b>bold</b></p>"
    )


def test_a_heading_goes_when_all_below_it_was_for_screens() -> None:
    body = html.fragment_fromstring(
        "<section><h1>One</h1><h2>Kept</h2><h3>Only a form</h3><form></form><h3>Nothing either</h3>"
        "<h2>Goes</h2><p class='screen-only'>To press</p><h3>Goes too</h3><h2>Words</h2>behind it</section>"
    )
    body.find("h2").addnext(html.fragment_fromstring("<p>Here.</p>"))
    paper.leave_out_what_is_for_screens(body)
    paper.leave_out_headings_of_nothing(body)
    assert [heading.text for heading in body.xpath("./h1 | ./h2 | ./h3")] == ["One", "Kept", "Words"]


def test_a_note_in_chinese_is_as_long_as_it_looks() -> None:
    """Kept together, a long one would leave its heading alone on a page."""
    body = html.fragment_fromstring(
        f"<section><div class='admonition'>{'letters ' * 80}</div><div class='admonition'>{'断缴' * 200}</div></section>"
    )
    paper.keep_short_notes_together(body)
    assert ["short" in note.get("class") for note in body] == [True, False]


def test_what_many_chapters_call_alike_is_left_out_of_the_contents(write_book: Write) -> None:
    pages = {
        f"{name}.md": f"# Chapter {name}\n\n## Own {name} {{ #own }}\n\na\n\n## Sources {{ #sources }}\n\nb"
        for name in "abc"
    }
    config = write_book(pages, CONFIG.replace("nav: [index.md,", "nav: [index.md, a.md, b.md, c.md,"))
    build_pdf(config, "en", config.parent / "out.pdf")
    contents = opened(config.parent / "out.pdf").pages[1].extract_text()
    assert all(f"Own {name}" in contents for name in "abc") and "Sources" not in contents


def test_an_official_address_is_printed(small_book: Path) -> None:
    assert "www.nhsa.gov.cn/art/2021/8/31/art_104_6148.html" in text_of(opened(small_book))


def test_the_running_head_is_no_content(small_book: Path) -> None:
    content = opened(small_book).pages[-1].get_contents().get_data()
    assert content.count(b"/Pagination") >= 3


def test_the_same_input_gives_the_same_bytes(write_book: Write) -> None:
    """Also in another process, another folder and with other hashes of strings."""
    books = []
    for seed in ("1", "2"):
        config = write_book()
        out = config.parent / "book.pdf"
        subprocess.run(
            [sys.executable, "-m", "scripts.site_tools.pdf", config, "zh", out, "--law-checked", "2026-11-22"],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
        )
        books.append(out.read_bytes())
    assert books[0] == books[1]


def test_places_and_law_are_a_book_of_their_own(write_book: Write) -> None:
    """A law is in no navigation: it stands below its place. A link into the other book is plain text that says so."""
    pages = {
        "index.md": "# One { #one }\n\n[Article 63](law/sz-256.md#art63){ .yb-cite-link } and [Shenzhen](places/shenzhen.md)",
        "places/shenzhen.md": "# Shenzhen { #place }\n\n## Sources { #sources }\n\n[Measures](../law/sz-256.md) [One](../index.md)",
        "law/sz-256.md": "# Measures { #law }\n\n## What it says { #says }\n\n### Article 63 { #art63 }\n\nTo pay.",
    }
    config = write_book(pages, CONFIG.replace("nav: [index.md,", "nav: [index.md, places/shenzhen.md,"))
    guide, reference = (config.parent / f"{book}.pdf" for book in BOOKS)
    assert build_pdf(config, "en", guide).chapters == ("One", "Second chapter")
    assert build_pdf(config, "en", reference, book="reference").chapters == ("Shenzhen", "Measures")
    assert "Article 63 and Shenzhen (other book)" in text_of(opened(guide)) and "To pay." not in text_of(opened(guide))
    outline = opened(reference).outline
    assert [one.title for one in outline if not isinstance(one, list)] == ["Contents", "Shenzhen"]
    assert [one.title for one in outline[2] if not isinstance(one, list)] == ["Sources", "Measures"]
    assert opened(reference).metadata.title == "A small book: Places and law"


def test_the_report_tells_what_was_printed(write_book: Write) -> None:
    config = write_book({"index.md": "# One { #one }\n\n<a href='../pdf/guide-en.pdf'>This book</a>, 中文"})
    report = build_pdf(config, "en", config.parent / "out.pdf", law_checked=LAW_CHECKED)
    assert report.chapters == ("One", "Second chapter")
    assert report.size == report.path.stat().st_size
    assert report.unlinked == ("index.md: ../pdf/guide-en.pdf",)


# --- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("[x](gap.md#nowhere)", "the link gap/#nowhere leads to no place in gap.md"),
        ("[x](#nowhere)", "the link #nowhere leads to no place in index.md"),
        ("[x](missing.md)", "the link missing.md leads to no page of the guide"),
        ("<a href='../gap/'>x</a>", "the link ../gap/ leads to no page of the guide"),
        ("<a href='/en/gap/'>x</a>", "the link /en/gap/ leads out of the guide"),
        ("<a href='javascript:x'>x</a>", "leads out of the guide"),
        ("[](gap.md)", "has no text"),
        ("![](missing.png)", "the picture missing.png has no alternative text"),
        ("![A line](missing.png)", "the picture missing.png is not among the guide's files"),
        ("Left {{ over }}", "template left over"),
        ("### Not read {: #x\n\nWords.", "template left over"),
        ("<p id='twice'>a</p><p id='twice'>b</p>", "two elements have the id twice"),
        ("A sign no font here has: \U0001f9ff\ue777", "no font has the sign"),
    ],
)
def test_a_planted_fault_stops_the_printing(write_book: Write, page: str, fault: str) -> None:
    config = write_book({"index.md": f"# One {{ #one }}\n\n{page}"})
    with pytest.raises(PdfError, match=re.escape(fault)):
        print_it(config)


def test_all_faults_are_told_at_once(write_book: Write) -> None:
    config = write_book({"index.md": "# One\n\n[a](gap.md#nowhere) [b](#nowhere)"})
    with pytest.raises(PdfError) as caught:
        print_it(config)
    assert len(str(caught.value).splitlines()) == 2


def test_without_chinese_fonts_one_sentence_says_what_to_install(
    write_book: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "installed_faces", lambda: {"DejaVu Sans", "Noto Sans CJK SC"})
    with pytest.raises(PdfUnavailable) as caught:
        print_it(write_book())
    sentence = str(caught.value)
    assert "missing font Noto Serif CJK SC" in sentence
    assert "\n" not in sentence
    assert all(package in sentence for package in DEBIAN_PACKAGES)


def test_without_its_libraries_one_sentence_says_what_to_install(
    write_book: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    # None in sys.modules makes "import weasyprint" fail as a missing library does.
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0"):
        print_it(write_book())
