"""T14: two windows, three people, every command, wrong PINs, clocks that jump, power cuts (A3, B3, B4, E1).

After each step no budget is beyond its limit and no lock has opened by itself; at the end whatever was acknowledged is
there once, the journal and every projection are proved, and what only a supervisor may do was done by one.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from typing import ClassVar

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.decide import steps
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals import LockedOut
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.fold import Fold
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, BRUNO, CARLA, NOW, hasher, journal, opened, shipped
from tests.faults import unguarded
from tests.faults.at_work import audit, tight
from tests.faults.figures import Figures, Scale, hold
from tests.moves import MADE, Kind, Turn, chosen, seconds

PINS = {1: ANA, 2: BRUNO, 3: CARLA}
SUPERVISED = (
    f.PersonRenamed, f.RoleChanged, f.PersonRetired, f.PersonReturned, f.BudgetAdjusted, f.CustomersMerged,
    f.MergeUndone, f.SuggestionAnswered, f.PraiseGiven,
)  # fmt: skip
MONEY: list[Kind] = [c.OpenCase, c.IdentifyProblem, c.GrantCompensation, c.GrantCompensation, c.CloseCase, c.UndoLast]
KINDS: list[Kind] = [kind for kind in MADE if kind is not c.AuthoriseException] + 12 * MONEY
POLICY = replace(shipped(), budget=Money(18_000, "MXN"))
windows, numbers = st.integers(0, 1), st.integers(0, 999)


class Branch(RuleBasedStateMachine):
    """The branch; ``cuts`` and ``acknowledged`` count what happened in all of its lives."""

    cuts: ClassVar[int] = 0
    acknowledged: ClassVar[int] = 0

    @initialize()
    def found(self) -> None:
        """A branch with little money, and two windows at its door."""
        self.folder = Path(mkdtemp(prefix="mesa-whole-"))
        self.clock, self.copies = FixedClock(NOW), count(1)
        self.states: dict[str, CaseState] = {}
        self.locked: set[int] = set()
        self.written = 0
        self._begin(tight(self.folder / "first"))

    def _begin(self, path: Path) -> None:
        self.path, self.store = path, Store.open(path)
        self.ports = [Port(path, words("en"), clock=self.clock, hasher=hasher) for _ in range(2)]
        self.inside: list[int] = [0, 0]
        for window, number in ((0, 1), (1, 3)):
            self.enters(window, number, right=True)

    @rule(window=windows, number=st.sampled_from((1, 1, 2, 3)), right=st.sampled_from((True, True, True, False)))
    def enters(self, window: int, number: int, right: bool) -> None:
        """Somebody at the door; a lock that stands lets nobody in, whichever window is tried."""
        outcome = self.ports[window].carry_out(a.Enter(number, PINS[number] if right else "000000"))
        if isinstance(outcome, d.Entered):
            assert right, "a wrong PIN"
            assert number not in self.locked, "the lock opened by itself"
            self.inside[window] = number
        elif isinstance(outcome, d.Refused) and isinstance(outcome.refusal, LockedOut):
            self.locked.add(number)

    @rule(window=windows, number=st.sampled_from((1, 2, 3)))
    def guesses(self, window: int, number: int) -> None:
        """Whoever does not know a PIN tries four."""
        for _ in range(4):
            self.enters(window, number, right=False)

    @rule(window=windows, seed=st.integers(0, 2**32))
    def works(self, window: int, seed: int) -> None:
        """Whoever is there asks many things, most of them of their own cases, whether or not they may."""
        dice = Random(seed)
        if not self.inside[window]:
            self.enters(window, 1 + window, right=True)
        for _ in range(25 if self.inside[window] else 0):
            number = dice.randrange(1000)
            mine = [one for one in self.states.values() if self._is_theirs(one, window) or dice.random() < 0.1]
            kind, state = chosen(dice.choice(KINDS), mine, dice.randrange(6), number)
            if kind is not None and kind is not c.AuthoriseException:
                self._do(window, MADE[kind](self._turn(number, state)))

    def _is_theirs(self, state: CaseState, window: int) -> bool:
        with self.store.reading() as tx:
            person = tx.person_by_number(self.inside[window])
        return person is not None and state.owner == person.id

    @rule(window=windows, minor=st.integers(1, 16_000), right=st.booleans())
    def exceeds(self, window: int, minor: int, right: bool) -> None:
        """A supervisor's PIN, or a wrong one, is typed at a desk for more than its limits allow."""
        if not self.inside[window] or not self.states:
            return
        case = list(self.states)[-1]
        wanted = a.Wanted("own", Money(minor, "MXN"), "se lo debemos")
        outcome = self.ports[window].carry_out(a.Authorise(case, wanted, 3, CARLA if right else "000000"))
        if isinstance(outcome, d.Done):
            assert right
            self._told(outcome)
            self._do(window, c.GrantCompensation(case, "own", Money(minor, "MXN")))

    @rule(number=numbers)
    def time_goes_by(self, number: int) -> None:
        """Seconds, hours, days: what was locked may be open again."""
        self.clock.advance(abs(seconds(number)))
        self.locked.clear()

    @rule(by=st.sampled_from((-86_400, -3600, -60, 60, 3600, 86_400)))
    def clock_is_moved(self, by: int) -> None:
        """Somebody sets the wall clock."""
        self.clock.jump(by)
        if by > 0:
            self.locked.clear()

    @rule()
    def power_goes(self) -> None:
        """Both windows are gone at once; the branch goes on with what is on the disk."""
        there = self.folder / f"cut-{next(self.copies)}" / "mesa.db"
        there.parent.mkdir()
        files = [str(one) for end in ("", "-wal", "-journal") if (one := Path(f"{self.path}{end}")).exists()]
        subprocess.run(["cp", *files, str(there.parent)], check=True)
        self._let_go()
        type(self).cuts += 1
        self._begin(there)

    @rule(window=windows)
    def closes(self, window: int) -> None:
        """A window is closed in good order and opened again."""
        self.ports[window].close()
        self.ports[window] = Port(self.path, words("en"), clock=self.clock, hasher=hasher)
        self.inside[window] = 0

    def _do(self, window: int, command: c.Command) -> None:
        self._told(self.ports[window].carry_out(a.Do(command)))

    def _told(self, outcome: d.Outcome) -> None:
        assert not isinstance(outcome, d.Broken), outcome
        if isinstance(outcome, d.Done):
            type(self).acknowledged += 1
            if outcome.file is not None:
                self.states[outcome.file.state.folio] = outcome.file.state

    def _turn(self, number: int, state: CaseState | None) -> Turn:
        with self.store.reading() as tx:
            items, staff = [one.id for one in tx.suggestions()], tx.everybody()
        customers = list({one.customer: None for one in self.states.values()})
        return Turn(number, self.clock.now(), POLICY, state, customers, staff, items)

    @invariant()
    def no_budget_is_beyond_its_limit(self) -> None:
        """As the table says; the journal is added up at the end."""
        if not hasattr(self, "store"):
            return
        with self.store.read_transaction() as connection:
            over = "SELECT person FROM budget WHERE reserved < 0 OR spent < 0 OR reserved + spent > funded"
            assert connection.core.exec_driver_sql(over).all() == []
            lines = connection.core.exec_driver_sql("SELECT count(*) FROM journal").scalar()
        assert isinstance(lines, int)
        assert lines >= self.written, "lines of the journal are gone"
        self.written = lines

    def teardown(self) -> None:
        """Everything is proved."""
        if not hasattr(self, "store"):
            return
        self._let_go()
        found = audit(self.path)
        assert (found.losses, found.overspent) == (0, 0), found
        _assert_roles(self.path)
        rmtree(self.folder)

    def _let_go(self) -> None:
        self.store.close()
        for port in self.ports:
            port.close()


def _assert_roles(path: Path) -> None:
    """What only a supervisor may do was done by whoever was one then."""
    with opened(path) as store, store.reading() as tx:
        entries = journal(tx)
    roles: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.fact, SUPERVISED):
            assert roles[entry.actor] == "supervisor", entry
        match entry.fact:
            case f.PersonAdded(person, _, _, role) | f.RoleChanged(person, role):
                roles[person] = role
            case f.ExceptionAuthorised(supervisor):
                assert roles[supervisor] == "supervisor", entry


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Lives of the branch; then lives in which neither the rules nor the store keep a limit."""
    del folder  # each life has its own, and leaves nothing
    lives, long = scale.pick(10, 500), scale.pick(20, 100)
    counted = (Branch.cuts, Branch.acknowledged)
    live(scale.seed, lives, long)
    cut, told = Branch.cuts - counted[0], Branch.acknowledged - counted[1]
    note = f"commands done in {lives} lives of {long} steps"
    yield Figures("T14 whole branch", told, cut, note=note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "limit", lambda amount, **limits: None)
        patch.setattr(Fold, "_move_budget", Fold._move_budget)
        patch.setattr(driver, "_WRITER", driver._WRITER)
        unguarded.without_limits()
        caught = 0
        try:
            live(scale.seed, 400, 20, shrink=False)  # the first that spends too much ends them
        except AssertionError:
            caught = 1
    yield Figures("T14 control: no limits", 1, 1, overspends=caught, control=True)


def live(seed: int, lives: int, long: int, *, shrink: bool = True) -> None:
    """So many lives of so many steps; a failing one is told step by step."""
    hypothesis.seed(seed)(Branch)
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    run_state_machine_as_test(
        Branch,
        settings=settings(
            max_examples=lives, stateful_step_count=long, deadline=None, database=None, phases=phases,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip


def test_b3_e1_no_life_of_a_branch_breaks_its_rules(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
