"""One question put to the law of one place and day, answered with the origin of every value.

The smallest thing the law data can do: no life, no sentences. The command line shows it, the worked examples on single
rules use it, and a contributor checks a new city with it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from calculator.lawbook import Finding, Lawbook, Record, Span
from calculator.rules import contributions, missing, resident, retirement

#: Questions whose answer is worked out from several records, by name: ``compute(book, place, day, values)``.
Computed = Callable[[Lawbook, str, date, Mapping[str, Any]], list[dict[str, Any]]]
COMPUTED: dict[str, Computed] = {
    **contributions.QUESTIONS,
    **missing.QUESTIONS,
    **retirement.QUESTIONS,
    **resident.QUESTIONS,
}


def ask(book: Lawbook, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answers as JSON-like data, one for each way the facts not given may fall out.

    ``topic`` is a topic of the law data or the name of a computed question. Raises KeyError for a topic or place not
    in the book, ValueError for a condition the topic does not have, OutsideKnownDays for a day nobody read for us.
    """
    if topic in COMPUTED:
        return COMPUTED[topic](book, place, day, values)
    conditions = book.topics[topic]["conditions"]
    for name, value in values.items():
        if name not in conditions:
            raise ValueError(f"{topic} has no condition {name!r}; it has {', '.join(conditions) or 'none'}")
        domain = conditions[name]
        if isinstance(domain, list) and value not in domain:
            raise ValueError(f"{name} is {value!r}; accepted: {', '.join(domain)}")
        if isinstance(domain, str) and (type(value) is not int or value < 0):
            raise ValueError(f"{name} is {value!r}; accepted: a whole number from 0 ({domain})")
    if book.topics[topic]["answers"] == "all":
        return [_record_json(record) for record in book.consult_all(topic, place, day, values)]
    return [finding_json(finding) for finding in book.consult(topic, place, day, values)]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON-like data: what is assumed, every outcome, and the record and confidence behind each."""
    return {
        "assuming": {name: _assumed(value) for name, value in finding.assuming.items()},
        "outcomes": {name: outcome.value for name, outcome in finding.outcomes.items()},
        "origin": {name: outcome.record.id for name, outcome in finding.outcomes.items()},
        "sure": {name: finding.sure_of(name).key for name in finding.outcomes},
        "cites": sorted({cite for record in finding.records for cite in record.cites}),
    }


def _record_json(record: Record) -> dict[str, Any]:
    return {
        "key": record.then["key"],
        "outcomes": dict(record.then),
        "origin": dict.fromkeys(record.then, record.id),
        "sure": dict.fromkeys(record.then, record.sure.key),
        "cites": sorted(record.cites),
    }


def _assumed(value: Any) -> Any:
    return {"from": value.first, "to": value.last} if isinstance(value, Span) else value
