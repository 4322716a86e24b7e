"""What somebody has open and owes: by index, however many cases there are."""

from __future__ import annotations

from sqlalchemy import func, select

from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.tables import agenda, case_file


def workload(tx: Reading, person: str) -> tuple[int, int]:
    """How many cases of theirs are not closed, and how many things they still owe."""
    c, a = case_file.c, agenda.c
    unclosed = select(func.count()).where(c.owner == person, c.status.in_(OPEN))
    owed = select(func.count()).where(a.owner == person, a.status == "pending")
    return tx.connection.core.execute(unclosed).scalar_one(), tx.connection.core.execute(owed).scalar_one()
