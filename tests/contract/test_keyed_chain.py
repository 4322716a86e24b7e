"""E1: the chain of a station is tied with a key that is outside its database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.journal.chain import KeyMissing, Ring, hash_of
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store import driver, lines
from mesa_recuperacion.store.errors import StoreUntied
from mesa_recuperacion.store.review.timeline import proof
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring import tying
from mesa_recuperacion.wiring.keys import Keys, keep_chain_key, keys_at, pending_chain_key, put, read_keys
from mesa_recuperacion.wiring.tying import tie
from tests.contract import independent_verifier
from tests.contract.branch import NOW, Branch, founded

CLOCK = FixedClock(NOW)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Where the workstation has its keys."""
    return tmp_path / "settings" / "keys.json"


@pytest.fixture
def branch(tmp_path: Path, keys: Path) -> Iterator[Branch]:
    """A branch with a case before its key and one after it."""
    with founded(tmp_path / "mesa.db", "Rosa Lima") as made:
        made.standard()
        tie(made.store, keys, CLOCK)
        made.standard()
        yield made


def tied_at(branch: Branch) -> int:
    """The number of the line that names the key."""
    with branch.store.reading() as tx:
        entries = lines.Where("kind = 'station.keyed'").entries(tx.connection)
    assert len(entries) == 1
    return entries[0].seq


def written_anew(path: Path, change: Callable[[list[Any]], None], cut: int = 0) -> None:
    """All the lines with a change, tied so that they hold for whoever has no key, and the guards put back.

    ``cut``: without the lines from that one on, and with nothing that says that there was a key.
    """
    intruder = driver.connect(path)
    guards = intruder.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        intruder.execute(f"DROP TRIGGER {name}")
    if cut:
        intruder.execute("DELETE FROM journal WHERE seq >= ?", (cut,))
        intruder.execute("DELETE FROM chain_key")
    prev = GENESIS
    for row in intruder.execute("SELECT * FROM journal ORDER BY seq").fetchall():
        values = list(row)
        change(values)
        values[10] = prev
        values[11] = hash_of(Record(*values))
        intruder.execute("DELETE FROM journal WHERE seq = ?", (values[1],))
        intruder.execute(f"INSERT INTO journal VALUES ({', '.join('?' * 12)})", values)
        prev = values[11]
    for _, guard in guards:
        intruder.execute(guard)
    intruder.close()


def dearer(values: list[Any]) -> None:
    """A voucher of 120 becomes one of 220."""
    values[9] = values[9].replace('"m":12000', '"m":22000')


def test_e1_lines_hold_with_the_key_and_before_it(branch: Branch) -> None:
    verdict = verify(branch.store)
    assert verdict.sound
    assert verdict.unproved == 0
    with branch.store.reading() as tx:
        assert tx.chain_key() == branch.store.ring.of("CEN-1")[0].name
        for folio in ("CEN-1001", "CEN-1002"):
            found = proof(tx, folio)
            assert found is not None
            assert found.touched == 0


def test_e1_who_writes_the_chain_anew_without_the_key_is_found(branch: Branch) -> None:
    since = tied_at(branch)
    written_anew(branch.store.path, dearer)
    faults = [fault for fault in verify(branch.store).faults if fault.what in ("hash", "rewritten")]
    assert (faults[0].what, faults[0].seq) == ("hash", since)
    with branch.store.reading() as tx:
        found = proof(tx, "CEN-1002")
    assert found is not None
    assert found.touched


def test_e1_control_a_chain_without_a_key_that_was_written_anew_passes_for_whole(branch: Branch) -> None:
    """What the key is for: the same forgery, looked at without it, leaves no line at fault."""
    written_anew(branch.store.path, dearer)
    branch.store.ring = Ring()
    assert not [fault for fault in verify(branch.store).faults if fault.what != "projection"]


def test_e1_a_forger_who_strips_the_key_from_the_store_is_refused(branch: Branch, keys: Path) -> None:
    written_anew(branch.store.path, dearer, cut=tied_at(branch))
    store = Store.open(branch.store.path)
    with pytest.raises(StoreUntied):
        tie(store, keys, CLOCK)
    store.close()


def test_e1_without_the_keys_the_order_is_proved_and_nothing_can_be_added(branch: Branch) -> None:
    since = tied_at(branch)
    branch.store.ring = Ring()
    verdict = verify(branch.store)
    assert verdict.sound
    assert verdict.unproved == verdict.lines - since + 1
    with pytest.raises(StoreUntied) as told:
        branch.customer("luis", "Luis")
    assert isinstance(told.value.__cause__, KeyMissing)


def test_e1_a_key_that_was_lost_is_followed_by_another_under_a_line_that_says_so(branch: Branch, keys: Path) -> None:
    since = tied_at(branch)
    keys.unlink()
    tie(branch.store, keys, CLOCK, anew=True)
    branch.standard()
    verdict = verify(branch.store)
    assert verdict.sound
    with branch.store.reading() as tx:
        named = lines.Where("kind = 'station.keyed'").entries(tx.connection)
    assert verdict.unproved == named[1].seq - since
    assert isinstance(named[1].fact, f.StationKeyed)
    assert [key.name for key in branch.store.ring.of("CEN-1")] == [named[1].fact.key]


def test_e1_killed_before_the_line_that_names_it_the_key_is_used_for_a_later_one(
    branch: Branch, keys: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "other.db"
    other = Branch(Store.create(path))
    other.found()
    there = tmp_path / "there" / "keys.json"

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tying, "StationKeyed", killed)
        with pytest.raises(KeyboardInterrupt):
            tie(other.store, there, CLOCK)
    made = keys_at(there).chain
    assert [key.used for key in made] == [False]
    other.customer("luis", "Luis")
    tie(other.store, there, CLOCK)
    kept = keys_at(there).chain
    assert [(key.name, key.secret, key.used) for key in kept] == [(made[0].name, made[0].secret, True)]
    assert kept[0].since == tied_at(other)
    assert verify(other.store).sound
    other.store.close()


def test_e1_killed_before_the_key_is_known_to_be_in_use_it_is_confirmed_the_next_time(
    branch: Branch, keys: Path
) -> None:  # fmt: skip
    known = keys_at(keys)
    put(keys, known.__class__(known.pepper, tuple(key.__class__(key.name, key.secret, key.stream, key.since, False)
                                                  for key in known.chain)))  # fmt: skip
    tie(branch.store, keys, CLOCK)
    assert keys_at(keys) == known
    tied_at(branch)


def test_e1_a_window_that_another_overtakes_is_tied_with_its_key(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other ties the stream after this one has looked at the store, and before it looks at the keys."""
    path, there, look = tmp_path / "raced.db", tmp_path / "raced" / "keys.json", tying.keys_of
    raced = Branch(Store.create(path))
    raced.found()

    def overtaken(keys_file: Path, database: Path) -> Keys:
        monkeypatch.setattr(tying, "keys_of", look)
        with closing(Store.open(path)) as other:
            tie(other, there, CLOCK)
        return look(keys_file, database)

    monkeypatch.setattr(tying, "keys_of", overtaken)
    tie(raced.store, there, CLOCK)
    tied_at(raced)
    raced.standard()  # with the key of the other
    verdict = verify(raced.store)
    assert (verdict.sound, verdict.unproved) == (True, 0)
    raced.store.close()


def test_e1_two_windows_tie_it_once(branch: Branch, keys: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mesa_recuperacion.store.store import Store; "
        "from mesa_recuperacion.wiring.clocks import SystemClock; from mesa_recuperacion.wiring.tying import tie; "
        "tie(Store.open(Path(sys.argv[1])), Path(sys.argv[2]), SystemClock())"
    )
    path, there = tmp_path / "raced.db", tmp_path / "raced" / "keys.json"
    raced = Branch(Store.create(path))
    raced.found()
    workers = [subprocess.Popen([sys.executable, "-c", code, str(path), str(there)]) for _ in range(4)]
    assert [worker.wait(120) for worker in workers] == [0] * 4
    tied_at(raced)
    tie(raced.store, there, CLOCK)
    verdict = verify(raced.store)
    assert (verdict.sound, verdict.unproved) == (True, 0)
    raced.store.close()


def test_e1_the_independent_verifier_follows_the_page_with_the_keys_and_without(
    branch: Branch, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    branch.store.close()
    assert independent_verifier.main(branch.store.path, keys) == 0
    assert independent_verifier.main(branch.store.path) == 0
    written_anew(branch.store.path, dearer)
    assert independent_verifier.main(branch.store.path) == 0  # without the key the forgery holds
    assert independent_verifier.main(branch.store.path, keys) == 1
    assert f"CEN-1/{keys_at(keys).chain[0].since}: hash" in capsys.readouterr().out


def test_e1_the_keys_are_for_their_owner_alone_and_never_half_written(keys: Path) -> None:
    made = keys_at(keys)
    assert keys.stat().st_mode & 0o777 == 0o600
    assert len(made.pepper) == 32
    keep_chain_key(keys, pending_chain_key(keys, "CEN-1", 3))
    assert [path.name for path in keys.parent.iterdir()] == ["keys.json"]
    assert read_keys(keys) == keys_at(keys)
    assert json.loads(keys.read_text())["chain"][0]["since"] == 3
    assert made.pepper.hex() not in repr(made)
