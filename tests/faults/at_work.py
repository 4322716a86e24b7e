"""An agent at work by the real writing door, without a screen, and what an auditor reads afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.journal.chain import Ring
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import read_keys
from tests.desk import branch, journal, opened

PROBLEM = "missing_product"


def tight(folder: Path) -> Path:
    """A branch whose agents have little to give, so that its limits are soon met."""
    shipped = default_policy_text("es")
    little = shipped.replace("amount = 500\n", "amount = 180\n")
    assert little != shipped
    return branch(folder, little)


def desk(store: Store, number: int = 1, clock: SystemClock | None = None) -> DeskService:
    """Whoever has that number, at a desk of their own."""
    policies, now = Policies(words("en")), SystemClock().now()
    with store.reading() as tx:
        person, policy = tx.person_by_number(number), policies.in_force(tx, now)
    assert person is not None
    return DeskService(store, policies, clock or SystemClock(), fresh_id, person, policy)


class Call:
    """One case after another, with a gesture that is chosen, changed, taken back, given: the next command each time."""

    def __init__(self, work: DeskService, dice: Random) -> None:
        self._work, self._dice = work, dice
        self._state: CaseState | None = None

    def next(self) -> c.Command:
        """What the agent asks next."""
        state, dice = self._state, self._dice
        if state is None or state.status == "withdrawn" or (state.status == "closed" and dice.random() < 0.7):
            return c.OpenCase(self._work.now(), name=f"Marta {dice.randrange(10_000)}")
        if state.status == "closed":
            return c.UndoLast(state.folio, "close")
        if not state.problem:
            return c.IdentifyProblem(state.folio, PROBLEM, "")
        chance = dice.random()
        if chance < 0.15:
            return c.AddNote(state.folio, f"nota {dice.randrange(10_000)}")
        if chance < 0.3 and state.gesture is not None:
            return c.UndoLast(state.folio)
        if chance < 0.55 and state.gesture is not None:
            return c.CloseCase(state.folio, True)
        return c.GrantCompensation(state.folio, "own", Money(dice.randrange(10, 100) * 100, "MXN"))

    def told(self, outcome: Executed | Refusal) -> None:
        """What came of it."""
        if isinstance(outcome, Executed) and outcome.file is not None:
            self._state = outcome.file.state
        elif isinstance(outcome, Refusal):  # no money, or too late to undo: the next case
            self._state = None


def wrote(at: DeskService, outcome: Executed | Refusal, name: str) -> bool:
    """Whether a command was written: what changes nothing leaves no line."""
    return isinstance(outcome, Executed) and at.told(c.AddNote("", ""), name) is not None


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found: commands that are not there, were done twice or were never asked; budgets beyond their limit;
    whatever :func:`verify` found.  ``commands`` is how many there are.
    """

    gone: int
    doubled: int
    overspent: int
    faults: tuple[str, ...]
    commands: int

    @property
    def losses(self) -> int:
        """Everything but money beyond a limit."""
        return self.gone + self.doubled + len(self.faults)


def audit(path: Path, acknowledged: Iterable[str] = ()) -> Audit:
    """Read everything in one moment and add it up anew; then prove the chain, with the keys that lie beside the file,
    and every projection.
    """
    keys = read_keys(path.with_name("keys.json"))
    with opened(path) as store:
        store.ring = Ring(keys.chain) if keys is not None else store.ring
        with store.reading() as tx:
            entries = journal(tx)
        verdict = verify(store)
    moments: dict[str, set[object]] = {}
    for entry in entries:
        moments.setdefault(entry.command, set()).add(entry.at)
    left = Counter[tuple[str, str]]()
    overspent = set()
    for entry in entries:
        for key, minor in _moved(entry.fact):
            left[key] += minor
            if left[key] < 0:
                overspent.add(key)
    gone = sum(command not in moments for command in acknowledged)
    doubled = sum(len(at) > 1 for at in moments.values())
    return Audit(gone, doubled, len(overspent), tuple(map(str, verdict.faults)), len(moments))


def _moved(fact: f.Fact) -> list[tuple[tuple[str, str], int]]:
    """By how much a fact changes what may still be spent: what is reserved is spent once, by its reservation."""
    match fact:
        case f.BudgetFunded(person, period, amount):
            return [((person, period), amount.minor)]
        case f.BudgetAdjusted(_, person, period, amount):
            return [((person, period), amount.minor)]
        case f.CompensationReserved(_, amount, person, period):
            return [((person, period), -amount.minor)]
        case f.CompensationReleased(amount, person, period):
            return [((person, period), amount.minor)]
    return []
