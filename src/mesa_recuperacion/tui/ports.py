"""What the screens need from the rest of the house; the composition root hands in something that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from mesa_recuperacion.domain.views import Draft


class LongWork(Protocol):
    """What the port is at, if that takes long; looked at and stopped on the screen's thread."""

    @property
    def now(self) -> tuple[str, int, int, float | None] | None:
        """Its step, how much is done, of how much (0: not known), the seconds that are left; ``None``: nothing long."""
        ...

    def stop(self) -> None:
        """Let it end before it is done: all is then as if it had not been begun, or it is done another time."""
        ...


class DeskPort(Protocol):
    """Carries out what a conversation asks; asks and outcomes are that conversation's own values.

    Made and used on one thread only, which is not the screen's.
    """

    def carry_out(self, ask: Any) -> Any:
        """What came of it.  Expected failures are outcomes; whatever is raised is a fault of the program."""
        ...

    @property
    def standing(self) -> tuple[str, ...]:
        """What holds whatever is being done, for every screen; the only thing that is asked on the screen's thread."""
        ...

    def warm(self) -> None:
        """Load what the next asks will need, while nobody waits."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Keep what is half typed."""
        ...

    def close(self) -> None:
        """Let go of everything; called once, last."""
        ...
