"""``mesa keys``: which keys of this terminal arrive, and what to use instead of the others."""

from __future__ import annotations

import os
from typing import Any, NoReturn

from mesa_recuperacion.cli.failures import USAGE
from mesa_recuperacion.cli.launch import bare_setting
from mesa_recuperacion.cli.workstation import workstation


class Nothing:
    """Stands where a branch would be: the key test asks for nothing and keeps nothing."""

    standing: tuple[str, ...] = ()

    def carry_out(self, ask: Any) -> NoReturn:
        """Nobody asks."""
        raise TypeError(f"nobody carries out {ask!r}")

    def warm(self) -> None:
        """Nothing to load."""

    def save_draft(self, draft: Any) -> None:
        """Nothing to keep."""

    def close(self) -> None:
        """Nothing to let go of."""


def keys() -> int:
    """Run the key test in this terminal; answers the exit code."""
    here = workstation(os.environ)
    if here is None:
        return USAGE
    from mesa_recuperacion.desk.run import run_desk
    from mesa_recuperacion.dialogue import keytest

    return run_desk(
        Nothing, bare_setting(here), theme=here.config.theme, glyphs=here.config.glyphs, conversation=keytest,
        key_test=True,
    )  # fmt: skip
