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


PAGES = [*sorted(PAGE.parent.glob("*.md")), PAGE.parents[1] / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pictures_pages_and_headings_that_a_page_names_are_there(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, heading = link.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), link
        assert not heading or heading in headings(there), link


def headings(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}
