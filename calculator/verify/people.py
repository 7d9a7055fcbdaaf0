"""Properties of every answer about a person's status: nationality, coming back, service, a death, somebody missing, two
records at once.

Each event is assessed with every combination of what can be told of it and of what can be left untold. An answer must
speak of each part it owes; what is said while one fact is not known is what would be said for one of its values; nothing
is said twice in two ways; every open outcome has its question; no day comes before the one it is counted from.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from calculator.assessment import Assessment
from calculator.facts import ELSEWHERE, EVENTS, parse
from calculator.judge import assess
from calculator.lawbook import UNKNOWN, Lawbook, LawError

if TYPE_CHECKING:
    from calculator.verify.situations import Report

#: What each event owes: the topic of a ruling and the part of the answer in which it stands.
OWES: Mapping[str, frozenset[tuple[str, str]]] = {
    "settle_abroad": frozenset(
        {
            ("status", "hukou"),
            ("status", "identity"),
            ("cover", "care"),
            ("money", "sharing"),
            ("money", "pension_relation"),
        }
    ),
    "lose_nationality": frozenset(
        {
            ("status", "hukou"),
            ("status", "identity"),
            ("cover", "care"),
            ("money", "sharing"),
            ("money", "pension_relation"),
        }
    ),
    "study_abroad": frozenset({("status", "hukou"), ("status", "identity"), ("cover", "care")}),
    "foreigner_leaves": frozenset({("cover", "care"), ("money", "sharing")}),
    "come_back": frozenset({("cover", "come_back"), ("years", "come_back")}),
    "enlist": frozenset({("status", "hukou"), ("cover", "care"), ("money", "sharing")}),
    "discharge": frozenset(
        {("cover", "discharge"), ("years", "discharge"), ("money", "discharge_account"), ("status", "hukou")}
    ),
    "die": frozenset({("status", "hukou"), ("money", "sharing")}),
    "missing": frozenset({("money", "missing"), ("status", "hukou")}),
    "insured_twice": frozenset({("cover", "double_enrolment")}),
}
#: The topics asked about through these events alone; the others are asked one by one too.
TOPICS = (
    "hukou",
    "identity",
    "come_back",
    "discharge",
    "discharge_account",
    "missing",
    "double_enrolment",
    "withdrawal",
)
#: Values told beside the choices: on both sides of a year in the employee scheme.
_COUNTS = (11, 12)
_YEARS_MISSING = 3 * 365


def check_people(book: Lawbook, place: str, days: Iterable[date], report: "Report") -> None:
    """Faults of the answers about people at one place, on some days; they and their number go to the report."""
    for day in days:
        for event in OWES:
            said: dict[tuple[Any, ...], frozenset] = {}
            options = _options(event)
            for values in product(*options.values()):
                told = dict(zip(options, values, strict=True))
                where = f"{event} at {place} on {day}, {_short(told)}"
                report.situations += 1
                try:
                    answer = _answer(book, place, day, event, told)
                except (LawError, LookupError) as fault:
                    report.faults.append(f"{where}: {fault}")
                    continue
                said[values] = _said(answer)
                report.faults += [f"{where}: {fault}" for fault in _faults(answer, event, day)]
            report.faults += [f"{event} at {place} on {day}: {fault}" for fault in _dishonest(options, said)]


def places_to_ask(book: Lawbook, place: str) -> bool:
    """Whether a place can give answers of its own about people: the nation, and cities with a rule of their own or of
    their province on one of the topics."""
    level = book.places[place].level
    own = {step.id for step in book.path(place) if step.level != "nation"}
    has_rules = any(record.place in own and record.topic in TOPICS for record in book.records.values())
    return level == "nation" or (level == "city" and has_rules)


def _options(event: str) -> dict[str, tuple[Any, ...]]:
    """What can be told of each fact of an event, and nothing. Days are told always, see :func:`_answer`."""
    options = {}
    for field in EVENTS[event]:
        if field.kind == "choice":
            options[field.name] = (*field.choices, *(() if field.required else (None,)))
        elif field.kind == "count":
            options[field.name] = (*_COUNTS, None)
    return options


def _answer(book: Lawbook, place: str, day: date, event: str, told: Mapping[str, Any]) -> Assessment:
    facts: dict[str, Any] = {"kind": event, **told}
    if any(field.name == "on" for field in EVENTS[event]):
        facts["on"] = day.isoformat()
    if event == "missing":
        facts["last_news"] = (day - timedelta(days=_YEARS_MISSING)).isoformat()
        if told["state"] == "declared_dead":
            facts["judgment"] = day.isoformat()
    where = ELSEWHERE if book.places[place].level == "nation" else place
    return assess(parse({"on": day.isoformat(), "cover": {"place": where}, "events": [facts]}, book), book)


def _said(answer: Assessment) -> frozenset:
    """Everything an answer says, without the conditions under which it says it."""
    return frozenset(
        [("ruling", r.part, r.topic, *_items(r.outcomes), *_items(r.computed)) for r in answer.rulings]
        + [("money", m.exists, m.balance, m.withdraw, m.payee, m.no_heir) for m in answer.money]
        + [("years", y.earlier_years) for y in answer.years]
        + [("payout", p.key) for p in answer.payouts]
        + [("step", step.key) for step in answer.steps]
    )


def _items(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in values.items())


def _faults(answer: Assessment, event: str, day: date) -> Iterator[str]:
    owed = OWES[event] - {(ruling.part, ruling.topic) for ruling in answer.rulings}
    for part, topic in sorted(owed):
        # Whoever is no Chinese citizen has no hukou to speak of; a restored one needs nothing.
        yield f"nothing is said on {topic} under {part}"
    said: dict[tuple[Any, ...], Any] = {}
    for ruling in answer.rulings:
        case = (ruling.event, ruling.part, ruling.topic, *_items(ruling.assuming), *ruling.outcomes)
        if said.setdefault(case, ruling.outcomes) != ruling.outcomes:
            yield f"{ruling.topic} is answered in two ways"
        for name, value in ruling.computed.items():
            if value < day and name not in (
                "missing_court_from",
                "missing_not_before",
                "death_court_from",
                "death_not_before",
            ):
                yield f"{name} is {value}, before the event"
        for what in ("missing", "death"):
            asked, decided = (ruling.computed.get(f"{what}_{name}") for name in ("court_from", "not_before"))
            if asked is not None and not day - timedelta(days=_YEARS_MISSING) <= asked < decided:
                yield f"{what}: the court is asked on {asked} and does not decide before {decided}"
    questions = {question.rule for question in answer.questions} | {question.ask for question in answer.questions}
    for ruling in answer.rulings:
        for name, value in ruling.outcomes.items():
            record = ruling.finding.outcomes[name].record
            if value == UNKNOWN and record.ask not in questions:
                yield f"{ruling.topic}: {name} is not known, and nobody is asked"


def _dishonest(options: Mapping[str, tuple[Any, ...]], said: Mapping[tuple[Any, ...], frozenset]) -> Iterator[str]:
    """What is said while one fact is not known, against what is said for its values, all else told alike."""
    for position, (name, values) in enumerate(options.items()):
        if None not in values:
            continue
        for told, while_open in said.items():
            if told[position] is not None:
                continue
            would_be = frozenset().union(
                *(
                    said.get((*told[:position], value, *told[position + 1 :]), frozenset())
                    for value in values
                    if value is not None
                )
            )
            if while_open != would_be:
                yield f"{_short(dict(zip(options, told, strict=True)))} is answered otherwise than for each {name}: {sorted(map(str, while_open ^ would_be))[0]}"


def _short(told: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in told.items() if value is not None) or "nothing told"
