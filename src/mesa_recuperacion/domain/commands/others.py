"""Commands that take somebody else: a supervisor, an internal area, another agent."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.commands.call import CaseCommand
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AuthoriseException(CaseCommand):
    """Give a gesture above a limit that ``by`` authorises at the agent's desk; asked only after their PIN."""

    compensation: str
    amount: Money | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class AskException(CaseCommand):
    """Nobody is near: ask supervision for a gesture above a limit, and promise an answer by ``due_at`` (rule B4)."""

    compensation: str
    amount: Money | None
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerException(CaseCommand):
    """A supervisor's answer to what was asked; ``words`` say why, if it is no."""

    granted: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class AskArea(CaseCommand):
    """Ask an internal area for something; without ``due_at``, by the proposed hour (rule F5 of the desk, C3)."""

    area: str
    what: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerArea(CaseCommand):
    """The area answered, with its ``words``; or, ``needed`` being false, it is no longer needed."""

    request: str
    words: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class HandOver(CaseCommand):
    """Ask somebody to take the case over, the last resort: ``reason`` is one of ``case.HAND_OVERS`` (rule C7)."""

    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptCase(CaseCommand):
    """Take over the case that was offered."""


@dataclass(frozen=True, slots=True)
class DeclineCase(CaseCommand):
    """Do not take over the case that was offered, and say why."""

    words: str


@dataclass(frozen=True, slots=True)
class KeepCase(CaseCommand):
    """Go on with a case that was offered to somebody else."""
