"""Corrections to the HTML that the theme makes.

They are made on the finished files and not inside MkDocs, so that they also hold
for another generator and for pages that MkDocs' own hooks never see. Each function
below is one correction; its docstring says what was wrong.
"""

from pathlib import Path

from lxml import html

from scripts.site_tools.glossary import terms
from scripts.site_tools.html_files import HtmlPage, read_pages, write_page
from scripts.site_tools.paths import LANGUAGES
from scripts.site_tools.term_links import Finder, link_terms

# Words the theme does not have, by language folder.
WORDS = {
    "en": {"menu": "Menu", "table": "Table {number}: {heading}", "changed": "Text last changed on"},
    "zh": {"menu": "菜单", "table": "表 {number}：{heading}", "changed": "文字最后修改于"},
}


def remove_unneeded(site: Path) -> None:
    """Files that serve no reader: source maps, empty site maps, "not found" pages that work at one depth only, and the
    theme's style sheets, which stand in ours (build.py)."""
    for lang in LANGUAGES:
        for pattern in ("**/*.map", "sitemap.xml*", "404.html", "assets/stylesheets/*.css"):
            for path in (site / lang).glob(pattern):
                path.unlink()


def name_language(page: HtmlPage) -> None:
    """The theme says "zh", which does not say which characters; a screen reader chooses its voice by this."""
    page.tree.set("lang", LANGUAGES[page.folder])


def link_same_page(page: HtmlPage) -> None:
    """The theme links the other language's first page; both languages have the same pages, so link the same page.

    In the head the relation is written with a blank after it. That means the same to
    every reader of HTML, but the theme's script, which looks for the exact word, then
    leaves the links alone: it would ask for a site map under each of them.
    """
    up = "../" * (len(page.name.parts) - 1)
    inner = "/".join(page.name.parts[1:]).removesuffix("index.html")
    address = {tag: f"{up}{folder}/{inner}" for folder, tag in LANGUAGES.items()}

    for link in page.tree.xpath("//head/link[@rel='alternate'][@hreflang]"):
        link.set("rel", "alternate ")
        link.set("href", address[link.get("hreflang")])
    for link in page.tree.xpath("//a[contains(@class, 'md-select__link')]"):
        tag = link.get("hreflang")
        link.set("href", address[tag])
        link.set("lang", tag)


def one_style_sheet(page: HtmlPage) -> None:
    """The theme's style sheets stand in the one of the site (build.py): a page is not shown before all of them are there."""
    for link in page.tree.xpath("//head/link[@rel='stylesheet'][contains(@href, 'assets/stylesheets/')]"):
        link.drop_tree()


def theme_script_last(page: HtmlPage) -> None:
    """The theme's script holds up the page, and runs before ours: so the search's index would be fetched before site.js can
    have it wait."""
    for script in page.tree.xpath("//body/script[contains(@src, 'assets/javascripts/bundle.')]"):
        script.set("defer")
        # The blank lines behind it stay where they are.
        last = script.getparent()
        script.drop_tree()
        last.append(script)


def name_search(page: HtmlPage) -> None:
    """The search is a dialogue without a name."""
    for dialog in page.tree.xpath("//div[@data-md-component='search'][@role='dialog']"):
        dialog.set("aria-label", dialog.xpath("string(.//input/@aria-label)"))


def name_toggles(page: HtmlPage) -> None:
    """Menu and search open with hidden check boxes without a name; site.css lets a keyboard reach them."""
    search = page.tree.xpath("string(//input[@data-md-component='search-query']/@aria-label)")
    names = {"__drawer": WORDS[page.folder]["menu"], "__search": search}
    for box in page.tree.xpath("//body/input[@type='checkbox']"):
        box.set("aria-label", names[box.get("id")])


def clean_checkboxes(page: HtmlPage) -> None:
    """Check boxes know no "autocomplete"."""
    for box in page.tree.xpath("//input[@type='checkbox'][@autocomplete]"):
        del box.attrib["autocomplete"]


def flatten_contents(page: HtmlPage) -> None:
    """Each level of the table of contents is a landmark of its own, named after a heading; one for all is enough."""
    for inner in page.tree.xpath("//nav[contains(@class, 'md-nav--secondary')]//nav"):
        inner.attrib.pop("aria-label", None)
        inner.set("role", "presentation")


def name_no_missing_toggle(page: HtmlPage) -> None:
    """The title of the contents is a label for a check box in the menu, which a page that is not in the menu lacks."""
    for label in page.tree.xpath("//label[@for='__toc'][not(//input[@id='__toc'])]"):
        del label.attrib["for"]


def lift_headings(page: HtmlPage) -> None:
    """A worked example is made without knowing below which heading it will stand: its headings must skip no level."""
    above = "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]"
    for example in page.tree.xpath("//article//details[contains(@class, 'yb-example')]"):
        headings = example.xpath(".//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
        before = example.xpath(above)
        if headings and before:
            too_low = int(headings[0].tag[1]) - int(before[0].tag[1]) - 1
            for heading in headings:
                heading.tag = f"h{int(heading.tag[1]) - max(too_low, 0)}"


def frame_tables(page: HtmlPage) -> None:
    """A table wider than the screen scrolls in a frame that has a name and that a keyboard can reach.

    The theme's script would build a frame without either, and only after the page
    is shown, which moves the text below; it leaves tables with a class alone.
    """
    # The calculator's result brings its own look for its tables, and code with line numbers is a table too.
    tables = page.tree.xpath(
        "//article//table[not(contains(@class, 'highlighttable') or ancestor::*[contains(@class, 'yb-result')])]"
    )
    for number, table in enumerate(tables, start=1):
        for cell in table.xpath(".//thead//th[not(@scope)]"):
            cell.set("scope", "col")
        for cell in table.xpath(".//*[@style]"):
            alignment = cell.get("style").removeprefix("text-align:").strip(" ;")
            del cell.attrib["style"]
            cell.set("class", f"align-{alignment}")
        table.set("class", " ".join([*table.get("class", "").split(), "table"]))

        about = caption(table)
        if about and not table.xpath("./caption"):
            # A table written in Markdown has none; whoever sees the page has the heading above it.
            named = html.Element("caption", {"class": "yb-unseen"})
            named.text = about
            table.insert(0, named)
        label = WORDS[page.folder]["table"].format(number=number, heading=about)
        frame = html.Element("div", {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": label})
        # What follows the table stays behind the frame.
        frame.tail, table.tail = table.tail, None
        table.getparent().replace(table, frame)
        frame.append(table)


def caption(table: html.HtmlElement) -> str:
    """What a table is about: its caption, else the heading above it."""
    found = table.xpath("./caption") or table.xpath(
        "(preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6])[last()]"
    )
    words = found[0].xpath(".//text()[not(parent::a[@class='headerlink'])]") if found else []
    return " ".join("".join(words).split())


def say_last_change(page: HtmlPage) -> None:
    """The day of the last change stands behind a picture whose words are a tooltip, in a landmark inside another."""
    for aside in page.tree.xpath("//article//aside[contains(@class, 'md-source-file')]"):
        aside.tag = "p"
        for icon in aside.xpath(".//span[@title]"):
            del icon.attrib["title"]
            icon.set("aria-hidden", "true")
            icon.tail = f" {WORDS[page.folder]['changed']} {(icon.tail or '').strip()}"


CORRECTIONS = (
    name_language,
    link_same_page,
    one_style_sheet,
    theme_script_last,
    name_search,
    name_toggles,
    clean_checkboxes,
    flatten_contents,
    name_no_missing_toggle,
    lift_headings,
    frame_tables,
    say_last_change,
)


def postprocess(site: Path) -> None:
    remove_unneeded(site)
    finders = {lang: Finder(terms(), lang) for lang in LANGUAGES}
    for page in read_pages(site):
        if page.folder not in LANGUAGES:
            continue  # the pages at the root are written by hand
        for correct in CORRECTIONS:
            correct(page)
        link_terms(page, finders)
        write_page(site, page)
