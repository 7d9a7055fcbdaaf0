"""Many people at once, for an HR office: a table of facts in, the same table with answers out.

The columns are the fields of the form (:mod:`calculator.form`) and any of your own whose name begins with ``own_``. A row
that can't be judged gets its reason in the column ``error`` and stops no other. Rows are judged on all cores; only a few
hundred are in memory at a time. A run that was broken off goes on where it stopped.
"""

import csv
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from calculator import __version__, form
from calculator.assessment import Assessment
from calculator.document.answer import short_answer
from calculator.facts import FactError, FactErrors
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.rules.cover import Interruption
from calculator.words import Words, error_message

OWN = "own_"
FIELDS = tuple(field.name for field in form.FIELDS)
REQUIRED = ("situation", "place", "on")
ANSWERS = ("error", "answer", "gap_months", "wait_months", "cover_returns", "pay_by", "sure", "rules", "made_by")
#: Rows given to a worker at once, and how many such portions wait for each worker.
PORTION, PORTIONS_AHEAD = 50, 4


class TableError(ValueError):
    """The table as a whole can't be used. The message says what is wrong and what is accepted."""


@dataclass
class Summary:
    """What became of the rows of a table: how many there are, how many have an error, how sure the others are."""

    rows: int = 0
    failed: int = 0
    sure: Counter[str] = field(default_factory=Counter)  # rows by the weakest part of their answer

    def add(self, answered: Mapping[str, str]) -> None:
        """Count one row with its answers."""
        self.rows += 1
        if answered["error"]:
            self.failed += 1
        else:
            self.sure[answered["sure"]] += 1


def answer_row(row: Mapping[str, str], lang: str) -> dict[str, str]:
    """The answers for one row of typed text, by column. Never raises for what a row holds."""
    words = Words(lang)
    try:
        assessment = assess(_facts(row))
    except FactErrors as faults:
        return _answers(error=words.joined(error_message(error, words) for error in faults.errors))
    said = short_answer(assessment, lang)
    return _answers(
        answer=words.joined(item["text"] for item in said),
        sure=assessment.sure.key,
        rules=" ".join(sorted({rule for item in said for rule in item["rules"]})),
        **_cover(assessment),
    )


def _facts(row: Mapping[str, str]) -> Any:
    """Facts from a row. What is filled in and would not be read is a fault: nothing typed is lost silently."""
    typed = {name: row[name].strip() for name in FIELDS if row.get(name)}
    unread = [
        FactError(field.name, "not_asked", {"given": typed[field.name][:60]})
        for field in form.FIELDS
        if typed.get(field.name) and typed.get("situation") in form.SITUATIONS and not form.shown(field, typed)
    ]
    if None in row:  # more cells than columns
        unread.append(FactError("row", "long_line", {"given": len(row) - 1 + len(row[None]), "accepted": len(row) - 1}))
    if unread:
        raise FactErrors(unread)
    return form.read(typed)


def _cover(assessment: Assessment) -> dict[str, str]:
    """Gap, wait, day of return and last month without a wait of the last stretch; " / " between the cases.

    A payment that opens cover has a wait and a first day, but no gap and no last month.
    """
    timelines = assessment.interruptions or assessment.joinings
    if not timelines:
        return {}
    stretch = timelines[-1]
    gap, deadlines = (stretch.gap, stretch.deadlines) if isinstance(stretch, Interruption) else (None, ())
    waits = [line.wait for line in stretch.lines]
    returns = [line.returns for line in stretch.lines]
    last = [deadline.month for deadline in deadlines if deadline.kind == "last_month"]
    return {
        "gap_months": "" if gap is None else str(gap),
        "wait_months": _cases("" if wait is None else str(wait) for wait in waits),
        "cover_returns": _cases("" if day is None else day.isoformat() for day in returns),
        "pay_by": _cases(f"{month // 12}-{month % 12 + 1:02}" for month in last),
    }


def _cases(values: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(values))


def _answers(**told: str) -> dict[str, str]:
    made_by = f"calculator {__version__}, law {lawbook().hash}"
    return {**dict.fromkeys(ANSWERS, ""), **told, "made_by": made_by}


# -- the table --------------------------------------------------------------------------------------------


def run(
    source: Path,
    target: Path,
    *,
    lang: str = "en",
    encoding: str = "utf-8-sig",
    jobs: int | None = None,
    progress: Callable[[int, int, int], None] = lambda done, read, size: None,
) -> Summary:
    """Judge every row of a CSV file and append the answers to another; returns what became of the rows.

    ``progress`` is called with the rows done, the bytes of the file read and its size. ``jobs`` is the number of processes
    (all cores when None, none beside this one when 1). Raises TableError for a header or file that can't be used, OSError
    as the system does.
    """
    if target.exists() and source.resolve() == target.resolve():
        raise TableError(f"{source} would be written over while it is read; name another file for the answers")
    with open(source, encoding=encoding, newline="") as table:
        reader = csv.DictReader(_decoded(table, encoding))
        header = _checked_header(reader.fieldnames)
        summary = _resume(target, header, reader)
        size = os.fstat(table.fileno()).st_size
        progress(summary.rows, table.buffer.tell(), size)
        new = not target.exists()
        with open(target, "a", encoding="utf-8-sig" if new else "utf-8", newline="") as out:
            writer = csv.DictWriter(out, [*header, *ANSWERS], extrasaction="ignore")
            if new:
                writer.writeheader()
            for rows, answers in _judged(reader, lang, jobs):
                writer.writerows({**row, **answer} for row, answer in zip(rows, answers, strict=True))
                out.flush()
                for answer in answers:
                    summary.add(answer)
                progress(summary.rows, table.buffer.tell(), size)
    return summary


def _decoded(lines: Iterable[str], encoding: str) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as fault:
        raise TableError(
            f"the file is not {encoding}: {fault.reason}. A file saved by Excel in China: --encoding gb18030"
        ) from fault


def _checked_header(header: Iterable[str] | None) -> list[str]:
    names = list(header or ())
    accepted = f"accepted: {', '.join(FIELDS)}, and your own beginning with {OWN!r}"
    if not names:
        raise TableError(f"the file is empty; its first line must name the columns ({accepted})")
    if unknown := [name for name in names if name not in FIELDS and not name.startswith(OWN)]:
        raise TableError(f"unknown columns: {', '.join(repr(name[:60]) for name in unknown)}; {accepted}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise TableError(f"columns that are there twice: {', '.join(twice)}")
    if missing := [name for name in REQUIRED if name not in names]:
        raise TableError(f"missing columns: {', '.join(missing)}")
    return names


def _resume(target: Path, header: list[str], reader: csv.DictReader) -> Summary:
    """Read past the rows that an earlier run answered; returns what became of them.

    A row broken off while it was written is removed. Raises TableError when the earlier answers belong to another table,
    or to another version of the calculator or the law.
    """
    summary = Summary()
    if not target.exists():
        return summary
    _cut_broken_row(target)
    made_by = _answers()["made_by"]
    with open(target, encoding="utf-8-sig", newline="") as written:
        answered = csv.DictReader(written)
        if answered.fieldnames is not None and list(answered.fieldnames) != [*header, *ANSWERS]:
            raise TableError(f"{target} is there and its columns are others; remove it or name another file")
        for before in answered:
            row = next(reader, None)
            if row is None or any((row[name] or "") != before[name] for name in header):
                raise TableError(
                    f"{target} is there and row {summary.rows + 1} in it belongs to other facts; remove it or name another file"
                )
            if before["made_by"] != made_by:
                raise TableError(
                    f"{target} was begun with {before['made_by']}, this is {made_by}; remove it or name another file"
                )
            summary.add(before)
    if answered.fieldnames is None:
        target.unlink()
    return summary


def _cut_broken_row(target: Path) -> None:
    """Cut the file after its last whole row: one that ends in a line end outside quotation marks."""
    whole, inside, end = 0, False, 0
    with open(target, "rb") as file:
        for line in file:
            end += len(line)
            inside ^= line.count(b'"') % 2 == 1
            if not inside and line.endswith(b"\n"):
                whole = end
    if whole < end:
        os.truncate(target, whole)


def _judged(
    rows: Iterator[dict[str, str]], lang: str, jobs: int | None
) -> Iterator[tuple[list[dict[str, str]], list[dict[str, str]]]]:
    """Portions of rows with their answers, in order. Never more than a few portions are under way."""
    portions = iter(lambda: list(islice(rows, PORTION)), [])
    jobs = jobs or os.cpu_count() or 1
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool:
        waiting: deque[tuple[list[dict[str, str]], Future[list[dict[str, str]]]]] = deque()
        for portion in portions:
            if pool is None:
                yield portion, _portion(portion, lang)
                continue
            waiting.append((portion, pool.submit(_portion, portion, lang)))
            if len(waiting) > jobs * PORTIONS_AHEAD:
                first, answers = waiting.popleft()
                yield first, answers.result()
        for portion, answers in waiting:
            yield portion, answers.result()


def _portion(rows: list[dict[str, str]], lang: str) -> list[dict[str, str]]:
    return [answer_row(row, lang) for row in rows]
