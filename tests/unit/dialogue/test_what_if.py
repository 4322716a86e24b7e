"""The guide's table “Si pasa esto”: each row played on a real desk, with the very keys that the row prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.keymap import RESTING
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import ANSWER, SUPERVISION
from mesa_recuperacion.policy.defaults import default_policy_text
from tests.desk import ANA, BRUNO, CARLA, NOW, Desk, branch, copied, facts, policy_of
from tests.unit.dialogue.test_news import renewed

Desks = Callable[..., Desk]
Keys = Callable[..., Desk]

DAY, HOUR = 86_400, 3600
WHY = "tercera vez este mes"
SIGNED = f"3 {CARLA}"


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """Ana is at the desk, in Spanish."""
    return desks(language="es").sign_in()


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Marta, Óscar and his mother Rosa, with one telephone, called yesterday; Óscar has another card without one."""
    made = branch(tmp_path_factory.mktemp("known"))
    desk = Desk(made, language="es").sign_in()
    desk.standard_call().say("s").standard_call("Óscar Núñez", "5598765432").say("s")
    desk.standard_call("Rosa Medina", "5598765432").say("s").standard_call("Óscar Núñez 0", "5598765432").say("s")
    assert (desk.stage, len(facts(made, f.CustomerRegistered))) == ("idle", 4)
    desk.close()
    return made


@pytest.fixture
def again(known: Path, tmp_path: Path) -> Iterator[Desk]:
    """Ana is at the desk of that branch, the same day."""
    desk = Desk(copied(known, tmp_path / "known"), language="es").sign_in()
    yield desk
    desk.close()


@pytest.fixture
def due(one_closed: Path, tmp_path: Path) -> Iterator[Desk]:
    """Thursday 11:12: the promise to Marta was due at 9, her follow-up at 10."""
    desk = Desk(copied(one_closed, tmp_path / "due"), language="es").wait(DAY + 1800).sign_in()
    yield desk
    desk.close()


def state(desk: Desk) -> CaseState:
    assert desk.talk.file is not None
    return desk.talk.file.state


def clock(desk: Desk) -> str:
    view = desk.look()
    assert view.clock is not None
    return view.clock.time


def number(desk: Desk, about: str) -> str:
    """The number of the row of the list that speaks of it."""
    return next(row.split()[0] for row in desk.options() if about in row)


def only(desk: Desk, *kinds: type[f.Fact]) -> f.Fact:
    """The only fact of those kinds."""
    (fact,) = facts(desk.path, *kinds)
    return fact


def comes_back(desk: Desk, person: int = 1, pin: str = ANA) -> Desk:
    """The desk is locked and somebody enters: the list is read again."""
    return desk.press("f3").sign_in(person, pin)


def compensating(desk: Desk) -> Desk:
    """Marta's missing product, up to the gesture."""
    desk.open_case().say("", "3", "faltó", "")
    assert desk.stage == "compensate"
    return desk


# ------------------------------------------------------------------------------------------ in the call


def test_b5_the_customer_is_somebody_else(again: Desk, keys: Keys) -> None:
    keys(again.say("rosa").wait(7))
    assert (again.stage, again.line) == ("lookup", "Rosa Medina")
    assert clock(again) == "0:53"
    assert again.talk.day is not None
    assert again.talk.day.counts.cases == 4
    assert only(again, f.CaseWithdrawn)


def test_a2_the_customer_is_already_telling(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case())
    assert (desk.stage, state(desk).problem) == ("note", "missing_product")
    desk.press("f9")
    assert "1 Disculpa" in desk.screen()


def test_a3_two_customers_have_one_name(again: Desk, keys: Keys) -> None:
    again.say("Óscar Núñez")
    assert "Hay más de un «Óscar Núñez»" in again.said
    again.press("escape")
    keys(again, nombre="Óscar Núñez")
    assert again.stage == "apologise"
    assert len(facts(again.path, f.CustomerRegistered)) == 4


def test_a3_several_people_share_a_telephone(again: Desk, keys: Keys) -> None:
    again.say("5598765432")
    assert "3 personas" in again.said
    again.press("escape").write("5598765432")
    second = again.options()[1]
    keys(again.press("escape"), teléfono="5598765432")
    assert again.stage == "apologise"
    assert again.talk.file is not None
    assert again.talk.file.customer.name in second


def test_a3_the_name_is_wrong(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case("Marta Ruis").say("", "3").write("faltó la"), nombre="Marta Ruiz Soto")
    assert (desk.stage, desk.line) == ("note", "faltó la")
    assert desk.talk.file is not None
    assert desk.talk.file.customer.name == "Marta Ruiz Soto"


def test_a3_something_to_note_out_of_turn(desk: Desk, keys: Keys) -> None:
    keys(compensating(desk).write("2"), nota="el sábado se muda")
    assert (desk.stage, desk.line) == ("compensate", "2")
    assert desk.talk.file is not None
    assert desk.talk.file.notes[-1] == "el sábado se muda"


def test_b1_the_problem_is_not_on_the_list(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say(""), palabras="la caja olía a humo")
    assert (desk.stage, state(desk).problem_text) == ("note", "la caja olía a humo")


def test_c4_the_call_is_cut(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3").write("faltó la lám"))
    assert desk.stage == "idle"
    assert "10:57" in desk.said  # the policy's quarter of an hour
    waits = facts(desk.path, f.FollowUpScheduled)[-1]
    assert isinstance(waits, f.FollowUpScheduled)
    assert (waits.purpose, (waits.due_at - NOW).total_seconds()) == ("return", 900)
    desk.say("1")
    assert (desk.stage, desk.line) == ("note", "faltó la lám")


def test_c4_three_people_are_waiting(desk: Desk, keys: Keys) -> None:
    for name in ("Marta", "Luis", "Eva"):
        desk.open_case(name).press("f3")
    assert "3 personas" in desk.screen()
    keys(desk)
    assert desk.folio == "CEN-1002"
    assert desk.talk.day is not None
    assert sorted(o.status for o in desk.talk.day.open) == ["open", "parked", "parked"]


def test_c6_there_is_no_telephone(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3", "", "", "2", ""))
    assert desk.stage == "close"
    assert state(desk).follow_up() is not None
    assert facts(desk.path, f.PhoneNoted) == []


def test_b5_not_satisfied_at_the_closing(desk: Desk, keys: Keys) -> None:
    keys(desk.standard_call())
    assert desk.stage == "idle", desk.said
    assert len(facts(desk.path, f.PromiseMade)) == 2
    assert only(desk, f.CaseClosed)


def test_b5_it_was_closed_by_mistake(desk: Desk, keys: Keys) -> None:
    keys(desk.standard_call().say("s").wait(20))
    assert desk.stage == "close"
    assert state(desk).status == "open"
    assert only(desk, f.CompensationReturned)


# ------------------------------------------------------------------------------------------ money


def test_b4_above_the_cap_with_supervision_near(desk: Desk, keys: Keys) -> None:
    keys(compensating(desk), importe="220", motivo=WHY, número_y_PIN=SIGNED)
    assert desk.stage == "promise", desk.said
    reserved = only(desk, f.CompensationReserved)
    assert isinstance(reserved, f.CompensationReserved)
    assert (reserved.person, reserved.amount) == (RESERVE, Money(22_000, "MXN"))
    assert desk.budget.left == desk.budget.funded


def test_b4_above_the_cap_with_nobody_near(desk: Desk, desks: Desks, keys: Keys) -> None:
    keys(compensating(desk), importe="220", motivo=WHY)
    assert desk.stage == "promise", desk.said
    promised = only(desk, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert (promised.what, f"{promised.due_at:%H}") == (ANSWER, "00")  # 18:00 in Mexico City
    assert number(desk.press("f3"), "18:00")
    assert number(desks(language="es").sign_in(3, CARLA), "220")


def test_b4_three_wrong_pins(desk: Desk, keys: Keys) -> None:
    compensating(desk).say("otra", "220", "", WHY, *["3 111111"] * 3)
    assert desk.stage == "authorise"
    assert "10:43" in desk.said
    desk.say(SIGNED)
    assert (desk.stage, "10:43" in desk.said) == ("authorise", True)
    keys(desk)
    assert desk.stage == "promise"
    assert only(desk, f.ExceptionAsked)


def test_b4_the_budget_is_empty(tmp_path: Path, keys: Keys) -> None:
    text = default_policy_text("es").replace("amount = 500", "amount = 60")
    desk = compensating(Desk(branch(tmp_path / "poor", text), language="es").sign_in())
    keys(desk, motivo=WHY, número_y_PIN=SIGNED)
    assert desk.stage == "promise", desk.said
    reserved = only(desk, f.CompensationReserved)
    assert isinstance(reserved, f.CompensationReserved)
    assert (reserved.person, reserved.amount) == (RESERVE, Money(8000, "MXN"))
    desk.close()


def test_b6_the_law_owes_a_share(desk: Desk, keys: Keys) -> None:
    left = desk.open_case().say("", "2", "llegó rota", "").budget.left
    assert desk.stage == "statutory"
    keys(desk, precio="240")
    recorded = only(desk, f.StatutoryRecorded)
    assert isinstance(recorded, f.StatutoryRecorded)
    assert (desk.stage, recorded.amount, desk.budget.left) == ("compensate", Money(4800, "MXN"), left)


def test_b6_the_law_does_not_apply(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "2", "llegó rota", ""), por_qué="se le devuelve todo")
    assert desk.stage == "compensate"
    assert only(desk, f.StatutoryWaived) == f.StatutoryWaived("se le devuelve todo")


def test_b8_nothing_and_why(desk: Desk, keys: Keys) -> None:
    keys(compensating(desk), por_qué="no lo quiso")
    assert desk.stage == "promise"
    assert only(desk, f.CompensationDeclined) == f.CompensationDeclined("no lo quiso")


def test_b5_another_gesture_before_closing(desk: Desk, keys: Keys) -> None:
    compensating(desk).say("2")
    assert desk.budget.left == Money(42_000, "MXN")
    keys(desk)
    assert desk.stage == "promise"
    assert desk.budget.left == Money(45_500, "MXN")


# ------------------------------------------------------------------------------------------ time


def test_c2_time_is_up_at_the_closing(desk: Desk, keys: Keys) -> None:
    desk.standard_call().wait(93)
    assert "s " in desk.say("s").line
    assert desk.stage == "close"
    keys(desk.press("escape"))
    assert desk.stage == "idle"
    assert only(desk, f.OverrunExplained) == f.OverrunExplained("system")


def test_c2_the_customer_wants_to_be_called(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3").write("faltó la"))
    assert desk.stage == "idle", desk.said
    promised = only(desk, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert promised.what == ANSWER
    desk.say(number(desk, "estacionado"))
    assert (desk.stage, desk.line) == ("note", "faltó la")


def test_c2_it_takes_longer_and_one_knows_why(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3", "faltó").wait(93).write("1"))
    assert (desk.stage, desk.line) == ("solve", "1")
    assert only(desk, f.OverrunExplained) == f.OverrunExplained("system")


def test_c5_the_branch_is_closed_then(desk: Desk, keys: Keys) -> None:
    compensating(desk).say("2", "dom")
    assert "no" in desk.said.lower()
    assert facts(desk.path, f.PromiseMade) == []
    keys(desk.press("escape"))
    assert desk.stage == "follow_up"
    promised = only(desk, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert (promised.due_at - NOW).total_seconds() == DAY - 42 * 60


def test_c1_the_clock_of_the_pc_is_wrong(desk: Desk, keys: Keys) -> None:
    desk.open_case().say("").wait(20).write("fal").jump(-5 * DAY)
    keys(desk)
    assert clock(desk) == "0:40"
    assert (desk.stage, desk.line) == ("problem", "fal")
    assert "reloj" in desk.said
    assert only(desk, f.ClockJumped) == f.ClockJumped(-5 * DAY)


# ------------------------------------------------------------------------------------------ areas, colleagues


def test_c3_an_area_is_needed(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3", "faltó").write("2"), qué_hace_falta="foto de la guía")
    assert (desk.stage, desk.line) == ("solve", "2")
    asked = only(desk, f.AreaAsked)
    assert isinstance(asked, f.AreaAsked)
    assert (asked.area, asked.what, (asked.due_at - NOW).total_seconds()) == ("warehouse", "foto de la guía", 7 * HOUR)


def test_c5_the_area_cannot_keep_the_promise(desk: Desk, keys: Keys) -> None:
    keys(compensating(desk).say("2"))
    assert desk.stage == "follow_up"
    promised = only(desk, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert (promised.due_at - NOW).total_seconds() == 7 * HOUR + 18 * 60  # 18:00, after the area's own 17:42


def test_c5_the_customer_needs_it_by_then(desk: Desk, keys: Keys) -> None:
    keys(compensating(desk).say("2"))
    assert desk.stage == "follow_up"
    promised, asked = only(desk, f.PromiseMade), only(desk, f.AreaAsked)
    assert isinstance(promised, f.PromiseMade)
    assert isinstance(asked, f.AreaAsked)
    assert (promised.due_at - asked.due_at).total_seconds() == HOUR


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """An area was asked in a case that is parked; it answers by 14:42."""
    return desk.open_case().say("", "3", "faltó").press("f5").say("4", "foto de la guía", "").press("f3")


def test_c3_the_area_answers(waiting: Desk, keys: Keys) -> None:
    keys(waiting, número=number(waiting, "Área"), lo_que_dijo="sale a las 18")
    answered = only(waiting, f.AreaAnswered)
    assert isinstance(answered, f.AreaAnswered)
    assert (waiting.stage, answered.words, answered.late) == ("idle", "sale a las 18", False)


def test_c5_the_area_does_not_answer(waiting: Desk, desks: Desks, keys: Keys) -> None:
    comes_back(waiting.wait(5 * HOUR))
    keys(waiting, número=number(waiting, "Área"))
    assert waiting.stage == "idle"
    assert facts(waiting.path, f.AreaAnswered, f.AreaWithdrawn) == []
    assert "■" in waiting.options()[int(number(waiting, "Área")) - 1]
    assert number(desks(language="es").sign_in(3, CARLA), "Ana Torres")


def test_c7_the_shift_ends_with_an_open_case(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case().say("", "3", "faltó").write("2"), nombre="bruno")
    offered = only(desk, f.HandOverOffered)
    assert isinstance(offered, f.HandOverOffered)
    assert (desk.stage, offered.reason) == ("idle", "shift")
    assert number(desk, "Bruno Díaz")


@pytest.fixture
def handed(desk: Desk) -> Desk:
    """Ana asked Bruno to go on with Marta's case, half an answer typed."""
    return desk.open_case().say("", "3", "faltó la lámpara").write("2").press("f6").say("4", "1")


@pytest.fixture
def bruno(handed: Desk, desks: Desks) -> Desk:
    return desks(language="es").sign_in(2, BRUNO)


def test_c7_a_case_is_handed_to_you(bruno: Desk, keys: Keys) -> None:
    bruno.say("1")
    for told in ("Ana Torres", "Producto faltante", "faltó la lámpara"):
        assert told in bruno.screen()
    keys(bruno.press("escape"), número="1")
    assert (bruno.stage, state(bruno).owner) == ("solve", bruno.person.id)
    assert only(bruno, f.HandOverAccepted)


def test_c7_you_cannot_take_it(handed: Desk, bruno: Desk, keys: Keys) -> None:
    keys(bruno, número="1", por_qué="mi turno termina también")
    assert (bruno.stage, bruno.options()) == ("idle", [])
    comes_back(handed).say("1")
    assert "mi turno termina también" in handed.said
    assert (handed.stage, handed.line) == ("solve", "2")


def test_c7_you_go_on_after_all(handed: Desk, bruno: Desk, keys: Keys) -> None:
    keys(handed, número=number(handed, "Bruno Díaz"))
    assert (handed.stage, handed.line) == ("solve", "2")
    assert only(handed, f.HandOverWithdrawn)
    assert comes_back(bruno, 2, BRUNO).options() == []


# ------------------------------------------------------------------------------------------ afterwards


def test_c6_the_promise_was_kept(due: Desk, keys: Keys) -> None:
    keys(due, número=number(due, "Promesa"))
    assert due.stage == "idle"
    assert only(due, f.PromiseKept)


def test_c6_the_promise_is_not_kept_yet(due: Desk, keys: Keys) -> None:
    keys(due, número=number(due, "Promesa"))
    assert due.stage == "idle"
    assert only(due, f.PromiseBroken)
    assert "16:30" in due.options()[int(number(due, "Promesa")) - 1]


def test_b4_the_answer_of_supervision_is_there(desk: Desk, desks: Desks, keys: Keys) -> None:
    compensating(desk).say("otra", "220", "", WHY, "0", "hoy 18").press("f3")
    carla = desks(language="es").sign_in(3, CARLA)
    carla.say(number(carla, "220"), "2 ya se le dio un cupón")
    row = number(comes_back(desk), "18:00")
    desk.say(row)
    assert "ya se le dio un cupón" in desk.screen()
    keys(desk.press("escape"), número=row)
    assert desk.stage == "idle"
    assert only(desk, f.PromiseKept)


def test_c6_the_follow_up_says_no(due: Desk, keys: Keys) -> None:
    keys(due, número=number(due, "10:00"), lo_que_dice="llegó roto")
    assert due.stage == "apologise"
    assert (state(due).round, state(due).first_closed_at) == (1, NOW)
    answered = only(due, f.FollowUpAnswered)
    assert isinstance(answered, f.FollowUpAnswered)
    assert answered.words == "llegó roto"


def test_c6_nobody_answers_three_times(due: Desk, keys: Keys) -> None:
    due.say(number(due, "Promesa"), "1")
    for _ in range(3):
        keys(due, número="1")
        due.wait(3 * DAY)
        comes_back(due)
    assert due.options() == []
    calls = [x for x in facts(due.path, f.FollowUpScheduled) if isinstance(x, f.FollowUpScheduled)]
    assert [x.owner for x in calls if x.purpose == "verify"] == [due.person.id] * 3 + [SUPERVISION]
    assert len(comes_back(due, 3, CARLA).options()) == 1


def test_d12_a_customer_at_risk(due: Desk, keys: Keys) -> None:
    due.say("Marta Ruiz Soto", "", "1", "", "", "1", "", "", "s")
    assert due.stage == "idle", due.said
    comes_back(due.wait(4 * DAY), 3, CARLA)
    row = number(due, "riesgo")
    due.say(row)
    assert "le hemos fallado" in due.phrase()
    keys(due.press("escape"), número=row, lo_que_dice="contenta")
    answered = only(due, f.FollowUpAnswered)
    assert isinstance(answered, f.FollowUpAnswered)
    assert (due.stage, answered.answer, answered.words) == ("idle", "satisfied", "contenta")


@pytest.fixture
def carla(again: Desk) -> Desk:
    """Carla is at the desk of the branch that knows Óscar twice."""
    return comes_back(again, 3, CARLA)


def test_a3_one_person_has_two_cards(carla: Desk, keys: Keys) -> None:
    keys(carla, nombre="Óscar Núñez 1")
    assert carla.stage == "file", carla.said
    assert carla.talk.card is not None
    assert len(carla.talk.card.merged) == 1
    assert only(carla, f.CustomersMerged)


def test_a3_they_were_two_people(carla: Desk, keys: Keys) -> None:
    carla.press("f4").say("rosa", "4", "1", "")
    assert carla.stage == "idle"
    keys(carla, nombre="rosa")
    assert carla.talk.card is not None
    assert (carla.stage, carla.talk.card.merged) == ("file", ())
    assert only(carla, f.MergeUndone)


def test_e3_a_customer_asks_to_be_forgotten(carla: Desk, keys: Keys) -> None:
    keys(carla, **{"nombre": "rosa", "su propio PIN": CARLA})
    assert carla.stage == "file_forgotten", carla.said
    assert only(carla, f.CustomerForgotten)
    screen = carla.screen()
    assert "Cliente suprimido" in screen
    assert "siguen contando" in screen or "sigue contando" in screen
    assert "guardan sus datos hasta el" in screen
    carla.say("").press("f4").write("rosa")
    assert carla.options() == []


# ------------------------------------------------------------------------------------------ the team


@pytest.fixture
def wished(desk: Desk, desks: Desks) -> Desk:
    """Carla's desk: Ana asked for $220 with nobody near, and closed the case."""
    compensating(desk).say("otra", "220", "", WHY, "0", "hoy 18", "", "5512340078", "s")
    assert desk.stage == "idle", desk.said
    return desks(language="es").sign_in(3, CARLA)


def test_b4_an_exception_waits_for_supervision(wished: Desk, keys: Keys) -> None:
    keys(wished, número=number(wished, "220"))
    assert wished.stage == "idle"
    assert only(wished, f.ExceptionAuthorised)
    delivered = only(wished, f.CompensationDelivered)
    assert isinstance(delivered, f.CompensationDelivered)
    assert (delivered.person, delivered.amount) == (RESERVE, Money(22_000, "MXN"))


def test_b4_supervision_says_no(wished: Desk, desk: Desk, keys: Keys) -> None:
    keys(wished, número=number(wished, "220"), por_qué="ya tuvo un cupón")
    assert wished.stage == "idle"
    assert facts(wished.path, f.CompensationDelivered) == []
    comes_back(desk).say(number(desk, "18:00"))
    assert "ya tuvo un cupón" in desk.screen()


def test_d5_an_idea(desk: Desk, keys: Keys) -> None:
    keys(desk, idea="que el almacén conteste los sábados")
    assert desk.stage == "idle"
    assert "Carla Vega" in desk.said
    assert only(desk, f.SuggestionMade)


def test_d5_a_suggestion_waits(desk: Desk, desks: Desks, keys: Keys) -> None:
    desk.press("f2").say("que abramos los domingos")
    carla = desks(language="es").sign_in(3, CARLA)
    keys(carla, número=number(carla, "domingos"), por_qué="no hay turno")
    assert carla.stage == "idle"
    desk.press("f3").say(f"1 {ANA}")
    assert (desk.stage, "no hay turno" in desk.screen()) == ("news", True)


def test_d6_somebody_did_it_well(desk: Desk, desks: Desks, keys: Keys) -> None:
    keys(desks(language="es").sign_in(3, CARLA), su_número="1", palabras="qué bien cuidó a Marta")
    desk.press("f3").say(f"1 {ANA}")
    assert (desk.stage, "qué bien cuidó a Marta" in desk.screen()) == ("news", True)


def test_d7_a_new_policy(path: Path, desks: Desks, keys: Keys) -> None:
    renewed(path, news=("Los cupones valen seis meses.",))
    desk = desks(language="es").say(f"1 {ANA}")
    for told in ("Los cupones valen seis meses.", "No se insulta"):
        assert told in desk.screen()
    keys(desk)
    assert desk.stage == "idle"
    assert facts(path, f.PolicyAcknowledged)[-1] == f.PolicyAcknowledged(desk.person.id, 2)


def test_d7_a_new_policy_and_a_customer(path: Path, desks: Desks, keys: Keys) -> None:
    renewed(path)
    desk = desks(language="es").say(f"1 {ANA}")
    assert desk.stage == "news"
    keys(desk, nombre="Rosa Medina")
    assert desk.stage == "apologise"
    assert desk.press("f3").press("f3").say(f"1 {ANA}").stage == "news"


def test_f9_practice(desk: Desk, keys: Keys) -> None:
    before = facts(desk.path)
    keys(desk, nombre="Rosa Medina")
    assert (desk.stage, desk.talk.practice) == ("idle", False)
    assert facts(desk.path) == before
    assert desk.options() == []


def test_e2_another_pin(desk: Desk, desks: Desks, keys: Keys) -> None:
    keys(desk, PIN=ANA, PIN_nuevo="938271")
    assert desk.stage == "idle"
    assert desks(language="es").say("1 938271").stage == "idle"
    assert desks(language="es").say(f"1 {ANA}").stage == "login"


# ------------------------------------------------------------------------------------------ the terminal


def test_e4_a_power_cut_in_the_middle_of_a_note(desk: Desk, desks: Desks, keys: Keys) -> None:
    desk.open_case().say("", "3").write("faltó la lám").pause().wait(30)
    after = keys(desks(language="es"), número_y_PIN=f"1 {ANA}")
    assert (after.stage, after.line) == ("note", "faltó la lám")
    standard = policy_of(default_policy_text("es")).problem("missing_product")
    assert standard is not None
    assert (clock(after), state(after).standard) == ("0:30", standard.standard)


def test_a6_an_f_key_does_not_arrive(desk: Desk, keys: Keys) -> None:
    keys(desk.open_case())
    assert desk.stage == "idle"
    assert only(desk, f.CaseParked)


def test_a3_the_case_was_closed_in_another_window(desk: Desk, desks: Desks, keys: Keys) -> None:
    desk.standard_call()
    other = desks(language="es").sign_in().say("1")
    assert other.stage == "close"
    desk.say("s")
    keys(other)
    assert (other.stage, other.talk.file) == ("idle", None)
    assert "cerrado" in other.said


def test_e2_the_desk_is_left_alone(desk: Desk, keys: Keys) -> None:
    desk.open_case().press(RESTING)
    assert desk.stage == "apologise"
    keys(desk.press("f3"))
    assert desk.press(RESTING).stage == "login"
