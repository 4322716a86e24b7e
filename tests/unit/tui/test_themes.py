"""Legible in every colour, and without any (rule F6)."""

from __future__ import annotations

import pytest

from mesa_recuperacion.dialogue.view import STYLES
from mesa_recuperacion.tui.themes import GROUNDS, THEMES, depth_for, palette_for, textual_themes


def luminance(color: str) -> float:
    """Of ``#rrggbb``, as WCAG 2.1 defines it."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("style", STYLES)
def test_f6_every_text_stands_out_from_its_ground(theme: str, ground: str, style: str) -> None:
    palette = palette_for(theme, "full")
    ink, behind = palette.ink(style, ground), palette.ground(ground)
    assert ink is not None
    assert behind is not None
    assert contrast(ink, behind) >= 4.5


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("style", [*STYLES, "good+", "cursor", "rule"])
@pytest.mark.parametrize("ground", ["", *GROUNDS])
def test_f6_without_colour_no_colour_is_used(style: str, ground: str) -> None:
    shown = palette_for("noche", "none").style(style, ground)
    assert shown.color is None
    assert shown.bgcolor is None


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen", "none"])
def test_f6_the_chosen_row_and_the_cursor_differ_from_the_page(theme: str, depth: str) -> None:
    palette = palette_for(theme, depth)
    assert palette.style("", "chosen") != palette.style("", "page")
    assert palette.style("cursor", "line") != palette.style("strong", "line")


@pytest.mark.parametrize("theme", THEMES)
def test_sixteen_colours_are_named_and_never_exact(theme: str) -> None:
    for style in STYLES:
        for ground in GROUNDS:
            shown = palette_for(theme, "sixteen").style(style, ground)
            assert shown.color is not None
            assert shown.bgcolor is not None
            assert shown.color.triplet is None
            assert shown.color != shown.bgcolor


def test_an_unknown_theme_is_the_first() -> None:
    assert palette_for("puce", "full") == palette_for(THEMES[0], "full")


@pytest.mark.parametrize(
    ("environ", "system", "depth"),
    [
        ({}, "truecolor", "full"), ({}, "256", "full"), ({}, "standard", "sixteen"), ({}, None, "sixteen"),
        ({"NO_COLOR": "1"}, "truecolor", "none"), ({"NO_COLOR": ""}, "truecolor", "full"),
    ],
)  # fmt: skip
def test_the_depth_is_what_the_terminal_has_unless_none_is_wanted(
    environ: dict[str, str], system: str | None, depth: str
) -> None:
    assert depth_for(environ, system) == depth


def test_textual_is_told_of_every_palette() -> None:
    names = {theme.name for theme in textual_themes()}
    assert names == {palette_for(t, d).name for t in THEMES for d in ("full", "sixteen", "none")}
