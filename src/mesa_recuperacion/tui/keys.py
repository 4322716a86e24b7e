"""Which keys the desk knows, whatever the terminal calls them (screens: the key map is the same on every screen)."""

from __future__ import annotations

ENTER = frozenset({"enter", "ctrl+j", "ctrl+m", "shift+enter", "ctrl+enter", "alt+enter"})
"""Enter, by any road: before raw mode it arrives as a line feed, and some terminals tell its modifiers apart."""

BACK = frozenset({"escape", "esc", "f12"})
"""One step back, or away with the text.  F12 needs no waiting where Esc does."""

LEADER = "ctrl+g"
"""Opens the menu of actions; the letter after it chooses one, and the two arrive as one key (``ctrl+g c``)."""

COMMANDS = frozenset({
    "up", "down", "pageup", "pagedown", "tab", "shift+tab", "ctrl+z", "ctrl+l", LEADER,
    *(f"f{n}" for n in range(1, 10)),
})  # fmt: skip
"""Keys that are handed to the conversation, by Textual's names; those of ``BACK`` only when the line is empty."""

LEAVE = frozenset({"ctrl+q", "ctrl+c"})
"""Keys that end programs elsewhere.  Here they only say how to leave."""

EDIT = {
    "left": "cursor_left", "right": "cursor_right", "home": "home", "end": "end", "ctrl+a": "home", "ctrl+e": "end",
    "ctrl+left": "cursor_left_word", "ctrl+right": "cursor_right_word", "backspace": "delete_left",
    "ctrl+h": "delete_left", "delete": "delete_right", "ctrl+d": "delete_right", "ctrl+u": "delete_left_all",
    "ctrl+k": "delete_right_all", "ctrl+w": "delete_left_word",
}  # fmt: skip
"""Keys that edit the line, with the action of Textual's ``Input``.  None selects and none copies."""

STRAY = "alt+shift+o"
"""How PuTTY's SCO and VT100+ modes begin a function key; a letter follows that nobody typed."""


def without_alt(key: str) -> str | None:
    """The character of ``alt+x``, which is Esc followed quickly by ``x``; ``None`` if the key is no such thing."""
    if not key.startswith("alt+"):
        return None
    rest = key.removeprefix("alt+")
    if rest.startswith("shift+") and len(rest) == len("shift+x"):
        return rest[-1].upper()
    return rest if len(rest) == 1 else None
