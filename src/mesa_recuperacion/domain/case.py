"""One case: its state, and what can be read from it (rules A2, B2, C4, C6, C8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.domain.clock import DEFAULT_STANDARD, Countdown, moved
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import (
    ANSWER,
    AreaRequest,
    ChosenRemedy,
    Contact,
    FollowUp,
    Gesture,
    Legal,
    Offer,
    Promise,
    Round,
    Wish,
)
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything that the facts of one case add up to.

    ``decided`` lists the steps in the order in which they were decided, for undo; ``round`` counts the reopenings;
    ``gifts`` what was delivered before the gesture at hand, ``past`` what each round before this one ended with.
    ``first_elapsed`` and ``first_standard`` are the seconds of the first closing, ``elapsed`` those of the last,
    counted from ``reopened_at`` if it was opened again (both clocks are kept, rule C6).  ``aside`` is how many of this
    round's seconds it was parked, up to the last time that somebody came back to it.  ``default_standard`` is what
    applies until the problem is known (rule C3).

    What counts for good of the first closing: ``first_by`` is who closed it, ``first_aside`` the seconds that it was
    parked, ``first_overrun`` the reason said, ``first_pending`` what was passed over.  ``known``: the customer had had
    a case before.  ``moves`` counts the promises moved, ``silences`` the contacts that came after their hour.

    ``forgotten``: its customer asked for that, and nothing more is done in it (rule E3).

    ``repeat``: its customer had complained of its problem before; ``repeats`` are the latest of those cases, and
    ``repeated_by`` the later ones that say so of this one, both by their folios (rule C8).
    """

    folio: str
    customer: str
    owner: str
    opened_at: datetime
    started_at: datetime
    standard: int
    earlier: int
    policy: int
    risk: tuple[str, ...] = ()
    status: str = "open"
    status_at: datetime | None = None
    parked_step: str = ""
    said: tuple[str, ...] = ()
    problem: str = ""
    problem_text: str = ""
    repeat: bool = False
    repeats: tuple[str, ...] = ()
    repeated_by: tuple[str, ...] = ()
    notes: int = 0
    remedy: ChosenRemedy | None = None
    gesture: Gesture | None = None
    declined: str | None = None
    legal: Legal | None = None
    wish: Wish | None = None
    authorised: str = ""
    gifts: tuple[Gesture, ...] = ()
    past: tuple[Round, ...] = ()
    promises: tuple[Promise, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    requests: tuple[AreaRequest, ...] = ()
    offer: Offer | None = None
    hand_overs: int = 0
    overrun: str = ""
    decided: tuple[str, ...] = ()
    round: int = 0
    returns: int = 0
    reopened_at: datetime | None = None
    aside: int = 0
    closed_at: datetime | None = None
    first_closed_at: datetime | None = None
    first_elapsed: int = 0
    first_standard: int = 0
    first_by: str = ""
    first_aside: int = 0
    first_overrun: str = ""
    first_pending: tuple[str, ...] = ()
    elapsed: int = 0
    satisfied: bool | None = None
    pending: tuple[str, ...] = ()
    default_standard: int = DEFAULT_STANDARD
    known: bool = False
    moves: int = 0
    silences: int = 0
    forgotten: bool = False

    @property
    def given(self) -> tuple[Money, ...]:
        """What was delivered before the gesture at hand."""
        return tuple(gift.amount for gift in self.gifts)

    @property
    def delivered(self) -> tuple[Gesture, ...]:
        """Every gesture that the customer has really been given."""
        return (*self.gifts, self.gesture) if self.gesture and self.gesture.delivered else self.gifts

    @property
    def settled(self) -> tuple[Round, ...]:
        """What each closing came to that stands; an open round has come to nothing yet.

        Nor has one that nobody closed, which ended with its customer's being forgotten: nobody said how it ended.
        """
        if self.status != "closed" or self.satisfied is None:
            return self.past
        return (*self.past, Round(self.remedy, self.legal, self.declined is not None))

    @property
    def countdown(self) -> Countdown:
        """The customer's clock of this round."""
        return Countdown(self.reopened_at or self.started_at, self.standard)

    def aside_at(self, at: datetime) -> int:
        """Whole seconds of this round that the case was parked by then, never more than its customer had waited."""
        parked = Countdown(self.status_at or at, 0).elapsed(at) if self.status == "parked" else 0
        return min(self.aside + parked, self.countdown.elapsed(at))

    def jumped(self, seconds: int) -> CaseState:
        """The state once the wall clock was moved: what is counted from an instant is counted from that much later.

        Hours that were told to somebody stay what they were.  Raises ``ValueError`` beyond the calendar.
        """

        def later(instant: datetime | None) -> datetime | None:
            return instant and moved(instant, seconds)

        return replace(
            self, started_at=moved(self.started_at, seconds), reopened_at=later(self.reopened_at),
            status_at=later(self.status_at), closed_at=later(self.closed_at),
        )  # fmt: skip

    @property
    def first_contact(self) -> bool:
        """Resolved at first contact, as far as is known by now (rule C8)."""
        otherwise = any(u.status == "not_satisfied" for u in self.follow_ups)
        once = self.round == 0 and self.returns == 0 and self.hand_overs == 0
        return once and not self.repeat and not self.repeated_by and not otherwise

    def promise(self) -> Promise | None:
        """The promise of the remedy that stands in this round, the latest if there are several."""
        standing = [p for p in self.promises if p.round == self.round and p.what != ANSWER]
        standing = [p for p in standing if p.status != "withdrawn"]
        return standing[-1] if standing else None

    def answer(self) -> Promise | None:
        """The answer that the customer was promised and still waits for."""
        return next((p for p in self.promises if p.what == ANSWER and p.status == "pending"), None)

    def follow_up(self) -> FollowUp | None:
        """The verifying follow-up that stands in this round."""
        standing = [u for u in self.follow_ups if u.round == self.round and u.purpose == "verify"]
        standing = [u for u in standing if u.status != "cancelled"]
        return standing[-1] if standing else None

    def waiting(self) -> tuple[Contact, ...]:
        """Whatever is still pending with a date and an owner."""
        everything: tuple[Contact, ...] = (*self.promises, *self.follow_ups, *self.requests)
        return tuple(contact for contact in everything if contact.status == "pending")

    def next_contact(self) -> Contact | None:
        """The earliest of what is pending (rule C4)."""
        return min(self.waiting(), key=lambda contact: contact.due_at, default=None)

    def request(self, area: str) -> AreaRequest | None:
        """What an area was asked for and has not answered yet."""
        return next((x for x in self.requests if x.area == area and x.status == "pending"), None)

    def done(self, step: str) -> bool:
        """Whether a step was really taken in this round (rule A2)."""
        return {
            "apologise": "apologise" in self.said,
            "listen": bool(self.problem),
            "solve": self.remedy is not None,
            "compensate": self.gesture is not None or self.declined is not None,
            "promise": self.promise() is not None,
            "follow_up": self.follow_up() is not None,
        }[step]

    def pending_steps(self) -> tuple[str, ...]:
        """The steps that were passed over, in their order."""
        return tuple(step for step in STEPS if not self.done(step))

    def next_step(self) -> str:
        """The step to work on after the last one taken: the first pending one, or ``close``."""
        return next(iter(self.pending_steps()), "close")

    def delivered_minor(self) -> int:
        """Minor units that the customer has really been given in this case."""
        return sum(gift.amount.minor for gift in self.delivered)

    def given_minor(self) -> int:
        """Minor units that the customer gets in this case, all rounds together (rule B2)."""
        return sum(gift.amount.minor for gift in self.gifts) + (self.gesture.amount.minor if self.gesture else 0)
