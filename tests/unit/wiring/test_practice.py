"""F9: what one practised on goes, however the program ends; what somebody else practises on stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import asks, talk
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.wiring.port import Port
from mesa_recuperacion.wiring.practice import PREFIX, sweep
from tests.desk import ANA, branch, hasher

POSIX = sys.platform != "win32"

PRACTISING = """
import sys
from pathlib import Path
from mesa_recuperacion.dialogue import asks, talk
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, hasher
port = Port(Path(sys.argv[1]), words("en"), hasher=hasher)
port.carry_out(asks.Enter(1, ANA))
assert port.carry_out(asks.Practise()).practice
print("practising", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files that is empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return branch(tmp_path / "branch")


def left(folder: Path) -> list[Path]:
    return list(folder.glob(f"{PREFIX}*"))


def at_work(path: Path) -> Port:
    port = Port(path, words("en"), hasher=hasher)
    assert isinstance(port.carry_out(asks.Enter(1, ANA)), talk.Entered)
    return port


def practising(path: Path) -> Port:
    port = at_work(path)
    begun = port.carry_out(asks.Practise())
    assert isinstance(begun, talk.Entered)
    assert begun.practice
    return port


@pytest.mark.parametrize("ending", [asks.EndPractice(), asks.Leave(), None])
def test_f9_every_orderly_end_removes_it(path: Path, temporary: Path, ending: asks.Ask | None) -> None:
    port = practising(path)
    (folder,) = left(temporary)
    assert not POSIX or folder.stat().st_mode & 0o077 == 0
    if ending is not None:
        port.carry_out(ending)
        assert left(temporary) == []
    port.close()
    assert left(temporary) == []


def test_f9_practising_again_leaves_one(path: Path, temporary: Path) -> None:
    port = practising(path)
    port.carry_out(asks.Practise())
    assert len(left(temporary)) == 1
    port.close()
    assert left(temporary) == []


def test_f9_a_practice_that_cannot_begin_leaves_nothing(
    path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    port = at_work(path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mesa_recuperacion.service.practice.begin", full)
    with pytest.raises(OSError, match="No space"):
        port.carry_out(asks.Practise())
    assert left(temporary) == []
    assert isinstance(port.carry_out(asks.LoadDay()), talk.DayLoaded)
    port.close()


@pytest.mark.skipif(not POSIX, reason="signals")
def test_f9_what_a_killed_one_left_goes_at_the_next_start_and_no_sooner(path: Path, temporary: Path) -> None:
    root = Path(__file__).parents[3]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))}
    process = subprocess.Popen(
        [sys.executable, "-c", PRACTISING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"practising\n"
    assert len(left(temporary)) == 1
    sweep()
    assert len(left(temporary)) == 1  # somebody practises there
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(left(temporary)) == 1
    port = Port(path, words("en"), hasher=hasher)
    port.warm()
    assert left(temporary) == []
    port.close()


@pytest.mark.skipif(not POSIX, reason="nothing is swept there")
def test_f9_nothing_else_is_swept(path: Path, temporary: Path, tmp_path: Path) -> None:
    port = practising(path)
    young = temporary / f"{PREFIX}young"
    young.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "held").touch()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}file").touch()
    other = temporary / "mesa-other"
    other.mkdir()
    (other / "held").touch()
    before = sorted(temporary.iterdir())
    sweep()
    assert sorted(temporary.iterdir()) == before
    assert (elsewhere / "held").exists()
    port.close()
    assert len(left(temporary)) == 3
