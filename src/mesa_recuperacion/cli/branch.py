"""What the commands that open the store share: the workstation, the store, and one sentence for whatever fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from mesa_recuperacion.cli.failures import (
    DONE,
    INTERRUPTED,
    REFUSED,
    USAGE,
    disk_sentence,
    reading_sentence,
    store_sentence,
)
from mesa_recuperacion.cli.launch import setting_for
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.cli.upgrade import NotUpToDate, up_to_date
from mesa_recuperacion.cli.workstation import Workstation, say, workstation
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.policies import PolicyMissing
from mesa_recuperacion.store.errors import StoreCorrupt, StoreError
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.tying import tie_or_read


@dataclass(frozen=True, slots=True)
class Branch:
    """An open store, and how to speak about it."""

    here: Workstation
    store: Store
    setting: Setting
    clock: Clock
    run: LongRun

    @property
    def words(self) -> Words:
        """The reader's words."""
        return self.setting.words

    def refuse(self, refusal: Refusal) -> int:
        """Say why not; the exit code."""
        say(sentence(self.setting, refusal, self.now()))
        return REFUSED

    def now(self) -> datetime:
        """The instant."""
        return self.clock.now()


def in_branch(work: Callable[[Branch], int]) -> int:
    """Open this workstation's store, do the work, close it; answers the exit code.

    A store that cannot be written is read, and it is said why; work that has to write is refused with just that.  What
    a damaged one still says is no answer to rely on: the exit code stays that of a refusal.
    """
    here = workstation(os.environ)
    if here is None:
        return USAGE
    run = LongRun(here.words)
    try:
        with run:
            store = up_to_date(here, run, lambda: Store.open_or_read(here.database, progress=run("sweep")))
        try:
            run.heed()
            return _with(here, store, run, work)
        finally:
            with run:
                store.close()
    except Stopped:
        say(here.words.t("Stopped. Nothing was changed."))
        return run.status
    except NotUpToDate as told:
        say(str(told))
        return told.status
    except StoreError as error:
        say_store(here, error)
    except PolicyMissing as error:
        log.note(error)
        say(here.words.t("{path} holds no policy that this version can read. Nothing was changed.", path=here.database))
    except BrokenPipeError:
        return _listener_left()
    except OSError as error:
        log.note(error)
        say(disk_sentence(here.words, error, here.database))
    except KeyboardInterrupt:
        say(here.words.t("Stopped. Nothing was changed."))
        return INTERRUPTED
    return REFUSED


def say_store(here: Workstation, error: StoreError) -> None:
    """Note a failure of this workstation's store, and say it."""
    log.note(error)
    say(store_sentence(here.words, error, here.database))


def _with(here: Workstation, store: Store, run: LongRun, work: Callable[[Branch], int]) -> int:
    why = store.sealed
    tie_or_read(store, here.places.keys_file, SystemClock())
    if why is None:
        return work(_branch(here, store, run))
    say(reading_sentence(here.words, why, here.database))
    try:
        done = work(_branch(here, store, run))
    except StoreError as error:
        log.note(error)  # what there is to say was said
        return REFUSED
    return REFUSED if isinstance(store.sealed, StoreCorrupt) else done


def _branch(here: Workstation, store: Store, run: LongRun) -> Branch:
    with store.reading() as tx:
        station = tx.station()
    if station is None:
        return Branch(here, store, setting_for(here, here.words.language, "XXX", "UTC"), SystemClock(), run)
    setting = setting_for(here, here.words.language, station.currency, station.zone)
    return Branch(here, store, setting, SystemClock(), run)


def _listener_left() -> int:
    """Whoever read our output has seen enough: nothing more can be written, and nothing went wrong."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
