"""F4: the review is answered from counters and indexes, whatever it is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select

from mesa_recuperacion.domain.period import month_of, span
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.store.review import cases, now, totals
from mesa_recuperacion.store.review_tables import (
    SELDOM,
    area_total,
    case_choice,
    case_total,
    choice_total,
    counted,
    marked,
    spread_total,
)
from mesa_recuperacion.store.tables import case_file
from tests.contract.branch import NOW, Branch, founded
from tests.statements import plan

TODAY = date(2025, 3, 3)
ALL, ONE = Filter(), Filter("ana", "damaged", "CEN")
MONTH = month_of(TODAY).parts()[0]
BIG = (
    "case_total", "spread_total", "choice_total", "area_total", "case_choice", "case_file", "agenda", "praise",
    "journal",
)  # fmt: skip
_c = case_file.c


@pytest.fixture
def branch(tmp_path: Any) -> Any:
    with founded(tmp_path / "mesa.db", "Rosa Núñez Peña") as made:
        made.standard()
        yield made


def queries() -> dict[str, Select[Any]]:
    later = NOW + timedelta(days=1)
    asked: dict[str, Select[Any]] = {}
    for name, of in (("all", ALL), ("one", ONE)):
        for table, by in (
            (case_total, ()), (case_total, ("problem",)), (case_total, ("person",)),
            (spread_total, ("problem", "standing", "minor")), (choice_total, ("kind", "problem", "code")),
            (area_total, ("area",)),
        ):  # fmt: skip
            asked[f"{table.name} {' '.join(by)} of {name}"] = totals.total_query(table, MONTH, of, by)
        asked[f"latest month of {name}"] = totals.latest_query("m", of, "")
        asked[f"latest day of {name}"] = totals.latest_query("d", of, "2025-03")
        asked[f"what areas owe, of {name}"] = now.areas_query(of, NOW)
        seldom = Behind(Scope(month_of(TODAY), of), "broken")
        asked[f"seldom years of {name}"] = cases.stretches_query(seldom, "y", "2020", "2025")
        asked[f"seldom months of {name}"] = cases.stretches_query(seldom, "m", "2025-01", "2025-03")
    asked["due"] = now.due_query(NOW, later)
    asked["due of somebody"] = now.due_query(NOW, later, "ana")
    asked["thanked"] = now.thanked_query(NOW, later)
    return asked


def plan_of(branch: Branch, query: Select[Any]) -> list[str]:
    with branch.store.read_transaction() as connection:
        return plan(connection, query)


@pytest.mark.parametrize("name", sorted(queries()))
def test_f4_every_figure_is_found_by_its_key(branch: Branch, name: str) -> None:
    found = plan_of(branch, queries()[name])
    scanned = [line.split()[1] for line in found if line.startswith("SCAN") and "USING INDEX agenda_area" not in line]
    assert [table for table in scanned if table in BIG] == [], found
    assert any(line.startswith("SEARCH") or "agenda_area" in line for line in found), found


@pytest.mark.parametrize("which", SELDOM)
def test_f4_the_cases_behind_a_seldom_figure_are_found_by_an_index_of_their_own(branch: Branch, which: str) -> None:
    latest = (_c.counted_day.desc(), _c.counted_at_ms.desc(), _c.folio.desc())
    query = select(_c.folio).where(marked(which), _c.counted_day >= "2025-03-01", _c.counted_day <= "2025-03-31")
    (line,) = plan_of(branch, query.order_by(*latest).limit(50))
    assert line.startswith(f"SEARCH case_file USING INDEX case_file_is_{which} (")


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (None, "case_file_counted"), (_c.counted_by == "ana", "case_file_counted_by"),
        (_c.problem == "damaged", "case_file_counted_problem"),
    ],
)  # fmt: skip
def test_f4_the_cases_of_somebody_or_of_a_problem_are_in_order_in_an_index(
    branch: Branch, condition: Any, index: str
) -> None:
    latest = (_c.counted_day.desc(), _c.counted_at_ms.desc(), _c.folio.desc())
    query = select(_c.folio).where(counted(), _c.counted_day >= "2025-03-01", _c.counted_day <= "2025-03-31")
    query = query if condition is None else query.where(condition)
    (line,) = plan_of(branch, query.order_by(*latest).limit(50))
    assert line.startswith(f"SEARCH case_file USING COVERING INDEX {index} (")


def test_f4_the_cases_of_a_choice_are_in_the_order_of_its_key(branch: Branch) -> None:
    c = case_choice.c
    query = select(c.folio).where(c.kind == "remedy", c.code == "replace", c.counted_day >= "2025-03-01")
    (line,) = plan_of(branch, query.order_by(c.counted_day.desc(), c.counted_at_ms.desc(), c.folio.desc()))
    assert line.startswith("SEARCH case_choice USING PRIMARY KEY")


def test_f4_the_ends_of_what_is_counted_are_found_at_the_ends_of_its_key(branch: Branch) -> None:
    with branch.store.read_transaction() as connection:
        steps = [line for line in plan(connection, totals.ENDS) if "total" in line]
        told = [row[1] for row in connection.driver.execute(f"EXPLAIN {totals.ENDS.text}")]
    assert len(steps) == 4
    assert all(line.startswith("SEARCH") for line in steps), steps
    assert told.count("SeekGE") + told.count("SeekLE") + told.count("SeekLT") + told.count("SeekGT") == 4, told


@pytest.mark.parametrize(("of", "step"), [(ALL, "SCAN"), (ONE, "SEARCH"), (Filter(problem="damaged"), "SEARCH")])
def test_f4_what_was_given_in_years_is_read_in_the_order_in_which_it_is_told(
    branch: Branch, of: Filter, step: str
) -> None:
    query = totals.total_query(spread_total, ("y", "2016", "2025"), of, ("problem", "standing", "minor"))
    (line,) = plan_of(branch, query)
    assert line.startswith(f"{step} spread_total USING COVERING INDEX spread_total_years"), line


def test_f4_ten_years_are_read_as_years(branch: Branch) -> None:
    parts = span(date(2015, 3, 10), date(2025, 3, 9)).parts()
    assert [part[0] for part in parts] == ["d", "m", "y", "m", "d"]
    assert parts[2] == ("y", "2016", "2024")
