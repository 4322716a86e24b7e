"""What a customer is found by: the words of the name and the digits of the telephone, and what was typed."""

from __future__ import annotations

from mesa_recuperacion.domain.text import digits_of, is_phone, words_of

FIRST, OTHER, PHONE = 0, 1, 2
"""Where a word stands: the first of the name, another of it, the digits of the telephone."""

_ENDINGS = (10, 8, 4)
"""How people say a telephone: without the country, without the area, the last four."""


def card_words(who: str, name: str, phone: str) -> list[tuple[int, str, str, str]]:
    """The rows of ``customer_word`` that a card is found by, in order.

    Whoever changes which they are makes a new version of the tables: a row is taken back as it is said here.
    """
    places = {(FIRST if n == 0 else OTHER, word) for n, word in enumerate(words_of(name))}
    places |= {(PHONE, word) for word in _phone_words(phone)}
    words = "".join(f" {word}" for word in sorted({word for _, word in places}))
    return [(place, word, who, words) for place, word in sorted(places)]


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
