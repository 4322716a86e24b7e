"""T11: text is text (rule E5).  Every field × every payload × every screen and every output, on raw bytes.

A leak is a byte for the terminal that is neither a letter nor one of the sequences that our screens are drawn with; a
cell that a spreadsheet runs; a tag or a script in a page; a program that breaks or no longer answers; a text that was
swallowed instead of shown.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from mesa_recuperacion.cli import ask, workstation
from mesa_recuperacion.dialogue import keytest, setup
from mesa_recuperacion.dialogue.registry import SCENES
from mesa_recuperacion.dialogue.setup.state import Setup
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain import text as domain_text
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.reports import csv as tables
from mesa_recuperacion.store import start_check
from mesa_recuperacion.tui import capture, figures, layout, page, panel, rows, table
from mesa_recuperacion.tui.glyphs import WGL4
from mesa_recuperacion.tui.terminal import Packet
from mesa_recuperacion.wiring.setup_port import SetupPort, account_name
from tests import desk
from tests.faults.figures import Figures, Scale, hold
from tests.faults.hostile import (
    PAYLOADS,
    SURE,
    WRITTEN,
    codes,
    foreign,
    foreign_lines,
    in_toml,
    kept,
    tamper,
)
from tests.faults.hostile_commands import lines_for, said_by
from tests.faults.hostile_desk import Desk, Here, Keys, branch_of, desk_on, way_to_each
from tests.snapshot.review_history import BRANCHES
from tests.snapshot.review_states import REVIEW
from tests.snapshot.states import STATES, State

LONGEST = 300
"""Characters of one paste in the short form: several payloads together, the one that has no end last."""

LANGUAGE = "es"
BRANCH_KINDS = ("lived", "supervised")

MORE = {
    "an offer": STATES["idle_supervisor"],
    "an answer": STATES["news_answer"],
    "thanks": STATES["news_praise"],
    "asked why": State("review_whys_sheet", (f"3 {desk.CARLA}<enter>", "q<enter>", "3<enter>"), "supervised"),
    "given up": REVIEW["review_whys_given_up"],
    "over": REVIEW["review_whys_over"],
}
"""States besides one for each scene, for what only they show."""

NEVER_ON_A_SCREEN = {("station", "business"), ("draft", "line"), *(("analysis", f"why_{n}") for n in (3, 4, 5))}
"""Columns that no scene of the walk shows: the business stands in reports, a draft comes back to whoever left it (see
:func:`draft`), and in these three weeks nobody asked why more than twice without coming to a cause.
"""


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Fields × payloads × screens and outputs."""
    made = branches(folder)
    yield from screens(scale, folder, made)
    yield from typed(scale, folder)
    yield from commands(scale, folder)
    yield from outputs(scale, folder, made)


def branches(folder: Path) -> dict[str, Path]:
    """The branches in which people have worked for three weeks."""
    return {kind: BRANCHES[kind](folder / kind, LANGUAGE) for kind in BRANCH_KINDS}


def together(scale: Scale, longest: int = LONGEST) -> list[str]:
    """Every payload alone; in the short form several at a time."""
    if scale.long:
        return list(PAYLOADS.values())
    groups, here = [PAYLOADS["marks"]], ""
    rest = [text for name, text in PAYLOADS.items() if name not in ("marks", "title to the end")]
    for text in (*rest, PAYLOADS["title to the end"]):
        if len(here) + len(text) > longest:
            groups.append(here)
            here = ""
        here += text
    return [*groups, here]


# ------------------------------------------------------------------------------------------------------------ screens


def screens(scale: Scale, folder: Path, made: dict[str, Path]) -> Iterator[Figures]:
    """Each scene on a branch whose every text was tampered with, and each payload pasted and answered there."""
    with patch.object(start_check, "check", lambda *_: None):  # it finds what was tampered with, and seals the store
        yield from _screens(scale, folder, made)
    yield from draft(folder)
    yield from tampered_codes(scale, folder, made)
    yield from first_run(scale, folder)
    yield from key_test(scale)


def _screens(scale: Scale, folder: Path, made: dict[str, Path]) -> Iterator[Figures]:
    hostile = {kind: tampered(path, folder / f"hostile-{kind}") for kind, path in made.items()}
    ways = way_to_each()
    walk = Walk(folder / "walk", hostile, together(scale), turns=scale.pick(2, 1))
    walk.every({**ways, **MORE})
    unseen = {column for n, column in enumerate(WRITTEN) if n not in walk.seen} - NEVER_ON_A_SCREEN
    losses = [*walk.losses, *(f"no screen shows {column}" for column in unseen)]
    yield Figures(
        "T11 screens", runs=walk.runs, faults=walk.tried, losses=len(losses),
        note=_note(losses) or f"{len(set(walk.stages))} scenes, {len(PAYLOADS)} payloads, {len(WRITTEN)} columns",
    )  # fmt: skip
    some = {stage: ways[stage] for stage in scale.dice("some").sample(sorted(ways), scale.pick(8, len(ways)))}
    with doors_open():
        walk = Walk(folder / "backstop", hostile, ())
        walk.every(some)
    yield Figures("T11 screens, the backstop alone", runs=walk.runs, faults=walk.tried, losses=len(walk.losses),
                  note=_note(walk.losses))  # fmt: skip
    with unprotected():
        walk = Walk(folder / "control", hostile, ())
        walk.every(some)
    yield Figures("T11 control: screens without the doors", runs=walk.runs, faults=walk.tried,
                  losses=len(walk.losses), control=True)  # fmt: skip


def tampered(made: Path, folder: Path) -> Path:
    """A copy in which each column of texts begins with what acts, a tag, and its own number."""
    path = desk.copied(made, folder)
    for n, column in enumerate(WRITTEN):
        tamper(path, (column,), f"{SURE}{n:02}")
    return path


class Walk:
    """From the login to every scene, with what came of it.

    Payloads are pasted at each scene; in ``turns``, some at one and the others at the next.
    """

    def __init__(self, folder: Path, made: dict[str, Path], pasted: Iterable[str], turns: int = 1) -> None:
        self._folder, self._made, self._pasted, self._turns = folder, made, tuple(pasted), turns
        self.runs = self.tried = 0
        self.losses: list[str] = []
        self.seen: set[int] = set()
        self.stages: list[str] = []

    def every(self, ways: dict[str, State]) -> None:
        """Each scene of those."""
        for name, state in ways.items():
            path = branch_of(self._made[state.branch], self._folder / name, state)
            asyncio.run(self._one(path, state.stage, state))

    async def _one(self, path: Path, stage: str, state: State) -> None:
        self.stages.append(stage)
        app = desk_on(path)
        async with app.run_test(size=(80, 24)) as pilot:
            here = await Here(app, pilot).calm()
            await here.play(state)
            self.runs, self.tried = self.runs + 1, self.tried + len(WRITTEN)
            self.seen |= {int(number) for number in re.findall(r"\[/\]([0-9]{2})", here.text)}
            if here.stage != stage:
                self.losses.append(f"{stage}: never reached, at {here.stage}")
            await self._typed(here, stage)
            await here.type("<ctrl+u><f9>")
            self._check(here, stage)

    async def _typed(self, here: Here, stage: str) -> None:
        masked = bool(here.app._flow.view().mask)
        for text in self._pasted[self.runs % self._turns :: self._turns]:
            await here.type("<ctrl+u>")
            await here.paste(text)
            self.tried += 1
            if here.app.line.value != clean(text, 400):
                self.losses.append(f"{stage}: {text!r} became {here.app.line.value!r}")
        if self._pasted:
            await here.type("<ctrl+u>")
            await here.paste(PAYLOADS["list"])
            if PAYLOADS["list"] not in here.text and not masked:
                self.losses.append(f"{stage}: swallowed")
            await here.type("<enter>")
            self._check(here, f"{stage} answered")
            await here.type("<ctrl+u>")
            await here.paste(self._pasted[-1])
            await here.type("<enter>")
            self._check(here, f"{stage} answered again")

    def _check(self, here: Here, where: str) -> None:
        self.losses += [f"{where}: {found}" for found in foreign(here.app.raw)[:3]]
        if not here.answers:
            self.losses.append(f"{where}: it broke")


def draft(folder: Path) -> Iterator[Figures]:
    """A half typed line that was tampered with comes back to whoever left it: as letters."""
    path = desk.branch(folder / "draft")
    before = desk.Desk(path, language=LANGUAGE).sign_in().open_case().say("", "3").write("falta")
    before.pause()
    before.close()
    written = tamper(path, (("draft", "line"),))

    async def back() -> list[str]:
        app = desk_on(path)
        async with app.run_test(size=(80, 24)) as pilot:
            here = await Here(app, pilot).calm()
            await here.type(f"1 {desk.ANA}<enter>")
            await here.type("1<enter>")
            return foreign(app.raw) + ([] if "[/]falta" in here.text else ["the draft is not on the screen"])

    losses = asyncio.run(back())
    yield Figures("T11 draft", runs=1, faults=written, losses=len(losses), note=_note(losses))


def tampered_codes(scale: Scale, folder: Path, made: dict[str, Path]) -> Iterator[Figures]:
    """What the program wrote itself, tampered with: it may refuse to go on, and never by writing any of it."""
    every = sorted(codes())
    chosen = every if scale.long else scale.dice("codes").sample(every, 16)
    losses, written = [], 0
    for table_, column in chosen:
        path = desk.copied(made["supervised"], folder / "codes" / f"{table_}-{column}")
        written += tamper(path, ((table_, column),))
        losses += [f"{table_}.{column}: {found}" for found in asyncio.run(_looked_around(path))[:3]]
    yield Figures("T11 codes tampered with", runs=len(chosen), faults=written, losses=len(losses), note=_note(losses))


async def _looked_around(path: Path) -> list[str]:
    """What reaches the terminal of a supervisor who looks at the day, the review and the cases."""
    app = desk_on(path)
    async with app.run_test(size=(80, 24)) as pilot:
        here = await Here(app, pilot).calm()
        for keys in (f"3 {desk.CARLA}<enter>", "casos<enter>", "1<enter>", "<esc><esc>", "p<enter>", "<ctrl+g>d",
                     "1<enter>"):  # fmt: skip
            if here.answers:
                await here.type(keys)
        return foreign(app.raw)


def first_run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """The six questions of the first run, each answered with each payload, up to a branch or a sentence."""
    losses, runs, stages = [], 0, set()
    for n, text in enumerate(together(scale)):
        home = folder / "first-run" / str(n)
        found, came_by = asyncio.run(_founded(home, text))
        runs, stages = runs + 1, stages | came_by
        losses += found
        if (home / "mesa.db").exists():
            losses += [f"{column}: {value!r}" for column, value in kept(home / "mesa.db") if _acts(column, value)]
    yield Figures("T11 first run", runs=runs, faults=runs * len(stages), losses=len(losses),
                  note=_note(losses) or f"{len(stages)} questions")  # fmt: skip


async def _founded(home: Path, text: str) -> tuple[list[str], set[str]]:
    port = SetupPort(home / "mesa.db", home / "config.toml", hasher=desk.hasher)
    setting = Setting(words(LANGUAGE), Shown("es_MX", desk.ZONE))
    app = Desk(lambda: port, setting, conversation=setup, clock=FixedClock(desk.NOW))
    losses: list[str] = []
    stages: set[str] = set()
    async with app.run_test(size=(80, 24)) as pilot:
        here = await Here(app, pilot).calm()
        for _ in range(20):
            talk = app._flow.talk
            if not isinstance(talk, Setup) or app._ending:
                break
            stages.add(talk.stage)
            await here.paste(text)
            await here.type("<enter>")
            if app._flow.talk.stage == talk.stage and not app._ending:
                await here.type("<ctrl+u>" + {"pin": "482915", "again": "482915"}.get(talk.stage, "") + "<enter>")
        losses += foreign(app.raw)[:3]
        if app.incident:
            losses.append(f"the first run broke at {talk.stage}")
    return losses, stages


def key_test(scale: Scale) -> Iterator[Figures]:
    """The key test shows what a terminal sent: as letters."""

    async def sent() -> list[str]:
        setting = Setting(words(LANGUAGE), Shown("es_MX", desk.ZONE))
        app = Keys(lambda: None, setting, conversation=keytest, clock=FixedClock(desk.NOW))  # type: ignore[arg-type, return-value]
        async with app.run_test(size=(80, 24)) as pilot:
            here = await Here(app, pilot).calm()
            for text in PAYLOADS.values():
                app.hear(Packet(text, ("f5",)))
                await here.type("<f5>")
            return foreign(app.raw) + ([] if here.answers else ["the key test broke"])

    losses = asyncio.run(sent())
    yield Figures("T11 key test", runs=1, faults=len(PAYLOADS), losses=len(losses), note=_note(losses))


def doors_open() -> ExitStack:
    """``plain`` lets everything through: only what turns rows into cells still holds."""
    stack = ExitStack()
    for module in (capture, figures, layout, page, panel, rows, table):
        stack.enter_context(patch.object(module, "plain", lambda text, glyphs: text))
    return stack


def unprotected() -> ExitStack:
    """Nothing is made fit for the terminal any more."""
    stack = ExitStack()
    before = WGL4.fit
    object.__setattr__(WGL4, "fit", {})
    stack.callback(object.__setattr__, WGL4, "fit", before)
    return stack


# -------------------------------------------------------------------------------------------------- what people write


def typed(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Every field that people fill, past the line that cleans what is pasted: what is kept of it is letters."""
    groups = together(scale, 60)
    losses, runs, fields = _written(groups, folder / "typed")
    yield Figures("T11 what people write", runs=runs, faults=runs * fields, losses=len(losses),
                  note=_note(losses) or f"{fields} fields")  # fmt: skip
    with patch.object(domain_text, "_UNSEEN", {}), patch.object(domain_text, "_SEQUENCES", re.compile("(?!)")):
        losses, runs, fields = _written([_HALF.sub("", text) for text in groups[1:4]], folder / "typed-control")
    yield Figures(
        "T11 control: kept as it was typed", runs=runs, faults=runs * fields, losses=len(losses), control=True
    )


_HALF = re.compile("[\ud800-\udfff]")
"""Halves of letters, which no journal can hold: kept as they were typed, they would end the control too soon."""


def _written(groups: list[str], folder: Path) -> tuple[list[str], int, int]:
    losses: list[str] = []
    fields = 0
    for n, text in enumerate(groups):
        path = desk.branch(folder / str(n), policy_with(text))
        fields = filled(path, f"Ana {text}", f"b {text}")
        losses += [f"{column}: {value!r}" for column, value in kept(path) if _acts(column, value)]
        letters = clean(text, 60)[:20].strip()
        if not any(letters in value for column, value in kept(path) if column == "private_text.value"):
            losses.append(f"{text!r} was swallowed")
    return losses, len(groups), fields


def policy_with(text: str) -> str:
    """The shipped policy with a text in what it says to people, and what acts in front of its title."""
    policy = default_policy_text(LANGUAGE)
    news = in_toml(re.sub("[{}]", "", text[:40]), 300)
    policy = policy.replace("news = []", f'news = ["{news} nuevo"]')
    return policy.replace('title = "', f'title = "{in_toml(SURE, 200)}')


def filled(path: Path, name: str, text: str) -> int:
    """Each field of the desk, of the team and of the review, filled through the conversation; how many there are."""
    ana = desk.Desk(path, language=LANGUAGE).sign_in()
    ana.say(name, "", "3", text, "").press("f5").say("1", text, "")
    ana.say("4", "220").enter().say(text, "0", "").press("f2").say(text).press("f6").say("4", "1")
    assert ana.stage == "idle", (ana.stage, ana.said)
    ana.press("f2").say(text)
    ana.press("f4").say(name[:3], "2", name, "1", name).press("escape").press("escape")
    ana.close()
    bruno = desk.Desk(path, ana.clock, language=LANGUAGE).sign_in(2, desk.BRUNO)
    bruno.say("1", f"2 {text}").open_case(f"Eva {name}").say("", "0", text, text, "", "0", text, "", "5512340078", "s")
    bruno.close()
    carla = desk.Desk(path, bruno.clock, language=LANGUAGE).sign_in(3, desk.CARLA)
    carla.wait(1).press("ctrl+g r").say(f"1 {text}")
    numbers = [row.split()[0] for row in carla.options()]
    for number in reversed(numbers):
        carla.say(number, f"3 {text}")
        if carla.stage != "idle":
            carla.press("escape").press("escape")
    carla.press("f5").say("b", f"1 +30 {text}").press("escape")
    carla.say("u", f"a {name}").say(desk.CARLA).say("918273", "918273").press("escape").press("escape")
    carla.say("q", "q", text, text, "", text, "2", text, "3", "5d")
    carla.close()
    return 19


def _acts(column: str, value: str) -> bool:
    """Whether a kept text would do something; the text of a policy is TOML, and has lines."""
    return bool(foreign_lines(value) if column == "policy_version.text" else foreign(value))


# ----------------------------------------------------------------------------------------------------------- commands


def commands(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Arguments, paths, settings and the environment, echoed by the commands: letters, on both outputs."""
    losses, runs = _said(scale, folder / "commands")
    yield Figures("T11 commands", runs=runs, faults=runs, losses=len(losses), note=_note(losses))
    with ExitStack() as stack:
        for module in (workstation, ask):
            stack.enter_context(patch.object(module, "visible", lambda text: text))
        losses, runs = _said(Scale(seed=scale.seed), folder / "commands-control")
    yield Figures("T11 control: commands print as it is", runs=runs, faults=runs, losses=len(losses), control=True)


def _said(scale: Scale, folder: Path) -> tuple[list[str], int]:
    losses: list[str] = []
    runs = 0
    made = desk.branch(folder / "branch")
    tamper(made)
    for n, text in enumerate(together(scale, 100)):
        for one in lines_for(text, folder / str(n), made):
            runs += 1
            said = said_by(one)
            losses += [f"{one.arguments!r}: {found}" for found in foreign_lines(said)[:3]]
            if "Traceback" in said:
                losses.append(f"{one.arguments!r}: {said[-300:]}")
    return losses, runs


# ------------------------------------------------------------------------------------------------------------ outputs


def outputs(scale: Scale, folder: Path, made: dict[str, Path]) -> Iterator[Figures]:
    """Every table, every form of the report and the journal, of a branch whose every text runs or tags."""
    both = '=HYPERLINK("http://x")<script>alert(1)</script>"><img src=x onerror=x()>'
    chosen = scale.pick((both,), (both, "＝1+1", "\t@SUM(1)", "-x+1", "+1", "[/]", "'=1"))
    for guarded in (True, False):
        losses: list[str] = []
        runs = files = 0
        for n, text in enumerate(chosen):
            place = folder / "outputs" / f"{guarded}-{n}"
            path = desk.copied(made["supervised"], place)
            tamper(path, hostile=SURE)
            tamper(path, hostile=text)
            with ExitStack() as stack:
                if not guarded:
                    stack.enter_context(patch.object(tables, "safe", lambda text: text))
                files = asyncio.run(_taken_out(path, place / "out", every=guarded or scale.long))
                texts = {one.name: one.read_text(encoding="utf-8-sig") for one in (place / "out").glob("*.csv")}
                for form in ("html", "csv", "json"):
                    texts[f"report.{form}"] = said_by(_report(place, form))
                texts["journal"] = said_by(_journal(place))
            runs += len(texts)
            losses += [f"{name}: {found}" for name, text in texts.items() for found in _runs(name, text)[:3]]
        name = "T11 outputs" if guarded else "T11 control: cells as they are"
        yield Figures(name, runs=runs, faults=runs, losses=len(losses), control=not guarded,
                      note=_note(losses) if guarded and losses else f"{files} tables of the review")  # fmt: skip


async def _taken_out(path: Path, folder: Path, *, every: bool) -> int:
    """Every page of the review as a table, or three of them; how many were written."""
    pages = {name: s for name, s in way_to_each().items() if s.branch == "supervised" and not s.draft}
    for stage, state in pages.items():
        if every or stage in ("review_staff", "review_whys", "review_suggestions"):
            app = desk_on(path)
            async with app.run_test(size=(80, 24)) as pilot:
                here = await Here(app, pilot).calm()
                await here.play(state)
                await here.type("<ctrl+u><f9>")
                assert here.answers, stage
    return len(list(folder.glob("*.csv")))


class Tags(HTMLParser):
    """The tags of a page that are not ours, and what in them runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "a", "iframe", "object", "form"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]


def _runs(name: str, text: str) -> list[str]:
    """What in a file would run, or act on a terminal."""
    found = foreign_lines(text.removeprefix(tables.MARK).replace("\r\n", "\n"))
    if name.endswith(".csv"):
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell]
        found += [cell for cell in cells if cell.lstrip()[0] in "=+@＝＋＠\t\r" or re.match(r"[-－−][^0-9]", cell)]
    if name.endswith(".html"):
        tags = Tags()
        tags.feed(text)
        found += tags.found
    return found


def _report(home: Path, form: str) -> Any:
    from tests.faults.hostile_commands import Command

    days = ("--from", "2026-03-01", "--to", "2026-03-31")
    return Command(("report", *days, "--format", form, "--out", "-"), home, typed=f"3 {desk.CARLA}\n")


def _journal(home: Path) -> Any:
    from tests.faults.hostile_commands import Command

    return Command(("journal", "export", "--private"), home)


def _note(losses: list[str]) -> str:
    return "; ".join(losses[:8])


# -------------------------------------------------------------------------------------------------------------- tests


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return branches(tmp_path_factory.mktemp("worked-in"))


Part = Callable[[Scale, Path, dict[str, Path]], Iterable[Figures]]


@pytest.mark.parametrize(
    "part", [screens, lambda s, f, _: typed(s, f), lambda s, f, _: commands(s, f), outputs],
    ids=["screens", "fields", "commands", "outputs"],
)  # fmt: skip
def test_e5_text_is_text(part: Part, tmp_path: Path, made: dict[str, Path]) -> None:
    scale = Scale()
    hold(part(scale, tmp_path, made), scale)


def test_e5_every_scene_is_walked_to() -> None:
    assert set(way_to_each()) == set(SCENES), "a new scene needs a state in tests/snapshot"


def test_e5_the_account_of_this_machine_is_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")
    for text in PAYLOADS.values():
        monkeypatch.setattr(pwd, "getpwuid", lambda _, text=text: type("Who", (), {"pw_gecos": f"Ana {text}"}))
        assert foreign(account_name()) == []
