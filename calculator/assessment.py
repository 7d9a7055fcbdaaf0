"""The one public call: facts in, assessment out.

An :class:`Assessment` holds the money, the cover month by month, the years, the steps, the rules that fired with
their citations, how sure the whole is, and what is not known with the question to ask. It holds no sentence;
:mod:`calculator.document` writes those, in English or Chinese.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculator import __version__, months
from calculator.confidence import Confidence, weakest
from calculator.facts import ELSEWHERE, RECORDED, TO_RESIDENT, UNRECORDED, Facts, Told, retirement_day
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Record, lawbook
from calculator.rules.account import Money, money_at
from calculator.rules.arrears import Arrears, arrears
from calculator.rules.bills import Bill, bills
from calculator.rules.contributions import unemployment_months
from calculator.rules.cover import Before, EarlierGap, Interruption, Switch, interruption
from calculator.rules.joining import Joining, alike_but_for, first_time, newborn, on_benefit, rejoin
from calculator.rules.missing import court_days, deemed_day_of_death
from calculator.rules.payout import Payout, payouts_at
from calculator.rules.resident import enrolment_period
from calculator.rules.retiring import SEX_OF, Case, Standing, Timing, record_at, standings_at, timings_at
from calculator.rules.ruling import Ruling, ruling_of, rulings_at
from calculator.rules.steps import Step, payout_steps, steps_at
from calculator.rules.years import Years, years_at

if TYPE_CHECKING:
    from calculator.explain import Explanation
    from calculator.levers import Change

SCHEMA = "assessment/1"
#: Official information about insurance matters, nationwide; answers in Chinese.
HOTLINE = "12393"
NATION = "china"
MONTHS_OF_A_YEAR = 12
#: Reasons for paying a premium of the resident scheme back, as the rule groups them.
REFUND_REASONS = (frozenset(("death", "joined_employee_scheme", "joined_elsewhere")), "paid_twice")


@dataclass(frozen=True)
class Question:
    """Something we do not know: which outcome, why, and the key of the question to put to the hotline."""

    ask: str
    why: str  # local, not_found, conflict, confirm
    place: str
    topic: str
    values: Mapping[str, Any]
    rule: str


@dataclass(frozen=True)
class RuleUse:
    """A rule that took part, with the reader's own values for its conditions and the day it was asked about.

    ``role`` is ``applied``, or says why a rule that did not apply is named: ``deadline`` sets a deadline of the answer,
    ``change`` would make it better or worse, ``why_not`` was the nearest to apply. ``assumed`` names the values that were
    not told but assumed.
    """

    record: Record
    day: date
    values: Mapping[str, Any]
    role: str = "applied"
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """Everything we can say about a life as told on one day."""

    facts: Facts
    law_hash: str
    interruptions: tuple[Interruption, ...]
    joinings: tuple[Joining, ...]
    bills: tuple[Bill, ...]
    arrears: tuple[Arrears, ...]
    money: tuple[Money, ...]
    payouts: tuple[Payout, ...]
    years: tuple[Years, ...]
    rulings: tuple[Ruling, ...]
    timings: tuple[Timing, ...]
    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]
    rules: tuple[RuleUse, ...]
    questions: tuple[Question, ...]
    sure: Confidence

    @property
    def timelines(self) -> tuple[Interruption | Joining, ...]:
        """Every stretch told month by month, in the order in which answers show them."""
        return (*self.interruptions, *self.joinings)


def assess(facts: Facts, book: Lawbook | None = None) -> Assessment:
    """Judge a life under the law of the day and place of each event.

    The day of asking is ``facts.on``; nothing reads the clock. Raises OutsideKnownDays when an event lies on a
    day whose law was not read (:func:`calculator.facts.parse` refuses such facts with a named field first).
    """
    return _Judge(facts, book or lawbook()).judge()


class _Judge:
    """Goes through the events in order, carrying the place, the payer and the last paid month along."""

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
            getattr(self, f"_{event.kind}")(event)
            self.told.hear(event)
        if self.stopped:
            self._interrupt(resume=None, payer=self.payer, back_paid=None)
        if self.facts.bill_on is not None:
            place, day = self._law_place(self.facts.place), self.facts.bill_on
            self.bills.extend(bills(self.book, place, day, self.facts.bill_abroad, self.timelines))
        if not self.standings and self.facts.events[-1].kind != "die":
            self._years_so_far(self.facts.events[-1].kind)
        # A case of a withdrawal is one of many answers to its topic, so nothing else could have applied instead of it.
        findings = [*findings_of(self), *(payout.finding for payout in self.payouts)]
        rules = _rules_used(self, findings)
        return Assessment(
            facts=self.facts,
            law_hash=self.book.hash,
            interruptions=tuple(self.interruptions),
            joinings=tuple(self.joinings),
            bills=tuple(self.bills),
            arrears=tuple(self.arrears),
            money=tuple(self.money),
            payouts=tuple(self.payouts),
            years=tuple(_distinct_years(self.years)),
            rulings=tuple(self.rulings),
            timings=tuple(self.timings),
            standings=tuple(self.standings),
            steps=tuple(_once(self.steps)),
            rules=rules,
            questions=_questions(findings),
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

    # -- one method an event ------------------------------------------------------------------------------

    def _leave_job(self, event: Any) -> None:
        day = self._first_unpaid_day()
        self.stopped, self.cause = True, "left"
        if self._ask("leave_job", self.place, day, {}, {"reason": event["reason"]}):
            self._pay_out("leave_job", day, {})
        # Whoever draws the benefit did not resign, told or not; otherwise how the job ended is left open.
        if event["reason"] == "dismissed" or event["benefit_from"] is not None:
            self._benefit(event, day, {})
        elif event["reason"] is None:
            self._benefit(event, day, {"reason": "dismissed"})

    def _benefit(self, event: Any, day: date, assuming: Mapping[str, Any]) -> None:
        """Unemployment benefit after a dismissal: how long, who pays, and the months covered once its first is told."""
        told, place = {"contribution_months": event["contribution_months"]}, self._law_place(self.place)
        granted = unemployment_months(self.book, place, day, **told)
        for benefit in granted:
            exact = {} if benefit.longest or not benefit.months else {"benefit_months": benefit.months}
            ruling = ruling_of(self.book, "cover", "unemployment", benefit.findings[0])
            self.rulings.append(replace(ruling, assuming={**assuming, **ruling.assuming}, computed=exact))
        if all(benefit.months == 0 for benefit in granted):
            return
        self._rule_on("cover", "unemployment_end", "unemployment", day, {}, assuming=assuming)
        self._years_of("unemployment_benefit", "unemployment", day)
        self.steps.extend(steps_at(self.book, "unemployment", place, day, {}))
        if event["benefit_from"] is None:
            return
        self._join(
            on_benefit(
                self.book,
                place=place,
                payer_before="employer",  # only who has one is dismissed
                last_paid=self.last_paid,
                benefit_from=event["benefit_from"],
                benefit_until=event["benefit_until"],
                granted=granted,
            )
        )
        # The months that the fund pays are paid months: a gap begins after the last of them.
        self.stopped = False
        if event["benefit_until"] is not None:
            self.last_paid = event["benefit_until"]

    def _employer_arrears(self, event: Any) -> None:
        day = self._first_unpaid_day()
        self.stopped, self.cause = True, "arrears"
        self.payer = "employer"  # only an employer can be in arrears; facts that say otherwise were refused
        back_paid = "yes" if event["paid_back"] is not None else None
        self._ask("employer_arrears", self.place, day, {"back_paid": back_paid}, {})
        self._rule_on("money", "late_payment", "employer_arrears", day, {"payer": "employer"})
        if event["due"] is not None:
            self.arrears.extend(
                arrears(
                    self.book,
                    self._law_place(self.place),
                    day,
                    due=event["due"],
                    since=event["due_since"],
                    paid_back=event["paid_back"],
                    asked_on=self.facts.on,
                )
            )
        if event["paid_back"] is not None:
            self._interrupt(resume=event["paid_back"], payer=self.payer, back_paid="yes")

    def _move(self, event: Any) -> None:
        kind = self._kind_of_move(event)
        # The relation of a retiree does not move: where one lives changes, where one is insured does not.
        if self.retired:
            same = {"move_in_province": "yes", "move_across_provinces": "no"}
            self._live_elsewhere(event["on"], same.get(kind) if isinstance(kind, str) else None, None, None)
            return
        if self._ask(kind, self._law_place(self.place), event["on"], {}, {}):
            self._pay_out("move", event["on"], {})
        self._rule_on("money", "sharing", "move", event["on"], {"event": "move"})
        self.place, self.moved = event["to"], True
        # The hukou is registered where one arrives.
        self._rule_on("status", "hukou", "move", event["on"], {"event": "move"})

    def _resume(self, event: Any) -> None:
        day = months.first_day(event["month"])
        place = self._law_place(self.place)
        told = {"payer": event["payer"], "situation": "transfer_in" if self.moved else "same_place"}
        self._interrupt(resume=event["month"], payer=event["payer"], back_paid=event["back_paid"])
        if not self.moved:
            self.years.extend(years_at(self.book, "resume", place, day, {}))
        if self.interruptions[-1].gap == 0:
            told["situation"] = "same_place"  # nothing to pay back
        self.steps.extend(steps_at(self.book, "resume", place, day, told))
        self.origin, self.payer, self.moved = self.place, event["payer"], False

    def _first_time(self, event: Any) -> None:
        day, place = months.first_day(event["month"]), self._law_place(self.place)
        told = {name: event[name] for name in ("payer", "who", "months_to_joining")}
        self._join(first_time(self.book, place=place, month=event["month"], **told))
        self.steps.extend(steps_at(self.book, "first_time", place, day, {"payer": event["payer"]}))
        self.origin, self.payer, self.last_paid = self.place, event["payer"], event["month"]
        self.moved = self.stopped = False
        self.cause = "left"

    def _switch_scheme(self, event: Any) -> None:
        kind, direction, month = "switch_scheme", event["direction"], event["month"]
        day, place, to_resident = months.first_day(month), self._law_place(self.place), direction == TO_RESIDENT
        resident_until = None if to_resident else self.last_paid
        # Whoever takes up work while the resident year still runs leaves no month out.
        self.last_paid = min(self.last_paid, month - 1)
        self._interrupt(
            resume=month,
            payer=None if to_resident else event["payer"],
            back_paid=event["back_paid"],
            switch=Switch(direction, event["insured_before"], resident_until),
        )
        stretch = self.interruptions[-1]
        self.years.extend(years_at(self.book, kind, place, day, {}))
        self._years_of("resident_scheme", kind, day)
        situation = "switch_with_gap" if stretch.gap else "same_place"
        told = {"payer": event["payer"], "situation": situation}
        doing = "switch_to_resident" if to_resident else "switch_to_employee"
        self.steps.extend(steps_at(self.book, doing, place, day, told))
        if to_resident:
            self.money.extend(money_at(self.book, self.facts, kind, self._law_place(self.origin), day, {}))
            self._joins_residents(stretch, event["covered_until"])
        else:
            self._rule_on("money", "resident_refund", kind, day, {"reason": "joined_employee_scheme"})
            self._new_in_employee_scheme(stretch)
        self.origin, self.payer, self.moved = self.place, None if to_resident else event["payer"], False
        if event["covered_until"] is not None:
            self.last_paid = event["covered_until"]

    def _joins_residents(self, stretch: Interruption, covered_until: int | None) -> None:
        """What the resident scheme itself says of somebody who comes from the employee scheme, where it says anything."""
        month = stretch.resume
        year = (month if covered_until is None else covered_until) // MONTHS_OF_A_YEAR
        first, last = months.first_day(month), months.last_day(month)
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        place = self._law_place(self.place)
        periods = frozenset(enrolment_period(self.book, place, day, year)[0] for day in days)
        joining = frozenset(month - stop + 1 for stop in stretch.stops)
        values = {
            "who": "ex_employee",
            "enrolled": None if None in periods else periods,
            "broken_years": _years_between(stretch.last_paid, month),
            "months_to_joining": joining,
        }
        rulings = rulings_at(self.book, "cover", "resident_wait", "switch_scheme", place, first, values)
        self.rulings.extend(
            ruling for ruling in rulings if any(record.place != NATION for record in ruling.finding.records)
        )
        self._premium("switch_scheme", first, year, None)

    def _new_in_employee_scheme(self, stretch: Interruption) -> None:
        """Where the rule on changes leaves the wait open, the rule on joining for the first time may not."""
        if all(type(line.wait) is int for line in stretch.lines):
            return
        values = {"who": "ex_resident", "payer": stretch.payer, "months_to_joining": stretch.resume - stretch.last_paid}
        day, place = months.first_day(stretch.resume), self._law_place(self.place)
        rulings = rulings_at(self.book, "cover", "first_time", "switch_scheme", place, day, values)
        if any(ruling.outcomes.get("wait_months") != UNKNOWN for ruling in rulings):
            self.rulings.extend(rulings)

    def _resident_rejoin(self, event: Any) -> None:
        kind, day, place = "resident_rejoin", event["on"], self._law_place(self.place)
        told = {name: event[name] for name in ("insurance_year", "broken_years", "repaired_years", "enrolled", "who")}
        told |= {"since": event["since"], "age_group": event["age_group"], "age": self._age(day)}
        self._join(rejoin(self.book, place=place, paid_on=day, **told))
        self._premium(kind, day, event["insurance_year"], event["age_group"])
        for reward in ("continuous", "zero_claim"):
            self._case_of("resident_reward", kind, day, {"reward": reward})
        begun = "no" if day < date(event["insurance_year"], 1, 1) else "yes"
        for reasons in REFUND_REASONS:
            self._case_of("resident_refund", kind, day, {"reason": reasons, "benefit_year_begun": begun})
        self.steps.extend(steps_at(self.book, kind, place, day, {}))

    def _newborn(self, event: Any) -> None:
        place, born = self._law_place(self.place), event["born"]
        self._join(newborn(self.book, place=place, born=born, paid_on=event["on"]))
        if self.joinings[-1].lines[0].returns is None:
            # Nothing is said of the day; that a newborn does not wait is said for every place.
            self._rule_on("cover", "resident_wait", "newborn", event["on"], {"who": "newborn", "broken_years": 0})
        self._premium("newborn", event["on"], born.year, "child_or_student")
        steps = steps_at(self.book, "newborn", place, born, {})
        self.steps.extend(step for step in steps if step.by is None or event["on"] <= step.by)

    def _settle_abroad(self, event: Any) -> None:
        told, day = {"hukou_cancelled": event["hukou_cancelled"]}, event["on"]
        if self._ask("settle_abroad", self._law_place(self.place), day, told, told):
            self._pay_out("settle_abroad", day, {})
        settles = {"foreign_country": "settle_abroad", "hk_mo_tw": "settle_hk_mo_tw"}
        to = settles.get(event["destination"], frozenset(settles.values()))
        self._rule_on("status", "hukou", "settle_abroad", day, {"event": to})
        self._rule_on("status", "identity", "settle_abroad", day, {"event": to})
        self._also("settle_abroad", day, {}, ("cover", "care"), ("money", "sharing"), ("money", "pension_relation"))

    def _lose_nationality(self, event: Any) -> None:
        told, day = {name: event[name] for name in ("hukou_cancelled", "ends_relation")}, event["on"]
        ends = {"ends_relation": event["ends_relation"]}
        if self._ask("lose_nationality", self._law_place(self.place), day, told, {}):
            self._pay_out("lose_nationality", day, ends)
        both_conditions = {"event": "foreign_nationality", "settled_abroad": "yes"}
        self._rule_on("status", "identity", "lose_nationality", day, both_conditions)
        self._also("lose_nationality", day, {}, ("status", "hukou"), ("cover", "care"))
        self._also("lose_nationality", day, ends, ("money", "sharing"))
        self._also("lose_nationality", day, {}, ("money", "pension_relation"))

    def _study_abroad(self, event: Any) -> None:
        self._ask("study_abroad", self._law_place(self.place), event["on"], {}, {})
        self._also("study_abroad", event["on"], {}, ("status", "hukou"), ("status", "identity"), ("cover", "care"))

    def _foreigner_leaves(self, event: Any) -> None:
        told, day = {"ends_relation": event["ends_relation"]}, event["on"]
        who = {"nationality": self.told.nationality}
        if self._ask("foreigner_leaves", self._law_place(self.place), day, told, who):
            self._pay_out("foreigner_leaves", day, {**told, **who})
        self._also("foreigner_leaves", day, told, ("cover", "care"), ("money", "sharing"))

    def _come_back(self, event: Any) -> None:
        """Back to work or live here. What an earlier event told of the person holds until it is told otherwise."""
        day, life = event["on"], replace(self.told)
        lost = self.told.nationality == "foreign" and any(e.kind == "lose_nationality" for e in self.facts.events)
        life.hear(event)
        who = {"nationality": life.nationality, "hukou": life.hukou, "relation_ended": life.relation_ended}
        place = self._law_place(self.place)
        if life.relation_ended != "yes":
            self.money.extend(money_at(self.book, self.facts, "come_back", place, day, {}))
        self.steps.extend(steps_at(self.book, "come_back", place, day, who))
        for scheme in (("employee_scheme", "papers"), ("resident_scheme",)):
            self._rule_on("cover", "come_back", "come_back", day, who, only=scheme)
        self._rule_on("years", "come_back", "come_back", day, who, only=("years",))
        if event["back_as"] == "chinese_again" or (lost and life.nationality == "foreign"):
            self._rule_on("status", "identity", "come_back", day, {"event": "nationality_restored"})
        if life.nationality in (None, "chinese") and life.hukou != "restored":
            returns = {"kept": "come_back", "cancelled": "come_back_settled"}
            kind = returns.get(life.hukou, frozenset(returns.values()))
            if event["back_as"] == "chinese_again":
                kind = "nationality_restored"
            assumed = {} if life.nationality else {"nationality": "chinese"}
            self._rule_on("status", "hukou", "come_back", day, {"event": kind}, assuming=assumed)

    def _enlist(self, event: Any) -> None:
        told, day = {"enlisted_as": event["enlisted_as"]}, event["on"]
        if self._ask("enlist", self._law_place(self.place), day, told, told):
            self._pay_out("enlist", day, {})
        self._also("enlist", day, {}, ("status", "hukou"), ("cover", "care"), ("money", "sharing"))

    def _discharge(self, event: Any) -> None:
        day, placed = event["on"], {"placed": event["placed"]}
        account = {name: event[name] for name in ("joins_employee_scheme", "same_place")}
        self.steps.extend(steps_at(self.book, "discharge", self._law_place(self.place), day, {**placed, **account}))
        self._rule_on("cover", "discharge", "discharge", day, placed, only=("scheme", "employer_share_paid_by"))
        self._rule_on("years", "discharge", "discharge", day, placed, only=("years",))

        def report_by(found: Finding) -> dict[str, date]:
            within, late = found.get("report_within_days"), found.get("gives_up_after_days")
            days = {"report_by": day + timedelta(days=within)} if within else {}
            return {**days, "gives_up_after": days["report_by"] + timedelta(days=late)} if late else days

        report = ("report_within_days", "gives_up_after_days")
        self._rule_on("status", "discharge", "discharge", day, placed, only=report, compute=report_by)

        def account_by(found: Finding) -> dict[str, date]:
            days, handed_in = found.get("account_within_days"), event["certificate_on"]
            return {"account_by": handed_in + timedelta(days=days)} if days and handed_in else {}

        self._rule_on("money", "discharge_account", "discharge", day, account, compute=account_by)
        self._also("discharge", day, {}, ("status", "hukou"))

    def _retire(self, event: Any) -> None:
        facts, retires = self.facts, event["retires"]
        place, day = self._law_place(self.place), retirement_day(self.facts.on, retires)
        timings = timings_at(self.book, place, day, on=facts.on, born=facts.born, group=facts.group, retires=retires)
        self.timings.extend(timings)
        self.retired = True
        cases = [
            Case(
                timing.assuming,
                SEX_OF[timing.assuming.get("group", facts.group)],
                timing.retires,
                timing.possible,
            )
            for timing in timings
        ]
        reached = self._stand("retire", place, day, cases or [Case({}, SEX_OF[facts.group], retires)])
        for_steps = {"years_reached": reached, **_choice_of(timings, retires, facts.on)}
        self._ask("retire", place, day, {}, for_steps)
        self.steps.extend(
            payout_steps(self.book, "retired_cannot_move", "apply_for_payout_not_local", "retire", place, day)
        )
        found = {timing.retires for timing in timings}
        age = self._age_at(found.pop() if len(found) == 1 else retires)
        credit = {"status": "retiree", "tier": facts.tier, "age": age}
        for ruling in rulings_at(self.book, "money", "credit", "retire", place, facts.on, credit):
            # The sum for retirees is for those who have the benefits of retirees.
            met = {} if reached == "yes" else {"years_reached": "yes"}
            self.rulings.append(replace(ruling, assuming={**met, **ruling.assuming}))
        self._rule_on("cover", "retired_cover", "retire", day, {"years_reached": reached})
        self._rule_on("cover", "retired_transfer", "retire", day, {})

    def _retire_elsewhere(self, event: Any) -> None:
        self._live_elsewhere(event["on"], event["same_province"], event["registered"], event["years_reached"])

    def _live_elsewhere(
        self, day: date, same_province: str | None, registered: str | None, years_reached: str | None
    ) -> None:
        """A retiree lives in another place than the one of the insurance."""
        event, place = "retire_elsewhere", self._law_place(self.place)
        said_before = self.retired and years_reached is None
        if self.retired:
            years_reached = years_reached or _reached(self.standings)
        elif years_reached == "no" or self._years_told():
            stood = self._stand(event, place, day, [Case({}, SEX_OF[self.facts.group], None)])
            years_reached = years_reached or stood
        self.retired = True
        told = {"same_province": same_province, "registered": registered}
        before = len(self.money)
        if self._ask(event, place, day, told, {}):
            self._pay_out(event, day, {})
        if any(money.withdraw == "on_application" for money in self.money[before:]):
            self.steps.extend(payout_steps(self.book, "retire_elsewhere", "apply_for_payout", event, place, day))
        if not said_before:
            self._rule_on("cover", "retired_cover", event, day, {"years_reached": years_reached})
            self._rule_on("cover", "retired_transfer", event, day, {})

    def _die(self, event: Any) -> None:
        day = event["on"]
        self._after_death(day, event["heir"], {"event": "die", "area": event["area"]}, event["reported"])
        if event["resident_premium"] != "none":
            begun = {"coming_year": "no", "this_year": "yes"}.get(event["resident_premium"])
            told = {"reason": "death", "benefit_year_begun": begun}
            self._rule_on("money", "resident_refund", "die", day, told)

    def _after_death(self, day: date, heir: str | None, hukou: Mapping[str, Any], reported: date | None) -> None:
        """What a death, or a court's declaration of one, means for the heirs."""
        place = self._law_place(self.place)
        if heir == "none":
            # Nobody inherits, so nobody applies for the balance: the law of succession alone says where it goes.
            self.years.extend(years_at(self.book, "die", place, day, {}))
            self.steps.extend(step for step in steps_at(self.book, "die", place, day, {}) if step.key != "heirs_apply")
        elif self._ask("die", place, day, {}, {}):
            self._pay_out("die", day, {}, reported)
        self._rule_on("money", "heirs", "die", day, {"heir": heir})
        self._also("die", day, {}, ("money", "sharing"))

        def report_by(found: Finding) -> dict[str, date]:
            return {"by": months.counted(day, found.get("within"), found.get("unit"))}

        self._rule_on("status", "hukou", "die", day, hukou, compute=report_by)

    def _missing(self, event: Any) -> None:
        """Nobody knows where the person is. The law of the day of asking holds, or that of the judgment."""
        state, day = event["state"], self.facts.on
        told = {"state": state, "went_missing": event["went_missing"]}

        def days(found: Finding) -> dict[str, date]:
            counts_as = None
            if rule := found.get("day_of_death"):
                counts_as = deemed_day_of_death(rule, event["judgment"], event["accident_on"])
            return {
                **court_days(found, event["last_news"], event["war_ended"]),
                **({"counts_as_death": counts_as} if counts_as else {}),
            }

        self.steps.extend(steps_at(self.book, "missing", self._law_place(self.place), day, {"state": state}))
        times = [name for name in self.book.topics["missing"]["outcomes"] if name != "account"]
        self._rule_on("money", "missing", "missing", day, told, only=("account",))
        self._rule_on("status", "missing", "missing", day, told, only=times, compute=days)
        if state == "declared_dead":
            self._after_death(event["judgment"], None, {"event": "declared_dead"}, None)
        elif state == "reappeared":
            back = {"event": "declared_dead_returns"}
            self._rule_on("status", "hukou", "missing", day, back, assuming={"state": "declared_dead"})
        else:
            self._also("missing", day, {}, ("status", "hukou"))

    def _insured_twice(self, event: Any) -> None:
        day, records = event["on"], event["records"]
        told = {"records": records, "employee_months": event["employee_months"], "payer": self.payer}
        self._rule_on("cover", "double_enrolment", "insured_twice", day, told)
        self.steps.extend(steps_at(self.book, "insured_twice", self._law_place(self.place), day, {}))
        if records != "two_employee":
            reasons = {
                "employee_and_resident": "joined_employee_scheme",
                None: frozenset(("paid_twice", "joined_employee_scheme")),
            }
            refund = {"reason": reasons.get(records, "paid_twice"), "benefit_year_begun": event["benefit_year_begun"]}
            self._rule_on("money", "resident_refund", "insured_twice", day, refund)
        if records in ("two_employee", None):
            assumed = {} if records else {"records": "two_employee"}
            self._rule_on("money", "employee_refund", "insured_twice", day, {}, assuming=assumed)

    # -- what they share ----------------------------------------------------------------------------------

    def _ask(
        self, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any], for_steps: Mapping[str, Any]
    ) -> bool:
        """Money, years and steps of an event; returns whether there may be an account with money in it."""
        place = self._law_place(place)
        person = replace(self.facts, nationality=self.told.nationality)  # as it is by now in this life
        money = money_at(self.book, person, event, place, day, told)
        self.money.extend(money)
        self.years.extend(years_at(self.book, event, place, day, told))
        self.steps.extend(steps_at(self.book, event, place, day, for_steps))
        return any(answer.exists != "no" for answer in money)

    def _join(self, joining: Joining) -> None:
        self.joinings.append(joining)
        self.timelines.append(joining)

    def _premium(self, event: str, day: date, insurance_year: int, age_group: str | None) -> None:
        """What a year of the resident scheme costs the person, once for each group of ages with its own sum."""
        age = self._age(day)
        values = {
            "insurance_year": insurance_year,
            "age_group": age_group,
            "age": age,
        }
        found = self.book.consult("resident_premium", self._law_place(self.place), day, values)
        self.rulings.extend(ruling_of(self.book, "money", event, one) for one in alike_but_for("age_group", found))

    def _case_of(self, topic: str, event: str, day: date, case: Mapping[str, Any]) -> None:
        """What the law says of the money in a case that may come: the case is named as what is assumed."""
        assuming = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in case.items()}
        rulings = rulings_at(self.book, "money", topic, event, self._law_place(self.place), day, case)
        self.rulings.extend(replace(ruling, assuming={**assuming, **ruling.assuming}) for ruling in rulings)

    def _years_of(self, kind: str, event: str, day: date) -> None:
        """Whether years of one kind count in the employee scheme."""
        rulings = rulings_at(
            self.book, "years", "counted_years", event, self._law_place(self.place), day, {"kind": kind}
        )
        self.rulings.extend(
            replace(ruling, computed={f"of_{kind}": ruling.outcomes.get("counts_as")}) for ruling in rulings
        )

    def _age(self, day: date) -> int | None:
        born = self.facts.born
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _rule_on(
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
        for ruling in rulings_at(self.book, part, topic, event, self._law_place(self.place), day, told, only):
            self.rulings.append(
                replace(
                    ruling,
                    assuming={**(assuming or {}), **ruling.assuming},
                    computed=compute(ruling.finding) if compute else {},
                )
            )

    def _also(self, event: str, day: date, told: Mapping[str, Any], *topics: tuple[str, str]) -> None:
        """Rulings on topics that are asked by the name of the event, each in its part of the answer."""
        for part, topic in topics:
            self._rule_on(part, topic, event, day, {**told, "event": event})

    def _pay_out(self, event: str, day: date, told: Mapping[str, Any], reported: date | None = None) -> None:
        """The cases of a one-off withdrawal that an event can bring about here."""
        place = self._law_place(self.place)
        self.payouts.extend(payouts_at(self.book, event, place, day, told, reported))

    def _stand(
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
        return _reached(found)

    def _years_so_far(self, event: str) -> None:
        """Where a working person stands on the day of asking, when the facts told leave one answer; else nothing."""
        if not self._years_told():
            return
        facts, place = self.facts, self._law_place(self.place)
        timings = timings_at(self.book, place, facts.on, on=facts.on, born=facts.born, group=facts.group, retires=None)
        retires = timings[0].retires if len(timings) == 1 else None
        self._stand(event, place, facts.on, [Case({}, SEX_OF[facts.group], retires)], with_ways=False)
        if [standing.missing is not None for standing in self.standings] != [True]:
            self.standings.clear()

    def _years_told(self) -> bool:
        return any(self.facts.years.get(name) is not None for name in (*RECORDED, *UNRECORDED))

    def _age_at(self, retires: int | None) -> int | None:
        """The age in whole years at the retirement, or now if that is past; None when it can't be known."""
        if self.facts.born is None or retires is None:
            return None
        then = max(retires, months.month_of(self.facts.on))
        return (then - months.month_of(self.facts.born)) // MONTHS_OF_A_YEAR

    def _interrupt(
        self, *, resume: int | None, payer: str | None, back_paid: str | None, switch: Switch | None = None
    ) -> None:
        self.interruptions.append(
            interruption(
                self.book,
                origin=self._law_place(self.origin),
                destination=self._law_place(self.place),
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
            )
        )
        self.timelines.append(self.interruptions[-1])
        self.stopped = False
        if resume is not None and self.interruptions[-1].gap:
            self.gaps.append(EarlierGap(self.last_paid + 1, resume, back_paid))
        if resume is not None:
            self.last_paid, self.cause = resume, "left"

    def _first_unpaid_day(self) -> date:
        return months.first_day(self.last_paid + 1)

    def _law_place(self, place: str) -> str:
        """A place we hold no rules for is judged by the national rules alone."""
        return NATION if place == ELSEWHERE else place

    def _kind_of_move(self, event: Any) -> str | frozenset[str]:
        inside, across = "move_in_province", "move_across_provinces"
        if ELSEWHERE not in (self.place, event["to"]):
            same = self.book.province_of(self.place) == self.book.province_of(event["to"])
            return inside if same else across
        return {"yes": inside, "no": across}.get(event["same_province"], frozenset((inside, across)))


def _years_between(last_paid: int, resume: int) -> int:
    """How many whole insurance years lie between two months."""
    first = -(-(last_paid + 1) // MONTHS_OF_A_YEAR)
    return max(0, resume // MONTHS_OF_A_YEAR - first)


def _reached(standings: Iterable[Standing]) -> str | None:
    """Whether the years are reached: yes or no when every case says so."""
    said = {standing.reached for standing in standings}
    return said.pop() if len(said) == 1 else None


def _choice_of(timings: Iterable[Timing], retires: int | None, on: date) -> dict[str, Any]:
    """What the steps before a retirement look at: the choice made, and the months that time limits are counted from.

    A retirement that is past needs no notice any more, and one outside what can be chosen has none.
    """
    if retires is not None and retires < months.month_of(on):
        return {"choice": "statutory"}
    made = {timing.choice if timing.choice in ("earlier", "later") else "statutory" for timing in timings}
    known = {timing.law.month for timing in timings if timing.law}
    choice = made.pop() if len(made) == 1 and known else None
    return {"choice": choice, "retires": retires, "statutory": known.pop() if len(known) == 1 else None}


def _once(steps: Iterable[Step]) -> list[Step]:
    """A step asked for by two events is done once, at the first."""
    return list({step.key: step for step in reversed(list(steps))}.values())[::-1]


def _distinct_years(years: Iterable[Years]) -> list[Years]:
    """Two events that do the same to the years by the same rule are said once."""
    return list(
        {
            (y.earlier_years, y.gap_years, tuple(sorted(y.assuming.items())), *(r.id for r in y.finding.records)): y
            for y in years
        }.values()
    )


def findings_of(judge: "_Judge | Assessment") -> Iterable[Finding]:
    """Every answer of the law to a question with one answer that an assessment rests on."""
    for stretch in judge.interruptions:
        for case in stretch.cases or (stretch,):
            if case.stop.records:  # a resident's cover ends with the year paid for: no rule was asked
                yield case.stop
            yield from case.count
        for line in stretch.lines:
            if line.finding is not None:
                yield line.finding
    for joining in judge.joinings:
        yield from joining.findings
    for bill in judge.bills:
        yield bill.finding
    for owed in judge.arrears:
        yield from owed.findings
    for money in judge.money:
        yield from money.findings
        if money.settlement is not None:
            yield money.settlement.finding
    for years in judge.years:
        yield years.finding
    for ruling in judge.rulings:
        yield ruling.finding
    for timing in judge.timings:
        yield from timing.findings
    for standing in judge.standings:
        yield standing.needed
        if standing.shortfall is not None:
            yield standing.shortfall
        if standing.counted is not None:
            yield from (part.finding for part in standing.counted.parts)


def _rules_used(judge: _Judge, findings: Iterable[Finding]) -> tuple[RuleUse, ...]:
    used: dict[str, RuleUse] = {}
    for finding in findings:
        for record in finding.records:
            if record.id not in used:
                values = {name: finding.values.get(name) for name in record.when}
                assumed = tuple(name for name in finding.assuming if name in record.when)
                used[record.id] = RuleUse(record, finding.day, values, assumed=assumed)
    for money in judge.money:
        for pot in money.pots:
            used.setdefault(pot.record.id, RuleUse(pot.record, money.findings[-1].day, {}))
    for step in judge.steps:
        record = step.record
        used.setdefault(record.id, RuleUse(record, step.day, {name: step.values.get(name) for name in record.when}))
    for stretch in judge.interruptions:
        for deadline in stretch.deadlines if stretch.gap != 0 else ():
            for record in deadline.finding.records if deadline.finding else ():
                finding = deadline.finding
                values = {name: finding.values.get(name) for name in record.when}
                told = next((line.finding.values for line in stretch.lines if line.finding), {})
                assumed = tuple(name for name in values if name not in told or told[name] != values[name])
                used.setdefault(record.id, RuleUse(record, finding.day, values, "deadline", assumed))
    return tuple(used.values())


def _questions(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """One question for each rule that leaves something open, the most local rule first where two ask the same."""
    found: dict[tuple[str, str], Question] = {}
    for finding in findings:
        open_records = {o.record.id for name, o in finding.outcomes.items() if not o.known}
        for record in finding.records:
            if record.ask and (record.id in open_records or not record.unknown):
                why = record.unknown or ("conflict" if record.sure is Confidence.CONFLICT else "confirm")
                found[(record.ask, finding.place)] = Question(
                    record.ask, why, finding.place, record.topic, finding.values, record.id
                )
    return tuple(found.values())


# -- as data ----------------------------------------------------------------------------------------------


def to_json(
    assessment: Assessment, book: Lawbook | None = None, explanation: "Explanation | None" = None
) -> dict[str, Any]:
    """The assessment as plain data for JSON: days as YYYY-MM-DD, months as YYYY-MM, money in fen.

    ``explanation`` is worked out when none is given.
    """
    # Explanations ask for assessments, so they know this module and it meets them only here.
    from calculator.explain import explain

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


def _change_json(change: "Change") -> dict[str, Any]:
    data = _plain(change)
    for name in ("first", "by"):
        data[name] = None if data[name] is None else months.format_month(data[name])
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
        "note": _plain(record.note),
        "cites": [cite_json(book, cite) for cite in record.cites],
        "disagree": [{**cite_json(book, item.cite), "why": _plain(item.why)} for item in record.disagree],
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
        "paraphrase": _plain(provision.paraphrase),
        "note": _plain(provision.note),
        "seen": provision.seen,
        "checked": provision.checked.isoformat(),
        "url": instrument.url,
    }


def _plain(value: Any, skip: tuple[str, ...] = (), name: str = "") -> Any:
    if isinstance(value, Confidence):
        return value.key
    if isinstance(value, Record):
        return value.id
    if isinstance(value, Finding):
        return [record.id for record in value.records]
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name), name=field.name)
            for field in fields(value)
            if field.name not in skip
        }
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
