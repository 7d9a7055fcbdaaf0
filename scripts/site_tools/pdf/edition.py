"""The book around the chapters: cover, table of contents, the words only the PDF needs, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lxml import html
from lxml.html import builder as E

from .chapters import Chapter, Guide

Element = html.HtmlElement
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Words:
    """What the cover and the page furniture say. Page numbers are worded in the language's style sheet."""

    html_lang: str
    contents: str
    notes: str
    notice: str
    law_checked: Callable[[date], str]
    version: Callable[[str], str]


WORDS = {
    "en": Words(
        html_lang="en",
        contents="Contents",
        notes="Notes",
        notice="This guide is information, not legal advice.",
        law_checked=lambda day: f"Law checked on {day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
        version=lambda version: f"Version {version}",
    ),
    "zh": Words(
        html_lang="zh-Hans",
        contents="目录",
        notes="注释",
        notice="本指南提供信息，不是法律意见。",
        law_checked=lambda day: f"法规核对至{day.year}年{day.month}月{day.day}日",
        version=lambda version: f"版本 {version}",
    ),
}


def bind(guide: Guide, words: Words, law_checked: date | None, version: str) -> Element:
    """One HTML document: cover, contents, then the chapters."""
    head = E.HEAD(
        E.META(charset="utf-8"),
        E.TITLE(guide.title),
        E.META(name="author", content=guide.author or guide.title),
    )
    if guide.subtitle:
        head.append(E.META(name="description", content=guide.subtitle))
    if law_checked:
        # The book's date is the law's date, never the clock's.
        for name in ("dcterms.created", "dcterms.modified"):
            head.append(E.META(name=name, content=law_checked.isoformat()))
    document = E.HTML(
        head,
        E.BODY(_cover(guide, words, law_checked, version), _contents(guide, words), _chapters(guide)),
        lang=words.html_lang,
    )
    return document


def titles_of(guide: Guide) -> dict[str, str]:
    """What each place in the book is called: a heading by its words, anything else by its chapter's title."""
    return {
        place.get("id"): _plain(place) if place.tag in ("h2", "h3", "h4", "h5", "h6") else chapter.title
        for chapter in guide.chapters
        for place in chapter.body.xpath("descendant-or-self::*[@id]")
    }


def _cover(guide: Guide, words: Words, law_checked: date | None, version: str) -> Element:
    title = E.DIV(E.H1(guide.title), E.CLASS("title"))
    if guide.subtitle:
        title.append(E.P(guide.subtitle, E.CLASS("subtitle")))
    imprint = E.DIV(E.CLASS("imprint"))
    if law_checked:
        imprint.append(E.P(words.law_checked(law_checked), E.CLASS("law-checked")))
    if version:
        imprint.append(E.P(words.version(version), E.CLASS("version")))
    imprint.append(E.P(words.notice, E.CLASS("notice")))
    return E.SECTION(title, imprint, E.CLASS("cover"))


def _contents(guide: Guide, words: Words) -> Element:
    contents = E.SECTION(E.H1(words.contents), E.CLASS("contents"))
    part = None
    for chapter in guide.chapters:
        if chapter.part != part and chapter.part:
            contents.append(E.P(chapter.part, E.CLASS("part")))
        part = chapter.part
        contents.append(E.P(E.A(chapter.title, href=f"#{chapter.anchor}"), E.CLASS("chapter")))
        for heading in chapter.body.xpath("./h2[@id]"):
            contents.append(E.P(E.A(_plain(heading), href=f"#{heading.get('id')}"), E.CLASS("heading")))
    return contents


def _chapters(guide: Guide) -> Element:
    book = E.MAIN()
    for chapter in guide.chapters:
        chapter.body.set("class", "page")
        _set_part(chapter)
        book.append(chapter.body)
    return book


def _set_part(chapter: Chapter) -> None:
    """The part of the guide in small type above the chapter's title."""
    if chapter.part:
        chapter.body.insert(0, E.P(chapter.part, E.CLASS("kicker")))


def _plain(heading: Element) -> str:
    """A heading's words without the marks of its footnotes."""
    return " ".join("".join(heading.xpath(".//text()[not(ancestor::sup)]")).split())
