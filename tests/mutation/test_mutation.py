"""The machinery that plants slips in the law data changes what it says it changes, and misses nothing it claims to ask."""

import copy
from copy import replace
from datetime import date

import pytest

from calculator.lawbook import LOOKS_AT, read_sources
from calculator.verify import check_data, check_situations
from tests.law.planted import planted
from tests.mutation.__main__ import FINE, MISSED, main, report
from tests.mutation.explained import Explanation, explanations, stale, unexplained
from tests.mutation.mutants import KINDS, Law, Mutant, forgetful_copy, mutants, sample
from tests.mutation.suite import Suite, Verdict, among

CHINA = "places/china.toml"

# -- each kind of change, on a law small enough to write all changes down -------------------------------------------

SMALL = {
    "topics.toml": """
[wait]
answers = "one"
must_name = ["months"]
asks = { en = "How long?", zh = "多久？" }
[wait.conditions]
payer = ["employer", "flexible", "nobody"]
gap = "months"
[wait.outcomes]
months = "months"
scope = ["all", "inpatient"]
papers = "papers"
since = "date"
""",
    "instruments/notice.toml": """
id = "notice"
kind = "normative_document"
place = "city"
title = { en = "Notice", zh = "通知" }
issuer = { en = "Office", zh = "机关" }
"""
    + "".join(
        f"""
[[provisions]]
id = "art{number}"
article = {{ en = "Article {number}", zh = "第{number}条" }}
seen = "official_statement"
checked = 2026-01-01
paraphrase = {{ en = "Words.", zh = "原文。" }}
"""
        for number in (1, 2, 3)
    ),
    "places/city.toml": """
[place]
id = "city"
level = "nation"
name = { en = "City", zh = "市" }
known = { from = 2022-01-01, until = 2027-01-01 }

[[rule]]
id = "city.short"
topic = "wait"
from = 2022-01-01
until = 2024-07-01
looks_at = "payment"
when = { payer = ["employer", "flexible"], gap = { at_most = 3 } }
then = { months = 0, scope = "all", papers = ["id", "form"] }
sure = "official"
cites = ["notice#art1", "notice#art3"]

[[rule]]
id = "city.long"
topic = "wait"
from = 2024-07-01
until = "open"
looks_at = "payment"
when = { gap = { more_than = 3 } }
then = { months = "unknown", scope = "unknown", since = 2024-07-01 }
sure = "full_text"
unknown = "local"
ask = "wait"
cites = ["notice#art2"]
""",
}
EVERY_CHANGE = {
    "threshold": {
        "city.short when.gap.at_most: 3 -> 2",
        "city.short when.gap.at_most: 3 -> 4",
        "city.long when.gap.more_than: 3 -> 2",
        "city.long when.gap.more_than: 3 -> 4",
    },
    "boundary": {
        "city.short when.gap: at_most 3 -> less_than 3",
        "city.long when.gap: more_than 3 -> at_least 3",
    },
    "date": {
        # Not a day earlier: the days before are not known of the place.
        "city.short from: 2022-01-01 -> 2022-01-02",
        "city.short until: 2024-07-01 -> 2024-06-30",
        "city.short until: 2024-07-01 -> 2024-07-02",
        "city.long from: 2024-07-01 -> 2024-06-30",
        "city.long from: 2024-07-01 -> 2024-07-02",
        "city.long until: open -> 2026-12-31",
    },
    "outcome": {
        "city.short then.months: 0 -> 1",
        "city.short then.months: 0 -> unknown",
        "city.short then.scope: all -> inpatient",
        "city.short then.scope: all -> unknown",
        "city.short then.papers: id, form -> id",
        "city.short then.papers: id, form -> form",
        "city.short then.papers: id, form -> unknown",
        "city.long then.months: unknown -> 0",
        "city.long then.scope: unknown -> all",
        "city.long then.scope: unknown -> inpatient",
        "city.long then.since: 2024-07-01 -> 2024-06-30",
        "city.long then.since: 2024-07-01 -> 2024-07-02",
        "city.long then.since: 2024-07-01 -> unknown",
    },
    "condition": {
        "city.short when.payer: employer, flexible -> nobody, flexible",
        "city.short when.payer: employer, flexible -> employer, nobody",
        "city.short when.payer: employer, flexible -> (left out)",
        "city.short when.gap: at_most 3 -> (left out)",
        "city.long when.gap: more_than 3 -> (left out)",
    },
    "sure": {
        "city.short sure: official -> reported",
        "city.short sure: official -> full_text",
        "city.long sure: full_text -> official",
    },
    "cite": {
        "city.short cites: notice#art1 -> notice#art2",
        "city.short cites: notice#art1 -> (left out)",
        "city.short cites: notice#art3 -> notice#art1",
        "city.short cites: notice#art3 -> (left out)",
        "city.long cites: notice#art2 -> notice#art3",
    },
}  # fmt: skip
SMALL_LAW = Law(SMALL)


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_of_a_kind_is_made_and_no_other(kind):
    made = [str(mutant).replace(f"[{kind}] ", "") for mutant in mutants(SMALL_LAW, [kind])]
    expected = EVERY_CHANGE[kind] - {
        "city.short cites: notice#art3 -> notice#art1"
    }  # cited already: no change of words
    assert sorted(made) == sorted(expected)


def test_a_change_changes_one_thing():
    # What is unknown, and the reason that goes with it, are one thing.
    reason = {"unknown", "ask"}
    for mutant in mutants(SMALL_LAW):
        before, after = dict(mutant.rule.raw), dict(mutant.raw)
        different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        top = mutant.what.partition(".")[0]
        assert different - (reason if top == "then" else set()) == {top}, mutant
        if isinstance(before[top], dict):
            inside = {k for k in before[top].keys() | after[top].keys() if before[top].get(k) != after[top].get(k)}
            assert inside == {mutant.what.split(".")[1]}, mutant


def test_every_change_but_the_refused_ones_gives_a_law():
    for mutant in mutants(SMALL_LAW):
        book = SMALL_LAW.changed(mutant)
        assert list(book.records) == ["city.short", "city.long"]
        assert book.records[mutant.rule.id] != SMALL_LAW.book.records[mutant.rule.id]


def test_no_change_is_made_that_no_question_could_see():
    sources = dict(SMALL)
    sources["places/city.toml"] = (
        SMALL["places/city.toml"]
        .replace('payer = ["employer", "flexible"]', 'payer = ["employer", "flexible", "nobody"]')
        .replace("gap = { at_most = 3 }", "gap = { at_least = 0 }")
    )
    dropped = [m for m in mutants(Law(sources), ["condition"]) if m.rule.id == "city.short"]
    assert dropped == []


def test_a_sample_is_the_same_for_a_seed_and_another_for_another():
    every = mutants(SMALL_LAW)
    chosen = [str(mutant) for mutant in sample(every, 10, "1")]
    assert len(chosen) == 10
    assert chosen == [str(mutant) for mutant in sample(reversed(every), 10, "1")][::-1]
    assert chosen != [str(mutant) for mutant in sample(every, 10, "2")]


# -- the changed law, and what is asked of it, on the law that ships ------------------------------------------------


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(read_sources())


@pytest.fixture(scope="module")
def suite(law) -> Suite:
    return Suite(law, date.today())


def one(law: Law, name: str) -> Mutant:
    [found] = [mutant for mutant in mutants(law) if str(mutant) == name]
    return found


def test_a_changed_rule_gives_the_law_that_its_changed_file_gives(law):
    mutant = one(law, "china.transfer [outcome] then.out_working_days: 10 -> 11")
    asked = ("transfer", "chengdu", date(2026, 1, 1), {})
    [before] = law.book.consult(*asked)  # a changed law must not answer from what the law as it is remembers
    changed = law.changed(mutant)
    read = planted(CHINA, "then = { out_working_days = 10,", "then = { out_working_days = 11,")
    assert list(changed.records.items()) == list(read.records.items())
    [after] = changed.consult(*asked)
    assert (before.get("out_working_days"), after.get("out_working_days")) == (10, 11)
    assert [after] == read.consult(*asked)
    assert law.book.consult(*asked) == [before]


def test_something_new_in_a_lawbook_must_be_said():
    book = forgetful_copy(SMALL_LAW.book)
    book.remembers_something_new = {}
    with pytest.raises(AssertionError, match="remembers_something_new"):
        forgetful_copy(book)


def test_checks_on_a_part_find_what_checks_on_the_whole_find(law, suite):
    known = set(check_data(law.book, suite.today))
    for mutant in sample(mutants(law), 40, "part"):
        book = law.changed(mutant)
        whole = set(check_data(book, suite.today)) - known
        part = set(check_data(among(book, mutant.place, mutant.topic), suite.today)) - known
        assert part == whole, mutant


def test_situations_topic_by_topic_find_what_all_situations_find(law):
    # Nothing is said any more on a gap of exactly 3 months when moving.
    book = planted(CHINA, 'gap = { at_most = 3 }, back_paid = "yes"', 'gap = { less_than = 3 }, back_paid = "yes"')
    whole = check_situations(book, ["chengdu"])
    parts = {topic: check_situations(book, ["chengdu"], [topic]) for topic in book.topics}
    assert set(whole.faults) == {fault for part in parts.values() for fault in part.faults}
    assert any("nothing is said on wait_months" in fault for fault in parts["gap"].faults)
    assert 0 < parts["transfer"].situations < parts["gap"].situations < whole.situations


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("china.transfer [outcome] then.out_working_days: 10 -> 11", "check_data"),
        ("china.transfer [date] from: 2022-01-01 -> 2022-01-02", "check_data"),
        ("china.gap.transfer.within-3.paid-back [outcome] then.wait_months: 0 -> 1", "questions"),
        ("china.gap.transfer.within-3.paid-back [boundary] when.gap: at_most 3 -> less_than 3", "questions"),
        ("guangzhou.gap.arrears.over-3 [outcome] then.cost_bearer: employer -> person", "check_data"),
        ("chengdu.gap.within-4.paid-back [outcome] then.wait_months: 0 -> 1", "second_table"),
        ("china.missing.not-declared.impossible [outcome] then.missing_after_months: 24 -> unknown", "rules"),
        ("tianjin.pot.legacy [outcome] then.credited_before: 2022-01-01 -> 2022-01-02", "lives"),
        ("tianjin.credit.employee.without-account [condition] when.mode: without_account -> (left out)", "situations"),
    ],
)  # fmt: skip
def test_a_change_is_found_by_the_check_that_should_find_it(law, suite, name, check):
    """Whether or not a cheaper one finds it sooner."""
    mutant = one(law, name)
    assert next(suite.new_faults(check, mutant, law.changed(mutant)), "")


def test_the_cheapest_check_that_finds_a_change_is_named(law, suite):
    # A worked life finds it too, as asked above; the second table is asked before.
    verdict = suite.judge(one(law, "tianjin.pot.legacy [outcome] then.credited_before: 2022-01-01 -> 2022-01-02"))
    assert verdict.check == "second_table"
    assert "legacy.credited_before" in verdict.said


#: Topics on which every change is caught, and none is explained. ./scripts/mutate makes them all, this a part of them.
CAUGHT = {
    "account", "account_exists", "bill", "care", "come_back", "discharge", "discharge_account", "double_enrolment",
    "employee_refund", "heirs", "hukou", "identity", "late_payment", "missing", "pension_relation", "pot", "retired_cover",
    "retired_transfer", "settlement", "sharing", "step", "transfer", "unemployment", "unemployment_end", "withdrawal", "years",
}  # fmt: skip


def test_changes_on_these_topics_are_caught(law, suite):
    changes = sample([mutant for mutant in mutants(law) if mutant.topic in CAUGHT], 150, "caught")
    assert {mutant.topic for mutant in changes} > {"account", "hukou", "step", "withdrawal", "years"}
    assert [str(mutant) for mutant in changes if not suite.judge(mutant).check] == []


def test_a_rule_that_the_lawbook_refuses_is_caught(law, suite):
    mutant = one(law, "china.transfer [outcome] then.out_working_days: 10 -> 11")
    refused = replace(mutant, raw={**mutant.raw, "looks_at": "weather"})
    assert suite.judge(refused).check == "refused"


def test_a_harmless_change_is_caught_by_nothing(law, suite):
    mutant = one(law, "china.transfer [outcome] then.out_working_days: 10 -> 11")
    harmless = replace(mutant, raw=copy.deepcopy(dict(mutant.rule.raw)))
    assert suite.judge(harmless) == Verdict(harmless, "", "")
    other_day = next(name for name in LOOKS_AT if name != mutant.rule.raw["looks_at"])
    # What a rule looks at is told to the reader and decides nothing.
    assert suite.judge(replace(mutant, raw={**mutant.rule.raw, "looks_at": other_day})).check == ""


# -- explanations and the report ------------------------------------------------------------------------------------

WHY = Explanation("city.*", "wait", "date", "until", "open", "*", "Nobody can ask about a later day.")


def missed(*names: str) -> list[Verdict]:
    verdicts = [Verdict(mutant, "" if str(mutant) in names else "check_data", "x") for mutant in mutants(SMALL_LAW)]
    assert sum(not verdict.check for verdict in verdicts) == len(names)
    return verdicts


OPEN_END = "city.long [date] until: open -> 2026-12-31"
SCOPE = "city.short [outcome] then.scope: all -> inpatient"


def test_a_missed_change_without_an_explanation_fails_the_run():
    said, status = report(missed(OPEN_END, SCOPE), [WHY], complete=True)
    assert status == MISSED
    assert f"missed: wait: {SCOPE}" in said
    assert OPEN_END not in said


def test_an_explained_change_does_not_fail_the_run():
    said, status = report(missed(OPEN_END), [WHY], complete=True)
    assert status == FINE
    assert "1 explained, 0 missed, 0 stale explanations" in said


def test_an_explanation_of_nothing_fails_a_full_run_only():
    said, status = report(missed(), [WHY], complete=True)
    assert status == MISSED
    assert "explains nothing that was missed: city.*" in said
    assert report(missed(), [WHY], complete=False)[1] == FINE


def test_explanations_are_read_and_fit_what_they_name():
    [known] = explanations(
        '[[explained]]\nrule = "city.*"\nkind = "date"\nwhat = "until"\nfrom = "open"\nwhy = "Nobody can ask."\n'
    )
    every = mutants(SMALL_LAW)
    assert [str(mutant) for mutant in every if known.fits(mutant)] == [OPEN_END]
    assert len(unexplained(every, [known])) == len(every) - 1
    assert stale([mutant for mutant in every if mutant.kind == "sure"], [known]) == [known]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('rule = "city.*"', "does not say why"),
        ('rule = "city.*"\nwhy = " "', "does not say why"),
        ('why = "It is so."', "names no rule and no topic"),
        ('rule = "*"\nbecause = "It is so."\nwhy = "It is so."', "because is none of"),
        ('rule = "*"\nkind = "colour"\nwhy = "It is so."', "there is no kind"),
    ],
)
def test_an_explanation_that_is_not_understood_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        explanations(f"[[explained]]\n{text}\n")


def test_every_explanation_fits_a_change_that_is_made(law):
    assert stale(mutants(law), explanations()) == []


@pytest.mark.parametrize("topic", ["gap", "switch", "medical_years", "benefit_cap"])
def test_every_limit_is_caught(law, suite, topic):
    """At every place. ``./scripts/mutate`` asks about every change there is."""
    changes = [mutant for mutant in mutants(law, ["threshold", "boundary"]) if mutant.topic == topic]
    assert len(changes) > 10
    assert [str(mutant) for mutant in changes if not suite.judge(mutant).check] == []


def test_a_sample_of_all_changes_is_caught_or_explained(law, suite):
    changes = sample(mutants(law), 150, "held")
    assert {mutant.kind for mutant in changes} == set(KINDS)
    missed = [mutant for mutant in changes if not suite.judge(mutant).check]
    assert unexplained(missed, explanations()) == []


def test_asking_for_nothing_is_said(capsys):
    assert main(["--place", "atlantis"]) == 2
    assert "nothing was changed" in capsys.readouterr().err
