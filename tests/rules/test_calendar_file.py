"""The calendar file is read by a strict library as what the answer says, in both languages."""

import json
import subprocess
import sys
from datetime import date, timedelta

import icalendar
import pytest

from calculator.assessment import assess
from calculator.calendar_file import LONGEST_LINE, REMIND_BEFORE, calendar
from calculator.document import document
from calculator.facts import parse
from calculator.words import LANGUAGES
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
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= LONGEST_LINE
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
    assert all(f"{fact['label']}: {fact['text']}" in str(entry["DESCRIPTION"]) for fact in step["facts"])
    assert [alarm.decoded("TRIGGER") for alarm in entry.walk("VALARM")] == [-timedelta(days=n) for n in REMIND_BEFORE]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_month_without_a_wait_is_on_its_first_day(lang):
    assessment = assess(parse(LEAVER))
    last = {deadline.month for deadline in assessment.interruptions[0].deadlines if deadline.kind == "last_month"}
    assert last
    days = {entry.decoded("DTSTART") for entry in entries(LEAVER, lang)}
    assert {date(month // 12, month % 12 + 1, 1) for month in last} <= days


def test_the_command_line_writes_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "assess", "-", "--calendar"],
        input=json.dumps(LEAVER).encode(),
        capture_output=True,
    )
    assert done.stdout.decode() == calendar(assess(parse(LEAVER)), "en")
