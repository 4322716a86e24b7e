"""What the conversation is told though nobody pressed it: that nobody is there, that the wall clock was moved,
and what holds on every screen.
"""

from __future__ import annotations

from mesa_recuperacion.desk.inputs import Input
from mesa_recuperacion.dialogue.keymap import JUMPED, REST, RESTING, STANDING
from mesa_recuperacion.domain.clock import Clock, JumpWatch


class Unpressed:
    """Each is told once: a rest until the next key, a jump until the next one."""

    def __init__(self, clock: Clock) -> None:
        self._watch = JumpWatch(clock)
        self._rested_at = -1.0
        self._standing: tuple[str, ...] = ()

    def standing(self, now: tuple[str, ...]) -> Input | None:
        """What holds on every screen, if that is another thing than what was told last (rule E4)."""
        if now == self._standing:
            return None
        self._standing = now
        return Input("told", "", key=" ".join((STANDING, *now)))

    def jump(self) -> Input | None:
        """That the wall clock was moved since this was asked last (rule C1)."""
        seconds = self._watch.seconds()
        return Input("told", "", key=f"{JUMPED} {seconds}") if seconds else None

    def rest(self, last_key_at: float, now: float) -> Input | None:
        """That nobody has been at the keys for a while, both in seconds of one monotonic clock (rule E2)."""
        if self._rested_at == last_key_at or now - last_key_at < REST:
            return None
        self._rested_at = last_key_at
        return Input("pressed", "", now, RESTING)
