"""The machine's own clock: what the wall says, and seconds that nobody can set (rules C1, C2)."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

_NAMES = ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC_RAW")
_SLEEPLESS: int | None = next((getattr(time, name) for name in _NAMES if hasattr(time, name)), None)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC, to the millisecond (what a fact can keep)."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def steady(self) -> float:
        """Seconds since the machine began.

        Linux's and macOS's own ``monotonic`` stands still while the machine sleeps, so theirs is asked for by name;
        that of Windows goes on.
        """
        return time.monotonic() if _SLEEPLESS is None else time.clock_gettime(_SLEEPLESS)

    def boot(self) -> str:
        """Linux's name of this boot; elsewhere none is known, and each run of the program is one of its own."""
        return _boot()


@cache
def _boot() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return os.urandom(8).hex()
