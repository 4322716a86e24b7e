"""Who works here: added, renamed, given another role or a new PIN, retired; their history stays (rule E2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Unlock
from mesa_recuperacion.dialogue.review.base import Page, answer_of, decided, look, told
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, interrupt, refuse
from mesa_recuperacion.dialogue.scenes.team import split
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.lockout import FREE_ATTEMPTS, is_closed
from mesa_recuperacion.domain.review.staff import Staff, StaffLine, StaffPerson, StaffPersonOf
from mesa_recuperacion.domain.text import NAME_LENGTH, clean, proper_name

_NEW = re.compile(r"\s*([as])(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_ROLES = {"a": "agent", "s": "supervisor"}


def role_name(talk: Talk, role: str) -> str:
    """What a role is called."""
    t = talk.setting.words.t
    return t("supervision") if role == "supervisor" else t("agent")


class StaffPage(Page):
    """Everybody, by the number with which they enter."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Who is new."""
        t = talk.setting.words.t
        return (("a", t("add an agent")), ("s", t("add a supervisor")))

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Who works here, then who no longer does."""
        return tuple(_row(talk, line) for line in answer_of(talk, Staff).lines)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nobody by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list, and how somebody is added."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        titles = (t("Who works here"), "", t("open cases"), t("owes"))
        at = None if _NEW.fullmatch(text) else self.selected(talk, text, rows)
        more = t("and {n} more: a number takes them too", n="{n}")
        blocks: tuple[Block, ...] = (
            Choice(titles, rows, at, left=(0,), more=more), Gap(),
            Text(t("New: a and the name for an agent, s for supervision. E.g.: a Delia Mora"), "dim"),
        )  # fmt: skip
        return Shape(t("Who"), t("number · Enter opens"), blocks, title=t("Staff"),
                     under=t("Their number is theirs for good, and so is their history."))  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens one of them, or begins to add somebody."""
        t, new = talk.setting.words.t, _NEW.fullmatch(text)
        if new is not None:
            letter, name = new[1].lower(), proper_name(clean(new[2] or "", NAME_LENGTH))
            if not name:
                return refuse(talk, t("Whom? The letter, a space and the whole name."), f"{letter} ")
            return signing(talk, "add", _ROLES[letter], name)
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("A number opens a person; a or s and a name adds one."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        person = answer_of(talk, Staff).lines[index].person
        return look(talk, "review_staff_person", StaffPersonOf(person.id), text=text)


def _row(talk: Talk, line: StaffLine) -> Option:
    t, person = talk.setting.words.t, line.person
    role = t("no longer works here") if person.retired else role_name(talk, person.role)
    figures = tuple(str(n) if n else "" for n in (line.open_cases, line.owed))
    return Option(str(person.number), person.name, (role, *figures), quiet=person.retired)


class PersonPage(Page):
    """One of them, and what can be decided about them: every decision is a line of the journal."""

    def actions(self, talk: Talk) -> tuple[str, ...]:
        """What the rows do, in their order."""
        seen = answer_of(talk, StaffPerson)
        if seen.person.retired:
            return ("return",)
        unlock = ("unlock",) if seen.failures >= FREE_ATTEMPTS else ()
        return ("name", "role", "pin", "take", "retire", *unlock)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The decisions."""
        t, seen = talk.setting.words.t, answer_of(talk, StaffPerson)
        supervises = seen.person.role == "supervisor"
        names = {
            "name": t("Another name, in the same line"),
            "role": t("An agent from now on") if supervises else t("In supervision from now on"),
            "pin": t("A new PIN: you sign, and they type it"),
            "take": t("Take over what they have open"),
            "retire": t("No longer works here"), "return": t("Works here again"),
            "unlock": t("Open their number: they try their PIN again"),
        }  # fmt: skip
        return tuple(Option(str(n), names[action]) for n, action in enumerate(self.actions(talk), 1))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row of the number that the line begins with."""
        return super().selected(talk, split(text)[0] or text, rows)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What they have open and owe, and the decisions."""
        t, seen, rows = talk.setting.words.t, answer_of(talk, StaffPerson), self.rows(talk, text, now)
        person = seen.person
        role = t("no longer works here") if person.retired else role_name(talk, person.role)
        under = t("enters with number {number} · {role}", number=person.number, role=role)
        if person.retired:
            under = t("entered with number {number} · {role}", number=person.number, role=role)
        blocks: tuple[Block, ...] = (
            *self._work(talk, seen), Gap(),
            Choice((t("What is decided"),), rows, self.selected(talk, text, rows)), Gap(),
            Text(t("Everything that they did stays under their name. Each change is a line of the journal."), "dim"),
        )  # fmt: skip
        hint = t("number · Enter") if person.retired else t("number · Enter · e.g. 1 and the new name")
        return Shape(t("Decide"), hint, blocks, title=person.name, under=under)

    def _work(self, talk: Talk, seen: StaffPerson) -> tuple[Block, ...]:
        t, tn = talk.setting.words.t, talk.setting.words.tn
        folios = ", ".join(seen.cases[:6]) + (" …" if len(seen.cases) > 6 else "")
        cases = t("Open: {cases}", cases=folios) if folios else t("No open case.")
        if seen.person.retired:
            return (Text(t("What they still owed went to supervision."), "dim"),)
        owed = tn("Owes one thing.", "Owes {n} things.", seen.owed) if seen.owed else t("Owes nothing.")
        return (Text(cases), Text(owed), *self._shut(talk, seen))

    def _shut(self, talk: Talk, seen: StaffPerson) -> tuple[Block, ...]:
        """That too many wrong PINs were typed with their number."""
        t = talk.setting.words.t
        if seen.failures < FREE_ATTEMPTS:
            return ()
        if is_closed(seen.failures, seen.person.role):
            return (Text(t("Their number is closed after too many attempts in a row: 6 opens it."), "warn"),)
        return (Text(t("Their number has to wait after too many attempts in a row: 6 opens it."), "warn"),)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Decides."""
        t, person = talk.setting.words.t, answer_of(talk, StaffPerson).person
        number, words = split(text)
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("A number decides; Esc goes back, and nothing has changed."))
        index = self.choice(talk, number or text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        name, supervises = person.name, person.role == "supervisor"
        match self.actions(talk)[index]:
            case "name":
                new = clean(words, NAME_LENGTH)
                if not new:
                    return refuse(talk, t("What is their name now? After the 1, in the same line."), "1 ")
                return decided(talk, c.RenamePerson(person.id, new), t("{name} from now on.", name=new), text=text)
            case "role":
                role = "agent" if supervises else "supervisor"
                said = t("{name} is an agent from now on.", name=name)
                if not supervises:
                    said = t("{name} is in supervision from now on.", name=name)
                return decided(talk, c.ChangeRole(person.id, role), said)
            case "pin":
                return signing(talk, "pin", str(person.number), name)
            case "unlock":
                said = t("{name} can try their PIN again.", name=name)
                return ask(replace(talk, held=(said,)), Unlock(person.number), then="@")
            case "take":
                said = t("What {name} had open is on your list: go on with it, or hand it over.", name=name)
                return decided(talk, c.TakeCases(person.id), said)
            case "retire":
                said = t("{name} no longer works here. What they still owed is on supervision's list.", name=name)
                return decided(talk, c.RetirePerson(person.id), said)
        return decided(talk, c.ReturnPerson(person.id), t("{name} works here again.", name=name))

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The same page, as things are now."""
        return told(talk)


def signing(talk: Talk, what: str, which: str, name: str) -> Step:
    """Begin to set a PIN: first the supervisor signs.  ``which`` is the role of who is new, else a number."""
    there = interrupt(talk, "review_staff_sign", "").talk
    return Step(replace(there, held=(what, which, name)))
