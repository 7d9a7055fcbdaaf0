"""The site's HTML pages, read and written with one parser."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from lxml import html

HEADINGS = "//h1|//h2|//h3|//h4|//h5|//h6"


@dataclass
class HtmlPage:
    """One HTML file of a site; ``name`` is its path from the site's root, as "en/law/index.html"."""

    name: PurePosixPath
    tree: html.HtmlElement
    ids: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = [str(value) for value in self.tree.xpath("//@id")]

    @property
    def folder(self) -> str:
        """The folder of a language, "en" or "zh"; of a page at the root, its own name."""
        return self.name.parts[0]

    @property
    def targets(self) -> set[str]:
        """What a link's fragment can name."""
        return {*self.ids, *map(str, self.tree.xpath("//a/@name"))}


@dataclass
class BuiltSite:
    """A site in a folder, whose pages are read once: to read them all takes a second or two."""

    folder: Path

    @cached_property
    def pages(self) -> list[HtmlPage]:
        return read_pages(self.folder)


def page_names(site: Path) -> list[PurePosixPath]:
    """The HTML files of a site by their path from its root."""
    return [PurePosixPath(path.relative_to(site).as_posix()) for path in sorted(site.rglob("*.html"))]


def read_pages(site: Path) -> list[HtmlPage]:
    parser = html.HTMLParser(encoding="utf-8")
    return [HtmlPage(name, html.parse(site / name, parser).getroot()) for name in page_names(site)]


def write_page(site: Path, page: HtmlPage) -> None:
    text = html.tostring(page.tree, encoding="unicode", doctype="<!doctype html>")
    (site / page.name).write_text(text + "\n", encoding="utf-8")
