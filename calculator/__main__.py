"""Command line: ``python -m calculator assess FACTS.json [--text] [--lang en|zh]``, ``places``, ``law``, ``verify``, ``schema``.

Exit status: 0 answered, 1 ``verify`` found a fault, 2 the facts can't be judged (each field at fault is named).
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from calculator import __version__
from calculator.assessment import assess, cite_json, to_json
from calculator.facts import FactError, FactErrors, json_schema, parse
from calculator.lawbook import lawbook
from calculator.text import text
from calculator.verify import check_data, check_situations
from calculator.words import LANGUAGES, Words, document, error_message

ANSWERED, FAULTY, BAD_FACTS = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    asked = _parser().parse_args(arguments)
    # A pipe into another program may have any encoding; the output is UTF-8 always.
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    return asked.run(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calculator", description="What happens to basic medical insurance in China when a life changes."
    )
    parser.add_argument("--version", action="version", version=f"calculator {__version__}, law {lawbook().hash}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("assess", help="judge the facts in a JSON file ('-' reads standard input)")
    command.add_argument("facts", metavar="FACTS.json")
    command.add_argument("--text", action="store_true", help="sentences for people instead of JSON")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of sentences and errors")
    command.set_defaults(run=_assess)

    command = commands.add_parser("places", help="list the places, what is covered and for which days")
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.set_defaults(run=_places)

    command = commands.add_parser("law", help="show an instrument or a provision, e.g. nhsa-2021-43#art11.1")
    command.add_argument("id", nargs="?", help="without it, all instruments are listed")
    command.add_argument("--lang", choices=LANGUAGES, default="en")
    command.set_defaults(run=_law)

    command = commands.add_parser("verify", help="check the law data and every situation it can answer")
    command.set_defaults(run=_verify)

    command = commands.add_parser("schema", help="print the JSON Schema of the facts")
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
    if asked.text:
        print(text(document(assessment, asked.lang)))
    else:
        print(json.dumps(to_json(assessment), ensure_ascii=False, indent=2))
    return ANSWERED


def _read(name: str) -> object:
    """The decoded JSON of a file or of standard input. Raises FactErrors when it can't be read."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise FactErrors([FactError("facts", "unreadable", {"given": str(fault)})]) from fault
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise FactErrors([FactError("facts", "not_json", {"given": str(fault)})]) from fault


def _places(asked: argparse.Namespace) -> int:
    book = lawbook()
    for place in book.places.values():
        records = [record for record in book.records.values() if record.place == place.id]
        covers = place.covers.in_(asked.lang) if place.covers else ""
        print(
            f"{place.id:12} {place.name.in_(asked.lang)}  {place.known_from} .. {place.known_until}  {len(records):3} rules  {covers}"
        )
    return ANSWERED


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
        print(f"{asked.id}: no such instrument or provision; 'python -m calculator law' lists them", file=sys.stderr)
        return BAD_FACTS
    print(json.dumps([cite_json(book, cite) for cite in cites], ensure_ascii=False, indent=2))
    return ANSWERED


def _verify(asked: argparse.Namespace) -> int:
    book = lawbook()
    faults = check_data(book, date.today())
    report = check_situations(book)
    for fault in (*faults, *report.faults):
        print(fault, file=sys.stderr)
    print(
        f"{len(book.records)} rules, {len(book.provisions)} provisions, {report.situations} situations checked, "
        f"{len(faults) + len(report.faults)} faults"
    )
    return FAULTY if faults or report.faults else ANSWERED


def _schema(asked: argparse.Namespace) -> int:
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
