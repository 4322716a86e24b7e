"""What the doctor looks at, and how a check that itself fails is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.domain.health import Finding
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.heard import Steps
from mesa_recuperacion.wiring.backups import Backups
from mesa_recuperacion.wiring.places import Places


@dataclass(frozen=True, slots=True)
class Patient:
    """A workstation.  ``faults`` is what is wrong with its settings, ``quick`` leaves out what takes long; ``steps``
    are told how far it is.
    """

    places: Places
    backups: Backups
    faults: tuple[str, ...]
    words: Words
    environ: Mapping[str, str]
    now: datetime
    quick: bool
    steps: Steps

    @property
    def database(self) -> Path:
        """The file of the store."""
        return self.backups.database


Check = Callable[[Patient], Iterator[Finding]]


def looked(code: str, check: Check, patient: Patient) -> Iterator[Finding]:
    """What a check finds; one that cannot be carried out is a finding of its own, and the next goes on."""
    try:
        yield from check(patient)
    except (OSError, StoreError, ValueError, TypeError, ArithmeticError, LookupError) as error:
        yield Finding(code, "bad", "failed", {"error": type(error).__name__})
