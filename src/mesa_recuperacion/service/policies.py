"""The versions of the policy that were published: read once, for a version never changes (rule D7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.load import read_published
from mesa_recuperacion.store.reading import Reading


class PolicyMissing(LookupError):
    """The store has no such version of the policy, or one that can no longer be read."""


class Policies:
    """Every version that was published, as values; a version never changes, so each is read once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._read: dict[int, Policy] = {}

    def version(self, tx: Reading, number: int) -> Policy:
        """The policy of that number.  Raises :class:`PolicyMissing`."""
        if number not in self._read:
            self._read[number] = self._load(tx.policy_text(number))
        return self._read[number]

    def in_force(self, tx: Reading, now: datetime) -> Policy:
        """The version that holds at an instant: the highest number whose start has come.

        Raises :class:`PolicyMissing`.
        """
        found = tx.policy_at(now)
        if found is not None and found[0] not in self._read:
            self._read[found[0]] = self._load(found)
        return self.version(tx, found[0] if found else 0)

    def _load(self, found: tuple[int, str] | None) -> Policy:
        if found is None:
            raise PolicyMissing("no policy was published")
        number, text = found
        policy = read_published(text, source=f"v{number}", words=self._words)
        if not isinstance(policy, Policy):
            raise PolicyMissing("; ".join(map(str, policy)))
        return replace(policy, version=number)
