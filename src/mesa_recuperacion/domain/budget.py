"""One agent's money for a period, and the two limits (rules B2, B3).

The period comes from the grant and not from the clock: a period is funded once and lasts until its own end, so that a
clock that is moved back and forth never funds anything twice.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.facts import BudgetFunded
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import AmountMissing, BudgetTooLight, OverCap, Refusal
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import BudgetView

RESERVE = "reserve"
"""Whose budget pays an exception: the branch's own (rule B4)."""


@dataclass(frozen=True, slots=True)
class Funding:
    """A person's latest funded period and what is left of it."""

    person: str
    period: str
    left: Money
    ends_at: datetime


def period_of(instant: datetime, kind: str, zone: ZoneInfo) -> tuple[str, datetime]:
    """The period that an instant falls in (``2026-03-12``, ``2026-W11``, ``2026-03``) and the instant it ends."""
    day = instant.astimezone(zone).date()
    if kind == "day":
        name, after = day.isoformat(), day + timedelta(days=1)
    elif kind == "week":
        year, week, weekday = day.isocalendar()
        name, after = f"{year}-W{week:02}", day + timedelta(days=8 - weekday)
    else:
        name, after = f"{day:%Y-%m}", date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return name, at_local(after, time(0), zone)


def fund(person: str, latest: Funding | None, policy: Policy, now: datetime) -> tuple[Funding, BudgetFunded | None]:
    """The funding that holds now, and the fact that grants it if the latest period has ended.

    ``person`` is somebody's reference, or :data:`RESERVE` for the branch's own money.
    """
    if latest is not None and now < latest.ends_at:
        return latest, None
    period, ends_at = period_of(now, policy.period, policy.hours.zone)
    if latest is not None and period == latest.period:  # the policy's zone changed under the same period
        return latest, None
    amount = policy.reserve if person == RESERVE else policy.budget
    return Funding(person, period, amount, ends_at), BudgetFunded(person, period, amount, ends_at)


def running(
    person: str, latest: tuple[BudgetView, datetime] | None, policy: Policy, now: datetime
) -> tuple[BudgetView, datetime, BudgetFunded | None]:
    """Somebody's budget as it holds now, when it ends, and the fact that grants it where a new period has begun.

    ``latest`` is what the store knows: the latest funded period and its end.
    """
    known = None if latest is None else Funding(person, latest[0].period, latest[0].left, latest[1])
    funding, granted = fund(person, known, policy, now)
    if latest is not None and granted is None:
        return latest[0], latest[1], None
    nothing = zero(funding.left.currency)
    return BudgetView(funding.period, funding.left, nothing, nothing), funding.ends_at, granted


def limit(asked: Money, *, given: Money, cap: Money, left: Money) -> Refusal | None:
    """Why an amount may not be given: nothing asked, above the case cap, or above the budget; ``None`` if it may.

    ``given`` is what the case already got, ``left`` what the person may still spend.
    """
    if asked.minor <= 0:
        return AmountMissing()
    room = cap - given
    if not room.covers(asked):
        return OverCap(asked, cap, room if room.minor > 0 else zero(room.currency))
    if not left.covers(asked):
        return BudgetTooLight(asked, left)
    return None
