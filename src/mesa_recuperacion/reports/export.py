"""A page of the review as a file for spreadsheets: the whole answer, and what was asked, in words (rules E5, F8)."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from mesa_recuperacion.domain.refusals import NotWritten, Refusal
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.reports.columns import Table, cell, head
from mesa_recuperacion.reports.csv import MARK, Cell, line
from mesa_recuperacion.reports.files import Claim, unclaimed, write_new
from mesa_recuperacion.reports.tables import NAMES, TABLES
from mesa_recuperacion.reports.voice import Voice
from mesa_recuperacion.store.heard import Progress, Stopped, unheard

Look = Callable[[Query], Answer | Refusal]
"""Answers a question of the review, or says why not."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is there now, and how many rows of figures it has."""

    path: Path
    rows: int


class _Refused(Exception):
    """A page that was refused on the way."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


def export(
    query: Query, look: Look, voice: Voice, folder: Path, now: datetime, claim: Claim = unclaimed,
    progress: Progress = unheard,
) -> Written | Refusal:  # fmt: skip
    """Write the whole answer to a question as a new file; answers where it is.

    Lists are read page by page, from their first page to their last, wherever the screen is; a page is in memory at a
    time.  Refused (``NotWritten``) where the folder or the disk does not let it; then there is no file.
    ``claim`` is told the file's name before it is there; ``progress``, after each page, how many rows are written, of
    how many, where a counter tells.  Stopped by it, there is no file.
    """
    tables = TABLES[type(query)]
    written = 0

    def told(total: int) -> None:
        progress(written, total)

    def write(out: BinaryIO) -> None:
        nonlocal written
        width = max(2, *(len(table.columns) for table in tables))
        out.write(MARK.encode())
        for cells, counts in _lines(query, look, voice, now, tables, told):
            out.write(line(cells, width).encode())
            written += counts

    name = f"mesa-{_name(query)}-{now.astimezone(voice.shown.zone):%Y-%m-%d}.csv"
    try:
        return Written(write_new(folder / name, write, claim), written)
    except _Refused as refused:
        return refused.refusal
    except Stopped:
        return NotWritten(str(folder), "stopped")
    except OSError as error:
        return not_written(error, folder)


def _name(query: Query) -> str:
    return NAMES.get(type(query), TABLES[type(query)][0].name)


def _lines(
    query: Query, look: Look, voice: Voice, now: datetime, tables: tuple[Table, ...], told: Callable[[int], None]
) -> Iterator[tuple[list[Cell], int]]:
    """The cells of every line, and whether it is a row of figures (1) or not (0); ``told`` of each page, and how many
    rows there are in all (0: not known).
    """
    t = voice.words.t
    for named, what in preamble(query, voice, now):
        yield [named, what], 0
    pages = _pages(query, look)
    first = next(pages)
    for table in tables:
        yield [], 0
        if len(tables) > 1:
            yield [t(table.title)], 0
        yield [head(column, voice) for column in table.columns], 0
        for answer in (first, *()) if len(tables) > 1 else _from(first, pages):
            told(getattr(answer, "total", None) or 0)
            for row in table.rows(answer, voice):
                yield [cell(value, column, voice) for value, column in zip(row, table.columns, strict=True)], 1


def _from(first: Answer, others: Iterator[Answer]) -> Iterator[Answer]:
    yield first
    yield from others


def _pages(query: Query, look: Look) -> Iterator[Answer]:
    """Every page of an answer, from the first."""
    asked: Any = query
    pages = "cursor" in {field.name for field in fields(query)}
    if pages:
        asked = replace(asked, cursor=None)
    while True:
        answer: Any = look(asked)
        if isinstance(answer, Refusal):
            raise _Refused(answer)
        yield answer
        if not pages or answer.after is None:
            return
        asked = replace(asked, cursor=answer.after)


def preamble(query: Query, voice: Voice, now: datetime) -> tuple[tuple[str, str], ...]:
    """What the file is: whose, of what, when, by whom, in which money."""
    t = voice.words.t
    return (
        (voice.business, voice.branch),
        (t("What it is"), " / ".join(t(table.title) for table in TABLES[type(query)])),
        (t("Filter"), filter_words(query, voice)),
        (t("Written"), f"{voice.instant(now)} ({voice.shown.zone})"),
        (t("By"), voice.by),
        (t("Amounts in"), voice.currency),
    )


def filter_words(query: Query, voice: Voice) -> str:
    """What a question is about, in words: its period, filter and figure, as far as it has them."""
    about: Any = query
    parts = []
    if (behind := getattr(about, "behind", None)) is not None:
        parts += [voice.scope(behind.scope), voice.behind(behind)]
    if (scope := getattr(about, "scope", None)) is not None:
        parts.append(voice.scope(scope))
    shown = {"problem": voice.problem, "person": voice.person, "owner": voice.person, "kind": voice.owed}
    for name in ("folio", "problem", "person", "owner", "kind", "period"):
        if value := getattr(about, name, ""):
            parts.append(shown.get(name, str)(value))
    if getattr(about, "overdue_only", False):
        parts.append(voice.words.t("only what is overdue"))
    return " · ".join(parts) or voice.words.t("everybody, everything")


def not_written(error: OSError, place: Path) -> NotWritten:
    """Why a file could not be written."""
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if error.errno in full:
        return NotWritten(str(place), "full")
    missing = isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError)
    return NotWritten(str(place), "folder" if missing else "rights")
