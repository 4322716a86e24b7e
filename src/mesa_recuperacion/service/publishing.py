"""Publishing a version of the policy: sound, in time, and stranding nobody (rules B7, D5, D7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import (
    DraftChanged,
    DraftMissing,
    DraftUnwritten,
    NoSuchItem,
    PolicyStrands,
    PolicyUnfit,
    Refusal,
    StartPast,
    StartTooEarly,
    SupervisorNeeded,
)
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.load import read_policy, read_policy_bytes
from mesa_recuperacion.service.drafts import begin_draft, draft_path, end_draft, read_draft
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store

TOLD = 20
"""Stranded cases that a refusal tells; it says that there are more."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a version is published: from when (``None``: at once), and which accepted suggestions it takes up."""

    starts_at: datetime | None = None
    adopts: tuple[str, ...] = ()


AT_ONCE = Terms()
"""From now on, and taking up nothing."""


def publish(
    store: Store, text: str, *, by: Person, source: str, words: Words, clock: Clock, new_id: NewId,
    terms: Terms = AT_ONCE, command: str = "",
) -> int | Refusal:  # fmt: skip
    """Publish a text as the next version; returns its number.  Whoever publishes it has read it.

    Refused, with nothing written, unless ``by`` is a supervisor, the whole text is sound and in the branch's currency
    (budgets are already funded in it), its start is neither past nor before the start of the version in force, nothing
    that is pending waits for an area that it no longer has, and what it takes up was accepted and is not taken up yet.
    A repeated ``command`` changes nothing and answers the same.
    """
    if by.role != "supervisor":
        return SupervisorNeeded()
    policy = read_policy(text, source=source, words=words)
    if not isinstance(policy, Policy):
        return PolicyUnfit(tuple(map(str, policy)))
    command = command or new_id()
    with store.writing() as tx:
        told = [entry.fact.number for entry in tx.already(command) if isinstance(entry.fact, f.PolicyPublished)]
        if told:
            return told[0]
        now = clock.now()
        if refusal := _unfit(tx, policy, source, words) or _untimely(tx, terms.starts_at, now):
            return refusal
        if refusal := _stranding(tx, policy, words, now):
            return refusal
        if not all(map(tx.published.is_adoptable, terms.adopts)):
            return NoSuchItem()
        latest, holds = tx.policy_text(), tx.policy_at(now)
        number = (latest[0] if latest else 0) + 1
        facts: list[f.Fact] = [f.PolicyPublished(number, text, terms.starts_at or now)]
        facts += [f.PolicyAcknowledged(by.id, number), *_adopted(terms.adopts, number)]
        under = number if terms.starts_at is None or holds is None else holds[0]
        tx.append(command=command, actor=by.id, policy=under, at=now, facts=[("", fact) for fact in facts])
    return number


def _adopted(which: Sequence[str], number: int) -> list[f.Fact]:
    return [f.SuggestionAdopted(suggestion, number) for suggestion in dict.fromkeys(which)]


def _unfit(tx: Reading, policy: Policy, source: str, words: Words) -> Refusal | None:
    station = tx.station()
    if station is None or station.currency == policy.currency:
        return None
    said = words.t(
        "{source}: currency = {found}: this branch works in {currency}, and its budgets too",
        source=source, found=policy.currency, currency=station.currency,
    )  # fmt: skip
    return PolicyUnfit((said,))


def _untimely(tx: Reading, starts_at: datetime | None, now: datetime) -> Refusal | None:
    """A version can never change the past."""
    if starts_at is None:
        return None
    if starts_at <= now:
        return StartPast(starts_at)
    holds = tx.policy_at(now)
    began = tx.published.began(holds[0]) if holds is not None else None
    if holds is not None and began is not None and starts_at < began:  # the clock was put back since
        return StartTooEarly(holds[0], began)
    return None


def _stranding(tx: Reading, policy: Policy, words: Words, now: datetime) -> Refusal | None:
    """Which cases wait for an area that the policy no longer has: nobody could be told how fast it answers."""
    waits = tx.published.waits((area.code for area in policy.areas), TOLD + 1)
    if not waits:
        return None
    told: dict[str, list[str]] = {}
    before = Policies(words).in_force(tx, now)
    for wait in waits[:TOLD]:
        known = before.area(wait.area)
        told.setdefault(known.name if known else wait.area, []).append(wait.case)
    return PolicyStrands(tuple((name, tuple(cases)) for name, cases in told.items()), len(waits) > TOLD)


class Drafting:
    """What a supervisor does with the one draft of a branch."""

    def __init__(self, store: Store, words: Words, clock: Clock, new_id: NewId, by: Person) -> None:
        self._store, self._words, self._clock, self._new_id, self._by = store, words, clock, new_id, by

    @property
    def path(self) -> Path:
        """Where the draft is, or would be."""
        return draft_path(self._store.path)

    def begin(self) -> Refusal | None:
        """Make a draft of the newest version, unless there is one."""
        if self._by.role != "supervisor":
            return SupervisorNeeded()
        with self._store.reading() as tx:
            latest = tx.policy_text()
        try:
            begin_draft(self.path, latest[1] if latest else "")
        except OSError:
            return DraftUnwritten(str(self.path))
        return None

    def publish(self, digest: str, terms: Terms, command: str) -> int | Refusal:
        """Publish the draft that was looked at; it is gone once it is a version, and stays if it is refused."""
        told = self.told(command)
        if told is not None:
            return told
        try:
            draft = read_draft(self.path)
        except OSError:
            draft = None
        if draft is None:
            return DraftMissing(str(self.path))
        if draft.digest != digest:
            return DraftChanged()
        policy = read_policy_bytes(draft.data, source=self.path.name, words=self._words)
        if not isinstance(policy, Policy):
            return PolicyUnfit(tuple(map(str, policy)))
        number = publish(
            self._store, draft.data.decode("utf-8-sig"), by=self._by, source=self.path.name, words=self._words,
            clock=self._clock, new_id=self._new_id, terms=terms, command=command,
        )  # fmt: skip
        if isinstance(number, int):
            end_draft(self.path, draft.data)
        return number

    def told(self, command: str) -> int | None:
        """The number that a command has published, if it did."""
        with self._store.reading() as tx:
            entries = tx.already(command)
        return next((x.fact.number for x in entries if isinstance(x.fact, f.PolicyPublished)), None)
