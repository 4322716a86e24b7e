"""What the first run creates: whole or not at all, and never over anything (rules E2, E4)."""

from __future__ import annotations

import errno
import logging
import os
import stat
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import setup
from mesa_recuperacion.dialogue.asks import Enter, Glance, Quit
from mesa_recuperacion.dialogue.setup.state import FoundBranch, Founded, LookAround, Looked, Outcome
from mesa_recuperacion.dialogue.talk import Broken, Entered, Glimpsed, Refused, Setting
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.refusals import PinUnfit
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.values import is_currency, is_zone
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring import setup_port
from mesa_recuperacion.wiring.config import Config, parse_config
from mesa_recuperacion.wiring.port import Port
from mesa_recuperacion.wiring.setup_port import SetupPort, config_text, look_around

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
PIN = "482915"
PLAN = FoundBranch(
    language="es", business="Taller Sol", branch="Centro", code="CEN", currency="MXN", zone="America/Monterrey",
    supervisor="Carla Vega", examples=True, theme="dia", glyphs="", pin=PIN,
)  # fmt: skip


def quick() -> Argon2:
    return Argon2(memory_kib=64)


class Home:
    """The places of one branch, and a port on them."""

    def __init__(self, folder: Path) -> None:
        self.store, self.config = folder / "data" / "mesa.db", folder / "config" / "config.toml"
        self.clock = FixedClock(NOW)
        self.port = SetupPort(self.store, self.config, environ={"LANG": "es_MX"}, clock=self.clock, hasher=quick)

    def found(self, ask: FoundBranch = PLAN) -> Outcome:
        return self.port.carry_out(ask)

    def files(self) -> set[str]:
        folders = [folder for folder in (self.store.parent, self.config.parent) if folder.is_dir()]
        return {file.name for folder in folders for file in folder.iterdir()}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_e2_the_whole_first_run_ends_where_the_supervisor_comes_in(home: Home) -> None:
    step = setup.begin(Setting(words("es"), Shown("es_MX", UTC)))
    answers = ["", "Taller Sol", "", "", "2", "Carla Vega", PIN, PIN, "", ""]
    while True:
        if not step.asks:
            step = setup.answer(step.talk, answers.pop(0), NOW)
            continue
        (ask,) = step.asks
        if isinstance(ask, Quit):
            break
        step = setup.after(step.talk, home.port.carry_out(ask), NOW)
    assert answers == []
    assert home.port.done
    desk = Port(home.store, words("es"), clock=home.clock, hasher=quick)
    seen = desk.carry_out(Glance())
    assert isinstance(seen, Glimpsed)
    assert [(p.number, p.name, p.role) for p in seen.people] == [(1, "Carla Vega", "supervisor")]
    assert seen.branch == "Taller Sol"
    entered = desk.carry_out(Enter(1, PIN))
    assert isinstance(entered, Entered)
    assert (entered.policy.currency, len(entered.policy.problems)) == (step.talk.defaults.currency or "MXN", 9)
    assert isinstance(desk.carry_out(Enter(1, "593716")), Refused)
    desk.close()


@pytest.mark.parametrize(("language", "examples", "problems"), [("es", False, 1), ("en", True, 9), ("en", False, 1)])
@pytest.mark.parametrize("currency", ["MXN", "JPY", "KWD"])
def test_every_way_to_begin_can_be_worked_in(
    home: Home, language: str, examples: bool, problems: int, currency: str
) -> None:
    assert home.found(replace(PLAN, language=language, examples=examples, currency=currency)) == Founded()
    desk = Port(home.store, words(language), clock=home.clock, hasher=quick)
    entered = desk.carry_out(Enter(1, PIN))
    assert isinstance(entered, Entered)
    assert (entered.policy.currency, len(entered.policy.problems)) == (currency, problems)
    assert entered.zone == "America/Monterrey"
    assert entered.day.budget.left.currency == currency
    desk.close()


def test_e1_what_the_first_run_wrote_proves_itself_and_holds_no_pin(home: Home) -> None:
    assert home.found() == Founded()
    assert home.files() == {"mesa.db", "config.toml"}  # closed whole: no side file of the database
    assert PIN.encode() not in home.store.read_bytes()
    store = Store.open(home.store)
    assert store.stream == "CEN-1"
    assert verify(store).sound
    store.close()


def test_what_is_created_is_for_the_owner_only(home: Home) -> None:
    assert home.found() == Founded()
    for file in (home.store, home.config):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


# ------------------------------------------------------------------------------------------------- nothing by halves


def test_leaving_before_the_end_leaves_nothing(home: Home) -> None:
    assert isinstance(home.port.carry_out(LookAround()), Looked)
    home.port.warm()
    home.port.close()
    assert home.files() == set()
    assert not home.port.done


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 2000])
def test_e4_a_file_that_is_there_is_never_overwritten(home: Home, content: bytes) -> None:
    home.store.parent.mkdir(parents=True)
    home.store.write_bytes(content)
    assert isinstance(outcome := home.found(), Broken)
    assert outcome.what == "StoreExists"
    assert home.store.read_bytes() == content
    assert home.files() == {"mesa.db"}


def test_a_link_to_nowhere_is_a_file_too(home: Home) -> None:
    home.store.parent.mkdir(parents=True)
    home.store.symlink_to(home.store.parent / "elsewhere")
    assert isinstance(outcome := home.found(), Broken)
    assert outcome.what == "StoreExists"
    assert home.files() == {"mesa.db"}


def test_a_branch_that_appears_meanwhile_wins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    build = SetupPort._build

    def slow(self: SetupPort, *arguments: object) -> object:
        self._path.write_bytes(b"somebody else's")
        return build(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SetupPort, "_build", slow)
    assert isinstance(outcome := home.found(), Broken)
    assert outcome.what == "StoreExists"
    assert home.store.read_bytes() == b"somebody else's"
    assert home.files() == {"mesa.db"}  # and its settings were taken back


def test_a_configuration_that_is_there_stays_as_it_is(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("# mine\n", encoding="utf-8")
    looked = home.port.carry_out(LookAround())
    assert isinstance(looked, Looked)
    assert looked.defaults.configured
    assert home.found() == Founded()
    assert home.config.read_text(encoding="utf-8") == "# mine\n"
    assert home.files() == {"mesa.db", "config.toml"}


@pytest.mark.parametrize(
    ("code", "what"), [(errno.ENOSPC, "StoreFull"), (errno.EROFS, "StoreReadOnly"), (errno.EIO, "StoreReadOnly")]
)
def test_a_disk_that_fails_at_the_end_leaves_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, code: int, what: str
) -> None:
    place = setup_port.put_into_place

    def failing(new: Path, to: Path) -> None:
        if to == home.store:
            raise OSError(code, os.strerror(code))
        place(new, to)

    monkeypatch.setattr(setup_port, "put_into_place", failing)
    assert isinstance(outcome := home.found(), Broken)
    assert outcome.what == what
    assert home.files() == set()
    monkeypatch.undo()
    assert home.found() == Founded()  # and Enter once more does it


def test_a_folder_that_cannot_be_made_is_told(home: Home) -> None:
    home.store.parent.parent.mkdir(parents=True, exist_ok=True)
    home.store.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert isinstance(outcome := home.found(), Broken)
    assert outcome.what in {"StoreExists", "StoreReadOnly"}
    assert home.store.parent.is_file()


def test_e2_an_unfit_pin_founds_nothing(home: Home) -> None:
    outcome = home.found(replace(PLAN, pin="123456"))
    assert outcome == Refused(PinUnfit("easy"))
    assert home.files() == set()


@pytest.mark.parametrize("wrong", [{"currency": "ZZZ"}, {"zone": "Mars/Olympus"}, {"code": "C"}])
def test_e2_what_the_questions_never_ask_for_founds_nothing_and_tells_no_pin(
    home: Home, caplog: pytest.LogCaptureFixture, wrong: dict[str, str]
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ValueError, match="not a") as raised:
        home.found(replace(PLAN, **wrong))  # type: ignore[arg-type]
    assert PIN not in f"{raised.value!r} {caplog.text}"
    assert home.files() == set()


# ------------------------------------------------------------------------------------------------------ the settings


@pytest.mark.parametrize(
    ("change", "environ", "settings"),
    [
        ({}, {"LANG": "es_MX"}, {}),
        ({}, {"LANG": "en_US"}, {"language": "es"}),
        ({"language": "en"}, {"LANG": "en_US"}, {}),
        ({"language": "en"}, {"LANG": "C.UTF-8"}, {"language": "en"}),
        ({"theme": "dia"}, {}, {"theme": "dia"}),
        ({"glyphs": "ascii"}, {}, {"glyphs": "ascii"}),
        ({"language": "en", "theme": "dia", "glyphs": "ascii"}, {},
         {"language": "en", "theme": "dia", "glyphs": "ascii"}),
    ],
)  # fmt: skip
def test_only_settings_that_differ_from_the_defaults_are_written(
    change: dict[str, str], environ: dict[str, str], settings: dict[str, str]
) -> None:
    text = config_text(replace(PLAN, **{"theme": "noche", **change}), environ)  # type: ignore[arg-type]
    assert tomllib.loads(text) == settings
    assert parse_config(text, "config.toml", words("en")) == Config(**settings)
    assert bool(text) == bool(settings)


def test_with_nothing_to_say_there_is_no_configuration(home: Home) -> None:
    assert home.found(replace(PLAN, theme="noche")) == Founded()
    assert home.files() == {"mesa.db"}


# ------------------------------------------------------------------------------------------- what the machine knows


@pytest.mark.parametrize(
    ("zone", "currency"),
    [("America/Mexico_City", "MXN"), ("Europe/Madrid", "EUR"), ("Asia/Tokyo", "JPY"), ("Etc/UTC", ""), ("UTC", "")],
)
def test_the_currency_follows_from_the_place_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, currency: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    found = look_around(tmp_path / "mesa.db", tmp_path / "config.toml")
    assert (found.zone, found.currency) == ((zone, currency) if currency else ("", ""))


def test_a_zone_that_cannot_be_read_stays_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Mars/Olympus")
    assert look_around(tmp_path / "mesa.db", tmp_path / "config.toml").zone == ""


def test_every_place_and_currency_that_is_offered_can_be_founded(tmp_path: Path) -> None:
    found = look_around(tmp_path / "mesa.db", tmp_path / "config.toml")
    codes = [code for code, _ in found.currencies]
    assert {"MXN", "USD", "EUR", "JPY", "KWD", "COP", "ARS"} <= set(codes)
    assert "MXP" not in codes  # the pesos of before 1993
    assert all(is_currency(code) for code in codes)
    assert all(is_zone(zone) for zone in found.zones)
    assert len(found.zones) > 300
    assert found.limits == (("es", 150, 500), ("en", 25, 100))
