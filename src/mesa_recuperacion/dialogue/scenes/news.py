"""First thing after the login: the policy that is new, and what others wrote to this person (rules D5, D6, D7, D9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from unicodedata import east_asian_width

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, quoted, refuse
from mesa_recuperacion.dialogue.scenes.reading import unread
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Option, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.views import News

Page = tuple[Block, ...]

ROWS, WIDTH = 13, 74
"""What main has room for in the smallest window."""


def pages(talk: Talk) -> tuple[Page, ...]:
    """What is to be read now, in as few pages as the smallest window allows; none if all is read."""
    waiting = unread(talk)
    if waiting.version:
        return _policy(talk)
    return _news(talk, waiting.news[0]) if waiting.news else ()


def _policy(talk: Talk) -> tuple[Page, ...]:
    t, policy = talk.setting.words.t, talk.policy
    if policy is None:
        return ()
    title = Text(t("Policy in force: {title}, version {n}", title=policy.title, n=policy.version), "strong")
    listed = [
        (Text(head, "dim"), *(Text(f"· {said}") for said in lines))
        for head, lines in (
            (t("What changes"), policy.news),
            (t("What the company does not accept, from anybody"), policy.conduct),
        )
        if lines
    ]
    if not listed:
        return ((title, Gap(), Text(t("It says nothing else that has to be read: the desk shows it in each step."))),)
    if len(listed) == 2 and 3 + sum(map(len, listed)) <= ROWS:
        return ((title, Gap(), *listed[0], Gap(), *listed[1]),)
    return tuple((title, Gap(), *part) for part in listed)


def _news(talk: Talk, item: News) -> tuple[Page, ...]:
    t = talk.setting.words.t
    if item.kind == "praise":
        title = t("♦ {name} thanks you", name=item.by)
        if item.about:
            title = t("♦ {name} thanks you for case {case}", name=item.by, case=item.about)
        return ((Text(title, "accent"), Gap(), Text(quoted(talk, item.text), "strong")),)
    if item.kind == "adopted":
        return (_adopted(talk, item),)
    title = {
        "accept": t("{name} accepts your suggestion", name=item.by),
        "try": t("{name} wants to try your suggestion", name=item.by),
        "decline": t("{name} does not take up your suggestion", name=item.by),
    }.get(item.answer, t("{name} answers your suggestion", name=item.by))
    answer = Text(quoted(talk, item.text), "strong") if item.text else None
    head: Page = (Text(title, "accent"), Gap(), *((answer, Gap()) if answer else ()))
    own: Page = (Text(t("What you suggested"), "dim"), Text(quoted(talk, item.about)))
    if _rows(item.text) + _rows(item.about) + 2 <= ROWS:
        return ((*head, *own),)
    return (head, own)


def _adopted(talk: Talk, item: News) -> Page:
    """That a version takes up what this person suggested, from when, and their own words (rule D5)."""
    t, shown = talk.setting.words.t, talk.setting.shown
    begins: tuple[Block, ...] = ()
    if item.starts_at is not None and item.starts_at > item.at:
        begins = (Text(t("It holds from {day}.", day=shown.day_time(item.starts_at)), "dim"),)
    title = t("♦ Your suggestion is in version {n} of the policy", n=item.number)
    return (Text(title, "accent"), *begins, Gap(), Text(quoted(talk, item.about), "strong"))


def _rows(text: str) -> int:
    """The rows that a text takes at most, a word in eight lost at the end of each."""
    columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return -(-columns // (WIDTH - 10)) if text else 0


class NewsScene(Scene):
    """One thing at a time; Enter has read it.  A customer never waits for it: a name that is typed opens the case."""

    back = "idle"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The pages: the arrows turn them as they move a selection."""
        return tuple(Option("", "") for _ in pages(talk))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The page."""
        t, made = talk.setting.words.t, pages(talk)
        if not made:
            return Shape(t("To read"), t("Enter goes on"), (Text(t("There is nothing more to read."), "dim"),))
        at = _page(talk, len(made))
        more = at + 1 < len(made)
        hint = t("Enter turns the page") if more else t("Enter: read and agreed") if unread(talk).version else \
            t("Enter: read")  # fmt: skip
        prompt = t("To read")
        if len(made) > 1:
            prompt = t("To read, {page} of {pages}", page=at + 1, pages=len(made))
        return Shape(prompt, t("{hint} · Esc: later", hint=hint), made[at])

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Turns the page; on the last one it is read, and the next thing comes."""
        t, waiting, made = talk.setting.words.t, unread(talk), pages(talk)
        if text.strip():
            return refuse(talk, t("Enter alone has read it, Esc leaves it for later; a name opens the case."))
        at = _page(talk, len(made))
        if at + 1 < len(made):
            return Step(replace(talk, pick=at + 1, said="", said_style=""))
        if waiting.version:
            return ask(talk, Do(c.AcknowledgePolicy(waiting.version)), then="@")
        if waiting.news:
            return ask(talk, Do(c.ReadNews(waiting.news[0].id)), then="@")
        return Step(self.done(talk, now))

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The next thing, or the idle desk."""
        return replace(talk, stage="news" if unread(talk).count else "idle", pick=None)


def _page(talk: Talk, count: int) -> int:
    """The page that is shown, from 0."""
    return max(0, min(talk.pick or 0, count - 1))
