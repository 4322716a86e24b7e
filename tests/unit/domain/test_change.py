"""A value with some of its parts changed is what ``dataclasses.replace`` makes of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, datetime

import pytest

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.change import changed

NOW = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
STATE = CaseState("CEN-1001", "rosa", "ana", NOW, NOW, 300, 0, 1)


@pytest.mark.parametrize("name", [one.name for one in fields(CaseState)])
def test_every_part_can_be_changed_alone(name: str) -> None:
    assert changed(STATE, **{name: "x"}) == replace(STATE, **{name: "x"})


def test_what_it_was_stays_and_nothing_can_be_set() -> None:
    made = changed(STATE, problem="damaged", notes=2)
    assert (STATE.problem, STATE.notes) == ("", 0)
    assert hash(made) == hash(replace(STATE, problem="damaged", notes=2))
    with pytest.raises(FrozenInstanceError):
        made.notes = 3  # type: ignore[misc]


def test_a_part_that_it_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="nots"):
        changed(STATE, nots=2)  # type: ignore[call-arg]
