"""Why not, of what is taken out to a file."""

from __future__ import annotations

from dataclasses import dataclass

from mesa_recuperacion.domain.refusals.base import Refusal


@dataclass(frozen=True, slots=True)
class NotWritten(Refusal):
    """A file to be taken out could not be made; there is none.

    ``why`` is ``full`` (the disk), ``folder`` (there is no such folder), ``rights`` or ``stopped`` (by
    whoever asked for it).
    """

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class NothingToWrite(Refusal):
    """What is on the screen cannot be taken out."""
