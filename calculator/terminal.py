"""A progress bar and tables on a terminal: with the library rich where it is installed (the extra ``terminal``), plain without.

Nothing here decides anything, and nothing is drawn into a file or a pipe but plain tables.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest

try:
    import rich.console
    import rich.progress
    import rich.table
except ImportError:
    rich = None  # type: ignore[assignment]

#: Called with rows done, bytes read and bytes in all.
Progress = Callable[[int, int, int], None]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on the terminal while a table is worked through; nothing where the errors go to a file or pipe."""
    if not sys.stderr.isatty():
        yield lambda done, read, size: None
    elif rich is None:
        yield _count
        print(file=sys.stderr)
    else:
        columns = (
            rich.progress.BarColumn(),
            rich.progress.TaskProgressColumn(),
            rich.progress.TextColumn("{task.fields[rows]} rows"),
            rich.progress.TimeRemainingColumn(),
        )
        with rich.progress.Progress(*columns, console=rich.console.Console(stderr=True)) as bar:
            task = bar.add_task("", total=None, rows=0)
            yield lambda done, read, size: bar.update(task, completed=read, total=size, rows=done)


def _count(done: int, read: int, size: int) -> None:
    share = f", {100 * read // size}%" if size else ""
    print(f"\r{done} rows{share}", end="", file=sys.stderr, flush=True)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: with lines around it on a terminal that has rich, in plain columns otherwise."""
    if rich is not None and sys.stdout.isatty():
        drawn = rich.table.Table(*header)
        for row in rows:
            drawn.add_row(*row)
        rich.console.Console().print(drawn)
        return
    rows = [header, *rows]
    widths = [max(map(columns_of, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        cells = [cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese letter takes two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
