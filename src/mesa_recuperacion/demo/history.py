"""When the invented calls come: months of ordinary days, and this morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mesa_recuperacion.demo.calls import Calls
from mesa_recuperacion.demo.days import opening, slots
from mesa_recuperacion.demo.office import Office, the
from mesa_recuperacion.demo.story import QUIET, Caller, Planned, Span, Staff, Story
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain.policy import OTHER_PROBLEM
from mesa_recuperacion.domain.text import digits_of

SLOT = 12
"""Minutes between two calls of one agent, at least."""
TODAY = (6, 4, 3)
"""Calls that each agent has taken today, as far as today has had time for them."""
SHARES = (0.37, 0.33, 0.3)
"""What part of the calls each of them has taken."""
FORMER = 0.27
"""What part of the calls of their time the agent took who has left."""
RECENT = 56
"""The last days, which are busier: as many calls again."""
PATIENCE = 5
"""Complaints after which an invented customer goes elsewhere."""
_DECADE = 3652
AGAIN = 0.045
"""The share of calls that come from somebody who has called before."""

_SPECIAL = {5: "exception", 9: "asked", 14: "hand_over", 22: "declined", 29: "exception"}
_OTHERS = (3, 17, 33)
"""What is out of the ordinary, of so many calls counted back from today: every week has something of it."""
_OF = 48


class History:
    """The calls that chance brings."""

    def __init__(self, office: Office, calls: Calls, texts: Texts, staff: Staff, span: Span) -> None:
        self._office, self._calls, self._texts, self._staff, self._span = office, calls, texts, staff, span
        self._random, self._hours = office.random, office.policy.hours
        self._names: set[str] = set()
        self._taken = {one.name for one in texts.known()} | {digits_of(one.phone) for one in texts.known()}
        self._today = span.now.astimezone(self._hours.zone).date()

    def ordinary(self, cases: int, first_day: date) -> Iterator[Planned]:
        """So many calls, spread over the slots of the days before today."""
        calls = sorted(self._slots(cases, first_day), reverse=True)
        for number, (day, slot, agent) in enumerate(calls):
            minutes = slot * SLOT + self._random.uniform(0, SLOT - 4)
            at = the(opening(self._hours, day)) + timedelta(minutes=minutes)
            special = _SPECIAL.get(number % _OF, "")
            problem = OTHER_PROBLEM if number % _OF in _OTHERS else ""
            yield self._call(agent, at, Story(problem, special=special))

    def _slots(self, cases: int, first_day: date) -> Iterator[tuple[date, int, str]]:
        """Day, slot of the day and agent of so many calls; the agent who left took some of those of their time."""
        days = [first_day + timedelta(days=n) for n in range((self._today - first_day).days)]
        free = [(day, slot) for day in days for slot in range(slots(self._hours, day, SLOT))]
        recent = [one for one in free if one[0] >= self._today - timedelta(days=RECENT)]
        older = free[: -len(recent)]
        left = cases
        for n, (agent, share) in enumerate(zip(self._staff.agents(), SHARES, strict=True), 1):
            most = left if n == len(SHARES) else round(cases * share)
            left -= most
            late = min(len(recent), round(most * 2 * len(recent) / (len(free) + len(recent))))
            taken = self._random.sample(recent, late) + self._random.sample(older, min(most - late, len(older)))
            for day, slot in taken:
                gone = self._span.leaves(the(opening(self._hours, day)))
                yield day, slot, agent if gone or self._random.random() > FORMER else self._staff.former

    def todays(self) -> Iterator[Planned]:
        """The calls of this morning, as many as fit before now."""
        begin = opening(self._hours, self._today)
        if begin is None:
            return
        room = int((self._span.now - QUIET - begin).total_seconds()) // (60 * SLOT)
        for agent, most in zip(self._staff.agents(), TODAY, strict=True):
            for slot in self._random.sample(range(max(0, room)), min(most, max(0, room))):
                yield self._call(agent, begin + timedelta(minutes=slot * SLOT), Story())

    def new_name(self) -> str:
        """A name that nobody here has, while there are any."""
        random, texts = self._random, self._texts
        name = ""
        for _ in range(30):
            lasts = random.sample(texts.lasts, texts.last_names)
            name = " ".join((random.choice(texts.firsts), *lasts))
            if name not in self._names and name not in self._taken:
                break
        self._names.add(name)
        return name

    def new_phone(self) -> str:
        """A number that no telephone has, and nobody here, while there are any."""
        random, phone = self._random, ""
        for _ in range(30):
            phone = random.choice(self._texts.phones) + "".join(random.choices("0123456789", k=self._texts.digits))
            if digits_of(phone) not in self._taken:
                break
        self._taken.add(digits_of(phone))
        return phone

    def _call(self, agent: str, at: datetime, story: Story) -> Planned:
        start = at.replace(microsecond=at.microsecond // 1000 * 1000)
        return start, lambda: self._calls.call(agent, self._caller(), start, story)

    def _caller(self) -> Caller:
        """Somebody new, or somebody who has called before; the few who call often, more often."""
        cards = list(self._office.memory.cards.values())[-400:] if self._random.random() < AGAIN else []
        mine = [kept for kept in cards if kept.card.name in self._names and len(kept.cases) < PATIENCE]
        if mine:
            often = [kept for kept in mine if len(kept.cases) > 1]
            return Caller(card=self._random.choice(often if often and self._random.random() < 0.2 else mine).card.id)
        return Caller(name=self.new_name(), phone=self.new_phone())


def first_day(today: date, cases: int) -> date:
    """Months for a few cases, years for many, but not more than ten: then the branch is a busier one."""
    return today - timedelta(days=min(max(120, cases // 50), _DECADE))
