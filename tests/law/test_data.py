"""The law data is in order, and each check of it bites."""

from datetime import date

import pytest

from calculator.lawbook import Lawbook, LawError, lawbook, read_sources
from calculator.verify import check_data
from calculator.verify.evidence import _written
from tests.law.planted import added, planted

CHINA = "places/china.toml"
TRANSFER = "instruments/nhsa-2021-43.toml"
LAW_OF_2010 = "instruments/sil-2010.toml"
RULE = """
[[rule]]
id = "china.planted"
topic = "transfer"
from = 2022-01-01
until = "open"
looks_at = "event"
when = { move = "move_in_province" }
then = { money = "moves" }
sure = "official"
cites = ["nhsa-2021-43#outgoing"]
"""


def test_the_shipped_law_is_in_order():
    assert check_data(lawbook(), date.today()) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (TRANSFER, "checked = 2026-11-22\nquote = \"不含退休人员\"", "checked = 2999-01-01\nquote = \"不含退休人员\"", "still to come"),
        (TRANSFER, "issued = 2021-11-01", "issued = 2027-11-01", "before it was issued"),
        (LAW_OF_2010, "https://flk.npc.gov.cn", "https://flk.npc.gov.cn.example.com", "not an official host"),
        (CHINA, "gap = { at_most = 3 }, back_paid = \"yes\"", "gap = { at_most = 5 }, back_paid = \"yes\"", "gap is 5, which its sources do not say"),
        (CHINA, "out_working_days = 10", "out_working_days = 12", "out_working_days is 12"),
    ],
)  # fmt: skip
def test_a_planted_fault_in_the_data_is_found(file, before, after, says):
    faults = check_data(planted(file, before, after), date.today())
    assert any(says in fault for fault in faults), faults


@pytest.mark.parametrize("id", ["art16", "over-3", "sz-999", "nhsa-2021-43#outgoing", "shanghai.cover-stop"])
def test_an_id_that_no_reader_knows_is_found_in_what_readers_see(id):
    for lang, (en, zh) in {"en": (id, "说明"), "zh": ("A note", f"说明见 {id}。")}.items():
        book = added(CHINA, RULE + f'note = {{ en = "{en}.", zh = "{zh}" }}\n')
        assert any(
            "china.planted" in fault and f"in {lang} is no name" in fault for fault in check_data(book, date.today())
        )


def test_a_rule_surer_than_its_sources_is_found():
    book = added(
        CHINA,
        RULE.replace('sure = "official"', 'sure = "full_text"').replace(
            "nhsa-2021-43#outgoing", "cd-gap-report#within-4"
        ),
    )
    assert any("china.planted: said to be full_text" in fault for fault in check_data(book, date.today()))


def test_an_empty_translation_is_found():
    book = added(CHINA, RULE + 'note = { en = "A note.", zh = " " }\n')
    assert any("china.planted" in fault and "nothing in zh" in fault for fault in check_data(book, date.today()))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("nhsa-2021-43#outgoing", "nhsa-2021-43#no-such", "which no instrument has"),
        ('topic = "transfer"', 'topic = "weather"', "there is no topic"),
        ('move = "move_in_province"', 'move = "sideways"', "is not one of"),
        ('money = "moves"', 'money = "unknown"', "says why"),
        ('money = "moves"', 'colour = "red"', "is not part of the topic"),
        ("until = \"open\"", "until = 2021-01-01", "ends before it begins"),
        ('id = "china.planted"', 'id = "china.transfer"', "there twice"),
    ],
)  # fmt: skip
def test_a_record_outside_the_schema_is_refused(before, after, says):
    assert before in RULE
    with pytest.raises(LawError, match=says):
        added(CHINA, RULE.replace(before, after))


def test_broken_toml_names_the_file():
    with pytest.raises(LawError, match=r"places/china\.toml"):
        added(CHINA, "[[rule]\n")


def test_memory_alone_never_gives_an_answer():
    remembered = {p.id for p in lawbook().provisions.values() if p.seen == "memory"}
    told = [
        r.id for r in lawbook().records.values() if set(r.cites) <= remembered and set(r.then.values()) != {"unknown"}
    ]
    assert told == []


NOTICE = """
id = "planted-notice"
kind = "normative_document"
place = "china"
title = { en = "A notice", zh = "一个通知" }
issuer = { en = "An office", zh = "某机关" }
[dates]
issued = 2022-03-01
"""
WORDS = """
[[provisions]]
id = "words{number}"
article = {{ en = "the words", zh = "原文" }}
seen = "official_statement"
checked = 2026-11-22
quote = "{words}"
paraphrase = {{ en = "What it says.", zh = "如上。" }}
"""
PLANTED = """
[[rule]]
id = "china.planted{number}"
topic = "{topic}"
from = {begins}
until = {ends}
looks_at = "event"
{rest}
sure = "official"
cites = ["planted-notice#words{number}"]
"""


def planted_faults(topic: str, rest: str, *told: tuple[str, str, str]) -> list[str]:
    """What is found wrong with rules that each cite a notice with these words and have this life."""
    sources = read_sources()
    sources["instruments/planted-notice.toml"] = NOTICE
    for number, (words, begins, ends) in enumerate(told, 1):
        sources["instruments/planted-notice.toml"] += WORDS.format(number=number, words=words)
        sources[CHINA] += PLANTED.format(number=number, topic=topic, begins=begins, ends=ends, rest=rest)
    return [fault for fault in check_data(Lawbook(sources), date(2026, 12, 31)) if fault.startswith("china.planted")]


ALWAYS = ("2022-01-01", '"open"')


@pytest.mark.parametrize(
    ("words", "then", "right"),
    [
        ("省内转移的，个人账户余额随其划转", 'money = "moves"', True),
        ("省内转移的，个人账户余额随其划转", 'money = "does_not_move"', False),
        ("省内转移的，个人账户资金不划转、不提现", 'money = "does_not_move"', True),
        ("省内转移的，个人账户资金不划转、不提现", 'money = "moves"', False),
    ],
)
def test_an_outcome_rests_on_words_that_its_sources_hold(words, then, right):
    faults = planted_faults(
        "transfer", f'when = {{ move = "move_in_province" }}\nthen = {{ {then} }}', (words, *ALWAYS)
    )
    assert bool(faults) is not right
    assert all("and its sources hold none of" in fault for fault in faults)


@pytest.mark.parametrize(
    ("then", "right", "wrong"),
    [
        ('who = "employer", where = "agency"', "由参保单位向经办机构申请", "由本人向经办机构申请"),
        ('who = "heirs", where = "agency_window"', "由继承人继承，可以到窗口申请", "由继承人继承，可以在网上办理"),
        (
            'who = "heirs", papers = ["id_of_the_heir", "heirs_bank_account"]',
            "继承人身份证、银行卡账户信息",
            "继承人身份证",
        ),
    ],
)
def test_who_where_and_papers_rest_on_words_that_their_sources_hold(then, right, wrong):
    told = [(f"死亡的，{words}", *ALWAYS) for words in (right, wrong)]
    [fault] = planted_faults("withdrawal", f'then = {{ key = "death", {then} }}', *told)
    assert fault.startswith("china.planted2: ") and "and its sources hold none of" in fault


@pytest.mark.parametrize(
    ("topic", "rest", "number", "right", "wrong"),
    [
        # Months, also as years.
        ("gap", "when = {{ paid_before = {{ at_least = {} }} }}\nthen = {{ wait_months = 0 }}", 24,
         ["满24个月", "满二十四个月", "满2年", "满二年", "满2周岁"], ["满3年", "满12年", "满240个月", "满三年"]),
        ("gap", "when = {{ paid_before = {{ at_least = {} }} }}\nthen = {{ wait_months = 0 }}", 18,
         ["满18个月", "满1.5年", "满一年六个月", "满1年6个月"], ["满1年", "满2.5年", "满118个月"]),
        ("gap", "then = {{ wait_months = {} }}", 3,
         ["等待3个月", "等待三个月", "3个月（含）"], ["等待13个月", "等待30个月", "等待0.3个月", "等待两个月"]),
        # Money: fen in the data, yuan in the words.
        ("resident_premium", "then = {{ premium_fen = {} }}", 168000,
         ["1680元", "1,680元", "1680.00元", "1,680.0元"],
         ["168元", "11680元", "21,680元", "1,680.50元", "16800元", "1,681元", "168000元"]),
        ("resident_premium", "then = {{ premium_fen = {} }}", 95050,
         ["950.5元", "950.50元"], ["950元", "950.05元", "950.55元", "1,950.50元"]),
        ("resident_premium", "then = {{ premium_fen = {} }}", 2000000,
         ["2万元", "20000元", "20,000元"], ["12万元", "2千元", "2000元"]),
        ("resident_premium", "then = {{ premium_fen = {} }}", 200000,
         ["二千元", "2000元"], ["二万元", "三千元"]),
        # Shares: hundredths of a percent in the data.
        ("rate", "then = {{ person_bp = {} }}", 980,
         ["9.8%", "9.80%", "9.8％", "9.8 %"], ["9%", "8%", "19.8%", "9.85%", "98%", "9.8元"]),
        ("rate", "then = {{ person_bp = {} }}", 200,
         ["2%", "2.0%", "2.00％", "百分之二"], ["12%", "0.2%", "2.5%", "20%", "百分之三"]),
        ("rate", "then = {{ person_bp = {} }}", 50,
         ["0.5%", "0.50%"], ["5%", "10.5%", "0.05%"]),
        ("gap", "then = {{ benefit_percent = {} }}", 50,
         ["按50%支付", "百分之五十"], ["按150%支付", "按5%支付", "按50元支付", "百分之五"]),
    ],
)  # fmt: skip
def test_a_number_stands_in_the_words_in_one_of_the_ways_people_write_it(topic, rest, number, right, wrong):
    told = [(words, *ALWAYS) for words in (*right, *wrong)]
    faults = planted_faults(topic, rest.format(number), *told)
    not_said = [fault.partition(":")[0] for fault in faults if f"is {number}, which its sources do not say" in fault]
    assert not_said == [f"china.planted{place}" for place in range(len(right) + 1, len(told) + 1)]


IN_PROVINCE = 'when = { move = "move_in_province" }\nthen = { money = "does_not_move" }'
DATED = "自2024年3月5日起省内不划转"


def test_lives_that_follow_one_another_are_in_order():
    lives = (DATED, "2022-01-01", "2024-03-05"), (DATED, "2024-03-05", '"open"')
    assert planted_faults("transfer", IN_PROVINCE, *lives) == []


def test_lives_that_overlap_are_found():
    lives = (DATED, "2022-01-01", "2024-03-05"), (DATED, "2024-03-04", '"open"')
    faults = planted_faults("transfer", IN_PROVINCE, *lives)
    assert "china.planted2: begins on 2024-03-04, before china.planted1 ends" in faults


def test_a_hole_between_lives_is_found():
    lives = (DATED, "2022-01-01", "2024-03-05"), (DATED, "2024-03-06", '"open"')
    faults = planted_faults("transfer", IN_PROVINCE, *lives)
    assert any(
        fault.startswith("china.planted2: nothing is said between 2024-03-05 (end of china.planted1)")
        for fault in faults
    )


@pytest.mark.parametrize(
    ("words", "begins", "ends", "says"),
    [
        (DATED, "2024-03-05", '"open"', ""),
        (DATED, "2024-03-04", '"open"', "begins on 2024-03-04, which its sources do not say"),
        (DATED, "2024-03-06", '"open"', "begins on 2024-03-06, which its sources do not say"),
        # A rule ends before the day on which something else begins, or after the last day named.
        (DATED, "2022-01-01", "2024-03-05", ""),
        (DATED, "2022-01-01", "2024-03-06", ""),
        (DATED, "2022-01-01", "2024-03-04", "ends on 2024-03-04, which its sources do not say"),
        (DATED, "2022-01-01", "2024-03-07", "ends on 2024-03-07, which its sources do not say"),
        # The date of the notice itself, the first day of a month, the first day of a year.
        ("省内不划转", "2022-03-01", '"open"', ""),
        ("省内不划转", "2022-03-02", '"open"', "begins on 2022-03-02"),
        ("2024年3月起省内不划转", "2024-03-01", '"open"', ""),
        ("2024年3月起省内不划转", "2024-03-02", '"open"', "begins on 2024-03-02"),
        ("2024年起省内不划转", "2024-01-01", '"open"', ""),
        ("2024年起省内不划转", "2024-02-01", '"open"', "begins on 2024-02-01"),
        # Before and after the days known of the place.
        ("自2021年3月5日起省内不划转", "2021-03-05", '"open"', "lives outside the days known of china"),
        ("有效期至2027年3月5日，省内不划转", "2022-01-01", "2027-03-06", "lives outside the days known of china"),
    ],
)  # fmt: skip
def test_a_life_begins_and_ends_on_days_that_its_sources_name(words, begins, ends, says):
    faults = planted_faults("transfer", IN_PROVINCE, (words, begins, ends))
    assert any(says in fault for fault in faults) if says else faults == []


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (TRANSFER, 'number = "医保办发〔2021〕43号"', 'numero = "医保办发〔2021〕43号"', "unknown numero"),
        (TRANSFER, 'quote = "不含退休人员"', 'quotation = "不含退休人员"', "unknown quotation"),
        (TRANSFER, 'kind = "normative_document"', 'kind = "lifesite"', "'lifesite' is not one of"),
        ("places/wuhan.toml", 'level = "city"', 'level = "town"', "'town' is not one of"),
        ("places/wuhan.toml", 'parent = "hubei"', 'parent = "atlantis"', "'atlantis' is no place we have"),
        ("places/wuhan.toml", 'parent = "hubei"\n', "", "needs a parent"),
    ],
)  # fmt: skip
def test_what_nothing_would_read_is_refused(file, before, after, says):
    with pytest.raises(LawError, match=says):
        planted(file, before, after)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('sure = "official"', 'sure = "OFFICIAL"', "'OFFICIAL' is not one of full_text, official"),
        ('looks_at = "event"\n', "", "china.planted: 'looks_at' is missing"),
        ('looks_at = "event"', 'looks_at = "moon"', "'moon' is not one of"),
        ("from = 2022-01-01", 'from = "2022-01-01"', "china.planted: something is missing or of the wrong kind"),
        ('id = "china.planted"', 'id = "planted"', "begins with its place"),
        ('sure = "official"', 'sure = "official"\nsurely = true', "unknown surely"),
    ],
)  # fmt: skip
def test_a_slip_in_a_rule_is_named(before, after, says):
    assert RULE.count(before) == 1
    with pytest.raises(LawError, match=says):
        added(CHINA, RULE.replace(before, after))


@pytest.mark.parametrize(
    ("number", "kind", "said", "found"),
    [
        (3, "months", "三个月", True),
        (3, "months", "十三个月", False),
        (3, "months", "三十个月", False),
        (360, "months", "累计三十年", True),
        (980, "bp", "百分之九点八", True),
        (980, "bp", "百分之九", False),
        (900, "bp", "百分之九", True),
        (900, "bp", "百分之九十", False),
        (900, "bp", "百分之九点八", False),
        (168000, "fen", "每年1,680元", True),
        (168000, "fen", "每年11,680元", False),
        # The unit belongs to it.
        (3, "months", "3个自然月", True),
        (3, "months", "3个月（含）", True),
        (4, "months", "4至6个月", True),
        (3, "months", "第3条", False),
        (3, "months", "满3日", False),
        (90, "days", "90天（含90天）", True),
        (90, "days", "90个月", False),
        (4, "years", "满4年", True),
        (4, "years", "满4个月", False),
        (800, "fen", "每月8元", True),
        (800, "fen", "下调至8%", False),
        (202600, "fen", "自2026年起", False),
    ],
)
def test_a_number_stands_in_the_words_as_a_whole(number, kind, said, found):
    assert bool(_written(number, kind).search(said)) is found
