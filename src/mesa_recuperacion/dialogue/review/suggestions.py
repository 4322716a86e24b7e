"""What those who work here suggest: what waits, and what was answered (rule D5)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, review_of
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Paged
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, interrupt, onward, quoted, returned
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Text
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.suggestions import SuggestionLine, Suggestions, SuggestionsOf


class SuggestionsPage(Paged):
    """Those that wait first; Enter answers one, and shows what was answered to another."""

    left = (0, 1)

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("Suggestions")

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """Those that wait, and those answered."""
        t, lines = talk.setting.words.t, answer_of(talk, Suggestions).lines
        waiting = tuple(_waiting(talk, line) for line in lines if not line.answer)
        answered = tuple(_answered(talk, line) for line in lines if line.answer)
        return (
            Group((t("They wait for an answer"), t("what"), t("day")), waiting),
            Group((t("Already answered"), t("what"), t("answer")), answered),
        )

    def empty(self, talk: Talk) -> str:
        """Nobody has suggested anything."""
        return talk.setting.words.t("No suggestions. F2 on the desk writes one.")

    def hint(self, talk: Talk) -> str:
        """Enter answers or reads."""
        return talk.setting.words.t("number · Enter answers or reads")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """The marked one, whole."""
        line = None if entry is None else entry.thing
        return (Text(quoted(talk, line.text)),) if isinstance(line, SuggestionLine) else ()

    def ends(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        answer = answer_of(talk, Suggestions)
        return answer.before, answer.after

    def paged(self, talk: Talk, cursor: Cursor) -> Query:
        """The same list from there."""
        return SuggestionsOf(cursor)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The question how it is answered; of an answered one, the whole of both texts."""
        line = entry.thing
        if not isinstance(line, SuggestionLine):
            return Step(talk)
        stage = "suggestion_read" if line.answer else "suggestion_due"
        return onward(interrupt(talk, stage, "").talk, stage, line.id)


def verdict(talk: Talk, line: SuggestionLine) -> str:
    """What was answered, in two words."""
    t = talk.setting.words.t
    if line.adopted:
        return t("in policy version {n}", n=line.adopted)
    return {"accept": t("accepted"), "try": t("being tried"), "decline": t("declined")}.get(line.answer, line.answer)


def _waiting(talk: Talk, line: SuggestionLine) -> Entry:
    return Entry(line, line.by, (quoted(talk, line.text), talk.setting.shown.day(line.at)), "warn")


def _answered(talk: Talk, line: SuggestionLine) -> Entry:
    mark = "good" if line.adopted or line.answer == "accept" else ""
    return Entry(line, line.by, (quoted(talk, line.text), verdict(talk, line)), mark)


class SuggestionRead(Scene):
    """An answered suggestion, whole: what was suggested, and what was answered."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Both texts, with whose they are and when."""
        t, shown, line = talk.setting.words.t, talk.setting.shown, _read(talk)
        hint = t("Enter or Esc goes back")
        if line is None:
            return Shape(t("Suggestion"), hint, (Text(t("That was already answered."), "dim"),))
        who = t("{name} suggests, {day}", name=line.by, day=shown.day(line.at))
        day = shown.day(line.answered_at) if line.answered_at is not None else ""
        said = t("{name}, {day}: {answer}", name=line.answered_by, day=day, answer=verdict(talk, line))
        words = (Text(quoted(talk, line.words), "strong"),) if line.words else ()
        blocks = (Text(who, "dim"), Text(quoted(talk, line.text), "strong"), Gap(), Text(said, "dim"), *words)
        return Shape(t("Suggestion"), hint, blocks)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back."""
        return returned(talk)


def _read(talk: Talk) -> SuggestionLine | None:
    """The suggestion that is read; ``None`` if the page no longer has it."""
    answer, wanted = review_of(talk).answer, talk.held[0] if talk.held else ""
    lines = answer.lines if isinstance(answer, Suggestions) else ()
    return next((line for line in lines if line.id == wanted), None)
