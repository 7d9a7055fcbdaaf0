"""Worked examples on single rules, as data: one question to the law of one place and day, and what its source says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """One example. ``expect`` maps a path in the answer, such as ``0.outcomes.wait_months``, to its value."""

    id: str
    title: Mapping[str, str]
    sources: tuple[str, ...]
    topic: str
    place: str
    on: date
    values: Mapping[str, Any]
    expect: Mapping[str, Any]


def questions() -> list[Question]:
    """Every example, in the order of the file names."""
    return [
        Question(
            id=f"{file.stem}-{raw['id']}",
            title=raw["title"],
            sources=tuple(raw["sources"]),
            topic=raw["topic"],
            place=raw["place"],
            on=raw["on"],
            values=raw.get("values", {}),
            expect=raw["expect"],
        )
        for file in sorted(HERE.glob("*.toml"))
        for raw in tomllib.loads(file.read_text("utf-8"))["case"]
    ]
