"""``mesa doctor``: what is wrong in words and in codes, on every kind of broken file, and nothing is touched (E6)."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from mesa_recuperacion.cli.doctor_words import SAID, said
from mesa_recuperacion.domain.health import FREE_MIB, LEVELS, Finding, space, worst
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store import driver
from mesa_recuperacion.wiring.keys import keys_at
from mesa_recuperacion.wiring.locking import held
from mesa_recuperacion.wiring.practice import PREFIX
from mesa_recuperacion.wiring.window import mark_of
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import CAROL
from tests.unit.cli.test_stores import (
    changed,
    cut,
    empty,
    folder,
    foreign,
    missing,
    newer,
    stripped,
    text,
    unguarded,
)


def older(path: Path) -> None:
    changed(path, "PRAGMA user_version = 1")


CODES = [
    "program", "settings", "sqlite", "database", "rights", "beside", "windows", "branch", "policy", "integrity",
    "journal_mode", "people", "locked", "clock", "chain", "projections", "forgotten", "backup", "backup_sound", "keys",
    "leftovers", "disk", "log", "zones", "terminal",
]  # fmt: skip
"""What programs that read ``--json`` rely on."""

Found = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def nobody_practises(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of what is temporary is this test's own."""
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    return passing


@pytest.fixture
def branch(run: Run, database: Path, mesa_home: Path) -> Path:
    """A branch with its keys and a backup of today: all is well."""
    keys_at(mesa_home / "keys.json")
    assert run("backup").exit_code == 0
    return database


def looked(run: Run, *options: str, code: int = 0) -> Found:
    """What the doctor finds, by code; the same twice, and the folder is as it was."""
    before = listed()
    result = run("doctor", "--json", *options)
    assert (result.exit_code, result.stderr) == (code, "")
    assert listed() == before, "looking changes nothing"
    told = json.loads(result.stdout)
    assert (told["format"], told["worst"] == "bad") == (1, bool(code))
    assert all(set(one) == {"code", "level", "why", "facts", "says"} for one in told["findings"])
    assert all(one["level"] in LEVELS and one["says"] for one in told["findings"])
    return {one["code"]: one for one in told["findings"]}


def listed() -> dict[str, tuple[int, int, int, int]]:
    """Every file of the home, with its size, its rights and when it changed."""
    home = Path(os.environ["MESA_HOME"])
    return {
        str(path): (seen.st_ino, seen.st_size, seen.st_mode, seen.st_mtime_ns)
        for path in sorted(home.rglob("*"))
        if (seen := path.lstat())
    }


def kind(found: Found, code: str) -> tuple[str, str]:
    return found[code]["level"], found[code]["why"]


def wrong(found: Found) -> set[tuple[str, str, str]]:
    return {(code, one["level"], one["why"]) for code, one in found.items() if one["level"] != "ok"}


# ----------------------------------------------------------------------------------------------------- all is well


def test_e6_where_all_is_well_every_check_says_so(run: Run, branch: Path) -> None:
    found = looked(run)
    assert list(found) == CODES
    assert wrong(found) == set()
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("All is well.\n")
    assert len(result.stdout.splitlines()) == len(CODES) + 1
    assert all(line.startswith("fine") for line in result.stdout.splitlines()[:-1])


def test_e6_quick_leaves_out_what_takes_long(run: Run, branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesa_recuperacion.wiring.doctor.content.verify", lambda *_: pytest.fail("it was verified"))
    found = looked(run, "--quick")
    assert [kind(found, code) for code in ("chain", "integrity", "backup_sound")] == [
        ("ok", "skipped"), ("ok", "quick"), ("ok", "quick")
    ]  # fmt: skip
    assert "projections" not in found


def test_e6_it_speaks_the_readers_language_and_its_spanish_name(
    run: Run, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    assert run("diagnostico").stdout.endswith("Todo está bien.\n")


def test_e6_a_desk_that_is_open_is_looked_at_while_it_works(run: Run, branch: Path) -> None:
    with closing(driver.connect(branch)) as desk, held(mark_of(branch)):
        driver.prepare_writer(desk)
        desk.execute("BEGIN IMMEDIATE")
        desk.execute("UPDATE station SET cases = cases")
        desk.execute("COMMIT")
        found = looked(run)
    assert wrong(found) == set()
    assert found["windows"]["why"] == "open"
    assert found["journal_mode"]["facts"]["mode"] == ("wal" if driver.journal_mode() == "wal" else "rollback")


# ---------------------------------------------------------------------------------------------------- broken files


BROKEN: dict[Callable[[Path], None], str] = {
    missing: "missing", empty: "empty", folder: "foreign", text: "foreign", foreign: "foreign", newer: "newer",
    older: "older", cut: "corrupt", stripped: "corrupt", unguarded: "corrupt",
}  # fmt: skip


@pytest.mark.parametrize("damage", BROKEN, ids=lambda damage: damage.__name__)
def test_e6_each_kind_of_broken_file_is_told_and_not_touched(
    damage: Callable[[Path], None], run: Run, branch: Path
) -> None:
    damage(branch)
    found = looked(run, code=1)
    assert kind(found, "database") == ("bad", BROKEN[damage])
    assert str(branch) in found["database"]["says"]
    assert {"branch", "chain", "people"} & set(found) == set(), "what cannot be read is not guessed at"
    assert {"backup", "disk", "sqlite", "keys"} < set(found), "the rest is looked at all the same"
    assert kind(found, "backup") == ("ok", ""), "and the backup that would be restored is named"
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines()[-1] == "1 thing is bad: begin with it."


def test_e1_a_line_that_was_touched_is_told_with_its_number(run: Run, branch: Path) -> None:
    with closing(driver.connect(branch)) as forger:
        guard = forger.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'").fetchone()[0]
        forger.execute("DROP TRIGGER journal_no_update")
        forger.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 7")
        forger.execute(guard)
    found = looked(run, code=1)
    assert kind(found, "chain") == ("bad", "touched")
    assert "line 7 of CEN-1" in found["chain"]["says"]


def test_e6_projections_that_differ_are_told_apart_from_the_chain(run: Run, branch: Path) -> None:
    changed(branch, "UPDATE case_file SET gave = gave + 1 WHERE folio = (SELECT min(folio) FROM case_file)")
    found = looked(run, code=1)
    assert (kind(found, "chain"), kind(found, "projections")) == (("ok", ""), ("bad", "differ"))
    assert run("journal", "rebuild").exit_code == 0
    assert kind(looked(run), "projections") == ("ok", "")


def test_e6_a_page_that_was_damaged_is_told(run: Run, branch: Path) -> None:
    with closing(driver.connect(branch)) as look:
        page = look.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal_command'").fetchone()[0]
        size = look.execute("PRAGMA page_size").fetchone()[0]
    with branch.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    found = looked(run, code=1)
    assert kind(found, "integrity") == ("bad", "damaged")


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_e6_a_writer_that_was_killed_is_told_and_its_words_are_left(suffix: str, run: Run, branch: Path) -> None:
    branch.with_name(f"mesa.db{suffix}").write_bytes(b"what it was about to say" * 100)
    found = looked(run)
    assert wrong(found) == {("beside", "attention", "unfinished")}
    assert "chain" not in found, "what only opening it would show is not guessed at"


# --------------------------------------------------------------------------------------------------- what is around


def test_e6_rights_that_let_others_read_are_told(run: Run, branch: Path, mesa_home: Path) -> None:
    branch.chmod(0o644)
    assert wrong(looked(run)) == {("rights", "attention", "file")}
    branch.chmod(0o600)
    mesa_home.chmod(0o755)
    assert wrong(looked(run)) == {("rights", "attention", "folder")}


def test_e6_keys_that_are_missing_damaged_or_readable_are_told(run: Run, branch: Path, mesa_home: Path) -> None:
    keys = mesa_home / "keys.json"
    keys.chmod(0o644)
    assert wrong(looked(run)) == {("keys", "attention", "rights")}
    keys.write_text("{}", encoding="utf-8")
    assert wrong(looked(run, code=1)) == {("keys", "bad", "unreadable")}
    keys.unlink()
    assert wrong(looked(run)) == {("keys", "attention", "missing")}


@pytest.mark.parametrize(
    ("days", "level"), [(0, "ok"), (1, "ok"), (2, "attention"), (6, "attention"), (7, "bad"), (300, "bad")]
)
def test_e6_the_age_of_the_last_backup_is_told(days: int, level: str, run: Run, branch: Path, mesa_home: Path) -> None:
    [made] = (mesa_home / "backups").glob("mesa-*.db")
    at = datetime.now(UTC) - timedelta(days=days, seconds=60)
    old = made.rename(made.with_name(f"mesa-CEN-1-{at:%Y-%m-%dT%H%M%S}Z.db"))
    found = looked(run, code=level == "bad")
    assert found["backup"]["level"] == level
    assert found["backup"]["facts"]["days"] == days
    assert old.name in found["backup"]["says"]


def test_e6_without_a_backup_or_with_a_damaged_one(run: Run, branch: Path, mesa_home: Path) -> None:
    [made] = (mesa_home / "backups").glob("mesa-*.db")
    changed(made, "UPDATE case_file SET gave = gave + 1")
    assert wrong(looked(run, code=1)) == {("backup_sound", "bad", "unsound")}
    shutil.rmtree(mesa_home / "backups")
    found = looked(run)
    assert wrong(found) == {("backup", "attention", "none")}
    assert "backup_sound" not in found


def test_e6_a_backup_that_is_dated_ahead_is_told(run: Run, branch: Path, mesa_home: Path) -> None:
    ahead = mesa_home / "backups" / "mesa-CEN-1-2199-01-01T000000Z.db"
    ahead.write_bytes(b"x")
    assert wrong(looked(run)) == {("backup_ahead", "attention", "ahead")}


def test_e3_what_a_restore_set_aside_is_not_kept_for_ever(run: Run, branch: Path, mesa_home: Path) -> None:
    aside = mesa_home / "mesa.db.replaced-2026-03-01T000000Z"
    aside.write_bytes(b"x")
    assert kind(looked(run), "leftovers") == ("ok", "kept")
    long_ago = (datetime.now(UTC) - timedelta(days=31)).timestamp()
    os.utime(aside, (long_ago, long_ago))
    found = looked(run)
    assert wrong(found) == {("leftovers", "attention", "replaced")}
    assert str(aside) in found["leftovers"]["says"]


def test_f9_a_practice_that_was_left_behind_is_told(run: Run, branch: Path, nobody_practises: Path) -> None:
    left = nobody_practises / f"{PREFIX}abc"
    left.mkdir()
    (left / "held").touch()
    with held(left / "held"):
        assert wrong(looked(run)) == set(), "somebody practises there"
    assert wrong(looked(run)) == {("leftovers", "attention", "practice")}


def test_e2_who_waits_after_wrong_pins_is_told(run: Run, branch: Path) -> None:
    for _ in range(5):
        run("policy", "publish", "none.toml", typed="1 000000\n")
        run("person", "add", "Nobody At All", typed="1 000000\n")
    found = looked(run)
    assert wrong(found) == {("locked", "attention", "waiting")}
    assert found["locked"]["facts"]["n"] == 1


def test_e6_a_clock_that_is_behind_what_was_saved_is_told(run: Run, branch: Path) -> None:
    # A line of tomorrow: the chain is of another day than this PC.
    result = run("person", "rename", "1", "Anna Tower", typed=f"{CAROL}\n")
    assert result.exit_code == 0
    from mesa_recuperacion.cli import doctor as cli

    class Yesterday:
        def now(self) -> datetime:
            return datetime.now(UTC) - timedelta(days=1)

    before = cli.SystemClock
    cli.SystemClock = Yesterday  # type: ignore[assignment, misc]
    try:
        found = looked(run, "--quick")
    finally:
        cli.SystemClock = before  # type: ignore[misc]
    assert kind(found, "clock") == ("attention", "behind")
    assert 86_000 < found["clock"]["facts"]["seconds"] <= 86_400


def test_e2_without_a_supervisor_nothing_can_be_authorised(run: Run, branch: Path) -> None:
    changed(branch, "UPDATE person SET role = 'agent'")
    found = looked(run, code=1)
    assert kind(found, "people") == ("bad", "no_supervisor")


def test_d7_without_a_policy_in_force(run: Run, branch: Path) -> None:
    changed(branch, "DELETE FROM policy_version")
    assert kind(looked(run, code=1), "policy") == ("bad", "missing")


def test_settings_with_faults_are_told_and_the_rest_is_looked_at(run: Run, branch: Path, mesa_home: Path) -> None:
    (mesa_home / "config.toml").write_text('theme = "mauve"\n', encoding="utf-8")
    found = looked(run, code=1)
    assert wrong(found) == {("settings", "bad", "faults")}
    assert "theme" in found["settings"]["says"]


def test_e6_on_a_fresh_machine_it_says_what_to_do_and_makes_no_folder(run: Run, mesa_home: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert f"There is no branch at {mesa_home / 'mesa.db'}." in result.stdout
    assert not mesa_home.exists()


# ------------------------------------------------------------------------------------------------------------ words


def test_e6_little_space_is_something_to_see_to_and_none_is_bad() -> None:
    assert [space(n) for n in (FREE_MIB, FREE_MIB - 1, FREE_MIB // 10 - 1)] == ["ok", "attention", "bad"]
    assert worst([]) == "ok"
    assert worst([Finding("a"), Finding("b", "bad"), Finding("c", "attention")]) == "bad"


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("what", SAID)
def test_e6_every_finding_has_a_sentence_in_both_languages(what: str, language: str) -> None:
    code, _, why = what.partition(".")
    facts = {name: 7 for _, name, _, _ in Formatter().parse(SAID[what]) if name}
    told = said(Words(language), Finding(code, why=why, facts=facts))
    assert "{" not in told
    assert told.endswith(".") or "7" in told
    assert said(Words(language), Finding(code, why="unheard of")).endswith(").")
