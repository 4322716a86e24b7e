"""The desk and its backups: looked at behind what is asked, told to a supervisor, in nobody's way (rule E6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain.backups import name_of, read_name
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store.backup import prove
from mesa_recuperacion.wiring.backups import Backups
from mesa_recuperacion.wiring.keeper import Keeper
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, CARLA, Desk, branch, hasher
from tests.unit.wiring.test_keeper import HOUR, Program

DAY = 24 * HOUR


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def desk(tmp_path: Path, program: Program) -> Iterator[Desk]:
    """A desk whose port has a keeper; what would be started is only noted."""
    desk = Desk(branch(tmp_path))
    keeper = Keeper(Backups(desk.path, tmp_path / "backups", 30, desk.clock), program)
    desk.port.close()
    desk.port = Port(desk.path, words("en"), clock=desk.clock, hasher=hasher, keeper=keeper)
    yield desk
    desk.close()


def test_e6_a_shift_that_ends_is_backed_up_and_a_glance_at_the_door_is_not(desk: Desk, program: Program) -> None:
    assert program.commands == [], "nobody came in"
    desk.sign_in()
    desk.press("f3")
    assert [command[-1] for command in program.commands] == ["6"]
    desk.close()
    assert len(program.commands) == 1, "who has left does not leave again"


def test_e6_a_desk_that_is_closed_ends_the_shift_too(desk: Desk, program: Program) -> None:
    desk.sign_in()
    desk.close()
    assert [command[-1] for command in program.commands] == ["6"]


def test_e6_in_a_long_shift_one_is_made_of_each_day(desk: Desk, program: Program) -> None:
    desk.sign_in()
    desk.open_case().press("f3")
    assert program.commands == [], "the first minutes are the customer's"
    desk.wait(HOUR)
    desk.open_case("Luis Vega").press("f3")
    assert [command[-1] for command in program.commands].count("24") == 1


def test_e6_a_supervisor_is_told_since_when_there_is_none_and_an_agent_is_not(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / name_of("CEN-1", desk.now)).touch()
    desk.wait(9 * DAY).say(f"1 {ANA}")
    assert "backup" not in desk.screen()
    assert "backup" not in desk.said
    desk.press("f3").say(f"3 {CARLA}")
    assert desk.stage == "review"
    assert desk.said == "The last backup is of Wed Mar 11. mesa doctor says why there is none since."
    desk.press("f3")
    (tmp_path / "backups" / name_of("CEN-1", desk.now)).touch()
    desk.say(f"3 {CARLA}")
    assert "backup" not in desk.said


def test_e6_a_supervisor_is_told_that_there_has_never_been_one(desk: Desk) -> None:
    desk.say(f"3 {CARLA}")
    assert "backup" not in desk.said, "not on the branch's first day"
    desk.press("f3")
    desk.wait(3 * DAY).say(f"3 {CARLA}")
    assert desk.said == "There is no backup yet: mesa doctor says why."


def test_e6_the_program_that_is_started_makes_a_sound_backup(tmp_path: Path, mesa_home: Path) -> None:
    """Nothing is put in its place here: the desk is left, and its own program makes the backup meanwhile."""
    desk = Desk(branch(mesa_home.parent / "made"))
    desk.port.close()
    mesa_home.mkdir(mode=0o700)
    desk.path = desk.path.rename(mesa_home / "mesa.db")
    started = []

    def start(command: object) -> object:
        from mesa_recuperacion.wiring.keeper import _detached

        started.append(_detached(command))  # type: ignore[arg-type]
        return started[-1]

    keeper = Keeper(Backups(desk.path, mesa_home / "backups", 30, desk.clock), start)  # type: ignore[arg-type]
    desk.port = Port(desk.path, words("en"), clock=desk.clock, hasher=hasher, keeper=keeper)
    desk.sign_in()
    desk.close()
    assert [child.wait(timeout=120) for child in started] == [0]
    [made] = [path for path in (mesa_home / "backups").iterdir() if read_name(path.name)]
    assert prove(made).sound
