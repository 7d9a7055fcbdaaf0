"""One-off withdrawals: which case can arise at which event, and the days that follow."""

from datetime import date

import pytest

from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import NATION, lawbook
from calculator.rules.payout import CASES, ONLY_FOR, payouts_at
from calculator.rules.steps import ASKS_FOR

DAY = date(2026, 10, 31)


def keys(event, place, **told):
    return [payout.key for payout in payouts_at(lawbook(), event, place, DAY, told)]


def test_every_case_of_the_law_belongs_to_an_event_but_the_one_of_pensioners():
    named = {key for cases in CASES.values() for key in cases}
    assert named <= set(lawbook().topics["withdrawal"]["outcomes"]["key"])
    # Who takes the pension in one sum: no event of a status; the years and the retirement are asked about elsewhere.
    assert {r.then["key"] for r in lawbook().records.values() if r.topic == "withdrawal"} - named == {
        "lump_sum_pension"
    }


@pytest.mark.parametrize(
    ("event", "place", "told", "cases"),
    [
        ("foreigner_leaves", "nanjing", {"nationality": "foreign"}, ["foreigner_leaves", "give_up"]),
        ("foreigner_leaves", "nanjing", {"nationality": "hk_mo_tw"}, ["hk_mo_tw_leaves", "give_up"]),
        ("foreigner_leaves", "nanjing", {}, ["foreigner_leaves", "hk_mo_tw_leaves", "give_up"]),
        ("foreigner_leaves", "nanjing", {"ends_relation": "no"}, []),
        ("settle_abroad", "chengdu", {}, ["overseas_chinese_family"]),  # the nation's only
        ("settle_abroad", "xian", {}, ["settle_abroad", "overseas_chinese_family", "give_up"]),
        # Xi'an's procedure for giving up is the one for the nation's case of whoever is no citizen and leaves.
        ("foreigner_leaves", "xian", {"nationality": "foreign"}, ["foreigner_leaves"]),
        ("foreigner_leaves", "xian", {}, ["foreigner_leaves", "hk_mo_tw_leaves"]),
        ("lose_nationality", "xian", {}, ["settle_abroad", "give_up"]),
        ("lose_nationality", "xian", {"ends_relation": "no"}, ["settle_abroad"]),
        ("enlist", "guangzhou", {}, ["enlist"]),
        ("enlist", "chengdu", {}, []),
        ("move", "quanzhou", {}, ["cannot_move", "no_account_at_destination"]),
        ("leave_job", "hangzhou", {}, ["not_local_not_insured"]),
        ("study_abroad", "shanghai", {}, []),
    ],
)
def test_only_the_cases_of_the_event_are_named(event, place, told, cases):
    assert keys(event, place, **told) == cases


def test_a_foreigner_who_leaves_xian_gets_one_list_of_papers():
    life = {"on": "2026-11-22", "person": {"nationality": "foreign"}, "cover": {"place": "xian"}}
    found = assess(parse({**life, "events": [{"kind": "foreigner_leaves", "on": "2026-11-10"}]}))
    [payout] = found.payouts
    assert payout.papers == ("written_application", "payout_form", "honesty_commitment")
    assert payout.who == "employer" and payout.payee == "own_bank_account" and payout.first == ("relation_ended",)
    rules = {"china.withdrawal.foreigner-leaves", "xian.withdrawal.give-up"}
    assert {record.id for record in payout.finding.records} == rules <= {use.record.id for use in found.rules}
    assert [step.papers for step in found.steps if step.key == "decide_keep_or_end"] == [payout.papers]


def test_days_are_counted_where_the_place_counts_them_and_only_from_what_was_told():
    [payout] = payouts_at(lawbook(), "die", "quanzhou", DAY, {}, date(2026, 11, 5))
    assert (payout.report_by, payout.from_day) == (date(2026, 11, 30), date(2026, 12, 10))
    [untold] = payouts_at(lawbook(), "die", "quanzhou", DAY, {})
    assert (untold.from_day, untold.day_of_next_month) == (None, 10)
    [elsewhere] = payouts_at(lawbook(), "die", "tianjin", DAY, {}, date(2026, 11, 5))
    assert (elsewhere.report_by, elsewhere.from_day) == (None, None)


def test_a_place_replaces_what_the_nation_says_on_a_case():
    [nation] = payouts_at(lawbook(), "die", "chengdu", DAY, {})
    [place] = payouts_at(lawbook(), "die", "hangzhou", DAY, {})
    assert (nation.payee, place.payee) == ("heirs", "deceased_account")
    assert place.first == ("bills_settled",)


# -- one place gives one list -----------------------------------------------------------------------------

PLACES = [place.id for place in lawbook().places.values() if place.level == "city"]


def life(place, event, **told):
    day = {} if event == "retire" else {"on": DAY.isoformat()}
    cover = {"place": place, "payer": "employer", "tier": "tier_1"}
    return assess(parse({"on": "2026-11-22", "cover": cover, "events": [{"kind": event, **day, **told}]}))


@pytest.mark.parametrize("event", ["die", "settle_abroad", "foreigner_leaves", "retire_elsewhere", "retire"])
def test_a_step_that_asks_for_the_balance_names_the_papers_of_the_place_and_no_others(event):
    pointed = 0
    for place in PLACES:
        answer = life(place, event)
        own = {p.key: p for p in answer.payouts if p.papers and p.finding.records[0].place != NATION}
        for step in answer.steps:
            whose = step.record.when.get("nationality")  # a step for some has to do with their case alone
            asks_for = [key for key in ASKS_FOR.get(step.key, ()) if whose in (None, ONLY_FOR.get(key))]
            cases = [own[key] for key in asks_for if key in own]
            if cases:
                pointed += 1
                assert {case.papers for case in cases} == {step.papers}, place
                assert step.payout in [case.finding.records[0] for case in cases]
                assert step.takes_working_days == cases[0].takes_working_days
            elif step.key in ASKS_FOR and not step.key.startswith("apply_for"):
                assert step.payout is None, place
    assert pointed >= {"retire": 0, "retire_elsewhere": 1}.get(event, 5)


def test_the_step_keeps_what_the_nation_asks_for_where_the_place_names_no_papers():
    decides = [step for step in life("quanzhou", "foreigner_leaves").steps if step.key == "decide_keep_or_end"]
    assert [(step.papers, step.payout) for step in decides] == [(("written_application",), None)] * 2
    # Foreigners, and residents of Hong Kong, Macao and Taiwan: each step with the case and the text of its own people.
    for place in ("xian", "quanzhou", "shanghai"):
        found = life(place, "foreigner_leaves")
        decides = [step for step in found.steps if step.key == "decide_keep_or_end"]
        texts = [{cite.split("#")[0] for record in step.records for cite in record.cites} for step in decides]
        assert len(texts) == 2 and "mohrss-2019-41" not in texts[0] and "mohrss-2011-16" not in texts[1], place
    [heirs] = [step for step in life("quanzhou", "die").steps if step.key == "heirs_apply"]
    assert heirs.papers == ("id", "death_certificate", "proof_of_kinship")
    assert [record.id for record in heirs.records] == ["china.step.heirs-apply", "quanzhou.withdrawal.death"]


def test_a_retiree_hears_of_a_payout_only_where_it_can_arise_and_once():
    inside = life("shenzhen", "retire_elsewhere", same_province="yes")
    assert inside.payouts == () and not any(step.key == "apply_for_payout" for step in inside.steps)
    across = life("shenzhen", "retire_elsewhere", same_province="no", registered="yes")
    assert [payout.key for payout in across.payouts] == ["retire_elsewhere"]
    both = [{"kind": "retire", "retires": "2026-10"}, {"kind": "retire_elsewhere", "on": "2026-11-02"}]
    answer = assess(parse({"on": "2026-11-22", "cover": {"place": "xiamen", "payer": "employer"}, "events": both}))
    assert [(payout.event, payout.key) for payout in answer.payouts] == [("retire", "retired_cannot_move")]


@pytest.mark.parametrize("place", PLACES)
def test_where_a_place_pays_out_the_account_does_not_say_that_no_rule_was_found(place):
    """What becomes of the account and the cases of a payout are two topics; of one case they say the same."""
    book = lawbook()
    own = {r.then["key"] for r in book.consult_all("withdrawal", place, DAY, {}) if r.place != NATION}
    for event, cases in CASES.items():
        if not own & set(cases):
            continue
        found = book.consult("account", place, DAY, {"event": "move_across_provinces" if event == "move" else event})
        paid_out = [f for f in found if f.get("withdraw") != "no_rule_found" or f.get("if_it_cannot_move")]
        assert paid_out, f"{event}: {sorted(own & set(cases))} are paid out, and no rule was found"
