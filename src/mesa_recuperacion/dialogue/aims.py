"""What each stage is for: a call, something that is due, between calls, or an interjection that returns."""

from __future__ import annotations

IN_CALL = ("apologise", "problem", "other", "note", "solve", "statutory", "compensate", "own_amount", "nothing_why",
           "exception", "authorise", "answer_by", "promise", "follow_up", "close", "add_note")  # fmt: skip
"""The scenes of an open case."""

ANSWERING = ("promise_due", "promise_again", "follow_up_due", "retain_due", "area_due", "exception_due", "handed",
             "action_due")  # fmt: skip
"""The scenes of something that is due."""

REVIEWING = ("review", "review_cases", "review_case", "review_formula", "review_due", "review_owners", "review_risk",
             "review_suggestions", "review_people", "review_person", "review_equity", "review_outliers",
             "review_remedies", "review_nevers", "review_areas", "review_causes", "review_whys", "review_whys_sheet",
             "review_whys_result", "review_whys_pick", "review_candidates", "review_staff", "review_staff_person",
             "review_budgets", "review_budgets_changes", "review_spending", "review_exceptions",
             "review_policy", "review_policy_check", "review_policy_diff", "review_policy_read")  # fmt: skip
"""The pages of the review: a supervisor's."""

RECEIVING = ("idle", "news")
"""The scenes between calls: a name that is typed opens the next case."""

ASIDES = ("help", "menu", "add_note", "overrun", "late_by", "area", "area_what", "area_by", "hand_over",
          "hand_over_to", "file", "file_find", "file_name", "file_call", "file_phone", "file_merge", "file_apart",
          "file_forget",
          "suggest", "suggestion_due", "suggestion_read", "own", "shift", "praise", "pin_old", "pin_new", "pin_again",
          "review_filter", "review_praise", "review_staff_sign", "review_staff_pin", "review_staff_again",
          "review_policy_start", "review_policy_adopt", "review_policy_publish")  # fmt: skip
"""The scenes that interrupt another one and return to it."""
