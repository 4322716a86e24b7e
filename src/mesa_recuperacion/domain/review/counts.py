"""What is counted of cases (rules B4, B6, B8, C2, C6, C7, C8, D1, D8, D10).

A case counts on the day of the branch on which it was first closed, for whoever closed it then, under the problem that
it has now; whatever happens in it later is added there.  So every figure is a sum over cases that can be listed.
"""

from __future__ import annotations

from dataclasses import fields

from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over cases; costs in minor units of the branch's currency, times in seconds."""

    cases: int = 0
    on_time: int = 0
    """First closed within the standard time."""
    first_contact: int = 0
    """Resolved at first contact (rule C8)."""
    elapsed: int = 0
    """Seconds from the first letter to the first closing."""
    remedy_cost: int = 0
    compensation: int = 0
    """All gestures delivered, those of the reserve too."""
    statutory: int = 0
    """What the law owed: apart, in no other cost (rule B6)."""
    exceptions: int = 0
    """Cases in which the reserve paid a gesture."""
    exception_cost: int = 0
    nothing: int = 0
    """Cases that ended without a gesture, and with the reason said (rule B8)."""
    over_information: int = 0
    over_system: int = 0
    over_complex: int = 0
    """First closed out of time, by the reason that was said (rule C2)."""
    over_unsaid: int = 0
    passed_over: int = 0
    """Cases first closed with a step of the script passed over."""
    hand_overs: int = 0
    reopened: int = 0
    """Times that a case was opened again."""
    repeats: int = 0
    """Cases about a problem of which the same customer had complained within the policy's days."""
    promises: int = 0
    """Promises that were not withdrawn; ``kept`` + ``late`` + ``broken`` of them have ended."""
    kept: int = 0
    late: int = 0
    broken: int = 0
    moved: int = 0
    """Times that a promise was moved."""
    silences: int = 0
    """Contacts that came after their hour: the customer waited in silence (rules C4, D8)."""
    idle: int = 0
    """Seconds that cases lay parked before they were first closed."""
    follow_ups: int = 0
    """Cases with a verifying follow-up that was not cancelled; the next three are how it ended."""
    satisfied: int = 0
    not_satisfied: int = 0
    unreached: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, m) + getattr(other, m) for m in MEASURES))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, m) - getattr(other, m) for m in MEASURES))

    @property
    def cost(self) -> int:
        """Remedies and gestures; what the law owed is apart."""
        return self.remedy_cost + self.compensation

    @property
    def per_case(self) -> int:
        """What a case costs, in minor units, halves up; 0 without one."""
        return (2 * self.cost + self.cases) // (2 * self.cases) if self.cases else 0

    @property
    def late_cases(self) -> int:
        """First closed out of time."""
        return self.cases - self.on_time

    @property
    def verified(self) -> int:
        """Follow-ups in which the customer said yes or no."""
        return self.satisfied + self.not_satisfied


MEASURES = tuple(field.name for field in fields(Counts))
"""The names of the sums, in their order."""


def share(part: int, of: int) -> int | None:
    """Whole per cent, halves up; ``None`` of nothing."""
    return None if of <= 0 else (200 * part + of) // (2 * of)
