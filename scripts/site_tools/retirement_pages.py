"""Functions of the page on years and retirement.

:class:`LawPages` takes them over as its own. Ages, months and missing years are worked out by the rules on the day of
reading, so the page can say nothing that the rules do not say.
"""

from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.lawbook import UNKNOWN, Record
from calculator.months import parse_month
from calculator.rules.retirement import (
    MONTHS_OF_A_YEAR,
    NATION,
    MedicalYears,
    Paid,
    Retirement,
    medical_years_at,
    retirement_month,
    shortfall_at,
)
from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart
from scripts.site_tools.resident_pages import NOT_SAID, as_list, note

#: Births that the picture of the ages shows: before the first that waits until after the last step.
FIRST_BIRTH, LAST_BIRTH = 1960, 1990
#: Outcomes that name a number of years, and those of them that must be actually paid.
YEARS = ("total_months", "or_continuous_months", "actual_months", "local_actual_months")
PAID_YEARS = ("actual_months", "local_actual_months", "tier_1_months")


class RetirementPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    # -- inline -------------------------------------------------------------------------------------------

    def years(self, record: str, outcome: str) -> str:
        """Months of an outcome, in years: 25 years."""
        return self._long(self._book.records[record].then[outcome])

    def retires(self, part: str, born: str, group: str) -> str:
        """What the rules say of somebody born in a month (``1972-09``): the ``part`` of it.

        ``month``, ``age``, ``delay``, ``earliest``, ``latest``, and ``pension``, ``pension_if_earliest``,
        ``pension_if_latest``: the pension years needed.
        """
        found = retirement_month(self._book, parse_month(born), group, self._read_on)
        if part in ("month", "earliest", "latest"):
            return self._words.month(getattr(found, part))
        if part == "age":
            return self._age(found.age_months)
        months = {
            "delay": found.delay_months,
            "pension": found.pension_months,
            "pension_if_earliest": found.pension_months_if_earliest,
            "pension_if_latest": found.pension_months_if_latest,
        }[part]
        if months is None:
            raise ValueError(f"{part} of {group} born {born} is not known")
        return self._long(months)

    def missing_years(
        self, place: str, sex: str, retires: str, *, total: int, actual: int | None = None, local: int | None = None
    ) -> str:
        """What is missing for medical cover to somebody who has paid so many whole years: 3 years.

        ``actual`` and ``local`` are the years really paid, and paid at the place, where it asks for them. A number that
        is needed and not told, or not known, stops the build.
        """
        paid = Paid(*(None if years is None else years * MONTHS_OF_A_YEAR for years in (total, actual, local)))
        found = shortfall_at(
            self._book, place, self._read_on, paid, sex=sex, retires=parse_month(retires), joined_year=None, tier=None,
            payer=None, started_work=None,
        )  # fmt: skip
        months = {one.months for one in found}
        if None in months or len(months) != 1:
            raise ValueError(f"what is missing in {place} is not one number")
        return self._long(months.pop())

    def price_of(self, times: int, record: str, outcome: str) -> str:
        """So many times the money of an outcome."""
        return self._words.yuan(self._book.records[record].then[outcome] * times)

    # -- tables -------------------------------------------------------------------------------------------

    def retirement_table(self, group: str) -> str:
        """Age and month of retirement by month of birth, from the first year that waits to the first that waits longest.

        The months of retirement in a cell stand in the order of the months of birth.
        """
        [age] = self._book.consult("retirement_age", NATION, self._read_on, {"group": group})
        year = age.get("delay_from").year - age.get("age_months") // MONTHS_OF_A_YEAR
        rows = []
        while True:
            born = [
                retirement_month(self._book, year * MONTHS_OF_A_YEAR + month, group, self._read_on)
                for month in range(MONTHS_OF_A_YEAR)
            ]
            if all(one.delay_months == age.get("delay_at_most") for one in born):
                break
            rows.append([str(year), *("<br>".join(self._retirement_lines(born[at : at + 4])) for at in (0, 4, 8))])
            year += 1
        rows.append([self._words.say("guide.born_from", year=year), *[escape(self._age(born[0].age_months))] * 3])
        caption = self._words.say("guide.caption_retirement", group=self._page[f"group_{group}"])
        return self._table("retirement", ("born", "born_1", "born_2", "born_3"), rows, caption=caption)

    def pension_table(self) -> str:
        """The pension years needed, by year of retirement."""
        rows = [
            [escape(self._years_named(record.when["retirement_year"])), escape(self._long(record.then["months"]))]
            for record in self._records("pension_years")
            if "retirement_year" in record.when
        ]
        return self._table("pension", ("retirement_year", "pension_years"), rows)

    def medical_years_table(self, year: int, *places: str) -> str:
        """The years that give medical cover to somebody who retires in ``year``, and what is to be said of them.

        There is a row for each place named, or for each with a rule of its own. What holds where no rule was read comes
        last.
        """
        with_rules = dict.fromkeys(record.place for record in self._records("medical_years"))
        rows: list[list[str]] = []
        notes: dict[str, list[str]] = {}
        for place in places or sorted(with_rules, key=lambda place: place == NATION):
            by_sex = [
                medical_years_at(
                    self._book,
                    place,
                    self._read_on,
                    sex=sex,
                    retires=year * MONTHS_OF_A_YEAR,
                    joined_year=None,
                    tier=None,
                )
                for sex in ("man", "woman")
            ]
            needed = [one for answers in by_sex for one in answers]
            name = self._page["everywhere_else"] if place == NATION else self._words.place(place)
            rows.append(
                [
                    name,
                    *("<br>".join(map(self._total_years, answers)) for answers in by_sex),
                    "<br>".join(dict.fromkeys(filter(None, map(self._paid_years, needed)))) or NOT_SAID,
                    self._years_sources(needed),
                ]
            )
            for said in self._years_notes(place, needed):
                notes.setdefault(said, []).append(name)
        caption = self._words.say("guide.caption_medical_years", year=year)
        table = self._table("medical_years", ("place", "men", "women", "actual_years", "sure"), rows, caption=caption)
        items = [
            self._words.say("rule.fact", name=self._words.listed(names), value=said) for said, names in notes.items()
        ]
        return f"{table}\n\n<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"

    def counted_table(self) -> str:
        """Which kinds of years count: in general, and where places say more. Places that say the same share a line."""
        kinds = self._book.topics["counted_years"]["conditions"]["kind"]
        rows = []
        for kind in kinds:
            general, local = [], {}
            for record in self._records("counted_years"):
                if kind not in as_list(record.when.get("kind", kinds)):
                    continue
                said = "" if record.then["counts_as"] == UNKNOWN else escape(self._counts_as(record))
                if record.place == NATION:
                    general.append(f"{said} {self._chip(record.sure)} {self._cites(record)}")
                else:
                    local.setdefault((said, record.sure), []).append(record)
            lines = [self._same_said(said, sure, records) for (said, sure), records in local.items()]
            rows.append([escape(self._words.value(kind)), "<br>".join(general), "<br>".join(lines) or NOT_SAID])
        return self._table("counted", ("kind_of_years", "in_general", "by_place"), rows)

    def shortfall_table(self) -> str:
        """How missing years are made up, by place: in which ways, at what price, with which benefits meanwhile."""
        rows = []
        for record in self._records("shortfall"):
            who = [self._words.value(value) for value in record.when.values()]
            said = [self._words.value(record.then["how"]), *self._prices(record.then), *self._meanwhile(record.then)]
            lines = "<br>".join(escape(line) for line in said)
            rows.append(
                [
                    self._where(record) + "".join(f"<br><small>{escape(one)}</small>" for one in who),
                    f"{lines}<br>{self._sources(record)}{note(record, self._words)}",
                ]
            )
        return self._table("shortfall", ("place", "how_made_up"), rows)

    # -- picture ------------------------------------------------------------------------------------------

    def retirement_picture(self) -> str:
        """How the statutory age rises with the year of birth, for the three groups."""
        births = range(FIRST_BIRTH * MONTHS_OF_A_YEAR, LAST_BIRTH * MONTHS_OF_A_YEAR + 1)
        lines = []
        for group in self._book.topics["retirement_age"]["conditions"]["group"]:
            found = [retirement_month(self._book, born, group, self._read_on) for born in births]
            rises = next(at for at, one in enumerate(found) if one.delay_months) - 1
            ends = next(at for at, one in enumerate(found) if one.delay_months == found[-1].delay_months)
            points = [(at, found[at].age_months) for at in (0, rises, ends, len(births) - 1)]
            lines.append((self._words.say("guide.picture_group", group=self._page[f"group_{group}"]), points))
        ticks = [
            ((year - FIRST_BIRTH) * MONTHS_OF_A_YEAR, str(year)) for year in range(FIRST_BIRTH, LAST_BIRTH + 1, 10)
        ]
        height, drawn = _age_lines(lines, ticks, self._page["picture_born"])
        title, words = self._page["picture_retirement"], self._page["picture_retirement_words"]
        ages = [
            self._words.say("guide.picture_ages", who=who, old=self._age(points[0][1]), new=self._age(points[-1][1]))
            for who, points in lines
        ]
        return charts.figure("retirement", title, self._words.joined([words, *ages]), height, drawn)

    # -- pieces -------------------------------------------------------------------------------------------

    def _retirement_lines(self, born: list[Retirement]) -> list[str]:
        """For each age that these months of birth have: the age, and the months of retirement."""
        lines = []
        for age, same in groupby(born, key=lambda one: one.age_months):
            months = [one.month for one in same]
            span = self._months_span(months[0], months[-1])
            lines.append(f"{escape(self._age(age))}<br><small>{escape(span)}</small>")
        return lines

    def _months_span(self, first: int, last: int) -> str:
        """Months from the first to the last, the year said once if it is the same; English months by three letters."""
        if self._lang == "zh":
            begins, ends = self._words.month(first), self._words.month(last)
        else:
            begins, ends = (f"{said[:3]} {said[-4:]}" for said in map(self._words.month, (first, last)))
        if first // MONTHS_OF_A_YEAR == last // MONTHS_OF_A_YEAR:
            begins, ends = (begins, ends.partition("年")[2]) if self._lang == "zh" else (begins[:3], ends)
        return self._words.say("guide.months_span", first=begins, last=ends)

    def _years_named(self, test: int | dict[str, int]) -> str:
        """A calendar year, or the years until or from one."""
        if isinstance(test, int):
            return str(test)
        [(bound, year)] = test.items()
        return self._words.say({"at_most": "guide.until_year", "at_least": "guide.from_year"}[bound], year=year)

    def _long(self, months: int) -> str:
        """A long time in years and months: 15 years 6 months."""
        years, rest = divmod(months, MONTHS_OF_A_YEAR)
        parts = [self._words.count(years, "years")] if years else []
        parts += [self._words.count(rest, "months")] if rest or not years else []
        return self._words.joined(parts)

    def _age(self, months: int) -> str:
        """An age; Chinese counts the years of a life in 岁."""
        return self._long(months).replace("年", "岁")

    def _total_years(self, needed: MedicalYears) -> str:
        """The years in all at one place, under what is assumed."""
        law = needed.finding
        total, continuous = law.get("total_months"), law.get("or_continuous_months")
        said = self._long(total) if isinstance(total, int) else self._words.value(UNKNOWN)
        if isinstance(total, int) and law.get("more_than") == "yes":
            said = self._words.say("rule.more_than", n=said)
        if isinstance(continuous, int):
            said = self._words.say("guide.or_continuous", years=said, continuous=self._long(continuous))
        joined = needed.assuming.get("joined_year")
        if joined is None:
            return escape(said)
        key = "joined_by" if not joined.first else "joined_from" if joined.last is None else "joined_between"
        return escape(self._words.say(f"guide.{key}", first=joined.first, last=joined.last, years=said))

    def _paid_years(self, needed: MedicalYears) -> str:
        """The years that must be actually paid, and where."""
        said = []
        for name in PAID_YEARS:
            months = needed.finding.get(name)
            if isinstance(months, int):
                said.append(escape(self._words.say(f"guide.needed_{name}", years=self._long(months))))
            elif months is not None:
                said.append(escape(self._page[f"needed_{name}_unknown"]))
        return "<br>".join(said)

    def _years_sources(self, needed: list[MedicalYears]) -> str:
        """How sure the numbers that are known are, and what they rest on."""
        known = [
            one.finding.sure_of(name) for one in needed for name in YEARS if isinstance(one.finding.get(name), int)
        ]
        links = " ".join(dict.fromkeys(self._link(record.cites[0]) for record in _used(needed)))
        return f"{self._chip(weakest(known) if known else Confidence.NOT_KNOWN)} {links}"

    def _years_notes(self, place: str, needed: list[MedicalYears]) -> list[str]:
        """What is to be said of the numbers; if the place itself says something, that is enough."""
        noted = [record for record in _used(needed) if record.note]
        own = [record for record in noted if record.place == place]
        return list(dict.fromkeys(self._words.law(record.note) for record in own or noted))

    def _prices(self, then: Mapping[str, Any]) -> list[str]:
        """What missing years cost: sums where they are known, else what they are worked out from."""
        kinds = self._book.topics["shortfall"]["outcomes"]
        sums = [name for name in then if kinds[name] == "fen" and not name.startswith("extra")]
        said = [self._fact(name, self._words.quantity("fen", then[name])) for name in sums if then[name] != UNKNOWN]
        worked_out = {"base": "", "base_percent": "percent", "rate": "", "rate_bp": "bp"}
        said += [
            self._fact(name, self._words.quantity(kind, then[name]))
            for name, kind in worked_out.items()
            if name in then
        ]
        if sums and all(then[name] == UNKNOWN for name in sums):
            said.append(self._page["price_unknown"])
        said += [self._fact(name, self._words.quantity("fen", then[name])) for name in then if name.startswith("extra")]
        return said

    def _meanwhile(self, then: Mapping[str, Any]) -> list[str]:
        """What holds while somebody pays on, and what else is open."""
        names = ("benefits_meanwhile", "account_meanwhile", "account_may_pay", "or_resident_scheme")
        return [self._fact(name, self._words.value(then[name])) for name in names if name in then]

    def _fact(self, name: str, value: str) -> str:
        return self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=value)

    def _same_said(self, said: str, sure: Confidence, records: list[Record]) -> str:
        """Places that say the same of one kind of years, with what each of them adds."""
        places = escape(self._words.listed(map(self._where, records)))
        notes = [
            self._words.say("rule.fact", name=self._where(record), value=self._words.law(record.note))
            for record in records
            if record.note
        ]
        small = "".join(f"<br><small>{escape(one)}</small>" for one in notes)
        return f"{self._words.say('rule.fact', name=places, value=said)} {self._chip(sure)}{small}"

    def _counts_as(self, record: Record) -> str:
        then = record.then
        said = self._words.value(then["counts_as"])
        if "share_bp" in then:
            said = self._words.say("guide.counts_share", what=said, share=self._words.quantity("bp", then["share_bp"]))
        if "before" in then:
            said = self._words.say("guide.counts_before", what=said, day=then["before"])
        if "from_then_on" in then:
            said = self._words.say("guide.counts_then", what=said, then=self._words.value(then["from_then_on"]))
        return said


def _used(needed: list[MedicalYears]) -> list[Record]:
    """The records that the numbers come from."""
    return [
        outcome.record for one in needed for name in YEARS if (outcome := one.finding.outcomes.get(name)) is not None
    ]


def _age_lines(
    lines: list[tuple[str, list[tuple[int, int]]]], ticks: list[tuple[int, str]], heading: str
) -> tuple[int, list[str]]:
    """A line for each ``(label, points)``, a point being ``(months after the first birth, age in months)``.

    The first line is drawn through, the others dashed. Both ends say the age in years. Gives height and drawing.
    """
    left, right, top, bottom = 8, charts.WIDTH - 32, 12, 282
    across = max(at for _, points in lines for at, _ in points)
    ages = [age for _, points in lines for _, age in points]
    lowest, highest = min(ages) - 2 * MONTHS_OF_A_YEAR, max(ages)

    def x(at: int) -> float:
        return round(left + (right - left) * at / across, 1)

    def y(age: int) -> float:
        return round(bottom - (bottom - top) * (age - lowest) / (highest - lowest), 1)

    drawn = []
    for number, (label, points) in enumerate(lines):
        old, new = points[0][1], points[-1][1]
        way = " ".join(f"{x(at):g},{y(age):g}" for at, age in points)
        dashes = ("", ' stroke-dasharray="9 3"', ' stroke-dasharray="3 3"')[number]
        drawn += [
            f'<polyline points="{way}" class="yb-chart-line" fill="none" stroke="currentColor" stroke-width="2.5"{dashes}/>',
            charts.text(left, y(old) + 18, f"{label}{old // MONTHS_OF_A_YEAR}"),
            charts.text(right + 8, y(new) + 5, str(new // MONTHS_OF_A_YEAR), bold=True),
        ]
    axis = 'class="yb-chart-axis" stroke="currentColor" stroke-opacity="0.35" fill="none"'
    drawn.append(f'<path d="M{left} {bottom}H{right}" {axis}/>')
    drawn += [charts.text(x(at), bottom + 17, words, "start" if at == 0 else "middle") for at, words in ticks]
    drawn.append(charts.text((left + right) / 2, bottom + 37, heading, "middle"))
    return bottom + 44, drawn
