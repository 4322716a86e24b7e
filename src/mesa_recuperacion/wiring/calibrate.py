"""How strongly the PINs of this machine can be hashed without anybody having to wait for it (rule E2)."""

from __future__ import annotations

import time
from collections.abc import Callable

from mesa_recuperacion.service.hashing import CEILING_KIB, FLOOR, MOST_PASSES, Strength

WANTED = 0.275
"""Seconds that one look at a PIN should take in one thread."""

Cost = Callable[[Strength], float]
"""Seconds that one hash of a strength takes."""


def took(strength: Strength) -> float:
    """Seconds that one hash of that strength takes on this machine, now."""
    from argon2.low_level import Type, hash_secret_raw

    began = time.perf_counter()
    hash_secret_raw(b"000000", b"no salt of ours", strength.passes, strength.memory_kib, 1, 32, Type.ID)
    return time.perf_counter() - began


def calibrated(cost: Cost = took) -> Strength:
    """The strength whose hash takes about :data:`WANTED` seconds here, in less than a second all told.

    Memory first, up to the ceiling, since that is what whoever tries PINs out has to pay for; then passes.  Never less
    than the floor, on however slow a machine.
    """
    small = min(cost(FLOOR), cost(FLOOR))  # the first one also gets its memory from the system
    work = WANTED / max(small, 1e-6) * FLOOR.memory_kib * FLOOR.passes
    memory = min(CEILING_KIB, max(FLOOR.memory_kib, int(work / FLOOR.passes)))
    strength = Strength(memory, _passes(work / memory))
    if strength == FLOOR:
        return FLOOR
    return Strength(memory, _passes(strength.passes * WANTED / max(cost(strength), 1e-6)))


def _passes(wanted: float) -> int:
    return min(MOST_PASSES, max(FLOOR.passes, round(wanted)))
