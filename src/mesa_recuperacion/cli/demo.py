"""``mesa demo``: an invented branch to try the desk on, gone afterwards unless it is to be kept."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, disk_sentence, store_sentence
from mesa_recuperacion.cli.launch import no_terminal, open_desk
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.cli.workstation import Workstation, say, tell, workstation
from mesa_recuperacion.i18n.words import Words, words
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.config import remember
from mesa_recuperacion.wiring.places import Places, prepared, under

if TYPE_CHECKING:
    from mesa_recuperacion.store.heard import Progress

PREFIX = "mesa-demo-"


def demo(*, keep: Path | None, seed: int, cases: int, language: str, desk: bool) -> int:
    """Prepare an invented branch and open the desk on it; answers the exit code.

    ``language`` empty: that of the settings or of the environment.
    """
    here = workstation(os.environ)
    if here is None:
        return USAGE
    speaking = words(language) if language else here.words
    if not desk and keep is None:
        say(speaking.t("--no-desk needs --keep and a folder: otherwise nothing would be left."))
        return USAGE
    if desk and (reason := no_terminal(speaking)):
        say(reason)
        return USAGE
    if keep is not None:
        return _in_folder(here, under(keep.expanduser().absolute()), speaking, seed, cases, desk, kept=True)
    try:
        with _passing_folder() as folder:
            return _in_folder(here, under(folder), speaking, seed, cases, desk, kept=False)
    except OSError as error:
        log.note(error)
        say(disk_sentence(speaking, error, Path(tempfile.gettempdir())))
        return REFUSED


def _in_folder(
    here: Workstation, home: Places, speaking: Words, seed: int, cases: int, desk: bool, *, kept: bool
) -> int:  # fmt: skip
    from mesa_recuperacion.store import whereabouts
    from mesa_recuperacion.store.errors import StoreError
    from mesa_recuperacion.store.heard import Stopped

    log.start(home.log_file)
    log.catch_everything(speaking, home.log_file, say)
    run = LongRun(speaking)
    try:
        whereabouts.check(home.database)
        if reason := _no_room(speaking, home.data_dir, cases):
            say(reason)
            return REFUSED
        with run, _new_folder(home.data_dir):
            pins = _make(home.database, speaking, seed, cases, run("make"))
        if kept:
            remember(home.config_file, language=speaking.language)
    except Stopped:
        say(speaking.t("Stopped. No branch was made, and nothing of it is left."))
        return run.status
    except StoreError as error:
        say(store_sentence(speaking, error, home.database))
        return REFUSED
    except OSError as error:
        say(disk_sentence(speaking, error, home.data_dir))
        return REFUSED
    if not desk:
        _tell(home, speaking, pins)
        return DONE
    config = replace(here.config, language=speaking.language, database="")
    return open_desk(replace(here, places=home, config=config, words=speaking), demo_pins=pins)


def _no_room(speaking: Words, folder: Path, cases: int) -> str:
    """Why there is no room on the disk for so many cases; empty if there is."""
    from mesa_recuperacion.demo.prepare import BYTES

    there = next(place for place in (folder, *folder.parents) if place.exists())
    free, wanted = shutil.disk_usage(there).free, cases * BYTES
    if free > wanted:
        return ""
    return speaking.t(
        "A branch of {cases} cases takes {size} GB, and {path} has {free} GB left. Nothing was made; ask for fewer "
        "cases, or name a folder on a larger disk with --keep.",
        cases=cases, size=_gigabytes(wanted), free=_gigabytes(free), path=folder,
    )  # fmt: skip


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """The folder, and what is above it; what of that had to be made is gone again if this does not end well."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    prepared(folder)
    try:
        yield
    except BaseException:
        _close_log(folder)
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            for place in made[1:]:
                place.rmdir()
        raise


def _make(
    database: Path, speaking: Words, seed: int, cases: int, progress: Progress
) -> tuple[tuple[int, str], ...]:  # fmt: skip
    """The branch under another name first: a demonstration that was interrupted is not mistaken for a whole one."""
    from mesa_recuperacion.demo.prepare import prepare
    from mesa_recuperacion.store.before import discard
    from mesa_recuperacion.store.errors import StoreExists
    from mesa_recuperacion.wiring.clocks import SystemClock

    if database.exists():
        raise StoreExists(str(database))
    making = database.with_name(f".{database.name}.{os.getpid()}.demo")
    try:
        made = prepare(
            making, now=SystemClock().now(), seed=seed, cases=cases, language=speaking.language,
            progress=progress,
        )  # fmt: skip
        making.rename(database)
    finally:
        discard(making)
    return made.pins


def _tell(home: Places, speaking: Words, pins: tuple[tuple[int, str], ...]) -> None:
    from mesa_recuperacion.demo.languages import texts

    workers = texts(speaking.language).workers
    for number, pin in pins:
        tell(f"{number}  {workers[number - 1].name}  {pin}")
    tell(speaking.t("The branch is in {path}. Open it with MESA_HOME={path} mesa", path=home.data_dir))


# ----------------------------------------------------------------------------------------------- a folder that passes


@contextmanager
def _passing_folder() -> Iterator[Path]:
    """A folder that is gone afterwards, whatever happens; those of demonstrations that were killed go too."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    alive = _lock(folder)

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    try:
        yield folder
    finally:
        _close_log(folder)
        remove()
        atexit.unregister(remove)
        if alive is not None:
            os.close(alive)


def _close_log(folder: Path) -> None:
    """The log of this folder is written no more: closing it late would make the folder again."""
    import logging

    for handler in list(logging.getLogger().handlers):
        if isinstance(handler, log.LogFile) and Path(handler.baseFilename).is_relative_to(folder):
            logging.getLogger().removeHandler(handler)
            handler.close()


def _lock(folder: Path) -> int | None:
    """Hold a lock in the folder as long as this process lives; ``None`` where there are none."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder / "alive", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep() -> None:
    """Remove the folders of our own demonstrations whose process is gone: nobody could do it when it was killed."""
    if not hasattr(os, "getuid"):
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            mine = not folder.is_symlink() and folder.is_dir() and folder.stat().st_uid == os.getuid()
            if not mine or not (folder / "alive").is_file():
                continue
            held = _lock(folder)
        except OSError:
            continue
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)
