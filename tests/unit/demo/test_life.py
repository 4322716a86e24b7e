"""What whoever opens the invented branch meets: at each desk, and in the months before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.demo.prepare import CASES, prepare
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.areas import response_at
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.views import CustomerFile, Person
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.service.desk import Executed
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store
from tests.unit.demo.conftest import NOW, day_of, desk_of, rows

ANA, BRUNO, CARLA, DELIA = 1, 2, 3, 4

Told = tuple[Store, Texts]


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, quick: Argon2) -> Iterator[Told]:
    """The smallest branch, in each language, with its texts."""
    path = tmp_path_factory.mktemp("told") / "mesa.db"
    prepare(path, now=NOW, cases=1, language=request.param, hasher=quick)
    store = Store.open(path)
    yield store, texts(request.param)
    store.close()


def person_of(store: Store, number: int) -> Person:
    with store.reading() as tx:
        person = tx.person_by_number(number)
    assert person is not None
    return person


def state_of(store: Store, case: str) -> CaseState:
    with store.reading() as tx:
        state = tx.case_state(case)
    assert state is not None
    return state


def states(store: Store) -> list[CaseState]:
    return [state_of(store, str(folio)) for (folio,) in rows(store, "SELECT folio FROM case_file")]


def file_of(store: Store, name: str) -> CustomerFile:
    desk = desk_of(store, CARLA)
    (found,) = (customer for customer in desk.find(name) if customer.name == name)
    file = desk.customer(found.id)
    assert isinstance(file, CustomerFile)
    return file


# ------------------------------------------------------------------------------------------------- at the agents' desks


def test_d7_everybody_has_acknowledged_the_policy_but_the_second_agent(told: Told) -> None:
    store, _ = told
    assert [day_of(store, number).acknowledged for number in (ANA, BRUNO, CARLA)] == [2, 1, 2]
    with store.reading() as tx:
        assert Policies(Words("es")).in_force(tx, NOW).version == 2


def test_d7_the_second_agent_has_not_come_in_since_the_policy_was_published(told: Told) -> None:
    store, _ = told
    bruno = person_of(store, BRUNO).id
    ((published,),) = rows(store, "SELECT at_ms FROM policy_version WHERE number = 2")
    ((came,),) = rows(store, f"SELECT max(at_ms) FROM journal WHERE kind = 'person.signed_in' AND actor = '{bruno}'")
    assert came < published  # type: ignore[operator]


def test_d7_who_has_read_all_begins_between_calls(told: Told) -> None:
    store, _ = told
    assert [len(day_of(store, number).news) for number in (ANA, BRUNO, CARLA)] == [0, 1, 0]


def test_d6_the_first_agent_has_read_todays_thanks_for_a_real_case_of_hers(told: Told) -> None:
    store, texts = told
    praise = day_of(store, ANA).praise
    assert praise is not None
    assert (praise.by, praise.text) == (person_of(store, CARLA).name, texts.read_thanks)
    state = state_of(store, praise.about)
    assert (state.owner, state.status, state.satisfied) == (person_of(store, ANA).id, "closed", True)


def test_d6_the_second_agent_has_thanks_to_read_for_a_real_case_of_his(told: Told) -> None:
    store, texts = told
    (item,) = day_of(store, BRUNO).news
    assert (item.kind, item.by, item.text) == ("praise", person_of(store, CARLA).name, texts.unread_thanks)
    state = state_of(store, item.about)
    assert (state.owner, state.status, state.satisfied) == (person_of(store, BRUNO).id, "closed", True)


def test_d5_the_first_agents_suggestion_was_accepted_read_and_is_what_the_policy_says_is_new(told: Told) -> None:
    store, texts = told
    ana = person_of(store, ANA).id
    (answered,) = rows(
        store, f"SELECT text, answer, words, answered_at_ms, read_at_ms FROM suggestion WHERE person = '{ana}'"
        f" AND text = '{texts.adopted.text}'",
    )  # fmt: skip
    ((published,),) = rows(store, "SELECT at_ms FROM policy_version WHERE number = 2")
    assert answered[:3] == (texts.adopted.text, "accept", texts.adopted.words)
    assert answered[3] < published < answered[4]  # type: ignore[operator]


def test_c3_an_area_has_until_later_today_to_answer_the_first_agent(told: Told) -> None:
    store, texts = told
    (item,) = (item for item in day_of(store, ANA).agenda if item.kind == "area")
    assert (item.customer, item.area) == (texts.waiting.name, "warehouse")
    assert NOW < item.due_at < NOW + timedelta(hours=8)


def test_c7_the_second_agent_asks_the_first_to_take_a_case_over(told: Told) -> None:
    store, texts = told
    (offer,) = day_of(store, ANA).offered
    assert (offer.customer, offer.by, offer.reason) == (texts.offered.name, person_of(store, BRUNO).name, "asked")
    assert state_of(store, offer.case).owner == person_of(store, BRUNO).id


def test_c4_whoever_waits_knows_the_next_contact(told: Told) -> None:
    waiting = [state for state in states(told[0]) if state.status != "closed"]
    assert len(waiting) == 4
    assert all(state.next_contact() for state in waiting)


# -------------------------------------------------------------------------------------------------- at the supervisor's


def test_d5_the_supervisor_has_suggestions_to_answer(told: Told) -> None:
    store, texts = told
    waiting = {(item.by, item.text) for item in day_of(store, CARLA).suggestions}
    assert waiting == {
        (person_of(store, BRUNO).name, texts.waiting_idea), (person_of(store, DELIA).name, texts.second_idea),
    }  # fmt: skip


def test_c3_somebodys_area_is_late(told: Told) -> None:
    store, texts = told
    (item,) = (item for item in day_of(store, CARLA).agenda if item.kind == "area")
    assert (item.customer, item.owner) == (texts.second_desk[0].name, person_of(store, BRUNO).name)
    assert item.due_at < NOW


def test_b4_an_amount_above_the_cap_that_the_second_agent_asked_for_waits(told: Told) -> None:
    store, texts = told
    (item,) = (item for item in day_of(store, CARLA).agenda if item.kind == "exception")
    state = state_of(store, item.case)
    with store.reading() as tx:
        cap = Policies(Words("es")).in_force(tx, NOW).case_cap
    assert state.wish is not None
    assert (item.customer, state.owner) == (texts.above.name, person_of(store, BRUNO).id)
    assert state.wish.amount.minor > cap.minor
    answer = state.answer()
    assert answer is not None
    assert NOW < answer.due_at == item.due_at


def test_b4_the_supervisor_can_say_yes_to_it(tmp_path: Path, quick: Argon2) -> None:
    prepare(tmp_path / "mesa.db", now=NOW, cases=1, hasher=quick)
    store = Store.open(tmp_path / "mesa.db")
    try:
        (item,) = (item for item in day_of(store, CARLA).agenda if item.kind == "exception")
        done = desk_of(store, CARLA).execute(c.AnswerException(item.case, granted=True), "yes")
        assert isinstance(done, Executed)
        assert done.file is not None
        assert done.file.state.gesture is not None
        assert done.file.state.gesture.is_exception
    finally:
        store.close()


def test_c6_a_customer_whom_nobody_reached_is_the_supervisors_today(told: Told) -> None:
    store, texts = told
    (item,) = (item for item in day_of(store, CARLA).agenda if item.kind == "verify")
    state = state_of(store, item.case)
    assert (item.customer, item.attempt) == (texts.unreached.name, 4)
    assert [u.status for u in state.follow_ups if u.purpose == "verify"] == ["no_answer"] * 3 + ["pending"]


def test_d12_the_supervisor_is_to_call_the_customer_who_may_be_lost(told: Told) -> None:
    store, texts = told
    (item,) = (item for item in day_of(store, CARLA).agenda if item.kind == "retain")
    assert item.customer == texts.lost.name
    customer = file_of(store, texts.lost.name).customer
    assert (customer.recent, customer.broken, customer.unsatisfied) == (2, 1, 0)


def test_nothing_else_waits_for_the_supervisor(branch: Store) -> None:
    assert sorted(item.kind for item in day_of(branch, CARLA).agenda) == ["area", "exception", "retain", "verify"]
    assert len(day_of(branch, CARLA).suggestions) == 2


# ---------------------------------------------------------------------------------------------------------------- cards


def test_a3_two_cards_of_one_person_have_one_telephone_and_the_supervisor_can_merge_them(
    tmp_path: Path, quick: Argon2
) -> None:
    prepare(tmp_path / "mesa.db", now=NOW, cases=1, hasher=quick)
    store, told = Store.open(tmp_path / "mesa.db"), texts("es")
    try:
        file = file_of(store, told.unreached.name)
        assert [card.name for card in file.same_phone] == [told.twin.name]
        done = desk_of(store, CARLA).execute(c.MergeCards(file.customer.id, file.same_phone[0].id), "merge")
        assert isinstance(done, Executed)
        assert done.card is not None
        assert [card.name for card in done.card.merged] == [told.twin.name]
        assert len(done.card.customer.history) == 2
    finally:
        store.close()


@pytest.mark.parametrize("cases", [1, CASES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a3_a_mother_and_her_son_and_two_cards_of_one_person_share_a_telephone_and_nobody_else_does(
    cases: int, language: str, tmp_path: Path, quick: Argon2
) -> None:
    prepare(tmp_path / "mesa.db", now=NOW, cases=cases, language=language, hasher=quick)
    store, told = Store.open(tmp_path / "mesa.db"), texts(language)
    try:
        shared = "SELECT phone FROM customer WHERE phone != '' GROUP BY phone HAVING count(*) > 1"
        found = {str(name) for (name,) in rows(store, f"SELECT name FROM customer WHERE phone IN ({shared})")}
        assert found == {told.arrival.name, told.son.name, told.unreached.name, told.twin.name}
    finally:
        store.close()


# ---------------------------------------------------------------------------------------------------- the months before


def test_b6_what_the_law_owes_is_recorded_where_the_policy_says_so_and_nowhere_else(branch: Store) -> None:
    with branch.reading() as tx:
        policy = Policies(Words("es")).in_force(tx, NOW)
    said = [state for state in states(branch) if state.legal is not None]
    owing = {problem.code for problem in policy.problems if problem.statutory}
    assert {state.problem for state in said} == owing
    assert {state.folio for state in states(branch) if state.problem in owing and state.status == "closed"} <= {
        state.folio for state in said
    }
    for state in said:
        problem, legal = policy.problem(state.problem), state.legal
        assert problem is not None
        assert legal is not None
        if legal.waived:
            continue
        assert problem.statutory is not None
        assert legal.price is not None
        assert legal.amount == problem.statutory.owed(legal.price)


def test_b6_what_the_law_owes_is_in_nobodys_budget(branch: Store) -> None:
    ((owed,),) = rows(branch, "SELECT sum(statutory) FROM case_total WHERE grain = 'd'")
    ((given,),) = rows(branch, "SELECT sum(compensation) FROM case_total WHERE grain = 'd'")
    ((spent,),) = rows(branch, "SELECT sum(spent) FROM budget")
    assert owed > 0  # type: ignore[operator]
    assert spent == given


def test_c2_most_that_took_longer_say_why(branch: Store) -> None:
    late = [state for state in states(branch) if state.status == "closed" and state.elapsed > state.standard]
    said = [state for state in late if state.overrun]
    assert len(late) // 2 < len(said) < len(late)
    assert {state.overrun for state in said} == {"information", "system", "complex"}
    assert len(late) < CASES // 4


def test_b4_a_few_exceptions_were_authorised_by_the_supervisor_and_paid_by_the_reserve(branch: Store) -> None:
    carla = person_of(branch, CARLA).id
    with branch.reading() as tx:
        lines = [entry for state in states(branch) for entry in tx.entries(state.folio)]
    authorised = [entry for entry in lines if isinstance(entry.fact, f.ExceptionAuthorised)]
    reserved = [x.fact for x in lines if isinstance(x.fact, f.CompensationReserved) and x.fact.person == RESERVE]
    paid = sum(fact.amount.minor for fact in reserved)
    assert 0 < len(authorised) <= CASES // 15
    assert {entry.fact.by for entry in authorised if isinstance(entry.fact, f.ExceptionAuthorised)} == {carla}
    later = {entry.case for entry in lines if isinstance(entry.fact, f.ExceptionAsked)}
    assert all((entry.actor == carla) == (entry.case in later) for entry in authorised)
    assert paid <= sum(x.fact.amount.minor for x in authorised if isinstance(x.fact, f.ExceptionAuthorised))
    assert rows(branch, f"SELECT sum(spent) FROM budget WHERE person = '{RESERVE}'") == [(paid,)]


def test_c7_a_few_cases_changed_hands_and_went_on_with_the_other_agent(branch: Store) -> None:
    handed = [state for state in states(branch) if state.hand_overs]
    assert 0 < len(handed) <= CASES // 50
    assert all(state.status == "closed" and not state.first_contact for state in handed)


def test_c3_areas_were_asked_and_most_answered_in_time(branch: Store) -> None:
    asked = [request for state in states(branch) for request in state.requests]
    counts = {status: sum(x.status == status for x in asked) for status in ("answered", "late", "pending")}
    assert CASES // 20 < len(asked) < CASES // 3
    assert counts["late"] * 5 < counts["answered"]
    assert {x.due_at < NOW for x in asked if x.status == "pending"} == {True, False}


def test_c5_no_promise_was_earlier_than_its_area_could_keep(branch: Store) -> None:
    with branch.reading() as tx:
        policy = Policies(Words("es")).in_force(tx, NOW)
        for state in states(branch):
            made = (entry for entry in tx.entries(state.folio) if isinstance(entry.fact, f.PromiseMade))
            entry = next(made, None)  # one that was broken is made again by what is said then
            if entry is None or not isinstance(entry.fact, f.PromiseMade) or not entry.fact.area:
                continue
            area = policy.area(entry.fact.area)
            assert area is not None
            assert entry.fact.due_at >= response_at(area, policy, entry.at - timedelta(minutes=10))


def test_d12_whoever_may_be_lost_was_called_and_they_are_not_many(branch: Store) -> None:
    called = [u for state in states(branch) for u in state.follow_ups if u.purpose == "retain"]
    answered = [u for u in called if u.status == "satisfied"]
    assert CASES // 60 < len(answered) < CASES // 4
    assert all(u.due_at > NOW - timedelta(days=1) for u in called if u.status == "pending")


def test_d5_d6_suggestions_were_answered_and_thanks_read_all_along(branch: Store) -> None:
    unread = rows(branch, "SELECT count(*) FROM praise WHERE read_at_ms IS NULL")
    suggestions = rows(branch, "SELECT answer FROM suggestion")
    assert unread == [(1,)]
    assert {answer for (answer,) in suggestions} == {"", "accept", "try", "decline"}
    assert len(rows(branch, "SELECT id FROM praise")) > 5
    folios = rows(branch, "SELECT about FROM praise WHERE about NOT IN (SELECT folio FROM case_file WHERE satisfied)")
    assert folios == []


def test_e1_nobody_wrote_before_coming_in_that_day(branch: Store) -> None:
    """Whoever answers a customer, a colleague or an area has signed in that day, by the branch's calendar."""
    with branch.reading() as tx:
        policy = Policies(Words("es")).in_force(tx, NOW)
    present: set[tuple[object, object]] = set()
    lines = rows(branch, "SELECT at_ms, kind, actor FROM journal WHERE kind != 'customer.registered' ORDER BY seq")
    founded = [kind for _, kind, _ in lines].index("person.signed_in")
    for at_ms, kind, actor in lines[founded:]:
        at = FixedClock(datetime.fromtimestamp(int(str(at_ms)) / 1000, policy.hours.zone)).now()
        if kind == "person.signed_in":
            present.add((at.astimezone(policy.hours.zone).date(), actor))
        assert (at.astimezone(policy.hours.zone).date(), actor) in present, kind
