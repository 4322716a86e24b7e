"""A benchmark's verdict: in its figures, its words and its exit status."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks import __main__ as every
from benchmarks.compare import figure
from benchmarks.emulator import Picture
from benchmarks.pressing import Pressed, percentile, there_and_back

_ROOT = Path(__file__).parents[2]

# A login that is ready at once, on a home that its demo made.
_STAND_IN = """
    import os, pathlib, sys, termios, tty
    if sys.argv[1:2] == ["demo"]:
        pathlib.Path(sys.argv[3]).mkdir()
        raise SystemExit(print("1  Ana Torres  4821"))
    assert pathlib.Path(os.environ["MESA_HOME"]).is_dir()
    before = termios.tcgetattr(0)
    tty.setraw(0, termios.TCSANOW)
    os.write(1, "Número y PIN ► ".encode())
    while (packet := os.read(0, 100)) != b"\\x1bOR":
        os.write(1, packet)
    termios.tcsetattr(0, termios.TCSANOW, before)
"""


def _first_paint(command: list[str]) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "benchmarks.first_paint", "--json", "--rounds", "1", "--command", shlex.join(command)]
    return subprocess.run(argv, capture_output=True, text=True, check=False, cwd=_ROOT)


def test_a_benchmark_says_in_figures_and_status_whether_its_goal_is_held(tmp_path: Path) -> None:
    stand_in = tmp_path / "mesa.py"
    stand_in.write_text(textwrap.dedent(_STAND_IN), encoding="utf-8")
    done = _first_paint([sys.executable, str(stand_in)])
    assert done.returncode in (0, 1), done.stderr
    (ratio,) = json.loads(done.stdout)["figures"]
    assert ratio["held"] == (ratio["value"] <= ratio["goal"]) == (done.returncode == 0)


def test_a_benchmark_that_cannot_measure_says_so_and_holds_nothing() -> None:
    done = _first_paint([sys.executable, "-c", "raise SystemExit('no desk here')"])
    assert (done.returncode, done.stdout) == (2, "")
    assert "no desk here" in done.stderr


@pytest.mark.parametrize(("values", "held"), [([1.4, 1.5, 9.0], True), ([1.4, 1.6, 1.7], False)])
def test_the_median_decides_and_the_goal_itself_is_held(values: list[float], held: bool) -> None:
    one = figure("ratio", values, goal=1.5)
    assert (one.value, one.low, one.high, one.held) == (values[1], min(values), max(values), held)
    assert ("NOT HELD" in str(one)) is not held


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1, 100), (0.001, 1)])
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(share: float, value: float) -> None:
    assert percentile(range(100, 0, -1), share) == value


def test_the_slowest_of_a_few_is_their_last_percentile() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_a_key_is_timed_to_its_first_its_last_and_a_wanted_change() -> None:
    before = Picture(0.0, ("head", "1", "line"))
    shown = (Picture(10.5, ("head", "1", "line x")), Picture(11.0, ("head", "2", "line x")))
    key = Pressed(10.0, before, shown, 40)
    assert (key.first, key.settled, key.reached(slice(1, 2))) == (0.5, 1.0, 1.0)
    assert key.reached(slice(0, 1)) is None


def test_what_is_typed_there_and_back_leaves_nothing() -> None:
    assert there_and_back("ab") == "ab<backspace><backspace>"


def test_the_table_of_all_has_every_program() -> None:
    programs = {path.stem for path in (_ROOT / "benchmarks").glob("*.py") if "run_benchmark(" in _main_of(path)}
    assert programs == set(every.PROGRAMS)


def _main_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition('if __name__ == "__main__":')[2]


def test_what_one_says_is_a_line_of_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {"title": "Quit", "figures": [{**asdict(figure("ratio", [1.0, 1.5, 2.0], goal=1.2)), "held": False}]}
    monkeypatch.setattr(every, "measured", lambda program, options: said if program == "quit" else None)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--only", "quit"])
    assert every.main() == 1
    assert capsys.readouterr().out.splitlines()[2].split() == ["ratio", "1.50", "1.00–2.00", "1.2", "NOT", "HELD"]
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--only", "quit,idle"])
    assert every.main() == 2
