"""One person's figures: for a supervisor, and for themselves and nobody else (rules D6, D10, E2)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.period import month_of, week_of
from mesa_recuperacion.domain.refusals import NobodyThere, NoLongerHere, Refusal
from mesa_recuperacion.domain.review.own import PRAISES, Own, PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.day import Today
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review.totals import counts
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.team import praises


class OwnService:
    """What whoever is signed in may see of themselves.  No question names anybody: there is no way to another's."""

    def __init__(self, store: Store, policies: Policies, clock: Clock, actor: Person) -> None:
        self._store, self._policies, self._clock, self._actor = store, policies, clock, actor

    def own(self) -> Own | Refusal:
        """Their figures of this week and this month, in one moment of the store; refused to who was retired since."""
        with self._store.reading() as tx:
            me = tx.person(self._actor.id)
            if me is None:
                return NoLongerHere()
            now = self._clock.now()
            looking = Looking(tx, now, self._policies.in_force(tx, now), me, self._policies)
            today = looking.today
            week, month = (counts(tx, Scope(period, Filter(me.id))) for period in (week_of(today), month_of(today)))
            return Own(me, week, month, praises(tx.connection, me.id, PRAISES))


def person(query: PersonOf, looking: Looking) -> PersonPage | Refusal:
    """One person's page: their figures beside the branch's; also of somebody who no longer works here."""
    scope, tx = query.scope, looking.tx
    found = next((one for one in tx.everybody() if one.id == scope.filter.person), None)
    if found is None:
        return NobodyThere()
    branch = replace(scope, filter=replace(scope.filter, person=""))
    before = replace(scope, period=scope.period.shifted(-1))
    return PersonPage(
        scope, found, counts(tx, scope), counts(tx, before), counts(tx, branch),
        Today(found, looking.policy).budget(tx, looking.now), praises(tx.connection, found.id, PRAISES),
    )  # fmt: skip
