"""Two windows of one station: both work, the second one says so, and nothing is lost, doubled or overwritten (E4)."""

from __future__ import annotations

import signal
from pathlib import Path

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.window import Window, window_open
from tests import desk
from tests.faults.bridged import until
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA, signed_in

SAID = "Otra ventana de esta mesa está abierta"


def test_e4_the_second_window_says_so_until_it_is_the_only_one(home: Path) -> None:
    database = home / "mesa.db"
    assert not window_open(database)
    with signed_in(home) as first:
        until(lambda: window_open(database))
        with Terminal(MESA, env={"MESA_HOME": str(home)}) as second:
            second.wait_for("Número y PIN ►")
            second.wait_for("Otra ventana de esta mesa")
            second.send(f"2 {desk.BRUNO}\r")
            second.wait_for("Cliente ►")
            second.wait_for(SAID)
            assert not first.ever_showed("Otra ventana")
            first.signal(signal.SIGKILL)
            first.wait_exit()
            second.wait_gone(SAID)
            assert window_open(database)
            second.send("<f3>")
            second.wait_for("Número y PIN ►")
            second.send("<f3>")
            assert second.wait_exit() == 0
    assert not window_open(database)


def test_e4_one_person_types_in_two_windows_at_once_and_nothing_is_lost_or_doubled(home: Path) -> None:
    names = ["Marta Ruiz", "Iván Soto", "Rosa Núñez", "Óscar Gil"]
    with signed_in(home) as one, signed_in(home) as other:
        for mine, theirs in zip(names[::2], names[1::2], strict=True):
            one.send(f"{mine}\r")
            other.send(f"{theirs}\r")
            for window, name in ((one, mine), (other, theirs)):
                window.wait_for("Disculpa ►")
                assert name in window.text
                window.send("\r3\r")
            for window, name in ((one, mine), (other, theirs)):
                window.wait_for("Nota ►")
                window.send(f"de {name}\r")
            for window in (one, other):
                window.wait_for("Solución ►")
                window.send("<f3>")
                window.wait_for("Cliente ►")
    opened = desk.facts(home / "mesa.db", f.CaseOpened)
    assert len(opened) == len(names)
    assert sorted(notes(home, *(f"CEN-100{n}" for n in (1, 2, 3, 4)))) == sorted(f"de {name}" for name in names)
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound


def test_e4_a_line_that_is_half_typed_in_both_stays_on_each_screen_and_the_later_one_is_kept(home: Path) -> None:
    with signed_in(home) as one:
        one.send("Marta Ruiz\r\r3\r")
        one.wait_for("Nota ►")
        one.send("faltó la lám")
        one.wait_for("Nota ► faltó la lám")
        until(lambda: kept(home) == "faltó la lám")
        with signed_in(home) as other:
            other.wait_for("Marta Ruiz")
            other.send("1\r")
            other.wait_for("Nota ► faltó la lám")
            other.send("para y el cable")
            other.wait_for("Nota ► faltó la lámpara y el cable")
            until(lambda: kept(home) == "faltó la lámpara y el cable")
            assert "Nota ► faltó la lám" in one.text
            assert "cable" not in one.text
            one.send("para\r")
            one.wait_for("Solución ►")
            assert "Nota ► faltó la lámpara y el cable" in other.text
            other.send("\r")
            other.wait_for("Solución ►")
    assert notes(home, "CEN-1001") == ["faltó la lámpara", "faltó la lámpara y el cable"]


def notes(home: Path, *cases: str) -> list[str]:
    """What was noted in some cases."""
    with desk.opened(home / "mesa.db") as store, store.reading() as tx:
        files = [tx.case_file(case) for case in cases]
    return [note for file in files if file is not None for note in file.notes]


def kept(home: Path) -> str:
    """The line of the case that is on the disk."""
    with desk.opened(home / "mesa.db") as store, store.reading() as tx:
        ana = tx.person_by_number(1)
        return next((draft.line for draft in tx.drafts(ana.id) if draft.slot), "") if ana else ""


def test_e4_the_first_window_is_the_one_that_was_opened_first_whoever_asks_first(tmp_path: Path) -> None:
    one, two = (Window(tmp_path / "mesa.db") for _ in range(2))
    one.open()
    two.open()
    assert not two.comes_first()
    assert one.comes_first()
    two.close()
    one.close()


def test_e4_the_next_window_is_the_first_once_the_first_is_gone(tmp_path: Path) -> None:
    one, two, three = (Window(tmp_path / "mesa.db") for _ in range(3))
    for window in (one, two, three):
        window.open()
    assert [window.comes_first() for window in (one, two, three)] == [True, False, False]
    one.close()
    assert [window.comes_first() for window in (three, two)] == [True, False]
    assert window_open(tmp_path / "mesa.db")
    three.close()
    assert two.comes_first()
    two.close()
    assert not window_open(tmp_path / "mesa.db")


def test_e4_a_window_that_was_closed_is_none_again_whoever_still_asks_it(tmp_path: Path) -> None:
    window = Window(tmp_path / "mesa.db")
    window.open()
    window.close()
    window.comes_first()
    assert not window_open(tmp_path / "mesa.db")


def test_e4_where_no_lock_can_be_made_every_window_is_the_first(tmp_path: Path) -> None:
    window = Window(tmp_path / "nowhere" / "mesa.db")
    window.open()
    assert window.comes_first()
    assert not window_open(tmp_path / "nowhere" / "mesa.db")
    window.close()
