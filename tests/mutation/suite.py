"""The checks that guard the law data, asked about one changed rule: the real ones, on as little as the change can touch.

Two things make this fast and lose nothing:

* An example can only come out otherwise if it reads a rule of the same place and topic as the changed one. Which places
  and topics an example reads is written down once, with the law as it is.
* The form of the data is checked rule by rule, or among the rules of one place and topic; every situation is asked
  about this topic, at the rule's place. At the places below, the same rules meet the same questions and others cover
  some of them up: of 1600 changes to the nation's and provinces' rules none was caught there alone. ``below`` asks
  there too.

A check catches a change when it finds a fault that the law as it is does not have.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from calculator.assessment_json import to_json
from calculator.explain import NOTHING_EXPLAINED
from calculator.facts import parse
from calculator.judge import assess
from calculator.lawbook import Finding, Lawbook, LawError, Record, lawbook
from calculator.question import ask
from calculator.verify import check_data, check_situations
from tests import golden
from tests.golden.questions import Question, questions
from tests.mutation.borrowed import Comparison, on_rules, second_table
from tests.mutation.mutants import Law, Mutant, forgetful_copy

#: The checks, the cheapest first. "rules": the calculators against official tables. "refused": the lawbook does not read such a rule at all.
CHECKS = ("refused", "check_data", "questions", "second_table", "rules", "lives", "situations")

#: This looks at values only, never at how sure a rule is or at what it cites.
_VALUES_ONLY = {"situations"}
_NOT_VALUES = {"sure", "cite"}

Faults = list[str]


@dataclass(frozen=True)
class Verdict:
    """Which check caught a mutant and what it said; nothing of either when it was missed."""

    mutant: Mutant
    check: str = ""
    said: str = ""


@dataclass(frozen=True)
class _Example:
    """One example, the places and topics it reads, and what is wrong with it before any change."""

    name: str
    run: Comparison
    reads: frozenset[tuple[str, str]] | None  # None: it may read anything
    faults: frozenset[str]

    def may_see(self, mutant: Mutant) -> bool:
        return self.reads is None or (mutant.place, mutant.topic) in self.reads


class Suite:
    """Every check, ready to be asked about one changed rule after another."""

    def __init__(self, law: Law, today: date, *, below: bool = False) -> None:
        self.law, self.today, self.below = law, today, below
        self.examples = {
            "questions": [self._example(f"question {q.id}", partial(_question, q)) for q in questions()],
            "second_table": [self._example(name, run) for name, run in second_table()],
            "rules": [self._example(name, run) for name, run in on_rules()],
            "lives": [self._example(f"life {c.id}", partial(_life, c)) for c in golden.cases() if not c.errors],
        }
        self._before: dict[tuple[str, str, str], frozenset[str]] = {}
        self._places_asked = _places_with_rules(law.book)

    def faults_before(self) -> Faults:
        """What is wrong with the law as it is."""
        return [
            *check_data(self.law.book, self.today),
            *(f"{e.name}: {fault}" for group in self.examples.values() for e in group for fault in sorted(e.faults)),
            *check_situations(self.law.book).faults,
        ]

    def judge(self, mutant: Mutant) -> Verdict:
        """Ask one check after the other until one finds a new fault."""
        try:
            book = self.law.changed(mutant)
        except LawError as refusal:
            return Verdict(mutant, "refused", str(refusal))
        for check in CHECKS[1:]:
            if check in _VALUES_ONLY and mutant.kind in _NOT_VALUES:
                continue
            for fault in self.new_faults(check, mutant, book):
                return Verdict(mutant, check, fault)
        return Verdict(mutant)

    def new_faults(self, check: str, mutant: Mutant, book: Lawbook) -> Iterator[str]:
        """What one check finds in the changed law ``book`` that it does not find in the law as it is."""
        place, topic = mutant.place, mutant.topic
        if check == "check_data":
            found = check_data(among(book, place, topic), self.today)
            yield from _new(found, self._known("check_data", place, topic))
        elif check == "situations":
            for asked in self._places_asked[place, topic] if self.below else [place]:
                found = _run(partial(_situations, asked, topic), book)
                yield from _new(found, self._known("situations", asked, topic))
        else:
            for example in self.examples[check]:
                if example.may_see(mutant):
                    yield from (
                        f"{example.name}: {fault}" for fault in _new(_run(example.run, book, mutant), example.faults)
                    )

    def _known(self, check: str, place: str, topic: str) -> frozenset[str]:
        """The faults of the law as it is, found once for each place and topic."""
        key = (check, place, topic)
        if key not in self._before:
            book = self.law.book
            self._before[key] = frozenset(
                check_data(among(book, place, topic), self.today)
                if check == "check_data"
                else _run(partial(_situations, place, topic), book)
            )
        return self._before[key]

    def _example(self, name: str, run: Comparison) -> _Example:
        listening = _Listening(self.law.book)
        faults = frozenset(_run(run, listening))
        return _Example(name, run, None if listening.read_everything else frozenset(listening.reads), faults)


class _Listening(Lawbook):
    """The law as it is, writing down which places and topics are asked for."""

    def __init__(self, book: Lawbook) -> None:
        self.reads: set[tuple[str, str]] = set()
        self.read_everything = False
        # What is remembered would not be asked for again, and its reading not be seen.
        forgetful = vars(forgetful_copy(book))
        self.__dict__.update({name: value for name, value in forgetful.items() if name != "records"})
        self._all = book.records

    @property
    def records(self) -> dict[str, Record]:
        self.read_everything = True
        return self._all

    def consult(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Finding]:
        self._note(topic, place)
        return super().consult(topic, place, day, values)

    def consult_all(self, topic: str, place: str, day: date, values: Mapping[str, Any]) -> list[Record]:
        self._note(topic, place)
        return super().consult_all(topic, place, day, values)

    def _note(self, topic: str, place: str) -> None:
        self.reads.update((level.id, topic) for level in self.path(place))


def among(book: Lawbook, place: str, topic: str) -> Lawbook:
    """The law cut down to the rules of one place and topic and what they cite."""
    group = book._by_place_and_topic[place, topic]
    cites = {cite for record in group for cite in (*record.cites, *(item.cite for item in record.disagree))}
    cut = forgetful_copy(book)
    cut.records = {record.id: record for record in group}
    cut._by_place_and_topic = {(place, topic): group}
    cut.places = {place: book.places[place]}
    cut.provisions = {cite: book.provisions[cite] for cite in cites}
    texts = {cite.partition("#")[0] for cite in cites} | _named_in(group, book)
    cut.instruments = {name: book.instruments[name] for name in texts.union(*(_named_with()[name] for name in texts))}
    return cut


def _named_in(said: object, book: Lawbook) -> set[str]:
    """The texts of the law whose ids stand in what is said somewhere. A name that nobody knows would be a fault."""
    return book.instruments.keys() & set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+", repr(said)))


@cache
def _named_with() -> Mapping[str, frozenset[str]]:
    """For each text of the law those that are named where it is told of, and those that are named there. No mutant changes them."""
    book = lawbook()
    next_to = {name: _named_in(text, book) for name, text in book.instruments.items()}
    found = {}
    for name in book.instruments:
        reached, ahead = set(), {name}
        while ahead:
            reached |= ahead
            ahead = set().union(*(next_to[one] for one in ahead)) - reached
        found[name] = frozenset(reached)
    return found


def _places_with_rules(book: Lawbook) -> Mapping[tuple[str, str], list[str]]:
    """For a place and topic: the place, and those below it that have rules of their own on the topic."""
    own = {(record.place, record.topic) for record in book.records.values()}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place in book.places:
        for level in book.path(place):
            for topic in book.topics:
                if place == level.id or (place, topic) in own:
                    found[level.id, topic].append(place)
    return found


def _new(found: Faults, known: frozenset[str]) -> Iterator[str]:
    return (fault for fault in found if fault not in known)


def _run(run: Comparison, book: Lawbook, mutant: Mutant | None = None) -> Faults:
    """What a check finds; one that breaks off has found something."""
    try:
        return run(book, mutant)
    except Exception as fault:
        return [f"{type(fault).__name__}: {fault}"]


def _situations(place: str, topic: str, book: Lawbook, mutant: Mutant | None) -> Faults:
    return check_situations(book, [place], [topic]).faults


def _question(question: Question, book: Lawbook, mutant: Mutant | None) -> Faults:
    answers = ask(book, question.topic, question.place, question.on, question.values)
    cited = {cite for answer in answers for cite in answer["cites"]}
    return _differences(answers, question.expect) + _not_cited(question.sources, cited)


def _life(case: golden.Case, book: Lawbook, mutant: Mutant | None) -> Faults:
    explained = any(path.startswith(("changes.", "why_not.")) for path in case.expect)
    answer = to_json(assess(parse(case.facts, book), book), book, None if explained else NOTHING_EXPLAINED)
    cited = {cite["id"] for rule in answer["rules"] for cite in (*rule["cites"], *rule["disagree"])}
    return _differences(answer, case.expect) + _not_cited(case.sources, cited)


def _differences(answer: Any, expect: Mapping[str, Any]) -> Faults:
    found = []
    for path, expected in expect.items():
        try:
            said = golden.at(answer, path)
        except KeyError as missing:
            found.append(str(missing))
        else:
            if said != expected:
                found.append(f"{path} is {said!r}, not {expected!r}")
    return found


def _not_cited(sources: tuple[str, ...], cited: set[str]) -> Faults:
    return [f"{source} is not cited" for source in sources if source not in cited]
