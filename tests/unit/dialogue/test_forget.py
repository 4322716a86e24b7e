"""E3 at the desk: a customer who asks to be forgotten, from their file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Do, Export, Forget, LoadFile
from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.dialogue.talk import Exported, FileLoaded, Forgotten, Refused
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.commands import AddNote, ForgetCustomer, OpenCase
from mesa_recuperacion.domain.refusals import CustomerForgotten, StillOpen, SupervisorNeeded
from mesa_recuperacion.domain.review.cases import CaseOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.store import driver, handed
from tests.desk import ANA, CARLA, NOW, Desk, branch, copied, facts, opened
from tests.fits import assert_fits_in_both

WRONG = "918273"


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Óscar has two closed cases; Rosa has one that is closed and one that Ana has left open."""
    made = branch(tmp_path_factory.mktemp("worked"))
    desk = Desk(made).sign_in()
    desk.standard_call("Óscar Núñez").say("y").standard_call("oscar").say("y")
    desk.standard_call("Rosa Medina").say("y").say("rosa")
    assert desk.stage == "apologise", desk.said
    desk.press("f3")
    desk.close()
    return made


@pytest.fixture
def path(worked: Path, tmp_path: Path) -> Path:
    return copied(worked, tmp_path / "worked")


@pytest.fixture
def carla(path: Path) -> Iterator[Desk]:
    desk = Desk(path).sign_in(3, CARLA)
    yield desk
    desk.close()


def asked(desk: Desk, name: str) -> Desk:
    """At the question of somebody's file."""
    desk.press("f4").say(name, "6")
    return desk


def test_e3_an_agent_is_told_that_supervision_can(path: Path) -> None:
    desk = Desk(path).sign_in(1, ANA)
    desk.press("f4").say("oscar")
    assert not [option for option in desk.options() if "forgotten" in option]
    desk.say("6")
    assert (desk.stage, desk.said) == ("file", "Only supervision can do that.")
    assert desk.talk.card is not None
    who = desk.talk.card.customer.id
    assert desk.port.carry_out(Forget(who, ANA)) == Refused(SupervisorNeeded())
    assert desk.port.carry_out(Do(ForgetCustomer(who))) == Refused(SupervisorNeeded())
    assert facts(path, f.CustomerForgotten) == []


def test_e3_not_while_a_case_is_open_and_its_folio_is_said(carla: Desk) -> None:
    asked(carla, "rosa")
    assert (carla.stage, carla.said) == ("file", "CEN-1004 is open: close it first.")
    assert carla.talk.card is not None
    assert carla.port.carry_out(Forget(carla.talk.card.customer.id, CARLA)) == Refused(StillOpen(("CEN-1004",)))
    assert_fits_in_both(carla)


def test_e3_what_goes_and_what_stays_is_read_before_it_is_signed(carla: Desk) -> None:
    asked(carla, "oscar")
    assert carla.stage == "file_forget"
    screen = carla.screen()
    for said in ("Óscar Núñez asks to be forgotten", "Goes for good", "Stays: 2 cases", "Backups hold them until",
                 "cannot be undone"):  # fmt: skip
        assert said in screen
    assert_fits_in_both(carla)
    carla.press("f1")
    assert "A customer who asks to be forgotten" in carla.screen()
    carla.press("escape")
    assert carla.stage == "file_forget"
    carla.say("")
    assert (carla.stage, carla.said) == ("file_forget", "Type the PIN that you come in with.")
    carla.say(WRONG)
    assert (carla.stage, carla.said) == ("file_forget", "That is not your own PIN. 4 attempts are left.")
    assert WRONG not in carla.screen()
    carla.press("escape")
    assert carla.stage == "file"
    carla.press("escape")
    assert carla.stage == "idle"
    assert facts(carla.path, f.CustomerForgotten) == []


def test_e3_signed_it_is_done_and_said_and_nobody_is_found(carla: Desk) -> None:
    asked(carla, "oscar").say(CARLA)
    assert carla.stage == "file_forgotten", carla.said
    assert "2 cases go on counting" in carla.screen()
    assert_fits_in_both(carla)
    carla.press("f1")
    assert "What was erased" in carla.screen()
    carla.press("escape")
    assert carla.stage == "file_forgotten"
    carla.say("")
    assert (carla.stage, carla.line) == ("idle", "")
    assert (carla.talk.card, carla.talk.file, carla.talk.found) == (None, None, None)
    carla.press("f4").write("oscar")
    assert carla.options() == []
    assert "Óscar" not in repr(carla.talk)


def test_e3_esc_leaves_what_was_said_too(carla: Desk) -> None:
    asked(carla, "oscar").say(CARLA).press("escape")
    assert carla.stage == "idle"


def reading(desk: Desk, folio: str) -> str:
    """What the review shows of a case."""
    desk.press("f5")
    desk._run(look(desk.talk, "review_case", CaseOf(folio)))
    assert desk.stage == "review_case", desk.said
    return desk.screen()


def test_e3_the_case_says_so_from_first_to_last_line(carla: Desk) -> None:
    assert "Óscar" in reading(carla, "CEN-1001")
    carla.press("ctrl+g d")
    asked(carla, "oscar").say(CARLA, "")
    screen = reading(carla, "CEN-1001")
    for said in ("Forgotten customer", "the customer asked for it", "erased at the customer's wish", "Chain intact"):
        assert said in screen
    assert "Óscar" not in screen
    assert_fits_in_both(carla)


def test_e3_asked_from_the_review_it_goes_back_to_its_page_as_it_is_now(carla: Desk) -> None:
    """From the list of customers at risk, where Óscar stands with two complaints: from the very call that is due."""
    carla.press("f5")
    carla._run(look(carla.talk, "review_risk", RiskOf()))
    assert "Óscar" in carla.screen()
    carla.say(next(option.split()[0] for option in carla.options() if "Óscar" in option))
    assert carla.stage == "retain_due", carla.said
    carla.press("f4")
    assert carla.stage == "file", carla.said
    carla.say("6", CARLA)
    assert carla.stage == "file_forgotten", carla.said
    carla.say("")
    assert carla.stage == "review_risk", carla.said
    assert "Óscar" not in carla.screen()


def test_e3_afterwards_nothing_is_done_with_the_customer(carla: Desk) -> None:
    asked(carla, "oscar")
    assert carla.talk.card is not None
    who = carla.talk.card.customer.id
    carla.say(CARLA, "")
    for command in (OpenCase(NOW, customer=who),):
        assert carla.port.carry_out(Do(command)) == Refused(CustomerForgotten())
    assert carla.port.carry_out(Forget(who, CARLA)) == Refused(CustomerForgotten())
    ana = Desk(carla.path).sign_in(1, ANA)
    assert ana.port.carry_out(Do(AddNote("CEN-1001", "volvió"))) == Refused(CustomerForgotten())
    loaded = ana.port.carry_out(LoadFile(who))
    assert isinstance(loaded, FileLoaded)
    assert (loaded.card.customer.name, loaded.card.customer.forgotten) == ("", True)
    ana.close()


def table(desk: Desk, folio: str) -> Path:
    """The timeline of a case, taken out."""
    made = desk.port.carry_out(Export(CaseOf(folio), "es_MX"))
    assert isinstance(made, Exported), made
    return max(desk.path.parent.joinpath("exports").iterdir(), key=lambda file: file.stat().st_mtime_ns)


def test_e3_tables_that_name_them_go_others_stay_and_what_was_moved_is_said(carla: Desk, tmp_path: Path) -> None:
    theirs, moved, rosas = table(carla, "CEN-1001"), table(carla, "CEN-1002"), table(carla, "CEN-1003")
    moved.rename(tmp_path / "moved.csv")
    (theirs.parent / ".mesa-case-2026-03-11.csv.0f0f0f0f.part").write_text("Óscar Núñez, lo que un corte dejó")
    mine = theirs.parent / "mine.csv"
    mine.write_text("Óscar Núñez: de nadie más que de quien lo escribió")
    asked(carla, "oscar").say(CARLA)
    assert carla.stage == "file_forgotten", carla.said
    assert sorted(theirs.parent.iterdir()) == sorted([rosas, mine])
    assert carla.options()[0] == f"  erased: it named them  {theirs}"
    assert carla.options()[-1] == f"  not there any more: look for it  {moved}"
    assert len(carla.options()) == 3, "and the half of one"
    carla.say("")
    with opened(carla.path) as store, store.reading() as tx:
        assert [file.path for file in handed.listed(tx)] == [rosas]


def test_e3_a_link_in_the_place_of_a_table_is_not_followed(carla: Desk, tmp_path: Path) -> None:
    theirs, elsewhere = table(carla, "CEN-1001"), tmp_path / "elsewhere.csv"
    theirs.rename(elsewhere)
    theirs.symlink_to(elsewhere)
    asked(carla, "oscar").say(CARLA)
    assert carla.options() == [f"  could not be erased: by hand  {theirs}"]
    assert elsewhere.exists()


def test_e3_refused_no_table_goes(carla: Desk) -> None:
    theirs = table(carla, "CEN-1003")
    assert "close it first" in asked(carla, "rosa").said
    assert carla.talk.card is not None
    carla.port.carry_out(Forget(carla.talk.card.customer.id, CARLA))
    assert theirs.exists()


def test_e3_what_could_not_be_swept_yet_is_said(carla: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    if driver.journal_mode() != "wal":
        pytest.skip("a reader keeps the writer from committing at all")
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    asked(carla, "oscar")
    reader = driver.connect(carla.path)
    driver.prepare_reader(reader)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM customer").fetchone()
    monkeypatch.setattr("mesa_recuperacion.store.store.driver.BUSY_SECONDS", 0.2)
    carla.say(CARLA)
    reader.close()
    assert carla.stage == "file_forgotten", carla.said
    assert "Remains are in the branch" in carla.screen()
    assert_fits_in_both(carla)


@pytest.mark.parametrize("files", [1, 12])
def test_e3_however_many_files_it_fits(carla: Desk, files: int) -> None:
    from mesa_recuperacion.dialogue import conversation

    names = tuple(f"~/Documentos/informes de la sucursal/mesa-casos-2026-03-{n:02}.csv" for n in range(1, files + 1))
    came = Forgotten(2, names, names, names, NOW.date(), swept=False)
    carla.talk = conversation.after(asked(carla, "oscar").talk, came, NOW).talk
    assert_fits_in_both(carla)
