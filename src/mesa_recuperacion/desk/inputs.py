"""What a person did, in order, as the desk waits to take it up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import field, replace

from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """Something done at the capture line while ``text`` was in it.

    ``kind`` is ``answered`` (Enter; the line is empty now), ``pressed`` (another key, ``key``), ``edited``, or ``told``
    (``key`` is what nobody pressed, and the line has nothing to do with it).
    ``typed_at`` is when its first key was pressed, in seconds of a monotonic clock.
    """

    kind: str
    text: str = field(repr=False)  # it may be a PIN
    typed_at: float = 0.0
    key: str = ""


class Inputs:
    """The queue.  Nothing in it is dropped; an edit gives way to what came out of it."""

    def __init__(self) -> None:
        self._queue: deque[Input] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    def __iter__(self) -> Iterator[Input]:
        return iter(self._queue)

    def put(self, done: Input) -> None:
        """Queue what was done.  Of several edits only the last counts, and none once Enter was pressed on it."""
        last = self._queue[-1] if self._queue else None
        if last is not None and last.kind == "edited" and done.kind in ("edited", "answered"):
            self._queue.pop()
        self._queue.append(done)

    @property
    def by_hand(self) -> bool:
        """Whether anything waits that somebody did."""
        return any(waiting.kind != "told" for waiting in self._queue)

    def first(self) -> Input | None:
        """What comes next."""
        return self._queue[0] if self._queue else None

    def take(self) -> Input:
        """Take what comes next."""
        return self._queue.popleft()

    def restart(self, old: str, new: str) -> bool:
        """Let the line that is waiting begin with ``new`` where it began with ``old``, up to the Enter that ended it.

        Whether that Enter is in the queue: if not, the line on the screen begins so as well.
        """
        for n, waiting in enumerate(self._queue):
            if waiting.kind == "told":
                continue
            if waiting.text.startswith(old):
                self._queue[n] = replace(waiting, text=new + waiting.text[len(old) :])
            if waiting.kind == "answered":
                return True
        return False
