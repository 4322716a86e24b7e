"""Identifiers that are read aloud and identifiers that only machines read."""

from __future__ import annotations

import re
from collections.abc import Callable

NewId = Callable[[], str]
"""Makes a fresh identifier that nobody can guess and that never repeats (injected: the domain has no randomness)."""

_STREAM = re.compile(r"([A-Z]{2,4})-([1-9][0-9]{0,2})")


def stream_name(branch: str, station: int) -> str:
    """The journal stream of a station: branch code and station number, ``CEN-1``.

    Raises ``ValueError`` for a code that is not two to four capital letters or a station outside 1 to 999.
    """
    name = f"{branch}-{station}"
    if not _STREAM.fullmatch(name):
        raise ValueError(f"not a station: {name!r}")
    return name


def folio(stream: str, number: int) -> str:
    """The folio of a station's ``number``-th case: short, readable aloud, never the same at two stations.

    Stations 1 to 9 write their digit before at least three digits of the case (``CEN-1`` and 42 → ``CEN-1042``);
    from station 10 on a dash keeps the two apart (``CEN-12-042``), so that no two stations share a folio.
    """
    match = _STREAM.fullmatch(stream)
    if match is None or number < 1:
        raise ValueError(f"no folio for {stream!r}, {number}")
    branch, station = match.groups()
    return f"{branch}-{station}{number:03}" if len(station) == 1 else f"{branch}-{station}-{number:03}"
