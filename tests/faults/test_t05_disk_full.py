"""T5: the disk is full.  What was acknowledged stays, what is being said is still saved, and reading, coming in and
leaving go on; with room again all goes on by itself.

A *loss* is an acknowledged note that is gone, a note that was refused while there was room that could give way, a look
or a login that was refused, or a desk that does not go on once there is room.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import desk
from tests.faults.bridged import until
from tests.faults.figures import Figures, Scale, hold
from tests.faults.test_export_disks import can_mount
from tests.terminal.harness import Terminal

ROOT = Path(__file__).parents[2]
_ON_A_DISK = 'mount -t tmpfs -o "size=$0" none "$1" && shift && exec "$@"'


def on_a_disk(size: str, folder: Path) -> list[str]:
    """What runs a program on a small disk of its own, mounted at a folder."""
    return ["unshare", "-rm", "sh", "-c", _ON_A_DISK, size, str(folder)]


def told(folder: Path, how: str, guard: str) -> dict[str, Any]:
    """What came of a desk at work; see ``full_worker``."""
    folder.mkdir()
    before = on_a_disk("3m", folder) if how == "disk" else []
    arguments = [*before, sys.executable, "-m", "tests.faults.full_worker", str(folder), how, guard]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def row(folder: Path, how: str, guard: str, runs: int) -> Figures:
    """A row of so many runs."""
    losses, notes, read = 0, 0, 0
    for n in range(runs):
        seen = told(folder / f"{how}-{guard}-{n}", how, guard)
        assert seen["sound"], seen
        assert seen["told"].startswith("Store"), seen
        notes, read = notes + seen["acked"], read + len(seen["read"])
        losses += seen["gone"] + seen["read"].count(False) + seen["again"].count(False)
        if how == "disk":
            losses += "low" not in seen["full"]
            losses += "low" in seen["after"] or not seen["ballast"]
    where = {"disk": "a disk that is full", "limit": "a limit that is used up"}[how]
    note = f"{notes} notes acknowledged, {read} looks and logins while full"
    if guard == "control":
        return Figures(f"T5 control: {where}, nothing gives way", runs, runs, losses, note=note, control=True)
    return Figures(f"T5 {where}", runs, runs, losses, note=note)


def disks(scale: Scale, folder: Path) -> Iterator[Figures]:
    for how in ("disk", "limit"):
        if how == "disk" and not can_mount():
            yield Figures("T5 a disk that is full", skipped="a small disk needs root, or unshare")
            continue
        yield row(folder, how, "guarded", scale.pick(1, 20))
        yield row(folder, how, "control", scale.pick(1, 5))


class OnADisk:
    """The real desk in a terminal, its home on a disk of its own that can be filled up from outside."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        kept = desk.branch(folder / "kept").parent
        program = [
            "sh",
            "-c",
            'cp "$0"/* "$MESA_HOME" && exec "$@"',
            str(kept),
            sys.executable,
            "-m",
            "mesa_recuperacion",
        ]
        self.terminal = Terminal(
            [*on_a_disk("260m", self.home), *program], env={"MESA_HOME": str(self.home), "LANG": "es_MX.UTF-8"}
        )

    @property
    def seen(self) -> Path:
        """The disk as this process sees it."""
        return Path(f"/proc/{self.terminal._pid}/root{self.home}")

    def fill(self) -> None:
        """Until not one byte more has room."""
        with (self.seen / "filler").open("ab", buffering=0) as out:
            for size in (1 << 20, 4096, 1):
                try:
                    while out.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        """As much room as before."""
        (self.seen / "filler").unlink()


def screens(folder: Path) -> Iterator[Figures]:
    """The same at the screen."""
    if not can_mount():
        yield Figures("T5 the desk on the screen", skipped="a small disk needs root, or unshare")
        return
    at = OnADisk(folder)
    with at.terminal as t:
        t.wait_for("Número y PIN ►")
        until((at.seen / ".mesa.db.ballast").exists)
        at.fill()
        t.send(f"1 {desk.ANA}\r")
        t.wait_for("Cliente ►")
        came_in = time.monotonic()
        t.wait_for("Queda poco disco")
        banner = time.monotonic() - came_in
        t.send("Marta Ruiz\r")
        t.wait_for("Disculpa ►")
        assert not (at.seen / ".mesa.db.ballast").exists()
        at.fill()
        t.send("\r3\r")
        t.wait_for("El disco está lleno")
        t.wait_for("Solo lectura")
        for key in ("<f4>", "<esc>", "<f1>", "<esc>"):
            t.send(key)
        t.send("<f3>")
        t.wait_for("Marta Ruiz")
        t.send("<f3>")
        t.wait_for("Número y PIN ►")
        t.send(f"1 {desk.ANA}\r")
        t.wait_for("Sin guardar")
        t.wait_for("Quedó a medias")
        at.free()
        t.send("1\r")
        t.wait_gone("Solo lectura")
        t.send("3\r")
        t.wait_for("Nota ►")
        t.send("<f3>")
        t.wait_for("Estacionados")
        t.send("<f3>")
        t.wait_for("Número y PIN ►")
        t.send("<f3>")
        assert t.wait_exit() == 0
        assert t.tty_faults() == []
    yield Figures("T5 the desk on the screen", 1, 1, int(banner > 1.5), note=f"banner after {banner:.2f} s")


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """A full disk and a limit, each with its control, and the desk on the screen."""
    yield from disks(scale, folder)
    yield from screens(folder)


def test_e4_a_full_disk_loses_nothing_and_reading_goes_on(tmp_path: Path) -> None:
    hold(disks(scale := Scale(), tmp_path), scale)


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk of one's own is Linux's")
def test_e4_the_screen_says_that_the_disk_is_full_and_goes_on_with_room(tmp_path: Path) -> None:
    hold(screens(tmp_path), Scale())
