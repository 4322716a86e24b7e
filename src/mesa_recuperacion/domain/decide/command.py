"""Which function decides a command, and what holds before any of them is asked."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import area, closing, contact, due, exception, hand_over, legal, steps
from mesa_recuperacion.domain.decide.analysis import decide_analysis
from mesa_recuperacion.domain.decide.card import decide_card
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.decide.team import decide_team
from mesa_recuperacion.domain.refusals import CaseNotOpen, CustomerForgotten, NotYours, Refusal, UnknownCase

_AFTER_CLOSING = (
    c.UndoLast, c.AddNote, c.AnswerPromise, c.AnswerFollowUp, c.AskArea, c.AnswerArea, c.AnswerException
)  # fmt: skip
_ANYBODY = (c.AcceptCase, c.DeclineCase)
"""What those may answer to whom a case is offered; they say themselves whether it is."""


def decide(command: c.Command, state: CaseState | None, ctx: Context) -> Decision:
    """What a command leads to: facts in the order to record them, or a refusal and nothing.

    ``state`` is the case that the command names, ``None`` if there is none.  What the facts say of other cases is
    added by :func:`repeats.placed`.
    """
    match command:
        case c.ForgetCustomer():
            raise TypeError("what touches several cases is decided by forget.decide_forget")
        case c.CardCommand():
            return decide_card(command, ctx)
        case c.TeamCommand():
            return decide_team(command, ctx)
        case c.AnalysisCommand():
            return decide_analysis(command, ctx)
        case c.StaffCommand():
            raise TypeError("what touches people and several cases is decided by staff.decide_staff")
        case c.OpenCase():
            decision = steps.open_case(command, ctx)
        case _:
            if state is None:
                return UnknownCase(command.case)
            if refusal := _may_not(command, state, ctx):
                return refusal
            decision = _decide(command, state, ctx)
    return decision if isinstance(decision, Refusal) else contact.in_sight(decision, state, ctx)


def _may_not(command: c.CaseCommand, state: CaseState, ctx: Context) -> Refusal | None:
    theirs = isinstance(command, _ANYBODY) or due.is_for_supervision(command, state, ctx)
    if state.owner != ctx.actor and not theirs:
        return NotYours(state.owner)
    if state.forgotten:
        return CustomerForgotten()
    if state.status in ("closed", "withdrawn") and not isinstance(command, _AFTER_CLOSING):
        return CaseNotOpen(command.case)
    return None


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
        case c.ExplainOverrun():
            return steps.explain(command, state)
        case c.RecordStatutory():
            return legal.record(command, state, ctx)
        case c.WaiveStatutory():
            return legal.waive(command, state, ctx)
        case c.MakePromise():
            return contact.promise(command, state, ctx)
        case c.PromiseAnswer():
            return contact.promise_answer(command, state, ctx)
        case c.ScheduleFollowUp():
            return contact.follow_up(command, state, ctx)
        case c.ParkCase():
            return contact.park(state)
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
    return _decide_with_others(command, state, ctx)


def _decide_with_others(command: c.CaseCommand, state: CaseState, ctx: Context) -> Decision:
    """What takes somebody else: a supervisor, an area, another agent."""
    match command:
        case c.AuthoriseException():
            return exception.authorise(command, state, ctx)
        case c.AskException():
            return exception.ask(command, state, ctx)
        case c.AnswerException():
            return exception.answer(command, state, ctx)
        case c.AskArea():
            return area.ask(command, state, ctx)
        case c.AnswerArea():
            return area.answer(command, state, ctx)
        case c.HandOver():
            return hand_over.offer(command, state, ctx)
        case c.AcceptCase():
            return hand_over.accept(state, ctx)
        case c.DeclineCase():
            return hand_over.decline(command, state, ctx)
        case c.KeepCase():
            return hand_over.keep(state)
    raise TypeError(f"nobody decides {command!r}")
