"""A hundred thousand random lives: no exception, and every property that must be true of any answer is.

The lives of one example come from one number, so that drawing them costs little. A life that shows a fault is made as small
as it can be, and is printed as JSON: ``python -m calculator assess`` takes it.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from copy import replace

import icalendar
import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from calculator import share
from calculator.assessment import Assessment
from calculator.assessment_json import to_json
from calculator.assessment_schema import assessment_schema
from calculator.calendar_file import calendar
from calculator.card import cards, counter_of, phone
from calculator.confidence import Confidence
from calculator.document import document
from calculator.facts import EVENTS, GROUPS, FactErrors, Facts, facts_json, parse, values_of
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.text import text
from calculator.verify.answers import answer_faults, document_faults
from calculator.words import LANGUAGES
from tests.properties.lives import Life, lives, readable, smallest, told

BOOK = lawbook()
#: In each run of the tests. Fewer for a quick look: LIVES=5000 ./scripts/test tests/properties
LIVES, IN_ONE_EXAMPLE = int(os.environ.get("LIVES", "100000")), 2500
#: Parts of a run that processes can share.
PARTS = 4
#: The link of a life, its sentences, the schema and the calendar take far longer than an answer: every so many lives.
LINK_EVERY, SAID_EVERY, FILES_EVERY = 4, 400, 2000
SCHEMA = jsonschema.Draft202012Validator(assessment_schema())
#: Seeds are drawn by hypothesis, without a clock: every run sees the same lives. Its own shrinking would make the number
#: smaller and not the life.
EXAMPLES = {"derandomize": True, "deadline": None, "database": None, "phases": [Phase.explicit, Phase.generate]}
SEEDS = st.integers(0, 2**64 - 1)


def faults_of(facts: Facts, number: int = 0) -> Iterator[str]:
    """What is wrong with the answer to a life; the dearer properties are looked at where ``number`` says so."""
    assessment = assess(facts, BOOK)
    yield from answer_faults(assessment, BOOK)
    by_link = number % LINK_EVERY == 0
    if (share.decode(share.encode(facts), BOOK) if by_link else parse(facts_json(facts), BOOK)) != facts:
        yield "the facts do not come back as they were"
    if number % SAID_EVERY == 0:
        yield from document_faults(assessment, BOOK)
        yield from _sheet_faults(assessment)
    if number % FILES_EVERY == 0:
        answer = json.loads(json.dumps(to_json(assessment, BOOK), allow_nan=False))
        yield from (f"{fault.json_path}: {fault.message[:200]}" for fault in SCHEMA.iter_errors(answer))
        for lang in LANGUAGES:
            yield from _calendar_faults(calendar(assessment, lang))
            if not text(document(assessment, lang)).strip():
                yield "no text"


def _sheet_faults(assessment: Assessment) -> Iterator[str]:
    """A card or script with an empty text, a slot not filled, or a wish, claim or question lost between its pages."""
    made = cards(assessment, "en", BOOK)
    entries = [entry["text"]["zh"] for card in made["cards"] for part in card["parts"] for entry in part["entries"]]
    to_do = [step for step in assessment.steps if counter_of(step)]
    if len(entries) < len(to_do):
        yield f"{len(to_do)} things to do at counters, {len(entries)} on cards"
    if assessment.questions and not phone(assessment, "en", BOOK)["calls"]:
        yield "questions and no script"
    for pair in _pairs([made, phone(assessment, "en", BOOK)]):
        if not pair["zh"].strip() or not pair["own"].strip() or "{" in "".join(pair.values()):
            yield f"{pair} is not said"


def _pairs(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and value.keys() == {"zh", "own"}:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _pairs(item)


def _calendar_faults(written: str) -> Iterator[str]:
    read = icalendar.Calendar.from_ical(written)
    again = icalendar.Calendar.from_ical(read.to_ical())
    entries = [[(str(e["UID"]), e.decoded("DTSTART"), str(e["SUMMARY"]), str(e["DESCRIPTION"])) for e in c.walk("VEVENT")] for c in (read, again)]  # fmt: skip
    if read.errors or entries[0] != entries[1]:
        yield f"the calendar does not come back as it was: {read.errors}"


def found_in(life: Life, number: int = 0) -> list[str]:
    """The faults of a life as told. A life that is refused has none."""
    try:
        return found_by(parse(life, BOOK), number)
    except FactErrors:
        return []


def found_by(facts: Facts, number: int) -> list[str]:
    """The faults of the answer to these facts; an exception is one."""
    try:
        return list(faults_of(facts, number))
    except Exception as broken:
        return [f"{type(broken).__name__}: {broken}"]


@pytest.mark.parametrize("part", range(PARTS))
@settings(max_examples=max(1, LIVES // IN_ONE_EXAMPLE // PARTS), **EXAMPLES)
@given(seed=SEEDS)
def test_no_life_shows_a_fault(part, seed):
    for number, life in enumerate(lives(part << 64 | seed, IN_ONE_EXAMPLE, BOOK)):
        facts = readable(life, BOOK)
        if facts is not None and (faults := found_by(facts, number)):
            small = smallest(told(facts), lambda one: bool(found_in(one)))
            pytest.fail(f"{found_in(small) or faults}\n{json.dumps(small, ensure_ascii=False)}")


def test_the_lives_are_worth_asking():
    """Most are answered, and every event, every fact and every choice is among them, told and not told."""
    drawn = 3000
    answered = [facts for life in lives(1, drawn, BOOK) if (facts := readable(life, BOOK))]
    assert len(answered) > 0.7 * drawn
    kinds = Counter(event.kind for facts in answered for event in facts.events)
    assert min(kinds[kind] for kind in EVENTS) > drawn / 100, kinds
    assert sum(len(facts.events) > 2 for facts in answered) > drawn / 20
    seen = {(f.name, values_of(facts, group)[f.name]) for facts in answered for group in GROUPS for f in GROUPS[group]}
    seen |= {(name, value) for facts in answered for event in facts.events for name, value in event.values.items()}
    for field in (f for fields in (*GROUPS.values(), *EVENTS.values()) for f in fields):
        told_values = {value for name, value in seen if name == field.name}
        assert field.required or None in told_values, field
        assert set(field.choices) <= told_values and len(told_values) > 1, field


def test_the_same_number_gives_the_same_lives():
    assert list(lives(7, 20, BOOK)) == list(lives(7, 20, BOOK)) != list(lives(8, 20, BOOK))


def test_a_life_with_a_fault_is_made_small():
    life = next(
        told(facts)
        for one in lives(3, 5000, BOOK)
        if (facts := readable(one, BOOK)) and len(facts.events) > 3 and shows_planted_fault(told(facts))
    )
    small = smallest(life, shows_planted_fault)
    assert [event["kind"] for event in small["events"]] == ["leave_job", "resume"]
    assert small["events"][0] == {"kind": "leave_job"}
    assert small["events"][1].keys() == {"kind", "month"}
    assert small["cover"].keys() == {"place", "paid_until"} and not small.get("account") and not small.get("person")


def shows_planted_fault(life: Life) -> bool:
    """As if an answer to a job that ended and a payment after it were wrong."""
    try:
        kinds = [event.kind for event in parse(life, BOOK).events]
    except FactErrors:
        return False
    return "leave_job" in kinds and "resume" in kinds[kinds.index("leave_job") :]


# -- the checks themselves --------------------------------------------------------------------------------

LEFT = {
    "on": "2026-11-22",
    "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
    "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-10"}, {"kind": "die", "on": "2026-11-01"}],
}
ANSWER = assess(parse(LEFT))
[STRETCH] = ANSWER.interruptions


def with_line(**changes):
    line = replace(STRETCH.lines[0], **changes)
    return replace(ANSWER, interruptions=(replace(STRETCH, lines=(line, *STRETCH.lines[1:])),))


def with_month(number, **changes):
    line = STRETCH.lines[0]
    shown = list(line.months)
    shown[number] = replace(shown[number], **changes)
    return with_line(months=tuple(shown))


PLANTED = {
    "a surer whole": (replace(ANSWER, sure=Confidence.FULL_TEXT), "its parts are"),
    "a rule left out": (replace(ANSWER, rules=ANSWER.rules[1:]), "not among its rules"),
    "a rule without law": (
        replace(ANSWER, rules=(replace(ANSWER.rules[0], record=replace(ANSWER.rules[0].record, cites=())), *ANSWER.rules[1:])),
        "cites nothing",
    ),
    "a rule of another day": (
        replace(ANSWER, rules=(replace(ANSWER.rules[0], day=ANSWER.rules[0].record.lives_until), *ANSWER.rules[1:])),
        "was asked about",
    ),
    "a question left out": (replace(ANSWER, questions=()), "is not asked"),
    "a question twice": (replace(ANSWER, questions=ANSWER.questions * 2), "asked twice"),
    "a step too late": (
        replace(ANSWER, steps=(replace(ANSWER.steps[0], by=ANSWER.steps[0].day.replace(year=2000)),)), "is due on",
    ),
    "a hole in the months": (with_line(months=STRETCH.lines[0].months[::2]), "do not follow one another"),
    "a month twice": (with_line(months=STRETCH.lines[0].months + STRETCH.lines[0].months[-1:]), "two statuses"),
    "a month by no rule": (with_month(-1, rule="nowhere.rule"), "no rule of the answer"),
    "waiting while covered": (with_month(-1, status="waiting"), "after cover"),
    "two answers to one case": (replace(ANSWER, interruptions=(replace(STRETCH, lines=STRETCH.lines * 2),)), "two answers under"),
    "no answer": (replace(ANSWER, interruptions=(replace(STRETCH, lines=()),)), "without an answer"),
    "an unknown wait that is sure": (with_line(wait="unknown", sure=Confidence.OFFICIAL), "the wait is not known"),
    "unknown money that is sure": (
        replace(ANSWER, money=(replace(ANSWER.money[0], withdraw="unknown", sure=Confidence.OFFICIAL), *ANSWER.money[1:])),
        "not known, and",
    ),
    "money by no rule": (replace(ANSWER, money=(replace(ANSWER.money[0], findings=()), *ANSWER.money[1:])), "rests on no rule"),
}  # fmt: skip


def test_the_answer_without_a_fault_has_none():
    assert [*answer_faults(ANSWER, BOOK), *document_faults(ANSWER, BOOK)] == []
    assert ANSWER.questions and ANSWER.steps and ANSWER.money


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name):
    answer, says = PLANTED[name]
    assert any(says in fault for fault in answer_faults(answer, BOOK))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said["answer"]["items"].pop(), "in English"),
        (lambda said: said["answer"]["items"][0].update(text=""), ".answer.items.0.text"),
        (lambda said: said["steps"]["items"][0].update(text="{when}"), ".steps.items.0.text"),
        (lambda said: said["sure"].update(level="official"), ".sure.level"),
        (lambda said: said.pop("money"), "money"),
        (lambda said: said["not_known"]["items"][0].update(zh="?"), "without Chinese"),
        (lambda said: said["answer"]["items"].clear(), "no sentence that says it"),
    ],
)
def test_a_planted_fault_in_the_sentences_is_found(monkeypatch, change, says):
    def changed(assessment, lang, book, explanation):
        said = document(assessment, lang, book, explanation)
        if lang == "en":
            change(said)
        return said

    monkeypatch.setattr("calculator.verify.answers.document", changed)
    assert any(says in fault for fault in document_faults(ANSWER, BOOK))
