"""The last day that still helps, held against every day: nothing better is missed, nothing said is false.

What a day leads to is read from the answer itself, day by day; which days the calculator looks at plays no part here.
"""

import random
from copy import replace
from datetime import date, timedelta
from functools import cache

import pytest

from calculator import levers, stretches
from calculator.calendar_file import entries
from calculator.document import document
from calculator.facts import LEVERS, FactErrors, parse, pooling_areas
from calculator.judge import assess
from calculator.lawbook import UNKNOWN, Span, lawbook

BOOK = lawbook()
A_DAY = timedelta(days=1)
LONG = 10_000
#: Better is more: of a year with benefits or counted as insured, of a report for placement.
GRADES = {"no": 0, "yes": 1, "given_up": 0, "late": 1, "in_time": 2}


def life(place, event, on, **person):
    return {"on": on.isoformat(), "person": person, "cover": {"place": place, "payer": "employer"}, "events": [event]}


def when_of(kind):
    """The field with the day that can be chosen."""
    return next(lever.field for lever in LEVERS[kind] if lever.field in ("on", "reported", "reported_on"))


def on_day(facts, day):
    """The same life with the event on another day. The period in which a payment falls was told of the day told; whoever
    paid late on it pays late afterwards too."""
    [event] = facts["events"]
    name = when_of(event["kind"])
    told = event.get(name)
    moved = {**event, name: day.isoformat()}
    if told != day.isoformat() and not (event.get("enrolled") == "late" and told < day.isoformat()):
        moved.pop("enrolled", None)
    return {**facts, "events": [moved]}


def graded(value):
    return (0, max(GRADES.values())) if value == UNKNOWN else (GRADES[value],) * 2


def earlier_is_more(day, earliest):
    return (-date.max.toordinal(), -earliest.toordinal()) if day is None else (-day.toordinal(),) * 2


def outcomes(facts):
    """How a life may turn out: by outcome, case by case, (at worst, at best) with more being better; None without answer."""
    try:
        answer = assess(parse(facts))
    except FactErrors:
        return None
    found = {}
    for joining in answer.joinings:
        for number, line in enumerate(joining.lines):
            earliest = joining.born or date(joining.insurance_year, 1, 1)
            longest = line.wait_at_most if line.wait_at_most is not None else LONG
            wait = (-longest, 0) if line.wait == UNKNOWN else (-line.wait,) * 2
            if joining.born and line.finding.get("wait_months") is None:
                wait = None  # the rule on newborns names none
            case = {"covered_by": earlier_is_more(line.returns, earliest), "wait_months": wait}
            if joining.waits:
                one = joining.waits[number]
                inside = {None: UNKNOWN, True: "yes", False: "no"}[one.in_insurance_year]
                case |= {"benefits_in_year": graded(inside), "counts_as_insured": graded(one.continuous)}
            for name, ways in case.items():
                found.setdefault(name, []).append(ways)
    for payout in answer.payouts:
        if payout.from_day:
            found.setdefault("apply_from", []).append(earlier_is_more(payout.from_day, payout.from_day))
    for ruling in answer.rulings:
        if "placement" in ruling.computed:
            found.setdefault("placement", []).append(graded(ruling.computed["placement"]))
    return {name: ways for name, ways in found.items() if None not in ways}


def claimed(name, value):
    """What a change says, in the same numbers."""
    if isinstance(value, date):
        return (-value.toordinal(),) * 2
    if isinstance(value, Span):
        return -value.last, 0
    return (-value,) * 2 if name == "wait_months" else graded(value)


def surely_better(new, old):
    worst = min(case[0] for case in new)
    return all(worst >= case[1] for case in old) and any(worst > case[0] for case in old)


def certain(ways):
    return len(set(ways)) == 1 and ways[0][0] == ways[0][1]


def as_said(name, value, ways):
    """Whether an outcome is what was said of it: of a day, that or an earlier one."""
    if isinstance(value, date):
        return min(case[0] for case in ways) >= -value.toordinal()
    return set(ways) == {claimed(name, value)}


def faults(facts):
    """Every promise of every change, looked up day by day; and every day that is better, without a change that says so."""
    [event] = facts["events"]
    told, asked = event.get(when_of(event["kind"])), date.fromisoformat(facts["on"])
    at = cache(lambda day: outcomes(on_day(facts, day)))
    told_day = told and date.fromisoformat(told)
    now = told and outcomes(facts)
    found = levers.changes(assess(parse(facts)))
    for change in found:
        yield from _false_claims(change, at, now, asked)
    ahead = [asked + number * A_DAY for number in range(DAYS_AHEAD)]
    if told_day and told_day >= asked:
        yield from (fault for day in ahead for fault in _missed(day, at, now, found))
    if not told_day or told_day >= asked:
        yield from _lost_unsaid([day for day in ahead if day >= (told_day or asked)], at, found)


#: So many days from the day of asking on are tried.
DAYS_AHEAD = 400


def _false_claims(change, at, now, asked):
    where = f"{change.kind} by {change.by}"
    if change.kind != "past" and change.first < asked:
        yield f"{where}: begins before the day of asking"
    for number in range((change.by - change.first).days + 1):
        day = change.first + number * A_DAY
        for gain in change.gains:
            if not all(as_said(gain.name, value, at(day)[gain.name]) for value in gain.after):
                yield f"{where}: on {day} {gain.name} is {at(day)[gain.name]}, not {gain.after}"
            if change.kind != "keep" and not surely_better(at(day)[gain.name], now[gain.name]):
                yield f"{where}: on {day} {gain.name} is no better than {now[gain.name]}"
    after = at(change.by + A_DAY)
    if (change.end in ("known_days_end", "year_ends")) != (after is None):
        yield f"{where}: ends for {change.end}, and the day after is {after}"
    if after and all(as_said(gain.name, value, after[gain.name]) for gain in change.gains for value in gain.after):
        yield f"{where}: nothing is lost on the day after"
    for one in change.then:
        [value] = one.after if len(one.after) == 1 else [None]
        before = at(change.by)[one.name]
        if value == "later" and not surely_better(before, after[one.name]):
            yield f"{where}: {one.name} is no later on the day after"
        elif (
            value is not None and value not in ("later", UNKNOWN) and set(after[one.name]) != {claimed(one.name, value)}
        ):
            yield f"{where}: on the day after {one.name} is {after[one.name]}, not {one.after}"


def _missed(day, at, now, found):
    here, week_before = at(day), at(day - 7 * A_DAY)
    for name in here or {}:
        # A day of cover that only follows the day of payment needs no saying.
        follows = name == "covered_by" and (not week_before or week_before[name] != here[name])
        if name in now and not follows and surely_better(here[name], now[name]):
            offered = any(
                change.kind == "better" and change.by >= day and any(gain.name == name for gain in change.gains)
                for change in found
            )
            if not offered:
                yield f"on {day} {name} is {here[name]} instead of {now[name]}"


def _lost_unsaid(days, at, found):
    """The first day after which something certain is lost, and no change that names it, or a better day ahead."""
    for day in days:
        here, after = at(day), at(day + A_DAY)
        if not here or not after:
            return
        lost = [
            name
            for name in here
            if name in after and name not in ("covered_by", "apply_from") and certain(here[name])
            and surely_better(here[name], after[name])
        ]  # fmt: skip
        if lost:
            if not any(change.by >= day for change in found):
                yield f"after {day} {lost} is lost, and nothing says so"
            return


def places_with_rules_of_their_own(*topics):
    """One place for each set of rules on these topics that some place has."""
    told_apart = {}
    for place in pooling_areas(BOOK):
        levels = {level.id for level in BOOK.path(place)}
        rules = frozenset(r.id for r in BOOK.records.values() if r.place in levels and r.topic in topics)
        told_apart.setdefault(rules, place)
    return list(told_apart.values())


RESIDENT = [*places_with_rules_of_their_own("resident_wait", "resident_repair"), "shanghai"]
NEWBORN = places_with_rules_of_their_own("newborn")


def resident_life(place):
    """A payment for 2026 planned for some day of the time known, by anybody whom rules tell apart."""
    drawn = random.Random(place)
    begins = max(BOOK.known_days(place)[0], date(2025, 9, 10))
    asked = begins + drawn.choice((0, 0, 100, 200)) * A_DAY
    who = drawn.choice(("other", "other", "ex_employee", "veteran"))
    event = {
        "kind": "resident_rejoin", "on": (asked + drawn.choice((10, 60, 160, 170)) * A_DAY).isoformat(),
        "insurance_year": 2026, "broken_years": drawn.choice((0, 0, 2)), "who": who,
        "enrolled": drawn.choice((None, None, "late", "central_period")),
    }  # fmt: skip
    if who != "other":
        event["since"] = (asked - 5 * A_DAY).isoformat()
    return life(place, event, asked)


def newborn_life(place):
    born = max(BOOK.known_days(place)[0], date(2026, 1, 15)) + 3 * A_DAY
    day = born + random.Random(place).choice((20, 89, 90, 91, 150, 185, 200)) * A_DAY
    return life(place, {"kind": "newborn", "born": born.isoformat(), "on": day.isoformat()}, born + 10 * A_DAY)


@pytest.mark.parametrize("place", RESIDENT)
def test_every_day_of_payment_for_the_resident_scheme(place):
    assert list(faults(resident_life(place))) == []


@pytest.mark.parametrize("place", NEWBORN)
def test_every_day_of_enrolling_a_newborn(place):
    assert list(faults(newborn_life(place))) == []


PLACED = {"kind": "discharge", "on": "2026-06-01", "placed": "self_employed"}
DIED = {"kind": "die", "on": "2026-08-20", "heir": "law"}


@pytest.mark.parametrize("reported", [None, "2026-07-20", "2026-08-20"])
def test_every_day_of_reporting_for_placement(reported):
    assert list(faults(life("wuhan", {**PLACED, "reported_on": reported}, date(2026, 6, 10)))) == []


@pytest.mark.parametrize("reported", [None, "2026-10-20"])
def test_every_day_of_reporting_a_death(reported):
    assert list(faults(life("quanzhou", {**DIED, "reported": reported}, date(2026, 9, 1)))) == []


# -- the checks themselves --------------------------------------------------------------------------------------

FUZHOU = life("fuzhou", {"kind": "resident_rejoin", "on": "2026-03-10", "insurance_year": 2026, "broken_years": 0,
                         "who": "other"}, date(2025, 9, 10))  # fmt: skip


def test_the_life_without_a_fault_has_none():
    assert list(faults(FUZHOU)) == []


def changed(monkeypatch, change):
    real = levers.changes
    monkeypatch.setattr(levers, "changes", lambda assessment: tuple(change(one) for one in real(assessment)))


def test_a_day_too_late_is_found(monkeypatch):
    changed(monkeypatch, lambda one: replace(one, by=one.by + A_DAY))
    assert any("wait_months is" in fault for fault in faults(FUZHOU))


def test_a_day_too_early_is_found(monkeypatch):
    changed(monkeypatch, lambda one: replace(one, by=one.by - A_DAY))
    assert any("nothing is lost" in fault for fault in faults(FUZHOU))


def test_a_false_afterwards_is_found(monkeypatch):
    changed(
        monkeypatch,
        lambda one: replace(one, then=tuple(replace(x, after=(5,)) for x in one.then if x.name == "wait_months")),
    )
    assert any("on the day after wait_months" in fault for fault in faults(FUZHOU))


def test_a_change_left_out_is_found(monkeypatch):
    monkeypatch.setattr(levers, "changes", lambda assessment: ())
    found = list(faults(FUZHOU))
    assert any("instead of" in fault for fault in found) and any("nothing says so" in fault for fault in found)


def test_days_not_looked_at_are_found(monkeypatch):
    monkeypatch.setattr(levers, "days_that_begin_anew", lambda *args: stretches.anew_each_month(*args[2:4], ()))
    assert any(list(faults(resident_life(place))) for place in ("fuxin", "wuxi", "xiamen", "fuzhou"))


# -- single lives ------------------------------------------------------------------------------------------------


def said(facts, lang="en"):
    return [
        " ".join([item["text"], *item["details"]]) for item in document(assess(parse(facts)), lang)["changes"]["items"]
    ]


def test_a_payment_for_the_resident_scheme_is_told_its_last_days():
    # Fujian: until 31 December in time, until 28 February without a wait, afterwards 3 months.
    extended, in_time, this_year = said(FUZHOU)
    assert (
        extended
        == "If you pay by 28 February 2026: no waiting period. From 1 March 2026 on: a waiting period of 3 months."
    )
    assert in_time.startswith("If you pay by 1 January 2026: no waiting period; cover from 1 January 2026. Otherwise:")
    # Paid on 30 September, 3 months end on 30 December; paid on 1 October, on 1 January.
    assert this_year.startswith("If you pay by 30 September 2026: cover begins within the year you pay for")
    assert said(FUZHOU, "zh")[0] == "如果最晚2026年2月28日缴费：没有等待期。 2026年3月1日起：等待期3个月。"


def test_the_last_day_of_a_period_is_told_where_the_law_afterwards_is_not_known():
    facts = life("fuzhou", {"kind": "resident_rejoin", "on": "2026-12-20", "insurance_year": 2027, "broken_years": 0,
                            "who": "other"}, date(2026, 11, 1))  # fmt: skip
    [only] = said(facts)
    assert only.startswith("If you pay by 31 December 2026: no waiting period")
    assert only.endswith("What holds after 31 December 2026 is not known to us.")


def test_the_last_days_are_in_the_calendar_once():
    asked = {**FUZHOU, "on": "2025-12-01"}
    named = [
        (entry.day, entry.summary) for entry in entries(assess(parse(asked)), "en") if entry.name.startswith("last-")
    ]
    assert (date(2026, 2, 28), "If you pay by 28 February 2026: no waiting period.") in named
    placed = [entry.day for entry in entries(assess(parse(life("wuhan", PLACED, date(2026, 6, 10)))), "en")]
    assert placed.count(date(2026, 7, 31)) == 1


def test_a_newborn_is_enrolled_by_day_90_or_was_not():
    event = {"kind": "newborn", "born": "2026-03-01", "on": "2026-07-10"}
    by_day_90 = date(2026, 3, 1) + 90 * A_DAY
    ahead = levers.changes(assess(parse(life("nanjing", event, date(2026, 4, 1)))))
    assert ("better", by_day_90) in [(change.kind, change.by) for change in ahead]
    [past] = levers.changes(assess(parse(life("shanghai", event, date(2026, 11, 1)))))
    assert (past.kind, past.by) == ("past", by_day_90)


def test_the_heirs_are_told_until_when_a_report_opens_the_next_month():
    [only] = said(life("quanzhou", DIED, date(2026, 9, 1)))
    assert only == (
        "If the death is reported by 30 September 2026: the heirs can apply from 10 October 2026 on. "
        "From 1 October 2026 on: the heirs can apply from 10 November 2026 on."
    )


def test_placement_has_two_last_days():
    # Discharged on 1 June: 30 days to report, and after 30 days more the placement counts as given up.
    assert [(change.kind, change.by) for change in levers.changes(assess(parse(life("wuhan", PLACED, date(2026, 6, 10)))))] == [
        ("keep", date(2026, 7, 1)),
        ("keep", date(2026, 7, 31)),
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "offered"), [("2026-06-05", True), ("2026-10-01", False)])
def test_a_nationality_can_be_kept_as_long_as_it_is_not_lost(asked, offered):
    event = {"kind": "lose_nationality", "on": "2026-09-01", "hukou_cancelled": "yes", "ends_relation": "no"}
    found = levers.changes(assess(parse(life("chongqing", event, date.fromisoformat(asked)))))
    instead = [change for change in found if "instead" in change.takes]
    assert [change.takes["instead"] for change in instead] == ["settle_abroad"] * offered
    for change in instead:
        assert ("nationality", ("lost",), ("kept",)) in [(one.name, one.before, one.after) for one in change.gains]
        # Chongqing answered of the nationality, not of settling abroad, that the balance is paid out.
        assert "withdraw" in {one.name for one in change.losses}
