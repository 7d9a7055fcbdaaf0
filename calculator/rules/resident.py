"""The waiting period of the resident scheme (居民医保待遇等待期): how long it is, what repair takes away, when benefits begin.

The national rule is 国办发〔2024〕38号: a fixed part for whoever joins late or after a break, a variable part for each
further broken year, repair of the variable part by payment, and a floor after a long break. Provinces set the figures,
so every number comes from the records. Where the words leave two readings open and no record settles them, both are
worked out: a :class:`Wait` is one way things may fall out, under what is assumed about the person and how the law is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from calculator import months
from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable, replace
from calculator.lawbook import UNKNOWN, Finding, Lawbook, Record, Span

#: The insurance year from which the national rule applies (自2025年起): the other reading of a break counts every year.
FIRST_YEAR_OF_THE_RULE = 2025


@immutable(by_name=True, uncompared=("findings",))
class Wait:
    """The waiting period under one assumption and one reading. What can not be told is None.

    Months are whole months. ``total`` is what is left after the repair that was told. ``repairable_years`` says how many
    years of payment would shorten the wait at all, counted from no repair; ``repair_fen`` is their price.
    ``continuous`` says whether this insurance year counts as insured when the next one is looked at: yes, no, unknown.
    """

    assuming: Mapping[str, Any]
    reading: Mapping[str, Any]
    counted_years: int
    fixed: int | None = None
    variable: int | None = None
    repaired: int | None = None
    total: int | None = None
    at_most: int | None = None
    first_day: date | None = None
    in_insurance_year: bool | None = None
    continuous: str = UNKNOWN
    repairable_years: int | None = None
    repair_fen: int | None = None
    sure: Confidence
    rules: tuple[Record, ...] = ()
    #: The findings the line rests on. Two lines that say the same are one, whatever they were asked with.
    findings: tuple[Finding, ...] = ()


def waiting(
    book: Lawbook,
    *,
    place: str,
    paid_on: date,
    insurance_year: int,
    enrolled: str | None,
    broken_years: int,
    repaired_years: int,
    who: str | None,
    months_to_joining: int | None = None,
    days_to_joining: int | None = None,
    age_group: str | None = None,
    age: int | None = None,
) -> tuple[Wait, ...]:
    """The waiting period of somebody who pays on ``paid_on`` for ``insurance_year``, under the law of that day.

    ``enrolled`` says in which period the payment falls (central_period, extended_period, late), ``broken_years`` how many
    insurance years in a row before this one are missing, ``repaired_years`` how many of them are paid for as repair.
    ``who``, ``months_to_joining`` and ``days_to_joining`` (since the event that made the person join) may matter for
    special groups, ``age_group`` and ``age`` for the price. None means not told: there is then a line for each answer that
    makes a difference. Raises OutsideKnownDays, and ValueError for years that can not be.
    """
    _possible(paid_on, insurance_year, broken_years, repaired_years)
    conditions = book.topics["resident_wait"]["conditions"]
    lines = []
    # Whoever was not born yet has missed no year.
    persons = [person for person in conditions["who"] if not (person == "newborn" and broken_years)]
    for person in (who,) if who else persons:
        for period in (enrolled,) if enrolled else conditions["enrolled"]:
            told = {} if who else {"who": person}
            told |= {} if enrolled else {"enrolled": period}
            facts = {
                "who": person,
                "enrolled": period,
                "months_to_joining": months_to_joining,
                "days_to_joining": days_to_joining,
            }
            for years, reading, finding in _counted(book, place, paid_on, insurance_year, broken_years, facts):
                for line in _lines(book, finding, years, reading, repaired_years, insurance_year, paid_on):
                    priced = _priced(book, place, line, paid_on, age_group, age)
                    lines.append(replace(priced, assuming={**told, **line.assuming}))
    return _joined(lines)


def _possible(paid_on: date, insurance_year: int, broken_years: int, repaired_years: int) -> None:
    if broken_years < 0 or not 0 <= repaired_years <= broken_years:
        raise ValueError(f"{repaired_years} repaired of {broken_years} broken years can not be")
    if paid_on > date(insurance_year, 12, 31):
        raise ValueError(f"{paid_on} is after the insurance year {insurance_year}")


def _counted(
    book: Lawbook, place: str, paid_on: date, insurance_year: int, broken_years: int, facts: Mapping[str, Any]
) -> Iterator[tuple[int, dict[str, Any], Finding]]:
    """How many broken years count, how the law is read for that, and what the law says for this number."""
    for finding in book.consult("resident_wait", place, paid_on, {**facts, "broken_years": broken_years}):
        first = finding.get("broken_years_from")
        since_rule = max(0, min(broken_years, insurance_year - FIRST_YEAR_OF_THE_RULE))
        if isinstance(first, int):
            readings = [(max(0, min(broken_years, insurance_year - first)), {})]
        elif first == UNKNOWN and since_rule < broken_years:
            readings = [
                (since_rule, {"broken_years_from": FIRST_YEAR_OF_THE_RULE}),
                (broken_years, {"broken_years_from": "any"}),
            ]
        else:
            readings = [(broken_years, {})]
        for years, reading in readings:
            if years == broken_years:
                yield years, reading, finding
                continue
            known = {name: finding.values.get(name) for name in facts}
            for again in book.consult("resident_wait", place, paid_on, {**known, "broken_years": years}):
                yield years, reading, replace(again, assuming={**finding.assuming, **again.assuming})


def _lines(
    book: Lawbook,
    finding: Finding,
    years: int,
    reading: Mapping[str, Any],
    repaired_years: int,
    insurance_year: int,
    paid_on: date,
) -> Iterator[Wait]:
    """One line for each way the first broken year may be read."""
    fixed, adds = finding.get("fixed_months"), finding.get("first_year_adds")
    if fixed == UNKNOWN:
        cap = finding.get("fixed_at_most")
        yield Wait(
            assuming=finding.assuming,
            reading=reading,
            counted_years=years,
            at_most=cap if years == 0 else None,
            sure=Confidence.NOT_KNOWN,
            rules=finding.records,
            findings=(finding,),
        )
        return
    per_year = finding.get("months_per_broken_year")
    open_words = years > 0 and per_year != 0 and adds == UNKNOWN
    for answer in ("no", "yes") if open_words else (adds,):
        read = {**reading, **({"first_year_adds": answer} if open_words else {})}
        variable = variable_months(years, per_year, answer)
        yield _line(book, finding, years, read, fixed, variable, repaired_years, insurance_year, paid_on)


def variable_months(years: int, per_year: int | str, first_year_adds: str) -> int | None:
    """The variable part (变动待遇等待期) in months; None when the months for a year are not known."""
    steps = max(0, years - (first_year_adds == "no"))
    if steps == 0 or first_year_adds == "does_not_arise":
        return 0
    return per_year * steps if isinstance(per_year, int) else None


def after_repair(fixed: int, variable: int, repaired: int, floor: int | None) -> int:
    """The months left after repair: never less than the fixed part, and not below the floor.

    The floor only limits repair (修复后…原则上不少于6个月): a wait that is shorter anyway is not made longer.
    """
    left = fixed + variable - min(repaired, variable)
    return left if floor is None else max(left, min(floor, fixed + variable))


def _line(
    book: Lawbook,
    finding: Finding,
    years: int,
    reading: Mapping[str, Any],
    fixed: int,
    variable: int | None,
    repaired_years: int,
    insurance_year: int,
    paid_on: date,
) -> Wait:
    repair = book.consult("resident_repair", finding.place, paid_on, {"broken_years": years})[0]
    records, names, findings = list(finding.records), ["fixed_months"], [finding]
    total = repaired = repairable = None
    if variable == 0:
        total, repaired, repairable = fixed, 0, 0
    elif variable is not None:
        names.append("months_per_broken_year")
        records += repair.records
        findings.append(repair)
        if repair.get("may_repair") == "yes":
            a_year, floor = repair.get("months_per_year_paid"), repair.get("at_least_months")
            left = after_repair(fixed, variable, repaired_years * a_year, floor)
            repaired, total = fixed + variable - left, left
            best = after_repair(fixed, variable, variable, floor)
            repairable = -(-(fixed + variable - best) // a_year)
        elif repaired_years == 0:
            repaired, total = 0, fixed + variable
    if variable is not None and years > 0 and finding.get("first_year_adds") not in (UNKNOWN, "does_not_arise"):
        names.append("first_year_adds")
    began = None if total is None else first_day(finding.get("wait_from"), paid_on, insurance_year, total)
    if began is not None:
        names.append("wait_from")
    sure = [finding.sure_of(*names)]
    sure += [Confidence.CONFLICT] if reading else []
    sure += [repair.sure_of("may_repair", "months_per_year_paid")] if repaired else []
    inside = None if began is None else began <= date(insurance_year, 12, 31)
    return Wait(
        assuming=finding.assuming,
        reading=reading,
        counted_years=years,
        fixed=fixed,
        variable=variable,
        repaired=repaired,
        total=total,
        first_day=began,
        in_insurance_year=inside,
        continuous=_continuous(inside, finding.get("continuous_requires")),
        repairable_years=repairable,
        sure=Confidence.NOT_KNOWN if total is None else weakest(sure),
        rules=_once(records),
        findings=tuple(findings),
    )


def first_day(wait_from: str | None, paid_on: date, insurance_year: int, wait: int) -> date | None:
    """The first day with benefits, or None when the rule does not let it be told from the day of payment.

    Paid in the central period: the wait runs from 1 January, whenever in the period the payment was made. Otherwise from
    the payment. In no case are there benefits before the insurance year.
    """
    begin = date(insurance_year, 1, 1)
    starts: dict[str, Callable[[], date]] = {
        "start_of_insurance_year": lambda: same_day_later(begin, wait),
        "payment_day": lambda: same_day_later(paid_on, wait),
        "day_after_payment": lambda: same_day_later(paid_on + timedelta(days=1), wait),
        "payment_month": lambda: months.first_day(months.month_of(paid_on) + wait) if wait else paid_on,
        "month_after_payment": lambda: months.first_day(months.month_of(paid_on) + 1 + wait),
    }
    start = starts.get(wait_from or "")
    return max(start(), begin) if start else None


def enrolment_period(book: Lawbook, place: str, paid_on: date, insurance_year: int) -> tuple[str | None, Finding]:
    """In which period a payment for an insurance year falls (central_period, extended_period, late), and the announced
    days that say so; None when the place has announced none that tell. Raises OutsideKnownDays."""
    announced = book.consult("resident_enrolment", place, paid_on, {"insurance_year": insurance_year})[0]
    opens, closes, extended = (announced.get(name) for name in ("opens", "closes", "extended_to"))
    if not isinstance(closes, date) or (isinstance(opens, date) and paid_on < opens):
        return None, announced
    if paid_on <= closes:
        return "central_period", announced
    if isinstance(extended, date) and paid_on <= extended:
        return "extended_period", announced
    return (None if extended == UNKNOWN else "late"), announced


def whole_months_until(start: date, day: date) -> int:
    """In how many months from ``start``, date to date, ``day`` lies: the smallest number whose end it does not pass.

    Born on 1 January: 1 July is inside 6 months (6个月内), 2 July is in the seventh. Raises ValueError before the start.
    """
    if day < start:
        raise ValueError(f"{day} is before {start}")
    count = months.month_of(day) - months.month_of(start)
    # From 31 January, 1 month ends on 28 February: a month without such a day ends the period with its last day.
    return count if day.day <= start.day else count + 1


def same_day_later(day: date, count: int) -> date:
    """The day with the same number ``count`` months later: the first day after a wait that begins on ``day``.

    Paid on 6 November, a wait of 3 months covers 6 November to 5 February, and benefits begin on 6 February (so the
    Fuxin bureau). Paid on 30 November there is no 30 February: the wait then ends with the last day of that month (as
    article 202 of the Civil Code has it for periods in months) and benefits begin on 1 March, never earlier.
    """
    month = months.month_of(day) + count
    if day.day > months.last_day(month).day:
        return months.first_day(month + 1)
    return months.first_day(month).replace(day=day.day)


def _continuous(inside: bool | None, requires: str | None) -> str:
    """Whether a year counts as insured. A wait that runs past the year leaves it without a day of benefits."""
    if inside:
        return "yes"
    if inside is None:
        return UNKNOWN
    return {"benefit_year_entered": "no", "paid": "yes"}.get(requires or "", UNKNOWN)


def _priced(book: Lawbook, place: str, line: Wait, paid_on: date, age_group: str | None, age: int | None) -> Wait:
    """The line with the price of all repair that helps: the personal premium of the year of payment for each year."""
    if line.repairable_years is None:
        return line
    if line.repairable_years == 0:
        return replace(line, repair_fen=0)
    facts = {"insurance_year": paid_on.year, "age_group": age_group, "age": age}
    premiums = book.consult("resident_premium", place, paid_on, facts)
    sums = {finding.get("premium_fen") for finding in premiums}
    if len(sums) != 1 or UNKNOWN in sums:
        return line
    rules = _once([*line.rules, *(record for finding in premiums for record in finding.records)])
    return replace(
        line,
        repair_fen=sums.pop() * line.repairable_years,
        rules=rules,
        findings=(*line.findings, *premiums),
    )


def _once(records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in records}.values())


def _joined(lines: Sequence[Wait]) -> tuple[Wait, ...]:
    """The lines, those that say the same about persons who differ in one fact as one, with the fact's values in a list."""
    before = len(lines) + 1
    while len(lines) < before:  # two lines may differ in one fact only after others have been joined
        before, lines = len(lines), _joined_once(lines)
    return tuple(lines)


def _joined_once(lines: Sequence[Wait]) -> list[Wait]:
    joined: list[Wait] = []
    said: list[Wait] = []  # the same lines, whoever they are about
    for line in lines:
        says = replace(line, assuming={})
        for place, other in enumerate(joined):
            if said[place] == says and line.assuming.keys() == other.assuming.keys():
                differing = [name for name in line.assuming if line.assuming[name] != other.assuming[name]]
                if not differing:
                    break
                if len(differing) == 1:
                    [name] = differing
                    either = [*_listed(other.assuming[name]), *_listed(line.assuming[name])]
                    joined[place] = replace(other, assuming={**other.assuming, name: either})
                    break
        else:
            joined.append(line)
            said.append(says)
    return joined


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# -- as a question ----------------------------------------------------------------------------------------

#: What the question takes, and of which kind; those in _NEEDED must be told.
_WHOLE = ("insurance_year", "broken_years", "repaired_years", "months_to_joining", "days_to_joining", "age")
_NEEDED = ("insurance_year", "broken_years", "repaired_years")


def resident_waiting(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The question ``resident_waiting`` as JSON-like data; ``day`` is the day of payment.

    Raises ValueError for a value it does not know, and for years that are missing: they are facts about the person.
    """
    choices = {
        "who": book.topics["resident_wait"]["conditions"]["who"],
        "enrolled": book.topics["resident_wait"]["conditions"]["enrolled"],
        "age_group": book.topics["resident_premium"]["conditions"]["age_group"],
    }
    for name, value in values.items():
        if name in choices:
            if value not in choices[name]:
                raise ValueError(f"{name} is {value!r}; accepted: {', '.join(choices[name])}")
        elif name not in _WHOLE:
            raise ValueError(f"resident_waiting has no {name!r}; it has {', '.join((*choices, *_WHOLE))}")
        elif type(value) is not int or value < 0:
            raise ValueError(f"{name} is {value!r}; accepted: a whole number from 0")
    for name in _NEEDED:
        if name not in values:
            raise ValueError(f"resident_waiting needs {name}")
    told = {name: values.get(name) for name in (*choices, *_WHOLE)}
    return [_json(line) for line in waiting(book, place=place, paid_on=day, **told)]


def _json(line: Wait) -> dict[str, Any]:
    # A reading that no record settles rests on the sources that read it otherwise, too.
    disagreeing = {item.cite for record in line.rules for item in record.disagree} if line.reading else set()
    return {
        "assuming": {name: _told(value) for name, value in line.assuming.items()},
        "reading": dict(line.reading),
        "counted_years": line.counted_years,
        "fixed_months": line.fixed,
        "variable_months": line.variable,
        "repaired_months": line.repaired,
        "wait_months": line.total,
        "wait_at_most": line.at_most,
        "first_day": line.first_day.isoformat() if line.first_day else None,
        "in_insurance_year": line.in_insurance_year,
        "continuous": line.continuous,
        "repairable_years": line.repairable_years,
        "repair_fen": line.repair_fen,
        "origin": [record.id for record in line.rules],
        "sure": line.sure.key,
        "cites": sorted({cite for record in line.rules for cite in record.cites} | disagreeing),
    }


def _told(value: Any) -> Any:
    return {"from": value.first, "to": value.last} if isinstance(value, Span) else value


#: The questions this module answers, by name.
QUESTIONS = {"resident_waiting": resident_waiting}
