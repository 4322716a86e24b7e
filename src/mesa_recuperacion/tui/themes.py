"""Two themes, "noche" and "dia", in as many colours as the terminal has: all of them, sixteen, or none.

A state is never told by colour alone: words and a sign go with it, so the same screen is read without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from mesa_recuperacion.domain.values import dataclass

THEMES = ("noche", "dia")
DEPTHS = ("full", "sixteen", "none")
GROUNDS = ("page", "panel", "line", "chosen")
"""What text stands on: the page, the first and last rows, the capture line, the row that Enter would take."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme at one depth; a colour is ``None`` where the terminal's own is used."""

    name: str
    dark: bool
    page: str | None
    panel: str | None
    line: str | None
    chosen: str | None
    text: str | None
    dim: str | None
    accent: str | None
    good: str | None
    warn: str | None
    bad: str | None
    rule: str | None
    raised: str | None = None
    """One ink for all that stands on the line and on the chosen row, where sixteen colours leave no other legible."""
    bold: frozenset[str] = frozenset({"strong", "accent"})
    """The styles that are bold by themselves."""

    @property
    def is_exact(self) -> bool:
        """Whether its colours are exact ones, and not names that each terminal shows in its own way."""
        return self.page is not None and self.page.startswith("#")

    def ground(self, ground: str) -> str | None:
        """The colour of a ground."""
        return {"page": self.page, "panel": self.panel, "line": self.line, "chosen": self.chosen}[ground]

    def ink(self, style: str, ground: str = "page") -> str | None:
        """The colour of a style of text on a ground."""
        if self.raised and ground in {"line", "chosen"}:
            return self.raised
        inks = {"dim": self.dim, "accent": self.accent, "good": self.good, "warn": self.warn, "bad": self.bad}
        return self.rule if style == "rule" else inks.get(style, self.text)

    def style(self, style: str, ground: str) -> Style:
        """A style of text (a trailing ``+`` makes it bold) on a ground."""
        return _style(self.name, style, ground or "page")


_NOCHE = Palette(
    "noche", True, page="#10151c", panel="#18202a", line="#1f2a37", chosen="#22354b", text="#e3e9f0", dim="#97a4b4",
    accent="#7fc4ff", good="#6fd3bd", warn="#f2bd62", bad="#ff9576", rule="#2f3c4c",
)  # fmt: skip
_DIA = Palette(
    "dia", False, page="#faf8f4", panel="#efebe2", line="#e6edf4", chosen="#d5e3f0", text="#1d252e", dim="#55606c",
    accent="#0a5a9c", good="#0a6d60", warn="#875200", bad="#ad3812", rule="#d4cfc5",
)  # fmt: skip
_NOCHE_16 = Palette(
    "noche-16", True, page="black", panel="black", line="blue", chosen="blue", text="bright_white", dim="white",
    accent="bright_cyan", good="bright_cyan", warn="bright_yellow", bad="bright_red", rule="white",
    raised="bright_white", bold=frozenset({"strong", "accent", "bad"}),
)  # fmt: skip
_DIA_16 = Palette(
    "dia-16", False, page="white", panel="white", line="black", chosen="black", text="black", dim="black",
    accent="blue", good="blue", warn="black", bad="black", rule="black",
    raised="white", bold=frozenset({"strong", "accent", "warn", "bad"}),
)  # fmt: skip
_NONE = Palette(
    "sin-color", True, page=None, panel=None, line=None, chosen=None, text=None, dim=None, accent=None, good=None,
    warn=None, bad=None, rule=None, bold=frozenset({"strong", "accent", "bad"}),
)  # fmt: skip

_PALETTES = {p.name: p for p in (_NOCHE, _DIA, _NOCHE_16, _DIA_16, _NONE)}


@cache
def _style(name: str, style: str, ground: str) -> Style:
    palette, base = _PALETTES[name], style.removesuffix("+")
    behind = palette.ground(ground)
    if base == "cursor" and palette.is_exact:
        return Style(color=behind, bgcolor=palette.accent)
    return Style(
        color=palette.ink(base, ground),
        bgcolor=behind,
        bold=style.endswith("+") or base in palette.bold or None,
        dim=(base == "dim" and palette is _NONE) or None,
        reverse=base == "cursor" or (ground == "chosen" and behind is None) or None,
    )


def palette_for(theme: str, depth: str) -> Palette:
    """The palette of a theme (the first for an unknown name) at a depth of ``DEPTHS``."""
    if depth == "none":
        return _NONE
    name = theme if theme in THEMES else THEMES[0]
    return _PALETTES[name if depth == "full" else f"{name}-16"]


def depth_for(environ: Mapping[str, str], color_system: str | None) -> str:
    """How many colours to use: none if ``NO_COLOR`` says so, sixteen where the terminal has no more."""
    if environ.get("NO_COLOR"):
        return "none"
    return "full" if color_system in {"truecolor", "256"} else "sixteen"


def textual_themes() -> list[Theme]:
    """The palettes as Textual wants them, for what Textual itself fills: the page between the regions."""
    return [_textual(palette) for palette in _PALETTES.values()]


_TERMINAL_VARIABLES = BUILTIN_THEMES["ansi-dark"].variables
"""What Textual's own style sheets expect of a theme in the terminal's colours."""


def _textual(palette: Palette) -> Theme:
    page, ink = palette.page or "default", palette.text or "default"
    if not palette.is_exact:
        page, ink = f"ansi_{page}", f"ansi_{ink}"
    return Theme(
        palette.name, primary=ink, background=page, surface=page, panel=page, foreground=ink, dark=palette.dark,
        ansi=not palette.is_exact, variables=_TERMINAL_VARIABLES if not palette.is_exact else {},
    )  # fmt: skip
