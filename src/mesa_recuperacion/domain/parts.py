"""What a case is made of: each decision as the facts left it."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass

ANSWER = "answer"
"""What a promise is about when the customer was promised an answer, not yet the remedy."""

OVERRUNS = ("information", "system", "complex")
"""Why the standard time was not enough (rule C2)."""

HAND_OVERS = ("asked", "permission", "speciality", "shift")
"""Why a case is handed over: the customer asked, a permission, a language or speciality, the end of the shift (C7)."""

SUPERVISION = "supervision"
"""Owner of what nobody could settle, and of what the policy gives to supervision: the branch's supervisors."""

OPEN = ("open", "parked")
"""The statuses of a case that is not closed."""


@dataclass(frozen=True, slots=True)
class ChosenRemedy:
    """The remedy of the case."""

    code: str
    cost: Money
    due_at: datetime
    area: str


@dataclass(frozen=True, slots=True)
class Gesture:
    """The compensation of the case: who pays it from which period, and whether it was delivered.

    ``late``: it was granted when the case was closed already, on top of what the closing had delivered.  ``round`` is
    the one it was chosen in.
    """

    code: str
    amount: Money
    person: str
    period: str
    delivered: bool = False
    late: bool = False
    round: int = 0

    @property
    def is_exception(self) -> bool:
        """Whether the branch's reserve pays it (rule B4)."""
        return self.person == RESERVE


@dataclass(frozen=True, slots=True)
class Legal:
    """What the law owes in the case; ``waived`` says that it does not apply (rule B6)."""

    price: Money | None
    amount: Money | None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A gesture above a limit that waits for supervision; ``status`` is ``pending``, ``granted``, ``declined``
    or ``forgotten``.

    ``words`` are the reason it was asked for, or, declined, why not.  ``before`` is what the case had been given, in
    minor units, when it was asked, and ``by`` who asked.
    """

    id: str
    code: str
    amount: Money
    promise: str
    words: str
    before: int
    by: str = ""
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the case; ``status`` is ``pending``, ``kept``, ``late``, ``broken``, ``withdrawn`` or
    ``forgotten``."""

    id: str
    what: str
    due_at: datetime
    owner: str
    area: str
    round: int
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A next contact; ``status`` is ``pending``, ``cancelled``, ``satisfied``, ``not_satisfied``, ``no_answer`` or
    ``forgotten``."""

    id: str
    purpose: str
    due_at: datetime
    owner: str
    attempt: int
    round: int
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class AreaRequest:
    """What was asked of an area; ``status`` is ``pending``, ``answered``, ``late`` (answered late), ``withdrawn``
    or ``forgotten``.

    ``by`` is whoever asked; ``owner`` whoever waits for it now.
    """

    id: str
    area: str
    what: str
    asked_at: datetime
    due_at: datetime
    owner: str
    status: str = "pending"
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What a case had come to when it was closed: its remedy, what the law owed, whether nothing was to be given."""

    remedy: ChosenRemedy | None
    legal: Legal | None
    declined: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Who was asked to take the case over, why and when; ``declined`` is what they answered, if it was no."""

    to: str
    reason: str
    at: datetime
    declined: str | None = None


Contact = Promise | FollowUp | AreaRequest
"""What has a date and an owner, so that nobody waits in silence (rule C4)."""
