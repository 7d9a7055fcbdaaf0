"""What would change the answer: for each thing still in the reader's hands, the last month or day, or the smallest change,
that makes some part of it better, what gets worse with it, and what holds from the next month or day on.

Nothing is estimated. Every life that differs from the one told in the choices of one event (:data:`calculator.facts.LEVERS`)
and in its month or day is judged like any other, as far as the law is known, and compared with it in the order of
:mod:`calculator.order`. Only what is certain is called better. Where no rule knows a last day, none is named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.confidence import Confidence, weakest
from calculator.facts import (
    DAYS_AFTER,
    ELSEWHERE,
    EVENTS,
    INSTEAD,
    LAW_DAYS,
    LEVERS,
    MAY_FOLLOW,
    Event,
    Facts,
    Field,
    Lever,
    faults_of,
    last_paid_before,
)
from calculator.immutable import immutable, replace
from calculator.judge import assess
from calculator.lawbook import NATION, UNKNOWN, Lawbook, Record, lawbook
from calculator.order import BETTER, DAYS, SAME, Mark, compare, is_loss, joined
from calculator.rules.cover import MONTHS_LOOKED_AHEAD
from calculator.standing import Key, Standing, standing
from calculator.stretches import Stretch, anew_each_month, days_that_begin_anew, of_days, of_months

#: What only says whether a choice may be made is no gain by itself.
ENABLES = frozenset(lever.allowed_by for levers in LEVERS.values() for lever in levers)
_A_WEEK, _MORE_THAN_A_MONTH = 7, 32


@immutable
class Difference:
    """One outcome that comes out otherwise: the values before and after, and the rules that give the latter."""

    part: str
    name: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    sure: Confidence
    records: tuple[Record, ...]


#: Differences by where they stand in an answer.
Differences = Mapping[Key, Difference]


@immutable
class Change:
    """One thing that can be done otherwise, and what comes of it.

    ``chosen`` holds the choices it takes; ``instead`` among them is what happens in place of the event. ``first`` and ``by``
    are the first and the last month, or day, in which all of ``gains`` holds, or, as long as no month is left out, does not
    even arise; None where no month or day has a part in it. A day that is gained is the latest one.

    ``end`` says why ``by`` is the last one: ``worse`` (what holds from the next one on is in ``then``), ``known_days_end``
    (no law was read for the next one), ``year_ends`` (so does the year that is paid for), ``next_event`` (what is told next
    happens then), ``not_looked`` (no change as far as was looked). ``kind`` is ``better`` (than what was told), ``keep`` (what was told, or the first month that is left,
    is as good until ``by``), or ``past`` (it would have been better).
    """

    kind: str
    event: str
    number: int
    chosen: Mapping[str, Any]
    first: int | date | None
    by: int | date | None
    end: str | None
    late: bool  # the event lies behind: ask whether it can still be done
    allowed: str  # whether the law allows to choose so: yes, unknown
    gains: tuple[Difference, ...]
    losses: tuple[Difference, ...]
    then: tuple[Difference, ...]

    @property
    def takes(self) -> Mapping[str, Any]:
        """The choices alone, without the month or day."""
        return {name: value for name, value in self.chosen.items() if type(value) not in (int, date)}

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


def changes(assessment: Assessment, book: Lawbook | None = None) -> tuple[Change, ...]:
    """Everything that can be done otherwise and makes some part of the answer certainly better, or keeps it good.

    What is better comes first, then what keeps it good, then what would have been better; in each, what takes the fewest
    other choices. Of two changes that lead to the same, only the smaller one.
    """
    book, facts = book or lawbook(), assessment.facts
    limits = _last_days(assessment)
    found: list[Change] = []
    for number, event in enumerate(facts.events):
        if event.kind in LEVERS:
            found += _Event(facts, number, event, book, limits).changes()
    follows = MAY_FOLLOW.get(facts.events[-1].kind)
    if follows is not None and last_paid_before(facts, len(facts.events)) is not None:
        nothing_told = Event(follows, {field.name: None for field in EVENTS[follows]})
        found += _Event(facts, len(facts.events), nothing_told, book, limits).changes()
    kinds = ("better", "keep", "past")
    return tuple(sorted(found, key=lambda change: (kinds.index(change.kind), change.number, len(change.takes))))


def _last_days(assessment: Assessment) -> list[date]:
    """The days that an answer names as the last ones for something, or as the first."""
    named = [value for ruling in assessment.rulings for value in ruling.computed.values()]
    for joining in assessment.joinings:
        named += [outcome.value for finding in joining.findings for outcome in finding.outcomes.values()]
    return [value for value in named if type(value) is date]


class _Event:
    """One event of a life, and every life that differs from it in the choices of that event."""

    def __init__(self, facts: Facts, number: int, event: Event, book: Lawbook, limits: Iterable[date]) -> None:
        self.facts, self.number, self.event, self.book, self.limits = facts, number, event, book, limits
        fields = {field.name: field for field in EVENTS[event.kind]}
        levers = [
            lever
            for lever in LEVERS[event.kind]
            if not lever.never_with or event[lever.never_with[0]] != lever.never_with[1]
        ]
        #: The month or the day among the choices.
        self.time = next((lever for lever in levers if fields[lever.field].kind in ("month", "day")), None)
        self.when = self.time.field if self.time else ""
        self.by_day = self.time is not None and fields[self.when].kind == "day"
        self.choices = [lever for lever in levers if lever is not self.time]
        self.fields: Mapping[str, Field] = fields
        self.asked = facts.on if self.by_day else months.month_of(facts.on)
        self.judged: dict[tuple[Any, ...], Standing | None] = {}

    # -- lives --------------------------------------------------------------------------------------------

    def at(self, chosen: Mapping[str, Any]) -> Standing | None:
        """How one stands with these choices; None when such a life contradicts itself or its law is not known."""
        key = tuple(chosen.get(lever.field, self.event[lever.field]) for lever in LEVERS[self.event.kind])
        if key not in self.judged:
            life = self.life(chosen)
            counted = life.events[self.number].values.get(self.time.along) if self.time else None
            # Nobody joins before the cover that months are counted from has ended.
            self.judged[key] = None if counted is not None and counted < 1 else self._standing(life)
        return self.judged[key]

    def _standing(self, facts: Facts) -> Standing | None:
        return None if faults_of(facts, self.book) else standing(assess(facts, self.book))

    def life(self, chosen: Mapping[str, Any]) -> Facts:
        """The life told with these choices."""
        values = {**self.event.values, **chosen}
        if self.time is not None and (moved := values[self.when]) != (told := self.event[self.when]):
            if self.time.forgets and not (values[self.time.forgets] in self.time.lasts and moved > told):
                values[self.time.forgets] = None
            if self.time.along and told is not None and values[self.time.along] is not None:
                values[self.time.along] += moved - told
        return self._with(Event(self.event.kind, values))

    def _with(self, event: Event) -> Facts:
        events = (*self.facts.events[: self.number], event, *self.facts.events[self.number + 1 :])
        return replace(self.facts, events=events)

    def why_no_further(self, chosen: Mapping[str, Any]) -> str:
        """Why nothing is said of a life: its law is not known, the year paid for is over, or what is told next happens
        before."""
        codes = {fault.code for fault in faults_of(self.life(chosen), self.book)}
        return {("outside_known_days",): "known_days_end", ("not_this_year",): "year_ends"}.get(
            tuple(codes), "next_event"
        )

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
        if self.time is None:
            day = self.event.values.get("on")
            late = day is not None and day < self.facts.on
            found = [*self._choices(late=late), *self._instead(late=late)]
        else:
            when = self.event[self.when]
            if when is None:
                ahead = self._ahead()
                found = [change for variant in self.variants() for change in self._kept(variant, ahead)]
            elif when < self.asked:
                found = [*self._choices(late=True), *self._missed(when, when)]
            else:
                found = self._planned(when)
        smallest = _smallest(_merged(_whatever_is_chosen(found, self), self), self.event)
        return [replace(change, chosen=self._without_told(change.chosen)) for change in smallest]

    def _without_told(self, chosen: Mapping[str, Any]) -> Mapping[str, Any]:
        """The choices without those that are as told."""
        return {
            name: value for name, value in chosen.items() if name == self.when or self.event.values.get(name) != value
        }

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
            if gains and not lost & gains.keys():
                lost |= losses.keys()
                yield Change(
                    "better", self.event.kind, self.number, changed, None, None, None, late, allowed,
                    tuple(gains.values()), tuple(losses.values()), (),
                )  # fmt: skip

    def _instead(self, *, late: bool) -> Iterator[Change]:
        """What happens when a part of the event is left undone, as long as it lies ahead."""
        kind = INSTEAD.get(self.event.kind)
        if kind is None or late:
            return
        compared = []
        for told in self.told():  # with the choices that both have in common made alike
            values = {**self.event.values, **told}
            event = Event(kind, {field.name: values.get(field.name) for field in EVENTS[kind]})
            compared.append(_compared(self._standing(self._with(event)), [self.at(told)]))
        always = [one for key, one in compared[0][0].items() if all(gains.get(key) == one for gains, _ in compared)]
        lost = {(key, one.before, one.after): one for _, losses in compared for key, one in losses.items()}
        if always:
            yield Change(
                "better", self.event.kind, self.number, {"instead": kind}, None, None, None, False, "yes", tuple(always),
                tuple(lost.values()), (),
            )  # fmt: skip

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

    def _missed(self, when: int | date, before: int | date) -> Iterator[Change]:
        """Months or days gone by that would have been better than the one told, with the choices as told.

        That it would have been better to leave no month out at all goes without saying.
        """
        begins = self._begins()
        among = self._stretches(begins if self.by_day else begins + 1, self._next(before, -1))
        for variant in self.told():
            yield from self._runs("past", variant, among, [self.at({**variant, self.when: when})])

    def _planned(self, when: int | date) -> list[Change]:
        """Months or days still to come and other choices that are better; and how long what was told stays as good."""
        told, found, ahead = self.told(), [], self._ahead()
        for variant in self.variants():
            others = [other for other in told if other != variant] or told
            standings = [self.at({**other, self.when: when}) for other in others]
            runs = list(self._runs("better", variant, ahead, standings))
            found += runs
            if variant in told and all(run.by < when for run in runs):
                found += _until_lost(self._kept(variant, [stretch for stretch in ahead if stretch[1] >= when]))
        if not any(change.kind == "better" for change in found):
            found += self._missed(when, self.asked)
        return found

    def _kept(self, variant: Mapping[str, Any], among: list[Stretch]) -> Iterator[Change]:
        """From the first month or day on, every last one before something certain is lost. When nothing but a day gets
        later with it, the first one says enough."""
        said = False
        for number, (_, last) in enumerate(among[:-1]):
            chosen, beyond = ({**variant, self.when: when} for when in (last, self._next(last)))
            here, after = self.at(chosen), self.at(beyond)
            if here is None or self._allowed(chosen) == "no":
                return
            end = "worse"
            if after is not None:
                kept = [key for key in here if key in after and is_loss(key[2], after[key], here[key])]
            elif last in self.limits:
                # The law of the next day is not known, and this one is a last day by itself.
                end, kept = self.why_no_further(beyond), [key for key in here if key[:2] == ("joining", self.number)]
            else:
                return
            kept = [
                key for key in kept if here[key].certain and key[2] not in ENABLES and self._stands_still(key, chosen)
            ]
            only_a_day = all(key[2] in DAYS for key in kept)
            if not kept or (only_a_day and said):
                continue
            said = said or only_a_day
            yield Change(
                "keep", self.event.kind, self.number, chosen,
                self._first_as_good(variant, among[: number + 1], kept), last, end, False, self._allowed(chosen),
                tuple(_difference(key, here[key], here[key]) for key in kept), (),
                () if after is None else tuple(self._afterwards(kept, here, beyond)),
            )  # fmt: skip

    def _runs(
        self, kind: str, variant: Mapping[str, Any], among: list[Stretch], others: list[Standing | None]
    ) -> Iterator[Change]:
        """For everything that is better than all others in some stretch: the last ones in a row in which it is."""
        better: dict[int, tuple[Differences, Differences]] = {}
        for number, (_, last) in enumerate(among):
            chosen = {**variant, self.when: last}
            gains, losses = _compared(self.at(chosen), others, partial(self._stands_still, chosen=chosen))
            if gains and self._allowed(chosen) != "no":
                better[number] = gains, losses
        for number in self._worth_saying(variant, among, better):
            gains, losses = better[number]
            last = among[number][1]
            chosen, beyond = ({**variant, self.when: when} for when in (last, self._next(last)))
            first = self._first_as_good(variant, among[: number + 1], gains)
            here, after = self.at(chosen) or {}, self.at(beyond)
            named = {(gain.part, gain.name) for gain in gains.values()}
            lost = [
                key
                for key in here
                if after and key in after and (key[0], key[2]) in named and is_loss(key[2], after[key], here[key])
            ]
            then = tuple(self._afterwards(lost, here, beyond))
            end = self.why_no_further(beyond) if after is None else "worse" if then else "not_looked"
            yield Change(
                kind, self.event.kind, self.number, chosen, first, last, end, False, self._allowed(chosen),
                tuple(gains.values()), tuple(losses.values()), then,
            )  # fmt: skip

    def _first_as_good(self, variant: Mapping[str, Any], among: list[Stretch], keys: Iterable[Key]) -> Any:
        """The first month or day of the last stretches in a row of which can be said what is said of the last one."""
        first, last = among[-1]
        here = self.at({**variant, self.when: last}) or {}
        for begins, ends in reversed(among):
            there = self.at({**variant, self.when: ends}) or {}
            if not all(key in there and _as_promised(key[2], there[key], here[key]) for key in keys):
                break
            if self._allowed({**variant, self.when: ends}) == "no":
                break
            first = begins
        return first

    def _worth_saying(
        self, variant: Mapping[str, Any], among: list[Stretch], better: Mapping[int, tuple[Differences, Differences]]
    ) -> list[int]:
        """The last stretch of each thing that is gained, the latest first. Of days that are no better than a month of
        payments gives, only the last one is worth a change of its own: whoever pays in an earlier month is covered earlier."""
        last_of = {(key, gain.after): number for number in sorted(better) for key, gain in better[number][0].items()}
        latest: dict[Key, int] = {}
        for (key, _), number in last_of.items():
            latest[key] = max(number, latest.get(key, number))
        worth = {
            number
            for (key, _), number in last_of.items()
            if number == latest[key]
            or self._stands_still(key, {**variant, self.when: among[number][1]}, _MORE_THAN_A_MONTH)
        }
        return sorted(worth, reverse=True)

    def _stands_still(self, key: Key, chosen: Mapping[str, Any], days: int = _A_WEEK) -> bool:
        """Whether an outcome does not just follow the day of payment: so many days earlier it is the same, or on the first
        day that can be meant."""
        if key[2] not in DAYS:
            return True
        if not self.by_day:
            return False
        when = chosen[self.when]
        earlier = max(self._next(when, -days), self._begins())
        there = self.at({**chosen, self.when: earlier}) if earlier < when else None
        here = self.at(chosen) or {}
        return there is not None and key in there and compare(there[key], here[key]) == SAME

    def _afterwards(self, lost: Iterable[Key], here: Standing, beyond: Mapping[str, Any]) -> Iterator[Difference]:
        """What holds with the choices ``beyond`` the last month or day, of what is lost then. A day that follows the day of
        payment is later from then on, and no certain one."""
        after = self.at(beyond) or {}
        for key in lost:
            difference = _difference(key, here[key], after[key])
            if key[2] in DAYS and after[key].certain:
                later = self.at({**beyond, self.when: self._next(beyond[self.when], _A_WEEK)}) or {}
                if key not in later or compare(after[key], later[key]) != SAME:
                    difference = replace(difference, after=("later",))
            yield difference

    # -- months and days ----------------------------------------------------------------------------------

    def _next(self, when: Any, count: int = 1) -> Any:
        """So many months or days later."""
        return when + timedelta(days=count) if self.by_day else when + count

    def _stretches(self, first: Any, last: Any) -> list[Stretch]:
        if not self.by_day:
            return of_months(first, last)
        if self.when not in LAW_DAYS:
            return of_days(first, last, anew_each_month(first, last, self.limits))
        places = {self.facts.place, *(event["to"] for event in self.facts.events if event.kind == "move")}
        told = [day for day in self.event.values.values() if type(day) is date]
        year = self.event.values.get("insurance_year")
        limits = [*self.limits, date(year, 1, 1)] if year else self.limits
        begins = (
            day
            for place in places
            for day in days_that_begin_anew(
                self.book, NATION if place == ELSEWHERE else place, first, last, told, limits
            )
        )
        return of_days(first, last, begins)

    def _begins(self) -> Any:
        """The first month or day that can be meant at all: the month after the last one paid before this event (where none
        was told, the month told or asked in); of days, the one that this one follows from, or a year before the year paid for.
        """
        if self.by_day:
            year = self.event.values.get("insurance_year")
            return date(year - 1, 1, 1) if year else not_before(self.event, self.when)
        paid = last_paid_before(self.facts, self.number)
        return (self.event[self.when] or self.asked) if paid is None else paid + 1

    def _ahead(self) -> list[Stretch]:
        """What is still to come, as far as anything is looked at."""
        first = max(self._begins(), self.asked)
        latest = max(first, self.event[self.when] or first)
        if not self.by_day:
            return self._stretches(first, latest + MONTHS_LOOKED_AHEAD)
        year = self.event.values.get("insurance_year")
        if year:
            return self._stretches(first, date(year, 12, 31))
        # A report can be told of any day, however far ahead.
        latest = min(latest, months.period_end(first, MONTHS_LOOKED_AHEAD))
        return self._stretches(first, months.period_end(latest, MONTHS_LOOKED_AHEAD))


def not_before(event: Event, name: str) -> date:
    """The day that a day of an event can't come before."""
    return event[DAYS_AFTER[name][0]] if name in DAYS_AFTER else event["born"]


def _until_lost(kept: Iterable[Change]) -> Iterator[Change]:
    """Changes up to the first with which more is lost than an earlier day."""
    for change in kept:
        yield change
        if any(gain.name not in DAYS for gain in change.gains):
            return


def _as_promised(name: str, there: Mark, here: Mark) -> bool:
    """Whether what is said of one month or day holds in another too: the same, or an earlier day."""
    return compare(there, here) in (SAME, BETTER) if name in DAYS else there.values == here.values


def _compared(
    after: Standing | None,
    before: list[Standing | None],
    counts: Callable[[Key], bool] = lambda key: True,
) -> tuple[Differences, Differences]:
    """What is certainly better than in every other life, or better than in one and the same in the rest; and what is,
    or may turn out, worse than in one of them. ``counts`` says whether something better is worth a change."""
    gains, losses = {}, {}
    others = [other for other in before if other is not None]
    for key, new in (after or {}).items():
        olds = [other[key] for other in others if key in other]
        if not olds or len(olds) < len(others):
            continue  # what does not arise in both can't be compared
        if key[2] in ENABLES:
            continue
        verdicts = {compare(new, old) for old in olds}
        if BETTER in verdicts and verdicts <= {BETTER, SAME}:
            if counts(key):
                gains[key] = _difference(key, joined(olds), new)
        elif any(is_loss(key[2], new, old) for old in olds):
            losses[key] = _difference(key, joined(olds), new)
    return gains, losses


def _difference(key: Key, old: Mark, new: Mark) -> Difference:
    part, _, name = key
    return Difference(part, name, old.values, new.values, new.sure, new.records)


def _whatever_is_chosen(found: Iterable[Change], event: _Event) -> list[Change]:
    """Changes that leave no month out as one without any choice, where every choice leads to it: nothing is to be paid back
    then, and no choice has a part in it. What is better, and what follows when it is missed, is what is so whatever is chosen.
    """
    groups: dict[Any, list[Change]] = {}
    for number, change in enumerate(found):
        no_gap = any(gain.name == "gap_costs" and gain.after == ("no_gap",) for gain in change.gains)
        when = _said(replace(change, gains=(), then=())) if no_gap else number
        groups.setdefault(when, []).append(change)
    left: list[Change] = []
    every = len(event.variants())
    for group in groups.values():
        if len(group) < every or every == 1:
            left += group
            continue
        thens = [{(one.part, one.name, one.before, one.after) for one in change.then} for change in group]
        always = set.intersection(*thens)
        then = tuple(one for one in group[0].then if (one.part, one.name, one.before, one.after) in always)
        chosen = {name: value for name, value in group[0].chosen.items() if name == event.when}
        left.append(replace(group[0], chosen=chosen, allowed="yes", gains=_in_all(group), then=then))
    return left


def _in_all(group: list[Change]) -> tuple[Difference, ...]:
    """What is gained in every one of these changes, over all that was before."""
    gained: dict[tuple[Any, ...], list[Difference]] = {}
    for change in group:
        for gain in change.gains:
            gained.setdefault((gain.part, gain.name, gain.after), []).append(gain)
    return tuple(
        replace(one, before=tuple(dict.fromkeys(value for gain in alike for value in gain.before)))
        for alike in gained.values()
        if len(alike) == len(group)
        for one in _alike((gain,) for gain in alike)
    )


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
    return {(name, value) for name, value in change.takes.items() if event.values.get(name) not in (None, value)}
