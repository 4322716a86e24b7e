"""Root cause analyses: as rows and back, folded and read (rule D2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.analysis import WHYS, Analysis, AnalysisFact, Measured, follow
from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.views import AgendaItem
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, upsert
from mesa_recuperacion.store.shapes import ANALYSIS

_PUT = upsert(ANALYSIS)
_WHYS = tuple(f"why_{n}" for n in range(1, WHYS + 1))

ONE = Prepared("SELECT * FROM analysis WHERE id = ?")
"""The analysis of that reference."""

OWED = Prepared(
    "SELECT id, action, due_at_ms FROM analysis WHERE owner = ? AND state = 'agreed' AND due_at_ms <= ? "
    "ORDER BY due_at_ms, id"
)
"""The actions that somebody owns and that fall due until an instant, the earliest first."""


def one(connection: Connection, which: str) -> Analysis | None:
    """The analysis of that reference."""
    row = ONE.first(connection, which)
    return None if row is None else value_of(row)


def actions(connection: Connection, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
    """The actions that somebody owns and that fall due until an instant, as rows of their day."""
    rows = OWED.rows(connection, owner, to_ms(until))
    return tuple(AgendaItem(row.id, "action", "", "", row.action, "", from_ms(row.due_at_ms), 1) for row in rows)


def fold_analysis(connection: Connection, entry: f.Entry, fact: AnalysisFact) -> None:
    """Fold one of those facts.  Raises ``ValueError`` as ``follow``."""
    after = follow(one(connection, fact.analysis), entry, fact)
    _PUT.run(connection, *map(_row(after).__getitem__, ANALYSIS.columns))


def _row(value: Analysis) -> dict[str, Any]:
    behind, who, period = value.behind, value.behind.scope.filter, value.behind.scope.period
    whys = (*value.whys, *("",) * (WHYS - len(value.whys)))
    return dict(zip(_WHYS, whys, strict=True)) | {
        "whys": len(value.whys), "id": value.id, "begun_by": value.by, "at_ms": to_ms(value.at),
        "grain": period.grain, "first": period.first.isoformat(), "last": period.last.isoformat(),
        "person": who.person, "problem": who.problem, "branch": who.branch,
        "which": behind.which, "problems": " ".join(behind.problems),
        "choice": " ".join(behind.choice) if any(behind.choice) else "",
        "minor": -1 if behind.minor is None else behind.minor, "standing": behind.standing,
        "folios": " ".join(behind.folios), "compared": " ".join(value.measured.problems),
        "cases": value.measured.cases, "of_all": value.measured.of, "late": value.measured.late,
        "cost": value.measured.cost, "cause": value.cause, "family": value.family, "action": value.action,
        "owner": value.owner, "due_at_ms": _ms(value.due_at), "agreed_at_ms": _ms(value.agreed_at),
        "state": value.state, "done": _truth(value.done), "helped": _truth(value.helped), "words": value.words,
        "ended_at_ms": _ms(value.ended_at),
    }  # fmt: skip


def value_of(row: Any) -> Analysis:
    """The analysis of a row."""
    kind, _, code = row.choice.partition(" ")
    period = Period(row.grain, date.fromisoformat(row.first), date.fromisoformat(row.last))
    behind = Behind(
        Scope(period, Filter(row.person, row.problem, row.branch)), row.which, tuple(row.problems.split()),
        (kind, code), None if row.minor < 0 else row.minor, row.standing, tuple(row.folios.split()),
    )  # fmt: skip
    measured = Measured(row.cases, row.of_all, row.late, row.cost, tuple(row.compared.split()))
    whys = tuple(getattr(row, name) for name in _WHYS[: row.whys])
    return Analysis(
        row.id, behind, measured, from_ms(row.at_ms), row.begun_by, whys, row.cause, row.family, row.action, row.owner,
        _instant(row.due_at_ms), _instant(row.agreed_at_ms), row.state, _bool(row.done), _bool(row.helped), row.words,
        _instant(row.ended_at_ms),
    )  # fmt: skip


def _ms(instant: datetime | None) -> int | None:
    return None if instant is None else to_ms(instant)


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def _truth(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _bool(value: int | None) -> bool | None:
    return None if value is None else bool(value)
