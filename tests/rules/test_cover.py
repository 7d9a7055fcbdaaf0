"""Gaps: how months and days are counted, what is not told, and the timelines that come of it."""

from copy import replace
from itertools import product

import pytest

from calculator.document import document
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import UNKNOWN, Span, lawbook
from calculator.months import first_day, parse_month
from calculator.rules.cover import (
    Before,
    CoverMonth,
    EarlierGap,
    Unpaid,
    interruption,
    one_after_the_other,
    unpaid_days,
    unpaid_in_year,
)
from calculator.verify import check_situations
from calculator.words import Words
from tests.law.planted import planted

BOOK = lawbook()


def month(text):
    return parse_month(text)


def stretch(place, last_paid, resume, *, payer="flexible", payer_before="flexible", book=BOOK, **more):
    facts = {"moved": False, "cause": "left", "back_paid": None, **more}
    return interruption(
        book,
        Unpaid(
            origin=place,
            destination=place,
            payer=payer,
            payer_before=payer_before,
            last_paid=month(last_paid),
            resume=month(resume),
            **facts,
        ),
    )


def only(found):
    [line] = found.lines
    assert line.assuming == {}
    return line


def day(text):
    return first_day(month(text))


# -- counting -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_paid", "resume", "first", "last"),
    [
        ("2026-05", "2026-07", 30, 60),  # June; paid between 1 and 31 July
        ("2026-06", "2026-08", 31, 61),  # July; paid in August
        ("2026-12", "2027-02", 31, 58),  # January; February has 28 days
        ("2024-01", "2024-03", 29, 59),  # a February of a leap year
        ("2026-01", "2026-04", 59, 88),
    ],
)
def test_days_between_are_a_span_because_only_months_are_told(last_paid, resume, first, last):
    assert unpaid_days(month(last_paid), month(resume)) == Span(first, last)


@pytest.mark.parametrize(
    ("last_paid", "resume", "before", "starts", "first", "last"),
    [
        # April and May, nothing told of January and February; March was paid.
        ("2026-03", "2026-06", Before(), [None], 2, 4),
        ("2026-03", "2026-06", Before(unpaid_earlier=0), [None], 2, 2),
        ("2026-03", "2026-06", Before(unpaid_earlier=2), [None], 4, 4),
        # Nobody can have missed 5 of the 2 months before March.
        ("2026-03", "2026-06", Before(unpaid_earlier=5), [None], 4, 4),
        # A gap over two calendar years counts in each for itself: November and December, January.
        ("2025-10", "2026-02", Before(unpaid_earlier=0), [None], 2, 2),
        ("2025-10", "2026-02", Before(unpaid_earlier=1), [None], 3, 3),
        # A gap that begins the year has no earlier months in it.
        ("2025-12", "2026-02", Before(), [None], 1, 1),
        # The year from July: May and June end one, July and August begin the next.
        ("2026-04", "2026-09", Before(unpaid_earlier=0), [7], 2, 2),
        # The first month of the year is not known: one year or two.
        ("2026-04", "2026-09", Before(unpaid_earlier=0), [UNKNOWN], 2, 4),
        # More than a year.
        ("2024-06", "2026-09", Before(unpaid_earlier=0), [None], 12, 12),
    ],
)
def test_months_of_one_year_are_added_up(last_paid, resume, before, starts, first, last):
    assert unpaid_in_year(month(last_paid), month(resume), before, starts) == Span(first, last)


@pytest.mark.parametrize(("back_paid", "first", "last"), [("no", 4, 4), ("yes", 2, 4), (None, 2, 4)])
def test_an_earlier_gap_of_the_same_life_counts_unless_it_may_have_been_paid_back(back_paid, first, last):
    earlier = EarlierGap(month("2026-02"), month("2026-04"), back_paid)
    before = Before(unpaid_earlier=0, first_told=month("2026-01"), gaps=(earlier,))
    assert unpaid_in_year(month("2026-05"), month("2026-08"), before, [None]) == Span(first, last)


def test_what_was_told_of_the_year_of_the_first_gap_says_nothing_of_a_later_year():
    earlier = EarlierGap(month("2025-08"), month("2025-10"), "no")
    before = Before(unpaid_earlier=3, first_told=month("2025-07"), gaps=(earlier,))
    assert unpaid_in_year(month("2026-03"), month("2026-05"), before, [None]) == Span(1, 1)


# -- places ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paid_back", "gap", "costs"), [("2026-06", 3, "paid"), ("2026-07", 4, "not_paid")])
def test_guangzhou_counts_from_the_first_month_of_arrears_to_the_month_before_payment(paid_back, gap, costs):
    found = stretch(
        "guangzhou", "2026-02", paid_back, payer="employer", payer_before="employer", cause="arrears", back_paid="yes"
    )
    assert (found.gap, only(found).gap_costs) == (gap, costs)


def test_suzhou_counts_from_the_month_after_payment():
    line = only(stretch("suzhou", "2025-06", "2026-05"))
    assert (line.wait, line.wait_at_most, line.returns_latest) == (UNKNOWN, 3, day("2026-09"))


def test_a_known_wait_from_the_month_after_payment_ends_a_month_later():
    book = planted(
        "places/suzhou.toml",
        'wait_months = "unknown", wait_at_most = 3, wait_from = "month_after_payment", gap_costs = "unknown"',
        'wait_months = 3, wait_from = "month_after_payment", gap_costs = "unknown"',
    )
    line = only(stretch("suzhou", "2025-06", "2026-05", book=book))
    reasons = {shown.month: (shown.status, shown.reason) for shown in line.months}
    assert line.returns == day("2026-09")
    assert reasons[month("2026-05")] == ("waiting", "wait_not_begun")
    assert [reasons[month(m)] for m in ("2026-06", "2026-07", "2026-08")] == [("waiting", "waiting_all")] * 3
    assert reasons[month("2026-09")] == ("covered", "cover_again")
    assert check_situations(book, ["suzhou"], ["gap"]).faults == []


def test_a_wait_whose_first_month_is_not_known_promises_only_its_last_end():
    book = planted(
        "places/suzhou.toml",
        'wait_months = "unknown", wait_at_most = 3, wait_from = "month_after_payment", gap_costs = "unknown"',
        'wait_months = 3, wait_from = "unknown", gap_costs = "unknown"',
    )
    found = stretch("suzhou", "2025-06", "2026-05", book=book)
    line = only(found)
    shown = {cover.month: cover.status for cover in line.months}
    assert (line.returns, line.returns_latest) == (None, day("2026-09"))
    assert [shown[month(m)] for m in ("2026-07", "2026-08", "2026-09")] == ["waiting", "not_known", "covered"]


def test_wuhan_gives_benefits_from_the_seventh_month():
    line = only(stretch("wuhan", "2026-01", "2026-06"))
    waiting = [cover.month for cover in line.months if cover.status == "waiting"]
    assert (line.wait, line.returns) == (6, day("2026-12"))
    assert waiting == list(range(month("2026-06"), month("2026-12")))


@pytest.mark.parametrize(
    ("resume", "wait", "costs", "returns"),
    [
        ("2026-05", 0, "paid", "2026-05"),  # 2 unpaid, month 3 with the month of filing
        ("2026-06", 0, "not_paid", "2026-07"),  # month 4
        ("2026-08", 0, "not_paid", "2026-09"),  # month 6
        ("2026-09", 6, "not_paid", "2027-03"),  # month 7
    ],
)
def test_wuhan_counts_the_month_of_filing_for_people_with_an_employer_before(resume, wait, costs, returns):
    line = only(stretch("wuhan", "2026-02", resume, payer_before="employer", back_paid="yes"))
    assert (line.wait, line.gap_costs, line.returns) == (wait, costs, day(returns))


@pytest.mark.parametrize(("earlier", "wait"), [(0, 0), (1, 0), (2, 6), (None, None)])
def test_two_short_gaps_in_one_year_are_added_up_in_wuhan(earlier, wait):
    found = stretch("wuhan", "2026-03", "2026-06", back_paid="yes", before=Before(unpaid_earlier=earlier))
    if wait is None:
        assert [(line.assuming["unpaid_in_year"], line.wait) for line in found.lines] == [
            (Span(2, 3), 0), (Span(4, 10), 6),
        ]  # fmt: skip
    else:
        assert only(found).wait == wait


def test_two_gaps_of_one_life_are_added_up():
    facts = {
        "on": "2026-11-22",
        "cover": {"place": "wuhan", "payer": "flexible", "paid_until": "2026-01", "unpaid_earlier_this_year": 0},
        "events": [
            {"kind": "leave_job"},
            {"kind": "resume", "month": "2026-04", "payer": "flexible", "back_paid": "no"},
            {"kind": "leave_job", "paid_again_until": "2026-04"},
            {"kind": "resume", "month": "2026-07", "payer": "flexible", "back_paid": "yes"},
        ],
    }
    first, second = assess(parse(facts)).interruptions
    assert (first.gap, second.gap) == (2, 2)
    assert only(first).wait == UNKNOWN
    # February, March, May and June: 4 of the calendar year; of a year from July likewise.
    assert only(second).wait == 6


def test_who_paid_before_is_asked_for_when_it_decides():
    found = stretch("wuhan", "2026-02", "2026-07", payer_before=None, back_paid="yes")
    assert {line.assuming["payer_before"]: line.wait for line in found.lines} == {"employer": 0, "flexible": 6}


@pytest.mark.parametrize(
    ("last_paid", "resume", "waits"),
    [
        ("2026-05", "2026-07", {Span(30, 59): 0, Span(60, 60): UNKNOWN}),
        ("2026-06", "2026-08", {Span(31, 59): 0, Span(60, 60): UNKNOWN, Span(61, 61): 3}),
        ("2026-05", "2026-08", {None: 3}),  # 61 to 91 days
        ("2026-01", "2026-07", {Span(150 + 0, 179): 3, Span(180, 180): UNKNOWN}),  # February to June: 150 days
        ("2025-12", "2026-08", {None: 6}),
    ],
)
def test_xian_waits_by_days(last_paid, resume, waits):
    found = stretch("xian", last_paid, resume, payer="employer", payer_before="employer")
    assert found.days == unpaid_days(month(last_paid), month(resume))
    assert {line.assuming.get("gap_days"): line.wait for line in found.lines} == waits


@pytest.mark.parametrize(
    ("gap", "record", "wait", "percent"),
    [(3, 24, 0, None), (4, 24, 6, 50), (6, 24, 6, 50), (7, 24, 6, 30), (1, 23, 6, 30), (7, 0, 6, 30)],
)
def test_hainan_pays_a_share_of_the_benefits_during_the_wait(gap, record, wait, percent):
    resume = month("2026-02") + gap
    found = interruption(
        BOOK,
        Unpaid(
            origin="hainan",
            destination="hainan",
            moved=False,
            cause="left",
            payer="employer",
            payer_before="employer",
            last_paid=month("2026-01"),
            resume=resume,
            back_paid="no",
            before=Before(paid_months=record),
        ),
    )
    line = only(found)
    reduced = [(cover.month, cover.percent) for cover in line.months if cover.status == "reduced"]
    assert (found.gap, line.wait, line.benefit_percent) == (gap, wait, percent)
    assert reduced == [(resume + n, percent) for n in range(wait)]
    assert line.returns == first_day(resume + wait)


def test_hainan_asks_how_long_somebody_was_insured():
    found = stretch("hainan", "2026-01", "2026-06", back_paid="no")
    assert {line.assuming["paid_before"]: line.benefit_percent for line in found.lines} == {
        Span(0, 23): 30, Span(24, None): 50,
    }  # fmt: skip


@pytest.mark.parametrize(("back_paid", "wait"), [("yes", 3), ("no", 6)])
def test_fujian_pays_half_the_benefits_during_the_wait(back_paid, wait):
    line = only(stretch("fuzhou", "2026-01", "2026-06", back_paid=back_paid))
    assert (line.wait, line.benefit_percent, line.sure.key) == (wait, 50, "official")
    assert {cover.percent for cover in line.months if cover.status == "reduced"} == {50}


@pytest.mark.parametrize(
    ("last_paid", "resume", "earlier", "said"),
    [
        ("2026-01", "2026-05", 0, {"kept"}),
        ("2026-01", "2026-06", 0, {"restarts"}),
        ("2026-01", "2026-04", 2, {"restarts", "kept"}),  # January alone precedes February in a calendar year
        ("2026-04", "2026-09", 0, {"kept", "restarts"}),  # in one year, or two months in each of two
    ],
)
def test_shenzhen_adds_the_months_of_an_insurance_year_up(last_paid, resume, earlier, said):
    found = stretch("shenzhen", last_paid, resume, back_paid="no", before=Before(unpaid_earlier=earlier))
    assert {line.continuity for line in found.lines} == said


# -- what is not told -----------------------------------------------------------------------------------------

PLACES = ("china", "shanghai", "wuhan", "hainan", "xian", "shenzhen", "beijing", "nantong")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("gap", [1, 3, 4, 6, 7])
def test_lines_hold_exactly_when_they_say_they_do(place, gap):
    """Every case told in full has one line when less is told, and that line says what the full case says."""
    resume = month("2026-01") + gap + 1

    def lines(**facts):
        told = {"payer": None, "payer_before": None, "back_paid": None, "before": Before(), **facts}
        return interruption(
            BOOK,
            Unpaid(
                origin=place,
                destination=place,
                moved=False,
                cause="left",
                last_paid=month("2026-01"),
                resume=resume,
                **told,
            ),
        ).lines

    open_lines = lines()
    for payer, before, paid, record in product(
        ("employer", "flexible"), ("employer", "flexible"), ("yes", "no"), (0, 24)
    ):
        full = lines(payer=payer, payer_before=before, back_paid=paid, before=Before(0, record))
        told = {"payer": payer, "payer_before": before, "back_paid": paid, "paid_before": record}
        for line in full:
            case = told | line.assuming
            matching = [
                other for other in open_lines if all(fits(case, other.assuming, name) for name in other.assuming)
            ]
            said = {(other.wait, other.gap_costs, other.back_pay, other.benefit_percent) for other in matching}
            assert (line.wait, line.gap_costs, line.back_pay, line.benefit_percent) in said
            # The months of a year that has no known first month stay a range, which several lines may share.
            if not any("unpaid_in_year" in other.assuming for other in matching):
                assert len(said) == 1, (case, matching)


def fits(case, assumed, name):
    value, told = assumed[name], case.get(name)
    if told is None:
        return True
    if isinstance(value, Span):
        low, high = (told.first, told.last) if isinstance(told, Span) else (told, told)
        return (value.last is None or low <= value.last) and (high is None or high >= value.first)
    return told == value


# -- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["If 2 to 3 months of one insurance year", "If 4 to 10 months of one insurance year"]),
        ("zh", ["如果一个年度内累计断缴2至3个月", "如果一个年度内累计断缴4至10个月"]),
    ],
)
def test_assumed_numbers_are_said(lang, said):
    lines = stretch("wuhan", "2026-03", "2026-06", back_paid="yes").lines
    assert [Words(lang).assuming(line.assuming)[: len(text)] for line, text in zip(lines, said, strict=True)] == said


@pytest.mark.parametrize(("lang", "said"), [("en", "50% of the normal benefits"), ("zh", "正常待遇的50%")])
def test_the_share_of_the_benefits_is_said(lang, said):
    facts = {
        "on": "2026-11-22",
        "cover": {"place": "fuzhou", "payer": "employer", "paid_until": "2026-01"},
        "events": [
            {"kind": "leave_job"},
            {"kind": "resume", "month": "2026-06", "payer": "employer", "back_paid": "yes"},
        ],
    }
    told = document(assess(parse(facts)), lang)
    [line] = told["cover"]["stretches"][0]["lines"]
    assert said in line["text"]
    assert [said in shown["reason"] for shown in line["months"]].count(True) == 3


@pytest.mark.parametrize(("lang", "said"), [("en", "30 to 60 days"), ("zh", "30至60天")])
def test_days_are_said_where_a_place_counts_days(lang, said):
    facts = {
        "on": "2026-11-22",
        "cover": {"place": "xian", "payer": "employer", "paid_until": "2026-05"},
        "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-07", "payer": "employer"}],
    }
    assert said in document(assess(parse(facts)), lang)["cover"]["stretches"][0]["title"]


# -- the checks bite ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "before", "after", "says"),
    [
        (
            "xian",
            'gap_days = { more_than = 180 } }\nthen = { back_pay = "unknown", wait_months = 6',
            'gap_days = { more_than = 180 } }\nthen = { back_pay = "unknown", wait_months = 2',
            "gap_days: ",
        ),
        (
            "hainan",
            'paid_before = { at_least = 24 }, gap = { more_than = 6 } }\nthen = { back_pay = "unknown", wait_months = 6',
            'paid_before = { at_least = 24 }, gap = { more_than = 6 } }\nthen = { back_pay = "unknown", wait_months = 5',
            "gap 7 waits 5 months for cover, gap 6 waits 6",
        ),
    ],
)
def test_a_wait_that_shrinks_is_found(place, before, after, says):
    faults = check_situations(planted(f"places/{place}.toml", before, after), [place], ["gap"]).faults
    assert any(says in fault for fault in faults), faults


def test_cover_in_the_wait_is_found(monkeypatch):
    from calculator.rules import cover
    from calculator.verify import timelines

    real = cover.interruption

    def careless(*arguments, **facts):
        found = real(*arguments, **facts)
        lines = []
        for line in found.lines:
            months = tuple(
                cover.CoverMonth(shown.month, "covered", "paid", "") if shown.status == "waiting" else shown
                for shown in line.months
            )
            lines.append(replace(line, months=months))
        return replace(found, lines=tuple(lines))

    monkeypatch.setattr(timelines, "interruption", careless)
    faults = check_situations(BOOK, ["wuhan"], ["gap"]).faults
    assert any("a wait of 6 months, and 0 months of waiting" in fault for fault in faults)
    assert any("the months say otherwise" in fault for fault in faults)


# -- paid without a gap ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "payer_before", "payer", "first"),
    [
        # When cover stopped is not known in Jiangsu; the new employer's payment covers its month all the same.
        ("suzhou", "employer", "employer", ("covered", "day_after_credit")),
        # The last payment reaches through the month of the new one, whose cover would begin on a day that was not told.
        ("shanghai", "flexible", "employer", None),
    ],
)
def test_a_month_that_is_paid_is_covered_whatever_the_end_of_the_last_payment(place, payer_before, payer, first):
    for line in stretch(place, "2026-08", "2026-09", payer=payer, payer_before=payer_before).lines:
        shown = {m.month: m for m in line.months}
        assert list(shown) == list(range(month("2026-08"), month("2026-08") + len(shown)))
        paid = shown[month("2026-09")]
        assert paid.status == "covered"
        assert first is None or (paid.status, paid.reason) == first


def test_a_month_the_last_payment_reaches_through_is_whole():
    """Joined on a day that was not told, in a month that the last payment covers from its first day."""
    before = [CoverMonth(1, "covered", "paid", ""), CoverMonth(2, "covered", "last_payment_reaches", "old")]
    after = [CoverMonth(2, "covered", "day_after_credit", "new"), CoverMonth(3, "covered", "paid", "new")]
    assert [m.rule for m in one_after_the_other(before, after)] == ["", "old", "new"]
    open_end = [before[0], CoverMonth(2, "not_known", "stop_not_known", "old")]
    assert [m.rule for m in one_after_the_other(open_end, after)] == ["", "new", "new"]
    waits = [CoverMonth(2, "waiting", "waiting_all", "new"), after[1]]
    assert [m.rule for m in one_after_the_other(open_end, waits)] == ["", "old", "new"]
    assert [m.month for m in one_after_the_other(before[:1], after)] == [1, 2, 3]
