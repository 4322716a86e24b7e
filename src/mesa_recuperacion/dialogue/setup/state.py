"""Where the first run stands, what it asks of the machine, and what comes back: all of them values."""

from __future__ import annotations

from dataclasses import field, replace
from typing import ClassVar

from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.talk import Broken, Refused, Setting
from mesa_recuperacion.domain.values import dataclass

# ---------------------------------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class LookAround:
    """What the machine knows already, so that the person need not say it."""


@dataclass(frozen=True, slots=True)
class FoundBranch:
    """Create the branch.  ``glyphs`` is ``ascii``, or empty for whatever the terminal can show; the PIN is a secret.

    ``code`` is two to four capital letters, ``currency`` ISO 4217's, ``zone`` IANA's; with ``examples`` the policy has
    the eight common problems, else only "another problem".
    """

    language: str
    business: str
    branch: str
    code: str
    currency: str
    zone: str
    supervisor: str
    examples: bool
    theme: str
    glyphs: str
    pin: str = field(repr=False)


Ask = LookAround | FoundBranch | Quit

# ---------------------------------------------------------------------------------------------- what comes back


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the machine knows: empty where it does not.

    ``zone`` and ``currency`` are those of its place, ``person`` the full name of the account, ``shelf`` where the
    branch will be kept, as a person reads it.  ``zones`` and ``currencies`` are all that may be answered (no
    currencies: any three letters); each currency comes with its names in our languages.  ``limits`` are the shipped
    policies' language, cap of a case and budget, in major units; ``configured`` says that there is a configuration
    already, which stays as it is.
    """

    zone: str = ""
    currency: str = ""
    person: str = ""
    shelf: str = ""
    zones: tuple[str, ...] = field(default=(), repr=False)
    currencies: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    limits: tuple[tuple[str, int, int], ...] = ()
    configured: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found around."""

    defaults: Defaults


@dataclass(frozen=True, slots=True)
class Founded:
    """The branch is there, whole."""


Outcome = Looked | Founded | Refused | Broken

# ---------------------------------------------------------------------------------------------- the state


@dataclass(frozen=True, slots=True)
class Setup:
    """Where the first run stands.

    ``stage`` is the question that has the word; ``amending`` that it was called from the summary and returns there;
    ``aside`` that help is shown in its place.  An answer that is still empty is the default.  ``heard`` are the keys
    that arrived in the key test; ``look`` indexes ``look.LOOKS``, ``None`` for the colours that there are;
    ``first_pin`` is what the second one must repeat.  ``leaving`` is a first F3, ``founded`` that all is done.
    ``pick``, ``said``, ``theme``, ``line`` and ``line_serial`` are as in :class:`dialogue.talk.Talk`; a PIN that was
    typed at the wrong question is given back in ``line``, so no text shows that.
    """

    file: ClassVar[None] = None
    person: ClassVar[None] = None
    """There is no case and nobody is in yet; a front end asks whose the line is."""

    setting: Setting
    stage: str = "language"
    defaults: Defaults = field(default_factory=Defaults)
    business: str = ""
    branch: str = ""
    code: str = ""
    currency: str = ""
    zone: str = ""
    heard: frozenset[str] = frozenset()
    look: int | None = None
    supervisor: str = ""
    pin: str = field(default="", repr=False)
    first_pin: str = field(default="", repr=False)
    examples: bool = True
    amending: bool = False
    aside: bool = False
    leaving: bool = False
    founded: bool = False
    pick: int | None = None
    said: str = ""
    said_style: str = ""
    theme: str = ""
    line: str = field(default="", repr=False)
    line_serial: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to: the first run as it is now, and what to ask, in order."""

    talk: Setup
    asks: tuple[Ask, ...] = ()


def go(talk: Setup, stage: str) -> Setup:
    """At another question, with nothing said and nothing half done."""
    amending = talk.amending and stage != "summary"
    return replace(
        talk, stage=stage, amending=amending, first_pin=talk.first_pin if stage == "pin_again" else "", pick=None,
        said="", said_style="",
    )  # fmt: skip


def refuse(talk: Setup, said: str, text: str = "") -> Step:
    """Stay, say one sentence, and give back what was typed (never a PIN: it is not to be kept anywhere)."""
    talk = replace(talk, said=said, said_style="warn")
    return Step(replace(talk, line=text, line_serial=talk.line_serial + 1) if text else talk)
