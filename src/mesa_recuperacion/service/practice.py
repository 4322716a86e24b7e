"""Practice (rule F9): the same desk on a throw-away branch with an invented customer; nothing of it counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock, FixedClock
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.pin import PRACTICE_PIN
from mesa_recuperacion.domain.policy import OTHER_PROBLEM, Policy
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.people import People
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store

BRANCH = "PRA"
"""The code of the branch that is thrown away: its folios are never those of a real one."""

_NO_SECRET = 64
"""KiB that hashing the PIN takes which everybody sees on the screen: nobody has to wait for it."""

EARLIER = timedelta(days=9)
"""How long ago the invented customer called the first time."""


def begin(
    real: People, path: Path, policies: Policies, *, actor: Person, customer: str, clock: Clock, new_id: NewId
) -> tuple[Store, DeskService, Policy]:
    """A new store at ``path`` with the people and the policy of the real one, and the desk of ``actor`` on it.

    ``customer`` is the name of somebody who called once already, so that there is a history to see.
    Raises ``StoreError`` if it cannot be made.
    """
    with real.store.reading() as tx:
        station, people, text = tx.station(), tx.people(), tx.policy_at(clock.now())
    if station is None or text is None:
        raise LookupError("a branch without station or policy has nobody who could practise")
    store, shown = Store.create(path), Argon2(memory_kib=_NO_SECRET).hash(PRACTICE_PIN)
    opened = f.StationOpened(
        BRANCH, station.branch_name, station.business, 1, station.currency, station.zone, station.language
    )  # fmt: skip
    added = [f.PersonAdded(p.id, p.number, p.name, p.role) for p in people]
    known = [f.PolicyAcknowledged(p.id, 1) for p in people]
    facts: list[tuple[str, f.Fact]] = [("", x) for x in (opened, *added, f.PolicyPublished(1, text[1]), *known)]
    with store.writing() as writing:
        writing.append(command=new_id(), actor=actor.id, policy=1, at=clock.now() - EARLIER, facts=facts)
        for person in people:
            if person.role == "supervisor":
                writing.set_credential(person.id, shown)
    with store.reading() as tx:
        policy = policies.in_force(tx, clock.now())
    before = DeskService(store, policies, FixedClock(clock.now() - EARLIER), new_id, actor, policy)
    _called_once(before, policy, customer, new_id)
    return store, DeskService(store, policies, clock, new_id, actor, policy), policy


def _called_once(desk: DeskService, policy: Policy, customer: str, new_id: NewId) -> None:
    """A case that was put right, with its customer satisfied."""

    def do(command: c.Command) -> str:
        done = desk.execute(command, new_id())
        if isinstance(done, Refusal) or done.file is None:
            raise LookupError(f"the policy does not allow to practise: {done!r}")
        return done.file.state.folio

    now = desk.now()
    folio = do(c.OpenCase(now, name=customer))
    problem = next((p for p in policy.problems if p.code != OTHER_PROBLEM), policy.problems[0])
    text = problem.name if problem.code == OTHER_PROBLEM else ""
    do(c.SayStep(folio, "apologise"))
    do(c.IdentifyProblem(folio, problem.code, text))
    do(c.ChooseRemedy(folio, problem.remedies[0].code))
    do(c.DeclineCompensation(folio, problem.name))
    do(c.ScheduleFollowUp(folio))
    do(c.CloseCase(folio, True))
    loaded = desk.load(folio)
    if not isinstance(loaded, Refusal):
        for asked in loaded[0].state.follow_ups:
            if asked.status == "pending":
                do(c.AnswerFollowUp(folio, asked.id, "satisfied"))
