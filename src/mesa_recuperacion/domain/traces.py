"""What tells a customer wherever else they may be named: in a draft, in a colleague's thanks, in a file (rule E3)."""

from __future__ import annotations

import re

from mesa_recuperacion.domain.text import digits_of, fold, words_of
from mesa_recuperacion.domain.values import dataclass

_DIGITS = 7
"""Fewer digits than these are no telephone that tells anybody."""

_LETTERS = 3
"""Shorter words of a name are particles, and stand in every text."""


@dataclass(frozen=True, slots=True)
class Traces:
    """All the names that a customer was kept under, how they were called, their telephones and their cases."""

    names: tuple[str, ...]
    called: tuple[str, ...]
    phones: tuple[str, ...]
    folios: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether a text says a whole name of theirs (a single word may be anybody's) or a telephone."""
        said = f" {' '.join(words_of(text))} "
        whole = (words_of(name) for name in self.names)
        if any(f" {' '.join(words)} " in said for words in whole if len(words) > 1):
            return True
        digits = digits_of(text)
        return any(number in digits for number in map(digits_of, self.phones) if len(number) >= _DIGITS)

    def called_in(self, text: str) -> bool:
        """Whether a text that is about one of their cases says any word of their name, or a telephone."""
        own = {word for name in (*self.names, *self.called) for word in words_of(name) if len(word) >= _LETTERS}
        return self.named_in(text) or not own.isdisjoint(words_of(text))

    def told_in(self, text: str) -> bool:
        """Whether a text names them, or one of their cases by its folio."""
        folios = {fold(folio) for folio in self.folios}
        return self.named_in(text) or not folios.isdisjoint(re.findall(r"[a-z]{2,4}-[0-9]+", fold(text)))
