"""Brings stores of earlier versions up to date in children that are killed, race, or meet a disk that refuses.

``python -m tests.faults.migration_worker JSON`` tells what came of it, as JSON.  It has no threads, so it may fork: a
child has everything loaded at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from mesa_recuperacion.store import driver, schema
from mesa_recuperacion.store import migrate as migrating
from mesa_recuperacion.store.errors import StoreError, StoreOlder
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.old_stores import old_store

RACERS = 4
FAILED, REFUSED, DONE = 1, 2, 0
"""How a child ends: by an error of ours, by the store's own refusal, well."""

Content = dict[str, Any]


@dataclass
class Ticking:
    """Counts the statements of this process, and ends it before one of them."""

    at: int = 0
    seen: list[str] = field(default_factory=list)

    def tick(self, statement: str) -> None:
        """Another statement is about to be run."""
        self.seen.append(statement)
        if len(self.seen) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def watched(clock: Ticking) -> None:
    """Let every connection of this process tell its statements, and what it asks of SQLite besides them."""

    class Cursor(driver.sqlite.Cursor):  # type: ignore[misc]
        def execute(self, statement: str, *rest: Any) -> Any:
            clock.tick(statement)
            return super().execute(statement, *rest)

        def executemany(self, statement: str, *rest: Any) -> Any:
            clock.tick(statement)
            return super().executemany(statement, *rest)

    class Connection(driver.sqlite.Connection):  # type: ignore[misc]
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def execute(self, statement: str, *rest: Any) -> Any:
            return self.cursor().execute(statement, *rest)

        def commit(self) -> None:
            clock.tick("COMMIT")
            super().commit()
            clock.tick("after COMMIT")

        def backup(self, *given: Any, **named: Any) -> None:
            clock.tick("backup")
            super().backup(*given, **named)

        def close(self) -> None:
            clock.tick("close")
            super().close()

    arguments = driver._arguments
    driver._arguments = lambda: arguments() | {"factory": Connection}


def in_child(act: Callable[[], None]) -> int:
    """Start a child that does something and ends; answers its number."""
    child = os.fork()
    if child:
        return child
    code = FAILED
    try:
        act()
        code = DONE
    except StoreError:
        code = REFUSED
    except BaseException:
        traceback.print_exc()
    os._exit(code)


def ended(child: int) -> int:
    """How a child ended: its exit code, or the signal that killed it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def content(path: Path) -> Content:
    """The version, the schema and every row."""
    with closing(driver.connect(path)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
        return {"version": connection.execute("PRAGMA user_version").fetchone()[0], "schema": made, "rows": rows}


def shortened(path: Path, lines: int) -> Path:
    """The same store with the first lines of its journal only: for a way on which all is folded again."""
    with closing(driver.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE name = 'journal_no_delete'").fetchall()
        for name, sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
            connection.execute("DELETE FROM journal WHERE seq > ?", (lines,))
            connection.execute("DELETE FROM private_text WHERE seq > ?", (lines,))
            connection.execute(sql)
    return path


class Trial:
    """One store of an earlier version, again and again."""

    def __init__(self, version: int, folder: Path, lines: int) -> None:
        self.version, self._folder = version, folder
        self._model = old_store(version, folder / "model.db")
        with closing(driver.connect(self._model)) as connection:
            connection.execute(f"PRAGMA journal_mode={driver.journal_mode()}")
        if lines and version < migrating.FOLDED_AS_NOW:
            shortened(self._model, lines)
        self.before = content(self._model)
        self._turn = 0
        self.wrong: list[str] = []

    def fresh(self) -> Path:
        """The store, alone in a folder."""
        self._turn += 1
        place = self._folder / str(self._turn)
        place.mkdir()
        path = place / "mesa.db"
        path.write_bytes(self._model.read_bytes())
        return path

    def statements(self) -> list[str]:
        """Every statement of the whole way."""
        path, told = self.fresh(), self._folder / "statements"

        def count() -> None:
            clock = Ticking()
            watched(clock)
            migrating.migrate(path)
            told.write_text(json.dumps(clock.seen), encoding="utf-8")

        if ended(in_child(count)) != DONE:
            raise RuntimeError("it cannot be brought up to date at all")
        return list(json.loads(told.read_text(encoding="utf-8")))

    def expect(self, path: Path, what: str) -> None:
        """Note it unless the store is of the version before, every row of it, or of this one and sound."""
        try:
            seen = self._recognised(path)  # before anything recovers what a killed process left
            found = content(path)
            if seen != found["version"]:
                fine, what = False, f"{what}: recognised as {seen}"
            elif found["version"] == self.version:
                fine = found == self.before
            else:
                fine = found["version"] == driver.USER_VERSION and self.arrived(path, found)
        except (StoreError, driver.sqlite.Error) as error:
            fine, what = False, f"{what}: {error}"
        if not fine:
            self.wrong.append(what)

    def _recognised(self, path: Path) -> int:
        """The version that a program that begins takes it for."""
        try:
            recognise(path)
        except StoreOlder:
            return self.version
        return driver.USER_VERSION

    def arrived(self, path: Path, found: Content) -> bool:
        """Whether a store is of this version, sound, and has all that was kept."""
        kept = all(found["rows"][name] == self.before["rows"][name] for name in ("journal", "private_text"))
        people, drafts = (
            [row[: len(was)] for row, was in zip(found["rows"][name], self.before["rows"][name], strict=True)]
            == self.before["rows"][name]
            for name in ("credential", "draft")
        )  # each version has added columns to these
        with closing(Store.open(path)) as store:
            with store.read_transaction() as connection:
                same = schema.differences(connection) == []
            return kept and people and drafts and same and verify(store).sound

    def race(self, path: Path, what: str, prepare: Callable[[Path], None] = lambda path: None) -> None:
        """Let four processes begin at once: all of them end at this version, with one that is sound."""
        waiting, go = os.pipe()

        def run() -> None:
            os.close(go)
            prepare(path)
            os.read(waiting, 1)
            migrating.migrate(path)
            Store.open(path).close()

        racers = [in_child(run) for _ in range(RACERS)]
        os.close(waiting)
        os.close(go)
        ends = Counter(ended(racer) for racer in racers)
        if ends != {DONE: RACERS}:
            self.wrong.append(f"{what}: four at once ended with {dict(ends)}")
            return
        self.expect(path, f"{what}: after four at once")
        if content(path)["version"] != driver.USER_VERSION:
            self.wrong.append(f"{what}: nobody did it")
        copies = [found for found in path.parent.iterdir() if ".before" in found.name]
        if not copies or any(found.suffix == ".part" for found in copies):
            self.wrong.append(f"{what}: copies {[found.name for found in copies]}")
        elif any(content(found) != self.before for found in copies):
            self.wrong.append(f"{what}: a copy is not what was there")


def kills(trial: Trial, dice: Random, limit: int, control: bool) -> dict[str, Any]:
    """Kill before one statement, look, and let four begin at once."""
    if control:
        _each_statement_for_itself()
    statements = trial.statements()
    chosen = _spread(statements, dice, limit)
    killed = 0
    for at in chosen:
        path = trial.fresh()

        def die(path: Path = path, at: int = at) -> None:
            watched(Ticking(at))
            migrating.migrate(path)

        killed += ended(in_child(die)) == -signal.SIGKILL
        what = f"version {trial.version}, killed before {statements[at - 1].split()[:4]} ({at})"
        trial.expect(path, what)
        if not control:
            trial.race(path, what)
    return {"runs": len(chosen), "faults": killed, "of": len(statements)}


def _spread(statements: list[str], dice: Random, limit: int) -> list[int]:
    """The places to be killed at: all of them, or some of each kind and the end, where it is decided."""
    places = range(1, len(statements) + 1)
    if not limit or limit >= len(places):
        return list(places)
    kinds: dict[str, list[int]] = {}
    for place in places:
        kinds.setdefault(statements[place - 1].split()[0].upper(), []).append(place)
    commit = len(statements) - statements[::-1].index("COMMIT")
    chosen = {commit, commit + 1} | {dice.choice(kinds[name]) for name in ("ALTER", "DROP", "CREATE", "INSERT")
                                     if name in kinds}  # fmt: skip
    while len(chosen) < limit:
        chosen.add(dice.choice(places))
    return sorted(chosen)


def races(trial: Trial, dice: Random, limit: int, control: bool) -> dict[str, Any]:
    """Four at once at a store that nobody has touched; in the control, each trusts what it saw before the lock."""

    def prepare(path: Path) -> None:
        if control:
            with closing(driver.connect(path)) as connection:
                seen = connection.execute("PRAGMA user_version").fetchone()[0]
            migrating.version_of = lambda _: seen

    for turn in range(limit):
        trial.race(trial.fresh(), f"version {trial.version}, race {turn}", prepare)
    return {"runs": limit, "faults": limit * (RACERS - 1)}


def refusals(trial: Trial, dice: Random, limit: int, control: bool) -> dict[str, Any]:
    """A disk that takes no more than so many bytes of a file: the copy, the log, or nothing is cut short."""
    import resource

    if control:
        _each_statement_for_itself()
    refused = 0
    for turn in range(limit):
        path = trial.fresh()
        low, high = (1.02, 1.3) if control or turn % 2 else (0.05, 1.0)
        most = round(path.stat().st_size * dice.uniform(low, high))

        def squeezed(path: Path = path, most: int = most) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            migrating.migrate(path)

        end = ended(in_child(squeezed))
        refused += end == REFUSED
        what = f"version {trial.version}, {most} bytes ({turn})"
        if end not in (DONE, REFUSED):
            trial.wrong.append(f"{what}: ended with {end}")
        if end == REFUSED and len(list(path.parent.iterdir())) > 1:
            content(path)  # whoever opens it next clears what a killed connection left
            left = [found.name for found in path.parent.iterdir() if found != path]
            if left:
                trial.wrong.append(f"{what}: left {left}")
        trial.expect(path, what)
        if end == REFUSED and not control:
            trial.race(path, what)
    return {"runs": limit, "faults": refused}


def _each_statement_for_itself() -> None:
    """The control: no transaction holds the steps together."""
    connections = migrating.Connections
    migrating.Connections = lambda connect, **_: connections(connect, begin=lambda connection: None)


def main() -> None:
    """Do what is asked."""
    asked = json.loads(sys.argv[1])
    if asked["truncate"]:
        driver.wal_is_safe = lambda version: False
    trial = Trial(asked["version"], Path(asked["folder"]), asked["lines"])
    act = {"kills": kills, "races": races, "refusals": refusals}[asked["act"]]
    told = act(trial, Random(asked["seed"]), asked["limit"], asked["control"])
    json.dump(told | {"wrong": trial.wrong}, sys.stdout)


if __name__ == "__main__":
    main()
