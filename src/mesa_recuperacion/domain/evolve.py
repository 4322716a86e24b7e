"""What each fact means to a case (rules A2, B4, B5, C6, C7): the only place that says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.change import changed
from mesa_recuperacion.domain.parts import (
    ANSWER,
    OPEN,
    SUPERVISION,
    AreaRequest,
    ChosenRemedy,
    FollowUp,
    Gesture,
    Legal,
    Offer,
    Promise,
    Wish,
)

_C = TypeVar("_C", Promise, FollowUp, AreaRequest)


def evolve(state: CaseState | None, entry: f.Entry) -> CaseState:
    """The state after one more fact of the case; the only meaning a fact has.

    Raises ``ValueError`` for a first fact that does not open the case and ``TypeError`` for a fact of no case.
    """
    fact = entry.fact
    if isinstance(fact, f.CaseOpened):
        return CaseState(
            folio=entry.case, customer=fact.customer, owner=entry.actor, opened_at=entry.at,
            started_at=fact.started_at, standard=fact.standard, earlier=fact.earlier, policy=entry.policy,
            risk=fact.risk, status_at=entry.at, default_standard=fact.standard, known=fact.known,
        )  # fmt: skip
    if state is None:
        raise ValueError(f"{entry.stream}/{entry.seq}: a case begins by being opened")
    match fact:
        case f.StepSaid(step):
            return changed(state, said=(*state.said, step), decided=(*state.decided, step))
        case f.ProblemIdentified(problem, standard, text, repeat, repeats):
            state = state if problem == state.problem else changed(state, repeated_by=())  # of what it was before
            known = changed(state, problem=problem, problem_text=text, standard=standard, repeat=repeat)
            return _decided(changed(known, repeats=repeats), "listen")
        case f.NoteAdded():
            return changed(state, notes=state.notes + 1)
        case f.RemedyChosen(remedy, cost, due_at, area):
            return _decided(changed(state, remedy=ChosenRemedy(remedy, cost, due_at, area)), "solve")
        case f.CompensationReserved(code, amount, person, period):
            gesture = Gesture(code, amount, person, period, late=state.status == "closed", round=state.round)
            state = _granted(state) if gesture.is_exception else state  # the reserve paid: what was asked is settled
            known = changed(state, gesture=gesture, declined=None, gifts=state.delivered, authorised="")
            return _decided(known, "compensate")
        case f.CompensationReleased():
            return changed(state, gesture=None)
        case f.CompensationDelivered():
            return changed(state, gesture=state.gesture and replace(state.gesture, delivered=True))
        case f.CompensationReturned():
            return changed(state, gesture=state.gesture and replace(state.gesture, delivered=False))
        case f.CompensationDeclined(reason):
            return _decided(changed(state, gesture=None, declined=reason), "compensate")
        case f.PromiseMade(promise, what, due_at, owner, area):
            made = Promise(promise, what, due_at, owner, area, state.round)
            state = changed(state, promises=(*state.promises, made))
            return state if what == ANSWER else _decided(state, "promise")  # an answer is no step of the script
        case f.PromiseKept(promise, late):
            return _promise(_silent(state, late), promise, status="late" if late else "kept")
        case f.PromiseBroken(promise):
            return _promise(_silent(state, True), promise, status="broken")
        case f.PromiseMoved(promise, due_at):
            return _promise(changed(state, moves=state.moves + 1), promise, due_at=due_at)
        case f.FollowUpScheduled(follow_up, purpose, due_at, owner, attempt):
            asked = FollowUp(follow_up, purpose, due_at, owner, attempt, state.round)
            state = changed(state, follow_ups=(*state.follow_ups, asked))
            return _decided(state, "follow_up") if purpose == "verify" else state
        case f.FollowUpCancelled(follow_up):
            return _follow_up(state, follow_up, "cancelled", entry.at)
        case f.FollowUpAnswered(follow_up, answer, _):
            return _follow_up(state, follow_up, answer, entry.at)
        case f.CaseParked(step):
            return changed(state, status="parked", status_at=entry.at, parked_step=step)
        case f.CaseResumed():
            aside, returns = state.aside_at(entry.at), state.returns + 1
            return changed(state, status="open", status_at=entry.at, aside=aside, returns=returns)
        case f.ClockJumped(seconds):
            return state.jumped(seconds)
        case f.CaseWithdrawn():
            return changed(state, status="withdrawn", status_at=entry.at)
        case f.StepUndone(step):
            return _undone(state, step)
        case f.CaseClosed():
            return _closed(state, fact, entry)
        case f.ClosingUndone():
            first = state.round == 0
            return changed(
                state, status="open", status_at=entry.at, closed_at=None, satisfied=None, pending=(),
                first_closed_at=None if first else state.first_closed_at,
            )  # fmt: skip
        case f.CaseReopened():
            return changed(
                _owned(state, entry.actor), status="open", status_at=entry.at, closed_at=None, satisfied=None,
                pending=(), said=(), remedy=None, gesture=None, declined=None, gifts=state.delivered,
                past=state.settled, decided=(), round=state.round + 1, reopened_at=entry.at, overrun="", aside=0,
            )  # fmt: skip
    return _with_others(state, entry)


def _with_others(state: CaseState, entry: f.Entry) -> CaseState:
    """What another case, the law, a supervisor, an area or another agent has to do with it."""
    fact = entry.fact
    match fact:
        case f.CaseRepeated(later):
            state = _without(state, later)
            return changed(state, repeated_by=(*state.repeated_by, later))
        case f.RepeatWithdrawn(later):
            return _without(state, later)
        case f.StatutoryRecorded(price, amount):
            return _decided(changed(state, legal=Legal(price, amount)), "statutory")
        case f.StatutoryWaived():
            return _decided(changed(state, legal=Legal(None, None, waived=True)), "statutory")
        case f.ExceptionAsked(asked, code, amount, promise, reason):
            return changed(state, wish=Wish(asked, code, amount, promise, reason, state.delivered_minor(), entry.actor))
        case f.ExceptionAuthorised(by):
            state = _granted(state) if by == entry.actor else state  # else at the agent's desk: reserved next
            return changed(state, authorised=by)
        case f.ExceptionDeclined(_, words):
            return changed(state, wish=state.wish and replace(state.wish, status="declined", words=words))
        case f.AuthorisationFailed():
            return state
        case f.OverrunExplained(reason):
            return changed(state, overrun=reason)
        case f.AreaAsked(request, area, what, due_at, owner):
            wanted = AreaRequest(request, area, what, entry.at, due_at, owner, by=owner)
            return changed(state, requests=(*state.requests, wanted))
        case f.AreaAnswered(request, late, words):
            return _request(state, request, "late" if late else "answered", words)
        case f.AreaWithdrawn(request):
            return _request(state, request, "withdrawn", "")
        case f.HandOverOffered(to, reason):
            return changed(state, offer=Offer(to, reason, entry.at))
        case f.HandOverAccepted():
            return changed(_owned(state, entry.actor), offer=None, hand_overs=state.hand_overs + 1)
        case f.HandOverDeclined(words):
            return changed(state, offer=state.offer and replace(state.offer, declined=words))
        case f.HandOverWithdrawn():
            return changed(state, offer=None)
        case f.PassedToSupervision(person):
            return _passed(state, person, SUPERVISION)
        case f.ContactForgotten():
            return _forgotten(state, entry.at)
    raise TypeError(f"{entry.stream}/{entry.seq}: {fact.kind} is not a fact of a case")


def replay(entries: Iterable[f.Entry]) -> CaseState | None:
    """The state that the entries of one case add up to, in their order."""
    state = None
    for entry in entries:
        state = evolve(state, entry)
    return state


def _without(state: CaseState, later: str) -> CaseState:
    """Not repeated by that case."""
    return changed(state, repeated_by=tuple(folio for folio in state.repeated_by if folio != later))


def _decided(state: CaseState, step: str) -> CaseState:
    return changed(state, decided=(*(s for s in state.decided if s != step), step))


def _promise(state: CaseState, promise: str, **changes: Any) -> CaseState:
    contacts = tuple(replace(p, **changes) if p.id == promise else p for p in state.promises)
    return changed(state, promises=contacts)


def _silent(state: CaseState, late: bool) -> CaseState:
    """One contact more that came after its hour, if it did: until then the customer waited in silence (rule D8)."""
    return changed(state, silences=state.silences + 1) if late else state


def _follow_up(state: CaseState, follow_up: str, status: str, at: datetime) -> CaseState:
    """Asked, or no longer needed.  Coming back to a case is a contact too: its return is then cancelled."""
    asked = next((u for u in state.follow_ups if u.id == follow_up), None)
    contact = asked is not None and (status != "cancelled" or asked.purpose == "return")
    state = _silent(state, asked is not None and contact and at > asked.due_at)
    contacts = tuple(replace(u, status=status) if u.id == follow_up else u for u in state.follow_ups)
    return changed(state, follow_ups=contacts)


def _request(state: CaseState, request: str, status: str, words: str) -> CaseState:
    contacts = tuple(replace(x, status=status, words=words) if x.id == request else x for x in state.requests)
    return changed(state, requests=contacts)


def _granted(state: CaseState) -> CaseState:
    """What supervision was asked, if it still waits, is granted."""
    if state.wish is None or state.wish.status != "pending":
        return state
    return changed(state, wish=replace(state.wish, status="granted"))


def _owned(state: CaseState, to: str) -> CaseState:
    """The whole case travels: whatever is pending of its owner is the new owner's."""
    return changed(_passed(state, state.owner, to), owner=to)


def _passed(state: CaseState, person: str, to: str) -> CaseState:
    """Whatever is pending of somebody in the case is somebody else's."""

    def theirs(contacts: tuple[_C, ...]) -> tuple[_C, ...]:
        return tuple(replace(x, owner=to) if x.status == "pending" and x.owner == person else x for x in contacts)

    return changed(
        state, promises=theirs(state.promises), follow_ups=theirs(state.follow_ups), requests=theirs(state.requests)
    )


def _forgotten(state: CaseState, at: datetime) -> CaseState:
    """Whatever is pending ends, by nobody's doing; a case that was open is over, as if it had never been closed."""

    def ended(contacts: tuple[_C, ...]) -> tuple[_C, ...]:
        return tuple(replace(x, status="forgotten") if x.status == "pending" else x for x in contacts)

    wish = state.wish
    state = changed(
        state, promises=ended(state.promises), follow_ups=ended(state.follow_ups), requests=ended(state.requests),
        wish=replace(wish, status="forgotten") if wish and wish.status == "pending" else wish, authorised="",
        offer=None, forgotten=True,
    )  # fmt: skip
    return changed(state, status="closed", status_at=at, closed_at=at) if state.status in OPEN else state


def _undone(state: CaseState, step: str) -> CaseState:
    decided, said = (tuple(s for s in steps if s != step) for steps in (state.decided, state.said))
    state = changed(state, decided=decided, said=said)
    match step:
        case "listen":
            state = changed(state, repeat=False, repeats=(), repeated_by=())
            return changed(state, problem="", problem_text="", standard=state.default_standard)
        case "solve":
            return changed(state, remedy=None)
        case "compensate":
            return changed(state, gesture=None, declined=None)
        case "statutory":
            return changed(state, legal=None)
        case "promise":
            kept = tuple(
                replace(p, status="withdrawn")
                if p.round == state.round and p.status == "pending" and p.what != ANSWER
                else p
                for p in state.promises
            )
            return changed(state, promises=kept)
    return state


def _closed(state: CaseState, fact: f.CaseClosed, entry: f.Entry) -> CaseState:
    by, at = entry.actor, entry.at
    state = changed(
        state, status="closed", status_at=at, closed_at=at, elapsed=fact.elapsed, satisfied=fact.satisfied,
        pending=fact.pending, offer=None, aside=min(state.aside_at(at), fact.elapsed),
    )  # fmt: skip
    if state.first_closed_at is not None:
        return state
    return changed(
        state, first_closed_at=at, first_elapsed=fact.elapsed, first_standard=fact.standard, first_by=by,
        first_aside=state.aside, first_overrun=state.overrun, first_pending=fact.pending,
    )  # fmt: skip
