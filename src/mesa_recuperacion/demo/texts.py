"""What invented people are called and say, in one language."""

from __future__ import annotations

from dataclasses import field, fields

from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the invented branch; the PIN opens nothing else.  ``left``: they no longer work there."""

    name: str
    role: str
    pin: str = field(repr=False)
    left: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An invented customer with a part to play today."""

    name: str
    phone: str
    problem: str = ""
    remedy: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggestion, with its answer (``accept``, ``try`` or ``decline``) and what the answer says."""

    text: str
    answer: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A root cause analysis of a problem, with what its action's owner and the supervisor say in the end."""

    problem: str
    whys: tuple[str, ...]
    cause: str
    family: str
    action: str
    done: str = ""
    concluded: str = ""

    def said(self) -> tuple[str, ...]:
        """All that is said in it."""
        return tuple(text for text in (*self.whys, self.cause, self.action, self.done, self.concluded) if text)


@dataclass(frozen=True, slots=True)
class Texts:
    """``notes`` are by problem, ``asked`` and ``answers`` by area.

    ``phones`` begin numbers that no telephone has, ``digits`` more are drawn.  Whoever is ``Known`` has a part to play:
    ``son`` shares the telephone of ``arrival``, ``twin`` is the same person as ``unreached``, and ``lost`` may be.
    """

    branch_name: str
    business: str
    zone: str
    workers: tuple[Worker, ...]
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    last_names: int
    phones: tuple[str, ...]
    digits: int
    notes: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    reasons: tuple[str, ...]
    content: tuple[str, ...]
    discontent: tuple[str, ...]
    waived: tuple[str, ...]
    exceptions: tuple[str, ...]
    no_exception: tuple[str, ...]
    stayed: tuple[str, ...]
    asked: dict[str, tuple[str, ...]]
    answers: dict[str, tuple[str, ...]]
    ideas: tuple[Idea, ...]
    thanks: tuple[str, ...]
    news: str
    adopted: Idea
    waiting_idea: str
    second_idea: str
    learned: Inquiry
    today: Inquiry
    more: tuple[str, str]
    read_thanks: str
    unread_thanks: str
    repeats: Known
    never: Known
    refund: Known
    arrival: Known
    son: Known
    visit: Known
    bill: Known
    waiting: Known
    cut_off: Known
    above: Known
    offered: Known
    lost: Known
    unreached: Known
    twin: Known
    second_desk: tuple[Known, Known]

    def known(self) -> tuple[Known, ...]:
        """Everybody with a part to play."""
        parts = (getattr(self, one.name) for one in fields(self))
        return (*(part for part in parts if isinstance(part, Known)), *self.second_desk)

    def said(self) -> tuple[str, ...]:
        """Everything that somebody is made to say or write, but for names."""
        several = (*self.notes.values(), *self.asked.values(), *self.answers.values())
        ideas = [text for idea in (*self.ideas, self.adopted) for text in (idea.text, idea.words)]
        return (
            *(text for texts in several for text in texts), *self.others, *self.reasons, *self.content,
            *self.discontent, *self.waived, *self.exceptions, *self.stayed, *ideas, *self.thanks, self.news,
            *self.no_exception, *self.learned.said(), *self.today.said(), *self.more, self.second_idea,
            self.waiting_idea, self.read_thanks, self.unread_thanks, *(one.note for one in self.known() if one.note),
        )  # fmt: skip


PINS = ("482915", "739264", "615837", "350694", "927158")
