"""Plain answers of one topic, in sentences."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from calculator.assessment import Assessment
from calculator.confidence import weakest
from calculator.document.parts import heading_once, ids_of, item_of, under
from calculator.immutable import replace
from calculator.rules.ruling import Ruling
from calculator.words import Words

#: What says more than the rule it comes from: worked out from the reader's own numbers, or naming what the rule is about.
_LEADS = ("benefit_months", "of_resident_scheme")


def _own_keys(key: str, ruling: Ruling, assessment: Assessment) -> Iterator[str]:
    """The names that a sentence may have for those who told a fact of its event: they are spoken to by what they told."""
    for event in assessment.facts.events:
        if event.kind == ruling.event and event.values.get("on") == ruling.finding.day:
            yield from (f"{key}_{fact}_{told}" for fact, told in event.values.items() if isinstance(told, str))


def ruling_items(part: str, assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    rulings = said_once((ruling for ruling in assessment.rulings if ruling.part == part), words)
    return heading_once(
        [{"event": words.say(f"event.{ruling.event}"), **ruling_item(ruling, words, assessment)} for ruling in rulings]
    )


def said_once(rulings: Iterable[Ruling], words: Words) -> list[Ruling]:
    """The rulings as they are said: what is so whatever a fact turns out to be is said once, without that fact, though
    each of its values has a rule, and a question, of its own."""
    kept: list[Ruling] = []
    for ruling in rulings:
        other = next((other for other in kept if _whichever(other, ruling, words)), None)
        if other is None:
            kept.append(ruling)
            continue
        name = _whichever(other, ruling, words)
        left = {fact: value for fact, value in ruling.assuming.items() if fact != name}
        records = {record.id: record for one in (other, ruling) for record in one.finding.records}
        finding = replace(other.finding, records=tuple(records.values()))
        sure = weakest((other.sure, ruling.sure))
        kept[kept.index(other)] = replace(other, assuming=left, sure=sure, finding=finding)
    return kept


def _whichever(one: Ruling, other: Ruling, words: Words) -> str:
    """The fact of two values that makes no difference between two rulings, one for each of them; "" where there is none."""
    alike = (one.event, one.part, one.topic, one.outcomes, one.computed)
    if alike != (other.event, other.part, other.topic, other.outcomes, other.computed):
        return ""
    facts = [name for name in other.assuming if one.assuming.get(name) != other.assuming[name]]
    if len(facts) != 1 or one.assuming.keys() != other.assuming.keys():
        return ""
    [name] = facts
    values = words.book.topics[one.topic]["conditions"].get(name)
    told = [one.assuming[name], other.assuming[name]]
    return name if isinstance(values, list) and all(value in told for value in values) else ""


def ruling_item(ruling: Ruling, words: Words, assessment: Assessment) -> dict[str, Any]:
    """One sentence for each outcome that has one in ``[says_TOPIC]``: by its value, or by its name with the value in it.
    A time limit (``within``) is said with its unit, a last day that has passed as one that has, where there are words for it."""
    says = words.templates[f"says_{ruling.topic}"]
    kinds = words.book.topics[ruling.topic]["outcomes"]
    said = []
    leads = [name for name in _LEADS if name in ruling.computed]
    later = [name for name in ruling.computed if name not in leads]
    for name in (*leads, *(name for name in kinds if name in ruling.outcomes), *later):
        value = ruling.outcomes.get(name, ruling.computed.get(name))
        key = f"{name}_{value}" if f"{name}_{value}" in says else name
        key = next((own for own in _own_keys(key, ruling, assessment) if own in says), key)
        key = f"{name}_told" if leads and f"{name}_told" in says else key
        if isinstance(value, date) and value < assessment.facts.on and f"{name}_past" in says:
            key = f"{name}_past"
        if key in says:
            if name in ruling.computed:
                told = value
            elif name == "within":
                told = words.time_limit(value, ruling.outcomes["unit"])
            else:
                told = words.quantity(kinds[name], value)
            said.append(words.say(f"says_{ruling.topic}.{key}", value=told, amount=value))
    text = under(ruling.assuming, words.joined(said[:1]), words)
    return item_of(text, ruling.sure, words, ids_of(ruling.finding.records), said[1:])
