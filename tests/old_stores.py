"""Stores of every version of the tables, as the programs of their time left them (``tests/fixtures/stores``)."""

from __future__ import annotations

import gzip
from pathlib import Path

from mesa_recuperacion.store import driver

FOLDER = Path(__file__).parent / "fixtures" / "stores"
VERSIONS = range(1, driver.USER_VERSION + 1)
OLDER = VERSIONS[:-1]
NUMBER, PIN = 1, "482915"
"""Of somebody who works in each of them."""


def old_store(version: int, path: Path) -> Path:
    """A store of that version, in a new file."""
    path.write_bytes(gzip.decompress((FOLDER / f"v{version}.db.gz").read_bytes()))
    path.chmod(0o600)
    return path
