"""What surrounds every question: how far it is, what Enter has not done yet, and the keys."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue import frame
from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup.question import Question
from mesa_recuperacion.dialogue.setup.state import Setup
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Line, Pairs, Text, View, line

TOTAL = 6


def compose(talk: Setup, question: Question, text: str, now: datetime) -> View:
    """The whole screen: what is asked stands in the band, and there is no rail."""
    shape = help_of(talk, question) if talk.aside else question.show(talk, text, now)
    band, main = split(shape.main)
    return View(
        head=(frame.head(Talk(talk.setting), now)[0], line(progress(talk, question), "dim")),
        band=band,
        clock=None,
        rail=(),
        main=main,
        prompt=shape.prompt,
        ghost=shape.ghost,
        hint=shape.hint,
        mask="all" if question.secret else shape.mask,
        status=status(talk),
        never=(),
        keys=keys(talk),
        theme=talk.theme,
    )


def split(blocks: tuple[Block, ...]) -> tuple[tuple[tuple[Line, Line], tuple[Line, Line]], tuple[Block, ...]]:
    """What is asked (a strong text, perhaps a dim one under it) for the band, and the rest for main."""
    asked = [block for block, style in zip(blocks, ("strong", "dim"), strict=False)
             if isinstance(block, Text) and block.style == style]  # fmt: skip
    first, second = (*(line(one.text, one.style) for one in asked), (), ())[:2]
    return ((first, ()), (second, ())), blocks[len(asked) :]


def progress(talk: Setup, question: Question) -> str:
    """Which of the six this is."""
    t = talk.setting.words.t
    if not question.number:
        return t("First run · ready")
    return t("First run · {n} of {total}", n=question.number, total=TOTAL)


def status(talk: Setup) -> Line:
    """The last sentence said, else what is safe to know here."""
    t = talk.setting.words.t
    if talk.said:
        return line(talk.said, talk.said_style)
    if talk.stage != "summary":
        return line(t("Nothing is created until the last Enter."), "dim")
    if talk.defaults.configured:
        return line(t("There is a config.toml already: it stays as it is, with its language and screen."), "dim")
    shelf = talk.defaults.shelf
    return line(t("It will be kept in {place}", place=shelf), "dim") if shelf else ()


def keys(talk: Setup) -> tuple[tuple[str, str], ...]:
    """The last row; in the key test F1 and F3 are only tried, so their twins stand there."""
    t, key = talk.setting.words.t, talk.setting.key
    trying = talk.stage == "keys" and not talk.aside
    first, third = ("Ctrl+G H", "Ctrl+G E") if trying else (key("F1"), key("F3"))
    return (("Enter", t("accept")), ("Esc", t("back")), (first, t("help")), (third, t("leave")))


def help_of(talk: Setup, question: Question) -> Shape:
    """One page: what this question is for, and what the keys do."""
    t, key = talk.setting.words.t, talk.setting.key
    rows = (
        (t("Enter"), t("accepts what is marked or typed"), ""),
        (t("Esc"), t("clears the line; empty: one question back"), ""),
        (t("↑ ↓"), t("move the selection"), ""),
        (key("F1"), t("help"), "Ctrl+G H"),
        (key("F3"), t("leave"), "Ctrl+G E"),
    )
    main = (Text(progress(talk, question), "strong"), Text(question.purpose(talk)), Gap(), Pairs(rows))
    return Shape(t("Help"), t("Esc or Enter goes back; nothing is lost"), main)
