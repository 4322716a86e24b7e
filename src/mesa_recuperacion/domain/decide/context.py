"""What a decision may know besides the case: handed in, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mesa_recuperacion.domain.budget import Funding
from mesa_recuperacion.domain.facts import Fact
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import Refusal

Decision = tuple[Fact, ...] | Refusal
"""Facts to record, in order, or why not."""


@dataclass(frozen=True, slots=True)
class Context:
    """The instant, who asks (``actor``), the policy in force and what the store read under the same lock.

    ``funding`` is the actor's budget as it stands, ``supervisor`` whether they are one.  The callables answer about a
    customer: whether the card exists, how many complaints since an instant, which problems since an instant, and the
    telephone on the card.
    """

    now: datetime
    actor: str
    policy: Policy
    funding: Funding
    new_id: NewId
    known: Callable[[str], bool]
    complaints: Callable[[str, datetime], int]
    problems: Callable[[str, datetime], tuple[str, ...]]
    phone: Callable[[str], str]
    supervisor: bool = False
