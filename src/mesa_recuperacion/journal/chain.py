"""The chain of hashes that ties each line to all the lines before it (rule E1)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import field

from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal.canonical import check_integers, check_texts, quoted
from mesa_recuperacion.journal.record import Record

TAG, KEYED = "mesa1", "mesa2"
"""Names of the two ways of hashing: by anybody, and with a secret key."""

_PREFIX = {tag: tag.encode("ascii") + b"\0" for tag in (TAG, KEYED)}


@dataclass(frozen=True, slots=True)
class ChainKey:
    """A secret that ties the lines of a stream from its line ``since`` on; ``name`` is what the journal calls it.

    ``used`` once the line that names it is known to be in the journal.
    """

    name: str
    secret: bytes = field(repr=False)
    stream: str
    since: int
    used: bool = True


class KeyMissing(LookupError):
    """The key that ties a stream is not here: nothing can be written to it that would hold."""


class Ring:
    """The chain keys of this workstation.  Those of other stations are elsewhere, and those lines are not proved here.

    Once a stream is tied with a key, no later line of it holds without one: a whole chain that somebody wrote anew in
    the way that needs no key is found out by that.
    """

    def __init__(self, keys: Iterable[ChainKey] = ()) -> None:
        self._of: dict[str, tuple[ChainKey, ...]] = {}
        for key in sorted(keys, key=lambda one: one.since):
            self._of[key.stream] = (*self._of.get(key.stream, ()), key)

    def of(self, stream: str) -> tuple[ChainKey, ...]:
        """The keys of a stream, the first one first."""
        return self._of.get(stream, ())

    def secret(self, stream: str, name: str) -> bytes:
        """What the key of a stream is that the journal calls so.  Raises :class:`KeyMissing`."""
        for key in self.of(stream):
            if key.name == name:
                return key.secret
        raise KeyMissing(name)

    def holds(self, record: Record, key: str) -> bool | None:
        """Whether a line's hash is that of its columns; columns that have no canonical form never hold.

        ``key`` is what the stream says that ties this line: the key that its last ``station.keyed`` names, that line
        itself included; empty if there was none.  ``None`` if that key is not here.
        """
        keys = self.of(record.stream)
        secret = next((one.secret for one in keys if one.name == key), None) if keys else None
        if key and secret is None:
            return None
        try:
            right = hmac.compare_digest(hash_of(record, secret), record.hash)
        except (ValueError, TypeError):
            return False
        return right and (secret is not None or not keys or record.seq < keys[0].since)


NO_KEYS = Ring()
"""Of a workstation that has none: what is written there is tied by anybody's means."""


def hashed_bytes(record: Record, tag: str = TAG) -> bytes:
    """What is hashed: the tag, a zero byte, and every column but the hash as one canonical JSON array in UTF-8.

    The array's elements are, in this order: stream, seq, at_ms, kind, version, actor, policy, command, case, body
    (as a text, not as the object that it holds) and prev (64 hexadecimal digits).
    """
    stream, seq, at_ms, kind, version, actor, policy, command, case, body, prev, _ = record
    check_integers(seq, at_ms, version, policy)
    q = quoted  # put together by hand, as ``canonical`` would: a proof hashes millions
    begin = f"[{q(stream)},{seq},{at_ms},{q(kind)},{version},{q(actor)},{policy},{q(command)},{q(case)}"
    row = f'{begin},{q(body)},"{prev.hex()}"]'
    if not row.isascii():
        check_texts(stream, kind, actor, command, case, body)
    return _PREFIX[tag] + row.encode()


def hash_of(record: Record, secret: bytes | None = None) -> bytes:
    """The hash that the record's columns should have: 32 bytes; its own ``hash`` is not looked at.

    Without a secret it is the SHA-256 of :func:`hashed_bytes`; with one, the HMAC-SHA256 of those under the tag
    ``mesa2``, which nobody can compute who does not have it.
    """
    if secret is None:
        return hashlib.sha256(hashed_bytes(record)).digest()
    return hmac.digest(secret, hashed_bytes(record, KEYED), "sha256")


def seal_of(value: str, salt: bytes) -> str:
    """The seal of a private text: HMAC-SHA256 of its canonical JSON under its own random salt, in hexadecimal.

    Without the salt, which is erased with the text, the seal tells nothing about it (rule E3).
    """
    text = quoted(value)
    check_texts(value)
    return hmac.digest(salt, text.encode(), "sha256").hex()


def seal_matches(seal: str, value: str, salt: bytes) -> bool:
    """Whether that text under that salt is the one that was sealed; a text that has no canonical form never is."""
    try:
        return hmac.compare_digest(seal, seal_of(value, salt))
    except (TypeError, ValueError):
        return False
