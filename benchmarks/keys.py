"""Key names in angle brackets -> the bytes a terminal sends for them, as xterm does or in the kitty protocol.

`Marta<enter>`, `<ctrl+z>`, `<shift+tab>`, `<f9>`, `<up>`; `<lt>` is the sign `<` itself. Sources: xterm's control
sequences ("PC-style function keys") and the kitty keyboard protocol (progressive enhancement flags 1, 8 and 16).
"""

from __future__ import annotations

import re

_NAMED = {"enter": 13, "tab": 9, "esc": 27, "backspace": 127, "space": 32, "lt": 60}
_LETTER = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_LETTER |= {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_TILDE = {"insert": 2, "delete": 3, "pgup": 5, "pgdn": 6}
_TILDE |= {f"f{n}": code for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)}
_MODIFIER = {"shift": 1, "alt": 2, "ctrl": 4}
_TOKEN = re.compile(r"<[^<>]+>|[^<]", re.DOTALL)

DISAMBIGUATE, ALL_KEYS, WITH_TEXT = 1, 8, 16  # flags of the kitty protocol


def split_keys(keys: str) -> list[str]:
    """One item per key: a character, or a name with its brackets. ValueError for a `<` that opens no name."""
    found = _TOKEN.findall(keys)
    if "".join(found) != keys:
        raise ValueError(f"a name in angle brackets does not end in {keys!r}; <lt> is the sign itself")
    return found


def encode(keys: str, *, application_cursor: bool = False, kitty: int = 0) -> bytes:
    """What the terminal sends for `keys`; `kitty` = the flags in force. ValueError for an unknown name."""
    return "".join(_one(key, application_cursor, kitty) for key in split_keys(keys)).encode()


def _one(key: str, application_cursor: bool, kitty: int) -> str:
    if len(key) == 1:
        return _typed(ord(key), 1, kitty) if key.isprintable() else key
    *modifiers, base = key[1:-1].split("+")
    if any(name not in _MODIFIER for name in modifiers):
        raise ValueError(f"no such key: {key}")
    modifier = 1 + sum(_MODIFIER[name] for name in modifiers)
    if base == "f3" and kitty:
        return f"\x1b[13;{modifier}~" if modifier > 1 else "\x1b[13~"  # CSI R is the answer with the cursor's place
    if base in _LETTER:
        if modifier > 1:
            return f"\x1b[1;{modifier}{_LETTER[base]}"
        ss3 = not kitty and (base[0] == "f" or application_cursor)
        return ("\x1bO" if ss3 else "\x1b[") + _LETTER[base]
    if base in _TILDE:
        return f"\x1b[{_TILDE[base]};{modifier}~" if modifier > 1 else f"\x1b[{_TILDE[base]}~"
    if base in _NAMED or len(base) == 1:
        return _typed(_NAMED.get(base) or ord(base), modifier, kitty)
    raise ValueError(f"no such key: {key}")


def _typed(code: int, modifier: int, kitty: int) -> str:
    """A key that has a character: `modifier` is 1 + the bits of shift, alt and ctrl."""
    is_text = code >= 32 and code != 127
    if kitty & ALL_KEYS or (kitty & DISAMBIGUATE and (code == 27 or modifier > 1)):
        return _kitty(code, modifier, kitty, is_text=is_text)
    held = modifier - 1
    text = chr(code)
    if code == 9 and held & _MODIFIER["shift"]:
        text = "\x1b[Z"
    elif is_text and held & _MODIFIER["ctrl"]:
        text = chr(code & 31)
    return "\x1b" + text if held & _MODIFIER["alt"] else text


def _kitty(code: int, modifier: int, kitty: int, *, is_text: bool) -> str:
    low = chr(code).lower()
    if is_text and modifier == 1 and len(low) == 1 and ord(low) != code:
        modifier, key = 1 + _MODIFIER["shift"], ord(low)  # the key is named by its unshifted character
    else:
        key = code
    text = f";{code}" if is_text and kitty & WITH_TEXT and modifier <= 1 + _MODIFIER["shift"] else ""
    shown = str(modifier) if modifier > 1 else ""
    return f"\x1b[{key};{shown}{text}u" if shown or text else f"\x1b[{key}u"
