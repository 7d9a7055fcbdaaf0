"""From screen to paper: what cannot be clicked is opened, what cannot be shown is left out.

Each step below takes the body of a chapter and changes it in place.
"""

import base64
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from lxml.html import builder as E

from .chapters import Chapter, Guide
from .links import Findings, connect_links

Element = html.HtmlElement

ONLY_ON_SCREEN = {
    *("audio", "button", "canvas", "dialog", "form", "iframe", "input", "noscript", "object", "output"),
    *("progress", "script", "select", "style", "template", "textarea", "video"),
}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = ("a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "q", "small", "span", "strong", "var")
HAN = "\u2e80-\u2fdf\u3007\u3021-\u3029\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{HAN}]+")
HAN_TEXT = re.compile(f"[{HAN}\u3000-\u3020\uff00-\uffef〔〕《》「」【】]+")
# In drawings that name no font; without it Chinese in them would be set in a Japanese face.
LETTERING = "Noto Sans CJK SC, DejaVu Sans"
LONGEST_UNBROKEN_TERM = 6
KEPT_TOGETHER = (
    700  # letters of a boxed note that is not worth breaking over two pages; a Chinese character is as wide as two
)


def to_paper(guide: Guide, lang: str, notes_title: str, assets: Path) -> Findings:
    """Change every chapter of the guide to its printed form."""
    found = Findings()
    for chapter in guide.chapters:
        leave_out_what_is_for_screens(chapter.body)
        leave_out_headings_of_nothing(chapter.body)
        open_details(chapter.body)
        unfold_tabs(chapter.body)
        tick_task_lists(chapter.body)
        title_footnotes(chapter.body, notes_title)
        order_headings(chapter.body)
        unwrap_definitions(chapter.body)
        mark_tables(chapter.body)
        mark_chinese(chapter.body, lang)
        set_spaces_apart(chapter.body)
        keep_short_notes_together(chapter.body)
        embed_pictures(chapter, guide, lang, assets, found)
        look_for_templates(chapter, found)
    # Links last: they may only lead to what is still there, in any chapter.
    connect_links(guide, lang, found)
    return found


# --- what is left out ---------------------------------------------------------------------------------


def leave_out_what_is_for_screens(body: Element) -> None:
    """Forms, scripts, icons and `screen-only` parts go; `print-only` parts stay, even within these."""
    for element in list(body.iter(etree.Element)):
        if element is body or not _is_inside(element, body):
            continue
        classes = _classes(element)
        if "print-only" in classes:
            element.attrib.pop("hidden", None)
            element.attrib.pop("aria-hidden", None)
        elif _is_for_screens(element, classes) and not _is_box_to_tick(element):
            _replace_by(element, [_cut(kept) for kept in _outermost(element, "print-only")])
    for comment in list(body.iter(etree.Comment, etree.ProcessingInstruction)):
        _replace_by(comment, [])
    for empty in body.xpath(".//span[not(node()) and not(@id)]"):
        empty.drop_tag()
    for element in body.iter(etree.Element):
        for attribute in [name for name in element.attrib if name.startswith(("on", "data-", "tabindex"))]:
            del element.attrib[attribute]


def leave_out_headings_of_nothing(body: Element) -> None:
    """A heading goes when all that stood below it was for screens."""
    for heading in reversed(list(body.iter("h2", "h3", "h4", "h5", "h6"))):
        below = heading.getnext()
        ends_here = below is None or (below.tag in HEADINGS and below.tag <= heading.tag)
        if ends_here and not (heading.tail or "").strip():
            _cut(heading)


def _is_for_screens(element: Element, classes: set[str]) -> bool:
    return (
        element.tag in ONLY_ON_SCREEN
        or bool(classes & {"screen-only", "headerlink", "twemoji", "emojione", "gemoji"})
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
    )


def _is_box_to_tick(element: Element) -> bool:
    return element.get("type") == "checkbox" and _within(element, "task-list-item")


# --- what is opened -----------------------------------------------------------------------------------


def open_details(body: Element) -> None:
    """A folded note becomes an open one with the same title."""
    for details in list(body.iter("details")):
        details.tag = "div"
        details.attrib.pop("open", None)
        details.set("class", f"admonition {details.get('class', '')}".strip())
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def unfold_tabs(body: Element) -> None:
    """Tabs become blocks that follow each other, each under its title."""
    for tabs in reversed(_divisions(body, "tabbed-set")):
        labels = tabs.xpath("./div[@class = 'tabbed-labels']/label")
        blocks = tabs.xpath("./div[@class = 'tabbed-content']/div")
        unfolded = []
        for label, block in zip(labels, blocks, strict=True):
            label.tag = "p"
            label.attrib.clear()
            label.set("class", "tab-title")
            block.attrib.clear()
            block.set("class", "tab")
            block.insert(0, _cut(label))
            label.tail, block.text = block.text, None
            unfolded.append(_cut(block))
        _replace_by(tabs, unfolded)


def tick_task_lists(body: Element) -> None:
    """A box to click becomes a box to tick with a pen, or one already ticked."""
    for item in body.iter("li"):
        if "task-list-item" not in _classes(item):
            continue
        for box in item.xpath("./input | ./label[.//input] | ./p/input | ./p/label[.//input]"):
            ticked = bool(box.xpath("self::input[@checked] | .//input[@checked]"))
            _replace_by(box, [E.SPAN("☑ " if ticked else "☐ ", E.CLASS("task"))])


def title_footnotes(body: Element, title: str) -> None:
    """The notes at the end of a chapter get a heading of their own instead of a bare rule."""
    for notes in _divisions(body, "footnote"):
        for rule in notes.xpath("./hr"):
            _replace_by(rule, [E.P(title, E.CLASS("footnote-title"))])
        for back in notes.xpath(".//a[contains(@class, 'footnote-backref')]"):
            back.text = "↑"
            back.attrib.pop("title", None)


# --- what PDF/UA asks for -----------------------------------------------------------------------------


def order_headings(body: Element) -> None:
    """A heading is at most one level below the one before it, wherever its piece of the page came from."""
    levels = [(0, 0)]  # of the headings this one is under: as written, as printed
    for heading in body.iter(*HEADINGS):
        written = int(heading.tag[1])
        while levels[-1][0] >= written:
            levels.pop()
        levels.append((written, levels[-1][1] + 1))
        heading.tag = f"h{levels[-1][1]}"


def unwrap_definitions(body: Element) -> None:
    """A list holds its terms and definitions directly, without the <div> HTML allows around each pair."""
    for pair in body.xpath(".//dl/div"):
        pair.drop_tag()


def mark_tables(body: Element) -> None:
    """Say what each heading cell heads, and how wide the table is."""
    for table in body.iter("table"):
        for cell in table.iter("th"):
            cell.set("scope", "col" if next(cell.iterancestors("thead"), None) is not None else "row")
        rows = table.xpath(".//tr")
        columns = max((len(row.xpath("./th | ./td")) for row in rows), default=0)
        table.set("class", f"{table.get('class', '')} columns-{columns}".strip())


def embed_pictures(chapter: Chapter, guide: Guide, lang: str, assets: Path, found: Findings) -> None:
    """Every picture travels in the book itself and has words for those who do not see it."""
    for picture in chapter.body.iter("img"):
        source = picture.get("src", "")
        if not picture.get("alt", "").strip():
            found.faults.append(f"{chapter.source}: the picture {source} has no alternative text")
        if source.startswith("data:"):
            continue
        address = unquote(urlsplit(urljoin(chapter.address, source)).path)
        file = guide.media.get(address)
        if file is None and address.startswith("/assets/"):
            file = assets / address.removeprefix("/assets/")
        if urlsplit(source).scheme or file is None or not file.is_file():
            found.faults.append(f"{chapter.source}: the picture {source} is not among the guide's files")
            continue
        kind, content = mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()
        if kind == "image/svg+xml":
            drawing = etree.fromstring(content)
            drawing.set("font-family", drawing.get("font-family", LETTERING))
            content = etree.tostring(drawing)
        picture.set("src", f"data:{kind};base64,{base64.b64encode(content).decode()}")
        for attribute in ("srcset", "loading"):
            picture.attrib.pop(attribute, None)
    for drawing in chapter.body.iter("svg"):
        if not drawing.xpath("./*[local-name() = 'title']/text()"):
            found.faults.append(f"{chapter.source}: a drawing (svg) has no <title>")
        drawing.set("font-family", drawing.get("font-family", LETTERING))


# --- what Chinese typography asks for -----------------------------------------------------------------


def mark_chinese(body: Element, lang: str) -> None:
    """Chinese is not slanted: stressed words get dots in a Chinese book and stay upright in an English one.

    In an English book every piece of Chinese is marked as such, and a short term is kept on one line.
    """
    if lang == "zh":
        for stressed in body.xpath(".//em | .//i | .//cite | .//dfn"):
            _wrap_text(stressed, HAN_RUN, _dotted)
    else:
        _wrap_text(body, HAN_TEXT, _chinese)


def _dotted(text: str) -> Element:
    return E.SPAN(text, E.CLASS("dotted"))


def _chinese(text: str) -> Element:
    span = E.SPAN(text, lang="zh-Hans")
    if len(text) <= LONGEST_UNBROKEN_TERM:
        span.set("class", "term")
    return span


def _wrap_text(element: Element, pattern: re.Pattern[str], wrap: Callable[[str], Element]) -> None:
    """Put each match of the pattern in the element's text into an element of its own."""
    done = "ancestor::*[@class = 'dotted' or starts-with(@lang, 'zh')]"
    for text in element.xpath(f".//text()[not(ancestor::pre or ancestor::svg or {done})]"):
        parts = _split(str(text), pattern, wrap)
        if parts is None:
            continue
        before, wrapped = parts
        parent = text.getparent()
        if text.is_tail:
            parent.tail = before
            for new in reversed(wrapped):
                tail, new.tail = new.tail, None
                parent.addnext(new)
                new.tail = tail
        else:
            parent.text = before
            for position, new in enumerate(wrapped):
                parent.insert(position, new)


def _split(text: str, pattern: re.Pattern[str], wrap: Callable[[str], Element]) -> tuple[str, list[Element]] | None:
    """The text before the first match, and each match wrapped with the text behind it as its tail."""
    matches = list(pattern.finditer(text))
    if not matches:
        return None
    ends = [match.start() for match in matches[1:]] + [len(text)]
    wrapped = []
    for match, end in zip(matches, ends, strict=True):
        new = wrap(match.group())
        new.tail = text[match.end() : end]
        wrapped.append(new)
    return text[: matches[0].start()], wrapped


# --- what makes good pages ----------------------------------------------------------------------------


def set_spaces_apart(body: Element) -> None:
    """Put the space before a link or other marked words into an element of its own.

    WeasyPrint 70 breaks a line after its first word if the text before marked words fits but for its last space.
    """
    for marked in list(body.iter(*INLINE)):
        before = marked.getprevious()
        text = marked.getparent().text if before is None else before.tail
        if not text or not text.strip() or text == text.rstrip(" \n"):
            continue
        if before is None:
            marked.getparent().text = text.rstrip(" \n")
        else:
            before.tail = text.rstrip(" \n")
        marked.addprevious(E.SPAN(" "))


def keep_short_notes_together(body: Element) -> None:
    for note in _divisions(body, "admonition"):
        text = " ".join(note.text_content().split())
        if len(text) + sum(map(len, HAN_RUN.findall(text))) <= KEPT_TOGETHER:
            note.set("class", f"{note.get('class')} short")


def look_for_templates(chapter: Chapter, found: Findings) -> None:
    """Braces of a template or an attribute list that nobody read are a fault, not text."""
    for match in re.finditer(r"\{\{|\}\}|\{%|%\}|\{:? ?#", chapter.body.text_content()):
        around = chapter.body.text_content()[max(0, match.start() - 20) : match.end() + 30]
        found.faults.append(f"{chapter.source}: template left over: {' '.join(around.split())}")


# --- small tools --------------------------------------------------------------------------------------


def _classes(element: Element | None) -> set[str]:
    return set() if element is None else set(element.get("class", "").split())


def _divisions(body: Element, class_: str) -> list[Element]:
    return [division for division in body.iter("div") if class_ in _classes(division)]


def _within(element: Element, class_: str) -> bool:
    return any(class_ in _classes(up) for up in element.iterancestors())


def _is_inside(element: Element, body: Element) -> bool:
    return any(up is body for up in element.iterancestors())


def _outermost(element: Element, class_: str) -> Iterator[Element]:
    for child in element.iterchildren(etree.Element):
        if class_ in _classes(child):
            yield child
        else:
            yield from _outermost(child, class_)


def _cut(element: Element) -> Element:
    """Take an element out of its tree; the text behind it stays."""
    element.drop_tree()
    return element


def _replace_by(element: Element, others: Iterable[Element]) -> None:
    for other in others:
        element.addprevious(other)
    if element.getparent() is not None:
        element.drop_tree()
