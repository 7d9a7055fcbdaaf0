"""The pages of the guide, in the order of its navigation, as MkDocs itself renders them."""

import logging
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from .errors import PdfError


@dataclass(frozen=True)
class Chapter:
    """One page of the guide: `address` is its place on the site, `part` its section of the navigation."""

    name: str
    title: str
    part: str | None
    source: str
    address: str
    body: html.HtmlElement

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


def read_guide(config_file: Path, lang: str) -> Guide:
    """Render every page the navigation of `config_file` names; the site of `lang` lives at `/lang/`."""
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

    chapters = tuple(_chapter(page, lang, _render(page, config, files)) for page in navigation.pages)
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
    )


def _render(page: Page, config: MkDocsConfig, files: Files) -> str:
    """MkDocs' own steps, and the plugins' say at each, up to the point where the theme takes over."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content, page=page, config=config, files=files)
    return page.content or ""


def _chapter(page: Page, lang: str, content: str) -> Chapter:
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
        address=f"/{lang}/{page.file.url.removeprefix('./')}",
        body=body,
    )


def _words_of(heading: html.HtmlElement) -> str:
    return "".join(heading.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]"))
