"""Root cause analyses and candidates for the list, as supervision sees them (rules B1, D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.candidates import grouped
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.policy import OTHER_PROBLEM
from mesa_recuperacion.domain.refusals import NothingBehind, Refusal, UnknownAnalysis
from mesa_recuperacion.domain.review.analyses import (
    FEW,
    RUNNING,
    Analyses,
    AnalysesOf,
    Result,
    ResultOf,
    Sheet,
    SheetOf,
    Side,
    compared,
    windows,
)
from mesa_recuperacion.domain.review.base import PAGE, Cursor
from mesa_recuperacion.domain.review.candidates import LATEST, Candidates, CandidatesOf
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.service.review.looking import Looking


def analyses(query: AnalysesOf, looking: Looking) -> Analyses:
    """Those that are not over, and a page of the others; only the first page has the former."""
    tx, cursor = looking.tx, query.cursor
    found = tx.ended_analyses(cursor, PAGE + 1)
    back = cursor is not None and cursor.back
    more = len(found) > PAGE
    ended = (found[-PAGE:] if back else found[:PAGE]) if more else found
    before = _cursor(ended[0], back=True) if ended and (more if back else cursor is not None) else None
    after = _cursor(ended[-1], back=False) if ended and (back or more) else None
    running = tx.running_analyses(RUNNING) if before is None else ()
    return Analyses(running, ended, before, after)


def _cursor(analysis: Analysis, *, back: bool) -> Cursor:
    """The place of a concluded analysis in the list."""
    at = analysis.ended_at or analysis.at
    return Cursor(int(at.timestamp() * 1000), analysis.id, back)


def sheet(query: SheetOf, looking: Looking) -> Sheet | Refusal:
    """The worksheet of an analysis, or of a new one; refused if there is no case to ask about."""
    tx = looking.tx
    if query.behind is not None and not query.analysis:
        measured = tx.measured(query.behind)
        if not measured.cases:
            return NothingBehind()
        return Sheet(None, query.behind, measured, tx.first_cases(query.behind, FEW), "why1")
    found = tx.analysis(query.analysis) if query.analysis else tx.latest_analysis(looking.actor.id)
    if found is None:
        return UnknownAnalysis()
    cases = tx.first_cases(found.behind, FEW)
    return Sheet(found, found.behind, found.measured, cases, query.question or found.question or "date")


def result(query: ResultOf, looking: Looking) -> Result | Refusal:
    """Before and after, side by side, over the same number of days."""
    found = looking.tx.analysis(query.analysis)
    if found is None or found.agreed_at is None:
        return UnknownAnalysis()
    until = _day(looking, found.ended_at) if found.ended_at is not None else looking.today
    before, after = windows(_day(looking, found.at), _day(looking, found.agreed_at), until)
    return Result(found, _side(looking, found, before), _side(looking, found, after))


def _side(looking: Looking, analysis: Analysis, period: Period) -> Side:
    behind = compared(analysis, period)
    who = replace(behind.scope.filter, problem="")
    return Side(behind, looking.tx.measured(behind), looking.tx.causes(period, who))


def _day(looking: Looking, at: datetime) -> date:
    """The day of the branch."""
    return at.astimezone(looking.policy.hours.zone).date()


def candidates(query: CandidatesOf, looking: Looking) -> Candidates:
    """What agents typed in the latest cases with another problem, grouped."""
    behind = Behind(query.scope, problems=(OTHER_PROBLEM,))
    folios = tuple(folio for folio, _ in looking.tx.first_cases(behind, LATEST))
    typed = looking.tx.typed_problems(folios)
    texts = [(folio, typed[folio]) for folio in folios if folio in typed]
    return Candidates(query.scope, grouped(texts), len(texts), looking.tx.measured(behind).cases)
