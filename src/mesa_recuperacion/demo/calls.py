"""A call, as an activity: every step of it, by the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from mesa_recuperacion.demo.after import After
from mesa_recuperacion.demo.office import the
from mesa_recuperacion.demo.story import SETTLED, Activity, Caller, Story
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.areas import deadline
from mesa_recuperacion.domain.decide.contact import follow_up_at
from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OVERRUNS
from mesa_recuperacion.domain.policy import OTHER_PROBLEM, Problem
from mesa_recuperacion.domain.refusals import Refusal

_PACE = (5, 6, 7, 9, 7, 8, 7, 6, 5)
"""Shares of a call: name, apology, problem, note, remedy, gesture, promise, follow-up, closing."""
_DAY = timedelta(days=1)

_BEFORE = {
    "missing_product": 38, "wrong_delivery": 18, "billing_error": 14, "service_not_provided": 9,
    "damaged_product": 8, "product_return": 4, "service_cancelled": 3, "wrong_service": 2, OTHER_PROBLEM: 1,
}  # fmt: skip
_PARETO = {**_BEFORE, "missing_product": 22, "wrong_delivery": 20}
"""Before and after what the first root cause analysis led to."""
_AWAY = (4.0, 7.0)
"""Minutes for which an agent leaves a case to find something out."""


class Calls(After):
    """The calls of one branch."""

    def call(self, actor: str, caller: Caller, start: datetime, story: Story) -> Activity:
        """A whole call, then what comes of its promise and its follow-up."""
        problem = self._problem(story, start)
        at = self._pace(start, problem)
        now = yield next(at)
        opening = c.OpenCase(start, customer=caller.card) if caller.card else c.OpenCase(start, name=caller.name)
        case = self.do(actor, opening, now).folio
        if story.waits:
            self._waiting.add(case)
        if self._random.random() > 0.05:
            now = yield next(at)
            self.do(actor, c.SayStep(case, "apologise"), now)
        now = yield next(at)
        text = self._random.choice(self._texts.others) if problem.code == OTHER_PROBLEM else ""
        self.do(actor, c.IdentifyProblem(case, problem.code, text), now)
        now = yield next(at)
        self.do(actor, c.AddNote(case, story.note or self._random.choice(self._texts.notes[problem.code])), now)
        if story.special == "hand_over":
            other, reason = self._staff.other(actor), self._random.choice(("asked", "speciality"))
            self.do(actor, c.HandOver(case, other, reason), now)
            now = yield now + timedelta(seconds=self._random.uniform(40, 150))
            for command in (c.AcceptCase(case), c.ResumeCase(case)):
                self.do(other, command, now)
            actor, at = other, self._pace(now, problem, _PACE[4:])
        elif not story.scripted and self._random.random() < 0.04:
            self.do(actor, c.ParkCase(case), now)
            now = yield now + timedelta(minutes=self._random.uniform(*_AWAY))
            self.do(actor, c.ResumeCase(case), now)
            at = self._pace(now, problem, _PACE[4:])
        yield from self._decisions(actor, case, problem, story, at)
        yield from self._ending(actor, case, "" if caller.card else caller.phone, at, story)
        yield from self._afterwards(actor, case, problem, story)

    def left(
        self, actor: str, caller: Caller, start: datetime, at: datetime, story: Story,
        last: Callable[[str], Sequence[c.CaseCommand]],
    ) -> Activity:  # fmt: skip
        """A call that is left in the middle: after the problem, or after the gesture if there is a remedy.

        ``last`` is what is done with the case ``at`` the end.
        """
        problem = self._problem(story, start)
        pace = self._pace(start, problem)
        now = yield next(pace)
        case = self.do(actor, c.OpenCase(start, name=caller.name, phone=caller.phone), now).folio
        for command in (
            c.SayStep(case, "apologise"), c.IdentifyProblem(case, problem.code), c.AddNote(case, story.note),
        ):  # fmt: skip
            now = yield next(pace)
            self.do(actor, command, now)
        if story.remedy:
            now = yield next(pace)
            self.do(actor, c.ChooseRemedy(case, story.remedy), now)
            self._statutory(actor, case, problem, now)
        if story.gesture:
            now = yield next(pace)
            self._gesture(actor, case, problem, story, now)
        now = yield at
        self._waiting.add(case)
        for parting in last(case):
            self.do(actor, parting, now)

    # ------------------------------------------------------------------------------------------------- the decisions

    def _decisions(self, actor: str, case: str, problem: Problem, story: Story, at: Iterator[datetime]) -> Activity:
        remedies = [r.code for r in problem.remedies]
        remedy = story.remedy or self._random.choices(remedies, [6, 2, 1, 1][: len(remedies)])[0]
        now = yield next(at)
        state = self.do(actor, c.ChooseRemedy(case, remedy), now)
        self._statutory(actor, case, problem, now)
        now = yield next(at)
        if story.special == "exception" and self._authorised(actor, case, now):
            now = yield now + timedelta(seconds=self._random.uniform(3, 9))  # the supervisor leaves the desk
        else:
            self._gesture(actor, case, problem, story, now)
            if story.special in ("asked", "declined"):
                now = yield next(at)
                self._asked(actor, case, story.special == "asked", now)
        now = yield next(at)
        promised = story.promised or self._settled(_round_up(the(state.remedy).due_at), now)
        self.do(actor, c.MakePromise(case, promised), now)
        self._area(actor, case, story, now)

    def _statutory(self, actor: str, case: str, problem: Problem, now: datetime) -> None:
        """What the law owes for the problem, or why it does not apply; nothing if it was said before."""
        if problem.statutory is None or self.state(case).legal is not None:
            return
        if self._random.random() < 0.1:
            self.do(actor, c.WaiveStatutory(case, self._random.choice(self._texts.waived)), now)
            return
        tenth = self._office.policy.case_cap.minor // 10
        paid = Money(tenth * self._random.randint(8, 90), self._office.policy.currency)
        self.do(actor, c.RecordStatutory(case, paid), now)

    def _authorised(self, actor: str, case: str, now: datetime) -> bool:
        """The supervisor authorises more than the cap at the agent's desk, while the reserve has it."""
        cap = self._office.policy.case_cap
        amount = Money(cap.minor * self._random.choice((12, 14, 16)) // 10, cap.currency)
        reason = self._random.choice(self._texts.exceptions)
        asked = c.AuthoriseException(case, OWN_AMOUNT, amount, reason, self._staff.supervisor)
        return not isinstance(self._office.do(actor, asked, now), Refusal)

    def _asked(self, actor: str, case: str, granted: bool, now: datetime) -> None:
        """More than the cap is asked for when no supervisor is near, if there is time for the answer."""
        hours, cap = self._office.policy.hours, self._office.policy.case_cap
        due_at = _round_up(hours.next_open(now + timedelta(hours=self._random.uniform(2, 4))))
        if not self._span.is_over(due_at) or not hours.is_open(due_at - timedelta(minutes=40)):
            return
        more, reason = Money(cap.minor * 13 // 10, cap.currency), self._random.choice(self._texts.exceptions)
        self.do(actor, c.AskException(case, OWN_AMOUNT, more, reason, due_at), now)
        words = "" if granted else self._random.choice(self._texts.no_exception)
        self.begun.append(self._supervision_says(case, granted, words, due_at))

    def _gesture(self, actor: str, case: str, problem: Problem, story: Story, now: datetime) -> None:
        """Something that the policy lists, an own amount, or nothing and why; what the budget has not, is not given."""
        for code, amount in self._wishes(actor, problem, story):
            done = self._office.do(actor, c.GrantCompensation(case, code, amount), now)
            if not isinstance(done, Refusal):
                return
        self.do(actor, c.DeclineCompensation(case, self._random.choice(self._texts.reasons)), now)

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

    def _area(self, actor: str, case: str, story: Story, now: datetime) -> None:
        """Some remedies are asked of their area on the spot."""
        state, policy = self.state(case), self._office.policy
        area = policy.area(the(state.remedy).area)
        if area is None or (story.area is None and (story.scripted or self._random.random() > 0.2)):
            return
        if story.area is not None:
            what, by = story.area
            self.do(actor, c.AskArea(case, area.code, what, by), now)
            return
        due_at = deadline(area, policy, now, the(state.promise()).due_at)
        if self._span.is_todays(due_at) or not policy.hours.is_open(due_at - timedelta(minutes=1)):
            return
        asked = self.do(actor, c.AskArea(case, area.code, self._random.choice(self._texts.asked[area.code])), now)
        self.begun.append(self._area_answers(case, asked.requests[-1]))

    def _ending(self, actor: str, case: str, phone: str, at: Iterator[datetime], story: Story) -> Activity:
        """The follow-up and the closing, late for a reason if it is late."""
        now = yield next(at)
        self.do(actor, c.ScheduleFollowUp(case, phone), now)
        now = yield next(at)
        if self.state(case).countdown.left(now) < 0 and self._random.random() < 0.85:
            self.do(actor, c.ExplainOverrun(case, self._random.choices(OVERRUNS, [5, 3, 2])[0]), now)
        self.do(actor, c.CloseCase(case, story.scripted or self._random.random() > 0.01), now)

    # ------------------------------------------------------------------------------------------------ what comes after

    def _afterwards(self, actor: str, case: str, problem: Problem, story: Story) -> Activity:
        if story.scripted:
            yield from self._as_told(actor, case, story)
            return
        yield from self._promise(actor, case)
        while (asked := the(self.state(case).follow_up())).status == "pending":
            if asked.owner != actor:  # nobody answered, and supervision has it now
                return
            now = yield asked.due_at + timedelta(minutes=self._random.uniform(1, 25))
            answer = self._answer(actor, now)
            words = {"satisfied": self._texts.content, "not_satisfied": self._texts.discontent}.get(answer, ("",))
            said = self._random.choice(words) if self._random.random() < 0.6 else ""
            self.do(actor, c.AnswerFollowUp(case, asked.id, answer, said), now)
            if answer == "not_satisfied":
                yield from self._again(actor, case, problem, now)
            if answer != "no_answer":
                return

    def _again(self, actor: str, case: str, problem: Problem, now: datetime) -> Activity:
        """The same call goes on: the case was opened again."""
        at = self._pace(now, problem)
        now = yield next(at)
        self.do(actor, c.SayStep(case, "apologise"), now)
        other = Story(remedy=problem.remedies[-1].code)
        yield from self._decisions(actor, case, problem, other, at)
        yield from self._ending(actor, case, "", at, other)
        yield from self._afterwards(actor, case, problem, other)

    # ------------------------------------------------------------------------------------------------------- its time

    def _pace(self, start: datetime, problem: Problem, parts: tuple[int, ...] = _PACE) -> Iterator[datetime]:
        """The instants of a call's steps: most are within the standard."""
        random = self._random
        good = 1.0 if start >= self._span.midnight - _DAY else 0.94 if self._span.learned(start) else 0.86
        share = random.uniform(0.6, 0.98) if random.random() < good else random.uniform(1.05, 1.7)
        unit = problem.standard * share / sum(_PACE)
        spent = 0.0
        for part in parts:
            spent += part * unit * random.uniform(0.9, 1.08)
            yield start + timedelta(milliseconds=int(spent * 1000))
        while True:
            spent += 5
            yield start + timedelta(milliseconds=int(spent * 1000))

    def _problem(self, story: Story, at: datetime) -> Problem:
        usual = _PARETO if self._span.learned(at) else _BEFORE
        code = story.problem or self._random.choices(list(usual), list(usual.values()))[0]
        return the(self._office.policy.problem(code))


def _round_up(instant: datetime) -> datetime:
    """The next full or half hour."""
    over = timedelta(minutes=instant.minute % 30, seconds=instant.second, microseconds=instant.microsecond)
    return instant if not over else instant - over + timedelta(minutes=30)
