"""Command line: ``python -m calculator assess FACTS.json [--text] [--lang en|zh]``, ``places [PLACE]``, ``law [ID]``,
``ask TOPIC PLACE DAY [NAME=VALUE ...]``, ``interview``, ``batch IN.csv OUT.csv``, ``verify``, ``schema``.

Exit status: 0 answered, 1 ``verify`` found a fault, 2 the facts can't be judged (each field at fault is named).
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from calculator import __version__, batch, form, terminal, text
from calculator.assessment_json import cite_json, to_json
from calculator.assessment_schema import assessment_schema
from calculator.calendar_file import calendar
from calculator.card import cards, phone
from calculator.confidence import Confidence
from calculator.document import document
from calculator.effective import effective_text
from calculator.facts import ELSEWHERE, MAX_EVENTS, FactError, FactErrors, json_schema, parse, pooling_areas, read_json
from calculator.interview import next_question
from calculator.judge import assess
from calculator.lawbook import LawError, OutsideKnownDays, lawbook
from calculator.question import COMPUTED, ask
from calculator.verify import check_data, check_situations
from calculator.words import LANGUAGES, Words, error_message

ANSWERED, FAULTY, BAD_FACTS = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # A pipe into another program may have any encoding; the output is UTF-8 always.
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    try:
        asked = _parser().parse_args(arguments)
        return asked.run(asked)
    except LawError as fault:
        return _refuse(str(fault))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calculator", description="What happens to basic medical insurance in China when a life changes."
    )
    parser.add_argument("--version", action="version", version=f"calculator {__version__}, law {lawbook().hash}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("assess", help="judge the facts in a JSON file ('-' reads standard input)")
    command.add_argument("facts", metavar="FACTS.json")
    faces = command.add_mutually_exclusive_group()
    for face, what in (
        ("text", "sentences for people"),
        ("calendar", "the days of the answer as a calendar file (.ics)"),
        ("card", "the cards for the counter, Chinese beside the language asked for"),
        ("phone", "the script for the call to 12393, likewise"),
    ):
        faces.add_argument(f"--{face}", dest="face", action="store_const", const=face, help=f"{what}, instead of JSON")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of sentences and errors")
    command.set_defaults(run=_assess)

    command = commands.add_parser("interview", help="be asked, one question at a time, until one answer is left")
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.add_argument(
        "--on", type=_day, metavar="DAY", help="the day of asking (YYYY-MM-DD); without it, it is asked for"
    )
    command.set_defaults(run=_interview)

    command = commands.add_parser(
        "batch", help="judge every row of a CSV file; a broken-off run goes on where it stopped"
    )
    command.add_argument(
        "source",
        metavar="IN.csv",
        type=Path,
        help=f"columns: {', '.join(batch.FIELDS)}; your own begin with {batch.OWN}",
    )
    command.add_argument("target", metavar="OUT.csv", type=Path)
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.add_argument("--encoding", default="utf-8-sig", help="of IN.csv, e.g. gb18030 (default: UTF-8)")
    command.add_argument("--jobs", type=int, metavar="N", help="processes (default: one for each core)")
    command.set_defaults(run=_batch)

    command = commands.add_parser(
        "places",
        help="list the places, what is covered and for which days; or all that holds at one place, with its origin",
    )
    command.add_argument("place", nargs="?", help="a place of the list, e.g. wuhan")
    command.add_argument(
        "--on", type=_day, metavar="DAY", help="the law of this day (YYYY-MM-DD), asked for with a place"
    )
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.set_defaults(run=_places)

    command = commands.add_parser(
        "ask", help="put one question to the law of a place and a day, e.g. gap wuhan 2026-11-22 gap=4"
    )
    command.add_argument("topic", help="a topic of calculator/law/topics.toml")
    command.add_argument("place")
    command.add_argument("day", type=_day)
    command.add_argument(
        "values", nargs="*", metavar="NAME=VALUE", help="facts; what is not given is taken as not known"
    )
    command.set_defaults(run=_ask)

    command = commands.add_parser("law", help="show an instrument or a provision, e.g. nhsa-2021-43#art11.1")
    command.add_argument("id", nargs="?", help="without it, all instruments are listed")
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.set_defaults(run=_law)

    command = commands.add_parser("verify", help="check the law data and every situation it can answer")
    command.add_argument(
        "places",
        nargs="*",
        metavar="PLACE",
        help="ask about these places only (the form of all data is checked always)",
    )
    command.set_defaults(run=_verify)

    command = commands.add_parser("schema", help="print the JSON Schema of the facts, or of the assessment")
    command.add_argument("of", nargs="?", choices=("facts", "assessment"), default="facts")
    command.set_defaults(run=_schema)
    return parser


def _assess(asked: argparse.Namespace) -> int:
    words = Words(asked.lang)
    try:
        facts = parse(_read(asked.facts))
    except FactErrors as faults:
        print(words.say("error.summary"), file=sys.stderr)
        for error in faults.errors:
            print(f"- {error_message(error, words)}", file=sys.stderr)
        return BAD_FACTS
    assessment = assess(facts)
    match asked.face:
        case "calendar":
            sys.stdout.buffer.write(calendar(assessment, asked.lang).encode())
        case "text":
            print(text.text(document(assessment, asked.lang)))
        case "card":
            print(text.cards(cards(assessment, asked.lang)))
        case "phone":
            print(text.phone(phone(assessment, asked.lang)))
        case _:
            print(json.dumps(to_json(assessment), ensure_ascii=False, indent=2))
    return ANSWERED


def _read(name: str) -> object:
    """The decoded JSON of a file or of standard input. Raises FactErrors when it can't be read."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise FactErrors([FactError("facts", "unreadable", {"given": str(fault)})]) from fault
    return read_json(content)


def _interview(asked: argparse.Namespace) -> int:
    """Ask on the terminal; an empty line means "I can't tell". The end of the input ends it, and nothing is kept."""
    words = Words(asked.lang)
    told: dict[str, str] = {"on": asked.on.isoformat()} if asked.on else {}
    declined: list[str] = []
    number = 1
    while True:
        try:
            _ask_all(told, declined, words)
        except EOFError:
            return _refuse("")
        if number == MAX_EVENTS or not _goes_on(words):
            break
        number += 1
        told[form.numbered(number, "situation")] = ""
    print()
    print(text.text(document(assess(form.read(told)), asked.lang)))
    return ANSWERED


def _ask_all(told: dict[str, str], declined: list[str], words: Words) -> None:
    """Ask until one outcome is left of the events begun so far. Raises EOFError."""
    while (question := next_question(told, declined)) is not None:
        number, name = form.split(question)
        field = next(field for field in form.FIELDS if field.name == name)
        given = _asked_on_terminal(field, words, number, told.get(form.numbered(number, "situation"), ""))
        # A later event may need what somebody left open before: then it is asked for again.
        if not given and not field.required and question not in declined:
            declined.append(question)
            continue
        try:
            next_question({**told, question: given}, declined)
        except FactErrors as faults:
            for error in faults.errors:
                print(f"- {error_message(error, words, by_path=False)}")
        else:
            told[question] = given


def _goes_on(words: Words) -> bool:
    """Whether something else happens in this life. The end of the input is the end of the life."""
    print(f"\n{words.say('run.life_then')}?")
    print(f"   1 {words.say('form.yes')}\n   2 {words.say('form.no')}")
    try:
        return input("> ").strip() == "1"
    except EOFError:
        return False


def _asked_on_terminal(field: form.FormField, words: Words, number: int, situation: str) -> str:
    """What somebody answers to one question of an event: a number of the list, or what they type. Raises EOFError."""
    choices = field.choices or ((*pooling_areas(lawbook()), ELSEWHERE) if field.kind == "place" else ())
    optional = "" if field.required else words.say("form.optional")
    event = f"{number}. " if number > 1 else ""
    print(f"\n{event}{words.of_situation(field.name, situation)} {optional}".rstrip())
    prefix = "situation_" if field.kind == "situation" else ""
    for place, choice in enumerate(choices, 1):
        name = words.place(choice) if field.kind == "place" else words.of_situation(f"{prefix}{choice}", situation)
        print(f"  {place:2} {name}")
    given = input("> ").strip()
    return choices[int(given) - 1] if choices and given.isdecimal() and 0 < int(given) <= len(choices) else given


def _batch(asked: argparse.Namespace) -> int:
    words = Words(asked.lang)
    try:
        with terminal.progress_bar() as progress:
            summary = batch.run(
                asked.source, asked.target, lang=asked.lang, encoding=asked.encoding, jobs=asked.jobs, progress=progress
            )
    except (batch.TableError, OSError, LookupError) as fault:
        return _refuse(str(fault))
    print(f"{summary.rows} rows, {summary.failed} of them with an error; answers in {asked.target}")
    levels = [level.key for level in sorted(Confidence, reverse=True) if summary.sure[level.key]]
    if levels:
        terminal.table(
            (words.say("guide.col_sure"), words.say("guide.col_rows")),
            [(words.say(f"sure.{level}"), str(summary.sure[level])) for level in levels],
        )
    return ANSWERED


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a day; a day is written 2026-11-22") from None


def _places(asked: argparse.Namespace) -> int:
    book = lawbook()
    if asked.place is not None:
        return _place(asked)
    words = Words(asked.lang)
    terminal.table(
        [words.say(f"guide.col_{name}") for name in ("id", "place", "known_from", "known_until", "rules", "covered")],
        [
            (
                place.id,
                place.name.in_(asked.lang),
                place.known_from.isoformat(),
                place.known_until.isoformat(),
                str(sum(record.place == place.id for record in book.records.values())),
                place.covers.in_(asked.lang) if place.covers else "",
            )
            for place in book.places.values()
        ],
    )
    return ANSWERED


def _place(asked: argparse.Namespace) -> int:
    """Print every value in force at one place: the level it comes from, the rule and how sure it is."""
    book, words = lawbook(), Words(asked.lang)
    if asked.place not in book.places:
        return _refuse(f"{asked.place}: no such place; 'python -m calculator places' lists them")
    if asked.on is None:
        return _refuse("the law has dates: say of which day, e.g. --on 2026-11-22")
    try:
        print(effective_text(book, asked.place, asked.on, words))
    except OutsideKnownDays as refusal:
        return _refuse(str(refusal))
    return ANSWERED


def _ask(asked: argparse.Namespace) -> int:
    values = {}
    for told in asked.values:
        name, sign, value = told.partition("=")
        if not sign:
            return _refuse(f"{told!r}: facts are written name=value")
        values[name] = int(value) if value.isascii() and value.isdigit() else value
    try:
        answers = ask(lawbook(), asked.topic, asked.place, asked.day, values)
    except KeyError as unknown:
        return _refuse(f"there is no topic or place {unknown}; topics: {', '.join([*lawbook().topics, *COMPUTED])}")
    except (ValueError, OutsideKnownDays) as refusal:
        return _refuse(str(refusal))
    print(json.dumps(answers, ensure_ascii=False, indent=2, default=str))
    return ANSWERED


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return BAD_FACTS


def _law(asked: argparse.Namespace) -> int:
    book = lawbook()
    if asked.id is None:
        for instrument in book.instruments.values():
            print(f"{instrument.id:32} {instrument.number or '-'}  {instrument.title.in_(asked.lang)}")
        return ANSWERED
    if asked.id in book.provisions:
        cites = [asked.id]
    elif asked.id in book.instruments:
        cites = [provision.id for provision in book.instruments[asked.id].provisions.values()]
    else:
        return _refuse(f"{asked.id}: no such instrument or provision; 'python -m calculator law' lists them")
    print(json.dumps([cite_json(book, cite) for cite in cites], ensure_ascii=False, indent=2))
    return ANSWERED


def _verify(asked: argparse.Namespace) -> int:
    book = lawbook()
    faults = check_data(book, date.today())
    if unknown := [place for place in asked.places if place not in book.places]:
        return _refuse(f"{', '.join(unknown)}: no such place; 'python -m calculator places' lists them")
    report = check_situations(book, asked.places or None)
    questions = Words("en", book).templates["ask"]
    faults += [
        f"{r.id}: there is no question {r.ask!r} in [ask] of the words"
        for r in book.records.values()
        if r.ask and r.ask not in questions
    ]
    for fault in (*faults, *report.faults):
        print(fault, file=sys.stderr)
    print(
        f"{len(book.records)} rules, {len(book.provisions)} provisions, {report.situations} situations checked, "
        f"{len(faults) + len(report.faults)} faults"
    )
    return FAULTY if faults or report.faults else ANSWERED


def _schema(asked: argparse.Namespace) -> int:
    schema = assessment_schema() if asked.of == "assessment" else json_schema()
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
