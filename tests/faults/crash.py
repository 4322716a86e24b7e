"""What a power cut may leave on the disk: made from a record of everything that a program did to its files.

What was forced to the disk is there.  Of what was not, anything may be: all of it, none of it, some of its blocks in
any order, half of a block's sectors.  Names that were made, removed or changed are there in their order up to some
point, and for certain only once their folder was forced.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

BLOCK, SECTOR = 4096, 512
_HEAD = struct.Struct("<c3xIIIQ")


@dataclass(frozen=True, slots=True)
class Event:
    """``W``rite, force (``S``), ``T``runcate, ``C``reate, ``U``nlink, ``R``ename, ``L``ink, or a note (``A``)."""

    kind: str
    path: str
    other: str
    data: bytes
    offset: int


def events(log: Path) -> list[Event]:
    """Everything that was recorded, in order."""
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        kind, path, other, length, offset = _HEAD.unpack_from(raw, at)
        ends = [at + _HEAD.size + n for n in (0, path, path + other, path + other + length)]
        parts = [raw[a:b] for a, b in pairwise(ends)]
        found.append(Event(kind.decode(), parts[0].decode(), parts[1].decode(), parts[2], offset))
        at = ends[-1]
    return found


@dataclass(eq=False)
class _File:
    """The bytes that are on the disk for certain, and what was done to them since."""

    forced: bytes
    since: list[Event] = field(default_factory=list)

    def force(self) -> None:
        self.forced, self.since = _done(self.forced, self.since), []


Name = tuple[str, str, _File | None]
"""``add`` or ``drop``, a path, and the file that it leads to."""


class Machine:
    """The disk of a program, event after event."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._certain = {str(path): _File(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
        self._now = dict(self._certain)
        self._names: list[Name] = []
        self.noted: list[str] = []

    def take(self, event: Event) -> None:
        """One more event."""
        match event.kind:
            case "A":
                self.noted.append(event.data.decode())
            case "W" | "T":
                self._now[event.path].since.append(event)
            case "S":
                self._force(event.path)
            case "C":
                self._name("add", event.path, _File(b""))
            case "L":
                self._name("add", event.other, self._now[event.path])
            case "U":
                self._name("drop", event.path, None)
            case "R":
                file = self._now[event.path]
                self._name("drop", event.path, None)
                self._name("add", event.other, file)

    def _force(self, path: str) -> None:
        if path in self._now:
            self._now[path].force()
            return
        forced = [name for name in self._names if str(Path(name[1]).parent) == path]
        self._names = [name for name in self._names if name not in forced]
        _renamed(self._certain, forced)

    def _name(self, act: str, path: str, file: _File | None) -> None:
        self._names.append((act, path, file))
        _renamed(self._now, [(act, path, file)])

    def cut(self, dice: Random, into: Path) -> None:
        """Write down, below ``into``, one of the states in which a power cut at this instant may leave the disk."""
        kept = dict(self._certain)
        _renamed(kept, self._names[: dice.choice((0, len(self._names), dice.randint(0, len(self._names))))])
        chance = dice.choice((0.0, 0.0, 0.5, 0.9, 1.0))
        for path, file in kept.items():
            there = into / Path(path).relative_to(self._root)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(_done(file.forced, list(_some(file.since, chance, dice))))


def _renamed(names: dict[str, _File], changes: list[Name]) -> None:
    for act, path, file in changes:
        if act == "add" and file is not None:
            names[path] = file
        else:
            names.pop(path, None)


def _done(content: bytes, changes: list[Event]) -> bytes:
    made = bytearray(content)
    for change in changes:
        end = change.offset + len(change.data)
        if change.kind == "T":
            del made[change.offset :]
        made.extend(bytes(max(0, end - len(made))))
        if change.data:
            made[change.offset : end] = change.data
    return bytes(made)


def _some(changes: list[Event], chance: float, dice: Random) -> Iterator[Event]:
    """Some of what was done, block by block; now and then only the first sectors of a block."""
    for change in changes:
        if change.kind == "T":
            if dice.random() < chance:
                yield change
            continue
        at = change.offset
        while at < change.offset + len(change.data):
            end = min(at // BLOCK * BLOCK + BLOCK, change.offset + len(change.data))
            if dice.random() < chance:
                if chance < 1 and dice.random() < 0.1:
                    torn = at // SECTOR * SECTOR + SECTOR * dice.randint(1, BLOCK // SECTOR)
                    kept = min(end, torn)
                else:
                    kept = end
                yield Event("W", change.path, "", change.data[at - change.offset : kept - change.offset], at)
            at = end


def cuts(recorded: list[Event], how_many: int, dice: Random, *, told: bool = False) -> list[int]:
    """After how many events the power goes: anywhere, and often just beside what is seldom; ``told``: only just after
    something was said to be done.
    """
    seldom = [n for n, event in enumerate(recorded) if event.kind == "A" or (event.kind != "W" and not told)]
    if told:
        return sorted(n + 1 for n in dice.choices(seldom, k=how_many))
    beside = [min(len(recorded), max(1, n + dice.randint(0, 2))) for n in dice.choices(seldom, k=how_many // 2)]
    return sorted(beside + [dice.randint(1, len(recorded)) for _ in range(how_many - len(beside))])
