"""Killed at any keystroke, ended by a signal, or cut off: the same step and the same half-typed line (rules C1, E4)."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.programs import signed_in


def drafted(home: Path, text: str) -> bool:
    """Whether that line is on the disk."""
    with desk.opened(home / "mesa.db") as store, store.reading() as tx:
        ana = tx.person_by_number(1)
        return ana is not None and any(draft.line == text for draft in tx.drafts(ana.id))


def test_e4_killed_in_a_note_it_comes_back_at_the_same_step_with_the_same_line(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.send("Faltó la lámp")
        terminal.wait_for(lambda: drafted(home, "Faltó la lámp"))
        terminal.kill()
        terminal.wait_exit()
    with signed_in(home) as terminal:
        terminal.wait_for("Quedó a medias")
        terminal.wait_for("Marta Ruiz")
        terminal.send("1\r")
        terminal.wait_for("Nota ► Faltó la lámp")
        assert "Producto faltante" in terminal.text
        terminal.send("ara\r")
        terminal.wait_for("Solución ►")
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound
        with store.reading() as tx:
            file = tx.case_file("CEN-1001")
    assert file is not None
    assert file.notes == ("Faltó la lámpara",)


def test_e4_c1_killed_in_a_name_the_name_waits_and_its_clock_went_on(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ru")
        terminal.wait_for("Nuevo caso")
        terminal.wait_for(lambda: drafted(home, "Marta Ru"))
        terminal.kill()
        terminal.wait_exit()
    with signed_in(home) as terminal:
        terminal.wait_for("«Marta Ru»")
        terminal.send("1\r")
        terminal.wait_for("Cliente ► Marta Ru")
        terminal.wait_gone("quedan 1:00")
        terminal.send("iz\r")
        terminal.wait_for("Disculpa ►")
        assert "Marta Ruiz" in terminal.text


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_e4_told_to_end_it_saves_the_line_and_gives_the_terminal_back(
    home: Path, sent: signal.Signals, status: int
) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.send("a medi")
        terminal.wait_for("Nota ► a medi")
        terminal.signal(sent)
        assert terminal.wait_exit() == status
        assert terminal.tty_faults() == []
    assert drafted(home, "a medi")


def test_b5_e4_killed_between_the_gesture_and_the_closing_the_money_is_reserved_once(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r\r\r2\r")
        terminal.wait_for("Para cuándo ►")
        terminal.wait_for("$420")
        terminal.kill()
        terminal.wait_exit()
    with signed_in(home) as terminal:
        terminal.wait_for("$420")
        terminal.send("1\r")
        terminal.wait_for("Para cuándo ►")
        terminal.send("\r\rs")
        terminal.wait_for("¿Conforme? ► s")
        terminal.send("\r")
        terminal.wait_for("CEN-1001")
        terminal.wait_for("$420")


def test_below_80x24_one_sentence_asks_for_room_and_the_line_is_kept(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.send("media not")
        terminal.wait_for("Nota ► media not")
        terminal.resize(40, 10)
        terminal.wait_for("40 x 10")
        terminal.send("a")
        terminal.resize(80, 24)
        terminal.wait_for("Nota ► media nota")
