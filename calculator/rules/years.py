"""Contribution years: kept or not, and whether the months of a gap count."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence
from calculator.immutable import immutable
from calculator.lawbook import Finding, Lawbook
from calculator.rules.event import event_name


@immutable
class Years:
    """What one event does to the years already earned and to the years of the gap, under one assumption."""

    event: str
    assuming: Mapping[str, Any]
    earlier_years: str | None
    gap_years: str | None
    sure: Confidence
    finding: Finding


def years_at(
    book: Lawbook, event: str | frozenset[str], place: str, day: date, told: Mapping[str, Any]
) -> tuple[Years, ...]:
    """What the event does to the contribution years. Raises OutsideKnownDays."""
    return tuple(
        Years(
            event=event_name(event, finding.assuming),
            assuming={name: value for name, value in finding.assuming.items() if name != "event"},
            earlier_years=finding.get("earlier_years"),
            gap_years=finding.get("gap_years"),
            sure=finding.sure_of("earlier_years"),
            finding=finding,
        )
        for finding in book.consult("years", place, day, {**told, "event": event})
    )
