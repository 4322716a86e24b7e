"""A prepared branch in this test's own home, and the command line over it."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mesa_recuperacion.cli.app import build
from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.wiring import log

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def hooks_as_they_were() -> Iterator[None]:
    """A command sets up this process's log and hooks; the next test begins without them."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions = before
    for handler in list(logging.getLogger().handlers):
        if isinstance(handler, log.LogFile):
            logging.getLogger().removeHandler(handler)
            handler.close()


@pytest.fixture(scope="session")
def prepared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "mesa.db"
    now = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
    prepare(path, now=now, cases=20, language="en", hasher=Argon2(memory_kib=64))
    return path


@pytest.fixture
def database(mesa_home: Path, prepared_store: Path) -> Path:
    """The store of this test's own branch."""
    mesa_home.mkdir(mode=0o700)
    return Path(shutil.copy(prepared_store, mesa_home / "mesa.db"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process, in English; standard input is what is given."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def invoke(*arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(build(Words("en")), list(arguments), input=typed)
        assert "Traceback" not in result.output
        return result

    return invoke
