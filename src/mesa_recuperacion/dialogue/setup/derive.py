"""What follows from an answer or from the machine, so that nobody has to say it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from mesa_recuperacion.dialogue.grammar.choose import begins
from mesa_recuperacion.dialogue.setup.state import Setup
from mesa_recuperacion.domain.money import Money, exponent
from mesa_recuperacion.domain.text import fold, words_of
from mesa_recuperacion.i18n.shown import Shown, locale_for

PLACES = {"es": ("MXN", "America/Mexico_City"), "en": ("USD", "America/New_York")}
"""Where a language is assumed to be spoken when the machine does not say where it is: currency and zone."""

_SMALL = frozenset({"el", "la", "los", "las", "un", "una", "mi", "de", "del", "al", "y", "the", "a", "an", "my", "of"})
_NO_LETTERS = "SUC"


def code_of(name: str) -> str:
    """Two to four capital letters for a branch, from the first word of its name that says something: ``CEN``."""
    found = ["".join(re.findall("[a-z]", word)) for word in words_of(name)]
    found = [word for word in found if len(word) > 1]
    telling = [word for word in found if word not in _SMALL] or found
    return telling[0][:3].upper() if telling else _NO_LETTERS


def is_code(text: str) -> bool:
    """Whether this can be a branch's code in a folio."""
    return re.fullmatch("[A-Z]{2,4}", text) is not None


def business(talk: Setup) -> str:
    """The name of the business."""
    return talk.business or talk.setting.words.t("My business")


def branch(talk: Setup) -> str:
    """The name of the branch: the business's own, unless it was given another."""
    return talk.branch or business(talk)


def code(talk: Setup) -> str:
    """The branch's code."""
    return talk.code or code_of(branch(talk))


def zone(talk: Setup) -> str:
    """The branch's time zone: that of the machine, else that of the language's place."""
    return talk.zone or talk.defaults.zone or PLACES[talk.setting.words.language][1]


def currency(talk: Setup) -> str:
    """The branch's currency: that of the machine's place, else that of the language's."""
    return talk.currency or talk.defaults.currency or PLACES[talk.setting.words.language][0]


def supervisor(talk: Setup) -> str:
    """Who supervises: the person whose account this is, else the role itself."""
    return talk.supervisor or talk.defaults.person or talk.setting.words.t("Supervision")


def is_currency(talk: Setup, text: str) -> bool:
    """Whether this is a currency that can be worked in."""
    known = [code for code, _ in talk.defaults.currencies]
    return text in known if known else re.fullmatch("[A-Z]{3}", text) is not None


def nearest_currency(talk: Setup, text: str) -> str:
    """The currency that was probably meant: by its name, else by its letters; the default if nothing is near."""
    first = (currency(talk), *(place[0] for place in PLACES.values()), "EUR")
    ordered = sorted(talk.defaults.currencies, key=lambda known: first.index(known[0]) if known[0] in first else 99)
    typed = words_of(text)
    if typed and (named := next((code for code, names in ordered if begins(typed, words_of(names))), "")):
        return named
    near = get_close_matches(fold(text).upper()[:8], [code for code, _ in ordered], 1, cutoff=0.6)
    return near[0] if near else currency(talk)


def zones_for(talk: Setup, text: str) -> tuple[str, ...]:
    """The zones that a text names: each word begins a word of the zone; a whole name stands first."""
    typed = words_of(text)
    if not typed:
        return ()
    found = [name for name in talk.defaults.zones if begins(typed, words_of(name))]
    return tuple(sorted(found, key=lambda name: (words_of(name) != typed, not _ends(typed, name), name)))


def _ends(typed: tuple[str, ...], name: str) -> bool:
    """Whether the city itself was named: ``mexico`` means the city before the other towns of America/…"""
    return words_of(name.rpartition("/")[2])[: len(typed)] == typed


def shown(talk: Setup) -> Shown:
    """How this branch will write figures."""
    return Shown(locale(talk), ZoneInfo(zone(talk)))


def locale(talk: Setup) -> str:
    """The language in the country of the currency."""
    return locale_for(talk.setting.words.language, currency(talk))


def limits(talk: Setup) -> tuple[str, str] | None:
    """The cap of a case and the budget of an agent, as the shipped policy of the language has them."""
    for language, cap, budget in talk.defaults.limits:
        if language == talk.setting.words.language:
            unit, money = currency(talk), shown(talk).money
            scale = 10 ** exponent(unit)
            return money(Money(cap * scale, unit)), money(Money(budget * scale, unit))
    return None
