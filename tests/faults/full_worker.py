"""A desk at work on a disk that gets full and has room again; what came of it as JSON.  Run as a program of its own.

``python -m tests.faults.full_worker FOLDER disk|limit guarded|control``: the folder is a small disk of its own, which
is filled up (``disk``), or no file of this process may grow any more (``limit``).  ``control``: nothing gives way, and
nobody comes in only to read.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.commands import AddNote, OpenCase
from mesa_recuperacion.store import ballast
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.condition import Condition
from tests import desk
from tests.desk import Desk
from tests.faults.bridged import Bridged, quiet

MOST = 5000
"""Commands after which a disk that is still not full is none."""


class Disk:
    """A disk that can be filled up and freed."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Until not one byte more has room."""
        with self._filler.open("ab", buffering=0) as out:
            for size in (65536, 4096, 1):
                try:
                    while out.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        """As much room as before."""
        self._filler.unlink(missing_ok=True)


class Limit:
    """A limit that no file may grow beyond, as a quota is one."""

    def __init__(self, folder: Path) -> None:
        self._files = folder

    def fill(self) -> None:
        """No file may be longer than the longest one is."""
        longest = max(file.stat().st_size for file in self._files.glob("mesa.db*"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest, resource.RLIM_INFINITY))

    def free(self) -> None:
        """No limit."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def work(at: Desk, disk: Disk | Limit) -> dict[str, object]:
    """Fill the disk, work until nothing more is kept, look around, free it, and work on."""
    acked: list[str] = []

    def note(text: str) -> d.Outcome:
        done = at.port.carry_out(a.Do(AddNote(case, text)))
        if isinstance(done, d.Done):
            acked.append(text)
        return done

    at.sign_in()
    opened = at.port.carry_out(a.Do(OpenCase(at.now, name="Marta Ruiz Soto")))
    assert isinstance(opened, d.Done)
    assert opened.file is not None
    case = opened.file.state.folio
    at.port.warm()
    disk.fill()
    before_banner, n = 0, 0
    while n < MOST and not isinstance(done := note(f"n {n}"), d.Broken):
        n += 1
        if not before_banner and "low" in at.port.standing:
            before_banner = n
    full = list(at.port.standing)
    read = [
        isinstance(at.port.carry_out(ask), kind)
        for ask, kind in (
            (a.LoadDay(), d.DayLoaded), (a.LoadCase(case), d.Loaded), (a.FindCustomers("mar"), d.Found),
            (a.DropDraft(""), d.DayLoaded), (a.NoteJump(case), d.Renewed), (a.Leave(), d.Glimpsed),
            (a.Enter(3, desk.CARLA), d.Entered), (a.Leave(), d.Glimpsed), (a.Enter(1, desk.ANA), d.Entered),
            (a.LoadCase(case), d.Loaded), (a.Enter(1, "111111"), d.Refused), (a.Enter(1, desk.ANA), d.Entered),
        )
    ]  # fmt: skip
    at.write("a medias").pause()
    at.close()
    at = Desk(at.path)  # the program again, while the disk is still full
    at.port = Bridged(at.port)  # type: ignore[assignment]
    read += [isinstance(at.port.carry_out(a.Enter(1, desk.ANA)), d.Entered)]
    read += [isinstance(at.port.carry_out(a.LoadCase(case)), d.Loaded)]
    at.port.warm()
    disk.free()
    again = [isinstance(note(f"again {n}"), d.Done) for n in range(3)]
    entered = isinstance(at.port.carry_out(a.Enter(1, desk.ANA)), d.Entered)
    after = list(at.port.standing)
    at.close()
    with desk.opened(at.path) as store, store.reading() as tx:
        file = tx.case_file(case)
        sound = verify(store).sound
    gone = set(acked) - set(file.notes if file else ())
    return {
        "acked": len(acked), "gone": len(gone),
        "told": getattr(done, "what", ""), "banner_after": before_banner, "full": full, "read": read,
        "again": [*again, entered], "after": after, "sound": sound,
        "ballast": ballast.Ballast(at.path).is_there,
    }  # fmt: skip


def main() -> None:
    """See the module."""
    folder, how, guard = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    disk = Disk(folder) if how == "disk" else Limit(folder)
    at = Desk(desk.branch(folder))
    at.port = Bridged(at.port)  # type: ignore[assignment]
    quiet()
    with ExitStack() as changed:
        changed.enter_context(patch.multiple(ballast, SIZE=256 * 1024, SCARCE=64 * 1024))
        if guard == "control":
            bare = patch.multiple(Condition, made_room=lambda *_: False, reads_on=lambda *_: False)
            changed.enter_context(bare)
        told = work(at, disk)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
