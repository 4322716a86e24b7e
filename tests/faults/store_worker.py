"""Processes that write to a store on their own, for the tests of its faults: ``python -m`` this, an act, a file."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import Writing
from tests.contract.branch import NOW, Branch, mxn


def spend(path: Path, name: str, tries: int) -> None:
    """Reserve one peso again and again, in a case of its own; print how often there was room."""
    branch = Branch(Store.open(path))
    done = 0
    case = f"CEN-1{name}"
    branch.append((case, f.CaseOpened("rosa", NOW, 60, 0)), command=f"{name} opens")
    for turn in range(tries):
        gift = f.CompensationReserved("own", mxn(100), "ana", "2025-03")
        try:
            branch.append((case, gift), command=f"{name} {turn}")
            done += 1
        except BudgetGuard:
            pass
    sys.stdout.write(f"{done}\n")


def adjust(path: Path, name: str, tries: int) -> None:
    """Take two pesos from the budget again and again; print how often there was room."""
    branch = Branch(Store.open(path))
    done = 0
    for turn in range(tries):
        change = f.BudgetAdjusted(f"{name}-{turn}", "ana", "2025-03", mxn(-200), "cierre")
        try:
            branch.append(("", change), command=f"{name} {turn}", actor="eva")
            done += 1
        except BudgetGuard:
            pass
    sys.stdout.write(f"{done}\n")


def spend_for_ever(path: Path, name: str) -> None:
    """Reserve one peso and release it, for ever, and say each command once it is on the disk."""
    branch = Branch(Store.open(path))
    case = f"CEN-1{name}"
    branch.append((case, f.CaseOpened("rosa", NOW, 60, 0)), command=f"{name} opens")
    turn = 0
    while True:
        command = f"{name} {turn}"
        gift = f.CompensationReserved("own", mxn(100), "ana", "2025-03")
        branch.append((case, gift), (case, f.NoteAdded("hecho")), command=command)
        os.write(1, f"{command}\n".encode())
        branch.append((case, f.CompensationReleased(mxn(100), "ana", "2025-03")), command=f"{command} back")
        turn += 1


def die_before_commit(path: Path) -> None:
    """Append a whole decision and be killed with the transaction open."""
    store = Store.open(path)
    with store.writing() as writing:
        _one_decision(writing)
        os.kill(os.getpid(), signal.SIGKILL)


def die_in_commit(path: Path) -> None:
    """Be killed when the commit has been made and nobody has been told."""
    store = Store.open(path)
    commit = store._writer._commit

    def last_words(connection: Any) -> None:
        commit(connection)
        os.kill(os.getpid(), signal.SIGKILL)

    store._writer._commit = last_words  # type: ignore[method-assign]
    with store.writing() as writing:
        _one_decision(writing)


def _one_decision(writing: Writing) -> None:
    facts = [
        ("CEN-1001", f.CompensationReserved("own", mxn(100), "ana", "2025-03")),
        ("CEN-1001", f.NoteAdded("hecho")),
    ]
    writing.append(command="the decision", actor="ana", policy=1, at=NOW, facts=facts)


def main() -> None:
    """Do what the arguments say."""
    act, path, *rest = sys.argv[1:]
    if act == "spend":
        spend(Path(path), rest[0], int(rest[1]))
    elif act == "adjust":
        adjust(Path(path), rest[0], int(rest[1]))
    elif act == "spend-for-ever":
        spend_for_ever(Path(path), rest[0])
    elif act == "die-before-commit":
        die_before_commit(Path(path))
    elif act == "die-in-commit":
        die_in_commit(Path(path))


if __name__ == "__main__":
    main()
