"""Which questions are left: exactly those whose answer can still change the outcome, in the order of the form.

No score and no guess. For each field not yet filled in, the assessment is made once for each value the field may have, with
everything else that is not known left open; an assessment with open facts holds one answer for each way they may fall out, so
two values that lead to the same set of answers make no difference whatever else is told later. The tests prove both
directions by enumeration: no question without effect, none missing.

A life of several events is judged as a whole: a question of an earlier event may begin to matter by a later one. As long as an
event lacks what nothing can be judged without, the events before it are judged, and then what is lacking is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from calculator import form, months
from calculator.facts import DAYS_AFTER, ELSEWHERE, FactError, FactErrors, Facts, last_paid_before, pooling_areas
from calculator.form import FormField
from calculator.immutable import parts_of
from calculator.judge import assess
from calculator.lawbook import Finding, Lawbook, Record, lawbook
from calculator.rules.cover import CoverMonth

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
#: One birth for each age group of the resident scheme is tried beside nothing, "not known", and one length of a record, where
#: it fits what was told: any other only moves the same numbers.
BIRTHS_TRIED = ("1966-03-01", "1950-03-01", "1990-03-01", "2015-03-01")
#: Situations whose answer looks at the age.
LOOKS_AT_AGE = ("retire", "resident_rejoin", "switch_scheme", "newborn")
JOINED_TRIED = ("2008", "2014", "2020")
LENGTH_TRIED = 600
#: Lengths that are part of a longer one, and those that may be it.
PARTS_OF_THE_RECORD = ("record_actual", "record_local", "record_continuous", "record_tier_1")
WHOLES = ("total", "actual")
COUNTS_TRIED = tuple(str(count) for count in (0, 1, 2, 3, 4, 6, 11, 12, 23, 24, 59, 60, 119, 120))
#: Candidates that depend on the kind of the field alone.
_TRIED = {"year": JOINED_TRIED, "yuan": (AMOUNT_TRIED,), "count": COUNTS_TRIED}
#: Months for which payment went on after it began again.
PAID_AGAIN_TRIED = (0, 1, 3)
#: What an assessment holds besides the outcome: what was told, and amounts that only repeat it.
_NOT_OUTCOME = ("facts", "law_hash", "values", "rules")


def open_questions(typed: Mapping[str, str], declined: Iterable[str] = (), book: Lawbook | None = None) -> list[str]:
    """The names of the fields to ask next, in order; empty when one outcome is left.

    ``typed`` maps fields of the form to text, as in :func:`calculator.form.read`; ``declined`` names fields that the
    person can't tell. As long as a field is missing without which an event can't be judged, the questions are those of the
    events before it and then that field alone. Raises FactErrors when what was typed can't be judged.
    """
    return list(_open_questions(typed, declined, book or lawbook()))


def next_question(typed: Mapping[str, str], declined: Iterable[str] = (), book: Lawbook | None = None) -> str | None:
    """The first of :func:`open_questions`, without looking for the others; None when one outcome is left."""
    return next(_open_questions(typed, declined, book or lawbook()), None)


def judged_events(typed: Mapping[str, str], book: Lawbook | None = None) -> int:
    """How many events of a life, from the first on, have all that they can't be judged without. Raises FactErrors as
    :func:`open_questions` does."""
    book = book or lawbook()
    events = _events(typed)
    faults = _faults(_flat(events), book)
    _refuse(faults, _flat(events), book)
    return _judged(events, faults, book)[0]


def _open_questions(typed: Mapping[str, str], declined: Iterable[str], book: Lawbook) -> Iterator[str]:
    events, declined = _events(typed), frozenset(declined)
    faults = _faults(_flat(events), book)
    _refuse(faults, _flat(events), book)
    count, missing = _judged(events, faults, book)
    if count:
        now = _Asked(_flat(events[:count]), book)
        for told in now.life.told:
            for field in told.fields:
                name = form.numbered(told.number, field.name)
                if name == missing:
                    missing = None
                elif field.name in told.typed or name in declined or not _matters(field, told, now):
                    continue
                yield name
    if missing is not None:
        yield missing


def _events(typed: Mapping[str, str]) -> list[dict[str, str]]:
    """What was typed for each event, without what was left empty."""
    return [{name: text for name, text in own.items() if text.strip()} for own in form.by_event(typed)]


def _flat(events: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The events of a life as they are typed. One that is empty keeps its place."""
    return {
        form.numbered(number, name): text
        for number, own in enumerate(events, start=1)
        for name, text in {"situation": "", **own}.items()
    }


def _judged(events: list[dict[str, str]], faults: list[FactError], book: Lawbook) -> tuple[int, str | None]:
    """How many events can be judged, and the first field that the next one lacks; None where they all can be. ``faults``
    are those of the whole life, all of them something that is missing."""
    first = None
    for count in range(len(events), 0, -1):
        if not faults:
            return count, first
        first = faults[0].field
        faults = _faults(_flat(events[: count - 1]), book) if count > 1 else []
    return 0, first


def _faults(typed: Mapping[str, str], book: Lawbook) -> list[FactError]:
    """Why this life can't be judged; empty when it can."""
    try:
        form.read(typed, book)
    except FactErrors as found:
        return list(found.errors)
    return []


def _refuse(faults: list[FactError], typed: Mapping[str, str], book: Lawbook) -> None:
    """Raise FactErrors for what can't be meant, though other fields are still missing. ``faults`` are those found first."""
    places = [*pooling_areas(book), ELSEWHERE]
    wrong = [
        FactError(
            form.numbered(told.number, field.name),
            "not_a_place",
            {"given": told.typed[field.name][:60], "accepted": places},
        )
        for told in form.Life(typed, book).told
        for field in told.fields
        if field.kind == "place" and told.typed.get(field.name, places[0]) not in places
    ]
    wrong += [fault for fault in faults if fault.code not in ("missing", "not_a_place")]
    if wrong:
        raise FactErrors(wrong)


class _Asked:
    """What was told, the answer to it, and the answers to other ways to tell it."""

    def __init__(self, typed: Mapping[str, str], book: Lawbook) -> None:
        self.typed, self.book = typed, book
        self.life = form.Life(typed, book)
        self.facts = self.life.facts()
        self.answer = assess(self.facts, book)

    def facts_with(self, told: form.Told, field: FormField, value: str) -> list[Facts]:
        """The facts with one field more, none where that contradicts what was told, or the law is not known.

        Where payment began again by it, a later event asks until when: the facts then are those of each month tried.
        """
        typed = {**self.typed, form.numbered(told.number, field.name): value}
        try:
            return [form.read(typed, self.book)]
        except FactErrors as found:
            lacking = {error.field for error in found.errors}
            if len(lacking) > 1 or found.errors[0].code != "missing":
                return []
        (missing,) = lacking
        ways = []
        for month in self._months_paid_again(told, field, value):
            try:
                ways.append(form.read({**typed, missing: month}, self.book))
            except FactErrors:
                continue
        return ways

    def _months_paid_again(self, told: form.Told, field: FormField, value: str) -> list[str]:
        """Months until which payment may have gone on after an event told that it began again."""
        if field.kind == "month":
            first = months.parse_month(value)
        else:
            first = months.month_of(self.facts.events[told.place_in_facts].values.get("on") or self.facts.on)
        return [months.format_month(first + later) for later in PAID_AGAIN_TRIED]

    def last_paid_before(self, told: form.Told) -> int | None:
        """The last month paid before an event, as far as it is told."""
        return last_paid_before(self.facts, told.place_in_facts)


def outcome(told: Mapping[str, str], book: Lawbook | None = None) -> Any:
    """Everything an answer says, as plain comparable data without what merely repeats the facts."""
    return _plain(assess(form.read(told, book), book))


def _matters(field: FormField, told: form.Told, now: _Asked) -> bool:
    """Whether two values lead to different outcomes; for an amount or a date, whether telling one adds anything."""
    untold = field.kind in ("month", "day", "year", "yuan", "span")
    first, facts = ([now.answer], [now.facts]) if untold else (None, None)
    for value in _candidates(field, told, now):
        ways = now.facts_with(told, field, value)
        if not ways or ways == facts:
            continue
        answers = [assess(way, now.book) for way in ways]
        if first is None:
            first, facts = answers, ways
        elif not _all_among(answers, first) or not _all_among(first, answers):
            return True
    return False


def _all_among(answers: Iterable[Any], others: list[Any]) -> bool:
    return all(any(_same(answer, other) for other in others) for answer in answers)


def candidates(field: FormField, typed: Mapping[str, str], number: int = 1) -> Iterable[str]:
    """Values that stand for all that a field of an event may have: every choice; months on both sides of every threshold; one
    amount; the day of asking for a day inside an event. ``typed`` is a life that can be judged."""
    now = _Asked(typed, lawbook())
    return _candidates(field, now.life.told[number - 1], now)


def _candidates(field: FormField, told: form.Told, now: _Asked) -> Iterable[str]:
    if field.choices:
        return field.choices
    if field.name == "retires":
        return RETIREMENTS_TRIED
    if field.name == "born":
        looked_at = any(one.situation in LOOKS_AT_AGE for one in now.life.told)
        return BIRTHS_TRIED if looked_at else ()
    if field.kind == "day" and field.name in DAYS_AFTER:
        return (now.facts.on.isoformat(),)
    if field.kind in _TRIED:
        return _TRIED[field.kind]
    if field.kind == "span":
        return (_length(field, now.facts),)
    if field.name == "repaired_years":
        return [years for years in YEARS_TRIED if int(years) <= told.values["broken_years"]]
    if field.name == "since":
        paid_on = now.facts.events[told.place_in_facts]["on"]
        return [(paid_on - timedelta(days=days)).isoformat() for days in DAYS_TRIED]
    last_paid = now.last_paid_before(told)
    if last_paid is not None and field.kind == "month":
        return [months.format_month(last_paid + 1 + gap) for gap in GAPS_TRIED]
    if last_paid is not None and field.name == "due_since":
        return (months.first_day(last_paid + 1).isoformat(),)
    return ()


def _length(field: FormField, facts: Facts) -> str:
    """The longest length that can be told: nobody has paid longer than they have lived, and no part is longer than the whole."""
    limits = [LENGTH_TRIED]
    if facts.born is not None:
        limits.append(months.month_of(facts.on) - months.month_of(facts.born))
    if field.name in PARTS_OF_THE_RECORD:
        limits += [whole for name in WHOLES if (whole := facts.years[name]) is not None]
    return str(min(limits))


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
    if parts is None or kind is CoverMonth:  # of a month all is said, and it is as easily compared as a name
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
