"""What was told, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calculator.document.parts import with_condition
from calculator.facts import EVENTS, GROUPS, Facts, Field, values_of
from calculator.words import Words, choice_name


def told(facts: Facts, words: Words) -> dict[str, list[str]]:
    """What was told, by the name of each fact; the facts of an event with the event before them."""
    said = {name: [text] for name, text in told_of_the_life(facts, words).items()}
    for event, named in told_by_event(facts, words):
        said[event] = [words.say("told.happens")]
        said |= {with_condition(event, name, words): [text] for name, text in named.items()}
    return said


def told_of_the_life(facts: Facts, words: Words) -> dict[str, str]:
    """What is true of the whole life, by the name of each fact."""
    said = {words.templates["field"]["on"]: words.day(facts.on)}
    for group, fields in GROUPS.items():
        said |= _named(fields, values_of(facts, group), "", words)
    return said


def told_by_event(facts: Facts, words: Words) -> Iterator[tuple[str, dict[str, str]]]:
    """What happens, and what was told of it by the name of each fact; in the order of the life."""
    times: Counter[str] = Counter()
    for event in facts.events:
        times[event.kind] += 1
        name = words.templates["form"].get(f"situation_{event.kind}") or words.say(f"event.{event.kind}")
        if times[event.kind] > 1:
            name = words.say("told.again", event=name, times=times[event.kind])
        yield name, _named(EVENTS[event.kind], event.values, "event_", words)


def _named(fields: Iterable[Field], values: Mapping[str, Any], own: str, words: Words) -> dict[str, str]:
    """own: what stands before the name of a fact that has a name of its own here."""
    names = words.templates["field"]
    return {
        names.get(f"{own}{field.name}", names[field.name]): value_of(field, values[field.name], words)
        for field in fields
        if values.get(field.name) is not None
    }


def value_of(field: Field, value: Any, words: Words) -> str:
    """What was told of one fact, as people say it."""
    if field.kind == "day":
        return words.day(value)
    if field.kind == "month":
        return words.month(value)
    if field.kind == "fen":
        return words.yuan(value)
    if field.kind == "count":
        return words.years_and_months(value)
    if field.kind == "years":
        return words.count(value, "years")
    return str(value) if field.kind == "year" else choice_name(value, words)
