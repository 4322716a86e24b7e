"""What the supervisor of the invented branch makes of its history: root causes, budgets, and somebody who left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from mesa_recuperacion.demo.days import open_day, opening, working
from mesa_recuperacion.demo.office import Office, the
from mesa_recuperacion.demo.story import LEARNED, LEFT, Activity, Planned, Span, Staff
from mesa_recuperacion.demo.texts import Inquiry, Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import span
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope

BEHIND = 28
"""Days of cases that an analysis looks at."""
TRIED = 25
"""Days from an analysis to the day of its action."""
AGREED = 14
"""Days since the analysis whose action is due today."""
_THINKING = timedelta(seconds=40)


class Learning:
    """Plans the supervisor's own work."""

    def __init__(self, office: Office, texts: Texts, staff: Staff, span: Span) -> None:
        self._office, self._texts, self._staff, self._span = office, texts, staff, span
        self._hours, self._random = office.policy.hours, office.random
        self._today = span.now.astimezone(self._hours.zone).date()

    def plans(self, first_day: date) -> Iterator[Planned]:
        """Since that day: one analysis that was concluded, one whose action is due today, and two budgets changed."""
        if (self._today - first_day).days > LEARNED + BEHIND:
            then = self._at(LEARNED - TRIED, 17)
            yield self._begun(self._texts.learned, self._staff.second, self._at(LEARNED, 16), then)
        yield self._begun(self._texts.today, self._staff.third, self._at(AGREED, 16), self._this_evening())
        left = self._at(LEFT, 18)
        yield left, self._managing(c.RetirePerson(self._staff.former), left)
        last_week = the(opening(self._hours, open_day(self._hours, self._today, 6))) + timedelta(minutes=25)
        changes = ((self._staff.first, 3, last_week), (self._staff.second, 2, self._lately()))
        for (person, tenths, at), reason in zip(changes, self._texts.more, strict=True):
            budget = self._office.policy.budget
            amount = Money(budget.minor * tenths // 10, budget.currency)
            yield at, self._managing(c.AdjustBudget(person, amount, reason), at)

    def _managing(self, command: c.StaffCommand, at: datetime) -> Callable[[], Activity]:
        def manage() -> Activity:
            now = yield at
            self._office.manage(command, now)

        return manage

    def _begun(self, told: Inquiry, owner: str, at: datetime, due_at: datetime) -> Planned:
        return at, lambda: self._inquiry(told, owner, at, due_at)

    def _inquiry(self, told: Inquiry, owner: str, at: datetime, due_at: datetime) -> Activity:
        """Whys, cause, family, action, owner and day; concluded on that day, if that is past.

        Nothing happens if there is no such case to look at.
        """
        now = yield at
        day, boss = now.astimezone(self._hours.zone).date(), self._staff.supervisor
        days = span(day - timedelta(days=BEHIND), day - timedelta(days=1))
        behind = Behind(Scope(days, Filter(problem=told.problem)))
        if not self._office.writing.measured(behind).cases:
            return
        first, *whys = told.whys
        begun = self._office.tell(boss, c.BeginAnalysis(behind, first), now)
        which = the(next((fact.analysis for fact in begun if isinstance(fact, f.AnalysisBegun)), None))
        answers = [c.AnswerWhy(which, n, text) for n, text in enumerate(whys, 2)]
        agreed = (
            c.NameCause(which, told.cause), c.ChooseFamily(which, told.family), c.NameAction(which, told.action),
            c.OwnAction(which, owner), c.DateAction(which, due_at),
        )  # fmt: skip
        for command in (*answers, *agreed):
            now = yield now + _THINKING
            self._office.tell(boss, command, now)
        if told.done:
            now = yield due_at - timedelta(hours=1)
            self._office.tell(owner, c.AnswerAction(which, True, told.done), now)
            now = yield due_at + timedelta(minutes=10)
            self._office.tell(boss, c.ReviewAction(which, True, told.concluded), now)

    def _at(self, ago: int, hour: int) -> datetime:
        return working(self._hours, self._today, ago, hour, self._random)

    def _this_evening(self) -> datetime:
        """The last minute of today in the branch."""
        return at_local(self._today, time(23, 59), self._hours.zone)

    def _lately(self) -> datetime:
        """A moment of this morning, before whoever tries the desk came."""
        return self._span.now - timedelta(minutes=43)
