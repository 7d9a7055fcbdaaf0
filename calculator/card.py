"""What one takes along: a card for the counter and a script for the phone call, each in Chinese and the reader's language.

The Chinese is for the clerk, the other language for the reader; every sentence is there in both, side by side. A card is one
page for one counter at one place: what the person wants, how we read the rules and on which article, the papers, the days,
what is not known. Of the person it holds what the rules look at and no more: no name, no number, no day of birth, no amount
of the account.
"""

from collections.abc import Iterable
from typing import Any

from calculator import __version__
from calculator.assessment import HOTLINE, Assessment, Question
from calculator.confidence import Confidence
from calculator.document import document
from calculator.document.told import value_of
from calculator.explain import NOTHING_EXPLAINED
from calculator.facts import ELSEWHERE, EVENTS, GROUPS, values_of
from calculator.lawbook import Lawbook
from calculator.rules.cover import Interruption
from calculator.rules.steps import Step
from calculator.words import Words

#: Two texts that say the same: ``zh`` for the clerk, ``own`` for the reader; ``own`` is empty when the reader reads Chinese.
Pair = dict[str, str]

#: The counter of the agency, however the law leads to it: its window, its app, its local site.
_AGENCY = "agency_window"
#: No place at which a clerk is handed a card.
_NO_COUNTER = ("nowhere", "old_employer", "own_employer")
PARTS = ("wishes", "claims", "questions")
_GOES_IN_PERSON = ("you", "guardian", "heirs")
#: Facts that no clerk needs from us: the day of birth is on every paper that proves who one is, the balance on his screen.
_NOT_SHOWN = ("born",)
_GROUPS_NOT_SHOWN = ("account",)
#: What is not for the line about medical insurance, by topic: to whom a question or something to confirm goes.
_PENSIONS = "12333"
_ASKED_OF = {
    "hukou": "police_station",
    "identity": "police_station",
    "retirement_age": _PENSIONS,
    "retirement_choice": _PENSIONS,
    "pension_years": _PENSIONS,
    "pension_relation": _PENSIONS,
}
#: How many lines of text fit on one page beside its frame, and how many letters on a line of one of the two columns; a
#: Chinese letter is as wide as two. Tests print the pages and count them.
PAGE_HOLDS, HEADING_TAKES, LINE_HOLDS = 32, 2, 42
#: A page with more provisions names them without their words: a sentence that rests on twelve would not fit otherwise.
MOST_QUOTED = 6


def cards(assessment: Assessment, lang: str, book: Lawbook | None = None) -> dict[str, Any]:
    """The cards for the counters an answer leads to, as finished sentences: plain data, ready to draw or print."""
    return _Speaker(assessment, lang, book).cards()


def phone(assessment: Assessment, lang: str, book: Lawbook | None = None) -> dict[str, Any]:
    """The scripts for the phone calls an answer leads to, as finished sentences: one for each line and place."""
    return _Speaker(assessment, lang, book).phone()


class _Speaker:
    """Says everything about one answer in Chinese and in the reader's language."""

    def __init__(self, assessment: Assessment, lang: str, book: Lawbook | None) -> None:
        self.assessment, self.lang = assessment, lang
        self.zh, self.reader = Words("zh", book), Words(lang, book)
        self.said = {
            words.lang: document(assessment, words.lang, book, NOTHING_EXPLAINED) for words in (self.zh, self.reader)
        }
        #: Whoever goes to the counter is not the insured person, but family or an heir.
        self.for_another = any(step.who == "heirs" for step in assessment.steps)
        self.last_place = _law_place(_places(assessment)[-1])
        #: Who inherits was not told. What holds for each kind of heir is for the heirs to know, not for the clerk.
        self.heirs_open = sum(ruling.topic == "heirs" for ruling in assessment.rulings) > 1

    # -- cards --------------------------------------------------------------------------------------------

    def cards(self) -> dict[str, Any]:
        entries: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for place, entry in self._claims():
            entries.setdefault((_AGENCY, place), []).append(entry)
        for number, step in enumerate(self.assessment.steps):
            counter = counter_of(step)
            if counter is not None:
                entries.setdefault((counter, step.place), []).append(self._wish(number))
        for question, pair in self._questions():
            counter = _ASKED_OF.get(question.topic, _AGENCY)
            if counter in self.zh.templates["where"]:
                entries.setdefault((counter, question.place), []).append({"part": "questions", "text": pair})
        pages = [
            (counter, place, part, page, len(parts))
            for (counter, place), found in entries.items()
            for parts in [self._pages(found)]
            for page, part in enumerate(parts, 1)
        ]
        return {
            "lang": self.lang,
            "cards": [self._card(counter, place, part, page, of) for counter, place, part, page, of in pages],
        }

    def _card(self, counter: str, place: str, entries: list[dict[str, Any]], page: int, of: int) -> dict[str, Any]:
        cites = list(dict.fromkeys(cite for entry in entries for cite in entry.get("cites", ())))
        marks = {cite: str(number) for number, cite in enumerate(cites, 1)}
        return {
            "title": self._say("card.title"),
            "counter": self._both(
                lambda words: words.say(
                    "card.counter", place=_place(place, words), counter=words.say(f"where.{counter}")
                )
            ),
            "page": self._say("card.page", page=page, of=of) if of > 1 else None,
            "facts_title": self._say("card.facts_of_another" if self.for_another else "card.facts"),
            "facts": self._facts(),
            "parts": [
                {
                    "key": part,
                    "title": self._say(f"card.{part}"),
                    "entries": [
                        {
                            "text": entry["text"],
                            "details": entry.get("details", []),
                            "marks": [marks[cite] for cite in entry.get("cites", ())],
                        }
                        for entry in entries
                        if entry["part"] == part
                    ],
                }
                for part in PARTS
                if any(entry["part"] == part for entry in entries)
            ],
            "law_title": self._say("card.law"),
            "law": [{"mark": mark, "text": self._law(cite, len(marks) <= MOST_QUOTED)} for cite, mark in marks.items()],
            "notes": [self._say(f"card.write_{name}") for name in ("result", "rule", "clerk")],
            "asked_on": self._say("card.asked_on", on=self.assessment.facts.on),
            "version": self._say("page.version", engine=__version__, law=self.assessment.law_hash),
        }

    def _claims(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """How we read the rules: the sentences of the answer that say something, each with the place it is about."""
        records = self.zh.book.records
        items = [self.said[words.lang]["answer"]["items"] for words in (self.zh, self.reader)]
        for chinese, own in zip(*items, strict=True):
            if chinese["sure"]["level"] == Confidence.NOT_KNOWN.key:
                continue
            zh, reader = self.zh, self.reader
            if all(records[rule].topic == "heirs" for rule in chinese["rules"]) and self.heirs_open:
                continue
            text = self._pair(
                *(
                    words.joined([item["text"], f"[{item['sure']['text']}]"])
                    for words, item in ((zh, chinese), (reader, own))
                )
            )
            place = _law_place(chinese.get("place", self.last_place))
            cites = [cite for rule in chinese["rules"] for cite in records[rule].cites]
            asked_of = {_ASKED_OF.get(records[rule].topic, HOTLINE) for rule in chinese["rules"]}
            yield (
                place,
                {
                    "part": "claims",
                    "text": text,
                    # Nobody says aloud how sure a sentence is.
                    "spoken": self._pair(chinese["text"], own["text"]),
                    "cites": self._of_here(cites, place),
                    # A sentence on several matters goes where the insurance is known.
                    "asked_of": asked_of.pop() if len(asked_of) == 1 else HOTLINE,
                },
            )

    def _wish(self, number: int) -> dict[str, Any]:
        step = self.assessment.steps[number]

        def details(words: Words) -> list[str]:
            # Who goes, where and on which article stands elsewhere on the card.
            shown = [words.say(f"step_label.{name}") for name in ("of", "papers", "by", "takes")]
            facts = self.said[words.lang]["steps"]["items"][number]["facts"]
            colon = "：" if words.lang == "zh" else ": "
            return [f"{fact['label']}{colon}{fact['text']}" for fact in facts if fact["label"] in shown]

        return {
            "part": "wishes",
            "text": self._both(
                # What one says at the counter, where the step's own sentence, which advises the reader, is not that.
                lambda words: words.templates["wish"].get(step.key) or words.say(f"step.{step.key}")
            ),
            "details": [self._pair(*both) for both in zip(details(self.zh), details(self.reader), strict=True)],
            "cites": self._of_here((cite for record in step.records for cite in record.cites), step.place),
        }

    def _of_here(self, cites: Iterable[str], place: str) -> list[str]:
        """The law of the nation, the province and the place itself. Another place's text may show what is usual, and stands
        in the answer; it binds no clerk here."""
        book = self.zh.book
        here = {level.id for level in book.path(place)}
        return list(dict.fromkeys(cite for cite in cites if book.cite(cite)[0].place in here))

    def _law(self, cite: str, quoted: bool) -> Pair:
        """Title, number and article, and the decisive Chinese words; what they mean the reader finds in the answer."""
        instrument, provision = self.zh.book.cite(cite)

        def named(words: Words) -> dict[str, str]:
            number = words.say("card.number", number=instrument.number) if instrument.number else ""
            title, article = instrument.title.in_(words.lang), provision.article.in_(words.lang)
            return {"title": title, "number": number, "article": article}

        if not quoted:
            chinese = self.zh.say("card.law_named", **named(self.zh))
        elif provision.quote:
            chinese = self.zh.say("card.law_quoted", **named(self.zh), words=provision.quote)
        else:
            chinese = self.zh.say("card.law_described", **named(self.zh), words=self.zh.law(provision.paraphrase))
        return self._pair(chinese, self.reader.say("card.law_named", **named(self.reader)))

    # -- phone --------------------------------------------------------------------------------------------

    def phone(self) -> dict[str, Any]:
        # Each place has its own line: the same number with another area code.
        asked: dict[tuple[str, str], list[Pair]] = {}
        for question, pair in self._questions():
            asked.setdefault((_ASKED_OF.get(question.topic, HOTLINE), question.place), []).append(pair)
        if not any(whom == HOTLINE for whom, _ in asked):
            # Nothing is open: then what we understood is to be confirmed.
            for place, entry in self._claims():
                asked.setdefault((entry["asked_of"], place), []).append(self._to_confirm(entry["spoken"]))
        return {
            "lang": self.lang,
            "calls": [self._call(whom, place, questions) for (whom, place), questions in asked.items()],
        }

    def _to_confirm(self, claim: Pair) -> Pair:
        return self._pair(
            self.zh.say("phone.confirm", claim=claim["zh"]), self.reader.say("phone.confirm", claim=claim["own"])
        )

    def _call(self, whom: str, place: str, questions: list[Pair]) -> dict[str, Any]:
        return {
            "title": self._both(lambda words: words.say(f"phone.title_{whom}", place=_place(place, words))),
            "how": self._say(f"phone.how_{whom}"),
            "opening_title": self._say("phone.opening_title"),
            "opening": self._both(lambda words: words.say(f"phone.opening_{whom}", place=_place(place, words))),
            "facts_title": self._say("phone.facts_of_another" if self.for_another else "phone.facts"),
            "facts": self._facts(),
            "questions_title": self._say("phone.questions_title"),
            "questions": questions,
            "answer": self._say("phone.answer"),
            "closing_title": self._say("phone.closing_title"),
            "closing": [self._say(f"phone.closing_{name}") for name in ("rule", "clerk", "thanks")],
            "notes": [self._say(f"phone.write_{name}") for name in ("rule", "clerk", "when")],
            "asked_on": self._say("card.asked_on", on=self.assessment.facts.on),
            "version": self._say("page.version", engine=__version__, law=self.assessment.law_hash),
        }

    # -- what both need -----------------------------------------------------------------------------------

    def _questions(self) -> Iterable[tuple[Question, Pair]]:
        for question, item in zip(self.assessment.questions, self.said["zh"]["not_known"]["items"], strict=True):
            yield question, self._pair(item["zh"], item["en"])

    def _facts(self) -> list[Pair]:
        """What the clerk must know: where, until when paid, what happened; of each fact its name and value."""
        facts = self.assessment.facts

        def told(words: Words) -> list[str]:
            lines = [
                _line(words, words.templates["field"][field.name], value_of(field, value, words))
                for group, fields in GROUPS.items()
                if group not in _GROUPS_NOT_SHOWN
                for field in fields
                if field.name not in _NOT_SHOWN and (value := values_of(facts, group).get(field.name)) is not None
            ]
            for event in facts.events:
                names = words.templates["field"]
                parts = [
                    _line(words, names.get(f"event_{field.name}", names[field.name]), value_of(field, value, words))
                    for field in EVENTS[event.kind]
                    if (value := event[field.name]) is not None
                ]
                # For the law the two ways of coming back are two events; here the facts beside the name tell them apart.
                name = words.templates["card"].get(f"event_{event.kind}") or words.value(event.kind)
                lines.append(_event(name, parts, words))
            # How many months are missing follows from the days; the clerk counts it too, so it is worth comparing.
            stretches = self.said[words.lang]["cover"]["stretches"]
            return lines + [
                shown["title"]
                for stretch, shown in zip(self.assessment.timelines, stretches, strict=True)
                if isinstance(stretch, Interruption) and stretch.gap
            ]

        return [self._pair(*both) for both in zip(told(self.zh), told(self.reader), strict=True)]

    def _pages(self, entries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        """The entries of one counter on as few pages as hold them, wishes first; each page with the law it needs."""
        frame = sum(map(_lines, self._facts()))
        pages: list[list[dict[str, Any]]] = []
        there: set[str] = set()  # the parts and articles that are on the page already
        room = 0
        for entry in sorted(entries, key=lambda entry: PARTS.index(entry["part"])):
            if not pages or self._takes(entry, there) > room:
                pages.append([])
                there, room = set(), PAGE_HOLDS - frame
            room -= self._takes(entry, there)
            pages[-1].append(entry)
            there |= {entry["part"], *entry.get("cites", ())}
        return pages

    def _takes(self, entry: dict[str, Any], there: set[str]) -> int:
        """The lines an entry takes, with the heading and the articles that are not on the page yet."""
        cites = entry.get("cites", ())
        new = [self._law(cite, len(cites) <= MOST_QUOTED) for cite in cites if cite not in there]
        heading = 0 if entry["part"] in there else HEADING_TAKES
        return heading + sum(map(_lines, [entry["text"], *entry.get("details", ()), *new]))

    def _say(self, key: str, **values: Any) -> Pair:
        return self._both(lambda words: words.say(key, **values))

    def _both(self, say: Any) -> Pair:
        return self._pair(say(self.zh), say(self.reader))

    def _pair(self, chinese: str, own: str) -> Pair:
        return {"zh": chinese, "own": "" if self.lang == "zh" else own}


def counter_of(step: Step) -> str | None:
    """The counter at which the person says what a step is about, by its name in ``[where]``; None when there is none."""
    if step.who not in _GOES_IN_PERSON or step.where in _NO_COUNTER:
        return None
    return _AGENCY if step.where.startswith("agency") else step.where


def _lines(pair: Pair) -> int:
    """How many lines a text takes in the longer of its two columns."""
    wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in pair["zh"])
    return max(-(-wide // LINE_HOLDS), -(-len(pair["own"]) // LINE_HOLDS))


def _line(words: Words, name: str, value: str) -> str:
    return f"{name}：{value}" if words.lang == "zh" else f"{name[0].upper()}{name[1:]}: {value}"


def _event(happened: str, parts: list[str], words: Words) -> str:
    """What happened, with what was told about it in brackets."""
    if words.lang == "zh":
        return f"{happened}（{'，'.join(parts)}）" if parts else happened
    happened = f"{happened[0].upper()}{happened[1:]}"
    return f"{happened} ({'; '.join(part[0].lower() + part[1:] for part in parts)})" if parts else happened


def _place(place: str, words: Words) -> str:
    """The name of a place; a line to fill in for one we hold no rules for."""
    return words.say("card.place_open") if place == "china" else words.place(place)


def _law_place(place: str) -> str:
    return "china" if place == ELSEWHERE else place


def _places(assessment: Assessment) -> list[str]:
    """Where the person is insured, one after the other."""
    facts = assessment.facts
    return [facts.place, *(event["to"] for event in facts.events if "to" in event.values)]
