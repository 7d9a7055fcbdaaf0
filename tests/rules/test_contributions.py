"""Money in: the edges of bases, rates, credits, late fees and benefit months."""

from datetime import date

import pytest

from calculator.confidence import Confidence
from calculator.lawbook import OutsideKnownDays, lawbook
from calculator.question import ask
from calculator.rules.contributions import (
    Amount,
    account_credit,
    clamped,
    contribution,
    late_fee,
    share_of,
    unemployment_months,
)

BOOK = lawbook()
YUAN = 100


def paid(place, day, **facts):
    facts = {"payer": "employer", "wage_fen": None, **facts}
    [answer] = contribution(BOOK, place, day, **facts)
    return answer


@pytest.mark.parametrize(
    ("wage", "base"),
    [(0, 500), (499, 500), (500, 500), (501, 501), (899, 899), (900, 900), (901, 900), (10**12, 900)],
)
def test_the_base_is_the_wage_between_floor_and_ceiling(wage, base):
    assert clamped(wage, 500, 900) == base


@pytest.mark.parametrize(
    ("base", "bp", "amount"),
    [
        (481200, 950, Amount(45714)),  # 4,812.00 yuan at 9.5 %
        (395700, 950, Amount(37591, 5000, 10000)),  # 375.915 yuan: half a fen is cut off and kept as a rest
        (1, 1, Amount(0, 1, 10000)),
        (0, 950, Amount(0)),
    ],
)
def test_a_share_is_rounded_down_and_keeps_its_rest(base, bp, amount):
    assert share_of(base, bp) == amount
    assert share_of(base, bp).exact == (amount.rest == 0)


@pytest.mark.parametrize(
    ("wage", "base", "person", "employer"),
    [
        (6726 * YUAN, 672700, 13454, 40362),
        (6727 * YUAN, 672700, 13454, 40362),
        (6728 * YUAN, 672800, 13456, 40368),
        (33633 * YUAN, 3363300, 67266, 201798),
        (33634 * YUAN, 3363300, 67266, 201798),
    ],
)
def test_shenzhen_tier_1_at_floor_and_ceiling(wage, base, person, employer):
    answer = paid("shenzhen", date(2026, 3, 1), tier="tier_1", wage_fen=wage)
    assert (answer.base, answer.person, answer.employer) == (base, Amount(person), Amount(employer))
    assert answer.sure_of_person is Confidence.OFFICIAL
    assert answer.includes_maternity == "no"


@pytest.mark.parametrize(
    ("place", "payer", "day", "person", "employer"),
    [
        ("shenzhen", "flexible", date(2025, 12, 31), Amount(70000), None),
        ("shenzhen", "flexible", date(2026, 1, 1), Amount(80000), None),
        ("guangzhou", "flexible", date(2024, 2, 29), Amount(80000), None),
        ("guangzhou", "flexible", date(2024, 3, 1), Amount(65000), None),
        ("guangzhou", "flexible", date(2025, 12, 31), Amount(65000), None),
        ("guangzhou", "flexible", date(2026, 1, 1), None, None),  # the base of 2026 was not found
        ("guangzhou", "employer", date(2024, 2, 29), Amount(20000), Amount(68500)),
        ("guangzhou", "employer", date(2025, 12, 31), Amount(20000), Amount(45000)),
        ("guangzhou", "employer", date(2026, 1, 1), None, None),
    ],
)
def test_temporary_cuts_end_on_their_day(place, payer, day, person, employer):
    answer = paid(place, day, payer=payer, wage_fen=10000 * YUAN)
    assert (answer.person, answer.employer) == (person, employer)


def test_shenzhen_tiers_with_the_cut_and_without():
    def both(day):
        tiers = contribution(BOOK, "shenzhen", day, payer="employer", wage_fen=10000 * YUAN)
        return {item.assuming["tier"]: (item.person.fen, item.employer.fen) for item in tiers}

    assert both(date(2025, 12, 31)) == {"tier_1": (20000, 50000), "tier_2": (5000, 15000)}
    assert both(date(2026, 1, 1)) == {"tier_1": (20000, 60000), "tier_2": (5000, 15000)}


def test_a_fee_on_top_is_added_once():
    answer = paid("beijing", date(2026, 6, 30), wage_fen=10000 * YUAN)
    assert (answer.person, answer.employer) == (Amount(20300), Amount(98000))


def test_without_a_wage_only_published_sums_are_known():
    assert paid("beijing", date(2026, 6, 30)).person is None
    alone = paid("beijing", date(2026, 6, 30), payer="flexible")
    assert (alone.person, alone.published, alone.employer) == (Amount(58492), True, None)


def test_the_published_year_of_xian_is_twelve_months():
    answer = paid("xian", date(2026, 1, 1), payer="flexible")
    assert answer.person.fen * 12 == 488640


def test_a_twelfth_of_a_published_year_keeps_its_rest():
    answer = paid("chongqing", date(2023, 5, 1), payer="flexible", tier="tier_1")
    assert (answer.person, answer.person_year) == (Amount(22250), 267000)


@pytest.mark.parametrize(
    ("place", "tier", "credited"),
    [("chongqing", "tier_1", "nothing"), ("shenzhen", "tier_1", "share_of_base")],
)
def test_tier_1_means_the_opposite_in_two_cities(place, tier, credited):
    [answer] = account_credit(BOOK, place, date(2026, 2, 1), status="flexible", tier=tier, base_fen=10000 * YUAN)
    assert answer.credited == credited
    assert answer.month == (Amount(20000) if credited == "share_of_base" else Amount(0))


def test_tier_2_of_shenzhen_gets_nothing_not_even_after_retirement():
    for status in ("employee", "retiree"):
        [answer] = account_credit(BOOK, "shenzhen", date(2026, 2, 1), status=status, tier="tier_2")
        assert answer.year == Amount(0)


@pytest.mark.parametrize(
    ("place", "age", "month", "year"),
    [
        ("beijing", 69, 10000, 120000),
        ("beijing", 70, 11000, 132000),
        ("shanghai", 74, None, 168000),
        ("shanghai", 75, None, 189000),
        ("guangzhou", 90, 16042, 192504),
    ],
)
def test_retirees_by_age(place, age, month, year):
    [answer] = account_credit(BOOK, place, date(2025, 10, 1), status="retiree", age=age)
    assert answer.month == (None if month is None else Amount(month))
    assert answer.year == Amount(year)


def test_an_age_not_told_gives_both_brackets():
    answers = account_credit(BOOK, "shanghai", date(2026, 2, 1), status="retiree")
    assert [(a.assuming["age"].first, a.assuming["age"].last, a.year.fen) for a in answers] == [
        (0, 74, 168000),
        (75, None, 189000),
    ]


def test_a_sum_nobody_found_is_not_guessed():
    [answer] = account_credit(BOOK, "chengdu", date(2026, 2, 1), status="retiree")
    assert (answer.credited, answer.month, answer.year) == ("fixed_sum", None, None)
    assert answer.sure is Confidence.NOT_KNOWN


@pytest.mark.parametrize(
    ("due", "days", "fee"),
    [
        (10000000, 1, Amount(5000)),
        (10000000, 0, Amount(0)),
        (0, 400, Amount(0)),
        (123456, 1, Amount(61, 72800, 100000)),
        (100000, 30, Amount(1500)),  # 1,000 yuan for 30 days: 15 yuan, not the 1.5 that a page prints
        (100000, 2000, Amount(100000)),  # no ceiling at the sum itself is applied: that is disputed
    ],
)
def test_late_fee(due, days, fee):
    [answer] = late_fee(BOOK, "china", date(2026, 1, 15), payer="employer", due_fen=due, days=days)
    assert (answer.fee, answer.sure) == (fee, Confidence.FULL_TEXT)


def test_nobody_pays_a_late_fee_alone():
    [answer] = late_fee(BOOK, "beijing", date(2026, 1, 15), payer="flexible", due_fen=10000000, days=100)
    assert answer.fee == Amount(0)


@pytest.mark.parametrize(
    ("place", "paid_months", "months", "longest"),
    [
        ("china", 0, 0, False),
        ("china", 11, 0, False),
        ("china", 12, 12, True),
        ("china", 59, 12, True),
        ("china", 60, 18, True),
        ("china", 119, 18, True),
        ("china", 120, 24, True),
        ("guangzhou", 11, 0, False),
        ("guangzhou", 12, 1, False),
        ("guangzhou", 47, 3, False),
        ("guangzhou", 48, 4, False),
        ("guangzhou", 53, 4, False),
        ("guangzhou", 54, 5, False),
        ("guangzhou", 167, 23, False),
        ("guangzhou", 168, 24, False),
        ("guangzhou", 400, 24, False),
        ("shanghai", 23, 2, False),
        ("shanghai", 24, 4, False),
        ("shanghai", 143, 22, False),
        ("shanghai", 144, 24, False),
        ("shanghai", 500, 24, False),
    ],
)
def test_unemployment_months(place, paid_months, months, longest):
    [answer] = unemployment_months(BOOK, place, date(2026, 11, 22), contribution_months=paid_months)
    assert (answer.months, answer.longest) == (months, longest)


def test_the_finer_rule_of_shanghai_begins_on_its_day():
    def longest(day):
        [answer] = unemployment_months(BOOK, "shanghai", day, contribution_months=36)
        return answer.months, answer.longest

    assert longest(date(2026, 8, 15)) == (12, True)
    assert longest(date(2026, 8, 16)) == (6, False)


@pytest.mark.parametrize("months", range(0, 300, 7))
@pytest.mark.parametrize("place", ["china", "shenzhen", "shanghai"])
def test_more_contributions_never_give_fewer_months(place, months):
    def granted(paid_months):
        [answer] = unemployment_months(BOOK, place, date(2026, 11, 22), contribution_months=paid_months)
        return answer.months

    assert granted(months) <= granted(months + 1) <= 24


@pytest.mark.parametrize("place", sorted(BOOK.places))
@pytest.mark.parametrize("payer", ["employer", "flexible"])
@pytest.mark.parametrize("wage", [0, 300000, 700000, 5000000])
def test_every_place_answers_and_a_higher_wage_never_pays_less(place, payer, wage):
    day = date(2026, 12, 1)
    less = contribution(BOOK, place, day, payer=payer, wage_fen=wage)
    more = contribution(BOOK, place, day, payer=payer, wage_fen=wage + 12345)
    assert less
    for one, other in zip(less, more, strict=True):
        assert (one.person is None) == (one.sure_of_person is Confidence.NOT_KNOWN)
        for a, b in ((one.person, other.person), (one.employer, other.employer)):
            assert (a is None) == (b is None)
            assert a is None or a.fen <= b.fen


def test_bad_facts_are_refused():
    day = date(2026, 2, 1)
    with pytest.raises(ValueError, match="wage is -1"):
        contribution(BOOK, "beijing", day, payer="employer", wage_fen=-1)
    with pytest.raises(ValueError, match="base is -5"):
        account_credit(BOOK, "beijing", day, status="employee", base_fen=-5)
    with pytest.raises(ValueError, match="days is -1"):
        late_fee(BOOK, "beijing", day, payer="employer", due_fen=1, days=-1)
    with pytest.raises(ValueError, match="contribution_months is -1"):
        unemployment_months(BOOK, "beijing", day, contribution_months=-1)
    with pytest.raises(OutsideKnownDays):
        contribution(BOOK, "shenzhen", date(2023, 9, 30), payer="employer", wage_fen=1)
    with pytest.raises(ValueError, match="no fact 'wage'"):
        ask(BOOK, "contribution", "beijing", day, {"wage": 1})
    with pytest.raises(ValueError, match="due_fen and days must be given"):
        ask(BOOK, "late_fee", "beijing", day, {"payer": "employer"})
