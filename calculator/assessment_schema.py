"""The JSON Schema of an assessment, made from the types of :mod:`calculator.assessment` and the rules behind it.

Whoever reads our JSON with another program can rely on it: a field that is not described here is not written, and every
worked example is held against it.
"""

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from calculator.assessment import HOTLINE, Assessment, Question
from calculator.assessment_json import MONTH_FIELDS, SCHEMA
from calculator.confidence import SEEN, Confidence
from calculator.explain import Failed, WhyNot
from calculator.immutable import parts_of
from calculator.lawbook import LOOKS_AT, Finding, Record
from calculator.levers import Change
from calculator.rules.account import Money
from calculator.rules.arrears import Arrears
from calculator.rules.bills import Bill
from calculator.rules.cover import Interruption, Line
from calculator.rules.joining import Joining
from calculator.rules.resident import Wait
from calculator.rules.retiring import Timing
from calculator.rules.steps import Step
from calculator.rules.years import Years

_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
_TEXT = {"type": "string"}
_SURE = {"enum": [level.key for level in sorted(Confidence)]}
_PLAIN: Mapping[Any, dict[str, Any]] = {
    Any: {},
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: _TEXT,
    date: _DAY,
    Confidence: _SURE,
    Record: {"type": "string", "description": "the id of a rule"},
    Finding: {"type": "array", "items": _TEXT, "description": "the ids of the rules that say so"},
}
#: What the JSON leaves out, because the rules that took part stand in ``rules``.
_LEFT_OUT = {
    Interruption: ("stop", "cases"),
    Line: ("finding",),
    Money: ("findings",),
    Years: ("finding",),
    Step: ("values",),
    WhyNot: ("failed",),
    Joining: ("findings",),
    Wait: ("findings",),
    Bill: ("finding",),
    Arrears: ("findings",),
    Timing: ("findings",),
}
#: Parts of an assessment that the JSON writes in its own way.
_WRITTEN_OTHERWISE = ("facts", "law_hash", "rules", "questions", "sure")
_NAMES = {"interruptions": "cover", "timings": "retirement"}


def assessment_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what :func:`calculator.assessment_json.to_json` gives."""
    hints = get_type_hints(Assessment)
    parts = {_NAMES.get(name, name): _of(hint) for name, hint in hints.items() if name not in _WRITTEN_OTHERWISE}
    question = _of(Question)
    properties = {
        "schema": {"const": SCHEMA},
        "engine": {**_TEXT, "description": "version of the calculator"},
        "law": {
            "type": "string",
            "pattern": "^[0-9a-f]{16}$",
            "description": "hash of the law data: the same engine and hash give the same answer",
        },
        "on": _DAY,
        "sure": {**_SURE, "description": "the weakest part of the answer"},
        **parts,
        "changes": {"type": "array", "items": _change()},
        "why_not": {"type": "array", "items": _why_not()},
        "rules": {"type": "array", "items": _rule()},
        "not_known": {
            "type": "array",
            "items": _object({**question["properties"], "hotline": {"const": HOTLINE}}, question["description"]),
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answer of the Yibao calculator",
        "description": "Months are YYYY-MM, days YYYY-MM-DD, money integer fen; null is not known or does not arise.",
        **_object(properties),
    }


def _of(hint: Any, name: str = "") -> dict[str, Any]:
    """The schema of a type; the name of the field tells a month from another whole number."""
    if hint is int and name in MONTH_FIELDS:
        return _MONTH
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one, name) for one in inner]}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object"}
    if parts_of(hint) is not None:
        return _of_class(hint)
    raise TypeError(f"{name}: {hint} has no form in JSON yet")


def _of_class(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    names = [name for name in parts_of(kind) if name not in _LEFT_OUT.get(kind, ())]
    properties = {name: _of(hints[name], name) for name in names}
    if kind is Interruption:
        properties["stops"] = {"type": "array", "items": _MONTH}
    return _object(properties, (kind.__doc__ or "").partition("\n")[0])


def _object(properties: Mapping[str, Any], description: str = "") -> dict[str, Any]:
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        "required": list(properties),
    }


def _change() -> dict[str, Any]:
    change = _of_class(Change)
    time_or_none = {"anyOf": [_MONTH, _DAY, {"type": "null"}]}
    times = {"first": time_or_none, "by": time_or_none}
    return _object({**change["properties"], **times, "sure": _SURE}, change["description"])


def _why_not() -> dict[str, Any]:
    one = _of_class(WhyNot)
    return _object({**one["properties"], "condition": _of(Failed | None)}, one["description"])


def _rule() -> dict[str, Any]:
    both = _object({"en": _TEXT, "zh": _TEXT})
    both_or_none = {"anyOf": [both, {"type": "null"}]}
    cite = {
        "id": _TEXT,
        "number": _TEXT,
        "title": both,
        "issuer": both,
        "dates": {"type": "object", "additionalProperties": _DAY},
        "article": both,
        "quote": _TEXT,
        "paraphrase": both,
        "note": both_or_none,
        "seen": {"enum": list(SEEN)},
        "checked": _DAY,
        "url": _TEXT,
    }
    return _object(
        {
            "id": _TEXT,
            "place": _TEXT,
            "topic": _TEXT,
            "lives": _object({"from": _DAY, "until": _DAY}, "half-open: until is the first day it does not apply"),
            "asked_for": _DAY,
            "looks_at": {"enum": list(LOOKS_AT)},
            "role": {"enum": ["applied", "deadline", "change", "why_not"]},
            "when": {
                "type": "object",
                "additionalProperties": _object({"test": {}, "value": {}, "assumed": {"type": "boolean"}}),
            },
            "then": {"type": "object"},
            "sure": _SURE,
            "unknown": _TEXT,
            "note": both_or_none,
            "cites": {"type": "array", "minItems": 1, "items": _object(cite)},
            "disagree": {"type": "array", "items": _object({**cite, "why": both})},
        },
        "A rule that took part, with the reader's own values for its conditions.",
    )
