"""Which questions are left: exactly those whose answer can still change the outcome, in the order of the form.

No score and no guess. For each field not yet filled in, the assessment is made once for each value the field may have, with
everything else that is not known left open; an assessment with open facts holds one answer for each way they may fall out, so
two values that lead to the same set of answers make no difference whatever else is told later. The tests prove both
directions by enumeration: no question without effect, none missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from calculator import form, months
from calculator.assessment import assess
from calculator.facts import ELSEWHERE, FactError, FactErrors, pooling_areas
from calculator.form import FIELDS, FormField, shown
from calculator.lawbook import Finding, Lawbook, Record, lawbook

#: Months without payment that are tried: past every threshold in the law by more than one.
GAPS_TRIED = range(0, 10)
#: An amount as good as any other: the law knows no threshold in yuan. It is told beside nothing, "not known".
AMOUNT_TRIED = "1000.00"
COUNTS_TRIED = tuple(str(count) for count in (0, 1, 2, 3, 4, 6, 11, 12, 23, 24, 59, 60, 119, 120))
#: What an assessment holds besides the outcome: what was told, and amounts that only repeat it.
_NOT_OUTCOME = ("facts", "law_hash", "values", "rules")


def open_questions(typed: Mapping[str, str], declined: Iterable[str] = (), book: Lawbook | None = None) -> list[str]:
    """The names of the fields to ask next, in order; empty when one outcome is left.

    ``typed`` maps fields of the form to text, as in :func:`calculator.form.read`; ``declined`` names fields that the
    person can't tell. As long as a field is missing without which nothing can be judged, only that field is named.
    Raises FactErrors when what was typed can't be judged.
    """
    told = {name: text for name, text in typed.items() if text.strip()}
    _refuse_faults(told, book or lawbook())
    for field in FIELDS:
        if field.required and shown(field, told) and field.name not in told:
            return [field.name]
    now = outcome(told, book)
    left = [field for field in FIELDS if shown(field, told) and field.name not in told and field.name not in declined]
    return [field.name for field in left if _matters(field, told, now, book)]


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


def outcome(told: Mapping[str, str], book: Lawbook | None = None) -> Any:
    """Everything an answer says, as plain comparable data without what merely repeats the facts."""
    return _plain(assess(form.read(told, book), book))


def _matters(field: FormField, told: Mapping[str, str], now: Any, book: Lawbook | None) -> bool:
    """Whether two values lead to different outcomes; for an amount or a date, whether telling one adds anything."""
    seen = [now] if field.kind in ("month", "day", "yuan") else []
    for value in candidates(field, told):
        try:
            seen.append(outcome({**told, field.name: value}, book))
        except FactErrors:
            continue  # a value that contradicts what was told, or a day whose law is not known
        if seen[-1] != seen[0]:
            return True
    return False


def candidates(field: FormField, told: Mapping[str, str]) -> Iterable[str]:
    """Values that stand for all there are: every choice; months on both sides of every threshold; one amount."""
    if field.choices:
        return field.choices
    if field.kind == "month" and "paid_until" in told:
        last = form.read(told).paid_until
        return [months.format_month(last + 1 + gap) for gap in GAPS_TRIED]
    if field.kind == "yuan":
        return (AMOUNT_TRIED,)
    if field.kind == "count":
        return COUNTS_TRIED
    return ()


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, Finding):
        return (_plain(value.assuming), tuple((name, o.value, o.record.id) for name, o in value.outcomes.items()))
    if is_dataclass(value):
        # Of the money, the balance as told is no outcome; what is computed from it is.
        return tuple(
            _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _NOT_OUTCOME and not (field.name == "amount" and hasattr(value, "balance"))
        )
    if isinstance(value, Mapping):
        return tuple(sorted((name, str(item)) for name, item in value.items()))
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value
