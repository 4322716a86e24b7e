"""T3: the power goes at any instant, and what was acknowledged is there (rules B3, E1, E4).

Everywhere there is a C compiler the disk is a model: the program's writes are recorded, and the states are made that a
power cut may leave.  As root it is the real thing besides: an ext4 image, copied while its writer stands still.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.wiring.keys import KeysUnfit, read_keys
from tests.faults import disk
from tests.faults.at_work import audit, tight
from tests.faults.crash import Machine, cuts, events
from tests.faults.crew import Crew
from tests.faults.figures import Figures, Scale, hold

MODES = (("WAL+FULL", False, ""), ("TRUNCATE+FULL", True, ""))
CONTROLS = (("WAL+NORMAL", False, "wal-1"), ("DELETE+FULL", False, "delete-2"))
Lost = Callable[[Path, list[str]], int]


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """The modes that we use, those that we must not use, and the files beside the store; then on a real file system."""
    yield from modelled(scale, folder)
    yield from mounted(scale, folder)


def modelled(scale: Scale, folder: Path) -> Iterator[Figures]:
    """States that a power cut may leave, made from what was recorded."""
    why = disk.why_not()
    if why:
        yield Figures("T3 power cut, model", skipped=why)
        return
    library = disk.compiled(folder)
    turns, states = scale.pick(45, 400), scale.pick(30, 1500)
    for (mode, standard, how), control in [*((m, False) for m in MODES), *((m, True) for m in CONTROLS)]:
        path = tight(folder / mode)
        with Crew(standard=standard, environment=disk.environment(library, path.parent)) as crew:
            crew.do("settle", path)
            before = Machine(path.parent)
            crew.do("commands", path, folder / f"{mode}.log", scale.dice(mode).random(), turns, how)
        test = f"T3 {'control' if control else 'model'}: {mode}"
        few = scale.pick(18, 300) if control else states
        yield explored(test, before, folder / f"{mode}.log", scale, few, _store_lost, control=control)
    for how in ("", "unforced"):
        inside = folder / f"files{how}"
        inside.mkdir()
        with Crew(environment=disk.environment(library, inside)) as crew:
            before = Machine(inside)
            crew.do("files", inside, folder / f"files{how}.log", scale.pick(4, 12), how)
        test = f"T3 {'control: files that are not forced' if how else 'model: exports and keys'}"
        yield explored(test, before, folder / f"files{how}.log", scale, states, _files_lost, control=bool(how))


def explored(
    test: str, machine: Machine, log: Path, scale: Scale, states: int, lost: Lost, *, control: bool
) -> Figures:  # fmt: skip
    """So many states, each looked at."""
    recorded, dice = events(log), scale.dice(test)
    losses, done, worst, told = 0, 0, 0, 0
    for number, cut in enumerate(cuts(recorded, states, dice, told=control)):
        for event in recorded[done:cut]:
            machine.take(event)
        done = max(done, cut)
        left = log.with_name(f"{log.stem}-left-{number}")
        left.mkdir()
        machine.cut(dice, left)
        gone = lost(left, machine.noted)
        losses, worst, told = losses + (gone > 0), max(worst, gone), told + len(machine.noted)
        shutil.rmtree(left)
    note = f"{len(recorded)} operations, {told} acknowledgements looked for, at most {worst} lost in one"
    return Figures(test, states, states, losses, note=note, control=control)


def _store_lost(left: Path, noted: list[str]) -> int:
    try:
        return audit(left / "mesa.db", noted).losses
    except StoreError:
        return len(noted) + 1


def _files_lost(left: Path, noted: list[str]) -> int:
    gone = 0
    try:
        keys = read_keys(left / "keys.json")
    except KeysUnfit:
        keys = None
        gone += 1
    for what, name, number in (line.split() for line in noted):
        if what == "file":
            made = left / name
            gone += not made.exists() or made.read_bytes() != f"{number}\n".encode() * 3000
        elif what == "key":
            gone += keys is None or name not in [key.name for key in keys.chain]
        else:
            gone += keys is None or name != keys.pepper.hex()
    return gone


def mounted(scale: Scale, folder: Path) -> Iterator[Figures]:
    """On ext4: the image is copied while the writer stands still, and the copy is mounted and read."""
    if os.geteuid() != 0:
        yield Figures("T3 ext4", skipped="a file system of one's own needs root")
        return
    if not _can_mount(folder):
        yield Figures("T3 ext4", skipped="no file system can be mounted here")
        return
    for (mode, standard, how), control in [*((m, False) for m in MODES), *((m, True) for m in CONTROLS)]:
        times = scale.pick(2, 200)
        test = f"T3 {'control' if control else 'ext4'}: {mode} on ext4"
        times = scale.pick(0, 40) if how == "delete-2" else times  # it shows in a fifth of the cuts
        if times:
            yield cut_off(test, scale, folder / f"ext4-{mode}", times, standard, how)


def cut_off(test: str, scale: Scale, folder: Path, times: int, standard: bool, how: str) -> Figures:
    """So many cuts of two writers who go on after each."""
    image, here, there = folder / "disk.img", folder / "here", folder / "there"
    for each in (here, there):
        each.mkdir(parents=True)
    _formatted(image)
    lost, told, worst = 0, 0, 0
    with _mounted(image, here):
        path, dice = tight(here / "data"), scale.dice(test)
        subprocess.run(["sync", "-f", str(here)], check=True)  # the branch was copied there by the test
        with Crew(standard=standard) as crew:
            crew.do("settle", path)
            writers = [crew.send(f"{n}", "work", path, dice.random(), how) for n in range(2)]
            for _ in range(times):
                heard = sum(len(crew.lines(f"{n}")) for n in range(2)) + dice.randint(1, 12)
                crew.wait(lambda heard=heard: sum(len(crew.said[f"{n}"]) - 1 for n in range(2)) >= heard)
                for writer in writers:
                    os.kill(writer, signal.SIGSTOP)
                acknowledged = [name for n in range(2) for name in crew.lines(f"{n}")]
                subprocess.run(["cp", "--sparse=always", str(image), str(folder / "cut.img")], check=True)
                for writer in writers:
                    os.kill(writer, signal.SIGCONT)
                with _mounted(folder / "cut.img", there):
                    gone = _store_lost(there / "data", acknowledged)
                lost, told, worst = lost + (gone > 0), told + len(acknowledged), max(worst, gone)
    note = f"{told} acknowledgements looked for, at most {worst} lost in one"
    return Figures(test, times, times, lost, note=note, control=bool(how))


def _formatted(image: Path) -> None:
    with image.open("wb") as made:
        made.truncate(32 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)


@contextmanager
def _mounted(image: Path, at: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "loop", str(image), str(at)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


def _can_mount(folder: Path) -> bool:
    image, at = folder / "try.img", folder / "try"
    at.mkdir()
    try:
        _formatted(image)
        with _mounted(image, at):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def test_e4_no_power_cut_that_can_be_made_up_loses_what_was_acknowledged(tmp_path: Path) -> None:
    scale = Scale()
    hold(modelled(scale, tmp_path), scale)


def test_e4_no_power_cut_on_a_real_file_system_loses_what_was_acknowledged(tmp_path: Path) -> None:
    scale = Scale()
    hold(mounted(scale, tmp_path), scale)
