"""The file is removed or replaced under an open store: nothing is acknowledged that nobody would find again (E4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Do, Enter, Leave
from mesa_recuperacion.dialogue.talk import Done, Entered, Glimpsed
from mesa_recuperacion.domain.commands import OpenCase
from mesa_recuperacion.domain.facts import CaseOpened
from mesa_recuperacion.store.errors import StoreMoved
from mesa_recuperacion.store.store import Store
from tests import desk
from tests.contract.branch import Branch
from tests.desk import Desk, facts


def away(path: Path) -> Path:
    """The files of a store moved to another folder."""
    kept = path.parent / "kept"
    kept.mkdir()
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        if (path.parent / name).exists():
            shutil.move(path.parent / name, kept / name)
    return kept / path.name


def test_e4_a_file_that_is_gone_or_another_takes_nothing_more_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    other = desk.branch(tmp_path / "other")
    store = Store.create(tmp_path / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa")
    kept = away(store.path)
    for _ in range(2):
        with pytest.raises(StoreMoved):
            branch.open()
        with pytest.raises(StoreMoved), store.reading():
            pass
        shutil.copy(other, store.path)
    store.path.unlink()
    for file in kept.parent.iterdir():
        shutil.move(file, tmp_path / file.name)
    case = branch.open()
    with store.reading() as tx:
        assert tx.case_file(case) is not None
    store.close()


def test_e4_a_call_says_so_and_whoever_signs_in_again_works_with_what_is_there(tmp_path: Path) -> None:
    at = Desk(desk.branch(tmp_path / "here")).sign_in().open_case().say("", "3")
    away(at.path)
    at.say("faltó la lámpara")
    assert (at.stage, at.line, at.talk.said_style) == ("note", "faltó la lámpara", "bad")
    assert "removed or replaced" in at.said
    desk.branch(at.path.parent)  # the backup of this morning
    assert isinstance(at.port.carry_out(Leave()), Glimpsed)
    assert isinstance(at.port.carry_out(Enter(1, desk.ANA)), Entered)
    assert isinstance(at.port.carry_out(Do(OpenCase(at.now, name="Luis"))), Done)
    assert len(facts(at.path, CaseOpened)) == 1
    at.close()
