"""The invented people and what they say, by language."""

from __future__ import annotations

from mesa_recuperacion.demo import english, spanish
from mesa_recuperacion.demo.texts import Texts


def texts(language: str) -> Texts:
    """The texts of a language that we ship."""
    return {"es": spanish.TEXTS, "en": english.TEXTS}[language]
