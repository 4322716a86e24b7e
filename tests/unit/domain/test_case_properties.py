"""B2, B3, B5, C4, E1: what holds after any sequence of commands by several people, however the clock moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.evolve import evolve, replay
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.domain.tally import tally
from tests.ledger import Ledger

Move = tuple[str, int, int]
"""What is tried, on which case, and a number that decides the rest."""

PEOPLE = ("ana", "bruno")
ANSWERS = ("satisfied", "not_satisfied", "no_answer")
moves = st.lists(
    st.tuples(st.sampled_from("OOPPPGGGGDWRFKUUUUCCCCMMAAAAANEXS"), st.integers(0, 5), st.integers(0, 999)), max_size=40
)


def attempt(book: Ledger, move: Move) -> None:
    """One command, right or wrong, by the one who owns the case or somebody else."""
    kind, where, number = move
    if kind == "O" or not book.cases:
        book.open(actor=PEOPLE[number % 2])
        return
    if kind == "W":
        book.wait((number - 300) * 1000 if number % 3 else number % 60)
        return
    case = list(book.cases)[where % len(book.cases)]
    state = book.cases[case]
    other = number % 11 == 0
    book.do(_command(kind, state, number, book), "carla" if other else state.owner)


def _command(kind: str, state: CaseState, number: int, book: Ledger) -> c.Command:
    case = state.folio
    problems = book.policy.problems
    problem = book.policy.problem(state.problem) or problems[number % len(problems)]
    later = book.now + timedelta(minutes=number * 7 - 60)
    made: dict[str, Callable[[], c.Command]] = {
        "P": lambda: c.IdentifyProblem(case, problems[number % len(problems)].code, "cuéntame"),
        "G": lambda: (
            c.GrantCompensation(case, problem.compensations[number % len(problem.compensations)].code)
            if number % 3
            else c.GrantCompensation(case, "own", Money(number * 40, "MXN"))
        ),
        "D": lambda: c.DeclineCompensation(case, "no quiso" if number % 4 else " "),
        "R": lambda: c.ChooseRemedy(case, problem.remedies[number % len(problem.remedies)].code),
        "F": lambda: c.ScheduleFollowUp(case, "5512340078" if number % 2 else ""),
        "K": lambda: c.ParkCase(case) if number % 2 else c.ResumeCase(case),
        "U": lambda: c.UndoLast(case),
        "C": lambda: c.CloseCase(case, True),
        "M": lambda: c.MakePromise(case, later),
        "A": lambda: _answer(state, number, book),
        "N": lambda: c.AddNote(case, "nota"),
        "E": lambda: c.ParkCase(case),
        "X": lambda: c.SayStep(case, STEPS[number % 6]),
        "S": lambda: c.SayStep(case, "apologise"),
    }
    return made[kind]()


def _answer(state: CaseState, number: int, book: Ledger) -> c.Command:
    promises = [p for p in state.promises if p.status == "pending"]
    follow_ups = [u for u in state.follow_ups if u.status == "pending"]
    if promises and (number % 2 or not follow_ups):
        outcome = ("kept", "late", "move")[number % 3]
        return c.AnswerPromise(state.folio, promises[0].id, outcome, book.now + timedelta(hours=number % 50 - 2))
    asked = follow_ups[number % len(follow_ups)].id if follow_ups else "none"
    return c.AnswerFollowUp(state.folio, asked, ANSWERS[number % 3], "gracias")


def played(script: list[Move]) -> Ledger:
    """A branch after those moves."""
    book = Ledger()
    for move in script:
        attempt(book, move)
    return book


def live(book: Ledger, person: str, period: str) -> int:
    """Minor units of the gestures that a purse has to pay, as the journal tells them."""
    total = 0
    for entry in book.entries:
        match entry.fact:
            case f.CompensationReserved(_, amount, who, when) if (who, when) == (person, period):
                total += amount.minor
            case f.CompensationReleased(amount, who, when) if (who, when) == (person, period):
                total -= amount.minor
    return total


@settings(max_examples=120, deadline=None)
@given(moves)
def test_b3_no_sequence_of_commands_overspends(script: list[Move]) -> None:
    book = played(script)  # the ledger itself refuses a negative purse
    for (person, period), purse in book.purses.items():
        assert purse.reserved + purse.spent == live(book, person, period)
    gestures = [s.gesture for s in book.cases.values() if s.gesture]
    given_ = sum(m.minor for s in book.cases.values() for m in s.given)
    assert sum(p.reserved + p.spent for p in book.purses.values()) == sum(g.amount.minor for g in gestures) + given_
    delivered = sum(g.amount.minor for g in gestures if g.delivered) + given_
    assert sum(p.spent for p in book.purses.values()) == delivered


@settings(max_examples=120, deadline=None)
@given(moves)
def test_b2_no_case_ever_gets_more_than_the_cap(script: list[Move]) -> None:
    book = played(script)
    cap = book.policy.case_cap.minor
    for case in book.cases:
        state = None
        for entry in book.of(case):
            state = evolve(state, entry)
            assert state.given_minor() <= cap


@settings(max_examples=120, deadline=None)
@given(moves)
def test_c4_nobody_is_left_waiting_in_silence(script: list[Move]) -> None:
    book = Ledger()
    for move in script:
        attempt(book, move)
        for state in book.cases.values():
            if state.status not in ("parked", "closed"):
                continue
            waiting = state.next_contact()
            if waiting is not None:
                assert waiting.owner
                continue
            assert state.status == "closed"
            answers = [u.status for u in state.follow_ups if u.purpose == "verify" and u.status != "cancelled"]
            assert answers[-1] == "satisfied", answers


@settings(max_examples=80, deadline=None)
@given(moves)
def test_e1_a_case_is_what_its_facts_add_up_to(script: list[Move]) -> None:
    book = played(script)
    for case, state in book.cases.items():
        assert replay(book.of(case)) == state
        assert (tally(state) is None) == (state.first_closed_at is None)


@settings(max_examples=80, deadline=None)
@given(moves)
def test_b5_undoing_everything_leaves_nothing_given_and_keeps_the_record(script: list[Move]) -> None:
    book = played(script)
    for case, state in list(book.cases.items()):
        before = len(book.of(case))
        for _ in range(20):
            if not isinstance(book.do(c.UndoLast(case), state.owner), tuple):
                break
        after = book.cases[case]
        assert len(book.of(case)) >= before
        if after.status == "open":
            assert after.gesture is None
            assert after.decided == ()
            assert after.done("compensate") is False


@settings(max_examples=80, deadline=None)
@given(moves)
def test_c6_the_first_clock_is_kept(script: list[Move]) -> None:
    book = played(script)
    for case in book.cases:
        closings = [e.fact for e in book.of(case) if isinstance(e.fact, f.CaseClosed)]
        state = book.cases[case]
        if state.round and closings:
            undone = [e for e in book.of(case) if isinstance(e.fact, f.ClosingUndone)]
            assert state.first_elapsed in {x.elapsed for x in closings}
            if not undone:
                assert state.first_elapsed == closings[0].elapsed
