"""B3, B4, E2: what a role may do is said once more by the database, whatever the program above it believes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.facts import Fact
from mesa_recuperacion.store import rebuild as rebuilding
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import MARCH, Branch, mxn


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Branch]:
    """A branch of its own with an agent, a supervisor, a budget and a case."""
    store = Store.create(tmp_path / "mesa.db")
    made = Branch(store)
    made.append(("", f.StationOpened("CEN", "", "", 1, "MXN", "UTC", "es")))
    made.append(
        ("", f.PersonAdded("ana", 1, "Ana", "agent")), ("", f.PersonAdded("carla", 3, "Carla", "supervisor")),
        ("", f.BudgetFunded("ana", "2025-03", mxn(500_00), MARCH)),
    )  # fmt: skip
    made.customer("rosa", "Rosa")
    made.open()
    yield made
    store.close()


def adjusted(name: str = "more") -> Fact:
    return f.BudgetAdjusted(name, "ana", "2025-03", mxn(100_00), "por la feria")


def authorised(by: str) -> Fact:
    return f.ExceptionAuthorised(by, "own", mxn(900_00), "tercera vez")


@pytest.mark.parametrize("actor", ["ana", "nobody", ""])
def test_e2_the_database_takes_a_change_of_a_budget_from_a_supervisor_only(office: Branch, actor: str) -> None:
    with pytest.raises(StoreError):
        office.append(("", adjusted()), actor=actor)
    office.append(("", adjusted()), actor="carla")
    assert verify(office.store).sound


def test_e2_nor_from_who_was_one_once(office: Branch) -> None:
    office.append(("", adjusted()), actor="carla")
    office.append(("", f.RoleChanged("carla", "agent")), actor="carla")
    with pytest.raises(StoreError):
        office.append(("", adjusted("again")), actor="carla")
    assert verify(office.store).sound, "what she did as a supervisor stands"
    rebuilding.rebuild(office.store)
    assert verify(office.store).sound


def test_e2_nor_from_who_no_longer_works_here(office: Branch) -> None:
    office.append(("", f.PersonRetired("carla")), actor="carla")
    with pytest.raises(StoreError):
        office.append(("", adjusted()), actor="carla")


@pytest.mark.parametrize("by", ["bruno", "", "nobody"])
def test_b4_the_database_takes_an_authorisation_of_a_supervisor_only(office: Branch, by: str) -> None:
    office.append(("", f.PersonAdded("bruno", 2, "Bruno", "agent")), actor="carla")
    if by:
        with pytest.raises(StoreError):
            office.append(("CEN-1001", authorised(by)), actor="ana")
    office.append(("CEN-1001", authorised("carla")), actor="ana")
    office.append(("", f.RoleChanged("carla", "agent")), actor="carla")
    rebuilding.rebuild(office.store)
    assert verify(office.store).sound


def test_b4_the_database_refuses_who_asks_and_authorises_at_once(office: Branch) -> None:
    row = (
        "INSERT INTO exception_asked SELECT 'x', 'CEN-1001', 'CEN', 'rosa', 'carla', 'p', 'own', 1, 'MXN', 0, 1, 0, "
        "'CEN-1', 1, 'authorised', '{by}', 0, NULL"
    )
    with pytest.raises(StoreError), office.store.write_transaction() as connection:
        connection.core.exec_driver_sql(row.format(by="carla"))
    with pytest.raises(StoreError), office.store.write_transaction() as connection:
        connection.core.exec_driver_sql(row.replace("'carla', 'p'", "'ana', 'p'").format(by="ana"))


@pytest.mark.parametrize("role", ["owner", "", "SUPERVISOR"])
def test_e2_there_are_two_roles_and_no_third(office: Branch, role: str) -> None:
    with pytest.raises(StoreError):
        office.append(("", f.RoleChanged("ana", role)), actor="carla")
    with pytest.raises(StoreError):
        office.append(("", f.PersonAdded("eva", 9, "Eva", role)), actor="carla")
