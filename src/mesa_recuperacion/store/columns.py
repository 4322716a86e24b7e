"""What the tables are made of: their base, the kinds of columns and of indexes."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    literal_column,
    text,
)

_Big = BigInteger().with_variant(Integer, "sqlite")

STRICT = {"sqlite_strict": True}
CLUSTERED = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""Without a row number: no row can be replaced by its number behind the guards' back, and the key is the order."""


class Base:
    """A table, described by a class: ``__tablename__``, a line for each column, and in ``__table_args__`` the rest.

    The class makes SQLAlchemy's own ``Table`` and is not used otherwise.  Rows are asked for by name, never mapped to
    objects: the mapper takes the desk as long to load as the screen.
    """

    metadata: ClassVar[MetaData] = MetaData()
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[Any] = ()

    def __init_subclass__(cls, *, table: bool = False) -> None:
        if table:
            described = {name: one for kind in reversed(cls.__mro__) for name, one in vars(kind).items()}
            columns = [make(name) for name, make in described.items() if isinstance(make, partial)]
            rest = cls.__table_args__ if isinstance(cls.__table_args__, tuple) else (cls.__table_args__,)
            options = {key: value for one in rest if isinstance(one, dict) for key, value in one.items()}
            Table(cls.__tablename__, cls.metadata, *columns, *(r for r in rest if not isinstance(r, dict)), **options)


def words(*, key: bool = False, added: bool = False) -> Any:
    """A text; one that was ``added`` to a table of an earlier version is empty in the rows of that time."""
    default = text("''") if added else None
    return partial(Column[str], type_=Text, primary_key=key, nullable=False, server_default=default)


def integer(*, key: bool = False, quoted: bool = False) -> Any:
    """A whole number; ``quoted`` if its name is a word of SQL which SQLAlchemy does not know."""
    return partial(Column[int], type_=_Big, primary_key=key, nullable=False, quote=quoted or None)


def maybe() -> Any:
    """A whole number, or nothing."""
    return partial(Column[int], type_=_Big, nullable=True)


def raw() -> Any:
    """Bytes."""
    return partial(Column[bytes], type_=LargeBinary, nullable=False)


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows of which ``where`` is true; only a query that says the same, literally, uses it."""
    return Index(name, *columns, sqlite_where=text(where))


def literally(word: str) -> ColumnElement[str]:
    """A constant of ours as such an index says it; never anything that was typed."""
    return literal_column(f"'{word}'")
