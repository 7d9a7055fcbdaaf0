"""On paper stands all one acts on and can check: the answer, the days, the questions, every source, the version."""

import re

import pytest
from lxml import html

from calculator import form
from calculator import html as faces
from calculator.document import document
from calculator.facts import parse
from calculator.judge import assess
from calculator.paper import paper
from calculator.words import LANGUAGES
from tests.golden import case, cases


def words_of(fragment):
    return " ".join(html.fragment_fromstring(fragment).text_content().split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_one_acts_on_is_missing(lang):
    for one in [one for one in cases() if not one.errors][:: 1 if lang == "en" else 5]:
        facts = parse(one.facts)
        said = document(assess(facts), lang)
        text = words_of(paper(facts, said))
        wanted = [said["version"], said["weakest"], said["disclaimer"], said["asked_on"]]
        for part in ("answer", "cover", "money", "years", "status", "changes"):
            for item in said[part]["items"]:
                wanted += [item["text"], item["sure"]["text"], *item.get("details", [])]
        for step in said["steps"]["items"]:
            wanted += [step["text"], *(fact["text"] for fact in step["facts"] if fact["name"] != "law")]
        wanted += [question["zh"] for question in said["not_known"]["items"]]
        for rule in said["rules"]["items"]:
            for cite in (*rule["cites"], *rule["disagree"]):
                wanted += [cite["title"], cite["article"], cite["seen"], cite["url"]]
        assert [sentence for sentence in wanted if " ".join(sentence.split()) not in text] == [], one.id


def test_months_of_one_status_are_told_together():
    facts = parse(case("c-guangzhou-arrears-paid-in-june").facts)
    said = document(assess(facts), "en")
    (line,) = said["cover"]["stretches"][0]["lines"]
    assert [one["text"] for one in line["ranges"]] == [
        "February 2026 to March 2026: covered",
        "April 2026 to May 2026: covered after back payment",
        "June 2026 to August 2026: covered",
    ]
    assert sum(one["months"] for one in line["ranges"]) == len(line["months"])


@pytest.mark.parametrize(
    ("lang", "life", "covered", "step"),
    [
        ("en", "I leave my job, or have left it how the job ended: ", "covered. Whether", "do it at once. Who: "),
        ("zh", "我离职，或者已经离职 离职方式：", "有待遇。断缴", "请马上办。谁办："),
    ],
)
def test_what_was_told_stands_by_event_and_sentences_do_not_run_into_each_other(lang, life, covered, step):
    def on_paper(**typed):
        facts = form.read({"on": "2026-11-27", **typed})
        return words_of(paper(facts, document(assess(facts), lang)))

    job = {"reason": "dismissed", "paid_until": "2026-05", "resume_month": "2026-07", "resume_payer": "employer"}
    left = on_paper(situation="leave_job", place="shanghai", back_paid="no", **job)
    assert life in left
    assert covered in left
    dead = on_paper(situation="die", place="wuhan", event_on="2026-10-20", heir="law")
    assert step in dead
    for text in (left, dead):
        assert not re.search(r"[。；：]\s*[。；]|[.;:]\s?[.;]", text)


def test_the_answer_of_the_page_can_be_jumped_through_and_ticked_off():
    facts = parse(case("h-shenzhen-to-guangzhou").facts)
    said = document(assess(facts), "en")
    page = html.fragment_fromstring(faces.result(said, page=True))
    links = page.xpath("//nav[@aria-label]//a/@href")
    assert links == [f"#{id}" for id in page.xpath("//*[starts-with(@id, 'yb-part-')]/@id")]
    assert [a.text_content() for a in page.xpath("//nav//a")] == [
        h.text_content() for h in page.xpath("//*[starts-with(@id, 'yb-part-')]")
    ]
    assert len(page.xpath("//ol[@class='yb-steps']/li//label/input[@type='checkbox']")) == len(said["steps"]["items"])
    assert page.xpath("//details//table[@class='yb-months']")
    # A worked example in the guide has none of it: its ids and boxes would be there several times.
    example = html.fragment_fromstring(faces.result(said, brief=True))
    assert not example.xpath("//@id | //input | //nav | //details")
