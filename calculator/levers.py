"""What would change the answer: for each thing still in the reader's hands, the last month or the smallest change that
makes some part of it better, what gets worse with it, and what holds from the month after.

Nothing is estimated. Every life that differs from the one told in the choices of one event (:data:`calculator.facts.LEVERS`)
and in its month is judged like any other, as far as the law is known, and compared with it in the order of
:mod:`calculator.order`. Only what is certain is called better.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.confidence import Confidence, weakest
from calculator.facts import EVENTS, LEVERS, MAY_FOLLOW, Event, Facts, Field, Lever, faults_of
from calculator.judge import assess
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Record, lawbook
from calculator.order import BETTER, NO_GAP, SAME, Mark, compare, is_loss, joined, mark, marks_of
from calculator.rules.cover import MONTHS_LOOKED_AHEAD

#: What only says whether a choice may be made is no gain by itself.
ENABLES = frozenset(lever.allowed_by for levers in LEVERS.values() for lever in levers)
#: The part of the answer, its place there, and the name of the outcome.
Key = tuple[str, int, str]
Standing = Mapping[Key, Mark]


@dataclass(frozen=True)
class Difference:
    """One outcome that comes out otherwise: the values before and after, and the rules that give the latter."""

    part: str
    name: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    sure: Confidence
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Change:
    """One thing that can be done otherwise, and what comes of it.

    ``chosen`` holds the choices it takes. ``first`` and ``by`` are the first and the last month in which all of ``gains``
    holds, or, as long as no month is left out, does not even arise; None where no month has a part in it.

    ``end`` says why ``by`` is the last one: ``worse`` (what holds from the month after is in ``then``), ``known_days_end``
    (no law was read for the month after), ``next_event`` (what is told next happens then), ``not_looked`` (no change as far
    as was looked). ``kind`` is ``better`` (than what was told), ``keep`` (what was told, or the first month that is left,
    is as good until ``by``), or ``past`` (it would have been better).
    """

    kind: str
    event: str
    number: int
    chosen: Mapping[str, Any]
    first: int | None
    by: int | None
    end: str | None
    late: bool  # the event lies behind: ask whether it can still be done
    allowed: str  # whether the law allows to choose so: yes, unknown
    gains: tuple[Difference, ...]
    losses: tuple[Difference, ...]
    then: tuple[Difference, ...]

    @property
    def takes(self) -> Mapping[str, Any]:
        """The choices alone, without the month."""
        return {name: value for name, value in self.chosen.items() if type(value) is not int}

    @property
    def sure(self) -> Confidence:
        """How sure the better outcomes and what is known of those afterwards are together."""
        known = [one for one in self.then if one.sure is not Confidence.NOT_KNOWN]
        return weakest(one.sure for one in (*self.gains, *known))

    @property
    def records(self) -> tuple[Record, ...]:
        """The rules that make it better, and those that bite afterwards."""
        named = (record for part in (self.gains, self.losses, self.then) for one in part for record in one.records)
        return tuple({record.id: record for record in named}.values())


def standing(assessment: Assessment) -> Standing:
    """Everything an assessment holds that has an order, over all the ways the facts not told may fall out."""
    found: dict[Key, list[Mark]] = {}

    def note(part: str, number: int, marks: Mapping[str, Mark]) -> None:
        for name, one in marks.items():
            found.setdefault((part, number, name), []).append(one)

    for number, stretch in enumerate(assessment.interruptions):
        for line in stretch.lines:
            if line.finding is not None:
                note("cover", number, marks_of(line.finding) if line.wait is not None else _without_gap(line.finding))
    for money in assessment.money:
        number = _event_of(assessment, money.event)
        for finding in money.findings:
            note("money", number, marks_of(finding))
        if money.exists != "yes":
            # Whoever may have no account may get nothing, whatever the rule on accounts.
            note("money", number, {"withdraw": mark("withdraw", "no", money.sure, money.findings[0].records)})
    for years in assessment.years:
        note("years", _event_of(assessment, years.event), marks_of(years.finding))
    for ruling in assessment.rulings:
        note(ruling.part, _event_of(assessment, ruling.event), marks_of(ruling.finding))
    return {key: joined(marks) for key, marks in found.items()}


def _without_gap(start: Finding) -> Mapping[str, Mark]:
    """What does not arise when no month is left out is as good as it can be."""
    told = {"wait_months": 0, "gap_costs": NO_GAP, "continuity": "kept"}
    # No rule has to say so: there is nothing to be ruled.
    best = {name: one for name, value in told.items() if (one := mark(name, value, Confidence.FULL_TEXT, ()))}
    return {**marks_of(start), **best}


def _event_of(assessment: Assessment, kind: str) -> int:
    """Which event of the life a part of the answer belongs to; a move is answered under the kind of move."""
    kinds = [event.kind for event in assessment.facts.events]
    return next((number for number, told in enumerate(kinds) if kind.startswith(told)), len(kinds))


def changes(assessment: Assessment, book: Lawbook | None = None) -> tuple[Change, ...]:
    """Everything that can be done otherwise and makes some part of the answer certainly better, or keeps it good.

    What is better comes first, then what keeps it good, then what would have been better; in each, what takes the fewest
    other choices. Of two changes that lead to the same, only the smaller one.
    """
    book, facts = book or lawbook(), assessment.facts
    found: list[Change] = []
    for number, event in enumerate(facts.events):
        if event.kind in LEVERS:
            found += _Event(facts, number, event, book).changes()
    follows = MAY_FOLLOW.get(facts.events[-1].kind)
    if follows is not None and facts.paid_until is not None:
        nothing_told = Event(follows, {field.name: None for field in EVENTS[follows]})
        found += _Event(facts, len(facts.events), nothing_told, book).changes()
    kinds = ("better", "keep", "past")
    return tuple(sorted(found, key=lambda change: (kinds.index(change.kind), change.number, len(change.takes))))


class _Event:
    """One event of a life, and every life that differs from it in the choices of that event."""

    def __init__(self, facts: Facts, number: int, event: Event, book: Lawbook) -> None:
        self.facts, self.number, self.event, self.book = facts, number, event, book
        fields = {field.name: field for field in EVENTS[event.kind]}
        levers = LEVERS[event.kind]
        self.month = next((lever.field for lever in levers if fields[lever.field].kind == "month"), None)
        self.choices = [lever for lever in levers if lever.field != self.month]
        self.fields: Mapping[str, Field] = fields
        self.asked_in = months.month_of(facts.on)
        self.judged: dict[tuple[Any, ...], Standing | None] = {}

    # -- lives --------------------------------------------------------------------------------------------

    def at(self, chosen: Mapping[str, Any]) -> Standing | None:
        """How one stands with these choices; None when such a life contradicts itself or its law is not known."""
        key = tuple(chosen.get(lever.field, self.event[lever.field]) for lever in LEVERS[self.event.kind])
        if key not in self.judged:
            facts = self.life(chosen)
            self.judged[key] = None if faults_of(facts, self.book) else standing(assess(facts, self.book))
        return self.judged[key]

    def life(self, chosen: Mapping[str, Any]) -> Facts:
        """The life told with these choices."""
        event = Event(self.event.kind, {**self.event.values, **chosen})
        events = (*self.facts.events[: self.number], event, *self.facts.events[self.number + 1 :])
        return replace(self.facts, events=events)

    def why_no_further(self, chosen: Mapping[str, Any]) -> str:
        """Why nothing is said of a life: its law is not known, or what is told next happens before."""
        codes = {fault.code for fault in faults_of(self.life(chosen), self.book)}
        return "known_days_end" if codes == {"outside_known_days"} else "next_event"

    def variants(self, levers: Iterable[Lever] | None = None) -> list[dict[str, Any]]:
        """Every way to make the choices."""
        levers = list(self.choices if levers is None else levers)
        options = [self.fields[lever.field].choices for lever in levers]
        return [dict(zip((lever.field for lever in levers), told, strict=True)) for told in product(*options)]

    def told(self) -> list[dict[str, Any]]:
        """The choices as told, in every way those not told may fall out."""
        options = [
            (self.event[lever.field],) if self.event[lever.field] is not None else self.fields[lever.field].choices
            for lever in self.choices
        ]
        return [dict(zip((lever.field for lever in self.choices), told, strict=True)) for told in product(*options)]

    # -- changes ------------------------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        """Every change that this event offers, the smallest of those that lead to the same."""
        if self.month is None:
            day = self.event.values.get("on")
            found = self._choices(late=day is not None and day < self.facts.on)
        else:
            month = self.event[self.month]
            if month is None:
                first = self._months().start
                found = [change for variant in self.variants() for change in self._kept(variant, first)]
            elif month < self.asked_in:
                found = [*self._choices(late=True), *self._missed(month, month)]
            else:
                found = self._planned(month)
        smallest = _smallest(_merged(found, self), self.event)
        return [replace(change, chosen=self._without_told(change.chosen)) for change in smallest]

    def _without_told(self, chosen: Mapping[str, Any]) -> Mapping[str, Any]:
        """The choices without those that are as told."""
        return {name: value for name, value in chosen.items() if name == self.month or self.event[name] != value}

    def _choices(self, *, late: bool) -> Iterator[Change]:
        """Other choices at the day or month told."""
        told, lost = self.told(), set()
        for variant in self.variants():
            others = [other for other in told if other != variant]
            changed = {name: value for name, value in variant.items() if self.event[name] != value}
            if not others or not changed or (late and not self._still(changed)):
                continue
            allowed = self._allowed(variant)
            if allowed == "no" or (late and allowed == UNKNOWN):
                continue
            gains, losses = _compared(self.at(variant), [self.at(other) for other in others])
            # Of two choices not told, each better in its own way, one names both sides.
            if gains and not lost & {(one.part, one.name) for one in gains}:
                lost |= {(one.part, one.name) for one in losses}
                yield Change(
                    "better", self.event.kind, self.number, changed, None, None, None, late, allowed, gains, losses, ()
                )

    def _still(self, changed: Mapping[str, Any]) -> bool:
        """Whether these choices can still be made after the event."""
        still = {lever.field: lever.still for lever in self.choices}
        return all(value in still[name] for name, value in changed.items())

    def _allowed(self, chosen: Mapping[str, Any]) -> str:
        """Whether the law lets one choose so: yes, no or unknown."""
        said = "yes"
        for lever in self.choices:
            if lever.allowed_by and chosen.get(lever.field) == "yes":
                marks = [one for key, one in (self.at(chosen) or {}).items() if key[2] == lever.allowed_by]
                if any(one.best == 0 for one in marks):
                    return "no"
                if any(not one.certain for one in marks):
                    said = UNKNOWN
        return said

    def _missed(self, month: int, before: int) -> Iterator[Change]:
        """Months gone by that would have been better than the month told, with the choices as told.

        That it would have been better to leave no month out at all goes without saying.
        """
        for variant in self.told():
            among = range(self._first_month() + 1, before)
            yield from self._runs("past", variant, among, [self.at({**variant, self.month: month})])

    def _planned(self, month: int) -> list[Change]:
        """Months still to come and other choices that are better; and how long what was told stays as good."""
        told, found = self.told(), []
        for variant in self.variants():
            others = [other for other in told if other != variant] or told
            standings = [self.at({**other, self.month: month}) for other in others]
            runs = list(self._runs("better", variant, self._months(), standings))
            found += runs
            if variant in told and all(run.by < month for run in runs):
                found += islice(self._kept(variant, month), 1)
        if not any(change.kind == "better" for change in found):
            found += self._missed(month, self.asked_in)
        return found

    def _kept(self, variant: Mapping[str, Any], month: int) -> Iterator[Change]:
        """From a month on, every last month before something certain is lost."""
        for last in range(month, self._months().stop - 1):
            chosen = {**variant, self.month: last}
            here, after = self.at(chosen), self.at({**variant, self.month: last + 1})
            if here is None or after is None or self._allowed(chosen) == "no":
                return
            lost = [
                key
                for key, one in here.items()
                if one.certain and key in after and key[2] not in ENABLES and is_loss(key[2], after[key], one)
            ]
            if lost:
                first = last
                while first > month and _as_good(self.at({**variant, self.month: first - 1}), here, lost):
                    first -= 1
                kept = tuple(_difference(key, here[key], here[key]) for key in lost)
                then = tuple(_difference(key, here[key], after[key]) for key in lost)
                allowed = self._allowed(chosen)
                yield Change(
                    "keep", self.event.kind, self.number, chosen, first, last, "worse", False, allowed, kept, (), then
                )

    def _runs(
        self, kind: str, variant: Mapping[str, Any], among: range, others: list[Standing | None]
    ) -> Iterator[Change]:
        """For everything that is better than all others in some month: the last months in a row in which it is."""
        better: dict[int, tuple[tuple[Difference, ...], tuple[Difference, ...]]] = {}
        for month in among:
            chosen = {**variant, self.month: month}
            gains, losses = _compared(self.at(chosen), others)
            if gains and self._allowed(chosen) != "no":
                better[month] = gains, losses
        promised = {month: {(gain.part, gain.name, gain.after) for gain in better[month][0]} for month in better}
        last_of = {promise: month for month in sorted(promised) for promise in promised[month]}
        for last in sorted(set(last_of.values()), reverse=True):
            first = last
            while first - 1 in better and promised[last] <= promised[first - 1]:
                first -= 1
            gains, losses = better[last]
            chosen = {**variant, self.month: last}
            beyond = {**variant, self.month: last + 1}
            here, after = self.at(chosen) or {}, self.at(beyond)
            named = {(gain.part, gain.name) for gain in gains}
            then = tuple(
                _difference(key, here[key], after[key])
                for key in here
                if after and key in after and (key[0], key[2]) in named and is_loss(key[2], after[key], here[key])
            )
            end = self.why_no_further(beyond) if after is None else "worse" if then else "not_looked"
            yield Change(
                kind, self.event.kind, self.number, chosen, first, last, end, False, self._allowed(chosen), gains,
                losses, then,
            )  # fmt: skip

    def _first_month(self) -> int:
        """The month after the last one paid before this event; where none was told, the month told or asked in."""
        paid = self.facts.paid_until
        for event in self.facts.events[: self.number]:
            paid = event.values.get("month") or event.values.get("paid_back") or paid
        return (self.event[self.month] or self.asked_in) if paid is None else paid + 1

    def _months(self) -> range:
        """The months still to come, as far as anything is looked at."""
        first = max(self._first_month(), self.asked_in)
        return range(first, max(first, self.event[self.month] or first) + MONTHS_LOOKED_AHEAD + 1)


def _as_good(one: Standing | None, other: Standing, keys: Iterable[Key]) -> bool:
    """Whether all these outcomes are as good or better in one life as in another."""
    return one is not None and all(key in one and compare(one[key], other[key]) in (SAME, BETTER) for key in keys)


def _compared(
    after: Standing | None, before: list[Standing | None]
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What is certainly better than in every other life, or better than in one and the same in the rest; and what is,
    or may turn out, worse than in one of them."""
    gains, losses = [], []
    others = [other for other in before if other is not None]
    for key, new in (after or {}).items():
        olds = [other[key] for other in others if key in other]
        if not olds or len(olds) < len(others):
            continue  # what does not arise in both can't be compared
        if key[2] in ENABLES:
            continue
        verdicts = {compare(new, old) for old in olds}
        if BETTER in verdicts and verdicts <= {BETTER, SAME}:
            gains.append(_difference(key, joined(olds), new))
        elif any(is_loss(key[2], new, old) for old in olds):
            losses.append(_difference(key, joined(olds), new))
    return tuple(gains), tuple(losses)


def _difference(key: Key, old: Mark, new: Mark) -> Difference:
    part, _, name = key
    return Difference(part, name, old.values, new.values, new.sure, new.records)


def _merged(found: Iterable[Change], event: _Event) -> list[Change]:
    """Changes that come to the same whatever is chosen for one field, as one change without that field."""
    left = list(found)
    for lever in event.choices:
        groups: dict[Any, list[Change]] = {}
        for change in left:
            chosen = tuple((name, value) for name, value in change.chosen.items() if name != lever.field)
            groups.setdefault((chosen, _said(change)), []).append(change)
        left = []
        for group in groups.values():
            if {change.chosen.get(lever.field) for change in group} == set(event.fields[lever.field].choices):
                chosen = {name: value for name, value in group[0].chosen.items() if name != lever.field}
                # It may be chosen so that nobody has to allow it.
                allowed = "yes" if any(change.allowed == "yes" for change in group) else UNKNOWN
                parts = {
                    name: _alike(getattr(change, name) for change in group) for name in ("gains", "losses", "then")
                }
                left.append(replace(group[0], chosen=chosen, allowed=allowed, **parts))
            else:
                left += group
    return left


def _alike(parts: Iterable[tuple[Difference, ...]]) -> tuple[Difference, ...]:
    """The same differences found several times, by all the rules that say so."""
    return tuple(
        replace(
            alike[0],
            sure=weakest(one.sure for one in alike),
            records=tuple({record.id: record for one in alike for record in one.records}.values()),
        )
        for alike in zip(*parts, strict=True)
    )


def _said(change: Change) -> tuple[Any, ...]:
    """What a change comes to, without the rules that say so."""
    parts = tuple(
        tuple((one.part, one.name, one.before, one.after) for one in part)
        for part in (change.gains, change.losses, change.then)
    )
    return change.kind, change.first, change.by, change.end, change.late, parts


def _smallest(found: list[Change], event: Event) -> list[Change]:
    """Without changes that take more than another one does and bring no more."""
    return [change for change in found if not any(_does_more_with_less(other, change, event) for other in found)]


def _does_more_with_less(one: Change, other: Change, event: Event) -> bool:
    takes, more = _takes(one, event), _takes(other, event)
    promised = {(gain.part, gain.name, gain.after) for gain in one.gains}
    return (
        one.kind == other.kind
        and takes < more
        and {(gain.part, gain.name, gain.after) for gain in other.gains} <= promised
        and (other.by is None or one.by is None or one.by >= other.by)
        and (other.first is None or one.first is None or one.first <= other.first)
    )


def _takes(change: Change, event: Event) -> set[tuple[str, Any]]:
    """The choices of a change that are others than those told."""
    return {(name, value) for name, value in change.takes.items() if event[name] not in (None, value)}
