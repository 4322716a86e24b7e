"""What was given for one problem, and the cases at its two ends (rule D4)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain.review.cases import CaseLine
from mesa_recuperacion.domain.review.outliers import ENDS, Outliers, OutliersOf
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.review.totals import Equity, EquityOf
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.service.review.totals import equity
from mesa_recuperacion.store.review.cases import latest


def outliers(query: OutliersOf, looking: Looking) -> Outliers:
    """Every amount, and the latest cases that were given the least and the most."""
    scope = replace(query.scope, filter=replace(query.scope.filter, problem=query.problem))
    found: Equity = equity(EquityOf(query.scope, query.problem), looking)
    bars = found.bars(query.problem)
    behind = Behind(scope, problems=(query.problem,))
    least = _given(behind, bars[0].minor, looking) if bars else ()
    most = _given(behind, bars[-1].minor, looking) if len(bars) > 1 else ()
    return Outliers(query.scope, query.problem, bars, found.bars(query.problem, "new"), least, most)


def _given(behind: Behind, minor: int, looking: Looking) -> tuple[CaseLine, ...]:
    return latest(looking.tx, replace(behind, minor=minor), ENDS)
