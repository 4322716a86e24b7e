"""What is written down when something fails that nobody foresaw: where, and of which kind, never with which values."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path

log = logging.getLogger(__name__)


def record(error: BaseException | None) -> str:
    """Write one line to the log, and give the reference that finds it.

    The line has the kinds of the error and of its causes and the places it came through.  Messages and local variables
    stay out: they may hold a PIN or a customer.
    """
    reference = secrets.token_hex(3)
    kinds, places = [], list[str]()
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kinds.append(type(error).__qualname__)
        places = places or _places(error)
        error = error.__cause__ or error.__context__
    log.error("%s %s at %s", reference, " < ".join(kinds) or "unknown", " > ".join(places) or "unknown")
    return reference


def _places(error: BaseException) -> list[str]:
    places = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places
