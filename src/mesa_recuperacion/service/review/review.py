"""The one door of the review: who may look, and who answers which question (rule E2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.refusals import Refusal, SupervisorNeeded
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.policy import AcknowledgedOf, DraftCheckOf, DraftDiffOf, PolicyOf
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review import policy as policies
from mesa_recuperacion.service.review.board import board
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.store import Store

Answerer = Callable[[Any, Looking], Answer | Refusal]
"""Answers one kind of question."""


def answerers() -> dict[type[Query], Answerer]:
    """Every kind of question and who answers it."""
    return {
        BoardOf: board,
        PolicyOf: policies.policy, DraftCheckOf: policies.check, DraftDiffOf: policies.diff,
        AcknowledgedOf: policies.acknowledged,
    }  # fmt: skip


class ReviewService:
    """What one signed-in person may see.  Reads only: whatever is decided goes through the desk's door."""

    def __init__(self, store: Store, policies: Policies, clock: Clock, actor: Person) -> None:
        self._store, self._policies, self._clock, self._actor = store, policies, clock, actor

    def look(self, query: Query) -> Answer | Refusal:
        """The answer, in one moment of the store; refused unless whoever asks is a supervisor.

        Raises ``StoreError`` if the store fails, ``TypeError`` for a question that nobody answers.
        """
        if self._actor.role != "supervisor":
            return SupervisorNeeded()
        answer = answerers().get(type(query))
        if answer is None:
            raise TypeError(f"nobody answers {query!r}")
        with self._store.reading() as tx:
            now = self._clock.now()
            policy = self._policies.in_force(tx, now)
            looking = Looking(tx, now, policy, self._actor, self._policies, self._store.path)
            return answer(query, looking)
