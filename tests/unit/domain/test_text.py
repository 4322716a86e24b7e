"""E5: what customers and agents type is text: never an escape, a control character or a trick of direction."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesa_recuperacion.domain.text import (
    call_name,
    clean,
    digits_of,
    display_phone,
    fold,
    is_phone,
    proper_name,
    words_of,
)

BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
PIECES = st.sampled_from([
    *("\x1b[31m", "\x1b]0;t\x07", "\x1b]8;;x\x1b\\", "\x1b", "\x9b1m", "\x90q\x9c", "\x00", "\x7f", "\ud800", "\u2028"),
    *("\u200b", "\u200d", "\u202e", "\ufeff", "\u3164", "\U000e0041", "\u00a0", " ", "\t", "\n", "\r\n"),
    *("e\u0301", "ñ", "n\u0303", "\u0301", "\u0344", "\u1100\u1161", "👩\u200d🔧", "[red]", "{name}", "a", "Z", "9"),
])  # fmt: skip
typed = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join))


@given(typed, st.integers(1, 60))
@example("a \u200b b", 60)
@example("a\u200b\u0301", 60)
@example("\x1b\x1b[31mx", 60)
def test_e5_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    once = clean(text, limit)
    assert clean(once, limit) == once


@given(typed, st.integers(1, 60))
def test_e5_clean_text_is_one_short_line_without_anything_unseen(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    for character in cleaned:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}, repr(character)
        assert ord(character) not in BIDI


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\x1b[31mMarta\x1b[0m", "Marta"), ("Marta\x1b]0;pwned\x07 Ruiz", "Marta Ruiz"), ("\x9b2JMarta", "Marta"),
        ("Marta\nRuiz\t Soto", "Marta Ruiz Soto"), ("Marta\u202eziuR", "MartaziuR"), ("\u200bMarta\ufeff", "Marta"),
        ("jose\u0301", "josé"), ("  Marta  ", "Marta"), ("\x1bP1$r\x1b\\Marta", "Marta"), ("\x1b(BMarta", "Marta"),
    ],
)  # fmt: skip
def test_e5_escapes_and_controls_disappear_and_the_name_stays(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    "text", ["{name}", "[red]Marta[/]", "100 %", "=1+1", "<b>Ana</b>", "%s", "👩\u200d🔧 Ana", "O'Neil"]
)
def test_e5_markup_and_places_are_only_text(text: str) -> None:
    assert clean(text) == text


def test_e5_ten_thousand_characters_are_cut() -> None:
    assert clean("ñ" * 10_000) == "ñ" * 400


@given(typed)
def test_e5_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_e5_a_name_is_compared_without_accents_and_case() -> None:
    assert fold("Óscar NÚÑEZ") == "oscar nunez"
    assert words_of("María-José  O'Neil, 3.º") == ("maria", "jose", "o", "neil", "3", "o")


@pytest.mark.parametrize("text", ["5512340078", "55 1234-0078", "(55) 1234/0078", "+52 55 1234 0078", "55"])
def test_e5_a_telephone_is_figures_and_their_separators(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize("text", ["", "-", "marta", "55a", "5" * 25, "+", "55+1", "５５１２", "1;2"])
def test_e5_what_is_no_telephone(text: str) -> None:
    assert not is_phone(text)


def test_e5_ten_figures_are_spaced_as_they_are_said() -> None:
    assert display_phone("5512340078") == display_phone("55-1234-0078") == "55 1234 0078"
    assert display_phone("+52 5512340078") == "+52 5512340078"
    assert display_phone("12345") == "12345"
    assert digits_of("55 1234-0078") == "5512340078"


def test_a1_a_customer_is_called_by_the_first_word_of_the_name() -> None:
    assert call_name("Marta Ruiz Soto") == "Marta"
    assert call_name("  ") == "  "


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("marta ruiz soto", "Marta Ruiz Soto"),
        ("óscar de la peña", "Óscar de la Peña"),
        ("de la o pérez", "De la O Pérez"),
        ("MARTA", "MARTA"),
        ("bell hooks Jr", "bell hooks Jr"),
        ("", ""),
    ],
)
def test_a1_a_name_typed_in_a_hurry_gets_its_capitals(typed: str, written: str) -> None:
    assert proper_name(typed) == written
