"""The one door of the review: who may look, and who answers which question (rule E2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.refusals import NoLongerHere, NotSupervisorNow, Refusal, SupervisorNeeded
from mesa_recuperacion.domain.review.analyses import AnalysesOf, PickOf, ResultOf, SheetOf
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.budgets import BudgetsOf, ChangesOf
from mesa_recuperacion.domain.review.candidates import CandidatesOf
from mesa_recuperacion.domain.review.cases import CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.review.outliers import OutliersOf
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.policy import AcknowledgedOf, DraftCheckOf, DraftDiffOf, PolicyOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.staff import StaffOf, StaffPersonOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review import policy as policies
from mesa_recuperacion.service.review.analyses import analyses, candidates, pick, result, sheet
from mesa_recuperacion.service.review.board import board
from mesa_recuperacion.service.review.budgets import budgets, changed
from mesa_recuperacion.service.review.cases import case, cases
from mesa_recuperacion.service.review.due import due
from mesa_recuperacion.service.review.exceptions import exceptions, spending
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.service.review.outliers import outliers
from mesa_recuperacion.service.review.own import person
from mesa_recuperacion.service.review.risk import risk
from mesa_recuperacion.service.review.staff import staff, staff_person
from mesa_recuperacion.service.review.suggestions import suggestions
from mesa_recuperacion.service.review.totals import areas, equity, remedies
from mesa_recuperacion.store.store import Store

Answerer = Callable[[Any, Looking], Answer | Refusal]
"""Answers one kind of question."""


def answerers() -> dict[type[Query], Answerer]:
    """Every kind of question and who answers it."""
    return {
        BoardOf: board,
        EquityOf: equity,
        OutliersOf: outliers,
        AcknowledgedOf: policies.acknowledged,
        DraftCheckOf: policies.check,
        DraftDiffOf: policies.diff,
        PolicyOf: policies.policy,
        RemediesOf: remedies,
        AreasOf: areas,
        CasesOf: cases,
        CaseOf: case,
        DueOf: due,
        RiskOf: risk,
        ExceptionsOf: exceptions,
        SpendingOf: spending,
        AnalysesOf: analyses,
        SheetOf: sheet,
        ResultOf: result,
        PickOf: pick,
        CandidatesOf: candidates,
        BudgetsOf: budgets,
        ChangesOf: changed,
        PersonOf: person,
        StaffOf: staff,
        StaffPersonOf: staff_person,
        SuggestionsOf: suggestions,
    }


class ReviewService:
    """What one signed-in person may see.  Reads only: whatever is decided goes through the desk's door."""

    def __init__(self, store: Store, policies: Policies, clock: Clock, actor: Person) -> None:
        self._store, self._policies, self._clock, self._actor = store, policies, clock, actor

    @property
    def store(self) -> Store:
        """The file that is looked at."""
        return self._store

    def look(self, query: Query) -> Answer | Refusal:
        """The answer, in one moment of the store; refused unless whoever asks is a supervisor at that moment.

        Raises ``StoreError`` if the store fails, ``TypeError`` for a question that nobody answers.
        """
        answer = answerers().get(type(query))
        if answer is None:
            raise TypeError(f"nobody answers {query!r}")
        with self._store.reading() as tx:
            actor = tx.person(self._actor.id)
            if actor is None:
                return NoLongerHere()
            if actor.role != "supervisor":
                return NotSupervisorNow() if self._actor.role == "supervisor" else SupervisorNeeded()
            now = self._clock.now()
            policy = self._policies.in_force(tx, now)
            looking = Looking(tx, now, policy, actor, self._policies, self._store.path)
            return answer(query, looking)
