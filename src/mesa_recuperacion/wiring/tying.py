"""The chain of a station and the key that ties it: made with the first line that needs it, never silently (rule E1)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.facts import StationKeyed
from mesa_recuperacion.journal.chain import Ring
from mesa_recuperacion.store.errors import StoreUntied
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import (
    KeysUnfit,
    confirm_chain_key,
    drop_chain_keys,
    keep_chain_key,
    keys_of,
    pending_chain_key,
    ring_at,
)
from mesa_recuperacion.wiring.log import note

if TYPE_CHECKING:
    from mesa_recuperacion.store.store import Store
    from mesa_recuperacion.store.writing import Writing


def tie(store: Store, keys_file: Path, clock: Clock, *, anew: bool = False) -> None:
    """Give a store the keys of this workstation; a stream that is not tied yet is, from its next line on.

    The key is on the disk before the line that names it, and is known to be in use only once that line is: killed in
    between, the same key is used for a later line.  ``anew`` forgets the keys that this stream had here (of a branch
    that is founded, or whose keys were lost).

    Raises ``StoreUntied`` if this workstation tied the stream before, and the store says that nothing does: it was
    changed from outside, or is another one.  ``KeysUnfit``, ``OSError``, ``StoreError``.
    """
    with store.reading() as tx:
        stream, name = tx.head()[0], tx.chain_key()
    if not stream:
        return
    keys = drop_chain_keys(keys_file, stream) if anew else keys_of(keys_file, store.path)
    store.ring = Ring(keys.chain)
    if name and not anew:
        if any(key.name == name and not key.used for key in keys.chain):
            store.ring = Ring(confirm_chain_key(keys_file, name).chain)
        return
    if any(key.used for key in store.ring.of(stream)):
        if _named(store):  # by another window, between the look at the store and that at the keys
            return
        raise StoreUntied(f"{stream} was tied with a key, and says that it is not")
    with store.writing() as writing:
        if anew or not writing.chain_key():  # another window may have been first
            name = _write(writing, keys_file, clock)
    store.ring = Ring(confirm_chain_key(keys_file, name or _named(store)).chain)


def tie_or_read(store: Store, keys_file: Path, clock: Clock) -> None:
    """As :func:`tie`, wherever a store is opened: one that is only read, or whose keys are gone, is left as it is.

    What is tied with a key that is not here is not proved then, and nothing can be added to it.
    """
    if store.sealed is not None:
        store.ring = ring_at(keys_file)
        return
    try:
        tie(store, keys_file, clock)
    except KeysUnfit as error:
        note(error)


def _write(writing: Writing, keys_file: Path, clock: Clock) -> str:
    now, (_, last, _) = clock.now(), writing.head()
    key = pending_chain_key(keys_file, writing.stream, last + 1)
    writing.tie(Ring(keep_chain_key(keys_file, key).chain))
    holds = writing.policy_at(now)
    writing.append(
        command=fresh_id(), actor="", policy=holds[0] if holds else 0, at=now, facts=[("", StationKeyed(key.name))]
    )  # fmt: skip
    return key.name


def _named(store: Store) -> str:
    with store.reading() as tx:
        return tx.chain_key()
