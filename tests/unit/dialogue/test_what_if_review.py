"""The rows of the review in the guide's table “Si pasa esto”: each played on a real desk, with the keys it prints."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Enter
from mesa_recuperacion.dialogue.talk import Refused
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.drafts import draft_path
from tests.desk import ANA, CARLA, NOW, Desk, branch, copied, facts
from tests.unit.dialogue.test_what_if import DAY, HOUR, comes_back, number, only

Keys = Callable[..., Desk]
Desks = Callable[..., Desk]

WHY = "tercera vez este mes"
TEXT = default_policy_text("es")


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch in which Ana closed three cases of a missing product, one of them out of time, and one of another
    problem."""
    made = branch(tmp_path_factory.mktemp("worked"))
    desk = Desk(made, language="es").sign_in()
    desk.standard_call().say("s").standard_call("Óscar Núñez").say("s")
    desk.standard_call("Rosa Medina").wait(150).say("s b")
    desk.open_case("Eva Luna").say("", "0", "la caja olía a humo", "", "", "0", "no lo quiso", "m 10", "")
    desk.say("s")
    assert (desk.stage, len(facts(made, f.CaseClosed))) == ("idle", 4), (desk.stage, desk.said)
    desk.close()
    return made


@pytest.fixture
def at(worked: Path, tmp_path: Path) -> Iterator[Desks]:
    """Makes workstations on a copy of that branch, half an hour later; supervision is in the review."""
    made: list[Desk] = []
    clock, path = FixedClock(NOW), copied(worked, tmp_path / "worked")
    clock.advance(1800)

    def make(person: int = 3, pin: str = CARLA) -> Desk:
        made.append(Desk(path, clock=clock, language="es").say(f"{person} {pin}"))
        assert made[-1].stage == ("review" if person == 3 else "idle"), made[-1].said
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def carla(at: Desks) -> Desk:
    """Carla is at the first page of the review."""
    return at()


def test_d1_from_a_figure_to_a_case_and_its_proof(carla: Desk, keys: Keys) -> None:
    keys(carla)
    assert carla.stage == "review_case"
    assert "Rosa Medina" in carla.screen()
    assert "Cadena intacta" in carla.screen()


def test_d1_the_week_before(carla: Desk, keys: Keys) -> None:
    keys(carla)
    assert "semana 10" in carla.screen()
    assert "semana 11" in carla.press("f8").screen()


def test_d1_a_filter_that_finds_nothing(carla: Desk, keys: Keys) -> None:
    carla.say("sem 10 2020")
    assert "Sin casos ahí" in carla.screen()
    carla.press("f8").press("f7")
    keys(carla)
    assert (carla.stage, "semana 11" in carla.screen(), "Sin casos" in carla.screen()) == ("review", True, False)


def test_d1_the_days_are_reversed(carla: Desk, keys: Keys) -> None:
    carla.say("12/3 2/3")
    assert ("al revés" in carla.said, carla.line) == (True, "02/03/2026 12/03/2026")
    keys(carla.press("escape"))
    assert (carla.stage, carla.said) == ("review", "")
    assert "lun 2 mar" in carla.screen()


def test_d6_a_good_case_is_thanked_for(carla: Desk, at: Desks, keys: Keys) -> None:
    keys(carla, palabras="qué bien cuidó a Rosa")
    assert (carla.stage, "Ana Torres" in carla.said) == ("review_case", True)
    given = only(carla, f.PraiseGiven)
    assert isinstance(given, f.PraiseGiven)
    assert (given.text, given.about) == ("qué bien cuidó a Rosa", "CEN-1003")


def test_d6_nobody_has_thanked_somebody(carla: Desk, keys: Keys) -> None:
    keys(carla, palabras="por su calma")
    assert carla.stage == "review_people"
    assert "♦ 1" in "\n".join(carla.options())


def test_d5_a_suggestion_is_answered_from_the_review(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA).press("f2").say("que abramos los domingos")
    carla = at()
    keys(carla)
    assert (carla.stage, "aceptada" in carla.screen()) == ("review_suggestions", True)
    assert "que abramos los domingos" in ana.press("f3").say(f"1 {ANA}").screen()
    assert ana.stage == "news"


def agreed(carla: Desk, keys: Keys, owner: str = "1") -> Desk:
    """The whys of the missing product, with an action of Ana's in thirty days."""
    own = {"porqué": "no venía completo", "otro porqué": "nadie lo revisa", "causa": "falta una lista"}
    return keys(carla, **own, acción="poner una lista", número=owner)


def test_d2_a_problem_comes_again(carla: Desk, keys: Keys) -> None:
    agreed(carla, keys)
    assert (carla.stage, carla.said) == ("review_whys_result", "Acordado. Vuelve en su día.")
    begun = only(carla, f.AnalysisBegun)
    assert isinstance(begun, f.AnalysisBegun)
    assert (begun.cases, begun.of, begun.problem) == (3, 4, "missing_product")
    assert isinstance(only(carla, f.ActionOwned), f.ActionOwned)


@pytest.fixture
def action(at: Desks) -> Desks:
    """Ana has an action that is due today."""
    at().say("1", "q", "no venía completo", "nadie lo revisa", "", "falta una lista", "2", "poner una lista", "1", "2h")
    return at


def test_d2_an_action_falls_due(action: Desks, keys: Keys) -> None:
    ana = action(1, ANA)
    keys(ana, número=number(ana, "poner una lista"), qué_pasó="ya está en la puerta")
    assert (ana.stage, "Supervisión" in ana.said) == ("idle", True)
    answered = only(ana, f.ActionAnswered)
    assert isinstance(answered, f.ActionAnswered)
    assert (answered.done, answered.words) == (True, "ya está en la puerta")


def test_d2_an_action_comes_back(action: Desks, keys: Keys) -> None:
    carla = action().wait(DAY)
    keys(carla, conclusión="faltan menos cajas")
    assert carla.stage == "review_whys_result"
    for told in ("Antes", "Desde", "Sirvió", "faltan menos cajas"):
        assert told in carla.screen()
    assert only(carla, f.ActionReviewed)


def test_b1_what_is_typed_as_another_problem(carla: Desk, keys: Keys) -> None:
    carla.say("k")
    assert "«la caja olía a humo»" in carla.screen()
    keys(carla.press("escape"))
    assert (carla.stage, "Eva Luna" in carla.screen()) == ("review_cases", True)


def test_c6_a_follow_up_that_nobody_could_finish(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA)
    for _ in range(3):
        comes_back(ana.wait(DAY))
        ana.say(number(ana, "Marta Ruiz Soto  Llamar"), "3")
    carla = at().wait(DAY)
    keys(carla, lo_que_dice="todo bien")
    assert carla.stage == "review_due"
    answered = facts(carla.path, f.FollowUpAnswered)[-1]
    assert isinstance(answered, f.FollowUpAnswered)
    assert (answered.answer, answered.words) == ("satisfied", "todo bien")


def test_c5_an_area_is_late(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA).open_case("Iván Soto").say("", "3", "faltó").press("f5").say("4", "foto de la guía", "")
    carla = at()
    ana.wait(6 * HOUR)
    keys(carla)
    assert (carla.stage, "Iván Soto" in carla.screen()) == ("review_due", True)
    assert "vencida" in carla.screen()


def test_b4_who_authorised_what(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA).open_case("Iván Soto").say("", "3", "faltó", "", "otra", "220", "", WHY, f"3 {CARLA}")
    assert ana.stage == "promise", ana.said
    carla = at().say("x")
    for told in ("Ana Torres", "220", WHY):
        assert told in carla.screen()
    keys(carla.press("escape"))
    assert (carla.stage, "Iván Soto" in carla.screen()) == ("review_case", True)


def test_d7_a_policy_that_strands_a_case(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA).open_case("Iván Soto").say("", "3", "faltó").press("f5").say("1", "¿hay lámpara?", "")
    text = TEXT[: TEXT.index("[[area]]")] + TEXT[TEXT.index("# Compensaciones") :].replace('area = "', '# area = "')
    draft_path(ana.path).write_text(text, encoding="utf-8")
    carla = at()
    keys(carla)
    assert (carla.stage, ana.folio in carla.screen()) == ("review_policy_publish", True)
    assert "No se publicó" in carla.said
    assert len(facts(ana.path, f.PolicyPublished)) == 1
    assert draft_path(ana.path).exists()


def test_d7_a_policy_that_begins_on_monday(carla: Desk, keys: Keys) -> None:
    draft_path(carla.path).write_text(TEXT.replace("case_cap = 150", "case_cap = 120"), encoding="utf-8")
    keys(carla)
    assert (carla.stage, "por empezar" in carla.screen()) == ("review_policy", True), carla.screen()
    published = facts(carla.path, f.PolicyPublished)[-1]
    assert isinstance(published, f.PolicyPublished)
    assert f"{published.starts_at:%a %d}" == "Mon 16"


def test_b3_a_budget_is_raised(carla: Desk, keys: Keys) -> None:
    keys(carla, por_qué="por la feria")
    assert carla.stage == "review_budgets"
    changed = only(carla, f.BudgetAdjusted)
    assert isinstance(changed, f.BudgetAdjusted)
    assert (changed.amount, changed.reason) == (Money(30_000, "MXN"), "por la feria")


def test_b3_the_wrong_budget_was_raised(carla: Desk, keys: Keys) -> None:
    carla.say("b", "2 +300 por la feria")
    before = carla.options()
    keys(carla)
    assert "Deshecho" in carla.said
    assert "+$300" not in "\n".join(carla.options())
    assert before != carla.options()
    assert len(facts(carla.path, f.BudgetAdjusted)) == 2


def test_e2_somebody_leaves_with_open_cases(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA).open_case("Iván Soto")
    carla = at()
    carla.say("u", "1", "5")
    assert (ana.folio in carla.said, facts(carla.path, f.PersonRetired)) == (True, [])
    carla.press("escape").press("escape")
    assert carla.stage == "review"
    keys(carla)
    assert (carla.stage, "ya no trabaja aquí" in carla.screen()) == ("review_staff_person", True)
    assert only(carla, f.PersonRetired)


def test_e2_a_pin_is_renewed_in_the_review(carla: Desk, at: Desks, keys: Keys) -> None:
    keys(carla, su_propio_PIN=CARLA, PIN_nuevo="938271")
    assert carla.stage == "review_staff_person"
    assert at(1, "938271").person.name == "Ana Torres"


def test_e2_a_number_is_opened_in_the_review(carla: Desk, at: Desks, keys: Keys) -> None:
    for _ in range(5):
        assert isinstance(carla.port.carry_out(Enter(1, "938271")), Refused)
    keys(carla)
    assert (carla.stage, "PIN" in carla.said) == ("review_staff_person", True)
    assert only(carla, f.PersonUnlocked)
    assert at(1, ANA).person.name == "Ana Torres"


def test_f8_the_folder_cannot_be_written(carla: Desk, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for whoever is not root; ``tests/faults`` does it on a real disk."""

    def closed(path: Path, *_: object) -> int:
        raise PermissionError(errno.EACCES, "no rights", str(path))

    monkeypatch.setattr("mesa_recuperacion.reports.files.os.open", closed)
    keys(carla)
    folder = carla.path.parent / "exports"
    assert (carla.stage, str(folder) in carla.said) == ("review", True)
    assert list(folder.iterdir()) == []


def test_e2_a_customer_comes_during_the_review(carla: Desk, keys: Keys) -> None:
    keys(carla, nombre="Iván Soto")
    assert carla.stage == "review"
    assert only(carla, f.CaseParked)


def test_d10_ones_own_figures(at: Desks, keys: Keys) -> None:
    ana = at(1, ANA)
    keys(ana)
    assert ana.stage == "own"
    assert "Casos  4  4" in "\n".join(ana.options())
