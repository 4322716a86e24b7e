"""A desk on a branch of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, branch
from tests.guide import play, row_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return branch(tmp_path / "branch")


@pytest.fixture(scope="session")
def one_closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which Marta's standard call was closed; nobody has it open."""
    made = branch(tmp_path_factory.mktemp("one-closed"))
    desk = Desk(made).sign_in().standard_call().say("s")
    assert desk.stage == "idle"
    desk.close()
    return made


@pytest.fixture
def desks(path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes workstations on one branch; the clock is the first one's unless another is given."""
    made: list[Desk] = []

    def make(**options: object) -> Desk:
        if made and "clock" not in options:
            options["clock"] = made[0].clock
        made.append(Desk(path, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desks: Callable[..., Desk]) -> Desk:
    """Ana is at the desk."""
    return desks().sign_in()


@pytest.fixture
def keys(request: pytest.FixtureRequest) -> Callable[..., Desk]:
    """Presses the keys of the row that names this test; its own words as ``lo_que_dice="…"``."""
    row = row_of(request.node.originalname)

    def press(desk: Desk, **own: str) -> Desk:
        return play(desk, row.keys, {place.replace("_", " "): said for place, said in own.items()})

    return press
