"""Folding facts into the projections, in the transaction that writes them (rules B3, D1).

What a fact means to a case is said once, in ``domain.evolve``: the rows of a case are a function of its state, and only
what differs between the states before and after is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from operator import itemgetter
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.analysis import AnalysisFact
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.domain.ids import stream_name
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.tally import tally
from mesa_recuperacion.store import shapes as t
from mesa_recuperacion.store.analyses import fold_analysis
from mesa_recuperacion.store.card_fold import CardFact, Cards
from mesa_recuperacion.store.case_rows import agenda_rows, case_row, wish_row
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.counting import Counting
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.found_fold import Found, LateFound
from mesa_recuperacion.store.list_fold import LISTED, LateLists, Lists
from mesa_recuperacion.store.prepared import Prepared, deleting, insert, upsert
from mesa_recuperacion.store.staff_fold import StaffFact, fold_staff
from mesa_recuperacion.store.team_fold import TeamFact, fold_team

Load = Callable[[str, int], CaseState | None]
"""The state of a case before a line of the journal."""

Row = tuple[Any, ...]

_CASE, _AGENDA = upsert(t.CASE_FILE), upsert(t.AGENDA)
_CASE_COLUMNS = itemgetter(*t.CASE_FILE.columns)
_COUNTED = Prepared("UPDATE station SET cases = cases + ? WHERE stream = ?")
_KEYED, _STATION, _POLICY = insert(t.CHAIN_KEY), insert(t.STATION), insert(t.POLICY_VERSION)
_FUND = insert(t.BUDGET, unless_there=True)
_GESTURE = upsert(t.GESTURE_COUNT, add=True)
_LESS = Prepared("UPDATE gesture_count SET n = n - ? WHERE problem = ? AND currency = ? AND minor = ?")
_NO_GESTURE = deleting(t.GESTURE_COUNT, "n = 0")


def _move(new: str, room: str) -> Prepared:
    """A movement of a budget that only happens where there is ``room`` for it; ``?4`` is how much it moves."""
    of = "person = ?1 AND period = ?2 AND currency = ?3"
    return Prepared(f"UPDATE budget SET {new} WHERE {of} AND {room} >= ?4")


_MOVES: dict[type[f.Fact], Prepared] = {
    f.CompensationReserved: _move("reserved = reserved + ?4", "funded - reserved - spent"),
    f.CompensationReleased: _move("reserved = reserved - ?4", "reserved"),
    f.CompensationDelivered: _move("reserved = reserved - ?4, spent = spent + ?4", "reserved"),
    f.CompensationReturned: _move("reserved = reserved + ?4, spent = spent - ?4", "spent"),
}


_COUNTED_OR_PAID = {
    f.CaseOpened, f.CaseWithdrawn, f.CompensationReserved, f.CompensationReleased, f.CompensationDelivered,
    f.CompensationReturned,
}  # fmt: skip
"""Facts of a case that change more than its own rows and the lists."""


class Fold:
    """Folds entries, in their order, into the projections of one connection.

    :meth:`take` each entry, then :meth:`flush`; states of cases are kept in between and loaded when they are not known.
    Of many entries at once, ``late``, what follows from all of them is told in the end (:meth:`finish`).
    """

    def __init__(self, connection: Connection, load: Load, *, late: bool = False) -> None:
        self._connection = connection
        self._load = load
        self._states: dict[str, CaseState | None] = {}
        self._before: dict[str, CaseState | None] = {}
        self._last: dict[str, f.Entry] = {}
        self._withdrawn: list[str] = []
        self._wishes: dict[str, Row] = {}
        self._opened: Counter[str] = Counter()
        self._gestures: Counter[tuple[str, str, int]] = Counter()
        self._found = LateFound(connection) if late else Found(connection)
        self._cards = Cards(connection, self._found)
        self._counting = Counting(connection)
        self._lists = LateLists(connection) if late else Lists(connection)

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
            begins = entry.case not in self._states and isinstance(fact, f.CaseOpened)  # no line of it to look for
            before = None if begins else self.state(entry.case, entry.seq)
            self._before.setdefault(entry.case, before)
            self._last[entry.case] = entry
            state = evolve(before, entry)
            self._states[entry.case] = state
            if type(fact) in _COUNTED_OR_PAID:
                self._case_fact(entry, state)
            if type(fact) in LISTED:
                self._lists.take(entry, before, state)
            wish = wish_row(state)
            if wish is not None and (before is None or wish != wish_row(before)):
                self._wishes[wish[0]] = wish  # a state keeps the latest only: an earlier one stays as it was
            return state.customer
        self._other_fact(entry)
        return str(getattr(fact, "customer", ""))

    def flush(self, only: Collection[str] | None = None) -> None:
        """Write the rows of the cases that were touched since the last time, or of ``only`` some of them."""
        cases: list[Row] = []
        agenda: list[Row] = []
        for folio in [*self._before] if only is None else [folio for folio in only if folio in self._before]:
            before, last, state = self._before.pop(folio), self._last.pop(folio), self._states[folio]
            if state is None:
                raise ValueError(f"{folio}: touched, and never opened")
            adds = tally(state)
            cases.append(_CASE_COLUMNS(case_row(state, last) | self._counting.columns(last.stream, adds.counted)))
            known = agenda_rows(before) if before else ()
            agenda += [row for row in agenda_rows(state) if row not in known]
            self._counting.change(last.stream, folio, tally(before), adds)
            self._lists.change(before, state)
        self._cards.flush()
        self._write_counts()
        agenda += self._wishes.values()
        withdrawn, self._withdrawn = self._withdrawn, []
        self._wishes = {}
        for statement, rows in ((_CASE, cases), (_AGENDA, agenda)):
            if rows:
                statement.many(self._connection, rows)
        for who in withdrawn:
            self._cards.taken_back(who)
        self._lists.flush()

    def finish(self, alive: Callable[[], None]) -> None:
        """Fold what was to be told in the end; ``alive`` is called now and then."""
        self._lists.finish(alive)
        self._found.finish(alive)

    def _write_counts(self) -> None:
        self._counting.flush()
        opened, self._opened = self._opened, Counter()
        _COUNTED.many(self._connection, [(more, stream) for stream, more in opened.items()])
        gestures, self._gestures = self._gestures, Counter()
        _GESTURE.many(self._connection, [(*key, n) for key, n in gestures.items() if n > 0])
        less = [(-n, *key) for key, n in gestures.items() if n < 0]
        _LESS.many(self._connection, less)
        _NO_GESTURE.many(self._connection, [key for _, *key in less])

    def forget_states(self, more_than: int) -> None:
        """Drop the states that are kept once they are more than that (for a long replay)."""
        if len(self._states) > more_than:
            self._states.clear()

    def forget(self, cases: Collection[str]) -> None:
        """Drop the states of cases that are written and will not be touched again."""
        for folio in cases:
            self._states.pop(folio, None)

    def _case_fact(self, entry: f.Entry, state: CaseState) -> None:
        match entry.fact:
            case f.CaseOpened(customer):
                self._cards.complained(customer, to_ms(entry.at))
                self._opened[entry.stream] += 1
            case f.CaseWithdrawn():
                self._withdrawn.append(state.customer)
            case f.CompensationDelivered(amount) as fact:
                self._move_budget(fact, amount)
                self._gestures[state.problem, amount.currency, amount.minor] += 1
            case f.CompensationReturned(amount) as fact:
                self._move_budget(fact, amount)
                self._gestures[state.problem, amount.currency, amount.minor] -= 1
            case f.CompensationReserved() | f.CompensationReleased() as fact:
                self._move_budget(fact, fact.amount)

    def _other_fact(self, entry: f.Entry) -> None:
        match entry.fact:
            case f.StationOpened() as fact:
                values = {name: getattr(fact, name) for name in type(fact).__dataclass_fields__}
                values |= {"stream": stream_name(fact.branch, fact.number), "cases": 0}
                _STATION.run(self._connection, *map(values.__getitem__, t.STATION.columns))
            case f.StationKeyed(key):
                _KEYED.run(self._connection, entry.stream, entry.seq, key)
            case f.BudgetFunded() as fact:
                self._fund(fact)
            case fact if isinstance(fact, StaffFact):
                fold_staff(self._connection, entry, fact)
            case f.PolicyPublished(number, text, starts_at):
                at = to_ms(entry.at)
                _POLICY.run(self._connection, number, text, at, max(at, to_ms(starts_at)), entry.actor)
            case fact if isinstance(fact, CardFact):
                self._cards.take(fact)
                self._lists.joined(fact)
            case fact if isinstance(fact, TeamFact):
                fold_team(self._connection, entry, fact)
            case fact if isinstance(fact, AnalysisFact):
                fold_analysis(self._connection, entry, fact)

    def _fund(self, fact: f.BudgetFunded) -> None:
        amount, ends = fact.amount, to_ms(fact.ends_at)
        row = (fact.person, fact.period, amount.currency, amount.minor, 0, 0, ends)
        if _FUND.run(self._connection, *row).rowcount != 1:
            raise BudgetGuard(f"{fact.person}: {fact.period} is funded already")

    def _move_budget(self, fact: f.Fact, amount: Money) -> None:
        who, period = getattr(fact, "person", ""), getattr(fact, "period", "")
        room = amount.minor >= 0
        if room:
            moved = _MOVES[type(fact)].run(self._connection, who, period, amount.currency, amount.minor)
            room = moved.rowcount == 1
        if not room:
            raise BudgetGuard(f"{fact.kind}: no room for {amount.minor} {amount.currency} in {who}'s {period}")
