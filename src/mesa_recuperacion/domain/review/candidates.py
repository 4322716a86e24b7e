"""Candidates for the list of problems, as supervision sees them (rule B1)."""

from __future__ import annotations

from mesa_recuperacion.domain.candidates import Candidate
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.values import dataclass

LATEST = 500
"""How many cases of a period are read, the latest ones: enough to see what comes again and again."""


@dataclass(frozen=True, slots=True)
class CandidatesOf(Query):
    """What agents typed as "another problem" in the cases of a scope, grouped."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Candidates(Answer):
    """The groups of the ``read`` latest of the ``cases`` with another problem; texts that were erased are in none."""

    scope: Scope
    groups: tuple[Candidate, ...]
    read: int
    cases: int
