"""Functions of the pages on the law: one page for each instrument, made from the data, and the list of all.

A page says what a text is and how long it holds, what it says article by article with how that was seen, which rules of the
calculator rest on each article, which sources say otherwise, and what it did to an earlier text.
"""

from datetime import date
from functools import cached_property
from html import escape

from calculator.document.sources import citation
from calculator.lawbook import Instrument, Provision, Record, Text
from calculator.naming import name_in_a_sentence, with_names
from scripts.site_tools import charts
from scripts.site_tools.page_part import ELSEWHERE, REPORTS, PagePart

#: The kinds of texts from the one with most weight to the one with least: the order of the list.
KINDS_BY_WEIGHT = (
    "statute", "decision", "judicial_interpretation", "administrative_regulation", "department_rule", "local_regulation",
    "local_rule", "normative_document", "notice", "official_answer", "service_guide", "draft", "secondary_report",
)  # fmt: skip
#: Days of a text in the order of its life.
DAYS = ("issued", "published", "effective", "amended", "expires")


class InstrumentPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def kinds(self) -> str:
        """The kinds of instruments as they are written in the data, each with what it means."""
        rows = [[f"<code>{kind}</code>", escape(self._page[f"kind_of_{kind}"])] for kind in KINDS_BY_WEIGHT]
        return self._table("kinds", ("kind_in_data", "means"), rows)

    def law_instruments(self) -> list[str]:
        """The instruments that have a page: all of them."""
        return list(self._book.instruments)

    # -- the list -----------------------------------------------------------------------------------------

    def law_list(self) -> str:
        """Every instrument, place by place, those with most weight first, with its status on the day of reading."""
        parts = []
        for place in [*self._book.places, ELSEWHERE]:
            if self._instruments(place):
                name = self._place_name(place)
                parts.append(f"### {name} {{ #law-{place} }}\n\n{self._list_of(place)}")
        return "\n\n".join(parts)

    def law_count(self) -> str:
        """How many texts and reports there are."""
        return str(len(self._book.instruments))

    def provision_count(self) -> str:
        """How many articles and sentences of them were read."""
        return str(len(self._book.provisions))

    def place_sources(self, place: str) -> str:
        """Every instrument of a place with its status, linked to its page."""
        return self._list_of(place) if self._instruments(place) else self._page["no_sources"]

    def _instruments(self, place: str) -> list[Instrument]:
        found = [one for one in self._book.instruments.values() if self._page_of(one) == place]
        return sorted(found, key=lambda one: (KINDS_BY_WEIGHT.index(one.kind), one.id))

    def _list_of(self, place: str) -> str:
        rows = [
            [
                f'<a id="{one.id}" href="law:{one.id}#law">{escape(one.title.in_(self._lang))}</a>',
                escape(one.number) or "–",
                escape(self._page[f"kind_of_{one.kind}"]),
                escape(self._status(one)),
                str(len(one.provisions)),
            ]
            for one in self._instruments(place)
        ]
        columns = ("instrument", "number", "kind", "status", "articles")
        return self._table("law", columns, rows, caption=self._place_name(place))

    # -- one instrument -----------------------------------------------------------------------------------

    def instrument_title(self, instrument: str) -> str:
        """Its title, as the heading of its page."""
        return self._book.instruments[instrument].title.in_(self._lang)

    def instrument_about(self, instrument: str) -> str:
        """What it is: the title in the other language, number, who issued it, kind, place, where to read it."""
        one = self._book.instruments[instrument]
        page, place = self._page_of(one), one.place
        where = f'<a href="place:{page}#place">{escape(self._place_name(page))}</a>'
        if page == ELSEWHERE:
            where += f" ({escape(place.capitalize())})" if self._lang == "en" else ""
        chinese = f'<span lang="zh-Hans">{escape(one.title.zh)}</span>'
        english = f'<span lang="en">{escape(one.title.en)}</span>'
        issuer = f'<span lang="zh-Hans">{escape(one.issuer.zh)}</span>'
        told = [
            ("title_other", chinese if self._lang == "en" else english),
            ("number", f'<span lang="zh-Hans">{escape(one.number)}</span>' if one.number else ""),
            ("issuer", escape(one.issuer.en) + f" ({issuer})" if self._lang == "en" else issuer),
            ("kind", escape(self._page[f"kind_of_{one.kind}"])),
            ("place", where),
            ("status", f"<strong>{escape(self._status(one))}</strong>"),
            ("official", f'<a href="{escape(one.url)}">{escape(self._page["official_page"])}</a>' if one.url else ""),
        ]
        none = escape(self._page["none_known"])
        rows = [[escape(self._page[f"row_{name}"]), said or none] for name, said in told]
        body = "".join(f'<tr><th scope="row">{name}</th><td>{said}</td></tr>' for name, said in rows)
        caption = f'<caption class="yb-unseen">{escape(self._page["caption_about_law"])}</caption>'
        return f'<table class="yb-table yb-table-about">{caption}<tbody>{body}</tbody></table>'

    def instrument_days(self, instrument: str) -> str:
        """Its life on a line of time, with the same days as a list."""
        one = self._book.instruments[instrument]
        days = self._days(one)
        # The list names what the drawing shows by number; a day that was not seen has none.
        known = [(name, day) for name, day in days if day]
        items = [
            f"<li>{escape(self._page[f'day_{name}'])}{self._words.colon}{escape(self._words.day(day))}</li>"
            for name, day in known
        ]
        open_days = [self._page[f"day_{name}"] for name, day in days if day is None]
        parts = []
        if len(known) > 1:
            # On paper, where hundreds stand one behind the other, the list is enough.
            parts.append(f'<div class="screen-only">{self._line(one, known)}</div>')
        parts.append(f'<ol class="yb-days">{"".join(items)}</ol>')
        if open_days:
            said = self._words.say("guide.days_not_seen", days=self._words.listed(open_days))
            parts.append(f"<p>{escape(said)}</p>")
        return "\n\n".join(parts)

    def instrument_provisions(self, instrument: str) -> str:
        """What it says: each article with the decisive Chinese words, how they were seen, and what rests on it."""
        provisions = self._book.instruments[instrument].provisions.values()
        return "\n\n".join(self._provision(provision) for provision in provisions)

    def instrument_related(self, instrument: str) -> str:
        """What it did to earlier texts, and later texts to it; "" when nothing is known."""
        one = self._book.instruments[instrument]
        said = [self._relation(f"law_{earlier.how}", earlier.id, earlier.shown_by) for earlier in one.earlier]
        said += [
            self._relation(f"law_{earlier.how}_this", later.id, earlier.shown_by)
            for later in self._book.instruments.values()
            for earlier in later.earlier
            if earlier.id == instrument
        ]
        if not said:
            # In the book the heading goes with it: hundreds of times "nothing" would fill pages.
            return f'<p class="screen-only">{escape(self._page["law_no_relation"])}</p>'
        return f"<ul>{''.join(f'<li>{line}</li>' for line in said)}</ul>"

    # -- pieces -------------------------------------------------------------------------------------------

    def _status(self, one: Instrument) -> str:
        """How it stood on the day of reading."""
        if one.kind in REPORTS:
            return self._page["status_report"]
        if one.kind == "draft":
            return self._page["status_draft"]
        begins, ends = one.dates.get("effective"), one.dates.get("expires")
        replaced = any(
            earlier.id == one.id and earlier.how == "replaces"
            for later in self._book.instruments.values()
            for earlier in later.earlier
        )
        if ends and ends <= self._read_on:
            return self._words.say("guide.status_ended", day=ends)
        if begins and begins > self._read_on:
            return self._words.say("guide.status_to_come", day=begins)
        if replaced:
            return self._page["status_replaced"]
        if "expires" in one.dates_not_known:
            return self._page["status_ended_unknown"]
        if begins and ends:
            return self._words.say("guide.status_in_force_until", day=begins, until=ends)
        if begins:
            return self._words.say("guide.status_in_force", day=begins)
        return self._page["status_day_not_seen"]

    def _days(self, one: Instrument) -> list[tuple[str, date | None]]:
        """The days of a text in order, with the day until which the law was read; None for one that was not seen."""
        known = [(name, one.dates[name]) for name in DAYS if name in one.dates]
        # Issued and made public on one day are one event to the reader.
        if one.dates.get("issued") and one.dates.get("issued") == one.dates.get("published"):
            known.remove(("published", one.dates["published"]))
        known.append(("read", self._read_on))
        known.sort(key=lambda pair: pair[1])
        return [*known, *((name, None) for name in DAYS if name in one.dates_not_known)]

    def _line(self, one: Instrument, known: list[tuple[str, date]]) -> str:
        """The days as a drawing: a full bar while the text is known to be in force."""
        begins, ends = one.dates.get("effective"), one.dates.get("expires")
        bar = None
        if begins:
            bar = (begins, min(ends or self._read_on, self._read_on)) if begins < self._read_on else None
        rest = (max(begins, self._read_on), ends) if begins and ends and ends > self._read_on else None
        height, drawn = charts.life_line([day for _, day in known], bar, rest)
        words = self._words.semicolon.join(
            f"{number} {self._page[f'day_{name}']}{self._words.colon}{self._words.day(day)}"
            for number, (name, day) in enumerate(known, start=1)
        )
        title = self._words.say("guide.picture_law_days", law=one.title.in_(self._lang))
        return charts.figure(f"life-{one.id}", title, f"{words}{self._page['stop']}", height, drawn)

    def _provision(self, provision: Provision) -> str:
        item = citation(provision.id, self._words)
        quote = f'<blockquote lang="zh-Hans">{escape(item["quote"])}</blockquote>' if item["quote"] else ""
        note = f'<p class="yb-note">{self._naming_laws(provision.note)}</p>' if provision.note else ""
        said = [item["seen"], item["checked"]]
        if provision.witness and self._lang == "en":
            said.append(f"{self._page['witness']} {'; '.join(provision.witness)}")
        seen = f'<p class="yb-seen">{escape(self._words.semicolon.join(said))}{self._page["stop"]}</p>'
        own = provision.id.partition("#")[2]
        return (
            f"### {item['article']} {{ #{own} }}\n\n"
            f'<div class="yb-provision"><p>{self._naming_laws(provision.paraphrase)}</p>{quote}{note}{seen}'
            f"{self._resting_on(provision.id)}{self._contradicted(provision.id)}</div>"
        )

    def _naming_laws(self, text: Text) -> str:
        """A note or a paraphrase as HTML, with the texts that it names linked."""

        def linked(one: Instrument) -> str:
            name = escape(name_in_a_sentence(one, self._lang))
            return f'<a class="yb-cite-link" href="law:{one.id}#law">{name}</a>'

        return with_names(escape(text.in_(self._lang)), self._lang, self._book, linked)

    @cached_property
    def _uses(self) -> dict[str, list[Record]]:
        """By provision: the rules that rest on it, nation first."""
        order = list(self._book.places)
        found: dict[str, list[Record]] = {}
        for record in sorted(self._book.records.values(), key=lambda record: order.index(record.place)):
            for cite in record.cites:
                found.setdefault(cite, []).append(record)
        return found

    def _resting_on(self, provision: str) -> str:
        """The rules that rest on a provision: by place, the questions they answer, and those that no longer apply."""
        records = self._uses.get(provision, [])
        if not records:
            return f'<p class="yb-rests screen-only">{escape(self._page["nothing_rests"])}</p>'
        places: dict[str, dict[str, bool]] = {}
        for record in records:
            topics = places.setdefault(record.place, {})
            topics[record.topic] = topics.get(record.topic, False) or record.alive_on(self._read_on)
        items = "".join(
            f"<li>{escape(self._words.place(place))}{self._words.colon}{self._questions(place, topics)}</li>"
            for place, topics in places.items()
        )
        said = self._words.say("guide.rests", n=len(records))
        # What rests on an article is found by the article, not by the words of each question.
        return f'<details class="yb-rests screen-only" data-search-exclude><summary>{escape(said)}</summary><ul>{items}</ul></details>'

    def _questions(self, place: str, topics: dict[str, bool]) -> str:
        said = []
        for topic, alive in topics.items():
            question = escape(self._book.topics[topic]["asks"][self._lang])
            if alive:
                said.append(f'<a href="place:{place}#{topic.replace("_", "-")}">{question}</a>')
            else:
                said.append(self._words.aside(question, escape(self._page["not_any_more"])))
        return self._words.semicolon.join(said)

    @cached_property
    def _others(self) -> dict[str, list[tuple[str, str]]]:
        """By provision: the provisions that say otherwise, each with what is followed and why."""
        found: dict[str, dict[str, str]] = {}
        for record in self._book.records.values():
            for other in record.disagree:
                why = self._words.law(other.why)
                found.setdefault(record.cites[0], {})[other.cite] = why
                found.setdefault(other.cite, {})[record.cites[0]] = why
        return {provision: list(others.items()) for provision, others in found.items()}

    def _contradicted(self, provision: str) -> str:
        """The sources that say otherwise than a provision, with what they say."""
        items = "".join(
            f"<li>{self._link(other)}{self._words.colon}{escape(self._says(other))}"
            f"<br><small>{escape(self._page['col_followed'])}{self._words.colon}{escape(why)}</small></li>"
            for other, why in self._others.get(provision, ())
        )
        return f"<p>{escape(self._page['says_otherwise'])}</p><ul>{items}</ul>" if items else ""

    def _relation(self, key: str, other: str, shown_by: str) -> str:
        title = escape(self._book.instruments[other].title.in_(self._lang))
        said = self._words.say(f"guide.{key}", law=f'<a href="law:{other}#law">{title}</a>')
        if shown_by:
            seen = escape(citation(shown_by, self._words)["seen"])
            shown = self._words.say("guide.law_shown_by", article=self._link(shown_by), seen=seen)
            return self._words.joined([said, shown])
        return said if "follows" in key else self._words.joined([said, self._page["law_shown_by_none"]])
