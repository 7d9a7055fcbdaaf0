"""Plain answers of one topic, in sentences."""

from collections.abc import Iterator
from typing import Any

from calculator.assessment import Assessment
from calculator.document.parts import heading_once, ids_of, item_of, under
from calculator.rules.ruling import Ruling
from calculator.words import Words

#: What says more than the rule it comes from: worked out from the reader's own numbers, or naming what the rule is about.
_LEADS = ("benefit_months", "of_resident_scheme")


def _own_keys(key: str, ruling: Ruling) -> Iterator[str]:
    """The names that a sentence may have for those who told a fact: they are spoken to by what they told."""
    return (f"{key}_{fact}_{told}" for fact, told in ruling.finding.values.items() if isinstance(told, str))


def ruling_items(part: str, assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    return heading_once(
        [
            {"event": words.say(f"event.{ruling.event}"), **ruling_item(ruling, words)}
            for ruling in assessment.rulings
            if ruling.part == part
        ]
    )


def ruling_item(ruling: Ruling, words: Words) -> dict[str, Any]:
    """One sentence for each outcome that has one in ``[says_TOPIC]``: by its value, or by its name with the value in it.
    A time limit (``within``) is said with its unit."""
    says = words.templates[f"says_{ruling.topic}"]
    kinds = words.book.topics[ruling.topic]["outcomes"]
    said = []
    leads = [name for name in _LEADS if name in ruling.computed]
    later = [name for name in ruling.computed if name not in leads]
    for name in (*leads, *(name for name in kinds if name in ruling.outcomes), *later):
        value = ruling.outcomes.get(name, ruling.computed.get(name))
        key = f"{name}_{value}" if f"{name}_{value}" in says else name
        key = next((own for own in _own_keys(key, ruling) if own in says), key)
        key = f"{name}_told" if leads and f"{name}_told" in says else key
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
