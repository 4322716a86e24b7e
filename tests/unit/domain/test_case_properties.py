"""What holds of every case at every moment, whatever is asked, by whom, in what order, and however time goes."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.commands import analysis, branch, call, others, staff
from mesa_recuperacion.domain.decide.context import Decision
from mesa_recuperacion.domain.evolve import evolve, replay
from mesa_recuperacion.domain.parts import OPEN, SUPERVISION
from mesa_recuperacion.domain.risk import is_broken, is_unsatisfied
from tests.ledger import Ledger
from tests.moves import MADE, Move, drawn, scripts, tight
from tests.play import Seen, nothing, play, root, tried

OF_ALL = (c.TakeCases, c.RetirePerson, c.ForgetCustomer)
"""What touches whatever somebody has, or owes, or has complained of."""

BY_SUPERVISION = (c.AnswerException, c.AnswerFollowUp, c.AnswerArea, *OF_ALL)
"""What supervision may do in a case of somebody else."""


def test_every_command_is_among_what_is_tried() -> None:
    rooms = (analysis, branch, call, others, staff)
    every = {x for room in rooms for x in vars(room).values() if isinstance(x, type) and x.__module__ == room.__name__}
    assert every - {c.AnalysisCommand, c.CaseCommand, c.CardCommand, c.StaffCommand, c.TeamCommand} == set(MADE)
    assert all(issubclass(kind, c.Command) for kind in MADE)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c4_whoever_has_an_open_case_always_has_a_next_contact(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for state in seen.states:
            waiting = state.next_contact()
            if state.status in OPEN:
                assert waiting is not None
            elif state.status == "withdrawn":
                assert waiting is None
            elif state.forgotten:
                assert waiting is None
                assert state.wish is None or state.wish.status != "pending"
            elif waiting is None:
                answers = [u.status for u in state.follow_ups if u.purpose == "verify" and u.status != "cancelled"]
                assert answers[-1] == "satisfied", answers
            assert sum(u.purpose == "return" for u in state.waiting() if hasattr(u, "purpose")) <= 1
            assert sum(p.what == "answer" for p in state.promises if p.status == "pending") <= 1

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c4_what_is_pending_belongs_to_somebody_who_can_answer_it(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for state in seen.states:
            for contact in state.waiting():
                assert contact.owner in (state.owner, SUPERVISION), contact
                assert not seen.book.is_gone(contact.owner), contact
            assert state.owner in seen.book.people
            assert state.status not in OPEN or not seen.book.is_gone(state.owner)

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_e1_a_refusal_records_nothing_and_the_same_question_has_the_same_answer(script: list[Move]) -> None:
    book = Ledger(policy=tight())
    for move in script:
        command, actor = tried(book, move)
        if command is None:
            continue
        before, length, purses = dict(book.cases), len(book.entries), repr(book.purses)
        first, second = (named(book.decided(command, actor)) for _ in range(2))
        assert first == second
        decision = book.do(command, actor)
        assert named(decision) == first
        if isinstance(decision, r.Refusal):
            assert (book.cases, len(book.entries), repr(book.purses)) == (before, length, purses)


def named(decision: Decision) -> str:
    """A decision with the new identifiers in it named by their order."""
    known: dict[str, str] = {}
    return re.sub(r"'id-\d+'", lambda found: known.setdefault(found[0], f"<{len(known)}>"), repr(decision))


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_e2_nobody_but_its_owner_changes_a_case(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        about = {entry.case for entry in seen.new if isinstance(entry.fact, f.CaseRepeated | f.RepeatWithdrawn)}
        for folio in about:  # of an earlier case it is only said that its problem came back, whoever's it is
            assert replace(seen.book.cases[folio], repeated_by=()) == replace(seen.before[folio], repeated_by=())
        touched = {entry.case for entry in seen.new if entry.case} - about
        case = getattr(seen.command, "case", "")
        assert touched <= {case} or isinstance(seen.command, (c.OpenCase, *OF_ALL))
        for folio, state in seen.before.items():
            if folio not in touched:
                assert folio in about or seen.book.cases[folio] is state
                continue
            if state.owner == seen.actor:
                continue
            if isinstance(seen.command, c.AcceptCase | c.DeclineCase):
                assert state.offer is not None
                assert state.offer.to == seen.actor
            else:
                assert seen.actor in seen.supervisors
                assert isinstance(seen.command, BY_SUPERVISION)
        for folio, state in seen.before.items():
            if seen.book.cases[folio].owner != state.owner:
                kinds = {entry.fact.kind for entry in seen.new}
                assert kinds & {"hand_over.accepted", "case.reopened"}

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c7_an_offer_that_waits_is_to_somebody_else_and_the_case_is_not_closed(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for state in seen.states:
            if state.offer is None:
                continue
            assert state.offer.to != state.owner
            assert state.offer.to in seen.book.people
            assert state.status in OPEN
            if state.offer.declined is None:
                assert state.status == "parked"
                assert not seen.book.is_gone(state.offer.to)

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c6_the_first_clock_is_kept_once_it_has_stopped(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for folio, state in seen.before.items():
            after = seen.book.cases[folio]
            if state.first_closed_at is None:
                continue
            if state.round == 0 and any(isinstance(entry.fact, f.ClosingUndone) for entry in seen.new):
                assert state is after or after.first_closed_at is None
                continue
            clock = (after.first_closed_at, after.first_elapsed, after.first_standard)
            assert clock == (state.first_closed_at, state.first_elapsed, state.first_standard)

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_a3_a_card_is_read_as_one_that_stands_on_its_own(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for card in seen.book.cards.values():
            assert bool(card.name) == bool(card.call_name) == (not card.forgotten)
            assert card.phone == "" or not card.forgotten
            assert not card.merged_into or not seen.book.cards[card.merged_into].merged_into

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_e1_a_case_is_what_its_facts_add_up_to(script: list[Move]) -> None:
    book = play(script, nothing)
    for case, state in book.cases.items():
        assert replay(book.of(case)) == state
        again: CaseState | None = None
        for entry in book.of(case):
            again = evolve(again, entry)
        assert again == state
    assert [entry.seq for entry in book.entries] == list(range(1, len(book.entries) + 1))


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_d12_a_customer_at_risk_is_called_by_one(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for entry in seen.new:
            match entry.fact:
                case f.FollowUpScheduled(_, "retain", attempt=1):
                    assert seen.book.cases[entry.case].status == "closed"
                    kinds = {x.fact.kind for x in seen.new}
                    assert kinds & {"case.closed", "promise.broken"}
                    mine = root(seen.book, seen.book.cases[entry.case].customer)
                    assert not any(
                        u.purpose == "retain" and u.status == "pending"
                        for state in seen.before.values()
                        if root(seen.book, state.customer) == mine
                        for u in state.follow_ups
                    )

    play(script, check)


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_d12_whoever_shows_a_sign_is_on_the_list_of_somebody_who_will_call(script: list[Move]) -> None:
    """Once a case is closed in which they did, or a promise of a closed one is broken, on a day and with an owner."""

    def check(seen: Seen) -> None:
        risen = {e.case for e in seen.new if isinstance(e.fact, f.CaseClosed | f.PromiseBroken)}
        for case in risen:
            state = seen.book.cases[case]
            sign = state.risk or state.round or is_broken(state) or is_unsatisfied(state)
            if state.status != "closed" or not sign:
                continue
            called = [u for u in state.follow_ups if u.purpose == "retain" and u.status != "cancelled"]
            mine = root(seen.book, state.customer)
            waiting = [
                u for other in seen.states if root(seen.book, other.customer) == mine
                for u in other.follow_ups if u.purpose == "retain" and u.status == "pending"
            ]  # fmt: skip
            assert called or waiting
            assert all(u.owner in (SUPERVISION, *seen.book.people) for u in waiting)
            assert all(seen.book.policy.hours.is_open(u.due_at) for u in waiting)

    play(script, check)


NOT_ASKED = {"station.opened", "policy.published", "person.added", "person.pin_set", "person.signed_in",
             "person.sign_in_failed", "person.unlocked", "station.keyed",
             "exception.pin_failed", "clock.jumped", "suggestion.adopted"}  # fmt: skip
"""Facts that no command of the desk leads to: founding a branch, publishing, PINs, the clock."""

AT_THE_DOOR = {
    r.Refusal, r.CaseTouched, r.LockedOut, r.PinUnfit, r.PolicyUnfit, r.WrongPin, r.PolicyStrands, r.StartPast,
    r.StartTooEarly, r.DraftMissing, r.DraftChanged, r.DraftUnwritten, r.EditorMissing, r.EditorFailed,
    r.NotSupervisorNow, r.NumberRetired, r.NotWritten, r.NothingToWrite, r.DeskWaits, r.NumberClosed, r.NothingClosed,
    r.PinNotSet, r.KeysGone,
}  # fmt: skip
"""Refusals of what is not decided here, and the base of them all."""


def test_what_is_tried_comes_to_every_fact_and_every_refusal() -> None:
    facts, refusals = set[str](), set[type[r.Refusal]]()

    def check(seen: Seen) -> None:
        facts.update(entry.fact.kind for entry in seen.new)
        if isinstance(seen.decision, r.Refusal):
            refusals.add(type(seen.decision))

    for seed in range(600):
        play(drawn(seed, 80), check)
    assert facts == set(f.KINDS) - NOT_ASKED
    assert refusals == {x for x in vars(r).values() if isinstance(x, type) and issubclass(x, r.Refusal)} - AT_THE_DOOR
