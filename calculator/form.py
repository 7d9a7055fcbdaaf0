"""The form of the page: which fields it has, when each is shown, and how typed text becomes facts.

The page draws the form from :data:`FIELDS` (at build time) and sends back exactly what was typed. Reading is
lenient, as people write: ``2026/3``, ``2026年3月``, full-width digits, ``1,680元``, ``12年3个月``. What can't be read is a fault
with the field's name, never a guess.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from calculator.facts import (
    COVER,
    DIRECTIONS,
    EVENTS,
    FIRST_TIME_WHO,
    MAX_MONTHS,
    NEEDS_CHINESE,
    RESIDENT_WHO,
    TO_EMPLOYEE,
    TO_RESIDENT,
    Event,
    FactError,
    FactErrors,
    Facts,
    has_left,
    parse,
)
from calculator.immutable import immutable
from calculator.lawbook import Lawbook

#: What may have happened, in the groups in which people look for it.
SITUATION_GROUPS = {
    "work": ("leave_job", "new_place", "employer_arrears"),
    "schemes": ("switch_scheme", "first_time", "resident_rejoin", "newborn", "insured_twice"),
    "abroad": ("settle_abroad", "lose_nationality", "study_abroad", "foreigner_leaves", "come_back"),
    "army": ("enlist", "discharge"),
    "age": ("retire", "retire_elsewhere", "die", "missing"),
}
SITUATIONS = tuple(chain.from_iterable(SITUATION_GROUPS.values()))
_MONEY = (
    "new_place",
    "settle_abroad",
    "lose_nationality",
    "foreigner_leaves",
    "come_back",
    "enlist",
    "retire_elsewhere",
    "die",
)
#: Situations whose answer has a timeline of cover, so that a bill can be asked about.
_COVER = ("leave_job", "new_place", "employer_arrears", "switch_scheme", "first_time", "resident_rejoin", "newborn")
#: Situations in which payment stops, so that the last month paid before them must be told.
STOPS = ("leave_job", "new_place", "employer_arrears", "switch_scheme")
#: What is told of the time before the first gap of a life, and means nothing after it.
BEFORE_THE_FIRST_GAP = ("paid_until", "unpaid_earlier_this_year", "paid_months_before")
_WHO_PAID = (*BEFORE_THE_FIRST_GAP, "payer", "left_payer")
#: Fields that tell that payment began again, with any value or with one of these; and what of the time before it means
#: nothing any more, for a payment with its own payer also who paid until then.
PAYS_AGAIN: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("resume_month", "new_month", "paid_back", "join_month"), ((), _WHO_PAID)),
    "direction": ((TO_EMPLOYEE,), _WHO_PAID),
    "insurance_year": ((), BEFORE_THE_FIRST_GAP),
    "joins_employee_scheme": (("yes", ""), BEFORE_THE_FIRST_GAP),
}
#: Situations whose answer asks whether there is an account, or who pays.
_PAYER = (
    "settle_abroad",
    "lose_nationality",
    "study_abroad",
    "foreigner_leaves",
    "come_back",
    "enlist",
    "retire_elsewhere",
    "die",
    "insured_twice",
)
_ONE_DAY = (*_PAYER, "discharge")


@immutable
class FormField:
    """One field. ``shown`` maps other fields to the values for which this one is shown; empty is always.

    One of them is no field: "pays_again" is "yes" for an event before which payment began again (:func:`asked`).
    """

    name: str
    kind: str  # situation, place, choice, month, day, year, yuan, count (months), years, span (years and months)
    required: bool = False
    choices: tuple[str, ...] = ()
    shown: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _for(*situations: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("situation", situations),)


def _switching(direction: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (*_for("switch_scheme"), ("direction", (direction,)))


def _dismissed() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (*_for("leave_job"), ("reason", ("dismissed",)))


def _event_field(event: str, name: str, *shown: tuple[str, tuple[str, ...]]) -> FormField:
    """A field of one situation that passes on one fact of the event of the same name."""
    fact = next(fact for fact in EVENTS[event] if fact.name == name)
    return FormField(name, fact.kind, fact.required, fact.choices, (*_for(event), *shown))


_NOT_DEAD = ("not_declared", "declared_missing")
_NOT_BACK = (*_NOT_DEAD, "declared_dead")
_ACCIDENT = ("in_accident", "survival_impossible")
_A_RESIDENT_RECORD = ("two_resident", "student", "employee_and_resident")
#: Places that take the heirs' application from a day counted from the report of the death on. A test holds them
#: against the law data.
COUNTS_FROM_THE_REPORT = ("quanzhou",)
#: Places whose rules on gaps add up the months of a whole year, or ask how long somebody was insured before. A test
#: holds them against the law data.
ADDS_UP_THE_YEAR = ("shenzhen", "wuhan")
ASKS_FOR_THE_RECORD = ("hainan",)
#: Places that ask at retirement for months really paid, really paid there, without a break, in tier 1; for the year of
#: joining; and whether the person began to work before the scheme. Held against the law data by the same test.
ASKS_FOR_ACTUAL = ("beijing", "wuhan", "nanjing", "xian", "tianjin")
ASKS_FOR_LOCAL = ("chongqing", "dongguan", "guangzhou", "shenzhen", "shanghai", "hangzhou")
ASKS_FOR_CONTINUOUS = ("chengdu",)
ASKS_FOR_TIER_1 = ("shenzhen",)
ASKS_FOR_JOINED = ("guangzhou", "chengdu")
ASKS_FOR_START = ("beijing",)
#: Fields of the contribution record, by the names of :data:`calculator.facts.YEARS`.
RECORD_FIELDS = {
    "total": "record_total",
    "actual": "record_actual",
    "local_actual": "record_local",
    "continuous": "record_continuous",
    "tier_1": "record_tier_1",
    "military_service": "also_military_service",
    "before_the_scheme": "also_before_the_scheme",
    "paid_elsewhere": "also_paid_elsewhere",
    "resident_scheme": "also_resident_scheme",
    "joined_year": "joined_year",
    "started_work": "started_work",
}
#: Kinds of months that the record may not hold yet.
_ALSO = ("military_service", "before_the_scheme", "paid_elsewhere", "resident_scheme")


def _at_retirement(*places: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (*_for("retire"), *((("place", places),) if places else ()))


#: The fields in the order in which they are asked, under the headings of the page.
SECTIONS: dict[str, tuple[FormField, ...]] = {
    "what": (
        FormField("situation", "situation", True, SITUATIONS),
        FormField("direction", "choice", True, DIRECTIONS, _for("switch_scheme")),
        FormField("who", "choice", True, FIRST_TIME_WHO, _for("first_time")),
        FormField("who_resident", "choice", True, RESIDENT_WHO, _for("resident_rejoin")),
        FormField(
            "age_group", "choice", False, ("child_or_student", "working_age", "old_age"), _for("resident_rejoin")
        ),
        FormField("reason", "choice", False, ("resigned", "dismissed"), _for("leave_job")),
        FormField("nationality", "choice", True, ("foreign", "hk_mo_tw"), _for("foreigner_leaves")),
        _event_field("settle_abroad", "destination"),
        FormField("ends_relation", "choice", False, ("yes", "no"), _for("foreigner_leaves", "lose_nationality")),
        FormField("hukou_cancelled", "choice", False, ("yes", "no"), _for("settle_abroad", "lose_nationality")),
        _event_field("come_back", "back_as"),
        _event_field("come_back", "hukou", ("back_as", ("chinese", "chinese_again"))),
        _event_field("come_back", "relation_ended"),
        FormField("enlisted_as", "choice", False, ("conscript", "officer_or_nco"), _for("enlist")),
        _event_field("discharge", "placed"),
        _event_field("discharge", "joins_employee_scheme"),
        _event_field("discharge", "same_place", ("joins_employee_scheme", ("yes",))),
        _event_field("die", "heir"),
        _event_field("die", "area"),
        _event_field("die", "resident_premium"),
        _event_field("missing", "state"),
        _event_field("missing", "went_missing", ("state", _NOT_BACK)),
        _event_field("insured_twice", "records"),
        _event_field("insured_twice", "benefit_year_begun", ("records", _A_RESIDENT_RECORD)),
        FormField("years_reached", "choice", False, ("yes", "no"), _for("retire_elsewhere")),
        FormField("group", "choice", False, ("man", "woman_55", "woman_50", "woman"), _for("retire")),
    ),
    "where": (
        FormField("place", "place", True),
        FormField("tier", "choice", False, ("tier_1", "tier_2"), (("place", ("shenzhen", "chongqing")),)),
        FormField("to", "place", True, (), _for("new_place")),
        FormField("same_province", "choice", False, ("yes", "no"), _for("new_place", "retire_elsewhere")),
        FormField("registered", "choice", False, ("yes", "no"), _for("retire_elsewhere")),
    ),
    "when": (
        FormField("paid_until", "month", True, (), _for(*STOPS)),
        FormField("paid_again_until", "month", True, (), (*_for(*STOPS), ("pays_again", ("yes",)))),
        FormField("switch_month", "month", True, (), _for("switch_scheme")),
        FormField("covered_until", "month", False, (), _switching(TO_RESIDENT)),
        FormField("join_month", "month", True, (), _for("first_time")),
        FormField("child_born", "day", True, (), _for("newborn")),
        FormField("paid_on", "day", True, (), _for("resident_rejoin", "newborn")),
        FormField("insurance_year", "year", True, (), _for("resident_rejoin")),
        FormField("broken_years", "years", True, (), _for("resident_rejoin")),
        FormField("repaired_years", "years", False, (), _for("resident_rejoin")),
        FormField("since", "day", False, (), (*_for("resident_rejoin"), ("who_resident", RESIDENT_WHO[1:]))),
        FormField("enrolled", "choice", False, ("central_period", "extended_period", "late"), _for("resident_rejoin")),
        FormField("resume_month", "month", False, (), _for("leave_job")),
        FormField("new_month", "month", True, (), _for("new_place")),
        FormField("paid_back", "month", False, (), _for("employer_arrears")),
        FormField("event_on", "day", True, (), _for(*_ONE_DAY)),
        FormField("born", "day"),
        FormField("retires", "month", False, (), _for("retire")),
        _event_field("discharge", "certificate_on", ("joins_employee_scheme", ("yes",))),
        _event_field("discharge", "reported_on"),
        _event_field("die", "reported", ("place", COUNTS_FROM_THE_REPORT)),
        FormField("last_news", "day", True, (), (*_for("missing"), ("state", _NOT_DEAD))),
        _event_field("missing", "accident_on", ("state", _NOT_BACK), ("went_missing", _ACCIDENT)),
        _event_field("missing", "war_ended", ("state", _NOT_DEAD), ("went_missing", ("in_war",))),
        FormField("judgment", "day", True, (), (*_for("missing"), ("state", ("declared_dead",)))),
    ),
    "payment": (
        FormField(
            "payer", "choice", False, ("employer", "flexible"), _for("leave_job", "new_place", "retire", *_PAYER)
        ),
        FormField("left_payer", "choice", False, ("employer", "flexible"), _switching(TO_RESIDENT)),
        FormField("switch_payer", "choice", False, ("employer", "flexible"), _switching(TO_EMPLOYEE)),
        FormField("join_payer", "choice", False, ("employer", "flexible"), _for("first_time")),
        FormField("resume_payer", "choice", False, ("employer", "flexible"), _for("leave_job", "new_place")),
        FormField("back_paid", "choice", False, ("yes", "no"), _for("leave_job", "new_place")),
        FormField("switch_back_paid", "choice", False, ("yes", "no"), _for("switch_scheme")),
        FormField("insured_before", "count", False, (), _for("switch_scheme")),
        FormField(
            "months_to_joining", "count", False, (), (*_for("first_time"), ("who", ("ex_employee", "ex_resident")))
        ),
        FormField(
            "unpaid_earlier_this_year",
            "count",
            False,
            (),
            (*_for("leave_job", "employer_arrears"), ("place", ADDS_UP_THE_YEAR)),
        ),
        FormField("paid_months_before", "count", False, (), (*_for("leave_job"), ("place", ASKS_FOR_THE_RECORD))),
        FormField("contribution_months", "count", False, (), _dismissed()),
        FormField("benefit_from", "month", False, (), _dismissed()),
        FormField("benefit_until", "month", False, (), _dismissed()),
        _event_field("insured_twice", "employee_months", ("records", ("employee_and_resident",))),
    ),
    "record": (
        FormField("record_total", "span", False, (), _for("retire")),
        FormField("record_actual", "span", False, (), _at_retirement(*ASKS_FOR_ACTUAL)),
        FormField("record_local", "span", False, (), _at_retirement(*ASKS_FOR_LOCAL)),
        FormField("record_continuous", "span", False, (), _at_retirement(*ASKS_FOR_CONTINUOUS)),
        FormField("record_tier_1", "span", False, (), (*_at_retirement(*ASKS_FOR_TIER_1), ("tier", ("tier_1",)))),
        FormField("joined_year", "year", False, (), _at_retirement(*ASKS_FOR_JOINED)),
        FormField(
            "started_work", "choice", False, ("before_the_scheme", "since_the_scheme"), _at_retirement(*ASKS_FOR_START)
        ),
        *(FormField(RECORD_FIELDS[kind], "span", False, (), _for("retire")) for kind in _ALSO),
    ),
    "money": (
        FormField("due", "yuan", False, (), _for("employer_arrears")),
        FormField("due_since", "day", False, (), _for("employer_arrears")),
        FormField("balance", "yuan", False, (), _for(*_MONEY)),
        FormField("legacy", "yuan", False, (), (*_for(*_MONEY), ("place", ("beijing",)))),
        FormField("precredited", "yuan", False, (), (*_for(*_MONEY), ("place", ("shanghai",)))),
        FormField("history", "yuan", False, (), (*_for(*_MONEY), ("place", ("shanghai",)))),
    ),
    "more": (
        FormField("bill_on", "day", False, (), _for(*_COVER)),
        FormField("on", "day", True),
    ),
}
FIELDS = tuple(chain.from_iterable(SECTIONS.values()))
#: Those that one situation may ask for.
_OF_A_SITUATION = {
    situation: tuple(field for field in FIELDS if situation in dict(field.shown).get("situation", SITUATIONS))
    for situation in SITUATIONS
}
_BY_NAME = {field.name: field for field in FIELDS}
#: The largest number of months, or of years, that a field takes.
_MOST = {
    field.name: field.most
    for fields in (COVER, *EVENTS.values())
    for field in fields
    if field.kind in ("count", "years")
}
#: The names on the form of what a change of scheme, a first time, the resident scheme and a newborn are told by.
EVENT_FIELDS = {
    "switch_scheme": {
        "direction": "direction", "month": "switch_month", "payer": "switch_payer", "insured_before": "insured_before",
        "back_paid": "switch_back_paid", "covered_until": "covered_until", "paid_again_until": "paid_again_until",
    },
    "first_time": {
        "month": "join_month", "payer": "join_payer", "who": "who", "months_to_joining": "months_to_joining",
    },
    "resident_rejoin": {
        "on": "paid_on", "insurance_year": "insurance_year", "broken_years": "broken_years",
        "repaired_years": "repaired_years", "enrolled": "enrolled", "who": "who_resident", "since": "since",
        "age_group": "age_group",
    },
    "newborn": {"born": "child_born", "on": "paid_on"},
}  # fmt: skip

#: Fields that are true of the whole life and not of one event.
OF_THE_LIFE = (
    "on",
    *("place", "tier", "payer", "left_payer", "paid_until", "unpaid_earlier_this_year", "paid_months_before"),
    *("born", "nationality", "group", "balance", "legacy", "precredited", "history", "bill_on"),
    *RECORD_FIELDS.values(),
)
#: Situations with a gap, and the fields that tell it: the last paid month (by the one or the other name), the month of
#: paying again, whether the gap is paid back (of arrears it is told when, and not that). The page has a grid of months for them.
HISTORY = {
    "leave_job": ("paid_until", "paid_again_until", "resume_month", "back_paid"),
    "new_place": ("paid_until", "paid_again_until", "new_month", "back_paid"),
    "switch_scheme": ("paid_until", "paid_again_until", "switch_month", "switch_back_paid"),
    "employer_arrears": ("paid_until", "paid_again_until", "paid_back"),
}
_NUMBERED = re.compile(r"(?:([2-9]|1[0-9]|20)\.)?([a-z_0-9]+)")

#: Situations that name the person's nationality themselves.
_SAYS_CHINESE = (*NEEDS_CHINESE, "study_abroad")

#: Where a fault in the facts belongs on the form.
_FORM_FIELD = {
    "on": "on",
    "person.born": "born",
    "person.nationality": "nationality",
    "events.kind": "situation",
    "events.to": "to",
    "events.same_province": "same_province",
    "events.payer": "resume_payer",
    "events.back_paid": "back_paid",
    "events.paid_back": "paid_back",
    "events.on": "event_on",
    "events.reason": "reason",
    "events.hukou_cancelled": "hukou_cancelled",
    "events.ends_relation": "ends_relation",
    "events.enlisted_as": "enlisted_as",
    "events.registered": "registered",
    **{f"years.{name}": field for name, field in RECORD_FIELDS.items()},
}


def read(typed: Mapping[str, Any], book: Lawbook | None = None) -> Facts:
    """Facts from what was typed. Raises FactErrors whose fields are names of the form.

    A life may have several events. Fields of the second and later ones have its number before their name, as in
    ``2.event_on``; what is true of the whole life, such as the place, is told with the first event that asks for it.
    """
    return Life(typed, book).facts()


def shown(field: FormField, typed: Mapping[str, Any]) -> bool:
    """Whether the field is shown for what has been chosen so far."""
    for other, values in field.shown:  # noqa: SIM110  half the time of a generator, and an interview asks ten thousand times
        if typed.get(other) not in values:
            return False
    return True


def by_event(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was typed for each event of a life, in order and without the numbers; the first is always there."""
    events: dict[int, dict[str, str]] = {1: {}}
    for name, value in typed.items():
        match = _NUMBERED.fullmatch(name)
        if match and match[2] in _BY_NAME:
            events.setdefault(int(match[1] or 1), {})[match[2]] = value if isinstance(value, str) else ""
    return [events[number] for number in sorted(events)]


def numbered(number: int, name: str) -> str:
    """The name of a field of the event with this number, counted from 1."""
    return name if number == 1 else f"{number}.{name}"


def split(name: str) -> tuple[int, str]:
    """The number of the event of a field, counted from 1, and the plain name of the field. Raises ValueError."""
    match = _NUMBERED.fullmatch(name)
    if not match:
        raise ValueError(f"{name!r} is no field")
    return int(match[1] or 1), match[2]


def asked(events: Iterable[Mapping[str, str]]) -> list[tuple[FormField, ...]]:
    """The fields that each event of a life asks for: nothing of the whole life is asked twice.

    The last paid month is true of the whole life as long as payment did not begin again; after that each stop asks for its own.
    """
    found: list[tuple[FormField, ...]] = []
    known: dict[str, str] = {}
    for own in events:
        told = {**own, **known}
        may_be_asked = _OF_A_SITUATION.get(told.get("situation", ""), FIELDS)
        fields = tuple(field for field in may_be_asked if field.name not in known and shown(field, told))
        names = {field.name for field in fields}
        found.append(fields)
        known |= {field.name: told.get(field.name, "") for field in fields if field.name in OF_THE_LIFE}
        if told.get("to") and "to" in names:
            known["place"] = told["to"]
        for name, (values, ends) in PAYS_AGAIN.items():
            text = told.get(name, "")
            if name in names and (text in values if values else text.strip()):
                known |= {"pays_again": "yes", **{other: known.get(other, "") for other in ends}}
                break
        else:
            if told.get("situation") in STOPS:
                known |= {"pays_again": "no", **{other: known.get(other, "") for other in BEFORE_THE_FIRST_GAP}}
    return found


class Life:
    """What was typed for each event of a life (``told``), read as far as it can be."""

    def __init__(self, typed: Mapping[str, Any], book: Lawbook | None = None) -> None:
        events = by_event(typed)
        self.book = book
        self.told = [
            Told(number, own, fields)
            for number, (own, fields) in enumerate(zip(events, asked(events), strict=True), start=1)
        ]

    def facts(self) -> Facts:
        """The facts of the whole life. Raises FactErrors whose fields are names of the form."""
        owners, events = [], []
        for told in self.told:
            of_one = told.events()
            if told.situation == "new_place" and _left(events):
                of_one = of_one[1:]  # the job that ended is told already
            told.place_in_facts = len(events)
            owners += [told] * len(of_one)
            events += of_one
        if errors := [error for told in self.told for error in told.errors]:
            raise FactErrors(errors)
        get = self._of_the_life
        arrears = self.told[0].situation == "employer_arrears"
        data = {
            "on": get("on"),
            "person": {"born": get("born"), "nationality": self._nationality(), "group": get("group")},
            "cover": {
                "place": get("place"),
                "payer": "employer" if arrears else get("payer") or get("left_payer"),
                "tier": get("tier"),
                "paid_until": get("paid_until"),
                "unpaid_earlier_this_year": get("unpaid_earlier_this_year"),
                "paid_months_before": get("paid_months_before"),
            },
            "account": {name: get(name) for name in ("balance", "legacy", "precredited", "history")},
            "bill": {"bill_on": get("bill_on")},
            "years": {name: get(field) for name, field in RECORD_FIELDS.items()},
            "events": events,
        }
        try:
            return parse(data, self.book)
        except FactErrors as faults:
            raise FactErrors(
                FactError(self._form_field(fault.field, owners), fault.code, fault.params) for fault in faults.errors
            ) from faults

    def _of_the_life(self, name: str) -> Any:
        return next((told.values[name] for told in self.told if told.values.get(name) is not None), None)

    def _nationality(self) -> str | None:
        for told in self.told:
            if told.situation in _SAYS_CHINESE:
                return "chinese"
            if nationality := told.values.get("nationality"):
                return nationality
        return None

    def _form_field(self, path: str, owners: list["Told"]) -> str:
        """Where on the form a fault in the facts belongs: to the event that told them, or that asks for them."""
        if match := re.match(r"events\[(\d+)\]", path):
            told = owners[int(match[1])]
            return numbered(told.number, told.form_field(path))
        name = self.told[0].form_field(path)
        number = next((told.number for told in self.told if name in told.values), 1)
        return numbered(number, name)


def _left(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a job ended, and no event after it told of another one or of payment."""
    left = False
    for event in events:
        left = has_left(Event(event["kind"], defaultdict(lambda: None, event)), left)
    return left


class Told:
    """What was typed for one event: its number from 1, the fields it asks for, and what they hold (None for nothing, or for
    what can't be read). ``place_in_facts`` is the place of its first event among those of the facts, from 0."""

    def __init__(self, number: int, typed: Mapping[str, str], fields: tuple[FormField, ...]) -> None:
        self.number, self.typed, self.fields = number, typed, fields
        self.errors: list[FactError] = []
        self.place_in_facts = 0
        self.values = {field.name: self._value(field) for field in fields}
        self.situation: str | None = self.values.get("situation")

    def events(self) -> list[dict[str, Any]]:
        return self._events(self.situation, self.values) if self.situation else []

    def _events(self, situation: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        get = values.get
        paid_again_until = get("paid_again_until")
        if situation == "leave_job":
            benefit = {name: get(name) for name in ("contribution_months", "benefit_from", "benefit_until")}
            events = [{"kind": "leave_job", "paid_again_until": paid_again_until, "reason": get("reason"), **benefit}]
            if get("resume_month"):
                events.append(self._resume(get("resume_month"), values))
            return events
        if situation == "new_place":
            month = get("new_month")
            move = {"kind": "move", "on": f"{month}-01", "to": get("to"), "same_province": get("same_province")}
            return [{"kind": "leave_job", "paid_again_until": paid_again_until}, move, self._resume(month, values)]
        if situation == "employer_arrears":
            owed = {name: get(name) for name in ("paid_again_until", "paid_back", "due", "due_since")}
            return [{"kind": situation, **owed}]
        if situation in EVENT_FIELDS:
            told = {fact: get(name) for fact, name in EVENT_FIELDS[situation].items()}
            return [{"kind": situation, **told}]
        # A situation with one event passes on the facts of that event; the form's own "on" is the day of asking.
        told = {fact.name: get("event_on" if fact.name == "on" else fact.name) for fact in EVENTS[situation]}
        return [{"kind": situation, **told}]

    @staticmethod
    def _resume(month: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "kind": "resume",
            "month": month,
            "payer": values.get("resume_payer"),
            "back_paid": values.get("back_paid"),
        }

    def form_field(self, path: str) -> str:
        """The name on the form of a field of the facts."""
        plain = re.sub(r"\[\d+\]", "", path)
        own = EVENT_FIELDS.get(self.situation or "", {})
        if plain.startswith("events.") and plain.removeprefix("events.") in own:
            return own[plain.removeprefix("events.")]
        if plain == "events.month" or (plain == "events.on" and self.situation == "new_place"):
            return "new_month" if self.situation == "new_place" else "resume_month"
        return _FORM_FIELD.get(plain, plain.rpartition(".")[2])

    def _value(self, field: FormField) -> Any:
        text = self.typed.get(field.name, "")
        text = text and unicodedata.normalize("NFKC", text).strip()
        if not text:
            if field.required:
                self._fault(field.name, "missing", None)
            return None
        if field.kind in _READ:
            value = _READ[field.kind](text)
            if value is None:
                accepted = {"accepted": _MOST[field.name]} if field.kind in ("count", "years") else {}
                self._fault(field.name, _NOT_READ.get(field.kind, f"not_a_{field.kind}"), text, **accepted)
            return value
        if field.choices and text not in field.choices:
            self._fault(field.name, "not_a_choice", text, accepted=list(field.choices))
            return None
        return text

    def _fault(self, field: str, code: str, given: str | None, **more: Any) -> None:
        shown_as = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in (given or "")[:60])
        self.errors.append(FactError(numbered(self.number, field), code, {"given": shown_as, **more}))


def _month(text: str) -> str | None:
    """``2026-03`` from ``2026-3``, ``2026/03``, ``2026.3``, ``2026年3月`` or ``202603``; None when it is no month."""
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", text) or re.fullmatch(r"(\d{4})(\d{2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return f"{match[1]}-{int(match[2]):02d}"


def _day(text: str) -> str | None:
    """``2026-10-15`` from ``2026-10-15``, ``2026/10/15``, ``2026年10月15日`` or ``20261015``.

    Whether the calendar has the day is decided by :func:`calculator.facts.parse`.
    """
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    match = match or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None


def _fen(text: str) -> int | None:
    """Integer fen from an amount in yuan with at most two decimals; separators, 元 and ¥ are ignored."""
    plain = re.sub(r"[\s,元¥￥]", "", text)
    match = re.fullmatch(r"(\d{1,10})(?:\.(\d{1,2}))?", plain)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None


def _count(text: str) -> int | None:
    """A whole number of months from ``3``, ``3个月``, ``3 个月`` or ``3 months``; None when it is none."""
    match = re.fullmatch(r"(\d{1,4})\s*(?:个?月|months?)?", text)
    return int(match[1]) if match else None


_LENGTH = re.compile(
    r"(?:(?P<years>\d{1,3})\s*(?:年|years?|yrs?|y)\s*(?:零|又|,|and)?\s*)?"
    r"(?:(?P<months>\d{1,4})\s*(?:个?月|months?|mos?|m)?)?",
    re.IGNORECASE,
)


def _span(text: str) -> int | None:
    """A length in months from ``12年3个月``, ``12 years 3 months``, ``12y 3m``, ``12年`` or ``147`` (a bare number is
    months); None when it is none, or longer than a life."""
    match = _LENGTH.fullmatch(text)
    if not match or match["years"] is match["months"] is None:
        return None
    years, months = int(match["years"] or 0), int(match["months"] or 0)
    if years and months > 11:  # 12年15个月: one of the two is a slip
        return None
    length = years * 12 + months
    return length if length <= MAX_MONTHS else None


def _years(text: str) -> int | None:
    """A whole number of years from ``3``, ``3年`` or ``3 years``; None when it is none."""
    match = re.fullmatch(r"(\d{1,3})\s*(?:年|years?)?", text)
    return int(match[1]) if match else None


def _year(text: str) -> int | None:
    """A year from ``2026`` or ``2026年``, ``2026年度``; None when it is none."""
    match = re.fullmatch(r"(\d{4})\s*(?:年度?)?", text)
    return int(match[1]) if match else None


#: How typed text becomes a value, by the kind of the field, and the fault when it does not, where it has its own name.
_READ = {"month": _month, "day": _day, "year": _year, "yuan": _fen, "count": _count, "years": _years, "span": _span}
_NOT_READ = {"yuan": "not_yuan", "years": "not_years"}
