"""The secrets of this workstation, outside its database: what ties the chain, and what PINs are mixed with (E1, E2).

One small file for its owner alone, in the folder of the settings.  Whoever takes the database without it can neither
try out PINs against the stored hashes nor write a line of the journal that holds.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal.chain import NO_KEYS, ChainKey, Ring
from mesa_recuperacion.service.hashing import CEILING_KIB, FLOOR, MARK, MOST_PASSES, Argon2, Strength
from mesa_recuperacion.store.durable import put_into_place, settle_names
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.quick import kept_with
from mesa_recuperacion.wiring.places import prepared

SECRET_BYTES = 32
MAX_BYTES = 64 * 1024
"""More than this is not a file of keys."""


class KeysUnfit(StoreError):
    """The file of keys is there and cannot be read as one; nothing is put in its place."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``pepper`` is mixed into every PIN before it is hashed; ``chain`` ties the lines of the journal; ``strength`` is
    what one look at a PIN costs on this machine (``None``: never measured).
    """

    pepper: bytes = field(repr=False)
    chain: tuple[ChainKey, ...] = ()
    strength: Strength | None = None

    def hasher(self) -> Argon2:
        """What keeps the PINs of this workstation."""
        return Argon2(pepper=self.pepper, strength=self.strength)


def read_keys(path: Path) -> Keys | None:
    """The keys of a file; ``None`` if there is none.  Raises :class:`KeysUnfit`, ``OSError``."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(data) > MAX_BYTES:
        raise KeysUnfit("too large")
    try:
        said = json.loads(data)
        chain = tuple(_chain_key(one) for one in said["chain"])
        return Keys(_secret(said["pepper"]), chain, _strength(said.get("argon2")))
    except (AttributeError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeysUnfit(type(error).__name__) from None


def ring_at(path: Path | None) -> Ring:
    """The chain keys of a file; none where there is no file, or none that can be read: then lines are not judged."""
    with suppress(KeysUnfit, OSError):
        keys = read_keys(path) if path is not None else None
        return Ring(keys.chain) if keys is not None else NO_KEYS
    return NO_KEYS


def keys_at(path: Path, strength: Callable[[], Strength | None] = lambda: None) -> Keys:
    """The keys of a file, which is made with a fresh pepper if there is none.  Raises as :func:`read_keys`.

    ``strength`` is asked only if it is made.
    """
    known = read_keys(path)
    if known is not None:
        return known
    put_first(path, fresh_keys(strength()))
    made = read_keys(path)
    if made is None:
        raise KeysUnfit("gone")
    return made


def put_first(path: Path, keys: Keys) -> bool:
    """Write the keys where there are none: whether it was these; whoever was first, in whichever window, stays."""
    prepared(path.parent)
    making = _written(path, keys)
    try:
        put_into_place(making, path)
    except FileExistsError:
        return False
    finally:
        making.unlink(missing_ok=True)
    return True


def keys_of(path: Path, database: Path) -> Keys:
    """The keys with which a store is kept: made if there are none and nothing of it needs others.

    Raises :class:`KeysUnfit` if they are gone or cannot be read, and as ``store.quick.kept_with``.
    """
    try:
        known = read_keys(path)
        if known is None:
            kept = kept_with(database)
            if kept.chain or any(one.startswith(MARK) for one in kept.pins):
                raise KeysUnfit("gone")
        return known or keys_at(path)
    except OSError as error:
        raise KeysUnfit(type(error).__name__) from error


def fresh_keys(strength: Strength | None = None) -> Keys:
    """Keys with a pepper that nobody has seen, and no chain yet."""
    return Keys(secrets.token_bytes(SECRET_BYTES), strength=strength)


def pending_chain_key(path: Path, stream: str, since: int) -> ChainKey:
    """A key for a stream from its line ``since`` on: one that was made and never came into use, or a new one."""
    for key in keys_at(path).chain:
        if key.stream == stream and not key.used:
            return replace(key, since=since)
    return ChainKey(f"k-{secrets.token_hex(4)}", secrets.token_bytes(SECRET_BYTES), stream, since, used=False)


def keep_chain_key(path: Path, key: ChainKey) -> Keys:
    """Put a key into the file; it is on the disk when this returns."""
    known = keys_at(path)
    return _put(path, replace(known, chain=(*(one for one in known.chain if one.name != key.name), key)))


def confirm_chain_key(path: Path, name: str) -> Keys:
    """The line that names the key is in the journal."""
    known = keys_at(path)
    return _put(path, replace(known, chain=tuple(replace(k, used=k.used or k.name == name) for k in known.chain)))


def drop_chain_keys(path: Path, stream: str) -> Keys:
    """Forget the keys of a stream."""
    known = keys_at(path)
    return _put(path, replace(known, chain=tuple(key for key in known.chain if key.stream != stream)))


def _put(path: Path, keys: Keys) -> Keys:
    put(path, keys)
    return keys


def put(path: Path, keys: Keys) -> None:
    """Write the keys, whole or not at all, for the owner alone.  Raises ``OSError``."""
    prepared(path.parent)
    making = _written(path, keys)
    try:
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    settle_names(path.parent)


def copy_to(target: Path, keys: Keys) -> None:
    """Write a copy for the safe, for its owner alone; nothing that is there is touched.

    Raises ``FileExistsError``, ``OSError``.
    """
    try:
        _write(target, keys)
    except FileExistsError:
        raise
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _written(path: Path, keys: Keys) -> Path:
    making = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    _write(making, keys)
    return making


def _write(path: Path, keys: Keys) -> None:
    said: dict[str, Any] = {
        "pepper": keys.pepper.hex(),
        "chain": [
            {"name": k.name, "secret": k.secret.hex(), "stream": k.stream, "since": k.since, "used": k.used}
            for k in keys.chain
        ],
    }
    if keys.strength is not None:
        said["argon2"] = {"memory_kib": keys.strength.memory_kib, "passes": keys.strength.passes}
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _secret(said: Any) -> bytes:
    found = bytes.fromhex(said)
    if len(found) != SECRET_BYTES:
        raise ValueError("not a secret")
    return found


def _strength(said: dict[str, Any] | None) -> Strength | None:
    if said is None:
        return None
    memory, passes = said["memory_kib"], said["passes"]
    if type(memory) is not int or type(passes) is not int:
        raise TypeError("not a strength")
    if not FLOOR.memory_kib <= memory <= CEILING_KIB or not FLOOR.passes <= passes <= MOST_PASSES:
        raise ValueError("not a strength of ours")
    return Strength(memory, passes)


def _chain_key(said: dict[str, Any]) -> ChainKey:
    name, stream, since, used = said["name"], said["stream"], said["since"], said["used"]
    if not isinstance(name, str) or not isinstance(stream, str) or type(since) is not int or type(used) is not bool:
        raise TypeError("not a key")
    return ChainKey(name, _secret(said["secret"]), stream, since, used)
