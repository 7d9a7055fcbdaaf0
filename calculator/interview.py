"""Which questions are left: exactly those whose answer can still change the outcome, in the order of the form.

No score and no guess. For each field not yet filled in, the assessment is made once for each value the field may have, with
everything else that is not known left open; an assessment with open facts holds one answer for each way they may fall out, so
two values that lead to the same set of answers make no difference whatever else is told later. The tests prove both
directions by enumeration: no question without effect, none missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from calculator import form, months
from calculator.facts import DAYS_AFTER, ELSEWHERE, FactError, FactErrors, Facts, pooling_areas
from calculator.form import FIELDS, FormField, shown
from calculator.immutable import parts_of
from calculator.judge import assess
from calculator.lawbook import Finding, Lawbook, Record, lawbook

#: Months without payment that are tried: past every threshold in the law by more than one.
GAPS_TRIED = range(0, 10)
#: An amount as good as any other: the law knows no threshold in yuan. It is told beside nothing, "not known".
AMOUNT_TRIED = "1000.00"
#: Years paid for: none, one, and as many as there are thresholds for.
YEARS_TRIED = ("0", "1", "2", "3", "4")
#: Days between an event and the payment that are tried: both sides of 90 days and of 3 months.
DAYS_TRIED = (0, 60, 90, 91, 130)
#: Months of retirement: past ones, and beyond the first change of the law that is known.
RETIREMENTS_TRIED = ("2024-06", "2025-12", "2026-06", "2029-06", "2034-06")
#: One birth and one length are tried beside nothing, "not known": any other only moves the same numbers.
BIRTHS_TRIED = ("1966-03-01",)
JOINED_TRIED = ("2008", "2014", "2020")
LENGTHS_TRIED = ("600",)
COUNTS_TRIED = tuple(str(count) for count in (0, 1, 2, 3, 4, 6, 11, 12, 23, 24, 59, 60, 119, 120))
#: What an assessment holds besides the outcome: what was told, and amounts that only repeat it.
_NOT_OUTCOME = ("facts", "law_hash", "values", "rules")


def open_questions(typed: Mapping[str, str], declined: Iterable[str] = (), book: Lawbook | None = None) -> list[str]:
    """The names of the fields to ask next, in order; empty when one outcome is left.

    ``typed`` maps fields of the form to text, as in :func:`calculator.form.read`; ``declined`` names fields that the
    person can't tell. As long as a field is missing without which nothing can be judged, only that field is named.
    Raises FactErrors when what was typed can't be judged.
    """
    return list(_open_questions(typed, declined, book or lawbook()))


def next_question(typed: Mapping[str, str], declined: Iterable[str] = (), book: Lawbook | None = None) -> str | None:
    """The first of :func:`open_questions`, without looking for the others; None when one outcome is left."""
    return next(_open_questions(typed, declined, book or lawbook()), None)


def _open_questions(typed: Mapping[str, str], declined: Iterable[str], book: Lawbook) -> Iterator[str]:
    told = {name: text for name, text in typed.items() if text.strip()}
    _refuse_faults(told, book)
    for field in FIELDS:
        if field.required and shown(field, told) and field.name not in told:
            yield field.name
            return
    now = _Asked(told, book)
    for field in FIELDS:
        if shown(field, told) and field.name not in told and field.name not in declined and _matters(field, now):
            yield field.name


def _refuse_faults(told: Mapping[str, str], book: Lawbook) -> None:
    """Raise FactErrors for what can't be meant, though other fields are still missing."""
    places = [*pooling_areas(book), ELSEWHERE]
    faults = [
        FactError(field.name, "not_a_place", {"given": told[field.name][:60], "accepted": places})
        for field in FIELDS
        if field.kind == "place" and told.get(field.name, places[0]) not in places
    ]
    try:
        form.read(told, book)
    except FactErrors as found:
        faults += [error for error in found.errors if error.code not in ("missing", "not_a_place")]
    if faults:
        raise FactErrors(faults)


class _Asked:
    """What was told, the answer to it, and whether another way to tell it gives the same."""

    def __init__(self, told: Mapping[str, str], book: Lawbook) -> None:
        self.told, self.book = told, book
        self.facts = form.read(told, book)
        self.answer = assess(self.facts, book)

    def facts_with(self, field: FormField, value: str) -> Facts | None:
        """The facts with one field more; None where that contradicts what was told, or the law is not known."""
        try:
            return form.read({**self.told, field.name: value}, self.book)
        except FactErrors:
            return None


def outcome(told: Mapping[str, str], book: Lawbook | None = None) -> Any:
    """Everything an answer says, as plain comparable data without what merely repeats the facts."""
    return _plain(assess(form.read(told, book), book))


def _matters(field: FormField, now: _Asked) -> bool:
    """Whether two values lead to different outcomes; for an amount or a date, whether telling one adds anything."""
    first, facts = (now.answer, now.facts) if field.kind in ("month", "day", "year", "yuan", "span") else (None, None)
    for value in candidates(field, now.told):
        told = now.facts_with(field, value)
        if told is None or told == facts:
            continue
        answer = assess(told, now.book)
        if first is None:
            first, facts = answer, told
        elif not _same(answer, first):
            return True
    return False


def candidates(field: FormField, told: Mapping[str, str]) -> Iterable[str]:
    """Values that stand for all there are: every choice; months on both sides of every threshold; one amount; the day
    of asking for a day inside an event."""
    if field.choices:
        return field.choices
    if field.kind == "month" and "paid_until" in told:
        last = form.read(told).paid_until
        return [months.format_month(last + 1 + gap) for gap in GAPS_TRIED]
    if field.kind == "day" and field.name in DAYS_AFTER:
        return (told["on"],)
    if field.name == "retires":
        return RETIREMENTS_TRIED
    if field.name == "born":  # looked at by retirement only
        return BIRTHS_TRIED if told.get("situation") == "retire" else ()
    if field.kind == "year":
        return JOINED_TRIED
    if field.kind == "span":
        return LENGTHS_TRIED
    if field.kind == "yuan":
        return (AMOUNT_TRIED,)
    if field.kind == "count":
        return COUNTS_TRIED
    if field.name == "repaired_years":
        missing = form.read(told).events[0]["broken_years"]
        return [years for years in YEARS_TRIED if int(years) <= missing]
    if field.name == "due_since" and "paid_until" in told:
        return (months.first_day(form.read(told).paid_until + 1).isoformat(),)
    if field.name == "since" and "paid_on" in told:
        paid_on = form.read(told).events[0]["on"]
        return [(paid_on - timedelta(days=days)).isoformat() for days in DAYS_TRIED]
    return ()


def _same(one: Any, other: Any) -> bool:
    """Whether two parts of assessments say the same, as :func:`outcome` would, without writing either of them down."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Finding):
        # Answers of the law are remembered: the same answer mostly is the same object.
        alike = one.outcomes is other.outcomes or _plain(one) == _plain(other)
        return alike and one.assuming == other.assuming
    if isinstance(one, Record):
        return one.id == other.id
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    names = _said_by(type(one))
    if names is None:
        return one == other
    return all(_same(getattr(one, name), getattr(other, name)) for name in names)


@cache
def _said_by(kind: type) -> tuple[str, ...] | None:
    """The fields of a part of an assessment that belong to the outcome; None for what is no such part.

    Of the money, the balance as told is no outcome; what is computed from it is.
    """
    parts = parts_of(kind)
    if parts is None:
        return None
    names = [name for name in parts if name not in _NOT_OUTCOME]
    return tuple(name for name in names if not (name == "amount" and "balance" in names))


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, Finding):
        return (_plain(value.assuming), tuple((name, o.value, o.record.id) for name, o in value.outcomes.items()))
    if (names := _said_by(type(value))) is not None:
        return tuple(_plain(getattr(value, name)) for name in names)
    if isinstance(value, Mapping):
        return tuple(sorted((name, str(item)) for name, item in value.items()))
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value
