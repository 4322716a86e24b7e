"""One pure function per command: the facts it leads to, or why not."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import closing, contact, due, steps
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.refusals import CaseNotOpen, NotYours, Refusal, UnknownCase

__all__ = ["Context", "Decision", "decide"]

_AFTER_CLOSING = (c.UndoLast, c.AddNote, c.AnswerPromise, c.AnswerFollowUp)


def decide(command: c.Command, state: CaseState | None, ctx: Context) -> Decision:
    """What a command leads to: facts in the order to record them, or a refusal and nothing.

    ``state`` is the case that the command names, ``None`` if there is none (or for :class:`OpenCase`).
    """
    if isinstance(command, c.OpenCase):
        return steps.open_case(command, ctx)
    if state is None:
        return UnknownCase(command.case)
    if state.owner != ctx.actor and not due.is_for_supervision(command, state, ctx):
        return NotYours(state.owner)
    if state.status in ("closed", "withdrawn") and not isinstance(command, _AFTER_CLOSING):
        return CaseNotOpen(command.case)
    decision = _decide(command, state, ctx)
    return decision if isinstance(decision, Refusal) else contact.in_sight(decision, state, ctx)


def _decide(command: c.CaseCommand, state: CaseState, ctx: Context) -> Decision:
    match command:
        case c.SayStep():
            return steps.say(command, state)
        case c.IdentifyProblem():
            return steps.identify(command, state, ctx)
        case c.AddNote():
            return steps.note(command)
        case c.ChooseRemedy():
            return steps.choose_remedy(command, state, ctx)
        case c.GrantCompensation():
            return steps.grant(command, state, ctx)
        case c.DeclineCompensation():
            return steps.decline(command, state)
        case c.MakePromise():
            return contact.promise(command, state, ctx)
        case c.ScheduleFollowUp():
            return contact.follow_up(command, state, ctx)
        case c.ParkCase():
            return contact.park(state, ctx)
        case c.ResumeCase():
            return contact.resume(state)
        case c.CloseCase():
            return closing.close(command, state, ctx)
        case c.UndoLast():
            return closing.undo(command, state, ctx)
        case c.AnswerPromise():
            return due.answer_promise(command, state, ctx)
        case c.AnswerFollowUp():
            return due.answer_follow_up(command, state, ctx)
    raise TypeError(f"no decision for {command!r}")
