"""What every part of :class:`scripts.site_tools.law_pages.LawPages` builds on: one language's view of the law.

Nothing here is a function of the pages; the parts make those out of these pieces.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from calculator.confidence import Confidence
from calculator.document.sources import citation
from calculator.lawbook import Record, lawbook
from calculator.words import Words

#: The page of places that are examples only.
ELSEWHERE = "elsewhere"
#: Kinds of instruments that are no text of an authority.
REPORTS = ("secondary_report",)


class PagePart:
    """The law, the words of one language, the day of reading, and the pieces of HTML that all pages share."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._book = lawbook()
        self._words = Words(lang)
        self._page = self._words.templates["guide"]
        self._read_on = self._book.read_until

    def _records(self, topic: str) -> list[Record]:
        alive = [r for r in self._book.records.values() if r.topic == topic and r.alive_on(self._read_on)]
        order = list(self._book.places)
        return sorted(alive, key=lambda record: order.index(record.place))

    def _conditions_said(self, record: Record) -> list[str]:
        """Under which conditions a rule applies, a sentence each."""
        kinds = self._book.topics[record.topic]["conditions"]
        return [
            self._words.say(
                "rule.fact", name=self._words.say(f"name.{name}"), value=self._words.quantity(kinds[name], test)
            )
            for name, test in record.when.items()
        ]

    def _outcomes_said(self, record: Record) -> list[str]:
        """What follows from a rule, each outcome by its name, as HTML."""
        kinds = self._book.topics[record.topic]["outcomes"]
        return [
            self._words.say(
                "rule.fact",
                name=escape(self._words.say(f"name.{name}")),
                value=f"<strong>{escape(self._words.quantity(kinds[name], value))}</strong>",
            )
            for name, value in record.then.items()
            # Months begin on their first day, and what does not arise needs no line either.
            if not (name in ("stops_on_day", "starts_on_day") and value == 1) and value != "does_not_arise"
        ]

    def _question(self, ask: str, place: str = "") -> str:
        """A question to put to 12393 as a block: in Chinese, and below it in the reader's language."""
        open_slots = {name: f"ask_slot.{name}_open" for name in ("last_paid", "resume", "gap")}

        def fill(words: Words) -> str:
            slots = {name: words.say(key) for name, key in open_slots.items()}
            return words.say(f"ask.{ask}", place=words.place(place) if place else words.say("ask_slot.here"), **slots)

        own = "" if self._lang == "zh" else f"<figcaption>{escape(fill(self._words))}</figcaption>"
        return f'<figure class="yb-quote"><blockquote lang="zh-Hans">{escape(fill(Words("zh")))}</blockquote>{own}</figure>'

    def _where(self, record: Record) -> str:
        return self._words.place(record.place)

    def _place_name(self, place: str) -> str:
        return self._page["elsewhere"] if place == ELSEWHERE else self._words.place(place)

    def _sources(self, record: Record) -> str:
        return f"{self._chip(record.sure)} {self._cites(record)}"

    def _cites(self, record: Record) -> str:
        return " ".join(self._link(cite) for cite in record.cites[:2])

    def _link(self, provision: str) -> str:
        item = citation(provision, self._words)
        return f'<a class="yb-cite-link" href="{self._address(provision)}" title="{escape(item["title"])}">{escape(item["article"])}</a>'

    def _says(self, provision: str) -> str:
        return citation(provision, self._words)["paraphrase"]

    def _chip(self, level: Confidence) -> str:
        return f'<span class="yb-sure yb-sure-{level.key}">{escape(self._words.say(f"sure.{level.key}"))}</span>'

    def _table(self, name: str, columns: Iterable[str], rows: Iterable[list[str]], caption: str = "") -> str:
        """A table whose cells are HTML, the first of each row a heading. A column that is no key of the words is said as
        it is."""
        head = "".join(f'<th scope="col">{escape(self._page.get(f"col_{column}", column))}</th>' for column in columns)
        body = "".join(
            f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
        )
        return (
            f'<table class="yb-table yb-table-{name}"><caption>{escape(caption or self._page[f"caption_{name}"])}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _page_of(self, instrument: Any) -> str:
        return instrument.place if instrument.place in self._book.places else ELSEWHERE

    def _address(self, provision: str) -> str:
        """Where a provision stands; the page it is asked from is known when the page is written (stage.py)."""
        return f"law:{self._page_of(self._book.cite(provision)[0])}#{anchor(provision)}"


def anchor(provision: str) -> str:
    """The id of a provision's entry on the law page."""
    return provision.replace("#", "--")
