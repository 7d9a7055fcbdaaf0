"""Chinese is written with its own marks: none of half width beside a character, no day or month as a machine writes it, and
the title of a text within the title of another in single marks, 《关于贯彻〈社会保险法〉的通知》.

Looked at are the finished Chinese pages, the Chinese sentences of the calculator and the Chinese texts of the law data. What
quotes a source stays as the source has it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import html

import calculator
from calculator.lawbook import Lawbook
from scripts.site_tools.html_files import BuiltSite, HtmlPage

SENTENCES = Path(calculator.__file__).parent / "words" / "zh.toml"
_HAN = "\u3400-\u9fff"
#: What a formula has in brackets, such as the (N−1) of 3+(N−1)个月.
_FORMULA = re.compile(r"\([\dN−+ -]+\)")
_WRONG = {
    "a mark of half width": re.compile(rf"(?<=[{_HAN}》）”])\s?[,;:!?()]|(?<=\S)[,;:!?()]\s?(?=[{_HAN}《（“])"),
    "a day or month as a machine writes it": re.compile(
        r"(?<![A-Za-z0-9.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![A-Za-z0-9-])"
    ),
    "a blank where a line ended": re.compile(rf"(?<=[{_HAN}，。；：！？、）》”])\n *(?=[{_HAN}（《“])"),
    "a title within a title": re.compile(r"《[^《》]*《|〈[^〈〉]*[《〈]"),
}
#: Elements that hold text; the innermost is looked at.
_HOLDS = "self::p or self::li or self::td or self::th or self::dd or self::dt or self::figcaption or self::summary or self::caption or self::h1 or self::h2 or self::h3 or self::h4 or self::label"
_TEXTS = f"//article//*[{_HOLDS}][not(.//*[{_HOLDS}])][not(ancestor::blockquote or ancestor::pre)]"
_NOT_OURS = ".//code | .//q | .//blockquote | .//svg | .//script | .//*[@lang='en']"


def faults_in(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong in a Chinese text, and the place with a few characters around it."""
    for wrong, pattern in _WRONG.items():
        for found in pattern.finditer(_FORMULA.sub("", text)):
            around = _FORMULA.sub("", text)[max(0, found.start() - 10) : found.end() + 10]
            yield wrong, " ".join(around.split())


def texts_of(page: HtmlPage) -> Iterator[str]:
    """The texts of a page that may be wrong, without what is quoted, code, in English, or a hint
    that shows how a day is typed; to take that out is slow."""
    for element in page.tree.xpath(_TEXTS):
        if (
            element.get("lang") == "en"
            or "yb-hint" in element.get("class", "")
            or not any(faults_in(element.text_content()))
        ):
            continue
        copy = html.fragment_fromstring(html.tostring(element, with_tail=False, encoding="unicode"))
        for part in copy.xpath(_NOT_OURS):
            part.drop_tree()
        yield copy.text_content()


def faults_of_pages(site: BuiltSite, allowed: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Of all Chinese pages. ``allowed`` are words in which such a mark is right; of these, what nothing needs is a fault."""
    needed: set[str] = set()
    for page in site.pages:
        if page.folder != "zh":
            continue
        for text in texts_of(page):
            for wrong, around in faults_in(text):
                fitting = [one["words"] for one in allowed if one["words"] in text]
                needed.update(fitting)
                if not fitting:
                    yield f"{page.name}: {wrong}: {around}"
    for one in allowed:
        if one["words"] not in needed:
            yield f"docs/exceptions.toml: nothing needs the exception {one['words']!r} of [[mark]]"


def faults_of_sentences(text: str) -> Iterator[str]:
    """Of the sentences of the calculator. How to type a day or month stands in hints and errors, as it is to be typed."""
    for table, sentences in tomllib.loads(text).items():
        for key, said in sentences.items():
            for wrong, around in faults_in(said):
                if not (table in ("form", "form_for", "error") and wrong == "a day or month as a machine writes it"):
                    yield f"calculator/words/zh.toml, {table}.{key}: {wrong}: {around}"


def faults_of_law(book: Lawbook) -> Iterator[str]:
    """Of our own Chinese texts in the law data: titles, meanings and notes; a provision's words are a quotation."""
    for name, text in _texts_of_law(book):
        yield from (f"{name}: {wrong}: {around}" for wrong, around in faults_in(text))


def _texts_of_law(book: Lawbook) -> Iterator[tuple[str, str]]:
    for instrument in book.instruments.values():
        yield instrument.id, instrument.title.zh
        for provision in instrument.provisions.values():
            yield from (
                (provision.id, text.zh) for text in (provision.article, provision.paraphrase, provision.note) if text
            )
    for record in book.records.values():
        if record.note:
            yield record.id, record.note.zh
        yield from ((record.id, other.why.zh) for other in record.disagree)
    for place in book.places.values():
        if place.covers:
            yield place.id, place.covers.zh
