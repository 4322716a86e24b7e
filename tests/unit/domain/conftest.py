"""A branch in memory, with a case where a test wants one."""

from __future__ import annotations

import pytest

from mesa_recuperacion.domain import commands as c
from tests.ledger import Ledger


@pytest.fixture
def book() -> Ledger:
    return Ledger()


@pytest.fixture
def case(book: Ledger) -> str:
    """A case with everything decided and not closed."""
    case = book.open()
    book.standard(case)
    return case


@pytest.fixture
def closed(book: Ledger, case: str) -> str:
    """One that was closed after 51 seconds."""
    book.wait(51)
    book.run(c.CloseCase(case, True))
    return case
