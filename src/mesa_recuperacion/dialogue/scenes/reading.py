"""What waits to be read or answered between calls, as the idle desk shows it (rules D5, D6, D7, F9)."""

from __future__ import annotations

from mesa_recuperacion.dialogue.scenes.base import go, interrupt, onward, quoted
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Line, Option, Text, line
from mesa_recuperacion.domain.pin import PRACTICE_PIN
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import News, SuggestionItem

SUGGESTIONS = 3
"""Suggestions that the idle desk lists; the others follow as these are answered."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """Everything unread, as one row: the number of the policy's version if that is new, and the rest."""

    version: int
    news: tuple[News, ...]

    @property
    def count(self) -> int:
        """How many things there are to read."""
        return bool(self.version) + len(self.news)


Item = ToRead | SuggestionItem


def unread(talk: Talk) -> ToRead:
    """What the person has not read: the policy in force if it is new to them, praise, answers."""
    if talk.day is None or talk.policy is None or talk.practice:
        return ToRead(0, ())
    version = talk.policy.version
    return ToRead(version if talk.day.acknowledged < version else 0, talk.day.news)


def groups(talk: Talk) -> list[tuple[str, tuple[Item, ...]]]:
    """The lists of the idle desk that are no duty to a customer, each with its title."""
    t, waiting = talk.setting.words.t, talk.day.suggestions if talk.day else ()
    to_read = unread(talk)
    title = t("Suggestions")
    if len(waiting) > SUGGESTIONS:
        title = t("Suggestions: {shown} of {n}", shown=SUGGESTIONS, n=len(waiting))
    return [(t("To read"), (to_read,) if to_read.count else ()), (title, waiting[:SUGGESTIONS])]


def option(talk: Talk, key: str, item: Item) -> Option:
    """A row of those lists."""
    t, shown = talk.setting.words.t, talk.setting.shown
    if isinstance(item, SuggestionItem):
        return Option(key, item.by, (quoted(talk, item.text), shown.day(item.at)))
    others = item.count - 1
    more = talk.setting.words.tn("and {n} more", "and {n} more", others) if others else ""
    if item.version:
        return Option(key, t("The policy, version {n}", n=item.version), (t("to be read and agreed"), more))
    first = item.news[0]
    what = {
        "praise": t("thanks you"), "adopted": t("takes up your suggestion in version {n}", n=first.number),
    }.get(first.kind, t("answers your suggestion"))  # fmt: skip
    return Option(key, first.by, (what, more))


def begin(talk: Talk, item: Item) -> Step:
    """Take up such a row."""
    if isinstance(item, ToRead):
        return go(talk, "news")
    return onward(interrupt(talk, "suggestion_due", "").talk, "suggestion_due", item.id)


def second_line(talk: Talk, stage: str) -> tuple[Line, Line]:
    """The second line of the band between calls: the praise of the day, or how much there is to read."""
    t, words = talk.setting.words.t, talk.setting.words
    if stage == "news":
        n = unread(talk).count
        return line(words.tn("{n} thing to read", "{n} things to read", n), "dim"), ()
    praise = talk.day.praise if talk.day else None
    if stage != "idle" or praise is None:
        return (), ()
    return line(t("♦ {name} thanks you: {text}", name=praise.by, text=quoted(talk, praise.text)), "accent"), ()


def remarks(talk: Talk, *, empty: bool) -> list[Block]:
    """What the idle desk says of practice: what it is while one practises, else, to whoever is new, where it is."""
    t = talk.setting.words.t
    if not talk.practice:
        if not empty or talk.day is None or talk.day.counts.cases:
            return []
        return [Text(t("F9 practises: the same desk, an invented customer, and nothing counts."), "dim")]
    blocks: list[Block] = [
        Text(t("Practice: the same desk on a throwaway branch. Nothing counts or is spent."), "warn"),
        Text(t("“{name}” called once already. F3 ends it.", name=t("Practice Customer")), "dim"),
    ]
    mine = talk.person.id if talk.person else ""
    other = next((p for p in talk.people if p.role == "supervisor" and p.id != mine), None)
    if other is not None:
        said = t("Here supervision authorises with {number} {pin}.", number=other.number, pin=PRACTICE_PIN)
        blocks.append(Text(said, "dim"))
    return [Gap(), *blocks]


def purposes(talk: Talk) -> dict[str, tuple[str, str]]:
    """The title and the purpose of each scene of the team, for the help."""
    t = talk.setting.words.t
    pin = (t("Your PIN"), t("The old one, then the new one twice: 6 to 12 figures. Nobody sees what you type."))
    return {
        "news": (t("To read"), t("What is new for you, one thing at a time. Enter has read it; Esc leaves it for later."
                                 " When somebody calls, type their name: reading waits.")),
        "suggest": (t("A suggestion"), t("One line about what would put a problem right better. Supervision answers"
                                         " it, and you read the answer when you come in.")),
        "suggestion_due": (t("A suggestion"), t("Every suggestion is answered. Declining says why, since the author"
                                                " reads it.")),
        "praise": (t("Thank somebody"), t("The person's number and your words. They read them first thing the next"
                                          " time they come in.")),
        "pin_old": pin, "pin_new": pin, "pin_again": pin,
    }  # fmt: skip
