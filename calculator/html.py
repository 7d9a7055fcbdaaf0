"""A document (see :mod:`calculator.document`) as HTML: for the page, for worked examples in the guide, and for the PDF.

One renderer for all three, so that none of them says anything the others do not. Everything that comes from
outside is escaped. Styles are classes beginning with ``yb-``; nothing is conveyed by colour alone.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any


def result(document: Mapping[str, Any], *, level: int = 2, brief: bool = False, page: bool = False) -> str:
    """The document as an HTML fragment whose first heading has this level.

    ``brief`` leaves out the rules, what would change the answer, and the footer, for an example inside a page that cites
    its sources itself. ``page`` is for an answer that is alone on its page: with a list of its parts to jump to, steps to tick
    off, and the months folded below what they come to.
    """
    parts = [
        f'<h{level} class="yb-title" tabindex="-1">{escape(document["title"])}</h{level}>',
        f'<p class="yb-asked">{escape(document["asked_on"])}</p>',
        answer(document["answer"]),
        _contents(document) if page else "",
        *_sections(document, level + 1, brief, page),
    ]
    if not brief:
        parts.append(
            f'<footer class="yb-footer"><p>{escape(document["weakest"])}</p><p>{escape(document["disclaimer"])}</p>'
            f'<p class="yb-version">{escape(document["version"])}</p></footer>'
        )
    return f'<div class="yb-result" lang="{_lang(document["lang"])}">{"".join(parts)}</div>'


#: The parts of an answer in the order in which they are read, and where each stands in the document.
_PARTS = (
    ("changes", "changes"), ("cover", "cover"), ("money", "money"), ("years", "years"), ("status", "status"),
    ("steps", "steps"), ("not_known", "not-known"), ("rules", "rules"),
)  # fmt: skip


def _is_told(document: Mapping[str, Any], part: str) -> bool:
    return bool(document[part]["items"] or document[part].get("stretches"))


def _contents(document: Mapping[str, Any]) -> str:
    """Links to the parts: a long answer is found one's way through, and what is not known is named above."""
    links = "".join(
        f'<li><a href="#{_id(name)}">{escape(document[part]["title"])}</a></li>'
        for part, name in _PARTS
        if _is_told(document, part)
    )
    return f'<nav class="yb-contents" aria-label="{escape(document["parts"])}"><ul>{links}</ul></nav>'


def _id(name: str) -> str:
    return f"yb-part-{name}"


def _sections(document: Mapping[str, Any], level: int, brief: bool, page: bool) -> Iterable[str]:
    for part, name in _PARTS:
        if _is_told(document, part) and not (brief and part in ("changes", "rules")):
            content = _part(part, document, level, page)
            yield _section(name, document[part]["title"], level, content, _id(name) if page else "")


def _part(part: str, document: Mapping[str, Any], level: int, page: bool) -> str:
    told = document[part]
    if part == "steps":
        return f'<ol class="yb-steps">{"".join(step(item, tick=page) for item in told["items"])}</ol>'
    if part == "not_known":
        return _questions(told, document["lang"])
    if part == "rules":
        rules = "".join(_rule(rule) for rule in told["items"])
        near = "".join(_item(item) for item in told["why_not"]["items"])
        return rules + (_section("why-not", told["why_not"]["title"], level + 1, near) if near else "")
    stretches = "".join(_stretch(stretch, page) for stretch in told.get("stretches", ()))
    return stretches + "".join(_item(item) for item in told["items"])


def _section(name: str, title: str, level: int, content: str, id: str = "") -> str:
    # Names of parts stand apart from those of months: "status" is both.
    target = f' id="{id}" tabindex="-1"' if id else ""
    return (
        f'<section class="yb-section yb-about-{name}"><h{level}{target}>{escape(title)}</h{level}>{content}</section>'
    )


def _sure(sure: Mapping[str, str]) -> str:
    return f'<span class="yb-sure yb-sure-{sure["level"]}">{escape(sure["text"])}</span>'


def answer(part: Mapping[str, Any]) -> str:
    """The sentences that answer, as a list."""
    items = "".join(f"<li>{escape(item['text'])} {_sure(item['sure'])}</li>" for item in part["items"])
    return f'<ul class="yb-answer">{items}</ul>'


def _item(item: Mapping[str, Any]) -> str:
    event = f'<p class="yb-event">{escape(item["event"])}</p>' if "event" in item else ""
    details = "".join(f"<li>{escape(detail)}</li>" for detail in item["details"])
    return (
        f'<div class="yb-item">{event}<p>{escape(item["text"])} {_sure(item["sure"])}</p>{_bars(item.get("bars", ()))}'
        f"{f'<ul>{details}</ul>' if details else ''}</div>"
    )


#: Width and height of a bar, in the units of its picture.
_BARS_WIDTH, _BAR_HEIGHT = 600, 18


def _bars(bars: Iterable[Mapping[str, Any]]) -> str:
    """The years as bars on one scale: full what counts, dashed what may count, an open frame up to what is needed.

    The list below the picture says the same, so readers who don't see it miss nothing.
    """
    bars = list(bars)
    most = max((max(bar["needed"], bar["paid"] + bar["may_count"]) for bar in bars), default=0)
    return "".join(
        f'<div class="yb-bar" aria-hidden="true"><span>{escape(bar["label"])}</span>{_bar(bar, most)}</div>'
        for bar in bars
    )


def _bar(bar: Mapping[str, Any], most: int) -> str:
    parts = (("needed", 0, bar["needed"]), ("paid", 0, bar["paid"]), ("may-count", bar["paid"], bar["may_count"]))
    drawn = "".join(
        f'<rect class="yb-bar-{name}" x="{start * _BARS_WIDTH // most}" y="0" width="{length * _BARS_WIDTH // most}"'
        f' height="{_BAR_HEIGHT}"/>'
        for name, start, length in parts
        if length
    )
    return f'<svg viewBox="-1 -1 {_BARS_WIDTH + 2} {_BAR_HEIGHT + 2}" preserveAspectRatio="none" focusable="false">{drawn}</svg>'


def _stretch(stretch: Mapping[str, Any], page: bool) -> str:
    deadlines = "".join(f"<li>{escape(deadline)}</li>" for deadline in stretch["deadlines"])
    lines = "".join(_line(line, stretch["table"], page) for line in stretch["lines"])
    beyond = f'<p class="yb-beyond">{escape(stretch["beyond"])}</p>' if stretch["beyond"] else ""
    return f"<p>{escape(stretch['title'])}</p>{f'<ul>{deadlines}</ul>' if deadlines else ''}{lines}{beyond}"


def _line(line: Mapping[str, Any], table: Mapping[str, str], page: bool) -> str:
    assuming = f'<p class="yb-assuming">{escape(line["assuming"])}</p>' if line["assuming"] else ""
    rows = "".join(
        f'<tr><th scope="row">{escape(month["label"])}{"*" if month["beyond_known_days"] else ""}</th>'
        f'<td><span class="yb-status yb-{month["status"]}">{escape(month["status_text"])}</span></td>'
        f"<td>{escape(month['reason'])}</td></tr>"
        for month in line["months"]
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in line["notes"])
    months = (
        f'<table class="yb-months"><caption>{escape(line["caption"])}</caption><thead><tr>'
        f'<th scope="col">{escape(table["month"])}</th><th scope="col">{escape(table["status"])}</th>'
        f'<th scope="col">{escape(table["reason"])}</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    if page and rows:
        months = (
            f"{ranges(line)}"
            f'<details class="yb-rule yb-fold"><summary>{escape(table["one_by_one"])}</summary>{months}</details>'
        )
    return f"{assuming}{strip(line)}{months}{f'<ul>{notes}</ul>' if notes else ''}"


def strip(line: Mapping[str, Any]) -> str:
    """The months of one line as a drawing; what it shows must be said beside it."""
    cells = "".join(f'<span class="yb-cell yb-{month["status"]}"></span>' for month in line["months"])
    return f'<div class="yb-strip" aria-hidden="true">{cells}</div>'


def ranges(line: Mapping[str, Any]) -> str:
    """Months of one kind after another, as a list: the same in words."""
    items = "".join(
        f'<li><span class="yb-status yb-{one["status"]}">{escape(one["text"])}</span></li>' for one in line["ranges"]
    )
    return f'<ul class="yb-ranges">{items}</ul>'


def step(step: Mapping[str, Any], *, tick: bool = False) -> str:
    """One step as a list item; ``tick`` puts a box before it. A tick is the reader's own and kept nowhere."""
    facts = "".join(
        f'<div class="yb-step-{fact["name"]}"><dt>{escape(fact["label"])}</dt><dd>{escape(fact["text"])}</dd></div>'
        for fact in step["facts"]
    )
    text = escape(step["text"])
    if tick:
        text = f'<label class="yb-tick"><input type="checkbox" autocomplete="off"> <span>{text}</span></label>'
    return f"<li><p>{text}</p><dl>{facts}</dl></li>"


def _questions(part: Mapping[str, Any], lang: str) -> str:
    items = ""
    for question in part["items"]:
        own = "" if lang == "zh" else f'<p lang="en">{escape(question["en"])}</p>'
        items += (
            f'<li><blockquote lang="zh-Hans">{escape(question["zh"])}</blockquote>{own}'
            f'<p class="yb-why">{escape(question["why"])}</p></li>'
        )
    return f'<p>{escape(part["intro"])}</p><ul class="yb-questions">{items}</ul>'


def _rule(rule: Mapping[str, Any]) -> str:
    when = "".join(f"<li>{escape(condition)}</li>" for condition in rule["when"])
    then = "".join(f"<li>{escape(outcome)}</li>" for outcome in rule["then"])
    cites = "".join(cite(item) for item in rule["cites"])
    disagree = "".join(
        f'<div class="yb-disagree"><p><strong>{escape(rule["disagrees_label"])}.</strong> {escape(item["why"])}</p>{cite(item)}</div>'
        for item in rule["disagree"]
    )
    role = f"<p>{escape(rule['role'])}</p>" if rule["role"] else ""
    note = f'<p class="yb-note">{escape(rule["note"])}</p>' if rule["note"] else ""
    return (
        f'<details class="yb-rule" data-rule="{escape(rule["id"])}"><summary>{escape(rule["title"])} {_sure(rule["sure"])}</summary>'
        f"{role}<p>{escape(rule['lives'])}</p><p>{escape(rule['condition_label'])}</p><ul>{when}</ul>"
        f"<p>{escape(rule['follows_label'])}</p><ul>{then}</ul>{note}{cites}{disagree}</details>"
    )


def cite(item: Mapping[str, Any]) -> str:
    """One citation: title, number, article, quotation, paraphrase, how it was seen and when."""
    title = escape(item["named"])
    if item["url"]:
        title = f'<a href="{escape(item["url"])}" rel="noopener">{title}</a>'
    quote = f'<blockquote lang="zh-Hans">{escape(item["quote"])}</blockquote>' if item["quote"] else ""
    note = f'<p class="yb-note">{escape(item["note"])}</p>' if item["note"] else ""
    return (
        f'<div class="yb-cite"><p>{title}, {escape(item["article"])}</p>{quote}<p>{escape(item["paraphrase"])}</p>{note}'
        f'<p class="yb-seen">{escape(item["seen"])}, {escape(item["checked"])}</p></div>'
    )


# -- variants side by side -----------------------------------------------------------------------------------


def comparison(compared: Mapping[str, Any], *, level: int = 2) -> str:
    """Variants side by side (see :func:`calculator.compare.comparison`) as one table; on a narrow screen its rows become blocks.

    Roles are written out: a row that is drawn as a block would lose its own.
    """
    names = compared["names"]
    columns = "".join(
        f'<th scope="col" role="columnheader"><span>{escape(name)}</span> {_buttons(compared["buttons"], name, number)}</th>'
        for number, name in enumerate(names)
    )
    groups = "".join(_compared(part, compared) for part in compared["parts"] if part["rows"])
    equal = f'<p class="yb-equal">{escape(compared["equal"])}</p>' if compared["equal"] else ""
    return (
        f'<section class="yb-compare" lang="{_lang(compared["lang"])}"><h{level} class="yb-title" tabindex="-1">'
        f"{escape(compared['title'])}</h{level}><p>{escape(compared['what'])}</p>{equal}"
        f'<table class="yb-compared" role="table"><caption>{escape(compared["title"])}</caption>'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{columns}</tr></thead>{groups}</table>'
        f"{_shared(compared)}</section>"
    )


def _buttons(texts: Mapping[str, str], name: str, number: int) -> str:
    return "".join(
        f'<button type="button" class="yb-button yb-quiet" data-{do}="{number}" aria-label="{escape(text)}: {escape(name)}">'
        f"{escape(text)}</button>"
        for do, text in texts.items()
    )


def _compared(part: Mapping[str, Any], compared: Mapping[str, Any]) -> str:
    # One row without a name of its own is the whole part.
    alone = [row["label"] for row in part["rows"]] == [""]
    width = len(compared["names"]) + 1
    title = (
        ""
        if alone
        else f'<tr role="row"><th scope="rowgroup" role="rowheader" colspan="{width}">{escape(part["title"])}</th></tr>'
    )
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{escape(row["label"] or part["title"])}</th>'
        + "".join(
            f'<td role="cell" data-name="{escape(name)}">{_cell(cell)}</td>'
            for name, cell in zip(compared["names"], row["cells"], strict=True)
        )
        + "</tr>"
        for row in part["rows"]
    )
    return f'<tbody role="rowgroup">{title}{rows}</tbody>'


def _cell(cell: Mapping[str, Any]) -> str:
    note = f'<p class="yb-none">{escape(cell["note"])}</p>' if cell["note"] else ""
    return "".join(f"<p>{escape(line)}</p>" for line in cell["lines"]) + note


def _shared(compared: Mapping[str, Any]) -> str:
    groups = ""
    for part in compared["parts"]:
        items = ""
        for one in part["same"]:
            label = f"<strong>{escape(one['label'])}</strong> " if one["label"] else ""
            items += f"<li>{label}{' '.join(map(escape, one['lines']))}</li>"
        groups += f"<p>{escape(part['title'])}</p><ul>{items}</ul>" if items else ""
    return (
        f'<details class="yb-rule"><summary>{escape(compared["same_title"])}</summary>{groups}</details>'
        if groups
        else ""
    )


# -- what one takes along ---------------------------------------------------------------------------------


def cards(cards: Mapping[str, Any], *, level: int = 2) -> str:
    """The cards for the counter (see :func:`calculator.card.cards`), one page of paper each."""
    return _sheets((_card(card, level, cards["lang"]) for card in cards["cards"]), cards["lang"])


def phone(script: Mapping[str, Any], *, level: int = 2) -> str:
    """The scripts for the phone calls (see :func:`calculator.card.phone`), one page of paper each."""
    return _sheets((_call(call, level, script["lang"]) for call in script["calls"]), script["lang"])


def _sheets(sheets: Iterable[str], lang: str) -> str:
    articles = "".join(f'<article class="yb-sheet-page">{sheet}</article>' for sheet in sheets)
    return f'<div class="yb-sheets" lang="{_lang(lang)}">{articles}</div>'


def _card(card: Mapping[str, Any], level: int, lang: str) -> str:
    page = _pair(card["page"], lang, "yb-small") if card["page"] else ""
    parts = ""
    for part in card["parts"]:
        entries = "".join(_entry(entry, lang) for entry in part["entries"])
        parts += f"{_heading(part['title'], level + 1, lang)}<ol>{entries}</ol>"
    law = "".join(f'<li value="{escape(item["mark"])}">{_pair(item["text"], lang)}</li>' for item in card["law"])
    return (
        f"{_heading(card['title'], level, lang)}{_pair(card['counter'], lang, 'yb-counter')}{page}"
        f"{_heading(card['facts_title'], level + 1, lang)}{_list(card['facts'], lang)}{parts}"
        + (f'{_heading(card["law_title"], level + 1, lang)}<ol class="yb-small">{law}</ol>' if law else "")
        + _blanks(card["notes"], lang)
        + _imprint(card, lang)
    )


def _entry(entry: Mapping[str, Any], lang: str) -> str:
    marks = f" <sup>{escape(', '.join(entry['marks']))}</sup>" if entry["marks"] else ""
    details = "".join(_pair(detail, lang, "yb-small") for detail in entry["details"])
    return f"<li>{_pair(entry['text'], lang, after=marks)}{details}</li>"


def _call(call: Mapping[str, Any], level: int, lang: str) -> str:
    questions = "".join(
        f"<li>{_pair(question, lang)}{_blanks([call['answer']], lang)}</li>" for question in call["questions"]
    )
    return (
        f"{_heading(call['title'], level, lang)}{_pair(call['how'], lang, 'yb-small')}"
        f"{_heading(call['opening_title'], level + 1, lang)}{_pair(call['opening'], lang)}"
        f"{_heading(call['facts_title'], level + 1, lang)}{_list(call['facts'], lang)}"
        f"{_heading(call['questions_title'], level + 1, lang)}<ol>{questions}</ol>"
        f"{_heading(call['closing_title'], level + 1, lang)}{_list(call['closing'], lang)}"
        f"{_blanks(call['notes'], lang)}{_imprint(call, lang)}"
    )


def _imprint(sheet: Mapping[str, Any], lang: str) -> str:
    return f"<footer>{_pair(sheet['asked_on'], lang, 'yb-small')}{_pair(sheet['version'], lang, 'yb-small')}</footer>"


def _heading(pair: Mapping[str, str], level: int, lang: str) -> str:
    own = f' <span lang="{_lang(lang)}">{escape(pair["own"])}</span>' if pair["own"] else ""
    return f'<h{level}><span lang="zh-Hans">{escape(pair["zh"])}</span>{own}</h{level}>'


def _list(pairs: Iterable[Mapping[str, str]], lang: str) -> str:
    return f"<ul>{''.join(f'<li>{_pair(pair, lang)}</li>' for pair in pairs)}</ul>"


def _blanks(pairs: Iterable[Mapping[str, str]], lang: str) -> str:
    """Lines to write on."""
    return "".join(f'<div class="yb-blank">{_pair(pair, lang, "yb-small")}</div>' for pair in pairs)


def _pair(pair: Mapping[str, str], lang: str, name: str = "", after: str = "") -> str:
    """The Chinese for the clerk and the reader's own words beside it."""
    own = f'<p lang="{_lang(lang)}">{escape(pair["own"])}</p>' if pair["own"] else ""
    classes = f"yb-pair {name}".strip() if own else f"yb-pair yb-alone {name}".strip()
    return f'<div class="{classes}"><p lang="zh-Hans">{escape(pair["zh"])}{after}</p>{own}</div>'


def _lang(lang: str) -> str:
    return "zh-Hans" if lang == "zh" else "en"
