"""Opening a store, and bringing it up to date first if an earlier version of this program made it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TypeVar

from mesa_recuperacion.cli.failures import store_sentence
from mesa_recuperacion.cli.progress import Over
from mesa_recuperacion.cli.workstation import Workstation, say
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.errors import StoreError, StoreFailed, StoreGuard, StoreOlder
from mesa_recuperacion.wiring import log

T = TypeVar("T")


class NotUpToDate(Exception):
    """The store could not be brought up to date and is as it was; what to say about it."""


def up_to_date(here: Workstation, opening: Callable[[], T]) -> T:
    """What ``opening`` the workstation's store answers; a store of an earlier version is brought up to date first.

    Raises what ``opening`` raises, and :class:`NotUpToDate` (already noted in the log).
    """
    try:
        return opening()
    except StoreOlder:
        _bring(here)
    return opening()


def _bring(here: Workstation) -> None:
    from mesa_recuperacion.store.migrate import migrate

    t, shows = here.words.t, _Shown(here.words)
    gc.enable()  # a whole journal passes through
    shows.begin()
    try:
        copy = migrate(here.database, shows.progress, shows.waits)
    except KeyboardInterrupt:
        shows.end()
        raise NotUpToDate(t("Stopped. What was saved is safe.")) from None
    except StoreError as error:
        shows.end()
        log.note(error)
        raise NotUpToDate(_why(here, error)) from error
    shows.end()
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


class _Shown:
    """Says on a terminal how far it is; elsewhere, that it began."""

    def __init__(self, words: Words) -> None:
        self._words, self._over = words, Over()

    def begin(self) -> None:
        """An earlier version made the data."""
        told = self._words.t("Bringing the data up to date…")
        if self._over.shows:
            self._over.say(told)
        else:
            say(told)

    def progress(self, done: int, total: int) -> None:
        """So many lines of so many."""
        if self._over.is_due:
            percent = 100 * done // max(total, 1)
            self._over.say(self._words.t("Bringing the data up to date: {percent} %…", percent=percent))

    def waits(self) -> None:
        """Another process writes, perhaps for the same."""
        self._over.say(self._words.t("Another window is bringing the data up to date or saving: waiting for it…"))

    def end(self) -> None:
        """Whatever is said next has its own line."""
        self._over.end()
