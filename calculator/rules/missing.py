"""Days that follow from a disappearance or a death: when a court may be asked, which day counts as the day of death,
by when a death is reported. Only arithmetic stands here; every length of time comes from the law data.

How a period of months is counted: Civil Code, articles 201 to 203.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from calculator import months
from calculator.lawbook import UNKNOWN, Finding, Lawbook
from calculator.rules.payout import payouts_at
from calculator.rules.steps import steps_at


def first_day_after(start: date, length: int) -> date:
    """The first day on which ``length`` months from ``start`` have passed in full: the safe day to go to court.

    The text of article 203 moves a last day that is a holiday to the day after the holiday. Whether that also
    lengthens a time that must only have passed is open, so a weekend is counted in and the later day is given. Public
    holidays are announced year by year and not known here: they can only make it later still. A length of 0 is no
    period: the day is ``start`` itself.
    """
    if not length:
        return start
    last = months.period_end(start, length)
    while last.weekday() >= 5:
        last += timedelta(days=1)
    return last + timedelta(days=1)


def deemed_day_of_death(rule: str, judgment: date | None, accident: date | None) -> date | None:
    """The day that counts as the day of death (Civil Code, article 48); None while the day it hangs on is not told.

    ``rule`` is ``day_of_judgment`` or ``day_of_accident``. Raises ValueError for another rule.
    """
    if rule not in ("day_of_judgment", "day_of_accident"):
        raise ValueError(f"no such rule on the day of death: {rule!r}")
    return accident if rule == "day_of_accident" else judgment


def court_days(finding: Finding, last_news: date | None, war_ended: date | None) -> dict[str, date]:
    """For each declaration that the law still speaks of: the first safe day to ask the court (``missing_court_from``,
    ``death_court_from``) and the day before which it can't decide (``…_not_before``). Empty when the day from which the
    time runs was not told.
    """
    runs_from = war_ended if finding.get("runs_from") == "end_of_war" else last_news
    days = {}
    for what in ("missing", "death"):
        if finding.get(f"{what}_after_months") is None:
            continue
        declaration = _declaration(finding, what, runs_from)
        if declaration["court_from"] is not None:
            days[f"{what}_court_from"] = declaration["court_from"]
            days[f"{what}_not_before"] = declaration["not_decided_before"]
    return days


def missing_person(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """From when a court may declare somebody missing or dead, and which day would count as the day of death.

    ``values``: ``last_news`` (needed), ``went_missing`` of the topic ``missing`` (each is answered when not told),
    ``war_ended`` or the day an authority named, ``accident_on``, ``judgment``. Days are dates or ISO text. One answer
    for each way; a declaration whose time cannot be counted has no days. Raises ValueError for a day that is missing
    or no day, that comes before the last news, or for last news after ``day``; OutsideKnownDays for a ``day`` nobody
    read the law for.
    """
    told = _days(values, "last_news", "war_ended", "accident_on", "judgment", "went_missing")
    news = _needed(told, "last_news")
    if news > day:
        raise ValueError(f"last_news {news} is after the day of asking, {day}")
    for name in ("war_ended", "judgment"):
        if told.get(name) is not None and told[name] < news:
            raise ValueError(f"{name} {told[name]} is before the last news, {news}")
    _refuse_other_ways(book, told.get("went_missing"))
    answers = []
    for finding in book.consult(
        "missing", place, day, {"state": "not_declared", "went_missing": told.get("went_missing")}
    ):
        runs_from = told.get("war_ended") if finding.get("runs_from") == "end_of_war" else news
        answers.append(
            {
                "assuming": dict(finding.assuming),
                "account": finding.get("account"),
                "missing": _declaration(finding, "missing", runs_from),
                "death": _declaration(finding, "death", runs_from),
                "day_of_death": {
                    "rule": finding.get("day_of_death"),
                    "day": deemed_day_of_death(
                        finding.get("day_of_death"), told.get("judgment"), told.get("accident_on")
                    ),
                },
                "sure": finding.sure_of("missing_after_months", "death_after_months", "day_of_death").key,
                "cites": _cites(finding, "civil-code-2020#art201", "civil-code-2020#art202", "civil-code-2020#art203"),
            }
        )
    return answers


def _refuse_other_ways(book: Lawbook, how: Any) -> None:
    accepted = book.topics["missing"]["conditions"]["went_missing"]
    if how is not None and how not in accepted:
        raise ValueError(f"went_missing is {how!r}; accepted: {', '.join(accepted)}")


def _declaration(finding: Finding, what: str, runs_from: date | None) -> dict[str, Any]:
    """One declaration: how long, from when it counts, from when a court may be asked, and the day before which it
    can't decide even if asked on the first day (public notice, Civil Procedure Law, article 192)."""
    after, notice = finding.get(f"{what}_after_months"), finding.get(f"{what}_notice_months")
    known = runs_from is not None and UNKNOWN not in (after, notice)
    court_from = first_day_after(runs_from, after) if known else None
    return {
        "after_months": after,
        "notice_months": notice,
        "runs_from": runs_from,
        "period_ends": months.period_end(runs_from, after) if known else None,
        "court_from": court_from,
        "not_decided_before": months.period_end(court_from, notice) + timedelta(days=1) if court_from else None,
    }


def death_deadlines(book: Lawbook, place: str, day: date, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By when a death is reported, and from when the heirs can apply where the place names a day.

    ``values``: ``died`` (needed; for somebody declared dead the day of the judgment, with ``declared = "yes"``),
    ``area`` of the hukou (each is answered when not told), ``reported``, the day on which the death was reported to
    the place's office. Days are dates or ISO text. The law is that of the day of death; ``day`` only bounds it.
    Raises ValueError for a day that is missing, no day or later than ``day``, OutsideKnownDays.
    """
    told = _days(values, "died", "reported", "area", "declared")
    died = _needed(told, "died")
    if died > day:
        raise ValueError(f"died {died} is after the day of asking, {day}")
    if told.get("declared") not in (None, "yes", "no"):
        raise ValueError(f"declared is {told['declared']!r}; accepted: yes, no")
    areas = book.topics["hukou"]["conditions"]["area"]
    if told.get("area") not in (None, *areas):
        raise ValueError(f"area is {told['area']!r}; accepted: {', '.join(areas)}")
    event = "declared_dead" if told.get("declared") == "yes" else "die"
    agency, here = _agency(book, place, died), _at_the_place(book, place, died, told.get("reported"))
    more = [cite for item in (agency, here) if item for cite in book.records[item["origin"]].cites]
    return [
        {
            "assuming": dict(finding.assuming),
            "police": {
                "before_burial": finding.get("before_burial") == "yes",
                "by": months.period_end(died, finding.get("within")),
                "papers": list(finding.get("papers") or ()),
            },
            "agency": agency,
            "place": here,
            "cites": _cites(finding, "civil-code-2020#art202", *more),
        }
        for finding in book.consult("hukou", place, died, {"event": event, "area": told.get("area")})
    ]


def _agency(book: Lawbook, place: str, died: date) -> dict[str, Any] | None:
    """The report to the social insurance agency, as the steps count it; None where no rule was in force."""
    for step in steps_at(book, "die", place, died, {}):
        if step.key == "report_death":
            return {"by": step.by, "by_is_weekday_count": step.by_is_weekday_count, "origin": step.record.id}
    return None


def _at_the_place(book: Lawbook, place: str, died: date, reported: date | None) -> dict[str, Any] | None:
    """What the place adds: the last day of its own report, and the first day on which the heirs can apply."""
    for payout in payouts_at(book, "die", place, died, {}, reported):
        if payout.report_within_days or payout.day_of_next_month:
            [record] = payout.finding.records
            return {
                "report_by": payout.report_by,
                "heirs_apply_from": payout.from_day,
                "origin": record.id,
                "sure": record.sure.key,
            }
    return None


def _cites(finding: Finding, *more: str) -> list[str]:
    return sorted({*more, *(cite for record in finding.records for cite in record.cites)})


def _days(values: Mapping[str, Any], *known: str) -> dict[str, Any]:
    """The facts with their days as dates. Raises ValueError for a fact nobody asks for or a day that is none."""
    for name in values:
        if name not in known:
            raise ValueError(f"no fact {name!r} is asked for; known: {', '.join(known)}")
    return {
        name: value if name in ("went_missing", "area", "declared") else _day(name, value)
        for name, value in values.items()
    }


def _day(name: str, value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; a day is written 2026-11-22") from None


def _needed(told: Mapping[str, Any], name: str) -> date:
    if told.get(name) is None:
        raise ValueError(f"{name} is needed; a day is written 2026-11-22")
    return told[name]


#: Questions answered here rather than by one record, for :mod:`calculator.question`.
QUESTIONS = {"missing_person": missing_person, "death_deadlines": death_deadlines}
