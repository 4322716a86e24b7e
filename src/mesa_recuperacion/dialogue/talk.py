"""The state of one conversation between an agent and the desk, and what the desk may be asked.

Everything here is a value: a front end keeps the latest :class:`Talk`, hands answers and keys to
``conversation.answer`` and ``conversation.press``, carries out what is asked, and hands the outcome back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the login is on the screen before the rules are loaded
    from mesa_recuperacion.domain.commands import Command
    from mesa_recuperacion.domain.policy import Policy
    from mesa_recuperacion.domain.refusals import Refusal
    from mesa_recuperacion.domain.views import CaseFile, Customer, Day, Draft, Person
    from mesa_recuperacion.i18n.shown import Shown
    from mesa_recuperacion.i18n.words import Words

# ---------------------------------------------------------------------------------------------- what may be asked


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
class Glance:
    """Who works here, for the login."""


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
class Leave:
    """Lock the desk: the next person signs in."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program; everything is saved."""


Ask = Do | Enter | Glance | FindCustomers | LoadCase | LoadDay | DropDraft | Leave | Quit

# ---------------------------------------------------------------------------------------------- what comes back


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """The people for the login, and when the last case was left open (``None``: none was)."""

    people: tuple[Person, ...]
    branch: str
    left_open: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A person is in: the policy in force and their day."""

    person: Person
    policy: Policy
    day: Day
    zone: str


@dataclass(frozen=True, slots=True)
class Found:
    """The customers found for a text."""

    text: str
    customers: tuple[Customer, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A command was carried out: the case and the day as they are now, and when it was saved."""

    file: CaseFile
    day: Day
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case, the draft that was left in it, and the day."""

    file: CaseFile
    draft: Draft | None
    day: Day


@dataclass(frozen=True, slots=True)
class DayLoaded:
    """The day as it is now."""

    day: Day


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written, and why."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Broken:
    """The machine failed: ``what`` names the kind of failure, ``reference`` the line of the log that has the detail."""

    what: str
    reference: str


Outcome = Glimpsed | Entered | Found | Done | Loaded | DayLoaded | Refused | Broken

# ---------------------------------------------------------------------------------------------- the state


@dataclass(frozen=True, slots=True)
class Setting:
    """The words and formats of the reader, and whether the branch is a throw-away one (its PINs are then shown)."""

    words: Words
    shown: Shown
    demo_pins: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the conversation stands.

    ``stage`` names the scene that has the word; ``back`` the scene to return to from an interjection (help, note,
    menu), ``kept`` the ``back`` and the half-typed line that each interjection found, the latest last.
    ``pick`` is the row the arrows chose, ``None`` for the default.  ``said`` is the sentence under the line,
    ``said_style`` its meaning.  ``started_at`` is the first letter of a case that is not open yet.  ``item`` is the
    agenda entry that is being answered.  ``then`` is the stage that follows once what was asked is done, ``sent`` the
    answer that asked for it (given back if it is refused).  ``closed`` is the folio closed last, for its undo;
    ``doubt`` the answer that was questioned once, so that a second Enter takes it.
    ``line`` is what a front end should put into its capture line if nothing else was typed since, with ``line_serial``
    counting such requests.
    """

    setting: Setting
    stage: str = "login"
    back: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()
    branch: str = ""
    left_open: datetime | None = None
    person: Person | None = None
    policy: Policy | None = None
    day: Day | None = None
    file: CaseFile | None = None
    found: Found | None = None
    pick: int | None = None
    started_at: datetime | None = None
    item: str = ""
    said: str = ""
    said_style: str = ""
    saved_at: datetime | None = None
    then: str = ""
    sent: str = ""
    closed: str = ""
    doubt: str = ""
    theme: str = ""
    line: str = ""
    line_serial: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to: the conversation as it is now, and what to ask, in order.

    The asks are carried out one after the other; the first that is refused or breaks ends the row.  Only the outcome
    of the last one that ran comes back.
    """

    talk: Talk
    asks: tuple[Ask, ...] = ()
