"""What was found when everything was looked at: values, for words and for programs alike (rule E6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Literal

from mesa_recuperacion.domain.values import dataclass

Level = Literal["ok", "attention", "bad"]
LEVELS: tuple[Level, ...] = ("ok", "attention", "bad")
"""From nothing to do, over something to see to, to what keeps the branch from working or from being safe."""

FREE_MIB = 200
"""Free space, in MiB, below which it is time to see to it; below a tenth of it, saving may fail any moment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.  ``code`` never changes its meaning; ``why`` tells the cases of one code apart
    (empty: the usual one), and ``facts`` are the figures and names of it.
    """

    code: str
    level: Level = "ok"
    why: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict, hash=False)


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level there is; ``ok`` of nothing."""
    return max((finding.level for finding in findings), key=LEVELS.index, default="ok")


def space(free_mib: int) -> Level:
    """What that much free space means."""
    if free_mib >= FREE_MIB:
        return "ok"
    return "attention" if free_mib >= FREE_MIB // 10 else "bad"
