"""The secrets of this workstation, outside its database: what ties the chain, and what PINs are mixed with (E1, E2).

One small file for its owner alone, in the folder of the settings.  Whoever takes the database without it can neither
try out PINs against the stored hashes nor write a line of the journal that holds.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mesa_recuperacion.journal.chain import NO_KEYS, ChainKey, Ring
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.wiring.places import prepared

SECRET_BYTES = 32
MAX_BYTES = 64 * 1024
"""More than this is not a file of keys."""


class KeysUnfit(StoreError):
    """The file of keys is there and cannot be read as one; nothing is put in its place."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``pepper`` is mixed into every PIN before it is hashed; ``chain`` ties the lines of the journal."""

    pepper: bytes = field(repr=False)
    chain: tuple[ChainKey, ...] = ()


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
        return Keys(_secret(said["pepper"]), tuple(_chain_key(one) for one in said["chain"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeysUnfit(type(error).__name__) from None


def ring_at(path: Path | None) -> Ring:
    """The chain keys of a file; none where there is no file, or none that can be read: then lines are not judged."""
    with suppress(KeysUnfit, OSError):
        keys = read_keys(path) if path is not None else None
        return Ring(keys.chain) if keys is not None else NO_KEYS
    return NO_KEYS


def keys_at(path: Path) -> Keys:
    """The keys of a file, which is made with a fresh pepper if there is none.  Raises as :func:`read_keys`."""
    known = read_keys(path)
    if known is not None:
        return known
    prepared(path.parent)
    making = _written(path, Keys(secrets.token_bytes(SECRET_BYTES)))
    try:
        os.link(making, path)  # whoever was first, in whichever window, made them
    except FileExistsError:
        pass
    except OSError:  # a file system without second names
        if not path.exists():
            making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    _force_names(path.parent)  # what is hashed with it may be on the disk in a moment
    made = read_keys(path)
    if made is None:
        raise KeysUnfit("gone")
    return made


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
    _force_names(path.parent)


def _force_names(folder: Path) -> None:
    """The names in a folder are on the disk; Windows does it by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _written(path: Path, keys: Keys) -> Path:
    said = {
        "pepper": keys.pepper.hex(),
        "chain": [
            {"name": k.name, "secret": k.secret.hex(), "stream": k.stream, "since": k.since, "used": k.used}
            for k in keys.chain
        ],
    }
    making = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(making, flags, 0o600), "w", encoding="ascii") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return making


def _secret(said: Any) -> bytes:
    found = bytes.fromhex(said)
    if len(found) != SECRET_BYTES:
        raise ValueError("not a secret")
    return found


def _chain_key(said: dict[str, Any]) -> ChainKey:
    name, stream, since, used = said["name"], said["stream"], said["since"], said["used"]
    if not isinstance(name, str) or not isinstance(stream, str) or type(since) is not int or type(used) is not bool:
        raise TypeError("not a key")
    return ChainKey(name, _secret(said["secret"]), stream, since, used)
