"""T2: writers that are killed at any instant lose nothing that they said was done (rules B3, E4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Event

from tests.faults.at_work import audit, tight
from tests.faults.crew import Crew
from tests.faults.figures import Figures, Scale, hold

WRITERS = 4
COMMAND = 0.015
"""About as long as a command takes, in seconds: kills fall anywhere in one."""


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Both journal modes; a control that says it is done before it is."""
    kills = scale.pick(20, 200)
    yield killed("T2 kill -9, WAL", scale, folder / "wal", kills)
    yield killed("T2 kill -9, TRUNCATE", scale, folder / "truncate", kills, standard=True)
    yield killed("T2 control: told before the commit", scale, folder / "hasty", kills, how="hasty")


def killed(test: str, scale: Scale, folder: Path, kills: int, *, standard: bool = False, how: str = "") -> Figures:
    """Four at work; again and again one of them is killed, and another comes in its place while the rest go on."""
    path, dice = tight(folder), scale.dice(folder.name)
    names = [f"{n}" for n in range(WRITERS)]
    done: list[str] = []
    with Crew(standard=standard) as crew:
        crew.do("settle", path)
        alive = {name: crew.send(name, "work", path, dice.random(), how) for name in names}
        for number in range(kills):
            name = dice.choice(list(alive))
            kill_at_any_instant(crew, name, alive.pop(name), dice)
            done += [name]
            fresh = f"{name.partition('.')[0]}.{number}"
            alive[fresh] = crew.send(fresh, "work", path, dice.random(), how)
        for name, process in alive.items():
            kill_at_any_instant(crew, name, process, dice)
    acknowledged = [command for name in [*done, *alive] for command in crew.lines(name)]
    found = audit(path, acknowledged)
    note = f"{len(acknowledged)} acknowledged; {found.gone} gone, {found.doubled} twice, {len(found.faults)} faults"
    return Figures(test, len(acknowledged), kills + WRITERS, found.losses, found.overspent, note, control=bool(how))


def kill_at_any_instant(crew: Crew, name: str, process: int, dice: Random) -> None:
    """After a few commands of theirs, and a part of the next one."""
    few = dice.randrange(4)
    crew.wait(lambda: len(crew.said[name]) > few)
    if dice.random() < 0.7:
        Event().wait(dice.random() * COMMAND)
    crew.kill(process)


def test_e4_what_was_acknowledged_survives_any_kill(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
