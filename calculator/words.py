"""An assessment in sentences, English or Chinese.

:func:`document` turns an assessment into a *document*: plain data made of finished sentences, which the page
draws and :mod:`calculator.text` prints. Every sentence comes from a template in ``words/en.toml`` or
``words/zh.toml``; this module chooses which one is said and fills it in, and decides nothing about insurance.
"""

import pickle
import string
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from calculator import __version__, months
from calculator.assessment import HOTLINE, Assessment, Question, RuleUse
from calculator.confidence import Confidence, weakest
from calculator.facts import ELSEWHERE, FactError
from calculator.lawbook import UNKNOWN, Lawbook, Record, Span, lawbook
from calculator.rules.account import Money
from calculator.rules.cover import Deadline, Interruption, Line
from calculator.rules.steps import Step
from calculator.rules.years import Years

LANGUAGES = ("en", "zh")
#: In a wheel: the templates of every language, read when the wheel was built.
READ_AT_BUILD = "read_at_build.pickle"
_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Words:
    """The templates of one language, and that language's habits for months, days, money and counts."""

    def __init__(self, lang: str, book: Lawbook | None = None) -> None:
        """Raises ValueError for a language we do not speak."""
        if lang not in LANGUAGES:
            raise ValueError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")
        self.lang = lang
        self.book = book or lawbook()
        self.templates = _templates(lang)
        self._formatter = _Formatter(self)

    def say(self, key: str, **values: Any) -> str:
        """The sentence with this key (``"gap.no_wait"``), filled in. Raises KeyError for an unknown key."""
        table, _, name = key.partition(".")
        return self._formatter.vformat(self.templates[table][name], (), values)

    def month(self, month: int) -> str:
        year, index = divmod(month, 12)
        return f"{year}年{index + 1}月" if self.lang == "zh" else f"{_ENGLISH_MONTHS[index]} {year}"

    def day(self, day: date) -> str:
        if self.lang == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"

    def yuan(self, fen: int) -> str:
        """An amount of integer fen, written in yuan."""
        amount = f"{fen // 100:,}.{fen % 100:02d}"
        return f"{amount}元" if self.lang == "zh" else f"¥{amount}"

    def count(self, number: int, unit: str) -> str:
        """``3 months`` / ``3个月``; ``unit`` is years, months, days or wdays (working days)."""
        if self.lang == "zh":
            return f"{number}" + {"years": "年", "months": "个月", "days": "日", "wdays": "个工作日"}[unit]
        word = {"years": "year", "months": "month", "days": "day", "wdays": "working day"}[unit]
        return f"{number} {word}" + ("" if number == 1 else "s")

    def place(self, place: str) -> str:
        if place == ELSEWHERE:
            return "其他地方" if self.lang == "zh" else "another place"
        return self.book.places[place].name.in_(self.lang)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, with the space that English wants and Chinese does not."""
        return ("" if self.lang == "zh" else " ").join(sentence for sentence in sentences if sentence)

    def listed(self, items: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(items)

    def assuming(self, assumed: Mapping[str, Any]) -> str:
        """The condition under which an answer holds, or "" when it holds as told."""
        said = []
        for name, value in assumed.items():
            key = f"{name}_{value}" if f"{name}_{value}" in self.templates["assuming"] else name
            number = self.quantity("number", value) if isinstance(value, Span) else value
            condition = self.say(f"assuming.{key}", value=number)
            said.append(condition[0].lower() + condition[1:] if said else condition)
        return self.listed(said)

    def facts(self, topic: str, told: Mapping[str, Any]) -> str:
        """Facts under which an answer of the law data holds, by the names of its conditions."""
        kinds = self.book.topics[topic]["conditions"]
        return self.listed(
            self.say("rule.fact", name=self.say(f"name.{name}"), value=self.quantity(kinds[name], value))
            for name, value in told.items()
        )

    def quantity(self, kind: str | list[str], value: Any) -> str:
        """A value of a topic, bounds or a span, in words. ``kind`` is what the topic says it is: months, fen, bp, names."""
        if isinstance(value, Mapping):
            return self.listed(self.say(f"rule.{bound}", n=self.quantity(kind, end)) for bound, end in value.items())
        if isinstance(value, Span):
            first = self.quantity(kind, value.first)
            if value.last == value.first:
                return first
            if value.last is None:
                return self.say("rule.span_open", first=first)
            return self.say("rule.span", first=first, last=self.quantity(kind, value.last))
        if type(value) is int:
            if kind == "fen":
                return self.yuan(value)
            if kind == "bp":
                return f"{value // 100}.{value % 100:02}".rstrip("0").rstrip(".") + "%"
            if kind == "percent":
                return f"{value}%"
            if kind in ("months", "years", "days"):
                return self.count(value, kind)
        return self.value(value)

    def value(self, value: Any) -> str:
        """A value of a condition or outcome, in words."""
        if value is None:
            return self.say("rule.yours_not_told")
        if isinstance(value, (set, frozenset, list, tuple)):
            return self.listed(
                self.value(item) for item in (sorted(value) if isinstance(value, (set, frozenset)) else value)
            )
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Span):
            return self.quantity("number", value)
        for table in ("value", "papers", "step", "who", "where"):
            if isinstance(value, str) and value in self.templates[table]:
                return self.templates[table][value]
        return str(value)


class _Formatter(string.Formatter):
    """``{name:format}`` with our own formats. Plain values are put in as they are."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def format_field(self, value: Any, spec: str) -> str:
        words = self.words
        if spec in ("month", "day", "yuan", "place"):
            return getattr(words, spec)(value)
        if spec in ("months", "days", "wdays"):
            return words.count(value, spec)
        return super().format_field(value, spec)


@cache
def _templates(lang: str) -> Mapping[str, Mapping[str, str]]:
    ready = files("calculator") / "words" / READ_AT_BUILD
    return pickle.loads(ready.read_bytes())[lang] if ready.is_file() else read_templates(lang)


def read_templates(lang: str) -> Mapping[str, Mapping[str, str]]:
    """The templates of one language, by table and key, read from their source."""
    return tomllib.loads((files("calculator") / "words" / f"{lang}.toml").read_text("utf-8"))


# -- errors -----------------------------------------------------------------------------------------------


def error_message(error: FactError, words: Words, by_path: bool = True) -> str:
    """One fault in the reader's language: the field, the value, and what is accepted.

    ``by_path`` adds the path of the field, which the writer of a file needs and the reader of a form does not.
    """
    params = dict(error.params)
    accepted = params.get("accepted")
    if isinstance(accepted, list):
        params["accepted"] = words.listed(accepted if by_path else [_choice_name(item, words) for item in accepted])
    if params.get("given", "") is None:
        params["given"] = ""
    return words.say(f"error.{error.code}", **{**params, "field": field_name(error.field, words, by_path)})


def _choice_name(choice: str, words: Words) -> str:
    return (
        words.place(choice)
        if choice in (*words.book.places, ELSEWHERE)
        else words.templates["form"].get(choice) or words.value(choice)
    )


def field_name(field: str, words: Words, by_path: bool = True) -> str:
    """The name of a field as people say it, with its path in a file of facts if asked for."""
    last = field.rpartition(".")[2]
    names = words.templates["field"]
    if not by_path:
        return names[last]
    name = names[f"event_{last}"] if field.startswith("events[") and f"event_{last}" in names else names.get(last, "")
    return f"{name} ({field})" if name else field


# -- the document -----------------------------------------------------------------------------------------


def document(assessment: Assessment, lang: str, book: Lawbook | None = None) -> dict[str, Any]:
    """The assessment as finished sentences in one language: plain data, ready to draw or print."""
    words = Words(lang, book)
    checked = max(provision.checked for provision in words.book.provisions.values())
    return {
        "lang": lang,
        "title": words.say("page.title"),
        "asked_on": words.say("page.asked_on", on=assessment.facts.on, checked=checked),
        "answer": {"title": words.say("heading.answer"), "items": _answer(assessment, words)},
        "sure": _sure(assessment.sure, words),
        "weakest": words.say("page.weakest", sure=words.say(f"sure.{assessment.sure.key}")),
        "cover": {
            "title": words.say("heading.cover"),
            "stretches": [_stretch(stretch, words) for stretch in assessment.interruptions],
        },
        "money": {"title": words.say("heading.money"), "items": [_money(money, words) for money in assessment.money]},
        "years": {"title": words.say("heading.years"), "items": [_years(years, words) for years in assessment.years]},
        "steps": {
            "title": words.say("heading.steps"),
            "items": [step_as_data(step, words) for step in assessment.steps],
        },
        "not_known": {
            "title": words.say("heading.not_known"),
            "intro": words.say("ask.intro", hotline=HOTLINE),
            "items": [_question(question, assessment, words) for question in assessment.questions],
        },
        "rules": {
            "title": words.say("heading.rules"),
            "items": [_rule(use, assessment, words) for use in assessment.rules],
        },
        "disclaimer": words.say("page.disclaimer"),
        "version": words.say("page.version", engine=__version__, law=assessment.law_hash),
    }


def _sure(level: Confidence, words: Words) -> dict[str, str]:
    return {"level": level.key, "text": words.say(f"sure.{level.key}")}


def _item(
    text: str, level: Confidence, words: Words, rules: Iterable[str] = (), details: Iterable[str] = ()
) -> dict[str, Any]:
    return {"text": text, "sure": _sure(level, words), "rules": list(rules), "details": [d for d in details if d]}


def _under(assumed: Mapping[str, Any], sentence: str, words: Words) -> str:
    return _with_condition(words.assuming(assumed), sentence, words)


def _with_condition(condition: str, sentence: str, words: Words) -> str:
    if not condition:
        return sentence
    return f"{condition}：{sentence}" if words.lang == "zh" else f"{condition}: {sentence}"


def _answer(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """The sentences that answer, before any detail."""
    items = []
    for stretch in assessment.interruptions:
        if stretch.resume is None:
            items.append(
                _item(_stops_sentence(stretch, words), stretch.lines[0].sure, words, _ids(stretch.stop.records))
            )
        for line in stretch.lines if stretch.resume is not None else ():
            rules = _ids(line.finding.records) if line.finding else ()
            sentence = words.joined([_return_sentence(line, words), _costs_sentence(line, words)])
            items.append(_item(_under(line.assuming, sentence, words), line.sure, words, rules))
    several = len({money.event for money in assessment.money}) > 1
    for money in assessment.money:
        sentence = _under(money.assuming, money_sentence(money, words), words)
        if several:  # what happens at one event must not be read as contradicting what happens at another
            sentence = _with_condition(words.say(f"event.{money.event}"), sentence, words)
        items.append(_item(sentence, money.sure, words, _money_rules(money)))
    return items


def _return_sentence(line: Line, words: Words) -> str:
    if line.day_after_credit:
        return words.say("gap.no_gap_day_after_credit" if line.wait is None else "gap.no_wait_day_after_credit")
    if line.wait is None:
        if line.returns is None:
            return words.say("gap.no_gap_start_open")
        return words.say("gap.no_gap", returns=line.returns)
    if line.wait == UNKNOWN:
        if line.wait_at_most is None:
            return words.say("gap.wait_not_known")
        return words.say("gap.wait_at_most", at_most=line.wait_at_most, latest=line.returns_latest)
    if line.wait == 0:
        if line.returns is None:
            return words.say("gap.no_wait_start_open")
        return words.say("gap.no_wait", returns=line.returns)
    if line.returns is None:
        return words.say("gap.wait_from_open", wait=line.wait, latest=line.returns_latest)
    if line.benefit_percent is not None:
        return words.say("gap.wait_percent", wait=line.wait, percent=line.benefit_percent, returns=line.returns)
    return words.say(f"gap.wait_{line.wait_scope}", wait=line.wait, returns=line.returns)


def _costs_sentence(line: Line, words: Words) -> str:
    return words.say(f"gap.costs_{line.gap_costs}") if line.gap_costs else ""


def _stops_sentence(stretch: Interruption, words: Words) -> str:
    if stretch.stop.get("cover_ends") == UNKNOWN:
        return words.say("gap.stops_not_known")
    days = [months.first_day(month) for month in stretch.stops]
    if len(days) == 2:
        return words.say("gap.stops_one_of_two", stop=days[0], later=days[1])
    return words.say("gap.stops", stop=days[0])


def _deadline_sentence(deadline: Deadline, situation: str, words: Words) -> str:
    who = words.say("gap.who_arrears" if situation == "arrears" else f"gap.who_{deadline.payer or 'any'}")
    return words.say(f"gap.deadline_{deadline.kind}", who=who, month=deadline.month)


def _stretch(stretch: Interruption, words: Words) -> dict[str, Any]:
    if stretch.resume is None:
        title = _stops_sentence(stretch, words)
    elif stretch.gap == 0:
        title = words.say("gap.none", last_paid=stretch.last_paid, resume=stretch.resume)
    else:
        title = words.say("gap.months", last_paid=stretch.last_paid, resume=stretch.resume, gap=stretch.gap)
    if stretch.days is not None:
        title = words.joined([title, words.say("gap.days", days=words.quantity("number", stretch.days))])
    known_until = min(level.known_until for level in words.book.path(stretch.destination))
    lines = [_line(line, words, known_until) for line in stretch.lines]
    beyond = any(month["beyond_known_days"] for line in lines for month in line["months"])
    return {
        "title": title,
        "deadlines": [_deadline_sentence(deadline, stretch.situation, words) for deadline in stretch.deadlines]
        if stretch.gap != 0
        else [],
        "lines": lines,
        "beyond": words.say("gap.beyond_known_days", known_until=known_until) if beyond else "",
        "table": {key: words.say(f"cover_table.{key}") for key in ("caption", "month", "status", "reason")},
    }


def _line(line: Line, words: Words, known_until: date) -> dict[str, Any]:
    told = {
        "back_pay": line.back_pay,
        "bearer": line.cost_bearer,
        "credit": line.account_credit,
        "continuity": line.continuity,
    }
    notes = [words.say(f"gap.{name}_{value}") for name, value in told.items() if value]
    if line.finding:
        # A source that says otherwise belongs beside the answer, not only into the rule that can be opened.
        notes += [
            _with_condition(words.say("rule.disagrees"), other.why.in_(words.lang), words)
            for record in line.finding.records
            for other in record.disagree
        ]
    return {
        "assuming": words.assuming(line.assuming),
        "text": words.joined([_return_sentence(line, words), _costs_sentence(line, words)]) if line.finding else "",
        "notes": list(dict.fromkeys(notes)),
        "sure": _sure(line.sure, words),
        "rules": _ids(line.finding.records) if line.finding else [],
        "months": [
            {
                "month": months.format_month(month.month),
                "label": words.month(month.month),
                "status": month.status,
                "status_text": words.say(f"status.{month.status}"),
                "reason": words.say(f"reason.{month.reason}", percent=month.percent),
                "beyond_known_days": months.first_day(month.month) >= known_until,
            }
            for month in line.months
        ],
    }


def money_sentence(money: Money, words: Words, account: bool = True) -> str:
    """What happens to the money. Without ``account`` nothing is said about whether there is an account at all."""
    if money.exists == "no":
        return words.say("money.no_account")
    said = []
    if account and money.exists == "unknown":
        said.append(words.say("money.account_unknown"))
    if money.balance:
        said.append(words.say(f"money.{money.balance}"))
    if money.withdraw and not (money.balance == UNKNOWN and money.withdraw == UNKNOWN):
        said.append(words.say(f"money.withdraw_{money.withdraw}"))
    return words.joined(said)


def _money(money: Money, words: Words) -> dict[str, Any]:
    details = []
    if money.exists != "no":
        details += money_details(money, words)
        if money.amount is not None:
            details.append(words.say("money.amount", amount=money.amount))
        details += _pots(money, words)
    return {
        "event": words.joined([words.say(f"event.{money.event}"), f"（{words.place(money.place)}）" if words.lang == "zh" else f"({words.place(money.place)})"]),
        **_item(_under(money.assuming, money_sentence(money, words), words), money.sure, words, _money_rules(money), details),
    }  # fmt: skip


def money_details(money: Money, words: Words) -> list[str]:
    """To whom it is paid, what happens when it can't move or nobody inherits, how long it takes."""
    said = [
        words.say(f"money.{name}_{value}")
        for name in ("payee", "if_it_cannot_move", "no_heir")
        if (value := getattr(money, name))
    ]
    if money.working_days:
        said.append(words.say("money.working_days", n=money.working_days))
    return said


def _pots(money: Money, words: Words) -> list[str]:
    said = []
    if len(money.pots) > 1:
        for pot in money.pots:
            if pot.key == "current" and pot.credited_from:
                text = words.say("money.pot_current_from", **{"from": pot.credited_from})
            else:
                text = words.say(f"money.pot_{pot.key}", before=pot.credited_before)
            if pot.amount is not None:
                text = words.say("money.pot_amount", text=text, amount=pot.amount)
            said.append(text)
    settlement = money.settlement
    if settlement is not None:
        said.append(words.say("money.settlement_months", n=settlement.months_taken_back))
        if settlement.precredited is not None:
            said.append(
                words.say(
                    "money.settlement_sum",
                    credited=settlement.precredited,
                    n=settlement.months_taken_back,
                    back=settlement.taken_back,
                    left=settlement.left_of_precredited,
                )
            )
        if settlement.rounding_not_known:
            said.append(words.say("money.settlement_rounding"))
        if settlement.history is not None:
            said.append(words.say("money.settlement_history", history=settlement.history))
    return said


def _money_rules(money: Money) -> list[str]:
    ids = [record.id for finding in money.findings for record in finding.records]
    ids += [pot.record.id for pot in money.pots] if len(money.pots) > 1 else []
    ids += _ids(money.settlement.finding.records) if money.settlement else []
    return list(dict.fromkeys(ids))


def _years(years: Years, words: Words) -> dict[str, Any]:
    said = [words.say(f"years.{years.earlier_years}")] if years.earlier_years else []
    if years.gap_years:
        said.append(words.say(f"years.gap_{years.gap_years}"))
    level = weakest([years.sure, *([years.finding.sure_of("gap_years")] if years.gap_years else [])])
    return _item(_under(years.assuming, words.joined(said), words), level, words, _ids(years.finding.records))


def step_as_data(step: Step, words: Words, dated: bool = True) -> dict[str, Any]:
    """One step in words. Without ``dated`` only the length of a deadline is said, not its day."""
    facts = [(words.say("step_label.who"), words.say(f"who.{step.who}"))]
    where = words.say(f"where.{step.where}")
    if where:
        facts.append((words.say("step_label.where"), where))
    if step.papers:
        facts.append(
            (
                words.say("step_label.papers"),
                ("；" if words.lang == "zh" else "; ").join(words.say(f"papers.{paper}") for paper in step.papers),
            )
        )
    if step.within is not None:
        count = words.count(step.within, "wdays" if step.unit == "working_days" else step.unit)
        if step.by is not None and dated:
            text = words.say(
                "step_label.by_weekdays" if step.by_is_weekday_count else "step_label.by_day", by=step.by, count=count
            )
        elif step.counted_from == "start_of_work":
            text = words.say("step_label.by_count_start_of_work", count=count)
        else:
            text = words.say("step_label.by_count", count=count)
        facts.append((words.say("step_label.by"), text))
    if step.takes_working_days is not None:
        facts.append((words.say("step_label.takes"), words.count(step.takes_working_days, "wdays")))
    facts.append((words.say("step_label.law"), _short_law(step.record, words)))
    return {
        "key": step.key,
        "text": words.say(f"step.{step.key}"),
        "facts": [{"label": label, "text": text} for label, text in facts],
        "by": step.by.isoformat() if step.by else None,
        "sure": _sure(step.record.sure, words),
        "rules": [step.record.id],
    }


def _short_law(record: Record, words: Words) -> str:
    """Title and articles of what a rule rests on, on one line."""
    articles: dict[str, list[str]] = {}
    for cite in record.cites:
        instrument, provision = words.book.cite(cite)
        articles.setdefault(instrument.title.in_(words.lang), []).append(provision.article.in_(words.lang))
    if words.lang == "zh":
        return "；".join(f"《{title}》{'、'.join(named)}" for title, named in articles.items())
    return "; ".join(f"{title}: {', '.join(named)}" for title, named in articles.items())


def _question(question: Question, assessment: Assessment, words: Words) -> dict[str, Any]:
    """The question in both languages: the reader's own, and the Chinese to say at the counter."""

    def fill(speaker: Words) -> str:
        stretch = next(
            (
                s
                for s in assessment.interruptions
                if question.topic in ("gap", "gap_count", "cover_stop", "cover_start")
            ),
            None,
        )
        told = {
            "last_paid": stretch.last_paid if stretch else None,
            "resume": stretch.resume if stretch else None,
            "gap": stretch.gap if stretch else None,
        }
        slots = {
            name: speaker.say(f"ask_slot.{name}", **{name: value})
            if value is not None
            else speaker.say(f"ask_slot.{name}_open")
            for name, value in told.items()
        }
        place = speaker.say("ask_slot.here") if question.place == "china" else speaker.place(question.place)
        return speaker.say(f"ask.{question.ask}", place=place, **slots)

    return {
        "why": words.say(f"why.{question.why}"),
        "zh": fill(Words("zh", words.book)),
        "en": fill(Words("en", words.book)),
        "rules": [question.rule],
    }


def _rule(use: RuleUse, assessment: Assessment, words: Words) -> dict[str, Any]:
    record = use.record
    # Many steps answer the same question, so a step is named by what is to be done.
    is_step = record.topic == "step"
    topic = words.say(f"step.{record.then['key']}") if is_step else words.book.topics[record.topic]["asks"][words.lang]
    return {
        "id": record.id,
        "title": f"{words.place(record.place)}：{topic}"
        if words.lang == "zh"
        else f"{words.place(record.place)}: {topic}",
        "lives": words.say("rule.lives", **{"from": record.lives_from, "until": record.lives_until}),
        "role": words.say("rule.role_deadline") if use.role == "deadline" else "",
        "sure": _sure(record.sure, words),
        "condition_label": words.say("rule.condition"),
        "when": [_condition(name, test, use.values.get(name), words) for name, test in record.when.items()]
        or [words.say("rule.always")],
        "follows_label": words.say("rule.follows"),
        "then": [_outcome(name, value, words) for name, value in record.then.items()],
        "note": record.note.in_(words.lang) if record.note else "",
        "cites": [citation(cite, words) for cite in record.cites],
        "disagrees_label": words.say("rule.disagrees"),
        "disagree": [{**citation(item.cite, words), "why": item.why.in_(words.lang)} for item in record.disagree],
    }


def _condition(name: str, test: Any, value: Any, words: Words) -> str:
    if isinstance(test, Mapping):
        said = words.listed(words.say(f"rule.{bound}", n=number) for bound, number in test.items())
    else:
        said = words.value(test)
    yours = words.say("rule.yours", value=words.value(value))
    label = words.say(f"name.{name}")
    return f"{label}：{said}（{yours}）" if words.lang == "zh" else f"{label}: {said} ({yours})"


def _outcome(name: str, value: Any, words: Words) -> str:
    colon = "：" if words.lang == "zh" else ": "
    return f"{words.say(f'name.{name}')}{colon}{words.value(value)}"


def citation(cite: str, words: Words) -> dict[str, Any]:
    """One provision as the reader sees it: title, number, article, quotation, how seen, when checked, link."""
    instrument, provision = words.book.cite(cite)
    return {
        "id": cite,
        "title": instrument.title.in_(words.lang),
        "number": instrument.number,
        "article": provision.article.in_(words.lang),
        "quote": provision.quote,
        "paraphrase": provision.paraphrase.in_(words.lang),
        "note": provision.note.in_(words.lang) if provision.note else "",
        "seen": words.say(f"seen.{provision.seen}"),
        "checked": words.say("rule.checked", checked=provision.checked),
        "url": instrument.url,
    }


def _ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]
