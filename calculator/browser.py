"""The door between the page and the calculator: one string of JSON in, one string of JSON out."""

import json

from calculator import form, html
from calculator.assessment_json import to_json
from calculator.calendar_file import calendar
from calculator.card import cards, phone
from calculator.document import document
from calculator.explain import explain
from calculator.facts import FactErrors, Facts, parse
from calculator.judge import assess
from calculator.words import Words, error_message


def answer(request: str) -> str:
    """Answer a request of the page.

    ``request`` holds ``lang`` (``en`` or ``zh``) and either ``form`` (what was typed, by field name) or ``facts``
    (see the JSON Schema). The answer is ``{"ok": true, "assessment": …, "html": …, "calendar": …, "card": …, "phone": …}``,
    or ``{"ok": false, "errors": [{"field", "message"}]}`` with one entry for each field at fault.
    """
    asked = json.loads(request)
    lang = asked["lang"]
    try:
        facts: Facts = form.read(asked["form"]) if "form" in asked else parse(asked["facts"])
    except FactErrors as faults:
        words = Words(lang)
        errors = [
            {"field": error.field, "message": error_message(error, words, by_path="facts" in asked)}
            for error in faults.errors
        ]
        return json.dumps({"ok": False, "errors": errors}, ensure_ascii=False)
    assessment = assess(facts)
    explanation = explain(assessment)
    answered = {
        "ok": True,
        "assessment": to_json(assessment, explanation=explanation),
        "html": html.result(document(assessment, lang, explanation=explanation)),
        "calendar": calendar(assessment, lang),
        "card": html.cards(cards(assessment, lang)),
        "phone": html.phone(phone(assessment, lang)),
    }
    return json.dumps(answered, ensure_ascii=False)
