"""C1, C2: a wall clock that is moved is recorded once, and nobody's time changes, on a real file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import verify
from tests.contract import independent_verifier
from tests.contract.branch import tables
from tests.desk import NOW, branch, journal
from tests.unit.service.conftest import Site

HOUR, DAY, YEARS = 3600, 86_400, 4 * 365 * 86_400
JUMPS = [HOUR, -HOUR, DAY, -DAY, YEARS, -YEARS, 2, -2, 45]


@pytest.fixture
def desk(site: Site) -> DeskService:
    return site.desk()


@pytest.fixture
def case(site: Site, desk: DeskService) -> str:
    return site.open(desk)


def jumps(site: Site) -> list[Entry]:
    """What was recorded, in order."""
    with site.store.reading() as tx:
        return [entry for entry in journal(tx) if isinstance(entry.fact, f.ClockJumped)]


def seconds(entries: Sequence[Entry]) -> list[int]:
    """By how much each."""
    return [entry.fact.seconds for entry in entries if isinstance(entry.fact, f.ClockJumped)]


def state(site: Site, case: str) -> CaseState:
    """A case as the file has it."""
    with site.store.reading() as tx:
        found = tx.case_state(case)
    assert found is not None
    return found


def elapsed(site: Site, case: str) -> int:
    """How long its customer has waited, as the screen would say."""
    return state(site, case).countdown.elapsed(site.clock.now())


@pytest.mark.parametrize("jump", JUMPS)
def test_c1_a_jump_changes_no_elapsed_time_and_is_in_the_journal(
    site: Site, desk: DeskService, case: str, jump: int
) -> None:
    site.clock.advance(40)
    site.clock.jump(jump)
    site.do(desk, c.SayStep(case, "apologise"))
    assert elapsed(site, case) == 40
    (noted,) = jumps(site)
    assert (noted.case, noted.actor, noted.fact, noted.at) == (case, "", f.ClockJumped(jump), site.clock.now())
    site.clock.advance(20)
    assert elapsed(site, case) == 60
    closed = site.do(desk, c.CloseCase(case, True))
    assert closed.file is not None
    assert closed.file.state.elapsed == 60


def test_c1_it_is_recorded_before_what_was_decided_under_it_and_with_it(
    site: Site, desk: DeskService, case: str
) -> None:
    site.clock.jump(HOUR)
    desk.execute(c.AddNote(case, "nota"), "the note")
    with site.store.reading() as tx:
        first, last = journal(tx)[-2:]
    assert isinstance(first.fact, f.ClockJumped)
    assert isinstance(last.fact, f.NoteAdded)
    assert last.command == "the note" != first.command


@pytest.mark.parametrize("jump", [1.9, -1.9, 0.4])
def test_c1_how_clocks_are_is_no_jump(site: Site, desk: DeskService, case: str, jump: float) -> None:
    site.clock.jump(jump)
    site.do(desk, c.SayStep(case, "apologise"))
    assert jumps(site) == []


def test_c1_small_moves_add_up_to_a_jump(site: Site, desk: DeskService, case: str) -> None:
    for turn in range(10):
        site.clock.advance(61)
        site.clock.jump(1.5)
        site.do(desk, c.AddNote(case, f"nota {turn}"))
    assert sum(seconds(jumps(site))) == pytest.approx(15, abs=2)
    assert elapsed(site, case) == pytest.approx(610, abs=2)


@pytest.mark.parametrize("days", [1, 30, 400])
def test_c1_time_that_goes_by_is_no_jump_awake_or_asleep(site: Site, desk: DeskService, case: str, days: int) -> None:
    for _ in range(3):
        site.clock.advance(days * DAY)
        site.do(desk, c.AddNote(case, "nota"))
    assert jumps(site) == []
    assert elapsed(site, case) == 3 * days * DAY


def test_c1_every_case_that_is_not_closed_is_kept_whoevers_it_is(site: Site, desk: DeskService) -> None:
    bruno = site.desk(2)
    parked, his, over = site.open(desk, "Uno"), site.open(bruno, "Dos"), site.open(desk, "Tres")
    site.do(desk, c.ParkCase(parked), c.CloseCase(over, True))
    site.clock.advance(100)
    here = site.open(desk, "Cuatro")
    site.clock.advance(11)
    site.clock.jump(-DAY)
    site.do(desk, c.AddNote(here, "nota"))
    assert [entry.case for entry in jumps(site)] == [parked, his, here]
    assert len({entry.command for entry in jumps(site)}) == 1
    assert [elapsed(site, x) for x in (parked, his, here)] == [111, 111, 11]
    assert state(site, parked).aside_at(site.clock.now()) == 111
    site.do(desk, c.ResumeCase(parked))
    assert state(site, parked).aside == 111


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_c1_nothing_open_nothing_recorded_and_the_next_case_is_not_touched(
    site: Site, desk: DeskService, jump: int
) -> None:
    desk.note_jump()
    site.clock.jump(jump)
    desk.note_jump()
    case = site.open(desk)
    site.clock.advance(5)
    site.do(desk, c.AddNote(case, "nota"))
    assert jumps(site) == []
    assert elapsed(site, case) == 5


def test_c1_two_windows_see_one_jump(site: Site, desk: DeskService, case: str) -> None:
    other = site.desk(2)
    site.open(other, "Luis")
    site.clock.advance(10)
    site.clock.jump(DAY)
    for window in (desk, other, desk, other):
        window.note_jump()
    site.do(other, c.OpenCase(site.clock.now(), name="Eva"))
    site.do(desk, c.AddNote(case, "nota"))
    assert seconds(jumps(site)) == [DAY, DAY]  # one of each case
    assert elapsed(site, case) == 10


def test_c1_forward_and_back_is_two_jumps_and_no_time(site: Site, desk: DeskService, case: str) -> None:
    for jump in (YEARS, -YEARS, -DAY, DAY):
        site.clock.jump(jump)
        site.clock.advance(3)
        desk.note_jump()
    assert seconds(jumps(site)) == [YEARS, -YEARS, -DAY, DAY]
    assert elapsed(site, case) == 12


def test_c1_noting_brings_the_case_and_the_day_as_they_are_now(site: Site, desk: DeskService, case: str) -> None:
    waiting = site.open(desk, "Luis")
    site.clock.advance(30)
    site.do(desk, c.ParkCase(waiting))
    site.clock.advance(30)
    site.clock.jump(-YEARS)
    file, day = desk.note_jump(case)
    assert file is not None
    assert file.state.countdown.elapsed(site.clock.now()) == 60
    assert file.policy is not None
    since = {item.case: item.since for item in day.open}
    assert site.clock.now() - since[waiting] == timedelta(seconds=30)
    assert desk.note_jump()[0] is None


def test_c1_what_is_half_typed_keeps_its_time(site: Site, desk: DeskService) -> None:
    desk.note_jump()
    desk.save_draft(Draft("", "lookup", "Marta Ru", site.clock.now(), site.clock.now()))
    site.desk(2).save_draft(Draft("", "lookup", "Luis", None, site.clock.now()))
    site.clock.advance(20)
    site.clock.jump(HOUR)
    (draft,) = desk.note_jump()[1].drafts
    assert draft.started_at is not None
    assert site.clock.now() - draft.started_at == timedelta(seconds=20)
    (other,) = site.desk(2).note_jump()[1].drafts
    assert other.started_at is None


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_c1_a_jump_while_the_program_was_not_running(site: Site, desk: DeskService, case: str, jump: int) -> None:
    site.clock.advance(40)
    site.restart()
    site.clock.advance(100)
    site.clock.jump(jump)
    file, _ = site.desk().note_jump(case)
    assert file is not None
    assert file.state.countdown.elapsed(site.clock.now()) == 140
    assert seconds(jumps(site)) == [jump]


@dataclass
class Booted(FixedClock):
    """The clock of a machine that was started anew: steady time begins again."""

    name: str = "another"

    def boot(self) -> str:
        """Another one."""
        return self.name


def test_c1_after_a_boot_the_wall_is_believed_unless_it_is_behind_the_journal(
    site: Site, desk: DeskService, case: str
) -> None:
    site.clock.advance(40)
    site.do(desk, c.AddNote(case, "nota"))
    site.clock = Booted(site.clock.at + timedelta(hours=8), 10**6)
    site.do(site.desk(), c.AddNote(case, "nota"))
    assert jumps(site) == []
    assert elapsed(site, case) == 40 + 8 * HOUR
    site.clock = Booted(site.clock.at - timedelta(days=800), name="a third")  # its battery is flat
    site.desk().note_jump()
    assert seconds(jumps(site)) == [-800 * DAY]
    assert elapsed(site, case) == 40 + 8 * HOUR
    site.clock.advance(60)
    site.clock.jump(800 * DAY)  # and the network tells it the hour
    site.desk().note_jump()
    assert elapsed(site, case) == 100 + 8 * HOUR


@pytest.mark.parametrize("seconds_", [DAY, 30 * DAY])
def test_c1_a_boot_without_notice_loses_at_most_a_minute(
    site: Site, desk: DeskService, case: str, seconds_: int
) -> None:
    site.clock.advance(seconds_)
    desk.execute(c.GrantCompensation(case, "nonsense"), "refused: nothing is written")
    with site.store.reading() as tx:
        kept = tx.moment()
    assert kept is not None
    assert kept.wall == site.clock.now()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_b5_a_closing_is_undone_within_its_seconds_wherever_the_clock_is_put(
    site: Site, desk: DeskService, case: str, jump: int
) -> None:
    site.clock.advance(50)
    site.do(desk, c.CloseCase(case, True))
    site.clock.advance(10)
    site.clock.jump(jump)
    undone = site.do(desk, c.UndoLast(case, "close"))
    assert undone.file is not None
    assert elapsed(site, case) == 60
    site.do(desk, c.CloseCase(case, True))
    site.clock.advance(20)
    site.clock.jump(jump)
    site.clock.advance(11)
    assert desk.execute(c.UndoLast(case, "close"), "late") == r.UndoTooLate(30)


def test_b5_a_case_that_is_over_is_not_touched(site: Site, desk: DeskService, case: str) -> None:
    site.do(desk, c.CloseCase(case, True))
    site.clock.advance(31)
    before = state(site, case)
    site.clock.jump(-DAY)
    site.open(desk, "Luis")
    assert jumps(site) == []
    assert state(site, case) == before


def test_e1_the_file_still_verifies_is_made_again_the_same_and_convinces_a_stranger(
    site: Site, desk: DeskService, case: str
) -> None:
    site.do(desk, c.ParkCase(case))
    for jump in (YEARS, -YEARS - 7, 3):
        site.clock.advance(45)
        site.clock.jump(jump)
        desk.note_jump()
    assert verify(site.store).sound
    before = tables(site.store)
    rebuild(site.store)
    assert tables(site.store) == before
    assert len(before["moment"]) == 1
    stranger = [sys.executable, "-I", independent_verifier.__file__, str(site.path)]
    done = subprocess.run(stranger, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


moves = st.lists(
    st.tuples(
        st.sampled_from("wwjjpnbc"),
        st.one_of(st.integers(-(10**7), 10**7), st.floats(-4, 4).map(lambda x: round(x, 3))),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(moves)
def test_c1_whatever_is_done_to_the_clock_elapsed_is_the_time_that_went_by(
    script: list[tuple[str, float]],
) -> None:
    """Within two seconds for each jump (those that are too little to be told), and within four altogether."""
    folder = Path(mkdtemp(prefix="mesa-clock-"))
    site = Site(branch(folder))
    try:
        desk, began = site.desk(), site.clock.steady()
        case = site.open(desk)
        jumped = 0
        for kind, number in script:
            match kind:
                case "w":
                    site.clock.advance(abs(number) % 100_000)
                case "j":
                    site.clock.jump(number)
                    jumped += 1
                case "p":
                    command = c.ParkCase if state(site, case).status == "open" else c.ResumeCase
                    site.do(desk, command(case))
                case "n":
                    desk.note_jump()
                case "b":
                    site.restart()
                    desk = site.desk()
                case _:
                    assert isinstance(desk.execute(c.AddNote(case, "nota"), site.new_id()), Executed)
            file, _ = desk.note_jump(case)
            assert file is not None
            now, true = site.clock.now(), site.clock.steady() - began
            told = file.state.countdown.elapsed(now)
            assert told >= 0
            assert abs(told - true) <= min(2 * jumped, 4) + 1
            assert file.state.aside >= 0
            assert 0 <= file.state.aside_at(now) <= told
        assert verify(site.store).sound
    finally:
        site.store.close()
        shutil.rmtree(folder)


def test_c1_the_first_look_ever_finds_no_jump(site: Site) -> None:
    site.clock.at = NOW + timedelta(days=900)
    site.clock.jumped = -(10**7)
    site.open(site.desk())
    assert jumps(site) == []
