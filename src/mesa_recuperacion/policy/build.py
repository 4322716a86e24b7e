"""A checked policy file as the domain's policy."""

from __future__ import annotations

from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.policy import (
    Area,
    Compensation,
    Goals,
    Phrases,
    Policy,
    Problem,
    Remedy,
    Retention,
    Statutory,
)
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.policy.reading import keys_of
from mesa_recuperacion.policy.schema import (
    AreaTable,
    CompensationTable,
    GoalsTable,
    PhrasesTable,
    PolicyFile,
    ProblemTable,
    RemedyTable,
    RetentionTable,
    StatutoryTable,
)


def build(file: PolicyFile) -> Policy:
    """The policy of a file without faults, as version 0: publishing numbers it."""
    compensations = {table.code: _compensation(table) for table in file.compensation}
    return Policy(
        version=0,
        title=file.title,
        language=file.language,
        currency=file.currency,
        hours=Hours(file.hours.zone, file.hours.week(), frozenset(file.hours.holidays)),
        case_cap=file.limits.case_cap,
        budget=file.budget.amount,
        period=file.budget.period,
        reserve=file.budget.reserve,
        default_standard=file.time.default_standard,
        follow_up_after=file.follow_up.after,
        park_return=file.follow_up.park_return,
        retry_after=file.follow_up.retry_after,
        retries=file.follow_up.retries,
        undo_seconds=file.limits.undo_seconds,
        repeat_days=file.time.repeat_days,
        risk_days=file.time.risk_days,
        area_margin=file.time.area_margin,
        retention=_retention(file.retention),
        phrases=Phrases(**{key: getattr(file.phrases, key) or "" for key in keys_of(PhrasesTable)}),
        nevers=tuple((step, getattr(file.nevers, step)) for step in STEPS),
        areas=tuple(_area(table) for table in file.area),
        problems=tuple(_problem(table, file, compensations) for table in file.problem),
        conduct=tuple(file.conduct),
        news=tuple(file.news),
        goals=_goals(file.goals),
    )


def _retention(table: RetentionTable | None) -> Retention | None:
    return None if table is None else Retention(table.owner, table.within, table.what, table.complaints)


def _goals(table: GoalsTable | None) -> Goals:
    """What is not written is no goal."""
    if table is None:
        return Goals()
    return Goals(table.on_time or 0, table.first_contact or 0, table.verified or 0)


def _area(table: AreaTable) -> Area:
    return Area(table.code, table.name, table.response)


def _compensation(table: CompensationTable) -> Compensation:
    return Compensation(
        code=table.code,
        name=table.name,
        done=table.done,
        kind=table.kind,
        amount=table.amount,
        within=table.within,
        phrase=table.phrase,
    )


def _problem(table: ProblemTable, file: PolicyFile, compensations: dict[str, Compensation]) -> Problem:
    return Problem(
        code=table.code,
        name=table.name,
        minimum=table.minimum,
        standard=file.time.default_standard if table.standard is None else table.standard,
        phrase=table.phrase,
        question=table.question,
        remedies=tuple(_remedy(remedy, file.phrases) for remedy in table.remedy),
        compensations=tuple(compensations[code] for code in table.compensations),
        usual=table.usual,
        statutory=_statutory(table, file.statutory),
        family=table.family or "",
    )


def _statutory(problem: ProblemTable, table: StatutoryTable | None) -> Statutory | None:
    """What the law owes for a problem, under the one name that the file gives it."""
    if problem.statutory is None or table is None:
        return None
    percent, amount = problem.statutory
    return Statutory(table.name, percent, amount)


def _remedy(table: RemedyTable, phrases: PhrasesTable) -> Remedy:
    return Remedy(
        code=table.code,
        name=table.name,
        done=table.done,
        kind=table.kind,
        cost=table.cost,
        within=table.within,
        area=table.area,
        phrase=table.phrase,
        promise=phrases.promise if table.promise is None else table.promise,
    )
