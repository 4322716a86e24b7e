"""One case from beginning to end, in words, with the policy it was decided under and the proof (rules A3, D1, E1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, review_of
from mesa_recuperacion.dialogue.review.told import Teller, Told
from mesa_recuperacion.dialogue.review.whys import begin_picked
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, interrupt, quoted, refuse, returned
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Line, Option, Run, Text, line
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.review.cases import Case, CaseOf
from mesa_recuperacion.domain.text import clean, fold
from mesa_recuperacion.domain.values import dataclass

_DETAIL = 36
"""Characters of a line of what happened: with its hour it fits the smallest window."""

_NAME = 15


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline: the hour (or the day), the time since the beginning, and what happened."""

    at: str
    since: str
    told: Told


def rows_of(talk: Talk, case: Case, now: datetime) -> tuple[Row, ...]:
    """Everything that happened, in order; what is long goes on in the lines under it."""
    teller, made = Teller(talk, case, now), []
    started, shown = case.file.state.started_at, talk.setting.shown
    actor = ""
    for entry in case.entries:
        told = teller.tell(entry.fact)
        if entry.actor != actor:  # whoever acts is named once, until it is somebody else
            actor = entry.actor
            told = replace(told, detail=" · ".join(filter(None, (told.detail, teller.person(actor)))))
        far = entry.at - started
        near = far < timedelta(hours=12)
        at = shown.seconds_clock(entry.at) if near else f"{shown.day(entry.at)[-6:]} {shown.clock(entry.at)}"
        first, *rest = broken(told.detail, _DETAIL)
        made.append(Row(at, shown.span(far.total_seconds()) if near else "", replace(told, detail=first)))
        made += [Row("", "", Told("", part)) for part in rest]
    return tuple(made)


def broken(text: str, width: int) -> list[str]:
    """A text in lines of at most ``width`` characters, broken between words, long words too."""
    parts = [word[n : n + width] for word in text.split() for n in range(0, len(word), width)]
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + 1 + len(part) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {part}".strip()
    return lines


class TimelinePage(Page):
    """The whole case.  Nothing is edited in it: things are added."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Thanks for it, and why it happened."""
        t, who = talk.setting.words.t, answer_of(talk, Case).file.owner_name
        return (("e", t("thank {name}", name=who) if who else t("thank")), ("q", t("five whys")))

    def turns(self, talk: Talk) -> str:
        """The cases beside it, where it was opened from a list."""
        case = answer_of(talk, Case)
        return talk.setting.words.t("other case") if case.before or case.after else ""

    def turned(self, talk: Talk, by: int) -> Step:
        """The case before or after it in that list."""
        t, case, query = talk.setting.words.t, answer_of(talk, Case), review_of(talk).query
        folio = case.after if by > 0 else case.before
        if folio and isinstance(query, CaseOf):
            return instead(talk, replace(query, folio=folio))
        said = t("There is no case after this one.") if by > 0 else t("There is no case before this one.")
        return Step(replace(talk, said=said, said_style=""))

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The lines, which the arrows and pages go through."""
        return tuple(
            Option("", row.at, (row.since, row.told.name[:_NAME], row.told.detail), row.told.mark)
            for row in rows_of(talk, answer_of(talk, Case), now)
        )

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """Where the arrows are."""
        return self._untyped(talk, rows)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Whose case, how it stands, everything that happened, and the proof."""
        t, case = talk.setting.words.t, answer_of(talk, Case)
        rows = self.rows(talk, text, now)
        blocks: tuple[Block, ...] = (
            Choice(("",), rows, self.selected(talk, text, rows), left=(1, 2), more=t("and {n} more lines", n="{n}")),
            Gap(), Text(*proved(talk, case)),
        )  # fmt: skip
        return Shape(
            t("See"), t("↑ ↓ · Esc goes back"), blocks, title=_customer(talk, case), under=_about(talk, case),
            beside=(_standing(talk, case), line(_where(talk, case), "dim")),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """``e`` thanks whoever closed it, ``q`` asks why."""
        t, case = talk.setting.words.t, answer_of(talk, Case)
        if fold(text).strip() == "e":
            if case.file.state.owner not in {p.id for p in talk.people}:
                return refuse(talk, t("{name} no longer works here.", name=case.file.owner_name or t("Supervision")))
            return interrupt(talk, "review_praise", "")
        if fold(text).strip() == "q":
            return begin_picked(talk, (case.file.state.folio,), text)
        if not text.strip():
            return refuse(talk, t("Nothing is edited here: it is added. ↑ ↓ read on; Esc goes back."))
        said = t("{text} means nothing here. e thanks, q asks why; Esc goes back.", text=quoted(talk, clean(text, 20)))
        return refuse(talk, said)


def proved(talk: Talk, case: Case) -> tuple[str, str]:
    """What the chain says, in words, and their style (rule E1)."""
    t, proof = talk.setting.words.t, case.proof
    if proof.is_intact:
        said = t("Chain intact: lines {first} to {last} of {stream}, as they were written.",
                 first=proof.first, last=proof.last, stream=proof.stream)  # fmt: skip
        return said, "dim"
    if proof.touched:
        return t("■ Line {n} of {stream} was touched after it was written: do not rely on this case.",
                 n=proof.touched, stream=proof.stream), "bad"  # fmt: skip
    return t("■ Lines are missing at the end of this case: do not rely on it."), "bad"


def _customer(talk: Talk, case: Case) -> str:
    return named(talk, case.file.customer.name)


def _about(talk: Talk, case: Case) -> str:
    """The problem, and whether they had complained before."""
    t, state, policy = talk.setting.words.t, case.file.state, case.file.policy
    problem = policy.problem(state.problem) if policy else None
    name = problem.name if problem else t("Problem to be noted")
    if not state.earlier or policy is None:
        return name
    return f"{name}  {t('▲ complaint no. {n} in {days} days', n=state.earlier + 1, days=policy.repeat_days)}"


def _standing(talk: Talk, case: Case) -> Line:
    t, span, state = talk.setting.words.t, talk.setting.shown.span, case.file.state
    if state.status in OPEN:
        return (Run("▲", "warn"), Run(f" {t('not closed yet')}", "dim"))
    seconds, standard = (state.first_elapsed, state.first_standard) if state.round else (state.elapsed, state.standard)
    late = seconds > standard
    said = t("closed in {time} of {standard}", time=span(seconds), standard=span(standard))
    return (Run("■" if late else "●", "bad" if late else "good"), Run(f" {said}", "dim"))


def _where(talk: Talk, case: Case) -> str:
    t, state = talk.setting.words.t, case.file.state
    return t("{folio} · policy v{n}", folio=state.folio, n=state.policy)


class PraiseCase(Scene):
    """Thanks for a good case, to whoever has it: one line, read first thing at the next login (rule D6)."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Who is thanked, and for what."""
        t, case = talk.setting.words.t, answer_of(talk, Case)
        name = case.file.owner_name
        said = t("{name} reads it first thing at the next login, with the case: {folio}, {customer}.",
                 name=name, folio=case.file.state.folio, customer=_customer(talk, case))  # fmt: skip
        return Shape(t("Your thanks"), t("Enter thanks them · Esc goes back"),
                     (Text(t("What do you thank {name} for?", name=name), "strong"), Gap(), Text(said, "dim")),
                     title=t("Thank {name}", name=name), under=_about(talk, case))  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Sends it."""
        t, state = talk.setting.words.t, answer_of(talk, Case).file.state
        if not clean(text):
            return refuse(talk, t("A few words are enough: what was good about it?"))
        if talk.person is not None and state.owner == talk.person.id:
            return refuse(talk, t("Nobody thanks themselves. Choose somebody else."), text)
        return ask(talk, Do(c.Praise(state.owner, clean(text), state.folio)), then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back to the case."""
        name = answer_of(talk, Case).file.owner_name
        return returned(talk, talk.setting.words.t("{name} reads it first thing at the next login.", name=name)).talk
