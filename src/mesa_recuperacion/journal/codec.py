"""Facts as canonical bodies and back, by their own annotations; private texts apart (rules E1, E3)."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast, get_type_hints

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.facts import KINDS, Fact, StationKeyed
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal.canonical import Json, canonical, parse
from mesa_recuperacion.journal.chain import seal_of
from mesa_recuperacion.journal.record import Record

SALT_BYTES = 32

Upcaster = Callable[[dict[str, Json]], dict[str, Json]]
"""Takes the members of an old body (private texts already in place of their seals) to the next version's."""

UPCASTERS: dict[tuple[str, int], Upcaster] = {
    ("case.opened", 1): lambda body: body | {"risk": []},
    ("policy.published", 1): lambda body: body | {"starts_at": 0},
    ("case.opened", 2): lambda body: body | {"known": bool(body["earlier"])},  # what such a line can tell of it
    ("problem.identified", 1): lambda body: body | {"repeats": []},
}
"""What takes each old (kind, version) to the next version of that kind; applied until today's is reached."""

Members = dict[str, Json]
"""What an object of a body says, by name."""


class Said(NamedTuple):
    """What a body says: its members by name, and the seals of those that are sealed."""

    members: Members
    seals: dict[str, str]


Lookup = Callable[[str], str | None]
"""A private text by the name of its field; ``None`` if it was erased."""


class Undecodable(ValueError):
    """A line that this version of the program cannot read: an unknown kind or version, or a malformed body."""


@dataclass(frozen=True, slots=True)
class PrivateText:
    """A personal text of a fact: its field, the salt of its seal, and the text."""

    field: str
    salt: bytes
    value: str


def tidy(fact: Fact) -> Fact:
    """The fact as it will be read back: texts in NFC, instants in UTC to the millisecond.

    Raises ``TypeError`` for an instant without zone.
    """
    changes: dict[str, Any] = {}
    for name in _hints(type(fact)):
        value = getattr(fact, name)
        if isinstance(value, str):
            if not value.isascii():
                changes[name] = unicodedata.normalize("NFC", value)
        elif isinstance(value, tuple):
            if not all(map(str.isascii, value)):
                changes[name] = tuple(unicodedata.normalize("NFC", item) for item in value)
        elif isinstance(value, datetime) and (value.tzinfo is not UTC or value.microsecond % 1000):
            changes[name] = from_ms(to_ms(value.astimezone(UTC) if value.tzinfo else value))
    return replace(fact, **changes) if changes else fact


def encode(fact: Fact, salt: Callable[[int], bytes] = secrets.token_bytes) -> tuple[str, tuple[PrivateText, ...]]:
    """The canonical body of a tidy fact, and the private texts that the body only holds seals of.

    Raises ``TypeError`` if a field does not hold what its annotation says, ``ValueError`` as :func:`canonical`.
    """
    body: dict[str, Json] = {}
    private: list[PrivateText] = []
    for name, hint in _hints(type(fact)).items():
        value = getattr(fact, name)
        if name not in fact.private:
            body[name] = _to_json(value, hint)
        elif not isinstance(value, str):
            raise TypeError(f"{fact.kind}: {name} is not a text")
        elif value:
            kept = PrivateText(name, salt(SALT_BYTES), value)
            private.append(kept)
            body[name] = {"seal": seal_of(value, kept.salt)}
        else:
            body[name] = None
    return canonical(body), tuple(private)


def decode(kind: str, version: int, body: str, private: Lookup) -> Fact:
    """The fact of a body; a private text that was erased reads as empty.

    Raises :class:`Undecodable`.
    """
    return fact_of(kind, version, opened(body), private)


def opened(body: str) -> Said | None:
    """What a body says, read once for whoever asks for its seals and its fact; ``None`` if it is not canonical."""
    try:
        members = parse(body)
    except ValueError:
        return None
    if not isinstance(members, dict):
        return None
    return Said(members, _seals_in(members) if _SEALED in body else {})


def fact_of(kind: str, version: int, said: Said | None, private: Lookup) -> Fact:
    """The fact of what a body says, as :func:`decode`."""
    cls = KINDS.get(kind)
    if cls is None or not 1 <= version <= cls.version:
        raise Undecodable(f"{kind} {version} is not known to this version of the program")
    try:
        if said is None:
            raise ValueError("the body is not an object in canonical form")
        members = said.members
        if said.seals:
            members = members | {name: private(name) or "" for name in said.seals}
        for step in range(version, cls.version):
            members = UPCASTERS[kind, step](members)
        return _build(cls, members)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise Undecodable(f"{kind} {version}: {error}") from error


def key_of(record: Record, before: str) -> str:
    """The key that is said to tie a line: the one that it names itself, or that of the line ``before``."""
    if record.kind != StationKeyed.kind:
        return before
    try:
        members = parse(record.body)
    except ValueError:
        return before
    named = members.get("key") if isinstance(members, dict) else None
    return named if isinstance(named, str) else before


def seals(body: str) -> dict[str, str]:
    """The seal of each sealed field of a body, by name.  Raises ``ValueError`` for a body that is not canonical."""
    said = opened(body)
    if said is None:
        raise ValueError("the body is not an object in canonical form")
    return said.seals


_SEALED = '{"seal":'
"""What every canonical text with a sealed member has; inside a text the quotes would be escaped."""


def _seals_in(members: Members) -> dict[str, str]:
    found = {}
    for name, value in members.items():
        seal = value.get("seal") if type(value) is dict and len(value) == 1 else None
        if isinstance(seal, str):
            found[name] = seal
    return found


def _hints(cls: type[Fact]) -> dict[str, Any]:
    known = _HINTS.get(cls)
    if known is None:
        hints = get_type_hints(cls)
        known = _HINTS[cls] = {field.name: hints[field.name] for field in fields(cls)}
    return known


_HINTS: dict[Any, dict[str, Any]] = {}


def _to_json(value: object, hint: object) -> Json:
    if hint in _PLAIN and type(value) is hint:
        return cast("Json", value)
    if hint is Money and isinstance(value, Money):
        return {"c": value.currency, "m": value.minor}
    if hint is datetime and isinstance(value, datetime):
        return to_ms(value)
    if hint == _TEXTS and isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{value!r} is not a {hint}")


_PLAIN, _TEXTS = (str, int, bool), tuple[str, ...]


def _build(cls: type[Fact], members: Members) -> Fact:
    hints = _hints(cls)
    if members.keys() != hints.keys():
        raise ValueError("its members are not those of the fact")
    values: dict[str, Any] = {}
    for name, hint in hints.items():
        value = members[name]
        values[name] = value if type(value) is hint else _of_json(value, hint, name in cls.private)
    return cls(**values)


def _of_json(value: Json, hint: object, private: bool) -> object:
    """What a field holds that is kept as something else than it is: no text, integer or truth gets here."""
    if private and value is None:
        return ""
    if hint is Money and isinstance(value, dict) and value.keys() == {"c", "m"}:
        return Money(cast("int", value["m"]), cast("str", value["c"]))
    if hint is datetime and type(value) is int:
        return from_ms(value)
    if hint == _TEXTS and isinstance(value, list) and all(type(item) is str for item in value):
        return tuple(value)
    raise ValueError(f"a {hint} was expected")
