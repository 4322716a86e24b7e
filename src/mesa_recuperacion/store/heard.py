"""Long work: whoever waits hears how far it is, and can end it, also in the midst of one long call of SQLite.

Imports no database library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told now and then how much is done, of how much; ``0, 0`` while that is not known.

Whoever is told may raise :class:`Stopped`: then the work ends, and all is as if it had not been begun.
"""

Steps = Callable[[str], Progress]
"""The progress of each step of a work that has several, by the step's name."""

INTEGRITY, QUICK, VACUUM = 790, 500, 185
"""Instructions of SQLite for each page of a store, in its look at itself and in writing a file anew.

Of our tables, and nearly the same from a hundred cases to millions; used for nothing but saying how far it is.
"""

_BETWEEN = 20_000
"""Instructions of SQLite between two words: well under a tenth of a second of its work."""


_AT_ONCE = 100
"""Lines of the journal that are folded between two words: less than a tenth of a second on a slow machine."""


class Stopped(Exception):
    """Whoever waited asked the work to end."""


def unheard(done: int, total: int) -> None:
    """The progress that nobody follows."""


def in_silence(step: str) -> Progress:
    """The steps that nobody follows."""
    return unheard


def telling(items: Iterable[T], told: Callable[[int], None]) -> Iterator[T]:
    """Those items; ``told`` is called with how many were taken, often enough for whoever wants the work to end."""
    for taken, item in enumerate(items):
        if taken % _AT_ONCE == 0:
            told(taken)
        yield item


@contextmanager
def heeding(connection: Any, progress: Progress, each_page: int = 0) -> Iterator[None]:
    """Inside, whatever a driver's connection is busy with is told, and ended if ``progress`` raises.

    ``each_page``: about how many instructions it takes for each page of the file, to say how far it is; 0: not known.
    Raises what ``progress`` raises.
    """
    total = connection.execute("PRAGMA page_count").fetchone()[0] * each_page if each_page else 0
    raised: list[BaseException] = []
    done = 0

    def look() -> int:
        nonlocal done
        done += _BETWEEN
        try:
            progress(min(done, total - 1) if total else 0, total)
        except BaseException as error:  # the driver would swallow it, and call it an error of the database
            raised.append(error)
            return 1
        return 0

    connection.set_progress_handler(look, _BETWEEN)
    try:
        yield
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if raised:
        raise raised[0]
