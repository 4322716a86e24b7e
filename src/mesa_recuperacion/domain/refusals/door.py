"""Why not, of who comes in: numbers, PINs and roles."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class WrongPin(Refusal):
    """Number and PIN do not match; so many attempts are left before a wait."""

    left: int


@dataclass(frozen=True, slots=True)
class LockedOut(Refusal):
    """Too many wrong PINs: wait until that instant, or until a supervisor opens the number."""

    until: datetime


@dataclass(frozen=True, slots=True)
class DeskWaits(LockedOut):
    """Too many wrong PINs at this desk or station, whoever's: everybody waits until that instant."""


@dataclass(frozen=True, slots=True)
class NumberClosed(Refusal):
    """Too many wrong PINs in a row: that number waits for a supervisor, however long that takes."""


@dataclass(frozen=True, slots=True)
class NothingClosed(Refusal):
    """There is nothing to open: no wrong PIN of theirs is counted."""

    name: str


@dataclass(frozen=True, slots=True)
class PinNotSet(Refusal):
    """Who has that number has no PIN now: a supervisor sets one."""


@dataclass(frozen=True, slots=True)
class KeysGone(Refusal):
    """The secrets with which the PINs of this desk are kept are not here, or cannot be read: no PIN can be looked at,
    and none was counted.
    """


@dataclass(frozen=True, slots=True)
class SupervisorNeeded(Refusal):
    """Only a supervisor may do that."""


@dataclass(frozen=True, slots=True)
class PinUnfit(Refusal):
    """A PIN that is too easy or malformed: ``why`` is ``digits``, ``short``, ``long`` or ``easy``."""

    why: str


@dataclass(frozen=True, slots=True)
class NoLongerHere(Refusal):
    """Whoever is signed in was retired meanwhile, in another window."""


@dataclass(frozen=True, slots=True)
class NotSupervisorNow(Refusal):
    """Whoever is signed in was a supervisor when they came in, and no longer is."""


@dataclass(frozen=True, slots=True)
class NumberRetired(Refusal):
    """That number is of somebody who no longer works here: nobody enters or signs with it."""
