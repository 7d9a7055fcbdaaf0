"""Contribution bases and rates, account credits and interest: what each place says, written from the cited words.

The base year begins in July in Beijing, Chengdu, Shanghai and Wuhan, in January elsewhere. A year whose numbers were
not found is open (U), so that last year's do not go on unseen.
"""

from tests.law.second_table.own import own, percent, yuan
from tests.law.second_table.table import U

EMPLOYER, ALONE = {"payer": "employer"}, {"payer": "flexible"}
WITH, WITHOUT = {"mode": "with_account"}, {"mode": "without_account"}
ONE, TWO = {"tier": "tier_1"}, {"tier": "tier_2"}


def wages(place, begins, ends, floor, ceiling):
    """Employees: their own wage between two limits."""
    limits = {"floor_fen": yuan(floor) if floor else U, "ceiling_fen": yuan(ceiling) if ceiling else U}
    return own(place, begins, ends, EMPLOYER, base_is="own_wage_between", **limits)


def chosen(place, begins, ends, floor, ceiling):
    """People who pay alone choose between two limits."""
    limits = {"floor_fen": yuan(floor) if floor else U, "ceiling_fen": yuan(ceiling) if ceiling else U}
    return own(place, begins, ends, ALONE, base_is="chosen_between", **limits)


def fixed(place, begins, ends, base, **more):
    """People who pay alone pay on a fixed base."""
    return own(place, begins, ends, ALONE | more, base_is="fixed", fixed_fen=yuan(base) if base else U)


# fmt: off
BASE = (
    # sil-2010#art23 and sc-1998-44 name no limits.
    own("china", "", "", EMPLOYER, base_is=U, floor_fen=U, ceiling_fen=U),
    own("china", "", "", ALONE, base_is=U),
    # bj-base-2022 … 2025, bj-contribution-reports#base-2026.
    wages("beijing", "", "2023-07-01", "5869", "31884"),
    wages("beijing", "2023-07-01", "2024-07-01", "6326", "33891"),
    wages("beijing", "2024-07-01", "2025-07-01", "6821", "35283"),
    wages("beijing", "2025-07-01", "2026-07-01", "7162", "35811"),
    wages("beijing", "2026-07-01", "", "7270", "36348"),
    # cd-contribution-reports#base-2023, cd-base-2024, cd-base-2025 (from October). Base 2026: "从哪个月起执行没有查到".
    wages("chengdu", "2023-07-01", "2024-07-01", "4246", "21228"),
    wages("chengdu", "2024-07-01", "2025-10-01", "4511", "22555"),
    wages("chengdu", "2025-10-01", "2026-07-01", "4588", "22938"),
    wages("chengdu", "2026-07-01", "", "", ""),
    fixed("chengdu", "", "2023-07-01", "5428", **WITH),
    fixed("chengdu", "2023-07-01", "2024-07-01", "", **WITH),
    fixed("chengdu", "2024-07-01", "2025-10-01", "6015", **WITH),
    fixed("chengdu", "2025-10-01", "2026-07-01", "6117", **WITH),
    fixed("chengdu", "2026-07-01", "", "", **WITH),
    fixed("chengdu", "", "2023-07-01", "6785", **WITHOUT),
    fixed("chengdu", "2023-07-01", "2024-07-01", "", **WITHOUT),
    fixed("chengdu", "2024-07-01", "2025-10-01", "7518", **WITHOUT),
    fixed("chengdu", "2025-10-01", "2026-07-01", "7646", **WITHOUT),
    fixed("chengdu", "2026-07-01", "", "", **WITHOUT),
    # cq-base-2025, cq-contribution-reports#base-2026; individuals: cq-contribution-reports, cq-individual-2025.
    wages("chongqing", "2025-01-01", "2026-01-01", "4404", "22017"),
    wages("chongqing", "2026-01-01", "", "4553", "22765"),
    fixed("chongqing", "", "2024-01-01", ""),
    fixed("chongqing", "2024-01-01", "2025-01-01", "4850"),
    fixed("chongqing", "2025-01-01", "2026-01-01", "5125"),
    fixed("chongqing", "2026-01-01", "", ""),
    # gz-contribution-reports; people who pay alone: 60 % and 300 % of the same wage (gz-2022-1). 28,368 is five times 5,674.
    wages("guangzhou", "", "2023-01-01", "", ""),
    wages("guangzhou", "2023-01-01", "2024-01-01", "5674", "28368"),
    wages("guangzhou", "2024-01-01", "2025-01-01", "5996", "29979"),
    wages("guangzhou", "2025-01-01", "2026-01-01", "6236", "31179"),
    wages("guangzhou", "2026-01-01", "", "", ""),
    chosen("guangzhou", "", "2023-01-01", "", ""),
    chosen("guangzhou", "2023-01-01", "2024-01-01", "5674", "28368"),
    chosen("guangzhou", "2024-01-01", "2025-01-01", "5996", "29979"),
    chosen("guangzhou", "2025-01-01", "2026-01-01", "6236", "31179"),
    chosen("guangzhou", "2026-01-01", "", "", ""),
    # hz-contribution-reports, zj-answer-2025-12 ("起始月份在没有看到的部分"), hz-data-2023, hz-data-2024.
    # cit 7 i has 4,812 to 24,930 for "2024/25", without months: nothing is said of 2024.
    wages("hangzhou", "2025-01-01", "2026-01-01", "", ""),
    wages("hangzhou", "2026-01-01", "", "", ""),
    fixed("hangzhou", "", "2024-01-01", "3957"),
    fixed("hangzhou", "2024-01-01", "2025-01-01", "4462"),
    fixed("hangzhou", "2025-01-01", "2026-01-01", "4812"),
    fixed("hangzhou", "2026-01-01", "", ""),
    # js-base-2023, js-base-2025; 2024: two sets of numbers.
    wages("jiangsu", "", "2024-01-01", "4494", "24042"),
    wages("jiangsu", "2024-01-01", "2025-01-01", "", ""),
    wages("jiangsu", "2025-01-01", "2026-01-01", "4952", "24762"),
    wages("jiangsu", "2026-01-01", "", "", ""),
    chosen("jiangsu", "2025-01-01", "2026-01-01", "4952", "24762"),
    # nj-press-2023 takes the lower limit of js-base-2023 as its example.
    chosen("nanjing", "", "2024-01-01", "4494", "24042"),
    chosen("nanjing", "2024-01-01", "2025-01-01", "", ""),
    # sh-base-2025, sh-base-2026; people who pay alone: between 60 % and 300 % (sh-rate-answer-2025#flexible).
    wages("shanghai", "", "2026-07-01", "7460", "37302"),
    wages("shanghai", "2026-07-01", "", "7546", "37731"),
    chosen("shanghai", "", "2026-07-01", "7460", "37302"),
    chosen("shanghai", "2026-07-01", "", "7546", "37731"),
    # sz-contribution-reports, sz-notice-2024, sz-notice-2026; sz-358#art9: the limits are the same 60 % and 300 %.
    wages("shenzhen", "", "2024-01-01", "6123", "30615"),
    wages("shenzhen", "2024-01-01", "2025-01-01", "6475", "32376"),
    wages("shenzhen", "2025-01-01", "2026-01-01", "6733", "33666"),
    wages("shenzhen", "2026-01-01", "", "6727", "33633"),
    chosen("shenzhen", "", "2024-01-01", "6123", "30615"),
    chosen("shenzhen", "2024-01-01", "2025-01-01", "6475", "32376"),
    chosen("shenzhen", "2025-01-01", "2026-01-01", "6733", "33666"),
    chosen("shenzhen", "2026-01-01", "", "6727", "33633"),
    # tj-base-2024: "从2024年8月1日起执行"; the next, published on 2025-09-18: "从哪个月起执行没有看到".
    wages("tianjin", "", "2024-08-01", "", ""),
    wages("tianjin", "2024-08-01", "2025-09-18", "5013", "25065"),
    wages("tianjin", "2025-09-18", "", "", ""),
    fixed("tianjin", "", "2024-08-01", ""),
    fixed("tianjin", "2024-08-01", "2025-09-18", "5013"),
    fixed("tianjin", "2025-09-18", "", ""),
    # wh-contribution-reports, hb-base-2025.
    wages("wuhan", "", "2023-07-01", "4077", "20385"),
    wages("wuhan", "2023-07-01", "2024-07-01", "", ""),
    wages("wuhan", "2024-07-01", "2025-07-01", "4494", "22467"),
    wages("wuhan", "2025-07-01", "2026-07-01", "4498", "22488"),
    wages("wuhan", "2026-07-01", "", "", ""),
    fixed("wuhan", "", "2023-07-01", "6795"),
    fixed("wuhan", "2023-07-01", "2024-07-01", ""),
    fixed("wuhan", "2024-07-01", "2025-07-01", "7489"),
    fixed("wuhan", "2025-07-01", "", ""),
    # xa-contribution-reports, xa-base-2026.
    wages("xian", "2024-01-01", "2025-01-01", "5182", "25912"),
    wages("xian", "2025-01-01", "", "", ""),
    fixed("xian", "", "2024-01-01", ""),
    fixed("xian", "2024-01-01", "2025-01-01", "5203"),
    fixed("xian", "2025-01-01", "2026-01-01", "5182"),
    fixed("xian", "2026-01-01", "", "4990"),
)


def share(place, begins, ends, facts, employer, person, **says):
    """A share of the base: the employer's and the person's, in percent; None where it is open or nobody's."""
    shares = {name: percent(value) if value else U for name, value in (("employer_bp", employer), ("person_bp", person))}
    if facts.get("payer") == "flexible":
        del shares["employer_bp"]
    return own(place, begins, ends, facts, charged="share_of_base", **shares, **says)


def sum_(place, begins, ends, facts, **says):
    """A fixed sum."""
    return own(place, begins, ends, facts, charged="fixed_sum", **says)


RATE = (
    # sc-1998-44#financing: "6%左右", "一般" 2 %; rates differ by place.
    share("china", "", "", EMPLOYER, None, None),
    own("china", "", "", ALONE, charged=U),
    # bj-contribution-reports#rates: 9.8 %, with maternity; the person 2 % and 3 yuan.
    share("beijing", "", "", EMPLOYER, "9.8", "2", includes_maternity="yes", extra_fen_per_month=yuan("3")),
    sum_("beijing", "", "2023-07-01", ALONE, fen_per_month=yuan("520.8")),
    sum_("beijing", "2023-07-01", "2024-07-01", ALONE, fen_per_month=yuan("553.56")),
    sum_("beijing", "2024-07-01", "2025-07-01", ALONE, fen_per_month=yuan("576.32")),
    sum_("beijing", "2025-07-01", "2026-07-01", ALONE, fen_per_month=yuan("584.92")),
    sum_("beijing", "2026-07-01", "", ALONE, fen_per_month=U),
    # cd-contribution-reports, cd-base-2024#amounts, cd-answer-2025.
    share("chengdu", "", "", EMPLOYER, "8.3", "2", includes_maternity="yes"),
    sum_("chengdu", "", "2023-07-01", ALONE | WITH, fen_per_month=yuan("515.66")),
    sum_("chengdu", "2023-07-01", "2024-07-01", ALONE | WITH, fen_per_month=yuan("537.8")),
    share("chengdu", "2024-07-01", "2025-10-01", ALONE | WITH, None, "9.5", fen_per_month=yuan("571.42")),
    share("chengdu", "2025-10-01", "", ALONE | WITH, None, "9.5"),
    sum_("chengdu", "", "2023-07-01", ALONE | WITHOUT, fen_per_month=yuan("271.40")),
    sum_("chengdu", "2023-07-01", "2024-07-01", ALONE | WITHOUT, fen_per_month=yuan("283.04")),
    sum_("chengdu", "2024-07-01", "2025-10-01", ALONE | WITHOUT, fen_per_month=yuan("300.72")),
    sum_("chengdu", "2025-10-01", "", ALONE | WITHOUT, fen_per_month=U),
    # cq-contribution-reports, cq-individual-2025: sums for a year.
    share("chongqing", "", "", EMPLOYER, "8.5", "2", includes_maternity="yes", extra_fen_per_month=yuan("5")),
    sum_("chongqing", "", "2023-01-01", ALONE | ONE, fen_per_year=U),
    sum_("chongqing", "2023-01-01", "2024-01-01", ALONE | ONE, fen_per_year=yuan("2670")),
    sum_("chongqing", "2024-01-01", "2025-01-01", ALONE | ONE, fen_per_year=yuan("2910")),
    sum_("chongqing", "2025-01-01", "2026-01-01", ALONE | ONE, fen_per_year=yuan("3075"), fen_per_month=yuan("256.25")),
    sum_("chongqing", "2026-01-01", "", ALONE | ONE, fen_per_year=U),
    sum_("chongqing", "", "2023-01-01", ALONE | TWO, fen_per_year=U),
    sum_("chongqing", "2023-01-01", "2024-01-01", ALONE | TWO, fen_per_year=yuan("5874")),
    sum_("chongqing", "2024-01-01", "2025-01-01", ALONE | TWO, fen_per_year=yuan("6402")),
    sum_("chongqing", "2025-01-01", "2026-01-01", ALONE | TWO, fen_per_year=yuan("6765"), fen_per_month=yuan("563.75")),
    sum_("chongqing", "2026-01-01", "", ALONE | TWO, fen_per_year=U),
    # gz-contribution-reports, gz-cut-2024 (2024-03-01 to 2025-12-31), gz-2022-1.
    share("guangzhou", "", "2024-03-01", EMPLOYER, "6.85", "2", includes_maternity="yes"),
    share("guangzhou", "2024-03-01", "2026-01-01", EMPLOYER, "4.5", "2", includes_maternity="no"),
    share("guangzhou", "2026-01-01", "", EMPLOYER, "6.85", "2", includes_maternity="yes"),
    share("guangzhou", "", "2024-03-01", ALONE, None, "8"),
    share("guangzhou", "2024-03-01", "2026-01-01", ALONE, None, "6.5"),
    share("guangzhou", "2026-01-01", "", ALONE, None, "8"),
    # hz-rate-2022, hz-data-2023, hz-data-2024, hz-contribution-reports.
    share("hangzhou", "", "", EMPLOYER, "9.5", "2", includes_maternity="yes"),
    share("hangzhou", "", "2024-01-01", ALONE, None, "9.5", includes_maternity="yes", fen_per_month=yuan("375.92")),
    share("hangzhou", "2024-01-01", "2025-01-01", ALONE, None, "9.5", includes_maternity="yes", fen_per_month=yuan("423.89")),
    share("hangzhou", "2025-01-01", "2026-01-01", ALONE, None, "9.5", includes_maternity="yes", fen_per_month=yuan("457.14")),
    share("hangzhou", "2026-01-01", "", ALONE, None, "9.5", includes_maternity="yes"),
    # nj-press-2023, nj-contribution-reports: 10 yuan more for large costs.
    share("nanjing", "", "2024-01-01", EMPLOYER, "7.8", "2", includes_maternity="yes", extra_fen_per_month=yuan("10")),
    share("nanjing", "2024-01-01", "2025-01-01", EMPLOYER, None, "2", extra_fen_per_month=yuan("10")),
    share("nanjing", "2025-01-01", "", EMPLOYER, "7.8", "2", includes_maternity="yes", extra_fen_per_month=yuan("10")),
    share("nanjing", "", "", ALONE, None, "8", extra_fen_per_month=yuan("10")),
    # sh-rate-2025, sh-rate-answer-2025, sh-contribution-reports#rate-2026.
    share("shanghai", "", "2026-03-01", EMPLOYER, "9", "2", includes_maternity="yes"),
    share("shanghai", "2026-03-01", "", EMPLOYER, "9", "2", includes_maternity="yes"),
    share("shanghai", "", "", ALONE, None, "10"),
    # sz-358#art8, art9; sz-notice-2024, sz-notice-2026: cut in 2024 and 2025. Maternity is paid apart.
    share("shenzhen", "", "2024-01-01", EMPLOYER | ONE, "6", "2", includes_maternity="no"),
    share("shenzhen", "2024-01-01", "2026-01-01", EMPLOYER | ONE, "5", "2", includes_maternity="no"),
    share("shenzhen", "2026-01-01", "", EMPLOYER | ONE, "6", "2", includes_maternity="no"),
    share("shenzhen", "", "", EMPLOYER | TWO, "1.5", "0.5", includes_maternity="no"),
    share("shenzhen", "", "2024-01-01", ALONE, None, "8"),
    share("shenzhen", "2024-01-01", "2026-01-01", ALONE, None, "7"),
    share("shenzhen", "2026-01-01", "", ALONE, None, "8"),
    # su-contribution-reports#rates-2023: "是否执行到2023年底没有看到"; su-rate-2024: 5 yuan for large costs.
    share("suzhou", "", "2024-01-01", EMPLOYER, None, "2"),
    share("suzhou", "2024-01-01", "", EMPLOYER, "7", "2", includes_maternity="no", extra_fen_per_month=yuan("5")),
    share("suzhou", "", "2024-01-01", ALONE, None, None),
    share("suzhou", "2024-01-01", "", ALONE, None, "8", extra_fen_per_month=yuan("5")),
    # tj-contribution-reports, tj-flexible-2026.
    share("tianjin", "", "", EMPLOYER | WITH, "10.5", "2", includes_maternity="yes"),
    share("tianjin", "", "", EMPLOYER | WITHOUT, None, None),
    share("tianjin", "", "2026-03-09", ALONE, None, None),
    share("tianjin", "2026-03-09", "", ALONE, None, "8.5", includes_maternity="yes"),
    # wh-contribution-reports, wh-answer-2022: 7 yuan for large costs.
    share("wuhan", "", "", EMPLOYER, "8.7", "2", includes_maternity="yes", extra_fen_per_month=yuan("7")),
    share("wuhan", "", "2023-07-01", ALONE, None, "6", extra_fen_per_month=yuan("7")),
    share("wuhan", "2023-07-01", "2024-07-01", ALONE, None, None),
    share("wuhan", "2024-07-01", "2025-07-01", ALONE, None, "4.8", extra_fen_per_month=yuan("7")),
    share("wuhan", "2025-07-01", "", ALONE, None, None),
    # xa-contribution-reports, xa-cut-2025, xa-base-2026: 8 yuan for large costs.
    share("xian", "", "2025-12-01", EMPLOYER, "7", "2", includes_maternity="no"),
    share("xian", "2025-12-01", "2026-12-01", EMPLOYER, "6", "2", includes_maternity="no"),
    share("xian", "2026-12-01", "", EMPLOYER, None, "2"),
    share("xian", "", "2025-01-01", ALONE, None, "9", extra_fen_per_month=yuan("8")),
    share("xian", "2025-01-01", "2026-01-01", ALONE, None, "9", extra_fen_per_month=yuan("8"), fen_per_month=yuan("466.38")),
    share("xian", "2026-01-01", "", ALONE, None, "8", extra_fen_per_month=yuan("8"), fen_per_month=yuan("399.2")),
)

EMPLOYEE, RETIREE, UNEMPLOYED = {"status": "employee"}, {"status": "retiree"}, {"status": "unemployment_benefit"}
SELF = {"status": "flexible"}
BOTH_AT_WORK = {"status": ("employee", "flexible")}


def own_share(place, facts, begins="", ends="", **more):
    """2 % of the own base."""
    return own(place, begins, ends, facts, credited="share_of_base", bp_of_base=percent("2"), **more)


def nothing(place, facts, **more):
    return own(place, "", "", facts, credited="nothing", **more)


CREDIT = (
    # sc-2021-14 (retirees: "逐步调整到 … 2%左右" is for the places to do), mohrss-2011-77#unemployed-cover (who pays).
    own_share("china", EMPLOYEE),
    own("china", "", "", RETIREE, credited="fixed_sum"),
    own("china", "", "", SELF, credited=U),
    own("china", "", "", UNEMPLOYED, credited=U),
    # bj-credit-2022: under 70 100 yuan, from 70 on 110. bj-contribution-reports#flexible-no-account.
    own_share("beijing", EMPLOYEE),
    own("beijing", "", "", RETIREE | {"age": range(70)}, credited="fixed_sum", fen_per_month=yuan("100"), how="monthly"),
    own("beijing", "", "", RETIREE | {"age": range(70, 10_000)}, credited="fixed_sum", fen_per_month=yuan("110"), how="monthly"),
    nothing("beijing", SELF),
    # cd-contribution-reports#credit.
    own_share("chengdu", EMPLOYEE),
    nothing("chengdu", SELF | WITHOUT),
    # cq-contribution-reports: retirees' sum "没有查到"; individuals: tier 1 nothing, tier 2 an account.
    own_share("chongqing", EMPLOYEE),
    own("chongqing", "", "", RETIREE, credited="fixed_sum", about_bp_of_average_pension=percent("2"), fen_per_month=U),
    nothing("chongqing", SELF | ONE),
    # gz-contribution-reports: 169.08 less 8.66 for long-term care.
    own_share("guangzhou", EMPLOYEE),
    own(
        "guangzhou", "", "", RETIREE, credited="fixed_sum", about_bp_of_average_pension=percent("2.8"),
        fen_per_month=yuan("169.08"), less_fen_per_month=yuan("8.66"), how="monthly",
    ),
    own_share("hangzhou", EMPLOYEE),
    # js-contribution-reports#retiree: 2.5 %, sums differ.
    own("jiangsu", "2024-01-01", "", RETIREE, credited="fixed_sum", about_bp_of_average_pension=percent("2.5"), fen_per_month=U),
    own_share("nanjing", EMPLOYEE),
    own("nanjing", "", "2024-01-01", RETIREE, credited="fixed_sum", fen_per_month=U, how="monthly"),
    # sh-account-2023, sh-retiree-credit-report: a year in advance.
    own_share("shanghai", EMPLOYEE),
    own("shanghai", "", "", RETIREE | {"age": range(75)}, credited="fixed_sum", fen_per_year=yuan("1680"), how="yearly_in_advance"),
    own("shanghai", "", "", RETIREE | {"age": range(75, 10_000)}, credited="fixed_sum", fen_per_year=yuan("1890"), how="yearly_in_advance"),
    # sz-contribution-reports#credit, sz-tiers-report.
    own_share("shenzhen", BOTH_AT_WORK | ONE),
    nothing("shenzhen", {"status": ("employee", "retiree"), "tier": "tier_2"}, bp_of_base=0),
    own_share("suzhou", EMPLOYEE),
    # tj-contribution-reports.
    own_share("tianjin", EMPLOYEE | WITH),
    nothing("tianjin", EMPLOYEE | WITHOUT, bp_of_base=0),
    nothing("tianjin", SELF),
    nothing("tianjin", UNEMPLOYED),
    # wh-contribution-reports: 83 yuan a month.
    own_share("wuhan", EMPLOYEE),
    own(
        "wuhan", "", "", RETIREE, credited="fixed_sum", about_bp_of_average_pension=percent("2.5"),
        fen_per_month=yuan("83"), how="monthly",
    ),
    nothing("wuhan", SELF),
    # xa-contribution-reports#credit: 100 yuan a month.
    own_share("xian", BOTH_AT_WORK),
    own("xian", "", "", RETIREE, credited="fixed_sum", fen_per_month=yuan("100"), how="monthly"),
)

#: sc-1998-44#interest.
INTEREST = (own("china", "", "", {}, this_year="demand_deposit", carried_over="three_month_deposit"),)
# fmt: on
TABLES = {"base": BASE, "rate": RATE, "credit": CREDIT, "interest": INTEREST}
