"""The policy as supervision sees it: its versions, the draft of the next one, who has read it (rules D5, D7, D9)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.values import dataclass

VERSIONS = 50
"""Versions that a page lists."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A suggestion that version ``number`` takes up (0: none does yet), and whose it is."""

    suggestion: str
    by: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its start, when and by whom it was published, and the suggestions that it takes up."""

    number: int
    starts_at: datetime
    published_at: datetime
    by: str
    adopted: tuple[Adopted, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who works here, and the latest version that they have acknowledged (0: none)."""

    name: str
    role: str
    number: int


@dataclass(frozen=True, slots=True)
class Wait:
    """A case in which something is pending of an area; the area by its code, or by its name where it is told."""

    area: str
    case: str


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """The draft as it was read: how many faults and differences it has, and how long its longest call takes to say.

    ``seconds`` and ``changes`` are 0 while there are faults; ``unread`` says why it could not be read at all.
    ``digest`` tells this text from any other.
    """

    saved_at: datetime
    digest: str
    faults: int
    changes: int = 0
    seconds: int = 0
    unread: str = ""


@dataclass(frozen=True, slots=True)
class PolicyOf(Query):
    """The versions, the newest first, and the draft; told in the reader's ``language`` and ``locale``."""

    language: str
    locale: str
    below: int | None = None


@dataclass(frozen=True, slots=True)
class PolicySeen(Answer):
    """``latest`` is the newest number, ``in_force`` the one that holds now; ``path`` is the draft's, written or not.

    ``unread_by`` are the names of those who have not acknowledged the one in force.  ``adoptable`` are the accepted
    suggestions that no version takes up yet.  ``seconds`` is how long the newest version takes to say, ``opens_at``
    the next opening of the branch.
    """

    versions: tuple[Version, ...]
    latest: int
    in_force: int
    path: str
    draft: DraftSeen | None
    unread_by: tuple[str, ...]
    adoptable: tuple[Adopted, ...]
    seconds: int
    opens_at: datetime
    more: bool = False


@dataclass(frozen=True, slots=True)
class DraftCheckOf(Query):
    """Whether the draft is sound, told in the reader's words."""

    language: str
    locale: str


@dataclass(frozen=True, slots=True)
class DraftChecked(Answer):
    """Every fault in a sentence with its line; of a sound draft what deserves a second look, and how long it takes."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    before: int
    after: int
    path: str


@dataclass(frozen=True, slots=True)
class DraftDiffOf(Query):
    """What the draft changes in the newest version, in the reader's words and money."""

    language: str
    locale: str


@dataclass(frozen=True, slots=True)
class DraftDiff(Answer):
    """The differences, a sentence each, and the seconds that both take to say; ``faulty``: it cannot be compared."""

    against: int
    lines: tuple[str, ...]
    before: int
    after: int
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class AcknowledgedOf(Query):
    """Who has acknowledged the version in force, and who has not (rules D7, D9)."""


@dataclass(frozen=True, slots=True)
class Acknowledged(Answer):
    """Everybody who works here, those who have not first; ``number`` is the version in force."""

    number: int
    readers: tuple[Reader, ...]
