"""Every scene and where it is.  Loaded when first needed: the login is on the screen before the rest exists."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from mesa_recuperacion.dialogue.scenes.base import Scene

SCENES = {
    "login": "login.Login", "news": "news.NewsScene", "idle": "idle.Idle", "lookup": "lookup.Lookup",
    "apologise": "script.Apologise", "problem": "script.Problem", "other": "script.Other", "note": "script.Note",
    "solve": "script.Solve", "statutory": "statutory.Statutory",
    "compensate": "compensate.Compensate", "own_amount": "compensate.OwnAmount",
    "nothing_why": "compensate.NothingWhy",
    "exception": "exception.Exceptional", "authorise": "exception.Authorised", "answer_by": "exception.AnswerBy",
    "promise": "contact.Promise", "follow_up": "contact.FollowUp", "close": "closing.Close",
    "overrun": "overrun.Overrun", "late_by": "overrun.LateBy",
    "area": "area.PickArea", "area_what": "area.AreaWhat", "area_by": "area.AreaBy",
    "hand_over": "hand_over.HandOverWhy", "hand_over_to": "hand_over.HandOverTo", "handed": "hand_over.Handed",
    "promise_due": "due.PromiseDue", "promise_again": "due.PromiseAgain", "follow_up_due": "due.FollowUpDue",
    "retain_due": "due.RetainDue", "area_due": "area_due.AreaDue", "exception_due": "exception_due.ExceptionDue",
    "file": "file.File", "file_find": "file.FileFind", "file_name": "file_edit.FileName",
    "file_call": "file_edit.FileCall", "file_phone": "file_edit.FilePhone", "file_merge": "file_edit.FileMerge",
    "file_apart": "file_edit.FileApart", "file_forget": "file_forget.FileForget",
    "file_forgotten": "file_forget.FileForgotten",
    "suggest": "team.Suggest", "suggestion_due": "team.SuggestionDue", "praise": "team.Praise",
    "pin_old": "pin.PinOld", "pin_new": "pin.PinNew", "pin_again": "pin.PinAgain",
    "action_due": "action_due.ActionDue",
    "review": "review.board.BoardPage", "review_filter": "review.filtering.FilterScene",
    "review_formula": "review.formula.FormulaPage", "review_cases": "review.cases.CasesPage",
    "review_case": "review.timeline.TimelinePage", "review_praise": "review.timeline.PraiseCase",
    "review_policy": "review.policy.PolicyPage", "review_policy_check": "review.policy.CheckPage",
    "review_policy_diff": "review.policy.DiffPage", "review_policy_read": "review.policy.ReadPage",
    "review_policy_start": "review.publish.Start", "review_policy_adopt": "review.publish.Adopt",
    "review_policy_publish": "review.publish.Publish",
    "review_whys": "review.whys.WhysPage", "review_whys_sheet": "review.sheet.SheetPage",
    "review_whys_result": "review.whys_result.ResultPage", "review_whys_pick": "review.pick.PickPage",
    "review_candidates": "review.candidates.CandidatesPage",
    "review_staff": "review.staff.StaffPage", "review_staff_person": "review.staff.PersonPage",
    "review_staff_sign": "review.staff_pin.Sign", "review_staff_pin": "review.staff_pin.NewPin",
    "review_staff_again": "review.staff_pin.PinAgain",
    "review_budgets": "review.budgets.BudgetsPage",
    "review_budgets_changes": "review.budgets.ChangesPage", "review_spending": "review.spending.SpendingPage",
    "review_exceptions": "review.spending.ExceptionsPage",
    "review_due": "review.due.DuePage", "review_owners": "review.due.OwnersPage", "review_risk": "review.risk.RiskPage",
    "review_suggestions": "review.suggestions.SuggestionsPage", "suggestion_read": "review.suggestions.SuggestionRead",
    "review_people": "review.people.PeoplePage", "review_person": "review.person.PersonScene",
    "review_equity": "review.equity.EquityPage", "review_outliers": "review.equity.OutliersPage",
    "review_remedies": "review.remedies.RemediesPage", "review_nevers": "review.nevers.NeversPage",
    "review_areas": "review.areas.AreasPage", "review_causes": "review.causes.CausesPage", "own": "own.OwnFigures",
    "shift": "shift.EndOfShift",
    "help": "aside.Help", "menu": "aside.Menu", "add_note": "aside.AddNote",
}  # fmt: skip
"""Stage to scene."""

REVIEW = "review."
"""What the places of the review's scenes begin with."""


@cache
def scene_of(stage: str) -> Scene:
    """The scene of a stage."""
    module, name = SCENES[stage].rsplit(".", 1)
    room = module if module.startswith(REVIEW) else f"scenes.{module}"
    scene: Scene = getattr(import_module(f"mesa_recuperacion.dialogue.{room}"), name)()
    return scene
