"""The authorised format: what may be said, done and given, as one immutable value (A5, B1, B2, B6, C3, C6, D9, D12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass

OTHER_PROBLEM = "other"
"""Code of "another problem": always the last choice (rule B1)."""

OWNERS = ("agent", "supervision")
"""Who may own the call to a customer at risk: the agent of the case, or a supervisor (rule D12)."""

FAMILIES = ("product", "process", "people", "value")
"""Families of causes (rule D2)."""

KINDS = ("in_kind", "voucher", "discount", "refund")
PERIODS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the policy writes it: ``90s``, ``30m``, ``18h``, or ``2d`` in working days."""

    count: int
    unit: str

    def after(self, instant: datetime, hours: Hours) -> datetime:
        """The instant that far after another, in UTC: on the clock, but days are working days at the same wall time."""
        if self.unit == "d":
            return hours.add_days(instant, self.count)
        return instant.astimezone(UTC) + self._clock()

    def open_after(self, instant: datetime, hours: Hours) -> datetime:
        """The instant that far after another in business time, in UTC: what an internal area is given (rule C3).

        Seconds, minutes and hours count while the branch is open, so that ``4h`` asked for an hour before closing are
        over three hours after the next opening; days are the working days of ``after``.
        """
        if self.unit == "d":
            return hours.add_days(instant, self.count)
        return hours.add_open(instant, self._clock())

    def _clock(self) -> timedelta:
        return timedelta(seconds=self.count * {"s": 1, "m": 60, "h": 3600}[self.unit])


def keepable(within: Span, hours: Hours, now: datetime) -> datetime:
    """The hour that can be promised for something that takes ``within``: a full or half hour, while the branch is open.

    A promise of 4:42 in the morning would be a figure, not a promise.
    """
    return sayable(within.after(now, hours), hours)


def sayable(ready: datetime, hours: Hours) -> datetime:
    """The first full or half hour from an instant on at which the branch is open."""
    half = timedelta(minutes=30)
    local = ready.astimezone(hours.zone)  # where the half hours are the branch's: Kathmandu is 5:45 from Greenwich
    late = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond) % half
    return hours.next_open(ready + half - late if late else ready)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What puts the problem itself right: its cost to the company and when it can really be kept."""

    code: str
    name: str
    done: str
    """Two words for the rail once it is chosen (``Envío hoy``)."""
    kind: str
    cost: Money
    within: Span
    area: str
    """Code of the internal area that fulfils it; empty if the agent does."""
    phrase: str
    promise: str
    """Phrase that gives the date; ``{when}`` is the promise said in full."""


@dataclass(frozen=True, slots=True)
class Compensation:
    """The gesture on top of the remedy."""

    code: str
    name: str
    done: str
    """Its short name, said in the phrase (``un cupón de {amount}``) and shown in the rail."""
    kind: str
    amount: Money
    within: Span
    phrase: str


@dataclass(frozen=True, slots=True)
class Area:
    """An internal area and how fast it has to answer."""

    code: str
    name: str
    response: Span


@dataclass(frozen=True, slots=True)
class Statutory:
    """What the law already owes for a problem, apart from the gesture: off the budget, not under the cap (B6)."""

    name: str
    percent: int
    """Share of the price paid, 1 to 100; 0 where the law owes a fixed amount."""
    amount: Money
    """The fixed amount; zero where it is a share."""

    @property
    def by_price(self) -> bool:
        """Whether the price paid has to be asked for."""
        return self.percent > 0

    def owed(self, price: Money) -> Money:
        """What is owed for something that cost ``price``: never less than the share, so up to the next minor unit.

        A fixed amount is owed whatever the price.  Raises ``MixedCurrencies`` for a price in another currency.
        """
        return self.amount + Money(-(-price.minor * self.percent // 100), price.currency)


@dataclass(frozen=True, slots=True)
class Retention:
    """What is done for a customer at risk of being lost (rule D12)."""

    owner: str
    """Who calls, one of ``OWNERS``."""
    within: Span
    """How soon."""
    what: str
    """With what: one line, shown to whoever calls."""
    complaints: int
    """From how many complaints within ``Policy.risk_days`` a customer counts as at risk."""


@dataclass(frozen=True, slots=True)
class Goals:
    """What the branch means to reach, in per cent of its cases; 0 is no goal (rule D10)."""

    on_time: int = 0
    first_contact: int = 0
    verified: int = 0
    """Follow-ups in which the customer said yes or no."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure that the company recognises as one, and all that is authorised for it."""

    code: str
    name: str
    minimum: str
    """The minimum level of service that the customer was owed."""
    standard: int
    """Seconds that its recovery may take."""
    phrase: str
    """Said when the customer has told the story; ``{name}`` is how to call them."""
    question: str
    """What the follow-up asks."""
    remedies: tuple[Remedy, ...]
    compensations: tuple[Compensation, ...]
    usual: Money | None
    """What is usually given, until the branch has cases of its own."""
    statutory: Statutory | None
    """What the law owes for it; ``None``: nothing that the policy knows of."""
    family: str = ""
    """The family of causes that it counts under, one of ``FAMILIES``; empty: of none."""

    def remedy(self, code: str) -> Remedy | None:
        """The authorised remedy of that code."""
        return next((x for x in self.remedies if x.code == code), None)

    def compensation(self, code: str) -> Compensation | None:
        """The authorised compensation of that code."""
        return next((x for x in self.compensations if x.code == code), None)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said at each step; ``{name}`` is how to call the customer."""

    apology: str
    apology_repeat: str
    apology_broken: str
    """Said instead of the others when an earlier promise to this customer was broken."""
    ask: str
    ask_other: str
    no_compensation: str
    own_amount: str
    promise: str
    follow_up: str
    ask_phone: str
    closing: str
    promise_due: str
    follow_up_due: str
    not_satisfied: str
    late: str
    exception: str
    """Said while a supervisor is asked; promises nothing (rule B4)."""
    area: str
    """Said while an area is asked; ``{area}`` is its name."""
    hand_over: str
    """Said before somebody else takes the case; ``{person}`` is who (rule C7)."""
    price: str
    """Asks what was paid; empty if nothing that the law owes depends on it."""
    statutory: str
    """Gives what the law owes, ``{amount}``; empty if no problem has it."""
    retention: str
    """First sentence of the call to a customer at risk; empty if the policy has no retention."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the authorised format.  ``nevers`` maps each step to what is never done in it.

    ``news`` and ``conduct`` are what whoever works under it acknowledges: what changes, and what the company does not
    accept (rules D7, D9); one line each.
    """

    version: int
    title: str
    language: str
    currency: str
    hours: Hours
    case_cap: Money
    budget: Money
    period: str
    reserve: Money
    default_standard: int
    follow_up_after: Span
    park_return: Span
    retry_after: Span
    retries: int
    undo_seconds: int
    repeat_days: int
    risk_days: int
    area_margin: Span
    """An area's deadline is at least this long before what was promised to the customer."""
    retention: Retention | None
    """``None``: the policy opens no task for customers at risk."""
    phrases: Phrases
    nevers: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]
    problems: tuple[Problem, ...]
    conduct: tuple[str, ...]
    news: tuple[str, ...]
    goals: Goals = Goals()

    def problem(self, code: str) -> Problem | None:
        """The problem of that code."""
        return next((p for p in self.problems if p.code == code), None)

    def area(self, code: str) -> Area | None:
        """The internal area of that code."""
        return next((a for a in self.areas if a.code == code), None)

    def never(self, step: str) -> str:
        """What is never done in that step (rule A1); empty if the policy names nothing."""
        return dict(self.nevers).get(step, "")
