"""What a table is made of: columns, values, and how a value is written in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mesa_recuperacion.domain.review.counts import MEASURES, Counts, share
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import later
from mesa_recuperacion.reports.csv import Cell
from mesa_recuperacion.reports.voice import Voice

Value = str | int | bool | date | datetime | None
"""What a row holds: minor units, whole per cents and seconds are numbers; ``None`` is nothing known."""

Rows = Callable[[Any, Voice], Iterable[tuple[Value, ...]]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` names it in JSON, ``head`` on paper (a message).

    ``kind`` says what its values are: ``text``, ``count``, ``money`` (minor units), ``percent`` (whole), ``seconds``,
    ``instant``, ``day`` or ``flag``.
    """

    key: str
    head: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` in JSON and in file names, ``title`` on paper (a message), and how an answer becomes rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Rows


def cell(value: Value, column: Column, voice: Voice) -> Cell:
    """A value as a cell of a CSV file."""
    t = voice.words.t
    match column.kind, value:
        case _, None:
            return None
        case "flag", bool():
            return t("yes") if value else t("no")
        case _, bool():
            return int(value)
        case "money", int():
            return voice.major(value)
        case _, datetime():
            return voice.instant(value)
        case _, date():
            return value.isoformat()
        case _, str() | int() | Decimal():
            return value
    raise TypeError(f"{column.key} cannot be {value!r}")


def head(column: Column, voice: Voice) -> str:
    """The head of a column, with the unit where a bare number needs one."""
    t = voice.words.t
    unit = {"money": voice.currency, "percent": "%", "seconds": t("seconds")}.get(column.kind)
    return f"{t(column.head)} ({unit})" if unit else t(column.head)


# ------------------------------------------------------------------------------------------------------------- counts

_HEADS = {
    "cases": later("Cases"), "on_time": later("On time"), "first_contact": later("At first contact"),
    "elapsed": later("Time taken"), "remedy_cost": later("Remedies"), "compensation": later("Compensations"),
    "statutory": later("Owed by law"), "exceptions": later("Exceptions"),
    "exception_cost": later("Paid by the reserve"),
    "nothing": later("Nothing, and why"), "over_information": later("Late: information"),
    "over_system": later("Late: system"), "over_complex": later("Late: complex"),
    "over_unsaid": later("Late: no reason"), "passed_over": later("Steps passed over"),
    "hand_overs": later("Handed over"), "reopened": later("Opened again"), "repeats": later("Came back"),
    "promises": later("Promises"), "kept": later("Promises kept"), "late": later("Promises late"),
    "broken": later("Promises broken"), "moved": later("Promises moved"), "silences": later("Silences"),
    "idle": later("Idle while open"), "follow_ups": later("Follow-ups"), "satisfied": later("Satisfied"),
    "not_satisfied": later("Not satisfied"), "unreached": later("Not reached"),
}  # fmt: skip
_KINDS = {
    "elapsed": "seconds", "idle": "seconds", "remedy_cost": "money", "compensation": "money", "statutory": "money",
    "exception_cost": "money",
}  # fmt: skip
COUNTS = (
    *(Column(m, _HEADS[m], _KINDS.get(m, "count")) for m in MEASURES),
    Column("on_time_share", later("On time, share"), "percent"),
    Column("first_contact_share", later("At first contact, share"), "percent"),
    Column("satisfied_share", later("Satisfied, share of those who answered"), "percent"),
    Column("cost", later("Cost"), "money"),
    Column("cost_per_case", later("Cost of a case"), "money"),
)
"""Every figure that is counted, and those that follow from it."""


def counted(counts: Counts) -> tuple[Value, ...]:
    """The values of :data:`COUNTS`."""
    c = counts
    each = c.per_case if c.cases else None
    return (
        *(getattr(c, measure) for measure in MEASURES),
        share(c.on_time, c.cases), share(c.first_contact, c.cases), share(c.satisfied, c.verified), c.cost, each,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- words


def reasons(of: Iterable[str], voice: Voice) -> str:
    """Why a customer may be lost, in words (rule D3)."""
    t = voice.words.t
    known = {"repeat": t("several complaints"), "broken": t("a promise was broken"), "unsatisfied": t("not satisfied")}
    return " · ".join(known.get(reason, reason) for reason in of)


def status(of: str, voice: Voice) -> str:
    """What a case is now, in words."""
    t = voice.words.t
    known = {"open": t("open"), "parked": t("parked"), "closed": t("closed"), "withdrawn": t("withdrawn")}
    return known.get(of, of)
