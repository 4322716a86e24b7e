"""A founded branch, and the real program on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a founded branch in it."""
    place = tmp_path / "home"
    desk.branch(place)
    return place
