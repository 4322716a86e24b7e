"""The chain of hashes that ties each line to all the lines before it (rule E1)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from mesa_recuperacion.journal.canonical import Json, canonical
from mesa_recuperacion.journal.record import Record

TAG, KEYED = "mesa1", "mesa2"
"""Names of the two ways of hashing: by anybody, and with a secret key."""


@dataclass(frozen=True, slots=True)
class ChainKey:
    """A secret that ties the lines of a stream from its line ``since`` on; ``name`` is what the journal calls it."""

    name: str
    secret: bytes = field(repr=False)
    stream: str
    since: int


def hashed_bytes(record: Record, tag: str = TAG) -> bytes:
    """What is hashed: the tag, a zero byte, and every column but the hash as one canonical JSON array in UTF-8.

    The array's elements are, in this order: stream, seq, at_ms, kind, version, actor, policy, command, case, body
    (as a text, not as the object that it holds) and prev (64 hexadecimal digits).
    """
    r = record
    who: list[Json] = [r.stream, r.seq, r.at_ms, r.kind, r.version, r.actor, r.policy, r.command, r.case]
    return tag.encode("ascii") + b"\0" + canonical([*who, r.body, r.prev.hex()]).encode()


def hash_of(record: Record, tag: str = TAG) -> bytes:
    """The hash that the record's columns should have: 32 bytes; its own ``hash`` is not looked at."""
    return hashlib.sha256(hashed_bytes(record, tag)).digest()


def is_whole(record: Record) -> bool:
    """Whether the record's hash is that of its columns; columns that have no canonical form never are."""
    try:
        return hash_of(record) == record.hash
    except (ValueError, TypeError):
        return False


def seal_of(value: str, salt: bytes) -> str:
    """The seal of a private text: HMAC-SHA256 of its canonical JSON under its own random salt, in hexadecimal.

    Without the salt, which is erased with the text, the seal tells nothing about it (rule E3).
    """
    return hmac.new(salt, canonical(value).encode(), hashlib.sha256).hexdigest()


def seal_matches(seal: str, value: str, salt: bytes) -> bool:
    """Whether that text under that salt is the one that was sealed; a text that has no canonical form never is."""
    try:
        return hmac.compare_digest(seal, seal_of(value, salt))
    except (TypeError, ValueError):
        return False
