"""Keeping PINs without keeping them (rule E2).

A PIN is mixed with a secret of this workstation, its pepper, before it is hashed: whoever takes the database without
it cannot try out PINs, of which there are few.  What is stored says so, and with which pepper:
``p1.1f0c9a2b$argon2id$…``.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol

from mesa_recuperacion.domain.values import dataclass

MARK = "p1."
"""What a stored value begins with that needs a pepper to be verified."""

_FINGERPRINT = 8


@dataclass(frozen=True, slots=True)
class Strength:
    """What one look at a PIN costs: memory in KiB, and how often it is gone through, in one thread."""

    memory_kib: int
    passes: int


FLOOR = Strength(19 * 1024, 2)
"""Less is never used, however slow the machine."""

CEILING_KIB = 64 * 1024
"""More memory is never used: the library's own recommendation."""


MOST_PASSES = 64
"""More passes are not believed: nobody waits for so long."""


class Hasher(Protocol):
    """Keeps PINs without keeping them."""

    def hash(self, pin: str) -> str:
        """What may be stored for a PIN."""
        ...

    def verify(self, stored: str, pin: str) -> bool:
        """Whether a PIN is the one that was stored."""
        ...

    def knows(self, stored: str) -> bool:
        """Whether it has the secret with which that was stored; if not, no PIN can be verified."""
        ...

    def outdated(self, stored: str) -> bool:
        """Whether what is stored should be kept anew as :meth:`hash` would keep it today."""
        ...


class Argon2:
    """Argon2id over the PIN mixed with a pepper; without one, over the PIN as it is.

    With its library's recommended parameters (64 MiB, three passes, four threads), unless a strength says otherwise;
    ``memory_kib`` alone is for what need not be strong.  What was stored without a pepper is still verified.
    """

    def __init__(
        self, *, memory_kib: int | None = None, pepper: bytes = b"", strength: Strength | None = None
    ) -> None:  # fmt: skip
        from argon2 import PasswordHasher

        if strength is not None:
            self._hasher = PasswordHasher(strength.passes, strength.memory_kib, 1)
        elif memory_kib is not None:
            self._hasher = PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1)
        else:
            self._hasher = PasswordHasher()
        self._pepper = pepper
        self._prefix = MARK + fingerprint(pepper) if pepper else ""

    def hash(self, pin: str) -> str:
        """An Argon2id hash with its own salt."""
        return self._prefix + self._hasher.hash(self._mixed(pin) if self._pepper else pin)

    def verify(self, stored: str, pin: str) -> bool:
        """Whether it matches; a stored value that is no hash, or of another pepper, matches nothing."""
        from argon2.exceptions import InvalidHashError, VerificationError

        if not self.knows(stored):
            return False
        peppered = is_peppered(stored)
        try:
            if peppered:
                return self._hasher.verify(stored.removeprefix(self._prefix), self._mixed(pin))
            return self._hasher.verify(stored, pin)
        except (InvalidHashError, VerificationError, UnicodeError):
            return False

    def knows(self, stored: str) -> bool:
        """Whether it was stored without a pepper, or with this one."""
        return not is_peppered(stored) or bool(self._prefix and stored.startswith(f"{self._prefix}$"))

    def outdated(self, stored: str) -> bool:
        """Whether it was stored without the pepper, or with other parameters than today's."""
        from argon2.exceptions import InvalidHashError

        if not stored.startswith(f"{self._prefix}$"):
            return self.knows(stored)
        try:
            return self._hasher.check_needs_rehash(stored.removeprefix(self._prefix))
        except InvalidHashError:
            return False

    def _mixed(self, pin: str) -> bytes:
        return hmac.digest(self._pepper, pin.encode(), "sha256")


class Keyless:
    """Stands where the secret cannot be read: it knows nothing that was stored, and stores nothing."""

    def hash(self, pin: str) -> str:
        """Nothing may be kept that only half protects a PIN.  Raises ``LookupError``."""
        raise LookupError("no PIN is kept without the keys of the desk")

    def verify(self, stored: str, pin: str) -> bool:
        """Nothing matches."""
        return False

    def knows(self, stored: str) -> bool:
        """Nothing."""
        return False

    def outdated(self, stored: str) -> bool:
        """Nothing can be kept anew."""
        return False


def is_peppered(stored: str) -> bool:
    """Whether a stored value needs a pepper to be verified."""
    return stored.startswith(MARK)


def fingerprint(pepper: bytes) -> str:
    """What tells one pepper from another and says nothing else about it."""
    return hashlib.sha256(b"mesa pepper\0" + pepper).hexdigest()[:_FINGERPRINT]
