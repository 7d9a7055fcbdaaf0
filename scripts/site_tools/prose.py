"""Checks of what stands on the finished pages: short sentences, no forbidden rendering of a term, captions, texts of pictures,
and where links outside lead. What a function of a page writes is checked like what is typed.

What must stay as it is stands in ``docs/exceptions.toml`` with the reason; an exception that nothing needs is a fault, too.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from calculator.lawbook import lawbook
from scripts.site_tools import chinese
from scripts.site_tools.glossary import terms
from scripts.site_tools.html_files import BuiltSite, HtmlPage
from scripts.site_tools.paths import DOCS, LANGUAGES

EXCEPTIONS = DOCS / "exceptions.toml"
MAX_WORDS, MAX_CHARACTERS = 35, 60
#: Elements that hold sentences and no other such element.
HOLDERS = ["p", "li", "td", "th", "dd", "dt", "figcaption", "summary", "caption", "h1", "h2", "h3", "h4", "h5", "h6"]
PROSE = (
    f"//article//*[{' or '.join(f'self::{tag}' for tag in HOLDERS)}]"
    f"[not(.//*[{' or '.join(f'self::{tag}' for tag in HOLDERS)}])][not(ancestor::blockquote or ancestor::pre)]"
)
#: What stands beside a sentence and is no part of it: citations, chips, marks of headings, small print, a title in the other
#: language.
ASIDE = "*[@lang='en'] | .//a[contains(@class,'yb-cite') or contains(@class,'headerlink')] | .//*[contains(@class,'yb-sure')] | .//sup | .//code"
#: A full stop within "Art. 3" or "1.5" ends nothing, since a blank must follow and abbreviations are not used.
ENGLISH_END, CHINESE_MARKS = re.compile(r"(?<=[.!?:;|·])\s"), re.compile(r"[，。；：、？！（）“”《》|—…·]")


def exceptions(file: Path = EXCEPTIONS) -> Mapping[str, Sequence[Mapping[str, str]]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def paragraphs(page: HtmlPage) -> Iterator[str]:
    """The running texts of a page, without what stands beside them; a line break parts."""
    for element in page.tree.xpath(PROSE):
        copy = html.fragment_fromstring(html.tostring(element, with_tail=False, encoding="unicode"))
        for aside in copy.xpath(f".//{ASIDE}"):
            # Bracketed words and a comma around it stay: they only make a sentence longer.
            aside.drop_tree()
        for part in copy.xpath(".//br | .//strong | .//small"):
            part.tail = f" | {part.tail or ''}"
        yield " ".join(copy.text_content().split())


def long_sentences(text: str, lang: str) -> Iterator[str]:
    """Sentences over 35 words in English; over 60 characters between punctuation marks in Chinese."""
    if lang == "en":
        yield from (part for part in ENGLISH_END.split(text) if len(part.split()) > MAX_WORDS)
    else:
        yield from (part for part in CHINESE_MARKS.split(text) if len(part) > MAX_CHARACTERS)


def prose_faults(
    site: BuiltSite, told: Mapping[str, Sequence[Mapping[str, str]]], known: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Long sentences and forbidden renderings that no exception names, and exceptions that nothing needs."""
    forbidden = [name for term in known for name in term.get("forbidden_en", ())]
    wrong = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in forbidden), re.IGNORECASE)
    needed: set[str] = set()

    def excepted(kind: str, text: str) -> bool:
        fitting = [one["words"] for one in told.get(kind, ()) if one["words"] in text]
        needed.update(fitting)
        return bool(fitting)

    for page in site.pages:
        if page.folder not in LANGUAGES:
            continue
        for text in paragraphs(page):
            for sentence in long_sentences(text, page.folder):
                if not excepted("long", sentence):
                    yield f"{page.name}: the sentence is too long: {sentence}"
            if page.folder == "en":
                for name in wrong.findall(text):
                    if not excepted("term", text):
                        yield f"{page.name}: the glossary forbids {name!r}: {text}"
    for kind in ("long", "term"):
        for one in told.get(kind, ()):
            if one["words"] not in needed:
                yield f"docs/exceptions.toml: nothing needs the exception {one['words']!r} of [[{kind}]]"


def check_prose(site: BuiltSite) -> Iterator[str]:
    yield from prose_faults(site, exceptions(), terms())


def said_twice(site: BuiltSite) -> Iterator[str]:
    """What comes before a colon stands there once: "If you pay yourself: If you pay yourself: …" is a slip of a function."""
    for page in site.pages:
        for element in page.tree.xpath(PROSE):
            parts = [part.strip() for part in re.split("[:：]", element.text_content())]
            for before, after in pairwise(parts):
                if after and re.split(r"[.!?;。；！？]\s*", before)[-1] == after:
                    yield f"{page.name}: said twice: {after}"


def check_chinese(site: BuiltSite) -> Iterator[str]:
    yield from chinese.faults_of_pages(site, exceptions().get("mark", ()))


def tables_without_words(site: BuiltSite) -> Iterator[str]:
    """Every table says what it is about, and what its columns or rows are."""
    for page in site.pages:
        for number, table in enumerate(page.tree.xpath("//article//table"), start=1):
            if not table.xpath("normalize-space(./caption)"):
                yield f"{page.name}: table {number} has no caption"
            if not table.xpath(".//th[@scope][normalize-space()]"):
                yield f"{page.name}: table {number} has no heading of a column or row"


def pictures_without_words(site: BuiltSite) -> Iterator[str]:
    """Every picture has a text for whoever does not see it, or says that it is there for looks only."""
    for page in site.pages:
        for picture in page.tree.xpath(
            "//article//*[self::img or self::svg][not(ancestor-or-self::*[@aria-hidden='true'])]"
        ):
            words = [picture.get("alt", ""), picture.get("aria-label", "")]
            for name in picture.get("aria-labelledby", "").split():
                words += [element.text_content() for element in page.tree.xpath("//*[@id=$name]", name=name)]
            if not "".join(words).strip() or (picture.tag == "svg" and picture.get("role") != "img"):
                yield f"{page.name}: a picture ({picture.tag} {picture.get('src', '')}) has no text"


def stored_links() -> dict[str, date]:
    """Addresses outside that have a stored title and the day on which they were looked at: those of the law, and others."""
    found = {}
    for instrument in lawbook().instruments.values():
        if instrument.url and instrument.title.en and instrument.title.zh:
            found[instrument.url] = max(one.checked for one in instrument.provisions.values())
    for one in exceptions()["link"]:
        found[one["words"]] = date.fromisoformat(one["checked"])
    return found


def links_outside(site: BuiltSite, stored: Mapping[str, date]) -> Iterator[str]:
    """Links in the text that lead outside without a stored title and day of checking."""
    for page in site.pages:
        for address in page.tree.xpath("//article//a[not(@rel='edit')]/@href"):
            if urlsplit(address).netloc and address not in stored:
                yield f"{page.name}: the link {address} has no stored title and day of checking"


def check_links_outside(site: BuiltSite) -> Iterator[str]:
    yield from links_outside(site, stored_links())


CHECKS: tuple[Callable[[BuiltSite], Iterator[str]], ...] = (
    check_prose,
    check_links_outside,
    check_chinese,
    said_twice,
    tables_without_words,
    pictures_without_words,
)


def faults(site: BuiltSite) -> list[str]:
    return [fault for check in CHECKS for fault in check(site)]
