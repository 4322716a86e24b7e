"""The state of one conversation between an agent and the desk, and what the desk may be asked.

Everything here is a value: a front end keeps the latest :class:`Talk`, hands answers and keys to
``conversation.answer`` and ``conversation.press``, carries out what is asked, and hands the outcome back.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue.asks import Ask
from mesa_recuperacion.dialogue.bindings import Moved, bound
from mesa_recuperacion.domain.backups import KEEP_DAYS
from mesa_recuperacion.domain.values import dataclass

if TYPE_CHECKING:  # the login is on the screen before the rules are loaded
    from mesa_recuperacion.domain.backups import Stale
    from mesa_recuperacion.domain.policy import Policy
    from mesa_recuperacion.domain.refusals import Refusal
    from mesa_recuperacion.domain.review.base import Answer, Query
    from mesa_recuperacion.domain.review.own import Own
    from mesa_recuperacion.domain.review.scope import Scope
    from mesa_recuperacion.domain.views import CaseFile, Customer, CustomerFile, Day, Draft, Person
    from mesa_recuperacion.i18n.shown import Shown
    from mesa_recuperacion.i18n.words import Words

# ---------------------------------------------------------------------------------------------- what comes back


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """The people for the login, when the last case was left open (``None``: none was), and who no longer works here."""

    people: tuple[Person, ...]
    branch: str
    left_open: datetime | None = None
    former: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """A person is in: the policy in force and their day; ``practice`` on a throw-away branch; ``stale`` if a supervisor
    is to know that the backups are not being made.
    """

    person: Person
    policy: Policy
    day: Day
    zone: str
    practice: bool = False
    stale: Stale | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The customers found for a text."""

    text: str
    customers: tuple[Customer, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A command was carried out: the case or card it was about and the day as they are now, and when it was saved."""

    file: CaseFile | None
    day: Day
    saved_at: datetime
    card: CustomerFile | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case, the draft that was left in it, and the day."""

    file: CaseFile
    draft: Draft | None
    day: Day


@dataclass(frozen=True, slots=True)
class FileLoaded:
    """A customer's whole file."""

    card: CustomerFile


@dataclass(frozen=True, slots=True)
class PinChanged:
    """The new PIN holds."""


@dataclass(frozen=True, slots=True)
class PersonSet:
    """Somebody was added, or has a new PIN."""

    person: Person


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A customer was forgotten: their ``cases`` go on counting.

    Of the files that named them, ``removed`` are gone, ``missing`` no longer where they were written, ``stuck`` could
    not be read or removed.  Backups hold them ``until`` that day; ``swept``: the branch's own file no longer does.
    """

    cases: int
    removed: tuple[str, ...]
    missing: tuple[str, ...]
    stuck: tuple[str, ...]
    until: date
    swept: bool


@dataclass(frozen=True, slots=True)
class DayLoaded:
    """The day as it is now."""

    day: Day


@dataclass(frozen=True, slots=True)
class Renewed:
    """The case at hand, if there is one, and the day, after the wall clock was moved."""

    file: CaseFile | None
    day: Day


@dataclass(frozen=True, slots=True)
class Looked:
    """What a supervisor asked to see."""

    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class Edited:
    """The editor was left; what it saved is in its file."""


@dataclass(frozen=True, slots=True)
class OwnSeen:
    """Somebody's own figures."""

    own: Own


@dataclass(frozen=True, slots=True)
class Exported:
    """What was asked to be taken out is in a new file; ``rows`` counts its rows of figures."""

    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """The shift is over, and where its slip is."""

    path: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written, and why."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Broken:
    """The machine failed: ``what`` names the kind of failure, ``reference`` the line of the log that has the detail."""

    what: str
    reference: str


Outcome = (
    Glimpsed | Entered | Found | Done | Loaded | FileLoaded | PinChanged | PersonSet | DayLoaded | Renewed | Looked
    | OwnSeen | Exported | Edited | ShiftEnded | Forgotten | Refused | Broken
)  # fmt: skip

# ---------------------------------------------------------------------------------------------- the state


class Secret(str):
    """A PIN between two questions: it is the text that was typed, and shows it to nobody who prints it (rule E2)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret()"

    def __str__(self) -> str:
        return "•" * 6

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


@dataclass(frozen=True, slots=True)
class Setting:
    """The words and formats of the reader, and whether the branch is a throw-away one (its PINs are then shown).

    ``keys`` are the keys that this workstation has moved, ``quiet_clock`` whether the customer's clock is words only.
    ``review``: opened for the review, where only supervision comes in.  ``keep_days``: how long backups are kept.
    """

    words: Words
    shown: Shown
    demo_pins: tuple[tuple[int, str], ...] = ()
    keys: Moved = ()
    quiet_clock: bool = False
    review: bool = False
    keep_days: int = KEEP_DAYS

    def key(self, own: str) -> str:
        """The key, as printed, that does here what ``own`` does by itself: ``F3``, or where it was moved."""
        return bound(self.keys, own)


@dataclass(frozen=True, slots=True)
class Review:
    """Where a supervisor is in the review: the page that is open, and the way back from it.

    ``scope`` is what the board is about; ``stage`` the scene of the page, ``query`` what it shows and ``answer`` that.
    ``trail`` is where Esc leads, the last first to be taken: stage, query, and the row that was picked there.
    ``ahead`` is the trail of the page that was asked for and is not there yet.
    """

    scope: Scope
    stage: str
    query: Query
    answer: Answer | None = None
    trail: tuple[tuple[str, Query, int | None], ...] = ()
    ahead: tuple[tuple[str, Query, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the conversation stands.

    ``stage`` names the scene that has the word; ``back`` the scene to return to from an interjection (help, note,
    menu), ``kept`` what each interjection found, the latest last: the ``back``, the half-typed line and what was held.
    ``pick`` is the row the arrows chose, ``None`` for the default.  ``said`` is the sentence under the line,
    ``said_style`` its meaning.  ``started_at`` is the first letter of a case that is not open yet.  ``item`` is the
    agenda entry that is being answered.  ``then`` is the stage that follows once what was asked is done, ``sent`` the
    answer that asked for it (given back if it is refused).  ``closed`` is the folio closed last, for its undo;
    ``doubt`` the answer that was questioned once, so that a second Enter takes it.
    ``held`` is what an interjection of several questions has gathered so far;
    ``card`` the customer's file that is open, ``page`` the page of a long list.
    ``people`` work here, ``former`` no longer do and are only named.
    ``practice``: a throw-away branch, where nothing counts.
    ``review`` is where a supervisor is in the review: while there is one, what ends leads back to it, not to the desk.
    ``own`` are the own figures of whoever is signed in, while they are looked at.
    ``standing`` is what holds on every screen, in the words of ``dialogue.standing``.
    ``line`` is what a front end should put into its capture line if nothing else was typed since, with ``line_serial``
    counting such requests.
    """

    setting: Setting
    stage: str = "login"
    back: str = ""
    kept: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    people: tuple[Person, ...] = ()
    former: tuple[Person, ...] = ()
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
    held: tuple[str, ...] = ()
    card: CustomerFile | None = None
    page: int = 0
    practice: bool = False
    review: Review | None = None
    own: Own | None = None
    theme: str = ""
    standing: tuple[str, ...] = ()
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
