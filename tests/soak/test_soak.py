"""A3, B3, C4, E1, E4, F6: random agents on the real desk, every key, any order; nothing is lost or broken.

Each is an agent of its own with its own seed, half of them here and half beside; ``MESA_SOAK`` sets how many steps
each one takes (1250 are ten thousand in all).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.whole import lives, reviews


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_agent_breaks_nothing_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    await lives(tmp_path, seed)


@pytest.mark.parametrize("seed", [0, 5])
async def test_a_random_supervisor_sees_the_whole_review_and_breaks_nothing(tmp_path: Path, seed: int) -> None:
    await reviews(tmp_path, seed)
