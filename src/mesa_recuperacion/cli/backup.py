"""``mesa backup``: a copy of the branch, proved, while the desk goes on (rule E6)."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from mesa_recuperacion.cli.branch import say_store
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, disk_sentence, unwritten_sentence
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.cli.workstation import Workstation, say, tell, workstation
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.backup import Unsound
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.backups import BackupBusy, Backups, BackupUnwritten, Made
from mesa_recuperacion.wiring.clocks import SystemClock

_POLITE = 10


def backup(target: Path | None, if_older: int | None) -> int:
    """Make a backup; answers the exit code.

    ``target`` is a file or a folder, or ``None`` for the folder of the backups; with ``if_older`` (hours), only if
    there is none newer, and without getting in anybody's way.
    """
    here = workstation(os.environ)
    if here is None:
        return USAGE
    if if_older is not None and hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_POLITE)
    run = LongRun(here.words)
    try:
        with run:
            made = _made(here, target, if_older, run)
        return _told(here.words, made)
    except BackupBusy:
        say(here.words.t("Another window is making a backup right now; it will be in the same folder."))
        return REFUSED if if_older is None else DONE
    except BackupUnwritten as error:
        log.note(error)
        say(unwritten_sentence(here.words, error.why, error.place))
    except Unsound as error:
        log.note(error)
        say(_unsound(here.words, here.database))
    except StoreError as error:
        say_store(here, error)
    except OSError as error:
        log.note(error)
        say(disk_sentence(here.words, error, here.backups))
    except (KeyboardInterrupt, Stopped):
        say(here.words.t("Stopped. No backup was made; those that there were are as before."))
        return run.status
    return REFUSED


def backups_of(here: Workstation) -> Backups:
    """The backups of a workstation."""
    return Backups(here.database, here.backups, here.config.backup.keep_days, SystemClock(), here.places.keys_file)


def _made(here: Workstation, target: Path | None, if_older: int | None, run: LongRun) -> Made | None:
    backups = backups_of(here)
    if target is not None:
        return backups.make_at(target.expanduser().absolute(), run)
    return backups.make(run, if_older=None if if_older is None else timedelta(hours=if_older))


def _told(words: Words, made: Made | None) -> int:
    t, tn = words.t, words.tn
    if made is None:
        tell(t("There is a backup that is new enough; none was made."))
        return DONE
    tell(t("The backup is in {path}.", path=made.path))
    tell(tn("{n} line, and nothing was touched.", "{n} lines, and nothing was touched.", made.verdict.lines))
    for stream, (seq, hash_) in made.heads.items():
        tell(f"{stream} {seq} {hash_.hex()}")
    if made.gone:
        tell(tn("{n} older backup had had its time and is gone.",
                 "{n} older backups had had their time and are gone.", made.gone))  # fmt: skip
    sys.stdout.flush()
    return DONE


def _unsound(words: Words, path: Path) -> str:
    return words.t(
        "The copy of {path} is not sound, so it was thrown away; older backups are as they were. mesa doctor says what "
        "is wrong.",
        path=path,
    )  # fmt: skip
