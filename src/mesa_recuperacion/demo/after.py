"""What comes after a call: promises, follow-ups, areas that answer, and the customers whom supervision calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from mesa_recuperacion.demo.office import Office, Unwritable, the
from mesa_recuperacion.demo.story import Activity, Span, Staff, Story
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.parts import SUPERVISION, AreaRequest, FollowUp
from mesa_recuperacion.domain.refusals import Refusal


class After:
    """What is done with cases of one branch once their call is over.

    ``begun`` collects the activities that what was done has given to somebody else; whoever runs activities takes them.
    """

    def __init__(self, office: Office, texts: Texts, span: Span, staff: Staff) -> None:
        self._office, self._texts, self._span, self._staff = office, texts, span, staff
        self._random = office.random
        self._seen: set[str] = set()
        self._waiting: set[str] = set()
        self.begun: list[Activity] = []

    def state(self, case: str) -> CaseState:
        """Where a case stands."""
        return the(self._office.writing.case_state(case))

    def do(self, actor: str, command: c.OpenCase | c.CaseCommand, at: datetime) -> CaseState:
        """Carry out a command; what it gives to supervision, supervision will attend to.

        Raises :class:`Unwritable` if it is refused.
        """
        done = self._office.do(actor, command, at)
        if isinstance(done, Refusal):
            raise Unwritable(f"{command!r}: {done!r}")
        if done.folio not in self._waiting:
            for asked in done.follow_ups:
                if asked.owner == SUPERVISION and asked.status == "pending" and asked.id not in self._seen:
                    self._seen.add(asked.id)
                    self.begun.append(self._attended(done.folio, asked, at))
        return done

    def _as_told(self, actor: str, case: str, story: Story) -> Activity:
        if story.broken:
            promise = the(self.state(case).promise())
            now = yield promise.due_at + timedelta(minutes=35)
            again = self._office.policy.hours.add_days(promise.due_at, 1)
            self.do(actor, c.AnswerPromise(case, promise.id, "move", again), now)
        if story.kept_at is not None:
            promise = the(self.state(case).promise())
            now = yield self._open(story.kept_at, promise.due_at)
            self.do(actor, c.AnswerPromise(case, promise.id, "kept"), now)
        for answer in (*("no_answer",) * story.silent, *("satisfied",) * story.answered):
            asked = the(self.state(case).follow_up())
            now = yield asked.due_at + timedelta(minutes=8)
            words = self._random.choice(self._texts.content) if answer == "satisfied" else ""
            self.do(actor, c.AnswerFollowUp(case, asked.id, answer, words), now)

    def _promise(self, actor: str, case: str) -> Activity:
        """Most promises are kept before their hour, some after it; some move to another one."""
        random = self._random
        while (promise := the(self.state(case).promise())).status == "pending":
            chance, due_at = random.random(), promise.due_at
            late = due_at + timedelta(minutes=random.uniform(8, 50))
            if chance < 0.06 and self._has_time(late):
                now = (
                    yield late
                    if chance < 0.02
                    else self._open(due_at - timedelta(minutes=random.uniform(5, 30)), due_at)
                )
                again = self._office.policy.hours.add_days(due_at, 1)
                self.do(actor, c.AnswerPromise(case, promise.id, "move", again), now)
            elif chance < 0.13 and self._span.is_over(due_at):
                now = yield late
                self.do(actor, c.AnswerPromise(case, promise.id, "late"), now)
            else:
                now = yield self._open(due_at - timedelta(minutes=random.uniform(2, 300)), due_at)
                self.do(actor, c.AnswerPromise(case, promise.id, "kept"), now)

    def _open(self, instant: datetime, latest: datetime) -> datetime:
        """An instant, or the next one at which somebody is there, if that is not too late."""
        return min(self._office.policy.hours.next_open(instant), latest)

    def _has_time(self, instant: datetime) -> bool:
        """Whether what is put off then by a day was answered too: today has its own list."""
        hours = self._office.policy.hours
        return self._span.is_over(hours.next_open(hours.add_days(instant, 1) + timedelta(hours=4)))

    def _answer(self, actor: str, now: datetime) -> str:
        chance = self._random.random()
        if 0.08 < chance < 0.98:
            return "satisfied"
        if not self._has_time(now):
            return "satisfied"
        gone = actor == self._staff.former and self._span.leaves(now)
        return "no_answer" if chance <= 0.08 else "satisfied" if gone else "not_satisfied"

    def _attended(self, case: str, asked: FollowUp, since: datetime) -> Activity:
        """Supervision calls: a customer at risk soon after it is known, one that nobody reached at the hour."""
        hours, random = self._office.policy.hours, self._random
        soon = hours.next_open(since + timedelta(hours=random.uniform(1, 5)))
        now = yield soon if asked.purpose == "retain" else asked.due_at + timedelta(minutes=random.uniform(2, 20))
        answer = "no_answer" if random.random() < 0.1 and self._has_time(now) else "satisfied"
        words = random.choice(self._texts.stayed) if answer == "satisfied" else ""
        self.do(self._staff.supervisor, c.AnswerFollowUp(case, asked.id, answer, words), now)

    def _supervision_says(self, case: str, granted: bool, words: str, due_at: datetime) -> Activity:
        """Yes or no to what was asked for; then the customer is told, within the hour that they were promised."""
        now = yield due_at - timedelta(minutes=self._random.uniform(15, 35))
        if not granted or isinstance(self._granted(case, now), Refusal):  # what the reserve has not, is a no
            words = words or self._random.choice(self._texts.no_exception)
            self.do(self._staff.supervisor, c.AnswerException(case, False, words), now)
        state = self.state(case)
        now = yield due_at - timedelta(minutes=self._random.uniform(2, 10))
        self.do(state.owner, c.AnswerPromise(case, the(state.answer()).id, "kept"), now)

    def _granted(self, case: str, now: datetime) -> CaseState | Refusal:
        return self._office.do(self._staff.supervisor, c.AnswerException(case, True, ""), now)

    def _area_answers(self, case: str, asked: AreaRequest) -> Activity:
        """Most areas answer in time."""
        random, due_at = self._random, asked.due_at
        between = asked.asked_at + (due_at - asked.asked_at) * random.uniform(0.3, 0.95)
        in_time = self._open(between, due_at)
        late = due_at + timedelta(minutes=random.uniform(15, 90))
        now = yield late if random.random() < 0.15 and self._span.is_over(due_at) else in_time
        words = random.choice(self._texts.answers[asked.area])
        self.do(self.state(case).owner, c.AnswerArea(case, asked.id, words), now)
