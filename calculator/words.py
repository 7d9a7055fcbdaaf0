"""The words of one language: sentence templates, and its habits for months, days, money and counts.

Every sentence comes from a template in ``words/en.toml`` or ``words/zh.toml``, side by side. Which of them an answer
says is chosen in :mod:`calculator.document`.
"""

import pickle
import re
import string
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from calculator.facts import ELSEWHERE, FactError
from calculator.lawbook import Lawbook, Span, Text, lawbook
from calculator.naming import named_in, title_in_marks

LANGUAGES = ("en", "zh")
#: In a wheel: the templates of every language, read when the wheel was built.
READ_AT_BUILD = "read_at_build.pickle"
#: Conditions whose number is a year of the calendar.
_CALENDAR_YEARS = ("retirement_year", "joined_year")
#: In a template: a number that a rule knows, as ``[[RULE VALUE]]`` or ``[[RULE VALUE FORM]]``. It is put in when the templates
#: are read, so that no sentence types it a second time.
OF_A_RULE = re.compile(r"\[\[(\S+) (\S+?)(?: (\w+))?\]\]")
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

    def of_situation(self, key: str, situation: str) -> str:
        """The words of the form under this key, in the words of one situation where it has its own: of somebody who has died
        nobody asks "where are you insured?". Raises KeyError for an unknown key."""
        return self.templates["form_for"].get(f"{key}_{situation}") or self.templates["form"][key]

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

    def counts(self, span: Span, unit: str) -> str:
        """``3 to 5 months`` / ``3至5个月``; open ends are said: ``12 months or more`` / ``12个月及以上``."""
        if span.last is None:
            return self.say("rule.span_open", first=self.count(span.first, unit))
        last = self.count(span.last, unit)
        if span.last == span.first:
            return last
        return (
            self.say("rule.span", first=span.first, last=last) if span.first else self.say("rule.span_until", last=last)
        )

    def years_and_months(self, number: int | Span) -> str:
        """A length in months as people say it: ``12 years 3 months`` / ``12年3个月``; of a span both ends."""
        if isinstance(number, Span):
            ends = [self.years_and_months(end) for end in dict.fromkeys((number.first, number.last))]
            return ends[0] if len(ends) == 1 else self.say("rule.span", first=ends[0], last=ends[1])
        years, rest = divmod(number, 12)
        said = [self.count(years, "years")] if years else []
        if rest or not years:
            said.append(self.count(rest, "months"))
        return self.joined(said)

    def age(self, number: int) -> str:
        """An age in months: ``61 years 3 months`` / ``61岁3个月``."""
        years, rest = divmod(number, 12)
        said = [f"{years}岁" if self.lang == "zh" else self.count(years, "years")]
        return self.joined([*said, *([self.count(rest, "months")] if rest else [])])

    def calendar_years(self, value: int | Span) -> str:
        """A year, or those from one to another: ``2030 or later`` / ``2030年及以后``."""
        if not isinstance(value, Span):
            return self.say("rule.year", n=value)
        if value.last is None:
            return self.say("rule.year_open", first=value.first)
        if not value.first:
            return self.say("rule.year_until", last=value.last)
        ends = [self.say("rule.year", n=year) for year in dict.fromkeys((value.first, value.last))]
        return ends[0] if len(ends) == 1 else self.say("rule.span", first=ends[0], last=ends[1])

    def time_limit(self, within: int, unit: str) -> str:
        """``20 working days`` / ``20个工作日``; ``unit`` as in the law data: days, months or working_days."""
        return self.count(within, "wdays" if unit == "working_days" else unit)

    def place(self, place: str) -> str:
        if place == ELSEWHERE:
            return "其他地方" if self.lang == "zh" else "another place"
        return self.book.places[place].name.in_(self.lang)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, with the space that English wants and Chinese does not."""
        return ("" if self.lang == "zh" else " ").join(sentence for sentence in sentences if sentence)

    @property
    def colon(self) -> str:
        """Between a condition or a name and what is said of it."""
        return colon(self.lang)

    @property
    def full_stop(self) -> str:
        return "。" if self.lang == "zh" else "."

    @property
    def semicolon(self) -> str:
        """Between clauses of one sentence."""
        return "；" if self.lang == "zh" else "; "

    def title(self, title: str) -> str:
        """The title of a text within a sentence: in Chinese in marks, and the marks of a title within it are the single ones."""
        return title_in_marks(title) if self.lang == "zh" else title

    def law(self, text: Text) -> str:
        """A note, a paraphrase or a reason of the law data, with the texts that it names by their id named as people do."""
        return named_in(text, self.lang, self.book)

    def enumerated(self, items: Iterable[str]) -> str:
        """Parts of one name or remark, one after the other."""
        return ("，" if self.lang == "zh" else ", ").join(items)

    def aside(self, said: str, aside: str) -> str:
        """What is said, with an aside behind it in brackets."""
        return said + in_brackets(aside, self.lang)

    def conditions(self, conditions: Iterable[str]) -> str:
        """Several conditions as one: "If …" is said once, where the first one says it."""
        said: list[str] = []
        for condition in conditions:
            once = said and (self.lang == "zh" or said[0].startswith("If "))
            later = _without_if(condition) if once else condition
            said.append(later[0].lower() + later[1:] if said else condition)
        return ("，并且" if self.lang == "zh" else " and ").join(said)

    def within(self, event: str, condition: str) -> str:
        """A condition that holds at an event, as one: "When you leave, if you …"; either may be ""."""
        if not event or not condition:
            return event or condition
        return ("，" if self.lang == "zh" else ", ").join((event, condition[0].lower() + condition[1:]))

    def listed(self, items: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(items)

    def assuming(self, assumed: Mapping[str, Any]) -> str:
        """The condition under which an answer holds, or "" when it holds as told."""
        said = []
        for name, value in assumed.items():
            said.append(
                self.either(
                    self._condition(name, one) for one in (value if isinstance(value, (list, tuple)) else (value,))
                )
            )
        return self.conditions(said)

    def _condition(self, name: str, value: Any) -> str:
        key = f"{name}_{value}" if f"{name}_{value}" in self.templates["assuming"] else name
        return self.say(f"assuming.{key}", value=self.calendar_years(value) if name in _CALENDAR_YEARS else value)

    def either(self, conditions: Iterable[str]) -> str:
        """Conditions of which one must hold: "If A, or B", "As a C, or as a D"; "if" is said once where it comes first."""
        first, *others = conditions
        later = [_without_if(other) if _without_if(first) != first else other for other in others]
        return ("，或者" if self.lang == "zh" else ", or ").join(
            [first, *(other[0].lower() + other[1:] for other in later)]
        )

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
            most = value.get("at_most")
            # At most none is none, and between a number and itself lies that number.
            if value in ({"at_most": 0}, {"at_least": most, "at_most": most}):
                return self.quantity(kind, most)
            return self.listed(self.say(f"rule.{bound}", n=self.quantity(kind, end)) for bound, end in value.items())
        if isinstance(value, Span):
            first = self.quantity(kind, value.first)
            if value.last == value.first:
                return first
            if value.last is None:
                return self.say("rule.span_open", first=first)
            return self.say("rule.span", first=first, last=self.quantity(kind, value.last))
        if isinstance(value, (set, frozenset)):
            values = self.say("state.or").join(self.quantity(kind, item) for item in sorted(value))
            return self.say("rule.one_of", values=values)
        if type(value) is int:
            if kind == "fen":
                return self.yuan(value)
            if kind == "bp":
                return f"{value // 100}.{value % 100:02}".rstrip("0").rstrip(".") + "%"
            if kind == "percent":
                return f"{value}%"
            if kind == "age":
                return self.age(12 * value)
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
        if spec in ("month", "day", "yuan", "place", "age", "title"):
            return getattr(words, spec)(value)
        if isinstance(value, Span) and not spec:
            return words.quantity("number", value)
        if spec in ("months", "days", "wdays"):
            return words.counts(value, spec) if isinstance(value, Span) else words.count(value, spec)
        if spec == "ym":
            return words.years_and_months(value)
        return super().format_field(value, spec)


def colon(lang: str) -> str:
    return "：" if lang == "zh" else ": "


def in_brackets(aside: str, lang: str) -> str:
    """An aside in the brackets of the language, with the blank before it that English wants."""
    return f"（{aside}）" if lang == "zh" else f" ({aside})"


def _without_if(condition: str) -> str:
    return condition.removeprefix("If ").removeprefix("如果")


@cache
def _templates(lang: str) -> Mapping[str, Mapping[str, str]]:
    ready = files("calculator") / "words" / READ_AT_BUILD
    return pickle.loads(ready.read_bytes())[lang] if ready.is_file() else read_templates(lang)


def read_templates(lang: str) -> Mapping[str, Mapping[str, str]]:
    """The templates of one language, by table and key, read from their source, with the numbers of the rules they name."""
    source = (files("calculator") / "words" / f"{lang}.toml").read_text("utf-8")
    return tomllib.loads(with_numbers_of_rules(source, lang, lawbook()))


def with_numbers_of_rules(text: str, lang: str, book: Lawbook) -> str:
    """A text of this language in which each ``[[RULE VALUE FORM]]`` is what :func:`number_of_rule` gives."""
    return OF_A_RULE.sub(lambda match: number_of_rule(book, lang, *match.groups()), text)


def number_of_rule(book: Lawbook, lang: str, rule: str, name: str, form: str | None = None) -> str:
    """A number that a rule knows: an outcome, a condition with one bound, or ``from``, the first day of the rule.

    ``form`` says how it is written: ``years`` (of months), ``year`` (of a day), ``day_of_year`` (the first day of a numbered
    month), ``percent`` (of a number on 100,000); without it the number stands as it is. Raises KeyError for a rule, value or
    form that is not there, and ValueError for what is not one number of this form.
    """
    record = book.records[rule]
    known = record.lives_from if name == "from" else {**record.when, **record.then}[name]
    if isinstance(known, Mapping):
        (known,) = known.values()
    return _FORMS[form](known, lang)


def _whole(known: Any, lang: str) -> str:
    if type(known) is not int:
        raise ValueError(f"{known!r} is not a whole number")
    return str(known)


def _whole_years(known: Any, lang: str) -> str:
    years, rest = divmod(known, 12)
    if rest:
        raise ValueError(f"{known} months are not whole years")
    return str(years)


def _first_of_month(known: Any, lang: str) -> str:
    return f"{known}月1日" if lang == "zh" else f"1 {_ENGLISH_MONTHS[known - 1]}"


def _percent(known: Any, lang: str) -> str:
    """Of a number on 100,000: 50 is 0.05%."""
    return f"{known // 1000}.{known % 1000:03}".rstrip("0").rstrip(".") + "%"


_FORMS: Mapping[str | None, Callable[[Any, str], str]] = {
    None: _whole,
    "years": _whole_years,
    "year": lambda known, lang: str(known.year),
    "day_of_year": _first_of_month,
    "percent": _percent,
}


# -- errors -----------------------------------------------------------------------------------------------


def error_message(error: FactError, words: Words, by_path: bool = True) -> str:
    """One fault in the reader's language: the field, the value, and what is accepted.

    ``by_path`` adds the path of the field, which the writer of a file needs and the reader of a form does not.
    """
    params = dict(error.params)
    accepted = params.get("accepted")
    if isinstance(accepted, list):
        params["accepted"] = words.listed(accepted if by_path else [choice_name(item, words) for item in accepted])
    if params.get("given", "") is None:
        params["given"] = ""
    message = words.say(f"error.{error.code}", **{**params, "field": field_name(error.field, words, by_path)})
    number = error.field.partition(".")[0]
    return words.say("error.of_event", number=int(number), message=message) if number.isdecimal() else message


def choice_name(choice: str, words: Words) -> str:
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
