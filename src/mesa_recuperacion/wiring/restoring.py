"""Putting a backup in the place of a store, which is kept (rule E6).

Whatever happens in the midst of it, one of the two is in its place, whole, and the other is not lost.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.store.backup import NotCopied, copy_still, held_alone, prove
from mesa_recuperacion.store.durable import settle_names
from mesa_recuperacion.store.errors import StoreBusy, StoreError, StoreMissing, StoreOlder
from mesa_recuperacion.store.heads import Summary, beyond, forgotten, summary
from mesa_recuperacion.store.heard import Progress, Steps
from mesa_recuperacion.store.still import SIDES, side, sides
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.sweep import listed
from mesa_recuperacion.wiring.backups import BackupUnwritten, why_of
from mesa_recuperacion.wiring.files import part_in, settle
from mesa_recuperacion.wiring.keys import ring_at
from mesa_recuperacion.wiring.locking import held
from mesa_recuperacion.wiring.places import prepared
from mesa_recuperacion.wiring.window import mark_of


class InUse(Exception):
    """A window, or another program, has the store open."""


class SameFile(Exception):
    """The backup that was named is the store itself."""


@dataclass(frozen=True, slots=True)
class Present:
    """What is in the place now.  ``told`` is ``None`` if there is nothing, or it cannot be read (``failure``);
    ``beyond`` how many lines it has that the backup has not, ``None`` if they are not of one history.
    """

    told: Summary | None = None
    beyond: int | None = None
    failure: StoreError | None = None


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup that was proved and lies beside the store, ready to take its place."""

    database: Path
    told: Summary
    present: Present
    again: tuple[str, ...]
    """The customers that were forgotten since the backup was made."""
    _part: Path

    def put_in_place(self, now: datetime) -> Path | None:
        """Replace the store; answers where the one before it is kept, ``None`` if there was none.

        Raises :class:`InUse`, :class:`BackupUnwritten`, and the store's errors if what is in place does not open.
        """
        aside = None
        try:
            if os.path.lexists(self.database):
                aside = _free(self.database, now)
                with self._alone():
                    _swap(self._part, self.database, aside)
            else:
                _swap(self._part, self.database, None)
        except OSError as error:
            raise BackupUnwritten(self.database, why_of(error)) from error
        store = Store.open(self.database)
        store.close()
        return aside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else has the store open meanwhile; what is damaged is moved as it is."""
        readable = self.present.failure is None
        try:
            with held_alone(self.database) if readable else nullcontext():
                yield
        except StoreBusy as error:
            raise InUse from error


@contextmanager
def restoring(database: Path, source: Path, steps: Steps, keys: Path | None = None) -> Iterator[Restoring]:
    """Copy a backup beside the store, bring it up to date and prove it; nothing of what is there is touched yet.

    ``keys`` is the file of the keys that it is proved with.  The steps are those of a backup, and ``forgotten``;
    for one of an earlier version, those of ``migrate`` as ``before copy`` and so on.

    Raises :class:`InUse`, :class:`SameFile`, :class:`BackupUnwritten`, and the store's errors of the backup.
    """
    place = Path(os.path.realpath(database))
    if place.exists() and source.exists() and place.samefile(source):
        raise SameFile
    with _prepared(place) as folder, held(mark_of(database)) as alone:
        if not alone:
            raise InUse
        prefix = f".{place.name}.restoring-"
        for left in folder.glob(f"{prefix}*"):  # of one that was killed
            left.unlink()
        with part_in(folder, prefix) as part:
            copy_still(source, part, steps("copy"))
            _bring_up_to_date(part, steps)
            prove(part, steps, ring_at(keys))
            settle(part)
            told = summary(part)
            present = _present(place, told)
            told_of = steps("forgotten")
            ids = tuple(sorted((_forgotten(place, told_of) | set(listed(database))) - set(forgotten(part, told_of))))
            yield Restoring(place, told, present, ids, part)


def _bring_up_to_date(part: Path, steps: Steps) -> None:
    """A backup of an earlier version becomes a store of this one; the backup itself stays as it is."""
    from mesa_recuperacion.store.before import discard
    from mesa_recuperacion.store.migrate import migrate
    from mesa_recuperacion.store.recognise import recognise

    try:
        recognise(part)
    except StoreOlder:
        copy = migrate(part, lambda step: steps(f"before {step}"))
        if copy is not None:
            discard(copy)


def summary_of(source: Path) -> Summary:
    """What a file holds, if it is a store of ours.  Raises the store's errors."""
    from mesa_recuperacion.store.recognise import recognise

    recognise(source, recover=False)
    return summary(source)


@contextmanager
def _prepared(place: Path) -> Iterator[Path]:
    try:
        yield prepared(place.parent)
    except NotCopied as error:
        raise BackupUnwritten(place.parent, error.why) from error
    except OSError as error:
        raise BackupUnwritten(place.parent, why_of(error)) from error


def _present(place: Path, told: Summary) -> Present:
    try:
        return Present(summary_of(place), beyond(told.heads, place))
    except StoreMissing:
        return Present()
    except StoreError as error:
        return Present(failure=error)


def _forgotten(place: Path, progress: Progress) -> set[str]:
    """Whom the store that is replaced has forgotten, as far as it can be read."""
    try:
        return set(forgotten(place, progress))
    except StoreError:
        return set()


def _free(database: Path, now: datetime) -> Path:
    """The name of what is replaced; nothing has it, nor any of its side files."""
    stamp = now.strftime("%Y-%m-%dT%H%M%SZ")
    names = (f"{database.name}.replaced-{stamp}{more}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    paths = map(database.with_name, names)
    return next(path for path in paths if not path.exists() and not sides(path))


def _swap(part: Path, database: Path, aside: Path | None) -> None:
    """First everything has a second name, then the side files lose theirs (they are of the old file alone), and then
    the new one takes the name, in one step.
    """
    if aside is not None:
        _name_twice(database, aside)
        for beside in sides(database):
            if beside.stat().st_size:  # an empty one says nothing
                _name_twice(beside, aside.with_name(aside.name + beside.name.removeprefix(database.name)))
        settle_names(database.parent)
    for suffix in SIDES:
        side(database, suffix).unlink(missing_ok=True)
    part.replace(database)
    settle_names(database.parent)


def _name_twice(file: Path, second: Path) -> None:
    try:
        os.link(file, second)
    except OSError:  # a file system without second names
        shutil.copyfile(file, second)
        settle(second)
    second.chmod(0o600)
