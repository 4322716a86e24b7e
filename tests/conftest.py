"""What every test starts from: its own home, a hostile time zone, no animation, nobody's language."""

from __future__ import annotations

import os
import time
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
