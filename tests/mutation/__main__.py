"""Command line: ``./scripts/mutate [--place ID] [--topic NAME] [--kind KIND] [--sample N] [--seed S]``.

Exit status: 0 every change was caught or is explained, 1 one was missed or an explanation has outlived its reason,
2 the law is at fault before any change, or nothing was asked.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date

from calculator.lawbook import LawError, read_sources
from tests.mutation.explained import Explanation, explanations, stale, unexplained
from tests.mutation.mutants import KINDS, Law, Mutant, mutants, sample
from tests.mutation.suite import CHECKS, Suite, Verdict

FINE, MISSED, NOT_ASKED = 0, 1, 2
_AT_ONCE = 8
_suite: Suite


def main(arguments: list[str] | None = None) -> int:
    """Judge the changes asked for, report, and return the exit status."""
    asked = _parser().parse_args(arguments)
    started = time.monotonic()
    try:
        law = Law(read_sources())
    except LawError as fault:
        return _say(str(fault), NOT_ASKED)
    chosen = _chosen(law, asked)
    if not chosen:
        return _say("no rule fits: nothing was changed", NOT_ASKED)
    faults = Suite(law, date.today()).faults_before()
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults and not asked.despite_faults:
        return _say(f"{len(faults)} faults before any change: mend them first", NOT_ASKED)
    verdicts = list(_progress(_judged(chosen, asked.jobs, asked.below), len(chosen)))
    # What was not asked can't have been missed: only a full run knows that an explanation is stale.
    said, status = report(verdicts, explanations(), complete=len(chosen) == len(mutants(law)))
    print(said)
    print(f"{time.monotonic() - started:.0f} seconds")
    return status


def report(verdicts: list[Verdict], known: list[Explanation], *, complete: bool) -> tuple[str, int]:
    """What is to be said about the verdicts, and the exit status. ``complete``: every change there is was judged."""
    missed = [verdict.mutant for verdict in verdicts if not verdict.check]
    open_ = unexplained(missed, known)
    gone = stale(missed, known) if complete else []
    lines = [_table(verdicts, set(open_))]
    lines += [f"missed: {mutant.topic}: {mutant}" for mutant in sorted(open_, key=lambda m: (m.topic, m.kind))]
    lines += [f"explains nothing that was missed: {explanation}" for explanation in gone]
    lines.append(
        f"{len(verdicts)} changes to {len({verdict.mutant.rule.id for verdict in verdicts})} rules: "
        f"{len(verdicts) - len(missed)} caught, {len(missed) - len(open_)} explained, {len(open_)} missed, "
        f"{len(gone)} stale explanations"
    )
    return "\n".join(lines), MISSED if open_ or gone else FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./scripts/mutate", description="Change one thing in the law data at a time and see which check notices."
    )
    parser.add_argument("--place", action="append", default=[], help="rules of this place only (may be repeated)")
    parser.add_argument("--topic", action="append", default=[], help="rules on this topic only (may be repeated)")
    parser.add_argument("--kind", action="append", default=[], choices=KINDS, help="this kind of change only")
    parser.add_argument("--sample", type=int, metavar="N", help="only N changes, always the same for one seed")
    parser.add_argument("--seed", default="1", metavar="S", help="which sample (default: %(default)s)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default: every core)"
    )
    parser.add_argument(
        "--below",
        action="store_true",
        help="ask every situation at the places below the rule's place, too (much slower)",
    )
    parser.add_argument(
        "--despite-faults", action="store_true", help="judge although the law has faults already; only new ones count"
    )
    return parser


def _chosen(law: Law, asked: argparse.Namespace) -> list[Mutant]:
    fitting = [
        mutant
        for mutant in mutants(law, asked.kind)
        if mutant.place in (asked.place or [mutant.place]) and mutant.topic in (asked.topic or [mutant.topic])
    ]
    return fitting if asked.sample is None else sample(fitting, asked.sample, asked.seed)


def _judged(chosen: list[Mutant], jobs: int, below: bool) -> Iterator[Verdict]:
    """A verdict on each, in order."""
    with multiprocessing.Pool(jobs, _make_suite, (below,)) as pool:
        yield from pool.imap(_judge, chosen, _AT_ONCE)


def _make_suite(below: bool) -> None:
    global _suite
    _suite = Suite(Law(read_sources()), date.today(), below=below)


def _judge(mutant: Mutant) -> Verdict:
    return _suite.judge(mutant)


def _progress(verdicts: Iterator[Verdict], expected: int) -> Iterator[Verdict]:
    """Pass the verdicts on and keep one line on the terminal up to date."""
    missed = 0
    for number, verdict in enumerate(verdicts, 1):
        missed += not verdict.check
        if sys.stderr.isatty():
            print(f"\r{number} of {expected} changes judged, {missed} not caught", end="", file=sys.stderr)
        elif number % 1000 == 0:
            print(f"{number} of {expected} changes judged, {missed} not caught", file=sys.stderr)
        yield verdict
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _table(verdicts: list[Verdict], open_: set[Mutant]) -> str:
    """One line a kind: how many changes, which check caught how many, explained, missed."""
    columns = ("changes", *CHECKS, "explained", "missed")
    counts: dict[str, Counter] = {}
    for verdict in verdicts:
        outcome = verdict.check or ("missed" if verdict.mutant in open_ else "explained")
        for kind in (verdict.mutant.kind, "all"):
            counts.setdefault(kind, Counter()).update(["changes", outcome])
    lines = ["".join(f"{name:>14}" for name in ("", *columns))]
    lines += [
        "".join(f"{cell:>14}" for cell in (kind, *(counts[kind][name] for name in columns)))
        for kind in (*KINDS, "all")
        if kind in counts
    ]
    return "\n".join(lines)


def _say(what: str, status: int) -> int:
    print(what, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
