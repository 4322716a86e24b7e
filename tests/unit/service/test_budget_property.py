"""B2, B3, C4, E1: what holds on a real file after any sequence of commands of two agents, some sent twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.service.desk import Executed
from mesa_recuperacion.store.verify import verify
from tests.desk import branch, journal
from tests.unit.service.conftest import Site

CAP = 15_000
moves = st.lists(
    st.tuples(st.sampled_from("OOPGGGGDCCUUUKANWX"), st.integers(0, 3), st.integers(0, 99)), min_size=8, max_size=30
)


def command(kind: str, state: CaseState, number: int, site: Site) -> c.Command:
    """A command about a case, right or wrong."""
    case, problem = state.folio, ("missing_product", "billing_error", "damaged_product")[number % 3]
    match kind:
        case "P":
            return c.IdentifyProblem(case, problem)
        case "G" if number % 2:
            return c.GrantCompensation(case, "own", Money(number * 200, "MXN"))
        case "G":
            return c.GrantCompensation(case, ("voucher", "discount", "free_shipping")[number % 3])
        case "D":
            return c.DeclineCompensation(case, "no quiso")
        case "C":
            return c.CloseCase(case, True)
        case "U":
            return c.UndoLast(case)
        case "K":
            return c.ParkCase(case) if number % 2 else c.ResumeCase(case)
        case "A":
            pending = [u.id for u in state.follow_ups if u.status == "pending"]
            answer = ("not_satisfied", "satisfied", "no_answer")[number % 3]
            return c.AnswerFollowUp(case, pending[0] if pending else "none", answer)
        case _:
            return c.AddNote(case, "nota")


def assert_books(site: Site, cases: dict[str, int]) -> None:
    """The budgets are what the gestures cost, no case is above the cap, and nobody waits in silence."""
    states = []
    with site.store.reading() as tx:
        for case in cases:
            state = tx.case_state(case)
            assert state is not None
            assert state == replay(tx.entries(case))
            assert state.given_minor() <= CAP
            if state.status == "parked":
                assert state.next_contact() is not None
            states.append(state)
        budgets = [found[0] for n in (1, 2) if (found := tx.budget(site.person(n).id))]
    for view in budgets:
        assert view.left.minor >= 0
        assert view.reserved.minor >= 0
        assert view.spent.minor >= 0
    paid = sum(view.reserved.minor + view.spent.minor for view in budgets)
    assert paid == sum(state.given_minor() for state in states)


@settings(max_examples=12, deadline=None)
@given(moves)
def test_b3_whatever_two_agents_do_the_file_balances(script: list[tuple[str, int, int]]) -> None:
    folder = Path(mkdtemp(prefix="mesa-books-"))
    site = Site(branch(folder))
    desks, cases = [site.desk(1), site.desk(2)], dict[str, int]()
    try:
        for turn, (kind, where, number) in enumerate(script):
            if kind == "W":
                site.clock.advance(number - 20)
                desks[0].note_jump()  # back is a jump, which is recorded whatever is refused after it
                continue
            if kind == "O" or not cases:
                opened = desks[number % 2].execute(c.OpenCase(site.clock.now(), name="Marta Ruiz"), f"turn-{turn}")
                assert isinstance(opened, Executed)
                cases[opened.file.state.folio] = number % 2
                continue
            case = list(cases)[where % len(cases)]
            with site.store.reading() as tx:
                state = tx.case_state(case)
                before = len(journal(tx))
            assert state is not None
            who = cases[case] if number % 9 else 1 - cases[case]
            asked = command(kind, state, number, site)
            first = desks[who].execute(asked, f"turn-{turn}")
            with site.store.reading() as tx:
                after = len(journal(tx))
            if isinstance(first, Executed) and after > before:
                assert desks[who].execute(asked, f"turn-{turn}") == first
                with site.store.reading() as tx:
                    assert len(journal(tx)) == after
            else:
                assert after == before
            assert_books(site, cases)
        assert verify(site.store).sound
    finally:
        site.store.close()
    shutil.rmtree(folder)
