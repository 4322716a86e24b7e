"""The versions of the policy: which one is in force, who has read it, whose suggestions it takes up (rules D5, D7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.review.policy import Adopted, Reader, Version, Wait
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, PreparedList

IN_FORCE = Prepared(
    "SELECT number, text FROM policy_version WHERE starts_at_ms <= ? OR starts_at_ms = at_ms "
    "ORDER BY number DESC LIMIT 1"
)
"""The version in force: of those whose start has come, the one with the highest number.

One that was published to hold at once has begun with its own line, whatever the clock was set to since.
"""

_LATEST = Prepared("SELECT number, text FROM policy_version ORDER BY number DESC LIMIT 1")
_TEXT = Prepared("SELECT number, text FROM policy_version WHERE number = ?")
_STARTS = Prepared("SELECT starts_at_ms FROM policy_version WHERE number = ?")
_BEYOND = 2**63 - 1
_VERSIONS = Prepared(
    "SELECT v.number, v.starts_at_ms, v.at_ms, person.name FROM policy_version AS v "
    "LEFT JOIN person ON person.id = v.published_by WHERE v.number < ? ORDER BY v.number DESC LIMIT ?"
)
_CREDITS = PreparedList(
    "SELECT a.suggestion, a.number, s.text, person.name FROM adoption AS a JOIN suggestion AS s ON s.id = a.suggestion "
    "LEFT JOIN person ON person.id = s.person WHERE a.number IN ({}) ORDER BY s.at_ms, s.id"
)
_NOT_TAKEN_UP = "s.answer = 'accept' AND NOT EXISTS (SELECT 1 FROM adoption WHERE adoption.suggestion = s.id)"
ADOPTABLE = Prepared(
    "SELECT s.id, s.text, person.name FROM suggestion AS s LEFT JOIN person ON person.id = s.person "
    f"WHERE {_NOT_TAKEN_UP} ORDER BY s.at_ms, s.id LIMIT ?"
)
_IS_ADOPTABLE = Prepared(f"SELECT s.id FROM suggestion AS s WHERE s.id = ? AND {_NOT_TAKEN_UP}")
_READERS = Prepared(
    "SELECT person.name, person.role, a.number FROM person LEFT JOIN acknowledgement AS a ON a.person = person.id "
    "ORDER BY person.number"
)
WAITS = PreparedList(
    "SELECT DISTINCT area, case_id FROM agenda WHERE area <> '' AND status = 'pending' AND area NOT IN ({}) "
    "ORDER BY area, case_id LIMIT ?"
)
"""What is pending of areas that are none of these, area by area, as far as so many rows."""


class Published:
    """What can be asked about the published versions, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self, now: datetime) -> tuple[int, str] | None:
        """The number and the text of the version in force; ``None`` before the first."""
        row = IN_FORCE.one(self._connection, to_ms(now))
        return row and (row[0], row[1])

    def text(self, number: int | None) -> tuple[int, str] | None:
        """The number and the text of a version; of the latest one, if no number is given."""
        row: tuple[int, str] | None = (
            _LATEST.one(self._connection) if number is None else _TEXT.one(self._connection, number)
        )
        return row

    def began(self, number: int) -> datetime | None:
        """The start of a version; ``None`` if there is no such version."""
        row = _STARTS.one(self._connection, number)
        return None if row is None else from_ms(row[0])

    def versions(self, limit: int, below: int | None = None) -> tuple[Version, ...]:
        """The latest versions, the newest first, without their texts; those ``below`` a number, if one is given."""
        rows = _VERSIONS.rows(self._connection, _BEYOND if below is None else below, limit)
        credit = self._credits([row.number for row in rows])
        return tuple(
            Version(
                row.number, from_ms(row.starts_at_ms), from_ms(row.at_ms), row.name or "",
                tuple(x for x in credit if x.number == row.number),
            )
            for row in rows
        )  # fmt: skip

    def _credits(self, numbers: list[int]) -> tuple[Adopted, ...]:
        """The suggestions that some versions take up, each with its author (rule D5)."""
        rows = _CREDITS.of(len(numbers)).rows(self._connection, *numbers)
        return tuple(Adopted(row.suggestion, row.name or "", row.text, row.number) for row in rows)

    def adoptable(self, limit: int) -> tuple[Adopted, ...]:
        """The suggestions that were accepted and that no version takes up yet, the oldest first; ``number`` is 0."""
        rows = ADOPTABLE.rows(self._connection, limit)
        return tuple(Adopted(row.id, row.name or "", row.text, 0) for row in rows)

    def is_adoptable(self, which: str) -> bool:
        """Whether a suggestion was accepted, and no version takes it up yet."""
        return _IS_ADOPTABLE.one(self._connection, which) is not None

    def readers(self) -> tuple[Reader, ...]:
        """Everybody who works here and the latest version that each has acknowledged (0: none), by their number."""
        rows = _READERS.rows(self._connection)
        return tuple(Reader(row.name, row.role, row.number or 0) for row in rows)

    def waits(self, without: Iterable[str], limit: int) -> tuple[Wait, ...]:
        """The cases in which something is pending of an area that is none of these, as far as so many."""
        areas = tuple(without)
        return tuple(Wait(*row) for row in WAITS.of(len(areas)).run(self._connection, *areas, limit))
