"""Asking for number and PIN, hidden, in one line as at the desk; without a terminal they are read from the input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mesa_recuperacion.cli.branch import Branch
from mesa_recuperacion.cli.workstation import say
from mesa_recuperacion.dialogue.grammar.secret import number_and_pin
from mesa_recuperacion.domain.refusals import Refusal, SupervisorNeeded
from mesa_recuperacion.domain.text import visible
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.hashing import Hasher, Keyless
from mesa_recuperacion.service.people import People
from mesa_recuperacion.store.errors import STILL_READ, StoreError, reason_of
from mesa_recuperacion.wiring.attempts import attempts_beside
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import KeysUnfit, keys_of
from mesa_recuperacion.wiring.log import note

LONGEST = 200
"""Characters of an answer that are read."""


def hidden(prompt: str) -> str:
    """A line that is not shown while it is typed; empty at the end of the input.

    What was typed ahead counts: it is neither shown nor thrown away.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline(LONGEST).rstrip("\n")
    if sys.platform == "win32":
        from getpass import getpass

        return getpass(visible(prompt))
    with _unseen():
        sys.stderr.write(visible(prompt))
        sys.stderr.flush()
        try:
            return sys.stdin.readline(LONGEST).rstrip("\n")
        finally:
            sys.stderr.write("\n")


@contextmanager
def _unseen() -> Iterator[None]:
    import termios

    before = termios.tcgetattr(0)
    quiet = list(before)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)


def people_of(branch: Branch) -> People:
    """The door of the branch; where its keys are gone or cannot be read, it lets nobody in and says so."""
    try:
        hasher: Hasher = keys_of(branch.here.places.keys_file, branch.store.path).hasher()
    except KeysUnfit as error:
        note(error)
        hasher = Keyless()
    return People(branch.store, branch.clock, fresh_id, hasher)


def signed(branch: Branch, people: People | None = None) -> Person | None:
    """The supervisor whose number and PIN are typed; ``None`` once it was said why there is none."""
    by = _signing(branch, people or people_of(branch))
    if isinstance(by, str):
        say(by)
        return None
    if isinstance(by, Refusal):
        branch.refuse(by)
        return None
    return by


def _signing(branch: Branch, people: People) -> Person | Refusal | str:
    """Who signs; else why not, or a sentence that says it."""
    t = branch.words.t
    typed = hidden(t("Supervisor's number and PIN: "))
    parts = number_and_pin(typed)
    if parts is None:
        return t("A number, a space and a PIN are needed, in one line. Nothing was changed.")
    try:
        person = people.enter(*parts)
    except StoreError as error:
        if not isinstance(reason_of(error), STILL_READ):
            raise
        attempts = attempts_beside(branch.here.places.keys_file)
        with suppress(OSError):
            attempts.prepare()
        person = people.enter_reading(*parts, attempts)  # whatever needs to write is refused later
    if isinstance(person, Refusal):
        return person
    return person if person.role == "supervisor" else SupervisorNeeded()


def new_pin(words: Words, name: str) -> str | None:
    """A PIN that was typed twice alike; ``None`` if it was not."""
    first = hidden(words.t("New PIN for {name}: ", name=name))
    return first if hidden(words.t("The same PIN again: ")) == first else None
