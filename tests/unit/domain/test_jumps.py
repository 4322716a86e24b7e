"""C1, C2: elapsed time does not depend on what the wall clock is set to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import (
    JUMP,
    FixedClock,
    JumpWatch,
    Moment,
    base,
    jump_between,
    moment,
    moved,
)  # fmt: skip
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.wiring.clocks import SystemClock

START = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
jumps = st.one_of(st.integers(-10, 10), st.integers(-(10**8), 10**8), st.floats(-4, 4).map(lambda x: round(x, 3)))


def at(wall: float, steady: float, boot: str = "a") -> Moment:
    return Moment(START + timedelta(seconds=wall), steady, boot)


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        (at(10, 10), 0), (at(86_400, 86_400), 0),  # a suspended machine: both went on
        (at(11.9, 10), 0), (at(8.1, 10), 0), (at(12, 10), 2), (at(8, 10), -2), (at(3610, 10), 3600),
        (at(-86_390, 10), -86_400), (at(12.7, 10), 3),
        (at(10, 3, "b"), 0), (at(10**6, 3, "b"), 0), (at(-1, 3, "b"), 0), (at(-3600, 3, "b"), -3600),
    ],
)  # fmt: skip
def test_c1_what_is_a_jump(after: Moment, seconds: int) -> None:
    assert jump_between(at(0, 0), after) == seconds


def test_c1_after_a_boot_the_next_comparison_begins_there() -> None:
    assert base(at(0, 900), at(-3600, 3, "b"), -3600) == at(-3600, 3, "b")


@given(st.lists(st.tuples(st.integers(0, 10**5), jumps), max_size=30))
def test_c1_what_is_told_never_falls_behind_by_a_jump(moves: list[tuple[int, float]]) -> None:
    clock = FixedClock(START)
    watch, told = JumpWatch(clock), 0
    for seconds, jump in moves:
        clock.advance(seconds)
        clock.jump(jump)
        told += watch.seconds()
        assert watch.seconds() == 0
        assert abs(told - clock.jumped) < JUMP


def test_c1_a_fixed_clocks_steady_time_never_goes_back() -> None:
    clock = FixedClock(START)
    began = clock.steady()
    for step in (clock.advance, clock.jump):
        step(-3600)
        assert clock.steady() == began
    clock.jump(10_000)
    assert clock.steady() == began
    clock.advance(5)
    assert clock.steady() == began + 5
    assert clock.now() == START + timedelta(seconds=-7200 + 10_000 + 5)


def test_c1_clocks_that_never_jumped_agree() -> None:
    earlier, later = FixedClock(START), FixedClock(START + timedelta(days=20))
    assert jump_between(moment(earlier), moment(later)) == 0


def test_c1_the_machines_steady_time_goes_on() -> None:
    clock = SystemClock()
    seen = [clock.steady() for _ in range(100)]
    assert seen == sorted(seen)
    assert clock.boot() == SystemClock().boot() != ""
    assert jump_between(moment(clock), moment(clock)) == 0


@dataclass
class Held(FixedClock):
    """A program that is stopped between the two readings, so many times."""

    times: int = 1
    readings: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        """The wall, and then the program stands still for an hour."""
        wall = self.at
        self.readings.append("wall")
        if self.times:
            self.times -= 1
            self.advance(3600)
        return wall


def test_c1_a_program_that_was_held_up_between_the_readings_takes_them_again() -> None:
    clock = Held(START, times=2)
    now = moment(clock)
    assert len(clock.readings) == 3
    assert now.wall == clock.at
    assert jump_between(at(0, FixedClock(START).steady(), "fixed"), now) == 0


@pytest.mark.parametrize("seconds", [10**15, -(10**15), 10**12, -(10**12)])
def test_e1_a_jump_beyond_the_calendar_is_a_fact_that_cannot_be_read(seconds: int) -> None:
    with pytest.raises(ValueError, match="cannot be moved"):
        moved(START, seconds)
    with pytest.raises(ValueError, match="cannot be moved"):
        Story().tell(f.ClockJumped(seconds))


@dataclass
class Story:
    """A case, told fact by fact, and how long its customer has really waited."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    state: CaseState | None = None
    waited: float = 0.0
    parked: float = 0.0

    def __post_init__(self) -> None:
        self.tell(f.CaseOpened("rosa", START, 60, 0))

    @property
    def case(self) -> CaseState:
        """As it stands."""
        assert self.state is not None
        return self.state

    def tell(self, fact: f.Fact) -> None:
        """One more fact, now."""
        self.state = evolve(self.state, f.Entry("CEN-1", 1, self.clock.now(), "ana", 1, "x", "CEN-1001", fact))

    def wait(self, seconds: float) -> None:
        """Time goes by."""
        self.clock.advance(seconds)
        self.waited += seconds
        self.parked += seconds if self.case.status == "parked" else 0

    def jump(self, seconds: int) -> None:
        """The clock is moved, and that is recorded."""
        self.clock.jump(seconds)
        self.tell(f.ClockJumped(seconds))


@given(st.lists(st.tuples(st.sampled_from("wjpr"), st.integers(-(10**7), 10**7)), max_size=30))
def test_c1_elapsed_is_what_the_customer_waited_and_aside_what_they_were_parked(moves: list[tuple[str, int]]) -> None:
    story = Story()
    for kind, number in moves:
        match kind:
            case "w":
                story.wait(abs(number) % 5000)
            case "j":
                story.jump(number)
            case "p" if story.case.status == "open":
                story.tell(f.CaseParked("solve"))
            case "r" if story.case.status == "parked":
                story.tell(f.CaseResumed())
        now, state = story.clock.now(), story.case
        assert state.countdown.elapsed(now) == story.waited
        assert 0 <= state.aside <= state.aside_at(now) == story.parked <= story.waited
    story.tell(f.CaseClosed(True, int(story.waited), 60, ()))
    assert 0 <= story.case.aside == story.parked <= story.case.elapsed


@given(st.lists(st.tuples(st.sampled_from("wjpr"), st.floats(-4000, 4000)), max_size=20))
def test_c2_time_aside_is_within_what_is_elapsed_even_if_nobody_noticed_a_jump(moves: list[tuple[str, float]]) -> None:
    story = Story()
    for kind, number in moves:
        match kind:
            case "w":
                story.wait(abs(number))
            case "j":
                story.clock.jump(number)
            case "p" if story.case.status == "open":
                story.tell(f.CaseParked("solve"))
            case "r" if story.case.status == "parked":
                story.tell(f.CaseResumed())
        now = story.clock.now()
        assert 0 <= story.case.aside_at(now) <= story.case.countdown.elapsed(now)
    elapsed = story.case.countdown.elapsed(story.clock.now())
    story.tell(f.CaseClosed(True, elapsed, 60, ()))
    assert 0 <= story.case.aside <= elapsed


def test_c1_hours_that_were_told_stay_what_they_were() -> None:
    story = Story()
    due = START + timedelta(hours=2)
    story.tell(f.PromiseMade("p", "replace", due, "ana", ""))
    story.tell(f.FollowUpScheduled("u", "verify", due, "ana", 1))
    story.jump(-86_400)
    assert [c.due_at for c in story.case.waiting()] == [due, due]
    assert story.case.opened_at == START


def test_c6_the_first_clock_and_its_day_stay_and_the_second_goes_on() -> None:
    story = Story()
    story.wait(40)
    story.tell(f.CaseClosed(True, 40, 60, ()))
    closed = story.clock.now()
    story.wait(3600)
    story.tell(f.CaseReopened())
    story.wait(10)
    story.jump(-(10**6))
    story.wait(5)
    state = story.case
    assert (state.first_elapsed, state.first_closed_at) == (40, closed)
    assert state.countdown.elapsed(story.clock.now()) == 15
    assert state.aside == 0
