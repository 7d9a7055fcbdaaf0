"""Household registration, nationality, coming back, discharge from the army, missing persons, two records at once.

Each table is stated for the whole space of its facts. Where a place is named it has words of its own; the others have the
nation's. What the words do not say is unknown: no cell.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.law.second_table import EITHER, NO, YES
from tests.law.second_table.table import Row, from_, months

PLAIN = ("china", "chengdu")

# --- household registration -----------------------------------------------------------------------------------------------

HUKOU_PLACES = (*PLAIN, "beijing", "shanghai", "guangdong", "shenzhen", "zhejiang", "hangzhou", "fuzhou")
HUKOU_AXES: Mapping[str, Sequence[Any]] = {
    "event": (
        "study_abroad", "settle_abroad", "settle_hk_mo_tw", "lose_nationality", "enlist", "discharge", "die",
        "declared_dead", "missing", "declared_dead_returns", "move", "come_back", "come_back_settled",
        "nationality_restored",
    ),
    "area": ("city", "countryside"),
}  # fmt: skip
HUKOU_OUTCOMES = ("hukou", "who", "where", "papers", "within", "unit", "before_burial")
GUANGDONG, ZHEJIANG = ("guangdong", "shenzhen"), ("zhejiang", "hangzhou")
YOU, RELATIVES = {"who": "you"}, {"who": "heirs"}
POLICE, NOWHERE, OFFICE = {"where": "police_station"}, {"where": "nowhere"}, {"where": "overseas_chinese_office"}
CANCELLED, STAYS, RESTORED = {"hukou": "cancelled"}, {"hukou": "stays"}, {"hukou": "restored_on_application"}


def _hukou(places: Sequence[str], events: Sequence[str], *says: Mapping[str, Any], area: Sequence[str] = ()) -> Row:
    facts = {"event": events, **({"area": area} if area else {})}
    return Row(tuple(places), facts, {name: value for part in says for name, value in part.items()})


def _without(*places: str) -> tuple[str, ...]:
    return tuple(place for place in HUKOU_PLACES if place not in places)


#: 公通字〔2021〕12号, 1958 regulation, 军人地位法 43, 兵役法 49, EEL 13, 国侨发18 (nat 8); places' own words named beside them.
HUKOU = (
    # MPS 2003: "取消出国、出境1年以上的人员注销户口的规定": nothing to report. Shanghai 2018 says the same.
    _hukou(HUKOU_PLACES, ["study_abroad"], STAYS, YOU, NOWHERE),
    # Art 36 para 1.
    _hukou(
        _without("shanghai", "fuzhou", *ZHEJIANG), ["settle_abroad"], CANCELLED, YOU, POLICE,
        {"papers": ["id_card", "proof_of_settlement"]},
    ),
    # Zhejiang's item: identity card, household register, proof of settling.
    _hukou(ZHEJIANG, ["settle_abroad"], CANCELLED, YOU, POLICE, {"papers": ["id_card", "hukou_booklet", "proof_of_settlement"]}),
    # Shanghai: its rule cancels, its bureau said "not at this stage": open. Fuzhou: its office said in 2020 that only people of
    # another nationality are meant, the national standard came later: open. Who reports where, both sides agree on.
    _hukou(["shanghai", "fuzhou"], ["settle_abroad"], YOU, POLICE, {"papers": ["id_card", "proof_of_settlement"]}),
    # Art 35.
    _hukou(HUKOU_PLACES, ["settle_hk_mo_tw"], CANCELLED, YOU, POLICE, {"papers": ["id_card", "settlement_approval"]}),
    # Art 36 para 2. Zhejiang art 94: statement and foreign passport; register and identity card handed in.
    _hukou(
        _without(*ZHEJIANG), ["lose_nationality"], CANCELLED, YOU, POLICE,
        {"papers": ["foreign_passport", "visa", "translation", "id_card"]},
    ),
    _hukou(
        ZHEJIANG, ["lose_nationality"], CANCELLED, YOU, POLICE,
        {"papers": ["statement_of_foreign_nationality", "foreign_passport", "hukou_booklet", "id_card"]},
    ),
    # "公民入伍时保留户籍"; Shanghai's older text does not prevail.
    _hukou(HUKOU_PLACES, ["enlist"], STAYS, YOU, NOWHERE),
    # 安置条例 53: the veterans office gives a letter, the police register.
    _hukou(HUKOU_PLACES, ["discharge"], {"hukou": "registered"}, YOU, POLICE, {"papers": ["veterans_letter"]}),
    # Art 31: a month, register and identity card of the deceased, a proof of death. 1958 art 8: in a city before the burial.
    _hukou(
        HUKOU_PLACES, ["die"], CANCELLED, RELATIVES, POLICE, {"within": 1, "unit": "months", "before_burial": "yes"},
        {"papers": ["hukou_booklet", "id_of_the_deceased", "death_certificate"]}, area=["city"],
    ),
    _hukou(
        HUKOU_PLACES, ["die"], CANCELLED, RELATIVES, POLICE, {"within": 1, "unit": "months"},
        {"papers": ["hukou_booklet", "id_of_the_deceased", "death_certificate"]}, area=["countryside"],
    ),
    _hukou(
        HUKOU_PLACES, ["declared_dead"], CANCELLED, RELATIVES, POLICE, {"within": 1, "unit": "months"},
        {"papers": ["hukou_booklet", "id_of_the_deceased", "court_judgment"]},
    ),
    # 1958 art 19: the change is reported by the householder; what is then written the words do not say.
    _hukou(HUKOU_PLACES, ["missing"], RELATIVES, POLICE),
    # Art 38.
    _hukou(HUKOU_PLACES, ["declared_dead_returns"], RESTORED, YOU, POLICE, {"papers": ["court_judgment"]}),
    # 1958 art 13: 3 days in a city, 10 in the countryside, with the transfer paper; MPS art 43: with the register.
    *(
        _hukou(
            HUKOU_PLACES, ["move"], {"hukou": "moves"}, YOU, POLICE, {"within": days, "unit": "days"},
            {"papers": ["hukou_transfer_paper"]}, area=[area],
        )
        for area, days in (("city", 3), ("countryside", 10))
    ),
    # Never cancelled: nothing to do (Beijing's office: no procedure of return).
    _hukou(HUKOU_PLACES, ["come_back"], STAYS, YOU, NOWHERE),
    # EEL 13, 国侨发18: the overseas-Chinese office; the police then register the hukou.
    _hukou(
        HUKOU_PLACES, ["come_back_settled"], RESTORED, YOU, OFFICE,
        {
            "papers": [
                "return_application", "declaration_giving_up_residence", "entry_exit_record", "passport", "photo",
                "proof_of_residence_abroad",
            ]
        },
    ),
    # Art 37 para 2.
    _hukou(HUKOU_PLACES, ["nationality_restored"], RESTORED, YOU, POLICE, {"papers": ["proof_of_restored_nationality"]}),
)  # fmt: skip

# --- nationality and proof of identity ------------------------------------------------------------------------------------

IDENTITY_PLACES = (*PLAIN, "guangdong", "guangzhou", "shanghai", "zhejiang", "hangzhou")
IDENTITY_AXES: Mapping[str, Sequence[Any]] = {
    "event": (
        "study_abroad",
        "settle_abroad",
        "settle_hk_mo_tw",
        "foreign_nationality",
        "give_up_nationality",
        "nationality_restored",
    ),
    "settled_abroad": EITHER,
}
IDENTITY_OUTCOMES = ("nationality", "proof")
IDENTITY = (
    # nat 7c: only art 9 or an application changes nationality; the identity card of who stays a resident, else the passport.
    Row(IDENTITY_PLACES, {"event": ["study_abroad"]}, {"nationality": "kept", "proof": "id_card"}),
    Row(IDENTITY_PLACES, {"event": ["settle_abroad"]}, {"nationality": "kept", "proof": "passport"}),
    # Not abroad: arts 9, 14 (only another nationality after settling abroad, or an application, changes it). The passport of EEL 14 is
    # for those settled abroad; which paper proves who one is here the words do not say.
    Row(IDENTITY_PLACES, {"event": ["settle_hk_mo_tw"]}, {"nationality": "kept"}),
    Row(
        IDENTITY_PLACES, {"event": ["foreign_nationality"], "settled_abroad": YES},
        {"nationality": "lost", "proof": "foreign_passport"},
    ),
    # Art 9 asks for settling abroad; which paper then proves who one is the words do not say.
    Row(IDENTITY_PLACES, {"event": ["foreign_nationality"], "settled_abroad": NO}, {"nationality": "kept"}),
    # Art 11.
    Row(IDENTITY_PLACES, {"event": ["give_up_nationality"]}, {"nationality": "lost"}),
    # Art 13.
    Row(IDENTITY_PLACES, {"event": ["nationality_restored"]}, {"nationality": "restored_on_application"}),
)  # fmt: skip

# --- coming back ----------------------------------------------------------------------------------------------------------

COME_BACK_PLACES = (*PLAIN, "beijing", "zhejiang", "hangzhou")
COME_BACK_AXES: Mapping[str, Sequence[Any]] = {
    "nationality": ("chinese", "foreign", "hk_mo_tw"),
    "hukou": ("kept", "cancelled", "restored"),
    "relation_ended": EITHER,
}
COME_BACK_OUTCOMES = ("years", "employee_scheme", "resident_scheme", "papers")


def _come_back() -> tuple[Row, ...]:
    """Years first: kept as long as the relation was not ended; what becomes of them then, no text says (nat 8.3, 14)."""
    work = "from_new_job_or_flexible"
    rows = []
    for ended, years in ((NO, {"kept": "kept", "added": "add_up"}), (YES, {})):
        kept = {"years": years["kept"]} if years else {}
        added = {"years": years["added"]} if years else {}
        chinese = {"nationality": ["chinese"], "relation_ended": ended}
        # 居民身份证法 13: the identity card proves who one is.
        rows += [
            Row(
                COME_BACK_PLACES, {**chinese, "hukou": ["kept", "restored"]},
                {**kept, "employee_scheme": work, "resident_scheme": "open", "papers": ["id_card"]},
            ),
            # 人社厅 2009-118 answer: registered with the passport, employed or alone. The resident scheme: nothing found.
            Row(COME_BACK_PLACES, {**chinese, "hukou": ["cancelled"]}, {**kept, "employee_scheme": work, "papers": ["passport"]}),
            # 令16 arts 3, 5: only who is employed; the years add up. Permanent residents may join the resident scheme.
            Row(
                COME_BACK_PLACES, {"nationality": ["foreign"], "relation_ended": ended},
                {**added, "employee_scheme": "from_new_job", "resident_scheme": "open_with_permanent_residence"},
            ),
            # 令41 arts 2, 3, 7: "持港澳台居民有效证件".
            Row(
                COME_BACK_PLACES, {"nationality": ["hk_mo_tw"], "relation_ended": ended},
                {
                    **added, "employee_scheme": work, "resident_scheme": "open_with_residence_permit",
                    "papers": ["travel_permit"],
                },
            ),
        ]  # fmt: skip
    return tuple(rows)


COME_BACK = _come_back()

# --- discharge from the army ----------------------------------------------------------------------------------------------

#: 退役军人安置条例, in force 2024-09-01; before it the regulation of 2011.
NEW_LAW, OLD_LAW = date(2026, 10, 1), date(2024, 8, 31)
DISCHARGE_PLACES = PLAIN
DISCHARGE_AXES: Mapping[str, Sequence[Any]] = {
    "placed": ("in_a_post", "waiting_for_a_post", "self_employed", "monthly_payment", "retired_from_army")
}
DISCHARGE_OUTCOMES = ("scheme", "employer_share_paid_by", "years", "report_within_days", "gives_up_after_days")
MERGED = {"years": "merged"}
DISCHARGE = {
    NEW_LAW: (
        # Art 83: in a post; waiting, the local government pays the employer's share; on one's own either scheme. Art 51: 30 days;
        # more than 30 days late without a good reason is giving up.
        Row(PLAIN, {"placed": ["in_a_post"]}, {"scheme": "employee_scheme", "employer_share_paid_by": "employer", **MERGED}),
        Row(
            PLAIN, {"placed": ["waiting_for_a_post"]},
            {"scheme": "employee_scheme", "employer_share_paid_by": "local_government", **MERGED},
        ),
        Row(
            PLAIN, {"placed": ["self_employed"]},
            {"scheme": "employee_or_resident_scheme", "report_within_days": 30, "gives_up_after_days": 30, **MERGED},
        ),
        Row(PLAIN, {"placed": ["monthly_payment"]}, {"scheme": "employee_or_resident_scheme", **MERGED}),
        # Art 84.
        Row(PLAIN, {"placed": ["retired_from_army"]}, {"scheme": "placed_by_local_government", **MERGED}),
    ),
    OLD_LAW: (
        # 2011 arts 13, 47; years: 军人保险法 23, 退役军人保障法 50. Who is retired: nothing found.
        Row(PLAIN, {"placed": ["in_a_post"]}, {"scheme": "employee_scheme", "employer_share_paid_by": "employer", **MERGED}),
        Row(
            PLAIN, {"placed": ["self_employed"]},
            {"scheme": "employee_or_resident_scheme", "report_within_days": 30, **MERGED},
        ),
        # "以灵活方式就业或者暂未实现就业的" may choose: also who waits; who then pays the employer's share is not said.
        Row(PLAIN, {"placed": ["waiting_for_a_post"]}, {"scheme": "employee_or_resident_scheme", **MERGED}),
        Row(PLAIN, {"placed": ["monthly_payment", "retired_from_army"]}, MERGED),
    ),
}  # fmt: skip

DISCHARGE_ACCOUNT_PLACES = (*PLAIN, "chongqing", "jiangsu", "nanjing")
ONE_STOP = ("chongqing", "jiangsu", "nanjing")
DISCHARGE_ACCOUNT_AXES: Mapping[str, Sequence[Any]] = {"joins_employee_scheme": EITHER, "same_place": EITHER}
DISCHARGE_ACCOUNT_OUTCOMES = ("account", "account_within_days", "papers", "one_application")
#: 国办发〔1999〕100号: unsealed at the old place, moved to another, within 20 days of the certificate; not joining: the army pays.
DISCHARGE_ACCOUNT = tuple(
    Row(places, {"joins_employee_scheme": joins, "same_place": same}, {**says, **one_stop})
    for places, one_stop in ((PLAIN, {}), (ONE_STOP, {"one_application": "yes"}))
    for joins, same, says in (
        (YES, YES, {"account": "opened_again", "account_within_days": 20, "papers": ["army_transfer_certificate"]}),
        (YES, NO, {"account": "moved", "account_within_days": 20, "papers": ["army_transfer_certificate"]}),
        (NO, EITHER, {"account": "army_pays_you"}),
    )
)

# --- missing persons ------------------------------------------------------------------------------------------------------

MISSING_PLACES = PLAIN
MISSING_AXES: Mapping[str, Sequence[Any]] = {
    "state": ("not_declared", "declared_missing", "declared_dead", "reappeared"),
    "went_missing": ("without_accident", "in_accident", "survival_impossible", "in_war"),
}
MISSING_OUTCOMES = (
    "account", "missing_after_months", "missing_notice_months", "death_after_months", "death_notice_months", "runs_from",
    "day_of_death",
)  # fmt: skip
#: Civil Code 40-53, Civil Procedure Law 192, SPC 2022 art 17 (war: 4 years from its end).
#: ``day_of_death`` is the day that a court will name, if it declares death.
TIMES = (
    ("without_accident", 48, 12, "last_news", "day_of_judgment"),
    ("in_accident", 24, 12, "last_news", "day_of_accident"),
    ("survival_impossible", 0, 3, "last_news", "day_of_accident"),
    ("in_war", 48, 12, "end_of_war", "day_of_judgment"),
)
MISSING = (
    # Declared missing, the times until a declaration of death still run.
    *(
        Row(
            PLAIN, {"state": [state], "went_missing": [how]},
            {
                **account, "death_after_months": death, "death_notice_months": notice, "runs_from": runs_from,
                "day_of_death": day,
            },
        )
        for state, account in (
            ("not_declared", {"account": "not_inherited", "missing_after_months": 24, "missing_notice_months": 3}),
            ("declared_missing", {"account": "administered"}),
        )
        for how, death, notice, runs_from, day in TIMES
    ),
    Row(
        PLAIN, {"state": ["declared_dead"], "went_missing": ["without_accident", "in_war"]},
        {"account": "inherited", "day_of_death": "day_of_judgment"},
    ),
    Row(
        PLAIN, {"state": ["declared_dead"], "went_missing": ["in_accident", "survival_impossible"]},
        {"account": "inherited", "day_of_death": "day_of_accident"},
    ),
    Row(PLAIN, {"state": ["reappeared"]}, {"account": "to_be_given_back"}),
)  # fmt: skip

# --- two records at once --------------------------------------------------------------------------------------------------

DOUBLE_PLACES = PLAIN
DOUBLE_AXES: Mapping[str, Sequence[Any]] = {
    "records": ("two_employee", "two_resident", "student", "employee_and_resident"),
    "employee_months": (0, 11, 12, 13),
    "payer": ("employer", "flexible"),
}
DOUBLE_OUTCOMES = ("keep",)
#: nat 4b: "一年以上（含一年）". Under a year: nothing for who has an employer; part-time and casual work (Qingyuan's words): the
#: one that can be used.
DOUBLE = (
    Row(PLAIN, {"records": ["two_employee"]}, {"keep": "place_of_work"}),
    Row(PLAIN, {"records": ["two_resident"]}, {"keep": "usual_residence"}),
    Row(PLAIN, {"records": ["student"]}, {"keep": "place_of_study"}),
    Row(PLAIN, {"records": ["employee_and_resident"], "employee_months": from_(12)}, {"keep": "employee_scheme"}),
    Row(PLAIN, {"records": ["employee_and_resident"], "employee_months": months(0, 11), "payer": ["employer"]}, {}),
    Row(
        PLAIN, {"records": ["employee_and_resident"], "employee_months": months(0, 11), "payer": ["flexible"]},
        {"keep": "the_usable_one"},
    ),
)  # fmt: skip
