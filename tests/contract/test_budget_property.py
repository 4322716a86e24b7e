"""Whatever is asked of budgets, in whatever order, the store answers as a sum on paper would (rules B2, B3, B5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import MARCH, NOW, Branch, mxn, tables

PEOPLE, PERIODS = ("ana", RESERVE), ("2025-03", "2025-04")
MOVES = (f.CompensationReserved, f.CompensationReleased, f.CompensationDelivered, f.CompensationReturned)
amounts = st.integers(0, 120)
keys = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PERIODS))
steps = st.lists(st.tuples(st.sampled_from(("fund", "add", "take", *MOVES)), keys, amounts), min_size=5, max_size=30)


@dataclass
class Purse:
    """A budget on paper."""

    funded: int
    reserved: int = 0
    spent: int = 0

    def adjust(self, x: int) -> bool:
        """Whether what is spent and reserved is still covered; changed if so."""
        if self.reserved + self.spent > self.funded + x:
            return False
        self.funded += x
        return True

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


def fact_of(what: type[f.Fact] | str, key: tuple[str, str], amount: int, number: int) -> f.Fact:
    person, period = key
    if what == "fund":
        return f.BudgetFunded(person, period, mxn(amount), MARCH)
    if what in ("add", "take"):
        return f.BudgetAdjusted(f"change-{number}", person, period, mxn(amount if what == "add" else -amount), "feria")
    if what is f.CompensationReserved:
        return f.CompensationReserved("own", mxn(amount), person, period)
    return what(mxn(amount), person, period)  # type: ignore[operator,call-arg]


EVA = f.PersonAdded("eva", 1, "Eva", "supervisor")
"""Who may change a budget."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_b3_no_sequence_of_movements_differs_from_the_sum_on_paper(
    asked: list[tuple[type[f.Fact] | str, tuple[str, str], int]],
) -> None:
    purses: dict[tuple[str, str], Purse] = {}
    with TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "mesa.db")
        branch = Branch(store)
        branch.append(("", f.StationOpened("CEN", "", "", 1, "MXN", "UTC", "es")), ("", EVA))
        branch.customer("rosa", "Rosa")
        case = branch.open()
        for number, (what, key, amount) in enumerate(asked):
            if what == "fund":
                expected = key not in purses
                purses.setdefault(key, Purse(amount))
            elif isinstance(what, str):
                purse = purses.get(key)
                expected = purse is not None and purse.adjust(amount if what == "add" else -amount)
            else:
                purse = purses.get(key)
                expected = purse is not None and purse.move(what, amount)
            try:
                in_case = "" if isinstance(what, str) else case
                branch.append((in_case, fact_of(what, key, amount, number)), at=NOW, actor="eva")
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


@pytest.mark.parametrize(
    "change",
    [
        f.BudgetAdjusted("x", "ana", "2025-03", mxn(-81), "cierre"),
        f.BudgetAdjusted("x", "ana", "2025-03", Money(10, "USD"), "otra moneda"),
        f.BudgetAdjusted("x", "ana", "2025-04", mxn(10), "nunca fundado"),
        f.BudgetAdjusted("x", "ana", "2025-03", mxn(-30), "no es lo que se sumó", "first"),
        f.BudgetAdjusted("x", "ana", "2025-03", mxn(-10), "de otra persona", "theirs"),
        f.BudgetAdjusted("x", "ana", "2025-03", mxn(-10), "nunca se hizo", "never"),
    ],
)  # fmt: skip
def test_b3_the_store_itself_refuses_a_change_that_does_not_fit(tmp_path: Path, change: f.BudgetAdjusted) -> None:
    store = Store.create(tmp_path / "mesa.db")
    branch = Branch(store)
    branch.append(("", f.StationOpened("CEN", "", "", 1, "MXN", "UTC", "es")), ("", EVA))
    branch.append(("", f.BudgetFunded("ana", "2025-03", mxn(90), MARCH)))
    branch.append(("", f.BudgetFunded("eva", "2025-03", mxn(90), MARCH)))
    branch.append(("", f.BudgetAdjusted("first", "ana", "2025-03", mxn(10), "feria")), actor="eva")
    branch.append(("", f.BudgetAdjusted("theirs", "eva", "2025-03", mxn(10), "feria")), actor="eva")
    branch.customer("rosa", "Rosa")
    case = branch.open()
    branch.append((case, f.CompensationReserved("own", mxn(20), "ana", "2025-03")))
    before = tables(store)
    with pytest.raises(BudgetGuard):
        branch.append(("", change), actor="eva")
    assert tables(store) == before
    branch.append(("", f.BudgetAdjusted("back", "ana", "2025-03", mxn(-10), "feria", "first")), actor="eva")
    with pytest.raises(BudgetGuard):
        branch.append(("", f.BudgetAdjusted("twice", "ana", "2025-03", mxn(-10), "feria", "first")), actor="eva")
    assert verify(store).sound
    rebuild(store)
    assert verify(store).sound
    store.close()
