"""The worked examples as data: read here, used by the tests and by the guide's pages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One worked example. ``facts`` is JSON-like; ``errors`` maps a field to the code of the fault expected."""

    id: str
    title: Mapping[str, str]
    sources: tuple[str, ...]
    facts: Mapping[str, Any]
    form: Mapping[str, str]
    expect: Mapping[str, Any]
    errors: Mapping[str, str]
    form_errors: Mapping[str, str]


def cases() -> list[Case]:
    """Every case, in the order of the file names."""
    return [_read(file) for file in sorted(HERE.glob("*.toml"))]


def case(name: str) -> Case:
    """The case whose file has this name. Raises FileNotFoundError."""
    return _read(HERE / f"{name}.toml")


def _read(file: Path) -> Case:
    raw = tomllib.loads(file.read_text("utf-8"))
    return Case(
        id=file.stem,
        title=raw["title"],
        sources=tuple(raw["sources"]),
        facts=_json_like(raw["facts"]),
        form=raw["form"],
        expect=raw.get("expect", {}),
        errors=raw.get("errors", {}),
        form_errors=raw.get("form_errors", {}),
    )


def _json_like(value: Any) -> Any:
    """TOML has days of its own; JSON writes them as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _json_like(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json_like(item) for item in value]
    return value


def at(data: Any, path: str) -> Any:
    """The value at ``cover.0.lines.1.wait``. A list of steps or rules is also reached by key or id:
    ``steps.report_death.by``. Raises KeyError naming the path."""
    here = data
    for part in path.split("."):
        try:
            if isinstance(here, list):
                here = (
                    here[int(part)]
                    if part.isdigit()
                    else next(i for i in here if part in (i.get("key"), i.get("id"), i.get("month"), i.get("ask")))
                )
            else:
                here = here[part]
        except (KeyError, IndexError, StopIteration, TypeError):
            raise KeyError(f"{path}: nothing at {part!r}") from None
    return here
