"""When the invented calls come: months of ordinary days, and today as an agent finds it in the morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from mesa_recuperacion.demo.calls import QUIET, Activity, Caller, Calls, Span, Story
from mesa_recuperacion.demo.office import Office
from mesa_recuperacion.demo.texts import Known, Texts
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.hours import Hours, at_local

SLOT = 12
"""Minutes between two calls of one agent, at least."""
BUSY = (time(9), time(19))
"""Nobody invented calls outside these hours, whatever the branch's own."""
TODAY = (6, 4)
"""Calls that each agent has taken today, as far as today has had time for them."""

PATIENCE = 5
"""Complaints after which an invented customer goes elsewhere."""

Planned = tuple[datetime, Callable[[], Activity]]
"""When something begins, and what."""


@dataclass(frozen=True, slots=True)
class Agents:
    """The references of the two who take calls."""

    first: str
    second: str

    def both(self) -> tuple[str, str]:
        """In the order of their numbers."""
        return self.first, self.second


class History:
    """Plans everything that happens in the branch, in the order of its beginnings."""

    def __init__(self, office: Office, calls: Calls, texts: Texts, agents: Agents, span: Span) -> None:
        self._office, self._calls, self._texts, self._agents, self._span = office, calls, texts, agents, span
        self._random, self._hours = office.random, office.policy.hours
        self._names: set[str] = set()
        self._today = span.now.astimezone(self._hours.zone).date()

    def plan(self, cases: int, first_day: date) -> list[Planned]:
        """So many cases since that day; today's own list is always there."""
        planned = [*self._scripted(), *self._todays()]
        planned += self._ordinary(max(0, cases - len(planned)), first_day)
        planned += self._sign_ins(first_day)
        return sorted(planned, key=lambda one: one[0])

    # ------------------------------------------------------------------------------------------------- ordinary days

    def _ordinary(self, cases: int, first_day: date) -> Iterator[Planned]:
        """Calls spread over the slots of the days before today."""
        days = [first_day + timedelta(days=n) for n in range((self._today - first_day).days)]
        slots = [(day, slot) for day in days for slot in range(_slots(self._hours, day))]
        for agent, share in zip(self._agents.both(), (cases - cases * 47 // 100, cases * 47 // 100), strict=True):
            for day, slot in self._random.sample(slots, min(share, len(slots))):
                minutes = slot * SLOT + self._random.uniform(0, SLOT - 4)
                opening = _windows(self._hours, day)[0][0]
                yield self._ordinary_call(agent, at_local(day, opening, self._hours.zone) + timedelta(minutes=minutes))

    def _todays(self) -> Iterator[Planned]:
        """The calls of this morning, as many as fit before now."""
        windows = _windows(self._hours, self._today)
        if not windows:
            return
        opening = at_local(self._today, windows[0][0], self._hours.zone)
        room = int((self._span.now - QUIET - opening).total_seconds()) // (60 * SLOT)
        for agent, most in zip(self._agents.both(), TODAY, strict=True):
            for slot in self._random.sample(range(max(0, room)), min(most, max(0, room))):
                yield self._ordinary_call(agent, opening + timedelta(minutes=slot * SLOT))

    def _ordinary_call(self, agent: str, at: datetime) -> Planned:
        start = at.replace(microsecond=at.microsecond // 1000 * 1000)
        return start, lambda: self._calls.call(agent, self._caller(), start, Story())

    def _caller(self) -> Caller:
        """Somebody new, or somebody who has called before; the few who call often, more often."""
        cards = list(self._office.cards.values()) if self._random.random() < 0.4 else []
        mine = [card for card in cards[-400:] if card.name in self._names and len(card.cases) < PATIENCE]
        if mine:
            often = [card for card in mine if len(card.cases) > 1]
            card = self._random.choice(often if often and self._random.random() < 0.35 else mine)
            return Caller(card=card.id)
        return Caller(name=self.new_name(), phone=self.new_phone())

    def new_name(self) -> str:
        """A name that nobody here has, while there are any."""
        random, texts = self._random, self._texts
        name = ""
        for _ in range(30):
            lasts = random.sample(texts.lasts, texts.last_names)
            name = " ".join((random.choice(texts.firsts), *lasts))
            if name not in self._names:
                break
        self._names.add(name)
        return name

    def new_phone(self) -> str:
        """A number that no telephone has."""
        return self._texts.phone + "".join(self._random.choices("0123456789", k=self._texts.digits))

    def _sign_ins(self, first_day: date) -> Iterator[Planned]:
        for n in range((self._today - first_day).days + 1):
            day = first_day + timedelta(days=n)
            for agent in self._agents.both() if _windows(self._hours, day) else ():
                opening = at_local(day, _windows(self._hours, day)[0][0], self._hours.zone)
                at = opening - timedelta(seconds=self._random.randint(30, 500))
                if at < self._span.now - QUIET:
                    yield at, self._signing(agent, at)

    def _signing(self, agent: str, at: datetime) -> Callable[[], Activity]:
        def sign_in() -> Activity:
            now = yield at
            self._office.append(agent, now, [("", f.SignedIn(agent))])

        return sign_in

    # ------------------------------------------------------------------------------------------------------- the cast

    def _scripted(self) -> Iterator[Planned]:
        """Today's list of the first agent, two customers of the same first name, and something for the other agent."""
        t, one, two = self._texts, self._agents.first, self._agents.second
        m = self._span.now.replace(second=0, microsecond=0)
        rest = min((self._closing() - m).total_seconds() / 60 - 1, 600)
        soon = m + timedelta(minutes=min(18, max(1, rest)) + (self._span.now > m))
        later, late = (m + timedelta(minutes=int(min(most, rest * part))) for most, part in ((108, 0.35), (318, 0.85)))
        hour = timedelta(hours=1)
        yield self._cast(one, t.refund, 1, Story(promised=m - timedelta(minutes=27)))
        yield self._cast(one, t.arrival, 2, Story(promised=soon - hour, kept_at=soon - 2 * hour))
        yield self._cast(one, t.visit, 1, Story(promised=later))
        yield self._cast(one, t.bill, 3, Story(promised=late - hour, kept_at=min(late - 2 * hour, m - 3 * hour)))
        yield self._cast(two, t.second_desk[0], 1, Story(promised=later - timedelta(minutes=20)))
        yield self._cast(two, t.second_desk[1], 2, Story(promised=soon - hour, kept_at=soon - 3 * hour))
        for known, ago, left in ((t.cut_off, 24, 22), (t.waiting, 8, 6)):
            start, at = (m - timedelta(minutes=minutes) for minutes in (ago, left))
            yield start, self._left(one, known, start, at)
        yield from self._repeated()

    def _repeated(self) -> Iterator[Planned]:
        """The customer whose third complaint will come today."""
        known, one = self._texts.repeats, self._agents.first
        for ago, problem, remedy, gesture in (
            (20, "billing_error", "correct_bill", "-"),
            (9, "missing_product", "resend_all", "free_shipping"),
        ):
            start = self._working(ago, 11 + ago % 7)
            promised = start + timedelta(days=2)
            story = Story(
                problem, remedy, self._texts.notes[problem][0], gesture, promised, promised - timedelta(hours=1),
                scripted=True, answered=True,
            )  # fmt: skip
            yield start, self._calling(one, known, start, story)

    def _cast(self, agent: str, known: Known, ago: int, story: Story) -> Planned:
        start = self._working(ago, 16)
        told = replace(
            story, problem=known.problem, remedy=known.remedy, note=known.note, gesture="-", scripted=True
        )  # fmt: skip
        return start, self._calling(agent, known, start, told)

    def _calling(self, agent: str, known: Known, start: datetime, story: Story) -> Callable[[], Activity]:
        def begin() -> Activity:
            card = next((card for card in self._office.cards.values() if card.name == known.name), None)
            caller = Caller(card.id) if card else Caller(name=known.name, phone=known.phone)
            return self._calls.call(agent, caller, start, story)

        return begin

    def _left(self, agent: str, known: Known, start: datetime, at: datetime) -> Callable[[], Activity]:
        story = Story(known.problem, known.remedy, known.note, "-")
        return lambda: self._calls.parked(agent, Caller(name=known.name, phone=known.phone), start, at, story)

    def _working(self, ago: int, hour: int) -> datetime:
        """That hour of the last open day at least so many days ago, at some minute."""
        day = self._today - timedelta(days=ago)
        while not _windows(self._hours, day):
            day -= timedelta(days=1)
        opens, closes = _windows(self._hours, day)[0]
        at = time(min(max(hour, opens.hour), closes.hour - 1), self._random.randint(1, 50), self._random.randint(1, 59))
        return at_local(day, at, self._hours.zone)

    def _closing(self) -> datetime:
        """When today ends: at the branch's closing, at midnight at the latest."""
        now = self._span.now
        local = now.astimezone(self._hours.zone)
        ends = (closes for opens, closes in self._hours.windows_on(self._today) if opens <= local.time() < closes)
        closes = next(ends, time.max)
        return min(at_local(self._today, closes, self._hours.zone), self._span.midnight)


def _windows(hours: Hours, day: date) -> list[tuple[time, time]]:
    """The first window of a day within the busy hours."""
    found = [(max(opens, BUSY[0]), min(closes, BUSY[1])) for opens, closes in hours.windows_on(day)]
    return [(opens, closes) for opens, closes in found if opens < closes][:1]


def _slots(hours: Hours, day: date) -> int:
    minutes = [
        (closes.hour * 60 + closes.minute) - (opens.hour * 60 + opens.minute) for opens, closes in _windows(hours, day)
    ]
    return sum(minutes) // SLOT


def first_day(today: date, cases: int) -> date:
    """Months for a few cases, years for many: an agent takes so many calls a day and no more."""
    return today - timedelta(days=max(120, cases // 50))
