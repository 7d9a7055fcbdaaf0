"""An assessment as a document: finished sentences in one language, ready to draw or print.

:func:`document` is plain data. The page draws it (:mod:`calculator.html`), :mod:`calculator.text` prints it. This module
chooses which sentence of :mod:`calculator.words` is said and fills it in; it decides nothing about insurance.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from calculator import __version__, months
from calculator.assessment import HOTLINE, Assessment, Question, RuleUse
from calculator.confidence import Confidence, weakest
from calculator.explain import ORDERED, Explanation, WhyNot, explain
from calculator.facts import DIRECTIONS, LEVERS
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Record, Span
from calculator.levers import ENABLES, Change, Difference
from calculator.rules.account import Money
from calculator.rules.arrears import Arrears
from calculator.rules.bills import Bill
from calculator.rules.cover import CoverMonth, Deadline, Interruption, Line
from calculator.rules.joining import Joining, Repair
from calculator.rules.payout import Payout
from calculator.rules.resident import Wait
from calculator.rules.retirement import Way
from calculator.rules.retiring import Held, Standing, Timing
from calculator.rules.ruling import Ruling
from calculator.rules.steps import BEFORE_MONTH, Step
from calculator.rules.years import Years
from calculator.words import Words

#: Rulings that answer what is asked, at events that have no month and no balance to speak of.
_ANSWERING = (
    ("cover", "come_back"),
    ("years", "come_back"),
    ("cover", "discharge"),
    ("money", "discharge_account"),
    ("money", "missing"),
    ("money", "heirs"),
    ("cover", "double_enrolment"),
)


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
        "title": words.say("page.title"),
        "asked_on": words.say("page.asked_on", on=assessment.facts.on, checked=checked),
        "answer": {"title": words.say("heading.answer"), "items": _answer(assessment, words)},
        "changes": {
            "title": words.say("heading.changes"),
            "items": [_change(change, assessment, words) for change in explanation.changes],
        },
        "sure": _sure(assessment.sure, words),
        "weakest": words.say("page.weakest", sure=words.say(f"sure.{assessment.sure.key}")),
        "cover": {
            "title": words.say("heading.cover"),
            "stretches": [
                *(_stretch(stretch, words) for stretch in assessment.interruptions),
                *(_joining(joining, words) for joining in assessment.joinings),
            ],
            "items": _rulings("cover", assessment, words),
        },
        "money": {
            "title": words.say("heading.money"),
            "items": [_money(money, words) for money in assessment.money]
            + [_arrears(owed, words) for owed in assessment.arrears]
            + [_payout(payout, words) for payout in assessment.payouts]
            + _rulings("money", assessment, words),
        },
        "years": {
            "title": words.say("heading.years"),
            "items": _heading_once(
                [
                    *(_timing(timing, assessment, words) for timing in assessment.timings),
                    *_standings(assessment.standings, words),
                    *(_years(years, words) for years in assessment.years),
                    *_rulings("years", assessment, words),
                ]
            ),
        },
        "status": {"title": words.say("heading.status"), "items": _rulings("status", assessment, words)},
        "steps": {
            "title": words.say("heading.steps"),
            "items": [step_as_data(step, words) for step in assessment.steps],
        },
        "not_known": {
            "title": words.say("heading.not_known"),
            "intro": words.say("ask.intro", hotline=HOTLINE),
            "items": [_question(question, assessment, words) for question in assessment.questions],
        },
        "rules": {
            "title": words.say("heading.rules"),
            "items": [_rule(use, words) for use in (*assessment.rules, *explanation.rules)],
            "why_not": {
                "title": words.say("heading.why_not"),
                "items": [_why_not(one, words) for one in explanation.why_not],
            },
        },
        "disclaimer": words.say("page.disclaimer"),
        "version": words.say("page.version", engine=__version__, law=assessment.law_hash),
    }


def _heading_once(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items without the event that the one before names already."""
    return [
        {
            name: value
            for name, value in item.items()
            if name != "event" or number == 0 or value != items[number - 1].get("event")
        }
        for number, item in enumerate(items)
    ]


def _sure(level: Confidence, words: Words) -> dict[str, str]:
    return {"level": level.key, "text": words.say(f"sure.{level.key}")}


def _item(
    text: str, level: Confidence, words: Words, rules: Iterable[str] = (), details: Iterable[str] = ()
) -> dict[str, Any]:
    return {"text": text, "sure": _sure(level, words), "rules": list(rules), "details": [d for d in details if d]}


def _under(assumed: Mapping[str, Any], sentence: str, words: Words) -> str:
    return _with_condition(words.assuming(assumed), sentence, words)


def _with_condition(condition: str, sentence: str, words: Words) -> str:
    if not condition:
        return sentence
    return f"{condition}{words.colon}{sentence}"


def short_answer(assessment: Assessment, lang: str, book: Lawbook | None = None) -> list[dict[str, Any]]:
    """The sentences that answer, alone: for many people at once, where nobody reads the rest."""
    return _answer(assessment, Words(lang, book))


def _answer(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """The sentences that answer, before any detail."""
    items = [_bill(bill, words) for bill in assessment.bills]
    for stretch in assessment.interruptions:
        if stretch.resume is None:
            for case in stretch.cases or (stretch,):
                sentence = _under(_who_paid(case, stretch), _stops_sentence(case, words), words)
                item = _item(sentence, case.lines[0].sure, words, _ids(case.stop.records))
                items.append({**item, "place": stretch.origin})
        for line in stretch.lines if stretch.resume is not None else ():
            rules = _ids(line.finding.records) if line.finding else ()
            sentence = words.joined([_return_sentence(line, words), _costs_sentence(line, words)])
            item = _item(_under(line.assuming, sentence, words), line.sure, words, rules)
            items.append({**item, "place": stretch.destination})
    for joining in assessment.joinings:
        for line in joining.lines:
            sentence = _under(line.assuming, _begin_sentence(joining, line, words), words)
            item = _item(sentence, line.sure, words, _ids(line.finding.records) if line.finding else ())
            items.append({**item, "place": joining.place})
    for timing in assessment.timings:
        sentence = _timing_sentence(timing, assessment, words)
        items.append(_item(_under(timing.assuming, sentence, words), timing.sure, words, _of_findings(timing.findings)))
    for standing in assessment.standings:
        items.append(
            _item(_under(standing.assuming, _standing_sentence(standing, words), words), standing.sure, words,
                  _of_findings([standing.needed]))
        )  # fmt: skip
    several = len({money.event for money in assessment.money}) > 1
    for money in assessment.money:
        sentence = _under(money.assuming, money_sentence(money, words), words)
        if several:  # what happens at one event must not be read as contradicting what happens at another
            sentence = _with_condition(words.say(f"event.{money.event}"), sentence, words)
        items.append({**_item(sentence, money.sure, words, _money_rules(money)), "place": money.place})
    for ruling in assessment.rulings:
        if (ruling.part, ruling.topic) in _ANSWERING:
            items.append({**_ruling(ruling, words), "details": []})
    return items


def _return_sentence(line: Line, words: Words, table: str = "gap") -> str:
    """When cover is back after a gap; with the ``table`` "joining", when it begins."""
    if line.day_after_credit:
        return words.say("gap.no_gap_day_after_credit" if line.wait is None else f"{table}.no_wait_day_after_credit")
    if line.wait is None:
        if line.returns is None:
            return words.say("gap.no_gap_start_open")
        return words.say("gap.no_gap", returns=line.returns)
    if line.wait == UNKNOWN:
        if line.wait_at_most is None:
            return words.say(f"{table}.wait_not_known")
        return words.say(f"{table}.wait_at_most", at_most=line.wait_at_most, latest=line.returns_latest)
    if line.wait == 0:
        if line.returns is None:
            return words.say(f"{table}.no_wait_start_open")
        return words.say(f"{table}.no_wait", returns=line.returns)
    if line.returns is None and line.returns_latest is None:
        return words.say(f"{table}.wait_start_open", wait=line.wait)
    if line.returns is None:
        return words.say(f"{table}.wait_from_open", wait=line.wait, latest=line.returns_latest)
    if line.benefit_percent is not None:
        return words.say(f"{table}.wait_percent", wait=line.wait, percent=line.benefit_percent, returns=line.returns)
    return words.say(f"{table}.wait_{line.wait_scope}", wait=line.wait, returns=line.returns)


def _begin_sentence(joining: Joining, line: Line, words: Words) -> str:
    """When cover begins that a payment opens."""
    if joining.event == "newborn":
        if line.returns is None and not line.day_after_credit:
            return words.say("joining.newborn_not_known")
        if line.returns is not None:
            key = "from_birth" if line.returns == joining.born else "newborn_from"
            return words.say(f"joining.{key}", returns=line.returns)
    if joining.event == "unemployment":
        begins = "benefit_from_open" if line.returns is None else "benefit_from"
        until = joining.benefit_until
        return words.joined(
            [
                words.say(f"joining.{begins}", returns=line.returns),
                words.say("joining.benefit_until", until=until) if until is not None else "",
            ]
        )
    if line.returns is None and line.wait == 0 and line.finding.get("cover_from") == "day_after_registration":
        return words.say("joining.no_wait_day_after_registration")
    if joining.event == "resident_rejoin" and line.wait and line.returns is not None:
        past = line.returns.year > joining.insurance_year
        key = "joining.wait_past_year" if past else "joining.wait_year"
        return words.say(key, wait=line.wait, returns=line.returns, year=joining.insurance_year)
    return _return_sentence(line, words, "joining")


def _bill(bill: Bill, words: Words) -> dict[str, Any]:
    """Whether the bill is payable, and why."""
    reason = words.say(f"reason.{bill.reason}", percent=bill.percent, day=bill.covered_from)
    said = [words.say(f"bill.{bill.payable}", on=bill.day, reason=reason)]
    said += [words.say("bill.if_paid_on")] if bill.if_paid_on else []
    said += [words.say(f"bill.bearer_{bill.bearer}")] if bill.bearer else []
    rules = [bill.rule] if bill.rule else _ids(bill.finding.records)
    return _item(_under(bill.assuming, words.joined(said), words), bill.sure, words, rules)


def _costs_sentence(line: Line, words: Words) -> str:
    return words.say(f"gap.costs_{line.gap_costs}") if line.gap_costs else ""


def _stops_sentence(stretch: Interruption, words: Words) -> str:
    if stretch.stop.get("cover_ends") == UNKNOWN:
        return words.say("gap.stops_not_known")
    days = [months.first_day(month) for month in stretch.stops]
    if len(days) == 2:
        return words.say("gap.stops_one_of_two", stop=days[0], later=days[1])
    return words.say("gap.stops", stop=days[0])


def _who_paid(case: Interruption, stretch: Interruption) -> Mapping[str, Any]:
    """Under what a case of a stretch holds: who paid before, where that was not told and matters."""
    return {"payer_before": case.payer_before} if stretch.cases else {}


def _deadline_sentence(deadline: Deadline, situation: str, words: Words) -> str:
    who = words.say("gap.who_arrears" if situation == "arrears" else f"gap.who_{deadline.payer or 'any'}")
    return words.say(f"gap.deadline_{deadline.kind}", who=who, month=deadline.month)


def _change(change: Change, assessment: Assessment, words: Words) -> dict[str, Any]:
    """What to do otherwise and what comes of it; below it what it is now, what is lost, and what comes afterwards."""
    details = []
    told, after = _states(change.gains, "before", words), _states(change.then, "after", words)
    if change.kind != "keep" and told != after:
        details.append(words.say("change.now", states=told))
    if change.losses:
        details.append(words.say("change.but", states=_states(change.losses, "after", words)))
    if change.then:
        details.append(words.say("change.after", month=change.by + 1, states=after))
    if change.end == "known_days_end":
        details.append(words.say("change.known_days_end", by=change.by))
    if change.allowed == UNKNOWN:
        denied = next(lever.allowed_by for lever in LEVERS[change.event] if lever.allowed_by)
        details.append(words.say("change.ask_first", states=_state(denied, UNKNOWN, words)))
    cautions = (f"caution_{name}_{value}" for name, value in change.takes.items())
    details += [words.say(f"change.{key}") for key in cautions if key in words.templates["change"]]
    if change.late:
        details.append(words.say("change.late"))
    if change.kind == "past":
        details.append(words.say("change.over"))
    conditions = [_when(change, assessment, words), words.assuming(change.takes)]
    condition = words.conditions(condition for condition in conditions if condition)
    said = _with_condition(condition, words.say("change.states", states=_states(change.gains, "after", words)), words)
    return _item(said, change.sure, words, _ids(change.records), details)


def _when(change: Change, assessment: Assessment, words: Words) -> str:
    """In which month, or by when, it is to be done; "" where no month has a part in it."""
    if change.by is None:
        return ""
    soonest = max(months.month_of(assessment.facts.on), (assessment.facts.paid_until or 0) + 1)
    how = "in" if change.first == change.by else "by" if change.kind == "past" or change.first <= soonest else "between"
    how = f"past_{how}" if change.kind == "past" else how
    key = f"{how}_{change.event}"
    key = key if key in words.templates["change"] else f"{how}_event"
    return words.say(f"change.{key}", first=change.first, by=change.by)


def _states(differences: Iterable[Difference], side: str, words: Words) -> str:
    """How things stand, before or after, outcome by outcome."""
    return words.semicolon.join(
        words.say("state.or").join(_state(one.name, value, words) for value in _as_one(getattr(one, side)))
        for one in differences
    )


def _as_one(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Several numbers and spans as the span of all of them."""
    if len(values) == 1 or not all(type(value) is int or isinstance(value, Span) for value in values):
        return values
    spans = [value if isinstance(value, Span) else Span(value, value) for value in values]
    return (Span(min(span.first for span in spans), max(span.last for span in spans)),)


def _state(name: str, value: Any, words: Words) -> str:
    """One outcome as a clause: by its value, or by its name with the value in it."""
    states = words.templates["state"]
    if isinstance(value, Span):
        return words.say(f"state.{name}_up_to", value=value.last)
    key = f"{name}_{value}" if f"{name}_{value}" in states else name
    return words.say(f"state.{key}", value=value) if key in states else _outcome(name, value, words)


def _why_not(one: WhyNot, words: Words) -> dict[str, Any]:
    """The rule that did not apply, the condition that failed, and what it would give."""
    failed, topic = one.failed, words.book.topics[one.topic]
    if failed is not None:
        kind = topic["conditions"][failed.name]
        told = {
            "name": words.say(f"name.{failed.name}"),
            "test": _test(failed.test, words, kind),
            "value": words.quantity(kind, failed.value),
        }
        if failed.distance is None:
            text = words.say("why_not.word", **told)
        else:
            way = "near" if one.better is False else "over" if failed.over else "short"
            text = words.say(f"why_not.{way}", **told, distance=words.quantity(kind, failed.distance))
    elif one.kind == "earlier":
        text = words.say("why_not.earlier", day=one.record.lives_until - timedelta(days=1))
    else:
        text = words.say("why_not.later", day=one.record.lives_from)
    told_instead = [
        _state(name, new, words)
        for name, (_, new) in one.instead.items()
        if name in ORDERED and new is not None and not (name in ENABLES and new == UNKNOWN)
    ]
    instead = words.say("why_not.instead", states=words.semicolon.join(told_instead))
    return {
        "event": _with_condition(words.place(one.place), topic["asks"][words.lang], words),
        **_item(_under(one.assuming, words.joined([text, instead]), words), one.sure, words, [one.record.id]),
    }


def _stretch(stretch: Interruption, words: Words) -> dict[str, Any]:
    if stretch.resume is None:
        cases = stretch.cases or (stretch,)
        title = words.joined(_under(_who_paid(case, stretch), _stops_sentence(case, words), words) for case in cases)
    elif stretch.situation in DIRECTIONS:
        key = f"switch.{stretch.situation}_{'months' if stretch.gap else 'none'}"
        title = words.say(key, last_paid=stretch.last_paid, resume=stretch.resume, gap=stretch.gap)
    elif stretch.gap == 0:
        title = words.say("gap.none", last_paid=stretch.last_paid, resume=stretch.resume)
    else:
        title = words.say("gap.months", last_paid=stretch.last_paid, resume=stretch.resume, gap=stretch.gap)
    if stretch.days is not None:
        title = words.joined([title, words.say("gap.days", days=words.quantity("number", stretch.days))])
    known_until = _known_until(stretch.destination, words)
    deadlines = [_deadline_sentence(deadline, stretch.situation, words) for deadline in stretch.deadlines]
    lines = [_line(line, words, known_until) for line in stretch.lines]
    return _timeline(title, deadlines if stretch.gap != 0 else [], lines, known_until, words)


def _known_until(place: str, words: Words) -> date:
    return min(level.known_until for level in words.book.path(place))


def _timeline(
    title: str, deadlines: list[str], lines: list[dict[str, Any]], known_until: date, words: Words
) -> dict[str, Any]:
    beyond = any(month["beyond_known_days"] for line in lines for month in line["months"])
    return {
        "title": title,
        "deadlines": deadlines,
        "lines": lines,
        "beyond": words.say("gap.beyond_known_days", known_until=known_until) if beyond else "",
        "table": {key: words.say(f"cover_table.{key}") for key in ("caption", "month", "status", "reason")},
    }


def _line(line: Line, words: Words, known_until: date) -> dict[str, Any]:
    told = {
        "back_pay": line.back_pay,
        "bearer": line.cost_bearer,
        "credit": line.account_credit,
        "continuity": line.continuity,
    }
    notes = [words.say(f"gap.{name}_{value}") for name, value in told.items() if value]
    notes += _disagreeing(line, words)
    return {
        "assuming": words.assuming(line.assuming),
        "text": words.joined([_return_sentence(line, words), _costs_sentence(line, words)]) if line.finding else "",
        "notes": list(dict.fromkeys(notes)),
        "sure": _sure(line.sure, words),
        "rules": _ids(line.finding.records) if line.finding else [],
        "months": [_month(month, words, known_until) for month in line.months],
    }


def _month(month: CoverMonth, words: Words, known_until: date) -> dict[str, Any]:
    return {
        "month": months.format_month(month.month),
        "label": words.month(month.month),
        "status": month.status,
        "status_text": words.say(f"status.{month.status}"),
        "reason": words.say(f"reason.{month.reason}", percent=month.percent, day=month.day),
        "beyond_known_days": months.first_day(month.month) >= known_until,
    }


def _joining(joining: Joining, words: Words) -> dict[str, Any]:
    """A payment that opens cover, as a timeline like that of an interruption."""
    known_until = _known_until(joining.place, words)
    waits = joining.waits or [None] * len(joining.lines)
    repairs = joining.repairs or [None] * len(joining.lines)
    lines = [
        {
            "assuming": words.assuming(line.assuming),
            "text": _begin_sentence(joining, line, words),
            "notes": _joining_notes(line, wait, repair, words),
            "sure": _sure(line.sure, words),
            "rules": _ids(line.finding.records) if line.finding else [],
            "months": [_month(month, words, known_until) for month in line.months],
        }
        for line, wait, repair in zip(joining.lines, waits, repairs, strict=True)
    ]
    return _timeline(_joining_title(joining, words), [], lines, known_until, words)


def _joining_title(joining: Joining, words: Words) -> str:
    key = f"joining.title_{joining.event}"
    if joining.event == "unemployment" and joining.benefit_until is None:
        key += "_open"
    period = ""
    if joining.event == "resident_rejoin":
        period = words.say(f"joining.period_{joining.enrolled or 'open'}")
    return words.say(
        key, month=joining.month, until=joining.benefit_until, paid_on=joining.paid_on, born=joining.born,
        year=joining.insurance_year, period=period,
    )  # fmt: skip


def _joining_notes(line: Line, wait: Wait | None, repair: Repair | None, words: Words) -> list[str]:
    """What is worth knowing beside the day: how the wait is made up, what paying for missing years costs, and conflicts."""
    said = []
    if wait is not None and wait.fixed and wait.variable is not None and wait.counted_years:
        key = "joining.parts_repaired" if wait.repaired else "joining.parts"
        said.append(words.say(key, fixed=wait.fixed, variable=wait.variable, repaired=wait.repaired))
    if repair is not None:
        said.append(_repair_sentence(repair, words))
    elif wait is not None and wait.counted_years and wait.total:
        said.append(words.say("joining.nothing_to_repair"))
    if line.wait != 0 and line.finding.get("costs_in_wait") == "not_paid":
        said.append(words.say("joining.costs_not_paid"))
    if wait is not None and wait.continuous == "no":
        said.append(words.say("joining.continuous_no"))
    if wait is not None and wait.reading:
        said.append(words.say("joining.two_readings"))
    says = words.templates["says_first_time"]
    for name in ("gap_in_wait", "account_in_wait"):
        if (key := f"{name}_{line.finding.get(name)}") in says:
            said.append(words.say(f"says_first_time.{key}"))
    return [*said, *_disagreeing(line, words)]


def _repair_sentence(repair: Repair, words: Words) -> str:
    key = "repair_paid" if repair.paid else "repair_offer"
    if repair.fen is None:
        said = words.say(f"joining.{key}_open", years=repair.years, less=repair.months_less)
    else:
        said = words.say(
            f"joining.{key}", years=repair.years, a_year=repair.a_year_fen, sum=repair.fen, less=repair.months_less
        )
    if repair.paid or repair.first_day is None:
        return said
    return words.joined([said, words.say("joining.repair_begins", returns=repair.first_day)])


def _disagreeing(line: Line, words: Words) -> list[str]:
    """A source that says otherwise belongs beside the answer, not only into the rule that can be opened."""
    return [
        _with_condition(words.say("rule.disagrees"), other.why.in_(words.lang), words)
        for record in (line.finding.records if line.finding else ())
        for other in record.disagree
    ]


def _arrears(owed: Arrears, words: Words) -> dict[str, Any]:
    """The late fee with its arithmetic."""
    details = []
    rate = owed.findings[0].get("fee_per_100000_per_day")
    if owed.a_day is None:
        text = words.say("says_late_payment.fee_per_100000_per_day", value=words.value(rate))
    else:
        text = words.say("arrears.a_day", due=owed.due, rate=rate, a_day=owed.a_day.fen)
    if owed.least is not None and owed.most is not None:
        days = words.quantity("number", owed.days)
        key = "arrears.total" if owed.until is None else "arrears.so_far"
        details.append(words.say(key, days=days, least=owed.least.fen, most=owed.most.fen, until=owed.until))
        if not (owed.least.exact and owed.most.exact):
            details.append(words.say("arrears.rounding"))
    rules = [record.id for finding in owed.findings for record in finding.records]
    item = _item(_under(owed.assuming, text, words), owed.sure, words, rules, details)
    return {"event": words.say("event.employer_arrears"), **item}


def money_sentence(money: Money, words: Words, account: bool = True) -> str:
    """What happens to the money. Without ``account`` nothing is said about whether there is an account at all."""
    if money.exists == "no":
        return words.say("money.no_account")
    said = []
    if account and money.exists == "unknown":
        said.append(words.say("money.account_unknown"))
    if money.balance:
        said.append(words.say(f"money.{money.balance}"))
    if money.withdraw and not (money.balance == UNKNOWN and money.withdraw == UNKNOWN):
        said.append(words.say(f"money.withdraw_{money.withdraw}"))
    return words.joined(said)


def _money(money: Money, words: Words) -> dict[str, Any]:
    details = []
    if money.exists != "no":
        details += money_details(money, words)
        if money.amount is not None:
            details.append(words.say("money.amount", amount=money.amount))
        details += _pots(money, words)
    return {
        "event": words.joined([words.say(f"event.{money.event}"), f"（{words.place(money.place)}）" if words.lang == "zh" else f"({words.place(money.place)})"]),
        **_item(_under(money.assuming, money_sentence(money, words), words), money.sure, words, _money_rules(money), details),
    }  # fmt: skip


def money_details(money: Money, words: Words) -> list[str]:
    """To whom it is paid, what happens when it can't move or nobody inherits, how long it takes."""
    said = [
        words.say(f"money.{name}_{value}")
        for name in ("payee", "if_it_cannot_move", "no_heir")
        if (value := getattr(money, name))
    ]
    if money.working_days:
        said.append(words.say("money.working_days", n=money.working_days))
    return said


def _payout(payout: Payout, words: Words) -> dict[str, Any]:
    """One case of a one-off withdrawal: who applies, what comes first, with which papers, from and until when."""
    who = words.say(f"who.{payout.who}")
    where = words.say(f"where.{payout.where}") if payout.where else ""
    said = [words.say("payout.who_where", who=who, where=where) if where else words.say("payout.who", who=who)]
    for name in ("first", "papers"):
        if told := getattr(payout, name):
            said.append(words.say(f"payout.{name}", value=words.value(told)))
    if payout.takes_working_days:
        said.append(words.say("money.working_days", n=payout.takes_working_days))
    if payout.report_by:
        said.append(words.say("payout.report", count=payout.report_within_days, by=payout.report_by))
    if payout.months_after_ending:
        said.append(words.say("payout.after_ending", n=payout.months_after_ending))
    if payout.from_day:
        said.append(words.say("payout.from_day", day=payout.from_day))
    elif payout.day_of_next_month:
        said.append(words.say("payout.next_month", n=payout.day_of_next_month))
    if payout.batch_from:
        said.append(words.say("payout.batch", first=payout.batch_from, last=payout.batch_until))
    if payout.payee:
        said.append(words.say(f"money.payee_{payout.payee}"))
    return {
        "event": words.say(f"event.{payout.event}"),
        **_item(words.say(f"payout.{payout.key}"), payout.sure, words, _ids(payout.finding.records), said),
    }


def _pots(money: Money, words: Words) -> list[str]:
    said = []
    if len(money.pots) > 1:
        for pot in money.pots:
            if pot.key == "current" and pot.credited_from:
                text = words.say("money.pot_current_from", **{"from": pot.credited_from})
            else:
                text = words.say(f"money.pot_{pot.key}", before=pot.credited_before)
            if pot.amount is not None:
                text = words.say("money.pot_amount", text=text, amount=pot.amount)
            said.append(text)
    settlement = money.settlement
    if settlement is not None:
        said.append(words.say("money.settlement_months", n=settlement.months_taken_back))
        if settlement.precredited is not None:
            said.append(
                words.say(
                    "money.settlement_sum",
                    credited=settlement.precredited,
                    n=settlement.months_taken_back,
                    back=settlement.taken_back,
                    left=settlement.left_of_precredited,
                )
            )
        if settlement.rounding_not_known:
            said.append(words.say("money.settlement_rounding"))
        if settlement.history is not None:
            said.append(words.say("money.settlement_history", history=settlement.history))
    return said


def _money_rules(money: Money) -> list[str]:
    ids = [record.id for finding in money.findings for record in finding.records]
    ids += [pot.record.id for pot in money.pots] if len(money.pots) > 1 else []
    ids += _ids(money.settlement.finding.records) if money.settlement else []
    return list(dict.fromkeys(ids))


def _years(years: Years, words: Words) -> dict[str, Any]:
    said = [words.say(f"years.{years.earlier_years}")] if years.earlier_years else []
    if years.gap_years:
        said.append(words.say(f"years.gap_{years.gap_years}"))
    level = weakest([years.sure, *([years.finding.sure_of("gap_years")] if years.gap_years else [])])
    return _item(_under(years.assuming, words.joined(said), words), level, words, _ids(years.finding.records))


def _timing_sentence(timing: Timing, assessment: Assessment, words: Words) -> str:
    law, key = timing.law, timing.choice
    if key == "statutory" and law and law.month < months.month_of(assessment.facts.on):
        key = "statutory_past"
    told: dict[str, Any] = {"retires": timing.retires}
    if law is not None:
        told |= {"month": law.month, "age": law.age_months, "earliest": law.earliest, "latest": law.latest}
        if timing.retires is not None:
            told["off"] = abs(timing.retires - law.month)
    return words.say(f"retirement.{key}", **told)


def _timing(timing: Timing, assessment: Assessment, words: Words) -> dict[str, Any]:
    """When somebody retires, the months to choose from, and the pension years, kept apart from the medical ones."""
    law, details = timing.law, []
    to_come = law is not None and timing.choice != "reached" and law.month >= months.month_of(assessment.facts.on)
    if law is not None and to_come:
        key = "window" if law.earliest < law.latest else "no_window"
        details.append(words.say(f"retirement.{key}", earliest=law.earliest, latest=law.latest))
    if timing.possible is not None:
        details.append(words.say("retirement.reached_window", first=timing.possible.first, last=timing.possible.last))
    if timing.pension_months is not None:
        details.append(words.say("retirement.pension", needed=timing.pension_months))
    elif timing.choice in ("earlier", "later"):
        details.append(words.say("retirement.pension_not_known"))
    text = _under(timing.assuming, _timing_sentence(timing, assessment, words), words)
    return {
        "event": words.say("event.retire"),
        **_item(text, timing.sure, words, _of_findings(timing.findings), details),
    }


def _standing_sentence(standing: Standing, words: Words) -> str:
    """The one sentence that says whether years are missing."""
    if standing.missing is not None:
        key = "missing" if standing.missing.last else "complete"
        tier_1 = next((held.missing for held in standing.held if held.name == "tier_1"), None)
        return words.joined(
            [
                words.say(f"standing.{key}", place=standing.place, missing=standing.missing),
                words.say("standing.tier_1_short", missing=tier_1) if tier_1 and tier_1.last else "",
            ]
        )
    if standing.at_least:
        return words.say("standing.at_least", place=standing.place, missing=standing.at_least)
    if all(held.needed is None for held in standing.held):
        return words.say("standing.not_known", place=standing.place)
    if any(held.paid is not None for held in standing.held):
        return words.say("standing.open", place=standing.place)
    needed = words.listed(
        words.say("standing.needed_number", needed=held.needed, what=words.say(f"standing.number_{held.name}"))
        for held in standing.held
        if held.needed is not None
    )
    return words.say("standing.needed", place=standing.place, needed=needed)


def _standings(standings: Iterable[Standing], words: Words) -> list[dict[str, Any]]:
    """The standings one by one; how years are made up is said once where it is the same."""
    items: list[dict[str, Any]] = []
    said_before: list[list[str]] = []
    for standing in standings:
        make_up = _make_up(standing, words)
        again = bool(make_up) and make_up in said_before
        said_before.append(make_up)
        items.append(_standing(standing, [words.say("standing.ways_as_above")] if again else make_up, words))
    return items


def _standing(standing: Standing, make_up: list[str], words: Words) -> dict[str, Any]:
    """The years told against the years needed, number by number, with what is missing and how it is made up."""
    details = []
    for held in standing.held:
        details.append(_held(held, words))
        if held.or_continuous is not None:
            details.append(words.say("standing.or_continuous", needed=held.or_continuous))
    if standing.counted is not None:
        for part in standing.counted.parts:
            kind, counts = words.value(part.kind), words.value(part.counts_as)
            details.append(words.say("standing.part", kind=kind, told=part.months, counts_as=counts))
            if (before := part.finding.get("before")) is not None:
                details.append(words.say("standing.part_until", before=before))
        details.append(words.say("standing.told_only"))
    if standing.left is not None and standing.missing is not None and standing.missing.last:
        key = "to_go" if standing.left.last else "to_go_complete"
        details.append(words.say(f"standing.{key}", retires=standing.retires, to_go=standing.to_go, left=standing.left))
    details += make_up
    rules = _of_findings([standing.needed, *([standing.shortfall] if standing.shortfall else [])])
    text = _under(standing.assuming, _standing_sentence(standing, words), words)
    item = {"event": words.say(f"event.{standing.event}"), **_item(text, standing.sure, words, rules, details)}
    bars = [_bar(held, words) for held in standing.held if held.needed and held.paid is not None]
    return {**item, "bars": bars} if bars else item


def _label(held: Held, words: Words) -> str:
    label = words.say(f"standing.number_{held.name}")
    return label[0].upper() + label[1:]


def _held(held: Held, words: Words) -> str:
    if held.needed is None:
        key = "nothing" if held.paid is None else "open"
    elif held.paid is None:
        key = "not_told"
    elif held.missing is None:
        key = "undecided"
    else:
        key = "short" if held.missing.last else "complete"
    told = {"label": _label(held, words), "needed": held.needed, "paid": held.paid, "missing": held.missing}
    return words.say(f"standing.held_{key}", **told)


def _bar(held: Held, words: Words) -> dict[str, Any]:
    """One bar of the picture, in months: what counts in any case, what may count, what is needed."""
    return {
        "label": words.say("standing.bar", label=_label(held, words), paid=held.paid, needed=held.needed),
        "paid": held.paid.first,
        "may_count": held.paid.last - held.paid.first,
        "needed": held.needed,
    }


def _make_up(standing: Standing, words: Words) -> list[str]:
    """The ways to make missing years up, with prices, and what holds meanwhile."""
    law = standing.shortfall
    if law is None:
        return []
    said = [_way(way, words) for way in standing.ways]
    if any(way.rounded for way in standing.ways):
        said.append(words.say("standing.rounded"))
    base, percent, rate = law.get("base"), law.get("base_percent"), law.get("rate_bp")
    if base is not None and base != UNKNOWN:
        by_rate = words.quantity("bp", rate) if rate is not None else law.get("rate") and words.value(law.get("rate"))
        key = "price_share" if percent is not None and by_rate else "price_rate" if by_rate else "price_base"
        share = words.quantity("percent", percent) if percent is not None else None
        said.append(
            words.say(
                "standing.price_from",
                **{"from": words.say(f"standing.{key}", rate=by_rate, percent=share, base=words.value(base))},
            )
        )
    for name in ("extra_fen_per_month", "extra_fen_per_year"):
        if (fen := law.get(name)) is not None:
            said.append(words.say(f"standing.{name}", value=words.quantity("fen", fen)))
    for name in ("benefits_meanwhile", "account_meanwhile", "account_may_pay", "or_resident_scheme"):
        if (value := law.get(name)) is not None:
            said.append(words.say(f"standing.{name}_{value}"))
    if (tied := standing.needed.get("tied_to_pension_place")) is not None:
        said.append(words.say(f"standing.tied_to_pension_place_{tied}"))
    return said


def _way(way: Way, words: Words) -> str:
    """One way to make up the years: months times price where both are known, else what is."""
    by_year = way.fen_per_month is None and way.fen_per_year is not None
    price = way.fen_per_year if by_year else way.fen_per_month
    key = "open" if price is None else "sum" if way.fen is not None else "price"
    return words.say(
        f"standing.way_{key}{'_year' if by_year else ''}",
        way=words.say(f"standing.way_{way.kind}"),
        months=way.months,
        price=price,
        sum=way.fen,
    )


def _rulings(part: str, assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    return _heading_once(
        [
            {"event": words.say(f"event.{ruling.event}"), **_ruling(ruling, words)}
            for ruling in assessment.rulings
            if ruling.part == part
        ]
    )


def _ruling(ruling: Ruling, words: Words) -> dict[str, Any]:
    """One sentence for each outcome that has one in ``[says_TOPIC]``: by its value, or by its name with the value in it.
    A time limit (``within``) is said with its unit."""
    says = words.templates[f"says_{ruling.topic}"]
    kinds = words.book.topics[ruling.topic]["outcomes"]
    said = []
    for name in (*(name for name in kinds if name in ruling.outcomes), *ruling.computed):
        value = ruling.outcomes.get(name, ruling.computed.get(name))
        key = f"{name}_{value}" if f"{name}_{value}" in says else name
        if key in says:
            if name in ruling.computed:
                told = value
            elif name == "within":
                told = words.time_limit(value, ruling.outcomes["unit"])
            else:
                told = words.quantity(kinds[name], value)
            said.append(words.say(f"says_{ruling.topic}.{key}", value=told))
    text = _under(ruling.assuming, words.joined(said[:1]), words)
    return _item(text, ruling.sure, words, _ids(ruling.finding.records), said[1:])


def step_as_data(step: Step, words: Words, dated: bool = True) -> dict[str, Any]:
    """One step in words. Without ``dated`` only the length of a deadline is said, not its day."""
    facts = [(words.say("step_label.who"), words.say(f"who.{step.who}"))]
    where = words.say(f"where.{step.where}")
    if where:
        facts.append((words.say("step_label.where"), where))
    if step.papers:
        facts.append(
            (
                words.say("step_label.papers"),
                words.semicolon.join(words.say(f"papers.{paper}") for paper in step.papers),
            )
        )
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
        facts.append((words.say("step_label.by"), text))
    if step.takes_working_days is not None:
        facts.append((words.say("step_label.takes"), words.count(step.takes_working_days, "wdays")))
    facts.append((words.say("step_label.law"), _short_law(step.record, words)))
    return {
        "key": step.key,
        "text": words.say(f"step.{step.key}"),
        "facts": [{"label": label, "text": text} for label, text in facts],
        "by": step.by.isoformat() if step.by else None,
        "sure": _sure(step.record.sure, words),
        "rules": [step.record.id],
    }


def _short_law(record: Record, words: Words) -> str:
    """Title and articles of what a rule rests on, on one line."""
    articles: dict[str, list[str]] = {}
    for cite in record.cites:
        instrument, provision = words.book.cite(cite)
        articles.setdefault(instrument.title.in_(words.lang), []).append(provision.article.in_(words.lang))
    if words.lang == "zh":
        return "；".join(f"《{title}》{'、'.join(named)}" for title, named in articles.items())
    return "; ".join(f"{title}: {', '.join(named)}" for title, named in articles.items())


def _question(question: Question, assessment: Assessment, words: Words) -> dict[str, Any]:
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
            "last_paid": stretch.last_paid if stretch else None,
            "resume": stretch.resume if stretch else None,
            "gap": stretch.gap if stretch else None,
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


def _rule(use: RuleUse, words: Words) -> dict[str, Any]:
    record = use.record
    # Many steps answer the same question, so a step is named by what is to be done.
    is_step = record.topic == "step"
    topic = words.say(f"step.{record.then['key']}") if is_step else words.book.topics[record.topic]["asks"][words.lang]
    return {
        "id": record.id,
        "title": _with_condition(words.place(record.place), topic, words),
        "lives": words.say("rule.lives", **{"from": record.lives_from, "until": record.lives_until}),
        "role": "" if use.role == "applied" else words.say(f"rule.role_{use.role}"),
        "sure": _sure(record.sure, words),
        "condition_label": words.say("rule.condition"),
        "when": [_condition(name, test, use, words) for name, test in record.when.items()]
        or [words.say("rule.always")],
        "follows_label": words.say("rule.follows"),
        "then": [_outcome(name, value, words) for name, value in record.then.items()],
        "note": record.note.in_(words.lang) if record.note else "",
        "cites": [citation(cite, words) for cite in record.cites],
        "disagrees_label": words.say("rule.disagrees"),
        "disagree": [{**citation(item.cite, words), "why": item.why.in_(words.lang)} for item in record.disagree],
    }


def _condition(name: str, test: Any, use: RuleUse, words: Words) -> str:
    said = f"{words.say(f'name.{name}')}{words.colon}{_test(test, words)}"
    if name not in use.values:
        return said
    yours = words.say("rule.assumed" if name in use.assumed else "rule.yours", value=words.value(use.values[name]))
    return f"{said}（{yours}）" if words.lang == "zh" else f"{said} ({yours})"


def _test(test: Any, words: Words, kind: str = "number") -> str:
    if isinstance(test, Mapping):
        return words.listed(
            words.say(f"rule.{bound}", n=words.quantity(kind, number)) for bound, number in test.items()
        )
    return words.value(test)


def _outcome(name: str, value: Any, words: Words) -> str:
    return f"{words.say(f'name.{name}')}{words.colon}{words.value(value)}"


def citation(cite: str, words: Words) -> dict[str, Any]:
    """One provision as the reader sees it: title, number, article, quotation, how seen, when checked, link."""
    instrument, provision = words.book.cite(cite)
    return {
        "id": cite,
        "title": instrument.title.in_(words.lang),
        "number": instrument.number,
        "article": provision.article.in_(words.lang),
        "quote": provision.quote,
        "paraphrase": provision.paraphrase.in_(words.lang),
        "note": provision.note.in_(words.lang) if provision.note else "",
        "seen": words.say(f"seen.{provision.seen}"),
        "checked": words.say("rule.checked", checked=provision.checked),
        "url": instrument.url,
    }


def _of_findings(findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(record.id for finding in findings for record in finding.records))


def _ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]
