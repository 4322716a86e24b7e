"""The canonical text of a value: one for each value, and no two values with the same (rule E1)."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.journal.canonical import canonical, parse

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
integers = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def same(a: object, b: object) -> bool:
    """Equality that tells True from 1, as JSON does."""
    return repr_of(a) == repr_of(b)


def repr_of(value: object) -> object:
    if isinstance(value, list):
        return ("list", [repr_of(item) for item in value])
    if isinstance(value, dict):
        return ("dict", {key: repr_of(item) for key, item in value.items()})
    return (type(value).__name__, value)


@given(values)
def test_e1_a_canonical_text_reads_back_as_its_value(value: object) -> None:
    assert same(parse(canonical(value)), value)


@given(values, values)
def test_e1_two_values_never_have_the_same_text(a: object, b: object) -> None:
    assert (canonical(a) == canonical(b)) == same(a, b)


@given(st.dictionaries(texts, integers, min_size=2, max_size=6), st.randoms())
def test_e1_the_order_of_keys_does_not_matter(members: dict[str, int], random: object) -> None:
    shuffled = list(members.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(members)
    assert list(json.loads(canonical(members))) == sorted(members)


def test_e1_the_text_is_utf8_without_blanks_or_needless_escapes() -> None:
    assert canonical({"b": [1, True, None], "a": 'Ñandú "x"\n\x01/\x7f'}) == (
        '{"a":"Ñandú \\"x\\"\\n\\u0001/\x7f","b":[1,true,null]}'
    )


@pytest.mark.parametrize("value", [1.0, float("nan"), [0.5], {"a": 1e3}, b"x", (1,), {1: "a"}, object()])
def test_b7_nothing_with_a_fraction_and_nothing_foreign_is_written(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", ["e\u0301", "\ud800", 2**63, -(2**63) - 1, {"n\u0303": 1}, ["\udfff"]])
def test_e1_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}', '{"b":1,"a":2}', '{"a":1,"a":2}', '{"a":1}\n', " 1", "01", "1.0", "1e3", "-0", "NaN", "Infinity",
        '"\\u00f1"', '"\\/"', '"e\u0301"', "[1,]", "", "{", "9223372036854775808", "9" * 5000, "[" * 100_000,
        '"\\ud800"',
    ],
)  # fmt: skip
def test_e1_any_other_writing_of_a_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)
