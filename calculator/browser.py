"""The door between the page and the calculator: one string of JSON in, one string of JSON out."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from calculator import form, html, share
from calculator.assessment_json import to_json
from calculator.calendar_file import calendar
from calculator.card import cards, phone
from calculator.compare import comparison
from calculator.document import document
from calculator.explain import explain
from calculator.facts import FactError, FactErrors, Facts, facts_json, parse
from calculator.filled_form import filled_form, typed_from
from calculator.interview import judged_events, open_questions
from calculator.judge import assess
from calculator.lives import read_lives
from calculator.paper import paper
from calculator.words import Words, error_message, field_name


def answer(request: str) -> str:
    """Answer a request of the page.

    ``request`` holds ``lang`` (``en`` or ``zh``) and one of ``form`` (what was typed, by field name), ``facts`` (see the JSON
    Schema) and ``link`` (a fragment of :mod:`calculator.share`).

    The answer is ``{"ok": true, "facts": …, "link": …, "typed": …, "notes": […], "assessment": …, "html": …, "calendar": …,
    "card": …, "phone": …, "paper": …}``: the facts as JSON, their link, what to type into the form for them, and what the form
    has no place for. Or it is ``{"ok": false, "errors": [{"field", "message"}]}`` with one entry for each field at fault; ``typed``
    is beside them where facts came otherwise than through the form, so that nothing that can be kept is lost.

    A request with ``lives`` (the text of a file of :mod:`calculator.lives`) is answered by ``{"ok", "lives": [{"name", "facts"}],
    "errors"}``: the lives that can be judged, and the faults of the others. One with ``compare`` (the facts of two or three
    answers, and the number of the one that is ``shown``) by ``{"ok": true, "html": …}``; or by errors, since an answer may have
    been kept longer than the law it rests on is read here.

    With ``wants`` ``"questions"`` beside a ``form``, the answer is ``{"ok": true, "judged": …, "open": [names of fields]}``: the
    fields not yet filled in that can still change the answer, and of how many events, from the first on, that is known. Where an
    event lacks what it can't be judged without, the errors are beside them; where that is the first event, they are alone.
    """
    asked = json.loads(request)
    lang = asked["lang"]
    if "compare" in asked:
        return json.dumps(_compared(asked, Words(lang)), ensure_ascii=False)
    if "lives" in asked:
        return json.dumps(_lives(asked["lives"], Words(lang)), ensure_ascii=False)
    if asked.get("wants") == "questions":
        return json.dumps(_questions(asked["form"], Words(lang)), ensure_ascii=False)
    try:
        facts = _facts(asked, lang)
    except _NotRead as fault:
        words = Words(lang)
        errors = _errors(fault.errors, words, fault.by_path)
        typed = {} if fault.typed is None else {"typed": fault.typed}
        return json.dumps({"ok": False, "errors": errors, **typed}, ensure_ascii=False)
    assessment = assess(facts)
    explanation = explain(assessment)
    said = document(assessment, lang, explanation=explanation)
    answered = {
        "ok": True,
        "facts": facts_json(facts),
        "link": share.encode(facts),
        **_on_the_form(facts, lang),
        "paper": paper(facts, said),
        "assessment": to_json(assessment, explanation=explanation),
        "html": html.result(said, page=True),
        "calendar": calendar(assessment, lang, explanation),
        "card": html.cards(cards(assessment, lang)),
        "phone": html.phone(phone(assessment, lang)),
    }
    return json.dumps(answered, ensure_ascii=False)


def _errors(errors: Iterable[FactError], words: Words, by_path: bool) -> list[dict[str, str]]:
    return [{"field": error.field, "message": error_message(error, words, by_path=by_path)} for error in errors]


def _questions(typed: Mapping[str, str], words: Words) -> dict[str, Any]:
    answered: dict[str, Any] = {"ok": True}
    try:
        form.read(typed)
    except FactErrors as faults:
        answered = {"ok": False, "errors": _errors(faults.errors, words, by_path=False)}
    try:
        judged = judged_events(typed)
        return {**answered, "judged": judged, "open": open_questions(typed)} if judged else answered
    except FactErrors:
        return answered  # what was typed can't be meant: the errors say so


def _compared(asked: Mapping[str, Any], words: Words) -> dict[str, Any]:
    try:
        assessments = [assess(parse(facts)) for facts in asked["compare"]]
    except FactErrors as faults:
        return {"ok": False, "errors": _errors(faults.errors, words, by_path=True)}
    return {"ok": True, "html": html.comparison(comparison(assessments, words.lang, shown=asked["shown"]))}


def _lives(text: str, words: Words) -> dict[str, Any]:
    try:
        lives = read_lives(text)
    except FactErrors as faults:
        return {"ok": False, "lives": [], "errors": _errors(faults.errors, words, by_path=True)}
    errors, good = [], []
    for life in lives:
        name = life.name or words.say("form.untitled_life", number=life.number)
        for error in _errors(life.faults, words, by_path=True):
            errors.append({**error, "message": words.say("form.in_life", name=name, message=error["message"])})
        if life.facts is not None:
            good.append({"name": name, "facts": life.facts})
    return {"ok": not errors, "lives": good, "errors": errors}


class _NotRead(Exception):
    """The faults of a request, and what of it can stand in the form all the same (None: it came from the form)."""

    def __init__(self, faults: FactErrors, by_path: bool, typed: Mapping[str, str] | None = None) -> None:
        self.errors, self.by_path, self.typed = faults.errors, by_path, typed
        super().__init__(str(faults))


def _facts(asked: Mapping[str, Any], lang: str) -> Facts:
    """Raises _NotRead."""
    if "form" in asked:
        try:
            return form.read(asked["form"])
        except FactErrors as faults:
            raise _NotRead(faults, by_path=False) from faults
    try:
        data, faults = share.read(asked["link"]) if "link" in asked else (asked["facts"], ())
    except FactErrors as unreadable:
        raise _NotRead(unreadable, by_path=True) from unreadable
    typed = typed_from(data, lang) if isinstance(data, Mapping) else {}
    if faults:
        raise _NotRead(FactErrors(faults), by_path=True, typed=typed)
    try:
        return parse(data)
    except FactErrors as faulty:
        raise _NotRead(faulty, by_path=True, typed=typed) from faulty


def _on_the_form(facts: Facts, lang: str) -> dict[str, Any]:
    words, filled = Words(lang), filled_form(facts, lang)
    notes = []
    if filled.left_over:
        notes.append(words.say("form.left_over", names=words.listed(_names(filled.left_over, facts, words))))
    return {"typed": filled.typed, "notes": notes}


def _names(paths: Iterable[str], facts: Facts, words: Words) -> Iterable[str]:
    """Facts as people say them; of an event that is left over as a whole its name alone."""
    whole = {path.removesuffix("kind") for path in paths if path.endswith(".kind")}
    for path in paths:
        if path.removesuffix("kind") in whole:
            number = int(path.removeprefix("events[").partition("]")[0])
            yield words.say(f"event.{facts.events[number].kind}")
        elif f"{path.rpartition('.')[0]}." not in whole:
            yield field_name(path, words, by_path=False)
