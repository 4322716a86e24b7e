"""What TOML gave as a table of the file, or everything that is wrong with it: strict, whole, every fault at once.

The shape is declared once, in ``policy.schema``: a table is a class whose annotations are its keys.  Of an annotation,

* ``str``, ``int``, ``Literal[…]``, a list and a table are what TOML has to give: nothing is converted;
* ``Annotated[kind, reader, …]`` is read further, in that order, by functions that answer a value or raise
  :class:`Refused`; where ``kind`` is anything else than the above, the first of them gets what TOML gave;
* ``… | None`` may be left out, and a key with :func:`key` may have bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from mesa_recuperacion.domain.values import dataclass

Place = tuple[str | int, ...]
"""Keys and positions from the top of the file: ``("problem", 1, "remedy", 0, "cost")``."""

T = TypeVar("T", bound="Table")

_MISSING: Any = object()


class Refused(Exception):
    """A value that cannot be read; ``kind`` names its sentence, ``context`` is what that says besides."""

    def __init__(self, kind: str, **context: Any) -> None:
        super().__init__(kind)
        self.kind, self.context = kind, context


class Wrong(NamedTuple):
    """A fault and its place; ``kind`` names its sentence, ``context`` is what that says besides."""

    place: Place
    kind: str
    context: Mapping[str, Any] = {}


class Table:
    """A table of the file: its keys are its annotations, and nothing unknown is let in."""


@dataclass(frozen=True, slots=True)
class InCurrency:
    """A reader that needs to know the currency of the policy."""

    read: Callable[[object, str], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: what it is read as, what it is if it is not written, and how much of it is let in."""

    hint: Any = None
    default: Any = _MISSING
    least: int | None = None
    most: int | None = None
    """Of a whole number."""
    fewest: int = 0
    longest: int | None = None
    """Of a list."""


def key(default: Any = _MISSING, **bounds: int) -> Any:
    """What a key is if it is not written, and its bounds: see :class:`Key`."""
    return Key(None, default, **bounds)


def keys_of(table: type[Table]) -> Mapping[str, Key]:
    """The keys of a table, in their order."""
    known = _KEYS.get(table)
    if known is None:
        hints = get_type_hints(table, include_extras=True)
        known = _KEYS[table] = {name: _key(hint, getattr(table, name, _MISSING)) for name, hint in hints.items()}
    return known


_KEYS: dict[Any, Mapping[str, Key]] = {}


def _key(hint: Any, told: Any) -> Key:
    return replace(told, hint=hint) if isinstance(told, Key) else Key(hint, told)


def read_table(table: type[T], data: object, currency: str) -> tuple[T | None, list[Wrong]]:
    """The table that was written, or ``None`` and everything that is wrong, in no order."""
    reader = _Reader(currency)
    read = reader.table(table, data, ())
    return (None if reader.wrong else cast("T", read)), reader.wrong


class _Reader:
    def __init__(self, currency: str) -> None:
        self._currency = currency
        self.wrong: list[Wrong] = []

    def table(self, table: type[Table], data: object, place: Place) -> Any:
        if not isinstance(data, dict):
            return self._no(place, "table_type")
        keys = keys_of(table)
        for name in data.keys() - keys.keys():
            self._no((*place, name), "key_unknown")
        made = table()
        for name, known in keys.items():
            if name not in data and known.default is _MISSING:
                self._no((*place, name), "missing")
            elif name not in data and not isinstance(known.default, list):
                setattr(made, name, known.default)
            else:
                written = data.get(name, known.default)
                setattr(made, name, self._value(known.hint, known, written, (*place, name)))
        return made

    def _value(self, hint: Any, known: Key, value: Any, place: Place) -> Any:
        if get_origin(hint) in (UnionType, Union):
            (hint,) = (part for part in get_args(hint) if part is not NoneType)
        readers: tuple[Any, ...] = ()
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            readers = tuple(more)
        before = len(self.wrong)
        value = self._kind(hint, known, value, place)
        for reader in readers:
            if len(self.wrong) > before:
                return None
            try:
                value = reader.read(value, self._currency) if isinstance(reader, InCurrency) else reader(value)
            except Refused as no:
                self._no(place, no.kind, **no.context)
        return value

    def _kind(self, hint: Any, known: Key, value: Any, place: Place) -> Any:
        """What TOML gave, if it is of that kind; of any other kind the readers see to it."""
        if get_origin(hint) is list:
            return self._list(get_args(hint)[0], known, value, place)
        if get_origin(hint) is Literal:
            choices = get_args(hint)
            return value if value in choices else self._no(place, "choice_unknown", known=choices)
        if isinstance(hint, type) and issubclass(hint, Table):
            return self.table(hint, value, place)
        if hint is str:
            return self._text(value, place)
        if hint is int:
            return self._integer(known, value, place)
        return value

    def _text(self, value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            return self._no(place, "text_type")
        try:
            value.encode()
        except UnicodeEncodeError:
            return self._no(place, "text_unicode")
        return value

    def _integer(self, known: Key, value: Any, place: Place) -> Any:
        if type(value) is not int:
            return self._no(place, "integer_type")
        if known.least is not None and value < known.least:
            return self._no(place, "too_small", limit=known.least)
        if known.most is not None and value > known.most:
            return self._no(place, "too_large", limit=known.most)
        return value

    def _list(self, hint: Any, known: Key, value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            return self._no(place, "list_type")
        if known.longest is not None and len(value) > known.longest:
            return self._no(place, "too_long", n=len(value), limit=known.longest)
        if len(value) < known.fewest:
            return self._no(place, "too_short")
        return [self._value(hint, _PLAIN, item, (*place, n)) for n, item in enumerate(value)]

    def _no(self, place: Place, kind: str, /, **context: Any) -> None:
        self.wrong.append(Wrong(place, kind, context))


_PLAIN = Key()
