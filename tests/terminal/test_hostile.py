"""Text is text: what a customer, a paste or an e-mail brings is never markup, a link, an action or an escape (E5)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from tests import desk
from tests.terminal.programs import signed_in

TITLE = re.compile(rb"\x1b\][0-9]*;(?!default|rgb)[^\x07\x1b]*x")
"""An operating system command with somebody's text in it (Textual's own ask for colours)."""


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("[bold]x[/] \x1b]0;x\x07Fin", "[bold]x[/] Fin"),
        ("[@click=app.quit]Ana[/]", "[@click=app.quit]Ana[/]"),
        ("[/x] {name} $name %s", "[/x] {name} $name %s"),
        ("\x9d0;x\x9c\u202eAna\u200b López", "Ana López"),
        ("=HYPERLINK(1) \x1b[31mrojo\x1b[0m", "=HYPERLINK(1) rojo"),
        ("👩‍👧 Núñez ñandú", "Núñez ñandú"),
    ],
)
def test_e5_a_hostile_name_is_a_name_in_the_whole_call(home: Path, pasted: str, shown: str) -> None:
    with signed_in(home) as terminal:
        terminal.paste(pasted)
        terminal.wait_for(shown)
        terminal.send("\r")
        terminal.wait_for("Disculpa ►")
        assert shown in terminal.text
        terminal.send("\r3\r")
        terminal.wait_for("Nota ►")
        terminal.paste(pasted)
        terminal.wait_for(shown)
        terminal.send("\r\r0\r")
        terminal.wait_for("Por qué nada ►")
        terminal.paste(pasted)
        terminal.wait_for(shown)
        terminal.send("\r\r\r")
        terminal.wait_for("¿Conforme? ►")
        terminal.send("s")
        terminal.wait_for("¿Conforme? ► s")
        terminal.send("\r")
        terminal.wait_for("CEN-1001")
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        assert TITLE.search(terminal.raw) is None
        assert b"\x1b[31m" not in terminal.raw
    (card,) = desk.facts(home / "mesa.db", f.CustomerRegistered)
    assert isinstance(card, f.CustomerRegistered)
    assert shown in card.name
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", card.name)


def test_a_pasted_e_mail_and_ten_thousand_characters_press_no_enter(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.paste("Estimados señores:\nme llamo Marta\n\ny esto es 3\n" + "muy largo " * 1000)
        terminal.wait_for("Cliente nuevo: «Estimados señores: me llamo Ma»")
        assert "Nuevo caso" in terminal.text
        terminal.send("\r")
        terminal.wait_for("Disculpa ►")
    (card,) = desk.facts(home / "mesa.db", f.CustomerRegistered)
    assert isinstance(card, f.CustomerRegistered)
    assert len(card.name) <= 80


def test_latin_1_bytes_on_the_keyboard_are_survived(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send(b"Mu\xf1oz Pe\xf1a")
        terminal.wait_for("Nuevo caso")
        terminal.send(b"\xff\xfe\r")
        terminal.wait_for("Disculpa ►")
