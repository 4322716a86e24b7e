"""What a policy holds, as people say it: lengths of time, hours, kinds, owners, families."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from mesa_recuperacion.domain.hours import Window
from mesa_recuperacion.domain.policy import Span
from mesa_recuperacion.i18n.words import Words, later

WEEKDAYS = (
    later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"),
    later("Sunday"),
)  # fmt: skip

CHOICES = {
    "day": later("a day"), "week": later("a week"), "month": later("a month"),
    "agent": later("the agent of the case"), "supervision": later("supervision"),
    "in_kind": later("in kind"), "voucher": later("voucher"), "discount": later("discount"), "refund": later("refund"),
    "product": later("product"), "process": later("process"), "people": later("people"), "value": later("value"),
    "es": later("Spanish"), "en": later("English"),
}  # fmt: skip
"""What the file writes in English, in the reader's words."""


def span_told(span: Span, words: Words) -> str:
    """A length of time: ``18 hours``, ``2 working days``."""
    n, tn = span.count, words.tn
    match span.unit:
        case "s":
            return tn("{n} second", "{n} seconds", n)
        case "m":
            return words.t("at once") if n == 0 else tn("{n} minute", "{n} minutes", n)
        case "h":
            return tn("{n} hour", "{n} hours", n)
    return tn("{n} working day", "{n} working days", n)


def windows_told(windows: Iterable[Window], words: Words) -> str:
    """The windows of a day: ``09:00–14:00, 16:00–19:30``."""
    told = ", ".join(f"{opens:%H:%M}–{_closing(closes)}" for opens, closes in windows)
    return told or words.t("closed all day")


def _closing(closes: time) -> str:
    return "24:00" if closes > time(23, 59) else f"{closes:%H:%M}"
