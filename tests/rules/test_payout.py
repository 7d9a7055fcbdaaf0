"""One-off withdrawals: which case can arise at which event, and the days that follow."""

from datetime import date

import pytest

from calculator.lawbook import lawbook
from calculator.rules.payout import CASES, payouts_at

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
