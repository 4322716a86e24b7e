"""The one line that receives every key, from start to end, in order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from mesa_recuperacion.dialogue.bindings import Moved, bound
from mesa_recuperacion.dialogue.grammar.secret import may_be_secret
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.keys import BACK, COMMANDS, EDIT, ENTER, LEADER, LEAVE, STRAY, without_alt
from mesa_recuperacion.tui.rows import Piece, Row, blank, columns
from mesa_recuperacion.tui.strips import strip_of
from mesa_recuperacion.tui.terminal import PASTED_ESC
from mesa_recuperacion.tui.text import cell_len, cut, plain
from mesa_recuperacion.tui.themes import Palette

LIMIT = 400
"""Characters that the line takes; what is pasted beyond them is cut, and that is said."""

_FIGURE = re.compile(r"[0-9]")
_STRAY_WITHIN = 0.03
_PROMPT_WIDEST = 28


class CaptureLine(Input):
    """Takes every key at once, as it comes, and hands on what was finished.

    Keys are answered here and not by bindings: in a burst (a slow line, a pasted call, a macro) a binding would act on
    a line that the next letters have already changed.
    """

    DEFAULT_CSS = """
    CaptureLine, CaptureLine:focus {
        height: 1; border: none; padding: 0; background: transparent; background-tint: transparent;
    }
    """

    @dataclass
    class Answered(Message):
        """Enter was pressed on ``text``; ``typed_at`` is when its first key was, in seconds of a monotonic clock."""

        text: str
        typed_at: float

        def __repr__(self) -> str:
            return "Answered(…)"  # it may be a PIN

    @dataclass
    class Pressed(Message):
        """A key that is no text was pressed while ``text`` was in the line, which keeps it."""

        key: str
        text: str
        typed_at: float

        def __repr__(self) -> str:
            return f"Pressed({self.key!r}, …)"

    @dataclass
    class Edited(Message):
        """The line changed; only the latest change matters."""

        text: str

        def can_replace(self, message: Message) -> bool:
            """Whether a waiting message makes this one superfluous."""
            return isinstance(message, CaptureLine.Edited)

        def __repr__(self) -> str:
            return "Edited(…)"

    class Overflowed(Message):
        """More was typed or pasted than the line takes."""

    class LeaveAsked(Message):
        """A key that ends programs elsewhere was pressed."""

    def __init__(self, palette: Palette, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(select_on_focus=False, id=id)
        self.cursor_blink = False
        self.moved: Moved = ()
        """The keys that this workstation has moved; where one came, it no longer edits."""
        self.last_key_at = 0.0
        """When the last key was pressed, in seconds of a monotonic clock."""
        self._palette, self._glyphs = palette, glyphs
        self.sent = 0
        """How often a line was answered or a key handed on."""
        self._prompt = self._ghost = self._hint = self._mask = ""
        self._read = ""
        self._ahead = False
        self._begun: float | None = None
        self._stray_at = -1.0
        self._led = False
        self._scroll = 0

    # ------------------------------------------------------------------------------------------------- what is said

    def dress(self, prompt: str, ghost: str, hint: str, mask: str, read: str, *, ahead: bool = False) -> None:
        """What stands before the text, after it, and at the right; and what of it is hidden (``View.mask``).

        ``read`` is the text for which that was found; until more of it was read, a number and figures may be a PIN.
        ``ahead``: the line may belong to a question that is not on the screen yet, so that its figures may be a PIN.
        """
        fit = tuple(plain(text, self._glyphs) for text in (prompt, ghost, hint))
        now = (*fit, mask, read, ahead)
        if now != (self._prompt, self._ghost, self._hint, self._mask, self._read, self._ahead):
            self._prompt, self._ghost, self._hint = fit
            self._mask, self._read, self._ahead = mask, read, ahead
            self.refresh()

    def paint(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self.refresh()

    def replace_start(self, old: str, new: str) -> None:
        """Put ``new`` where the line began with ``old``; what was typed after that stays.  Else nothing happens."""
        if self.value.startswith(old):
            rest = self.value[len(old) :]
            self._write(new + rest, len(new + rest))
            self._begun = self._begun if rest else None

    # -------------------------------------------------------------------------------------------------- what is typed

    def take(self, event: events.Key | events.Paste) -> None:
        """What was typed or pasted, at once: it needs no focus and waits in no queue."""
        if isinstance(event, events.Paste):
            self._paste(event.text, event.time)
        else:
            self._take(event.key, event.character, event.time)

    def _take(self, key: str, character: str | None, at: float) -> None:
        self.last_key_at = at
        led, self._led = self._led, key == LEADER and not self._led
        if led and self._choose(key, character, at):
            return
        if (letter := without_alt(key)) is not None and key != STRAY:
            self._back(at, "escape")
            key, character = letter, letter
        if key in ENTER:
            self._answer(at)
        elif key in BACK:
            self._back(at, key)
        elif key in COMMANDS or any(key == there for _, there in self.moved):
            self._press(key, at)
        elif key in LEAVE:
            self._tell(self.LeaveAsked())
        elif key in EDIT:
            self._edit(EDIT[key])
        elif key == STRAY:
            self._stray_at = at
        elif character is not None and character.isprintable() and len(character) == 1:
            self._type(character, at)

    def _choose(self, key: str, character: str | None, at: float) -> bool:
        """The key after the leader: a letter chooses, Esc only closes the menu; whether it was one of them."""
        if character is not None and character.isprintable() and key not in ENTER:
            self._press(f"{LEADER} {character.lower()}", at)
        elif key in BACK:
            self._press("escape", at)
        else:
            return False
        return True

    def _type(self, character: str, at: float) -> None:
        stray, self._stray_at = at - self._stray_at < _STRAY_WITHIN, -1.0
        if stray and character.isalpha():
            return
        if character == "?" and not self.value:
            self._press(bound(self.moved, "F1").lower(), at)
            return
        self._insert(character, at)

    def _paste(self, text: str, at: float) -> None:
        """Text is text: line ends become blanks, and nothing that was pasted presses Enter."""
        self.last_key_at = at
        self._insert(clean(text.replace(PASTED_ESC, "\x1b"), LIMIT + 1), at)

    def _insert(self, text: str, at: float) -> None:
        left, right = self.value[: self.cursor_position], self.value[self.cursor_position :]
        room = LIMIT - len(right)
        typed = unicodedata.normalize("NFC", left + text)
        left = typed[:room]
        if self._begun is None:
            self._begun = at
        self._write(left + right, len(left))
        self._tell(self.Edited(self.value))
        if len(typed) > room:
            self._tell(self.Overflowed())

    def _edit(self, action: str) -> None:
        before = self.value
        with self.prevent(Input.Changed):
            getattr(self, f"action_{action}")()
        if self.value != before:
            if not self.value:
                self._begun = None
            self._tell(self.Edited(self.value))

    def _answer(self, at: float) -> None:
        text, typed_at = self.value, at if self._begun is None else self._begun
        self._clear()
        self._send(self.Answered(text, typed_at))

    def _press(self, key: str, at: float) -> None:
        self._send(self.Pressed(key, self.value, at if self._begun is None else self._begun))

    def _send(self, message: Message) -> None:
        self.sent += 1
        self._ahead = True  # until the next dress
        self._tell(message)

    def _tell(self, message: Message) -> None:
        self.app.post_message(message)  # past the queues of everybody in between

    def _back(self, at: float, key: str) -> None:
        if self.value:
            self._clear()
            self._tell(self.Edited(""))
        else:
            self._press("f12" if key == "f12" else "escape", at)

    def _clear(self) -> None:
        self._write("", 0)
        self._begun = None

    def _write(self, text: str, cursor: int) -> None:
        with self.prevent(Input.Changed):
            self.value = text
            self.cursor_position = cursor

    # ------------------------------------------------------------------------------------------------- what is drawn

    @property
    def content_width(self) -> int:
        """Nothing to scroll for ``Input``: this line draws itself and scrolls its own text."""
        return 0

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's own cursor belongs, for what follows it: input methods, magnifiers."""
        x, y, *_ = self.content_region
        return Offset(x + columns(self._lead()) + cell_len(self._shown(0, self.cursor_position)) - self._scroll, y)

    def render_line(self, y: int) -> Strip:
        """The line: prompt, text with the cursor, what Enter would take, hint."""
        width = self.size.width
        lead = self._lead()
        room = max(4, width - columns(lead) - 1)
        text, cursor_at = self._text()
        self._follow(cursor_at, columns(text), room)
        ghost, hint = self._aside(room - columns(text))
        shown = strip_of(text, columns(text), self._palette).crop(self._scroll, self._scroll + room)
        between = room - shown.cell_length - columns(ghost) - columns(hint)
        rest = (*ghost, blank(between, "line"), *hint, blank(1, "line"))
        strip = Strip.join([self._strip(lead), shown, self._strip(rest)])
        return strip if strip.cell_length == width else strip.crop(0, width)

    def _strip(self, row: Row) -> Strip:
        return strip_of(row, columns(row), self._palette)

    def _lead(self) -> Row:
        prompt = cut(self._prompt, _PROMPT_WIDEST, self._glyphs)
        head = (blank(1, "line"), Piece(prompt, "dim", "line")) if prompt else ()
        return (*head, blank(1, "line"), Piece(self._glyphs.pointer, "accent", "line"), blank(1, "line"))

    def _text(self) -> tuple[Row, int]:
        """The text with the cursor in it, and the column of the cursor."""
        at = self.cursor_position
        left, under, right = self._shown(0, at), self._shown(at, at + 1) or " ", self._shown(at + 1, len(self.value))
        row = (Piece(left, "strong", "line"), Piece(under, "cursor", "line"), Piece(right, "strong", "line"))
        return row, cell_len(left)

    def _shown(self, start: int, end: int) -> str:
        """A part of the value as it may be seen: a PIN is dots (rule E2)."""
        hidden = 0 if self._mask == "all" else len(self.value) if not self._mask else self.value.find(" ") + 1
        if self._mask and self._mask != "all" and hidden == 0:
            hidden = len(self.value)
        clear = plain(self.value[start : min(end, hidden)], self._glyphs)
        if self._ahead or (self.value != self._read and may_be_secret(self.value)):
            clear = _FIGURE.sub(self._glyphs.dot, clear)
        return clear + self._glyphs.dot * max(0, min(end, len(self.value)) - max(start, hidden))

    def _follow(self, cursor: int, total: int, room: int) -> None:
        """Move the text so that the cursor is seen."""
        if total <= room:
            self._scroll = 0
        else:
            self._scroll = min(max(self._scroll, cursor - room + 1), cursor, max(0, total - room))

    def _aside(self, room: int) -> tuple[Row, Row]:
        """What Enter would take, and the hint, as far as there is room beside the text; the hint gives way."""
        ghost, hint = self._ghost if self.cursor_at_end else "", self._hint
        needed = cell_len(ghost) + 1 if ghost else 0
        if hint and needed + cell_len(hint) + 2 > room:
            hint = ""
        if ghost and room >= 5:
            ghost = cut(ghost, room - 1, self._glyphs)
            return (blank(1, "line"), Piece(ghost, "dim", "line")), self._quiet(hint)
        return (), self._quiet(hint)

    def _quiet(self, text: str) -> Row:
        return (Piece(text, "dim", "line"),) if text else ()

    def __rich_repr__(self) -> Any:
        """Never the value: it may be a PIN."""
        yield "id", self.id
