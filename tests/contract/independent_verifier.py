"""Verifies a journal following ``docs/journal.md`` and nothing else: standard library only, none of our code.

``python independent_verifier.py FILE [KEYS]`` reads a database or, if its name ends in ``.jsonl``, an export; with
KEYS, a workstation's ``keys.json``, also what is tied with those keys.  It prints one line for each fault and the head
of each stream; exits with 1 if there was a fault.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

COLUMNS = ("stream", "seq", "at_ms", "kind", "version", "actor", "policy", "command", "case", "body", "prev", "hash")
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def text(value: str) -> str:
    """Rule 4 of the canonical form."""
    return '"' + "".join(SHORT.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'


def write(value: Any) -> str:
    """The canonical form."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return "{" + ",".join(f"{text(name)}:{write(value[name])}" for name in sorted(value)) + "}"


def plain_hash(line: dict[str, Any]) -> str:
    """The hash of a line that no key ties."""
    array = write([line[name] for name in COLUMNS[:-1]])
    return hashlib.sha256(b"mesa1\x00" + array.encode("utf-8")).hexdigest()


def keyed_hash(line: dict[str, Any], secret: str) -> str:
    """The hash of a line that a key ties."""
    array = write([line[name] for name in COLUMNS[:-1]])
    return hmac.new(bytes.fromhex(secret), b"mesa2\x00" + array.encode("utf-8"), "sha256").hexdigest()


def holds(line: dict[str, Any], keys: list[dict[str, Any]], named: str) -> bool | None:
    """Whether a line has the hash that it should have; ``None`` if the key that is named for it is not known."""
    own = [key for key in keys if key["stream"] == line["stream"]]
    secret = next((key["secret"] for key in own if key["name"] == named), None)
    if secret is not None:
        return keyed_hash(line, secret) == line["hash"]
    if named:
        return None
    young = not own or line["seq"] < min(key["since"] for key in own)
    return young and plain_hash(line) == line["hash"]


def seal(salt: bytes, value: str) -> str:
    """The seal of a personal text."""
    return hmac.new(salt, text(value).encode("utf-8"), "sha256").hexdigest()


def verify(
    lines: Iterable[dict[str, Any]],
    private: dict[tuple[str, int, str], tuple[bytes, str]],
    keys: list[dict[str, Any]],
) -> list[str]:
    """The faults of lines that come in the order of their streams and places."""
    faults: list[str] = []
    named: dict[str, str] = {}
    last: dict[str, tuple[int, str]] = {}
    for line in lines:
        where = f"{line['stream']}/{line['seq']}"
        seq, prev = last.get(line["stream"], (0, "0" * 64))
        if line["kind"] == "station.keyed":
            named[line["stream"]] = json.loads(line["body"])["key"]
        held = holds(line, keys, named.get(line["stream"], ""))
        if line["seq"] != seq + 1:
            faults.append(f"{where}: follows {seq}")
        elif line["prev"] != prev and held is not False:
            faults.append(f"{line['stream']}/{seq}: rewritten")
        if held is False:
            faults.append(f"{where}: hash")
        if write(json.loads(line["body"])) != line["body"]:
            faults.append(f"{where}: body")
        for name, member in json.loads(line["body"]).items():
            kept = private.get((line["stream"], line["seq"], name))
            if kept and isinstance(member, dict) and "seal" in member and seal(*kept) != member["seal"]:
                faults.append(f"{where}: seal of {name}")
        last[line["stream"]] = (line["seq"], line["hash"])
    return faults + [f"head {stream} {seq} {of}" for stream, (seq, of) in last.items()]


def main(path: Path, keys_file: Path | None = None) -> int:
    """Verify a file and tell."""
    private = {}
    keys = json.loads(keys_file.read_text())["chain"] if keys_file else []
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as exported:
            told = verify(map(json.loads, exported), private, keys)
    else:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        query = "SELECT stream, seq, field, salt, value FROM private_text"
        private = {(stream, seq, field): (salt, value) for stream, seq, field, salt, value in connection.execute(query)}
        names = ", ".join(COLUMNS).replace("case,", "case_id,")
        rows = connection.execute(f"SELECT {names} FROM journal ORDER BY stream, seq")
        told = verify(
            (dict(zip(COLUMNS, (*row[:10], row[10].hex(), row[11].hex()), strict=True)) for row in rows), private, keys
        )
        connection.close()
    for line in told:
        sys.stdout.write(line + "\n")
    return int(any(not line.startswith("head ") for line in told))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
