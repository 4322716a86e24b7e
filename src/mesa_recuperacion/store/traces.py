"""What the store holds of a customer, and erasing it with all that was told of it elsewhere (rule E3).

It costs what the customer's own cases and texts cost, besides a look at the texts that are of no customer: what the
people who work here wrote to one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, select, tuple_, update

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.traces import Traces
from mesa_recuperacion.domain.views import Card
from mesa_recuperacion.journal.canonical import parse
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.analysis_tables import analysis
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.tables import (
    adjustment,
    case_file,
    customer,
    draft,
    journal,
    praise,
    private_text,
    suggestion,
)

_p, _j, _d = private_text.c, journal.c, draft.c
_OF_LINE = and_(_p.stream == _j.stream, _p.seq == _j.seq)
_AT_ONCE = 500

_OF_NOBODY = (
    select(_p.stream, _p.seq, _p.field, _p.value, _j.kind, _j.body)
    .join_from(private_text, journal, _OF_LINE).where(_p.customer == bindparam("nobody"))
)  # fmt: skip
_ERASED = delete(private_text).where(
    _p.stream == bindparam("of"), _p.seq == bindparam("line"), _p.field == bindparam("what")
)

_WHYS = ("why_1", "why_2", "why_3", "why_4", "why_5")
_SHOWN: dict[str, tuple[Table, str, tuple[str, ...]]] = {
    "praise.given": (praise, "praise", ("text",)),
    "suggestion.made": (suggestion, "suggestion", ("text",)),
    "suggestion.answered": (suggestion, "suggestion", ("words",)),
    "budget.adjusted": (adjustment, "adjustment", ("reason",)),
    "analysis.why_answered": (analysis, "analysis", _WHYS),
    "analysis.cause_named": (analysis, "analysis", ("cause",)),
    "analysis.action_named": (analysis, "analysis", ("action",)),
    "analysis.action_answered": (analysis, "analysis", ("words",)),
    "analysis.reviewed": (analysis, "analysis", ("words",)),
    "analysis.dropped": (analysis, "analysis", ("words",)),
}
"""Where a text of no customer is shown: the table, the member of the body that is its key, and its columns."""


class Held:
    """What a transaction knows of customers that may be forgotten."""

    def __init__(self, tx: Reading) -> None:
        self._tx = tx

    def read_as_one(self, customer: str) -> tuple[Card, ...]:
        """Every card that is read as one with a customer's, the one that they are all read as first."""
        return cards.read_as_one(self._tx.connection, customer)

    def cases_of(self, people: Iterable[str]) -> tuple[str, ...]:
        """The folios of the cases of those very cards, in order; of those that this station writes."""
        return cards.cases_of(self._tx.connection, people, self._tx.head()[0])

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands."""
        return self._tx.case_state(folio)

    def traces(self, customer: str) -> Traces:
        """What tells a customer elsewhere."""
        return traces_of(self._tx.connection, [card.id for card in self.read_as_one(customer)])


def traces_of(connection: Connection, people: Sequence[str]) -> Traces:
    """What tells the customers of those very cards: whatever they were ever called, and every case of theirs."""
    said = select(_p.field, _p.value).where(_p.customer.in_(people), _p.field.in_(("name", "call_name", "phone")))
    found: dict[str, dict[str, None]] = {"name": {}, "call_name": {}, "phone": {}}
    for field, value in connection.execute(said):
        found[field][value] = None
    opened = select(case_file.c.folio).where(case_file.c.customer.in_(people))
    # One that was withdrawn stands in nobody's history, and still has the texts that were typed in it.
    typed = select(_j.case_id).join_from(private_text, journal, _OF_LINE).where(_p.customer.in_(people))
    folios = {*connection.execute(opened).scalars(), *connection.execute(typed.distinct()).scalars()} - {""}
    names, called, phones = (tuple(found[field]) for field in ("name", "call_name", "phone"))
    return Traces(names, called, phones, tuple(sorted(folios)))


def erase(connection: Connection, people: Sequence[str]) -> int:
    """Delete every personal text of the customers of those very cards; answers how many.

    Drafts in their cases go too, whoever had half typed them, and whatever names them among what is of no customer.
    """
    traces = traces_of(connection, people)
    theirs = delete(private_text).where(_p.customer.in_(people))
    erased = connection.execute(theirs).rowcount + _elsewhere(connection, traces)
    for n in range(0, len(traces.folios), _AT_ONCE):
        connection.execute(delete(draft).where(_d.slot.in_(traces.folios[n : n + _AT_ONCE])))
    typed = connection.execute(select(_d.person, _d.slot, _d.stage, _d.line)).all()
    named = [(row.person, row.slot) for row in typed if traces.named_in(f"{row.stage} {row.line}")]
    if named:
        connection.execute(delete(draft).where(tuple_(_d.person, _d.slot).in_(named)))
    return erased


def _elsewhere(connection: Connection, traces: Traces) -> int:
    """What colleagues wrote to one another and names them; the thanks, ideas and analyses themselves stay."""
    erased = 0
    for row in connection.execute(_OF_NOBODY, {"nobody": ""}).all():
        members = parse(row.body)
        body = members if isinstance(members, dict) else {}
        about_them = body.get("about") in traces.folios
        if not (traces.called_in(row.value) if about_them else traces.named_in(row.value)):
            continue
        connection.execute(_ERASED, {"of": row.stream, "line": row.seq, "what": row.field})
        erased += 1
        if row.kind in _SHOWN:
            table, key, columns = _SHOWN[row.kind]
            _clear(connection, table, str(body[key]), columns, row.value)
    return erased


def _clear(connection: Connection, table: Table, which: str, columns: Sequence[str], text: str) -> None:
    """Where a projection still shows that very text: a later one that took its place stays."""
    for name in columns:
        shown: Any = table.c[name]
        connection.execute(update(table).where(table.c.id == which, shown == text).values({name: ""}))


def forgotten_cards(connection: Connection) -> tuple[str, ...]:
    """Every card whose customer was forgotten."""
    query = select(customer.c.id).where(customer.c.forgotten == 1).order_by(customer.c.id)
    return tuple(connection.execute(query).scalars())
