"""A call and what comes after it, as activities.

Each yields the instant of what it wants to do next, and is sent the instant at which its turn comes, never earlier.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mesa_recuperacion.demo.office import Office, Unwritable, the
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import follow_up_at
from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import OTHER_PROBLEM, Problem
from mesa_recuperacion.domain.refusals import Refusal

Activity = Generator[datetime, datetime, None]

SETTLED = timedelta(hours=3)
"""How long before now something has to be due for somebody to have answered it with certainty."""
QUIET = timedelta(minutes=45)
"""Before now, nobody is in a call."""

_PACE = (5, 6, 7, 9, 7, 8, 7, 6, 5)
"""Shares of a call: name, apology, problem, note, remedy, gesture, promise, follow-up, closing."""

_PARETO = {
    "missing_product": 30, "wrong_delivery": 21, "billing_error": 17, "service_not_provided": 11,
    "damaged_product": 9, "product_return": 5, "service_cancelled": 3, "wrong_service": 2, OTHER_PROBLEM: 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is invented: ``now``, the first instant after today in the branch, and the current period's end."""

    now: datetime
    midnight: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a known customer's card, or a new name with the telephone they give at the end."""

    card: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What is decided beforehand; what is empty, chance decides.

    ``promised`` is the hour of the promise, ``kept_at`` when it is recorded as kept (``None``: never); ``follows`` says
    whether somebody asks afterwards; ``gesture`` the compensation's code, ``""`` for chance, ``"-"`` for none.
    """

    problem: str = ""
    remedy: str = ""
    note: str = ""
    gesture: str = ""
    promised: datetime | None = None
    kept_at: datetime | None = None
    scripted: bool = False
    answered: bool = False


class Calls:
    """The calls of one branch."""

    def __init__(self, office: Office, texts: Texts, span: Span) -> None:
        self._office, self._texts, self._span = office, texts, span
        self._random = office.random

    def call(self, actor: str, caller: Caller, start: datetime, story: Story) -> Activity:
        """A whole call, then what comes of its promise and its follow-up."""
        problem = self._problem(story)
        at = self._pace(start, problem)
        now = yield next(at)
        opening = c.OpenCase(start, customer=caller.card) if caller.card else c.OpenCase(start, name=caller.name)
        state = self._do(actor, opening, now)
        case = state.folio
        if self._random.random() > 0.05:
            now = yield next(at)
            self._do(actor, c.SayStep(case, "apologise"), now)
        now = yield next(at)
        text = self._random.choice(self._texts.others) if problem.code == OTHER_PROBLEM else ""
        self._do(actor, c.IdentifyProblem(case, problem.code, text), now)
        now = yield next(at)
        self._do(actor, c.AddNote(case, story.note or self._note(problem)), now)
        yield from self._decisions(actor, case, problem, story, at)
        phone = "" if caller.card else caller.phone
        now = yield next(at)
        self._do(actor, c.ScheduleFollowUp(case, phone), now)
        now = yield next(at)
        self._do(actor, c.CloseCase(case, self._random.random() > 0.04), now)
        yield from self._afterwards(actor, case, problem, story)

    def parked(self, actor: str, caller: Caller, start: datetime, at: datetime, story: Story) -> Activity:
        """A call that is left for a moment: after the problem, or after the gesture if there is a remedy."""
        problem = self._problem(story)
        pace = self._pace(start, problem)
        now = yield next(pace)
        case = self._do(actor, c.OpenCase(start, name=caller.name, phone=caller.phone), now).folio
        for command in (
            c.SayStep(case, "apologise"), c.IdentifyProblem(case, problem.code), c.AddNote(case, story.note),
        ):  # fmt: skip
            now = yield next(pace)
            self._do(actor, command, now)
        if story.remedy:
            now = yield next(pace)
            self._do(actor, c.ChooseRemedy(case, story.remedy), now)
            now = yield next(pace)
            self._gesture(actor, case, problem, story, now)
        now = yield at
        self._do(actor, c.ParkCase(case), now)

    def _decisions(self, actor: str, case: str, problem: Problem, story: Story, at: Iterator[datetime]) -> Activity:
        remedies = [r.code for r in problem.remedies]
        remedy = story.remedy or self._random.choices(remedies, [6, 2, 1, 1][: len(remedies)])[0]
        now = yield next(at)
        state = self._do(actor, c.ChooseRemedy(case, remedy), now)
        now = yield next(at)
        self._gesture(actor, case, problem, story, now)
        now = yield next(at)
        promised = story.promised or self._settled(_round_up(the(state.remedy).due_at), now)
        self._do(actor, c.MakePromise(case, promised), now)

    def _gesture(self, actor: str, case: str, problem: Problem, story: Story, now: datetime) -> None:
        """Something that the policy lists, an own amount, or nothing and why; what the budget has not, is not given."""
        for code, amount in self._wishes(actor, problem, story):
            done = self._office.do(actor, c.GrantCompensation(case, code, amount), now)
            if not isinstance(done, Refusal):
                return
        self._do(actor, c.DeclineCompensation(case, self._random.choice(self._texts.reasons)), now)

    def _wishes(self, actor: str, problem: Problem, story: Story) -> list[tuple[str, Money | None]]:
        random = self._random
        if story.gesture:
            return [(story.gesture, None)] if story.gesture != "-" else []
        if random.random() < 0.34 or self._saving(actor):
            return []
        listed = sorted(problem.compensations, key=lambda x: x.amount.minor)
        first = random.choices(listed, [3, 2, 1][: len(listed)])[0]
        wishes: list[tuple[str, Money | None]] = [(first.code, None)]
        wishes += [(x.code, None) for x in listed if x.amount.minor < first.amount.minor]
        if random.random() < 0.08:
            cap = self._office.policy.case_cap
            tenth = cap.minor // 10
            wishes.insert(0, (OWN_AMOUNT, Money(tenth * random.randint(2, 9), cap.currency)))
        return wishes

    def _saving(self, actor: str) -> bool:
        """In the running period something is left for whoever tries the desk."""
        funding = self._office.left(actor)
        if funding is None or funding.ends_at <= self._span.now:
            return False
        return funding.left.minor * 4 < self._office.policy.budget.minor * 3

    def _afterwards(self, actor: str, case: str, problem: Problem, story: Story) -> Activity:
        if story.scripted:
            yield from self._as_told(actor, case, story)
            return
        yield from self._promise(actor, case)
        while (asked := the(self._state(case).follow_up())).status == "pending":
            if asked.owner != actor:  # nobody answered, and supervision has it now
                return
            now = yield asked.due_at + timedelta(minutes=self._random.uniform(1, 25))
            answer = self._answer(now)
            words = {"satisfied": self._texts.content, "not_satisfied": self._texts.discontent}.get(answer, ("",))
            said = self._random.choice(words) if self._random.random() < 0.6 else ""
            self._do(actor, c.AnswerFollowUp(case, asked.id, answer, said), now)
            if answer == "not_satisfied":
                yield from self._again(actor, case, problem, now)
            if answer != "no_answer":
                return

    def _as_told(self, actor: str, case: str, story: Story) -> Activity:
        promise, asked = the(self._state(case).promise()), the(self._state(case).follow_up())
        if story.kept_at is not None:
            now = yield story.kept_at
            self._do(actor, c.AnswerPromise(case, promise.id, "kept"), now)
        if story.answered:
            now = yield asked.due_at + timedelta(minutes=8)
            words = self._random.choice(self._texts.content)
            self._do(actor, c.AnswerFollowUp(case, asked.id, "satisfied", words), now)

    def _promise(self, actor: str, case: str) -> Activity:
        """Most promises are kept before their hour, some after it; some move to another one."""
        random = self._random
        while (promise := the(self._state(case).promise())).status == "pending":
            chance, due_at = random.random(), promise.due_at
            late = due_at + timedelta(minutes=random.uniform(8, 50))
            if chance < 0.07 and self._long_ago(late):
                now = yield late if chance < 0.03 else due_at - timedelta(minutes=random.uniform(5, 30))
                again = self._office.policy.hours.add_days(due_at, 1)
                self._do(actor, c.AnswerPromise(case, promise.id, "move", again), now)
            elif chance < 0.14:
                now = yield late
                self._do(actor, c.AnswerPromise(case, promise.id, "late"), now)
            else:
                now = yield due_at - timedelta(minutes=random.uniform(2, 300))
                self._do(actor, c.AnswerPromise(case, promise.id, "kept"), now)

    def _answer(self, now: datetime) -> str:
        chance = self._random.random()
        if chance < 0.09 and self._long_ago(now):
            return "no_answer"
        return "not_satisfied" if chance > 0.92 and self._long_ago(now) else "satisfied"

    def _again(self, actor: str, case: str, problem: Problem, now: datetime) -> Activity:
        """The same call goes on: the case was opened again."""
        at = self._pace(now, problem)
        now = yield next(at)
        self._do(actor, c.SayStep(case, "apologise"), now)
        other = Story(remedy=problem.remedies[-1].code)
        yield from self._decisions(actor, case, problem, other, at)
        now = yield next(at)
        self._do(actor, c.ScheduleFollowUp(case), now)
        now = yield next(at)
        self._do(actor, c.CloseCase(case, True), now)
        yield from self._afterwards(actor, case, problem, other)

    def _settled(self, promised: datetime, now: datetime) -> datetime:
        """The hour, or a later one: nothing that chance brings is due today, for today has its own list."""
        hours = self._office.policy.hours
        promised = hours.next_open(max(promised, _round_up(now + timedelta(minutes=30))))
        while True:
            if follow_up_at(self._office.policy, promised) + SETTLED <= self._span.now:
                return promised
            if promised >= self._span.midnight:
                return promised
            promised = hours.next_open(promised + _DAY)

    def _long_ago(self, instant: datetime) -> bool:
        return instant < self._span.now - timedelta(days=12)

    def _pace(self, start: datetime, problem: Problem) -> Iterator[datetime]:
        """The instants of a call's steps: most are within the standard."""
        random = self._random
        good = 0.95 if start >= self._span.midnight - _DAY else 0.86  # today is one of the better days
        share = random.uniform(0.6, 0.98) if random.random() < good else random.uniform(1.05, 1.7)
        unit = problem.standard * share / sum(_PACE)
        spent = 0.0
        for part in _PACE:
            spent += part * unit * random.uniform(0.9, 1.08)
            yield start + timedelta(milliseconds=int(spent * 1000))
        while True:
            spent += 5
            yield start + timedelta(milliseconds=int(spent * 1000))

    def _problem(self, story: Story) -> Problem:
        code = story.problem or self._random.choices(list(_PARETO), list(_PARETO.values()))[0]
        return the(self._office.policy.problem(code))

    def _note(self, problem: Problem) -> str:
        return self._random.choice(self._texts.notes[problem.code])

    def _state(self, case: str) -> CaseState:
        return the(self._office.writing.case_state(case))

    def _do(self, actor: str, command: c.OpenCase | c.CaseCommand, at: datetime) -> CaseState:
        done = self._office.do(actor, command, at)
        if isinstance(done, Refusal):
            raise Unwritable(f"{command!r}: {done!r}")
        return done


_DAY = timedelta(days=1)


def _round_up(instant: datetime) -> datetime:
    """The next full or half hour."""
    over = timedelta(minutes=instant.minute % 30, seconds=instant.second, microseconds=instant.microsecond)
    return instant if not over else instant - over + timedelta(minutes=30)
