"""Why not, of a root cause analysis."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NothingBehind(Refusal):
    """There is no case in what was to be analysed."""


@dataclass(frozen=True, slots=True)
class UnknownAnalysis(Refusal):
    """No root cause analysis of that reference."""


@dataclass(frozen=True, slots=True)
class AnalysisOver(Refusal):
    """The analysis was concluded or given up."""


@dataclass(frozen=True, slots=True)
class AskedFirst(Refusal):
    """In an analysis, another question comes first: one of ``analysis.QUESTIONS``."""

    question: str


@dataclass(frozen=True, slots=True)
class NotYetDue(Refusal):
    """An action is reviewed from its date on, or once its owner has answered."""

    due_at: datetime
