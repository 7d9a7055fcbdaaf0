"""A document (see :mod:`calculator.document`) as plain text for a terminal or a mail."""

from collections.abc import Mapping
from typing import Any

from calculator.terminal import columns_of
from calculator.words import Words


def text(document: Mapping[str, Any]) -> str:
    """The whole document, headings underlined, one thing a line."""
    words = Words(document["lang"])
    lines = [document["title"], document["asked_on"], ""]
    _heading(lines, document["answer"]["title"])
    for item in document["answer"]["items"]:
        _item(lines, item)
    if document["changes"]["items"]:
        _heading(lines, document["changes"]["title"])
        for item in document["changes"]["items"]:
            _item(lines, item)
    for stretch in document["cover"]["stretches"]:
        _heading(lines, document["cover"]["title"])
        lines += [stretch["title"], *(f"  {deadline}" for deadline in stretch["deadlines"])]
        for line in stretch["lines"]:
            if line["assuming"]:
                lines += ["", f"{line['assuming']}{words.colon}".rstrip()]
            widest = max((columns_of(month["label"]) for month in line["months"]), default=0)
            for month in line["months"]:
                mark = "*" if month["beyond_known_days"] else " "
                blanks = " " * (widest - columns_of(month["label"]))
                lines.append(f"  {month['label']}{mark}{blanks} {month['status_text']} - {month['reason']}")
            lines += [f"  {note}" for note in line["notes"]]
        if stretch["beyond"]:
            lines.append(stretch["beyond"])
    for part in ("cover", "money", "years", "status"):
        if document[part]["items"]:
            if not (part == "cover" and document["cover"]["stretches"]):
                _heading(lines, document[part]["title"])
            for item in document[part]["items"]:
                if "event" in item:
                    lines.append(item["event"])
                _item(lines, item)
    if document["steps"]["items"]:
        _heading(lines, document["steps"]["title"])
        for number, step in enumerate(document["steps"]["items"], 1):
            lines.append(f"{number}. {step['text']}")
            lines += [f"   {fact['label']}{words.colon}{fact['text']}" for fact in step["facts"]]
    if document["not_known"]["items"]:
        _heading(lines, document["not_known"]["title"])
        lines.append(document["not_known"]["intro"])
        for question in document["not_known"]["items"]:
            lines += [f"- {question['zh']}"]
            if document["lang"] != "zh":
                lines.append(f"  {question['en']}")
            lines.append(f"  {words.aside('', question['why']).strip()}")
    _heading(lines, document["rules"]["title"])
    for rule in document["rules"]["items"]:
        _rule(lines, rule, words)
    if document["rules"]["why_not"]["items"]:
        _heading(lines, document["rules"]["why_not"]["title"])
        for item in document["rules"]["why_not"]["items"]:
            lines.append(item["event"])
            _item(lines, item)
    lines += ["", document["weakest"], document["disclaimer"], document["version"], ""]
    return "\n".join(lines)


def cards(cards: Mapping[str, Any]) -> str:
    """The cards for the counter as text, one after the other."""
    lines: list[str] = []
    for card in cards["cards"]:
        _heading(lines, _both(card["title"]))
        lines += [_both(pair) for pair in (card["counter"], card["page"]) if pair]
        _heading(lines, _both(card["facts_title"]))
        for pair in card["facts"]:
            _pair(lines, "-", pair)
        for part in card["parts"]:
            _heading(lines, _both(part["title"]))
            for number, entry in enumerate(part["entries"], 1):
                marks = f" [{', '.join(entry['marks'])}]" if entry["marks"] else ""
                _pair(lines, f"{number}.", {**entry["text"], "zh": entry["text"]["zh"] + marks})
                for detail in entry["details"]:
                    _pair(lines, "   ", detail)
        if card["law"]:
            _heading(lines, _both(card["law_title"]))
            for item in card["law"]:
                _pair(lines, f"[{item['mark']}]", item["text"])
        _end(lines, card)
    return "\n".join(lines).lstrip("\n")


def phone(script: Mapping[str, Any]) -> str:
    """The scripts for the phone calls as text, with lines to write on."""
    lines: list[str] = []
    for call in script["calls"]:
        _heading(lines, _both(call["title"]))
        _pair(lines, "", call["how"])
        _heading(lines, _both(call["opening_title"]))
        _pair(lines, "", call["opening"])
        _heading(lines, _both(call["facts_title"]))
        for pair in call["facts"]:
            _pair(lines, "-", pair)
        _heading(lines, _both(call["questions_title"]))
        for number, question in enumerate(call["questions"], 1):
            _pair(lines, f"{number}.", question)
            lines += [f"   {_to_fill_in(call['answer'])}", ""]
        _heading(lines, _both(call["closing_title"]))
        for pair in call["closing"]:
            _pair(lines, "-", pair)
        _end(lines, call)
    return "\n".join(lines).lstrip("\n")


#: A line to write on.
BLANK = "_" * 40


def _end(lines: list[str], sheet: Mapping[str, Any]) -> None:
    lines.append("")
    lines += [_to_fill_in(note) for note in sheet["notes"]]
    lines += ["", _both(sheet["asked_on"]), _both(sheet["version"]), ""]


def _to_fill_in(pair: Mapping[str, str]) -> str:
    return f"{_both(pair)}{': ' if pair['own'] else '：'}{BLANK}"


def _both(pair: Mapping[str, str]) -> str:
    return f"{pair['zh']} / {pair['own']}" if pair["own"] else pair["zh"]


def _pair(lines: list[str], mark: str, pair: Mapping[str, str]) -> None:
    """The Chinese, and the reader's own words on the next line."""
    lines.append(f"{mark} {pair['zh']}".lstrip(" " if not mark else ""))
    if pair["own"]:
        lines.append(f"{' ' * len(mark)} {pair['own']}".lstrip(" " if not mark else ""))


def _heading(lines: list[str], title: str) -> None:
    lines += ["", title, "-" * columns_of(title)]


def _item(lines: list[str], item: Mapping[str, Any]) -> None:
    lines.append(f"* {item['text']} [{item['sure']['text']}]")
    lines += [f"    {detail}" for detail in item["details"]]


def _rule(lines: list[str], rule: Mapping[str, Any], words: Words) -> None:
    lines.append(f"* {rule['title']}  [{rule['id']}]")
    lines.append(f"    {rule['lives']} - {rule['sure']['text']}")
    if rule["role"]:
        lines.append(f"    {rule['role']}")
    lines += [f"    {rule['condition_label']} {condition}" for condition in rule["when"]]
    lines += [f"    -> {outcome}" for outcome in rule["then"]]
    for cite in rule["cites"]:
        lines += _cite(cite, words)
    for other in rule["disagree"]:
        lines.append(f"    ! {rule['disagrees_label']}{words.colon}{other['why']}")
        lines += _cite(other, words)
    if rule["note"]:
        lines.append(f"    {rule['note']}")


def _cite(cite: Mapping[str, Any], words: Words) -> list[str]:
    named = words.enumerated([cite["named"], cite["article"]])
    said = [f"    {named} - {words.enumerated([cite['seen'], cite['checked']])}"]
    if cite["quote"]:
        said.append(f"      “{cite['quote']}”")
    if cite["url"]:
        said.append(f"      {cite['url']}")
    return said
