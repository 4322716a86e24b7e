"""What whoever answers a question of the review is given."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Looking:
    """What an answer may use: one moment of the store, the instant, the policy in force, who asks."""

    tx: Reading
    now: datetime
    policy: Policy
    actor: Person
    policies: Policies
    path: Path = Path()
    """Where the database is; the draft of the policy is beside it."""

    @property
    def today(self) -> date:
        """The day in the branch's zone."""
        return self.now.astimezone(self.policy.hours.zone).date()
