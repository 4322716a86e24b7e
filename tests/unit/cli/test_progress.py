"""A long run tells how far it is on a terminal, not before half a second, and hears a signal where it can end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest

from mesa_recuperacion.cli.progress import FIRST, LongRun, steps_in
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.heard import Stopped, heeding


class Screen(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


class Hand:
    """A clock that is moved by hand."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


def screened(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal in the place of the standard error, from here on: pytest puts its own there before each test."""
    monkeypatch.setattr(sys, "stderr", shown := Screen())
    return shown


def test_the_first_word_after_half_a_second_and_the_time_left_once_it_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, screen = Hand(), screened(monkeypatch)
    with LongRun(Words("es"), clock) as run:
        progress = run("lines")
        progress(0, 1000)
        clock.at += FIRST * 0.9
        progress(1, 1000)
        assert screen.getvalue() == ""
        clock.at += 0.1
        progress(2, 1000)
        assert screen.getvalue() == "\rComprobando la bitácora: 0 %"
        for n in range(1, 11):
            clock.at += 1
            progress(n * 10, 1000)
        assert screen.getvalue().rstrip().endswith("Comprobando la bitácora: 10 %, quedan 2 min")
    assert screen.getvalue().endswith("\r"), "and the line is taken away"


def test_a_step_without_a_known_end_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, screen = Hand(), screened(monkeypatch)
    with LongRun(Words("en"), clock) as run:
        clock.at += 1
        run("forgotten")(0, 0)
    assert "\rLooking up who was forgotten…" in screen.getvalue()


def test_nothing_is_written_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream := StringIO())
    clock = Hand()
    with LongRun(Words("en"), clock) as run:
        clock.at += 10
        run("lines")(5, 10)
        run.waits("x")
    assert stream.getvalue() == ""


@contextmanager
def handled(number: signal.Signals, handler: object) -> Iterator[None]:
    before = signal.signal(number, handler)  # type: ignore[arg-type]
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_heard_at_the_next_word_and_not_before(number: signal.Signals) -> None:
    before, run = signal.getsignal(number), LongRun(Words("en"))
    with run, run:
        progress = run("lines")
        progress(1, 2)
        os.kill(os.getpid(), number)
        assert run.asked == number
        with pytest.raises(Stopped):
            progress(2, 2)
    assert signal.getsignal(number) is before
    assert run.status == 128 + number


def test_what_is_ignored_stays_so() -> None:
    with handled(signal.SIGHUP, signal.SIG_IGN), LongRun(Words("en")) as run:
        os.kill(os.getpid(), signal.SIGHUP)
        run.heed()
        assert not run.asked


def test_a_signal_in_the_midst_of_one_call_of_the_database_ends_it() -> None:
    endless = "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    told: list[int] = []
    connection = driver.scratch()
    try:
        with LongRun(Words("en")) as run:
            progress = run("sweep")

            def sends(done: int, total: int) -> None:
                told.append(done)
                if len(told) == 3:
                    os.kill(os.getpid(), signal.SIGTERM)
                progress(done, total)

            with pytest.raises(Stopped), heeding(connection, sends):
                connection.execute(endless).fetchall()
        assert len(told) == 3
        assert connection.execute("SELECT 1").fetchone() == (1,), "and it is as good as before"
    finally:
        connection.close()


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_step_fits_a_line_with_its_time(language: str) -> None:
    assert all(len(said) + len(": 100 %, quedan 59 min") < 80 for said in steps_in(Words(language)).values())
