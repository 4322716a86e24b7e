"""One invented branch for all that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.service.people import Argon2
from mesa_recuperacion.store.store import Store

NOW = datetime(2026, 3, 11, 16, 42, 18, tzinfo=UTC)
"""A Wednesday, 10:42 in Mexico City."""


@pytest.fixture(scope="session")
def quick() -> Argon2:
    """A hasher for tests: its work is not what they prove."""
    return Argon2(memory_kib=64)


@pytest.fixture(scope="session")
def branch(tmp_path_factory: pytest.TempPathFactory, quick: Argon2) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("branch") / "mesa.db"
    prepare(path, now=NOW, hasher=quick)
    store = Store.open(path)
    yield store
    store.close()
