"""The pages of the guide, in the order of its navigation, as MkDocs itself renders them."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from calculator.lawbook import lawbook
from scripts.site_tools.page_part import ELSEWHERE
from scripts.site_tools.tags import PAGE as TAGS

from .errors import PdfError

#: The guide itself, and what there is to look up in it: the places and the law.
GUIDE, REFERENCE = "guide", "reference"
BOOKS = (GUIDE, REFERENCE)
#: What stands in the book to look things up.
LOOKED_UP = ("add-a-place.md", "law.md", "law/", "not-known.md", "places.md", "places/")


@dataclass(frozen=True)
class Chapter:
    """One page of the guide: `address` is its place on the site, `part` its section of the navigation.

    A page `inside` another stands below it as a section of it, with its headings one level lower.
    """

    name: str
    title: str
    part: str | None
    source: str
    address: str
    body: html.HtmlElement
    inside: bool = False

    @property
    def anchor(self) -> str:
        return f"p-{self.name}"

    def anchor_of(self, fragment: str) -> str:
        return f"{self.anchor}--{fragment}" if fragment else self.anchor


@dataclass(frozen=True)
class Guide:
    """The chapters with what the book needs to know of the site around them."""

    title: str
    subtitle: str
    author: str
    extra: dict
    site_url: str
    chapters: tuple[Chapter, ...]
    media: dict[str, Path]  # address of each picture or other file among the pages -> the file
    in_other_books: frozenset[str] = frozenset()  # addresses of the pages that another book holds


def read_guide(config_file: Path, lang: str, book: str = GUIDE) -> Guide:
    """Render every page of a book that the navigation of `config_file` names; the site of `lang` lives at `/lang/`.

    Pages of the law are in no navigation: each follows the page of its place.
    """
    # MkDocs' own remarks were made when it built the site; links are checked again in paper.py.
    for name in ("mkdocs", "jieba"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        config = load_config(config_file=str(config_file))
    except (Abort, ConfigurationError) as error:
        raise PdfError(f"{config_file.name} cannot be read: {error}") from error
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    navigation = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)

    laws = {file.src_uri: file.page or Page(None, file, config) for file in files if file.src_uri.startswith("law/")}
    listed = [page for page in _with_laws(navigation.pages, laws) if page.file.src_uri != TAGS]
    here = [page for page in listed if _is_looked_up(page) == (book == REFERENCE)]
    chapters = tuple(
        _chapter(page, lang, _render(page, config, files), inside=page.file.src_uri in laws) for page in here
    )
    if not chapters:
        raise PdfError(f"{config_file}: the navigation names no page")
    return Guide(
        title=config.site_name,
        subtitle=config.site_description or "",
        author=config.site_author or "",
        extra=dict(config.extra),
        site_url=config.site_url or "",
        chapters=chapters,
        media={
            f"/{lang}/{file.url}": Path(file.abs_src_path)
            for file in files
            if not file.is_documentation_page() and file.abs_src_path
        },
        in_other_books=frozenset(_address(page, lang) for page in listed if page not in here),
    )


def _with_laws(pages: Iterable[Page], laws: Mapping[str, Page]) -> Iterator[Page]:
    """The pages of a navigation, that of each place with the pages of its law behind it."""
    known = lawbook()
    for page in pages:
        yield page
        if page.file.src_uri.startswith("places/"):
            place = page.file.src_uri.removeprefix("places/").removesuffix(".md")
            for one in known.instruments.values():
                own = one.place if one.place in known.places else ELSEWHERE
                if own == place and f"law/{one.id}.md" in laws:
                    yield laws[f"law/{one.id}.md"]


def _is_looked_up(page: Page) -> bool:
    return page.file.src_uri.startswith(LOOKED_UP)


def _address(page: Page, lang: str) -> str:
    return f"/{lang}/{page.file.url.removeprefix('./')}"


def _render(page: Page, config: MkDocsConfig, files: Files) -> str:
    """MkDocs' own steps, and the plugins' say at each, up to the point where the theme takes over."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content, page=page, config=config, files=files)
    return page.content or ""


def _chapter(page: Page, lang: str, content: str, *, inside: bool) -> Chapter:
    body = html.fragment_fromstring(content, create_parent="section")
    headings = body.xpath("./h1")
    if headings:
        title = " ".join(_words_of(headings[0]).split())
    else:
        title = str(page.title)
        heading = html.Element("h1")
        heading.text = title
        heading.tail, body.text = body.text, None
        body.insert(0, heading)
    outermost = page.ancestors[-1] if page.ancestors else None
    return Chapter(
        name=page.file.src_uri.removesuffix(".md").replace("/", "-"),
        title=title,
        part=outermost.title if outermost is not None and outermost.title != title else None,
        source=page.file.src_uri,
        address=_address(page, lang),
        body=body,
        inside=inside,
    )


def _words_of(heading: html.HtmlElement) -> str:
    return "".join(heading.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]"))
