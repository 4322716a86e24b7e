"""The tables of the station itself, folded from the journal."""

from __future__ import annotations

from mesa_recuperacion.store.columns import CLUSTERED as _CLUSTERED
from mesa_recuperacion.store.columns import STRICT as _STRICT
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import words as _text


class StationRow(Base, table=True):
    """The station that writes here, and how many cases it has opened."""

    __tablename__ = "station"
    __table_args__ = _STRICT
    stream: str = _text(key=True)
    branch: str = _text()
    branch_name: str = _text()
    business: str = _text()
    number: int = _integer()
    currency: str = _text()
    zone: str = _text()
    language: str = _text()
    cases: int = _integer()


class ChainKeyRow(Base, table=True):
    """The key that ties the lines of a stream from ``since`` on, until another does."""

    __tablename__ = "chain_key"
    __table_args__ = _CLUSTERED
    stream: str = _text(key=True)
    since: int = _integer(key=True)
    name: str = _text()
