"""Amounts spelt out, for the echo of an amount that was typed: "ciento veinte pesos".

Numbers follow CLDR's spelling rules (RBNF); currencies are CLDR's names.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.i18n.words import Words

if TYPE_CHECKING:
    from babel import Locale
    from unicode_rbnf import RbnfEngine

_RULES = {
    ("es", False): "spellout-cardinal-masculine",
    ("es", True): "spellout-cardinal-feminine",
    ("en", False): "spellout-cardinal",
    ("en", True): "spellout-cardinal",
}
# CLDR names no gender; these are the feminine nouns among its Spanish names of current currencies.
_FEMININE = frozenset({"corona", "dobra", "grivna", "libra", "lira", "pataca", "rupia"})
_MILLION = 1_000_000


def spelt(number: int, language: str, *, feminine: bool) -> str | None:
    """The number in words, agreeing with a noun of that gender; ``None`` for a language whose rules are not chosen."""
    rules = _RULES.get((language, feminine))
    if rules is None:
        return None
    return str(_engine(language).format_number(number, ruleset_names=[rules]).text)


def spelt_money(money: Money, locale: Locale, words: Words) -> str | None:
    """The amount in words with the currency's name; ``None`` if CLDR has no name for it or no rules are chosen."""
    from babel.numbers import get_currency_name

    scale = 10**money.exponent
    major, minor = divmod(abs(money.minor), scale)
    if money.minor < 0:
        major = -major
    name = get_currency_name(money.currency, abs(major), locale)
    singular = get_currency_name(money.currency, 1, locale)
    if name == money.currency:
        return None
    number = spelt(major, locale.language, feminine=singular.split()[0] in _FEMININE)
    if number is None or (major == 0 and money.minor < 0):
        return None
    if money.currency in _own_currencies(locale.territory):
        name = _noun(name, locale.language)
    if locale.language == "es" and major and major % _MILLION == 0:
        name = f"de {name}"  # "un millón de pesos"
    if minor:
        return words.t(
            "{amount} and {minor}/{whole}", amount=f"{number} {name}", minor=f"{minor:0{money.exponent}}", whole=scale
        )
    return f"{number} {name}"


def _noun(name: str, language: str) -> str:
    """The name without whose it is: Spanish says the noun first (``pesos mexicanos``), English last."""
    parts = name.split()
    return parts[0] if language == "es" else parts[-1]


@cache
def _own_currencies(territory: str | None) -> tuple[str, ...]:
    from babel.numbers import get_territory_currencies

    return tuple(get_territory_currencies(territory)) if territory else ()


@cache
def _engine(language: str) -> RbnfEngine:
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(language)
