"""B4, C4, C6, D12: promised answers, exceptions that wait, customers at risk, both clocks; and a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.scenes.answers import parted
from mesa_recuperacion.dialogue.scenes.idle import sections
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import AgendaItem
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from tests.desk import BRUNO, CARLA, NOW, Desk, copied, facts
from tests.fits import BODY, WIDTH, assert_fits_in_both, read

DAY = 86_400
WORDS = "llegó roto"
WHY = "tercera vez este mes"


@pytest.fixture
def due(one_closed: Path, tmp_path: Path) -> Iterator[Desk]:
    """Thursday 11:12: the promise of yesterday's case was due at 9, its follow-up at 10."""
    desk = Desk(copied(one_closed, tmp_path / "due")).wait(DAY + 1800).sign_in()
    yield desk
    desk.close()


def answers(desk: Desk) -> list[f.FollowUpAnswered]:
    return [x for x in facts(desk.path, f.FollowUpAnswered) if isinstance(x, f.FollowUpAnswered)]


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("2 llegó roto", "2", WORDS), ("2llegó roto", "2", WORDS), ("  2.  llegó roto ", "2", WORDS),
        ("2: llegó roto", "2", WORDS), ("2", "2", ""), ("2 ", "2 ", ""), ("23", "23", ""), ("no", "no", ""),
        ("2 3 piezas", "2", "3 piezas"), ("", "", ""), ("2, ñandú", "2", "ñandú"),
    ],
)  # fmt: skip
def test_c6_the_words_come_after_the_number(text: str, number: str, words: str) -> None:
    assert parted(text) == (number, words)


# ------------------------------------------------------------------------------------------ follow-ups


@pytest.mark.parametrize(("number", "answer"), [("1", "satisfied"), ("2", "not_satisfied"), ("3", "no_answer")])
def test_c6_the_customers_own_words_are_kept(due: Desk, number: str, answer: str) -> None:
    due.say("2", f"{number} {WORDS}")
    (fact,) = answers(due)
    assert (fact.answer, fact.words) == (answer, WORDS)


def test_a3_their_words_are_part_of_the_story(due: Desk) -> None:
    due.say("2", f"2 {WORDS}").press("f2")
    assert f"“{WORDS}”" in due.screen()


def test_c6_the_phrase_follows_the_number_while_the_words_are_typed(due: Desk) -> None:
    due.say("2").write("2 lle")
    assert "lamento que no haya quedado bien" in due.phrase()
    assert_fits_in_both(due)


def test_c6_words_without_a_number_answer_nothing(due: Desk) -> None:
    due.say("2", "9 quién sabe")
    assert (due.stage, due.line) == ("follow_up_due", "9 quién sabe")
    assert answers(due) == []


def test_e5_hostile_words_of_a_customer_are_text(due: Desk) -> None:
    due.say("2", "2 [b]{name}[/b]\x1b[31m\x07" + "é" * 500)
    assert answers(due)[0].words.startswith("[b]{name}[/b]é")
    due.press("f2")
    assert "\x1b" not in due.screen()


def test_c6_both_clocks_are_told_where_a_reopened_case_is_closed_and_read(due: Desk) -> None:
    due.say("2", "2").wait(192)
    due.say("", "", "4", "70", "", "")
    assert due.stage == "close"
    assert "first 0:00 of 1:00; opened again, 3:12 of 1:00" in due.screen()
    due.say("s a")
    assert due.stage == "idle", (due.stage, due.said)
    due.wait(3 * DAY).press("f3").sign_in()
    due.say(next(row for row in due.options() if "Call: " in row)[:1])
    assert "first 0:00 of 1:00; opened again, 3:12 of 1:00" in due.screen()
    assert_fits_in_both(due)


def test_c6_a_case_that_was_never_reopened_tells_one_clock(due: Desk) -> None:
    due.say("2")
    assert "opened again" not in due.screen()


# ------------------------------------------------------------------------------------------ answers promised


@pytest.fixture
def wished(desk: Desk) -> Desk:
    """Nobody of supervision is near: Ana promised an answer, and the case is closed with what she may give."""
    desk.open_case().say("", "3", "faltó la lámpara", "", "4", "220", "", WHY, "0", "hoy 13")
    assert desk.stage == "promise", (desk.stage, desk.said)
    return desk.press("f3")


def row_of(desk: Desk, start: str) -> str:
    """The number of the row of the idle list that speaks of that."""
    return next(row.split()[0] for row in desk.options() if start in row)


def test_b4_an_answer_that_was_promised_has_its_own_words(wished: Desk) -> None:
    assert "13:00  Marta Ruiz Soto  Answer promised  ● on time" in " ".join(wished.options())
    wished.say(row_of(wished, "Answer promised"))
    assert wished.look().prompt == "Promised answer"
    assert wished.options() == ["1  Answered, on time", "2  Answered, but late", "3  Not yet: promise another hour"]
    assert "MX$220: not answered yet" in wished.screen()
    assert_fits_in_both(wished)
    wished.say("1")
    assert len(facts(wished.path, f.PromiseKept)) == 1


def test_b4_what_supervision_said_is_there_for_the_call(wished: Desk, desks: Callable[..., Desk]) -> None:
    carla = desks().sign_in(3, CARLA)
    carla.say(row_of(carla, "Authorise"), "2 ya se le dio un cupón")
    wished.press("f3").sign_in()
    wished.say(row_of(wished, "Answer promised"))
    assert "MX$220: no, “ya se le dio un cupón”" in wished.screen()
    assert_fits_in_both(wished)


def test_b4_a_yes_is_there_too_and_the_reserve_pays(wished: Desk, desks: Callable[..., Desk]) -> None:
    carla = desks().sign_in(3, CARLA)
    assert "13:00  Marta Ruiz Soto  Authorise MX$220  ● on time" in " ".join(carla.options())
    carla.say(row_of(carla, "Authorise"))
    assert carla.stage == "exception_due"
    for told in ("Ana Torres", "MX$220", "MX$150", WHY, "Producto faltante"):
        assert told in carla.screen(), told
    assert_fits_in_both(carla)
    carla.say("1")
    (paid,) = facts(carla.path, f.CompensationReserved)
    assert isinstance(paid, f.CompensationReserved)
    assert (paid.amount, paid.person) == (Money(22_000, "MXN"), RESERVE)
    assert (carla.stage, carla.options()) == ("idle", [])
    wished.press("f3").sign_in()
    wished.say(row_of(wished, "Answer promised"))
    assert "MX$220: yes, the reserve pays" in wished.screen()


@pytest.mark.parametrize(("text", "said"), [("", "1 authorises"), ("2", "Why not?"), ("9", "no option 9")])
def test_b4_nothing_is_authorised_or_refused_by_accident(
    wished: Desk, desks: Callable[..., Desk], text: str, said: str
) -> None:
    carla = desks().sign_in(3, CARLA)
    carla.say(row_of(carla, "Authorise"), text)
    assert carla.stage == "exception_due"
    assert said in carla.said
    assert facts(carla.path, f.ExceptionAuthorised, f.ExceptionDeclined) == []
    carla.line = ""
    carla.press("escape")
    assert carla.stage == "idle"


def test_b4_agents_do_not_see_what_waits_for_supervision(wished: Desk, desks: Callable[..., Desk]) -> None:
    assert desks().sign_in(2, BRUNO).options() == []
    assert not any("Authorise" in row for row in wished.options())


def test_b4_moving_an_answer_asks_for_an_hour_in_its_own_scene(wished: Desk) -> None:
    wished.say(row_of(wished, "Answer promised"), "3")
    assert wished.stage == "promise_again"
    wished.say("hoy 15")
    assert wished.stage == "idle"
    assert len(facts(wished.path, f.PromiseMoved)) == 1


# ------------------------------------------------------------------------------------------ a customer at risk


@pytest.fixture
def at_risk(one_closed: Path, tmp_path: Path) -> Iterator[Desk]:
    """Carla's desk on Friday: Marta complained twice, and the policy gives her to supervision within two days."""
    desk = Desk(copied(one_closed, tmp_path / "risk")).sign_in()
    desk.say("Marta Ruiz Soto", "", "1", "", "", "1", "", "", "s")
    assert desk.stage == "idle", (desk.stage, desk.said)
    desk.wait(2 * DAY).press("f3").sign_in(3, CARLA)
    yield desk
    desk.close()


def test_d12_a_customer_at_risk_is_on_supervisions_list(at_risk: Desk) -> None:
    (row,) = [row for row in at_risk.options() if "Call a customer at risk" in row]
    assert "Marta Ruiz Soto" in row
    at_risk.say(row.split()[0])
    assert at_risk.stage == "retain_due"
    assert "le llamo porque le hemos fallado" in at_risk.phrase()
    assert "Escuche primero. Pregunte qué haría falta" in at_risk.screen()
    assert [row[3:16] for row in at_risk.options()] == ["Stays with us", "Not satisfied", "No answer: it"]
    assert_fits_in_both(at_risk)


@pytest.mark.parametrize(
    ("text", "answer", "stage"),
    [("1 contenta", "satisfied", "idle"), ("2 se va", "not_satisfied", "apologise"), ("3", "no_answer", "idle")],
)
def test_d12_the_answer_of_a_customer_at_risk(at_risk: Desk, text: str, answer: str, stage: str) -> None:
    at_risk.say(row_of(at_risk, "at risk"), text)
    assert at_risk.stage == stage
    assert answers(at_risk)[-1].answer == answer
    if stage == "apologise":
        assert at_risk.talk.file is not None
        assert at_risk.talk.file.state.owner == at_risk.person.id


def test_d12_enter_alone_says_nothing_of_them(at_risk: Desk) -> None:
    at_risk.say(row_of(at_risk, "at risk"), "")
    assert "stays with us" in at_risk.said
    assert answers(at_risk) == []
    at_risk.press("escape")
    assert at_risk.stage == "idle"


# ------------------------------------------------------------------------------------------ the list


def crowded(desk: Desk, agenda: int) -> Desk:
    """A day with that many calls due."""
    assert desk.talk.day is not None
    calls = tuple(
        AgendaItem(f"c{n}", "verify", f"CEN-{n}", f"Cliente {n}", "missing_product", "", NOW + timedelta(minutes=n), 1)
        for n in range(agenda)
    )
    desk.talk = replace(desk.talk, day=replace(desk.talk.day, agenda=calls))
    return desk


def drawn(desk: Desk) -> list[str]:
    return [read(row) for row in page.body(desk.look(), WIDTH, BODY, WGL4)]


def test_f6_forty_rows_show_the_first_and_say_how_many_more(desk: Desk) -> None:
    rows = drawn(crowded(desk, 40))
    assert len(rows) == BODY
    assert "Yours today" in rows[1]
    assert "Cliente 10 " in rows[12]
    assert "▼ and 29 more: a number takes them too" in rows[13]


@pytest.mark.parametrize("number", [1, 2, 12, 20, 39, 40])
def test_f6_a_number_shows_the_row_that_it_takes(desk: Desk, number: int) -> None:
    crowded(desk, 40).write(str(number))
    rows = drawn(desk)
    assert any(row.lstrip().startswith("►") and f"Cliente {number - 1} " in row for row in rows)
    counted = sum(int(row.split("and ")[1].split(" ")[0]) for row in rows if "and " in row)
    assert counted + sum("Cliente " in row for row in rows) == 40


def test_f6_several_long_lists_fit_with_their_remarks(desk: Desk) -> None:
    for name in ("Marta", "Luis", "Eva", "Raúl", "Sara"):
        desk.open_case(name).press("f3")
    rows = drawn(crowded(desk, 36))
    assert "5 people are waiting." in " ".join(rows)
    crowded(desk, 36).write("41")
    rows = drawn(desk)
    assert any(row.lstrip().startswith("►") and "parked" in row for row in rows)
    assert sum(len(section.rows) for section in sections(desk.talk, desk.now)) == 41
    assert_fits_in_both(desk)
