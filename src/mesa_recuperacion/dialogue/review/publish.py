"""Publishing the draft: from when, which suggestions it takes up, and once more before it is done (rules D5, D7)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import PublishDraft
from mesa_recuperacion.dialogue.grammar.start import read_start
from mesa_recuperacion.dialogue.review.base import answer_of
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, onward, quoted, refuse
from mesa_recuperacion.dialogue.sentences import sentence, when_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.policy import Adopted, PolicySeen
from mesa_recuperacion.domain.text import fold

_NUMBERS = re.compile(r"[0-9]+(?:[\s,;y&+]+[0-9]+)*")
_YES = ("p", "s", "si", "y", "yes")


def _hours(talk: Talk) -> Hours:
    if talk.policy is None:
        raise LookupError("nobody is in yet: there is no policy")
    return talk.policy.hours


class Start(Scene):
    """From when it holds: at once, the next opening, or a moment in the short grammar."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The two usual starts."""
        t, opens = talk.setting.words.t, answer_of(talk, PolicySeen).opens_at
        when = talk.setting.shown.when(opens, now)
        return (Option("1", t("At once")), Option("2", t("At the next opening"), (when,)))

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row of its number, or of an empty line; a moment that is typed is none of them."""
        return super().selected(talk, text, rows) if text.strip() in ("", "1", "2") else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The rows, what else can be typed, and the moment that was."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        read = None if text.strip() in ("", "1", "2") else read_start(text, now, _hours(talk))
        ghost = talk.setting.shown.when(read, now) if isinstance(read, datetime) else ""
        blocks: tuple[Block, ...] = (
            Choice((t("From when does it hold?"),), rows, self.selected(talk, text, rows), left=(0,)), Gap(),
            Text(t("Or a moment: tomorrow, mon 9, 1/12. A day alone begins with its opening."), "dim"), Gap(),
            Text(t("Open cases keep the version they were opened under, whenever it begins.")),
        )  # fmt: skip
        return Shape(t("From"), t("Enter: at once · Esc goes back"), blocks, ghost=ghost, title=_title(talk))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Takes it up, and asks which suggestions it adopts if there are any."""
        typed = text.strip()
        if typed in ("", "1", "2"):
            index = self.selected(talk, text, self.rows(talk, text, now))
            return _next(talk, answer_of(talk, PolicySeen).opens_at if index == 1 else None)
        read = read_start(text, now, _hours(talk))
        if isinstance(read, datetime):
            return _next(talk, read)
        return refuse(talk, when_problem(talk.setting, read, now), text)


def _next(talk: Talk, starts_at: datetime | None) -> Step:
    kept = starts_at.isoformat() if starts_at is not None else ""
    if answer_of(talk, PolicySeen).adoptable:
        return onward(talk, "review_policy_adopt", kept)
    return onward(talk, "review_policy_publish", kept, "")


def _title(talk: Talk) -> str:
    return talk.setting.words.t("Version {n}", n=answer_of(talk, PolicySeen).latest + 1)


class Adopt(Scene):
    """Which accepted suggestions the version takes up: their authors read it at the next login (rule D5)."""

    back = "review_policy_start"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The accepted suggestions that no version takes up yet."""
        listed = answer_of(talk, PolicySeen).adoptable
        return tuple(Option(str(n), x.by, (quoted(talk, x.text),)) for n, x in enumerate(listed, 1))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """None of them."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The last number that is typed."""
        numbers = re.findall(r"[0-9]+", text)
        at = int(numbers[-1]) - 1 if numbers and len(numbers[-1]) < 3 else talk.pick
        return at if at is not None and 0 <= at < len(rows) else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        titles = (t("Which of these does it take up?"), "")
        blocks: tuple[Block, ...] = (
            Choice(titles, rows, self.selected(talk, text, rows), left=(0,)), Gap(),
            Text(t("Their authors read it when they come in, and the version names them."), "dim"),
        )  # fmt: skip
        return Shape(t("Takes up"), t("numbers, e.g. 1 3 · Enter: none"), blocks, title=_title(talk))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """The numbers, or none."""
        t, listed, typed = talk.setting.words.t, answer_of(talk, PolicySeen).adoptable, text.strip()
        if not typed and talk.pick is not None:
            typed = str(min(talk.pick, len(listed) - 1) + 1)
        numbers = [int(n) for n in re.findall(r"[0-9]+", typed)] if len(typed) < 60 else [0]
        if typed and (not _NUMBERS.fullmatch(typed) or not all(1 <= n <= len(listed) for n in numbers)):
            return refuse(talk, t("Numbers of the list, with a blank between them; Enter alone for none."), text)
        chosen = ",".join(listed[n - 1].suggestion for n in dict.fromkeys(numbers))
        return onward(talk, "review_policy_publish", talk.held[0] if talk.held else "", chosen)


class Publish(Scene):
    """All of it once more; then it is published."""

    back = "review_policy_start"
    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What will be published, from when, with whose suggestions; and why it was not, if it was refused."""
        t, words, seen = talk.setting.words.t, talk.setting.words, answer_of(talk, PolicySeen)
        starts_at, adopts = _terms(talk)
        when = talk.setting.shown.when(starts_at, now) if starts_at is not None else t("at once")
        changes = words.tn("{n} change", "{n} changes", seen.draft.changes if seen.draft else 0)
        blocks: list[Block] = [
            Text(t("Version {n} holds from: {when}", n=seen.latest + 1, when=when), "strong"),
            Text(t("{changes} in version {n}; what is open goes on under its own.", changes=changes, n=seen.latest)),
        ]
        passed = [str(v.number) for v in seen.versions if v.starts_at > now and v.starts_at >= (starts_at or now)]
        if passed:
            told = t("It takes the place of version {n}, which had not begun.", n=", ".join(passed))
            blocks.append(Text(told, "warn"))
        if adopts:
            blocks.append(
                Text(t("It takes up what {names} suggested.", names=", ".join(dict.fromkeys(x.by for x in adopts))))
            )
        if len(talk.held) > 2:
            blocks += [Gap(), Text(talk.held[2], "warn")]
        return Shape(t("Publish"), t("p publishes it · Esc goes back"), tuple(blocks), title=_title(talk))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Publishes it; never by a stray Enter."""
        t, seen = talk.setting.words.t, answer_of(talk, PolicySeen)
        if fold(text.strip()) not in _YES:
            return refuse(talk, t("p publishes it; Esc goes back, and nothing is changed."))
        starts_at, adopts = _terms(talk)
        digest = seen.draft.digest if seen.draft else ""
        publish = PublishDraft(digest, starts_at, tuple(x.suggestion for x in adopts))
        return ask(talk, publish, then="@")

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Why not, whole, above the line."""
        t = talk.setting.words.t
        told = sentence(talk.setting, refusal, now)
        here = replace(talk, held=(*talk.held[:2], told), then="", sent="")
        return refuse(here, t("It was not published, and the draft is kept."))

    def done(self, talk: Talk, now: datetime) -> Talk:
        """At the versions again, the new one among them."""
        t, (starts_at, _) = talk.setting.words.t, _terms(talk)
        said = t("Published. It holds from now on; open cases keep their version.")
        if starts_at is not None:
            said = t("Published. It holds from {when}.", when=talk.setting.shown.day_time(starts_at))
        return replace(talk, stage="idle", said=said, said_style="good")


def _terms(talk: Talk) -> tuple[datetime | None, tuple[Adopted, ...]]:
    """What the questions before have gathered."""
    start, chosen = (*talk.held[:2], "", "")[:2]
    adopts = tuple(x for x in answer_of(talk, PolicySeen).adoptable if x.suggestion in chosen.split(","))
    return datetime.fromisoformat(start) if start else None, adopts
