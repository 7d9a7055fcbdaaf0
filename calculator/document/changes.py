"""What would change the answer, and why not the other rule, in sentences."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.document.parts import ids_of, item_of, outcome_words, test_words, under, with_condition
from calculator.explain import ORDERED, WhyNot
from calculator.facts import LEVERS, Facts
from calculator.lawbook import UNKNOWN, Span
from calculator.levers import ENABLES, Change, Difference
from calculator.words import Words


def change_item(change: Change, assessment: Assessment, words: Words) -> dict[str, Any]:
    """What to do otherwise and what comes of it; below it what it is now, what is lost, and what comes afterwards."""
    details = []
    exact = _exact_days(change, assessment)
    told, after = _states(change.gains, "before", words, exact), _states(change.then, "after", words, exact)
    if change.kind != "keep" and told != after:
        details.append(words.say("change.now", states=told))
    if change.losses:
        details.append(words.say("change.but", states=_states(change.losses, "after", words, exact)))
    if change.then:
        details.append(_afterwards(change.by, after, words))
    if change.end == "known_days_end":
        details.append(words.say(f"change.known_days_end{_day_or_month(change.by)}", by=change.by))
    if change.end == "year_ends":
        details.append(words.say("change.year_ends"))
    if change.allowed == UNKNOWN:
        denied = next(lever.allowed_by for lever in LEVERS[change.event] if lever.allowed_by)
        details.append(words.say("change.ask_first", states=_state(denied, UNKNOWN, words)))
    cautions = (f"caution_{name}_{value}" for name, value in change.takes.items())
    details += [words.say(f"change.{key}") for key in cautions if key in words.templates["change"]]
    if change.late:
        details.append(words.say("change.late"))
    if change.kind == "past":
        details.append(words.say("change.over"))
    conditions = [_when(change, assessment, words), *_takes(change, words)]
    condition = words.conditions(condition for condition in conditions if condition)
    states = _states(change.gains, "after", words, exact)
    if change.kind == "past":  # what can't be had any more is not said as if it could
        said = words.within(condition, words.say("change.past_states", states=states))
    else:
        said = with_condition(condition, words.say("change.states", states=states), words)
    return item_of(said, change.sure, words, ids_of(change.records), details)


def _exact_days(change: Change, assessment: Assessment) -> Mapping[date, str]:
    """First days of cover that are certain, and not only the latest possible, each with the form of its words: the birth of a
    newborn, the first day of an insurance year, and any day that comes before the payment itself."""
    days = {}
    if isinstance(change.by, date):
        days = {
            day: "exactly" for one in change.gains for day in one.after if isinstance(day, date) and day <= change.by
        }
    for event in assessment.facts.events[change.number : change.number + 1]:
        if event.values.get("insurance_year") is not None:
            days[date(event["insurance_year"], 1, 1)] = "exactly"
        if event.kind == "newborn":
            days[event["born"]] = "birth"
    return days


def _takes(change: Change, words: Words) -> list[str]:
    """What else is to be chosen, each as a condition; of what is past as such."""
    said = []
    for name, value in change.takes.items():
        key = f"past_{name}_{value}"
        past = change.kind == "past" and key in words.templates["change"]
        said.append(words.say(f"change.{key}") if past else words.assuming({name: value}))
    return said


def _day_or_month(when: int | date) -> str:
    """What the keys of sentences with a day end with."""
    return "_day" if isinstance(when, date) else ""


def _afterwards(by: int | date, states: str, words: Words) -> str:
    if isinstance(by, date):
        return words.say("change.after_day", day=by + timedelta(days=1), states=states)
    return words.say("change.after", month=by + 1, states=states)


def _when(change: Change, assessment: Assessment, words: Words) -> str:
    """In which month or on which day, or by when, it is to be done; "" where neither has a part in it."""
    if change.by is None:
        return ""
    soonest = _soonest(change, assessment.facts)
    how = "in" if change.first == change.by else "by" if change.kind == "past" or change.first <= soonest else "between"
    how = f"past_{how}" if change.kind == "past" else how
    key = f"{how}_{change.event}"
    key = key if key in words.templates["change"] else f"{how}_event"
    return words.say(f"change.{key}", first=change.first, by=change.by)


def _soonest(change: Change, facts: Facts) -> int | date:
    """The first month or day that is left."""
    if not isinstance(change.first, date):
        return max(months.month_of(facts.on), (facts.paid_until or 0) + 1)
    told = [day for day in facts.events[change.number].values.values() if isinstance(day, date) and day <= change.first]
    return max([facts.on, *told])


def _states(differences: Iterable[Difference], side: str, words: Words, exact: Mapping[date, str]) -> str:
    """How things stand, before or after, outcome by outcome. ``exact`` are days that are no "at the latest"."""
    return words.semicolon.join(
        words.say("state.or").join(_state(one.name, value, words, exact) for value in _as_one(getattr(one, side)))
        for one in differences
    )


def _as_one(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Several numbers and spans as the span of all of them; what is not known in one case is not known."""
    if UNKNOWN in values:
        return (UNKNOWN,)
    if len(values) == 1 or not all(type(value) is int or isinstance(value, Span) for value in values):
        return values
    spans = [value if isinstance(value, Span) else Span(value, value) for value in values]
    return (Span(min(span.first for span in spans), max(span.last for span in spans)),)


def _state(name: str, value: Any, words: Words, exact: Mapping[date, str] = {}) -> str:
    """One outcome as a clause: by its value, or by its name with the value in it."""
    states = words.templates["state"]
    if isinstance(value, date) and f"{name}_{exact.get(value)}" in states:
        return words.say(f"state.{name}_{exact[value]}", value=value)
    if isinstance(value, Span):
        return words.say(f"state.{name}_up_to", value=value.last)
    key = f"{name}_{value}" if f"{name}_{value}" in states else name
    return words.say(f"state.{key}", value=value) if key in states else outcome_words(name, value, words)


def why_not_item(one: WhyNot, words: Words) -> dict[str, Any]:
    """The rule that did not apply, the condition that failed, and what it would give."""
    failed, topic = one.failed, words.book.topics[one.topic]
    if failed is not None:
        kind = topic["conditions"][failed.name]
        told = {
            "name": words.say(f"name.{failed.name}"),
            "test": test_words(failed.test, words, kind),
            "value": words.quantity(kind, failed.value),
        }
        if failed.distance is None:
            text = words.say("why_not.word", **told)
        else:
            way = "near" if one.better is False else "over" if failed.over else "short"
            text = words.say(f"why_not.{way}", **told, distance=words.quantity(kind, failed.distance))
    elif one.kind == "earlier":
        text = words.say("why_not.earlier", day=one.record.lives_until - timedelta(days=1))
    else:
        text = words.say("why_not.later", day=one.record.lives_from)
    told_instead = [
        _state(name, new, words)
        for name, (_, new) in one.instead.items()
        if name in ORDERED and new is not None and not (name in ENABLES and new == UNKNOWN)
    ]
    instead = words.say("why_not.instead", states=words.semicolon.join(told_instead))
    return {
        "event": with_condition(words.place(one.place), topic["asks"][words.lang], words),
        **item_of(under(one.assuming, words.joined([text, instead]), words), one.sure, words, [one.record.id]),
    }
