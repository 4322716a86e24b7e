"""A prepared statement answers as SQLAlchemy's execution of it does, and SQLite does not plan it anew each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select, update

from mesa_recuperacion.store import cards, lines
from mesa_recuperacion.store.prepared import Prepared, PreparedList
from mesa_recuperacion.store.tables import customer
from tests.contract.branch import Branch, founded

_c = customer.c
_SOME = select(_c.id, _c.name).where(_c.name > bindparam("after"), _c.forgotten == 0, _c.id != "it's")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Lima") as made:
        made.customer("ivan", "Iván Soto")
        made.customer("zoe", "Zoe Paz")
        yield made


def test_rows_are_those_of_the_library(branch: Branch) -> None:
    with branch.store.read_transaction() as connection:
        library = connection.execute(_SOME.order_by(_c.name).limit(2), {"after": "J"}).all()
        found = Prepared(_SOME.order_by(_c.name).limit(2), "after").rows(connection, "J")
    assert [tuple(row) for row in found] == [tuple(row) for row in library]
    assert [row.name for row in found] == ["Rosa Lima", "Zoe Paz"]


def test_values_go_where_their_names_are_however_often(branch: Branch) -> None:
    either = select(_c.id).where(
        (_c.name == bindparam("b")) | (_c.id == bindparam("a")) | (_c.call_name == bindparam("b"))
    )
    with branch.store.read_transaction() as connection:
        found = Prepared(either.order_by(_c.id), "a", "b").run(connection, "zoe", "Iván Soto").fetchall()
    assert found == [("ivan",), ("zoe",)]


def test_a_list_may_have_any_length(branch: Branch) -> None:
    listed = select(_c.id).where(_c.id.in_(bindparam("who", expanding=True)), _c.name > bindparam("after"))
    prepared = PreparedList(listed.order_by(_c.id), "who", "after")
    with branch.store.read_transaction() as connection:
        for who in (["ivan"], ["ivan", "zoe"], ["zoe", "nobody", "ivan"]):
            found = [row[0] for row in prepared.of(len(who)).run(connection, *who, "A")]
            assert found == sorted({*who} - {"nobody"})


def test_a_name_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(TypeError, match="wich"):
        _ = Prepared(update(customer).where(_c.id == bindparam("which")).values(name="x"), "wich").text


@pytest.mark.parametrize(
    ("query", "values"),
    [(lines._HEAD, ("CEN-1",)), (cards._history(2).of(1), ("rosa", "")), (Prepared(_SOME.limit(3), "after"), ("J",))],
)  # fmt: skip
def test_f4_what_is_asked_again_is_not_planned_again(branch: Branch, query: Prepared, values: tuple[str, ...]) -> None:
    planned: list[int] = []
    with branch.store.read_transaction() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        query.run(connection, *values).fetchall()
        driver.set_authorizer(lambda *_: planned.append(1) or 0)
        query.run(connection, *values).fetchall()  # a new authorizer makes each statement be planned once more
        once = len(planned)
        query.run(connection, *values).fetchall()
        again = len(planned) - once
    assert once > 0
    assert again == 0
