"""Whatever is asked of budgets, in whatever order, the store answers as a sum on paper would (rules B2, B3, B5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import MARCH, NOW, Branch, mxn, tables

PEOPLE, PERIODS = ("ana", RESERVE), ("2025-03", "2025-04")
MOVES = (f.CompensationReserved, f.CompensationReleased, f.CompensationDelivered, f.CompensationReturned)
amounts = st.integers(0, 120)
keys = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PERIODS))
steps = st.lists(st.tuples(st.sampled_from(("fund", *MOVES)), keys, amounts), min_size=5, max_size=25)


@dataclass
class Purse:
    """A budget on paper."""

    funded: int
    reserved: int = 0
    spent: int = 0

    def move(self, what: type[f.Fact], x: int) -> bool:
        """Whether there was room; moved if so."""
        reserved, spent = {
            f.CompensationReserved: (x, 0),
            f.CompensationReleased: (-x, 0),
            f.CompensationDelivered: (-x, x),
            f.CompensationReturned: (x, -x),
        }[what]
        after = (self.reserved + reserved, self.spent + spent)
        if min(after) < 0 or sum(after) > self.funded:
            return False
        self.reserved, self.spent = after
        return True


def fact_of(what: type[f.Fact] | str, key: tuple[str, str], amount: int) -> f.Fact:
    person, period = key
    if what == "fund":
        return f.BudgetFunded(person, period, mxn(amount), MARCH)
    if what is f.CompensationReserved:
        return f.CompensationReserved("own", mxn(amount), person, period)
    return what(mxn(amount), person, period)  # type: ignore[operator,call-arg]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_b3_no_sequence_of_movements_differs_from_the_sum_on_paper(
    asked: list[tuple[type[f.Fact] | str, tuple[str, str], int]],
) -> None:
    purses: dict[tuple[str, str], Purse] = {}
    with TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "mesa.db")
        branch = Branch(store)
        branch.append(("", f.StationOpened("CEN", "", "", 1, "MXN", "UTC", "es")))
        branch.customer("rosa", "Rosa")
        case = branch.open()
        for what, key, amount in asked:
            if what == "fund":
                expected = key not in purses
                purses.setdefault(key, Purse(amount))
            else:
                purse = purses.get(key)
                expected = purse is not None and purse.move(what, amount)
            try:
                branch.append((case if what != "fund" else "", fact_of(what, key, amount)), at=NOW)
                done = True
            except BudgetGuard:
                done = False
            assert done == expected, (what, key, amount)
        rows = [(r[0], r[1], r[3], r[4], r[5]) for r in tables(store)["budget"]]
        assert rows == sorted((*key, p.funded, p.reserved, p.spent) for key, p in purses.items())
        assert verify(store).sound
        rebuild(store)
        assert [(r[0], r[1], r[3], r[4], r[5]) for r in tables(store)["budget"]] == rows
        store.close()
