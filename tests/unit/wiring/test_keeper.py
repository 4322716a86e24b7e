"""Backups by themselves: one of each day and each shift, by a program that nobody waits for (rule E6)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.domain.backups import Stale, name_of
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.wiring.backups import Backups
from mesa_recuperacion.wiring.keeper import Keeper

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
HOUR = 3600


class Program:
    """What was started, instead of starting it; ``code`` is how it ended, ``None`` while it runs."""

    def __init__(self) -> None:
        self.commands: list[Sequence[str]] = []
        self.code: int | None = 0

    def __call__(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        self.commands.append(command)
        return self  # type: ignore[return-value]

    def poll(self) -> int | None:
        return self.code


class House:
    """A keeper, its clock, its folder, and what it starts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.program = folder, FixedClock(NOW), Program()
        self.keeper = Keeper(Backups(folder / "mesa.db", folder, 30, self.clock), self.program)

    def has(self, hours: float) -> None:
        """There is a backup that old."""
        (self.folder / name_of("CEN-1", self.clock.at - timedelta(hours=hours))).touch()

    def begun(self) -> list[str]:
        """The hours of each that was started."""
        return [command[-1] for command in self.program.commands]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_e6_the_program_is_our_own_and_asks_again_whether_one_is_due(house: House) -> None:
    house.keeper.entered("CEN-1")
    house.clock.advance(HOUR)
    house.keeper.look()
    assert house.program.commands == [
        (sys.executable, "-P", "-m", "mesa_recuperacion", "backup", "--if-older", "24"),
    ]


def test_e6_the_first_call_of_the_day_is_left_alone_and_then_one_is_made(house: House) -> None:
    house.has(25)
    house.keeper.look()  # nobody is in
    house.keeper.entered("CEN-1")
    house.keeper.look()
    house.clock.advance(299)
    house.keeper.look()
    assert house.begun() == []
    house.clock.advance(1)
    house.keeper.look()
    assert house.begun() == ["24"]


def test_e6_it_is_looked_once_an_hour_whatever_is_asked(house: House) -> None:
    house.keeper.entered("CEN-1")
    for _ in range(600):
        house.clock.advance(60)
        house.keeper.look()
    assert len(house.begun()) == 10, "as long as none is there, each hour anew"


def test_e6_one_that_is_under_way_is_waited_for(house: House) -> None:
    house.keeper.entered("CEN-1")
    house.program.code = None
    for _ in range(3):
        house.clock.advance(2 * HOUR)
        house.keeper.look()
    assert house.begun() == ["24"]
    house.program.code = 1
    house.clock.advance(2 * HOUR)
    house.keeper.look()
    assert house.begun() == ["24", "24"], "and one that failed is tried again"


def test_e6_with_one_of_today_nothing_is_begun(house: House) -> None:
    house.has(3)
    house.keeper.entered("CEN-1")
    house.clock.advance(HOUR)
    house.keeper.look()
    house.keeper.left()
    assert house.begun() == []


def test_e6_who_leaves_after_a_shift_leaves_a_backup_of_it_once(house: House) -> None:
    house.has(3)
    house.keeper.entered("CEN-1")
    house.clock.advance(3 * HOUR)
    house.keeper.left()
    house.keeper.left()
    assert house.begun() == ["6"]


def test_e6_backups_of_another_station_are_none_of_this(house: House) -> None:
    (house.folder / name_of("CEN-2", NOW)).touch()
    house.keeper.entered("CEN-1")
    house.keeper.left()
    assert house.begun() == ["6"]


def test_c2_a_clock_that_is_put_back_does_not_put_the_next_look_off(house: House) -> None:
    house.keeper.entered("CEN-1")
    house.clock.jump(-365 * 24 * HOUR)
    house.keeper.look()
    assert house.begun() == ["24"]


def test_e6_a_program_that_cannot_be_started_stops_nobody(tmp_path: Path) -> None:
    def nothing(command: Sequence[str]) -> subprocess.Popen[bytes]:
        raise OSError(11, "no more processes")

    keeper = Keeper(Backups(tmp_path / "mesa.db", tmp_path / "none", 30, FixedClock(NOW)), nothing)
    keeper.entered("CEN-1")
    keeper.left()


def test_e6_a_folder_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = Program()
    keeper = Keeper(Backups(tmp_path / "mesa.db", tmp_path / "file", 30, FixedClock(NOW)), program)
    keeper.entered("CEN-1")
    assert keeper.stale(LONG_AGO) == Stale(None)
    keeper.left()
    assert len(program.commands) == 1


def test_e6_supervision_is_told_when_there_is_none_of_two_days(house: House) -> None:
    house.keeper.entered("CEN-1")
    assert house.keeper.stale(LONG_AGO) == Stale(None)
    assert house.keeper.stale(NOW - timedelta(days=1)) is None, "a branch of yesterday has had no time for one"
    house.has(49)
    assert house.keeper.stale(LONG_AGO) == Stale(NOW - timedelta(hours=49))
    house.has(47)
    assert house.keeper.stale(LONG_AGO) is None
