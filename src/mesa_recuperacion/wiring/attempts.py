"""Counting wrong PINs where nothing can be written in the store: in place, in a file of a fixed size (rule E2).

The file is made while all is well, and its every byte is on the disk: counting in it later needs no room on a disk that
is full.  It holds no name and no PIN: of a person, a digest; of a boot, another.
"""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.lockout import Lock
from mesa_recuperacion.store.durable import put_into_place
from mesa_recuperacion.store.errors import StoreReadOnly
from mesa_recuperacion.wiring.places import prepared

_ROW = struct.Struct(">16sIqq36s56x")
"""Who, how many in a row, the wait's end by the wall and by the steady clock (milliseconds, -1: none), which boot.

128 bytes: none lies across two sectors of a disk, so that one is never half written.
"""
ROWS = 64
SIZE = ROWS * _ROW.size


def attempts_beside(keys_file: Path) -> Attempts:
    """Where tries are counted while the store cannot be written: beside the keys."""
    return Attempts(keys_file.with_name("attempts"))


class Attempts:
    """The file of the counters of a workstation, beside its keys."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        """Make the file, whole, if it is not there.  Raises ``OSError``."""
        if self._path.exists():
            return
        prepared(self._path.parent)
        making = self._path.with_name(f".{self._path.name}.{os.urandom(4).hex()}.new")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            with os.fdopen(os.open(making, flags, 0o600), "wb") as file:
                file.write(bytes(SIZE))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                put_into_place(making, self._path)
        finally:
            making.unlink(missing_ok=True)

    @contextmanager
    def counting(self) -> Iterator[Rows]:
        """The counters, for this window alone meanwhile.  Raises ``StoreReadOnly`` if there is nothing to count in."""
        flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            file = os.open(self._path, flags)
            try:
                _alone(file)
                if os.fstat(file).st_size != SIZE:
                    raise StoreReadOnly(f"{self._path}: not {SIZE} bytes")
                yield Rows(file)
            finally:
                os.close(file)
        except OSError as error:
            raise StoreReadOnly(f"{self._path}: {error.strerror}") from error


class Rows:
    """The counters, while the file is open."""

    def __init__(self, file: int) -> None:
        self._file = file

    def failures(self, who: str) -> tuple[int, Lock | None]:
        """How many wrong PINs in a row, and the wait that followed."""
        os.lseek(self._file, self._place(who) * _ROW.size, os.SEEK_SET)
        _, count, wall, steady, boot = _ROW.unpack(os.read(self._file, _ROW.size))
        if wall < 0 or not count:
            return count, None
        return count, Lock(from_ms(wall), steady / 1000, boot.rstrip(b"\0").decode("ascii", "replace"))

    def note_failure(self, who: str, count: int, lock: Lock | None) -> None:
        """Keep both; they are on the disk when this returns."""
        wall, steady, boot = -1, -1, b""
        if lock is not None:
            wall, steady, boot = to_ms(lock.until), round(lock.steady * 1000), lock.boot.encode("ascii", "replace")
        os.lseek(self._file, self._place(who) * _ROW.size, os.SEEK_SET)
        os.write(self._file, _ROW.pack(_digest(who), count, wall, steady, boot))
        os.fsync(self._file)

    def clear_failures(self, who: str) -> None:
        """Forget both."""
        self.note_failure(who, 0, None)

    def _place(self, who: str) -> int:
        """Somebody's row, or the first free one; the last one for all for whom there is no room."""
        os.lseek(self._file, 0, os.SEEK_SET)
        rows, key = os.read(self._file, SIZE), _digest(who)
        for n in range(ROWS - 1):
            if rows[n * _ROW.size : n * _ROW.size + len(key)] in (key, bytes(len(key))):
                return n
        return ROWS - 1


def _alone(file: int) -> None:
    """Wait until no other window counts; until the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
