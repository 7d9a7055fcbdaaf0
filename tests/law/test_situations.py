"""Every situation has one cited answer, and the exhaustive check finds planted faults."""

from calculator.lawbook import Lawbook, lawbook, read_sources
from calculator.verify import check_situations
from tests.law.planted import added, planted

CHENGDU, CHINA = "places/chengdu.toml", "places/china.toml"
SECOND_RULE = """
[[rule]]
id = "chengdu.planted"
topic = "cover_stop"
from = 2024-01-01
until = 2024-02-01
looks_at = "first_unpaid_month"
then = { cover_ends = "last_paid_month" }
sure = "reported"
cites = ["cd-gap-report#stop"]
"""


def test_every_situation_is_answered_once_and_without_contradiction():
    report = check_situations(lawbook())
    assert report.faults == []
    assert report.situations > 40_000


def test_two_rules_for_one_case_are_found():
    report = check_situations(added(CHENGDU, SECOND_RULE), ["chengdu"])
    assert any("chengdu.cover-stop and chengdu.planted both apply" in fault for fault in report.faults)


def test_a_hole_between_two_rules_is_found():
    # Nothing is said any more on a gap of exactly 3 months when moving.
    book = planted(CHINA, 'gap = { at_most = 3 }, back_paid = "yes"', 'gap = { less_than = 3 }, back_paid = "yes"')
    assert any("nothing is said on wait_months" in fault for fault in check_situations(book, ["china"]).faults)


def test_a_wait_that_shrinks_is_found():
    extra = """
[[rule]]
id = "chengdu.planted-wait"
topic = "gap"
from = 2023-02-01
until = "open"
looks_at = "payment"
when = { situation = ["same_place", "arrears"], gap = { more_than = 6 } }
then = { back_pay = "not_allowed", wait_months = 2, gap_costs = "not_paid" }
sure = "reported"
cites = ["cd-gap-report#over-4-wait-6"]
"""
    sources = read_sources()
    sources[CHENGDU] = (
        sources[CHENGDU].replace("gap = { more_than = 4 }", "gap = { more_than = 4, at_most = 6 }") + extra
    )
    assert any("a shorter gap waits 6" in fault for fault in check_situations(Lawbook(sources), ["chengdu"]).faults)
