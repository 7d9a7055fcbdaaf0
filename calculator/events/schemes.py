"""Between the schemes: into one, from one to the other, back after years without, a newborn, insured twice."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculator import months
from calculator.facts import TO_RESIDENT
from calculator.immutable import replace
from calculator.lawbook import NATION, UNKNOWN
from calculator.rules import joining
from calculator.rules.account import money_at
from calculator.rules.cover import Interruption, Switch
from calculator.rules.resident import enrolment_period
from calculator.rules.ruling import ruling_of, rulings_at
from calculator.rules.steps import Step, steps_at
from calculator.rules.years import years_at

if TYPE_CHECKING:
    from calculator.judge import Judge

#: Reasons for paying a premium of the resident scheme back, as the rule groups them.
REFUND_REASONS = (frozenset(("death", "joined_employee_scheme", "joined_elsewhere")), "paid_twice")


def first_time(judge: "Judge", event: Any) -> None:
    day, place = months.first_day(event["month"]), judge.law_place(judge.place)
    told = {name: event[name] for name in ("payer", "who", "months_to_joining")}
    judge.join(joining.first_time(judge.book, place=place, month=event["month"], **told))
    judge.steps.extend(steps_at(judge.book, "first_time", place, day, {"payer": event["payer"]}))
    judge.origin, judge.payer, judge.last_paid = judge.place, event["payer"], event["month"]
    judge.moved = judge.stopped = False
    judge.cause = "left"


def switch_scheme(judge: "Judge", event: Any) -> None:
    kind, direction, month = "switch_scheme", event["direction"], event["month"]
    day, place, to_resident = months.first_day(month), judge.law_place(judge.place), direction == TO_RESIDENT
    resident_until = None if to_resident else judge.last_paid
    # Whoever takes up work while the resident year still runs leaves no month out.
    judge.last_paid = min(judge.last_paid, month - 1)
    judge.interrupt(
        resume=month,
        payer=None if to_resident else event["payer"],
        back_paid=event["back_paid"],
        switch=Switch(direction, event["insured_before"], resident_until),
    )
    stretch = judge.interruptions[-1]
    judge.years.extend(years_at(judge.book, kind, place, day, {}))
    judge.years_of("resident_scheme", kind, day)
    situation = "switch_with_gap" if stretch.gap else "same_place"
    told = {"payer": event["payer"], "situation": situation}
    doing = "switch_to_resident" if to_resident else "switch_to_employee"
    judge.steps.extend(steps_at(judge.book, doing, place, day, told))
    if to_resident:
        judge.money.extend(money_at(judge.book, judge.facts, kind, judge.law_place(judge.origin), day, {}))
        _joins_residents(judge, stretch, event["covered_until"])
    else:
        judge.rule_on("money", "resident_refund", kind, day, {"reason": "joined_employee_scheme"})
        _new_in_employee_scheme(judge, stretch)
    judge.origin, judge.payer, judge.moved = judge.place, None if to_resident else event["payer"], False
    if event["covered_until"] is not None:
        judge.last_paid = event["covered_until"]


def _joins_residents(judge: "Judge", stretch: Interruption, covered_until: int | None) -> None:
    """What the resident scheme itself says of somebody who comes from the employee scheme, where it says anything."""
    month = stretch.resume
    year = (month if covered_until is None else covered_until) // months.OF_A_YEAR
    first, last = months.first_day(month), months.last_day(month)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    place = judge.law_place(judge.place)
    periods = frozenset(enrolment_period(judge.book, place, day, year)[0] for day in days)
    months_to_joining = frozenset(month - stop + 1 for stop in stretch.stops)
    values = {
        "who": "ex_employee",
        "enrolled": None if None in periods else periods,
        "broken_years": _years_between(stretch.last_paid, month),
        "months_to_joining": months_to_joining,
    }
    rulings = rulings_at(judge.book, "cover", "resident_wait", "switch_scheme", place, first, values)
    judge.rulings.extend(
        ruling for ruling in rulings if any(record.place != NATION for record in ruling.finding.records)
    )
    _premium(judge, "switch_scheme", first, year, None)


def _new_in_employee_scheme(judge: "Judge", stretch: Interruption) -> None:
    """Where the rule on changes leaves the wait open, the rule on joining for the first time may not."""
    if all(type(line.wait) is int for line in stretch.lines):
        return
    values = {"who": "ex_resident", "payer": stretch.payer, "months_to_joining": stretch.resume - stretch.last_paid}
    day, place = months.first_day(stretch.resume), judge.law_place(judge.place)
    rulings = rulings_at(judge.book, "cover", "first_time", "switch_scheme", place, day, values)
    if any(ruling.outcomes.get("wait_months") != UNKNOWN for ruling in rulings):
        judge.rulings.extend(rulings)


def resident_rejoin(judge: "Judge", event: Any) -> None:
    kind, day, place = "resident_rejoin", event["on"], judge.law_place(judge.place)
    told = {name: event[name] for name in ("insurance_year", "broken_years", "repaired_years", "enrolled", "who")}
    told |= {"since": event["since"], "age_group": event["age_group"], "age": _age(judge, day)}
    judge.join(joining.rejoin(judge.book, place=place, paid_on=day, **told))
    _premium(judge, kind, day, event["insurance_year"], event["age_group"])
    for reward in ("continuous", "zero_claim"):
        _case_of(judge, "resident_reward", kind, day, {"reward": reward})
    begun = "no" if day < date(event["insurance_year"], 1, 1) else "yes"
    for reasons in REFUND_REASONS:
        _case_of(judge, "resident_refund", kind, day, {"reason": reasons, "benefit_year_begun": begun})
    judge.steps.extend(steps_at(judge.book, kind, place, day, {}))


def newborn(judge: "Judge", event: Any) -> None:
    place, born = judge.law_place(judge.place), event["born"]
    judge.join(joining.newborn(judge.book, place=place, born=born, paid_on=event["on"]))
    if judge.joinings[-1].lines[0].returns is None:
        # Nothing is said of the day; that a newborn does not wait is said for every place.
        judge.rule_on("cover", "resident_wait", "newborn", event["on"], {"who": "newborn", "broken_years": 0})
    _premium(judge, "newborn", event["on"], born.year, "child_or_student")
    steps = steps_at(judge.book, "newborn", place, born, {})
    # A plan to pay late is no reason to keep quiet about the days that are left.
    enrols = min(event["on"], judge.facts.on)
    judge.steps.extend(step if step.by is None or enrols <= step.by else _late(step) for step in steps)


def _late(step: Step) -> Step:
    """Enrolling a child after its 90 days: it has no last day any more, and is to be done all the same."""
    return replace(step, key=f"{step.key}_late", within=None, unit=None, counted_from=None, by=None)


def insured_twice(judge: "Judge", event: Any) -> None:
    day, records = event["on"], event["records"]
    told = {"records": records, "employee_months": event["employee_months"], "payer": judge.payer}
    judge.rule_on("cover", "double_enrolment", "insured_twice", day, told)
    steps = steps_at(judge.book, "insured_twice", judge.law_place(judge.place), day, {})
    # Only a resident premium is paid back, and only for a year that has not begun.
    refunded = records != "two_employee" and event["benefit_year_begun"] != "yes"
    judge.steps.extend(step for step in steps if refunded or step.key != "ask_for_refund")
    if records != "two_employee":
        reasons = {
            "employee_and_resident": "joined_employee_scheme",
            None: frozenset(("paid_twice", "joined_employee_scheme")),
        }
        refund = {"reason": reasons.get(records, "paid_twice"), "benefit_year_begun": event["benefit_year_begun"]}
        judge.rule_on("money", "resident_refund", "insured_twice", day, refund)
    if records in ("two_employee", None):
        assumed = {} if records else {"records": "two_employee"}
        judge.rule_on("money", "employee_refund", "insured_twice", day, {}, assuming=assumed)


def _premium(judge: "Judge", event: str, day: date, insurance_year: int, age_group: str | None) -> None:
    """What a year of the resident scheme costs the person, once for each group of ages with its own sum."""
    age = _age(judge, day)
    values = {
        "insurance_year": insurance_year,
        "age_group": age_group,
        "age": age,
    }
    found = judge.book.consult("resident_premium", judge.law_place(judge.place), day, values)
    judge.rulings.extend(
        ruling_of(judge.book, "money", event, one) for one in joining.alike_but_for("age_group", found)
    )


def _case_of(judge: "Judge", topic: str, event: str, day: date, case: Mapping[str, Any]) -> None:
    """What the law says of the money in a case that may come: the case is named as what is assumed."""
    assuming = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in case.items()}
    rulings = rulings_at(judge.book, "money", topic, event, judge.law_place(judge.place), day, case)
    judge.rulings.extend(replace(ruling, assuming={**assuming, **ruling.assuming}) for ruling in rulings)


def _age(judge: "Judge", day: date) -> int | None:
    born = judge.facts.born
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_between(last_paid: int, resume: int) -> int:
    """How many whole insurance years lie between two months."""
    first = -(-(last_paid + 1) // months.OF_A_YEAR)
    return max(0, resume // months.OF_A_YEAR - first)
