"""Rules and citations for the reader, and the questions that are left."""

from typing import Any

from calculator import months
from calculator.assessment import Assessment, Question, RuleUse
from calculator.document.parts import outcome_words, sure_of, test_words, with_condition
from calculator.words import Words


def rule_item(use: RuleUse, words: Words) -> dict[str, Any]:
    record = use.record
    # Many steps answer the same question, so a step is named by what is to be done.
    is_step = record.topic == "step"
    topic = words.say(f"step.{record.then['key']}") if is_step else words.book.topics[record.topic]["asks"][words.lang]
    return {
        "id": record.id,
        "title": with_condition(words.place(record.place), topic, words),
        "lives": words.say("rule.lives", **{"from": record.lives_from, "until": record.lives_until}),
        "role": "" if use.role == "applied" else words.say(f"rule.role_{use.role}"),
        "sure": sure_of(record.sure, words),
        "condition_label": words.say("rule.condition"),
        "when": [_condition(name, test, use, words) for name, test in record.when.items()]
        or [words.say("rule.always")],
        "follows_label": words.say("rule.follows"),
        "then": [outcome_words(name, value, words) for name, value in record.then.items()],
        "note": words.law(record.note) if record.note else "",
        "cites": [citation(cite, words) for cite in record.cites],
        "disagrees_label": words.say("rule.disagrees"),
        "disagree": [{**citation(item.cite, words), "why": words.law(item.why)} for item in record.disagree],
    }


def _condition(name: str, test: Any, use: RuleUse, words: Words) -> str:
    said = f"{words.say(f'name.{name}')}{words.colon}{test_words(test, words)}"
    if name not in use.values:
        return said
    yours = words.say("rule.assumed" if name in use.assumed else "rule.yours", value=words.value(use.values[name]))
    return words.aside(said, yours)


def citation(cite: str, words: Words) -> dict[str, Any]:
    """One provision as the reader sees it: title, number, article, quotation, how seen, when checked, link."""
    instrument, provision = words.book.cite(cite)
    title = instrument.title.in_(words.lang)
    return {
        "id": cite,
        "title": title,
        "named": words.aside(title, instrument.number) if instrument.number else title,
        "article": provision.article.in_(words.lang),
        "quote": provision.quote,
        "paraphrase": words.law(provision.paraphrase),
        "note": words.law(provision.note) if provision.note else "",
        "seen": words.say(f"seen.{provision.seen}"),
        "checked": words.say("rule.checked", checked=provision.checked),
        "url": instrument.url,
    }


def _year_of_retirement(assessment: Assessment) -> int | None:
    """The calendar year of the retirement, where every case has the same."""
    years = {timing.retires and timing.retires // months.OF_A_YEAR for timing in assessment.timings}
    return years.pop() if len(years) == 1 else None


def question_item(question: Question, assessment: Assessment, words: Words) -> dict[str, Any]:
    """The question in both languages: the reader's own, and the Chinese to say at the counter."""

    def fill(speaker: Words) -> str:
        stretch = next(
            (
                s
                for s in assessment.interruptions
                if question.topic in ("gap", "gap_count", "cover_stop", "cover_start")
            ),
            None,
        )
        told = {
            "last_paid": stretch.last_paid if stretch else assessment.facts.paid_until,
            "resume": stretch.resume if stretch else None,
            "gap": stretch.gap if stretch else None,
            "retires": _year_of_retirement(assessment),
        }
        slots = {
            name: speaker.say(f"ask_slot.{name}", **{name: value})
            if value is not None
            else speaker.say(f"ask_slot.{name}_open")
            for name, value in told.items()
        }
        place = speaker.say("ask_slot.here") if question.place == "china" else speaker.place(question.place)
        return speaker.say(f"ask.{question.ask}", place=place, **slots)

    return {
        "why": words.say(f"why.{question.why}"),
        "zh": fill(Words("zh", words.book)),
        "en": fill(Words("en", words.book)),
        "rules": [question.rule],
    }
