"""What is to be done at each event: who, where, with which papers, by when.

Written from nat 14 (the event matrix), the sections it leads to, and the words of the laws quoted there. How they were read:

* ``who`` is who has to act. Where nothing is to be done ("hukou kept", "no unemployment benefit") the step says so: ``nowhere``.
* ``where``: ``agency`` when the words name the agency and no channel; a window or a platform only when they do.
* ``within`` with its unit and its beginning: only a time limit in the words. ``papers``: only those that the words name.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

Says = Mapping[str, Any]
Case = Mapping[str, str]

#: The nation, and a city of each province with steps of its own.
PLACES = ("china", "shenzhen", "nanjing")
GUANGDONG, JIANGSU = ("shenzhen",), ("nanjing",)

#: Every fact a step may hang on. ``payer`` is who pays from now on; of whoever leaves or retires, who has paid until then.
AXES: Mapping[str, tuple[str, ...]] = {
    "event": (
        "leave_job", "employer_arrears", "move_in_province", "move_across_provinces", "resume", "settle_abroad",
        "lose_nationality", "study_abroad", "foreigner_leaves", "come_back", "enlist", "discharge", "retire",
        "retire_elsewhere", "die", "missing", "insured_twice", "first_time", "switch_to_employee", "switch_to_resident",
        "unemployment", "resident_rejoin", "newborn",
    ),
    "payer": ("employer", "flexible"),
    "reason": ("resigned", "dismissed"),
    "situation": ("same_place", "transfer_in", "arrears", "switch_with_gap"),
    "nationality": ("chinese", "foreign", "hk_mo_tw"),
    "hukou_cancelled": ("yes", "no"),
    "hukou": ("kept", "cancelled", "restored"),
    "enlisted_as": ("conscript", "officer_or_nco"),
    "placed": ("in_a_post", "waiting_for_a_post", "self_employed", "monthly_payment", "retired_from_army"),
    "joins_employee_scheme": ("yes", "no"),
    "choice": ("earlier", "statutory", "later"),
    "years_reached": ("yes", "no"),
    "state": ("not_declared", "declared_missing", "declared_dead", "reappeared"),
}  # fmt: skip
#: The facts that an event's steps may hang on: all their combinations. The other facts run along side by side, so that each of
#: their values is asked with each combination: a step that hangs on a fact of another event shows, without the whole product.
HANGS_ON: Mapping[str, tuple[str, ...]] = {
    "leave_job": ("reason", "payer"),
    "resume": ("payer", "situation"),
    "first_time": ("payer",),
    "switch_to_employee": ("payer", "situation"),
    "switch_to_resident": ("payer", "situation"),
    "settle_abroad": ("hukou_cancelled",),
    "foreigner_leaves": ("nationality", "payer"),
    "come_back": ("nationality", "hukou"),
    "enlist": ("enlisted_as",),
    "discharge": ("placed", "joins_employee_scheme"),
    "retire": ("choice", "years_reached", "payer"),
    "missing": ("state",),
}


def cases() -> Iterator[Case]:
    """Every event, with every combination of its facts, and the other facts side by side."""
    for event in AXES["event"]:
        own = HANGS_ON.get(event, ())
        others = [name for name in AXES if name != "event" and name not in own]
        for values in product(*(AXES[name] for name in own)):
            for turn in range(max(len(AXES[name]) for name in others)):
                told = {"event": event, **dict(zip(own, values, strict=True))}
                told |= {name: AXES[name][turn % len(AXES[name])] for name in others}
                yield {name: told[name] for name in AXES}


YOU, EMPLOYER, HEIRS, AGENCY = {"who": "you"}, {"who": "employer"}, {"who": "heirs"}, {"who": "agency"}
SOCIAL_INSURANCE = {"where": "social_insurance_agency"}
AT_AGENCY, NOWHERE, POLICE = {"where": "agency"}, {"where": "nowhere"}, {"where": "police_station"}

#: SIL 60: the employer tells the employee every month what it has paid; SIL 4: everybody may look at the records.
CHECK = {"check_last_month": {**YOU, "where": "old_employer"}}
#: SIL 45, 50: registered as unemployed at the public employment service, with the employer's proof; not for those who leave
#: of their own will.
DISMISSED = {"unemployment_benefit": {**YOU, "where": "employment_service", "papers": ["proof_of_end_of_work"]}}
RESIGNED = {"no_unemployment_benefit": {**YOU, **NOWHERE}}
#: SIL 58: the employer, to the agency, within 30 days from the first day of work; who works alone, to the agency.
BY_EMPLOYER = {
    "employer_registers": {
        **EMPLOYER, **AT_AGENCY, "within": 30, "unit": "days", "counted_from": "start_of_work",
    },
}  # fmt: skip
ALONE = {"join_as_flexible": {**YOU, **AT_AGENCY}}
#: 43号: national platform, or a window at either place; 10 + 5 working days; e-certificate or identity paper (nat 14). Jiangsu:
#: "不超过15个工作日", also the 参保凭证, which the origin issues at once.
TRANSFER = {"apply_for_transfer": {**YOU, "where": "agency_or_app", "papers": ["id"], "takes_working_days": 15}}
TRANSFER_JIANGSU = {"apply_for_transfer": {**TRANSFER["apply_for_transfer"], "papers": ["id", "insurance_record"]}}
#: 43号 art 11: back-payment "按转入地规定".
BACK_PAY = {"pay_back_on_transfer": {**YOU, **AT_AGENCY}}
#: 43号: nobody is insured twice; the national platform. Art 11(2): whoever changes the scheme pays back as whoever moves.
ONE_SCHEME = {"leave_the_other_scheme": {**YOU, "where": "agency_or_app"}}
BACK_PAY_ON_SWITCH = {"pay_back_on_switch": {**YOU, **AT_AGENCY}}
#: nat 6: registered and paid for, best in the central period; 经办条例 6: the agency has 10 working days.
ENROL = {"enrol_as_resident": {**YOU, **AT_AGENCY, "takes_working_days": 10}}
#: nat 15 R7: within 90 days of birth, by the guardian (nat 4, art 10(3)); since the briefing of 2024-09-10 with the birth certificate.
ENROL_NEWBORN_BEFORE = {
    "enrol_newborn": {"who": "guardian", **AT_AGENCY, "within": 90, "unit": "days", "counted_from": "event"}
}
ENROL_NEWBORN = {"enrol_newborn": {**ENROL_NEWBORN_BEFORE["enrol_newborn"], "papers": ["birth_certificate"]}}
#: nat 9 no. 3: ends with the benefit; next month alone or as a resident.
AFTER_BENEFIT = {"after_benefit": {**YOU, **AT_AGENCY}}
#: nat 1 no. 9: links are dissolved by themselves and made anew in the app.
RELINK = {"relink_family": {**YOU, "where": "agency_or_app"}}
#: SIL 63, 82, 83: the collector orders the employer to pay; anybody may report.
ARREARS = {"make_employer_pay": {**YOU, "where": "collecting_office"}}
#: nat 8.3.
STUDY = {"nothing_to_cancel": {**YOU, **NOWHERE}}
#: 公通字〔2021〕12号 art 36: proof of settling with a translation; the identity card is handed in. EEL 14.
SETTLE = {
    "report_settling": {**YOU, **POLICE, "papers": ["id_card", "proof_of_settlement"]},
    "passport_is_id": {**YOU, **NOWHERE, "papers": ["passport"]},
    # conf 7: the item's papers, the same in both provinces seen.
    "ask_about_payout": {**YOU, **AT_AGENCY, "papers": ["id"]},
}
#: cit 1.5 case 5 names no papers. Jiangsu names giving up, not settling abroad (conf 7).
SETTLE_GUANGDONG = {"ask_about_payout": {**YOU, **AT_AGENCY}}
SETTLE_JIANGSU = {
    "ask_about_payout": {
        **YOU, "where": "agency_or_local_site", "papers": ["id", "statement_of_giving_up"], "takes_working_days": 10,
    },
}  # fmt: skip
#: 公通字〔2021〕12号 art 36 para 2: reported at the police station of the hukou; its papers stand in the table of the hukou. nat 14,
#: 7c: the pension, on application in writing (令13 art 6); the medical account is local, no paper is named: to be asked.
NATIONALITY_LOST = {
    "report_nationality": {**YOU, **POLICE},
    "ask_as_former_citizen": {**YOU, **AT_AGENCY},
    "pension_apart": {**YOU, **SOCIAL_INSURANCE, "papers": ["written_application"]},
}
#: nat 14: the scheme of a new job or one's own (SIL 58); nat 1 no. 9: sharing is set up anew. EEL 13, 国侨发18 art 3 (nat 8.3): who
#: is Chinese and has no hukou any more applies to the overseas-Chinese office; the papers stand in the table of the hukou.
COME_BACK = {"join_again": {**YOU, **AT_AGENCY}} | RELINK
#: 令16 art 4: "用人单位招用外国人的，应当自办理就业证件之日起30日内为其办理社会保险登记"; alone they can't join.
COME_BACK_FOREIGN = {"join_again_as_foreigner": {"who": "employer", **SOCIAL_INSURANCE}} | RELINK
RETURN = {"apply_to_return": {**YOU, "where": "overseas_chinese_office"}}
#: nat 8.4, 14: 安置条例 51: self-employed conscripts and NCOs report within 30 days of the approved discharge; 国办发〔1999〕100号: the
#: agency gets the transfer certificate of those who join the employee scheme.
REPORT = {
    "report_for_placement": {
        **YOU, "where": "veterans_office", "within": 30, "unit": "days", "counted_from": "event",
    },
}  # fmt: skip
CERTIFICATE = {"hand_in_certificate": {**YOU, **AT_AGENCY, "papers": ["army_transfer_certificate"]}}
#: Civil Code 40, 42, 43, 45, 46, 50 (nat 8.5): the court, at the request of those concerned; the administrator keeps the property,
#: the law names who may be it. A card that is not one's own is not used (nat 10). Who is back asks the court himself or those concerned.
ASK_DEATH = {"ask_court_death": {**HEIRS, "where": "court"}}
LEAVE_CARD = {"leave_card_alone": {**HEIRS, **NOWHERE}}
MISSING = {
    "not_declared": {"ask_court_missing": {**HEIRS, "where": "court"}} | ASK_DEATH | LEAVE_CARD,
    "declared_missing": ASK_DEATH | LEAVE_CARD | {"name_administrator": {**HEIRS, **NOWHERE}},
    # Succession opens: what is to be done then, the event of a death tells.
    "declared_dead": {},
    "reappeared": {"ask_court_to_revoke": {**YOU, "where": "court"}},
}
#: nat 4b: one record stays, the other is stopped; nat 15 R18, and a bureau's words (Yunfu): paid back on application, online or at
#: the office.
TWICE = {
    "stop_other_record": {**YOU, "where": "agency_or_app"},
    "ask_for_refund": {**YOU, "where": "agency_or_app"},
}
#: 令16 art 5, 令41 art 7: kept, or an application in writing.
FOREIGNER = {"decide_keep_or_end": {**YOU, **AT_AGENCY, "papers": ["written_application"]}}
FOREIGNER_JIANGSU = {
    "decide_keep_or_end": {
        **YOU, "where": "agency_or_local_site", "papers": ["id", "statement_of_giving_up"], "takes_working_days": 10,
    },
}  # fmt: skip
#: nat 8.4.
HUKOU_STAYS = {"hukou_stays": {**YOU, **NOWHERE}}
SEALED = {"account_sealed": {**AGENCY, **AT_AGENCY}}
SENT = {"account_sent": {**AGENCY, **AT_AGENCY}}
#: Web pages on several cities: registered in the national app or at the agency.
RETIRED = {"register_for_care_elsewhere": {**YOU, "where": "agency_or_app"}}
#: cit 1.5 case 2.
RETIRED_GUANGDONG = {"register_for_care_elsewhere": {**YOU, **AT_AGENCY}}
#: 公通字〔2021〕12号 art 31: within a month, with the household register and identity card of the deceased and one proof of
#: death. 经办条例 25: 20 working days from the event. Never use the card (nat 10).
DEATH = {
    "register_death": {
        **HEIRS, **POLICE, "within": 1, "unit": "months", "counted_from": "event",
        "papers": ["hukou_booklet", "id_of_the_deceased", "death_certificate"],
    },
    "report_death": {**HEIRS, **AT_AGENCY, "within": 20, "unit": "working_days", "counted_from": "event"},
    # conf 7: in both provinces seen the heir's identity card and bank account.
    "heirs_apply": {**HEIRS, **AT_AGENCY, "papers": ["id_of_the_heir", "heirs_bank_account"]},
    "do_not_use_card": {**HEIRS, **NOWHERE},
}  # fmt: skip
#: conf 7, item 10.
HEIRS_JIANGSU = {
    "heirs_apply": {
        **HEIRS, "where": "agency_or_local_site", "takes_working_days": 10,
        "papers": ["id", "id_of_the_heir", "heirs_bank_account", "commitment_if_not_found"],
    },
}  # fmt: skip

#: SIL 4: everybody may look at the records and ask the agency. nat 14 (row "retire"): check the years before, make up what is missing.
CHECK_YEARS = {"check_years": {**YOU, **AT_AGENCY}}
MAKE_UP = {"make_up_years": {**YOU, **NOWHERE}}
#: 人社部发〔2024〕94号: 至少在本人选择的退休时间前3个月以书面形式告知所在单位; 所在单位与职工应提前1个月以书面形式明确.
NOTICE = {
    "earlier": {
        "tell_employer_earlier": {
            **YOU, "where": "own_employer", "within": 3, "unit": "months", "counted_from": "before_retirement",
        },
    },
    "later": {
        "agree_later": {
            **YOU, "where": "own_employer", "within": 1, "unit": "months", "counted_from": "before_statutory_age",
        },
    },
    "statutory": {},
}  # fmt: skip
#: Jiangsu's guide, item 2: retirement is a change of status that is registered; no channel is named.
RETIRED_JIANGSU = {"report_retirement": {**YOU, **NOWHERE}}


def _asked(case: Case) -> Mapping[str, Says]:
    """Whom an employer has paid for can ask the employer; who paid alone has the own record."""
    return CHECK if case["payer"] == "employer" else {}


def steps(place: str, case: Case) -> Mapping[str, Says]:
    """The steps of one event at one place."""
    match case["event"]:
        case "leave_job":
            return _asked(case) | (DISMISSED if case["reason"] == "dismissed" else RESIGNED)
        case "employer_arrears":
            return ARREARS
        case "move_in_province" | "move_across_provinces":
            return (TRANSFER_JIANGSU if place in JIANGSU else TRANSFER) | RELINK
        case "resume":
            joins = BY_EMPLOYER if case["payer"] == "employer" else ALONE
            return joins | (BACK_PAY if case["situation"] == "transfer_in" else {})
        case "first_time":
            return BY_EMPLOYER if case["payer"] == "employer" else ALONE
        case "switch_to_employee" | "switch_to_resident":
            joins = BY_EMPLOYER if case["payer"] == "employer" else ALONE
            joins = ENROL if case["event"] == "switch_to_resident" else joins
            return ONE_SCHEME | joins | (BACK_PAY_ON_SWITCH if case["situation"] == "switch_with_gap" else {})
        case "unemployment":
            return AFTER_BENEFIT
        case "resident_rejoin":
            return ENROL
        case "newborn":
            return ENROL_NEWBORN
        case "settle_abroad":
            return SETTLE | (SETTLE_GUANGDONG if place in GUANGDONG else SETTLE_JIANGSU if place in JIANGSU else {})
        case "lose_nationality":
            return NATIONALITY_LOST
        case "come_back":
            lost_hukou = case["nationality"] == "chinese" and case["hukou"] == "cancelled"
            back = COME_BACK_FOREIGN if case["nationality"] == "foreign" else COME_BACK
            return back | (RETURN if lost_hukou else {})
        case "discharge":
            reports = REPORT if case["placed"] == "self_employed" else {}
            return RELINK | reports | (CERTIFICATE if case["joins_employee_scheme"] == "yes" else {})
        case "missing":
            return MISSING[case["state"]]
        case "insured_twice":
            return TWICE
        case "study_abroad":
            return STUDY
        case "foreigner_leaves":
            if place in JIANGSU:
                return _asked(case) | FOREIGNER_JIANGSU
            # 令16 is on foreigners, 令41 on residents of Hong Kong, Macao and Taiwan; nobody else has this choice.
            return _asked(case) | ({} if case["nationality"] == "chinese" else FOREIGNER)
        case "enlist":
            return HUKOU_STAYS | (SEALED if case["enlisted_as"] == "conscript" else SENT)
        case "retire":
            at_place = RETIRED_JIANGSU if place in JIANGSU else {}
            return (
                CHECK_YEARS
                | (NOTICE[case["choice"]] if case["payer"] == "employer" else {})
                | (MAKE_UP if case["years_reached"] == "no" else {})
                | at_place
            )
        case "retire_elsewhere":
            return RETIRED_GUANGDONG if place in GUANGDONG else RETIRED
        case "die":
            return DEATH | (HEIRS_JIANGSU if place in JIANGSU else {})
    raise LookupError(case["event"])


#: Under the placement regulation of 2011 (art 13: 30 days, too), before the measures on flexible retirement (2025) and the notice on
#: sharing (2026-01-09), and before the birth certificate was said to do for a newborn (2024-09-10).
OLD_LAW = date(2024, 8, 31)
NOT_YET = {"tell_employer_earlier", "agree_later", "relink_family"}


def old_steps(place: str, case: Case) -> Mapping[str, Says]:
    """The same steps, without those that newer texts brought."""
    if case["event"] == "newborn":
        return ENROL_NEWBORN_BEFORE
    return {key: says for key, says in steps(place, case).items() if key not in NOT_YET}


OUTCOMES = ("who", "where", "papers", "within", "unit", "counted_from", "takes_working_days")
