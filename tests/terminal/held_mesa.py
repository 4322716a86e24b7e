"""The real program, but the step that ``MESA_HELD`` names goes on until whoever is at the terminal ends it.

So a test meets a long run in the midst of it, however fast the machine is, and without a clock.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from mesa_recuperacion.__main__ import main
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.store import heard, verify
from mesa_recuperacion.wiring.going import Going


def hold(kind: Any) -> None:
    """Let the progress of that step say the same again and again: it raises as soon as it is to end."""
    plain = kind.__call__

    def held(self: Any, step: str) -> Callable[[int, int], None]:
        progress = plain(self, step)

        def again(done: int, total: int) -> None:
            while True:
                progress(done, total)
                time.sleep(0.01)

        return again if step == os.environ["MESA_HELD"] else progress

    kind.__call__ = held


if __name__ == "__main__":
    heard._BETWEEN, verify._WORD = 100, 1  # of a small store there is something to say, too
    hold(LongRun)
    hold(Going)
    sys.exit(main())
