"""The wait of people who join the employee scheme for the first time."""

from collections.abc import Collection, Iterator
from typing import Any

from tests.law.second_table import BOTH, CREDIT, EMPLOYER, FLEXIBLE, MONTH, NEXT, PAYERS, PLACES, SILENT
from tests.law.second_table.table import Row, U, crossed, from_, months, thresholds

WHO = (
    "other", "ex_employee", "ex_resident", "unemployment_benefit", "veteran", "graduate", "released_prisoner", "assisted",
)  # fmt: skip
OUTCOMES = {
    "wait_months": U, "wait_at_most": U, "wait_from": U, "cover_from": U, "gap_in_wait": U, "gap_in_wait_at_most": U,
    "account_in_wait": U, "benefit_percent": U,
}  # fmt: skip


def anyone_but(*who: str) -> tuple[str, ...]:
    return tuple(kind for kind in WHO if kind not in who)


def row(
    places: Collection[str], payer: Collection[str], who: Collection[str], joining: range | None = None, **says: Any
) -> Row:
    """A row on first-time members. ``joining`` is what ``months_to_joining`` is in ``gaps``."""
    assert set(says) <= set(OUTCOMES), says
    facts = {"payer": payer, "who": who} | ({"months_to_joining": joining} if joining is not None else {})
    return Row(tuple(places), facts, says)


UNEMPLOYED = ("unemployment_benefit",)
NOT_UNEMPLOYED = anyone_but("unemployment_benefit")
LEAVERS = ("ex_employee", "ex_resident")
OTHERS = anyone_but("unemployment_benefit", *LEAVERS)
#: Their people on unemployment benefit have a start of their own.
OWN_START = ("guangzhou", "tianjin")

# fmt: off
FIRST_TIME: tuple[Row, ...] = (
    # nat 9.3, 人社部发〔2011〕77号: the fund pays, no waiting period; "参加职工医保当月起，可以按规定享受". (The month after
    # payment is Ningbo's notice.)
    row([place for place in PLACES if place not in OWN_START], BOTH, UNEMPLOYED, wait_months=0, cover_from="joining_month"),
    # cit 5 a/b: "从领取失业保险金的当月开始享受".
    row(("guangzhou",), BOTH, UNEMPLOYED, wait_months=0, cover_from="benefit_month"),
    # cit 9 c/d: covered from the day after registration, no wait, no account.
    row(("tianjin",), BOTH, UNEMPLOYED, wait_months=0, cover_from="day_after_registration", account_in_wait="not_usable"),

    # nat 4 "Not covered by art 11: first-time members". Veterans: nat 8.4 "No waiting period: [NOT FOUND]".
    # Xi'an: cit 13 d [NF].
    row(("china", "guangdong", *SILENT, "xian"), BOTH, NOT_UNEMPLOYED),
    # cit 2 d: no wait; from the month after payment.
    row(("shenzhen",), BOTH, NOT_UNEMPLOYED, wait_months=0, cover_from=NEXT),
    # cit 5 c/d: the wording names no wait, the reports contradict each other.
    row(("guangzhou",), BOTH, NOT_UNEMPLOYED, cover_from=NEXT),
    # cit 3 d, reported: flexible workers 6 months. Through a unit: no source on first-time members.
    row(("beijing",), EMPLOYER, NOT_UNEMPLOYED, cover_from=NEXT),
    row(("beijing",), FLEXIBLE, NOT_UNEMPLOYED, wait_months=6),
    # Part 三 (二), (四): "等待期为6个月…连续缴费满6个月"; the account may be used; "等待期期间中断缴费的，待遇等待期重新计算".
    row(("shanghai",), EMPLOYER, NOT_UNEMPLOYED, wait_months=0, cover_from=NEXT),
    row(("shanghai",), FLEXIBLE, OTHERS,
        wait_months=6, wait_from=MONTH, cover_from=NEXT, gap_in_wait="restarts", account_in_wait="usable"),
    # "在中断享受职工医保待遇或城乡居民医保待遇后的3个月内…不受待遇等待期规定限制".
    row(("shanghai",), FLEXIBLE, LEAVERS, months(0, 3), wait_months=0, cover_from=NEXT),
    row(("shanghai",), FLEXIBLE, LEAVERS, from_(4),
        wait_months=6, wait_from=MONTH, cover_from=NEXT, gap_in_wait="restarts", account_in_wait="usable"),
    # cit 6 d, reported: individuals 6 months; unit employees none.
    row(("chengdu",), EMPLOYER, NOT_UNEMPLOYED, wait_months=0),
    row(("chengdu",), FLEXIBLE, NOT_UNEMPLOYED, wait_months=6),
    # cit 8: "unit first-time: month after payment", "individual first-time: 6-month wait".
    row(("chongqing",), EMPLOYER, NOT_UNEMPLOYED, wait_months=0, cover_from=NEXT),
    row(("chongqing",), FLEXIBLE, NOT_UNEMPLOYED, wait_months=6, cover_from=NEXT),
    # cit 9 c/d: "6 months from first enrolment", reported; which month is the first is not said. A gap of 3 months or less
    # inside the wait that is paid back does not restart it. Units: not said.
    row(("tianjin",), EMPLOYER, NOT_UNEMPLOYED),
    row(("tianjin",), FLEXIBLE, anyone_but("unemployment_benefit", "ex_employee"),
        wait_months=6, gap_in_wait="continues_if_short_and_paid_back", gap_in_wait_at_most=3),
    # cit 9 c/d: for those who were employed and join within 2 months "exception seen, text cut": no wait, or less than 6.
    row(("tianjin",), FLEXIBLE, ("ex_employee",), months(0, 2),
        wait_at_most=6, gap_in_wait="continues_if_short_and_paid_back", gap_in_wait_at_most=3),
    row(("tianjin",), FLEXIBLE, ("ex_employee",), from_(3),
        wait_months=6, gap_in_wait="continues_if_short_and_paid_back", gap_in_wait_at_most=3),
    # cit 1.6: "到账的次日起"; flexible: "待遇享受等待期不超过两个月，具体时间由统筹地区医疗保障部门确定": a ceiling, no number.
    row(("jiangsu", "nanjing", "suzhou"), EMPLOYER, NOT_UNEMPLOYED, wait_months=0, cover_from=CREDIT),
    row(("jiangsu",), FLEXIBLE, NOT_UNEMPLOYED, wait_at_most=2),
    # Which number Nanjing set since June 2023 was not found. Graduates: conf 9, 宁政发〔2018〕75号 art 12, no wait.
    row(("nanjing",), FLEXIBLE, anyone_but("unemployment_benefit", "graduate"), wait_at_most=2),
    row(("nanjing",), FLEXIBLE, ("graduate",), wait_months=0, wait_at_most=0, cover_from=NEXT),
    # cit 11 c/d: "since 2023-06-01 capped at ≤ 2 by the province, city figure [NF]"; counted "从缴费次月开始计算".
    row(("suzhou",), FLEXIBLE, NOT_UNEMPLOYED, wait_at_most=2, wait_from=NEXT),
    # Regulation of 2021, art 28 para 2, art 29 para 1 (full text): "灵活就业人员在统筹地区首次参加职工基本医疗保险，自办理参保
    # 登记的第二个自然月起享受": the month after registration, for everybody.
    row(("zhejiang", "hangzhou"), BOTH, NOT_UNEMPLOYED, wait_months=0, cover_from="month_after_registration"),
    # cit 12: "连续缴纳…满6个月后，从第7个月开始"; units: "正常缴费的次月".
    row(("wuhan",), EMPLOYER, NOT_UNEMPLOYED, wait_months=0, cover_from=NEXT),
    row(("wuhan",), FLEXIBLE, anyone_but("unemployment_benefit", "ex_employee"), wait_months=6, wait_from=MONTH),
    # "四至六个月以内参保的，从缴费的次月起享受…；超过六个月参保的…从第七个月起": counted from the end of the job, not from the
    # end of benefits as here, so which of the two it is stays open.
    row(("wuhan",), FLEXIBLE, ("ex_employee",), wait_at_most=6),
    # conf 8, 335号 一（二）: "不符合上述规定的人员…连续缴费满6个月后，即可足额享受待遇" (30 % until then):
    row(("hainan",), BOTH, anyone_but("unemployment_benefit", "graduate", "veteran"),
        wait_months=6, wait_from=MONTH, benefit_percent=30),
    # The same notice names as full benefits at once: students who go to work during their resident cover, and people who
    # leave the army and join with a transfer ("军人退出现役…并办理医保关系转移接续"). "参保缴费后即可" as in ``gaps_more``.
    row(("hainan",), BOTH, ("graduate", "veteran"), wait_months=0, cover_from=MONTH),
    # "新参保的参保人员，从…生效当月开始设置3个月待遇享受等待期" (50 % during it):
    row(("fujian", "quanzhou"), BOTH, NOT_UNEMPLOYED, wait_months=3, wait_from=MONTH, benefit_percent=50),
)
# fmt: on


def cases(rows: Collection[Row]) -> Iterator[dict[str, Any]]:
    """Every payer, every kind of person, and months to joining on both sides of every threshold."""
    return crossed(payer=PAYERS, who=WHO, months_to_joining=thresholds(rows, "months_to_joining"))
