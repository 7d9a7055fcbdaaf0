"""The days of an answer as a calendar file (iCalendar, RFC 5545): deadlines with reminders, and the day cover returns.

Our own writer and not a library: the core is standard library only and runs in the page. A library for reading calendars
holds it to the standard in the tests. Nothing here depends on the clock: the same answer gives the same file, and the same
life asked about again on another day gives entries of the same names, so that importing it twice doubles nothing.
"""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.document import document
from calculator.document.steps import how_the_day_stands
from calculator.document.years import timing_sentence
from calculator.explain import NOTHING_EXPLAINED, Explanation
from calculator.facts import ELSEWHERE, Facts, facts_json
from calculator.immutable import immutable
from calculator.levers import Change, changes
from calculator.rules.cover import Interruption
from calculator.words import Words

MEDIA_TYPE = "text/calendar"
#: Lines are folded so that none is longer than this, in bytes (RFC 5545, 3.1).
LONGEST_LINE = 75
#: Days before a deadline on which the calendar reminds, and the hour: nobody wants to be woken at midnight.
REMIND_BEFORE, REMIND_AT = (14, 3), 9
#: What ends the name of a day on which only a court acts; the days that a step names, too.
_NOTHING_TO_DO, _OF_A_STEP = "_not_before", ("report_by", "by")


@immutable
class Entry:
    """One day for the calendar. ``name`` tells it from the other entries of the same life."""

    name: str
    day: date
    summary: str
    details: tuple[str, ...]
    remind: bool


def calendar(assessment: Assessment, lang: str, explanation: Explanation | None = None) -> str:
    """The calendar file in ``"en"`` or ``"zh"``, with the days from the day of asking on. What would change the answer is
    worked out when no ``explanation`` is given.

    It may hold no entry: not every answer has a day to come.
    """
    facts = assessment.facts
    said = document(assessment, lang, explanation=NOTHING_EXPLAINED)
    life = _name_of(facts)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Yibao Guide//{_text(said['version'])}//{lang.upper()}",
        "CALSCALE:GREGORIAN",
    ]
    for entry in entries(assessment, lang, explanation):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{life}-{entry.name}-{lang}@yibao-guide",
            f"DTSTAMP:{facts.on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            "TRANSP:TRANSPARENT",
            f"SUMMARY:{_text(entry.summary)}",
            f"DESCRIPTION:{_text(chr(10).join([*entry.details, said['disclaimer']]))}",
        ]
        for before in REMIND_BEFORE if entry.remind else ():
            # A reminder of a day that has passed would ring at once, or never.
            if entry.day - timedelta(days=before) >= facts.on:
                lines += [
                    "BEGIN:VALARM",
                    "ACTION:DISPLAY",
                    f"DESCRIPTION:{_text(entry.summary)}",
                    f"TRIGGER:-P{before - 1}DT{24 - REMIND_AT}H",
                    "END:VALARM",
                ]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def entries(assessment: Assessment, lang: str, explanation: Explanation | None = None) -> list[Entry]:
    """The days of an answer from the day of asking on, in the language asked for."""
    words = Words(lang)
    possible = changes(assessment) if explanation is None else explanation.changes
    said = document(assessment, lang, explanation=Explanation(possible, (), ()))
    found = [
        *_steps(assessment, said, words),
        *_cover(assessment, said, words),
        *_rulings(assessment, words),
        *_retirement(assessment, words),
    ]
    found += _last_days(possible, said, {entry.day for entry in found if entry.remind})
    found += _change_of_law(assessment, said, words, found)
    return [entry for entry in found if entry.day >= assessment.facts.on]


def _steps(assessment: Assessment, said: dict[str, Any], words: Words) -> Iterator[Entry]:
    """The steps with a last day, but those that are done."""
    for number, (step, told) in enumerate(zip(assessment.steps, said["steps"]["items"], strict=True), 1):
        if step.by is not None and how_the_day_stands(step, assessment.facts.on) != "done":
            facts = tuple(f"{fact['label']}{words.colon}{fact['text']}" for fact in told["facts"])
            yield Entry(f"step-{number}-{step.key}", step.by, told["text"], facts, True)


def _cover(assessment: Assessment, said: dict[str, Any], words: Words) -> Iterator[Entry]:
    """The last months in which payment avoids a wait, and the days cover is back."""
    stretches = zip(assessment.timelines, said["cover"]["stretches"], strict=True)
    for number, (stretch, told) in enumerate(stretches, 1):
        # What has been done already needs no reminder; what is only planned does. Without a gap no deadline is said.
        if isinstance(stretch, Interruption) and stretch.gap != 0 and _is_ahead(stretch, assessment.facts.on):
            for deadline, text in zip(stretch.deadlines, told["deadlines"], strict=True):
                if deadline.kind == "last_month":
                    name = f"pay-{number}-{deadline.payer or 'anybody'}"
                    yield Entry(name, months.first_day(deadline.month), text, (told["title"],), True)
        for case, (line, shown) in enumerate(zip(stretch.lines, told["lines"], strict=True), 1):
            if line.returns is not None:
                text = words.joined([shown["assuming"] and f"{shown['assuming']}:", shown["text"]])
                yield Entry(f"cover-{number}-{case}", line.returns, text, (told["title"], *shown["notes"]), False)


def _is_ahead(stretch: Interruption, on: date) -> bool:
    return stretch.resume is None or months.first_day(stretch.resume) > on


def _rulings(assessment: Assessment, words: Words) -> Iterator[Entry]:
    """The days that were worked out for what needs no arithmetic otherwise: when a court can be asked, when a right is lost."""
    steps = {(step.event, step.by) for step in assessment.steps}
    for number, ruling in enumerate(assessment.rulings, 1):
        for name, value in ruling.computed.items():
            # The step that is due says more of its day. Who has told when they report knows what comes of it.
            said = (name in _OF_A_STEP and (ruling.event, value) in steps) or "placement" in ruling.computed
            if isinstance(value, date) and not said and not name.endswith(_NOTHING_TO_DO):
                text = words.say(f"says_{ruling.topic}.{name}", value=value)
                event = words.say(f"event.{ruling.event}")
                yield Entry(f"{ruling.topic}-{number}-{name}", value, text, (event,), True)


def _retirement(assessment: Assessment, words: Words) -> Iterator[Entry]:
    """The month of retirement, where it is known."""
    retires = {timing.retires for timing in assessment.timings}
    if len(retires) == 1 and None not in retires:
        timing = assessment.timings[0]
        text = timing_sentence(timing, assessment, words)
        yield Entry("retires", months.first_day(timing.retires), text, (words.say("event.retire"),), True)


def _last_days(possible: Iterable[Change], said: dict[str, Any], named: Container[date]) -> Iterator[Entry]:
    """The last days that still help, but those named already."""
    for change, item in zip(possible, said["changes"]["items"], strict=True):
        if change.kind != "past" and isinstance(change.by, date) and change.by not in named:
            yield Entry(
                f"last-{change.number}-{change.event}-{change.by:%Y%m%d}",
                change.by,
                item["text"],
                tuple(item["details"]),
                True,
            )


def _change_of_law(
    assessment: Assessment, said: dict[str, Any], words: Words, found: Iterable[Entry]
) -> Iterator[Entry]:
    """The day on which another law begins, when the answer reaches up to it or past it."""
    places = {_law_place(stretch.destination) for stretch in assessment.interruptions} | _law_places(assessment.facts)
    until = min(level.known_until for place in places for level in words.book.path(place))
    reaches_it = (
        any(stretch["beyond"] for stretch in said["cover"]["stretches"])
        or any(
            deadline.kind == "known_days_end" for stretch in assessment.interruptions for deadline in stretch.deadlines
        )
        or any(entry.day >= until for entry in found)
    )
    if reaches_it:
        details = words.say("calendar.law_changes_details", day=until)
        yield Entry("law-changes", until, words.say("calendar.law_changes"), (details,), True)


def _law_places(facts: Facts) -> set[str]:
    return {_law_place(facts.place)} | {_law_place(event["to"]) for event in facts.events if "to" in event.values}


def _law_place(place: str) -> str:
    return "china" if place == ELSEWHERE else place


def _name_of(facts: Facts) -> str:
    """A name for the life itself, whatever the day of asking."""
    told = {name: value for name, value in facts_json(facts).items() if name != "on"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _text(value: str) -> str:
    """A text value, escaped (RFC 5545, 3.3.11)."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> Iterable[str]:
    """The line in pieces of at most 75 bytes, without cutting a character; every piece after the first is indented."""
    piece, size, limit = "", 0, LONGEST_LINE
    for character in line:
        width = len(character.encode())
        if size + width > limit:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece
