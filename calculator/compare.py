"""Two or three variants of a life side by side, in sentences: what differs between their answers, and what is the same.

Whoever asks "June or July?" must see at a glance where the answers part. What all variants share is said once, below.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from calculator.assessment import Assessment
from calculator.document import document
from calculator.document.parts import with_condition
from calculator.document.told import told
from calculator.explain import NOTHING_EXPLAINED
from calculator.lawbook import Lawbook
from calculator.months import parse_month
from calculator.words import Words

#: More columns can't be read on a phone, nor held in mind.
MOST_VARIANTS = 3

#: What stands in a cell of a variant that speaks of the row, but says nothing of its own.
_NOTES = ("spoken", "no_more")

#: What one variant says on one part: what it is about, and the sentences on it.
_Said = Mapping[str, Sequence[str]]


def comparison(
    assessments: Sequence[Assessment], lang: str, book: Lawbook | None = None, *, shown: int | None = None
) -> dict[str, Any]:
    """Plain data, ready to draw: for each part the rows that differ and the sentences that all variants share.

    A cell lists what its variant says beyond what all say, or has a note why there is nothing. Months that follow each other and
    say the same are one row, whose ``labels`` name each of them. ``shown`` is the number of the
    variant that the reader has before them as a whole, if any. ``assessments`` are two or three; raises ValueError for
    other numbers.
    """
    if not 2 <= len(assessments) <= MOST_VARIANTS:
        raise ValueError(f"{len(assessments)} variants can't be compared, only 2 to {MOST_VARIANTS}")
    words = Words(lang, book)
    documents = [document(assessment, lang, words.book, NOTHING_EXPLAINED) for assessment in assessments]

    def part(title: str, variants: Sequence[_Said], order: Iterable[str] = (), absent: str = "none") -> dict[str, Any]:
        return _part(words.say(title), variants, order, {key: words.say(f"compare.{key}") for key in (*_NOTES, absent)})

    months = _months(documents)
    cover = part("heading.cover", [_cover(one, words) for one in documents], months, "no_month")
    parts = [
        part("told.title", [told(assessment.facts, words) for assessment in assessments]),
        part("heading.answer", [_answer(one, words) for one in documents]),
        {**cover, **{name: _in_ranges(cover[name], months, words) for name in ("rows", "same")}},
        *(
            part(f"heading.{name}", [_items(one[name]["items"], words) for one in documents])
            for name in ("money", "years", "status")
        ),
        part("heading.steps", [_steps(one, words) for one in documents]),
        part("heading.not_known", [_questions(one, words) for one in documents]),
        part("compare.sure", [{"": [one["sure"]["text"]]} for one in documents]),
    ]
    parts = [part for part in parts if part["rows"] or part["same"]]
    return {
        "lang": lang,
        "title": words.say("compare.title"),
        "names": [
            words.say("compare.shown" if number == shown else "compare.variant", letter="ABC"[number])
            for number in range(len(assessments))
        ],
        "buttons": {name: words.say(f"compare.{name}") for name in ("open", "remove")},
        "what": words.say("compare.what"),
        "same_title": words.say("compare.same"),
        "equal": "" if any(part["rows"] for part in parts[1:]) else words.say("compare.equal"),
        "parts": parts,
    }


def _part(title: str, variants: Sequence[_Said], order: Iterable[str], notes: Mapping[str, str]) -> dict[str, Any]:
    """``notes``: what stands in a cell without a sentence, the last of them where the variant does not speak of it."""
    has, no_more, absent = notes.values()
    rows, same = [], []
    for label in dict.fromkeys([*order, *(label for variant in variants for label in variant)]):
        said = [variant.get(label) for variant in variants]
        everywhere = [line for line in said[0] or () if all(lines is not None and line in lines for lines in said)]
        own = [[line for line in lines or () if line not in everywhere] for lines in said]
        differs = None in said or any(own)
        if everywhere or not differs:
            same.append({"label": label, "lines": list(everywhere)})
        if not differs:
            continue
        spoken = has if None in said else no_more
        cells = [
            {"lines": rest, "note": "" if rest else absent if lines is None else spoken}
            for lines, rest in zip(said, own, strict=True)
        ]
        rows.append({"label": label, "cells": cells})
    return {"title": title, "rows": rows, "same": same}


def _in_ranges(lines: Iterable[Mapping[str, Any]], months: Mapping[str, int], words: Words) -> list[Mapping[str, Any]]:
    """Lines on cover with months that follow each other and say the same as one line; the others as they are."""
    found: list[list[Mapping[str, Any]]] = []
    for line in lines:
        before = found[-1][-1] if found else {"label": ""}
        follows = months.get(line["label"], 0) - months.get(before["label"], 0) == 1
        if follows and {**before, "label": line["label"]} == line:
            found[-1].append(line)
        else:
            found.append([line])
    return [_range([line["label"] for line in same], same[0], words) for same in found]


def _range(labels: Sequence[str], line: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    if len(labels) == 1:
        return line
    return {**line, "label": words.say("compare.months", first=labels[0], last=labels[-1]), "labels": labels}


def _answer(document: Mapping[str, Any], words: Words) -> _Said:
    return {"": [_sentence(item, words) for item in document["answer"]["items"]]}


def _sentence(item: Mapping[str, Any], words: Words) -> str:
    return words.say("compare.sentence", text=item["text"], sure=item["sure"]["text"])


def _lines(document: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return (line for stretch in document["cover"]["stretches"] for line in stretch["lines"])


def _months(documents: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The months of all variants by their labels, in the order of the calendar, which no variant alone may have."""
    found = {month["month"]: month["label"] for one in documents for line in _lines(one) for month in line["months"]}
    return {label: parse_month(month) for month, label in sorted(found.items())}


def _cover(document: Mapping[str, Any], words: Words) -> _Said:
    """Month by month, each under its assumption where there is one; then the rest on cover."""
    said: dict[str, list[str]] = {}
    for line in _lines(document):
        for month in line["months"]:
            status = with_condition(line["assuming"], month["status_text"], words)
            said.setdefault(month["label"], []).append(status)
    return said | _items(document["cover"]["items"], words)


def _items(items: Iterable[Mapping[str, Any]], words: Words) -> _Said:
    said: dict[str, list[str]] = {}
    event = ""
    for item in items:
        event = item.get("event", event)
        said.setdefault(event, []).extend([_sentence(item, words), *item["details"]])
    return said


def _steps(document: Mapping[str, Any], words: Words) -> _Said:
    return {
        _step_name(step, words): [with_condition(fact["label"], fact["text"], words) for fact in step["facts"]]
        for step in document["steps"]["items"]
    }


def _step_name(step: Mapping[str, Any], words: Words) -> str:
    """A step by its sentence; one that is to be taken again also by its event."""
    event = next((fact["text"] for fact in step["facts"] if fact["name"] == "of"), "")
    return with_condition(event, step["text"], words)


def _questions(document: Mapping[str, Any], words: Words) -> _Said:
    return {question[words.lang]: [] for question in document["not_known"]["items"]}
