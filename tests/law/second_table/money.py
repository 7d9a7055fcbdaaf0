"""What becomes of the money in the personal account."""

from collections.abc import Mapping

from tests.law.second_table import PLACES

NOT_SAID = None  # the sources say nothing about this cell: it is not compared
U = "unknown"

CHINESE = {"nationality": "chinese"}
GUANGDONG = ("guangdong", "shenzhen", "guangzhou")
#: One pooling area each: nobody moves inside them.
ONE_AREA = ("beijing", "shanghai", "chongqing", "tianjin")
OTHERS = tuple(place for place in PLACES if place not in GUANGDONG)
NOT_SHANGHAI = tuple(place for place in PLACES if place != "shanghai")
#: No rule of their own on settling abroad was found (nat 1 no. 3, cit 15.7): cit 6 g, 9 g, 10 g, 11 g; Jiangsu's guide
#: names death, giving up and a pension in one sum (conf 7). Fujian: nothing provincial; Quanzhou's guide below.
NO_RULE_ABROAD = (
    "china", "sichuan", "chengdu", "tianjin", "jiangsu", "nanjing", "suzhou", "zhejiang", "hubei", "shaanxi", "hainan",
    "fujian",
)  # fmt: skip

# fmt: off
#: event, places, further facts that matter, balance, withdraw. "stays" is a balance that is kept and can be spent;
#: "stays_usable" adds: in the whole province, without moving.
ACCOUNT: tuple[tuple[str, tuple[str, ...], Mapping[str, str], str | None, str | None], ...] = (
    # nat 14 "stays, yours, interest, usable"; cit 14 "cash whenever you change job: false as a rule"; nat 3: no text on cash.
    ("leave_job", tuple(place for place in PLACES if place != "hangzhou"), {}, "stays", "no_rule_found"),
    # cit 7 g: "非本市户籍且未在其他统筹地参保的，可按规定办理个人账户清算": whether it can be drawn depends on that.
    ("leave_job", ("hangzhou",), {}, "stays", NOT_SAID),
    # nat 8.3, 14: "nothing to settle", usable in China.
    ("study_abroad", PLACES, {}, "stays", "no_rule_found"),
    # nat 4: moves "in principle" in full with the relation; Guangdong: cit 1.5 case 1, conf 4.1 art 14; Beijing: cit 3 h;
    # Hangzhou: cit 7 g "个人账户实际结余资金的转移"; Chongqing: "个人账户余额将随医保关系一并转移".
    ("move_across_provinces", NOT_SHANGHAI, {}, "moves", NOT_SAID),
    # cit 4 g/h: settled, the net balance moves.
    ("move_across_provinces", ("shanghai",), {}, "settled", NOT_SAID),
    # conf 4.1 art 14: "跨市使用，不划转、不提现".
    ("move_in_province", GUANGDONG, {}, "stays_usable", "no"),
    ("move_in_province", tuple(place for place in OTHERS if place not in ONE_AREA), {}, "moves", NOT_SAID),
    # nat 1 no. 3 "payout … on emigration is local law", 15 R26; what becomes of the balance is open (A12).
    ("settle_abroad", NO_RULE_ABROAD, CHINESE, U, U),
    # cit 1.5 case 5.
    ("settle_abroad", GUANGDONG, CHINESE, NOT_SAID, "on_application"),
    # cit 12 g, 13 g: settled abroad is a case of payout; nothing is said on the hukou. Quanzhou's guide: "因死亡、出国或
    # 转外地居民医保，参保人员可办理医保个人账户一次性支取".
    ("settle_abroad", ("wuhan", "xian", "quanzhou"), CHINESE, NOT_SAID, "on_application"),
    # cit 8 g: one health page names the case; an answer of 2009 seals the account until a foreign nationality is taken.
    ("settle_abroad", ("chongqing",), CHINESE, U, U),
    # cit 3 g, 7 g, reported: settled abroad with the hukou cancelled.
    ("settle_abroad", ("beijing", "hangzhou"), {**CHINESE, "hukou_cancelled": "yes"}, NOT_SAID, "on_application"),
    # cit 4 g: the account is closed and settled when the hukou is cancelled.
    ("settle_abroad", ("shanghai",), {**CHINESE, "hukou_cancelled": "yes"}, "settled", NOT_SAID),
    # With the hukou kept none of the three names anything.
    ("settle_abroad", ("beijing", "shanghai", "hangzhou"), {**CHINESE, "hukou_cancelled": "no"}, U, U),
    # nat 3: "归个人所有，可以结转使用和继承"; Guangdong case 4; Beijing cit 3 g; Tianjin cit 9 g; Jiangsu conf 7.
    ("die", tuple(place for place in NOT_SHANGHAI if place != "hangzhou"), {}, "inherited", NOT_SAID),
    # cit 4 g: closed and settled on death. cit 7 g: bills and overdraft first, "个人账户清算后的金额".
    ("die", ("shanghai", "hangzhou"), {}, "settled", NOT_SAID),
    # nat 8.4 国办发〔1999〕100号: sealed; officers and NCOs: sent to the unit. Guangdong case 3: on application.
    ("enlist", OTHERS, {"enlisted_as": "conscript"}, "sealed", NOT_SAID),
    ("enlist", OTHERS, {"enlisted_as": "officer_or_nco"}, "sent_to_unit", NOT_SAID),
    ("enlist", GUANGDONG, {"enlisted_as": "conscript"}, NOT_SAID, "on_application"),
    ("enlist", GUANGDONG, {"enlisted_as": "officer_or_nco"}, NOT_SAID, "on_application"),
    # nat 7a art 5, 7b art 7, conf 6.2, 6.3: kept; on written application to end the relation paid at once. Jiangsu's
    # guide names both articles (conf 7). No other city's list of cases names these people (cit 2 g "ask", 3 g, 4 g):
    # the nation's rule is left. Shanghai settles an account that is closed (cit 4 g), so the balance is "settled" there.
    ("foreigner_leaves", NOT_SHANGHAI, {"nationality": "foreign", "ends_relation": "yes"}, "kept_or_paid", "on_application"),
    ("foreigner_leaves", ("shanghai",), {"nationality": "foreign", "ends_relation": "yes"}, "settled", "on_application"),
    ("foreigner_leaves", PLACES, {"nationality": "foreign", "ends_relation": "no"}, "stays", "on_ending_relation"),
    ("foreigner_leaves", NOT_SHANGHAI, {"nationality": "hk_mo_tw", "ends_relation": "yes"}, "kept_or_paid", "on_application"),
    ("foreigner_leaves", ("shanghai",), {"nationality": "hk_mo_tw", "ends_relation": "yes"}, "settled", "on_application"),
    ("foreigner_leaves", PLACES, {"nationality": "hk_mo_tw", "ends_relation": "no"}, "stays", "on_ending_relation"),
)
# fmt: on
EVENTS = {
    "leave_job",
    "study_abroad",
    "move_in_province",
    "move_across_provinces",
    "settle_abroad",
    "die",
    "enlist",
    "foreigner_leaves",
}  # fmt: skip
