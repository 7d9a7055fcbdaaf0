"""The law data says what a second table, written by hand from the sources, says of every case."""

from copy import replace
from itertools import product

import pytest

from calculator.lawbook import Lawbook, lawbook, read_sources
from tests.law.second_table import DAY, PLACES, cover, gaps, resident
from tests.law.second_table.compare import (
    GAP,
    LISTS,
    TABLES,
    Lists,
    Table,
    comparisons,
    own_comparisons,
    own_differences,
    own_rows,
    shown_differences,
    waits,
)
from tests.law.second_table.own import own
from tests.law.second_table.shown import SHOWN
from tests.law.second_table.table import from_, look_up, matching, months

BOOK = lawbook()
PRESENT = [place for place in PLACES if place in BOOK.places]
EVERYWHERE = {place for table in (*TABLES.values(), *LISTS.values()) for place in table.places}


# -- the table itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_the_table_speaks_of_every_case_exactly_once(table):
    for place in table.places:
        rows = table.of(place)
        assert [case for case in table.cases if len(matching(rows, place, case)) != 1] == []
        # No row is dead.
        assert [row for row in rows if not any(row.speaks_of(place, case) for case in table.cases)] == []


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_case_is_told_in_full(table):
    """A fact that the law has come to ask for since must become a column here."""
    assert {name for case in table.cases for name in case} == set(BOOK.topics[table.topic]["conditions"])
    assert all(set(case) == set(table.cases[0]) for case in table.cases)


@pytest.mark.parametrize("table", [*TABLES.values(), *LISTS.values()], ids=[*TABLES, *LISTS])
def test_every_value_of_a_fact_is_asked(table):
    """A value that the law has come to tell apart since must become one here."""
    domains = BOOK.topics[table.topic]["conditions"]
    asked = {name: {case[name] for case in table.cases} for name in domains}
    assert {name: values for name, values in asked.items() if isinstance(domains[name], list)} == {
        name: set(domain) for name, domain in domains.items() if isinstance(domain, list)
    }


def test_every_combination_on_gaps_is_there():
    common = ("situation", "payer", "payer_before", "gap", "back_paid", "months_to_joining")
    combinations = {tuple(case[name] for name in common) for case in GAP.cases}
    assert len(combinations) == len(gaps.SITUATIONS) * 2 * 2 * 8 * 2 * 2 == 384
    by_name = {name: {case[name] for case in GAP.cases} for name in GAP.cases[0]}
    # Both sides of "4 months in the year" (Wuhan), of 60 and 180 days (Xi'an), of 2 years (Hainan), of joining in time.
    assert {3, 4} <= by_name["unpaid_in_year"]
    assert {59, 60, 61, 179, 180, 181} <= by_name["gap_days"]
    assert {23, 24} <= by_name["paid_before"]
    assert {3, 4} <= by_name["months_to_joining"]


def test_every_place_of_the_table_is_asked():
    assert list(PLACES) == PRESENT
    assert set(PRESENT) <= EVERYWHERE <= set(BOOK.places)


# -- the comparison -------------------------------------------------------------------------------------------------

COMPARISONS = dict(comparisons(EVERYWHERE))


@pytest.mark.parametrize("name", COMPARISONS)
def test_the_law_says_the_same(name):
    found = COMPARISONS[name](BOOK)
    assert not found, "\n" + "\n".join(found)


def test_one_changed_cell_is_found():
    before = set(GAP.differences(BOOK, "shanghai"))
    told = {
        "situation": "same_place", "payer": "flexible", "payer_before": "flexible", "gap": 5, "back_paid": "no",
        "months_to_joining": 5, "unpaid_in_year": 5, "gap_days": 151, "paid_before": 60,
    }  # fmt: skip
    row = look_up(GAP.of("shanghai"), "shanghai", told)
    assert row.says["wait_months"] == 6
    wrong = replace(row, says={**row.says, "wait_months": 5})
    new = set(_with(GAP, row, wrong).differences(BOOK, "shanghai")) - before
    assert [line.partition(" (")[0] for line in new] == [
        "gap shanghai: wait_months 5, engine 6 by shanghai.gap.flexible.over-3"
    ]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_changed_cell_is_found(table):
    """Each cell of each row, changed in the table, is a difference: what is compared is the whole table."""
    for place in table.places:
        for row in table.of(place):
            changed = _with(table, row, replace(row, says={name: "changed" for name in table.outcomes}))
            case = next(case for case in table.cases if row.speaks_of(place, case))
            found = {line.partition(": ")[2].partition(" ")[0] for line in changed.differences(BOOK, place, [case])}
            assert found == {name for name in table.outcomes if (place, name) not in table.skipped}, (place, row)


@pytest.mark.parametrize(
    ("topic", "place", "fact", "moved"),
    [
        # "3个月(含)以内" read as "less than 3"; "满2年" as "more than 2"; 60 days, 4 months in the year, 2009.
        ("gap", "china", "gap", from_(3)),
        ("gap", "wuhan", "unpaid_in_year", from_(3)),
        ("gap", "xian", "gap_days", months(59, 60)),
        ("gap", "hainan", "paid_before", months(0, 24)),
        ("switch", "china", "insured_before", from_(23)),
        ("switch", "hainan", "gap", months(4, 7)),
        ("first_time", "shanghai", "months_to_joining", from_(3)),
        ("medical_years", "chengdu", "joined_year", from_(2008)),
    ],
)
def test_a_moved_boundary_is_found(topic, place, fact, moved):
    """A row that reaches one further than it did speaks of a case that another row speaks of."""
    table = TABLES[topic]
    near = [
        row for row in table.of(place)
        if fact in row.facts and row.facts[fact] != moved and len({*moved} ^ {*row.facts[fact]}) == 1
    ]  # fmt: skip
    assert near
    rows = _with(table, near[0], replace(near[0], facts={**near[0].facts, fact: moved})).of(place)
    assert {len(matching(rows, place, case)) for case in table.cases} == {1, 2}


@pytest.mark.parametrize("table", LISTS.values(), ids=list(LISTS))
def test_every_changed_answer_of_a_list_is_found(table):
    """Each cell of each answer, an answer too few and one too many."""

    def found(stated) -> list[str]:
        changed = Lists(table.topic, table.places, [case], lambda place, case: stated, table.outcomes, table.day)
        return [line.partition(": ")[2].partition(" (")[0] for line in changed.differences(BOOK, place)]

    for place in table.places:
        seen = set()
        for case in table.cases:
            stated = table.stated(place, case)
            for key in stated.keys() - seen:
                seen.add(key)
                told = found({**stated, key: dict.fromkeys(table.outcomes, "changed")})
                assert {line.partition(" ")[0] for line in told} == {f"{key}.{name}" for name in table.outcomes}
                assert found({other: says for other, says in stated.items() if other != key}) == [f"{key} is too many"]
                assert found({**stated, "planted": {}}) == ["planted is missing"]
        assert seen


@pytest.mark.parametrize("table", LISTS.values(), ids=list(LISTS))
def test_a_case_of_a_list_is_told_in_full(table):
    """A fact that the law has come to ask for since must become an axis here."""
    assert {tuple(case) for case in table.cases} == {tuple(BOOK.topics[table.topic]["conditions"])}


def _with(table: Table, old, new) -> Table:
    return table.changed([new if row is old else row for row in table.rows])


# -- what each place says itself ------------------------------------------------------------------------------------

OWN = {name: run for name, _, _, run in own_comparisons()}
OWN_ROWS = {(topic, place): rows for topic, place, rows in own_rows()}


@pytest.mark.parametrize("name", OWN)
def test_a_place_says_the_same_itself(name):
    found = OWN[name](BOOK)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("topic", {topic: None for topic, _ in OWN_ROWS})
def test_every_changed_row_is_found(topic):
    """Each row, saying one thing more, is a difference: no row is dead."""
    for (of, place), rows in OWN_ROWS.items():
        for row in rows if of == topic else ():
            changed = [other for other in rows if other is not row] + [replace(row, says={**row.says, "more": 1})]
            assert own_differences(BOOK, topic, place, changed), (place, row)


#: Topics on which the tables state what every place says. On the others the large tables state what holds in the end.
WHOLE = {topic for topic, _ in OWN_ROWS} - {"gap", "first_time"}


def test_no_rules_of_a_place_are_left_out():
    """Of a place that a table speaks of, its rules on every topic. A new city needs no second table to come in."""
    spoken_of = {place for _, place in OWN_ROWS}
    records = [record for record in BOOK.records.values() if record.topic in WHOLE and record.place in spoken_of]
    assert {(record.topic, record.place) for record in records} == {key for key in OWN_ROWS if key[0] in WHOLE}


@pytest.mark.parametrize(
    ("topic", "place", "before", "after"),
    [
        # A day early or late, a neighbour of a threshold, a value, another group of people.
        ("base", "beijing", {"begins": "2024-07-01"}, {"begins": "2024-07-02"}),
        ("rate", "guangzhou", {"ends": "2026-01-01"}, {"ends": "2025-12-31"}),
        ("benefit_cap", "shenzhen", {"facts": {"continuous_months": range(6, 12)}}, {"facts": {"continuous_months": range(7, 12)}}),
        ("credit", "beijing", {"facts": {"status": "retiree", "age": range(70)}}, {"facts": {"status": "retiree", "age": range(71)}}),
        ("counted_years", "wuhan", {"facts": {"kind": ("paid_elsewhere", "military_service")}}, {"facts": {"kind": ("paid_elsewhere",)}}),
    ],
)  # fmt: skip
def test_a_moved_day_or_boundary_of_a_place_is_found(topic, place, before, after):
    rows = OWN_ROWS[topic, place]

    def as_text(row):
        return {"begins": str(row.begins), "ends": str(row.ends), "facts": dict(row.facts)}

    probe = own(place, "", "", before.get("facts", {}))
    wanted = {**before, **({"facts": dict(probe.facts)} if "facts" in before else {})}
    chosen = [row for row in rows if all(as_text(row)[name] == value for name, value in wanted.items())]
    assert chosen
    moved = own(place, after.get("begins", ""), after.get("ends", ""), after.get("facts", {}), **chosen[0].says)
    row = replace(chosen[0], **{name: getattr(moved, name) for name in after})
    try:
        assert own_differences(BOOK, topic, place, [row if other is chosen[0] else other for other in rows])
    except LookupError as two:
        assert "rows speak of" in str(two)  # reaching into the next row's cases is seen by the table itself


def test_an_answer_without_the_provision_that_decides_it_is_found():
    asked = next(one for one in SHOWN if one.provision == "gd-2022-6#art13-words")
    assert shown_differences(BOOK, asked.topic, asked.place) == []
    cited = 'cites = ["gd-2022-6#art13", "gd-2022-6#art13-words"]'
    text = read_sources()["places/guangdong.toml"]
    first = text.index('id = "guangdong.switch.within-3.paid-back.until-2025-06"')
    assert text.index(cited, first) < text.index("[[rule]]", first)
    sources = read_sources()
    sources["places/guangdong.toml"] = text[:first] + text[first:].replace(
        cited, 'cites = ["gd-2022-6#art13", "gd-2022-6#art12-words"]', 1
    )
    [line] = shown_differences(Lawbook(sources), asked.topic, asked.place)
    assert line.endswith("does not cite gd-2022-6#art13-words")


# -- the smaller tables ---------------------------------------------------------------------------------------------


def test_stop_and_start_are_stated_for_every_place():
    assert set(cover.STOP) == set(product(PLACES, cover.CAUSES))
    assert set(cover.START) == set(PLACES)


def test_the_wait_of_residents_is_worked_out_as_the_confirmations_do():
    """conf 2.2, from its own numbers: so a difference is the law data's."""
    for (when, years), expected in resident.WAIT.items():
        assert waits(resident.parts(when, years), years) == expected
    # "3+N", which no official example supports, would be found.
    assert waits(resident.parts("late", 1) | {"first_year_adds": "yes"}, 1) != resident.WAIT["late", 1]


def test_the_day_is_one_on_which_every_place_is_known():
    for place in EVERYWHERE:
        BOOK.require_known(place, DAY)
