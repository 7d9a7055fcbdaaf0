"""A gap in the employee scheme: Chongqing, Tianjin, and the places of Jiangsu, Zhejiang, Hubei, Shaanxi, Hainan, Fujian."""

from tests.law.second_table import BOTH, CREDIT, EITHER, EMPLOYER, FLEXIBLE, MONTH, NEXT, NO, YES
from tests.law.second_table.gaps import ALL, OVER_3, UP_TO_3, row
from tests.law.second_table.table import Row, from_, months

JIANGSU = ("jiangsu", "nanjing", "suzhou")
ZHEJIANG = ("zhejiang", "hangzhou")
FUJIAN = ("fujian", "quanzhou")
EX_EMPLOYEE, EX_FLEXIBLE = ("employer",), ("flexible",)
TWO_YEARS, LESS_THAN_TWO_YEARS = from_(24), months(0, 23)

# fmt: off
MORE: tuple[Row, ...] = (
    # -- everyone who arrives and pays a short gap back -------------------------------------------------------------
    # conf 1 art 11 as in ``gaps``; cit 8-13 h: "43号" everywhere; Xi'an repeats the words of art 11 (a local page of 2022).
    # Zhejiang's third calendar month (below) gives way: its art 57, "国家…对保险待遇的规定更有利于参保人员权益保障的，从其规定".
    row(("chongqing", "tianjin", *JIANGSU, *ZHEJIANG, "wuhan", "xian"), "transfer_in", BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="may_be_paid", back_pay="allowed", cover_from=MONTH),

    # -- Chongqing ----------------------------------------------------------------------------------------------------
    # cit 8: "随用人单位参加：对3个月内接续并补缴…的，从完清费用的次月起享受；其补缴费期间发生的医疗费用，按规定予以支付".
    row(("chongqing",), ("same_place", "arrears"), EMPLOYER, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=NEXT),
    # "对超过3个月接续的，从完清费用的次月起享受；其中，补缴…的，按规定补划个人账户，发生的医疗费用不予支付".
    row(("chongqing",), ("same_place", "arrears"), EMPLOYER, OVER_3, YES,
        wait_months=0, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT, account_credit="credited"),
    # "其中，补缴…的": over 3 months one may resume without paying back, from the month after. For shorter gaps the general
    # sentence: "单位参保职工从用人单位缴纳医疗保险费的次月起享受医保待遇" (copies of 2022 and 2023).
    row(("chongqing",), "same_place", EMPLOYER, ALL, NO,
        wait_months=0, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # Arrears are not "完清": without back-payment cover does not come back.
    row(("chongqing",), "arrears", EMPLOYER, ALL, NO, gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # "以个人身份接续：3个月内接续并补缴…的，从完清费用的次月起享受待遇；…按规定予以支付". It is about who resumes, not about
    # who owed the months.
    row(("chongqing",), ("same_place", "arrears"), FLEXIBLE, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=NEXT),
    row(("chongqing",), ("same_place", "arrears"), FLEXIBLE, UP_TO_3, NO,
        gap_costs="not_paid", back_pay="allowed", cover_from=NEXT),
    # "超过3个月接续的，其医保待遇等待期为6个月". From when it is counted is not said. Nor are the costs of months that are
    # paid back: that a wait leaves what was before it unpaid is no more than an inference.
    row(("chongqing",), ("same_place", "arrears"), FLEXIBLE, OVER_3, YES, wait_months=6, cover_from=NEXT),
    row(("chongqing",), ("same_place", "arrears"), FLEXIBLE, OVER_3, NO,
        wait_months=6, gap_costs="not_paid", cover_from=NEXT),
    # Arrivals: first-time and resumed membership come out the same (the general sentence for units; individual over 3
    # months or for the first time, 6 months), so it need not be known which of them a move is.
    row(("chongqing",), "transfer_in", EMPLOYER, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("chongqing",), "transfer_in", EMPLOYER, OVER_3, EITHER, wait_months=0, cover_from=NEXT, wait_at_most=6),
    row(("chongqing",), "transfer_in", FLEXIBLE, UP_TO_3, NO, back_pay="allowed", cover_from=NEXT),
    row(("chongqing",), "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_months=6, cover_from=NEXT, wait_at_most=6),

    # -- Tianjin ------------------------------------------------------------------------------------------------------
    # cit 9 a/b: flexible workers may pay back, "Retro benefits [NF]". The 3 months of cit 9 c are about a gap inside the
    # wait of new members (see ``first_time``), not about this.
    row(("tianjin",), "same_place", FLEXIBLE, ALL, EITHER, back_pay="allowed"),
    row(("tianjin",), "same_place", EMPLOYER, ALL, EITHER),
    row(("tianjin",), "arrears", BOTH, ALL, EITHER),
    row(("tianjin", "xian"), "transfer_in", BOTH, UP_TO_3, NO, back_pay="allowed"),
    row(("tianjin", "xian"), "transfer_in", BOTH, OVER_3, EITHER, wait_at_most=6),

    # -- Jiangsu ------------------------------------------------------------------------------------------------------
    # cit 1.6, 10 "Units: day after credit": "自用人单位为其足额缴纳…到账的次日起，享受职工基本医疗保险待遇", no wait named.
    row(JIANGSU, "same_place", EMPLOYER, ALL, EITHER, wait_months=0, cover_from=CREDIT),
    row(JIANGSU, "arrears", EMPLOYER, ALL, YES, wait_months=0, cover_from=CREDIT),
    row(JIANGSU, "arrears", EMPLOYER, ALL, NO, cover_from=CREDIT),
    row(JIANGSU, "arrears", FLEXIBLE, ALL, EITHER),
    row(JIANGSU, "transfer_in", EMPLOYER, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=CREDIT),
    row(JIANGSU, "transfer_in", FLEXIBLE, UP_TO_3, NO, back_pay="allowed"),
    # cit 1.6, conf 1: Jiangsu's circular cut the cap of art 11 from 6 months to 3, whoever pays. The regulation, not read in
    # full, is kinder to employees; whether a city still sets a wait for those who arrive was not found: neither is promised.
    row(JIANGSU, "transfer_in", EMPLOYER, OVER_3, EITHER, cover_from=CREDIT, wait_at_most=3),
    row(("jiangsu", "nanjing"), "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_at_most=3),
    # In Suzhou new flexible members count from the month after payment (below).
    row(("suzhou",), "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_at_most=3, wait_from=NEXT),
    # The province says nothing on flexible workers who interrupt; its 2 months are about "首次参加".
    row(("jiangsu",), "same_place", FLEXIBLE, ALL, EITHER),
    # Nanjing, cit 10: "在3个月内恢复正常缴费的，恢复正常缴费后发生的医疗费用由职工医保基金按规定报销"; suspended before that.
    # Back-payment: only Nantong's model was seen (cit 1.6).
    row(("nanjing",), "same_place", FLEXIBLE, UP_TO_3, YES, wait_months=0),
    row(("nanjing",), "same_place", FLEXIBLE, UP_TO_3, NO, wait_months=0, gap_costs="not_paid"),
    # "超过3个月未缴纳…重新缴费的，可再次设立不超过3个月的等待期": a ceiling, no number.
    row(("nanjing",), "same_place", FLEXIBLE, OVER_3, YES, wait_at_most=3),
    row(("nanjing",), "same_place", FLEXIBLE, OVER_3, NO, gap_costs="not_paid", wait_at_most=3),
    # Suzhou, cit 11 c/d: 3 months in 2022, also for "灵活就业中断缴费人员"; since the regulation of 2023 "city figure [NF]". So
    # 3 is a ceiling; "待遇等待期从缴费次月开始计算". The older measure (cit 11 a/b) is not stated as today's.
    row(("suzhou",), "same_place", FLEXIBLE, ALL, EITHER, wait_at_most=3, wait_from=NEXT),

    # -- Zhejiang -----------------------------------------------------------------------------------------------------
    # Regulation of 2021, art 28 para 2 (full text): "自用人单位为其办理参保登记的第二个自然月起，享受职工基本医疗保险待遇".
    row(("zhejiang",), "same_place", EMPLOYER, ALL, EITHER, wait_months=0, cover_from=NEXT),
    # Art 29 para 2: "中断缴费期间不享受…；恢复正常缴费的，自缴费月起的第三个自然月开始享受". The city of Wenzhou's worked
    # example (2022-09-23): paid on 10 October, benefits from 1 December. The month after payment or registration is said of
    # employees and of first-time members only.
    row(("zhejiang",), "same_place", FLEXIBLE, ALL, EITHER, wait_months=2, wait_from=MONTH, gap_costs="not_paid"),
    # Hangzhou (cit 7, reported): up to 3 months the month after, over 3 months 6 months, whoever pays. Up to 3 months the
    # employees' rule and the report agree; for flexible workers para 3 of art 29 lets areas be kinder, so the wait is 0 or 2.
    # Over 3 months the reports are harsher than the regulation: whoever followed the wrong one could lose cover, so neither.
    row(("hangzhou",), "same_place", EMPLOYER, UP_TO_3, EITHER, wait_months=0, cover_from=NEXT),
    row(("hangzhou",), ("same_place", "transfer_in"), EMPLOYER, OVER_3, EITHER, wait_at_most=6, cover_from=NEXT),
    row(("hangzhou",), "same_place", FLEXIBLE, UP_TO_3, EITHER, wait_at_most=2, wait_from=MONTH, gap_costs="not_paid"),
    row(("hangzhou",), "same_place", FLEXIBLE, OVER_3, EITHER, wait_at_most=6, wait_from=MONTH, gap_costs="not_paid"),
    # Art 28 paras 3, 4: paid within the ordered time: the fund pays; later: the employer bears the benefits. Which of the
    # two it is, the number of months does not tell: neither, and no "may" either. "自补缴的第二个自然月起恢复".
    row(ZHEJIANG, "arrears", EMPLOYER, ALL, YES, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(ZHEJIANG, "arrears", EMPLOYER, ALL, NO,
        gap_costs="not_paid", back_pay="allowed", cover_from=NEXT, cost_bearer="employer"),
    # Art 30 para 3: "失业人员中断缴纳…后，再以灵活就业人员缴纳…的，自缴费月起的第三个自然月开始享受". If the employer paid
    # the months after all, nothing was interrupted: not said.
    row(ZHEJIANG, "arrears", FLEXIBLE, ALL, YES, back_pay="allowed"),
    row(ZHEJIANG, "arrears", FLEXIBLE, ALL, NO,
        wait_months=2, wait_from=MONTH, gap_costs="not_paid", back_pay="allowed", cost_bearer="employer"),
    row(ZHEJIANG, "transfer_in", EMPLOYER, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=NEXT),
    row(("zhejiang",), "transfer_in", EMPLOYER, OVER_3, EITHER, wait_months=0, cover_from=NEXT, wait_at_most=6),
    # Flexible arrivals: art 29 para 1 (first time in the area: second month) or para 2 (third month)? Not said.
    row(ZHEJIANG, "transfer_in", FLEXIBLE, UP_TO_3, NO, back_pay="allowed"),
    row(ZHEJIANG, "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_at_most=6),

    # -- Wuhan ----------------------------------------------------------------------------------------------------------
    # No source on a gap between two employers. Cover starts "正常缴费的次月" (university clinic, 2024-03-11).
    row(("wuhan",), "same_place", EMPLOYER, ALL, EITHER, cover_from=NEXT),
    # cit 12: "灵活就业人员…连续中断缴费三个月以内的，在补足…后，…应补付其中断缴费期间的职工医保待遇". As in Guangzhou, months that
    # are paid afterwards leave no month without cover, the month of payment included (a reading).
    row(("wuhan",), "same_place", FLEXIBLE, UP_TO_3, YES, before=EX_FLEXIBLE, unpaid_in_year=months(0, 3),
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("wuhan",), "same_place", FLEXIBLE, UP_TO_3, NO, before=EX_FLEXIBLE, unpaid_in_year=months(0, 3),
        gap_costs="not_paid", back_pay="allowed"),
    # "连续中断缴费超过三个月或者一个年度内累计中断缴费四个月以上重新缴费的，视为首次参保": "连续缴费满6个月后，从第7个月".
    row(("wuhan",), "same_place", FLEXIBLE, UP_TO_3, EITHER, before=EX_FLEXIBLE, unpaid_in_year=from_(4),
        wait_months=6, wait_from=MONTH, gap_costs="not_paid"),
    row(("wuhan",), "same_place", FLEXIBLE, OVER_3, EITHER, before=EX_FLEXIBLE,
        wait_months=6, wait_from=MONTH, gap_costs="not_paid"),
    # "自与单位解除、终止劳动关系或用人单位停止缴纳其职工医保费起三个月（含办理当月）内": the month of filing is one of the
    # three, so at most 2 months are unpaid. "…补足…的，补付其中断缴费期间的医保待遇".
    row(("wuhan",), "same_place", FLEXIBLE, months(1, 2), YES, before=EX_EMPLOYEE,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("wuhan",), "same_place", FLEXIBLE, months(1, 2), NO, before=EX_EMPLOYEE, gap_costs="not_paid", back_pay="allowed"),
    # "四至六个月以内参保的，从缴费的次月起享受": cover begins then, so not for earlier costs.
    row(("wuhan",), "same_place", FLEXIBLE, months(3, 5), EITHER, before=EX_EMPLOYEE,
        wait_months=0, gap_costs="not_paid", cover_from=NEXT),
    # "超过六个月参保的，按规定连续缴费满六个月后，从第七个月起享受".
    row(("wuhan",), "same_place", FLEXIBLE, from_(6), EITHER, before=EX_EMPLOYEE,
        wait_months=6, wait_from=MONTH, gap_costs="not_paid"),
    # Arrears (same clinic): "因单位原因导致停保的，停保期间个人的医疗保险待遇由用人单位承担"; "待正常缴费的次月才能生成".
    row(("wuhan",), "arrears", EMPLOYER, ALL, YES,
        wait_months=0, gap_costs="not_paid", cover_from=NEXT, cost_bearer="employer"),
    row(("wuhan",), "arrears", EMPLOYER, ALL, NO, gap_costs="not_paid", cover_from=NEXT, cost_bearer="employer"),
    # "用人单位停止缴纳其职工医保费起" is one of the two starting points: whoever leaves an employer in arrears and pays
    # alone is one of these ex-employees. (A flexible worker has no employer in arrears: the case can't be.)
    row(("wuhan",), "arrears", FLEXIBLE, ALL, EITHER, before=EX_FLEXIBLE),
    row(("wuhan",), "arrears", FLEXIBLE, months(1, 2), YES, before=EX_EMPLOYEE,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("wuhan",), "arrears", FLEXIBLE, months(1, 2), NO, before=EX_EMPLOYEE,
        gap_costs="not_paid", back_pay="allowed", cost_bearer="employer"),
    row(("wuhan",), "arrears", FLEXIBLE, months(3, 5), EITHER, before=EX_EMPLOYEE,
        wait_months=0, gap_costs="not_paid", cover_from=NEXT, cost_bearer="employer"),
    row(("wuhan",), "arrears", FLEXIBLE, from_(6), EITHER, before=EX_EMPLOYEE,
        wait_months=6, wait_from=MONTH, gap_costs="not_paid", cost_bearer="employer"),
    row(("wuhan",), "transfer_in", EMPLOYER, UP_TO_3, NO, back_pay="allowed", cover_from=NEXT),
    row(("wuhan",), "transfer_in", FLEXIBLE, UP_TO_3, NO, back_pay="allowed"),
    row(("wuhan",), "transfer_in", EMPLOYER, OVER_3, EITHER, cover_from=NEXT, wait_at_most=6),
    row(("wuhan",), "transfer_in", FLEXIBLE, OVER_3, EITHER, wait_at_most=6),

    # -- Xi'an ----------------------------------------------------------------------------------------------------------
    # cit 13 c, reported, "unit = days; edges not stated": up to 60 days next month, 60-180 days 3 months, over 180 days
    # 6 months. Exactly 60 and exactly 180 days are left open, between two numbers. Who pays is not said; arrears are not named.
    row(("xian",), "same_place", BOTH, ALL, EITHER, days=months(0, 59), wait_months=0, cover_from=NEXT),
    row(("xian",), "same_place", BOTH, ALL, EITHER, days=months(60, 60), wait_at_most=3),
    row(("xian",), "same_place", BOTH, ALL, EITHER, days=months(61, 179), wait_months=3),
    row(("xian",), "same_place", BOTH, ALL, EITHER, days=months(180, 180), wait_at_most=6),
    row(("xian",), "same_place", BOTH, ALL, EITHER, days=from_(181), wait_months=6),
    row(("xian",), "arrears", BOTH, ALL, EITHER),

    # -- Hainan -----------------------------------------------------------------------------------------------------------
    # conf 8, 琼医保〔2021〕335号 一（一）: moved in, or at least 2 years without a break: "中断缴费3个月（含）以内的，参保缴费后
    # 即可足额享受待遇；其可…补缴中断期间的医疗保险费，中断期间发生的符合医保规定的医疗费用可追溯报销" (without "按规定").
    row(("hainan",), "transfer_in", BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("hainan",), "transfer_in", BOTH, UP_TO_3, NO, wait_months=0, back_pay="allowed", cover_from=MONTH),
    row(("hainan",), "same_place", BOTH, UP_TO_3, YES, paid_before=TWO_YEARS,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    row(("hainan",), "same_place", BOTH, UP_TO_3, NO, paid_before=TWO_YEARS,
        wait_months=0, back_pay="allowed", cover_from=MONTH),
    # "中断缴费4个月（含）至6个月（含）的，需连续参保缴费满6个月后，即可足额享受待遇；…期间按照现行标准的50%享受待遇".
    row(("hainan",), "transfer_in", BOTH, months(4, 6), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=50, wait_at_most=6),
    row(("hainan",), "same_place", BOTH, months(4, 6), EITHER, paid_before=TWO_YEARS,
        wait_months=6, wait_from=MONTH, benefit_percent=50),
    # （二）"不符合上述规定的人员…连续缴费满6个月后，即可足额享受待遇；…期间按照现行标准的30%享受待遇".
    row(("hainan",), "transfer_in", BOTH, from_(7), EITHER,
        wait_months=6, wait_from=MONTH, benefit_percent=30, wait_at_most=6),
    row(("hainan",), "same_place", BOTH, from_(7), EITHER, paid_before=TWO_YEARS,
        wait_months=6, wait_from=MONTH, benefit_percent=30),
    row(("hainan",), "same_place", BOTH, ALL, EITHER, paid_before=LESS_THAN_TWO_YEARS,
        wait_months=6, wait_from=MONTH, benefit_percent=30),
    # Arrears of an employer are not named.
    row(("hainan",), "arrears", BOTH, ALL, EITHER),

    # -- Fujian -------------------------------------------------------------------------------------------------------------
    # cit 1.8; the provincial bureau's answer of 2024-04-19 to "断缴了怎么办": "中断缴费3个月（含）以内，申请补缴…的，等同医保关系不中断".
    row(FUJIAN, ("same_place", "transfer_in"), BOTH, UP_TO_3, YES,
        wait_months=0, gap_costs="paid", back_pay="allowed", cover_from=MONTH),
    # "不补缴中断期间职工医保费的…，从…生效当月开始设置6个月待遇享受等待期，等待期内按…50%享受": of any length.
    row(FUJIAN, "same_place", BOTH, ALL, NO, wait_months=6, wait_from=MONTH, back_pay="allowed", benefit_percent=50),
    row(FUJIAN, "transfer_in", BOTH, UP_TO_3, NO, wait_months=6, wait_from=MONTH, back_pay="allowed", benefit_percent=50),
    row(FUJIAN, "transfer_in", BOTH, OVER_3, NO,
        wait_months=6, wait_from=MONTH, back_pay="allowed", benefit_percent=50, wait_at_most=6),
    # "中断3个月（不含）以上，补缴…的参保人员，从…生效当月开始设置3个月待遇享受等待期…50%".
    row(FUJIAN, "same_place", BOTH, OVER_3, YES, wait_months=3, wait_from=MONTH, back_pay="allowed", benefit_percent=50),
    row(FUJIAN, "transfer_in", BOTH, OVER_3, YES,
        wait_months=3, wait_from=MONTH, back_pay="allowed", benefit_percent=50, wait_at_most=6),
    # Arrears of an employer are not named.
    row(FUJIAN, "arrears", BOTH, ALL, EITHER),
)
# fmt: on
