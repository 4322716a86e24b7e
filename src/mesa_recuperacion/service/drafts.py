"""The draft of the next version of the policy: a file beside the database, which any editor can open (rule D7).

It is a file and not a row so that it outlives whatever happens to the program, and so that it can be edited without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from datetime import UTC, datetime
from pathlib import Path

from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.policy.syntax import MAX_BYTES

_CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """The bytes of a draft, at most one more than a policy can have, and when they were saved."""

    data: bytes
    saved_at: datetime

    @property
    def digest(self) -> str:
        """What tells this text from any other."""
        return hashlib.sha256(self.data).hexdigest()


def draft_path(database: Path) -> Path:
    """Where the draft of a branch is: ``mesa.db`` has it in ``mesa-policy-draft.toml``."""
    return database.with_name(f"{database.stem}-policy-draft.toml")


def read_draft(path: Path) -> Draft | None:
    """The draft; ``None`` if there is none.  Raises ``OSError`` for what is no plain file or cannot be read."""
    try:
        file = os.open(path, os.O_RDONLY | _NO_LINK | _NO_WAIT | _CLOSE_ON_EXEC)
    except FileNotFoundError:
        return None
    with open(file, "rb") as opened:  # noqa: PTH123 - a descriptor, not a path
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{path}: not a plain file")
        return Draft(opened.read(MAX_BYTES + 1), datetime.fromtimestamp(found.st_mtime, UTC))


def begin_draft(path: Path, text: str) -> bool:
    """Write a draft for its owner's eyes only, whole or not at all, if there is none; whether it was written.

    Nothing that somebody wrote is ever written over.  Raises ``OSError``.
    """
    if os.path.lexists(path):
        return False
    building = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        file = os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_LINK | _CLOSE_ON_EXEC, 0o600)
        with open(file, "wb") as opened:  # noqa: PTH123
            opened.write(text.encode("utf-8"))
            opened.flush()
            os.fsync(file)
        return _put(building, path)
    finally:
        building.unlink(missing_ok=True)


def _put(building: Path, path: Path) -> bool:
    try:
        os.link(building, path)
    except FileExistsError:
        return False  # another window was first
    except OSError:  # a file system without second names
        if os.path.lexists(path):
            return False
        building.rename(path)
    return True


def end_draft(path: Path, published: bytes) -> None:
    """Take the draft away once it is published; one that says something else by now stays."""
    with contextlib.suppress(OSError):
        found = read_draft(path)
        if found is not None and found.data == published:
            path.unlink()
