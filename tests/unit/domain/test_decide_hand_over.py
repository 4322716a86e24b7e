"""C7: handing over asks why, is counted, carries the whole case, and nobody lets go before it is accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.parts import HAND_OVERS, FollowUp, Offer
from tests.desk import NOW
from tests.ledger import Ledger

OFFER = ("bruno", "shift")


@pytest.fixture
def offered(book: Ledger, case: str) -> str:
    """A case that Bruno is asked to take."""
    book.run(c.HandOver(case, *OFFER))
    return case


def standing(state: CaseState) -> list[tuple[str, datetime]]:
    """What is pending, but for the return that parking ends."""
    return [(x.id, x.due_at) for x in state.waiting() if not (isinstance(x, FollowUp) and x.purpose == "return")]


@pytest.mark.parametrize("reason", HAND_OVERS)
def test_c7_it_says_why_and_stays_with_its_owner_parked(book: Ledger, case: str, reason: str) -> None:
    book.run(c.HandOver(case, "bruno", reason))
    state = book.cases[case]
    assert state.offer == Offer("bruno", reason, NOW)
    assert (state.owner, state.status, state.hand_overs) == ("ana", "parked", 0)
    assert state.next_contact() is not None


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [
        ("ana", "shift", r.NobodyThere()), ("nobody", "shift", r.NobodyThere()),
        ("bruno", "", r.NotAuthorised("")), ("bruno", "lazy", r.NotAuthorised("lazy")),
    ],
)  # fmt: skip
def test_c7_not_to_oneself_nor_without_a_reason(
    book: Ledger, case: str, to: str, reason: str, refusal: r.Refusal
) -> None:
    assert book.do(c.HandOver(case, to, reason)) == refusal
    assert book.cases[case].offer is None


def test_c7_the_whole_case_travels(book: Ledger, case: str) -> None:
    book.run(c.AskArea(case, "warehouse", "guía"), c.PromiseAnswer(case, NOW + timedelta(hours=1)))
    before = book.cases[case]
    book.run(c.HandOver(case, *OFFER))
    book.run(c.AcceptCase(case), c.ResumeCase(case), actor="bruno")
    state = book.cases[case]
    assert (state.owner, state.status, state.hand_overs, state.offer) == ("bruno", "open", 1, None)
    assert {x.owner for x in state.waiting()} == {"bruno"}
    assert standing(state) == standing(before)
    assert (state.gesture, state.remedy, state.said) == (before.gesture, before.remedy, before.said)
    assert book.do(c.SayStep(case, "apologise")) == r.NotYours("bruno")


def test_c8_a_case_that_was_handed_over_is_not_the_first_contact(book: Ledger, offered: str) -> None:
    book.run(c.AcceptCase(offered), actor="bruno")
    assert not book.cases[offered].first_contact


@pytest.mark.parametrize("who", ["ana", "carla", "nobody"])
def test_c7_only_whoever_is_asked_answers(book: Ledger, offered: str, who: str) -> None:
    assert book.do(c.AcceptCase(offered), who) == r.NotOffered()
    assert book.do(c.DeclineCase(offered, "no"), who) == r.NotOffered()
    assert book.do(c.ResumeCase(offered), "bruno") == r.NotYours("ana")


def test_c7_a_no_says_why_and_leaves_the_case_where_it_is(book: Ledger, offered: str) -> None:
    assert book.do(c.DeclineCase(offered, " \x07"), "bruno") == r.TextMissing("reason")
    book.run(c.DeclineCase(offered, "no hablo\x1b[31m inglés"), actor="bruno")
    state = book.cases[offered]
    assert state.offer is not None
    assert (state.owner, state.offer.declined) == ("ana", "no hablo inglés")
    assert book.do(c.AcceptCase(offered), "bruno") == r.NotOffered()


def test_c7_who_goes_on_with_it_takes_the_offer_back(book: Ledger, offered: str) -> None:
    book.run(c.ResumeCase(offered))
    assert book.cases[offered].offer is None
    assert book.do(c.AcceptCase(offered), "bruno") == r.NotOffered()


def test_c7_another_colleague_can_be_asked_instead(book: Ledger, offered: str) -> None:
    book.run(c.HandOver(offered, "carla", "permission"))
    assert book.do(c.AcceptCase(offered), "bruno") == r.NotOffered()
    book.run(c.AcceptCase(offered), actor="carla")
    assert book.cases[offered].owner == "carla"


def test_c7_every_hand_over_is_counted(book: Ledger, offered: str) -> None:
    book.run(c.AcceptCase(offered), c.ResumeCase(offered), c.HandOver(offered, "ana", "asked"), actor="bruno")
    book.run(c.AcceptCase(offered))
    assert (book.cases[offered].owner, book.cases[offered].hand_overs) == ("ana", 2)
    assert sum(isinstance(e.fact, f.HandOverAccepted) for e in book.of(offered)) == 2


def test_c7_a_closed_case_is_nobodys_to_take(book: Ledger, closed: str) -> None:
    assert book.do(c.HandOver(closed, *OFFER)) == r.CaseNotOpen(closed)
    assert book.do(c.AcceptCase(closed), "bruno") == r.CaseNotOpen(closed)


def test_b2_the_gesture_of_a_case_that_travels_stays_on_the_budget_that_reserved_it(book: Ledger, offered: str) -> None:
    book.run(c.AcceptCase(offered), c.ResumeCase(offered), c.CloseCase(offered, True), actor="bruno")
    spent = {person: purse.spent for (person, _), purse in book.purses.items()}
    assert spent["ana"] > 0
    assert spent.get("bruno", 0) == 0
