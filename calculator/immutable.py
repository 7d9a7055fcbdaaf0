"""Values: objects with named parts that never change, equal when all their parts are.

What ``@dataclass(frozen=True)`` gives, for a tenth of its price at the start. A dataclass writes source code of its methods and
compiles it each time Python starts, and needs the whole of :mod:`inspect` for it; for the seventy kinds of answers here that
was more work than everything else together, and the reader's browser waits for it. Here all kinds share their methods but one.
"""

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True)
def immutable[Kind: type](
    kind: Kind | None = None, *, by_name: bool = False, uncompared: Collection[str] = ()
) -> Kind | Callable[[Kind], Kind]:
    """Class decorator: the annotations of the class are the parts of its values, what is assigned to them their defaults.

    Parts are given in the order of the annotations, or by name; with ``by_name`` only so, and then a part that must be
    given may stand behind one that need not. A default that is a dict is copied for each value. ``uncompared`` names parts
    that do not count when two values are compared. ``copy.replace`` gives a value with some parts changed.

    A value raises TypeError for a part that is missing, unknown or given twice, and AttributeError when it is to be changed.
    """
    if kind is None:
        return lambda kind: immutable(kind, by_name=by_name, uncompared=uncompared)
    names = tuple(kind.__annotations__)
    compared = attrgetter(*(name for name in names if name not in uncompared))

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        kind.__init__ = _constructor(kind, names, by_name)
        kind.__init__(self, *given, **named)

    def __eq__(self: Any, other: Any) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(compared(self))

    for method in (__init__, __eq__, __hash__, __repr__, __setattr__, __delattr__, __replace__):
        setattr(kind, method.__name__, method)
    if not by_name:
        kind.__reduce__ = __reduce__
    kind._parts = names
    return kind


def _constructor(kind: type, names: tuple[str, ...], by_name: bool) -> Callable[..., None]:
    """The method that makes a value of a kind, as one would write it by hand: nothing general is nearly as fast, and an
    answer is made of half a hundred values. It is written when the first value is made, since few kinds are met at the start.
    """
    known = {f"default_{name}": getattr(kind, name) for name in names if hasattr(kind, name)}
    heads, lines = [], []
    for name in names:
        default = f"default_{name}"
        heads.append(f"{name}={default}" if default in known else name)
        own = type(known.get(default)) is dict
        lines.append(f"_parts['{name}'] = {f'dict({name}) if {name} is {default} else ' if own else ''}{name}")
    head = f"def __init__(self, {'*, ' if by_name else ''}{', '.join(heads)}):"
    exec("\n    ".join([head, "_parts = self.__dict__", *lines]), known)
    known["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    return known["__init__"]


def replace[Value](value: Value, /, **changes: Any) -> Value:
    """A value with some parts changed: ``copy.replace``, without the two modules that ``copy`` brings along at the start.

    Raises TypeError for a part the value does not have.
    """
    return value.__replace__(**changes)


def parts_of(of: Any) -> tuple[str, ...] | None:
    """The names of the parts of a value, or of a class of values, in order; None for anything else."""
    return getattr(of, "_parts", None)


def __repr__(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._parts)})"


def __setattr__(self: Any, name: str, _: Any) -> None:
    raise AttributeError(f"a {type(self).__name__} does not change: {name}")


def __delattr__(self: Any, name: str) -> None:
    __setattr__(self, name, None)


def __replace__(self: Any, /, **changes: Any) -> Any:
    return type(self)(**{**self.__dict__, **changes})


def __reduce__(self: Any) -> tuple[type, tuple[Any, ...]]:
    """For :mod:`pickle`: the parts without their names, which is read in two thirds of the time."""
    return type(self), tuple(getattr(self, name) for name in self._parts)
