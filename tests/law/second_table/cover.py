"""When cover stops, when it starts, and how a gap is counted."""

from collections.abc import Mapping

from tests.law.second_table import CREDIT, NEXT, PAYERS, PLACES
from tests.law.second_table.table import U

CAUSES = ("left", "arrears")
LAST, AFTER, ONE_OF_TWO = "last_paid_month", "month_after_last_paid", "one_of_the_two"


def both(value: str) -> tuple[str, str]:
    """The same for someone an employer paid for and for a flexible worker."""
    return (value, value)


# fmt: off
#: (place, cause) -> the last month of cover for someone an employer paid for, and for a flexible worker.
#: "从欠缴（欠费）的次月起" counts from the first unpaid month, so that month is still covered. "停止（中断）缴费的次月" does
#: not say which of the two months it counts from.
STOP: Mapping[tuple[str, str], tuple[str, str]] = {
    ("china", "left"): both(U),                      # nat 14 "until local cut-off"
    ("china", "arrears"): both(U),
    ("guangdong", "left"): both(U),                  # conf 4.1 art 12 was for moves and has ended
    ("guangdong", "arrears"): both(U),
    ("shenzhen", "left"): both(ONE_OF_TWO),          # cit 2 a: the 1st of the month after contributions stop: which month is that?
    ("shenzhen", "arrears"): both(ONE_OF_TWO),
    ("guangzhou", "left"): both(ONE_OF_TWO),         # cit 5 a/b: "the month after stopping"
    ("guangzhou", "arrears"): both(AFTER),           # cit 5 a/b: suspended from the month after the first arrears month
    ("beijing", "left"): both(LAST),                 # cit 3 a: stops "next month after the last paid month"
    ("beijing", "arrears"): both(LAST),
    ("shanghai", "left"): both(AFTER),               # part 三 (二) cover from the month after payment, (三) unpaid: stops the month after
    ("shanghai", "arrears"): both(AFTER),
    ("sichuan", "left"): both(U),
    ("sichuan", "arrears"): both(U),
    ("chengdu", "left"): both(U),                    # cit 6 speaks of arrears only
    ("chengdu", "arrears"): both(LAST),              # cit 6 "from the day of arrears", no grace
    ("chongqing", "left"): (U, ONE_OF_TWO),          # cit 8: "个人身份…未按规定连续缴纳…的，中断缴费的次月停止"; leaving a job: not said
    ("chongqing", "arrears"): (AFTER, ONE_OF_TWO),   # cit 8: "用人单位及其职工欠缴…的，从欠费的次月起停止享受"
    ("tianjin", "left"): both(U),                    # cit 9, 16: "?"
    ("tianjin", "arrears"): both(U),
    ("jiangsu", "left"): both(U),                    # cit 1.6 speaks of the start only
    ("jiangsu", "arrears"): both(U),
    ("nanjing", "left"): (U, AFTER),                 # cit 10: "对中断缴费的灵活就业人员，自第二个自然月起暂时停止": the unpaid month is the first
    ("nanjing", "arrears"): (U, AFTER),
    ("suzhou", "left"): both(U),                     # cit 11 a/b: only the older measure
    ("suzhou", "arrears"): both(U),
    ("zhejiang", "left"): (U, LAST),                 # art 29 "中断缴费期间不享受"; the art 28 sentence is about arrears
    ("zhejiang", "arrears"): (AFTER, LAST),          # art 28 "自欠缴保险费的第二个自然月起": the first arrears month is the first
    ("hangzhou", "left"): (U, LAST),
    ("hangzhou", "arrears"): (AFTER, LAST),
    ("hubei", "left"): both(U),
    ("hubei", "arrears"): both(U),
    ("wuhan", "left"): both(U),
    ("wuhan", "arrears"): (AFTER, U),                # cit 12 a/b, same page: "未缴费或未按时缴费的次月，员工无法享受"
    ("shaanxi", "left"): both(U),
    ("shaanxi", "arrears"): both(U),
    ("xian", "left"): both(U),                       # cit 13: [NF]
    ("xian", "arrears"): both(U),
    ("hainan", "left"): both(U),                     # conf 8: the sentence on stopping is of an older numbering, overlaid since
    ("hainan", "arrears"): both(U),
    ("fujian", "left"): both(U),
    ("fujian", "arrears"): both(U),
    ("quanzhou", "left"): both(U),
    ("quanzhou", "arrears"): both(U),
}

#: place -> from when a payment gives cover: paid by an employer, paid by a flexible worker.
START: Mapping[str, tuple[str, str]] = {
    "china": both(U),
    "guangdong": both(U),
    "shenzhen": both(NEXT),                          # cit 2 a, 2 d
    "guangzhou": both(NEXT),                         # cit 5 a/b
    "beijing": (NEXT, U),                            # cit 3 a, reported; the contradiction (conf 5) is about gaps over 3 months
    "shanghai": both(NEXT),                          # part 三 (二)
    "sichuan": both(U),
    "chengdu": both(U),
    "chongqing": both(NEXT),                         # cit 8: "从完清费用的次月起享受", "unit first-time: month after payment"
    "tianjin": both(U),
    "jiangsu": (CREDIT, U),                          # cit 1.6 "到账的次日起"; flexible: only after their wait
    "nanjing": (CREDIT, U),
    "suzhou": (CREDIT, U),
    "zhejiang": (NEXT, U),                           # art 28 para 2 "自…参保登记的第二个自然月起", para 4 "自补缴的第二个自然月起"
    "hangzhou": (NEXT, U),
    "hubei": both(U),
    "wuhan": (NEXT, U),                              # the page of cit 12 a/b: "待正常缴费的次月才能生成医疗保险待遇"
    "shaanxi": both(U),
    "xian": both(U),
    "hainan": both(U),
    "fujian": both(U),
    "quanzhou": both(U),
}

#: (place, situation) -> how a gap is counted, as far as a source says so. Nationally it is not defined (nat 16 A1), so
#: other places and outcomes are not compared.
COUNT: Mapping[tuple[str, str], Mapping[str, str]] = {
    # cit 5: "从开始欠缴之月起连续计算至补缴上月止".
    ("guangzhou", "arrears"): {"method": "consecutive", "window": "first_arrears_month_to_month_before_payment"},
    # cit 13 c: days, not months.
    ("xian", "same_place"): {"unit": "days"},
}
# fmt: on


def start(place: str, payer: str) -> str:
    """From when a payment by this payer gives cover."""
    return START[place][PAYERS.index(payer)]


def stop(place: str, cause: str, payer: str) -> str:
    """The last month of cover of someone for whom this payer paid."""
    return STOP[place, cause][PAYERS.index(payer)]


assert set(START) == set(PLACES)
