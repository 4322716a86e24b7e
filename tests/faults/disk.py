"""The disk of :file:`disk.c`: compiled where there is a C compiler, preloaded, told to fail or to remember."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

WRITES, FORCES, CUTS = 1, 2, 4
SOURCE = Path(__file__).with_name("disk.c")


def why_not() -> str:
    """Why there is no such disk on this machine; empty if there can be one."""
    if not sys.platform.startswith("linux"):
        return "a failing disk is preloaded: Linux only"
    return "" if shutil.which("cc") else "a failing disk is compiled: there is no cc"


def compiled(folder: Path) -> Path:
    """The library, made in that folder."""
    made = folder / "disk.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(made), str(SOURCE), "-ldl", "-lpthread"],
        check=True,
    )
    return made


def environment(library: Path, watch: Path) -> dict[str, str]:
    """What a program is started with, so that its files below ``watch`` are on this disk."""
    return {"LD_PRELOAD": str(library), "DISK_WATCH": str(watch)}


class Disk:
    """Inside such a program: the disk under it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.disk_failed.restype = ctypes.c_long

    def fail(self, nth: int, error: int, *, sticky: bool, kinds: int) -> None:
        """Let the nth of these kinds fail, counted from now on; with ``sticky`` everything after it too."""
        self._library.disk_fail(ctypes.c_long(nth), error, int(sticky), kinds)

    def heal(self) -> int:
        """Let nothing fail any more; answers how often something did."""
        hits: int = self._library.disk_failed()
        self.fail(0, 0, sticky=False, kinds=0)
        return hits

    def record(self, log: Path) -> None:
        """Write down everything from now on."""
        self._library.disk_record(os.fsencode(log))

    def note(self, text: str) -> None:
        """Write a line of one's own among it."""
        self._library.disk_note(text.encode())
