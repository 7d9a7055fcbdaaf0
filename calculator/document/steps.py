"""A step in sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calculator.document.parts import ids_of, sure_of, under
from calculator.lawbook import Instrument
from calculator.rules.steps import BEFORE_MONTH, Step
from calculator.words import Words

#: Steps that are done on the day of reporting, where that was told.
_REPORTS = ("report_death", "report_for_placement")
#: Steps that tell somebody of a choice in good time: told late, the choice may not stand.
_NOTICES = ("tell_employer_earlier",)
#: Events of a step that have no name of their own: the two directions of a change between the schemes.
_NAMED = {"switch_to_resident": "switch_scheme", "switch_to_employee": "switch_scheme"}


def steps_as_data(steps: Iterable[Step], words: Words, on: date) -> list[dict[str, Any]]:
    """All steps of an answer in words. Of one that is to be taken more than once each says for which event; of one whose last
    day was before ``on``, the day of asking, that it has passed."""
    steps = list(steps)
    times = Counter(step.key for step in steps)
    several_places = len({step.place for step in steps}) > 1
    said = []
    for step in steps:
        item = step_as_data(step, words)
        if key := how_the_day_stands(step, on):
            limit = next(fact for fact in item["facts"] if fact["name"] == "by")
            limit["text"] = words.say(f"step_label.{key}", text=limit["text"], done=step.values.get("reported"))
        if times[step.key] > 1:
            text = words.say("step_label.of_event", event=_event(step, words), day=step.day)
            if several_places:
                text = words.say("step_label.of_event_at", event=_event(step, words), day=step.day, place=step.place)
            item["facts"].insert(0, {"name": "of", "label": words.say("step_label.of"), "text": text})
        said.append(item)
    return said


def how_the_day_stands(step: Step, on: date) -> str:
    """What is to be said of a last day: that it was done, as told, or that the day has passed; "" while there is time."""
    if step.by is None:
        return ""
    reported = step.values.get("reported")
    if step.key in _REPORTS and reported is not None and reported <= on:
        return "done"
    if step.by >= on:
        return ""
    if step.key in _NOTICES:
        return "passed_notice"
    return "passed_weekdays" if step.by_is_weekday_count else "passed"


def _event(step: Step, words: Words) -> str:
    return words.say(f"event.{_NAMED.get(step.event, step.event)}")


def step_as_data(step: Step, words: Words, dated: bool = True) -> dict[str, Any]:
    """One step in words. Without ``dated`` only the length of a deadline is said, not its day."""
    facts = [("who", words.say(f"who.{step.who}"))]
    where = words.say(f"where.{step.where}")
    if where:
        facts.append(("where", where))
    if step.papers:
        papers = words.semicolon.join(words.say(f"papers.{paper}") for paper in step.papers)
        if elsewhere := _papers_are_of(step, words):
            papers = words.say("step_label.papers_elsewhere", papers=papers, place=elsewhere)
        facts.append(("papers", papers))
    if step.within is not None:
        count = words.time_limit(step.within, step.unit)
        before = step.counted_from in BEFORE_MONTH
        if before:
            key = "by_day_before" if step.by is not None and dated else "by_count_before"
            text = words.say(f"step_label.{key}", by=step.by, count=count)
        elif step.by is not None and dated:
            text = words.say(
                "step_label.by_weekdays" if step.by_is_weekday_count else "step_label.by_day", by=step.by, count=count
            )
        elif step.counted_from == "start_of_work":
            text = words.say("step_label.by_count_start_of_work", count=count)
        else:
            text = words.say("step_label.by_count", count=count)
        facts.append(("by", text))
    if step.takes_working_days is not None:
        facts.append(("takes", words.count(step.takes_working_days, "wdays")))
    facts.append(("law", _short_law(step, words)))
    return {
        "key": step.key,
        "text": under(_not_told(step), words.say(f"step.{step.key}"), words),
        "facts": [{"name": name, "label": words.say(f"step_label.{name}"), "text": text} for name, text in facts],
        "by": step.by.isoformat() if step.by else None,
        "sure": sure_of(step.sure, words),
        "rules": ids_of(step.records),
    }


def _not_told(step: Step) -> Mapping[str, Any]:
    """The conditions of a step that may be met and may not, since the facts they look at are open."""
    opened = {}
    for name, test in step.record.when.items():
        accepted = test if isinstance(test, list) else [test]
        value = step.values.get(name)
        told = value if isinstance(value, frozenset) else frozenset((value,))
        if name != "event" and not told <= frozenset(accepted):
            opened[name] = accepted
    return opened


def _papers_are_of(step: Step, words: Words) -> str:
    """The place whose guide names the papers of a national step, where no rule of the step's own place does; "" else."""
    if step.payout is not None:
        return ""
    book = words.book
    guides = [book.cite(cite)[0] for cite in step.record.cites if book.cite(cite)[0].kind == "service_guide"]
    return next((guide.place for guide in guides if not _is_of_here(guide, step, words)), "")


def _is_of_here(instrument: Instrument, step: Step, words: Words) -> bool:
    """Whether an instrument holds at the place of a step: it is of that place, of its province or of the nation."""
    return instrument.place in {level.id for level in words.book.path(step.place)}


def _short_law(step: Step, words: Words) -> str:
    """Title and articles of what a step rests on, on one line. What holds elsewhere is no law here, but an example."""
    here: dict[str, list[str]] = {}
    elsewhere: dict[str, list[str]] = {}
    for cite in dict.fromkeys(cite for record in step.records for cite in record.cites):
        instrument, provision = words.book.cite(cite)
        articles = here if _is_of_here(instrument, step, words) else elsewhere
        articles.setdefault(instrument.title.in_(words.lang), []).append(provision.article.in_(words.lang))
    said = [_named(here, words)] if here else []
    if elsewhere:
        said.append(words.say("step_label.law_elsewhere", law=_named(elsewhere, words)))
    return words.semicolon.join(said)


def _named(articles: Mapping[str, list[str]], words: Words) -> str:
    # 《社会保险法》第四条: the marks of the title part it from the article.
    between = "" if words.lang == "zh" else words.colon
    return words.semicolon.join(
        f"{words.title(title)}{between}{words.listed(named)}" for title, named in articles.items()
    )
