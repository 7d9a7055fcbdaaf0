"""What must be true between the answers to two lives: a year later under the same law, and with a fact less told."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from calculator import months
from calculator.assessment import Assessment
from calculator.facts import EVENTS, GROUPS, FactErrors, Facts, Told, parse
from calculator.immutable import parts_of
from calculator.judge import assess
from calculator.lawbook import Finding, Lawbook, Record, lawbook, may_hold
from calculator.rules.cover import Line
from calculator.rules.event import OPEN_MOVE
from calculator.rules.retiring import Standing, reached
from tests.properties.lives import Life, lives, readable, smallest, told
from tests.properties.test_lives import EXAMPLES, SEEDS

BOOK = lawbook()
IN_ONE_EXAMPLE = 100
#: Whole examples of so many lives each.
SHIFTED, FORGOTTEN = 30, 30
BY_TOPIC: dict[str, list[Record]] = {topic: [] for topic in BOOK.topics}
for _record in BOOK.records.values():
    BY_TOPIC[_record.topic].append(_record)
#: Facts that are a calendar year.
YEAR_FIELDS = {f.name for group in (*GROUPS.values(), *EVENTS.values()) for f in group if f.kind == "year"}
#: In the two years before it little law changed, so a year more or less can be compared.
QUIET_UNTIL = date(2025, 6, 1)


# -- one year later ---------------------------------------------------------------------------------------


#: Topic, place and day of a question to the law, and the facts it is asked about.
Asked = tuple[str, str, date, Mapping[str, Any]]


class Listening(Lawbook):
    """The law, writing down what it is asked."""

    def __init__(self, book: Lawbook) -> None:
        self.__dict__.update(vars(book))
        self.asked: list[Asked] = []

    def consult(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Finding]:
        self.asked.append((topic, place, day, values))
        return super().consult(topic, place, day, values)

    def consult_all(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Record]:
        self.asked.append((topic, place, day, values))
        return super().consult_all(topic, place, day, values)


def same_law_a_year_earlier(asked: list[Asked]) -> bool:
    """Whether every question would have met the same rules a year before, none of which looks at the year itself.

    A rule that the facts rule out has no part in it, whenever it began."""
    for topic, place, day, values in asked:
        earlier = a_year_earlier(day)
        path = BOOK.path(place)
        if not all(level.known_from <= earlier for level in path):
            return False
        levels = {level.id for level in path}
        years = {name for name, kind in BOOK.topics[topic]["conditions"].items() if kind == "year"}
        for rule in BY_TOPIC[topic]:
            if rule.place in levels and all(
                may_hold(test, values.get(name)) for name, test in rule.when.items() if name not in years
            ):
                if rule.alive_on(day) != rule.alive_on(earlier):
                    return False
                if rule.alive_on(day) and years & rule.when.keys():
                    return False
    return True


def a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def life_a_year_earlier(life: Life) -> Life:
    """Every day and month of a life moved back by a year, but the day of birth, on which ages rest."""
    earlier = json.loads(json.dumps(_moved(life)))
    return {**earlier, "person": life["person"]} if "person" in life else earlier


def _moved(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item) for item in value]
    if name in YEAR_FIELDS and isinstance(value, int):
        return value - 1
    if isinstance(value, str) and value[:4].isdigit():
        return (
            a_year_earlier(date.fromisoformat(value)).isoformat()
            if len(value) == 10
            else f"{int(value[:4]) - 1}{value[4:]}"
        )
    return value


def cover_at(assessment: Assessment) -> Any:
    """The outcome counted from the last paid month: what must not depend on the year."""
    return [
        (
            stretch.situation,
            stretch.gap,
            [month - stretch.last_paid for month in stretch.stops],
            [
                (
                    str(line.assuming), line.wait, line.wait_at_most, line.wait_scope, line.benefit_percent, line.gap_costs, line.back_pay,
                    line.sure, line.returns and months.month_of(line.returns) - stretch.last_paid,
                    [(month.month - stretch.last_paid, month.status, month.reason, month.rule) for month in line.months],
                )
                for line in stretch.lines
            ],
        )
        for stretch in assessment.interruptions
    ]  # fmt: skip


def outcome_of(assessment: Assessment) -> dict[str, Any]:
    """The outcome, without the days themselves."""
    return {
        "cover": cover_at(assessment),
        "money": [
            (m.event, str(m.assuming), m.exists, m.balance, m.withdraw, m.payee, m.sure) for m in assessment.money
        ],
        "years": [(y.event, str(y.assuming), y.earlier_years, y.gap_years, y.sure) for y in assessment.years],
        "rulings": [(r.topic, str(r.assuming), str(r.outcomes), r.sure) for r in assessment.rulings],
        "steps": [(s.key, s.who, s.where, s.papers, s.within) for s in assessment.steps],
        "questions": [(q.ask, q.place, q.why) for q in assessment.questions],
        "sure": assessment.sure,
    }


def days_of_birth(facts: Facts) -> list[int]:
    """How many days after each birth the premium is paid: rules on newborns count them."""
    return [(event["on"] - event["born"]).days for event in facts.events if event.kind == "newborn"]


def shift_faults(life: Life) -> list[str]:
    """Parts of the answer that a year under the same law changes; none when the law is not the same."""
    try:
        facts, earlier = parse(life, BOOK), parse(life_a_year_earlier(life), BOOK)
    except FactErrors:
        return []
    if days_of_birth(facts) != days_of_birth(earlier):
        return []  # a leap day lies between: another number of days
    listening = Listening(BOOK)
    now = outcome_of(assess(facts, listening))
    if not same_law_a_year_earlier(listening.asked):
        return []
    then = outcome_of(assess(earlier, BOOK))
    return [f"{part}: {now[part]} and a year earlier {then[part]}" for part in now if now[part] != then[part]]


@settings(max_examples=SHIFTED, **EXAMPLES)
@given(seed=SEEDS)
def test_a_year_earlier_under_the_same_law_the_answer_is_the_same(seed):
    for life in lives(seed, IN_ONE_EXAMPLE, BOOK, QUIET_UNTIL):
        facts = readable(life, BOOK)
        if facts is not None and shift_faults(told(facts)):
            small = smallest(told(facts), lambda one: bool(shift_faults(one)))
            pytest.fail(f"{shift_faults(small)}\n{json.dumps(small, ensure_ascii=False)}")


def quiet_lives() -> Iterator[Facts]:
    """Lives whose law was the same a year earlier."""
    for life in lives(5, 3600, BOOK, QUIET_UNTIL):
        if facts := readable(life, BOOK):
            listening = Listening(BOOK)
            assess(facts, listening)
            if same_law_a_year_earlier(listening.asked):
                yield facts


def test_the_law_is_the_same_often_enough():
    same = Counter(event.kind for facts in quiet_lives() for event in facts.events)
    assert same.total() > 150 and min(same["resume"], same["leave_job"], same["move"], same["die"]) > 15, same


def test_a_rule_that_looks_at_the_year_is_noticed(monkeypatch):
    life = next(told(facts) for facts in quiet_lives() if facts.events[-1].kind == "resume")
    assert shift_faults(life) == []

    def by_year(facts, book, assess=assess):
        answer = assess(facts, book)
        stretch = answer.interruptions[-1]
        lines = tuple(replace(line, wait=facts.on.year) for line in stretch.lines)
        return replace(answer, interruptions=(*answer.interruptions[:-1], replace(stretch, lines=lines)))

    monkeypatch.setitem(globals(), "assess", by_year)
    assert any(fault.startswith("cover") for fault in shift_faults(life))


#: Events at which the years are looked at whatever is told.
RETIRES = ("retire", "retire_elsewhere")


# -- a fact less ------------------------------------------------------------------------------------------


#: Facts that leave the law's question open when they are not told. Of a month or a day that is left out mostly nothing has
#: happened yet, which is another life; of amounts, and of months told of a record, nothing is decided.
_OPEN_KINDS = ("choice", "count")
_OPEN_DAYS = ("joined_year", "since")


def without_one_fact(facts: Facts) -> Iterator[tuple[str, Life]]:
    """The life with each fact that need not be told left out in turn."""
    life = told(facts)
    for group, in_group in GROUPS.items():
        for field in in_group:
            optional = (
                field.kind == "choice" or (field.kind == "count" and group != "years") or field.name in _OPEN_DAYS
            )
            if optional and not field.required and field.name in life.get(group, {}):
                yield field.name, {**life, group: {n: v for n, v in life[group].items() if n != field.name}}
    for number, event in enumerate(life["events"]):
        for field in EVENTS[event["kind"]]:
            optional = field.kind in _OPEN_KINDS or field.name in _OPEN_DAYS
            if field.name == "back_as" and comes_back_changed(facts, number):
                continue
            if field.name == "years_reached" and any(e.values.get(field.name) for e in facts.events[:number]):
                continue  # what was said of the years holds until it is said otherwise
            if optional and not field.required and field.name in event:
                less = {n: v for n, v in event.items() if n != field.name}
                yield field.name, {**life, "events": [*life["events"][:number], less, *life["events"][number + 1 :]]}


def comes_back_changed(facts: Facts, number: int) -> bool:
    """Whether somebody comes back as something else than they left, which nobody assumes who is not told so."""
    before = Told(facts.nationality)
    for event in facts.events[:number]:
        before.hear(event)
    back_as = facts.events[number]["back_as"]
    open_before = before.nationality is None or (before.nationality == "chinese" and before.may_be_of_hk)
    return not open_before and back_as != before.nationality


def said_in(assessment: Assessment) -> dict[str, set[str]]:
    """Everything an answer says, by part, without the assumption under which it says it."""
    return {
        **{
            f"cover {number}": {_said(line) for line in stretch.lines}
            for number, stretch in enumerate(assessment.interruptions)
        },
        **{
            f"joining {number}": {_said(_of_any_rule(line)) for line in joining.lines}
            for number, joining in enumerate(assessment.joinings)
        },
        **{
            f"joining {number} rests on": {record.id for line in joining.lines for record in line.finding.records}
            for number, joining in enumerate(assessment.joinings)
        },
        "bills": {_said(replace(bill, rule="", also=())) for bill in assessment.bills},
        "bills rest on": {record.id for bill in assessment.bills for record in bill.finding.records},
        "payouts": {_said(payout) for payout in assessment.payouts},
        "retirement": {_said(timing) for timing in assessment.timings},
        "standings": {_needed(standing) for standing in assessment.standings},
        "money": {_said(money) for money in assessment.money},
        "years": {_said(years) for years in assessment.years},
        "rulings": {_said(ruling) for ruling in assessment.rulings},
        "steps": {step.key for step in assessment.steps},
        "questions": {f"{question.ask} {question.place}" for question in assessment.questions},
    }


def _of_any_rule(line: Line) -> Line:
    """A line on joining, and a bill in one of its months, may stand for several cases that say the same, each by a rule of its
    own: the rules they rest on are compared apart."""
    return replace(line, months=tuple(replace(month, rule="", also=()) for month in line.months))


def _needed(standing: Standing) -> str:
    """The months that are needed. What is missing and what it costs follow from the months told, which are amounts."""
    held = [(held.name, held.needed, held.or_continuous) for held in standing.held]
    return repr((standing.place, held))


def _said(part: Any) -> str:
    left_out = ("assuming", "finding", "findings", "values", "sure")
    said = {name: _plain(getattr(part, name)) for name in parts_of(part) if name not in left_out}
    if str(said.get("event")).startswith(OPEN_MOVE):
        said["event"] = OPEN_MOVE  # whether the province stays the same is an assumption like any other
    if said.get("topic") in ("retired_cover", "retired_transfer"):
        said["event"] = "retire"  # said at the retirement or, where none is told, of the retiree who moves
    return repr(said)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.id
    if parts_of(value):
        return _said(value)
    if isinstance(value, Mapping):  # how many months are granted is counted from the months told
        return {name: _plain(item) for name, item in value.items() if name != "benefit_months"}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def forgetting_faults(life: Life) -> list[str]:
    """What is said when a fact is known and is missing among the possible answers when it is not."""
    try:
        facts = parse(life, BOOK)
    except FactErrors:
        return []
    told_all = assess(facts, BOOK)
    found = []
    for name, less in without_one_fact(facts):
        try:
            unknown = assess(parse(less, BOOK), BOOK)
        except FactErrors as refused:
            # Whoever may have joined after the army, and stops later, is asked until when was paid: it is never guessed.
            asked = {(error.field.rpartition(".")[2], error.code) for error in refused.errors}
            if name != "joins_employee_scheme" or asked != {("paid_again_until", "missing")}:
                found.append(f"without {name} the life is refused: {refused}")
            continue
        if name == "enrolled" and any(joining.enrolled for joining in unknown.joinings):
            continue  # the announced days say it; told otherwise it was another life
        known = told_all
        if known.standings and not unknown.standings and not any(event.kind in RETIRES for event in facts.events):
            # How far somebody at work has come is told unasked, and only when one answer is left: less told, nothing said.
            known = assess(replace(facts, years={}), BOOK)
            unknown = assess(replace(parse(less, BOOK), years={}), BOOK)
        possible = said_in(unknown)
        for part, said in said_in(known).items():
            if name == "contribution_months" and part.startswith(("joining", "bills")):
                if not left_open(known, unknown):
                    found.append(f"without {name}, {part} says something else, and not that the length is not known")
                continue
            if name == "years_reached" and counted_otherwise(facts, unknown):
                continue
            missing = said - possible.get(part, set())
            if name == "since" and part.startswith("joining") and left_open(known, unknown):
                missing = {one for one in missing if "'wait_from': 'event'" not in one}
            if missing:
                found.append(
                    f"without {name}, {part} no longer says {sorted(missing)} but {sorted(possible.get(part, ()))}"
                )
        if unknown.sure > known.sure:
            found.append(f"without {name} the answer is surer: {unknown.sure.key}, not {known.sure.key}")
    return found


def left_open(known: Assessment, unknown: Assessment) -> bool:
    """Whether each month and bill is as it was, or not known: until when the benefit lasts is counted from the months told,
    and cover of a special group from the day that makes it one."""
    months_of = [
        [{month.month: month.status for month in line.months} for joining in answer.joinings for line in joining.lines]
        for answer in (known, unknown)
    ]
    return all(
        any(
            all(left.get(month, status) in (status, "not_known") for month, status in line.items())
            for left in months_of[1]
        )
        for line in months_of[0]
    ) and {bill.payable for bill in known.bills} <= {"not_known"} | {bill.payable for bill in unknown.bills} | (
        {"yes", "no"} if any(bill.payable == "not_known" for bill in unknown.bills) else set()
    )


def counted_otherwise(facts: Facts, unknown: Assessment) -> bool:
    """Whether the months told come to something else than is said of the years: what is said goes before."""
    said = {event["years_reached"] for event in facts.events if event.kind == "retire_elsewhere"} - {None}
    counted = reached(unknown.standings)
    return counted is not None and said != {counted}


@settings(max_examples=FORGOTTEN, **EXAMPLES)
@given(seed=SEEDS)
def test_what_is_said_when_a_fact_is_not_known_holds_what_is_said_when_it_is(seed):
    for life in lives(seed, IN_ONE_EXAMPLE, BOOK):
        facts = readable(life, BOOK)
        if facts is not None and forgetting_faults(told(facts)):
            small = smallest(told(facts), lambda one: bool(forgetting_faults(one)))
            pytest.fail(f"{forgetting_faults(small)}\n{json.dumps(small, ensure_ascii=False)}")


def test_a_fact_that_is_guessed_when_not_told_is_noticed(monkeypatch):
    life = {
        "on": "2026-11-22",
        "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
        "events": [{"kind": "settle_abroad", "on": "2026-10-01", "hukou_cancelled": "yes"}],
    }
    assert forgetting_faults(life) == []

    def guessing(facts, book, assess=assess):
        answer = assess(facts, book)
        return answer if facts.events[0]["hukou_cancelled"] else replace(answer, money=answer.money[:0], steps=())

    monkeypatch.setitem(globals(), "assess", guessing)
    assert any("no longer says" in fault for fault in forgetting_faults(life))


def test_a_length_of_the_benefit_that_is_guessed_is_noticed(monkeypatch):
    dismissed = {"kind": "leave_job", "reason": "dismissed", "benefit_from": "2026-06", "contribution_months": 60}
    cover = {"place": "guangzhou", "payer": "employer", "paid_until": "2026-05"}
    life = {"on": "2026-11-22", "cover": cover, "bill": {"bill_on": "2026-10-12"}, "events": [dismissed]}
    assert forgetting_faults(life) == []

    def guessing(facts, book, assess=assess):
        [left] = facts.events
        guessed = left["contribution_months"] or 12
        return assess(
            replace(facts, events=(replace(left, values={**left.values, "contribution_months": guessed}),)), book
        )

    monkeypatch.setitem(globals(), "assess", guessing)
    assert any("not that the length is not known" in fault for fault in forgetting_faults(life))
