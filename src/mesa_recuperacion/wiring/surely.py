"""What is asked happens once (rule B3): its identity is made before the first attempt, and settles every doubt.

An error at a commit tells nothing about whether it was made.  Until the identity has been looked up, the answer is
"not certain", and nothing else is begun.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.store.errors import StoreError, StoreFull, StoreUnknown

T = TypeVar("T")

ATTEMPTS = 3
"""How often something whose commit is in doubt is tried under its own identity before it is looked up."""


class Surely:
    """Carries out one thing after another.

    ``seed`` is what the identity of the next one is made of, together with what it is; it is kept with the half-typed
    line, so that the same answer, given again after whatever ended the program, is the same command.  The seed is in
    no line of the journal: without it the identity tells nothing about what was asked.

    ``settle`` makes it certain that what is there stays, and that what is not there will not come back
    (``Store.settle``): only what was looked up after it is relied on.
    """

    def __init__(self, new_id: NewId, settle: Callable[[], None] = lambda: None) -> None:
        self._new_id, self._settle = new_id, settle
        self.seed = new_id()
        self._doubt: tuple[object, str, Callable[[str], object | None]] | None = None

    def resume(self, kept: str) -> None:
        """Go on with the seed that a draft has kept, if it kept one."""
        self._doubt, self.seed = None, kept or self._new_id()

    def carry_out(self, what: object, attempt: Callable[[str], T], told: Callable[[str], T | None]) -> T:
        """What came of it: of ``attempt`` with an identity, which changes nothing the second time.

        ``told`` says what an identity came to, ``None`` if it never took effect.  If that could not be found out the
        last time, it is found out first, and the same thing is not done again.  Raises ``StoreError`` if nothing was
        done, and ``StoreUnknown`` for as long as that is not certain.
        """
        if self._doubt is not None:
            asked, identity, look = self._doubt
            before = self._look(asked, identity, look, StoreUnknown("an earlier command is in doubt"))
            if before is not None:
                self.seed = self._new_id()
                if asked == what:
                    return cast("T", before)
        result = self._tried(what, attempt, told)
        self.seed = self._new_id()
        return result

    def _tried(self, what: object, attempt: Callable[[str], T], told: Callable[[str], T | None]) -> T:
        identity = hashlib.sha256(f"{self.seed}\0{what!r}".encode()).hexdigest()[:20]
        doubt: StoreUnknown | None = None
        for _ in range(ATTEMPTS):
            try:
                return attempt(identity)
            except StoreUnknown as error:
                # It may have happened: the same identity finds it done or does it now, never twice.
                doubt = error if doubt is None or isinstance(doubt.reason, StoreFull) else doubt
            except StoreError:
                if doubt is None:
                    raise
                break  # what failed now says nothing of the attempt before
        doubt = doubt or StoreUnknown("nothing was tried")
        known = self._look(what, identity, told, doubt)
        if known is None:
            raise doubt.reason or doubt  # it is certain now that nothing was written
        return known

    def _look(self, what: object, identity: str, look: Callable[[str], T | None], doubt: StoreUnknown) -> T | None:
        """What an identity came to; whoever cannot look keeps the doubt.  Raises ``StoreUnknown``."""
        try:
            if not isinstance(doubt.reason, StoreFull):  # what found no room never got to its end
                self._settle()
            known = look(identity)
        except StoreError as error:
            self._doubt = (what, identity, look)
            raise StoreUnknown(str(error), doubt.reason) from doubt
        self._doubt = None
        return known
