"""Forgets a customer and is killed beside the commit: ``python -m`` this, ``before`` or ``after``, a file."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store import sweep
from mesa_recuperacion.store.store import Store
from tests.contract.branch import Branch


def main(moment: str, path: str) -> None:
    """The mark is made before the commit, the list written first after it."""
    original = sweep.mark

    def marked(target: Path) -> None:
        original(target)
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)

    sweep.mark = marked
    sweep.list_more = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,return-value]
    branch = Branch(Store.open(Path(path)), "worker")
    branch.append(("CEN-1001", f.ContactForgotten()), ("", f.CustomerForgotten("zoraida-card")), actor="eva")


if __name__ == "__main__":
    main(*sys.argv[1:])
