"""E2: no value that carries a PIN or a key shows it to whoever prints it, and nothing that fails tells of one."""

from __future__ import annotations

import dataclasses
import importlib
import logging
import pkgutil
import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import mesa_recuperacion
from mesa_recuperacion.desk.inputs import Input
from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.people import People
from mesa_recuperacion.store.errors import StoreFull, StoreUnknown
from mesa_recuperacion.store.writing import Writing
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.port import Port
from tests.desk import CARLA, branch, hasher

CANARY, NEW = "739465018273", "648203917465"
SECRET = re.compile(r"(pin|old|signed|stored|pepper|secret|password)")
"""What fields are called that carry one."""


def every_class() -> Iterator[type[Any]]:
    """Every dataclass of the program."""
    for module in pkgutil.walk_packages(mesa_recuperacion.__path__, "mesa_recuperacion."):
        if module.name.endswith("__main__"):
            continue
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == module.name:
                yield one


def test_e2_no_field_that_carries_a_secret_is_printed_with_its_value() -> None:
    carrying = {
        f"{one.__name__}.{field.name}": field.repr
        for one in every_class()
        for field in dataclasses.fields(one)
        if SECRET.fullmatch(field.name) and str(field.type) in ("str", "bytes")
    }
    assert {"Enter.pin", "Authorise.pin", "Override.pin", "NewPerson.pin", "Keys.pepper", "ChainKey.secret"} <= {
        *carrying
    }
    assert [name for name, printed in carrying.items() if printed] == []


@pytest.mark.parametrize(
    "carrier",
    [
        a.Enter(1, CANARY), a.ChangePin(CANARY, CANARY), a.AddPerson("X", "agent", CANARY, CANARY),
        a.RenewPin(1, CANARY, CANARY), a.Authorise("CEN-1", a.Wanted("own", Money(1, "MXN"), "x"), 3, CANARY),
        Input("answered", f"1 {CANARY}"), d.Secret(CANARY),
    ],
    ids=lambda carrier: type(carrier).__name__,
)  # fmt: skip
def test_e2_what_carries_a_pin_does_not_print_it(carrier: object) -> None:
    assert CANARY not in repr(carrier) + str(carrier) + f"{carrier}"


ASKED: dict[str, Callable[[str], a.Ask]] = {
    "enter": lambda case: a.Enter(1, CANARY),
    "change": lambda case: a.ChangePin(CANARY, NEW),
    "authorise": lambda case: a.Authorise(case, a.Wanted("own", Money(90_000, "MXN"), "porque sí"), 3, CANARY),
    "sign": lambda case: a.RenewPin(1, CANARY, NEW),
}


class Crash(Exception):
    """What nobody foresaw; it says all that it was given."""


def deep(*given: object, **more: object) -> Any:
    """Fails at some depth, with everything in its words."""
    raise Crash(repr(given), repr(more), *[x for x in given if isinstance(x, str)])


def full(*given: object, **more: object) -> Any:
    """The disk, at that depth."""
    raise StoreFull(f"{given} {more}") from Crash(*given)


def unknown(*given: object, **more: object) -> Any:
    """A commit that nobody knows of."""
    raise StoreUnknown(f"{given} {more}") from Crash(*given)


DEPTHS: list[tuple[type[Any], str]] = [
    (Argon2, "verify"), (Argon2, "hash"), (People, "_count"), (People, "_failed"), (People, "_known"),
    (Writing, "note_failure"), (Writing, "append"), (Writing, "set_credential"),
]  # fmt: skip


@pytest.mark.parametrize("failure", [deep, full, unknown])
@pytest.mark.parametrize(("kind", "name"), DEPTHS, ids=lambda value: getattr(value, "__name__", value))
def test_e2_whatever_fails_at_whatever_depth_no_pin_is_in_log_or_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Any], name: str, failure: Callable[..., Any]
) -> None:
    path, kept = branch(tmp_path / "home"), tmp_path / "logs" / "mesa.log"
    handler = log.start(kept)
    port = Port(path, words("en"), hasher=hasher)
    told: list[str] = []
    try:
        assert isinstance(port.carry_out(a.Enter(3, CARLA)), d.Entered)
        monkeypatch.setattr(kind, name, failure)
        for ask in ASKED.values():
            try:
                told.append(repr(port.carry_out(ask("CEN-1001"))))
            except Exception as error:
                told.append(log.unexpected(words("en"), error, kept))
                logging.getLogger("mesa_recuperacion.test").exception("while signing in")
                logging.getLogger("somebody.else").exception("while %s", ask("x"))
        monkeypatch.undo()
        port.close()
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    said = kept.read_text() if kept.exists() else ""
    for secret in (CANARY, NEW, CANARY[:6]):
        assert secret not in said + "".join(told)
    assert not [file for file in tmp_path.rglob("*") if CANARY in file.name or CANARY.encode() in _bytes(file)]


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def test_e2_control_a_traceback_as_python_writes_it_would_have_told() -> None:
    try:
        deep(CANARY)
    except Crash:
        assert CANARY in traceback.format_exc()
