"""What every scene shares: rows that can be chosen, sentences, and steps."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from mesa_recuperacion.dialogue.aims import ASIDES
from mesa_recuperacion.dialogue.asks import Ask
from mesa_recuperacion.dialogue.grammar.choose import Chosen, NoSuch, choose, preview
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Figure, Line, Option, RailStep
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.domain.values import dataclass

if TYPE_CHECKING:
    from mesa_recuperacion.domain.case import CaseState
    from mesa_recuperacion.domain.policy import Compensation, Policy, Problem, Remedy
    from mesa_recuperacion.domain.refusals import Refusal
    from mesa_recuperacion.domain.views import CaseFile

_PLACE = re.compile(r"\{([a-z]+)\}")

_RAIL_WIDTH = 17  # columns under a step of the rail


@dataclass(frozen=True, slots=True)
class Shape:
    """What a scene puts on the screen; the frame adds the rest.

    ``title``, where there is one, stands in the band instead of the customer, with ``under`` below it; ``status`` is
    said under the line while nothing else is; ``figures`` stand in the band, or ``beside`` at the right of the title.
    """

    prompt: str
    hint: str
    main: tuple[Block, ...]
    ghost: str = ""
    mask: str = ""
    title: str = ""
    under: str = ""
    status: str = ""
    figures: tuple[Figure, ...] = ()
    beside: tuple[Line, Line] = ((), ())


class Scene:
    """One question.  Scenes have no state of their own; everything is in the :class:`Talk`."""

    step: ClassVar[str] = ""
    """The step of the script it belongs to; empty outside the script."""

    back: ClassVar[str] = ""
    """The stage that Esc leads to; empty stays."""

    saves_line: ClassVar[bool] = True
    """Whether the half-typed line is kept as a draft (never where a PIN is typed)."""

    secret: ClassVar[bool] = False
    """Whether a PIN is typed here: the line is never kept, given back or shown elsewhere."""

    gathers: ClassVar[bool] = False
    """Whether it needs what the scene before it gathered: Esc brings it along."""

    searches: ClassVar[bool] = False
    """Whether every letter looks customers up."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The rows that can be chosen, in their order."""
        return ()

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The row that Enter alone takes."""
        return 0 if rows else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What this scene puts on the screen."""
        raise NotImplementedError

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """What Enter on ``text`` means."""
        raise NotImplementedError

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """What a refusal leads to here; ``None`` for the usual: stay, say why, give back what was typed."""
        return None

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Where the talk goes on once what was asked with ``then="@"`` is done; the case, card and day are new."""
        return talk

    def taken_up(self, talk: Talk) -> str:
        """What the line holds again when Esc leads back here from the next question of an interjection."""
        return ""

    def within(self, talk: Talk) -> Step | None:
        """Where Esc leads while something is questioned here; ``None`` for the usual way back."""
        return None

    def sought(self, talk: Talk, text: str) -> str:
        """What customers are looked up for a line, where they are; empty for nothing."""
        return ""

    def marked(self, talk: Talk, text: str) -> str:
        """The customer of the row that Enter would take, where customers are listed."""
        return ""

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row that Enter would take now: what is typed, else what the arrows picked, else the default."""
        return preview(text, [(o.key, o.name) for o in rows], self._untyped(talk, rows))

    def _untyped(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The row of an empty line: the one that the arrows picked, else the default."""
        return min(talk.pick, len(rows) - 1) if talk.pick is not None and rows else self.default(talk, rows)

    def choice(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | Step:
        """The index of the row that an answer takes, or the refusal of an answer that takes none."""
        chosen = choose(text, [(o.key, o.name) for o in rows], self._untyped(talk, rows))
        if isinstance(chosen, Chosen):
            return chosen.index
        t = talk.setting.words.t
        if not isinstance(chosen, NoSuch) or len(text.strip()) > 24 or not rows:
            return refuse(talk, t("That is not on the list. Type a number or a few letters of it."), text)
        said = t("There is no option {text}. They go from {first} to {last}.",
                 text=chosen.text, first=chosen.first, last=chosen.last)  # fmt: skip
        return refuse(talk, said, text)


def policy_of(talk: Talk) -> Policy:
    """The policy that the case at hand is under, else the one in force; beyond the login there always is one."""
    policy = talk.file.policy if talk.file is not None and talk.file.policy is not None else talk.policy
    if policy is None:
        raise LookupError("nobody is in yet: there is no policy")
    return policy


def file_of(talk: Talk) -> CaseFile:
    """The case at hand; a scene of the script always has one."""
    if talk.file is None:
        raise LookupError("there is no case at hand")
    return talk.file


def state_of(talk: Talk) -> CaseState:
    """The state of the case at hand."""
    return file_of(talk).state


def problem_of(talk: Talk) -> Problem | None:
    """The problem of the case, once it is noted."""
    return policy_of(talk).problem(state_of(talk).problem)


def remedy_of(talk: Talk) -> Remedy | None:
    """The remedy chosen in the case."""
    problem, chosen = problem_of(talk), state_of(talk).remedy
    return problem.remedy(chosen.code) if problem and chosen else None


def compensation_of(talk: Talk) -> Compensation | None:
    """The listed compensation of the case; ``None`` for an own amount too."""
    problem, gesture = problem_of(talk), state_of(talk).gesture
    return problem.compensation(gesture.code) if problem and gesture else None


def called(talk: Talk) -> str:
    """How to call the customer of the case at hand."""
    customer = file_of(talk).customer
    return customer.call_name or talk.setting.words.t("customer")


def name_of(talk: Talk, person: str) -> str:
    """The name of somebody who works here or did, by reference."""
    everybody = (*talk.people, *talk.former)
    return next((p.name for p in everybody if p.id == person), talk.setting.words.t("Supervision"))


def spoken(talk: Talk, template: str, **values: str) -> str:
    """A phrase of the policy with the customer's name and other values put in, never read again."""
    filled = {"name": called(talk), **values}
    return quoted(talk, _PLACE.sub(lambda place: filled.get(place[1], place[0]), template))


def quoted(talk: Talk, text: str) -> str:
    """A text in the quotation marks of the reader's language."""
    return talk.setting.words.t("“{text}”", text=text)


def ask(talk: Talk, *asks: Ask, then: str = "", text: str = "") -> Step:
    """Ask for something, and go on to ``then`` once it is done."""
    return Step(replace(talk, then=then, sent=text, said="", said_style="", pick=None), asks)


def go(talk: Talk, stage: str, **changes: object) -> Step:
    """Go to another scene, with nothing asked."""
    cleared = replace(
        talk, stage=stage, back="", kept=(), held=(), page=0, pick=None, said="", said_style="", sent="", doubt=""
    )  # fmt: skip
    return Step(replace(cleared, **changes))  # type: ignore[arg-type]


def interrupt(talk: Talk, stage: str, text: str, *, secret: bool = False) -> Step:
    """Interrupt with another scene; what the line held waits for the return (a PIN does not), and what was gathered."""
    kept = (talk.back, "" if secret else text, talk.held)
    there = go(talk, stage, back=talk.stage, kept=(*talk.kept, kept), doubt=talk.doubt).talk
    return Step(replace(there, line="", line_serial=there.line_serial + 1))


def onward(talk: Talk, stage: str, *held: str) -> Step:
    """The next question of the same interjection (or the one before it), with what it has gathered so far."""
    return Step(replace(talk, stage=stage, held=held, pick=None, page=0, said="", said_style="", sent=""))


def returned(talk: Talk, said: str = "") -> Step:
    """Back from an interjection, to the same scene and the same half-typed line, with a word about it."""
    back, line, held = talk.kept[-1] if talk.kept else ("", "", ())
    here = go(talk, talk.back or "note", back=back, kept=talk.kept[:-1], held=held, doubt=talk.doubt).talk
    here = replace(here, said=said, said_style="good" if said else "")
    return Step(replace(here, line=line, line_serial=here.line_serial + 1))


def root(talk: Talk) -> str:
    """The stage behind all interjections."""
    stages = [talk.stage, talk.back, *(back for back, _, _ in reversed(talk.kept))]
    return next((stage for stage in stages if stage and stage not in ASIDES), talk.stage)


def locked(talk: Talk) -> Talk:
    """The login again: nothing of whoever was in is kept."""
    return Talk(
        talk.setting, people=talk.people, former=talk.former, branch=talk.branch, theme=talk.theme,
        standing=talk.standing,
    )  # fmt: skip


def refuse(talk: Talk, said: str, text: str = "") -> Step:
    """Stay, say one sentence, and give back what was typed."""
    return Step(with_line(replace(talk, said=said, said_style="warn", then="", sent=""), text))


def with_line(talk: Talk, text: str) -> Talk:
    """Put a text into the capture line, unless something newer was typed."""
    return replace(talk, line=text, line_serial=talk.line_serial + 1) if text else talk


STAGE_OF_STEP = {
    "apologise": "apologise", "listen": "problem", "solve": "solve", "compensate": "compensate",
    "promise": "promise", "follow_up": "follow_up", "close": "close", "statutory": "statutory",
}  # fmt: skip
"""The scene in which each step begins."""


def stage_after(step: str, state: CaseState) -> str:
    """The scene after a step: the next step that is not taken yet, or the closing (rule A2: nothing is ticked)."""
    later = STEPS[STEPS.index(step) + 1 :]
    return STAGE_OF_STEP[next((s for s in later if not state.done(s)), "close")]


def owes_legal(talk: Talk) -> bool:
    """Whether the law owes the customer something that is not noted yet (rule B6)."""
    problem = problem_of(talk)
    return problem is not None and problem.statutory is not None and state_of(talk).legal is None


def neighbour(step: str, by: int) -> str:
    """The scene of the next or previous step, without ticking anything."""
    order = (*STEPS, "close")
    return STAGE_OF_STEP[order[max(0, min(len(order) - 1, order.index(step or "close") + by))]]


def rail_names(talk: Talk) -> dict[str, str]:
    """The short name of each step on the rail, and of the closing."""
    t = talk.setting.words.t
    return {
        "apologise": t("Apologise"), "listen": t("Listen"), "solve": t("Solve"), "compensate": t("Compensate"),
        "promise": t("Promise"), "follow_up": t("Follow up"), "close": t("Close"), "statutory": t("Legal minimum"),
    }  # fmt: skip


def rail(talk: Talk, current: str) -> tuple[RailStep, ...]:
    """The six steps with what was decided under each (rules A1, A2)."""
    state, names, t, shown = state_of(talk), rail_names(talk), talk.setting.words.t, talk.setting.shown
    problem, remedy = problem_of(talk), remedy_of(talk)
    promise, follow_up = state.promise(), state.follow_up()
    details = {
        "apologise": t("said"),
        "listen": problem.name if problem else "",
        "solve": remedy.done if remedy else "",
        "compensate": _brief(talk, gesture_name(talk)),
        "promise": shown.day_time(promise.due_at) if promise else "",
        "follow_up": shown.day_time(follow_up.due_at) if follow_up else "",
    }
    order = STEPS.index(current) if current in STEPS else len(STEPS)
    steps = []
    for number, step in enumerate(STEPS, 1):
        done = state.done(step)
        mark = "now" if step == current else "done" if done else "passed" if number <= order else "ahead"
        detail = details[step] if done else t("pending") if mark == "passed" else ""
        steps.append(RailStep(number, names[step], mark, detail))
    return tuple(steps)


def _brief(talk: Talk, name: str) -> str:
    """A gesture as far as the rail has room for it: without its amount rather than with half of it."""
    if len(name) <= _RAIL_WIDTH:
        return name
    listed = compensation_of(talk)
    return listed.done if listed else talk.setting.words.t("another amount")


def gesture_name(talk: Talk) -> str:
    """The case's gesture in two words and its amount, or "nothing", or empty if it is not decided yet."""
    state, t = state_of(talk), talk.setting.words.t
    if state.gesture is None:
        return t("nothing") if state.declined is not None else ""
    listed = compensation_of(talk)
    amount = talk.setting.shown.money(state.gesture.amount)
    return f"{listed.done} {amount}" if listed else t("amount {amount}", amount=amount)
