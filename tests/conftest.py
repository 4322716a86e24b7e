"""What every test starts from: its own home, a hostile time zone, no animation, nobody's language."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# Read by Textual when it is imported, and by every program that a test starts. The zone is one that no branch uses and
# that is a day ahead of most: whatever reads the workstation's zone instead of the branch's fails at once.
_ENVIRONMENT = {
    "TEXTUAL_ANIMATIONS": "none",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
}
_UNWANTED = (
    *("LANGUAGE", "LC_MESSAGES", "COLUMNS", "LINES"),
    *("NO_COLOR", "FORCE_COLOR", "TEXTUAL", "TEXTUAL_FPS", "TEXTUAL_DRIVER"),
)

_OF_THE_TESTS = ("MESA_SOAK", "MESA_FAULTS")
"""What says how long a test goes on, and not where the program lives."""

_MESA = [name for name in os.environ if name.startswith("MESA_") and not name.startswith(_OF_THE_TESTS)]

for _name in [*_UNWANTED, *_MESA]:
    os.environ.pop(_name, None)
os.environ.update(_ENVIRONMENT)
if hasattr(time, "tzset"):
    time.tzset()


@pytest.fixture(autouse=True)
def mesa_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of configuration, data and logs of this test alone; it does not exist yet, as on a fresh machine."""
    home = tmp_path / "mesa-home"
    monkeypatch.setenv("MESA_HOME", str(home))
    return home


KEPT_OPEN = 9
"""Files that a module's tests may leave open: the store of a fixture that others share, and what a library keeps."""


@pytest.fixture(scope="module", autouse=True)
def files_are_let_go() -> Iterator[None]:
    """What a test opens is closed when it ends: a program that leaves files open fails when it has run for long."""
    before = _open_files()
    yield
    left = [name for number, name in _open_files().items() if before.get(number) != name]
    assert len(left) <= KEPT_OPEN, f"left open: {left[:20]}"


def _open_files() -> dict[int, str]:
    """The descriptors of this process and what each is of; none where the system does not tell."""
    found = {}
    for number in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():  # noqa: PTH112, PTH208
        try:
            found[int(number)] = os.readlink(f"/proc/self/fd/{number}")  # noqa: PTH115
        except OSError:  # the folder that was listed
            continue
    return found
