"""When the half-typed line is kept: soon after the last key, never long after the first, at once at another step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mesa_recuperacion.domain.views import Draft

AFTER_LAST_KEY = 0.25
"""Seconds of quiet after which the line is kept."""

AT_MOST = 1.0
"""Seconds that the kept line may be behind the typed one."""


class DraftKeeper:
    """Decides when to keep; it is told of changes, and asks to be called later."""

    def __init__(
        self, draft: Callable[[], Draft | None], save: Callable[[Draft], None], later: Callable[[float], None]
    ) -> None:
        self._draft, self._save, self._later = draft, save, later
        self._kept: tuple[object, ...] | None = None
        self._since: float | None = None
        self._last = 0.0
        self._waiting = False

    def changed(self, at: float) -> None:
        """The line changed ``at`` that many seconds of a monotonic clock."""
        self._last = at
        if self._since is None:
            self._since = at
        if not self._waiting:
            self._waiting = True
            self._later(AFTER_LAST_KEY)

    def due(self, at: float, *, busy: bool) -> None:
        """The time asked for has passed.  While work is under way the line may belong to another step: wait for it."""
        self._waiting = False
        if self._since is None:
            return
        quiet = self._last + AFTER_LAST_KEY
        latest = self._since + AT_MOST
        if not busy and at >= min(quiet, latest) - 0.001:
            self.keep(self._draft())
        else:
            self._waiting = True
            self._later(AFTER_LAST_KEY if busy else min(quiet, latest) - at)

    def keep(self, draft: Draft | None) -> None:
        """Keep a line now, unless just that is kept already."""
        self._since = None
        if draft is None:
            self._kept = None
            return
        value = (draft.slot, draft.stage, draft.line, draft.started_at)
        if value != self._kept:
            self._kept = value
            self._save(draft)
