"""B3, C1, D1, E1, E2, E4: the one writing door, on a real file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.service.desk import DeskService, Executed
from tests.desk import NOW, facts, journal
from tests.unit.service.conftest import Site

PROBLEM, REMEDY = "missing_product", "send_missing"


@pytest.fixture
def desk(site: Site) -> DeskService:
    return site.desk()


@pytest.fixture
def case(site: Site, desk: DeskService) -> str:
    return site.open(desk)


def lines(site: Site) -> int:
    with site.store.reading() as tx:
        return len(journal(tx))


def standard(site: Site, desk: DeskService, case: str) -> Executed:
    """A standard call up to the closing."""
    return site.do(
        desk, c.SayStep(case, "apologise"), c.IdentifyProblem(case, PROBLEM), c.AddNote(case, "faltó la lámpara"),
        c.ChooseRemedy(case, REMEDY), c.GrantCompensation(case, "voucher"),
        c.MakePromise(case, site.clock.now() + timedelta(hours=18)), c.ScheduleFollowUp(case, "5512340078"),
    )  # fmt: skip


def test_b3_the_budget_is_granted_with_the_first_thing_that_is_written(site: Site, desk: DeskService) -> None:
    assert desk.day().budget.left == Money(50_000, "MXN")
    assert facts(site.path, f.BudgetFunded) == []
    site.open(desk)
    site.open(desk)
    assert len(facts(site.path, f.BudgetFunded)) == 1
    assert desk.day().budget.left == Money(50_000, "MXN")


@pytest.mark.parametrize("days", [-800, -8, -1, 1, 3])
def test_b3_a_clock_that_moves_within_or_before_the_period_funds_nothing(
    site: Site, desk: DeskService, days: int
) -> None:
    case = site.open(desk)
    site.do(desk, c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "own", Money(15_000, "MXN")))
    site.clock.advance(86_400 * days)
    assert desk.day().budget.left == Money(35_000, "MXN")
    site.open(desk)
    assert len(facts(site.path, f.BudgetFunded)) == 1


def test_b3_a_clock_put_forward_and_back_funds_each_period_once(site: Site, desk: DeskService) -> None:
    for days in (0, 7, -7, 14, -21, 7, 0):
        site.clock.advance(86_400 * days)
        site.open(desk)
    periods = [x.period for x in facts(site.path, f.BudgetFunded) if isinstance(x, f.BudgetFunded)]
    assert periods == ["2026-W11", "2026-W12", "2026-W13"]


def test_b3_a_repeated_command_changes_nothing_and_answers_the_same(site: Site, desk: DeskService, case: str) -> None:
    site.do(desk, c.IdentifyProblem(case, PROBLEM))
    command = c.GrantCompensation(case, "voucher")
    first = desk.execute(command, "twice")
    before = lines(site)
    assert desk.execute(command, "twice") == first
    assert site.desk().execute(command, "twice") == first
    assert lines(site) == before


def test_b3_opening_twice_under_one_id_opens_one_case(site: Site, desk: DeskService) -> None:
    first = desk.execute(c.OpenCase(NOW, name="Marta"), "open")
    again = desk.execute(c.OpenCase(NOW, name="Marta"), "open")
    assert isinstance(first, Executed)
    assert isinstance(again, Executed)
    assert first.file == again.file
    assert len(facts(site.path, f.CaseOpened)) == 1


def test_b3_a_repeated_command_that_only_funded_a_period_answers_with_its_case(
    site: Site, desk: DeskService, case: str
) -> None:
    site.clock.advance(86_400 * 7)
    command = c.ResumeCase(case)
    first = desk.execute(command, "again")
    assert isinstance(first, Executed)
    assert desk.execute(command, "again") == first


def test_b3_a_refused_command_writes_nothing(site: Site, desk: DeskService, case: str) -> None:
    before = lines(site)
    assert desk.execute(c.GrantCompensation(case, "voucher"), "x") == r.ProblemFirst()
    assert desk.execute(c.SayStep("CEN-1999", "apologise"), "y") == r.UnknownCase("CEN-1999")
    assert lines(site) == before


def test_b3_two_windows_of_one_agent_share_one_budget(site: Site) -> None:
    windows = [site.desk(), site.desk()]
    cases = [site.open(window) for window in (*windows, *windows)]
    own = Money(15_000, "MXN")
    answers = []
    for n, case in enumerate(cases):
        window = windows[n % 2]
        site.do(window, c.IdentifyProblem(case, PROBLEM))
        answers.append(window.execute(c.GrantCompensation(case, "own", own), f"grant-{n}"))
    assert [isinstance(a, Executed) for a in answers] == [True, True, True, False]
    assert answers[3] == r.BudgetTooLight(own, Money(5_000, "MXN"))


def test_b5_delivered_at_closing_returned_by_undo_and_both_are_in_the_journal(
    site: Site, desk: DeskService, case: str
) -> None:
    standard(site, desk, case)
    closed = site.do(desk, c.CloseCase(case, True))
    assert (closed.day.budget.reserved.minor, closed.day.budget.spent.minor) == (0, 8_000)
    assert closed.day.counts.cases == 1
    site.clock.advance(30)
    undone = site.do(desk, c.UndoLast(case))
    assert (undone.day.budget.reserved.minor, undone.day.budget.spent.minor) == (8_000, 0)
    assert undone.day.counts.cases == 0
    site.do(desk, c.CloseCase(case, True))
    site.clock.advance(31)
    assert desk.execute(c.UndoLast(case), "late") == r.UndoTooLate(30)
    kinds = [type(x) for x in facts(site.path)]
    assert kinds.count(f.CompensationDelivered) == 2
    assert kinds.count(f.CompensationReturned) == 1


def test_b5_a_closing_undone_in_the_next_period_goes_back_to_the_period_that_paid(
    site: Site, desk: DeskService
) -> None:
    site.clock.at = NOW.replace(day=16, hour=5, minute=59, second=50)
    case = site.open(desk)
    standard(site, desk, case)
    site.do(desk, c.CloseCase(case, True))
    site.clock.advance(20)
    undone = site.do(desk, c.UndoLast(case))
    assert undone.day.budget.period == "2026-W12"
    assert undone.day.budget.left.minor == 50_000
    changed = site.do(desk, c.GrantCompensation(case, "discount"), c.CloseCase(case, True))
    assert (changed.day.budget.period, changed.day.budget.spent.minor) == ("2026-W12", 6_000)


def test_c1_the_first_clock_survives_a_restart(site: Site, desk: DeskService, case: str) -> None:
    site.clock.advance(40)
    site.restart()
    loaded = site.desk().load(case)
    assert isinstance(loaded, tuple)
    assert loaded[0].state.countdown.elapsed(site.clock.now()) == 40


def test_e2_another_agent_cannot_change_a_case_but_can_read_it(site: Site, desk: DeskService, case: str) -> None:
    bruno = site.desk(2)
    assert bruno.execute(c.SayStep(case, "apologise"), "x") == r.NotYours(site.person(1).id)
    loaded = bruno.load(case)
    assert isinstance(loaded, tuple)
    assert loaded[0].owner_name == "Ana Torres"


def test_e2_an_agents_day_is_their_own(site: Site, desk: DeskService, case: str) -> None:
    standard(site, desk, case)
    site.do(desk, c.CloseCase(case, True))
    bruno = site.desk(2).day()
    assert (bruno.counts.cases, bruno.open, bruno.agenda, bruno.drafts) == (0, (), (), ())
    assert bruno.budget.left.minor == 50_000


def test_c4_what_is_due_is_on_the_owners_list_on_its_day(site: Site, desk: DeskService, case: str) -> None:
    standard(site, desk, case)
    site.do(desk, c.CloseCase(case, True))
    assert desk.day().agenda == ()
    site.clock.advance(86_400)
    assert [item.kind for item in desk.day().agenda] == ["promise", "verify"]


def test_a3_a_known_customer_brings_the_history(site: Site, desk: DeskService, case: str) -> None:
    standard(site, desk, case)
    site.do(desk, c.CloseCase(case, True))
    (found,) = desk.find("rui mar")
    assert (found.name, found.phone, found.complaints) == ("Marta Ruiz Soto", "55 1234 0078", 1)
    assert [line.case for line in found.history] == [case]
    assert [x.id for x in desk.find("1234")] == [found.id]
    again = site.do(desk, c.OpenCase(site.clock.now(), customer=found.id))
    assert again.file.state.earlier == 1
    loaded = desk.load(case)
    assert isinstance(loaded, tuple)
    assert loaded[0].notes == ("faltó la lámpara",)


def test_b2_the_usual_amount_is_the_policys_until_there_are_cases(site: Site, desk: DeskService, case: str) -> None:
    shown = site.do(desk, c.IdentifyProblem(case, PROBLEM)).file.usual
    assert shown == Money(6_000, "MXN")


def test_e4_a_draft_waits_where_it_was_left(site: Site, desk: DeskService, case: str) -> None:
    draft = Draft(case, "note", "faltó la lám", NOW, NOW)
    desk.save_draft(draft)
    site.restart()
    loaded = site.desk().load(case)
    assert isinstance(loaded, tuple)
    assert loaded[1] == draft


def test_e4_a_line_that_was_answered_is_no_draft_any_more(site: Site, desk: DeskService, case: str) -> None:
    desk.save_draft(Draft(case, "note", "faltó la lámpara", NOW, NOW))
    site.do(desk, c.AddNote(case, "faltó la lámpara"))
    loaded = desk.load(case)
    assert isinstance(loaded, tuple)
    assert loaded[1] is None


def test_e4_parking_and_coming_back_keep_the_half_typed_line(site: Site, desk: DeskService, case: str) -> None:
    draft = Draft(case, "note", "faltó la lám", NOW, NOW)
    desk.save_draft(draft)
    site.do(desk, c.ParkCase(case), c.ResumeCase(case))
    loaded = desk.load(case)
    assert isinstance(loaded, tuple)
    assert loaded[1] == draft


def test_e4_the_name_that_opened_a_case_is_no_draft_any_more(site: Site, desk: DeskService) -> None:
    desk.save_draft(Draft("", "lookup", "Marta Ru", NOW, NOW))
    assert [d.line for d in desk.day().drafts] == ["Marta Ru"]
    site.open(desk)
    assert desk.day().drafts == ()
    desk.save_draft(Draft("", "lookup", "Luis", NOW, NOW))
    desk.drop_draft("")
    assert desk.day().drafts == ()


def test_e4_a_draft_of_one_agent_is_never_shown_to_another(site: Site, desk: DeskService, case: str) -> None:
    desk.save_draft(Draft("", "lookup", "Marta Ru", NOW, NOW))
    desk.save_draft(Draft(case, "note", "secreto", NOW, NOW))
    bruno = site.desk(2)
    loaded = bruno.load(case)
    assert isinstance(loaded, tuple)
    assert loaded[1] is None
    assert bruno.day().drafts == ()


def test_f3_folios_follow_each_other(site: Site, desk: DeskService) -> None:
    assert [site.open(desk) for _ in range(3)] == ["CEN-1001", "CEN-1002", "CEN-1003"]
    site.restart()
    assert site.open(site.desk(2)) == "CEN-1004"


def test_e5_what_customers_type_is_kept_as_text(site: Site, desk: DeskService) -> None:
    for name in ("{name}", "[red]Marta[/]", "Robert'); DROP TABLE journal;--", "👩\u200d🔧 Ana"):
        case = site.open(desk, name)
        loaded = desk.load(case)
        assert isinstance(loaded, tuple)
        assert loaded[0].customer.name == name
    site.open(desk, "Marta\x1b]0;x\x07 \u202eRuiz\n" + "ñ" * 10_000)
    registered = facts(site.path, f.CustomerRegistered)[-1]
    assert isinstance(registered, f.CustomerRegistered)
    assert registered.name == "Marta Ruiz " + "ñ" * 69
