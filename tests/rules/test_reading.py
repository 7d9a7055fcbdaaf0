"""Answers as the person who gets them reads them: who is spoken to, days that have passed, and nothing said against itself."""

import re

from calculator import card
from calculator.assessment import RuleUse
from calculator.assessment_json import cite_json
from calculator.calendar_file import calendar
from calculator.document import document
from calculator.document.sources import citation, rule_item
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.text import text
from calculator.words import Words

SHANGHAI_DEATH = {
    "on": "2026-11-27",
    "cover": {"place": "shanghai", "payer": "employer"},
    "account": {"balance": 730000, "precredited": 168000, "history": 500000},
    "events": [{"kind": "die", "on": "2026-10-03", "heir": "will", "area": "countryside"}],
}


def told(facts, lang="en"):
    return document(assess(parse(facts)), lang)


def steps(facts, lang="en"):
    return {step["key"]: step for step in told(facts, lang)["steps"]["items"]}


def fact(step, name):
    return next(item["text"] for item in step["facts"] if item["name"] == name)


def life(place, *events, **cover):
    return {"on": "2026-11-27", "cover": {"place": place, **cover}, "events": list(events)}


def test_nobody_tells_the_dead_that_the_money_is_theirs():
    def said(lang):
        answer = told(SHANGHAI_DEATH, lang)
        items = [*answer["answer"]["items"], *answer["money"]["items"]]
        return "\n".join(line for item in items for line in (item["text"], *item["details"]))

    assert "¥420.00 of it is inherited" in said("en")
    assert "yours" not in said("en") and "you have spent" not in said("en")
    assert "归您" not in said("zh")


def test_a_death_and_a_cremation_certificate_are_two_papers():
    papers = fact(steps(SHANGHAI_DEATH, "zh")["heirs_apply"], "papers")
    assert papers.count("火化证明") == 1 and "死亡证明和火化证明" in papers


def test_a_day_that_has_passed_is_called_so():
    late = steps(SHANGHAI_DEATH)
    assert "has passed" in fact(late["register_death"], "by")
    assert "By this count the day has passed" in fact(late["report_death"], "by")
    in_time = steps({**SHANGHAI_DEATH, "on": "2026-10-10"})
    assert all("has passed" not in fact(in_time[key], "by") for key in ("register_death", "report_death"))
    on_the_day = steps({**SHANGHAI_DEATH, "on": "2026-11-03"})
    assert "has passed" not in fact(on_the_day["register_death"], "by")


def test_what_was_reported_is_not_to_be_reported_again():
    death = {**SHANGHAI_DEATH["events"][0], "reported": "2026-10-20"}
    done = fact(steps({**SHANGHAI_DEATH, "events": [death]})["report_death"], "by")
    assert done.endswith("Done on 20 October 2026, as told.") and "has passed" not in done
    placed = {"kind": "discharge", "on": "2026-11-01", "placed": "self_employed"}
    done = steps(life("chengdu", {**placed, "reported_on": "2026-11-20"}))["report_for_placement"]
    assert "Done on 20 November 2026" in fact(done, "by")
    planned = life("chengdu", {**placed, "reported_on": "2026-12-10"})
    assert "Done" not in fact(steps(planned)["report_for_placement"], "by")
    assert "You have reported" not in text(told(planned))


def test_no_choice_has_a_part_in_a_month_that_is_not_missed():
    left = {"kind": "leave_job", "reason": "resigned"}
    [change] = told(life("guangzhou", left, payer="employer", paid_until="2026-10"))["changes"]["items"]
    assert change["text"] == "If you pay again in November 2026: no waiting period; no month is left out."


def test_no_employer_pays_for_the_resident_scheme():
    switch = {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2026-12", "insured_before": 40}
    answer = told(life("guangzhou", switch, payer="employer", paid_until="2026-09"))
    [change] = answer["changes"]["items"]
    assert "employer" not in change["text"] and "flexible" not in change["text"]
    # That no month is missing where none is missing is no rule that somebody just missed.
    assert not answer["rules"]["why_not"]["items"]


def test_the_benefit_that_somebody_gets_comes_before_the_longest_one():
    # Guangdong's regulation, article 17: a month for each of the first whole years.
    dismissed = {"kind": "leave_job", "reason": "dismissed", "contribution_months": 40}
    [said] = [
        item["text"]
        for item in told(life("guangzhou", dismissed, payer="employer", paid_until="2026-10"))["answer"]["items"]
        if "nemployment" in item["text"]
    ]
    assert said.startswith("Unemployment benefit: 3 months,")
    assert "The unemployment insurance fund pays; you pay nothing." in said


def test_who_bears_the_costs_of_arrears_is_said_first():
    arrears = {"kind": "employer_arrears", "paid_back": "2026-11"}
    [first, *_] = told(life("guangzhou", arrears, payer="employer", paid_until="2026-06"))["answer"]["items"]
    assert "The employer bears the medical costs of the unpaid months." in first["text"]


def test_no_rule_is_not_said_beside_a_rule():
    # Guangdong's measure on transfers, article 14: what can't be moved is paid to the person's own bank account.
    move = {"kind": "move", "on": "2026-11-10", "to": "wuhan"}
    items = told(life("shenzhen", move, payer="employer", tier="tier_1", paid_until="2026-09"))["money"]["items"]
    [said] = [item for item in items if "moves to the new place" in item["text"]]
    assert "Cash: only if it can not be moved." in said["text"] and "no rule" not in said["text"]


def test_a_step_says_its_condition_only_where_the_fact_is_open():
    open_reason = steps(life("shanghai", {"kind": "leave_job"}, payer="employer", paid_until="2026-10"))
    assert open_reason["unemployment_benefit"]["text"].startswith("If you were dismissed: Register")
    assert open_reason["no_unemployment_benefit"]["text"].startswith("If you resigned: ")
    resigned = {"kind": "leave_job", "reason": "resigned"}
    resumes = {"kind": "resume", "month": "2026-12"}
    said = steps(life("shanghai", resigned, resumes, payer="employer", paid_until="2026-10"))
    assert not said["no_unemployment_benefit"]["text"].startswith("If")
    assert said["employer_registers"]["text"].startswith("If an employer pays: ")
    assert said["join_as_flexible"]["text"].startswith("If you pay yourself")


def test_a_court_waits_years_not_months():
    # Civil Code, articles 40 and 46: 二年, 四年; Civil Procedure Law, article 192: 一年.
    missing = {
        "kind": "missing",
        "state": "not_declared",
        "went_missing": "without_accident",
        "last_news": "2025-03-10",
    }
    assert "after 2 years without news" in (said := text(told(life("fuzhou", missing)))) and "after 4 years" in said
    assert "public notice for 1 year." in said and "public notice for 3 months." in said
    assert "满2年" in (said := text(told(life("fuzhou", missing), "zh"))) and "满4年" in said and "公告1年" in said


def test_no_name_of_ours_and_no_count_of_months_is_read_out():
    settles = {"kind": "settle_abroad", "on": "2026-12-10", "destination": "foreign_country"}
    answer = assess(parse({**life("beijing", settles), "years": {"total": 200}}))
    for lang, place, years in (("en", "a foreign country", "16 years 8 months"), ("zh", "外国", "16年8个月")):
        said = str(card.phone(answer, lang))
        assert place in said and years in said and "foreign_country" not in said and "200" not in said


def test_how_sure_we_are_is_not_said_aloud():
    twice = {"kind": "insured_twice", "on": "2026-11-20", "records": "employee_and_resident", "employee_months": 14}
    answer = assess(parse(life("shanghai", {**twice, "benefit_year_begun": "no"})))
    [call] = card.phone(answer, "en")["calls"]
    assert call["questions"][0] == {
        "zh": "我的理解是：保留职工医保。请问对吗？",
        "own": "This is how I understand it: The employee record stays. Is that right?",
    }


def test_a_number_of_months_has_its_unit_at_its_end():
    twice = {"kind": "insured_twice", "on": "2026-11-20", "records": "employee_and_resident"}
    assert "连续参加职工医保12个月及以上：保留职工医保" in text(told(life("shanghai", twice), "zh"))
    assert "With 12 months or more in the employee scheme without a break: The employee record stays" in text(
        told(life("shanghai", twice))
    )


def test_the_calendar_holds_what_is_to_be_done_and_once():
    placed = {"kind": "discharge", "on": "2026-11-10", "placed": "self_employed", "certificate_on": "2026-11-20"}
    placed |= {"joins_employee_scheme": "yes", "same_place": "yes"}
    days = calendar(assess(parse(life("shanghai", placed))), "en")
    # The report and the end of the agency's 20 days fall on one day, and are two things.
    assert days.count("DTSTART;VALUE=DATE:20261210") == 2 and "-report_for_placement-" in days
    done = calendar(assess(parse(life("shanghai", {**placed, "reported_on": "2026-11-20"}))), "en")
    assert "placement" not in done and done.count("DTSTART;VALUE=DATE:20261210") == 1
    missing = {
        "kind": "missing",
        "state": "not_declared",
        "went_missing": "without_accident",
        "last_news": "2025-03-10",
    }
    days = calendar(assess(parse(life("fuzhou", missing))), "en")
    assert "VALUE=DATE:20270311" in days and "VALUE=DATE:20270612" not in days
    born = {**life("guangzhou", {"kind": "retire"}), "person": {"born": "1966-12-10", "group": "man"}}
    assert "VALUE=DATE:20270601" in calendar(assess(parse(born)), "en")


def short(facts, lang="en"):
    return [item["text"] for item in told(facts, lang)["answer"]["items"]]


def test_whoever_told_which_scheme_they_join_is_not_told_either():
    placed = {"kind": "discharge", "on": "2026-11-10", "placed": "self_employed"}
    joins = short(life("chengdu", {**placed, "joins_employee_scheme": "yes"}))
    assert joins[0].startswith("You may join the employee scheme, as you plan to.")
    assert short(life("chengdu", placed))[0].endswith("You may join the employee scheme or the resident scheme.")
    # No law says from when cover runs: that is said, and asked.
    assert any("From which day you are covered after discharge" in line for line in joins)
    asked = told(life("chengdu", placed))["not_known"]["items"]
    assert any("我已经退役，要在成都参保。请问有没有等待期" in question["zh"] for question in asked)


def test_whoever_leaves_hears_until_when_cover_lasts():
    settles = {"kind": "settle_abroad", "on": "2026-12-10"}
    enlists = {"kind": "enlist", "on": "2026-09-15"}
    for event in (settles, enlists):
        said = " ".join(short(life("shanghai", event, payer="employer", paid_until="2026-08")))
        assert "until the end of the month after the last paid one" in said
        asked = told(life("elsewhere", event, payer="employer"))["not_known"]["items"]
        assert any(question["en"].startswith("Which day did my cover stop?") for question in asked)
    # The life itself says it, or there is no payment that could end.
    left = life("shanghai", {"kind": "leave_job"}, settles, payer="employer", paid_until="2026-10")
    assert not any("as long as you are paid for" in line for line in short(left))
    switch = {
        "kind": "switch_scheme",
        "direction": "employee_to_resident",
        "month": "2026-11",
        "covered_until": "2026-12",
    }
    resident = life("shanghai", switch, settles, payer="employer", paid_until="2026-10")
    assert not any("as long as you are paid for" in line for line in short(resident))
    rejoin = {"kind": "resident_rejoin", "on": "2026-11-05", "insurance_year": 2026, "broken_years": 0}
    assert not any("as long as you are paid for" in line for line in short(life("shanghai", rejoin, settles)))
    retired = life("shanghai", {"kind": "retire", "retires": "2026-01"}, settles)
    assert not any("as long as you are paid for" in line for line in short(retired))


def test_a_child_is_enrolled_after_its_90_days_too():
    born = {"kind": "newborn", "born": "2026-07-01"}
    late = steps(life("shanghai", {**born, "on": "2026-11-27"}))
    assert late.keys() == {"enrol_newborn_late"} and late["enrol_newborn_late"]["by"] is None
    assert steps(life("shanghai", {**born, "on": "2026-09-29"})).keys() == {"enrol_newborn"}
    said = short(life("shanghai", {**born, "on": "2026-11-27"}))
    assert any("no waiting period in this case" in line for line in said)


def test_a_judgment_takes_the_place_of_a_death_certificate():
    # 公通字〔2021〕12号, article 31: the proof for somebody declared dead is the judgment.
    declared = {"kind": "missing", "state": "declared_dead", "last_news": "2020-01-05", "judgment": "2026-09-01"}
    found = steps(life("fuzhou", declared))
    assert "court judgment" in fact(found["register_declared_death"], "papers")
    assert "certificate" not in fact(found["register_declared_death"], "papers") and "register_death" not in found
    # Nor does any place's list of papers for the heirs ask for one: Shanghai, Quanzhou and Tianjin name it.
    asked_for = 0
    for place in (one.id for one in lawbook().places.values() if one.level == "city"):
        answer = assess(parse(life(place, declared)))
        papers = [paper for asked in (*answer.steps, *answer.payouts) for paper in asked.papers]
        assert not [paper for paper in papers if "certificate" in paper], place
        asked_for += any("court_judgment" in payout.papers for payout in answer.payouts)
    assert asked_for >= 3
    assert "法院判决书" in fact(steps(life("shanghai", declared), "zh")["heirs_apply"], "papers")


def test_a_guide_of_another_province_is_an_example():
    settles = {"kind": "settle_abroad", "on": "2026-12-10"}
    asks = steps(life("fuzhou", settles))["ask_about_payout"]
    assert fact(asks, "papers").endswith("(as the Jiangsu guide has it; ask whether the same is wanted here)")
    assert "; as an example from another place: Jiangsu Medical" in fact(asks, "law")
    at_home = steps(life("nanjing", settles))["ask_about_payout"]
    assert "guide has it" not in fact(at_home, "papers") and "example" not in fact(at_home, "law")
    # Shanghai has its own list of papers: no guide is needed for it.
    assert "guide has it" not in fact(steps(life("shanghai", settles))["ask_about_payout"], "papers")


def test_what_is_not_paid_back_is_not_asked_for():
    twice = {"kind": "insured_twice", "on": "2026-11-20"}
    mixed = {**twice, "records": "employee_and_resident", "employee_months": 14}
    assert "ask_for_refund" in steps(life("shanghai", {**mixed, "benefit_year_begun": "no"}))
    assert "ask_for_refund" not in steps(life("shanghai", {**mixed, "benefit_year_begun": "yes"}))
    assert "ask_for_refund" not in steps(life("shanghai", {**twice, "records": "two_employee"}))


def test_nothing_is_paid_back_where_nothing_is_missed():
    switch = {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2026-12", "insured_before": 40}
    items = told(life("chongqing", switch, payer="employer", paid_until="2026-10"))["changes"]["items"]
    assert items[0]["text"] == "If you change the scheme in November 2026: no month is left out."
    assert sum("November 2026" in item["text"] for item in items) == 1


def test_a_month_that_has_passed_is_no_advice():
    switch = {"kind": "switch_scheme", "direction": "resident_to_employee", "month": "2026-12", "payer": "employer"}
    [late] = told(life("guangzhou", {**switch, "insured_before": 30}, paid_until="2025-12"))["cover"]["stretches"]
    assert late["deadlines"][0].endswith(
        "April 2026 at the latest, with the gap paid back where that is allowed. That month has passed."
    )
    [soon] = told(life("guangzhou", {**switch, "insured_before": 30}, paid_until="2026-10"))["cover"]["stretches"]
    assert soon["deadlines"][0].startswith("With an employer: pay again ")
    to_resident = {**switch, "direction": "employee_to_resident", "insured_before": 40}
    del to_resident["payer"]
    [joins] = told(life("guangzhou", to_resident, payer="employer", paid_until="2026-10"))["cover"]["stretches"]
    assert joins["deadlines"][0].startswith("Pay for the resident scheme ")


def test_a_newborn_has_missed_no_year_and_nothing_is_said_twice():
    rejoin = {"kind": "resident_rejoin", "on": "2026-12-05", "insurance_year": 2027, "broken_years": 2}
    answer = told(life("shanghai", rejoin))
    lines = [item["text"] for item in answer["answer"]["items"]]
    assert not any("newborn" in line for line in lines)
    # Who is in none of the special groups waits; what holds for these is one thing, and said once.
    assert sum(not line.startswith("In the ordinary case") for line in lines) == 1
    [stretch] = answer["cover"]["stretches"]
    notes = [note for line in stretch["lines"] for note in line["notes"]]
    for once in (
        "The law can be read in two ways.",
        "Medical costs in the waiting period",
        "Sources disagree: Counts the first",
    ):
        assert sum(note.startswith(once) for note in notes) == 1, once
    assert sum("3 months fixed" in note for note in notes) == 4
    # Paid inside the period, a year missed still means a wait after 1 January.
    assert "has missed no year" in steps(life("shanghai", rejoin))["enrol_as_resident"]["text"]


def test_whoever_comes_back_hears_of_cover_first_and_once():
    back = {"kind": "come_back", "on": "2026-12-10", "back_as": "chinese", "hukou": "cancelled"}
    lines = short(life("fuzhou", back))
    assert lines[0].startswith("The employee scheme is open")
    # Whether the account was paid out before makes no difference to that; two questions stay.
    assert sum("Whether the resident scheme is open" in line for line in lines) == 1
    asked = {question["en"] for question in told(life("fuzhou", back))["not_known"]["items"]}
    assert any("do the years I paid still count" in one for one in asked)
    assert any("Can I join the resident scheme" in one for one in asked)


def test_a_retiree_has_retired_and_a_woman_hears_what_a_man_does():
    elsewhere = {"kind": "retire_elsewhere", "on": "2026-12-10"}
    lines = short(life("guangzhou", elsewhere))
    assert not any("2030" in line or "2029" in line or "As a " in line for line in lines)
    # Registering for care there is for every retiree, wherever insured.
    assert "register_for_care_elsewhere" in steps(life("fuzhou", elsewhere))
    # Where men and women need different years they are still told apart.
    beijing = short(life("beijing", elsewhere))
    # When work began changes what counts, not what is needed.
    assert sum("Medical years in Beijing" in line for line in beijing) == 2
    assert any(line.startswith("As a man") for line in beijing) and any(
        line.startswith("As a woman") for line in beijing
    )


def test_what_is_said_once_names_the_rules_of_every_case():
    back = {"kind": "come_back", "on": "2026-12-10", "back_as": "chinese", "hukou": "cancelled"}
    assessment = assess(parse(life("fuzhou", back)))
    said = document(assessment, "en")
    for part in ("cover", "money", "years", "status"):
        judged = [ruling for ruling in assessment.rulings if ruling.part == part]
        named = {rule for item in said[part]["items"] if "event" in item or judged for rule in item["rules"]}
        assert {record.id for ruling in judged for record in ruling.finding.records} <= named, part
    # Paying for a resident year: the special groups are one line, which rests on the rule of each of them.
    rejoin = {"kind": "resident_rejoin", "on": "2026-12-05", "insurance_year": 2027, "broken_years": 2}
    [joining] = assess(parse(life("shanghai", rejoin))).joinings
    assert {
        record.id for finding in joining.findings for record in finding.records if record.topic == "resident_wait"
    } <= {record.id for line in joining.lines for record in line.finding.records}
    # A bill in one of their months rests on all of them, too. In Fuxin a special group waits by one of two rules.
    late = {"kind": "resident_rejoin", "on": "2026-10-25", "insurance_year": 2026, "broken_years": 2}
    with_bill = assess(parse({**life("fuxin", late), "bill": {"bill_on": "2026-12-20", "bill_abroad": "no"}}))
    groups = {"china.resident-wait.groups.break", "china.resident-wait.groups.late"}
    said = [item["rules"] for item in document(with_bill, "en")["answer"]["items"][: len(with_bill.bills)]]
    assert groups in [set(rules) for rules in said]


def test_no_reader_sees_an_id_of_our_law_data():
    book = lawbook()
    ids = re.compile("|".join(sorted(map(re.escape, book.instruments), key=len, reverse=True)))

    def strings(value, name=""):
        if isinstance(value, dict):
            for key, item in value.items():
                yield from strings(item, key)
        elif isinstance(value, (list, tuple)):
            for item in value:
                yield from strings(item, name)
        elif isinstance(value, str) and name not in ("id", "url", "rules"):
            yield value

    named = {"en": False, "zh": False}
    for lang in named:
        words = Words(lang)
        shown = [citation(provision, words) for provision in book.provisions]
        shown += [rule_item(RuleUse(record, record.lives_from, {}), words) for record in book.records.values()]
        assert [said for said in strings(shown) if ids.search(said)] == []
        named[lang] = any("国办发〔2021〕14号" in said["note"] for said in shown[: len(book.provisions)])
    assert named == {"en": True, "zh": True}
    # The answer as data for programs says the same.
    assert (
        "sz-358" not in cite_json(book, "sz-256#stop")["note"]["zh"]
        and "《深圳市医疗保障办法》取代" in (cite_json(book, "sz-256#stop")["note"]["zh"])
    )


def lines(facts, part, lang="en"):
    return [line for item in told(facts, lang)[part]["items"] for line in (item["text"], *item["details"])]


def test_a_newborn_paid_for_after_the_days_hears_which_year_covers_and_how_long_there_is_time():
    # 宁政发〔2018〕75号, article 10: within 90 days (含90天) from birth; later from the month after, here of the next year.
    late = life("nanjing", {"kind": "newborn", "born": "2026-09-01", "on": "2026-12-10"})
    assert "1 January 2027, if the next year is paid for too" in short(late)[0]
    assert "缴了下一年度的费，2027年1月1日起才享受待遇" in short(late, "zh")[0]
    # Asked while there is time, the last day is named; afterwards it is not.
    assert "30 November 2026" in fact(steps(late)["enrol_newborn"], "by")
    assert "enrol_newborn_late" in steps({**late, "on": "2026-12-01"})
    within = life("nanjing", {"kind": "newborn", "born": "2026-09-01", "on": "2026-11-29"})
    assert short(within)[0] == "Covered from birth, 1 September 2026: bills since then can be claimed."
    change = lines(late, "changes")[0]
    assert change == "If the child is enrolled and paid for by 30 November 2026: cover from birth, 1 September 2026."


def test_what_can_not_be_had_any_more_is_not_said_as_if_it_could():
    late = life("shanghai", {"kind": "newborn", "born": "2026-07-01", "on": "2026-11-25"})
    assert lines(late, "changes")[0] == (
        "If the child had been enrolled and paid for by 29 September 2026, the result would be: cover from birth, 1 July 2026."
    )
    assert "参保缴费，结果会是：从出生之日（2026年7月1日）起" in lines(late, "changes", "zh")[0]
    # Everything in the condition is past, too, and a day before the payment is not "at the latest".
    gap = life(
        "chengdu", {"kind": "resume", "month": "2026-10", "payer": "flexible"}, payer="flexible", paid_until="2026-04"
    )
    assert lines(gap, "changes")[0].startswith(
        "If you had paid again by September 2026 and the unpaid months had been paid back, the result would be: no waiting period;"
    )
    joins = {"kind": "resident_rejoin", "on": "2026-03-05", "insurance_year": 2026, "broken_years": 0, "who": "other"}
    assert "no waiting period; cover from 1 January 2026." in lines(life("beijing", joins), "changes")[0]
    # What is not known in one case is said once, as not known.
    rejoins = {
        "kind": "resident_rejoin",
        "on": "2026-11-22",
        "insurance_year": 2027,
        "broken_years": 2,
        "repaired_years": 1,
    }
    for line in lines(life("qingdao", rejoins), "changes"):
        assert " or whether " not in line


def test_costs_that_hang_on_paying_back_are_not_promised_to_whoever_does_not():
    joins = {"kind": "switch_scheme", "direction": "employee_to_resident", "month": "2026-11", "insured_before": 30}
    paid, not_paid = short(life("fuzhou", joins, payer="employer", paid_until="2026-08"))[:2]
    assert paid.startswith("If the unpaid months are paid back") and "may be paid after back payment" in paid
    assert "are not paid as long as these months are not paid back" in not_paid and "after back" not in not_paid
    # Told as a fact it is the same.
    told_so = life("fuzhou", {**joins, "back_paid": "no"}, payer="employer", paid_until="2026-08")
    assert "没有补缴的，断缴月份的医疗费用不报销" in short(told_so, "zh")[0]


def test_whoever_has_no_account_is_not_sent_to_ask_for_its_money():
    abroad = {"kind": "settle_abroad", "on": "2026-11-01"}
    assert "ask_about_payout" not in steps(life("shenzhen", abroad, payer="employer", tier="tier_2"))
    assert "ask_about_payout" in steps(life("shenzhen", abroad, payer="employer", tier="tier_1"))


def test_a_move_says_how_long_cover_lasts_and_what_follows_it_says_it_better():
    move = {"kind": "move", "on": "2026-12-01", "to": "beijing"}
    assert sum(line.startswith("Cover lasts") for line in short(life("wuhan", move, payer="employer"))) == 1
    again = {"kind": "resume", "month": "2026-12", "payer": "employer"}
    on = short(life("wuhan", move, again, payer="employer", paid_until="2026-11"))
    assert not any(line.startswith("Cover lasts") for line in on)
    # Two events of one way out of the country say it once; paid again in between, it is said anew.
    settles, loses = {"kind": "settle_abroad", "on": "2026-06-01"}, {"kind": "lose_nationality", "on": "2026-11-15"}
    for events, times in (((settles, loses), 1), ((settles, {**again, "month": "2026-09"}, loses), 2)):
        answer = short(life("wuhan", *events, payer="employer", paid_until="2026-05"))
        assert sum(line.startswith("Cover lasts") for line in answer) == times


def test_days_that_have_passed_are_not_told_as_if_they_were_to_come():
    died = life("quanzhou", {"kind": "die", "on": "2026-10-20", "heir": "law", "area": "city"})
    assert "The last day for the report was 20 November 2026: do it at once if it has not been done." in lines(
        died, "status"
    )
    assert any("The last day was 19 November 2026: report it at once" in line for line in lines(died, "money"))
    reported = life("quanzhou", {"kind": "die", "on": "2026-10-20", "heir": "law", "reported": "2026-11-10"})
    assert any("by 19 November 2026. Done on 10 November 2026, as told." in line for line in lines(reported, "money"))
    assert "最后一天是2026年11月19日，已经过了" in "".join(lines(died, "money", "zh"))
    discharged = {
        "kind": "discharge", "on": "2026-08-15", "placed": "self_employed", "joins_employee_scheme": "yes",
        "same_place": "yes", "certificate_on": "2026-09-01",
    }  # fmt: skip
    status = lines(life("chengdu", discharged), "status")
    assert "The last day for reporting was 14 September 2026." in status
    assert any(
        line.startswith("Whoever had not reported by 14 October 2026 counts as having given up") for line in status
    )
    assert any(
        line.startswith("The account was to be set up by 21 September 2026.")
        for line in lines(life("chengdu", discharged), "money")
    )
    stopped = life("guangzhou", {"kind": "employer_arrears"}, payer="employer", paid_until="2026-07")
    assert short(stopped)[0] == "Cover stopped on 1 September 2026."
    assert short({**stopped, "on": "2026-08-20"})[0] == "Cover stops on 1 September 2026."
    retired = life("hangzhou", {"kind": "retire", "retires": "2025-06"}, payer="employer")
    man = {"person": {"born": "1965-03-02", "group": "man"}}
    assert short({**retired, **man})[0].startswith("You retired in June 2025, 2 months after the statutory age")


def test_a_late_notice_of_retiring_early_does_not_promise_the_month():
    early = life("guangzhou", {"kind": "retire", "retires": "2026-12"}, payer="employer", paid_until="2026-11")
    early["person"] = {"born": "1971-12-15", "group": "woman_55"}
    assert "ask whether it still accepts this month" in fact(steps(early)["tell_employer_earlier"], "by")
    assert "能不能还按这个月退休" in fact(steps(early, "zh")["tell_employer_earlier"], "by")


def test_the_same_thing_is_not_said_twice():
    owed = {"kind": "employer_arrears", "due": 1234500, "due_since": "2026-08-01"}
    fees = [
        line
        for line in lines(life("guangzhou", owed, payer="employer", paid_until="2026-07"), "money")
        if "ate fee" in line
    ]
    assert len(fees) == 1 and "a day. The employer owes it" in fees[0]
    without = {"kind": "employer_arrears"}
    unknown = lines(life("guangzhou", without, payer="employer", paid_until="2026-07"), "money")
    assert sum("owes a late fee of 0.05% a day" in line for line in unknown) == 1
    # Two events that ask the same of the law meet the same rule close by, once.
    settles, loses = {"kind": "settle_abroad", "on": "2025-03-01"}, {"kind": "lose_nationality", "on": "2026-11-15"}
    why_not = told(life("shenzhen", settles, loses, payer="employer", tier="tier_2"))["rules"]["why_not"]["items"]
    assert len({(one["event"], one["text"]) for one in why_not}) == len(why_not) > 0


def test_a_question_names_the_last_paid_month_where_it_was_told():
    settles = life("tianjin", {"kind": "settle_abroad", "on": "2026-11-01"}, payer="flexible", paid_until="2026-10")
    asked = [item["zh"] for item in told(settles)["not_known"]["items"]]
    assert "我最后一次缴费是2026年10月。请问我从哪一天起停止享受医保待遇？" in asked
    # So is the year of a retirement; what was not told stays open.
    retires = {"kind": "retire", "retires": "2026-12"}
    for person, year in (({"born": "1966-08-01", "group": "man"}, "2026"), ({}, "2026")):
        asked = [item["zh"] for item in told({**life("shanghai", retires), "person": person})["not_known"]["items"]]
        assert any(f"我{year}年退休。" in question for question in asked)
    elsewhere = told(life("shanghai", {"kind": "retire_elsewhere", "on": "2026-12-01"}))["not_known"]["items"]
    assert any("我____年退休。" in item["zh"] and "in the year ____." in item["en"] for item in elsewhere)


def test_whoever_pays_alone_is_not_sent_to_an_employer():
    left = {"kind": "leave_job"}
    assert "check_last_month" not in steps(life("hangzhou", left, payer="flexible", paid_until="2026-08"))
    assert "check_last_month" in steps(life("hangzhou", left, payer="employer", paid_until="2026-08"))
    open_payer = steps(life("hangzhou", left, paid_until="2026-08"))["check_last_month"]
    assert open_payer["text"].startswith("If an employer pays: ")
    for retires, step in (("2026-12", "tell_employer_earlier"), ("2027-06", "agree_later")):
        for payer in ("employer", "flexible"):
            told_so = life("chongqing", {"kind": "retire", "retires": retires}, payer=payer)
            told_so["person"] = {"born": "1966-09-02", "group": "man"}
            assert (step in steps(told_so)) == (payer == "employer"), (step, payer)


def test_what_every_case_says_is_said_once_in_the_short_answer():
    retires = life("chongqing", {"kind": "retire", "retires": "2026-12"})
    retires["person"] = {"born": "1966-09-02", "group": "man"}
    years = [line for line in short(retires) if "Medical years in Chongqing" in line]
    assert years == [
        "Medical years in Chongqing: for medical cover in retirement you need 30 years in all, 10 years really paid in this place."
    ]
    # The money differs by who pays, and is told case by case; in Hangzhou it does not.
    assert sum("balance stays yours" in line or "no personal account" in line for line in short(retires)) == 3
    leaves = short(life("hangzhou", {"kind": "leave_job"}, paid_until="2026-08"))
    assert [line for line in leaves if "balance stays yours" in line] == [
        "The balance stays yours, bears interest and can be spent on covered care and medicine. Cash: not known. Ask before you count on it."
    ]
