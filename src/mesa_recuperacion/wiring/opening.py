"""The store of a workstation, opened once, with its keys, its door and its condition (rules B3, E1, E2, E4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.store.heard import Progress, unheard
from mesa_recuperacion.wiring.attempts import Attempts, attempts_beside
from mesa_recuperacion.wiring.condition import Condition
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import KeysUnfit, keys_of
from mesa_recuperacion.wiring.log import note
from mesa_recuperacion.wiring.tying import tie_or_read

if TYPE_CHECKING:
    from mesa_recuperacion.service.hashing import Hasher
    from mesa_recuperacion.service.people import People
    from mesa_recuperacion.store.store import Store


class Opening:
    """Opens the store of ``path`` when it is first asked for, and anew if another file has taken its name.

    ``keys`` is the file of the workstation's secrets (``None``: beside the store, and the journal is not tied with
    any); ``hasher`` keeps PINs without them; ``progress`` is told of sweeps of the file.  Used by one thread.
    """

    def __init__(
        self, path: Path, clock: Clock, *, keys: Path | None = None, hasher: Callable[[], Hasher] | None = None,
        progress: Progress = unheard,
    ) -> None:  # fmt: skip
        self._path, self._clock, self._hasher, self._progress = path, clock, hasher, progress
        self._keys, self._ties = keys or path.parent / "keys.json", keys is not None
        self._store: Store | None = None
        self._people: People | None = None
        self.condition = Condition(path)

    def people(self, moved: Callable[[], None] = lambda: None) -> People:
        """The door of the open store; ``moved`` is called before a file that is no longer in place is let go of."""
        from mesa_recuperacion.service.hashing import Keyless
        from mesa_recuperacion.service.people import People

        if self._store is not None and not self._store.in_place:
            moved()
            self._store.close()  # who signs in works with the file that is there now
            self._store = None
        store = self._store or self._open()
        if self._people is None or isinstance(self._people.hasher, Keyless):  # the keys may be back by now
            if self._ties:
                tie_or_read(store, self._keys, self._clock)
            self._people = People(store, self._clock, fresh_id, self._hashing())
        return self._people

    def _open(self) -> Store:
        from mesa_recuperacion.store.store import Store

        self._store, self._people = Store.open_or_read(self._path, progress=self._progress), None
        self.condition.opened(self._store)
        with suppress(OSError):  # while all is well, for when the disk is full
            self.attempts().prepare()
        return self._store

    def settle(self) -> None:
        """What is in the store stays, and what is not will not come back (``Store.settle``)."""
        self.people().store.settle()

    def attempts(self) -> Attempts:
        """Where tries are counted when the store cannot be written."""
        return attempts_beside(self._keys)

    def close(self) -> None:
        """Let go of the store."""
        self.condition.close()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _hashing(self) -> Hasher:
        """What keeps the PINs; without the keys, what knows none of them."""
        from mesa_recuperacion.service.hashing import Keyless

        if self._hasher is not None:
            return self._hasher()
        try:
            return keys_of(self._keys, self._path).hasher()
        except KeysUnfit as error:
            note(error)
            return Keyless()
