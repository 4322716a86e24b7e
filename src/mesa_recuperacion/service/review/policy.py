"""The versions of the policy and the draft of the next one, for supervision (rules A5, D5, D7, D9)."""

from __future__ import annotations

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import DraftMissing, Refusal
from mesa_recuperacion.domain.review.policy import (
    VERSIONS,
    Acknowledged,
    AcknowledgedOf,
    DraftChecked,
    DraftCheckOf,
    DraftDiff,
    DraftDiffOf,
    DraftSeen,
    PolicyOf,
    PolicySeen,
    Reader,
)
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words, words
from mesa_recuperacion.policy.check import spoken_seconds, warnings_for
from mesa_recuperacion.policy.diff import differences, told
from mesa_recuperacion.policy.faults import Fault
from mesa_recuperacion.policy.load import read_policy_bytes
from mesa_recuperacion.service.drafts import Draft, draft_path, read_draft
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.reading import Reading

ADOPTABLE = 9
"""Accepted suggestions that are offered to a new version: as many as a digit reaches."""


def policy(query: PolicyOf, looking: Looking) -> PolicySeen:
    """The versions and the draft."""
    tx, published = looking.tx, looking.tx.published
    newest = newest_of(tx, looking.policies, looking.policy)
    listed = published.versions(VERSIONS + 1, query.below)
    return PolicySeen(
        versions=listed[:VERSIONS],
        latest=newest.version,
        in_force=looking.policy.version,
        path=str(draft_path(looking.path)),
        draft=_draft(query, looking, newest),
        unread_by=tuple(r.name for r in published.readers() if r.number < looking.policy.version),
        adoptable=published.adoptable(ADOPTABLE),
        seconds=spoken_seconds(newest),
        opens_at=looking.policy.hours.opens_after(looking.now),
        more=len(listed) > VERSIONS,
    )


def newest_of(tx: Reading, policies: Policies, otherwise: Policy) -> Policy:
    """The version with the highest number, in force or not yet: what a new one is compared with."""
    latest = tx.policy_text()
    return policies.version(tx, latest[0]) if latest is not None else otherwise


def check(query: DraftCheckOf, looking: Looking) -> DraftChecked | Refusal:
    """What is wrong with the draft, or what deserves a second look."""
    spoken, path = words(query.language), draft_path(looking.path)
    draft = _read(looking)
    if draft is None:
        return DraftMissing(str(path))
    before = spoken_seconds(newest_of(looking.tx, looking.policies, looking.policy))
    found = _policy(draft, spoken)
    if not isinstance(found, Policy):
        return DraftChecked(tuple(fault.placed(spoken) for fault in found), (), before, 0, str(path))
    warnings = tuple(warning.told(spoken) for warning in warnings_for(found))
    return DraftChecked((), warnings, before, spoken_seconds(found), str(path))


def diff(query: DraftDiffOf, looking: Looking) -> DraftDiff | Refusal:
    """What the draft changes."""
    draft = _read(looking)
    if draft is None:
        return DraftMissing(str(draft_path(looking.path)))
    spoken = words(query.language)
    old = newest_of(looking.tx, looking.policies, looking.policy)
    new = _policy(draft, spoken)
    if not isinstance(new, Policy):
        return DraftDiff(old.version, (), spoken_seconds(old), 0, faulty=True)
    shown = Shown(query.locale, looking.policy.hours.zone)
    lines = tuple(told(change, shown) for change in differences(old, new, shown))
    return DraftDiff(old.version, lines, spoken_seconds(old), spoken_seconds(new))


def acknowledged(query: AcknowledgedOf, looking: Looking) -> Acknowledged:
    """Who has read the version in force; those who have not come first."""
    number = looking.policy.version

    def has_read(reader: Reader) -> bool:
        return reader.number >= number

    return Acknowledged(number, tuple(sorted(looking.tx.published.readers(), key=has_read)))


def _read(looking: Looking) -> Draft | None:
    try:
        return read_draft(draft_path(looking.path))
    except OSError:
        return None


def _policy(draft: Draft, spoken: Words) -> Policy | tuple[Fault, ...]:
    return read_policy_bytes(draft.data, source="", words=spoken)


def _draft(query: PolicyOf, looking: Looking, newest: Policy) -> DraftSeen | None:
    """The draft in a few figures; a path that holds something else is told instead of passed over."""
    spoken, path = words(query.language), draft_path(looking.path)
    try:
        draft = read_draft(path)
    except OSError:
        return DraftSeen(looking.now, "", 0, unread=spoken.t("{path} cannot be read.", path=path))
    if draft is None:
        return None
    found = _policy(draft, spoken)
    if not isinstance(found, Policy):
        return DraftSeen(draft.saved_at, draft.digest, len(found))
    changes = differences(newest, found, Shown(query.locale, looking.policy.hours.zone))
    return DraftSeen(draft.saved_at, draft.digest, 0, len(changes), spoken_seconds(found))
