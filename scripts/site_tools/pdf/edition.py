"""The book around the chapters: cover, table of contents, the words only the PDF needs, in both languages."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lxml import html
from lxml.html import builder as E

from .chapters import GUIDE, REFERENCE, Chapter, Guide

Element = html.HtmlElement
#: So many chapters may have a heading with the same words, and it still stands in the contents.
ALIKE = 2
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
    reference: str
    other_book: dict[str, str]
    law_checked: Callable[[date], str]
    version: Callable[[str], str]


WORDS = {
    "en": Words(
        html_lang="en",
        contents="Contents",
        notes="Notes",
        notice="This guide is information, not legal advice.",
        reference="Places and law",
        other_book={
            GUIDE: "Places, laws, notices and what is not known stand in the second book, “Places and law”. The rules of each "
            "place and what rests on each article stand on the site only.",
            REFERENCE: "This book is for looking things up. The rules of each place and what rests on each article stand on "
            "the site only.",
        },
        law_checked=lambda day: f"Law checked on {day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
        version=lambda version: f"Version {version}",
    ),
    "zh": Words(
        html_lang="zh-Hans",
        contents="目录",
        notes="注释",
        notice="本指南提供信息，不是法律意见。",
        reference="各地与法规",
        other_book={
            GUIDE: "各地情况、法规文件和还不知道的事，见第二册《各地与法规》。各地的规则、每一条被哪些规则引用，只在网站上。",
            REFERENCE: "这一册供查阅。各地的规则、每一条被哪些规则引用，只在网站上。",
        },
        law_checked=lambda day: f"法规核对至{day.year}年{day.month}月{day.day}日",
        version=lambda version: f"版本 {version}",
    ),
}


def bind(guide: Guide, words: Words, law_checked: date | None, version: str, book: str = GUIDE) -> Element:
    """One HTML document: cover, contents, then the chapters."""
    subtitle = words.reference if book == REFERENCE else guide.subtitle
    # A book that is the only one has no other to speak of.
    other_book = words.other_book[book] if guide.in_other_books else ""
    head = E.HEAD(
        E.META(charset="utf-8"),
        E.TITLE(title_of(guide, words, book)),
        E.META(name="author", content=guide.author or guide.title),
    )
    if subtitle:
        head.append(E.META(name="description", content=subtitle))
    if law_checked:
        # The book's date is the law's date, never the clock's.
        for name in ("dcterms.created", "dcterms.modified"):
            head.append(E.META(name=name, content=law_checked.isoformat()))
    document = E.HTML(
        head,
        E.BODY(
            _cover(guide.title, subtitle, words, law_checked, version, other_book),
            _contents(guide, words),
            _chapters(guide),
        ),
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


def title_of(guide: Guide, words: Words, book: str) -> str:
    """What a reader's library shows: two books of one name would be mistaken for each other."""
    return f"{guide.title}: {words.reference}" if book == REFERENCE else guide.title


def _cover(name: str, subtitle: str, words: Words, law_checked: date | None, version: str, other_book: str) -> Element:
    title = E.DIV(E.H1(name), E.CLASS("title"))
    if subtitle:
        title.append(E.P(subtitle, E.CLASS("subtitle")))
    imprint = E.DIV(E.CLASS("imprint"))
    if law_checked:
        imprint.append(E.P(words.law_checked(law_checked), E.CLASS("law-checked")))
    if version:
        imprint.append(E.P(words.version(version), E.CLASS("version")))
    imprint.append(E.P(words.notice, E.CLASS("notice")))
    if other_book:
        imprint.append(E.P(other_book, E.CLASS("notice")))
    return E.SECTION(title, imprint, E.CLASS("cover"))


def _contents(guide: Guide, words: Words) -> Element:
    """Chapters with their headings, but for those that stand in many chapters alike, such as "Sources": pages of them would hide
    what differs."""
    times = Counter(
        _plain(heading)
        for chapter in guide.chapters
        if not chapter.inside
        for heading in chapter.body.xpath("./h2[@id]")
    )
    contents = E.SECTION(E.H1(words.contents), E.CLASS("contents"))
    part = None
    for chapter in guide.chapters:
        if chapter.part != part and chapter.part and not chapter.inside:
            contents.append(E.P(chapter.part, E.CLASS("part")))
        if chapter.inside:
            contents.append(E.P(E.A(chapter.title, href=f"#{chapter.anchor}"), E.CLASS("heading")))
            continue
        part = chapter.part
        contents.append(E.P(E.A(chapter.title, href=f"#{chapter.anchor}"), E.CLASS("chapter")))
        for heading in chapter.body.xpath("./h2[@id]"):
            if times[_plain(heading)] > ALIKE:
                continue
            contents.append(E.P(E.A(_plain(heading), href=f"#{heading.get('id')}"), E.CLASS("heading")))
    return contents


def _chapters(guide: Guide) -> Element:
    book = E.MAIN()
    for chapter in guide.chapters:
        if chapter.inside:
            chapter.body.set("class", "inside")
            _lower_headings(chapter.body)
        else:
            chapter.body.set("class", "page")
            _set_part(chapter)
        book.append(chapter.body)
    return book


def _lower_headings(body: Element) -> None:
    for heading in list(body.iter("h1", "h2", "h3", "h4", "h5")):
        heading.tag = f"h{int(heading.tag[1]) + 1}"


def _set_part(chapter: Chapter) -> None:
    """The part of the guide in small type above the chapter's title."""
    if chapter.part:
        chapter.body.insert(0, E.P(chapter.part, E.CLASS("kicker")))


def _plain(heading: Element) -> str:
    """A heading's words without the marks of its footnotes."""
    return " ".join("".join(heading.xpath(".//text()[not(ancestor::sup)]")).split())
