"""``mesa journal``: proving that nothing was touched (rule E1), making the projections again, taking a copy out."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, disk_sentence
from mesa_recuperacion.cli.workstation import say, tell
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store import export as exporting
from mesa_recuperacion.store import rebuild as rebuilding
from mesa_recuperacion.store import verify as verifying
from mesa_recuperacion.store.durable import put_into_place
from mesa_recuperacion.store.errors import StoreFailed, StoreGuard
from mesa_recuperacion.store.heard import Stopped, unheard
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.files import part_in, settle
from mesa_recuperacion.wiring.outgoing import Claims

Head = tuple[str, int, bytes]

_PART = ".mesa-journal-"
"""How the file of a copy begins until it is whole; one like it of a program that was killed is known by it."""


def verify(noted: str) -> int:
    """Verify everything, and against a noted head if there is one; refused with every fault named."""

    def work(branch: Branch) -> int:
        t, tn = branch.words.t, branch.words.tn
        head = _head_of(noted) if noted else None
        if noted and head is None:
            say(t("A head is a stream, a number and a hash, as mesa journal head says them."))
            return USAGE
        try:
            with branch.run as run:
                verdict = verifying.verify(branch.store, run("lines"), head, run("rows"))
        except Stopped:
            say(t("Stopped before the end, so nothing is proved. Nothing was changed."))
            return branch.run.status
        if not verdict.sound:
            for fault in verdict.faults:
                say(_fault(branch.words, fault))
            say(t("Nothing was changed. Keep a copy of {path} before anything else.", path=branch.store.path))
            return REFUSED
        tell(tn("{n} line, and nothing was touched.", "{n} lines, and nothing was touched.", verdict.lines))
        if verdict.erased:
            tell(tn("{n} private text was erased.", "{n} private texts were erased.", verdict.erased))
        if verdict.unproved:
            tell(tn("{n} line is tied with a key that is not here (keys.json): only its place was proved.",
                     "{n} lines are tied with a key that is not here (keys.json): only their order was proved.",
                     verdict.unproved))  # fmt: skip
        tell(_shown_head((verdict.stream, verdict.seq, verdict.hash)))
        return DONE

    return in_branch(work)


def rebuild() -> int:
    """Make the projections again from the journal."""

    def work(branch: Branch) -> int:
        t, tn = branch.words.t, branch.words.tn
        try:
            with branch.run as run:
                lines = rebuilding.rebuild(branch.store, run("fold"))
        except (ValueError, TypeError, StoreFailed, StoreGuard) as error:
            log.note(error)
            say(t("The journal has a line that cannot be read; mesa journal verify names it. Nothing was changed."))
            return REFUSED
        tell(tn("Made again from {n} line of the journal.", "Made again from {n} lines of the journal.", lines))
        return DONE

    return in_branch(work)


def head() -> int:
    """Say the head: noted elsewhere, it shows later that nothing before it was cut off or written anew."""

    def work(branch: Branch) -> int:
        with branch.store.reading() as tx:
            tell(_shown_head(tx.head()))
        return DONE

    return in_branch(work)


def export(target: Path | None, private: bool) -> int:
    """Write the journal as JSON lines to a new file, or to the output."""

    def work(branch: Branch) -> int:
        if target is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            told = unheard if sys.stdout.isatty() else branch.run("write")  # two on one terminal say nothing
            with branch.run:
                exporting.export(branch.store, sys.stdout, private=private, progress=told)
                sys.stdout.flush()
            return DONE
        return _to_file(branch, target, private)

    return in_branch(work)


def _to_file(branch: Branch, target: Path, private: bool) -> int:
    """With names in it, the file is noted first, so that it can be taken back (rule E3)."""
    claims = Claims(branch.store, "journal", branch.clock)
    if private and not target.exists():
        claims.note(target)
    try:
        return _written(branch, target, private)
    finally:
        claims.keep_only(target if target.exists() else None)


def _written(branch: Branch, target: Path, private: bool) -> int:
    t, tn = branch.words.t, branch.words.tn
    try:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        with branch.run as run, part_in(target.parent, _PART) as part:
            with part.open("w", encoding="utf-8", newline="\n") as out:
                lines = exporting.export(branch.store, out, private=private, progress=run("write"))
            settle(part)
            put_into_place(part, target)
    except Stopped:
        say(t("Stopped. No file was written, and nothing was changed."))
        return branch.run.status
    except FileExistsError:
        say(t("There is already a file at {path}. It was left as it is; choose another name.", path=target))
        return REFUSED
    except OSError as error:
        say(disk_sentence(branch.words, error, target))
        return REFUSED
    tell(tn("{n} line written to {path}.", "{n} lines written to {path}.", lines, path=target))
    return DONE


def _shown_head(shown: Head) -> str:
    return f"{shown[0]} {shown[1]} {shown[2].hex()}"


def _head_of(text: str) -> Head | None:
    parts = re.fullmatch(r"\s*([A-Z]{2,4}-[1-9][0-9]{0,2})\s+([0-9]{1,15})\s+((?:[0-9a-f]{2}){6,32})\s*", text)
    return None if parts is None else (parts[1], int(parts[2]), bytes.fromhex(parts[3]))


def _fault(words: Words, fault: verifying.Fault) -> str:
    """What was touched, and where."""
    t = words.t
    at = {"stream": fault.stream, "seq": fault.seq}
    match fault.what:
        case "hash":
            return t("Line {seq} of {stream} was changed.", **at)
        case "rewritten":
            return t("Line {seq} of {stream} was written anew after it was journalled.", **at)
        case "gap":
            return t("Of {stream}, this is missing: {lines}.", stream=fault.stream, lines=fault.detail)
        case "body":
            return t("Line {seq} of {stream} cannot be read.", **at)
        case "seal":
            return t("The private text «{field}» of line {seq} of {stream} is not the one that was sealed.",
                     field=fault.detail, **at)  # fmt: skip
        case "tail":
            return t("The end of {stream} was cut off: {lines}.", stream=fault.stream, lines=fault.detail)
        case "head":
            return t("Line {seq} of {stream} is not the one of the head that was noted.", **at)
        case "fold":
            return t("Line {seq} of {stream} says what cannot have happened there.", **at)
    return t("This row does not say what the journal says: {row}. mesa journal rebuild makes it again.",
             row=fault.detail)  # fmt: skip
