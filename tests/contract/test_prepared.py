"""What is said once is said of the tables as they are, and SQLite does not plan it anew each time."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion import store
from mesa_recuperacion.store import cards, finding, lines, shapes, tables
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.prepared import Prepared, PreparedList, deleting, insert, setting, upsert
from mesa_recuperacion.store.shapes import CUSTOMER, CUSTOMER_WORD, GESTURE_COUNT, Shape
from tests.contract.branch import Branch, founded
from tests.statements import places

SHAPES = {shape.name: shape for shape in vars(shapes).values() if isinstance(shape, Shape)}


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Lima") as made:
        made.customer("ivan", "Iván Soto")
        made.customer("zoe", "Zoe Paz")
        yield made


def said() -> Iterator[tuple[str, Prepared]]:
    """Every statement that a module of the store keeps; of those about a list, the one for two values."""
    for module in pkgutil.walk_packages(store.__path__, f"{store.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value.values() if isinstance(value, dict) else [value]:
                if isinstance(one, Prepared):
                    yield f"{module.name}.{name}", one
                elif isinstance(one, PreparedList):
                    yield f"{module.name}.{name}", one.of(2)


def test_every_statement_is_one_of_the_tables_as_they_are(branch: Branch) -> None:
    """A column that has another name, or is gone, is found here and not at somebody's desk."""
    statements = dict(said())
    assert len(statements) > 90
    with branch.store.read_transaction() as connection:
        for name, statement in statements.items():
            try:
                connection.driver.execute(f"EXPLAIN {statement.text}", [None] * places(statement.text)).fetchall()
            except Exception as error:
                raise AssertionError(f"{name}: {statement.text}") from error


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_the_columns_that_are_written_are_those_of_the_table(name: str) -> None:
    table, shape = Base.metadata.tables[name], SHAPES[name]
    assert shape.columns == tuple(table.c.keys())
    assert set(shape.key) == {column.name for column in table.primary_key}


def test_what_is_folded_is_the_same_in_both() -> None:
    folded = [table.name for table in tables.PROJECTIONS]
    assert sorted(shape.name for shape in shapes.PROJECTIONS) == sorted(folded)
    kept = {"journal", "private_text", "credential", "draft", "handed_out", "moment"}
    assert {*folded} | kept == {*Base.metadata.tables}
    assert not kept & {*folded}


def test_rows_have_the_names_of_their_columns(branch: Branch) -> None:
    query = Prepared("SELECT id, name AS called, count(*) FROM customer WHERE name > ? GROUP BY id ORDER BY name")
    with branch.store.read_transaction() as connection:
        found, first = query.rows(connection, "J"), query.first(connection, "S")
        assert query.rows(connection, "a") == []
        assert query.first(connection, "a") is None
    assert [(row.id, row.called) for row in found] == [("rosa", "Rosa Lima"), ("zoe", "Zoe Paz")]
    assert first == found[1]


def test_a_list_may_have_any_length(branch: Branch) -> None:
    listed = PreparedList("SELECT id FROM customer WHERE id IN ({}) AND name > ? ORDER BY id")
    with branch.store.read_transaction() as connection:
        for who in ([], ["ivan"], ["ivan", "zoe"], ["zoe", "nobody", "ivan"]):
            found = [row[0] for row in listed.of(len(who)).run(connection, *who, "A")]
            assert found == sorted({*who} - {"nobody"})


def test_a_row_is_written_over_added_to_changed_and_deleted_by_its_key(branch: Branch) -> None:
    with branch.store.write_transaction() as connection:
        for n in (2, 3):
            upsert(GESTURE_COUNT, add=True).run(connection, "late", "MXN", 500, n)
        assert Prepared("SELECT n FROM gesture_count WHERE minor = 500").one(connection) == (5,)
        upsert(GESTURE_COUNT).run(connection, "late", "MXN", 500, 1)
        assert Prepared("SELECT n FROM gesture_count WHERE minor = 500").one(connection) == (1,)
        assert deleting(GESTURE_COUNT, "n = 0").run(connection, "late", "MXN", 500).rowcount == 0
        assert deleting(GESTURE_COUNT).run(connection, "late", "MXN", 500).rowcount == 1
        assert setting(CUSTOMER, "name", "phone").run(connection, "Zoe Ruiz", "55", "zoe").rowcount == 1
        assert Prepared("SELECT name, phone FROM customer WHERE id = 'zoe'").one(connection) == ("Zoe Ruiz", "55")
        once = insert(CUSTOMER_WORD, unless_there=True)
        assert [once.run(connection, 2, "55", "zoe", "  # 55", None).rowcount for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        (lines._HEAD, ("CEN-1",)), (cards.history(2).of(1), ("rosa", "")),
        (cards.alike_in(3).of(1), ("rosa", 0, "", "")),
        (finding.counting(9), (0, "r", "s")), (finding.matching(2), (0, "r", "s", " l")),
    ],
)  # fmt: skip
def test_f4_what_is_asked_again_is_not_planned_again(branch: Branch, query: Prepared, values: tuple[str, ...]) -> None:
    planned: list[int] = []
    with branch.store.read_transaction() as connection:
        query.run(connection, *values).fetchall()
        connection.driver.set_authorizer(lambda *_: planned.append(1) or 0)
        query.run(connection, *values).fetchall()  # a new authorizer makes each statement be planned once more
        once = len(planned)
        query.run(connection, *values).fetchall()
        again = len(planned) - once
    assert once > 0
    assert again == 0
