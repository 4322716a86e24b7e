"""Which language, which business, in what money; and what is derived from it, open to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup import derive
from mesa_recuperacion.dialogue.setup.question import Question, name_or_refusal
from mesa_recuperacion.dialogue.setup.state import Setup, Step, refuse
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Pairs, Text
from mesa_recuperacion.domain.text import clean, fold
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import LANGUAGES, later, words

_OWN_NAMES = {"es": later("Spanish"), "en": later("English")}
_ZONES_SHOWN = 7


class Language(Question):
    """1: the language; everything from then on is in it."""

    number = 1
    following = "business"

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """Each language by its own name, in its own words."""
        return tuple(
            Option(str(n), own_name(code), (words(code).t("The whole desk in this language"),))
            for n, code in enumerate(LANGUAGES, 1)
        )

    def default(self, talk: Setup) -> int | None:
        """The one that is being spoken."""
        return LANGUAGES.index(talk.setting.words.language)

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """A welcome, and the two."""
        t = talk.setting.words.t
        return Shape(t("Language"), t("number · Enter accepts"), (
            Text(t("Welcome. Six short questions, and the desk is ready."), "strong"),
            Text(t("Enter accepts what is marked; Esc goes back one question."), "dim"), Gap(),
            Choice((), self.rows(talk, text), self.selected(talk, text), left=(0,)),
        ))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """What the language decides."""
        t = talk.setting.words.t
        return t("The language of the screens and of the phrases that are said to the customer.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Speaks it from now on."""
        chosen = self.chosen(talk, text)
        if isinstance(chosen, Step):
            return chosen
        return self.accept(talk, setting=spoken(talk.setting, LANGUAGES[chosen]))


class Business(Question):
    """2, first half: the name of the business; branch and code follow from it."""

    number = 2
    following = "currency"
    previous = "language"

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What would follow from the name that is being typed."""
        t = talk.setting.words.t
        talk = replace(talk, business=clean(text, 60) or talk.business)
        return Shape(t("Name"), t("Enter accepts"), (
            Text(t("What is the business called?"), "strong"), Gap(), Pairs((
                (t("Business"), derive.business(talk), ""), (t("Branch"), derive.branch(talk), ""),
                (t("Code in the folios"), f"{derive.code(talk)}-1042", ""),
            )), Gap(), Text(t("All of it can be changed on the last page."), "dim"),
        ), ghost="" if text else derive.business(talk))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """Where the name is seen."""
        t = talk.setting.words.t
        return t("The name stands at the top of the login. The letters of the code begin every folio.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the name; Enter alone keeps the one that is shown."""
        if not text.strip():
            return self.accept(talk)
        name = name_or_refusal(talk, text)
        return name if isinstance(name, Step) else self.accept(talk, business=name)


class Currency(Question):
    """2, second half: the money it works in."""

    number = 2
    following = "keys"
    previous = "business"

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """The currency with the limits that it will count, and the local time."""
        t, typed = talk.setting.words.t, text.strip().upper()
        talk = replace(talk, currency=typed if derive.is_currency(talk, typed) else talk.currency)
        rows = [(t("Currency"), derive.currency(talk), "")]
        if (limits := derive.limits(talk)) is not None:
            week = t("{amount} a week", amount=limits[1])
            rows += [(t("Cap of a case"), limits[0], ""), (t("Budget of each agent"), week, "")]
        rows.append((t("Local time"), f"{derive.shown(talk).clock(now)}   {derive.zone(talk)}", ""))
        return Shape(t("Currency"), t("three letters · Enter accepts"), (
            Text(t("Which currency does {name} work in?", name=derive.business(talk)), "strong"), Gap(),
            Pairs(tuple(rows)), Gap(),
            Text(t("The amounts come from the example policy: check them before the first call."), "dim"),
        ), ghost="" if text else derive.currency(talk))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """What the currency decides."""
        t = talk.setting.words.t
        return t("Budgets are counted in it from the first day, and it cannot be changed later. Three letters:"
                 " MXN, USD, EUR.")  # fmt: skip

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps a currency that there is; of another, names the nearest."""
        t, typed = talk.setting.words.t, text.strip().upper()
        if not typed:
            return self.accept(talk)
        if derive.is_currency(talk, typed):
            return self.accept(talk, currency=typed)
        near = derive.nearest_currency(talk, typed)
        said = t("I do not know the currency “{text}”. {near}? Three letters, such as MXN, USD or EUR.",
                 text=clean(text, 16), near=near)  # fmt: skip
        return refuse(talk, said, text)


class Branch(Question):
    """From the summary: a branch that is not called as the business."""

    number = 2
    following = "code"
    leads_on = True

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """The name and the code that follows from it."""
        t = talk.setting.words.t
        given = clean(text, 60)
        talk = replace(talk, branch=given, code="") if given else talk
        return Shape(t("Branch"), t("Enter accepts"), (
            Text(t("What is this branch called?"), "strong"), Gap(), Pairs((
                (t("Branch"), derive.branch(talk), ""), (t("Code in the folios"), f"{derive.code(talk)}-1042", ""),
            )),
        ), ghost="" if text else derive.branch(talk))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """What a branch's name is for."""
        return talk.setting.words.t("The name of this place, for a business that has several.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the name; a code that was derived follows it."""
        if not text.strip():
            return self.accept(talk)
        name = name_or_refusal(talk, text)
        return name if isinstance(name, Step) else self.accept(talk, branch=name, code="")


class Code(Question):
    """From the summary, after the branch's name: its letters."""

    number = 2
    previous = "branch"
    part = True

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """A folio as it will be."""
        t, typed = talk.setting.words.t, fold(text).strip().upper()
        code = typed if derive.is_code(typed) else derive.code(talk)
        return Shape(t("Code"), t("2 to 4 letters · Enter accepts"), (
            Text(t("Which letters begin the folios of {name}?", name=derive.branch(talk)), "strong"), Gap(),
            Pairs(((t("First folio"), f"{code}-1001", ""),)),
        ), ghost="" if text else derive.code(talk))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """Why a code cannot be just anything."""
        return talk.setting.words.t("Folios are read aloud: two to four letters, different in each branch.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps two to four letters."""
        typed = fold(text).strip().upper()
        if not typed:
            return self.accept(talk)
        if not derive.is_code(typed):
            return refuse(talk, talk.setting.words.t("A code has 2 to 4 letters, such as CEN or NTE."), text)
        return self.accept(talk, code=typed)


class Zone(Question):
    """From the summary: a branch that is not where its machine says."""

    number = 2

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """The zones that the letters name."""
        return tuple(Option("", name) for name in derive.zones_for(talk, text)[:_ZONES_SHOWN])

    def selected(self, talk: Setup, text: str) -> int | None:
        """The first, or the one that the arrows chose."""
        rows = self.rows(talk, text)
        return min(talk.pick or 0, len(rows) - 1) if rows else None

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What the clock says there."""
        t, rows, at = talk.setting.words.t, self.rows(talk, text), self.selected(talk, text)
        zone = rows[at].name if at is not None else derive.zone(talk)
        there = Shown(derive.locale(talk), ZoneInfo(zone))
        return Shape(t("City"), t("letters · ↑ ↓ · Enter accepts"), (
            Text(t("What time is it at the branch?"), "strong"), Gap(),
            Pairs(((t("Local time"), f"{there.day_time(now)}   {zone}", ""),)), Gap(), Choice((), rows, at),
        ), ghost="" if text else zone)  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """Why the zone matters."""
        t = talk.setting.words.t
        return t("Promises and opening hours are told by the branch's clock. Type a large city of the same hour.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the zone that is marked."""
        rows, at = self.rows(talk, text), self.selected(talk, text)
        if not text.strip():
            return self.accept(talk)
        if at is None:
            t = talk.setting.words.t
            said = t("I do not know that place. Type a large city of the same hour, such as Monterrey.")
            return refuse(talk, said, text)
        return self.accept(talk, zone=rows[at].name)


class Problems(Question):
    """6: begin with the example problems, or with none."""

    number = 6
    previous = "pin"

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """The two ways to begin."""
        t = talk.setting.words.t
        return (
            Option("1", t("With the eight common problems"), (t("change them later"),)),
            Option("2", t("Empty, only “another problem”"), (t("write your own"),)),
        )

    def default(self, talk: Setup) -> int | None:
        """The examples, or what was answered before."""
        return 0 if talk.examples else 1

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What the examples are, and how they are changed."""
        t = talk.setting.words.t
        return Shape(t("Begin"), t("number · Enter accepts"), (
            Text(t("Which problems does the desk begin with?"), "strong"), Gap(),
            Choice((), self.rows(talk, text), self.selected(talk, text), left=(0,)), Gap(),
            Text(t("Each brings its phrases, remedies and compensations. mesa policy show writes them all down, and"
                   " mesa policy publish puts yours in force."), "dim"),
        ))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """What is in the examples."""
        t = talk.setting.words.t
        return t("Billing, damaged, missing or wrong products, services that failed, returns: ready to be used.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the choice."""
        chosen = self.chosen(talk, text)
        return chosen if isinstance(chosen, Step) else self.accept(talk, examples=chosen == 0)


def own_name(language: str) -> str:
    """A language's name in itself."""
    return words(language).t(_OWN_NAMES[language])


def spoken(setting: Setting, language: str) -> Setting:
    """The same setting in that language."""
    if language == setting.words.language:
        return setting
    return replace(setting, words=words(language), shown=Shown(language, setting.shown.zone))
