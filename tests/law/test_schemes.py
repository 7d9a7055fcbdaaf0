"""The checks on changes of scheme, on payments that open cover and on bills hold for the shipped law, and each bites."""

from copy import replace

import pytest

from calculator.lawbook import Lawbook, lawbook, read_sources
from calculator.rules import bills, joining
from calculator.verify import schemes
from calculator.verify.schemes import check_schemes
from calculator.verify.situations import Report
from tests.law.planted import planted

CHINA, HAINAN, NANJING = "places/china.toml", "places/hainan.toml", "places/nanjing.toml"
TO_EMPLOYEE = 'direction = "resident_to_employee", insured_before = '


def faults(book, *places):
    report = Report(0, [])
    for place in places:
        check_schemes(book, place, report)
    assert report.situations > 0
    return report.faults


def test_the_shipped_law_has_no_fault():
    report = Report(0, [])
    for place in lawbook().places:
        check_schemes(lawbook(), place, report)
    assert report.faults == []
    assert report.situations > 8_000


@pytest.mark.parametrize(
    ("condition", "shorter", "says"),
    [
        ("{ at_least = 24 }, gap = { more_than = 6 }", 2, "7 waits 2 months, 6 waits 6"),
        ("{ less_than = 24 }", 5, "a longer record: 23 waits 5 months, 24 waits 6"),
    ],
)
def test_a_wait_that_grows_the_wrong_way_is_found(condition, shorter, says):
    before = f"{TO_EMPLOYEE}{condition} }}\nthen = {{ wait_months = "
    book = planted(HAINAN, f"{before}6", f"{before}{shorter}")
    assert any(says in fault for fault in faults(book, "hainan"))


def test_a_newborn_enrolled_later_and_covered_earlier_is_found():
    sources = read_sources()
    for case, start in (("within-90", "payment_day"), ("later", "birth")):
        head, rest = sources[NANJING].split(f'id = "nanjing.newborn.{case}"')
        right = "birth" if case == "within-90" else "month_after_payment"
        wrong = rest.replace(f'cover_from = "{right}"', f'cover_from = "{start}"', 1)
        sources[NANJING] = f'{head}id = "nanjing.newborn.{case}"{wrong}'
    assert any("paid earlier from" in fault for fault in faults(Lawbook(sources), "nanjing"))


def test_a_missing_month_is_found(monkeypatch):
    whole = joining._resident_months
    monkeypatch.setattr(joining, "_resident_months", lambda *told: [m for m in whole(*told) if m.month % 12 != 5])
    assert any("months do not follow one another" in fault for fault in faults(lawbook(), "fuxin"))


def test_cover_that_begins_before_the_day_said_is_found(monkeypatch):
    whole = joining._resident_months

    def too_early(*told):
        return [replace(m, status="covered") if m.status == "waiting" else m for m in whole(*told)]

    monkeypatch.setattr(joining, "_resident_months", too_early)
    assert any("the months say otherwise" in fault for fault in faults(lawbook(), "fuxin"))


def test_a_benefit_a_month_too_short_is_found(monkeypatch):
    whole = joining._benefit_line
    monkeypatch.setattr(joining, "_benefit_line", lambda *told: whole(*told[:-1], told[-1] and told[-1] - 1))
    assert any("are granted and" in fault for fault in faults(lawbook(), "guangdong"))


def test_an_answer_left_out_for_one_who_joins_is_found(monkeypatch):
    monkeypatch.setattr(joining, "alike_but_for", lambda name, findings: list(findings)[:1])
    assert any("answered otherwise than for each of those" in fault for fault in faults(lawbook(), "shanghai"))


def test_repair_at_a_wrong_price_is_found(monkeypatch):
    whole = schemes.rejoin

    def one_fen(*told, **facts):
        found = whole(*told, **facts)
        return replace(found, repairs=tuple(r and replace(r, fen=r.fen and 1) for r in found.repairs))

    monkeypatch.setattr(schemes, "rejoin", one_fen)
    assert any("79500 fen are not 1 fen" in fault for fault in faults(lawbook(), "beijing"))


@pytest.mark.parametrize(
    ("status", "payable", "says"),
    [
        ("waiting", "yes", "in a month that is waiting"),
        ("covered", "no", "in a month that is covered"),
        ("not_known", "yes", "in a month that is not known"),
    ],
)
def test_a_bill_that_does_not_follow_its_month_is_found(monkeypatch, status, payable, says):
    monkeypatch.setitem(bills._PAYABLE, status, payable)
    assert any(says in fault for fault in faults(lawbook(), "shanghai", "china"))


def test_a_bill_from_abroad_that_is_paid_is_found():
    book = planted(CHINA, 'then = { payable = "never" }', 'then = { payable = "as_covered" }')
    assert any("from abroad is payable" in fault for fault in faults(book, "nanjing"))
