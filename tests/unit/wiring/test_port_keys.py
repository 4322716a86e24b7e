"""E2: the desk without its keys says so, counts nothing, and goes on as soon as they are back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.wiring.keys import read_keys
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, CARLA, branch, facts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A branch whose PINs were kept before there were any keys."""
    return branch(tmp_path / "data")


@pytest.fixture
def port(path: Path, tmp_path: Path) -> Iterator[Port]:
    made = Port(path, words("en"), keys=tmp_path / "settings" / "keys.json")
    yield made
    made.close()


def entered(port: Port, number: int = 1, pin: str = ANA) -> d.Outcome:
    return port.carry_out(a.Enter(number, pin))


@pytest.fixture
def keys(port: Port, tmp_path: Path) -> Path:
    """The keys that the desk made for itself, once somebody has come in."""
    assert isinstance(entered(port), d.Entered)
    return tmp_path / "settings" / "keys.json"


def test_e2_a_branch_of_before_gets_keys_of_its_own_with_the_first_who_comes_in(keys: Path, path: Path) -> None:
    assert read_keys(keys) is not None
    assert keys.stat().st_mode & 0o777 == 0o600
    assert not (path.parent / "keys.json").exists()


@pytest.mark.parametrize("how", ["gone", "cut", "other", "folder"])
def test_e2_without_its_keys_nobody_comes_in_and_nothing_is_counted_until_they_are_back(
    port: Port, path: Path, keys: Path, how: str
) -> None:
    aside, before = keys.with_name("aside.json"), facts(path)
    keys.rename(aside)
    if how == "cut":
        keys.write_bytes(aside.read_bytes()[:40])
    if how == "other":
        keys.write_text(aside.read_text().replace(aside.read_text()[20:40], "0" * 20))
    if how == "folder":
        keys.mkdir()
    port.close()
    again = Port(path, words("en"), keys=keys)
    for _ in range(7):
        assert entered(again) == d.Refused(r.KeysGone())
    assert facts(path) == before
    assert how != "gone" or not keys.exists()
    if how == "folder":
        keys.rmdir()
    aside.replace(keys)
    if how == "other":
        again.close()  # keys that were there and wrong are read anew with the program
        again = Port(path, words("en"), keys=keys)
    assert isinstance(entered(again), d.Entered)
    again.close()


def test_e2_the_file_of_the_counters_is_there_before_it_is_needed(port: Port, keys: Path) -> None:
    assert keys.with_name("attempts").stat().st_mode & 0o777 == 0o600
    assert keys.with_name("attempts").stat().st_size


def test_e2_a_supervisor_opens_a_number_by_way_of_the_desk(port: Port, path: Path, keys: Path) -> None:
    for _ in range(3):
        entered(port, 2, "938271")
    assert isinstance(entered(port, 3, CARLA), d.Entered)
    assert isinstance(port.carry_out(a.Unlock(2)), d.PersonSet)
    assert len(facts(path, f.PersonUnlocked)) == 1
    assert isinstance(port.carry_out(a.Unlock(2)), d.Refused)
