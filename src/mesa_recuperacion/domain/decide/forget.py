"""Forgetting a customer for good (rules C4, E3): what is recorded of it; the store erases the texts with the facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Placed
from mesa_recuperacion.domain.decide.steps import release
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.views import Card


class Cards(Protocol):
    """What the store knows of a customer, read under the lock of the decision."""

    def read_as_one(self, customer: str) -> tuple[Card, ...]:
        """Every card that is read as one with a customer's, the one that they are all read as first."""
        ...

    def cases_of(self, people: Iterable[str]) -> tuple[str, ...]:
        """The folios of the cases that were opened under those very cards, in order; of those this station writes."""
        ...

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands."""
        ...


def decide_forget(command: c.ForgetCustomer, cards: Cards, *, supervisor: bool) -> Placed | r.Refusal:
    """Cards that are read as one are one person: all of them are forgotten.

    Not while a case is open: whoever is at the counter or on the telephone is served first, and a case without a name
    and a telephone could not be gone on with.  What is still owed in closed cases ends with it: nobody can be called.
    """
    if not supervisor:
        return r.SupervisorNeeded()
    theirs = cards.read_as_one(command.customer)
    if not theirs:
        return r.UnknownCustomer()
    people = [card.id for card in theirs if not card.forgotten]
    if not people:
        return r.CustomerForgotten()
    states = states_of(people, cards)
    still = tuple(state.folio for state in states if state.status in OPEN)
    return r.StillOpen(still) if still else forgotten(people, states)


def states_of(people: Iterable[str], cards: Cards) -> list[CaseState]:
    """Where the cases of those very cards stand."""
    found = (cards.case_state(folio) for folio in cards.cases_of(people))
    return [state for state in found if state is not None]


def forgotten(people: Iterable[str], states: Iterable[CaseState]) -> Placed:
    """The facts: in each case first, and then of each card.  A gesture that was not delivered goes back."""
    facts: list[tuple[str, f.Fact]] = []
    for state in states:
        if not state.forgotten:
            facts += [(state.folio, fact) for fact in (*release(state), f.ContactForgotten())]
    return (*facts, *(("", f.CustomerForgotten(card)) for card in people))
