"""A second table of the rules on gaps, written by hand from the research and without the lawbook.

It exists to catch wrong encodings: it states, for one day (1 October 2026), what the research says for every
place, situation, payer, gap and back-payment. Nothing here reads ``calculator/law``. The sections named behind
the rows are those of the three research notes: "conf" (confirmations, which win), "nat" (national), "cit" (cities).

How it was read:

* ``U`` (unknown) stands for what the research flags as conflicting, not found or only remembered, and for what it
  does not say at all. Every cell is compared, so an engine that claims more than the research is found as well.
* Reported rules (secondary sources) are stated; a conflict is unknown unless an official text decides it.
* A gap is counted in whole unpaid months. "3个月(含)以内" includes 3.
* "可按规定追溯享受" promises nothing (national A4): ``may_be_paid``.
* Where a place says that cover stops, the costs of an unpaid month that nobody paid back are ``not_paid``. People who
  arrive are left out of this: national R4 leaves their case, without back-payment, to the destination.
* ``payer`` is who pays when payment resumes. In "arrears" the employer owed the unpaid months, whoever pays later.
* ``joining`` is the number of months from the end of benefits to joining again, the month of joining included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

DAY = date(2026, 10, 1)
U = "unknown"

PLACES = ("china", "guangdong", "shenzhen", "guangzhou", "beijing", "shanghai", "chengdu")
SITUATIONS = ("same_place", "transfer_in", "arrears")
PAYERS = ("employer", "flexible")
GAPS = range(1, 9)
BACK_PAID = ("yes", "no")

EMPLOYER, FLEXIBLE, BOTH = ("employer",), ("flexible",), PAYERS
YES, NO, EITHER = ("yes",), ("no",), BACK_PAID
ANY = range(0, 100)

OUTCOMES = ("wait_months", "gap_costs", "back_pay", "cover_from", "account_credit", "cost_bearer", "wait_at_most")


@dataclass(frozen=True)
class Row:
    """One line of the table: the cases it speaks of, and what the research says of them."""

    places: tuple[str, ...]
    situation: str
    payers: tuple[str, ...]
    gaps: range
    back_paid: tuple[str, ...]
    joining: range
    wait_months: int | str
    gap_costs: str
    back_pay: str
    cover_from: str
    account_credit: str
    cost_bearer: str
    wait_at_most: int | str

    def speaks_of(self, place: str, situation: str, payer: str, gap: int, back_paid: str, joining: int) -> bool:
        return (
            place in self.places
            and situation == self.situation
            and payer in self.payers
            and gap in self.gaps
            and back_paid in self.back_paid
            and joining in self.joining
        )


def months(first: int, last: int) -> range:
    """From the first to the last number of months, both included."""
    return range(first, last + 1)


MONTH, NEXT = "payment_month", "month_after_payment"
UP_TO_3, UP_TO_4, OVER_3, OVER_4, ALL = months(1, 3), months(1, 4), months(4, 8), months(5, 8), months(1, 8)

# fmt: off
GAP: tuple[Row, ...] = (
    # places, situation, payers, gap, back-paid, joining | wait, gap costs, back-payment, cover from, account, costs borne by, wait at most

    # -- the nation and Guangdong ---------------------------------------------------------------------------------
    # nat 4 "Not covered by art 11: same-place same-scheme gaps"; nat 15 R4 same_place -> LOCAL.
    # Guangdong's own measure (conf 4.1) ended on 2025-06-30 and its successor was not found: the nation's rule is left.
    Row(("china", "guangdong"), "same_place", BOTH, ALL, EITHER, ANY, U, U, U, U, U, U, U),
    # conf 1 art 11: "可按转入地规定办理补缴手续，补缴后不设待遇享受等待期，缴费当月即可…享受待遇，中断期间的待遇可按规定追溯享受".
    # Chengdu: cit 6 h "43号"; Beijing: no rule of its own found (conf 5); Guangzhou's ban on back-payment is about
    # "参保人个人未按时缴纳" (conf 4.3), not about people who arrive; Shanghai's rule names no arrivals (part 三).
    # Month of payment also where the city's ordinary start is the month after (conf 3, note: "Keep both").
    Row(("china", "guangdong", "guangzhou", "beijing", "shanghai", "chengdu"), "transfer_in", BOTH, UP_TO_3, YES, ANY,
        0, "may_be_paid", "allowed", MONTH, U, U, U),
    # nat 15 R4: "all three only IF back-paid; without back-payment -> LOCAL".
    Row(("china", "guangdong", "chengdu"), "transfer_in", BOTH, UP_TO_3, NO, ANY, U, U, "allowed", U, U, U, U),
    Row(("beijing",), "transfer_in", FLEXIBLE, UP_TO_3, NO, ANY, U, U, "allowed", U, U, U, U),
    Row(("beijing",), "transfer_in", EMPLOYER, UP_TO_3, NO, ANY, U, U, "allowed", NEXT, U, U, U),
    # conf 1 art 11: over 3 months "按各统筹地区规定执行，原则上待遇享受等待期不超过6个月".
    # Chengdu's own 4 months (cit 6) are about arrears there and name no arrivals.
    Row(("china", "guangdong", "chengdu"), "transfer_in", BOTH, OVER_3, EITHER, ANY, U, U, U, U, U, U, 6),
    Row(("beijing",), "transfer_in", FLEXIBLE, OVER_3, EITHER, ANY, U, U, U, U, U, U, 6),
    Row(("beijing",), "transfer_in", EMPLOYER, OVER_3, EITHER, ANY, U, U, U, NEXT, U, U, 6),
    # The sections read say nothing national about arrears.
    Row(("china", "guangdong"), "arrears", BOTH, ALL, EITHER, ANY, U, U, U, U, U, U, U),

    # -- Shenzhen -------------------------------------------------------------------------------------------------
    # cit 2 c "Waiting after a gap. None." and 14 (3-6 months: contradicted by the bureau); cit 2 a: pay for N, cover from N+1.
    # Back-payment: only the repealed order 256, whether 358 kept it was not found (cit 2 b, conf 3).
    Row(("shenzhen",), "same_place", BOTH, ALL, YES, ANY, 0, U, U, NEXT, U, U, U),
    Row(("shenzhen",), "same_place", BOTH, ALL, NO, ANY, 0, "not_paid", U, NEXT, U, U, U),
    Row(("shenzhen",), "arrears", BOTH, ALL, YES, ANY, 0, U, U, NEXT, U, U, U),
    Row(("shenzhen",), "arrears", BOTH, ALL, NO, ANY, 0, "not_paid", U, NEXT, U, U, U),
    # conf 3, notice of 2025: up to 3 months may be back-paid, then "中断期间的医保待遇可追溯享受", without "按规定"
    # (cit 2 b: "gap costs paid retroactively"). Month of payment: conf 3, note.
    Row(("shenzhen",), "transfer_in", BOTH, UP_TO_3, YES, ANY, 0, "paid", "allowed", MONTH, U, U, U),
    # Without back-payment the city's ordinary rules above are left.
    Row(("shenzhen",), "transfer_in", BOTH, UP_TO_3, NO, ANY, 0, U, "allowed", NEXT, U, U, U),
    # conf 3: "虽不可补缴，但参保人自…缴交医疗保险费次月起即可享受医保待遇": cover begins then, so not for earlier costs.
    Row(("shenzhen",), "transfer_in", BOTH, OVER_3, EITHER, ANY, 0, "not_paid", "not_allowed", NEXT, U, U, 6),

    # -- Guangzhou ------------------------------------------------------------------------------------------------
    # cit 5 a/b: cover from the month after payment. cit 5 c/d, conf 4.3: whether there is a wait is a conflict.
    # Between two jobs nobody owed a payment: the sentence below is about people who did.
    Row(("guangzhou",), "same_place", EMPLOYER, ALL, YES, ANY, U, U, U, NEXT, U, U, U),
    Row(("guangzhou",), "same_place", EMPLOYER, ALL, NO, ANY, U, "not_paid", U, NEXT, U, U, U),
    # conf 4.3: "参保人个人未按时缴纳职工医保费的，不予补缴，期间…职工医保待遇由负有缴费义务的个人承担".
    Row(("guangzhou",), "same_place", FLEXIBLE, ALL, EITHER, ANY, U, "not_paid", "not_allowed", NEXT, U, "person", U),
    Row(("guangzhou",), "transfer_in", BOTH, UP_TO_3, NO, ANY, U, U, "allowed", NEXT, U, U, U),
    Row(("guangzhou",), "transfer_in", BOTH, OVER_3, EITHER, ANY, U, U, U, NEXT, U, U, 6),
    # cit 5 a/b: back-paid within 3 months (first arrears month to the month before payment): costs paid, account credited.
    # A wait after months that are paid afterwards would contradict that.
    # The sentences follow who owed the months, whoever pays next. Judgement: the months in between are paid afterwards,
    # so cover goes on in the month of payment too (a reading, and the record says so).
    Row(("guangzhou",), "arrears", BOTH, UP_TO_3, YES, ANY, 0, "paid", "allowed", MONTH, "credited", U, U),
    Row(("guangzhou",), "arrears", BOTH, UP_TO_3, NO, ANY, U, "not_paid", "allowed", NEXT, U, U, U),
    # cit 5 a/b: after 3 months only years; the employer bears the costs. The account: a conflict (conf 4.3).
    # Not paying at all cannot do better than paying late.
    Row(("guangzhou",), "arrears", BOTH, OVER_3, EITHER, ANY, U, "not_paid", "allowed", NEXT, U, "employer", U),

    # -- Beijing --------------------------------------------------------------------------------------------------
    # conf 5: "Employee and flexible gap rules … [NF]"; the two reports on employees "still contradict: keep [CONFLICT]".
    # Judgement: no bureau text was found, but what cit 3 a-c reports and nobody contradicts is shown as reported:
    # through a unit cover returns the next month (up to 3 months); flexible over 3 months waits 6; flexible up to 3 may
    # be paid back and is restored (a conflict, and marked as one). Employers over 3 months stay unknown.
    Row(("beijing",), "same_place", EMPLOYER, UP_TO_3, YES, ANY, 0, U, U, NEXT, U, U, U),
    Row(("beijing",), "same_place", EMPLOYER, UP_TO_3, NO, ANY, 0, "not_paid", U, NEXT, U, U, U),
    Row(("beijing",), "same_place", EMPLOYER, OVER_3, YES, ANY, U, U, U, NEXT, U, U, U),
    Row(("beijing",), "same_place", EMPLOYER, OVER_3, NO, ANY, U, "not_paid", U, NEXT, U, U, U),
    Row(("beijing",), "same_place", FLEXIBLE, UP_TO_3, YES, ANY, 0, U, "allowed", U, U, U, U),
    Row(("beijing",), "same_place", FLEXIBLE, UP_TO_3, NO, ANY, U, "not_paid", "allowed", U, U, U, U),
    Row(("beijing",), "same_place", FLEXIBLE, OVER_3, EITHER, ANY, 6, "not_paid", U, U, U, U, U),
    Row(("beijing",), "arrears", EMPLOYER, ALL, YES, ANY, U, U, U, NEXT, U, U, U),
    Row(("beijing",), "arrears", EMPLOYER, ALL, NO, ANY, U, "not_paid", U, NEXT, U, U, U),
    Row(("beijing",), "arrears", FLEXIBLE, ALL, YES, ANY, U, U, U, U, U, U, U),
    Row(("beijing",), "arrears", FLEXIBLE, ALL, NO, ANY, U, "not_paid", U, U, U, U, U),

    # -- Shanghai -------------------------------------------------------------------------------------------------
    # cit 4 c/d: through a unit no wait. Rule of 2025, part 三 (二): "自次月起"; conf 0 no. 7: costs in the gap are not paid.
    Row(("shanghai",), "same_place", EMPLOYER, ALL, EITHER, ANY, 0, "not_paid", U, NEXT, U, U, U),
    # Part 三 (四): 6 months; none when joining within 3 months after the end of benefits.
    Row(("shanghai",), "same_place", FLEXIBLE, ALL, EITHER, months(0, 3), 0, "not_paid", U, NEXT, U, U, U),
    Row(("shanghai",), "same_place", FLEXIBLE, ALL, EITHER, months(4, 99), 6, "not_paid", U, NEXT, U, U, U),
    Row(("shanghai",), "transfer_in", EMPLOYER, UP_TO_3, NO, ANY, 0, U, "allowed", NEXT, U, U, U),
    Row(("shanghai",), "transfer_in", EMPLOYER, OVER_3, EITHER, ANY, 0, U, U, NEXT, U, U, 6),
    Row(("shanghai",), "transfer_in", FLEXIBLE, UP_TO_3, NO, months(0, 3), 0, U, "allowed", NEXT, U, U, U),
    Row(("shanghai",), "transfer_in", FLEXIBLE, UP_TO_3, NO, months(4, 99), 6, U, "allowed", NEXT, U, U, U),
    Row(("shanghai",), "transfer_in", FLEXIBLE, OVER_3, EITHER, months(4, 99), 6, U, U, NEXT, U, U, 6),
    # Part 三 (四) names no reason for the break: it holds for whoever pays alone after the employer's arrears.
    Row(("shanghai",), "arrears", FLEXIBLE, ALL, EITHER, months(0, 3), 0, "not_paid", "allowed", NEXT, U, U, U),
    Row(("shanghai",), "arrears", FLEXIBLE, ALL, EITHER, months(4, 99), 6, "not_paid", "allowed", NEXT, U, U, U),
    # Part 三 (三): after full back-payment "次月，职工方可继续享受…停止待遇期间所发生的医疗费用…不予支付".
    Row(("shanghai",), "arrears", EMPLOYER, ALL, YES, ANY, 0, "not_paid", "allowed", NEXT, U, U, U),
    # "方可": without full back-payment cover does not come back, so no number of months can be told.
    Row(("shanghai",), "arrears", EMPLOYER, ALL, NO, ANY, U, "not_paid", "allowed", NEXT, U, U, U),

    # -- Chengdu --------------------------------------------------------------------------------------------------
    # cit 6 a/b/c: paid up within 4 months: continuous, benefits continuous, so no month without cover.
    Row(("chengdu",), "same_place", BOTH, UP_TO_4, YES, ANY, 0, "paid", "allowed", MONTH, U, U, U),
    Row(("chengdu",), "same_place", BOTH, UP_TO_4, NO, ANY, U, "not_paid", "allowed", U, U, U, U),
    # More than 4: cannot be back-paid; then 6 months (inpatient). Judgement: 12 and 3 months elsewhere are "treat as
    # wrong" in cit 6 and 14, so 6 is followed and shown as a conflict.
    Row(("chengdu",), "same_place", BOTH, OVER_4, EITHER, ANY, 6, "not_paid", "not_allowed", U, U, U, U),
    Row(("chengdu",), "arrears", BOTH, UP_TO_4, YES, ANY, 0, "paid", "allowed", MONTH, U, U, U),
    Row(("chengdu",), "arrears", BOTH, UP_TO_4, NO, ANY, U, "not_paid", "allowed", U, U, U, U),
    # "Unit at fault -> the unit must back-pay" stands on the same page as "cannot be back-paid": open.
    Row(("chengdu",), "arrears", BOTH, OVER_4, YES, ANY, 6, U, U, U, U, U, U),
    Row(("chengdu",), "arrears", BOTH, OVER_4, NO, ANY, 6, "not_paid", U, U, U, U, U),
)

# -- when cover stops: (place, cause) -> the last month of cover ----------------------------------------------------
COVER_STOP: Mapping[tuple[str, str], str] = {
    ("china", "left"): U,                            # nat 14 "until local cut-off"
    ("china", "arrears"): U,
    ("guangdong", "left"): U,                        # conf 4.1 art 12 was for moves and has ended
    ("guangdong", "arrears"): U,
    ("shenzhen", "left"): "one_of_the_two",          # cit 2 a: the 1st of the month after contributions stop: which month is that?
    ("shenzhen", "arrears"): "one_of_the_two",
    ("guangzhou", "left"): "one_of_the_two",         # cit 5 a/b: "the month after stopping"
    ("guangzhou", "arrears"): "month_after_last_paid",  # cit 5 a/b: suspended from the month after the first arrears month
    ("beijing", "left"): "last_paid_month",          # cit 3 a: stops "next month after the last paid month"
    ("beijing", "arrears"): "last_paid_month",
    ("shanghai", "left"): "month_after_last_paid",   # part 三 (二) cover from the month after payment, (三) unpaid: stops the month after
    ("shanghai", "arrears"): "month_after_last_paid",
    ("chengdu", "left"): U,                          # cit 6 speaks of arrears only
    ("chengdu", "arrears"): "last_paid_month",       # cit 6 "from the day of arrears", no grace
}

# -- from when a payment gives cover ----------------------------------------------------------------------------------
COVER_START: Mapping[tuple[str, str], str] = {
    ("china", "employer"): U,
    ("china", "flexible"): U,
    ("guangdong", "employer"): U,
    ("guangdong", "flexible"): U,
    ("shenzhen", "employer"): NEXT,                  # cit 2 a
    ("shenzhen", "flexible"): NEXT,                  # cit 2 d
    ("guangzhou", "employer"): NEXT,                 # cit 5 a/b
    ("guangzhou", "flexible"): NEXT,
    ("beijing", "employer"): NEXT,                   # cit 3 a, reported; the contradiction (conf 5) is about gaps over 3 months
    ("beijing", "flexible"): U,
    ("shanghai", "employer"): NEXT,                  # part 三 (二)
    ("shanghai", "flexible"): NEXT,
    ("chengdu", "employer"): U,
    ("chengdu", "flexible"): U,
}

# -- the money: event, places, further facts that matter -> balance, withdraw ------------------------------------
# "stays" is a balance that is kept and can be spent; "stays_usable" adds: in the whole province, without moving.
CHINESE = {"nationality": "chinese"}
GUANGDONG = ("guangdong", "shenzhen", "guangzhou")
OTHERS = ("china", "beijing", "shanghai", "chengdu")
NOT_SHANGHAI = tuple(place for place in PLACES if place != "shanghai")
NOT_SAID = None  # the research says nothing about this cell: it is not compared

ACCOUNT: tuple[tuple[str, tuple[str, ...], Mapping[str, str], str | None, str | None], ...] = (
    # nat 14 "stays, yours, interest, usable"; cit 14 "cash whenever you change job: false as a rule"; nat 3: no text on cash.
    ("leave_job", PLACES, {}, "stays", "no_rule_found"),
    # nat 8.3, 14: "nothing to settle", usable in China.
    ("study_abroad", PLACES, {}, "stays", "no_rule_found"),
    # nat 4: moves "in principle" in full with the relation; Guangdong: cit 1.5 case 1, conf 4.1 art 14; Beijing: cit 3 h.
    ("move_across_provinces", ("china", "guangdong", "shenzhen", "guangzhou", "beijing", "chengdu"), {}, "moves", NOT_SAID),
    # cit 4 g/h: settled, the net balance moves.
    ("move_across_provinces", ("shanghai",), {}, "settled", NOT_SAID),
    # conf 4.1 art 14: "跨市使用，不划转、不提现".
    ("move_in_province", GUANGDONG, {}, "stays_usable", "no"),
    ("move_in_province", ("china", "chengdu"), {}, "moves", NOT_SAID),
    # nat 1 no. 3 "payout … on emigration is local law", 15 R26; what becomes of the balance is open (A12).
    ("settle_abroad", ("china", "chengdu"), CHINESE, U, U),
    # cit 1.5 case 5.
    ("settle_abroad", GUANGDONG, CHINESE, NOT_SAID, "on_application"),
    # cit 3 g, reported: settled abroad with the hukou cancelled.
    ("settle_abroad", ("beijing",), {**CHINESE, "hukou_cancelled": "yes"}, NOT_SAID, "on_application"),
    # cit 4 g: the account is closed and settled when the hukou is cancelled.
    ("settle_abroad", ("shanghai",), {**CHINESE, "hukou_cancelled": "yes"}, "settled", NOT_SAID),
    # With the hukou kept neither city names anything.
    ("settle_abroad", ("beijing", "shanghai"), {**CHINESE, "hukou_cancelled": "no"}, U, U),
    # nat 3: "归个人所有，可以结转使用和继承"; Guangdong case 4; Beijing cit 3 g.
    ("die", ("china", "guangdong", "shenzhen", "guangzhou", "beijing", "chengdu"), {}, "inherited", NOT_SAID),
    # cit 4 g: closed and settled on death.
    ("die", ("shanghai",), {}, "settled", NOT_SAID),
    # nat 8.4 国办发〔1999〕100号: sealed; officers and NCOs: sent to the unit. Guangdong case 3: on application.
    ("enlist", OTHERS, {"enlisted_as": "conscript"}, "sealed", NOT_SAID),
    ("enlist", OTHERS, {"enlisted_as": "officer_or_nco"}, "sent_to_unit", NOT_SAID),
    ("enlist", GUANGDONG, {"enlisted_as": "conscript"}, NOT_SAID, "on_application"),
    ("enlist", GUANGDONG, {"enlisted_as": "officer_or_nco"}, NOT_SAID, "on_application"),
    # nat 7a art 5, 7b art 7, conf 6.2, 6.3: kept; on written application to end the relation paid at once.
    # No city's list of cases names these people (cit 2 g "ask", 3 g, 4 g): the nation's rule is left.
    # Shanghai settles an account that is closed (cit 4 g), so the balance is "settled" there.
    ("foreigner_leaves", NOT_SHANGHAI, {"nationality": "foreign", "ends_relation": "yes"}, "kept_or_paid", "on_application"),
    ("foreigner_leaves", ("shanghai",), {"nationality": "foreign", "ends_relation": "yes"}, "settled", "on_application"),
    ("foreigner_leaves", PLACES, {"nationality": "foreign", "ends_relation": "no"}, "stays", "on_ending_relation"),
    ("foreigner_leaves", NOT_SHANGHAI, {"nationality": "hk_mo_tw", "ends_relation": "yes"}, "kept_or_paid", "on_application"),
    ("foreigner_leaves", ("shanghai",), {"nationality": "hk_mo_tw", "ends_relation": "yes"}, "settled", "on_application"),
    ("foreigner_leaves", PLACES, {"nationality": "hk_mo_tw", "ends_relation": "no"}, "stays", "on_ending_relation"),
)
# fmt: on


def matching(table: Iterable[Row], case: tuple[str, str, str, int, str, int]) -> list[Row]:
    """The rows that speak of a case: place, situation, payer, gap, back-paid, months to joining."""
    return [row for row in table if row.speaks_of(*case)]


def look_up(table: Iterable[Row], case: tuple[str, str, str, int, str, int]) -> Row:
    """The one row that speaks of a case. Raises LookupError when there is none, or more than one."""
    rows = matching(table, case)
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows speak of {case}")
    return rows[0]
