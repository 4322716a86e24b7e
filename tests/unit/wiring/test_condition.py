"""What is always known of a station's file: room that gives way, and what is said of it (rule E4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import standing
from mesa_recuperacion.dialogue.keymap import STANDING
from mesa_recuperacion.store import ballast
from mesa_recuperacion.store.ballast import Ballast
from mesa_recuperacion.store.errors import StoreFull, StoreReadOnly, StoreUnknown
from mesa_recuperacion.wiring.condition import Condition
from tests import desk
from tests.desk import Desk


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes the disk says that it has left, as a list of one."""
    left = [ballast.SCARCE * 3]
    monkeypatch.setattr(Ballast, "free", property(lambda _: left[0]))
    return left


def test_e4_the_ballast_really_takes_its_room_and_is_the_owners_alone(tmp_path: Path) -> None:
    kept = Ballast(tmp_path / "mesa.db")
    assert kept.make()
    assert kept.make()
    found = (tmp_path / ".mesa.db.ballast").stat()
    assert found.st_size == ballast.SIZE
    assert found.st_blocks * 512 >= ballast.SIZE
    assert found.st_mode & 0o777 == 0o600
    assert kept.give_way()
    assert not kept.give_way()
    assert not kept.is_full()
    assert list(tmp_path.iterdir()) == []


def test_e4_a_disk_with_little_room_gets_no_ballast(tmp_path: Path, free: list[int]) -> None:
    free[0] = ballast.SCARCE - 1
    assert not Ballast(tmp_path / "mesa.db").make()
    assert Ballast(tmp_path / "mesa.db").is_scarce
    assert list(tmp_path.iterdir()) == []


def test_e4_what_gave_way_is_told_until_it_is_there_again(tmp_path: Path, free: list[int]) -> None:
    condition = Condition(tmp_path / "mesa.db")
    condition.begin()
    assert condition.standing == ()
    Ballast(tmp_path / "mesa.db").make()
    free[0] = 0
    assert condition.made_room(StoreUnknown("x", StoreFull("x")))
    assert condition.standing == ("low",)
    assert not condition.made_room(StoreFull("x"))
    condition.failed(StoreFull("x"))
    assert condition.standing == ("StoreFull", "low")
    free[0] = ballast.SCARCE * 3
    assert condition.standing == ("low",)
    condition.wrote()
    assert condition.standing == ()
    free[0] = ballast.SCARCE - 1
    assert condition.standing == ("scarce",)
    condition.close()


def test_e4_only_what_has_to_do_with_room_makes_room(tmp_path: Path, free: list[int]) -> None:
    Ballast(tmp_path / "mesa.db").make()
    assert not Condition(tmp_path / "mesa.db").made_room(StoreReadOnly("x"))
    assert Ballast(tmp_path / "mesa.db").is_there


def test_e4_every_reason_is_a_sentence_of_two_rows_and_the_head_says_it_on_every_screen(tmp_path: Path) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in()
    said = set()
    for why in ("Newer", "ReadOnly", "Touched:CEN-1:1234567", "Corrupt", "Full", "Unsynced", "Failed"):
        at.press(f"{STANDING} Store{why}")
        for language in ("en", "es"):
            talk = replace(at.talk, setting=replace(at.talk.setting, words=desk._settings()[language][0]))
            assert len(standing.sentence(talk)) <= 2 * 76 - 10
            said.add(standing.sentence(talk))
        assert "Reading only" in at.screen()
        assert "Not saving" in at.screen()
    assert len(said) == 14
    at.press(f"{STANDING} low")
    assert "Disk almost full: tell" in at.screen()
    at.press(f"{STANDING} scarce")
    assert "Disk almost full" not in at.screen()
    at.press(f"{STANDING} second")
    assert "Another window of this desk" in at.screen()
    at.press(STANDING)
    assert "Another window" not in at.screen()
    at.close()


def test_e4_little_room_is_told_to_supervision_alone(tmp_path: Path) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in(3, desk.CARLA)
    at.press(f"{STANDING} scarce")
    assert "Disk almost full" in at.screen()
    at.close()
