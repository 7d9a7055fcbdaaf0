"""Changes to the law data, one at a time: what a slip of the editor's hand would look like.

A change is made to one rule as TOML reads it, so nothing but the intended thing changes, and :meth:`Law.changed` puts
the rule back in its place, through the same schema checks as any rule.

Not made, because no question could tell the difference:

* a beginning before, or an end after, the days known of the place: days outside are refused before any rule is asked;
* dropping a condition that lists every value there is, or that holds from 0;
* a value in a list replaced by another that the list holds already (the list means the same set: a drop, made once).
"""

import copy
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from typing import Any

from calculator.confidence import Confidence
from calculator.lawbook import UNKNOWN, WHOLE_NUMBERS, Lawbook

#: What a boundary is confused with: 以内 with 不足, 以上 with 超过.
_CONFUSED_WITH = {"at_most": "less_than", "less_than": "at_most", "at_least": "more_than", "more_than": "at_least"}
_ONE_DAY = timedelta(days=1)
_LEFT_OUT = object()
#: What a lawbook holds: read from the files, or remembered of earlier questions.
_READ = {
    "topics", "glossary", "instruments", "provisions", "places", "records", "_by_place_and_topic", "hash",
}  # fmt: skip
_REMEMBERED = {"_known_days", "_eras", "_era_on", "_worked_out"}


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule as it stands in its file, before the lawbook reads it."""

    file: str
    place: str
    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.raw["id"]


@dataclass(frozen=True, eq=False)
class Mutant:
    """A rule with one thing changed. ``what`` is the path of the thing, such as ``when.gap.at_most``."""

    rule: Rule
    kind: str
    what: str
    before: str
    after: str
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def topic(self) -> str:
        return self.raw["topic"]

    @property
    def place(self) -> str:
        return self.rule.place

    def __str__(self) -> str:
        return f"{self.rule.id} [{self.kind}] {self.what}: {self.before} -> {self.after}"


class Law:
    """The law as it is, and with one rule changed."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Read the law from ``{"places/china.toml": text, …}``. Raises LawError as the lawbook does."""
        self.book = Lawbook(sources)
        self.rules: list[Rule] = []
        for file in sorted(sources):
            if file.startswith("places/"):
                data = tomllib.loads(sources[file])
                self.rules += [Rule(file, data["place"]["id"], raw) for raw in data.get("rule", [])]

    def changed(self, mutant: Mutant) -> Lawbook:
        """The law in which the mutant stands in its rule's place; everything else is shared with the law as it is.

        Raises LawError when the lawbook refuses the changed rule. (Reading all files again would give the same law,
        in a hundred times the time; a test compares the two.)
        """
        book, id, group = forgetful_copy(self.book), mutant.rule.id, (mutant.place, mutant.topic)
        book.records = {other: record for other, record in self.book.records.items() if other != id}
        book._by_place_and_topic = {**self.book._by_place_and_topic, group: []}
        book._add_record(mutant.rule.file, mutant.place, mutant.raw)
        [changed] = book._by_place_and_topic[group]

        def put_back(record):
            return changed if record.id == id else record

        book.records = {other: put_back(record) for other, record in self.book.records.items()}
        book._by_place_and_topic[group] = [put_back(record) for record in self.book._by_place_and_topic[group]]
        return book


def forgetful_copy(book: Lawbook) -> Lawbook:
    """A lawbook that shares everything with another but what that one remembers of earlier questions."""
    strange = set(vars(book)) - _READ - _REMEMBERED
    if strange:
        raise AssertionError(f"does a lawbook read or remember {', '.join(sorted(strange))}? Say so in {__name__}")
    forgetful = copy.copy(book)
    for name in _REMEMBERED:
        setattr(forgetful, name, {})
    return forgetful


@dataclass(frozen=True)
class _Change:
    what: tuple[str, ...]
    before: Any
    after: Any
    raw: Mapping[str, Any]


def mutants(law: Law, kinds: Iterable[str] = ()) -> list[Mutant]:
    """Every change of these kinds (or of all), in the order of files and rules."""
    return [
        Mutant(rule, kind, ".".join(change.what), _shown(change.before), _shown(change.after), change.raw)
        for rule in law.rules
        for kind in kinds or KINDS
        for change in KINDS[kind](law, rule)
    ]


def sample(of: Iterable[Mutant], size: int, seed: str) -> list[Mutant]:
    """Some of the changes, always the same for a seed: a new rule elsewhere hardly changes which."""
    of = list(of)
    chosen = set(sorted(map(str, of), key=lambda name: sha256(f"{seed} {name}".encode()).digest())[:size])
    return [mutant for mutant in of if str(mutant) in chosen]


# -- one function a kind ----------------------------------------------------------------------------------


def _thresholds(law: Law, rule: Rule) -> Iterator[_Change]:
    """A number in a condition, one more and one less."""
    for name, test in _numbers_tested(law, rule):
        if isinstance(test, Mapping):
            for bound, number in test.items():
                yield from _one_off(rule, ("when", name, bound), number)
        elif isinstance(test, list):
            for number in test:
                for other in _beside(number):
                    if other not in test:
                        yield _set(rule, ("when", name), [other if item == number else item for item in test])
        else:
            yield from _one_off(rule, ("when", name), test)


def _boundaries(law: Law, rule: Rule) -> Iterator[_Change]:
    """Whether the number itself still belongs: 含 or 不含."""
    for name, test in _numbers_tested(law, rule):
        if not isinstance(test, Mapping):
            continue
        for bound in test:
            other = _CONFUSED_WITH[bound]
            if other not in test:
                swapped = {other if key == bound else key: number for key, number in test.items()}
                yield _set(rule, ("when", name), swapped)


def _dates(law: Law, rule: Rule) -> Iterator[_Change]:
    """The life of the rule, one day longer or shorter at either end."""
    place, begins, ends = law.book.places[rule.place], rule.raw["from"], rule.raw["until"]
    for day in (begins - _ONE_DAY, begins + _ONE_DAY):
        if day >= place.known_from:
            yield _set(rule, ("from",), day)
    last = place.known_until if ends == "open" else ends
    for day in (last - _ONE_DAY, last + _ONE_DAY):
        if day <= place.known_until:
            yield _set(rule, ("until",), day)


def _outcomes(law: Law, rule: Rule) -> Iterator[_Change]:
    """Every other value, one more and one less, and "unknown" where something is known, and the other way round."""
    domains = law.book.topics[rule.raw["topic"]]["outcomes"]
    for name, value in rule.raw["then"].items():
        for other in _other_values(law, rule, name, domains[name], value):
            yield _with_reason(rule, _set(rule, ("then", name), other))


def _other_values(law: Law, rule: Rule, name: str, domain: Any, value: Any) -> Iterator[Any]:
    if value == UNKNOWN:
        # For a number or a day: whatever other rules of the topic say.
        yield from domain if isinstance(domain, list) else _said_elsewhere(law, rule, name)
        return
    if isinstance(value, list):
        yield from _other_lists(law, rule, name, domain, value)
    elif isinstance(domain, list):
        yield from (other for other in domain if other != value)
    elif _is_number(domain):
        yield from _beside(value)
    elif domain == "date":
        yield from (value - _ONE_DAY, value + _ONE_DAY)
    else:
        yield from _next(_said_elsewhere(law, rule, name), value)
    # What tells one answer from another is never unknown.
    if name != "key":
        yield UNKNOWN


def _other_lists(law: Law, rule: Rule, name: str, domain: Any, value: list[Any]) -> Iterator[list[Any]]:
    """A list with one item left out, or with one item replaced."""
    if len(value) > 1:
        yield from ([item for item in value if item != left_out] for left_out in value)
    if isinstance(domain, list):
        others = {item: [other for other in domain if other not in value] for item in value}
    else:  # papers: the next name on the list of all
        known = sorted(set(chain.from_iterable(_said_elsewhere(law, rule, name))))
        others = {item: [other for other in _next(known, item) if other not in value] for item in value}
    yield from ([other if item == old else item for item in value] for old, new in others.items() for other in new)


def _with_reason(rule: Rule, change: _Change) -> _Change:
    """A rule says why something is unknown if and only if something is; without it, any slip here would be refused."""
    raw = dict(change.raw)
    if UNKNOWN in raw["then"].values():
        raw.setdefault("unknown", "not_found")
        raw.setdefault("ask", "planted")
    else:
        raw.pop("unknown", None)
    return _Change(change.what, change.before, change.after, raw)


def _conditions(law: Law, rule: Rule) -> Iterator[_Change]:
    """A value of a condition replaced by another, or the condition dropped."""
    domains = law.book.topics[rule.raw["topic"]]["conditions"]
    for name, test in rule.raw.get("when", {}).items():
        values = test if isinstance(test, list) else [test]
        if isinstance(domains[name], list):
            for value in values:
                for other in domains[name]:
                    if other not in values:
                        replaced = [other if item == value else item for item in values]
                        yield _set(rule, ("when", name), replaced if isinstance(test, list) else other)
        everything = set(values) >= set(domains[name]) if isinstance(domains[name], list) else test == {"at_least": 0}
        if not everything:
            yield _set(rule, ("when", name), _LEFT_OUT)


def _sureness(law: Law, rule: Rule) -> Iterator[_Change]:
    """Said to be one step surer, or one step less sure."""
    sure = Confidence.of(rule.raw["sure"])
    for other in (sure - 1, sure + 1):
        if min(Confidence) <= other <= max(Confidence):
            yield _set(rule, ("sure",), Confidence(other).key)


def _citations(law: Law, rule: Rule) -> Iterator[_Change]:
    """The next provision of the same instrument, or none."""
    cites = rule.raw["cites"]
    for number, cite in enumerate(cites):
        instrument, _ = law.book.cite(cite)
        full_ids = [provision.id for provision in instrument.provisions.values()]
        for other in _next(full_ids, cite):
            if other not in cites:
                changed = _set(rule, ("cites",), [*cites[:number], other, *cites[number + 1 :]])
                yield _Change(("cites",), cite, other, changed.raw)
        if len(cites) > 1:
            changed = _set(rule, ("cites",), [*cites[:number], *cites[number + 1 :]])
            yield _Change(("cites",), cite, _LEFT_OUT, changed.raw)


KINDS: Mapping[str, Callable[[Law, Rule], Iterator[_Change]]] = {
    "threshold": _thresholds,
    "boundary": _boundaries,
    "date": _dates,
    "outcome": _outcomes,
    "condition": _conditions,
    "sure": _sureness,
    "cite": _citations,
}


# -- what they share --------------------------------------------------------------------------------------


def _set(rule: Rule, path: tuple[str, ...], value: Any) -> _Change:
    """The rule with one value at a path replaced or left out."""
    raw = copy.deepcopy(dict(rule.raw))
    holder = raw
    for part in path[:-1]:
        holder = holder[part]
    before = holder[path[-1]]
    if value is _LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return _Change(path, before, value, raw)


def _one_off(rule: Rule, path: tuple[str, ...], number: int) -> Iterator[_Change]:
    yield from (_set(rule, path, other) for other in _beside(number))


def _beside(number: int) -> list[int]:
    return [other for other in (number - 1, number + 1) if other >= 0]


def _next(options: list[Any], value: Any) -> list[Any]:
    """The option after the value, from the last on to the first; none when there is no other."""
    others = options[options.index(value) + 1 :] + options[: options.index(value)]
    return others[:1]


def _is_number(domain: Any) -> bool:
    return isinstance(domain, str) and domain in WHOLE_NUMBERS


def _numbers_tested(law: Law, rule: Rule) -> Iterator[tuple[str, Any]]:
    domains = law.book.topics[rule.raw["topic"]]["conditions"]
    yield from ((name, test) for name, test in rule.raw.get("when", {}).items() if _is_number(domains[name]))


def _said_elsewhere(law: Law, rule: Rule, name: str) -> list[Any]:
    """What the rules of the topic say of an outcome, each value once, in order."""
    said = [other.raw["then"].get(name) for other in law.rules if other.raw["topic"] == rule.raw["topic"]]
    known = [value for value in said if value is not None and value != UNKNOWN]
    return [value for number, value in enumerate(known) if value not in known[:number]]


def _shown(value: Any) -> str:
    if value is _LEFT_OUT:
        return "(left out)"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return value.isoformat() if isinstance(value, date) else str(value)
