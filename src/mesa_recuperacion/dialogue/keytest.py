"""The key test as a conversation of its own (``mesa keys``): which keys arrive, what was sent, what to use instead.

The same functions as :mod:`dialogue.conversation`, so that the same screen holds it.  It needs no branch.  Besides what
the capture line says it is told of every key by itself, see :func:`heard`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.dialogue import frame, keymap
from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.bindings import OWN, bound, printed
from mesa_recuperacion.dialogue.talk import Setting, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Line, Pairs, Text, View, line
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Draft

_HEARD = "heard "
_SHOWN = 16
"""Characters of what a key sent that are shown."""

_ALIKE = {"esc": "escape", "ctrl+j": "enter", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+i": "tab"}
"""Names that one key has, by the road on which it came."""

_CONTROL = {"\x1b": "ESC", "\x7f": "DEL", " ": "SPC"}

EDITING = ("enter", "escape", "backspace", "tab", "up", "down", "left", "right", "ctrl+g", "ctrl+l")
"""The keys that are not moved, besides F12."""


@dataclass(frozen=True, slots=True)
class KeyTest:
    """The keys that arrived, the last one of them, and what it sent; ``leaving`` is the key that was a first farewell.

    ``advice`` says that the page about keys which do not arrive is shown.  The rest is as in
    :class:`dialogue.talk.Talk`.
    """

    file: ClassVar[None] = None
    person: ClassVar[None] = None

    setting: Setting
    arrived: frozenset[str] = frozenset()
    last: str = ""
    sent: str = ""
    leaving: str = ""
    advice: bool = False
    said: str = ""
    theme: str = ""
    line: str = ""
    line_serial: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What a key leads to."""

    talk: KeyTest
    asks: tuple[Quit, ...] = ()


def heard(key: str, sent: str) -> str:
    """The key of :func:`press` that tells of any key at all: its name, and what the terminal sent, if that is known."""
    return f"{_HEARD}{key} {sent}"


def begin(setting: Setting) -> Step:
    """Nothing has arrived yet."""
    return Step(KeyTest(setting))


def answer(talk: KeyTest, text: str, now: datetime) -> Step:
    """Enter was pressed: on a ``q`` that leaves, on anything else it is one more key."""
    return Step(talk, (Quit(),) if text.strip().lower() in {"q", "quit", "exit", "salir"} else ())


def press(talk: KeyTest, key: str, text: str, now: datetime) -> Step:
    """A key arrived; what the capture line makes of it besides is of no interest here, but for the help."""
    if key == "ctrl+g h":
        return Step(replace(talk, advice=True))
    if not key.startswith(_HEARD):
        return Step(talk)
    name, _, sent = key.removeprefix(_HEARD).partition(" ")
    name = _ALIKE.get(name, name)
    if name in _farewells(talk.setting) and name == talk.leaving:
        return Step(talk, (Quit(),))
    asks = name in {"question_mark", "?"} and not text
    return Step(replace(
        talk, arrived=talk.arrived | {name}, last=name, sent=sent, leaving=name, advice=asks and not talk.advice,
    ))  # fmt: skip


def typing(talk: KeyTest, text: str, now: datetime) -> Step:
    """The line changed: its letters were heard by themselves."""
    return Step(talk)


def after(talk: KeyTest, outcome: object, now: datetime) -> Step:
    """Nothing is ever asked."""
    return Step(talk)


def barrier(talk: KeyTest) -> bool:
    """Nothing has to wait."""
    return False


def draft(talk: KeyTest, text: str, now: datetime) -> Draft | None:
    """Nothing is kept."""
    return None


def show(talk: KeyTest, text: str, now: datetime, *, tall: bool = True) -> View:
    """Every key with what it does, a √ once it arrived and until then what does the same."""
    t, key = talk.setting.words.t, talk.setting.key
    acting, others = tables(talk)
    main = advice(talk.setting) if talk.advice else (acting, Gap(), others, Gap(), Text(_last(talk)))
    leaves = key("F3")
    return View(
        head=(frame.head(Talk(talk.setting), now)[0], line(t("Key test"), "dim")),
        band=((line(t("Press each key: it gets a √ when it arrives."), "strong"), ()),
              (line(t("No √? It does not arrive: use what stands in its place."), "dim"), ())),
        clock=None,
        rail=(),
        main=main,
        side=() if talk.advice else advice(talk.setting),
        prompt=t("Key"),
        hint=t("any key, in any order"),
        status=_status(talk),
        never=(),
        keys=((f"{leaves} {leaves} · Esc Esc · q {t('Enter')}", t("exit")), ("?", t("a key does not arrive"))),
        theme=talk.theme,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------- which keys there are


def tried(setting: Setting) -> tuple[str, ...]:
    """The keys of the actions as this workstation has them, and F12; Textual's names, in the order of the keyboard."""
    return (*(bound(setting.keys, printed(own)).lower() for own in OWN.values() if own.startswith("f")), "f12")


def uses(setting: Setting) -> dict[str, tuple[str, str]]:
    """What each of those keys does on the desk, and the keys that do the same: as the key map itself has it."""
    t, desk = setting.words.t, Talk(setting)
    used = {key: (t("without use yet"), "") for key in tried(setting)}
    used["f12"] = (t("one step back"), "Esc")
    for stage in ("login", "idle", "note"):
        for action in keymap.actions(desk, stage):
            if action.key.lower() in used:
                used[action.key.lower()] = (action.label, f"Ctrl+G {action.letter}")
    return used


def tables(talk: KeyTest) -> tuple[Pairs, Pairs]:
    """The keys of the actions, and the others."""
    setting, t = talk.setting, talk.setting.words.t
    acting = tuple((printed(key), *_seen(talk, key, *use)) for key, use in uses(setting).items())
    undo = setting.key("Ctrl+Z").lower()
    does = {
        "enter": (t("Enter"), t("accepts")), "escape": (t("Esc"), t("one step back")),
        "backspace": (t("Backspace"), t("takes a letter back")), "tab": (t("Tab"), t("another step")),
        "up": ("↑", t("selection")), "down": ("↓", t("selection")), "left": ("←", t("in the line")),
        "right": ("→", t("in the line")), "ctrl+g": ("Ctrl+G", t("all actions")),
        "ctrl+l": ("Ctrl+L", t("draws anew")), undo: (printed(undo), t("undo")),
    }  # fmt: skip
    instead = {"escape": "F12", "ctrl+l": "", undo: "Ctrl+G Z"}
    others = tuple((does[key][0], *_seen(talk, key, does[key][1], instead.get(key, ""))) for key in (*EDITING, undo))
    return Pairs(acting), Pairs(others)


def _seen(talk: KeyTest, key: str, use: str, instead: str) -> tuple[str, str]:
    return use, "√" if key in talk.arrived else instead


def _farewells(setting: Setting) -> set[str]:
    """The keys that leave when they are pressed twice: one of them arrives from any terminal."""
    return {setting.key("F3").lower(), "escape", "ctrl+c"}


# ------------------------------------------------------------------------------------------------------- what is said


def readable(sent: str) -> str:
    """What a terminal sent, as signs that can be shown: ``ESC [ 1 5 ~``, ``^G``."""
    more = len(sent) > _SHOWN
    return " ".join(_readable(sign) for sign in sent[:_SHOWN]) + (" …" if more else "")


def _readable(sign: str) -> str:
    if sign in _CONTROL or ord(sign) < 32:
        return _CONTROL.get(sign) or f"^{chr(ord(sign) + 64)}"
    return sign if sign.isprintable() else "·"


def _last(talk: KeyTest) -> str:
    """The last key by its name, and what it sent."""
    t = talk.setting.words.t
    if not talk.last:
        return t("Nothing has arrived yet.")
    name = printed(clean(talk.last, 32).replace("_", " "))
    sent = readable(talk.sent)
    return t("Last: {key}, sent as {sent}", key=name, sent=sent) if sent else t("Last: {key}", key=name)


def _status(talk: KeyTest) -> Line:
    """What the last key means here, if that has to be said."""
    t = talk.setting.words.t
    if talk.last in _farewells(talk.setting):
        return line(t("The same key again leaves. Nothing is kept of this test."), "warn")
    if talk.last.startswith("alt+shift+o") or talk.last == "alt+o":
        return line(t("So PuTTY sends F keys in VT100+ or SCO mode: choose “ESC[n~” under Terminal, Keyboard."), "warn")
    if talk.last in {"f10", "f11"}:
        return line(t("It arrives here, but the desk leaves it alone: other terminals keep it for the window."), "dim")
    return line(t("Nothing is kept, and nothing is changed."), "dim")


def advice(setting: Setting) -> tuple[Block, ...]:
    """What keeps keys from arriving, and what to do about it (screens: keys that are not safe)."""
    t = setting.words.t
    rows = (
        (t("Any key"), t("Ctrl+G, and then its letter, does the same on every screen."), ""),
        ("F1", t("In GNOME Terminal and others it opens their help. ? on an empty line does the same."), ""),
        ("F2 … F9", t("byobu keeps them: byobu-disable, or Ctrl+G. Laptops may want Fn held down."), ""),
        ("F5 … F12", t("PuTTY sends letters: Terminal, Keyboard, “ESC[n~” or “Xterm R6”."), ""),
        ("Esc", t("Slow or swallowed: F12 is the same."), ""),
        ("Ctrl", t("tmux and screen keep Ctrl+B, Ctrl+A; the desk uses neither."), ""),
        (t("Another key"), t("[keys] in config.toml moves an action to a key that arrives."), ""),
    )
    return Text(t("A key does not arrive"), "dim"), Gap(), Pairs(rows)
