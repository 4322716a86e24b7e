"""Whether a line between calls is a customer, or the number of a row."""

from __future__ import annotations

import re

from mesa_recuperacion.domain.text import clean


def starts_case(text: str) -> bool:
    """Whether a line is a customer (a name, or a telephone of three digits or more) and not the number of a row."""
    return bool(clean(text)) and not re.fullmatch(r"\s*[0-9]{1,2}\s*", text)
