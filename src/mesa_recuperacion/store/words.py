"""What a customer is found by: the words of the name and the digits of the telephone, and what was typed."""

from __future__ import annotations

from mesa_recuperacion.domain.text import digits_of, is_phone, words_of

FIRST, OTHER, PHONE = 0, 1, 2
"""Where a word stands: the first of the name, another of it, the digits of the telephone."""

_ENDINGS = (10, 8, 4)
"""How people say a telephone: without the country, without the area, the last four."""


def search_words(name: str, phone: str) -> set[tuple[int, str]]:
    """The (place, word) pairs of a card."""
    return name_words(name) | phone_words(phone)


def name_words(name: str) -> set[tuple[int, str]]:
    """The (place, word) pairs of a name."""
    return {(FIRST if n == 0 else OTHER, word) for n, word in enumerate(words_of(name))}


def phone_words(phone: str) -> set[tuple[int, str]]:
    """The (place, word) pairs of a telephone: all its digits, and the endings by which it is also said."""
    digits = digits_of(phone)
    if not digits:
        return set()
    return {(PHONE, digits)} | {(PHONE, digits[-n:]) for n in _ENDINGS if len(digits) > n}


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
