"""Values: what they refuse, when they are equal, and that none is shared with another."""

import pickle
from copy import deepcopy, replace

import pytest

from calculator.immutable import immutable, parts_of


@immutable
class Pair:
    """Two parts, of which one need not be given."""

    first: int
    second: dict = {}  # noqa: RUF012  copied for each value

    def both(self) -> tuple:
        return self.first, self.second


@immutable
class Other:
    first: int
    second: dict = {}  # noqa: RUF012


@immutable(by_name=True, uncompared=("where",))
class Named:
    name: str = "nobody"
    age: int
    where: list


def test_parts_come_in_order_or_by_name():
    assert Pair(1, {"a": 2}).both() == Pair(first=1, second={"a": 2}).both() == (1, {"a": 2})
    assert Pair(1).second == {}
    assert repr(Named(age=3, where=[])) == "Named(name='nobody', age=3, where=[])"
    assert parts_of(Pair) == parts_of(Pair(1)) == ("first", "second")
    assert parts_of(1) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Pair(),
        lambda: Pair(1, {}, 2),
        lambda: Pair(1, first=1),
        lambda: Pair(1, third=1),
        lambda: Pair(second={}, third=1),
        lambda: Named("x", age=1, where=[]),
        lambda: Named(age=1),
        lambda: replace(Pair(1), third=1),
    ],
)
def test_a_part_missing_unknown_or_given_twice_is_refused(wrong):
    with pytest.raises(TypeError):
        wrong()


def test_nothing_can_be_changed():
    pair = Pair(1)
    with pytest.raises(AttributeError, match="Pair does not change: first"):
        pair.first = 2
    with pytest.raises(AttributeError, match="Pair does not change: third"):
        pair.third = 2
    with pytest.raises(AttributeError, match="Pair does not change: first"):
        del pair.first
    assert pair.first == 1


def test_a_default_is_no_common_property():
    one, two = Pair(1), Pair(1)
    one.second["a"] = 1
    assert two.second == {} and Pair(1).second == {}


def test_values_are_equal_when_kind_and_parts_are():
    assert Pair(1) == Pair(first=1) and Pair(1) != Pair(2) and Pair(1) != Pair(1, {"a": 1})
    assert Pair(1) != Other(1) and Pair(1) != (1, {})
    assert Named(age=1, where=[1]) == Named(age=1, where=[2])
    assert hash(Named(age=1, where=[1])) == hash(Named(age=1, where=[2]))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Pair(1))


@pytest.mark.parametrize("copied", [deepcopy, lambda value: pickle.loads(pickle.dumps(value)), replace])
def test_a_copy_is_equal(copied):
    value = Pair(1, {"a": 2})
    assert copied(value) == value and copied(value) is not value
    assert replace(value, first=3) == Pair(3, {"a": 2}) and value.first == 1
