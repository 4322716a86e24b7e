"""Who is at the desk: number, space, PIN, Enter (rule E2)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Enter
from mesa_recuperacion.dialogue.grammar.secret import number_and_pin
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, refuse
from mesa_recuperacion.dialogue.standing import beside
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Text


class Login(Scene):
    """The list of people, and one line for number and PIN."""

    saves_line = False
    secret = True

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Everybody who works here; in a throw-away branch, with the PIN."""
        t, pins = talk.setting.words.t, dict(talk.setting.demo_pins)
        return tuple(
            Option(
                str(p.number), p.name,
                (t("supervision") if p.role == "supervisor" else "", pins.get(p.number, "")), quiet=False,
            )
            for p in talk.people
        )  # fmt: skip

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nobody enters by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The motto, the people, and what was left open."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        number = text.split(" ", maxsplit=1)[0].strip()
        selected = next((i for i, row in enumerate(rows) if row.key == number), None)
        titles = ("", "", t("PIN")) if talk.setting.demo_pins else ()
        left: tuple[Gap | Text, ...] = ()
        if talk.left_open is not None:
            at = talk.setting.shown.clock(talk.left_open)
            left = (Gap(), Text(t("A case was left open at {time}. It is saved and waits inside.", time=at), "dim"))
        if other := beside(talk):
            left = (*left, Gap(), Text(other, "dim"))
        demo = (Gap(), Text(t("An invented branch: nothing here is real, and nothing stays."), "dim"))
        return Shape(
            prompt=t("Number and PIN"),
            hint=t("Enter goes in"),
            main=(
                Gap(), Gap(), Text(t("One call, one person, solved."), "strong"), Gap(),
                Choice(titles, rows, selected, left=(0, 1)), *left, *(demo if talk.setting.demo_pins else ()),
            ),
            mask="after",
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks to enter; nothing of what was typed is kept."""
        t = talk.setting.words.t
        parts = number_and_pin(text)
        if parts is None:
            example = t("Type your number, a space and your PIN, for example: 1 482100")
            return refuse(talk, example)
        return ask(talk, Enter(*parts), then="idle")
