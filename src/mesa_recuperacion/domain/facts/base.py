"""What every fact is, and the line of the journal that it stands on."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple

from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of every fact."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class CaseFact(Fact):
    """Base of the facts that belong to a case; the others stand on their own."""


class Entry(NamedTuple):
    """One line of the journal, read back: where it stands, who did it and when, and the fact.

    A tuple, since a replay makes millions of them.

    ``stream`` names the station, ``seq`` counts from 1 without gaps, ``case`` is a folio or empty, ``command`` the
    command that caused it.
    """

    stream: str
    seq: int
    at: datetime
    actor: str
    policy: int
    command: str
    case: str
    fact: Fact
