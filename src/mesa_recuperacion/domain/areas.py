"""Internal areas: when they answer, and what can be promised with them (rules C3, C5)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.policy import Area, Policy, Remedy, keepable, sayable


def response_at(area: Area, policy: Policy, now: datetime) -> datetime:
    """When an area answers what it is asked now, by its own response time, in business time."""
    return area.response.open_after(now, policy.hours)


def deadline(area: Area, policy: Policy, now: datetime, promised: datetime | None) -> datetime:
    """By when to ask an area: its own response time, or earlier if the customer was promised something before.

    The policy's margin stays between the area's answer and the promise; where it does not fit any more, the area has
    until the promise itself.
    """
    own = response_at(area, policy, now)
    if promised is None or promised <= now:
        return own
    margin = policy.area_margin.after(now, policy.hours) - now
    wanted = promised - margin
    return min(own, wanted if wanted > now else promised)


def ready_at(remedy: Remedy, policy: Policy, now: datetime) -> datetime:
    """The hour that can be promised for a remedy: when it can be kept, and its area has answered."""
    ready = keepable(remedy.within, policy.hours, now)
    area = policy.area(remedy.area)
    return ready if area is None else max(ready, honest(area, policy, now))


def honest(area: Area, policy: Policy, now: datetime) -> datetime:
    """The earliest hour that can be promised with an area (rule C5)."""
    return sayable(response_at(area, policy, now), policy.hours)
