"""Carries out what the first run asks: a look at the machine, and the branch, which appears whole or not at all."""

from __future__ import annotations

import errno
import logging
import os
import re
import tempfile
import tomllib
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue.setup import state as d
from mesa_recuperacion.dialogue.talk import Broken, Refused
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.refusals import KeysGone, PolicyUnfit, Refusal
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.i18n.words import LANGUAGES, choose_language, words
from mesa_recuperacion.store import whereabouts
from mesa_recuperacion.store.durable import put_into_place
from mesa_recuperacion.store.errors import StoreError, StoreExists, StoreFull, StoreReadOnly
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.config import THEMES
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import KeysUnfit, keys_at
from mesa_recuperacion.wiring.log import note
from mesa_recuperacion.wiring.places import prepared
from mesa_recuperacion.wiring.results import broken
from mesa_recuperacion.wiring.tying import tie

if TYPE_CHECKING:
    from mesa_recuperacion.service.branch import Plan
    from mesa_recuperacion.service.hashing import Hasher

log = logging.getLogger(__name__)

STATION = 1
"""The number of the first station of a branch."""

_LANDS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


class SetupPort:
    """Founds the branch of ``path``, with its settings in ``config`` and its secrets in ``keys`` (``None``: beside
    them; ``hasher`` keeps PINs without any), on whichever single thread calls it.

    ``environ`` says which language would be spoken without a configuration.  ``done`` is true once the branch is there.
    """

    def __init__(
        self, path: Path, config: Path, *, environ: Mapping[str, str] | None = None, clock: Clock | None = None,
        hasher: Callable[[], Hasher] | None = None, keys: Path | None = None,
    ) -> None:  # fmt: skip
        self._path, self._config, self._hasher = path, config, hasher
        self._keys_file = keys or config.with_name("keys.json")
        self._environ = os.environ if environ is None else environ
        self._clock, self._keys = clock or SystemClock(), keys
        self.done = False

    @property
    def standing(self) -> tuple[str, ...]:
        """There is no file yet that anything could be said of."""
        return ()

    def carry_out(self, ask: d.Ask) -> d.Outcome:
        """What came of it.  A failure of disk or store is a :class:`~dialogue.talk.Broken` with its line in the log."""
        try:
            match ask:
                case d.LookAround():
                    return d.Looked(look_around(self._path, self._config))
                case d.FoundBranch():
                    return self._found(ask)
        except KeysUnfit as error:
            note(error)
            return Refused(KeysGone())
        except OSError as error:
            return broken(_of_os(error).with_traceback(error.__traceback__))
        except StoreError as error:
            return broken(error)
        raise TypeError(f"nobody carries out {type(ask).__name__}")

    def warm(self) -> None:
        """Import what founding needs, while the person answers."""
        import mesa_recuperacion.policy.load
        import mesa_recuperacion.service.branch
        import mesa_recuperacion.store.core
        import mesa_recuperacion.store.schema  # noqa: F401

    def save_draft(self, draft: Draft) -> None:
        """Nothing is kept of a first run that was left."""

    def close(self) -> None:
        """There is nothing open between two asks."""

    def _found(self, ask: d.FoundBranch) -> d.Founded | Refused | Broken:
        from mesa_recuperacion.domain.policy import Policy
        from mesa_recuperacion.policy.load import read_policy

        plan = plan_of(ask)
        policy = read_policy(plan.policy, source=f"{ask.language}.toml", words=words(ask.language))
        if not isinstance(policy, Policy):
            return Refused(PolicyUnfit(tuple(map(str, policy))))
        whereabouts.check(self._path)
        for place in (self._path, self._config):
            prepared(place.parent)
        if self._path.exists() or self._path.is_symlink():
            raise StoreExists(str(self._path))
        with self._hashing() as hasher:
            refusal = self._build(plan, config_text(ask, self._environ), hasher)
            self.done = refusal is None
        return d.Founded() if refusal is None else Refused(refusal)

    @contextmanager
    def _hashing(self) -> Iterator[Hasher]:
        """What keeps the PINs of the new branch; keys that were made for it are gone again if it is not founded.

        Keys that are there already are used.  Raises ``KeysUnfit``.
        """
        if self._hasher is not None:
            yield self._hasher()
            return
        from mesa_recuperacion.wiring.calibrate import calibrated

        there = self._keys_file.exists()
        try:
            yield keys_at(self._keys_file, calibrated).hasher()
        finally:
            if not there and not self.done:
                self._keys_file.unlink(missing_ok=True)

    def _build(self, plan: Plan, settings: str, hasher: Hasher) -> Refusal | None:
        """Everything is made in folders of its own and then put into place, the branch last.

        A configuration that is there already stays as it is.  Whatever fails, nothing of this is left.
        """
        from mesa_recuperacion.service.branch import found
        from mesa_recuperacion.store.store import Store

        with _workshop(self._path) as shop, _workshop(self._config) as desk:
            store = Store.create(shop / self._path.name)
            try:
                refusal = found(store, plan, clock=self._clock, new_id=fresh_id, hasher=hasher)
                if refusal is None and self._keys is not None:
                    tie(store, self._keys, self._clock, anew=True)
            finally:
                store.close()
            if refusal is not None:
                return refusal
            if left := [file.name for file in shop.iterdir() if file.name != self._path.name]:
                raise StoreError(f"the new store was not closed: {', '.join(left)}")
            written = bool(settings) and self._settle(desk / self._config.name, settings)
            try:
                put_into_place(shop / self._path.name, self._path)
            except OSError:
                if written:
                    self._config.unlink(missing_ok=True)
                raise
        return None

    def _settle(self, new: Path, settings: str) -> bool:
        """Whether the settings were written: not where there are others already."""
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(settings)
            file.flush()
            os.fsync(file.fileno())
        try:
            put_into_place(new, self._config)
        except FileExistsError:
            return False
        return True


@contextmanager
def _workshop(place: Path) -> Iterator[Path]:
    """A folder beside a place, for the owner only, that goes away with all that is in it."""
    with tempfile.TemporaryDirectory(prefix=f".{place.name}.", suffix=".new", dir=place.parent) as name:
        yield Path(name)


def plan_of(ask: d.FoundBranch) -> Plan:
    """The branch to found: one supervisor, and the shipped policy in the branch's currency and zone.

    Raises ``ValueError`` for a currency or zone that does not exist.
    """
    from mesa_recuperacion.policy.defaults import customised, default_policy_text, empty_policy_text
    from mesa_recuperacion.service.branch import NewPerson, Plan

    text = default_policy_text(ask.language) if ask.examples else empty_policy_text(ask.language)
    return Plan(
        code=ask.code, branch_name=ask.branch, business=ask.business, station=STATION, currency=ask.currency,
        zone=ask.zone, language=ask.language, people=(NewPerson(ask.supervisor, "supervisor", ask.pin),),
        policy=customised(text, currency=ask.currency, zone=ask.zone),
    )  # fmt: skip


def config_text(ask: d.FoundBranch, environ: Mapping[str, str]) -> str:
    """The settings that differ from the defaults, as TOML; empty if none does.

    The desk speaks the branch's language anyway; it is written where the environment would have the commands speak
    another one.
    """
    t, settings = words(ask.language).t, {}
    if ask.language != choose_language(environ):
        settings["language"] = ask.language
    if ask.theme != THEMES[0]:
        settings["theme"] = ask.theme
    if ask.glyphs:
        settings["glyphs"] = ask.glyphs
    head = t("Written by the first run. config.example.toml describes every setting.")
    return "\n".join([f"# {head}", *(f'{key} = "{value}"' for key, value in settings.items()), ""]) if settings else ""


# ------------------------------------------------------------------------------------------ what the machine knows


def look_around(path: Path, config: Path) -> d.Defaults:
    """What the machine knows; whatever it does not know stays empty."""
    zone = machine_zone()
    return d.Defaults(
        zone=zone, currency=currency_of(zone), person=account_name(), shelf=_shelf(path.parent),
        zones=tuple(sorted(name for name in zoneinfo.available_timezones() if name.startswith(_LANDS))),
        currencies=currencies(), limits=tuple(_limits(language) for language in LANGUAGES),
        configured=config.exists() or config.is_symlink(),
    )  # fmt: skip


def machine_zone() -> str:
    """The machine's time zone, if it is that of a place and not of a server room (UTC)."""
    from babel.localtime import get_localzone

    try:
        name = str(getattr(get_localzone(), "key", ""))
    except (LookupError, OSError, ValueError):
        return ""
    return name if _territory(name) else ""


def currency_of(zone: str) -> str:
    """The currency of a zone's territory; empty if there is none."""
    from babel.numbers import get_territory_currencies

    territory = _territory(zone)
    return next(iter(get_territory_currencies(territory)), "") if territory else ""


def currencies() -> tuple[tuple[str, str], ...]:
    """Every currency that is legal tender somewhere today, with its names in our languages."""
    from babel.core import Locale, get_global

    tender = {
        code
        for history in get_global("territory_currencies").values()
        for code, _, until, legal in history
        if until is None and legal
    }
    names = [Locale.parse(language).currencies for language in LANGUAGES]
    return tuple((code, " ".join(known.get(code, "") for known in names)) for code in sorted(tender))


def account_name() -> str:
    """The full name of whoever runs this; empty for an account that has none."""
    try:
        import pwd

        name = clean(pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0], 60)
    except (ImportError, KeyError, AttributeError):
        return ""
    return name if " " in name else ""


def _territory(zone: str) -> str:
    from babel.core import get_global

    zone = get_global("zone_aliases").get(zone, zone)
    territory = str(get_global("zone_territories").get(zone) or "")
    return territory if re.fullmatch("[A-Z]{2}", territory) and territory not in {"ZZ", "AQ"} else ""


def _limits(language: str) -> tuple[str, int, int]:
    from mesa_recuperacion.policy.defaults import default_policy_text

    policy = tomllib.loads(default_policy_text(language))
    return language, int(policy["limits"]["case_cap"]), int(policy["budget"]["amount"])


def _shelf(folder: Path) -> str:
    """A folder as a person reads it."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)


def _of_os(error: OSError) -> StoreError:
    kind = StoreFull if error.errno in _NO_SPACE else StoreReadOnly
    failure: StoreError = StoreExists(str(error)) if isinstance(error, FileExistsError) else kind(str(error))
    failure.__cause__ = error
    return failure
