"""B3: an error at a commit is neither success nor failure until it has been looked up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from mesa_recuperacion.store.errors import StoreError, StoreFailed, StoreFull, StoreUnknown
from mesa_recuperacion.wiring.surely import Surely


class Machine:
    """A store that does what each attempt says: ``done``, ``ghost`` (done, and the commit failed), ``lost`` (it failed
    and was not done), ``down`` (refused before anything).  ``blind``: nothing can be looked up.
    """

    def __init__(self) -> None:
        self.applied: list[tuple[str, object]] = []
        self.script: list[str] = []
        self.blind = False
        self.tried: list[str] = []
        self.reason: StoreError = StoreFull("full")

    def attempt(self, what: object) -> Callable[[str], str]:
        def run(identity: str) -> str:
            self.tried.append(identity)
            act = self.script.pop(0) if self.script else "done"
            if act == "down":
                raise StoreFailed("disk I/O error")
            if act != "lost" and identity not in [one for one, _ in self.applied]:
                self.applied.append((identity, what))
            if act != "done":
                raise StoreUnknown("commit", self.reason)
            return f"did {what}"

        return run

    def told(self, what: object) -> Callable[[str], str | None]:
        def look(identity: str) -> str | None:
            if self.blind:
                raise StoreFailed("disk I/O error")
            return f"did {what}" if identity in [one for one, _ in self.applied] else None

        return look


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def ask(machine: Machine) -> Callable[[object], str]:
    numbers = count()
    once = Surely(lambda: f"seed-{next(numbers)}")
    return lambda what: once.carry_out(what, machine.attempt(what), machine.told(what))


def test_b3_each_thing_has_an_identity_of_its_own(machine: Machine, ask: Callable[[object], str]) -> None:
    assert [ask("a"), ask("a"), ask("b")] == ["did a", "did a", "did b"]
    assert len({identity for identity, _ in machine.applied}) == 3


def test_b3_a_doubt_is_tried_again_under_the_same_identity(machine: Machine, ask: Callable[[object], str]) -> None:
    machine.script = ["ghost", "lost", "done"]
    assert ask("a") == "did a"
    assert len(set(machine.tried)) == 1
    assert len(machine.applied) == 1


def test_b3_what_fails_after_a_doubt_does_not_end_it(machine: Machine, ask: Callable[[object], str]) -> None:
    machine.script = ["ghost", "down"]
    assert ask("a") == "did a"
    assert len(machine.applied) == 1


def test_b3_certainly_not_written_is_said_with_its_reason(machine: Machine, ask: Callable[[object], str]) -> None:
    machine.script = ["lost", "lost", "lost"]
    with pytest.raises(StoreFull):
        ask("a")
    assert machine.applied == []


@pytest.mark.parametrize("act", ["ghost", "lost"])
def test_b3_unknown_stays_unknown_until_it_can_be_looked_up(
    machine: Machine, ask: Callable[[object], str], act: str
) -> None:
    machine.script, machine.blind = [act, "down"], True
    with pytest.raises(StoreUnknown):
        ask("a")
    with pytest.raises(StoreUnknown):
        ask("b")  # nothing else is begun meanwhile
    assert len(machine.tried) == 2
    machine.blind = False
    assert ask("a") == "did a"
    assert [what for _, what in machine.applied] == ["a"]


def test_b3_another_thing_after_a_doubt_that_was_done_is_another_thing(
    machine: Machine, ask: Callable[[object], str]
) -> None:
    machine.script, machine.blind = ["ghost", "down"], True
    with pytest.raises(StoreUnknown):
        ask("a")
    machine.blind = False
    assert ask("b") == "did b"
    assert [what for _, what in machine.applied] == ["a", "b"]
    assert ask("a") == "did a"
    assert [what for _, what in machine.applied] == ["a", "b", "a"]


def test_b3_the_same_answer_to_a_line_that_was_kept_is_the_same_command(machine: Machine) -> None:
    """Killed between the commit and the picture: the seed that the draft kept makes the same identity."""
    before = Surely(lambda: "seed")
    machine.script = ["ghost"]
    with pytest.raises(StoreUnknown):
        machine.attempt("a")(_identity(before, "a"))
    again = Surely(lambda: "another")
    again.resume(before.seed)
    assert again.carry_out("a", _once(machine, "a"), machine.told("a")) == "did a"
    assert len(machine.applied) == 1


def _identity(once: Surely, what: object) -> str:
    seen: list[str] = []

    def attempt(identity: str) -> str:
        seen.append(identity)
        return ""

    seed = once.seed
    once.carry_out(what, attempt, lambda _: None)
    once.resume(seed)
    return seen[0]


def _once(machine: Machine, what: object) -> Callable[[str], str]:
    run, told = machine.attempt(what), machine.told(what)
    return lambda identity: told(identity) or run(identity)


def test_b3_what_failed_and_is_not_there_is_settled_before_it_is_called_not_done(machine: Machine) -> None:
    settled: list[str] = []
    once = Surely(lambda: "seed", lambda: settled.append("settled"))
    machine.script = ["lost"] * 3
    machine.reason = StoreFailed("the disk could not be forced")
    with pytest.raises(StoreFailed):
        once.carry_out("a", machine.attempt("a"), machine.told("a"))
    assert settled == ["settled"]


def test_b3_what_is_found_but_cannot_be_settled_stays_in_doubt(machine: Machine) -> None:
    """Whoever opens a log anew sees what was never forced to the disk, and a power cut takes it."""
    forced: list[bool] = []

    def settle() -> None:
        if not forced:
            raise StoreFailed("disk I/O error")

    once = Surely(lambda: "seed", settle)
    machine.script = ["ghost"] * 3
    machine.reason = StoreFailed("the disk could not be forced")
    with pytest.raises(StoreUnknown):
        once.carry_out("a", machine.attempt("a"), machine.told("a"))
    forced.append(True)
    assert once.carry_out("a", machine.attempt("a"), machine.told("a")) == "did a"
    assert len(machine.applied) == 1


def test_b3_what_cannot_be_settled_stays_in_doubt(machine: Machine) -> None:
    def fails() -> None:
        raise StoreFailed("disk I/O error")

    once = Surely(lambda: "seed", fails)
    machine.script = ["lost"] * 3
    machine.reason = StoreFailed("the disk could not be forced")
    with pytest.raises(StoreUnknown):
        once.carry_out("a", machine.attempt("a"), machine.told("a"))
    machine.script = ["done"]
    with pytest.raises(StoreUnknown):
        once.carry_out("a", machine.attempt("a"), machine.told("a"))


def test_b3_what_found_no_room_never_got_to_its_end(machine: Machine) -> None:
    settled: list[str] = []
    once = Surely(lambda: "seed", lambda: settled.append("settled"))
    machine.script = ["lost"] * 3
    with pytest.raises(StoreFull):
        once.carry_out("a", machine.attempt("a"), machine.told("a"))
    assert settled == []
