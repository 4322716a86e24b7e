"""A recount on paper: what the review should say, read from the raw facts alone.

Nothing of the program that counts or remembers is used here: no state of a case, no table, no tally.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain import facts as f

RESERVE, SUPERVISION = "reserve", "supervision"
WORDS = ("satisfied", "not_satisfied")


def whole(length: timedelta) -> int:
    """Whole seconds, none if time went back."""
    return max(0, length // timedelta(seconds=1))


@dataclass
class Promised:
    what: str
    due: datetime
    owner: str
    round: int
    state: str = "pending"


@dataclass
class Call:
    purpose: str
    due: datetime
    owner: str
    round: int
    attempt: int
    state: str = "pending"


@dataclass
class Wanted:
    area: str
    at: datetime
    by: str
    due: datetime
    owner: str
    state: str = "pending"


@dataclass
class Wish:
    promise: str
    pending: bool = True


@dataclass
class Given:
    round: int
    code: str
    minor: int
    payer: str


@dataclass
class Ended:
    """What a closing stands with."""

    remedy: tuple[str, int] | None
    law: int
    declined: bool


@dataclass
class First:
    """The first closing."""

    at: datetime
    by: str
    elapsed: int
    standard: int
    parked: int
    overrun: str
    passed_over: bool


@dataclass
class Paper:
    """One case, as its facts say it."""

    folio: str
    branch: str
    customer: str
    owner: str
    opened: datetime
    started: datetime
    known: bool
    status: str = "open"
    problem: str = ""
    repeat: bool = False
    again: set[str] = field(default_factory=set)
    round: int = 0
    came_back: int = 0
    hand_overs: int = 0
    moves: int = 0
    silences: int = 0
    overrun: str = ""
    remedy: tuple[str, int] | None = None
    law: int = 0
    declined: bool = False
    held: Given | None = None
    given: list[Given] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    first: First | None = None
    promises: dict[str, Promised] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    wanted: dict[str, Wanted] = field(default_factory=dict)
    wish: Wish | None = None
    jumped: int = 0
    parked_at: datetime | None = None
    aside: int = 0

    # What happened

    def tell(self, e: f.Entry) -> None:  # noqa: C901 - a list of kinds
        """One more fact."""
        steady = e.at - timedelta(seconds=self.jumped)
        match e.fact:
            case f.ProblemIdentified(problem):
                self.problem = problem
            case f.RemedyChosen(code, cost):
                self.remedy = (code, cost.minor)
            case f.CompensationReserved(code, amount, payer):
                self.held, self.declined = Given(self.round, code, amount.minor, payer), False
                if payer == RESERVE and self.wish:
                    self.wish.pending = False
            case f.CompensationReleased():
                self.held = None
            case f.CompensationDelivered():
                assert self.held is not None
                self.given.append(self.held)
                self.held = None
            case f.CompensationReturned():
                self.held = self.given.pop()
            case f.CompensationDeclined():
                self.declined, self.held = True, None
            case f.StatutoryRecorded(_, amount):
                self.law = amount.minor
            case f.StatutoryWaived():
                self.law = 0
            case f.OverrunExplained(reason):
                self.overrun = reason
            case f.StepUndone(step):
                self.undo(step)
            case f.ClockJumped(seconds):
                self.jumped += seconds
            case f.CaseParked():
                self.status, self.parked_at = "parked", steady
            case f.CaseResumed():
                self.status, self.came_back = "open", self.came_back + 1
                self.back(steady)
            case f.CaseWithdrawn():
                self.status = "withdrawn"
            case f.CaseClosed():
                self.close(e, e.fact, steady)
            case f.ClosingUndone():
                self.status = "open"
                self.ended.pop()
                if self.round == 0:
                    self.first = None
            case f.CaseReopened():
                self.status, self.remedy, self.declined, self.overrun = "open", None, False, ""
                self.round += 1
                self.pass_to(e.actor)
            case _:
                self.tell_of_others(e)

    def tell_of_others(self, e: f.Entry) -> None:  # noqa: C901 - a list of kinds
        """What was promised, asked and handed over."""
        match e.fact:
            case f.PromiseMade(key, what, due, owner):
                self.promises[key] = Promised(what, due, owner, self.round)
            case f.PromiseKept(key, late):
                self.promises[key].state = "late" if late else "kept"
                self.silences += late
            case f.PromiseBroken(key):
                self.promises[key].state = "broken"
                self.silences += 1
            case f.PromiseMoved(key, due):
                self.promises[key].due = due
                self.moves += 1
            case f.FollowUpScheduled(key, purpose, due, owner, attempt):
                self.calls[key] = Call(purpose, due, owner, self.round, attempt)
            case f.FollowUpCancelled(key):
                call = self.calls[key]
                call.state = "cancelled"
                self.silences += call.purpose == "return" and e.at > call.due
            case f.FollowUpAnswered(key, answer):
                self.calls[key].state = answer
                self.silences += e.at > self.calls[key].due
            case f.AreaAsked(key, area, _, due, owner):
                self.wanted[key] = Wanted(area, e.at, owner, due, owner)
            case f.AreaAnswered(key, late):
                self.wanted[key].state = "late" if late else "kept"
            case f.AreaWithdrawn(key):
                self.wanted[key].state = "withdrawn"
            case f.HandOverAccepted():
                self.hand_overs += 1
                self.pass_to(e.actor)
            case f.ContactForgotten():
                for x in (*self.promises.values(), *self.calls.values(), *self.wanted.values()):
                    x.state = "forgotten" if x.state == "pending" else x.state
                if self.wish:
                    self.wish.pending = False
            case f.PassedToSupervision(person):
                self.pass_on(person, SUPERVISION)
            case f.ExceptionAsked(_, _, _, promise):
                self.wish = Wish(promise)
            case f.ExceptionDeclined():
                assert self.wish is not None
                self.wish.pending = False
            case f.ExceptionAuthorised(by) if by == e.actor:
                assert self.wish is not None
                self.wish.pending = False

    def undo(self, step: str) -> None:
        match step:
            case "listen":
                self.problem = ""
            case "solve":
                self.remedy = None
            case "compensate":
                self.declined = False
            case "statutory":
                self.law = 0
            case "promise":
                for p in self.promises.values():
                    if p.round == self.round and p.state == "pending" and p.what != "answer":
                        p.state = "withdrawn"

    def back(self, steady: datetime) -> None:
        """Somebody is at it again: the seconds that it lay parked are over."""
        if self.parked_at is not None:
            self.aside += whole(steady - self.parked_at)
            self.parked_at = None
        self.aside = min(self.aside, whole(steady - self.started))

    def close(self, e: f.Entry, closed: f.CaseClosed, steady: datetime) -> None:
        self.back(steady)
        self.aside = min(self.aside, closed.elapsed) if self.round == 0 else self.aside
        self.status = "closed"
        self.ended.append(Ended(self.remedy, self.law, self.declined))
        if self.first is None:
            self.first = First(
                e.at, e.actor, closed.elapsed, closed.standard, self.aside, self.overrun, bool(closed.pending)
            )

    def pass_to(self, to: str) -> None:
        self.pass_on(self.owner, to)
        self.owner = to

    def pass_on(self, who: str, to: str) -> None:
        """Whatever is pending of somebody is somebody else's."""
        everything: list[Promised | Call | Wanted] = [
            *self.promises.values(), *self.calls.values(), *self.wanted.values()
        ]  # fmt: skip
        for one in everything:
            if one.state == "pending" and one.owner == who:
                one.owner = to

    # What it comes to

    def word(self, round_: int | None = None) -> str:
        """The customer's last word to a verifying follow-up."""
        said = [u.state for u in self.calls.values() if u.purpose == "verify" and round_ in (None, u.round)]
        said = [word for word in said if word in WORDS]
        return said[-1] if said else ""

    def figures(self) -> dict[str, int]:
        """What it adds to each sum, by its name; of a case that was closed once."""
        assert self.first is not None
        late = self.first.elapsed > self.first.standard
        states = [p.state for p in self.promises.values() if p.state != "withdrawn"]
        calls = [u for u in self.calls.values() if u.purpose == "verify" and u.state != "cancelled"]
        reserve = [g.minor for g in self.given if g.payer == RESERVE]
        spoilt = self.round or self.came_back or self.hand_overs or self.repeat or self.again
        denied = any(u.state == "not_satisfied" for u in self.calls.values())
        passed_on = any(u.owner == SUPERVISION and u.attempt > 1 for u in calls)
        return {
            "cases": 1, "on_time": int(not late), "first_contact": int(not spoilt and not denied),
            "elapsed": self.first.elapsed, "remedy_cost": sum(x.remedy[1] for x in self.ended if x.remedy),
            "compensation": sum(g.minor for g in self.given), "statutory": self.ended[-1].law if self.ended else 0,
            "exceptions": int(bool(reserve)), "exception_cost": sum(reserve),
            "nothing": int(bool(self.ended) and not self.given and self.ended[-1].declined),
            "over_information": int(late and self.first.overrun == "information"),
            "over_system": int(late and self.first.overrun == "system"),
            "over_complex": int(late and self.first.overrun == "complex"),
            "over_unsaid": int(late and not self.first.overrun), "passed_over": int(self.first.passed_over),
            "hand_overs": self.hand_overs, "reopened": self.round, "repeats": int(self.repeat),
            "promises": len(states), "kept": states.count("kept"), "late": states.count("late"),
            "broken": states.count("broken"), "moved": self.moves, "silences": self.silences,
            "idle": self.first.parked, "follow_ups": int(bool(calls)), "satisfied": int(self.word() == "satisfied"),
            "not_satisfied": int(self.word() == "not_satisfied"), "unreached": int(not self.word() and passed_on),
        }  # fmt: skip

    def choices(self) -> list[tuple[str, str, int, int, int, int, int]]:
        """What each remedy and gesture came to: kind, code, cost, kept, ended, satisfied, asked."""
        told = []
        for n, x in enumerate(self.ended):
            if x.remedy:
                code, cost = x.remedy
                over = [p.state for p in self.promises.values() if (p.round, p.what) == (n, code)]
                over = [state for state in over if state not in ("pending", "withdrawn", "forgotten")]
                word = self.word(n)
                told.append(
                    ("remedy", code, cost, over.count("kept"), len(over), int(word == WORDS[0]), int(bool(word)))
                )
        for g in self.given:
            word = self.word(g.round)
            told.append(("compensation", g.code, g.minor, 0, 0, int(word == WORDS[0]), int(bool(word))))
        return told

    def is_behind(self, which: str) -> bool:
        """Whether a figure that opens is a sum over this case among others."""
        x = self.figures()
        match which:
            case "late":
                return not x["on_time"]
            case "not_first_contact":
                return not x["first_contact"]
            case "cost":
                return x["remedy_cost"] + x["compensation"] > 0
            case "late_promise":
                return x["late"] > 0
            case "verified":
                return bool(self.word())
        return x[which] > 0


class Office:
    """Everything that was told; a problem is the same again within ``days``."""

    def __init__(self, entries: Iterable[f.Entry], zone: ZoneInfo, days: int = 30) -> None:
        self.zone, self.days = zone, timedelta(days=days)
        self.merged: dict[str, str] = {}
        self.cases: dict[str, Paper] = {}
        self.names: dict[str, str] = {}
        self.since: dict[str, datetime] = {}
        self.gone: set[str] = set()
        self.praises: list[tuple[str, datetime]] = []
        self.ideas: dict[str, datetime] = {}
        for e in entries:
            self.tell(e)

    def tell(self, e: f.Entry) -> None:
        match e.fact:
            case f.CaseOpened() as x:
                branch = e.stream.split("-")[0]
                self.cases[e.case] = Paper(e.case, branch, x.customer, e.actor, e.at, x.started_at, x.known)
            case _ if e.case:
                before = self.cases[e.case].problem
                self.cases[e.case].tell(e)
                if self.cases[e.case].problem != before:
                    self.another_problem(self.cases[e.case], e.at)
            case f.CustomersMerged(customer, merged):
                self.merged[merged] = customer
            case f.MergeUndone(_, merged):
                del self.merged[merged]
            case _:
                self.tell_of_people(e)

    def tell_of_people(self, e: f.Entry) -> None:
        match e.fact:
            case f.PersonAdded(person, _, name):
                self.names[person], self.since[person] = name, e.at
            case f.PersonRenamed(person, name):
                self.names[person] = name
            case f.PersonRetired(person):
                self.gone.add(person)
            case f.PersonReturned(person):
                self.gone.remove(person)
            case f.PraiseGiven(_, person):
                self.praises.append((person, e.at))
            case f.SuggestionMade(idea):
                self.ideas[idea] = e.at
            case f.SuggestionAnswered(idea):
                del self.ideas[idea]

    def another_problem(self, case: Paper, at: datetime) -> None:
        """It has another problem now, or none: which of the same customer's cases were about that (rule C8)."""
        for other in self.cases.values():
            other.again.discard(case.folio)
        case.again.clear()
        same = [
            x
            for x in self.cases.values()
            if x is not case and x.problem == case.problem != "" and x.status != "withdrawn"
            and x.opened >= at - self.days and self.read_as(x.customer) == self.read_as(case.customer)
        ]  # fmt: skip
        case.repeat = bool(same)
        for other in same:
            other.again.add(case.folio)

    def read_as(self, customer: str) -> str:
        """The card that a customer's is read as."""
        while customer in self.merged:
            customer = self.merged[customer]
        return customer

    def day(self, at: datetime) -> date:
        """The day of the branch."""
        return at.astimezone(self.zone).date()

    def counted(
        self, first: date, last: date, person: str = "", problem: str = "", branch: str = ""
    ) -> list[Paper]:  # fmt: skip
        """The cases first closed in those days, by somebody, about something, in a branch."""
        return [
            x
            for x in self.cases.values()
            if x.first and first <= self.day(x.first.at) <= last
            and person in ("", x.first.by) and problem in ("", x.problem) and branch in ("", x.branch)
        ]  # fmt: skip

    def wanted(
        self, first: date, last: date, person: str = "", problem: str = "", branch: str = ""
    ) -> list[Wanted]:  # fmt: skip
        """What areas were asked for in those days."""
        return [
            w
            for x in self.cases.values()
            for w in x.wanted.values()
            if x.status != "withdrawn" and first <= self.day(w.at) <= last
            and person in ("", w.by) and problem in ("", x.problem) and branch in ("", x.branch)
        ]  # fmt: skip

    def owed(self, before: datetime, now: datetime) -> list[tuple[str, str, datetime]]:
        """Owner, kind and hour of whatever is due before an instant; a return only once its hour has passed."""
        found: list[tuple[str, str, datetime]] = []
        for x in self.cases.values():
            found += [(p.owner, "promises", p.due) for p in x.promises.values() if p.state == "pending"]
            found += [
                (u.owner, "follow_ups", u.due)
                for u in x.calls.values()
                if u.state == "pending" and (u.purpose != "return" or u.due < now)
            ]
            found += [(w.owner, "areas", w.due) for w in x.wanted.values() if w.state == "pending"]
            if x.wish and x.wish.pending:
                due = x.promises[x.wish.promise].due if x.wish.promise else x.opened
                found.append((SUPERVISION, "exceptions", due))
        return [one for one in found if one[2] < before]

    def starts(self, day: date) -> datetime:
        """The first instant of a day of the branch."""
        at = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        while at.astimezone(self.zone).date() < day:
            at += timedelta(minutes=1)
        return at


def added(cases: Iterable[Paper]) -> dict[str, int]:
    """The sums of cases, by their names."""
    total: dict[str, int] = {}
    for case in cases:
        for name, figure in case.figures().items():
            total[name] = total.get(name, 0) + figure
    return total


def grouped(cases: Iterable[Paper], by: Callable[[Paper], str]) -> dict[str, list[Paper]]:
    """Cases by something of theirs."""
    found: dict[str, list[Paper]] = {}
    for case in cases:
        found.setdefault(by(case), []).append(case)
    return found
