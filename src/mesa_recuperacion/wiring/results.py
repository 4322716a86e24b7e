"""What the services answered, as the outcomes that the conversation knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.wiring.log import note

if TYPE_CHECKING:
    from mesa_recuperacion.service.desk import Executed


def done(result: Executed | Refusal) -> d.Outcome:
    """What a command came to, for the conversation."""
    return d.Refused(result) if isinstance(result, Refusal) else d.Done(result.file, result.day, result.at, result.card)


def person_set(result: Person | Refusal) -> d.Outcome:
    """Somebody who was added or has a new PIN, for the conversation."""
    return d.Refused(result) if isinstance(result, Refusal) else d.PersonSet(result)


def broken(error: BaseException) -> d.Broken:
    """A failure as a value, with its line in the log: the kind and where, never the values."""
    return d.Broken(type(error).__name__, note(error))
