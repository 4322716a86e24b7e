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
    Picking,
    PickOf,
    Result,
    ResultOf,
    Sheet,
    SheetOf,
    Side,
    compared,
    windows,
)
from mesa_recuperacion.domain.review.candidates import LATEST, Candidates, CandidatesOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.service.review.cases import cases
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review import cases as pages
from mesa_recuperacion.store.review import measures, whys


def analyses(query: AnalysesOf, looking: Looking) -> Analyses:
    """Those that are not over, and a page of the others; only the first page has the former."""
    ended = whys.ended(looking.tx, query.cursor)
    running = whys.running(looking.tx, RUNNING) if ended.before is None else ()
    return Analyses(running, ended.rows, ended.before, ended.after)


def pick(query: PickOf, looking: Looking) -> Picking:
    """A page of cases, and what is picked so far."""
    return Picking(cases(CasesOf(query.behind, query.cursor), looking), query.picked)


def sheet(query: SheetOf, looking: Looking) -> Sheet | Refusal:
    """The worksheet of an analysis, or of a new one; refused if there is no case to ask about."""
    tx = looking.tx
    if query.behind is not None and not query.analysis:
        measured = tx.measured(query.behind)
        if not measured.cases:
            return NothingBehind()
        return Sheet(None, query.behind, measured, _few(query.behind, looking), "why1")
    found = tx.analysis(query.analysis) if query.analysis else whys.latest(tx, looking.actor.id)
    if found is None:
        return UnknownAnalysis()
    cases = _few(found.behind, looking)
    return Sheet(found, found.behind, found.measured, cases, query.question or found.question or "date")


def _few(behind: Behind, looking: Looking) -> tuple[tuple[str, str], ...]:
    """The latest few cases of a set: folio, customer."""
    return tuple((line.folio, line.customer) for line in pages.latest(looking.tx, behind, FEW))


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
    return Side(behind, looking.tx.measured(behind), measures.causes(looking.tx, period, who))


def _day(looking: Looking, at: datetime) -> date:
    """The day of the branch."""
    return at.astimezone(looking.policy.hours.zone).date()


def candidates(query: CandidatesOf, looking: Looking) -> Candidates:
    """What agents typed in the latest cases with another problem, grouped."""
    behind = Behind(query.scope, problems=(OTHER_PROBLEM,))
    folios = measures.latest(looking.tx, behind, LATEST)
    typed = measures.texts(looking.tx, folios)
    texts = [(folio, typed[folio]) for folio in folios if folio in typed]
    return Candidates(query.scope, grouped(texts), len(texts), looking.tx.measured(behind).cases)
