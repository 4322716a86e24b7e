"""Values: the standard library's frozen, slotted dataclasses, whose methods are written when they are first called.

The library compiles eight functions for a class as it is defined.  There are hundreds of classes, the first screen and
the desk need few of them, and both waited for all.  What is written later is the library's own.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

__all__ = ["dataclass"]

T = TypeVar("T")

_LATER: dict[str, dict[str, bool]] = {
    "__init__": {"init": True, "frozen": True},
    "__repr__": {"repr": True},
    "__eq__": {"eq": True},
    "__hash__": {"eq": True, "unsafe_hash": True},
}
"""What is written when it is first called, and what the library is asked for to have it."""


def _value(cls: type[T]) -> type[T]:
    """The class as a dataclass; those of its methods that it has itself stay."""
    for name, unwritten in _UNWRITTEN.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, unwritten)
    for name, shared in _SHARED.items():
        setattr(cls, name, shared)
    return dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)


def _unwritten(name: str) -> Callable[..., Any]:
    """What stands for a method of every class until it is called there."""

    def method(self: Any, *args: Any, **named: Any) -> Any:
        for kind in type(self).__mro__:
            if kind.__dict__.get(name) is method:
                _write(kind, name)
                break
        return getattr(type(self), name)(self, *args, **named)  # written here, or by another thread meanwhile

    return method


def _write(made: type[Any], name: str) -> None:
    """Have the library write a method of a class; twice, by two threads at once, does no harm."""
    fields = [(one.name, one.type, one) for one in dataclasses.fields(made)]
    namespace: dict[str, Any] = {"__doc__": name}  # without one the library would write it, which takes it the longest
    if hasattr(made, "__post_init__"):
        namespace["__post_init__"] = made.__post_init__
    wanted: dict[str, Any] = {"init": False, "repr": False, "eq": False, "match_args": False} | _LATER[name]
    setattr(made, name, dataclasses.make_dataclass(made.__name__, fields, namespace=namespace, **wanted).__dict__[name])


def _set(self: object, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_UNWRITTEN = {name: _unwritten(name) for name in _LATER}
_SHARED = {"__setattr__": _set, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}

if not TYPE_CHECKING:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """A value: ``@dataclass(frozen=True, slots=True)``, and nothing else."""
        if not (frozen and slots):
            raise TypeError("a value is frozen and has slots")
        return _value
