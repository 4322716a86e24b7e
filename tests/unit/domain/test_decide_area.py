"""C3, C4, C5: an internal area is asked with a deadline of its own, and a promise it cannot keep is questioned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.parts import AreaRequest
from tests.desk import NOW
from tests.ledger import Ledger

OWN = datetime(2026, 3, 11, 23, 42, tzinfo=UTC)
"""Seven hours of the branch after 10:42: when the warehouse answers what it is asked now."""

HONEST = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
"""18:00 of the branch: the half hour after that."""

MARGIN = timedelta(hours=1)
WHAT = "foto de la guía"


@pytest.fixture
def chosen(book: Ledger) -> str:
    """A case whose remedy the warehouse fulfils; nothing is promised."""
    case = book.open()
    book.run(c.IdentifyProblem(case, "missing_product"), c.ChooseRemedy(case, "send_missing"))
    return case


def only(state: CaseState) -> AreaRequest:
    (request,) = state.requests
    return request


def test_c3_an_area_has_its_own_response_time_in_business_time(book: Ledger) -> None:
    case = book.open()
    book.run(c.AskArea(case, "warehouse", WHAT))
    asked = only(book.cases[case])
    assert (asked.area, asked.what, asked.due_at, asked.owner) == ("warehouse", WHAT, OWN, "ana")


def test_c3_what_is_asked_late_in_the_day_goes_on_the_next_morning(book: Ledger) -> None:
    book.now = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)  # 18:30, half an hour before closing
    case = book.open()
    book.run(c.AskArea(case, "warehouse", WHAT))
    assert only(book.cases[case]).due_at == datetime(2026, 3, 12, 21, 30, tzinfo=UTC)  # 9:00 and six hours and a half


def test_c3_the_deadline_leaves_the_margin_before_what_was_promised(book: Ledger, chosen: str) -> None:
    promised = HONEST
    book.run(c.MakePromise(chosen, promised), c.AskArea(chosen, "transport", WHAT))
    assert only(book.cases[chosen]).due_at == promised - MARGIN


def test_c3_an_hour_that_is_said_is_taken_as_it_is(book: Ledger, chosen: str) -> None:
    by = NOW + timedelta(hours=2)
    book.run(c.AskArea(chosen, "billing", WHAT, by))
    assert only(book.cases[chosen]).due_at == by


@pytest.mark.parametrize(
    ("area", "what", "by", "refusal"),
    [
        ("nowhere", WHAT, None, r.NotAuthorised("nowhere")), ("warehouse", " \x07", None, r.TextMissing("area")),
        ("warehouse", WHAT, NOW, r.AlreadyPast(NOW)),
        ("warehouse", WHAT, NOW - timedelta(days=1), r.AlreadyPast(NOW - timedelta(days=1))),
    ],
)  # fmt: skip
def test_c3_what_cannot_be_asked_is_refused(
    book: Ledger, chosen: str, area: str, what: str, by: datetime | None, refusal: r.Refusal
) -> None:
    assert book.do(c.AskArea(chosen, area, what, by)) == refusal
    assert book.cases[chosen].requests == ()


def test_e5_what_is_asked_is_kept_as_plain_text(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", "[b]guía[/b]\x1b[31m\n{name}"))
    assert only(book.cases[chosen]).what == "[b]guía[/b] {name}"


def test_c4_what_an_area_owes_is_a_next_contact(book: Ledger) -> None:
    case = book.open()
    book.run(c.AskArea(case, "warehouse", WHAT, NOW + timedelta(minutes=5)))
    waiting = book.cases[case].next_contact()
    assert isinstance(waiting, AreaRequest)
    book.run(c.AnswerArea(case, waiting.id, "ya salió"))
    assert book.cases[case].next_contact() is not None


def test_c3_an_answer_in_time_is_not_late(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", WHAT))
    asked = only(book.cases[chosen])
    book.now = asked.due_at
    book.run(c.AnswerArea(chosen, asked.id, "sale a las 18"))
    answered = only(book.cases[chosen])
    assert (answered.status, answered.words) == ("answered", "sale a las 18")
    assert book.do(c.AnswerArea(chosen, asked.id, "otra vez")) == r.NoSuchPending()


def test_c3_an_answer_after_the_hour_is_late(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", WHAT))
    asked = only(book.cases[chosen])
    book.now = asked.due_at + timedelta(seconds=1)
    book.run(c.AnswerArea(chosen, asked.id))
    assert only(book.cases[chosen]).status == "late"


def test_c3_what_is_no_longer_needed_is_withdrawn(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", WHAT))
    asked = only(book.cases[chosen])
    book.run(c.AnswerArea(chosen, asked.id, needed=False))
    assert only(book.cases[chosen]).status == "withdrawn"
    assert book.of(chosen)[-1].fact == f.AreaWithdrawn(asked.id)


def test_c5_a_late_area_is_supervisions_too_and_one_in_time_is_not(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", WHAT))
    asked = only(book.cases[chosen])
    answer = c.AnswerArea(chosen, asked.id, "ya")
    assert book.do(answer, "carla") == r.NotYours("ana")
    assert book.do(answer, "bruno") == r.NotYours("ana")
    book.now = asked.due_at + timedelta(minutes=1)
    assert book.do(answer, "bruno") == r.NotYours("ana")
    book.run(answer, actor="carla")


def test_c3_a_closed_case_can_still_ask_for_what_it_promised(book: Ledger, closed: str) -> None:
    book.run(c.AskArea(closed, "warehouse", WHAT))
    book.run(c.AnswerArea(closed, only(book.cases[closed]).id, "salió"))
    assert book.cases[closed].status == "closed"
    assert only(book.cases[closed]).status == "answered"


def test_c3_a_case_that_was_taken_back_asks_nobody(book: Ledger) -> None:
    case = book.open()
    book.run(c.UndoLast(case))
    assert book.do(c.AskArea(case, "warehouse", WHAT)) == r.CaseNotOpen(case)


# ------------------------------------------------------------------------------------------ rule C5


def test_c5_an_hour_before_the_area_answers_is_questioned_with_an_honest_one(book: Ledger, chosen: str) -> None:
    early = NOW + timedelta(hours=3)
    assert book.do(c.MakePromise(chosen, early)) == r.AreaLater("warehouse", OWN, HONEST)
    assert book.cases[chosen].promise() is None
    book.run(c.MakePromise(chosen, HONEST))


def test_c5_the_very_hour_of_the_area_is_not_questioned(book: Ledger, chosen: str) -> None:
    book.run(c.MakePromise(chosen, OWN))
    assert book.cases[chosen].requests == ()


def test_c5_the_remedys_own_hour_is_not_questioned_a_minute_later(book: Ledger, chosen: str) -> None:
    remedy = book.cases[chosen].remedy
    assert remedy is not None
    book.wait(3600)
    book.run(c.MakePromise(chosen, remedy.due_at))


def test_c5_who_keeps_to_the_earlier_hour_asks_the_area_for_it(book: Ledger, chosen: str) -> None:
    early = NOW + timedelta(hours=3)
    book.run(c.MakePromise(chosen, early, keep=True))
    asked, promise = only(book.cases[chosen]), book.cases[chosen].promise()
    assert promise is not None
    assert (promise.due_at, asked.area, asked.due_at) == (early, "warehouse", early - MARGIN)


def test_c5_an_hour_within_the_margin_gives_the_area_until_the_promise(book: Ledger, chosen: str) -> None:
    soon = NOW + timedelta(minutes=30)
    book.run(c.MakePromise(chosen, soon, keep=True))
    assert only(book.cases[chosen]).due_at == soon


def test_c5_an_area_that_was_asked_is_measured_by_what_it_was_asked(book: Ledger, chosen: str) -> None:
    by = NOW + timedelta(hours=2)
    book.run(c.AskArea(chosen, "warehouse", WHAT, by))
    honest = by + timedelta(minutes=18)  # 12:42 is no hour to say; 13:00 is
    assert book.do(c.MakePromise(chosen, NOW + timedelta(hours=1))) == r.AreaLater("warehouse", by, honest)
    book.run(c.MakePromise(chosen, by))


def test_c5_keeping_an_hour_before_what_was_asked_asks_it_sooner_and_once(book: Ledger, chosen: str) -> None:
    book.run(c.AskArea(chosen, "warehouse", WHAT))
    book.run(c.MakePromise(chosen, NOW + timedelta(hours=3), keep=True))
    first, second = book.cases[chosen].requests
    assert (first.status, second.status) == ("withdrawn", "pending")
    assert (second.what, second.due_at) == (WHAT, NOW + timedelta(hours=2))


def test_c5_a_remedy_that_no_area_keeps_is_never_questioned(book: Ledger) -> None:
    case = book.open()
    found = next((p, x) for p in book.policy.problems for x in p.remedies if not x.area)
    book.run(c.IdentifyProblem(case, found[0].code, "algo"), c.ChooseRemedy(case, found[1].code))
    book.run(c.MakePromise(case, NOW + timedelta(minutes=10)))


def test_b4_moving_an_answer_leaves_the_follow_up_of_the_remedy_where_it_is(book: Ledger, case: str) -> None:
    book.run(c.PromiseAnswer(case, NOW + timedelta(hours=1)))
    state = book.cases[case]
    before, answer = state.follow_up(), state.answer()
    assert answer is not None
    book.run(c.AnswerPromise(case, answer.id, "move", NOW + timedelta(hours=2)))
    assert book.cases[case].follow_up() == before
