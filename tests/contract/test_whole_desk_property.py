"""Whatever the whole desk does, the store answers as its facts add up on paper, and can be made again from them.

Every command goes through the real decisions, which read the store under its lock (rules A3, B3, B4, D3, E1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE, Funding, fund
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.command import decide
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.decide.repeats import placed
from mesa_recuperacion.domain.evolve import evolve, replay
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.policy import Policy, Retention, Span, Statutory
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.load import read_policy
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.store.writing import Writing
from tests.contract.branch import NOW, STATION, tables

PEOPLE = (
    f.PersonAdded("ana", 1, "Ana", "agent"), f.PersonAdded("bruno", 2, "Bruno", "agent"),
    f.PersonAdded("carla", 3, "Carla", "supervisor"), f.PersonAdded("diego", 4, "Diego", "supervisor"),
)  # fmt: skip
NAMES = ("Rosa Núñez", "Rosalía Peña", "Iván Soto", "Ana Rosas", "Rosa N", "Óscar Iván")


@cache
def policy() -> Policy:
    """The policy that we ship, with a small reserve, a law for its first problem and calls to customers at risk."""
    read = read_policy(default_policy_text("es"), source="politica.toml", words=words("en"))
    assert isinstance(read, Policy)
    first, *others = read.problems
    law = Statutory("devolución", 20, zero(read.currency))
    return replace(
        read, version=1, retention=Retention("supervision", Span(1, "h"), "una disculpa", 2),
        reserve=read.case_cap + read.case_cap + read.case_cap, problems=(replace(first, statutory=law), *others),
    )  # fmt: skip


class Desk:
    """Two agents and two supervisors at one store."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW
        self.told: list[f.Entry] = []
        self.cases: dict[str, CaseState] = {}
        self._fresh = count(1)
        self.append(("", STATION), *(("", person) for person in PEOPLE), ("", f.PolicyPublished(1, "version = 1\n")))

    def append(self, *facts: tuple[str, f.Fact]) -> None:
        with self.store.writing() as writing:
            self._tell(writing.append(command=self.new_id(), actor="", policy=1, at=self.now, facts=facts))

    def _tell(self, entries: Sequence[f.Entry]) -> None:
        self.told += entries
        for entry in entries:
            if entry.case:
                self.cases[entry.case] = evolve(self.cases.get(entry.case), entry)

    def new_id(self) -> str:
        return f"id{next(self._fresh)}"

    def do(self, command: c.Command, actor: str) -> Decision:
        """Decide under the lock, and write what was decided."""
        with self.store.writing() as writing:
            case = command.case if isinstance(command, c.CaseCommand) else ""
            state = writing.case_state(case) if case else None
            budget, granted = self._funding(writing, actor)
            reserve, replenished = self._funding(writing, RESERVE)
            context = Context(
                now=self.now, actor=actor, policy=policy(), funding=budget, reserve=reserve, new_id=self.new_id,
                branch=writing, supervisor=actor in ("carla", "diego"),
            )  # fmt: skip
            decision = decide(command, state, context)
            if isinstance(decision, Refusal):
                return decision
            if isinstance(command, c.OpenCase):
                case = folio(self.store.stream, writing.next_number())
            facts: list[tuple[str, f.Fact]] = [("", x) for x in (granted, replenished) if x is not None]
            named = [*facts, *placed(case, decision, state)]
            if decision:
                self._tell(
                    writing.append(command=self.new_id(), actor=actor, policy=1, at=self.now, facts=named)
                )  # fmt: skip
            return decision

    def turn(self, what: str, a: int, b: int, d: int) -> bool:
        """One turn of a history; whether anything came of it."""
        if what == "wait":
            self.now += timedelta(hours=a)
            return True
        asked = Turn(self, a, b, d).act(what)
        return asked is not None and bool(decided(self.do(asked[1], asked[0])))

    def _funding(self, writing: Writing, person: str) -> tuple[Funding, f.BudgetFunded | None]:
        latest = writing.budget(person)
        known = None if latest is None else Funding(person, latest[0].period, latest[0].left, latest[1])
        return fund(person, known, policy(), self.now)

    def entries(self) -> tuple[f.Entry, ...]:
        """Everything that happened."""
        with self.store.read_transaction() as connection:
            return lines.Where("journal.seq > 0").entries(connection)


def decided(decision: Decision) -> tuple[f.Fact, ...]:
    return () if isinstance(decision, Refusal) else decision


class Turn:
    """What one turn of a history may be about, picked by three numbers from what there is."""

    def __init__(self, desk: Desk, a: int, b: int, d: int) -> None:
        entries = desk.told
        self.desk, self.a, self.b, self.d = desk, a, b, d
        self.cards = [e.fact.customer for e in entries if isinstance(e.fact, f.CustomerRegistered)]
        self.merges = [e.fact for e in entries if isinstance(e.fact, f.CustomersMerged)]
        self.ideas = [e.fact.suggestion for e in entries if isinstance(e.fact, f.SuggestionMade)]
        self.praise = [e.fact.praise for e in entries if isinstance(e.fact, f.PraiseGiven)]
        self.cases = list(desk.cases.values())

    def case(self) -> CaseState:
        return self.cases[self.a % len(self.cases)]

    def card(self, n: int) -> str:
        return self.cards[n % len(self.cards)]

    def later(self) -> timedelta:
        return timedelta(hours=1 + self.b % 40)

    def act(self, what: str) -> tuple[str, c.Command] | None:
        """Who does what; ``None`` if there is nothing to do it with."""
        if what in ("open", "known", "suggest", "acknowledge"):
            return self._anywhere(what)
        if what in ("merge", "undo", "name", "phone") and self.cards:
            return self._card(what)
        if what in ("idea", "praise", "read"):
            return self._team(what)
        if what in CASE and self.cases:
            command = CASE[what](self)
            if command is None:
                return None
            return self._who(command), command
        return None

    def _who(self, command: c.CaseCommand) -> str:
        state = self.case()
        if isinstance(command, c.AcceptCase | c.DeclineCase):
            return state.offer.to if state.offer else "bruno"
        if isinstance(command, c.AnswerException):
            return "carla" if state.owner != "carla" else "diego"
        if isinstance(command, c.AnswerFollowUp) and any(
            u.id == command.follow_up and u.owner == SUPERVISION for u in state.follow_ups
        ):
            return "carla"
        return state.owner

    def _anywhere(self, what: str) -> tuple[str, c.Command] | None:
        agent = ("ana", "bruno", "carla")[self.a % 3]
        match what:
            case "open":
                return agent, c.OpenCase(
                    self.desk.now, name=NAMES[self.b % len(NAMES)], phone=f"55123400{self.d % 3:02}"
                )
            case "known" if self.cards:
                return agent, c.OpenCase(self.desk.now, customer=self.card(self.b))
            case "suggest":
                return agent, c.Suggest(f"idea {self.b}")
            case "acknowledge":
                return agent, c.AcknowledgePolicy(1)
        return None

    def _card(self, what: str) -> tuple[str, c.Command] | None:
        match what:
            case "merge":
                return "carla", c.MergeCards(self.card(self.a), self.card(self.b))
            case "undo" if self.merges:
                direct = self.merges[self.a % len(self.merges)]
                return "carla", c.UndoMerge(self.card(self.b) if self.d % 2 else direct.customer, direct.merged)
            case "name":
                return "ana", c.NameCustomer(self.card(self.a), NAMES[self.b % len(NAMES)])
            case "phone":
                return "ana", c.NotePhone(self.card(self.a), f"33876543{self.b % 3:02}")
        return None

    def _team(self, what: str) -> tuple[str, c.Command] | None:
        items = [*self.ideas, *self.praise]
        match what:
            case "idea" if self.ideas:
                answer = ("accept", "try", "decline")[self.b % 3]
                return "carla", c.AnswerSuggestion(self.ideas[self.a % len(self.ideas)], answer, "porque sí")
            case "praise":
                return "carla", c.Praise(("ana", "bruno")[self.a % 2], f"gracias {self.b}")
            case "read" if items:
                return ("ana", "bruno")[self.a % 2], c.ReadNews(items[self.b % len(items)])
        return None


def identify(turn: Turn) -> c.CaseCommand:
    return c.IdentifyProblem(turn.case().folio, policy().problems[turn.b % len(policy().problems)].code, "algo")


def remedy(turn: Turn) -> c.CaseCommand | None:
    problem = policy().problem(turn.case().problem)
    return problem and c.ChooseRemedy(turn.case().folio, problem.remedies[turn.b % len(problem.remedies)].code)


def grant(turn: Turn) -> c.CaseCommand:
    return c.GrantCompensation(turn.case().folio, "own", Money(1 + turn.b, policy().currency))


def large(turn: Turn) -> Money:
    return policy().case_cap + Money(1 + turn.b, policy().currency)


def authorise(turn: Turn) -> c.CaseCommand:
    return c.AuthoriseException(turn.case().folio, "own", large(turn), "se lo debemos", "diego")


def ask(turn: Turn) -> c.CaseCommand:
    return c.AskException(turn.case().folio, "own", large(turn), "nadie cerca", turn.desk.now + turn.later())


def follow_up(turn: Turn) -> c.CaseCommand | None:
    waiting = [u for u in turn.case().follow_ups if u.status == "pending" and u.purpose != "return"]
    answer = ("satisfied", "not_satisfied", "no_answer")[turn.d % 3]
    return c.AnswerFollowUp(turn.case().folio, waiting[turn.b % len(waiting)].id, answer, "así") if waiting else None


def kept(turn: Turn) -> c.CaseCommand | None:
    waiting = [p for p in turn.case().promises if p.status == "pending"]
    outcome = ("kept", "late", "move")[turn.d % 3]
    due_at = turn.desk.now + turn.later()
    return c.AnswerPromise(turn.case().folio, waiting[turn.b % len(waiting)].id, outcome, due_at) if waiting else None


def area(turn: Turn) -> c.CaseCommand:
    asked = policy().areas[turn.b % len(policy().areas)].code
    due_at = turn.desk.now + turn.later() if turn.d % 2 else None
    return c.AskArea(turn.case().folio, asked, "¿hay otro?", due_at)


def answered(turn: Turn) -> c.CaseCommand | None:
    waiting = [x for x in turn.case().requests if x.status == "pending"]
    if not waiting:
        return None
    return c.AnswerArea(turn.case().folio, waiting[turn.b % len(waiting)].id, "sí", needed=turn.d % 3 > 0)


def give(turn: Turn) -> c.CaseCommand:
    to = ("ana", "bruno", "carla")[turn.b % 3]
    return c.HandOver(turn.case().folio, to, "shift")


CASE: dict[str, Callable[[Turn], c.CaseCommand | None]] = {
    "identify": identify, "remedy": remedy, "grant": grant, "authorise": authorise, "ask": ask, "kept": kept,
    "follow up": follow_up, "area": area, "answered": answered, "give": give,
    "wish": lambda turn: c.AnswerException(turn.case().folio, turn.b % 2 > 0, "por eso"),
    "accept": lambda turn: c.AcceptCase(turn.case().folio),
    "refuse": lambda turn: c.DeclineCase(turn.case().folio, "no puedo"),
    "keep": lambda turn: c.KeepCase(turn.case().folio),
    "law": lambda turn: c.RecordStatutory(turn.case().folio, Money(100 * turn.b, policy().currency)),
    "promise": lambda turn: c.MakePromise(turn.case().folio, turn.desk.now + turn.later(), keep=True),
    "answer": lambda turn: c.PromiseAnswer(turn.case().folio, turn.desk.now + turn.later()),
    "park": lambda turn: c.ParkCase(turn.case().folio), "resume": lambda turn: c.ResumeCase(turn.case().folio),
    "close": lambda turn: c.CloseCase(turn.case().folio, satisfied=turn.b % 2 > 0),
    "take back": lambda turn: c.UndoLast(turn.case().folio),
}  # fmt: skip
ACTS = ("open", "known", "merge", "undo", "name", "phone", "suggest", "acknowledge", "idea", "praise", "read", "wait")
numbers = st.integers(0, 60)
turns = st.lists(st.tuples(st.sampled_from((*ACTS, *CASE)), numbers, numbers, numbers), min_size=12, max_size=45)
opening = [("open", 0, 0, 0), ("open", 0, 2, 1), ("known", 1, 0, 0), ("identify", 0, 0, 0), ("identify", 1, 1, 0)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(turns)
def test_e1_whatever_the_whole_desk_does_the_store_answers_as_on_paper(
    history: list[tuple[str, int, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "mesa.db")
        desk = Desk(store)
        for what, a, b, d in opening + history:
            if desk.turn(what, a, b, d):
                event(what)
        everything_is_as_on_paper(desk)
        store.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_e1_and_after_a_long_history_in_which_everything_happened(tmp_path: Path, seed: int) -> None:
    store = Store.create(tmp_path / "mesa.db")
    desk, dice = Desk(store), Random(seed)
    came: Counter[str] = Counter()
    for turn in range(1_200):
        what = dice.choice(("open", "known", *CASE, *CASE) if turn % 2 else (*ACTS, *CASE))
        came[what] += desk.turn(what, dice.randrange(60), dice.randrange(60), dice.randrange(60))
        if turn % 400 == 399:
            everything_is_as_on_paper(desk)
    assert [what for what in (*ACTS, *CASE) if not came[what]] == []
    store.close()


def everything_is_as_on_paper(desk: Desk) -> None:
    """As the facts add up, as the chain says, and as it is made again."""
    customers_are_as_on_paper(desk)
    people_are_as_on_paper(desk)
    money_is_as_on_paper(desk)
    before = tables(desk.store)
    assert verify(desk.store).sound
    rebuild(desk.store)
    assert tables(desk.store) == before


def customers_are_as_on_paper(desk: Desk) -> None:
    """Which card each is read as, and what is told of them all together."""
    entries = desk.entries()
    into: dict[str, str] = {}
    for entry in entries:
        match entry.fact:
            case f.CustomersMerged(customer, merged):
                into[merged] = customer
            case f.MergeUndone(_, merged):
                del into[merged]

    def root(card: str) -> str:
        return root(into[card]) if card in into else card

    everything = states_of(entries)
    cases = [state for state in everything if state.status != "withdrawn"]
    cards = [e.fact.customer for e in entries if isinstance(e.fact, f.CustomerRegistered)]
    with desk.store.reading() as now:
        for card in cards:
            mine = [x for x in cases if root(x.customer) == root(card)]
            kept = now.card(card)
            assert kept is not None
            assert kept.merged_into == (root(card) if card in into else "")
            lately = desk.now - timedelta(hours=30)
            assert now.complaints(card, lately) == sum(x.opened_at >= lately for x in mine)
            assert Counter(now.problems(card, NOW)) == Counter(x.problem for x in mine if x.problem)
            for problem in {x.problem for x in mine if x.problem}:
                alike = [x for x in mine if x.problem == problem and x.opened_at >= lately]
                told = now.alike(card, problem, lately, 99)
                assert sorted(told) == sorted(x.folio for x in alike)
                assert [desk.cases[x].opened_at for x in told] == sorted((x.opened_at for x in alike), reverse=True)
            assert now.signs(card, NOW) == (sum(map(is_broken, mine)), sum(map(is_unsatisfied, mine)))
            calls = [u for x in everything if root(x.customer) == root(card) for u in x.follow_ups]
            assert now.retaining(card) == (("retain", "pending") in [(u.purpose, u.status) for u in calls])
            whole = now.customer_file(card, now=desk.now, risk_days=9)
            assert whole is not None
            assert (whole.customer.id, whole.customer.complaints) == (root(card), len(mine))
            assert whole.customer.last_at == max((x.opened_at for x in mine), default=None)
            assert {other.id for other in whole.merged} == {x for x in cards if x in into and root(x) == root(card)}
            found = [one.id for one in now.find_customers(kept.name, now=desk.now, risk_days=9, limit=99)]
            assert found.count(root(card)) == 1
            assert not any(one in into for one in found)
    what_waits_is_as_on_paper(desk, everything)


def states_of(entries: Sequence[f.Entry]) -> list[CaseState]:
    """Every case, as its own facts add up."""
    by_case: dict[str, list[f.Entry]] = {}
    for entry in entries:
        if entry.case:
            by_case.setdefault(entry.case, []).append(entry)
    return [state for state in map(replay, by_case.values()) if state is not None]


def what_waits_is_as_on_paper(desk: Desk, cases: list[CaseState]) -> None:
    """What is late, asked of supervision, offered and open."""
    assert [x.folio for x in cases if x.status == "withdrawn" and (x.waiting() or x.offer)] == []
    with desk.store.reading() as now:
        late = [x.id for state in cases for x in state.requests if x.status == "pending" and x.due_at < desk.now]
        assert sorted(item.id for item in now.late_areas(desk.now)) == sorted(late)
        wishes = [x.wish.id for x in cases if x.wish and x.wish.status == "pending"]
        wanted = now.agenda(SUPERVISION, desk.now + timedelta(days=99))
        assert sorted(item.id for item in wanted if item.kind == "exception") == sorted(wishes)
        for person in ("ana", "bruno", "carla", "diego"):
            offered = {x.folio for x in cases if x.offer and x.offer.declined is None and x.offer.to == person}
            assert {item.case for item in now.offers(person)} == offered
            is_open = {x.folio for x in cases if x.owner == person and x.status in ("open", "parked")}
            assert {item.case for item in now.open_cases(person)} == is_open


def is_broken(state: CaseState) -> bool:
    return "broken" in [p.status for p in state.promises]


def is_unsatisfied(state: CaseState) -> bool:
    return state.satisfied is False or "not_satisfied" in [u.status for u in state.follow_ups]


def people_are_as_on_paper(desk: Desk) -> None:
    """What waits for an answer, and what each of them has to read."""
    waiting: dict[str, str] = {}
    to_read: dict[str, set[str]] = {person.person: set() for person in PEOPLE}
    for entry in desk.entries():
        match entry.fact:
            case f.SuggestionMade(suggestion, person):
                waiting[suggestion] = person
            case f.SuggestionAnswered(suggestion):
                to_read[waiting.pop(suggestion)].add(suggestion)
            case f.PraiseGiven(praise, person):
                to_read[person].add(praise)
            case f.NewsRead(person, item):
                to_read[person].remove(item)
    with desk.store.reading() as now:
        assert [item.id for item in now.suggestions()] == sorted(waiting, key=list(waiting).index)
        assert all(now.suggestion(item) is not None for item in waiting)
        for person, items in to_read.items():
            assert {item.id for item in now.news(person)} == items
            assert all(now.unread(person, item) for item in items)


def money_is_as_on_paper(desk: Desk) -> None:
    """Every budget, the reserve among them; none is overspent."""
    funded, reserved, spent = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for entry in desk.entries():
        match entry.fact:
            case f.BudgetFunded(person, period, amount):
                funded[person, period] += amount.minor
            case f.CompensationReserved(_, amount, person, period):
                reserved[person, period] += amount.minor
            case f.CompensationReleased(amount, person, period):
                reserved[person, period] -= amount.minor
            case f.CompensationDelivered(amount, person, period):
                reserved[person, period] -= amount.minor
                spent[person, period] += amount.minor
            case f.CompensationReturned(amount, person, period):
                reserved[person, period] += amount.minor
                spent[person, period] -= amount.minor
    kept = {(row[0], row[1]): row[3:6] for row in tables(desk.store)["budget"]}
    assert kept == {key: (funded[key], reserved[key], spent[key]) for key in funded}
    assert all(reserved[key] >= 0 <= spent[key] <= funded[key] - reserved[key] for key in funded)
