"""Canonical JSON: one and only one text for each value (the form is described in ``docs/journal.md``)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

Json = str | int | bool | list["Json"] | dict[str, "Json"] | None
"""What can be written canonically: no fractions, because nothing that we keep has any."""

_LIMIT = 2**63
_LONG = re.compile(r"[0-9]{19}")
"""What a text of an integer beyond 64 bits has at least."""

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def _encoding() -> Callable[[object], str]:
    """What ``_ENCODER.encode`` does.  It makes an encoder in C for each value, which takes longer than most values do:
    here it is made once, where there is one.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    e = _ENCODER
    encode = make(
        None, e.default, json.encoder.encode_basestring, None, e.key_separator, e.item_separator, True, False, False
    )  # fmt: skip
    return lambda value: "".join(encode(value, 0))


_encode = _encoding()


def _fraction(text: str) -> Any:
    raise ValueError(f"{text}: nothing that we keep has fractions")


_DECODER = json.JSONDecoder(parse_float=_fraction, parse_constant=_fraction)


def canonical(value: Json) -> str:
    """The canonical text of a value: keys sorted by code point, no blanks, nothing escaped that need not be.

    Raises ``ValueError`` for a text that is not in Unicode's form NFC, for a lone surrogate and for an integer beyond
    64 bits, ``TypeError`` for anything that is not :data:`Json` (a float above all).
    """
    _check(value)
    return _encode(value)


quoted: Callable[[str], str] = json.encoder.encode_basestring
"""The canonical text of a text, if :func:`check_texts` lets it through.  Raises ``TypeError`` for anything else."""


def check_integers(*values: int) -> None:
    """Raise as :func:`canonical` for what is no integer of 64 bits."""
    for value in values:
        if type(value) is not int:
            raise TypeError(f"{type(value).__name__} is no integer")
        if not -_LIMIT <= value < _LIMIT:
            raise ValueError("an integer beyond 64 bits")


def check_texts(*values: str) -> None:
    """Raise as :func:`canonical` for texts that it would not write."""
    for value in values:
        _check_text(value)


def parse(text: str) -> Json:
    """The value of a canonical text.

    Raises ``ValueError`` for whatever is not exactly what :func:`canonical` would have written.
    """
    try:
        value: Json
        value, _ = _DECODER.raw_decode(text)  # whatever comes behind it is found out by its being written again
        same = _encode(value) == text
        if not text.isascii() or _LONG.search(text):  # in any other, no text and no integer can be wrong
            _check(value)
    except (TypeError, RecursionError) as error:
        raise ValueError("not canonical") from error
    if not same:
        raise ValueError("not canonical")
    return value


def _check(*values: object) -> None:
    for value in values:
        if type(value) is str:
            _check_text(value)
        elif type(value) is int:
            check_integers(value)
        elif type(value) is dict:
            for key in value:
                if type(key) is not str:
                    raise TypeError("keys are text")
                _check_text(key)
            _check(*value.values())
        elif type(value) is list:
            _check(*value)
        elif value is not None and type(value) is not bool:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _check_text(text: str) -> None:
    if text.isascii():
        return
    text.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("text is kept in NFC")
