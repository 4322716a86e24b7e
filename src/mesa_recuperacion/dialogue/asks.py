"""What the desk may be asked: each a value that a front end carries out."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.values import dataclass

if TYPE_CHECKING:  # the login is on the screen before the rules are loaded
    from datetime import datetime

    from mesa_recuperacion.domain.commands import Command
    from mesa_recuperacion.domain.money import Money
    from mesa_recuperacion.domain.review.base import Query


@dataclass(frozen=True, slots=True)
class Do:
    """Carry out a command; the front end gives it an identity before the first attempt and keeps it for retries."""

    command: Command


@dataclass(frozen=True, slots=True)
class Enter:
    """Sign in with number and PIN (the PIN is a secret: it is never shown, logged or kept)."""

    number: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gesture that was asked for: its code, an own amount (``None``: the listed one), and why above a limit."""

    compensation: str
    amount: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Authorise:
    """A supervisor authorises a gesture above a limit, with number and PIN, at this desk (the PIN is a secret)."""

    case: str
    wanted: Wanted
    number: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangePin:
    """The person at the desk wants another PIN (both are secrets)."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody new works here; the supervisor at the desk signs with their own PIN (both are secrets)."""

    name: str
    role: str
    signed: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RenewPin:
    """A new PIN for who has that number; the supervisor at the desk signs with their own PIN (both are secrets)."""

    number: int
    signed: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase a customer for good; the supervisor at the desk signs with their own PIN (it is a secret; rule E3)."""

    customer: str
    signed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlock:
    """Who has that number may try their PIN again."""

    number: int


@dataclass(frozen=True, slots=True)
class LoadFile:
    """A customer's whole file."""

    customer: str


@dataclass(frozen=True, slots=True)
class Practise:
    """Begin to practise: the same desk on a throw-away branch, where nothing counts (rule F9)."""


@dataclass(frozen=True, slots=True)
class EndPractice:
    """Back to the real desk."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Who works here, for the login; whoever has the ``number`` is about to enter (0: nobody yet)."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class FindCustomers:
    """Customers for a text that is being typed."""

    text: str


@dataclass(frozen=True, slots=True)
class LoadCase:
    """A case with its customer and the line that was half typed in it."""

    case: str


@dataclass(frozen=True, slots=True)
class LoadDay:
    """What the idle desk shows."""


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget what was half typed in a slot."""

    slot: str


@dataclass(frozen=True, slots=True)
class NoteJump:
    """Record that the wall clock was moved, and bring the case at hand (empty: none) and the day anew."""

    case: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a supervisor asks to see (rules D1 to D12)."""

    query: Query


@dataclass(frozen=True, slots=True)
class BeginDraft:
    """Make a draft of the next version of the policy, unless there is one (rule D7)."""


@dataclass(frozen=True, slots=True)
class EditText:
    """Open a file in the person's own editor; the front end does it, and gives its terminal away meanwhile."""

    path: str


@dataclass(frozen=True, slots=True)
class PublishDraft:
    """Publish the draft that was looked at, from an instant on (``None``: at once), with the suggestions it adopts."""

    digest: str
    starts_at: datetime | None = None
    adopts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAtOwn:
    """Whoever is signed in asks to see their own figures, and nobody else's (rules D10, E2)."""


@dataclass(frozen=True, slots=True)
class Export:
    """Write the whole answer to a question as a table for spreadsheets (rule F8), for a reader of ``locale``."""

    query: Query
    locale: str


@dataclass(frozen=True, slots=True)
class EndShift:
    """End the shift of whoever is signed in: a slip with the mark of the journal, for a reader of ``locale`` (E1)."""

    locale: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Lock the desk: the next person signs in."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program; everything is saved."""


Ask = (
    Do | Enter | Authorise | ChangePin | Glance | FindCustomers | LoadCase | LoadFile | LoadDay | DropDraft | NoteJump
    | Practise | EndPractice | Look | LookAtOwn | Export | AddPerson | RenewPin | Unlock | BeginDraft | EditText
    | PublishDraft | EndShift | Forget | Leave | Quit
)  # fmt: skip
