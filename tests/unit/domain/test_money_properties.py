"""B2 to B5, D1: what holds of every coin, whatever is asked, by whom, in what order, and however time goes."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given, settings

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.tally import tally
from tests.moves import Move, scripts
from tests.play import Seen, nothing, play


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_b3_nothing_is_ever_overspent_and_every_coin_is_somebodys(script: list[Move]) -> None:
    def check(seen: Seen) -> None:  # the ledger itself refuses a negative purse
        held: dict[tuple[str, str], int] = {}
        for state in seen.states:
            gesture = state.gesture
            if gesture is not None and not gesture.delivered:
                key = gesture.person, gesture.period
                held[key] = held.get(key, 0) + gesture.amount.minor
        purses = seen.book.purses
        assert {key: purse.reserved for key, purse in purses.items() if purse.reserved} == held
        given_ = sum(state.given_minor() for state in seen.states)
        assert sum(purse.reserved + purse.spent for purse in purses.values()) == given_

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_b2_only_the_reserve_goes_above_the_cap_and_only_with_a_supervisor(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        cap = seen.book.policy.case_cap.minor
        for entry in seen.new:
            if isinstance(entry.fact, f.ExceptionAuthorised):
                assert entry.fact.by in seen.supervisors
            if not isinstance(entry.fact, f.CompensationReserved):
                continue
            if entry.fact.person != RESERVE:
                assert entry.fact.person == seen.actor
                assert seen.book.cases[entry.case].given_minor() <= cap
                continue
            said = [e.fact for e in seen.book.of(entry.case) if isinstance(e.fact, f.ExceptionAuthorised)]
            assert said
            assert said[-1].by != seen.before[entry.case].owner
        for state in seen.states:
            if state.gesture is not None:
                problem = seen.book.policy.problem(state.problem)
                assert problem is not None
                listed = problem.compensation(state.gesture.code)
                assert state.gesture.code == "own" or listed is not None

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_b4_every_exception_is_paid_by_one_authorisation(script: list[Move]) -> None:
    book = play(script, nothing)
    for case in book.cases:
        entries = [e.fact for e in book.of(case)]
        paid = sum(isinstance(x, f.CompensationReserved) and x.person == RESERVE for x in entries)
        assert paid <= sum(isinstance(x, f.ExceptionAuthorised) for x in entries)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_d1_no_figure_is_ever_negative(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for entry in seen.new:
            if not entry.case:
                continue
            state = seen.book.cases[entry.case]
            counted = tally(state).counted
            assert (counted is None) == (state.first_closed_at is None)
            assert state.countdown.elapsed(seen.book.now) >= 0
            if counted is not None:
                assert min(astuple(counted.counts)) >= 0
                assert max(counted.counts.on_time, counted.counts.first_contact) <= counted.counts.cases == 1
                assert state.elapsed >= 0

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_b5_undoing_everything_leaves_nothing_given_and_keeps_the_record(script: list[Move]) -> None:
    book = play(script, nothing)
    for case, state in list(book.cases.items()):
        before = book.of(case)
        for _ in range(20):
            if not isinstance(book.do(c.UndoLast(case), state.owner), tuple):
                break
        after = book.cases[case]
        assert book.of(case)[: len(before)] == before
        if after.status in OPEN:
            assert after.decided == ()
            assert (after.gesture, after.remedy, after.declined) == (None, None, None)
            standing = after.promise()
            assert standing is None or standing.status != "pending"
            assert after.next_contact() is not None
