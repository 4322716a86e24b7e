"""A random supervisor in the review: every page, letter, number, filter and key, in any order, over real history."""

from __future__ import annotations

from dataclasses import dataclass, field

from mesa_recuperacion.demo.prepare import pins
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.review.base import Page
from tests.soak.agent import KEYS, PINS, TEXTS, RandomAgent

NEW = "918273"
"""The only PIN that is ever given to anybody."""

FILTERS = ("ana", "bruno", "faltante", "producto", "CEN", "zzz", "[red]x[/] \x1b[2J", "{name}", "ayer", "este mes",
           "semana", "1/3", "1/3-8/3", "2026", "32/13", "", "a", "%", "x" * 200)  # fmt: skip
MINDED = {
    "review_praise": ("1 Qué bien<enter>", "Bien hecho<enter>", "2<enter>"), "praise": ("1 Qué bien<enter>",),
    "review_filter": ("ana<enter>", "producto<enter>", "0<enter>", "<enter>", "zzz<enter>"),
    "review_whys": ("q<enter>", "m<enter>", "1<enter>"), "review_whys_pick": ("1<enter>", "2<enter>", "q<enter>"),
    "review_whys_sheet": ("no se revisó<enter>", "nadie cuenta las cajas<enter>", "1<enter>", "2<enter>",
                          "mañana<enter>", "en 3 días<enter>", "3d<enter>", "<enter>", "0 era otra cosa<enter>"),
    "review_whys_result": ("s sirvió<enter>", "n no sirvió<enter>", "o<enter>", "f<enter>", "x<enter>"),
    "review_staff": ("1<enter>", "2<enter>", "3<enter>", "a Eva Gil<enter>", "s Leo Paz<enter>", "a<enter>"),
    "review_staff_sign": ("{mine}<enter>", "111111<enter>"), "review_staff_pin": (f"{NEW}<enter>", "123456<enter>"),
    "review_staff_again": (f"{NEW}<enter>", "918274<enter>"),
    "review_budgets": ("1 50<enter>", "1 +50 por el mes<enter>", "2 -20 sobra<enter>", "r 100 hace falta<enter>",
                       "1 99999999 todo<enter>", "z<enter>", "<ctrl+z>", "h<enter>", "x<enter>"),
    "review_policy": ("e<enter>", "r<enter>", "c<enter>", "d<enter>", "p<enter>", "l<enter>", "1<enter>"),
    "review_policy_start": ("1<enter>", "2<enter>", "mañana 9<enter>", "ayer<enter>"),
    "review_policy_adopt": ("<enter>", "1<enter>"), "review_policy_publish": ("s<enter>", "<enter>", "n<enter>"),
    "suggestion_due": ("1<enter>", "2 un mes<enter>", "3 no hay sitio<enter>"),
    "idle": ("<f5>", "<ctrl+g>V", "marta<enter>", "1<enter>"),
}  # fmt: skip
"""What somebody would type on those pages."""


@dataclass
class Reviewer(RandomAgent):
    """A supervisor for the most part; ``mine`` is the PIN that they typed last to enter."""

    pins: dict[int, str] = field(default_factory=lambda: dict(pins("es")))
    mine: str = PINS[1]

    def _something(self) -> str:
        stage, dice = self.stage, self.random.random()
        if stage == "login":
            number = self.random.choice((*[3] * 17, 1, 2, 4))
            self.mine = self.pins.get(number, NEW) if self.random.random() < 0.8 else NEW
            return f"{number} {self.mine}<enter>"
        if dice < 0.45 and stage in MINDED:
            return "<ctrl+u>" + self.random.choice(MINDED[stage]).replace("{mine}", self.mine)
        if dice < 0.48:
            return self.random.choice(("<f3>", "<ctrl+g>D", "<f5>", "<ctrl+g>V"))
        if stage.startswith("review"):
            return self._on_page()
        return super()._something() if dice < 0.75 else self.random.choice(("<escape>", "<ctrl+g>V"))

    def _on_page(self) -> str:
        scene, talk = scene_of(self.stage), self.app._flow.talk
        letters = [letter for letter, _ in scene.letters(talk)] if isinstance(scene, Page) else []  # type: ignore[arg-type]
        dice = self.random.random()
        if dice < 0.30 and letters:
            return f"<ctrl+u>{self.random.choice(letters)}<enter>"
        if dice < 0.50:
            return f"<ctrl+u>{self.random.randrange(12)}<enter>"
        if dice < 0.60:
            return f"<ctrl+u>{self.random.choice((*FILTERS, *TEXTS))}<enter>"
        if dice < 0.66:
            return self.random.choice(FILTERS)
        if dice < 0.76:
            return "<down>" * self.random.randrange(1, 4) + self.random.choice(("<enter>", "", "e<enter>", "q<enter>"))
        if dice < 0.84:
            return self.random.choice(("<f7>", "<f8>", "<f9>", "<f6>", "<left>", "<right>", "<pgdn>"))
        if dice < 0.90:
            return "<escape>"
        return self.random.choice(KEYS)
