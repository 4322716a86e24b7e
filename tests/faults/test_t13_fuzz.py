"""T13: whatever stands in a file that the program reads, it is read, or refused in words (rules E4, E5).

The settings, a policy, the keys of a workstation, and the body of a line of the journal: whole ones are cut, doubled,
flipped and filled with what their grammars do not expect.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.journal.codec import Undecodable, decode, encode, seals
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.load import read_policy_bytes
from mesa_recuperacion.wiring.config import Config, read_config
from mesa_recuperacion.wiring.keys import KeysUnfit, fresh_keys, put, read_keys
from tests.contract.branch import closing, decisions
from tests.faults.figures import Figures, Scale, hold
from tests.faults.hostile import foreign_lines

ROOM = 200 * 1024 * 1024
"""Bytes of memory that all of it together may take."""

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
SPEAKING = words("es")

TOKENS = (
    b"[", b"]", b"[[", b"]]", b"{", b"}", b'"', b'"""', b"'", b"=", b",", b".", b"#", b"\\", b"\\u0000", b"\\ud800",
    b"\x00", b"\r", b"\n", b"\t", b"\x1b]0;x\x07", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"-0", b"nan",
    b"inf", b"1e999", b"9" * 5000, b"0x" + b"f" * 400, b"true", b"null", b"2025-02-30", b"9999-12-31T23:59:60Z",
    b"24:61", b"[" * 3000, b'{"a":' * 3000, b"a." * 2000, b"=" * 2000,
)  # fmt: skip
"""What a grammar does not expect where it stands."""


@dataclass(frozen=True)
class Read:
    """A reader with whole files to begin from; ``read`` raises nothing but what it says that it refuses with."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Each reader; then TOML read as the standard library reads it."""
    for reader in (settings(folder), policy(), keys(folder), bodies()):
        yield fuzzed(f"T13 {reader.name}", reader, scale)
    bare = Read("bare", settings(folder).seeds, lambda data: tomllib.loads(data.decode()))
    yield fuzzed("T13 control: TOML as it is", bare, scale, control=True)


def fuzzed(test: str, reader: Read, scale: Scale, *, control: bool = False) -> Figures:
    """So many files; a loss is whatever was raised that the reader does not say, or memory beyond the goal."""
    dice, process = scale.dice(reader.name), psutil.Process()
    before, raised, runs = process.memory_info().rss, dict[str, int](), scale.pick(400, 100_000)
    for _ in range(runs):
        try:
            reader.read(changed(dice.choice(reader.seeds), dice))
        except Exception as error:
            what = f"{type(error).__name__}: {error}"[:80]
            raised[what] = raised.get(what, 0) + 1
    grown = process.memory_info().rss - before
    worst = max(raised, key=raised.__getitem__, default="")
    note = f"{grown / 1024 / 1024:+.0f} MB" + (f"; {worst}" if worst and not control else "")
    return Figures(test, runs, runs, sum(raised.values()) + (grown > ROOM), note=note, control=control)


def changed(data: bytes, dice: Random) -> bytes:
    """A whole file after a few accidents."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, to = sorted((dice.randrange(len(made) + 1), dice.randrange(len(made) + 1)))
        match dice.randrange(6):
            case 0 if made:
                made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
            case 1:
                del made[at : min(to, at + dice.randint(1, 200))]
            case 2:
                made[at:at] = made[at : min(to, at + 200)]
            case 3:
                del made[to:]
            case 4:
                number = str(dice.choice((0, -1, 2**31, 2**63, 10**30, 1.5))).encode()
                made[at : at + dice.randint(0, 4)] = number
            case _:
                made[at:at] = dice.choice(TOKENS)
    return bytes(made)


def settings(folder: Path) -> Read:
    """``config.toml``."""
    path = folder / "config.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    bare = "".join(line.removeprefix("# ").removeprefix("#") for line in text.splitlines(keepends=True) if "=" in line)

    def read(data: bytes) -> None:
        path.write_bytes(data)
        found = read_config(path, SPEAKING)
        if not isinstance(found, Config):
            _in_words(found)

    return Read("settings", (text.encode(), bare.encode()), read)


def policy() -> Read:
    """A policy, as a supervisor saves it."""

    def read(data: bytes) -> None:
        found = read_policy_bytes(data, source="policy.toml", words=SPEAKING)
        if not isinstance(found, Policy):
            _in_words(found)

    return Read("policy", tuple(default_policy_text(language).encode() for language in ("es", "en")), read)


def keys(folder: Path) -> Read:
    """``keys.json``."""
    path = folder / "keys.json"
    put(path, fresh_keys())
    whole = path.read_bytes()
    chain = json.loads(whole) | {"chain": [{"name": "k-1", "secret": "00" * 32, "stream": "CEN-1", "since": 3}]}

    def read(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(KeysUnfit):
            read_keys(path)

    return Read("keys", (whole, json.dumps(chain).encode()), read)


def bodies() -> Read:
    """The bodies of the lines of a standard case, each read as what another of them is, too."""
    facts = (*decisions("CEN-1001"), *closing())
    kinds = [(fact.kind, fact.version) for fact in facts]
    turn = iter(range(sys.maxsize))

    def read(data: bytes) -> None:
        body = data.decode("utf-8", "surrogateescape")
        kind, version = kinds[next(turn) % len(kinds)]
        with suppress(Undecodable):
            decode(kind, version, body, lambda _: "text")
        with suppress(ValueError):
            seals(body)

    return Read("journal", tuple(encode(fact)[0].encode() for fact in facts), read)


def _in_words(faults: tuple[object, ...]) -> None:
    """What is refused is refused in sentences that act on no terminal."""
    assert faults, "neither read nor refused"
    for fault in faults:
        assert str(fault), "refused without a word"
        assert not foreign_lines(str(fault)), f"a sentence that acts: {fault!r}"


def test_e4_whatever_stands_in_a_file_is_read_or_refused_in_words(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
