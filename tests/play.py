"""Scripts of moves, made on a branch in memory, and each move as a property sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Decision
from tests.ledger import Ledger
from tests.moves import MADE, Move, Turn, asker, chosen, seconds, tight


@dataclass(frozen=True)
class Seen:
    """One move: the states and the supervisors before it, what was asked, by whom, and what came of it."""

    book: Ledger
    before: dict[str, CaseState]
    supervisors: tuple[str, ...]
    length: int
    command: c.Command | None
    actor: str
    decision: Decision

    @property
    def states(self) -> list[CaseState]:
        return list(self.book.cases.values())

    @property
    def new(self) -> list[f.Entry]:
        return self.book.entries[self.length :]


def tried(book: Ledger, move: Move) -> tuple[c.Command | None, str]:
    """The command of a move and who asks it; ``None`` once time has gone by instead."""
    kind, where, number, who = move
    if kind is None:
        book.wait(seconds(number))
        return None, ""
    kind, state = chosen(kind, list(book.cases.values()), where, number)
    items = [*book.suggestions, *(item for _, item in sorted(book.to_read)), *book.analyses]
    turn = Turn(
        number, book.now, book.policy, state, list(book.cards), book.everybody(), items, list(book.analyses.values()),
        list(book.adjustments.values()),
    )  # fmt: skip
    return MADE[kind](turn), asker(kind, turn, who)


def nothing(_: Seen) -> None:
    """Looks at nothing."""


def play(script: list[Move], check: Callable[[Seen], None]) -> Ledger:
    """A branch in which those moves are made, each one looked at."""
    book = Ledger(policy=tight())
    book.open("Rosa Peña")
    for move in script:
        before, supervisors, length = dict(book.cases), book.supervisors(), len(book.entries)
        command, actor = tried(book, move)
        decision = book.do(command, actor) if command is not None else ()
        check(Seen(book, before, supervisors, length, command, actor, decision))
    return book


def root(book: Ledger, customer: str) -> str:
    """The card that a customer is read as."""
    return book.cards[customer].merged_into or customer
