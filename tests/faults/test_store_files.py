"""Each fault of a file is recognised before anything is created, overwritten or recovered (rules E4, E6)."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest

from mesa_recuperacion.store import driver, schema
from mesa_recuperacion.store.errors import (
    StoreCorrupt,
    StoreEmpty,
    StoreError,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
)
from mesa_recuperacion.store.quick import Glance, Station, glance
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.contract.branch import STATION, Branch


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound store with some cases in it, closed."""
    store = Store.create(tmp_path_factory.mktemp("sound") / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa Núñez Peña", "55 1234 0078")
    for _ in range(12):
        branch.standard(gesture=1_00)
    store.close()
    return store.path


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, alone in its folder."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(sound, tmp_path / "data" / "mesa.db"))


def everything(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file's mode and contents."""
    return {
        str(found.relative_to(folder)): (
            stat.S_IMODE(found.stat().st_mode),
            hashlib.sha256(found.read_bytes()).hexdigest() if found.is_file() else "",
        )
        for found in sorted(folder.rglob("*"))
    }


def missing(path: Path) -> None:
    path.unlink()


def missing_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("Estimado cliente:\n" * 400)


def short_text(path: Path) -> None:
    path.write_text("x")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE journal (x)")
    connection.close()


def another_programs_with_work_in_its_log(path: Path) -> None:
    """Its writer was killed: a look that recovered its log would change its files."""
    path.unlink()
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode=WAL');"
        "c.execute('CREATE TABLE t (x)'); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert path.with_name("mesa.db-wal").stat().st_size > 0


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {driver.USER_VERSION + 1}")
    connection.close()


def older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {driver.USER_VERSION - 1}")
    connection.close()


def never_ours(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 0")
    connection.close()


def torn(path: Path) -> None:
    with path.open("r+b") as raw:
        raw.truncate(path.stat().st_size // 2)


def scribbled(path: Path) -> None:
    with path.open("r+b") as raw:
        raw.seek(100)
        raw.write(b"\xa5" * 3900)


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE customer_word")
    connection.close()


def without_a_guard(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER journal_no_delete")
    connection.close()


FAULTS: list[tuple[Callable[[Path], None], type[StoreError]]] = [
    (missing, StoreMissing),
    (missing_folder, StoreMissing),
    (empty, StoreEmpty),
    (text, StoreForeign),
    (short_text, StoreForeign),
    (folder, StoreForeign),
    (another_programs, StoreForeign),
    (another_programs_with_work_in_its_log, StoreForeign),
    (newer, StoreNewer),
    (older, StoreOlder),
    (never_ours, StoreCorrupt),
    (torn, StoreCorrupt),
    (scribbled, StoreCorrupt),
    (without_a_table, StoreCorrupt),
    (without_a_guard, StoreCorrupt),
]


@pytest.mark.parametrize(("harm", "expected"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_e4_each_fault_is_recognised_and_nothing_is_touched(
    file: Path, harm: Callable[[Path], None], expected: type[StoreError]
) -> None:
    harm(file)
    before = everything(file.parent)
    with pytest.raises(StoreError) as told:
        Store.open(file)
    assert type(told.value) is expected
    assert everything(file.parent) == before


@pytest.mark.parametrize(("harm", "expected"), FAULTS[:-2], ids=lambda value: getattr(value, "__name__", ""))
def test_e4_the_login_screen_recognises_the_same_faults(
    file: Path, harm: Callable[[Path], None], expected: type[StoreError]
) -> None:
    harm(file)
    before = everything(file.parent)
    with pytest.raises(StoreError) as told:
        glance(file)
    assert type(told.value) is expected
    assert everything(file.parent) == before


@pytest.mark.parametrize("harm", [empty, text, folder, another_programs, newer], ids=lambda harm: harm.__name__)
def test_e4_creating_never_overwrites(file: Path, harm: Callable[[Path], None]) -> None:
    harm(file)
    before = everything(file.parent)
    with pytest.raises(StoreExists):
        Store.create(file)
    assert everything(file.parent) == before


def test_e4_creating_does_not_follow_a_link_to_nowhere(tmp_path: Path) -> None:
    (tmp_path / "mesa.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StoreExists):
        Store.create(tmp_path / "mesa.db")
    assert not (tmp_path / "elsewhere.db").exists()
    with pytest.raises(StoreMissing):
        Store.create(tmp_path / "nowhere" / "mesa.db")


def test_e4_a_creation_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise OSError("the cable was pulled")

    monkeypatch.setattr(schema, "build_tables", fail)
    with pytest.raises(OSError, match="cable"):
        Store.create(tmp_path / "mesa.db")
    assert list(tmp_path.iterdir()) == []


def test_e4_two_that_create_at_once_make_one_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = schema.build_tables

    def meanwhile(connection: object) -> None:
        monkeypatch.setattr(schema, "build_tables", build)
        Store.create(tmp_path / "mesa.db").close()
        build(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(schema, "build_tables", meanwhile)
    with pytest.raises(StoreExists):
        Store.create(tmp_path / "mesa.db")
    assert [found.name for found in tmp_path.iterdir()] == ["mesa.db"]
    Store.open(tmp_path / "mesa.db").close()


# Permissions do not stop root: the attempt is made by a child who is nobody.
AS_NOBODY = """
import os, sys
from pathlib import Path
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.errors import StoreError
from tempfile import mkdtemp
Store.create(Path(mkdtemp(dir=sys.argv.pop()), "loads.db")).close()  # whoever is nobody may not read the libraries
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    getattr(Store, sys.argv[1])(Path(sys.argv[2]))
except StoreError as error:
    print(type(error).__name__)
"""


@pytest.fixture
def shared(file: Path) -> Iterator[Path]:
    """The store in a folder that others may enter, everything in it belonging to nobody."""
    shelf = Path(mkdtemp(prefix="mesa-nobody-"))
    shelf.chmod(0o755)
    inner = shelf / "data"
    inner.mkdir()
    shutil.copy(file, inner / "mesa.db")
    if os.getuid() == 0:
        for found in (inner, inner / "mesa.db"):
            os.chown(found, 65534, 65534)
    yield inner / "mesa.db"
    inner.chmod(0o755)
    shutil.rmtree(shelf)


@pytest.mark.parametrize(
    ("act", "file_mode", "folder_mode", "expected"),
    [
        ("open", 0o600, 0o755, ""),
        ("open", 0o444, 0o755, "StoreReadOnly"),
        ("open", 0o600, 0o555, "StoreReadOnly"),
        ("open", 0o000, 0o755, "StoreReadOnly"),
        ("open", 0o600, 0o000, "StoreReadOnly"),
        ("create", 0o600, 0o755, "StoreExists"),
        ("create", 0o600, 0o000, "StoreReadOnly"),
    ],
)
def test_e4_what_cannot_be_written_is_told_at_once(
    shared: Path, tmp_path: Path, act: str, file_mode: int, folder_mode: int, expected: str
) -> None:
    shared.chmod(file_mode)
    shared.parent.chmod(folder_mode)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, act, str(shared), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (expected, "")


def test_e4_a_glance_tells_who_works_here_and_what_was_left(file: Path) -> None:
    store = Store.open(file)
    branch = Branch(store, "later")
    assert glance(file).open_case == ""
    case = branch.open()
    seen = glance(file)
    assert isinstance(seen, Glance)
    assert seen.station == Station(*(getattr(STATION, field) for field in Station._fields))
    assert [(person.number, person.name, person.role) for person in seen.people] == [
        (1, "Eva", "supervisor"),
        (7, "Ana", "agent"),
    ]
    assert (seen.open_case, seen.left_at is not None) == (case, True)
    store.close()


def test_e4_a_glance_at_a_store_without_station(tmp_path: Path) -> None:
    Store.create(tmp_path / "mesa.db").close()
    assert glance(tmp_path / "mesa.db") == Glance(None, (), "", None)


def test_f4_a_glance_imports_no_database_library() -> None:
    script = "import sys; import mesa_recuperacion.store.quick; print([m for m in sys.modules if 'sql' in m.lower()])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for heavy in ("sqlalchemy", "sqlmodel", "pydantic"):
        assert heavy not in done.stdout
    assert "sqlite3" in done.stdout


def test_e4_after_a_kill_a_glance_recovers_what_was_committed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the mode without a log, a killed writer leaves a journal that the next reader has to roll back."""
    script = (
        "import os, sys; from pathlib import Path; from mesa_recuperacion.store import driver;"
        "driver.wal_is_safe = lambda v: False;"
        "from mesa_recuperacion.store.store import Store; s = Store.open(Path(sys.argv[1]));"
        "c = s._writer._connect(); c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE person SET name = hex(zeroblob(40000))'); c.execute('UPDATE case_file SET owner = owner');"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(file)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (9, "")
    assert file.with_name("mesa.db-journal").exists()
    monkeypatch.setattr(driver, "wal_is_safe", lambda version: False)
    assert [person.name for person in glance(file).people] == ["Eva", "Ana"]


def test_e4_a_file_whose_writer_was_killed_while_it_grew_is_a_store(file: Path, tmp_path: Path) -> None:
    """The header tells of pages that are still in the log: the work of a checkpoint that was cut short."""
    before = file.read_bytes()
    store = Store.open(file)
    branch = Branch(store, "later")
    for _ in range(4):
        branch.standard(gesture=1_00)
    there = tmp_path / "again" / "mesa.db"
    there.parent.mkdir()
    subprocess.run(["cp", f"{file}-wal", f"{there}-wal"], check=True)  # nobody opens it in this process but SQLite
    store.close()
    after = file.read_bytes()
    assert len(after) > len(before)
    there.write_bytes(after[:4096] + before[4096:])
    again = Store.open(there)
    assert verify(again).sound
    with again.reading() as now:
        assert now.next_number() == 17
    again.close()


# The log is brought into the file, and the disk takes no more of it: page 1 already says how long the file will be.
CHECKPOINT_CUT = """
import os, resource, sys
from pathlib import Path
from mesa_recuperacion.store import driver
path = Path(sys.argv[1])
c = driver.connect(path); driver.prepare_writer(c)
c.execute("PRAGMA wal_autocheckpoint=0")
c.execute("CREATE TABLE added (x)"); c.execute("INSERT INTO added VALUES (zeroblob(200000))")
c.execute("DROP TABLE added")
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, path.stat().st_size))
try:
    c.execute("PRAGMA wal_checkpoint")
except driver.sqlite.OperationalError:
    os._exit(9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the length of files")
def test_e4_a_log_that_was_brought_half_into_the_file_is_no_damage(file: Path) -> None:
    if driver.journal_mode() != "wal":
        pytest.skip("this SQLite has no safe write-ahead log")
    done = subprocess.run(
        [sys.executable, "-c", CHECKPOINT_CUT, str(file)], check=False, capture_output=True, text=True
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (9, "")
    with closing(driver.connect(file, mode="ro", immutable=True)) as alone, pytest.raises(driver.sqlite.DatabaseError):
        alone.execute("PRAGMA user_version").fetchone()
    assert glance(file).station is not None
    with closing(Store.open(file)) as store:
        assert verify(store).sound


def test_e4_a_journal_that_was_left_is_rolled_back_whatever_the_file_says(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import os, sys; from pathlib import Path; from mesa_recuperacion.store import driver;"
        "driver.wal_is_safe = lambda v: False; c = driver.connect(Path(sys.argv[1])); driver.prepare_writer(c);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE'); c.execute('PRAGMA user_version=77');"
        "c.execute('CREATE TABLE added (x)'); c.execute('INSERT INTO added VALUES (zeroblob(400000))');"
        "c.execute('UPDATE case_file SET owner = owner'); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(file)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (9, "")
    monkeypatch.setattr(driver, "wal_is_safe", lambda version: False)
    assert glance(file).station is not None
    with closing(Store.open(file)) as store:
        assert verify(store).sound


@pytest.mark.parametrize("opened", [Store.open_or_read, glance])
def test_e4_a_schema_that_is_no_text_any_more_is_damage(tmp_path: Path, opened: Callable[[Path], object]) -> None:
    path = desk.branch(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.find(b"CREATE TABLE person") + 3] ^= 0x80
    path.write_bytes(data)
    with pytest.raises(StoreCorrupt):
        opened(path)
