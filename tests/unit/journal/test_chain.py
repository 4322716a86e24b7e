"""What is hashed is every column and the previous hash, without ambiguity (rule E1)."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.journal.canonical import canonical
from mesa_recuperacion.journal.chain import KEYED, ChainKey, Ring, hash_of, hashed_bytes, seal_matches
from mesa_recuperacion.journal.record import GENESIS, Record

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
numbers = st.integers(0, 2**63 - 1)
records = st.builds(
    Record,
    stream=texts, seq=numbers, at_ms=numbers, kind=texts, version=numbers, actor=texts, policy=numbers, command=texts,
    case=texts, body=texts, prev=st.binary(min_size=32, max_size=32), hash=st.just(b""),
)  # fmt: skip
LINE = Record("CEN-1", 7, 1_740_852_000_000, "step.said", 1, "p1", 1, "c", "CEN-1001", "{}", GENESIS, b"")


@given(records, records)
def test_e1_two_lines_never_hash_the_same_bytes(a: Record, b: Record) -> None:
    assert (hashed_bytes(a) == hashed_bytes(b)) == (a == b)


@given(records)
def test_e1_what_is_hashed_is_the_canonical_text_of_the_columns(line: Record) -> None:
    assert hashed_bytes(line) == b"mesa1\0" + canonical([*line[:10], line.prev.hex()]).encode()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stream", "CEN-2"), ("seq", 8), ("at_ms", 1_740_852_000_001), ("kind", "step.undone"), ("version", 2),
        ("actor", "p2"), ("policy", 2), ("command", "d"), ("case", ""), ("body", '{"a":1}'), ("prev", b"\1" * 32),
    ],
)  # fmt: skip
def test_e1_every_column_counts(column: str, value: Any) -> None:
    assert hash_of(LINE._replace(**{column: value})) != hash_of(LINE)


def test_e1_a_text_cannot_move_from_one_column_to_the_next() -> None:
    assert hash_of(LINE._replace(actor="p", command='1",1,"c')) != hash_of(LINE._replace(actor='p","1', command="c"))


def test_e1_another_way_of_hashing_has_another_tag() -> None:
    assert hashed_bytes(LINE).startswith(b"mesa1\0[")
    assert hashed_bytes(LINE, KEYED).startswith(b"mesa2\0[")
    assert len({hash_of(LINE), hash_of(LINE, b"one key"), hash_of(LINE, b"another")}) == 3


KEY = ChainKey("k-1", b"s" * 32, LINE.stream, LINE.seq)


def test_e1_a_line_that_a_key_ties_holds_with_that_key_alone() -> None:
    tied = LINE._replace(hash=hash_of(LINE, KEY.secret))
    assert Ring([KEY]).holds(tied, "k-1") is True
    assert Ring([replace(KEY, secret=b"o" * 32)]).holds(tied, "k-1") is False
    assert Ring([replace(KEY, stream="NTE-1")]).holds(tied, "k-1") is None
    assert Ring().holds(tied, "k-1") is None
    assert Ring().holds(tied, "") is False


def test_e1_after_its_key_no_line_holds_without_one() -> None:
    plain = LINE._replace(hash=hash_of(LINE))
    assert Ring().holds(plain, "") is True
    assert Ring([replace(KEY, since=LINE.seq + 1)]).holds(plain, "") is True
    assert Ring([KEY]).holds(plain, "") is False
    assert Ring([KEY]).holds(plain, "k-1") is False


def test_e1_lines_of_a_key_that_was_lost_are_not_judged_and_later_ones_are() -> None:
    lost, found = LINE._replace(hash=hash_of(LINE, b"lost")), replace(KEY, name="k-2", since=LINE.seq + 1)
    assert Ring([found]).holds(lost, "k-1") is None
    assert Ring([found]).holds(lost._replace(seq=LINE.seq + 1), "k-2") is False


def test_e1_a_secret_is_in_no_picture_of_a_key() -> None:
    assert "ssss" not in repr(KEY)


def test_e3_a_text_that_cannot_have_been_sealed_never_matches() -> None:
    assert not seal_matches("00" * 32, "\ud800", b"salt")
    assert not seal_matches("ñ", "x", b"salt")
