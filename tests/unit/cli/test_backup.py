"""``mesa backup`` and ``mesa restore``: what they say, and what is there afterwards (rule E6)."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from mesa_recuperacion.cli.restore import restore
from mesa_recuperacion.domain.backups import read_name
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.heads import heads_of
from mesa_recuperacion.wiring.backups import LOCK
from mesa_recuperacion.wiring.keys import keys_at
from mesa_recuperacion.wiring.locking import held
from mesa_recuperacion.wiring.window import mark_of
from tests.old_stores import OLDER, old_store
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import CAROL, NEW_PIN, refused
from tests.unit.cli.test_stores import READ, UNREAD, changed, empty, foreign, newer

ADDED = ("person", "add", "Dolores Fuertes")
SIGNED = f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n"


@pytest.fixture(autouse=True)
def as_fast_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes room for others makes it in a program of its own, not in the one that tests."""
    monkeypatch.setattr(os, "nice", lambda _: 0)


@pytest.fixture
def made(run: Run, database: Path) -> Path:
    """A backup of the branch."""
    result = run("backup")
    assert (result.exit_code, result.stderr) == (0, "")
    said = re.fullmatch(r"The backup is in (.+)\.\n\d+ lines, and nothing was touched\.\nCEN-1 \d+ [0-9a-f]{64}\n",
                        result.stdout)  # fmt: skip
    assert said is not None, result.stdout
    return Path(said[1])


def backups(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "backups").glob("mesa-*"))


def replaced(home: Path) -> list[Path]:
    return sorted(home.glob("mesa.db.replaced-*"))


# ------------------------------------------------------------------------------------------------------------ backup


def test_e6_a_backup_says_where_it_is_how_many_lines_and_its_head(run: Run, made: Path, database: Path) -> None:
    assert made.parent == database.parent / "backups"
    assert read_name(made.name) is not None
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert heads_of(made) == heads_of(database)
    assert run("respaldo").exit_code == 0, "by its Spanish name too"


def test_e6_with_if_older_one_that_is_new_enough_is_enough(run: Run, made: Path, mesa_home: Path) -> None:
    result = run("backup", "--if-older", "6")
    assert (result.exit_code, result.stdout) == (0, "There is a backup that is new enough; none was made.\n")
    assert backups(mesa_home) == [made.name]
    assert run("backup", "--if-older", "0").exit_code == 0
    assert len(backups(mesa_home)) == 2


def test_e6_to_a_file_or_a_folder_that_is_named_and_never_over_another(
    run: Run, database: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copia.db"
    assert run("backup", str(target)).exit_code == 0
    assert heads_of(target) == heads_of(database)
    refused(run("backup", str(target)), f"There is already a file at {target}. It was left as it is")
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("backup", str(stick)).exit_code == 0
    assert [read_name(path.name) is not None for path in stick.iterdir()] == [True]
    refused(run("backup", str(tmp_path / "none" / "copia.db")), f"There is no folder {tmp_path / 'none'}")


def test_e6_the_settings_name_the_folder_and_how_long(run: Run, database: Path, mesa_home: Path) -> None:
    (mesa_home / "config.toml").write_text('[backup]\nfolder = "stick"\nkeep_days = 3\n', encoding="utf-8")
    (mesa_home / "stick").mkdir()
    old = mesa_home / "stick" / "mesa-CEN-1-2020-01-01T000000Z.db"
    for path in (old, old.with_name("mesa-CEN-2-2020-01-01T000000Z.db"), old.with_name("letters.db")):
        path.write_bytes(b"x")
    result = run("backup")
    assert result.stdout.endswith("1 older backup had had its time and is gone.\n")
    left = {path.name for path in (mesa_home / "stick").iterdir()}
    assert {"letters.db", "mesa-CEN-2-2020-01-01T000000Z.db", LOCK} < left
    assert old.name not in left


def test_e6_another_window_that_makes_one_is_told(run: Run, made: Path, mesa_home: Path) -> None:
    with held(mesa_home / "backups" / LOCK):
        refused(run("backup"), "Another window is making a backup right now")
        assert run("backup", "--if-older", "1").exit_code == 0


@pytest.mark.parametrize("damage", (UNREAD | READ), ids=lambda damage: damage.__name__)
def test_e6_nothing_is_made_of_a_file_that_is_not_a_whole_store(
    damage: object, run: Run, database: Path, mesa_home: Path
) -> None:
    assert callable(damage)
    damage(database)
    result = run("backup")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert str(database) in result.stderr
    assert not (mesa_home / "backups").exists() or backups(mesa_home) == []


def test_e6_a_branch_whose_journal_was_touched_makes_no_backup_that_counts(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    changed(database, "UPDATE case_file SET gave = gave + 1")
    refused(
        run("backup"), f"The copy of {database} is not sound, so it was thrown away; older backups are as they were."
    )
    assert backups(mesa_home) == [made.name]


# ----------------------------------------------------------------------------------------------------------- restore


def test_e6_a_restore_brings_back_the_backup_and_keeps_what_it_replaces(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    before = heads_of(database)
    assert run(*ADDED, typed=SIGNED).exit_code == 0
    after = heads_of(database)
    assert after != before
    (mesa_home / "keys.json").unlink()
    result = run("restore", str(made), "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Backup of ")
    assert lines[0].endswith(" (CEN).")
    assert re.fullmatch(r"\d+ cases, \d+ lines; the last of 2026-03-11 \d\d:\d\d\.", lines[1])
    assert re.match(r"\d+ lines? that w(as|ere) written here since would be set aside; the last is of ", lines[2])
    [aside] = replaced(mesa_home)
    assert lines[3:5] == [f"Restored: {database}.", f"What was there before is kept in {aside}."]
    assert lines[5].startswith(f"There is no {mesa_home / 'keys.json'}. Copy keys.json from the old PC")
    assert (heads_of(database), heads_of(aside), heads_of(made)) == (before, after, before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (database, aside)} == {0o600}
    assert run("journal", "verify").exit_code == 0
    assert run("restaurar", str(aside), "--yes").exit_code == 0
    assert heads_of(database) == after, "and back again"


def test_e6_without_the_branchs_code_nothing_is_restored(run: Run, made: Path, database: Path, mesa_home: Path) -> None:
    refused_ = run("restore", str(made), typed="cen\n")
    assert refused_.exit_code == 1
    assert "Without a terminal to ask on, --yes is needed." in refused_.stderr
    assert replaced(mesa_home) == []


@pytest.mark.parametrize(("typed", "code"), [(" cen \n", 0), ("CEM\n", 1), ("\n", 1), ("", 1)])
def test_e6_on_a_terminal_the_code_is_typed(
    typed: str,
    code: int,
    made: Path,
    mesa_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:

    class Typed(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Typed(typed))
    assert restore(made, yes=False) == code
    said = capsys.readouterr()
    assert "Type CEN to restore it; anything else leaves all as it is: " in said.err
    assert len(replaced(mesa_home)) == (code == 0)


def test_e6_on_another_pc_the_backup_is_all_there_is(run: Run, made: Path, database: Path, tmp_path: Path) -> None:
    stick = Path(shutil.copy(made, tmp_path / "stick.db"))
    shutil.rmtree(database.parent)
    result = run("restore", str(stick), "--yes")
    assert result.exit_code == 0
    assert "There is no branch here yet: nothing is replaced." in result.stdout
    assert "is kept in" not in result.stdout
    assert heads_of(database) == heads_of(stick)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert run("person", "list").exit_code == 0


def test_e6_a_branch_that_cannot_be_read_is_kept_as_it_is(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    empty(database)
    result = run("restore", str(made), "--yes")
    assert "What is there now cannot be read; it is kept as it is." in result.stdout
    assert (result.exit_code, [path.stat().st_size for path in replaced(mesa_home)]) == (0, [0])
    assert heads_of(database) == heads_of(made)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (empty, "is damaged and cannot be restored. Nothing was changed; choose an older backup."),
        (foreign, "is no backup of this program. Nothing was changed; choose another file."),
        (newer, "Nothing was changed; update mesa here, then run it again."),
        (Path.unlink, "Check how the name is written."),
        (lambda path: changed(path, "UPDATE case_file SET gave = gave + 1"), "is damaged and cannot be restored."),
        (lambda path: changed(path, "DROP TRIGGER journal_no_update"), "is damaged and cannot be restored."),
    ],
    ids=["empty", "foreign", "newer", "missing", "touched", "unguarded"],
)  # fmt: skip
def test_e6_what_is_no_sound_backup_is_refused_and_nothing_changes(
    damage: object, said: str, run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    assert callable(damage)
    damage(made)
    before = database.read_bytes()
    result = run("restore", str(made), "--yes")
    assert result.exit_code == 1
    assert said in result.stderr
    assert str(made) in result.stderr
    assert database.read_bytes() == before
    assert replaced(mesa_home) == []
    assert not list(mesa_home.glob(".mesa.db.restoring-*"))


def test_e1_a_backup_from_before_the_key_is_tied_with_a_new_one(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    assert run(*ADDED, typed=SIGNED).exit_code == 0
    before = [key.name for key in keys_at(mesa_home / "keys.json").chain]
    assert run("restore", str(made), "--yes").exit_code == 0
    verified = run("journal", "verify")
    assert (verified.exit_code, verified.stderr) == (0, "")
    after = [key.name for key in keys_at(mesa_home / "keys.json").chain]
    assert len(before) == len(after) == 1
    assert before != after
    assert run(*ADDED, typed=SIGNED).exit_code == 0


@pytest.mark.parametrize("version", OLDER)
def test_e6_a_backup_of_an_earlier_version_is_brought_up_to_date_and_stays_as_it_is(
    version: int, run: Run, database: Path, tmp_path: Path, mesa_home: Path
) -> None:
    kept = old_store(version, tmp_path / "old.db")
    before = kept.read_bytes()
    result = run("restore", str(kept), "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert kept.read_bytes() == before
    assert run("journal", "verify").exit_code == 0
    assert [path.name for path in mesa_home.glob("*before*")] == []


def test_e6_the_branch_itself_is_no_backup(run: Run, database: Path) -> None:
    refused(
        run("restore", str(database), "--yes"), f"{database} is the branch itself. Nothing was changed; name a backup."
    )


@pytest.fixture
def window(database: Path) -> Iterator[None]:
    with held(mark_of(database)):
        yield


def test_e6_an_open_window_is_closed_first(run: Run, made: Path, window: None, mesa_home: Path) -> None:
    refused(run("restore", str(made), "--yes"), "is open in a window, or another program has it. Nothing was changed")
    assert replaced(mesa_home) == []


def test_e6_another_program_that_has_it_open_is_noticed_by_the_file_alone(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    with closing(driver.connect(database)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM journal").fetchone()
        result = run("restore", str(made), "--yes")
    assert result.exit_code == 1
    assert "is open in a window, or another program has it." in result.stderr
    assert replaced(mesa_home) == []


def test_e3_who_was_forgotten_since_is_told_to_be_forgotten_again(
    run: Run, made: Path, database: Path, mesa_home: Path
) -> None:
    (mesa_home / "forgotten.txt").write_text("c-1\n\nc-2\n", encoding="utf-8")
    result = run("restore", str(made), "--yes")
    assert result.stdout.endswith("2 customers were forgotten since this backup was made, and were forgotten again.\n")


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_e6_a_backup_that_others_could_read_is_for_its_owner_alone_in_place(
    run: Run, made: Path, database: Path
) -> None:
    made.chmod(0o644)
    assert run("restore", str(made), "--yes").exit_code == 0
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
