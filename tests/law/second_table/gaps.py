"""A gap in the employee scheme: the nation and the first seven places. The others stand in ``gaps_more``."""

from collections.abc import Collection, Iterator
from typing import Any

from tests.law.second_table import BOTH, EITHER, EMPLOYER, FLEXIBLE, MONTH, NEXT, NO, PAYERS, SILENT, YES
from tests.law.second_table.table import Row, U, crossed, from_, months, thresholds

SITUATIONS = ("same_place", "transfer_in", "arrears")
GAPS = range(1, 9)
UP_TO_3, UP_TO_4, OVER_3, OVER_4, ALL = months(1, 3), months(1, 4), from_(4), from_(5), from_(1)

#: What is compared, and what a row means that doesn't name it. A wait is for all benefits unless it is for inpatient
#: care only.
OUTCOMES = {
    "wait_months": U, "gap_costs": U, "back_pay": U, "cover_from": U, "account_credit": U, "cost_bearer": U,
    "wait_at_most": U, "wait_from": U, "wait_scope": "all", "benefit_percent": U,
}  # fmt: skip


def row(
    places: Collection[str],
    situation: str | Collection[str],
    payer: Collection[str],
    gap: range,
    back_paid: Collection[str],
    *,
    joining: range | None = None,
    before: Collection[str] | None = None,
    unpaid_in_year: range | None = None,
    days: range | None = None,
    paid_before: range | None = None,
    **says: Any,
) -> Row:
    """A row on gaps. The facts after the star may be anything when not given."""
    facts = {
        "situation": (situation,) if isinstance(situation, str) else tuple(situation),
        "payer": payer,
        "gap": gap,
        "back_paid": back_paid,
        "months_to_joining": joining,
        "payer_before": before,
        "unpaid_in_year": unpaid_in_year,
        "gap_days": days,
        "paid_before": paid_before,
    }
    assert set(says) <= set(OUTCOMES), says
    return Row(tuple(places), {name: values for name, values in facts.items() if values is not None}, says)


# fmt: off
GAP: tuple[Row, ...] = (
    # -- the nation, Guangdong, and the places of which no source says anything -----------------------------------
    # nat 4 "Not covered by art 11: same-place same-scheme gaps"; nat 15 R4 same_place -> LOCAL.
    # Guangdong's own measure (conf 4.1) ended on 2025-06-30 and its successor was not found: the nation's rule is left.
    row(("china", "guangdong", *SILENT), "same_place", BOTH, ALL, EITHER),
    # conf 1 art 11: "可按转入地规定办理补缴手续，补缴后不设待遇享受等待期，缴费当月即可…享受待遇，中断期间的待遇可按规定追溯享受".
    # Chengdu: cit 6 h "43号"; Beijing: no rule of its own found (conf 5); Guangzhou's ban on back-payment is about
    # "参保人个人未按时缴纳" (conf 4.3), not about people who arrive; Shanghai's rule names no arrivals (part 三).
    # Month of payment also where the city's ordinary start is the month after (conf 3, note: "Keep both").
    row(("china", "guangdong", *SILENT, "guangzhou", "beijing", "shanghai", "chengdu"), "transfer_in", BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),
    # nat 15 R4: "all three only IF back-paid; without back-payment -> LOCAL".
    row(("china", "guangdong", *SILENT, "chengdu"), "transfer_in", BOTH, UP_TO_3, NO, back_pay="allowed"),
    row(("beijing",), "transfer_in", FLEXIBLE, UP_TO_3, NO, back_pay="allowed"),
    row(("beijing",), "transfer_in", EMPLOYER, UP_TO_3, NO, back_pay="allowed", cover_from=NEXT),
    # conf 1 art 11: over 3 months "按各统筹地区规定执行，原则上待遇享受等待期不超过6个月".
    # Chengdu's own 4 months (cit 6) are about arrears there and name no arrivals.
    row(("china", "guangdong", *SILENT, "chengdu"), "transfer_in", BOTH, OVER_3, EITHER, wait_at_most=6),
    row(("beijing",), "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_at_most=6),
    row(("beijing",), "transfer_in", EMPLOYER, OVER_3, EITHER, cover_from=NEXT, wait_at_most=6),
    # The sections read say nothing national about arrears.
    row(("china", "guangdong", *SILENT), "arrears", BOTH, ALL, EITHER),

    # -- Shenzhen -------------------------------------------------------------------------------------------------
    # cit 2 c "Waiting after a gap. None." and 14 (3-6 months: contradicted by the bureau); cit 2 a: pay for N, cover from N+1.
    # Back-payment: only the repealed order 256, whether 358 kept it was not found (cit 2 b, conf 3).
    row(("shenzhen",), ("same_place", "arrears"), BOTH, ALL, YES, wait_months=0, cover_from=NEXT),
    row(("shenzhen",), ("same_place", "arrears"), BOTH, ALL, NO, wait_months=0, gap_costs="not_paid", cover_from=NEXT),
    # conf 3, notice of 2025: up to 3 months may be back-paid, then "中断期间的医保待遇可追溯享受", without "按规定"
    # (cit 2 b: "gap costs paid retroactively"). Month of payment: conf 3, note.
    row(("shenzhen",), "transfer_in", BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    # Without back-payment the city's ordinary rules above are left.
    row(("shenzhen",), "transfer_in", BOTH, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    # conf 3: "虽不可补缴，但参保人自…缴交医疗保险费次月起即可享受医保待遇": cover begins then, so not for earlier costs.
    row(("shenzhen",), "transfer_in", BOTH, OVER_3, EITHER,
        wait_months=0, gap_costs="not_paid", back_pay="not_allowed", cover_from=NEXT, wait_at_most=6),

    # -- Guangzhou ------------------------------------------------------------------------------------------------
    # cit 5 a/b: cover from the month after payment. cit 5 c/d, conf 4.3: whether there is a wait is a conflict.
    # Between two jobs nobody owed a payment: the sentence below is about people who did.
    row(("guangzhou",), "same_place", EMPLOYER, ALL, YES, cover_from=NEXT),
    row(("guangzhou",), "same_place", EMPLOYER, ALL, NO, gap_costs="not_paid", cover_from=NEXT),
    # conf 4.3: "参保人个人未按时缴纳职工医保费的，不予补缴，期间…职工医保待遇由负有缴费义务的个人承担".
    row(("guangzhou",), "same_place", FLEXIBLE, ALL, EITHER,
        gap_costs="not_paid", back_pay="not_allowed", cover_from=NEXT, cost_bearer="person"),
    row(("guangzhou",), "transfer_in", BOTH, UP_TO_3, NO, back_pay="allowed", cover_from=NEXT),
    row(("guangzhou",), "transfer_in", BOTH, OVER_3, EITHER, cover_from=NEXT, wait_at_most=6),
    # cit 5 a/b: back-paid within 3 months (first arrears month to the month before payment): costs paid, account credited.
    # A wait after months that are paid afterwards would contradict that.
    # The sentences follow who owed the months, whoever pays next. Judgement: the months in between are paid afterwards,
    # so cover goes on in the month of payment too (a reading, and the record says so).
    row(("guangzhou",), "arrears", BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH, account_credit="credited"),
    row(("guangzhou",), "arrears", BOTH, UP_TO_3, NO, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # cit 5 a/b: after 3 months only years; the employer bears the costs. The account: a conflict (conf 4.3).
    # Not paying at all cannot do better than paying late.
    row(("guangzhou",), "arrears", BOTH, OVER_3, EITHER,
        gap_costs="not_paid", back_pay="allowed", cover_from=NEXT, cost_bearer="employer"),

    # -- Beijing --------------------------------------------------------------------------------------------------
    # conf 5: "Employee and flexible gap rules … [NF]"; the two reports on employees "still contradict: keep [CONFLICT]".
    # Judgement: no bureau text was found, but what cit 3 a-c reports and nobody contradicts is shown as reported:
    # through a unit cover returns the next month (up to 3 months); flexible over 3 months waits 6; flexible up to 3 may
    # be paid back and is restored (a conflict, and marked as one). Employers over 3 months stay unknown.
    row(("beijing",), "same_place", EMPLOYER, UP_TO_3, YES, wait_months=0, cover_from=NEXT),
    row(("beijing",), "same_place", EMPLOYER, UP_TO_3, NO, wait_months=0, gap_costs="not_paid", cover_from=NEXT),
    row(("beijing",), "same_place", EMPLOYER, OVER_3, YES, cover_from=NEXT),
    row(("beijing",), "same_place", EMPLOYER, OVER_3, NO, gap_costs="not_paid", cover_from=NEXT),
    row(("beijing",), "same_place", FLEXIBLE, UP_TO_3, YES, wait_months=0, back_pay="allowed"),
    row(("beijing",), "same_place", FLEXIBLE, UP_TO_3, NO, gap_costs="not_paid", back_pay="allowed"),
    # cit 3 c: "6 continuous months before pooled benefits": the month of payment is the first of them.
    row(("beijing",), "same_place", FLEXIBLE, OVER_3, EITHER, wait_months=6, wait_from=MONTH, gap_costs="not_paid"),
    row(("beijing",), "arrears", EMPLOYER, ALL, YES, cover_from=NEXT),
    row(("beijing",), "arrears", EMPLOYER, ALL, NO, gap_costs="not_paid", cover_from=NEXT),
    row(("beijing",), "arrears", FLEXIBLE, ALL, YES),
    row(("beijing",), "arrears", FLEXIBLE, ALL, NO, gap_costs="not_paid"),

    # -- Shanghai -------------------------------------------------------------------------------------------------
    # cit 4 c/d: through a unit no wait. Rule of 2025, part 三 (二): "自次月起"; conf 0 no. 7: costs in the gap are not paid.
    row(("shanghai",), "same_place", EMPLOYER, ALL, EITHER, wait_months=0, gap_costs="not_paid", cover_from=NEXT),
    # Part 三 (四): 6 months ("连续缴费满6个月并按规定继续缴纳": the month of payment is the first of them); none when
    # joining within 3 months after the end of benefits.
    row(("shanghai",), "same_place", FLEXIBLE, ALL, EITHER, joining=months(0, 3),
        wait_months=0, gap_costs="not_paid", cover_from=NEXT),
    row(("shanghai",), "same_place", FLEXIBLE, ALL, EITHER, joining=from_(4),
        wait_months=6, wait_from=MONTH, gap_costs="not_paid", cover_from=NEXT),
    row(("shanghai",), "transfer_in", EMPLOYER, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), "transfer_in", EMPLOYER, OVER_3, EITHER, wait_months=0, cover_from=NEXT, wait_at_most=6),
    row(("shanghai",), "transfer_in", FLEXIBLE, UP_TO_3, NO, joining=months(0, 3),
        wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), "transfer_in", FLEXIBLE, UP_TO_3, NO, joining=from_(4),
        wait_months=6, wait_from=MONTH, back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), "transfer_in", FLEXIBLE, OVER_3, EITHER, joining=from_(4),
        wait_months=6, wait_from=MONTH, cover_from=NEXT, wait_at_most=6),
    # Part 三 (四) names no reason for the break: it holds for whoever pays alone after the employer's arrears.
    row(("shanghai",), "arrears", FLEXIBLE, ALL, EITHER, joining=months(0, 3),
        wait_months=0, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), "arrears", FLEXIBLE, ALL, EITHER, joining=from_(4),
        wait_months=6, wait_from=MONTH, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # Part 三 (三): after full back-payment "次月，职工方可继续享受…停止待遇期间所发生的医疗费用…不予支付".
    row(("shanghai",), "arrears", EMPLOYER, ALL, YES,
        wait_months=0, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # "方可": without full back-payment cover does not come back, so no number of months can be told.
    row(("shanghai",), "arrears", EMPLOYER, ALL, NO, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),

    # -- Chengdu --------------------------------------------------------------------------------------------------
    # cit 6 a/b/c: paid up within 4 months: continuous, benefits continuous, so no month without cover.
    row(("chengdu",), ("same_place", "arrears"), BOTH, UP_TO_4, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("chengdu",), ("same_place", "arrears"), BOTH, UP_TO_4, NO, gap_costs="not_paid", back_pay="allowed"),
    # More than 4: cannot be back-paid; then "from the month payment resumes a new wait runs", 6 months (inpatient).
    # Judgement: 12 and 3 months elsewhere are "treat as wrong" in cit 6 and 14, so 6 is followed and shown as a conflict.
    row(("chengdu",), "same_place", BOTH, OVER_4, EITHER,
        wait_months=6, wait_from=MONTH, wait_scope="inpatient", gap_costs="not_paid", back_pay="not_allowed"),
    # "Unit at fault -> the unit must back-pay" stands on the same page as "cannot be back-paid": open.
    row(("chengdu",), "arrears", BOTH, OVER_4, YES, wait_months=6, wait_from=MONTH, wait_scope="inpatient"),
    row(("chengdu",), "arrears", BOTH, OVER_4, NO,
        wait_months=6, wait_from=MONTH, wait_scope="inpatient", gap_costs="not_paid"),
)
# fmt: on


def cases(rows: Collection[Row]) -> Iterator[dict[str, Any]]:
    """Every situation, payer, gap, back-payment, payer before and month of joining; then the rarer facts, one at a
    time, on both sides of every threshold.

    Benefits end with the last paid month or one month later, so the month of joining is one more than the gap, or the
    gap's own number.
    """
    rare = {name: thresholds(rows, name) for name in ("unpaid_in_year", "gap_days", "paid_before")}
    gaps = sorted({*GAPS, *(number for number in thresholds(rows, "gap") if number)})
    for common in crossed(
        situation=SITUATIONS, payer=PAYERS, gap=gaps, back_paid=EITHER, payer_before=PAYERS, joining=(0, 1)
    ):
        gap = common["gap"]
        common["months_to_joining"] = gap + common.pop("joining")
        usual = {"unpaid_in_year": gap, "gap_days": 30 * gap + 1, "paid_before": 60}
        yield common | usual
        for name, numbers in rare.items():
            for number in numbers:
                yield common | usual | {name: number}
