"""The root cause analyses: the list, and how one is begun from anywhere in the review (rule D2)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.sets import about
from mesa_recuperacion.dialogue.scenes.base import Shape, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.analysis import AGREEING, WHYS, Analysis
from mesa_recuperacion.domain.review.analyses import MOST_PICKED, Analyses, AnalysesOf, PickOf, ResultOf, SheetOf
from mesa_recuperacion.domain.review.scope import Behind

LIST, SHEET, RESULT, PICK = "review_whys", "review_whys_sheet", "review_whys_result", "review_whys_pick"
"""The pages."""


def listed(talk: Talk) -> Step:
    """Open the list."""
    return look(talk, LIST, AnalysesOf())


def begin_with(talk: Talk, behind: Behind, text: str = "") -> Step:
    """Open a new worksheet over the cases behind a figure; nothing is recorded before its first answer."""
    return look(talk, SHEET, SheetOf(behind=behind), text=text)


def begin_picked(talk: Talk, folios: tuple[str, ...], text: str = "") -> Step:
    """Open a new worksheet over cases that were picked."""
    return begin_with(talk, Behind(review_of(talk).scope, folios=folios[:MOST_PICKED]), text)


def pick_from(talk: Talk, behind: Behind) -> Step:
    """Open the page on which cases are picked, of those behind a figure."""
    return look(talk, PICK, PickOf(behind))


def opened(talk: Talk, analysis: Analysis) -> Step:
    """Open an analysis where it stands: the question it was left at, or what its action achieved."""
    if analysis.state == "open":
        return look(talk, SHEET, SheetOf(analysis.id))
    if analysis.agreed_at is None:  # given up before anything was agreed
        return look(talk, SHEET, SheetOf(analysis.id))
    return look(talk, RESULT, ResultOf(analysis.id))


class WhysPage(Page):
    """Every analysis, those that wait for something first."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """A new one, over what the board is about; or over picked cases of it."""
        t = talk.setting.words.t
        return (("q", t("new, about {what}", what=about(talk, self.whole(talk)))), ("m", t("pick cases")))

    def whole(self, talk: Talk) -> Behind:
        """All that the board counts."""
        return Behind(review_of(talk).scope)

    def groups(self, talk: Talk, now: datetime) -> tuple[tuple[str, tuple[Analysis, ...]], ...]:
        """The analyses under their titles: to be reviewed, unfinished, agreed for later, over."""
        t, seen, here = talk.setting.words.t, answer_of(talk, Analyses), now.astimezone(talk.setting.shown.zone)
        due = tuple(a for a in seen.running if a.comes_back(here))
        begun = tuple(a for a in seen.running if a.state == "open")
        later = tuple(a for a in seen.running if a not in due and a not in begun)
        groups = (
            (t("To be reviewed"), due), (t("Left at a question"), begun), (t("Agreed"), later),
            (t("Concluded"), seen.ended),
        )  # fmt: skip
        return tuple((title, found) for title, found in groups if found)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Every analysis, numbered through."""
        analyses = [a for _, group in self.groups(talk, now) for a in group]
        return tuple(_option(talk, str(n), a, now) for n, a in enumerate(analyses, 1))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The first: what waits for supervision."""
        return 0 if rows else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The lists, or what an analysis is for."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        title, under = t("Root causes"), t("Five whys, and what is done so that it does not happen again")
        if not rows:
            said = t("None yet. q begins one over what the board counts; on any list of cases, q begins it over those.")
            return Shape(t("See"), t("letter · Esc goes back"), (Text(said, "dim"),), title=title, under=under)
        blocks: list[Block] = []
        selected, first = self.selected(talk, text, rows), 0
        for head, group in self.groups(talk, now):
            inside = selected - first if selected is not None and 0 <= selected - first < len(group) else None
            more = t("and {n} more: a number takes them too", n="{n}")
            blocks += [Choice((head,), rows[first : first + len(group)], inside, left=(0, 1), more=more), Gap()]
            first += len(group)
        return Shape(t("See"), t("number · Enter opens"), tuple(blocks[:-1]), title=title, under=under)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens one, or begins a new one."""
        typed = text.strip().lower()
        if typed == "q":
            return begin_with(talk, self.whole(talk), text)
        if typed == "m":
            return pick_from(talk, self.whole(talk))
        analyses = [a for _, group in self.groups(talk, now) for a in group]
        if not analyses:
            return refuse(talk, talk.setting.words.t("There is none yet: q begins one."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else opened(talk, analyses[index])

    def turned(self, talk: Talk, by: int) -> Step:
        """The page of concluded ones before or after."""
        seen = answer_of(talk, Analyses)
        cursor = seen.after if by > 0 else seen.before
        return Step(talk) if cursor is None else instead(talk, AnalysesOf(cursor))


def _option(talk: Talk, key: str, analysis: Analysis, now: datetime) -> Option:
    what = about(talk, analysis.behind, now.astimezone(talk.setting.shown.zone).date())
    state, mark = _state(talk, analysis, now)
    name = analysis.cause or next(iter(analysis.whys), "")
    return Option(key, name or what, (what if name else "", state), mark, analysis.is_over)


def _state(talk: Talk, analysis: Analysis, now: datetime) -> tuple[str, str]:
    """Where it stands, in a few words, and how that is meant."""
    t, shown = talk.setting.words.t, talk.setting.shown
    match analysis.state:
        case "reviewed":
            return (t("● it helped"), "good") if analysis.helped else (t("▲ it did not help"), "warn")
        case "dropped":
            return t("given up"), ""
        case "answered":
            return (t("● done"), "good") if analysis.done else (t("▲ not done"), "warn")
        case "agreed" if analysis.due_at is not None:
            due = analysis.comes_back(now.astimezone(shown.zone))
            return shown.day(analysis.due_at), "warn" if due else ""
    question = analysis.question
    if question in AGREEING:
        return t("action missing"), "warn"
    if question in ("cause", "family"):
        return t("cause missing"), "warn"
    return t("{n} of {of} whys", n=len(analysis.whys), of=WHYS), "warn"
