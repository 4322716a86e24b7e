"""The throw-away branch to practise on, in a folder of its own that goes with it (rule F9)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.views import Day, Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.wiring.ids import fresh_id

if TYPE_CHECKING:
    from mesa_recuperacion.service.desk import DeskService
    from mesa_recuperacion.service.people import People
    from mesa_recuperacion.store.store import Store


class Practice:
    """At most one throw-away branch; the real one is only read."""

    def __init__(self, clock: Clock, words: Words) -> None:
        self._clock, self._words = clock, words
        self._folder: Path | None = None
        self._store: Store | None = None
        self.desk: DeskService | None = None
        """The desk to practise at; ``None`` while nobody does."""

    def begin(self, real: People, person: Person) -> tuple[Policy, Day]:
        """Make the branch, with the policy in force; answers the policy and the person's day on it."""
        from mesa_recuperacion.service.policies import Policies
        from mesa_recuperacion.service.practice import begin

        self.end()
        self._folder = Path(mkdtemp(prefix="mesa-practice-"))
        try:
            self._store, self.desk, policy = begin(
                real, self._folder / "mesa.db", Policies(self._words), actor=person,
                customer=self._words.t("Practice Customer"), clock=self._clock, new_id=fresh_id,
            )  # fmt: skip
        except BaseException:
            self.end()
            raise
        return policy, self.desk.day()

    def people(self, real: People) -> People:
        """Who authorises here: nobody's own PIN, but the one that the branch to practise on shows."""
        return real if self._store is None else replace(real, store=self._store)

    def end(self) -> None:
        """Throw it all away."""
        if self._store is not None:
            self._store.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = self._store = self.desk = None
