"""The policy for supervision: versions, the draft of the next one, what it changes, who has read it (rules D5, D7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import BeginDraft, EditText
from mesa_recuperacion.dialogue.review.base import Page, again, answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.paging import paged
from mesa_recuperacion.dialogue.scenes.base import Shape, interrupt, quoted, refuse
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.policy import (
    Acknowledged,
    AcknowledgedOf,
    DraftChecked,
    DraftCheckOf,
    DraftDiff,
    DraftDiffOf,
    DraftSeen,
    PolicyOf,
    PolicySeen,
    Version,
)
from mesa_recuperacion.domain.text import fold

ROWS = 10
"""Rows of sentences on one page of the smallest window, under its heading."""

NAMES = 3
"""People who are named in one line; the page of readers has the others."""


def opening(talk: Talk) -> PolicyOf:
    """The question that the page of the policy begins with."""
    return PolicyOf(talk.setting.words.language, talk.setting.shown.locale)


class PolicyPage(Page):
    """The versions and the draft."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """What can be done with the draft, if there is one, and who has read the version in force."""
        t, seen = talk.setting.words.t, answer_of(talk, PolicySeen)
        edit = (("e", t("edit the draft")),)
        own = (("r", t("read again")), ("c", t("check")), ("d", t("difference")), ("p", t("publish")))
        return (*edit, *(own if seen.draft else own[:1]), ("l", t("who has read it")))

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The versions, by their numbers."""
        seen = answer_of(talk, PolicySeen)
        return tuple(_option(talk, version, seen, now) for version in seen.versions)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The draft, who has not read the version in force, and the versions."""
        t, seen, rows = talk.setting.words.t, answer_of(talk, PolicySeen), self.rows(talk, text, now)
        titles = (t("Version"), t("from"), t("published by"), "")
        more = t("and {n} more: the arrows lead there", n="{n}")
        blocks: tuple[Block, ...] = (
            *_draft(talk, seen), Gap(), _readers(talk, seen), Gap(),
            Choice(titles, rows, self.selected(talk, text, rows), left=(0, 1, 2), more=more),
        )  # fmt: skip
        return Shape(t("Policy"), t("letter, or number of a version"), blocks, title=t("The policy"))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """A letter does what it says; a number tells whose suggestions a version takes up."""
        t, seen = talk.setting.words.t, answer_of(talk, PolicySeen)
        letter = fold(text.strip())
        if letter in dict(self.letters(talk)):
            return _act(talk, letter, seen, now)
        if letter in ("c", "d", "p"):
            return refuse(talk, t("There is no draft yet: e begins one, from version {n}.", n=seen.latest))
        if not letter and talk.pick is None:
            return refuse(talk, t("A letter of the row below, or the number of a version."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else _credit(talk, seen.versions[index])

    def turned(self, talk: Talk, by: int) -> Step:
        """F8 leads to older versions, F7 back to the newest."""
        seen, query = answer_of(talk, PolicySeen), review_of(talk).query
        if not isinstance(query, PolicyOf) or not (seen.more if by > 0 else query.below):
            return Step(talk)
        return instead(talk, replace(query, below=seen.versions[-1].number if by > 0 else None))

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """The editor could not be opened: the page as things are now, with the draft that was begun for it."""
        step = again(talk)
        return Step(replace(step.talk, said=sentence(talk.setting, refusal, now), said_style="warn"), step.asks)


def _act(talk: Talk, letter: str, seen: PolicySeen, now: datetime) -> Step:
    language, locale = talk.setting.words.language, talk.setting.shown.locale
    match letter:
        case "e":
            return again(talk, BeginDraft(), EditText(seen.path))
        case "r":
            return again(talk)
        case "c":
            return look(talk, "review_policy_check", DraftCheckOf(language, locale))
        case "d":
            return look(talk, "review_policy_diff", DraftDiffOf(language, locale))
        case "l":
            return look(talk, "review_policy_read", AcknowledgedOf())
    return _publish(talk, seen, now)


def _publish(talk: Talk, seen: PolicySeen, now: datetime) -> Step:
    """Only what is sound and changes something; a version that waits for its start may be published again, earlier."""
    t, draft = talk.setting.words.t, seen.draft
    if draft is None or draft.unread:
        return refuse(talk, t("The draft cannot be read. Nothing was changed."))
    if draft.faults:
        return refuse(talk, t("It has faults: c tells them. The draft is kept, and e opens it."))
    waits = any(v.number == seen.latest and v.starts_at > now for v in seen.versions)
    if not draft.changes and not waits:
        return refuse(talk, t("The draft changes nothing in version {n}: e opens it.", n=seen.latest))
    return interrupt(talk, "review_policy_start", "")


def _draft(talk: Talk, seen: PolicySeen) -> tuple[Block, ...]:
    """The draft in a line, and the file that it is: any editor can open it."""
    t, draft = talk.setting.words.t, seen.draft
    if draft is None:
        return (
            Text(t("There is no draft. e begins one, from version {n}.", n=seen.latest), "strong"),
            Text(t("Its file will be {path}", path=seen.path), "dim"),
        )
    return (*_draft_line(talk, seen, draft), Text(t("Any editor can open it: {path}", path=seen.path), "dim"))


def _draft_line(talk: Talk, seen: PolicySeen, draft: DraftSeen) -> tuple[Block, ...]:
    words, t = talk.setting.words, talk.setting.words.t
    if draft.unread:
        return (Text(draft.unread, "warn"),)
    saved = t("saved {day}", day=talk.setting.shown.day_time(draft.saved_at))
    name = t("Draft of version {n}", n=seen.latest + 1)
    if draft.faults:
        faults = words.tn("{n} fault, c tells it", "{n} faults, c tells them", draft.faults)
        return (Text(f"{name}: {faults} · {saved}", "warn"),)
    changes = words.tn("{n} change", "{n} changes", draft.changes)
    return (Text(f"{name}: {changes} · {_seconds(talk, seen.seconds, draft.seconds)} · {saved}", "strong"),)


def _seconds(talk: Talk, before: int, after: int) -> str:
    """How long the longest call takes to say, before and after (rule A5)."""
    t = talk.setting.words.t
    if before == after:
        return t("takes {n} s to say, as before", n=after)
    return t("takes {n} s to say, before {before} s", n=after, before=before)


def _readers(talk: Talk, seen: PolicySeen) -> Text:
    t, unread = talk.setting.words.t, seen.unread_by
    if not unread:
        return Text(t("Everybody has read version {n}.", n=seen.in_force), "good")
    names = ", ".join(unread[:NAMES])
    if len(unread) > NAMES:
        names = t("{names} and {n} more (l)", names=names, n=len(unread) - NAMES)
    return Text(t("Have not read version {n}: {names}", n=seen.in_force, names=names), "warn")


def _option(talk: Talk, version: Version, seen: PolicySeen, now: datetime) -> Option:
    t, shown = talk.setting.words.t, talk.setting.shown
    later = (v for v in seen.versions if v.number > version.number)
    passed_over = version.number > seen.in_force and any(v.starts_at <= version.starts_at for v in later)
    if version.number == seen.in_force:
        state, mark = t("in force"), "good"
    elif version.number < seen.in_force:
        state, mark = "", ""
    else:
        state, mark = (t("passed over"), "warn") if passed_over else (t("to come"), "accent")
    credit = "♦" if version.adopted else ""
    cells = (shown.day_time(version.starts_at), version.by, " ".join(filter(None, (credit, state))))
    return Option(str(version.number), t("version {n}", n=version.number), cells, mark)


def _credit(talk: Talk, version: Version) -> Step:
    """Whose suggestions a version takes up (rule D5)."""
    t = talk.setting.words.t
    if not version.adopted:
        said = t("Version {n} takes up no suggestion. Cases that were opened under it keep it.", n=version.number)
    else:
        first = version.adopted[0]
        said = t("♦ {name}: {text}", name=first.by, text=quoted(talk, first.text))
        if len(version.adopted) > 1:
            more = ", ".join(dict.fromkeys(x.by for x in version.adopted[1:]))
            said = t("♦ It takes up what {name} and {others} suggested.", name=first.by, others=more)
    return Step(replace(talk, said=said, said_style=""))


class _Sentences(Page):
    """Sentences on pages: Enter, F7 and F8 turn them."""

    def made(self, talk: Talk) -> tuple[tuple[str, ...], ...]:
        """The pages."""
        raise NotImplementedError

    def turned(self, talk: Talk, by: int) -> Step:
        """The page before or after."""
        last = len(self.made(talk)) - 1
        return Step(replace(talk, page=max(0, min(last, talk.page + by)), said="", said_style=""))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Enter turns the page; after the last one, the first."""
        if text.strip():
            return refuse(talk, talk.setting.words.t("Enter turns the page, Esc goes back."))
        return Step(replace(talk, page=(talk.page + 1) % len(self.made(talk)), said="", said_style=""))

    def shape(self, talk: Talk, prompt: str, head: Text, title: str, style: str = "") -> Shape:
        """A heading, and the page that is open."""
        t, made = talk.setting.words.t, self.made(talk)
        at = min(talk.page, len(made) - 1)
        under = t("page {page} of {pages}", page=at + 1, pages=len(made)) if len(made) > 1 else ""
        hint = t("Enter turns the page · Esc goes back") if under else t("Esc goes back")
        lines = tuple(Text(line, style) for line in made[at])
        return Shape(prompt, hint, (head, Gap(), *lines), title=title, under=under)

    def exported(self, talk: Talk) -> Query | None:
        """It is text, no table."""
        return None


class CheckPage(_Sentences):
    """Every fault of the draft with its line, or what deserves a second look and how long it takes to say."""

    def made(self, talk: Talk) -> tuple[tuple[str, ...], ...]:
        """The faults, else the warnings."""
        seen = answer_of(talk, DraftChecked)
        return paged(seen.faults or seen.warnings, ROWS)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """How it stands, and the sentences."""
        words, t, seen = talk.setting.words, talk.setting.words.t, answer_of(talk, DraftChecked)
        if seen.faults:
            n = len(seen.faults)
            head = Text(
                words.tn("{n} fault keeps it from being published", "{n} faults keep it from being published", n),
                "warn",
            )
        elif seen.warnings:
            told = t(
                "It is sound, and {seconds}. Worth a second look:", seconds=_seconds(talk, seen.before, seen.after)
            )
            head = Text(told, "good")
        else:
            head = Text(t("It is sound, and {seconds}.", seconds=_seconds(talk, seen.before, seen.after)), "good")
        return self.shape(talk, t("Check"), head, t("The draft, checked"))


class DiffPage(_Sentences):
    """What the draft changes, in words."""

    def made(self, talk: Talk) -> tuple[tuple[str, ...], ...]:
        """A sentence for each difference."""
        return paged(answer_of(talk, DraftDiff).lines, ROWS)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """How many there are, the seconds before and after, and the sentences."""
        words, t, seen = talk.setting.words, talk.setting.words.t, answer_of(talk, DraftDiff)
        title = t("The draft against version {n}", n=seen.against)
        if seen.faulty:
            head = Text(t("It has faults and cannot be compared: Esc, and c tells them."), "warn")
        elif not seen.lines:
            head = Text(t("It changes nothing."), "dim")
        else:
            changes = words.tn("{n} change", "{n} changes", len(seen.lines))
            head = Text(f"{changes} · {_seconds(talk, seen.before, seen.after)}", "strong")
        return self.shape(talk, t("Difference"), head, title)


class ReadPage(Page):
    """Who has read the version in force, and who has not."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Everybody who works here; those who have not read it first."""
        t, seen = talk.setting.words.t, answer_of(talk, Acknowledged)
        roles = {"agent": t("agent"), "supervisor": t("supervisor")}
        made = []
        for n, reader in enumerate(seen.readers, 1):
            read = reader.number >= seen.number
            state = t("has read it") if read else t("has read version {n}", n=reader.number) if reader.number else \
                t("has read none")  # fmt: skip
            cells = (roles.get(reader.role, reader.role), state)
            made.append(Option(str(n), reader.name, cells, "good" if read else "warn"))
        return tuple(made)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list."""
        words, t, seen = talk.setting.words, talk.setting.words.t, answer_of(talk, Acknowledged)
        rows = self.rows(talk, text, now)
        missing = sum(1 for reader in seen.readers if reader.number < seen.number)
        head = Text(t("Everybody has read version {n}.", n=seen.number), "good")
        if missing:
            told = words.tn("{n} person has not read version {version}", "{n} people have not read version {version}",
                            missing, version=seen.number)  # fmt: skip
            head = Text(told, "warn")
        more = t("and {n} more: the arrows lead there", n="{n}")
        choice = Choice((t("Who"), t("role"), ""), rows, self.selected(talk, text, rows), left=(0, 1), more=more)
        return Shape(t("Readers"), t("Esc goes back"), (head, Gap(), choice), title=t("Who has read the policy"))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """There is nothing to choose: it is read at the login."""
        t = talk.setting.words.t
        return refuse(talk, t("Each one reads it at the login, and agrees to it there. Esc goes back."))
