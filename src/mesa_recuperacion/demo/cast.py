"""Today as whoever enters finds it: those whom the agents and the supervisor have to do with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from mesa_recuperacion.demo.calls import Calls
from mesa_recuperacion.demo.days import open_day, opening, working
from mesa_recuperacion.demo.office import Office, the
from mesa_recuperacion.demo.story import Activity, Caller, Planned, Span, Staff, Story
from mesa_recuperacion.demo.texts import Known, Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.areas import response_at
from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.money import Money

_HOUR = timedelta(hours=1)
_CALL = timedelta(minutes=5)
"""Longer than any call takes to come to its promise."""


class Cast:
    """Everybody with a part to play today, each as a planned call."""

    def __init__(self, office: Office, calls: Calls, texts: Texts, staff: Staff, span: Span) -> None:
        self._office, self._calls, self._texts, self._staff, self._span = office, calls, texts, staff, span
        self._hours, self._random = office.policy.hours, office.random
        self._today = span.now.astimezone(self._hours.zone).date()
        self._minute = span.now.replace(second=0, microsecond=0)
        rest = min((self._closing() - self._minute).total_seconds() / 60 - 1, 600)
        self._soon = self._minute + timedelta(minutes=min(18, max(1, rest)) + (span.now > self._minute))
        self._later, self._late = (
            self._minute + timedelta(minutes=int(min(most, rest * part))) for most, part in ((108, 0.35), (318, 0.85))
        )

    def calls(self) -> Iterator[Planned]:
        """The list of each agent, what waits for the supervisor, and who is worth looking up."""
        yield from self._promises()
        yield from self._parked()
        yield from self._supervision()
        yield from self._repeated()
        yield from self._families()

    def _promises(self) -> Iterator[Planned]:
        """Due today at either desk; an area that is late with one of them."""
        t, one, two, m = self._texts, self._staff.first, self._staff.second, self._minute
        soon, later, late = self._soon, self._later, self._late
        yield self._due(one, t.refund, 1, Story(promised=m - timedelta(minutes=27)))
        yield self._due(one, t.arrival, 2, Story(promised=soon - _HOUR, kept_at=soon - 2 * _HOUR))
        yield self._due(one, t.visit, 1, Story(promised=later))
        yield self._due(one, t.bill, 3, Story(promised=late - _HOUR, kept_at=min(late - 2 * _HOUR, m - 3 * _HOUR)))
        asked = (self._texts.asked["warehouse"][0], m - timedelta(minutes=25))
        yield self._due(two, t.second_desk[0], 1, Story(promised=later - timedelta(minutes=20), area=asked))
        yield self._due(two, t.second_desk[1], 2, Story(promised=soon - _HOUR, kept_at=soon - 3 * _HOUR))

    def _parked(self) -> Iterator[Planned]:
        """Left in the middle: cut off, waiting for an area, above a limit, and offered to the other desk."""
        t, one, two = self._texts, self._staff.first, self._staff.second
        cap = self._office.policy.case_cap
        more = Money(cap.minor * 8 // 5, cap.currency)
        yield self._left(one, t.cut_off, 24, "-", lambda case: (c.ParkCase(case),))
        yield self._left(one, t.waiting, 8, "", lambda case: (
            c.AskArea(case, "warehouse", t.asked["warehouse"][0], self._later), c.ParkCase(case),
        ))  # fmt: skip
        yield self._left(two, t.above, 19, "", lambda case: (
            c.AskException(case, OWN_AMOUNT, more, t.above.note, self._later), c.ParkCase(case),
        ))  # fmt: skip
        yield self._left(two, t.offered, 14, "", lambda case: (c.HandOver(case, one, "asked"),))

    def _supervision(self) -> Iterator[Planned]:
        """A customer whom two complaints and a broken promise may cost us, and one whom nobody has reached."""
        t, two = self._texts, self._staff.second
        begun = self._working(24, 11)
        promised = self._hours.add_days(begun, 2)
        again = self._hours.add_days(promised, 1)
        first = Story(promised=promised, broken=True, kept_at=again - _HOUR, answered=True, gesture="voucher")
        yield self._known(two, t.lost, begun, first)
        start = self._on(2, 2)
        yield self._known(two, t.lost, start, Story(
            problem="wrong_delivery", remedy="deliver_right", note=t.notes["wrong_delivery"][0], gesture="voucher",
            promised=self._hours.add_days(start, 4), waits=True,
        ))  # fmt: skip
        due_at = self._on(3, 1)
        silent = Story(promised=due_at, kept_at=due_at - 2 * _HOUR, silent=3, waits=True, gesture="-")
        yield self._due(two, t.unreached, 5, silent)

    def _repeated(self) -> Iterator[Planned]:
        """The customer whose third complaint will come today."""
        for ago, problem, remedy, gesture in (
            (20, "billing_error", "correct_bill", "-"),
            (9, "missing_product", "resend_all", "free_shipping"),
        ):
            start = self._working(ago, 11 + ago % 7)
            promised = self._hours.add_days(start, 2)
            yield self._known(self._staff.first, self._texts.repeats, start, Story(
                problem, remedy, self._texts.notes[problem][0], gesture, promised=promised,
                kept_at=promised - _HOUR, answered=True,
            ))  # fmt: skip

    def _families(self) -> Iterator[Planned]:
        """A son with his mother's telephone, and a person with two cards."""
        t = self._texts
        for agent, known, ago in ((self._staff.second, t.son, 41), (self._staff.first, t.twin, 33)):
            start = self._working(ago, 12)
            promised = self._hours.add_days(start, 2)
            yield self._known(agent, known, start, Story(promised=promised, kept_at=promised - _HOUR, answered=True))

    # ------------------------------------------------------------------------------------------------------ each call

    def _due(self, agent: str, known: Known, ago: int, story: Story) -> Planned:
        """A call of some days ago, early enough for the area to answer before what is promised."""
        remedy = the(the(self._office.policy.problem(known.problem)).remedy(known.remedy))
        area = self._office.policy.area(remedy.area)
        start = self._working(ago, 16)
        while area is not None and response_at(area, self._office.policy, start + _CALL) > the(story.promised):
            ago += 1
            start = self._working(ago, 16)
        return self._known(agent, known, start, replace(story, gesture=story.gesture or "-"))

    def _known(self, agent: str, known: Known, start: datetime, story: Story) -> Planned:
        told = replace(
            story, problem=story.problem or known.problem, remedy=story.remedy or known.remedy,
            note=story.note or known.note, scripted=True,
        )  # fmt: skip

        def begin() -> Activity:
            kept = self._office.memory.named(known.name)
            caller = Caller(kept.card.id) if kept else Caller(name=known.name, phone=known.phone)
            return self._calls.call(agent, caller, start, told)

        return start, begin

    def _left(
        self, agent: str, known: Known, ago: int, gesture: str, last: Callable[[str], Sequence[c.CaseCommand]]
    ) -> Planned:  # fmt: skip
        """A call that began so many minutes ago and was left two minutes later."""
        start, at = (self._minute - timedelta(minutes=minutes) for minutes in (ago, ago - 2))
        story = Story(known.problem, known.remedy, known.note, gesture)
        return start, lambda: self._calls.left(
            agent, Caller(name=known.name, phone=known.phone), start, at, story, last
        )

    def _working(self, ago: int, hour: int) -> datetime:
        return working(self._hours, self._today, ago, hour, self._random)

    def _on(self, days: int, hours: int) -> datetime:
        """So many hours after the opening, so many open days before today."""
        return the(opening(self._hours, open_day(self._hours, self._today, days))) + hours * _HOUR

    def _closing(self) -> datetime:
        """When today ends: at the branch's closing, at midnight at the latest."""
        local = self._span.now.astimezone(self._hours.zone)
        ends = (closes for opens, closes in self._hours.windows_on(self._today) if opens <= local.time() < closes)
        return min(at_local(self._today, next(ends, time.max), self._hours.zone), self._span.midnight)
