"""A change between the employee scheme and the resident scheme."""

from collections.abc import Collection, Iterator
from typing import Any

from tests.law.second_table import BOTH, EITHER, EMPLOYER, FLEXIBLE, MONTH, NEXT, NO, PAYERS, PLACES, YES
from tests.law.second_table.table import Row, U, crossed, from_, months, thresholds

DIRECTIONS = ("employee_to_resident", "resident_to_employee")
TO_RESIDENT, TO_EMPLOYEE, ANY_WAY = DIRECTIONS[:1], DIRECTIONS[1:], DIRECTIONS
OUTCOMES = {
    "wait_months": U, "gap_costs": U, "back_pay": U, "cover_from": U, "wait_at_most": U, "wait_from": U,
    "benefit_percent": U, "resident_benefits_in_wait": U,
}  # fmt: skip
#: Months in basic medical insurance before the change: "已连续2年（含2年）以上".
TWO_YEARS, LESS = from_(24), months(0, 23)
UP_TO_3, OVER_3, ALL = months(1, 3), from_(4), from_(1)


def row(
    places: Collection[str],
    direction: Collection[str],
    payer: Collection[str],
    insured: range,
    gap: range,
    back_paid: Collection[str],
    **says: Any,
) -> Row:
    """A row on switching. ``insured`` is the number of months insured without a break before."""
    assert set(says) <= set(OUTCOMES), says
    facts = {"direction": direction, "payer": payer, "insured_before": insured, "gap": gap, "back_paid": back_paid}
    return Row(tuple(places), facts, says)


OWN_WAY_IN = ("shenzhen", "shanghai", "chongqing", "hainan")
FUJIAN = ("fujian", "quanzhou")
OWN_WAY_OUT = ("shenzhen", "hainan", *FUJIAN)
JIANGSU = ("jiangsu", "nanjing", "suzhou")
PLAIN_IN = tuple(place for place in PLACES if place not in (*OWN_WAY_IN, *JIANGSU))
PLAIN_OUT = tuple(place for place in PLACES if place not in (*OWN_WAY_OUT, *JIANGSU))
GOES_ON = "go_on_to_end_of_year"

# fmt: off
#: From when cover runs is stated where there is no wait, or where the words say it.
#: Who switches may have been in the employee scheme before, so a place's rule on first-time members doesn't decide these
#: cases unless it names them.
SWITCH: tuple[Row, ...] = (
    # conf 1 art 11 para 2: "已连续2年（含2年）以上参加基本医疗保险的，因就业等个人状态变化…切换参保关系的": as for people who move.
    row((*PLAIN_IN, "shanghai", "chongqing", *JIANGSU), TO_EMPLOYEE, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),
    row((*PLAIN_OUT, *JIANGSU), TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),
    # nat 15 R4: "all three only IF back-paid".
    row(PLAIN_IN, TO_EMPLOYEE, BOTH, TWO_YEARS, UP_TO_3, NO, back_pay="allowed"),
    row((*PLAIN_OUT, *JIANGSU), TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, NO, back_pay="allowed"),
    # "中断缴费3个月以上的…原则上待遇享受等待期不超过6个月".
    row(PLAIN_IN, TO_EMPLOYEE, BOTH, TWO_YEARS, OVER_3, EITHER, wait_at_most=6),
    row(PLAIN_OUT, TO_RESIDENT, BOTH, TWO_YEARS, OVER_3, EITHER, wait_at_most=6),
    # nat 4: switchers with less than 2 years are not covered; R4: LOCAL.
    row(PLAIN_IN, TO_EMPLOYEE, BOTH, LESS, ALL, EITHER),
    row((*PLAIN_OUT, *JIANGSU), TO_RESIDENT, BOTH, LESS, ALL, EITHER),

    # -- Shenzhen: cit 2 b, conf 3: the notice of 2025 names switchers of at least 2 years next to people who move ---------
    row(("shenzhen",), ANY_WAY, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    # cit 2 c, d: the employee scheme has no wait at all.
    row(("shenzhen",), TO_EMPLOYEE, BOTH, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("shenzhen",), TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, NO, back_pay="allowed"),
    # "若中断缴费超过3个月，虽不可补缴，但…缴交医疗保险费次月起即可享受". The notice prices back payment by the employee
    # scheme's tier 1; that it lifts the wait of the resident scheme, too, would be an inference.
    row(("shenzhen",), TO_EMPLOYEE, BOTH, TWO_YEARS, OVER_3, EITHER,
        wait_months=0, gap_costs="not_paid", back_pay="not_allowed", cover_from=NEXT, wait_at_most=6),
    row(("shenzhen",), TO_RESIDENT, BOTH, TWO_YEARS, OVER_3, EITHER, wait_at_most=6),
    row(("shenzhen",), TO_EMPLOYEE, BOTH, LESS, ALL, EITHER, wait_months=0, cover_from=NEXT),
    row(("shenzhen",), TO_RESIDENT, BOTH, LESS, ALL, EITHER),

    # -- Shanghai: part 三 (二) units: no wait; (四) names people from the resident scheme. Their benefits end with what is
    #    paid for, so joining within 3 months leaves at most 2 unpaid months. -----------------------------------------------
    row(("shanghai",), TO_EMPLOYEE, EMPLOYER, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), TO_EMPLOYEE, EMPLOYER, TWO_YEARS, OVER_3, EITHER, wait_months=0, cover_from=NEXT, wait_at_most=6),
    row(("shanghai",), TO_EMPLOYEE, EMPLOYER, LESS, ALL, EITHER, wait_months=0, cover_from=NEXT),
    row(("shanghai",), TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, months(1, 2), NO,
        wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("shanghai",), TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, months(3, 3), NO,
        wait_months=6, wait_from=MONTH, back_pay="allowed"),
    row(("shanghai",), TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, OVER_3, EITHER,
        wait_months=6, wait_from=MONTH, wait_at_most=6),
    row(("shanghai",), TO_EMPLOYEE, FLEXIBLE, LESS, months(1, 2), EITHER, wait_months=0, cover_from=NEXT),
    row(("shanghai",), TO_EMPLOYEE, FLEXIBLE, LESS, from_(3), EITHER, wait_months=6, wait_from=MONTH),

    # -- Chongqing: a question and answer on just this: "首次以个人身份参加或参保后中断缴费超过3个月接续我市职工医保的，医保待遇
    #    等待期为6个月"; then the words of art 11. Units: cit 8, from the month after payment. --------------------------------
    row(("chongqing",), TO_EMPLOYEE, EMPLOYER, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("chongqing",), TO_EMPLOYEE, EMPLOYER, TWO_YEARS, OVER_3, EITHER, wait_months=0, cover_from=NEXT, wait_at_most=6),
    row(("chongqing",), TO_EMPLOYEE, EMPLOYER, LESS, ALL, EITHER, wait_months=0, cover_from=NEXT),
    row(("chongqing",), TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, UP_TO_3, NO, back_pay="allowed"),
    row(("chongqing",), TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, OVER_3, EITHER, wait_months=6, wait_at_most=6),
    row(("chongqing",), TO_EMPLOYEE, FLEXIBLE, LESS, UP_TO_3, EITHER),
    row(("chongqing",), TO_EMPLOYEE, FLEXIBLE, LESS, OVER_3, EITHER, wait_months=6),

    # -- Jiangsu: the cap of art 11 cases is 3 (cit 1.6); nat 9.2: whoever goes to the employee scheme as a flexible worker
    #    keeps the resident benefits of the running year while waiting. -----------------------------------------------------
    row(JIANGSU, TO_RESIDENT, BOTH, TWO_YEARS, OVER_3, EITHER, wait_at_most=3),
    row(JIANGSU, TO_EMPLOYEE, EMPLOYER, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from="day_after_credit"),
    # As for people who arrive (``gaps_more``): a cap for whoever pays, a kinder regulation not read in full.
    row(JIANGSU, TO_EMPLOYEE, EMPLOYER, TWO_YEARS, OVER_3, EITHER, cover_from="day_after_credit", wait_at_most=3),
    row(JIANGSU, TO_EMPLOYEE, EMPLOYER, LESS, ALL, EITHER, wait_months=0, cover_from="day_after_credit"),
    row(JIANGSU, TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, UP_TO_3, NO, back_pay="allowed", resident_benefits_in_wait=GOES_ON),
    row(JIANGSU, TO_EMPLOYEE, FLEXIBLE, TWO_YEARS, OVER_3, EITHER, wait_at_most=3, resident_benefits_in_wait=GOES_ON),
    row(JIANGSU, TO_EMPLOYEE, FLEXIBLE, LESS, ALL, EITHER, resident_benefits_in_wait=GOES_ON),

    # -- Hainan, conf 8, 335号 一: the three classes of ``gaps_more`` hold for whoever pays into the employee scheme ----------
    row(("hainan",), TO_EMPLOYEE, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("hainan",), TO_EMPLOYEE, BOTH, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=MONTH),
    row(("hainan",), TO_EMPLOYEE, BOTH, TWO_YEARS, months(4, 6), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=50, wait_at_most=6),
    row(("hainan",), TO_EMPLOYEE, BOTH, TWO_YEARS, from_(7), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=30, wait_at_most=6),
    row(("hainan",), TO_EMPLOYEE, BOTH, LESS, ALL, EITHER, wait_months=6, wait_from=MONTH, benefit_percent=30),
    # 二（一）: "城镇从业人员基本医疗保险中断缴费3个月（含）以内，参加当年度城乡居民基本医疗保险的，参保缴费后即可足额享受".
    row(("hainan",), TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),
    row(("hainan",), TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=MONTH),
    row(("hainan",), TO_RESIDENT, BOTH, LESS, UP_TO_3, EITHER, wait_months=0, cover_from=MONTH),
    # 二（二）, （三）: 4-6 months "按照现行标准的50%…自参保缴费之日起满6个月后…足额"; everyone else 30 %.
    row(("hainan",), TO_RESIDENT, BOTH, TWO_YEARS, months(4, 6), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=50, wait_at_most=6),
    row(("hainan",), TO_RESIDENT, BOTH, TWO_YEARS, from_(7), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=30, wait_at_most=6),
    row(("hainan",), TO_RESIDENT, BOTH, LESS, OVER_3, EITHER, wait_months=6, wait_from=MONTH, benefit_percent=30),

    # -- Fujian, the explainer of cit 1.8: "中断缴费3个月（含）以内缴纳居民医保的，居民医保关系生效时间可往前追溯至最近职工医保
    #    暂停或终止月份的次月1日", whoever it is, for the year's premium; but only for those who were in the employee scheme by
    #    February, so whether the costs of the gap are paid is not certain. ----------------------------------------------------
    row(FUJIAN, TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),
    row(FUJIAN, TO_RESIDENT, BOTH, TWO_YEARS, UP_TO_3, NO, wait_months=0, gap_costs="may_be_paid", back_pay="allowed"),
    row(FUJIAN, TO_RESIDENT, BOTH, LESS, UP_TO_3, EITHER, wait_months=0, gap_costs="may_be_paid"),
    row(FUJIAN, TO_RESIDENT, BOTH, TWO_YEARS, OVER_3, EITHER, wait_at_most=6),
    row(FUJIAN, TO_RESIDENT, BOTH, LESS, OVER_3, EITHER),
)
# fmt: on


def cases(rows: Collection[Row]) -> Iterator[dict[str, Any]]:
    """Every direction, payer, gap and back-payment, and the time insured before on both sides of every threshold."""
    return crossed(
        direction=DIRECTIONS,
        payer=PAYERS,
        insured_before=thresholds(rows, "insured_before"),
        gap=sorted({*range(1, 9), *(number for number in thresholds(rows, "gap") if number)}),
        back_paid=EITHER,
    )
