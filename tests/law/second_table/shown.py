"""The provision that decides a case: what the place's own rule must show a reader who asks it, whatever else stands
beside it.

Named by hand from the notes and the words of the provisions, where another provision holds words that look alike, or
where nothing is known and only a citation says what was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator.lawbook import Lawbook

DAY = "2026-10-01"


@dataclass(frozen=True, eq=False)
class Shown:
    """One question, and the provision that its answer must cite."""

    topic: str
    place: str
    on: date
    values: Mapping[str, Any]
    provision: str


def shown(topic: str, place: str, provision: str, on: str = DAY, **values: Any) -> Shown:
    return Shown(topic, place, date.fromisoformat(on), values, provision)


def differences(book: Lawbook, asked: Shown) -> list[str]:
    """A line for each answer in which no rule of the place cites the provision."""
    question = (asked.topic, asked.place, asked.on, asked.values)
    answers = (
        [book.consult_all(*question)]
        if book.topics[asked.topic]["answers"] == "all"
        else [finding.records for finding in book.consult(*question)]
    )
    return [
        f"{asked.topic} {asked.place} on {asked.on}, {dict(asked.values)}: does not cite {asked.provision}"
        for records in answers
        if not any(asked.provision in record.cites for record in records if record.place == asked.place)
    ]


E, F = {"payer": "employer"}, {"payer": "flexible"}
SAME, MOVING = {"situation": "same_place"}, {"situation": "transfer_in"}
PAID, NOT_PAID = {"back_paid": "yes"}, {"back_paid": "no"}
TO_EMPLOYEE = {"direction": "resident_to_employee"}
PART_3_2 = "sh-2025-7#part3.2"
BROKEN = {"enrolled": "central_period", "broken_years": 1}

# fmt: off
SHOWN = (
    # Left to the places, or to a rule that nobody has made: the words that say so.
    shown("cover_stop", "china", "sil-2010#art26", cause="left", payer="employer"),
    shown("cover_start", "china", "sil-2010#art26", payer="employer"),
    shown("first_time", "china", "sil-2010#art26", payer="flexible", who="other"),
    shown("benefit_cap", "china", "sil-2010#art26", continuous_months=12),
    shown("gap_count", "china", "nhsa-2021-43#art11.1", situation="transfer_in"),
    shown("base", "china", "sc-1998-44#financing", **E),
    shown("base", "china", "sil-2010#art23", **F),
    shown("rate", "china", "sil-2010#art23", **F),
    shown("credit", "china", "sc-2021-14#employee-credit", status="flexible"),
    shown("credit", "china", "mohrss-2011-77#unemployed-cover", status="unemployment_benefit"),
    shown("counted_years", "china", "mohrss-2011-13#art7", kind="before_the_scheme"),
    shown("retirement_choice", "china", "retirement-decision-2024#old-ages", "2024-01-01", choice="earlier"),
    shown("resident_enrolment", "china", "nhsa-answer-2024-01#central-period", insurance_year=2026),
    shown("resident_wait", "china", "nhsa-answer-2024-01#central-period", "2024-10-01", who="other", **BROKEN),
    shown("resident_wait", "china", "sc-2024-38#fixed-wait", who="other", enrolled="extended_period", broken_years=0),
    shown("resident_wait", "china", "sc-2024-38#fixed-wait", who="veteran", **BROKEN),
    shown("resident_repair", "china", "sc-2024-38#repair", "2024-10-01", broken_years=1),
    shown("resident_reward", "china", "sc-2024-38#incentives", "2024-10-01", reward="continuous"),
    shown("account_exists", "china", "sc-2021-14#employee-credit", **F),
    shown("account", "china", "mohrss-2011-13#art6", event="settle_abroad"),
    shown("account", "china", "mohrss-2011-13#art6", event="lose_nationality"),
    shown("years", "china", "sil-2010#art27", event="settle_abroad"),
    shown("years", "china", "sil-2010#art27", event="lose_nationality"),
    # Who keeps which record is the words on two employee records; the notice of 2026 says what it changed; who inherits from
    # nobody's heirs is the Civil Code's article on estates without heirs, against which Beijing's words stand.
    shown("employee_refund", "china", "nhsa-2020-33#two-employee"),
    shown("sharing", "china", "cross-province-sharing-2026#dissolves", "2025-06-01", event="move"),
    shown("heirs", "beijing", "civil-code-2020#art1160", heir="none"),
    shown("years", "china", "mohrss-2011-16#art5", event="foreigner_leaves", nationality="foreign", ends_relation="yes"),
    shown("years", "china", "mohrss-2019-41#art7", event="foreigner_leaves", nationality="hk_mo_tw", ends_relation="yes"),
    shown("account", "jiangsu", "js-guide-2022#item10-cases", event="settle_abroad"),
    shown("account", "chongqing", "chongqing-reports#payout-cases", event="settle_abroad"),
    # The hukou of who settled abroad: the standard's paragraph on them, whatever a place adds or doubts.
    *(
        shown("hukou", place, "mps-2021-12#settled-abroad", event="settle_abroad")
        for place in ("china", "fuzhou", "shanghai", "zhejiang")
    ),
    shown("hukou", "china", "mps-2021-12#returned-overseas-chinese", event="come_back_settled"),
    # A year of contributions is a condition of the benefit (45), not only a step of its length (46).
    shown("unemployment", "china", "sil-2010#art45", contribution_months=11),
    # Whoever asks to be registered is (6); reporting changes is another article. When residents enrol: the answer's words on it.
    shown("step", "china", "agency-reg-2023#art6", event="newborn"),
    shown("step", "china", "nhsa-answer-2024-01#central-period", event="resident_rejoin"),
    shown("step", "china", "nhsa-answer-2024-01#central-period", event="switch_to_resident"),
    # Sharing set up anew because it was dissolved.
    shown("step", "china", "cross-province-sharing-2026#dissolves", event="come_back"),
    # Who leaves Hangzhou's insurance and is insured nowhere else may clear the account; bills first is said of another case.
    shown("account", "hangzhou", "hangzhou-reports#leaver", event="leave_job"),
    # Jiangsu's guide: ending the relation is one of its three cases.
    shown("account", "jiangsu", "js-guide-2022#item10-cases", event="foreigner_leaves", nationality="foreign", ends_relation="yes"),
    # Beijing: the page that has employees covered next month, not the one that has them wait.
    shown("gap", "beijing", "bj-gap-reports#employer-over-3-none", **SAME, **E, gap=2, **NOT_PAID),
    shown("gap", "beijing", "bj-gap-reports#employer-over-3-none", **SAME, **E, gap=5, **PAID),
    # Chengdu: two cohorts.
    shown("medical_years", "chengdu", "cd-years-report#before-2009", joined_year=2005, retirement_year=2025),
    shown("medical_years", "chengdu", "cd-years-report#before-2009", joined_year=2005, retirement_year=2027),
    # Chongqing.
    shown("cover_start", "chongqing", "chongqing-reports#employer-start", **E),
    shown("cover_start", "chongqing", "chongqing-reports#individual-within-3", **F),
    shown("first_time", "chongqing", "chongqing-reports#first-time-employer", **E, who="other"),
    shown("counted_years", "chongqing", "cq-years-reports#with-employer", kind="before_the_scheme"),
    shown("shortfall", "chongqing", "cq-years-reports#lump-sum", **E),
    shown("shortfall", "chongqing", "cq-years-reports#lump-sum", "2024-06-01", **F, tier="tier_1"),
    shown("shortfall", "chongqing", "cq-years-reports#lump-sum", "2024-06-01", **F, tier="tier_2"),
    shown("rate", "chongqing", "cq-contribution-reports#individual-2023", "2022-06-01", **F, tier="tier_1"),
    shown("rate", "chongqing", "cq-contribution-reports#individual-2023", "2022-06-01", **F, tier="tier_2"),
    shown("rate", "chongqing", "cq-individual-2025#amounts", **F, tier="tier_1"),
    shown("rate", "chongqing", "cq-individual-2025#amounts", **F, tier="tier_2"),
    # Fujian, Liaoning, Guangdong, Hainan.
    shown("first_time", "fujian", "fj-answer-2024#over-3-paid-back", **F, who="other"),
    shown("switch", "fujian", "fj-answer-2024#within-3", direction="employee_to_resident", payer="flexible", insured_before=30, gap=2, **NOT_PAID),
    shown("resident_wait", "fujian", "xiamen-resident#extended-2025", "2025-02-01", who="other", enrolled="extended_period", broken_years=0),
    shown("resident_wait", "fuxin", "fuxin-answer-2025#paid-late", who="other", enrolled="late", broken_years=1),
    shown("switch", "guangdong", "gd-2022-6#art13-words", "2024-10-01", **TO_EMPLOYEE, **E, insured_before=30, gap=2, **PAID),
    shown("base", "guangzhou", "gz-contribution-reports#base-2023", "2022-12-15", **E),
    shown("rate", "guangzhou", "gz-contribution-reports#base-2024", "2024-06-01", **E),
    shown("gap", "hainan", "hainan-2021-335#groups", **MOVING, **F, gap=5, **NOT_PAID),
    shown("gap", "hainan", "hainan-2021-335#groups", **MOVING, **F, gap=8, **NOT_PAID),
    shown("resident_wait", "hainan", "hainan-2021-335#to-resident.others", who="other", enrolled="late", broken_years=0),
    shown("resident_wait", "hainan", "hainan-2021-335#to-resident.others", who="other", **BROKEN),
    # Jiangsu, Zhejiang.
    shown("gap", "jiangsu", "js-regulation-2023#flexible-wait", **MOVING, **F, gap=5, **NOT_PAID),
    shown("credit", "nanjing", "js-contribution-reports#retiree", "2023-10-01", status="retiree"),
    shown("gap", "nanjing", "nanjing-reports#within-3", **SAME, **F, gap=2, **NOT_PAID),
    shown("cover_stop", "suzhou", "suzhou-reports#old-measures", cause="left", payer="flexible"),
    shown("rate", "suzhou", "su-contribution-reports#rates-2023", "2023-10-01", **E),
    shown("shortfall", "suzhou", "js-years-reports#suzhou-2022", **F),
    shown("gap", "ningbo", "ningbo-reports#stop", **SAME, **E, gap=2, **NOT_PAID),
    shown("gap", "zhejiang", "zj-regulation-2021#art28-start", **SAME, **E, gap=2, **NOT_PAID),
    shown("gap", "zhejiang", "zj-regulation-2021#art28-start", **SAME, **E, gap=2, **PAID),
    shown("gap", "zhejiang", "zj-regulation-2021#art28-start", **MOVING, **E, gap=2, **NOT_PAID),
    shown("gap", "zhejiang", "zj-regulation-2021#art28-start", **MOVING, **E, gap=5, **NOT_PAID),
    # Shanghai: cover from the month after payment is part 3.2; 3.3 speaks of those who did not pay.
    shown("gap", "shanghai", PART_3_2, **MOVING, **F, gap=2, months_to_joining=2, **NOT_PAID),
    shown("gap", "shanghai", PART_3_2, **MOVING, **E, gap=2, **NOT_PAID),
    shown("gap", "shanghai", PART_3_2, **MOVING, **E, gap=5, **NOT_PAID),
    shown("first_time", "shanghai", PART_3_2, **F, who="ex_employee", months_to_joining=2),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **F, insured_before=12, gap=1, **NOT_PAID),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **F, insured_before=30, gap=0, **NOT_PAID),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **F, insured_before=30, gap=2, **NOT_PAID),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **E, insured_before=12, gap=2, **NOT_PAID),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **E, insured_before=30, gap=2, **NOT_PAID),
    shown("switch", "shanghai", PART_3_2, **TO_EMPLOYEE, **E, insured_before=30, gap=5, **NOT_PAID),
    # Wuhan, Xi'an.
    shown("base", "wuhan", "wh-contribution-reports#flexible-2023", "2023-10-01", **F),
    shown("gap_count", "wuhan", "wuhan-reports#ex-employee-window", **SAME, payer_before="employer"),
    *(
        shown("gap", "wuhan", "wuhan-reports#ex-employee-window", **SAME, **F, payer_before="employer", gap=gap, unpaid_in_year=gap, back_paid=paid)
        for gap, paid in ((2, "yes"), (2, "no"), (7, "no"))
    ),
    *(shown("gap", "xian", "xian-reports#days", **SAME, **F, gap=2, gap_days=days, **NOT_PAID) for days in (50, 90, 200)),
)
# fmt: on
