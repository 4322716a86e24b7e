"""The page that describes the journal is enough to verify one, and says what we do (rule E1)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.journal.chain import hash_of, hashed_bytes
from mesa_recuperacion.journal.codec import encode
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.export import export
from mesa_recuperacion.store.store import Store
from tests.contract import independent_verifier
from tests.contract.branch import Branch
from tests.contract.suite import a_varied_month

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
VERIFIER = Path(independent_verifier.__file__)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with a varied month, closed, its export beside it; and its head."""
    store = Store.create(tmp_path_factory.mktemp("kept") / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", 'Rosa "Ñ" \\ Peña 🙂', "55 1234 0078")
    a_varied_month(branch)
    with store.reading() as now:
        stream, seq, own = now.head()
    with store.path.with_suffix(".jsonl").open("w", encoding="utf-8") as out:
        export(store, out)
    store.close()
    return store.path, f"head {stream} {seq} {own.hex()}"


def run(path: Path) -> tuple[int, list[str]]:
    """In a process of its own, with nothing of ours to import."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_e1_a_verifier_written_from_the_page_agrees_on_a_real_file(kept: tuple[Path, str]) -> None:
    path, head = kept
    assert run(path) == (0, [head])


def test_e1_and_on_an_export(kept: tuple[Path, str]) -> None:
    path, head = kept
    assert run(path.with_suffix(".jsonl")) == (0, [head])


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE journal SET actor = 'eva' WHERE seq = 9", "CEN-1/9: hash"),
        ("UPDATE journal SET prev = zeroblob(32) WHERE seq = 9", "CEN-1/9: hash"),
        ("DELETE FROM journal WHERE seq = 9", "CEN-1/10: follows 8"),
        ("UPDATE private_text SET value = 'Rosa' WHERE seq = 6 AND field = 'name'", "CEN-1/6: seal of name"),
    ],
)
def test_e1_and_finds_what_was_touched(kept: tuple[Path, str], tmp_path: Path, statement: str, fault: str) -> None:
    copy = tmp_path / "mesa.db"
    copy.write_bytes(kept[0].read_bytes())
    connection = driver.connect(copy)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.close()
    code, told = run(copy)
    assert code == 1
    assert told[0] == fault


def test_e1_the_verifier_imports_nothing_of_ours() -> None:
    imported = re.findall(r"^(?:from|import) ([\w.]+)", VERIFIER.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_e1_the_worked_example_of_the_page_is_exact() -> None:
    body, first, second = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    hashes = re.findall(r"^    ([0-9a-f]{64})$", PAGE, re.MULTILINE)
    message = '"Llegó \\"roto\\""'
    assert f"    {message}\n" in PAGE
    assert message.encode().hex(" ") in PAGE
    assert len(message.encode()) == 17

    note = f.NoteAdded('Llegó "roto"')
    assert encode(note, lambda _: bytes(range(32)))[0] == body
    line = Record("CEN-1", 1, 1741051800000, note.kind, 1, "ana", 3, "c-1", "CEN-1001", body, GENESIS, b"")
    assert hashed_bytes(line) == b"mesa1\0" + first.encode()
    assert len(hashed_bytes(line)) == 231
    closed = f.CaseClosed(True, 41, 90, ("promise",))
    after = Record(
        "CEN-1", 2, 1741051801000, closed.kind, 1, "ana", 3, "c-2", "CEN-1001", encode(closed)[0], hash_of(line), b""
    )  # fmt: skip
    assert hashed_bytes(after) == b"mesa1\0" + second.encode()
    assert [hash_of(line).hex(), hash_of(after).hex()] == hashes

    for array, expected in zip((first, second), hashes, strict=True):
        values = dict(zip(independent_verifier.COLUMNS, json.loads(array), strict=False))
        assert independent_verifier.plain_hash(values) == expected
    assert independent_verifier.seal(bytes(range(32)), 'Llegó "roto"') in body


def test_e1_the_page_names_every_column_in_its_order() -> None:
    table = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert tuple(table) == independent_verifier.COLUMNS == tuple(Record._fields)
