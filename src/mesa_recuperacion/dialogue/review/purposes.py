"""What each list of the review is for, for the help."""

from __future__ import annotations

from mesa_recuperacion.dialogue.talk import Talk


def purposes(talk: Talk) -> dict[str, tuple[str, str]]:
    """The title and the purpose of each."""
    t = talk.setting.words.t
    equal, owed = t("Equal treatment"), t("What is owed")
    return {
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
        "own": (t("My figures"), t("Your own week and month beside the goals. Nobody but you and supervision sees"
                                   " them.")),
    }  # fmt: skip
