"""Why not, of what takes a supervisor, an area, a colleague or another card."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NotYourOwn(Refusal):
    """Nobody authorises an exception of their own."""


@dataclass(frozen=True, slots=True)
class ReserveTooLight(Refusal):
    """More than the branch's reserve still has."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class WithinLimits(Refusal):
    """That needs no exception: it is within the cap and the budget."""


@dataclass(frozen=True, slots=True)
class AskedAlready(Refusal):
    """Supervision was asked for an exception in this case, and has not answered yet."""


@dataclass(frozen=True, slots=True)
class PriceNeeded(Refusal):
    """What the law owes is a share of the price, and the price is not known."""


@dataclass(frozen=True, slots=True)
class AreaLater(Refusal):
    """The area answers later than that promise (rule C5): ``ready_at`` is its time, ``honest`` what can be promised."""

    area: str
    ready_at: datetime
    honest: datetime


@dataclass(frozen=True, slots=True)
class NobodyThere(Refusal):
    """Nobody of that reference works here, or it is oneself."""


@dataclass(frozen=True, slots=True)
class NotOffered(Refusal):
    """The case was not offered, or no longer is."""


@dataclass(frozen=True, slots=True)
class SameCard(Refusal):
    """A card cannot be merged with itself, nor with one that was merged already."""


@dataclass(frozen=True, slots=True)
class NotMerged(Refusal):
    """Those two cards are not merged."""


@dataclass(frozen=True, slots=True)
class CustomerForgotten(Refusal):
    """The customer asked to be forgotten: nothing more is done with them or with their cases."""


@dataclass(frozen=True, slots=True)
class StillOpen(Refusal):
    """Whoever is to be forgotten has cases that are not closed: ``cases`` are their folios, in order."""

    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSuchItem(Refusal):
    """No such suggestion, praise or version waits to be answered or read."""


@dataclass(frozen=True, slots=True)
class CaseTouched(Refusal):
    """Somebody changed the journal behind the program's back: ``line`` of ``stream`` is not as it was written (E1)."""

    case: str
    stream: str
    line: int
