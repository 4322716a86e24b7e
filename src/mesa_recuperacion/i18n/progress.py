"""How far a long work is, in words: the same on a terminal and at the desk."""

from __future__ import annotations

from mesa_recuperacion.domain.pace import kindly
from mesa_recuperacion.i18n.words import Words


def how_far(words: Words, what: str, done: int, total: int, seconds: float | None) -> str:
    """``Copying: 34 %, 2 min left``; ``what`` is said alone while its end is not known (``total`` 0)."""
    if not total:
        return words.t("{what}…", what=what)
    percent = 100 * done // total
    if seconds is None:
        return words.t("{what}: {percent} %", what=what, percent=percent)
    return words.t("{what}: {percent} %, {left}", what=what, percent=percent, left=left(words, seconds))


def left(words: Words, seconds: float) -> str:
    """``2 min left``."""
    n, unit = kindly(seconds)
    match unit:
        case "s":
            return words.tn("{n} s left", "{n} s left", n)
        case "min":
            return words.tn("{n} min left", "{n} min left", n)
    return words.tn("{n} h left", "{n} h left", n)
