"""One person's figures: for a supervisor, and for themselves and nobody else (rules D6, D10, E2)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.period import month_of, week_of
from mesa_recuperacion.domain.refusals import NobodyThere, Refusal
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.own import PRAISES, Own, PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.day import Today
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.board import board
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.store import Store


class OwnService:
    """What whoever is signed in may see of themselves.  No question names anybody: there is no way to another's."""

    def __init__(self, store: Store, policies: Policies, clock: Clock, actor: Person) -> None:
        self._store, self._policies, self._clock, self._actor = store, policies, clock, actor

    def own(self) -> Own:
        """Their figures of this week and this month, in one moment of the store."""
        with self._store.reading() as tx:
            now = self._clock.now()
            looking = Looking(tx, now, self._policies.in_force(tx, now), self._actor, self._policies)
            today, me = looking.today, self._actor
            week, month = (
                counts(Scope(period, Filter(me.id)), looking) for period in (week_of(today), month_of(today))
            )
            return Own(me, week, month, tx.praises(me.id, PRAISES))


def person(query: PersonOf, looking: Looking) -> PersonPage | Refusal:
    """One person's page: their figures beside the branch's."""
    scope, tx = query.scope, looking.tx
    found = tx.person(scope.filter.person)
    if found is None:
        return NobodyThere()
    branch = replace(scope, filter=replace(scope.filter, person=""))
    before = replace(scope, period=scope.period.shifted(-1))
    return PersonPage(
        scope, found, counts(scope, looking), counts(before, looking), counts(branch, looking),
        Today(found, looking.policy).budget(tx, looking.now), tx.praises(found.id, PRAISES),
    )  # fmt: skip


def counts(scope: Scope, looking: Looking) -> Counts:
    """What was counted of a scope."""
    return board(BoardOf(scope), looking).counts
