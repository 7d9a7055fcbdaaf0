"""How fast the calculator is: each time beside a floor, a plain Python loop measured in the same run.

Seconds depend on the machine; the ratio to the floor hardly does, so ratios can be compared between machines and days.
Speed is measured here and asserted nowhere: a test that fails on a busy machine teaches people to ignore tests.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from calculator.assessment import assess, to_json
from calculator.batch import answer_row
from calculator.document import document
from calculator.facts import parse
from calculator.lawbook import Lawbook, lawbook, read_sources
from scripts.site_tools.runtime import build_wheel
from tests.golden import cases

ROUNDS = 15
#: Starts Python, imports the public call and has all the law at hand.
IMPORT = "from calculator.assessment import assess; from calculator.lawbook import lawbook; lawbook()"


def floor() -> int:
    """The yardstick: ten thousand additions in a plain loop, a fraction of a millisecond."""
    total = 0
    for number in range(10_000):
        total += number
    return total


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds for one call, the middle one of several."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def start_of_python(code: str, folder: Path) -> float:
    return median(lambda: subprocess.run([sys.executable, "-c", code], cwd=folder, check=True), rounds=9)


def measure() -> dict[str, dict[str, float]]:
    """Seconds and ratios to the floor, by what was measured."""
    lives = [parse(case.facts) for case in cases() if not case.errors]
    facts = [case.facts for case in cases() if not case.errors]
    rows = [case.form for case in cases() if not case.errors]
    sources = read_sources()
    yardstick = median(floor, rounds=101)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(build_wheel(Path(folder) / "built")) as wheel:
            wheel.extractall(Path(folder) / "unpacked")
        bare = start_of_python("pass", Path(folder) / "unpacked")
        wheel_start = start_of_python(IMPORT, Path(folder) / "unpacked") - bare
    seconds = {
        "import with all law, from the wheel": wheel_start,
        "reading the law from its sources": median(lambda: Lawbook(sources), rounds=5),
        "parse facts": median(lambda: [parse(one) for one in facts]) / len(facts),
        "one assessment with its rules": median(lambda: [assess(life) for life in lives]) / len(lives),
        "one assessment as JSON": median(lambda: [to_json(assess(life)) for life in lives]) / len(lives),
        "one row of a batch": median(lambda: [answer_row(row, "en") for row in rows]) / len(rows),
        "one assessment in sentences": median(lambda: [document(assess(life), "en") for life in lives]) / len(lives),
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
        print(f"{name:38} {found['seconds'] * 1000:9.3f} ms   {found['ratio']:8.2f} x floor")
    print(f"batch: {1 / measured['one row of a batch']['seconds']:.0f} rows a second and core")


if __name__ == "__main__":
    main()
