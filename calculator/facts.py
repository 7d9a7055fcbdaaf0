"""What a person tells us: read, checked and named in one place.

Facts come as JSON (see ``site/schema/facts.schema.json``, made from the tables here). A fact that is not known is
left out or ``null``; it never gets a default. :func:`parse` reports every fault at once, each with the name of
the field, the value that was given and what is accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from calculator import months
from calculator.lawbook import Lawbook, OutsideKnownDays, lawbook

SCHEMA = "facts/1"
ELSEWHERE = "elsewhere"
MAX_FEN = 10**12
#: No life has more months.
MAX_MONTHS = 1500
MAX_EVENTS = 20
EARLIEST_BIRTH = date(1900, 1, 1)
YEARS_ACCEPTED = range(1900, 2101)


@dataclass(frozen=True)
class Field:
    """One thing that can be told: its kind, what is accepted, and whether an answer cannot do without it."""

    name: str
    kind: str  # day, month, year, choice, place, fen, count (a whole number of months)
    choices: tuple[str, ...] = ()
    required: bool = False
    most: int = MAX_MONTHS  # the largest count accepted


PERSON = (
    Field("born", "day"),
    Field("nationality", "choice", ("chinese", "foreign", "hk_mo_tw")),
    # Whose retirement age: a woman's was 50 or 55, by her post; "woman" when she does not know which.
    Field("group", "choice", ("man", "woman", "woman_55", "woman_50")),
)
COVER = (
    Field("place", "place", required=True),
    Field("payer", "choice", ("employer", "flexible")),
    Field("tier", "choice", ("tier_1", "tier_2")),
    Field("paid_until", "month"),
    # Asked for by places that add the months of several gaps up, or that are kinder to a long record.
    Field("unpaid_earlier_this_year", "count", most=11),
    Field("paid_months_before", "count"),
)
ACCOUNT = (
    Field("balance", "fen"),
    Field("legacy", "fen"),
    Field("precredited", "fen"),
    Field("history", "fen"),
)
YES_NO = ("yes", "no")
#: Months on the record of the place, deemed ones included: in all, really paid, really paid there, without a break up to
#: now, in tier 1. None of them counts the months told by kind below.
RECORDED = ("total", "actual", "local_actual", "continuous", "tier_1")
#: Months that are not in the record, by the kinds that the law tells apart; "overlapping" are told twice among them.
UNRECORDED = (
    "paid_here", "paid_elsewhere", "military_service", "before_the_scheme", "resident_scheme", "unemployment_benefit",
    "accompanying_spouse", "overlapping",
)  # fmt: skip
YEARS = (
    *(Field(name, "count") for name in (*RECORDED, *UNRECORDED)),
    Field("joined_year", "year"),
    Field("started_work", "choice", ("before_the_scheme", "since_the_scheme")),
)
EVENTS: Mapping[str, tuple[Field, ...]] = {
    "leave_job": (Field("reason", "choice", ("resigned", "dismissed")),),
    "employer_arrears": (Field("paid_back", "month"),),
    "move": (
        Field("on", "day", required=True),
        Field("to", "place", required=True),
        Field("same_province", "choice", YES_NO),
    ),
    "resume": (
        Field("month", "month", required=True),
        Field("payer", "choice", ("employer", "flexible")),
        Field("back_paid", "choice", YES_NO),
    ),
    "settle_abroad": (Field("on", "day", required=True), Field("hukou_cancelled", "choice", YES_NO)),
    "study_abroad": (Field("on", "day", required=True),),
    "foreigner_leaves": (Field("on", "day", required=True), Field("ends_relation", "choice", YES_NO)),
    "enlist": (Field("on", "day", required=True), Field("enlisted_as", "choice", ("conscript", "officer_or_nco"))),
    # The month in which somebody retired or wants to; without it the month of the statutory age, from birth and group.
    "retire": (Field("retires", "month"),),
    "retire_elsewhere": (
        Field("on", "day", required=True),
        Field("same_province", "choice", YES_NO),
        Field("registered", "choice", YES_NO),
        Field("years_reached", "choice", YES_NO),
    ),
    "die": (Field("on", "day", required=True),),
}


@dataclass(frozen=True)
class Lever:
    """A field of an event that is in somebody's hands: its value can still be chosen as long as the event lies ahead.

    ``still`` names the values that can be chosen after the event too: an insurance can be ended later, a payment
    not made in time can't be made in time any more. ``allowed_by`` names an outcome that says whether "yes" may be chosen.
    """

    field: str
    still: tuple[str, ...] = ()
    allowed_by: str = ""


#: What can be chosen, by event. A month among them is the month in which the event happens.
LEVERS: Mapping[str, tuple[Lever, ...]] = {
    "employer_arrears": (Lever("paid_back"),),
    "resume": (Lever("month"), Lever("payer"), Lever("back_paid", still=("yes",), allowed_by="back_pay")),
    "settle_abroad": (Lever("hukou_cancelled", still=("yes",)),),
    "foreigner_leaves": (Lever("ends_relation", still=("yes",)),),
    "retire_elsewhere": (Lever("registered", still=("yes",)),),
}
#: What can still be chosen after a last event that leaves the person without payment.
MAY_FOLLOW: Mapping[str, str] = {"leave_job": "resume", "move": "resume"}
GROUPS: Mapping[str, tuple[Field, ...]] = {"person": PERSON, "cover": COVER, "account": ACCOUNT, "years": YEARS}
#: Events that cannot be judged without knowing the last paid month.
NEEDS_PAID_UNTIL = ("leave_job", "employer_arrears", "resume")


@dataclass(frozen=True)
class FactError:
    """One fault: where, what kind, and the values its message needs (``given`` is what was typed)."""

    field: str
    code: str
    params: Mapping[str, Any]


class FactErrors(ValueError):
    """The facts can't be judged. ``errors`` lists every fault found."""

    def __init__(self, errors: Iterable[FactError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{e.field}: {e.code} ({e.params.get('given')!r})" for e in self.errors))


@dataclass(frozen=True)
class Event:
    """One thing that happens. Months are month numbers, days are dates; None is not known."""

    kind: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Facts:
    """A life as told, on the day of asking. Money in fen, months as month numbers, None for not known."""

    on: date
    born: date | None
    nationality: str | None
    place: str
    payer: str | None
    tier: str | None
    paid_until: int | None
    balance: int | None
    legacy: int | None
    precredited: int | None
    history: int | None
    events: tuple[Event, ...]
    #: Months unpaid in the insurance year in which the first gap begins, before ``paid_until``.
    unpaid_earlier_this_year: int | None = None
    #: Months insured without a break, ``paid_until`` included, in either scheme.
    paid_months_before: int | None = None
    #: Whose retirement age.
    group: str | None = None
    #: The contribution record in months, by the names of ``YEARS``; empty or None for what was not told.
    years: Mapping[str, Any] = dataclass_field(default_factory=dict)


def parse(data: Any, book: Lawbook | None = None) -> Facts:
    """Read facts from decoded JSON.

    Raises FactErrors naming every field at fault: unknown fields, wrong types, values outside what is accepted,
    days that contradict each other, and days on which the law of the place is not known to us.
    """
    return _Reader(book or lawbook()).read(data)


def faults_of(facts: Facts, book: Lawbook) -> tuple[FactError, ...]:
    """What contradicts itself in facts that were not read but changed, and the days whose law is not known to us."""
    reader = _Reader(book)
    reader.check(facts)
    return tuple(reader.errors)


class _Reader:
    """Collects faults while reading, so that the reader of the page sees all of them at once."""

    def __init__(self, book: Lawbook) -> None:
        self.book = book
        self.errors: list[FactError] = []

    def fault(self, field: str, code: str, **params: Any) -> None:
        self.errors.append(FactError(field, code, params))

    def read(self, data: Any) -> Facts:
        if not isinstance(data, Mapping):
            self.fault("facts", "not_an_object", given=_short(data))
            raise FactErrors(self.errors)
        self._refuse_unknown("", data, ("schema", "on", *GROUPS, "events"))
        if data.get("schema", SCHEMA) != SCHEMA:
            self.fault("schema", "not_a_choice", given=_short(data["schema"]), accepted=[SCHEMA])
        on = self._field("", Field("on", "day", required=True), data)
        told: dict[str, Any] = {}
        for group, fields in GROUPS.items():
            values = data.get(group)
            if values is None:
                values = {}
            if not isinstance(values, Mapping):
                self.fault(group, "not_an_object", given=_short(values))
                values = {}
            self._refuse_unknown(f"{group}.", values, [field.name for field in fields])
            read = {field.name: self._field(f"{group}.", field, values) for field in fields}
            told.update({"years": read} if group == "years" else read)
        events = self._events(data.get("events"))
        if self.errors:
            raise FactErrors(self.errors)
        facts = Facts(on=on, events=events, **told)
        self.check(facts)
        if self.errors:
            raise FactErrors(self.errors)
        return facts

    def check(self, facts: Facts) -> None:
        """Days that contradict each other; where none do, days whose law is not known."""
        self._check_sense(facts)
        if not self.errors:
            self._check_known_days(facts)

    def _events(self, data: Any) -> tuple[Event, ...]:
        if not isinstance(data, list) or not data:
            self.fault("events", "no_events", given=_short(data), accepted=list(EVENTS))
            return ()
        if len(data) > MAX_EVENTS:
            self.fault("events", "too_many", given=len(data), accepted=MAX_EVENTS)
            return ()
        events = []
        for number, raw in enumerate(data):
            where = f"events[{number}]"
            if not isinstance(raw, Mapping):
                self.fault(where, "not_an_object", given=_short(raw))
                continue
            kind = raw.get("kind")
            if not isinstance(kind, str) or kind not in EVENTS:
                self.fault(f"{where}.kind", "not_a_choice", given=_short(kind), accepted=list(EVENTS))
                continue
            fields = EVENTS[kind]
            self._refuse_unknown(f"{where}.", raw, ["kind", *(field.name for field in fields)])
            events.append(Event(kind, {field.name: self._field(f"{where}.", field, raw) for field in fields}))
        return tuple(events)

    def _refuse_unknown(self, prefix: str, values: Mapping[str, Any], accepted: Iterable[str]) -> None:
        for name in values:
            if name not in accepted:
                self.fault(f"{prefix}{_short(name)}", "unknown_field", given=_short(name), accepted=list(accepted))

    def _field(self, prefix: str, field: Field, values: Mapping[str, Any]) -> Any:
        """The value of one field, or None when it is not known or at fault."""
        value, where = values.get(field.name), prefix + field.name
        if value is None:
            if field.required:
                self.fault(where, "missing", given=None)
            return None
        if field.kind == "fen":
            if type(value) is int and 0 <= value <= MAX_FEN:
                return value
            self.fault(where, "not_fen", given=_short(value), accepted=MAX_FEN)
            return None
        if field.kind == "count":
            if type(value) is int and 0 <= value <= field.most:
                return value
            self.fault(where, "not_a_count", given=_short(value), accepted=field.most)
            return None
        if field.kind == "year":
            if type(value) is int and value in YEARS_ACCEPTED:
                return value
            self.fault(where, "not_a_year", given=_short(value))
            return None
        if not isinstance(value, str):
            self.fault(where, f"not_a_{field.kind}", given=_short(value), accepted=self._accepted(field))
            return None
        if field.kind == "day":
            try:
                day = date.fromisoformat(value) if len(value) == 10 else None
            except ValueError:
                day = None
            if day is None:
                self.fault(where, "not_a_day", given=_short(value))
            return day
        if field.kind == "month":
            try:
                return months.parse_month(value)
            except ValueError:
                self.fault(where, "not_a_month", given=_short(value))
                return None
        if value not in self._accepted(field):
            self.fault(where, f"not_a_{field.kind}", given=_short(value), accepted=self._accepted(field))
            return None
        return value

    def _accepted(self, field: Field) -> list[str]:
        return [*pooling_areas(self.book), ELSEWHERE] if field.kind == "place" else list(field.choices)

    def _check_sense(self, facts: Facts) -> None:
        """Days that contradict each other, and events that do not fit the person."""
        if facts.born is not None:
            if facts.born > facts.on:
                self.fault("person.born", "after_today", given=facts.born, limit=facts.on)
            elif facts.born < EARLIEST_BIRTH:
                self.fault("person.born", "too_early", given=facts.born, limit=EARLIEST_BIRTH)
            elif facts.paid_until is not None and facts.paid_until < months.month_of(facts.born):
                self.fault("cover.paid_until", "before_birth", given_month=facts.paid_until, limit=facts.born)
        for part in ("legacy", "precredited", "history"):
            value = getattr(facts, part)
            if value is not None and facts.balance is not None and value > facts.balance:
                self.fault(f"account.{part}", "more_than_balance", given_fen=value, limit_fen=facts.balance)
        self._check_years(facts)
        if facts.paid_until is None and any(event.kind in NEEDS_PAID_UNTIL for event in facts.events):
            self.fault("cover.paid_until", "missing", given=None)
        last_paid, latest = facts.paid_until, None
        ended, place = False, facts.place
        for number, event in enumerate(facts.events):
            where = f"events[{number}]"
            if ended:
                self.fault(f"{where}.kind", "after_death", given=event.kind)
            day = event.values.get("on")
            if day is not None:
                if latest is not None and day < latest:
                    self.fault(f"{where}.on", "out_of_order", given=day, limit=latest)
                latest = day
                if facts.born is not None and day < facts.born:
                    self.fault(f"{where}.on", "before_birth", given=day, limit=facts.born)
            retires = event.values.get("retires")
            if retires is not None and facts.born is not None and retires <= months.month_of(facts.born):
                self.fault(f"{where}.retires", "before_birth", given=months.first_day(retires), limit=facts.born)
            for name in ("month", "paid_back"):
                month = event.values.get(name)
                if month is None or last_paid is None:
                    continue
                if month <= last_paid:
                    self.fault(f"{where}.{name}", "resumes_before_stopping", given_month=month, limit_month=last_paid)
                else:
                    last_paid = month
                    latest = max(latest, months.first_day(month)) if latest else months.first_day(month)
            if event.kind == "move":
                if event["to"] == place != ELSEWHERE:
                    self.fault(f"{where}.to", "moves_nowhere", given_place=place)
                place = event["to"]
            if event.kind == "employer_arrears" and facts.payer == "flexible":
                self.fault("cover.payer", "event_needs_employer", given=facts.payer, accepted=["employer"])
            if event.kind == "foreigner_leaves" and facts.nationality == "chinese":
                self.fault(
                    "person.nationality",
                    "event_needs_foreigner",
                    given=facts.nationality,
                    accepted=["foreign", "hk_mo_tw"],
                )
            if event.kind in ("settle_abroad", "enlist") and facts.nationality not in (None, "chinese"):
                self.fault("person.nationality", "event_needs_chinese", given=facts.nationality, accepted=["chinese"])
            ended = ended or event.kind == "die"

    def _check_years(self, facts: Facts) -> None:
        """No part is larger than its whole, and nobody has paid longer than they have lived."""
        told = {name: value for name, value in facts.years.items() if value is not None}
        for part, wholes in (
            ("actual", ("total",)),
            ("local_actual", ("actual", "total")),
            ("continuous", ("total",)),
            ("tier_1", ("total",)),
        ):
            whole = next((name for name in wholes if name in told), None)
            if part in told and whole is not None and told[part] > told[whole]:
                self.fault(f"years.{part}", f"more_than_{whole}", given=told[part], limit=told[whole])
        if facts.born is not None and facts.born <= facts.on:
            lived = months.month_of(facts.on) - months.month_of(facts.born)
            for name in (*RECORDED, *UNRECORDED):
                if told.get(name, 0) > lived:
                    self.fault(f"years.{name}", "more_than_a_life", given=told[name], limit=lived)
        joined = told.get("joined_year")
        if joined is not None and joined > facts.on.year:
            self.fault("years.joined_year", "year_after_today", given=joined, limit=facts.on.year)
        elif joined is not None and facts.born is not None and joined < facts.born.year:
            self.fault("years.joined_year", "before_birth", given=date(joined, 1, 1), limit=facts.born)

    def _check_known_days(self, facts: Facts) -> None:
        for field, place, day in law_days(facts):
            try:
                self.book.require_known(place if place != ELSEWHERE else "china", day)
            except OutsideKnownDays as refusal:
                self.fault(
                    field,
                    "outside_known_days",
                    given=day,
                    place=refusal.place.id,
                    known_from=refusal.place.known_from,
                    known_until=refusal.place.known_until,
                )


def pooling_areas(book: Lawbook) -> list[str]:
    """The ids of the places a person can be insured in, in the order readers expect (by Chinese name's usual order)."""
    return [place.id for place in book.places.values() if place.level == "city"]


def law_days(facts: Facts) -> list[tuple[str, str, date]]:
    """Every (field, place, day) whose law the facts ask for: the day is never today's unless today was told."""
    days = [("on", facts.place, facts.on)]
    place, last_paid = facts.place, facts.paid_until
    for number, event in enumerate(facts.events):
        where = f"events[{number}]"
        if event.kind in ("leave_job", "employer_arrears") and last_paid is not None:
            days.append(("cover.paid_until", place, months.first_day(last_paid + 1)))
        if event.values.get("on") is not None:
            days.append((f"{where}.on", place, event["on"]))
        if event.values.get("retires") is not None:
            days.append((f"{where}.retires", place, retirement_day(facts.on, event["retires"])))
        if event.kind == "move":
            place = event["to"]
            days.append((f"{where}.on", place, event["on"]))
        for name in ("month", "paid_back"):
            month = event.values.get(name)
            if month is not None:
                days.append((f"{where}.{name}", place, months.first_day(month)))
                last_paid = month
    return days


def retirement_day(on: date, retires: int | None) -> date:
    """The day whose law a retirement is judged by: the end of its month when that is past; before that, the day of
    asking, whose law already says what will hold in a later year."""
    return on if retires is None else min(on, months.last_day(retires))


def json_schema(book: Lawbook | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the facts, made from the tables above. It says what shape is accepted;
    contradictions between fields are found by :func:`parse`."""
    places = [*pooling_areas(book or lawbook()), ELSEWHERE]

    def of(field: Field) -> dict[str, Any]:
        base: dict[str, Any] = {
            "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "month": {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"},
            "choice": {"enum": list(field.choices)},
            "place": {"enum": places},
            "fen": {"type": "integer", "minimum": 0, "maximum": MAX_FEN},
            "count": {"type": "integer", "minimum": 0, "maximum": field.most},
            "year": {"type": "integer", "minimum": YEARS_ACCEPTED.start, "maximum": YEARS_ACCEPTED.stop - 1},
        }[field.kind]
        return base if field.required else {"anyOf": [base, {"type": "null"}]}

    def group(fields: Iterable[Field], **fixed: Any) -> dict[str, Any]:
        fields = list(fields)
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {**fixed, **{field.name: of(field) for field in fields}},
            "required": [*fixed, *(field.name for field in fields if field.required)],
        }

    def optional(schema: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [schema, {"type": "null"}]}

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts for the Yibao calculator",
        "description": "A life as told on one day. Money in fen, months as YYYY-MM, days as YYYY-MM-DD; null or left out means not known.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "on": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "person": optional(group(PERSON)),
            "cover": group(COVER),
            "account": optional(group(ACCOUNT)),
            "years": optional(group(YEARS)),
            "events": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_EVENTS,
                "items": {"oneOf": [group(fields, kind={"const": kind}) for kind, fields in EVENTS.items()]},
            },
        },
        "required": ["on", "cover", "events"],
    }


def _short(value: Any) -> str | None:
    """What was given, safe to show: at most 60 characters, without control or direction-changing characters."""
    if value is None:
        return None
    text = (
        value
        if isinstance(value, str)
        else type(value).__name__
        if isinstance(value, (dict, list))
        else str(value)[:61]
    )
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:61])
    return text if len(text) <= 60 else text[:59] + "…"
