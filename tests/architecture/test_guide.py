"""The guide's table of what may happen names a real test in every row, and its keys are keys."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.guide import NONE, PAGE, Row, pieces, rows

TESTS = Path(__file__).parents[1]
PLAYED = sorted((TESTS / "unit" / "dialogue").glob("test_what_if*.py"))
NAME = re.compile(r"`(test_[a-f][0-9]+_[a-z0-9_]+)`")


def named(row: Row) -> str:
    found = NAME.fullmatch(row.test)
    assert found, f"“{row.happens}” names no test"
    return found[1]


def functions(path: Path) -> list[str]:
    """The tests of a file, by their names."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.name[:5] == "test_"]


@cache
def collected() -> tuple[str, ...]:
    return tuple(name for path in sorted(TESTS.rglob("test_*.py")) for name in functions(path))


def test_the_table_is_there() -> None:
    assert 60 <= len(rows()) <= 100
    assert len({row.happens for row in rows()}) == len(rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.test.strip("`"))
def test_every_row_says_everything_and_names_one_test(row: Row) -> None:
    assert all((row.happens, row.keys, row.does))
    assert collected().count(named(row)) == 1, f"there is not one {row.test}"


def test_every_test_that_plays_a_row_is_in_the_table_once() -> None:
    played = [name for path in PLAYED for name in functions(path)]
    told = [named(row) for row in rows()]
    assert sorted(name for name in told if name in played) == sorted(played)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.test.strip("`"))
def test_the_keys_of_a_row_are_keys(row: Row) -> None:
    command = re.fullmatch(rf"{NONE}: `mesa [a-z]+[^`]*`", row.keys)
    assert command or row.keys == NONE or pieces(row.keys)


def test_what_is_no_key_is_found() -> None:
    with pytest.raises(ValueError, match="is no key"):
        pieces("F3, luego Enter")


def test_its_pictures_and_pages_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE.read_text(encoding="utf-8"))
    assert links
    assert not [link for link in links if not (PAGE.parent / link).exists()]
