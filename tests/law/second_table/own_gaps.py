"""Gaps, switches, stop and count in places or on days that the large tables leave out: what each place says itself,
written from the cited words and the notes."""

from tests.law.second_table import CREDIT, MONTH, NEXT
from tests.law.second_table.own import own, up_to
from tests.law.second_table.table import NO_END, U

SAME, MOVING, ARREARS = ({"situation": where} for where in ("same_place", "transfer_in", "arrears"))
EMPLOYER, ALONE = {"payer": "employer"}, {"payer": "flexible"}
PAID, NOT_PAID = {"back_paid": "yes"}, {"back_paid": "no"}
UP_TO_2, UP_TO_3, THREE, OVER_3 = ({"gap": months} for months in (up_to(2), up_to(3), 3, range(4, NO_END)))
EVERY = {"back_pay": U, "wait_months": U, "gap_costs": U}
SIX = {"wait_months": 6, "wait_from": MONTH}
UP_TO_4, OVER_4 = {"gap": up_to(4)}, {"gap": range(5, NO_END)}
HERE = {"situation": ("same_place", "arrears")}
IN_YEAR_3, IN_YEAR_MORE = {"unpaid_in_year": up_to(3)}, {"unpaid_in_year": range(4, NO_END)}
SZ = {"back_pay": U, "wait_months": 0, "cover_from": NEXT}

# fmt: off
GAP = (
    # cit 6 a to c: paid up within 4 months it counts as continuous; after that the gap cannot be paid back and six months
    # start anew for inpatient costs. An employer at fault must pay back: the same page says both.
    own("chengdu", "", "", HERE | UP_TO_4 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="paid", continuity="kept"),
    own("chengdu", "", "", HERE | UP_TO_4 | NOT_PAID, back_pay="allowed", wait_months=U, gap_costs="not_paid"),
    own("chengdu", "", "", SAME | OVER_4, back_pay="not_allowed", **SIX, wait_scope="inpatient", gap_costs="not_paid", continuity="restarts"),
    own("chengdu", "", "", ARREARS | OVER_4 | PAID, back_pay=U, **SIX, wait_scope="inpatient", gap_costs=U, continuity="restarts"),
    own("chengdu", "", "", ARREARS | OVER_4 | NOT_PAID, back_pay=U, **SIX, wait_scope="inpatient", gap_costs="not_paid", continuity="restarts"),
    # cit 5 a, b, with conf 4.3: arrears of 3 months are made good; later only years, the employer bears the costs, and whether
    # the account is credited is a conflict. Individuals may not pay back. Waits: pages contradict each other.
    own("guangzhou", "", "", ARREARS | UP_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="paid", account_credit="credited", continuity="kept"),
    own("guangzhou", "", "", ARREARS | UP_TO_3 | NOT_PAID, back_pay="allowed", wait_months=U, cover_from=NEXT, gap_costs="not_paid"),
    own("guangzhou", "", "", ARREARS | OVER_3, back_pay="allowed", wait_months=U, cover_from=NEXT, gap_costs="not_paid", account_credit=U, cost_bearer="employer"),
    own("guangzhou", "", "", SAME | ALONE, back_pay="not_allowed", wait_months=U, cover_from=NEXT, gap_costs="not_paid", cost_bearer="person"),
    own("guangzhou", "", "", SAME | EMPLOYER | PAID, back_pay=U, wait_months=U, cover_from=NEXT, gap_costs=U),
    own("guangzhou", "", "", SAME | EMPLOYER | NOT_PAID, back_pay=U, wait_months=U, cover_from=NEXT, gap_costs="not_paid"),
    # dongguan-report (conf 4.3): arrears of 3 months paid with the late fee: it goes on; longer ones cannot be paid back.
    own("dongguan", "", "", ARREARS | EMPLOYER | UP_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=U, gap_costs=U),
    own("dongguan", "", "", ARREARS | OVER_3, back_pay="not_allowed", wait_months=U, gap_costs=U),
    # fuzhou-reports: costs of a gap; the waits are Fujian's.
    own("fuzhou", "", "", SAME | UP_TO_3 | PAID, gap_costs="paid"),
    own("fuzhou", "", "", SAME | OVER_3, gap_costs="not_paid"),
    # gd-2022-6#art12, in force until 2025-06-30.
    own("guangdong", "", "2025-07-01", MOVING | UP_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="may_be_paid"),
    own("guangdong", "", "2025-07-01", MOVING | OVER_3, wait_months=U, wait_at_most=6),
    # nantong-answer-2025 (cit 1.6): "3个月内", counted from the month of the break: exactly 3 is open.
    own("nantong", "", "", ARREARS | EMPLOYER | UP_TO_2 | PAID, back_pay="allowed", gap_costs="paid"),
    own("nantong", "", "", SAME | ALONE | UP_TO_2 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="paid"),
    own("nantong", "", "", SAME | ALONE | THREE | PAID, back_pay=U, wait_months=0, cover_from=U, gap_costs=U),
    own("nantong", "", "", SAME | ALONE | OVER_3, back_pay=U, wait_months=0, cover_from=NEXT, gap_costs="not_paid"),
    # ningbo-reports (conf 9): up to 3 from the second natural month; longer from the third.
    own("ningbo", "", "", SAME | UP_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=NEXT, gap_costs="paid"),
    own("ningbo", "", "", SAME | UP_TO_3 | NOT_PAID, back_pay="allowed", wait_months=0, cover_from=NEXT, gap_costs="not_paid"),
    own("ningbo", "", "", SAME | OVER_3, back_pay=U, wait_months=2, wait_from=MONTH, wait_scope="all", gap_costs="not_paid"),
    # sz-transfer-2025, in the paper of 2025-12-04; before, of more than 3 months nothing was found.
    own("shenzhen", "", "2025-12-04", MOVING | OVER_3, **EVERY),
    own("shenzhen", "2025-12-04", "", MOVING | UP_TO_3 | PAID, gap_costs="paid"),
    own("shenzhen", "2025-12-04", "", MOVING | UP_TO_3 | NOT_PAID, wait_months=0, cover_from=NEXT),
    own("shenzhen", "2025-12-04", "", MOVING | OVER_3, back_pay="not_allowed", wait_months=0, cover_from=NEXT, gap_costs="not_paid"),
    # cit 2 b, c (sz-256#art63): no wait; up to 3 months in an insurance year are joined, more start the count again. What the
    # employer pays back is joined however long it was (sz-256#employer-joined); only new costs are paid. Individuals: 358 not seen.
    own("shenzhen", "", "", SAME | PAID | IN_YEAR_3, **SZ, gap_costs=U, continuity="kept"),
    own("shenzhen", "", "", SAME | PAID | IN_YEAR_MORE, **SZ, gap_costs=U, continuity="restarts"),
    own("shenzhen", "", "", HERE | NOT_PAID | IN_YEAR_3, **SZ, gap_costs="not_paid", continuity="kept"),
    own("shenzhen", "", "", HERE | NOT_PAID | IN_YEAR_MORE, **SZ, gap_costs="not_paid", continuity="restarts"),
    own("shenzhen", "", "", ARREARS | PAID, **SZ, gap_costs=U, continuity="kept"),
    # sh-2025-7#part3.4: 6 months to those who pay alone, unless they join within 3 months of the end of benefits.
    own("shanghai", "", "", MOVING | ALONE | NOT_PAID | {"months_to_joining": up_to(3)}, wait_months=0, cover_from=NEXT),
    own("shanghai", "", "", MOVING | ALONE | NOT_PAID | UP_TO_3 | {"months_to_joining": range(4, NO_END)}, **SIX, wait_scope="all", gap_costs=U),
    own("shanghai", "", "", MOVING | ALONE | OVER_3 | {"months_to_joining": range(4, NO_END)}, back_pay=U, **SIX, wait_scope="all", gap_costs=U),
    # bj-gap-reports: employees next month, whatever the gap; of more than 3 months another page has 3 months (cit 3 c).
    own("beijing", "", "", SAME | EMPLOYER | UP_TO_3 | PAID, back_pay=U, wait_months=0, cover_from=NEXT, gap_costs=U),
    own("beijing", "", "", SAME | EMPLOYER | UP_TO_3 | NOT_PAID, back_pay=U, wait_months=0, cover_from=NEXT, gap_costs="not_paid"),
    own("beijing", "", "", SAME | EMPLOYER | OVER_3 | PAID, **EVERY),
    own("beijing", "", "", SAME | EMPLOYER | OVER_3 | NOT_PAID, **(EVERY | {"gap_costs": "not_paid"})),
    # Arrears: cover stops (bj-gap-reports#stop); of anything else nothing was found.
    own("beijing", "", "", ARREARS | NOT_PAID, **(EVERY | {"gap_costs": "not_paid"})),
    # hangzhou-reports#gap against zj-regulation-2021#art28-start (cit 7 a).
    own("hangzhou", "", "", SAME | EMPLOYER | UP_TO_3, back_pay=U, wait_months=0, cover_from=NEXT),
    own("hangzhou", "", "", SAME | EMPLOYER | OVER_3, back_pay=U, wait_months=U, wait_at_most=6, gap_costs=U),
)
#: Where only a part of what a place says is told here; the large table has the rest.
GAP_WITHIN = {
    "shanghai": MOVING | ALONE, "beijing": EMPLOYER, "hangzhou": SAME | EMPLOYER,
}

TO_EMPLOYEE, TO_RESIDENT = {"direction": "resident_to_employee"}, {"direction": "employee_to_resident"}
TWO_YEARS, LESS = {"insured_before": range(24, NO_END)}, {"insured_before": up_to(23)}
NO_GAP, ONE_TO_3, UNDER_3, ONE_OR_2, FROM_3 = (
    {"gap": months} for months in (0, range(1, 4), up_to(2), range(1, 3), range(3, NO_END))
)
FOUR_TO_6, OVER_6 = {"gap": range(4, 7)}, {"gap": range(7, NO_END)}
AT_ONCE, AT_CREDIT = {"wait_months": 0, "cover_from": NEXT}, {"wait_months": 0, "cover_from": CREDIT}
GOES_ON = {"resident_benefits_in_wait": "go_on_to_end_of_year"}
NOTICE = "2025-12-04"
SWITCH = (
    # nhsa-2021-43#art11.2: 2 years (含) and a gap of 3 months (含).
    own("china", "", "", TWO_YEARS | NO_GAP, wait_months=0, cover_from=MONTH, gap_costs="no_gap"),
    own("china", "", "", TWO_YEARS | ONE_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="may_be_paid"),
    own("china", "", "", TWO_YEARS | ONE_TO_3 | NOT_PAID, back_pay="allowed", wait_months=U, gap_costs=U),
    own("china", "", "", TWO_YEARS | OVER_3, **EVERY, wait_at_most=6),
    own("china", "", "", LESS, **EVERY),
    # gd-2022-6#art13.
    own("guangdong", "", "2025-07-01", TWO_YEARS | ONE_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="may_be_paid"),
    own("guangdong", "", "2025-07-01", TWO_YEARS | OVER_3, wait_months=U, wait_at_most=6),
    # chongqing-reports#employer-start "不分新参保还是接续"; #switch-answer: 6 months to individuals.
    own("chongqing", "", "", TO_EMPLOYEE | EMPLOYER | LESS, **AT_ONCE),
    own("chongqing", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | ONE_TO_3 | NOT_PAID, **AT_ONCE),
    own("chongqing", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | OVER_3, **AT_ONCE),
    own("chongqing", "", "", TO_EMPLOYEE | ALONE | OVER_3, wait_months=6),
    # fj-transfer-report#to-resident, with the bureau's answer of 2024-04-19: back to the first of the month after.
    own("fujian", "2024-04-19", "", TO_RESIDENT | UP_TO_3, wait_months=0, gap_costs="may_be_paid"),
    # hainan-2021-335 (conf 8): 3 | 4 to 6 | more; 50 % and 30 %.
    own("hainan", "", "", TO_RESIDENT | UP_TO_3, wait_months=0, cover_from=MONTH),
    own("hainan", "", "", TO_RESIDENT | TWO_YEARS | FOUR_TO_6, **SIX, benefit_percent=50, gap_costs=U),
    own("hainan", "", "", TO_RESIDENT | TWO_YEARS | OVER_6, **SIX, benefit_percent=30, gap_costs=U),
    own("hainan", "", "", TO_RESIDENT | LESS | OVER_3, **SIX, benefit_percent=30, gap_costs=U),
    own("hainan", "", "", TO_EMPLOYEE | TWO_YEARS | ONE_TO_3 | PAID, back_pay="allowed", wait_months=0, cover_from=MONTH, gap_costs="paid"),
    own("hainan", "", "", TO_EMPLOYEE | TWO_YEARS | ONE_TO_3 | NOT_PAID, wait_months=0, cover_from=MONTH),
    own("hainan", "", "", TO_EMPLOYEE | TWO_YEARS | FOUR_TO_6, **SIX, benefit_percent=50),
    own("hainan", "", "", TO_EMPLOYEE | TWO_YEARS | OVER_6, **SIX, benefit_percent=30),
    own("hainan", "", "", TO_EMPLOYEE | LESS, **SIX, benefit_percent=30),
    # js-circular-2022 (3 instead of 6; residents' benefits go on), js-regulation-2023#employee-start.
    own("jiangsu", "", "", TO_RESIDENT | TWO_YEARS | OVER_3, wait_at_most=3),
    own("jiangsu", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | OVER_3, wait_at_most=3, **GOES_ON),
    own("jiangsu", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | ONE_TO_3 | NOT_PAID, **GOES_ON),
    own("jiangsu", "", "", TO_EMPLOYEE | ALONE | LESS, **GOES_ON),
    own("jiangsu", "", "", TO_EMPLOYEE | EMPLOYER | LESS, **AT_CREDIT),
    own("jiangsu", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | ONE_TO_3 | NOT_PAID, **AT_CREDIT),
    own("jiangsu", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | OVER_3, wait_months=U, wait_at_most=3, cover_from=CREDIT),
    # ningbo-reports#residents: members of the resident scheme, within the year.
    own("ningbo", "", "", TO_EMPLOYEE | ALONE | NO_GAP, **AT_ONCE, gap_costs="no_gap"),
    # sh-2025-7#part3.4.2: within 3 months of the end of the resident scheme's benefits, the month of joining included.
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | LESS | UNDER_3, **AT_ONCE),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | LESS | FROM_3, **SIX),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | NO_GAP, **AT_ONCE),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | ONE_OR_2 | NOT_PAID, **AT_ONCE),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | ONE_OR_2 | PAID, wait_months=0, cover_from=MONTH),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | THREE | NOT_PAID, **SIX),
    own("shanghai", "", "", TO_EMPLOYEE | ALONE | TWO_YEARS | OVER_3, **SIX),
    own("shanghai", "", "", TO_EMPLOYEE | EMPLOYER | LESS, **AT_ONCE),
    own("shanghai", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | ONE_TO_3 | NOT_PAID, **AT_ONCE),
    own("shanghai", "", "", TO_EMPLOYEE | EMPLOYER | TWO_YEARS | OVER_3, **AT_ONCE),
    # sz-transfer-2025.
    own("shenzhen", NOTICE, "", TWO_YEARS | ONE_TO_3 | PAID, gap_costs="paid"),
    own("shenzhen", NOTICE, "", TO_EMPLOYEE | TWO_YEARS | OVER_3, back_pay="not_allowed", **AT_ONCE, gap_costs="not_paid"),
    own("shenzhen", NOTICE, "", TO_EMPLOYEE | TWO_YEARS | ONE_TO_3 | NOT_PAID, **AT_ONCE),
    own("shenzhen", NOTICE, "", TO_EMPLOYEE | LESS, **AT_ONCE),
)

ALL_BUT_UNEMPLOYED = {
    "who": ("other", "ex_employee", "ex_resident", "veteran", "graduate", "released_prisoner", "assisted")
}
FIRST_TIME = (
    # cd-gap-report#first-time, #first-time-unit; ningbo-reports#first-time; xuzhou-answer-2024#first-time.
    own("chengdu", "", "", ALONE | ALL_BUT_UNEMPLOYED, wait_months=6),
    own("chengdu", "", "", EMPLOYER | ALL_BUT_UNEMPLOYED, wait_months=0),
    own("ningbo", "", "", ALONE | ALL_BUT_UNEMPLOYED, wait_months=0, cover_from=CREDIT),
    own("xuzhou", "", "", ALONE | ALL_BUT_UNEMPLOYED, wait_months=2, wait_from="credit_day", account_in_wait="usable"),
)
LEFT, OWED = {"cause": "left"}, {"cause": "arrears"}


def stops(place, after, facts, ends=""):
    """Cover stops on the first day of a month."""
    return own(place, "", ends, facts, cover_ends=after, stops_on_day=1)


LAST, MONTH_AFTER, EITHER_OF_TWO = "last_paid_month", "month_after_last_paid", "one_of_the_two"
COVER_STOP = (
    own("china", "", "", {}, cover_ends=U),
    # cit 3 a: "next month after the last paid month". cit 6 a: "from the day of arrears".
    stops("beijing", LAST, {}),
    stops("chengdu", LAST, OWED),
    # cit 8 a: "stop from next month" (欠费的次月); individuals "中断缴费的次月": which month is not said.
    stops("chongqing", MONTH_AFTER, OWED | EMPLOYER),
    stops("chongqing", EITHER_OF_TWO, ALONE),
    # gd-2022-6#art12 "最后一次缴费的次月，仍享受".
    stops("guangdong", MONTH_AFTER, LEFT, "2025-07-01"),
    # cit 5 a: "the month after stopping"; arrears: the month after the first month owed.
    stops("guangzhou", MONTH_AFTER, OWED),
    stops("guangzhou", EITHER_OF_TWO, LEFT),
    # cit 10 a: "from the second natural month". conf 9: Shanghai "次月". conf 3: Shenzhen "次月1日起".
    stops("nanjing", MONTH_AFTER, ALONE),
    stops("shanghai", MONTH_AFTER, {}),
    stops("shenzhen", EITHER_OF_TWO, {}),
    # cit 11: an older rule only.
    own("suzhou", "", "", {}, cover_ends=U),
    # ningbo-reports#stop, #arrears.
    stops("ningbo", LAST, LEFT | EMPLOYER),
    stops("ningbo", EITHER_OF_TWO, LEFT | ALONE),
    # cit 12 a; nat 9 no. 7: Zhejiang, employers the 2nd natural month, people who pay alone none in the gap.
    stops("wuhan", MONTH_AFTER, OWED | EMPLOYER),
    stops("zhejiang", MONTH_AFTER, OWED | EMPLOYER),
    stops("zhejiang", LAST, ALONE),
)
COVER_START = (
    own("china", "", "", {}, cover_from=U),
    # cit 3 a (through a unit next month), 8 (month after), 5 a, 2 a, conf 9 (Shanghai), 12 (after one month paid).
    *(
        own(place, "", "", facts, cover_from=NEXT, starts_on_day=1)
        for place, facts in (
            ("beijing", EMPLOYER), ("chongqing", {}), ("guangzhou", {}), ("shenzhen", {}), ("shanghai", {}),
            ("wuhan", EMPLOYER), ("zhejiang", EMPLOYER),
        )
    ),
    # cit 1.6: "到账次日".
    own("jiangsu", "", "", EMPLOYER, cover_from=CREDIT),
)
BETWEEN = {"window": "unpaid_months_between"}
GAP_COUNT = (
    # nat R3: whole unpaid months; not defined nationally.
    own("china", "", "", {}, unit="months", method="consecutive", **BETWEEN),
    # cit 5 a: "从开始欠缴之月…至补缴上月".
    own("guangzhou", "", "", ARREARS, method="consecutive", window="first_arrears_month_to_month_before_payment"),
    # cit 2 c: added up within an insurance year; when it begins is not known.
    own("shenzhen", "", "", {"situation": ("same_place", "arrears")}, unit="months", method="cumulative_in_insurance_year", year_starts_in_month=U, **BETWEEN),
    # cit 12 c: "连续…或者一个年度内累计"; ex-employees "含办理当月".
    own("wuhan", "", "", SAME | {"payer_before": "flexible"}, unit="months", method="consecutive_or_cumulative_in_year", year_starts_in_month=U, **BETWEEN),
    own("wuhan", "", "", SAME | {"payer_before": "employer"}, unit="months", method="consecutive", window="unpaid_months_and_month_of_filing"),
    # cit 13 c: days.
    own("xian", "", "", SAME, unit="days", method="consecutive", **BETWEEN),
)
# fmt: on
TABLES = {
    "gap": GAP,
    "switch": SWITCH,
    "first_time": FIRST_TIME,
    "cover_stop": COVER_STOP,
    "cover_start": COVER_START,
    "gap_count": GAP_COUNT,
}
