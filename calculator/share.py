"""A life as a link: facts written into the part of an address after ``#``, which no browser sends to a server.

    1&on=2026-11-22&place=shanghai&paid_until=2026-05&event=leave_job&event=resume&month=2026-08&check=5d0f2a31

It can be read by people: first the version of this way of writing, then the facts by the names of
:mod:`calculator.facts`; each ``event=`` begins the next event, whose own facts follow it. What is not known is not there. The
sum at the end tells a whole link from one that a mail programme has cut: a cut could drop an event, and nobody would notice.
"""

import zlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from calculator.facts import EVENTS, GROUPS, MAX_FAULTS, FactError, FactErrors, Facts, Field, facts_json, parse, short
from calculator.lawbook import Lawbook

VERSION = "1"
#: The longest fragment that is read: more than the largest life needs.
MAX_LENGTH = 8_000
_EVENT, _CHECK = "event", "check"
_GROUP_OF = {field.name: group for group, fields in GROUPS.items() for field in fields}
_WHOLE_NUMBERS = ("fen", "count", "year", "years")
#: Longer numbers are no amount of money or months; they stay text, and the check of the facts says so.
MAX_DIGITS = 20


def encode(facts: Facts) -> str:
    """The fragment for these facts, without ``#``. It holds letters, digits and ``-._~=&`` only."""
    data = facts_json(facts)
    pairs = [("on", data["on"]), *(pair for group in GROUPS for pair in data.get(group, {}).items())]
    for event in data["events"]:
        pairs += [(_EVENT, event["kind"]), *(pair for pair in event.items() if pair[0] != "kind")]
    body = "&".join([VERSION, *(f"{name}={quote(str(value), safe='')}" for name, value in pairs)])
    return f"{body}&{_CHECK}={checksum(body)}"


def decode(fragment: str, book: Lawbook | None = None) -> Facts:
    """The facts of a fragment, with or without ``#``.

    Raises FactErrors: for a link that is not whole or of another version, and then naming every field that is not known
    here, told twice or that can't be judged. Nothing is left out silently.
    """
    data, faults = read(fragment)
    if faults:
        raise FactErrors(faults)
    return parse(data, book)


def read(fragment: str) -> tuple[dict[str, Any], tuple[FactError, ...]]:
    """What a fragment tells, as JSON would hold it, for :func:`calculator.facts.parse`; and the fields that it can't take.

    Raises FactErrors for a link that is not whole or of another version.
    """
    text = fragment.removeprefix("#")
    body, _, check = text.rpartition(f"&{_CHECK}=")
    version = body.partition("&")[0]
    if len(text) > MAX_LENGTH or not body or check != checksum(body):
        raise FactErrors([FactError("link", "link_damaged", {"given": short(text)})])
    if version != VERSION:
        raise FactErrors([FactError("link", "link_version", {"given": short(version), "accepted": VERSION})])
    data, faults = _read(pair.partition("=") for pair in body.split("&")[1:])
    return data, tuple(faults[:MAX_FAULTS])


def _read(pairs: Iterable[tuple[str, str, str]]) -> tuple[dict[str, Any], list[FactError]]:
    """Facts as JSON would hold them, and the fields that do not belong there."""
    data: dict[str, Any] = {group: {} for group in GROUPS} | {"events": []}
    known: Mapping[str, Field] = {"on": Field("on", "day")} | {f.name: f for group in GROUPS.values() for f in group}
    where, faults, here = "", [], data
    for raw_name, _, raw_value in pairs:
        name, value = unquote(raw_name), unquote(raw_value)
        if name == _EVENT:
            where = f"events[{len(data['events'])}]."
            here = {"kind": value}
            known = {field.name: field for field in EVENTS.get(value, ())}
            data["events"].append(here)
            continue
        field = f"{where}{name}" if where else f"{_GROUP_OF[name]}.{name}" if name in _GROUP_OF else name
        target = here if where or name not in _GROUP_OF else data[_GROUP_OF[name]]
        if name not in known:
            faults.append(FactError(short(field), "unknown_field", {"given": short(name), "accepted": list(known)}))
        elif name in target:
            faults.append(FactError(field, "given_twice", {"given": short(value)}))
        else:
            is_number = known[name].kind in _WHOLE_NUMBERS and value.isascii() and value.isdigit()
            target[name] = int(value) if is_number and len(value) < MAX_DIGITS else value
    return data, faults


def checksum(body: str) -> str:
    """The sum at the end of a link, over all that stands before it."""
    return f"{zlib.crc32(body.encode()):08x}"
