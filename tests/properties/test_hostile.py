"""Whatever is given as facts: a clear error that names the field, in both languages, of bounded size and work."""

import copy
import json
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from calculator import facts, form, share
from calculator.browser import answer
from calculator.facts import EVENTS, GROUPS, MAX_BYTES, MAX_FAULTS, FactErrors, parse, read_json
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.words import LANGUAGES, Words, error_message
from tests.properties.lives import lives, readable, told
from tests.properties.test_lives import EXAMPLES

BOOK = lawbook()
SPEAKERS = [Words(lang, BOOK) for lang in LANGUAGES]
#: No message is longer, however long the thing that was given: a list of places is the longest part.
LONGEST_MESSAGE = 2_000
#: Characters that hide, reverse or break lines, and digits that are none of ours.
NASTY = "\x00\x07\x1b\u202e\u2066\u200b\ufeff\ud800\r\n٣三３<>&\"'{}%"
HOSTILE = [
    None, True, False, 0, -1, 10**12 + 1, 10**5000, -(10**5000), 1.5, float("nan"), float("inf"), "", " ", "x" * 10**6,
    NASTY, "2026-02-30", "2026-W48-7", "9999-12", "0000-01", "9999-12-31", "0001-01-01", "２０２６-０３", "٢٠٢٦-٠٣",
    "{0.__class__}", "{field}", [], {}, [[]], {"": {}}, {"kind": "leave_job"}, ["leave_job"], b"bytes", ("a",), object(),
]  # fmt: skip
#: Without the numbers that Python itself refuses to write out, as a failing test would have to.
SHOWN = [value for value in HOSTILE if not isinstance(value, int) or abs(value) < 10**100]
GOOD = [told(one) for life in lives(11, 60, BOOK) if (one := readable(life, BOOK))]


def deep(levels: int, kind: type) -> object:
    """Lists or groups inside one another."""
    inside: object = 0
    for _ in range(levels):
        inside = [inside] if kind is list else {"cover": inside}
    return inside


def judged(data: object) -> FactErrors | None:
    """The refusal, looked at from all sides; or None when the facts are judged. Anything else raised is a fault."""
    try:
        assess(parse(data, BOOK), BOOK)
    except FactErrors as refused:
        assert 0 < len(refused.errors) <= MAX_FAULTS
        assert len(str(refused)) < MAX_FAULTS * 500
        for error in refused.errors:
            for words in SPEAKERS:
                for by_path in (True, False):
                    said = message(error, words, by_path)
                    assert said and len(said) < LONGEST_MESSAGE
                    assert said.isprintable(), said
        return refused
    return None


def message(error, words, by_path):
    """As the command line shows it; as the form does, where the field is one of the form."""
    known = error.field.rpartition(".")[2] in words.templates["field"]
    return error_message(error, words, by_path=by_path or not known)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20] if not isinstance(value, int) else "int")
def test_a_hostile_value_anywhere_is_refused_or_judged(value):
    for good in GOOD[:8]:
        judged(value)
        for path in _paths(good):
            data = copy.deepcopy(good)
            here = data
            for part in path[:-1]:
                here = here[part]
            here[path[-1]] = value
            judged(data)


def _paths(data, before=()):
    """Every place in the facts at which something can stand."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*before, key)
        if isinstance(value, (dict, list)):
            yield from _paths(value, (*before, key))


def test_a_hostile_name_anywhere_is_refused():
    for good in GOOD[:8]:
        for name in ("colour", "x" * 10**6, NASTY, "", "__class__", "cover.place"):
            for where in ("", *(group for group in GROUPS if group in good), "events"):
                data = copy.deepcopy(good)
                target = data[where][0] if where == "events" else data[where] if where else data
                target[name] = 1
                refused = judged(data)
                assert refused is not None and any(error.code == "unknown_field" for error in refused.errors)


@pytest.mark.parametrize("kind", [list, dict])
def test_nesting_a_thousand_deep_is_refused(kind):
    inside = deep(1000, kind)
    assert judged(inside) and judged(read_json(json.dumps(inside)))
    for path in _paths(GOOD[0]):
        data = copy.deepcopy(GOOD[0])
        here = data
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = inside
        assert judged(data), path


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(SHOWN),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(["on", "events", *GROUPS, "kind", "colour", *EVENTS]) | st.text(max_size=5),
            inside,
            max_size=5,
        )
    ),
    max_leaves=20,
)


#: How fast an example is drawn says something of the machine and nothing of the calculator.
BUSY_MACHINE = (HealthCheck.too_slow,)


@settings(max_examples=1500, derandomize=True, deadline=None, database=None, suppress_health_check=BUSY_MACHINE)
@given(json_like)
def test_anything_at_all_is_refused_or_judged(data):
    judged(data)


@settings(max_examples=400, derandomize=True, deadline=None, database=None, suppress_health_check=BUSY_MACHINE)
@given(st.data())
def test_a_life_with_pieces_exchanged_is_refused_or_judged(data):
    life = copy.deepcopy(data.draw(st.sampled_from(GOOD)))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(list(_paths(life))))
        here = life
        for part in way:
            here = here[part]
        # A copy: the next piece may be put inside this one, and what examples are drawn from must stay as it is.
        here[last] = copy.deepcopy(data.draw(json_like))
        if not isinstance(life, dict) or not list(_paths(life)):
            break
    judged(life)


def test_the_work_does_not_grow_with_what_is_not_read():
    """Counted in calls, not in seconds: a thousand unknown fields or events more cost no call more a piece than a few."""
    few, many = (_calls(lambda n=n: judged({**GOOD[0], **{f"x{i}": i for i in range(n)}})) for n in (1000, 4000))
    assert many < 6 * few
    few, many = (
        _calls(lambda n=n: judged({**GOOD[0], "events": [{"kind": "leave_job"}] * n})) for n in (1000, 100_000)
    )
    assert many < 1.1 * few
    few, many = (_calls(lambda n=n: share_refused("1&" + "x=1&" * n)) for n in (3000, 300_000))
    assert many < 1.1 * few
    few, many = (_calls(lambda n=n: judged({**GOOD[0], "on": "x" * n})) for n in (1000, 1_000_000))
    assert many < 1.1 * few


def _calls(work) -> int:
    """How many Python functions are called."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def share_refused(fragment):
    with pytest.raises(FactErrors):
        share.decode(fragment)


# -- as text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"), (b"{", "not_json"), (b"\xff\xfe{", "not_json"), (b'{"on": NaN}', "not_json"),
        (b'{"on": Infinity}', "not_json"), (b"9" * 10_000, "not_json"), (b"[" * 500_000, "not_json"),
        (b'{"on": "2026-11-22", "on": "2026-11-23"}', "given_twice"),
        (b'{"events": [{"kind": "die", "kind": "leave_job"}]}', "given_twice"),
        (b'{"cover": {' + b'"place": "beijing", ' * 40_000 + b'"payer": null}}', "given_twice"),
        (b" " * (MAX_BYTES + 1), "too_large"), (b'{"\\u202e": 1, "\\u202e": 2}', "given_twice"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_facts_is_a_clear_error(content, code):
    with pytest.raises(FactErrors) as refused:
        read_json(content)
    assert {error.code for error in refused.value.errors} == {code}
    for error in refused.value.errors:
        assert all(error_message(error, words).isprintable() for words in SPEAKERS)


def test_a_file_of_facts_is_read():
    for life in GOOD:
        assert read_json(json.dumps(life)) == life
        assert facts.facts_json(parse(read_json(json.dumps(life).encode()), BOOK)) == life


@settings(max_examples=500, derandomize=True, deadline=None, database=None, suppress_health_check=BUSY_MACHINE)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_a_file_of_facts_or_a_clear_error(content):
    try:
        judged(read_json(content))
    except FactErrors as refused:
        assert all(error_message(error, words).isprintable() for error in refused.errors for words in SPEAKERS)


@settings(max_examples=1000, derandomize=True, deadline=None, database=None, suppress_health_check=BUSY_MACHINE)
@given(st.text(max_size=200))
@example("#")
@example("1&check=00000000")
@example("1&" * 10_000)
def test_any_text_is_a_link_or_a_clear_error(fragment):
    try:
        share.decode(fragment, BOOK)
    except FactErrors as refused:
        assert all(error_message(error, words).isprintable() for error in refused.errors for words in SPEAKERS)


TYPED = st.fixed_dictionaries(
    {},
    optional={
        form.numbered(number, field.name): st.sampled_from(
            [*field.choices, "shanghai", "2026-03", "2026-11-22", "2030-01-01", "9999-12", "3", NASTY]
        )
        | st.text(max_size=12)
        for number in (1, 2)
        for field in form.FIELDS
    },
)


NAMES = {form.numbered(number, field.name) for number in (1, 2) for field in form.FIELDS}


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(**{**EXAMPLES, "max_examples": 500})
@given(typed=TYPED)
@example(typed={field.name: "x" * 100_000 for field in form.FIELDS})
@example(typed={field.name: {} for field in form.FIELDS})
def test_whatever_is_typed_the_page_gets_an_answer_or_errors(lang, typed):
    answered = json.loads(answer(json.dumps({"lang": lang, "form": typed})))
    if not answered["ok"]:
        assert answered["errors"]
        for error in answered["errors"]:
            assert error["field"] in NAMES
            assert error["message"].isprintable() and len(error["message"]) < LONGEST_MESSAGE
