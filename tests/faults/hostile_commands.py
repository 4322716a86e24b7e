"""The commands, in this process, with what somebody hostile gives them: arguments, paths, settings, an environment."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from mesa_recuperacion.cli.app import run
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.wiring import log
from tests import desk
from tests.faults.hostile import in_toml

SIGNED = f"3 {desk.CARLA}\n"
PIN = "918273\n"


@dataclass(frozen=True)
class Command:
    """A command line, the home in which it is given, and what is typed to it."""

    arguments: tuple[str, ...]
    home: Path
    typed: str = ""
    environ: dict[str, str] = field(default_factory=dict)


def said_by(command: Command) -> str:
    """All that a command writes, on both outputs."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape", newline="")
    environ = {"MESA_HOME": str(command.home), "LC_ALL": "en_US.UTF-8", **command.environ}
    with (
        _as_before(), patch.dict(os.environ, environ), patch.object(sys, "stdin", io.StringIO(command.typed)),
        redirect_stdout(said), redirect_stderr(said),
    ):  # fmt: skip
        run(command.arguments)
        said.flush()
        data = said.buffer.getvalue()  # type: ignore[attr-defined]
        said.detach()
    return str(data.decode("utf-8", "surrogateescape"))


@contextmanager
def _as_before() -> Iterator[None]:
    """A command begins a log and hooks of its own."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions = before
        for handler in list(logging.getLogger().handlers):
            if isinstance(handler, log.LogFile):
                logging.getLogger().removeHandler(handler)
                handler.close()


def as_name(text: str) -> str:
    """A text as a file's name: any bytes but two, and not too many."""
    data = text.replace("/", "|").replace("\0", "").encode("utf-8", "surrogatepass")[:120]
    return "n" + data.decode("utf-8", "surrogateescape")


def lines_for(text: str, folder: Path, branch: Path) -> Iterator[Command]:
    """Each command with a text wherever it takes one.  ``branch`` is copied for those that change it."""
    folder.mkdir(parents=True, exist_ok=True)
    home, name = branch.parent, as_name(text)
    there, policy = folder / name, folder / f"{name}.toml"
    argument = os.fsdecode(text.replace("\0", "").encode("utf-8", "surrogatepass")[:500])
    policy.write_text(default_policy_text("es"), encoding="utf-8")
    yield from _misused(argument, home)
    for arguments in (("policy", "check"), ("policy", "diff"), ("policy", "publish"), ("policy", "draft")):
        yield Command((*arguments, str(there)), home, SIGNED)
        yield Command((*arguments, str(policy)), home, SIGNED)
    yield from _settings(text, folder, name)
    yield from _changing(argument, there, desk.copied(branch, folder / f"{name}-home"))
    for arguments in (
        ("person", "list"),
        ("policy", "show"),
        ("journal", "verify"),
        ("journal", "export", "--private"),
    ):
        yield Command(arguments, home)


def _misused(text: str, home: Path) -> Iterator[Command]:
    """Where no such text is expected."""
    for arguments in (
        (text,), (f"--{text}",), ("journal", text), ("journal", "verify", "--head", text), ("person", "pin", text),
        ("report", "--from", text), ("report", "--format", text), ("report", f"--{text}"), ("demo", "--language", text),
        ("policy", "publish", "x.toml", "--from", text), ("demo", "--seed", text),
    ):  # fmt: skip
        yield Command(arguments, home, SIGNED)


def _settings(text: str, folder: Path, name: str) -> Iterator[Command]:
    """Homes, settings and languages."""
    yield Command(("journal", "head"), folder / f"{name}-none")
    for variable in ("LC_ALL", "LANG", "LANGUAGE", "TERM", "COLUMNS"):
        yield Command(("journal", "head"), folder / "nothing", environ={variable: name})
    inside = in_toml(text, 400)
    for n, setting in enumerate(
        (f'theme = "{inside}"', f'"{inside}" = 1', f'database = "{inside[:200]}"', f'locale = "{inside}"',
         f'[export]\nfolder = "{inside[:200]}"\n"{inside}" = 2', f'[keys]\n"{inside}" = "{inside}"', text)
    ):  # fmt: skip
        home = folder / f"settings-{n}"
        home.mkdir()
        (home / "config.toml").write_text(setting, encoding="utf-8", errors="surrogateescape" if n < 6 else "replace")
        yield Command(("journal", "head"), home)
    file = folder / f"{name}-file"
    file.write_bytes(b"x")
    yield Command(("journal", "head"), file)
    yield Command(("demo", "--no-desk", "--keep", str(file)), folder)


def _changing(text: str, there: Path, path: Path) -> Iterator[Command]:
    """What changes a branch or writes a file."""
    home, days = path.parent, ("--from", "2026-03-01", "--to", "2026-03-31")
    yield Command(("person", "add", text), home, SIGNED + PIN + PIN)
    yield Command(("person", "rename", "2", text), home, SIGNED)
    yield Command(("person", "list"), home)
    yield Command(("person", "retire", "2"), home, SIGNED)
    yield Command(("journal", "export", f"{there}.jsonl"), home)
    yield Command(("journal", "export", f"{there}.jsonl"), home)
    yield Command(("report", *days, "--out", f"{there}.html"), home, SIGNED)
    yield Command(("report", *days, "--out", str(there / "not" / "there")), home, SIGNED)
