"""The folded table of root cause analyses (rule D2)."""

from __future__ import annotations

from sqlalchemy import Index

from mesa_recuperacion.store.columns import STRICT as _STRICT
from mesa_recuperacion.store.columns import Base, index_where
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import maybe as _maybe
from mesa_recuperacion.store.columns import words as _text


class AnalysisRow(Base, table=True):
    """An analysis, as ``domain.analysis.Analysis`` has it; several references stand in one column with blanks between.

    ``minor`` is -1 for any amount, ``whys`` how many have an answer.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        index_where("analysis_running", "at_ms", "id", where="ended_at_ms IS NULL"),
        index_where("analysis_ended", "ended_at_ms", "id", where="ended_at_ms IS NOT NULL"),
        index_where("analysis_owed", "owner", "due_at_ms", where="state = 'agreed'"),
        Index("analysis_begun", "begun_by", "at_ms", "id"),
        _STRICT,
    )
    id: str = _text(key=True)
    begun_by: str = _text()
    at_ms: int = _integer()
    grain: str = _text()
    first: str = _text()
    last: str = _text()
    person: str = _text()
    problem: str = _text()
    branch: str = _text()
    which: str = _text()
    problems: str = _text()
    choice: str = _text()
    minor: int = _integer()
    standing: str = _text()
    folios: str = _text()
    compared: str = _text()
    cases: int = _integer()
    of_all: int = _integer()
    late: int = _integer()
    cost: int = _integer()
    whys: int = _integer()
    why_1: str = _text()
    why_2: str = _text()
    why_3: str = _text()
    why_4: str = _text()
    why_5: str = _text()
    cause: str = _text()
    family: str = _text()
    action: str = _text()
    owner: str = _text()
    due_at_ms: int | None = _maybe()
    agreed_at_ms: int | None = _maybe()
    state: str = _text()
    done: int | None = _maybe()
    helped: int | None = _maybe()
    words: str = _text()
    ended_at_ms: int | None = _maybe()


analysis = Base.metadata.tables["analysis"]
