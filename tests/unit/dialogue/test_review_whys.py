"""D2: five whys, from a set of cases to what the action achieved, as a supervisor does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.review import whys
from mesa_recuperacion.dialogue.review.pick import toggled
from mesa_recuperacion.dialogue.talk import Step
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.analyses import MOST_PICKED, Result, Sheet, SheetOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import verify
from tests.desk import BRUNO, CARLA, NOW, Desk, branch, copied, facts, opened
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, LONG

WEEK = Scope(week_of(NOW.date()))
ALL = Behind(WEEK)
DAY = 86_400


@pytest.fixture(scope="session")
def three_closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which Ana closed three cases of a missing product; nobody has it open."""
    made = branch(tmp_path_factory.mktemp("three-closed"))
    desk = Desk(made).sign_in()
    for name in ("Marta Ruiz Soto", "Óscar Núñez", "Rosa Peña"):
        desk.standard_call(name).say("s")
    desk.close()
    return made


Desks = Callable[..., Desk]


@pytest.fixture
def path(tmp_path: Path, three_closed: Path) -> Path:
    return copied(three_closed, tmp_path / "branch")


@pytest.fixture
def at(path: Path) -> Iterator[Desks]:
    """Makes workstations on that branch, ten minutes later."""
    made: list[Desk] = []
    clock = FixedClock(NOW)
    clock.advance(600)

    def make(number: int = 3, pin: str = CARLA, **options: object) -> Desk:
        desk = Desk(path, clock=clock, **options)  # type: ignore[arg-type]
        made.append(desk)
        return desk.say(f"{number} {pin}")

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def carla(at: Desks) -> Desk:
    """Carla is in the review."""
    desk = at()
    assert desk.stage == "review", desk.said
    return desk


def do(desk: Desk, step: Step) -> Desk:
    """What a letter of another page leads to, and all that follows from it."""
    desk._run(step)
    assert_fits_in_both(desk)
    return desk


def begun(desk: Desk, behind: Behind = ALL) -> Desk:
    return do(desk, whys.begin_with(desk.talk, behind))


def sheet(desk: Desk) -> Sheet:
    assert desk.talk.review is not None
    answer = desk.talk.review.answer
    assert isinstance(answer, Sheet), answer
    return answer


def agreed(desk: Desk, owner: str = "2", when: str = "30d") -> Desk:
    """A whole worksheet: two whys, cause, family, action, owner, date."""
    begun(desk).say("no venía completo", "nadie lo revisa", "", "falta una lista", "2", "poner una lista", owner, when)
    assert desk.stage == "review_whys_result", (desk.stage, desk.said)
    assert_fits_in_both(desk)
    return desk


def kinds(path: Path) -> list[str]:
    return [fact.kind for fact in facts(path) if fact.kind.startswith("analysis.")]


def test_d2_the_set_is_on_the_screen_before_the_first_answer_and_nothing_is_recorded(carla: Desk, path: Path) -> None:
    begun(carla)
    for word in ("3 cases", "CEN-1001 Marta Ruiz Soto", "CEN-1003 Rosa Peña", "100% of all", "Why does this happen?"):
        assert word in carla.screen()
    assert kinds(path) == []
    assert carla.press("escape").stage == "review"


def test_d2_a_worksheet_from_the_first_why_to_the_date(carla: Desk, path: Path) -> None:
    begun(carla)
    for answer, question in (
        ("no venía completo", "Why “no venía completo”?"), ("nadie lo revisa", "Why “nadie lo revisa”?"),
        ("", "what, put right, would end it?"), ("falta una lista", "Of which family is “falta una lista”?"),
        ("2", "What is done about “falta una lista”?"), ("poner una lista", "Who does it: “poner una lista”?"),
        ("2", "On which day is it looked at again?"),
    ):  # fmt: skip
        carla.say(answer)
        assert_fits_in_both(carla)
        assert question in carla.screen()
    carla.say("30d")
    assert carla.stage == "review_whys_result"
    assert carla.said == "Agreed. It comes back on its day."
    assert kinds(path) == [
        "analysis.begun", "analysis.why_answered", "analysis.why_answered", "analysis.cause_named",
        "analysis.family_chosen", "analysis.action_named", "analysis.action_owned", "analysis.action_dated",
    ]  # fmt: skip
    (made,) = facts(path, f.AnalysisBegun)
    assert isinstance(made, f.AnalysisBegun)
    assert (made.cases, made.of, made.which) == (3, 3, "cases")


def test_d2_whoever_leaves_in_the_middle_goes_on_there(carla: Desk) -> None:
    begun(carla).say("no venía completo", "nadie lo revisa", "")
    carla.press("escape")  # back to the second why, with its answer
    assert (sheet(carla).question, carla.line) == ("why2", "nadie lo revisa")
    carla.press("f3")
    carla.say(f"3 {CARLA}")
    do(carla, whys.listed(carla.talk))
    assert "2 of 5 whys" in carla.screen()
    carla.say("")
    assert (carla.stage, sheet(carla).question) == ("review_whys_sheet", "why3")


def test_d2_esc_goes_back_a_question_and_the_answer_can_be_put_right(carla: Desk, path: Path) -> None:
    begun(carla).say("no venía completo", "nadie lo revisa")
    carla.press("escape")
    carla.press("escape")  # clears the line, which holds the answer
    carla.press("escape")
    assert sheet(carla).question == "why1"
    carla.press("escape")
    carla.say("venía abierto")
    assert sheet(carla).question == "why2"
    assert [x.text for x in facts(path, f.WhyAnswered) if isinstance(x, f.WhyAnswered)] == [
        "no venía completo", "nadie lo revisa", "venía abierto",
    ]  # fmt: skip
    carla.line = ""
    carla.press("escape")
    carla.line = ""
    assert carla.press("escape").stage == "review"


def test_d2_a_stray_enter_answers_nothing(carla: Desk, path: Path) -> None:
    begun(carla).say("")
    assert carla.said == "Why does this happen? One line is enough. Esc goes back."
    carla.say("no venía completo", "")
    assert "From the second answer on" in carla.said
    carla.say("nadie lo revisa", "", "")
    assert carla.said.startswith("It still needs an answer")
    carla.say("falta una lista", "")
    assert sheet(carla).question == "family"
    carla.say("9")
    assert carla.said.startswith("There is no option 9")
    assert kinds(path)[-1] == "analysis.cause_named"


def test_d2_the_date_is_typed_as_promises_are_and_is_still_ahead(carla: Desk) -> None:
    begun(carla).say("a", "b", "", "c", "1", "d", "1", "ayer")
    assert (carla.stage, carla.line) == ("review_whys_sheet", "ayer")
    assert carla.said
    carla.line = ""
    carla.write("fri")
    assert "Fri Mar 13" in carla.screen()


def test_d2_it_can_be_given_up_and_says_why(carla: Desk) -> None:
    begun(carla).say("a", "0", "ya se arregló")
    assert "ya se arregló" in carla.screen()
    assert sheet(carla).analysis is not None
    do(carla, whys.listed(carla.talk))
    assert "given up" in carla.screen()
    carla.say("")
    assert carla.stage == "review_whys_sheet"
    assert conversation.answer(carla.talk, "", carla.now).talk.then == "review_cases"


def test_d2_without_cases_there_is_nothing_to_ask_about(carla: Desk) -> None:
    empty = Behind(Scope(week_of(NOW.date()).shifted(-9)))
    begun(carla, empty)
    assert (carla.stage, carla.said) == (
        "review", "There is no case behind that. Choose another figure or other days.",
    )  # fmt: skip


def test_d2_a_narrow_figure_is_counted_case_by_case(carla: Desk) -> None:
    begun(carla, Behind(WEEK, "on_time"))
    assert "3 cases · 100% of all" in carla.screen()
    carla.press("escape")
    begun(carla, Behind(WEEK, "late"))
    assert carla.stage == "review"


# ------------------------------------------------------------------------------------------------ the day it comes back


def test_d2_on_its_day_its_owner_answers_in_one_line(carla: Desk, at: Desks) -> None:
    agreed(carla, owner="2", when="1d")
    bruno = at(2, BRUNO)
    assert "poner una lista" not in bruno.screen()
    bruno.wait(DAY)
    bruno.press("f3")
    bruno.say(f"2 {BRUNO}")
    assert "“poner una lista”" in bruno.screen()
    bruno.say("1")
    assert bruno.stage == "action_due"
    assert_fits_in_both(bruno)
    bruno.say("2")
    assert bruno.said.startswith("Why not?")
    assert bruno.line == "2 "
    bruno.line = ""
    bruno.say("1 desde el lunes")
    assert (bruno.stage, bruno.said) == ("idle", "Noted. Supervision looks at what changed since.")
    assert "poner una lista" not in bruno.screen()
    carla.press("escape")
    do(carla, whys.listed(carla.talk))
    assert "● done" in carla.screen()
    carla.say("")
    assert "Bruno Díaz: done. “desde el lunes”" in carla.screen()


def test_d2_what_was_answered_meanwhile_is_said(carla: Desk, at: Desks) -> None:
    agreed(carla, owner="2", when="1d")
    carla.wait(DAY)
    one, other = at(2, BRUNO), at(2, BRUNO)
    one.say("1")
    other.say("1").say("1 hecho")
    one.say("1 hecho")
    assert (one.stage, one.said) == ("idle", "That was read or answered meanwhile. Nothing was changed.")


def test_d2_before_and_after_are_counted_over_as_many_days(carla: Desk, at: Desks, path: Path) -> None:
    """Three cases in the week before; the action is agreed a week later, and a case comes in afterwards."""
    carla.wait(7 * DAY)
    begun(carla).say("no venía completo", "nadie lo revisa", "", "falta una lista", "2", "una lista", "2", "7d")
    carla.wait(6 * DAY + 3600)
    ana = at(1, "482190")
    ana.press("escape")
    ana.standard_call("Iván Soto").say("s")
    carla.wait(DAY)
    carla.press("escape")
    do(carla, whys.listed(carla.talk))
    assert "To be reviewed" in carla.screen()
    carla.say("")
    assert carla.talk.review is not None
    seen = carla.talk.review.answer
    assert isinstance(seen, Result)
    assert (seen.before.period.days, seen.after.period.days) == (8, 8)
    assert (seen.before.measured.cases, seen.after.measured.cases) == (3, 1)
    assert (seen.before.measured.of, seen.after.measured.of) == (3, 1)
    assert [(x.problem, x.counts.cases) for x in seen.before.causes] == [("missing_product", 3)]
    assert [(x.problem, x.counts.cases) for x in seen.after.causes] == [("missing_product", 1)]
    assert_fits_in_both(carla)
    step = conversation.answer(carla.talk, "2", carla.now)
    assert (step.talk.then, step.asks[0].query) == ("review_cases", CasesOf(seen.after.behind))  # type: ignore[union-attr]
    carla.say("s")
    assert (carla.said, carla.line) == ("And what is concluded? A few words after it.", "s ")
    carla.line = ""
    carla.say("s bajaron de tres a una")
    assert "It helped: “bajaron de tres a una”" in carla.screen()
    assert kinds(path)[-1] == "analysis.reviewed"
    carla.say("s otra vez")
    assert carla.said.startswith("It was concluded")


def test_d2_it_is_not_concluded_before_anything_can_have_come_of_it(carla: Desk) -> None:
    agreed(carla)
    carla.say("n no sirvió")
    assert carla.stage == "review_whys_result"
    assert carla.said.startswith("It can be concluded from ")
    assert carla.line == "n no sirvió"


def test_d2_another_action_is_agreed_where_the_first_did_not_help(carla: Desk, at: Desks) -> None:
    agreed(carla, when="1d")
    carla.wait(DAY)
    at(2, BRUNO).say("1").say("2 no llega la impresora")
    do(carla, whys.listed(carla.talk))
    assert "▲ not done" in carla.screen()
    carla.say("")
    carla.say("o")
    assert sheet(carla).question == "action"
    carla.say("pedirla a otro", "1", "5d")
    assert carla.stage == "review_whys_result"
    assert "pedirla a otro" in carla.screen()


def test_d2_the_fold_and_a_rebuild_agree(carla: Desk, path: Path, at: Desks) -> None:
    agreed(carla, when="1d")
    carla.wait(DAY)
    at(2, BRUNO).say("1").say("1 hecho")
    begun(carla, Behind(WEEK, problems=("missing_product",))).say("a", "0", "ya no")
    carla.close()
    with opened(path) as store:
        assert verify(store).sound
        rebuild(store)
        assert verify(store).sound


# ------------------------------------------------------------------------------------------------------- who, and what


def test_e2_an_agent_is_refused(at: Desks) -> None:
    ana = at(1, "482190")
    ana.press("escape")
    from mesa_recuperacion.dialogue.asks import Do, Look
    from mesa_recuperacion.dialogue.talk import Refused
    from mesa_recuperacion.domain import commands as c
    from mesa_recuperacion.domain.refusals import SupervisorNeeded

    for ask in (Do(c.BeginAnalysis(ALL, "x")), Do(c.DropAnalysis("x", "y")), Look(SheetOf(behind=ALL))):
        assert ana.port.carry_out(ask) == Refused(SupervisorNeeded())


def test_e5_hostile_text_is_only_text(carla: Desk) -> None:
    begun(carla).say(HOSTILE, HOSTILE, "", HOSTILE, "1", HOSTILE, "1", "30d")
    assert carla.stage == "review_whys_result"
    assert_fits_in_both(carla)
    do(carla, whys.listed(carla.talk))
    assert "[b]{name}[/b]" in carla.screen()
    assert "\x1b" not in carla.screen()


def test_f6_the_longest_answers_fit(carla: Desk) -> None:
    long = (LONG + " ") * 6
    begun(carla)
    for answer in (long, long, long, long, long, long, "1", long, "1", "30d"):
        carla.say(answer)
        assert_fits_in_both(carla)
    assert carla.stage == "review_whys_result"


def test_d2_the_list_says_how_to_begin_and_begins(carla: Desk) -> None:
    do(carla, whys.listed(carla.talk))
    assert "None yet." in carla.screen()
    carla.say("")
    assert carla.said == "There is none yet: q begins one."
    carla.say("q")
    assert carla.stage == "review_whys_sheet"


# ------------------------------------------------------------------------------------------------------------- picking


def test_d2_cases_are_picked_one_by_one(carla: Desk, path: Path) -> None:
    do(carla, whys.listed(carla.talk)).say("m")
    assert carla.stage == "review_whys_pick"
    assert_fits_in_both(carla)
    carla.say("q")
    assert carla.said == "None is picked yet. A number marks its case."
    carla.line = ""
    carla.say("1", "3", "1")
    assert "1 case picked" in carla.screen()
    carla.say("2", "q")
    assert carla.stage == "review_whys_sheet"
    assert "2 picked cases" in carla.screen()
    carla.say("no venía completo")
    (made,) = facts(path, f.AnalysisBegun)
    assert isinstance(made, f.AnalysisBegun)
    assert (sorted(made.folios), made.cases, made.compared) == (["CEN-1001", "CEN-1002"], 2, ("missing_product",))


def test_d2_a_mark_is_taken_away_again_and_there_is_an_end_to_them() -> None:
    many = tuple(f"CEN-{n}" for n in range(1000, 1000 + MOST_PICKED))
    assert toggled(("CEN-1",), "CEN-1") == ()
    assert toggled((), "CEN-1") == ("CEN-1",)
    assert toggled(many, "CEN-1") == many
