"""A3, D3 and F4: the customer's file, and cards put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.asks import Do, LoadFile
from mesa_recuperacion.dialogue.scenes.file import ROWS, rows_of
from mesa_recuperacion.dialogue.talk import Broken, Refused, Talk
from mesa_recuperacion.dialogue.view import Choice, Text
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.commands import MergeCards
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals import NotMerged, SameCard, SupervisorNeeded, UnknownCustomer
from mesa_recuperacion.domain.views import Card, Customer, CustomerFile, HistoryLine
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import ASCII, WGL4
from tests.desk import CARLA, NOW, Desk, _translated, branch, copied, facts, shipped
from tests.fits import BODY, WIDTH, assert_fits, read

LONGEST = "María de los Ángeles Guadalupe Covarrubias Montenegro de la Fuente y Villaseñor"
HOSTILE = ["{name}", "[red]Marta[/red]", "=SUM(A1)", "<b>Eva</b>", "{phone} {names} {n}", "%s %d Ana", "O'Neil; DROP"]


@pytest.fixture(scope="session")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Óscar, with two cases, and Rosa Medina have one telephone; Óscar N. has none and one case."""
    made = branch(tmp_path_factory.mktemp("family"))
    desk = Desk(made).sign_in()
    desk.standard_call("Óscar Núñez").say("s").standard_call("Rosa Medina").say("s")
    desk.standard_call("oscar").say("s").standard_call("Núñez O. 0", phone="").say("s")
    assert (desk.stage, len(facts(made, f.CustomerRegistered))) == ("idle", 3)
    desk.close()
    return made


@pytest.fixture
def agent(family: Path, tmp_path: Path) -> Iterator[Desk]:
    """Ana is at the desk of that branch."""
    desk = Desk(copied(family, tmp_path / "family")).sign_in()
    yield desk
    desk.close()


@pytest.fixture
def supervisor(family: Path, tmp_path: Path) -> Iterator[Desk]:
    """Carla is."""
    desk = Desk(copied(family, tmp_path / "family")).sign_in(3, CARLA)
    yield desk
    desk.close()


def file_of(desk: Desk, name: str) -> Desk:
    """Open somebody's file between calls."""
    desk.press("f4").say(name)
    assert desk.stage == "file", desk.said
    return desk


def assert_whole(talk: Talk) -> None:
    """Every row and every word of main is on the screen at 80x24, in both languages; no list scrolls."""
    for spoken in (talk, _translated(talk)):
        view = conversation.show(spoken, "", NOW)
        assert_fits(view)
        for glyphs in (WGL4, ASCII):
            drawn = [read(row) for row in page.body(view, WIDTH, BODY, glyphs)]
            assert not [row for row in drawn if re.fullmatch(r"\s*[▲▼^v] \d+", row)], drawn
        lists = [block for block in view.main if isinstance(block, Choice)]
        rows = sum(len(block.options) + any(block.titles) for block in lists)
        assert rows + sum(rows_of(block.text) for block in view.main if isinstance(block, Text)) <= ROWS


# ------------------------------------------------------------------------------------------------- opening and leaving


def test_a3_f4_in_a_call_shows_the_file_and_enter_goes_back_to_the_same_word(agent: Desk) -> None:
    agent.say("oscar").write("falt").press("f4")
    assert (agent.stage, agent.line) == ("file", "")
    screen = agent.screen()
    assert "Óscar Núñez" in screen
    assert "3 complaints since" in screen
    assert "▲ We may lose them: complaint no. 3 in 90 days." in screen
    assert "Also the telephone of Rosa Medina." in screen
    assert "Producto faltante" in screen
    assert "open, CEN-1005" in screen
    assert agent.look().clock is not None  # it goes on
    agent.enter()
    assert (agent.stage, agent.line) == ("apologise", "falt")


def test_a3_between_calls_a_name_or_a_telephone_finds_the_file_and_no_clock_starts(agent: Desk) -> None:
    agent.write("1").press("f4")
    assert (agent.stage, agent.line) == ("file_find", "")
    agent.write("nun o")
    assert agent.options() == ["1  Núñez O.    ▲ 1 complaint, last today",
                               "2  Óscar Núñez  55 1234 0078  ▲ 2 complaints, last today"]  # fmt: skip
    before = facts(agent.path)
    agent.write(" 2").enter()
    assert agent.stage == "file"
    assert "Óscar Núñez" in agent.screen()
    assert agent.look().clock is None
    assert agent.talk.started_at is None
    agent.enter()
    assert (agent.stage, agent.line) == ("idle", "1")
    assert facts(agent.path) == before


def test_a3_a_whole_name_typed_faster_than_it_is_looked_up_opens_the_right_file(agent: Desk) -> None:
    file_of(agent, "rosa")
    assert agent.talk.card is not None
    assert agent.talk.card.customer.name == "Rosa Medina"


@pytest.mark.parametrize("text", ["zzz", "99887766", "7"])
def test_a3_whoever_is_not_found_is_said_so(agent: Desk, text: str) -> None:
    agent.press("f4").say(text)
    assert (agent.stage, agent.line) == ("file_find", text)
    assert "Nobody is found" in agent.said
    agent.press("escape").press("escape")
    assert (agent.stage, agent.line) == ("idle", "")


def test_29_a_telephone_of_several_opens_nobodys_file_until_one_is_chosen(agent: Desk) -> None:
    agent.press("f4").say("5512340078")
    assert agent.stage == "file_find"
    assert "2 people have this telephone" in agent.said
    agent._letter(" 2")
    agent.enter()
    assert agent.talk.card is not None
    assert agent.talk.card.customer.name == "Rosa Medina"


def test_a3_f4_while_a_name_is_typed_opens_the_marked_file_and_the_lookup_waits(agent: Desk) -> None:
    agent.write("nun o").press("down").wait(5).press("f4")
    assert (agent.stage, agent.talk.card and agent.talk.card.customer.name) == ("file", "Óscar Núñez")
    assert "complaint no. 3" in agent.screen()  # with the case that is about to be opened
    agent.say("1", "Óscar N.")
    agent.press("escape")
    assert (agent.stage, agent.line) == ("lookup", "nun o")
    assert "Núñez O." in agent.options()[0]
    assert len(agent.options()) == 2  # Óscar N. is found by these words no longer
    clock = agent.look().clock
    assert clock is not None
    assert clock.time == "0:55"


def test_a3_f4_on_the_new_customer_or_on_nobody_asks_whose_file(agent: Desk) -> None:
    agent.write("oscar").press("up").press("down").press("down").press("f4")
    assert agent.stage == "file_find"
    agent.say("rosa").press("escape")
    assert (agent.stage, agent.line) == ("lookup", "oscar")
    assert "Óscar Núñez" in agent.options()[0]


def test_a3_the_file_is_being_opened_and_a_card_that_is_gone_leads_back(agent: Desk) -> None:
    talk = conversation.press(agent.say("oscar").talk, "f4", "fal", agent.now).talk
    assert (talk.stage, talk.card) == ("file", None)
    assert_whole(talk)
    gone = conversation.after(talk, Refused(UnknownCustomer()), agent.now).talk
    assert (gone.stage, gone.line, gone.said_style) == ("apologise", "fal", "warn")
    assert gone.said
    assert conversation.answer(talk, "", agent.now).talk.stage == "apologise"


def test_e1_a_file_that_could_not_be_read_is_asked_for_again_with_enter(agent: Desk) -> None:
    step = conversation.press(agent.say("oscar").talk, "f4", "", agent.now)
    failed = conversation.after(step.talk, Broken("StoreBusy", "ab12"), agent.now).talk
    assert (failed.stage, failed.said_style) == ("file", "bad")
    again = conversation.answer(failed, "", agent.now)
    assert again.asks == step.asks
    assert isinstance(again.asks[0], LoadFile)
    assert conversation.press(failed, "escape", "", agent.now).talk.stage == "apologise"


def test_25_what_is_typed_in_a_file_is_nobodys_draft(agent: Desk) -> None:
    agent.say("oscar").write("falt").press("f4").say("1").write("Medi").pause()
    assert conversation.draft(agent.talk, "Medi", agent.now) is None
    agent.line = ""
    agent.press("f3")
    assert agent.stage == "idle"
    agent.say("1")
    assert (agent.stage, agent.line) == ("apologise", "falt")


def test_a3_help_in_the_file_comes_back_to_it(agent: Desk) -> None:
    file_of(agent, "oscar").press("f1")
    assert "The customer's file" in agent.screen()
    assert "next page" in agent.screen()
    agent.press("escape")
    assert agent.stage == "file"
    agent.say("3").press("f1")
    assert "Their telephone" in agent.screen()
    agent.press("escape")
    assert agent.stage == "file_phone"
    agent.press("escape").press("escape")
    assert agent.stage == "idle"


def test_a3_f4_in_a_file_changes_nothing(agent: Desk) -> None:
    file_of(agent, "oscar")
    before = agent.talk
    assert agent.press("f4").talk == before
    agent.say("2")
    before = agent.talk
    assert agent.press("f4").talk == before


def test_b5_ctrl_z_in_a_file_takes_no_decision_of_the_case_back(agent: Desk) -> None:
    agent.say("oscar", "").press("f4")
    before = facts(agent.path)
    agent.press("ctrl+z")
    assert agent.stage == "file"
    assert "nothing to undo" in agent.said
    assert facts(agent.path) == before


# ----------------------------------------------------------------------------------------------------- putting it right


def test_a3_a_name_is_put_right_and_how_to_call_them_follows(agent: Desk) -> None:
    agent.say("oscar").press("f4").say("1")
    assert "Óscar Núñez" in agent.screen()
    agent.say("Óscar Martín Núñez Peña")
    assert agent.stage == "file"
    assert agent.talk.card is not None
    assert agent.talk.card.customer.name == "Óscar Martín Núñez Peña"
    assert agent.talk.file is not None
    assert agent.talk.file.customer.name == "Óscar Martín Núñez Peña"
    agent.say("1", "Don Óscar")
    agent.enter()
    assert "Don," in agent.phrase()


def test_a3_how_to_call_them_is_said_from_then_on_and_outlives_another_name(agent: Desk) -> None:
    agent.say("oscar").press("f4").say("2", "Don Óscar")
    assert agent.said == "The card is put right."
    agent.say("1", "Óscar Núñez Peña", "")
    assert "Don Óscar," in agent.phrase()
    named = facts(agent.path, f.CustomerNamed)
    assert [(x.name, x.call_name) for x in named if isinstance(x, f.CustomerNamed)] == [
        ("Óscar Núñez", "Don Óscar"), ("Óscar Núñez Peña", "Don Óscar"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_a3_enter_alone_and_esc_leave_everything_as_it_is(supervisor: Desk, number: str) -> None:
    before = facts(supervisor.path)
    file_of(supervisor, "oscar").say(number)
    assert supervisor.stage != "file"
    supervisor.enter()
    assert supervisor.stage == "file"
    supervisor.say(number).press("escape")
    assert supervisor.stage == "file"
    supervisor.enter()
    assert supervisor.stage == "idle"
    assert facts(supervisor.path) == before


@pytest.mark.parametrize("number", ["1", "2"])
@pytest.mark.parametrize("text", ["...", "12", "¿?"])
def test_a1_a_name_has_letters(agent: Desk, number: str, text: str) -> None:
    file_of(agent, "oscar").say(number, text)
    assert "no letters" in agent.said
    assert agent.line == text
    assert facts(agent.path, f.CustomerNamed) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_e5_a_hostile_name_is_a_name_on_every_page_of_the_file(supervisor: Desk, name: str) -> None:
    file_of(supervisor, "oscar").say("1", name).say("2", name)
    for answer in ("1", "2", "3", "4"):
        assert_whole(supervisor.talk)
        assert name in supervisor.screen()
        supervisor.say(answer)
        assert_whole(supervisor.talk)
        assert name in supervisor.screen()
        supervisor.enter()
    assert supervisor.stage == "file"


def test_e5_escapes_never_reach_a_card(agent: Desk) -> None:
    file_of(agent, "oscar").say("1", "Ó\x1b[31mscar\x07 \u202eRuiz\x1b]0;t\x07").say("2", "Ó\x9b1m")
    assert agent.talk.card is not None
    assert agent.talk.card.customer.name == "Óscar Ruiz"
    assert not [c for c in agent.screen() if ord(c) < 32 and c != "\n"]


def test_c6_a_telephone_is_put_right_and_a_missing_digit_is_asked_about_once(agent: Desk) -> None:
    file_of(agent, "rosa").say("3", "mañana")
    assert "leaves it as it is" in agent.said
    assert agent.line == "mañana"
    agent.press("escape").say("559876543")
    assert "9 digits; 1 would be missing" in agent.said
    assert agent.line == "559876543"
    agent.write("2")
    assert agent.look().ghost == "55 9876 5432"
    agent.enter()
    assert agent.talk.card is not None
    assert agent.talk.card.customer.phone == "55 9876 5432"
    assert agent.talk.card.same_phone == ()
    assert "Also the telephone" not in agent.screen()


def test_c6_a_short_telephone_is_taken_the_second_time(agent: Desk) -> None:
    file_of(agent, "rosa").say("3", "5551").enter()
    assert agent.talk.card is not None
    assert agent.talk.card.customer.phone == "5551"


# --------------------------------------------------------------------------------------------- two cards of one person


@pytest.mark.parametrize("number", ["4", "5"])
def test_e2_joining_cards_is_supervisions(agent: Desk, number: str) -> None:
    file_of(agent, "oscar")
    assert [row[0] for row in agent.options() if row[0] != " "] == ["1", "2", "3"]
    agent.say(number)
    assert agent.stage == "file"
    assert agent.said == "Only supervision can do that."
    assert facts(agent.path, f.CustomersMerged) == []


def test_e2_the_rules_refuse_an_agent_whatever_the_desk_shows(agent: Desk) -> None:
    card = file_of(agent, "oscar").talk.card
    assert card is not None
    outcome = agent.port.carry_out(Do(MergeCards(card.customer.id, card.same_phone[0].id)))
    assert outcome == Refused(SupervisorNeeded())


def test_29_two_cards_of_one_person_are_read_as_one_and_5_takes_them_apart(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4")
    assert "1  Rosa Medina" in supervisor.options()[1]  # the same telephone is proposed
    supervisor.write("nun o")
    assert "Núñez O." in supervisor.screen()
    supervisor.enter()
    assert supervisor.stage == "file_merge"
    assert "Which card is it?" in supervisor.said
    assert facts(supervisor.path, f.CustomersMerged) == []
    supervisor.write(" 1").enter()
    assert supervisor.stage == "file"
    assert "5 takes them apart" in supervisor.said
    screen = supervisor.screen()
    assert "3 complaints" in screen
    assert "Read together with: Núñez O." in screen
    assert len(facts(supervisor.path, f.CustomersMerged)) == 1
    supervisor.say("5")
    assert supervisor.stage == "file"
    assert "two people again" in supervisor.said
    assert "2 complaints" in supervisor.screen()
    assert len(facts(supervisor.path, f.MergeUndone)) == 1
    supervisor.say("5")
    assert "no option 5" in supervisor.said


def test_29_the_card_with_the_same_telephone_is_one_number_away(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4", "1")
    assert supervisor.talk.card is not None
    assert [one.name for one in supervisor.talk.card.merged] == ["Rosa Medina"]
    assert supervisor.talk.card.same_phone == ()


def test_29_the_arrows_choose_the_other_card_and_a_row_that_is_not_there_is_refused(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4", "3")
    assert "Which card is it?" in supervisor.said
    supervisor.press("escape").say("zzz")
    assert "No other card" in supervisor.said
    supervisor.press("escape").write("rosa").press("down").enter()
    assert supervisor.talk.card is not None
    assert [one.name for one in supervisor.talk.card.merged] == ["Rosa Medina"]


def test_29_of_several_joined_cards_one_is_chosen_to_be_taken_apart(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4", "rosa 1").say("4", "nun o 1").say("5")
    assert supervisor.stage == "file_apart"
    assert [row.split("  ")[1] for row in supervisor.options()] == ["Núñez O.", "Rosa Medina"]
    assert_whole(supervisor.talk)
    supervisor.say("9")
    assert "no option 9" in supervisor.said
    supervisor.press("escape").say("2")
    assert supervisor.stage == "file"
    assert supervisor.talk.card is not None
    assert [one.name for one in supervisor.talk.card.merged] == ["Núñez O."]
    assert [one.name for one in supervisor.talk.card.same_phone] == ["Rosa Medina"]


def test_29_esc_leaves_joined_cards_joined(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4", "rosa 1").say("4", "nun o 1").say("5").press("escape")
    supervisor.say("5", "")
    assert supervisor.stage == "file"
    assert facts(supervisor.path, f.MergeUndone) == []


def test_29_what_another_window_did_meanwhile_is_told_in_a_sentence(supervisor: Desk) -> None:
    file_of(supervisor, "oscar nu").say("4")
    for refusal, said in ((SameCard(), "the same card"), (NotMerged(), "already apart")):
        told = conversation.after(replace(supervisor.talk, sent="rosa 1"), Refused(refusal), supervisor.now).talk
        assert said in told.said
        assert (told.stage, told.line) == ("file_merge", "rosa 1")


def test_a4_the_customer_of_the_case_is_read_with_all_their_cards(supervisor: Desk) -> None:
    supervisor.say("rosa").press("f4").say("4", "nun o 1", "")
    assert supervisor.stage == "apologise"
    assert supervisor.talk.file is not None
    assert supervisor.talk.file.customer.complaints == 3
    assert len(supervisor.talk.file.customer.history) == 2  # without the case at hand


# --------------------------------------------------------------------------------------------------- pages and layout


def made(cases: int, *, name: str = LONGEST, same: int = 0, merged: int = 0, complaints: int | None = None,
         broken: int = 0, unsatisfied: int = 0) -> CustomerFile:  # fmt: skip
    """A file of so many cases, some of them last year."""
    lines = tuple(
        HistoryLine(f"CEN-{2000 - n}", NOW - timedelta(days=9 * n), shipped().problems[2].code, "",
                    Money(8000, "MXN"), "closed", n % 3 != 0)
        for n in range(cases)
    )  # fmt: skip
    last = lines[0].at if lines else None
    customer = Customer("c-1", name, name, "+52 55 1234 0078 ext 99", complaints or cases, min(cases, 12), last, lines,
                        broken, unsatisfied)  # fmt: skip
    others = [Card(f"c-{n}", LONGEST, LONGEST, "+52 55 9999 0000", "") for n in range(2, 2 + max(same, merged))]
    return CustomerFile(customer, tuple(others[:same]), tuple(others[:merged]))


def opened(desk: Desk, card: CustomerFile) -> Desk:
    """The desk with that file open."""
    desk.talk = replace(file_of(desk, "oscar").talk, card=card)
    return desk


def listed(desk: Desk) -> list[str]:
    """The earlier cases on this page."""
    lists = [block for block in desk.look().main if isinstance(block, Choice)]
    return [f"{o.name} {' '.join(o.cells)}" for block in lists for o in block.options if not o.key]


@pytest.mark.parametrize("cases", [0, 1, 3, 4, 5, 12, 50])
@pytest.mark.parametrize(("same", "merged"), [(0, 0), (1, 1), (4, 3), (9, 9)])
def test_f6_every_case_of_every_file_is_seen_once_at_80_by_24(
    supervisor: Desk, cases: int, same: int, merged: int
) -> None:
    for name in ("Ana", LONGEST, "漢" * 80, "Ñ" * 80):
        desk = opened(supervisor, made(cases, name=name, same=same, merged=merged, broken=1, unsatisfied=1))
        seen, page_before = [], -1
        while desk.talk.page != page_before:
            page_before = desk.talk.page
            assert_whole(desk.talk)
            seen += listed(desk)
            desk.press("f8")
        seen = seen[:cases] if page_before == 0 else seen
        assert len(seen) == cases
        signs = [line.split()[0] for line in seen]
        assert signs == ["▲" if n % 3 == 0 else "●" for n in range(cases)]
        desk.press("escape")
        assert desk.stage == "idle"


def test_a3_f7_and_f8_turn_pages_and_never_change_the_case(agent: Desk) -> None:
    agent.say("oscar").press("f3").say("rosa").press("f4")
    folio = agent.folio
    agent.talk = replace(agent.talk, card=made(50))
    first = agent.screen()
    assert ("F7 F8", "page") in agent.look().keys
    assert "F8 next page" in agent.look().hint
    agent.press("f7")
    assert agent.screen() == first
    agent.press("f8")
    assert agent.screen() != first
    assert not [row for row in agent.options() if row[0] != " "]
    agent.press("down").enter()  # nothing can be chosen there: Enter goes back
    assert (agent.stage, agent.folio) == ("apologise", folio)
    assert len(facts(agent.path, f.CaseParked)) == 1


def test_a3_a_number_works_on_every_page(agent: Desk) -> None:
    opened(agent, made(50)).press("f8").press("f8").say("3")
    assert agent.stage == "file_phone"


def test_a3_more_complaints_than_are_told_are_said_with_their_number(agent: Desk) -> None:
    opened(agent, made(50, complaints=60))
    assert "60 complaints · 12 in the last 90 days" in agent.screen()
    assert "since" not in agent.screen().split("Before")[0]


def test_a3_a_day_of_another_year_has_its_year(agent: Desk) -> None:
    opened(agent, made(12))
    assert "12 complaints since Tue Dec 2 2025" in agent.screen()
    days = [line.split("Producto")[0].strip() for line in listed(agent)]
    agent.press("f8")
    days += [line.split("Producto")[0].strip() for line in listed(agent)]
    assert days[0] == "▲ Wed Mar 11"
    assert days[-1] == "● Tue Dec 2 2025"


def test_a3_a_customer_without_complaints_has_a_file_too(agent: Desk) -> None:
    opened(agent, made(0, name="Ana"))
    assert "no complaints" in agent.screen()
    assert listed(agent) == []


@pytest.mark.parametrize("stage", ["1", "2", "3", "4", "5"])
def test_f6_every_question_about_the_longest_card_fits(supervisor: Desk, stage: str) -> None:
    opened(supervisor, made(50, name="漢" * 80, same=9, merged=6)).say(stage)
    assert supervisor.stage.startswith("file_")
    assert_whole(supervisor.talk)
    supervisor.press("f1")
    assert_whole(supervisor.talk)


def test_d3_what_is_said_of_a_customer_at_risk_blames_nobody(agent: Desk) -> None:
    opened(agent, made(12, name="Ana", broken=2, unsatisfied=1))
    said = "▲ We may lose them: a promise was not kept; it was not solved; complaint no. 12 in 90 days."
    assert said in agent.screen()
    opened(agent, made(1, name="Ana"))
    assert "lose" not in agent.screen()
