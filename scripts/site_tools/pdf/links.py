"""Every link leads somewhere: within the book, to an address, or it is a fault.

A page of the site becomes a chapter of one document, so each id gets its chapter's name in front: two chapters
may well have a heading with the same id.
"""

from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from lxml.html import builder as E

from .chapters import Chapter, Guide

Element = html.HtmlElement

LONGEST_PRINTED_ADDRESS = 48
#: Behind a link to a page that the other book of the language holds; citations are too many, and the cover tells of them.
IN_THE_OTHER_BOOK = {"en": " (other book)", "zh": "（另一册）"}
PARTS_OF_THE_SITE = ("assets", "en", "pdf", "runtime", "schema", "zh")


@dataclass
class Findings:
    """What was met on the way to paper: faults end the build, the rest is told in the report."""

    faults: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    internal_links: int = 0
    external_links: int = 0
    in_other_books: int = 0


def connect_links(guide: Guide, lang: str, found: Findings) -> None:
    """Change every link and id of the guide to what it is in the book."""
    anchors = {chapter.address: _anchors(chapter, found) for chapter in guide.chapters}
    for chapter in guide.chapters:
        printed: set[str] = set()
        for link in list(chapter.body.iter("a")):
            for attribute in ("target", "rel", "title", "download"):
                link.attrib.pop(attribute, None)
            if "href" not in link.attrib:
                continue
            if not link.text_content().strip() and not link.xpath(".//img"):
                found.faults.append(f"{chapter.source}: the link {link.get('href')} has no text")
            if urlsplit(link.get("href")).scheme in ("http", "https", "mailto", "tel"):
                found.external_links += 1
                _print_address(link, printed)
            else:
                _connect(link, chapter, guide, anchors, lang, found)
    for chapter in guide.chapters:
        _namespace_ids(chapter)


def _anchors(chapter: Chapter, found: Findings) -> set[str]:
    seen: set[str] = set()
    for anchor in chapter.body.xpath(".//@id"):
        if anchor in seen:
            found.faults.append(f"{chapter.source}: two elements have the id {anchor}")
        seen.add(str(anchor))
    return seen


def _connect(
    link: Element, chapter: Chapter, guide: Guide, anchors: dict[str, set[str]], lang: str, found: Findings
) -> None:
    href = link.get("href")
    target = urlsplit(urljoin(chapter.address, href))
    path, fragment = unquote(target.path).removesuffix("index.html"), unquote(target.fragment)
    if "=" in fragment:
        # Not a place on the page but what the calculator is to fill in; paper has no calculator.
        fragment = ""
    reached = next((other for other in guide.chapters if other.address == path), None)
    if target.scheme or href.startswith("/"):
        found.faults.append(f"{chapter.source}: the link {href} leads out of the guide")
    elif reached and (not fragment or fragment in anchors[path]):
        found.internal_links += 1
        link.set("href", f"#{reached.anchor_of(fragment)}")
        if reached is not chapter:
            link.set("class", f"{link.get('class', '')} elsewhere".strip())
    elif reached:
        found.faults.append(f"{chapter.source}: the link {href} leads to no place in {reached.source}")
    elif path in guide.in_other_books:
        # The name of the law and the article, or of the place, is what a reader looks up in the other book.
        found.in_other_books += 1
        if "yb-cite-link" not in link.get("class", "") and next(link.iterancestors("table"), None) is None:
            link.append(E.SPAN(IN_THE_OTHER_BOOK[lang], E.CLASS("address")))
        link.drop_tag()
    elif path not in guide.media and not _is_elsewhere_on_the_site(path, lang):
        found.faults.append(f"{chapter.source}: the link {href} leads to no page of the guide")
    elif guide.site_url:
        found.external_links += 1
        link.set("href", urljoin(guide.site_url, _relative(href, chapter, lang)))
    else:
        # Another part of the site, such as this very PDF: without an address of the site, plain text.
        found.unlinked.append(f"{chapter.source}: {href}")
        link.drop_tag()


def _is_elsewhere_on_the_site(path: str, lang: str) -> bool:
    """Whether the site may have this and no book of this language has."""
    part = path.split("/")[1]
    return path == "/" or (part in PARTS_OF_THE_SITE and part != lang)


def _relative(href: str, chapter: Chapter, lang: str) -> str:
    """A link of a page as it would stand on the first page, whose address is the site's."""
    return chapter.address.removeprefix(f"/{lang}/") + href


def _print_address(link: Element, printed: set[str]) -> None:
    """An official address in small print, once a chapter, where the link's own words do not show it."""
    href = link.get("href")
    parts = urlsplit(href)
    host = parts.hostname or ""
    if not host.endswith(".gov.cn") or href in printed or host in link.text_content():
        return
    printed.add(href)
    address = (parts.netloc + parts.path).rstrip("/") + (f"?{parts.query}" if parts.query else "")
    if len(address) > LONGEST_PRINTED_ADDRESS or next(link.iterancestors("table"), None) is not None:
        address = host
    link.append(E.SPAN("\u00a0" + address, E.CLASS("address")))


def _namespace_ids(chapter: Chapter) -> None:
    for element in chapter.body.iter(etree.Element):
        if element.get("id"):
            element.set("id", chapter.anchor_of(element.get("id")))
        for attribute in ("headers", "aria-labelledby", "aria-describedby"):
            if attribute in element.attrib:
                names = element.get(attribute).split()
                element.set(attribute, " ".join(chapter.anchor_of(name) for name in names))
    chapter.body.set("id", chapter.anchor)
