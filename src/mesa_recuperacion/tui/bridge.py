"""The way from the screen to the work and back: one thread, one queue, strictly in order.

A thread computes, a message carries, a handler draws: nothing here touches a widget.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

from mesa_recuperacion.dialogue.talk import Broken
from mesa_recuperacion.tui.ports import DeskPort
from mesa_recuperacion.wiring.log import note

if TYPE_CHECKING:
    from mesa_recuperacion.domain.views import Draft

T = TypeVar("T")


class Settled(Message):
    """An ask was carried out, or was refused, or broke."""

    def __init__(self, outcome: Any) -> None:
        super().__init__()
        self.outcome = outcome


def once_drawn(job: Callable[[], None]) -> None:
    """Do that once the picture of this moment is on its way.

    By the event loop and not by Textual's own queue: what waits in that one puts off the picture.
    """
    asyncio.get_running_loop().call_soon(job)


class Bridge:
    """Carries asks to a port on its own thread, and each outcome to ``tell``.

    The port is made on that thread with the first job (so that what it imports is not waited for by the first
    picture), and made again with the next job if that failed.  Jobs that are queued before :meth:`start` wait.
    ``soon`` calls what it is given once the picture of this moment is drawn: the thread would hold that up.
    """

    def __init__(
        self,
        factory: Callable[[], DeskPort],
        tell: Callable[[Any], object],
        soon: Callable[[Callable[[], None]], object] = lambda hand_on: hand_on(),
    ) -> None:
        self._factory, self._tell, self._soon = factory, tell, soon
        self._waiting: list[Callable[[], object]] = []
        self._jobs: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._port: DeskPort | None = None
        self._warm = False
        self._thread = threading.Thread(target=self._run, name="mesa-bridge", daemon=True)

    def start(self) -> None:
        """Begin to work, if that was not done."""
        if self._thread.ident is None:
            self._thread.start()

    @property
    def standing(self) -> tuple[str, ...]:
        """What the port says that holds on every screen; nothing before there is one."""
        return () if self._port is None else self._port.standing

    def ask(self, ask: Any) -> None:
        """Queue an ask; its outcome will be told."""
        self._queue(partial(self._answer, ask))

    def save(self, draft: Draft) -> None:
        """Queue a draft to be kept; nobody waits for it."""
        self._queue(partial(self._guarded, partial(_save, draft=draft)))

    def close(self, timeout: float = 2.0) -> bool:
        """Finish what is queued and close the port; whether that was done in ``timeout`` seconds."""
        self._hand_on()
        if not self._jobs.empty():
            self.start()
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _queue(self, job: Callable[[], object]) -> None:
        self._waiting.append(job)
        if len(self._waiting) == 1:
            self._soon(self._hand_on)

    def _hand_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._jobs.put(job)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            if not self._warm and self._jobs.empty():
                self._warm = True
                self._guarded(lambda port: port.warm())
        if self._port is not None:
            self._guarded(lambda port: port.close())

    def _answer(self, ask: Any) -> None:
        self._tell(self._guarded(partial(_carry_out, ask=ask)))

    def _guarded(self, work: Callable[[DeskPort], T]) -> T | Broken:
        """Do one thing with the port; whatever fails becomes an outcome, and one line in the log with its reference."""
        try:
            if self._port is None:
                self._port = self._factory()
            return work(self._port)
        except Exception as error:  # the only place where anything at all is caught
            return Broken(type(error).__name__, note(error))


def _carry_out(port: DeskPort, ask: Any) -> Any:
    return port.carry_out(ask)


def _save(port: DeskPort, draft: Draft) -> None:
    port.save_draft(draft)
