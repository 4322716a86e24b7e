"""What the people of the invented branch have to do with each other: the policy, suggestions and thanks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from mesa_recuperacion.demo.days import opening, working
from mesa_recuperacion.demo.office import Office, the
from mesa_recuperacion.demo.story import QUIET, Activity, Planned, Span, Staff
from mesa_recuperacion.demo.texts import Idea, Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.policy import Policy

OFTEN = 14
"""Days between two thanks, and between two suggestions."""
_SETTLED_DAYS = 7
"""What chance brings has been read for so many days."""
_FIRST_THING = timedelta(seconds=20)
"""Before the opening, and after everybody has come in."""
_MINUTE = timedelta(minutes=1)
_LAST_THANKS = 38
"""Days since the third agent was thanked last, at least: the supervisor is told."""


class Team:
    """Plans what the agents and their supervisor tell each other."""

    def __init__(self, office: Office, texts: Texts, staff: Staff, span: Span) -> None:
        self._office, self._texts, self._staff, self._span = office, texts, staff, span
        self._hours, self._random = office.policy.hours, office.random
        self._today = span.now.astimezone(self._hours.zone).date()

    def life(self, first_day: date, policy: Policy, text: str) -> Iterator[Planned]:
        """From the first day to this morning, when the supervisor publishes that policy."""
        yield from self._sign_ins(first_day)
        begin = self._mornings(first_day)
        agents = (person for person in self._everybody() if person != self._staff.supervisor)
        yield from (self._told(agent, c.AcknowledgePolicy(1), begin) for agent in agents)
        for n, days in enumerate(range(OFTEN, (self._today - first_day).days - _SETTLED_DAYS, OFTEN)):
            day = first_day + timedelta(days=days)
            agent = self._staff.agents()[n % 2]
            ago = (self._today - day).days
            thanked = self._staff.third if _LAST_THANKS <= ago < _LAST_THANKS + OFTEN else agent
            yield self._thanks(thanked, self._texts.thanks[n % len(self._texts.thanks)], self._afternoon(day))
            idea = self._texts.ideas[n % len(self._texts.ideas)]
            yield self._idea(self._staff.other(agent), idea, self._afternoon(day))
        yield from self._this_morning(policy, text)

    def _this_morning(self, policy: Policy, text: str) -> Iterator[Planned]:
        """The supervisor adopts an idea; its author has come in since then, and the other agent has not."""
        t, one, two = self._texts, self._staff.first, self._staff.second
        begin = self._span.now - QUIET + _MINUTE
        made = working(self._hours, self._today, 6, 12, self._random)
        yield made, lambda: self._adopted(one, made, begin, policy, text)
        for agent, idea, ago in ((two, t.waiting_idea, 1), (self._staff.third, t.second_idea, 3)):
            yield self._told(agent, c.Suggest(idea), working(self._hours, self._today, ago, 17, self._random))
        for agent, name, said, at in (
            (one, t.repeats.name, t.read_thanks, begin + 2 * _MINUTE),
            (two, t.second_desk[1].name, t.unread_thanks, begin + 3 * _MINUTE),
        ):
            yield at, self._praising(agent, said, at, lambda name=name: self._case_of(name))  # type: ignore[misc]
        for n, agent in ((6, one), (8, self._staff.third)):
            yield begin + n * _MINUTE, self._coming(agent, begin + n * _MINUTE)

    # ------------------------------------------------------------------------------------------------ what they do

    def _adopted(self, author: str, made: datetime, at: datetime, policy: Policy, text: str) -> Activity:
        idea = self._texts.adopted
        now = yield made
        suggestion = self._suggest(author, idea, now)
        now = yield at
        self._office.tell(self._staff.supervisor, c.AnswerSuggestion(suggestion, idea.answer, idea.words), now)
        now = yield at + _MINUTE
        self._office.publish(policy, text, now, suggestion)

    def _coming(self, agent: str, at: datetime) -> Callable[[], Activity]:
        return lambda: self._comes_in(agent, at)

    def _comes_in(self, agent: str, at: datetime) -> Activity:
        """Somebody enters again, and reads what is new."""
        now = yield at
        self._office.append(agent, now, [("", f.SignedIn(agent))])
        now = yield at + timedelta(seconds=25)
        self._office.tell(agent, c.AcknowledgePolicy(self._office.policy.version), now)
        self._read(agent, now)

    def _thanks(self, agent: str, said: str, at: datetime) -> Planned:
        return at, self._praising(agent, said, at, lambda: self._good_case(agent))

    def _praising(self, agent: str, said: str, at: datetime, about: Callable[[], str]) -> Callable[[], Activity]:
        def praise() -> Activity:
            now = yield at
            self._office.tell(self._staff.supervisor, c.Praise(agent, said, about()), now)
            if self._long_ago(at):
                now = yield self._next_morning(at)
                self._read(agent, now)

        return praise

    def _idea(self, agent: str, idea: Idea, at: datetime) -> Planned:
        def suggest() -> Activity:
            now = yield at
            suggestion = self._suggest(agent, idea, now)
            now = yield at + 40 * _MINUTE
            self._office.tell(self._staff.supervisor, c.AnswerSuggestion(suggestion, idea.answer, idea.words), now)
            now = yield self._next_morning(at)
            self._read(agent, now)

        return at, suggest

    def _told(self, actor: str, command: c.TeamCommand, at: datetime) -> Planned:
        def tell() -> Activity:
            now = yield at
            self._office.tell(actor, command, now)

        return at, tell

    def _suggest(self, agent: str, idea: Idea, now: datetime) -> str:
        made = (fact for fact in self._office.tell(agent, c.Suggest(idea.text), now))
        return the(next((fact.suggestion for fact in made if isinstance(fact, f.SuggestionMade)), None))

    def _read(self, agent: str, now: datetime) -> None:
        for item in self._office.writing.news(agent):
            self._office.tell(agent, c.ReadNews(item.id), now)

    def _case_of(self, name: str) -> str:
        """The latest case of the customer of that name."""
        return list(the(self._office.memory.named(name)).cases)[-1]

    def _good_case(self, agent: str) -> str:
        """The latest case of somebody new that an agent has closed, the customer satisfied; empty if there is none."""
        latest = list(self._office.memory.cards.values())[-60:]
        states = (state for kept in latest for state in kept.cases.values())
        good = [state for state in states if state.owner == agent and state.status == "closed" and state.satisfied]
        return max(good, key=lambda state: state.opened_at).folio if good else ""

    # -------------------------------------------------------------------------------------------------- and when

    def _sign_ins(self, first_day: date) -> Iterator[Planned]:
        for n in range((self._today - first_day).days + 1):
            begin = opening(self._hours, first_day + timedelta(days=n))
            for person in self._everybody() if begin else ():
                at = the(begin) - timedelta(seconds=self._random.randint(30, 500))
                gone = person == self._staff.former and self._span.has_left(at)
                if at < self._span.now - QUIET and not gone:
                    yield at, self._signing(person, at)

    def _everybody(self) -> tuple[str, ...]:
        return *self._staff.agents(), self._staff.supervisor, self._staff.former

    def _signing(self, person: str, at: datetime) -> Callable[[], Activity]:
        def sign_in() -> Activity:
            now = yield at
            self._office.append(person, now, [("", f.SignedIn(person))])

        return sign_in

    def _mornings(self, day: date) -> datetime:
        """First thing on that day, or on the next one that is open."""
        while (begin := opening(self._hours, day)) is None:
            day += timedelta(days=1)
        return begin - _FIRST_THING

    def _next_morning(self, at: datetime) -> datetime:
        return self._mornings(at.astimezone(self._hours.zone).date() + timedelta(days=1))

    def _afternoon(self, day: date) -> datetime:
        """Some hours after that opening."""
        return self._mornings(day) + timedelta(minutes=self._random.randint(90, 280))

    def _long_ago(self, instant: datetime) -> bool:
        return instant < self._span.now - timedelta(days=_SETTLED_DAYS // 2)
