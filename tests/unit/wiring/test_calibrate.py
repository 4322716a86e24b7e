"""E2: a look at a PIN costs what this machine can bear, never less than the floor."""

from __future__ import annotations

import pytest

from mesa_recuperacion.service.hashing import CEILING_KIB, FLOOR, MOST_PASSES, Strength
from mesa_recuperacion.wiring.calibrate import WANTED, calibrated, took


@pytest.mark.parametrize("speed", [0.02, 0.2, 1.0, 5.0, 40.0, 10_000.0])
def test_e2_the_strength_is_what_takes_about_a_quarter_of_a_second(speed: float) -> None:
    """``speed`` 1 is a machine on which the floor takes 25 ms."""

    def cost(strength: Strength) -> float:
        return strength.memory_kib * strength.passes / (FLOOR.memory_kib * FLOOR.passes) * 0.025 / speed

    found = calibrated(cost)
    assert FLOOR.memory_kib <= found.memory_kib <= CEILING_KIB
    assert FLOOR.passes <= found.passes <= MOST_PASSES
    at_an_end = found == FLOOR or found.passes == MOST_PASSES
    assert at_an_end or 0.7 * WANTED <= cost(found) <= 1.4 * WANTED
    if found.passes > FLOOR.passes:
        assert found.memory_kib == CEILING_KIB, "memory comes first"


def test_e2_a_hash_of_this_machine_takes_its_time() -> None:
    assert took(Strength(64, 1)) > 0
