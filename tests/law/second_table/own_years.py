"""Years for retirement, how missing ones are made up, the retirement age, and the ceiling that hangs on continuity: what
each place says, written from the cited words. Years are told in months."""

from datetime import date
from itertools import pairwise

from tests.law.second_table.own import own, percent, up_to, yuan
from tests.law.second_table.table import NO_END, U

MAN, WOMAN = {"sex": "man"}, {"sex": "woman"}
YEARS = 12


def from_(first: int) -> range:
    return range(first, NO_END)


def retires(first: int, last: int) -> dict[str, range]:
    return {"retirement_year": range(first, last + 1)}


def man_and_woman(place, man, woman, facts=None, **more):
    return tuple(
        own(place, "", "", sex | (facts or {}), total_months=years * YEARS, **more)
        for sex, years in ((MAN, man), (WOMAN, woman))
    )


# fmt: off
MEDICAL_YEARS = (
    # sil-2010#art27, mohrss-2011-13#art7: left to the places; nhsa-2021-43#retiree-not-bound.
    own("china", "", "", {}, total_months=U, tied_to_pension_place="no"),
    # bj-order-68: 25 and 20, of which 10 actual.
    *man_and_woman("beijing", 25, 20, actual_months=120),
    # cd-years-report: before 2009 15 in all; from 2009 15 without a break or 20 in all. The draft for 2026 is a draft.
    own("chengdu", "", "", {"joined_year": up_to(2008)}, total_months=180),
    own("chengdu", "", "", {"joined_year": from_(2009)}, total_months=240, or_continuous_months=180),
    # cq-years-reports, cq-individual-measure: 30 and 25, of which 10 in the city.
    *man_and_woman("chongqing", 30, 25, local_actual_months=120),
    # gd-2022-6#art6, art8, art9, in force until 2025-06-30: "到2030年1月1日统一为男职工30年，女职工25年"; nothing newer.
    own("guangdong", "", "2025-07-01", retires(0, 2029), total_months=U, local_actual_months=120, tied_to_pension_place="no"),
    own("guangdong", "", "2025-07-01", MAN | {"retirement_year": from_(2030)}, total_months=360, local_actual_months=120, tied_to_pension_place="no"),
    own("guangdong", "", "2025-07-01", WOMAN | {"retirement_year": from_(2030)}, total_months=300, local_actual_months=120, tied_to_pension_place="no"),
    own("guangdong", "2025-07-01", "", retires(0, 2029), total_months=U, local_actual_months=U),
    own("guangdong", "2025-07-01", "", MAN | {"retirement_year": from_(2030)}, total_months=360, local_actual_months=U),
    own("guangdong", "2025-07-01", "", WOMAN | {"retirement_year": from_(2030)}, total_months=300, local_actual_months=U),
    # gz-medical-regulation#art19 draws the line at 2015, gz-years-reports at 2014; still so in 2025 (#used-2025).
    own("guangzhou", "", "", {"joined_year": up_to(2013)} | retires(0, 2025), total_months=120, local_actual_months=120),
    own("guangzhou", "", "", {"joined_year": range(2014, 2016)} | retires(0, 2025), total_months=U, local_actual_months=120),
    own("guangzhou", "", "", {"joined_year": from_(2016)} | retires(0, 2025), total_months=180, local_actual_months=120),
    own("guangzhou", "", "", retires(2026, 2029), total_months=U),
    # hz-years-reports#local-10.
    own("hangzhou", "", "", {}, local_actual_months=120),
    # js-regulation-2023#years; nj-years-notice#years: of which 10 actual.
    *man_and_woman("jiangsu", 25, 20),
    *man_and_woman("nanjing", 25, 20, actual_months=120),
    # sn-years-report: "具体可由各市…确定". sc-draft-years: a draft.
    own("shaanxi", "", "", {}, total_months=U),
    own("sichuan", "", "", {}, total_months=U),
    # sh-answer-2026-06-29#years-15 "超过15年"; sh-regulation-2024#art16: years in the city too, number not seen.
    own("shanghai", "", "", {}, total_months=180, more_than="yes", local_actual_months=U),
    # sz-256#art14 (2022: 23 years), sz-years-reports#total-by-year, sz-years-answer: 10 years in the city from December
    # 2022, 10 of tier 1. The years before 2022 asked for fewer, in steps; they are over.
    own("shenzhen", "", "", retires(2022, 2022), total_months=276, local_actual_months=U, tier_1_months=120),
    own("shenzhen", "", "", retires(2023, 2023), total_months=288, local_actual_months=120, tier_1_months=120),
    own("shenzhen", "", "", retires(2024, 2025), total_months=300, local_actual_months=120, tier_1_months=120),
    own("shenzhen", "", "", retires(2026, 2029), total_months=U, local_actual_months=120, tier_1_months=120),
    own("shenzhen", "", "", {"retirement_year": from_(2030)}, local_actual_months=120, tier_1_months=120),
    # tj-regulation#years: 25 and 20, of which 5 actual.
    *man_and_woman("tianjin", 25, 20, actual_months=60),
    # wh-years-rules#years: 30 and 25, of which 10 paid in the city.
    *man_and_woman("wuhan", 30, 25, actual_months=120),
    # xa-2015-268#years: 30 and 25; actual 10 in 2016, one more each year, "至2021年达到15年为止".
    *man_and_woman("xian", 30, 25, {"retirement_year": from_(2021)}, actual_months=180),
    # zj-regulation-2021#art21.
    own("zhejiang", "", "", {}, total_months=240),
)


def kind(*kinds: str) -> dict[str, tuple[str, ...]]:
    return {"kind": kinds}


ARMY, SPOUSE, ELSEWHERE, HERE = "military_service", "accompanying_spouse", "paid_elsewhere", "paid_here"
BEFORE, RESIDENT, TWICE, UNEMPLOYED = "before_the_scheme", "resident_scheme", "overlapping", "unemployment_benefit"
COUNTED = (
    # nhsa-2021-43#years, sil-2010#art32, military-insurance-law-2012#art23 (视同) and art27 (合并计算), mohrss-2011-77#years.
    own("china", "", "", kind(HERE, ELSEWHERE, SPOUSE, UNEMPLOYED), counts_as="counted"),
    own("china", "", "", kind(ARMY), counts_as="deemed"),
    own("china", "", "", kind(BEFORE, RESIDENT, TWICE), counts_as=U),
    # bj-order-68#art11-make-up: "连续工龄…视同".
    own("beijing", "", "", kind(BEFORE), counts_as="deemed"),
    # cy-mutual-2024: from 2024-03-01 years in Chongqing and Chengdu are added up.
    own("chengdu", "2024-03-01", "", kind(ELSEWHERE), counts_as="counted"),
    # cq-years-reports: moved-in (视同), once, resident-12 (12.5 %), with-employer (视同).
    own("chongqing", "", "", kind(ELSEWHERE, ARMY, SPOUSE, BEFORE), counts_as="deemed"),
    own("chongqing", "", "", kind(TWICE), counts_as="counted_once"),
    own("chongqing", "", "", kind(RESIDENT), counts_as="counted_in_part", share_bp=percent("12.5")),
    # gd-2022-6#art7 (视同…实际), art5.
    own("guangdong", "", "", kind(ARMY), counts_as="actual"),
    own("guangdong", "", "", kind(TWICE), counts_as="counted_once"),
    # sh-2025-7#part4.
    own("shanghai", "", "", kind(HERE), counts_as="actual"),
    own("shanghai", "", "", kind(BEFORE), counts_as="deemed"),
    # tj-years-2018#deemed, tj-years-2024: enterprises before November 2001; what was paid here is actual (2024).
    own("tianjin", "", "", kind(ELSEWHERE, ARMY, SPOUSE), counts_as="deemed"),
    own("tianjin", "", "", kind(BEFORE), counts_as="deemed", before=date(2001, 11, 1)),
    own("tianjin", "2024-01-01", "", kind(HERE), counts_as="actual"),
    # wh-years-rules: deemed to December 2006; service and years from elsewhere are deemed.
    own("wuhan", "", "", kind(HERE), counts_as="actual"),
    own("wuhan", "", "", kind(ELSEWHERE, ARMY), counts_as="deemed"),
    own("wuhan", "", "", kind(BEFORE), counts_as="deemed", before=date(2007, 1, 1)),
    # xa-2015-268: deemed to the end of 1999; service and unemployment benefit since then are actual, as is the spouse's time.
    own("xian", "", "", kind(HERE, SPOUSE), counts_as="actual"),
    own("xian", "", "", kind(BEFORE), counts_as="deemed", before=date(2000, 1, 1)),
    own("xian", "", "", kind(ARMY, UNEMPLOYED), counts_as="deemed", before=date(2000, 1, 1), from_then_on="actual"),
)

EMPLOYER, ALONE = {"payer": "employer"}, {"payer": "flexible"}
ONE, TWO = {"tier": "tier_1"}, {"tier": "tier_2"}
EITHER_WAY = {"how": "monthly_or_lump_sum"}
SHENZHEN = EITHER_WAY | {
    "base": "average_wage_two_years_before", "base_percent": 60, "benefits_meanwhile": "as_employed",
    "account_meanwhile": "not_credited",
}
SHORTFALL = (
    # sil-2010#art27: "可以缴费至国家规定年限".
    own("china", "", "", {}, how="pay_until_reached"),
    # bj-order-68#art11-make-up speaks of those who began before.
    own("beijing", "", "", {"started_work": "before_the_scheme"}, how="lump_sum"),
    # cq-years-reports#lump-sum, #price-2025 (60 yuan a year go on).
    own("chongqing", "", "", EMPLOYER, how="lump_sum"),
    *(
        row
        for tier, price in ((ONE, "3663.60"), (TWO, "8059.92"))
        for row in (
            own("chongqing", "", "2025-01-01", ALONE | tier, how="lump_sum"),
            own("chongqing", "2025-01-01", "2026-01-01", ALONE | tier, how="lump_sum", fen_per_year=yuan(price), extra_fen_per_year=yuan("60")),
            own("chongqing", "2026-01-01", "", ALONE | tier, how="lump_sum", fen_per_year=U),
        )
    ),
    # gd-2022-6#art10, art11.
    own(
        "guangdong", "", "", {}, **EITHER_WAY, base="average_wage_two_years_before", rate="employer_rate",
        benefits_meanwhile="as_employed", account_meanwhile="not_credited", account_may_pay="yes",
        or_resident_scheme="years_stay_on_record",
    ),
    # hz-data-2023, hz-data-2024; 2025: "没有查到". zj-regulation-2021#art21-make-up.
    own("hangzhou", "", "2024-01-01", {}, **EITHER_WAY, fen_per_month=yuan("352.17"), fen_per_month_lump_sum=yuan("590.9")),
    own("hangzhou", "2024-01-01", "2025-01-01", {}, **EITHER_WAY, fen_per_month=yuan("397.12"), fen_per_month_lump_sum=yuan("665.86")),
    own("hangzhou", "2025-01-01", "", {}, **EITHER_WAY, fen_per_month=U, fen_per_month_lump_sum=U),
    own("zhejiang", "", "", {}, **EITHER_WAY),
    # js-regulation-2023#years; nj-years-notice#make-up; Suzhou's price of 2022: "2023年6月以后的标准没有查到".
    own("jiangsu", "", "", {}, **EITHER_WAY, benefits_meanwhile="as_employed"),
    own("nanjing", "", "", {}, **EITHER_WAY, base="base_floor", rate="employer_rate", benefits_meanwhile="as_employed"),
    own("suzhou", "", "", {}, **EITHER_WAY, fen_per_month_lump_sum=U),
    # sh-regulation-2024#art16.
    own("shanghai", "", "", {}, how="pay_until_reached"),
    # sz-price-answer-2025 (60 % times 6 % or 2 %), sz-two-ways-answer-2025, sz-years-reports#price-2025.
    *(
        row
        for tier, rate, price in ((ONE, "6", "403.98"), (TWO, "2", "134.66"))
        for row in (
            own("shenzhen", "", "2025-01-01", tier, **SHENZHEN, rate_bp=percent(rate)),
            own("shenzhen", "2025-01-01", "2026-01-01", tier, **SHENZHEN, rate_bp=percent(rate), fen_per_month=yuan(price), fen_per_month_lump_sum=yuan(price)),
            own("shenzhen", "2026-01-01", "", tier, **SHENZHEN, rate_bp=percent(rate), fen_per_month=U),
        )
    ),
    # tj-regulation#make-up.
    own("tianjin", "", "", {}, how="lump_sum"),
    # wh-years-rules: 5 % of the province's base for those with an employer; 7 yuan a month go on.
    own("wuhan", "", "", EMPLOYER, how="lump_sum", base="provincial_base", rate_bp=percent("5"), extra_fen_per_month=yuan("7")),
    own("wuhan", "", "", ALONE, **EITHER_WAY, extra_fen_per_month=yuan("7")),
    # xa-2015-268#make-up: 7 % of last year's average wage.
    own("xian", "", "", {}, **EITHER_WAY, base="average_wage", rate_bp=percent("7")),
)

DECISION, IN_FORCE = "2024-09-13", date(2025, 1, 1)
AGES = (("man", 60, 4, 36), ("woman_55", 55, 4, 36), ("woman_50", 50, 2, 60))
RETIREMENT_AGE = tuple(
    row
    for group, age, every, at_most in AGES
    for row in (
        # retirement-decision-2024: old-ages, ages-by-4, ages-by-2, annexes 1 to 3, flexible-early, flexible-late.
        own("china", "", DECISION, {"group": group}, age_months=age * YEARS, delay_at_most=0),
        own(
            "china", DECISION, "", {"group": group}, age_months=age * YEARS, delay_from=IN_FORCE, one_month_per=every,
            delay_at_most=at_most, earlier_at_most=36, later_at_most=36,
        ),
    )
)
EARLIER, LATER = {"choice": "earlier"}, {"choice": "later"}
RETIREMENT_CHOICE = (
    own("china", "", DECISION, {}, possible=U),
    own("china", DECISION, "2025-01-01", EARLIER, possible="yes", decided_by="employee"),
    own("china", DECISION, "2025-01-01", LATER, possible="yes", decided_by="employee_and_employer"),
    # flexible-retirement-2024: 3 months' notice; one month; which year's years count.
    own("china", "2025-01-01", "", EARLIER, possible="yes", decided_by="employee", notice_months=3, pension_years_of="year_chosen"),
    own("china", "2025-01-01", "", LATER, possible="yes", decided_by="employee_and_employer", notice_months=1, pension_years_of="year_of_statutory_age"),
)
PENSION_YEARS = (
    # sil-2010#art16; retirement-decision-2024#annex4: 15 to 2029, half a year more each year, 20 from 2039.
    own("china", "", DECISION, {}, months=180),
    own("china", DECISION, "", retires(0, 2029), months=180),
    *(own("china", DECISION, "", retires(year, year), months=180 + 6 * (year - 2029)) for year in range(2030, 2039)),
    own("china", DECISION, "", {"retirement_year": from_(2039)}, months=240),
)
#: sz-256#cap and #art63: 不满6个月 1, 满6个月 2, 满12个月 3, 满24个月 4, 满36个月 5, 满72个月 6 times the average wage.
STEPS = (0, 6, 12, 24, 36, 72, NO_END)
BENEFIT_CAP = (
    own("china", "", "", {}, depends_on_continuity="no_such_rule_found"),
    *(
        own(
            "shenzhen", "", "", {"continuous_months": range(first, after)}, depends_on_continuity="yes", average_wages=times,
            restarts_after_months=3, restart_counted="cumulative_in_insurance_year",
        )
        for times, (first, after) in enumerate(pairwise(STEPS), 1)
    ),
)
# fmt: on
TABLES = {
    "medical_years": MEDICAL_YEARS,
    "counted_years": COUNTED,
    "shortfall": SHORTFALL,
    "retirement_age": RETIREMENT_AGE,
    "retirement_choice": RETIREMENT_CHOICE,
    "pension_years": PENSION_YEARS,
    "benefit_cap": BENEFIT_CAP,
}
