"""Every text that a person reads, in their language (rule F5).

The message in the code is the English text itself; a gettext catalogue translates it. What has no translation is shown
in English: never a blank, never an exception.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("es", "en")
"""The languages that we ship; the first is the default."""

DOMAIN = "mesa"
CATALOGUES = Path(__file__).parent
"""Where ``<language>/LC_MESSAGES/mesa.mo`` lies."""


class Words:
    """The catalogue of one language.

    Values are put in by name and never read again: a customer called ``{name}`` or ``100 %`` comes out as typed.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __repr__(self) -> str:
        return f"Words({self.language!r})"

    def t(self, message: str, /, **values: object) -> str:
        """The message in this language, its ``{named}`` places filled with ``values``."""
        if not message:
            return ""  # gettext answers the catalogue's own header to the empty message
        return self._catalogue.gettext(message).format(**values)

    def tn(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The message in the number that ``n`` asks for; ``{n}`` is ``n`` itself unless ``values`` bring another."""
        return self._catalogue.ngettext(one, many, n).format(**{"n": n, **values})


def later(message: str) -> str:
    """Mark a message for the catalogue where it is written down and not yet said: a table, a constant."""
    return message


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, CATALOGUES, [language])


def language_of(locale: str) -> str:
    """``es_MX.UTF-8``, ``en-US`` or ``ES`` as one of ``LANGUAGES``; the default for any other."""
    return _known(locale) or LANGUAGES[0]


def words(language: str) -> Words:
    """The words of a language or locale; Spanish for one that we do not speak."""
    return _words(language_of(language))


@cache
def _words(language: str) -> Words:
    return Words(language)


def choose_language(environ: Mapping[str, str], configured: str | None = None) -> str:
    """The language to speak: the configured one, else the first that the environment names and we know, else Spanish.

    The environment is read in the order of gettext: ``LANGUAGE`` (a list), ``LC_ALL``, ``LC_MESSAGES``, ``LANG``.
    """
    if configured and (language := _known(configured)):
        return language
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for locale in environ.get(variable, "").split(":"):
            if language := _known(locale):
                return language
    return LANGUAGES[0]


def _known(locale: str) -> str | None:
    language = locale.strip().replace("-", "_").split(".")[0].split("_")[0].lower()
    return language if language in LANGUAGES else None


def customer_named(w: Words, name: str) -> str:
    """A customer's name, wherever it is shown; one who asked to be forgotten has none (rule E3)."""
    return name or w.t("Forgotten customer")
