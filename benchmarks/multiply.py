"""A large branch from a small one: every row of an invented branch copied to other years, by SQL alone.

The copies are as real rows are to whatever reads them, index by index; their lines of the journal are of streams of
their own and are not tied to each other, so that only the first copy can be proved.  What is pending in a copy counts
as long done: a branch has as much open work after ten years as after one.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

YEARS = 10
"""Copies go back so many years, and then begin again at the first: a branch with more cases has more of them a day."""

_DAY_MS = 86_400_000
_NAMES = ("folio", "case_id", "id", "customer", "joined", "merged_into", "command")
"""Columns that name a thing which each copy has of its own (people, problems and codes are the same everywhere)."""

_ALONE = (
    "station",
    "person",
    "policy_version",
    "budget",
    "credential",
    "draft",
    "moment",
    "acknowledgement",
    "suggestion",
    "analysis",
    "adjustment",
    "adoption",
    "chain_key",
    "handed_out",
)
"""Tables that a branch has one of."""


def multiply(path: Path, copies: int) -> None:
    """Add so many copies of all that is in a store to it.  Nobody else may have it open."""
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;")
    try:
        _multiply(base, copies)
    finally:
        base.executescript("PRAGMA journal_mode=DELETE;")
        base.close()


def _multiply(base: sqlite3.Connection, copies: int) -> None:
    kept = base.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL")
    later = kept.fetchall()
    for name, sql in later:
        base.execute(f"DROP {sql.split()[1] if sql.split()[1] != 'UNIQUE' else 'INDEX'} {name}")
    tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [table for table in tables if table not in _ALONE and not table.startswith("sqlite_")]
    days = _days(base)
    for table in tables:
        if "grain" in _columns(base, table):
            base.execute(f"DELETE FROM {table} WHERE grain <> 'd'")
        base.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")
    for copy in range(1, copies + 1):
        back = days * (copy % max(1, YEARS * 365 // days))
        base.execute("BEGIN")
        for table in tables:
            _copy(base, table, copy, back)
        base.execute("COMMIT")
    for table in tables:
        if "grain" in _columns(base, table):
            _longer(base, table, "m", 7)
            _longer(base, table, "y", 4)
    for _, sql in later:
        base.execute(sql)
    base.execute("ANALYZE")


def _columns(base: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in base.execute(f"PRAGMA table_info({table})")]


def _key(base: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in base.execute(f"PRAGMA table_info({table})") if row[5]]


def _days(base: sqlite3.Connection) -> int:
    """How many days the branch is old, up to full weeks, so that a copy's Sundays are Sundays."""
    first, last = base.execute(
        "SELECT min(counted_day), max(counted_day) FROM case_file WHERE counted_day <> ''"
    ).fetchone()
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return -(-days // 7) * 7


def _copy(base: sqlite3.Connection, table: str, copy: int, back: int) -> None:
    columns = _columns(base, table)
    values = ", ".join(_value(column, copy, back) for column in columns)
    where = " WHERE true"  # without it ON of the upsert would be read as a join's
    upsert = ""
    if "grain" in columns or table == "gesture_count":
        key = _key(base, table)
        sums = ", ".join(f'"{c}" = "{c}" + excluded."{c}"' for c in columns if c not in key)
        upsert = f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sums}"
    base.execute(f"INSERT INTO {table} SELECT {values} FROM base_{table}{where}{upsert}")


def _value(column: str, copy: int, back: int) -> str:
    named = f'"{column}"'
    match column:
        case "stream":
            return f"'CEN-{copy + 1}'"
        case "day" | "counted_day":
            return f"CASE WHEN {named} = '' THEN '' ELSE date({named}, '-{back} days') END"
        case "status":
            return f"CASE WHEN {named} IN ('pending', 'open', 'parked') THEN 'closed' ELSE {named} END"
        case _ if column in _NAMES:
            return f"CASE WHEN {named} = '' THEN '' ELSE {named} || '~{copy}' END"
        case _ if column.endswith("at_ms"):
            return f"{named} - {back * _DAY_MS}"
    return named


def _longer(base: sqlite3.Connection, table: str, grain: str, named: int) -> None:
    """Months and years are the sums of their days; ``named`` is how much of a day is their name."""
    key, columns = _key(base, table), _columns(base, table)
    month = [{"grain": f"'{grain}'", "day": f"substr(day, 1, {named})"}.get(c, f'"{c}"') for c in key]
    sums = [f'sum("{c}")' for c in columns if c not in key]
    ordered = [*key, *(c for c in columns if c not in key)]
    names = ", ".join(f'"{c}"' for c in ordered)
    grouped = ", ".join(str(n + 1) for n in range(len(key)))
    summed = f"SELECT {', '.join([*month, *sums])} FROM {table} WHERE grain = 'd' GROUP BY {grouped}"
    base.execute(f"INSERT INTO {table} ({names}) {summed}")
