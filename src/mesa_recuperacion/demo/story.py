"""What is decided beforehand about a call, and about the time and the people of the branch."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime, timedelta

from mesa_recuperacion.domain.values import dataclass

Activity = Generator[datetime, datetime, None]
"""Yields the instant of what it wants to do next, and is sent the instant at which its turn comes, never earlier."""

SETTLED = timedelta(hours=3)
"""How long before now something has to be due for somebody to have answered it with certainty."""
QUIET = timedelta(minutes=45)
"""Before now, nobody is in a call that chance brought."""


LEFT = 33
"""Days since the former agent left."""
LEARNED = 46
"""Days since the first root cause analysis."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is invented: ``now``, and the first instant after today in the branch."""

    now: datetime
    midnight: datetime

    def is_over(self, instant: datetime) -> bool:
        """Whether what falls due then was answered with certainty."""
        return instant + SETTLED <= self.now

    def has_left(self, instant: datetime) -> bool:
        """Whether the former agent worked there no more."""
        return instant >= self.now - timedelta(days=LEFT)

    def leaves(self, instant: datetime) -> bool:
        """Whether they took no more calls: in the last two weeks, what they had promised came to its end."""
        return self.has_left(instant + timedelta(days=14))

    def learned(self, instant: datetime) -> bool:
        """Whether what the first analysis led to was done by then."""
        return instant >= self.now - timedelta(days=LEARNED - 5)

    def is_todays(self, due_at: datetime) -> bool:
        """Whether that might be found on today's list, which has no place for what chance brings."""
        return self.now - SETTLED < due_at <= self.midnight


@dataclass(frozen=True, slots=True)
class Staff:
    """The references of who takes calls, of the supervisor, and of the ``former`` agent, who left some weeks ago."""

    first: str
    second: str
    supervisor: str
    third: str
    former: str

    def agents(self) -> tuple[str, str, str]:
        """Who takes calls today, in the order of their numbers."""
        return self.first, self.second, self.third

    def other(self, agent: str) -> str:
        """The agent at the next desk."""
        return self.second if agent == self.first else self.first


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a known customer's card, or a new name with the telephone they give at the end."""

    card: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What is decided beforehand; what is empty, chance decides.

    ``gesture`` is the compensation's code, ``""`` for chance, ``"-"`` for none; ``special`` is ``exception``, ``asked``
    (supervision says yes later), ``declined`` (or no) or ``hand_over``; ``area`` what its area is asked, and by when;
    ``promised`` the hour of the promise.

    With ``scripted``, what comes after the call is told here as well: ``kept_at`` is when the promise is recorded as
    kept (``None``: never), ``broken`` whether it is broken before that, ``silent`` how often nobody answers the
    follow-up, and ``answered`` whether somebody does then.  With ``waits``, supervision has not called yet.
    """

    problem: str = ""
    remedy: str = ""
    note: str = ""
    gesture: str = ""
    special: str = ""
    area: tuple[str, datetime] | None = None
    promised: datetime | None = None
    scripted: bool = False
    kept_at: datetime | None = None
    broken: bool = False
    silent: int = 0
    answered: bool = False
    waits: bool = False


Planned = tuple[datetime, Callable[[], Activity]]
"""When something begins, and what."""
