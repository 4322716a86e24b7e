"""What the terminal sends and what it can show: the key test, colours and signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.bindings import printed
from mesa_recuperacion.dialogue.keytest import tried, uses
from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup.question import Question
from mesa_recuperacion.dialogue.setup.state import Setup, Step, go, refuse
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Text
from mesa_recuperacion.domain.values import dataclass

_RICH = "► √ ● ▲ ■ ─"
_PLAIN = "> + o ! # -"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and signs: ``glyphs`` is empty for the richest that the terminal shows."""

    theme: str
    glyphs: str


LOOKS = (Look("noche", ""), Look("dia", ""), Look("noche", "ascii"), Look("dia", "ascii"))


class Keys(Question):
    """3: which keys arrive.  Nothing has to be pressed, and nothing is kept."""

    number = 3
    following = "look"
    previous = "currency"

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """Every key with what it does and its twin."""
        t = talk.setting.words.t
        used = uses(talk.setting)
        rows = tuple(
            Option("", printed(key), (*used[key], "√" if key in talk.heard else ""), "good",
                   quiet=key not in talk.heard)
            for key in tried(talk.setting)
        )  # fmt: skip
        return Shape(t("Key test"), t("F1 to F9, F12 · Enter goes on"), (
            Text(t("Press F1 to F9 and F12, in any order; each gets a √."), "strong"),
            Text(t("No √? That key does not arrive: use the ones beside it."), "dim"), Gap(),
            Choice((), rows, None, left=(0, 1, 2)),
        ))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """Why keys get lost."""
        t = talk.setting.words.t
        return t("Some terminals keep function keys for themselves. Whatever is lost here, Ctrl+G and a letter do the"
                 " same. The command mesa keys tries every key, at any time.")  # fmt: skip

    def answer(self, talk: Setup, text: str) -> Step:
        """Goes on, whatever was pressed; letters mean nothing here."""
        if text.strip():
            return refuse(talk, talk.setting.words.t("Here only keys are tried: F1 to F9, F12. Enter goes on."), text)
        return self.accept(talk, look=at_hand(talk))


class Colours(Question):
    """4: the line that reads best; the screen changes at once."""

    number = 4
    following = "supervisor"
    previous = "keys"

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """A sample of each."""
        t = talk.setting.words.t
        names = (t("Night"), t("Day"), t("Night, plain signs"), t("Day, plain signs"))
        sample = t("Tomorrow at 10? $80")
        return tuple(
            Option(str(n), name, (f"{_PLAIN if look.glyphs else _RICH}  {sample}",))
            for n, (name, look) in enumerate(zip(names, LOOKS, strict=True), 1)
        )

    def default(self, talk: Setup) -> int | None:
        """What was chosen before, or the colours that there are."""
        return at_hand(talk)

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """The samples."""
        t = talk.setting.words.t
        return Shape(t("Screen"), t("↑ ↓ or number · Enter accepts"), (
            Text(t("Choose the line that reads best."), "strong"), Gap(),
            Choice((), self.rows(talk, text), self.selected(talk, text), left=(0,)), Gap(),
            Text(t("Boxes or question marks instead of signs? Then the plain ones."), "dim"),
        ))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """What is chosen here."""
        t = talk.setting.words.t
        return t("Light on dark or dark on light, and signs that this terminal has. {key} at the login changes the"
                 " colours at any time.", key=talk.setting.key("F5"))  # fmt: skip

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the line."""
        chosen = self.chosen(talk, text)
        return chosen if isinstance(chosen, Step) else self.accept(talk, look=chosen)


def at_hand(talk: Setup) -> int:
    """The look that was chosen, or the one that the screen began with."""
    if talk.look is not None:
        return talk.look
    return next((n for n, look in enumerate(LOOKS) if look.theme == talk.theme), 0)


def heard(talk: Setup, key: str) -> Setup:
    """The key test with one more key."""
    return replace(go(talk, talk.stage), heard=talk.heard | {key})
