"""Why not, of the policy's next version and its draft."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PolicyUnfit(Refusal):
    """A policy that cannot be published: each fault is a sentence."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyStrands(Refusal):
    """A policy without an area that cases still wait for: the name of each area with those cases, as far as told."""

    waiting: tuple[tuple[str, tuple[str, ...]], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class StartPast(Refusal):
    """A version of the policy cannot begin in the past."""

    starts_at: datetime


@dataclass(frozen=True, slots=True)
class StartTooEarly(Refusal):
    """A version of the policy cannot begin before the one that is in force did."""

    number: int
    began_at: datetime


@dataclass(frozen=True, slots=True)
class DraftMissing(Refusal):
    """There is no draft of the policy at that path, or none that can be read."""

    path: str


@dataclass(frozen=True, slots=True)
class DraftChanged(Refusal):
    """The draft of the policy is no longer the text that was looked at."""


@dataclass(frozen=True, slots=True)
class DraftUnwritten(Refusal):
    """The draft of the policy could not be written at that path."""

    path: str


@dataclass(frozen=True, slots=True)
class EditorMissing(Refusal):
    """No editor is named, or it cannot be started; ``path`` is the file that it was to open."""

    editor: str
    path: str


@dataclass(frozen=True, slots=True)
class EditorFailed(Refusal):
    """The editor ended badly; ``path`` is the file that was open in it, which is as it was left."""

    editor: str
    path: str
