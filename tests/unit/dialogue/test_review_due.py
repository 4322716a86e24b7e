"""C4, C5, C6, D3, D12: what is owed and whom we may lose, worked from the review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.dialogue.asks import LoadCase, LoadFile, Look
from mesa_recuperacion.dialogue.review.base import look as open_page
from mesa_recuperacion.dialogue.talk import Broken, Step
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.board import BoardOf, DueCount, RiskLine
from mesa_recuperacion.domain.review.cases import CaseOf
from mesa_recuperacion.domain.review.due import KINDS, Due, DueLine, DueOf
from mesa_recuperacion.domain.review.risk import AT_MOST, Risk, RiskOf
from mesa_recuperacion.domain.views import AgendaItem
from tests.desk import NOW, Desk, facts
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, LONG, WEEK, answered, at, board, opens, pressed, supervising

Desks = Callable[..., Desk]
HOUR = 3600
STAGES = {
    "promise": "promise_due", "verify": "follow_up_due", "retain": "retain_due", "area": "area_due",
    "exception": "exception_due",
}  # fmt: skip


@pytest.fixture
def carla(desks: Desks) -> Desk:
    return supervising(desks())


def owed(
    kind: str = "promise", owner: str = "ana", late: float = 2, *, answerable: bool = True,
    name: str = "Marta Ruiz Soto", case: str = "CEN-1001",
) -> DueLine:  # fmt: skip
    """Something due so many hours ago."""
    what = {"promise": "send_today", "area": "warehouse", "exception": "22000"}.get(kind, "missing_product")
    by = "" if owner == SUPERVISION else "Ana Torres"
    item = AgendaItem(f"i-{kind}", kind, case, name, what, "warehouse", NOW - timedelta(hours=late), 1, by)
    return DueLine(item, owner, late > 0, answerable)


def due(desk: Desk, *lines: DueLine, query: DueOf | None = None, before: bool = False, after: bool = False) -> Desk:
    ends = (Cursor(1, "a", back=True) if before else None, Cursor(9, "z") if after else None)
    return at(desk, "review_due", query or DueOf(), Due(lines, *ends))


# ------------------------------------------------------------------------------------------------------------- due


@pytest.mark.parametrize("kind", sorted(STAGES))
def test_c6_enter_answers_what_whoever_looks_may_answer(carla: Desk, kind: str) -> None:
    step = answered(due(carla, owed(kind)), "")
    assert step.asks == (LoadCase("CEN-1001"),)
    assert (step.talk.then, step.talk.item) == (STAGES[kind], f"i-{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_e2_what_somebody_else_answers_is_read_whole(carla: Desk, kind: str) -> None:
    step = answered(due(carla, owed(kind, answerable=False)), "1")
    assert opens(step) == ("review_case", CaseOf("CEN-1001"))
    assert step.talk.review is not None
    assert step.talk.review.ahead[-1] == ("review_due", DueOf(), 0), "Esc comes back to this row"


def test_c4_each_row_says_what_whose_and_how_late(carla: Desk) -> None:
    gone = replace(owed("verify", late=30), retired=True)
    due(carla, owed("retain", SUPERVISION, late=-2), gone, owed("return", late=0.2), owed("area", late=5))
    rows = carla.options()
    assert rows[0] == "1  Marta Ruiz Soto  Call a customer at risk  supervision  today 12:42"
    assert "Ana Torres, no longer here  ■ overdue 1 d" in rows[1].replace("30 h", "1 d")
    assert "Come back to a parked case  Ana Torres  ■ overdue 0:12" in rows[2]
    assert "Area: Almacén Norte" in rows[3]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (DueOf(), "What is owed"), (DueOf(overdue_only=True), "What is owed, overdue"),
        (DueOf(kind="area"), "What areas owe"), (DueOf(SUPERVISION), "What is owed · supervision"),
    ],
)  # fmt: skip
def test_c4_the_title_says_what_is_listed(carla: Desk, query: DueOf, title: str) -> None:
    assert due(carla, owed(), query=query).look().band[0][0][0].text == title


def test_c6_letters_lead_to_less_to_more_and_to_what_nobody_could_reach(carla: Desk) -> None:
    due(carla, owed(), query=DueOf(kind="verify"), after=True)
    assert opens(answered(carla, "v")) == ("review_due", DueOf(overdue_only=True, kind="verify"))
    assert opens(answered(carla, "s")) == ("review_due", DueOf(SUPERVISION, kind="verify"))
    assert opens(answered(carla, "o")) == ("review_owners", BoardOf(WEEK))
    assert opens(answered(due(carla, owed(), query=DueOf(overdue_only=True)), "t")) == ("review_due", DueOf())


def test_d1_f7_and_f8_turn_the_pages_and_say_where_there_is_none(carla: Desk) -> None:
    due(carla, owed(), query=DueOf("ana"), after=True)
    assert opens(pressed(carla, "f8")) == ("review_due", DueOf("ana", cursor=Cursor(9, "z")))
    stays = pressed(carla, "f7")
    assert (stays.asks, stays.talk.said) == ((), "This is the first page.")
    assert pressed(due(carla, owed()), "f8").talk.said == "This is the last page."


def test_f6_nothing_owed_and_very_much_of_it_fit(carla: Desk) -> None:
    assert "Nothing is owed to anybody." in due(carla).screen()
    assert "Nothing overdue." in due(carla, query=DueOf(overdue_only=True)).screen()
    assert "Nothing is owed" in answered(due(carla), "1").talk.said
    lines = [owed(KINDS[n % 6], late=n - 3, name=HOSTILE if n % 2 else LONG, case=f"CEN-{n}") for n in range(50)]
    due(carla, *lines, before=True, after=True)
    assert opens(answered(carla, "49"))[0] if not lines[48].answerable else True
    assert answered(carla, "51").asks == ()
    assert "They go from 1 to 50" in answered(carla, "51").talk.said


# ------------------------------------------------------------------------------------------------------ the real branch


def test_c6_what_nobody_could_reach_is_worked_here_and_the_page_comes_back(carla: Desk, desks: Desks) -> None:
    """Three times nobody answered Ana: Carla answers it, whoever's case it is, and is in the review again."""
    ana = desks().sign_in().standard_call().say("s")
    for _ in range(3):
        ana.wait(2 * 86_400).press("f3").sign_in()
        (row,) = [row for row in ana.options() if "Call: " in row]
        ana.say(row.split()[0], "3")
    ana.wait(3 * 86_400)
    carla.press("f3").say("3 604813")
    carla.talk = replace(carla.talk, stage="review")
    carla._run(look(carla, DueOf(SUPERVISION)))
    (row,) = carla.options()
    assert "Call: " in row
    assert "supervision" in row
    carla.say("1")
    assert carla.stage == "follow_up_due"
    carla.say("1 contenta")
    assert carla.stage == "review_due"
    assert "Noted in CEN-" in carla.said
    assert carla.options() == []
    last = facts(carla.path, f.FollowUpAnswered)[-1]
    assert (last.answer, last.words) == ("satisfied", "contenta")  # type: ignore[attr-defined]
    assert carla.press("escape").stage == "review"


def test_e2_an_absent_agents_promise_is_read_and_not_answered(carla: Desk, desks: Desks) -> None:
    desks().sign_in().standard_call().say("s")
    carla.wait(2 * 86_400)
    carla._run(look(carla, DueOf(overdue_only=True)))
    rows = carla.options()
    assert rows
    assert all("Ana Torres" in row for row in rows)
    answer = carla.talk.review.answer if carla.talk.review else None
    assert isinstance(answer, Due)
    assert not any(line.answerable for line in answer.lines)
    assert opens(answered(carla, "1"))[0] == "review_case"


def test_c5_a_late_area_is_supervisions_to_answer_whoever_asked_it(carla: Desk, desks: Desks) -> None:
    ana = desks().sign_in().open_case()
    ana.say("", "3", "faltó la lámpara").press("f5")
    ana.say("1", "que salga hoy", "")
    ana.press("f3")
    carla.wait(2 * 86_400)
    carla._run(look(carla, DueOf(kind="area", overdue_only=True)))
    carla.say("1")
    assert carla.stage == "area_due", (carla.options(), carla.said)
    carla.say("1 ya salió")
    assert (carla.stage, carla.options()) == ("review_due", [])
    assert [x.late for x in facts(carla.path, f.AreaAnswered)] == [True]  # type: ignore[attr-defined]


def wished(desk: Desk) -> Desk:
    """A gesture above the cap is asked of supervision, and an answer promised at 13:00."""
    desk.open_case().say("", "3", "faltó la lámpara", "", "4", "220", "", "tercera vez", "0", "hoy 13")
    assert desk.stage == "promise", (desk.stage, desk.said)
    return desk


def test_b4_an_exception_is_decided_from_the_list_and_the_reserve_pays(carla: Desk, desks: Desks) -> None:
    wished(desks().sign_in())
    carla._run(look(carla, DueOf(kind="exception")))
    assert "Authorise MX$220" in carla.options()[0]
    carla.say("1")
    assert carla.stage == "exception_due"
    carla.say("2 ya se le dio un cupón")
    assert (carla.stage, carla.options()) == ("review_due", [])
    (declined,) = facts(carla.path, f.ExceptionDeclined)
    assert declined.words == "ya se le dio un cupón"  # type: ignore[attr-defined]


def test_b4_nobody_decides_their_own_exception_and_the_list_is_one_esc_away(carla: Desk) -> None:
    carla.press("ctrl+g d")
    wished(carla).press("f3").press("f5")
    assert carla.stage == "review"
    carla._run(look(carla, DueOf(kind="exception")))
    carla.say("1", "1")
    assert carla.stage == "exception_due"
    assert carla.said
    assert facts(carla.path, f.CompensationReserved) == []
    carla.line = ""
    assert carla.press("escape").stage == "review_due"
    assert len(carla.options()) == 1, "it waits for somebody else of supervision"


def test_e4_a_list_that_cannot_be_read_again_keeps_what_was_answered_in_front(
    carla: Desk, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is on the disk, the disk then fails: nothing breaks, and Esc tries again."""
    wished(desks().sign_in())
    carla._run(look(carla, DueOf(kind="exception"))).say("1")
    carry_out = carla.port.carry_out
    monkeypatch.setattr(
        carla.port, "carry_out", lambda ask: Broken("StoreBusy", "abc") if isinstance(ask, Look) else carry_out(ask)
    )
    carla.say("2 no toca")
    assert carla.stage == "exception_due"
    assert carla.said
    assert len(facts(carla.path, f.ExceptionDeclined)) == 1
    monkeypatch.undo()
    assert carla.press("escape").stage == "review_due"
    assert carla.options() == []


def look(desk: Desk, query: DueOf) -> Step:
    return open_page(desk.talk, "review_due", query)


# ---------------------------------------------------------------------------------------------------------- by owner


def test_c4_who_owes_how_much_opens_what_they_owe(carla: Desk) -> None:
    owing = (
        DueCount("ana", "Ana Torres", promises_overdue=2, follow_ups_today=5, areas_overdue=1),
        DueCount("bruno", "Bruno Díaz"), DueCount(SUPERVISION, "", exceptions_today=1),
    )  # fmt: skip
    at(carla, "review_owners", BoardOf(WEEK), board(due=owing))
    assert carla.options() == ["1  Ana Torres  2  5  1  0  ■ 3  5", "2  supervision  0  0  0  1  0  1"]
    assert opens(answered(carla, "1")) == ("review_due", DueOf("ana"))
    assert opens(answered(carla, "sup")) == ("review_due", DueOf(SUPERVISION))
    assert "Nothing is overdue" in at(carla, "review_owners", BoardOf(WEEK), board()).screen()


# -------------------------------------------------------------------------------------------------------------- risk


def lost(name: str = "Marta Ruiz Soto", call: AgendaItem | None = None, **parts: object) -> RiskLine:
    made = RiskLine("m", name, 3, NOW, ("repeat", "broken"), call is not None, "CEN-1001", call)
    return replace(made, **parts)  # type: ignore[arg-type]


def call(owner: str = "", hours: float = 3) -> AgendaItem:
    return AgendaItem(
        "r1", "retain", "CEN-1001", "Marta", "missing_product", "", NOW + timedelta(hours=hours), 1, owner
    )


def risky(desk: Desk, *lines: RiskLine, total: int | None = None, after: bool = False) -> Desk:
    ends = (None, Cursor(9, "z") if after else None)
    return at(desk, "review_risk", RiskOf(), Risk(lines, *ends, len(lines) if total is None else total))


def test_d3_each_says_why_who_calls_and_by_when_and_blames_nobody(carla: Desk) -> None:
    risky(carla, lost(call=call("Ana Torres")), lost("Luis Paz", reasons=("unsatisfied",)), lost(call=call(hours=-1)))
    rows = carla.options()
    assert rows[0] == ("1  Marta Ruiz Soto  3 complaints, promise broken  Ana Torres  today 13:42")
    assert rows[1] == "2  Luis Paz  not solved  nobody yet  "
    assert risky(carla, lost(called=True)).options()[0].endswith("called already  ")
    risky(carla, lost(call=call("Ana Torres")), lost("Luis Paz", reasons=("unsatisfied",)), lost(call=call(hours=-1)))
    assert "Marta Ruiz Soto: complaint no. 3 in 90 days; a promise was not kept." in carla.screen()
    assert "Luis Paz: it was not solved." in carla.press("down").screen()
    assert rows[2].endswith("supervision  ■ overdue 1 h")
    assert "Customers to call: 3" in carla.screen()
    assert "With what: " in carla.screen()


def test_d12_enter_makes_the_call_that_is_supervisions_and_opens_the_file_of_the_others(carla: Desk) -> None:
    risky(carla, lost(call=call()), lost(call=call("Ana Torres")), lost(call=call("Carla Vega")), lost())
    for row in ("1", "3"):
        step = answered(carla, row)
        assert (step.asks, step.talk.then, step.talk.item) == ((LoadCase("CEN-1001"),), "retain_due", "r1")
    for row in ("2", "4", "f 1"):
        step = answered(carla, row)
        assert (step.talk.stage, step.talk.back, step.asks) == ("file", "review_risk", (LoadFile("m"),))


def test_d12_l_lists_the_calls_that_are_planned(carla: Desk) -> None:
    assert opens(answered(risky(carla, lost()), "l")) == ("review_due", DueOf(kind="retain"))


def test_d3_the_file_comes_back_to_the_list(carla: Desk, desks: Desks) -> None:
    ana = desks().sign_in().open_case()
    assert ana.talk.file is not None
    customer = ana.talk.file.customer.id
    risky(carla, lost(customer=customer)).say("")
    assert carla.stage == "file"
    assert "Marta Ruiz Soto" in carla.screen()
    assert_fits_in_both(carla)
    assert carla.press("escape").stage == "review_risk"


def test_f6_nobody_at_risk_and_very_many_fit(carla: Desk) -> None:
    assert "No customer is at risk" in risky(carla).screen()
    lines = [lost(HOSTILE if n % 2 else LONG, call("Ana Torres") if n % 3 else None) for n in range(50)]
    risky(carla, *lines, total=AT_MOST, after=True)
    assert "Customers to call: 1000 or more" in carla.screen()
    step = pressed(carla, "f8")
    assert step.asks == (Look(RiskOf(Cursor(9, "z"))),)
    assert "Forgotten customer" in risky(carla, lost("")).screen()
