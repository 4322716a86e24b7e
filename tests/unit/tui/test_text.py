"""What reaches the screen is plain, fits its columns, and says when it was cut (rule E5)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.tui.glyphs import ASCII, BARE, WGL4, choose_glyphs
from mesa_recuperacion.tui.text import balanced, cell_len, cut, plain, take, wrap

ANY = st.text(st.characters(), max_size=60)
SETS = pytest.mark.parametrize("glyphs", [WGL4, ASCII, BARE], ids=lambda one: one.name)


@SETS
@given(text=ANY)
def test_e5_nothing_unseen_reaches_the_terminal(glyphs, text):  # type: ignore[no-untyped-def]
    shown = plain(text, glyphs)
    assert {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()
    assert plain(shown, glyphs) == shown


@pytest.mark.parametrize(
    "text", ["\x1b]0;title\x07Ana", "\x9b31mAna", "Ana\u202e\u2066", "A\x00n\x08a\x7f", "\ufeffAna"]
)
def test_e5_an_escape_or_a_bidi_override_is_gone(text: str) -> None:
    assert not set(plain(text, WGL4)) & set("\x1b\x07\x9b\x00\x08\x7f\u202e\u2066\ufeff")


@pytest.mark.parametrize("text", ["[b]Ana[/b]", "[/x]", "Factura [A-12]", "[@click=app.quit]x[/]", "{name} 100 %"])
def test_e5_markup_is_text(text: str) -> None:
    assert plain(text, WGL4) == text


@given(text=ANY, width=st.integers(0, 40))
def test_a_cut_text_fits_and_says_so(text: str, width: int) -> None:
    shown = plain(text, WGL4)
    kept = cut(shown, width, WGL4)
    assert cell_len(kept) <= width
    assert kept == shown or (kept.endswith("…") or width == 0)


@given(text=ANY, width=st.integers(0, 40))
def test_what_fits_and_the_rest_are_the_text(text: str, width: int) -> None:
    shown = plain(text, WGL4)
    head, rest = take(shown, width)
    assert head + rest == shown
    assert cell_len(head) <= width


@given(text=ANY, width=st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    shown = plain(text, WGL4)
    for lines in (wrap(shown, width), balanced(shown, width)):
        assert all(cell_len(one) <= width for one in lines)
        assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(text=ANY, width=st.integers(2, 40))
def test_balanced_takes_no_more_lines(text: str, width: int) -> None:
    shown = plain(text, WGL4)
    assert len(balanced(shown, width)) <= len(wrap(shown, width))


def test_a_phrase_is_broken_into_lines_of_equal_length() -> None:
    said = "«Le llega mañana jueves, antes de las 10 de la mañana.»"
    assert balanced(said, 52) == ["«Le llega mañana jueves, antes", "de las 10 de la mañana.»"]


def test_spaces_inside_a_line_are_kept() -> None:
    assert wrap("Se escribe corto:  2h  hoy 18", 40) == ["Se escribe corto:  2h  hoy 18"]


@pytest.mark.parametrize("face", ["👩\u200d👧", "❤\ufe0f", "👍\U0001f3fd"])
def test_a_joined_face_has_the_width_of_its_parts(face: str) -> None:
    shown = plain(face, WGL4)
    assert cell_len(shown) == sum(cell_len(c) for c in shown)


def test_f6_signs_have_a_twin_that_every_terminal_has() -> None:
    assert plain("↑ ↓ ← →", ASCII) == plain("↑ ↓ ← →", BARE) == "^ v <- ->"
    assert plain("► ▲ 3.ª queja · «Óscar» … ■ ● √ ♦", ASCII) == '> ! 3.ª queja - "Óscar" ... # o + *'
    assert plain("▲ 3.ª queja: ¿«Núñez» Łódź 日本?", BARE).isascii()
    assert plain("Núñez", BARE) == "Nunez"


@pytest.mark.parametrize(
    ("setting", "encoding", "term", "name"),
    [
        ("auto", "utf-8", "xterm-256color", "wgl4"),
        ("auto", "utf-8", "linux", "ascii"),
        ("auto", "iso-8859-1", "xterm", "ascii"),
        ("auto", "ascii", "xterm", "bare"),
        ("auto", "no-such-encoding", "xterm", "bare"),
        ("ascii", "utf-8", "xterm", "ascii"),
        ("wgl4", "utf-8", "linux", "wgl4"),
        ("wgl4", "ascii", "xterm", "bare"),
    ],
)
def test_f6_the_signs_are_those_that_the_terminal_can_show(setting: str, encoding: str, term: str, name: str) -> None:
    assert choose_glyphs(setting, encoding, term).name == name
