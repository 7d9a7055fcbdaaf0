"""The days of an answer as a calendar file (iCalendar, RFC 5545): deadlines with reminders, and the day cover returns.

Our own writer and not a library: the core is standard library only and runs in the page. A library for reading calendars
holds it to the standard in the tests. Nothing here depends on the clock: the same answer gives the same file, so that
importing it twice does not make two entries of one.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from calculator import months
from calculator.assessment import Assessment
from calculator.document import document
from calculator.explain import NOTHING_EXPLAINED
from calculator.rules.cover import Interruption
from calculator.words import Words

MEDIA_TYPE = "text/calendar"
#: Lines are folded so that none is longer than this, in bytes (RFC 5545, 3.1).
LONGEST_LINE = 75
#: Days before a deadline on which the calendar reminds.
REMIND_BEFORE = (14, 3)


def calendar(assessment: Assessment, lang: str) -> str:
    """The calendar file in ``"en"`` or ``"zh"``, with the days from the day of asking on.

    It may hold no entry: not every answer has a day to come.
    """
    words = Words(lang)
    said = document(assessment, lang, explanation=NOTHING_EXPLAINED)
    stamp = f"{assessment.facts.on:%Y%m%d}T000000Z"
    life = hashlib.sha256(repr(assessment.facts).encode()).hexdigest()[:16]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Yibao Guide//{said['version']}//{lang.upper()}",
        "CALSCALE:GREGORIAN",
    ]
    to_come = [entry for entry in _entries(assessment, said, words) if entry[0] >= assessment.facts.on]
    for number, (day, summary, details, remind) in enumerate(to_come):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{life}-{number}-{lang}@yibao-guide",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            "TRANSP:TRANSPARENT",
            f"SUMMARY:{_text(summary)}",
            f"DESCRIPTION:{_text(chr(10).join([*details, said['disclaimer']]))}",
        ]
        for before in REMIND_BEFORE if remind else ():
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{_text(summary)}",
                f"TRIGGER:-P{before}D",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _entries(assessment: Assessment, said: dict, words: Words) -> Iterator[tuple[date, str, list[str], bool]]:
    """Day, title, details and whether to remind: the steps with a last day, then the last months, then the returns."""
    for step in said["steps"]["items"]:
        if step["by"]:
            facts = [f"{fact['label']}: {fact['text']}" for fact in step["facts"]]
            yield date.fromisoformat(step["by"]), step["text"], facts, True
    timelines = (*assessment.interruptions, *assessment.joinings)
    for stretch, told in zip(timelines, said["cover"]["stretches"], strict=True):
        # What has been done already needs no reminder.
        if isinstance(stretch, Interruption) and stretch.resume is None:
            for deadline, text in zip(stretch.deadlines, told["deadlines"], strict=True):
                if deadline.kind == "last_month":
                    yield months.first_day(deadline.month), text, [told["title"]], True
        for line, shown in zip(stretch.lines, told["lines"], strict=True):
            if line.returns is not None:
                text = words.joined([shown["assuming"] and f"{shown['assuming']}:", shown["text"]])
                yield line.returns, text, [told["title"], *shown["notes"]], False


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
