"""What a figure is counted over, and which cases are behind it."""

from __future__ import annotations

from dataclasses import field

from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.values import dataclass

WHICH = (
    "cases", "on_time", "late", "first_contact", "not_first_contact", "cost", "exceptions", "statutory", "nothing",
    "over_information", "over_system", "over_complex", "over_unsaid", "passed_over", "hand_overs", "reopened",
    "repeats", "kept", "late_promise", "broken", "moved", "silences", "idle", "satisfied", "not_satisfied", "unreached",
    "verified",
)  # fmt: skip
"""The figures that open: each names the cases that it is a sum over."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom and what; empty is everybody, everything.  ``person`` is a reference, the others are codes."""

    person: str = ""
    problem: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A period and a filter."""

    period: Period
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a figure of a scope: ``which`` is one of ``WHICH``.

    Narrower still: ``problems`` those of a cause family, ``choice`` a remedy or compensation (``kind``,
    ``code``), ``minor`` an amount given in all, ``standing`` ``new`` or ``known``, ``folios`` exactly those.
    """

    scope: Scope
    which: str = "cases"
    problems: tuple[str, ...] = ()
    choice: tuple[str, str] = ("", "")
    minor: int | None = None
    standing: str = ""
    folios: tuple[str, ...] = ()
