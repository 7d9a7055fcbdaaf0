"""What the parts of a document have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from calculator.confidence import Confidence
from calculator.lawbook import Finding, Record
from calculator.words import Words


def sure_of(level: Confidence, words: Words) -> dict[str, str]:
    return {"level": level.key, "text": words.say(f"sure.{level.key}")}


def item_of(
    text: str, level: Confidence, words: Words, rules: Iterable[str] = (), details: Iterable[str] = ()
) -> dict[str, Any]:
    return {"text": text, "sure": sure_of(level, words), "rules": list(rules), "details": [d for d in details if d]}


def under(assumed: Mapping[str, Any], sentence: str, words: Words) -> str:
    return with_condition(words.assuming(assumed), sentence, words)


def with_condition(condition: str, sentence: str, words: Words) -> str:
    if not condition:
        return sentence
    return f"{condition}{words.colon}{sentence}"


def heading_once(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items without the event that the one before names already."""
    return [
        {
            name: value
            for name, value in item.items()
            if name != "event" or number == 0 or value != items[number - 1].get("event")
        }
        for number, item in enumerate(items)
    ]


def outcome_words(name: str, value: Any, words: Words) -> str:
    return f"{words.say(f'name.{name}')}{words.colon}{words.value(value)}"


def test_words(test: Any, words: Words, kind: str = "number") -> str:
    if isinstance(test, Mapping):
        return words.listed(
            words.say(f"rule.{bound}", n=words.quantity(kind, number)) for bound, number in test.items()
        )
    return words.value(test)


def ids_of(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def ids_of_findings(findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(record.id for finding in findings for record in finding.records))
