"""The name of an event that may be one of several: a move of which the province is not told."""

from collections.abc import Mapping
from typing import Any

#: A move inside a province or out of it, where that is not told and makes no difference.
OPEN_MOVE = "move"


def event_name(event: str | frozenset[str], assuming: Mapping[str, Any]) -> str:
    """The event as told, as assumed, or as one of several that lead to the same: never one of them at random."""
    return event if isinstance(event, str) else assuming.get("event", OPEN_MOVE)
