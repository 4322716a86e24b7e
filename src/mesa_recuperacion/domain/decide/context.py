"""What a decision may know besides the case: handed in, never looked up."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mesa_recuperacion.domain.analysis import Analysis, Measured
from mesa_recuperacion.domain.budget import Funding
from mesa_recuperacion.domain.facts import Fact
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Card, Person, SuggestionItem

Decision = tuple[Fact, ...] | Refusal
"""Facts to record, in order, or why not."""

Placed = tuple[tuple[str, Fact], ...]
"""Facts in the order to record them, each with the folio of its case (empty: of none)."""


class Branch(Protocol):
    """What the store knows, read under the lock of the decision.

    A customer whose card was merged is read as the one it was merged into.
    """

    def card(self, customer: str) -> Card | None:
        """A customer's card as it is kept; ``None`` if there is none."""
        ...

    def complaints(self, customer: str, since: datetime) -> int:
        """How many cases a customer has had since an instant."""
        ...

    def problems(self, customer: str, since: datetime) -> tuple[str, ...]:
        """The problems of those cases."""
        ...

    def alike(self, customer: str, problem: str, since: datetime, most: int) -> tuple[str, ...]:
        """The folios of those cases with a problem, the latest first; of those that this station writes."""
        ...

    def signs(self, customer: str, since: datetime) -> tuple[int, int]:
        """How many cases since an instant had a promise broken, and how many a customer who was not satisfied."""
        ...

    def retaining(self, customer: str) -> bool:
        """Whether somebody is to call this customer already, so that they stay (rule D12)."""
        ...

    def person(self, person: str) -> Person | None:
        """Who works here by that reference."""
        ...

    def suggestion(self, suggestion: str) -> SuggestionItem | None:
        """A suggestion that waits for its answer."""
        ...

    def unread(self, person: str, item: str) -> bool:
        """Whether a praise, or the answer to a suggestion, waits to be read by that person."""
        ...

    def acknowledged(self, person: str) -> int:
        """The latest version of the policy that a person has acknowledged; 0 before the first."""
        ...

    def analysis(self, analysis: str) -> Analysis | None:
        """A root cause analysis, over or not."""
        ...

    def measured(self, behind: Behind) -> Measured:
        """What the cases behind a figure came to."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """The instant, who asks (``actor``), the policy in force and what the store read under the same lock.

    ``funding`` is the actor's budget as it stands, ``reserve`` the branch's, ``supervisor`` whether the actor is one.
    """

    now: datetime
    actor: str
    policy: Policy
    funding: Funding
    reserve: Funding
    new_id: NewId
    branch: Branch
    supervisor: bool = False
