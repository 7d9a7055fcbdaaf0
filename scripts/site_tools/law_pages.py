"""What guide pages take from the law data: citations, numbers, tables, steps, worked examples.

``environment_globals(lang)`` gives the functions that a page calls as ``{{ name(…) }}``. A page that names a rule,
provision, event or example that does not exist stops the build, so prose and law can't drift apart.
"""

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from calculator import html as renderer
from calculator.confidence import SEEN, Confidence
from calculator.document import document
from calculator.document.sources import citation
from calculator.facts import FactErrors, parse
from calculator.judge import assess
from calculator.lawbook import Record
from calculator.words import error_message, in_brackets, number_of_rule
from scripts.site_tools import calculator_page
from scripts.site_tools.change_pages import ChangePages
from scripts.site_tools.claim_pages import ClaimPages
from scripts.site_tools.compare_pages import ComparePages
from scripts.site_tools.instrument_pages import InstrumentPages
from scripts.site_tools.money_pages import MoneyPages
from scripts.site_tools.office_pages import OfficePages
from scripts.site_tools.open_pages import OpenPages
from scripts.site_tools.page_part import ELSEWHERE
from scripts.site_tools.paths import DOCS
from scripts.site_tools.resident_pages import ResidentPages
from scripts.site_tools.retirement_pages import RetirementPages
from scripts.site_tools.situation_pages import SituationPages
from scripts.site_tools.start_pages import StartPages
from scripts.site_tools.tags import TagPages
from tests.golden import case


def environment_globals(lang: str) -> dict[str, Callable[..., str]]:
    """The functions a page in this language can use (they are listed in docs/README.md)."""
    pages = LawPages(lang)
    names = [name for name in dir(pages) if not name.startswith("_") and callable(getattr(pages, name))]
    return {name: getattr(pages, name) for name in names}


class LawPages(
    ChangePages,
    ClaimPages,
    ComparePages,
    InstrumentPages,
    MoneyPages,
    OfficePages,
    OpenPages,
    ResidentPages,
    RetirementPages,
    SituationPages,
    StartPages,
    TagPages,
):
    """One language's view of the law. Every public method is a function of the pages."""

    # -- inline -------------------------------------------------------------------------------------------

    def checked(self) -> str:
        """The day until which the law was read."""
        return self._words.day(self._read_on)

    def cite(self, provision: str) -> str:
        """The law by its short name and the article, linked to the entry on the page of that law."""
        return f"[{self._article_of(provision)}]({self._address(provision)}){{ .yb-cite-link }}"

    def value(self, record: str, outcome: str) -> str:
        """One outcome of one rule, in words."""
        return self._words.value(self._book.records[record].then[outcome])

    def number(self, record: str, condition: str) -> str:
        """The number of a bound, such as the 3 of "at most 3"."""
        return str(*self._book.records[record].when[condition].values())

    def bound(self, record: str, condition: str) -> str:
        """A bound in words: at most 3 (included)."""
        return self._words.listed(
            self._words.say(f"rule.{name}", n=number)
            for name, number in self._book.records[record].when[condition].items()
        )

    def known(self, record: str, name: str, form: str | None = None) -> str:
        """A number that a rule knows, in a form that the sentence needs: the 55 of "old age 55", the year of its first day."""
        return number_of_rule(self._book, self._lang, record, name, form)

    def sure(self, name: str) -> str:
        """How sure a rule is, or an article ("sil-2010#art60"), which is as sure as it was seen."""
        if "#" in name:
            return self._chip(SEEN[self._book.provisions[name].seen])
        return self._chip(self._book.records[name].sure)

    def calculator_link(self, situation: str, text: str) -> str:
        """A link to the calculator with the situation chosen."""
        if f"situation_{situation}" not in self._words.templates["form"]:
            raise ValueError(f"the calculator has no situation {situation!r}")
        # MkDocs checks fragments against headings, and this one is read by the calculator: so the tag is written out.
        return f'<a href="calculator:#situation={situation}">{escape(text)}</a>'

    # -- blocks -------------------------------------------------------------------------------------------

    def quote(self, provision: str) -> str:
        """The Chinese words, with their citation."""
        item = citation(provision, self._words)
        return (
            f'<figure class="yb-quote"><blockquote lang="zh-Hans">{escape(item["quote"])}</blockquote>'
            f'<figcaption>{escape(item["paraphrase"])} <a href="{self._address(provision)}">'
            f"{escape(self._article_of(provision))}</a>{in_brackets(escape(item['seen']), self._lang)}</figcaption></figure>"
        )

    def example(self, name: str) -> str:
        """A worked example, computed now."""
        worked = case(name)
        told = document(assess(parse(worked.facts)), self._lang)
        title = escape(worked.title[self._lang])
        # On paper nothing can be opened: what answers is enough there.
        return (
            f'<details class="yb-example screen-only"><summary>{title}</summary>'
            f"{renderer.result(told, level=4, brief=True)}</details>"
            f'<div class="yb-worked print-only" data-search-exclude><p><strong>{title}</strong></p>'
            f"{renderer.answer(told['answer'])}</div>"
        )

    def questions(self, ask: str) -> str:
        """A question to put to 12393, in Chinese and in the reader's language."""
        return self._question(ask)

    def refused(self, name: str, iso: str) -> str:
        """What the calculator says when a worked example is asked on a day whose law is not known.

        Raises ValueError for a day that it answers.
        """
        try:
            parse({**case(name).facts, "on": iso})
        except FactErrors as faults:
            return "\n\n".join(f"> {error_message(error, self._words)}" for error in faults.errors)
        raise ValueError(f"{name} has an answer on {iso}")

    def provisions(self, *names: str) -> str:
        """Provisions one below the other: the article, what it says, and under that the Chinese words."""
        rows = []
        for name in names:
            item = citation(name, self._words)
            quote = f'<br><small lang="zh-Hans">{escape(item["quote"])}</small>' if item["quote"] else ""
            rows.append([self._link(name, named=False), escape(item["paraphrase"]) + quote])
        titles = dict.fromkeys(self._book.cite(name)[0].title.in_(self._lang) for name in names)
        return self._table("provisions", ("article", "what_it_says"), rows, caption=self._words.listed(titles))

    def gap_table(self) -> str:
        """Every rule on gaps alive on the day of reading, by place."""
        columns = ("place", "situation", "who", "limit", "back_pay", "wait", "gap_costs", "sure")
        situations: dict[tuple[str, ...], list[str]] = {}
        for record in self._records("gap"):
            place, situation, *others = self._gap_row(record)
            situations.setdefault((place, *others), []).append(situation)
        # What is the same in several situations is one row.
        rows = [[place, self._words.listed(of), *others] for (place, *others), of in situations.items()]
        return self._table("gap", columns, rows, sift=(0, 1, 2))

    def stop_table(self) -> str:
        """When cover stops and starts, by place."""
        rows = []
        for record in self._records("cover_stop"):
            cause = record.when.get("cause")
            rows.append([self._where(record), self._words.aside(self._page["col_stop"], self._words.value(cause)) if cause else self._page["col_stop"],
                         self._words.value(record.then["cover_ends"]), self._sources(record)])  # fmt: skip
        for record in self._records("cover_start"):
            rows.append(
                [
                    self._where(record),
                    self._page["col_start"],
                    self._words.value(record.then["cover_from"]),
                    self._sources(record),
                ]
            )
        rows.sort(key=lambda row: list(self._order()).index(row[0]))
        return self._table("stop", ("place", "what", "when", "sure"), rows, sift=(0, 1))

    def glossary_table(self) -> str:
        """Every term with pinyin, English and meaning."""
        rows = [
            [
                f'<span id="term-{escape(term["id"])}" lang="zh-Hans">{escape(term["zh"])}</span>',
                escape(term["pinyin"]),
                f'<span lang="en">{escape(term["en"])}</span>'
                + (f'<br><small lang="en">{escape(", ".join(term["also_en"]))}</small>' if term.get("also_en") else ""),
                escape(term["meaning"][self._lang]),
            ]
            for term in self._book.glossary
        ]
        return self._table("glossary", ("term", "pinyin", "english", "meaning"), rows)

    def places_table(self) -> str:
        """Which places, for which days, with how many rules."""
        rows = []
        for place in self._book.places.values():
            records = [record for record in self._book.records.values() if record.place == place.id]
            rows.append(
                [
                    place.name.in_(self._lang),
                    escape(place.covers.in_(self._lang)) if place.covers else "",
                    self._words.say("guide.from_before", first=place.known_from, before=place.known_until),
                    str(len(records)),
                ]
            )
        return self._table("places", ("place", "covered", "known", "rules"), rows)

    def confidence_scale(self) -> str:
        """The levels, surest first."""
        rows = [[self._chip(level), self._page[f"level_{level.key}"]] for level in sorted(Confidence, reverse=True)]
        return self._table("confidence", ("level", "means"), rows)

    def conflicts(self) -> str:
        """Every place where sources disagree, both sides and what is followed."""
        rows = []
        for record in self._book.records.values():
            for other in record.disagree:
                rows.append(
                    [
                        self._where(record),
                        escape(self._says(record.cites[0])) + f" {self._cites(record)}",
                        escape(self._says(other.cite)) + f" {self._link(other.cite)}",
                        escape(self._words.law(other.why)),
                    ]
                )
        return self._table("conflicts", ("place", "one_says", "other_says", "followed"), _distinct(rows, but=1))

    # -- the pages of places ------------------------------------------------------------------------------

    def law_places(self) -> list[str]:
        """The places that have a page: those with rules, and one page for places that are examples only."""
        return [*self._book.places, ELSEWHERE]

    def place_name(self, place: str) -> str:
        return self._place_name(place)

    def place_intro(self, place: str) -> str:
        """What is covered, for which days, and whose rules hold where the place has none of its own."""
        if place == ELSEWHERE:
            return self._page["elsewhere_intro"]
        known = self._book.places[place]
        above = self._words.listed(
            f"[{self._words.place(p.id)}](place:{p.id}#place)" for p in self._book.path(place)[-2::-1]
        )
        below = self._words.listed(
            f"[{self._words.place(p.id)}](place:{p.id}#place)" for p in self._book.places.values() if p.parent == place
        )
        said = [known.covers.in_(self._lang) if known.covers else ""]
        said.append(self._words.say("guide.place_days", **{"from": known.known_from, "until": known.known_until}))
        said += [self._words.say("guide.place_above", places=above)] if above else []
        said += [self._words.say("guide.place_below", places=below)] if below else []
        return "\n\n".join(line for line in said if line)

    def place_rules(self, place: str) -> str:
        """Every rule of the place's own, alive on the day of reading, question by question."""
        parts = [
            f"### {topic['asks'][self._lang]} {{ #{name.replace('_', '-')} }}\n\n{self._topic_table(name, records)}"
            for name, topic in self._book.topics.items()
            if (records := [record for record in self._records(name) if record.place == place])
        ]
        return "\n\n".join(parts) or self._page["no_rules"]

    # -- more blocks --------------------------------------------------------------------------------------

    def calculator_form(self) -> str:
        """The form of the calculator page."""
        return calculator_page.form_html(self._lang)

    def file(self, name: str) -> str:
        """A file below docs/assets as a block of code, with a link to download it."""
        text = (DOCS / "assets" / name).read_text("utf-8").rstrip("\n")
        return f'```toml\n{text}\n```\n\n<a href="../../assets/{name}" download>{escape(Path(name).name)}</a>'

    # -- pieces -------------------------------------------------------------------------------------------

    def _topic_table(self, topic: str, records: Iterable[Record]) -> str:
        rows = []
        for record in records:
            when = "<br>".join(escape(condition) for condition in self._conditions_said(record))
            then = self._outcomes_said(record)
            note = [f"<small>{escape(self._words.law(record.note))}</small>"] if record.note else []
            rows.append([when or self._page["always"], "<br>".join([*then, *note]), self._sources(record)])
        caption = self._book.topics[topic]["asks"][self._lang]
        return self._table("topic", ("if", "what", "sure"), rows, caption=caption)

    def _gap_row(self, record: Record) -> list[str]:
        words, then = self._words, record.then
        limit = [
            self._condition(name, test) for name, test in record.when.items() if name not in ("situation", "payer")
        ]
        wait = words.value(then["wait_months"]) if "wait_months" in then else "–"
        if isinstance(then.get("wait_months"), int) and then["wait_months"]:
            wait = words.count(then["wait_months"], "months")
            if then.get("wait_scope") == "inpatient":
                wait = words.aside(wait, words.value("inpatient"))
        elif then.get("wait_months") == 0:
            wait = self._page["no_wait"]
        if "wait_at_most" in then:
            wait = words.aside(wait, words.say("rule.at_most", n=then["wait_at_most"]))
        if "benefit_percent" in then:
            percent = words.quantity("percent", then["benefit_percent"])
            wait = words.aside(wait, f"{words.say('name.benefit_percent')}{words.colon}{percent}")
        return [
            self._where(record),
            escape(words.value(record.when.get("situation"))),
            escape(words.value(record.when["payer"])) if "payer" in record.when else self._page["anyone"],
            "<br>".join(map(escape, limit)) or self._page["any_length"],
            escape(words.value(then["back_pay"])) if "back_pay" in then else "–",
            escape(wait),
            escape(words.value(then["gap_costs"])) if "gap_costs" in then else "–",
            self._sources(record),
        ]

    def _condition(self, name: str, test: Any) -> str:
        kind = self._book.topics["gap"]["conditions"][name]
        said = self._words.quantity(kind, test)
        if name == "gap":
            return said  # the column's heading names it
        if name == "months_to_joining":
            return f"{self._page['joining']} {said}"
        if isinstance(kind, list) and isinstance(test, str):
            return self._words.assuming({name: test})
        return self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=said)

    def _order(self) -> Iterable[str]:
        return (self._words.place(place) for place in self._book.places)


def _distinct(rows: Iterable[list[str]], but: int | None = None) -> list[list[str]]:
    """Rules that differ only in a condition the table does not show say the same: once is enough.

    ``but`` is a column in which rows may differ and still count as the same.
    """
    kept: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        kept.setdefault(tuple(cell for number, cell in enumerate(row) if number != but), row)
    return list(kept.values())
