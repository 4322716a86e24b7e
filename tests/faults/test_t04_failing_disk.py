"""T4: whatever fails on the disk, the desk says what is so, and nothing is lost or done twice (B3, E4)."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.faults import disk
from tests.faults.crew import Crew
from tests.faults.figures import Figures, Scale, hold

EVERY = disk.WRITES | disk.FORCES | disk.CUTS
BOTH = (("WAL", False), ("TRUNCATE", True))
CONTROLS = (("an error is taken for not written", "forgetful"), ("what failed is not settled", "unsettled"))


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Each operation of a command fails in turn, once or for good, in both journal modes."""
    why = disk.why_not()
    if why:
        yield Figures("T4 failing disk", skipped=why)
        return
    library = disk.compiled(folder)
    for mode, standard in BOTH:
        with Crew(standard=standard, environment=disk.environment(library, folder)) as crew:
            for error, sticky in product((errno.EIO, errno.ENOSPC), (False, True)):
                test = f"T4 {errno.errorcode[error]} {'for good' if sticky else 'once'}, {mode}"
                yield swept(crew, test, scale, folder, error, sticky)
            for what, how in CONTROLS if mode == "WAL" else ():
                yield swept(crew, f"T4 control: {what}", scale, folder, errno.EIO, True, how)


def swept(
    crew: Crew, test: str, scale: Scale, folder: Path, error: int, sticky: bool, how: str = ""
) -> Figures:  # fmt: skip
    """Every force, and of the rest a part (all of it in the long form)."""
    step = scale.pick(8, 1)
    told: list[str] = []
    for kinds in (disk.FORCES,) if how else (disk.FORCES, EVERY):
        inside = folder / f"{len(list(folder.iterdir()))}"
        inside.mkdir()
        by = 1 if kinds == disk.FORCES else step
        told += crew.do("sweep", inside, error, int(sticky), kinds, by, scale.dice(test).randrange(by) + 1, how)
    verdicts = [verdict for hits, _, verdict in (line.partition(" ") for line in told) if int(hits)]
    wrong = [verdict for verdict in verdicts if verdict.startswith("wrong")]
    counts = Counter(verdict.partition(":")[0] for verdict in verdicts)
    note = ", ".join(f"{n} {what}" for what, n in counts.most_common()) + (f"; {wrong[0]}" if wrong else "")
    return Figures(test, len(told), len(verdicts), len(wrong), note=note, control=bool(how))


def test_b3_whatever_fails_on_the_disk_the_desk_says_what_is_so(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
