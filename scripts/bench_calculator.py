"""How fast the calculator is: each time beside a floor, a plain Python loop measured in the same run.

Seconds depend on the machine; the ratio to the floor hardly does, so ratios can be compared between machines and days.
What the processor worked is counted, not what the clock showed: others may use the machine too. Only for a table on several
processes the clock is looked at, because each of them works at the same time. A lawbook remembers what
it has answered, so each line says what was asked before: "first" asks a lawbook that remembers nothing, "again" asks for
the same lives again, and the others ask for people never seen before, under law that has been asked, as a table does.
Speed is measured here and asserted nowhere: a test that fails on a busy machine teaches people to ignore tests.
"""

import argparse
import compileall
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from copy import replace
from itertools import cycle, islice
from pathlib import Path

from calculator import batch
from calculator.assessment_json import to_json
from calculator.batch import answer_row
from calculator.card import cards, phone
from calculator.document import document
from calculator.explain import why_not
from calculator.facts import Facts, parse
from calculator.interview import next_question, open_questions
from calculator.judge import assess
from calculator.lawbook import Lawbook, lawbook, read_sources
from calculator.levers import changes
from scripts.site_tools.runtime import build_wheel
from tests.golden import cases
from tests.mutation.mutants import forgetful_copy

ROUNDS = 25
#: What has been told when the interview goes on: a job left, and a move, at places with few and with many conditions.
BEGUN = [
    {"situation": situation, "place": place, "on": "2026-11-22", **told}
    for place in ("shanghai", "wuhan", "shenzhen", "chengdu", "hainan")
    for situation, told in (
        ("leave_job", {"paid_until": "2026-02"}),
        ("leave_job", {"paid_until": "2026-02", "payer": "employer", "reason": "resigned", "resume_month": "2026-07"}),
        ("new_place", {"paid_until": "2026-02", "to": "suzhou", "new_month": "2026-06"}),
        ("settle_abroad", {"event_on": "2026-06-01"}),
    )
]
#: The most that was asked for, in milliseconds.
ASKED = {"import with all law, from the wheel": 60, "one assessment with its rules": 0.3, "one interview step": 5}
#: Rows of the table with which a batch is measured.
TABLE = 1000
CORES = os.cpu_count() or 1
#: Starts Python, imports the public call and has all the law at hand.
IMPORT = "from calculator.judge import assess; from calculator.lawbook import lawbook; lawbook()"


def floor() -> int:
    """The yardstick: ten thousand additions in a plain loop, a fraction of a millisecond."""
    total = 0
    for number in range(10_000):
        total += number
    return total


def quickest(work: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds for one call, the quickest of several: nothing makes a machine faster than it is, and much makes it slower."""
    work()
    taken = []
    for _ in range(rounds):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def each_new(work: Callable[[Facts], object], lives: list[Facts]) -> float:
    """Seconds for one life, when in every round each is that of a person never asked about."""
    rounds = iter([[replace(life, paid_months_before=record) for life in lives] for record in range(ROUNDS + 1)])

    def once() -> None:
        for life in next(rounds):
            work(life)

    return quickest(once) / len(lives)


def each_first(lives: list[Facts]) -> float:
    """Seconds for one life, each the first that a lawbook is asked about."""
    return quickest(lambda: [assess(life, forgetful_copy(lawbook())) for life in lives]) / len(lives)


def start_of_python(code: str, folder: Path) -> float:
    """Seconds that a new process worked."""
    return quickest(
        lambda: subprocess.run([sys.executable, "-c", code], cwd=folder, check=True), rounds=9, clock=worked_by_children
    )


def worked_by_children() -> float:
    """Seconds that processes started here have worked so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_for_a_row(folder: Path, jobs: int) -> float:
    """Seconds for one row of a whole table, from file to file, with so many processes."""
    rows = [case.form for case in cases() if not case.errors]
    source, target = folder / "people.csv", folder / "answers.csv"
    with open(source, "w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(islice(cycle(rows), TABLE))

    def run() -> None:
        target.unlink(missing_ok=True)
        batch.run(source, target, jobs=jobs)

    # The work of other processes is not counted as work of this one.
    return quickest(run, rounds=3, clock=time.process_time if jobs == 1 else time.perf_counter) / TABLE


def measure() -> dict[str, dict[str, float]]:
    """Seconds and ratios to the floor, by what was measured."""
    lives = [parse(case.facts) for case in cases() if not case.errors]
    facts = [case.facts for case in cases() if not case.errors]
    rows = [case.form for case in cases() if not case.errors]
    sources = read_sources()
    yardstick = quickest(floor, rounds=101)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(build_wheel(Path(folder) / "built")) as wheel:
            wheel.extractall(Path(folder) / "unpacked")
        compileall.compile_dir(Path(folder) / "unpacked", quiet=1)  # as whatever installs a wheel does
        bare = start_of_python("pass", Path(folder) / "unpacked")
        wheel_start = start_of_python(IMPORT, Path(folder) / "unpacked") - bare
        alone, together = (seconds_for_a_row(Path(folder), jobs) for jobs in (1, CORES))
    seconds = {
        "import with all law, from the wheel": wheel_start,
        "reading the law from its sources": quickest(lambda: Lawbook(sources), rounds=5),
        "parse facts": quickest(lambda: [parse(one) for one in facts]) / len(facts),
        "one assessment, first": each_first(lives),
        "one assessment with its rules": each_new(assess, lives),
        "one assessment, again": quickest(lambda: [assess(life) for life in lives]) / len(lives),
        "... and why not the other rule": each_new(lambda life: why_not(assess(life)), lives),
        "... and what would change it": each_new(lambda life: changes(assess(life)), lives),
        "... and both, as JSON": each_new(lambda life: to_json(assess(life)), lives),
        "... and both, in sentences": each_new(lambda life: document(assess(life), "en"), lives),
        "one interview step": quickest(lambda: [next_question(told) for told in BEGUN]) / len(BEGUN),
        "all questions of a step": quickest(lambda: [open_questions(told) for told in BEGUN]) / len(BEGUN),
        "one row of a batch": quickest(lambda: [answer_row(row, "en") for row in rows]) / len(rows),
        "one row of a table, one process": alone,
        f"one row of a table, {CORES} processes": together,
        "card and script": quickest(lambda: [(cards(assess(life), "en"), phone(assess(life), "en")) for life in lives])
        / len(lives),
    }
    return {
        "floor": {"seconds": yardstick, "ratio": 1.0},
        **{name: {"seconds": taken, "ratio": taken / yardstick} for name, taken in seconds.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="./scripts/bench", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    measured = measure()
    if parser.parse_args().json:
        print(json.dumps(measured, indent=2))
        return
    print(f"{len(lawbook().records)} rules, {len(cases())} worked examples, Python {sys.version.split()[0]}")
    for name, found in measured.items():
        asked = f"   asked: below {ASKED[name]:g} ms" if name in ASKED else ""
        print(f"{name:38} {found['seconds'] * 1000:9.3f} ms   {found['ratio']:8.2f} x floor{asked}")
    alone = 1 / measured["one row of a table, one process"]["seconds"]
    together = 1 / measured[f"one row of a table, {CORES} processes"]["seconds"]
    print(
        f"batch: {alone:.0f} rows a second and core; {together:.0f} with {CORES} processes, {together / CORES:.0f} each"
    )


if __name__ == "__main__":
    main()
