"""The resident scheme: when one enrols, what it costs, who waits how long and from when, repair, newborns, refunds,
rewards. What each place says, written from the cited words; the nation's rules by conf 2 and nat 6."""

from datetime import date

from tests.law.second_table.own import own, up_to, yuan
from tests.law.second_table.table import NO_END, U

NATION = "china"
YEAR_2025, YEAR_2026, YEAR_2027 = ({"insurance_year": year} for year in (2025, 2026, 2027))
#: "38号": from the insurance year 2025.
NEW = "2025-01-01"


def day(text: str) -> date | str:
    return date.fromisoformat(text) if text else U


def period(place, year, opens, closes, begins="", **more):
    """The central enrolment period of one insurance year. A day left out is open."""
    return own(place, begins, "", year, opens=day(opens), closes=day(closes), **more)


def extended(to: str) -> dict[str, object]:
    return {"extended_to": day(to), "extended_cover_from": "payment_day"}


# fmt: off
ENROLMENT = (
    own(NATION, "", "", {}, opens=U, closes=U),
    # bj-resident-2026#period (conf 2.6).
    period("beijing", YEAR_2026, "2025-11-30", "2026-02-28"),
    # fj-2025-3#period: 1 September to 31 December, extended to the end of February.
    period("fujian", YEAR_2026, "2025-09-01", "2025-12-31", **extended("2026-02-28")),
    period("fujian", YEAR_2027, "2026-09-01", "2026-12-31", **extended("2027-02-28")),
    # gz-resident-2025-report, hangzhou-resident-2026-report.
    period("guangzhou", YEAR_2025, "2024-09-01", "2024-12-20"),
    period("hangzhou", YEAR_2026, "2025-10-20", "2025-12-25"),
    # hebei-resident-2026#period: cover from 1 January to those who paid by 31 December, from payment to the others.
    period("hebei", YEAR_2026, "2025-10-20", "2025-12-31", **extended("2026-02-28")),
    period("henan", YEAR_2026, "2025-09-29", "2025-12-31"),
    # jingzhou-resident-2026#period: "2025年10月至2026年2月28日". jingdezhen-resident-2026#period names the end only.
    period("hubei", YEAR_2026, "", "2026-02-28"),
    period("jiangxi", YEAR_2025, "2024-09-15", "2025-02-28"),
    period("jiangxi", YEAR_2026, "", "2026-02-28"),
    # nj-resident-2025-report, qinghai-answer-2025#days, sh-resident-2026-report, tj-resident-2025-report.
    period("nanjing", YEAR_2025, "2024-11-01", "2024-12-25"),
    period("qinghai", YEAR_2026, "2025-10-21", "2025-12-31", **extended("2026-02-28")),
    period("shanghai", YEAR_2026, "2025-11-07", "2025-12-25"),
    period("tianjin", YEAR_2025, "2024-10-08", "2024-12-31"),
    # suzhou-resident-2026: months only. wuxi-resident-2026: "原则上截至到2025年12月31日".
    period("suzhou", YEAR_2026, "", ""),
    period("wuxi", YEAR_2026, "", "2025-12-31"),
    # xiamen-resident.
    period("xiamen", YEAR_2026, "2025-10-22", "2025-12-26"),
    # xuchang-answer-2026#until-year-end.
    own("xuchang", "", "", {}, late_cover_ends="end_of_year_paid_for"),
)

CHILD, ADULT, OLD = ({"age_group": group} for group in ("child_or_student", "working_age", "old_age"))
GROWN = {"age_group": ("working_age", "old_age")}


def costs(place, year, who, premium, begins="", ends="", higher=None):
    """What a year costs the person, in yuan; the higher of two to choose from, if there is one."""
    more = {"higher_tier_fen": yuan(higher)} if higher else {}
    return own(place, begins, ends, year | who, premium_fen=yuan(premium), **more)


PREMIUM = (
    own(NATION, "", "", {}, premium_fen=U),
    costs("beijing", YEAR_2026, CHILD, "435"),
    costs("beijing", YEAR_2026, ADULT, "795"),
    costs("beijing", YEAR_2026, OLD, "460"),
    costs("chengdu", YEAR_2026, CHILD, "400"),
    costs("chengdu", YEAR_2026, GROWN, "400", higher="550"),
    costs("chongqing", YEAR_2026, {}, "400", higher="775"),
    costs("guangzhou", YEAR_2025, CHILD, "413"),
    costs("guangzhou", YEAR_2025, GROWN, "549"),
    costs("hangzhou", YEAR_2026, CHILD, "340"),
    costs("hangzhou", YEAR_2026, GROWN, "700", higher="800"),
    costs("henan", YEAR_2026, {}, "400"),
    costs("hubei", YEAR_2026, {}, "400"),
    costs("jiangxi", YEAR_2026, {}, "400"),
    costs("nanjing", YEAR_2025, CHILD, "320"),
    costs("nanjing", YEAR_2025, ADULT, "660"),
    costs("nanjing", YEAR_2025, OLD, "560"),
    # qinghai-answer-2025#from-july: the state's 700 too.
    costs("qinghai", YEAR_2026, {}, "400", ends="2026-07-01"),
    costs("qinghai", YEAR_2026, {}, "1100", begins="2026-07-01"),
    costs("shaanxi", YEAR_2026, {}, "400"),
    costs("shanghai", YEAR_2026, CHILD, "400"),
    costs("shanghai", YEAR_2026, ADULT, "1040"),
    costs("shanghai", YEAR_2026, OLD | {"age": up_to(69)}, "870"),
    costs("shanghai", YEAR_2026, OLD | {"age": range(70, NO_END)}, "700"),
    costs("tianjin", YEAR_2025, CHILD, "400"),
    costs("tianjin", YEAR_2025, GROWN, "400", higher="1030"),
    costs("wuxi", YEAR_2026, CHILD, "380"),
    costs("wuxi", YEAR_2026, ADULT, "810"),
    costs("wuxi", YEAR_2026, OLD, "570"),
    costs("xiamen", YEAR_2025, {}, "450"),
    costs("xiamen", YEAR_2026, {}, "450"),
)

GROUPS = ("ex_employee", "unemployment_benefit", "veteran", "graduate", "released_prisoner", "assisted", "returnee")
ORDINARY, NEWBORN = {"who": "other"}, {"who": "newborn"}
IN_PERIOD, LATE, EXTENDED = ({"enrolled": when} for when in ("central_period", "late", "extended_period"))
UNBROKEN, BROKEN = {"broken_years": 0}, {"broken_years": range(1, NO_END)}
THREE_MONTHS, NINETY_DAYS = {"months_to_joining": up_to(3)}, {"days_to_joining": up_to(90)}
OPEN = {"fixed_months": U, "months_per_broken_year": U, "first_year_adds": U, "wait_from": U}


def free(starts: str) -> dict[str, object]:
    """No wait at all."""
    return {"fixed_months": 0, "months_per_broken_year": 0, "first_year_adds": "does_not_arise", "wait_from": starts}


WAIT = (
    # nhsa-answer-2024-01#central-period: no wait to those who enrol in time; the others "一段时间".
    own(NATION, "", NEW, IN_PERIOD | UNBROKEN, **free("start_of_insurance_year")),
    own(NATION, "", NEW, IN_PERIOD | BROKEN, **OPEN),
    own(NATION, "", NEW, {"enrolled": ("extended_period", "late")}, **OPEN),
    # sc-2024-38, with the examples of bureaus for the first day (conf 2.2 to 2.4). Whether the first year adds a month is open.
    own(NATION, NEW, "", NEWBORN, **free("newborn_rule")),
    own(NATION, NEW, "", {"who": ("other", *GROUPS)} | IN_PERIOD | UNBROKEN, **free("start_of_insurance_year")),
    own(NATION, NEW, "", ORDINARY | LATE | UNBROKEN, fixed_months=3, months_per_broken_year=1, first_year_adds="does_not_arise", wait_from="payment_day", costs_in_wait="not_paid"),
    own(NATION, NEW, "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=3, months_per_broken_year=1, first_year_adds=U, wait_from="start_of_insurance_year", broken_years_from=U, costs_in_wait="not_paid"),
    own(NATION, NEW, "", ORDINARY | LATE | BROKEN, fixed_months=3, months_per_broken_year=1, first_year_adds=U, wait_from="payment_day", broken_years_from=U, costs_in_wait="not_paid"),
    own(NATION, NEW, "", ORDINARY | EXTENDED, **OPEN),
    own(NATION, NEW, "", {"who": GROUPS, "enrolled": ("extended_period", "late")}, **OPEN),
    own(NATION, NEW, "", {"who": GROUPS} | IN_PERIOD | BROKEN, **OPEN),
    # bj-resident-2026: 3 months to those who pay late; of a break in time it says nothing, the nation does.
    own("beijing", "2025-11-30", "", ORDINARY | LATE, fixed_months=3),
    own("beijing", "2025-11-30", "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=U),
    # cd-resident-2026-report#late-2022: 90 days; "现在…没有查到".
    own("chengdu", "", NEW, ORDINARY | LATE, fixed_months=U),
    # fj-2025-3#period: in the extended period from the day of payment.
    own("fujian", NEW, "", {"who": ("other", *GROUPS)} | EXTENDED | UNBROKEN, **free("payment_day")),
    # fuxin-answer-2025: one broken year, 3 months; who paid 2025 from October on never entered its benefit year.
    own("fuxin", "", "", ORDINARY | IN_PERIOD | UNBROKEN, **free("start_of_insurance_year")),
    own("fuxin", "", "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=3, first_year_adds="no", wait_from="start_of_insurance_year"),
    own("fuxin", "", "", ORDINARY | LATE | UNBROKEN, fixed_months=3, wait_from="payment_day", continuous_requires="benefit_year_entered"),
    own("fuxin", "", "", ORDINARY | LATE | BROKEN, fixed_months=3, first_year_adds="no", wait_from="payment_day", continuous_requires="benefit_year_entered"),
    # hainan-2021-335#to-resident.others: 6 months, older than the nation's 3.
    own("hainan", NEW, "", ORDINARY | LATE, fixed_months=U, fixed_at_most=6),
    own("hainan", NEW, "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=U, fixed_at_most=6),
    # hebei-resident-2026#period: January and February from the day the payment arrives.
    own("hebei", "2025-10-20", "", ORDINARY | EXTENDED | UNBROKEN, **free("payment_day")),
    # js-regulation-2023: at most 2 months outside the period, against the nation's 3; assisted people none.
    own("jiangsu", "", "", {"who": "assisted"}, **(free("payment_day") | {"wait_from": U})),
    own("jiangsu", "", "", ORDINARY | LATE, fixed_months=U, fixed_at_most=2),
    own("jiangsu", NEW, "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=U),
    # jiangxi-special-groups-2025.
    own("jiangxi", "", "", {"who": "assisted"} | LATE, **free("day_after_payment")),
    own("jiangxi", "", "", {"who": ("veteran", "ex_employee")} | LATE | THREE_MONTHS, **free("day_after_payment")),
    own("jiangxi", "", "", {"who": ("returnee", "graduate", "released_prisoner")} | LATE | NINETY_DAYS, **free("day_after_payment")),
    # nj-2018-75#art11, art12.
    own("nanjing", "", "", {"who": ("veteran", "released_prisoner", "graduate")} | LATE, **free("month_after_payment")),
    own("nanjing", "", "", {"who": "ex_employee"} | LATE | NINETY_DAYS, **free("month_after_payment")),
    # qingdao-answer-2025: two broken years, 4 months.
    own("qingdao", "", "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=3, first_year_adds="no", wait_from="start_of_insurance_year", costs_in_wait="not_paid"),
    own("qingdao", "", "", ORDINARY | LATE | BROKEN, first_year_adds="no", costs_in_wait="not_paid"),
    # qinghai-answer-2025: "没有讲断保的人".
    own("qinghai", "", "", ORDINARY | EXTENDED | UNBROKEN, **free("payment_day")),
    own("qinghai", "", "", ORDINARY | LATE | UNBROKEN, fixed_months=3, wait_from="payment_day"),
    # jinjiang-notice-2026#wait: assisted people and this year's veterans are left out of it; the extended period counts as the period.
    own("quanzhou", NEW, "", {"who": ("assisted", "veteran")} | LATE, **(free("payment_day") | {"wait_from": U})),
    own("quanzhou", NEW, "", {"who": ("assisted", "veteran")} | IN_PERIOD | BROKEN, **free("start_of_insurance_year")),
    own("quanzhou", NEW, "", ORDINARY | EXTENDED | BROKEN, fixed_months=3, months_per_broken_year=1, costs_in_wait="not_paid"),
    # wuxi-resident-2026: within 90 days from the event; later 2 months from the month of payment. Breaks: not said.
    own("wuxi", "", "", {"who": GROUPS[:5]} | LATE | NINETY_DAYS, **free("event")),
    own("wuxi", "", "", {"who": GROUPS[:5]} | LATE | {"days_to_joining": range(91, NO_END)}, fixed_months=2, months_per_broken_year=U, first_year_adds=U, wait_from="payment_month"),
    own("wuxi", "", "", ORDINARY | LATE | UNBROKEN, fixed_months=2, wait_from="payment_month"),
    own("wuxi", "", "", ORDINARY | LATE | BROKEN, fixed_months=2, months_per_broken_year=U, wait_from="payment_month"),
    # xiamen-assistant-report: the nation's 3 months; none more for the first year; years to 2024 do not count.
    own("xiamen", "", "", ORDINARY | BROKEN, first_year_adds="no", broken_years_from=2025),
    # zj-regulation-2021#art31-late: the third month of payment, at most 2 months; the nation's 3 is later.
    own("zhejiang", NEW, "", ORDINARY | LATE, fixed_months=U, fixed_at_most=3),
    own("zhejiang", NEW, "", ORDINARY | IN_PERIOD | BROKEN, fixed_months=U),
)

PRICE = {"price": "personal_premium_of_year_of_payment"}
ONE_TO_THREE, FROM_FOUR = {"broken_years": range(1, 4)}, {"broken_years": range(4, NO_END)}
REPAIR = (
    # sc-2024-38#repair, #repair-price, #floor.
    own(NATION, "", NEW, {}, may_repair=U),
    own(NATION, NEW, "", UNBROKEN, may_repair="nothing_to_repair"),
    own(NATION, NEW, "", ONE_TO_THREE, may_repair="yes", months_per_year_paid=1, **PRICE),
    own(NATION, NEW, "", FROM_FOUR, may_repair="yes", months_per_year_paid=1, at_least_months=6, **PRICE),
    # qingdao-answer-2025#repair-rule, #repair-price, #not-paid.
    own("qingdao", "", "", ONE_TO_THREE, **PRICE, costs_in_break="not_paid"),
    own("qingdao", "", "", FROM_FOUR, at_least_months=6, **PRICE, costs_in_break="not_paid"),
)

DAYS_90, LATER = {"days_after_birth": up_to(90)}, {"days_after_birth": range(91, NO_END)}
FIRST_YEAR, HALF_YEAR = {"months_after_birth": up_to(12)}, {"months_after_birth": up_to(6)}
FROM_BIRTH = {"cover_from": "birth", "wait_months": 0}
BORN = (
    # nhsa-2021-11#newborn.
    own(NATION, "", "", DAYS_90, **FROM_BIRTH),
    own(NATION, "", "", LATER, cover_from=U),
    # cd-resident-2026-report#newborn-2022: 180 days; "现在是否有效没有查到".
    own("chengdu", "", "", {"days_after_birth": range(91, 181)}, cover_from=U),
    own("guangzhou", "", "", HALF_YEAR, **FROM_BIRTH),
    own("jiangxi", "", "", DAYS_90, **FROM_BIRTH),
    own("jiangxi", "", "", LATER | FIRST_YEAR, cover_from="day_after_payment", wait_months=0),
    own("nanjing", "", "", DAYS_90, **FROM_BIRTH),
    own("nanjing", "", "", LATER | FIRST_YEAR, cover_from="month_after_payment", wait_months=0),
    own("shenzhen", "", "", HALF_YEAR, **FROM_BIRTH),
    own("wuxi", "", "", DAYS_90, **FROM_BIRTH),
)

NAMED = ("death", "paid_twice", "joined_employee_scheme", "joined_elsewhere")
BEFORE, BEGUN = {"benefit_year_begun": "no"}, {"benefit_year_begun": "yes"}
REFUND = (
    # nhsa-2021-11#refund; "暂停…不再退回" hardly means a year paid twice.
    own(NATION, "", "", {"reason": NAMED} | BEFORE, refund="on_application"),
    own(NATION, "", "", {"reason": "other"} | BEFORE, refund="no_rule_found"),
    own(NATION, "", "", {"reason": ("death", "joined_employee_scheme", "joined_elsewhere", "other")} | BEGUN, refund="no"),
    own(NATION, "", "", {"reason": "paid_twice"} | BEGUN, refund=U),
)

STAYING, NO_CLAIM = {"reward": "continuous"}, {"reward": "zero_claim"}
EARNED_KEPT = {"after_break": "years_restart_earned_kept"}
REWARD = (
    # sc-2024-38#incentives, #bonus-used; nhsa-resident-notice-2024.
    own(NATION, "", NEW, {}, raise_fen=U),
    own(NATION, NEW, "", STAYING, after_years=4, raise_fen=U, raise_at_least_fen=yuan("1000"), at_most_percent_of_cap=20, after_use="kept", **EARNED_KEPT),
    own(NATION, NEW, "", NO_CLAIM, raise_fen=U, raise_at_least_fen=yuan("1000"), at_most_percent_of_cap=20, after_use="starts_again"),
    own("hebei", NEW, "", STAYING, after_years=4, raise_fen=yuan("2000"), at_most_percent_of_cap=20, **EARNED_KEPT),
    own("hebei", NEW, "", NO_CLAIM, raise_fen=yuan("2000"), at_most_percent_of_cap=20),
    # jingzhou-resident-2026 speaks for Jingzhou; the share of 20 % is the nation's.
    own("hubei", NEW, "", STAYING, raise_fen=yuan("3000"), **EARNED_KEPT),
    own("hubei", NEW, "", NO_CLAIM, raise_fen=yuan("3000")),
    own("jiangxi", NEW, "", STAYING, after_years=4, raise_fen=yuan("3000"), at_most_percent_of_cap=20),
    own("jiangxi", NEW, "", NO_CLAIM, raise_fen=yuan("3000"), at_most_percent_of_cap=20),
    own("shaanxi", NEW, "", STAYING, raise_at_least_fen=yuan("3000")),
    own("shaanxi", NEW, "", NO_CLAIM, raise_at_least_fen=yuan("3000")),
    own("shandong", NEW, "", STAYING, after_years=4, raise_fen=yuan("3000"), at_most_percent_of_cap=20, lowered_on_return_fen=yuan("3000")),
    own("shandong", NEW, "", NO_CLAIM, raise_fen=yuan("3000"), at_most_percent_of_cap=20),
    # sc-draft-resident-2025: a draft.
    own("sichuan", NEW, "", STAYING, raise_fen=U),
    own("sichuan", NEW, "", NO_CLAIM, raise_fen=U),
    # xuchang-answer-2026 (conf 2.5).
    own("xuchang", "", "", STAYING, raise_fen=yuan("3000"), at_most_fen=yuan("80000"), **EARNED_KEPT),
    own("xuchang", "", "", NO_CLAIM, raise_fen=yuan("3000"), at_most_fen=yuan("80000"), after_use="starts_again"),
)
# fmt: on
TABLES = {
    "resident_enrolment": ENROLMENT,
    "resident_premium": PREMIUM,
    "resident_wait": WAIT,
    "resident_repair": REPAIR,
    "newborn": BORN,
    "resident_refund": REFUND,
    "resident_reward": REWARD,
}
