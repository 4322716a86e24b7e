"""One acknowledged step of a call (its facts, their folds, the commit) against raw SQLite writing the same rows.

Three copies of one branch take the same steps in turn: the desk's whole answer (decision, step, what it shows next),
the store's part of it (`Store.writing`, `Writing.append`), and the hand-written one: with the same SQLite, journal mode
and settings, one immediate transaction that inserts and updates by key exactly the rows that the store's step has
changed, in every table. At the end the store's file and that of the hand hold the same rows, or nothing was measured.

The goal is on the median step of a call; the others are shown.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.compare import Measured, Subject, figure, milliseconds, run_benchmark, seconds_of
from benchmarks.program import WaitError
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.clock import FixedClock, from_ms
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.store import Store

GOAL = 2.5
STEPS = ("open", "apology", "problem", "note", "remedy", "gesture", "promise", "telephone", "closing")

Row = tuple[Any, ...]
Image = dict[str, dict[Row, Row]]
"""Every row of every table, by its key."""


class ByHand:
    """The rows of a file, written as somebody would who knew what they are."""

    def __init__(self, path: Path) -> None:
        self._connection = driver.prepared(driver.connect(path), driver.prepare_writer)
        tables = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        self.tables = {name: self._connection.execute(f"PRAGMA table_info({name})").fetchall() for (name,) in tables}

    def image(self) -> Image:
        """All that the file holds."""
        found: Image = {}
        for table, columns in self.tables.items():
            places = [n for n, column in enumerate(columns) if column[5]]
            rows = self._connection.execute(f"SELECT * FROM {table}").fetchall()
            found[table] = {tuple(row[n] for n in places): row for row in rows}
        return found

    def statements(self, before: Image, after: Image) -> list[tuple[str, list[Row]]]:
        """What takes the one to the other: a statement for each table and kind of change, with its rows."""
        found: dict[str, list[Row]] = {}
        for table, columns in self.tables.items():
            names = [f'"{column[1]}"' for column in columns]
            where = " AND ".join(f'"{column[1]}" = ?' for column in columns if column[5])
            old, new = before[table], after[table]
            insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            for key, row in sorted(new.items()):
                if key not in old:
                    found.setdefault(insert, []).append(row)
                elif (was := old[key]) != row:
                    changed = [n for n, value in enumerate(row) if value != was[n]]
                    sets = ", ".join(f"{names[n]} = ?" for n in changed)
                    update = f"UPDATE {table} SET {sets} WHERE {where}"
                    found.setdefault(update, []).append((*(row[n] for n in changed), *key))
            for key in sorted(old.keys() - new.keys()):
                found.setdefault(f"DELETE FROM {table} WHERE {where}", []).append(key)
        return list(found.items())

    def write(self, statements: list[tuple[str, list[Row]]]) -> None:
        """One immediate transaction."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for text, rows in statements:
            if len(rows) == 1:
                connection.execute(text, rows[0])
            else:
                connection.executemany(text, rows)
        connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


@dataclass
class Bench:
    """Three copies of a branch, which take the same steps."""

    whole: DeskService
    store: Store
    seen: ByHand
    hand: ByHand
    before: Image

    def step(self, command: c.Command, command_id: str) -> tuple[Executed | Refusal, tuple[float, ...], int]:
        """One step on each; what it came to, the seconds of each, and how many rows it changed."""
        begun = perf_counter()
        done = self.whole.execute(command, command_id)
        whole = perf_counter() - begun
        if isinstance(done, Refusal):
            return done, (), 0
        with self.whole.store.reading() as tx:
            entries = tx.already(command_id)
        store = seconds_of(lambda: self._append(entries))
        after = self.seen.image()
        statements = self.seen.statements(self.before, after)
        self.before = after
        hand = seconds_of(lambda: self.hand.write(statements))
        return done, (whole, store, hand), sum(len(rows) for _, rows in statements)

    def _append(self, entries: tuple[Entry, ...]) -> None:
        first = entries[0]
        facts = [(entry.case, entry.fact) for entry in entries]
        with self.store.writing() as tx:
            tx.append(command=first.command, actor=first.actor, policy=first.policy, at=first.at, facts=facts)


def call(bench: Bench, clock: FixedClock, ids: Iterator[str], number: int) -> dict[str, tuple[tuple[float, ...], int]]:
    """A whole call with a customer whom nobody knew: of each step its seconds and its rows."""
    taken: dict[str, tuple[tuple[float, ...], int]] = {}

    def do(step: str, command: c.Command, otherwise: c.Command | None = None) -> Executed:
        clock.advance(6)
        done, seconds, rows = bench.step(command, next(ids))
        if isinstance(done, Refusal) and otherwise is not None:
            done, seconds, rows = bench.step(otherwise, next(ids))
        if isinstance(done, Refusal):
            raise WaitError(f"{step}: {done}")
        if step:
            taken[step] = seconds, rows
        return done

    def state(done: Executed) -> Any:
        return done.file and done.file.state

    clock.advance(240)
    opened = state(do("open", c.OpenCase(clock.now(), name=f"Rosa Núñez Peña {number}")))
    case = opened.folio
    do("apology", c.SayStep(case, "apologise"))
    file = do("problem", c.IdentifyProblem(case, "missing_product")).file
    policy = file.policy if file else None
    problem = policy.problem("missing_product") if policy else None
    if problem is None:
        raise WaitError("the branch has a policy of its own")
    do("note", c.AddNote(case, "Compró dos cajas y recibió una; tiene el ticket a la mano."))
    chosen = state(do("remedy", c.ChooseRemedy(case, problem.remedies[0].code)))
    gesture = min(problem.compensations, key=lambda one: one.amount.minor)
    do("gesture", c.GrantCompensation(case, gesture.code), c.DeclineCompensation(case, "not_wanted"))
    do("promise", c.MakePromise(case, chosen.remedy.due_at, keep=True))
    do("telephone", c.ScheduleFollowUp(case, f"55 1234 {number % 10000:04}"))
    do("closing", c.CloseCase(case, satisfied=True))
    return taken


def measure(subject: Subject, rounds: int) -> Measured:
    """Each round is a call."""
    home = subject.home()
    with tempfile.TemporaryDirectory(prefix="mesa-step-") as folder:
        paths = [Path(folder) / f"{name}.db" for name in ("whole", "store", "hand")]
        for path in paths:
            shutil.copy(home.database, path)
        with (
            closing(Store.open(paths[0], home.ring)) as whole, closing(Store.open(paths[1], home.ring)) as store,
            closing(ByHand(paths[1])) as seen, closing(ByHand(paths[2])) as hand,
        ):  # fmt: skip
            clock, ids = FixedClock(_morning(whole)), (f"{n:020x}" for n in count(1))
            bench = Bench(_desk(whole, clock, ids), store, seen, hand, seen.image())
            calls = [call(bench, clock, ids, n) for n in range(rounds + 1)][1:]
            if seen.image() != hand.image():
                raise WaitError("the files do not hold the same rows")
    return _measured(calls)


def _measured(calls: list[dict[str, tuple[tuple[float, ...], int]]]) -> Measured:
    lines: list[str] = []
    details: dict[str, Any] = {}
    ratio: dict[str, list[float]] = {}
    for step in STEPS:
        seconds, rows = [one[step][0] for one in calls], [one[step][1] for one in calls]
        whole, store, hand = (list(part) for part in zip(*seconds, strict=True))
        ratio[step] = [mine / other for mine, other in zip(store, hand, strict=True)]
        lines.append(f"{step}, {statistics.median(rows):.0f} rows: {statistics.median(ratio[step]):.2f}")
        shown = (("by hand", hand), ("the store", store), ("with all around", whole))
        lines += [milliseconds(name, values) for name, values in shown]
        details[step] = {"rows": rows, "by hand": hand, "store": store, "whole": whole}
    of_calls = [[ratio[step][n] for step in STEPS] for n in range(len(calls))]
    worst = max(STEPS, key=lambda step: statistics.median(ratio[step]))
    lines.append(f"the dearest step is the {worst}: {statistics.median(ratio[worst]):.2f}")
    median = figure(
        "the median step of a call, against the same rows by hand", [*map(statistics.median, of_calls)], GOAL
    )
    return lines, [median], {"steps": details}


def _morning(store: Store) -> datetime:
    """A working day's morning after all that has happened in the branch."""
    with store.read_transaction() as connection:
        last = connection.core.exec_driver_sql("SELECT max(at_ms) FROM journal").scalar_one()
    day = from_ms(last).date() + timedelta(days=1)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 16, 30, tzinfo=UTC)


def _desk(store: Store, clock: FixedClock, ids: Iterator[str]) -> DeskService:
    policies = Policies(words("es"))
    with store.reading() as tx:
        agent = next(person for person in tx.people() if person.role == "agent")
        policy = policies.in_force(tx, clock.now())
    return DeskService(store, policies, clock, lambda: next(ids), agent, policy)


if __name__ == "__main__":
    sys.exit(run_benchmark("One acknowledged step", 30, measure))
