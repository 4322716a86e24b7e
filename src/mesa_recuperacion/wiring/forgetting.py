"""Forgetting a customer: the copies that were handed out, the store, and until when older copies still hold them (E3).

The order is the one in which nothing is left over if the program is killed: first the files that were written for
spreadsheets, then the store (which finishes by itself whatever a kill interrupts), then the files once more, for one
that was written meanwhile.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.backups import KEEP_DAYS
from mesa_recuperacion.domain.traces import Traces
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.reports.files import parts_of
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.store import handed
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.traces import Held
from mesa_recuperacion.wiring.outgoing import near


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the files that were handed out and may name a customer.

    ``removed`` named them and are gone; ``missing`` are no longer where they were written; ``stuck`` could not be read
    or removed.
    """

    removed: tuple[Path, ...] = ()
    missing: tuple[Path, ...] = ()
    stuck: tuple[Path, ...] = ()

    def then(self, later: TakenBack) -> TakenBack:
        """This, and what a second look found."""
        still = tuple(path for path in later.stuck if path not in self.removed)
        return TakenBack((*self.removed, *later.removed), (*self.missing, *later.missing), still)


def forget(
    desk: DeskService, customer: str, carry_out: Callable[[], d.Outcome], keep_days: int = KEEP_DAYS
) -> d.Outcome:  # fmt: skip
    """Forget a customer of a desk, whose supervisor has signed for it; what came of it, for whoever asked.

    ``carry_out`` does what :meth:`DeskService.forget` does, as often as it has to.  Refused before any file is touched,
    if it can be told then; else as the desk refuses.  Raises ``StoreError``.
    """
    store = desk.store
    may = desk.may_forget(customer)
    if may is not None:
        return d.Refused(may)
    with store.reading() as tx:
        traces = Held(tx).traces(customer)
        cases = Held(tx).cases_of([card.id for card in Held(tx).read_as_one(customer)])
    files = taken_back(store, traces)
    done = carry_out()
    if not isinstance(done, d.Done):
        return done
    files = files.then(taken_back(store, traces))
    until = desk.now().astimezone(desk.zone).date() + timedelta(days=keep_days)
    removed, missing, stuck = (
        tuple(near(path) for path in paths) for paths in (files.removed, files.missing, files.stuck)
    )
    return d.Forgotten(len(cases), removed, missing, stuck, until, store.sweep())


def taken_back(store: Store, traces: Traces) -> TakenBack:
    """Remove the files that were handed out and name a customer; one that is not there any more is named once."""
    with store.reading() as tx:
        known = handed.listed(tx)
    removed: list[Path] = []
    missing: list[Path] = []
    stuck: list[Path] = []
    for path in _with_parts(file.path for file in known):
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                stuck.append(path)
            elif _names(path, traces):
                path.unlink()
                removed.append(path)
        except FileNotFoundError:
            missing.append(path)
        except OSError:
            stuck.append(path)
    if removed or missing:
        with store.writing() as tx:
            handed.drop(tx, (*removed, *missing))
    return TakenBack(tuple(removed), tuple(missing), tuple(stuck))


def _with_parts(paths: Iterable[Path]) -> Iterable[Path]:
    """Those files, and the halves that a killed program left beside them."""
    found = tuple(paths)
    parts = (part for path in found for part in parts_of(path))
    return dict.fromkeys((*found, *parts))


def _names(path: Path, traces: Traces) -> bool:
    """Whether a file says whoever it is; a link in its place is not followed."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as lines:
        return any(traces.told_in(line) for line in lines)
