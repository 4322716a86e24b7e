"""Whether a desk has a store open: each holds a mark beside it for as long as it lives."""

from __future__ import annotations

from pathlib import Path

from mesa_recuperacion.wiring.locking import is_held


def mark_of(path: Path) -> Path:
    """The file beside a store whose mark its windows hold."""
    return path.with_name(f".{path.name}.window")


def window_open(path: Path) -> bool:
    """Whether a window has that store open."""
    return is_held(mark_of(path))
