"""What each list of the review is for, for the help."""

from __future__ import annotations

from mesa_recuperacion.dialogue.talk import Talk


def purposes(talk: Talk) -> dict[str, tuple[str, str]]:
    """The title and the purpose of each."""
    t = talk.setting.words.t
    equal, owed = t("Equal treatment"), t("What is owed")
    return {
        "review": (t("The review"), t("A number opens a panel, a letter a page, a figure's name its cases; ↑ ↓ mark a"
                                      " row. A period, a name or a problem filters.")),
        "review_cases": (t("The cases behind a figure"), t("Enter opens one, whole; the keys of the pages lead on.")),
        "review_case": (t("A case"), t("Everything that happened, in order, and the proof that nothing was touched."
                                       " Nothing is edited: it is added.")),
        "review_formula": (t("How it is counted"), t("What each figure is made of. Enter opens its cases.")),
        "review_filter": (t("Filter"), t("A period, a person, a problem, in a few letters and any order.")),
        "review_praise": (t("Thanks"), t("One line about this case, read first thing at the next login.")),
        "review_due": (owed, t("Everything that waits for somebody, the earliest first. Enter answers what is"
                               " supervision's, and reads what is somebody else's.")),
        "review_owners": (owed, t("How much each owes. Enter lists it.")),
        "review_risk": (t("Customers to call"), t("Whom we may lose, why, and who calls. Enter calls, or opens the"
                                                  " customer's file.")),
        "review_suggestions": (t("Suggestions"), t("Every suggestion is answered. Enter answers one that waits.")),
        "suggestion_read": (t("A suggestion"), t("What was suggested, and what was answered.")),
        "review_people": (t("People"), t("In alphabetical order: this is no ranking. Enter opens one of them; e and a"
                                         " number thanks them.")),
        "review_person": (t("One person"), t("Their figures beside the branch's and the goals. Enter opens the"
                                             " cases.")),
        "review_equity": (equal, t("What was given for the same problem. Enter shows who got least and most.")),
        "review_outliers": (equal, t("The cases at both ends with their context, and each amount. Enter opens them.")),
        "review_remedies": (t("Remedies"), t("What each one cost and what came of it. Enter opens the cases.")),
        "review_nevers": (t("The five nevers"), t("What is never done, and what was measured of it. Enter opens the"
                                                  " cases.")),
        "review_areas": (t("Internal areas"), t("How they answer, and what they owe now. Enter lists it.")),
        "review_causes": (t("Causes"), t("What goes wrong most, by problem and by family, and what was said of it."
                                         " Enter opens the cases.")),
        "review_staff": (t("Staff"), t("Who works here, by number. Enter opens a person; a or s and a name adds one."
                                       " Nobody is ever taken out of the history.")),
        "review_staff_person": (t("Staff"), t("A number decides. Who leaves hands over what is open; what they still"
                                              " owe goes to supervision.")),
        "review_budgets": (t("Budgets"), t("What each has left in the period. A number opens what it paid; with a sign,"
                                           " an amount and why it is changed, and Ctrl+Z takes that back.")),
        "review_budgets_changes": (t("Budgets"), t("Who changed which budget of the period, and why.")),
        "review_spending": (t("Budgets"), t("What it paid, the latest first. Enter opens the case.")),
        "review_exceptions": (t("Exceptions"), t("What went above a limit: who asked, who answered, and why. Enter"
                                                 " opens the case.")),
        "shift": (t("End of shift"), t("Nothing is lost by ending it: open cases keep their next call. The slip has the"
                                       " mark of the journal, which later shows whether anything was touched.")),
        "own": (t("My figures"), t("Your own week and month beside the goals. Nobody but you and supervision sees"
                                   " them.")),
    } | _of_causes(talk) | _of_policy(talk) | _of_pins(talk)  # fmt: skip


def _of_causes(talk: Talk) -> dict[str, tuple[str, str]]:
    """Those of the root causes and of what may belong on the list."""
    t = talk.setting.words.t
    return {
        "review_whys": (t("Root causes"), t("Every analysis: what is to be concluded first. Enter opens it where it"
                                            " stands.")),
        "review_whys_sheet": (t("Five whys"), t("Each answer asks the next why; from the second on, Enter alone goes"
                                                " to the root cause. Every Enter keeps its answer.")),
        "review_whys_result": (t("Before and after"), t("The same figures over as many days before the analysis and"
                                                        " since its action. y or n and words conclude it.")),
        "review_whys_pick": (t("Picking cases"), t("A number marks a case or takes its mark away; q asks why of"
                                                   " those.")),
        "review_candidates": (t("Candidates for the list"), t("What agents typed as another problem, in groups. Enter"
                                                              " lists the cases of one.")),
        "action_due": (t("A corrective action"), t("Whether it was done, and what happened. Supervision reads it beside"
                                                   " what changed since.")),
    }  # fmt: skip


def _of_policy(talk: Talk) -> dict[str, tuple[str, str]]:
    """Those of the policy, from its draft until it is published."""
    t = talk.setting.words.t
    policy, publishing = t("The policy"), t("Publishing the policy")
    return {
        "review_policy": (policy, t("The versions, and the draft of the next one: a letter edits, checks, compares or"
                                    " publishes it. A number tells which suggestions a version took up.")),
        "review_policy_check": (policy, t("Every fault of the draft with its line, else what deserves a second look.")),
        "review_policy_diff": (policy, t("What the draft changes, in words.")),
        "review_policy_read": (policy, t("Who has read the version in force, at the login, and who has not.")),
        "review_policy_start": (publishing, t("From when it holds. Nothing is published before the last question.")),
        "review_policy_adopt": (publishing, t("The suggestions that it takes up: their authors read it.")),
        "review_policy_publish": (publishing, t("All of it once more. No version changes what was decided before.")),
    }  # fmt: skip


def _of_pins(talk: Talk) -> dict[str, tuple[str, str]]:
    """The three questions of a PIN for somebody else."""
    t = talk.setting.words.t
    signing = (t("A PIN"), t("You sign with your own PIN; then whoever is to have the new one types it, twice."))
    return dict.fromkeys(("review_staff_sign", "review_staff_pin", "review_staff_again"), signing)
