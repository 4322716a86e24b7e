"""F9 on a page of the review: the whole answer as a file, where it is, and what is said when it cannot be."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Export
from mesa_recuperacion.dialogue.review.board import BoardPage
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.reports import files
from tests.desk import CARLA, Desk, branch


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(branch(tmp_path))
    made.say(f"3 {CARLA}")
    assert made.stage == "review", made.said
    yield made  # type: ignore[misc]
    made.close()


def exports(desk: Desk) -> list[str]:
    folder = desk.path.parent / "exports"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("key", ["f9", "ctrl+g c"])
def test_f8_f9_takes_out_the_page_and_says_where(desk: Desk, key: str) -> None:
    desk.press(key)
    (name,) = exports(desk)
    assert name == "mesa-review-2026-03-11.csv"
    assert desk.said.endswith(f"rows written: {desk.path.parent}/exports/{name}")
    assert desk.stage == "review"
    assert [ask for ask in desk.asked if isinstance(ask, Export)] == [Export(desk.talk.review.query, "en_US")]  # type: ignore[union-attr]
    text = (desk.path.parent / "exports" / name).read_text(encoding="utf-8-sig")
    assert text.startswith('"Zapatería Luz","Centro"')
    assert '"By","Carla Vega"' in text


def test_f8_again_makes_another_file(desk: Desk) -> None:
    desk.press("f9").press("f9")
    assert exports(desk) == ["mesa-review-2026-03-11-2.csv", "mesa-review-2026-03-11.csv"]


def test_what_is_chosen_and_half_typed_stays(desk: Desk) -> None:
    desk.write("fal").press("f9")
    assert desk.line == "fal"
    assert isinstance(desk.talk.review.query, BoardOf)  # type: ignore[union-attr]


def test_a_full_disk_is_told_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(files.os, "fsync", full)
    desk.press("f9")
    folder = desk.path.parent / "exports"
    assert desk.said == f"The disk of {folder} is full: no file was made. Free some space and try again."
    assert (exports(desk), desk.stage) == ([], "review")


def test_a_file_where_the_folder_should_be_is_told(desk: Desk) -> None:
    (desk.path.parent / "exports").write_text("mine", encoding="utf-8")
    desk.press("f9")
    assert (
        desk.said == f"There is no folder {desk.path.parent}/exports: no file was made. Make it, or name another one."
    )


def test_a_page_without_a_table_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoardPage, "exported", lambda *_: None)
    desk.press("f9")
    assert (desk.said, exports(desk)) == ("There is no table to take out here.", [])


def test_a_page_that_nobody_has_a_table_for_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from mesa_recuperacion.reports import tables

    monkeypatch.delitem(tables.TABLES, BoardOf)
    desk.press("f9")
    assert (desk.said, exports(desk)) == ("There is no table to take out here.", [])
