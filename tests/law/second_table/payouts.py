"""In which cases the balance of the account is paid out once: who applies, where, with what, when, to whom.

Each place is stated in full: every case that its sources name, or that is left to it from its province and the nation, and
nothing else. A case of the place's own is stated from the place's sources; to whom it is paid, from the nation's where the
place says nothing else (heirs: nat 3; foreigners, Hong Kong, Macao and Taiwan: 令16, 令41, "支付给本人", "终止社会保险关系").
How the sources were read:

* ``who``: "可以申请", "可以支取", "可划入本人银行账户" is the insured person; after a death the heirs. A source that names
  another (the employer files, the agency settles) is followed.
* ``where``, ``papers``, days: only what the source of this very place says. Nothing is borrowed from the nation's item list,
  which was never seen. "等" after two papers leaves the list open; the two are stated.
* ``first``: what has to be done before, in the order of the source.
* ``own_bank_account``: "支付给本人", "一次性领取".
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

YOU, HEIRS = {"who": "you"}, {"who": "heirs"}
TO_YOU = {**YOU, "payee": "own_bank_account"}
WINDOW, WINDOW_OR_SITE = {"where": "agency_window"}, {"where": "agency_or_local_site"}
Says = Mapping[str, Any]

#: nat 3, conf 6.2, 6.3, 7a art 6: inheritable; Civil Code art 1160: no heir, to the state. The rule on overseas Chinese and
#: relatives (Order 410 art 23): the agency settles what is theirs and ends the relation.
CHINA: dict[str, Says] = {
    "death": {**HEIRS, "payee": "heirs", "no_heir": "state"},
    "foreigner_leaves": {**TO_YOU, "papers": ["written_application"], "first": ["relation_ended"]},
    "hk_mo_tw_leaves": {**TO_YOU, "papers": ["written_application"], "first": ["relation_ended"]},
    "overseas_chinese_family": {"who": "agency", "first": ["relation_ended"]},
}
#: cit 1.5, conf 4.2: the five cases. "特殊情况无法转移时可以划入本人银行账户".
GUANGDONG: dict[str, Says] = {
    "cannot_move": TO_YOU,
    "retire_elsewhere": {**TO_YOU, "first": ["registered_for_care_elsewhere"]},
    "enlist": TO_YOU,
    "death": {**HEIRS, "payee": "deceased_account_or_heirs"},
    "settle_abroad": TO_YOU,
}
#: cit 2 g: "医保电子凭证或有效身份证件或社保卡", "广东省政务服务网…也可前往窗口", "10 个工作日".
SHENZHEN_ADDS: Says = {**WINDOW_OR_SITE, "papers": ["id"], "takes_working_days": 10}
#: conf 7, item 10 of the guide, and its "办理方式": window, or online. The legal basis names foreigners and residents of
#: Hong Kong, Macao and Taiwan: they come under giving up (statement), which by their own words ends the relation.
JIANGSU: dict[str, Says] = {
    "death": {
        **HEIRS, **WINDOW_OR_SITE, "takes_working_days": 10, "payee": "heirs",
        "papers": ["id", "id_of_the_heir", "heirs_bank_account", "commitment_if_not_found"],
    },
    "give_up": {
        **YOU, **WINDOW_OR_SITE, "takes_working_days": 10, "papers": ["id", "statement_of_giving_up"],
    },
    "lump_sum_pension": {**YOU, **WINDOW_OR_SITE, "takes_working_days": 10, "papers": ["id", "pension_sheet"]},
    "foreigner_leaves": {
        **TO_YOU, **WINDOW_OR_SITE, "takes_working_days": 10, "papers": ["id", "statement_of_giving_up"],
        "first": ["relation_ended"],
    },
    "hk_mo_tw_leaves": {
        **TO_YOU, **WINDOW_OR_SITE, "takes_working_days": 10, "papers": ["id", "statement_of_giving_up"],
        "first": ["relation_ended"],
    },
}  # fmt: skip
#: cit 3 g. The wording on a death names no city: nothing of it is followed. "注销北京户籍且出国（境）定居者，可凭护照、户口
#: 注销证明等办理提取".
BEIJING: dict[str, Says] = {
    "death": HEIRS,
    "settle_abroad": {**YOU, "papers": ["passport", "hukou_cancellation_proof"], "first": ["hukou_cancelled"]},
}
#: cit 4 g: closed and settled, unsettled bills first, any district centre; papers by case. Foreigners: the city's page of 2024,
#: 10 working days, after an appointment for more than 10,000 yuan; it repeats the written application of 令16.
SHANGHAI: dict[str, Says] = {
    "death": {
        **HEIRS, **WINDOW, "first": ["bills_settled"], "payee": "heirs",
        "papers": ["id_card_or_hukou_booklet", "insurance_card", "death_and_cremation_certificate"],
    },
    "settle_abroad": {
        **YOU, **WINDOW, "first": ["hukou_cancelled", "bills_settled"],
        "papers": ["id_card_or_hukou_booklet", "insurance_card", "hukou_cancellation_proof"],
    },
    "foreigner_leaves": {
        **TO_YOU, **WINDOW, "first": ["relation_ended", "bills_settled"], "takes_working_days": 10,
        "papers": ["written_application"],
    },
}  # fmt: skip
#: cit 7 g. "转异地参保且未建立个人账户，已办理医保退保手续"; bills are settled first on a transfer, abroad, on death.
HANGZHOU: dict[str, Says] = {
    "not_local_not_insured": YOU,
    "death": {**HEIRS, "payee": "deceased_account", "first": ["bills_settled"]},
    "settle_abroad": {**YOU, "first": ["hukou_cancelled", "bills_settled"]},
    "no_account_at_destination": {**YOU, "first": ["cover_stopped", "bills_settled"]},
}
#: cit 8 g: the two cases, nothing else.
CHONGQING: dict[str, Says] = {"death": {**HEIRS, "payee": "heirs"}, "settle_abroad": YOU}
#: cit 9 g.
TIANJIN: dict[str, Says] = {
    "death": {
        **HEIRS, "payee": "heirs", "no_heir": "pooled_fund",
        "papers": ["id_of_the_deceased", "death_certificate", "id_of_the_heir", "heirs_bank_account"],
    },
}  # fmt: skip
#: cit 12 g and the page quoted there: two months after ending (which comes first), through the employer ("由参保单位…携带以下资料向所在辖区社保
#: 经办机构申请办理"; people who pay alone or heirs themselves), four kinds of papers. The payee is an heir, or whoever is named.
WUHAN: dict[str, Says] = {
    key: {
        "who": "employer", "where": "agency", "first": ["relation_ended"], "months_after_ending": 2,
        "papers": ["payout_form", "proof_of_kinship", proof, account], **payee,
    }
    for key, proof, account, payee in (
        ("death", "death_certificate", "heirs_bank_account", {"payee": "heirs"}),
        ("settle_abroad", "proof_of_settlement", "bank_account", {}),
        ("cannot_move", "proof_of_leaving_the_city", "bank_account", {}),
    )
}  # fmt: skip
#: cit 13 g: the person or heir fills in the form, the employer files it at the counter, done on the spot; batch of 2023.
XIAN: dict[str, Says] = {
    key: {
        "who": "employer", **WINDOW, "papers": ["payout_form", "honesty_commitment"],
        "batch_from": date(2023, 2, 6), "batch_until": date(2023, 3, 31), **({"payee": "heirs"} if key == "death" else {}),
    }
    for key in ("death", "settle_abroad", "destination_not_on_platform", "give_up")
}  # fmt: skip
#: cit 1.8 and the guide: "到参保人所属医保中心窗口办理"; "须结清参保人医疗费用并向税务部门申报停保的次月10日以后方可办理" for all;
#: a death is reported within 30 days, and that report takes the place of stopping.
QUANZHOU_ALL: Says = {**WINDOW, "first": ["bills_settled", "cover_stopped"], "day_of_next_month": 10}
QUANZHOU: dict[str, Says] = {
    "death": {
        **HEIRS, **QUANZHOU_ALL, "first": ["bills_settled"], "payee": "heirs", "report_within_days": 30,
        "papers": ["death_certificate", "proof_of_kinship", "id"],
    },
    "settle_abroad": {**YOU, **QUANZHOU_ALL, "papers": ["proof_of_settlement"]},
    "no_account_at_destination": {**YOU, **QUANZHOU_ALL, "papers": ["id"]},
    "foreigner_leaves": {**TO_YOU, **QUANZHOU_ALL},
    "hk_mo_tw_leaves": {**TO_YOU, **QUANZHOU_ALL},
    "retired_cannot_move": {**YOU, **QUANZHOU_ALL},
    "cannot_move": {**YOU, **QUANZHOU_ALL},
}  # fmt: skip
#: Two pages: five cases, the heirs inherit; at the window (both), or on the city's own app (one).
XIAMEN: dict[str, Says] = {
    "death": {**HEIRS, **WINDOW_OR_SITE, "payee": "heirs"},
    **{key: {**YOU, **WINDOW_OR_SITE} for key in ("settle_abroad", "retired_cannot_move", "cannot_move")},
    **{
        key: {**TO_YOU, **WINDOW_OR_SITE, "first": ["relation_ended"]}
        for key in ("foreigner_leaves", "hk_mo_tw_leaves")
    },
}

#: Each place with the cases that hold there.
PAYOUTS: dict[str, dict[str, Says]] = {
    "china": CHINA,
    "chengdu": CHINA,
    "guangdong": CHINA | GUANGDONG,
    "guangzhou": CHINA | GUANGDONG,
    "shenzhen": CHINA | {key: {**says, **SHENZHEN_ADDS} for key, says in GUANGDONG.items()},
    "jiangsu": CHINA | JIANGSU,
    "nanjing": CHINA | JIANGSU,
    "beijing": CHINA | BEIJING,
    "shanghai": CHINA | SHANGHAI,
    "hangzhou": CHINA | HANGZHOU,
    "chongqing": CHINA | CHONGQING,
    "tianjin": CHINA | TIANJIN,
    "wuhan": CHINA | WUHAN,
    "xian": CHINA | XIAN,
    "fujian": CHINA,
    "quanzhou": CHINA | QUANZHOU,
    "xiamen": CHINA | XIAMEN,
}

OUTCOMES = (
    "who", "where", "papers", "takes_working_days", "first", "months_after_ending", "day_of_next_month", "batch_from",
    "batch_until", "payee", "no_heir", "report_within_days",
)  # fmt: skip
