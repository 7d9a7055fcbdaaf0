"""A file of saved lives: names, and the facts of each. The page writes and reads it; a file of the facts of one life is read too.

{"schema": "lives/1", "lives": [{"name": "June", "facts": {"on": "2026-11-22", …}}]}
"""

from collections.abc import Mapping
from typing import Any

from calculator.facts import FactError, FactErrors, facts_json, parse, read_json, short
from calculator.immutable import immutable
from calculator.lawbook import Lawbook

SCHEMA = "lives/1"
#: So many lives are read from one file; nobody keeps more apart.
MAX_LIVES = 50
MAX_NAME = 60


@immutable
class Life:
    """One life of a file, by its place there and its name ("" has none). ``facts`` as JSON; ``faults`` says why they can't be
    judged (then ``facts`` are None)."""

    number: int
    name: str
    facts: Mapping[str, Any] | None
    faults: tuple[FactError, ...] = ()


def read_lives(text: str, book: Lawbook | None = None) -> tuple[Life, ...]:
    """Every life of a file, the faulty ones with their faults: one bad life does not cost the others.

    Raises FactErrors for what is no such file.
    """
    data = read_json(text)
    if isinstance(data, Mapping) and "lives" not in data and "events" in data:
        data = {"schema": SCHEMA, "lives": [{"facts": data}]}
    if not isinstance(data, Mapping) or not isinstance(data.get("lives"), list):
        raise FactErrors([FactError("lives", "not_lives", {"given": short(data)})])
    if data.get("schema") != SCHEMA:
        raise FactErrors(
            [FactError("schema", "not_a_choice", {"given": short(data.get("schema")), "accepted": [SCHEMA]})]
        )
    unknown = [name for name in data if name not in ("schema", "lives")]
    if unknown:
        accepted = ["schema", "lives"]
        raise FactErrors(
            FactError(short(name) or "", "unknown_field", {"given": short(name), "accepted": accepted})
            for name in unknown
        )
    if len(data["lives"]) > MAX_LIVES:
        raise FactErrors([FactError("lives", "too_many_lives", {"given": len(data["lives"]), "accepted": MAX_LIVES})])
    return tuple(_life(number, raw, book) for number, raw in enumerate(data["lives"], start=1))


def _life(number: int, raw: Any, book: Lawbook | None) -> Life:
    if not isinstance(raw, Mapping) or not set(raw) <= {"name", "facts"}:
        return Life(number, "", None, (FactError("lives", "not_lives", {"given": short(raw)}),))
    name = raw.get("name")
    clean = name.strip() if isinstance(name, str) else ""
    if name is not None and not (clean and clean.isprintable() and len(clean) <= MAX_NAME):
        return Life(number, "", None, (FactError("name", "not_a_name", {"given": short(name), "accepted": MAX_NAME}),))
    try:
        return Life(number, clean, facts_json(parse(raw.get("facts"), book)))
    except FactErrors as faults:
        return Life(number, clean, None, faults.errors)
