"""D2: five whys, one answer at a time, and what is done about the cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.analysis import QUESTIONS, Analysis, begun, behind_of
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from tests.desk import NOW
from tests.ledger import Ledger

SCOPE = Scope(week_of(NOW.date()))
HOSTILE = "\x1b[31m[b]qué\u202e\tmal\x00[/b] "


@pytest.fixture
def which(book: Ledger, closed: str) -> str:
    """An analysis over one case, with its first why."""
    assert closed
    book.run(c.BeginAnalysis(Behind(SCOPE), "no venía completo"), actor="carla")
    return next(iter(book.analyses))


def of(book: Ledger, which: str) -> Analysis:
    found = book.analysis(which)
    assert found is not None
    return found


def agreed(book: Ledger, which: str, owner: str = "bruno") -> None:
    """Everything up to the date, tomorrow."""
    book.run(
        c.AnswerWhy(which, 2, "nadie lo revisa"), c.NameCause(which, "falta una lista"),
        c.ChooseFamily(which, "process"), c.NameAction(which, "poner una lista"), c.OwnAction(which, owner),
        c.DateAction(which, book.now + timedelta(days=1)), actor="carla",
    )  # fmt: skip


def test_d2_the_first_answer_begins_it_with_what_was_counted(book: Ledger, which: str) -> None:
    found = of(book, which)
    assert (found.whys, found.by, found.behind) == (("no venía completo",), "carla", Behind(SCOPE))
    assert (found.measured.cases, found.measured.of) == (1, 1)
    assert found.question == "why2"


def test_d2_nothing_is_begun_over_nothing(book: Ledger) -> None:
    assert book.do(c.BeginAnalysis(Behind(SCOPE), "porque sí"), actor="carla") == r.NothingBehind()
    assert book.entries == []


def test_d2_every_answer_is_a_fact_of_its_own(book: Ledger, which: str) -> None:
    agreed(book, which)
    assert [e.fact.kind for e in book.entries if e.fact.kind.startswith("analysis.")] == [
        "analysis.begun", "analysis.why_answered", "analysis.why_answered", "analysis.cause_named",
        "analysis.family_chosen", "analysis.action_named", "analysis.action_owned", "analysis.action_dated",
    ]  # fmt: skip
    found = of(book, which)
    assert (found.state, found.question, found.agreed_at) == ("agreed", "", book.now)


def test_d2_it_is_resumed_at_the_question_it_was_left_at(book: Ledger, which: str) -> None:
    asked = []
    steps: list[c.Command] = [
        *(c.AnswerWhy(which, n, f"porque {n}") for n in range(2, 6)), c.NameCause(which, "falta una lista"),
        c.ChooseFamily(which, "process"), c.NameAction(which, "poner una lista"), c.OwnAction(which, "ana"),
        c.DateAction(which, book.now + timedelta(days=9)),
    ]  # fmt: skip
    for step in steps:
        asked.append(of(book, which).question)
        book.run(step, actor="carla")
    assert tuple(asked) == QUESTIONS[1:]


def test_d2_a_root_cause_needs_two_whys_and_no_more(book: Ledger, which: str) -> None:
    assert book.do(c.NameCause(which, "falta una lista"), actor="carla") == r.AskedFirst("why2")
    book.run(c.AnswerWhy(which, 2, "nadie lo revisa"), c.NameCause(which, "falta una lista"), actor="carla")
    assert of(book, which).question == "family"


def test_d2_what_comes_later_waits_for_what_comes_first(book: Ledger, which: str) -> None:
    book.run(c.AnswerWhy(which, 2, "nadie lo revisa"), actor="carla")
    tomorrow = book.now + timedelta(days=1)
    for command in (
        c.ChooseFamily(which, "process"), c.NameAction(which, "x"), c.OwnAction(which, "ana"),
        c.DateAction(which, tomorrow),
    ):  # fmt: skip
        assert book.do(command, actor="carla") == r.AskedFirst("cause")
    assert book.do(c.AnswerWhy(which, 4, "x"), actor="carla") == r.AskedFirst("why3")
    book.run(c.NameCause(which, "falta una lista"), actor="carla")
    assert book.do(c.DateAction(which, tomorrow), actor="carla") == r.AskedFirst("family")


@pytest.mark.parametrize("number", [0, -1, 6])
def test_d2_there_are_five_whys(book: Ledger, which: str, number: int) -> None:
    assert book.do(c.AnswerWhy(which, number, "x"), actor="carla") == r.NotAChoice()


def test_d2_another_word_for_a_why_takes_its_place_and_the_first_one_stays_recorded(book: Ledger, which: str) -> None:
    book.run(c.AnswerWhy(which, 2, "nadie lo revisa"), c.AnswerWhy(which, 1, "venía abierto"), actor="carla")
    assert of(book, which).whys == ("venía abierto", "nadie lo revisa")
    told = [e.fact.text for e in book.entries if isinstance(e.fact, f.WhyAnswered)]
    assert told == ["no venía completo", "nadie lo revisa", "venía abierto"]


@pytest.mark.parametrize("text", ["", "   ", "\x1b[2J\u200b\n"])
def test_d2_no_answer_is_empty(book: Ledger, which: str, text: str) -> None:
    assert book.do(c.BeginAnalysis(Behind(SCOPE), text), actor="carla") == r.TextMissing("why")
    assert book.do(c.AnswerWhy(which, 2, text), actor="carla") == r.TextMissing("why")
    assert book.do(c.DropAnalysis(which, text), actor="carla") == r.TextMissing("dropped")
    book.run(c.AnswerWhy(which, 2, "nadie lo revisa"), actor="carla")
    assert book.do(c.NameCause(which, text), actor="carla") == r.TextMissing("cause")
    agreed(book, which)
    assert book.do(c.NameAction(which, text), actor="carla") == r.TextMissing("action")
    assert book.do(c.AnswerAction(which, False, text), actor="bruno") == r.TextMissing("outcome")
    book.run(c.AnswerAction(which, True, text), actor="bruno")
    assert book.do(c.ReviewAction(which, True, text), actor="carla") == r.TextMissing("outcome")


def test_d2_a_cause_is_of_one_of_the_four_families(book: Ledger, which: str) -> None:
    book.run(c.AnswerWhy(which, 2, "nadie lo revisa"), c.NameCause(which, "falta una lista"), actor="carla")
    assert book.do(c.ChooseFamily(which, "weather"), actor="carla") == r.NotAChoice()
    for family in FAMILIES:
        book.run(c.ChooseFamily(which, family), actor="carla")
        assert of(book, which).family == family


def test_d2_an_action_has_an_owner_who_works_here_and_a_day_that_is_still_ahead(book: Ledger, which: str) -> None:
    agreed(book, which)
    assert book.do(c.OwnAction(which, "nobody"), actor="carla") == r.NobodyThere()
    assert book.do(c.DateAction(which, book.now), actor="carla") == r.AlreadyPast(book.now)


def test_e2_only_supervision_analyses(book: Ledger, which: str) -> None:
    agreed(book, which)
    tomorrow = book.now + timedelta(days=1)
    for command in (
        c.BeginAnalysis(Behind(SCOPE), "x"), c.AnswerWhy(which, 3, "x"), c.NameCause(which, "x"),
        c.ChooseFamily(which, "people"), c.NameAction(which, "x"), c.OwnAction(which, "ana"),
        c.DateAction(which, tomorrow), c.AnswerAction(which, True), c.ReviewAction(which, True, "x"),
        c.DropAnalysis(which, "x"), c.AnswerWhy("nothing", 1, "x"),
    ):  # fmt: skip
        assert book.do(command, actor="ana") == r.SupervisorNeeded(), command


def test_d2_its_owner_answers_for_an_action_once(book: Ledger, which: str) -> None:
    agreed(book, which, owner="bruno")
    book.run(c.AnswerAction(which, True, "desde el lunes"), actor="bruno")
    found = of(book, which)
    assert (found.state, found.done, found.words) == ("answered", True, "desde el lunes")
    assert book.do(c.AnswerAction(which, True), actor="bruno") == r.NoSuchItem()


def test_d2_it_is_concluded_from_its_day_on(book: Ledger, which: str) -> None:
    agreed(book, which)
    due = of(book, which).due_at
    assert due is not None
    assert book.do(c.ReviewAction(which, True, "bajaron"), actor="carla") == r.NotYetDue(due)
    book.wait(80_000)  # the next morning, hours before the very minute
    assert book.now < due
    book.run(c.ReviewAction(which, True, "bajaron"), actor="carla")
    found = of(book, which)
    assert (found.state, found.helped, found.words, found.ended_at) == ("reviewed", True, "bajaron", book.now)


def test_d2_and_sooner_once_its_owner_has_answered(book: Ledger, which: str) -> None:
    agreed(book, which)
    book.run(c.AnswerAction(which, False, "falta el proveedor"), actor="bruno")
    book.run(c.ReviewAction(which, False, "otro camino"), actor="carla")
    assert of(book, which).helped is False


def test_d2_without_an_action_there_is_nothing_to_conclude(book: Ledger, which: str) -> None:
    assert book.do(c.ReviewAction(which, True, "x"), actor="carla") == r.AskedFirst("why2")


def test_d2_after_an_answer_another_action_or_another_day_can_be_agreed(book: Ledger, which: str) -> None:
    agreed(book, which)
    first = of(book, which).agreed_at
    book.wait(3600)
    book.run(c.AnswerAction(which, False, "falta el proveedor"), actor="bruno")
    book.run(c.DateAction(which, book.now + timedelta(days=3)), actor="carla")
    found = of(book, which)
    assert (found.state, found.agreed_at, found.done) == ("agreed", first, None)
    book.run(c.AnswerAction(which, False, "no contesta"), actor="bruno")
    book.run(c.NameAction(which, "cambiar de proveedor"), actor="carla")
    found = of(book, which)
    assert (found.state, found.question, found.owner, found.agreed_at) == ("open", "owner", "", None)
    book.run(c.OwnAction(which, "ana"), c.DateAction(which, book.now + timedelta(days=3)), actor="carla")
    assert of(book, which).agreed_at == book.now


@pytest.mark.parametrize("end", [c.DropAnalysis("?", "ya no"), c.ReviewAction("?", True, "bajaron")])
def test_d2_nothing_is_added_to_one_that_is_over(
    book: Ledger, which: str, end: c.DropAnalysis | c.ReviewAction
) -> None:
    agreed(book, which)
    book.wait(86_400)
    book.run(replace(end, analysis=which), actor="carla")
    assert of(book, which).is_over
    assert book.do(c.AnswerWhy(which, 3, "x"), actor="carla") == r.AnalysisOver()
    assert book.do(c.AnswerAction(which, True), actor="bruno") == r.AnalysisOver()
    assert book.do(c.DropAnalysis(which, "x"), actor="carla") == r.AnalysisOver()


def test_d2_what_is_not_there_is_said(book: Ledger) -> None:
    assert book.do(c.AnswerWhy("nothing", 1, "x"), actor="carla") == r.UnknownAnalysis()


def test_e5_what_is_typed_is_cleaned(book: Ledger, which: str) -> None:
    book.run(c.AnswerWhy(which, 2, HOSTILE), c.NameCause(which, HOSTILE), actor="carla")
    found = of(book, which)
    assert (found.whys[1], found.cause) == ("[b]qué mal[/b]", "[b]qué mal[/b]")


@pytest.mark.parametrize(
    "behind",
    [
        Behind(SCOPE), Behind(Scope(SCOPE.period, Filter("ana", "late", "CEN")), "late"),
        Behind(SCOPE, problems=("a", "b")), Behind(SCOPE, choice=("remedy", "x")), Behind(SCOPE, minor=0),
        Behind(SCOPE, minor=4500, standing="new"), Behind(SCOPE, folios=("CEN-1001", "CEN-1002")),
    ],
)  # fmt: skip
def test_d2_the_set_is_kept_whole(book: Ledger, behind: Behind) -> None:
    fact = begun("id", behind, book.measured(behind))
    assert behind_of(fact) == behind
