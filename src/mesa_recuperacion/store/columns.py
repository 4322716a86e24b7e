"""What the tables are made of: their base, the kinds of columns and of indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, Integer, LargeBinary, Text, literal_column, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_Big = BigInteger().with_variant(Integer, "sqlite")

STRICT = {"sqlite_strict": True}
CLUSTERED = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""Without a row number: no row can be replaced by its number behind the guards' back, and the key is the order."""


class Base(SQLModel, registry=registry()):
    """Base of our tables: a registry of our own."""


def words(*, key: bool = False, added: bool = False) -> Any:
    """A text; one that was ``added`` to a table of an earlier version is empty in the rows of that time."""
    default = {"server_default": text("''")} if added else {}
    return Field(sa_type=Text, primary_key=key, sa_column_kwargs=default)


def integer(*, key: bool = False, quoted: str = "") -> Any:
    """A whole number; ``quoted`` is the column's name where that is a word of SQL which SQLAlchemy does not know."""
    named = {"name": quoted, "quote": True} if quoted else {}
    return Field(sa_type=_Big, primary_key=key, sa_column_kwargs=named)


def maybe() -> Any:
    """A whole number, or nothing."""
    return Field(default=None, sa_type=_Big, nullable=True)


def raw() -> Any:
    """Bytes."""
    return Field(sa_type=LargeBinary)


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows of which ``where`` is true; only a query that says the same, literally, uses it."""
    return Index(name, *columns, sqlite_where=text(where))


def literally(word: str) -> ColumnElement[str]:
    """A constant of ours as such an index says it; never anything that was typed."""
    return literal_column(f"'{word}'")
