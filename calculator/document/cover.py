"""Cover in sentences: gaps, joinings, bills, month by month."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from calculator import months
from calculator.document.parts import ids_of, item_of, sure_of, under, with_condition
from calculator.facts import DIRECTIONS, TO_RESIDENT
from calculator.lawbook import UNKNOWN
from calculator.rules.bills import Bill
from calculator.rules.cover import CoverMonth, Deadline, Interruption, Line
from calculator.rules.joining import Joining, Repair
from calculator.rules.resident import Wait
from calculator.words import Words

#: Costs of a gap that are paid, or may be, once its months are paid back.
_AFTER_BACK_PAYMENT = ("paid", "may_be_paid")


def stretch_part(stretch: Interruption, words: Words, on: date) -> dict[str, Any]:
    """A stretch without payment as a timeline, with how long one may still wait with it, asked on the day ``on``."""
    if stretch.resume is None:
        cases = stretch.cases or (stretch,)
        title = words.joined(under(who_paid(case, stretch), stops_sentence(case, words, on), words) for case in cases)
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
    deadlines = [_deadline_sentence(deadline, stretch.situation, words, on) for deadline in stretch.deadlines]
    lines = [_line(line, words, known_until) for line in stretch.lines]
    return _timeline(title, deadlines if stretch.gap != 0 else [], lines, known_until, words)


def return_sentence(line: Line, words: Words, table: str = "gap") -> str:
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


def costs_sentence(line: Line, words: Words) -> str:
    """Whether medical costs of the gap are paid. What hangs on paying back is not promised to whoever does not."""
    if not line.gap_costs:
        return ""
    told = {**line.finding.values, **line.assuming} if line.finding else line.assuming
    if line.gap_costs in _AFTER_BACK_PAYMENT and told.get("back_paid") == "no":
        return words.say("gap.costs_without_back_payment")
    return words.say(f"gap.costs_{line.gap_costs}")


def stops_sentence(stretch: Interruption, words: Words, on: date) -> str:
    """From when cover is gone, as it is said on the day ``on``."""
    if stretch.stop.get("cover_ends") == UNKNOWN:
        return words.say("gap.stops_not_known")
    days = [months.first_day(month) for month in stretch.stops]
    key = "stops_one_of_two" if len(days) == 2 else "stops"
    return words.say(f"gap.{key}_past" if days[-1] < on else f"gap.{key}", stop=days[0], later=days[-1])


def who_paid(case: Interruption, stretch: Interruption) -> Mapping[str, Any]:
    """Under what a case of a stretch holds: who paid before, where that was not told and matters."""
    return {"payer_before": case.payer_before} if stretch.cases else {}


def _deadline_sentence(deadline: Deadline, situation: str, words: Words, on: date) -> str:
    who = words.say("gap.who_arrears" if situation == "arrears" else f"gap.who_{deadline.payer or 'any'}")
    key = f"deadline_{deadline.kind}"
    if deadline.kind == "last_month" and deadline.month < months.month_of(on):
        key = f"{key}_past"
    if situation == TO_RESIDENT and f"{key}_resident" in words.templates["gap"]:
        key = f"{key}_resident"
    return words.say(f"gap.{key}", who=who, month=deadline.month)


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
        "table": {key: words.say(f"cover_table.{key}") for key in ("month", "status", "reason", "one_by_one")},
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
        "caption": _caption(line, words),
        "text": words.joined([return_sentence(line, words), costs_sentence(line, words)]) if line.finding else "",
        "notes": list(dict.fromkeys(notes)),
        "sure": sure_of(line.sure, words),
        "rules": ids_of(line.finding.records) if line.finding else [],
        **_months(line.months, words, known_until),
    }


def _caption(line: Line, words: Words) -> str:
    """What the table of the months of a line is called."""
    caption, assuming = words.say("cover_table.caption"), words.assuming(line.assuming)
    return f"{caption}{words.colon}{assuming}" if assuming else caption


def _months(cover: Iterable[CoverMonth], words: Words, known_until: date) -> dict[str, Any]:
    """The months one by one, and as stretches of one status, to see at a glance."""
    told = [_month(month, words, known_until) for month in cover]
    stretches = [list(same) for _, same in groupby(told, key=lambda month: month["status"])]
    ranges = [
        {
            "status": same[0]["status"],
            "months": len(same),
            "text": words.say(
                "cover_table.month_status" if len(same) == 1 else "cover_table.range_status",
                first=same[0]["label"],
                last=same[-1]["label"],
                status=same[0]["status_text"],
            ),
        }
        for same in stretches
    ]
    return {"months": told, "ranges": ranges}


def _month(month: CoverMonth, words: Words, known_until: date) -> dict[str, Any]:
    return {
        "month": months.format_month(month.month),
        "label": words.month(month.month),
        "status": month.status,
        "status_text": words.say(f"status.{month.status}"),
        "reason": words.say(f"reason.{month.reason}", percent=month.percent, day=month.day),
        "beyond_known_days": months.first_day(month.month) >= known_until,
    }


def joining_part(joining: Joining, words: Words) -> dict[str, Any]:
    """A payment that opens cover, as a timeline like that of an interruption."""
    known_until = _known_until(joining.place, words)
    waits = joining.waits or [None] * len(joining.lines)
    repairs = joining.repairs or [None] * len(joining.lines)
    said: set[str] = set()
    lines = [
        {
            "assuming": words.assuming(line.assuming),
            "caption": _caption(line, words),
            "text": begin_sentence(joining, line, words),
            "notes": [
                *_joining_notes(line, wait, repair, words),
                *_not_said_yet(_notes_on_the_law(line, wait, words), said),
            ],
            "sure": sure_of(line.sure, words),
            "rules": ids_of(line.finding.records) if line.finding else [],
            **_months(line.months, words, known_until),
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


def begin_sentence(joining: Joining, line: Line, words: Words) -> str:
    """When cover begins that a payment opens."""
    if joining.event == "newborn":
        if line.returns is None and not line.day_after_credit:
            return words.say("joining.newborn_not_known")
        if line.returns is not None:
            later = "newborn_next_year" if line.returns.year > joining.born.year else "newborn_from"
            key = "from_birth" if line.returns == joining.born else later
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
    return return_sentence(line, words, "joining")


def _joining_notes(line: Line, wait: Wait | None, repair: Repair | None, words: Words) -> list[str]:
    """What is worth knowing beside the day in this case: how the wait is made up, what paying for missing years costs."""
    said = []
    if wait is not None and wait.fixed and wait.variable is not None and wait.counted_years:
        key = "joining.parts_repaired" if wait.repaired else "joining.parts"
        said.append(words.say(key, fixed=wait.fixed, variable=wait.variable, repaired=wait.repaired))
    if repair is not None:
        said.append(_repair_sentence(repair, words))
    elif wait is not None and wait.counted_years and wait.total:
        said.append(words.say("joining.nothing_to_repair"))
    if wait is not None and wait.continuous == "no":
        said.append(words.say("joining.continuous_no"))
    return said


def _notes_on_the_law(line: Line, wait: Wait | None, words: Words) -> list[str]:
    """What the rule says besides, whatever the case: what is not paid meanwhile, how it can be read, who says otherwise."""
    said = []
    if line.wait != 0 and line.finding.get("costs_in_wait") == "not_paid":
        said.append(words.say("joining.costs_not_paid"))
    if wait is not None and wait.reading:
        said.append(words.say("joining.two_readings"))
    says = words.templates["says_first_time"]
    for name in ("gap_in_wait", "account_in_wait"):
        if (key := f"{name}_{line.finding.get(name)}") in says:
            said.append(words.say(f"says_first_time.{key}"))
    return [*said, *_disagreeing(line, words)]


def _not_said_yet(notes: Iterable[str], said: set[str]) -> list[str]:
    """The notes that were not ``said`` of an earlier case of the same payment; they are said now."""
    new = [note for note in dict.fromkeys(notes) if note not in said]
    said.update(new)
    return new


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
        with_condition(words.say("rule.disagrees"), words.law(other.why), words)
        for record in (line.finding.records if line.finding else ())
        for other in record.disagree
    ]


def bill_item(bill: Bill, words: Words) -> dict[str, Any]:
    """Whether the bill is payable, and why."""
    reason = words.say(f"reason.{bill.reason}", percent=bill.percent, day=bill.covered_from)
    said = [words.say(f"bill.{bill.payable}", on=bill.day, reason=reason)]
    said += [words.say("bill.if_paid_on")] if bill.if_paid_on else []
    said += [words.say(f"bill.bearer_{bill.bearer}")] if bill.bearer else []
    rules = [bill.rule, *bill.also] if bill.rule else ids_of(bill.finding.records)
    return item_of(under(bill.assuming, words.joined(said), words), bill.sure, words, rules)
