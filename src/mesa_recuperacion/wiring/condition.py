"""What holds of a station's file whatever is being done: whether it takes what is written, how much room is left, and
who else is at it (rule E4).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mesa_recuperacion.store.ballast import SIZE, Ballast
from mesa_recuperacion.store.errors import (
    STILL_READ,
    StoreCorrupt,
    StoreError,
    StoreFailed,
    StoreFull,
    StoreNewer,
    StoreTouched,
    StoreUnknown,
    is_io,
    reason_of,
)
from mesa_recuperacion.wiring.window import Window

if TYPE_CHECKING:
    from mesa_recuperacion.store.store import Store

T = TypeVar("T")

_PATIENCE = 1.0
"""Seconds that leaving waits for the look at the start to let go."""


class Condition:
    """The condition of the file at a path.  :attr:`standing` may be asked for on any thread, the rest on the port's."""

    def __init__(self, path: Path) -> None:
        self._ballast, self._window = Ballast(path), Window(path)
        self._store: Store | None = None
        self._refused: StoreError | None = None
        self._free_then = 0
        self._gave_way = self._begun = False
        self._stop = threading.Event()
        self._looking: threading.Thread | None = None

    def opened(self, store: Store) -> None:
        """This is the store that is asked now."""
        self._store, self._refused, self._stop = store, None, threading.Event()
        if self._begun:
            self._look_through()

    def begin(self) -> None:
        """Be a window, keep some room, and look through the journal while the person signs in."""
        if not self._begun:
            self._begun = True
            self._window.open()
            self._look_through()

    def _look_through(self) -> None:
        if self._store is not None and self._store.sealed is None:
            self._ballast.make()
            looking = threading.Thread(target=_look, args=(self._store, self._stop), name="mesa-check", daemon=True)
            looking.start()
            self._looking = looking

    def let_go(self) -> None:
        """Before the store is closed: what is looked through is left where it is."""
        self._stop.set()
        if self._looking is not None:
            self._looking.join(_PATIENCE)  # it may hold a connection, and the last one to be closed tidies up

    def close(self) -> None:
        """Let go of everything."""
        self.let_go()
        self._window.close()
        self._store, self._begun = None, False

    # ------------------------------------------------------------------------------------------ what happens to writes

    def with_room(self, work: Callable[[], T]) -> T:
        """Do a piece of work; where there was no room for it, make some and do it once more: nothing of it was kept."""
        try:
            return work()
        except StoreError as error:
            if not self.made_room(error):
                raise
        return work()

    def quietly(self, keep: Callable[[], None]) -> None:
        """Keep what is only a convenience: where nothing can be written, :attr:`standing` tells it anyway."""
        try:
            self.with_room(keep)
        except StoreError as error:
            if not self.reads_on(error):
                raise
        else:
            self.wrote()

    def made_room(self, error: StoreError) -> bool:
        """Whether it is worth trying again: there was no room, and there is a little now."""
        if not self._is_full(error) or not self._ballast.give_way():
            return False
        self._gave_way = True
        return True

    def reads_on(self, error: StoreError) -> bool:
        """Whether an error is only one of writing, and what is there can still be looked at; it is kept in mind."""
        self.failed(error)
        return isinstance(reason_of(error), STILL_READ)

    def failed(self, error: StoreError) -> StoreError:
        """A write failed; answers the error that says why best: as long as it may have been kept, that it may."""
        why = reason_of(error)
        if self._is_full(why):
            self._refused = why if isinstance(why, StoreFull) else StoreFull(*why.args)
            self._free_then = self._ballast.free or 0
            if isinstance(why, StoreFull) or not isinstance(error, StoreUnknown):
                error = self._refused
        elif is_io(why):
            self._refused = why
        sealed = self._store.sealed if self._store is not None else None
        return sealed if isinstance(sealed, StoreNewer) and isinstance(why, StoreFailed) else error

    def _is_full(self, error: StoreError) -> bool:
        return isinstance(reason_of(error), StoreFull) or (is_io(error) and self._ballast.is_full())

    def wrote(self) -> None:
        """A write was kept."""
        self._refused = None
        if self._begun and not self._ballast.is_there and self._ballast.make():
            self._gave_way = False

    # --------------------------------------------------------------------------------------------- what is always said

    @property
    def standing(self) -> tuple[str, ...]:
        """Words for ``dialogue.standing``: why nothing is kept, ``low``, ``scarce``, ``second``."""
        why, free = self._why(), self._ballast.free
        if isinstance(why, StoreFull) and (free or 0) >= self._free_then + SIZE:
            why = None  # there is room again: the next write will show it
        said = [] if why is None else [f"{type(why).__name__}{_line(why)}"]
        if not self._begun:
            return tuple(said)
        if not self._ballast.is_there and (self._gave_way or (free is not None and free < SIZE)):
            said.append("low")
        elif self._ballast.is_scarce:
            said.append("scarce")
        if not self._window.comes_first():
            said.append("second")
        return tuple(said)

    def _why(self) -> StoreError | None:
        """Why nothing is kept, as far as it is known."""
        sealed = self._store.sealed if self._store is not None else None
        return sealed if isinstance(sealed, StoreCorrupt | StoreNewer) else self._refused or sealed


def _line(why: StoreError) -> str:
    return f":{why.line.replace(' ', ':')}" if isinstance(why, StoreTouched) else ""


def _look(store: Store, stop: threading.Event) -> None:
    from mesa_recuperacion.store.start_check import check
    from mesa_recuperacion.wiring.log import note

    try:
        found = check(store, stop)
    except Exception as error:  # whatever it is, the desk goes on
        note(error)
    else:
        if found is not None:
            note(found)
