"""What decisions ask of the branch, kept as it is written: the same as the store would answer, and sooner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.analysis import Analysis, Measured
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.views import Card, Person, SuggestionItem
from mesa_recuperacion.store.reading import Reading


@dataclass(slots=True)
class Kept:
    """A customer's card, and the states of the cases by folio."""

    card: Card
    cases: dict[str, CaseState] = field(default_factory=dict)


class Memory:
    """A :class:`~mesa_recuperacion.domain.decide.Branch` of one writer.

    Customers are kept here; what is asked seldom, of the people who work there, is read from the store.
    """

    def __init__(self) -> None:
        self.cards: dict[str, Kept] = {}
        self.tx: Reading | None = None

    def keep(self, fact: f.Fact, state: CaseState | None) -> None:
        """Take in a fact that was written, with the state of its case after it.

        Raises ``ValueError`` for cards that are merged, as nobody invented merges any.
        """
        match fact:
            case f.CustomerRegistered(who, name, call_name, phone):
                self.cards[who] = Kept(Card(who, name, call_name, phone))
            case f.CustomerNamed(who, name, call_name):
                kept = self.cards[who]
                kept.card = replace(kept.card, name=name, call_name=call_name)
            case f.PhoneNoted(who, phone):
                self.cards[who].card = replace(self.cards[who].card, phone=phone)
            case f.CustomersMerged() | f.MergeUndone():
                raise ValueError("cards are merged by whoever tries the desk")
        if state is not None:
            self.cards[state.customer].cases[state.folio] = state

    def named(self, name: str) -> Kept | None:
        """The card of that name, the first one if there are several."""
        return next((kept for kept in self.cards.values() if kept.card.name == name), None)

    def card(self, customer: str) -> Card | None:
        """A customer's card."""
        kept = self.cards.get(customer)
        return None if kept is None else kept.card

    def complaints(self, customer: str, since: datetime) -> int:
        """How many cases a customer has had since an instant."""
        return sum(1 for _ in self._since(customer, since))

    def problems(self, customer: str, since: datetime) -> tuple[str, ...]:
        """The problems of those cases, the latest first."""
        return tuple(state.problem for state in self._latest(customer, since) if state.problem)

    def alike(self, customer: str, problem: str, since: datetime, most: int) -> tuple[str, ...]:
        """The folios of those with a problem, the latest first, at most so many."""
        return tuple(state.folio for state in self._latest(customer, since) if state.problem == problem)[:most]

    def signs(self, customer: str, since: datetime) -> tuple[int, int]:
        """How many of them had a promise broken, and how many a customer who was not satisfied."""
        cases = list(self._since(customer, since))
        broken = sum(any(p.status == "broken" for p in state.promises) for state in cases)
        no = sum(
            state.satisfied is False or any(u.status == "not_satisfied" for u in state.follow_ups) for state in cases
        )
        return broken, no

    def retaining(self, customer: str) -> bool:
        """Whether somebody is to call this customer already, so that they stay."""
        kept = self.cards.get(customer)
        asked = (u for state in kept.cases.values() for u in state.follow_ups) if kept else ()
        return any(u.purpose == "retain" and u.status == "pending" for u in asked)

    def person(self, person: str) -> Person | None:
        """Who works here by that reference."""
        return self._store.person(person)

    def suggestion(self, suggestion: str) -> SuggestionItem | None:
        """A suggestion that waits for its answer."""
        return self._store.suggestion(suggestion)

    def unread(self, person: str, item: str) -> bool:
        """Whether a praise, or the answer to a suggestion, waits to be read by that person."""
        return self._store.unread(person, item)

    def acknowledged(self, person: str) -> int:
        """The latest version of the policy that a person has acknowledged."""
        return self._store.acknowledged(person)

    def analysis(self, analysis: str) -> Analysis | None:
        """A root cause analysis, over or not."""
        return self._store.analysis(analysis)

    def measured(self, behind: Behind) -> Measured:
        """What the cases behind a figure came to."""
        return self._store.measured(behind)

    @property
    def _store(self) -> Reading:
        if self.tx is None:
            raise ValueError("no transaction is open")
        return self.tx

    def _latest(self, customer: str, since: datetime) -> list[CaseState]:
        return sorted(self._since(customer, since), key=lambda state: (state.opened_at, state.folio), reverse=True)

    def _since(self, customer: str, since: datetime) -> Iterator[CaseState]:
        kept = self.cards.get(customer)
        for state in kept.cases.values() if kept else ():
            if state.opened_at >= since and state.status != "withdrawn":
                yield state
