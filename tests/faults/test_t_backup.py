"""Backups while others write, on bad disks, and killed at each step; restoring the same (rule E6)."""

from __future__ import annotations

import shutil
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.backups import name_of, read_name
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.store import backup as copying
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.backup import Unsound, copy_of, prove, prove_copy
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.heads import heads_of, summary
from mesa_recuperacion.store.heard import in_silence
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.backups import LOCK, BackupBusy, Backups
from mesa_recuperacion.wiring.locking import held
from mesa_recuperacion.wiring.restoring import InUse, restoring
from mesa_recuperacion.wiring.window import mark_of
from tests.contract.branch import Branch, founded, mxn
from tests.faults.backup_worker import NOW, backup, restore
from tests.faults.test_export_disks import _MOUNT, can_mount, run
from tests.faults.test_store_processes import start

KEPT = name_of("CEN-1", NOW - timedelta(days=3))


def worker(*arguments: str) -> str:
    return run(sys.executable, "-m", "tests.faults.backup_worker", *arguments)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa") as branch:
        branch.standard()
        yield branch


def note(branch: Branch, n: int) -> None:
    branch.append(("CEN-1001", f.NoteAdded(f"nota {n}")), command=f"note {n}")


def part(folder: Path) -> Path:
    path = folder / "copy.db"
    path.touch(0o600)
    return path


def has(path: Path, command: str) -> bool:
    with closing(driver.connect(path, mode="ro", immutable=True)) as look:
        return look.execute("SELECT 1 FROM journal WHERE command = ?", (command,)).fetchone() is not None


# ------------------------------------------------------------------------------------------------------ what is in it


def test_e6_a_plain_copy_of_the_file_loses_what_the_online_copy_has(branch: Branch, tmp_path: Path) -> None:
    """The control: a hundred lines that were acknowledged, and a ``cp`` of the file alone has none of them."""
    if driver.journal_mode() != "wal":
        pytest.skip("this SQLite keeps no write-ahead log: the file alone has everything")
    with closing(driver.connect(branch.store.path)) as taken_up:
        taken_up.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for n in range(10):
        branch.append(*(("CEN-1001", f.NoteAdded(f"nota {n}.{m}")) for m in range(10)), command=f"note {n}")
    plain = tmp_path / "plain.db"
    run("cp", str(branch.store.path), str(plain))  # in this process, closing it would drop SQLite's own locks
    assert sum(has(plain, f"note {n}") for n in range(10)) == 0
    assert prove(plain).sound, "and nothing tells that it lacks them, but a head that was noted"
    copy = part(tmp_path)
    copy_of(branch.store.path, copy)
    assert sum(has(copy, f"note {n}") for n in range(10)) == 10
    assert prove_copy(copy, branch.store.path)[1] == heads_of(branch.store.path)


def test_e6_a_desk_that_goes_on_writing_is_in_it_up_to_a_moment(branch: Branch, tmp_path: Path) -> None:
    writer = start("spend-for-ever", branch.store.path, "102")
    assert writer.stdout is not None
    try:
        for turn in range(3):
            told = [writer.stdout.readline().strip() for _ in range(5)]
            copy = tmp_path / f"copy{turn}.db"
            copy.touch(0o600)
            copy_of(branch.store.path, copy)
            assert all(has(copy, command) for command in told), "what was acknowledged before is in it"
            prove_copy(copy, branch.store.path)
        assert writer.poll() is None
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    assert verify(branch.store).sound


@pytest.mark.parametrize("mode", ["wal", "truncate"])
def test_e6_a_writer_never_waits_for_more_than_a_step(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line is written between any two steps of the copy, in both modes; without a log it begins anew, to an end."""
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: mode == "wal")
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.5)
    monkeypatch.setattr(copying, "PAGES", 8)
    store = Store.create(tmp_path / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa")
    branch.standard()
    lock, written, steps = threading.Lock(), 0, copying._Rounds.__call__

    def stepped(self: copying._Rounds, status: int, left: int, total: int) -> None:
        nonlocal written
        if self._pause:  # else it is the last copy, for which writers wait: without a log they may not go on under it
            with lock:
                note(branch, written)
                written += 1
        steps(self, status, left, total)

    monkeypatch.setattr(copying._Rounds, "__call__", stepped)
    copy = part(tmp_path)
    copy_of(store.path, copy)
    assert written > 3
    verdict, _ = prove_copy(copy, store.path)
    assert verdict.lines <= summary(store.path).lines
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"], "one file, whatever the mode"
    store.close()


def test_e6_a_copy_that_was_touched_is_never_taken_for_a_backup(branch: Branch, tmp_path: Path) -> None:
    copy = part(tmp_path)
    copy_of(branch.store.path, copy)
    for statement, why in (
        ("UPDATE case_file SET gave = gave + 1", "chain"),
        ("UPDATE journal SET body = replace(body, 'voucher', 'vouched')", "chain"),
    ):
        touched = Path(shutil.copy(copy, tmp_path / "touched.db"))
        with closing(driver.connect(touched)) as forger:
            forger.execute("DROP TRIGGER journal_no_update")
            forger.execute(statement)
            forger.execute(
                "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
                "BEGIN SELECT raise(ABORT, 'the journal is append-only'); END"
            )
        with pytest.raises(Unsound) as caught:
            prove(touched)
        assert caught.value.why == why


def test_e6_a_sound_copy_of_another_branch_is_not_one_of_this(branch: Branch, tmp_path: Path) -> None:
    other = Branch(Store.create(tmp_path / "other.db"), "other")
    other.found()
    other.store.close()
    prove(other.store.path)
    with pytest.raises(Unsound, match="went by"):
        prove_copy(other.store.path, branch.store.path)


# --------------------------------------------------------------------------------------------------- disks and rights


@pytest.fixture
def folder(branch: Branch, tmp_path: Path) -> Path:
    """The folder of the backups, with one in it; the store is left by everybody."""
    Backups(branch.store.path, tmp_path / "backups", 30, FixedClock(NOW - timedelta(days=3))).make(in_silence)
    branch.store.close()
    return tmp_path / "backups"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK)


def test_e6_a_backup_is_for_its_owner_alone_whatever_the_mask(folder: Path, tmp_path: Path) -> None:
    worker("backup", str(tmp_path / "mesa.db"), str(folder))
    assert names(folder) == [KEPT, name_of("CEN-1", NOW)]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_e6_a_quota_that_is_used_up_leaves_the_older_ones_as_they_are(folder: Path, tmp_path: Path) -> None:
    before = (folder / KEPT).read_bytes()
    said = worker("backup", str(tmp_path / "mesa.db"), str(folder), "limit", str(len(before) // 2))
    assert said in ("failed\n", "full\n")
    assert names(folder) == [KEPT]
    assert (folder / KEPT).read_bytes() == before


def test_e6_a_full_disk_is_told_and_leaves_nothing(branch: Branch, tmp_path: Path) -> None:
    if not can_mount():
        pytest.skip("no small disk can be mounted here")
    branch.store.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    shell = _MOUNT + '"$@"; ls -A "$SEEN"'
    mounted = ("env", f"SEEN={disk}", "unshare", "-rm", "sh", "-c", shell, "128k", str(disk))
    said = run(
        *mounted, sys.executable, "-m", "tests.faults.backup_worker", "backup", str(branch.store.path), str(disk)
    )
    assert said.split() == ["full", LOCK]


def test_e6_a_folder_that_cannot_be_written_is_told(branch: Branch) -> None:
    branch.store.close()
    home = Path(mkdtemp())
    database = Path(shutil.copy(branch.store.path, home / "mesa.db"))
    shut = home / "shut"
    shut.mkdir(0o555)
    for path, mode in ((home, 0o777), (database, 0o666)):
        path.chmod(mode)
    assert worker("backup", str(database), str(shut), "nobody") == "rights\n"
    assert list(shut.iterdir()) == []
    shutil.rmtree(home)


def test_e6_two_windows_make_one_backup(branch: Branch, folder: Path) -> None:
    with held(folder / LOCK) as alone:
        assert alone
        with pytest.raises(BackupBusy):
            backup(branch.store.path, folder)
    assert names(folder) == [KEPT]


# -------------------------------------------------------------------------------------------------------------- kills


def test_e6_killed_at_any_step_of_a_backup_none_that_is_half_made_counts(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "template"
    template.mkdir()
    shutil.copy(tmp_path / "mesa.db", template)
    shutil.copytree(folder, template / "backups")
    runs = tmp_path / "runs"
    killed = int(worker("backup-killed", str(template), str(runs)))
    assert killed >= 5
    kept = (folder / KEPT).read_bytes()
    halves = 0
    for run_ in runs.iterdir():
        there = run_ / "backups"
        assert (there / KEPT).read_bytes() == kept
        halves += any(there.glob(".mesa-backup-*.part*"))
        for path in there.iterdir():
            assert read_name(path.name) is None or prove(path).sound
        backup(run_ / "mesa.db", there)
        assert all(name == KEPT or read_name(name) for name in names(there)), "what was left behind is swept away"
    assert halves > 1, "the kills were early enough to leave something behind"


def test_e6_killed_at_any_step_of_a_restore_one_of_the_two_is_in_place_and_none_is_lost(tmp_path: Path) -> None:
    template, heads = crashed(tmp_path)
    runs = tmp_path / "runs"
    killed = int(worker("restore-killed", str(template), str(runs)))
    assert killed >= 6
    seen = set()
    for run_ in sorted(runs.iterdir(), key=lambda path: int(path.name)):
        found = opened(run_ / "mesa.db")
        seen.add(found)
        assert found in heads.values()
        if found == heads["new"]:
            [aside] = run_.glob("mesa.db.replaced-*Z")
            assert opened(aside) == heads["old"]
        assert opened(run_ / "backup.db") == heads["new"]
        with restoring(run_ / "mesa.db", run_ / "backup.db", in_silence) as ready:
            ready.put_in_place(NOW + timedelta(minutes=1))
        assert opened(run_ / "mesa.db") == heads["new"]
        assert not list(run_.glob(".mesa.db.restoring-*"))
    assert seen == set(heads.values()), "some were killed before it and some after"


def test_e6_a_backup_that_is_only_copied_over_does_harm(tmp_path: Path) -> None:
    """The control: the last window was killed, so a log lies beside the file; a copy over it is not what was copied."""
    if driver.journal_mode() != "wal":
        pytest.skip("this SQLite keeps no write-ahead log")
    template, heads = crashed(tmp_path)
    shutil.copyfile(template / "backup.db", template / "mesa.db")
    try:
        found = opened(template / "mesa.db")
    except (StoreError, AssertionError):
        return  # it is not even sound
    assert found != heads["new"]


def crashed(tmp_path: Path) -> tuple[Path, dict[str, tuple[int, bytes]]]:
    """A folder with a backup, and a store that went on since and whose window was killed; the head of each."""
    template = tmp_path / "template"
    template.mkdir()
    store = Store.create(template / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa")
    branch.standard()
    copy = template / "backup.db"
    copy.touch(0o600)
    copy_of(store.path, copy)
    for n in range(30):
        note(branch, n)
    living = tmp_path / "living"
    run("cp", "-a", str(template), str(living))  # as a kill leaves it: with what SQLite has beside it
    old = heads_of(store.path)["CEN-1"]
    store.close()
    shutil.rmtree(template)
    return living.rename(template), {"old": old, "new": heads_of(template / "backup.db")["CEN-1"]}


def opened(path: Path) -> tuple[int, bytes]:
    """The head of a store that is opened for work and proved."""
    store = Store.open(path)
    try:
        assert verify(store).sound
        return heads_of(path)["CEN-1"]
    finally:
        store.close()


# ----------------------------------------------------------------------------------------------------------- restoring


def test_e6_a_restore_waits_until_nobody_has_it_open(branch: Branch, folder: Path, tmp_path: Path) -> None:
    source = folder / KEPT
    again = Store.open(branch.store.path)
    if driver.journal_mode() == "wal":
        with again.reading(), pytest.raises(InUse):
            restore(branch.store.path, source)
    with held(mark_of(branch.store.path)), pytest.raises(InUse):
        restore(branch.store.path, source)
    assert heads_of(branch.store.path) == heads_of(source)
    again.close()
    assert not list(tmp_path.glob("mesa.db.replaced-*"))


def test_e6_damage_of_every_kind_in_a_backup_is_refused_and_nothing_changes(folder: Path, tmp_path: Path) -> None:
    database, source = tmp_path / "mesa.db", folder / KEPT
    before, whole = database.read_bytes(), source.read_bytes()
    for damaged in (b"", whole[:9000], b"Dear diary, " * 1000, whole[:20000] + bytes(4096) + whole[24096:],
                    whole.replace(b"voucher", b"vouched")):  # fmt: skip
        source.write_bytes(damaged)
        with pytest.raises(StoreError):
            restore(database, source)
        assert database.read_bytes() == before
        beside = {mark_of(database).name, "mesa.db-journal"}  # where there is no log, an empty journal stays
        assert {path.name for path in tmp_path.iterdir()} - beside == {"backups", "mesa.db"}


def test_e6_a_damaged_store_is_moved_as_it_is(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "mesa.db"
    database.write_bytes(database.read_bytes()[:9000])
    database.with_name("mesa.db-wal").write_bytes(b"what it had beside it")
    broken = database.read_bytes()
    restore(database, folder / KEPT)
    assert opened(database) == heads_of(folder / KEPT)["CEN-1"]
    [aside] = tmp_path.glob("mesa.db.replaced-*Z")
    assert aside.read_bytes() == broken
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"what it had beside it"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_b3_budgets_are_as_they_were_at_the_backup(branch: Branch, folder: Path) -> None:
    again = Branch(Store.open(branch.store.path), "again")
    case = again.open()
    again.append((case, f.CompensationReserved("own", mxn(500_00), "ana", "2025-03")))
    again.store.close()
    restore(branch.store.path, folder / KEPT)
    store = Store.open(branch.store.path)
    with store.reading() as tx:
        budget = tx.budget("ana")
    store.close()
    assert budget is not None
    assert budget[0].reserved == mxn(0)
