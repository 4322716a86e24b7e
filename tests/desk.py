"""A branch to work in and an agent at its desk, without a screen: every key goes to the conversation, every ask of it
to the real services on a real file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.asks import Ask, EditText, Quit
from mesa_recuperacion.dialogue.keymap import JUMPED
from mesa_recuperacion.dialogue.talk import Broken, Outcome, Refused, Setting, Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Line, Pairs, Panel, Panels, Phrase, Text, View
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.facts import Entry, Fact, PolicyAcknowledged
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import EditorMissing
from mesa_recuperacion.domain.views import BudgetView, Person
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words, words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.load import read_policy
from mesa_recuperacion.service.branch import NewPerson, Plan, found
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.port import Port

NOW = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
"""Wednesday 11 March 2026, 10:42 in Mexico City."""

ZONE = ZoneInfo("America/Mexico_City")
ANA, BRUNO, CARLA = "482190", "715304", "604813"
"""The PINs of the people of the branch: agents 1 and 2, supervisor 3."""

PEOPLE = (
    NewPerson("Ana Torres", "agent", ANA), NewPerson("Bruno Díaz", "agent", BRUNO),
    NewPerson("Carla Vega", "supervisor", CARLA),
)  # fmt: skip


def hasher() -> Argon2:
    """The real thing with as little memory as it takes."""
    return Argon2(memory_kib=64)


def plan(policy: str | None = None, people: tuple[NewPerson, ...] = PEOPLE) -> Plan:
    """A branch in Mexico City, in the currency of its policy."""
    text = default_policy_text("es") if policy is None else policy
    currency = policy_of(text).currency
    return Plan("CEN", "Centro", "Zapatería Luz", 1, currency, "America/Mexico_City", "es", people, text)


def ids(prefix: str) -> Iterator[str]:
    """Identifiers that never repeat."""
    return (f"{prefix}-{n}" for n in count(1))


@cache
def policy_of(text: str) -> Policy:
    """A policy as a value."""
    policy = read_policy(text, source="politica.toml", words=words("en"))
    assert isinstance(policy, Policy), policy
    return replace(policy, version=1)


def shipped() -> Policy:
    """The policy that we ship in Spanish."""
    return policy_of(default_policy_text("es"))


@cache
def _template(policy: str | None, people: tuple[NewPerson, ...]) -> Path:
    """A founded branch, made once in each process and copied for each test."""
    path = Path(mkdtemp(prefix="mesa-branch-")) / "mesa.db"
    store = Store.create(path)
    fresh = ids("founding")
    assert (
        found(store, plan(policy, people), clock=FixedClock(NOW), new_id=lambda: next(fresh), hasher=hasher()) is None
    )
    with store.writing() as tx:  # the agents have read the policy
        for person in tx.people():
            facts = [("", PolicyAcknowledged(person.id, 1))] * (tx.acknowledged(person.id) < 1)
            tx.append(command=next(fresh), actor=person.id, policy=1, at=NOW, facts=facts)
    store.close()
    return path


def branch(folder: Path, policy: str | None = None, people: tuple[NewPerson, ...] = PEOPLE) -> Path:
    """A file of its own with a founded branch in it."""
    return copied(_template(policy, people), folder)


def copied(made: Path, folder: Path) -> Path:
    """A copy of a branch that nobody has open."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in made.parent.iterdir():
        shutil.copy(name, folder / name.name)
    return folder / made.name


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """The store of a branch."""
    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


def facts(path: Path, *kinds: type[Fact]) -> list[Fact]:
    """Every fact of those kinds (all, if none is named) in the journal of a branch, in order."""
    with opened(path) as store, store.reading() as tx:
        everything = [entry.fact for entry in journal(tx)]
    return [fact for fact in everything if not kinds or isinstance(fact, kinds)]


def journal(tx: object) -> list[Entry]:
    """Every entry of a branch, in order."""
    from mesa_recuperacion.store import lines

    return list(lines.Where("journal.seq > 0").entries(tx._connection))  # type: ignore[attr-defined]


@dataclass
class Desk:
    """One workstation.  ``control`` counts the keys pressed that are no free text: Enter, function keys and, between
    :meth:`choose` and Enter, the digits or letters that choose.
    """

    path: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    language: str = "en"
    pins: tuple[tuple[int, str], ...] = ()
    line: str = ""
    control: int = 0
    written: int = 0
    ended: bool = False
    asked: list[Ask] = field(default_factory=list)
    editor: Callable[[EditText], Outcome] = lambda ask: Refused(EditorMissing("", ask.path))
    """Who edits a file; nobody, unless a test brings somebody."""

    def __post_init__(self) -> None:
        self.port = Port(self.path, words(self.language), clock=self.clock, hasher=hasher)
        self.talk = Talk(Setting(words("en"), Shown("en_US", UTC)))
        self._run(conversation.begin(Setting(words(self.language), _shown(self.language), self.pins)))

    # ------------------------------------------------------------------------------------------------ the keyboard

    def write(self, text: str) -> Desk:
        """Type free text, letter by letter."""
        for letter in text:
            self.written += 1
            self._letter(letter)
        return self

    def choose(self, text: str) -> Desk:
        """Type digits or letters that choose."""
        for letter in text:
            self.control += 1
            self._letter(letter)
        return self

    def enter(self) -> Desk:
        """Press Enter on what is in the line."""
        self.control += 1
        text, self.line = self.line, ""
        return self._run(conversation.answer(self.talk, text, self.now))

    def say(self, *answers: str) -> Desk:
        """Answer, each with Enter; each text in one go, as the desk sees what is typed faster than it looks up."""
        for answer in answers:
            if answer:
                self._letter(answer)
            self.enter()
        return self

    def press(self, key: str) -> Desk:
        """Press another key; Esc on a line with text only clears it, as the capture line does."""
        self.control += 1
        if key in ("escape", "f12") and self.line:
            self.line = ""
            return self._run(conversation.typing(self.talk, "", self.now))
        self.pause()
        masked = self.look().mask
        self._run(conversation.press(self.talk, key, self.line, self.now))
        if masked and not self.look().mask:
            self.line = ""  # what was typed unseen is never shown
        return self

    def pause(self) -> Desk:
        """Half a second without a key: what is half typed is kept."""
        draft = conversation.draft(self.talk, self.line, self.now)
        if draft is not None:
            self.port.save_draft(draft)
        return self

    def wait(self, seconds: float) -> Desk:
        """Time goes by."""
        self.clock.advance(seconds)
        return self

    def jump(self, seconds: int) -> Desk:
        """Somebody moves the wall clock, and the desk notices."""
        self.clock.jump(seconds)
        return self._run(conversation.press(self.talk, f"{JUMPED} {seconds}", self.line, self.now))

    @property
    def now(self) -> datetime:
        """The instant."""
        return self.clock.now()

    # ------------------------------------------------------------------------------------------------- the work

    def _letter(self, letter: str) -> None:
        self.line += letter
        self._run(conversation.typing(self.talk, self.line, self.now))

    def _run(self, step: Step) -> Desk:
        while True:
            self._take(step.talk)
            self.look()  # what is on the screen while the work is under way
            outcome: Outcome | None = None
            for ask in step.asks:
                self.asked.append(ask)
                if isinstance(ask, Quit):
                    self.ended = True
                    continue
                outcome = self.editor(ask) if isinstance(ask, EditText) else self.port.carry_out(ask)
                if isinstance(outcome, (Refused, Broken)):
                    break
            if outcome is None:
                break
            step = conversation.after(self.talk, outcome, self.now)
            self._take(step.talk)
            if not step.asks:
                break
        self.look()
        return self

    def _take(self, talk: Talk) -> None:
        """As the desk does: a line that is given back goes in, and none of one case is seen in another."""
        if talk.line_serial != self.talk.line_serial:
            self.line = talk.line
        elif _whose(talk) != _whose(self.talk):
            self.line = ""
        self.talk = talk

    def look(self) -> View:
        """What is on the screen; seen in both languages, whatever the desk's own is."""
        here = conversation.show(self.talk, self.line, self.now)
        there = conversation.show(_translated(self.talk), self.line, self.now)
        assert here.prompt
        assert there.prompt
        return here

    # ------------------------------------------------------------------------------------------- what can be asked

    @property
    def stage(self) -> str:
        """Which scene has the word."""
        return self.talk.stage

    @property
    def said(self) -> str:
        """The sentence under the line."""
        return self.talk.said

    @property
    def folio(self) -> str:
        """The case at hand."""
        assert self.talk.file is not None
        return self.talk.file.state.folio

    @property
    def budget(self) -> BudgetView:
        """The agent's budget as the desk shows it."""
        assert self.talk.day is not None
        return self.talk.day.budget

    @property
    def person(self) -> Person:
        """Who is at the desk."""
        assert self.talk.person is not None
        return self.talk.person

    def phrase(self) -> str:
        """What is to be said."""
        return next((b.text for b in self.look().main if isinstance(b, Phrase)), "")

    def screen(self) -> str:
        """Every text on the screen, one below the other."""
        return "\n".join(texts(self.look()))

    def options(self) -> list[str]:
        """The rows that can be chosen, as texts."""
        choices = [b for b in self.look().main if isinstance(b, Choice)]
        return ["  ".join((o.key, o.name, *o.cells)) for b in choices for o in b.options]

    def sign_in(self, number: int = 1, pin: str = ANA) -> Desk:
        """Number, space, PIN, Enter."""
        self.say(f"{number} {pin}")
        if self.stage == "review":
            self.press("ctrl+g d")  # a supervisor comes into the review; the desk is one key away
        assert self.stage == "idle", self.said
        return self

    def open_case(self, name: str = "Marta Ruiz Soto") -> Desk:
        """Type a new customer's name and open the case."""
        self.say(name)
        assert self.stage == "apologise", self.said
        return self

    def standard_call(self, name: str = "Marta Ruiz Soto", phone: str = "5512340078") -> Desk:
        """A whole standard call up to the closing."""
        self.open_case(name).say("", "3", "faltó la lámpara; era un regalo", "", "2", "", phone)
        assert self.stage == "close", self.said
        return self

    def close(self) -> None:
        """Let go of the file."""
        self.port.close()


def texts(view: View) -> list[str]:
    """Every text of a view, in the order in which it is read."""
    made = [_text(x) for pair in (view.head, *view.band) for x in pair]
    if view.clock:
        made.append(f"{view.clock.word} {view.clock.time} {view.clock.state}")
    made += [f"{s.number} {s.name} {s.detail}" for s in view.rail]
    for block in (*view.main, *view.side):
        match block:
            case Phrase(title, text):
                made += [title, text]
            case Choice(titles, options):
                made += [" ".join(titles), *(" ".join((o.key, o.name, *o.cells)) for o in options)]
            case Pairs(rows):
                made += [" ".join(row) for row in rows]
            case Text(text):
                made.append(text)
            case Panels(left, right):
                made += [text for panel in (*left, *right) for text in _panel(panel)]
    made += [f"{figure.name} {figure.value} {figure.change}" for figure in view.figures]
    made += [f"{letter} {word}" for letter, word in view.letters]
    made += [f"{view.prompt} {view.ghost}", view.hint, _text(view.status), _text(view.never)]
    return [*made, "  ".join(f"{key} {label}" for key, label in view.keys)]


def _panel(panel: Panel) -> list[str]:
    head = " ".join((panel.key, panel.title, *panel.heads))
    rows = [" ".join((row.sign, row.name, *row.cells)) for row in panel.rows]
    trend = " ".join("-" if figure is None else str(figure) for figure in panel.trend)
    return [head, *rows, *filter(None, (panel.empty if not rows else "", panel.brief, panel.hidden, trend))]


def _text(line: Line) -> str:
    return "".join(run.text for run in line)


def _whose(talk: Talk) -> tuple[str, str]:
    return (talk.file.state.folio if talk.file else "", talk.person.id if talk.person else "")


def _shown(language: str) -> Shown:
    return Shown({"es": "es_MX", "en": "en_US"}[language], ZONE)


@cache
def _settings() -> dict[str, tuple[Words, Shown]]:
    return {language: (words(language), _shown(language)) for language in ("es", "en")}


def _translated(talk: Talk) -> Talk:
    spoken, shown = _settings()["en" if talk.setting.words.language == "es" else "es"]
    return replace(talk, setting=replace(talk.setting, words=spoken, shown=shown))
