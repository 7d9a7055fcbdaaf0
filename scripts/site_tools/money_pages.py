"""Functions of the pages on money in, money out, the hukou and missing persons.

:class:`LawPages` takes them over as its own. Whatever they show is asked of the rules on the day of reading, so a
sum, day or condition on those pages is the calculator's. Sums are shown in yuan, rounded down to the fen.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from calculator import months
from calculator.confidence import Confidence
from calculator.facts import parse
from calculator.lawbook import UNKNOWN, Finding, OutsideKnownDays, Record
from calculator.rules.account import money_at
from calculator.rules.contributions import (
    Amount,
    Contribution,
    account_credit,
    contribution,
    late_fee,
    unemployment_months,
)
from calculator.rules.missing import death_deadlines, missing_person
from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart

ONE_DAY = timedelta(days=1)
NATION = "china"
#: Yuan on which the rule on late payment counts its fee.
FEE_EXAMPLE = 100_000
#: Months shown beyond the last step of a staircase, so that it can be seen to go on.
BEYOND = 24


class MoneyPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    # -- inline -------------------------------------------------------------------------------------------

    def amount(self, record: str, outcome: str) -> str:
        """One outcome of one rule with its unit: ¥7,546, 9.8%, 12 months."""
        rule = self._book.records[record]
        return self._quantity(rule.topic, outcome, rule.then[outcome])

    def first_day(self, record: str) -> str:
        """The first day on which a rule applies."""
        return self._words.day(self._book.records[record].lives_from)

    def last_day(self, record: str) -> str:
        """The last day on which a rule applies."""
        return self._words.day(self._book.records[record].lives_until - ONE_DAY)

    def late_fee(self, yuan: int, days: int) -> str:
        """What an employer owes on top when it pays a sum this many days late."""
        [item] = late_fee(self._book, NATION, self._read_on, payer="employer", due_fen=yuan * 100, days=days)
        return self._in_yuan(item.fee)

    def month_costs(self, place: str, payer: str, yuan: int, month: str) -> str:
        """What the person pays for a month such as 2025-12, for a wage or declared income."""
        day = months.first_day(months.parse_month(month))
        [item] = contribution(self._book, place, day, payer=payer, wage_fen=yuan * 100)
        return self._in_yuan(item.person)

    def benefit_months(self, place: str, paid: int) -> str:
        """Months of unemployment benefit in a place for a number of months paid."""
        return self._benefit(place, paid)

    def on_day(self, iso: str) -> str:
        """A day of a worked example, in words."""
        return self._words.day(date.fromisoformat(iso))

    def in_month(self, month: str) -> str:
        """A month of a worked example, in words."""
        return self._words.month(months.parse_month(month))

    def days_after(self, iso: str, record: str, outcome: str) -> str:
        """The last day of a time limit in days that runs from a day of a worked example; that day is not counted."""
        return self._words.day(date.fromisoformat(iso) + timedelta(days=self._book.records[record].then[outcome]))

    def dated(self, instrument: str, what: str) -> str:
        """A day of an instrument: published, issued, effective, expires."""
        return self._words.day(self._book.instruments[instrument].dates[what])

    # -- money in -----------------------------------------------------------------------------------------

    def contribution_table(self, payer: str) -> str:
        """The contribution base and rates of today, one row for each city and tier or mode."""
        rows = []
        for place in self._cities("base", "rate"):
            for item in contribution(self._book, place, self._read_on, payer=payer, wage_fen=0):
                base, rate = item.findings
                known, seen = self._base(base), self._seen(base)
                if not known:
                    # That it is not known is what is said of how sure it is.
                    last = self._last_known(place, payer, item.assuming, lambda item: self._base(item.findings[0]))
                    known, seen = seen, last
                paid = self._rates(rate) if payer == "employer" else self._alone(item, place)
                rows.append(
                    [
                        self._under(self._words.place(place), item.assuming),
                        "<br>".join(line for line in (known, seen) if line) + self._notes(base),
                        f"{paid}<br>{self._seen(rate)}{self._notes(rate)}",
                    ]
                )
        return self._grid("close", f"caption_contribution_{payer}", ("place", "base", "rates"), rows)

    def history_table(self, topic: str, payer: str) -> str:
        """What was and is charged, place by place and period by period. ``topic`` is base or rate."""
        say = self._base_said if topic == "base" else self._rate_said
        rows = []
        for place in self._book.places:
            if place == NATION:
                continue
            records = [
                record
                for record in self._book.records.values()
                if record.topic == topic and record.place == place and record.when.get("payer", payer) == payer
            ]
            lines = [
                self._period(record, say(record.then))
                for record in sorted(records, key=lambda record: (str(record.when), record.lives_from))
            ]
            if lines:
                rows.append([self._words.place(place), "<br>".join(lines)])
        return self._grid("history", f"caption_history_{topic}_{payer}", ("place", "periods"), rows)

    def credit_table(self) -> str:
        """What is credited to the account, by place, for employees, people who pay alone and retirees."""
        rows = []
        for place in self._cities("credit"):
            grounds: dict[Confidence, dict[str, None]] = {}
            lines = [
                (self._page[f"col_{who}"], self._credits(place, status, grounds))
                for who, status in (("employees", "employee"), ("alone", "flexible"), ("retirees", "retiree"))
            ]
            ground = "<br>".join(f"{self._chip(level)} {' '.join(links)}" for level, links in grounds.items())
            rows.append((self._words.place(place), lines, ground))
        return self._sheets("caption_credit", "place", rows)

    def contribution_example(self, place: str, payer: str, *yuan: int) -> str:
        """One month's contribution worked out for some wages, or for some incomes declared by people who pay alone."""
        rows = []
        for wage in yuan:
            for item in contribution(self._book, place, self._read_on, payer=payer, wage_fen=wage * 100):
                sums = [item.base, item.person]
                if payer == "employer":
                    told = {name: item.assuming.get(name) for name in ("tier", "mode")}
                    [credit] = account_credit(
                        self._book, place, self._read_on, status="employee", base_fen=item.base, **told
                    )
                    sums += [item.employer, credit.month]
                rows.append(
                    [self._under(self._in_yuan(wage * 100), item.assuming), *(self._in_yuan(fen) for fen in sums)]
                )
        heads = ("wage" if payer == "employer" else "income", "base_short", "you_pay", "employer_pays", "to_account")
        slots = {"place": self._words.place(place), "month": self._this_month()}
        return self._grid("close", "caption_sum", heads[: len(rows[0])], rows, **slots)

    def contribution_chart(self, place: str, yuan: int) -> str:
        """Who pays a month's contribution, and where it goes, drawn for one wage."""
        [item] = contribution(self._book, place, self._read_on, payer="employer", wage_fen=yuan * 100)
        [credit] = account_credit(self._book, place, self._read_on, status="employee", base_fen=item.base)
        employer, person, account = item.employer.fen, item.person.fen, credit.month.fen
        slots = {
            "place": self._words.place(place),
            "wage": self._in_yuan(Amount(yuan * 100)),
            "employer": self._in_yuan(employer),
            "person": self._in_yuan(person),
            "fund": self._in_yuan(employer + person - account),
            "account": self._in_yuan(account),
        }
        paid = ((self._fill("chart_employer", slots), employer), (self._fill("chart_you", slots), person))
        goes = (
            (self._fill("chart_fund", slots), employer + person - account),
            (self._fill("chart_account", slots), account),
        )
        height, drawn = charts.split_bars([(self._page["chart_paid"], paid), (self._page["chart_goes"], goes)])
        return charts.figure(
            "month", self._fill("chart_month_title", slots), self._fill("chart_month_words", slots), height, drawn
        )

    def benefit_table(self, *paid: int) -> str:
        """Months of unemployment benefit for some numbers of months paid: the national ceiling, and finer places."""
        finer = [
            place
            for place in self._book.places
            if any(
                record.place == place and "months_per_year" in record.then for record in self._records("unemployment")
            )
        ]
        rows = [
            [self._words.count(number // 12, "years") if not number % 12 else self._words.count(number, "months")]
            + [self._benefit(place, number) for place in (NATION, *finer)]
            for number in paid
        ]
        heads = [self._page["col_contributions"], self._page["col_nation_at_most"], *map(self._words.place, finer)]
        return self._grid("close", "caption_benefit", heads, rows)

    def cap_table(self, place: str) -> str:
        """The steps of the yearly ceiling by months without a gap."""
        records = sorted(self._own("benefit_cap", place), key=_first_number)
        kind = self._book.topics["benefit_cap"]["conditions"]["continuous_months"]
        rows = [
            [
                self._capital(self._words.quantity(kind, record.when["continuous_months"])),
                str(record.then["average_wages"]),
            ]
            for record in records
        ]
        place_name = self._words.place(place)
        return self._grid("cap", "caption_cap", ("continuous_months", "average_wages"), rows, place=place_name)

    def cap_chart(self, place: str, gap_from: int) -> str:
        """How the yearly ceiling grows with the months without a gap, and what a long gap does, drawn."""
        records = sorted(self._own("benefit_cap", place), key=_first_number)
        steps = [(_first_number(record), record.then["average_wages"]) for record in records]
        [restarts] = {record.then["restarts_after_months"] for record in records}
        missed = restarts + 1
        again = gap_from + missed
        before = max(level for start, level in steps if start <= gap_from)
        end = steps[-1][0] + BEYOND
        broken = [(0, 0), *((again + start, level) for start, level in steps if again + start < end)]
        highest = broken[-1][1]
        slots = {
            "place": self._words.place(place),
            "steps": self._words.listed(
                self._words.say("guide.chart_cap_step", month=start, times=level) for start, level in steps
            ),
            "gap_from": gap_from,
            "missed": missed,
            "before": before,
            "again": again,
            "end": end,
            "highest": highest,
        }
        height, drawn = charts.staircases(
            [
                (self._fill("chart_cap_whole", slots), (end * 0.3, before + 1.35), steps),
                (self._fill("chart_cap_broken", slots), (end * 0.72, 0.35), broken),
            ],
            [*((start, str(start)) for start, _ in steps if start), (end, self._fill("chart_cap_months", slots))],
            [(level, str(level)) for _, level in steps],
            self._page["chart_cap_times"],
        )
        return charts.figure(
            "cap", self._fill("chart_cap_title", slots), self._fill("chart_cap_words", slots), height, drawn
        )

    # -- money out ----------------------------------------------------------------------------------------

    def withdrawal_overview(self) -> str:
        """Every case of a one-off withdrawal with the places whose rules name it, surest first."""
        rows = []
        for key in self._book.topics["withdrawal"]["outcomes"]["key"]:
            by_level: dict[Confidence, list[str]] = {}
            for record in self._records("withdrawal"):
                if record.then["key"] == key:
                    link = f'<a href="place:{record.place}#place">{escape(self._words.place(record.place))}</a>'
                    by_level.setdefault(record.sure, []).append(link)
            if by_level:
                places = "<br>".join(
                    f"{self._words.listed(by_level[level])} {self._chip(level)}"
                    for level in sorted(by_level, reverse=True)
                )
                rows.append([escape(self._capital(self._case_name(key))), places])
        return self._grid("withdrawal-overview", "caption_withdrawal_overview", ("case", "named_in"), rows)

    def withdrawal_table(self, *keys: str) -> str:
        """Who hands what in where, what comes first and how long it takes, for some cases, by place."""
        rows = []
        for record in self._records("withdrawal"):
            then = record.then
            if then["key"] not in keys:
                continue
            case = f"<br><small>{escape(self._case_name(then['key']))}</small>" if len(keys) > 1 else ""
            lines = [
                ("who_applies", self._who_and_where(then)),
                ("papers", self._items(map(self._words.value, then.get("papers", ())))),
                ("first", self._items(self._before(then))),
                (
                    "takes",
                    self._words.count(then["takes_working_days"], "wdays") if "takes_working_days" in then else "",
                ),
                *((name, self._said("withdrawal", name, then)) for name in ("payee", "no_heir")),
            ]
            rows.append((escape(self._words.place(record.place)) + case, self._labelled(lines), self._ground(record)))
        cases = self._words.listed(self._case_name(key) for key in keys)
        return self._sheets("caption_withdrawal", "place", rows, cases=cases)

    def death_days(self, place: str, died: str, reported: str) -> str:
        """The days that follow a death, worked out: police, agency, and the place's own."""
        values = {"died": date.fromisoformat(died), "reported": date.fromisoformat(reported)}
        answers = death_deadlines(self._book, place, self._read_on, values)
        police, agency, here = (answers[0][part] for part in ("police", "agency", "place"))
        # Where the hukou lies tells only whether the burial counts: the last day is the same.
        assert {answer["police"]["by"] for answer in answers} == {police["by"]}
        lines = [
            (self._fill("death_police", {"by": self._words.day(police["by"])}), "china.hukou.die.city"),
            (self._fill("death_agency", {"by": self._words.day(agency["by"])}), agency["origin"]),
        ]
        if here and here["report_by"]:
            lines.append((self._fill("death_place", {"by": self._words.day(here["report_by"])}), here["origin"]))
        if here and here["heirs_apply_from"]:
            said = self._fill("death_heirs", {"day": self._words.day(here["heirs_apply_from"])})
            lines.append((said, here["origin"]))
        items = "".join(f"<li>{escape(said)} {self._chip(self._book.records[rule].sure)}</li>" for said, rule in lines)
        return f"<ul>{items}</ul>"

    def closed_in(self, place: str, month: str, yuan: int, part: str) -> str:
        """An account closed in a month such as 2026-11 with a sum credited in advance: what is taken back.

        ``part`` is months, taken_back or left.
        """
        day = months.first_day(months.parse_month(month))
        facts = parse(
            {
                "on": day.isoformat(),
                "cover": {"place": place, "payer": "employer"},
                "account": {"precredited": yuan * 100},
                "events": [{"kind": "die", "on": day.isoformat()}],
            }
        )
        settlement = money_at(self._book, facts, "die", place, day, {})[0].settlement
        if part == "months":
            return self._words.count(settlement.months_taken_back, "months")
        return self._in_yuan({"taken_back": settlement.taken_back, "left": settlement.left_of_precredited}[part])

    # -- the hukou, coming back, service, missing persons ---------------------------------------------------

    def outcome_table(self, topic: str, *outcomes: str) -> str:
        """The rules on a topic alive today, a row each: the case, and what follows for each outcome named."""
        return self._outcome_table(topic, outcomes, self._records(topic))

    def hukou_table(self, *events: str) -> str:
        """What becomes of the hukou at some events: who reports where, with which papers, by when."""
        records = [record for record in self._records("hukou") if record.when["event"] in events]
        records.sort(key=lambda record: events.index(record.when["event"]))
        return self._outcome_table("hukou", ("hukou", "who", "papers", "within"), records)

    def missing_table(self) -> str:
        """How long somebody has to be missing for each declaration, and which day counts as the day of death."""
        rows = []
        for record in self._not_declared():
            lines = [
                ("runs_from", self._said("missing", "runs_from", record.then)),
                ("to_missing", self._time_and_notice(record, "missing")),
                ("to_death", self._time_and_notice(record, "death")),
                ("day_of_death", self._said("missing", "day_of_death", record.then)),
            ]
            how = escape(self._capital(self._words.value(record.when["went_missing"])))
            rows.append((how, self._labelled(lines), self._sources(record)))
        return self._sheets("caption_missing", "how_missing", rows)

    def missing_chart(self) -> str:
        """The times of the table on missing persons, drawn."""
        times: dict[tuple[str, int, int], list[str]] = {}
        for record in self._not_declared():
            for what in ("missing", "death"):
                key = (what, record.then[f"{what}_after_months"], record.then[f"{what}_notice_months"])
                times.setdefault(key, []).append(self._page[f"chart_how_{record.when['went_missing']}"])
        ways = len(self._not_declared())
        rows = []
        for (what, after, notice), how in sorted(times.items(), key=lambda item: (item[0][0] == "death", -item[0][1])):
            slots = {
                "how": self._page["chart_any_way"] if len(how) == ways else self._words.listed(how),
                "after": self._words.count(after, "months"),
                "notice": self._words.count(notice, "months"),
            }
            rows.append((self._fill(f"chart_{what}{'' if after else '_at_once'}", slots), after, notice))
        end = -(-max(after + notice for _, after, notice in rows) // 12)
        ticks = [(year * 12, self._words.count(year, "years") if year else "0") for year in range(end + 1)]
        height, drawn = charts.spans(rows, ticks, (self._page["chart_time"], self._page["chart_notice"]))
        words = self._words.joined(
            [self._page["chart_missing_words"], *(f"{label}{self._page['stop']}" for label, _, _ in rows)]
        )
        return charts.figure("missing", self._page["chart_missing_title"], words, height, drawn)

    def missing_days(self, last_news: str, went_missing: str) -> str:
        """From when a court may be asked about one missing person, worked out."""
        values = {"last_news": date.fromisoformat(last_news), "went_missing": went_missing}
        [answer] = missing_person(self._book, NATION, self._read_on, values)
        items = [
            f"<li>{escape(self._fill(f'court_{what}', {name: self._words.day(answer[what][name]) for name in ('court_from', 'not_decided_before')}))}</li>"
            for what in ("missing", "death")
        ]
        return f"<ul>{''.join(items)}</ul>"

    # -- pieces -------------------------------------------------------------------------------------------

    def _cities(self, *topics: str) -> list[str]:
        """The cities that have a rule of their own on one of the topics today."""
        own = {record.place for topic in topics for record in self._records(topic)}
        return [place.id for place in self._book.places.values() if place.level == "city" and place.id in own]

    def _own(self, topic: str, place: str) -> list[Record]:
        return [record for record in self._records(topic) if record.place == place]

    def _not_declared(self) -> list[Record]:
        return [record for record in self._records("missing") if record.when["state"] == "not_declared"]

    def _this_month(self) -> str:
        return self._words.month(months.month_of(self._read_on))

    def _fill(self, key: str, slots: Mapping[str, Any]) -> str:
        return self._words.say(f"guide.{key}", **slots)

    def _capital(self, said: str) -> str:
        return said[:1].upper() + said[1:]

    def _in_yuan(self, value: Amount | int | None) -> str:
        """Yuan, without a fraction of only noughts."""
        if value is None:
            return self._words.value(UNKNOWN)
        fen = value.fen if isinstance(value, Amount) else value
        return self._words.yuan(fen).replace(".00", "")

    def _quantity(self, topic: str, outcome: str, value: Any) -> str:
        kind = self._book.topics[topic]["outcomes"][outcome]
        return self._in_yuan(value) if kind == "fen" and type(value) is int else self._words.quantity(kind, value)

    def _seen(self, finding: Finding) -> str:
        """How sure a finding is as a whole, with what its most local rule rests on."""
        return f"{self._chip(finding.sure_of(*finding.outcomes))} {self._link(finding.records[-1].cites[0])}"

    def _period(self, record: Record, said: str) -> str:
        """One period of a rule, from its first to its last day; what is not known needs no level."""
        facts = self._conditions(record, but=("payer",))
        told = record.sure == Confidence.CONFLICT or said != self._words.value(UNKNOWN)
        said = f"{self._under(said, facts, inline=True)}{f' {self._chip(record.sure)}' if told else ''}"
        return self._fill(
            "in_these_days", {"first": record.lives_from, "last": record.lives_until - ONE_DAY, "said": said}
        )

    def _notes(self, *findings: Finding) -> str:
        """What the rules of findings add, each once."""
        notes = [self._words.law(record.note) for finding in findings for record in finding.records if record.note]
        return "".join(f"<br><small>{escape(note)}</small>" for note in dict.fromkeys(notes))

    def _under(self, said: str, assumed: Mapping[str, Any], *, inline: bool = False) -> str:
        """What is said, with the facts under which it holds."""
        if not assumed:
            return said
        facts = self._words.listed(self._words.value(value) for value in assumed.values())
        if inline:
            return self._words.say("rule.fact", name=facts, value=said)
        return f"{said}<br><small>{escape(facts)}</small>"

    def _conditions(self, record: Record, *, but: Iterable[str]) -> dict[str, Any]:
        return {name: value for name, value in record.when.items() if name not in but}

    def _base(self, finding: Finding) -> str:
        return self._base_said({name: outcome.value for name, outcome in finding.outcomes.items()}, known_only=True)

    def _base_said(self, then: Mapping[str, Any], *, known_only: bool = False) -> str:
        """A base in words; "" when it is not known and only known ones are wanted."""
        limits = [then.get(name, UNKNOWN) for name in ("floor_fen", "ceiling_fen")]
        fixed = then.get("fixed_fen", UNKNOWN)
        if fixed != UNKNOWN:
            return self._fill("base_fixed", {"base": self._in_yuan(fixed)})
        if UNKNOWN not in limits:
            return self._fill("base_between", {"floor": self._in_yuan(limits[0]), "ceiling": self._in_yuan(limits[1])})
        return "" if known_only else self._words.value(UNKNOWN)

    def _rate_said(self, then: Mapping[str, Any]) -> str:
        """A record on rates in words."""
        topic, said = self._book.topics["rate"]["outcomes"], []
        for name in ("employer_bp", "person_bp", "fen_per_month", "fen_per_year", "extra_fen_per_month"):
            if name in then:
                value = (
                    self._in_yuan(then[name])
                    if type(then[name]) is int and topic[name] == "fen"
                    else self._quantity("rate", name, then[name])
                )
                said.append(self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=value))
        return self._words.listed(said)

    def _share(self, finding: Finding, name: str) -> str:
        """A share of the base with what comes on top for the person."""
        said = self._quantity("rate", name, finding.get(name))
        extra = finding.get("extra_fen_per_month")
        if name == "person_bp" and extra is not None:
            said += f" + {self._quantity('rate', 'extra_fen_per_month', extra)}"
        return said

    def _rates(self, rate: Finding) -> str:
        """What the employer and the employee pay."""
        shares = {"employer": self._share(rate, "employer_bp"), "person": self._share(rate, "person_bp")}
        said = self._fill("rates_employer", shares)
        maternity = rate.get("includes_maternity")
        return said + (
            f"<br><small>{self._page[f'maternity_{maternity}']}</small>" if maternity in ("yes", "no") else ""
        )

    def _alone(self, item: Contribution, place: str) -> str:
        """What somebody who pays alone pays: the share, if it is one, and the least sum of a month."""
        rate = item.findings[1]
        lines = [self._share(rate, "person_bp")] if "person_bp" in rate.outcomes else []
        return "<br>".join([*lines, self._month(item, place, "flexible")])

    def _month(self, item: Contribution, place: str, payer: str) -> str:
        """The least that a person who pays alone pays for a month."""

        def known(item: Contribution) -> str:
            if item.person is None:
                return ""
            lowest = item.findings[0].get("base_is") == "chosen_between" and not item.published
            return self._fill("month_from" if lowest else "month_sum", {"sum": self._in_yuan(item.person)})

        if said := known(item):
            return said
        unknown = self._words.value(UNKNOWN)
        return "<br>".join(line for line in (unknown, self._last_known(place, payer, item.assuming, known)) if line)

    def _last_known(
        self, place: str, payer: str, assumed: Mapping[str, Any], known: Callable[[Contribution], str]
    ) -> str:
        """What was known last, until which day; "" if nothing was."""
        path = {level.id for level in self._book.path(place)}
        ends = {
            record.lives_until - ONE_DAY
            for record in self._book.records.values()
            if record.topic in ("base", "rate") and record.place in path and record.lives_until <= self._read_on
        }
        told = {name: assumed.get(name) for name in ("tier", "mode")}
        for day in sorted(ends, reverse=True):
            try:
                items = contribution(self._book, place, day, payer=payer, wage_fen=0, **told)
            except OutsideKnownDays:
                break
            for item in items:
                if found := known(item):
                    return f"<small>{self._fill('last_known', {'until': day, 'what': found})}</small>"
        return ""

    def _credits(self, place: str, status: str, grounds: dict[Confidence, dict[str, None]]) -> str:
        """What one status gets credited, for each tier, mode or age that tells answers apart.

        What it rests on is added to ``grounds``, by how sure it is.
        """
        parts = []
        for item in account_credit(self._book, place, self._read_on, status=status):
            [finding] = item.findings
            record = finding.records[-1]
            facts = [self._words.value(value) for name, value in item.assuming.items() if name != "age"]
            facts += [self._fill(f"age_{bound}", {"n": n}) for bound, n in record.when.get("age", {}).items()]
            said = self._credit(finding)
            if facts:
                said = self._words.say("rule.fact", name=self._words.listed(facts), value=said)
            if finding.get("credited") != UNKNOWN:
                grounds.setdefault(finding.sure_of("credited"), {})[self._link(record.cites[0])] = None
            parts.append(said)
        return self._items(dict.fromkeys(parts))

    def _credit(self, finding: Finding) -> str:
        given = {name: outcome.value for name, outcome in finding.outcomes.items()}
        how = given["credited"]
        if how == "share_of_base":
            return self._fill("credit_share", {"share": self._quantity("credit", "bp_of_base", given["bp_of_base"])})
        if how != "fixed_sum":
            return self._words.value(how)
        year, month = given.get("fen_per_year", UNKNOWN), given.get("fen_per_month", UNKNOWN)
        if year != UNKNOWN:
            said = self._fill("credit_year", {"sum": self._in_yuan(year)})
        elif month != UNKNOWN:
            less = given.get("less_fen_per_month", 0)
            said = self._fill("credit_month", {"sum": self._in_yuan(month - less)})
            if less:
                said += " " + self._fill("credit_less", {"sum": self._in_yuan(month), "less": self._in_yuan(less)})
        else:
            said = self._page["credit_sum_open"]
        if UNKNOWN in (year, month) and year == month and "about_bp_of_average_pension" in given:
            share = self._quantity("credit", "about_bp_of_average_pension", given["about_bp_of_average_pension"])
            said += " " + self._fill("credit_about", {"share": share})
        return said

    def _benefit(self, place: str, paid: int) -> str:
        [item] = unemployment_months(self._book, place, self._read_on, contribution_months=paid)
        return self._words.count(item.months, "months") if item.months else self._page["no_benefit"]

    def _case_name(self, key: str) -> str:
        """A case of withdrawal; some names mean more people as an event than as a case."""
        return self._page.get(f"case_{key}") or self._words.value(key)

    def _who_and_where(self, then: Mapping[str, Any]) -> str:
        where = self._words.say(f"where.{then['where']}") if "where" in then else ""
        return self._items(said for said in (self._words.say(f"who.{then['who']}"), where) if said)

    def _before(self, then: Mapping[str, Any]) -> list[str]:
        """What comes before the money: other procedures, a time to wait, a batch."""
        first = then.get("first", ())
        said = [self._words.value(name) for name in ([first] if isinstance(first, str) else first)]
        if "report_within_days" in then:
            said.append(self._fill("report_within", {"days": self._words.count(then["report_within_days"], "days")}))
        if "months_after_ending" in then:
            said.append(
                self._fill("after_ending", {"months": self._words.count(then["months_after_ending"], "months")})
            )
        if "day_of_next_month" in then:
            said.append(self._fill("from_next_month", {"day": then["day_of_next_month"]}))
        if "batch_from" in then:
            said.append(self._fill("batch", {"from": then["batch_from"], "until": then["batch_until"]}))
        return said

    def _items(self, said: Iterable[str]) -> str:
        """Several things as one line; "" for none."""
        return escape(("；" if self._lang == "zh" else "; ").join(said))

    def _labelled(self, lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Lines of a sheet under the heads of the words; what is not said has no line."""
        return [
            (self._page.get(f"col_{name}") or self._capital(self._words.say(f"name.{name}")), said)
            for name, said in lines
            if said
        ]

    def _ground(self, record: Record) -> str:
        """What a record adds, how sure it is and what it rests on."""
        note = f"<small>{escape(self._words.law(record.note))}</small><br>" if record.note else ""
        return note + self._sources(record)

    def _outcome_table(self, topic: str, outcomes: Iterable[str], records: list[Record]) -> str:
        outcomes = tuple(outcomes)
        firsts = [next(iter(record.when.values()), "") for record in records]
        rows = []
        # What a place says on a case stands below what the nation says on it.
        for _, record in sorted(zip(firsts, records, strict=True), key=lambda pair: firsts.index(pair[0])):
            local = "" if record.place == NATION else f"<br><small>{escape(self._words.place(record.place))}</small>"
            lines = [(name, self._said(topic, name, record.then)) for name in outcomes]
            # The head says more than the name of this outcome.
            lines = [("reports" if name == "who" else name, said) for name, said in lines]
            rows.append((self._case(topic, record) + local, self._labelled(lines), self._ground(record)))
        caption = self._book.topics[topic]["asks"][self._lang]
        return self._sheets(caption, "if", rows)

    def _case(self, topic: str, record: Record) -> str:
        """The conditions of a record; the first one of a topic goes without its name, which the caption says."""
        kinds, assuming = self._book.topics[topic]["conditions"], self._words.templates["assuming"]
        said = []
        for name, test in record.when.items():
            value = self._words.quantity(kinds[name], test)
            if name == next(iter(kinds)) and set(kinds[name]) != {"yes", "no"}:
                said.append(value)
            elif isinstance(test, str) and f"{name}_{test}" in assuming:
                said.append(assuming[f"{name}_{test}"])
            else:
                said.append(self._words.say("rule.fact", name=self._words.say(f"name.{name}"), value=value))
        lines = [self._capital(escape(line)) for line in said]
        return "<br>".join(lines) or escape(self._capital(self._page["always"]))

    def _said(self, topic: str, name: str, then: Mapping[str, Any]) -> str:
        """One outcome as a line, "" if the rule does not name it or there is nothing to do."""
        if name not in then:
            return ""
        value = then[name]
        if name == "who":
            return "" if then.get("where") == "nowhere" else self._who_and_where(then)
        if name == "within":
            unit = "wdays" if then["unit"] == "working_days" else then["unit"]
            burial = [self._words.say("name.before_burial")] if "before_burial" in then else []
            return self._items([self._words.count(value, unit), *burial])
        if isinstance(value, list):
            return self._items(map(self._words.value, value))
        if name.endswith("_days") and type(value) is int:
            return self._words.count(value, "days")
        return escape(self._quantity(topic, name, value))

    def _time_and_notice(self, record: Record, what: str) -> str:
        after, notice = (record.then[f"{what}_{part}_months"] for part in ("after", "notice"))
        slots = {"after": self._words.count(after, "months"), "notice": self._words.count(notice, "months")}
        return escape(self._fill("after_and_notice" if after else "at_once_and_notice", slots))

    def _sheets(
        self, caption: str, head: str, rows: Iterable[tuple[str, list[tuple[str, str]], str]], **slots: Any
    ) -> str:
        """A table of two columns, which fits a phone: the case, and below each other labelled lines and their ground."""
        cells = []
        for case, lines, ground in rows:
            said = [
                self._words.say("rule.fact", name=f"<strong>{escape(label)}</strong>", value=line)
                for label, line in lines
            ]
            cells.append([case, "<br>".join([*said, *([ground] if ground else [])])])
        return self._grid("close", caption, (head, "details"), cells, **slots)

    def _grid(self, css: str, caption: str, heads: Iterable[str], rows: Iterable[list[str]], **slots: Any) -> str:
        """A table whose caption, when it is a key of the words, is filled in."""
        said = self._fill(caption, slots) if caption in self._page else caption
        return self._table(css, heads, rows, caption=said)


def _first_number(record: Record) -> int:
    """The number from which a record on months without a gap applies."""
    return record.when["continuous_months"].get("at_least", 0)
