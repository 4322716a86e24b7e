"""Every state of the review that is drawn: each page empty, with something in it, and overflowing."""

from __future__ import annotations

from tests.desk import CARLA
from tests.snapshot.states import Script, State

BUSY = "615837"
"""The supervisor's PIN on the branch of the demonstration."""


def on(stage: str, *script: Script, draft: str = "") -> State:
    """On the branch where supervision has done something of everything."""
    return State(stage, (f"3 {CARLA}<enter>", *script), "supervised", draft)


def new(stage: str, *script: Script, draft: str = "") -> State:
    """On a branch founded a moment ago."""
    return State(stage, (f"3 {CARLA}<enter>", *script), "new", draft)


def many(stage: str, *script: Script) -> State:
    """On a branch where many work."""
    return State(stage, (f"3 {CARLA}<enter>", *script), "crowded")


def busy(stage: str, *script: Script) -> State:
    """On a branch with months of cases."""
    return State(stage, (f"3 {BUSY}<enter>", "<esc>", *script), "busy")


LIST: tuple[Script, ...] = ("q<enter>",)
SHEET: tuple[Script, ...] = (*LIST, "q<enter>")
WHYS: tuple[Script, ...] = (*SHEET, "{why_1}<enter>", "{why_2}<enter>", "{why_3}<enter>")
CAUSE: tuple[Script, ...] = (*WHYS, "<enter>", "{cause}<enter>")
OWNER: tuple[Script, ...] = (*CAUSE, "2<enter>", "{act}<enter>")
POLICY: tuple[Script, ...] = ("o<enter>",)
STAFF: tuple[Script, ...] = ("u<enter>",)
BUDGETS: tuple[Script, ...] = ("b<enter>",)
CASES: tuple[Script, ...] = ("{cases}<enter>",)

BOARD = {
    "review": on("review"),
    "review_new": new("review"),
    "review_busy": busy("review", "{month}<enter>"),
    "review_many": many("review"),
    "review_cause_marked": on("review", "<down>", "<down>"),
    "review_person_marked": busy("review", "{month}<enter>", *["<down>"] * 9),
    "review_filter_typed": on("review", "{week} 10 an"),
    "review_nothing_found": on("review", "{april}<enter>"),
    "review_not_named": on("review", "{nobody}<enter>"),
    "review_reversed": on("review", "{reversed}<enter>"),
    "review_filter": on("review_filter", "<f4>", "{week} 10 an"),
    "review_filter_many": many("review_filter", "<f4>"),
    "review_formula": on("review_formula", "f<enter>"),
    "review_formula_new": new("review_formula", "f<enter>"),
    "review_help": on("help", "<f1>"),
    "review_menu": on("menu", "<ctrl+g>"),
    "review_praising": on("praise", "e<enter>", "1 {praised}"),
}
"""The first page, the filter, the formula."""

CASE = {
    "review_cases": on("review_cases", *CASES),
    "review_cases_new": new("review_cases", *CASES),
    "review_cases_busy": busy("review_cases", "{ever}<enter>", *CASES, "<f8>"),
    "review_cases_late": busy("review_cases", "{month}<enter>", "2<enter>"),
    "review_cases_of_one": busy("review_cases", "{month}<enter>", "<down>", "<enter>"),
    "review_case": on("review_case", *CASES, "2<enter>"),
    "review_case_long": busy("review_case", "{month}<enter>", *CASES, "5<enter>"),
    "review_case_end": busy("review_case", "{month}<enter>", *CASES, "5<enter>", "<pgdn>", "<pgdn>", "<pgdn>"),
    "review_praise": on("review_praise", *CASES, "2<enter>", "e<enter>", "{praised}"),
}
"""The cases behind a figure, and one of them."""

PANELS = {
    "review_causes": on("review_causes", "1<enter>"),
    "review_causes_new": new("review_causes", "1<enter>"),
    "review_causes_busy": busy("review_causes", "{ever}<enter>", "1<enter>"),
    "review_due": on("review_due", "p<enter>"),
    "review_due_new": new("review_due", "p<enter>"),
    "review_due_busy": busy("review_due", "p<enter>"),
    "review_overdue": on("review_due", "p<enter>", "v<enter>"),
    "review_owners": on("review_owners", "p<enter>", "o<enter>"),
    "review_owners_new": new("review_owners", "p<enter>", "o<enter>"),
    "review_people": on("review_people", "4<enter>"),
    "review_people_new": new("review_people", "4<enter>"),
    "review_people_many": many("review_people", "4<enter>"),
    "review_person": on("review_person", "4<enter>", "2<enter>"),
    "review_person_new": new("review_person", "4<enter>", "1<enter>"),
    "review_equity": on("review_equity", "5<enter>"),
    "review_equity_new": new("review_equity", "5<enter>"),
    "review_equity_busy": busy("review_equity", "{ever}<enter>", "5<enter>"),
    "review_outliers": on("review_outliers", "5<enter>", "1<enter>"),
    "review_outliers_busy": busy("review_outliers", "{ever}<enter>", "5<enter>", "3<enter>"),
    "review_risk": on("review_risk", "c<enter>"),
    "review_risk_new": new("review_risk", "c<enter>"),
    "review_risk_busy": busy("review_risk", "c<enter>"),
    "review_suggestions": on("review_suggestions", "s<enter>"),
    "review_suggestions_new": new("review_suggestions", "s<enter>"),
    "review_suggestions_busy": busy("review_suggestions", "s<enter>"),
    "suggestion_read": on("suggestion_read", "s<enter>", "2<enter>"),
    "review_remedies": on("review_remedies", "r<enter>"),
    "review_remedies_new": new("review_remedies", "r<enter>"),
    "review_remedies_busy": busy("review_remedies", "{ever}<enter>", "r<enter>"),
    "review_nevers": on("review_nevers", "n<enter>"),
    "review_nevers_busy": busy("review_nevers", "{ever}<enter>", "n<enter>"),
    "review_areas": on("review_areas", "a<enter>"),
    "review_areas_new": new("review_areas", "a<enter>"),
    "review_areas_busy": busy("review_areas", "{ever}<enter>", "a<enter>"),
    "review_exceptions": on("review_exceptions", "x<enter>"),
    "review_exceptions_new": new("review_exceptions", "x<enter>"),
    "review_exceptions_busy": busy("review_exceptions", "{ever}<enter>", "x<enter>"),
    "review_candidates": on("review_candidates", "k<enter>"),
    "review_candidates_new": new("review_candidates", "k<enter>"),
    "review_candidates_busy": busy("review_candidates", "{ever}<enter>", "k<enter>"),
}
"""The pages behind the panels and the letters."""

CHANGES = {
    "review_whys": on("review_whys", *LIST),
    "review_whys_new": new("review_whys", *LIST),
    "review_whys_sheet": on("review_whys_sheet", *SHEET),
    "review_whys_half": on("review_whys_sheet", *WHYS, "{cause}"),
    "review_whys_family": on("review_whys_sheet", *CAUSE),
    "review_whys_owner": on("review_whys_sheet", *OWNER),
    "review_whys_owner_many": many("review_whys_sheet", *OWNER),
    "review_whys_date": on("review_whys_sheet", *OWNER, "2<enter>", "{friday}"),
    "review_whys_drop": on("review_whys_sheet", *WHYS, "0<enter>", "{given_up}"),
    "review_whys_agreed": on("review_whys_result", *OWNER, "2<enter>", "{friday}<enter>"),
    "review_whys_result": on("review_whys_result", *LIST, "1<enter>", "{concluded}"),
    "review_whys_over": on("review_whys_result", *LIST, "5<enter>"),
    "review_whys_given_up": on("review_whys_sheet", *LIST, "4<enter>"),
    "review_whys_pick": on("review_whys_pick", *LIST, "m<enter>", "1<enter>", "3<enter>"),
    "review_whys_pick_new": new("review_whys_pick", *LIST, "m<enter>"),
    "review_whys_pick_busy": busy("review_whys_pick", "{ever}<enter>", *LIST, "m<enter>"),
    "action_due": on("action_due", "<ctrl+g>d", "5<enter>", "{not_done}"),
    "review_policy": on("review_policy", *POLICY),
    "review_policy_new": new("review_policy", *POLICY),
    "review_policy_draft": on("review_policy", *POLICY, draft="sound"),
    "review_policy_faulty": on("review_policy", *POLICY, draft="faulty"),
    "review_policy_check": on("review_policy_check", *POLICY, "c<enter>", draft="sound"),
    "review_policy_faults": on("review_policy_check", *POLICY, "c<enter>", draft="faulty"),
    "review_policy_diff": on("review_policy_diff", *POLICY, "d<enter>", draft="sound"),
    "review_policy_same": new("review_policy_diff", *POLICY, "d<enter>", draft="same"),
    "review_policy_read": on("review_policy_read", *POLICY, "l<enter>"),
    "review_policy_read_many": many("review_policy_read", *POLICY, "l<enter>"),
    "review_policy_start": on("review_policy_start", *POLICY, "p<enter>", "{friday}", draft="sound"),
    "review_policy_adopt": on("review_policy_adopt", *POLICY, "p<enter>", "<enter>", draft="sound"),
    "review_policy_publish": on("review_policy_publish", *POLICY, "p<enter>", "<enter>", "1<enter>", draft="sound"),
    "review_policy_published": on(
        "review_policy", *POLICY, "p<enter>", "2<enter>", "1<enter>", "p<enter>", draft="sound"
    ),
    "review_staff": on("review_staff", *STAFF),
    "review_staff_many": many("review_staff", *STAFF),
    "review_staff_person": on("review_staff_person", *STAFF, "2<enter>"),
    "review_staff_retired": on("review_staff_person", *STAFF, "2<enter>", "5<enter>"),
    "review_staff_sign": on("review_staff_sign", *STAFF, "{new_person}<enter>", "6048"),
    "review_staff_pin": on("review_staff_pin", *STAFF, "{new_person}<enter>", f"{CARLA}<enter>", "93"),
    "review_staff_again": on(
        "review_staff_again", *STAFF, "{new_person}<enter>", f"{CARLA}<enter>", "938271<enter>", "9382"
    ),
    "review_staff_added": on(
        "review_staff", *STAFF, "{new_person}<enter>", f"{CARLA}<enter>", "938271<enter>", "938271<enter>"
    ),
    "review_budgets": on("review_budgets", *BUDGETS, "{half_change}"),
    "review_budgets_new": new("review_budgets", *BUDGETS),
    "review_budgets_many": many("review_budgets", *BUDGETS),
    "review_budgets_changes": on("review_budgets_changes", *BUDGETS, "h<enter>"),
    "review_budgets_changes_new": new("review_budgets_changes", *BUDGETS, "h<enter>"),
    "review_spending": on("review_spending", *BUDGETS, "2<enter>"),
    "review_spending_new": new("review_spending", *BUDGETS, "1<enter>"),
}
"""What supervision decides: causes, the policy, people, money."""

OWN = {
    "own": State("own", ("1 482190<enter>", "<esc>", "<ctrl+g>m")),
    "shift": State("shift", ("1 482190<enter>", "<esc>", "<ctrl+g>s")),
}
"""An agent's own figures."""

REVIEW = BOARD | CASE | PANELS | CHANGES | OWN
