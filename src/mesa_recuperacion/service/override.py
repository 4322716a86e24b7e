"""What a supervisor signs for at somebody else's desk."""

from __future__ import annotations

from dataclasses import field

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Override:
    """What a supervisor authorises with number and PIN at the agent's desk (rule B4)."""

    case: str
    compensation: str
    amount: Money | None
    reason: str
    number: int
    pin: str = field(repr=False)
