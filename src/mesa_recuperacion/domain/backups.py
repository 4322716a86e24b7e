"""Backups by their names: which there are, whether another is due, and which have had their time (rules E3, E6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from mesa_recuperacion.domain.values import dataclass

KEEP_DAYS = 30
"""Days that a backup is kept, unless the settings say otherwise."""

DAILY = timedelta(days=1)
SHIFT = timedelta(hours=6)
"""How old the newest may be while people work, and when somebody leaves."""

STALE = timedelta(days=2)
"""From when on supervision is told that there is none newer."""

_DAYS_EACH = 7
_NAME = re.compile(r"mesa-([A-Z]{2,4}-[1-9][0-9]{0,2})-(\d{4}-\d\d-\d\dT\d{6})Z(?:-([1-9]\d{0,3}))?\.db")
_INSTANT = "%Y-%m-%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was proved: of when, which of that second, of which station, and its name; the older is less."""

    at: datetime
    nth: int
    stream: str
    name: str

    def __lt__(self, other: Backup) -> bool:
        return (self.at, self.nth, self.stream, self.name) < (other.at, other.nth, other.stream, other.name)


@dataclass(frozen=True, slots=True)
class Stale:
    """There is no backup that is new enough: when the newest was made (``None``: there is none)."""

    newest: datetime | None


def name_of(stream: str, at: datetime, nth: int = 1) -> str:
    """``mesa-CEN-1-2026-11-30T041205Z.db``, in UTC; the second of the same second has ``-2``."""
    more = f"-{nth}" if nth > 1 else ""
    return f"mesa-{stream}-{at.astimezone(UTC).strftime(_INSTANT)}Z{more}.db"


def read_name(name: str) -> Backup | None:
    """The backup that has that name; ``None`` for a file that is none of ours."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    try:
        at = datetime.strptime(parts[2], _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(at, int(parts[3] or 1), parts[1], name)


def of_station(names: Iterable[str], stream: str) -> tuple[Backup, ...]:
    """The backups of a station among the files of a folder, the oldest first."""
    read = (read_name(name) for name in names)
    return tuple(sorted(backup for backup in read if backup is not None and backup.stream == stream))


def newest_of(backups: Iterable[Backup], now: datetime) -> Backup | None:
    """The newest; one that is dated more than a day ahead of the clock does not count."""
    return max((backup for backup in backups if backup.at <= now + DAILY), default=None)


def is_due(newest: Backup | None, now: datetime, after: timedelta) -> bool:
    """Whether there is none, or the newest is that old."""
    return newest is None or now - newest.at >= after


def had_their_time(backups: Iterable[Backup], now: datetime, keep_days: int) -> tuple[Backup, ...]:
    """Those of one station that are to go.

    What stays: the newest, whatever its age; all of the last 24 hours; the newest of each of the last seven days;
    before that the newest of each week, until ``keep_days`` (what was forgotten since is then in none, rule E3).  One
    that is dated ahead of the clock stays: it is the clock that may be wrong.
    """
    of_day: dict[date, Backup] = {}
    of_week: dict[tuple[int, int], Backup] = {}
    past = sorted(backup for backup in backups if backup.at <= now)
    for backup in past:
        day = backup.at.date()
        of_day[day] = backup
        of_week[day.isocalendar()[:2]] = backup
    stays = {one.name for day, one in of_day.items() if (now.date() - day).days < _DAYS_EACH}
    stays |= {one.name for one in past if now - one.at < DAILY}
    stays |= {one.name for one in of_week.values()}
    limit = timedelta(days=keep_days)
    return tuple(one for one in past[:-1] if one.name not in stays or now - one.at > limit)
