"""Folding what a step has written, on branches of growing size: it must not cost more where there are more cases.

A call is told to the fold, step by step, in a transaction of a branch of each size, and then undone: the branches stay
as they are. What is timed of a step is taking its facts and writing their rows; beside it stand the pages that SQLite
read for them (Linux only: there the system counts what a process reads). The sizes take turns.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.branches import Home, somebody
from benchmarks.compare import SIZES, Measured, Subject, figure, ratios, run_benchmark
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.fold import Fold
from mesa_recuperacion.store.store import Store

GOAL = 1.2
CALLS = 10
"""Calls of a round: of customers whose cards are spread over the branch."""

PAGE = 4096
_COUNTED = Path("/proc/self/io")

Step = tuple[str, list[f.Fact]]


class Rolled(Exception):
    """What takes a transaction back."""


@contextmanager
def undone(store: Store) -> Iterator[Connection]:
    """A transaction of the writer of which nothing stays."""
    try:
        with store.write_transaction() as connection:
            yield connection
            raise Rolled
    except Rolled:
        pass


class Branch:
    """One size of the branch."""

    def __init__(self, home: Home) -> None:
        self.store = Store.open(home.database, home.ring)
        with self.store.reading() as tx:
            self.agent = next(person.id for person in tx.people() if person.role == "agent")
            self.stream, self.head, _ = tx.head()
            self.number = tx.next_number()
        with self.store.read_transaction() as connection:
            last = connection.core.exec_driver_sql("SELECT max(at_ms) FROM journal").scalar_one()
            self.customers = [
                somebody(connection.driver, n / CALLS, "id", "merged_into = '' AND forgotten = 0")[0]
                for n in range(CALLS)
            ]
        self.now = from_ms(last) + timedelta(hours=1)

    def round(self) -> tuple[dict[str, float], dict[str, int]]:
        """The seconds of each step, over all calls, and the pages that were read for it."""
        seconds: dict[str, float] = {}
        pages: dict[str, int] = {}
        with undone(self.store) as connection:
            self._fund(connection)
            for n, customer in enumerate(self.customers):
                fold = self._fold(connection)
                case, at, seq = f"{self.stream}{self.number + n:03}", self.now, self.head + 1000 * (n + 1)
                for step, facts in call(customer, self.agent, at):
                    at += timedelta(seconds=6)
                    entries = self._entries(facts, seq, at, case)
                    seq += len(facts)
                    before, begun = _read(), process_time()
                    for entry in entries:
                        fold.take(entry)
                    fold.flush()
                    seconds[step] = seconds.get(step, 0.0) + process_time() - begun
                    pages[step] = pages.get(step, 0) + (_read() - before) // PAGE
        return seconds, pages

    def _fold(self, connection: Connection) -> Fold:
        return Fold(connection, lambda case, before: replay(lines.case_entries(connection, case, before)))

    def _fund(self, connection: Connection) -> None:
        funded = f.BudgetFunded(self.agent, "of the benchmark", Money(10_000_000, "MXN"), self.now + timedelta(days=9))
        fold = self._fold(connection)
        fold.take(f.Entry(self.stream, self.head + 1, self.now, "", 1, "benchmark", "", funded))
        fold.flush()

    def _entries(self, facts: Sequence[f.Fact], seq: int, at: datetime, case: str) -> list[f.Entry]:
        return [
            f.Entry(
                self.stream, seq + n, at, self.agent, 1, "benchmark", case if isinstance(fact, f.CaseFact) else "", fact
            )
            for n, fact in enumerate(facts)
        ]  # fmt: skip

    def close(self) -> None:
        self.store.close()


def call(customer: str, agent: str, now: datetime) -> list[Step]:
    """The facts of each step of an ordinary call."""
    amount, period = Money(5_000, "MXN"), "of the benchmark"
    due = now + timedelta(days=1)
    return [
        ("open", [f.CaseOpened(customer, now, 300, 0, (), True)]),
        ("apology", [f.StepSaid("apologise")]),
        ("problem", [f.ProblemIdentified("missing_product", 300, "", False, ())]),
        ("note", [f.NoteAdded("Compró dos cajas y recibió una.")]),
        ("remedy", [f.RemedyChosen("resend", Money(12_000, "MXN"), due, "almacen")]),
        ("gesture", [f.CompensationReserved("coupon", amount, agent, period)]),
        ("promise", [f.PromiseMade(f"p/{customer}", "resend", due, agent, "almacen")]),
        ("telephone", [
            f.PhoneNoted(customer, "5512340078"),
            f.FollowUpScheduled(f"u/{customer}", "verify", due + timedelta(days=2), agent, 1),
        ]),
        ("closing", [f.CaseClosed(True, 250, 300, ()), f.CompensationDelivered(amount, agent, period)]),
    ]  # fmt: skip


def _read() -> int:
    """Bytes that this process has read from files; 0 where nobody counts them."""
    if not _COUNTED.exists():
        return 0
    said = _COUNTED.read_text(encoding="ascii")
    return int(said.split("rchar: ", 1)[1].split("\n", 1)[0])


def measure(subject: Subject, rounds: int) -> Measured:
    """Each round folds the calls on each size."""
    with ExitStack() as opened:
        branches = [opened.enter_context(closing(Branch(subject.home(size)))) for size in subject.sizes]
        taken: list[list[tuple[dict[str, float], dict[str, int]]]] = [[] for _ in branches]
        for n in range(rounds + 1):
            for branch, kept in zip(branches, taken, strict=True):
                one = branch.round()
                if n:
                    kept.append(one)
    return _measured(subject.sizes, taken)


def _measured(sizes: tuple[int, ...], taken: list[list[tuple[dict[str, float], dict[str, int]]]]) -> Measured:
    lines = ["cases: " + ", ".join(f"{size:,}" for size in sizes), "CPU of folding a step, pages read for it:"]
    details: list[dict[str, Any]] = []
    for step in taken[0][0][0]:
        seconds = [[one[0][step] / CALLS for one in kept] for kept in taken]
        pages = [statistics.median(one[1][step] / CALLS for one in kept) for kept in taken]
        curve = "  ".join(f"{1000 * statistics.median(of):6.3f}" for of in seconds)
        read = "  ".join(f"{of:5.1f}" for of in pages)
        lines.append(f"  {step:<10} {curve} ms   {read} pages   {seconds[-1][0] / seconds[0][0]:.2f}")
        details.append({"step": step, "seconds": seconds, "pages": pages})
    whole = [[sum(one[0].values()) / CALLS for one in kept] for kept in taken]
    lines.append("  a call     " + "  ".join(f"{1000 * statistics.median(of):6.3f}" for of in whole) + " ms")
    grown = figure("folding the facts of a call", ratios(whole[-1], whole[0]), GOAL)
    return lines, [grown], {"sizes": sizes, "steps": details}


if __name__ == "__main__":
    sys.exit(run_benchmark("Folding at growing sizes", 15, measure, sizes=SIZES))
