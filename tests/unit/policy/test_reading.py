"""A table of a policy file is read strictly, whole, and every fault of it at once (rule B1, F3)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest

from mesa_recuperacion.policy.reading import InCurrency, Refused, Table, Wrong, key, keys_of, read_table


def shout(text: str) -> str:
    if not text:
        raise Refused("silent", place="here")
    return text.upper()


def day(value: object) -> date:
    if not isinstance(value, str):
        raise Refused("no_day")
    return date.fromisoformat(value)


class Inner(Table):
    said: Annotated[str, shout]


class Outer(Table):
    name: str
    size: int = key(3, least=1, most=9)
    kind: Literal["big", "small"] = "big"
    price: Annotated[tuple[object, str], InCurrency(lambda value, currency: (value, currency))] | None = None
    on: Annotated[date, day] | None = None
    words: Annotated[list[Annotated[str, shout]], sorted] = key([], longest=3)
    inner: list[Inner] = key([], fewest=1)


GOOD: dict[str, Any] = {"name": "x", "inner": [{"said": "a"}]}


def read(**changed: Any) -> tuple[Outer | None, list[Wrong]]:
    return read_table(Outer, {**GOOD, **changed}, "MXN")


def test_what_is_written_is_read_and_what_is_not_is_what_it_is_by_default() -> None:
    made, wrong = read(price=5, on="2025-03-01", words=["b", "a"])
    assert wrong == []
    assert made is not None
    assert (made.name, made.size, made.kind, made.price) == ("x", 3, "big", (5, "MXN"))
    assert (made.on, made.words, [one.said for one in made.inner]) == (date(2025, 3, 1), ["A", "B"], ["A"])


def test_a_list_that_is_not_written_is_nobody_elses() -> None:
    one, other = read()[0], read()[0]
    assert one is not None
    assert other is not None
    one.words.append("mine")
    assert other.words == []
    assert keys_of(Outer)["words"].default == []


@pytest.mark.parametrize(
    ("changed", "place", "kind", "context"),
    [
        ({"name": 5}, ("name",), "text_type", {}), ({"name": "\ud800"}, ("name",), "text_unicode", {}),
        ({"size": "3"}, ("size",), "integer_type", {}), ({"size": True}, ("size",), "integer_type", {}),
        ({"size": 2.0}, ("size",), "integer_type", {}), ({"size": 0}, ("size",), "too_small", {"limit": 1}),
        ({"size": 10}, ("size",), "too_large", {"limit": 9}),
        ({"kind": "huge"}, ("kind",), "choice_unknown", {"known": ("big", "small")}),
        ({"kind": ["big"]}, ("kind",), "choice_unknown", {"known": ("big", "small")}),
        ({"on": 5}, ("on",), "no_day", {}), ({"words": "a"}, ("words",), "list_type", {}),
        ({"words": ["a", ""]}, ("words", 1), "silent", {"place": "here"}),
        ({"words": ["a", 1]}, ("words", 1), "text_type", {}),
        ({"words": ["a", "", "c", 4]}, ("words",), "too_long", {"n": 4, "limit": 3}),
        ({"inner": []}, ("inner",), "too_short", {}), ({"inner": [5]}, ("inner", 0), "table_type", {}),
        ({"inner": [{}]}, ("inner", 0, "said"), "missing", {}),
        ({"inner": [{"said": "a", "sad": 1}]}, ("inner", 0, "sad"), "key_unknown", {}),
        ({"nmae": "x"}, ("nmae",), "key_unknown", {}),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(
    changed: dict[str, Any], place: tuple[Any, ...], kind: str, context: dict[str, Any]
) -> None:
    assert read(**changed) == (None, [Wrong(place, kind, context)])


def test_every_fault_is_told_at_once() -> None:
    made, wrong = read_table(Outer, {"size": 0, "words": ["", 1], "inner": [{"said": ""}, {}], "x": 1}, "MXN")
    assert made is None
    assert {(one.place, one.kind) for one in wrong} == {
        (("name",), "missing"), (("size",), "too_small"), (("words", 0), "silent"), (("words", 1), "text_type"),
        (("inner", 0, "said"), "silent"), (("inner", 1, "said"), "missing"), (("x",), "key_unknown"),
    }  # fmt: skip


def test_what_is_no_table_is_one_fault() -> None:
    assert read_table(Outer, [], "MXN") == (None, [Wrong((), "table_type", {})])
    assert read_table(Outer, {"name": "x"}, "MXN") == (None, [Wrong(("inner",), "too_short", {})])
