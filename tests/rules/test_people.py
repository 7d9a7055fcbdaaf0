"""Events around a person's status: what each answer holds, several of them in one life, and facts that contradict."""

from datetime import date
from itertools import product

import pytest

from calculator import html
from calculator.document import document
from calculator.facts import EVENTS, FactErrors, parse
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.text import text
from calculator.verify.people import _options
from calculator.words import LANGUAGES, Words

ON = "2026-11-22"


def life(*events, place="chengdu", on=ON, **person):
    return assess(
        parse({"on": on, "person": person, "cover": {"place": place, "payer": "employer"}, "events": [*events]})
    )


def faults_of(*events, **person):
    with pytest.raises(FactErrors) as refused:
        life(*events, **person)
    return {error.field: error.code for error in refused.value.errors}


def said(answer, part, topic, event=None):
    return [r for r in answer.rulings if (r.part, r.topic) == (part, topic) and event in (None, r.event)]


def settles(**told):
    return {"kind": "settle_abroad", "on": "2024-05-01", **told}


def comes_back(**told):
    return {"kind": "come_back", "on": "2026-05-04", **told}


def loses(**told):
    return {"kind": "lose_nationality", "on": "2025-03-03", **told}


# -- several in one life ----------------------------------------------------------------------------------------------


def hukou_on_return(answer):
    return [r.outcomes["hukou"] for r in said(answer, "status", "hukou", "come_back")]


def resident_on_return(answer):
    return [
        r.outcomes["resident_scheme"] for r in said(answer, "cover", "come_back") if "resident_scheme" in r.outcomes
    ]


def test_what_was_told_on_leaving_holds_on_coming_back_as_far_as_it_can_not_have_changed():
    back = comes_back(back_as="chinese", relation_ended="no")
    cancelled = life(settles(hukou_cancelled="yes"), back)
    assert hukou_on_return(cancelled) == ["restored_on_application"]
    assert "apply_to_return" in [step.key for step in cancelled.steps]
    # It may be restored by now: then the resident scheme is open.
    assert resident_on_return(cancelled) == ["unknown", "open"]
    # A hukou kept on leaving may have been cancelled since.
    kept = life(settles(hukou_cancelled="no"), back)
    assert set(hukou_on_return(kept)) == {"stays", "restored_on_application"}
    assert "apply_to_return" in [step.key for step in kept.steps]
    told = life(settles(hukou_cancelled="no"), {**back, "hukou": "kept"})
    assert hukou_on_return(told) == ["stays"] and resident_on_return(told) == ["open"]
    assert "apply_to_return" not in [step.key for step in told.steps]


def test_a_relation_kept_on_leaving_may_have_been_ended_since_and_an_ended_one_stays_ended():
    def years(ends):
        leaves = {"kind": "foreigner_leaves", "on": "2025-03-03", "ends_relation": ends}
        answer = life(leaves, comes_back(), nationality="foreign")
        return {r.outcomes["years"] for r in said(answer, "years", "come_back")}

    assert years("no") == years(None) == {"add_up", "unknown"}
    assert years("yes") == {"unknown"}


def test_after_a_return_that_tells_nothing_the_next_departure_speaks_for_itself():
    leaves = {"kind": "foreigner_leaves", "on": "2026-10-01"}
    again = {"kind": "come_back", "on": "2026-10-20", "relation_ended": "no"}
    life(loses(ends_relation="yes"), comes_back(), leaves, again)
    life(settles(hukou_cancelled="yes"), comes_back(), {**again, "hukou": "kept"})


def test_a_citizen_who_may_have_settled_in_hong_kong_may_come_back_as_its_resident():
    for destination, resident in (
        ("hk_mo_tw", {"open", "open_with_residence_permit"}),
        (None, {"open", "open_with_residence_permit"}),
        ("foreign_country", {"open"}),
    ):
        answer = life(settles(destination=destination), comes_back(hukou="kept"), nationality="chinese")
        assert set(resident_on_return(answer)) == resident
    # As what they came back is open, so a foreigner's departure afterwards is none that contradicts.
    life(settles(), comes_back(), {"kind": "foreigner_leaves", "on": "2026-10-01"}, nationality="chinese")


def test_a_fact_that_is_not_told_is_never_shown_as_the_readers_own():
    """Answers that say the same are joined; what one of them took for granted stays an assumption."""
    untold = ("nationality", "hukou", "relation_ended")
    uses = [use for use in life(comes_back(), place="beijing").rules if use.record.topic == "come_back"]
    assert len(uses) > 3
    for use in uses:
        tested = {name for name in untold if name in use.record.when}
        assert tested <= set(use.assumed), use.record.id
    told = life(comes_back(back_as="chinese", hukou="kept", relation_ended="no"))
    assert all(use.assumed == () for use in told.rules if use.record.topic == "come_back")


def test_a_foreigner_is_registered_by_the_employer_and_others_may_register_themselves():
    """令16 art 4: the employer registers the foreigner; 社会保险法 art 58: who works alone registers himself."""

    def joins(**told):
        steps = life(comes_back(**told)).steps
        return {step.key: step.who for step in steps if step.key.startswith("join_again")}

    assert joins(back_as="foreign") == {"join_again_as_foreigner": "employer"}
    assert joins(back_as="chinese") == joins(back_as="hk_mo_tw") == {"join_again": "you"}
    assert joins() == {"join_again": "you", "join_again_as_foreigner": "employer"}


def test_the_pension_is_a_matter_for_another_counter():
    steps = {step.key: step.where for step in life(loses(), nationality="chinese").steps}
    assert (steps["pension_apart"], steps["ask_as_former_citizen"]) == ("social_insurance_agency", "agency")


def test_whoever_tells_nothing_of_the_nationality_hears_of_each():
    answer = life(comes_back())
    [identity] = said(answer, "status", "identity", "come_back")
    assert identity.outcomes["nationality"] == "restored_on_application"
    assert identity.assuming == {"back_as": "chinese_again"}
    papers = [r.outcomes.get("papers") for r in said(answer, "status", "hukou", "come_back")]
    assert ["proof_of_restored_nationality"] in papers
    # Whoever is known to be Chinese from the start has lost nothing.
    known = life(comes_back(), nationality="chinese")
    assert not said(known, "status", "identity", "come_back")


@pytest.mark.parametrize("ends_relation", [None, "yes", "no"])
def test_the_years_of_whoever_lost_the_nationality_are_not_known_when_they_come_back_either(ends_relation):
    """令16 art 5 lets the years of foreigners add up who paid as such; of those paid as a citizen no rule says so."""
    answer = life(loses(ends_relation=ends_relation), comes_back(), nationality="chinese")
    assert [years.earlier_years for years in answer.years] == ["unknown"]
    assert not said(answer, "years", "come_back")
    # As a citizen again they count as long as the relation was not ended.
    [back] = said(
        life(loses(ends_relation="no"), comes_back(back_as="chinese_again", relation_ended="no")), "years", "come_back"
    )
    assert back.outcomes["years"] == "kept"


def test_whoever_lost_the_nationality_comes_back_as_a_foreigner_and_hears_how_it_is_restored():
    answer = life(loses(ends_relation="yes"), comes_back(), nationality="chinese")
    [scheme] = [r for r in said(answer, "cover", "come_back") if "employee_scheme" in r.outcomes]
    assert scheme.outcomes["employee_scheme"] == "from_new_job"
    [identity] = said(answer, "status", "identity", "come_back")
    assert identity.outcomes["nationality"] == "restored_on_application"
    assert not said(answer, "status", "hukou", "come_back")
    # A foreigner who never was Chinese hears nothing of it.
    assert not said(life(comes_back(back_as="foreign")), "status", "identity")


def test_a_former_citizen_who_leaves_again_leaves_as_a_foreigner():
    back = comes_back(relation_ended="no")
    leaves = {"kind": "foreigner_leaves", "on": "2026-10-01", "ends_relation": "yes"}
    answer = life(loses(ends_relation="no"), back, leaves, nationality="chinese")
    [money] = [money for money in answer.money if money.event == "foreigner_leaves"]
    assert (money.withdraw, money.payee) == ("on_application", "own_bank_account")
    assert [p.key for p in answer.payouts if p.event == "foreigner_leaves"] == ["foreigner_leaves"]


def test_a_restored_nationality_opens_what_is_open_to_a_citizen():
    answer = life(loses(ends_relation="no"), comes_back(back_as="chinese_again", hukou="restored"))
    resident = [r for r in said(answer, "cover", "come_back") if "resident_scheme" in r.outcomes]
    assert [r.outcomes["resident_scheme"] for r in resident] == ["open"]
    assert not said(answer, "status", "hukou", "come_back")  # restored already


def test_each_event_stands_under_the_law_of_its_own_day():
    before = {"kind": "discharge", "on": "2024-08-31", "placed": "waiting_for_a_post"}
    answer = life({"kind": "enlist", "on": "2022-09-10"}, before, {**before, "on": "2024-09-01"}, place="elsewhere")
    paid_by = [r.outcomes["employer_share_paid_by"] for r in said(answer, "cover", "discharge")]
    assert paid_by == ["unknown", "local_government"]


def test_each_event_stands_under_the_law_of_its_own_place():
    move = {"kind": "move", "on": "2026-02-01", "to": "quanzhou"}
    answer = life({"kind": "study_abroad", "on": "2026-01-05"}, move, {"kind": "die", "on": "2026-10-31"})
    assert [p.place for p in answer.payouts if p.key == "death"] == ["quanzhou"]
    assert [r.place for r in said(answer, "money", "sharing")] == ["chengdu", "quanzhou"]


def test_family_sharing_ends_by_national_rule_since_january_2026():
    for day, links in (("2026-01-08", "unknown"), ("2026-01-09", "dissolve")):
        [sharing] = said(life({"kind": "die", "on": day}), "money", "sharing")
        assert sharing.outcomes["links"] == links


# -- what an answer holds -----------------------------------------------------------------------------------------------


def test_the_pension_is_kept_apart_from_the_medical_account():
    answer = life(loses(), nationality="chinese")
    [pension] = said(answer, "money", "pension_relation")
    assert pension.outcomes == {"pension_account": "kept_or_paid"}
    assert {money.balance for money in answer.money} == {"unknown"}


def test_settling_in_hong_kong_needs_another_paper_than_settling_abroad():
    papers = {
        to: said(life(settles(destination=to)), "status", "hukou")[0].outcomes["papers"]
        for to in ("foreign_country", "hk_mo_tw")
    }
    assert "settlement_approval" in papers["hk_mo_tw"] and "proof_of_settlement" in papers["foreign_country"]
    assert {tuple(r.assuming) for r in said(life(settles()), "status", "hukou")} == {("event",)}


def test_no_heir_applies_where_there_is_none():
    answer = life({"kind": "die", "on": "2026-06-01", "heir": "none"})
    assert not answer.money and not answer.payouts
    assert [r.outcomes["goes_to"] for r in said(answer, "money", "heirs")] == ["state_or_collective"]
    assert "heirs_apply" not in [step.key for step in answer.steps]


def test_while_the_heir_is_not_known_every_way_is_said():
    answer = life({"kind": "die", "on": "2026-06-01"})
    assert [r.outcomes["goes_to"] for r in said(answer, "money", "heirs")] == [
        "those_in_the_will", "first_in_line", "state_or_collective",
    ]  # fmt: skip


def test_a_premium_that_was_never_paid_is_not_spoken_of():
    assert not said(life({"kind": "die", "on": "2026-06-01", "resident_premium": "none"}), "money", "resident_refund")
    both = said(life({"kind": "die", "on": "2026-06-01"}), "money", "resident_refund")
    assert {(r.assuming["benefit_year_begun"], r.outcomes["refund"]) for r in both} == {
        ("yes", "no"), ("no", "on_application"),
    }  # fmt: skip


def test_the_days_of_a_court_are_counted_only_from_a_day_that_was_told():
    told = {"kind": "missing", "state": "declared_missing", "went_missing": "without_accident"}
    assert said(life(told), "status", "missing")[0].computed == {}
    dated = said(life({**told, "last_news": "2021-05-10"}), "status", "missing")[0]
    # The 4 years end on Saturday 10 May 2025: Monday counts in, Tuesday is safe.
    assert dated.computed["death_court_from"] == date(2025, 5, 13)
    assert "missing_court_from" not in dated.computed  # that is done


def test_somebody_declared_dead_is_inherited_from_under_the_law_of_the_judgment():
    answer = life({"kind": "missing", "state": "declared_dead", "judgment": "2025-12-01", "went_missing": "in_war"})
    assert {money.event for money in answer.money} == {"die"}
    [hukou] = said(answer, "status", "hukou")
    assert "court_judgment" in hukou.outcomes["papers"] and hukou.computed["by"] == date(2026, 1, 1)
    assert said(answer, "money", "sharing")[0].outcomes["links"] == "unknown"  # before the notice of January 2026
    assert {step.by for step in answer.steps if step.key == "report_death"} == {date(2025, 12, 29)}


def test_twice_in_the_employee_scheme_asks_what_comes_back():
    answer = life({"kind": "insured_twice", "on": "2026-06-01", "records": "two_employee"})
    assert [r.outcomes["keep"] for r in said(answer, "cover", "double_enrolment")] == ["place_of_work"]
    assert not said(answer, "money", "resident_refund")
    assert [q.ask for q in answer.questions] == ["employee_refund"]


# -- facts that can't be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "person", "fault"),
    [
        ([loses()], {"nationality": "foreign"}, {"person.nationality": "event_needs_chinese"}),
        ([{"kind": "discharge", "on": "2026-01-01"}], {"nationality": "hk_mo_tw"}, {"person.nationality": "event_needs_chinese"}),
        ([loses(), {"kind": "enlist", "on": "2026-01-01"}], {}, {"person.nationality": "event_needs_chinese"}),
        ([settles(hukou_cancelled="yes"), comes_back(hukou="kept")], {}, {"events[1].hukou": "told_otherwise"}),
        ([loses(ends_relation="yes"), comes_back(relation_ended="no")], {}, {"events[1].relation_ended": "told_otherwise"}),
        ([loses(), comes_back(back_as="chinese")], {}, {"events[1].back_as": "told_otherwise"}),
        ([comes_back(back_as="foreign")], {"nationality": "chinese"}, {"events[0].back_as": "told_otherwise"}),
        ([{"kind": "missing", "state": "declared_dead"}], {}, {"events[0].judgment": "missing"}),
        ([{"kind": "missing", "state": "not_declared", "judgment": "2026-01-01"}], {}, {"events[0].judgment": "not_asked"}),
        ([{"kind": "missing", "state": "not_declared", "last_news": "2026-12-01"}], {}, {"events[0].last_news": "after_today"}),
        (
            [{"kind": "missing", "state": "not_declared", "went_missing": "in_war", "last_news": "2024-01-02", "war_ended": "2024-01-01"}],
            {}, {"events[0].war_ended": "before_its_day"},
        ),
        (
            [{"kind": "missing", "state": "not_declared", "went_missing": "in_war", "accident_on": "2024-01-02"}],
            {}, {"events[0].accident_on": "not_asked"},
        ),
        ([settles(hukou_cancelled="yes"), loses(hukou_cancelled="no")], {}, {"events[1].hukou_cancelled": "told_otherwise"}),
        ([{"kind": "die", "on": "2026-06-01", "reported": "2026-05-31"}], {}, {"events[0].reported": "before_its_day"}),
        ([{"kind": "missing", "state": "declared_dead", "judgment": "2021-01-01"}], {}, {"events[0].judgment": "outside_known_days"}),
        ([{"kind": "insured_twice", "on": "2026-06-01", "employee_months": -1}], {}, {"events[0].employee_months": "not_a_count"}),
    ],
)  # fmt: skip
def test_facts_that_contradict_are_refused(events, person, fault):
    assert faults_of(*events, **person) == fault


def test_what_may_have_changed_meanwhile_is_no_contradiction():
    life(settles(destination="hk_mo_tw"), comes_back(back_as="hk_mo_tw"), nationality="chinese")
    life(settles(hukou_cancelled="yes"), comes_back(hukou="restored", back_as="chinese"))
    life(settles(hukou_cancelled="no"), comes_back(hukou="cancelled", back_as="chinese"))


# -- words --------------------------------------------------------------------------------------------------------------

ABOUT_PEOPLE = (
    "hukou", "identity", "come_back", "discharge", "discharge_account", "missing", "double_enrolment", "resident_refund",
    "employee_refund", "pension_relation", "sharing", "care", "heirs",
)  # fmt: skip
#: Who reports is said only where it is not you; the unit goes with its time limit.
SAID_WITH_ANOTHER = {"hukou": {"who", "unit"}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_of_a_topic_with_sentences_is_said(lang):
    words = Words(lang).templates
    unsaid = [
        f"{record.id}: {name}"
        for record in lawbook().records.values()
        if record.topic in ABOUT_PEOPLE
        for name, value in record.then.items()
        if not {name, f"{name}_{value}"} & set(words[f"says_{record.topic}"])
        and name not in SAID_WITH_ANOTHER.get(record.topic, ())
    ]
    assert unsaid == []


PEOPLE = ("settle_abroad", "lose_nationality", "study_abroad", "come_back", "enlist", "discharge", "die", "missing", "insured_twice")  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("event", PEOPLE)
def test_every_answer_can_be_said(event, lang):
    options = _options(event)
    for values in product(*options.values()):
        told = {"kind": event, **dict(zip(options, values, strict=True))}
        if "on" in [field.name for field in EVENTS[event]]:
            told["on"] = "2026-03-02"
        if told.get("state") == "declared_dead":
            told["judgment"] = "2026-03-02"
        elif event == "missing":
            told["last_news"] = "2023-03-02"
        document_ = document(life(told, place="quanzhou"), lang)
        assert document_["answer"]["items"]
        for part in ("answer", "cover", "money", "years", "status"):
            for item in document_[part]["items"]:
                assert item["text"].strip() and "{" not in item["text"]
                assert len(item["details"]) == len(set(item["details"]))
        assert "None" not in text(document_) and html.result(document_)
