"""D2, F4: analyses and what they count are found along an index, whatever else is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select

from mesa_recuperacion.domain.period import month_of
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.store import analyses
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.review import measures, whys
from mesa_recuperacion.store.review.paging import ordered
from mesa_recuperacion.store.store import Store
from tests import statements
from tests.contract.branch import Branch

MARCH = Scope(month_of(date(2025, 3, 4)))
ANA = Scope(MARCH.period, Filter(person="ana"))
HERE = Cursor(1_000, "id")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa Núñez")
    branch.standard()
    yield store
    store.close()


def plan(store: Store, query: Select[Any] | Prepared) -> list[str]:
    with store.read_transaction() as connection:
        return statements.plan(connection, query)


LISTS = {
    "one": (analyses.ONE, "SEARCH analysis"),
    "owed": (analyses.OWED, "SEARCH analysis USING INDEX analysis_owed"),
    "begun last": (whys.latest_query("ana").limit(1), "SEARCH analysis USING INDEX analysis_begun"),
    "ended": (ordered(whys.ended_part(), HERE, 51, down=True), "SEARCH analysis USING INDEX analysis_ended"),
    "ended, back": (ordered(whys.ended_part(), HERE, 51, down=False), "SEARCH analysis USING INDEX analysis_ended"),
    "typed": (measures.texts_query(("CEN-1001", "CEN-1002")), "SEARCH journal USING INDEX journal_case"),
    "latest": (
        measures.latest_query(Behind(MARCH, problems=("other",)), 500),
        "SEARCH case_file USING INDEX case_file_counted_problem",
    ),
    "latest of somebody": (measures.latest_query(Behind(ANA, problems=("other",)), 500), "SEARCH case_file"),
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_f4_what_an_analysis_asks_is_answered_from_an_index(store: Store, name: str) -> None:
    query, first = LISTS[name]
    lines = plan(store, query)
    assert lines[0].startswith(first), lines
    assert not any(line.startswith(("SCAN", "USE TEMP B-TREE FOR ORDER")) for line in lines), lines


def test_f4_only_what_is_not_over_is_looked_at(store: Store) -> None:
    """All of an index that holds nothing else."""
    assert plan(store, whys.running_query())[0] == "SCAN analysis USING INDEX analysis_running"


@pytest.mark.parametrize(
    "behind",
    [
        Behind(MARCH, "late"), Behind(ANA, "broken"), Behind(MARCH, "cost", problems=("late_delivery", "other")),
        Behind(MARCH, choice=("remedy", "resend")), Behind(MARCH, minor=0, problems=("other",)),
        Behind(MARCH, folios=("CEN-1001",)),
    ],
)  # fmt: skip
def test_f4_a_narrow_set_is_added_up_from_its_own_cases(store: Store, behind: Behind) -> None:
    for query in measures.sums_queries(behind):
        lines = plan(store, query)
        assert any(line.startswith("SEARCH") for line in lines), lines
        assert not any(line.startswith(("SCAN case", "SCAN journal")) for line in lines), lines
