"""Tables of many people: one row's fault stops no other, nothing is lost, a broken-off run goes on."""

import csv
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from calculator import batch
from calculator.assessment_json import to_json
from calculator.form import read
from calculator.judge import assess
from tests.golden import cases

GOOD = [{**case.form, "own_name": case.id} for case in cases() if not case.errors]
BAD = {"situation": "leave_job", "place": "shanghai", "paid_until": "soon", "on": "2026-11-22", "own_name": "bad"}


def write(file: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    header = list(dict.fromkeys(name for row in rows for name in row))
    with open(file, "w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, header)
        writer.writeheader()
        writer.writerows(rows)
    return file


def counts(summary: batch.Summary) -> tuple[int, int]:
    """Rows and rows with an error, whose other rows are counted by how sure they are."""
    assert summary.sure.total() == summary.rows - summary.failed
    return summary.rows, summary.failed


def read_table(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_each_row_gets_the_answer_that_the_calculator_gives(tmp_path):
    source, target = write(tmp_path / "in.csv", GOOD), tmp_path / "out.csv"
    assert counts(batch.run(source, target, jobs=1)) == (len(GOOD), 0)
    answered = read_table(target)
    assert [row["own_name"] for row in answered] == [row["own_name"] for row in GOOD]
    gaps = 0
    for typed, row in zip(GOOD, answered, strict=True):
        assert all(row[name] == value for name, value in typed.items())
        answer = to_json(assess(read(typed)))
        assert row["error"] == ""
        assert row["sure"] == answer["sure"]
        if answer["cover"]:
            told = answer["cover"][-1]["gap"]
            gaps += told is not None
            assert row["gap_months"] == ("" if told is None else str(told))
            wait = answer["cover"][-1]["lines"][0]["wait"]
            assert row["wait_months"].split(" / ")[0] == ("" if wait is None else str(wait))
    assert gaps > 10


def test_a_fault_in_one_row_stops_no_other(tmp_path):
    rows = [GOOD[0], BAD, GOOD[1]]
    assert counts(batch.run(write(tmp_path / "in.csv", rows), tmp_path / "out.csv", jobs=1)) == (3, 1)
    first, bad, last = read_table(tmp_path / "out.csv")
    assert first["error"] == last["error"] == ""
    assert "soon" in bad["error"] and bad["answer"] == ""


def test_what_would_not_be_read_is_a_fault(tmp_path):
    row = {**BAD, "paid_until": "2026-05", "enlisted_as": "conscript"}
    batch.run(write(tmp_path / "in.csv", [row]), tmp_path / "out.csv", lang="zh", jobs=1)
    [answered] = read_table(tmp_path / "out.csv")
    assert "conscript" in answered["error"] and "请留空" in answered["error"]


def test_a_row_with_more_cells_than_columns_is_a_fault(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("situation,place,on,paid_until\nleave_job,shanghai,2026-11-22,2026-05,surplus\n", "utf-8")
    assert counts(batch.run(source, tmp_path / "out.csv", jobs=1)) == (1, 1)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("situation,place,on,colour", "'colour'"),
        ("situation,place", "missing columns: on"),
        ("situation,place,on,on", "twice: on"),
        ("", "is empty"),
    ],
)
def test_a_header_that_can_not_be_used_is_refused(tmp_path, header, says):
    source = tmp_path / "in.csv"
    source.write_text(header + "\n" if header else "", "utf-8")
    with pytest.raises(batch.TableError, match=says):
        batch.run(source, tmp_path / "out.csv", jobs=1)
    assert not (tmp_path / "out.csv").exists()


def test_excel_in_china(tmp_path):
    source = write(tmp_path / "in.csv", [{**GOOD[0], "own_name": "张三"}], encoding="gb18030")
    with pytest.raises(batch.TableError, match="gb18030"):
        batch.run(source, tmp_path / "out.csv", jobs=1)
    batch.run(source, tmp_path / "out.csv", encoding="gb18030", jobs=1)
    assert read_table(tmp_path / "out.csv")[0]["own_name"] == "张三"


@pytest.mark.parametrize("cut", [1, 40, 700])
def test_a_broken_off_run_goes_on_where_it_stopped(tmp_path, cut):
    rows = [{**GOOD[number % len(GOOD)], "own_name": f'no. {number}, "x"\ny'} for number in range(120)]
    source, whole, part = write(tmp_path / "in.csv", rows), tmp_path / "whole.csv", tmp_path / "part.csv"
    batch.run(source, whole, jobs=1)
    part.write_bytes(whole.read_bytes()[:-cut])
    seen = []
    resumed = batch.run(source, part, jobs=1, progress=lambda *told: seen.append(told))
    assert counts(resumed) == (120, 0) and resumed == batch.run(source, whole, jobs=1)
    assert 0 < seen[0][0] < seen[-1][0] == 120
    size = source.stat().st_size
    assert all(0 < read <= size == told for _, read, told in seen) and seen[-1][1] == size
    assert part.read_bytes() == whole.read_bytes()


def test_answers_to_other_facts_are_not_continued(tmp_path):
    target = tmp_path / "out.csv"
    batch.run(write(tmp_path / "in.csv", GOOD[:2]), target, jobs=1)
    before = target.read_bytes()
    with pytest.raises(batch.TableError, match="row 1"):
        batch.run(write(tmp_path / "other.csv", [{**row, "own_name": "x"} for row in GOOD[:2]]), target, jobs=1)
    with pytest.raises(batch.TableError, match="columns"):
        batch.run(write(tmp_path / "other.csv", [BAD]), target, jobs=1)
    with pytest.raises(batch.TableError, match="while it is read"):
        batch.run(target, target, jobs=1)
    assert target.read_bytes() == before


def test_answers_of_another_version_are_not_continued(tmp_path, monkeypatch):
    source, target = write(tmp_path / "in.csv", GOOD[:2]), tmp_path / "out.csv"
    batch.run(source, target, jobs=1)
    monkeypatch.setattr(batch, "__version__", "9.9")
    with pytest.raises(batch.TableError, match=r"9\.9"):
        batch.run(source, target, jobs=1)


def test_several_processes_give_the_same_table(tmp_path):
    source = write(tmp_path / "in.csv", [GOOD[number % len(GOOD)] for number in range(230)])
    batch.run(source, tmp_path / "one.csv", jobs=1)
    batch.run(source, tmp_path / "two.csv", jobs=2)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_memory_does_not_grow_with_the_table(tmp_path):
    peaks = []
    # Few rows leave less behind than is cleared away at once.
    for count in (600, 1800):
        source = write(tmp_path / f"{count}.csv", [BAD] * count)
        tracemalloc.start()
        batch.run(source, tmp_path / f"{count}-out.csv", jobs=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_the_command_line(tmp_path):
    source, target = write(tmp_path / "in.csv", [GOOD[0], BAD]), tmp_path / "out.csv"

    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "calculator", "batch", *map(str, arguments)], capture_output=True, text=True
        )

    done = command(source, target)
    assert done.returncode == 0 and done.stdout.startswith("2 rows, 1 of them with an error")
    refused = command(tmp_path / "none.csv", target)
    assert refused.returncode == 2 and "none.csv" in refused.stderr and "Traceback" not in refused.stderr
