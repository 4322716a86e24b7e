"""What a supervisor's decisions about people and budgets read of a branch in memory."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.views import Adjustment, AgendaItem, BudgetView, OfferItem, OpenItem, Person
from tests.purse import Purse


class Roster:
    """Looked for in all the cases, budgets and analyses there are."""

    policy: Policy
    people: dict[str, Person]
    cases: dict[str, CaseState]
    purses: dict[tuple[str, str], Purse]
    analyses: dict[str, Analysis]
    adjustments: dict[str, Adjustment]

    def everybody(self) -> tuple[Person, ...]:
        """Who works here and who did, by their number."""
        return tuple(sorted(self.people.values(), key=lambda person: person.number))

    def supervisors(self) -> tuple[str, ...]:
        """Who is one today."""
        return tuple(p.id for p in self.everybody() if p.role == "supervisor" and not p.retired)

    def open_cases(self, owner: str) -> tuple[OpenItem, ...]:
        """Somebody's cases that are not closed."""
        theirs = [s for s in self.cases.values() if s.owner == owner and s.status in OPEN]
        return tuple(OpenItem(s.folio, s.customer, s.status, "", s.opened_at, s.opened_at) for s in theirs)

    def offers(self, person: str) -> tuple[OfferItem, ...]:
        """The cases that somebody is asked to take over."""
        found = [(s, s.offer) for s in self.cases.values() if s.offer is not None]
        return tuple(
            OfferItem(s.folio, s.customer, s.owner, offer.reason, offer.at)
            for s, offer in found
            if offer.to == person and offer.declined is None
        )

    def owed_in(self, owner: str) -> tuple[str, ...]:
        """The cases in which something still waits for somebody."""
        owed = [s.folio for s in self.cases.values() if any(x.owner == owner for x in s.waiting())]
        return tuple(sorted(owed))

    def actions(self, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
        """Their corrective actions that are agreed and not answered."""
        theirs = [x for x in self.analyses.values() if x.owner == owner and x.state == "agreed"]
        due = [(x.due_at, x) for x in theirs if x.due_at is not None and x.due_at <= until]
        return tuple(AgendaItem(x.id, "action", "", "", x.action, "", at, 1) for at, x in due)

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands."""
        return self.cases.get(folio)

    def budget(self, person: str) -> tuple[BudgetView, datetime] | None:
        """Somebody's latest funded period and when it ends."""
        mine = [(purse.ends_at, period) for (who, period), purse in self.purses.items() if who == person]
        if not mine:
            return None
        ends_at, period = max(mine)
        purse = self.purses[person, period]
        sums = (Money(minor, self.policy.currency) for minor in (purse.funded, purse.reserved, purse.spent))
        return BudgetView(period, *sums), ends_at

    def adjustment(self, adjustment: str) -> Adjustment | None:
        """A change of a budget."""
        return self.adjustments.get(adjustment)
