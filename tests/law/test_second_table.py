"""The law data says what a second table, written by hand from the research, says of every case."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest

from calculator.lawbook import Finding, lawbook
from tests.law import second_table as second
from tests.law.second_table import U

Case = tuple[str, str, str, int, str, int]
COMBINATIONS = 7 * 3 * 2 * 8 * 2  # places, situations, payers, gaps of 1 to 8 months, paid back or not


def cases() -> Iterator[Case]:
    """Place, situation, payer, gap, back-paid, months to joining. Benefits end with the last paid month or one
    month later, so the month of joining is one more than the gap, or the gap's own number."""
    for place, situation, payer, gap, back_paid in product(
        second.PLACES, second.SITUATIONS, second.PAYERS, second.GAPS, second.BACK_PAID
    ):
        for joining in (gap, gap + 1):
            yield place, situation, payer, gap, back_paid, joining


def ask(topic: str, place: str, values: dict[str, Any]) -> Finding:
    """The engine's one answer; a case told in full does not branch."""
    [finding] = lawbook().consult(topic, place, second.DAY, values)
    return finding


def said(finding: Finding, outcome: str) -> tuple[Any, str]:
    """The engine's value and the record that gave it. What no record names is as little known to the reader as
    what a record calls unknown."""
    found = finding.outcomes.get(outcome)
    return (found.value, found.record.id) if found else (U, "no record")


def said_on_gap(case: Case, outcome: str, finding: Finding) -> tuple[Any, str]:
    """As :func:`said`. Where there is a wait, or its length is open, a record on gaps need not repeat from when a
    payment gives cover at all: then the place's ordinary start counts."""
    if outcome == "cover_from" and outcome not in finding.outcomes and finding.get("wait_months") != 0:
        return said(ask("cover_start", case[0], {"payer": case[2]}), outcome)
    return said(finding, outcome)


def differences(table: Sequence[second.Row]) -> list[str]:
    """Every cell that the engine fills otherwise, with the record that decided. Gaps with the same difference
    share a line."""
    found: dict[str, list[str]] = {}
    for case in cases():
        place, situation, payer, gap, back_paid, joining = case
        row = second.look_up(table, case)
        finding = ask(
            "gap",
            place,
            {
                "situation": situation,
                "payer": payer,
                "gap": gap,
                "months_to_joining": joining,
                "back_paid": back_paid,
            },
        )
        for outcome in second.OUTCOMES:
            expected, (engine, record) = getattr(row, outcome), said_on_gap(case, outcome, finding)
            if expected != engine:
                line = f"{place} {situation} {payer}, paid back {back_paid}: {outcome} {expected!r}, engine {engine!r} by {record}"
                found.setdefault(line, []).append(f"{gap}/{joining}")
    return [f"{line} (gap/joining {' '.join(gaps)})" for line, gaps in found.items()]


def test_the_table_speaks_of_every_case_exactly_once():
    assert COMBINATIONS == 672
    asked = list(cases())
    assert len({case[:5] for case in asked}) == COMBINATIONS
    assert len(asked) == 2 * COMBINATIONS
    assert [case for case in asked if len(second.matching(second.GAP, case)) != 1] == []
    # No row is dead, and every outcome of a row is compared.
    assert [row for row in second.GAP if not any(row.speaks_of(*case) for case in asked)] == []
    assert {field.name for field in fields(second.Row)} - set(second.OUTCOMES) == {
        "places", "situation", "payers", "gaps", "back_paid", "joining",
    }  # fmt: skip


@pytest.mark.parametrize("place", second.PLACES)
def test_gaps(place):
    found = [line for line in differences(second.GAP) if line.startswith(f"{place} ")]
    assert not found, "\n" + "\n".join(found)


def test_one_changed_cell_is_found():
    before = set(differences(second.GAP))
    number, row = next(
        (number, row)
        for number, row in enumerate(second.GAP)
        if row.speaks_of("shanghai", "same_place", "flexible", 5, "no", 5)
    )
    assert row.wait_months == 6
    changed = [*second.GAP]
    changed[number] = replace(row, wait_months=5)
    new = sorted(set(differences(changed)) - before)
    assert [line.partition(" (")[0] for line in new] == [
        "shanghai same_place flexible, paid back no: wait_months 5, engine 6 by shanghai.gap.flexible.over-3",
        "shanghai same_place flexible, paid back yes: wait_months 5, engine 6 by shanghai.gap.flexible.over-3",
    ]


def test_a_moved_boundary_is_found():
    # "3个月(含)以内" read as "less than 3": the case of exactly 3 months is then spoken of twice.
    rows = [
        replace(row, gaps=second.months(3, 8)) if row.gaps == second.OVER_3 and "china" in row.places else row
        for row in second.GAP
    ]
    with pytest.raises(LookupError, match="2 rows speak of"):
        differences(rows)


@pytest.mark.parametrize(("place", "cause"), second.COVER_STOP)
@pytest.mark.parametrize("payer", second.PAYERS)
def test_cover_stop(place, cause, payer):
    finding = ask("cover_stop", place, {"cause": cause, "payer": payer})
    assert said(finding, "cover_ends")[0] == second.COVER_STOP[place, cause]


@pytest.mark.parametrize(("place", "payer"), second.COVER_START)
def test_cover_start(place, payer):
    assert said(ask("cover_start", place, {"payer": payer}), "cover_from")[0] == second.COVER_START[place, payer]


def test_stop_and_start_are_stated_for_every_place():
    assert set(second.COVER_STOP) == set(product(second.PLACES, ("left", "arrears")))
    assert set(second.COVER_START) == set(product(second.PLACES, second.PAYERS))


ACCOUNT = [
    pytest.param(event, place, facts, balance, withdraw, id="-".join((place, event, *facts.values())))
    for event, places, facts, balance, withdraw in second.ACCOUNT
    for place in places
]


@pytest.mark.parametrize(("event", "place", "facts", "balance", "withdraw"), ACCOUNT)
def test_money(event, place, facts, balance, withdraw):
    finding = ask("account", place, {"event": event, **facts})
    stated = {"balance": balance, "withdraw": withdraw}
    stated = {name: value for name, value in stated.items() if value is not second.NOT_SAID}
    assert {name: said(finding, name)[0] for name in stated} == stated


def test_money_is_stated_for_every_event_and_place():
    events = {
        "leave_job", "study_abroad", "move_in_province", "move_across_provinces", "settle_abroad", "die", "enlist",
        "foreigner_leaves",
    }  # fmt: skip
    # Beijing and Shanghai are provinces of one pooling area: nobody moves inside them.
    one_area = {("move_in_province", "beijing"), ("move_in_province", "shanghai")}
    stated = {(event, place) for event, places, *_ in second.ACCOUNT for place in places}
    assert stated == set(product(events, second.PLACES)) - one_area
