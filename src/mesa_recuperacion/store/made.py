"""Whether a store's tables and guards are as we make them, told at a glance.  Imports no database library."""

from __future__ import annotations

from hashlib import sha256

from mesa_recuperacion.store.connections import Connection

DIGEST = "86027a1fbb84c6f666a93c3323d122e5fe5cde42826c8096ee461ce5b87a69a2"
"""Of every store that this version makes, or brings from an earlier one: a test holds it against ``store.schema``."""


def digest_of(connection: Connection) -> str:
    """What tells all that was made from all else, whatever blanks it was written with."""
    made = "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    said = (" ".join((kind, name, *sql.split())) for kind, name, sql in connection.driver.execute(made))
    return sha256("\n".join(said).encode()).hexdigest()


def is_as_made(connection: Connection) -> bool:
    """Whether everything is there to the letter; what is not may be as good: see :func:`schema.differences`."""
    return digest_of(connection) == DIGEST
