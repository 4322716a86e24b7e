"""Text is text on every screen of the whole desk: an area's, a hand-over's, an exception's, a file's, thanks (rule E5).

Everything that people can write was written by somebody hostile; whoever reads it sees letters, and nothing else.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA
from tests.terminal.test_hostile import TITLE
from tests.unit.dialogue.test_news import renewed

NAME = "[@click=app.quit]Ana[/] \x1b]0;x\x07Fin"
TEXT = "[link=http://x]{name}[/] \x1b[31mrojo\x1b]8;;http://x\x1b\\ %s \u202efin"
SEEN_NAME, SEEN = "[@click=app.quit]Ana[/] Fin", "[link=http://x]{name}[/] rojo %s fin"
ACTS = (b"\x1b[31m", b"\x1b]8;", b"\x1b]0;", "\u202e".encode())
"""What none of it may become: a colour, a link, a title, a turn of direction."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which every text is hostile: a call handed to Bruno, who declines; thanks and ideas."""
    path = desk.branch(tmp_path_factory.mktemp("hostile"))
    ana = desk.Desk(path).sign_in().say(NAME, "", "3", TEXT, "").press("f5").say("1", TEXT, "")
    ana.say("4", "220").enter().say(TEXT, "0", "").press("f2").say(TEXT).press("f6").say("4", "1")
    assert ana.stage == "idle", ana.said
    ana.press("f2").say(TEXT).press("f2").say(TEXT)
    ana.close()
    carla = desk.Desk(path, ana.clock).sign_in(3, desk.CARLA).press("ctrl+g r").say(f"1 {TEXT}")
    carla.wait(1).say("3", f"3 {TEXT}")
    assert carla.stage == "idle", carla.said
    carla.close()
    return path


@pytest.fixture
def home(written: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    desk.copied(written, tmp_path / "home")
    return tmp_path / "home"


def came_in(home: Path, number: int, pin: str) -> Terminal:
    terminal = Terminal(MESA, env={"MESA_HOME": str(home)})
    terminal.wait_for("Número y PIN ►")
    terminal.send(f"{number} {pin}\r")
    return terminal


def read(terminal: Terminal) -> str:
    """The text in the middle of the screen, whatever lines it was broken into."""
    return " ".join(re.sub("[|▌“”«»]", " ", terminal.text).split())


def is_read(terminal: Terminal, text: str) -> bool:
    return text in read(terminal)


def shows(terminal: Terminal, prompt: str, *texts: str) -> None:
    """That question, with those texts as they were typed."""
    terminal.wait_for(f"{prompt} ►")
    for text in texts:
        terminal.wait_for(partial(is_read, terminal, text))


def refused(terminal: Terminal, prompt: str, told: str) -> None:
    """The text answers that question, is refused with those words, and stands in the line again."""
    terminal.wait_for(f"{prompt} ►")
    terminal.paste(TEXT)
    terminal.wait_for(f"{prompt} ► {SEEN[:20]}")
    assert told not in terminal.text
    terminal.send("\r")
    terminal.wait_for(told)
    terminal.wait_for(f"{prompt} ► {SEEN[:20]}")


def no_acts(terminal: Terminal) -> None:
    """Nothing of it did anything, and the program ends as ever."""
    terminal.send("<f3>")
    terminal.wait_for("Número y PIN ►")
    terminal.send("<f3>")
    assert terminal.wait_exit() == 0
    for act in ACTS:
        assert act not in terminal.raw, act
    assert TITLE.search(terminal.raw) is None
    assert terminal.tty_faults() == []


def test_e5_thanks_an_answer_and_the_day_of_whoever_wrote_it(home: Path) -> None:
    with came_in(home, 1, desk.ANA) as terminal:
        terminal.wait_for("le reconoce")
        terminal.wait_for(lambda: SEEN in read(terminal))
        terminal.send("\r")
        terminal.wait_for(lambda: read(terminal).count(SEEN) >= 2)  # the idea, and what was said to it
        terminal.send("\r")
        terminal.wait_for("[@click=app.quit]")
        terminal.send("2\r")
        shows(terminal, "Área", SEEN_NAME, SEEN)
        terminal.send("<f4>")
        shows(terminal, "Ficha", SEEN_NAME)
        for number, prompt in (("1", "Nombre"), ("2", "Cómo llamarle")):
            terminal.send(f"{number}\r")
            terminal.wait_for(f"{prompt} ►")
            terminal.paste(NAME)
            terminal.wait_for(SEEN_NAME)
            terminal.send("<esc><esc>")
            terminal.wait_for("Ficha ►")
        terminal.send("\r")
        terminal.wait_for("Área ►")
        terminal.send("1 ")
        terminal.paste(TEXT)
        terminal.wait_for(SEEN)
        terminal.send("\r")
        terminal.wait_for("Cliente ►")
        no_acts(terminal)


def test_e5_a_call_that_is_taken_over_with_all_that_was_written_in_it(home: Path) -> None:
    with came_in(home, 2, desk.BRUNO) as terminal:
        terminal.wait_for("[@click=app.quit]")
        terminal.send("1\r")
        shows(terminal, "¿Lo toma?", SEEN_NAME, SEEN)
        terminal.send("\r")
        terminal.wait_for("Compensación ►")
        terminal.send("<f5>")
        shows(terminal, "Área", SEEN)
        terminal.send("1\r")
        shows(terminal, "Qué hace falta", SEEN)
        terminal.paste(TEXT)
        terminal.wait_for(f"Qué hace falta ► {SEEN}")
        terminal.send("\r")
        shows(terminal, "Para cuándo", SEEN)
        terminal.send("<esc>")
        terminal.wait_for(f"Qué hace falta ► {SEEN}")
        terminal.send("<esc><esc><esc>")
        terminal.wait_gone("Qué hace falta")
        terminal.send("\x07r")
        refused(terminal, "Qué hacer", "1, 2 o 3; y a, b o c")
        terminal.send("<esc><esc><f6>")
        refused(terminal, "Motivo", "No está en la lista")
        terminal.send("<esc>1\r")
        refused(terminal, "A quién", "No está en la lista")
        terminal.send("<esc><esc><esc>")
        terminal.wait_for("Compensación ►")
        terminal.send("<f3>")
        terminal.wait_for("Cliente ►")
        no_acts(terminal)


def test_e5_what_waits_for_supervision(home: Path) -> None:
    with came_in(home, 3, desk.CARLA) as terminal:
        terminal.send("\x07d")
        terminal.wait_for("[link=http://x]")
        terminal.send("1\r")
        shows(terminal, "Decisión", SEEN_NAME, SEEN)
        terminal.send("2 ")
        terminal.paste(TEXT)
        terminal.wait_for(SEEN)
        terminal.send("\r")
        terminal.wait_for("Cliente ►")
        terminal.send("<f4>")
        terminal.paste(NAME)
        terminal.wait_for(SEEN_NAME)
        terminal.send("<esc><esc>\x07r1 ")
        terminal.wait_for("Reconoce a ►")
        terminal.paste(TEXT)
        terminal.send("\r")
        terminal.wait_for("Cliente ►")
        no_acts(terminal)


def test_e5_pasted_where_a_pin_or_practice_is(home: Path) -> None:
    with came_in(home, 2, desk.BRUNO) as terminal:
        terminal.wait_for("Cliente ►")
        terminal.send("\x07k")
        terminal.wait_for("Su PIN actual ►")
        terminal.paste(TEXT)
        terminal.send("\r")
        terminal.wait_for("PIN nuevo ►")
        terminal.paste(TEXT)
        terminal.send("\r")
        terminal.wait_for("PIN nuevo ►")
        assert not terminal.ever_showed("rojo"), "what is typed for a PIN is not seen"
        terminal.send("<esc><esc><esc><f9>")
        terminal.wait_for("PRÁCTICA")
        terminal.paste(NAME)
        terminal.wait_for(SEEN_NAME)
        terminal.send("\r")
        terminal.wait_for("Disculpa ►")
        terminal.send("<f3>")
        terminal.wait_for("Cliente ►")
        terminal.send("<f3>")
        terminal.wait_gone("PRÁCTICA")
        no_acts(terminal)


def test_e5_a_policys_news_conduct_and_phrases_are_letters(home: Path) -> None:
    """Whoever writes the policy is trusted with money, not with the terminal."""
    said = "[@click=app.quit]todos[/] {name} %s"
    renewed(home / "mesa.db", (said,), (said,))
    with came_in(home, 2, desk.BRUNO) as terminal:
        terminal.wait_for(lambda: read(terminal).count(said) >= 2)
        terminal.send("\r")
        terminal.wait_for("Le pasan")
        no_acts(terminal)
