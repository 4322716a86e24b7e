"""T15: after forgetting, no byte of a customer is left in any file of the branch, whatever interrupts it (rule E3).

Each protection has its control: without it, the same search finds what should be gone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.dialogue.asks import Do, Export, Forget
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.store import driver
from mesa_recuperacion.store import sweep as sweeping
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import NOW as THEN
from tests.contract.branch import Branch, tables
from tests.desk import CARLA, NOW, Desk, branch, opened
from tests.faults.figures import Figures, Scale, hold

ROOT = Path(__file__).parents[2]
NAME, CALLED, PHONE, OTHER_PHONE = "Zoraida Xicoténcatl Wuyts", "Zorrilla", "55 9876 1234", "33 7766 5544"
CANARIES = (
    "Zoraida", "zoraida", "Xicot", "xicot", "Wuyts", CALLED, "9876 1234", "98761234", "7766 5544", "77665544",
    "canarioproblema", "canarionota", "canariomotivo", "canarioexcepcion", "canarioarea", "canariocliente",
    "canarioborrador",
)  # fmt: skip
"""What is looked for: every text of the customer, as it is typed and as it is searched by."""

_SEARCH = """
import pathlib, sys
folder, needles = pathlib.Path(sys.argv[1]), sys.argv[2:]
for path in sorted(folder.rglob("*")):
    if path.is_file():
        data = path.read_bytes()
        for needle in needles:
            if needle.encode() in data:
                print(path.name, needle)
"""


def found(folder: Path, needles: Sequence[str] = CANARIES) -> list[str]:
    """Which files hold which of these bytes; searched by another process, so that no lock of ours is lost."""
    search = [sys.executable, "-c", _SEARCH, str(folder), *needles]
    return subprocess.run(search, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(params=["wal", "truncate"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two ways in which a store is written."""
    wanted = str(request.param)
    if wanted == "wal" and driver.journal_mode() != "wal":
        pytest.skip("no SQLite with a safe write-ahead log is installed")
    monkeypatch.setattr(driver, "wal_is_safe", lambda version: wanted == "wal")
    return wanted


@pytest.fixture
def path(mode: str, tmp_path: Path) -> Path:
    """A branch of its own."""
    return branch(tmp_path / "branch")


@contextmanager
def life(path: Path) -> Iterator[tuple[str, Desk]]:
    """Everything that can be typed about a customer, by the real desk; gives the card, and supervision's desk."""
    desks = [Desk(path, language="es").sign_in(*who) for who in ((), (2, "715304"), (3, CARLA))]
    try:
        yield _lived(path, *desks), desks[-1]
    finally:
        for desk in desks:
            desk.close()


def _lived(path: Path, ana: Desk, bruno: Desk, carla: Desk) -> str:
    ana.open_case(NAME).say(
        "", "0", "canarioproblema en la suela", "canarionota de la cliente", "", "0", "canariomotivo"
    )
    ana.say("m 10", PHONE)
    assert ana.stage == "close", (ana.stage, ana.said)
    folio = ana.folio
    asked = Money(90_000, "MXN")
    for command in (
        c.AskException(folio, "own", asked, "canarioexcepcion", ana.talk.file.state.promises[-1].due_at),  # type: ignore[union-attr]
        c.AskArea(folio, _area(ana), "canarioarea por favor"),
        c.NotePhone(_card(ana), OTHER_PHONE), c.NameCustomer(_card(ana), NAME, CALLED),
    ):  # fmt: skip
        assert isinstance(ana.port.carry_out(Do(command)), d.Done), command
    ana.say("s")
    assert ana.stage == "idle", (ana.stage, ana.said)
    with opened(path) as store, store.reading() as tx:
        state = tx.case_state(folio)
    assert state is not None
    call = next(u for u in state.follow_ups if u.status == "pending")
    for desk, command in (
        (ana, c.AnswerFollowUp(folio, call.id, "no_answer", "canariocliente")),
        (carla, c.Praise(state.owner, "gracias por tratar así a Zoraida", folio)),
        (bruno, c.Suggest(f"que a {NAME} se le llame antes")),
    ):  # fmt: skip
        assert isinstance(desk.port.carry_out(Do(command)), d.Done), command
    bruno.port.save_draft(Draft(folio, "note", "canarioborrador", NOW, NOW))
    bruno.port.save_draft(Draft("", "lookup", f"{NAME} 2", NOW, NOW))
    table = carla.port.carry_out(Export(CasesOf(Behind(Scope(week_of(NOW.date())))), "es_MX"))
    assert isinstance(table, d.Exported), table
    return state.customer


def _card(desk: Desk) -> str:
    assert desk.talk.file is not None
    return desk.talk.file.customer.id


def _area(desk: Desk) -> str:
    assert desk.talk.policy is not None
    return desk.talk.policy.areas[0].code


def counters(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every counter and budget of a branch, and what is kept of each case."""
    with opened(path) as store:
        every = tables(store)
    names = ("case_total", "spread_total", "choice_total", "area_total", "case_choice", "budget", "gesture_given",
             "gesture_count")  # fmt: skip
    return {name: every[name] for name in names}


def test_t15_no_byte_is_left_in_any_file(path: Path) -> None:
    with life(path) as (customer, carla):
        seen = {line.split(" ", 1)[1] for line in found(path.parent)}
        assert seen >= set(CANARIES) - {"98761234"}, (
            "the search sees them all; a telephone that was put right may be gone"
        )
        before = counters(path)
        came = carla.port.carry_out(Forget(customer, CARLA))
        assert isinstance(came, d.Forgotten), came
        assert (came.cases, len(came.removed), came.missing, came.stuck, came.swept) == (1, 1, (), (), True)
        assert found(path.parent) == []
        assert counters(path) == before
        assert before["case_total"]
        with opened(path) as store:
            assert verify(store).sound
            assert sweeping.listed(path) == (customer,)
        assert found(path.parent) == []


@pytest.mark.parametrize("without", ["secure_delete", "sweep"])
def test_t15_control_without_a_protection_the_search_finds_them(
    path: Path, mode: str, without: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleting alone leaves them; overwriting alone leaves them in the log of ``wal``."""
    if without == "secure_delete":
        monkeypatch.setitem(driver._WRITER, "secure_delete", 0)
    monkeypatch.setattr(sweeping, "_swept", lambda execute, path: True)
    with life(path) as (customer, carla):
        assert isinstance(carla.port.carry_out(Forget(customer, CARLA)), d.Forgotten)
        left = {line.split(" ", 1)[0] for line in found(path.parent)}
    if without == "secure_delete":
        assert "mesa.db" in left or "mesa.db-wal" in left
    else:
        assert ("mesa.db-wal" in left) == (mode == "wal")


def crowd(path: Path, many: int) -> dict[str, tuple[str, ...]]:
    """A branch of so many customers with names that nobody else has, in no order; answers the words of each.

    Their names are of several lengths: rows that are all as long leave few copies where pages are parted.
    """
    dice, words = Random(15), dict[str, tuple[str, ...]]()
    with opened(path) as store:
        for n in range(0, many, 100):
            facts: list[tuple[str, f.Fact]] = []
            for _ in range(100):
                card, *name = ("".join(dice.choices("bcdfghjklmnprstvz", k=11)) for _ in range(dice.randint(3, 7)))
                words[card] = tuple(name)
                facts.append(("", f.CustomerRegistered(card, " ".join(name), name[0], "")))
            with store.writing() as tx:
                tx.append(command=f"crowd {n}", actor="ana", policy=1, at=NOW, facts=facts)
    return words


def forget_some(path: Path, some: Sequence[str]) -> None:
    """Forget many, a few at a time."""
    with opened(path) as store:
        for n in range(0, len(some), 40):
            with store.writing() as tx:
                facts = [("", f.CustomerForgotten(card)) for card in some[n : n + 40]]
                tx.append(command=f"forget {n}", actor="carla", policy=1, at=NOW, facts=facts)


def _only_the_log(execute: Any, path: Path) -> bool:
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def test_t15_nor_in_the_unused_part_of_a_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite leaves copies of what it moves between pages, and never overwrites those: the file is written anew."""
    words = crowd(path, 2_000)
    some = list(words)[::4]
    needles = [word for card in some for word in words[card]]
    with monkeypatch.context() as without:
        without.setattr(sweeping, "_swept", _only_the_log)
        forget_some(path, some)
    assert found(path.parent, needles), "the control: overwritten and the log emptied, and still there"
    sweeping.mark(path)
    with opened(path) as store:
        assert not sweeping.is_due(path)
        assert found(path.parent, needles) == []
        assert verify(store).sound


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Branch]:
    """A branch with one customer, whose case is closed."""
    folder = tmp_path / "small"
    folder.mkdir()
    store = Store.create(folder / "mesa.db")
    made = Branch(store)
    made.found()
    made.customer("zoraida-card", NAME, PHONE)
    made.standard("zoraida-card")
    yield made
    store.close()


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Customers with everything that can be typed of them, forgotten one by one; a file in which a word of one is found
    afterwards is a loss, one in which it was found before is a fault that really was there.
    """
    for mode in ("wal", "truncate"):
        if mode == "wal" and driver.journal_mode() != "wal":
            yield Figures("T15 forgotten, wal", skipped="no SQLite with a safe write-ahead log is installed")
            continue
        with pytest.MonkeyPatch.context() as chosen:
            chosen.setattr(driver, "wal_is_safe", lambda version, mode=mode: mode == "wal")
            yield _forgotten(f"T15 forgotten, {mode}", folder / mode, scale.pick(1, 25))
            chosen.setattr(sweeping, "_swept", lambda execute, path: True)
            chosen.setitem(driver._WRITER, "secure_delete", 0)
            yield _forgotten(f"T15 control: deleted only, {mode}", folder / f"{mode} control", 1, control=True)


def _forgotten(name: str, folder: Path, times: int, *, control: bool = False) -> Figures:
    before = after = 0
    for n in range(times):
        path = branch(folder / str(n))
        with life(path) as (customer, carla):
            before += len(found(path.parent))
            assert isinstance(carla.port.carry_out(Forget(customer, CARLA)), d.Forgotten)
            after += len(found(path.parent))
        with opened(path) as store:
            after += not verify(store).sound
    return Figures(name, runs=times, faults=before, losses=after, control=control)


SOME = ("Zoraida", "Wuyts", "9876 1234")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_t15_killed_beside_the_commit_whoever_opens_next_finishes(small: Branch, moment: str) -> None:
    path = small.store.path
    small.store.close()
    command = [sys.executable, "-m", "tests.faults.forget_worker", moment, str(path)]
    worker = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert worker.returncode == -signal.SIGKILL, worker.stderr
    assert sweeping.is_due(path)
    assert found(path.parent, SOME), "the control: what a kill leaves"
    with opened(path) as store:
        with store.reading() as tx:
            card = tx.card("zoraida-card")
        assert card is not None
        assert card.forgotten == (moment == "after")
        assert not sweeping.is_due(path)
        assert sweeping.listed(path) == (("zoraida-card",) if moment == "after" else ())
        assert bool(found(path.parent, SOME)) == (moment == "before")
        assert verify(store).sound


def forget(branch: Branch) -> None:
    """The facts of it."""
    branch.append(("CEN-1001", f.ContactForgotten()), ("", f.CustomerForgotten("zoraida-card")), actor="eva", at=THEN)


@pytest.mark.skipif(driver.journal_mode() != "wal", reason="a reader keeps the writer from committing at all")
def test_t15_a_reader_in_another_window_puts_it_off_and_it_is_said(
    small: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    reader = driver.connect(small.store.path)
    driver.prepare_reader(reader)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM customer").fetchone() == (1,)
    forget(small)
    assert not small.store.sweep(0.1)
    assert sweeping.is_due(small.store.path)
    assert found(small.store.path.parent, SOME), "the reader still needs them"
    reader.close()
    assert small.store.sweep(0.1)
    assert found(small.store.path.parent, SOME) == []


def test_t15_what_the_folder_does_not_let_be_marked_is_not_forgotten(small: Branch) -> None:
    blocked = sweeping.mark_of(small.store.path)
    blocked.mkdir()
    with pytest.raises(Exception, match=r"mesa\.db"):
        forget(small)
    blocked.rmdir()
    with small.store.reading() as tx:
        card = tx.card("zoraida-card")
    assert card is not None
    assert card.name == NAME
    assert verify(small.store).sound


def test_t15_its_files_are_their_owners_alone(small: Branch) -> None:
    before = os.umask(0)
    try:
        forget(small)
        sweeping.mark(small.store.path)
    finally:
        os.umask(before)
    if os.name == "posix":
        for made in (sweeping.list_of(small.store.path), sweeping.mark_of(small.store.path)):
            assert made.stat().st_mode & 0o777 == 0o600


def test_t15_as_the_table_tells_it(tmp_path: Path) -> None:
    hold(run(scale := Scale(), tmp_path), scale)
