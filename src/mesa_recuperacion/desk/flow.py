"""The order of things at the desk: one input, then all that it asks, then the next input.

No screen in here: the flow is given inputs and outcomes, and tells its owner what to carry out and when to look again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from mesa_recuperacion.desk.inputs import Input, Inputs
from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.keymap import RESTING
from mesa_recuperacion.dialogue.talk import Broken, Refused, Setting
from mesa_recuperacion.dialogue.view import View

if TYPE_CHECKING:
    from mesa_recuperacion.domain.views import CaseFile, Draft, Person

QUIET = 0.3
"""Seconds without a key before an answer counts that was typed before its question was on the screen (barrier)."""


class TalkLike(Protocol):
    """What the desk itself reads of a conversation's state; the rest is the conversation's own."""

    @property
    def setting(self) -> Setting: ...
    @property
    def file(self) -> CaseFile | None: ...
    @property
    def person(self) -> Person | None: ...
    @property
    def said(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def line_serial(self) -> int: ...


class StepLike(Protocol):
    """What an answer leads to: the state as it is now, and what to ask, in order."""

    @property
    def talk(self) -> TalkLike: ...
    @property
    def asks(self) -> tuple[Any, ...]: ...


class Conversation(Protocol):
    """The functions of ``dialogue.conversation``, and of any conversation that the same screen can hold.

    ``talk``, asks and outcomes are the conversation's own values: the desk carries them to and fro.
    """

    def begin(self, setting: Setting) -> StepLike: ...
    def answer(self, talk: Any, text: str, now: datetime) -> StepLike: ...
    def press(self, talk: Any, key: str, text: str, now: datetime) -> StepLike: ...
    def typing(self, talk: Any, text: str, now: datetime) -> StepLike: ...
    def after(self, talk: Any, outcome: Any, now: datetime) -> StepLike: ...
    def show(self, talk: Any, text: str, now: datetime, *, tall: bool) -> View: ...
    def barrier(self, talk: Any) -> bool: ...
    def draft(self, talk: Any, text: str, now: datetime) -> Draft | None: ...


class Owner(Protocol):
    """Who carries out what the flow decides."""

    def now(self) -> datetime:
        """The instant."""
        ...

    def quiet_for(self) -> float:
        """Seconds since the last key."""
        ...

    def carry_out(self, ask: Any) -> None:
        """Begin to carry out an ask; :meth:`Flow.settled` is called once with what came of it."""
        ...

    def line_restarts(self, old: str, new: str) -> None:
        """The line on the screen begins with ``new`` where it began with ``old``."""
        ...

    def line_is_empty(self) -> bool:
        """Whether nothing has been typed since the last Enter, nor any other key pressed."""
        ...

    def look_again(self, seconds: float) -> None:
        """Call :meth:`Flow.go_on` in so many seconds."""
        ...

    def paint(self) -> None:
        """Call :meth:`Flow.painted` once what the talk says now is on the screen."""
        ...

    def quit(self) -> None:
        """End the program."""
        ...


class Flow:
    """Takes inputs strictly in order; while an ask is under way they wait, and none is lost."""

    def __init__(self, conversation: Conversation, setting: Setting, owner: Owner, theme: str = "") -> None:
        self._owner, self._conversation = owner, conversation
        begun: Any = conversation.begin(setting)
        self.talk: TalkLike = replace(begun.talk, theme=begun.talk.theme or theme)
        self._inputs = Inputs()
        self._asks: deque[Any] = deque(begun.asks)
        self._under_way: Any = None
        self._doing = "edited"
        self._standing = ""
        self._heard = 0
        self._painted_at: float | None = None
        self._guarded = False
        self._waking = False
        self.text = ""
        """The line as far as it has been taken up; on the screen it may be further on."""

    @property
    def under_way(self) -> Any:
        """What is being carried out."""
        return self._under_way

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being carried out and nothing waits."""
        return self._under_way is None and not self._inputs

    @property
    def is_settled(self) -> bool:
        """Whether the line belongs to the step that the talk is at: nothing but typing is under way or waits."""
        if any(waiting.kind != "edited" for waiting in self._inputs):
            return False
        return self._under_way is None or self._doing == "edited"

    def is_behind(self, sent: int) -> bool:
        """Whether, of so many answers and keys that the line has handed on, some are not taken up yet."""
        return not self.has_heard(sent) or not self.is_settled

    def has_heard(self, sent: int) -> bool:
        """Whether it was told of so many answers and keys, taken up or not."""
        return self._heard >= sent

    @property
    def typed(self) -> str:
        """The line as it has been heard of, taken up or not."""
        return next((waiting.text for waiting in self._inputs), self.text) if self.is_settled else self.text

    def view(self, *, tall: bool = False) -> View:
        """What is on the screen now; whether that is a ``tall`` one, with room for what stands below."""
        return self._conversation.show(self.talk, self.text, self._owner.now(), tall=tall)

    def draft(self, line: str | None = None) -> Draft | None:
        """What to keep of the line, which may be further on than it has been heard of."""
        return self._conversation.draft(self.talk, line or self.typed, self._owner.now())

    # ------------------------------------------------------------------------------------------------ what comes in

    def put(self, done: Input) -> None:
        """Something was done at the line."""
        self._heard += done.kind in ("answered", "pressed") and done.key != RESTING  # which the line has not sent
        self._inputs.put(done)
        self.go_on()

    def settled(self, outcome: Any) -> None:
        """The ask that was under way came to this."""
        self._under_way = None
        if isinstance(outcome, Refused | Broken):
            self._asks.clear()
        if not self._asks:
            self._keep(self._conversation.after(self.talk, outcome, self._owner.now()))
        self.go_on()

    def painted(self, at: float) -> None:
        """What the talk says is on the screen since ``at``, in seconds of a monotonic clock."""
        self._painted_at = at
        self.go_on()

    # ------------------------------------------------------------------------------------------------- what happens

    def go_on(self) -> None:
        """Carry out what is asked, or else take up what waits."""
        while self._under_way is None:
            if self._asks:
                self._begin(self._asks.popleft())
            elif not self._inputs or self._held():
                return
            else:
                self._take(self._inputs.take())

    def _begin(self, ask: Any) -> None:
        if isinstance(ask, Quit):
            self._asks.clear()
            self._owner.quit()
            return
        self._under_way = ask
        self._owner.carry_out(ask)

    def _take(self, done: Input) -> None:
        now, talk, conversation = self._owner.now(), self.talk, self._conversation
        self._doing = done.kind
        if done.kind == "told":
            self._keep(conversation.press(talk, done.key, self.text, now))
            return
        self._standing = self.text = "" if done.kind == "answered" else done.text
        if done.kind == "answered":
            self._keep(conversation.answer(talk, done.text, now))
        elif done.kind == "pressed":
            masked = bool(self.view().mask)
            self._keep(conversation.press(talk, done.key, done.text, now))
            if masked and not self.view().mask:
                self._restart("")  # what was typed unseen is never shown
        else:
            self._keep(conversation.typing(talk, done.text, now))

    def _keep(self, step: StepLike) -> None:
        before, self.talk = self.talk, step.talk
        self._asks.extend(step.asks)
        if step.talk.line_serial != before.line_serial:
            self._restart(step.talk.line)
        elif _whose(step.talk) != _whose(before):
            self._restart("")  # a half-typed line belongs to one case and is never seen in another
        self._watch_barrier()

    def _restart(self, new: str) -> None:
        """Put a text into the line.  What was typed after the input at hand stays behind it."""
        old = self._standing
        if old == new:
            return
        if not old and (self._inputs.by_hand or not self._owner.line_is_empty()):
            return  # the person is ahead with another answer
        self._standing = self.text = new
        if not self._inputs.restart(old, new):
            self._owner.line_restarts(old, new)
        if not self.talk.said and not self._asks and not self._inputs.by_hand:
            self._inputs.put(Input("edited", new))

    # ----------------------------------------------------------------------------------------------------- barrier

    def _watch_barrier(self) -> None:
        """Every question that delivers money must be seen anew before what was typed ahead answers it."""
        self._guarded = self._conversation.barrier(self.talk)
        if self._guarded:
            self._painted_at = None
            self._owner.paint()

    def _held(self) -> bool:
        """Whether the next input was typed before its question was seen, and keys are still coming."""
        waiting = self._inputs.first()
        if waiting is None or not self._guarded or waiting.kind in ("edited", "told"):
            return False
        if self._painted_at is None:
            return True
        if waiting.typed_at > self._painted_at:
            return False
        missing = QUIET - self._owner.quiet_for()
        if missing > 0 and not self._waking:
            self._waking = True
            self._owner.look_again(missing)
        return missing > 0

    def wake(self) -> None:
        """The time asked for by ``look_again`` has passed."""
        self._waking = False
        self.go_on()


def _whose(talk: TalkLike) -> tuple[str, str]:
    """The case and the person that the line belongs to."""
    return (talk.file.state.folio if talk.file else "", talk.person.id if talk.person else "")
