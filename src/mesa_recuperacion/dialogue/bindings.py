"""Keys that a workstation has moved to other places: which may be, which collide, and what each means afterwards.

An action is bound to the key that it has by itself, its *own* key; what moves is that key, on every screen at once, so
that the same key is the same key everywhere.  Light on purpose: the settings are read while the login waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mesa_recuperacion.i18n.words import Words

OWN = {
    "help": "f1", "note": "f2", "park": "f3", "file": "f4", "area": "f5", "hand_over": "f6", "previous": "f7",
    "next": "f8", "close": "f9", "undo": "ctrl+z",
}  # fmt: skip
"""The keys that can be moved, each by the name of what it does in a call; Textual's names of the keys."""

SHARED = {
    "leave": "park", "lock": "park", "quit": "park", "suggest": "note", "practice": "close", "language": "file",
    "theme": "area",
}  # fmt: skip
"""Actions that share a key with another one, and go where it goes."""

Moved = tuple[tuple[str, str], ...]
"""The keys that were moved: own key and the key that does the same now, by Textual's names."""

TAKEN = frozenset({"ctrl+g", "ctrl+l", "f12", "esc", "escape", "enter", "tab", "shift+tab", "backspace", "delete",
                   "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "space"})  # fmt: skip
"""Keys with a meaning of their own on every screen."""

_SAME_AS = {"i": "Tab", "m": "Enter", "j": "Enter", "h": "Backspace", "[": "Esc"}
_LETTERS = "defknoprtuwxyz"
"""With Ctrl these arrive from every terminal and mean nothing to it."""


def moved(table: Mapping[str, object], words: Words) -> Moved | dict[str, str]:
    """The keys that a table of the settings moves, or what is wrong: a sentence for each action that is at fault."""
    faults: dict[str, str] = {}
    places = dict(OWN)
    for action, value in table.items():
        key = value if isinstance(value, str) else ""
        wrong = _no_action(action, words) or _no_key(value, words)
        if wrong:
            faults[action] = wrong
            places.pop(action, None)
        else:
            places[action] = plain_name(key)
    faults.update(_collisions(table, places, words))
    return faults or tuple((own, places[action]) for action, own in OWN.items() if places[action] != own)


def plain_name(key: str) -> str:
    """A key as Textual names it, however it was written: ``Ctrl + E`` is ``ctrl+e``."""
    return "".join(key.lower().split()).replace("control+", "ctrl+")


def printed(key: str) -> str:
    """A key as the screen names it: ``F3``, ``Ctrl+E``."""
    return "+".join(part.capitalize() for part in key.split("+"))


def bound(keys: Moved, own: str) -> str:
    """The key, as printed, that does what ``own`` (as printed) does by itself."""
    return next((printed(there) for key, there in keys if key == own.lower()), own)


def meant(keys: Moved, pressed: str) -> str:
    """The own key of what a pressed key does; empty if it was moved away and nothing came in its place."""
    for own, there in keys:
        if there == pressed:
            return own
    return "" if any(own == pressed for own, _ in keys) else pressed


# ------------------------------------------------------------------------------------------------ what cannot be meant


def _no_action(action: str, words: Words) -> str:
    if action in OWN:
        return ""
    if action in SHARED:
        return words.t("has the key of “{other}”, and moves with it", other=SHARED[action])
    from difflib import get_close_matches

    if near := get_close_matches(action, OWN, n=1):
        return words.t("there is no such action; did you mean “{near}”?", near=near[0])
    return words.t("there is no such action; these are: {known}", known=", ".join(OWN))


def _no_key(value: object, words: Words) -> str:
    """Why a key cannot be relied on; empty if it can (a meaning of its own is looked for with the collisions)."""
    t = words.t
    if not isinstance(value, str):
        return t('has to be a text, between quotes: "…"')
    key = plain_name(value)
    if key in OWN.values() or key in TAKEN or (key.startswith("ctrl+") and key[5:] in _LETTERS and len(key) == 6):
        return ""
    return (_no_f_key(key, words) if key.startswith(("f1", "f2")) else _no_letter(key, words)) or t(
        "{key} is no key that every terminal sends: choose F1 to F9, or Ctrl and one of {letters}",
        key=_quoted(value, words), letters=" ".join(_LETTERS).upper(),
    )  # fmt: skip


def _no_f_key(key: str, words: Words) -> str:
    t = words.t
    if key in ("f10", "f11"):
        return t("{key} stays with the window in some terminals (menu, full screen)", key=printed(key))
    if key[1:].isdigit():
        return t("{key} is not on every keyboard", key=printed(key))
    return ""


def _no_letter(key: str, words: Words) -> str:
    t, first, name = words.t, key.split("+", maxsplit=1)[0], printed(key)
    if len(key) == 1:
        return t("a letter, figure or sign alone is text for the line")
    if first in ("alt", "option", "meta"):
        return t("Alt is not told from Esc followed by a key, and windows keep some of it for themselves")
    if first == "shift" or key.startswith("ctrl+shift"):
        return t("terminals do not tell Shift from its absence, or send it as something else")
    if not key.startswith("ctrl+"):
        return ""
    letter = key.removeprefix("ctrl+")
    if letter in _SAME_AS:
        return t("{key} is the same to a terminal as {other}", key=name, other=_SAME_AS[letter])
    if letter in ("s", "q"):
        return t("{key} stops or restarts the terminal's own output", key=name)
    if letter in ("a", "b"):
        return t("{key} belongs to screen and tmux", key=name)
    if letter in ("c", "v"):
        return t("{key} copies, pastes or ends programs elsewhere", key=name)
    return ""


def _collisions(table: Mapping[str, object], places: Mapping[str, str], words: Words) -> dict[str, str]:
    """A sentence for each key that two actions want, or that has a meaning already; under the one that moved there."""
    t, wanted = words.t, dict[str, list[str]]()
    for action, key in places.items():
        wanted.setdefault(key, []).append(action)
    faults: dict[str, str] = {}
    for key, actions in wanted.items():
        came = [action for action in actions if action in table and key != OWN[action]]
        if key in TAKEN and came:
            faults.update((action, _taken(key, words)) for action in came)
        elif len(actions) > 1 and came:
            both = _listed(actions, words)
            stays = next((action for action in actions if OWN[action] == key), "")
            faults[came[-1]] = (
                t("{actions} both want {key}: move “{stays}” as well, or choose another", actions=both,
                  key=printed(key), stays=stays)
                if stays and len(actions) == 2
                else t("{actions} want the same key, {key}", actions=both, key=printed(key))
            )  # fmt: skip
    return faults


def _taken(key: str, words: Words) -> str:
    t = words.t
    does = {
        "ctrl+g": t("it opens the menu of all actions"), "ctrl+l": t("it draws the screen anew"),
        "f12": t("it goes one step back, as Esc does"),
    }  # fmt: skip
    return t("{key} is taken on every screen: {does}", key=printed(key), does=does.get(key, t("it works on the line")))


def _listed(actions: Iterable[str], words: Words) -> str:
    *first, last = (_quoted(action, words) for action in actions)
    return words.t("{first} and {last}", first=", ".join(first), last=last)


def _quoted(text: str, words: Words) -> str:
    from mesa_recuperacion.domain.text import clean

    return words.t("“{text}”", text=clean(text, 24))
