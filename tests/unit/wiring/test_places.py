"""Where things live: in the system's folders or under ``MESA_HOME``, private, and never made by looking."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mesa_recuperacion.wiring.places import places, prepared


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_mesa_home_moves_settings_data_and_logs(tmp_path: Path) -> None:
    found = places({"MESA_HOME": str(tmp_path / "home")})
    every = (found.config_file, found.database, found.log_file, found.export_dir)
    assert every == tuple(tmp_path / "home" / name for name in ("config.toml", "mesa.db", "logs/mesa.log", "exports"))
    assert not (tmp_path / "home").exists()


def test_mesa_home_may_be_relative_or_begin_at_the_persons_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert places({"MESA_HOME": "~/desk"}).data_dir == tmp_path / "desk"
    assert places({"MESA_HOME": "desk"}).data_dir == tmp_path / "desk"


@pytest.mark.parametrize("environ", [{}, {"MESA_HOME": ""}])
def test_without_mesa_home_the_system_says_where(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere/home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    found = places(environ)
    assert all("mesa-recuperacion" in str(folder) for folder in (found.config_dir, found.data_dir, found.log_dir))
    assert not Path("/nowhere").exists()


def test_folders_that_are_made_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = prepared(tmp_path / "one" / "two")
    finally:
        os.umask(before)
    assert (mode(made), mode(made.parent)) == (0o700, 0o700)


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o755)
    before = mode(tmp_path / "mine")
    assert prepared(tmp_path / "mine") == tmp_path / "mine"
    assert mode(tmp_path / "mine") == before


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        prepared(tmp_path / "file")
