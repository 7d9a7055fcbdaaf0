"""Functions of the page on the resident scheme (居民医保).

:class:`LawPages` takes them over as its own. Months and days are worked out by the rule on the day of reading, so the
page can say nothing that the rule does not say.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from html import escape
from typing import Any

from calculator.lawbook import UNKNOWN, Record
from calculator.rules.resident import FIRST_YEAR_OF_THE_RULE, Wait, waiting
from calculator.words import Words
from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart

ONE_DAY = timedelta(days=1)
NATION = "china"
NOT_SAID = "–"
#: Years missing in a row that the table of waits shows: the limit of repair (4 years) is among them.
SHOWN_YEARS = (1, 2, 3, 4, 5, 10)
#: The day of payment of the person in the picture who is late; an official example has it.
LATE_IN_PICTURE = (7, 3)


class ResidentPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    # -- inline -------------------------------------------------------------------------------------------

    def day_of_year(self, text: str) -> str:
        """A day of every year, such as ``01-01``, as this language writes it."""
        return self._day_in_year(date.fromisoformat(f"2000-{text}"))

    def resident_wait(
        self, part: str, place: str, paid_on: str, insurance_year: int, enrolled: str, broken: int, repaired: int = 0
    ) -> str:
        """The wait of somebody in no special group who pays on a day: ``part`` of what the rule works out.

        ``months``, ``first_day`` (with benefits) and ``last_day`` (of the wait) need a rule with one answer; where the
        law can be read in two ways they stop the build. ``least``, ``most``, ``earliest`` and ``latest`` give the ends of
        what the readings leave open, and stop the build when one of them has no number.
        """
        lines = self._waits(place, date.fromisoformat(paid_on), insurance_year, enrolled, broken, repaired)
        totals = [line.total for line in lines if line.total is not None]
        days = [line.first_day for line in lines if line.first_day is not None]
        if not len(totals) == len(days) == len(lines):
            raise ValueError(f"the wait in {place} has no number")
        if part in ("months", "first_day", "last_day") and (len({*totals}), len({*days})) != (1, 1):
            raise ValueError(f"the wait in {place} can be read in {len(lines)} ways")
        said: dict[str, Callable[[], str]] = {
            "months": lambda: self._words.count(totals[0], "months"),
            "first_day": lambda: self._words.day(days[0]),
            "last_day": lambda: self._words.day(days[0] - ONE_DAY),
            "least": lambda: self._words.count(min(totals), "months"),
            "most": lambda: self._words.count(max(totals), "months"),
            "earliest": lambda: self._words.day(min(days)),
            "latest": lambda: self._words.day(max(days)),
        }
        return said[part]()

    def places_with(self, topic: str) -> str:
        """The places with rules of their own on a topic, linked to them."""
        places = dict.fromkeys(record.place for record in self._records(topic) if record.place != NATION)
        # The printed book has the pages of places without their rules, so the link leads to the page and no further.
        return self._words.listed(f"[{self._words.place(place)}](place:{place}#place)" for place in places)

    # -- tables -------------------------------------------------------------------------------------------

    def wait_table(self) -> str:
        """The wait by years missing, by the national rule: under both readings, and what repair can leave."""
        late = self._words.say("guide.wait_late", months=self._words.count(self._late(self._read_on).total, "months"))
        rows = [
            [self._page["missing_none"], *[self._wait_cell(self._national(0, "no"))] * 2, NOT_SAID],
            [self._page["missing_late"], *[escape(late)] * 2, NOT_SAID],
        ]
        for broken in SHOWN_YEARS:
            shortest = {self._national(broken, adds, repaired=broken).total for adds in ("no", "yes")}
            rows.append(
                [
                    self._words.count(broken, "years"),
                    *(self._wait_cell(self._national(broken, adds)) for adds in ("no", "yes")),
                    escape(self._either(shortest)),
                ]
            )
        return self._table("wait", ("missing_years", "first_free", "first_adds", "repaired"), rows)

    def wait_by_place(self) -> str:
        """The wait of somebody in no special group where a place has a rule of its own, and everywhere else.

        A place whose only rule is on the extended period is left out: the table of periods shows it.
        """
        own: dict[str, list[Record]] = {}
        for record in self._records("resident_wait"):
            if "other" in record.when.get("who", "other"):
                own.setdefault(record.place, []).append(record)
        rows = []
        for place, records in own.items():
            if place != NATION and all(record.when.get("enrolled") == "extended_period" for record in records):
                continue
            year = self._read_on.year
            late = self._waits(place, self._read_on, year, "late", 0)
            missing = [self._waits(place, self._read_on, year + 1, "central_period", broken) for broken in (1, 2)]
            if place == NATION:
                records = [*late[0].rules, *missing[0][0].rules]
            rows.append(
                [
                    self._page["everywhere_else"] if place == NATION else self._words.place(place),
                    self._months_left_open(late, counted=True),
                    *(self._months_left_open(lines) for lines in missing),
                    self._levels(records, [line for lines in missing for line in lines]),
                ]
            )
        return self._table("wait_places", ("place", "late", "missing_1", "missing_2", "sure"), rows)

    def special_groups_table(self) -> str:
        """The groups that wait otherwise than everybody where a place says so: who, on which terms, how long, from when.

        Newborns are left out: they have a rule and a table of their own.
        """
        rows = []
        for record in self._records("resident_wait"):
            who = as_list(record.when.get("who", "other"))
            if "other" in who or record.place == NATION:
                continue
            terms = [
                self._words.say("guide.joins_within", span=self._words.quantity(kind, record.when[name]))
                for name, kind in (("months_to_joining", "months"), ("days_to_joining", "days"))
                if name in record.when
            ]
            terms += [self._words.value(record.when["enrolled"])] if "enrolled" in record.when else []
            if "broken_years" in record.when:
                terms.append(self._words.facts("resident_wait", {"broken_years": record.when["broken_years"]}))
            small = "".join(f"<br><small>{escape(term)}</small>" for term in terms)
            rows.append(
                [
                    self._where(record),
                    escape(self._words.value(who)) + small,
                    f"{escape(self._group_waits(record))}<br>{self._sources(record)}{note(record, self._words)}",
                ]
            )
        return self._table("groups", ("place", "who_joins", "wait"), rows)

    def period_table(self) -> str:
        """When each place took the premium: of the newest insurance year that we know."""
        rows = []
        for [record] in self._newest_year("resident_enrolment"):
            then = record.then
            key = "_".join(name for name in ("opens", "closes") if then[name] != UNKNOWN)
            days = escape(
                self._words.say(f"guide.period_{key or 'unknown'}", opens=then["opens"], closes=then["closes"])
            )
            if "extended_to" in then:
                start = self._words.value(then["extended_cover_from"])
                later = self._words.say("guide.extended", until=then["extended_to"], start=start)
                days += f"<br><small>{escape(later)}</small>"
            rows.append([self._place_and_year(record), days, self._sources(record) + note(record, self._words)])
        return self._table("period", ("place_and_year", "period", "sure"), rows)

    def premium_table(self) -> str:
        """What the person pays for a year, by place and age: of the newest insurance year that we know."""
        rows = []
        for records in self._newest_year("resident_premium"):
            notes = "".join(dict.fromkeys(note(record, self._words) for record in records))
            premiums = "<br>".join(escape(self._premium(record)) for record in records)
            rows.append([self._place_and_year(records[0]), premiums, self._sources(records[0]) + notes])
        return self._table("premium", ("place_and_year", "premium", "sure"), rows)

    # -- picture ------------------------------------------------------------------------------------------

    def wait_picture(self) -> str:
        """Four people and one insurance year: when each of them waits and from when each is covered."""
        year = self._read_on.year
        paid_late = date(year, *LATE_IN_PICTURE)
        people = [
            (self._words.say(f"guide.picture_missing_{broken}"), None, self._national(broken, "no").first_day)
            for broken in (0, 1, 2)
        ]
        late = self._words.say("guide.picture_late", day=self._day_in_year(paid_late))
        people.append((late, paid_late, self._late(paid_late).first_day))
        bars = [
            (
                self._words.say("guide.picture_row", who=who, day=self._day_in_year(first)),
                0.0 if paid is None else part_of_year(paid),
                part_of_year(first),
            )
            for who, paid, first in people
        ]
        ticks = [(part_of_year(day), self._day_in_year(day)) for day in (date(year, 1 + 3 * i, 1) for i in range(4))]
        stop = "。" if self._lang == "zh" else "."
        words = self._words.joined([self._page["picture_words"], *(said + stop for said, *_ in bars)])
        height, drawn = _year_bars(bars, ticks, (self._page["picture_waits"], self._page["picture_covered"]))
        return charts.figure("waiting", self._page["picture_title"], words, height, drawn)

    # -- pieces -------------------------------------------------------------------------------------------

    def _waits(
        self, place: str, paid_on: date, insurance_year: int, enrolled: str, broken: int, repaired: int = 0
    ) -> tuple[Wait, ...]:
        return waiting(
            self._book, place=place, paid_on=paid_on, insurance_year=insurance_year, enrolled=enrolled,
            broken_years=broken, repaired_years=repaired, who="other",
        )  # fmt: skip

    def _national(self, broken: int, first_year_adds: str, repaired: int = 0) -> Wait:
        """The wait after so many years, all of which count, of somebody who pays inside the period."""
        year = max(self._read_on.year + 1, FIRST_YEAR_OF_THE_RULE + broken)
        lines = self._waits(NATION, self._read_on, year, "central_period", broken, repaired)
        [line] = [line for line in lines if line.reading.get("first_year_adds", first_year_adds) == first_year_adds]
        return line

    def _late(self, paid_on: date) -> Wait:
        [line] = self._waits(NATION, paid_on, paid_on.year, "late", 0)
        return line

    def _wait_cell(self, line: Wait) -> str:
        months = self._words.count(line.total, "months") if line.total else self._page["no_wait"]
        if line.in_insurance_year:
            begins = self._words.say("guide.wait_until", day=self._day_in_year(line.first_day))
        else:
            begins = self._page["wait_not_this_year"]
        return f"{escape(months)}<br><small>{escape(begins)}</small>"

    def _months_left_open(self, lines: Iterable[Wait], *, counted: bool = False) -> str:
        """The months that the lines leave open: one number, several, a highest one, or none."""
        totals = {line.total for line in lines}
        if totals == {None}:
            highest = {line.at_most for line in lines}
            if len(highest) == 1 and None not in highest:
                return escape(self._words.say("rule.at_most", n=self._words.count(*highest, "months")))
        if None in totals:
            return escape(self._words.value(UNKNOWN))
        said = escape(self._either(totals))
        # The lowest level that names the start comes last.
        starts = [record.then["wait_from"] for line in lines for record in line.rules if "wait_from" in record.then]
        if counted and starts:
            start = self._words.say("guide.wait_counted", start=self._words.value(starts[-1]))
            said += f"<br><small>{escape(start)}</small>"
        return said

    def _either(self, numbers: Iterable[int]) -> str:
        """One number of months, or "3 or 4 months"."""
        *others, last = sorted(numbers)
        months = self._words.count(last, "months")
        if not others:
            return months
        return self._words.say("guide.either", first=self._words.listed(map(str, others)), last=months)

    def _levels(self, records: Iterable[Record], lines: Iterable[Wait]) -> str:
        """How sure records are, and the readings of them; what they rest on. Each level and each article once."""
        levels = [*(record.sure for record in records), *(line.sure for line in lines if line.reading)]
        links = " ".join(dict.fromkeys(self._link(record.cites[0]) for record in records))
        return " ".join(self._chip(level) for level in dict.fromkeys(levels)) + f" {links}"

    def _group_waits(self, record: Record) -> str:
        months, start = record.then["fixed_months"], record.then["wait_from"]
        begins = self._words.value(start)
        if months == UNKNOWN:
            return self._words.value(UNKNOWN)
        if months == 0:
            return self._words.say("guide.no_wait_open" if start == UNKNOWN else "guide.no_wait_from", start=begins)
        return self._words.say("guide.wait_start", months=self._words.count(months, "months"), start=begins)

    def _newest_year(self, topic: str) -> list[list[Record]]:
        """The records of each place for the newest insurance year it has."""
        newest: dict[str, list[Record]] = {}
        for record in self._records(topic):
            if "insurance_year" not in record.when:
                continue
            year, held = record.when["insurance_year"], newest.setdefault(record.place, [])
            if held and held[0].when["insurance_year"] < year:
                held.clear()
            if not held or held[0].when["insurance_year"] == year:
                held.append(record)
        return list(newest.values())

    def _place_and_year(self, record: Record) -> str:
        return f"{self._where(record)} {record.when['insurance_year']}"

    def _premium(self, record: Record) -> str:
        """What a record asks of whom."""
        who = [self._words.value(record.when["age_group"])] if "age_group" in record.when else []
        who += [self._words.facts("resident_premium", {"age": record.when["age"]})] if "age" in record.when else []
        sums = self._yuan(record.then["premium_fen"])
        if "higher_tier_fen" in record.then:
            better = self._yuan(record.then["higher_tier_fen"])
            sums = self._words.say("guide.better_tier", usual=sums, better=better)
        return self._words.say("rule.fact", name=self._words.listed(who), value=sums) if who else sums

    def _yuan(self, fen: int) -> str:
        """An amount without the fen when there are none."""
        return self._words.yuan(fen).replace(".00", "")

    def _day_in_year(self, day: date) -> str:
        """A day without its year."""
        said = self._words.day(day)
        return said.partition("年")[2] if self._lang == "zh" else said.rpartition(" ")[0]


def note(record: Record, words: Words) -> str:
    """What a rule adds in words, as a small line of its own."""
    return f"<br><small>{escape(words.law(record.note))}</small>" if record.note else ""


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def part_of_year(day: date) -> float:
    """How far into its year a day lies: 0 for 1 January."""
    first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return (day - first).days / (after - first).days


def _year_bars(
    bars: list[tuple[str, float, float]], ticks: list[tuple[float, str]], legend: tuple[str, str]
) -> tuple[int, list[str]]:
    """One year for each ``(label, start of the wait, end of the wait)``: nothing, then the wait, then the cover.

    ``ticks`` are days with their words, ``legend`` says what wait and cover are. Gives height and drawing.
    """
    covered = 'class="yb-chart-solid" fill="currentColor" fill-opacity="0.75"'
    waits = 'class="yb-chart-open" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3"'
    line = 'class="yb-chart-axis" stroke="currentColor" stroke-opacity="0.35" fill="none"'
    drawn = []
    for number, (label, begins, ends) in enumerate(bars):
        top, start, end = number * 46, charts.WIDTH * begins, charts.WIDTH * ends
        drawn.append(charts.text(0, top + 15, label))
        drawn.append(f'<path d="M0 {top + 30}h{start:g}" {line}/>' if start else "")
        if ends > begins:
            drawn.append(f'<rect x="{start + 1:g}" y="{top + 23}" width="{end - start - 2:g}" height="14" {waits}/>')
        drawn.append(f'<rect x="{end:g}" y="{top + 22}" width="{charts.WIDTH - end:g}" height="16" {covered}/>')
    bottom = len(bars) * 46
    drawn += [
        charts.text(charts.WIDTH * part, bottom + 14, words, "middle" if part else "start") for part, words in ticks
    ]
    drawn += [
        f'<rect x="1" y="{bottom + 31}" width="20" height="10" {waits}/>',
        charts.text(30, bottom + 41, legend[0]),
        f'<rect x="200" y="{bottom + 30}" width="22" height="12" {covered}/>',
        charts.text(230, bottom + 41, legend[1]),
    ]
    return bottom + 48, drawn
