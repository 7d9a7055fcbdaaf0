"""What was told, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from calculator.document.parts import with_condition
from calculator.facts import EVENTS, GROUPS, Facts, Field, values_of
from calculator.words import Words, choice_name


def told(facts: Facts, words: Words) -> dict[str, list[str]]:
    """What was told, by the name of each fact; the facts of an event with the event before them."""
    said = {words.templates["field"]["on"]: [words.day(facts.on)]}
    for group, fields in GROUPS.items():
        said |= _named(fields, values_of(facts, group), "", words)
    times: Counter[str] = Counter()
    for event in facts.events:
        times[event.kind] += 1
        name = words.templates["form"].get(f"situation_{event.kind}") or words.say(f"event.{event.kind}")
        if times[event.kind] > 1:
            name = words.say("told.again", event=name, times=times[event.kind])
        said |= {name: [words.say("told.happens")]} | _named(EVENTS[event.kind], event.values, name, words)
    return said


def _named(fields: Iterable[Field], values: Mapping[str, Any], event: str, words: Words) -> dict[str, list[str]]:
    names = words.templates["field"]
    return {
        with_condition(
            event, names.get(f"event_{field.name}", names[field.name]) if event else names[field.name], words
        ): [value_of(field, values[field.name], words)]
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
