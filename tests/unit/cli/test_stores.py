"""A file that is not the store we left is one kind sentence, an exit code, and no traceback."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mesa_recuperacion.cli import launch
from mesa_recuperacion.cli.failures import disk_sentence, store_sentence
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store import driver, errors
from tests.unit.cli.conftest import Run

COMMANDS = (("policy", "show"), ("journal", "verify"), ("journal", "rebuild"), ("journal", "head"), ("person", "list"))
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.StoreError)]


def changed(path: Path, statement: str, mode: str = "rw") -> None:
    """By the program's own SQLite: two libraries in one process do not see each other's locks."""
    with closing(driver.connect(path, mode=mode)) as connection:
        connection.execute(statement)


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def text(path: Path) -> None:
    path.write_text("Dear diary, " * 100, encoding="utf-8")


def foreign(path: Path) -> None:
    path.unlink()
    changed(path, "CREATE TABLE recipe (name TEXT)", mode="rwc")


def newer(path: Path) -> None:
    changed(path, f"PRAGMA user_version = {driver.USER_VERSION + 1}")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def stripped(path: Path) -> None:
    changed(path, "DROP TABLE budget")


def unguarded(path: Path) -> None:
    changed(path, "DROP TRIGGER journal_no_update")


UNREAD: dict[Callable[[Path], None], str] = {
    missing: "There is no branch at {path} yet. Run mesa to begin one, or mesa demo to try it out.",
    empty: "{path} is empty: something emptied it. Nothing was changed; restore the backup.",
    folder: "{path} is not a file of this program. Nothing was changed; name another one in the settings.",
    text: "{path} is not a file of this program. Nothing was changed; name another one in the settings.",
    foreign: "{path} is not a file of this program. Nothing was changed; name another one in the settings.",
    cut: "{path} is damaged. Nothing more was written; restore the backup.",
}
READ: dict[Callable[[Path], None], str] = {
    newer: "A newer version of mesa made {path}. Nothing was changed; update mesa here, then run it again.",
    stripped: "{path} is damaged. Nothing more was written; restore the backup.",
    unguarded: "{path} is damaged. Nothing more was written; restore the backup.",
}
"""What can still be read: the desk opens on it, and says so; so do the commands that write nothing."""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("damage", UNREAD, ids=lambda damage: damage.__name__)
def test_each_command_says_in_one_sentence_what_the_file_is(
    command: tuple[str, ...], damage: Callable[[Path], None], run: Run, database: Path
) -> None:
    damage(database)
    before = database.read_bytes() if database.is_file() else b""
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == UNREAD[damage].format(path=database) + "\n"
    assert (database.read_bytes() if database.is_file() else b"") == before


@pytest.mark.parametrize("damage", READ, ids=lambda damage: damage.__name__)
def test_e4_what_cannot_be_written_is_read_and_it_is_said_why(
    damage: Callable[[Path], None], run: Run, database: Path
) -> None:
    told = run("person", "list").stdout
    damage(database)
    before = database.read_bytes()
    listed, rebuilt = run("person", "list"), run("journal", "rebuild")
    why = f"Reading only: {READ[damage]}\n".format(path=database)
    assert (listed.stdout, listed.stderr) == (told, why)
    assert listed.exit_code == (0 if damage is newer else 1)
    assert (rebuilt.exit_code, rebuilt.stdout, rebuilt.stderr) == (1, "", why)
    assert database.read_bytes() == before


def test_e4_the_last_copy_is_named_where_there_is_one(run: Run, database: Path) -> None:
    (database.parent / "backups").mkdir()
    for stamp in ("20260310T1200", "20260311T1200"):
        (database.parent / "backups" / f"mesa-CEN-1-{stamp}.db").write_bytes(b"x")
    cut(database)
    said = run("person", "list").stderr
    assert said.endswith(" The last copy is mesa-CEN-1-20260311T1200.db: mesa restore brings it back.\n")


SEEN_AT_ONCE = (empty, folder, text, foreign, cut)
"""What a first look at the file shows; the rest shows when it is opened, and then the desk says it."""


@pytest.mark.parametrize("damage", SEEN_AT_ONCE, ids=lambda damage: damage.__name__)
def test_the_desk_says_it_before_it_takes_the_screen(
    damage: Callable[[Path], None], database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(launch, "no_terminal", lambda _: None)
    monkeypatch.setattr("mesa_recuperacion.desk.run.run_desk", lambda *_, **__: pytest.fail("the desk was opened"))
    damage(database)
    assert launch.open_here() == 1
    assert capsys.readouterr().err == UNREAD[damage].format(path=database) + "\n"


def test_a_store_that_somebody_else_keeps_busy(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with closing(driver.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("journal", "rebuild")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr == f"Another window is saving in {database} and did not finish. Nothing was lost; run it again.\n"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_error_of_the_store_has_a_sentence_with_the_file(kind: type[Exception], language: str) -> None:
    said = store_sentence(Words(language), kind("SQLITE_IOERR 0x10"), Path("/data/mesa.db"))
    assert "/data/mesa.db" in said
    assert "SQLITE" not in said
    assert said.endswith(".")


def test_the_errors_that_need_different_hands_have_different_sentences() -> None:
    said = {kind: store_sentence(Words("en"), kind(""), Path("x")) for kind in KINDS}
    alike = [kind for kind, told in said.items() if told == said[errors.StoreFailed]]
    assert set(alike) == {
        errors.StoreError, errors.StoreFailed, errors.StoreGuard, errors.BudgetGuard, errors.CommandRepeated
    }  # fmt: skip
    assert len(set(said.values())) == len(KINDS) - len(alike) + 1


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (FileNotFoundError(2, "x"), "There is no"),
        (PermissionError(13, "x"), "check the rights"),
        (NotADirectoryError(20, "x"), "There is a file where the folder"),
        (FileExistsError(17, "x"), "There is a file where the folder"),
        (IsADirectoryError(21, "x"), "is a folder"),
        (OSError(28, "x"), "is full"),
        (OSError(5, "x"), "check the rights"),
    ],
)
def test_every_error_of_the_disk_has_a_sentence(error: OSError, part: str) -> None:
    said = disk_sentence(Words("en"), error, Path("/data/file"))
    assert part in said
    assert "/data/file" in said


def test_settings_with_faults_stop_every_command_with_all_of_them(run: Run, database: Path, mesa_home: Path) -> None:
    (mesa_home / "config.toml").write_text('theme = "mauve"\nlanguge = "en"\n', encoding="utf-8")
    for command in COMMANDS:
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 2
        assert "did you mean «language»?" in result.stderr


def test_the_settings_may_name_another_file(run: Run, database: Path, mesa_home: Path) -> None:
    database.rename(mesa_home / "other.db")
    (mesa_home / "config.toml").write_text('database = "other.db"\n', encoding="utf-8")
    assert run("person", "list").exit_code == 0
