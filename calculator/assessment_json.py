"""An assessment as plain data for JSON, which :mod:`calculator.assessment_schema` describes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator import __version__, months
from calculator.assessment import HOTLINE, Assessment, RuleUse
from calculator.confidence import Confidence
from calculator.explain import Explanation, explain
from calculator.immutable import parts_of
from calculator.lawbook import Finding, Lawbook, Record, Text, lawbook
from calculator.levers import Change
from calculator.naming import named_in
from calculator.rules.cover import Interruption
from calculator.rules.joining import Joining

SCHEMA = "assessment/1"


def to_json(
    assessment: Assessment, book: Lawbook | None = None, explanation: Explanation | None = None
) -> dict[str, Any]:
    """The assessment as plain data for JSON: days as YYYY-MM-DD, months as YYYY-MM, money in fen.

    ``explanation`` is worked out when none is given.
    """
    book = book or lawbook()
    explanation = explanation or explain(assessment, book)
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "law": assessment.law_hash,
        "on": assessment.facts.on.isoformat(),
        "sure": assessment.sure.key,
        "cover": [_cover_json(stretch) for stretch in assessment.interruptions],
        "joinings": [_joining_json(joining) for joining in assessment.joinings],
        "bills": [_plain(bill, skip=("finding",)) for bill in assessment.bills],
        "arrears": [_plain(owed, skip=("findings",)) for owed in assessment.arrears],
        "money": [_plain(money, skip=("findings",)) for money in assessment.money],
        "payouts": [_plain(payout) for payout in assessment.payouts],
        "years": [_plain(years, skip=("finding",)) for years in assessment.years],
        "rulings": [_plain(ruling) for ruling in assessment.rulings],
        "retirement": [_plain(timing, skip=("findings",)) for timing in assessment.timings],
        "standings": [_plain(standing) for standing in assessment.standings],
        "steps": [_plain(step, skip=("values",)) for step in assessment.steps],
        "changes": [_change_json(change) for change in explanation.changes],
        "why_not": [_plain(one, skip=("failed",)) | {"condition": _plain(one.failed)} for one in explanation.why_not],
        "rules": [_rule_json(use, book) for use in (*assessment.rules, *explanation.rules)],
        "not_known": [{**_plain(question), "hotline": HOTLINE} for question in assessment.questions],
    }


#: Fields whose whole numbers are months, written as YYYY-MM.
MONTH_FIELDS = frozenset(
    ("month", "last_paid", "paid_back", "resume", "benefit_until", "retires", "earliest", "latest", "born")
)


def _change_json(change: Change) -> dict[str, Any]:
    data = _plain(change)
    for name in ("first", "by"):
        data[name] = months.format_month(data[name]) if type(data[name]) is int else data[name]
    return data | {"sure": change.sure.key}


def _cover_json(stretch: Interruption) -> dict[str, Any]:
    data = _plain(stretch, skip=("stop", "cases"))
    data["stops"] = [months.format_month(month) for month in stretch.stops]
    data["lines"] = [_plain(line, skip=("finding",)) for line in stretch.lines]
    return data


def _joining_json(joining: Joining) -> dict[str, Any]:
    data = _plain(joining, skip=("findings",))
    data["lines"] = [_plain(line, skip=("finding",)) for line in joining.lines]
    data["waits"] = [_plain(wait, skip=("findings",)) for wait in joining.waits]
    return data


def _rule_json(use: RuleUse, book: Lawbook) -> dict[str, Any]:
    record = use.record
    return {
        "id": record.id,
        "place": record.place,
        "topic": record.topic,
        "lives": {"from": record.lives_from.isoformat(), "until": record.lives_until.isoformat()},
        "asked_for": use.day.isoformat(),
        "looks_at": record.looks_at,
        "role": use.role,
        "when": {
            name: {"test": _plain(test), "value": _plain(use.values.get(name)), "assumed": name in use.assumed}
            for name, test in record.when.items()
        },
        "then": _plain(record.then),
        "sure": record.sure.key,
        "unknown": record.unknown,
        "note": _prose(record.note, book),
        "cites": [cite_json(book, cite) for cite in record.cites],
        "disagree": [{**cite_json(book, item.cite), "why": _prose(item.why, book)} for item in record.disagree],
    }


def cite_json(book: Lawbook, cite: str) -> dict[str, Any]:
    """A citation with everything a reader needs to check it."""
    instrument, provision = book.cite(cite)
    return {
        "id": cite,
        "number": instrument.number,
        "title": _plain(instrument.title),
        "issuer": _plain(instrument.issuer),
        "dates": _plain(instrument.dates),
        "article": _plain(provision.article),
        "quote": provision.quote,
        "paraphrase": _prose(provision.paraphrase, book),
        "note": _prose(provision.note, book),
        "seen": provision.seen,
        "checked": provision.checked.isoformat(),
        "url": instrument.url,
    }


def _prose(text: Text | None, book: Lawbook) -> dict[str, str] | None:
    """What the law data says in its own words, for people: texts named by their id are named as people do."""
    return text and {lang: named_in(text, lang, book) for lang in ("en", "zh")}


def _plain(value: Any, skip: tuple[str, ...] = (), name: str = "") -> Any:
    if isinstance(value, Confidence):
        return value.key
    if isinstance(value, Record):
        return value.id
    if isinstance(value, Finding):
        return [record.id for record in value.records]
    if (parts := parts_of(value)) is not None:
        return {part: _plain(getattr(value, part), name=part) for part in parts if part not in skip}
    if isinstance(value, date):
        return value.isoformat()
    if name in MONTH_FIELDS and type(value) is int:
        return months.format_month(value)
    if isinstance(value, Mapping):
        return {key: _plain(item, name=key) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
