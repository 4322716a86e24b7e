"""A3, A4, C1, E5: finding the customer while the name is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.views import Draft
from tests.desk import Desk, branch, copied, facts

HOSTILE = ["{name}", "[red]Marta[/red]", "100 % Ana", "=SUM(A1)", "O'Neil -- DROP", "<b>Eva</b>", "{amount} {when}"]


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three customers are known: Óscar, with a telephone, and two called Marta Ruiz."""
    made = branch(tmp_path_factory.mktemp("three"))
    desk = Desk(made).sign_in()
    desk.standard_call("Óscar Núñez", phone="5512340078").say("s")
    desk.standard_call("Marta Ruiz", phone="5599990000").say("s")
    desk.say("Marta Ruiz 0").press("escape").press("escape")
    assert (desk.stage, desk.line) == ("idle", "")
    desk.close()
    return made


@pytest.fixture
def known(three: Path, tmp_path: Path) -> Iterator[Desk]:
    """Ana is at the desk of a branch that knows them."""
    desk = Desk(copied(three, tmp_path / "three")).sign_in()
    yield desk
    desk.close()


def test_c1_typing_a_name_at_the_idle_desk_is_the_new_case(desk: Desk) -> None:
    desk.write("M")
    assert desk.stage == "lookup"
    assert desk.talk.started_at == desk.now
    assert facts(desk.path, f.CaseFact) == []
    desk.wait(9).write("arta").enter()
    opened = facts(desk.path, f.CaseOpened)[0]
    assert isinstance(opened, f.CaseOpened)
    assert (desk.now - opened.started_at).total_seconds() == 9


@pytest.mark.parametrize("text", ["1", "12", " 7 "])
def test_c1_a_number_of_the_list_is_no_customer(desk: Desk, text: str) -> None:
    desk.write(text)
    assert desk.stage == "idle"
    assert desk.look().clock is None


def test_c1_clearing_the_name_stops_the_clock(desk: Desk) -> None:
    desk.write("Marta").press("escape")
    assert (desk.stage, desk.line, desk.talk.started_at) == ("idle", "", None)
    assert desk.look().clock is None


@pytest.mark.parametrize("text", ["oscar", "NUÑEZ", "nun osc", "ó", "1234", "55 12", "0078"])
def test_a3_any_word_without_accents_or_the_telephone_finds_the_customer(known: Desk, text: str) -> None:
    known._letter(text)
    assert "Óscar Núñez" in known.options()[0]
    assert "55 1234 0078" in known.options()[0]


def test_a3_the_history_is_seen_before_the_first_word_is_said(known: Desk) -> None:
    known._letter("oscar")
    assert "1 complaint, last today" in known.options()[0]
    assert "Producto faltante" in known.screen()
    assert "$80" in known.screen()
    assert "2nd complaint" in known.screen() or "complaint no. 2" in known.screen()


def test_a3_enter_opens_the_case_of_the_first_row(known: Desk) -> None:
    known.say("oscar")
    assert known.stage == "apologise"
    assert known.talk.file is not None
    assert known.talk.file.customer.name == "Óscar Núñez"
    assert len(facts(known.path, f.CustomerRegistered)) == 3


def test_a3_a_new_customer_is_always_the_last_row(known: Desk) -> None:
    known._letter("oscar")
    assert known.options()[-1].startswith("0  ")
    assert "oscar" in known.options()[-1]
    known._letter(" 0")
    known.enter()
    assert known.talk.file is not None
    assert known.talk.file.customer.name.lower() == "oscar"


def test_a3_two_of_one_name_are_told_apart_by_the_telephone(known: Desk) -> None:
    known.say("marta ruiz")
    assert known.stage == "lookup"
    assert "more than one Marta Ruiz" in known.said
    assert known.line == "marta ruiz"
    known._letter(" 2")
    known.enter()
    assert known.stage == "apologise"


def test_a3_the_arrows_choose_too(known: Desk) -> None:
    known._letter("marta ruiz")
    known.press("down").enter()
    assert known.stage == "apologise"


def test_a3_a_row_that_is_not_there_is_refused_and_the_name_stays(known: Desk) -> None:
    known.say("oscar 5")
    assert known.stage == "lookup"
    assert "5" in known.said
    assert known.line == "oscar 5"


def test_a3_a_telephone_that_nobody_has_asks_for_the_name(desk: Desk) -> None:
    desk.say("5512340078")
    assert desk.stage == "lookup"
    assert desk.line == "5512340078"
    assert "telephone" in desk.said


@pytest.mark.parametrize("text", ["...", "¿?", "*** 123 ***"])
def test_a1_a_name_has_letters(desk: Desk, text: str) -> None:
    desk.say(text)
    assert facts(desk.path, f.CaseFact) == []
    assert desk.said


@pytest.mark.parametrize("name", HOSTILE)
def test_e5_a_name_comes_out_as_it_was_typed(desk: Desk, name: str) -> None:
    desk.open_case(name)
    assert desk.talk.file is not None
    assert desk.talk.file.customer.name == name
    assert name in desk.screen()
    assert name.split(maxsplit=1)[0] in desk.phrase()
    for answer in ("", "3", name, "", "", "", "5512340078", "s"):
        desk.say(answer)
        assert "Marta Ruiz Soto" not in desk.screen()
    assert len(facts(desk.path, f.CaseClosed)) == 1
    note = facts(desk.path, f.NoteAdded)[0]
    assert isinstance(note, f.NoteAdded)
    assert note.note == name


def test_e5_escapes_and_controls_never_reach_the_screen(desk: Desk) -> None:
    desk.open_case("Ma\x1b[31mrta\x07 \u202eRuiz\x1b]0;t\x07")
    assert desk.talk.file is not None
    assert desk.talk.file.customer.name == "Marta Ruiz"
    desk.say("", "0", "hum\x1b[2Jo", "not\x00a\x9b1m", "", "0", "no\x1bc", "", "", "s")
    assert not [c for c in desk.screen() if ord(c) < 32 and c != "\n"]
    assert len(facts(desk.path, f.CaseClosed)) == 1


def test_e5_ten_thousand_characters_are_a_name_of_eighty(desk: Desk) -> None:
    desk.open_case("Ñ" * 10_000)
    assert desk.talk.file is not None
    assert desk.talk.file.customer.name == "Ñ" * 80


def test_b5_esc_before_anything_was_decided_takes_the_wrong_customer_back(known: Desk) -> None:
    known.say("oscar").wait(7).press("escape")
    assert known.stage == "lookup"
    assert known.line == "Óscar Núñez"
    assert isinstance(facts(known.path)[-1], f.CaseWithdrawn)
    clock = known.look().clock
    assert clock is not None
    assert clock.time == "0:53"


def test_e4_a_half_typed_name_waits_for_the_next_login(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.write("Marta Ru").pause().wait(20)
    again = desks().sign_in()
    assert "«Marta Ru»" in again.screen() or "“Marta Ru”" in again.screen()
    again.say("1")
    assert (again.stage, again.line) == ("lookup", "Marta Ru")
    clock = again.look().clock
    assert clock is not None
    assert clock.time == "0:40"
    again._letter("iz")
    again.enter()
    assert again.talk.day is not None
    assert again.talk.day.drafts == ()


def test_e4_the_draft_of_one_customer_never_appears_for_the_next(desk: Desk) -> None:
    desk.open_case().write("se quejó de Luis").pause().press("f3")
    assert desk.line == ""
    desk.open_case("Otro Cliente")
    assert desk.line == ""
    assert "Luis" not in desk.screen()


def test_e4_what_is_kept_of_a_line_is_where_and_what(desk: Desk) -> None:
    from mesa_recuperacion.dialogue import conversation

    assert conversation.draft(desk.talk, "", desk.now) is None
    desk.write("Mar")
    assert conversation.draft(desk.talk, "Mar", desk.now) == Draft("", "lookup", "Mar", desk.now, desk.now)
    desk.enter()
    assert conversation.draft(desk.talk, "fal", desk.now) == Draft("CEN-1001", "apologise", "fal", desk.now, desk.now)
