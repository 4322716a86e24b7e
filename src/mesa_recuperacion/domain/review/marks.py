"""Which figures a case is behind, as bits: how the cases behind a figure are found (``scope.WHICH``)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import WHICH

MARKS = {name: 1 << n for n, name in enumerate(WHICH)}
"""The bit of each figure, in the order of ``WHICH``: a new one goes at its end."""

_SAME_NAME = (
    "cases", "on_time", "first_contact", "exceptions", "statutory", "nothing", "over_information", "over_system",
    "over_complex", "over_unsaid", "passed_over", "hand_overs", "reopened", "repeats", "kept", "broken", "moved",
    "silences", "idle", "satisfied", "not_satisfied", "unreached", "verified",
)  # fmt: skip


def marks_of(counts: Counts) -> int:
    """The bits of one case's figures: of each one that it adds something to; 0 for a case that does not count."""
    if not counts.cases:
        return 0
    held = {name: getattr(counts, name) > 0 for name in _SAME_NAME}
    held["late"] = not counts.on_time
    held["not_first_contact"] = not counts.first_contact
    held["cost"] = counts.cost > 0
    held["late_promise"] = counts.late > 0
    return sum(MARKS[name] for name, holds in held.items() if holds)
