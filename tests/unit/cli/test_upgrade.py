"""A store of an earlier version is brought up to date before anything is opened, and said so (rule E4)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.cli import launch
from mesa_recuperacion.dialogue import asks
from mesa_recuperacion.dialogue.talk import Broken
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store import driver
from mesa_recuperacion.store import migrate as migrating
from mesa_recuperacion.wiring.port import Port
from tests.old_stores import OLDER, old_store
from tests.unit.cli.conftest import Run


@pytest.fixture(params=OLDER, ids="v{}".format)
def older(request: pytest.FixtureRequest, mesa_home: Path) -> Path:
    """The store of this test's own branch, of each earlier version."""
    mesa_home.mkdir(mode=0o700)
    return old_store(request.param, mesa_home / "mesa.db")


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("mesa.db.before-*"))


def version_in(path: Path) -> int:
    with closing(driver.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_e4_a_command_brings_the_store_up_to_date_and_says_where_the_copy_is(run: Run, older: Path) -> None:
    first = run("journal", "verify")
    (copy,) = copies(older)
    assert first.exit_code == 0
    assert first.stderr.splitlines() == [
        "Bringing the data up to date…",
        f"The data are up to date. The copy from before stays in {copy}",
    ]
    assert "nothing was touched" in first.stdout
    again = run("journal", "head")
    assert (again.exit_code, again.stderr) == (0, "")
    assert copies(older) == [copy]


def test_e4_the_desk_opens_on_it(
    older: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[int] = []

    def run_desk(*_: Any, **__: Any) -> int:
        opened.append(version_in(older))
        return 0

    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    monkeypatch.setattr(launch, "no_terminal", lambda _: None)
    monkeypatch.setattr("mesa_recuperacion.desk.run.run_desk", run_desk)
    assert launch.open_here() == 0
    assert opened == [driver.USER_VERSION]
    assert "Los datos están al día. La copia de antes queda en" in capsys.readouterr().err


def test_e4_ctrl_c_leaves_it_for_another_time(
    run: Run, older: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    was = version_in(older)
    with monkeypatch.context() as patched:
        for way in ("fold_journal", "find_everybody"):
            patched.setattr(migrating, way, interrupted)
        told = run("journal", "head")
        assert (told.exit_code, told.stdout) == (130, "")
        assert told.stderr.endswith("as before; the next time it begins again.\n")
        patched.setenv("LC_ALL", "en_US.UTF-8")
        patched.setattr(launch, "no_terminal", lambda _: None)
        patched.setattr("mesa_recuperacion.desk.run.run_desk", lambda *_, **__: pytest.fail("the desk was opened"))
        assert launch.open_here() == 130
        assert capsys.readouterr().err.endswith(
            "Stopped. What was saved is safe and as before; the next time it begins again.\n"
        )
    assert (version_in(older), copies(older)) == (was, [])
    assert run("journal", "head").exit_code == 0


@pytest.mark.parametrize("older", [v for v in OLDER if v < migrating.FOLDED_AS_NOW], ids="v{}".format, indirect=True)
def test_e4_what_cannot_be_folded_is_said_and_stays(run: Run, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise ValueError("nobody is called ana")

    was = version_in(older)
    monkeypatch.setattr(migrating, "fold_journal", refuse)
    told = run("journal", "head")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.splitlines()[1:] == [
        f"{older} could not be brought up to date: it stays as it was, and the version of mesa that made it opens it. "
        "The log has the detail."
    ]
    assert (version_in(older), copies(older)) == (was, [])


def test_e4_another_window_did_it_meanwhile(run: Run, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate = migrating.migrate

    def late(path: Path, *rest: Any) -> Path | None:
        migrate(path)
        return migrate(path, *rest)

    monkeypatch.setattr(migrating, "migrate", late)
    told = run("journal", "head")
    assert told.exit_code == 0
    assert told.stderr.splitlines()[1:] == ["The data are up to date: another window did it."]


def test_e4_nobody_else_brings_it_up_to_date_by_surprise(older: Path) -> None:
    was = version_in(older)
    port = Port(older, Words("en"))
    assert isinstance(seen := port.carry_out(asks.Glance()), Broken)
    assert seen.what == "StoreOlder"
    assert version_in(older) == was
