"""A desk with an invented conversation, as a program of its own: ``python -m tests.terminal.fake_desk LOG``.

Every answer and every kept line is appended to LOG, so that a test can see what the program saw.  ``crash`` makes the
conversation fail, ``hang`` the port.
"""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.desk.run import run_desk
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.domain.views import Draft
from tests.pilot.fake import FakeConversation, FakePort, setting


@dataclass
class Told:
    """Where it is written down."""

    path: Path

    def __call__(self, what: str, text: str) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{what} {text}\n")


class Conversation(FakeConversation):
    """Tells what it is answered."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        if text == "crash":
            pin = "482100"
            raise RuntimeError(pin)
        self.told("answer", text)
        return super().answer(talk, text, now)


class Port(FakePort):
    """Tells what it keeps; can hang."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    standing = ()

    def carry_out(self, ask):  # type: ignore[no-untyped-def]
        if getattr(ask, "text", "") == "hang":
            self.told("hanging", "")
            threading.Event().wait()
        return super().carry_out(ask)

    def save_draft(self, draft: Draft) -> None:
        self.told("kept", draft.line)

    def close(self) -> None:
        self.told("closed", "")


def main() -> int:
    told = Told(Path(sys.argv[1]))
    logging.basicConfig(filename=f"{sys.argv[1]}.log", level=logging.ERROR, format="%(message)s")
    return run_desk(lambda: Port(told), setting(), conversation=Conversation(told))


if __name__ == "__main__":
    sys.exit(main())
