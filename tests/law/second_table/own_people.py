"""What a life touches besides the account and its years: heirs, family sharing, care, the pension, money paid twice, bills, and
what holds for the retired. Written from the cited words."""

from tests.law.second_table.own import own
from tests.law.second_table.table import U

# fmt: off
#: 令13 art 6 (nat 2a): who settles abroad before pension age: "个人账户予以保留"; who lost the nationality may end the relation in
#: writing and is then paid.
PENSION_RELATION = (
    own("china", "", "", {"event": "settle_abroad"}, pension_account="kept"),
    own("china", "", "", {"event": "lose_nationality"}, pension_account="kept_or_paid"),
)
#: nat 1 no. 9, 11.2, conf 6.4: published 2026-01-09; "参保人医保关系变动时该关系自动解除", by the end of a relation or a move to
#: another area; "关系解除后未使用额度返还共济人账户". Before it: each place. A relation that is kept has not changed.
SHARING = (
    own("china", "", "2026-01-09", {}, links=U),
    own("china", "2026-01-09", "", {"event": ("move", "die")}, links="dissolve", unused_quota="back_to_owner"),
    own(
        "china", "2026-01-09", "", {"event": ("foreigner_leaves", "lose_nationality"), "ends_relation": "yes"},
        links="dissolve", unused_quota="back_to_owner",
    ),
    own(
        "china", "2026-01-09", "", {"event": ("foreigner_leaves", "lose_nationality"), "ends_relation": "no"},
        links="dissolve_if_relation_changes",
    ),
    # Whether settling abroad or the army changes the relation, the notice does not say.
    own("china", "2026-01-09", "", {"event": ("settle_abroad", "enlist")}, links="dissolve_if_relation_changes"),
)
#: SIL 30 no. 4: "在境外就医的"; soldiers: free care of the army (nat 14, the army's newspaper).
CARE = (
    own(
        "china", "", "", {"event": ("study_abroad", "settle_abroad", "lose_nationality", "foreigner_leaves")},
        care="not_outside_the_mainland",
    ),
    own("china", "", "", {"event": "enlist"}, care="army"),
)
#: Civil Code 1123 (a will goes before the law), 1127, 1130, 1159, 1160 (nat 8.5, 15 R21).
HEIRS = (
    own("china", "", "", {"heir": "will"}, goes_to="those_in_the_will", shares="as_the_will_says", first="debts"),
    own("china", "", "", {"heir": "law"}, goes_to="first_in_line", shares="equal_as_a_rule", first="debts"),
    own("china", "", "", {"heir": "none"}, goes_to="state_or_collective", first="debts"),
    # cit 9 g: "no heir: to the pooled fund", against 1160 (nat 16 A10).
    own("tianjin", "", "", {"heir": "none"}, goes_to="pooled_fund"),
    # cit 3 g: the same words, which name no city (conf 10.5): open.
    own("beijing", "", "", {"heir": "none"}, goes_to=U),
)
#: nat 4b, 15 R18: the refund seen is the resident scheme's; nothing national on the employee scheme.
EMPLOYEE_REFUND = (own("china", "", "", {}, refund=U),)
#: SIL 28, 30.
BILL = (
    own("china", "", "", {"abroad": "yes"}, payable="never"),
    own("china", "", "", {"abroad": "no"}, payable="as_covered"),
)
#: SIL 27: "退休后不再缴纳"; "未达到国家规定年限的，可以缴费至国家规定年限". Shanghai's answer: from day 1 of the month of the pension.
RETIRED_COVER = (
    own("china", "", "", {"years_reached": "yes"}, cover="goes_on_without_paying"),
    own("china", "", "", {"years_reached": "no"}, cover="only_by_paying_on"),
    own("shanghai", "", "", {"years_reached": "yes"}, starts_on_day=1),
)
#: 43号 art 2: "不含退休人员"; Zhejiang art 24 (nat 18).
RETIRED_TRANSFER = (
    own("china", "", "", {}, relation="stays_where_it_is"),
    own("zhejiang", "", "", {}, relation="stays_where_it_is"),
)
# fmt: on

TABLES = {
    "pension_relation": PENSION_RELATION,
    "sharing": SHARING,
    "care": CARE,
    "heirs": HEIRS,
    "employee_refund": EMPLOYEE_REFUND,
    "bill": BILL,
    "retired_cover": RETIRED_COVER,
    "retired_transfer": RETIRED_TRANSFER,
}
