"""The tables that the review reads: counters, folded as facts arrive, so that no figure is ever counted over cases.

A row of a counter is of a stretch of the branch's calendar: ``grain`` is ``d`` and ``day`` ``YYYY-MM-DD``, ``m`` and
``YYYY-MM``, or ``y`` and ``YYYY``, in the branch's own zone, as ``Period.parts`` names them. Each is kept by
``person`` (who first closed the case), ``problem`` (the one it has now) and ``branch`` (its code); costs are minor
units, times seconds. A row of which nothing is left is not there.

What is behind a figure is found on ``case_file`` (``store.tables``): ``counted_day`` is the day that the case counts on
(empty: on none yet), and ``marks`` has a bit for each figure that it is behind.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, literal_column

from mesa_recuperacion.domain.review.marks import MARKS
from mesa_recuperacion.store.columns import CLUSTERED as _CLUSTERED
from mesa_recuperacion.store.columns import Base, index_where
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import words as _text

COUNTED = "counted_day <> ''"
"""What the indexes over counted cases say; a query has to say the same, literally: see :func:`counted`."""

_OFTEN = ("cases", "on_time", "first_contact", "cost", "kept", "satisfied", "verified")
SELDOM = tuple(name for name in MARKS if name not in _OFTEN)
"""The figures that few cases are behind: each has an index of its own cases.  Of the others a page is soon full."""

YEARS, OF_YEARS = "spread_total_years", "grain = 'y'"
"""What was given in whole years, in the order in which it is told: else many years would be sorted at each look."""

_LATEST = ("counted_day", "counted_at_ms", "folio")


def counted() -> ColumnElement[bool]:
    """Whether a case counts at all, as the indexes say it."""
    return literal_column(f"case_file.{COUNTED}")


def marked(which: str) -> ColumnElement[bool]:
    """Whether a case is behind that figure, as the index of a ``SELDOM`` one says it."""
    return literal_column(f"(case_file.marks & {MARKS[which]}) <> 0")


def case_indexes() -> tuple[Index, ...]:
    """How the cases behind a figure are found, a page at a time, in the order of (day, first closing, folio).

    Of everybody, of a person, of a problem, of a problem and an amount given; and of each seldom figure.  Which figures
    a case is behind stands in those of a person and a problem: of the hundreds of a month, only its own are read.
    """
    return (
        index_where("case_file_counted", *_LATEST, where=COUNTED),
        index_where("case_file_counted_by", "counted_by", *_LATEST, "marks", where=COUNTED),
        index_where("case_file_counted_problem", "problem", *_LATEST, "marks", where=COUNTED),
        index_where("case_file_counted_gave", "problem", "gave", *_LATEST, where=COUNTED),
        *(index_where(f"case_file_is_{name}", *_LATEST, where=f"(marks & {MARKS[name]}) <> 0") for name in SELDOM),
    )


class _Total(Base):
    """What the key of every counter begins with."""

    grain: str = _text(key=True)
    day: str = _text(key=True)
    person: str = _text(key=True)
    problem: str = _text(key=True)
    branch: str = _text(key=True)


class CaseTotalRow(_Total, table=True):
    """The sums of ``domain.review.counts.Counts``, by its names; ``day`` is that of the first closing."""

    __tablename__ = "case_total"
    __table_args__ = _CLUSTERED
    cases: int = _integer()
    on_time: int = _integer()
    first_contact: int = _integer()
    elapsed: int = _integer()
    remedy_cost: int = _integer()
    compensation: int = _integer()
    statutory: int = _integer()
    exceptions: int = _integer()
    exception_cost: int = _integer()
    nothing: int = _integer(quoted="nothing")
    over_information: int = _integer()
    over_system: int = _integer()
    over_complex: int = _integer()
    over_unsaid: int = _integer()
    passed_over: int = _integer()
    hand_overs: int = _integer()
    reopened: int = _integer()
    repeats: int = _integer()
    promises: int = _integer()
    kept: int = _integer()
    late: int = _integer()
    broken: int = _integer()
    moved: int = _integer()
    silences: int = _integer()
    idle: int = _integer()
    follow_ups: int = _integer()
    satisfied: int = _integer()
    not_satisfied: int = _integer()
    unreached: int = _integer()


class SpreadTotalRow(_Total, table=True):
    """How many cases were given an amount in all, nothing included; ``standing`` is ``new`` or ``known`` (rule D4)."""

    __tablename__ = "spread_total"
    __table_args__ = (index_where(YEARS, "problem", "standing", "minor", "n", where=OF_YEARS), _CLUSTERED)
    standing: str = _text(key=True)
    minor: int = _integer(key=True)
    n: int = _integer()


class ChoiceTotalRow(_Total, table=True):
    """What a remedy or compensation (``kind``, ``code``) achieved (rule D11); see ``domain.review.totals.Achieved``."""

    __tablename__ = "choice_total"
    __table_args__ = _CLUSTERED
    kind: str = _text(key=True)
    code: str = _text(key=True)
    used: int = _integer()
    cost: int = _integer()
    kept: int = _integer()
    ended: int = _integer()
    satisfied: int = _integer()
    asked: int = _integer()


class AreaTotalRow(_Total, table=True):
    """What areas were asked for, on the day of asking and by whoever asked; whether the case was ever closed or not."""

    __tablename__ = "area_total"
    __table_args__ = _CLUSTERED
    area: str = _text(key=True)
    asked: int = _integer()
    kept: int = _integer()
    late: int = _integer()
    withdrawn: int = _integer()


class CaseChoiceRow(Base, table=True):
    """The counted cases behind what a choice achieved, in the order of their first closing (as on ``case_file``)."""

    __tablename__ = "case_choice"
    __table_args__ = _CLUSTERED
    kind: str = _text(key=True)
    code: str = _text(key=True)
    counted_day: str = _text(key=True)
    counted_at_ms: int = _integer(key=True)
    folio: str = _text(key=True)
    person: str = _text()
    problem: str = _text()
    branch: str = _text()


_ALL = Base.metadata.tables
case_total, spread_total = _ALL["case_total"], _ALL["spread_total"]
choice_total, area_total = _ALL["choice_total"], _ALL["area_total"]
case_choice = _ALL["case_choice"]
