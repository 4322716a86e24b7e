"""One case: its state, and what each fact means to it (rules A2, B5, C6, C8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Countdown
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.script import STEPS


@dataclass(frozen=True, slots=True)
class ChosenRemedy:
    """The remedy of the case."""

    code: str
    cost: Money
    due_at: datetime
    area: str


@dataclass(frozen=True, slots=True)
class Gesture:
    """The compensation of the case: who pays it from which period, and whether it was delivered."""

    code: str
    amount: Money
    person: str
    period: str
    delivered: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the case; ``status`` is ``pending``, ``kept``, ``late``, ``broken`` or ``withdrawn``."""

    id: str
    what: str
    due_at: datetime
    owner: str
    area: str
    round: int
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A next contact; ``status`` is ``pending``, ``cancelled``, ``satisfied``, ``not_satisfied`` or ``no_answer``."""

    id: str
    purpose: str
    due_at: datetime
    owner: str
    attempt: int
    round: int
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything that the facts of one case add up to.

    ``decided`` lists the steps in the order in which they were decided, for undo; ``round`` counts the reopenings;
    ``given`` what earlier rounds delivered; ``first_elapsed`` and ``first_standard`` are the seconds of the first
    closing, ``elapsed`` those of the last (both clocks are kept, rule C6).
    """

    folio: str
    customer: str
    owner: str
    opened_at: datetime
    started_at: datetime
    standard: int
    earlier: int
    policy: int
    status: str = "open"
    status_at: datetime | None = None
    parked_step: str = ""
    said: tuple[str, ...] = ()
    problem: str = ""
    problem_text: str = ""
    repeat: bool = False
    notes: int = 0
    remedy: ChosenRemedy | None = None
    gesture: Gesture | None = None
    declined: str | None = None
    given: tuple[Money, ...] = ()
    promises: tuple[Promise, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    decided: tuple[str, ...] = ()
    round: int = 0
    returns: int = 0
    closed_at: datetime | None = None
    first_closed_at: datetime | None = None
    first_elapsed: int = 0
    first_standard: int = 0
    elapsed: int = 0
    satisfied: bool | None = None
    pending: tuple[str, ...] = ()

    @property
    def countdown(self) -> Countdown:
        """The customer's clock."""
        return Countdown(self.started_at, self.standard)

    @property
    def first_contact(self) -> bool:
        """Resolved at first contact, as far as the case itself can tell (rule C8)."""
        return self.round == 0 and self.returns == 0 and not self.repeat

    def promise(self) -> Promise | None:
        """The promise that stands in this round, the latest if there are several."""
        standing = [p for p in self.promises if p.round == self.round and p.status != "withdrawn"]
        return standing[-1] if standing else None

    def follow_up(self) -> FollowUp | None:
        """The verifying follow-up that stands in this round."""
        standing = [u for u in self.follow_ups if u.round == self.round and u.purpose == "verify"]
        standing = [u for u in standing if u.status != "cancelled"]
        return standing[-1] if standing else None

    def next_contact(self) -> Promise | FollowUp | None:
        """Whatever is still pending with a date and an owner (rule C4)."""
        waiting: list[Promise | FollowUp] = [p for p in self.promises if p.status == "pending"]
        waiting += [u for u in self.follow_ups if u.status == "pending"]
        return min(waiting, key=lambda w: w.due_at) if waiting else None

    def done(self, step: str) -> bool:
        """Whether a step was really taken in this round (rule A2)."""
        return {
            "apologise": "apologise" in self.said,
            "listen": bool(self.problem),
            "solve": self.remedy is not None,
            "compensate": self.gesture is not None or self.declined is not None,
            "promise": self.promise() is not None,
            "follow_up": self.follow_up() is not None,
        }[step]

    def pending_steps(self) -> tuple[str, ...]:
        """The steps that were passed over, in their order."""
        return tuple(step for step in STEPS if not self.done(step))

    def next_step(self) -> str:
        """The step to work on after the last one taken: the first pending one, or ``close``."""
        return next(iter(self.pending_steps()), "close")

    def given_minor(self) -> int:
        """Minor units that the customer gets in this case, all rounds together (rule B2)."""
        return sum(m.minor for m in self.given) + (self.gesture.amount.minor if self.gesture else 0)


def evolve(state: CaseState | None, entry: f.Entry) -> CaseState:
    """The state after one more fact of the case; the only meaning a fact has.

    Raises ``ValueError`` for a first fact that does not open the case and ``TypeError`` for a fact of no case.
    """
    fact = entry.fact
    if isinstance(fact, f.CaseOpened):
        return CaseState(
            folio=entry.case, customer=fact.customer, owner=entry.actor, opened_at=entry.at,
            started_at=fact.started_at, standard=fact.standard, earlier=fact.earlier, policy=entry.policy,
            status_at=entry.at,
        )  # fmt: skip
    if state is None:
        raise ValueError(f"{entry.stream}/{entry.seq}: a case begins by being opened")
    match fact:
        case f.StepSaid(step):
            return replace(state, said=(*state.said, step), decided=(*state.decided, step))
        case f.ProblemIdentified(problem, standard, text, repeat):
            known = replace(state, problem=problem, problem_text=text, standard=standard, repeat=repeat)
            return _decided(known, "listen")
        case f.NoteAdded():
            return replace(state, notes=state.notes + 1)
        case f.RemedyChosen(remedy, cost, due_at, area):
            return _decided(replace(state, remedy=ChosenRemedy(remedy, cost, due_at, area)), "solve")
        case f.CompensationReserved(code, amount, person, period):
            gesture = Gesture(code, amount, person, period)
            return _decided(replace(state, gesture=gesture, declined=None), "compensate")
        case f.CompensationReleased():
            return replace(state, gesture=None)
        case f.CompensationDelivered():
            return replace(state, gesture=state.gesture and replace(state.gesture, delivered=True))
        case f.CompensationReturned():
            return replace(state, gesture=state.gesture and replace(state.gesture, delivered=False))
        case f.CompensationDeclined(reason):
            return _decided(replace(state, gesture=None, declined=reason), "compensate")
        case f.PromiseMade(promise, what, due_at, owner, area):
            made = Promise(promise, what, due_at, owner, area, state.round)
            return _decided(replace(state, promises=(*state.promises, made)), "promise")
        case f.PromiseKept(promise, late):
            return _promise(state, promise, status="late" if late else "kept")
        case f.PromiseBroken(promise):
            return _promise(state, promise, status="broken")
        case f.PromiseMoved(promise, due_at):
            return _promise(state, promise, due_at=due_at)
        case f.FollowUpScheduled(follow_up, purpose, due_at, owner, attempt):
            asked = FollowUp(follow_up, purpose, due_at, owner, attempt, state.round)
            state = replace(state, follow_ups=(*state.follow_ups, asked))
            return _decided(state, "follow_up") if purpose == "verify" else state
        case f.FollowUpCancelled(follow_up):
            return _follow_up(state, follow_up, "cancelled")
        case f.FollowUpAnswered(follow_up, answer, _):
            return _follow_up(state, follow_up, answer)
        case f.CaseParked(step):
            return replace(state, status="parked", status_at=entry.at, parked_step=step)
        case f.CaseResumed():
            return replace(state, status="open", status_at=entry.at, returns=state.returns + 1)
        case f.CaseWithdrawn():
            return replace(state, status="withdrawn", status_at=entry.at)
        case f.StepUndone(step):
            return _undone(state, step)
        case f.CaseClosed():
            return _closed(state, fact, entry.at)
        case f.ClosingUndone():
            first = state.round == 0
            return replace(
                state, status="open", status_at=entry.at, closed_at=None, satisfied=None, pending=(),
                first_closed_at=None if first else state.first_closed_at,
            )  # fmt: skip
        case f.CaseReopened():
            given = (*state.given, state.gesture.amount) if state.gesture and state.gesture.delivered else state.given
            return replace(
                state, status="open", status_at=entry.at, owner=entry.actor, closed_at=None, satisfied=None,
                pending=(), said=(), remedy=None, gesture=None, declined=None, given=given, decided=(),
                round=state.round + 1,
            )  # fmt: skip
    raise TypeError(f"{entry.stream}/{entry.seq}: {fact.kind} is not a fact of a case")


def replay(entries: Iterable[f.Entry]) -> CaseState | None:
    """The state that the entries of one case add up to, in their order."""
    state = None
    for entry in entries:
        state = evolve(state, entry)
    return state


def _decided(state: CaseState, step: str) -> CaseState:
    return replace(state, decided=(*(s for s in state.decided if s != step), step))


def _promise(state: CaseState, promise: str, **changes: object) -> CaseState:
    changed = tuple(replace(p, **changes) if p.id == promise else p for p in state.promises)  # type: ignore[arg-type]
    return replace(state, promises=changed)


def _follow_up(state: CaseState, follow_up: str, status: str) -> CaseState:
    changed = tuple(replace(u, status=status) if u.id == follow_up else u for u in state.follow_ups)
    return replace(state, follow_ups=changed)


def _undone(state: CaseState, step: str) -> CaseState:
    state = replace(state, decided=tuple(s for s in state.decided if s != step))
    match step:
        case "listen":
            return replace(state, problem="", problem_text="")
        case "solve":
            return replace(state, remedy=None)
        case "compensate":
            return replace(state, gesture=None, declined=None)
        case "promise":
            kept = tuple(
                replace(p, status="withdrawn") if p.round == state.round and p.status == "pending" else p
                for p in state.promises
            )
            return replace(state, promises=kept)
        case "follow_up":
            return state
        case _:
            return replace(state, said=tuple(s for s in state.said if s != step))


def _closed(state: CaseState, fact: f.CaseClosed, at: datetime) -> CaseState:
    state = replace(
        state, status="closed", status_at=at, closed_at=at, elapsed=fact.elapsed, satisfied=fact.satisfied,
        pending=fact.pending,
    )  # fmt: skip
    if state.first_closed_at is not None:
        return state
    return replace(state, first_closed_at=at, first_elapsed=fact.elapsed, first_standard=fact.standard)
