"""The pictures of the guide: the real desk, on an invented branch, at a fixed hour.

python tools/pictures.py            writes docs/img/*.png (needs rsvg-convert)
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.drafts import draft_path
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.port import Port

NOW = datetime(2026, 3, 11, 16, 42, 18, tzinfo=UTC)
OUT = Path(__file__).parent.parent / "docs" / "img"
CALL = ("marta r\n", "\n", "fal\n", "faltó la lámpara; era un regalo\n", "\n")

REVIEW = ("3 {boss}\n", "<escape>")

Typed = Sequence[str | float]
"""Letters, names of keys between angle brackets, a new line for Enter; or seconds that go by."""

PICTURES: dict[str, tuple[tuple[int, int], str, Typed]] = {
    "entrar": ((80, 24), "noche", ()),
    "dia": ((80, 24), "noche", ("1 {pin}\n",)),
    "cliente": ((80, 24), "noche", ("1 {pin}\n", "marta r")),
    "disculpa": ((80, 24), "noche", ("1 {pin}\n", CALL[0])),
    "compensa": ((80, 24), "noche", ("1 {pin}\n", *CALL, "2")),
    "excepcion": ((80, 24), "noche", ("1 {pin}\n", *CALL, "otra\n", "220\n", "\n", "el mes pasado también\n")),
    "tiempo": ((80, 24), "noche", ("1 {pin}\n", *CALL, 45.0, "<ctrl+g>r")),
    "area": ((80, 24), "noche", ("1 {pin}\n", *CALL, "<f5>")),
    "pasar": ((80, 24), "dia", ("1 {pin}\n", *CALL, "<f6>", "3\n", "2")),
    "ficha": ((80, 24), "noche", ("1 {pin}\n", *CALL, "<f4>")),
    "practica": ((80, 24), "dia", ("1 {pin}\n", "<f9>")),
    "promete": ((80, 24), "dia", ("1 {pin}\n", *CALL, "2\n", "m 10")),
    "cierre": ((80, 24), "dia", ("1 {pin}\n", *CALL, "2\n", "m 10\n", "\n", "s")),
    "ancha": ((120, 40), "dia", ("1 {pin}\n", *CALL, "2")),
    "supervision-tablero": ((80, 24), "dia", (*REVIEW, "marzo\n", "<down>")),
    "supervision-ancho": ((120, 40), "noche", (*REVIEW, "marzo\n")),
    "supervision-casos": ((80, 24), "dia", (*REVIEW, "marzo\n", "2\n")),
    "supervision-linea": ((80, 24), "noche", (*REVIEW, "marzo\n", "casos\n", "1\n")),
    "supervision-porques": (
        (80, 24), "noche",
        (*REVIEW, "marzo faltante\n", "q\n", "q\n", "la caja sale sin pesar\n", "no hay báscula en la salida\n",
         "nunca se"),
    ),
    "supervision-politica": ((80, 24), "dia", (*REVIEW, "o\n", "d\n")),
}  # fmt: skip
"""Name, size, theme and what is typed; ``{pin}`` is the first agent's, ``{boss}`` the supervisor's."""

DRAFT = (('park_return = "15m"', 'park_return = "10m"'), ("case_cap = 150", "case_cap = 120"))
"""What the draft of the next version has been changed to: the old, and the new."""


async def picture(home: Path, pins: Mapping[int, str], size: tuple[int, int], theme: str, typed: Typed) -> str:
    """The desk as SVG after what is typed."""
    clock = FixedClock(NOW)
    setting = Setting(words("es"), Shown("es_MX", ZoneInfo("America/Mexico_City")))
    app = DeskApp(lambda: Port(home / "mesa.db", words("es"), clock=clock), setting, clock=clock, theme=theme)
    async with app.run_test(size=size) as pilot:
        for part in ("", *typed):
            for key in (
                re.findall(r"<[^<>]+>|.|\n", part.format(pin=pins[1], boss=pins[3])) if isinstance(part, str) else ()
            ):
                await pilot.press("enter" if key == "\n" else key.strip("<>"))
            clock.advance(4 if isinstance(part, str) else part)
            await settled(app)
            await pilot.pause()
        return app.export_screenshot(title="Mesa de Recuperación")


def drafted(path: Path) -> None:
    """Put a draft of the next version beside the branch."""
    store = Store.open(path)
    try:
        with store.reading() as tx:
            found = tx.policy_text()
    finally:
        store.close()
    if found is None:
        raise LookupError("the branch has no policy")
    text = found[1]
    for old, new in DRAFT:
        if old not in text:
            raise LookupError(f"the policy does not say {old}")
        text = text.replace(old, new, 1)
    draft_path(path).write_text(text, encoding="utf-8")


async def settled(app: DeskApp) -> None:
    """Until nothing is under way and nothing waits."""
    for _ in range(500):
        if app.is_calm:
            return
        await asyncio.sleep(0.02)
    raise TimeoutError("the desk did not come to rest")


def main() -> int:
    """Write every picture, or those that are named."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        size, theme, typed = PICTURES[name]
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            made = prepare(home / "mesa.db", language="es", seed=1, cases=300, now=NOW)
            drafted(home / "mesa.db")
            svg = asyncio.run(picture(home, dict(made.pins), size, theme, typed))
        subprocess.run(
            ["rsvg-convert", "-w", "1100", "-o", OUT / f"{name}.png"],
            input=svg.replace("<svg ", '<svg xml:space="preserve" ', 1).encode(),
            check=True,
        )
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
