"""The log says what failed and where; never what anybody typed (rules E2, E5)."""

from __future__ import annotations

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.wiring import log

SECRET = "482915 Marta Ruiz"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions
    handler = log.start(tmp_path / "logs" / "mesa.log")
    yield tmp_path / "logs" / "mesa.log"
    logging.getLogger().removeHandler(handler)
    handler.close()
    sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions = hooks


def failure() -> Exception:
    """An exception whose message and frames hold what nobody may read."""
    pin = SECRET
    try:
        try:
            raise ValueError(pin)
        except ValueError as error:
            raise LookupError(f"nobody called {pin}") from error
    except LookupError as error:
        return error


def test_nothing_is_made_before_the_first_line(path: Path) -> None:
    assert not path.parent.exists()


def test_the_log_is_its_owners_alone(path: Path) -> None:
    log.note(failure())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_e2_an_exception_is_its_kinds_and_places_and_not_its_values(path: Path) -> None:
    reference = log.note(failure())
    said = path.read_text(encoding="utf-8")
    assert f"{reference} LookupError at test_log.py:" in said
    assert "because of ValueError at test_log.py:" in said
    assert not any(part in said for part in SECRET.split())


def test_e2_what_other_programs_say_is_left_out(path: Path) -> None:
    error = failure()
    logging.getLogger("sqlalchemy.engine").error("INSERT %s", SECRET, exc_info=error)
    said = path.read_text(encoding="utf-8")
    assert "ERROR sqlalchemy.engine … LookupError at test_log.py:" in said
    assert not any(part in said for part in SECRET.split())


def test_a_line_break_does_not_forge_a_line(path: Path) -> None:
    logging.getLogger("mesa_recuperacion.x").error("one\n2026-01-01 ERROR two")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_it_does_not_grow_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (handler,) = (h for h in logging.getLogger().handlers if isinstance(h, log.LogFile))
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for _ in range(200):
        log.note(failure())
    kept = list(path.parent.iterdir())
    assert len(kept) == 1 + log.FILES
    assert all(file.stat().st_size < 3000 and stat.S_IMODE(file.stat().st_mode) == 0o600 for file in kept)


def test_what_nobody_catches_is_one_sentence_with_its_reference(path: Path) -> None:
    told: list[str] = []
    log.catch_everything(Words("en"), path, told.append)
    error = failure()
    sys.excepthook(type(error), error, error.__traceback__)
    (sentence,) = told
    reference = path.read_text(encoding="utf-8").split()[3]
    assert reference in sentence
    assert str(path) in sentence
    assert not any(part in sentence for part in SECRET.split())


def test_what_nobody_catches_on_a_thread_is_noted_and_not_printed(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.catch_everything(Words("en"), path)

    def work() -> None:
        raise failure()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert "LookupError" in path.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    handler = log.start(tmp_path / "logs" / "mesa.log")
    try:
        assert log.note(failure())
    finally:
        logging.getLogger().removeHandler(handler)
    assert capsys.readouterr().err == ""
