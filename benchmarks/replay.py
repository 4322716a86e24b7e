"""Rebuild and verify, in facts per second, against a program that only reads and hashes the same bytes.

The reference is written by hand with the same SQLite: it reads every line and every private text in order, and hashes
what the chain and the seals hash.  It is the same bytes, for it has to arrive at every hash that the journal holds.

A rebuild reads these, and is held against that.  To verify is to read every row of the projections as well, so the
reference of that reads those too, in the same order, and does nothing with them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.compare import Measured, Subject, figure, milliseconds, ratios, run_benchmark, seconds_of
from benchmarks.program import WaitError
from mesa_recuperacion.journal.chain import Ring
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.shapes import PROJECTIONS
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify

CASES = 1_000
GOAL = 6.0

_LINES = (
    "SELECT stream, seq, at_ms, kind, version, actor, policy, command, case_id, body, prev, hash FROM journal "
    "ORDER BY stream, seq"
)
_TEXTS = "SELECT stream, seq, field, salt, value FROM private_text ORDER BY stream, seq, field"
_ROWS = 2000
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_and_hash(path: Path, ring: Ring) -> int:
    """Read every line and every private text, hash what is hashed of them; answers how many lines."""
    connection = driver.connect(path, mode="ro")
    lines = 0
    seals: dict[str, str] = {}
    key, of = b"", ""
    try:
        connection.execute("BEGIN")
        for *columns, prev, kept in connection.execute(_LINES):
            said = _written([*columns, prev.hex()]).encode()
            if columns[0] != of:
                key, of = b"", columns[0]
            if columns[3] == "station.keyed":  # since a desk was opened on it
                key = ring.secret(of, json.loads(columns[9])["key"])
            right = hmac.digest(key, b"mesa2\0" + said, "sha256") if key else hashlib.sha256(b"mesa1\0" + said).digest()
            if right != kept:
                raise WaitError(f"{columns[0]} {columns[1]}: another hash, so these were not the same bytes")
            lines += 1
        for stream, seq, field, salt, value in connection.execute(_TEXTS):
            seals[f"{stream} {seq} {field}"] = hmac.digest(salt, _written(value).encode(), "sha256").hex()
    finally:
        connection.close()
    return lines


def read_all(path: Path, ring: Ring) -> None:
    """As :func:`read_and_hash`, and after it every row that is folded from the journal, in the order of its key."""
    read_and_hash(path, ring)
    connection = driver.connect(path, mode="ro")
    try:
        for table in PROJECTIONS:
            rows = connection.execute(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.key)}")
            while rows.fetchmany(_ROWS):
                pass
    finally:
        connection.close()


def measure(subject: Subject, rounds: int) -> Measured:
    """Each round reads, rebuilds and verifies a copy of the branch."""
    home = subject.home()
    with tempfile.TemporaryDirectory(prefix="mesa-replay-") as folder:
        path = Path(folder) / "mesa.db"
        shutil.copy(home.database, path)
        store = Store.open(path, home.ring)
        try:
            return _measured(store, path, rounds)
        finally:
            store.close()


def _measured(store: Store, path: Path, rounds: int) -> Measured:
    facts = read_and_hash(path, store.ring)
    if not verify(store).sound:
        raise WaitError("the branch is not sound")
    runs: dict[str, Callable[[], Any]] = {
        "read and hash": lambda: read_and_hash(path, store.ring), "rebuild": lambda: rebuild(store),
        "read all": lambda: read_all(path, store.ring), "verify": lambda: verify(store),
    }  # fmt: skip
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for n in range(rounds + 1):
        for name, run in runs.items():
            seconds = seconds_of(run)
            if n:
                taken[name].append(seconds)
    lines = [f"{facts:,} facts"]
    lines += [milliseconds(name, seconds) + f", {facts / min(seconds):,.0f} facts/s" for name, seconds in taken.items()]
    journal = figure("", ratios(taken["verify"], taken["read and hash"]), 0)
    lines.append(f"  verify, against the journal alone: {journal.value:.2f} ({journal.low:.2f} to {journal.high:.2f})")
    figures = [
        figure(f"{name}, against reading and hashing", ratios(taken[name], taken[reference]), GOAL)
        for name, reference in (("rebuild", "read and hash"), ("verify", "read all"))
    ]
    return lines, figures, {"facts": facts, "seconds": taken}


if __name__ == "__main__":
    sys.exit(run_benchmark("Rebuild and verify", 5, measure, cases=CASES))
