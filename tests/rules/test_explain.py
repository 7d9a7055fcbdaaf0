"""Why not the other rule: the one condition that failed is the only one, nothing nearer would have done, and it matters."""

from html import escape as html_escaped

import pytest

from calculator import html
from calculator.assessment import findings_of
from calculator.assessment_json import to_json
from calculator.document import document
from calculator.explain import NOTHING_EXPLAINED, explain, why_not
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import Span, holds, lawbook
from calculator.text import text
from calculator.words import LANGUAGES, Words
from tests.golden import cases
from tests.law.planted import planted

BOOK = lawbook()
ANSWERED = [case for case in cases() if not case.errors]


def near(facts, book=BOOK):
    return why_not(assess(parse(facts, book), book), book)


def leaves(place, month, *, payer="employer", back_paid="yes", paid_until="2026-04", on="2026-11-22"):
    events = [{"kind": "leave_job"}, {"kind": "resume", "month": month, "payer": payer, "back_paid": back_paid}]
    return {"on": on, "cover": {"place": place, "payer": payer, "paid_until": paid_until}, "events": events}


def failing(record, values):
    """The conditions that fail, each looked at by itself; a span fails when none of its numbers does."""

    def fails(test, value):
        if isinstance(value, Span):
            return not any(holds(test, number) for number in range(value.first, (value.last or value.first) + 1))
        return value is not None and not isinstance(value, frozenset) and not holds(test, value)

    return [name for name, test in record.when.items() if fails(test, values.get(name))]


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_exactly_one_condition_failed_and_nothing_nearer_would_do(case):
    assessment = assess(parse(case.facts))
    findings = list(findings_of(assessment))
    used = {record.id for finding in findings for record in finding.records}
    for one in why_not(assessment):
        asked = [f for f in findings if (f.topic, f.place, f.day) == (one.topic, one.place, one.day)]
        assert one.record.id not in used
        if one.failed is None:
            assert not one.record.alive_on(one.day)
            continue
        name = one.failed.name
        assert [name] in [failing(one.record, finding.values) for finding in asked]
        assert holds(one.record.when[name], one.failed.needed)
        if one.failed.distance is not None:
            ends = (
                [one.failed.value] if type(one.failed.value) is int else [one.failed.value.first, one.failed.value.last]
            )
            for end in ends:
                for step in range(one.failed.distance):
                    assert not holds(one.record.when[name], end + step) and not holds(one.record.when[name], end - step)
        assert all(yours != its for yours, its in one.instead.values())


def test_the_nearest_rule_and_the_distance_are_named():
    [one] = near(leaves("chengdu", "2026-10"))
    assert one.record.id == "chengdu.gap.within-4.paid-back"
    assert (one.failed.name, one.failed.test, one.failed.value) == ("gap", {"at_most": 4}, 5)
    assert (one.failed.needed, one.failed.distance, one.failed.over, one.better) == (4, 1, True, True)
    assert one.instead["wait_months"] == (6, 0)


def test_a_worse_rule_is_named_where_no_better_one_is_near():
    [one] = near(leaves("chengdu", "2026-09"))
    assert (one.record.id, one.better) == ("chengdu.gap.over-4.same-place", False)
    assert (one.failed.distance, one.failed.over) == (1, False)


def test_a_fact_not_told_is_no_condition_that_failed():
    [one] = near(leaves("chengdu", "2026-10", back_paid=None))
    assert one.record.id == "chengdu.gap.within-4.paid-back"
    assert one.assuming == {"back_paid": "yes"}


def test_a_name_has_no_distance():
    [one] = [one for one in near(leaves("beijing", "2026-07", payer="flexible", back_paid="no")) if one.topic == "gap"]
    assert one.failed.distance is None and one.failed.needed in ("employer", "yes") and one.better


def test_the_rule_that_held_before_is_named_with_its_last_day():
    move = {"kind": "move", "on": "2025-08-01", "to": "guangzhou"}
    facts = {"on": "2026-11-22", "cover": {"place": "shenzhen", "payer": "employer"}, "events": [move]}
    assert not [one for one in near(facts) if one.topic == "account"]  # another record says the same since July 2025
    book = planted(
        "places/guangdong.toml",
        'event = "move_in_province" }\nthen = { balance = "stays_usable", withdraw = "no" }\nsure = "reported"',
        'event = "move_in_province" }\nthen = { balance = "moves", withdraw = "no" }\nsure = "reported"',
    )
    [one] = [one for one in near(facts, book) if one.topic == "account"]
    assert (one.kind, one.record.id) == ("earlier", "guangdong.account.move-in-province.until-2025-06")
    assert one.instead["balance"] == ("moves", "stays_usable")
    [later] = [one for one in near({**facts, "events": [{**move, "on": "2025-06-30"}]}, book) if one.topic == "account"]
    assert (later.kind, later.record.id) == ("later", "guangdong.account.move-in-province")


def test_a_rule_moved_out_of_reach_is_not_named():
    # Planted: the rule of the first four months asks for who pays as well, so two conditions fail.
    book = planted(
        "places/chengdu.toml",
        'when = { situation = ["same_place", "arrears"], gap = { at_most = 4 }, back_paid = "yes" }',
        'when = { situation = ["same_place", "arrears"], payer = "flexible", gap = { at_most = 4 }, back_paid = "yes" }',
    )
    assert "chengdu.gap.within-4.paid-back" not in [one.record.id for one in near(leaves("chengdu", "2026-10"), book)]


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_every_rule_named_is_there_with_its_sources(case):
    answer = to_json(assess(parse(case.facts)))
    rules = {rule["id"]: rule for rule in answer["rules"]}
    named = [one["record"] for one in answer["why_not"]]
    named += [
        id
        for one in answer["changes"]
        for part in ("gains", "losses", "then")
        for d in one[part]
        for id in d["records"]
    ]
    assert set(named) <= set(rules)
    assert all(rules[id]["cites"] for id in named)
    assert {rule["role"] for rule in answer["rules"]} <= {"applied", "deadline", "change", "why_not"}


def test_nothing_is_explained_twice_and_nothing_where_nobody_asks():
    assessment = assess(parse(leaves("chengdu", "2026-10")))
    explained = explain(assessment)
    ids = [use.record.id for use in (*assessment.rules, *explained.rules)]
    assert len(ids) == len(set(ids))
    plain = to_json(assessment, explanation=NOTHING_EXPLAINED)
    assert plain["changes"] == plain["why_not"] == []


def test_what_was_assumed_is_not_said_to_be_told():
    assessment = assess(parse(leaves("chengdu", "2026-09", back_paid=None)))
    assumed = {use.record.id: use.assumed for use in assessment.rules if use.record.topic == "gap"}
    assert assumed["chengdu.gap.within-4.paid-back"] == ("back_paid",)
    told = {use.record.id: use.assumed for use in assess(parse(leaves("chengdu", "2026-09"))).rules}
    assert told["chengdu.gap.within-4.paid-back"] == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_would_change_it_stands_high_and_why_not_among_the_rules(lang):
    said = document(assess(parse(leaves("chengdu", "2026-10", on="2026-06-10", back_paid=None))), lang)
    words = Words(lang)
    titles = [words.say(f"heading.{name}") for name in ("answer", "changes", "cover", "rules", "why_not")]
    plain = text(said)
    assert sorted(titles, key=plain.index) == titles
    page = html.result(said)
    assert page.index('class="yb-section yb-about-changes"') < page.index('class="yb-section yb-about-cover"')
    assert page.index('class="yb-section yb-about-rules"') < page.index('class="yb-section yb-about-why-not"')
    [change], [near] = said["changes"]["items"], said["rules"]["why_not"]["items"]
    for sentence in (change["text"], *change["details"], near["text"]):
        assert sentence in plain and html_escaped(sentence) in page
    brief = html.result(said, brief=True)
    assert "yb-about-changes" not in brief and "yb-about-why-not" not in brief


def test_what_is_said_can_be_acted_on_at_once():
    facts = leaves("chengdu", "2026-10", on="2026-06-10", back_paid=None)
    english, chinese = (document(assess(parse(facts)), lang)["changes"]["items"][0] for lang in LANGUAGES)
    assert english["text"].startswith(
        "If you pay again by September 2026 and the unpaid months are paid back: no waiting period;"
    )
    assert english["details"][0].startswith("From October 2026 on: a waiting period of 6 months;")
    assert chinese["text"].startswith("如果最晚2026年9月重新缴费，并且补缴了断缴的月份：没有等待期；")
    assert chinese["details"][0].startswith("2026年10月起：等待期6个月；")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_distance_is_said_the_right_way_round(lang):
    over, near = (
        document(assess(parse(leaves("chengdu", month))), lang)["rules"]["why_not"]["items"][0]["text"]
        for month in ("2026-10", "2026-09")
    )
    assert {"en": "5 months, that is 1 month too many", "zh": "5个月，多了1个月"}[lang] in over
    assert {"en": "worse for you", "zh": "更不利"}[lang] in near


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Do not cancel it for the money alone"), ("zh", "不要只为这笔钱注销户口")]
)
def test_nobody_is_told_to_give_up_the_hukou_for_money(lang, said):
    event = {"kind": "settle_abroad", "on": "2026-07-01"}
    facts = {"on": "2026-06-10", "cover": {"place": "shanghai", "payer": "employer"}, "events": [event]}
    [change] = document(assess(parse(facts)), lang)["changes"]["items"]
    assert any(said in detail for detail in change["details"])


def test_a_number_that_is_one_of_a_few_is_measured_from_the_nearest():
    # Qingdao's end of cover is not known: 2 or 3 months to joining, and the rule of Shanghai begins with the fourth.
    life = {
        "on": "2026-12-31",
        "cover": {"place": "qingdao", "paid_until": "2026-07"},
        "events": [{"kind": "move", "on": "2026-01-02", "to": "shanghai"}, {"kind": "resume", "month": "2026-10"}],
    }
    [failed] = [one.failed for one in near(life) if one.failed.name == "months_to_joining"]
    assert (failed.value, failed.needed, failed.distance) == ({2, 3}, 4, 1)
