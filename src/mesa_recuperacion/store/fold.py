"""Folding facts into the projections, in the transaction that writes them (rules B3, D1).

What a fact means to a case is said once, in ``domain.evolve``: the rows of a case are a function of its state, and only
what differs between the states before and after is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, Update, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.analysis import AnalysisFact
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.domain.ids import stream_name
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.tally import tally
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.analyses import fold_analysis
from mesa_recuperacion.store.card_fold import CardFact, fold_card
from mesa_recuperacion.store.case_rows import agenda_rows, case_row, wish_row
from mesa_recuperacion.store.counting import Counting, upsert
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.list_fold import Lists
from mesa_recuperacion.store.staff_fold import StaffFact, fold_staff
from mesa_recuperacion.store.team_fold import TeamFact, fold_team

Load = Callable[[str, int], CaseState | None]
"""The state of a case before a line of the journal."""

Rows = list[dict[str, Any]]


_CASE, _AGENDA = upsert(t.case_file), upsert(t.agenda)
_GESTURE = upsert(t.gesture_count, add=True)
_NO_GESTURE = delete(t.gesture_count).where(
    t.gesture_count.c.problem == bindparam("p"),
    t.gesture_count.c.currency == bindparam("c"),
    t.gesture_count.c.minor == bindparam("m"),
    t.gesture_count.c.n == 0,
)
_COMPLAINED = (
    update(t.customer)
    .where(t.customer.c.id == bindparam("who"))
    .values(complaints=t.customer.c.complaints + 1, last_at_ms=bindparam("at"))
)
_EARLIER = (
    select(func.max(t.case_file.c.opened_at_ms)).where(t.case_file.c.customer == bindparam("who")).scalar_subquery()
)
_TAKEN_BACK = (
    update(t.customer)
    .where(t.customer.c.id == bindparam("who"))
    .values(complaints=t.customer.c.complaints - 1, last_at_ms=_EARLIER)
)
_COUNTED = update(t.station).where(t.station.c.stream == bindparam("s")).values(cases=t.station.c.cases + 1)


def _move(room: Any, **values: Any) -> Update:
    """A movement of a budget that only happens where there is room for it."""
    key = and_(t.budget.c.person == bindparam("p"), t.budget.c.period == bindparam("q"))
    return update(t.budget).where(key, t.budget.c.currency == bindparam("c"), room >= bindparam("x")).values(**values)


_x: BindParameter[int] = bindparam("x")
_b = t.budget.c
_MOVES: dict[type[f.Fact], Update] = {
    f.CompensationReserved: _move(_b.funded - _b.reserved - _b.spent, reserved=_b.reserved + _x),
    f.CompensationReleased: _move(_b.reserved, reserved=_b.reserved - _x),
    f.CompensationDelivered: _move(_b.reserved, reserved=_b.reserved - _x, spent=_b.spent + _x),
    f.CompensationReturned: _move(_b.spent, reserved=_b.reserved + _x, spent=_b.spent - _x),
}


class Fold:
    """Folds entries, in their order, into the projections of one connection.

    :meth:`take` each entry, then :meth:`flush`; states of cases are kept in between and loaded when they are not known.
    """

    def __init__(self, connection: Connection, load: Load) -> None:
        self._connection = connection
        self._load = load
        self._states: dict[str, CaseState | None] = {}
        self._before: dict[str, CaseState | None] = {}
        self._last: dict[str, f.Entry] = {}
        self._withdrawn: Rows = []
        self._wishes: dict[str, dict[str, Any]] = {}
        self._counting = Counting(connection)
        self._lists = Lists(connection)

    def state(self, case: str, before: int) -> CaseState | None:
        """The state of a case, as far as this fold has taken it; else as it was before that line."""
        if case not in self._states:
            self._states[case] = self._load(case, before)
        return self._states[case]

    def take(self, entry: f.Entry) -> str:
        """Fold one entry; answers the customer whom it is about (empty: nobody).

        Raises ``BudgetGuard`` if a budget would be overspent, ``ValueError`` and ``TypeError`` as ``evolve``.
        """
        fact = entry.fact
        if entry.case:
            before = self.state(entry.case, entry.seq)
            self._before.setdefault(entry.case, before)
            self._last[entry.case] = entry
            state = evolve(before, entry)
            self._states[entry.case] = state
            self._case_fact(entry, state)
            self._lists.take(entry, before, state)
            wish = wish_row(state)
            if wish is not None and (before is None or wish != wish_row(before)):
                self._wishes[wish["id"]] = wish  # a state keeps the latest only: an earlier one stays as it was
            return state.customer
        self._other_fact(entry)
        return str(getattr(fact, "customer", ""))

    def flush(self) -> None:
        """Write the rows of the cases that were touched since the last time."""
        cases: Rows = []
        agenda: Rows = []
        for folio, before in self._before.items():
            state, last = self._states[folio], self._last[folio]
            if state is None:
                raise ValueError(f"{folio}: touched, and never opened")
            adds = tally(state)
            cases.append(case_row(state, last) | self._counting.columns(last.stream, adds.counted))
            known = agenda_rows(before) if before else []
            agenda += [row for row in agenda_rows(state) if row not in known]
            self._counting.change(last.stream, folio, tally(before), adds)
        self._counting.flush()
        self._before.clear()
        self._last.clear()
        agenda += self._wishes.values()
        withdrawn, self._withdrawn = self._withdrawn, []
        self._wishes = {}
        for statement, rows in ((_CASE, cases), (_AGENDA, agenda), (_TAKEN_BACK, withdrawn)):
            if rows:
                self._connection.execute(statement, rows)
        self._lists.flush()

    def forget_states(self, more_than: int) -> None:
        """Drop the states that are kept once they are more than that (for a long replay)."""
        if len(self._states) > more_than:
            self._states.clear()

    def _case_fact(self, entry: f.Entry, state: CaseState) -> None:
        match entry.fact:
            case f.CaseOpened(customer):
                self._connection.execute(_COMPLAINED, {"who": customer, "at": to_ms(entry.at)})
                self._connection.execute(_COUNTED, {"s": entry.stream})
            case f.CaseWithdrawn():
                self._withdrawn.append({"who": state.customer})
            case f.CompensationDelivered(amount) as fact:
                self._move_budget(fact, amount)
                self._count_gesture(state.problem, amount, 1)
            case f.CompensationReturned(amount) as fact:
                self._move_budget(fact, amount)
                self._count_gesture(state.problem, amount, -1)
            case f.CompensationReserved() | f.CompensationReleased() as fact:
                self._move_budget(fact, fact.amount)

    def _other_fact(self, entry: f.Entry) -> None:
        match entry.fact:
            case f.StationOpened() as fact:
                values = {name: getattr(fact, name) for name in type(fact).__dataclass_fields__}
                stream = stream_name(fact.branch, fact.number)
                self._insert(t.station, values | {"stream": stream, "cases": 0})
            case f.StationKeyed(key):
                self._insert(t.chain_key, {"stream": entry.stream, "since": entry.seq, "name": key})
            case f.BudgetFunded() as fact:
                self._fund(fact)
            case fact if isinstance(fact, StaffFact):
                fold_staff(self._connection, entry, fact)
            case f.PolicyPublished(number, text, starts_at):
                at = to_ms(entry.at)
                row = {"number": number, "text": text, "at_ms": at, "starts_at_ms": max(at, to_ms(starts_at))}
                self._insert(t.policy_version, row | {"published_by": entry.actor})
            case fact if isinstance(fact, CardFact):
                fold_card(self._connection, fact)
                self._lists.joined(fact)
            case fact if isinstance(fact, TeamFact):
                fold_team(self._connection, entry, fact)
            case fact if isinstance(fact, AnalysisFact):
                fold_analysis(self._connection, entry, fact)

    def _insert(self, table: Table, values: dict[str, Any]) -> None:
        self._connection.execute(insert(table), values)

    def _fund(self, fact: f.BudgetFunded) -> None:
        row = {
            "person": fact.person, "period": fact.period, "currency": fact.amount.currency,
            "funded": fact.amount.minor, "reserved": 0, "spent": 0, "ends_at_ms": to_ms(fact.ends_at),
        }  # fmt: skip
        done = self._connection.execute(sqlite_insert(t.budget).on_conflict_do_nothing(), row)
        if done.rowcount != 1:
            raise BudgetGuard(f"{fact.person}: {fact.period} is funded already")

    def _move_budget(self, fact: f.Fact, amount: Money) -> None:
        key = {"p": getattr(fact, "person", ""), "q": getattr(fact, "period", ""), "c": amount.currency}
        room = amount.minor >= 0
        if room:
            room = self._connection.execute(_MOVES[type(fact)], key | {"x": amount.minor}).rowcount == 1
        if not room:
            raise BudgetGuard(f"{fact.kind}: no room for {amount.minor} {amount.currency} in {key['p']}'s {key['q']}")

    def _count_gesture(self, problem: str, amount: Money, by: int) -> None:
        row = {"problem": problem, "currency": amount.currency, "minor": amount.minor, "n": by}
        if by > 0:
            self._connection.execute(_GESTURE, row)
            return
        key = (t.gesture_count.c.problem == problem, t.gesture_count.c.minor == amount.minor)
        table = t.gesture_count
        one_less = update(table).where(*key, table.c.currency == amount.currency).values(n=table.c.n - 1)
        self._connection.execute(one_less)
        self._connection.execute(_NO_GESTURE, {"p": problem, "c": amount.currency, "m": amount.minor})
