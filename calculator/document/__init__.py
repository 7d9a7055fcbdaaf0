"""An assessment as a document: finished sentences in one language, ready to draw or print.

:func:`document` is plain data. The page draws it (:mod:`calculator.html`), :mod:`calculator.text` prints it. This module
chooses which sentence of :mod:`calculator.words` is said and fills it in; it decides nothing about insurance.
"""

from collections.abc import Iterable
from typing import Any

from calculator import __version__
from calculator.assessment import HOTLINE, Assessment
from calculator.document.answer import answer_items
from calculator.document.changes import change_item, why_not_item
from calculator.document.cover import joining_part, stretch_part
from calculator.document.money import arrears_item, money_item, payout_item
from calculator.document.parts import heading_once, sure_of
from calculator.document.rulings import ruling_items
from calculator.document.sources import question_item, rule_item
from calculator.document.steps import steps_as_data
from calculator.document.years import standing_items, timing_item, years_item
from calculator.explain import Explanation, explain
from calculator.lawbook import Lawbook
from calculator.words import Words


def document(
    assessment: Assessment, lang: str, book: Lawbook | None = None, explanation: Explanation | None = None
) -> dict[str, Any]:
    """The assessment as finished sentences in one language: plain data, ready to draw or print.

    ``explanation`` is worked out when none is given.
    """
    words = Words(lang, book)
    explanation = explanation or explain(assessment, words.book)
    checked = words.book.read_until
    return {
        "lang": lang,
        "parts": words.say("page.parts"),
        "title": words.say("page.title"),
        "asked_on": words.say("page.asked_on", on=assessment.facts.on, checked=checked),
        "answer": {"title": words.say("heading.answer"), "items": answer_items(assessment, words)},
        "changes": {
            "title": words.say("heading.changes"),
            "items": [change_item(change, assessment, words) for change in explanation.changes],
        },
        "sure": sure_of(assessment.sure, words),
        "weakest": words.say("page.weakest", sure=words.say(f"sure.{assessment.sure.key}")),
        "cover": {
            "title": words.say("heading.cover"),
            "stretches": [
                *(stretch_part(stretch, words, assessment.facts.on) for stretch in assessment.interruptions),
                *(joining_part(joining, words) for joining in assessment.joinings),
            ],
            "items": ruling_items("cover", assessment, words),
        },
        "money": {
            "title": words.say("heading.money"),
            "items": heading_once(
                [
                    *(money_item(money, words) for money in assessment.money),
                    *(arrears_item(owed, words) for owed in assessment.arrears),
                    *(payout_item(payout, words, assessment.facts) for payout in assessment.payouts),
                    *ruling_items("money", assessment, words),
                ]
            ),
        },
        "years": {
            "title": words.say("heading.years"),
            "items": heading_once(
                [
                    *(timing_item(timing, assessment, words) for timing in assessment.timings),
                    *standing_items(assessment.standings, words),
                    *(years_item(years, words) for years in assessment.years),
                    *ruling_items("years", assessment, words),
                ]
            ),
        },
        "status": {"title": words.say("heading.status"), "items": ruling_items("status", assessment, words)},
        "steps": {
            "title": words.say("heading.steps"),
            "items": steps_as_data(assessment.steps, words, assessment.facts.on),
        },
        "not_known": {
            "title": words.say("heading.not_known"),
            "intro": words.say("ask.intro", hotline=HOTLINE),
            "items": [question_item(question, assessment, words) for question in assessment.questions],
        },
        "rules": {
            "title": words.say("heading.rules"),
            "items": [rule_item(use, words) for use in (*assessment.rules, *explanation.rules)],
            "why_not": {
                "title": words.say("heading.why_not"),
                "items": _each_once(why_not_item(one, words) for one in explanation.why_not),
            },
        },
        "disclaimer": words.say("page.disclaimer"),
        "version": words.say("page.version", engine=__version__, law=assessment.law_hash),
    }


def _each_once(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items without those that say again what one before them says: two events can ask the same of the law."""
    kept: list[dict[str, Any]] = []
    kept.extend(item for item in items if item not in kept)
    return kept
