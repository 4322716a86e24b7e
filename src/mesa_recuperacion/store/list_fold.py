"""Folding the long lists: customers at risk, exceptions, gestures that were paid (rules B3, B4, D3)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.risk import MOST_COMPLAINTS
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.case_rows import signs_of
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, deleting, insert, setting
from mesa_recuperacion.store.shapes import AT_RISK, EXCEPTION_ASKED, GESTURE_GIVEN

OPENINGS = Prepared(
    f"SELECT opened_at_ms FROM case_file WHERE customer = ? ORDER BY opened_at_ms DESC LIMIT {MOST_COMPLAINTS}"
)
"""When the latest cases of a card were opened, as many as a policy may count."""

_OPENED = "SELECT max(opened_at_ms) FROM case_file WHERE customer = ?1"
SIGNS = Prepared(f"SELECT ({_OPENED} AND broken = 1), ({_OPENED} AND unsatisfied = 1)")
"""When the latest case of a card with a promise broken was opened, and the latest with a customer not satisfied."""

_EVERYBODY = Prepared(
    "SELECT customer, opened_at_ms, broken, unsatisfied FROM case_file WHERE customer <> '' "
    "ORDER BY customer, opened_at_ms"
)
_AT_ONCE = 10_000

_NOBODY_AT_RISK = Prepared("DELETE FROM at_risk")
_NOT_AT_RISK = Prepared("DELETE FROM at_risk WHERE customer = ?")
_FORGOTTEN = Prepared("SELECT forgotten FROM customer WHERE id = ?")
_ADD_RISK, _ADD_GESTURE, _ADD_EXCEPTION = insert(AT_RISK), insert(GESTURE_GIVEN), insert(EXCEPTION_ASKED)
_LATEST_GESTURE = Prepared("SELECT id FROM gesture_given WHERE case_id = ? ORDER BY at_ms DESC, id DESC LIMIT 1")
_TAKEN_BACK = deleting(GESTURE_GIVEN)
_AT_DESK = Prepared(
    'SELECT id, "by", minor, compensation, answered_at_ms FROM exception_asked '
    "WHERE case_id = ? AND status = 'authorised' ORDER BY at_ms DESC, id DESC LIMIT 1"
)
_NOT_ASKED = deleting(EXCEPTION_ASKED)


LISTED = {
    f.CompensationDelivered, f.CompensationReturned, f.CompensationReserved, f.ExceptionAsked, f.ExceptionAuthorised,
    f.ExceptionDeclined, f.ContactForgotten,
}  # fmt: skip
"""Facts of a case that :meth:`Lists.take` has to see."""


class Lists:
    """Folds entries into the long lists of one connection: :meth:`take` each, tell what they :meth:`change`, then
    :meth:`flush` once the rows of the cases are written.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        self._given: list[tuple[Any, ...]] = []

    def take(self, entry: f.Entry, before: CaseState | None, state: CaseState) -> None:
        """Fold one entry of a case, given its states before and after."""
        match entry.fact:
            case f.CompensationDelivered():
                self._deliver(entry, entry.fact, state)
            case f.CompensationReturned():
                self._write_given()
                which = _LATEST_GESTURE.one(self._connection, entry.case)
                _TAKEN_BACK.run(self._connection, which and which[0])
            case f.CompensationReserved(_, _, person) if person == RESERVE:
                self._grant(entry, before)
            case f.ExceptionAsked() | f.ExceptionAuthorised() | f.ExceptionDeclined():
                self._exception(entry, state)
            case f.ContactForgotten() if before is not None and before.wish is not None:
                if before.wish.status == "pending":
                    self._answer(before.wish.id, {"status": "forgotten"})

    def change(self, before: CaseState | None, state: CaseState) -> None:
        """A case is in another state than when it was written last."""
        if signs_of(before) != signs_of(state):
            self._touched.add(state.customer)

    def joined(self, fact: f.Fact) -> None:
        """Cards were merged, taken apart or forgotten: whoever is behind them is looked at anew."""
        if isinstance(fact, f.CustomersMerged | f.MergeUndone):
            self._touched |= {fact.customer, fact.merged}
        if isinstance(fact, f.CustomerForgotten):
            self._touched.add(fact.customer)

    def flush(self) -> None:
        """Write since when those are at risk whose cases or cards were touched."""
        self._write_given()
        touched, self._touched = sorted(self._touched), set()
        done: set[str] = set()
        for who in touched:
            if who not in done:
                group = cards.same(self._connection, who)
                done |= {*group}
                self._put_risk(group)

    def finish(self, alive: Callable[[], None]) -> None:
        """Nothing: all is told."""

    def _put_risk(self, group: tuple[str, ...]) -> None:
        opened: list[int] = []
        sign = None
        for card in group:
            opened += [at for (at,) in OPENINGS.run(self._connection, card)]
            for at in SIGNS.one(self._connection, card):
                sign = at if sign is None or (at is not None and at > sign) else sign
            _NOT_AT_RISK.run(self._connection, card)
        forgotten = _FORGOTTEN.one(self._connection, group[0])
        if forgotten and forgotten[0]:
            return  # nobody can call them
        _ADD_RISK.many(self._connection, _risk_rows(group[0], opened, sign))

    def _deliver(self, entry: f.Entry, fact: f.CompensationDelivered, state: CaseState) -> None:
        given = {
            "id": _line(entry), "person": fact.person, "period": fact.period, "case_id": entry.case,
            "customer": state.customer, "given_by": state.owner, "problem": state.problem,
            "compensation": state.gesture.code if state.gesture else "", "minor": fact.amount.minor,
            "currency": fact.amount.currency, "at_ms": to_ms(entry.at),
        }  # fmt: skip
        self._given.append(tuple(map(given.__getitem__, GESTURE_GIVEN.columns)))

    def _write_given(self) -> None:
        given, self._given = self._given, []
        _ADD_GESTURE.many(self._connection, given)

    def _exception(self, entry: f.Entry, state: CaseState) -> None:
        answered = {"by": entry.actor, "answered_at_ms": to_ms(entry.at)}
        match entry.fact:
            case f.ExceptionAsked(asked, compensation, amount) if state.wish is not None:
                made = {"id": asked, "compensation": compensation, "minor": amount.minor, "currency": amount.currency}
                waits = {"status": "waiting", "before": state.wish.before, "by": "", "answered_at_ms": None}
                self._add_exception(_asked(entry, state) | made | waits)
            case f.ExceptionDeclined(asked):
                self._answer(asked, answered | {"status": "declined", "answer_seq": entry.seq})
            case f.ExceptionAuthorised(by) if by == entry.actor:
                if state.wish is not None:
                    self._answer(state.wish.id, answered | {"status": "granted"})
            case f.ExceptionAuthorised(by, compensation, amount):
                made = {"compensation": compensation, "minor": amount.minor, "currency": amount.currency}
                at_desk = {"id": _line(entry), "status": "authorised", "before": sum(m.minor for m in state.given)}
                self._add_exception(_asked(entry, state) | made | answered | at_desk | {"by": by})

    def _add_exception(self, row: dict[str, Any]) -> None:
        _ADD_EXCEPTION.run(self._connection, *map(row.__getitem__, EXCEPTION_ASKED.columns))

    def _grant(self, entry: f.Entry, before: CaseState | None) -> None:
        """The reserve pays what was authorised at the desk: it is granted, and settles what waited for an answer."""
        by = before.authorised if before is not None else ""
        if before is None or by in ("", entry.actor):
            return
        row = _AT_DESK.first(self._connection, entry.case)
        if row is None:
            return
        if before.wish is None or before.wish.status != "pending":
            self._answer(row.id, {"status": "granted"})
            return
        _NOT_ASKED.run(self._connection, row.id)
        same = {"by": row.by, "minor": row.minor, "compensation": row.compensation}
        self._answer(before.wish.id, same | {"answered_at_ms": row.answered_at_ms, "status": "granted"})

    def _answer(self, which: str, values: dict[str, Any]) -> None:
        setting(EXCEPTION_ASKED, *values).run(self._connection, *values.values(), which)


class LateLists(Lists):
    """The lists of many entries at once: who is at risk is told when all is folded, of everybody (:meth:`finish`)."""

    def change(self, before: CaseState | None, state: CaseState) -> None:
        """Nothing: whoever has a case is looked at."""

    def flush(self) -> None:
        """Write what was given."""
        self._write_given()

    def finish(self, alive: Callable[[], None]) -> None:
        """Look at everybody, and once more at those whose cards were joined; ``alive`` is called now and then."""
        _put_everybody(self._connection, alive)
        super().flush()


def _put_everybody(connection: Connection, alive: Callable[[], None]) -> None:
    """Write since when everybody is at risk, by the cases of their own card; ``alive`` is called now and then."""
    _NOBODY_AT_RISK.run(connection)
    rows: list[tuple[str, int, int]] = []
    for card, cases in groupby(_EVERYBODY.run(connection), key=itemgetter(0)):
        opened, signs = [], []
        for _, at, broken, unsatisfied in cases:
            opened.append(at)
            if broken or unsatisfied:
                signs.append(at)
        rows += _risk_rows(card, opened, max(signs, default=None))
        if len(rows) >= _AT_ONCE:
            _ADD_RISK.many(connection, rows)
            rows = []
            alive()
    _ADD_RISK.many(connection, rows)


def _risk_rows(card: str, opened: list[int], sign: int | None) -> list[tuple[str, int, int]]:
    """Since when a card is at risk: ``opened`` is when its cases were, ``sign`` the latest with a sign of it."""
    opened = sorted(opened, reverse=True)[:MOST_COMPLAINTS]
    levels = {level: at if sign is None else max(at, sign) for level, at in enumerate(opened, 1)}
    if sign is not None and len(opened) < MOST_COMPLAINTS:
        levels[-len(opened)] = sign
    return [(card, level, at) for level, at in levels.items()]


def _asked(entry: f.Entry, state: CaseState) -> dict[str, Any]:
    return {
        "case_id": entry.case, "branch": entry.stream.rpartition("-")[0], "customer": state.customer,
        "person": entry.actor, "problem": state.problem, "policy": state.policy, "at_ms": to_ms(entry.at),
        "stream": entry.stream, "seq": entry.seq, "answer_seq": None,
    }  # fmt: skip


def _line(entry: f.Entry) -> str:
    """A name for a line that sorts as the lines of its stream do."""
    return f"{entry.stream}/{entry.seq:012}"
