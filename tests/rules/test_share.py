"""A link gives back the facts it was made of; what is damaged, old or not known is said, and never dropped."""

import zlib

import pytest

from calculator import share
from calculator.facts import FactErrors, parse
from calculator.words import LANGUAGES, Words, error_message
from tests.golden import cases

LIVES = [parse(case.facts) for case in cases() if not case.errors]
LIFE = parse(
    {
        "on": "2026-11-22",
        "person": {"nationality": "chinese"},
        "cover": {"place": "shanghai", "payer": "employer", "paid_until": "2026-05"},
        "account": {"balance": 168000},
        "events": [{"kind": "leave_job"}, {"kind": "resume", "month": "2026-08", "payer": "flexible"}],
    }
)
BODY = "1&on=2026-11-22&nationality=chinese&place=shanghai&payer=employer&paid_until=2026-05&balance=168000"
EVENTS = "&event=leave_job&event=resume&month=2026-08&payer=flexible"


def sealed(body: str) -> str:
    """A fragment whose sum is right, whatever it says."""
    return f"{body}&check={zlib.crc32(body.encode()):08x}"


def faults_of(fragment: str) -> dict[str, str]:
    with pytest.raises(FactErrors) as refused:
        share.decode(fragment)
    assert all(error_message(error, Words(lang)) for error in refused.value.errors for lang in LANGUAGES)
    return {error.field: error.code for error in refused.value.errors}


@pytest.mark.parametrize("life", LIVES, ids=range(len(LIVES)))
def test_a_life_comes_back_as_it_was(life):
    fragment = share.encode(life)
    assert share.decode(fragment) == share.decode("#" + fragment) == life
    assert set(fragment) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~=&%")
    assert len(fragment) < 500


def test_a_link_can_be_read_by_people():
    assert share.encode(LIFE) == sealed(BODY + EVENTS)


def test_a_link_escaped_by_a_programme_is_read():
    assert share.decode(sealed((BODY + EVENTS).replace("2026-05", "2026%2D05"))) == LIFE


def test_a_link_cut_anywhere_is_noticed():
    fragment = share.encode(LIFE)
    for end in range(len(fragment)):
        assert faults_of(fragment[:end]) == {"link": "link_damaged"}


def test_a_changed_letter_is_noticed():
    fragment = share.encode(LIFE)
    for at in range(len(fragment)):
        other = "x" if fragment[at] != "x" else "y"
        assert faults_of(fragment[:at] + other + fragment[at + 1 :]) == {"link": "link_damaged"}


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("2&on=2026-11-22", {"link": "link_version"}),
        (BODY + "&colour=red" + EVENTS, {"colour": "unknown_field"}),
        (BODY + EVENTS + "&colour=red", {"events[1].colour": "unknown_field"}),
        (BODY + EVENTS + "&place=beijing", {"events[1].place": "unknown_field"}),
        (BODY + "&place=beijing" + EVENTS, {"cover.place": "given_twice"}),
        (BODY + EVENTS + "&month=2026-09", {"events[1].month": "given_twice"}),
        (BODY + "&event=dance", {"events[0].kind": "not_a_choice"}),
        (BODY, {"events": "no_events"}),
        (BODY.replace("168000", "9" * 5000) + EVENTS, {"account.balance": "not_fen"}),
        (BODY.replace("168000", "1.5") + EVENTS, {"account.balance": "not_fen"}),
        (BODY.replace("168000", "") + EVENTS, {"account.balance": "not_fen"}),
        (BODY.replace("shanghai", "%E2%80%AEatlantis") + EVENTS, {"cover.place": "not_a_place"}),
        ("1" + "&on=2026-11-22" * 600, {"link": "link_damaged"}),
    ],
)
def test_what_is_not_known_here_is_named(body, faults):
    assert faults_of(sealed(body)) == faults


def test_every_name_stands_for_one_field_only():
    # A link has no groups: two groups with a field of the same name could not be told apart.
    names = [field.name for fields in share.GROUPS.values() for field in fields]
    taken = {*names, "on", "event", "check"}
    assert len(taken) == len(names) + 3
    assert not [kind for kind, fields in share.EVENTS.items() if {f.name for f in fields} & {"event", "check", "kind"}]
