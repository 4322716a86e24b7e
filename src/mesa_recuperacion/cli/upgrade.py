"""Opening a store, and bringing it up to date first if an earlier version of this program made it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from mesa_recuperacion.cli.failures import REFUSED, store_sentence
from mesa_recuperacion.cli.workstation import Workstation, say
from mesa_recuperacion.store.errors import StoreError, StoreFailed, StoreGuard, StoreOlder
from mesa_recuperacion.wiring import log

if TYPE_CHECKING:
    from mesa_recuperacion.cli.progress import LongRun

T = TypeVar("T")


class NotUpToDate(Exception):
    """The store could not be brought up to date and is as it was; what to say about it, and the exit status."""

    def __init__(self, told: str, status: int = REFUSED) -> None:
        super().__init__(told)
        self.status = status


def up_to_date(here: Workstation, run: LongRun | None, opening: Callable[[], T]) -> T:
    """What ``opening`` the workstation's store answers; a store of an earlier version is brought up to date first.

    ``run`` tells how far that is (``None``: one of its own).  Raises what ``opening`` raises, and
    :class:`NotUpToDate` (already noted in the log).
    """
    try:
        return opening()
    except StoreOlder:
        _bring(here, run)
    return opening()


def _bring(here: Workstation, known: LongRun | None) -> None:
    from mesa_recuperacion.cli.progress import LongRun
    from mesa_recuperacion.store.heard import Stopped
    from mesa_recuperacion.store.migrate import migrate

    t, run = here.words.t, known or LongRun(here.words)
    gc.enable()  # a whole journal passes through
    if not sys.stderr.isatty():
        say(t("Bringing the data up to date…"))  # where nothing tells how far it is, that it began
    waits = t("Another window is bringing the data up to date or saving: waiting for it…")
    try:
        with run:
            copy = migrate(here.database, lambda step: run(f"before {step}"), lambda: run.waits(waits))
    except (KeyboardInterrupt, Stopped):
        raise NotUpToDate(
            t("Stopped. What was saved is safe and as before; the next time it begins again."), run.status
        ) from None
    except StoreError as error:
        log.note(error)
        raise NotUpToDate(_why(here, error)) from error
    if copy is None:
        say(t("The data are up to date: another window did it."))
    else:
        say(t("The data are up to date. The copy from before stays in {path}", path=copy))


def _why(here: Workstation, error: StoreError) -> str:
    if isinstance(error, StoreFailed | StoreGuard):
        return here.words.t(
            "{path} could not be brought up to date: it stays as it was, and the version of mesa that made it opens "
            "it. The log has the detail.", path=here.database,
        )  # fmt: skip
    return store_sentence(here.words, error, here.database)
