"""On which line of a policy file something is written."""

from __future__ import annotations

import re

from mesa_recuperacion.policy.reading import Place

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LONG = re.compile(r'"""|\'\'\'')


class Lines:
    """The lines of one text, found by place; what is written in an unusual way is found by what it stands in."""

    def __init__(self, text: str) -> None:
        self._known: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        here: Place = ()
        within_text = False
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
            if not within_text:
                if header := _HEADER.fullmatch(line):
                    here = self._table(tuple(header[2].split(".")), is_list=header[1] == "[[")
                    self._known.setdefault(here, number)
                elif key := _KEY.match(line):
                    self._known.setdefault((*here, key[1]), number)
            within_text ^= len(_LONG.findall(line)) % 2 == 1

    def of(self, place: Place) -> int:
        """The line of a place, or of the innermost table that it is in; 0 if there is none."""
        return next((self._known[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self._known), 0)

    def _table(self, names: tuple[str, ...], *, is_list: bool) -> Place:
        """The place of a table, which is the next one of its list, inside the last one of the lists around it."""
        place: Place = ()
        for depth, name in enumerate(names, 1):
            place = (*place, name)
            if depth == len(names) and is_list:
                self._counts[place] = self._counts.get(place, -1) + 1
            if place in self._counts:
                place = (*place, self._counts[place])
        return place
