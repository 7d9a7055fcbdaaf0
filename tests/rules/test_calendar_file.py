"""The calendar file is as RFC 5545 wants it, and a strict library reads from it what the answer says, in both languages."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import icalendar
import pytest

from calculator.calendar_file import LONGEST_LINE, REMIND_AT, REMIND_BEFORE, calendar
from calculator.document import document
from calculator.facts import parse
from calculator.judge import assess
from calculator.words import LANGUAGES, Words
from tests.golden import case, cases

ANSWERED = [one for one in cases() if not one.errors]
#: Somebody who has left and asks at once: the last month without a wait is still to come.
LEAVER = {
    "on": "2026-04-02",
    "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-03"},
    "events": [{"kind": "leave_job"}],
}


def entries(facts, lang):
    """The entries of the calendar as the library reads them; it raises for a file outside the standard."""
    read = icalendar.Calendar.from_ical(calendar(assess(parse(facts)), lang))
    assert read.errors == []
    return read.walk("VEVENT")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.id)
def test_every_answer_gives_a_valid_file(one, lang):
    text = calendar(assess(parse(one.facts)), lang)
    assert text == calendar(assess(parse(one.facts)), lang)
    assert list(faults(text)) == []
    found = entries(one.facts, lang)
    assert len({str(entry["UID"]) for entry in found}) == len(found)
    for entry in found:
        assert type(entry.decoded("DTSTART")) is date and entry.decoded("DTSTART") >= date.fromisoformat(
            one.facts["on"]
        )
        assert str(entry["SUMMARY"]).strip() and "12393" in str(entry["DESCRIPTION"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_deadline_says_what_the_answer_says_and_reminds(lang):
    facts = {**case("j-nanjing-heirs-apply").facts, "on": "2026-10-20"}
    said = document(assess(parse(facts)), lang)
    [step] = [step for step in said["steps"]["items"] if step["key"] == "report_death"]
    [entry] = [entry for entry in entries(facts, lang) if str(entry["SUMMARY"]) == step["text"]]
    assert entry.decoded("DTSTART").isoformat() == step["by"]
    assert all(
        f"{fact['label']}{Words(lang).colon}{fact['text']}" in str(entry["DESCRIPTION"]) for fact in step["facts"]
    )
    # At nine in the morning of the day so many days before.
    rings = [timedelta(hours=REMIND_AT) - timedelta(days=n) for n in REMIND_BEFORE]
    assert [alarm.decoded("TRIGGER") for alarm in entry.walk("VALARM")] == rings


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_month_without_a_wait_is_on_its_first_day(lang):
    assessment = assess(parse(LEAVER))
    last = {deadline.month for deadline in assessment.interruptions[0].deadlines if deadline.kind == "last_month"}
    assert last
    days = {entry.decoded("DTSTART") for entry in entries(LEAVER, lang)}
    assert {date(month // 12, month % 12 + 1, 1) for month in last} <= days


def test_a_reminder_that_has_passed_is_left_out():
    facts = case("j-nanjing-heirs-apply").facts
    last = next(step.by for step in assess(parse(facts)).steps if step.key == "report_death")
    for days_left, rings in ((20, 2), (14, 2), (13, 1), (3, 1), (2, 0)):
        asked = {**facts, "on": (last - timedelta(days=days_left)).isoformat()}
        [entry] = [entry for entry in entries(asked, "en") if "report_death" in str(entry["UID"])]
        assert len(entry.walk("VALARM")) == rings, days_left


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_that_reaches_another_law_says_so_on_its_day(lang):
    # Paid again in December: Shanghai's cover is back on 1 January 2027, the day the law changes.
    later = {**LEAVER, "on": "2026-11-22", "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-12"}]}
    later["cover"] = {**LEAVER["cover"], "paid_until": "2026-10"}
    [changes] = [entry for entry in entries(later, lang) if "law-changes" in str(entry["UID"])]
    assert changes.decoded("DTSTART") == date(2027, 1, 1)
    assert {"en": "Medical Security Law", "zh": "医疗保障法"}[lang] in str(changes["DESCRIPTION"])
    assert len(changes.walk("VALARM")) == len(REMIND_BEFORE)
    died = {**case("j-nanjing-heirs-apply").facts, "on": "2026-10-20"}
    assert not [entry for entry in entries(died, lang) if "law-changes" in str(entry["UID"])]


def test_a_payment_that_is_only_planned_is_reminded_of():
    planned = {**LEAVER, "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-06", "payer": "flexible"}]}
    done = {**planned, "on": "2026-06-02"}
    assert [entry for entry in entries(planned, "en") if "-pay-" in str(entry["UID"])]
    assert not [entry for entry in entries(done, "en") if "-pay-" in str(entry["UID"])]


def test_a_payment_planned_without_a_gap_has_no_deadline():
    planned = {**LEAVER, "events": [{"kind": "employer_arrears", "paid_back": "2026-04"}], "on": "2026-03-20"}
    assert not [entry for entry in entries(planned, "en") if "-pay-" in str(entry["UID"])]


def test_the_same_life_on_another_day_gives_entries_of_the_same_names():
    names = [
        {str(entry["UID"]): entry.decoded("DTSTART") for entry in entries({**LEAVER, "on": on}, "en")}
        for on in ("2026-04-02", "2026-04-20")
    ]
    assert names[0] == names[1] and names[0]


# -- RFC 5545, as far as our files use it -----------------------------------------------------------------

DATE, UTC = r"\d{8}", r"\d{8}T\d{6}Z"
TEXT = r"(?:[^\x00-\x08\x0a-\x1f\x7f\\;,]|\\[\\;,nN])*"
#: For each component: the properties it may have, their form, and whether they must be there exactly once.
COMPONENTS = {
    "VCALENDAR": {"VERSION": "2\\.0", "PRODID": TEXT, "CALSCALE": "GREGORIAN"},
    "VEVENT": {
        "UID": r"[\w@.-]+", "DTSTAMP": UTC, "DTSTART;VALUE=DATE": DATE, "TRANSP": "TRANSPARENT", "SUMMARY": TEXT, "DESCRIPTION": TEXT,
    },
    "VALARM": {"ACTION": "DISPLAY", "DESCRIPTION": TEXT, "TRIGGER": r"-P\d+DT\d+H"},
}  # fmt: skip
INSIDE = {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}


def faults(text: str) -> Iterator[str]:
    """What RFC 5545 forbids in a file of ours, and what it asks for and is missing."""
    if not text.endswith("\r\n") or re.search(r"(?<!\r)\n|\r(?!\n)", text):
        yield "a line does not end in CR LF"
    for line in text.split("\r\n"):
        if len(line.encode()) > LONGEST_LINE:
            yield "a line is longer than 75 bytes"
    open_now: list[tuple[str, list[str]]] = []
    for line in text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            around = open_now[-1][0] if open_now else None
            if value not in INSIDE or INSIDE[value] != around:
                yield f"{value} in {around}"
            open_now.append((value, []))
        elif name == "END":
            begun, had = open_now.pop()
            if begun != value:
                yield f"END:{value} ends {begun}"
            wanted = COMPONENTS.get(begun, {})
            yield from (f"{begun} has {had.count(one)} {one}" for one in wanted if had.count(one) != 1)
        else:
            begun, had = open_now[-1]
            had.append(name)
            form = COMPONENTS.get(begun, {}).get(name)
            if form is None or not re.fullmatch(form, value):
                yield f"{begun}: {line[:60]!r} is not as it must be"
    if open_now:
        yield f"{open_now} is not ended"


SOUND = calendar(assess(parse(LEAVER)), "en")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("\r\n", "\n", "CR LF"),
        ("\r\n ", "", "longer than 75"),
        ("DTSTAMP:20260402T000000Z\r\n", "", "has 0 DTSTAMP"),
        ("DTSTAMP:20260402T000000Z", "DTSTAMP:20260402", "is not as it must be"),
        ("TRIGGER:-P", "TRIGGER:P-", "is not as it must be"),
        ("END:VALARM\r\n", "", "ends VALARM"),
        ("BEGIN:VALARM", "BEGIN:VEVENT", "VEVENT in VEVENT"),
        ("SUMMARY:", "SUMMARY:a\\b", "is not as it must be"),
        ("SUMMARY:", "SUMMARY:a;", "is not as it must be"),
        ("SUMMARY:", "SUMMARY:\x07", "is not as it must be"),
        ("END:VCALENDAR\r\n", "", "is not ended"),
    ],
)
def test_a_planted_fault_is_found(before, after, says):
    assert list(faults(SOUND)) == [] and before in SOUND
    assert any(says in fault for fault in faults(SOUND.replace(before, after)))


def test_the_command_line_writes_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "assess", "-", "--calendar"],
        input=json.dumps(LEAVER).encode(),
        capture_output=True,
    )
    assert done.stdout.decode() == calendar(assess(parse(LEAVER)), "en")
