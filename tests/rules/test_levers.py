"""What would change the answer, held against every life that could be told instead: nothing better is missed, nothing
said is false, and nothing that lies behind is offered."""

import random
from datetime import date
from itertools import product

import pytest

from calculator import levers
from calculator.assessment_json import to_json
from calculator.explain import NOTHING_EXPLAINED
from calculator.facts import EVENTS, LEVERS, FactErrors, parse, pooling_areas
from calculator.judge import assess
from calculator.lawbook import Span, lawbook
from calculator.months import first_day, format_month, month_of, parse_month
from calculator.order import BETTER
from tests.law.planted import planted

BOOK = lawbook()
PAYERS, YES_NO = ("employer", "flexible"), ("yes", "no")
COSTS = {"not_paid": 0, "may_be_paid": 1, "paid": 2, None: 3}  # None: no month is left out
COMPARED = ("wait_months", "gap_costs")
#: Lives tried at each place, of those that can be made; the seed is the place.
TRIED = 7


def changes(facts):
    return levers.changes(assess(parse(facts)))


def at(facts, number, **told):
    """The life with one event told otherwise, or with one event more."""
    events = [dict(event) for event in facts["events"]]
    if number == len(events):
        events.append({"kind": "resume"})
    events[number].update(told)
    return {**facts, "events": events}


def answered(facts):
    """How the last stretch may turn out, case by case as (at best, at worst), straight from the answer; more is better.

    None where there is no answer.
    """
    try:
        lines = to_json(assess(parse(facts)), explanation=NOTHING_EXPLAINED)["cover"][-1]["lines"]
    except FactErrors:
        return None
    return {
        "wait_months": [ways_of_waiting(line) for line in lines],
        "gap_costs": [ways_of_costs(line["gap_costs"]) for line in lines],
        "back_pay": [line["back_pay"] for line in lines],
    }


def ways_of_waiting(line):
    if line["wait"] == "unknown":
        return 0, -(line["wait_at_most"] or 10_000)
    return -(line["wait"] or 0), -(line["wait"] or 0)


def ways_of_costs(said):
    return (2, 0) if said == "unknown" else (COSTS[said], COSTS[said])


def claimed(name, value):
    """What a change says of one outcome, in the same numbers."""
    if name == "gap_costs":
        return ways_of_costs(None if value == "no_gap" else value)
    if isinstance(value, Span):
        return 0, -value.last
    return ways_of_waiting({"wait": value, "wait_at_most": None})


def surely_better(new, old):
    """At worst no worse than any case of the old at best, and better than one of them at worst."""
    worst = min(case[1] for case in new)
    return all(worst >= case[0] for case in old) and any(worst > case[1] for case in old)


def lives(place):
    """Payment stopped and to be made again in a month to come, in every way that can be told; and lives left open."""
    begins = month_of(BOOK.known_days(place)[0])
    stops = max(parse_month("2025-12"), begins + 1)
    asked = first_day(stops + 1).replace(day=20).isoformat()
    made = []
    for gap, payer, paid, moved in product((0, 1, 2, 3, 4, 5, 6), (*PAYERS, None), (*YES_NO, None), (False, True)):
        start = "nantong" if moved and place != "nantong" else "xuzhou" if moved else place
        events = [{"kind": "leave_job"}]
        events += [{"kind": "move", "on": first_day(stops + 1).isoformat(), "to": place}] if moved else []
        month = format_month(stops + 1 + gap)
        resume = {"kind": "resume", "month": month, "payer": payer, "back_paid": paid}
        cover = {"place": start, "payer": "employer", "paid_until": format_month(stops)}
        made.append({"on": asked, "cover": cover, "events": [*events, resume]})
    alone = {"place": place, "payer": "flexible", "paid_until": format_month(stops), "unpaid_earlier_this_year": 0}
    made.append({"on": asked, "cover": alone, "events": [{"kind": "leave_job"}]})
    *told, open_end = [facts for facts in made if is_read(facts)]
    return [*random.Random(place).sample(told, TRIED), open_end]


def is_read(facts):
    """Whether the law is known for all days of a life."""
    try:
        parse(facts)
    except FactErrors:
        return False
    return True


def completions(event, chosen, names):
    """Every way to make the choices that a change leaves open: as told, or in any way where nothing was told."""
    for values in product(*(
        (chosen[name],) if name in chosen else (event[name],) if event.get(name) else YES_NO if name == "back_paid" else PAYERS
        for name in names
    )):  # fmt: skip
        yield dict(zip(names, values, strict=True))


def false_claims(facts, found):
    """Every promise of every change, looked up month by month in the answers themselves."""
    for change in found:
        number = change.number
        event = facts["events"][number] if number < len(facts["events"]) else {}
        told = [answered(at(facts, number, **choice)) for choice in completions(event, {}, ("payer", "back_paid"))]
        for choice in completions(event, change.takes, ("payer", "back_paid")):
            for month in range(change.first, change.by + 1):
                where = f"{choice} {format_month(month)}"
                now = answered(at(facts, number, month=format_month(month), **choice))
                for gain in (one for one in change.gains if one.name in COMPARED):
                    said = {claimed(gain.name, value) for value in gain.after}
                    # Where no month is left out at all nothing arises that could be worse.
                    if set(now[gain.name]) != said and set(now["gap_costs"]) != {ways_of_costs(None)}:
                        yield f"{where}: {gain.name} is {now[gain.name]}, not {gain.after}"
                    if (
                        change.kind == "better"
                        and len(told) == 1
                        and not surely_better(now[gain.name], told[0][gain.name])
                    ):
                        yield f"{where}: {gain.name} is no better than {told[0][gain.name]}"
            if change.then:
                later = answered(at(facts, number, month=format_month(change.by + 1), **choice))
                for one in (one for one in change.then if one.name in COMPARED):
                    if {claimed(one.name, value) for value in one.after} != set(later[one.name]):
                        yield f"{choice} after {format_month(change.by)}: {later[one.name]}, not {one.after}"


def missed(facts, found):
    """Every life that could still be led and is surely better, without a change that asks for no more and gives as much."""
    number = len(facts["events"]) - 1
    event = facts["events"][number]
    if event["kind"] != "resume":
        return
    if event["payer"] is None or event["back_paid"] is None:
        return  # what is better then depends on which of the choices not told one compares with
    told = answered(facts)
    for ahead, payer, paid in product(range(12), PAYERS, YES_NO):
        month = month_of(date.fromisoformat(facts["on"])) + ahead
        other = answered(at(facts, number, month=format_month(month), payer=payer, back_paid=paid))
        if other is None or (paid == "yes" and "not_allowed" in other["back_pay"]):
            continue
        chosen = {"payer": payer, "back_paid": paid}
        for name in COMPARED:
            if not surely_better(other[name], told[name]):
                continue
            offered = any(
                change.kind == "better"
                and change.by >= month
                and all(chosen[field] == value for field, value in change.takes.items())
                and any(gain.name == name for gain in change.gains)
                for change in found
            )
            if not offered:
                yield f"{chosen} {format_month(month)}: {name} {other[name]} instead of {told[name]}"


def faults(place):
    return [
        f"{facts}: {fault}"
        for facts in lives(place)
        for found in [changes(facts)]
        for fault in (*false_claims(facts, found), *missed(facts, found))
    ]


@pytest.mark.parametrize("place", pooling_areas(BOOK))
def test_nothing_better_is_missed_and_nothing_said_is_false(place):
    assert faults(place) == []


def test_a_false_promise_is_found(monkeypatch):
    monkeypatch.setattr(levers, "compare", lambda new, old: BETTER)
    assert any("no better than" in fault for fault in faults("chengdu"))


def test_a_month_too_late_is_found(monkeypatch):
    real = levers._Event._runs

    def careless(self, kind, variant, among, others):
        for change in real(self, kind, variant, among, others):
            yield levers.replace(change, by=change.by + 1)

    monkeypatch.setattr(levers._Event, "_runs", careless)
    assert any(": wait_months is " in fault for fault in faults("chengdu"))


def test_a_better_option_left_out_is_found(monkeypatch):
    monkeypatch.setattr(levers, "_smallest", lambda found, event: [])
    assert any("instead of" in fault for fault in faults("chengdu"))


# -- choices without a month ------------------------------------------------------------------------------------

CASH = {
    "on_application": 2,
    "on_ending_relation": 1,
    "if_not_local_and_can_not_move": 1,
    "no": 0,
    "no_rule_found": 0,
    None: 0,
}
DAY_EVENTS = {
    "settle_abroad": ("hukou_cancelled", {}),
    "foreigner_leaves": ("ends_relation", {"nationality": "foreign"}),
    "retire_elsewhere": ("registered", {}),
}


def cash(facts):
    """The best and the worst of what may be had in cash, case by case, straight from the answer."""
    money = to_json(assess(parse(facts)), explanation=NOTHING_EXPLAINED)["money"]
    return [
        (2 if one["withdraw"] == "unknown" else CASH[one["withdraw"]],
         0 if one["withdraw"] == "unknown" or one["exists"] != "yes" else CASH[one["withdraw"]])
        for one in money
    ]  # fmt: skip


@pytest.mark.parametrize("place", pooling_areas(BOOK))
@pytest.mark.parametrize("kind", DAY_EVENTS)
def test_a_choice_is_offered_exactly_when_it_surely_brings_cash(kind, place):
    name, person = DAY_EVENTS[kind]
    for told, ahead in product(("yes", "no", None), (True, False)):
        event = {"kind": kind, "on": "2026-06-01", name: told}
        event |= {"same_province": "no"} if kind == "retire_elsewhere" else {}
        facts = life(place, [event], on="2026-05-01" if ahead else "2026-07-01", **person)
        offered = {change.takes[name] for change in changes(facts) for gain in change.gains if gain.name == "withdraw"}
        expected = set()
        for choice in YES_NO:
            others = [value for value in YES_NO if value != choice] if told is None else [told]
            possible = ahead or (choice == "yes" and told != "yes")
            if choice != told and possible:
                now, before = cash(at(facts, 0, **{name: choice})), [cash(at(facts, 0, **{name: o})) for o in others]
                if all(surely_better(now, other) for other in before):
                    expected.add(choice)
        assert offered == expected


# -- joining for the first time ----------------------------------------------------------------------------------


def joining(place, month, payer, since_cover):
    """Somebody whose employee cover ended so many months before joining, asked five months before the month planned."""
    event = {"kind": "first_time", "month": format_month(month), "payer": payer, "who": "ex_employee"}
    return life(place, [{**event, "months_to_joining": since_cover}], on=first_day(PLANNED - 5).isoformat())


PLANNED = parse_month("2026-11")


@pytest.mark.parametrize("place", pooling_areas(BOOK))
@pytest.mark.parametrize("payer", PAYERS)
def test_joining_sooner_or_otherwise_is_offered_exactly_when_the_wait_is_surely_shorter(place, payer):
    """The months since the cover ended go along with the month of joining."""

    def waits(month, payer):
        facts = joining(place, month, payer, 8 + month - PLANNED)
        lines = to_json(assess(parse(facts)), explanation=NOTHING_EXPLAINED)["joinings"][0]["lines"]
        return [ways_of_waiting(line) for line in lines]

    told = waits(PLANNED, payer)
    found = changes(joining(place, PLANNED, payer, 8))
    better = [
        (one, gain) for one in found if one.kind == "better" for gain in one.gains if gain.name == "wait_months"
    ]  # fmt: skip
    for one, gain in better:
        for month in range(one.first, one.by + 1):
            now = waits(month, one.takes.get("payer", payer))
            assert set(now) == {claimed(gain.name, value) for value in gain.after} and surely_better(now, told)
    for month, chosen in product(range(PLANNED - 5, PLANNED + 1), PAYERS):
        offered = any(one.by >= month and one.takes.get("payer", chosen) == chosen for one, _ in better)
        assert offered or not surely_better(waits(month, chosen), told), (month, chosen)


def test_nobody_is_told_to_join_before_the_cover_has_ended():
    # Cover that ended in the month before the one planned was there two months before it.
    found = changes(joining("suzhou", PLANNED, "flexible", 2))
    assert all(one.first >= PLANNED - 1 for one in found)


# -- single lives ---------------------------------------------------------------------------------------------


def life(place, events, *, on="2026-06-10", paid_until="2026-04", payer="employer", **person):
    cover = {"place": place, "payer": payer, "paid_until": paid_until}
    return {"on": on, "person": person, "cover": cover, "events": events}


RESUME_LATE = {"kind": "resume", "month": "2026-10", "payer": "employer"}


def test_pay_back_by_september_and_the_wait_vanishes():
    # Chengdu: at most 4 months, paid back, no wait; from the 5th month on 6 months.
    [change] = changes(life("chengdu", [{"kind": "leave_job"}, RESUME_LATE]))
    assert (change.kind, change.takes, format_month(change.by)) == ("better", {"back_paid": "yes"}, "2026-09")
    assert [(one.name, one.before, one.after) for one in change.gains if one.name == "wait_months"] == [
        ("wait_months", (6,), (0,))
    ]
    assert [one.after for one in change.then if one.name == "wait_months"] == [(6,)]
    assert {record.id for record in change.records} == {
        "chengdu.gap.within-4.paid-back",
        "chengdu.gap.over-4.same-place",
    }


def test_an_open_end_is_told_until_when_it_stays_good():
    found = changes(life("shanghai", [{"kind": "leave_job"}], paid_until="2026-05"))
    assert [(one.kind, dict(one.takes), format_month(one.by)) for one in found] == [
        ("keep", {}, "2026-06"),
        ("keep", {"payer": "flexible"}, "2026-09"),
    ]


def test_a_change_of_scheme_has_its_months_too():
    # Shanghai, resident until December: paying alone from March (2 months out) no wait, from the 3rd month out 6 months.
    switch = {"kind": "switch_scheme", "direction": "resident_to_employee", "month": "2026-05", "payer": "flexible"}
    switch |= {"insured_before": 30, "back_paid": "no"}
    facts = life("shanghai", [switch], on="2026-02-10", paid_until="2025-12", payer=None)
    alone, *_ = changes(facts)
    assert (alone.kind, alone.takes, format_month(alone.by)) == ("better", {}, "2026-03")
    assert [(one.before, one.after) for one in alone.gains if one.name == "wait_months"] == [((6,), (0,))]
    assert [one.after for one in alone.then if one.name == "wait_months"] == [(6,)]


def test_no_month_left_out_is_no_promise_where_a_rule_lets_one_wait_all_the_same():
    # A change of scheme without a month left out is ruled by the change; that it is seamless does not end the wait.
    before = 'then = { wait_months = 0, cover_from = "payment_month", gap_costs = "no_gap" }'
    book = planted("places/china.toml", before, before.replace("wait_months = 0", "wait_months = 6"))
    switch = {"kind": "switch_scheme", "direction": "resident_to_employee", "month": "2026-01", "payer": "employer"}
    switch |= {"insured_before": 24}
    facts = parse(life("elsewhere", [switch], on="2026-02-10", paid_until="2025-12", payer=None), book)
    waits = [one for key, one in levers.standing(assess(facts, book)).items() if key[2] == "wait_months"]
    assert [one.worst for one in waits] == [-6]


def test_what_lies_behind_is_said_as_past_and_never_offered():
    late = life("chengdu", [{"kind": "leave_job"}, RESUME_LATE], on="2026-11-22")
    found = changes(late)
    assert found and all(change.kind == "past" for change in found)
    soon = changes(life("chengdu", [{"kind": "leave_job"}, RESUME_LATE], on="2026-10-05"))
    assert all(change.kind == "past" for change in soon)


def test_a_life_told_further_is_not_moved_past_what_comes_next():
    first = {"kind": "resume", "month": "2026-07", "payer": "flexible", "back_paid": "no"}
    second = {"kind": "resume", "month": "2026-11", "payer": "flexible", "back_paid": "no"}
    events = [{"kind": "leave_job"}, first, {"kind": "leave_job", "paid_again_until": "2026-08"}, second]
    found = changes(life("wuhan", events, paid_until="2026-04"))
    of_the_first = [change for change in found if change.number == 1]
    assert {change.number for change in found} == {1, 3}
    assert all(change.by <= parse_month("2026-08") for change in of_the_first)
    assert "next_event" in {change.end for change in of_the_first}


def test_both_sides_of_a_trade_are_said():
    [change] = changes(life("shanghai", [{"kind": "foreigner_leaves", "on": "2026-07-01"}], nationality="foreign"))
    assert change.takes == {"ends_relation": "yes"}
    assert [(one.name, one.after) for one in change.gains] == [("withdraw", ("on_application",))]
    assert ("earlier_years", ("unknown",)) in [(one.name, one.after) for one in change.losses]


@pytest.mark.parametrize(("ended", "late"), [("no", True), ("yes", None)])
def test_what_has_been_done_is_not_undone_and_what_was_not_may_still_be(ended, late):
    event = {"kind": "foreigner_leaves", "on": "2026-05-01", "ends_relation": ended}
    found = changes(life("shanghai", [event], nationality="foreign"))
    assert [change.late for change in found] == ([] if late is None else [late])


def test_no_month_is_promised_where_the_law_is_not_known():
    for place in pooling_areas(BOOK):
        for change in changes(life(place, [{"kind": "leave_job"}, {**RESUME_LATE, "month": "2026-12"}])):
            assert change.by is None or change.by <= parse_month("2026-12")


def test_every_lever_is_a_field_with_a_choice():
    for kind, told in LEVERS.items():
        fields = {field.name: field for field in EVENTS[kind]}
        for lever in told:
            field = fields[lever.field]
            assert field.kind in ("month", "day") or set(lever.still) <= set(field.choices) != set()
            assert {lever.along, lever.forgets} <= {"", *fields}
        assert sum(fields[lever.field].kind in ("month", "day") for lever in told) <= 1
