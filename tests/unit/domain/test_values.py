"""A value is what the standard library would have made of it, only later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.values import dataclass

Decorator = Callable[..., Any]


def _classes(decorated: Decorator) -> tuple[type[Any], type[Any]]:
    @decorated(frozen=True, slots=True)
    class Whole:
        """Every kind of field."""

        KIND: ClassVar[str] = "whole"
        one: int
        two: str = "two"
        secret: str = field(default="", repr=False)
        many: list[int] = field(default_factory=list, compare=False)

        def __post_init__(self) -> None:
            if self.one < -1_000:
                raise ValueError("too little")

    @decorated(frozen=True, slots=True)
    class More(Whole):
        """Fields of its own behind those, and its own words for itself."""

        three: tuple[int, ...] = ()

        def __repr__(self) -> str:
            return f"more than {self.one}"

    return Whole, More


OURS, THEIRS = _classes(dataclass), _classes(dataclasses.dataclass)
GIVEN = st.fixed_dictionaries(
    {"one": st.integers(-2_000, 3)},
    optional={"two": st.sampled_from("ab"), "secret": st.just("s"), "many": st.just([1])},
)


def _made(kind: type[Any], values: dict[str, Any]) -> Any:
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        return str(error)


@given(GIVEN, GIVEN, st.integers(0, 1))
def test_it_is_made_compared_hashed_and_shown_as_the_librarys(
    first: dict[str, Any], second: dict[str, Any], which: int
) -> None:
    kinds = _classes(dataclass)  # nothing of these is written yet
    a, b = _made(kinds[which], first), _made(kinds[which], second)
    x, y = _made(THEIRS[which], first), _made(THEIRS[which], second)
    if isinstance(x, str) or isinstance(y, str):
        assert (a if isinstance(x, str) else b) == (x if isinstance(x, str) else y)
        return
    assert (a == b, a != b, hash(a), hash(b)) == (x == y, x != y, hash(x), hash(y))
    assert repr(a).rpartition(".")[2] == repr(x).rpartition(".")[2]
    assert (a == x, kinds[0](1) == kinds[1](1)) == (False, False)
    changed, other = replace(a, two="z"), replace(x, two="z")
    assert [getattr(changed, one.name) for one in fields(changed)] == [getattr(other, o.name) for o in fields(other)]


@pytest.mark.parametrize(("ours", "theirs"), zip(OURS, THEIRS, strict=True))
def test_its_fields_and_slots_are_the_librarys(ours: type[Any], theirs: type[Any]) -> None:
    assert [(one.name, one.type) for one in fields(ours)] == [(one.name, one.type) for one in fields(theirs)]
    assert (ours.__slots__, ours.__match_args__) == (theirs.__slots__, theirs.__match_args__)
    assert not hasattr(ours(1), "__dict__")


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4, 5, 6)])
def test_wrong_arguments_are_refused_in_the_librarys_words(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError) as theirs:
        THEIRS[0](*arguments)
    for _ in range(2):  # the first time and ever after
        with pytest.raises(TypeError) as ours:
            OURS[0](*arguments)
        assert str(ours.value).rpartition(".")[2] == str(theirs.value).rpartition(".")[2]


@pytest.mark.parametrize("kind", OURS)
def test_nothing_of_it_can_be_changed(kind: type[Any]) -> None:
    made = kind(1)
    with pytest.raises(FrozenInstanceError):
        made.one = 2
    with pytest.raises(FrozenInstanceError):
        made.unknown = 2
    with pytest.raises(FrozenInstanceError):
        del made.one
    assert made.one == 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What can be found again by its name."""

    one: int
    two: tuple[str, ...] = ()


def test_a_copy_of_it_is_equal() -> None:
    made = Kept(1, ("a",))
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == copy.copy(made) == made


def test_only_what_is_frozen_and_has_slots_is_a_value() -> None:
    with pytest.raises(TypeError):
        dataclass(frozen=False, slots=True)


def test_a_method_is_written_with_its_first_call() -> None:
    kind, _ = _classes(dataclass)
    before = kind.__init__
    made = kind(1)
    assert kind.__init__ is not before
    assert kind.__init__.__code__.co_varnames[:3] == ("self", "one", "two")
    compared = kind.__eq__
    assert made == kind(1)
    assert kind.__eq__ is not compared
