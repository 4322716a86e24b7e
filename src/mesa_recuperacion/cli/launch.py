"""From the command ``mesa`` to the desk or the first-run questions, by the shortest way: the login waits for it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesa_recuperacion.cli.failures import REFUSED, USAGE, store_sentence
from mesa_recuperacion.cli.quiet import end_in_order
from mesa_recuperacion.cli.workstation import Workstation, say, workstation
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.i18n.shown import Shown, locale_for
from mesa_recuperacion.i18n.words import Words, words
from mesa_recuperacion.tui.way_out import ended_before
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.config import AUTO

if TYPE_CHECKING:
    from mesa_recuperacion.wiring.keeper import Keeper
    from mesa_recuperacion.wiring.port import Port

DemoPins = tuple[tuple[int, str], ...]


def open_here(*, review: bool = False) -> int:
    """What ``mesa`` alone does: the desk of this workstation, or its review; answers the exit code."""
    here = workstation(os.environ)
    if here is None:
        return USAGE
    if crash := ended_before():
        log.log.warning("the desk was ended by signal %d and started again", crash)
    return open_desk(here, review=review)


def open_desk(here: Workstation, *, demo_pins: DemoPins = (), review: bool = False) -> int:
    """Open the desk on the branch of a workstation, after the first-run questions if there is none yet.

    Answers the exit code.  ``demo_pins`` are told on the login screen of a throw-away branch; ``review`` lets only
    supervision in, into the review.
    """
    if reason := no_terminal(here.words):
        say(reason)
        return USAGE
    from mesa_recuperacion.cli.upgrade import NotUpToDate, up_to_date
    from mesa_recuperacion.store.errors import StoreError, StoreMissing
    from mesa_recuperacion.store.quick import glance

    try:
        station = up_to_date(here, None, lambda: glance(here.database, newer=True)).station
    except StoreMissing:
        return _first_run(here)
    except NotUpToDate as told:
        say(str(told))
        return told.status
    except StoreError as error:
        log.note(error)
        say(store_sentence(here.words, error, here.database))
        return REFUSED
    if station is None:
        t = here.words.t
        say(t("{path} holds no branch. It was left as it is; move it away to begin one.", path=here.database))
        return REFUSED
    setting = replace(setting_for(here, station.language, station.currency, station.zone, demo_pins), review=review)
    from mesa_recuperacion.desk.run import run_desk
    from mesa_recuperacion.wiring.going import Going

    going = Going()

    def port() -> Port:
        from mesa_recuperacion.wiring import loading

        made_by = loading.first(setting.shown)  # on the desk's own thread, behind the first picture
        keeper = None if demo_pins else keeper_of(here)  # an invented branch has nothing to lose
        return made_by(
            here.database, setting.words, exports=here.exports, keys=here.places.keys_file, keeper=keeper, going=going,
        )  # fmt: skip

    def load() -> None:
        from mesa_recuperacion.wiring.loading import load

        load(setting.shown)

    ended = run_desk(
        port, setting, load=load, theme=here.config.theme, glyphs=here.config.glyphs, going=going,
    )  # fmt: skip
    end_in_order()  # the desk's loop took the signals with it
    return ended


def keeper_of(here: Workstation) -> Keeper:
    """Who sees to the backups of a workstation."""
    from mesa_recuperacion.wiring.backups import Backups
    from mesa_recuperacion.wiring.clocks import SystemClock
    from mesa_recuperacion.wiring.keeper import Keeper

    return Keeper(
        Backups(here.database, here.backups, here.config.backup.keep_days, SystemClock(), here.places.keys_file)
    )


def _first_run(here: Workstation) -> int:
    """The six questions, and then the desk of the branch that they founded."""
    from mesa_recuperacion.desk.run import run_desk
    from mesa_recuperacion.dialogue import setup
    from mesa_recuperacion.wiring.setup_port import SetupPort

    port = SetupPort(here.database, here.places.config_file, keys=here.places.keys_file)
    setting = bare_setting(here)
    ended = run_desk(
        lambda: port, setting, theme=here.config.theme, glyphs=here.config.glyphs, conversation=setup
    )  # fmt: skip
    end_in_order()
    if not port.done:
        return ended
    begun = workstation(os.environ, here.places)
    return USAGE if begun is None else open_desk(begun)


def bare_setting(here: Workstation) -> Setting:
    """The words and keys of this workstation where there is no branch whose formats could be used."""
    return Setting(here.words, Shown(here.words.language, ZoneInfo("UTC")), keys=here.config.keys)


def no_terminal(speaking: Words) -> str | None:
    """Why the desk cannot be drawn here, in one sentence; ``None`` if it can."""
    from mesa_recuperacion.tui.terminal import unfit

    return unfit(speaking, os.environ, (sys.stdin, sys.stdout, sys.stderr))


def setting_for(here: Workstation, language: str, currency: str, zone: str, pins: DemoPins = ()) -> Setting:
    """The words and formats of this workstation in a branch of that language, currency and zone."""
    spoken = here.config.language if here.config.language != AUTO else language
    locale = here.config.locale if here.config.locale != AUTO else locale_for(spoken, currency)
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        place = ZoneInfo("UTC")
    return Setting(
        words(spoken), Shown(locale, place), pins, here.config.keys, here.config.clock == "quiet",
        keep_days=here.config.backup.keep_days,
    )  # fmt: skip
