"""One line of the journal as it is kept: plain columns, nothing interpreted (rule E1)."""

from __future__ import annotations

from typing import NamedTuple

GENESIS = bytes(32)
"""The ``prev`` of a stream's first line."""


class Record(NamedTuple):
    """A line of a stream; a tuple, since a proof makes millions of them.

    ``seq`` counts from 1 without gaps, ``at_ms`` is milliseconds since 1970 in UTC, ``case`` a folio or empty, ``body``
    the fact in canonical JSON, ``prev`` and ``hash`` 32 bytes each.
    """

    stream: str
    seq: int
    at_ms: int
    kind: str
    version: int
    actor: str
    policy: int
    command: str
    case: str
    body: str
    prev: bytes
    hash: bytes
