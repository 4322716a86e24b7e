"""A3, A4, C1, D3, E5: finding the customer while the name is typed, and the risk before the first word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.view import Text
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from tests.desk import Desk, _translated, branch, copied, facts, texts
from tests.fits import assert_fits, read

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
    assert "▲ We may lose them: complaint no. 2 in 90 days. Recognise it when you apologise." in known.screen()


def test_a3_yesterday_evening_is_not_today(desk: Desk) -> None:
    desk.wait(8 * 3600).standard_call().say("y").wait(16 * 3600).press("f3").sign_in().write("marta")
    assert "1 complaint, last 1 day ago" in desk.screen()


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


def policied(desk: Desk, complaints: int) -> Desk:
    """The desk under a policy that calls a customer at risk from so many complaints on."""
    policy = desk.talk.policy
    assert policy is not None
    assert policy.retention is not None
    desk.talk = replace(desk.talk, policy=replace(policy, retention=replace(policy.retention, complaints=complaints)))
    return desk


def found(desk: Desk, text: str, **figures: int) -> Desk:
    """The desk with a customer of those figures found."""
    desk._letter(text)
    assert desk.talk.found is not None
    customers = tuple(replace(c, **figures) for c in desk.talk.found.customers)  # type: ignore[arg-type]
    desk.talk = replace(desk.talk, found=replace(desk.talk.found, customers=customers))
    return desk


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"recent": 2}, "complaint no. 3 in 90 days"),
        ({"broken": 1}, "a promise was not kept"),
        ({"unsatisfied": 1, "recent": 0}, "it was not solved"),
        ({"recent": 2, "broken": 2, "unsatisfied": 1},
         "a promise was not kept; it was not solved; complaint no. 3 in 90 days"),
    ],
)  # fmt: skip
def test_d3_the_risk_is_read_before_the_first_word(known: Desk, figures: dict[str, int], said: str) -> None:
    policied(found(known, "oscar", **figures), 3)
    assert f"▲ We may lose them: {said}. Recognise it when you apologise." in known.screen()
    assert_fits(known.look())


def test_d3_the_policy_says_from_how_many_complaints_on_a_customer_is_at_risk(known: Desk) -> None:
    policied(found(known, "oscar"), 3)
    assert "lose" not in known.screen()
    assert "▲ It is not the first time" in known.screen()
    policied(known, 2)
    assert "complaint no. 2" in known.screen()


def test_d3_without_retention_in_the_policy_two_complaints_are_a_risk(known: Desk) -> None:
    assert known.talk.policy is not None
    known.talk = replace(known.talk, policy=replace(known.talk.policy, retention=None))
    assert "complaint no. 2 in 90 days" in found(known, "oscar").screen()


def test_d3_nothing_is_said_of_a_customer_without_complaints(known: Desk) -> None:
    found(known, "oscar", recent=0, complaints=0)
    assert "▲" not in "".join(texts(replace(known.look(), clock=None)))


def test_d3_the_risk_stays_on_the_card_beside_the_call(known: Desk) -> None:
    known.say("oscar")
    side = [block.text for block in known.look().side if isinstance(block, Text)]
    assert "▲ We may lose them: complaint no. 2 in 90 days." in side
    known.press("escape").press("escape").press("escape").open_case("Nadie Todavía")
    assert not [block for block in known.look().side if isinstance(block, Text) and "lose" in block.text]


@pytest.mark.parametrize("figures", [{}, {"broken": 1, "unsatisfied": 1, "recent": 9}])
def test_f6_a_full_list_with_the_risk_and_the_history_fits(known: Desk, figures: dict[str, int]) -> None:
    found(known, "oscar", **figures)
    assert known.talk.found is not None
    one = known.talk.found.customers[0]
    many = tuple(replace(one, id=f"c-{n}", name=f"Óscar {'Covarrubias ' * 5}{n}") for n in range(8))
    many = tuple(replace(c, history=one.history * 5) for c in many)
    known.talk = replace(known.talk, found=replace(known.talk.found, customers=many))
    assert len(known.options()) == 7
    for talk in (known.talk, _translated(known.talk)):
        view = conversation.show(talk, known.line, known.now)
        assert_fits(view)
        drawn = [read(row).strip("► ") for row in page.body(view, 80, 15, WGL4)]
        assert all(any(row.startswith(f"{n}  ") for row in drawn) for n in (*range(1, 7), 0)), drawn


def shared(desk: Desk) -> Desk:
    """Marta Ruiz has the telephone of Óscar besides."""
    desk.standard_call("Rosa Medina", phone="5512340078").say("s")
    assert desk.stage == "idle"
    return desk


@pytest.mark.parametrize("typed", ["5512340078", "55 1234 0078", "55-1234-0078"])
def test_29_a_telephone_of_several_people_is_nobodys_until_one_is_chosen(known: Desk, typed: str) -> None:
    shared(known)._letter(typed)
    assert [row.split("  ")[1] for row in known.options()[:-1]] in (
        ["Óscar Núñez", "Rosa Medina"], ["Rosa Medina", "Óscar Núñez"],
    )  # fmt: skip
    assert "2 people have this telephone. Ask who is calling" in known.screen()
    assert "Before" not in known.screen()  # what happened to one of them is not told of the other
    before = facts(known.path, f.CaseOpened)
    known.enter()
    assert (known.stage, known.line) == ("lookup", typed)
    assert "Ask who is calling" in known.said
    assert facts(known.path, f.CaseOpened) == before
    row = next(row for row in known.options() if "Rosa" in row)[0]
    known._letter(f" {row}")
    assert "Before" in known.screen()
    assert_fits(known.look())
    known.enter()
    assert known.talk.file is not None
    assert known.talk.file.customer.name == "Rosa Medina"


def test_29_a_telephone_that_several_share_can_be_a_new_persons_too(known: Desk) -> None:
    shared(known)._letter("5512340078")
    known._letter(" 0")
    known.enter()
    assert known.stage == "lookup"
    assert "Type the name" in known.said


def test_29_the_arrows_choose_who_of_a_telephone_is_calling(known: Desk) -> None:
    shared(known)._letter("5512340078")
    known.press("down").press("down")
    second = known.options()[1].split("  ")[1]
    known.enter()
    assert known.talk.file is not None
    assert known.talk.file.customer.name == second


def test_29_a_row_that_no_one_of_the_telephone_has_is_refused(known: Desk) -> None:
    shared(known)._letter("5512340078")
    known._letter(" 7")
    known.enter()
    assert known.stage == "lookup"
    assert "There is no customer 7" in known.said
    assert known.line == "5512340078 7"


@pytest.mark.parametrize("typed", ["0078", "5512340078"])
def test_29_the_telephone_of_one_person_opens_their_case_at_once(known: Desk, typed: str) -> None:
    known.say(typed)
    assert known.talk.file is not None
    assert known.talk.file.customer.name == "Óscar Núñez"


def test_29_a_part_of_a_telephone_that_several_have_is_a_search_like_any_other(known: Desk) -> None:
    shared(known).say("551234")
    assert known.stage == "apologise"


def test_a3_what_is_marked_is_what_enter_would_take(known: Desk) -> None:
    scene = scene_of("lookup")
    assert scene.marked(known.talk, "") == ""
    known._letter("marta")
    assert known.talk.found is not None
    first, second = known.talk.found.customers[:2]
    assert scene.marked(known.talk, "marta") == first.id
    assert scene.marked(known.talk, "marta 2") == second.id
    assert scene.marked(known.talk, "marta 0") == scene.marked(known.talk, "marta 8") == ""
    assert scene.marked(known.press("down").talk, "marta") == second.id
    assert scene.marked(known.press("down").press("down").talk, "marta") == ""  # the new customer
    shared(known.press("escape").press("escape"))._letter("5512340078")
    assert scene.marked(known.talk, "5512340078") == ""


@pytest.mark.parametrize(
    ("risk", "earlier", "phrase"),
    [
        ((), 0, "apology"), ((), 1, "apology_repeat"), (("repeat",), 0, "apology_repeat"),
        (("unsatisfied",), 0, "apology_repeat"), (("broken",), 0, "apology_broken"),
        (("broken", "unsatisfied", "repeat"), 4, "apology_broken"),
    ],
)  # fmt: skip
def test_a4_the_apology_follows_from_what_happened_before(
    desk: Desk, risk: tuple[str, ...], earlier: int, phrase: str
) -> None:
    file = desk.open_case("Marta Ruiz").talk.file
    assert file is not None
    desk.talk = replace(desk.talk, file=replace(file, state=replace(file.state, risk=risk, earlier=earlier)))
    assert file.policy is not None
    said: str = getattr(file.policy.phrases, phrase)
    assert desk.phrase() == f"“{said.replace('{name}', 'Marta')}”"


def test_a4_a_case_that_was_opened_again_hears_that_it_is_not_the_first_time(desk: Desk) -> None:
    file = desk.open_case("Marta Ruiz").talk.file
    assert file is not None
    desk.talk = replace(desk.talk, file=replace(file, state=replace(file.state, round=1)))
    assert "nuevo inconveniente" in desk.phrase()


def test_d3_who_was_promised_something_in_vain_is_told_so_in_the_next_call(desk: Desk) -> None:
    desk.standard_call("Marta Ruiz").say("s").wait(30 * 3600).press("f3").sign_in()
    promise = next(row[0] for row in desk.options() if "Promise" in row)
    desk.say(promise, "3", "2h")
    assert [x for x in facts(desk.path) if isinstance(x, f.PromiseBroken)]
    desk._letter("marta")
    assert "▲ We may lose them: a promise was not kept; complaint no. 2" in desk.screen()
    desk.enter()
    assert desk.phrase() == "“Marta, lamento no haberle cumplido lo prometido. Yo me hago cargo.”"


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
    assert conversation.draft(desk.talk, "", desk.now) is None
    desk.write("Mar")
    assert conversation.draft(desk.talk, "Mar", desk.now) == Draft("", "lookup", "Mar", desk.now, desk.now)
    desk.enter()
    assert conversation.draft(desk.talk, "fal", desk.now) == Draft("CEN-1001", "apologise", "fal", desk.now, desk.now)
