"""Every page of the review's long lists is read along an index in its own order, whatever is asked for (rule F4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Select

from mesa_recuperacion.domain.period import span
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.due import KINDS
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.store import list_fold
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.review import cases, due, exceptions, risk
from mesa_recuperacion.store.review.paging import Part, ordered
from mesa_recuperacion.store.store import Store
from tests.contract.branch import NOW, Branch
from tests.statements import plan

YEARS = Scope(span(date(2016, 1, 1), date(2026, 12, 31)))


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    store = Store.create(tmp_path_factory.mktemp("plans") / "mesa.db")
    branch = Branch(store)
    branch.found()
    branch.customer("rosa", "Rosa Núñez", "55 1234 0078")
    branch.standard()
    yield branch
    store.close()


def lists() -> dict[str, Part]:
    """Every list, narrowed in every way that has an index of its own."""
    found: dict[str, Part] = {}
    for which in WHICH:
        (found[f"cases {which}"],) = cases.parts_of(Behind(YEARS, which))
    for name, only in (
        ("person", Filter("ana")),
        ("problem", Filter(problem="damaged")),
        ("both", Filter("ana", "damaged")),
    ):
        (found[f"cases of a {name}"],) = cases.parts_of(Behind(replace(YEARS, filter=only)))
        (found[f"broken of a {name}"],) = cases.parts_of(Behind(replace(YEARS, filter=only), "broken"))
        found[f"exceptions of a {name}"] = _exceptions(only)
    family = cases.parts_of(Behind(YEARS, problems=("damaged", "late")))
    found |= {f"cases of a family {n}": part for n, part in enumerate(family)}
    (found["an amount"],) = cases.parts_of(Behind(YEARS, problems=("damaged",), minor=0))
    (found["a choice"],) = cases.parts_of(Behind(YEARS, choice=("remedy", "replace")))
    (found["a choice of somebody"],) = cases.parts_of(
        Behind(replace(YEARS, filter=Filter("ana")), "late", choice=("remedy", "replace"))
    )
    found["exceptions"] = _exceptions(Filter())
    found["spending"] = exceptions.paid("ana", "2025-03")
    for kind in KINDS:
        for owner in ("", "ana"):
            for before in (None, NOW):
                found[f"due {kind} {owner} {before}"] = due.owed(owner, kind, before)
    for number in (-1, 2):
        found[f"at risk {number}"] = risk.level(number, NOW)
    return found


def _exceptions(only: Filter) -> Part:
    return exceptions.asked(NOW, NOW, only)


def plan_of(branch: Branch, query: Select[Any] | Prepared) -> list[str]:
    with branch.store.read_transaction() as connection:
        return plan(connection, query)


@pytest.mark.parametrize("name", sorted(lists()))
def test_f4_a_page_is_read_along_an_index_and_sorts_nothing(branch: Branch, name: str) -> None:
    part = lists()[name]
    for cursor in (None, Cursor(1, "2025-03-03/CEN-1001"), Cursor(1, "2025-03-03/CEN-1001", back=True)):
        for down in (True, False):
            found = plan_of(branch, ordered(part, cursor, 51, down=down))
            assert found[0].startswith("SEARCH"), found
            assert not any(line.startswith(("SCAN", "USE TEMP")) for line in found), found


def test_f4_a_figure_that_few_cases_are_behind_is_read_along_its_own_index(branch: Branch) -> None:
    for which in ("broken", "late", "not_satisfied", "exceptions"):
        (part,) = cases.parts_of(Behind(YEARS, which))
        assert f"case_file_is_{which}" in plan_of(branch, ordered(part, None, 51, down=True))[0]


@pytest.mark.parametrize(
    "query",
    [
        risk.COUNTED.params(card="rosa", since=0), risk.LAST.params(card="rosa"), risk.CALLS.params(cards=["rosa"]),
        list_fold.OPENINGS, list_fold.SIGNS,
    ],
    ids=["counted", "last", "calls", "openings", "signs"],
)  # fmt: skip
def test_f4_what_is_told_of_a_customer_is_found_by_their_card(branch: Branch, query: Select[Any] | Prepared) -> None:
    found = plan_of(branch, query)
    assert any(line.startswith("SEARCH") for line in found), found
    scans = [line for line in found if line.startswith("SCAN")]
    assert all(line.split()[1] in ("(subquery-1)", "CONSTANT", "anon_1") for line in scans), found
