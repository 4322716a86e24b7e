"""Three weeks of an invented branch, told in either language, up to the morning of the pictures.

Ana has a calm day; Bruno has something of every kind on his, and things to read; Carla supervises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from mesa_recuperacion.service.branch import NewPerson
from mesa_recuperacion.service.publishing import publish
from tests.desk import ANA, BRUNO, CARLA, NOW, PEOPLE, Desk, branch, ids, opened

ES = {
    "charged_twice": "cobro doble", "refused": "no lo quiso", "lamp": "faltó la lámpara", "box": "faltó una caja",
    "no_visit": "no llegó el técnico", "gift": "Faltó la lámpara; era un regalo", "tomorrow": "mañana",
    "today": "hoy", "yes": "s", "letters": "fal", "half": "Faltó la lámp", "above": "220", "own": "120",
    "why": "tercera vez este mes", "photo": "foto de la guía firmada", "broken": "llegó con la pata rota",
    "other": "el vendedor fue grosero", "chair": "lleva dos meses sin la silla; ya vino tres veces a la tienda",
    "idea": "Que el almacén conteste también los sábados", "accepted": "Desde el próximo mes",
    "thanks": "Qué bien cuidó a la señora Medina", "does_not_apply": "0 se le devuelve todo",
    "price": "1240", "leaves": "1 sale hoy a las 18", "no": "2 llegó roto", "not_now": "2 ya se le dio en enero",
    "call_her": "Elenita", "try": "2 Un mes, y vemos", "well": "1 Qué bien", "nothing": "no quiso nada",
    "take": "2 también termino a las 11",
}  # fmt: skip
EN = {
    "charged_twice": "charged twice", "refused": "did not want it", "lamp": "the lamp was missing",
    "box": "a box was missing", "no_visit": "the technician never came", "gift": "The lamp was missing; it was a gift",
    "tomorrow": "tomorrow", "today": "today", "yes": "y", "letters": "mis", "half": "The lamp was mis", "above": "40",
    "own": "12", "why": "third time this month", "photo": "photo of the signed delivery note",
    "broken": "it came with a broken leg", "other": "the salesman was rude",
    "chair": "two months without the chair; she has been to the shop three times",
    "idea": "That the warehouse answers on Saturdays too", "accepted": "From next month on",
    "thanks": "How well you looked after Mrs Medina", "does_not_apply": "0 all of it is paid back", "price": "124",
    "leaves": "1 it leaves today at 18", "no": "2 it arrived broken", "not_now": "2 it was given in January",
    "call_her": "Ellie", "try": "2 For a month, and then we see", "well": "1 How well", "nothing": "wanted nothing",
    "take": "2 I finish at 11 too",
}  # fmt: skip
TOLD = {"es": ES, "en": EN}
"""What is typed, in each language."""

NEWS = {
    "es": ["El cupón sube a $80.", "Un caso estacionado vuelve a los 15 minutos."],
    "en": ["The voucher goes up to $15.", "A parked case comes back after 15 minutes."],
}

DAY = 86_400


def shipped_in(language: str) -> str:
    """The policy that we ship in a language, in the zone of the branch."""
    return customised(default_policy_text(language), zone="America/Mexico_City")


def lived(
    folder: Path,
    language: str,
    *,
    policy: str = "",
    people: tuple[NewPerson, ...] = PEOPLE,
    told: Mapping[str, str] | None = None,
    named: Callable[[str], str] = str,
    teller: type[Teller] | None = None,
) -> Path:
    """The branch, founded with the policy that we ship in that language, or another; ``named`` makes customers'
    names of those that are written here; ``teller`` may have more to tell.
    """
    text = policy or shipped_in(language)
    made, clock = branch(folder, text, people), FixedClock(NOW - timedelta(days=20))
    _renewed(made, clock, text, language)
    (teller or Teller)(made, clock, language, {**TOLD[language], **(told or {})}, named).told()
    return made


def _renewed(path: Path, clock: FixedClock, policy: str, language: str) -> None:
    """A second version, which Bruno has not read on the morning of the pictures."""
    listed = ", ".join(f'"{line}"' for line in NEWS[language])
    fresh = ids("renewed")
    with opened(path) as store:
        with store.reading() as tx:
            carla = tx.people()[2]
        done = publish(store, policy.replace("news = []", f"news = [{listed}]"), by=carla, source="p",
                       words=words(language), clock=clock, new_id=lambda: next(fresh))  # fmt: skip
    assert done == 2, done


class Teller:
    """The three who work here, one at the desk at a time."""

    def __init__(
        self, path: Path, clock: FixedClock, language: str, told: Mapping[str, str], named: Callable[[str], str]
    ) -> None:
        self.path, self.clock, self.language, self.t, self.named = path, clock, language, told, named

    def at(self, days: float, hour: int, minute: int = 0) -> None:
        """Goes on to an hour of the day so many days before the pictures."""
        day = (NOW - timedelta(days=days)).replace(hour=hour + 6, minute=minute)
        self.clock.advance((day - self.clock.now()).total_seconds())

    def desk(self, number: int) -> Desk:
        """Somebody sits down."""
        made = Desk(self.path, self.clock, language=self.language)
        made.say(f"{number} {(ANA, BRUNO, CARLA)[number - 1]}")
        if number != 2:
            while made.stage == "news":
                made.enter()
        if made.stage == "news":
            made.press("escape")
        if made.stage == "review":
            made.press("ctrl+g d")
        assert made.stage == "idle", made.said
        return made

    def call(self, desk: Desk, name: str, *answers: str) -> None:
        """A call of a new customer, or of a known one, from the first word to the closing."""
        desk.say(name, "", *answers, self.t["yes"])
        assert desk.stage == "idle", (name, desk.stage, desk.said)

    def answered(self, number: int) -> Desk:
        """What was due of promises and calls is answered: kept, and satisfied."""
        desk = self.desk(number)
        for _ in range(9):
            assert desk.talk.day is not None
            due = [n for n, item in enumerate(desk.talk.day.agenda, 1) if item.kind in ("promise", "verify", "retain")]
            if not due:
                break
            desk.say(str(len(desk.talk.day.offered) + due[0]), "1")
            assert desk.stage == "idle", (desk.stage, desk.said)
        return desk

    # ------------------------------------------------------------------------------------------------- what happened

    def told(self) -> None:
        """All of it, a morning after the other."""
        t = self.t
        ana = self.desk(1)
        self.call(ana, self.named("Marta Ruiz Soto"), "1", t["charged_twice"], "", "0", t["refused"], "", "5512340078")
        ana.close()
        for days, name in ((19, "Elena Prado"), (14, "E. Prado"), (12, "Elena P. Soto")):
            self.at(days, 11)
            bruno = self.answered(2)
            self.call(bruno, self.named(name) + " 0" * (days < 19), "3", t["chair"], "", "1", "", "5544120963")
            bruno.close()
        self.at(12, 13)
        self.merged("Elena Prado", "E. Prado", "Elena P. Soto")
        self.at(9, 10)
        bruno = self.desk(2)
        bruno.say("1", "3", f"{t['today']} 18")  # its hour had passed: it is broken, and another begins
        assert bruno.stage == "idle", (bruno.stage, bruno.said)
        bruno.close()
        self.at(9, 10, 42)
        ana = self.answered(1)
        self.call(ana, "marta", "3", t["lamp"], "", "1", "", "")
        ana.close()
        self.at(5, 10)
        for number in (2, 3):
            self.answered(number).close()
        self.at(2, 9, 30)
        bruno = self.answered(2)
        self.call(bruno, "elena prado", "4", t["chair"], "", "1", "", "")
        bruno.press("f2").say(t["idea"])
        bruno.close()
        self.at(1, 10)
        self.reading()
        self.at(1, 10, 42)
        ana = self.answered(1)
        self.call(ana, self.named("Rosa Medina"), "3", t["box"], "", "2", f"{t['tomorrow']} 11", "5598761234")
        self.call(ana, self.named("Julián Peña"), "5", t["no_visit"], "", t["does_not_apply"], "0", t["nothing"],
                  f"{t['tomorrow']} 12:30", "")  # fmt: skip
        ana.close()
        self.today()

    def merged(self, name: str, *others: str) -> None:
        """Carla reads three cards of one person together."""
        carla = self.desk(3)
        for other in others:
            carla.press("f4").say(name, "4")
            assert carla.stage == "file_merge", carla.said
            carla.say(f"{other} 1")
            assert carla.stage == "file", (carla.stage, carla.said)
            carla.press("escape")
        carla.close()

    def reading(self) -> None:
        """Carla answers a suggestion, and a minute later thanks Bruno."""
        carla = self.answered(3)
        number = next(row.split()[0] for row in carla.options() if self.t["idea"][:12] in row)
        carla.say(number, f"1 {self.t['accepted']}").wait(60)
        carla.press("ctrl+g r").say(f"2 {self.t['thanks']}")
        assert carla.stage == "idle", (carla.stage, carla.said)
        carla.close()

    def today(self) -> None:
        """What waits this morning."""
        t = self.t
        self.at(1, 12)
        bruno = self.desk(2)
        self.call(bruno, self.named("Óscar Núñez"), "2", t["broken"], "", t["price"], "4", t["above"], "", t["why"],
                  "0", f"{t['tomorrow']} 11", f"{t['tomorrow']} 18", "5533127788")  # fmt: skip
        bruno.open_case(self.named("Teresa Lugo")).say("", "5", t["no_visit"])
        bruno.press("f5").say("4", t["photo"], f"{t['today']} 18")
        bruno.say("", t["does_not_apply"], "1", f"{t['tomorrow']} 12", "5577003311", t["yes"])
        assert bruno.stage == "idle", (bruno.stage, bruno.said)
        bruno.close()
        self.at(0, 9, 50)
        bruno = self.desk(2)
        bruno.open_case(self.named("Inés Robledo")).say("", "1", t["charged_twice"]).press("f6").say("4", "2")
        assert bruno.stage == "idle", (bruno.stage, bruno.said)
        bruno.press("f2").say(t["idea"])
        bruno.close()
        self.at(0, 10, 22)
        ana = self.desk(1)
        ana.open_case(self.named("Iván Soto")).say("", "5").press("f3")
        assert ana.stage == "idle", ana.said
        ana.close()
