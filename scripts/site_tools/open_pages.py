"""Functions of the page "What we don't know yet": every rule that leaves something open, by question and by place.

Nothing on that page is a list kept by hand. A rule that says ``unknown`` stands there, and goes away when it is answered.
"""

from html import escape

from calculator.document.sources import citation
from calculator.lawbook import UNKNOWN, Record
from scripts.site_tools.page_part import ELSEWHERE, REPORTS, PagePart

NATION = "china"


class OpenPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def open_count(self) -> str:
        """How many rules in force leave something open."""
        return str(len(self._open()))

    def open_overview(self) -> str:
        """The questions that are open somewhere, each with the places, which lead to their entries."""
        places: dict[str, dict[str, None]] = {}
        for record in self._open():
            places.setdefault(record.topic, {})[record.place] = None
        rows = [
            [
                escape(topic["asks"][self._lang]),
                self._words.listed(
                    f'<a href="#open-{place}">{escape(self._words.place(place))}</a>' for place in places[name]
                ),
            ]
            for name, topic in self._book.topics.items()
            if name in places
        ]
        return self._table("open", ("question", "open_in"), rows)

    def open_by_place(self) -> str:
        """Place by place: what is open, why, and the question to put to 12393."""
        found: dict[str, list[Record]] = {}
        for record in self._open():
            found.setdefault(record.place, []).append(record)
        return "\n\n".join(
            f"### {self._words.place(place)} {{ #open-{place} }}\n\n{self._folded(place, records)}"
            for place, records in found.items()
        )

    def undated(self) -> str:
        """Texts of authorities whose first day in force was not seen, place by place."""
        order = [*self._book.places, ELSEWHERE]
        texts = [
            one
            for one in self._book.instruments.values()
            if one.kind not in REPORTS and "effective" in one.dates_not_known
        ]
        rows = [
            [
                escape(self._place_name(self._page_of(one))),
                f'<a href="law:{one.id}#law">{escape(one.title.in_(self._lang))}</a>',
                escape(one.number) or "–",
            ]
            for one in sorted(texts, key=lambda one: (order.index(self._page_of(one)), one.id))
        ]
        return self._table("undated", ("place", "instrument", "number"), rows)

    def remembered(self) -> str:
        """What we only remember and no source was seen for. No answer rests on it."""
        rows = [
            [self._link(one.id), escape(citation(one.id, self._words)["paraphrase"])]
            for one in self._book.provisions.values()
            if one.seen == "memory"
        ]
        return self._table("remembered", ("article", "what_it_says"), rows)

    # -- pieces -------------------------------------------------------------------------------------------

    def _open(self) -> list[Record]:
        """The rules in force that leave something open, nation first, each province before its cities."""
        order = list(self._book.places)
        found = [
            record
            for record in self._book.records.values()
            if UNKNOWN in record.then.values() and record.alive_on(self._read_on)
        ]
        return sorted(found, key=lambda record: order.index(record.place))

    def _folded(self, place: str, records: list[Record]) -> str:
        """The entry of a place, folded: nobody reads those of all places, and on paper it is open."""
        topics = dict.fromkeys(self._book.topics[record.topic]["asks"][self._lang] for record in records)
        said = self._words.say("guide.open_points", n=len(records), topics=len(topics))
        return f'<details class="yb-example"><summary>{escape(said)}</summary>{self._open_at(place, records)}</details>'

    def _open_at(self, place: str, records: list[Record]) -> str:
        """What is open in a place: topic by topic, with each question to ask below the points it is about."""
        asked: dict[str, dict[str, list[Record]]] = {}
        for record in records:
            asked.setdefault(record.topic, {}).setdefault(record.ask, []).append(record)
        # The nation has no counter: there the question is for the reader's own place.
        local = "" if place == NATION else place
        parts = []
        for topic, questions in asked.items():
            said = [f"<p><strong>{escape(self._book.topics[topic]['asks'][self._lang])}</strong></p>"]
            for ask, open_here in questions.items():
                points = dict.fromkeys(self._point(record) for record in open_here)
                said.append(f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>{self._question(ask, local)}")
            parts.append(f'<div class="yb-open">{"".join(said)}</div>')
        return "".join(parts)

    def _point(self, record: Record) -> str:
        """What is open, under which conditions, and why."""
        outcomes = self._words.listed(
            self._words.say(f"name.{name}") for name, value in record.then.items() if value == UNKNOWN
        )
        parted = "；" if self._lang == "zh" else "; "
        conditions = parted.join(self._conditions_said(record)) or self._page["always"]
        why = self._words.say(f"why.{record.unknown}")
        return f"{escape(outcomes)}<br><small>{escape(conditions)}</small><br>{escape(why)} {self._cites(record)}"
