"""Which changes may go unnoticed, and why: ``explained.toml``, read and held against what was really missed.

An entry names the rule, the kind of change, what was changed, from what and to what; ``*`` stands for anything, and a
part left out means anything. ``why`` is one English sentence. An entry that no missed change fits is an error, so that
an explanation does not outlive its reason.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import KINDS, Mutant

FILE = Path(__file__).parent / "explained.toml"
_PARTS = {"rule", "topic", "kind", "what", "from", "to", "why"}


@dataclass(frozen=True)
class Explanation:
    """Why some changes may go unnoticed. All parts but ``why`` are patterns."""

    rule: str
    topic: str
    kind: str
    what: str
    before: str
    after: str
    why: str

    def fits(self, mutant: Mutant) -> bool:
        return (
            _like(self.rule, mutant.rule.id)
            and _like(self.topic, mutant.topic)
            and _like(self.kind, mutant.kind)
            and _like(self.what, mutant.what)
            and _like(self.before, mutant.before)
            and _like(self.after, mutant.after)
        )

    def __str__(self) -> str:
        return f"{self.rule} ({self.topic}) [{self.kind}] {self.what}: {self.before} -> {self.after}"


def explanations(text: str | None = None) -> list[Explanation]:
    """The entries of ``explained.toml``, or of a text like it. Raises ValueError for an entry not understood."""
    entries = tomllib.loads(FILE.read_text("utf-8") if text is None else text).get("explained", [])
    return [_read(entry) for entry in entries]


def _read(entry: dict[str, str]) -> Explanation:
    if strange := set(entry) - _PARTS:
        raise ValueError(f"{entry}: {', '.join(sorted(strange))} is none of {', '.join(sorted(_PARTS))}")
    if not entry.get("why", "").strip():
        raise ValueError(f"{entry}: does not say why")
    if entry.get("kind", "*") not in ("*", *KINDS):
        raise ValueError(f"{entry}: there is no kind {entry['kind']!r}")
    if not {"rule", "topic"} & set(entry):
        raise ValueError(f"{entry}: names no rule and no topic")
    return Explanation(
        rule=entry.get("rule", "*"),
        topic=entry.get("topic", "*"),
        kind=entry.get("kind", "*"),
        what=entry.get("what", "*"),
        before=entry.get("from", "*"),
        after=entry.get("to", "*"),
        why=entry["why"],
    )


def unexplained(missed: Iterable[Mutant], known: Iterable[Explanation]) -> list[Mutant]:
    """The missed changes that no entry speaks of."""
    known = list(known)
    return [mutant for mutant in missed if not any(explanation.fits(mutant) for explanation in known)]


def stale(missed: Iterable[Mutant], known: Iterable[Explanation]) -> list[Explanation]:
    """The entries that no missed change fits."""
    missed = list(missed)
    return [explanation for explanation in known if not any(explanation.fits(mutant) for mutant in missed)]


def _like(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
