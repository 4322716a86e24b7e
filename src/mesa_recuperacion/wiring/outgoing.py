"""What leaves the program: tables and reports of an open branch, in the reader's words."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.refusals import NothingToWrite, Refusal
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.store.heard import Progress, unheard

if TYPE_CHECKING:
    from mesa_recuperacion.domain.clock import Clock
    from mesa_recuperacion.domain.views import Day, Person
    from mesa_recuperacion.reports.export import Written
    from mesa_recuperacion.reports.shift import Head
    from mesa_recuperacion.reports.voice import Voice
    from mesa_recuperacion.service.policies import Policies
    from mesa_recuperacion.service.review.review import ReviewService
    from mesa_recuperacion.store.store import Store


def voice_of(store: Store, policies: Policies, by: Person, locale: str, now: datetime) -> Voice:
    """How the branch of a store speaks to whoever reads ``locale`` (``es_MX``)."""
    from mesa_recuperacion.reports.voice import Voice

    with store.reading() as tx:
        station, policy = tx.station(), policies.in_force(tx, now)
        people = {person.id: person.name for person in tx.everybody()}
    if station is None:
        raise LookupError("the store holds no branch")
    shown = Shown(locale, ZoneInfo(station.zone))
    return Voice(
        shown.words, shown, station.business, station.branch_name, station.currency, policy, by.name, people
    )  # fmt: skip


def export(
    query: Query, review: ReviewService, voice: Voice, folder: Path, clock: Clock, progress: Progress = unheard
) -> Written | Refusal:  # fmt: skip
    """Write a table into a folder, which is made if it is not there; refused where the disk does not let it, and where
    whoever hears ``progress`` stops it.
    """
    from mesa_recuperacion.reports.export import export as write
    from mesa_recuperacion.reports.export import not_written
    from mesa_recuperacion.reports.tables import TABLES
    from mesa_recuperacion.wiring.places import prepared

    if type(query) not in TABLES:
        return NothingToWrite()
    try:
        prepared(folder)
    except OSError as error:
        return not_written(error, folder)
    claims = Claims(review.store, TABLES[type(query)][0].name, clock)
    made: Written | Refusal | None = None
    try:
        made = write(query, review.look, voice, folder, clock.now(), claims.note, progress)
        return made
    finally:
        claims.keep_only(getattr(made, "path", None))


class Claims:
    """The names under which a file with personal data may appear: noted in the store before it is there (rule E3)."""

    def __init__(self, store: Store, kind: str, clock: Clock) -> None:
        self._store, self._kind, self._clock = store, kind, clock
        self._noted: list[Path] = []

    def note(self, path: Path) -> None:
        """Note a name.  Raises ``StoreError``: then there is to be no file."""
        from mesa_recuperacion.store import handed

        with self._store.writing() as tx:
            handed.note(tx, handed.HandedOut(path.absolute(), self._kind, self._clock.now()))
        self._noted.append(path)

    def keep_only(self, made: Path | None) -> None:
        """The file that was made stays noted, and whatever else is there; a name that came to nothing does not."""
        from mesa_recuperacion.store import handed
        from mesa_recuperacion.store.errors import StoreError

        nothing = [path.absolute() for path in self._noted if path != made and not path.exists()]
        if nothing:
            with suppress(StoreError), self._store.writing() as tx:  # it is dropped with the next forgetting
                handed.drop(tx, nothing)


def shift_slip_in(folder: Path, voice: Voice, day: Day, head: Head, now: datetime) -> Path | Refusal:
    """Write the slip of a shift into a folder, which is made if it is not there; answers where it is."""
    from mesa_recuperacion.reports.export import not_written
    from mesa_recuperacion.reports.files import write_new
    from mesa_recuperacion.reports.shift import shift_slip
    from mesa_recuperacion.wiring.places import prepared

    name = f"mesa-shift-{head[0]}-{now.astimezone(voice.shown.zone):%Y-%m-%d-%H%M}.txt"
    text = shift_slip(voice, day, head, now).encode()
    try:
        return write_new(prepared(folder) / name, lambda out: out.write(text))
    except OSError as error:
        return not_written(error, folder)


def near(path: Path) -> str:
    """A path as people read it: from their own folder on, if it lies there."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)
