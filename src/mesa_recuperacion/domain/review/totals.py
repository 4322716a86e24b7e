"""What is read off the counters besides the board: equal treatment, what a choice achieved, areas (D4, D8, D11)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.counts import share
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.values import dataclass

STANDINGS = ("new", "known")
"""A customer's first case with us, or not."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many cases were given that amount in all, in minor units (0: nothing)."""

    minor: int
    n: int


def at_rank(bars: tuple[Bar, ...], rank: int) -> int:
    """The amount of the ``rank``-th case (from 1), the least given first; bars ascend.  Raises ``ValueError``."""
    for bar in bars:
        rank -= bar.n
        if rank <= 0:
            return bar.minor
    raise ValueError("so many cases were not counted")


def median(bars: tuple[Bar, ...]) -> int:
    """The amount of the case in the middle, the lower one of two.  Raises ``ValueError`` if there is none."""
    return at_rank(bars, (sum(bar.n for bar in bars) + 1) // 2)


@dataclass(frozen=True, slots=True)
class EquityOf(Query):
    """What was given for a problem (empty: the filter's, or all of them), by the customer's standing."""

    scope: Scope
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Histogram:
    """What was given for a problem to customers of a standing (one of ``STANDINGS``); its bars ascend."""

    problem: str
    standing: str
    bars: tuple[Bar, ...]

    @property
    def n(self) -> int:
        """How many cases it is of."""
        return sum(bar.n for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Equity(Answer):
    """The histograms that have a case, by problem and standing (new before known)."""

    scope: Scope
    problem: str
    histograms: tuple[Histogram, ...]

    def bars(self, problem: str, standing: str = "") -> tuple[Bar, ...]:
        """The bars of a problem, of one standing or of both together, ascending."""
        found: dict[int, int] = {}
        for one in self.histograms:
            if one.problem == problem and standing in ("", one.standing):
                for bar in one.bars:
                    found[bar.minor] = found.get(bar.minor, 0) + bar.n
        return tuple(Bar(minor, found[minor]) for minor in sorted(found))


@dataclass(frozen=True, slots=True)
class RemediesOf(Query):
    """What each remedy and compensation achieved."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Achieved:
    """What a choice achieved (rule D11); ``kind`` is ``remedy`` or ``compensation``, ``cost`` in minor units.

    ``used`` counts the rounds of a case that ended with it.  Of the promises of a remedy that were not withdrawn,
    ``ended`` have, and ``kept`` of these in time; a compensation is delivered at the closing and promises nothing.
    ``asked`` are the rounds after which the customer said yes or no to the follow-up, ``satisfied`` those with a yes.
    """

    kind: str
    problem: str
    code: str
    used: int
    cost: int
    kept: int
    ended: int
    satisfied: int
    asked: int

    @property
    def kept_share(self) -> int | None:
        """Per cent of what was promised that was kept in time; ``None``: nothing has ended."""
        return share(self.kept, self.ended)

    @property
    def satisfied_share(self) -> int | None:
        """Per cent of the customers who were asked that were satisfied; ``None``: nobody has answered."""
        return share(self.satisfied, self.asked)


@dataclass(frozen=True, slots=True)
class Remedies(Answer):
    """What each achieved: remedies first, by problem, then compensations; the most used first."""

    scope: Scope
    lines: tuple[Achieved, ...]


@dataclass(frozen=True, slots=True)
class AreasOf(Query):
    """How areas answer."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class AreaLine:
    """What an area was asked for in a period: ``kept`` in time, ``late``, or ``withdrawn``; the rest waits still.

    ``waiting`` and ``overdue`` are as of now, whenever it was asked: what it owes, and what of that is late.
    """

    area: str
    asked: int = 0
    kept: int = 0
    late: int = 0
    withdrawn: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def kept_share(self) -> int | None:
        """Per cent of the answers that came in time; ``None``: none came."""
        return share(self.kept, self.kept + self.late)


@dataclass(frozen=True, slots=True)
class Areas(Answer):
    """Each area that was asked in the period or owes something now, by its code."""

    scope: Scope
    lines: tuple[AreaLine, ...]
