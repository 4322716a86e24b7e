"""What the store holds of a customer, and erasing it with all that was told of it elsewhere (rule E3).

It costs what the customer's own cases and texts cost, besides a look at the texts that are of no customer: what the
people who work here wrote to one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.traces import Traces
from mesa_recuperacion.domain.views import Card
from mesa_recuperacion.journal.canonical import parse
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, PreparedList, deleting
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.shapes import DRAFT, PRIVATE_TEXT

_AT_ONCE = 500

_OF_LINE = "JOIN journal ON journal.stream = t.stream AND journal.seq = t.seq"
_OF_NOBODY = Prepared(
    f"SELECT t.stream, t.seq, t.field, t.value, kind, body FROM private_text AS t {_OF_LINE} WHERE t.customer = ''"
)
_SAID = PreparedList(
    "SELECT field, value FROM private_text WHERE customer IN ({}) AND field IN ('name', 'call_name', 'phone')"
)
_OPENED = PreparedList("SELECT folio FROM case_file WHERE customer IN ({})")
_TYPED = PreparedList(f"SELECT DISTINCT case_id FROM private_text AS t {_OF_LINE} WHERE t.customer IN ({{}})")
_ERASED, _THEIRS = deleting(PRIVATE_TEXT), PreparedList("DELETE FROM private_text WHERE customer IN ({})")
_DRAFTS, _NO_DRAFT = Prepared("SELECT person, slot, stage, line FROM draft"), deleting(DRAFT)
_DRAFTS_OF = PreparedList("DELETE FROM draft WHERE slot IN ({})")
_FORGOTTEN = Prepared("SELECT id FROM customer WHERE forgotten = 1 ORDER BY id")

_WHYS = ("why_1", "why_2", "why_3", "why_4", "why_5")
_SHOWN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "praise.given": ("praise", "praise", ("text",)),
    "suggestion.made": ("suggestion", "suggestion", ("text",)),
    "suggestion.answered": ("suggestion", "suggestion", ("words",)),
    "budget.adjusted": ("adjustment", "adjustment", ("reason",)),
    "analysis.why_answered": ("analysis", "analysis", _WHYS),
    "analysis.cause_named": ("analysis", "analysis", ("cause",)),
    "analysis.action_named": ("analysis", "analysis", ("action",)),
    "analysis.action_answered": ("analysis", "analysis", ("words",)),
    "analysis.reviewed": ("analysis", "analysis", ("words",)),
    "analysis.dropped": ("analysis", "analysis", ("words",)),
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
    found: dict[str, dict[str, None]] = {"name": {}, "call_name": {}, "phone": {}}
    for field, value in _SAID.of(len(people)).run(connection, *people):
        found[field][value] = None
    # One that was withdrawn stands in nobody's history, and still has the texts that were typed in it.
    of_cases = (query.of(len(people)).run(connection, *people) for query in (_OPENED, _TYPED))
    folios = {folio for rows in of_cases for (folio,) in rows} - {""}
    names, called, phones = (tuple(found[field]) for field in ("name", "call_name", "phone"))
    return Traces(names, called, phones, tuple(sorted(folios)))


def erase(connection: Connection, people: Sequence[str]) -> int:
    """Delete every personal text of the customers of those very cards; answers how many.

    Drafts in their cases go too, whoever had half typed them, and whatever names them among what is of no customer.
    """
    traces = traces_of(connection, people)
    erased: int = _THEIRS.of(len(people)).run(connection, *people).rowcount + _elsewhere(connection, traces)
    for n in range(0, len(traces.folios), _AT_ONCE):
        some = traces.folios[n : n + _AT_ONCE]
        _DRAFTS_OF.of(len(some)).run(connection, *some)
    typed = _DRAFTS.run(connection).fetchall()
    named = [(who, slot) for who, slot, stage, line in typed if traces.named_in(f"{stage} {line}")]
    _NO_DRAFT.many(connection, named)
    return erased


def _elsewhere(connection: Connection, traces: Traces) -> int:
    """What colleagues wrote to one another and names them; the thanks, ideas and analyses themselves stay."""
    erased = 0
    for row in _OF_NOBODY.rows(connection):
        members = parse(row.body)
        body = members if isinstance(members, dict) else {}
        about_them = body.get("about") in traces.folios
        if not (traces.called_in(row.value) if about_them else traces.named_in(row.value)):
            continue
        _ERASED.run(connection, row.stream, row.seq, row.field)
        erased += 1
        if row.kind in _SHOWN:
            table, key, columns = _SHOWN[row.kind]
            _clear(connection, table, str(body[key]), columns, row.value)
    return erased


def _clear(connection: Connection, table: str, which: str, columns: Sequence[str], text: str) -> None:
    """Where a projection still shows that very text: a later one that took its place stays."""
    for name in columns:
        _cleared(table, name).run(connection, which, text)


@cache
def _cleared(table: str, column: str) -> Prepared:
    return Prepared(f"UPDATE {table} SET {column} = '' WHERE id = ? AND {column} = ?")


def forgotten_cards(connection: Connection) -> tuple[str, ...]:
    """Every card whose customer was forgotten."""
    return tuple(who for (who,) in _FORGOTTEN.run(connection))
