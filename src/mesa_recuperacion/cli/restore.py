"""``mesa restore``: a backup takes the place of the branch, and what it replaces is kept (rule E6)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesa_recuperacion.cli.ask import LONGEST
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, store_sentence, unwritten_sentence
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.cli.workstation import Workstation, say, tell, workstation
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.errors import StoreError, StoreUntied
from mesa_recuperacion.store.forget import forget_again
from mesa_recuperacion.store.heads import Summary
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.backups import BackupUnwritten
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import KeysUnfit, read_keys, ring_at
from mesa_recuperacion.wiring.restoring import InUse, Present, Restoring, SameFile, restoring
from mesa_recuperacion.wiring.tying import tie, tie_or_read


def restore(source: Path, yes: bool) -> int:
    """Put a backup in the place of the branch, once its code was typed (or ``yes``); answers the exit code."""
    here = workstation(os.environ)
    if here is None:
        return USAGE
    t, file, run = here.words.t, source.expanduser().absolute(), LongRun(here.words)
    try:
        with ExitStack() as until:
            with run:
                ready = until.enter_context(restoring(here.database, file, run, here.places.keys_file))
            return _restored(here, ready, run, yes)
    except SameFile:
        say(t("{path} is the branch itself. Nothing was changed; name a backup.", path=file))
    except InUse:
        say(t("{path} is open in a window, or another program has it. Nothing was changed; close it and run it again.",
              path=here.database))  # fmt: skip
    except BackupUnwritten as error:
        log.note(error)
        say(unwritten_sentence(here.words, error.why, error.place))
    except StoreError as error:
        log.note(error)
        say(_of_backup(here.words, error, file))
    except (KeyboardInterrupt, Stopped):
        say(t("Stopped. Nothing was changed."))
        return run.status
    return REFUSED


def _restored(here: Workstation, ready: Restoring, run: LongRun, yes: bool) -> int:
    t = here.words.t
    for line in _offer(here, ready):
        tell(line)
    sys.stdout.flush()
    if not yes and not _agreed(here.words, ready.told.branch):
        say(t("Nothing was changed."))
        return REFUSED
    with run:  # from here on it is done to its end, whoever asks; but for what the next opening finishes by itself
        aside = ready.put_in_place(SystemClock().now())
        tell(t("Restored: {path}.", path=ready.database))
        if aside is not None:
            tell(t("What was there before is kept in {path}.", path=aside))
        again = _put_right(here, ready, run)
        run.clear()
        for line in _besides(here, ready, again):
            tell(line)
    return DONE


def _put_right(here: Workstation, ready: Restoring, run: LongRun) -> bool:
    """Whoever was forgotten since the backup is forgotten again (rule E3); whether that could be done without the keys.

    A backup from before the chain had its key gets a new one: whoever restores it said that they want it.
    """
    clock, keys = SystemClock(), here.places.keys_file
    young = not ready.told.key and bool(ring_at(keys).of(ready.told.stream))
    if not young and not ready.again:
        return True
    store = Store.open(ready.database, progress=run("sweep"))
    try:
        if young:
            tie(store, keys, clock, anew=True)
        else:
            tie_or_read(store, keys, clock)
        forget_again(store, ready.again, at=clock.now(), new_id=fresh_id)
    except StoreUntied as error:
        log.note(error)
        return False
    finally:
        store.close()
    return True


def _agreed(words: Words, branch: str) -> bool:
    """Whether the branch's code is typed: nobody restores by an Enter too many."""
    if not sys.stdin.isatty():
        say(words.t("Without a terminal to ask on, --yes is needed."))
        return False
    sys.stderr.write(words.t("Type {code} to restore it; anything else leaves all as it is: ", code=branch))
    sys.stderr.flush()
    return sys.stdin.readline(LONGEST).strip().upper() == branch


def _offer(here: Workstation, ready: Restoring) -> Iterator[str]:
    """What the backup holds, and what would no longer be there."""
    told, tn = ready.told, here.words.tn
    yield here.words.t("Backup of {name} ({code}).", name=told.branch_name, code=told.branch)
    cases = tn("{n} case", "{n} cases", told.cases)
    lines = tn("{n} line", "{n} lines", told.lines)
    yield here.words.t("{cases}, {lines}; the last of {when}.", cases=cases, lines=lines, when=_last(told))
    yield _lost(here, ready.present, told)


def _last(told: Summary) -> str:
    """The instant of the last line, in the branch's zone; with its year, for a backup may be old."""
    if told.last_at is None:
        return "—"
    try:
        zone: tzinfo = ZoneInfo(told.zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return told.last_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _lost(here: Workstation, present: Present, told: Summary) -> str:
    t = here.words.t
    if present.failure is not None:
        return t("What is there now cannot be read; it is kept as it is.")
    if present.told is None:
        return t("There is no branch here yet: nothing is replaced.")
    if present.told.branch != told.branch:
        return t("The branch here is another one, {name} ({code}); all of it would be set aside.",
                 name=present.told.branch_name, code=present.told.branch)  # fmt: skip
    if present.beyond is None:
        return t("The branch here went another way since: its last line is of {when}; all of it would be set aside.",
                 when=_last(present.told))  # fmt: skip
    if not present.beyond:
        return t("The branch here has nothing that this backup does not have.")
    return here.words.tn(
        "{n} line that was written here since would be set aside; the last is of {when}.",
        "{n} lines that were written here since would be set aside; the last is of {when}.",
        present.beyond, when=_last(present.told),
    )  # fmt: skip


def _besides(here: Workstation, ready: Restoring, again: bool) -> Iterator[str]:
    """What the backup alone does not bring back."""
    if (sentence := keys_sentence(here, ready.told.key)) is not None:
        yield sentence
    if ready.again and not again:
        yield here.words.t("Customers who were forgotten since then are in it again: bring keys.json and restore once "
                           "more.")  # fmt: skip
    elif ready.again:
        yield here.words.tn(
            "{n} customer was forgotten since this backup was made, and was forgotten again.",
            "{n} customers were forgotten since this backup was made, and were forgotten again.",
            len(ready.again),
        )  # fmt: skip


def keys_sentence(here: Workstation, tied_with: str) -> str | None:
    """What is missing of the secrets that are outside the store; ``None`` if nothing is.

    ``tied_with`` names the key of the chain, empty if none ties it.
    """
    t, path = here.words.t, here.places.keys_file
    try:
        keys = read_keys(path)
    except (KeysUnfit, OSError):
        return t("{path} cannot be read. Without it PINs cannot be checked: copy keys.json from the old PC.", path=path)
    if keys is None:
        return t("There is no {path}. Copy keys.json from the old PC: without it PINs cannot be checked, and the chain "
                 "cannot be proved.", path=path)  # fmt: skip
    if tied_with and tied_with not in {key.name for key in keys.chain}:
        return t("{path} is of another branch: the key of this chain is not in it. Copy keys.json from the old PC.",
                 path=path)  # fmt: skip
    return None


def _of_backup(words: Words, error: StoreError, path: Path) -> str:
    """One sentence for a file that is no backup that could be restored."""
    t = words.t
    match type(error).__name__:
        case "StoreMissing":
            return t("There is no {path}. Check how the name is written.", path=path)
        case "StoreForeign":
            return t("{path} is no backup of this program. Nothing was changed; choose another file.", path=path)
        case "StoreEmpty" | "StoreCorrupt" | "Unsound":
            return t("{path} is damaged and cannot be restored. Nothing was changed; choose an older backup.",
                     path=path)  # fmt: skip
        case "StoreReadOnly" | "StoreFailed" | "StoreBusy":
            return t("{path} cannot be read. Nothing was changed; check its rights, or its disk.", path=path)
    return store_sentence(words, error, path)
