"""What every part of :class:`scripts.site_tools.law_pages.LawPages` builds on: one language's view of the law.

Nothing here is a function of the pages; the parts make those out of these pieces.
"""

from collections.abc import Container, Iterable
from html import escape
from typing import Any

from calculator.confidence import Confidence
from calculator.document.sources import citation
from calculator.lawbook import Instrument, Record, lawbook
from calculator.naming import short_name
from calculator.words import Words

#: The page of places that are examples only.
ELSEWHERE = "elsewhere"
#: In a list of values: those that no other value names.
OTHER = "other"
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

    def _conditions_said(self, record: Record, *, but: Container[str] = ()) -> list[str]:
        """Under which conditions a rule applies, a sentence each, without those that a page says itself."""
        kinds = self._book.topics[record.topic]["conditions"]
        return [
            self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=self._test_said(kinds[name], test))
            for name, test in record.when.items()
            if name not in but
        ]

    def _test_said(self, kind: Any, test: Any) -> str:
        """What a condition asks for. "Other" says nothing to whoever does not see the list: it is all but those left out."""
        values = test if isinstance(test, list) else [test]
        if not isinstance(kind, list) or OTHER not in values:
            return self._words.quantity(kind, test)
        return self._words.say("guide.all_but", left=self._words.value([one for one in kind if one not in values]))

    def _outcomes_said(self, record: Record, *, but: Container[str] = ()) -> list[str]:
        """What follows from a rule, each outcome by its name, as HTML, without those that a page says itself."""
        kinds = self._book.topics[record.topic]["outcomes"]
        return [
            self._words.say(
                "rule.fact",
                name=escape(self._words.say(f"name.{name}")),
                value=f"<strong>{escape(self._words.quantity(kinds[name], value))}</strong>",
            )
            for name, value in record.then.items()
            # Months begin on their first day, and what does not arise needs no line either.
            if name not in but
            and not (name in ("stops_on_day", "starts_on_day") and value == 1)
            and value != "does_not_arise"
        ]

    def _question(self, ask: str, place: str = "") -> str:
        """A question to put to 12393 as a block: in Chinese, and below it in the reader's language."""
        open_slots = {name: f"ask_slot.{name}_open" for name in ("last_paid", "resume", "gap", "retires")}

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
        return self._links(record.cites[:2])

    def _links(self, cites: Iterable[str]) -> str:
        """Provisions with the name of their law, which is said once for several articles of one law."""
        said, before = [], None
        for cite in cites:
            instrument = self._book.cite(cite)[0].id
            said.append(self._link(cite, named=instrument != before))
            before = instrument
        # The mark stays with what it ends, also where a table shows the beginning of a link in a box (guide.css).
        mark = self._words.semicolon
        ended = [f'<span class="yb-cite-end">{link}{mark.strip()}</span>' for link in said[:-1]]
        return mark.replace(mark.strip(), "").join([*ended, *said[-1:]])

    def _link(self, provision: str, *, named: bool = True) -> str:
        """A provision by the short name of its law and its article, linked to its entry; its tip says all of it, since a narrow
        table shows the beginning only (guide.css)."""
        item = citation(provision, self._words)
        article = self._article_of(provision) if named else item["article"]
        tip = f"{item['title']} · {item['article']}"
        return f'<a class="yb-cite-link" href="{self._address(provision)}" title="{escape(tip)}">{escape(article)}</a>'

    def _article_of(self, provision: str) -> str:
        """A provision as people name it: the law by its short name, then the article."""
        instrument, found = self._book.cite(provision)
        article = found.article.in_(self._lang)
        if self._lang == "en":
            return f"{short_name(instrument, self._lang)}, {article}"
        # 社会保险法第二十六条; where no article follows, a blank parts the name from what does.
        return f"{short_name(instrument, self._lang)}{'' if article.startswith('第') else ' '}{article}"

    def _says(self, provision: str) -> str:
        return citation(provision, self._words)["paraphrase"]

    def _chip(self, level: Confidence) -> str:
        return f'<span class="yb-sure yb-sure-{level.key}">{escape(self._words.say(f"sure.{level.key}"))}</span>'

    def _table(
        self,
        name: str,
        columns: Iterable[str],
        rows: Iterable[list[str]],
        caption: str = "",
        *,
        sift: Iterable[int] = (),
    ) -> str:
        """A table whose cells are HTML, the first of each row a heading. A column that is no key of the words is said as
        it is. With ``sift``, the numbers of columns, a reader can sort it and choose among the values of these columns
        (docs/assets/tables.js)."""
        head = "".join(f'<th scope="col">{escape(self._page.get(f"col_{column}", column))}</th>' for column in columns)
        body = "".join(
            f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
        )
        controls = "".join(
            f' data-words-{word}="{escape(self._page[f"sift_{word}"])}"' for word in ("all", "group", "shown", "text")
        )
        sifted = f' data-sift="{" ".join(map(str, sift))}"{controls}' if sift else ""
        return (
            f'<table class="yb-table yb-table-{name}"{sifted}><caption>{escape(caption or self._page[f"caption_{name}"])}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _page_of(self, instrument: Instrument) -> str:
        return instrument.place if instrument.place in self._book.places else ELSEWHERE

    def _address(self, provision: str) -> str:
        """Where a provision stands, on the page of its instrument; the page it is asked from is known when the page is written (stage.py)."""
        return f"law:{provision}"
