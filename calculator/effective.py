"""All that holds at one place on one day: every topic, every way the facts may fall out, and where each value comes from."""

from collections.abc import Iterator
from datetime import date

from calculator.immutable import immutable
from calculator.lawbook import Finding, Lawbook, Outcome, Record
from calculator.words import Words


@immutable
class Effective:
    """One answer of the law, before anything is told about a person."""

    topic: str
    finding: Finding | None  # None for a topic with many answers
    outcomes: dict[str, Outcome]


def effective(book: Lawbook, place: str, day: date) -> Iterator[Effective]:
    """Every answer in force, topic by topic in the order of the topics. Raises OutsideKnownDays."""
    book.require_known(place, day)
    for name, topic in book.topics.items():
        if topic["answers"] == "all":
            for record in book.consult_all(name, place, day, {}):
                yield Effective(name, None, _outcomes(record))
        else:
            for finding in book.consult(name, place, day, {}):
                yield Effective(name, finding, dict(finding.outcomes))


def _outcomes(record: Record) -> dict[str, Outcome]:
    return {name: Outcome(value, record) for name, value in record.then.items()}


def effective_text(book: Lawbook, place: str, day: date, words: Words) -> str:
    """As text: the question, the condition, then one line for each value with its place, rule and confidence."""
    lines, topic = [], ""
    for item in effective(book, place, day):
        if item.topic != topic:
            topic = item.topic
            lines += ["", f"{book.topics[topic]['asks'][words.lang]}  [{topic}]"]
        if item.finding is not None and item.finding.assuming:
            lines.append(f"  {words.say('rule.condition')} {words.facts(topic, item.finding.assuming)}:")
        for name, outcome in item.outcomes.items():
            value = words.quantity(book.topics[topic]["outcomes"][name], outcome.value)
            record = outcome.record
            sure = words.say(f"sure.{record.sure.key if outcome.known else 'not_known'}")
            lines.append(
                f"    {words.say(f'name.{name}')}: {value}  [{words.place(record.place)}: {record.id}; {sure}]"
            )
    return "\n".join([f"{words.place(place)}, {words.day(day)}", *lines, ""])
