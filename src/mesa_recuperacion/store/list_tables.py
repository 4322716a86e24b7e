"""Folded tables of what supervision reads as long lists: customers at risk, exceptions, gestures that were paid.

Each has its rows in the order in which they are listed, so that a page costs the same however long the list is (F4).
"""

from __future__ import annotations

from sqlalchemy import Index

from mesa_recuperacion.store.columns import CLUSTERED as _CLUSTERED
from mesa_recuperacion.store.columns import STRICT as _STRICT
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import maybe as _maybe
from mesa_recuperacion.store.columns import words as _text


class AtRiskRow(Base, table=True):
    """Since when a customer (the card that theirs is read as) is at risk, for each number of complaints that means it.

    ``level`` ``n`` is asked where the policy says ``n`` complaints: ``at_ms`` is the ``n``-th latest opening of a case
    of theirs, or the latest of a case with a promise broken or a customer not satisfied, whichever is later.  Who has
    such a case, and fewer than ``n`` in all, stands under minus how many they have.
    """

    __tablename__ = "at_risk"
    __table_args__ = (Index("at_risk_latest", "level", "at_ms", "customer"), _CLUSTERED)
    customer: str = _text(key=True)
    level: int = _integer(key=True)
    at_ms: int = _integer()


class ExceptionRow(Base, table=True):
    """A gesture above a limit that was asked of supervision, or authorised at the desk.

    ``person`` asked for it, ``by`` answered; ``before`` is what the case had been given by then.  The reason is a
    private text of the line ``seq``, why it was declined one of ``answer_seq``: read there, and forgotten there.
    """

    __tablename__ = "exception_asked"
    __table_args__ = (
        Index("exception_asked_latest", "at_ms", "id"),
        Index("exception_asked_person", "person", "at_ms", "id"),
        Index("exception_asked_problem", "problem", "at_ms", "id"),
        Index("exception_asked_both", "person", "problem", "at_ms", "id"),
        Index("exception_asked_case", "case_id"),
        _STRICT,
    )
    id: str = _text(key=True)
    case_id: str = _text()
    branch: str = _text()
    customer: str = _text()
    person: str = _text()
    problem: str = _text()
    compensation: str = _text()
    minor: int = _integer()
    currency: str = _text()
    before: int = _integer()
    policy: int = _integer()
    at_ms: int = _integer()
    stream: str = _text()
    seq: int = _integer()
    status: str = _text()
    by: str = _text()
    answered_at_ms: int | None = _maybe()
    answer_seq: int | None = _maybe()


class GestureGivenRow(Base, table=True):
    """A gesture that was delivered and not taken back: the budget that paid it, for what, and who gave it."""

    __tablename__ = "gesture_given"
    __table_args__ = (
        Index("gesture_given_budget", "person", "period", "at_ms", "id"),
        Index("gesture_given_case", "case_id", "at_ms", "id"),
        _STRICT,
    )
    id: str = _text(key=True)
    person: str = _text()
    period: str = _text()
    case_id: str = _text()
    customer: str = _text()
    given_by: str = _text()
    problem: str = _text()
    compensation: str = _text()
    minor: int = _integer()
    currency: str = _text()
    at_ms: int = _integer()


_ALL = Base.metadata.tables
at_risk, exception_asked, gesture_given = _ALL["at_risk"], _ALL["exception_asked"], _ALL["gesture_given"]
