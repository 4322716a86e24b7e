"""Every state that is drawn: what is typed to reach it, and the scene that it has to be.

A script is the same in both languages but for the words in braces, which are those of ``history.TOLD``.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.desk import ANA, BRUNO, CARLA

Script = str | float
"""Keys in one packet, or seconds that go by."""


@dataclass(frozen=True, slots=True)
class State:
    """What leads to a picture, and the stage it shows."""

    stage: str
    script: tuple[Script, ...]
    branch: str = "lived"
    """Where: see ``review_history.BRANCHES``."""
    draft: str = ""
    """The draft of the policy that lies beside it: see ``review_history.DRAFTS``."""


LOGIN = f"1 {ANA}<enter>"
READ = "<enter>"
BRUNO_IN: tuple[Script, ...] = (f"2 {BRUNO}<enter>",)
BRUNO_WORKS: tuple[Script, ...] = (*BRUNO_IN, READ, READ, READ)
CARLA_IN: tuple[Script, ...] = (f"3 {CARLA}<enter>", "<ctrl+g>d")
CALL: tuple[Script, ...] = (
    "marta r<enter>", 5.0, "<enter>", 4.0, "{letters}<enter>", 12.0, "{gift}<enter>", 9.0, "<enter>",
)  # fmt: skip
"""Up to the compensation."""

TO_PROMISE: tuple[Script, ...] = (LOGIN, *CALL, "2<enter>", 7.0)
TO_CLOSE: tuple[Script, ...] = (*TO_PROMISE, "{tomorrow} 10<enter>", 6.0, "<enter>", 7.0)
ABOVE: tuple[Script, ...] = (LOGIN, *CALL, "4<enter>{above}<enter>", "<enter>")
FILE: tuple[Script, ...] = ("<f4>", "elena<enter>")

CALLS = {
    "lookup": State("lookup", (LOGIN, "marta", 3.0)),
    "apologise": State("apologise", (LOGIN, "marta<enter>", 3.0)),
    "apologise_broken": State("apologise", (LOGIN, "elena p<enter>", 3.0)),
    "problem": State("problem", (LOGIN, *CALL[:3])),
    "other": State("other", (LOGIN, *CALL[:4], "0<enter>", 6.0, "{other}")),
    "note": State("note", (LOGIN, *CALL[:5], 4.0, "{half}")),
    "solve": State("solve", (LOGIN, *CALL[:7])),
    "statutory": State("statutory", (LOGIN, *CALL[:4], "2<enter>", 8.0, "{broken}<enter>", "<enter>", "{price}")),
    "compensate": State("compensate", (LOGIN, *CALL, "2")),
    "own_amount": State("own_amount", (LOGIN, *CALL, "4<enter>{own}")),
    "over_cap": State("own_amount", (LOGIN, *CALL, "4<enter>{above}<enter>")),
    "nothing_why": State("nothing_why", (LOGIN, *CALL, "0<enter>")),
    "exception": State("exception", (*ABOVE, "{why}")),
    "authorise": State("authorise", (*ABOVE, "{why}<enter>", "3 6048")),
    "wrong_pin": State("authorise", (*ABOVE, "{why}<enter>", 1.0, "3 111111<enter>")),
    "answer_by": State("answer_by", (*ABOVE, "{why}<enter>", 1.0, "0<enter>", "{today} 12")),
    "promise": State("promise", (*TO_PROMISE, "{tomorrow} 10")),
    "promise_not_understood": State("promise", (*TO_PROMISE, "13/45<enter>")),
    "promise_questioned": State("promise", (*TO_PROMISE, "{today} 14<enter>")),
    "follow_up": State("follow_up", (*TO_PROMISE, "{tomorrow} 10<enter>")),
    "close": State("close", (*TO_CLOSE, "{yes}")),
    "close_late": State("close", (*TO_CLOSE, 40.0, "{yes}<enter>")),
    "closed": State("idle", (*TO_CLOSE, "{yes}<enter>")),
    "late": State("compensate", (LOGIN, *CALL, 40.0)),
    "passed_over": State("note", (LOGIN, "marta<enter>", "{letters}<enter>")),
    "overrun": State("overrun", (LOGIN, *CALL, 40.0, "<ctrl+g>r")),
    "late_by": State("late_by", (LOGIN, *CALL, 40.0, "<ctrl+g>r", "1b<enter>", "{today} 13")),
    "area": State("area", (LOGIN, *CALL, "<f5>")),
    "area_what": State("area_what", (LOGIN, *CALL, "<f5>", "<enter>", "{photo}")),
    "area_by": State("area_by", (*TO_CLOSE, "<f5>", "<enter>", "{photo}<enter>", "{tomorrow} 12")),
    "hand_over": State("hand_over", (LOGIN, *CALL, "<f6>")),
    "hand_over_to": State("hand_over_to", (LOGIN, *CALL, "<f6>", "3<enter>", "bru")),
    "add_note": State("add_note", (LOGIN, *CALL, "<f2>")),
    "help": State("help", (LOGIN, *CALL, "<f1>")),
    "menu": State("menu", (LOGIN, *CALL, "<ctrl+g>")),
}
"""During a call."""

BETWEEN = {
    "login": State("login", ("1 4821",)),
    "news_policy": State("news", BRUNO_IN),
    "news_answer": State("news", (*BRUNO_IN, READ)),
    "news_praise": State("news", (*BRUNO_IN, READ, READ)),
    "idle": State("idle", (LOGIN,)),
    "idle_late": State("idle", BRUNO_WORKS),
    "idle_supervisor": State("idle", CARLA_IN),
    "practice": State("idle", (LOGIN, "<f9>")),
    "practice_call": State("compensate", (LOGIN, "<f9>", *CALL)),
    "handed": State("handed", (*CARLA_IN, "1<enter>")),
    "handed_over": State("idle", (LOGIN, *CALL, "<f6>", "4<enter>", "bru<enter>")),
    "promise_due": State("promise_due", (LOGIN, "1<enter>")),
    "answer_due": State("promise_due", (*BRUNO_WORKS, "4<enter>")),
    "promise_again": State("promise_again", (*BRUNO_WORKS, "1<enter>", "3<enter>", "{today} 13")),
    "follow_up_due": State("follow_up_due", (LOGIN, "2<enter>", "{no}")),
    "retain_due": State("retain_due", (*CARLA_IN, "3<enter>")),
    "area_due": State("area_due", (*BRUNO_WORKS, "3<enter>", "{leaves}")),
    "exception_due": State("exception_due", (*CARLA_IN, "4<enter>", "{not_now}")),
    "file": State("file", (LOGIN, *FILE)),
    "file_supervisor": State("file", (*CARLA_IN, *FILE)),
    "file_in_a_call": State("file", (LOGIN, *CALL, "<f4>")),
    "file_find": State("file_find", (LOGIN, "<f4>", "s")),
    "file_name": State("file_name", (LOGIN, *FILE, "1<enter>", "Elena Prado Ortiz")),
    "file_call": State("file_call", (LOGIN, *FILE, "2<enter>", "{call_her}")),
    "file_phone": State("file_phone", (LOGIN, *FILE, "3<enter>", "5544120964")),
    "file_merge": State("file_merge", (*CARLA_IN, "<f4>", "rosa<enter>", "4<enter>", "marta")),
    "file_apart": State("file_apart", (*CARLA_IN, *FILE, "5<enter>")),
    "file_forget": State("file_forget", (*CARLA_IN, *FILE, "6<enter>")),
    "file_forgotten": State("file_forgotten", (*CARLA_IN, *FILE, "6<enter>", f"{CARLA}<enter>")),
    "suggest": State("suggest", (LOGIN, "<f2>", "{idea}")),
    "suggestion_due": State("suggestion_due", (*CARLA_IN, "5<enter>", "{try}")),
    "praise": State("praise", (*CARLA_IN, "<ctrl+g>r", "{well}")),
    "pin_old": State("pin_old", (LOGIN, "<ctrl+g>k", "4821")),
    "pin_new": State("pin_new", (LOGIN, "<ctrl+g>k", f"{ANA}<enter>", "9382")),
    "pin_again": State("pin_again", (LOGIN, "<ctrl+g>k", f"{ANA}<enter>", "938271<enter>", "9382")),
    "help_idle": State("help", (*CARLA_IN, "<f1>")),
    "menu_idle": State("menu", (*CARLA_IN, "<ctrl+g>")),
}
"""Between calls."""

STATES = CALLS | BETWEEN
