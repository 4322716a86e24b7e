"""Text is text on every page of the review, in its tables and in the report: whatever people wrote (rules E5, F8)."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import month_of
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.clocks import SystemClock
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.test_hostile import TITLE

NAME = "[bold]x[/] \x1b]0;x\x07Fin"
PERSON = '=cmd|"/c calc"!A1 [@click=app.quit]B[/]\x1b[31m'
TEXT = "=HYPERLINK(1) [link=http://x]{name}[/] \x1b[31mrojo\x1b]8;;http://x\x1b\\ \u202efin <script>alert(1)</script>"
ACTS = (b"\x1b[31m", b"\x1b]8;", b"\x1b]0;", "\u202e".encode())
LETTERS = "pcsqfobarnuxk1234567"
REVIEW = [sys.executable, "-m", "mesa_recuperacion", "review"]
ON_BOARD = "letra o filtro"


def policy() -> str:
    """A policy in which a problem's name and an area's are markup, and a remedy's a formula."""
    text = default_policy_text("es").replace('name = "Producto faltante"', 'name = "[@click=app.quit]Falta[/]"')
    text = text.replace('name = "Almacén Norte"', 'name = "=1+1 [red]Sur[/]"')
    return text.replace('name = "Enviar hoy lo faltante"', 'name = "@SUM(1) [b]hoy[/]"')


def at_desk(store: Store, number: int, now: FixedClock) -> DeskService:
    with store.reading() as tx:
        person, text = tx.person_by_number(number), Policies(Words("es")).in_force(tx, now.now())
    assert person is not None
    fresh = count(1)
    return DeskService(store, Policies(Words("es")), now, lambda: f"own-{number}-{next(fresh)}", person, text)


def done(service: DeskService, command: c.Command | c.StaffCommand, key: Iterator[int]) -> None:
    outcome = service.execute(command, f"hostile-{next(key)}")
    assert isinstance(outcome, Executed), outcome


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which every text is hostile, with a supervisor who has worked on it, a while ago."""
    path = desk.branch(tmp_path_factory.mktemp("hostile"), policy())
    clock = FixedClock(SystemClock().now() - timedelta(minutes=6))
    ana = desk.Desk(path, clock).sign_in().say(NAME, "", "3", TEXT, "", "0", TEXT).press("f5").say("1", TEXT, "")
    ana.say("", "5512340078", "y")
    assert ana.stage == "idle", ana.said
    ana.say(NAME, "", "0", TEXT, TEXT, "", "0", TEXT, "", "", "y")
    assert ana.stage == "idle", (ana.stage, ana.said)
    ana.close()
    with desk.opened(path) as store:
        key = count(1)
        first, boss = at_desk(store, 1, clock), at_desk(store, 3, clock)
        with store.reading() as tx:
            one, two = (tx.person_by_number(n) for n in (1, 2))
        assert one is not None
        assert two is not None
        done(first, c.Suggest(TEXT), key)
        (idea,) = boss.day().suggestions
        done(boss, c.AnswerSuggestion(idea.id, "accept", TEXT), key)
        done(first, c.Suggest(TEXT), key)
        done(boss, c.Praise(one.id, TEXT), key)
        done(boss, c.AdjustBudget(one.id, Money(1000, "MXN"), TEXT), key)
        done(boss, c.RenamePerson(two.id, PERSON), key)
        today = clock.now().astimezone(desk.ZONE).date()
        for _ in range(2):
            done(boss, c.BeginAnalysis(Behind(Scope(month_of(today))), TEXT), key)
        with store.reading() as tx:
            analyses = [row[0] for row in tx.connection.core.exec_driver_sql("SELECT id FROM analysis")]
        for which in analyses:
            agreed = (
                c.AnswerWhy(which, 2, TEXT), c.NameCause(which, TEXT), c.ChooseFamily(which, "people"),
                c.NameAction(which, TEXT), c.OwnAction(which, two.id),
                c.DateAction(which, clock.now() + timedelta(minutes=5)),
            )  # fmt: skip
            for command in agreed:
                done(boss, command, key)
        done(boss, c.AnswerAction(analyses[0], True, TEXT), key)
        done(boss, c.ReviewAction(analyses[0], True, TEXT), key)
    return path


@pytest.fixture
def home(written: Path, tmp_path: Path) -> Path:
    desk.copied(written, tmp_path / "home")
    return tmp_path / "home"


def came_in(home: Path) -> Terminal:
    terminal = Terminal(REVIEW, env={"MESA_HOME": str(home)})
    terminal.wait_for("Número y PIN ►")
    terminal.send(f"3 {desk.CARLA}\r")
    terminal.wait_for(ON_BOARD)
    return terminal


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


def tables(home: Path) -> list[list[list[str]]]:
    """Every table that was written, as rows of cells."""
    made = sorted(home.rglob("*.csv"))
    return [list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))) for file in made]


def test_e5_every_page_and_every_table(home: Path) -> None:
    with came_in(home) as terminal:
        for letter in LETTERS:
            terminal.send(f"{letter}\r")
            terminal.wait_gone(ON_BOARD)
            terminal.send("<f9>")
            terminal.paste(TEXT)
            terminal.wait_for("alert(1)</script>")
            terminal.send("<esc><esc>")
            terminal.wait_for(ON_BOARD)
        no_acts(terminal)
    made = tables(home)
    assert len(made) > 10
    for rows in made:
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
        assert not [cell for cell in cells if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", cell)]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("form", ["html", "csv"])
def test_e5_the_report_of_it(home: Path, form: str) -> None:
    today = SystemClock().now().astimezone(desk.ZONE).date().isoformat()
    made = home / f"report.{form}"
    argv = [sys.executable, "-m", "mesa_recuperacion", "report", "--from", today, "--to", today, "--format", form]
    with Terminal([*argv, "--out", str(made)], env={"MESA_HOME": str(home)}, size=(120, 40)) as terminal:
        terminal.wait_for("PIN")
        terminal.send(f"3 {desk.CARLA}\r")
        assert terminal.wait_exit() == 0, terminal.text
    text = made.read_text(encoding="utf-8-sig")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", text)
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
        return
    tags = Tags()
    tags.feed(text)
    names = {tag for tag, _ in tags.found}
    assert not names & {"script", "a", "iframe", "img", "red", "b"}
    assert not [one for tag, one in tags.found for key in one if key.startswith("on")]
    assert "[@click=app.quit]Falta[/]" in text
