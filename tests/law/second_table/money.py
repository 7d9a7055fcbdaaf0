"""What becomes of the money in the personal account, whether there is an account, and which kinds of money it holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tests.law.second_table import BOTH, EITHER, EMPLOYER, FLEXIBLE, NO, PLACES, YES
from tests.law.second_table.table import Row, crossed

CHINESE, ABROAD = ("chinese",), ("foreign", "hk_mo_tw")
GUANGDONG = ("guangdong", "shenzhen", "guangzhou")
JIANGSU = ("jiangsu", "nanjing", "suzhou")
#: No rule of their own on settling abroad was found (nat 1 no. 3, cit 15.7): cit 6 g, 9 g, 10 g, 11 g; Jiangsu's guide
#: names death, giving up and a pension in one sum (conf 7). Fujian: nothing provincial; Quanzhou's guide below.
NO_RULE_ABROAD = (
    "china", "sichuan", "chengdu", "tianjin", "jiangsu", "nanjing", "suzhou", "zhejiang", "hubei", "shaanxi", "hainan",
    "fujian",
)  # fmt: skip

AXES: Mapping[str, Sequence[Any]] = {
    "event": (
        "leave_job", "employer_arrears", "switch_scheme", "move_in_province", "move_across_provinces", "settle_abroad",
        "lose_nationality", "study_abroad", "foreigner_leaves", "come_back", "enlist", "retire", "retire_elsewhere", "die",
    ),
    "same_province": EITHER,
    "registered": EITHER,
    "nationality": ("chinese", *ABROAD),
    "hukou_cancelled": EITHER,
    "ends_relation": EITHER,
    "enlisted_as": ("conscript", "officer_or_nco"),
}  # fmt: skip


def account_cases(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Every combination of facts that a life can hold: the events name who they happen to. Conscripts and people with a
    hukou are Chinese; who loses the nationality had it and may be told under either."""
    for case in crossed(**AXES):
        foreigner = case["nationality"] != "chinese"
        if foreigner and case["event"] in ("settle_abroad", "study_abroad", "enlist"):
            continue
        if not foreigner and case["event"] == "foreigner_leaves":
            continue
        yield case


def _others(*places: str) -> tuple[str, ...]:
    return tuple(place for place in PLACES if place not in places)


def _row(places: Sequence[str], event: str | Sequence[str], *says: Mapping[str, Any], **facts: Sequence[Any]) -> Row:
    events = [event] if isinstance(event, str) else event
    return Row(
        tuple(places), {"event": events, **facts}, {name: value for part in says for name, value in part.items()}
    )


#: Art 9 of the Nationality Law: who loses the nationality by another one has settled abroad, so what a place says of settling
#: abroad says it of them. nat 7c, 14: no national text on their medical account ("medical: local"); Shenzhen's older guide
#: names both (cit 2 g).
ABROAD_FOR_GOOD = ("settle_abroad", "lose_nationality")

STAYS, MOVES, SETTLED = {"balance": "stays"}, {"balance": "moves"}, {"balance": "settled"}
PAID, INHERITED = {"balance": "kept_or_paid"}, {"balance": "inherited"}
NO_CASH_RULE, ON_APPLICATION = {"withdraw": "no_rule_found"}, {"withdraw": "on_application"}
OWN_BANK, TO_HEIRS = {"payee": "own_bank_account"}, {"payee": "heirs"}
PAID_OUT, TEN_DAYS = {"if_it_cannot_move": "paid_out"}, {"working_days": 10}

#: "stays" is a balance that is kept and can be spent; "stays_usable" adds: in the whole province, without moving.
ACCOUNT = (
    # nat 14 "stays, yours, interest, usable"; cit 14 "cash whenever you change job: false as a rule"; nat 3: no text on cash.
    _row(_others("hangzhou"), "leave_job", STAYS, NO_CASH_RULE),
    # cit 7 g: "非本市户籍且未在其他统筹地参保的，可按规定办理个人账户清算": whether it can be drawn depends on that.
    _row(["hangzhou"], "leave_job", STAYS),
    # nat 14: a switch between the schemes leaves it where it is; no text on cash.
    _row(PLACES, "switch_scheme", STAYS, NO_CASH_RULE),
    # cit 14, 16: the balance stays usable while the employer owes.
    _row(PLACES, "employer_arrears", STAYS, NO_CASH_RULE),
    # nat 14: "what is left is still yours"; after a payout that is nothing. No text on cash.
    _row(PLACES, "come_back", {"balance": "what_is_left"}, NO_CASH_RULE),
    # nat 14: the credit changes, the balance does not; 43号 art 2: it cannot be moved. No text on cash.
    _row(_others("quanzhou"), "retire", STAYS, NO_CASH_RULE),
    # Quanzhou: "已达到法定退休年龄的外地户籍参保人员，医保关系无法转移的，可办理个人账户一次性支取手续": nobody else.
    _row(["quanzhou"], ("retire", "retire_elsewhere"), STAYS, {"withdraw": "if_not_local_and_can_not_move"}),
    # nat 8.3, 14: "nothing to settle", usable in China.
    _row(PLACES, "study_abroad", STAYS, NO_CASH_RULE),
    # nat 4: moves "in principle" in full with the relation; Beijing: cit 3 h; Hangzhou: cit 7 g "个人账户实际结余资金的转移";
    # Chongqing: "个人账户余额将随医保关系一并转移". No text pays it out instead, as long as it can move.
    _row(_others("shanghai", "wuhan", "hangzhou", "quanzhou", "xian", *GUANGDONG), "move_across_provinces", MOVES, NO_CASH_RULE),
    # cit 4 g/h: settled, the net balance moves.
    _row(["shanghai"], "move_across_provinces", SETTLED, NO_CASH_RULE),
    # cit 1.5 case 1, conf 4.1 art 14: only then to the own bank account.
    _row(GUANGDONG, "move_across_provinces", MOVES, NO_CASH_RULE, {"if_it_cannot_move": "paid_to_own_bank_account"}),
    # cit 12 g "转出市外且个人帐户无法转移", 7 g (no account at the new place), 1.8 (Quanzhou: the new place does not take it):
    # paid out, also inside the province; to which account is not said. cit 13 g: another province off the national platform.
    _row(["wuhan", "hangzhou", "quanzhou", "xian"], "move_across_provinces", MOVES, NO_CASH_RULE, PAID_OUT),
    _row(["wuhan", "hangzhou", "quanzhou"], "move_in_province", MOVES, NO_CASH_RULE, PAID_OUT),
    # conf 4.1 art 14: "跨市使用，不划转、不提现".
    _row(GUANGDONG, "move_in_province", {"balance": "stays_usable", "withdraw": "no"}),
    _row(_others("wuhan", "hangzhou", "quanzhou", *GUANGDONG), "move_in_province", MOVES, NO_CASH_RULE),
    # nat 1 no. 3 "payout … on emigration is local law", 15 R26; what becomes of the balance is open (A12).
    _row(NO_RULE_ABROAD, ABROAD_FOR_GOOD),
    # cit 1.5 case 5.
    _row(["guangdong", "guangzhou"], ABROAD_FOR_GOOD, PAID, ON_APPLICATION, OWN_BANK),
    # cit 2 g: 10 working days, whatever the case.
    _row(["shenzhen"], ABROAD_FOR_GOOD, PAID, ON_APPLICATION, OWN_BANK, TEN_DAYS),
    # cit 12 g, 13 g; Quanzhou: "因死亡、出国或转外地居民医保，参保人员可办理医保个人账户一次性支取".
    _row(["wuhan", "xian", "quanzhou"], ABROAD_FOR_GOOD, PAID, ON_APPLICATION),
    # cit 8 g: one health page names the case; an answer of 2009 seals the account until a foreign nationality is taken, and
    # then pays it out (nat 10).
    _row(["chongqing"], "settle_abroad"),
    _row(["chongqing"], "lose_nationality", PAID, ON_APPLICATION),
    # cit 3 g, reported: settled abroad with the hukou cancelled.
    _row(["beijing"], ABROAD_FOR_GOOD, PAID, ON_APPLICATION, hukou_cancelled=YES),
    # cit 4 g: the account is closed and settled when the hukou is cancelled. cit 7 g: bills and overdraft first, then the rest.
    _row(["shanghai", "hangzhou"], ABROAD_FOR_GOOD, SETTLED, ON_APPLICATION, hukou_cancelled=YES),
    # With the hukou kept none of the three names anything.
    _row(["beijing", "shanghai", "hangzhou"], ABROAD_FOR_GOOD, hukou_cancelled=NO),
    # nat 3: "归个人所有，可以结转使用和继承". The heirs apply (nat 8.5).
    _row(
        _others("beijing", "shanghai", "hangzhou", "tianjin", *GUANGDONG, *JIANGSU), "die", INHERITED, ON_APPLICATION, TO_HEIRS
    ),
    # Into the heir's medical account, or in cash: the wording that says so names no city (conf 10.5).
    _row(["beijing"], "die", INHERITED, ON_APPLICATION),
    # cit 1.5 case 4.
    _row(["guangdong", "guangzhou"], "die", INHERITED, ON_APPLICATION, {"payee": "deceased_account_or_heirs"}),
    _row(["shenzhen"], "die", INHERITED, ON_APPLICATION, {"payee": "deceased_account_or_heirs"}, TEN_DAYS),
    # conf 7: 10 working days.
    _row(JIANGSU, "die", INHERITED, ON_APPLICATION, TO_HEIRS, TEN_DAYS),
    # cit 9 g.
    _row(["tianjin"], "die", INHERITED, ON_APPLICATION, TO_HEIRS, {"no_heir": "pooled_fund"}),
    # cit 4 g: closed and settled on death; the balance is inheritable (nat 3).
    _row(["shanghai"], "die", SETTLED, ON_APPLICATION, TO_HEIRS),
    # cit 7 g: bills and overdraft first, "清算后的金额只能划转至死亡人员本人名下的银行卡".
    _row(["hangzhou"], "die", SETTLED, ON_APPLICATION, {"payee": "deceased_account"}),
    # nat 8.4 国办发〔1999〕100号: sealed; officers and NCOs: sent to the unit. Guangdong case 3: on application.
    _row(_others(*GUANGDONG), "enlist", {"balance": "sealed"}, NO_CASH_RULE, enlisted_as=["conscript"]),
    _row(_others(*GUANGDONG), "enlist", {"balance": "sent_to_unit"}, NO_CASH_RULE, enlisted_as=["officer_or_nco"]),
    # Who does not apply has the nation's rule.
    *(
        _row(places, "enlist", {"balance": balance}, ON_APPLICATION, OWN_BANK, days, enlisted_as=[who])
        for places, days in ((["guangdong", "guangzhou"], {}), (["shenzhen"], TEN_DAYS))
        for who, balance in (("conscript", "sealed"), ("officer_or_nco", "sent_to_unit"))
    ),
    # 43号 art 2: retirees are not transferred; nothing pays out. Guangdong case 2: another province, registered for care there.
    _row(_others("quanzhou", *GUANGDONG), "retire_elsewhere", STAYS, NO_CASH_RULE),
    *(
        _row(places, "retire_elsewhere", PAID, ON_APPLICATION, OWN_BANK, days, same_province=NO, registered=YES)
        for places, days in ((["guangdong", "guangzhou"], {}), (["shenzhen"], TEN_DAYS))
    ),
    # Not registered yet, or inside the province ("used in place", cit 2 g): not a case of payout.
    _row(GUANGDONG, "retire_elsewhere", STAYS, NO_CASH_RULE, same_province=NO, registered=NO),
    _row(GUANGDONG, "retire_elsewhere", STAYS, NO_CASH_RULE, same_province=YES),
    # nat 7a art 5, 7b art 7, conf 6.2, 6.3: kept; on written application to end the relation paid to the person at once.
    # Jiangsu's guide names both articles (conf 7). No other city's list of cases names these people (cit 2 g "ask", 3 g, 4 g):
    # the nation's rule is left. Shanghai settles an account that is closed (cit 4 g), so the balance is "settled" there.
    *(
        _row(places, "foreigner_leaves", balance, ON_APPLICATION, OWN_BANK, days, ends_relation=YES)
        for places, balance, days in (
            (_others("shanghai", *JIANGSU), PAID, {}),
            (JIANGSU, PAID, TEN_DAYS),
            (["shanghai"], SETTLED, {}),
        )
    ),
    _row(PLACES, "foreigner_leaves", STAYS, {"withdraw": "on_ending_relation"}, ends_relation=NO),
)  # fmt: skip
ACCOUNT_OUTCOMES = ("balance", "withdraw", "payee", "if_it_cannot_move", "no_heir", "working_days")

# --- is there an account -----------------------------------------------------------------------------------------------------

EXISTS_AXES: Mapping[str, Sequence[Any]] = {"payer": BOTH, "tier": ("tier_1", "tier_2")}
#: nat 3, 5: employees have one; who pays alone, local. cit 3 d, 8 j, 2 j, 9 j, 11 j; Zhejiang art 25; Shanghai (conf 9).
WITH, WITHOUT = {"exists": "yes"}, {"exists": "no"}
EXISTS_SAID = ("beijing", "chongqing", "shanghai", "shenzhen", "suzhou", "zhejiang", "hangzhou")
EXISTS = (
    Row(_others("shenzhen"), {"payer": EMPLOYER}, WITH),
    Row(("beijing",), {"payer": FLEXIBLE}, WITHOUT),
    Row(("shanghai", "suzhou", "zhejiang", "hangzhou"), {"payer": FLEXIBLE}, WITH),
    Row(("chongqing",), {"payer": FLEXIBLE, "tier": ["tier_1"]}, WITHOUT),
    Row(("chongqing",), {"payer": FLEXIBLE, "tier": ["tier_2"]}, WITH),
    # "只有职工一档有个人账户，灵活就业人员只能参加一档": tier 2 with somebody who pays alone does not occur.
    Row(("shenzhen",), {"tier": ["tier_1"]}, WITH),
    Row(("shenzhen",), {"tier": ["tier_2"]}, WITHOUT),
    # Two modes, one with an account, one without (cit 6 j, 9 j), or nothing said.
    Row(_others(*EXISTS_SAID), {"payer": FLEXIBLE}, {}),
)

# --- which kinds of money ------------------------------------------------------------------------------------------------------

#: nat 5: directed use; cit 3 f: before and from 2022-09-01; cit 9 f: before and from 2022-01-01; cit 4 g.
CURRENT = {"current": {"use": "directed_use"}}
POTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "china": CURRENT,
    "chengdu": CURRENT,
    "beijing": {
        "current": {"use": "directed_use", "credited_from": date(2022, 9, 1)},
        "legacy": {"use": "withdrawable", "credited_before": date(2022, 9, 1)},
    },
    "tianjin": {
        "current": {"use": "directed_use", "credited_from": date(2022, 1, 1)},
        "legacy": {"use": "withdrawable", "credited_before": date(2022, 1, 1)},
    },
    "shanghai": {
        **CURRENT,
        "precredited": {"use": "taken_back_in_part"},
        "history": {"use": "returned_in_full"},
    },
}
POT_OUTCOMES = ("use", "credited_before", "credited_from")

#: cit 4 f, g. Nobody else's settlement is described month by month.
SETTLEMENT_AXES: Mapping[str, Sequence[Any]] = {}
SETTLEMENT_PLACES = ("china", "beijing", "shanghai", "hangzhou")
SETTLEMENT_OUTCOMES = ("year_starts_in_month", "taken_back", "history")
SETTLEMENT = (
    Row(
        ("shanghai",), {},
        {"year_starts_in_month": 7, "taken_back": "from_cancellation_month_to_end_of_year", "history": "returned_in_full"},
    ),
    Row(("china", "beijing", "hangzhou"), {}, {}),
)  # fmt: skip
