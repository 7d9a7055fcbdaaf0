"""What a person tells us: read, checked and named in one place.

Facts come as JSON (see ``site/schema/facts.schema.json``, made from the tables here). A fact that is not known is
left out or ``null``; it never gets a default. :func:`parse` reports every fault at once, each with the name of
the field, the value that was given and what is accepted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calculator import months
from calculator.immutable import immutable
from calculator.lawbook import Lawbook, OutsideKnownDays, lawbook

SCHEMA = "facts/1"
ELSEWHERE = "elsewhere"
MAX_FEN = 10**12
#: No life has more months.
MAX_MONTHS = 1500
MAX_YEARS = MAX_MONTHS // 12
MAX_EVENTS = 20
EARLIEST_BIRTH = date(1900, 1, 1)
#: The last year a day or a month may lie in: an answer looks some years ahead, and the calendar ends with the year 9999.
LAST_YEAR = 9000
#: The largest file of facts that is read, in bytes: far more than the largest life has.
MAX_BYTES = 1_000_000
#: So many faults are named; more help nobody.
MAX_FAULTS = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@immutable
class Field:
    """One thing that can be told: its kind, what is accepted, and whether an answer cannot do without it."""

    name: str
    kind: str  # day, month, year, choice, place, fen, count (a whole number of months), years (a whole number of them)
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
#: A medical bill somebody asks about: the day of treatment, and whether it was outside the Chinese mainland.
BILL = (Field("bill_on", "day"), Field("bill_abroad", "choice", YES_NO))
TO_RESIDENT, TO_EMPLOYEE = DIRECTIONS = ("employee_to_resident", "resident_to_employee")
#: Who joins the employee scheme for the first time, and who joins the resident scheme, as far as rules tell them apart.
FIRST_TIME_WHO = (
    "other", "ex_employee", "ex_resident", "unemployment_benefit", "veteran", "graduate", "released_prisoner", "assisted",
)  # fmt: skip
RESIDENT_WHO = (
    "other", "ex_employee", "unemployment_benefit", "veteran", "graduate", "released_prisoner", "assisted", "returnee",
)  # fmt: skip
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
#: The last month paid before an event that needs it, where an earlier event told that payment began again: nothing else
#: tells how long it went on. The first time the cover tells it.
_PAID_AGAIN_UNTIL = Field("paid_again_until", "month")
EVENTS: Mapping[str, tuple[Field, ...]] = {
    "leave_job": (
        _PAID_AGAIN_UNTIL,
        Field("reason", "choice", ("resigned", "dismissed")),
        # Unemployment insurance: the months paid, and the first and last month of the benefit.
        Field("contribution_months", "count"),
        Field("benefit_from", "month"),
        Field("benefit_until", "month"),
    ),
    # The sum in arrears, and the day from which it has been owed.
    "employer_arrears": (
        _PAID_AGAIN_UNTIL,
        Field("paid_back", "month"),
        Field("due", "fen"),
        Field("due_since", "day"),
    ),
    "first_time": (
        Field("month", "month", required=True),
        Field("payer", "choice", ("employer", "flexible")),
        Field("who", "choice", FIRST_TIME_WHO),
        Field("months_to_joining", "count"),
    ),
    "switch_scheme": (
        _PAID_AGAIN_UNTIL,
        Field("direction", "choice", DIRECTIONS, required=True),
        Field("month", "month", required=True),
        Field("payer", "choice", ("employer", "flexible")),
        # Months insured without a break before, in either scheme.
        Field("insured_before", "count"),
        Field("back_paid", "choice", YES_NO),
        # The last month that the premium of the resident scheme pays for, usually a December.
        Field("covered_until", "month"),
    ),
    "resident_rejoin": (
        Field("on", "day", required=True),
        Field("insurance_year", "year", required=True),
        Field("broken_years", "years", required=True, most=MAX_YEARS),
        Field("repaired_years", "years", most=MAX_YEARS),
        Field("enrolled", "choice", ("central_period", "extended_period", "late")),
        Field("who", "choice", RESIDENT_WHO),
        # The day of what makes a special group: the job's cover ended, discharge, graduation, return.
        Field("since", "day"),
        Field("age_group", "choice", ("child_or_student", "working_age", "old_age")),
    ),
    "newborn": (Field("born", "day", required=True), Field("on", "day", required=True)),
    "move": (
        Field("on", "day", required=True),
        Field("to", "place", required=True),
        Field("same_province", "choice", YES_NO),
    ),
    "resume": (
        _PAID_AGAIN_UNTIL,
        Field("month", "month", required=True),
        Field("payer", "choice", ("employer", "flexible")),
        Field("back_paid", "choice", YES_NO),
    ),
    "settle_abroad": (
        Field("on", "day", required=True),
        Field("destination", "choice", ("foreign_country", "hk_mo_tw")),
        Field("hukou_cancelled", "choice", YES_NO),
    ),
    # Settled abroad, and took another nationality: the two together end the Chinese one.
    "lose_nationality": (
        Field("on", "day", required=True),
        Field("hukou_cancelled", "choice", YES_NO),
        Field("ends_relation", "choice", YES_NO),
    ),
    "study_abroad": (Field("on", "day", required=True),),
    "foreigner_leaves": (Field("on", "day", required=True), Field("ends_relation", "choice", YES_NO)),
    "come_back": (
        Field("on", "day", required=True),
        Field("back_as", "choice", ("chinese", "chinese_again", "foreign", "hk_mo_tw")),
        Field("hukou", "choice", ("kept", "cancelled", "restored")),
        Field("relation_ended", "choice", YES_NO),
    ),
    "enlist": (Field("on", "day", required=True), Field("enlisted_as", "choice", ("conscript", "officer_or_nco"))),
    # The month in which somebody retired or wants to; without it the month of the statutory age, from birth and group.
    "retire": (Field("retires", "month"),),
    "discharge": (
        Field("on", "day", required=True),
        Field(
            "placed",
            "choice",
            ("in_a_post", "waiting_for_a_post", "self_employed", "monthly_payment", "retired_from_army"),
        ),
        Field("joins_employee_scheme", "choice", YES_NO),
        Field("same_place", "choice", YES_NO),
        # The day on which the agency got the army's transfer certificate.
        Field("certificate_on", "day"),
        # The day of reporting to the veterans office for placement.
        Field("reported_on", "day"),
    ),
    "retire_elsewhere": (
        Field("on", "day", required=True),
        Field("same_province", "choice", YES_NO),
        Field("registered", "choice", YES_NO),
        Field("years_reached", "choice", YES_NO),
    ),
    "die": (
        Field("on", "day", required=True),
        Field("heir", "choice", ("will", "law", "none")),
        Field("area", "choice", ("city", "countryside")),
        Field("reported", "day"),
        # A premium that was paid for the resident scheme, by the insurance year it was paid for.
        Field("resident_premium", "choice", ("coming_year", "this_year", "none")),
    ),
    "missing": (
        Field("state", "choice", ("not_declared", "declared_missing", "declared_dead", "reappeared"), required=True),
        Field("went_missing", "choice", ("without_accident", "in_accident", "survival_impossible", "in_war")),
        Field("last_news", "day"),
        Field("accident_on", "day"),
        # The end of the war, or the day that an authority named.
        Field("war_ended", "day"),
        # The day of the judgment that declares the person dead.
        Field("judgment", "day"),
    ),
    "insured_twice": (
        Field("on", "day", required=True),
        Field("records", "choice", ("two_employee", "two_resident", "student", "employee_and_resident")),
        Field("employee_months", "count"),
        Field("benefit_year_begun", "choice", YES_NO),
    ),
}


@immutable
class Lever:
    """A field of an event that is in somebody's hands: its value can still be chosen as long as the event lies ahead.

    ``still`` names the values that can be chosen after the event too: an insurance can be ended later, a payment
    not made in time can't be made in time any more. ``allowed_by`` names an outcome that says whether "yes" may be chosen.
    ``along`` names a count of months that grows with the month chosen; ``forgets`` a fact that is told of the day told
    alone, or with one of the values in ``lasts`` of that day and later ones.
    """

    field: str
    still: tuple[str, ...] = ()
    allowed_by: str = ""
    along: str = ""
    forgets: str = ""
    lasts: tuple[str, ...] = ()
    #: A fact of the event and its value with which nobody has this choice.
    never_with: tuple[str, str] | None = None


#: What can be chosen, by event. A month or a day among them is the one in which the event, or a part of it, happens.
LEVERS: Mapping[str, tuple[Lever, ...]] = {
    "employer_arrears": (Lever("paid_back"),),
    "first_time": (Lever("month", along="months_to_joining"), Lever("payer")),
    "resume": (Lever("month"), Lever("payer"), Lever("back_paid", still=("yes",), allowed_by="back_pay")),
    "switch_scheme": (
        Lever("month"),
        Lever("payer", never_with=("direction", TO_RESIDENT)),
        Lever("back_paid", still=("yes",), allowed_by="back_pay"),
    ),
    "resident_rejoin": (Lever("on", forgets="enrolled", lasts=("late",)),),
    "newborn": (Lever("on"),),
    "settle_abroad": (Lever("hukou_cancelled", still=("yes",)),),
    "lose_nationality": (Lever("hukou_cancelled", still=("yes",)), Lever("ends_relation", still=("yes",))),
    "foreigner_leaves": (Lever("ends_relation", still=("yes",)),),
    "discharge": (Lever("reported_on"),),
    "retire_elsewhere": (Lever("registered", still=("yes",)),),
    "die": (Lever("reported"),),
}
#: What can be left undone while it lies ahead, and what then happens: whoever settles abroad and takes no other
#: nationality stays Chinese.
INSTEAD: Mapping[str, str] = {"lose_nationality": "settle_abroad"}
#: What can still be chosen after a last event that leaves the person without payment.
MAY_FOLLOW: Mapping[str, str] = {"leave_job": "resume", "move": "resume"}
GROUPS: Mapping[str, tuple[Field, ...]] = {
    "person": PERSON,
    "cover": COVER,
    "account": ACCOUNT,
    "bill": BILL,
    "years": YEARS,
}
#: Nobody draws unemployment benefit with less: one whole year (社会保险法 article 45).
BENEFIT_NEEDS_MONTHS = 12
#: Events that cannot be judged without knowing the last paid month.
NEEDS_PAID_UNTIL = ("leave_job", "employer_arrears", "resume", "switch_scheme")
#: The scheme in which somebody must be for an event (None: in either or none), and the one they are in after it.
_SCHEMES: Mapping[str, tuple[str | None, str | None]] = {
    TO_RESIDENT: ("employee", "resident"),
    TO_EMPLOYEE: ("resident", "employee"),
    "resident_rejoin": (None, "resident"),
    "leave_job": ("employee", "employee"),
    "employer_arrears": ("employee", "employee"),
    "resume": ("employee", "employee"),
    "first_time": (None, "employee"),
}
#: Months of an event in the order in which they pass, and how many months after the one before they come at the least.
_MONTHS_OF_AN_EVENT = (
    ("paid_again_until", 0), ("benefit_from", 1), ("benefit_until", 0), ("month", 1), ("covered_until", 0),
    ("paid_back", 1),
)  # fmt: skip
#: The same, of the months on whose first day the law is asked; and the days on which it is.
_LAW_MONTHS = ("benefit_from", "month", "paid_back")
LAW_DAYS = ("born", "on")
#: Whoever has retired stays insured where the pension is paid.
_RETIRED_BY = ("retire", "retire_elsewhere")
NEEDS_CHINESE = ("settle_abroad", "lose_nationality", "enlist", "discharge")
#: Days that mean something only with certain values of another fact of their event.
ONLY_WITH: Mapping[str, tuple[str, tuple[str | None, ...]]] = {
    "accident_on": ("went_missing", ("in_accident", "survival_impossible", None)),
    "war_ended": ("went_missing", ("in_war", None)),
    "judgment": ("state", ("declared_dead",)),
}
#: Days told inside an event: the day that each can't come before, and whether it may still be to come when asked.
DAYS_AFTER: Mapping[str, tuple[str, bool]] = {
    "certificate_on": ("on", True),
    "reported_on": ("on", True),
    "reported": ("on", True),
    "last_news": ("", False),
    "accident_on": ("", False),
    "war_ended": ("last_news", False),
    "judgment": ("last_news", False),
}


@immutable
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


@immutable
class Event:
    """One thing that happens. Months are month numbers, days are dates; None is not known."""

    kind: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@immutable
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
    years: Mapping[str, Any] = {}
    bill_on: date | None = None
    bill_abroad: str | None = None


def read_json(content: bytes | str) -> Any:
    """The decoded JSON of a file of facts, for :func:`parse`.

    Raises FactErrors for what is no JSON (NaN is none), for a file of more than ``MAX_BYTES``, and for a name that
    stands twice in one group: of two values none may be dropped silently.
    """
    if len(content) > MAX_BYTES:
        raise FactErrors([FactError("facts", "too_large", {"given": len(content), "accepted": MAX_BYTES})])
    # Whoever has facts already, not a file of them, does not wait for this.
    import json

    twice: list[str] = []

    def group(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            twice.extend(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        return values

    try:
        data = json.loads(content, object_pairs_hook=group, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise FactErrors([FactError("facts", "not_json", {"given": str(fault)})]) from fault
    if twice:
        raise FactErrors(FactError(short(name), "given_twice", {"given": short(name)}) for name in twice[:MAX_FAULTS])
    return data


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


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
        if len(self.errors) < MAX_FAULTS:
            self.errors.append(FactError(field, code, params))

    def read(self, data: Any) -> Facts:
        if not isinstance(data, Mapping):
            self.fault("facts", "not_an_object", given=short(data))
            raise FactErrors(self.errors)
        self._refuse_unknown("", data, ("schema", "on", *GROUPS, "events"))
        if data.get("schema", SCHEMA) != SCHEMA:
            self.fault("schema", "not_a_choice", given=short(data["schema"]), accepted=[SCHEMA])
        on = self._field("", Field("on", "day", required=True), data)
        told: dict[str, Any] = {}
        for group, fields in GROUPS.items():
            values = data.get(group)
            if values is None:
                values = {}
            if not isinstance(values, Mapping):
                self.fault(group, "not_an_object", given=short(values))
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
            self.fault("events", "no_events", given=short(data), accepted=list(EVENTS))
            return ()
        if len(data) > MAX_EVENTS:
            self.fault("events", "too_many", given=len(data), accepted=MAX_EVENTS)
            return ()
        events = []
        for number, raw in enumerate(data):
            where = f"events[{number}]"
            if not isinstance(raw, Mapping):
                self.fault(where, "not_an_object", given=short(raw))
                continue
            kind = raw.get("kind")
            if not isinstance(kind, str) or kind not in EVENTS:
                self.fault(f"{where}.kind", "not_a_choice", given=short(kind), accepted=list(EVENTS))
                continue
            fields = EVENTS[kind]
            self._refuse_unknown(f"{where}.", raw, ["kind", *(field.name for field in fields)])
            events.append(Event(kind, {field.name: self._field(f"{where}.", field, raw) for field in fields}))
        return tuple(events)

    def _refuse_unknown(self, prefix: str, values: Mapping[str, Any], accepted: Iterable[str]) -> None:
        for name in values:
            if name not in accepted:
                self.fault(f"{prefix}{short(name)}", "unknown_field", given=short(name), accepted=list(accepted))

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
            self.fault(where, "not_fen", given=short(value), accepted=MAX_FEN)
            return None
        if field.kind in ("count", "years"):
            if type(value) is int and 0 <= value <= field.most:
                return value
            code = "not_a_count" if field.kind == "count" else "not_years"
            self.fault(where, code, given=short(value), accepted=field.most)
            return None
        if field.kind == "year":
            if type(value) is int and EARLIEST_BIRTH.year <= value <= LAST_YEAR:
                return value
            self.fault(where, "not_a_year", given=short(value))
            return None
        if not isinstance(value, str):
            self.fault(where, f"not_a_{field.kind}", given=short(value), accepted=self._accepted(field))
            return None
        if field.kind == "day":
            try:
                # The library also reads weeks, such as 2026-W48-7.
                day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
            except ValueError:
                day = None
            if day is None or day.year > LAST_YEAR:
                self.fault(where, "not_a_day", given=short(value))
                return None
            return day
        if field.kind == "month":
            try:
                month = months.parse_month(value)
            except ValueError:
                month = None
            if month is None or month // 12 > LAST_YEAR:
                self.fault(where, "not_a_month", given=short(value))
                return None
            return month
        if value not in self._accepted(field):
            self.fault(where, f"not_a_{field.kind}", given=short(value), accepted=self._accepted(field))
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
        last_paid, latest, told_by = facts.paid_until, None, "cover.paid_until"
        scheme = None
        pays = left = False
        payer, payer_told_by = facts.payer, "cover.payer"
        ended, place = False, facts.place
        life = Told(facts.nationality)
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
            if event.kind == "leave_job" and left:
                self.fault(f"{where}.kind", "left_before", given=event.kind)
            paid_again_until = event.values.get("paid_again_until")
            if pays and event.kind in NEEDS_PAID_UNTIL and paid_again_until is None:
                self.fault(f"{where}.paid_again_until", "missing", given=None)
            elif paid_again_until is not None and not pays:
                self.fault(f"{where}.paid_again_until", "not_asked", given=months.format_month(paid_again_until))
            elif last_paid is None and told_by and not pays and event.kind in NEEDS_PAID_UNTIL:
                self.fault(told_by, "missing", given=None)
                told_by = ""
            pays, left = pays_again(event, pays), has_left(event, left)
            for name, least in _MONTHS_OF_AN_EVENT:
                month = event.values.get(name)
                if month is None:
                    continue
                # A resident may take up work while the year paid for still runs.
                begins_early = name == "month" and event.values.get("direction") == TO_EMPLOYEE
                if last_paid is not None and month < last_paid + least and not begins_early:
                    code = "resumes_before_stopping" if least else "ends_before_it_begins"
                    self.fault(f"{where}.{name}", code, given_month=month, limit_month=last_paid)
                else:
                    last_paid = month
                    latest = max(latest, months.first_day(month)) if latest else months.first_day(month)
            if (unsaid := _last_month_not_told(event)) is not None:
                last_paid, told_by = None, f"{where}.{unsaid}"
            self._check_scheme_event(where, event, facts)
            needs, leads_to = _SCHEMES.get(event.values.get("direction") or event.kind, (None, scheme))
            if None not in (needs, scheme) and needs != scheme:
                self.fault(f"{where}.kind", "other_scheme", given=event.kind)
            scheme = leads_to
            if event.kind == "move":
                if event["to"] == place != ELSEWHERE:
                    self.fault(f"{where}.to", "moves_nowhere", given_place=place)
                place = event["to"]
            if event.kind == "employer_arrears" and payer == "flexible":
                self.fault(payer_told_by, "event_needs_employer", given=payer, accepted=["employer"])
            if event.kind == "leave_job" and payer == "flexible":
                self._check_no_employer(where, event)
            if "payer" in event.values:
                payer, payer_told_by = event["payer"], f"{where}.payer"
            if event.kind == "foreigner_leaves" and life.nationality == "chinese":
                self.fault(
                    "person.nationality",
                    "event_needs_foreigner",
                    given=life.nationality,
                    accepted=["foreign", "hk_mo_tw"],
                )
            if event.kind in NEEDS_CHINESE and life.nationality not in (None, "chinese"):
                self.fault("person.nationality", "event_needs_chinese", given=life.nationality, accepted=["chinese"])
            if event.kind == "missing" and event["state"] == "declared_dead" and event["judgment"] is None:
                self.fault(f"{where}.judgment", "missing", given=None)
            for name, given, before in life.contradictions(event):
                self.fault(f"{where}.{name}", "told_otherwise", given=given, before=before)
            life.hear(event)
            self._check_order_of_days(where, event, facts.on)
            ended = ended or event.kind == "die"

    def _check_no_employer(self, where: str, event: Event) -> None:
        """Whoever pays alone has no employer who could dismiss them, so no unemployment benefit follows."""
        if event["reason"] == "dismissed":
            self.fault(f"{where}.reason", "dismissed_by_nobody", given=event["reason"], accepted=["resigned"])
        if event["benefit_from"] is not None:
            self.fault(f"{where}.benefit_from", "benefit_needs_employer", given_month=event["benefit_from"])

    def _check_scheme_event(self, where: str, event: Event, facts: Facts) -> None:
        """Days and years inside one event that contradict each other."""
        get = event.values.get
        if get("benefit_until") is not None and get("benefit_from") is None:
            self.fault(f"{where}.benefit_from", "missing", given=None)
        if get("reason") == "resigned" and get("benefit_from") is not None:
            self.fault(f"{where}.benefit_from", "no_benefit_when_resigned", given_month=get("benefit_from"))
        paid = get("contribution_months")
        if get("benefit_from") is not None and paid is not None and paid < BENEFIT_NEEDS_MONTHS:
            self.fault(f"{where}.contribution_months", "too_few_for_benefit", given=paid, limit=BENEFIT_NEEDS_MONTHS)
        for earlier, later in (("born", get("on")), ("since", get("on")), ("due_since", facts.on)):
            if get(earlier) is not None and later is not None and get(earlier) > later:
                self.fault(f"{where}.{earlier}", "later_than", given=get(earlier), limit=later)
        if event.kind == "resident_rejoin":
            if not event["insurance_year"] - 1 <= event["on"].year <= event["insurance_year"]:
                self.fault(f"{where}.insurance_year", "not_this_year", given=event["insurance_year"], limit=event["on"])
            if get("repaired_years") is not None and event["repaired_years"] > event["broken_years"]:
                self.fault(
                    f"{where}.repaired_years",
                    "more_than_missing",
                    given=event["repaired_years"],
                    limit=event["broken_years"],
                )

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

    def _check_order_of_days(self, where: str, event: Event, asked_on: date) -> None:
        """Days inside one event: none before the one it follows from, none still to come that must have been."""
        for name, (first, to_come) in DAYS_AFTER.items():
            day = event.values.get(name)
            if day is None:
                continue
            earlier = event.values.get(first)
            if earlier is not None and day < earlier:
                self.fault(f"{where}.{name}", "before_its_day", given=day, limit=earlier)
            elif day > asked_on and not to_come:
                self.fault(f"{where}.{name}", "after_today", given=day, limit=asked_on)
            fact, values = ONLY_WITH.get(name, ("", ()))
            if fact and event[fact] not in values:
                self.fault(f"{where}.{name}", "not_asked", given=day.isoformat())

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


class Told:
    """What a life has told so far about the person, so that a later event can't say otherwise unnoticed.

    None is not known. ``may_be_of_hk`` says that a citizen settled abroad, perhaps in Hong Kong, Macao or Taiwan, and may
    come back as a resident of it.
    """

    def __init__(self, nationality: str | None) -> None:
        self.nationality = nationality
        self.hukou: str | None = None
        self.relation_ended: str | None = None
        self.may_be_of_hk = False

    def contradictions(self, event: Event) -> Iterable[tuple[str, str, str]]:
        """Field, value given and what was told before, for each fact that contradicts it."""
        if event.values.get("hukou_cancelled") == "no" and self.hukou == "cancelled":
            yield "hukou_cancelled", "no", "cancelled"
        if event.kind != "come_back":
            return
        back_as = event["back_as"]
        # A nationality that was lost comes back only as one restored; a citizen may have settled in Hong Kong meanwhile.
        expected = {
            "chinese": ("chinese", "hk_mo_tw"),
            "foreign": ("foreign", "chinese_again"),
            "hk_mo_tw": ("hk_mo_tw",),
        }
        if back_as is not None and self.nationality is not None and back_as not in expected[self.nationality]:
            yield "back_as", back_as, self.nationality
        # What was cancelled can be restored; what was kept may have been cancelled since.
        if event["hukou"] == "kept" and self.hukou == "cancelled":
            yield "hukou", "kept", "cancelled"
        if event["relation_ended"] == "no" and self.relation_ended == "yes":
            yield "relation_ended", "no", "yes"

    def on_return(self, event: Event) -> dict[str, str | frozenset[str] | None]:
        """Nationality, hukou and relation of whoever comes back: as told, or the values they may have by what was told
        before. Somebody comes back as before; but a hukou may be cancelled or restored meanwhile, and a relation ended."""
        nationality = {"chinese_again": "chinese"}.get(event["back_as"], event["back_as"]) or self.nationality
        if event["back_as"] is None and nationality == "chinese" and self.may_be_of_hk:
            nationality = frozenset(("chinese", "hk_mo_tw"))
        since_cancelled = frozenset(("cancelled", "restored")) if self.hukou == "cancelled" else None
        return {
            "nationality": nationality,
            "hukou": event["hukou"] or since_cancelled,
            "relation_ended": event["relation_ended"] or ("yes" if self.relation_ended == "yes" else None),
        }

    def hear(self, event: Event) -> None:
        """Remember what the event tells."""
        if event.kind == "come_back":
            known = {name: value if isinstance(value, str) else None for name, value in self.on_return(event).items()}
            self.nationality, self.hukou, self.relation_ended = known.values()
            self.may_be_of_hk = False
            return
        hukou_cancelled = event.values.get("hukou_cancelled")
        if hukou_cancelled is not None:
            self.hukou = {"yes": "cancelled", "no": "kept"}[hukou_cancelled]
        if "ends_relation" in event.values:
            # Who left before and came back has a new relation: of that one nothing is known yet.
            self.relation_ended = event["ends_relation"]
        if event.kind == "settle_abroad":
            self.may_be_of_hk = event["destination"] != "foreign_country"
        if event.kind == "lose_nationality":
            self.nationality = "foreign"


def pooling_areas(book: Lawbook) -> list[str]:
    """The ids of the places a person can be insured in, in the order readers expect (by Chinese name's usual order)."""
    return [place.id for place in book.places.values() if place.level == "city"]


def pays_again(event: Event, before: bool) -> bool:
    """Whether an event up to this one told that payment began again, and none until when it went on.

    ``before`` says the same of the events before this one.
    """
    if event.kind in ("resume", "first_time", "resident_rejoin") or event.values.get("direction") == TO_EMPLOYEE:
        return True
    if event.kind == "discharge" and event["joins_employee_scheme"] != "no":
        return True  # if it is not told, then a later stop tells it
    if event.kind == "employer_arrears":
        return event["paid_back"] is not None
    return before and event.kind not in ("leave_job", "switch_scheme")


def has_left(event: Event, before: bool) -> bool:
    """Whether the job ended and nothing has told of another one or of payment since. ``before``: as of the events before."""
    if event.kind == "leave_job":
        return True
    return before and event.kind not in ("employer_arrears", "switch_scheme") and not pays_again(event, False)


def last_paid_before(facts: Facts, number: int) -> int | None:
    """The last month paid before the event with this number (from 0), as far as it was told."""
    last_paid = facts.paid_until
    for event in facts.events[:number]:
        last_paid = last_month_of(event, last_paid)
    if number < len(facts.events) and (told := facts.events[number].values.get("paid_again_until")) is not None:
        return told
    return last_paid


def last_month_of(event: Event, before: int | None) -> int | None:
    """The last month known to be paid after this event; ``before`` it was another."""
    told = [event.values.get(name) for name, _ in _MONTHS_OF_AN_EVENT]
    return next((month for month in reversed(told) if month is not None), before)


def _last_month_not_told(event: Event) -> str | None:
    """The field that would tell the last month covered after this event, when it matters later and was not told."""
    if event.kind == "leave_job" and event["benefit_from"] is not None and event["benefit_until"] is None:
        return "benefit_until"
    if event.kind == "switch_scheme" and event["direction"] == TO_RESIDENT and event["covered_until"] is None:
        return "covered_until"
    return None


def law_days(facts: Facts) -> list[tuple[str, str, date]]:
    """Every (field, place, day) whose law the facts ask for: the day is never today's unless today was told."""
    days = [("on", facts.place, facts.on)]
    place, last_paid, told_by, retired = facts.place, facts.paid_until, "cover.paid_until", False
    for number, event in enumerate(facts.events):
        where = f"events[{number}]"
        stops = event.kind in ("leave_job", "employer_arrears") or event.values.get("direction") == TO_RESIDENT
        if event.values.get("paid_again_until") is not None:
            last_paid, told_by = event["paid_again_until"], f"{where}.paid_again_until"
        if stops and last_paid is not None:
            days.append((told_by, place, months.first_day(last_paid + 1)))
        for name in LAW_DAYS:
            if event.values.get(name) is not None:
                days.append((f"{where}.{name}", place, event[name]))
        if event.values.get("retires") is not None:
            days.append((f"{where}.retires", place, retirement_day(facts.on, event["retires"])))
        retired = retired or event.kind in _RETIRED_BY
        if event.kind == "move" and not retired:
            place = event["to"]
            days.append((f"{where}.on", place, event["on"]))
        if event.kind == "missing":
            # Courts and agencies go by the day of asking; after a declaration of death by the day of the judgment.
            days.append((f"{where}.state", place, facts.on))
            if event["judgment"] is not None:
                days.append((f"{where}.judgment", place, event["judgment"]))
        for name, _ in _MONTHS_OF_AN_EVENT:
            month = event.values.get(name)
            if month is not None:
                last_paid = month
                if name in _LAW_MONTHS:
                    days.append((f"{where}.{name}", place, months.first_day(month)))
    if facts.bill_on is not None:
        days.append(("bill.bill_on", insured_in(facts, facts.bill_on), facts.bill_on))
    # The years are held against those needed at the last place, at the prices of the day of asking.
    years_told = any(value is not None for value in facts.years.values())
    if place != facts.place and (retired or years_told):
        days.append(("on", place, facts.on))
    return days


def insured_in(facts: Facts, day: date) -> str:
    """The place in whose insurance the person is on a day: a new one from the first payment there on, whenever they moved."""
    place = insured = facts.place
    retired = False
    for event in facts.events:
        retired = retired or event.kind in _RETIRED_BY
        if event.kind == "move" and not retired:
            place = event["to"]
        paid = [months.first_day(event[name]) for name in _LAW_MONTHS if event.values.get(name) is not None]
        paid += [event["on"]] if event.kind == "resident_rejoin" else []
        if any(first <= day for first in paid):
            insured = place
    return insured


def facts_json(facts: Facts) -> dict[str, Any]:
    """Facts as plain data for JSON, such that :func:`parse` reads the same facts from it. What is not known is left out."""
    told = {group: _told(fields, values_of(facts, group)) for group, fields in GROUPS.items()}
    return {
        "schema": SCHEMA,
        "on": facts.on.isoformat(),
        **{group: values for group, values in told.items() if values},
        "events": [{"kind": event.kind, **_told(EVENTS[event.kind], event.values)} for event in facts.events],
    }


def values_of(facts: Facts, group: str) -> Mapping[str, Any]:
    """What was told in one group, by field: facts hold a group as a whole, or its fields side by side."""
    values = vars(facts)
    return values.get(group, values)


_WRITTEN = {"day": date.isoformat, "month": months.format_month}


def _told(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field.name: _WRITTEN[field.kind](value) if field.kind in _WRITTEN else value
        for field in fields
        if (value := values[field.name]) is not None
    }


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
            "year": {"type": "integer", "minimum": EARLIEST_BIRTH.year, "maximum": LAST_YEAR},
            "choice": {"enum": list(field.choices)},
            "place": {"enum": places},
            "fen": {"type": "integer", "minimum": 0, "maximum": MAX_FEN},
            "count": {"type": "integer", "minimum": 0, "maximum": field.most},
            "years": {"type": "integer", "minimum": 0, "maximum": field.most},
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
            "bill": optional(group(BILL)),
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


def short(value: Any) -> str | None:
    """What was given, safe to show: at most 60 characters, without control or direction-changing characters."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value
    elif type(value) is int:
        # Python refuses to write out whole numbers of some thousand digits.
        text = str(value) if abs(value) < 10**60 else "int"
    else:
        text = str(value)[:61] if isinstance(value, (bool, float)) else type(value).__name__
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:61])
    return text if len(text) <= 60 else text[:59] + "…"
