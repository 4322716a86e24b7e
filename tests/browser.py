"""The real browser of this machine, without a window: what it makes of a page, as a picture, on paper, in figures."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
MEASURE = """
const measured = (frame) => {
  const page = frame.contentDocument, view = frame.contentWindow;
  const shown = (element) => view.getComputedStyle(element).display !== "none" && element.getClientRects().length;
  const scrolled = (element) => element.closest(".scroll") && !element.classList.contains("scroll");
  const wide = (element) => element.scrollWidth > element.clientWidth + 1;
  const told = (elements) => elements.map((element) => element.outerHTML.slice(0, 80));
  const all = (what) => [...page.querySelectorAll(what)].filter(shown);
  const charts = all("svg.chart").map((chart) => {
    const box = chart.getBoundingClientRect();
    const outside = [...chart.querySelectorAll("text, rect, circle")].filter((part) => {
      const at = part.getBoundingClientRect();
      return shown(part) && (at.left < box.left - 1 || at.right > box.right + 1 || at.bottom > box.bottom + 1);
    });
    const letters = [...chart.querySelectorAll("text")].map((text) => text.getBoundingClientRect().height);
    return {name: chart.getAttribute("aria-label"), width: box.width, outside: told(outside),
            ink: chart.querySelectorAll(".series rect, .series circle, .series path").length,
            letters: Math.min(...letters.filter((height) => height > 0))};
  });
  return {
    width: page.documentElement.scrollWidth, charts: charts, cut: told(all(".scroll").filter(wide)),
    out: told(all("body *").filter((element) => !scrolled(element)
      && (element.getBoundingClientRect().right > frame.clientWidth + 1 || element.getBoundingClientRect().left < -1))),
    crossed: told(all(".tile, section, td, th, dd, dt").filter((element) => !scrolled(element) && wide(element))),
    requests: view.performance.getEntriesByType("resource").length, scripts: page.scripts.length,
    height: page.documentElement.scrollHeight, text: page.body.innerText.length,
  };
};
addEventListener("load", () => {
  const told = document.body.appendChild(document.createElement("pre"));
  told.id = "told";
  told.textContent = JSON.stringify([...document.querySelectorAll("iframe")].map(measured));
});
"""


def browser() -> str | None:
    """The browser that is on this machine; ``None`` if there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """A browser that knows nobody and reaches nobody; every run has a profile of its own in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._runs = folder, 0

    def run(self, *arguments: str) -> str:
        """One run; its output."""
        command = browser()
        assert command is not None
        self._runs += 1
        profile = self._folder / f"profile-{self._runs}"
        done = subprocess.run(
            [command, *FLAGS, f"--user-data-dir={profile}", *arguments],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def measure(self, pages: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
        """What stands where in each page on a screen of that width; pictures and the like that it asked for too."""
        frame = self._framed([(page, width, 1000) for page, width in pages], f"<script>{MEASURE}</script>")
        told = self.run("--dump-dom", "--window-size=1600,1200", frame.as_uri())
        return list(json.loads(html.unescape(told.split('<pre id="told">')[1].split("</pre>")[0])))

    def picture(self, page: str, width: int, height: int, to: Path) -> Path:
        """A picture of a screen of that size; narrow ones too, which the browser's own window cannot be."""
        frame = self._framed([(page, width, height)], "")
        self.run(f"--screenshot={to}", f"--window-size={max(width, 500)},{height}", frame.as_uri())
        return to

    def paper(self, page: Path, to: Path) -> Path:
        """The page as it is printed."""
        self.run("--no-pdf-header-footer", f"--print-to-pdf={to}", page.as_uri())
        return to

    def _framed(self, pages: Iterable[tuple[str, int, int]], more: str) -> Path:
        path = self._folder / f"frame-{self._runs}.html"
        frames = "".join(
            f'<iframe style="border:0;display:block" width="{width}" height="{height}" srcdoc="{html.escape(page)}">'
            "</iframe>"
            for page, width, height in pages
        )
        path.write_text(f'<!doctype html><meta charset="utf-8">{more}<body style="margin:0">{frames}', encoding="utf-8")
        return path
