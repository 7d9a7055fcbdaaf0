"""The form of the page filled in again from facts: for links, saved lives and files. The other way of :mod:`calculator.form`.

The form asks about one event after the other and tells less than facts can. What it has no place for is named and never
dropped silently: a reader who sees the form must know that the answer rests on more.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from calculator.facts import EVENTS, GROUPS, FactErrors, Facts, facts_json, short
from calculator.form import EVENT_FIELDS, FIELDS, RECORD_FIELDS, SITUATIONS, asked, numbered, read
from calculator.immutable import immutable
from calculator.lawbook import Lawbook
from calculator.words import Words

#: Situations of the form that are several events of a life, by the kinds of these events. After a job that ended by
#: itself the new place is told without it.
_SEVERAL = {
    ("leave_job", "move", "resume"): "new_place",
    ("leave_job", "resume"): "leave_job",
}
_AFTER_LEAVING = {("move", "resume"): "new_place"}
#: The names on the form of the facts of an event that is told together with others.
_TOGETHER = {
    "leave_job": {fact.name: fact.name for fact in EVENTS["leave_job"]},
    "move": {"to": "to", "same_province": "same_province"},
    "resume": {"payer": "resume_payer", "back_paid": "back_paid"},
}
_GROUPS = {
    **{("years", fact): field for fact, field in RECORD_FIELDS.items()},
    **{
        (group, fact.name): fact.name
        for group in ("person", "cover", "account", "bill")
        for fact in GROUPS[group]
        if any(field.name == fact.name for field in FIELDS)
    },
}
_KINDS = {field.name: field.kind for field in FIELDS}


@immutable
class FilledForm:
    """What to type into the form (text by field name), and the facts that the form has no place for (by their paths)."""

    typed: Mapping[str, str]
    left_over: tuple[str, ...]


def filled_form(facts: Facts, lang: str, book: Lawbook | None = None) -> FilledForm:
    """The form for these facts. Reading it with :func:`calculator.form.read` gives the same facts but for ``left_over``.

    A nationality that the situation itself says (only citizens enlist) is not left over: the form says it unasked.
    """
    told = facts_json(facts)
    typed = typed_from(told, lang)
    try:
        given_back = facts_json(read(typed, book))
    except FactErrors as faults:
        # Some facts are good only with others that the form does not have.
        return FilledForm(typed, tuple(sorted({*_missing(told, {}), *(error.field for error in faults.errors)})))
    return FilledForm(typed, tuple(_missing(told, given_back)))


def typed_from(data: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Text by field name from facts as JSON holds them, also faulty ones: the form then shows the fault in its field."""
    words = Words(lang)
    of_the_life: dict[str, Any] = {"on": data.get("on")}
    for (group, fact), field in _GROUPS.items():
        within = data.get(group)
        of_the_life[field] = within.get(fact) if isinstance(within, Mapping) else None
    rest = [event for event in _list(data.get("events")) if isinstance(event, Mapping)]
    told: list[dict[str, str]] = []
    has_left = False
    while rest or not told:
        situation, length = _situation(rest, has_left)
        if told and situation is None:
            break  # the form has no place for it, nor for what comes after
        has_left = situation == "leave_job" and length == 1
        values = {**of_the_life, "situation": situation}
        if situation == "switch_scheme":
            values["left_payer"] = values.pop("payer")
        for event in rest[:length]:
            values |= _event_values(situation, event, together=length > 1 or situation == "leave_job")
        told.append({name: _text(_KINDS[name], value, words) for name, value in values.items() if value is not None})
        rest = rest[length:] if length else []
    return {
        numbered(number, field.name): own[field.name]
        for number, (own, fields) in enumerate(zip(told, asked(told), strict=True), start=1)
        for field in fields
        if field.name in own
    }


def _situation(events: list[Mapping[str, Any]], has_left: bool) -> tuple[str | None, int]:
    """The situation that the first events make up, and how many of them it takes in.

    ``has_left`` says that the one before is a job that ended and nothing else. What a new place can't tell of the job that
    ended is told by an event of its own.
    """
    kinds = tuple(event.get("kind") for event in events)
    for several, situation in (_SEVERAL | (_AFTER_LEAVING if has_left else {})).items():
        if kinds[: len(several)] == several and not (situation == "new_place" and _tells_more(events[0])):
            return situation, len(several)
    first = kinds[0] if kinds else None
    return (first, 1) if first in SITUATIONS else (None, 0)


def _tells_more(event: Mapping[str, Any]) -> bool:
    """Whether a job that ended has more to tell than the last month paid before."""
    return event.get("kind") == "leave_job" and any(
        event.get(fact.name) is not None for fact in EVENTS["leave_job"] if fact.name != "paid_again_until"
    )


def _event_values(situation: str | None, event: Mapping[str, Any], together: bool) -> dict[str, Any]:
    kind = event["kind"]
    if together:
        values = {field: event.get(fact) for fact, field in _TOGETHER[kind].items()}
        if kind == "resume":
            values["new_month" if situation == "new_place" else "resume_month"] = event.get("month")
        return values
    if kind in EVENT_FIELDS:
        return {field: event.get(fact) for fact, field in EVENT_FIELDS[kind].items()}
    names = (("event_on" if fact.name == "on" else fact.name, fact.name) for fact in EVENTS[kind])
    return {field: event.get(name) for field, name in names if field in _KINDS}


def _text(kind: str, value: Any, words: Words) -> str:
    if type(value) is int:
        if kind == "yuan" and value >= 0:
            return f"{value // 100}.{value % 100:02}".removesuffix(".00")
        if kind == "span" and value >= 0:
            return words.years_and_months(value)
    return short(value) or ""


def _missing(told: Mapping[str, Any], given_back: Mapping[str, Any]) -> Iterable[str]:
    """The paths of facts that did not come back as they were told."""
    found = dict(_flat(given_back))
    return [path for path, value in _flat(told) if found.get(path) != value]


def _flat(data: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        elif isinstance(value, list):
            for number, event in enumerate(value):
                yield from ((f"{name}[{number}].{inner}", one) for inner, one in event.items())
        else:
            yield name, value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
