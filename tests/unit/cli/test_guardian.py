"""Which commands are drawn below a process that puts the terminal back, and which of those come back (rule E4)."""

from __future__ import annotations

import os

import pytest
import typer

from mesa_recuperacion.cli import guardian
from mesa_recuperacion.cli.app import build
from mesa_recuperacion.i18n.words import words


@pytest.mark.parametrize(
    ("arguments", "drawn", "back"),
    [
        ([], True, True), (["review"], True, True), (["revision"], True, True), (["demo"], True, False),
        (["demo", "--keep", "x"], True, False), (["keys"], True, False), (["teclas"], True, False),
        (["demo", "--keep", "x", "--no-desk"], False, False), (["review", "--help"], False, True),
        (["--help"], False, False), (["--version"], False, False), (["journal", "verify"], False, False),
        (["person", "add", "X"], False, False), (["report"], False, False),
    ],
)  # fmt: skip
def test_only_what_draws_is_looked_after(arguments: list[str], drawn: bool, back: bool) -> None:
    assert guardian.draws(arguments) is drawn
    assert guardian.comes_back(arguments) is back


def test_what_it_names_are_commands() -> None:
    assert set(guardian._DRAW) <= set(typer.main.get_command(build(words("en"))).commands)  # type: ignore[attr-defined]


def test_without_a_terminal_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "isatty", lambda _: False)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked"))
    assert guardian.guard(None, again=True) is None
