"""The waiting period of the resident scheme: the numbers of the confirmations' table (conf 2.2)."""

from datetime import date

from tests.law.second_table.table import U

#: (joined when, broken years) -> months of waiting before repair, and after paying for everything that may be repaired.
#: conf 2.2: fixed 3; "每多断保1年…增加…1个月", the first broken year adds nothing (Fuxin, Qingdao); 4 years and more: not
#: less than 6 after repair.
WAIT: dict[tuple[str, int], tuple[int, int]] = {
    ("central_period", 0): (0, 0),
    ("late", 0): (3, 3),
    **{(when, years): numbers for when in ("central_period", "late") for years, numbers in {
        1: (3, 3), 2: (4, 3), 3: (5, 3), 4: (6, 6), 5: (7, 6), 10: (12, 6),
    }.items()},
}  # fmt: skip


#: The parts of it that the law data states: fixed months, months for each broken year, whether the first one adds, months
#: taken away by each year paid, the floor after repair.
def parts(when: str, years: int) -> dict[str, int | str]:
    """What the law must say of someone who joins then, after so many broken years."""
    stated: dict[str, int | str] = {"fixed_months": 0 if (when, years) == ("central_period", 0) else 3}
    if years:
        stated |= {"months_per_broken_year": 1, "first_year_adds": "no", "months_per_year_paid": 1}
    if years >= 4:
        stated |= {"at_least_months": 6}
    return stated


#: conf 2.4 "Encode": inside the central period the wait runs from 1 January of the insurance year, outside from the day
#: of payment, date to date.
WAIT_FROM = {"central_period": "start_of_insurance_year", "late": "payment_day"}
#: conf 2.4, each at the place whose bureau gave it: joined when, paid on, insurance year, broken years, repaired years -> benefits from.
EXAMPLES = {
    "FX1": ("fuxin", "late", date(2025, 7, 3), 2025, 0, 0, date(2025, 10, 3)),
    "FX1b": ("fuxin", "central_period", date(2025, 12, 1), 2026, 0, 0, date(2026, 1, 1)),
    "FX2": ("fuxin", "late", date(2025, 11, 6), 2025, 0, 0, date(2026, 2, 6)),
    "FX3": ("fuxin", "central_period", date(2025, 12, 3), 2026, 1, 0, date(2026, 4, 1)),
    "QD1": ("qingdao", "central_period", date(2026, 12, 1), 2027, 2, 0, date(2027, 5, 1)),
    "QD2": ("qingdao", "central_period", date(2026, 12, 1), 2027, 2, 1, date(2027, 4, 1)),
}
#: conf 2.1: "新生儿等特殊群体" are left out of the wait.
NO_WAIT = ("newborn",)

#: Places whose own official text names another number, older than the national rule of 2024 or beside it. Which of the two
#: counts is not decided by any text seen, so the fixed part is unknown.
#: Zhejiang art 31: "自缴费月起的第三个自然月开始享受"; Jiangsu: "待遇享受等待期不超过两个月" (cit 1.6, "check before use").
#: Hainan, 335号 二: full benefits after 6 months, 30 % until then.
FIXED_UNDECIDED = ("zhejiang", "hangzhou", "jiangsu", "nanjing", "suzhou", "hainan")

#: nat 4c: from birth when registered and paid within 90 days, "90 days inclusive is the usual reading"; then local.
NEWBORN = {89: "birth", 90: "birth", 91: U}  # days after birth
#: conf 2.6: in Beijing "参保人员在集中参保期内缴纳…的，自2026年1月1日起享受", without an exception for people with a break. That
#: and the national wait after a break are both official.
CENTRAL_PERIOD_UNDECIDED = ("beijing",)

#: Places where the first broken year is not settled. conf 2.2: the nation's words fit 3+(N-1) and, with years counted from
#: 2026 only, 3+N ("a second hypothesis is not excluded"). Fuxin and Qingdao, whose examples these are, say "no".
FIRST_YEAR_UNDECIDED = ("china",)
