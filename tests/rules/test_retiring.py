"""Retirement in a life: the month and its choice, the years told and missing, what is said and what is left open."""

from datetime import date, timedelta

import pytest

from calculator import form, html
from calculator.assessment_json import to_json
from calculator.document import document
from calculator.facts import FactErrors, json_schema, parse
from calculator.judge import assess
from calculator.lawbook import Span, lawbook
from calculator.months import parse_month
from calculator.rules.retiring import record_at
from calculator.text import text
from calculator.words import Words, error_message

BOOK = lawbook()
ON = "2026-11-22"


def life(place="wuhan", *, events=None, person=None, years=None, on=ON, **cover):
    return parse(
        {
            "on": on,
            "person": person or {},
            "cover": {"place": place, **cover},
            "years": years or {},
            "events": events or [{"kind": "retire"}],
        }
    )


def timing(**told):
    [found] = assess(life(**told)).timings
    return found


# -- when -----------------------------------------------------------------------------------------------------------

#: Annex 1: a man born in November 1969 reaches the age in February 2031; he may choose from 60 years to 3 years later.
MAN_1969 = {"born": "1969-11-05", "group": "man"}


@pytest.mark.parametrize(
    ("retires", "choice", "pension_years"),
    [
        (None, "statutory", 16), ("2031-02", "statutory", 16), ("2031-01", "earlier", 16), ("2029-11", "earlier", 15),
        ("2029-10", "before_earliest", None), ("2031-03", "later", 16), ("2034-02", "later", 16),
        ("2034-03", "after_latest", None),
    ],
)  # fmt: skip
def test_the_choice_and_the_pension_years_it_needs(retires, choice, pension_years):
    found = timing(person=MAN_1969, events=[{"kind": "retire", "retires": retires}])
    assert found.choice == choice
    assert found.pension_months == (pension_years and pension_years * 12)
    assert found.retires == parse_month(retires or "2031-02")


def test_a_notice_is_counted_back_from_the_first_day_of_the_month():
    def days(retires):
        steps = assess(life(person=MAN_1969, events=[{"kind": "retire", "retires": retires}])).steps
        return {step.key: step.by for step in steps if step.counted_from}

    assert days("2030-01") == {"tell_employer_earlier": date(2029, 10, 1)}
    assert days("2032-01") == {"agree_later": date(2031, 1, 1)}
    assert days("2031-02") == days(None) == {}


def test_a_choice_that_is_not_known_shows_both_notices_with_the_day_that_is_known():
    steps = assess(life(events=[{"kind": "retire", "retires": "2031-02"}])).steps
    days = {step.key: step.by for step in steps if step.counted_from}
    # Without a day of birth the month chosen is known and the statutory age is not.
    assert days == {"tell_employer_earlier": date(2030, 11, 1), "agree_later": None}


def test_a_retirement_that_is_past_needs_no_notice():
    person = {"born": "1965-06-01", "group": "man"}
    steps = assess(life(person=person, events=[{"kind": "retire", "retires": "2025-07"}])).steps
    assert not [step.key for step in steps if step.counted_from]


def test_a_woman_who_does_not_know_her_group_gets_both_months():
    found = assess(life(person={"born": "1985-02-01", "group": "woman"})).timings
    assert [timing.assuming["group"] for timing in found] == ["woman_55", "woman_50"]
    assert [timing.retires for timing in found] == [parse_month("2043-02"), parse_month("2040-02")]


def test_an_age_reached_without_a_month_told_looks_at_the_months_that_could_be_chosen():
    answer = assess(life("shenzhen", tier="tier_2", person={"born": "1975-03-05", "group": "woman_50"}))
    [found] = answer.timings
    assert (found.choice, found.retires) == ("reached", None)
    assert found.possible == Span(2025, 2028)
    years = {standing.assuming["retirement_year"] for standing in answer.standings}
    assert years == {Span(2025, 2025), Span(2026, 2028)}


def test_pension_years_without_a_birth_are_said_only_where_every_age_needs_the_same():
    assert timing(events=[{"kind": "retire", "retires": "2029-12"}]).pension_months == 180
    assert assess(life(events=[{"kind": "retire", "retires": "2031-12"}])).timings == ()


def test_the_law_of_the_month_of_retirement_judges_a_retirement_that_is_past():
    # Before the decision of September 2024 a man retired at 60, and there was no choice.
    person = {"born": "1964-05-05", "group": "man"}
    found = timing(person=person, on="2024-08-01", events=[{"kind": "retire", "retires": "2024-05"}])
    assert found.choice == "statutory" and found.law.earliest == found.law.latest
    found = timing(person=person, on="2024-08-01", events=[{"kind": "retire", "retires": "2024-04"}])
    assert found.choice == "before_earliest"


def test_a_month_whose_law_is_not_known_is_refused():
    with pytest.raises(FactErrors) as refused:
        life(events=[{"kind": "retire", "retires": "2021-05"}])
    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("events[0].retires", "outside_known_days")
    ]


NANTONG_KNOWN_FROM = BOOK.known_days("nantong")[0]


def test_the_prices_of_the_day_of_asking_are_asked_for_only_where_they_are_known():
    """Nantong's law was read from a later day on than the nation's: on an earlier day of asking its prices are not known."""
    on = (NANTONG_KNOWN_FROM - timedelta(days=30)).isoformat()
    move = {"kind": "move", "on": NANTONG_KNOWN_FROM.isoformat(), "to": "nantong"}
    with pytest.raises(FactErrors) as refused:
        life(on=on, years={"total": 120}, events=[move])
    assert [(error.field, error.params["place"]) for error in refused.value.errors] == [("on", "nantong")]
    assert life(on=on, events=[move])  # without years nobody asks


def test_a_retiree_who_moves_is_judged_where_the_insurance_stays():
    on = (NANTONG_KNOWN_FROM - timedelta(days=30)).isoformat()
    retired = {"kind": "retire_elsewhere", "on": "2025-03-01", "years_reached": "yes"}
    found = assess(life(on=on, events=[retired, {"kind": "move", "on": "2025-04-01", "to": "nantong"}]))
    assert {money.place for money in found.money} == {"wuhan"}


def test_a_total_that_was_not_told_is_open_after_a_move():
    years = {"actual": 3, "paid_here": 11, "paid_elsewhere": 6}
    events = [{"kind": "move", "on": "2026-09-17", "to": "ningbo"}, {"kind": "retire", "retires": "2027-11"}]
    found = standings("guangzhou", years=years, events=events)
    assert found and {standing.missing for standing in found} == {None}


# -- the years ------------------------------------------------------------------------------------------------------


def standings(place="wuhan", years=None, **told):
    told.setdefault("person", {"group": "woman_50"})
    told.setdefault("events", [{"kind": "retire", "retires": "2027-11"}])
    return assess(life(place, years=years, **told)).standings


def test_months_not_on_record_come_on_top_of_the_record():
    """Wuhan: 25 years for women, 10 really paid; military service is deemed."""
    [found] = standings(years={"total": 240, "actual": 100, "military_service": 24}, payer="employer")
    held = {one.name: (one.paid, one.missing) for one in found.held}
    assert held == {"total": (Span(264, 264), Span(36, 36)), "actual": (Span(100, 100), Span(20, 20))}
    assert (found.missing, found.to_go, found.left, found.reached) == (Span(36, 36), 12, Span(24, 24), "no")


def test_years_by_kind_add_up_when_those_paid_here_are_among_them():
    [found] = standings(years={"paid_here": 150, "paid_elsewhere": 160}, payer="employer")
    assert {one.name: one.paid for one in found.held} == {"total": Span(310, 310), "actual": Span(150, 150)}
    assert (found.missing, found.reached, found.ways) == (Span(0, 0), "yes", ())
    [found] = standings(years={"military_service": 24}, payer="employer")
    assert found.missing is None  # what was paid here was not told: no sum is made of the rest


def test_what_the_place_leaves_open_makes_a_range():
    """Nanjing does not say what service before the scheme counts for."""
    found = standings("nanjing", {"total": 200, "actual": 150, "before_the_scheme": 60}, payer="employer")
    [found] = found
    assert found.held[0].paid == Span(200, 260)
    assert found.missing == Span(0, 40)
    assert (found.at_least, found.reached) == (0, None)


def test_who_lacks_only_years_in_tier_1_has_the_cover_of_tier_2():
    """Shenzhen: tier 1 for 10 years gives the benefits of tier 1, else those of tier 2, or one pays on in tier 1."""
    years = {"total": 300, "local_actual": 120, "tier_1": 90}
    told = life(
        "shenzhen", tier="tier_1", payer="employer", years=years, person={"group": "man"}, on="2025-11-03",
        events=[{"kind": "retire", "retires": "2025-11"}],
    )  # fmt: skip
    answer = assess(told)
    [found] = answer.standings
    assert (found.missing, found.at_least, found.reached) == (Span(0, 0), 0, "yes")
    assert [one.missing for one in found.held if one.name == "tier_1"] == [Span(30, 30)]
    assert [(way.kind, way.months, way.fen) for way in found.ways][-1] == ("lump_sum", 30, 30 * 40_398)
    [cover] = [ruling.outcomes["cover"] for ruling in answer.rulings if ruling.topic == "retired_cover"]
    assert cover == "goes_on_without_paying"
    said = document(answer, "en")["answer"]["items"][1]["text"]
    assert "complete" in said and "For the benefits of tier 1 you are 2 years 6 months short" in said


def test_missing_years_cost_what_they_cost_on_the_day_of_asking():
    """Hangzhou's notices: 590.90 yuan a month in one sum in 2023, 665.86 in 2024."""
    told = {"person": {"group": "man"}, "years": {"total": 228, "local_actual": 228}, "payer": "employer"}
    retires = [{"kind": "retire", "retires": "2023-05"}]
    for on, price in (("2023-06-01", 59_090), ("2024-06-03", 66_586)):
        [found] = assess(life("hangzhou", on=on, events=retires, **told)).standings
        assert (found.ways[1].kind, found.ways[1].fen) == ("lump_sum", 12 * price)


def test_nothing_told_leaves_the_numbers_open():
    [found] = standings(payer="employer")
    assert [one.needed for one in found.held] == [300, 120]
    assert (found.missing, found.at_least, found.reached) == (None, 0, None)
    assert all(one.paid is None for one in found.held)


def test_whether_the_years_are_reached_is_said_both_ways_while_it_is_open():
    answer = assess(life(person={"group": "woman_50"}, events=[{"kind": "retire", "retires": "2027-11"}]))
    cover = {r.assuming["years_reached"]: r.outcomes["cover"] for r in answer.rulings if r.topic == "retired_cover"}
    assert cover == {"yes": "goes_on_without_paying", "no": "only_by_paying_on"}


@pytest.mark.parametrize(("total", "reached"), [(300, "yes"), (299, None), (288, None), (287, "no")])
def test_years_can_still_be_reached_by_paying_on_until_the_retirement(total, reached):
    [found] = standings(years={"total": total, "actual": 150}, payer="employer")  # 12 months to go, 300 needed
    assert found.reached == reached


def test_a_working_person_sees_the_years_when_they_were_told():
    """Nanjing: 20 years for women. Annex 3: a woman whose old age was 50, born in August 1983, retires in December 2037."""
    told = {"years": {"total": 108, "actual": 108}, "paid_until": "2026-10", "payer": "employer"}
    leaves = {"events": [{"kind": "leave_job"}], **told}
    [found] = assess(life("nanjing", person={"born": "1983-08-08", "group": "woman_50"}, **leaves)).standings
    assert (found.event, found.missing, found.ways) == ("leave_job", Span(132, 132), ())
    assert (found.retires, found.to_go, found.left) == (parse_month("2037-12"), 133, Span(0, 0))
    assert assess(life("nanjing", **leaves)).standings == ()  # man or woman was not told
    nothing = {**leaves, "years": {}}
    assert assess(life("nanjing", person={"group": "woman_50"}, **nothing)).standings == ()


def test_years_told_of_another_place_come_along_but_not_as_years_of_the_new_one():
    def record(**years):
        return record_at(BOOK, "wuhan", date(2026, 11, 22), years, moved=True)

    told = record(total=200, actual=180, local_actual=150)
    # What was only deemed to be paid there may not be taken here.
    assert (told.lowest.total, told.highest.total) == (180, 200)
    assert (told.highest.actual, told.highest.local_actual) == (None, None)
    told = record(total=200)
    assert (told.lowest.total, told.highest.total) == (None, 200)
    told = record(paid_here=100, paid_elsewhere=20)
    assert (told.lowest.total, told.highest.actual) == (120, 0)  # Wuhan takes years of elsewhere for deemed ones
    assert told.lowest.local_actual is None


def test_nothing_is_said_of_years_after_a_death():
    answer = assess(life(years={"total": 100}, person={"group": "man"}, events=[{"kind": "die", "on": "2026-10-05"}]))
    assert answer.standings == ()


# -- retired, and living elsewhere ----------------------------------------------------------------------------------


def test_a_retiree_who_moves_stays_insured_where_he_was():
    """43号 article 2 leaves retirees out; Guangdong's case 2 pays out to whoever is registered in another province."""
    events = [{"kind": "retire", "retires": "2025-06"}, {"kind": "move", "on": "2026-03-01", "to": "beijing"}]
    answer = to_json(assess(life("guangzhou", events=events, payer="employer")))
    assert [(money["event"], money["place"], money["balance"]) for money in answer["money"]] == [
        ("retire", "guangzhou", "stays"),
        ("retire_elsewhere", "guangzhou", "kept_or_paid"),
        ("retire_elsewhere", "guangzhou", "stays"),
    ]
    assert {step["key"] for step in answer["steps"]} >= {"register_for_care_elsewhere", "apply_for_payout"}
    assert "apply_for_transfer" not in {step["key"] for step in answer["steps"]}


def test_a_payout_is_no_step_where_nothing_is_paid_out():
    event = {"kind": "retire_elsewhere", "on": "2026-03-01", "same_province": "yes", "registered": "yes"}
    answer = assess(life("shenzhen", events=[event], payer="employer", tier="tier_1"))
    assert "apply_for_payout" not in {step.key for step in answer.steps}


def test_who_reaches_the_age_where_the_hukou_is_not_may_ask_for_the_balance():
    """Quanzhou and Xiamen name the case: retirement age reached, hukou elsewhere, the relation can't be moved."""
    with_case = {
        place
        for place in ("quanzhou", "xiamen", "fuzhou", "shenzhen")
        if "apply_for_payout_not_local" in {step.key for step in assess(life(place)).steps}
    }
    assert with_case == {"quanzhou", "xiamen"}


def test_a_retiree_who_settles_abroad_is_answered_under_both():
    events = [{"kind": "retire", "retires": "2025-06"}, {"kind": "settle_abroad", "on": "2026-03-01"}]
    answer = assess(life("shenzhen", events=events, payer="employer", tier="tier_1", person={"nationality": "chinese"}))
    assert {money.event for money in answer.money} == {"retire", "settle_abroad"}
    assert {ruling.topic for ruling in answer.rulings if ruling.event == "retire"} == {
        "credit",
        "retired_cover",
        "retired_transfer",
    }


def test_a_retiree_with_missing_years_sees_how_they_are_made_up():
    event = {"kind": "retire_elsewhere", "on": "2026-03-01", "years_reached": "no"}
    answer = assess(life("shanghai", events=[event], payer="employer"))
    assert answer.standings and answer.standings[0].ways[0].kind == "pay_until_reached"
    [cover] = [ruling.outcomes["cover"] for ruling in answer.rulings if ruling.topic == "retired_cover"]
    assert cover == "only_by_paying_on"


# -- facts and form -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "person", "fault"),
    [
        ({"total": 10, "actual": 11}, {}, ("years.actual", "more_than_total")),
        ({"actual": 10, "local_actual": 11}, {}, ("years.local_actual", "more_than_actual")),
        ({"total": 10, "local_actual": 11}, {}, ("years.local_actual", "more_than_total")),
        ({"total": 10, "continuous": 11}, {}, ("years.continuous", "more_than_total")),
        ({"total": 10, "tier_1": 11}, {}, ("years.tier_1", "more_than_total")),
        ({"total": 323}, {"born": "2000-01-01"}, ("years.total", "more_than_a_life")),
        ({"military_service": 323}, {"born": "2000-01-01"}, ("years.military_service", "more_than_a_life")),
        ({"joined_year": 2027}, {}, ("years.joined_year", "year_after_today")),
        ({"joined_year": 1999}, {"born": "2000-01-01"}, ("years.joined_year", "before_birth")),
        ({"joined_year": 1899}, {}, ("years.joined_year", "not_a_year")),
        ({"joined_year": "2009"}, {}, ("years.joined_year", "not_a_year")),
        ({"total": 1.5}, {}, ("years.total", "not_a_count")),
        ({"total": 1501}, {}, ("years.total", "not_a_count")),
        ({"dog_years": 7}, {}, ("years.dog_years", "unknown_field")),
    ],
)
def test_years_that_make_no_sense_are_refused(years, person, fault):
    with pytest.raises(FactErrors) as refused:
        life(years=years, person=person)
    assert [(error.field, error.code) for error in refused.value.errors] == [fault]
    for lang in ("en", "zh"):
        assert "{" not in error_message(refused.value.errors[0], Words(lang))


def test_the_edges_of_what_makes_sense_are_taken():
    years = {"total": 322, "actual": 322, "local_actual": 322, "continuous": 322, "tier_1": 322, "joined_year": 2000}
    assert life(years=years, person={"born": "2000-01-01"}).years["total"] == 322


def test_the_schema_knows_the_years():
    schema = json_schema()["properties"]["years"]["anyOf"][0]
    assert schema["properties"]["joined_year"]["anyOf"][0] == {"type": "integer", "minimum": 1900, "maximum": 9000}
    assert schema["required"] == []


TYPED = {"situation": "retire", "place": "wuhan", "on": ON}


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("12年3个月", 147), ("12年零3个月", 147), ("12 年 3 月", 147), ("１２年３个月", 147), ("12y 3m", 147), ("12Y3M", 147),
        ("12 years and 3 months", 147), ("12 years, 3 months", 147), ("147", 147), ("147个月", 147), ("147 months", 147),
        ("12年", 144), ("12 years", 144), ("1 year 1 month", 13), ("0", 0), ("3m", 3), ("1500", 1500),
    ],
)  # fmt: skip
def test_a_length_is_read_as_people_write_it(typed, months):
    assert form.read({**TYPED, "record_total": typed}).years["total"] == months


@pytest.mark.parametrize(
    "typed", ["12.5年", "12年15个月", "twelve", "-3", "3-4", "1501", "2026-03", "年", "12d", "12年3个月4"]
)
def test_what_is_no_length_is_a_fault_of_its_field(typed):
    with pytest.raises(FactErrors) as refused:
        form.read({**TYPED, "record_total": typed})
    [error] = refused.value.errors
    assert (error.field, error.code, error.params["given"]) == ("record_total", "not_a_span", typed)


@pytest.mark.parametrize(
    ("typed", "code"), [("09", "not_a_year"), ("1850", "not_a_year"), ("2030", "year_after_today")]
)
def test_a_year_that_makes_no_sense_is_a_fault_of_its_field(typed, code):
    with pytest.raises(FactErrors) as refused:
        form.read({**TYPED, "place": "chengdu", "joined_year": typed})
    assert [(error.field, error.code) for error in refused.value.errors] == [("joined_year", code)]


@pytest.mark.parametrize(
    ("places", "topic", "part", "name"),
    [
        (form.ASKS_FOR_ACTUAL, "medical_years", "then", "actual_months"),
        (form.ASKS_FOR_LOCAL, "medical_years", "then", "local_actual_months"),
        (form.ASKS_FOR_CONTINUOUS, "medical_years", "then", "or_continuous_months"),
        (form.ASKS_FOR_TIER_1, "medical_years", "then", "tier_1_months"),
        (form.ASKS_FOR_JOINED, "medical_years", "when", "joined_year"),
        (form.ASKS_FOR_START, "shortfall", "when", "started_work"),
    ],
)
def test_the_form_asks_at_retirement_for_what_the_law_of_the_place_looks_at(places, topic, part, name):
    asking = {
        place.id
        for place in BOOK.places.values()
        if place.level == "city"
        and any(
            record.topic == topic and name in getattr(record, part)
            for level in BOOK.path(place.id)
            for record in BOOK.records.values()
            if record.place == level.id
        )
    }
    assert set(places) == asking


# -- in words -------------------------------------------------------------------------------------------------------


def test_lengths_and_ages_in_both_languages():
    en, zh = Words("en"), Words("zh")
    assert [en.years_and_months(n) for n in (0, 1, 12, 13, 147)] == [
        "0 months", "1 month", "1 year", "1 year 1 month", "12 years 3 months",
    ]  # fmt: skip
    assert [zh.years_and_months(n) for n in (0, 12, 147)] == ["0个月", "1年", "12年3个月"]
    assert (en.years_and_months(Span(12, 15)), en.years_and_months(Span(12, 12))) == (
        "1 year to 1 year 3 months",
        "1 year",
    )
    assert (en.age(744), zh.age(735)) == ("62 years", "61岁3个月")
    assert [en.calendar_years(Span(*ends)) for ends in ((0, 2022), (2030, None), (2025, 2025), (2026, 2028))] == [
        "2022 or earlier", "2030 or later", "2025", "2026 to 2028",
    ]  # fmt: skip
    assert zh.calendar_years(Span(0, 2022)) == "2022年及以前"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_of_the_years_has_its_twin_in_the_list(lang):
    years = {"total": 200, "actual": 150, "before_the_scheme": 60}
    told = life("nanjing", years=years, person={"group": "woman_50"}, events=[{"kind": "retire", "retires": "2027-11"}])
    said = document(assess(told), lang)
    [item] = [item for item in said["years"]["items"] if "bars" in item]
    assert [(bar["paid"], bar["may_count"], bar["needed"]) for bar in item["bars"]] == [(200, 60, 240), (150, 60, 120)]
    page, plain = html.result(said), text(said)
    assert page.count("<svg") == 2 and page.count('class="yb-bar" aria-hidden="true"') == 2
    # 600 units are 260 months, the longest of all: 200 months paid end at 461, 240 needed at 553.
    assert 'class="yb-bar-paid" x="0" y="0" width="461"' in page
    assert 'class="yb-bar-needed" x="0" y="0" width="553"' in page
    assert "style=" not in page
    for detail in item["details"]:
        assert detail in plain


def test_where_the_tier_is_not_told_each_says_what_it_asks_for():
    years = {"total": 300, "local_actual": 300, "tier_1": 60}
    told = {"person": {"group": "man"}, "on": "2025-11-03", "events": [{"kind": "retire", "retires": "2025-11"}]}
    open_tier = assess(life("shenzhen", years=years, payer="employer", **told))
    needed = {standing.assuming["tier"]: {h.name: h.needed for h in standing.held} for standing in open_tier.standings}
    assert needed["tier_1"].pop("tier_1") == 120
    assert needed["tier_1"] == needed["tier_2"]
    # Years in tier 1 make no difference to whether there is medical cover at all.
    assert {standing.reached for standing in open_tier.standings} == {"yes"}


def test_what_is_the_same_for_every_case_is_said_once():
    told = life("shenzhen", tier="tier_2", years={"total": 100}, person={"group": "man"})
    answer = assess(told)
    items = document(answer, "en")["years"]["items"]
    said = [detail for item in items for detail in item["details"]]
    assert said.count("How missing years are made up: as said above.") == len(answer.standings) - 1 > 2
    assert len([detail for detail in said if detail.startswith("Make up in one sum")]) == 1
    assert [("event" in item) for item in items] == [True] + [False] * (len(items) - 2) + [False]
