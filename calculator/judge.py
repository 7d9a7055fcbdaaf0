"""The one public call, ``assess``: facts in, assessment out.

The judge goes through the events of a life in order; :mod:`calculator.events` says what each of them means.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from calculator import months
from calculator.assessment import Assessment, findings_of, questions_of, rules_used
from calculator.confidence import weakest
from calculator.events import JUDGED
from calculator.facts import ELSEWHERE, RECORDED, UNRECORDED, Facts, Told, insured_in
from calculator.immutable import replace
from calculator.lawbook import NATION, Finding, Lawbook, lawbook
from calculator.rules.account import Money, Settlement, money_at
from calculator.rules.arrears import Arrears
from calculator.rules.bills import Bill, bills
from calculator.rules.cover import Before, EarlierGap, Interruption, Switch, Unpaid, interruption
from calculator.rules.joining import Joining
from calculator.rules.payout import Payout, payouts_at
from calculator.rules.retiring import SEX_OF, Case, Standing, Timing, reached, record_at, standings_at, timings_at
from calculator.rules.ruling import Ruling, rulings_at
from calculator.rules.steps import OF_THE_ACCOUNT, Step, as_paid_out, steps_at
from calculator.rules.years import Years, years_at


def assess(facts: Facts, book: Lawbook | None = None) -> Assessment:
    """Judge a life under the law of the day and place of each event.

    The day of asking is ``facts.on``; nothing reads the clock. Raises OutsideKnownDays when an event lies on a
    day whose law was not read (:func:`calculator.facts.parse` refuses such facts with a named field first).
    """
    return Judge(facts, book or lawbook()).judge()


class Judge:
    """Carries the place, the payer and the last paid month through the events, and what the law was found to say."""

    def __init__(self, facts: Facts, book: Lawbook) -> None:
        self.facts, self.book = facts, book
        self.origin = self.place = facts.place
        self.payer = facts.payer
        self.last_paid = facts.paid_until
        self.cause = "left"
        self.interruptions: list[Interruption] = []
        self.joinings: list[Joining] = []
        #: Both of them, in the order of the life.
        self.timelines: list[Interruption | Joining] = []
        self.bills: list[Bill] = []
        self.arrears: list[Arrears] = []
        self.money: list[Money] = []
        self.payouts: list[Payout] = []
        self.years: list[Years] = []
        self.rulings: list[Ruling] = []
        self.timings: list[Timing] = []
        self.standings: list[Standing] = []
        self.steps: list[Step] = []
        self.moved = False  # to another pooling area, since the last payment
        self.stopped = False  # a job ended or arrears began, and no payment since
        self.gaps: list[EarlierGap] = []
        self.retired = False
        self.told = Told(facts.nationality)

    def judge(self) -> Assessment:
        for event in self.facts.events:
            if event.values.get("paid_again_until") is not None:
                self.last_paid = event["paid_again_until"]
            JUDGED[event.kind](self, event)
            self.told.hear(event)
        if self.stopped:
            self.interrupt(resume=None, payer=self.payer, back_paid=None)
        if self.facts.bill_on is not None:
            day = self.facts.bill_on
            place = self.law_place(insured_in(self.facts, day))
            self.bills.extend(bills(self.book, place, day, self.facts.bill_abroad, self.timelines))
        if not self.standings and self.facts.events[-1].kind != "die":
            self.years_so_far(self.facts.events[-1].kind)
        # A case of a withdrawal is one of many answers to its topic, so nothing else could have applied instead of it.
        findings = [*findings_of(self), *(payout.finding for payout in self.payouts)]
        rules = rules_used(self, findings)
        return Assessment(
            facts=self.facts,
            law_hash=self.book.hash,
            interruptions=tuple(self.interruptions),
            joinings=tuple(self.joinings),
            bills=tuple(self.bills),
            arrears=tuple(self.arrears),
            money=tuple(_distinct_money(self.money)),
            payouts=tuple(self.payouts),
            years=tuple(_distinct_years(self.years)),
            rulings=tuple(self.rulings),
            timings=tuple(self.timings),
            standings=tuple(self.standings),
            steps=tuple(as_paid_out(_once(self.steps), self.payouts)),
            rules=rules,
            questions=questions_of(findings),
            sure=weakest(
                [line.sure for timeline in self.timelines for line in timeline.lines]
                + [bill.sure for bill in self.bills]
                + [owed.sure for owed in self.arrears]
                + [payout.sure for payout in self.payouts]
                + [money.sure for money in self.money]
                + [years.sure for years in self.years]
                + [ruling.sure for ruling in self.rulings]
                + [timing.sure for timing in self.timings]
                + [standing.sure for standing in self.standings]
            ),
        )

    def ask(
        self, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any], for_steps: Mapping[str, Any]
    ) -> bool:
        """Money, years and steps of an event; returns whether there may be an account with money in it."""
        place = self.law_place(place)
        person = self.facts
        if self.told.nationality != person.nationality:
            person = replace(person, nationality=self.told.nationality)  # as it is by now in this life
        money = money_at(self.book, person, event, place, day, told)
        self.money.extend(money)
        self.years.extend(years_at(self.book, event, place, day, told))
        has_account = any(answer.exists != "no" for answer in money)
        steps = steps_at(self.book, event, place, day, for_steps)
        self.steps.extend(step for step in steps if has_account or step.key not in OF_THE_ACCOUNT)
        return has_account

    def join(self, joining: Joining) -> None:
        self.joinings.append(joining)
        self.timelines.append(joining)

    def years_of(self, kind: str, event: str, day: date) -> None:
        """Whether years of one kind count in the employee scheme."""
        rulings = rulings_at(
            self.book, "years", "counted_years", event, self.law_place(self.place), day, {"kind": kind}
        )
        self.rulings.extend(
            replace(ruling, computed={f"of_{kind}": ruling.outcomes.get("counts_as")}) for ruling in rulings
        )

    def rule_on(
        self,
        part: str,
        topic: str,
        event: str,
        day: date,
        told: Mapping[str, Any],
        *,
        only: Collection[str] = (),
        assuming: Mapping[str, Any] | None = None,
        compute: Callable[[Finding], Mapping[str, Any]] | None = None,
    ) -> None:
        """Say what the law of the place and day answers on a topic, in one part of the answer.

        ``assuming`` is what the question itself takes for granted; ``compute`` gives the days that follow from one
        way the law answers.
        """
        for ruling in rulings_at(self.book, part, topic, event, self.law_place(self.place), day, told, only):
            if assuming:
                ruling = replace(ruling, assuming={**assuming, **ruling.assuming})
            if compute:
                ruling = replace(ruling, computed=compute(ruling.finding))
            self.rulings.append(ruling)

    def also(self, event: str, day: date, told: Mapping[str, Any], *topics: tuple[str, str]) -> None:
        """Rulings on topics that are asked by the name of the event, each in its part of the answer."""
        for part, topic in topics:
            self.rule_on(part, topic, event, day, {**told, "event": event})

    def pay_out(
        self,
        event: str,
        day: date,
        told: Mapping[str, Any],
        reported: date | None = None,
        without: Collection[str] = (),
    ) -> tuple[Payout, ...]:
        """The cases of a one-off withdrawal that an event can bring about here, ``without`` those that do not arise."""
        found = payouts_at(self.book, event, self.law_place(self.place), day, told, reported)
        found = tuple(payout for payout in found if payout.key not in without)
        self.payouts.extend(found)
        return found

    def stand(
        self,
        event: str,
        place: str,
        day: date,
        cases: Iterable[Case],
        *,
        with_ways: bool = True,
    ) -> str | None:
        """Hold the years told against those the place asks for; whether they are reached, if that is certain."""
        years = self.facts.years
        found = standings_at(
            self.book,
            event,
            place,
            day,
            on=self.facts.on,
            record=record_at(self.book, place, day, years, moved=self.place != self.facts.place),
            cases=cases,
            joined_year=years.get("joined_year"),
            tier=self.facts.tier,
            payer=self.payer,
            started_work=years.get("started_work"),
            with_ways=with_ways,
        )
        self.standings.extend(found)
        return reached(found)

    def years_so_far(self, event: str) -> None:
        """Where a working person stands on the day of asking, when the facts told leave one answer; else nothing."""
        if not self.years_told():
            return
        facts, place = self.facts, self.law_place(self.place)
        timings = timings_at(self.book, place, facts.on, on=facts.on, born=facts.born, group=facts.group, retires=None)
        retires = timings[0].retires if len(timings) == 1 else None
        self.stand(event, place, facts.on, [Case({}, SEX_OF[facts.group], retires)], with_ways=False)
        if [standing.missing is not None for standing in self.standings] != [True]:
            self.standings.clear()

    def years_told(self) -> bool:
        years = self.facts.years
        return bool(years) and any(years.get(name) is not None for name in (*RECORDED, *UNRECORDED))

    def interrupt(
        self, *, resume: int | None, payer: str | None, back_paid: str | None, switch: Switch | None = None
    ) -> None:
        self.interruptions.append(
            interruption(
                self.book,
                Unpaid(
                    origin=self.law_place(self.origin),
                    destination=self.law_place(self.place),
                    moved=self.moved,
                    cause=self.cause,
                    payer_before=self.payer,
                    last_paid=self.last_paid,
                    resume=resume,
                    payer=payer,
                    back_paid=back_paid,
                    before=Before(
                        unpaid_earlier=self.facts.unpaid_earlier_this_year,
                        # How long the time between two gaps counts as one record is not told.
                        paid_months=None if self.gaps else self.facts.paid_months_before,
                        first_told=self.facts.paid_until,
                        gaps=tuple(self.gaps),
                    ),
                    switch=switch,
                ),
            )
        )
        self.timelines.append(self.interruptions[-1])
        self.stopped = False
        if resume is not None and self.interruptions[-1].gap:
            self.gaps.append(EarlierGap(self.last_paid + 1, resume, back_paid))
        if resume is not None:
            self.last_paid, self.cause = resume, "left"

    def first_unpaid_day(self) -> date:
        return months.first_day(self.last_paid + 1)

    def law_place(self, place: str) -> str:
        """A place we hold no rules for is judged by the national rules alone."""
        return NATION if place == ELSEWHERE else place


def _once(steps: Iterable[Step]) -> list[Step]:
    """A step that two events ask for alike is done once, at the first: by the same day, in the same place, with the same papers.

    Whoever leaves a second job takes the same steps again; and a time limit runs from each event anew. What one event asks for
    by several rules, each for those whom it concerns, is several steps.
    """
    kept: list[Step] = []
    found: dict[tuple[Any, ...], list[Step]] = {}
    for step in steps:
        alike = found.setdefault(_WHAT_IS_DONE(step), [])
        repeats = (
            (step.day == one.day and (step.event != one.event or step.record is one.record))
            or (step.event != one.event and step.within is None)
            for one in alike
        )
        if not any(repeats):
            alike.append(step)
            kept.append(step)
    return kept


_WHAT_IS_DONE = attrgetter(
    "key", "place", "who", "where", "papers", "by", "within", "unit", "counted_from", "takes_working_days"
)


def _numbers(settlement: Settlement | None) -> tuple[int | None, ...] | None:
    return settlement and (
        settlement.months_taken_back,
        settlement.precredited,
        settlement.taken_back,
        settlement.left_of_precredited,
    )


def _distinct_money(answers: list[Money]) -> list[Money]:
    """What an event does to the account is said once where a second one of its kind does the same by the same rules."""
    if len(answers) < 2:
        return answers
    kept: dict[tuple[Any, ...], Money] = {}
    for money in answers:
        rules = tuple(record.id for finding in money.findings for record in finding.records)
        pots = tuple(
            (pot.key, pot.use, pot.amount, pot.credited_before, pot.credited_from, pot.record.id) for pot in money.pots
        )
        said = (money.event, money.place, str(sorted(money.assuming.items())), money.amount, _numbers(money.settlement))
        kept.setdefault((*said, rules, pots), money)
    return list(kept.values())


def _distinct_years(years: list[Years]) -> list[Years]:
    """Two events that do the same to the years by the same rule are said once."""
    if len(years) < 2:
        return years
    return list(
        {
            (y.earlier_years, y.gap_years, tuple(sorted(y.assuming.items())), *(r.id for r in y.finding.records)): y
            for y in years
        }.values()
    )
