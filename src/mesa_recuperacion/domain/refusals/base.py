"""Base of every refusal."""

from __future__ import annotations

from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Base of every refusal: nothing was written."""
