"""Properties that must be true of any answer, whatever the life: nothing is said without law, nothing is surer than it is.

:func:`answer_faults` looks at an assessment, :func:`document_faults` at its sentences in both languages. Faults are lines
of words; nothing is one when there is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calculator import months
from calculator.assessment import Assessment, findings_of
from calculator.confidence import Confidence, weakest
from calculator.document import document
from calculator.explain import explain
from calculator.facts import ELSEWHERE, TO_EMPLOYEE, Facts, insured_in
from calculator.lawbook import NATION, UNKNOWN, Finding, Lawbook, Record
from calculator.rules.cover import Line
from calculator.rules.payout import CASES
from calculator.rules.steps import ASKS_FOR, BEFORE_MONTH
from calculator.verify.retiring import standing_faults
from calculator.verify.timelines import line_faults
from calculator.words import LANGUAGES


def answer_faults(assessment: Assessment, book: Lawbook) -> Iterator[str]:
    """What can not be true of an answer."""
    used = {use.record.id: use for use in assessment.rules}
    for use in used.values():
        yield from (f"rule {fault}" for fault in _not_law(use.record, use.day, book))
    for finding in findings_of(assessment):
        for record in finding.records:
            if record.id not in used:
                yield f"{record.id} has a part in the answer and is not among its rules"
        yield from _not_asked(finding, assessment)
    yield from _gap_faults(assessment)
    yield from _cover_faults(assessment, used)
    yield from _money_and_years_faults(assessment)
    yield from _joining_faults(assessment, used)
    yield from _bill_faults(assessment, used)
    yield from _payout_faults(assessment)
    yield from _retirement_faults(assessment)
    for step in assessment.steps:
        if step.record.id not in used:
            yield f"step {step.key} stands on {step.record.id}, which is not among the rules"
        # A notice before a month may be due in the past already: then it was missed, and the reader is told when it was due.
        if step.by is not None and step.by < step.day and step.counted_from not in BEFORE_MONTH:
            yield f"step {step.key} is due on {step.by}, before {step.day}"
    parts = [part for parts in _parts(assessment) for part in parts]
    if assessment.sure != weakest(part.sure for part in parts):
        yield f"the answer is {assessment.sure.key}, its parts are {sorted({part.sure.key for part in parts})}"
    if len(set(map(_question_key, assessment.questions))) < len(assessment.questions):
        yield "a question is asked twice"


def _parts(assessment: Assessment) -> Iterator[Iterable[Any]]:
    """Everything an answer says that has a confidence of its own."""
    for stretch in assessment.interruptions:
        yield stretch.lines
    yield from (joining.lines for joining in assessment.joinings)
    yield assessment.bills
    yield assessment.arrears
    yield assessment.money
    yield assessment.years
    yield assessment.rulings
    yield assessment.payouts
    yield assessment.timings
    yield assessment.standings


def _question_key(question: Any) -> tuple[str, str]:
    return question.ask, question.place


def _not_law(record: Record, day: Any, book: Lawbook) -> Iterator[str]:
    if not record.cites:
        yield f"{record.id} cites nothing"
    yield from (f"{record.id} cites {cite}, which is not there" for cite in record.cites if cite not in book.provisions)
    if not record.alive_on(day):
        yield f"{record.id} was asked about {day} and lives from {record.lives_from} to before {record.lives_until}"


def _not_asked(finding: Finding, assessment: Assessment) -> Iterator[str]:
    """An outcome that is not known, and no question to ask about it."""
    for name, outcome in finding.outcomes.items():
        if not outcome.known:
            ask = outcome.record.ask
            if not any(question.ask == ask and question.place == finding.place for question in assessment.questions):
                yield f"{name} of {outcome.record.id} is not known, and the question {ask!r} is not asked"


def _gap_faults(assessment: Assessment) -> Iterator[str]:
    """A gap that does not reach from the last month that was told to be paid to the next one."""
    told, until = _gaps_told(assessment.facts)
    judged = [(stretch.last_paid, stretch.resume) for stretch in assessment.interruptions]
    if judged not in (told, [*told, (until, None)]):
        yield f"months without payment from {judged}, told are {told} and after them {until}"


def _gaps_told(facts: Facts) -> tuple[list[tuple[int | None, int]], int | None]:
    """Last paid month and month of paying again of each gap, and the last month told to be paid after all of them."""
    gaps, until = [], facts.paid_until
    for event in facts.events:
        get = event.values.get
        until = get("paid_again_until") or until
        paid = get("month") if event.kind in ("resume", "switch_scheme") else get("paid_back")
        if paid is not None:
            # Whoever takes up work in a year paid for as a resident leaves no month out.
            gaps.append((min(until, paid - 1) if get("direction") == TO_EMPLOYEE else until, paid))
        until = get("benefit_until") or get("covered_until") or until
    return gaps, until


def _cover_faults(assessment: Assessment, used: Mapping[str, Any]) -> Iterator[str]:
    for stretch in assessment.interruptions:
        if not stretch.lines:
            yield "a stretch without an answer"
        yield from _said_twice(stretch.lines, "cover")
        for line in stretch.lines:
            yield from line_faults(line, stretch)
            if len({month.month for month in line.months}) < len(line.months):
                yield "a month has two statuses"
            if line.wait == UNKNOWN and line.sure != Confidence.NOT_KNOWN:
                yield f"the wait is not known and the line is {line.sure.key}"
            for month in line.months:
                if month.rule not in used and not (month.rule == "" and month.reason == "paid"):
                    yield f"{month.month} is {month.status} ({month.reason}) by {month.rule!r}, which is no rule of the answer"


#: What else leads to the answers of an event: a retiree who moves lives elsewhere, a court may declare somebody dead.
_ALSO_BY = {"retire_elsewhere": "move", "die": "missing"}


def _money_and_years_faults(assessment: Assessment) -> Iterator[str]:
    for money in assessment.money:
        if UNKNOWN in (money.balance, money.withdraw) and money.sure != Confidence.NOT_KNOWN:
            yield f"money at {money.event}: not known, and {money.sure.key}"
        if not any(finding.records for finding in money.findings):
            yield f"money at {money.event} rests on no rule"
        settled = money.settlement
        if settled is not None and settled.precredited is not None:
            whole = settled.taken_back + settled.left_of_precredited
            if whole != settled.precredited:
                yield f"money at {money.event}: {whole} fen are not the {settled.precredited} fen credited"
    for part in (*assessment.years, *assessment.rulings):
        if not part.finding.records:
            yield f"{part} rests on no rule"
    for event in {money.event for money in assessment.money}:
        for place in {money.place for money in assessment.money}:
            of_both = [money for money in assessment.money if (money.event, money.place) == (event, place)]
            # An event that happens twice is answered twice.
            kinds = (event, _ALSO_BY.get(event))
            if sum(one.kind in kinds for one in assessment.facts.events) < 2 and not event.startswith("move"):
                yield from _said_twice(of_both, f"money at {event}")


#: Reasons of a month that rest on what was told, and on no rule.
_TOLD_REASONS = ("paid", "not_enrolled_yet", "year_before_missing", "year_before_paid")


def _joining_faults(assessment: Assessment, used: Mapping[str, Any]) -> Iterator[str]:
    for joining in assessment.joinings:
        if not joining.lines:
            yield f"joining at {joining.event}: no answer"
        yield from _said_twice(joining.lines, f"joining at {joining.event}")
        for line in joining.lines:
            yield from (f"joining at {joining.event}: {fault}" for fault in _joining_line_faults(line, used))


def _joining_line_faults(line: Line, used: Mapping[str, Any]) -> Iterator[str]:
    shown = [month.month for month in line.months]
    if shown != list(range(shown[0], shown[0] + len(shown))):
        yield "months do not follow one another"
    for month in line.months:
        if month.rule not in used and not (month.rule == "" and month.reason in _TOLD_REASONS):
            yield f"{month.month} is {month.status} ({month.reason}) by {month.rule!r}, which is no rule of the answer"
    if line.wait == UNKNOWN and line.sure != Confidence.NOT_KNOWN and line.returns is None:
        yield f"neither the wait nor the first day is known, and the line is {line.sure.key}"
    if line.returns is not None:
        begins = months.month_of(line.returns)
        of_the_day = [month.status for month in line.months if month.month == begins]
        if any(status in ("waiting", "stopped") for status in of_the_day):
            yield f"cover is said to begin on {line.returns}, in a month that is {of_the_day[0]}"


def _bill_faults(assessment: Assessment, used: Mapping[str, Any]) -> Iterator[str]:
    yield from _said_twice(assessment.bills, "bill")
    facts = assessment.facts
    for bill in assessment.bills:
        place = insured_in(facts, bill.day)
        if bill.finding.place != (NATION if place == ELSEWHERE else place):
            yield f"a bill of {bill.day} is judged by {bill.finding.place}, and the person is insured in {place}"
        for rule in (bill.rule, *bill.also):
            if rule and rule not in used:
                yield f"a bill is {bill.payable} by {rule!r}, which is no rule of the answer"
        if facts.bill_abroad == "yes" and bill.payable != "no":
            yield f"a bill abroad is {bill.payable}"
        if (bill.percent is not None) != (bill.payable == "in_part" and bill.reason == "waiting_percent"):
            yield f"a bill is {bill.payable} ({bill.reason}), and {bill.percent}% of it"
        if bill.payable == "not_known" and bill.sure != Confidence.NOT_KNOWN:
            yield f"whether a bill is payable is not known, and {bill.sure.key}"
        if bill.payable == "yes" and bill.covered_from is not None and bill.day < bill.covered_from:
            yield f"a bill of {bill.day} is payable, and cover begins on {bill.covered_from}"


def _payout_faults(assessment: Assessment) -> Iterator[str]:
    for step in assessment.steps:
        for payout in assessment.payouts:
            here = (payout.place, payout.event) == (step.place, step.event)
            asked_for = payout.key in ASKS_FOR.get(step.key, ()) and here
            own = payout.finding.records[:1] and payout.finding.records[0].place != NATION
            if asked_for and own and payout.papers and step.papers not in ((), payout.papers):
                yield f"step {step.key} asks for {step.papers}, the payout {payout.key} for {payout.papers}"
    for payout in assessment.payouts:
        if payout.key not in CASES.get(payout.event, ()):
            yield f"payout {payout.key} is no case of {payout.event}"
        if not payout.finding.records:
            yield f"payout {payout.key} rests on no rule"
        if payout.report_by is not None and payout.report_by < payout.finding.day:
            yield f"payout {payout.key}: to report by {payout.report_by}, before {payout.finding.day}"


def _retirement_faults(assessment: Assessment) -> Iterator[str]:
    for timing in assessment.timings:
        law, month = timing.law, timing.retires
        if law is None or month is None:
            continue
        inside = law.earliest <= month <= law.latest
        if inside != (timing.choice in ("statutory", "earlier", "later")):
            yield f"retirement in {month} is {timing.choice}, and {law.earliest} to {law.latest} can be chosen"
    for standing in assessment.standings:
        yield from (f"years at {standing.place}: {fault}" for fault in standing_faults(standing))


def _said_twice(parts: Iterable[Any], what: str) -> Iterator[str]:
    said = [str(sorted((name, str(value)) for name, value in part.assuming.items())) for part in parts]
    yield from (f"{what}: two answers under {one}" for one in set(said) if said.count(one) > 1)


def document_faults(assessment: Assessment, book: Lawbook) -> Iterator[str]:
    """What can not be true of the sentences: an empty one, a slot not filled, another shape in the other language."""
    explanation = explain(assessment, book)
    english, chinese = (document(assessment, lang, book, explanation) for lang in LANGUAGES)
    yield from _shape_faults("", english, chinese)
    for item in english["not_known"]["items"]:
        if not any("\u4e00" <= letter <= "\u9fff" for letter in item["zh"]):
            yield f"a question without Chinese: {item['zh']!r}"
    if not english["answer"]["items"] and (assessment.interruptions or assessment.money):
        yield "there is an answer, and no sentence that says it"


#: What is the same in both languages, word for word.
_SAME = ("level", "id", "key", "by", "beyond_known_days", "number", "url", "zh", "en")


def _shape_faults(path: str, one: Any, other: Any) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"{path}: {one!r} and {other!r}"
    elif isinstance(one, dict):
        if list(one) != list(other):
            yield f"{path}: {list(one)} and {list(other)}"
        for name in one.keys() & other.keys():
            yield from _shape_faults(f"{path}.{name}", one[name], other[name])
            if name in _SAME and one[name] != other[name] and not isinstance(one[name], (dict, list)):
                yield f"{path}.{name}: {one[name]!r} and {other[name]!r}"
    elif isinstance(one, list):
        if len(one) != len(other):
            yield f"{path}: {len(one)} in English, {len(other)} in Chinese"
        for number, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from _shape_faults(f"{path}.{number}", left, right)
    elif isinstance(one, str) and (bool(one) != bool(other) or "{" in one + other or "None" in one + other):
        yield f"{path}: {one!r} and {other!r}"
