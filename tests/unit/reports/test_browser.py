"""F8: the report in a real browser, on a wide screen, a telephone and paper: nothing overflows or is asked for."""

from __future__ import annotations

import os
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from mesa_recuperacion.domain.policy import Goals
from mesa_recuperacion.reports.html import as_html
from mesa_recuperacion.reports.monthly import Report
from tests.browser import NAMES, Browser, browser
from tests.unit.reports.boards import HOSTILE, LONG, NOW, board, parts, voice

pytestmark = pytest.mark.skipif(browser() is None, reason=f"no browser on this machine: none of {', '.join(NAMES)}")
"""`.ci/run` installs one; elsewhere the pages are still checked by test_report.py."""

WIDTHS = (1240, 760, 390, 320)


@pytest.fixture
def seen(tmp_path: Path) -> Browser:
    return Browser(tmp_path)


def page(locale: str = "es_MX", text: str = "") -> str:
    speaking = voice(locale)
    problems = speaking.policy.problems
    if text:
        problems = tuple(replace(problem, name=text) for problem in problems)
        speaking = replace(speaking, business=text, branch=text, by=text)
    policy = replace(speaking.policy, goals=Goals(90, 75, 80), problems=problems)
    return as_html(Report(board(names=(text,) * 3 if text else ()), parts(), NOW), replace(speaking, policy=policy))


def pixels(path: Path) -> tuple[int, int, set[bytes]]:
    """Width, height and the different rows of a PNG, as they are packed: enough to tell ink from none."""
    data, at, packed = path.read_bytes(), 8, b""
    width, height, _, kind = struct.unpack(">IIBB", data[16:26])
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        packed += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, deep = zlib.decompress(packed), {2: 3, 6: 4}[kind]
    row = width * deep + 1
    return width, height, {raw[n * row + 1 : n * row + row] for n in range(height)}


@pytest.mark.parametrize("locale", ["es_MX", "en_MX"])
def test_f8_nothing_overflows_on_a_screen_and_the_charts_are_there(seen: Browser, locale: str) -> None:
    for width, found in zip(WIDTHS, seen.measure((page(locale), width) for width in WIDTHS), strict=True):
        assert (found["width"], found["out"], found["crossed"]) == (width, [], [])
        assert (found["requests"], found["scripts"]) == (0, 0)
        if width in (1240, 390):
            assert found["cut"] == []
        assert len({chart["name"] for chart in found["charts"]}) == len(found["charts"]) == 5
        for chart in found["charts"]:
            assert chart["ink"] > 5
            assert chart["outside"] == []
            assert chart["letters"] > 9
            assert 250 < chart["width"] <= width


def test_e5_the_longest_and_the_most_hostile_names_fit_and_do_nothing(seen: Browser) -> None:
    texts = (LONG * 2, "W" * 80, "\u05d0" * 40 + "<b>", "<script>document.body.remove()</script>", HOSTILE[2])
    for found in seen.measure((page(text=text), width) for text in texts for width in (1240, 390)):
        assert (found["out"], found["crossed"], found["scripts"], found["requests"]) == ([], [], 0, 0)
        assert found["text"] > 1000


def test_the_measure_sees_what_overflows_and_what_is_asked_for(seen: Browser) -> None:
    """Else the tests above could not fail."""
    bad = '<p style="width:2000px">x</p><img src="http://nowhere.invalid/x.png"><script>1</script>'
    (found,) = seen.measure([(bad, 390)])
    assert found["width"] > 2000
    assert (len(found["out"]), found["requests"], found["scripts"]) == (1, 1, 1)


def test_f8_what_is_seen(seen: Browser, tmp_path: Path) -> None:
    """A picture of each screen and the printed pages; ``MESA_REPORT_PICTURES`` names a folder to keep them in."""
    keep = Path(os.environ.get("MESA_REPORT_PICTURES") or tmp_path)
    shown = page()
    for width, height in ((1240, 2300), (390, 4400)):
        picture = seen.picture(shown, width, height, keep / f"report-{width}.png")
        wide, high, rows = pixels(picture)
        assert (wide, high) == (max(width, 500), height)
        assert len(rows) > height // 4  # a page full of things, and not one colour
    (tmp_path / "report.html").write_text(shown, encoding="utf-8")
    printed = seen.paper(tmp_path / "report.html", keep / "report.pdf").read_bytes()
    sheets = re.findall(rb"/Type\s*/Page\b", printed)
    assert printed.startswith(b"%PDF-")
    assert 2 <= len(sheets) <= 5
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]", printed)  # A4
