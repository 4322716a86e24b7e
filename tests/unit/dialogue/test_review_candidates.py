"""B1: what agents typed as "another problem" comes to supervision grouped, as candidates for the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.review.candidates import listed
from mesa_recuperacion.domain.candidates import Candidate
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.candidates import LATEST, Candidates, CandidatesOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from tests.desk import CARLA, NOW, Desk, branch, copied, opened
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, LONG
from tests.unit.dialogue.pages import at as shown

WEEK = Scope(week_of(NOW.date()))
TYPED = ("Estacionamiento lleno", "no había lugar: estacionamiento LLENO", "la alarma sonó al salir")


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which Ana closed three cases of another problem and one of the list; nobody has it open."""
    made = branch(tmp_path_factory.mktemp("others"))
    desk = Desk(made).sign_in()
    for name, typed in zip(("Óscar Núñez", "Rosa Peña", "Iván Gil"), TYPED, strict=True):
        desk.open_case(name).say("", "0", typed, "", "", "1", "", "5512340078")
        assert desk.stage == "close", (desk.stage, desk.said)
        desk.say("s")
    desk.standard_call().say("s")
    desk.close()
    return made


@pytest.fixture
def path(tmp_path: Path, others: Path) -> Path:
    return copied(others, tmp_path / "branch")


@pytest.fixture
def carla(path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    clock.advance(600)
    desk = Desk(path, clock=clock).say(f"3 {CARLA}")
    assert desk.stage == "review", desk.said
    yield desk
    desk.close()


def candidates(desk: Desk, scope: Scope = WEEK) -> Candidates:
    desk._run(listed(desk.talk, scope))
    assert desk.stage == "review_candidates"
    assert_fits_in_both(desk)
    assert desk.talk.review is not None
    answer = desk.talk.review.answer
    assert isinstance(answer, Candidates)
    return answer


def test_b1_the_same_problem_in_other_words_is_one_row_that_opens_its_cases(carla: Desk) -> None:
    seen = candidates(carla)
    assert [group.n for group in seen.groups] == [2, 1]
    assert (seen.read, seen.cases) == (3, 3)
    assert "3 cases, by what was typed" in carla.screen()
    step = conversation.answer(carla.talk, "1", carla.now)
    assert step.talk.then == "review_cases"
    assert [ask.query for ask in step.asks] == [CasesOf(Behind(WEEK, folios=("CEN-1002", "CEN-1001")))]  # type: ignore[union-attr]


def test_b1_of_whom_and_when_the_board_asks(carla: Desk) -> None:
    assert candidates(carla, Scope(WEEK.period, Filter(person=carla.person.id))).groups == ()
    assert "Nobody typed another problem in these days." in carla.screen()
    carla.say("")
    assert carla.said == "Nobody typed another problem in these days."
    carla.press("escape")
    candidates(carla, Scope(WEEK.period.shifted(-1)))
    carla.press("f8")
    assert carla.talk.review is not None
    assert carla.talk.review.query == CandidatesOf(WEEK)


def test_e3_an_erased_text_is_left_out(path: Path, carla: Desk) -> None:
    with opened(path) as store, store.write_transaction() as connection:
        connection.core.execute(text("DELETE FROM private_text WHERE field = 'text' AND value LIKE '%alarma%'"))
    seen = candidates(carla)
    assert [group.n for group in seen.groups] == [2]
    assert (seen.read, seen.cases) == (2, 3)
    with opened(path) as store, store.write_transaction() as connection:
        connection.core.execute(text("DELETE FROM private_text WHERE field = 'text'"))
    assert candidates(carla).groups == ()
    assert "erased" in carla.screen()


def test_b1_it_says_that_there_are_more_than_were_read(carla: Desk) -> None:
    groups = tuple(Candidate(f"{LONG} {n}", (f"CEN-{n}",)) for n in range(1001, 1060))
    shown(carla, "review_candidates", CandidatesOf(WEEK), Candidates(WEEK, groups, LATEST, 90_000))
    assert "500" in carla.screen()
    assert "90000" in carla.screen()


def test_e5_hostile_text_is_only_text(carla: Desk) -> None:
    groups = (Candidate(HOSTILE, ("CEN-1001",)),)
    shown(carla, "review_candidates", CandidatesOf(WEEK), Candidates(WEEK, groups, 1, 1))
