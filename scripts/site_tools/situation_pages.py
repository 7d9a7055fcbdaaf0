"""Functions of the pages on situations: one page for each situation of the calculator, made from the rules.

A table here asks the calculator about somebody of whom nothing is known but the situation, at the level of the nation
and then place by place, and shows every way in which the answer may fall out. So a page says what the calculator says,
and a rule that is added or changed shows on its page by itself. What depends on numbers of months or days (gaps, waits)
is shown as the rules themselves.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import replace
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any

from calculator import html as renderer
from calculator import months
from calculator.assessment import Assessment, findings_of
from calculator.card import cards
from calculator.confidence import Confidence, weakest
from calculator.document import document
from calculator.document.money import money_item, payout_item
from calculator.document.parts import item_of
from calculator.document.rulings import ruling_item
from calculator.document.steps import step_as_data
from calculator.document.years import standing_sentence, years_item
from calculator.facts import ELSEWHERE, parse
from calculator.form import SITUATION_GROUPS
from calculator.judge import assess
from calculator.lawbook import UNKNOWN, Record, holds, lawbook
from calculator.rules.cover import CoverMonth
from calculator.rules.steps import steps_at
from calculator.share import encode
from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart
from tests.golden import case

NATION = "china"
#: Where the pages stand, below docs/en and docs/zh.
FOLDER = "situations"
#: The parts of a table, in the order in which readers ask.
PARTS = ("cover", "money", "years", "status")
#: In which part of a table a topic stands whose rules are shown as they are; the others are about cover.
PART_OF_TOPIC = {"transfer": "money", "resident_refund": "money", "resident_reward": "money"}
#: Topics that take part in an answer without a finding of their own.
_BESIDE = ("withdrawal", "account_exists", "settlement")
#: How many ways in which an answer may fall out are drawn: more would hide what the drawing is to show.
MOST_LINES = 2
#: How many values of one condition are said as sentences: more are easier to read as a list of names.
MOST_SENTENCES = 2
#: How a month is drawn (:func:`scripts.site_tools.charts.months_strip`), by its status.
_DRAWN_AS = {
    "covered": "full",
    "covered_after_back_payment": "half",
    "back_payable": "half",
    "reduced": "half",
    "waiting": "waiting",
    "stopped": "none",
    "not_known": "open",
}


@dataclass(frozen=True)
class Variant:
    """One way to tell a situation, with the condition that sets it apart from the other ways."""

    events: tuple[Mapping[str, Any], ...]
    assuming: Mapping[str, str]
    person: Mapping[str, str]
    cover: Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """What a page asks the law: ways to tell the situation, rules shown as they are, and the events that ask for steps.

    ``rules`` names topics and the conditions under which their rules belong here; ``steps`` names events and what is told.
    """

    variants: tuple[Variant, ...] = ()
    rules: tuple[tuple[str, Mapping[str, str]], ...] = ()
    steps: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True)
class Row:
    """One thing that follows from a situation, under a condition ("" for in every case). ``said`` is HTML."""

    heading: str  # the part of an answer it belongs to, with the question of a rule that is shown as it is
    condition: str  # one a line
    said: str
    sure: Confidence
    rules: tuple[str, ...]
    open: bool = False  # it says no more than what is not known: how sure that is says the same once more

    @property
    def told(self) -> tuple[str, str, str]:
        """What a reader reads: two rows that say the same are the same."""
        return self.heading, self.condition, self.said


def _told(
    *events: Mapping[str, Any],
    cover: Mapping[str, str] | None = None,
    person: Mapping[str, str] | None = None,
    **assuming: str,
) -> Variant:
    return Variant(events, assuming, person or {}, cover or {})


def _one_day(kind: str, **told: str) -> Mapping[str, Any]:
    return {"kind": kind, "on": lawbook().read_until.isoformat(), **told}


@cache
def situations() -> dict[str, Situation]:
    """By the names of the form. Nothing is told that a situation can do without."""
    day = lawbook().read_until.isoformat()
    this_month = months.month_of(lawbook().read_until)
    left = {"paid_until": months.format_month(this_month - 1)}
    alone = {
        kind: Situation((_told(_one_day(kind)),), steps=((kind, {}),))
        for kind in ("settle_abroad", "lose_nationality", "study_abroad", "come_back", "enlist", "discharge",
                     "retire_elsewhere", "die", "insured_twice")
    }  # fmt: skip
    return alone | {
        "leave_job": Situation(
            (_told({"kind": "leave_job"}, cover=left),),
            (("cover_stop", {"cause": "left"}), ("gap", {"situation": "same_place"})),
            (("leave_job", {}), ("unemployment", {}), ("resume", {"situation": "same_place"})),
        ),
        "new_place": Situation(
            (_told({"kind": "move", "on": day, "to": ELSEWHERE}, cover=left),),
            (("gap", {"situation": "transfer_in"}), ("transfer", {})),
            (("move_across_provinces", {}), ("resume", {"situation": "transfer_in"})),
        ),
        "employer_arrears": Situation(
            (_told({"kind": "employer_arrears"}, cover=left),),
            (("cover_stop", {"cause": "arrears"}), ("gap", {"situation": "arrears"})),
            (("employer_arrears", {}),),
        ),
        "switch_scheme": Situation(
            tuple(
                _told(
                    {"kind": "switch_scheme", "direction": direction, "month": months.format_month(this_month)},
                    cover=left,
                    direction=direction,
                )
                for direction in ("resident_to_employee", "employee_to_resident")
            ),
            (("switch", {}),),
            (("switch_to_employee", {"situation": "switch_with_gap"}), ("switch_to_resident", {"situation": "switch_with_gap"})),
        ),
        "first_time": Situation((), (("first_time", {}), ("cover_start", {})), (("first_time", {}),)),
        "resident_rejoin": Situation(
            (), (("resident_wait", {}), ("resident_repair", {}), ("resident_refund", {}), ("resident_reward", {})),
            (("resident_rejoin", {}),),
        ),
        "newborn": Situation((), (("newborn", {}), ("resident_wait", {"who": "newborn"})), (("newborn", {}),)),
        "foreigner_leaves": Situation(
            tuple(
                _told(_one_day("foreigner_leaves"), person={"nationality": who}, nationality=who)
                for who in ("foreign", "hk_mo_tw")
            ),
            steps=(("foreigner_leaves", {}),),
        ),
        "retire": Situation(
            tuple(_told({"kind": "retire"}, person={"group": sex}, sex=sex) for sex in ("man", "woman")),
            steps=(("retire", {}),),
        ),
        "missing": Situation(
            (
                _told({"kind": "missing", "state": "not_declared", "last_news": day}, state="not_declared"),
                _told({"kind": "missing", "state": "declared_missing", "last_news": day}, state="declared_missing"),
                _told({"kind": "missing", "state": "declared_dead", "judgment": day}, state="declared_dead"),
                _told({"kind": "missing", "state": "reappeared"}, state="reappeared"),
            ),
            steps=(("missing", {}),),
        ),
    }  # fmt: skip


@cache
def _asked(name: str, number: int, place: str) -> Assessment:
    """The answer to one way of telling a situation at a place, a province or the whole country."""
    variant = situations()[name].variants[number]
    cover = {"place": ELSEWHERE, "payer": "employer", **variant.cover}
    told = {"person": dict(variant.person), "cover": cover, "events": [dict(event) for event in variant.events]}
    facts = parse({"on": lawbook().read_until.isoformat(), **told})
    return assess(facts if place == NATION else replace(facts, place=place))


def page_of(situation: str) -> str:
    """The file of a situation's page below docs/en and docs/zh. Raises ValueError for what is no situation."""
    if situation not in situations():
        raise ValueError(f"the calculator has no situation {situation!r}")
    return f"{FOLDER}/{situation.replace('_', '-')}.md"


class SituationPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    # -- the whole --------------------------------------------------------------------------------------------

    def situation_tiles(self) -> str:
        """The situations as tiles in the groups of the form, each leading to its page and to the calculator."""
        form = self._words.templates["form"]
        parts = []
        for group, names in SITUATION_GROUPS.items():
            tiles = "".join(
                f'<li><a class="yb-tile-page" href="guide:{page_of(name)}">{escape(form[f"situation_{name}"])}</a>'
                f"<p>{escape(self._page[f'tile_{name}'])}</p>"
                f'<a class="yb-tile-ask screen-only" href="calculator:#situation={name}">{escape(self._page["tile_ask"])}'
                f'<span class="yb-unseen">{self._words.colon}{escape(form[f"situation_{name}"])}</span></a></li>'
                for name in names
            )
            parts.append(f'### {form[f"group_{group}"]} {{ #group-{group} }}\n\n<ul class="yb-tiles">{tiles}</ul>')
        return "\n\n".join(parts)

    def overview_table(self) -> str:
        """What the rules of the nation say of money and years, for each situation that touches the account in every way."""
        form = self._words.templates["form"]
        groups: dict[str, list[list[str]]] = {}
        for group, names in SITUATION_GROUPS.items():
            for name in names:
                answers = [_asked(name, number, NATION) for number in range(len(situations()[name].variants))]
                # Where only one way of telling leads to money, a single word would say too much.
                if not answers or not all(answer.money for answer in answers):
                    continue
                told = (
                    [money.balance for answer in answers for money in answer.money],
                    [money.withdraw for answer in answers for money in answer.money],
                    [years.earlier_years for answer in answers for years in answer.years],
                )
                link = f'<a href="guide:{page_of(name)}">{escape(form[f"situation_{name}"])}</a>'
                row = [link, *(escape(self._either_of(values)) for values in told)]
                groups.setdefault(form[f"group_{group}"], []).append(row)
        columns = ("situation_name", "the_balance", "cash", "the_years")
        return self._grouped("overview", self._page["caption_overview"], columns, groups)

    # -- one situation ----------------------------------------------------------------------------------------

    def decision_table(self, situation: str) -> str:
        """Which fact leads to what, by the rules of the nation: cover, money, years, papers."""
        groups = {
            heading: [[self._conditions_of(row), self._ground_of(row)] for row in rows]
            for heading, rows in _by_heading(self._rows(situation, NATION)).items()
        }
        caption = self._words.say("guide.caption_decision", what=self._form_name(situation))
        return self._grouped("decision", caption, ("if", "what"), groups)

    def place_differences(self, situation: str) -> str:
        """What each place says otherwise than the level above it, place by place; a place that adds nothing is left out."""
        shown: list[str] = []
        found: dict[str, list[Row]] = {}
        for place in self._book.places:
            above = [level.id for level in self._book.path(place)][:-1]
            if not above:
                found[place] = self._rows(situation, place)
                continue
            if not self._has_rules(situation, place):
                found[place] = found[above[-1]]
                continue
            found[place] = self._rows(situation, place)
            said_above = {row.told for row in found[above[-1]]}
            rows = [row for row in found[place] if row.told not in said_above]
            if rows:
                lists = "".join(
                    f"<p><strong>{escape(heading)}</strong></p>"
                    f"<ul>{''.join(f'<li>{self._with_condition(row)}</li>' for row in group)}</ul>"
                    for heading, group in _by_heading(rows).items()
                )
                name = f'<a href="place:{place}#place">{escape(self._words.place(place))}</a>'
                more = self._words.say("guide.place_page", place=name)
                shown.append(
                    f'<details class="yb-example yb-place"><summary>{escape(self._words.place(place))}</summary>'
                    f"{lists}<p>{more}</p></details>"
                )
        if not shown:
            return f"<p>{escape(self._page['no_differences'])}</p>"
        # On paper nothing can be opened, and the book has a chapter for each place.
        on_paper = f'<p class="print-only">{escape(self._page["places_on_paper"])}</p>'
        return f'<div class="screen-only">{"".join(shown)}</div>{on_paper}'

    def situation_steps(self, situation: str) -> str:
        """What to do, in order: the steps of the nation, then what a place adds."""
        national, local = [], {}
        for record, item in self._steps_of(situation):
            if record.place == NATION:
                national.append(renderer.step(item))
            else:
                local.setdefault(record.place, []).append(renderer.step(item))
        parts = [f'<ol class="yb-steps">{"".join(national)}</ol>']
        for place, steps in local.items():
            said = self._words.say("guide.steps_in", place=self._words.place(place))
            parts.append(f'<p><strong>{escape(said)}</strong></p><ol class="yb-steps">{"".join(steps)}</ol>')
        return "".join(parts)

    def worked_example(self, name: str) -> str:
        """A worked example, computed now: the facts, the sentences that answer, and the whole answer to open."""
        worked = case(name)
        answer = assess(parse(worked.facts))
        told = document(answer, self._lang)
        facts = "".join(
            f"<li>{escape(pair['own'] or pair['zh'])}</li>" for pair in cards(answer, self._lang)["cards"][0]["facts"]
        )
        link = escape(f"calculator:#{encode(answer.facts)}")
        return (
            f'<div class="yb-worked"><p><strong>{escape(worked.title[self._lang])}</strong></p>'
            f"<p>{escape(self._page['example_facts'])}</p><ul>{facts}</ul>"
            f"<p>{escape(self._page['example_answer'])}</p>{renderer.answer(told['answer'])}</div>"
            f'<details class="yb-example screen-only"><summary>{escape(self._page["example_whole"])}</summary>'
            f"{renderer.result(told, level=3, brief=True)}</details>"
            f'<p class="screen-only"><a href="{link}">{escape(self._page["example_open"])}</a></p>'
        )

    def timeline(self, name: str) -> str:
        """The months of a worked example as a drawing: when cover stops and when it comes back.

        Raises ValueError for an example without months.
        """
        answer = assess(parse(case(name).facts))
        lines = [line for stretch in answer.timelines for line in stretch.lines]
        if not lines:
            raise ValueError(f"{name} has no timeline")
        drawn, words, top = [], [], 0
        for line in lines[:MOST_LINES]:
            condition = self._words.assuming(line.assuming)
            runs = list(_runs(line.months))
            if condition:
                drawn.append(charts.text(0, top + 14, condition, bold=True))
                words.append(f"{condition}{self._words.colon}")
                top += 22
            height, pieces = charts.months_strip([(_DRAWN_AS[status], length) for status, _, length in runs], top)
            drawn += pieces
            top += height
            for mark, (status, first, length) in enumerate(runs, start=1):
                said = self._run_said(status, first, length)
                drawn += [charts.text(0, top + 14, str(mark), bold=True), charts.text(18, top + 14, said)]
                words.append(said + self._page["stop"])
                top += 20
            top += 12
        title = self._words.say("guide.timeline_title", place=self._words.place(answer.facts.place))
        return charts.figure(f"timeline-{name}", title, self._words.joined(words), top - 8, drawn)

    def days(self, name: str) -> str:
        """The days of a worked example as a drawing, and below it what each day is.

        Raises ValueError for an example without a last day to keep.
        """
        answer = assess(parse(case(name).facts))
        found: dict[date, list[str]] = {}
        for event in answer.facts.events:
            name_of = self._words.value(event.kind)
            found.setdefault(event["on"], []).append(name_of[:1].upper() + name_of[1:] + self._page["stop"])
        for step in answer.steps:
            if step.by:
                found.setdefault(step.by, []).append(self._words.say(f"step.{step.key}"))
        by_step = set(found)
        for ruling in answer.rulings:
            for what, day in ruling.computed.items():
                # What a step says already is not said once more.
                if isinstance(day, date) and day not in by_step:
                    found.setdefault(day, []).append(self._words.say(f"says_{ruling.topic}.{what}", value=day))
        for payout in answer.payouts:
            if payout.from_day:
                found.setdefault(payout.from_day, []).append(self._words.say("payout.from_day", day=payout.from_day))
        if len(found) < 2:
            raise ValueError(f"{name} has no day to keep")
        days = sorted(found)
        said = [f"{self._words.day(day)}{self._words.colon}{self._words.joined(found[day])}" for day in days]
        ends = (self._words.day(days[0]), self._words.day(days[-1]))
        height, drawn = charts.days_line(ends, [(day - days[0]).days for day in days])
        title = self._words.say("guide.days_title", place=self._words.place(answer.facts.place))
        figure = charts.figure(f"days-{name}", title, self._words.joined(said), height, drawn)
        return f"{figure}<ol>{''.join(f'<li>{escape(line)}</li>' for line in said)}</ol>"

    def situation_sources(self, situation: str) -> str:
        """Every provision of national law that the page's table and steps rest on, once, with what it says."""
        records = [self._book.records[rule] for row in self._rows(situation, NATION) for rule in row.rules]
        records += [record for record, _ in self._steps_of(situation)]
        cites = dict.fromkeys(cite for record in records if record.place == NATION for cite in record.cites)
        by_text: dict[str, list[str]] = {}
        for cite in cites:
            by_text.setdefault(self._book.cite(cite)[0].id, []).append(cite)
        items = "".join(
            f"<li>{escape(self._book.instruments[text].title.in_(self._lang))}{self._words.colon}"
            f"{self._words.listed(self._link(cite, named=False) for cite in cited)}</li>"
            for text, cited in by_text.items()
        )
        return f'<ul class="yb-sources">{items}</ul>'

    # -- pieces -----------------------------------------------------------------------------------------------

    def _grouped(
        self, name: str, caption: str, columns: tuple[str, ...], groups: Mapping[str, Iterable[list[str]]]
    ) -> str:
        """A table in parts, each under its heading. The cells are HTML, the first of each row a heading."""
        head = "".join(f'<th scope="col">{escape(self._page[f"col_{column}"])}</th>' for column in columns)
        bodies = ""
        for heading, rows in groups.items():
            lines = "".join(
                f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
                for row in rows
            )
            label = f'<th colspan="{len(columns)}" scope="rowgroup" class="yb-row-group">{escape(heading)}</th>'
            bodies += f"<tbody><tr>{label}</tr>{lines}</tbody>"
        return (
            f'<table class="yb-table yb-table-close yb-table-{name}"><caption>{escape(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead>{bodies}</table>"
        )

    def _form_name(self, situation: str) -> str:
        return self._words.templates["form"][f"situation_{situation}"]

    def _either_of(self, values: Iterable[str]) -> str:
        """Each value once, in words; a dash for none."""
        said = dict.fromkeys(self._words.value(value) for value in values if value)
        return " / ".join(said) or "–"

    def _rows(self, situation: str, place: str) -> list[Row]:
        """Everything that follows at a place, once for each condition under which it does."""
        variants = situations()[situation].variants
        found: dict[tuple[str, str, str], tuple[Row, list[int], list[str]]] = {}
        for number, variant in enumerate(variants):
            for part, assuming, item in self._sentences(_asked(situation, number, place)):
                row = self._as_row(part, self._words.assuming(assuming), item)
                same, numbers, assumed = found.get(row.told, (row, [], []))
                # Two ways that say the same may rest on different rules: it is as sure as the weaker one.
                rules = tuple(dict.fromkeys((*same.rules, *row.rules)))
                joined = replace(same, sure=weakest((same.sure, row.sure)), rules=rules)
                found[row.told] = (joined, [*numbers, number], [*assumed, self._known(variant, assuming)])
        rows = []
        for row, numbers, assumed in found.values():
            # Only what differs between the ways of telling needs to say which of them it is about.
            if len(set(numbers)) < len(variants):
                row = replace(row, condition=self._words.either(dict.fromkeys(assumed)))
            rows.append(row)
        ruled = [
            self._ruled(record, told)
            for topic, told in situations()[situation].rules
            for record in self._of_topic(topic, told, place)
        ]
        parts = [self._page[f"part_{part}"] for part in PARTS]
        return sorted([*ruled, *rows], key=lambda row: parts.index(row.heading.partition(self._words.colon)[0]))

    def _known(self, variant: Variant, assuming: Mapping[str, Any]) -> str:
        """The condition under which one way of telling leads to an answer, in words. Where both name the same fact, as of
        somebody who is back after a declaration of death, both are said."""
        if any(assuming.get(name, value) != value for name, value in variant.assuming.items()):
            return self._words.conditions((self._words.assuming(variant.assuming), self._words.assuming(assuming)))
        return self._words.assuming({**variant.assuming, **assuming})

    def _sentences(self, answer: Assessment) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
        """The parts of an answer as finished sentences, each with its place and its condition.

        Days that were worked out from the day of asking are nobody's: a table has none.
        """
        for money in answer.money:
            plain = replace(money, assuming={}, settlement=None)
            yield "money", money.assuming, money_item(plain, self._words)
        for payout in answer.payouts:
            item = payout_item(replace(payout, from_day=None), self._words, None)
            if days := payout.report_within_days:
                within = self._words.say("guide.report_within", days=self._words.count(days, "days"))
                item = {**item, "details": [*item["details"], within[:1].upper() + within[1:] + self._page["stop"]]}
            yield "money", payout.finding.assuming, item
        for standing in answer.standings:
            # Beside the numbers nobody told any years: how missing ones are made up has a table of its own.
            if any(held.needed is not None for held in standing.held):
                said = standing_sentence(standing, self._words)
                rules = [record.id for record in standing.needed.records]
                yield "years", standing.assuming, item_of(said, standing.sure, self._words, rules)
        for years in answer.years:
            yield "years", years.assuming, years_item(replace(years, assuming={}), self._words)
        for ruling in answer.rulings:
            computed = {name: value for name, value in ruling.computed.items() if not isinstance(value, date)}
            plain = replace(ruling, assuming={}, computed=computed)
            yield ruling.part, ruling.assuming, ruling_item(plain, self._words, answer)

    def _as_row(self, part: str, condition: str, item: Mapping[str, Any]) -> Row:
        details = "".join(f"<li>{escape(detail)}</li>" for detail in item["details"])
        said = escape(item["text"]) + (f"<ul>{details}</ul>" if details else "")
        return Row(
            self._page[f"part_{part}"], condition, said, Confidence.of(item["sure"]["level"]), tuple(item["rules"])
        )

    def _of_topic(self, topic: str, told: Mapping[str, str], place: str) -> list[Record]:
        """The rules of a place's own on a topic that are not ruled out by what the page is about."""
        return [
            record
            for record in self._records(topic)
            if record.place == place
            and all(name not in record.when or holds(record.when[name], value) for name, value in told.items())
        ]

    def _ruled(self, record: Record, told: Mapping[str, str]) -> Row:
        """A rule as it is: its conditions but those that the page is about, and what follows."""
        topic = self._book.topics[record.topic]
        # What is not known is named in one line: a list of it would hide what is known.
        unknown = [name for name, value in record.then.items() if value == UNKNOWN]
        told_of = self._outcomes_said(record, but=unknown)
        # The heading asks; no name is needed to say that nothing of it is known.
        is_open = not told_of
        if unknown and not is_open:
            names = self._words.listed(escape(self._words.say(f"name.{name}")) for name in unknown)
            told_of.append(self._words.say(f"guide.open_{record.unknown}", names=f"<strong>{names}</strong>"))
        listed = f"<ul>{''.join(f'<li>{said}</li>' for said in told_of)}</ul>"
        outcomes = escape(self._words.say(f"why.{record.unknown}")) if is_open else listed
        note = f"<p><small>{escape(self._words.law(record.note))}</small></p>" if record.note else ""
        part = self._page[f"part_{PART_OF_TOPIC.get(record.topic, 'cover')}"]
        heading = f"{part}{self._words.colon}{topic['asks'][self._lang]}"
        conditions = "\n".join(
            self._condition_said(topic["conditions"][name], name, test)
            for name, test in record.when.items()
            if name not in told
        )
        return Row(heading, conditions, outcomes + note, record.sure, (record.id,), is_open)

    def _condition_said(self, kind: Any, name: str, test: Any) -> str:
        """A condition of a rule, as a sentence where the words have one for each value."""
        values = test if isinstance(test, list) else [test]
        sayable = all(f"{name}_{value}" in self._words.templates["assuming"] for value in values)
        if sayable and len(values) <= MOST_SENTENCES:
            return self._words.assuming({name: values})
        said = self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=self._test_said(kind, test))
        return said[:1].upper() + said[1:]

    def _ground_of(self, row: Row) -> str:
        """What a row says, how sure it is and what it rests on."""
        cites = dict.fromkeys(cite for rule in row.rules for cite in self._book.records[rule].cites[:2])
        sure = "" if row.open else f"{self._chip(row.sure)} "
        return f"{row.said} {sure}{self._links(cites)}"

    def _conditions_of(self, row: Row) -> str:
        return escape(row.condition or self._page["always"]).replace("\n", "<br>")

    def _with_condition(self, row: Row) -> str:
        # A rule shown as it is has no sentence of its own to begin with.
        condition = row.condition or (self._page["always"] if row.said.startswith("<ul>") else "")
        said = escape(self._words.semicolon.join(condition.split("\n")))
        return (f"{said}{self._words.colon}" if condition else "") + self._ground_of(row)

    def _has_rules(self, situation: str, place: str) -> bool:
        """Whether a place has a rule of its own on anything that the situation asks about."""
        asked = {topic for topic, _ in situations()[situation].rules}
        for number in range(len(situations()[situation].variants)):
            asked |= {finding.topic for finding in findings_of(_asked(situation, number, NATION))}
        return any(
            record.place == place and record.topic in (*asked, *_BESIDE) and record.alive_on(self._read_on)
            for record in self._book.records.values()
        )

    def _steps_of(self, situation: str) -> list[tuple[Record, Mapping[str, Any]]]:
        """Every step once, the nation's first, with the condition under which it is to be done."""
        found: dict[str, tuple[Record, Mapping[str, Any]]] = {}
        own = {record.place for record in self._records("step")}
        for place in filter(own.__contains__, self._book.places):
            for event, told in situations()[situation].steps:
                for step in steps_at(self._book, event, place, self._read_on, told):
                    found.setdefault(step.record.id, (step.record, step_as_data(step, self._words, dated=False)))
        return list(found.values())

    def _run_said(self, status: str, first: int, length: int) -> str:
        when = self._words.month(first)
        if length > 1:
            when = self._words.say("guide.months_span", first=when, last=self._words.month(first + length - 1))
        return f"{when}{self._words.colon}{self._words.say(f'status.{status}')}"


def _by_heading(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows under their headings, each heading where it comes first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.heading, []).append(row)
    return found


def _runs(line: Iterable[CoverMonth]) -> Iterator[tuple[str, int, int]]:
    """Months with the same status as one run: status, first month, length."""
    run: list[CoverMonth] = []
    for month in line:
        if run and month.status != run[-1].status:
            yield run[0].status, run[0].month, len(run)
            run = []
        run.append(month)
    if run:
        yield run[0].status, run[0].month, len(run)
