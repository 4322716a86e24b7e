"""What the idle desk of one person shows, read in one moment of the store."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mesa_recuperacion.domain.budget import Funding, running
from mesa_recuperacion.domain.facts import BudgetFunded
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import AgendaItem, BudgetView, Day, Person
from mesa_recuperacion.store.reading import Reading

PRAISED = timedelta(days=1)
"""How long a praise stays on the idle desk."""


@dataclass(frozen=True, slots=True)
class Today:
    """One person's day under the policy in force."""

    actor: Person
    policy: Policy

    def read(self, tx: Reading, now: datetime) -> Day:
        """The day as it is now; supervisors see besides what waits for supervision."""
        zone, person = self.policy.hours.zone, self.actor.id
        today = now.astimezone(zone).date()
        midnight = at_local(today + timedelta(days=1), time(0), zone)
        return Day(
            counts=tx.day_count(person, today),
            agenda=self._agenda(tx, now, midnight),
            open=tx.open_cases(person),
            drafts=tx.drafts(person),
            budget=self.budget(tx, now),
            offered=tx.offers(person),
            news=tx.news(person),
            praise=tx.praise(person, now - PRAISED),
            suggestions=tx.suggestions() if self._supervises else (),
            acknowledged=tx.acknowledged(person),
            policy=self.policy,
        )

    def funding(self, tx: Reading, person: str, now: datetime) -> tuple[Funding, BudgetFunded | None]:
        """Somebody's budget (or the reserve) as it holds now, and the fact that grants it if a new period has begun."""
        view, ends_at, granted = running(person, tx.budget(person), self.policy, now)
        return Funding(person, view.period, view.left, ends_at), granted

    @property
    def _supervises(self) -> bool:
        return self.actor.role == "supervisor"

    def _agenda(self, tx: Reading, now: datetime, until: datetime) -> tuple[AgendaItem, ...]:
        """What is due; supervisors see besides what nobody could settle, and every area that is late (rules C5, C6)."""
        own = self._own(tx, until)
        if not self._supervises:
            return own
        mine = {item.id for item in own}
        late = (item for item in tx.late_areas(now) if item.id not in mine)
        everything = (*own, *tx.agenda(SUPERVISION, until), *tx.actions(SUPERVISION, until), *late)
        return tuple(sorted(everything, key=lambda item: item.due_at))

    def _own(self, tx: Reading, until: datetime) -> tuple[AgendaItem, ...]:
        """What this person owes: to customers, and the actions of which they are the owner (rule D2)."""
        owed = (*tx.agenda(self.actor.id, until), *tx.actions(self.actor.id, until))
        return tuple(sorted(owed, key=lambda item: item.due_at))

    def budget(self, tx: Reading, now: datetime) -> BudgetView:
        """This person's budget as it holds now."""
        return running(self.actor.id, tx.budget(self.actor.id), self.policy, now)[0]
