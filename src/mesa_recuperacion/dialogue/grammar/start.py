"""From when a version of the policy holds: the short grammar of promises, a day alone being its opening (rule D7)."""

from __future__ import annotations

from datetime import datetime, time

from mesa_recuperacion.dialogue.grammar.moments import read_moment
from mesa_recuperacion.dialogue.grammar.when import Closed, Past, WhenProblem, read_when
from mesa_recuperacion.domain.hours import Hours, at_local


def read_start(text: str, now: datetime, hours: Hours) -> datetime | WhenProblem:
    """The instant that was typed, in UTC, after ``now`` (aware); or why there is none.

    It need not be one of the branch's hours.  A day without an hour begins with its opening, or at midnight if the
    branch does not open that day: whoever says "from Monday" means all of Monday.
    """
    read = read_when(text, now, hours)
    at = read.at if isinstance(read, Closed) else read
    if not isinstance(at, datetime):
        return at
    said = read_moment(text)
    if said is None or said.clock is not None or said.ahead is not None:
        return at
    day = at.astimezone(hours.zone).date()
    begins = min((opens for opens, _ in hours.stretches(day)), default=at_local(day, time(0), hours.zone))
    return begins if begins > now else Past(begins, (hours.opens_after(now),))
