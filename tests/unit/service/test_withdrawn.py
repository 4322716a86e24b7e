"""A case opened for the wrong customer: taken back while nothing was decided, counted nowhere, kept in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import verify
from tests.desk import Desk, branch, facts, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ana, in, at a branch with one customer."""
    here = Desk(branch(tmp_path)).sign_in()
    yield here.standard_call("Marta Ruiz Soto").say("y")
    here.close()


def test_e1_esc_at_the_apology_takes_the_case_back_and_the_clock_goes_on(desk: Desk) -> None:
    desk.write("marta")
    began = desk.now
    desk.wait(5).enter()
    assert desk.stage == "apologise"
    desk.wait(5).press("escape")
    assert (desk.stage, desk.line) == ("lookup", "Marta Ruiz Soto")
    assert desk.talk.started_at == began
    assert desk.talk.found is not None
    assert [c.complaints for c in desk.talk.found.customers] == [1]
    desk.press("escape").say("Marta Robles")
    assert desk.stage == "apologise"
    kinds = [fact.kind for fact in facts(desk.path, f.CaseOpened, f.CaseWithdrawn)]
    assert kinds == ["case.opened", "case.opened", "case.withdrawn", "case.opened"]


def test_d1_a_withdrawn_case_counts_nowhere_and_a_rebuild_agrees(desk: Desk) -> None:
    desk.say("marta").press("escape")
    with opened(desk.path) as store:
        assert verify(store).sound
        rebuild(store)
        assert verify(store).sound
        with store.reading() as tx:
            (marta,) = tx.find_customers("marta", now=desk.now, risk_days=90)
            assert (marta.complaints, marta.recent, len(marta.history)) == (1, 1, 1)
            assert tx.open_cases(desk.person.id) == ()


def test_e1_what_was_decided_is_undone_and_not_withdrawn(desk: Desk) -> None:
    desk.say("marta", "").press("shift+tab").press("escape")
    assert desk.stage == "apologise"
    assert not facts(desk.path, f.CaseWithdrawn)


def test_e1_a_withdrawn_case_takes_nothing_more(desk: Desk) -> None:
    desk.say("marta")
    folio = desk.folio
    desk.press("escape").press("escape")
    assert desk.stage == "idle"
    assert folio not in desk.screen()
    desk.press("f8")
    assert desk.stage == "idle"
