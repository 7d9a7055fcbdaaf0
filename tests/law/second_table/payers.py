"""What becomes of the years, how a relation moves, who pays while there is no job, and what paying late costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.law.second_table import EITHER, EMPLOYER, FLEXIBLE, NO, YES
from tests.law.second_table.table import Row, from_, months

# --- the years --------------------------------------------------------------------------------------------------------------

#: Whom 令16 and 令41 are about.
LEAVING = ("foreign", "hk_mo_tw")
YEARS_PLACES = ("china", "chengdu", "guangzhou", "shenzhen")
YEARS_AXES: Mapping[str, Sequence[Any]] = {
    "event": (
        "leave_job", "employer_arrears", "resume", "switch_scheme", "move_in_province", "move_across_provinces", "settle_abroad",
        "lose_nationality", "study_abroad", "foreigner_leaves", "enlist", "retire", "retire_elsewhere", "die",
    ),
    "nationality": ("chinese", *LEAVING),
    "ends_relation": EITHER,
    "back_paid": EITHER,
}  # fmt: skip
YEARS_OUTCOMES = ("earlier_years", "gap_years")
#: nat 1 no. 8, 2, 14. "kept": nothing in the event touches them; what of months paid late is local (Guangzhou, cit 5).
YEARS = (
    Row(
        YEARS_PLACES,
        {"event": ["leave_job", "resume", "switch_scheme", "study_abroad", "retire", "retire_elsewhere"]},
        {"earlier_years": "kept"},
    ),
    # nat 8.3, 14: on record, unless the relation is ended by a payout under a local rule ("usually lost", no text): open.
    Row(YEARS_PLACES, {"event": ["settle_abroad", "lose_nationality"]}, {}),
    Row(("guangzhou",), {"event": ["employer_arrears"], "back_paid": YES}, {"earlier_years": "kept", "gap_years": "counted"}),
    # "参保人缴费年限可以累计" is said of months paid back; years are years of payment (SIL 27).
    Row(("guangzhou",), {"event": ["employer_arrears"], "back_paid": NO}, {"earlier_years": "kept", "gap_years": "not_counted"}),
    Row(("china", "chengdu", "shenzhen"), {"event": ["employer_arrears"]}, {"earlier_years": "kept"}),
    Row(YEARS_PLACES, {"event": ["move_in_province", "move_across_provinces"]}, {"earlier_years": "add_up"}),
    # "予以保留，再次来中国就业的，缴费年限累计计算"; once the relation is ended, no text.
    # Of foreigners (令16 art 5) and of residents of Hong Kong, Macao and Taiwan (令41 art 7); nobody else leaves as one.
    Row(
        YEARS_PLACES, {"event": ["foreigner_leaves"], "nationality": list(LEAVING), "ends_relation": NO},
        {"earlier_years": "kept_on_record"},
    ),
    Row(YEARS_PLACES, {"event": ["foreigner_leaves"], "nationality": list(LEAVING), "ends_relation": YES}, {}),
    Row(YEARS_PLACES, {"event": ["foreigner_leaves"], "nationality": ["chinese"]}, {}),
    Row(YEARS_PLACES, {"event": ["enlist"]}, {"earlier_years": "kept_and_service_counts"}),
    Row(YEARS_PLACES, {"event": ["die"]}, {"earlier_years": "end_with_the_person"}),
)  # fmt: skip

# --- transfer ---------------------------------------------------------------------------------------------------------------

TRANSFER_PLACES = ("china", "chengdu", "guangdong", "shenzhen", "jiangsu", "nanjing")
TRANSFER_AXES: Mapping[str, Sequence[Any]] = {"move": ("move_in_province", "move_across_provinces")}
TRANSFER_OUTCOMES = ("out_working_days", "in_working_days", "money")
#: 43号 ch. 4; conf 1 (Jiangsu: the same); conf 4.1 art 14.
DAYS = {"out_working_days": 10, "in_working_days": 5}
TRANSFER = (
    Row(("china", "chengdu", "jiangsu", "nanjing"), {}, {**DAYS, "money": "moves"}),
    Row(("guangdong", "shenzhen"), {"move": ["move_in_province"]}, {**DAYS, "money": "does_not_move"}),
    Row(("guangdong", "shenzhen"), {"move": ["move_across_provinces"]}, {**DAYS, "money": "moves"}),
)

# --- unemployment -----------------------------------------------------------------------------------------------------------

UNEMPLOYMENT_PLACES = ("china", "chengdu", "guangdong", "guangzhou", "shanghai", "tianjin")
UNEMPLOYMENT_OUTCOMES = (
    "benefit_months_at_most", "months_per_year", "at_that_rate_for_years", "months_per_half_year_after",
    "medical_paid_by", "wait_months", "cover_from",
)  # fmt: skip
#: The law: a year of contributions at least; 12, 18, 24 months at most (SIL 45, 46); the fund pays (48). These bounds hold
#: everywhere; some places add their pace and from when there is cover. (From the month after payment and without a wait,
#: 人社部发〔2011〕77号: stated with those who join for the first time.)
FUND = {"medical_paid_by": "unemployment_fund"}
NATION = (
    (months(0, 11), {"benefit_months_at_most": 0}),
    (months(12, 59), {"benefit_months_at_most": 12, **FUND}),
    (months(60, 119), {"benefit_months_at_most": 18, **FUND}),
    (from_(120), {"benefit_months_at_most": 24, **FUND}),
)
#: Guangdong arts 17, 20: a month a year for 1 to 4 years, then a month each half-year.
GUANGDONG_PACE = {"months_per_year": 1, "at_that_rate_for_years": 4, "months_per_half_year_after": 1}
LOCAL: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("china", "chengdu"), {}),
    (("guangdong",), GUANGDONG_PACE),
    # Its wording: from the month of the benefit.
    (("guangzhou",), {**GUANGDONG_PACE, "cover_from": "benefit_month"}),
    # 2026 art 6: two months a year.
    (("shanghai",), {"months_per_year": 2}),
    # cit 9 c: registered, covered the next day, no wait.
    (("tianjin",), {"wait_months": 0, "cover_from": "day_after_registration"}),
)
UNEMPLOYMENT = tuple(
    Row(places, {"contribution_months": paid}, {**most, **(adds if paid.start >= 12 else {})})
    for paid, most in NATION
    for places, adds in LOCAL
)

#: SIL 51 (nat 9.3): a new job, the army, moving out of the mainland, a pension, refusing work or training without a reason.
UNEMPLOYMENT_END = (
    Row(
        UNEMPLOYMENT_PLACES, {}, {"ends_on": ["new_job", "army", "moving_abroad", "pension", "refusing_work"]},
    ),
)  # fmt: skip

# --- paying late ------------------------------------------------------------------------------------------------------------

LATE_PLACES = ("china", "chengdu")
LATE_AXES: Mapping[str, Sequence[Any]] = {"payer": (*EMPLOYER, *FLEXIBLE)}
LATE_OUTCOMES = (
    "fee_per_100000_per_day", "fee_from", "fine_from_times", "fine_to_times", "undeclared_percent_of_last_month",
    "register_within_days",
)  # fmt: skip
#: SIL 58, 62, 84, 86. Who pays alone: "no late fee under art 86" (nat 9.5), which speaks of employers only.
LATE = (
    Row(
        LATE_PLACES, {"payer": EMPLOYER},
        {
            "fee_per_100000_per_day": 50, "fee_from": "day_of_default", "fine_from_times": 1, "fine_to_times": 3,
            "undeclared_percent_of_last_month": 110, "register_within_days": 30,
        },
    ),
    Row(LATE_PLACES, {"payer": FLEXIBLE}, {"fee_per_100000_per_day": 0}),
)  # fmt: skip
