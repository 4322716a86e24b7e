"""Customers listed while a name or a telephone is typed: each one is a number, or an arrow, away (rule A3)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import FindCustomers
from mesa_recuperacion.dialogue.grammar.choose import pick_from_tail
from mesa_recuperacion.dialogue.grammar.customer import starts_case
from mesa_recuperacion.dialogue.scenes.base import Scene
from mesa_recuperacion.dialogue.scenes.customer import complaints, named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Option
from mesa_recuperacion.domain.text import clean, digits_of, fold, is_phone
from mesa_recuperacion.domain.views import Customer

SHOWN = 6
"""Customers in a list."""


def sharing(typed: str, customers: tuple[Customer, ...]) -> int:
    """How many of these have exactly the telephone that is typed; 0 for what is no telephone."""
    return sum(digits_of(c.phone) == digits_of(typed) for c in customers) if is_phone(typed) else 0


class Finding(Scene):
    """What every list of customers does."""

    searches = True

    def parted(self, talk: Talk, text: str) -> tuple[str, str | None]:
        """What is looked up, and the row that is chosen by a number after it.

        A telephone stays whole, but for one that several people were just found to have: then a number tells who.
        """
        name, row = pick_from_tail(text)
        known = talk.found
        if row is None and known is not None and sharing(known.text, known.customers) > 1:
            after = re.fullmatch(re.escape(known.text) + r"\s+([0-9])", text.strip())
            return (known.text, after[1]) if after else (name, None)
        return name, row

    def sought(self, talk: Talk, text: str) -> str:
        """What is looked up for a line; empty for nothing."""
        return clean(self.parted(talk, text)[0])

    def listed(self, talk: Talk, text: str) -> tuple[Customer, ...]:
        """The customers that are shown."""
        return talk.found.customers[:SHOWN] if talk.found is not None else ()

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The customers with their telephone and what came before."""
        listed = self.listed(talk, text)
        return tuple(
            Option(key, named(talk, c.name), (c.phone, complaints(talk, c, now)), "warn" if c.recent else "")
            for key, c in zip(self.keys(listed), listed, strict=False)
        )

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The number typed after the name, the arrows' pick, else the default."""
        _, row = self.parted(talk, text)
        if row is not None:
            return next((i for i, option in enumerate(rows) if option.key == row), None)
        if self.chosen(talk, text):
            return self._untyped(talk, rows)
        return None if self.shared(talk, text) > 1 else self.default(talk, rows)

    def chosen(self, talk: Talk, text: str) -> bool:
        """Whether a row was chosen by its number or with the arrows, and not only by being the first."""
        return talk.pick is not None or self.parted(talk, text)[1] is not None

    def shared(self, talk: Talk, text: str) -> int:
        """How many people have exactly the telephone that is typed."""
        return sharing(self.parted(talk, text)[0], talk.found.customers) if talk.found is not None else 0

    def marked(self, talk: Talk, text: str) -> str:
        """The customer of the row that Enter would take."""
        listed = self.listed(talk, text)
        index = self.selected(talk, text, tuple(Option(key, "") for key in self.keys(listed)))
        return listed[index].id if index is not None and index < len(listed) else ""

    def keys(self, listed: tuple[Customer, ...]) -> tuple[str, ...]:
        """The keys of the rows: a number for each customer."""
        return tuple(str(n) for n in range(1, len(listed) + 1))

    def looked_up(self, talk: Talk, text: str) -> Step | None:
        """A search to be made before this very text is answered; ``None`` if what is listed is for it."""
        name = self.sought(talk, text)
        if talk.found is not None and talk.found.text == name:
            return None
        return Step(replace(talk, then="open", sent=text, said=""), (FindCustomers(name),)) if name else None

    def unclear(self, talk: Talk, text: str, customer: Customer) -> str:
        """Why Enter alone cannot tell who is meant; empty if it can."""
        t, listed = talk.setting.words.t, self.listed(talk, text)
        if self.chosen(talk, text):
            return ""
        if sum(fold(c.name) == fold(customer.name) for c in listed) > 1:
            return t("There is more than one {name}. Choose by the telephone: number after the name, or arrows.",
                     name=clean(customer.name, 24))  # fmt: skip
        return ""

    def many(self, talk: Talk, text: str) -> str:
        """What is said of a telephone that several people have; empty if one has it, or one was chosen."""
        count = self.shared(talk, text)
        if count < 2 or self.chosen(talk, text):
            return ""
        t = talk.setting.words.t
        return t("{n} people have this telephone. Ask who is calling: number after it, or arrows.", n=count)


class Filed(Finding):
    """A list in which a number alone is a row: of what is proposed before anything is typed."""

    saves_line = False

    def proposed(self, talk: Talk) -> str:
        """What is looked up before anything is typed."""
        return ""

    def parted(self, talk: Talk, text: str) -> tuple[str, str | None]:
        """As in every list; a number alone is a row of what is proposed."""
        return super().parted(talk, text) if starts_case(text) else (self.proposed(talk), text.strip() or None)

    def listed(self, talk: Talk, text: str) -> tuple[Customer, ...]:
        """Nothing of an earlier search is shown where nothing is looked up."""
        return super().listed(talk, text) if self.sought(talk, text) else ()
