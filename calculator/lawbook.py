"""The body of law as data: read, checked for form, and asked "which record applies on this day, at this place?".

Places form a tree: nation, province, city. A topic is asked from the nation down; a lower level overrides only
the outcomes it names, and every outcome keeps the record it came from. A condition on a fact that is not known
is neither true nor false: :meth:`Lawbook.consult` then returns one branch for each value the fact may have.

Nothing here knows what the answer means: decisions live in :mod:`calculator.rules`, sentences in ``words``.
"""

import gc
import os
import pickle
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from calculator.confidence import SEEN, Confidence, weakest
from calculator.immutable import immutable

UNKNOWN = "unknown"
#: The root of the tree of places.
NATION = "china"
_LAW = os.path.join(os.path.dirname(__file__), "law")
#: In a wheel: the whole law, read when the wheel was built. A checkout has no such file.
READ_AT_BUILD = "read_at_build.pickle"
#: Kinds of conditions and outcomes that are whole numbers; a condition on one may be bounds.
WHOLE_NUMBERS = ("months", "years", "age", "year", "days", "number", "percent", "bp", "fen")
#: What day decides which record applies.
LOOKS_AT = (
    "asking", "birth", "contribution_month", "credit", "event", "first_unpaid_month", "payment", "retirement",
)  # fmt: skip
#: How many answers of one topic at one place, between two changes of the law, are kept at hand.
_REMEMBERED = 4096
#: What a file of law may hold. An unknown key is refused: "quotation" for "quote" would be lost without a word.
KINDS = (
    "administrative_regulation", "decision", "department_rule", "draft", "judicial_interpretation", "local_regulation",
    "local_rule", "normative_document", "notice", "official_answer", "secondary_report", "service_guide", "statute",
)  # fmt: skip
LEVELS = ("nation", "province", "city")
_INSTRUMENT = ("id", "kind", "place", "number", "title", "issuer", "dates", "link", "earlier", "provisions")
_EARLIER = ("id", "how", "shown_by")
#: What a text does to an earlier one: takes its place, changes a part of it, or says the same kind of thing for a later year.
EARLIER = ("replaces", "changes", "follows")
_PROVISION = ("id", "article", "seen", "checked", "quote", "paraphrase", "note", "witness")
_PLACE = ("id", "level", "parent", "name", "known", "covers")
_RULE = (
    "id", "topic", "from", "until", "looks_at", "when", "then", "sure", "cites", "unknown", "ask", "disagree", "note",
    "also", "less_sure",
)  # fmt: skip
#: What a citation is there for that carries nothing alone, why a disagreement is settled, and how sure a rule is at the
#: most for which its sources do not count in full: the head of ``topics.toml`` says what each word means.
ALSO = ("says_the_same", "example", "by_contrast", "frame", "left_open")
SETTLED = ("higher", "later", "better_seen", "no_source", "another_case", "own_rule", "left_open")
LESS_SURE = {
    "our_reading": Confidence.REPORTED,
    "carried_on": Confidence.REPORTED,
    "nothing_found": Confidence.REPORTED,
    "other_office": Confidence.REPORTED,
    "out_of_force": Confidence.REPORTED,
    "older_text": Confidence.REPORTED,
    "sources_vary": Confidence.CONFLICT,
}
_BOUNDS = {
    "at_most": lambda value, bound: value <= bound,
    "less_than": lambda value, bound: value < bound,
    "at_least": lambda value, bound: value >= bound,
    "more_than": lambda value, bound: value > bound,
}


class LawError(ValueError):
    """The law data contradicts itself or its own schema. Names the file and the record."""


class OutsideKnownDays(LookupError):
    """A day on which nobody has read the law of this place for us."""

    def __init__(self, place: "Place", day: date) -> None:
        super().__init__(
            f"{place.id}: the law is known from {place.known_from} to before {place.known_until}, not on {day}"
        )
        self.place = place
        self.day = day


@immutable
class Text:
    """The same thing in both languages."""

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """The text in ``"en"`` or ``"zh"``."""
        return self.zh if lang == "zh" else self.en


@immutable
class Provision:
    """One article or sentence of an instrument, and how it was seen."""

    id: str  # "nhsa-2021-43#art11.1"
    article: Text
    seen: str
    checked: date
    quote: str
    paraphrase: Text
    note: Text | None
    witness: tuple[str, ...]


@immutable
class Earlier:
    """An earlier instrument and what a later one does to it (one of EARLIER)."""

    id: str
    how: str
    shown_by: str  # the provision that says so, or "" when no article that we saw does


@immutable
class Instrument:
    """A law, regulation, notice, official answer or report that a rule rests on."""

    id: str
    kind: str
    place: str
    number: str
    title: Text
    issuer: Text
    dates: Mapping[str, date]
    dates_not_known: tuple[str, ...]
    url: str
    earlier: tuple[Earlier, ...]
    provisions: Mapping[str, Provision]


@immutable
class Place:
    """A pooling area, province or the nation, and the days whose law was read."""

    id: str
    level: str  # nation, province, city
    parent: str
    name: Text
    known_from: date
    known_until: date  # first day not known any more
    covers: Text | None = None


@immutable
class Disagreement:
    """Another source that says something else, and why it is not followed (or that none is followed)."""

    cite: str
    why: Text
    settled: str = ""  # why the rule stands all the same, one of SETTLED; "" when both stand side by side


@immutable
class Record:
    """One dated rule of one place: when it applies and what follows."""

    id: str
    place: str
    topic: str
    lives_from: date
    lives_until: date  # first day on which it does not apply any more
    looks_at: str
    when: Mapping[str, Any]
    then: Mapping[str, Any]
    sure: Confidence
    cites: tuple[str, ...]
    unknown: str  # why an outcome is "unknown": local, not_found, conflict, or ""
    ask: str  # key of the question to put to 12393, or ""
    disagree: tuple[Disagreement, ...]
    note: Text | None
    also: Mapping[str, str]  # citation -> what it is there for, when the others carry the rule without it
    less_sure: str  # why the rule is less sure than its sources, or ""

    def alive_on(self, day: date) -> bool:
        """Whether the rule applies on this day. Lives are half-open: from the first day, to before the last."""
        return self.lives_from <= day < self.lives_until


@immutable
class Span:
    """Whole numbers that no rule asked tells apart. ``last`` is None when there is no upper end."""

    first: int
    last: int | None


@immutable
class Outcome:
    """One effective value and the record that gave it."""

    value: Any
    record: Record

    @property
    def known(self) -> bool:
        return self.value != UNKNOWN


@immutable
class Finding:
    """The law's answer to one topic for one set of facts.

    ``assuming`` tells this answer from the others; whoever joins answers that say the same leaves facts out of it. ``assumed``
    names every fact that was open when the law was asked and has a value here, whatever is said of it afterwards.
    """

    topic: str
    place: str
    day: date
    values: Mapping[str, Any]
    outcomes: Mapping[str, Outcome]
    records: tuple[Record, ...]
    assuming: Mapping[str, Any] = {}
    assumed: tuple[str, ...] = ()

    def get(self, name: str) -> Any:
        """The value of an outcome: ``"unknown"`` when the law data says so, None when no record names it."""
        outcome = self.outcomes.get(name)
        return None if outcome is None else outcome.value

    def sure_of(self, *names: str) -> Confidence:
        """How sure the named outcomes are together; an unknown outcome, or one nobody names, is NOT_KNOWN."""
        levels = []
        for name in names:
            outcome = self.outcomes.get(name)
            if outcome is None or outcome.value == UNKNOWN:
                return Confidence.NOT_KNOWN
            levels.append(outcome.record.sure)
        return weakest(levels)


def holds(test: Any, value: Any) -> bool | None:
    """Whether a condition holds for a value: True, False, or None when the value is not known.

    A test is a single value, a list of values, or bounds such as ``{at_most = 3}`` (3个月含以内) or
    ``{more_than = 3}``: the operator is the boundary.
    """
    if value is None:
        return None
    # The parsed data knows no other kinds; asking for an abstract Mapping here would cost a quarter of all time.
    if isinstance(test, dict):
        return all(_BOUNDS[name](value, bound) for name, bound in test.items())
    if isinstance(test, list):
        return value in test
    return value == test


def is_open(value: Any) -> bool:
    """Whether a value is not, or not wholly, known: None, a set of the values it may have, or a span of numbers."""
    return value is None or isinstance(value, frozenset) or (isinstance(value, Span) and value.first != value.last)


def may_hold(test: Any, value: Any) -> bool:
    """Whether a condition holds for a value, or for one of those it may have."""
    if isinstance(value, Span):
        return any(holds(test, part.first) for part in _spans([test], value))
    if isinstance(value, frozenset):
        return any(holds(test, item) for item in value)
    return holds(test, value) is not False


def _spans(tests: Iterable[Any], within: Span) -> list[Span]:
    """The whole numbers of a span, cut wherever one of the conditions tells two neighbours apart."""
    cuts = sorted(cut for cut in set().union(*map(cuts_of, tests)) if _lies_inside(cut, within))
    firsts = [within.first, *cuts]
    return [Span(first, after - 1) for first, after in pairwise(firsts)] + [Span(firsts[-1], within.last)]


def _lies_inside(cut: int, span: Span) -> bool:
    """Whether a cut divides a span: numbers of it lie on both sides."""
    return span.first < cut and (span.last is None or cut <= span.last)


def cuts_of(test: Any) -> set[int]:
    """The numbers at which a condition changes its answer: the first of each stretch with the same answer."""
    if isinstance(test, Mapping):
        return {bound + (name in ("at_most", "more_than")) for name, bound in test.items()}
    values = test if isinstance(test, list) else [test]
    return {cut for value in values for cut in (value, value + 1)}


@immutable(uncompared=("outcomes", "records"))
class _Answer:
    """What the law says on one way the open facts may fall out, whoever asks and on whichever day.

    Two are equal when they assume the same and every outcome has the same origin; the rest follows from that.
    """

    assuming: Mapping[str, Any]
    origin: tuple[tuple[str, str], ...]  # outcome, id of the record that gave it
    outcomes: Mapping[str, Outcome]
    records: tuple[Record, ...]


class _Era:
    """One topic at one place between two changes of the law: the records alive, and what they have answered so far.

    ``levels`` holds the records level by level from the nation down, without levels that have none. ``tested`` names
    the conditions that one of them tests, with the numbers at which the answer may change (None for a condition on
    names). All values between two such numbers are answered alike, so an answer is worked out once for them all.
    """

    def __init__(self, levels: list[list[Record]], conditions: Mapping[str, Any]) -> None:
        self.levels = levels
        self.tested: list[tuple[str, list[int] | None]] = []
        for name, domain in conditions.items():
            tests = [record.when[name] for records in levels for record in records if name in record.when]
            if tests:
                cuts = sorted(set().union(*map(cuts_of, tests))) if isinstance(domain, str) else None
                self.tested.append((name, cuts))
        self.names = frozenset(name for name, _ in self.tested)
        self.in_order = [name for name, _ in self.tested]
        #: Which of them are numbers, and where they change the answer.
        self.counted = [(place, cuts) for place, (_, cuts) in enumerate(self.tested) if cuts is not None]
        self.answers: dict[tuple[Any, ...], list[_Answer]] = {}
        self.lists: dict[tuple[Any, ...], list[Record]] = {}

    def key(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The same for all values that no record tells apart."""
        key = list(map(values.get, self.in_order))
        for place, cuts in self.counted:
            value = key[place]
            if type(value) is int:
                key[place] = bisect_right(cuts, value)
            elif isinstance(value, Span):
                stretch = bisect_right(cuts, value.first)
                ends_in = len(cuts) if value.last is None else bisect_right(cuts, value.last)
                # A span that is cut stays as it is: its ends are named in what is assumed.
                key[place] = stretch if stretch == ends_in else value
        return tuple(key)

    def possible(self, values: Mapping[str, Any]) -> list[list[Record]]:
        """The records, level by level, that nothing known rules out."""
        return [
            [
                record
                for record in records
                if all(may_hold(test, values.get(name)) for name, test in record.when.items())
            ]
            for records in self.levels
        ]


class Lawbook:
    """Everything under ``calculator/law``, read once and never changed."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Read the law from ``{"places/china.toml": text, …}``. Raises LawError naming the file at fault."""
        # Where the law was read when the wheel was built, nobody waits for this.
        import hashlib

        parsed = {}
        for name, text in sources.items():
            try:
                parsed[name] = _parsed(text)
            except ValueError as fault:
                raise LawError(f"{name}: {fault}") from fault
        self.topics: Mapping[str, Any] = parsed["topics.toml"]
        self.glossary: Sequence[Mapping[str, Any]] = parsed.get("glossary.toml", {}).get("term", [])
        self.instruments: dict[str, Instrument] = {}
        self.provisions: dict[str, Provision] = {}
        self.places: dict[str, Place] = {}
        self.records: dict[str, Record] = {}
        self._by_place_and_topic: dict[tuple[str, str], list[Record]] = {}
        self._known_days: dict[str, tuple[date, date]] = {}
        self._worked_out: dict[Hashable, Any] = {}
        self._eras: dict[tuple[str, str], tuple[list[date], list[_Era]]] = {}
        self._era_on: dict[tuple[str, str, date], _Era] = {}
        for name, data in parsed.items():
            if name.startswith("instruments/"):
                with _naming(name, data.get("id")):
                    self._add_instrument(name, data)
        for instrument in self.instruments.values():
            self._check_earlier(instrument)
        for name, data in parsed.items():
            if name.startswith("places/"):
                with _naming(name, "place"):
                    self._add_place(name, data)
        for place in self.places.values():
            if place.parent and place.parent not in self.places:
                raise LawError(f"places/{place.id}.toml: its parent {place.parent!r} is no place we have")
            if not place.parent and place.level != "nation":
                raise LawError(
                    f'places/{place.id}.toml: a {place.level} needs a parent ("china" when we have no other)'
                )
        self.places = {place.id: place for place in _tree(self.places.values(), "")}
        for name, data in parsed.items():
            if name.startswith("places/"):
                for raw in data.get("rule", []):
                    with _naming(name, raw.get("id")):
                        self._add_record(name, data["place"]["id"], raw)
        digest = hashlib.sha256()
        for name in sorted(sources):
            digest.update(name.encode() + b"\0" + sources[name].encode() + b"\0")
        #: Hash of all law data: two answers with the same hash and engine version rest on the same law.
        self.hash = digest.hexdigest()[:16]

    # -- reading ------------------------------------------------------------------------------------------

    def _add_instrument(self, file: str, data: Mapping[str, Any]) -> None:
        _only(file, data, _INSTRUMENT)
        if data["kind"] not in KINDS:
            raise LawError(f"{file}: kind {data['kind']!r} is not one of {', '.join(KINDS)}")
        provisions = {}
        for raw in data.get("provisions", []):
            _only(f"{file}: {raw.get('id')}", raw, _PROVISION)
            full_id = f"{data['id']}#{raw['id']}"
            provision = Provision(
                id=full_id,
                article=Text(**raw["article"]),
                seen=raw["seen"],
                checked=raw["checked"],
                quote=raw.get("quote", ""),
                paraphrase=Text(**raw["paraphrase"]),
                note=Text(**raw["note"]) if "note" in raw else None,
                witness=tuple(raw.get("witness", ())),
            )
            if full_id in self.provisions:
                raise LawError(f"{file}: provision {full_id} is there twice")
            if provision.seen not in SEEN:
                raise LawError(f"{file}: {full_id}: seen = {provision.seen!r} is not one of {', '.join(SEEN)}")
            provisions[raw["id"]] = self.provisions[full_id] = provision
        dates = dict(data.get("dates", {}))
        self.instruments[data["id"]] = Instrument(
            id=data["id"],
            kind=data["kind"],
            place=data["place"],
            number=data.get("number", ""),
            title=Text(**data["title"]),
            issuer=Text(**data["issuer"]),
            dates_not_known=tuple(dates.pop("not_known", ())),
            dates=dates,
            url=data.get("link", {}).get("url", ""),
            earlier=tuple(self._earlier(file, raw) for raw in data.get("earlier", [])),
            provisions=provisions,
        )

    def _earlier(self, file: str, raw: Mapping[str, Any]) -> Earlier:
        _only(f"{file}: earlier", raw, _EARLIER)
        if raw["how"] not in EARLIER:
            raise LawError(f"{file}: earlier: how = {raw['how']!r} is not one of {', '.join(EARLIER)}")
        return Earlier(raw["id"], raw["how"], raw.get("shown_by", ""))

    def _check_earlier(self, instrument: Instrument) -> None:
        """What a text is said to do to an earlier one names texts and articles that are on file."""
        for earlier in instrument.earlier:
            if earlier.id not in self.instruments or earlier.id == instrument.id:
                raise LawError(f"instruments/{instrument.id}.toml: earlier: there is no other text {earlier.id!r}")
            if earlier.shown_by and earlier.shown_by not in self.provisions:
                raise LawError(f"instruments/{instrument.id}.toml: earlier: there is no provision {earlier.shown_by!r}")

    def _add_place(self, file: str, data: Mapping[str, Any]) -> None:
        _only(file, data, ("place", "rule"))
        raw = data["place"]
        _only(file, raw, _PLACE)
        if raw["level"] not in LEVELS:
            raise LawError(f"{file}: level {raw['level']!r} is not one of {', '.join(LEVELS)}")
        self.places[raw["id"]] = Place(
            id=raw["id"],
            level=raw["level"],
            parent=raw.get("parent", ""),
            name=Text(**raw["name"]),
            known_from=raw["known"]["from"],
            known_until=raw["known"]["until"],
            covers=Text(**raw["covers"]) if "covers" in raw else None,
        )

    def _add_record(self, file: str, place: str, raw: Mapping[str, Any]) -> None:
        where = f"{file}: {raw.get('id', '(no id)')}"
        _only(where, raw, _RULE)
        if not raw["id"].startswith(f"{place}."):
            raise LawError(f"{where}: the id of a rule begins with its place, {place}.")
        if raw["sure"] not in {level.key for level in Confidence}:
            accepted = ", ".join(level.key for level in sorted(Confidence, reverse=True))
            raise LawError(f"{where}: sure {raw['sure']!r} is not one of {accepted}")
        topic = self.topics.get(raw["topic"])
        if topic is None:
            raise LawError(f"{where}: there is no topic {raw['topic']!r}")
        for part, domain in (("when", topic["conditions"]), ("then", topic["outcomes"])):
            for name, value in raw.get(part, {}).items():
                if name not in domain:
                    raise LawError(f"{where}: {part}.{name} is not part of the topic {raw['topic']}")
                _check_domain(f"{where}: {part}.{name}", value, domain[name])
        if raw["id"] in self.records:
            raise LawError(f"{where}: the id is there twice")
        if raw["looks_at"] not in LOOKS_AT:
            raise LawError(f"{where}: looks_at {raw['looks_at']!r} is not one of {', '.join(LOOKS_AT)}")
        until = raw["until"]
        record = Record(
            id=raw["id"],
            place=place,
            topic=raw["topic"],
            lives_from=raw["from"],
            lives_until=self.places[place].known_until if until == "open" else until,
            looks_at=raw["looks_at"],
            when=raw.get("when", {}),
            then=raw["then"],
            sure=Confidence.of(raw["sure"]),
            cites=tuple(raw["cites"]),
            unknown=raw.get("unknown", ""),
            ask=raw.get("ask", ""),
            disagree=tuple(
                Disagreement(item["cite"], Text(**item["why"]), item.get("settled", ""))
                for item in raw.get("disagree", ())
            ),
            note=Text(**raw["note"]) if "note" in raw else None,
            also=raw.get("also", {}),
            less_sure=raw.get("less_sure", ""),
        )
        reasons = [
            *((reason, ALSO) for reason in record.also.values()),
            *((item.settled, ("", *SETTLED)) for item in record.disagree),
            (record.less_sure, ("", *LESS_SURE)),
        ]
        for reason, accepted in reasons:
            if reason not in accepted:
                raise LawError(f"{where}: {reason!r} is not one of {', '.join(filter(None, accepted))}")
        for cite in (*record.cites, *(item.cite for item in record.disagree)):
            if cite not in self.provisions:
                raise LawError(f"{where}: cites {cite}, which no instrument has")
        if not record.lives_from < record.lives_until:
            raise LawError(f"{where}: its life ends before it begins")
        if record.then.get("wait_at_most") == UNKNOWN:
            raise LawError(f"{where}: a limit that is not known is left out")
        if (UNKNOWN in record.then.values()) != bool(record.unknown):
            raise LawError(f'{where}: an outcome is "unknown" if and only if the record says why (unknown = …)')
        self.records[record.id] = record
        self._by_place_and_topic.setdefault((place, record.topic), []).append(record)

    # -- asking -------------------------------------------------------------------------------------------

    def path(self, place: str) -> list[Place]:
        """The place and the levels above it, nation first. Raises KeyError for a place not in the book."""
        path = [self.places[place]]
        while path[-1].parent:
            path.append(self.places[path[-1].parent])
        return path[::-1]

    def province_of(self, place: str) -> str:
        """The id of the province (or province-level city) that the place lies in, or ``""`` when it is not known."""
        path = self.path(place)
        return path[1].id if len(path) > 1 else ""

    def known_days(self, place: str) -> tuple[date, date]:
        """The first day whose law was read for a place and every level above it, and the first day no more."""
        known = self._known_days.get(place)
        if known is None:
            path = self.path(place)
            known = max(level.known_from for level in path), min(level.known_until for level in path)
            self._known_days[place] = known
        return known

    def require_known(self, place: str, day: date) -> None:
        """Refuse a day outside the days whose law was read. Raises OutsideKnownDays."""
        known_from, known_until = self.known_days(place)
        if not known_from <= day < known_until:
            raise OutsideKnownDays(
                next(level for level in self.path(place) if not level.known_from <= day < level.known_until), day
            )

    def consult(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Finding]:
        """What the law of this day and place says, one finding for each way the open facts may fall out.

        ``values`` maps condition names to a value, to None (not known), to a frozenset of values it may have or to a span of
        whole numbers it lies in. ``assuming`` holds what tells a finding from the others; for each way in which the
        open facts may fall out, it is true of exactly one. A fact whose values all lead to the same is not assumed.
        Raises OutsideKnownDays, and LawError when two records of one level claim the same case.
        """
        era = self._era_on.get((topic, place, day)) or self._era_known(topic, place, day)
        key = era.key(values)
        answers = era.answers.get(key)
        if answers is None:
            answers = self._answers(topic, day, era, era.possible(values), values)
            if len(era.answers) >= _REMEMBERED:
                era.answers.clear()
            era.answers[key] = answers
        return [
            Finding(
                topic,
                place,
                day,
                {**values, **answer.assuming},
                answer.outcomes,
                answer.records,
                answer.assuming,
                tuple(answer.assuming),
            )
            for answer in answers
        ]

    def consult_all(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Record]:
        """Every applicable record of a topic that has many answers, the nation's first; a lower level's record
        replaces a higher one with the same ``key``. A condition on an open fact counts as fulfilled when one of the
        values it may have fulfils it: what may be needed is shown rather than dropped, and of one level all that may be.
        Raises OutsideKnownDays."""
        era = self._era_on.get((topic, place, day)) or self._era_known(topic, place, day)
        key = era.key(values)
        records = era.lists.get(key)
        if records is None:
            found: dict[str, list[Record]] = {}
            for possible in era.possible(values):
                of_the_level: dict[str, list[Record]] = {}
                for record in possible:
                    of_the_level.setdefault(record.then["key"], []).append(record)
                found |= of_the_level
            records = [record for alike in found.values() for record in alike]
            if len(era.lists) >= _REMEMBERED:
                era.lists.clear()
            era.lists[key] = records
        return list(records)

    def tested(self, topic: str, place: str, day: date) -> frozenset[str]:
        """The conditions that some rule alive on this day tests, here or above. No other fact can change the answer."""
        return self._era(topic, place, day).names

    def worked_out[Result](self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What ``work`` gives, done once for a key that names all it depends on besides the law."""
        if key not in self._worked_out:
            if len(self._worked_out) >= _REMEMBERED:
                self._worked_out.clear()
            self._worked_out[key] = work()
        return self._worked_out[key]

    def alive(self, topic: str, place: str, day: date) -> list[Record]:
        """The records on a topic alive on a day, here and above, the nation's first."""
        return [record for records in self._era(topic, place, day).levels for record in records]

    def changes(self, topic: str, place: str) -> list[date]:
        """The days on which the law on a topic changes here or above, in order: the first days of its eras."""
        self._era(topic, place, date.max)
        return self._eras[topic, place][0][1:]

    def days_that_matter(self, place: str) -> frozenset[date]:
        """The days on which any rule here or above begins or ends to hold, the days that rules name, and the days after
        those."""
        found = set()
        for record in self._here_or_above(place):
            named = [value for value in record.then.values() if type(value) is date]
            found |= {record.lives_from, record.lives_until, *named, *(day + timedelta(days=1) for day in named)}
        return frozenset(found)

    def tests_of_kind(self, kind: str, place: str) -> list[Any]:
        """What rules here or above ask of facts of one kind, such as numbers of days."""
        return [
            test
            for record in self._here_or_above(place)
            for name, test in record.when.items()
            if self.topics[record.topic]["conditions"][name] == kind
        ]

    def _here_or_above(self, place: str) -> Iterator[Record]:
        levels = {level.id for level in self.path(place)}
        return (record for record in self.records.values() if record.place in levels)

    def _era(self, topic: str, place: str, day: date) -> _Era:
        eras = self._eras.get((topic, place))
        if eras is None:
            eras = self._eras[topic, place] = self._eras_of(topic, place)
        begins, found = eras
        return found[bisect_right(begins, day) - 1]

    def _era_known(self, topic: str, place: str, day: date) -> _Era:
        """The era of a day whose law was read. Raises OutsideKnownDays."""
        self.require_known(place, day)
        era = self._era(topic, place, day)
        if len(self._era_on) >= _REMEMBERED:
            self._era_on.clear()
        self._era_on[topic, place, day] = era
        return era

    def _eras_of(self, topic: str, place: str) -> tuple[list[date], list[_Era]]:
        """The first day of each era, the first one having no beginning, and the eras."""
        levels = [self._by_place_and_topic.get((level.id, topic), []) for level in self.path(place)]
        changes = {day for records in levels for record in records for day in (record.lives_from, record.lives_until)}
        begins = [date.min, *sorted(changes)]
        conditions = self.topics[topic]["conditions"]
        return begins, [
            _Era([live for records in levels if (live := [r for r in records if r.alive_on(day)])], conditions)
            for day in begins
        ]

    def _answers(
        self, topic: str, day: date, era: _Era, possible: list[list[Record]], values: Mapping[str, Any]
    ) -> list[_Answer]:
        """One answer for each way the open conditions may fall out.

        ``possible`` holds, level by level, the records that no value known or assumed so far rules out. When nothing
        is open any more that one of them tests, all of them apply.
        """
        for name, _ in era.tested:
            value = values.get(name)
            if not is_open(value):
                continue
            tests = [record.when[name] for records in possible for record in records if name in record.when]
            if not tests:
                continue
            found: list[tuple[Any, list[_Answer]]] = []
            for option, said in _options(self.topics[topic]["conditions"][name], value, tests):
                left = [
                    [record for record in records if name not in record.when or holds(record.when[name], option)]
                    for records in possible
                ]
                answers = self._answers(topic, day, era, left, {**values, name: option})
                if found and isinstance(said, Span) and found[-1][1] == answers:
                    found[-1] = (Span(found[-1][0].first, said.last), answers)
                else:
                    found.append((said, answers))
            if all(answers == found[0][1] for _, answers in found):
                return found[0][1]
            return [
                _Answer({name: said, **answer.assuming}, answer.origin, answer.outcomes, answer.records)
                for said, answers in found
                for answer in answers
            ]
        return [self._merge(topic, day, possible)]

    def _merge(self, topic: str, day: date, applicable: list[list[Record]]) -> _Answer:
        outcomes: dict[str, Outcome] = {}
        for records in applicable:
            if len(records) > 1:
                both = " and ".join(record.id for record in records)
                raise LawError(f"{topic} at {records[0].place} on {day}: {both} both apply")
            for record in records:
                outcomes.update({name: Outcome(value, record) for name, value in record.then.items()})
        # A record all of whose outcomes are overridden below it has no part in the answer.
        used = {outcome.record.id for outcome in outcomes.values()}
        taking_part = tuple(record for records in applicable for record in records if record.id in used)
        origin = tuple((name, outcome.record.id) for name, outcome in outcomes.items())
        return _Answer({}, origin, outcomes, taking_part)

    @property
    def read_until(self) -> date:
        """The day until which the sources were read: no provision was checked before it, some were later."""
        return min(provision.checked for provision in self.provisions.values())

    def cite(self, provision: str) -> tuple[Instrument, Provision]:
        """The instrument and provision for an id such as ``"nhsa-2021-43#art11.1"``. Raises KeyError."""
        return self.instruments[provision.partition("#")[0]], self.provisions[provision]


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Mapping[str, Any]:
    """What a file says, for all lawbooks alike: those with a fault planted in one file share the hundreds of others, and
    parsing is nine tenths of reading. Nobody changes it. Raises ValueError."""
    import tomllib

    return _shared(tomllib.loads(text))


#: The names and days read so far, of all files.
_KNOWN: dict[Any, Any] = {}


def _shared(read: Any) -> Any:
    """The same again, with one object for all equal names and days: in a wheel each of them is then stored, and read, once."""
    if isinstance(read, dict):
        return {_shared(name): _shared(value) for name, value in read.items()}
    if isinstance(read, list):
        return [_shared(item) for item in read]
    return _KNOWN.setdefault(read, read) if type(read) in (str, date) else read


def _only(where: str, data: Mapping[str, Any], accepted: Iterable[str]) -> None:
    """Raise LawError for a key that nothing reads."""
    if unknown := [key for key in data if key not in accepted]:
        raise LawError(f"{where}: unknown {', '.join(unknown)}; known here: {', '.join(accepted)}")


@contextmanager
def _naming(file: str, entry: str | None) -> Iterator[None]:
    """Turn what a missing key or a value of the wrong kind leads to into a LawError that names file and entry."""
    try:
        yield
    except KeyError as fault:
        raise LawError(f"{file}: {entry or '(no id)'}: {fault} is missing") from fault
    except (TypeError, AttributeError) as fault:
        raise LawError(f"{file}: {entry or '(no id)'}: something is missing or of the wrong kind: {fault}") from fault


def _tree(places: Iterable[Place], parent: str) -> Iterator[Place]:
    """The places below a parent, each followed by its own: nation, province, its cities, next province."""
    places = sorted(places, key=lambda place: place.id)
    for place in places:
        if place.parent == parent:
            yield place
            yield from _tree(places, place.id)


def _options(domain: Any, value: Any, tests: list[Any]) -> list[tuple[Any, Any]]:
    """The values that an open fact may have, each with what is said of it: numbers by stretches no test tells apart."""
    if isinstance(value, frozenset):
        return [(option, option) for option in sorted(value)]
    if isinstance(domain, list):
        return [(option, option) for option in domain]
    return [(span.first, span) for span in _spans(tests, Span(0, None) if value is None else value)]


def _check_domain(where: str, value: Any, domain: Any) -> None:
    """Raise LawError when a condition or outcome is outside what the topic allows."""
    if value == UNKNOWN and ": then." in where:
        return
    if isinstance(value, Mapping):
        if (
            domain not in WHOLE_NUMBERS
            or not value
            or set(value) - set(_BOUNDS)
            or not all(type(v) is int for v in value.values())
        ):
            raise LawError(f"{where}: bounds are whole numbers under {', '.join(_BOUNDS)}")
    elif isinstance(domain, list):
        for item in value if isinstance(value, list) else [value]:
            if item not in domain:
                raise LawError(f"{where}: {item!r} is not one of {', '.join(domain)}")
    elif domain in WHOLE_NUMBERS:
        for item in value if isinstance(value, list) and ": when." in where else [value]:
            if type(item) is not int or item < 0:
                raise LawError(f"{where}: {item!r} is not a whole number")
    elif domain == "date":
        if type(value) is not date:
            raise LawError(f"{where}: {value!r} is not a day")
    elif domain == "papers":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LawError(f"{where}: papers are a list of names")
    elif not isinstance(value, str):
        raise LawError(f"{where}: {value!r} is not a name")


def read_sources() -> dict[str, str]:
    """The text of every file of law, by its path below ``calculator/law``."""
    names = ["topics.toml", "glossary.toml"]
    for folder in ("instruments", "places"):
        entries = sorted(os.listdir(os.path.join(_LAW, folder)))
        names += [f"{folder}/{entry}" for entry in entries if entry.endswith(".toml")]
    sources = {}
    for name in names:
        with open(os.path.join(_LAW, name), encoding="utf-8") as file:
            sources[name] = file.read()
    return sources


@cache
def lawbook() -> Lawbook:
    """The law that ships with this package, read once."""
    # None of it is thrown away before Python ends. So the garbage collector need not go through these tens of thousands of
    # objects while they come in, nor ever after, nor at the end: that took as long as reading them.
    collects = gc.isenabled()
    gc.disable()
    try:
        book = _read()
    finally:
        if collects:
            gc.enable()
    gc.freeze()
    return book


def _read() -> Lawbook:
    ready = os.path.join(_LAW, READ_AT_BUILD)
    if os.path.isfile(ready):
        # Written by scripts/read_at_build.py into our own wheel: as much to be trusted as the code beside it.
        with open(ready, "rb") as file:
            return pickle.load(file)
    return Lawbook(read_sources())
