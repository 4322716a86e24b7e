"""Which question of the review is which tables: one line makes a page of the review exportable."""

from __future__ import annotations

from mesa_recuperacion.domain.review.analyses import AnalysesOf, ResultOf
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.budgets import BudgetsOf, ChangesOf
from mesa_recuperacion.domain.review.candidates import CandidatesOf
from mesa_recuperacion.domain.review.cases import CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.review.outliers import OutliersOf
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.staff import StaffOf, StaffPersonOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.reports.board_tables import BOARD
from mesa_recuperacion.reports.case_tables import CASE, CASES, DUE, EXCEPTIONS, OUTLIERS, RISK, SPENDING
from mesa_recuperacion.reports.columns import Table
from mesa_recuperacion.reports.other_tables import (
    ANALYSES,
    AREAS,
    BUDGETS,
    CANDIDATES,
    CHANGES,
    EQUITY,
    PERSON,
    REMEDIES,
    RESULT,
    STAFF,
    STAFF_PERSON,
    SUGGESTIONS,
)

TABLES: dict[type[Query], tuple[Table, ...]] = {
    AnalysesOf: (ANALYSES,),
    AreasOf: (AREAS,),
    BoardOf: BOARD,
    BudgetsOf: (BUDGETS,),
    CandidatesOf: (CANDIDATES,),
    CaseOf: CASE,
    CasesOf: (CASES,),
    ChangesOf: (CHANGES,),
    DueOf: (DUE,),
    EquityOf: EQUITY,
    ExceptionsOf: (EXCEPTIONS,),
    OutliersOf: OUTLIERS,
    PersonOf: PERSON,
    RemediesOf: (REMEDIES,),
    ResultOf: (RESULT,),
    RiskOf: (RISK,),
    SpendingOf: (SPENDING,),
    StaffOf: (STAFF,),
    StaffPersonOf: (STAFF_PERSON,),
    SuggestionsOf: (SUGGESTIONS,),
}
"""Each question that can be written, and its tables.  A question with a ``cursor`` is read on, page by page, along the
``after`` of its answers."""

NAMES = {BoardOf: "review", CaseOf: "case", EquityOf: "equity", OutliersOf: "outliers", PersonOf: "person"}
"""What a file of several tables is called; one of a single table is called as the table."""
