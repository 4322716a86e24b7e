"""Elapsed time that survives a wall clock that is moved (rules C1, C2).

What a customer has waited is the difference of two instants of the wall clock, and so it survives restart, parking and
suspend by itself.  A wall clock that is set is found out by comparing it with steady time, and recorded in every case
that it concerns; from that fact on, their time is counted as if nothing had happened.

What cannot be known: how far the clock was moved while the machine was off (only that it went back, and by how much at
least), and, where the system does not name its boots, while the program was not running.
"""

from __future__ import annotations

from datetime import timedelta

from mesa_recuperacion.domain.clock import Clock, Moment, base, jump_between, moment, moved
from mesa_recuperacion.domain.facts import ClockJumped
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.store.writing import Writing

KEPT_FOR = 60.0
"""Seconds after which a moment is kept anew, for a boot that comes without notice."""


class Timekeeper:
    """Compares the clocks with the moment that the station kept, which is the same one for all its windows."""

    def __init__(self, clock: Clock, new_id: NewId, policy: Policy) -> None:
        self._clock, self._new_id, self._policy = clock, new_id, policy

    def look(self, tx: Writing) -> Moment:
        """The moment it is.  If the wall clock was moved since anybody looked, that is recorded first, in this very
        transaction, under a command of its own.
        """
        now = moment(self._clock)
        before = tx.moment() or Moment(now.wall, now.steady, "")
        seconds = jump_between(before, now)
        if seconds:
            self._record(tx, now, seconds)
        if seconds or before.boot != now.boot or now.steady - before.steady >= KEPT_FOR:
            tx.keep_moment(base(before, now, seconds))
        return now

    def _record(self, tx: Writing, now: Moment, seconds: int) -> None:
        since = moved(now.wall, -seconds) - timedelta(seconds=self._policy.undo_seconds)
        facts = [(case, ClockJumped(seconds)) for case in tx.running(since)]
        if facts:
            tx.append(command=self._new_id(), actor="", policy=self._policy.version, at=now.wall, facts=facts)
        tx.move_drafts(seconds)
