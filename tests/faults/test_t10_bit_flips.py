"""T10: bits that flip, pages that vanish, files that end early: each is noticed before harm, said, and left as it is.

What is read with and without the fault is compared by a plain SQLite that knows nothing of us.  A *loss* is a line of
the journal, a private text of it or a projection that is read otherwise than it was written while nobody says so: the
first two by the look at the start, the last by ``mesa journal verify``; or a traceback; or a damaged file that changes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue.talk import Broken, DayLoaded
from mesa_recuperacion.domain.commands import OpenCase
from mesa_recuperacion.store import start_check
from mesa_recuperacion.store.errors import StoreCorrupt, StoreError
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.tables import PROJECTIONS
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.desk import Desk
from tests.faults.bridged import Bridged, quiet, until
from tests.faults.figures import Figures, Scale, hold

PAGE = 4096
CHAINED = ("journal", "private_text")
FOLDED = tuple(table.name for table in PROJECTIONS)

Harm = Callable[[bytearray], None]


def made(folder: Path) -> Path:
    """A branch at work: cases closed, parked and open, with names, notes and a draft; closed, all of it in one file."""
    path = desk.branch(folder / "sound")
    at = Desk(path).sign_in()
    for n, name in enumerate(("Marta Ruiz Soto", "Iván Peña", "Rosa Núñez", "Óscar Gil", "Elena Salas", "Lucía Prado")):
        at.standard_call(name, f"55123400{n:02}").say("y")
    at.open_case("Bruno Paz").press("f3")
    at.open_case("Teresa Luna").write("faltó la lám").pause()
    at.close()
    return path


def contents(path: Path) -> dict[str, Any]:
    """Every table's rows as a plain SQLite reads them in the file as it lies there; why not, where it cannot."""
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            names = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        except (sqlite3.Error, ValueError) as error:
            return {"": str(error)}
        for name in names:
            try:
                found[name] = sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            except (sqlite3.Error, ValueError) as error:
                found[name] = str(error)
    return found


def at_work(path: Path, *, damaged: bool) -> bool:
    """Somebody comes in, looks at everything and wants to work; whether that was let through though it is damaged.

    Raises whatever would be a traceback on the screen.
    """
    at = Desk(path)
    at.port = Bridged(at.port)  # type: ignore[assignment]
    if damaged:
        at.port.warm()  # as the screen does: the look at the start is on its way while nobody is in yet
        until(lambda: any(word.startswith("Store") for word in at.port.standing))
    for number, pin in ((3, desk.CARLA), (1, desk.ANA)):
        at.port.carry_out(a.Leave())
        at.say(f"{number} {pin}")
    day = at.port.carry_out(a.LoadDay())
    if isinstance(day, DayLoaded):
        for item in day.day.open:
            at.port.carry_out(a.LoadCase(item.case))
    at.port.carry_out(a.FindCustomers("mar"))
    at.look()
    if not damaged:
        at.close()
        return False
    done = at.port.carry_out(a.Do(OpenCase(at.now, name="Nadie Nunca")))
    at.write("y más").pause()
    at.close()
    return not isinstance(done, Broken)


def proven(store: Store) -> bool:
    """Whether ``mesa journal verify`` tells that something is not as it should be."""
    try:
        return not verify(store).sound
    except StoreError:
        return True


def suffered(sound: dict[str, Any], path: Path) -> tuple[str, int]:
    """What came of a damaged file: how it was noticed, and what was lost."""
    before = path.read_bytes()
    differing = {name for name in sound if sound[name] != contents(path).get(name)}
    try:
        store = Store.open_or_read(path)
    except StoreError as error:
        at = Desk(path)
        at.say(f"1 {desk.ANA}")
        harm = at.stage != "login" or path.read_bytes() != before
        at.close()
        return f"refused: {type(error).__name__}", int(harm)
    how = "opening" if store.sealed is not None else ""
    if start_check.check(store) is not None and not how:
        how = "start"
    damaged = isinstance(store.sealed, StoreCorrupt)
    if not how and differing & {*FOLDED}:
        how = "verify" if proven(store) else "unnoticed"
    store.close()
    if not how and differing & {*CHAINED}:
        how = "unnoticed"
    lost = int(how == "unnoticed")
    if differing or damaged:
        lost += at_work(path, damaged=damaged)
    lost += damaged and path.read_bytes() != before
    return how or ("drafts, PINs" if differing else "no effect"), lost


def every(test: str, sound: Path, harms: list[Harm], folder: Path, *, control: bool = False) -> Figures:
    """A row: each harm done to a copy of its own."""
    was, seen, losses = contents(sound), Counter[str](), 0
    for n, harm in enumerate(harms):
        place = folder / f"{test}-{n}".replace(" ", "-")
        place.mkdir()
        raw = bytearray(sound.read_bytes())
        harm(raw)
        (place / "mesa.db").write_bytes(raw)
        with patch.object(start_check, "REST", 0.0):
            how, lost = suffered(was, place / "mesa.db")
        seen[how.partition(":")[0]] += 1
        losses += lost
        shutil.rmtree(place)
    note = ", ".join(f"{how} {n}" for how, n in sorted(seen.items()))
    return Figures(f"T10 {test}", runs=len(harms), faults=len(harms), losses=losses, note=note, control=control)


def flip(offset: int, bit: int) -> Harm:
    def harm(raw: bytearray) -> None:
        raw[offset] ^= 1 << bit

    return harm


def anywhere(scale: Scale, sound: Path) -> list[Harm]:
    dice, size = scale.dice("flips"), sound.stat().st_size
    return [flip(dice.randrange(size), dice.randrange(8)) for _ in range(scale.pick(40, 500))]


def in_texts(scale: Scale, sound: Path, runs: int) -> list[Harm]:
    """Flips in the bytes of lines of the journal: of their bodies, hashes and commands."""
    dice, raw = scale.dice("texts"), sound.read_bytes()
    with closing(sqlite3.connect(f"{sound.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute("SELECT body, command, hash FROM journal").fetchall()
    places = [
        (at, len(piece))
        for row in rows
        for piece in (row[0].encode(), row[2])
        if len(piece) > 8 and raw.count(piece) == 1 and (at := raw.find(piece)) > 0
    ]
    chosen = [dice.choice(places) for _ in range(runs)]
    return [flip(at + dice.randrange(size), dice.randrange(7)) for at, size in chosen]


def cut(share: int) -> Harm:
    def harm(raw: bytearray) -> None:
        del raw[len(raw) * share // 8 :]

    return harm


def zeroed(page: int) -> Harm:
    def harm(raw: bytearray) -> None:
        raw[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)

    return harm


def flips(scale: Scale, folder: Path) -> Iterator[Figures]:
    sound = made(folder)
    yield every("bit flips anywhere", sound, anywhere(scale, sound), folder)
    yield every("bit flips in the journal", sound, in_texts(scale, sound, scale.pick(25, 500)), folder)
    with patch.object(start_check, "page", lambda *_: []):
        harms = in_texts(scale, sound, scale.pick(8, 100))
        yield every("control: without the chain at the start", sound, harms, folder, control=True)


def pieces(scale: Scale, folder: Path) -> Iterator[Figures]:
    sound = made(folder)
    dice, pages = scale.dice("pages"), sound.stat().st_size // PAGE
    yield every("cut at every eighth", sound, [cut(n) for n in range(8)], folder)
    chosen = dice.sample(range(pages), min(pages, scale.pick(12, 60)))
    yield every("pages of zeros", sound, [zeroed(page) for page in chosen], folder)
    bits = dice.sample([(at, bit) for at in range(100) for bit in range(8)], scale.pick(30, 800))
    yield every("bit flips in the header", sound, [flip(*one) for one in bits], folder)


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Flips anywhere and in the journal with their control, and what is cut, zeroed, or wrong in the header."""
    quiet()
    (folder / "flips").mkdir()
    (folder / "pieces").mkdir()
    yield from flips(scale, folder / "flips")
    yield from pieces(scale, folder / "pieces")


def test_e1_every_flipped_bit_of_the_journal_is_found_at_the_start(tmp_path: Path) -> None:
    hold(flips(scale := Scale(), tmp_path), scale)


def test_e4_a_file_that_is_cut_zeroed_or_wrong_in_its_header_is_said_and_left_alone(tmp_path: Path) -> None:
    hold(pieces(scale := Scale(), tmp_path), scale)
