"""How long something still takes, by how it went on in the last seconds; no clock is read."""

from __future__ import annotations

from collections import deque

LAST = 10.0
"""Seconds that are looked back on: what went on before says little of what is to come."""

KNOWN = 1.5
"""Seconds for which it has to have gone on before anything is said of the rest."""

_GRAIN = 0.2
"""Seconds between two instants that are kept."""


class Pace:
    """A work that goes on: told how far it is, it says how long the rest takes."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def went(self, at: float, done: int) -> None:
        """So much was done ``at`` an instant, in seconds of a clock that only goes forward."""
        seen = self._seen
        if seen and done < seen[-1][1]:  # it began anew
            seen.clear()
        if len(seen) > 1 and at - seen[-2][0] < _GRAIN:
            seen.pop()
        seen.append((at, done))
        while at - seen[0][0] > LAST and at - seen[1][0] >= KNOWN:
            seen.popleft()

    def left(self, total: int) -> float | None:
        """Seconds until so much is done; ``None`` while that cannot be told."""
        if not self._seen:
            return None
        (began, first), (at, done) = self._seen[0], self._seen[-1]
        if at - began < KNOWN or done <= first or total < done:
            return None
        return (total - done) * (at - began) / (done - first)


def kindly(seconds: float) -> tuple[int, str]:
    """A time as people say it, never too short: a number, and ``s``, ``min`` or ``h``."""
    for upto, step, unit, of in ((10, 5, "s", 1), (50, 10, "s", 1), (90 * 60, 60, "min", 60)):
        if seconds <= upto:
            return max(1, _up(seconds, step)) * step // of, unit
    return _up(seconds, 3600), "h"


def _up(seconds: float, step: int) -> int:
    return -int(-seconds // step)
