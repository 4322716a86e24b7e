"""What a customer is found by: the words of the name and the digits of the telephone, and what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from mesa_recuperacion.domain.text import digits_of, is_phone, words_of

FIRST, OTHER, PHONE = 0, 1, 2
"""Where a word stands: the first of the name, another of it, the digits of the telephone."""

_ENDINGS = (10, 8, 4)
"""How people say a telephone: without the country, without the area, the last four."""


Row = tuple[int, str, str, str, int | None]
"""Of ``customer_word``, in the order of its columns."""


def found_by(who: str, cards: Sequence[tuple[str, str]], last_at_ms: int | None) -> list[Row]:
    """The rows by which a customer is found who complained last at that instant, in order.

    ``cards`` are name and telephone of each card of theirs, the one that they are read as first; ``who`` is that one.
    Whoever changes what comes out makes a new version of the tables: a row is taken back as it is said here.
    """
    places: set[tuple[int, str]] = set()
    names, digits = [], set()
    for name, phone in cards:
        if words := words_of(name):
            places |= {(FIRST, words[0]), *((OTHER, word) for word in words[1:])}
            names.append(" ".join(words))
        digits |= _phone_words(phone)
    places |= {(PHONE, word) for word in digits}
    card = f" {'  '.join(names)}  #{''.join(f' {word}' for word in sorted(digits))}"
    return [(place, word, who, card, last_at_ms) for place, word in sorted(places)]


def has_name(card: str, first: str) -> bool:
    """Whether a name on a card, as its rows say it, begins with that word or with what was typed of it."""
    return card.startswith(f" {first}") or f"  {first}" in card


def _phone_words(phone: str) -> set[str]:
    """All the digits of a telephone, and the endings by which it is also said."""
    digits = digits_of(phone)
    return {digits, *(digits[-n:] for n in _ENDINGS if len(digits) > n)} if digits else set()


def typed_words(text: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read what was typed: each is a tuple of words that must all match by their beginning.

    A text written like a telephone is read as its digits (also without a country's prefix) and then as words.
    """
    readings: list[tuple[str, ...]] = []
    if is_phone(text):
        digits = digits_of(text)
        readings.append((digits,))
        if len(digits) > _ENDINGS[0]:
            readings.append((digits[-_ENDINGS[0] :],))
    if (words := words_of(text)) and words not in readings:
        readings.append(words)
    return tuple(readings)
