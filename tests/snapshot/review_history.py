"""What supervision has done in those three weeks, and the other branches that it is seen on: a new one, one with months
of cases, and one where many work.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from itertools import count
from pathlib import Path
from unittest.mock import patch

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.service.branch import NewPerson
from mesa_recuperacion.service.drafts import draft_path
from tests.desk import NOW, PEOPLE, Desk, branch, hasher, opened
from tests.snapshot.history import TOLD, Teller, lived, shipped_in

ES = {
    "week": "sem", "month": "marzo", "ever": "siempre", "yesterday": "ayer", "cases": "casos", "everybody": "todos",
    "all_of_ana": "siempre ana", "nobody": "zapatos", "april": "12/4 15/4", "reversed": "9/3 1/3", "cost": "costo",
    "why_1": "la caja salió sin revisar", "why_2": "nadie la pesa al cerrar", "why_3": "no hay báscula en la salida",
    "cause": "la salida no tiene con qué pesar", "act": "poner una báscula en la salida", "done": "ya está la báscula",
    "helped": "s De tres a una en dos semanas", "late_1": "el técnico no sabía de la cita",
    "late_2": "la cita se anota en papel", "late_cause": "la agenda de citas es de papel",
    "late_act": "pasar las citas a la agenda de la tienda", "given_up": "Ya lo lleva la central",
    "rude": "el vendedor fue grosero", "no_parking": "no hay dónde estacionarse",
    "more": "1 +300 inventario de fin de mes", "less": "r -500 se aparta para abril", "taken": "2 +150 semana larga",
    "half_change": "2 +300 inventario", "praised": "Qué bien la escuchó", "new_person": "a Delia Mora",
    "friday": "vie 17", "not_done": "2 no ha llegado", "concluded": "s De tres a u",
}  # fmt: skip
EN = {
    "week": "week", "month": "march", "ever": "ever", "yesterday": "yesterday", "cases": "cases", "everybody": "all",
    "all_of_ana": "ever ana", "nobody": "shoes", "april": "12/4 15/4", "reversed": "9/3 1/3", "cost": "cost",
    "why_1": "the box left unchecked", "why_2": "nobody weighs it when it is closed", "why_3": "there is no scale",
    "cause": "there is nothing to weigh with at the exit", "act": "a scale at the exit", "done": "the scale is there",
    "helped": "y From three to one in two weeks", "late_1": "the technician did not know of the visit",
    "late_2": "visits are noted on paper", "late_cause": "the diary of visits is made of paper",
    "late_act": "keep visits in the diary of the shop", "given_up": "Head office looks after it",
    "rude": "the salesman was rude", "no_parking": "there is nowhere to park",
    "more": "1 +30 stocktaking at the end of the month", "less": "r -50 kept for April", "taken": "2 +15 a long week",
    "half_change": "2 +30 stocktak", "praised": "How well you listened to her", "new_person": "a Delia Mora",
    "friday": "fri 17", "not_done": "2 it has not come", "concluded": "y From three to o",
}  # fmt: skip
SAID = {"es": {**TOLD["es"], **ES}, "en": {**TOLD["en"], **EN}}
"""What is typed, in each language."""

CROWD = (
    *PEOPLE,
    *(
        NewPerson(name, "agent", f"{738_251 + 6_173 * n}")
        for n, name in enumerate(
            ("Delia Mora", "Ernesto Gil", "Fátima León", "Gabriel Ortega", "Hilda Ríos", "Ignacio Paz", "Julia Cano",
             "Kevin Salas", "Laura Montes", "Mateo Villa", "Nadia Ponce", "Omar Rangel", "Paula Sáenz", "Raúl Tovar"),
            1,
        )
    ),
)  # fmt: skip
"""Seventeen people."""

DRAFTS = {
    "sound": (('park_return = "15m"', 'park_return = "20m"'), ("on_time = 90", "on_time = 92")),
    "same": (),
    "faulty": (('park_return = "15m"', 'park_return = "soon"'), ("case_cap = ", "case_limit = ")),
}
"""What the draft of the next version has been changed to: the old, and the new."""


class Supervised(Teller):
    """The same three weeks, in which Carla looked for causes and changed a budget."""

    def merged(self, name: str, *others: str) -> None:
        """And begins two analyses."""
        super().merged(name, *others)
        carla = self.desk(3).press("f5").say("q")
        self.analysed(carla, ("why_1", "why_2", "why_3"), "cause", "2", "act", "5d")
        carla.press("escape")
        self.analysed(carla, ("late_1", "late_2"), "late_cause", "3", "late_act", "10d")
        assert carla.stage == "review_whys_result", carla.said
        carla.close()

    def analysed(self, carla: Desk, whys: tuple[str, ...], cause: str, family: str, act: str, when: str) -> None:
        """A worksheet from the list to the date; Carla does it herself."""
        carla.wait(60).say("q", *(self.t[why] for why in whys), "", self.t[cause], family, self.t[act], "3", when)
        assert carla.stage == "review_whys_result", (carla.stage, carla.said)

    def reading(self) -> None:
        """And answers for what she did, concludes the other, begins a third and a fourth, gives a fifth up."""
        super().reading()
        t = self.t
        ana = self.answered(1)
        for name, words in (("Hugo Vela", t["rude"]), ("Irma Cota", t["rude"]), ("Saúl Rey", t["no_parking"])):
            ana.wait(60)
            self.call(ana, self.named(name), "0", words, "", "2", "0", t["nothing"], "", "5512340099")
        ana.close()
        carla = self.desk(3)
        assert carla.talk.day is not None
        due = [n for n, item in enumerate(carla.talk.day.agenda, 1) if item.kind == "action"]
        carla.say(str(len(carla.talk.day.offered) + due[0]), f"1 {t['done']}")
        carla.press("f5").say("q", "2", t["helped"])
        carla.press("escape")
        self.analysed(carla, ("why_2", "why_3"), "cause", "2", "act", f"{t['tomorrow']} 12")
        carla.press("escape")
        carla.wait(60).say("q", t["late_1"], "0", t["given_up"]).press("escape")
        carla.wait(60).say("q", t["why_1"], t["why_2"])
        assert carla.stage == "review_whys_sheet", carla.said
        carla.close()

    def today(self) -> None:
        """And changes budgets, one of them back again."""
        super().today()
        carla = self.desk(3).press("f5").say("b", self.t["more"], self.t["less"], self.t["taken"])
        carla.press("ctrl+z")
        carla.close()


def supervised(folder: Path, language: str, people: tuple[NewPerson, ...] = PEOPLE) -> Path:
    """The three weeks; what falls due at the same instant is always listed in the same order."""
    numbers = count(1)
    with patch.object(secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}"):
        return lived(folder, language, people=people, told=SAID[language], teller=Supervised)


def busy(folder: Path, language: str) -> Path:
    """The invented branch of the demonstration, with months of cases."""
    folder.mkdir(parents=True, exist_ok=True)
    prepare(folder / "mesa.db", now=NOW, language=language, seed=1, cases=300, hasher=hasher())
    return folder / "mesa.db"


BRANCHES: dict[str, Callable[[Path, str], Path]] = {
    "lived": lived,
    "supervised": supervised,
    "new": lambda folder, language: branch(folder, shipped_in(language)),
    "crowded": lambda folder, language: supervised(folder, language, CROWD),
    "busy": busy,
}
"""Each branch by its name."""


def drafted(path: Path, kind: str) -> None:
    """Put a draft beside a branch, of what is in force there, saved this morning."""
    with opened(path) as store, store.reading() as tx:
        found = tx.policy_text()
    assert found is not None
    text = found[1]
    for old, new in DRAFTS[kind]:
        assert old in text, old
        text = text.replace(old, new, 1)
    draft = draft_path(path)
    draft.write_text(text, encoding="utf-8")
    os.utime(draft, (NOW.timestamp() - 1800,) * 2)
