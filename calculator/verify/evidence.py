"""What a rule claims must stand in the words it cites, each citation must carry a part of it, and no rule may be surer
than what carries it.

A rule claims its numbers, its outcomes, its conditions and the days of its life. For outcomes and conditions the topic
names words (``evidence`` and ``evidence_when`` in ``topics.toml``), one of which must stand in what the rule cites.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from calculator.confidence import SEEN, Confidence
from calculator.immutable import immutable
from calculator.lawbook import LESS_SURE, UNKNOWN, WHOLE_NUMBERS, Lawbook, Record

_CHINESE_DIGITS = "零一二三四五六七八九十"
#: Under ``evidence_when``: how the words must be when a rule does not test the condition.
_NOT_TESTED = "not_tested"


@immutable
class Lives:
    """The days on which rules of one place and topic begin and end: there a neighbour takes over."""

    begins: frozenset[tuple[str, str, date]]
    ends: frozenset[tuple[str, str, date]]

    @classmethod
    def of(cls, book: Lawbook) -> "Lives":
        """The days of every rule in the book."""
        return cls(
            frozenset((record.place, record.topic, record.lives_from) for record in book.records.values()),
            frozenset((record.place, record.topic, record.lives_until) for record in book.records.values()),
        )


def check_evidence(book: Lawbook) -> Iterator[str]:
    """A line for each claim that no citation carries, each citation that carries nothing, each rule too sure or not
    sure enough."""
    lives = Lives.of(book)
    for record in book.records.values():
        cites = bearing(record)
        missing = list(not_carried(book, record, cites, lives))
        yield from (f"{record.id}: {claim}" for claim in missing)
        if record.cites and not cites:
            yield f"{record.id}: each of its citations only stands beside another"
        elif record.cites and not missing:
            yield from (f"{record.id}: {fault}" for fault in _cites_needed(book, record, lives))
            yield from (f"{record.id}: {fault}" for fault in _as_sure_as_carried(book, record))


def bearing(record: Record) -> list[str]:
    """The citations that a rule rests on: all but those that only stand beside them (``also``)."""
    return [cite for cite in record.cites if cite not in record.also]


def not_carried(book: Lawbook, record: Record, cites: Sequence[str], lives: Lives | None) -> Iterator[str]:
    """The claims of a rule that do not stand in these provisions, each in words. Without ``lives``: but for its days."""
    said = " ".join(_words(book, cite) for cite in cites)
    for where, number, kind in _numbers(book, record):
        if number > 1 and not _written(number, kind).search(said):
            yield f"{where} is {number}, which its sources do not say"
    yield from _outcomes(book, record, said)
    yield from _conditions(book, record, said)
    if lives:
        yield from _days(book, record, cites, said, lives)


def _words(book: Lawbook, cite: str) -> str:
    """The Chinese words of a provision."""
    provision = book.provisions[cite]
    return f"{provision.quote} {provision.paraphrase.zh}"


# -- citations and how sure they make a rule ----------------------------------------------------------------------------


def _cites_needed(book: Lawbook, record: Record, lives: Lives) -> Iterator[str]:
    """A citation carries something that the others do not, or the rule says what it is there for (``also``)."""
    cites = bearing(record)
    strength = carried_at(book, record, cites)
    for cite in cites:
        others = [other for other in cites if other != cite]
        if others and _carry(book, record, others, lives) and carried_at(book, record, others) == strength:
            yield f"cites {cite}, which carries nothing that its other citations do not"
    for cite, reason in record.also.items():
        if cite not in record.cites:
            yield f"says what {cite} is there for, and does not cite it"
        elif reason == "says_the_same" and not _carries_a_part(book, record, cite, lives):
            yield f"says that {cite} says the same, and it says nothing of the rule"
        elif reason == "left_open" and not record.unknown:
            yield f"says that {cite} is about what is left open, and leaves nothing open"


def _carry(book: Lawbook, record: Record, cites: Sequence[str], lives: Lives | None) -> bool:
    """Whether these provisions carry all that a rule claims. Without ``lives``: all but its days."""
    return not any(True for _ in not_carried(book, record, cites, lives))


def _carries_a_part(book: Lawbook, record: Record, cite: str, lives: Lives) -> bool:
    """Whether a provision holds words for something that a rule claims."""
    claims, left = (set(not_carried(book, record, cites, lives)) for cites in ((), (cite,)))
    return bool(claims - left)


def carried_at(book: Lawbook, record: Record, cites: Sequence[str]) -> Confidence:
    """How well all claims of a rule were seen: the highest level at which the provisions of that level and above still
    carry them all, but for the days of its life."""
    seen = {cite: _seen(book, cite) for cite in cites}
    for level in sorted(set(seen.values()), reverse=True):
        strong = [cite for cite in cites if seen[cite] >= level]
        if _carry(book, record, strong, None):
            return level
    return min(seen.values())


def _seen(book: Lawbook, cite: str) -> Confidence:
    """How well a provision was seen. An answer read in full is still an answer about the law, not the law."""
    instrument, provision = book.cite(cite)
    seen = SEEN[provision.seen]
    return min(seen, Confidence.OFFICIAL) if instrument.kind == "official_answer" else seen


def _as_sure_as_carried(book: Lawbook, record: Record) -> Iterator[str]:
    """A rule is as sure as what carries it, unless it knows nothing, its sources contradict each other, or it says why
    it claims less (``less_sure``)."""
    carried = carried_at(book, record, bearing(record))
    at_most = LESS_SURE.get(record.less_sure, carried)
    expected = min(carried, at_most)
    if record.less_sure and not at_most < carried:
        yield f"says why it is less sure ({record.less_sure}), and what it cites makes it {carried.key} anyway"
    if all(value == UNKNOWN for value in record.then.values()):
        expected = Confidence.NOT_KNOWN
    if any(not item.settled for item in record.disagree):
        expected = Confidence.CONFLICT
    if record.sure is not expected:
        yield f"is said to be {record.sure.key}; what it cites makes it {expected.key}"
    for item in record.disagree:
        if item.settled == "left_open" and not record.unknown:
            yield f"leaves open what {item.cite} says otherwise, and leaves nothing open"
        elif item.settled == "better_seen" and _seen(book, item.cite) > carried:
            yield f"says that it is better seen than {item.cite}, which is seen better"


# -- claims -------------------------------------------------------------------------------------------------------------


def _numbers(book: Lawbook, record: Record) -> Iterator[tuple[str, int, str]]:
    """Each number of a rule and its kind."""
    topic = book.topics[record.topic]
    for name, test in record.when.items():
        if topic["conditions"][name] in WHOLE_NUMBERS:
            numbers = test.values() if isinstance(test, Mapping) else test if isinstance(test, list) else [test]
            yield from ((name, number, topic["conditions"][name]) for number in numbers)
    for name, value in record.then.items():
        # A month begins on its first day, whether or not the words say so.
        if type(value) is int and name not in ("stops_on_day", "starts_on_day"):
            yield name, value, topic["outcomes"][name]


def _outcomes(book: Lawbook, record: Record, said: str) -> Iterator[str]:
    """Outcomes for which the topic names words that are not there."""
    evidence = book.topics[record.topic].get("evidence", {})
    for name, value in record.then.items():
        for item in value if isinstance(value, list) else [value]:
            words = evidence.get(name, {}).get(str(item))
            if words and not re.search(words, said):
                yield f"{name} is {item}, and its sources hold none of {words}"


def _conditions(book: Lawbook, record: Record, said: str) -> Iterator[str]:
    """Conditions, tested or left out, for which the topic names words that are not there. A rule that knows nothing
    claims nothing of the case it is about."""
    if all(value == UNKNOWN for value in record.then.values()):
        return
    for name, evidence in book.topics[record.topic].get("evidence_when", {}).items():
        test = record.when.get(name, _NOT_TESTED)
        values = test if isinstance(test, list) else [test]
        # A list with "other" is everybody but those left out: no words name them all.
        for item in ["other"] if "other" in values else values:
            words = evidence.get(str(item))
            if words and not re.search(words, said):
                holds = f"it does not ask for {name}" if item == _NOT_TESTED else f"it is about {name} {item}"
                yield f"{holds}, and its sources hold none of {words}"


def _days(book: Lawbook, record: Record, cites: Sequence[str], said: str, lives: Lives) -> Iterator[str]:
    """A life begins and ends on a day that its sources name, or with the days we know, or where a neighbour takes
    over."""
    place = book.places[record.place]
    named = _named_days(book, cites, said)
    begins, ends = record.lives_from, record.lives_until
    if not (place.known_from <= begins and ends <= place.known_until):
        yield f"lives outside the days known of {place.id}"
    if begins != place.known_from and (record.place, record.topic, begins) not in lives.ends and not named(begins):
        yield f"begins on {begins}, which its sources do not say"
    if (
        ends != place.known_until
        and (record.place, record.topic, ends) not in lives.begins
        and not named(ends)
        and not named(ends - timedelta(days=1))
    ):
        yield f"ends on {ends}, which its sources do not say"


def _named_days(book: Lawbook, cites: Sequence[str], said: str) -> Callable[[date], bool]:
    """Whether provisions name a day: as a date of the instrument, or in words."""
    dated = {day for cite in cites for day in book.cite(cite)[0].dates.values() if isinstance(day, date)}

    def named(day: date) -> bool:
        ways = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}[-.]{day.month:02}[-.]{day.day:02}"]
        if day.day == 1:
            ways.append(f"{day.year}年{day.month}月(?!\\d)")
        if (day.month, day.day) in ((1, 1), (7, 1)):  # the first day of an insurance year or base year
            ways.append(f"(?<!\\d){day.year}(?:年|年度|医保年度|社保年度)?(?!年?\\d)")
        return day in dated or re.search("|".join(ways), said) is not None

    return named


# -- how a number is written --------------------------------------------------------------------------------------------


#: What follows a number of months, days or years: a bracket that says whether it is included, and the unit. Or the end
#: of a range, such as 60-69周岁.
_INCLUDED = r"\s*(?:[（(]不?含[）)])?"
_MONTHS = rf"{_INCLUDED}(?:个(?:自然)?月|(?:-|—|至|到)\d+个月)"
_DAYS = rf"{_INCLUDED}(?:日|天|-)"
_YEARS = rf"{_INCLUDED}(?:周岁|岁|个?年|-|—|/)"
#: A number before one of these is no sum of money.
_NOT_MONEY = r"(?!\s*(?:[%％年月日岁个号]))"


@cache
def _written(number: int, kind: str) -> re.Pattern[str]:
    """A pattern for the ways a number of this kind is written in Chinese sources: 3个月, 三个月, 30年, 1,680元."""
    plain, chinese = rf"(?<![\d.,]){number}(?![\d.,]\d|\d)", _chinese(number)
    if kind == "months":
        ways = [rf"(?:{plain}|{chinese}){_MONTHS}", rf"{chinese}至.{{1,3}}个月"]
        years, months = divmod(number, 12)
        if months == 0:
            ways.append(rf"(?:(?<!\d){years}|{_chinese(years)}){_YEARS}")
        elif months == 6:
            ways += [rf"(?<!\d){years}\.5年", rf"{_chinese(years)}年六个月", rf"{years}年6个月"]
    elif kind in ("days", "years"):
        ways = [rf"(?:{plain}|{chinese}){_DAYS if kind == 'days' else _YEARS}"]
    elif kind == "fen":
        yuan, fen = divmod(number, 100)
        cents = f"{fen:02}".rstrip("0")
        decimals = rf"\.{cents}0?(?!\d)" if cents else r"(?:\.00?)?(?![\d.]*\d)"
        ways = [rf"(?<![\d.,])(?:{yuan}|{yuan:,}){decimals}{_NOT_MONEY}"]
        if number % 1_000_000 == 0:
            ways.append(rf"(?<!\d){number // 1_000_000}万")
        if number % 100_000 == 0:
            ways += [f"{_chinese(number // 100_000)}千"] if number < 1_000_000 else []
    elif kind == "bp":
        whole, part = divmod(number, 100)
        decimals = f"{part:02}".rstrip("0")
        ways = [
            rf"(?<![\d.]){whole}" + (rf"\.{decimals}0?" if decimals else r"(?:\.0+)?") + r"\s*[%％]",
            f"百分之{_chinese(whole)}"
            if not part
            else f"百分之{_CHINESE_DIGITS[whole]}点{_CHINESE_DIGITS[part // 10]}"
            if whole < 10 and part % 10 == 0
            else "(?!)",
        ]
    elif kind == "percent":
        ways = [rf"(?<![\d.]){number}\s*[%％]", f"百分之{_chinese(number)}"]
    else:
        ways = [plain, chinese]
    return re.compile("|".join(ways))


def _chinese(number: int) -> str:
    """A pattern for a number up to 99 in Chinese digits, not as a part of a larger one; for a larger one plain digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return rf"(?<![\d.,]){number}(?![\d.,]*\d)"
    digits = (
        (_CHINESE_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE_DIGITS[ones] if ones else "")
    )
    return rf"(?<![二三四五六七八九十]){digits or _CHINESE_DIGITS[0]}(?![一二三四五六七八九十点])"
