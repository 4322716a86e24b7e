"""The versions of the policy: read once, checked whole, published by a supervisor (rule D7)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import PolicyUnfit, Refusal, SupervisorNeeded
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.load import read_policy, read_published
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store


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

    def in_force(self, tx: Reading) -> Policy:
        """The latest version.  Raises :class:`PolicyMissing`."""
        found = tx.policy_text()
        return self.version(tx, found[0] if found else 0)

    def _load(self, found: tuple[int, str] | None) -> Policy:
        if found is None:
            raise PolicyMissing("no policy was published")
        number, text = found
        policy = read_published(text, source=f"v{number}", words=self._words)
        if not isinstance(policy, Policy):
            raise PolicyMissing("; ".join(map(str, policy)))
        return replace(policy, version=number)


def publish(
    store: Store, text: str, *, by: Person, source: str, words: Words, clock: Clock, new_id: NewId,
) -> int | Refusal:  # fmt: skip
    """Publish a text as the next version, in force from now; returns its number.  Whoever publishes it has read it.

    Refused unless ``by`` is a supervisor and the whole text is sound; the branch's currency cannot change, since
    budgets are already funded in it (rule B7).
    """
    if by.role != "supervisor":
        return SupervisorNeeded()
    policy = read_policy(text, source=source, words=words)
    if not isinstance(policy, Policy):
        return PolicyUnfit(tuple(map(str, policy)))
    with store.writing() as tx:
        station = tx.station()
        if station is not None and station.currency != policy.currency:
            said = words.t(
                "{source}: currency = {found}: this branch works in {currency}, and its budgets too",
                source=source, found=policy.currency, currency=station.currency,
            )  # fmt: skip
            return PolicyUnfit((said,))
        latest = tx.policy_text()
        number = (latest[0] if latest else 0) + 1
        published = f.PolicyPublished(number, text), f.PolicyAcknowledged(by.id, number)
        facts: list[tuple[str, f.Fact]] = [("", fact) for fact in published]
        tx.append(command=new_id(), actor=by.id, policy=number, at=clock.now(), facts=facts)
    return number
